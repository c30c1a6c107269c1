/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choices as rule files set them: which were set, so that one file can override another. */
#ifndef ZP_BOOK_SETTINGS_H
#define ZP_BOOK_SETTINGS_H

#include "book/choices.h"
#include "book/element.h"
#include "host/registry.h"

#define ZP_SETTINGS_MOST 96

typedef struct zp_settings {
	zp_choices choices;
	bool given[ZP_SETTINGS_MOST]; /* in the order of zp_choice_at */
} zp_settings;

zp_settings zp_settings_default(void);
/* Take the attributes of a <choices>; tells what cannot be taken. */
void zp_settings_take(const zp_reader *, const zp_registry *, const zp_element *, zp_settings *);
/* What `from` gives replaces what `onto` has. */
void zp_settings_join(zp_settings *onto, const zp_settings *from);
bool zp_settings_has(const zp_settings *, const char *name);

/* The methods that may be named in a place, "algorithm-a, known, mean", for messages. */
typedef enum zp_method_use { ZP_FOR_SCORE, ZP_FOR_ASSIGN, ZP_FOR_KNOWN, ZP_FOR_SDI, ZP_FOR_ANSWERS, ZP_FOR_JUDGE } zp_method_use;
bool zp_method_fits(const zp_plugin *, zp_method_use);
const char *zp_methods_named(zp_arena *, const zp_registry *, zp_method_use);

#endif
