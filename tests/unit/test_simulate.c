/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated rounds: same wish same bytes, and every blunder is named, and nothing else is one. */
#include "simulated.h"

TestSuite(simulate, .init = set_up, .fini = tear_down);

typedef struct cell { char key[80], value[24]; bool late; } cell; /* key: lab,programme,measurand,sample */
typedef struct cells { cell *at; size_t n; size_t grids, gb18030; } cells;

static cells all; /* nftw has no context */

static void put(const char *lab, const char *programme, const char *measurand, const char *sample, const char *value, bool late)
{
	if (all.n % 4096 == 0)
		all.at = realloc(all.at, (all.n + 4096) * sizeof *all.at);
	cell *c = &all.at[all.n++];
	snprintf(c->key, sizeof c->key, "%s,%s,%s,%s", lab, programme, measurand, sample);
	snprintf(c->value, sizeof c->value, "%s", value);
	c->late = late;
}

static void read_long(char *text)
{
	char *line = strsep(&text, "\n"), *c[16];
	bool has_received = strstr(line, ",received") != NULL;
	while ((line = strsep(&text, "\n")) && *line) {
		int n = cut(line, c, 16);
		cr_assert_eq(n, has_received ? 12 : 11, "%d cells", n);
		if (has_received)
			cr_assert(strcmp(c[11], "2026-03-15T17:00:00+08:00") > 0 && strlen(c[11]) == 25, "%s", c[11]);
		put(c[0], c[1], c[2], c[3], c[4], has_received);
	}
}

/* Codes for the names that grids use. */
static const char *code_of(const char *name)
{
	static const char *const names[][2] = { { "葡萄糖", "GLU" }, { "白细胞计数", "WBC" }, { "红细胞计数", "RBC" },
		{ "血红蛋白", "HGB" }, { "血细胞比容", "HCT" }, { "红细胞比容", "HCT" }, { "红细胞压积", "HCT" },
		{ "平均红细胞体积", "MCV" }, { "平均红细胞血红蛋白量", "MCH" }, { "平均红细胞血红蛋白含量", "MCH" },
		{ "平均红细胞血红蛋白浓度", "MCHC" }, { "血小板计数", "PLT" } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i][0], name) == 0)
			return names[i][1];
	cr_assert_fail("measurand %s", name);
	return NULL;
}

static void read_grid(char *text)
{
	char *line, *c[32], *head[32], *lab = NULL, *programme = NULL;
	bool late = false;
	while ((line = strsep(&text, "\n")) && strncmp(line, "序号", strlen("序号")) != 0) {
		cr_assert_eq(cut(line, c, 32), 2);
		if (strcmp(c[0], "实验室编码") == 0)
			lab = c[1];
		else if (strcmp(c[0], "专业") == 0)
			programme = c[1];
		else if (strcmp(c[0], "接收时间") == 0)
			late = true;
		else
			cr_assert_fail("line %s", c[0]);
	}
	int n = cut(line, head, 32);
	cr_assert_str_eq(head[n - 1], "校准品");
	while ((line = strsep(&text, "\n")) && *line) {
		cr_assert_eq(cut(line, c, 32), n);
		for (int i = 3; i < n - 4; i++)
			put(lab, programme, code_of(c[1]), head[i], c[i], late);
	}
	all.grids++;
}

static int read_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)where;
	if (kind != FTW_F)
		return 0;
	size_t n;
	char *raw = slurp(path, &n), *text = slurp_text(path);
	bool marked = strncmp(raw, "\xEF\xBB\xBF", 3) == 0;
	all.gb18030 += strcmp(raw + (marked ? 3 : 0), text) != 0;
	if (strncmp(text, "实验室编码", strlen("实验室编码")) == 0)
		read_grid(text);
	else
		read_long(text);
	free(raw);
	free(text);
	return 0;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const cell *)a)->key, ((const cell *)b)->key);
}

/* Everything under results/, sorted. */
static cells read_results(const char *round)
{
	char path[300];
	snprintf(path, sizeof path, "%s/results", round);
	all = (cells){ 0 };
	cr_assert_eq(nftw(path, read_one, 16, FTW_PHYS), 0);
	qsort(all.at, all.n, sizeof *all.at, by_key);
	for (size_t i = 1; i < all.n; i++)
		cr_assert_str_neq(all.at[i - 1].key, all.at[i].key);
	return all;
}

static cell *look_up(const cells *in, const char *key)
{
	cell wanted;
	snprintf(wanted.key, sizeof wanted.key, "%s", key);
	return bsearch(&wanted, in->at, in->n, sizeof *in->at, by_key);
}

/* ---- same in, same out ---- */

static int compared(const char *a, const char *b)
{
	char command[500];
	snprintf(command, sizeof command, "diff -rq '%s' '%s' >/dev/null", a, b);
	return system(command);
}

Test(simulate, the_same_wish_gives_the_same_bytes_with_any_number_of_threads)
{
	static const zp_sim_files ways[] = { ZP_SIM_FILES_EACH, ZP_SIM_FILES_ONE };
	for (int i = 0; i < 2; i++) {
		zp_simulation_wish one = wish_of(inside(i ? "a1" : "a0"), 2000, TWO, 2), other = one, seeded = one;
		one.files = other.files = seeded.files = ways[i];
		one.threads = 1;
		other.threads = 5;
		other.into = inside(i ? "b1" : "b0");
		seeded.seed = 2;
		seeded.into = inside(i ? "c1" : "c0");
		must(&one);
		must(&other);
		must(&seeded);
		cr_expect_eq(compared(one.into, other.into), 0);
		cr_expect_neq(compared(one.into, seeded.into), 0, "another seed gave the same bytes");
	}
}

Test(simulate, a_round_of_answers_is_the_same_with_any_number_of_threads_too)
{
	static const char *const names[] = { "answers", "glucose" };
	static const zp_sim_files ways[] = { ZP_SIM_FILES_EACH, ZP_SIM_FILES_ONE };
	for (int i = 0; i < 2; i++) {
		zp_simulation_wish one = wish_of(inside(i ? "a1" : "a0"), 700, names, 2), other = one;
		one.files = other.files = ways[i];
		one.threads = 1;
		other.threads = 5;
		other.into = inside(i ? "b1" : "b0");
		must(&one);
		must(&other);
		cr_expect_eq(compared(one.into, other.into), 0);
	}
}

Test(simulate, a_year_is_the_same_with_any_number_of_threads_too)
{
	static const char *const names[] = { "blood-count", "transfusion" };
	static const zp_sim_files ways[] = { ZP_SIM_FILES_EACH, ZP_SIM_FILES_ONE };
	for (int i = 0; i < 2; i++) {
		zp_simulation_wish one = wish_of(inside(i ? "a1" : "a0"), 300, names, 2), other = one;
		one.rounds = other.rounds = 3;
		one.files = other.files = ways[i];
		one.threads = 1;
		other.threads = 5;
		other.into = inside(i ? "b1" : "b0");
		must(&one);
		must(&other);
		cr_expect_eq(compared(one.into, other.into), 0);
	}
}

/* WS/T 641: values are added to the first ones after three months at the earliest; some laboratories never add any. */
Test(simulate, a_mean_in_use_is_the_first_one_until_three_months_are_in)
{
	zp_simulation_wish w = without_faults(wish_of("", 60, GLUCOSE, 1), inside("y"));
	w.rounds = 2;
	must(&w);
	char path[300], last[64] = "", first[32] = "", *c[20], *line;
	snprintf(path, sizeof path, "%s/year/iqc.csv", w.into);
	char *text = slurp_text(path), *rest = text;
	size_t moved = 0, charts = 0;
	int month = 0;
	strsep(&rest, "\n");
	while ((line = strsep(&rest, "\n")) && *line) {
		cr_assert_eq(cut(line, c, 20), 14);
		char chart[64];
		snprintf(chart, sizeof chart, "%s %s %s", c[0], c[4], c[5]);
		if (strcmp(chart, last) != 0) {
			strcpy(last, chart);
			snprintf(first, sizeof first, "%s", c[11]);
			month = 0;
			charts++;
		}
		month++;
		if (month <= 3 || c[5][0] == 'B') /* a lot of last year has its mean */
			cr_expect_str_eq(c[11], first, "%s, month %d", chart, month);
		moved += month == 4 && strcmp(c[11], first) != 0;
	}
	cr_expect(charts > 60 && moved > charts / 4 && moved < charts, "%zu of %zu charts", moved, charts);
	free(text);
}

Test(simulate, without_faults_nothing_of_a_round_of_answers_is_labelled)
{
	static const char *const names[] = { "answers" };
	zp_simulation_wish w = without_faults(wish_of(inside("w"), 300, names, 1), inside("clean"));
	must(&w);
	char *truth = slurp_text(inside("clean/truth.csv"));
	cr_expect_str_eq(truth, "lab,programme,measurand,sample,true_value,fault,original,reported\n");
	free(truth);
}

/* ---- the truth, both ways ---- */

enum { UNIT, DECIMAL, SWAPPED, COPIED, MISSING, LATE, THOUSAND, HUNDRED, SIGN, MIXED, SCALED, REPEATED, FAULTS };
typedef struct told { size_t fault[FAULTS], rows; } told;
static const char *const words[FAULTS] = { "unit_slip", "decimal_slip", "swapped_samples", "copied_results", "missing", "late", "thousand_slip",
					   "hundred_slip", "false_sign", "swapped_measurands", "scaled_copies", "repeated_results" };

static int word_of(const char *fault)
{
	int i = 0;
	while (i < FAULTS && strcmp(words[i], fault) != 0)
		i++;
	cr_assert_lt(i, FAULTS, "fault %s", fault);
	return i;
}

/* The wrong unit's factor, from rules/simulation. */
static double slip_of(const char *measurand)
{
	static const struct { const char *code; double factor; } slips[] = {
		{ "GLU", 18.02 }, { "HGB", 0.1 }, { "HCT", 0.01 }, { "MCHC", 0.1 }
	};
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
		if (strcmp(slips[i].code, measurand) == 0)
			return slips[i].factor;
	return 1000;
}

/* What one line of truth.csv says must be so in the faulty round, and the clean one must hold the original. */
static void check_line(char *line, const cells *clean, const cells *faulty, told *out)
{
	char *c[9], key[80];
	cr_assert_eq(cut(line, c, 9), 8, "%s", line);
	snprintf(key, sizeof key, "%s,%s,%s,%s", c[0], c[1], c[2], c[3]);
	int fault = word_of(c[5]);
	const cell *was = look_up(clean, key), *is = look_up(faulty, key);
	double original = strtod(c[6], NULL), reported = strtod(c[7], NULL);
	cr_assert_not_null(was, "%s", key);
	cr_assert_str_eq(was->value, c[6], "%s %s", key, c[5]);
	cr_assert(strtod(c[4], NULL) > 0);
	out->fault[fault]++;
	out->rows++;
	if (fault == MISSING) {
		cr_assert_str_eq(c[7], "");
		cr_assert(!is || !*is->value, "%s is there", key);
		return;
	}
	cr_assert_not_null(is, "%s", key);
	cr_assert_str_eq(is->value, c[7], "%s %s", key, c[5]);
	if (fault == LATE) {
		cr_assert(is->late);
		return;
	}
	cr_assert_neq(original, reported, "%s %s", key, c[5]);
	if (fault == UNIT)
		cr_assert_float_eq(reported, original * slip_of(c[2]), 0.5 + 1e-9, "%s: %g for %g", key, reported, original);
	if (fault == DECIMAL)
		cr_assert(fabs(reported / original - 10) < 1e-9 || fabs(reported / original - 0.1) < 1e-9, "%s", key);
	if (fault == HUNDRED)
		cr_assert(fabs(reported / original - 100) < 1e-9 || fabs(reported / original - 0.01) < 1e-9, "%s", key);
	if (fault == THOUSAND)
		cr_assert(fabs(reported / original - 1000) < 1e-6 || fabs(reported / original - 0.001) < 1e-9, "%s", key);
	if (fault == SIGN)
		cr_assert(reported <= -original && reported >= -original, "%s", key);
}

static told check_truth(const char *round, const cells *clean, const cells *faulty)
{
	char path[300];
	snprintf(path, sizeof path, "%s/truth.csv", round);
	char *text = slurp_text(path), *rest = text, *line = strsep(&rest, "\n");
	told t = { 0 };
	cr_assert_str_eq(line, "lab,programme,measurand,sample,true_value,fault,original,reported");
	while ((line = strsep(&rest, "\n")) && *line)
		check_line(line, clean, faulty, &t);
	free(text);
	return t;
}

Test(simulate, every_blunder_in_the_files_is_told_and_every_one_told_is_there)
{
	static const zp_sim_files ways[] = { ZP_SIM_FILES_EACH, ZP_SIM_FILES_ONE };
	for (int i = 0; i < 2; i++) {
		zp_simulation_wish faulty = wish_of(inside(i ? "f1" : "f0"), 900, TWO, 2);
		faulty.files = ways[i];
		faulty.late = 0.05;
		faulty.thousand_slip = faulty.hundred_slip = faulty.false_sign = 0.003; /* often enough to be met */
		faulty.scaled_copies = 0.5;
		zp_simulation_wish clean = without_faults(faulty, inside(i ? "c1" : "c0"));
		must(&faulty);
		must(&clean);
		cells is = read_results(faulty.into), was = read_results(clean.into);
		told t = check_truth(faulty.into, &was, &is), none = check_truth(clean.into, &was, &was);
		size_t differ = 0, late = 0, gone = 0;
		for (size_t k = 0; k < was.n; k++) {
			const cell *c = look_up(&is, was.at[k].key);
			gone += !c || !*c->value;
			differ += c && *c->value && strcmp(c->value, was.at[k].value) != 0;
			late += c && c->late && *c->value;
		}
		cr_expect_eq(none.rows, 0);
		cr_expect_eq(t.fault[MISSING], gone);
		cr_expect_eq(t.fault[LATE], late);
		cr_expect_eq(t.rows - t.fault[MISSING] - t.fault[LATE], differ);
		for (int f = 0; f < FAULTS; f++)
			cr_expect_gt(t.fault[f], 0, "no %s", words[f]);
		cr_expect(i ? is.grids == 0 : is.grids > 90 && is.grids < 270, "%zu grids", is.grids);
		cr_expect(i ? is.gb18030 == 0 : is.gb18030 > 20 && is.gb18030 < 90, "%zu in GB18030", is.gb18030);
		free(is.at);
		free(was.at);
	}
}

/* Rows of one programme's truth with this fault must be those of another laboratory, or change places. */
Test(simulate, copies_are_another_laboratorys_and_swaps_are_the_laboratorys_own)
{
	zp_simulation_wish w = wish_of(inside("r"), 600, TWO, 1), clean;
	w.files = ZP_SIM_FILES_ONE;
	w.copied_results = w.swapped_samples = 0.02;
	clean = without_faults(w, inside("c"));
	must(&w);
	must(&clean);
	cells was = read_results(clean.into), is = read_results(w.into);
	char path[300];
	snprintf(path, sizeof path, "%s/truth.csv", w.into);
	char *text = slurp_text(path), *rest = text, *line = strsep(&rest, "\n"), *c[9];
	size_t copied = 0, swapped = 0;
	while ((line = strsep(&rest, "\n")) && *line) {
		cut(line, c, 9);
		bool found = false;
		if (strcmp(c[5], "copied_results") == 0) {
			for (size_t k = 0; k < is.n && !found; k++)
				found = strncmp(is.at[k].key, c[0], strlen(c[0])) != 0 && strstr(is.at[k].key, c[2]) &&
					strstr(is.at[k].key, c[3]) && strcmp(is.at[k].value, c[7]) == 0;
			copied++;
		} else if (strcmp(c[5], "swapped_samples") == 0) {
			for (int s = 1; s <= 5 && !found; s++) {
				char key[80];
				snprintf(key, sizeof key, "%s,%s,%s,20261%d", c[0], c[1], c[2], s);
				found = strcmp(key + strlen(key) - 6, c[3]) != 0 && strcmp(look_up(&was, key)->value, c[7]) == 0 &&
					strcmp(look_up(&is, key)->value, c[6]) == 0;
			}
			swapped++;
		} else {
			continue;
		}
		cr_assert(found, "%s %s %s %s: %s is nobody's", c[0], c[2], c[3], c[5], c[7]);
	}
	cr_expect_gt(copied, 100);
	cr_expect_gt(swapped, 50);
	free(text);
	free(is.at);
	free(was.at);
}

/* Copies by a factor keep to it within rounding; what repeats is the row of the laboratory before; two measurands change places. */
Test(simulate, repeats_are_the_forerunners_and_mixed_measurands_each_others)
{
	zp_simulation_wish w = wish_of(inside("r"), 600, TWO, 1), clean;
	w.files = ZP_SIM_FILES_ONE;
	w.repeated_results = w.swapped_measurands = 0.02;
	w.late = w.silent = w.missing = 0;
	clean = without_faults(w, inside("c"));
	must(&w);
	must(&clean);
	cells was = read_results(clean.into), is = read_results(w.into);
	char path[300];
	snprintf(path, sizeof path, "%s/truth.csv", w.into);
	char *text = slurp_text(path), *rest = text, *line = strsep(&rest, "\n"), *c[9];
	size_t repeated = 0, mixed = 0;
	while ((line = strsep(&rest, "\n")) && *line) {
		char key[80];
		cut(line, c, 9);
		if (strcmp(c[5], "repeated_results") == 0) {
			snprintf(key, sizeof key, "L%04d,%s,%s,%s", atoi(c[0] + 1) - 1, c[1], c[2], c[3]);
			const cell *before = look_up(&is, key);
			cr_assert_not_null(before, "%s", key);
			cr_assert_str_eq(before->value, c[7], "%s", key);
			repeated++;
		} else if (strcmp(c[5], "swapped_measurands") == 0) {
			bool found = false;
			static const char *const codes[] = { "WBC", "RBC", "HGB", "HCT", "MCV", "MCH", "MCHC", "PLT" };
			for (int m = 0; m < 8 && !found; m++) {
				snprintf(key, sizeof key, "%s,%s,%s,%s", c[0], c[1], codes[m], c[3]);
				const cell *other = look_up(&was, key);
				found = other && strcmp(codes[m], c[2]) != 0 && strcmp(other->value, c[7]) == 0;
			}
			cr_assert(found, "%s %s %s: %s is no other measurand's", c[0], c[2], c[3], c[7]);
			mixed++;
		}
	}
	cr_expect_gt(repeated, 100);
	cr_expect_gt(mixed, 50);
	free(text);
	free(is.at);
	free(was.at);
}

Test(simulate, who_is_silent_returns_nothing_and_who_is_late_returns_elsewhere)
{
	zp_simulation_wish w = wish_of(inside("r"), 1000, GLUCOSE, 1);
	w.files = ZP_SIM_FILES_ONE;
	w.missing = 0;
	must(&w);
	cells is = read_results(w.into);
	size_t late = 0;
	for (size_t k = 0; k < is.n; k++)
		late += is.at[k].late;
	cr_expect_eq(is.n, 985 * 5); /* 1.5 % of 1000 are silent */
	cr_expect_eq(late, 10 * 5);  /* 1 % late */
	free(is.at);
}
