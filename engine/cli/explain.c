/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping explain: how a laboratory's verdicts came about, step by step, from what was published, in words
 * that a laboratory can check with a pocket calculator. */
#include <math.h>
#include <stdlib.h>
#include "cli/cli.h"
#include "cli/picture.h"
#include "model/hint.h"
#include "press/published.h"

#define PEERS_TOLD 20 /* values set aside that are listed; the rest is counted */

typedef struct telling {
	zp_arena *arena;
	const zp_published *published;
	zp_table scores, targets, verdicts, points, hints;
	bool has_points; /* the scheme asked for scores beside the verdict */
	bool has_hints;  /* older folders have none */
	bool chinese;
} telling;

static const char *say(const telling *t, const char *english, const char *chinese)
{
	return t->chinese ? chinese : english;
}

static const char *text(const telling *t, const zp_row *row, const char *column)
{
	return zp_row_text(t->arena, row, column);
}

/* A word of the tables in the reader's language; where it is none, as it stands. */
#define IN_WORDS(name, n, word_of, says)                                    \
	static const char *name(const telling *t, const char *word)         \
	{                                                                   \
		for (unsigned i = 0; i < (n); i++)                          \
			if (strcmp(word_of(i), word) == 0)                  \
				return says(i, t->chinese);                 \
		return word;                                                \
	}
IN_WORDS(reason_in_words, ZP_REASONS, zp_reason_word, zp_reason_says)
IN_WORDS(verdict_in_words, ZP_VERDICTS, zp_verdict_word, zp_verdict_says)
IN_WORDS(state_in_words, ZP_STATES, zp_state_word, zp_state_says)
IN_WORDS(mark_in_words, ZP_MARKS, zp_mark_word, zp_mark_says)
IN_WORDS(standing_in_words, ZP_STANDINGS, zp_standing_word, zp_standing_says)
IN_WORDS(satisfaction_in_words, ZP_UNSATISFACTORY + 1, zp_satisfaction_word, zp_satisfaction_says)

static bool find_target(const telling *t, const char *group, zp_row *row)
{
	const char *at = t->targets.text.p;
	while (zp_table_next(t->arena, &t->targets, &at, row))
		if (zp_row_is(row, "group", group))
			return true;
	return false;
}

/* "results/a.csv:17", and what stood there. */
static void tell_sent(const telling *t, const zp_row *score)
{
	long file = strtol(text(t, score, "file"), NULL, 10);
	const char *sent = text(t, score, "sent"), *value = text(t, score, "value"), *remark = text(t, score, "remark");
	const char *name = file >= 1 && (size_t)file <= t->published->n_results ? t->published->results[file - 1] : "";
	if (!*name) {
		printf("  %s %s\n", say(t, "sent:     nothing; state:", "回报:   无;状态:"), state_in_words(t, text(t, score, "state")));
		if (*remark)
			printf("            %s\n", remark);
		return;
	}
	printf("  %s %s:%s  \"%s\"\n", say(t, "sent:    ", "回报:  "), name, text(t, score, "line"), *sent ? sent : *value ? value : remark);
	printf("  %s %s; %s %s\n", say(t, "read as: ", "读作:  "), *value ? value : "-", say(t, "state:", "状态:"),
	       state_in_words(t, text(t, score, "state")));
	if (*remark && (*sent || *value))
		printf("            %s\n", remark);
}

/* Who of the group was set aside, and why. */
static void tell_set_aside(const telling *t, const zp_row *score, const zp_row *target)
{
	size_t told = 0, more = 0;
	const char *group = text(t, target, "group");
	char needle[64];
	snprintf(needle, sizeof needle, ",%s,", group);
	const char *at = t->scores.text.p, *end = at + t->scores.text.n;
	while (at < end) { /* a quick look at each line; only those that may be peers are split */
		const char *stop = zp_csv_line_end(at, end), *line = at;
		zp_row row;
		if (!memmem(line, (size_t)(stop - line), needle, strlen(needle))) {
			at = stop < end ? stop + 1 : end;
			continue;
		}
		if (!zp_table_next(t->arena, &t->scores, &at, &row))
			break;
		if (!zp_row_is(&row, "group", group) || zp_row_is(&row, "mark", "kept"))
			continue;
		if (told == PEERS_TOLD) {
			more++;
			continue;
		}
		bool own = strcmp(text(t, &row, "lab"), text(t, score, "lab")) == 0;
		if (!told++)
			printf("  %s", say(t, "set aside:", "剔除:  "));
		else
			printf("            ");
		printf(" %s %s (%s)\n", own ? say(t, "this laboratory", "本实验室") : text(t, &row, "lab"), text(t, &row, "value"),
		       mark_in_words(t, text(t, &row, "mark")));
	}
	if (more)
		printf("            %s %zu\n", say(t, "and more:", "其余:"), more);
	if (!told)
		printf("  %s\n", say(t, "set aside: nobody", "剔除:   无"));
}

/* Which part of the limit made delta_E. */
static const char *branch_in_words(const telling *t, const zp_row *target)
{
	if (zp_row_is(target, "limit_branch", "pct"))
		return say(t, "the percentage of x_pt", "按百分数计算");
	if (zp_row_is(target, "limit_branch", "sd"))
		return say(t, "multiples of the peers' s", "按标准差倍数计算");
	return say(t, "the absolute limit", "按绝对值计算");
}

static void tell_target(const telling *t, const zp_row *score, const zp_row *target)
{
	printf("  %s %s; %s %s; %s %s %s, %s %s, %s %s\n", say(t, "peers:   ", "同组:  "), text(t, target, "key"),
	       say(t, "rung:", "分组层级:"), text(t, target, "rung"), say(t, "judged here", "在此评价"), text(t, target, "members"),
	       say(t, "results", "个"), say(t, "in the statistics", "参与统计"), text(t, target, "kept"),
	       say(t, "absurd", "极端值"), text(t, target, "absurd"));
	tell_set_aside(t, score, target);
	if (!*text(t, target, "x_pt")) {
		printf("  %s %s (%s)\n", say(t, "target:   none:", "靶值:   无:"), reason_in_words(t, text(t, target, "status")),
		       text(t, target, "origin"));
		return;
	}
	bool consensus = zp_row_is(target, "origin", "consensus");
	printf("  %s %s (%s", say(t, "target:   x_pt =", "靶值:   x_pt ="), text(t, target, "x_pt"), text(t, target, "origin"));
	if (consensus)
		printf(" %s %s, n = %s, s = %s, %s %s", text(t, target, "method"), text(t, target, "method_version"), text(t, target, "used"),
		       text(t, target, "s"), say(t, "iterations", "迭代"), text(t, target, "iterations"));
	if (consensus && strcmp(text(t, target, "x_pt"), text(t, target, "x_exact")) != 0)
		printf(", %s %s", say(t, "rounded from", "修约前"), text(t, target, "x_exact"));
	if (!consensus && *text(t, target, "method_version"))
		printf(", %s %s", text(t, target, "method"), text(t, target, "method_version"));
	if (*text(t, target, "u_x_pt"))
		printf(", u(x_pt) = %s", text(t, target, "u_x_pt"));
	printf(") %s\n", text(t, target, "unit"));
	if (*text(t, target, "target_source"))
		printf("            %s: %s\n", say(t, "source", "来源"), text(t, target, "target_source"));
	printf("  %s %s\n            %s: %s, %s\n", say(t, "limit:   ", "允许限:"), text(t, target, "limit"), say(t, "source", "来源"),
	       text(t, target, "limit_set"), text(t, target, "limit_source"));
	if (*text(t, target, "delta_e"))
		printf("            delta_E = %s (%s%s); %s %s … %s\n", text(t, target, "delta_e"), branch_in_words(t, target),
		       zp_row_is(target, "widened", "1") ? say(t, ", widened", ",已放宽") : "",
		       say(t, "allowed, rounded inward:", "允许范围(向靶值方向修约):"), text(t, target, "low"), text(t, target, "high"));
}

static double number(const telling *t, const zp_row *row, const char *column)
{
	const char *words = text(t, row, column);
	zp_decimal d;
	return zp_decimal_read_printed(words, strlen(words), &d) == ZP_NUMBER_OK ? zp_decimal_double(d) : ZP_NONE;
}

/* u(x_pt) against both of its bounds, as far as they are there. */
static void tell_uncertainty(const telling *t, const zp_row *target)
{
	char bound[40];
	const double sigma = number(t, target, "sigma_pt"), before = number(t, target, "delta_e_before");
	const double delta_e = isnan(before) ? number(t, target, "delta_e") : before;
	if (!*text(t, target, "u_negligible"))
		return;
	printf("  u(x_pt) = %s:", text(t, target, "u_used"));
	if (!isnan(sigma))
		printf(" 0.3 sigma_pt = %s%s", zp_print_short(0.3 * sigma, 6, bound), isnan(delta_e) ? "" : ",");
	if (!isnan(delta_e))
		printf(" 0.1 delta_E = %s", zp_print_short(0.1 * delta_e, 6, bound));
	printf(": %s\n", zp_row_is(target, "u_negligible", "1") ? say(t, "negligible", "可忽略") : say(t, "not negligible", "不可忽略"));
}

/* What the tests of the samples found, and what that adds. */
static void tell_material(const telling *t, const zp_row *target)
{
	if (!*text(t, target, "s_s"))
		return;
	printf("  %s s_s = %s", say(t, "samples: ", "样品均匀性:"), text(t, target, "s_s"));
	if (*text(t, target, "drift"))
		printf("%s %s", say(t, "; changed by", "; 均值变化"), text(t, target, "drift"));
	if (*text(t, target, "added"))
		printf("; %s %s", say(t, "what failed adds, sqrt(s_s^2 + change^2 / 3):", "未通过部分折合 sqrt(s_s^2 + 变化^2 / 3):"), text(t, target, "added"));
	putchar('\n');
	if (*text(t, target, "u_x_pt") && strcmp(text(t, target, "u_x_pt"), text(t, target, "u_used")) != 0)
		printf("            u(x_pt)' = sqrt(%s^2 + %s^2) = %s\n", text(t, target, "u_x_pt"), text(t, target, "added"), text(t, target, "u_used"));
}

/* How sure the target is. */
static void tell_doubts(const telling *t, const zp_row *target)
{
	const char *u = text(t, target, "u_used");
	if (*text(t, target, "sigma_pt"))
		printf("  %s %s\n", say(t, "sigma_pt:", "σpt:   "), text(t, target, "sigma_pt"));
	tell_material(t, target);
	tell_uncertainty(t, target);
	if (*text(t, target, "reference") && *text(t, target, "reference_ratio"))
		printf("  %s (%s - %s) / sqrt(%s^2 + %s^2) = %s; %s\n", say(t, "reference:", "参考值:"), text(t, target, "reference"), text(t, target, "x_exact"),
		       text(t, target, "u_reference"), *u ? u : "0", text(t, target, "reference_ratio"),
		       say(t, "beyond 2 it is to be looked into", "超过 2 需查找原因"));
	else if (*text(t, target, "reference"))
		printf("  %s %s; %s\n", say(t, "reference:", "参考值:"), text(t, target, "reference"),
		       say(t, "the target is no consensus, so nothing is compared", "靶值不是公议值,不作比较"));
	if (*text(t, target, "apart"))
		printf("  %s %s: %s %s\n", say(t, "apart:   ", "偏离:  "), text(t, target, "apart"), say(t, "its median minus the target is", "其中位数减靶值为"),
		       text(t, target, "apart_by"));
	if (zp_row_is(target, "widened", "1"))
		printf("  %s sqrt(%s^2 + 4 x %s^2) = %s\n", say(t, "widened: ", "放宽限:"), text(t, target, "delta_e_before"), u, text(t, target, "delta_e"));
	const char *doubts = text(t, target, "doubts");
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++) {
		const char *word = zp_doubt_word(bit), *at = strstr(doubts, word);
		const size_t n = strlen(word);
		if (at && (at == doubts || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
			printf("  %s %s\n", say(t, "doubt:   ", "靶值提示:"), zp_doubt_says(bit, t->chinese));
	}
}

/* The other scores of this result. */
static void tell_points(const telling *t, const zp_row *score)
{
	const char *lab = text(t, score, "lab"), *at = t->has_points ? zp_table_find(&t->points, lab) : NULL;
	zp_row row;
	while (at && zp_table_next(t->arena, &t->points, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (!zp_row_is(&row, "programme", text(t, score, "programme")) || !zp_row_is(&row, "measurand", text(t, score, "measurand")) ||
		    !zp_row_is(&row, "sample", text(t, score, "sample")))
			continue;
		const char *value = text(t, &row, "value"), *signal = text(t, &row, "signal");
		printf("  %s %s = %s%s%s\n", say(t, "score:   ", "得分:  "), text(t, &row, "score"), *value ? value : say(t, "undefined", "无定义"),
		       *signal ? ": " : "", zp_row_is(&row, "signal", "warning") ? say(t, "warning", "有问题")
		       : zp_row_is(&row, "signal", "action") ? say(t, "action", "不满意") : *signal ? say(t, "acceptable", "满意") : "");
	}
}

static void tell_arithmetic(const telling *t, const zp_row *score, const zp_row *target)
{
	const char *bias = text(t, score, "bias"), *sdi = text(t, score, "sdi");
	if (*bias) {
		printf("  %s %s - %s = %s", say(t, "bias:    ", "偏倚:  "), text(t, score, "value"), text(t, target, "x_pt"), bias);
		if (*text(t, score, "bias_pct"))
			printf("; 100 x %s / %s = %s %%", bias, text(t, target, "x_pt"), text(t, score, "bias_pct"));
		putchar('\n');
	}
	if (*text(t, score, "share_pct"))
		printf("  %s 100 x %s / %s = %s %%\n", say(t, "share of the limit:", "占允许限:"), bias, text(t, target, "delta_e"),
		       text(t, score, "share_pct"));
	if (*sdi)
		printf("  SDI:      (%s - %s) / %s = %s, n = %s\n", text(t, score, "value"), text(t, target, "sdi_centre"),
		       text(t, target, "sdi_sd"), sdi, text(t, target, "sdi_n"));
}

static const char *slip_in_words(const telling *t, const char *word)
{
	for (unsigned i = 0; i < ZP_SLIPS; i++)
		if (strcmp(zp_slip_word(i), word) == 0)
			return zp_slip_says(i, t->chinese);
	return word;
}

/* What a result looks like. Another laboratory is never named here: the text may be handed out. */
static void tell_hints(const telling *t, const zp_row *score)
{
	const char *lab = text(t, score, "lab"), *at = t->has_hints ? zp_table_find(&t->hints, lab) : NULL;
	zp_row row;
	while (at && zp_table_next(t->arena, &t->hints, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (!zp_row_is(&row, "programme", text(t, score, "programme")) || !zp_row_is(&row, "measurand", text(t, score, "measurand")) ||
		    !zp_row_is(&row, "sample", text(t, score, "sample")))
			continue;
		const char *other = text(t, &row, "other"), *factor = text(t, &row, "factor"), *unit = text(t, &row, "unit"), *meant = text(t, &row, "corrected");
		printf("  %s %s%s%s%s%s%s%s", say(t, "hint:    ", "提示:  "), slip_in_words(t, text(t, &row, "hint")), *other ? " -> " : "", other,
		       *factor ? say(t, ", factor ", ",倍数 ") : "", factor, *unit ? " " : "", unit);
		if (*meant)
			printf("; %s %s", say(t, "perhaps", "或应为"), meant);
		printf("; %s %s, %s %s\n", say(t, "robust SD from the median as sent", "距中位数(稳健标准差数) 现为"), text(t, &row, "before"),
		       say(t, "otherwise", "改后"), text(t, &row, "after"));
	}
}

static void tell_agreement(const telling *t, const char *lab)
{
	const char *at = t->has_hints ? zp_table_find(&t->hints, lab) : NULL;
	zp_row row;
	while (at && zp_table_next(t->arena, &t->hints, &at, &row) && zp_row_is(&row, "lab", lab))
		if (zp_row_is(&row, "measurand", "*"))
			printf("%s %s: %s %s / %s %s; %s 10^%s\n", say(t, "hint:", "提示:"), text(t, &row, "programme"),
			       say(t, "results that are those of another laboratory:", "与另一实验室一致的结果:"), text(t, &row, "equal"), text(t, &row, "common"),
			       *text(t, &row, "factor") ? say(t, "(by one factor)", "(按同一倍数)") : "", say(t, "chance", "偶然一致的概率"), text(t, &row, "chance"));
}

static void tell_score(const telling *t, const zp_row *score)
{
	zp_row target;
	const char *group = text(t, score, "group"), *reason = text(t, score, "reason"), *share = text(t, score, "share_pct");
	printf("\n%s / %s / %s %s\n", text(t, score, "programme"), text(t, score, "measurand"), say(t, "sample", "样本"),
	       text(t, score, "sample"));
	tell_sent(t, score);
	tell_hints(t, score);
	if (*group && find_target(t, group, &target)) {
		tell_target(t, score, &target);
		tell_doubts(t, &target);
		tell_arithmetic(t, score, &target);
		tell_points(t, score);
	}
	printf("  %s %s", say(t, "verdict: ", "评价:  "), verdict_in_words(t, text(t, score, "verdict")));
	if (*reason)
		printf(": %s", reason_in_words(t, reason));
	else if (*share)
		printf(": |%s| %s %s", text(t, score, "bias"), zp_row_is(score, "verdict", "acceptable") ? "<=" : ">",
		       text(t, &target, "delta_e"));
	if (*text(t, score, "would_be"))
		printf(" (%s %s)", say(t, "in time it would have been", "若按时回报则为"), verdict_in_words(t, text(t, score, "would_be")));
	putchar('\n');
}

/* A programme whose score would do, and which a measurand with a pass mark of 100 % has spoiled. */
static bool is_spoiled(const telling *t, const zp_row *row)
{
	long accepted = strtol(text(t, row, "accepted"), NULL, 10), total = strtol(text(t, row, "total"), NULL, 10);
	return zp_row_is(row, "satisfaction", "unsatisfactory") && 100 * accepted >= strtol(text(t, row, "pass"), NULL, 10) * total;
}

/* The scores that were asked for, and the tallies they add up to. Gives: how many scores there were. */
static size_t tell(const telling *t, const char *lab, const char *measurand, const char *sample)
{
	size_t told = 0;
	zp_row row;
	const char *at = zp_table_find(&t->scores, lab);
	while (at && zp_table_next(t->arena, &t->scores, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if ((measurand && !zp_row_is(&row, "measurand", measurand)) || (sample && !zp_row_is(&row, "sample", sample)))
			continue;
		tell_score(t, &row);
		told++;
	}
	if (!measurand) {
		putchar('\n');
		tell_agreement(t, lab);
	}
	printf("\n%s\n", say(t, "PT scores (accepted of counted results):", "成绩(可接受结果数 / 计入结果数):"));
	at = zp_table_find(&t->verdicts, lab);
	while (at && zp_table_next(t->arena, &t->verdicts, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (measurand && !zp_row_is(&row, "measurand", measurand) && !zp_row_is(&row, "measurand", "*"))
			continue;
		bool programme = zp_row_is(&row, "measurand", "*");
		printf("  %s %-12s %s", text(t, &row, "programme"), programme ? say(t, "programme S", "专业 S") : text(t, &row, "measurand"),
		       standing_in_words(t, text(t, &row, "standing")));
		if (!zp_row_is(&row, "total", "0"))
			printf(": 100 x %s / %s = %s; %s %s", text(t, &row, "accepted"), text(t, &row, "total"), text(t, &row, "score"),
			       say(t, "needed", "要求"), text(t, &row, "pass"));
		printf(" -> %s%s\n", satisfaction_in_words(t, text(t, &row, "satisfaction")),
		       programme && is_spoiled(t, &row) ? say(t, " (a measurand that must be all right is not)", "(有必须全部正确的项目未达到)") : "");
	}
	return told;
}

int zp_command_explain(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	if (!zp_options_read(self, argc, argv, 2, 4, &given))
		return ZP_BAD_USE;
	bool chinese;
	if (!zp_option_chinese(&given, &chinese))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	telling t = { .arena = arena, .chinese = chinese };
	t.published = zp_published_open(arena, given.rest[0], &err);
	bool good = t.published && zp_published_table(arena, t.published, "scores.csv", &t.scores, &err) &&
		    zp_published_table(arena, t.published, "targets.csv", &t.targets, &err) &&
		    zp_published_table(arena, t.published, "verdicts.csv", &t.verdicts, &err);
	t.has_points = good && zp_published_has(t.published, "points.csv");
	t.has_hints = good && zp_published_has(t.published, "hints.csv");
	good = good && (!t.has_hints || zp_published_table(arena, t.published, "hints.csv", &t.hints, &err));
	good = good && (!t.has_points || zp_published_table(arena, t.published, "points.csv", &t.points, &err));
	const char *lab = given.rest[1], *measurand = given.n_rest > 2 ? given.rest[2] : NULL, *sample = given.n_rest > 3 ? given.rest[3] : NULL;
	if (good && !zp_table_find(&t.verdicts, lab))
		good = zp_fail(&err, ZP_BAD_USE, given.rest[0], 0, "laboratory \"%s\" is not in this round", lab);
	if (good) {
		printf("%s %s %s, %s %s, %s\n", say(&t, "round", "轮次"), t.published->round, t.published->version,
		       say(&t, "issued", "签发"), t.published->issued, t.published->engine);
		printf("%s %s\n", say(&t, "laboratory", "实验室"), lab);
		if (!tell(&t, lab, measurand, sample) && measurand)
			good = zp_fail(&err, ZP_BAD_USE, given.rest[0], 0,
				       "laboratory %s has no results for %s%s%s in this round: not enrolled, not performed, or another name", lab,
				       measurand, sample ? " " : "", sample ? sample : "");
	}
	if (!good)
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return err.code;
}
