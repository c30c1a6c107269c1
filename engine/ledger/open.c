/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a ledger, and the few calls through which the rest of this folder speaks with SQLite. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/memory.h"
#include "ledger/sql.h"

#define BUSY_MILLISECONDS 10000
#define NUL_SHOWN '\001'

bool zp_sql_fail(zp_ledger *ledger, zp_error *err)
{
	const int code = sqlite3_errcode(ledger->db) & 0xFF;
	const char *says = sqlite3_errmsg(ledger->db);
	switch (code) {
	case SQLITE_NOTADB:
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0,
			       "this is no ledger; expected a file that zhiping ledger add has made");
	case SQLITE_CORRUPT: case SQLITE_CONSTRAINT: case SQLITE_ERROR: case SQLITE_MISMATCH: case SQLITE_SCHEMA:
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the ledger is not intact: %s; zhiping ledger check tells more", says);
	case SQLITE_BUSY: case SQLITE_LOCKED: return zp_fail(err, ZP_IO, ledger->path, 0, "another program is using this ledger; expected it to be free within %d seconds. Run again", BUSY_MILLISECONDS / 1000);
	case SQLITE_READONLY: return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger may not be written");
	case SQLITE_FULL: return zp_fail(err, ZP_IO, ledger->path, 0, "there is no room left for the ledger; it is as it was before");
	default: return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be read or written: %s", says);
	}
}

bool zp_sql_run(zp_ledger *ledger, const char *sql, zp_error *err)
{
	return sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) == SQLITE_OK || zp_sql_fail(ledger, err);
}

sqlite3_stmt *zp_sql_prepare(zp_ledger *ledger, const char *sql, zp_error *err)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(ledger->db, sql, -1, &statement, NULL) != SQLITE_OK)
		zp_sql_fail(ledger, err);
	return statement;
}

int zp_sql_step(zp_ledger *ledger, sqlite3_stmt *statement, zp_error *err)
{
	const int code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	zp_sql_fail(ledger, err);
	return -1;
}

bool zp_sql_done(zp_ledger *ledger, sqlite3_stmt *statement, zp_error *err)
{
	int more;
	while ((more = zp_sql_step(ledger, statement, err)) > 0)
		;
	sqlite3_reset(statement);
	return more == 0;
}

bool zp_sql_number(zp_ledger *ledger, const char *sql, int64_t otherwise, int64_t *out, zp_error *err)
{
	sqlite3_stmt *statement = zp_sql_prepare(ledger, sql, err);
	int more = statement ? zp_sql_step(ledger, statement, err) : -1;
	*out = more == 1 ? sqlite3_column_int64(statement, 0) : otherwise;
	sqlite3_finalize(statement);
	return more >= 0;
}

const char *zp_sql_text(sqlite3_stmt *statement, int column, zp_arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	const size_t n = (size_t)sqlite3_column_bytes(statement, column);
	char *copy = (char *)zp_arena_text(arena, text ? (const char *)text : "", n);
	for (char *nul = memchr(copy, '\0', n); nul; nul = memchr(nul, '\0', (size_t)(copy + n - nul)))
		*nul = NUL_SHOWN;
	return copy;
}

bool zp_sql_begin(zp_ledger *ledger, zp_error *err)
{
	if (ledger->depth++ > 0)
		return !ledger->spoilt;
	ledger->spoilt = !zp_sql_run(ledger, "BEGIN IMMEDIATE", err);
	return !ledger->spoilt;
}

bool zp_sql_end(zp_ledger *ledger, bool good, zp_error *err)
{
	ledger->spoilt |= !good;
	if (--ledger->depth > 0)
		return good;
	good = !ledger->spoilt && zp_sql_run(ledger, "COMMIT", err);
	if (!good)
		sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	return good;
}

/* Whether it is ours, and of a version that this program knows. */
static bool look_at(zp_ledger *ledger, int64_t *version, zp_error *err)
{
	int64_t application = 0, tables = 0;
	if (!zp_sql_number(ledger, "PRAGMA application_id", 0, &application, err) ||
	    !zp_sql_number(ledger, "PRAGMA user_version", 0, version, err) ||
	    !zp_sql_number(ledger, "SELECT count(*) FROM sqlite_schema", 0, &tables, err))
		return false;
	if (application != ZP_LEDGER_APPLICATION && (application || *version || tables))
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "this is a database of another program; expected a ledger of zhiping");
	if (*version > ZP_LEDGER_SCHEMA || *version < 0)
		return zp_fail(
			err, ZP_BAD_INPUT, ledger->path, 0,
			"the ledger has the schema %lld, made by a newer program; this one knows schemas up to %d. Expected a newer zhiping",
			(long long)*version, ZP_LEDGER_SCHEMA);
	return true;
}

/* What is in the file gets no rights, and no statement of ours may take anything away. Triggers run also where a row takes the place of
 * another. */
static void confine(zp_ledger *ledger)
{
	sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
	sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

/* Once the tables are there, statements only read and add. */
static int allow(void *self, int action, const char *a, const char *b, const char *c, const char *d)
{
	(void)self, (void)a, (void)b, (void)c, (void)d;
	switch (action) {
	case SQLITE_SELECT: case SQLITE_READ: case SQLITE_INSERT: case SQLITE_FUNCTION: case SQLITE_TRANSACTION: case SQLITE_PRAGMA: case SQLITE_RECURSIVE:
		return SQLITE_OK;
	default: return SQLITE_DENY;
	}
}

static bool prepare(zp_ledger *ledger, zp_ledger_use use, zp_error *err)
{
	int64_t version = 0;
	sqlite3_busy_timeout(ledger->db, BUSY_MILLISECONDS);
	sqlite3_extended_result_codes(ledger->db, 1);
	confine(ledger);
	if (!zp_sql_run(
		    ledger,
		    "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL;"
		    "PRAGMA page_size = 8192; PRAGMA journal_mode = DELETE; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY",
		    err) ||
	    !look_at(ledger, &version, err))
		return false;
	if (!version && use != ZP_LEDGER_WRITE)
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the ledger is empty; expected one that zhiping ledger add has made");
	if (use == ZP_LEDGER_ADD && sqlite3_db_readonly(ledger->db, "main") == 1)
		return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger may not be written; expected one that papers can be put into");
	if (version != ZP_LEDGER_SCHEMA && !zp_schema_raise(ledger, (int)version, err))
		return false;
	sqlite3_set_authorizer(ledger->db, allow, NULL);
	return true;
}

/* SQLite would make what is not there, and wait on what is no file. */
static bool may_be(const char *path, zp_ledger_use use, zp_error *err)
{
	struct stat about;
	if (stat(path, &about) != 0)
		return use == ZP_LEDGER_WRITE ||
		       zp_fail(err, ZP_BAD_INPUT, path, 0,
			       "the ledger does not exist; expected a file that zhiping ledger add has made");
	return S_ISREG(about.st_mode) || zp_fail(err, ZP_BAD_INPUT, path, 0, "is no file; expected a ledger");
}

zp_ledger *zp_ledger_open(const char *path, zp_ledger_use use, zp_error *err)
{
	if (!may_be(path, use, err))
		return NULL;
	zp_ledger *ledger = calloc(1, sizeof *ledger);
	char *file = malloc(strlen(path) + 3); /* "./" before a name that SQLite would take for something else, as :memory: */
	if (!ledger || !file || !(ledger->path = strdup(path)))
		zp_no_memory();
	stpcpy(stpcpy(file, path[0] == '/' ? "" : "./"), path);
	zp_trail_for(ledger, "add", "", "");
	const int flags = SQLITE_OPEN_READWRITE | (use == ZP_LEDGER_WRITE ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
	const bool opened = sqlite3_open_v2(file, &ledger->db, flags, NULL) == SQLITE_OK;
	free(file);
	if (!opened)
		zp_fail(err, ZP_IO, path, 0, "the ledger cannot be opened: %s", sqlite3_errmsg(ledger->db));
	else if (prepare(ledger, use, err))
		return ledger;
	zp_ledger_close(ledger);
	return NULL;
}

void zp_ledger_close(zp_ledger *ledger)
{
	sqlite3_close(ledger->db);
	free(ledger->path);
	free(ledger);
}

void zp_ledger_watch(zp_ledger *ledger, zp_progress *progress) { ledger->progress = progress; }

const char *zp_ledger_path(const zp_ledger *ledger) { return ledger->path; }
