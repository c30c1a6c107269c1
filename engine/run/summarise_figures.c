/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of the round, one at a time: each is carved from an arena that the next one empties. docs/methods/figures.md says what each shows. */
#include <stdlib.h>
#include "model/written.h"
#include "run/rank_ranges.h"
#include "run/summarise.h"
#include "run/tables.h"
#include "run/told.h"

#define METHOD_ROWS_MOST 12
#define RANKS_MOST 30
#define SERIES_MOST 6

/* What is written here of its own accord; fonts are cut to it (run/characters.c). */
#define CITIES "各市州可接受率"
#define FIRST_LABS "可接受率最高的实验室"
#define LABORATORY "实验室"
#define OTHERS "其他"
const char zp_drawing_characters[] = CITIES FIRST_LABS LABORATORY OTHERS;

typedef struct drawing {
	zp_run *run;
	zp_arena *arena;      /* of the figure that was drawn last */
	zp_told *told;        /* values in their order, when the first figure needs them */
	zp_takers takers;
} drawing;

/* One figure that is asked for. */
typedef struct asked {
	drawing *d;
	const zp_programme *p;
	const zp_measurand *m;
	size_t programme, measurand, sample;
	uint32_t item;
	zp_plot_look look;
} asked;

static const char *by_tongue(const asked *a, const char *name, const char *name_en)
{
	return a->look.tongue == ZP_ENGLISH && *name_en ? name_en : name;
}

static zp_plot_of plot_of(const asked *a)
{
	return (zp_plot_of){ a->m->name, a->m->name_en, zp_measurand_unit(a->m), a->p->samples[a->sample], a->m->places };
}

/* The group of a sample in which most are judged, or (`whole`) whose statistics rest on most values, which may be everybody's; those that have
 * a target go before others. ZP_NO_GROUP: there is none. */
static uint32_t largest(const zp_run *run, uint32_t item, bool whole)
{
	uint32_t best = ZP_NO_GROUP;
	for (uint32_t i = run->first_group[item]; i < run->first_group[item + 1]; i++) {
		const zp_group *g = &run->groups[i], *b = best == ZP_NO_GROUP ? NULL : &run->groups[best];
		const bool graded = g->ungradable == ZP_REASON_NONE, more = b && (whole ? g->n_kept > b->n_kept : g->n_members > b->n_members);
		if (g->n_members && (!b || graded > (b->ungradable == ZP_REASON_NONE) || (graded == (b->ungradable == ZP_REASON_NONE) && more)))
			best = i;
	}
	return best;
}

/* ---- quantities ---- */

static const zp_figure *histogram(const asked *a)
{
	const uint32_t group = largest(a->d->run, a->item, false);
	if (a->m->scale || group == ZP_NO_GROUP || a->d->run->groups[group].negative)
		return NULL;
	const zp_crowd *crowd = zp_told_crowd(a->d->told, group);
	const zp_told_span at = zp_told_span_of(&a->d->run->groups[group], true);
	const zp_histogram h = { plot_of(a), crowd->bins, at.x_pt, at.low, at.high, ZP_NONE, false, crowd->n_all, crowd->n };
	return crowd->n_all ? zp_plot_histogram(a->d->arena, &h, a->look) : NULL;
}

static int most_first(const void *pa, const void *pb)
{
	const zp_method_row *a = pa, *b = pb;
	return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : strcmp(a->name, b->name);
}

static bool is_masked(const asked *a) { return a->d->run->book->plan->pages_tell == ZP_TELL_MASKED; }

static const zp_figure *methods(const asked *a)
{
	const uint32_t group = largest(a->d->run, a->item, false);
	if (a->m->scale || group == ZP_NO_GROUP)
		return NULL;
	const zp_told_methods *told = zp_told_methods_of(a->d->told, a->item);
	const zp_told_span at = zp_told_span_of(&a->d->run->groups[group], true);
	const bool *shown = is_masked(a) ? zp_told_shown(a->d->told, group, told) : NULL;
	zp_method_row *rows = zp_take(a->d->arena, zp_method_row, told->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < told->n; i++)
		if (!shown || shown[i])
			rows[n++] = told->at[i].row;
	if (n < 2)
		return NULL;
	qsort(rows, n, sizeof *rows, most_first);
	const zp_methods m = { plot_of(a), rows, n < METHOD_ROWS_MOST ? n : METHOD_ROWS_MOST, at.x_pt, at.low, at.high, ZP_NONE, false };
	return zp_plot_methods(a->d->arena, &m, a->look);
}

/* The group of another sample that is made of the same peers; else its largest. */
static uint32_t same_peers(const zp_run *run, uint32_t group, uint32_t item)
{
	const zp_group *g = &run->groups[group];
	for (uint32_t i = run->first_group[item]; i < run->first_group[item + 1]; i++) {
		const zp_group *other = &run->groups[i];
		bool same = other->rung == g->rung && other->keys == g->keys;
		for (int k = 0; k < ZP_PEER_KEYS && same; k++)
			same = !(g->keys & 1u << k) || run->peers->tuples[other->key][k] == run->peers->tuples[g->key][k];
		if (same && other->n_members)
			return i;
	}
	return largest(run, item, true);
}

static const zp_figure *youden(const asked *a)
{
	const zp_run *run = a->d->run;
	const uint32_t group = largest(run, a->item, true);
	if (a->m->scale || a->sample + 1 >= a->p->n_samples || group == ZP_NO_GROUP)
		return NULL;
	const uint32_t beside = same_peers(run, group, a->item + 1);
	if (beside == ZP_NO_GROUP || run->groups[group].negative || run->groups[beside].negative)
		return NULL;
	const zp_pair_crowd *pair = zp_told_pair(a->d->told, group, beside);
	const zp_told_span at = zp_told_span_of(&run->groups[group], true), bt = zp_told_span_of(&run->groups[beside], true);
	const zp_youden_plot y = { plot_of(a), a->p->samples[a->sample + 1], &pair->cells, pair->centre_a, pair->centre_b, pair->semi_major, pair->semi_minor,
				   pair->angle, at.x_pt, bt.x_pt, at.low, at.high, bt.low, bt.high, ZP_NONE, ZP_NONE, false, pair->n };
	return pair->n ? zp_plot_youden(a->d->arena, &y, a->look) : NULL;
}

/* ---- every laboratory ---- */

/* The city that a laboratory lies in, or the province. */
static const char *city_of(const zp_run *run, uint32_t lab)
{
	const zp_regions *regions = run->roster->regions;
	uint16_t r = run->roster->labs[lab].region;
	while (regions->at[r].level > 1 && regions->at[r].parent != ZP_NO_REGION)
		r = regions->at[r].parent;
	return regions->at[r].code;
}

static const char *label_of(const asked *a, uint32_t lab)
{
	const zp_lab *l = &a->d->run->roster->labs[lab];
	switch (a->d->run->book->plan->pages_tell) {
	case ZP_TELL_NAMES: return l->name;
	case ZP_TELL_MASKED: return a->look.tongue == ZP_ENGLISH ? "laboratory" : LABORATORY;
	default: return l->code;
	}
}

static int by_share(const void *pa, const void *pb)
{
	const zp_lab_dot *a = pa, *b = pb;
	return a->share < b->share ? -1 : a->share > b->share ? 1 : strcmp(a->label, b->label);
}


/* Where laboratories are masked, a name with few of them behind it would tell who they are. */
static uint32_t least_named(const asked *a)
{
	return is_masked(a) ? a->p->scheme->choices.show_least : 1;
}

/* The largest groups have a series each; the others share the last. Gives: how many series there are. */
static size_t name_series(const asked *a, uint8_t *series_of, const char **names)
{
	const zp_run *run = a->d->run;
	const uint32_t first = run->first_group[a->item], n = run->first_group[a->item + 1] - first;
	const zp_told_sample *told = &run->summary.programmes[a->programme].measurands[a->measurand].samples[a->sample];
	size_t shown = 0, fit = 0;
	memset(series_of, UINT8_MAX, n);
	for (uint32_t i = 0; i < n; i++)
		fit += run->groups[first + i].n_members && run->groups[first + i].n_members >= least_named(a);
	const bool others = fit < told->n_groups || fit > SERIES_MOST;
	for (; shown < fit && shown + others < SERIES_MOST; shown++) {
		uint32_t best = UINT32_MAX, place = 0, told_at = 0;
		for (uint32_t i = 0; i < n; i++) {
			if (!run->groups[first + i].n_members)
				continue;
			if (series_of[i] == UINT8_MAX && (best == UINT32_MAX || run->groups[first + i].n_members > run->groups[first + best].n_members))
				best = i, told_at = place;
			place++;
		}
		series_of[best] = (uint8_t)shown;
		names[shown] = by_tongue(a, told->groups[told_at].name, told->groups[told_at].name_en);
	}
	if (others)
		names[shown++] = a->look.tongue == ZP_CHINESE ? OTHERS : a->look.tongue == ZP_ENGLISH ? "others" : OTHERS " others";
	return shown;
}

/* Without those of no named series, where they are too few to be told even so. Gives: how many are left. */
static size_t without_few(const asked *a, zp_lab_dot *at, size_t n, bool others, size_t series)
{
	size_t few = 0, left = 0;
	for (size_t i = 0; i < n && others; i++)
		few += at[i].series == series;
	if (!is_masked(a) || !few || few >= least_named(a))
		return n;
	for (size_t i = 0; i < n; i++)
		if (at[i].series != series)
			at[left++] = at[i];
	return left;
}

static const zp_figure *dots(const asked *a)
{
	const zp_run *run = a->d->run;
	const uint32_t first = run->first_group[a->item], groups = run->first_group[a->item + 1] - first;
	const size_t from = a->d->takers.first[a->programme], to = a->d->takers.first[a->programme + 1];
	zp_lab_dot *at = zp_take(a->d->arena, zp_lab_dot, to - from + 1);
	uint8_t *series_of = zp_take(a->d->arena, uint8_t, groups + 1);
	const char *names[SERIES_MOST + 1];
	zp_dots plot = { .of = plot_of(a), .at = at, .series = names };
	plot.n_series = name_series(a, series_of, names);
	bool others = false;
	for (size_t i = from; i < to && !a->m->scale; i++) {
		const zp_enrolment *e = &run->roster->enrolments[a->d->takers.of[i]];
		const size_t k = zp_declared_at(e, a->measurand), cell = e->first_cell + k * a->p->n_samples + a->sample;
		if (k == SIZE_MAX || run->round->state[cell] != ZP_RETURNED || run->judgement.group[cell] == ZP_NO_GROUP)
			continue;
		const double share = zp_run_score_of(run, &a->p->scheme->choices, cell).share_pct;
		const uint8_t series = series_of[run->judgement.group[cell] - first];
		if (!isfinite(share))
			continue;
		others |= series == UINT8_MAX;
		at[plot.n++] = (zp_lab_dot){ label_of(a, e->lab), is_masked(a) ? NULL : city_of(run, e->lab), share,
					     series == UINT8_MAX ? (uint8_t)(plot.n_series - 1) : series, run->judgement.verdict[cell] == ZP_UNACCEPTABLE };
	}
	const size_t all = plot.n;
	plot.n = without_few(a, at, all, others, plot.n_series - 1);
	plot.n_series -= plot.n < all;
	qsort(at, plot.n, sizeof *at, by_share);
	return plot.n ? zp_plot_dots(a->d->arena, &plot, a->look) : NULL;
}

/* ---- answers ---- */

static const char *answer_name(const asked *a, int64_t answer)
{
	char zh[ZP_WRITTEN_BYTES], en[ZP_WRITTEN_BYTES];
	const zp_kind kind = zp_scale_value_kind(a->m->scale);
	zp_written(a->m, kind, (zp_decimal){ answer, 0 }, 1, zh);
	zp_written(a->m, kind, (zp_decimal){ answer, 0 }, 0, en);
	if (a->look.tongue == ZP_BOTH_TONGUES && strcmp(zh, en) != 0)
		return zp_arena_print(a->d->arena, "%s %s", zh, en);
	const char *text = a->look.tongue == ZP_ENGLISH ? en : zh;
	return zp_arena_text(a->d->arena, text, strlen(text));
}

/* What was answered in the largest group: elsewhere another answer may be right. */
static const zp_figure *answers(const asked *a)
{
	const zp_run *run = a->d->run;
	const uint32_t group = largest(run, a->item, false);
	if (!a->m->scale || group == ZP_NO_GROUP)
		return NULL;
	const zp_group *g = &run->groups[group];
	zp_answer_bar *bars = zp_take(a->d->arena, zp_answer_bar, g->n_counts + 3);
	zp_answer_plot plot = { .of = plot_of(a), .bars = bars };
	bool low = !g->has_answer, high = low;
	for (uint32_t i = 0; i < g->n_counts; i++) {
		const int64_t answer = g->counts[i].answer;
		const bool target = g->has_answer && (answer == g->elected.low || answer == g->elected.high);
		const bool accepted = g->has_answer && !target && zp_run_grade(run, a->m, &a->p->scheme->choices, g, NULL, answer).credit == 100;
		low |= target && answer == g->elected.low;
		high |= target && answer == g->elected.high;
		bars[plot.n++] = (zp_answer_bar){ answer_name(a, answer), g->counts[i].n, target, accepted, false };
		plot.of_n += g->counts[i].n;
	}
	if (!low)
		bars[plot.n++] = (zp_answer_bar){ answer_name(a, g->elected.low), 0, true, false, false };
	if (!high && g->elected.high != g->elected.low)
		bars[plot.n++] = (zp_answer_bar){ answer_name(a, g->elected.high), 0, true, false, false };
	return plot.of_n ? zp_plot_answers(a->d->arena, &plot, a->look) : NULL;
}

/* ---- ranks ---- */

/* A share with what its results say of it: the equal tails of Jeffreys' interval, results divided by the design effect. */
static zp_rank_bar bar_of(const zp_rank_basis *basis, const char *name, uint64_t credit, uint32_t total, unsigned rank, const char *of)
{
	const double hits = (double)credit / 100;
	const zp_trials k = zp_trials_over((zp_trials){ hits, total - hits }, basis->design.deff > 0 ? basis->design.deff : 1);
	const zp_shrunken s = zp_shrink(zp_prior_given(0.5, 0.5), k, 0.95);
	const double share = hits / total;
	return (zp_rank_bar){ name, share, fmin(s.low, share), fmax(s.high, share), rank, total, of };
}

static bool is_everybody(const char *lab_class, const char *programme, const char *wanted)
{
	return strcmp(lab_class, "*") == 0 && strcmp(programme, wanted) == 0;
}

static size_t lab_bars(const asked *a, const char *programme, const zp_rank_basis *basis, zp_rank_bar *bars)
{
	const zp_run *run = a->d->run;
	const char *table = NULL;
	size_t n = 0;
	for (size_t i = 0; i < run->summary.n_ranks && n < RANKS_MOST; i++) { /* the first region is the whole */
		const zp_rank_row *r = &run->summary.ranks[i];
		if (!is_everybody(r->lab_class, r->programme, programme) || !r->rank || !r->total || (table && strcmp(table, r->region) != 0))
			continue;
		table = r->region;
		const uint32_t lab = zp_names_find(run->roster->lab_names, zp_text_of(r->lab));
		bars[n++] = bar_of(basis, label_of(a, lab), r->credit, r->total, r->rank, city_of(run, lab));
	}
	return n;
}

static int by_rank(const void *pa, const void *pb)
{
	const zp_rank_bar *a = pa, *b = pb;
	return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank) : strcmp(a->name, b->name);
}

/* How many laboratories of a city sent something that is judged in the programme, or in any. */
static uint32_t labs_in(const asked *a, const char *city)
{
	const zp_run *run = a->d->run;
	const zp_roster *roster = run->roster;
	uint32_t n = 0;
	for (uint32_t lab = 0; lab < roster->n_labs; lab++) {
		bool any = false;
		if (strcmp(city_of(run, lab), city) != 0)
			continue;
		for (uint32_t e = roster->first_enrolment[lab]; e < roster->first_enrolment[lab + 1]; e++)
			any |= (!a->p || roster->enrolments[e].programme == a->programme) && run->s[e].standing == ZP_STANDS_RETURNED && run->s[e].total;
		n += any;
	}
	return n;
}

/* Marks cities that are left out where laboratories are masked: those with few laboratories, and the smallest others until those left out are
 * not few together, so that the difference to everybody tells nothing. */
static void leave_out(const asked *a, const uint32_t *labs, bool *out, size_t n)
{
	uint32_t least = 0, hidden = 0;
	const zp_plan *plan = a->d->run->book->plan;
	for (size_t p = 0; p < plan->n_programmes; p++)
		if ((!a->p || p == a->programme) && plan->programmes[p].scheme->choices.show_least > least)
			least = plan->programmes[p].scheme->choices.show_least;
	for (size_t i = 0; i < n; i++) {
		out[i] = labs[i] < least;
		hidden += out[i] ? labs[i] : 0;
	}
	while (hidden > 0 && hidden < least) {
		size_t next = n;
		for (size_t i = 0; i < n; i++)
			if (!out[i] && (next == n || labs[i] < labs[next]))
				next = i;
		if (next == n)
			return;
		out[next] = true;
		hidden += labs[next];
	}
}

static size_t region_bars(const asked *a, const char *programme, const zp_rank_basis *basis, zp_rank_bar *bars)
{
	const zp_summary *s = &a->d->run->summary;
	size_t n = 0, left = 0;
	for (size_t i = 0; i < s->n_regions; i++) {
		const zp_region_row *r = &s->regions[i];
		if (is_everybody(r->lab_class, r->programme, programme) && r->level == 1 && r->total)
			bars[n++] = bar_of(basis, by_tongue(a, r->region_name, r->region_name_en), r->credit, r->total, r->rank, r->region);
	}
	uint32_t *labs = zp_take(a->d->arena, uint32_t, n + 1);
	bool *out = zp_take(a->d->arena, bool, n + 1);
	for (size_t i = 0; i < n && is_masked(a); i++)
		labs[i] = labs_in(a, bars[i].of);
	if (is_masked(a))
		leave_out(a, labs, out, n);
	for (size_t i = 0; i < n; i++)
		if (!out[i])
			bars[left++] = bars[i];
	qsort(bars, left, sizeof *bars, by_rank);
	return left;
}

static double everybody(const zp_summary *s, const char *programme)
{
	for (size_t i = 0; i < s->n_regions; i++) {
		const zp_region_row *r = &s->regions[i];
		if (is_everybody(r->lab_class, r->programme, programme) && r->level == 0 && r->total)
			return (double)r->credit / 100 / r->total;
	}
	return ZP_NONE;
}

static const zp_figure *ranks(const asked *a)
{
	const zp_run *run = a->d->run;
	const char *programme = a->p ? a->p->code : "*";
	const zp_rank_basis *basis = &run->rank_basis[a->programme];
	const bool regions = a->sample > 0 || is_masked(a);
	zp_rank_bar *bars = zp_take(a->d->arena, zp_rank_bar, regions ? run->summary.n_regions + 1 : RANKS_MOST);
	zp_ranks_plot plot = { .title = regions ? CITIES : FIRST_LABS, .title_en = regions ? "Acceptable share of cities" : "Laboratories with the highest acceptable share",
			       .bars = bars, .everybody = everybody(&run->summary, programme) };
	plot.n = regions ? region_bars(a, programme, basis, bars) : lab_bars(a, programme, basis, bars);
	return plot.n ? zp_plot_ranks(a->d->arena, &plot, a->look) : NULL;
}

/* ---- the call ---- */

static const zp_figure *draw(const zp_summary *s, size_t programme, size_t measurand, size_t sample, zp_figure_kind kind, zp_tongue tongue, float width, float height)
{
	drawing *d = s->self;
	const zp_plan *plan = d->run->book->plan;
	asked a = { .d = d, .programme = programme, .measurand = measurand, .sample = sample, .look = { width, height, tongue } };
	if (d->arena)
		zp_arena_close(d->arena);
	d->arena = zp_arena_open();
	if (programme < plan->n_programmes)
		a.p = &plan->programmes[programme];
	if (kind == ZP_FIGURE_RANKS)
		return programme <= plan->n_programmes ? ranks(&a) : NULL;
	if (!a.p || measurand >= a.p->scheme->n_measurands || sample >= a.p->n_samples)
		return NULL;
	a.m = &a.p->scheme->measurands[measurand];
	a.item = a.p->first_item + (uint32_t)(measurand * a.p->n_samples + sample);
	if (!d->told)
		d->told = zp_told_take(d->run, &(zp_publish_wish){ .issue = ZP_PLAIN_ISSUE(s->issued) }, NULL); /* without a ledger it cannot fail */
	switch (kind) {
	case ZP_FIGURE_HISTOGRAM: return histogram(&a);
	case ZP_FIGURE_METHODS: return methods(&a);
	case ZP_FIGURE_YOUDEN: return youden(&a);
	case ZP_FIGURE_DOTS: return dots(&a);
	case ZP_FIGURE_ANSWERS: return answers(&a);
	default: return NULL; /* of one laboratory only */
	}
}

static void let_go(void *self)
{
	drawing *d = self;
	if (d->arena)
		zp_arena_close(d->arena);
}

void zp_tell_drawing(zp_run *run)
{
	drawing *d = zp_take(run->arena, drawing, 1);
	*d = (drawing){ .run = run, .told = run->told, .takers = zp_takers_of(run) };
	zp_arena_at_end(run->arena, let_go, d);
	run->summary.draw = draw;
	run->summary.self = d;
	run->summary.named = run->book->plan->pages_tell == ZP_TELL_NAMES;
	run->summary.masked = run->book->plan->pages_tell == ZP_TELL_MASKED;
	run->summary.show_least = 1;
	for (size_t p = 0; p < run->book->plan->n_programmes; p++) {
		const unsigned least = run->book->plan->programmes[p].scheme->choices.show_least;
		run->summary.show_least = least > run->summary.show_least ? least : run->summary.show_least;
	}
}
