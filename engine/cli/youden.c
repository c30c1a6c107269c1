/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping youden: two samples of the same laboratories, beside each other. */
#include "cli/picture.h"
#include "cli/sheet.h"
#include "stats/order.h"
#include "stats/robust.h"
#include "stats/scores.h"
#include "stats/youden.h"

typedef struct wish {
	zp_arena *arena;
	const zp_cli_sheet *sheet;
	size_t a, b, lab;
	double sigma_a, sigma_b;
	bool chinese;
} wish;

typedef struct pairs {
	size_t n, *row;
	double *a, *b, step_a, step_b;
	zp_robust x_a, x_b;           /* Algorithm A */
	zp_youden youden;
	zp_ellipse ellipse95, ellipse99;
	double median_a, median_b;
	double middle_sum, spread_sum, middle_difference, spread_difference; /* median and nIQR of (a + b) / sqrt 2 and (a - b) / sqrt 2 */
} pairs;

static zp_robust robust(const wish *w, const double *x, size_t n, double *median)
{
	double *sorted = zp_take(w->arena, double, n);
	memcpy(sorted, x, n * sizeof *x);
	zp_sort(sorted, n, zp_take(w->arena, uint64_t, 2 * n));
	*median = zp_median(sorted, n);
	return zp_algorithm_a(sorted, n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
			      zp_take(w->arena, double, ZP_ALGORITHM_A_WORK(n)));
}

static void middle(const wish *w, const pairs *p, double sign, double *median, double *spread)
{
	double *mixed = zp_take(w->arena, double, p->n);
	for (size_t i = 0; i < p->n; i++)
		mixed[i] = (p->a[i] + sign * p->b[i]) / sqrt(2);
	zp_sort(mixed, p->n, zp_take(w->arena, uint64_t, 2 * p->n));
	*median = zp_median(mixed, p->n);
	*spread = zp_niqr(mixed, p->n);
}

static bool work_out(const wish *w, pairs *p, zp_error *err)
{
	const size_t rows = w->sheet->n_rows;
	p->a = zp_take(w->arena, double, rows + 1);
	p->b = zp_take(w->arena, double, rows + 1);
	p->row = zp_take(w->arena, size_t, rows + 1);
	for (size_t r = 0; r < rows; r++) {
		const zp_cell_kind a = zp_sheet_plain(w->sheet, r, w->a, &p->a[p->n], NULL),
				   b = zp_sheet_plain(w->sheet, r, w->b, &p->b[p->n], NULL);
		if (a == ZP_CELL_NUMBER && b == ZP_CELL_NUMBER)
			p->row[p->n++] = r;
	}
	if (p->n < 3)
		return zp_fail(err, ZP_BAD_INPUT, w->sheet->file, 0, "%zu laboratories have both values; expected at least 3", p->n);
	p->step_a = zp_print_step(p->a, p->n);
	p->step_b = zp_print_step(p->b, p->n);
	p->x_a = robust(w, p->a, p->n, &p->median_a);
	p->x_b = robust(w, p->b, p->n, &p->median_b);
	p->youden = zp_youden_of(p->a, p->b, p->n, zp_take(w->arena, double, 4 * p->n), zp_take(w->arena, uint32_t, p->n),
				 zp_take(w->arena, zp_sort_pair, 2 * p->n));
	p->ellipse95 = zp_ellipse_of(&p->youden, 0.95);
	p->ellipse99 = zp_ellipse_of(&p->youden, 0.99);
	middle(w, p, 1, &p->middle_sum, &p->spread_sum);
	middle(w, p, -1, &p->middle_difference, &p->spread_difference);
	return true;
}

static size_t outside(const pairs *p, const zp_ellipse *e)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += zp_youden_distance(&p->youden, p->a[i], p->b[i]) > e->t2;
	return n;
}

/* The laboratory's sum and difference against those of the others: between and within laboratories. */
static double between(const pairs *p, size_t i) { return zp_per((p->a[i] + p->b[i]) / sqrt(2) - p->middle_sum, p->spread_sum); }
static double within(const pairs *p, size_t i)
{
	const double z = zp_per((p->a[i] - p->b[i]) / sqrt(2) - p->middle_difference, p->spread_difference);
	return p->median_a > p->median_b ? z : -z; /* the sample with more minus the one with less */
}

static void print_ellipse(const char *name, const pairs *p, const zp_ellipse *e)
{
	printf(", \"%s\": {", name);
	zp_print_json_member("T2", e->t2, true);
	zp_print_json_member("semi_major", e->semi_major, false);
	zp_print_json_member("semi_minor", e->semi_minor, false);
	zp_print_json_member("angle_deg", e->angle, false);
	printf(", \"n_outside\": %zu}", outside(p, e));
}

static void print_lab(const wish *w, const pairs *p, size_t i, char out[static 200])
{
	if (w->lab == SIZE_MAX)
		snprintf(out, 200, "%ld", w->sheet->line[p->row[i]]);
	else
		zp_text_show_in(out, 200, zp_sheet_text(w->sheet, p->row[i], w->lab));
}

static void print_json(const wish *w, const pairs *p)
{
	printf("{\"n\": %zu", p->n);
	const struct { const char *name; double value; } members[] = {
		{ "mean_a", p->youden.mean_a }, { "sd_a", p->youden.sd_a }, { "mean_b", p->youden.mean_b }, { "sd_b", p->youden.sd_b },
		{ "median_a", p->median_a }, { "median_b", p->median_b }, { "algA_x_a", p->x_a.x }, { "algA_s_a", p->x_a.s },
		{ "algA_x_b", p->x_b.x }, { "algA_s_b", p->x_b.s }, { "pearson_r", p->youden.pearson }, { "spearman_rho", p->youden.spearman },
		{ "kendall_tau_b", p->youden.kendall }, { "sd_within_diff", p->youden.sd_within }, { "sd_total_sum", p->youden.sd_total },
	};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		zp_print_json_member(members[i].name, members[i].value, false);
	print_ellipse("ellipse95", p, &p->ellipse95);
	print_ellipse("ellipse99", p, &p->ellipse99);
	printf(",\n \"laboratories\": [");
	for (size_t i = 0; i < p->n; i++) {
		printf("%s\n  {\"lab\": ", i ? "," : "");
		if (w->lab == SIZE_MAX)
			printf("\"%ld\"", w->sheet->line[p->row[i]]);
		else
			zp_sheet_print_json(w->sheet, p->row[i], w->lab);
		zp_print_json_member("z_A", zp_score_z(p->a[i] - p->x_a.x, w->sigma_a), false);
		zp_print_json_member("z_B", zp_score_z(p->b[i] - p->x_b.x, w->sigma_b), false);
		zp_print_json_member("zA_arith", zp_score_z(p->a[i] - p->youden.mean_a, p->youden.sd_a), false);
		zp_print_json_member("zB_arith", zp_score_z(p->b[i] - p->youden.mean_b, p->youden.sd_b), false);
		zp_print_json_member("mahalanobis_d2", zp_youden_distance(&p->youden, p->a[i], p->b[i]), false);
		zp_print_json_member("BLZ_nata", between(p, i), false);
		zp_print_json_member("WLZ_nata", within(p, i), false);
		printf("}");
	}
	printf("\n]}\n");
}

static void print_table(const wish *w, const pairs *p)
{
	char t[4][40], lab[200];
	int width = 16;
	for (size_t i = 0; i < p->n; i++) {
		print_lab(w, p, i, lab);
		width = zp_print_room(width, lab);
	}
	printf("%zu %s; %s %s\n", p->n, w->chinese ? "个实验室" : "laboratories", w->chinese ? "相关系数" : "correlation", zp_print_short(p->youden.pearson, 4, t[0]));
	printf("  a: x* = %s, s* = %s;  b: x* = %s, s* = %s\n", zp_print_value(p->x_a.x, p->step_a, t[0]), zp_print_short(p->x_a.s, 5, t[1]),
	       zp_print_value(p->x_b.x, p->step_b, t[2]), zp_print_short(p->x_b.s, 5, t[3]));
	printf("  %s %s x %s, %s %s°\n", w->chinese ? "95 % 椭圆半轴" : "ellipse of 95 %, half axes", zp_print_short(p->ellipse95.semi_major, 5, t[0]),
	       zp_print_short(p->ellipse95.semi_minor, 5, t[1]), w->chinese ? "倾角" : "turned by", zp_print_short(p->ellipse95.angle, 4, t[2]));
	printf("\n  ");
	zp_print_cell(w->chinese ? "实验室" : "laboratory", width);
	printf(" %16s %16s", "a", "b");
	zp_print_cell(w->chinese ? "实验室间" : "between", -10);
	zp_print_cell(w->chinese ? "实验室内" : "within", -10);
	printf(" %9s\n", "d2");
	for (size_t i = 0; i < p->n; i++) {
		const double d2 = zp_youden_distance(&p->youden, p->a[i], p->b[i]);
		print_lab(w, p, i, lab);
		char b[40];
		printf("  ");
		zp_print_cell(lab, width);
		printf(" %16s %16s %9s %9s %9s%s\n", zp_print_value(p->a[i], p->step_a, t[0]), zp_print_value(p->b[i], p->step_b, t[1]),
		       zp_print_short(between(p, i), 3, t[2]), zp_print_short(within(p, i), 3, t[3]), zp_print_short(d2, 4, b),
		       d2 > p->ellipse95.t2 ? w->chinese ? "  椭圆外" : "  outside" : "");
	}
}

static int run(wish *w, const zp_given_options *given)
{
	zp_error err = { 0 };
	pairs p = { 0 };
	const char *a = zp_option_given(given, "a"), *b = zp_option_given(given, "b");
	if (!a || !b)
		return fprintf(stderr, zp_say("zhiping youden: --a and --b are needed; expected names of columns\n")), ZP_BAD_USE;
	if (!zp_option_real(given, "sigma-pt-a", 0, 1e99, &w->sigma_a) || !zp_option_real(given, "sigma-pt-b", 0, 1e99, &w->sigma_b) ||
	    !zp_option_chinese(given, &w->chinese))
		return ZP_BAD_USE;
	w->sheet = zp_sheet_open(w->arena, given->rest[0], given, &err);
	if (!w->sheet || !zp_sheet_column(w->sheet, "a", a, &w->a, &err) || !zp_sheet_column(w->sheet, "b", b, &w->b, &err) ||
	    !zp_sheet_optional(w->sheet, given, "lab", &w->lab, &err))
		return zp_cli_fail(&err);
	if (!work_out(w, &p, &err))
		return zp_sheet_tell(w->sheet), zp_cli_fail(&err);
	if (zp_option_given(given, "json"))
		print_json(w, &p);
	else
		print_table(w, &p);
	return zp_sheet_tell(w->sheet);
}

int zp_command_youden(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	wish w = { .arena = zp_arena_open() };
	const int code = run(&w, &given);
	zp_arena_close(w.arena);
	return code;
}
