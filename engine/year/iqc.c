/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/iqc.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/instant.h"
#include "book/units.h"
#include "year/iqc_parts.h"

const char *zp_month_print(int month, char out[static ZP_MONTH_TEXT])
{
	snprintf(out, ZP_MONTH_TEXT, "%04d-%02d", month / 12 % 10000, month % 12 + 1);
	return out;
}

void zp_iqc_tell(zp_problems *problems, const zp_iqc_row *row, const char *fmt, ...)
{
	const zp_spot spot = { row->file, zp_text_of(row->sheet), row->line, 0 };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(problems, &spot, NULL, fmt, args);
	va_end(args);
}

/* ---- the CV ---- */

bool zp_iqc_has_cv(const zp_iqc_row *row) { return row->has_cv || (row->has_sd && row->mean.m != 0); }

static zp_decimal size_of(zp_decimal d) { return (zp_decimal){ d.m < 0 ? -d.m : d.m, d.e }; }

double zp_iqc_cv(const zp_iqc_row *row)
{
	return row->has_cv ? zp_decimal_double(row->cv) : 100 * zp_decimal_double(row->sd) / zp_decimal_double(size_of(row->mean));
}

bool zp_iqc_can_judge(const zp_iqc_row *row, const zp_iqc_limit *limit)
{
	return limit->is_sd ? row->has_sd && (!*row->unit || zp_unit_same(NULL, zp_text_of(row->unit), zp_text_of(limit->unit))) : zp_iqc_has_cv(row);
}

int zp_iqc_against(const zp_iqc_row *row, const zp_iqc_limit *limit)
{
	if (limit->is_sd)
		return zp_decimal_compare(row->sd, limit->most);
	if (row->has_cv)
		return zp_decimal_compare(row->cv, limit->most);
	/* 100 SD against the limit times |mean| */
	return zp_width_compare((zp_width){ row->sd, { 100, 0 } }, (zp_width){ limit->most, size_of(row->mean) });
}

zp_iqc_control zp_iqc_in_control(const zp_iqc_row *row, const zp_iqc_limits *limits, const zp_year_rules *rules)
{
	if (row->has_in_control)
		return row->in_control ? ZP_IQC_IN : ZP_IQC_OUT;
	const zp_iqc_limit *limit = rules->iqc_told_only ? NULL : zp_iqc_limit_find(limits, row->specimen, row->item_code, row->level);
	if (!limit || !zp_iqc_can_judge(row, limit))
		return ZP_IQC_UNKNOWN;
	return zp_iqc_against(row, limit) <= 0 ? ZP_IQC_IN : ZP_IQC_OUT;
}

/* ---- whose it is ---- */

typedef struct taking {
	zp_arena *arena;
	const zp_chronicle *c;
	const char *issued;
	zp_problems *problems;
	zp_names *items;      /* specimen and code, and specimen and name, to the number of the item; with "*" for any specimen */
	uint32_t *which;      /* of each of those names; AMBIGUOUS */
	const char **unit;    /* of each item in the programmes; NULL: they differ */
} taking;

#define AMBIGUOUS (UINT32_MAX - 1)

/* The laboratory that results of this code and month count for; UINT32_MAX where it is not one. Codes that others took over are
 * followed as the chronicle follows them. */
static uint32_t lab_of(const taking *t, const char *code, int month)
{
	const zp_identity *identity = t->c->identity;
	const uint32_t name = zp_names_find(identity->codes, zp_text_of(code));
	char day[24];
	uint32_t found = UINT32_MAX;
	if (name == ZP_NO_NAME) {
		const size_t lab = zp_year_lab_find(t->c, code);
		return lab == SIZE_MAX ? UINT32_MAX : (uint32_t)lab;
	}
	snprintf(day, sizeof day, "%04d-%02d-01", month / 12 % 10000, month % 12 + 1);
	for (size_t i = 0; i < identity->heirs[name].n; i++) {
		const zp_heir *h = &identity->heirs[name].at[i];
		const size_t lab = strcmp(day, h->since) < 0 || strcmp(day, h->until) >= 0 ? SIZE_MAX :
			zp_year_lab_find(t->c, zp_names_at(identity->codes, h->lab).p);
		if (lab == SIZE_MAX)
			continue;
		if (found != UINT32_MAX && found != lab)
			return UINT32_MAX;
		found = (uint32_t)lab;
	}
	return found;
}

static void add_name(taking *t, const char *specimen, const char *text, uint32_t item)
{
	if (!*text)
		return;
	const uint32_t n = zp_names_add(t->items, zp_text_of(zp_arena_print(t->arena, "%s\x1f%s", specimen, text)));
	t->which[n] = t->which[n] == 0 || t->which[n] == item + 1 ? item + 1 : AMBIGUOUS + 1;
}

/* Codes before names: a name that is the code of another item does not take it. */
static void name_items(taking *t)
{
	const zp_chronicle *c = t->c;
	t->items = zp_names_take(t->arena);
	t->which = zp_take(t->arena, uint32_t, 6 * c->n_items + 1);
	for (uint32_t i = 0; i < c->n_items; i++) {
		add_name(t, c->items[i].specimen, c->items[i].item, i);
		add_name(t, "*", c->items[i].item, i);
	}
	const uint32_t codes = zp_names_count(t->items);
	for (uint32_t i = 0; i < c->n_items; i++)
		for (int k = 0; k < 4; k++) {
			const char *name = k % 2 ? c->items[i].name_en : c->items[i].name, *specimen = k / 2 ? "*" : c->items[i].specimen;
			const uint32_t n = zp_names_find(t->items, zp_text_of(zp_arena_print(t->arena, "%s\x1f%s", specimen, name)));
			if (n == ZP_NO_NAME || n >= codes)
				add_name(t, specimen, name, i);
		}
}

static void units_of_items(taking *t)
{
	t->unit = zp_take(t->arena, const char *, t->c->n_items + 1);
	for (size_t i = 0; i < t->c->n_programmes; i++)
		for (size_t k = 0; k < t->c->programmes[i].n_measurands; k++) {
			const zp_year_measurand *m = &t->c->programmes[i].measurands[k];
			const char **unit = &t->unit[m->item];
			*unit = !*unit ? m->says->unit : zp_unit_same(NULL, zp_text_of(*unit), zp_text_of(m->says->unit)) ? *unit : "";
		}
}

/* Gives: false after a problem. */
static bool find_item(const taking *t, zp_iqc_row *row)
{
	char key[1000];
	snprintf(key, sizeof key, "%s\x1f%s", *row->specimen ? row->specimen : "*", row->item_code);
	const uint32_t n = zp_names_find(t->items, zp_text_of(key));
	row->item = n == ZP_NO_NAME ? ZP_NO_ITEM : t->which[n] - 1;
	if (row->item == AMBIGUOUS) {
		zp_iqc_tell(t->problems, row, "\"%s\" is more than one item of the programmes; expected its code, with the specimen",
			    zp_text_show(t->arena, zp_text_of(row->item_code)));
		return false;
	}
	if (row->item == ZP_NO_ITEM) {
		row->name = row->item_code;
		return true;
	}
	const zp_year_item *item = &t->c->items[row->item];
	row->specimen = item->specimen;
	row->item_code = item->item;
	row->name = item->name;
	if (!*row->unit && t->unit[row->item])
		row->unit = t->unit[row->item];
	return true;
}

/* ---- when it was ---- */

static bool check_month(const taking *t, const zp_iqc_row *row)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	char month[ZP_MONTH_TEXT], last[24];
	const int year = row->month / 12, day = days[row->month % 12] + (row->month % 12 == 1 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
	zp_month_print(row->month, month);
	if (year != t->c->year) {
		zp_iqc_tell(t->problems, row, "the month %s is not of %d; expected months of the year", month, t->c->year);
		return false;
	}
	snprintf(last, sizeof last, "%s-%02d", month, day);
	if (strcmp(last, t->issued) > 0) {
		zp_iqc_tell(t->problems, row, "the month %s is not over on the date of issue %s; expected months that are over", month, t->issued);
		return false;
	}
	if (row->since > row->month) {
		char since[ZP_MONTH_TEXT];
		zp_iqc_tell(t->problems, row, "the lot is in use since %s, after the month %s; expected the month of its first use", zp_month_print(row->since, since), month);
		return false;
	}
	return true;
}

static bool take_row(const taking *t, zp_iqc_row *row)
{
	if (!check_month(t, row))
		return false;
	row->lab = lab_of(t, row->sent_as, row->month);
	if (row->lab == UINT32_MAX) {
		zp_iqc_tell(t->problems, row, "laboratory \"%s\" is on no register up to the end of the year; expected the code that it has then, or had in that month",
			    zp_text_show(t->arena, zp_text_of(row->sent_as)));
		return false;
	}
	return find_item(t, row);
}

/* ---- the order ---- */

static int by_number(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

/* By everything that tells one row from another. */
static int by_key(const void *a, const void *b)
{
	const zp_iqc_row *x = a, *y = b;
	const char *const texts[][2] = { { x->level, y->level }, { x->lot, y->lot }, { x->unit, y->unit }, { x->method, y->method },
		{ x->instrument, y->instrument }, { x->sent_as, y->sent_as } };
	int order = by_number(x->lab, y->lab);
	order = order ? order : by_number(x->item, y->item);
	order = order ? order : strcmp(x->specimen, y->specimen);
	order = order ? order : strcmp(x->item_code, y->item_code);
	order = order ? order : (x->month > y->month) - (x->month < y->month);
	for (size_t i = 0; i < sizeof texts / sizeof *texts && !order; i++)
		order = strcmp(texts[i][0], texts[i][1]);
	return order;
}

static int by_place(const void *a, const void *b)
{
	const zp_iqc_row *x = a, *y = b;
	int order = by_key(a, b);
	order = order ? order : strcmp(x->file, y->file);
	order = order ? order : strcmp(x->sheet ? x->sheet : "", y->sheet ? y->sheet : "");
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static bool same_decimal(bool has, zp_decimal a, bool also, zp_decimal b) { return has == also && (!has || zp_decimal_compare(a, b) == 0); }

static bool says_the_same(const zp_iqc_row *a, const zp_iqc_row *b)
{
	return a->n == b->n && zp_decimal_compare(a->mean, b->mean) == 0 && same_decimal(a->has_sd, a->sd, b->has_sd, b->sd) &&
		same_decimal(a->has_cv, a->cv, b->has_cv, b->cv) && same_decimal(a->has_mean_in_use, a->mean_in_use, b->has_mean_in_use, b->mean_in_use) &&
		a->has_in_control == b->has_in_control && a->in_control == b->in_control && a->since == b->since;
}

/* A row that stands twice with the same figures is one; with others nobody knows which holds. */
static size_t drop_twice(const taking *t, zp_iqc_row *rows, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (!kept || by_key(&rows[kept - 1], &rows[i]) != 0) {
			rows[kept++] = rows[i];
			continue;
		}
		if (!says_the_same(&rows[kept - 1], &rows[i]))
			zp_iqc_tell(t->problems, &rows[i], "%s line %ld has this laboratory, item, month, level and lot with other figures; expected them once",
				    rows[kept - 1].file, rows[kept - 1].line);
	}
	return kept;
}

static const uint32_t *index_labs(zp_arena *arena, const zp_iqc_row *rows, size_t n, size_t n_labs)
{
	uint32_t *first = zp_take(arena, uint32_t, n_labs + 1);
	size_t at = 0;
	for (size_t lab = 0; lab <= n_labs; lab++) {
		while (at < n && rows[at].lab < lab)
			at++;
		first[lab] = (uint32_t)at;
	}
	return first;
}

const zp_iqc *zp_iqc_take(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules, const zp_iqc_lines *lines, const zp_iqc_limits *limits,
			  const char *issued, zp_problems *problems)
{
	taking t = { .arena = arena, .c = c, .issued = issued, .problems = problems };
	zp_iqc *iqc = zp_take(arena, zp_iqc, 1);
	const size_t before = zp_problems_count(problems), sent = lines ? lines->n : 0;
	zp_iqc_row *rows = zp_take(arena, zp_iqc_row, sent + 1);
	size_t n = 0;
	name_items(&t);
	units_of_items(&t);
	for (size_t i = 0; i < sent; i++) {
		rows[n] = lines->rows[i];
		n += take_row(&t, &rows[n]);
	}
	qsort(rows, n, sizeof *rows, by_place);
	n = drop_twice(&t, rows, n);
	*iqc = (zp_iqc){ .rows = rows, .n = n, .of_lab = index_labs(arena, rows, n, c->n_labs), .limits = limits, .rules = rules };
	if (zp_problems_count(problems) > before || (lines && lines->bad))
		return NULL;
	zp_iqc_compare(arena, iqc);
	zp_iqc_doubt_means(arena, iqc);
	return iqc;
}
