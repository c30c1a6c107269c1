/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger in a database of PostgreSQL: the only place that speaks with it.
 *
 * What is added is sent on without waiting for each answer (a pipeline); a failure is met by the next call that needs an answer, the end of
 * the transaction at the latest. What is asked for comes whole, so that another statement may run between two steps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "base/names.h"
#include "base/words.h"
#include "ledger/libpq.h"
#include "ledger/postgres.h"
#include "ledger/store.h"

#define PARAMETERS_MOST 24
#define STATEMENTS_MOST 256
#define SENT_MOST 256 /* whose answers wait: they must fit into what the kernel holds, or both sides would wait for ever */
#define BUSY_SECONDS 60
#define SERVER_LEAST 150000
#define SCHEMA "zhiping"
#define LOCK "1515211847" /* "ZPLG" */

/* Types of columns (pg_type.dat). */
enum { T_BOOL = 16, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23 };

typedef struct connection {
	PGconn *c;
	zp_arena *arena;
	zp_names *known; /* statements that are prepared; their number is their name */
	size_t sent;
	int64_t added;
	bool renewed; /* its guards are those of this program */
} connection;

typedef struct statement {
	zp_statement is;
	char name[16];
	int n; /* parameters */
	const char *values[PARAMETERS_MOST];
	int lengths[PARAMETERS_MOST], formats[PARAMETERS_MOST];
	char digits[PARAMETERS_MOST][24], shown[24];
	PGresult *rows;
	int row;
} statement;

/* ---- failures ---- */

static connection *of(zp_ledger *ledger) { return ledger->db; }

/* A message of the server is of several lines. */
static void one_line(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text);
	for (char *p = out; *p; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	for (size_t n = strlen(out); n && out[n - 1] == ' ';)
		out[--n] = '\0';
}

static bool is_any(const char *state, const char *const *states)
{
	while (*states && strncmp(state, *states, strlen(*states)) != 0)
		states++;
	return *states != NULL;
}

/* By the code of the SQL standard; result NULL: there was no answer. */
static bool fail(zp_ledger *ledger, const PGresult *result, zp_error *err)
{
	static const char *const lost[] = { "08", "57P", NULL }, *const busy[] = { "55P03", "40001", "40P01", NULL }, *const full[] = { "53", NULL };
	static const char *const broken[] = { "22", "23", "42", "P0", NULL };
	const char *state = result ? zp_pq.resultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *primary = result ? zp_pq.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	char says[400];
	one_line(says, sizeof says, primary ? primary : zp_pq.errorMessage(of(ledger)->c));
	if (zp_pq.status(of(ledger)->c) == CONNECTION_BAD || (state && is_any(state, lost)))
		return zp_fail(err, ZP_IO, ledger->path, 0, "the connection to the ledger was lost, and nothing of this was kept in it; expected it to hold until the end");
	if (!state)
		return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be read or written: %s", says);
	if (strcmp(state, "25P02") == 0)
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "after what failed before, this cannot be looked at");
	if (strcmp(state, "42501") == 0)
		return zp_fail(err, ZP_IO, ledger->path, 0, "this account may not do that: %s; expected one that zhiping ledger roles has let in for it", says);
	if (strcmp(state, "25006") == 0)
		return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger may not be written");
	if (is_any(state, busy))
		return zp_fail(err, ZP_IO, ledger->path, 0, "another program is using this ledger; expected it to be free within %d seconds", BUSY_SECONDS);
	if (is_any(state, full))
		return zp_fail(err, ZP_IO, ledger->path, 0, "the server has no room left for the ledger, which is as it was before: %s", says);
	if (is_any(state, broken))
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the ledger is not intact: %s; zhiping ledger check tells more", says);
	return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be read or written: %s", says);
}

static bool is_good(const PGresult *r)
{
	const ExecStatusType status = zp_pq.resultStatus(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* ---- the pipeline ---- */

/* Wait for the answers to all that was sent. */
static bool drain(zp_ledger *ledger, zp_error *err)
{
	connection *c = of(ledger);
	bool good = true, synced = false;
	if (!c->sent)
		return true;
	c->sent = 0;
	if (!zp_pq.pipelineSync(c->c))
		return fail(ledger, NULL, err);
	for (int nothing = 0; !synced && nothing < 2;) { /* a NULL stands between two answers, two are the end of a connection */
		PGresult *r = zp_pq.getResult(c->c);
		nothing = r ? 0 : nothing + 1;
		synced = r && zp_pq.resultStatus(r) == PGRES_PIPELINE_SYNC;
		if (r && !synced && is_good(r))
			c->added = atoll(zp_pq.cmdTuples(r));
		else if (r && !synced && good) /* those after it are only given up */
			good = fail(ledger, r, err);
		zp_pq.clear(r);
	}
	if (!synced || !zp_pq.exitPipelineMode(c->c))
		return good && fail(ledger, NULL, err);
	return good;
}

static bool send(zp_ledger *ledger, statement *s, zp_error *err)
{
	connection *c = of(ledger);
	if (!c->sent && !zp_pq.enterPipelineMode(c->c))
		return fail(ledger, NULL, err);
	c->sent++;
	if (!zp_pq.sendQueryPrepared(c->c, s->name, s->n, s->values, s->lengths, s->formats, 1))
		return fail(ledger, NULL, err);
	return c->sent < SENT_MOST || drain(ledger, err);
}

static bool run(zp_ledger *ledger, const char *sql, zp_error *err)
{
	if (!drain(ledger, err))
		return false;
	PGresult *r = zp_pq.exec(of(ledger)->c, sql);
	const bool good = is_good(r) || fail(ledger, r, err);
	zp_pq.clear(r);
	return good;
}

static bool look_renewed(zp_ledger *ledger, zp_error *err)
{
	int64_t there = 0;
	const bool good = zp_sql_number(ledger, "SELECT 1 FROM pg_proc WHERE proname = 'take_turn' AND pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = '" SCHEMA "')", 0, &there, err);
	of(ledger)->renewed = there != 0;
	return good;
}

static bool begin(zp_ledger *ledger, bool writes, zp_error *err)
{
	if (!writes)
		return run(ledger, "BEGIN ISOLATION LEVEL REPEATABLE READ", err);
	if (!of(ledger)->renewed && !look_renewed(ledger, err)) /* somebody else may have made it meanwhile */
		return false;
	/* Who writes waits until nobody else does, before he looks, and then sees what the others have put: so each chain has one end. Where there are no
	 * tables yet, and in an earlier ledger, it is a lock that everybody can take. */
	return run(ledger, of(ledger)->renewed ? "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT " SCHEMA ".take_turn()"
					       : "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(" LOCK ")", err);
}

static bool end(zp_ledger *ledger, bool keep, zp_error *err)
{
	zp_error none = { 0 };
	if (!keep) {
		drain(ledger, &none);
		run(ledger, "ROLLBACK", &none);
		return true;
	}
	if (!drain(ledger, err))
		return false;
	PGresult *r = zp_pq.exec(of(ledger)->c, "COMMIT");
	const bool good = is_good(r) && strcmp(zp_pq.cmdStatus(r), "COMMIT") == 0;
	if (!good && zp_pq.status(of(ledger)->c) == CONNECTION_BAD)
		zp_fail(err, ZP_IO, ledger->path, 0, "the connection to the ledger was lost while it was told to keep what was put in, which it may have done or not; what is there already changes nothing when it is put in again");
	else if (!good)
		fail(ledger, r, err);
	zp_pq.clear(r);
	return good;
}

/* ---- statements ---- */

/* ?1 is $1 here. Gives: how many parameters. */
static int translate(char *sql)
{
	int n = 0;
	for (char *p = strchr(sql, '?'); p; p = strchr(p, '?')) {
		*p = '$';
		n = atoi(p + 1) > n ? atoi(p + 1) : n;
	}
	return n;
}

static zp_statement *prepare(zp_ledger *ledger, const char *sql, zp_error *err)
{
	connection *c = of(ledger);
	char *text = zp_must(strdup(sql));
	statement *s = zp_must(calloc(1, sizeof *s));
	s->is.store = ledger->store;
	s->n = translate(text);
	const bool is_new = zp_names_find(c->known, zp_text_of(text)) == ZP_NO_NAME;
	bool good = true;
	if (is_new && (good = drain(ledger, err))) {
		snprintf(s->name, sizeof s->name, "z%u", zp_names_count(c->known));
		PGresult *r = zp_pq.prepare(c->c, s->name, text, 0, NULL);
		good = is_good(r) || fail(ledger, r, err);
		zp_pq.clear(r);
	}
	if (good)
		snprintf(s->name, sizeof s->name, "z%u", zp_names_add(c->known, zp_text_of(text)));
	free(text);
	if (good)
		return &s->is;
	free(s);
	return NULL;
}

static void again(zp_statement *is)
{
	statement *s = (statement *)is;
	zp_pq.clear(s->rows);
	s->rows = NULL;
}

static void finish(zp_statement *is)
{
	again(is);
	free(is);
}

static void put(zp_statement *is, int at, const char *value, size_t n, int format)
{
	statement *s = (statement *)is;
	s->values[at - 1] = value;
	s->lengths[at - 1] = (int)n;
	s->formats[at - 1] = format;
}

static void put_bytes(zp_statement *s, int at, const void *bytes, size_t n) { put(s, at, n ? bytes : "", n, 1); }
static void put_text_of(zp_statement *s, int at, const char *text, size_t n) { put(s, at, n ? text : "", n, 1); }
static void put_text(zp_statement *s, int at, const char *text) { put(s, at, text, 0, 0); }

static void put_whole(zp_statement *is, int at, int64_t v)
{
	statement *s = (statement *)is;
	snprintf(s->digits[at - 1], sizeof *s->digits, "%lld", (long long)v);
	put(is, at, s->digits[at - 1], 0, 0);
}

static int step(zp_ledger *ledger, zp_statement *is, zp_error *err)
{
	statement *s = (statement *)is;
	if (!s->rows) {
		if (!drain(ledger, err))
			return -1;
		s->rows = zp_pq.execPrepared(of(ledger)->c, s->name, s->n, s->values, s->lengths, s->formats, 1);
		s->row = -1;
		if (!is_good(s->rows)) {
			fail(ledger, s->rows, err);
			again(is);
			return -1;
		}
	}
	return ++s->row < zp_pq.ntuples(s->rows);
}

static bool done(zp_ledger *ledger, zp_statement *is, zp_error *err)
{
	statement *s = (statement *)is;
	const bool ran = s->rows != NULL;
	again(is);
	return ran || send(ledger, s, err);
}

static int64_t added(zp_ledger *ledger, zp_error *err) { return drain(ledger, err) ? of(ledger)->added : -1; }

/* The high byte first. */
static int64_t whole(zp_statement *is, int column)
{
	const statement *s = (statement *)is;
	const unsigned char *p = (const unsigned char *)zp_pq.getvalue(s->rows, s->row, column);
	const int n = zp_pq.getlength(s->rows, s->row, column);
	const Oid type = zp_pq.ftype(s->rows, column);
	if (type != T_BOOL && type != T_INT2 && type != T_INT4 && type != T_INT8)
		return atoll((const char *)p);
	uint64_t v = n && *p >> 7 ? UINT64_MAX : 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

static const char *text(zp_statement *is, int column, size_t *n)
{
	statement *s = (statement *)is;
	const Oid type = zp_pq.ftype(s->rows, column);
	if ((type == T_INT2 || type == T_INT4 || type == T_INT8) && !zp_pq.getisnull(s->rows, s->row, column)) {
		*n = (size_t)snprintf(s->shown, sizeof s->shown, "%lld", (long long)whole(is, column));
		return s->shown;
	}
	*n = (size_t)zp_pq.getlength(s->rows, s->row, column);
	return zp_pq.getvalue(s->rows, s->row, column);
}

static const void *bytes(zp_statement *is, int column, size_t *n) { return text(is, column, n); }

/* ---- opening ---- */

static void hush(void *self, const char *message) { (void)self, (void)message; }

/* What the address does not say, and what it cannot. */
static PGconn *connect(const char *address)
{
	static const char *const names[] = { "connect_timeout", "keepalives_idle", "tcp_user_timeout", "dbname", "client_encoding", "application_name", NULL };
	const char *const values[] = { "10", "30", "60000", address, "UTF8", "zhiping", NULL };
	return zp_pq.connectdbParams(names, values, 1);
}

static bool version_of(zp_ledger *ledger, int64_t *version, zp_error *err)
{
	int64_t there = 0, ours = 0;
	*version = 0;
	if (!zp_sql_number(ledger, "SELECT count(*) FROM pg_namespace WHERE nspname = '" SCHEMA "'", 0, &there, err) || !there)
		return !err->code;
	if (!zp_sql_number(ledger, "SELECT count(to_regclass('" SCHEMA ".schema_version'))", 0, &ours, err))
		return false;
	return ours ? zp_sql_number(ledger, "SELECT max(version) FROM schema_version", 0, version, err) :
		      zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the database has a schema zhiping that is no ledger; expected a database of its own");
}

static bool may_add(zp_ledger *ledger)
{
	zp_error none = { 0 };
	int64_t may = 0;
	return zp_sql_number(ledger, "SELECT 1 WHERE has_table_privilege('event', 'INSERT') AND NOT pg_is_in_recovery()", 0, &may, &none) && may;
}

/* The guards of an earlier program, brought up to date by the owner, whatever he opens it for. Others go on under those that are there. */
static bool renew(zp_ledger *ledger, zp_error *err)
{
	int64_t owns = 0;
	if (!zp_sql_number(ledger, "SELECT 1 FROM pg_namespace WHERE nspname = '" SCHEMA "' AND pg_has_role(nspowner, 'USAGE')", 0, &owns, err) || !owns)
		return !err->code;
	bool good = zp_sql_begin(ledger, err) && look_renewed(ledger, err); /* another may have been quicker */
	good = good && (of(ledger)->renewed || (zp_postgres_renew(ledger, SCHEMA, err) && zp_trail_put(ledger, "raised", "", "", "guards=2", err)));
	return zp_sql_end(ledger, good, err) && look_renewed(ledger, err);
}

/* Names are looked for in the ledger alone: what somebody lays before it, as a temporary table, is not met. */
static bool set_up(zp_ledger *ledger, zp_ledger_use use, int64_t *version, zp_error *err)
{
	const int server = zp_pq.serverVersion(of(ledger)->c);
	if (server < SERVER_LEAST)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the server is PostgreSQL %d; expected %d or newer", server / 10000, SERVER_LEAST / 10000);
	const char *encoding = zp_pq.parameterStatus(of(ledger)->c, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the database has the encoding %.40s; expected UTF8", encoding ? encoding : "");
	char settings[200];
	snprintf(settings, sizeof settings, "SET search_path = " SCHEMA ", pg_temp; SET lock_timeout = '%ds'; SET synchronous_commit = on; SET row_security = on", BUSY_SECONDS);
	return run(ledger, settings, err) &&
	       version_of(ledger, version, err) && look_renewed(ledger, err) &&
	       (*version != ZP_LEDGER_SCHEMA || of(ledger)->renewed || renew(ledger, err)) &&
	       (use == ZP_LEDGER_READ || !*version || may_add(ledger) || zp_fail(err, ZP_IO, ledger->path, 0, "this account may not write the ledger; expected an operator, or a city for its own rounds"));
}

static bool open_database(zp_ledger *ledger, zp_ledger_use use, int64_t *version, zp_error *err)
{
	connection *c = zp_must(calloc(1, sizeof *c));
	char says[400];
	ledger->db = c;
	c->arena = zp_arena_open();
	c->known = zp_names_take(c->arena);
	if (!zp_libpq_load(ledger->path, err))
		return false;
	c->c = zp_must(connect(ledger->path));
	if (zp_pq.status(c->c) != CONNECTION_OK) {
		one_line(says, sizeof says, zp_pq.errorMessage(c->c));
		return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger cannot be reached: %s", says);
	}
	zp_pq.setNoticeProcessor(c->c, hush, NULL);
	ledger->login = zp_must(strdup(zp_pq.user(c->c)));
	ledger->database = zp_must(strdup(zp_pq.db(c->c)));
	return set_up(ledger, use, version, err);
}

static void settle(zp_ledger *ledger) { (void)ledger; } /* what may be done is the database's to say */

static void close_database(zp_ledger *ledger)
{
	if (of(ledger)->c)
		zp_pq.finish(of(ledger)->c);
	zp_arena_close(of(ledger)->arena);
	free(of(ledger));
}

/* ---- tables ---- */

static bool raise_to(zp_ledger *ledger, int to, const char *tables, zp_error *err)
{
	char mark[80];
	snprintf(mark, sizeof mark, "INSERT INTO schema_version VALUES (%d)", to);
	of(ledger)->renewed = to >= ZP_SCHEMA_TRAIL; /* from the next transaction on */
	return (to > 1 || run(ledger, "CREATE SCHEMA " SCHEMA "; CREATE TABLE schema_version (version BIGINT PRIMARY KEY)", err)) &&
	       zp_postgres_tables(ledger, SCHEMA, tables, err) && (to != ZP_SCHEMA_TRAIL || (zp_postgres_guard(ledger, SCHEMA, err) && zp_postgres_renew(ledger, SCHEMA, err))) && run(ledger, mark, err);
}

/* Made beside it, as tables that nobody else sees and that go when this is over. */
static bool shape(zp_ledger *ledger, bool fresh, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	if (!fresh)
		return zp_postgres_shape(ledger, SCHEMA, digest, err);
	bool good = run(ledger, "SAVEPOINT fresh; SET LOCAL search_path = pg_temp; CREATE TABLE schema_version (version BIGINT PRIMARY KEY)", err);
	for (int v = 0; v < ZP_LEDGER_SCHEMA && good; v++)
		good = zp_postgres_tables(ledger, "pg_temp", zp_schema_steps[v], err);
	good = good && zp_postgres_guard(ledger, "pg_temp", err) && (!of(ledger)->renewed || zp_postgres_renew(ledger, "pg_temp", err)) && zp_postgres_shape(ledger, "pg_temp", digest, err);
	return run(ledger, "ROLLBACK TO SAVEPOINT fresh", err) && good;
}

/* ---- whether it is whole ---- */

/* The end that every account is told, and the last row. */
static bool ends_are_told(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	zp_statement *s = prepare(ledger,
		"SELECT name FROM head WHERE NOT EXISTS (SELECT 1 FROM (SELECT 'round' AS name, round AS seq, chain AS digest FROM round UNION ALL SELECT 'paper', act, chain FROM paper"
		" UNION ALL SELECT 'title', act, chain FROM title UNION ALL SELECT 'event', seq, hash FROM event) AS r WHERE r.name = head.name AND r.seq = head.seq AND r.digest = head.digest)"
		" ORDER BY name", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = step(ledger, s, err)) > 0) {
		char sentence[200];
		snprintf(sentence, sizeof sentence, zp_say("the head of the chain %s is not its end"), zp_sql_lent(s, 0, NULL));
		tell(self, sentence);
	}
	zp_sql_close(s);
	return more >= 0;
}

/* Accounts that are let in for less than they can do: what a city or an auditor is kept from is kept from those that the server holds. */
static bool accounts_are_held(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	if (!of(ledger)->renewed) {
		tell(self, zp_say("the guards of the ledger are those of an earlier program; expected its owner to open it once, as with zhiping ledger list"));
		return true;
	}
	zp_statement *s = prepare(ledger, "SELECT role FROM member AS m JOIN pg_roles ON rolname = role WHERE n = (SELECT max(n) FROM member AS l WHERE l.role = m.role)"
					  " AND may IN ('city', 'auditor') AND is_above(role) ORDER BY role", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = step(ledger, s, err)) > 0) {
		char sentence[400];
		snprintf(sentence, sizeof sentence, zp_say("the account %.60s is a city or an auditor, and can lift what holds it: it is superuser, has BYPASSRLS or is a member of a role that is, or of the ledger's owner"),
			 zp_sql_lent(s, 0, NULL));
		tell(self, sentence);
	}
	zp_sql_close(s);
	return more >= 0;
}

/* What the server enforces is looked at all the same: it can be switched off by whom the database belongs to. */
static bool faults(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	static const char *const tables[] = { "manifest", "lab", "programme", "sample", "measurand", "answer", "target", "tally", "result" };
	bool good = true;
	for (size_t i = 0; i < sizeof tables / sizeof *tables && good; i++) {
		char sql[160], sentence[200];
		int64_t found = 0;
		snprintf(sql, sizeof sql, "SELECT 1 FROM %s WHERE round NOT IN (SELECT round FROM round) LIMIT 1", tables[i]);
		good = zp_sql_number(ledger, sql, 0, &found, err);
		if (found) {
			snprintf(sentence, sizeof sentence, zp_say("a row of the table %s belongs to nothing"), tables[i]);
			tell(self, sentence);
		}
	}
	return good && ends_are_told(ledger, tell, self, err) && accounts_are_held(ledger, tell, self, err);
}

/* Of pages the server knows, who keeps checksums of them. */
static bool is_whole(zp_ledger *ledger, zp_error *err) { return run(ledger, "SELECT 1", err); }

/* ---- who closes which round ---- */

/* A lock of the session by the first digits of the digest of the id; and then whether the round is one that this account may put. */
static bool claim(zp_ledger *ledger, const char *id, zp_error *err)
{
	char digest[ZP_DIGEST_TEXT], sql[160];
	int64_t mine = 0, free_now = 0;
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, id, strlen(id));
	zp_digest_close(d, digest);
	zp_statement *s = prepare(ledger, "SELECT puts_round(?1)", err);
	if (s)
		put_text(s, 1, id);
	mine = s && step(ledger, s, err) == 1 ? whole(s, 0) : 0;
	zp_sql_close(s);
	if (!mine)
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the account %s may not put the round %s into this ledger; expected an operator, or the city whose rounds begin so", ledger->login, id);
	snprintf(sql, sizeof sql, "SELECT pg_try_advisory_lock(" LOCK ", ('x%.8s'::bit(32))::int4)", digest);
	return zp_sql_number(ledger, sql, 0, &free_now, err) &&
	       (free_now || zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "another run is closing the round %s at this moment; expected one at a time. Look at what it gave, and run again if need be", id));
}

static bool sees_all(zp_ledger *ledger, bool *all, zp_error *err)
{
	int64_t sees = 0;
	const bool good = zp_sql_number(ledger, "SELECT row_security_active('round') IS FALSE OR sees_all()", 0, &sees, err);
	*all = sees != 0;
	return good;
}

const zp_store zp_store_postgres = {
	/* What an account may not see of a chain is its rows, never its end. */
	.last = {
		[ZP_CHAIN_ROUND] = "SELECT seq, digest FROM head WHERE name = 'round'",
		[ZP_CHAIN_PAPER] = "SELECT seq, digest FROM head WHERE name = 'paper'",
		[ZP_CHAIN_TITLE] = "SELECT seq, digest FROM head WHERE name = 'title'",
		[ZP_CHAIN_EVENT] = "SELECT seq, digest FROM head WHERE name = 'event'",
	},
	.given = "SELECT seq FROM head WHERE name = ?1",
	.find_text = "SELECT text_id(?1)",
	/* A city may ask for a text and put nothing: that is not the others' fault, and `named` says who it was. */
	.odd_text = "SELECT 1 FROM text WHERE id NOT IN (" ZP_TEXTS_USED ") AND id NOT IN (SELECT text FROM named)",
	.open = open_database, .settle = settle, .close = close_database, .may_add = may_add, .version = version_of, .raise = raise_to,
	.run = run, .begin = begin, .end = end,
	.prepare = prepare, .finish = finish, .again = again, .put_whole = put_whole, .put_text = put_text, .put_text_of = put_text_of, .put_bytes = put_bytes,
	.step = step, .done = done, .added = added, .whole = whole, .text = text, .bytes = bytes,
	.faults = faults, .is_whole = is_whole, .shape = shape, .claim = claim, .has_accounts = true, .sees_all = sees_all,
};
