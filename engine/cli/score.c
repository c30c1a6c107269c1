/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping score: how far each result of a column is from a target. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/scores.h"

typedef enum score_name { S_D, S_D_PCT, S_PA, S_Z, S_Z_PRIME, S_ZETA, S_EN, S_SDI, S_VI, S_VIS, S_BIS, S_TARGET, S_APS, SCORES } score_name;
static const char *const names[SCORES] = { "D", "D_pct", "PA", "z", "z_prime", "zeta", "En", "SDI", "VI", "VIS", "BIS", "target_score", "APS" };

typedef struct wish {
	const zp_cli_sheet *sheet;
	size_t column, lab, u, expanded, k, assigned; /* SIZE_MAX: not given */
	zp_decimal stated; /* --x-pt */
	double x_pt, u_x_pt, k_x_pt, sigma_pt, delta_e, sd, ccv, tdpa, t_value, aps, k_all, warn, act;
	bool wanted[SCORES], json, chinese;
} wish;

/* One row's own numbers; NAN where it has none. */
typedef struct row { double x, x_pt, d, u, expanded; } row;

#define K_LEAST 1
#define K_MOST 15 /* beyond it a factor is a number of another column */

static double unusable(const wish *w, zp_problems *where, size_t r, size_t column, const char *expected)
{
	char shown[120];
	zp_problem_add(where, w->sheet->file, w->sheet->line[r], (long)column + 1, "\"%s\" is no %s; it is left out",
		       zp_text_show_in(shown, sizeof shown, zp_sheet_text(w->sheet, r, column)), expected);
	return NAN;
}

/* What a row says of its uncertainty. A 0 is told, and no fault of the table: laboratories do report it. */
static double uncertainty(const wish *w, size_t r, size_t column)
{
	double value;
	if (column == SIZE_MAX || zp_sheet_plain(w->sheet, r, column, &value, NULL) != ZP_CELL_NUMBER)
		return NAN;
	return value > 0 ? value : unusable(w, value < 0 ? w->sheet->problems : w->sheet->remarks, r, column, "uncertainty; expected a number above 0");
}

static double coverage(const wish *w, size_t r)
{
	double k = w->k_all;
	if (w->k == SIZE_MAX || zp_sheet_plain(w->sheet, r, w->k, &k, NULL) != ZP_CELL_NUMBER)
		return k;
	return k >= K_LEAST && k <= K_MOST ? k : unusable(w, w->sheet->problems, r, w->k, "coverage factor; expected a number from 1 to 15");
}

static row read_row(const wish *w, size_t r)
{
	row is = { .x_pt = w->x_pt, .d = NAN };
	is.u = uncertainty(w, r, w->u);
	is.expanded = uncertainty(w, r, w->expanded);
	const double k = coverage(w, r);
	zp_decimal x, x_pt = w->stated;
	const bool has_x = zp_sheet_plain(w->sheet, r, w->column, &is.x, &x) == ZP_CELL_NUMBER;
	const bool has_x_pt = w->assigned == SIZE_MAX || zp_sheet_plain(w->sheet, r, w->assigned, &is.x_pt, &x_pt) == ZP_CELL_NUMBER;
	if (has_x && has_x_pt)
		is.d = zp_decimal_minus(x, x_pt);
	if (w->u == SIZE_MAX) /* U as reported with its k; En takes it as it is */
		is.u = is.expanded / k;
	else if (w->expanded == SIZE_MAX)
		is.expanded = 2 * is.u;
	return is;
}

static void score(const wish *w, const row *r, double out[static SCORES])
{
	const double d_pct = zp_score_d_pct(r->d, r->x_pt);
	out[S_D] = r->d;
	out[S_D_PCT] = d_pct;
	out[S_PA] = zp_score_pa(r->d, w->delta_e);
	out[S_Z] = zp_score_z(r->d, w->sigma_pt);
	out[S_Z_PRIME] = zp_score_z_prime(r->d, w->sigma_pt, w->u_x_pt);
	out[S_ZETA] = zp_score_zeta(r->d, r->u, w->u_x_pt);
	out[S_EN] = zp_score_en(r->d, r->expanded, w->u_x_pt * w->k_x_pt);
	out[S_SDI] = w->sd > 0 ? zp_score_z(r->d, w->sd) : zp_score_z(r->d, zp_sdpa(r->x_pt, w->tdpa, w->t_value));
	out[S_VI] = zp_score_vi(d_pct, w->ccv);
	out[S_VIS] = zp_score_vis(out[S_VI], 400);
	out[S_BIS] = zp_score_bis(d_pct, w->ccv, 400);
	out[S_TARGET] = zp_score_target(d_pct, w->tdpa, 10, 120);
	out[S_APS] = zp_score_aps(r->d, w->aps);
}

/* What the signal rests on: the first of z', z, zeta and En that the row has; for En both bounds are 1. Only where none of
 * these is wanted, on PA: the whole of delta_E is still acceptable, and there is no warning. */
static const score_name signalling[] = { S_Z_PRIME, S_Z, S_ZETA, S_EN };

static bool rests_on_pa(const wish *w)
{
	for (size_t i = 0; i < sizeof signalling / sizeof *signalling; i++)
		if (w->wanted[signalling[i]])
			return false;
	return w->wanted[S_PA];
}

static bool has_signal(const wish *w) { return rests_on_pa(w) || w->wanted[S_Z] || w->wanted[S_ZETA]; } /* z' comes with z, En with zeta */

static zp_signal signal_of(const wish *w, const double scores[static SCORES])
{
	if (rests_on_pa(w))
		return isnan(scores[S_PA]) ? ZP_SIGNAL_NONE : zp_above(fabs(scores[S_PA]), 100, ZP_ROUNDING) ? ZP_SIGNAL_ACTION : ZP_SIGNAL_ACCEPTABLE;
	for (size_t i = 0; i < sizeof signalling / sizeof *signalling; i++) {
		const score_name s = signalling[i];
		if (w->wanted[s] && !isnan(scores[s]))
			return zp_signal_of(scores[s], s == S_EN ? 1 : w->warn, s == S_EN ? 1 : w->act);
	}
	return ZP_SIGNAL_NONE;
}

static const char *signal_word(zp_signal s)
{
	static const char *const words[] = { "not_evaluated", "acceptable", "warning", "action" };
	return words[s];
}

static const char *signal_says(const wish *w, zp_signal s)
{
	static const char *const chinese[] = { "不评价", "满意", "可疑", "不满意" }, *const chinese_of_pa[] = { "不评价", "可接受", "", "不可接受" };
	if (w->chinese)
		return rests_on_pa(w) ? chinese_of_pa[s] : chinese[s];
	return s == ZP_SIGNAL_NONE ? "not evaluated" : s == ZP_SIGNAL_ACTION && rests_on_pa(w) ? "unacceptable" : signal_word(s);
}

static void print_json(const wish *w)
{
	printf("[");
	for (size_t r = 0; r < w->sheet->n_rows; r++) {
		const row is = read_row(w, r);
		double scores[SCORES];
		score(w, &is, scores);
		printf("%s\n  {\"line\": %ld", r ? "," : "", w->sheet->line[r]);
		if (w->lab != SIZE_MAX)
			printf(", \"lab\": "), zp_sheet_print_json(w->sheet, r, w->lab);
		zp_print_json_member("value", is.x, false);
		for (int s = 0; s < SCORES; s++)
			if (w->wanted[s])
				zp_print_json_member(names[s], scores[s], false);
		printf(", \"signal\": \"%s\"}", signal_word(signal_of(w, scores)));
	}
	printf("\n]\n");
}

static void print_table(const wish *w)
{
	char text[40], shown[200];
	const bool signals = has_signal(w);
	int width = 12;
	for (size_t r = 0; r < w->sheet->n_rows && w->lab != SIZE_MAX; r++)
		width = zp_print_room(width, zp_text_show_in(shown, sizeof shown, zp_sheet_text(w->sheet, r, w->lab)));
	zp_print_cell(w->lab == SIZE_MAX ? w->chinese ? "行" : "line" : w->chinese ? "实验室" : "laboratory", width);
	zp_print_cell(w->chinese ? "结果" : "value", -17);
	for (int s = 0; s < SCORES; s++)
		if (w->wanted[s])
			printf(" %10s", s == S_D_PCT ? "D%" : s == S_PA ? "PA%" : s == S_Z_PRIME ? "z'" : s == S_TARGET ? "TS" : names[s]);
	printf("%s\n", !signals ? "" : w->chinese ? "  评价" : "  signal");
	for (size_t r = 0; r < w->sheet->n_rows; r++) {
		const row is = read_row(w, r);
		double scores[SCORES];
		score(w, &is, scores);
		if (w->lab == SIZE_MAX)
			printf("%-*ld", width, w->sheet->line[r]);
		else
			zp_print_cell(zp_text_show_in(shown, sizeof shown, zp_sheet_text(w->sheet, r, w->lab)), width);
		printf(" %16s", zp_print_value(is.x, zp_print_step(&is.x, 1), text));
		for (int s = 0; s < SCORES; s++)
			if (w->wanted[s])
				printf(" %10s", zp_print_short(scores[s], 5, text));
		printf("%s%s\n", signals ? "  " : "", signals ? signal_says(w, signal_of(w, scores)) : "");
	}
	if (isnan(w->u_x_pt) && w->wanted[S_ZETA])
		printf("%s\n", w->chinese ? "zeta 与 En 需要靶值的不确定度:请给出 --u-x-pt(靶值无不确定度时给 0)"
					  : "zeta and En need the uncertainty of the target: give --u-x-pt, 0 for one that is exact");
	const int fine = zp_u_negligible(w->u_x_pt, w->sigma_pt, w->delta_e);
	if (w->u_x_pt > 0 && fine >= 0)
		printf("u(x_pt) = %s: %s\n", zp_print_short(w->u_x_pt, 5, text),
		       fine ? w->chinese ? "可忽略(小于 0.3 σpt 或 0.1 ΔE)" : "negligible (below 0.3 sigma_pt or 0.1 delta_E)"
			    : w->chinese ? "不可忽略,请用 z'" : "not negligible: use z'");
}

static bool k_is_number(const zp_given_options *given) /* else it names a column */
{
	const char *k = zp_option_given(given, "k");
	zp_decimal d;
	return k && zp_decimal_read_printed(k, strlen(k), &d) != ZP_NUMBER_NOT;
}

static bool excludes(const zp_given_options *given, const char *one, const char *other)
{
	if (!zp_option_given(given, one) || !zp_option_given(given, other))
		return false;
	fprintf(stderr, zp_say("zhiping score: --%s and --%s are both given; expected one of them\n"), one, other);
	return true;
}

static bool read_numbers(wish *w, const zp_given_options *given)
{
	double expanded = NAN;
	const struct { const char *name; double least, *value; } reals[] = {
		{ "x-pt", -1e99, &w->x_pt }, { "sigma-pt", 0, &w->sigma_pt }, { "delta-e", 0, &w->delta_e },
		{ "sd", 0, &w->sd }, { "ccv", 0, &w->ccv }, { "tdpa", 0, &w->tdpa }, { "t", 0, &w->t_value }, { "aps", 0, &w->aps },
		{ "u-x-pt", -1e-300, &w->u_x_pt }, { "expanded-x-pt", -1e-300, &expanded }, { "warn", 0, &w->warn }, { "act", 0, &w->act },
	};
	for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
		if (!zp_option_real(given, reals[i].name, reals[i].least, 1e99, reals[i].value))
			return false;
	if (!zp_option_between(given, "k-x-pt", K_LEAST, K_MOST, &w->k_x_pt))
		return false;
	if (isnan(w->u_x_pt))
		w->u_x_pt = expanded / w->k_x_pt;
	const char *x_pt = zp_option_given(given, "x-pt");
	if (x_pt) /* again as a decimal, for exact differences */
		zp_decimal_read_printed(x_pt, strlen(x_pt), &w->stated);
	return !k_is_number(given) || zp_option_between(given, "k", K_LEAST, K_MOST, &w->k_all);
}

static int run(wish *w, zp_arena *arena, const zp_given_options *given)
{
	zp_error err = { 0 };
	const char *column = zp_option_given(given, "column");
	if (excludes(given, "x-pt", "assigned") || excludes(given, "u-x-pt", "expanded-x-pt") || !read_numbers(w, given) ||
	    !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	if (!column || (isnan(w->x_pt) && !zp_option_given(given, "assigned")))
		return fprintf(stderr, zp_say("zhiping score: --column and --x-pt (or --assigned COLUMN) are needed\n")), ZP_BAD_USE;
	if (w->act < w->warn)
		return fprintf(stderr, zp_say("zhiping score: --act %g is below --warn %g; expected it not to be\n"), w->act, w->warn), ZP_BAD_USE;
	w->sheet = zp_sheet_open(arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "column", column, &w->column, &err) || !zp_sheet_optional(w->sheet, given, "lab", &w->lab, &err) ||
	    !zp_sheet_optional(w->sheet, given, "u", &w->u, &err) || !zp_sheet_optional(w->sheet, given, "expanded", &w->expanded, &err) ||
	    !zp_sheet_optional(w->sheet, given, "assigned", &w->assigned, &err) ||
	    !(k_is_number(given) || zp_sheet_optional(w->sheet, given, "k", &w->k, &err)))
		return zp_cli_fail(&err);
	const bool has_u = w->u != SIZE_MAX || w->expanded != SIZE_MAX;
	const bool wanted[SCORES] = { true, true, w->delta_e > 0, w->sigma_pt > 0, w->sigma_pt > 0 && !isnan(w->u_x_pt), has_u, has_u,
				      w->sd > 0 || w->tdpa > 0, w->ccv > 0, w->ccv > 0, w->ccv > 0, w->tdpa > 0, w->aps > 0 };
	memcpy(w->wanted, wanted, sizeof wanted);
	if (zp_option_given(given, "json"))
		print_json(w);
	else
		print_table(w);
	return zp_sheet_tell(w->sheet);
}

int zp_command_score(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	wish w = { .x_pt = NAN, .u_x_pt = NAN, .k_x_pt = 2, .k_all = 2, .t_value = 1.645, .warn = 2, .act = 3, .k = SIZE_MAX };
	const int code = run(&w, arena, &given);
	zp_arena_close(arena);
	return code;
}
