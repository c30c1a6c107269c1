/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping estimate: what each method makes of a column of numbers. */
#include <stdlib.h>
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/between.h"
#include "stats/humps.h"
#include "stats/lattice.h"
#include "stats/order.h"
#include "stats/robust.h"
#include "stats/scores.h"

/* In the order in which people read them; others that are installed follow. */
static const char *const usual[] = { "mean", "median-made", "median-niqr", "algorithm-a", "algorithm-a-iso3", "algorithm-a-grouped", "q-method",
				     "qn", "sn", "q-hampel", "qn-hampel", "kernel-mode", "truncated-3sd", "truncated-2sd", "clia-3sd",
				     "trimmed-10", "trimmed-25" };

#define METHODS_MOST 64

typedef enum bounds { BOUNDS_ASIDE, BOUNDS_IGNORE_SIGN, BOUNDS_HALF } bounds;

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	const zp_given_options *given;
	size_t column;
	const zp_plugin *method[METHODS_MOST];
	size_t n_methods;
	double sigma_pt, delta_e, step;
	bool logs, json, chinese;
	bounds bounds;
} wish;

/* One group's values. */
typedef struct group {
	const char *name;
	double *x, *below, *above;
	size_t n, n_below, n_above, n_blank, n_unreadable;
	double step;
	uint64_t *keys;
} group;

static const char *say(const wish *w, const char *english, const char *chinese) { return w->chinese ? chinese : english; }

static void put_value(const wish *w, group *g, zp_cell_kind kind, double value)
{
	if (kind == ZP_CELL_BELOW || kind == ZP_CELL_ABOVE) {
		if (w->bounds == BOUNDS_HALF && kind == ZP_CELL_BELOW)
			value /= 2;
		if (w->bounds != BOUNDS_ASIDE)
			kind = ZP_CELL_NUMBER;
	}
	if (w->logs && (kind == ZP_CELL_NUMBER || kind == ZP_CELL_BELOW || kind == ZP_CELL_ABOVE))
		value = log10(value);
	switch (kind) {
	case ZP_CELL_NUMBER: g->x[g->n++] = value; break;
	case ZP_CELL_BELOW: g->below[g->n_below++] = value; break;
	case ZP_CELL_ABOVE: g->above[g->n_above++] = value; break;
	case ZP_CELL_BLANK: g->n_blank++; break;
	case ZP_CELL_UNREADABLE: g->n_unreadable++; break;
	}
}

/* The groups, each with its values ascending. */
static group *read_groups(const wish *w, const zp_sheet_groups *by)
{
	group *groups = zp_take(w->arena, group, by->n + 1);
	size_t *rows = zp_take(w->arena, size_t, by->n + 1);
	for (size_t r = 0; r < w->sheet->n_rows; r++)
		rows[by->of[r]]++;
	for (size_t i = 0; i < by->n; i++) {
		groups[i].name = zp_names_at(by->names, (uint32_t)i).p;
		groups[i].x = zp_take(w->arena, double, 3 * rows[i] + 1);
		groups[i].below = groups[i].x + rows[i];
		groups[i].above = groups[i].below + rows[i];
		groups[i].keys = zp_take(w->arena, uint64_t, 2 * rows[i] + 1);
	}
	for (size_t r = 0; r < w->sheet->n_rows; r++) {
		double value;
		zp_cell_kind kind = zp_sheet_number(w->sheet, r, w->column, &value);
		if (w->logs && !isnan(value) && !(value > 0)) {
			zp_problem_add(w->sheet->problems, w->sheet->file, w->sheet->line[r], (long)w->column + 1,
				       "the logarithm of %g is not defined; expected a number above 0; it is left out", value);
			kind = ZP_CELL_UNREADABLE;
		}
		put_value(w, &groups[by->of[r]], kind, value);
	}
	for (size_t i = 0; i < by->n; i++) {
		group *g = &groups[i];
		int places;
		zp_sort(g->x, g->n, g->keys);
		zp_sort(g->below, g->n_below, g->keys);
		zp_sort(g->above, g->n_above, g->keys);
		g->step = w->step > 0 ? w->step : g->n && zp_lattice_places(g->x, g->n, &places) ? zp_lattice_value(1, places) : 0;
	}
	return groups;
}

/* ---- one method ---- */

/* --set NAME=VALUE. Gives: whether it is meant for this setting. */
static bool is_for(const char *given, const zp_param *p)
{
	const size_t n = strlen(p->name);
	return strncmp(given, p->name, n) == 0 && given[n] == '=';
}

/* The setting that the options give it: --set NAME=VALUE, and the bandwidth from sigma_pt or delta_E. */
static bool set(const wish *w, const zp_plugin *plugin, const zp_param *p, double *value)
{
	size_t at = 0;
	*value = p->preset;
	if (strcmp(p->name, "width") == 0 && w->sigma_pt > 0)
		*value = zp_kernel_width_by_sigma_pt(w->sigma_pt);
	else if (strcmp(p->name, "width") == 0 && w->delta_e > 0)
		*value = zp_kernel_width_by_delta_e(w->delta_e);
	for (const char *given; (given = zp_option_next(w->given, "set", &at));) {
		zp_decimal d;
		if (!is_for(given, p))
			continue;
		const char *text = strchr(given, '=') + 1;
		if (zp_decimal_read_printed(text, strlen(text), &d) == ZP_NUMBER_OK) {
			*value = zp_decimal_double(d);
			if (*value >= p->least && *value <= p->most)
				continue;
		}
		fprintf(stderr, zp_say("zhiping: --set \"%s\" is not usable; expected a number from %g to %g\n"), given, p->least, p->most);
		return false;
	}
	if (!isnan(*value))
		return true;
	fprintf(stderr, zp_say("zhiping: the method \"%s\" needs --set %s=NUMBER: %s\n"), plugin->name, p->name, zp_say(p->help));
	return false;
}

static bool settings_of(const wish *w, const zp_plugin *plugin, double settings[static 16])
{
	for (const zp_param *p = plugin->params; p && p->name; p++)
		if (!set(w, plugin, p, settings++))
			return false;
	return true;
}

/* Every --set has a method whose setting it is, and every method has what it needs. */
static bool settings_are_sound(const wish *w)
{
	double settings[16];
	size_t at = 0;
	for (size_t m = 0; m < w->n_methods; m++)
		if (!settings_of(w, w->method[m], settings))
			return false;
	for (const char *given; (given = zp_option_next(w->given, "set", &at));) {
		bool meant = false;
		const char *names = "";
		for (size_t m = 0; m < w->n_methods; m++)
			for (const zp_param *p = w->method[m]->params; p && p->name; p++) {
				meant |= is_for(given, p);
				if (!strstr(zp_arena_print(w->arena, "%s,", names), zp_arena_print(w->arena, " %s,", p->name)))
					names = zp_arena_print(w->arena, "%s%s %s", names, *names ? "," : "", p->name);
			}
		if (meant)
			continue;
		if (*names)
			fprintf(stderr, zp_say("zhiping: --set \"%s\" is of no method here; expected NAME=NUMBER with one of:%s\n"), given, names);
		else
			fprintf(stderr, zp_say_n("zhiping: --set \"%s\" is of no use; the method has no settings\n", "zhiping: --set \"%s\" is of no use; the methods have no settings\n", w->n_methods), given);
		return false;
	}
	return true;
}

/* Gives: false when the method has no answer; *err says why. */
static bool estimate(const wish *w, zp_arena *scratch, const zp_plugin *plugin, const group *g, zp_estimate *out, zp_error *err)
{
	double settings[16];
	zp_lend lend;
	const zp_estimator *does = plugin->does.estimator;
	*out = (zp_estimate){ .x = ZP_NONE, .s = ZP_NONE, .u = ZP_NONE };
	if (g->n < does->least_n)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "%zu numbers are too few; expected at least %zu", g->n, does->least_n);
	if (!settings_of(w, plugin, settings))
		return false;
	const zp_sample sample = { .x = g->x, .n = g->n, .step = g->step, .below = g->below, .above = g->above,
				   .n_below = does->takes_bounds ? g->n_below : 0, .n_above = does->takes_bounds ? g->n_above : 0 };
	const bool found = does->estimate(zp_lend_to(&lend, scratch, plugin, settings), &sample, out, err);
	zp_lend_ended(plugin);
	return found;
}

/* u by its formula: 0 where the spread collapsed, which `degenerate` says is no certainty. */
static double u_by_formula(const zp_estimate *e) { return e->collapsed && isnan(e->u) ? 0 : e->u; }

static void print_object(const wish *w, zp_arena *scratch, const zp_plugin *method, const group *g)
{
	zp_estimate e;
	zp_error err = { 0 };
	const bool answers = estimate(w, scratch, method, g, &e, &err);
	if (!answers)
		e = (zp_estimate){ .x = ZP_NONE, .s = ZP_NONE, .u = ZP_NONE, .n = g->n };
	printf("  {\"group\": ");
	zp_print_json_text(g->name);
	printf(", \"method\": \"%s\", \"n\": %zu", method->name, e.n);
	zp_print_json_member("x", e.x, false);
	zp_print_json_member("s", e.s, false);
	zp_print_json_member("u", u_by_formula(&e), false);
	printf(", \"iterations\": %u, \"converged\": %s, \"degenerate\": %s", e.iterations, answers && e.converged ? "true" : "false",
	       e.collapsed ? "true" : "false");
	if (w->sigma_pt > 0 || w->delta_e > 0) {
		const int fine = zp_u_negligible(e.u, w->sigma_pt, w->delta_e);
		printf(", \"u_negligible\": %s", fine < 0 ? "null" : fine ? "true" : "false");
	}
	if (!answers)
		printf(", \"why\": "), zp_print_json_text(err.text);
	printf("}");
}

static void print_json(const wish *w, const group *groups, size_t n)
{
	printf("[");
	for (size_t i = 0; i < n; i++) {
		zp_arena *scratch = zp_arena_open();
		for (size_t m = 0; m < w->n_methods; m++) {
			printf("%s\n", i + m ? "," : "");
			print_object(w, scratch, w->method[m], &groups[i]);
		}
		zp_arena_close(scratch);
	}
	printf("\n]\n");
}

/* ---- for people ---- */

static void print_left_out(const wish *w, const group *g)
{
	const size_t bounds_aside = g->n_below + g->n_above;
	const struct { size_t n; const char *what; } kinds[] = {
		{ g->n_blank, say(w, "blank", "空白") },
		{ bounds_aside, say(w, "bounds such as <0.5 (censored-normal takes them in)", "“<”“>”结果(censored-normal 方法可计入)") },
		{ g->n_unreadable, say(w, "unreadable", "无法识别") },
	};
	const char *before = say(w, "  left out: ", "  未计入: ");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].n)
			printf("%s%zu %s", before, kinds[i].n, kinds[i].what), before = ", ";
	if (bounds_aside + g->n_blank + g->n_unreadable)
		putchar('\n');
}

static const char *remark(const wish *w, const zp_estimate *e, char out[static 160])
{
	const int fine = zp_u_negligible(e->u, w->sigma_pt, w->delta_e);
	if (e->n == 1)
		return say(w, "one value has no spread", "单个数值没有离散度");
	if (!e->converged)
		return say(w, "did not converge", "未收敛");
	if (e->collapsed)
		return say(w, "so many are equal that the spread is 0: it says nothing", "相同值过多,离散度为 0,无信息");
	if (e->tied)
		return say(w, "the middle half is one value: s and u rest on the rounding", "中间一半为同一数值,s 与 u 取决于修约");
	if (fine == 0) {
		snprintf(out, 160, "%s", say(w, "u is not negligible (0.3 sigma_pt, 0.1 delta_E)", "u 不可忽略(0.3 σpt,0.1 ΔE)"));
		return out;
	}
	return "";
}

static void print_methods(const wish *w, zp_arena *scratch, const group *g)
{
	char text[4][40], note[160];
	printf("\n  ");
	zp_print_cell(say(w, "method", "方法"), 20);
	printf(" %6s %14s %12s %12s\n", "n", "x", "s", "u");
	for (size_t m = 0; m < w->n_methods; m++) {
		zp_estimate e;
		zp_error err = { 0 };
		if (!estimate(w, scratch, w->method[m], g, &e, &err)) {
			printf("  %-20s %6s %14s %12s %12s  %s\n", w->method[m]->name, "-", "-", "-", "-", err.told);
			continue;
		}
		snprintf(text[3], sizeof text[3], "%zu", e.n);
		const char *note_of = remark(w, &e, note);
		printf("  %-20s %6s %14s %12s %12s%s%s\n", w->method[m]->name, text[3], zp_print_value(e.x, g->step, text[0]), zp_print_short(e.s, 5, text[1]),
		       zp_print_short(e.u, 4, text[2]), *note_of ? "  " : "", note_of);
	}
}

/* Where the values are densest, and whether that is more than one hump. */
static void print_shape(const wish *w, zp_arena *scratch, const group *g)
{
	const double width = w->sigma_pt > 0 ? zp_kernel_width_by_sigma_pt(w->sigma_pt) : w->delta_e > 0 ? zp_kernel_width_by_delta_e(w->delta_e) : 0;
	const double step = g->step > 0 ? zp_reported_step(g->x, g->n, (int)rint(-log10(g->step)), 0.4) : 0;
	char text[2][40];
	if (g->n < 4 || g->x[0] == g->x[g->n - 1])
		return;
	const zp_humps h = zp_humps_of(g->x, g->n, step, width, 2, scratch);
	if (h.modes.n == 0)
		return;
	printf("\n  %s", say(w, "modes (relative height):", "密度峰(相对高度):"));
	for (size_t i = 0; i < h.modes.n && i < ZP_MODES_MOST; i++)
		printf("%s %s (%.0f %%)", i ? "," : "", zp_print_short(h.modes.mode[i].at, 6, text[0]), 100 * h.modes.mode[i].height);
	printf("; %s %s\n  %s %.4f, p %s%.3f: %s\n", say(w, "bandwidth", "带宽"), zp_print_short(h.width, 4, text[1]), say(w, "dip test:", "dip 检验:"), h.dip,
	       h.p <= 0.001 ? "<= " : say(w, "about ", "约 "), h.p,
	       h.p < 0.01 && h.apart > 1 ? say(w, "more than one hump", "呈多峰分布") : say(w, "no sign of more than one hump", "无多峰迹象"));
}

static void print_group(const wish *w, const group *g)
{
	char text[5][40];
	printf("%s = %s: ", say(w, "group", "组"), g->name);
	if (g->n)
		printf("%zu %s\n", g->n, g->n == 1 ? say(w, "number", "个数值") : say(w, "numbers", "个数值"));
	else
		printf("%s\n", say(w, "no numbers", "无数值"));
	print_left_out(w, g);
	if (g->n == 0)
		return;
	printf("  %s %s … %s, %s %s, %s %s … %s", say(w, "range", "范围"), zp_print_value(g->x[0], g->step, text[0]),
	       zp_print_value(g->x[g->n - 1], g->step, text[1]), say(w, "median", "中位数"), zp_print_value(zp_median(g->x, g->n), g->step, text[2]),
	       say(w, "quartiles", "四分位数"), zp_print_value(zp_quantile(g->x, g->n, 0.25), g->step, text[3]),
	       zp_print_value(zp_quantile(g->x, g->n, 0.75), g->step, text[4]));
	if (g->step > 0)
		printf(", %s %s", say(w, "reported to", "报告至"), zp_print_short(g->step, 6, text[0]));
	printf("\n\n");
	zp_print_histogram(g->x, g->n, g->step, w->chinese);
	zp_arena *scratch = zp_arena_open();
	print_methods(w, scratch, g);
	print_shape(w, scratch, g);
	zp_arena_close(scratch);
	putchar('\n');
}

/* Whether the groups differ by more than what each is unsure of, by Algorithm A. */
static void print_comparison(const wish *w, const group *groups, size_t n)
{
	zp_arena *scratch = zp_arena_open();
	double *x = zp_take(scratch, double, n), *u = zp_take(scratch, double, n);
	char text[2][40];
	for (size_t i = 0; i < n; i++) {
		const group *g = &groups[i];
		x[i] = u[i] = NAN;
		if (g->n == 0)
			continue;
		const zp_robust a = zp_algorithm_a(g->x, g->n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
						   zp_take(scratch, double, ZP_ALGORITHM_A_WORK(g->n)));
		x[i] = a.x;
		u[i] = 1.25 * a.s / sqrt((double)g->n);
	}
	const zp_between b = zp_between_of(x, u, n);
	if (b.k >= 2) {
		printf("%s\n", say(w, "groups beside each other (Algorithm A)", "各组比较(算法 A)"));
		for (size_t i = 0; i < n; i++) {
			printf("  ");
			zp_print_cell(groups[i].name, 20);
			printf(" %6zu %14s %12s\n", groups[i].n, zp_print_value(x[i], groups[i].step, text[0]), zp_print_short(u[i], 4, text[1]));
		}
		printf("  Q = %s (%s %zu), p %s%s: %s\n\n", zp_print_short(b.q, 4, text[0]), say(w, "degrees of freedom", "自由度"), b.k - 1, b.p < 1e-6 ? "< " : "= ",
		       b.p < 1e-6 ? "0.000001" : zp_print_short(b.p, 3, text[1]),
		       b.p < 0.01 ? say(w, "they differ by more than their uncertainties", "组间差异超出各组不确定度")
				  : say(w, "they differ by no more than their uncertainties", "组间差异未超出各组不确定度"));
	}
	zp_arena_close(scratch);
}

/* ---- what is asked for ---- */

static bool add_method(wish *w, const zp_registry *registry, const char *name, bool must)
{
	const zp_plugin *p = zp_registry_find(registry, ZP_ESTIMATOR, name);
	if (p && strcmp(name, "known") != 0 && w->n_methods < METHODS_MOST) {
		w->method[w->n_methods++] = p;
		return true;
	}
	if (!must)
		return true;
	fprintf(stderr, zp_say("zhiping: there is no method \"%s\"; expected one of:"), name);
	for (size_t i = 0; i < zp_registry_count(registry); i++)
		if (zp_registry_at(registry, i)->kind == ZP_ESTIMATOR && !zp_registry_at(registry, i)->does.estimator->stated)
			fprintf(stderr, " %s", zp_registry_at(registry, i)->name);
	fputc('\n', stderr);
	return false;
}

static bool choose_methods(wish *w, const zp_registry *registry)
{
	size_t at = 0;
	bool good = true;
	for (const char *name; good && (name = zp_option_next(w->given, "method", &at));)
		good = add_method(w, registry, name, true);
	if (w->n_methods || !good)
		return good;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		add_method(w, registry, usual[i], false);
	return true;
}

static bool choose_bounds(wish *w)
{
	static const char *const words[] = { "aside", "ignore-sign", "half" };
	const char *word = zp_option_given(w->given, "bounds");
	for (size_t i = 0; word && i < 3; i++)
		if (strcmp(word, words[i]) == 0) {
			w->bounds = (bounds)i;
			return true;
		}
	if (!word)
		return true;
	fprintf(stderr, zp_say("zhiping: --bounds \"%s\" is not known; expected aside, ignore-sign or half\n"), word);
	return false;
}

static int run(wish *w, const char *file, const zp_registry *registry)
{
	zp_error err = { 0 };
	size_t by_column;
	const char *column = zp_option_given(w->given, "column");
	if (!column)
		return fprintf(stderr, zp_say("zhiping estimate: --column is needed; expected the name of the column with the numbers\n")), ZP_BAD_USE;
	if (!choose_methods(w, registry) || !choose_bounds(w) || !zp_option_real(w->given, "sigma-pt", 0, 1e99, &w->sigma_pt) ||
	    !zp_option_real(w->given, "delta-e", 0, 1e99, &w->delta_e) || !zp_option_real(w->given, "step", 0, 1e99, &w->step) ||
	    !zp_option_chinese(w->given, &w->chinese) || !settings_are_sound(w))
		return ZP_BAD_USE;
	w->logs = zp_option_given(w->given, "log10");
	if (w->logs && w->step > 0)
		return fprintf(stderr, zp_say("zhiping estimate: --step and --log10 are both given; a step of numbers is none of their logarithms\n")), ZP_BAD_USE;
	w->json = zp_option_given(w->given, "json");
	w->sheet = zp_sheet_open(w->arena, file, w->given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "column", column, &w->column, &err) ||
	    !zp_sheet_optional(w->sheet, w->given, "by", &by_column, &err))
		return zp_cli_fail(&err);
	const zp_sheet_groups by = zp_sheet_group(w->arena, w->sheet, by_column, NULL);
	const group *groups = read_groups(w, &by);
	if (w->json)
		print_json(w, groups, by.n);
	for (size_t i = 0; i < by.n && !w->json; i++)
		print_group(w, &groups[i]);
	if (!w->json && by.n > 1)
		print_comparison(w, groups, by.n);
	return zp_sheet_tell(w->sheet);
}

int zp_command_estimate(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	wish w = { .arena = zp_arena_open(), .given = &given };
	const int code = run(&w, given.rest[0], registry);
	zp_arena_close(w.arena);
	zp_registry_close(registry);
	return code;
}
