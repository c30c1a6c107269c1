/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of characters, gathered from texts, so that a font can be cut to them. */
#ifndef ZP_BASE_CHARACTERS_H
#define ZP_BASE_CHARACTERS_H

#include "base/arena.h"

typedef struct zp_characters zp_characters;

zp_characters *zp_characters_take(zp_arena *);
void zp_characters_add(zp_characters *, const char *text); /* UTF-8; NULL adds nothing */
/* Those that show, each once, in the order of their code points. */
const char *zp_characters_text(const zp_characters *, zp_arena *);

#endif
