/* SPDX-License-Identifier: GPL-3.0-or-later */
/* agreement.csv: how far replies agree with their targets, for everybody and by what was used. */
#include <stdlib.h>
#include "run/lines.h"
#include "run/tables.h"
#include "stats/categories.h"

#define LEVEL 0.95
#define SHARE_PLACES 2
#define KAPPA_PLACES 4

/* A reply beside what was expected; both are categories of the table that kappa is made of. */
typedef struct pair {
	int64_t expected, answer;
	uint32_t lab, peers, sample;
	uint8_t expects, says; /* zp_side */
	bool same;
} pair;

typedef struct pairs {
	const zp_run *run;
	const zp_programme *programme;
	const zp_measurand *measurand;
	pair *at;
	size_t n;
	size_t n_categories;
	size_t *table;
	double *work;
	uint32_t *chosen; /* of a row: indices of pairs, by laboratory */
	zp_piece *piece;
} pairs;

typedef struct writing {
	const zp_run *run;
	zp_takers takers;
	const uint32_t *first_measurand;        /* of each programme, in the numbers of pieces */
	const uint32_t *by_name[ZP_PEER_KEYS];  /* the names of a key in the order of their bytes; 0, the blank one, first */
	const uint32_t *rank[ZP_PEER_KEYS];     /* and where each stands in it */
} writing;

/* ---- which replies count, and against what ---- */

/* A reply in time that has a target, and that the laboratory's own kit could have answered. */
static const zp_group *group_of(const zp_run *run, const zp_measurand *m, size_t i)
{
	const zp_round *r = run->round;
	const zp_reason reason = (zp_reason)run->judgement.reason[i];
	if (r->state[i] != ZP_RETURNED || r->kind[i] == ZP_NOTHING || run->judgement.group[i] == ZP_NO_GROUP ||
	    reason == ZP_REASON_BELOW_LOD || reason == ZP_REASON_OFF_STRIP || reason == ZP_REASON_LAB_SAMPLE_OUT)
		return NULL;
	const zp_group *g = &run->groups[run->judgement.group[i]];
	const bool target = m->scale ? g->has_answer : g->negative || g->has_x_pt;
	return g->ungradable == ZP_REASON_NONE && target ? g : NULL;
}

/* Of two medians the one that is nearer, the lower where they are as near. */
static int64_t nearer(const zp_elected *target, int64_t answer)
{
	return answer - target->low <= target->high - answer ? target->low : target->high;
}

static void pair_answer(const zp_choices *c, const zp_scale *scale, const zp_group *g, int64_t answer, pair *out)
{
	out->answer = answer;
	out->expected = zp_scale_is_ordered(scale) ? nearer(&g->elected, answer) : g->elected.low;
	out->same = out->answer == out->expected;
	out->expects = (uint8_t)zp_scale_side(scale, out->expected);
	out->says = (uint8_t)zp_scale_side(scale, answer);
	if (out->says == ZP_SIDE_GREY)
		out->says = (uint8_t)zp_run_grey_side(c, scale);
}

/* Nothing found is 0, anything found is 1. */
static void pair_found(const zp_group *g, zp_kind kind, pair *out)
{
	out->answer = kind != ZP_UNDETECTED && kind != ZP_BELOW;
	out->expected = !g->negative;
	out->same = out->answer == out->expected;
	out->expects = out->expected ? ZP_SIDE_POSITIVE : ZP_SIDE_NEGATIVE;
	out->says = out->answer ? ZP_SIDE_POSITIVE : ZP_SIDE_NEGATIVE;
}

static void collect(pairs *all, const zp_takers *takers, size_t p, size_t m)
{
	const zp_run *run = all->run;
	const size_t n_samples = all->programme->n_samples;
	for (uint32_t t = takers->first[p]; t < takers->first[p + 1]; t++) {
		const zp_enrolment *e = &run->roster->enrolments[takers->of[t]];
		const size_t k = zp_declared_at(e, m);
		for (size_t s = 0; s < n_samples && k != SIZE_MAX; s++) {
			const size_t i = e->first_cell + k * n_samples + s;
			const zp_group *g = group_of(run, all->measurand, i);
			if (!g)
				continue;
			pair *out = &all->at[all->n++];
			*out = (pair){ .lab = e->lab, .peers = run->round->peers[i], .sample = (uint32_t)s };
			if (all->measurand->scale)
				pair_answer(&all->programme->scheme->choices, all->measurand->scale, g, zp_round_value(run->round, i).m, out);
			else
				pair_found(g, (zp_kind)run->round->kind[i], out);
		}
	}
}

/* ---- the categories ---- */

static int by_value(const void *pa, const void *pb)
{
	const int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
	return (a > b) - (a < b);
}

/* Grades keep their distances; those beyond the least and the greatest that occur add nothing to kappa. */
static size_t number_grades(pairs *all)
{
	int64_t least = INT64_MAX, most = INT64_MIN;
	for (size_t i = 0; i < all->n; i++) {
		const pair *p = &all->at[i];
		least = p->expected < least ? p->expected : least, least = p->answer < least ? p->answer : least;
		most = p->expected > most ? p->expected : most, most = p->answer > most ? p->answer : most;
	}
	for (size_t i = 0; i < all->n; i++)
		all->at[i].expected -= least, all->at[i].answer -= least;
	return (size_t)(most - least) + 1;
}

static int64_t place_of(const int64_t *values, size_t n, int64_t value)
{
	const int64_t *found = bsearch(&value, values, n, sizeof value, by_value);
	return found ? found - values : (int64_t)n;
}

/* Answers that nobody should have given are one category: apart they would give the same kappa, since chance agreement and
 * its error rest on the products of what was expected and replied. There may be as many of them as there are replies. */
static size_t number_names(pairs *all, zp_arena *arena)
{
	int64_t *values = zp_take(arena, int64_t, all->n);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		values[i] = all->at[i].expected;
	qsort(values, all->n, sizeof *values, by_value);
	for (size_t i = 0; i < all->n; i++)
		if (n == 0 || values[n - 1] != values[i])
			values[n++] = values[i];
	for (size_t i = 0; i < all->n; i++) {
		all->at[i].expected = place_of(values, n, all->at[i].expected);
		all->at[i].answer = place_of(values, n, all->at[i].answer);
	}
	return n + 1;
}

/* ---- a row ---- */

static char *put_share(char *p, size_t k, size_t n)
{
	double low, high;
	zp_share_interval(k, n, LEVEL, &low, &high);
	p = zp_put_share(p, k, n, SHARE_PLACES), *p++ = ',';
	p = zp_put_fixed(p, 100 * low, SHARE_PLACES), *p++ = ',';
	return zp_put_fixed(p, 100 * high, SHARE_PLACES);
}

static zp_agreed agreed_of(pairs *all, size_t n)
{
	const bool linear = all->measurand->scale && zp_scale_is_ordered(all->measurand->scale);
	zp_agreed a = { .n = n, .linear = linear };
	bool differ = false; /* with one expected answer there is no agreement beyond chance to be seen */
	memset(all->table, 0, all->n_categories * all->n_categories * sizeof *all->table);
	for (size_t i = 0; i < n; i++) {
		const pair *p = &all->at[all->chosen[i]];
		const bool positive = p->expects == ZP_SIDE_POSITIVE, negative = p->expects == ZP_SIDE_NEGATIVE;
		a.labs += i == 0 || p->lab != all->at[all->chosen[i - 1]].lab;
		a.same += p->same;
		differ |= p->expected != all->at[all->chosen[0]].expected;
		all->table[(size_t)p->expected * all->n_categories + (size_t)p->answer]++;
		a.seen.true_positive += positive && p->says == ZP_SIDE_POSITIVE;
		a.seen.false_negative += positive && p->says == ZP_SIDE_NEGATIVE;
		a.seen.false_positive += negative && p->says == ZP_SIDE_POSITIVE;
		a.seen.true_negative += negative && p->says == ZP_SIDE_NEGATIVE;
		a.equivocal += (positive || negative) && p->says != ZP_SIDE_POSITIVE && p->says != ZP_SIDE_NEGATIVE;
	}
	const zp_kappa kappa = zp_kappa_of(all->table, all->n_categories, linear ? ZP_CREDIT_LINEAR : ZP_CREDIT_EQUAL, all->work);
	a.kappa = differ ? kappa.kappa : ZP_NONE;
	a.kappa_se = differ ? kappa.se : ZP_NONE;
	return a;
}

static void put_row(pairs *all, const char *key, zp_text name, size_t n)
{
	const zp_agreed a = agreed_of(all, n);
	const size_t positives = a.seen.true_positive + a.seen.false_negative, negatives = a.seen.true_negative + a.seen.false_positive;
	const size_t counts[] = { positives, a.seen.false_negative, negatives, a.seen.false_positive, a.equivocal };
	char *p = zp_piece_room(all->piece, 1024 + 2 * (strlen(all->programme->code) + strlen(all->measurand->code) + name.n)), *from = p;
	p = zp_put_text(p, zp_text_of(all->programme->code)), *p++ = ',';
	p = zp_put_text(p, zp_text_of(all->measurand->code)), *p++ = ',';
	p = zp_put_word(p, key), *p++ = ',';
	p = zp_put_text(p, name), *p++ = ',';
	p = zp_put_count(p, a.labs), *p++ = ',';
	p = zp_put_count(p, n), *p++ = ',';
	p = zp_put_count(p, a.same), *p++ = ',';
	p = zp_put_share(p, a.same, n, SHARE_PLACES), *p++ = ',';
	p = zp_put_word(p, a.linear ? "linear," : "equal,");
	p = zp_put_fixed(p, a.kappa, KAPPA_PLACES), *p++ = ',';
	p = zp_put_fixed(p, a.kappa_se, KAPPA_PLACES), *p++ = ',';
	for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
		p = zp_put_count(p, counts[k]), *p++ = ',';
	p = put_share(p, a.seen.true_positive, positives), *p++ = ',';
	p = put_share(p, a.seen.true_negative, negatives), *p++ = '\n';
	all->piece->n += (size_t)(p - from);
}

/* ---- the rows of a measurand ---- */

static void choose_all(pairs *all)
{
	for (size_t i = 0; i < all->n; i++)
		all->chosen[i] = (uint32_t)i;
}

/* One row for each name of the key; those who sent none are in no row. */
static void put_by_key(pairs *all, const writing *w, int key, zp_arena *arena)
{
	const zp_names *names = all->run->peers->names[key];
	const size_t n_names = zp_names_count(names);
	uint32_t *end = zp_take(arena, uint32_t, n_names + 1), *of = zp_take(arena, uint32_t, all->n);
	for (size_t i = 0; i < all->n; i++)
		end[w->rank[key][all->run->peers->tuples[all->at[i].peers][key]] + 1]++;
	for (size_t k = 1; k <= n_names; k++)
		end[k] += end[k - 1];
	for (size_t i = 0; i < all->n; i++)
		of[end[w->rank[key][all->run->peers->tuples[all->at[i].peers][key]]]++] = (uint32_t)i;
	uint32_t *const everybody = all->chosen;
	for (size_t k = 1; k < n_names; k++) { /* end[k] is where name k ends now */
		all->chosen = of + end[k - 1];
		if (end[k] > end[k - 1])
			put_row(all, zp_peer_key_word(key), zp_names_at(names, w->by_name[key][k]), end[k] - end[k - 1]);
	}
	all->chosen = everybody;
}

/* One row for each strength, in the order of the samples. */
static void put_by_strength(pairs *all)
{
	const char *const *strengths = all->programme->strengths;
	for (size_t s = 0; s < all->programme->n_samples; s++) {
		bool said = !*strengths[s];
		size_t n = 0;
		for (size_t before = 0; before < s; before++)
			said |= strcmp(strengths[before], strengths[s]) == 0;
		if (said)
			continue;
		for (size_t i = 0; i < all->n; i++)
			if (strcmp(strengths[all->at[i].sample], strengths[s]) == 0)
				all->chosen[n++] = (uint32_t)i;
		if (n)
			put_row(all, "strength", zp_text_of(strengths[s]), n);
	}
}

/* The pairs of a measurand, with room for what is made of them; n 0: there are none. */
static pairs pairs_of(const zp_run *run, const zp_takers *takers, size_t p, size_t m, zp_arena *arena)
{
	const zp_programme *programme = &run->book->plan->programmes[p];
	const size_t most = (takers->first[p + 1] - takers->first[p]) * programme->n_samples;
	pairs all = { .run = run, .programme = programme, .measurand = &programme->scheme->measurands[m],
		      .at = zp_take(arena, pair, most + 1), .chosen = zp_take(arena, uint32_t, most + 1) };
	collect(&all, takers, p, m);
	if (!all.n)
		return all;
	const bool ordered = all.measurand->scale && zp_scale_is_ordered(all.measurand->scale);
	all.n_categories = ordered ? number_grades(&all) : number_names(&all, arena);
	all.table = zp_take(arena, size_t, all.n_categories * all.n_categories);
	all.work = zp_take(arena, double, 4 * all.n_categories);
	choose_all(&all);
	return all;
}

zp_agreed zp_agreement_of(const zp_run *run, const zp_takers *takers, size_t p, size_t m)
{
	zp_arena *arena = zp_arena_open();
	pairs all = pairs_of(run, takers, p, m, arena);
	const zp_agreed a = all.n ? agreed_of(&all, all.n) : (zp_agreed){ .kappa = ZP_NONE, .kappa_se = ZP_NONE };
	zp_arena_close(arena);
	return a;
}

static void write_measurand(const writing *w, size_t p, size_t m, zp_piece *piece)
{
	zp_arena *arena = zp_arena_open();
	pairs all = pairs_of(w->run, &w->takers, p, m, arena);
	all.piece = piece;
	if (all.n) {
		put_row(&all, "*", ZP_TEXT("*"), all.n);
		for (int key = 0; key < ZP_PEER_KEYS; key++)
			put_by_key(&all, w, key, arena);
		put_by_strength(&all);
	}
	zp_arena_close(arena);
}

/* ---- the table ---- */

/* A piece is a measurand; the first one holds the header alone. */
static void write_agreement(void *context, size_t piece_number, zp_piece *piece)
{
	const writing *w = context;
	const zp_plan *plan = w->run->book->plan;
	size_t p = 0;
	if (piece_number == 0) {
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"programme,measurand,key,name,labs,n,agreed,agreement,weights,kappa,kappa_se,positives,false_negative,negatives,false_positive,"
			"equivocal,sensitivity,sensitivity_low,sensitivity_high,specificity,specificity_low,specificity_high\n") - piece->bytes);
		return;
	}
	while (piece_number - 1 >= w->first_measurand[p + 1])
		p++;
	const size_t m = piece_number - 1 - w->first_measurand[p];
	if (zp_is_answered(&plan->programmes[p].scheme->measurands[m]))
		write_measurand(w, p, m, piece);
}

typedef struct named { zp_text name; uint32_t number; } named;

static int by_bytes(const void *pa, const void *pb)
{
	const named *a = pa, *b = pb;
	return strcmp(a->name.p, b->name.p);
}

static void order_names(zp_run *run, writing *w, int key)
{
	const zp_names *names = run->peers->names[key];
	const uint32_t n = zp_names_count(names);
	named *sorted = zp_take(run->arena, named, n + 1);
	uint32_t *by_name = zp_take(run->arena, uint32_t, n + 1), *rank = zp_take(run->arena, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = (named){ zp_names_at(names, i), i };
	qsort(sorted, n, sizeof *sorted, by_bytes);
	for (uint32_t i = 0; i < n; i++)
		by_name[i] = sorted[i].number, rank[sorted[i].number] = i;
	w->by_name[key] = by_name;
	w->rank[key] = rank;
}

bool zp_agreement_write(zp_run *run, zp_press *press, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	writing w = { .run = run, .takers = zp_takers_of(run) };
	uint32_t *first = zp_take(run->arena, uint32_t, plan->n_programmes + 1);
	bool any = false;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_scheme *scheme = plan->programmes[p].scheme;
		first[p + 1] = first[p] + (uint32_t)scheme->n_measurands;
		for (size_t m = 0; m < scheme->n_measurands; m++)
			any |= zp_is_answered(&scheme->measurands[m]);
	}
	w.first_measurand = first;
	for (int key = 0; key < ZP_PEER_KEYS && any; key++)
		order_names(run, &w, key);
	return !any || zp_press_pieces(press, "agreement.csv", run->threads, 1 + first[plan->n_programmes], write_agreement, &w, err);
}
