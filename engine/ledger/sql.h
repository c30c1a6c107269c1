/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to SQLite, for this folder only. Statements are texts of this program; everything that comes from outside is bound. */
#ifndef ZP_LEDGER_SQL_H
#define ZP_LEDGER_SQL_H

#include <sqlite3.h>
#include "ledger/ledger.h"

struct zp_ledger {
	sqlite3 *db;
	char *path;
};

#define ZP_LEDGER_APPLICATION 0x5A504C47 /* "ZPLG" */
#define ZP_LEDGER_SCHEMA 2               /* of this program */

/* What SQLite last said, as a failure of ours. Gives: always false. */
bool zp_sql_fail(zp_ledger *, zp_error *);
/* One or several statements without parameters. */
bool zp_sql_run(zp_ledger *, const char *sql, zp_error *);
/* Fails: NULL. Owns: the caller, by sqlite3_finalize. */
sqlite3_stmt *zp_sql_prepare(zp_ledger *, const char *sql, zp_error *);
/* 1: a row, 0: no more, -1: failed. */
int zp_sql_step(zp_ledger *, sqlite3_stmt *, zp_error *);
/* Step to its end and make it ready for the next. */
bool zp_sql_done(zp_ledger *, sqlite3_stmt *, zp_error *);
/* A whole number that a statement gives first; `otherwise` when it gives no row. */
bool zp_sql_number(zp_ledger *, const char *sql, int64_t otherwise, int64_t *out, zp_error *);
/* A column's text, carved from the arena; "" for NULL. */
const char *zp_sql_text(sqlite3_stmt *, int column, zp_arena *);

/* The tables, brought to ZP_LEDGER_SCHEMA from the version that they have. */
bool zp_schema_raise(zp_ledger *, int from, zp_error *);

/* Entries are told apart by their place in the order of arrival, `row`. */
/* All texts of the ledger by their numbers; those that do not exist are "". */
typedef struct zp_ledger_texts { const char **at; size_t n; } zp_ledger_texts;
bool zp_take_texts(zp_ledger *, zp_arena *, zp_ledger_texts *, zp_error *);
/* Without tallies, answers, targets, results and manifest. Fails: NULL. */
zp_entry *zp_take_head(zp_ledger *, zp_arena *, const zp_ledger_texts *, int64_t row, zp_error *);
bool zp_take_tallies(zp_ledger *, zp_arena *, int64_t row, zp_entry *, zp_error *);
zp_entry *zp_take_entry(zp_ledger *, zp_arena *, const zp_ledger_texts *, int64_t row, zp_error *);
/* The row of a version, 0: there is none. Fails: -1. */
int64_t zp_take_row(zp_ledger *, const char *id, int version, zp_error *);

/* The digest that an entry adds to the chain. */
void zp_chain(const char *before, const char *content, char out[static ZP_DIGEST_TEXT]);

#endif
