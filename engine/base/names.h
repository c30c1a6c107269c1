/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of names: each distinct text once, numbered in the order of first appearance. */
#ifndef ZP_BASE_NAMES_H
#define ZP_BASE_NAMES_H

#include <stdint.h>
#include "base/arena.h"
#include "base/text.h"

#define ZP_NO_NAME UINT32_MAX

typedef struct zp_names zp_names;

zp_names *zp_names_take(zp_arena *);
uint32_t zp_names_add(zp_names *, zp_text);        /* its number, new or old; the text is copied */
uint32_t zp_names_find(const zp_names *, zp_text); /* ZP_NO_NAME when absent */
zp_text zp_names_at(const zp_names *, uint32_t);   /* NUL-terminated */
uint32_t zp_names_count(const zp_names *);

/* Step through all texts, aliases too, in no order that anything may rest on. *at starts as 0. Gives: false at the end. */
bool zp_names_next(const zp_names *, size_t *at, zp_text *text, uint32_t *number);

/* Let the text find an existing number as well (an alias).
 * Gives: false when the text already stands for another number. */
bool zp_names_alias(zp_names *, zp_text, uint32_t number);

#endif
