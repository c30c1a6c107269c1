/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a ledger is what was put into it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/words.h"
#include "ledger/pack.h"
#include "ledger/store.h"
#include "ledger/words.h"

typedef struct checking {
	zp_ledger *ledger;
	void (*tell)(void *, const char *);
	void *self;
	long told;
	bool is_sound; /* the file and the trail: an event can be put after the others */
} checking;

static void not_so(checking *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void not_so(checking *c, const char *fmt, ...)
{
	char sentence[1200];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, zp_say(fmt), args);
	va_end(args);
	c->tell(c->self, sentence);
	c->told++;
}

static void say_one(void *self, const char *sentence) { not_so(self, "%s", sentence); }

/* What the store itself finds. */
static void by_store(checking *c)
{
	zp_error err = { 0 };
	if (!c->ledger->store->faults(c->ledger, say_one, c, &err))
		not_so(c, "%s", err.told);
}

/* Gives: -1 when they cannot be read. */
static int words_are_ours(zp_ledger *ledger, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "SELECT list, number, word FROM word", err);
	int more = s ? 1 : -1;
	size_t there = 0, ours = 0;
	bool same = true;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const zp_words list = zp_words_list_find(zp_sql_lent(s, 0, NULL));
		const int64_t number = zp_sql_whole(s, 1);
		const char *word = list < ZP_WORDS_LISTS && number >= 0 && number <= UINT8_MAX ? zp_words_at(list, (unsigned)number) : NULL;
		same = same && word && strcmp(word, zp_sql_lent(s, 2, NULL)) == 0;
		there++;
	}
	zp_sql_close(s);
	for (int w = 0; w < ZP_WORDS_LISTS; w++)
		for (unsigned i = 0; zp_words_at((zp_words)w, i); i++)
			ours++;
	return more < 0 ? -1 : same && there == ours;
}

/* Tables, views and words against those of a fresh ledger. */
static void by_schema(checking *c)
{
	char here[ZP_DIGEST_TEXT], there[ZP_DIGEST_TEXT];
	zp_error err = { 0 };
	const zp_store *store = c->ledger->store;
	const bool good = store->shape(c->ledger, false, here, &err) && store->shape(c->ledger, true, there, &err);
	if (good && strcmp(here, there) != 0)
		not_so(c, "the tables or views are not those of a ledger");
	if (good && words_are_ours(c->ledger, &err) == 0)
		not_so(c, "the words of the ledger are not those of this program");
	if (err.code)
		not_so(c, "%s", err.told);
}

/* Numbers that are read into smaller ones, and what is there and never read: another that comes to the same is no other for the digests. */
static void by_range(checking *c)
{
	const struct { const char *table, *sql; } lists[] = {
		{ "round", "SELECT 1 FROM round WHERE (version NOT BETWEEN 1 AND 2147483647 OR year NOT BETWEEN 0 AND 9999 OR number NOT BETWEEN 0 AND 2147483647 OR results < 0) AND NOT " ZP_DISOWNED },
		{ "programme", "SELECT 1 FROM programme WHERE " ZP_DISOWNED_NOT " AND (trueness NOT IN (0, 1) OR measurand_status NOT IN (0, 1) OR is_cancelled NOT IN (0, 1)"
			       " OR pass NOT BETWEEN 0 AND 4294967295 OR level NOT BETWEEN 0 AND 255 OR samples NOT BETWEEN 0 AND 65535)" },
		{ "measurand", "SELECT 1 FROM measurand WHERE " ZP_DISOWNED_NOT " AND (pass NOT BETWEEN 0 AND 4294967295 OR weight NOT BETWEEN 0 AND 4294967295)" },
		{ "sample", "SELECT 1 FROM programme AS p WHERE " ZP_DISOWNED_NOT " AND samples <> (SELECT count(*) FROM sample AS s WHERE s.round = p.round AND s.programme = p.programme)" },
		{ "target", "SELECT 1 FROM target WHERE " ZP_DISOWNED_NOT " AND \"group\" NOT BETWEEN 0 AND 4294967295" },
		{ "tally", "SELECT 1 FROM tally WHERE " ZP_DISOWNED_NOT " AND (credit NOT BETWEEN 0 AND 4294967295 OR total NOT BETWEEN 0 AND 4294967295 OR not_evaluated NOT BETWEEN 0 AND 4294967295)" },
		{ "text", c->ledger->store->odd_text },
		{ "manifest", "SELECT 1 FROM manifest WHERE round NOT IN (SELECT round FROM round)" },
		{ "sqlite_sequence", c->ledger->store->odd_given },
	};
	zp_error err = { 0 };
	for (size_t i = 0; i < sizeof lists / sizeof *lists && !err.code; i++) {
		int64_t found = 0;
		if (lists[i].sql && zp_sql_number(c->ledger, lists[i].sql, 0, &found, &err) && found)
			not_so(c, "the table %s holds what was never put into it", lists[i].table);
	}
	if (err.code)
		not_so(c, "%s", err.told);
}

/* That every packed row holds whole samples, as many as the programme has. */
static bool unpacks(const zp_entry *e)
{
	for (size_t i = 0; i < e->n_results; i++) {
		const zp_entry_result *r = &e->results[i];
		const uint8_t *p = r->bytes, *end = p + r->n;
		uint32_t n = 0;
		for (zp_packed s; p && p < end; n++)
			p = zp_unpack(p, end, &s);
		if (!p || n != e->round.programmes[r->programme].n_samples)
			return false;
	}
	return true;
}

static void by_entry(checking *c, const zp_ledger_texts *texts, int64_t row, const char *content, const char *id)
{
	zp_arena *arena = zp_arena_open();
	zp_error err = { 0 };
	char found[ZP_DIGEST_TEXT], manifest[ZP_DIGEST_TEXT];
	const zp_entry *e = zp_take_entry(c->ledger, arena, texts, row, &err);
	if (!e) {
		not_so(c, "round %s: %s", id, err.told);
	} else {
		zp_entry_digest(e, found);
		zp_digest *digest = zp_digest_open();
		zp_digest_add(digest, e->manifest, e->n_manifest);
		zp_digest_close(digest, manifest);
		if (strcmp(found, content) != 0)
			not_so(c, "round %s %s is not what was put into the ledger: its digest is %.16s…, expected %.16s…",
			    e->round.id, e->round.version, found, content);
		else if (strcmp(manifest, e->round.digest) != 0)
			not_so(c, "round %s %s: its manifest is not the one that it was published with", e->round.id, e->round.version);
		else if (!unpacks(e))
			not_so(c, "round %s %s: some of its results cannot be read", e->round.id, e->round.version);
	}
	zp_arena_close(arena);
}

/* Each entry, and the chain that holds them together in the order of arrival. */
static void by_chain(checking *c)
{
	zp_error err = { 0 };
	zp_arena *arena = zp_arena_open();
	zp_ledger_texts texts;
	char chain[ZP_DIGEST_TEXT] = "", expected[ZP_DIGEST_TEXT];
	zp_statement *s = zp_take_texts(c->ledger, arena, &texts, &err)
				  ? zp_sql_prepare(c->ledger, "SELECT round, id, content, chain, " ZP_DISOWNED " FROM round ORDER BY round", &err)
				  : NULL;
	int more = s ? 1 : -1;
	int64_t last = 0, rounds = 0;
	zp_sql_number(c->ledger, "SELECT count(*) FROM round", 0, &rounds, &err);
	zp_progress_stage(c->ledger->progress, "checking the ledger, rounds", (size_t)rounds);
	while (more > 0 && (more = zp_sql_step(c->ledger, s, &err)) > 0) {
		const int64_t row = zp_sql_whole(s, 0);
		const char *id = zp_sql_text(s, 1, arena), *content = zp_sql_text(s, 2, arena), *said = zp_sql_text(s, 3, arena);
		if (row != last + 1)
			not_so(c, "an entry before round %s is missing", id);
		last = row;
		zp_chain(chain, content, expected);
		if (strcmp(expected, said) != 0)
			not_so(c, "round %s does not hang together with what came before it: an entry was changed, taken out or put in", id);
		snprintf(chain, sizeof chain, "%s", said);
		if (!zp_sql_whole(s, 4)) /* of a disowned one its place in the chain is left */
			by_entry(c, &texts, row, content, id);
		zp_progress_step(c->ledger->progress, 1);
	}
	zp_sql_close(s);
	if (more < 0)
		not_so(c, "%s", err.told);
	zp_arena_close(arena);
}

static void by_acts(checking *c)
{
	zp_error err = { 0 };
	for (int kind = 0; kind < ZP_ACTS && !err.code; kind++)
		if (!zp_acts_check(c->ledger, (zp_act_kind)kind, say_one, c, &err))
			not_so(c, "%s", err.told);
}

static void by_trail(checking *c)
{
	zp_error err = { 0 };
	c->is_sound = !c->told; /* as far as the store can tell */
	c->is_sound &= zp_trail_check(c->ledger, say_one, c, &err) && !err.code;
	if (err.code)
		not_so(c, "%s", err.told);
}

long zp_ledger_check(zp_ledger *ledger, void (*tell)(void *self, const char *sentence), void *self, bool *is_sound, zp_error *err)
{
	checking c = { ledger, tell, self, 0, false };
	bool all = true;
	if (ledger->store->sees_all && !ledger->store->sees_all(ledger, &all, err))
		return -1;
	if (!all)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the account %s sees its own rounds only, which say nothing of the whole; expected an operator or an auditor", ledger->login) - 1;
	if (!zp_sql_look(ledger, err)) /* all of it at one moment */
		return -1;
	zp_progress_stage(ledger->progress, "checking the ledger", 0);
	by_store(&c);
	by_schema(&c);
	by_trail(&c);
	by_chain(&c);
	by_acts(&c);
	by_range(&c);
	zp_sql_looked(ledger);
	if (is_sound)
		*is_sound = c.is_sound;
	return c.told;
}
