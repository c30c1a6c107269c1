/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to what keeps the rows of a ledger, for this folder only. Statements are texts of this program, in the SQL that every store
 * understands (store.h); everything that comes from outside is put in as a parameter: ?1, ?2 … */
#ifndef ZP_LEDGER_SQL_H
#define ZP_LEDGER_SQL_H

#include "ledger/trail.h"

typedef struct zp_store zp_store;
typedef struct zp_statement { const zp_store *store; } zp_statement; /* the store's own things come after it */

struct zp_ledger {
	const zp_store *store;
	void *db; /* the store's */
	char *path;
	zp_progress *progress;
	int depth;    /* of transactions that were begun within each other */
	bool spoilt;  /* one of them has failed: nothing is kept of any */
	char *login, *database; /* the account that the database knows, and its name; NULL: it is a file */
	const char *by, *what, *subject, *why; /* of events: trail.h */
};

/* Of a row of `round`: that it was disowned. DISOWNED_NOT: of a row that belongs to a round, that this was not. */
#define ZP_DISOWNED "(id || '/v' || version IN (SELECT subject FROM event WHERE what = 'disown'))"
#define ZP_DISOWNED_NOT "round NOT IN (SELECT round FROM round WHERE " ZP_DISOWNED ")"

#define ZP_LEDGER_SCHEMA 4 /* of this program */
#define ZP_SCHEMA_TRAIL 4  /* has a trail, and guards */

/* One or several statements without parameters. */
bool zp_sql_run(zp_ledger *, const char *sql, zp_error *);
/* Fails: NULL. Owns: the caller, by zp_sql_close. */
zp_statement *zp_sql_prepare(zp_ledger *, const char *sql, zp_error *);
/* NULL: nothing is done. */
void zp_sql_close(zp_statement *);

/* Parameters, from 1. Texts and bytes are lent until the statement has run. */
void zp_sql_put_whole(zp_statement *, int at, int64_t value);
void zp_sql_put_text(zp_statement *, int at, const char *text);
void zp_sql_put_text_of(zp_statement *, int at, const char *text, size_t n);
void zp_sql_put_bytes(zp_statement *, int at, const void *bytes, size_t n);

/* 1: a row, 0: no more, -1: failed. */
int zp_sql_step(zp_ledger *, zp_statement *, zp_error *);
/* Ready to run again, with the parameters that it has. */
void zp_sql_again(zp_statement *);
/* Step to its end and make it ready for the next. What it gives is not looked at. */
bool zp_sql_done(zp_ledger *, zp_statement *, zp_error *);
/* How many rows the last zp_sql_done added. Fails: -1. */
int64_t zp_sql_added(zp_ledger *, zp_error *);

/* Columns of the row, from 0. NULL is 0 and "". */
int64_t zp_sql_whole(zp_statement *, int column);
/* The text, carved from the arena. A NUL, which is in no text of ours, becomes another byte: what somebody put after it is not overlooked. */
const char *zp_sql_text(zp_statement *, int column, zp_arena *);
/* The text as it is, lent until the next step or column. n: its length, may be NULL. */
const char *zp_sql_lent(zp_statement *, int column, size_t *n);
/* The bytes of a text or a blob, lent as well. NULL where there are none. */
const void *zp_sql_bytes(zp_statement *, int column, size_t *n);

/* A whole number that a statement gives first; `otherwise` when it gives no row. */
bool zp_sql_number(zp_ledger *, const char *sql, int64_t otherwise, int64_t *out, zp_error *);

/* A transaction that writes, or a part of the one that is open: the outermost keeps all of it or nothing. After zp_sql_begin comes
 * zp_sql_end, whatever it gave. Gives: whether it is kept, as far as this part goes. */
bool zp_sql_begin(zp_ledger *, zp_error *);
bool zp_sql_end(zp_ledger *, bool good, zp_error *);
/* All that is read from here on is of one moment. */
bool zp_sql_look(zp_ledger *, zp_error *);
void zp_sql_looked(zp_ledger *);

/* The four chains of a ledger. */
typedef enum zp_chained { ZP_CHAIN_ROUND, ZP_CHAIN_PAPER, ZP_CHAIN_TITLE, ZP_CHAIN_EVENT, ZP_CHAINS } zp_chained;
/* Number and digest of the last row; 0 and "": there is none. */
bool zp_sql_last(zp_ledger *, zp_chained, int64_t *n, char digest[static ZP_DIGEST_TEXT], zp_error *);
/* How many rows were ever put, whatever is there now. Not of rounds. */
bool zp_sql_given(zp_ledger *, zp_chained, int64_t *n, zp_error *);

/* Tables and views, version by version. */
extern const char *const zp_schema_steps[ZP_LEDGER_SCHEMA];
/* The tables, brought to ZP_LEDGER_SCHEMA from the version that they have. */
bool zp_schema_raise(zp_ledger *, int from, zp_error *);

/* The numbers of all texts that rows hold. */
#define ZP_TEXTS_USED \
	"SELECT name FROM lab UNION SELECT region FROM lab UNION SELECT region_name FROM lab UNION SELECT class FROM lab UNION SELECT institution FROM lab" \
	" UNION SELECT department FROM lab UNION SELECT name FROM programme UNION SELECT name_en FROM programme UNION SELECT scheme FROM programme" \
	" UNION SELECT scheme_version FROM programme UNION SELECT name FROM measurand UNION SELECT name_en FROM measurand UNION SELECT unit FROM measurand" \
	" UNION SELECT specimen FROM measurand UNION SELECT item FROM measurand UNION SELECT \"limit\" FROM measurand UNION SELECT limit_set FROM measurand" \
	" UNION SELECT text FROM answer"

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

/* Acts as rows of cells, whole numbers as their digits; both kinds have a chain of their own. */
typedef enum zp_act_kind { ZP_ACT_PAPER, ZP_ACT_TITLE, ZP_ACTS } zp_act_kind;
#define ZP_ACT_CELLS 8
typedef struct zp_act_cells { const char *at[ZP_ACT_CELLS]; } zp_act_cells;
/* In one transaction. withhold: a number that was given to another paper is remembered as a conflict; else nothing is put.
 * added: what became of each; may be NULL. */
bool zp_acts_put(zp_ledger *, zp_act_kind, const zp_act_cells *, size_t n, bool withhold, zp_added *added, zp_error *);
/* In the order of arrival. Fails: NULL. */
zp_act_cells *zp_acts_take(zp_ledger *, zp_arena *, zp_act_kind, size_t *n, zp_error *);
/* tell: a sentence for each that is not as it was put in. Fails: when they cannot be read. */
bool zp_acts_check(zp_ledger *, zp_act_kind, void (*tell)(void *self, const char *sentence), void *self, zp_error *);

/* A version as put, without an event; its place and its chain are those after the last. */
bool zp_put_entry(zp_ledger *, const zp_entry *, const char *content, zp_error *);
bool zp_event_insert(zp_ledger *, const zp_event *, zp_error *);

/* Puts events for what an older program put in. */
bool zp_trail_earlier(zp_ledger *, int schema, zp_error *);
/* Whether each event follows from the one before, and each round, paper, decision and conflict is as its event tells. A sentence for the
 * first event that does not. Gives: whether the events by themselves are intact. Fails: with *err. */
bool zp_trail_check(zp_ledger *, void (*tell)(void *self, const char *sentence), void *self, zp_error *);

/* The digest that an entry adds to the chain. */
void zp_chain(const char *before, const char *content, char out[static ZP_DIGEST_TEXT]);

#endif
