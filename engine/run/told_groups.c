/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same for all laboratories of a group or a sample: worked out when the first of them needs it. */
#include <stdlib.h>
#include "run/lines.h"
#include "run/told.h"
#include "stats/order.h"
#include "stats/robust.h"
#include "stats/youden.h"

#define CLASSES_MOST 24
#define FAR_SPREADS 5      /* so many robust SD from the median a value is in no ellipse */
#define GRID_SPREADS 4     /* and so far the grid reaches, and the limits */
#define MADE 1.4826
#define MEDIAN_FACTOR 1.253 /* of the standard error of a median over that of a mean */
#define WHISKER 1.5       /* Tukey's */
#define ELLIPSE_SHARE 0.95
#define ELLIPSE_LEAST 12

static const zp_choices *choices_at(const zp_item *item) { return &item->programme->scheme->choices; }

static double step_of(const zp_measurand *m) { return zp_decimal_double((zp_decimal){ 1, (int8_t)-m->places }); }

zp_told_span zp_told_span_of(const zp_group *g, bool bounds)
{
	zp_told_span out = { ZP_NONE, ZP_NONE, ZP_NONE };
	if (!g->has_x_pt || g->negative)
		return out;
	out.x_pt = zp_decimal_double(g->x_pt);
	if (bounds && g->ungradable == ZP_REASON_NONE)
		out.low = out.x_pt - g->delta_e, out.high = out.x_pt + g->delta_e;
	return out;
}

/* ---- classes ---- */

static zp_crowd *make_crowd(zp_told *told, uint32_t group)
{
	const zp_group *g = &told->run->groups[group];
	const zp_told_item *values = &told->items[g->item];
	const zp_item item = zp_run_item_at(told->run, g->item);
	const zp_rung_keys *keys = zp_told_keys_of(told, g, &item);
	const bool pooled = zp_told_is_pooled(told, group, keys);
	zp_arena *scratch = zp_arena_open();
	double *peers = zp_take(scratch, double, values->n + 1);
	zp_crowd *crowd = zp_take(told->keep, zp_crowd, 1);
	crowd->n_all = values->n;
	for (uint32_t i = 0; i < values->n; i++)
		if (zp_told_is_peer(told, group, keys, pooled, values->cell[i]))
			peers[crowd->n++] = values->x[i];
	if (crowd->n < choices_at(&item)->show_least)
		crowd->n = 0;
	crowd->others_few = crowd->n && crowd->n < crowd->n_all && crowd->n_all - crowd->n < choices_at(&item)->show_least;
	const bool bounds = crowd->n && g->ungradable == ZP_REASON_NONE && g->has_x_pt;
	const double x_pt = bounds ? zp_decimal_double(g->x_pt) : ZP_NONE;
	const double low = bounds ? x_pt - g->delta_e : ZP_NONE, high = bounds ? x_pt + g->delta_e : ZP_NONE, step = step_of(item.measurand);
	crowd->bins = zp_bins_of(told->keep, values->x, values->n, peers, crowd->n, step, low, high, CLASSES_MOST);
	if (crowd->others_few)
		crowd->alone = zp_bins_of(told->keep, peers, crowd->n, peers, crowd->n, step, low, high, CLASSES_MOST);
	zp_arena_close(scratch);
	return crowd;
}

const zp_crowd *zp_told_crowd(zp_told *told, uint32_t group)
{
	if (!told->crowds[group])
		told->crowds[group] = make_crowd(told, group);
	return told->crowds[group];
}

/* ---- those of other groups ---- */

zp_told_others zp_told_others_of(zp_told *told, uint32_t group)
{
	if (told->others[group])
		return *told->others[group];
	const zp_group *g = &told->run->groups[group];
	const zp_told_item *values = &told->items[g->item];
	const zp_item item = zp_run_item_at(told->run, g->item);
	const zp_rung_keys *keys = zp_told_keys_of(told, g, &item);
	const bool pooled = zp_told_is_pooled(told, group, keys);
	zp_told_others *out = zp_take(told->keep, zp_told_others, 1);
	zp_arena *scratch = zp_arena_open();
	double *x = zp_take(scratch, double, values->n + 1);
	for (uint32_t i = 0; i < values->n; i++)
		if (!zp_told_is_peer(told, group, keys, pooled, values->cell[i]))
			x[out->n++] = values->x[i];
	out->median = zp_median(x, out->n);
	out->u = out->n ? MEDIAN_FACTOR * MADE * zp_median_deviation(x, out->n, out->median) / sqrt(out->n) : ZP_NONE;
	zp_arena_close(scratch);
	told->others[group] = out;
	return *out;
}

/* ---- two samples ---- */

bool zp_told_two_samples(const zp_told *told, const zp_item *item, size_t *a, size_t *b)
{
	const uint32_t first = item->programme->first_item + (uint32_t)(item->m * item->programme->n_samples);
	double nearest = INFINITY;
	for (size_t i = 0; i < item->programme->n_samples; i++)
		for (size_t k = i + 1; k < item->programme->n_samples; k++) {
			const zp_told_item *one = &told->items[first + i], *two = &told->items[first + k];
			const double x = zp_median(one->x, one->n), y = zp_median(two->x, two->n), size = fabs(x) + fabs(y);
			const double apart = size > 0 ? fabs(x - y) / size : 0;
			if (!one->n || !two->n || !(apart < nearest))
				continue;
			nearest = apart;
			*a = i, *b = k;
		}
	return isfinite(nearest);
}

typedef struct axis { double middle, spread, from, width; } axis;

/* From the values alone and the limits of the group: the grid is the same for all its laboratories. */
static axis axis_of(const double *sorted, size_t n, const zp_group *g, double step)
{
	axis out = { .middle = zp_median(sorted, n) };
	out.spread = fmax(MADE * zp_median_deviation(sorted, n, out.middle), step / 2);
	double low = out.middle - GRID_SPREADS * out.spread, high = out.middle + GRID_SPREADS * out.spread;
	if (g->ungradable == ZP_REASON_NONE && g->has_x_pt) {
		const double x_pt = zp_decimal_double(g->x_pt);
		low = fmin(low, x_pt - 1.1 * g->delta_e);
		high = fmax(high, x_pt + 1.1 * g->delta_e);
	}
	/* whole steps, so that every cell holds as many values that can be reported */
	const double width = fmax(1, ceil((high - low) / ZP_YOUDEN_CELLS / step)) * step;
	out.width = width;
	out.from = floor((out.middle - width * ZP_YOUDEN_CELLS / 2) / step) * step - step / 2;
	return out;
}

static int cell_at(const axis *at, double x)
{
	const double i = floor((x - at->from) / at->width);
	return i >= 0 && i < ZP_YOUDEN_CELLS ? (int)i : -1;
}

static bool is_near(const axis *at, double x) { return fabs(x - at->middle) <= FAR_SPREADS * at->spread; }

static void fit_ellipse(zp_pair_crowd *pair, const axis *at_a, const axis *at_b, const double *a, const double *b, size_t n, zp_arena *scratch)
{
	double *near_a = zp_take(scratch, double, n + 1), *near_b = zp_take(scratch, double, n + 1);
	size_t near = 0;
	for (size_t i = 0; i < n; i++)
		if (is_near(at_a, a[i]) && is_near(at_b, b[i])) {
			near_a[near] = a[i];
			near_b[near++] = b[i];
		}
	if (near < ELLIPSE_LEAST)
		return;
	const zp_youden y = zp_youden_of(near_a, near_b, near, zp_take(scratch, double, 4 * near), zp_take(scratch, uint32_t, near),
					 zp_take(scratch, zp_sort_pair, 2 * near));
	const zp_ellipse e = zp_ellipse_of(&y, ELLIPSE_SHARE);
	pair->centre_a = y.mean_a, pair->centre_b = y.mean_b;
	pair->semi_major = e.semi_major, pair->semi_minor = e.semi_minor, pair->angle = e.angle;
}

/* Those of group a who have a value in b as well, and are of group b there. */
static size_t collect_pairs(zp_told *told, uint32_t group_a, uint32_t group_b, double *a, double *b)
{
	const zp_run *run = told->run;
	const zp_group *ga = &run->groups[group_a], *gb = &run->groups[group_b];
	const zp_item item = zp_run_item_at(run, ga->item), other = zp_run_item_at(run, gb->item);
	const zp_told_item *values = &told->items[ga->item];
	const zp_rung_keys *keys_a = zp_told_keys_of(told, ga, &item), *keys_b = zp_told_keys_of(told, gb, &other);
	const bool pooled_a = zp_told_is_pooled(told, group_a, keys_a), pooled_b = zp_told_is_pooled(told, group_b, keys_b);
	const uint32_t on = (uint32_t)(other.s - item.s); /* cells of a measurand stand beside each other; b is the later sample */
	size_t n = 0;
	for (uint32_t i = 0; i < values->n; i++) {
		const uint32_t cell = values->cell[i], beside = cell + on;
		if (!zp_told_takes_part(run, beside) || !zp_told_is_peer(told, group_a, keys_a, pooled_a, cell) || !zp_told_is_peer(told, group_b, keys_b, pooled_b, beside))
			continue;
		a[n] = values->x[i];
		b[n++] = zp_decimal_double(zp_round_value(run->round, beside));
	}
	return n;
}

static zp_pair_crowd *make_pair(zp_told *told, uint32_t group_a, uint32_t group_b)
{
	const zp_run *run = told->run;
	const zp_item item = zp_run_item_at(run, run->groups[group_a].item);
	zp_arena *scratch = zp_arena_open();
	const uint32_t room = told->items[run->groups[group_a].item].n + 1;
	double *a = zp_take(scratch, double, room), *b = zp_take(scratch, double, room), *sorted = zp_take(scratch, double, room);
	uint64_t *work = zp_take(scratch, uint64_t, 2 * room);
	zp_pair_crowd *pair = zp_take(told->keep, zp_pair_crowd, 1);
	*pair = (zp_pair_crowd){ .a = group_a, .b = group_b, .centre_a = ZP_NONE, .centre_b = ZP_NONE, .semi_major = ZP_NONE, .semi_minor = ZP_NONE, .angle = ZP_NONE };
	const size_t n = collect_pairs(told, group_a, group_b, a, b);
	if (n >= choices_at(&item)->show_least) {
		const axis at_a = axis_of(a, n, &run->groups[group_a], step_of(item.measurand)); /* ascending as they are */
		memcpy(sorted, b, n * sizeof *b);
		zp_sort(sorted, n, work);
		const axis at_b = axis_of(sorted, n, &run->groups[group_b], step_of(item.measurand));
		pair->n = (uint32_t)n;
		pair->cells.from_a = at_a.from, pair->cells.width_a = at_a.width;
		pair->cells.from_b = at_b.from, pair->cells.width_b = at_b.width;
		for (size_t i = 0; i < n; i++) {
			const int x = cell_at(&at_a, a[i]), y = cell_at(&at_b, b[i]);
			if (x < 0 || y < 0)
				pair->cells.outside++;
			else if (pair->cells.counts[y][x] < UINT16_MAX)
				pair->cells.counts[y][x]++;
		}
		fit_ellipse(pair, &at_a, &at_b, a, b, n, scratch);
	}
	zp_arena_close(scratch);
	return pair;
}

const zp_pair_crowd *zp_told_pair(zp_told *told, uint32_t group_a, uint32_t group_b)
{
	zp_pair_crowd *pair = told->pairs[group_a];
	while (pair && pair->b != group_b)
		pair = pair->next;
	if (!pair) {
		pair = make_pair(told, group_a, group_b);
		pair->next = told->pairs[group_a];
		told->pairs[group_a] = pair;
	}
	return pair;
}

/* ---- methods ---- */

/* The lowest rung that tells peers apart. */
static const zp_rung_keys *finest(zp_told *told, const zp_item *item, size_t *rung)
{
	for (*rung = 0; *rung < item->measurand->n_rungs; ++*rung)
		if (item->measurand->rungs[*rung].keys)
			return zp_rungs_find(told->rungs, item->measurand, choices_at(item), *rung);
	return NULL;
}

static const char *key_name(const zp_told *told, const zp_rung_keys *keys, uint32_t key)
{
	const char *text = "";
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if (keys->mask & 1u << k) {
			const char *name = zp_names_at(told->run->peers->names[k], told->run->peers->tuples[keys->example[key]][k]).p;
			text = zp_arena_print(told->keep, "%s%s%s", text, *text && *name ? " · " : "", name);
		}
	return *text ? text : "–"; /* no words: it stands in tables of two languages */
}

/* The group that was made of this key in the item; NULL where it was too small. */
static const zp_group *group_with(const zp_told *told, uint32_t item, size_t rung, const zp_rung_keys *keys, uint32_t key)
{
	const zp_run *run = told->run;
	for (uint32_t g = run->first_group[item]; g < run->first_group[item + 1]; g++)
		if (run->groups[g].rung == rung && run->groups[g].keys && keys->of[run->groups[g].key] == key)
			return &run->groups[g];
	return NULL;
}

static const char *number(zp_told *told, double v, int places)
{
	char text[400];
	return zp_arena_text(told->keep, text, (size_t)(zp_put_fixed(text, v, places < 0 ? 0 : places > 15 ? 15 : places) - text));
}

typedef struct zp_told_reach { double least, most; } zp_told_reach;

/* The outermost values that lie within so many interquartile ranges of the quartiles. */
static zp_told_reach reach_of(const double *x, uint32_t n, double q1, double q3)
{
	const double most = WHISKER * (q3 - q1);
	uint32_t first = 0, last = n - 1;
	while (first < last && x[first] < q1 - most)
		first++;
	while (last > first && x[last] > q3 + most)
		last--;
	return (zp_told_reach){ x[first], x[last] };
}

/* x: its kept values, ascending. Target and spread are those of its group; where it made none, median and scaled median deviation. */
static zp_told_method method_of(zp_told *told, const zp_item *item, const zp_group *g, const char *name, const double *x, uint32_t n)
{
	const int places = item->measurand->places;
	const bool own_target = g && g->origin == ZP_CONSENSUS && isfinite(g->target.x) && g->n_kept >= choices_at(item)->show_least;
	const double median = zp_median(x, n), centre = own_target ? g->target.x : median;
	const double s = own_target ? g->target.s : MADE * zp_median_deviation(x, n, median);
	const double q1 = zp_quantile(x, n, 0.25), q3 = zp_quantile(x, n, 0.75);
	const zp_told_reach reach = reach_of(x, n, q1, q3);
	zp_told_method out = { .row = { name, n, median, q1, q3, reach.least, reach.most, own_target ? centre : ZP_NONE, false } };
	out.says = (zp_report_peers){ name, item->programme->samples[item->s], zp_arena_print(told->keep, "%u", n), number(told, centre, places + 1),
				      number(told, s, places + 2), number(told, centre > 0 && !item->measurand->log10 ? 100 * s / centre : ZP_NONE, 1), false };
	return out;
}

static int by_name(const void *pa, const void *pb)
{
	const zp_told_method *a = pa, *b = pb;
	const int order = strcmp(a->row.name, b->row.name);
	return order ? order : (a->key > b->key) - (a->key < b->key);
}

/* Which methods are shown: those with many values. The mean of everybody is told as well, with how many they are; so where the others are few
 * together the smallest method is left out with them, else they would be the difference. Gives: how many are shown. */
static size_t choose_shown(const uint32_t *count, uint32_t n, uint32_t kept, uint32_t least, bool *shown)
{
	uint32_t hidden = kept, smallest = UINT32_MAX;
	size_t n_shown = 0;
	for (uint32_t k = 0; k < n; k++) {
		shown[k] = count[k] >= least;
		if (!shown[k])
			continue;
		n_shown++;
		hidden -= count[k];
		smallest = smallest == UINT32_MAX || count[k] < count[smallest] ? k : smallest;
	}
	if (!n_shown || !hidden || hidden >= least)
		return n_shown;
	shown[smallest] = false;
	return n_shown - 1;
}

static zp_told_methods *make_methods(zp_told *told, uint32_t which)
{
	const zp_item item = zp_run_item_at(told->run, which);
	const zp_told_item *values = &told->items[which];
	zp_told_methods *out = zp_take(told->keep, zp_told_methods, 1);
	size_t rung = 0;
	out->keys = finest(told, &item, &rung);
	if (!out->keys)
		return out;
	const zp_rung_keys *keys = out->keys;
	zp_arena *scratch = zp_arena_open();
	uint32_t *count = zp_take(scratch, uint32_t, keys->n + 1), *at = zp_take(scratch, uint32_t, keys->n + 1);
	double *x = zp_take(scratch, double, values->n + 1);
	bool *shown = zp_take(scratch, bool, keys->n + 1);
	uint32_t kept = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < values->n; i++) {
			const uint32_t key = keys->of[told->run->round->peers[values->cell[i]]];
			if (told->run->judgement.mark[values->cell[i]] != ZP_KEPT)
				continue;
			kept += !pass;
			if (key == ZP_NO_NAME)
				continue;
			if (pass)
				x[at[key]++] = values->x[i];
			else
				count[key]++;
		}
		for (uint32_t k = 0, sum = 0; k < keys->n && !pass; sum += count[k++])
			at[k] = sum;
	}
	zp_told_method *methods = zp_take(told->keep, zp_told_method, choose_shown(count, keys->n, kept, choices_at(&item)->show_least, shown) + 1);
	for (uint32_t k = 0; k < keys->n; k++) {
		if (!shown[k])
			continue;
		methods[out->n] = method_of(told, &item, group_with(told, which, rung, keys, k), key_name(told, keys, k), x + at[k] - count[k], count[k]);
		methods[out->n++].key = k;
	}
	qsort(methods, out->n, sizeof *methods, by_name);
	out->at = methods;
	zp_arena_close(scratch);
	return out;
}

const zp_told_methods *zp_told_methods_of(zp_told *told, uint32_t item)
{
	if (!told->methods[item])
		told->methods[item] = make_methods(told, item);
	return told->methods[item];
}
