/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every figure of fixtures/numbers/reference-estimates.csv, through the plugins. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "host/registry.h"
#include "stats/order.h"

extern const zp_plugin *const zp_builtin[];

#define VALUES_MOST 6000
#define COLUMNS 7
enum { CASE, SOURCE, N, METHOD, QUANTITY, EXPECTED, TOLERANCE };

static FILE *open_table(const char *name)
{
	char path[1000];
	snprintf(path, sizeof path, "%s/numbers/%s", FIXTURES, name);
	FILE *f = fopen(path, "r");
	cr_assert_not_null(f, "%s cannot be read", path);
	return f;
}

/* The cells of the next line; no cell of these tables is quoted. */
static bool next_row(FILE *f, char line[static 500], char *cells[], size_t n)
{
	if (!fgets(line, 500, f))
		return false;
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < n; i++) {
		cells[i] = line;
		line += strcspn(line, ",");
		cr_assert_eq(*line, i + 1 < n ? ',' : '\0', "%s: expected %zu columns", cells[0], n);
		*line++ = '\0';
	}
	return true;
}

static size_t read_values(const char *name, double *x)
{
	char line[500], *cells[2];
	size_t n = 0;
	FILE *f = open_table("values.csv");
	while (next_row(f, line, cells, 2)) {
		if (strcmp(cells[0], name) == 0) {
			cr_assert_lt(n, VALUES_MOST);
			x[n++] = strtod(cells[1], NULL);
		}
	}
	fclose(f);
	return n;
}

/* "median-niqr made=1" to the plugin and its settings. */
static const zp_plugin *find_method(char *method, double settings[static 16])
{
	char *setting = strchr(method, ' '), *value = NULL;
	if (setting) {
		*setting++ = '\0';
		value = strchr(setting, '=');
		*value++ = '\0';
	}
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_ESTIMATOR || strcmp((*p)->name, method) != 0)
			continue;
		bool known = !setting;
		for (size_t i = 0; (*p)->params && (*p)->params[i].name; i++) {
			bool is = setting && strcmp((*p)->params[i].name, setting) == 0;
			settings[i] = is ? strtod(value, NULL) : (*p)->params[i].preset;
			known = known || is;
		}
		cr_assert(known, "%s has no setting %s", method, setting);
		return *p;
	}
	cr_assert_fail("there is no method %s", method);
	return NULL;
}

static double quantity(const zp_estimate *e, const char *name)
{
	switch (*name) {
	case 'x': return e->x;
	case 's': return e->s;
	case 'u': return e->u;
	case 'n': return (double)e->n;
	case 'c': return e->collapsed;
	}
	cr_assert_fail("there is no quantity %s", name);
	return NAN;
}

static void check_row(char *cells[], zp_arena *arena)
{
	static double x[VALUES_MOST];
	static uint64_t work[2 * VALUES_MOST];
	static char read[500]; /* the case that x holds */
	static size_t n;
	if (strcmp(read, cells[CASE]) != 0) {
		snprintf(read, sizeof read, "%s", cells[CASE]);
		n = read_values(read, x);
		zp_sort(x, n, work);
	}
	cr_assert_eq(n, strtoul(cells[N], NULL, 10), "%s has %zu values, expected %s", read, n, cells[N]);

	double settings[16];
	zp_estimate e = { 0 };
	zp_lend lend;
	zp_error err = { 0 };
	const zp_plugin *plugin = find_method(cells[METHOD], settings);
	const zp_host *host = zp_lend_to(&lend, arena, plugin, settings);
	cr_assert(plugin->does.estimator->estimate(host, &(zp_sample){ .x = x, .n = n }, &e, &err), "%s", err.text);

	double got = quantity(&e, cells[QUANTITY]);
	if (strcmp(cells[EXPECTED], "none") == 0)
		cr_expect(isnan(got), "%s, %s: %s is %.17g, expected none", read, plugin->name, cells[QUANTITY], got);
	else
		cr_expect(fabs(got - strtod(cells[EXPECTED], NULL)) <= strtod(cells[TOLERANCE], NULL), "%s, %s: %s is %.17g, expected %s +- %s",
		          read, plugin->name, cells[QUANTITY], got, cells[EXPECTED], cells[TOLERANCE]);
}

Test(reference_numbers, every_figure_is_met)
{
	char line[500], *cells[COLUMNS];
	size_t rows = 0;
	zp_arena *arena = zp_arena_open();
	FILE *f = open_table("reference-estimates.csv");
	cr_assert(next_row(f, line, cells, COLUMNS) && strcmp(cells[EXPECTED], "expected") == 0);
	for (; next_row(f, line, cells, COLUMNS); rows++)
		check_row(cells, arena);
	fclose(f);
	zp_arena_close(arena);
	cr_assert_geq(rows, 300, "only %zu figures were checked", rows);
}
