/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows among their peers: SDI and the ratio of CVs (docs/methods/iqc.md). */
#include <math.h>
#include <stdlib.h>
#include "book/units.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/robust.h"
#include "year/iqc_parts.h"

#define FEWEST 2 /* for a standard deviation among laboratories, whatever the rules say */

/* A row on its way into a group. */
typedef struct member {
	const zp_iqc_row *row;
	const char *unit; /* as far as it tells units apart */
	uint32_t at;
} member;

/* Order of groups; the rules are the same for all, and qsort hands nothing on. */
static int by_group(const member *a, const member *b, int by)
{
	const zp_iqc_row *x = a->row, *y = b->row;
	const char *const texts[][2] = { { x->specimen, y->specimen }, { x->item_code, y->item_code }, { a->unit, b->unit }, { x->level, y->level },
		{ x->lot, y->lot }, { by >= ZP_IQC_BY_METHOD ? x->method : "", by >= ZP_IQC_BY_METHOD ? y->method : "" },
		{ by >= ZP_IQC_BY_INSTRUMENT ? x->instrument : "", by >= ZP_IQC_BY_INSTRUMENT ? y->instrument : "" } };
	int order = x->month < y->month ? -1 : x->month > y->month;
	for (size_t i = 0; i < sizeof texts / sizeof *texts && !order; i++)
		order = strcmp(texts[i][0], texts[i][1]);
	return order;
}

static int then(int order, const member *x, const member *y) { return order ? order : (x->at > y->at) - (x->at < y->at); }
static int by_lot(const void *a, const void *b) { return then(by_group(a, b, ZP_IQC_BY_LOT), a, b); }
static int by_method(const void *a, const void *b) { return then(by_group(a, b, ZP_IQC_BY_METHOD), a, b); }
static int by_instrument(const void *a, const void *b) { return then(by_group(a, b, ZP_IQC_BY_INSTRUMENT), a, b); }

/* What a laboratory is among the others: its rows' mean, and the CV whose square is the mean of theirs. */
typedef struct field {
	double *mean, *cv; /* of laboratories */
	size_t n, n_cv;
	double *work;
	uint64_t *keys;
} field;

static void gather(const member *m, size_t n, field *f)
{
	f->n = f->n_cv = 0;
	for (size_t i = 0, next; i < n; i = next) { /* rows of a laboratory stand side by side */
		zp_sum mean = { 0 }, square = { 0 };
		size_t cvs = 0;
		for (next = i; next < n && m[next].row->lab == m[i].row->lab; next++) {
			const zp_iqc_row *row = m[next].row;
			zp_sum_add(&mean, zp_decimal_double(row->mean));
			if (zp_iqc_has_cv(row)) {
				const double cv = zp_iqc_cv(row);
				zp_sum_add(&square, cv * cv);
				cvs++;
			}
		}
		f->mean[f->n++] = zp_sum_value(&mean) / (double)(next - i);
		if (cvs)
			f->cv[f->n_cv++] = sqrt(zp_sum_value(&square) / (double)cvs);
	}
}

/* Variance within a row; NAN where it has none. */
static double variance_of(const zp_iqc_row *row)
{
	const double sd = row->has_sd ? zp_decimal_double(row->sd) : row->has_cv ? zp_iqc_cv(row) * fabs(zp_decimal_double(row->mean)) / 100 : NAN;
	return sd * sd;
}

/* Mean and SD of all single values, put together again from the rows that have an SD. */
static zp_moments of_values(const member *m, size_t n)
{
	zp_sum sum = { 0 }, square = { 0 }, values = { 0 };
	for (size_t i = 0; i < n; i++)
		if (!isnan(variance_of(m[i].row))) {
			zp_sum_add(&sum, m[i].row->n * zp_decimal_double(m[i].row->mean));
			zp_sum_add(&values, m[i].row->n);
		}
	const double count = zp_sum_value(&values), mean = zp_sum_value(&sum) / count;
	for (size_t i = 0; i < n; i++)
		if (!isnan(variance_of(m[i].row))) {
			const double d = zp_decimal_double(m[i].row->mean) - mean;
			zp_sum_add(&square, (m[i].row->n - 1) * variance_of(m[i].row) + m[i].row->n * d * d);
		}
	return count > 1 ? (zp_moments){ mean, sqrt(zp_sum_value(&square) / (count - 1)) } : (zp_moments){ NAN, NAN };
}

static double pooled_cv(const member *m, size_t n)
{
	zp_sum square = { 0 }, degrees = { 0 };
	for (size_t i = 0; i < n; i++)
		if (zp_iqc_has_cv(m[i].row) && m[i].row->n > 1) {
			const double cv = zp_iqc_cv(m[i].row);
			zp_sum_add(&square, (m[i].row->n - 1) * cv * cv);
			zp_sum_add(&degrees, m[i].row->n - 1);
		}
	return sqrt(zp_sum_value(&square) / zp_sum_value(&degrees));
}

static double cv_of(const member *m, size_t n, const field *f, int ratio)
{
	if (ratio == ZP_IQC_TO_MEDIAN)
		return zp_median(f->cv, f->n_cv);
	if (ratio == ZP_IQC_TO_POOLED)
		return pooled_cv(m, n);
	const zp_moments all = of_values(m, n);
	return 100 * all.sd / fabs(all.mean);
}

/* Needs: means and CVs of the field in order. */
static zp_moments mean_of(const member *m, size_t n, const field *f, const zp_year_rules *rules)
{
	if (rules->iqc_all_values)
		return of_values(m, n);
	if (rules->iqc_plain)
		return zp_moments_of(f->mean, f->n);
	const zp_robust a = zp_algorithm_a(f->mean, f->n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 }, f->work);
	return (zp_moments){ a.x, a.s };
}

static zp_iqc_group compare(const member *m, size_t n, field *f, const zp_year_rules *rules)
{
	const size_t shown = rules->publish_least > FEWEST ? (size_t)rules->publish_least : FEWEST;
	gather(m, n, f);
	zp_iqc_group g = { .first = m[0].at, .n = (uint32_t)f->n, .n_cv = (uint32_t)f->n_cv, .mean = NAN, .sd = NAN, .cv = NAN,
		.shown = f->n >= shown, .informative = f->n < (size_t)rules->iqc_least };
	if (!g.shown)
		return g;
	zp_sort(f->mean, f->n, f->keys);
	zp_sort(f->cv, f->n_cv, f->keys);
	const zp_moments at = mean_of(m, n, f, rules);
	g.mean = at.mean;
	g.sd = at.sd;
	if (f->n_cv >= shown)
		g.cv = cv_of(m, n, f, rules->iqc_ratio);
	return g;
}

static void place_rows(const member *m, size_t n, const zp_iqc_group *g, uint32_t group, zp_iqc_place *places)
{
	for (size_t i = 0; i < n; i++) {
		zp_iqc_place *p = &places[m[i].at];
		p->group = group;
		p->has_sdi = g->sd > 0;
		p->has_cvr = g->cv > 0 && zp_iqc_has_cv(m[i].row);
		if (p->has_sdi)
			p->sdi = (zp_decimal_double(m[i].row->mean) - g->mean) / g->sd;
		if (p->has_cvr)
			p->cvr = zp_iqc_cv(m[i].row) / g->cv;
	}
}

/* What a unit is when typing does not count: "mmol / L" is "mmol/L". */
static const char *unit_key(zp_names *units, const char *unit)
{
	char key[2 * ZP_UNIT_BYTES];
	const size_t n = zp_unit_key(zp_text_of(unit), key);
	return zp_names_at(units, zp_names_add(units, n ? (zp_text){ key, n } : zp_text_of(unit))).p;
}

void zp_iqc_compare(zp_arena *arena, zp_iqc *iqc)
{
	static int (*const order[])(const void *, const void *) = { by_lot, by_method, by_instrument };
	const int by = iqc->rules->iqc_by;
	zp_names *units = zp_names_take(arena);
	member *m = zp_take(arena, member, iqc->n + 1);
	zp_iqc_place *places = zp_take(arena, zp_iqc_place, iqc->n + 1);
	size_t n = 0, room = 0;
	for (size_t i = 0; i < iqc->n; i++) {
		places[i].group = ZP_NO_GROUP_OF_IQC;
		if (*iqc->rows[i].level && *iqc->rows[i].lot)
			m[n++] = (member){ &iqc->rows[i], unit_key(units, iqc->rows[i].unit), (uint32_t)i };
	}
	qsort(m, n, sizeof *m, order[by]);
	for (size_t i = 0; i < n; i++)
		room += !i || by_group(&m[i - 1], &m[i], by) != 0;
	zp_iqc_group *groups = zp_take(arena, zp_iqc_group, room + 1);
	field f = { zp_take(arena, double, n + 1), zp_take(arena, double, n + 1), 0, 0, zp_take(arena, double, ZP_ALGORITHM_A_WORK(n)),
		zp_take(arena, uint64_t, 2 * n + 1) };
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n && by_group(&m[i], &m[next], by) == 0; next++)
			;
		groups[iqc->n_groups] = compare(m + i, next - i, &f, iqc->rules);
		place_rows(m + i, next - i, &groups[iqc->n_groups], (uint32_t)iqc->n_groups, places);
		iqc->n_groups++;
	}
	iqc->groups = groups;
	iqc->places = places;
}
