/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry into the tables, in one transaction. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/names.h"
#include "ledger/store.h"
#include "ledger/words.h"

/* Numbers of texts in the table `text`; what was found once is remembered for the entry. */
typedef struct putting {
	zp_ledger *ledger;
	zp_error *err;
	const zp_entry *entry;
	int64_t row;
	zp_arena *arena;
	zp_names *known;
	int64_t *ids;
	size_t room;
	zp_statement *find, *add;
} putting;

static int64_t id_of(putting *p, const char *text)
{
	const uint32_t k = zp_names_add(p->known, zp_text_of(text));
	if (k >= p->room) {
		int64_t *ids = zp_take(p->arena, int64_t, 2 * (k + 512));
		if (p->room)
			memcpy(ids, p->ids, p->room * sizeof *ids);
		p->ids = ids;
		p->room = 2 * (k + 512);
	}
	if (p->ids[k])
		return p->ids[k];
	zp_sql_put_text(p->find, 1, text);
	int found = zp_sql_step(p->ledger, p->find, p->err);
	p->ids[k] = found == 1 ? zp_sql_whole(p->find, 0) : 0;
	zp_sql_again(p->find);
	if (found == 0) {
		zp_sql_put_text(p->add, 1, text);
		if (zp_sql_step(p->ledger, p->add, p->err) == 1)
			p->ids[k] = zp_sql_whole(p->add, 0);
		zp_sql_done(p->ledger, p->add, p->err);
	}
	return p->ids[k];
}

/* A statement whose first parameter is the round, prepared and let go around what uses it. */
static zp_statement *begin(putting *p, const char *sql)
{
	zp_statement *s = zp_sql_prepare(p->ledger, sql, p->err);
	if (s)
		zp_sql_put_whole(s, 1, p->row);
	return s;
}

static bool put_round(putting *p, const char *content, const char *chain)
{
	const zp_entry *e = p->entry;
	const zp_annal_round *r = &e->round;
	zp_statement *s = begin(p, "INSERT INTO round VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)");
	if (!s)
		return false;
	zp_sql_put_text(s, 2, r->id);
	zp_sql_put_whole(s, 3, e->version);
	zp_sql_put_text(s, 4, r->name), zp_sql_put_text(s, 5, r->name_en), zp_sql_put_text(s, 6, r->organiser), zp_sql_put_text(s, 7, e->organiser_en);
	zp_sql_put_whole(s, 8, r->year), zp_sql_put_whole(s, 9, r->number);
	zp_sql_put_text(s, 10, e->opens_at), zp_sql_put_text(s, 11, e->closes_at), zp_sql_put_text(s, 12, r->issued), zp_sql_put_text(s, 13, e->engine),
		zp_sql_put_text(s, 14, r->digest);
	zp_sql_put_whole(s, 15, (int64_t)e->n_samples);
	zp_sql_put_text(s, 16, content), zp_sql_put_text(s, 17, chain);
	bool good = zp_sql_done(p->ledger, s, p->err);
	zp_sql_close(s);
	s = good ? begin(p, "INSERT INTO manifest VALUES (?1,?2)") : NULL;
	if (!s)
		return false;
	zp_sql_put_text_of(s, 2, e->manifest, e->n_manifest);
	good = zp_sql_done(p->ledger, s, p->err);
	zp_sql_close(s);
	return good;
}

static bool put_labs(putting *p)
{
	zp_statement *s = begin(p, "INSERT INTO lab VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->round.n_labs && good; i++) {
		const zp_annal_lab *l = &p->entry->round.labs[i];
		const char *const texts[] = { l->name, l->region, l->region_name, l->lab_class, l->institution, l->department };
		zp_sql_put_whole(s, 2, (int64_t)i);
		zp_sql_put_text(s, 3, l->code);
		for (int k = 0; k < 6; k++)
			zp_sql_put_whole(s, 4 + k, id_of(p, texts[k]));
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_samples(putting *p, size_t i)
{
	zp_statement *s = begin(p, "INSERT INTO sample VALUES (?1,?2,?3,?4)");
	bool good = s != NULL;
	for (size_t k = 0; k < p->entry->round.programmes[i].n_samples && good; k++) {
		zp_sql_put_whole(s, 2, (int64_t)i), zp_sql_put_whole(s, 3, (int64_t)k);
		zp_sql_put_text(s, 4, p->entry->samples[i][k]);
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_measurands(putting *p, size_t i)
{
	zp_statement *s = begin(p, "INSERT INTO measurand VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)");
	bool good = s != NULL;
	for (size_t k = 0; k < p->entry->round.programmes[i].n_measurands && good; k++) {
		const zp_annal_measurand *m = &p->entry->round.programmes[i].measurands[k];
		const zp_entry_rule *rule = &p->entry->rules[i][k];
		const char *const texts[] = { m->name, m->name_en, m->unit, m->specimen, m->item };
		zp_sql_put_whole(s, 2, (int64_t)i), zp_sql_put_whole(s, 3, (int64_t)k);
		zp_sql_put_text(s, 4, m->code);
		for (int t = 0; t < 5; t++)
			zp_sql_put_whole(s, 5 + t, id_of(p, texts[t]));
		zp_sql_put_whole(s, 10, m->pass), zp_sql_put_whole(s, 11, rule->weight);
		zp_sql_put_whole(s, 12, id_of(p, rule->limit)), zp_sql_put_whole(s, 13, id_of(p, rule->limit_set));
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_programmes(putting *p)
{
	zp_statement *s = begin(p, "INSERT INTO programme VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->round.n_programmes && good; i++) {
		const zp_annal_programme *q = &p->entry->round.programmes[i];
		const char *const texts[] = { q->name, q->name_en, q->scheme, q->scheme_version };
		const int64_t numbers[] = { q->pass,      zp_words_number(ZP_WORDS_LEVEL, q->level),
					    q->trueness,  q->measurand_status,
					    q->n_samples, q->cancelled };
		zp_sql_put_whole(s, 2, (int64_t)i);
		zp_sql_put_text(s, 3, q->code);
		for (int k = 0; k < 4; k++)
			zp_sql_put_whole(s, 4 + k, id_of(p, texts[k]));
		for (int k = 0; k < 6; k++)
			zp_sql_put_whole(s, 8 + k, numbers[k]);
		zp_sql_put_text(s, 14, p->entry->cancelled[i]);
		good = zp_sql_done(p->ledger, s, p->err) && put_samples(p, i) && put_measurands(p, i);
	}
	zp_sql_close(s);
	return good;
}

static bool put_answers(putting *p)
{
	zp_statement *s = begin(p, "INSERT INTO answer VALUES (?1,?2,?3)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->n_answers && good; i++) {
		zp_sql_put_whole(s, 2, (int64_t)i), zp_sql_put_whole(s, 3, id_of(p, p->entry->answers[i]));
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_targets(putting *p)
{
	zp_statement *s = begin(
		p,
		"INSERT INTO target VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->n_targets && good; i++) {
		zp_sql_put_whole(s, 2, p->entry->targets[i].group);
		for (int k = 0; k < ZP_TARGET_CELLS; k++)
			zp_sql_put_text(s, 3 + k, p->entry->targets[i].cells[k]);
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_tallies(putting *p)
{
	int standing[ZP_STANDINGS], satisfaction[ZP_UNSATISFACTORY + 1];
	for (unsigned i = 0; i < ZP_STANDINGS; i++)
		standing[i] = zp_words_number(ZP_WORDS_STANDING, i);
	for (unsigned i = 0; i <= ZP_UNSATISFACTORY; i++)
		satisfaction[i] = zp_words_number(ZP_WORDS_SATISFACTION, i);
	zp_statement *s = begin(p, "INSERT INTO tally VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->round.n_tallies && good; i++) {
		const zp_annal_tally *t = &p->entry->round.tallies[i];
		const int64_t numbers[] = {
			t->lab,    t->programme, t->measurand,    standing[t->standing], satisfaction[t->satisfaction],
			t->credit, t->total,     t->not_evaluated
		};
		for (int k = 0; k < 8; k++)
			zp_sql_put_whole(s, 2 + k, numbers[k]);
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

static bool put_results(putting *p)
{
	zp_statement *s = begin(p, "INSERT INTO result VALUES (?1,?2,?3,?4,?5)");
	bool good = s != NULL;
	for (size_t i = 0; i < p->entry->n_results && good; i++) {
		const zp_entry_result *r = &p->entry->results[i];
		zp_sql_put_whole(s, 2, r->lab), zp_sql_put_whole(s, 3, r->programme), zp_sql_put_whole(s, 4, r->measurand);
		zp_sql_put_bytes(s, 5, r->bytes, r->n);
		good = zp_sql_done(p->ledger, s, p->err);
	}
	zp_sql_close(s);
	return good;
}

void zp_chain(const char *before, const char *content, char out[static ZP_DIGEST_TEXT])
{
	zp_digest *digest = zp_digest_open();
	zp_digest_add(digest, before, strlen(before));
	zp_digest_add(digest, content, strlen(content));
	zp_digest_close(digest, out);
}

/* Where the entry belongs in the order of arrival, and what the chain says before it. */
static bool find_end(putting *p, char chain[static ZP_DIGEST_TEXT])
{
	const bool good = zp_sql_last(p->ledger, ZP_CHAIN_ROUND, &p->row, chain, p->err);
	p->row++;
	return good;
}

static bool put_rows(putting *p, const char *content)
{
	char before[ZP_DIGEST_TEXT], chain[ZP_DIGEST_TEXT];
	if (!find_end(p, before))
		return false;
	zp_chain(before, content, chain);
	p->find = zp_sql_prepare(p->ledger, p->ledger->store->find_text, p->err);
	p->add = p->find ? zp_sql_prepare(p->ledger, "INSERT INTO text (text) VALUES (?1) RETURNING id", p->err) : NULL;
	bool good = p->add && put_round(p, content, chain) && put_labs(p) && put_programmes(p) && put_answers(p) && put_targets(p) &&
		    put_tallies(p) && put_results(p);
	zp_sql_close(p->find);
	zp_sql_close(p->add);
	return good && !p->err->code;
}

bool zp_put_entry(zp_ledger *ledger, const zp_entry *entry, const char *content, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	putting p = { .ledger = ledger, .err = err, .entry = entry, .arena = arena, .known = zp_names_take(arena) };
	const bool good = put_rows(&p, content);
	zp_arena_close(arena);
	return good;
}

/* What stands in the place of the entry. Gives: ZP_ADDED when nothing does. */
static zp_added what_stands(zp_ledger *ledger, const zp_entry *entry, const char *content, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "SELECT content FROM round WHERE id = ?1 AND version = ?2", err);
	if (!s)
		return ZP_ADDED_NOT;
	zp_sql_put_text(s, 1, entry->round.id);
	zp_sql_put_whole(s, 2, entry->version);
	int more = zp_sql_step(ledger, s, err);
	const char *there = more == 1 ? zp_sql_lent(s, 0, NULL) : "";
	zp_added found = more < 0    ? ZP_ADDED_NOT
			 : more == 0 ? ZP_ADDED
			 : strcmp(there, content) == 0 ? ZP_ADDED_ALREADY
								    : ZP_ADDED_CONFLICT;
	zp_sql_close(s);
	return found;
}

/* What became of the entry, for the trail. */
static bool put_event(zp_ledger *ledger, const char *what, const zp_entry *entry, const char *content, zp_error *err)
{
	char subject[200], detail[200];
	snprintf(subject, sizeof subject, "%s/v%d", entry->round.id, entry->version);
	snprintf(detail, sizeof detail, "manifest=%s content=%s", entry->round.digest, content);
	return zp_trail_put(ledger, what, subject, ledger->why, detail, err);
}

static bool put_conflict(zp_ledger *ledger, const zp_entry *entry, const char *content, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "INSERT INTO conflict SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM conflict WHERE id = ?1 AND version = ?2 AND digest = ?3)", err);
	if (!s)
		return false;
	zp_sql_put_text(s, 1, entry->round.id);
	zp_sql_put_whole(s, 2, entry->version);
	zp_sql_put_text(s, 3, entry->round.digest);
	bool good = zp_sql_done(ledger, s, err);
	zp_sql_close(s);
	const int64_t added = good ? zp_sql_added(ledger, err) : -1;
	return added == 0 || (added > 0 && put_event(ledger, "add-withheld", entry, content, err)); /* told once */
}

zp_added zp_ledger_put(zp_ledger *ledger, const zp_entry *entry, zp_error *err)
{
	char content[ZP_DIGEST_TEXT];
	zp_entry_digest(entry, content);
	zp_added found = zp_sql_begin(ledger, err) ? what_stands(ledger, entry, content, err) : ZP_ADDED_NOT;
	const bool good = found == ZP_ADDED            ? zp_put_entry(ledger, entry, content, err) && put_event(ledger, ledger->what, entry, content, err)
			  : found == ZP_ADDED_CONFLICT ? put_conflict(ledger, entry, content, err)
						       : found == ZP_ADDED_ALREADY;
	return zp_sql_end(ledger, good, err) ? found : ZP_ADDED_NOT;
}
