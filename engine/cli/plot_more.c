/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same for kinds that need more tables: answers, dots, ranks; and for several rounds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "cli/plot.h"
#include "model/outcome.h"
#include "stats/order.h"
#include "stats/share.h"

#define SERIES_MOST 6

/* ---- rounds ---- */

static zp_history_round told(const zp_plotting *p, const zp_plot_round *r)
{
	double *values = zp_take(p->arena, double, r->n_results + 1);
	bool *alert = zp_take(p->arena, bool, r->n_results + 1);
	size_t n = 0;
	for (size_t i = 0; i < r->n_results; i++)
		if (strcmp(r->results[i].lab, p->lab) == 0) {
			values[n] = r->results[i].share;
			alert[n++] = r->results[i].alert;
		}
	const zp_published *f = r->published;
	return (zp_history_round){ f->year ? zp_arena_print(p->arena, "%d-%d", f->year, f->number) : f->round, values, alert, n, r->held };
}

const zp_figure *zp_draw_history(zp_plotting *p, zp_error *err)
{
	zp_history_round *rounds = zp_take(p->arena, zp_history_round, p->n_before + 1);
	size_t n = 0, shown = 0;
	for (size_t i = 0; i <= p->n_before; i++) {
		rounds[i] = told(p, i < p->n_before ? &p->before[i] : &p->round);
		n += rounds[i].n;
		for (size_t k = 0; k < rounds[i].n; k++)
			shown += isfinite(rounds[i].values[k]) != 0;
	}
	if (!n) {
		zp_plot_no_lab(p, err);
		return NULL;
	}
	if (!shown) {
		zp_fail(err, ZP_BAD_USE, NULL, 0, "laboratory \"%s\" has no result of \"%s\" that \"%s\" could show", p->lab, p->measurand, zp_figure_word(p->kind));
		return NULL;
	}
	return zp_plot_history(p->arena, &(zp_history){ .of = zp_plot_of_sample(p, ""), .rounds = rounds, .n = p->n_before + 1 }, p->look);
}

/* ---- answers ---- */

/* Whether a code is among those joined by "|" or given with their credit, "E.coli=25 …". */
static bool among(const char *list, const char *separators, const char *code)
{
	const size_t n = strlen(code);
	while (*list) {
		const size_t length = strcspn(list, separators);
		if ((length == n || (length > n && list[n] == '=')) && strncmp(list, code, n) == 0)
			return true;
		list += length + (list[length] != '\0');
	}
	return false;
}

typedef struct zp_answers_of { zp_answer_bar *bars; const char **codes; size_t n; } zp_answers_of;

static void add_answer(zp_answers_of *a, const char *code, const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->codes[i], code) == 0)
			return;
	a->codes[a->n] = code;
	a->bars[a->n++] = (zp_answer_bar){ .name = name };
}

/* The name of an answer; of a set, "anti-Ce+anti-Fya", the names of its members. */
static const char *name_of(const zp_plotting *p, const zp_answers_of *a, size_t of_scale, const char *answer)
{
	const char *name = "";
	for (const char *at = answer; *at;) {
		const size_t n = strcspn(at, "+");
		const char *member = zp_arena_text(p->arena, at, n);
		for (size_t i = 0; i < of_scale; i++)
			if (strcmp(a->codes[i], member) == 0)
				member = a->bars[i].name;
		name = zp_arena_print(p->arena, "%s%s%s", name, at == answer ? "" : "+", member);
		at += n + (at[n] != '\0');
	}
	return name;
}

/* The names of the scale in its order, then what else was answered. */
static bool collect(zp_plotting *p, zp_answers_of *a, zp_error *err)
{
	zp_folder_table scales;
	const bool has = zp_published_has(p->round.published, "scales.csv");
	zp_row row;
	size_t most = p->round.n_results + 1;
	if (has && !zp_published_table(p->arena, p->round.published, "scales.csv", &scales, err))
		return false;
	for (const char *at = has ? scales.text.p : NULL; has && zp_folder_table_next(p->arena, &scales, &at, &row);)
		most++;
	*a = (zp_answers_of){ zp_take(p->arena, zp_answer_bar, most), zp_take(p->arena, const char *, most), 0 };
	for (const char *at = has ? scales.text.p : NULL; has && zp_folder_table_next(p->arena, &scales, &at, &row);) {
		if (!zp_row_is(&row, "programme", p->programme) || !zp_row_is(&row, "measurand", p->measurand))
			continue;
		const char *zh = zp_row_text(p->arena, &row, "name"), *en = zp_row_text(p->arena, &row, "name_en");
		add_answer(a, zp_row_text(p->arena, &row, "answer"), p->look.tongue == ZP_ENGLISH && *en ? en : zh);
	}
	const size_t of_scale = a->n;
	for (size_t i = 0; i < p->round.n_results; i++)
		if (strcmp(p->round.results[i].sample, p->sample) == 0 && *p->round.results[i].value)
			add_answer(a, p->round.results[i].value, name_of(p, a, of_scale, p->round.results[i].value));
	return true;
}

const zp_figure *zp_draw_answers(zp_plotting *p, zp_error *err)
{
	zp_answers_of a;
	if (!collect(p, &a, err))
		return NULL;
	const zp_plot_group *g = zp_plot_group_of(p, p->sample);
	const zp_plot_result *own = zp_plot_own(p, &p->round, p->sample);
	uint32_t n = 0;
	for (size_t i = 0; i < p->round.n_results; i++) {
		const zp_plot_result *r = &p->round.results[i];
		for (size_t k = 0; k < a.n && strcmp(r->sample, p->sample) == 0; k++) {
			if (strcmp(a.codes[k], r->value) != 0)
				continue;
			a.bars[k].n++;
			a.bars[k].accepted = a.bars[k].accepted || (r->judged && !r->alert);
			n++;
		}
	}
	size_t kept = 0; /* of a scale, what nobody answered is left out, unless grades are few */
	for (size_t k = 0; k < a.n; k++) {
		a.bars[k].target = g && among(g->target, "|", a.codes[k]);
		a.bars[k].own = own && strcmp(own->value, a.codes[k]) == 0;
		if (a.bars[k].n || a.bars[k].target || a.n <= 8)
			a.bars[kept++] = a.bars[k];
	}
	const zp_answer_plot plot = { .of = zp_plot_of_sample(p, p->sample), .bars = a.bars, .n = kept, .of_n = n, .alert = own && own->alert };
	return zp_plot_answers(p->arena, &plot, p->look);
}

/* ---- every laboratory ---- */

typedef struct zp_who { const char *lab, *name, *lab_class; } zp_who;

/* register.csv is sorted by laboratory. */
static zp_who who(zp_plotting *p, const zp_folder_table *table, const char *lab)
{
	const char *at = zp_folder_table_find(table, lab);
	zp_row row;
	if (!at || !zp_folder_table_next(p->arena, table, &at, &row) || !zp_row_is(&row, "lab", lab))
		return (zp_who){ lab, lab, "" };
	return (zp_who){ lab, zp_row_text(p->arena, &row, "name"), zp_row_text(p->arena, &row, "class") };
}

static uint8_t series_of(const char **names, size_t *n, const char *name)
{
	size_t i = 0;
	while (i < *n && strcmp(names[i], name) != 0)
		i++;
	if (i == *n && *n < SERIES_MOST)
		names[(*n)++] = name;
	return (uint8_t)(i < SERIES_MOST ? i : SERIES_MOST - 1);
}

/* The classes in the order of round.xml, which regions.csv keeps. */
static bool classes_of(zp_plotting *p, const char **series, size_t *n, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_published_has(p->round.published, "regions.csv"))
		return true;
	if (!zp_published_table(p->arena, p->round.published, "regions.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);)
		if (!zp_row_is(&row, "class", "*"))
			series_of(series, n, zp_row_text(p->arena, &row, "class"));
	return true;
}

/* The order without those that no dot has. */
static size_t only_used(const char **series, size_t n, zp_lab_dot *dots, size_t n_dots)
{
	uint8_t to[SERIES_MOST] = { 0 };
	bool used[SERIES_MOST] = { false };
	size_t kept = 0;
	for (size_t i = 0; i < n_dots; i++)
		used[dots[i].series] = true;
	for (size_t i = 0; i < n; i++)
		if (used[i]) {
			to[i] = (uint8_t)kept;
			series[kept++] = series[i];
		}
	for (size_t i = 0; i < n_dots; i++)
		dots[i].series = to[dots[i].series];
	return kept;
}

const zp_figure *zp_draw_dots(zp_plotting *p, zp_error *err)
{
	zp_folder_table table;
	if (!zp_published_table(p->arena, p->round.published, "register.csv", &table, err))
		return NULL;
	const size_t most = p->round.n_results + 1;
	double *shares = zp_take(p->arena, double, most);
	uint32_t *places = zp_take(p->arena, uint32_t, most);
	size_t n = 0;
	for (size_t i = 0; i < p->round.n_results; i++)
		if (strcmp(p->round.results[i].sample, p->sample) == 0 && isfinite(p->round.results[i].share)) {
			shares[n] = p->round.results[i].share;
			places[n++] = (uint32_t)i;
		}
	zp_sort_with(shares, places, n, zp_take(p->arena, zp_sort_pair, 2 * n + 1));
	zp_lab_dot *dots = zp_take(p->arena, zp_lab_dot, n + 1);
	const char **series = zp_take(p->arena, const char *, SERIES_MOST);
	size_t n_series = 0;
	if (!classes_of(p, series, &n_series, err))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const zp_plot_result *r = &p->round.results[places[i]];
		const zp_who w = who(p, &table, r->lab);
		dots[i] = (zp_lab_dot){ p->named ? w.name : w.lab, w.lab_class, shares[i], series_of(series, &n_series, w.lab_class), r->alert };
	}
	n_series = only_used(series, n_series, dots, n);
	return zp_plot_dots(p->arena, &(zp_dots){ zp_plot_of_sample(p, p->sample), dots, n, series, n_series }, p->look);
}

/* ---- ranks ---- */

/* Of which programme, as programmes.csv names it; "" for all of them. */
static bool name_programme(zp_plotting *p, const char **zh, const char **en, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	*zh = *en = p->programme ? p->programme : "";
	if (!p->programme || !zp_published_has(p->round.published, "programmes.csv"))
		return true;
	if (!zp_published_table(p->arena, p->round.published, "programmes.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);)
		if (zp_row_is(&row, "programme", p->programme)) {
			const char *name_en = zp_row_text(p->arena, &row, "name_en");
			*zh = zp_row_text(p->arena, &row, "name");
			*en = *name_en ? name_en : *zh;
		}
	return true;
}

const zp_figure *zp_draw_ranks(zp_plotting *p, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_published_table(p->arena, p->round.published, "ranking.csv", &table, err))
		return NULL;
	const char *programme = p->programme ? p->programme : "*", *region = NULL;
	size_t n = 0, accepted = 0, total = 0;
	for (const char *at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);)
		n++;
	zp_rank_bar *bars = zp_take(p->arena, zp_rank_bar, n + 1);
	n = 0;
	for (const char *at = table.text.p; zp_folder_table_next(p->arena, &table, &at, &row);) {
		if (!zp_row_is(&row, "programme", programme) || !zp_row_is(&row, "class", "*"))
			continue;
		if (!region) /* the first is the root */
			region = zp_row_text(p->arena, &row, "region");
		const double k = zp_plot_number(zp_row_text(p->arena, &row, "accepted")), of = zp_plot_number(zp_row_text(p->arena, &row, "total")), rank = zp_plot_number(zp_row_text(p->arena, &row, "rank"));
		if (!zp_row_is(&row, "region", region) || !(of > 0))
			continue;
		zp_rank_bar *b = &bars[n++];
		*b = (zp_rank_bar){ .name = zp_row_text(p->arena, &row, p->named ? "name" : "lab"), .rank = isfinite(rank) ? (unsigned)rank : 0, .n = (uint32_t)of, .of = region };
		b->share = k / of;
		zp_share_interval((size_t)k, (size_t)of, 0.95, &b->low, &b->high);
		accepted += (size_t)k;
		total += (size_t)of;
	}
	if (!region) {
		zp_fail(err, ZP_BAD_USE, p->round.published->folder, 0, "ranking.csv has nothing of the programme \"%s\"", programme);
		return NULL;
	}
	const char *zh, *en;
	if (!name_programme(p, &zh, &en, err))
		return NULL;
	const zp_ranks_plot plot = { .title = zp_arena_print(p->arena, "%s%s可接受结果的比例", zh, *zh ? "  " : ""), .title_en = zp_arena_print(p->arena, "%s%sShare of acceptable results", en, *en ? "  " : ""), .bars = bars, .n = n, .everybody = total ? (double)accepted / (double)total : ZP_NONE };
	return zp_plot_ranks(p->arena, &plot, p->look);
}
