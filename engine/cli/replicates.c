/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping replicates: laboratories that measured a sample several times. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/hampel.h"
#include "stats/order.h"
#include "stats/pairs.h"
#include "stats/replicates.h"
#include "stats/robust.h"

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	size_t lab, value;
	double alpha;
	bool chinese;
} wish;

typedef struct study {
	const zp_names *labs;
	size_t n_labs;
	const zp_cell *cells;
	size_t m; /* replicates of each; 0: they differ */
	zp_robust means;   /* Algorithm A on the means */
	zp_pooled repeat;  /* Algorithm S on the standard deviations */
	zp_precision robust, anova;
	double q, hampel;
	double cochran, grubbs_most, grubbs_least;
	zp_moments of_means; /* for Mandel's h and k */
	double pooled_sd, step;
} study;

static const char *say(const wish *w, const char *english, const char *chinese) { return w->chinese ? chinese : english; }

static bool work_out(const wish *w, study *s, zp_error *err)
{
	const size_t rows = w->sheet->n_rows;
	zp_names *names = zp_names_take(w->arena);
	double *x = zp_take(w->arena, double, rows + 1), *work = zp_take(w->arena, double, 4 * rows + 16);
	uint32_t *lab = zp_take(w->arena, uint32_t, rows + 1);
	size_t n = 0;
	for (size_t r = 0; r < rows; r++)
		if (zp_sheet_named(w->sheet, r, w->lab, "laboratory") && zp_sheet_plain(w->sheet, r, w->value, &x[n], NULL) == ZP_CELL_NUMBER)
			lab[n++] = zp_names_add(names, zp_sheet_text(w->sheet, r, w->lab));
	s->labs = names;
	const size_t g = s->n_labs = zp_names_count(names);
	if (g < 2)
		return zp_fail(err, ZP_BAD_INPUT, w->sheet->file, 0, "there are values of %zu laboratories; expected at least 2", g);
	zp_cell *cells = zp_take(w->arena, zp_cell, g);
	zp_cells_of(x, lab, n, g, cells, work);
	s->cells = cells;
	s->of_means = zp_cell_means(cells, g);
	s->pooled_sd = zp_cell_pooled_sd(cells, g);
	s->step = zp_print_step(x, n);
	s->m = cells[0].n;
	double *means = zp_take(w->arena, double, g), *sds = zp_take(w->arena, double, g);
	uint64_t *keys = zp_take(w->arena, uint64_t, 2 * (n + g));
	size_t n_sds = 0;
	for (size_t i = 0; i < g; i++) {
		means[i] = cells[i].mean;
		if (cells[i].n != s->m)
			s->m = 0;
		if (cells[i].n > 1)
			sds[n_sds++] = cells[i].sd;
	}
	zp_sort(means, g, keys);
	zp_sort(sds, n_sds, keys);
	s->means = zp_algorithm_a(means, g, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
				  zp_take(w->arena, double, ZP_ALGORITHM_A_WORK(g)));
	s->repeat = s->m > 1 ? zp_algorithm_s(sds, g, s->m - 1, false) : (zp_pooled){ NAN, 0, false };
	s->robust = s->m > 1 ? zp_precision_from(s->means.s, s->repeat.w, (double)s->m) : (zp_precision){ NAN, NAN, NAN };
	s->anova = zp_precision_by_anova(cells, g);
	zp_sort_with(x, lab, n, zp_take(w->arena, zp_sort_pair, 2 * n));
	s->q = zp_q_method_replicates(x, lab, n, g, zp_take(w->arena, double, 3 * n + g + 8));
	zp_hampel(means, g, s->q, zp_take(w->arena, double, ZP_HAMPEL_WORK(g)), &s->hampel);
	s->cochran = zp_cochran(cells, g);
	s->grubbs_most = zp_grubbs(means, g, 1);
	s->grubbs_least = zp_grubbs(means, g, -1);
	return true;
}

typedef struct member { const char *name; double value; } member;
#define MEMBERS 23

static void members_of(const wish *w, const study *s, member out[static MEMBERS])
{
	const size_t g = s->n_labs;
	const member all[MEMBERS] = {
		{ "algA_x", s->means.x }, { "algA_s", s->means.s }, { "algS_w", s->repeat.w },
		{ "s_r", s->robust.s_r }, { "s_L", s->robust.s_l }, { "s_R", s->robust.s_reproducibility },
		{ "anova_s_r", s->anova.s_r }, { "anova_s_L", s->anova.s_l }, { "anova_s_R", s->anova.s_reproducibility },
		{ "q_s_R", s->q }, { "q_hampel_x", s->hampel },
		{ "cochran", s->cochran }, { "cochran_crit", zp_cochran_critical(g, s->m, w->alpha) },
		{ "cochran_crit_1pct", zp_cochran_critical(g, s->m, 0.01) },
		{ "grubbs_max", s->grubbs_most }, { "grubbs_min", s->grubbs_least }, { "grubbs_crit", zp_grubbs_critical(g, w->alpha) },
		{ "grubbs_crit_1pct", zp_grubbs_critical(g, 0.01) },
		{ "mandel_h_crit", zp_mandel_h_critical(g, w->alpha) }, { "mandel_h_crit_1pct", zp_mandel_h_critical(g, 0.01) },
		{ "mandel_k_crit", zp_mandel_k_critical(g, s->m, w->alpha) }, { "mandel_k_crit_1pct", zp_mandel_k_critical(g, s->m, 0.01) },
		{ "alpha", w->alpha },
	};
	memcpy(out, all, sizeof all);
}

static double statistic(const study *s, size_t i) { return zp_repeatability_statistic(s->cells[i], s->means.x, s->repeat.w); }

static void print_json(const wish *w, const study *s)
{
	member m[MEMBERS];
	members_of(w, s, m);
	printf("{\"labs\": %zu, \"replicates\": ", s->n_labs);
	zp_print_json_number(s->m ? (double)s->m : NAN);
	for (size_t i = 0; i < MEMBERS; i++)
		zp_print_json_member(m[i].name, m[i].value, false);
	printf(",\n \"laboratories\": [");
	for (size_t i = 0; i < s->n_labs; i++) {
		printf("%s\n  {\"lab\": ", i ? "," : "");
		zp_print_json_text(zp_names_at(s->labs, (uint32_t)i).p);
		printf(", \"n\": %zu", s->cells[i].n);
		zp_print_json_member("mean", s->cells[i].mean, false);
		zp_print_json_member("sd", s->cells[i].sd, false);
		zp_print_json_member("mandel_h", zp_mandel_h(s->cells[i], s->of_means), false);
		zp_print_json_member("mandel_k", zp_mandel_k(s->cells[i], s->pooled_sd), false);
		zp_print_json_member("repeatability_stat", statistic(s, i), false);
		printf("}");
	}
	printf("\n]}\n");
}

/* Which laboratories have another number of values than most have. */
#define ODD_MOST 5
static void print_odd(const wish *w, const study *s)
{
	size_t most = 0, usual = 0, odd = 0;
	char shown[200];
	for (size_t i = 0; i < s->n_labs; i++)
		most = s->cells[i].n > most ? s->cells[i].n : most;
	size_t *labs_of = zp_take(w->arena, size_t, most + 1);
	for (size_t i = 0; i < s->n_labs; i++)
		labs_of[s->cells[i].n]++;
	for (size_t n = 1; n <= most; n++)
		usual = labs_of[n] >= labs_of[usual] ? n : usual;
	printf("  ");
	for (size_t i = 0; i < s->n_labs; i++) {
		const size_t n = s->cells[i].n;
		if (n == usual || odd++ >= ODD_MOST)
			continue;
		zp_text_show_in(shown, sizeof shown, zp_names_at(s->labs, (uint32_t)i));
		printf(w->chinese ? "%s 有 %zu 个值," : n == 1 ? "%s has %zu value, " : "%s has %zu values, ", shown, n);
	}
	if (odd > ODD_MOST)
		printf(w->chinese ? "另有 %zu 个实验室也不同," : "%zu more have other numbers, ", odd - ODD_MOST);
	printf(w->chinese ? "其余 %zu 个:算法 S 及 C、k 的临界值要求各实验室次数相同\n"
			  : "others %zu: Algorithm S and the critical values of C and k need as many each\n", usual);
}

static const char *star(double statistic, double critical) { return statistic > critical ? "*" : ""; }

static void print_table(const wish *w, const study *s)
{
	char t[5][40], shown[200];
	int width = 16;
	const double c_crit = zp_cochran_critical(s->n_labs, s->m, w->alpha), g_crit = zp_grubbs_critical(s->n_labs, w->alpha);
	const double h_crit = zp_mandel_h_critical(s->n_labs, w->alpha), k_crit = zp_mandel_k_critical(s->n_labs, s->m, w->alpha);
	printf("%zu %s", s->n_labs, say(w, "laboratories", "个实验室"));
	if (s->m)
		printf(", %zu %s", s->m, say(w, "values each", "次重复"));
	putchar('\n');
	if (!s->m)
		print_odd(w, s);
	printf("  %s x* = %s, s* = %s; %s w* = %s\n", say(w, "Algorithm A on means:", "均值的算法 A:"), zp_print_value(s->means.x, s->step, t[0]),
	       zp_print_short(s->means.s, 5, t[1]), say(w, "Algorithm S:", "算法 S:"), zp_print_short(s->repeat.w, 5, t[2]));
	printf("  ");
	zp_print_cell(say(w, "robust (A + S):", "稳健(A + S):"), 22);
	printf(" s_r = %s, s_L = %s, s_R = %s\n", zp_print_short(s->robust.s_r, 5, t[0]),
	       zp_print_short(s->robust.s_l, 5, t[1]), zp_print_short(s->robust.s_reproducibility, 5, t[2]));
	printf("  ");
	zp_print_cell(say(w, "analysis of variance:", "方差分析:"), 22);
	printf(" s_r = %s, s_L = %s, s_R = %s\n", zp_print_short(s->anova.s_r, 5, t[0]),
	       zp_print_short(s->anova.s_l, 5, t[1]), zp_print_short(s->anova.s_reproducibility, 5, t[2]));
	printf("  ");
	zp_print_cell(say(w, "Q method, Hampel:", "Q 法,Hampel:"), 22);
	printf(" s_R = %s; x = %s\n", zp_print_short(s->q, 5, t[0]), zp_print_value(s->hampel, s->step, t[1]));
	printf("  Cochran C = %s%s (%s %s); Grubbs %s%s, %s%s (%s %s)\n", zp_print_short(s->cochran, 5, t[0]), star(s->cochran, c_crit),
	       say(w, "critical", "临界值"), zp_print_short(c_crit, 5, t[1]), zp_print_short(s->grubbs_most, 5, t[2]), star(s->grubbs_most, g_crit),
	       zp_print_short(s->grubbs_least, 5, t[3]), star(s->grubbs_least, g_crit), say(w, "critical", "临界值"), zp_print_short(g_crit, 5, t[4]));
	for (size_t i = 0; i < s->n_labs; i++)
		width = zp_print_room(width, zp_text_show_in(shown, sizeof shown, zp_names_at(s->labs, (uint32_t)i)));
	printf("\n  ");
	zp_print_cell(say(w, "laboratory", "实验室"), width);
	printf(" %4s", "n");
	zp_print_cell(say(w, "mean", "均值"), -17);
	zp_print_cell(say(w, "sd", "标准差"), -13);
	printf(" %8s  %8s\n", "h", "k");
	for (size_t i = 0; i < s->n_labs; i++) {
		const double h = zp_mandel_h(s->cells[i], s->of_means), k = zp_mandel_k(s->cells[i], s->pooled_sd);
		printf("  ");
		zp_print_cell(zp_text_show_in(shown, sizeof shown, zp_names_at(s->labs, (uint32_t)i)), width);
		printf(" %4zu %16s %12s %8s%s %8s%s\n", s->cells[i].n,
		       zp_print_value(s->cells[i].mean, s->step, t[0]), zp_print_short(s->cells[i].sd, 5, t[1]), zp_print_short(h, 3, t[2]),
		       fabs(h) > h_crit ? "*" : " ", zp_print_short(k, 3, t[3]), k > k_crit ? "*" : " ");
	}
	printf("  * %s |h| > %s, k > %s\n", say(w, "beyond", "超出"), zp_print_short(h_crit, 4, t[0]), zp_print_short(k_crit, 4, t[1]));
}

static int run(wish *w, const zp_given_options *given)
{
	zp_error err = { 0 };
	study s = { 0 };
	const char *lab = zp_option_given(given, "lab"), *value = zp_option_given(given, "value");
	if (!lab || !value)
		return fprintf(stderr, zp_say("zhiping replicates: --lab and --value are needed; expected names of columns\n")), ZP_BAD_USE;
	if (!zp_option_real(given, "alpha", 0, 0.5, &w->alpha) || !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	w->sheet = zp_sheet_open(w->arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "lab", lab, &w->lab, &err) || !zp_sheet_column(w->sheet, "value", value, &w->value, &err))
		return zp_cli_fail(&err);
	if (!work_out(w, &s, &err))
		return zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	if (zp_option_given(given, "json"))
		print_json(w, &s);
	else
		print_table(w, &s);
	return zp_sheet_tell(w->sheet);
}

int zp_command_replicates(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	wish w = { .arena = zp_arena_open(), .alpha = 0.05 };
	const int code = run(&w, &given);
	zp_arena_close(w.arena);
	return code;
}
