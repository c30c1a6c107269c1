/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The organiser's lists of systems, instruments, methods, reagents and calibrators (rules/names/NAME.xml, or a file of the
 * round folder): their numbers, names, and other names that mean the same. */
#ifndef ZP_BOOK_DICTIONARY_H
#define ZP_BOOK_DICTIONARY_H

#include "book/shelf.h"
#include "model/scheme.h"

#define ZP_DICTIONARY_NAME_BYTES 200

typedef struct zp_dictionary {
	const char *file, *name, *version;
	const zp_names *names[ZP_PEER_KEYS]; /* NULL: no list of these, so that any name may be given */
} zp_dictionary;

/* The lists in the file, read once. Gives: NULL when anything in them is wrong, which is told once. */
const zp_dictionary *zp_dictionary_read(zp_shelf *, zp_volume *);

/* The name on the list that a text stands for, whatever its blanks and full-width forms; ZP_NO_NAME when none. */
uint32_t zp_dictionary_find(const zp_names *, zp_text);

#endif
