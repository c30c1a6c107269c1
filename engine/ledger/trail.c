/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/trail.h"
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/utf8.h"
#include "ledger/clock.h"
#include "ledger/store.h"

#define TEXT_MOST 2000 /* bytes of a text; what is longer is cut off */
#define ACCOUNT_MOST 200
#define NAME_MOST 400 /* of who says that it is him: what is cut off is never the account behind it */

/* ---- an event and its digest ---- */

static void add_text(zp_digest *digest, const char *text)
{
	char length[24];
	const size_t n = strlen(text);
	zp_digest_add(digest, length, (size_t)snprintf(length, sizeof length, "%zu:", n));
	zp_digest_add(digest, text, n);
	zp_digest_add(digest, "\n", 1);
}

void zp_event_hash(const zp_event *e, char out[static ZP_DIGEST_TEXT])
{
	char seq[24];
	snprintf(seq, sizeof seq, "%lld", (long long)e->seq);
	const char *const texts[] = { seq, e->at, e->who, e->what, e->subject, e->why, e->detail };
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, "zhiping event 1\n", strlen("zhiping event 1\n"));
	zp_digest_add(digest, e->before, strlen(e->before));
	zp_digest_add(digest, "\n", 1);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		add_text(digest, texts[i]);
	zp_digest_close(digest, out);
}

/* One line of well-formed text, so that any program prints it as it is. */
static const char *clean_to(zp_arena *arena, const char *text, size_t most)
{
	char *out = zp_arena_take(arena, most + 8);
	size_t n = 0;
	for (const char *p = text, *end = p + strlen(text); p < end && n < most;) {
		uint32_t c = 0;
		const size_t step = zp_utf8_at(p, (size_t)(end - p), &c);
		if (!step || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029)
			out[n++] = ' ';
		else
			memcpy(out + n, p, step), n += step;
		p += step ? step : 1;
	}
	out[n] = '\0';
	return out;
}

static const char *clean(zp_arena *arena, const char *text) { return clean_to(arena, text, TEXT_MOST); }

static const char *address_in(const char *text)
{
	const char *p = strstr(text, "postgres");
	while (p && !zp_is_postgres(p))
		p = strstr(p + 1, "postgres");
	return p;
}

/* Accounts and machines that the address of a ledger names are no reason for anything, and the trail would keep them for ever. */
static const char *without_addresses(zp_arena *arena, const char *text)
{
	const char *before = "";
	for (const char *p; (p = address_in(text));) {
		size_t n = strcspn(p, " \t\r\n\"");
		while (strchr(":,;.)", p[n - 1]))
			n--;
		before = zp_arena_print(arena, "%s%.*spostgresql://...", before, (int)(p - text), text);
		text = p + n;
	}
	return zp_arena_print(arena, "%s%s", before, text);
}

/* ---- who ---- */

/* By number where the machine has no name for it. */
static const char *who(zp_ledger *ledger, zp_arena *arena)
{
	const struct passwd *account = getpwuid(getuid());
	char name[ACCOUNT_MOST];
	if (account && account->pw_name && *account->pw_name)
		snprintf(name, sizeof name, "%s", account->pw_name);
	else
		snprintf(name, sizeof name, "uid %lu", (unsigned long)getuid());
	/* Whom the database knows, and who that is on a machine of his own. */
	const char *known = ledger->login ? zp_arena_print(arena, "%s/%s", ledger->login, name) : name;
	return clean(arena, ledger->by && *ledger->by ? zp_arena_print(arena, "%s (%s)", clean_to(arena, ledger->by, NAME_MOST), known) : known);
}

void zp_trail_by(zp_ledger *ledger, const char *name) { ledger->by = name; }

void zp_trail_for(zp_ledger *ledger, const char *what, const char *subject, const char *why)
{
	ledger->what = what, ledger->subject = subject, ledger->why = why;
}

/* ---- in ---- */

#define COLUMNS "seq, at, who, what, subject, why, detail, before, hash"

static zp_event event_of(zp_statement *s, zp_arena *arena)
{
	return (zp_event){ zp_sql_whole(s, 0), zp_sql_text(s, 1, arena), zp_sql_text(s, 2, arena), zp_sql_text(s, 3, arena),
			   zp_sql_text(s, 4, arena), zp_sql_text(s, 5, arena), zp_sql_text(s, 6, arena), zp_sql_text(s, 7, arena),
			   zp_sql_text(s, 8, arena) };
}

/* What the next one comes after. Nothing is built on an end that is not intact. Who may see the head alone believes it: it is the database that
 * does not let in what does not follow. */
static bool find_end(zp_ledger *ledger, zp_arena *arena, zp_event *last, zp_error *err)
{
	char digest[ZP_DIGEST_TEXT], hash[ZP_DIGEST_TEXT];
	int64_t given = 0;
	*last = (zp_event){ .hash = ZP_TRAIL_BEGINNING };
	if (!zp_sql_last(ledger, ZP_CHAIN_EVENT, &last->seq, digest, err) || !zp_sql_given(ledger, ZP_CHAIN_EVENT, &given, err))
		return false;
	const int64_t end = last->seq;
	zp_statement *s = end ? zp_sql_prepare(ledger, "SELECT " COLUMNS " FROM event WHERE seq = ?1", err) : NULL;
	if (s)
		zp_sql_put_whole(s, 1, end);
	const int more = s ? zp_sql_step(ledger, s, err) : end ? -1 : 0;
	if (more == 1)
		*last = event_of(s, arena), zp_event_hash(last, hash);
	else if (end)
		last->hash = zp_arena_print(arena, "%s", digest);
	zp_sql_close(s);
	return more >= 0 && ((given == end && (more == 0 || (strcmp(hash, last->hash) == 0 && strcmp(hash, digest) == 0))) ||
	       zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the end of the trail is not intact, so that nothing is put after it; zhiping ledger check tells more"));
}

bool zp_event_insert(zp_ledger *ledger, const zp_event *e, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "INSERT INTO event (" COLUMNS ") VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)", err);
	const char *const texts[] = { e->at, e->who, e->what, e->subject, e->why, e->detail, e->before, e->hash };
	if (!s)
		return false;
	zp_sql_put_whole(s, 1, e->seq);
	for (int i = 0; i < 8; i++)
		zp_sql_put_text(s, i + 2, texts[i]);
	const bool good = zp_sql_done(ledger, s, err);
	zp_sql_close(s);
	return good;
}

bool zp_trail_put(zp_ledger *ledger, const char *what, const char *subject, const char *why, const char *detail, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_event last, e;
	char hash[ZP_DIGEST_TEXT], at[ZP_INSTANT_TEXT];
	bool good = zp_sql_begin(ledger, err) && find_end(ledger, arena, &last, err);
	if (good) {
		zp_clock_read(at);
		e = (zp_event){ last.seq + 1, at, who(ledger, arena), what, clean(arena, subject), clean(arena, without_addresses(arena, why)), clean(arena, detail), last.hash, hash };
		zp_event_hash(&e, hash);
		good = zp_event_insert(ledger, &e, err);
	}
	good = zp_sql_end(ledger, good, err);
	zp_arena_close(arena);
	return good;
}

/* ---- out ---- */

const char *zp_trail_head(zp_ledger *ledger, zp_arena *arena, zp_error *err)
{
	char digest[ZP_DIGEST_TEXT];
	int64_t n;
	if (!zp_sql_last(ledger, ZP_CHAIN_EVENT, &n, digest, err))
		return NULL;
	return n ? zp_arena_print(arena, "%s", digest) : ZP_TRAIL_BEGINNING;
}

const zp_event *zp_trail_take(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t room = 0;
	zp_event *events = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *events);
	zp_statement *s = zp_sql_prepare(ledger, "SELECT " COLUMNS " FROM event ORDER BY seq", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		events = zp_arena_more(arena, events, *n, &room, sizeof *events);
		events[(*n)++] = event_of(s, arena);
	}
	zp_sql_close(s);
	return more == 0 ? events : NULL;
}

const char *zp_trail_said(zp_arena *arena, const char *detail, const char *name)
{
	const size_t n = strlen(name);
	for (const char *p = detail; p; p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL)
		if (strncmp(p, name, n) == 0 && p[n] == '=')
			return zp_arena_text(arena, p + n + 1, strcspn(p + n + 1, " "));
	return "";
}

const zp_paper_origin *zp_trail_papers(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t n_events = 0, i = 0, room = 0;
	const zp_event *events = zp_trail_take(ledger, arena, &n_events, err);
	zp_statement *s = events ? zp_sql_prepare(ledger, "SELECT act, number FROM paper ORDER BY act", err) : NULL;
	zp_paper_origin *all = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *all);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		all = zp_arena_more(arena, all, *n, &room, sizeof *all);
		while (i < n_events && (!*zp_trail_said(arena, events[i].detail, "papers") || atoll(zp_trail_said(arena, events[i].detail, "all")) < zp_sql_whole(s, 0)))
			i++;
		all[(*n)++] = (zp_paper_origin){ zp_sql_text(s, 1, arena), i < n_events ? events[i].before : "" };
	}
	zp_sql_close(s);
	return more == 0 ? all : NULL;
}
