/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps the rows of a ledger. Each store is one constant; sql.h says what its functions are for, and store.c has what all of them have in
 * common. A store differs in how it is opened, guarded and looked at; the tables are the same. */
#ifndef ZP_LEDGER_STORE_H
#define ZP_LEDGER_STORE_H

#include "ledger/sql.h"

struct zp_store {
	/* Statements that are the store's own. */
	const char *last[ZP_CHAINS]; /* number and digest of the last row of a chain */
	const char *given;           /* how many rows were ever put into the table ?1 */
	const char *find_text;       /* the number of the text ?1 */
	const char *odd_text;        /* a row when there is a text of no row that nobody can have asked for */
	const char *odd_given;       /* a row when what `given` looks at holds what it cannot; NULL: it cannot */

	/* Open what ledger->path names and find the version of its tables; 0: there are none. Fails: as zp_ledger_open. */
	bool (*open)(zp_ledger *, zp_ledger_use, int64_t *version, zp_error *);
	/* The tables are as they should be: from here on statements only read and add. */
	void (*settle)(zp_ledger *);
	void (*close)(zp_ledger *);
	bool (*may_add)(zp_ledger *);

	/* Tables and views as schema.c has them, made from the version before; then what guards them. */
	bool (*version)(zp_ledger *, int64_t *, zp_error *);
	bool (*raise)(zp_ledger *, int to, const char *tables, zp_error *);

	bool (*run)(zp_ledger *, const char *sql, zp_error *);
	/* end: keep or undo; undoing cannot fail. */
	bool (*begin)(zp_ledger *, bool writes, zp_error *), (*end)(zp_ledger *, bool keep, zp_error *);

	zp_statement *(*prepare)(zp_ledger *, const char *sql, zp_error *);
	void (*finish)(zp_statement *), (*again)(zp_statement *);
	void (*put_whole)(zp_statement *, int at, int64_t);
	void (*put_text)(zp_statement *, int at, const char *);
	void (*put_text_of)(zp_statement *, int at, const char *, size_t n);
	void (*put_bytes)(zp_statement *, int at, const void *, size_t n);
	int (*step)(zp_ledger *, zp_statement *, zp_error *);
	bool (*done)(zp_ledger *, zp_statement *, zp_error *);
	int64_t (*added)(zp_ledger *, zp_error *);
	int64_t (*whole)(zp_statement *, int column);
	const char *(*text)(zp_statement *, int column, size_t *n); /* never NULL, and a NUL after it */
	const void *(*bytes)(zp_statement *, int column, size_t *n);

	/* What the store itself finds to be damaged, a sentence each. Fails: when it cannot look. */
	bool (*faults)(zp_ledger *, void (*tell)(void *self, const char *sentence), void *self, zp_error *);
	/* Whether what keeps the rows is whole, as far as a short look tells. */
	bool (*is_whole)(zp_ledger *, zp_error *);
	/* The digest of tables, views and triggers: as they are, or as this program would make them. */
	bool (*shape)(zp_ledger *, bool fresh, char digest[static ZP_DIGEST_TEXT], zp_error *);
	/* Put into a new ledger in memory all that is in this one, whatever it is. NULL: row by row will do. */
	bool (*duplicate)(zp_ledger *into, zp_ledger *of, zp_error *);
	/* Whether the round is this run's alone to close until the ledger is closed; NULL: always. Fails: with the sentence why not. */
	bool (*claim)(zp_ledger *, const char *id, zp_error *);
	bool has_accounts; /* roles.c */
	/* Whether everything in the ledger can be seen. NULL: always. */
	bool (*sees_all)(zp_ledger *, bool *all, zp_error *);
};

extern const zp_store zp_store_sqlite;
/* Where the program was built without libpq, its open says so. */
extern const zp_store zp_store_postgres;
/* "postgresql://…", "postgres://…". */
bool zp_is_postgres(const char *path);

/* The triggers of a ledger in SQLite. */
bool zp_sqlite_guard(zp_ledger *, zp_error *);

/* A new ledger that nothing else sees, without tables. Fails: NULL. */
zp_ledger *zp_ledger_in_memory(const char *path, zp_error *);

/* The digest of the first column of each row that a statement gives, one after the other. */
bool zp_sql_digest(zp_ledger *, const char *sql, char digest[static ZP_DIGEST_TEXT], zp_error *);

#endif
