/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/recognition.h"
#include <string.h>
#include "year/recognition_months.h"
#include "year/recognition_papers.h"
#include "year/recognition_rounds.h"

/* A measurand of a programme that has an item. */
typedef struct source { uint32_t programme, measurand; } source;

typedef struct making {
	zp_arena *arena;
	const zp_recog_wish *wish;
	const zp_chronicle *chronicle;
	int first_month, n_months;
	const source *sources;         /* by item, then programme: so by level */
	const uint32_t *of_item;       /* first source of each; one more entry than items */
	const zp_recog_measurand **asks; /* of each item; NULL: it cannot be recognised */
	const bool **in_period;        /* of each programme's rounds */
	uint32_t *row;                 /* of the laboratory at work, in each programme; UINT32_MAX: it is not there */
	uint32_t *cursor;              /* of each programme */
	zp_recog_span *spans;          /* room for the sources of one item */
	zp_recog_line *lines;
	size_t n_lines, room;
	size_t share;                  /* first of the shares that are not used up */
} making;

/* ---- what there is ---- */

static bool counts(const zp_year_programme *p)
{
	return !p->says->trueness && p->says->level < ZP_RECOG_LEVELS;
}

static void find_sources(making *m)
{
	const zp_chronicle *c = m->chronicle;
	uint32_t *of_item = zp_take(m->arena, uint32_t, c->n_items + 2), most = 0;
	for (size_t p = 0; p < c->n_programmes; p++)
		for (size_t k = 0; counts(&c->programmes[p]) && k < c->programmes[p].n_measurands; k++)
			of_item[c->programmes[p].measurands[k].item + 2]++;
	for (size_t i = 0; i < c->n_items; i++) {
		most = of_item[i + 2] > most ? of_item[i + 2] : most;
		of_item[i + 2] += of_item[i + 1];
	}
	source *at = zp_take(m->arena, source, of_item[c->n_items + 1] + 1);
	for (uint32_t p = 0; p < c->n_programmes; p++)
		for (uint32_t k = 0; counts(&c->programmes[p]) && k < c->programmes[p].n_measurands; k++)
			at[of_item[c->programmes[p].measurands[k].item + 1]++] = (source){ p, k };
	m->sources = at;
	m->of_item = of_item;
	m->spans = zp_take(m->arena, zp_recog_span, most + 1);
}

static void find_period(making *m)
{
	const zp_recognition_rule *rule = m->wish->rule;
	const zp_chronicle *c = m->chronicle;
	const int last = rule->period_ends == ZP_RECOG_ISSUE ? zp_month_of(m->wish->issued) - 1 : c->year * 12 + 11;
	m->n_months = rule->period_months;
	m->first_month = last - rule->period_months + 1;
	m->in_period = zp_take(m->arena, const bool *, c->n_programmes + 1);
	for (size_t p = 0; p < c->n_programmes; p++) {
		bool *in = zp_take(m->arena, bool, c->programmes[p].n_held + 1);
		for (size_t i = 0; i < c->programmes[p].n_held; i++) {
			const int month = zp_month_of(c->programmes[p].held[i].round->closes);
			in[i] = month >= m->first_month && month <= last;
		}
		m->in_period[p] = in;
	}
}

static void find_asks(making *m)
{
	m->asks = zp_take(m->arena, const zp_recog_measurand *, m->chronicle->n_items + 1);
	for (size_t i = 0; i < m->chronicle->n_items; i++)
		m->asks[i] = zp_recognition_asks(m->wish->rule, m->chronicle->items[i].specimen, m->chronicle->items[i].item);
}

/* ---- one laboratory ---- */

static void find_rows(making *m, uint32_t lab)
{
	for (size_t p = 0; p < m->chronicle->n_programmes; p++) {
		const zp_year_programme *programme = &m->chronicle->programmes[p];
		uint32_t *at = &m->cursor[p];
		while (*at < programme->n_labs && programme->labs[*at] < lab)
			(*at)++;
		m->row[p] = *at < programme->n_labs && programme->labs[*at] == lab ? *at : UINT32_MAX;
	}
}

static bool takes_part(const zp_recog_span *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->in_period[i] && s->cells[i].outcome > ZP_OUT_ABSENT)
			return true;
	return false;
}

/* The rounds of an item at every level. Gives: whether the laboratory took part in one. */
static bool look_at_rounds(making *m, size_t item, zp_recog_line *line)
{
	const zp_chronicle *c = m->chronicle;
	uint32_t at = m->of_item[item];
	bool there = false;
	for (int level = 0; level < ZP_RECOG_LEVELS; level++) {
		size_t n = 0;
		for (; at < m->of_item[item + 1] && (int)c->programmes[m->sources[at].programme].says->level == level; at++) {
			const source *s = &m->sources[at];
			const zp_year_programme *p = &c->programmes[s->programme];
			if (m->row[s->programme] == UINT32_MAX)
				continue;
			m->spans[n] = (zp_recog_span){ zp_year_cells(p, m->row[s->programme], s->measurand), p->held, m->in_period[s->programme], p->n_held };
			there |= takes_part(&m->spans[n++]);
		}
		line->rounds[level] = zp_recog_rounds_of(m->spans, n, m->wish->rule, line->asks, level);
	}
	return there;
}

static void look_at_iqc(making *m, uint32_t lab, zp_recog_line *line, size_t *row)
{
	const zp_iqc *iqc = m->wish->iqc;
	const size_t end = iqc ? iqc->of_lab[lab + 1] : 0;
	while (*row < end && iqc->rows[*row].item < line->item)
		(*row)++;
	const size_t first = *row;
	while (*row < end && iqc->rows[*row].item == line->item)
		(*row)++;
	line->iqc = zp_recog_iqc_of(iqc && *row > first ? iqc->rows + first : NULL, *row - first, m->wish->rule, line->asks, m->first_month, m->n_months);
}

static bool look_at_reporting(making *m, uint32_t lab, zp_recog_lab *out)
{
	const zp_recog_wish *w = m->wish;
	const size_t n = w->rule->n_reporting;
	uint8_t *states = zp_take(m->arena, uint8_t, n + 1), *runs = zp_take(m->arena, uint8_t, n + 1);
	bool met = true;
	while (m->share < w->n_shares && w->shares[m->share].lab < lab)
		m->share++;
	const size_t first = m->share;
	while (m->share < w->n_shares && w->shares[m->share].lab == lab)
		m->share++;
	for (size_t i = 0; i < n; i++) {
		states[i] = (uint8_t)zp_recog_reporting_of(m->share > first ? w->shares + first : NULL, m->share - first, w->rule, &w->rule->reporting[i],
							   m->first_month, m->n_months, &runs[i]);
		met &= states[i] == ZP_RECOG_MET;
	}
	out->reporting = states;
	out->reporting_run = runs;
	return met;
}

static zp_recog_line *new_line(making *m)
{
	m->lines = zp_arena_more(m->arena, m->lines, m->n_lines, &m->room, sizeof *m->lines);
	return &m->lines[m->n_lines];
}

static void count(zp_recog_lab *lab, const zp_recog_line *line)
{
	lab->n++;
	lab->recognised += line->marks != 0;
	for (int level = 0; level < ZP_RECOG_LEVELS; level++)
		lab->marks[level] += line->marks >> level & 1;
}

static void look_at_lab(making *m, uint32_t lab, zp_recog_lab *out)
{
	size_t row = m->wish->iqc ? m->wish->iqc->of_lab[lab] : 0;
	*out = (zp_recog_lab){ .first = (uint32_t)m->n_lines, .paper = UINT32_MAX };
	find_rows(m, lab);
	const bool reports = look_at_reporting(m, lab, out);
	for (uint32_t item = 0; item < m->chronicle->n_items; item++) {
		if (!m->asks[item])
			continue;
		zp_recog_line *line = new_line(m);
		*line = (zp_recog_line){ .lab = lab, .item = item, .asks = m->asks[item] };
		if (!look_at_rounds(m, item, line))
			continue;
		zp_recog_inherit(line->rounds, m->wish->rule);
		look_at_iqc(m, lab, line, &row);
		if (reports && (line->iqc.state == ZP_RECOG_MET || line->iqc.state == ZP_RECOG_NOT_ASKED))
			line->marks = zp_recog_levels_met(line->rounds, m->wish->rule);
		count(out, line);
		m->n_lines++;
	}
}

const zp_recognition *zp_recognition_take(zp_arena *arena, const zp_recog_wish *wish)
{
	const zp_chronicle *c = wish->chronicle;
	zp_recognition *out = zp_take(arena, zp_recognition, 1);
	zp_recog_lab *labs = zp_take(arena, zp_recog_lab, c->n_labs + 1);
	making m = { .arena = arena, .wish = wish, .chronicle = c, .row = zp_take(arena, uint32_t, c->n_programmes + 1),
		.cursor = zp_take(arena, uint32_t, c->n_programmes + 1) };
	find_sources(&m);
	find_period(&m);
	find_asks(&m);
	for (uint32_t lab = 0; lab < c->n_labs; lab++)
		look_at_lab(&m, lab, &labs[lab]);
	*out = (zp_recognition){ .rule = wish->rule, .first_month = m.first_month, .last_month = m.first_month + m.n_months - 1, .lines = m.lines,
		.n_lines = m.n_lines, .labs = labs };
	zp_recog_papers_take(arena, wish, out, labs);
	return out;
}
