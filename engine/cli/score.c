/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping score: how far each result of a column is from a target. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/scores.h"

typedef enum score_name { S_D, S_D_PCT, S_PA, S_Z, S_Z_PRIME, S_ZETA, S_EN, S_SDI, S_VI, S_VIS, S_BIS, S_TARGET, S_APS, SCORES } score_name;
static const char *const names[SCORES] = { "D", "D_pct", "PA", "z", "z_prime", "zeta", "En", "SDI", "VI", "VIS", "BIS", "target_score", "APS" };

typedef struct wish {
	const zp_sheet *sheet;
	size_t column, lab, u, expanded, k, assigned; /* SIZE_MAX: not given */
	zp_decimal stated; /* --x-pt */
	double x_pt, u_x_pt, k_x_pt, sigma_pt, delta_e, sd, ccv, tdpa, t_value, aps, k_all, warn, act;
	bool wanted[SCORES], json, chinese;
} wish;

/* One row's own numbers; NAN where it has none. */
typedef struct row { double x, x_pt, d, u, expanded; } row;

static double cell(const wish *w, size_t r, size_t column)
{
	double value;
	return column != SIZE_MAX && zp_sheet_number(w->sheet, r, column, &value) == ZP_CELL_NUMBER ? value : NAN;
}

static row read_row(const wish *w, size_t r)
{
	row is = { .x = NAN, .x_pt = NAN, .d = NAN, .u = cell(w, r, w->u), .expanded = cell(w, r, w->expanded) };
	const double k = w->k == SIZE_MAX ? w->k_all : cell(w, r, w->k);
	zp_decimal x, x_pt = w->stated;
	const bool has_x = zp_sheet_decimal(w->sheet, r, w->column, &x) == ZP_CELL_NUMBER;
	const bool has_x_pt = w->assigned == SIZE_MAX || zp_sheet_decimal(w->sheet, r, w->assigned, &x_pt) == ZP_CELL_NUMBER;
	if (has_x)
		is.x = zp_decimal_double(x);
	if (has_x_pt)
		is.x_pt = zp_decimal_double(x_pt);
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

/* Which score the signal is of: the first that is wanted of z', z, zeta, En; for En both bounds are 1. */
static zp_signal signal_of(const wish *w, const double scores[static SCORES])
{
	if (w->wanted[S_Z_PRIME])
		return zp_signal_of(scores[S_Z_PRIME], w->warn, w->act);
	if (w->wanted[S_Z])
		return zp_signal_of(scores[S_Z], w->warn, w->act);
	if (w->wanted[S_ZETA])
		return zp_signal_of(scores[S_ZETA], w->warn, w->act);
	return w->wanted[S_EN] ? zp_signal_of(scores[S_EN], 1, 1) : ZP_SIGNAL_NONE;
}

static const char *signal_word(zp_signal s)
{
	static const char *const words[] = { "not_evaluated", "acceptable", "warning", "action" };
	return words[s];
}

static const char *signal_says(const wish *w, zp_signal s)
{
	static const char *const chinese[] = { "不评价", "满意", "可疑", "不满意" };
	return w->chinese ? chinese[s] : s == ZP_SIGNAL_NONE ? "not evaluated" : signal_word(s);
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
	char text[40], shown[120];
	zp_print_cell(w->lab == SIZE_MAX ? w->chinese ? "行" : "line" : w->chinese ? "实验室" : "laboratory", 12);
	zp_print_cell(w->chinese ? "结果" : "value", -13);
	for (int s = 0; s < SCORES; s++)
		if (w->wanted[s])
			printf(" %10s", s == S_D_PCT ? "D%" : s == S_PA ? "PA%" : s == S_Z_PRIME ? "z'" : s == S_TARGET ? "TS" : names[s]);
	printf("  %s\n", w->chinese ? "评价" : "signal");
	for (size_t r = 0; r < w->sheet->n_rows; r++) {
		const row is = read_row(w, r);
		double scores[SCORES];
		score(w, &is, scores);
		if (w->lab == SIZE_MAX)
			printf("%-12ld", w->sheet->line[r]);
		else
			zp_print_cell(zp_text_show_in(shown, sizeof shown, zp_sheet_text(w->sheet, r, w->lab)), 12);
		printf(" %12s", zp_print_short(is.x, 8, text));
		for (int s = 0; s < SCORES; s++)
			if (w->wanted[s])
				printf(" %10s", zp_print_short(scores[s], 5, text));
		printf("  %s\n", signal_says(w, signal_of(w, scores)));
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

static bool read_numbers(wish *w, const zp_given_options *given)
{
	double expanded = NAN;
	const char *k = zp_option_given(given, "k");
	const struct { const char *name; double least, *value; } reals[] = {
		{ "x-pt", -1e99, &w->x_pt }, { "k-x-pt", 0, &w->k_x_pt }, { "sigma-pt", 0, &w->sigma_pt }, { "delta-e", 0, &w->delta_e },
		{ "sd", 0, &w->sd }, { "ccv", 0, &w->ccv }, { "tdpa", 0, &w->tdpa }, { "t", 0, &w->t_value }, { "aps", 0, &w->aps },
		{ "u-x-pt", -1e-300, &w->u_x_pt }, { "expanded-x-pt", -1e-300, &expanded }, { "warn", 0, &w->warn }, { "act", 0, &w->act },
	};
	for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
		if (!zp_option_real(given, reals[i].name, reals[i].least, 1e99, reals[i].value))
			return false;
	if (isnan(w->u_x_pt))
		w->u_x_pt = expanded / w->k_x_pt;
	const char *x_pt = zp_option_given(given, "x-pt");
	if (x_pt) /* again as a decimal, for exact differences */
		zp_decimal_read_printed(x_pt, strlen(x_pt), &w->stated);
	zp_decimal d;
	if (k && zp_decimal_read(k, strlen(k), &d) == ZP_NUMBER_OK)
		w->k_all = zp_decimal_double(d);
	return true;
}

static int run(wish *w, zp_arena *arena, const zp_given_options *given)
{
	zp_error err = { 0 };
	const char *column = zp_option_given(given, "column");
	if (!read_numbers(w, given) || !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	if (!column || (isnan(w->x_pt) && !zp_option_given(given, "assigned")))
		return fprintf(stderr, "zhiping score: --column and --x-pt (or --assigned COLUMN) are needed\n"), ZP_BAD_USE;
	if (w->act < w->warn)
		return fprintf(stderr, "zhiping score: --act %g is below --warn %g; expected it not to be\n", w->act, w->warn), ZP_BAD_USE;
	w->sheet = zp_sheet_open(arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "column", column, &w->column, &err) || !zp_sheet_optional(w->sheet, given, "lab", &w->lab, &err) ||
	    !zp_sheet_optional(w->sheet, given, "u", &w->u, &err) || !zp_sheet_optional(w->sheet, given, "expanded", &w->expanded, &err) ||
	    !zp_sheet_optional(w->sheet, given, "assigned", &w->assigned, &err) ||
	    !(w->k_all > 0 || zp_sheet_optional(w->sheet, given, "k", &w->k, &err)))
		return zp_cli_fail(&err);
	if (!(w->k_all > 0))
		w->k_all = 2;
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
	wish w = { .x_pt = NAN, .u_x_pt = NAN, .k_x_pt = 2, .t_value = 1.645, .warn = 2, .act = 3, .k = SIZE_MAX };
	const int code = run(&w, arena, &given);
	zp_arena_close(arena);
	return code;
}
