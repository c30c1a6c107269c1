/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points that the rules of the field leave open, as one table: name, allowed values, default, meaning. */
#ifndef ZP_BOOK_CHOICES_H
#define ZP_BOOK_CHOICES_H

#include <stdbool.h>
#include <stddef.h>
#include "base/text.h"
#include "model/scheme.h"

typedef struct zp_choice {
	const char *name;
	const char *values; /* as for people: "kept | retained", "number >= 0 | null"; the first is the default */
	const char *says;   /* one sentence */
} zp_choice;

size_t zp_choice_count(void);
const zp_choice *zp_choice_at(size_t i);

/* Everything at its default (CHOICES: the first value). */
zp_choices zp_choices_default(void);

/* Take one setting. Gives: NULL when taken, else what was expected, for the message. */
const char *zp_choice_set(zp_choices *, const char *name, zp_text value);
/* The value in force, as it would be written in a rule file. */
size_t zp_choice_get(const zp_choices *, const char *name, char *out, size_t size);

#endif
