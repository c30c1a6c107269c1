/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few calls through which the rest of this folder speaks with the store of a ledger. */
#include "ledger/store.h"
#include <stdio.h>
#include <string.h>

#define NUL_SHOWN '\001'

bool zp_sql_run(zp_ledger *ledger, const char *sql, zp_error *err) { return ledger->store->run(ledger, sql, err); }

/* ---- statements ---- */

zp_statement *zp_sql_prepare(zp_ledger *ledger, const char *sql, zp_error *err) { return ledger->store->prepare(ledger, sql, err); }

void zp_sql_close(zp_statement *s)
{
	if (s)
		s->store->finish(s);
}

void zp_sql_put_whole(zp_statement *s, int at, int64_t value) { s->store->put_whole(s, at, value); }
void zp_sql_put_text_of(zp_statement *s, int at, const char *text, size_t n) { s->store->put_text_of(s, at, text, n); }
void zp_sql_put_text(zp_statement *s, int at, const char *text) { s->store->put_text(s, at, text); }
void zp_sql_put_bytes(zp_statement *s, int at, const void *bytes, size_t n) { s->store->put_bytes(s, at, bytes, n); }

int zp_sql_step(zp_ledger *ledger, zp_statement *s, zp_error *err) { return s->store->step(ledger, s, err); }
void zp_sql_again(zp_statement *s) { s->store->again(s); }
bool zp_sql_done(zp_ledger *ledger, zp_statement *s, zp_error *err) { return s->store->done(ledger, s, err); }
int64_t zp_sql_added(zp_ledger *ledger, zp_error *err) { return ledger->store->added(ledger, err); }

int64_t zp_sql_whole(zp_statement *s, int column) { return s->store->whole(s, column); }
const void *zp_sql_bytes(zp_statement *s, int column, size_t *n) { return s->store->bytes(s, column, n); }

const char *zp_sql_lent(zp_statement *s, int column, size_t *n)
{
	size_t length;
	return s->store->text(s, column, n ? n : &length);
}

const char *zp_sql_text(zp_statement *s, int column, zp_arena *arena)
{
	size_t n;
	const char *text = s->store->text(s, column, &n);
	char *copy = (char *)zp_arena_text(arena, text, n);
	for (char *nul = memchr(copy, '\0', n); nul; nul = memchr(nul, '\0', (size_t)(copy + n - nul)))
		*nul = NUL_SHOWN;
	return copy;
}

/* ---- what one statement gives ---- */

bool zp_sql_number(zp_ledger *ledger, const char *sql, int64_t otherwise, int64_t *out, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	const int more = s ? zp_sql_step(ledger, s, err) : -1;
	*out = more == 1 ? zp_sql_whole(s, 0) : otherwise;
	zp_sql_close(s);
	return more >= 0;
}

bool zp_sql_digest(zp_ledger *ledger, const char *sql, char out[static ZP_DIGEST_TEXT], zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	zp_digest *digest = zp_digest_open();
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		size_t n;
		const void *bytes = zp_sql_bytes(s, 0, &n);
		zp_digest_add(digest, bytes, n);
	}
	zp_sql_close(s);
	zp_digest_close(digest, out);
	return more == 0;
}

bool zp_sql_last(zp_ledger *ledger, zp_chained chain, int64_t *n, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, ledger->store->last[chain], err);
	const int more = s ? zp_sql_step(ledger, s, err) : -1;
	*n = more == 1 ? zp_sql_whole(s, 0) : 0;
	snprintf(digest, ZP_DIGEST_TEXT, "%s", more == 1 ? zp_sql_lent(s, 1, NULL) : "");
	zp_sql_close(s);
	return more >= 0;
}

bool zp_sql_given(zp_ledger *ledger, zp_chained chain, int64_t *n, zp_error *err)
{
	static const char *const tables[ZP_CHAINS] = { "round", "paper", "title", "event" };
	zp_statement *s = zp_sql_prepare(ledger, ledger->store->given, err);
	if (s)
		zp_sql_put_text(s, 1, tables[chain]);
	const int more = s ? zp_sql_step(ledger, s, err) : -1;
	*n = more == 1 ? zp_sql_whole(s, 0) : 0;
	zp_sql_close(s);
	return more >= 0;
}

/* ---- transactions ---- */

bool zp_sql_begin(zp_ledger *ledger, zp_error *err)
{
	if (ledger->depth++ > 0)
		return !ledger->spoilt;
	ledger->spoilt = !ledger->store->begin(ledger, true, err);
	return !ledger->spoilt;
}

bool zp_sql_end(zp_ledger *ledger, bool good, zp_error *err)
{
	ledger->spoilt |= !good;
	if (--ledger->depth > 0)
		return good;
	good = !ledger->spoilt && ledger->store->end(ledger, true, err);
	if (!good)
		ledger->store->end(ledger, false, err);
	return good;
}

bool zp_sql_look(zp_ledger *ledger, zp_error *err) { return ledger->store->begin(ledger, false, err); }

void zp_sql_looked(zp_ledger *ledger)
{
	zp_error none = { 0 };
	ledger->store->end(ledger, false, &none);
}
