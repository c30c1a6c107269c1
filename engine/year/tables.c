/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a year (docs/formats/year-tables.md). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "year/adjusted.h"
#include "year/recognition.h"
#include "year/tables.h"
#include "year/trends.h"
#include "year/year.h"
#include "year/year_titles.h"

/* What every function below writes into. */
typedef struct writing {
	const zp_year *year;
	zp_press *press;
	zp_kept *kept;
	zp_error *err;
	zp_arena *arena;
	zp_table *table; /* that is open */
} writing;

#define BEGIN(w, name, columns, kept) (((w)->table = ZP_TABLE_OPEN((w)->press, (name), (columns), (kept), (w)->err)) != NULL)

static bool finish(writing *w) { return zp_table_close(w->table, w->err); }

static void put_text(writing *w, const char *text) { zp_table_text(w->table, text); }
static void put_plain(writing *w, const char *word) { zp_table_word(w->table, word); }
static void put_whole(writing *w, int64_t v) { zp_table_whole(w->table, v); }
static void put_percent(writing *w, zp_fraction f) { zp_table_percent(w->table, f); }

static const char *measurand_code(const zp_year_programme *p, size_t k) { return k < p->n_measurands ? p->measurands[k].says->code : "*"; }

static void put_programme(writing *w, const zp_year_programme *p)
{
	put_text(w, p->says->code);
	put_plain(w, zp_level_word(p->says->level));
	put_text(w, p->organiser);
}

/* ---- status ---- */

static void put_status(writing *w, const zp_year_programme *p, size_t row, size_t k, const zp_status *s)
{
	char letters[300];
	const int took_part = s->satisfactory + s->unsatisfactory + s->excused + s->not_evaluated;
	if (!took_part)
		return;
	put_text(w, w->year->chronicle->labs[p->labs[row]].code);
	put_programme(w, p);
	put_text(w, measurand_code(p, k));
	put_text(w, zp_status_letters(zp_year_cells(p, row, k), p->held, p->n_held, letters, sizeof letters));
	put_plain(w, zp_status_word((zp_state_of_year)s->year));
	put_text(w, s->first != UINT8_MAX ? p->held[s->first].round->id : "");
	const uint8_t counts[] = { s->satisfactory, s->unsatisfactory, s->late, s->not_returned, s->excused, s->not_evaluated, s->absent };
	for (size_t i = 0; i < sizeof counts; i++)
		put_whole(w, counts[i]);
}

static const zp_column status_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "level", ZP_CELLS_WORD, NULL, NULL },
	{ "organiser", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "sequence", ZP_CELLS_WORD, NULL, NULL },
	{ "status", ZP_CELLS_WORD, NULL, NULL }, { "unsuccessful_from", ZP_CELLS_TEXT, NULL, NULL },
	{ "satisfactory", ZP_CELLS_WHOLE, NULL, NULL }, { "unsatisfactory", ZP_CELLS_WHOLE, NULL, NULL },
	{ "late", ZP_CELLS_WHOLE, NULL, NULL }, { "not_returned", ZP_CELLS_WHOLE, NULL, NULL }, { "excused", ZP_CELLS_WHOLE, NULL, NULL },
	{ "not_evaluated", ZP_CELLS_WHOLE, NULL, NULL }, { "absent", ZP_CELLS_WHOLE, NULL, NULL }
};

static bool write_status(writing *w)
{
	const zp_chronicle *c = w->year->chronicle;
	if (!BEGIN(w, "status.csv", status_columns, NULL))
		return false;
	for (size_t i = 0; i < c->n_programmes; i++)
		for (size_t row = 0; row < c->programmes[i].n_labs; row++)
			for (size_t k = 0; k <= c->programmes[i].n_measurands; k++)
				put_status(w, &c->programmes[i], row, k, zp_status_at(&w->year->statuses, c, i, row, k));
	return finish(w);
}

/* ---- items ---- */

static const zp_column item_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "specimen", ZP_CELLS_TEXT, NULL, NULL }, { "item", ZP_CELLS_TEXT, NULL, NULL },
	{ "name", ZP_CELLS_TEXT, NULL, NULL }, { "result", ZP_CELLS_WORD, NULL, NULL }
};

static bool write_items(writing *w)
{
	const zp_year_items *items = &w->year->items;
	const zp_chronicle *c = items->chronicle;
	if (!BEGIN(w, "items.csv", item_columns, NULL))
		return false;
	for (size_t lab = 0; lab < c->n_labs; lab++)
		for (size_t i = 0; i < c->n_items; i++) {
			const zp_vote vote = zp_item_vote(items, lab, i);
			if (vote == ZP_VOTE_NONE)
				continue;
			put_text(w, c->labs[lab].code);
			put_text(w, c->items[i].specimen);
			put_text(w, c->items[i].item);
			put_text(w, c->items[i].name);
			put_plain(w, zp_vote_word(vote));
		}
	return finish(w);
}

static const zp_column item_count_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "total", ZP_CELLS_WHOLE, NULL, NULL }, { "pass", ZP_CELLS_WHOLE, NULL, NULL },
	{ "fail", ZP_CELLS_WHOLE, NULL, NULL }, { "unreturned", ZP_CELLS_WHOLE, NULL, NULL },
	{ "not_evaluated", ZP_CELLS_WHOLE, NULL, NULL }, { "pass_rate", ZP_CELLS_PERCENT, NULL, NULL },
	{ "counted_by_programme", ZP_CELLS_WHOLE, NULL, NULL }
};

static bool write_item_counts(writing *w)
{
	const zp_chronicle *c = w->year->chronicle;
	if (!BEGIN(w, "items-labs.csv", item_count_columns, w->kept))
		return false;
	for (size_t lab = 0; lab < c->n_labs; lab++) {
		const zp_item_count *n = &w->year->items.counts[lab];
		if (!n->total)
			continue;
		put_text(w, c->labs[lab].code);
		const uint32_t counts[] = { n->total, n->pass, n->fail, n->unreturned, n->not_evaluated };
		for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
			put_whole(w, counts[i]);
		put_percent(w, zp_fraction_of(n->pass, (int64_t)n->pass + n->fail));
		put_whole(w, n->naive);
	}
	return finish(w);
}

/* ---- certificates ---- */

static void put_paper(writing *w, const zp_certificate *paper)
{
	const zp_chronicle *c = w->year->chronicle;
	const zp_year_programme *p = &c->programmes[paper->programme];
	size_t size = 1;
	for (size_t i = 0; i < paper->n_measurands; i++)
		size += strlen(p->measurands[paper->measurands[i]].says->name) + 3;
	char *names = zp_arena_take(w->arena, size), *to = names;
	for (size_t i = 0; i < paper->n_measurands; i++)
		to += sprintf(to, "%s%s", i ? "、" : "", p->measurands[paper->measurands[i]].says->name);
	put_text(w, paper->number);
	put_text(w, paper->rule->id);
	put_text(w, c->labs[paper->lab].code);
	put_text(w, c->labs[paper->lab].says->name);
	put_programme(w, p);
	put_text(w, p->says->name);
	put_whole(w, (int64_t)paper->n_measurands);
	put_text(w, paper->list);
	put_text(w, names);
	put_whole(w, paper->issue);
	put_text(w, paper->issued ? paper->issued : w->year->wish->issued);
}

static const zp_column paper_columns[] = {
	{ "number", ZP_CELLS_TEXT, NULL, NULL }, { "certificate", ZP_CELLS_TEXT, NULL, NULL }, { "lab", ZP_CELLS_TEXT, NULL, NULL },
	{ "name", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "level", ZP_CELLS_WORD, NULL, NULL },
	{ "organiser", ZP_CELLS_TEXT, NULL, NULL }, { "programme_name", ZP_CELLS_TEXT, NULL, NULL },
	{ "items", ZP_CELLS_WHOLE, NULL, NULL }, { "measurands", ZP_CELLS_TEXT, NULL, NULL },
	{ "measurand_names", ZP_CELLS_TEXT, NULL, NULL }, { "issue", ZP_CELLS_WHOLE, NULL, NULL },
	{ "issued", ZP_CELLS_DATE, NULL, NULL }
};

static bool write_papers(writing *w)
{
	if (!BEGIN(w, "certificates.csv", paper_columns, w->kept))
		return false;
	for (size_t i = 0; i < w->year->wish->rules->n_certificates; i++)
		for (size_t k = 0; k < w->year->papers[i].n; k++)
			put_paper(w, &w->year->papers[i].at[k]);
	return finish(w);
}

static void put_line(writing *w, const zp_certificate_rule *rule, const zp_year_programme *p, size_t row, size_t k, const zp_cert_line *line)
{
	if (!p->measurands[k].held || (line->certified == ZP_CERT_NOTHING_EVALUATED && !line->participated))
		return;
	put_text(w, rule->id);
	put_text(w, w->year->chronicle->labs[p->labs[row]].code);
	put_programme(w, p);
	put_text(w, p->measurands[k].says->code);
	put_plain(w, zp_certified_word((zp_certified)line->certified));
	put_whole(w, line->held);
	put_whole(w, line->participated);
	put_whole(w, line->satisfactory);
	put_percent(w, line->mean);
}

static const zp_column line_columns[] = {
	{ "certificate", ZP_CELLS_TEXT, NULL, NULL }, { "lab", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL },
	{ "level", ZP_CELLS_WORD, NULL, NULL }, { "organiser", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL },
	{ "result", ZP_CELLS_WORD, NULL, NULL }, { "rounds", ZP_CELLS_WHOLE, NULL, NULL }, { "participated", ZP_CELLS_WHOLE, NULL, NULL },
	{ "satisfactory", ZP_CELLS_WHOLE, NULL, NULL }, { "mean", ZP_CELLS_PERCENT, NULL, NULL }
};

static bool write_lines(writing *w)
{
	const zp_chronicle *c = w->year->chronicle;
	if (!BEGIN(w, "certificate-lines.csv", line_columns, NULL))
		return false;
	for (size_t i = 0; i < w->year->wish->rules->n_certificates; i++) {
		const zp_cert_lines *lines = &w->year->lines[i];
		for (size_t p = 0; p < c->n_programmes; p++)
			for (size_t row = 0; lines->of[p] && row < c->programmes[p].n_labs; row++)
				for (size_t k = 0; k < c->programmes[p].n_measurands; k++)
					put_line(w, lines->rule, &c->programmes[p], row, k, &lines->of[p][row * c->programmes[p].n_measurands + k]);
	}
	return finish(w);
}

/* ---- standings ---- */

static void put_place(writing *w, const zp_standings *s, size_t cell)
{
	const size_t width = s->n_classes + 1;
	const zp_year_place *place = &s->places[cell / width];
	put_text(w, place->code);
	put_text(w, place->name);
	put_plain(w, place->itself ? "itself" : "");
	put_text(w, cell % width < s->n_classes ? s->classes[cell % width] : "*");
}

/* Hundredths of results where that is what is counted. */
static void put_count(writing *w, int64_t v, bool hundredths)
{
	if (hundredths)
		zp_table_hundredths(w->table, v);
	else
		zp_table_whole(w->table, v);
}

/* Of the same place and class a year earlier; NULL when there was none, or it may not be shown. */
static const zp_share_count *before_of(const zp_standings *s, const zp_standings *before, size_t cell, zp_share_kind kind, const bool *hidden)
{
	const size_t width = s->n_classes + 1;
	const zp_year_place *place = &s->places[cell / width];
	if (!before)
		return NULL;
	const size_t at = zp_standing_find(before, place->code, place->itself, cell % width < s->n_classes ? s->classes[cell % width] : "*");
	return at == SIZE_MAX || (hidden && hidden[at]) ? NULL : &before->cells[at].of[kind];
}

static void put_change(writing *w, const zp_share_count *now, const zp_share_count *before)
{
	int64_t tenths;
	char text[32] = "";
	if (before && zp_share_change(now, before, w->year->wish->rules->share_yoy_printed, &tenths))
		snprintf(text, sizeof text, "%s%" PRId64 ".%" PRId64, tenths < 0 ? "-" : "", (tenths < 0 ? -tenths : tenths) / 10,
			 (tenths < 0 ? -tenths : tenths) % 10);
	put_plain(w, text);
}

/* One kind of share over all cells. Needs: hidden NULL for the table of the centre. */
static void put_shares(writing *w, zp_share_kind kind, const bool *hidden, const bool *hidden_before)
{
	const zp_standings *s = w->year->standings;
	const bool hundredths = kind == ZP_SHARE_ACCEPTABLE || kind == ZP_SHARE_ACCEPTABLE_RETURNED;
	for (size_t i = 0; i < s->n_places * (s->n_classes + 1); i++) {
		const zp_share_count *n = &s->cells[i].of[kind];
		const bool is_hidden = hidden && hidden[i];
		if (!s->cells[i].labs && !is_hidden) /* where zeros are hidden, a missing row would tell one */
			continue;
		put_place(w, s, i);
		put_plain(w, zp_share_word(kind));
		if (is_hidden) {
			zp_table_none(w->table, 4);
			put_plain(w, "hidden");
			continue;
		}
		put_count(w, n->num, hundredths);
		put_count(w, n->den, hundredths);
		put_percent(w, zp_share_fraction(n));
		put_change(w, n, before_of(s, w->year->before, i, kind, hidden_before));
		put_plain(w, "");
	}
}

static const zp_column standing_columns[] = {
	{ "place", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "part", ZP_CELLS_WORD, NULL, NULL },
	{ "class", ZP_CELLS_TEXT, NULL, NULL }, { "share", ZP_CELLS_WORD, NULL, NULL }, { "numerator", ZP_CELLS_NUMBER, NULL, NULL },
	{ "denominator", ZP_CELLS_NUMBER, NULL, NULL }, { "percent", ZP_CELLS_PERCENT, NULL, NULL },
	{ "change", ZP_CELLS_NUMBER, NULL, NULL }, { "shown", ZP_CELLS_WORD, NULL, NULL }
};

static bool write_standings(writing *w, bool published)
{
	const zp_year_hidden *hidden = w->year->hidden;
	if (!BEGIN(w, published ? "standings.csv" : "centre/standings.csv", standing_columns, w->kept))
		return false;
	for (int kind = 0; kind < ZP_SHARE_KINDS; kind++)
		put_shares(w, (zp_share_kind)kind, published ? hidden->shares[kind].at : NULL, published ? hidden->before[kind].at : NULL);
	return finish(w);
}

/* ---- indicators ---- */

static const zp_column indicator_lab_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "indicator", ZP_CELLS_WORD, NULL, NULL }, { "numerator", ZP_CELLS_NUMBER, NULL, NULL },
	{ "denominator", ZP_CELLS_NUMBER, NULL, NULL }, { "percent", ZP_CELLS_PERCENT, NULL, NULL }
};

static bool write_indicators_of_labs(writing *w)
{
	const zp_chronicle *c = w->year->chronicle;
	if (!BEGIN(w, "indicators-labs.csv", indicator_lab_columns, NULL))
		return false;
	for (size_t lab = 0; lab < c->n_labs; lab++)
		for (int k = 0; k < ZP_INDICATORS; k++) {
			const zp_indicator_value *v = &w->year->indicators.of_lab[lab * ZP_INDICATORS + (size_t)k];
			if (!v->known)
				continue;
			put_text(w, c->labs[lab].code);
			put_plain(w, zp_indicator_word((zp_indicator)k));
			put_whole(w, v->num);
			if (k == ZP_NATIONAL_ITEMS_PASSED)
				put_plain(w, "");
			else
				put_whole(w, v->den);
			put_percent(w, zp_fraction_of(v->num, v->den));
		}
	return finish(w);
}

static const zp_column indicator_columns[] = {
	{ "place", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "part", ZP_CELLS_WORD, NULL, NULL },
	{ "class", ZP_CELLS_TEXT, NULL, NULL }, { "indicator", ZP_CELLS_WORD, NULL, NULL },
	{ "laboratories", ZP_CELLS_WHOLE, NULL, NULL }, { "numerator", ZP_CELLS_NUMBER, NULL, NULL },
	{ "denominator", ZP_CELLS_NUMBER, NULL, NULL }, { "pooled", ZP_CELLS_PERCENT, NULL, NULL },
	{ "median", ZP_CELLS_PERCENT, NULL, NULL }, { "shown", ZP_CELLS_WORD, NULL, NULL }
};

static void put_indicator(writing *w, size_t cell, int k, bool hidden)
{
	const size_t at = cell * ZP_INDICATORS + (size_t)k;
	const zp_indicator_value *v = &w->year->indicators.of_place[at];
	put_place(w, w->year->standings, cell);
	put_plain(w, zp_indicator_word((zp_indicator)k));
	if (hidden) {
		zp_table_none(w->table, 5);
		put_plain(w, "hidden");
		return;
	}
	put_whole(w, w->year->indicators.n[at]);
	put_whole(w, v->num);
	if (k == ZP_NATIONAL_ITEMS_PASSED)
		put_plain(w, "");
	else
		put_whole(w, v->den);
	put_percent(w, zp_fraction_of(v->num, v->den));
	put_percent(w, w->year->indicators.median[at]);
	put_plain(w, "");
}

static bool write_indicators(writing *w, bool published)
{
	const zp_standings *s = w->year->standings;
	if (!BEGIN(w, published ? "indicators.csv" : "centre/indicators.csv", indicator_columns, w->kept))
		return false;
	for (int k = 0; k < ZP_INDICATORS; k++)
		for (size_t i = 0; i < s->n_places * (s->n_classes + 1); i++) {
			const bool hidden = published && w->year->hidden->indicators[k].at[i];
			if (hidden || w->year->indicators.of_place[i * ZP_INDICATORS + (size_t)k].known)
				put_indicator(w, i, k, hidden);
		}
	return finish(w);
}

static const zp_column formula_columns[] = {
	{ "indicator", ZP_CELLS_WORD, NULL, NULL }, { "formula", ZP_CELLS_TEXT, NULL, NULL }, { "formula_en", ZP_CELLS_TEXT, NULL, NULL }
};

/* Of those that somebody has. */
static bool write_formulas(writing *w)
{
	const size_t cells = w->year->standings->n_places * (w->year->standings->n_classes + 1);
	if (!BEGIN(w, "indicators-formulas.csv", formula_columns, w->kept))
		return false;
	for (size_t k = 0; k < ZP_INDICATORS; k++) {
		bool any = false;
		for (size_t i = 0; i < cells; i++)
			any |= w->year->indicators.of_place[i * ZP_INDICATORS + k].known;
		if (!any)
			continue;
		put_plain(w, zp_indicator_word((zp_indicator)k));
		put_text(w, zp_indicator_formula((zp_indicator)k, w->year->wish->rules, true));
		put_text(w, zp_indicator_formula((zp_indicator)k, w->year->wish->rules, false));
	}
	return finish(w);
}

bool zp_year_tables(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	writing w = { .year = year, .press = press, .kept = kept, .err = err, .arena = zp_arena_open() };
	const bool good = write_status(&w) && write_items(&w) && write_item_counts(&w) && write_papers(&w) && write_lines(&w) &&
		write_standings(&w, true) && write_standings(&w, false) && write_indicators_of_labs(&w) && write_indicators(&w, true) && write_indicators(&w, false) && write_formulas(&w) &&
		zp_year_ranking_tables(year, press, kept, err) && zp_year_trends_tables(year, press, kept, err) && zp_year_adjusted_table(year, press, kept, err) &&
		zp_iqc_tables(year, press, kept, err) && zp_recognition_tables(year, press, kept, err) &&
		zp_year_titles_tables(year, press, kept, err);
	zp_arena_close(w.arena);
	return good;
}
