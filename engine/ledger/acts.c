/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts into the tables and out of them. Both kinds are rows of cells, numbered in the order of arrival, each with the chain up to
 * it, so that one piece of code puts, checks and merges either. */
#include "ledger/acts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/instant.h"
#include "base/words.h"
#include "ledger/sql.h"

/* The columns of each kind in their order; the digest of a row is of the kind's tag and its cells. */
static const struct kind {
	const char *tag, *table;
	int cells, name, finds; /* name: the cell that a sentence calls it by; finds: the cells that say what stands in its place */
	zp_chained chain;
	const char *what; /* of its events */
	const char *all, *find, *insert;
} kinds[ZP_ACTS] = {
	[ZP_ACT_PAPER] = {
		"zhiping paper 1", "paper", 8, 0, 1, ZP_CHAIN_PAPER, "papers",
		"SELECT number, year, certificate, lab, name, list, issued, issue, act, chain FROM paper ORDER BY act",
		"SELECT number, year, certificate, lab, name, list, issued, issue FROM paper WHERE number = ?1",
		"INSERT INTO paper (number, year, certificate, lab, name, list, issued, issue, act, chain)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)" },
	[ZP_ACT_TITLE] = {
		"zhiping title 1", "title", 7, 2, 7, ZP_CHAIN_TITLE, "decisions",
		"SELECT year, award, lab, decision, \"by\", date, because, act, chain FROM title ORDER BY act",
		"SELECT year, award, lab, decision, \"by\", date, because FROM title WHERE year = ?1 AND award = ?2 AND lab = ?3"
		" AND decision = ?4 AND \"by\" = ?5 AND date = ?6 AND because = ?7",
		"INSERT INTO title (year, award, lab, decision, \"by\", date, because, act, chain) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)" },
};

static void digest_cells(const struct kind *k, const char *const *cells, char out[static ZP_DIGEST_TEXT])
{
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, k->tag, strlen(k->tag));
	for (int i = 0; i < k->cells; i++) {
		const size_t n = strlen(cells[i]);
		unsigned char length[8];
		for (int b = 0; b < 8; b++)
			length[b] = (unsigned char)((uint64_t)n >> 8 * b);
		zp_digest_add(digest, length, sizeof length);
		zp_digest_add(digest, cells[i], n);
	}
	zp_digest_close(digest, out);
}

/* ---- into the ledger ---- */

typedef struct putting {
	zp_ledger *ledger;
	const struct kind *kind;
	bool withhold; /* another content is kept out and remembered; else nothing is put at all */
	zp_statement *find, *insert, *conflict;
	int64_t act;   /* the last one */
	size_t put;    /* in this transaction */
	char chain[ZP_DIGEST_TEXT];
	zp_error *err;
} putting;

static bool find_end(putting *p)
{
	int64_t given = 0; /* after one that was taken out, its number must not be given again */
	return zp_sql_last(p->ledger, p->kind->chain, &p->act, p->chain, p->err) && zp_sql_given(p->ledger, p->kind->chain, &given, p->err) &&
	       (given == p->act || zp_fail(p->err, ZP_BAD_INPUT, p->ledger->path, 0,
					   "the ledger is not intact: the last rows of the table %s are missing; zhiping ledger check tells more",
					   p->kind->table));
}

static void bind_cells(zp_statement *s, const char *const *cells, int n)
{
	for (int i = 0; i < n; i++)
		zp_sql_put_text(s, i + 1, cells[i]);
}

/* What stands in its place. */
static zp_added what_stands(putting *p, const char *const *cells)
{
	bind_cells(p->find, cells, p->kind->finds);
	const int more = zp_sql_step(p->ledger, p->find, p->err);
	zp_added found = more < 0 ? ZP_ADDED_NOT : more == 0 ? ZP_ADDED : ZP_ADDED_ALREADY;
	for (int i = 0; more == 1 && i < p->kind->cells; i++) {
		if (strcmp(zp_sql_lent(p->find, i, NULL), cells[i]) != 0)
			found = ZP_ADDED_CONFLICT;
	}
	zp_sql_again(p->find);
	return found;
}

static bool add(putting *p, const char *const *cells)
{
	char content[ZP_DIGEST_TEXT], chain[ZP_DIGEST_TEXT];
	digest_cells(p->kind, cells, content);
	zp_chain(p->chain, content, chain);
	memcpy(p->chain, chain, sizeof chain);
	bind_cells(p->insert, cells, p->kind->cells);
	zp_sql_put_whole(p->insert, p->kind->cells + 1, ++p->act);
	zp_sql_put_text(p->insert, p->kind->cells + 2, p->chain);
	p->put++;
	return zp_sql_done(p->ledger, p->insert, p->err);
}

static bool keep_out(putting *p, const char *const *cells)
{
	char content[ZP_DIGEST_TEXT];
	if (!p->withhold)
		return zp_fail(p->err, ZP_BAD_INPUT, p->ledger->path, 0,
			       "the number %s was given to another paper already; expected one that is free. "
			       "Another run may have given it just now: run again", cells[0]);
	digest_cells(p->kind, cells, content);
	bind_cells(p->conflict, (const char *const[]){ cells[0], content }, 2);
	if (!zp_sql_done(p->ledger, p->conflict, p->err))
		return false;
	char detail[ZP_DIGEST_TEXT + 8];
	snprintf(detail, sizeof detail, "paper=%s", content);
	const int64_t added = zp_sql_added(p->ledger, p->err);
	return added == 0 || (added > 0 && zp_trail_put(p->ledger, "paper-withheld", cells[0], p->ledger->why, detail, p->err));
}

static zp_added put_one(putting *p, const char *const *cells)
{
	const zp_added found = what_stands(p, cells);
	const bool good = found == ZP_ADDED ? add(p, cells) : found == ZP_ADDED_CONFLICT ? keep_out(p, cells) : found == ZP_ADDED_ALREADY;
	return good ? found : ZP_ADDED_NOT;
}

/* How many were put, how many there are now, and the chain of all of them, for the trail. */
static bool put_event(putting *p)
{
	char detail[ZP_DIGEST_TEXT + 80];
	snprintf(detail, sizeof detail, "%s=%zu all=%lld chain=%s", p->kind->what, p->put, (long long)p->act, p->chain);
	return !p->put || zp_trail_put(p->ledger, p->kind->what, p->ledger->subject, p->ledger->why, detail, p->err);
}

bool zp_acts_put(zp_ledger *ledger, zp_act_kind kind, const zp_act_cells *rows, size_t n, bool withhold, zp_added *added, zp_error *err)
{
	putting p = { .ledger = ledger, .kind = &kinds[kind], .withhold = withhold, .err = err };
	bool good = zp_sql_begin(ledger, err) && find_end(&p);
	p.find = good ? zp_sql_prepare(ledger, p.kind->find, err) : NULL;
	p.insert = p.find ? zp_sql_prepare(ledger, p.kind->insert, err) : NULL;
	p.conflict = p.insert ? zp_sql_prepare(ledger, "INSERT INTO paper_conflict SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM paper_conflict WHERE number = ?1 AND digest = ?2)", err) : NULL;
	good = p.conflict != NULL;
	for (size_t i = 0; i < n && good; i++) {
		const zp_added one = put_one(&p, rows[i].at);
		good = one != ZP_ADDED_NOT;
		if (added)
			added[i] = one;
	}
	zp_sql_close(p.find);
	zp_sql_close(p.insert);
	zp_sql_close(p.conflict);
	return zp_sql_end(ledger, good && put_event(&p), err);
}

static bool is_date(const char *text)
{
	int year, month, day;
	return zp_date_read(zp_text_of(text), &year, &month, &day);
}

static const char *whole(zp_arena *arena, int v) { return zp_arena_print(arena, "%d", v); }

bool zp_ledger_put_papers(zp_ledger *ledger, const zp_ledger_paper *papers, size_t n, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_act_cells *rows = zp_take(arena, zp_act_cells, n + 1);
	bool good = true;
	for (size_t i = 0; i < n && good; i++) {
		const zp_ledger_paper *p = &papers[i];
		good = (*p->number && *p->certificate && *p->lab && p->year > 0 && p->issue > 0 && is_date(p->issued)) ||
		       zp_fail(err, ZP_BAD_INPUT, ledger->path, 0,
			       "\"%s\" of laboratory \"%s\" issued \"%s\" is no paper; expected its number, rule, laboratory, year, issue and day",
			       p->number, p->lab, p->issued);
		rows[i] = (zp_act_cells){ { p->number, whole(arena, p->year), p->certificate, p->lab, p->name, p->list, p->issued,
					    whole(arena, p->issue) } };
	}
	good = good && zp_acts_put(ledger, ZP_ACT_PAPER, rows, n, false, NULL, err);
	zp_arena_close(arena);
	return good;
}

static bool is_decision(const char *word)
{
	return strcmp(word, "awarded") == 0 || strcmp(word, "refused") == 0 || strcmp(word, "withdrawn") == 0;
}

bool zp_ledger_put_decisions(zp_ledger *ledger, const zp_ledger_decision *decisions, size_t n, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_act_cells *rows = zp_take(arena, zp_act_cells, n + 1);
	bool good = true;
	for (size_t i = 0; i < n && good; i++) {
		const zp_ledger_decision *d = &decisions[i];
		good = (*d->award && *d->lab && *d->by && d->year > 0 && is_decision(d->decision) && is_date(d->date)) ||
		       zp_fail(err, ZP_BAD_INPUT, ledger->path, 0,
			       "\"%s\" for \"%s\" and \"%s\" by \"%s\" on \"%s\" is no decision; expected awarded, refused or withdrawn, "
			       "with year, title, laboratory, who and day", d->decision, d->award, d->lab, d->by, d->date);
		rows[i] = (zp_act_cells){ { whole(arena, d->year), d->award, d->lab, d->decision, d->by, d->date, d->because } };
	}
	good = good && zp_acts_put(ledger, ZP_ACT_TITLE, rows, n, false, NULL, err);
	zp_arena_close(arena);
	return good;
}

/* ---- out of the ledger ---- */

zp_act_cells *zp_acts_take(zp_ledger *ledger, zp_arena *arena, zp_act_kind kind, size_t *n, zp_error *err)
{
	const struct kind *k = &kinds[kind];
	size_t room = 0;
	zp_act_cells *rows = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *rows);
	zp_statement *s = zp_sql_prepare(ledger, k->all, err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		rows = zp_arena_more(arena, rows, *n, &room, sizeof *rows);
		for (int i = 0; i < k->cells; i++)
			rows[*n].at[i] = zp_sql_text(s, i, arena);
		++*n;
	}
	zp_sql_close(s);
	return more == 0 ? rows : NULL;
}

static int by_number(const void *a, const void *b)
{
	const zp_ledger_paper *x = a, *y = b;
	return x->year != y->year ? (x->year < y->year ? -1 : 1) : strcmp(x->number, y->number);
}

const zp_ledger_paper *zp_ledger_papers(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	const zp_act_cells *rows = zp_acts_take(ledger, arena, ZP_ACT_PAPER, n, err);
	if (!rows)
		return NULL;
	zp_ledger_paper *papers = zp_take(arena, zp_ledger_paper, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		const char *const *c = rows[i].at;
		papers[i] = (zp_ledger_paper){ c[0], atoi(c[1]), c[2], c[3], c[4], c[5], c[6], atoi(c[7]) };
	}
	qsort(papers, *n, sizeof *papers, by_number);
	return papers;
}

static int by_title(const zp_ledger_decision *x, const zp_ledger_decision *y)
{
	const int award = strcmp(x->award, y->award);
	return x->year != y->year ? (x->year < y->year ? -1 : 1) : award ? award : strcmp(x->lab, y->lab);
}

static int by_day(const void *a, const void *b)
{
	const zp_ledger_decision *x = a, *y = b;
	int order = by_title(x, y);
	order = order ? order : strcmp(x->date, y->date);
	order = order ? order : strcmp(x->decision, y->decision);
	order = order ? order : strcmp(x->by, y->by);
	return order ? order : strcmp(x->because, y->because);
}

const zp_ledger_decision *zp_ledger_decisions(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	const zp_act_cells *rows = zp_acts_take(ledger, arena, ZP_ACT_TITLE, n, err);
	if (!rows)
		return NULL;
	zp_ledger_decision *all = zp_take(arena, zp_ledger_decision, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		const char *const *c = rows[i].at;
		all[i] = (zp_ledger_decision){ atoi(c[0]), c[1], c[2], c[3], c[4], c[5], c[6], false };
	}
	qsort(all, *n, sizeof *all, by_day);
	for (size_t i = 0; i < *n; i++)
		all[i].counts = i + 1 == *n || by_title(&all[i], &all[i + 1]) != 0;
	return all;
}

const zp_paper_conflict *zp_ledger_paper_conflicts(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t room = 0;
	zp_paper_conflict *all = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *all);
	zp_statement *s = zp_sql_prepare(ledger, "SELECT number, digest FROM paper_conflict ORDER BY number, digest", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		all = zp_arena_more(arena, all, *n, &room, sizeof *all);
		all[(*n)++] = (zp_paper_conflict){ zp_sql_text(s, 0, arena), zp_sql_text(s, 1, arena) };
	}
	zp_sql_close(s);
	return more == 0 ? all : NULL;
}

/* ---- whether they are what was put in ---- */

bool zp_acts_check(zp_ledger *ledger, zp_act_kind kind, void (*tell)(void *self, const char *sentence), void *self, zp_error *err)
{
	const struct kind *k = &kinds[kind];
	zp_arena *arena = zp_arena_open();
	char chain[ZP_DIGEST_TEXT] = "", content[ZP_DIGEST_TEXT], expected[ZP_DIGEST_TEXT];
	int64_t last = 0, given = 0;
	zp_statement *s = zp_sql_prepare(ledger, k->all, err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		const char *cells[ZP_ACT_CELLS];
		zp_arena *own = zp_arena_open();
		for (int i = 0; i < k->cells; i++)
			cells[i] = zp_sql_text(s, i, own);
		const int64_t act = zp_sql_whole(s, k->cells);
		const char *said = zp_sql_text(s, k->cells + 1, own);
		digest_cells(k, cells, content);
		zp_chain(chain, content, expected);
		if (act != last + 1)
			tell(self, zp_arena_print(arena, zp_say("a %s before %s is missing"), k->table, cells[k->name]));
		else if (strcmp(expected, said) != 0)
			tell(self, zp_arena_print(arena, zp_say("the %s of %s is not what was put into the ledger, or what came before it is not: "
						  "it was changed, taken out or put in"), k->table, cells[k->name]));
		snprintf(chain, sizeof chain, "%s", said);
		last = act;
		zp_arena_close(own);
	}
	zp_sql_close(s);
	const bool good = more == 0 && zp_sql_given(ledger, k->chain, &given, err);
	if (good && given != last)
		tell(self, zp_arena_print(arena, zp_say("%lld rows were put into the table %s, and the last is number %lld: those after it are missing"),
					  (long long)given, k->table, (long long)last));
	zp_arena_close(arena);
	return good;
}
