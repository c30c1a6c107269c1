/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of simulated rounds share: a folder, a registry, wishes, and reading files back by other code
 * than the program's. */
#ifndef TESTS_SIMULATED_H
#define TESTS_SIMULATED_H

#include <criterion/criterion.h>
#include <ftw.h>
#include <iconv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "simulate/simulate.h"

#ifndef RULES
#define RULES "rules"
#endif

extern const zp_plugin *const zp_builtin[];

static char folder[] = "/tmp/zp-simulate-XXXXXX";
static zp_registry *registry;

static inline void set_up(void)
{
	cr_assert_not_null(mkdtemp(folder));
	registry = zp_registry_open(zp_builtin);
}

static inline int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

static inline void tear_down(void)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	zp_registry_close(registry);
}

static inline const char *inside(const char *name)
{
	static char path[4][200];
	static int next;
	next = (next + 1) % 4;
	snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
	return path[next];
}

static const char *const programmes_of_test[] = { "blood-count", "glucose" };
#define TWO programmes_of_test
#define GLUCOSE (programmes_of_test + 1)

static inline zp_simulation_wish wish_of(const char *into, size_t labs, const char *const *programmes, size_t n)
{
	zp_simulation_wish w = zp_simulation_preset();
	w.into = into;
	w.labs = labs;
	w.programmes = programmes;
	w.n_programmes = n;
	return w;
}

static inline zp_simulation_wish without_faults(zp_simulation_wish w, const char *into)
{
	w.into = into;
	w.silent = w.late = w.swapped_samples = w.copied_results = w.unit_slip = w.decimal_slip = w.missing = 0;
	w.swapped_measurands = w.repeated_results = w.thousand_slip = w.hundred_slip = w.false_sign = w.scaled_copies = 0;
	w.answers = (zp_sim_answer_faults){ 0 };
	return w;
}

static inline void must(const zp_simulation_wish *w)
{
	zp_error err = { 0 };
	cr_assert(zp_simulate(w, registry, RULES, &err), "%s", err.text);
}

static inline char *slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	cr_assert_not_null(f, "%s", path);
	char *bytes = calloc(1, 32u << 20);
	*n = fread(bytes, 1, (32u << 20) - 1, f);
	fclose(f);
	return bytes;
}

/* The file as UTF-8 without mark. */
static inline char *slurp_text(const char *path)
{
	size_t n;
	char *bytes = slurp(path, &n), *out = calloc(1, 2 * n + 4), *in = bytes, *to = out;
	size_t left = n, room = 2 * n + 3;
	iconv_t same = iconv_open("UTF-8", "UTF-8"), other = iconv_open("UTF-8", "GB18030");
	if (iconv(same, &in, &left, &to, &room) == (size_t)-1) {
		in = bytes, to = out, left = n, room = 2 * n + 3;
		cr_assert_neq(iconv(other, &in, &left, &to, &room), (size_t)-1, "%s", path);
	}
	iconv_close(same);
	iconv_close(other);
	*to = '\0';
	free(bytes);
	if (strncmp(out, "\xEF\xBB\xBF", 3) == 0)
		memmove(out, out + 3, strlen(out + 3) + 1);
	return out;
}

/* Cells of a line; no rules of this test have quotes. */
static inline int cut(char *line, char *out[], int most)
{
	int n = 0;
	for (char *p = line; p && n < most; out[n++] = strsep(&p, ","))
		;
	return n;
}

#endif
