/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a quantity was judged: peers, target, limit, doubts, and the arithmetic. */
#include "cli/explain.h"
#include <math.h>
#include "cli/picture.h"

#define PEERS_TOLD 20 /* values set aside that are listed; the rest is counted */

void zp_tell_find_aside(zp_telling *t)
{
	const char *end = t->scores.text.p + t->scores.text.n;
	size_t lines = 1;
	for (size_t i = 0; i < t->scores.text.n; i++)
		lines += t->scores.text.p[i] == '\n';
	t->aside = zp_take(t->arena, const char *, lines);
	for (const char *at = t->scores.text.p; at < end;) {
		const char *stop = zp_csv_line_end(at, end);
		if (!memmem(at, (size_t)(stop - at), ",kept,", 6))
			t->aside[t->n_aside++] = at;
		at = stop < end ? stop + 1 : end;
	}
}

/* The next of the group that was set aside, from the i-th on. */
static bool next_aside(const zp_telling *t, const char *group, size_t *i, zp_row *row)
{
	char needle[64];
	const char *end = t->scores.text.p + t->scores.text.n;
	const size_t n = (size_t)snprintf(needle, sizeof needle, ",%s,", group);
	while (*i < t->n_aside) {
		const char *at = t->aside[(*i)++];
		if (memmem(at, (size_t)(zp_csv_line_end(at, end) - at), needle, n) && zp_folder_table_next(t->arena, &t->scores, &at, row) &&
		    zp_row_is(row, "group", group) && !zp_row_is(row, "mark", "kept"))
			return true;
	}
	return false;
}

/* Codes and values of others: for the centre. */
static void list_aside(const zp_telling *t, const zp_row *score, const char *group)
{
	size_t told = 0, more = 0;
	zp_row row;
	for (size_t i = 0; next_aside(t, group, &i, &row);) {
		if (told == PEERS_TOLD) {
			more++;
			continue;
		}
		const bool own = strcmp(zp_told(t, &row, "lab"), zp_told(t, score, "lab")) == 0;
		printf("%s", told++ ? "            " : zp_pick(t, "  set aside:", "  剔除：   "));
		ZP_TELL(t, " %s %s (%s)\n", " %s %s（%s）\n", own ? zp_pick(t, "this laboratory", "本实验室") : zp_told(t, &row, "lab"), zp_tell_answer(t, zp_told(t, &row, "programme"), zp_told(t, &row, "measurand"), zp_told(t, &row, "value")),
			zp_tell_mark(t, zp_told(t, &row, "mark")));
	}
	if (more)
		printf("            %s %zu\n", zp_pick(t, "and more:", "其余："), more);
	if (!told)
		printf("  %s\n", zp_pick(t, "set aside: nobody", "剔除：    无"));
}

/* Who of the group was set aside, and why. What others sent is theirs: a laboratory is told how many, and of itself. */
void zp_tell_set_aside(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *group = zp_told(t, target, "group");
	size_t of[ZP_MARKS] = { 0 }, all = 0;
	const char *own = NULL;
	zp_row row;
	if (t->centre) {
		list_aside(t, score, group);
		return;
	}
	for (size_t i = 0; next_aside(t, group, &i, &row);) {
		for (unsigned k = 0; k < ZP_MARKS; k++)
			of[k] += zp_row_is(&row, "mark", zp_mark_word(k));
		own = zp_row_is(&row, "lab", zp_told(t, score, "lab")) ? zp_tell_mark(t, zp_told(t, &row, "mark")) : own;
		all++;
	}
	if (!all) {
		printf("  %s\n", zp_pick(t, "set aside: nobody", "剔除：    无"));
		return;
	}
	printf("  %s %zu", zp_pick(t, "set aside:", "剔除：   "), all);
	for (unsigned k = 0; k < ZP_MARKS; k++)
		if (of[k])
			ZP_TELL(t, "; %s: %zu", "；%s：%zu", zp_tell_mark(t, zp_mark_word(k)), of[k]);
	if (own)
		ZP_TELL(t, "; this laboratory: %s", "；本实验室：%s", own);
	putchar('\n');
}

/* Which part of the limit made delta_E. */
static const char *branch_in_words(const zp_telling *t, const zp_row *target)
{
	if (zp_row_is(target, "limit_branch", "pct"))
		return zp_pick(t, "the percentage of x_pt", "按百分数计算");
	if (zp_row_is(target, "limit_branch", "sd"))
		return zp_pick(t, "multiples of the peers' s", "按标准差倍数计算");
	return zp_pick(t, "the absolute limit", "按绝对值计算");
}

static double number_of(const char *words)
{
	zp_decimal d;
	return zp_decimal_read_printed(words, strlen(words), &d) == ZP_NUMBER_OK ? zp_decimal_double(d) : ZP_NONE;
}

static double number(const zp_telling *t, const zp_row *row, const char *column) { return number_of(zp_told(t, row, column)); }

/* A limit that is so much or so many SD: both, and which of them is taken. */
static void tell_wider(const zp_telling *t, const zp_row *target)
{
	const char *rule = zp_tell_setting(t, target, "limit_settings", "rule"), *sd = zp_tell_setting(t, target, "limit_settings", "sd");
	const char *s = zp_row_is(target, "origin", "consensus") ? zp_told(t, target, "s") : zp_told(t, target, "sdi_sd");
	const double k = number_of(sd), spread = number_of(s);
	char product[40];
	if (!*rule)
		return;
	printf("            %s", zp_tell_setting(t, target, "limit_settings", "abs"));
	if (spread > 0)
		printf(" %s %s x %s = %s", zp_pick(t, "or", "或"), sd, s, zp_print_short(k * spread, 6, product));
	else
		ZP_TELL(t, " %s %s SD (%s)", " %s %s SD（%s）", zp_pick(t, "or", "或"), sd, zp_pick(t, "there is no spread", "没有标准差"));
	if (strcmp(rule, "either") == 0 && zp_row_is(target, "limit_branch", "abs") && k * spread > number_of(zp_tell_setting(t, target, "limit_settings", "abs")))
		ZP_TELL(t, "; %s\n", "；%s\n", zp_pick(t, "too few peers for the latter, so the former holds", "同组结果太少，不用标准差，取前者"));
	else
		ZP_TELL(t, "; %s\n", "；%s\n", strcmp(rule, "either") == 0 ? zp_pick(t, "the wider of the two holds", "取较宽者")
			    : strcmp(rule, "abs") == 0 ? zp_pick(t, "the former holds", "取前者") : zp_pick(t, "the latter holds", "取后者"));
}

static void tell_target(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	ZP_TELL(t, "  %s %s; %s %s; %s %s %s, %s %s, %s %s\n", "  %s %s；%s%s；%s %s %s，%s %s，%s %s\n", zp_pick(t, "peers:   ", "同组：   "), zp_told(t, target, "key"),
	       zp_pick(t, "rung:", "分组层级："), zp_told(t, target, "rung"), zp_pick(t, "judged here", "在此评价"), zp_told(t, target, "members"),
	       zp_pick(t, "results", "个"), zp_pick(t, "in the statistics", "参与统计"), zp_told(t, target, "kept"),
	       zp_pick(t, "absurd", "极端值"), zp_told(t, target, "absurd"));
	zp_tell_set_aside(t, score, target);
	if (!*zp_told(t, target, "x_pt")) {
		ZP_TELL(t, "  %s %s (%s)\n", "  %s%s（%s）\n", zp_pick(t, "target:   none:", "靶值：    无："), zp_tell_reason(t, zp_told(t, target, "status")),
		       zp_told(t, target, "origin"));
		return;
	}
	bool consensus = zp_row_is(target, "origin", "consensus");
	ZP_TELL(t, "  %s %s (%s", "  %s %s（%s", zp_pick(t, "target:   x_pt =", "靶值：    x_pt ="), zp_told(t, target, "x_pt"), zp_told(t, target, "origin"));
	if (consensus)
		ZP_TELL(t, " %s %s, n = %s, s = %s, %s %s", " %s %s，n = %s，s = %s，%s %s", zp_told(t, target, "method"), zp_told(t, target, "method_version"), zp_told(t, target, "used"),
		       zp_told(t, target, "s"), zp_pick(t, "iterations", "迭代"), zp_told(t, target, "iterations"));
	if (consensus && strcmp(zp_told(t, target, "x_pt"), zp_told(t, target, "x_exact")) != 0)
		ZP_TELL(t, ", %s %s", "，%s %s", zp_pick(t, "rounded from", "修约前"), zp_told(t, target, "x_exact"));
	if (!consensus && *zp_told(t, target, "method_version"))
		ZP_TELL(t, ", %s %s", "，%s %s", zp_told(t, target, "method"), zp_told(t, target, "method_version"));
	if (*zp_told(t, target, "u_x_pt"))
		ZP_TELL(t, ", u(x_pt) = %s", "，u(x_pt) = %s", zp_told(t, target, "u_x_pt"));
	ZP_TELL(t, ") %s\n", "）%s\n", zp_told(t, target, "unit"));
	if (*zp_told(t, target, "target_source"))
		ZP_TELL(t, "            %s: %s\n", "            %s：%s\n", zp_pick(t, "source", "来源"), zp_told(t, target, "target_source"));
	ZP_TELL(t, "  %s %s\n            %s: %s, %s\n", "  %s %s\n            %s：%s，%s\n", zp_pick(t, "limit:   ", "允许限： "), zp_told(t, target, "limit"), zp_pick(t, "source", "来源"),
	       zp_told(t, target, "limit_set"), zp_told(t, target, "limit_source"));
	tell_wider(t, target);
	if (*zp_told(t, target, "delta_e"))
		ZP_TELL(t, "            delta_E = %s (%s%s); %s %s … %s\n", "            delta_E = %s（%s%s）；%s%s … %s\n", zp_told(t, target, "delta_e"), branch_in_words(t, target),
		       zp_row_is(target, "widened", "1") ? zp_pick(t, ", widened", "，已放宽") : "",
		       zp_pick(t, "allowed, rounded inward:", "允许范围（向靶值方向修约）："), zp_told(t, target, "low"), zp_told(t, target, "high"));
}

/* u(x_pt) against both of its bounds, as far as they are there. */
static void tell_uncertainty(const zp_telling *t, const zp_row *target)
{
	char bound[40];
	const double sigma = number(t, target, "sigma_pt"), before = number(t, target, "delta_e_before");
	const double delta_e = isnan(before) ? number(t, target, "delta_e") : before;
	if (!*zp_told(t, target, "u_negligible"))
		return;
	printf("  u(x_pt) = %s:", zp_told(t, target, "u_used"));
	if (!isnan(sigma))
		printf(" 0.3 sigma_pt = %s%s", zp_print_short(0.3 * sigma, 6, bound), isnan(delta_e) ? "" : ",");
	if (!isnan(delta_e))
		printf(" 0.1 delta_E = %s", zp_print_short(0.1 * delta_e, 6, bound));
	ZP_TELL(t, ": %s\n", "：%s\n", zp_row_is(target, "u_negligible", "1") ? zp_pick(t, "negligible", "可忽略") : zp_pick(t, "not negligible", "不可忽略"));
}

/* What the tests of the samples found, and what that adds. */
static void tell_material(const zp_telling *t, const zp_row *target)
{
	if (!*zp_told(t, target, "s_s"))
		return;
	printf("  %s s_s = %s", zp_pick(t, "samples: ", "样品均匀性："), zp_told(t, target, "s_s"));
	if (*zp_told(t, target, "drift"))
		printf("%s %s", zp_pick(t, "; changed by", "；均值变化"), zp_told(t, target, "drift"));
	if (*zp_told(t, target, "added"))
		ZP_TELL(t, "; %s %s", "；%s%s", zp_pick(t, "what failed adds, sqrt(s_s^2 + change^2 / 3):", "未通过部分折合 sqrt(s_s^2 + 变化^2 / 3)："), zp_told(t, target, "added"));
	putchar('\n');
	if (*zp_told(t, target, "u_x_pt") && strcmp(zp_told(t, target, "u_x_pt"), zp_told(t, target, "u_used")) != 0)
		printf("            u(x_pt)' = sqrt(%s^2 + %s^2) = %s\n", zp_told(t, target, "u_x_pt"), zp_told(t, target, "added"), zp_told(t, target, "u_used"));
}

/* How sure the target is. */
static void tell_doubts(const zp_telling *t, const zp_row *target)
{
	const char *u = zp_told(t, target, "u_used");
	if (*zp_told(t, target, "sigma_pt"))
		printf("  %s %s\n", zp_pick(t, "sigma_pt:", "σpt:   "), zp_told(t, target, "sigma_pt"));
	tell_material(t, target);
	tell_uncertainty(t, target);
	if (*zp_told(t, target, "reference") && *zp_told(t, target, "reference_ratio"))
		ZP_TELL(t, "  %s (%s - %s) / sqrt(%s^2 + %s^2) = %s; %s\n", "  %s (%s - %s) / sqrt(%s^2 + %s^2) = %s；%s\n", zp_pick(t, "reference:", "参考值： "), zp_told(t, target, "reference"), zp_told(t, target, "x_exact"),
		       zp_told(t, target, "u_reference"), *u ? u : "0", zp_told(t, target, "reference_ratio"),
		       zp_pick(t, "beyond 2 it is to be looked into", "超过 2 需查找原因"));
	else if (*zp_told(t, target, "reference"))
		ZP_TELL(t, "  %s %s; %s\n", "  %s %s；%s\n", zp_pick(t, "reference:", "参考值： "), zp_told(t, target, "reference"),
		       zp_pick(t, "the target is no consensus, so nothing is compared", "靶值不是公议值，不作比较"));
	if (*zp_told(t, target, "apart"))
		ZP_TELL(t, "  %s %s: %s %s\n", "  %s %s：%s %s\n", zp_pick(t, "apart:   ", "偏离：   "), zp_told(t, target, "apart"), zp_pick(t, "its median minus the target is", "其中位数减靶值为"),
		       zp_told(t, target, "apart_by"));
	if (zp_row_is(target, "widened", "1"))
		printf("  %s sqrt(%s^2 + 4 x %s^2) = %s\n", zp_pick(t, "widened: ", "放宽限： "), zp_told(t, target, "delta_e_before"), u, zp_told(t, target, "delta_e"));
	const char *doubts = zp_told(t, target, "doubts");
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++) {
		const char *word = zp_doubt_word(bit), *at = strstr(doubts, word);
		const size_t n = strlen(word);
		if (at && (at == doubts || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
			ZP_TELL(t, "  %s %s\n", "  %s%s\n", zp_pick(t, "doubt:   ", "靶值提示："), zp_doubt_says(bit, t->chinese));
	}
}

/* The other scores of this result. */
static void tell_points(const zp_telling *t, const zp_row *score)
{
	const char *lab = zp_told(t, score, "lab"), *at = t->has_points ? zp_folder_table_find(&t->points, lab) : NULL;
	zp_row row;
	while (at && zp_folder_table_next(t->arena, &t->points, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (!zp_row_is(&row, "programme", zp_told(t, score, "programme")) || !zp_row_is(&row, "measurand", zp_told(t, score, "measurand")) ||
		    !zp_row_is(&row, "sample", zp_told(t, score, "sample")))
			continue;
		const char *value = zp_told(t, &row, "value"), *signal = zp_told(t, &row, "signal");
		printf("  %s %s = %s%s%s\n", zp_pick(t, "score:   ", "得分：   "), zp_told(t, &row, "score"), *value ? value : zp_pick(t, "undefined", "无定义"),
		       *signal ? ": " : "", zp_row_is(&row, "signal", "warning") ? zp_pick(t, "warning", "有问题")
		       : zp_row_is(&row, "signal", "action") ? zp_pick(t, "action", "不满意") : *signal ? zp_pick(t, "acceptable", "满意") : "");
	}
}

static void tell_arithmetic(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *bias = zp_told(t, score, "bias"), *sdi = zp_told(t, score, "sdi");
	if (*bias) {
		printf("  %s %s - %s = %s", zp_pick(t, "bias:    ", "偏倚：   "), zp_told(t, score, "value"), zp_told(t, target, "x_pt"), bias);
		if (*zp_told(t, score, "bias_pct"))
			printf("; 100 x %s / %s = %s %%", bias, zp_told(t, target, "x_pt"), zp_told(t, score, "bias_pct"));
		putchar('\n');
	}
	if (*zp_told(t, score, "share_pct"))
		ZP_TELL(t, "  %s 100 x %s / %s = %s %%\n", "  %s100 x %s / %s = %s %%\n", zp_pick(t, "share of the limit:", "占允许限："), bias, zp_told(t, target, "delta_e"),
		       zp_told(t, score, "share_pct"));
	if (*sdi && zp_may_tell(t, target, "sdi_n"))
		printf("  SDI:      (%s - %s) / %s = %s, n = %s\n", zp_told(t, score, "value"), zp_told(t, target, "sdi_centre"),
		       zp_told(t, target, "sdi_sd"), sdi, zp_told(t, target, "sdi_n"));
}

void zp_tell_quantity(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	tell_target(t, score, target);
	tell_doubts(t, target);
	tell_arithmetic(t, score, target);
	tell_points(t, score);
}
