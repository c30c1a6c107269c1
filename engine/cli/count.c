/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping count: how often each answer was given, and whether that is a consensus. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/distribution.h"

#define ANSWERS_MOST 200

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	size_t column, weight;
	double threshold; /* percent */
	bool chinese, json;
} wish;

/* The answers in the order of their grades: that of --order, else the order of numbers or of first appearance. */
typedef struct answers {
	const char *name[ANSWERS_MOST + 1];
	double at[ANSWERS_MOST + 1];
	uint64_t n[ANSWERS_MOST + 1], all;
	size_t kinds;
	bool ordered; /* medians mean something */
	bool listed;  /* by --order: there are no others */
} answers;

static size_t find(answers *a, const char *name) /* kinds when it is not listed */
{
	for (size_t i = 0; i < a->kinds; i++)
		if (strcmp(a->name[i], name) == 0)
			return i;
	if (a->listed)
		return a->kinds;
	a->name[a->kinds] = name;
	return a->kinds++;
}

static bool take_order(const wish *w, answers *a, const char *order)
{
	char shown[120];
	for (const char *p = order; p && a->kinds <= ANSWERS_MOST;) {
		const size_t n = strcspn(p, ","), before = a->kinds;
		const zp_text grade = zp_text_trim((zp_text){ p, n });
		if (find(a, zp_arena_text(w->arena, grade.p, grade.n)) != before)
			return fprintf(stderr, zp_say("zhiping count: --order has the grade \"%s\" twice; expected each once\n"),
				       zp_text_show_in(shown, sizeof shown, grade)), false;
		p = p[n] ? p + n + 1 : NULL;
	}
	a->ordered = a->listed = true;
	if (a->kinds > ANSWERS_MOST)
		return fprintf(stderr, zp_say("zhiping count: --order has more than %d grades; expected a few\n"), ANSWERS_MOST), false;
	return a->kinds > 1 || (fprintf(stderr, zp_say("zhiping count: --order has one grade, \"%s\"; expected two or more, separated by commas\n"),
					zp_text_show_in(shown, sizeof shown, zp_text_of(a->name[0]))), false);
}

static void sort_numbers(answers *a)
{
	for (size_t i = 0; i < a->kinds; i++) {
		zp_decimal d;
		if (zp_decimal_read(a->name[i], strlen(a->name[i]), &d) != ZP_NUMBER_OK)
			return;
		a->at[i] = zp_decimal_double(d);
	}
	for (size_t i = 1; i < a->kinds; i++)
		for (size_t j = i; j > 0 && a->at[j - 1] > a->at[j]; j--) {
			const char *name = a->name[j];
			const double at = a->at[j];
			const uint64_t n = a->n[j];
			a->name[j] = a->name[j - 1], a->at[j] = a->at[j - 1], a->n[j] = a->n[j - 1];
			a->name[j - 1] = name, a->at[j - 1] = at, a->n[j - 1] = n;
		}
	a->ordered = true;
}

/* How often the row counts. Gives: false when that is unusable, which is told. */
static bool read_weight(const wish *w, size_t r, double *weight)
{
	char shown[120];
	if (w->weight == SIZE_MAX)
		return true;
	switch (zp_sheet_plain(w->sheet, r, w->weight, weight, NULL)) {
	case ZP_CELL_NUMBER:
		if (*weight >= 0 && *weight <= 1e12 && *weight == floor(*weight))
			return true;
		break;
	case ZP_CELL_UNREADABLE: /* has been told */
		return false;
	default:
		break;
	}
	zp_problem_add(w->sheet->problems, w->sheet->file, w->sheet->line[r], (long)w->weight + 1,
		       "the weight is \"%s\"; expected a whole number from 0 to 1e12; the row is left out",
		       zp_text_show_in(shown, sizeof shown, zp_sheet_text(w->sheet, r, w->weight)));
	return false;
}

static bool tally(const wish *w, answers *a, const zp_sheet_groups *by, size_t group, zp_error *err)
{
	for (size_t k = by->first[group]; k < by->first[group + 1]; k++) {
		const size_t r = by->rows[k];
		const zp_text cell = zp_sheet_text(w->sheet, r, w->column);
		double weight = 1;
		char shown[120];
		if (cell.n == 0 || zp_text_is(cell, "NA") || !read_weight(w, r, &weight)) /* nothing was reported */
			continue;
		const size_t answer = find(a, zp_arena_text(w->arena, cell.p, cell.n));
		if (answer == a->kinds) {
			zp_problem_add(w->sheet->problems, w->sheet->file, w->sheet->line[r], (long)w->column + 1,
				       "\"%s\" is no grade of --order; it is left out", zp_text_show_in(shown, sizeof shown, cell));
			continue;
		}
		if (a->kinds > ANSWERS_MOST)
			return zp_fail(err, ZP_BAD_INPUT, w->sheet->file, w->sheet->line[r], "there are more than %d different answers; expected a few", ANSWERS_MOST);
		a->n[answer] += (uint64_t)weight;
		a->all += (uint64_t)weight;
	}
	if (!a->ordered)
		sort_numbers(a);
	return true;
}

static uint64_t most_of(const answers *a)
{
	uint64_t most = 0;
	for (size_t i = 0; i < a->kinds; i++)
		most = a->n[i] > most ? a->n[i] : most;
	return most;
}

/* The grades at which half of the answers are reached; two where that is met exactly. */
static void medians(const answers *a, size_t *low, size_t *high)
{
	uint64_t sum = 0;
	*low = *high = SIZE_MAX;
	for (size_t i = 0; i < a->kinds && *high == SIZE_MAX; i++) {
		sum += a->n[i];
		if (*low == SIZE_MAX && a->n[i] && 2 * sum >= a->all)
			*low = i;
		if (a->n[i] && 2 * sum > a->all)
			*high = i;
	}
}

/* The share that 95 % sure lies between, Clopper and Pearson. */
static void sure(uint64_t k, uint64_t n, double *low, double *high)
{
	*low = k == 0 ? 0 : 100 * zp_beta_quantile(0.025, (double)k, (double)(n - k) + 1);
	*high = k == n ? 100 : 100 * zp_beta_quantile(0.975, (double)k + 1, (double)(n - k));
}

static bool agrees(uint64_t k, uint64_t n, double percent) { return n && 100 * (double)k >= percent * (double)n; }

static void print_json(const wish *w, const answers *a, const char *group)
{
	const uint64_t most = most_of(a);
	size_t low, high;
	double from, to;
	bool first = true;
	printf("  {\"group\": ");
	zp_print_json_text(group);
	printf(", \"n_reported\": %llu, \"answers\": [", (unsigned long long)a->all);
	for (size_t i = 0; i < a->kinds; i++) {
		sure(a->n[i], a->all, &from, &to);
		printf("%s{\"answer\": ", i ? ", " : "");
		zp_print_json_text(a->name[i]);
		printf(", \"n\": %llu", (unsigned long long)a->n[i]);
		zp_print_json_member("pct", a->all ? 100 * (double)a->n[i] / (double)a->all : NAN, false);
		zp_print_json_member("cp_lower", a->all ? from : NAN, false);
		zp_print_json_member("cp_upper", a->all ? to : NAN, false);
		printf("}");
	}
	printf("], \"mode\": [");
	for (size_t i = 0; i < a->kinds; i++)
		if (a->n[i] == most && most) {
			printf("%s", first ? "" : ", "), first = false;
			zp_print_json_text(a->name[i]);
		}
	printf("], \"median\": [");
	medians(a, &low, &high);
	if (a->ordered && low != SIZE_MAX) {
		zp_print_json_text(a->name[low]);
		if (high != low)
			printf(", "), zp_print_json_text(a->name[high]);
	}
	static const int thresholds[] = { 80, 90, 95, 100 };
	printf("]");
	for (size_t i = 0; i < 4; i++)
		printf(", \"consensus_%dpct\": %s", thresholds[i], agrees(most, a->all, thresholds[i]) ? "true" : "false");
	printf("}");
	(void)w;
}

static void print_table(const wish *w, const answers *a, const char *group)
{
	const uint64_t most = most_of(a);
	size_t low, high;
	double from, to;
	int width = 24;
	char shown[200];
	for (size_t i = 0; i < a->kinds; i++)
		width = zp_print_room(width, zp_text_show_in(shown, sizeof shown, zp_text_of(a->name[i])));
	printf("%s: %llu %s\n", group, (unsigned long long)a->all, w->chinese ? "个回报" : "answers");
	for (size_t i = 0; i < a->kinds; i++) {
		sure(a->n[i], a->all, &from, &to);
		printf("  ");
		zp_print_cell(zp_text_show_in(shown, sizeof shown, zp_text_of(a->name[i])), width);
		printf(" %6llu %7.2f %%  (%.1f … %.1f %%)%s\n", (unsigned long long)a->n[i], a->all ? 100 * (double)a->n[i] / (double)a->all : 0,
		       from, to, a->n[i] == most && most ? w->chinese ? "  众数" : "  mode" : "");
	}
	medians(a, &low, &high);
	if (a->ordered && low != SIZE_MAX)
		printf("  %s %s%s%s\n", w->chinese ? "中位等级" : "median grade", a->name[low], high != low ? " / " : "", high != low ? a->name[high] : "");
	printf("  %s %g %%: %s\n", w->chinese ? "一致性" : "consensus of", w->threshold,
	       agrees(most, a->all, w->threshold) ? w->chinese ? "达到" : "reached" : w->chinese ? "未达到" : "NOT reached");
}

static int run(wish *w, const zp_given_options *given)
{
	zp_error err = { 0 };
	size_t by_column;
	const char *column = zp_option_given(given, "column"), *order = zp_option_given(given, "order");
	if (!column)
		return fprintf(stderr, zp_say("zhiping count: --column is needed; expected the name of the column with the answers\n")), ZP_BAD_USE;
	if (!zp_option_real(given, "threshold", 0, 100, &w->threshold) || !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	answers grades = { .kinds = 0 };
	if (order && !take_order(w, &grades, order))
		return ZP_BAD_USE;
	w->json = zp_option_given(given, "json");
	w->sheet = zp_sheet_open(w->arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "column", column, &w->column, &err) ||
	    !zp_sheet_optional(w->sheet, given, "weight", &w->weight, &err) || !zp_sheet_optional(w->sheet, given, "by", &by_column, &err))
		return zp_cli_fail(&err);
	const zp_sheet_groups by = zp_sheet_group(w->arena, w->sheet, by_column, NULL);
	for (size_t i = 0; i < by.n; i++) {
		answers a = grades;
		if (!tally(w, &a, &by, i, &err))
			return zp_cli_fail(&err);
		if (w->json) {
			printf(i ? ",\n" : "[\n");
			print_json(w, &a, zp_names_at(by.names, (uint32_t)i).p);
		} else {
			print_table(w, &a, zp_names_at(by.names, (uint32_t)i).p);
		}
	}
	if (w->json)
		printf(by.n ? "\n]\n" : "[]\n");
	return zp_sheet_tell(w->sheet);
}

int zp_command_count(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	wish w = { .arena = zp_arena_open(), .threshold = 80 };
	const int code = run(&w, &given);
	zp_arena_close(w.arena);
	return code;
}
