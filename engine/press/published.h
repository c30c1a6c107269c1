/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published folder, read again: its manifest and its tables. Nothing is believed whose digest is not the
 * manifest's. */
#ifndef ZP_PRESS_PUBLISHED_H
#define ZP_PRESS_PUBLISHED_H

#include "base/arena.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/error.h"

typedef struct zp_published {
	const char *folder, *round, *version, *issued, *engine;
	const char *name, *name_en, *organiser, *organiser_en, *opens, *closes; /* "" in folders of a program that did not say them yet */
	int year, number;                                                       /* 0 there */
	zp_text manifest;                                                       /* to the byte, and its digest */
	char digest[ZP_DIGEST_TEXT];
	const char *const *results; /* names of the results files, as numbered (from 1) in scores.csv */
	size_t n_results;
	struct zp_published_digests *digests;
} zp_published;

/* Fails: ZP_BAD_INPUT when the folder holds no manifest that can be read. */
zp_published *zp_published_open(zp_arena *, const char *folder, zp_error *);

/* The manifest's own words: a member, a member of one of its objects, and one of the i-th entry of one of its lists. "" where there is none. */
const char *zp_published_says(zp_arena *, const zp_published *, const char *member);
const char *zp_published_of(zp_arena *, const zp_published *, const char *object, const char *member);
size_t zp_published_count(const zp_published *, const char *list);
const char *zp_published_at(zp_arena *, const zp_published *, const char *list, size_t i, const char *member);

/* What a programme of a round chose. */
const char *zp_published_choice(zp_arena *, const zp_published *, const char *programme, const char *choice);

/* Whether a file was published with this digest. */
bool zp_published_is(const zp_published *, const char *name, const char *sha256);

/* A table of the folder, whole and unaltered. */
typedef struct zp_folder_table {
	const char *name;
	zp_text text;           /* after the header */
	zp_csv_cells header;
} zp_folder_table;

/* Whether it was published at all. */
bool zp_published_has(const zp_published *, const char *name);

/* Fails: ZP_BAD_INPUT when it is missing or is not what was published. */
bool zp_published_table(zp_arena *, const zp_published *, const char *name, zp_folder_table *, zp_error *);

/* A row, and its cells by the name of the column. */
typedef struct zp_row { const zp_folder_table *table; zp_csv_cells cells; } zp_row;

/* The next row from `*at` (table->text.p at first); false at the end. */
bool zp_folder_table_next(zp_arena *, const zp_folder_table *, const char **at, zp_row *);
/* "" when there is no such column. NUL-terminated, from the arena. */
const char *zp_row_text(zp_arena *, const zp_row *, const char *column);
/* Whether the cell is exactly this. */
bool zp_row_is(const zp_row *, const char *column, const char *value);

/* For tables sorted by their first column: where the rows of `key` begin; NULL when there are none. */
const char *zp_folder_table_find(const zp_folder_table *, const char *key);

#endif
