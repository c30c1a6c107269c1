/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping sigma: sigma_pt by one of the models of ISO 13528 clause 8. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/order.h"
#include "stats/sigma_pt.h"

static int needs(const char *what)
{
	return fprintf(stderr, "zhiping sigma: %s\n", zp_say(what)), ZP_BAD_USE;
}

/* The language has been looked at before a model is run. */
static const char *say(const zp_given_options *given, const char *english, const char *chinese)
{
	bool is_chinese;
	return zp_option_chinese(given, &is_chinese) && is_chinese ? chinese : english;
}

/* One figure, with what it is, or JSON. */
static int print_sigma(const zp_given_options *given, double sigma, const char *how)
{
	char text[40];
	if (zp_option_given(given, "json")) {
		printf("{");
		zp_print_json_member("sigma_pt", sigma, true);
		printf("}\n");
	} else {
		printf("sigma_pt = %s (%s)\n", zp_print_short(sigma, 10, text), how);
	}
	return isnan(sigma) ? ZP_WITHHELD : ZP_OK;
}

static int horwitz(zp_arena *arena, const zp_given_options *given)
{
	double c = NAN;
	(void)arena;
	if (!zp_option_real(given, "c", 0, 1, &c))
		return ZP_BAD_USE;
	if (isnan(c))
		return needs(ZP_MESSAGE("horwitz needs --c; expected a mass fraction, as 1.2e-6 for 1.2 mg/kg"));
	const double sigma = zp_sigma_horwitz(c);
	if (zp_option_given(given, "json")) {
		printf("{");
		zp_print_json_member("sigma_pt", sigma, true);
		zp_print_json_member("rsd_pct", 100 * sigma / c, false);
		printf("}\n");
		return ZP_OK;
	}
	return print_sigma(given, sigma, say(given, "Horwitz as amended by Thompson, a mass fraction", "Thompson 修正的 Horwitz 模型,质量分数"));
}

static int precision(zp_arena *arena, const zp_given_options *given)
{
	double big = NAN, small = NAN, m = 1;
	(void)arena;
	if (!zp_option_real(given, "reproducibility", 0, 1e99, &big) || !zp_option_real(given, "repeatability", -1e-300, 1e99, &small) ||
	    !zp_option_real(given, "m", 0, 1e6, &m))
		return ZP_BAD_USE;
	if (small > big)
		return needs(ZP_MESSAGE("the repeatability is above the reproducibility; expected it not to be, for it is a part of it"));
	if (isnan(big) || isnan(small))
		return needs(ZP_MESSAGE("precision needs --reproducibility, --repeatability and perhaps --m, the replicates that are averaged"));
	return print_sigma(given, zp_sigma_precision(big, small, m), say(given, "precision study", "精密度试验"));
}

static int rounds(zp_arena *arena, const zp_given_options *given)
{
	zp_error err = { 0 };
	double at = NAN;
	size_t x_column, s_column, n = 0;
	const char *x = zp_option_given(given, "x"), *s = zp_option_given(given, "s");
	if (!zp_option_real(given, "at", -1e99, 1e99, &at))
		return ZP_BAD_USE;
	if (given->n_rest < 2 || !x || !s)
		return needs(ZP_MESSAGE("rounds needs FILE, --x and --s; expected the columns with assigned values and robust standard deviations of earlier rounds"));
	const zp_cli_sheet *sheet = zp_sheet_open(arena, given->rest[1], given, &err);
	if (!sheet || !zp_sheet_column(sheet, "x", x, &x_column, &err) || !zp_sheet_column(sheet, "s", s, &s_column, &err))
		return zp_cli_fail(&err);
	double *xs = zp_take(arena, double, sheet->n_rows + 1), *ss = zp_take(arena, double, sheet->n_rows + 1);
	for (size_t r = 0; r < sheet->n_rows; r++) {
		const zp_cell_kind has_x = zp_sheet_plain(sheet, r, x_column, &xs[n], NULL), has_s = zp_sheet_plain(sheet, r, s_column, &ss[n], NULL);
		n += has_x == ZP_CELL_NUMBER && has_s == ZP_CELL_NUMBER;
	}
	if (n < 3)
		return zp_fail(&err, ZP_BAD_INPUT, sheet->file, 0, "the rounds with both numbers are %zu; expected at least 3 for a line", n),
		       zp_sheet_tell(sheet), zp_cli_fail(&err);
	const zp_line line = zp_line_through(xs, ss, n);
	if (isnan(line.slope))
		return zp_fail(&err, ZP_BAD_INPUT, sheet->file, 0, "all %zu rounds have the same assigned value; expected different ones for a line", n),
		       zp_sheet_tell(sheet), zp_cli_fail(&err);
	const double sigma = line.intercept + line.slope * at;
	char t[5][40];
	if (sigma <= 0)
		zp_problem_add(sheet->problems, sheet->file, 0, 0, "the line is %s at %s, which is no standard deviation; expected it above 0",
			       zp_print_short(sigma, 6, t[0]), zp_print_short(at, 12, t[1]));
	if (zp_option_given(given, "json")) {
		printf("{\"n\": %zu", n);
		zp_print_json_member("intercept", line.intercept, false);
		zp_print_json_member("slope", line.slope, false);
		zp_print_json_member("r2", line.r2, false);
		zp_print_json_member("adj_r2", line.adjusted_r2, false);
		zp_print_json_member("sigma_pt", sigma > 0 ? sigma : NAN, false);
		printf("}\n");
	} else {
		printf("sigma_pt = %s + %s x_pt (%zu %s, R2 = %s)\n", zp_print_short(line.intercept, 6, t[0]), zp_print_short(line.slope, 6, t[1]), n,
		       say(given, "rounds", "轮"), zp_print_short(line.r2, 4, t[2]));
		if (!isnan(at))
			printf("%s x_pt = %s: sigma_pt = %s\n", say(given, "at", "当"), zp_print_short(at, 12, t[3]), zp_print_short(sigma > 0 ? sigma : NAN, 6, t[4]));
		printf("%s <sigma by=\"rounds\" intercept=\"%s\" slope=\"%s\"/>\n", say(given, "in a scheme:", "方案中写作:"), zp_print_short(line.intercept, 6, t[0]),
		       zp_print_short(line.slope, 6, t[1]));
	}
	return zp_sheet_tell(sheet);
}

static int few(zp_arena *arena, const zp_given_options *given)
{
	zp_error err = { 0 };
	size_t column, n = 0;
	const char *name = zp_option_given(given, "column");
	if (given->n_rest < 2 || !name)
		return needs(ZP_MESSAGE("few needs FILE and --column"));
	const zp_cli_sheet *sheet = zp_sheet_open(arena, given->rest[1], given, &err);
	if (!sheet || !zp_sheet_column(sheet, "column", name, &column, &err))
		return zp_cli_fail(&err);
	double *x = zp_take(arena, double, sheet->n_rows + 1);
	for (size_t r = 0; r < sheet->n_rows; r++)
		n += zp_sheet_plain(sheet, r, column, &x[n], NULL) == ZP_CELL_NUMBER;
	if (n < 2)
		return zp_fail(&err, ZP_BAD_INPUT, sheet->file, 0, n == 1 ? ZP_MESSAGE("the column has %zu number; expected at least 2") : ZP_MESSAGE("the column has %zu numbers; expected at least 2"), n),
		       zp_sheet_tell(sheet), zp_cli_fail(&err);
	zp_sort(x, n, zp_take(arena, uint64_t, 2 * n + 1));
	const int code = print_sigma(given, zp_sigma_of_few(x, n), say(given, "very few results, D.1.4.2", "结果极少,D.1.4.2"));
	return code ? code : zp_sheet_tell(sheet);
}

static const struct { const char *name; int files, (*run)(zp_arena *, const zp_given_options *); } models[] = {
	{ "horwitz", 0, horwitz }, { "precision", 0, precision }, { "rounds", 1, rounds }, { "few", 1, few },
};

int zp_command_sigma(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	bool chinese;
	if (!zp_options_read(self, argc, argv, 1, 2, &given) || !zp_option_chinese(&given, &chinese))
		return ZP_BAD_USE;
	for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
		if (strcmp(models[i].name, given.rest[0]) != 0)
			continue;
		if (given.n_rest > models[i].files + 1)
			return needs(ZP_MESSAGE("this model reads no file; expected options alone"));
		zp_arena *arena = zp_arena_open();
		const int code = models[i].run(arena, &given);
		zp_arena_close(arena);
		return code;
	}
	fprintf(stderr, zp_say("zhiping: there is no model \"%s\"; expected horwitz, precision, rounds or few\n"), given.rest[0]);
	return ZP_BAD_USE;
}
