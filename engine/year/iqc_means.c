/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the mean in use is the cumulative one: the first values, then the months in control of the three to five that follow
 * (docs/methods/iqc.md). Everything is compared exactly, in whole numbers of a common power of ten. */
#include <stdlib.h>
#include "base/fraction.h"
#include "year/iqc_parts.h"

#define MONTHS_MOST 12

/* One lot of a laboratory, month by month. */
typedef struct run { const zp_iqc *iqc; const uint32_t *at; size_t n; } run;

static const zp_iqc_row *row_of(const run *r, size_t i) { return &r->iqc->rows[r->at[i]]; }

static int by_texts(const zp_iqc_row *x, const zp_iqc_row *y, bool lot_too)
{
	const char *const texts[][2] = { { x->specimen, y->specimen }, { x->item_code, y->item_code }, { x->level, y->level }, { x->unit, y->unit },
		{ x->method, y->method }, { x->instrument, y->instrument }, { x->sent_as, y->sent_as }, { x->lot, y->lot } };
	const size_t n = sizeof texts / sizeof *texts - !lot_too;
	int order = x->lab < y->lab ? -1 : x->lab > y->lab;
	for (size_t i = 0; i < n && !order; i++)
		order = strcmp(texts[i][0], texts[i][1]);
	return order;
}

typedef struct entry { const zp_iqc_row *row; uint32_t at; } entry;

static int by_run(const void *a, const void *b)
{
	const entry *x = a, *y = b;
	const int order = by_texts(x->row, y->row, true);
	return order ? order : x->row->month - y->row->month;
}

/* ---- exact sums ---- */

/* A decimal as a whole number of 10^power. Gives: false when it has no room. */
static bool scaled(zp_decimal d, int power, zp_wide *out)
{
	*out = d.m;
	for (int k = d.e; k > power; k--)
		if (__builtin_mul_overflow(*out, (zp_wide)10, out))
			return false;
	return true;
}

/* A sum of values and how many they are. */
typedef struct sum { zp_wide of; zp_wide n; } sum;

static bool add(sum *s, zp_decimal mean, uint32_t n, int power)
{
	zp_wide value;
	return scaled(mean, power, &value) && !__builtin_mul_overflow(value, (zp_wide)n, &value) && !__builtin_add_overflow(s->of, value, &s->of) &&
		!__builtin_add_overflow(s->n, (zp_wide)n, &s->n);
}

typedef enum verdict { NEAR, FAR, NO_ROOM } verdict;

/* Whether the mean found is the sum's, but for its own rounding and a share (in percent) of the SD. */
static verdict is_near(const zp_iqc_row *row, zp_decimal sd, int percent, sum s, int power)
{
	zp_wide found, off, rounding, share, bound;
	const zp_decimal half = { 5, (int8_t)(row->mean_in_use.e - 1) };
	if (!scaled(row->mean_in_use, power, &found) || !scaled(half, power, &rounding) || !scaled(sd, power, &share) ||
	    __builtin_mul_overflow(found, s.n, &found) || __builtin_sub_overflow(found, s.of, &off))
		return NO_ROOM;
	if (off < 0)
		off = -off;
	if (__builtin_mul_overflow(off, (zp_wide)100, &off) || __builtin_mul_overflow(rounding, (zp_wide)100, &rounding) ||
	    __builtin_mul_overflow(share, (zp_wide)percent, &share) || __builtin_add_overflow(rounding, share, &bound) ||
	    __builtin_mul_overflow(bound, s.n, &bound))
		return NO_ROOM;
	return off <= bound ? NEAR : FAR;
}

/* The SD of the month: as sent, else of its CV. Gives: false when there is none. */
static bool sd_of(const zp_iqc_row *row, zp_decimal *out)
{
	const zp_decimal mean = { row->mean.m < 0 ? -row->mean.m : row->mean.m, row->mean.e }, hundredth = { 1, -2 };
	zp_decimal product;
	*out = row->sd;
	return row->has_sd || (row->has_cv && zp_decimal_times(mean, row->cv, &product) && zp_decimal_times(product, hundredth, out));
}

/* ---- one lot ---- */

/* The smallest power of ten in anything that is compared. */
static int power_of(const run *r)
{
	int power = 0;
	zp_decimal sd;
	for (size_t i = 0; i < r->n; i++) {
		const zp_iqc_row *row = row_of(r, i);
		power = row->mean.e < power ? row->mean.e : power;
		if (row->has_mean_in_use && row->mean_in_use.e - 1 < power)
			power = row->mean_in_use.e - 1;
		if (sd_of(row, &sd) && sd.e < power)
			power = sd.e;
	}
	return power;
}

/* Whether the lot began with its first row: it is said so, or the laboratory sent an earlier month of the level under another lot. */
static bool start_is_known(const run *r, int first_of_level)
{
	const zp_iqc_row *first = row_of(r, 0);
	for (size_t i = 0; i < r->n; i++)
		if (row_of(r, i)->since)
			return row_of(r, i)->since == first->month;
	return r->iqc->rules->iqc_start_assumed || first->month > first_of_level;
}

typedef struct cumulated { sum at[MONTHS_MOST + 1]; size_t n; } cumulated; /* [k]: of the first k months in control */

/* The nearest of the means that the mean in use may be. */
static verdict any_is_near(const zp_iqc_row *row, zp_decimal sd, const cumulated *c, const zp_year_rules *rules, int power)
{
	verdict best = FAR;
	for (size_t k = (size_t)rules->iqc_months_least; k <= c->n && best != NEAR; k++) {
		const verdict v = is_near(row, sd, rules->iqc_tolerance, c->at[k], power);
		best = v == FAR ? best : v;
	}
	return best;
}

/* Test one month against what went before it. Gives: false when nothing can be said. */
static bool doubt_month(const run *r, size_t i, const cumulated *after_first, const cumulated *months, int power, zp_iqc_doubt *out, bool *found)
{
	const zp_year_rules *rules = r->iqc->rules;
	const zp_iqc_row *row = row_of(r, i), *first = row_of(r, 0);
	zp_decimal sd = { 0, 0 };
	const bool has_sd = sd_of(row, &sd);
	const verdict v = any_is_near(row, sd, months, rules, power), w = first->has_mean_in_use ? any_is_near(row, sd, after_first, rules, power) : FAR;
	if ((!has_sd && rules->iqc_tolerance) || v == NO_ROOM || w == NO_ROOM)
		return false;
	*found = v == FAR && w == FAR;
	if (!*found)
		return true;
	const sum s = first->has_mean_in_use ? after_first->at[after_first->n] : months->at[months->n];
	const zp_decimal scale = { 1, (int8_t)power };
	const double expected = (double)s.of / (double)s.n * zp_decimal_double(scale), width = zp_decimal_double(sd);
	*out = (zp_iqc_doubt){ .row = r->at[i], .months = (uint32_t)months->n, .n = (uint32_t)s.n, .expected = expected, .has_sd = has_sd && width > 0,
		.kind = first->has_mean_in_use && zp_decimal_compare(first->mean_in_use, row->mean_in_use) == 0 ? ZP_IQC_FIRST_ALONE : ZP_IQC_NOT_CUMULATIVE };
	if (out->has_sd)
		out->off_sd = (zp_decimal_double(row->mean_in_use) - expected) / width;
	return true;
}

/* The latest month that can be tested decides: who has put it right since is left in peace. */
static bool doubt_run(const run *r, int first_of_level, zp_iqc_doubt *out)
{
	const zp_year_rules *rules = r->iqc->rules;
	const zp_iqc_row *first = row_of(r, 0);
	const int power = power_of(r);
	cumulated after_first = { .n = 0 }, months = { .n = 0 };
	bool found = false;
	if (!start_is_known(r, first_of_level) ||
	    (first->has_mean_in_use && !add(&after_first.at[0], first->mean_in_use, (uint32_t)rules->iqc_first, power)))
		return false;
	for (size_t i = 0; i < r->n; i++) {
		const zp_iqc_row *row = row_of(r, i);
		if (row->month != first->month + (int)i)
			break;
		if (row->has_mean_in_use && months.n >= (size_t)rules->iqc_months_least)
			doubt_month(r, i, &after_first, &months, power, out, &found);
		const zp_iqc_control control = zp_iqc_in_control(row, r->iqc->limits, rules);
		if (control == ZP_IQC_UNKNOWN && months.n < (size_t)rules->iqc_months_most)
			break;
		if (control != ZP_IQC_IN || months.n >= (size_t)rules->iqc_months_most)
			continue;
		after_first.at[after_first.n + 1] = after_first.at[after_first.n];
		months.at[months.n + 1] = months.at[months.n];
		if (!add(&after_first.at[++after_first.n], row->mean, row->n, power) || !add(&months.at[++months.n], row->mean, row->n, power))
			return false;
	}
	return found;
}

/* ---- all of them ---- */

static int by_row(const void *a, const void *b)
{
	const zp_iqc_doubt *x = a, *y = b;
	return (x->row > y->row) - (x->row < y->row);
}

void zp_iqc_doubt_means(zp_arena *arena, zp_iqc *iqc)
{
	entry *e = zp_take(arena, entry, iqc->n + 1);
	uint32_t *at = zp_take(arena, uint32_t, iqc->n + 1);
	size_t n = 0, room = 0;
	for (size_t i = 0; i < iqc->n; i++)
		if (*iqc->rows[i].level && *iqc->rows[i].lot)
			e[n++] = (entry){ &iqc->rows[i], (uint32_t)i };
	qsort(e, n, sizeof *e, by_run);
	for (size_t i = 0; i < n; i++) {
		at[i] = e[i].at;
		room += !i || by_texts(e[i - 1].row, e[i].row, true) != 0;
	}
	zp_iqc_doubt *doubts = zp_take(arena, zp_iqc_doubt, room + 1);
	for (size_t level = 0, end; level < n; level = end) {
		int first = e[level].row->month;
		for (end = level; end < n && by_texts(e[level].row, e[end].row, false) == 0; end++)
			first = e[end].row->month < first ? e[end].row->month : first;
		for (size_t i = level, next; i < end; i = next) {
			for (next = i + 1; next < end && by_texts(e[i].row, e[next].row, true) == 0; next++)
				;
			const run r = { iqc, at + i, next - i };
			iqc->n_doubts += doubt_run(&r, first, &doubts[iqc->n_doubts]);
		}
	}
	qsort(doubts, iqc->n_doubts, sizeof *doubts, by_row);
	iqc->doubts = doubts;
}
