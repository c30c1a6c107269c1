/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An importer is run on bytes, and what it puts and tells is collected as text. It is watched while it works: texts must lie in
 * what it was given or took, places must be in the file, and a line may not be lost. */
#ifndef ZP_TEST_COLLECT_H
#define ZP_TEST_COLLECT_H

#include "host/plugin.h"

typedef struct collected {
	char **rows;       /* "lab|programme|measurand|…" without the place, in the order in which they were put */
	size_t n_rows, room_rows;
	char **told;       /* "line:column: sentence" */
	size_t n_told, room_told;
	bool refused;
	const char *broken; /* the first promise that was not kept; NULL: all were */
	unsigned char *seen; /* per line: 1 put, 2 told */
	size_t n_lines;
	struct watched *watched;
} collected;

/* Read the bytes at one go. `delimiter` as in zp_source. */
collected *collect(const zp_plugin *importer, const char *bytes, size_t n, char delimiter);
/* The same in blocks of whole lines of about so many bytes; for importers of text. */
collected *collect_in_blocks(const zp_plugin *importer, const char *bytes, size_t n, char delimiter, size_t block);
void collected_free(collected *);
/* Put rows into the order of bytes. */
void collected_sort(collected *);
/* For importers of separated text: each line that is not blank was put or told. Gives: 0, or the first line that was lost. */
long collected_lost(const collected *, const char *bytes, size_t n);

#endif
