/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annals from plain tables, so that a year can be worked out by hand: rounds.csv, programmes.csv, measurands.csv, register.csv and
 * results.csv of a folder in fixtures/years (README.md there). */
#ifndef ZP_TESTS_ANNALS_CSV_H
#define ZP_TESTS_ANNALS_CSV_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "ledger/annals.h"

#define CSV_COLUMNS 24

typedef struct sheet { char ***at; size_t n; } sheet; /* the header is row 0; every row has CSV_COLUMNS cells */

/* No quotes in these files. */
static inline sheet sheet_read(zp_arena *arena, const char *folder, const char *name)
{
	const char *why = NULL;
	zp_input input;
	const char *path = zp_arena_print(arena, "%s/%s", folder, name);
	zp_text text = zp_file_read(arena, path, 1u << 24, name, &input, &why);
	cr_assert_not_null(text.p, "%s: %s", path, why);
	char *p = zp_arena_text(arena, text.p, text.n);
	sheet s = { zp_take(arena, char **, 100000), 0 };
	while (*p) {
		char **row = zp_take(arena, char *, CSV_COLUMNS);
		size_t n = 0;
		for (char *end = p;; end++) {
			if (*end && *end != ',' && *end != '\n')
				continue;
			const char stop = *end;
			*end = '\0';
			row[n++] = p;
			p = end + (stop != '\0');
			if (stop != ',')
				break;
		}
		while (n < CSV_COLUMNS)
			row[n++] = (char *)"";
		s.at[s.n++] = row;
	}
	return s;
}

static inline size_t sheet_column(const sheet *s, const char *name)
{
	for (size_t k = 0; k < CSV_COLUMNS; k++)
		if (strcmp(s->at[0][k], name) == 0)
			return k;
	cr_assert_fail("no column %s", name);
	return 0;
}

static inline bool is_yes(const char *cell) { return strcmp(cell, "yes") == 0; }

static inline zp_level level_named(const char *word)
{
	static const char *const words[] = { "national", "provincial", "city", "county" };
	for (int i = 0; i < ZP_LEVELS; i++)
		if (strcmp(words[i], word) == 0)
			return (zp_level)i;
	cr_assert_fail("no level %s", word);
	return ZP_LEVELS;
}

static inline const zp_annal_measurand *measurands_of(zp_arena *arena, const sheet *s, const char *programme, size_t *n)
{
	zp_annal_measurand *at = zp_take(arena, zp_annal_measurand, s->n);
	*n = 0;
	for (size_t i = 1; i < s->n; i++)
		if (strcmp(s->at[i][0], programme) == 0)
			at[(*n)++] = (zp_annal_measurand){ s->at[i][1], s->at[i][2], "", "", s->at[i][3], s->at[i][4], (uint32_t)atoi(s->at[i][5]) };
	return at;
}

/* "3/5", "late/5", "silent/5", "excused", "ne". */
static inline zp_annal_tally tally_read(const char *cell, uint32_t pass)
{
	zp_annal_tally t = { 0 };
	const char *slash = strchr(cell, '/');
	t.total = slash ? (uint32_t)atoi(slash + 1) : 0;
	if (strcmp(cell, "excused") == 0)
		t.standing = ZP_STANDS_EXCUSED, t.not_evaluated = 5;
	else if (strcmp(cell, "ne") == 0)
		t.standing = ZP_STANDS_RETURNED, t.not_evaluated = 5;
	else if (strncmp(cell, "late", 4) == 0 || strncmp(cell, "silent", 6) == 0) {
		t.standing = *cell == 'l' ? ZP_STANDS_LATE : ZP_STANDS_NOT_RETURNED;
		t.satisfaction = ZP_UNSATISFACTORY;
	} else {
		cr_assert_not_null(slash, "\"%s\" is no result", cell);
		t.standing = ZP_STANDS_RETURNED;
		t.credit = (uint32_t)atoi(cell) * 100;
		t.satisfaction = t.credit >= pass * t.total ? ZP_SATISFACTORY : ZP_UNSATISFACTORY;
	}
	return t;
}

static inline int by_tally(const void *a, const void *b)
{
	const zp_annal_tally *x = a, *y = b;
	if (x->lab != y->lab)
		return x->lab < y->lab ? -1 : 1;
	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	return (x->measurand > y->measurand) - (x->measurand < y->measurand);
}

static inline void read_tallies(zp_arena *arena, zp_annal_round *r, const sheet *results)
{
	const size_t column = sheet_column(results, r->id);
	zp_annal_tally *at = zp_take(arena, zp_annal_tally, results->n);
	for (size_t i = 1; i < results->n; i++) {
		char **row = results->at[i];
		uint32_t lab = 0;
		uint16_t programme = 0, measurand = 0;
		if (!*row[column])
			continue;
		while (lab < r->n_labs && strcmp(r->labs[lab].code, row[0]) != 0)
			lab++;
		while (programme < r->n_programmes && strcmp(r->programmes[programme].code, row[1]) != 0)
			programme++;
		cr_assert(lab < r->n_labs && programme < r->n_programmes, "round %s: %s %s", r->id, row[0], row[1]);
		const zp_annal_programme *p = &r->programmes[programme];
		while (measurand < p->n_measurands && strcmp(p->measurands[measurand].code, row[2]) != 0)
			measurand++;
		const bool whole = strcmp(row[2], "*") == 0;
		cr_assert(whole || measurand < p->n_measurands, "round %s: %s %s %s", r->id, row[0], row[1], row[2]);
		zp_annal_tally t = tally_read(row[column], whole ? p->pass : p->measurands[measurand].pass);
		t.lab = lab;
		t.programme = programme;
		t.measurand = whole ? ZP_ANNAL_WHOLE : measurand;
		at[r->n_tallies++] = t;
	}
	qsort(at, r->n_tallies, sizeof *at, by_tally);
	r->tallies = at;
}

static inline const zp_annals *annals_read(zp_arena *arena, const char *folder)
{
	const sheet rounds = sheet_read(arena, folder, "rounds.csv"), programmes = sheet_read(arena, folder, "programmes.csv");
	const sheet measurands = sheet_read(arena, folder, "measurands.csv"), reg = sheet_read(arena, folder, "register.csv");
	const sheet results = sheet_read(arena, folder, "results.csv");
	zp_annal_round *at = zp_take(arena, zp_annal_round, rounds.n);
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	for (size_t i = 1; i < rounds.n; i++) {
		char **row = rounds.at[i];
		zp_annal_lab *labs = zp_take(arena, zp_annal_lab, reg.n);
		zp_annal_programme *of = zp_take(arena, zp_annal_programme, programmes.n);
		zp_annal_round *r = &at[annals->n++];
		*r = (zp_annal_round){ .id = row[0], .version = "v1", .name = row[0], .name_en = "", .organiser = row[5], .issued = row[4], .digest = "",
			.year = atoi(row[1]), .number = atoi(row[2]), .opens = row[3], .closes = row[4], .labs = labs, .programmes = of };
		for (size_t k = 1; k < reg.n; k++)
			if (strcmp(reg.at[k][0], row[0]) == 0)
				labs[r->n_labs++] = (zp_annal_lab){ reg.at[k][1], reg.at[k][2], reg.at[k][3], "", reg.at[k][4], reg.at[k][5], "" };
		for (size_t k = 1; k < programmes.n; k++) {
			char **p = programmes.at[k];
			if (strcmp(p[0], row[0]) != 0)
				continue;
			zp_annal_programme *one = &of[r->n_programmes++];
			*one = (zp_annal_programme){ .code = p[1], .name = p[2], .name_en = "", .scheme = "", .scheme_version = "", .pass = 80, .n_samples = 5,
				.level = level_named(p[3]), .trueness = is_yes(p[4]), .measurand_status = is_yes(p[5]), .cancelled = is_yes(p[6]) };
			one->measurands = measurands_of(arena, &measurands, p[1], &one->n_measurands);
		}
		read_tallies(arena, r, &results);
	}
	annals->rounds = at;
	return annals;
}

#endif
