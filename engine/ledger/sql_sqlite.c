/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger in a file of SQLite: the only place that speaks with it. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/memory.h"
#include "base/words.h"
#include "ledger/store.h"

#define APPLICATION 0x5A504C47 /* "ZPLG" */
#define BUSY_MILLISECONDS 10000
#define FAULTS_MOST 20

static bool fail(zp_ledger *ledger, zp_error *err)
{
	const int code = sqlite3_errcode(ledger->db) & 0xFF;
	const char *says = sqlite3_errmsg(ledger->db);
	switch (code) {
	case SQLITE_NOTADB:
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0,
			       "this is no ledger; expected a file that zhiping ledger add has made");
	case SQLITE_CORRUPT: case SQLITE_CONSTRAINT: case SQLITE_ERROR: case SQLITE_MISMATCH: case SQLITE_SCHEMA:
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the ledger is not intact: %s; zhiping ledger check tells more", says);
	case SQLITE_BUSY: case SQLITE_LOCKED: return zp_fail(err, ZP_IO, ledger->path, 0, "another program is using this ledger; expected it to be free within %d seconds", BUSY_MILLISECONDS / 1000);
	case SQLITE_READONLY: return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger may not be written");
	case SQLITE_FULL: return zp_fail(err, ZP_IO, ledger->path, 0, "there is no room left for the ledger; it is as it was before");
	default: return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be read or written: %s", says);
	}
}

static bool run(zp_ledger *ledger, const char *sql, zp_error *err)
{
	return sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(ledger, err);
}

static bool begin(zp_ledger *ledger, bool writes, zp_error *err) { return run(ledger, writes ? "BEGIN IMMEDIATE" : "BEGIN", err); }

static bool end(zp_ledger *ledger, bool keep, zp_error *err)
{
	if (keep)
		return run(ledger, "COMMIT", err);
	sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
	return true;
}

/* ---- statements ---- */

typedef struct statement { zp_statement is; sqlite3_stmt *s; } statement;

static sqlite3_stmt *of(zp_statement *s) { return ((statement *)s)->s; }

static zp_statement *prepare(zp_ledger *ledger, const char *sql, zp_error *err)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(ledger->db, sql, -1, &s, NULL) != SQLITE_OK) {
		fail(ledger, err);
		return NULL;
	}
	statement *made = zp_must(malloc(sizeof *made));
	*made = (statement){ { ledger->store }, s };
	return &made->is;
}

static void finish(zp_statement *s)
{
	sqlite3_finalize(of(s));
	free(s);
}

static void again(zp_statement *s) { sqlite3_reset(of(s)); }
static void put_whole(zp_statement *s, int at, int64_t v) { sqlite3_bind_int64(of(s), at, v); }
static void put_text(zp_statement *s, int at, const char *text) { sqlite3_bind_text(of(s), at, text, -1, SQLITE_STATIC); }
static void put_text_of(zp_statement *s, int at, const char *text, size_t n) { sqlite3_bind_text64(of(s), at, text, n, SQLITE_STATIC, SQLITE_UTF8); }
static void put_bytes(zp_statement *s, int at, const void *bytes, size_t n) { sqlite3_bind_blob64(of(s), at, bytes, n, SQLITE_STATIC); }

static int step(zp_ledger *ledger, zp_statement *s, zp_error *err)
{
	const int code = sqlite3_step(of(s));
	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	fail(ledger, err);
	return -1;
}

static bool done(zp_ledger *ledger, zp_statement *s, zp_error *err)
{
	int more;
	while ((more = step(ledger, s, err)) > 0)
		;
	sqlite3_reset(of(s));
	return more == 0;
}

static int64_t added(zp_ledger *ledger, zp_error *err)
{
	(void)err;
	return sqlite3_changes(ledger->db);
}

static int64_t whole(zp_statement *s, int column) { return sqlite3_column_int64(of(s), column); }

static const char *text(zp_statement *s, int column, size_t *n)
{
	const unsigned char *there = sqlite3_column_text(of(s), column);
	*n = (size_t)sqlite3_column_bytes(of(s), column);
	return there ? (const char *)there : "";
}

static const void *bytes(zp_statement *s, int column, size_t *n)
{
	const void *there = sqlite3_column_blob(of(s), column);
	*n = (size_t)sqlite3_column_bytes(of(s), column);
	return there;
}

/* ---- opening ---- */

/* Whether it is ours. */
static bool look_at(zp_ledger *ledger, int64_t *version, zp_error *err)
{
	int64_t application = 0, tables = 0;
	if (!zp_sql_number(ledger, "PRAGMA application_id", 0, &application, err) ||
	    !zp_sql_number(ledger, "PRAGMA user_version", 0, version, err) ||
	    !zp_sql_number(ledger, "SELECT count(*) FROM sqlite_schema", 0, &tables, err))
		return false;
	return application == APPLICATION || (!application && !*version && !tables) ||
	       zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "this is a database of another program; expected a ledger of zhiping");
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

static void settle(zp_ledger *ledger) { sqlite3_set_authorizer(ledger->db, allow, NULL); }

static bool set_up(zp_ledger *ledger, int64_t *version, zp_error *err)
{
	sqlite3_busy_timeout(ledger->db, BUSY_MILLISECONDS);
	sqlite3_extended_result_codes(ledger->db, 1);
	confine(ledger);
	return run(ledger,
		   "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL;"
		   "PRAGMA page_size = 8192; PRAGMA journal_mode = DELETE; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY",
		   err) &&
	       look_at(ledger, version, err);
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

static bool open_file(zp_ledger *ledger, zp_ledger_use use, int64_t *version, zp_error *err)
{
	if (!may_be(ledger->path, use, err))
		return false;
	char *file = zp_must(malloc(strlen(ledger->path) + 3)); /* "./" before a name that SQLite would take for something else, as :memory: */
	stpcpy(stpcpy(file, ledger->path[0] == '/' ? "" : "./"), ledger->path);
	const int flags = SQLITE_OPEN_READWRITE | (use == ZP_LEDGER_WRITE ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
	sqlite3 *db = NULL;
	struct stat about;
	const bool is_new = stat(ledger->path, &about) != 0 || !about.st_size;
	const bool opened = sqlite3_open_v2(file, &db, flags, NULL) == SQLITE_OK;
	ledger->db = db;
	free(file);
	if (opened && is_new && zp_is_shared(AT_FDCWD, ledger->path))
		chmod(ledger->path, 0660); /* what SQLite puts beside it has its mode */
	return opened ? set_up(ledger, version, err) : zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be opened: %s", sqlite3_errmsg(db));
}

static void close_file(zp_ledger *ledger) { sqlite3_close(ledger->db); }
static bool may_add(zp_ledger *ledger) { return sqlite3_db_readonly(ledger->db, "main") != 1; }

/* ---- tables ---- */

static bool version_of(zp_ledger *ledger, int64_t *version, zp_error *err) { return zp_sql_number(ledger, "PRAGMA user_version", 0, version, err); }

static bool raise_to(zp_ledger *ledger, int to, const char *tables, zp_error *err)
{
	char mark[80];
	snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION, to);
	return run(ledger, tables, err) && (to != ZP_SCHEMA_TRAIL || zp_sqlite_guard(ledger, err)) && run(ledger, mark, err);
}

zp_ledger *zp_ledger_in_memory(const char *path, zp_error *err)
{
	zp_ledger *ledger = zp_must(calloc(1, sizeof *ledger));
	sqlite3 *db = NULL;
	ledger->store = &zp_store_sqlite;
	ledger->path = zp_must(strdup(path));
	const bool opened = sqlite3_open(":memory:", &db) == SQLITE_OK;
	ledger->db = db;
	if (opened && run(ledger, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON", err))
		return ledger;
	fail(ledger, err);
	zp_ledger_close(ledger);
	return NULL;
}

static bool duplicate(zp_ledger *into, zp_ledger *of, zp_error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(into->db, "main", of->db, "main");
	if (backup)
		sqlite3_backup_step(backup, -1);
	return (backup && sqlite3_backup_finish(backup) == SQLITE_OK) || fail(into, err);
}

/* ---- whether it is whole ---- */

static bool faults(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	char sentence[600];
	zp_statement *s = prepare(ledger, "PRAGMA integrity_check(20)", err);
	int more = s ? 1 : -1;
	size_t n;
	while (more > 0 && (more = step(ledger, s, err)) > 0)
		if (strcmp(text(s, 0, &n), "ok") != 0) {
			snprintf(sentence, sizeof sentence, zp_say("the file is damaged: %s"), text(s, 0, &n));
			tell(self, sentence);
		}
	zp_sql_close(s);
	s = more == 0 ? prepare(ledger, "PRAGMA foreign_key_check", err) : NULL;
	more = s ? 1 : -1;
	for (int i = 0; i < FAULTS_MOST && more > 0 && (more = step(ledger, s, err)) > 0; i++) {
		snprintf(sentence, sizeof sentence, zp_say("a row of the table %s belongs to nothing"), text(s, 0, &n));
		tell(self, sentence);
	}
	zp_sql_close(s);
	return more >= 0;
}

static bool is_whole(zp_ledger *ledger, zp_error *err)
{
	zp_statement *s = prepare(ledger, "PRAGMA quick_check(1)", err);
	size_t n;
	const bool whole = s && step(ledger, s, err) == 1 && strcmp(text(s, 0, &n), "ok") == 0;
	zp_sql_close(s);
	return whole;
}

static bool shape(zp_ledger *ledger, bool fresh, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	static const char list[] = "SELECT type || name || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1";
	if (!fresh)
		return zp_sql_digest(ledger, list, digest, err);
	zp_ledger *made = zp_ledger_in_memory(ledger->path, err);
	const bool good = made && zp_schema_raise(made, 0, err) && zp_sql_digest(made, list, digest, err);
	if (made)
		zp_ledger_close(made);
	return good;
}

const zp_store zp_store_sqlite = {
	.last = {
		[ZP_CHAIN_ROUND] = "SELECT round, chain FROM round ORDER BY round DESC LIMIT 1",
		[ZP_CHAIN_PAPER] = "SELECT act, chain FROM paper ORDER BY act DESC LIMIT 1",
		[ZP_CHAIN_TITLE] = "SELECT act, chain FROM title ORDER BY act DESC LIMIT 1",
		[ZP_CHAIN_EVENT] = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1",
	},
	.given = "SELECT seq FROM sqlite_sequence WHERE name = ?1",
	.find_text = "SELECT id FROM text WHERE text = ?1",
	.odd_text = "SELECT 1 FROM text WHERE id NOT IN (" ZP_TEXTS_USED ")",
	.odd_given = "SELECT 1 FROM sqlite_sequence WHERE name NOT IN ('event', 'paper', 'title') UNION ALL"
		     " SELECT 1 FROM sqlite_sequence GROUP BY name HAVING count(*) > 1",
	.open = open_file, .settle = settle, .close = close_file, .may_add = may_add, .version = version_of, .raise = raise_to,
	.run = run, .begin = begin, .end = end,
	.prepare = prepare, .finish = finish, .again = again, .put_whole = put_whole, .put_text = put_text, .put_text_of = put_text_of, .put_bytes = put_bytes, .step = step,
	.done = done, .added = added, .whole = whole, .text = text, .bytes = bytes,
	.faults = faults, .is_whole = is_whole, .shape = shape, .duplicate = duplicate,
};

const char *zp_ledger_library(void) { return sqlite3_libversion(); }
