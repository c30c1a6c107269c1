/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A centre's own table and a mapping become a round folder. Nothing is guessed: a column that the mapping does not name
 * is refused, a text that no table knows is told with its line, and the folder appears whole or not at all. */
#ifndef ZP_CONVERT_CONVERT_H
#define ZP_CONVERT_CONVERT_H

#include "base/problems.h"
#include "base/progress.h"
#include "book/mapping.h"
#include "host/registry.h"

typedef struct zp_convert_wish {
	const char *const *files;
	size_t n_files;
	const char *into;      /* a folder that does not exist or is empty */
	const char *mapping;   /* a name, or a file that ends in .xml */
	const char *rules_dir;
	const char *roster, *enrolments; /* files in our own form, taken as they are; NULL: made from the rows */
	zp_progress *progress; /* of who looks on; NULL: nobody */
	zp_map_identity round; /* what is not NULL or "" stands instead of what the mapping says */
} zp_convert_wish;

/* Values: read = written + refused + blank. */
typedef struct zp_convert_count { size_t rows, read, written, refused, blank, labs, programmes; } zp_convert_count;

/* Fails: ZP_BAD_USE, ZP_BAD_INPUT, ZP_BAD_RULES, ZP_IO; then nothing was written, and what is wrong with the input and with the
 * mapping or the rules it names is in the two lists. */
bool zp_convert(const zp_registry *, const zp_convert_wish *, zp_problems *input, zp_problems *rules, zp_convert_count *, zp_error *);

#endif
