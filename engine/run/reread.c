/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reread.h"
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/chinese.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/words.h"
#include "press/published.h"

#define HALF (0.5 + 1e-6) /* units of the last place that is printed */
#define TABLE_ERROR 5e-7  /* percentages and SDI stand in the table with six places */

typedef struct mapped { void *at; size_t n; } mapped;

struct zp_reread {
	zp_folder_table scores, verdicts, targets;
	const char **target; /* where the row of each group begins, from 1 */
	size_t n_targets;
};

static void unmap(void *thing)
{
	mapped *m = thing;
	munmap(m->at, m->n);
}

/* A table as it lies on the disk; it may be larger than memory. */
static bool map_table(zp_arena *arena, const char *folder, const char *name, zp_folder_table *out, zp_error *err)
{
	const char *path = zp_arena_print(arena, "%s/%s", folder, name), *why = NULL;
	uint64_t size = 0;
	const int fd = zp_file_open(path, &size, &why);
	if (fd < 0)
		return zp_fail(err, ZP_IO, path, 0, "the table that was written %s", zp_clause(why));
	mapped *m = zp_take(arena, mapped, 1);
	m->n = (size_t)size;
	m->at = size ? mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	close(fd);
	if (m->at == MAP_FAILED)
		return zp_fail(err, ZP_IO, path, 0, "the table that was written cannot be read again");
	zp_arena_at_end(arena, unmap, m);
	const char *p = m->at, *end = p + m->n, *stop = zp_csv_line_end(p, end);
	char *scratch = zp_arena_take(arena, (size_t)(stop - p) + 1);
	if (zp_csv_split(p, stop, ',', &scratch, &out->header) != ZP_CSV_FINE)
		return zp_fail(err, ZP_IO, path, 1, "the header that was written cannot be read again");
	out->name = name;
	out->text = (zp_text){ stop < end ? stop + 1 : end, stop < end ? (size_t)(end - stop - 1) : 0 };
	return true;
}

const zp_reread *zp_reread_open(zp_arena *arena, const char *folder, zp_error *err)
{
	zp_reread *r = zp_take(arena, zp_reread, 1);
	if (!map_table(arena, folder, "scores.csv", &r->scores, err) || !map_table(arena, folder, "verdicts.csv", &r->verdicts, err) ||
	    !map_table(arena, folder, "targets.csv", &r->targets, err))
		return NULL;
	const char *p = r->targets.text.p, *end = p + r->targets.text.n;
	for (const char *q = p; q < end; q++)
		r->n_targets += *q == '\n';
	r->target = zp_take(arena, const char *, r->n_targets + 1);
	for (size_t i = 0; i < r->n_targets; i++) {
		r->target[i] = p;
		p = zp_csv_line_end(p, end) + 1;
	}
	return r;
}

/* What is being compared, for the sentence. */
typedef struct comparing {
	const zp_reread *r;
	const zp_report *report;
	const zp_report_programme *programme;
	const zp_report_measurand *measurand;
	const char *sample;
	zp_arena *arena;
	zp_error *err;
} comparing;

static bool differs(const comparing *c, const char *what, const char *told, const char *written)
{
	return zp_fail(c->err, ZP_BUG, c->report->lab, 0, "%s of %s %s %s is told as \"%s\" and stands in the tables as \"%s\"; nothing is published",
		       zp_say(what), c->programme->code, c->measurand ? c->measurand->code : "*", c->sample, told, written);
}

static bool same(const comparing *c, const char *what, const char *told, const char *written)
{
	return strcmp(told, written) == 0 || differs(c, what, told, written);
}

/* A number as it is printed against one with more places. slack: what the table itself is rounded by. What is not told is no difference. */
static bool near(const comparing *c, const char *what, const char *told, const char *written, double slack)
{
	zp_decimal a, b;
	if (!*told)
		return true;
	if (zp_decimal_read(told, strlen(told), &a) != ZP_NUMBER_OK || zp_decimal_read_printed(written, strlen(written), &b) != ZP_NUMBER_OK)
		return differs(c, what, told, written);
	const double unit = pow(10, a.e), away = fabs(zp_decimal_double(a) - zp_decimal_double(b));
	return away <= HALF * unit + slack || differs(c, what, told, written);
}

static bool compare_target(const comparing *c, const zp_report_row *row, const char *group)
{
	const size_t number = (size_t)strtoull(group, NULL, 10);
	zp_row target;
	if (number < 1 || number > c->r->n_targets)
		return differs(c, ZP_MESSAGE("the group"), "", group);
	const char *at = c->r->target[number - 1];
	if (!zp_folder_table_next(c->arena, &c->r->targets, &at, &target) || !zp_row_is(&target, "group", group) ||
	    !zp_row_is(&target, "programme", c->programme->code) || !zp_row_is(&target, "measurand", c->measurand->code) ||
	    !zp_row_is(&target, "sample", row->sample))
		return differs(c, ZP_MESSAGE("the group"), "", group);
	if (zp_row_is(&target, "x_pt", "negative"))
		return same(c, ZP_MESSAGE("the target"), row->x_pt_en, "negative");
	return near(c, ZP_MESSAGE("the target"), row->x_pt, zp_row_text(c->arena, &target, "x_pt"), 0) &&
	       near(c, ZP_MESSAGE("the lower bound"), row->low, zp_row_text(c->arena, &target, "low"), 0) &&
	       near(c, ZP_MESSAGE("the upper bound"), row->high, zp_row_text(c->arena, &target, "high"), 0);
}

static bool is_number(const char *text)
{
	zp_decimal ignored;
	return zp_decimal_read_printed(text, strlen(text), &ignored) == ZP_NUMBER_OK;
}

static bool compare_row(comparing *c, const zp_report_row *row, const zp_row *written)
{
	c->sample = row->sample;
	if (!same(c, ZP_MESSAGE("the verdict"), zp_verdict_word(row->verdict), zp_row_text(c->arena, written, "verdict")))
		return false;
	const char *group = zp_row_text(c->arena, written, "group"), *value = zp_row_text(c->arena, written, "value");
	if (!c->measurand->answered && is_number(row->value) && is_number(value) && !near(c, ZP_MESSAGE("the value"), row->value, value, 0))
		return false;
	if (c->measurand->answered || !*group)
		return true;
	return compare_target(c, row, group) && near(c, ZP_MESSAGE("the bias"), row->bias, zp_row_text(c->arena, written, "bias"), 0) &&
	       near(c, ZP_MESSAGE("the bias in percent"), row->bias_pct, zp_row_text(c->arena, written, "bias_pct"), TABLE_ERROR) &&
	       near(c, ZP_MESSAGE("the SDI"), row->sdi, zp_row_text(c->arena, written, "sdi"), TABLE_ERROR);
}

/* Rows of the measurand stand in the table one after the other, in the order of the samples; those that were not asked for too. */
static bool compare_rows(comparing *c, const char **at)
{
	zp_row written;
	for (size_t i = 0; i < c->measurand->n_rows; i++) {
		const zp_report_row *row = &c->measurand->rows[i];
		do
			if (!zp_folder_table_next(c->arena, &c->r->scores, at, &written) || !zp_row_is(&written, "lab", c->report->lab))
				return differs(c, ZP_MESSAGE("a result"), row->sample, "");
		while (!zp_row_is(&written, "sample", row->sample) || !zp_row_is(&written, "measurand", c->measurand->code) ||
		       !zp_row_is(&written, "programme", c->programme->code));
		if (!compare_row(c, row, &written))
			return false;
	}
	return true;
}

/* accepted, total: of a programme; NULL where they are not told. */
static bool compare_tally(const comparing *c, const char **at, const char *code, const char *score, zp_satisfaction satisfaction, const char *accepted,
			  const char *total)
{
	zp_row written;
	do
		if (!zp_folder_table_next(c->arena, &c->r->verdicts, at, &written) || !zp_row_is(&written, "lab", c->report->lab))
			return differs(c, ZP_MESSAGE("a score"), score, "");
	while (!zp_row_is(&written, "programme", c->programme->code) || !zp_row_is(&written, "measurand", code));
	return same(c, ZP_MESSAGE("the score"), score, zp_row_text(c->arena, &written, "score")) &&
	       same(c, ZP_MESSAGE("the performance"), zp_satisfaction_word(satisfaction), zp_row_text(c->arena, &written, "satisfaction")) &&
	       (!accepted || (same(c, ZP_MESSAGE("what is accepted"), accepted, zp_row_text(c->arena, &written, "accepted")) &&
			      same(c, ZP_MESSAGE("the total"), total, zp_row_text(c->arena, &written, "total"))));
}

bool zp_reread_compare(const zp_reread *r, const zp_report *report, zp_arena *scratch, zp_error *err)
{
	comparing c = { .r = r, .report = report, .arena = scratch, .err = err, .sample = "" };
	const char *score = zp_folder_table_find(&r->scores, report->lab), *tally = zp_folder_table_find(&r->verdicts, report->lab);
	for (size_t p = 0; p < report->n_programmes; p++) {
		c.programme = &report->programmes[p];
		c.measurand = NULL;
		c.sample = "";
		if (!tally || !compare_tally(&c, &tally, "*", c.programme->score, c.programme->satisfaction, c.programme->accepted, c.programme->total))
			return tally ? false : differs(&c, ZP_MESSAGE("a score"), c.programme->score, "");
		for (size_t m = 0; m < c.programme->n_measurands; m++) {
			c.measurand = &c.programme->measurands[m];
			c.sample = "";
			if (!c.measurand->n_rows)
				continue;
			if (!score)
				return differs(&c, ZP_MESSAGE("a result"), c.measurand->rows[0].sample, "");
			if (!compare_rows(&c, &score) || (c.sample = "", !compare_tally(&c, &tally, c.measurand->code, c.measurand->score, c.measurand->satisfaction, NULL, NULL)))
				return false;
		}
	}
	return true;
}
