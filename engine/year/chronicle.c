/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/chronicle.h"
#include <stdlib.h>
#include <string.h>

#define NO_ROW UINT32_MAX

/* A programme of one round, on its way. */
typedef struct part {
	uint32_t programme; /* of the making */
	uint32_t held;      /* of the programme; NO_ROW when cancelled */
	uint32_t *measurands; /* the round's to the programme's */
} part;

/* A laboratory of one round: for whom its results count. */
typedef struct share { uint32_t lab; uint8_t rank; } share;
typedef struct shares { const share *at; size_t n; } shares;

typedef struct draft { /* of a programme */
	zp_year_programme made;
	zp_year_held *held;
	zp_names *codes; /* of measurands */
	zp_year_measurand *measurands;
	uint32_t *labs;
	size_t room_held;
} draft;

typedef struct making {
	zp_arena *arena;
	const zp_identity *identity;
	zp_problems *problems;
	int year;
	const zp_annals *annals;
	size_t n_rounds; /* of the annals; those of later years are passed over */

	zp_names *codes;          /* of laboratories, as they come */
	const zp_annal_lab **says;
	uint32_t *place;          /* of each code among the laboratories, ascending by code; NO_ROW: nobody has it any more */
	zp_names *keys;           /* of programmes, as they come */
	draft *drafts;
	part **parts;             /* of each round */
	shares **shares;          /* of each round and laboratory */
	zp_names *item_keys;
	zp_year_item *items;
	uint32_t *rows;           /* programme x laboratory */
	bool first_only;
} making;

static bool passed_over(const making *m, const zp_annal_round *round) { return round->year > m->year; }

/* ---- laboratories ---- */

/* Those whose history a code's results are, in a round that closes on that day. */
static size_t heirs_of(const making *m, const char *code, const zp_heir **out)
{
	uint32_t i = zp_names_find(m->identity->codes, zp_text_of(code));
	if (i == ZP_NO_NAME || i >= m->identity->n)
		return 0;
	*out = m->identity->heirs[i].at;
	return m->identity->heirs[i].n;
}

static bool is_gone(const making *m, const char *code)
{
	uint32_t i = zp_names_find(m->identity->codes, zp_text_of(code));
	return i != ZP_NO_NAME && i < m->identity->n && m->identity->gone[i];
}

static void check_gone(making *m, const zp_annal_round *round, const char *code)
{
	uint32_t i = zp_names_find(m->identity->codes, zp_text_of(code));
	if (i == ZP_NO_NAME || i >= m->identity->n || !m->identity->gone[i] || strcmp(round->closes, m->identity->gone[i]) < 0)
		return;
	zp_problem_add(m->problems, m->identity->input.name, 0, 0, "laboratory \"%s\" is another since %s, and stands on the register of round "
		       "\"%s\", which closed on %s; expected its new code there", code, m->identity->gone[i], round->id, round->closes);
}

/* For whom the results of a laboratory of a round count, by name number. */
static shares share_out(making *m, const zp_annal_round *round, const char *code)
{
	const zp_heir *heirs = NULL;
	const size_t n = heirs_of(m, code, &heirs);
	share *at = zp_take(m->arena, share, n + 1);
	shares out = { at, 0 };
	if (!n)
		at[out.n++] = (share){ zp_names_add(m->codes, zp_text_of(code)), 0 };
	for (size_t i = 0; i < n; i++) {
		const char *heir = zp_names_at(m->identity->codes, heirs[i].lab).p;
		if (is_gone(m, heir) || strcmp(round->closes, heirs[i].until) >= 0 || strcmp(round->closes, heirs[i].since) < 0)
			continue;
		at[out.n++] = (share){ zp_names_add(m->codes, zp_text_of(heir)), heirs[i].rank };
	}
	return out;
}

static void share_rounds(making *m)
{
	m->shares = zp_take(m->arena, shares *, m->n_rounds + 1);
	for (size_t r = 0; r < m->n_rounds; r++) {
		const zp_annal_round *round = &m->annals->rounds[r];
		if (passed_over(m, round))
			continue;
		m->shares[r] = zp_take(m->arena, shares, round->n_labs + 1);
		for (size_t i = 0; i < round->n_labs; i++) {
			check_gone(m, round, round->labs[i].code);
			m->shares[r][i] = share_out(m, round, round->labs[i].code);
		}
	}
}

/* The entry of the latest register; of several in one round, the one that comes first in rank. */
static void name_labs(making *m)
{
	const size_t n = zp_names_count(m->codes);
	uint8_t *rank = zp_take(m->arena, uint8_t, n + 1);
	m->says = zp_take(m->arena, const zp_annal_lab *, n + 1);
	for (size_t r = m->n_rounds; r-- > 0;) {
		if (!m->shares[r])
			continue;
		const zp_annal_round *round = &m->annals->rounds[r];
		const zp_annal_lab *const from = round->labs, *const to = round->labs + round->n_labs;
		for (size_t i = 0; i < round->n_labs; i++)
			for (size_t k = 0; k < m->shares[r][i].n; k++) {
				const share s = m->shares[r][i].at[k];
				const bool of_this_round = m->says[s.lab] && m->says[s.lab] >= from && m->says[s.lab] < to;
				if (!m->says[s.lab] || (of_this_round && s.rank < rank[s.lab])) {
					m->says[s.lab] = &from[i];
					rank[s.lab] = s.rank;
				}
			}
	}
}

typedef struct coded { const char *code; uint32_t number; } coded;

static int by_code(const void *a, const void *b) { return strcmp(((const coded *)a)->code, ((const coded *)b)->code); }

static zp_year_lab *order_labs(making *m)
{
	const size_t n = zp_names_count(m->codes);
	coded *order = zp_take(m->arena, coded, n + 1);
	zp_year_lab *labs = zp_take(m->arena, zp_year_lab, n + 1);
	m->place = zp_take(m->arena, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++)
		order[i] = (coded){ zp_names_at(m->codes, i).p, i };
	qsort(order, n, sizeof *order, by_code);
	for (uint32_t i = 0; i < n; i++) {
		m->place[order[i].number] = i;
		labs[i] = (zp_year_lab){ m->says[order[i].number], order[i].code };
	}
	return labs;
}

/* ---- programmes ---- */

static uint32_t item_of(making *m, const zp_annal_measurand *measurand)
{
	const char *item = *measurand->item ? measurand->item : measurand->code;
	const char *key = zp_arena_print(m->arena, "%s\x1f%s", measurand->specimen, item);
	const uint32_t before = zp_names_count(m->item_keys), i = zp_names_add(m->item_keys, zp_text_of(key));
	if (i == before) {
		if (!(i & (i + 1))) { /* room for the next power of two */
			zp_year_item *items = zp_take(m->arena, zp_year_item, 2 * (i + 1) + 16);
			if (i)
				memcpy(items, m->items, i * sizeof *items);
			m->items = items;
		}
		m->items[i] = (zp_year_item){ measurand->specimen, item, measurand->name, measurand->name_en };
	}
	return i;
}

static void add_measurands(making *m, draft *d, const zp_annal_programme *says, part *p, bool in_year)
{
	p->measurands = zp_take(m->arena, uint32_t, says->n_measurands + 1);
	for (size_t k = 0; k < says->n_measurands; k++) {
		const zp_annal_measurand *measurand = &says->measurands[k];
		const uint32_t before = zp_names_count(d->codes), i = zp_names_add(d->codes, zp_text_of(measurand->code));
		if (i == before) {
			if (!(i & (i + 1))) {
				zp_year_measurand *at = zp_take(m->arena, zp_year_measurand, 2 * (i + 1) + 16);
				if (i)
					memcpy(at, d->measurands, i * sizeof *at);
				d->measurands = at;
			}
		}
		d->measurands[i].says = measurand;
		d->measurands[i].item = item_of(m, measurand);
		d->measurands[i].planned |= in_year;
		d->measurands[i].held |= in_year && !says->cancelled;
		p->measurands[k] = i;
	}
}

static void add_part(making *m, const zp_annal_round *round, const zp_annal_programme *says, part *p)
{
	const char *key = zp_arena_print(m->arena, "%d\x1f%s\x1f%s", (int)says->level, says->code, round->organiser);
	const bool in_year = round->year == m->year;
	p->programme = zp_names_add(m->keys, zp_text_of(key));
	draft *d = &m->drafts[p->programme];
	if (!d->codes) {
		d->codes = zp_names_take(m->arena);
		d->held = zp_take(m->arena, zp_year_held, m->n_rounds + 1);
	}
	d->made.says = says;
	d->made.organiser = round->organiser;
	d->made.n_planned += in_year;
	p->held = NO_ROW;
	if (!says->cancelled) {
		p->held = (uint32_t)d->made.n_held;
		d->held[d->made.n_held++] = (zp_year_held){ round, in_year, says->measurand_status };
		d->made.n_year += in_year;
	}
	add_measurands(m, d, says, p, in_year);
}

static void join_programmes(making *m)
{
	size_t most = 0;
	m->parts = zp_take(m->arena, part *, m->n_rounds + 1);
	for (size_t r = 0; r < m->n_rounds; r++)
		most += m->annals->rounds[r].n_programmes;
	m->drafts = zp_take(m->arena, draft, most + 1);
	for (size_t r = 0; r < m->n_rounds; r++) {
		const zp_annal_round *round = &m->annals->rounds[r];
		if (passed_over(m, round))
			continue;
		m->parts[r] = zp_take(m->arena, part, round->n_programmes + 1);
		for (size_t k = 0; k < round->n_programmes; k++)
			add_part(m, round, &round->programmes[k], &m->parts[r][k]);
	}
}

/* ---- cells ---- */

/* Rows of laboratories in each programme, ascending. */
static void number_rows(making *m, size_t n_labs)
{
	const size_t n = zp_names_count(m->keys);
	m->rows = zp_take(m->arena, uint32_t, n * n_labs + 1);
	for (size_t r = 0; r < m->n_rounds; r++) {
		const zp_annal_round *round = &m->annals->rounds[r];
		for (size_t t = 0; m->shares[r] && t < round->n_tallies; t++) {
			const part *p = &m->parts[r][round->tallies[t].programme];
			const shares *s = &m->shares[r][round->tallies[t].lab];
			for (size_t k = 0; p->held != NO_ROW && k < s->n; k++)
				m->rows[p->programme * n_labs + m->place[s->at[k].lab]] = 1;
		}
	}
	for (size_t i = 0; i < n; i++) {
		draft *d = &m->drafts[i];
		d->labs = zp_take(m->arena, uint32_t, n_labs + 1);
		for (size_t lab = 0; lab < n_labs; lab++) {
			uint32_t *row = &m->rows[i * n_labs + lab];
			const bool there = *row;
			*row = there ? (uint32_t)d->made.n_labs : NO_ROW;
			if (there)
				d->labs[d->made.n_labs++] = (uint32_t)lab;
		}
	}
}

/* Every measurand of a round is absent until a tally says more; one that was not in it is not held. */
static void clear_cells(making *m, draft *d)
{
	zp_year_programme *p = &d->made;
	p->held = d->held;
	p->labs = d->labs;
	p->measurands = d->measurands;
	p->n_measurands = zp_names_count(d->codes);
	p->cells = zp_take(m->arena, zp_year_cell, p->n_labs * (p->n_measurands + 1) * p->n_held + 1);
}

static void open_cells(making *m)
{
	for (size_t i = 0; i < zp_names_count(m->keys); i++)
		clear_cells(m, &m->drafts[i]);
	for (size_t r = 0; r < m->n_rounds; r++)
		for (size_t k = 0; m->parts[r] && k < m->annals->rounds[r].n_programmes; k++) {
			const part *at = &m->parts[r][k];
			zp_year_programme *p = &m->drafts[at->programme].made;
			const size_t n = m->annals->rounds[r].programmes[k].n_measurands;
			for (size_t lab = 0; at->held != NO_ROW && lab < p->n_labs; lab++) {
				zp_year_cell *cells = p->cells + lab * (p->n_measurands + 1) * p->n_held + at->held;
				for (size_t i = 0; i < n; i++)
					cells[at->measurands[i] * p->n_held].outcome = ZP_OUT_ABSENT;
				cells[p->n_measurands * p->n_held].outcome = ZP_OUT_ABSENT;
			}
		}
}

static zp_outcome outcome_of(const zp_annal_tally *t)
{
	if (t->satisfaction == ZP_SATISFACTORY)
		return ZP_OUT_SATISFACTORY;
	if (t->satisfaction == ZP_UNSATISFACTORY)
		return ZP_OUT_UNSATISFACTORY;
	return t->standing == ZP_STANDS_EXCUSED ? ZP_OUT_EXCUSED : ZP_OUT_NOT_EVALUATED;
}

/* Of the results of several predecessors one stands: the laboratory's own if it must be the first, else the worst, where an
 * unsatisfactory one is worse than a satisfactory one, and this than none; of equal ones the first. */
static bool replaces(const making *m, const zp_year_cell *now, zp_outcome outcome, uint8_t rank)
{
	static const int badness[] = { -1, 0, 1, 2, 3, 4 };
	if (now->outcome <= ZP_OUT_ABSENT)
		return true;
	if (m->first_only || badness[outcome] == badness[now->outcome])
		return rank < now->from;
	return badness[outcome] > badness[now->outcome];
}

static void fill_round(making *m, size_t r, size_t n_labs)
{
	const zp_annal_round *round = &m->annals->rounds[r];
	for (size_t t = 0; t < round->n_tallies; t++) {
		const zp_annal_tally *tally = &round->tallies[t];
		const part *at = &m->parts[r][tally->programme];
		const shares *s = &m->shares[r][tally->lab];
		if (at->held == NO_ROW)
			continue;
		zp_year_programme *p = &m->drafts[at->programme].made;
		const size_t measurand = tally->measurand == ZP_ANNAL_WHOLE ? p->n_measurands : at->measurands[tally->measurand];
		for (size_t k = 0; k < s->n; k++) {
			const size_t row = m->rows[at->programme * n_labs + m->place[s->at[k].lab]];
			zp_year_cell *cell = p->cells + (row * (p->n_measurands + 1) + measurand) * p->n_held + at->held;
			zp_outcome outcome = outcome_of(tally);
			if (replaces(m, cell, outcome, s->at[k].rank))
				*cell = (zp_year_cell){ (uint8_t)outcome, tally->standing, s->at[k].rank, tally->credit, tally->total };
		}
	}
}

static int by_programme(const void *a, const void *b)
{
	const zp_year_programme *x = a, *y = b;
	if (x->says->level != y->says->level)
		return x->says->level < y->says->level ? -1 : 1;
	int order = strcmp(x->says->code, y->says->code);
	return order ? order : strcmp(x->organiser, y->organiser);
}

static zp_year_programme *order_programmes(making *m)
{
	const size_t n = zp_names_count(m->keys);
	zp_year_programme *programmes = zp_take(m->arena, zp_year_programme, n + 1);
	for (size_t i = 0; i < n; i++)
		programmes[i] = m->drafts[i].made;
	qsort(programmes, n, sizeof *programmes, by_programme);
	return programmes;
}

/* For the register: who a laboratory of a round is, the first in rank. */
static const uint32_t *const *place_labs(making *m)
{
	const uint32_t **place = zp_take(m->arena, const uint32_t *, m->n_rounds + 1);
	for (size_t r = 0; r < m->n_rounds; r++) {
		const size_t n = m->annals->rounds[r].n_labs;
		uint32_t *at = m->shares[r] ? zp_take(m->arena, uint32_t, n + 1) : NULL;
		for (size_t i = 0; at && i < n; i++)
			at[i] = m->shares[r][i].n ? m->place[m->shares[r][i].at[0].lab] : UINT32_MAX;
		place[r] = at;
	}
	return place;
}

size_t zp_year_lab_find(const zp_chronicle *c, const char *code)
{
	size_t low = 0, high = c->n_labs;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		const int order = strcmp(c->labs[middle].code, code);
		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return SIZE_MAX;
}

const zp_chronicle *zp_chronicle_take(zp_arena *arena, const zp_annals *annals, const zp_year_rules *rules, const zp_identity *identity,
				      int year, zp_problems *problems)
{
	making m = { .arena = arena, .identity = identity, .problems = problems, .year = year, .annals = annals, .n_rounds = annals->n,
		.codes = zp_names_take(arena), .keys = zp_names_take(arena), .item_keys = zp_names_take(arena),
		.first_only = rules->identity_merged == ZP_MERGED_FIRST };
	zp_chronicle *c = zp_take(arena, zp_chronicle, 1);
	const size_t before = zp_problems_count(problems);
	*c = (zp_chronicle){ .year = year, .annals = annals, .identity = identity };
	share_rounds(&m);
	if (zp_problems_count(problems) > before)
		return NULL;
	name_labs(&m);
	c->labs = order_labs(&m);
	c->n_labs = zp_names_count(m.codes);
	join_programmes(&m);
	number_rows(&m, c->n_labs);
	open_cells(&m);
	for (size_t r = 0; r < m.n_rounds; r++)
		if (m.shares[r])
			fill_round(&m, r, c->n_labs);
	c->programmes = order_programmes(&m);
	c->n_programmes = zp_names_count(m.keys);
	c->place = place_labs(&m);
	c->items = m.items;
	c->n_items = zp_names_count(m.item_keys);
	return c;
}
