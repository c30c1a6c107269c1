/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping homogeneity: are the samples alike, and did they stay so? */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/homogeneity.h"
#include "stats/scores.h"

#define COLUMNS_MOST 16

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	size_t item, occasion, value[COLUMNS_MOST], n_values;
	double sigma_pt, delta_e;
	bool chinese;
} wish;

/* The items of one occasion. */
typedef struct batch { const zp_cell *items; size_t n; } batch;

static const char *say(const wish *w, const char *english, const char *chinese) { return w->chinese ? chinese : english; }

static bool same_numbers(const wish *w, const zp_names *items, const zp_cell *cells, size_t n, zp_error *err)
{
	char shown[120];
	size_t most = 0;
	for (size_t i = 0; i < n; i++)
		most = cells[i].n > most ? cells[i].n : most;
	for (size_t i = 0; i < n; i++)
		if (cells[i].n != most)
			return zp_fail(err, ZP_BAD_INPUT, w->sheet->file, 0, cells[i].n == 1 ? ZP_MESSAGE("item \"%s\" has %zu value; expected %zu, as others have") : ZP_MESSAGE("item \"%s\" has %zu values; expected %zu, as others have"),
				       zp_text_show_in(shown, sizeof shown, zp_names_at(items, (uint32_t)i)), cells[i].n, most);
	return true;
}

/* Rows of the given occasion (SIZE_MAX: all), gathered by item; several value columns are replicates of their row. */
static bool gather(const wish *w, const zp_sheet_groups *occasions, size_t occasion, batch *out, zp_error *err)
{
	zp_names *names = zp_names_take(w->arena);
	const size_t most = w->sheet->n_rows * w->n_values;
	double *x = zp_take(w->arena, double, most + 1), *work = zp_take(w->arena, double, most + 1);
	uint32_t *of = zp_take(w->arena, uint32_t, most + 1);
	size_t n = 0;
	for (size_t r = 0; r < w->sheet->n_rows; r++) {
		if (occasion != SIZE_MAX && occasions->of[r] != occasion)
			continue;
		if (!zp_sheet_named(w->sheet, r, w->item, "item"))
			continue;
		const uint32_t item = zp_names_add(names, zp_sheet_text(w->sheet, r, w->item));
		for (size_t v = 0; v < w->n_values; v++)
			if (zp_sheet_plain(w->sheet, r, w->value[v], &x[n], NULL) == ZP_CELL_NUMBER)
				of[n++] = item;
	}
	const size_t n_items = zp_names_count(names);
	zp_cell *cells = zp_take(w->arena, zp_cell, n_items + 1);
	if (n == 0)
		return zp_fail(err, ZP_BAD_INPUT, w->sheet->file, 0, "there is no number to work on");
	zp_cells_of(x, of, n, n_items, cells, work);
	*out = (batch){ cells, n_items };
	return same_numbers(w, names, cells, n_items, err);
}

/* What is judged against the criterion; -1 where there is none. */
typedef struct judgement { double criterion, c_expanded; int ok, ok_expanded; } judgement;

static judgement judge(const wish *w, const zp_homogeneity *h)
{
	judgement j = { NAN, NAN, -1, -1 };
	j.criterion = w->sigma_pt > 0 ? zp_criterion_by_sigma_pt(w->sigma_pt) : w->delta_e > 0 ? zp_criterion_by_delta_e(w->delta_e) : NAN;
	if (isnan(j.criterion) || isnan(h->s_s))
		return j;
	j.ok = !zp_beyond(h->s_s, j.criterion);
	j.c_expanded = zp_criterion_expanded(h, j.criterion);
	if (!isnan(j.c_expanded))
		j.ok_expanded = !zp_beyond(h->s_s2, j.c_expanded);
	return j;
}

static const char *json_bool(int yes) { return yes < 0 ? "null" : yes ? "true" : "false"; }

static void print_json(const wish *w, const zp_homogeneity *h, const judgement *j, const zp_stability *later)
{
	printf("{\"g\": %zu, \"m\": %zu", h->g, h->m);
	const struct { const char *name; double value; } members[] = {
		{ "mean", h->mean }, { "s_x", h->s_x }, { "s_w", h->s_w }, { "s_s", h->s_s }, { "s_s2", h->s_s2 }, { "msb", h->msb },
		{ "msw", h->msw }, { "f", h->f }, { "f_crit", h->f_crit }, { "p", h->p }, { "criterion", j->criterion },
	};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		zp_print_json_member(members[i].name, members[i].value, false);
	printf(", \"ok\": %s", json_bool(j->ok));
	zp_print_json_member("c_expanded", j->c_expanded, false);
	printf(", \"ok_expanded\": %s", json_bool(j->ok_expanded));
	const struct { const char *name; double value; } more[] = {
		{ "sqrt_c_expanded", sqrt(j->c_expanded) }, { "f1", h->f1 }, { "f2", h->f2 }, { "u_bb_min", h->u_bb_min },
		{ "cochran", h->cochran }, { "cochran_crit_5pct", h->cochran_5 }, { "cochran_crit_1pct", h->cochran_1 },
		{ "sigma_pt_expanded", w->sigma_pt > 0 ? hypot(w->sigma_pt, h->s_s) : NAN },
	};
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		zp_print_json_member(more[i].name, more[i].value, false);
	if (later) {
		zp_print_json_member("later_mean", later->mean, false);
		zp_print_json_member("difference", later->difference, false);
		printf(", \"stable\": %s", isnan(j->criterion) ? "null" : json_bool(later->ok));
		zp_print_json_member("stability_expanded", later->expanded, false);
		printf(", \"stable_expanded\": %s", isnan(j->criterion) ? "null" : json_bool(later->ok_expanded));
	}
	printf("}\n");
}

static const char *verdict(const wish *w, int ok)
{
	return ok < 0 ? say(w, "cannot be said", "无法判断") : ok ? say(w, "met", "满足") : say(w, "NOT met", "不满足");
}

static void print_table(const wish *w, const zp_homogeneity *h, const judgement *j, const zp_stability *later)
{
	char t[3][40];
	printf("%s %zu %s, %zu %s, %s %s\n", say(w, "homogeneity:", "均匀性:"), h->g, say(w, "items", "个样品"), h->m, say(w, "values each", "次测定"),
	       say(w, "mean", "均值"), zp_print_short(h->mean, 8, t[0]));
	printf("  %s s_x = %s, %s s_w = %s, %s s_s = %s", say(w, "between item means", "样品均值间"), zp_print_short(h->s_x, 5, t[0]), say(w, "within items", "样品内"),
	       zp_print_short(h->s_w, 5, t[1]), say(w, "between items", "样品间"), zp_print_short(h->s_s, 5, t[2]));
	if (h->s_s2 < 0)
		printf(" (s_s2 = %s %s)", zp_print_short(h->s_s2, 4, t[0]), say(w, "is below 0, taken as 0", "小于 0,按 0 计"));
	if (h->m < 2)
		printf(" (%s)", say(w, "one value each: an upper bound", "每样品一次测定:为上限"));
	putchar('\n');
	if (!isnan(h->f))
		printf("  F = %s, %s %s, p = %s\n", zp_print_short(h->f, 5, t[0]), say(w, "critical at 5 %:", "5 % 临界值"), zp_print_short(h->f_crit, 5, t[1]),
		       zp_print_short(h->p, 4, t[2]));
	if (!isnan(h->cochran))
		printf("  Cochran C = %s, %s %s (5 %%), %s (1 %%)%s\n", zp_print_short(h->cochran, 5, t[0]), say(w, "critical", "临界值"),
		       zp_print_short(h->cochran_5, 5, t[1]), zp_print_short(h->cochran_1, 5, t[2]),
		       h->cochran > h->cochran_1 ? say(w, ": one item repeats itself badly; look for an analytical failure", ":有样品重复性差,请查找分析差错") : "");
	if (j->ok < 0) {
		printf("  %s\n", say(w, "no criterion: give --sigma-pt or --delta-e", "无判据:请给出 --sigma-pt 或 --delta-e"));
	} else {
		printf("  %s s_s <= %s: %s\n", say(w, "criterion", "判据"), zp_print_short(j->criterion, 5, t[0]), verdict(w, j->ok));
		printf("  %s s_s2 <= %s (s_s <= %s): %s\n", say(w, "expanded criterion", "扩展判据"), zp_print_short(j->c_expanded, 5, t[0]),
		       zp_print_short(sqrt(j->c_expanded), 5, t[1]), verdict(w, j->ok_expanded));
		if (!j->ok && w->sigma_pt > 0)
			printf("  %s sigma_pt' = sqrt(sigma_pt^2 + s_s^2) = %s\n", say(w, "if it is accepted all the same:", "若仍接受:"),
			       zp_print_short(hypot(w->sigma_pt, h->s_s), 6, t[0]));
	}
	if (later)
		printf("%s %s %s, %s %s; %s %s; %s %s\n", say(w, "stability:", "稳定性:"), say(w, "later mean", "后期均值"), zp_print_short(later->mean, 8, t[0]),
		       say(w, "difference", "差值"), zp_print_short(later->difference, 5, t[1]), say(w, "criterion", "判据"),
		       verdict(w, j->ok < 0 ? -1 : later->ok), say(w, "expanded", "扩展判据"), verdict(w, j->ok < 0 ? -1 : later->ok_expanded));
}

static bool add_value(wish *w, const char *name, zp_error *err)
{
	size_t *column = &w->value[w->n_values];
	if (w->n_values == COLUMNS_MOST)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "there are more than %d --value; expected the replicates of an item", COLUMNS_MOST);
	if (!zp_sheet_column(w->sheet, "value", name, column, err))
		return false;
	for (size_t v = 0; v < w->n_values; v++)
		if (w->value[v] == *column)
			return zp_fail(err, ZP_BAD_USE, NULL, 0, "--value \"%s\" is given twice; expected each column once", name);
	w->n_values++;
	return true;
}

static int run(wish *w, const zp_given_options *given)
{
	zp_error err = { 0 };
	const char *item = zp_option_given(given, "item");
	size_t at = 0;
	if (!item || !zp_option_given(given, "value"))
		return fprintf(stderr, zp_say("zhiping homogeneity: --item and --value are needed; expected names of columns\n")), ZP_BAD_USE;
	if (!zp_option_real(given, "sigma-pt", 0, 1e99, &w->sigma_pt) || !zp_option_real(given, "delta-e", 0, 1e99, &w->delta_e) ||
	    !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	w->sheet = zp_sheet_open(w->arena, given->rest[0], given, &err);
	bool good = w->sheet && zp_sheet_column(w->sheet, "item", item, &w->item, &err) &&
		    zp_sheet_optional(w->sheet, given, "occasion", &w->occasion, &err);
	for (const char *name; good && (name = zp_option_next(given, "value", &at));)
		good = add_value(w, name, &err);
	if (!good)
		return zp_cli_fail(&err);
	const zp_sheet_groups occasions = zp_sheet_group(w->arena, w->sheet, w->occasion, "occasion");
	batch first, later;
	if (w->occasion != SIZE_MAX && occasions.n > 2)
		return zp_fail(&err, ZP_BAD_INPUT, w->sheet->file, 0, "there are %zu occasions; expected two, the homogeneity test and the later one (--where picks)",
			       occasions.n), zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	if (!gather(w, &occasions, w->occasion == SIZE_MAX ? SIZE_MAX : 0, &first, &err))
		return zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	if (first.n < 2)
		return zp_fail(&err, ZP_BAD_INPUT, w->sheet->file, 0, "there is one item; expected at least 2, and 10 for a test that says something"),
		       zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	const zp_homogeneity h = zp_homogeneity_of(first.items, first.n);
	const judgement j = judge(w, &h);
	const bool has_later = occasions.n > 1 && w->occasion != SIZE_MAX;
	zp_stability s = { 0 };
	if (has_later && !gather(w, &occasions, 1, &later, &err))
		return zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	if (has_later)
		s = zp_stability_of(&h, later.items, later.n, j.criterion);
	if (zp_option_given(given, "json"))
		print_json(w, &h, &j, has_later ? &s : NULL);
	else
		print_table(w, &h, &j, has_later ? &s : NULL);
	return zp_sheet_tell(w->sheet);
}

int zp_command_homogeneity(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	wish w = { .arena = zp_arena_open() };
	const int code = run(&w, &given);
	zp_arena_close(w.arena);
	return code;
}
