/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published folder, read again: its manifest and its tables. Nothing is believed whose digest is not the
 * manifest's. */
#ifndef ZP_PRESS_PUBLISHED_H
#define ZP_PRESS_PUBLISHED_H

#include "base/arena.h"
#include "base/csv.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/input.h"

typedef struct zp_published {
	const char *folder, *round, *version, *issued, *engine;
	const char *name, *name_en, *organiser, *organiser_en, *opens, *closes; /* "" in folders of a program that did not say them yet */
	int year, number;                                                       /* 0 there */
	zp_text manifest;                                                       /* to the byte, and its digest */
	char digest[ZP_DIGEST_TEXT];
	const char *const *results; /* names of the results files, as numbered (from 1) in scores.csv */
	size_t n_results;
	const zp_input *outputs;    /* what was published, by name */
	size_t n_outputs;
	struct zp_published_digests *digests;
	struct zp_press *press;     /* that holds the files aside; NULL: they are in the folder */
} zp_published;

/* Fails: ZP_BAD_INPUT when the folder holds no manifest that can be read. */
zp_published *zp_published_open(zp_arena *, const char *folder, zp_error *);

/* The manifest's own words, a whole number as its digits: a member of one of its objects (group NULL: of itself), and one of the i-th entry of
 * one of its lists. "" where there is none. */
const char *zp_published_says(zp_arena *, const zp_published *, const char *group, const char *member);
size_t zp_published_count(const zp_published *, const char *list);
const char *zp_published_at(zp_arena *, const zp_published *, const char *list, size_t i, const char *member);

/* What a programme of a round chose. */
const char *zp_published_choice(zp_arena *, const zp_published *, const char *programme, const char *choice);

/* Whether a file was published with this digest. */
bool zp_published_is(const zp_published *, const char *name, const char *sha256);
/* What a press holds aside, as if it had been published. Needs: its manifest was written. */
zp_published *zp_published_look(zp_arena *, struct zp_press *, zp_error *);

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

/* The same of bytes that came another way. Fails: ZP_BAD_INPUT when the header cannot be read. */
bool zp_folder_table_of(zp_arena *, const char *name, zp_text bytes, zp_folder_table *, zp_error *);

/* The first of the outputs whose name begins so, of all that do; NULL when there is none. */
const zp_input *zp_published_under(const zp_published *, const char *prefix, size_t *n);
/* A file of the folder, to the byte. Fails: .p NULL; ZP_BAD_INPUT when it is not what was published. */
zp_text zp_published_file(zp_arena *, const zp_published *, const zp_input *, zp_error *);

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

/* Whether it is a draft: for a look, and nothing was issued. */
bool zp_published_draft(const zp_published *);
/* One of its lists of files: "outputs", "inputs", "results", "rules". In its order; of hostile manifests names may be anything. */
const zp_input *zp_published_list(zp_arena *, const zp_published *, const char *list, size_t *n);
const char *zp_published_library(void); /* the version of jansson that runs */

#endif
