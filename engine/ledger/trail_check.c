/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the trail hangs together, and whether the ledger holds what the trail tells: each round, paper, decision and conflict in the order
 * in which its event says that it came, and nothing else. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/words.h"
#include "ledger/sql.h"

typedef struct checking {
	zp_ledger *ledger;
	zp_arena *arena;
	void (*tell)(void *, const char *);
	void *self;
	zp_error *err;
	const zp_event *events;
	size_t n;
} checking;

static bool not_so(const checking *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool not_so(const checking *c, const char *fmt, ...)
{
	char sentence[1200];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, zp_say(fmt), args);
	va_end(args);
	c->tell(c->self, sentence);
	return false;
}

/* ---- the trail by itself ---- */

/* Where the event that follows `hash` stands; 0: nowhere. */
static int64_t follower(const checking *c, const char *hash)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->events[i].before, hash) == 0)
			return c->events[i].seq;
	return 0;
}

/* The first event that is not what was put in. */
static bool hangs_together(const checking *c)
{
	const char *last = ZP_TRAIL_BEGINNING;
	char hash[ZP_DIGEST_TEXT];
	int64_t given = 0;
	for (size_t i = 0; i < c->n; i++) {
		const zp_event *e = &c->events[i];
		const long long seq = (long long)e->seq, due = (long long)i + 1;
		if (seq != due)
			return not_so(c, "trail: event %lld is missing; the one that stands there is number %lld (%s, %s)", due, seq, e->what, e->at);
		const int64_t there = strcmp(e->before, last) == 0 ? e->seq : follower(c, last);
		if (there && there != e->seq)
			return not_so(c, "trail: event %lld (%s, %s) does not belong in its place: the one that follows event %lld stands at %lld", seq, e->what, e->at,
				      due - 1, (long long)there);
		if (!there)
			return not_so(c, "trail: event %lld (%s, %s) does not follow event %lld: before is %.16s, expected %.16s", seq, e->what, e->at, due - 1, e->before, last);
		zp_event_hash(e, hash);
		if (strcmp(hash, e->hash) != 0)
			return not_so(c, "trail: event %lld (%s, %s) is not what was put in: its digest is %.16s, expected %.16s", seq, e->what, e->at, hash, e->hash);
		last = e->hash;
	}
	if (!zp_sql_given(c->ledger, ZP_CHAIN_EVENT, &given, c->err))
		return false;
	return given == (int64_t)c->n || not_so(c, "trail: event %lld is missing, and so is all that came after it: %lld were put in", (long long)c->n + 1, (long long)given);
}

/* ---- what it tells of ---- */

static bool is_withheld(const zp_event *e) { return strncmp(e->what, "add-withheld", 12) == 0; }
static bool is_round(const checking *c, const zp_event *e) { return !is_withheld(e) && *zp_trail_said(c->arena, e->detail, "content"); }

static bool rounds_are_told(const checking *c)
{
	bool good = true, same = true;
	zp_statement *s = zp_sql_prepare(c->ledger, "SELECT id || '/v' || version, digest, content FROM round ORDER BY round", c->err);
	int more = s ? 1 : -1;
	size_t i = 0;
	while (s && same && (more = zp_sql_step(c->ledger, s, c->err)) > 0) {
		const char *subject = zp_sql_text(s, 0, c->arena), *digest = zp_sql_text(s, 1, c->arena), *content = zp_sql_text(s, 2, c->arena);
		while (i < c->n && !is_round(c, &c->events[i]))
			i++;
		if (i == c->n)
			same = not_so(c, "trail: round %s is in the ledger, and no event tells that it was put in", subject);
		else if (strcmp(c->events[i].subject, subject) != 0 || strcmp(zp_trail_said(c->arena, c->events[i].detail, "manifest"), digest) != 0 ||
			 strcmp(zp_trail_said(c->arena, c->events[i].detail, "content"), content) != 0)
			same = not_so(c, "trail: event %lld tells that round %s was put in, and %s stands in its place, or another content or manifest of it",
				      (long long)c->events[i].seq, c->events[i].subject, subject);
		i++;
	}
	zp_sql_close(s);
	for (; same && more == 0 && i < c->n && good; i++)
		good = !is_round(c, &c->events[i]) ||
		       not_so(c, "trail: event %lld tells that round %s was put in, and it is not in the ledger", (long long)c->events[i].seq, c->events[i].subject);
	return good && same && more >= 0;
}

/* sql: the chain of all acts, in their order. */
static bool acts_are_told(const checking *c, const char *kind, const char *sql)
{
	zp_statement *s = zp_sql_prepare(c->ledger, sql, c->err);
	int more = s ? 1 : -1;
	bool good = true;
	long long all = 0;
	for (size_t i = 0; s && i < c->n && good && more >= 0; i++) {
		const char *put = zp_trail_said(c->arena, c->events[i].detail, kind), *chain = "";
		if (!*put)
			continue;
		const long long before = all, now = atoll(zp_trail_said(c->arena, c->events[i].detail, "all"));
		while (all < now && (more = zp_sql_step(c->ledger, s, c->err)) > 0) {
			chain = zp_sql_text(s, 0, c->arena);
			all++;
		}
		good = (all == now && all - before == atoll(put) && strcmp(chain, zp_trail_said(c->arena, c->events[i].detail, "chain")) == 0) ||
		       not_so(c, "trail: event %lld tells of %s up to number %lld, and the ledger has others, or not so many", (long long)c->events[i].seq, zp_say(kind), now);
	}
	if (s && good && more >= 0 && (more = zp_sql_step(c->ledger, s, c->err)) > 0)
		good = not_so(c, "trail: more %s are in the ledger than the %lld that events tell of", zp_say(kind), all);
	zp_sql_close(s);
	return good && more >= 0;
}

/* sql: whether ?1 with the digest ?2 is in the table of what was withheld; count: how many are. */
static bool conflicts_are_told(const checking *c, const char *what, const char *named, const char *sql, const char *count)
{
	int64_t there = 0, told = 0;
	bool good = zp_sql_number(c->ledger, count, 0, &there, c->err);
	zp_statement *s = good ? zp_sql_prepare(c->ledger, sql, c->err) : NULL;
	for (size_t i = 0; s && i < c->n && good; i++) {
		const zp_event *e = &c->events[i];
		if (strncmp(e->what, what, strlen(what)) != 0)
			continue;
		const char *digest = zp_trail_said(c->arena, e->detail, named);
		zp_sql_put_text(s, 1, e->subject), zp_sql_put_text(s, 2, digest);
		const int more = zp_sql_step(c->ledger, s, c->err);
		zp_sql_again(s);
		told++;
		good = more == 1 || (more == 0 && not_so(c, "trail: event %lld tells that %s was withheld, and the ledger does not know of it", (long long)e->seq, e->subject));
	}
	zp_sql_close(s);
	return s && good && (told == there || not_so(c, "trail: the ledger names what was withheld, and no event tells of it (%s)", what));
}

bool zp_trail_check(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	checking c = { .ledger = ledger, .arena = zp_arena_open(), .tell = tell, .self = self, .err = err };
	c.events = zp_trail_take(ledger, c.arena, &c.n, err);
	const bool intact = c.events && hangs_together(&c);
	if (intact) { /* else nothing that it tells can be relied on */
		rounds_are_told(&c);
		acts_are_told(&c, ZP_MESSAGE("papers"), "SELECT chain FROM paper ORDER BY act");
		acts_are_told(&c, ZP_MESSAGE("decisions"), "SELECT chain FROM title ORDER BY act");
		conflicts_are_told(&c, "add-withheld", "manifest", "SELECT 1 FROM conflict WHERE id || '/v' || version = ?1 AND digest = ?2", "SELECT count(*) FROM conflict");
		conflicts_are_told(&c, "paper-withheld", "paper", "SELECT 1 FROM paper_conflict WHERE number = ?1 AND digest = ?2", "SELECT count(*) FROM paper_conflict");
	}
	zp_arena_close(c.arena);
	return intact;
}

/* ---- what others have seen ---- */

int64_t zp_trail_place(const zp_event *events, size_t n, const char *head)
{
	const size_t digits = strlen(head);
	if (strncmp(ZP_TRAIL_BEGINNING, head, digits) == 0)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (strncmp(events[i].hash, head, digits) == 0)
			return events[i].seq;
	return -1;
}

/* A year's manifest may not say of which version it is: "year-2026/" is any of them. */
static bool is_of(const char *wanted, const char *subject)
{
	const size_t n = strlen(wanted);
	return strcmp(wanted, subject) == 0 || (n && wanted[n - 1] == '/' && strncmp(wanted, subject, n) == 0);
}

/* 1: its manifest is the one of the event; 0: another is; -1: no event tells of such a version. */
static int published_as_told(const checking *c, const zp_witness *w)
{
	int found = -1;
	for (size_t i = 0; i < c->n && found < 1; i++) {
		const zp_event *e = &c->events[i];
		const bool tells = is_round(c, e) || strcmp(e->what, "year") == 0;
		if (tells && is_of(w->subject, e->subject))
			found = strcmp(zp_trail_said(c->arena, e->detail, "manifest"), w->digest) == 0;
	}
	return found;
}

long zp_trail_against(zp_ledger *ledger, const zp_witness *all, size_t n, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	checking c = { .ledger = ledger, .arena = zp_arena_open(), .tell = tell, .self = self, .err = err };
	long told = 0;
	c.events = zp_trail_take(ledger, c.arena, &c.n, err);
	for (size_t i = 0; i < n && c.events; i++) {
		const zp_witness *w = &all[i];
		const int as_told = *w->subject ? published_as_told(&c, w) : 1;
		if (*w->head && zp_trail_place(c.events, c.n, w->head) < 0)
			told += !not_so(&c, "trail: the head %.16s that %s names is not in it: the ledger was cut off or an older or another one was laid in its place", w->head, w->place);
		else if (as_told < 0)
			told += !not_so(&c, "trail: no event tells of %s, which was published in %s", w->subject, w->place);
		else if (as_told == 0)
			told += !not_so(&c, "trail: the manifest of %s in %s is not the one that was put into the ledger", w->subject, w->place);
	}
	zp_arena_close(c.arena);
	return c.events ? told : -1;
}
