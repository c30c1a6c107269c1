/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer that is no number was judged, and a quantity of which nothing was found; and what is told beside the verdict. */
#include "cli/explain.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "cli/picture.h"

static const char *answer(const zp_telling *t, const zp_row *row, const char *column)
{
	return zp_tell_answer(t, zp_told(t, row, "programme"), zp_told(t, row, "measurand"), zp_told(t, row, column));
}

static void tell_peers(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	ZP_TELL(t, "  %s %s; %s %s; %s %s %s, %s %s\n", "  %s %s；%s%s；%s %s %s，%s %s\n", zp_pick(t, "peers:   ", "同组：   "), zp_told(t, target, "key"), zp_pick(t, "rung:", "分组层级："),
	       zp_told(t, target, "rung"), zp_pick(t, "judged here", "在此评价"), zp_told(t, target, "members"), zp_pick(t, "results", "个"),
	       zp_pick(t, "in the statistics", "参与统计"), zp_told(t, target, "kept"));
	zp_tell_set_aside(t, score, target);
}

/* ---- who agreed ---- */

/* "38 of 45 participants (84.4 %)". */
static const char *votes(const zp_telling *t, const zp_row *target)
{
	const bool referees = zp_row_is(target, "agreed_by", "referees");
	const char *k = zp_told(t, target, "agreed"), *n = zp_told(t, target, "asked");
	const char *share = zp_tell_share(t, zp_tell_count(t, target, "agreed"), zp_tell_count(t, target, "asked"));
	if (t->chinese)
		return zp_arena_print(t->arena, "%s 个%s中有 %s 个（%s）", n, referees ? "参考实验室" : "参加实验室", k, share);
	return zp_arena_print(t->arena, "%s of %s %s (%s)", k, n, referees ? "referees" : "participants", share);
}

/* What agreement was asked for. */
static void tell_threshold(const zp_telling *t, const zp_row *target)
{
	const char *share = zp_tell_setting(t, target, "assign_settings", "share"), *participants = zp_tell_setting(t, target, "assign_settings", "participants");
	const char *least = zp_tell_setting(t, target, "assign_settings", "least_participants");
	if (*participants) {
		const char *referees = zp_tell_setting(t, target, "assign_settings", "referees"), *enough = zp_tell_setting(t, target, "assign_settings", "least_referees");
		ZP_TELL(t, "            needed: %s %% of the participants", "            要求：参加实验室 %s %% 一致", participants);
		if (strcmp(least, "1") != 0)
			ZP_TELL(t, " (%s or more)", "（不少于 %s 个）", least);
		ZP_TELL(t, ", or %s %% of the referees (%s or more)\n", "，或参考实验室 %s %% 一致（不少于 %s 个）\n", referees, enough);
	} else if (*share && strcmp(share, "0") != 0) {
		ZP_TELL(t, "            needed: %s %% of the group\n", "            要求：占同组的 %s %%\n", share);
	}
}

static const char *who_agreed(const zp_telling *t, const zp_row *target)
{
	const char *all = votes(t, target);
	if (zp_row_is(target, "method", "median-grade"))
		return strchr(zp_told(t, target, "x_pt"), '|')
			       ? zp_pick(t, "the two medians of the group, and either will do", "同组结果的两个中位数，与任一个一致即可")
			       : zp_arena_print(t->arena, t->chinese ? "%s；%s%s" : "%s; %s %s", zp_pick(t, "the median of the group", "同组结果的中位数"), zp_pick(t, "this answer:", "报此结果者："), all);
	if (zp_row_is(target, "method", "mode"))
		return zp_arena_print(t->arena, t->chinese ? "%s：%s" : "%s: %s", zp_pick(t, "the most frequent answer", "最多的结果"), all);
	return zp_arena_print(t->arena, t->chinese ? "%s%s" : "%s %s", zp_pick(t, "agreed on by", "一致者："), all);
}

static void tell_no_target(const zp_telling *t, const zp_row *target)
{
	ZP_TELL(t, "  %s %s\n", "  %s%s\n", zp_pick(t, "target:   none:", "靶值：    无："), zp_tell_reason(t, zp_told(t, target, "status")));
	if (zp_tell_count(t, target, "asked") == 0)
		return;
	if (zp_row_is(target, "status", "two_modes"))
		ZP_TELL(t, "            %s %s\n", "            %s%s\n", zp_pick(t, "each of the most frequent answers has", "最多的几种结果各为："), votes(t, target));
	else
		ZP_TELL(t, "            %s %s\n", "            %s%s\n", zp_pick(t, "the most frequent answer has", "最多的结果："), votes(t, target));
	if (zp_row_is(target, "rung", "none"))
		printf("            %s\n", zp_pick(t, "these are all who found no group; in none of their groups enough agreed", "以上为未能归入任何分组的全部结果；其所在各组均未达到一致"));
	tell_threshold(t, target);
}

static void tell_target(const zp_telling *t, const zp_row *target)
{
	const char *origin = zp_told(t, target, "origin"), *source = zp_told(t, target, "target_source");
	const bool stated = strcmp(origin, "consensus") != 0, asked = zp_tell_count(t, target, "asked") > 0 && zp_may_tell(t, target, "asked");
	if (!*zp_told(t, target, "x_pt")) {
		tell_no_target(t, target);
		return;
	}
	ZP_TELL(t, "  %s %s: %s\n", "  %s %s，%s\n", zp_pick(t, "target:  ", "靶值：   "), answer(t, target, "x_pt"), stated ? zp_tell_origin(t, origin) : who_agreed(t, target));
	if (stated && *source)
		ZP_TELL(t, "            %s: %s\n", "            %s：%s\n", zp_pick(t, "source", "来源"), source);
	if (stated && asked)
		ZP_TELL(t, "            %s %s\n", "            %s%s\n", zp_pick(t, "answered so by", "报此结果者："), votes(t, target));
	if (!stated)
		tell_threshold(t, target);
	if (!zp_row_is(target, "status", "gradable"))
		printf("            %s\n", zp_tell_reason(t, zp_told(t, target, "status")));
}

/* ---- the rule ---- */

static void tell_within(const zp_telling *t, const zp_row *target)
{
	ZP_TELL(t, "            right: within %s of the target (grades or dilutions), counted on the maker's own strip where the scale has it",
		      "            与靶值相差不超过 %s 个等级（稀释度）为正确；按所用试纸（试剂）自己的等级计数",
	       zp_tell_setting(t, target, "limit_settings", "grades"));
	printf("%s\n", strcmp(zp_tell_setting(t, target, "limit_settings", "cross"), "1") == 0 ? "" : zp_pick(t, ", and never negative for positive or the reverse", "，且阴性与阳性不得互报"));
}

static void tell_members(const zp_telling *t, const zp_row *target)
{
	const char *extra = zp_tell_setting(t, target, "limit_settings", "extra");
	printf("%s", strcmp(zp_tell_setting(t, target, "limit_settings", "miss_others"), "1") == 0
			     ? zp_pick(t, "            right: no clinically significant one is missed", "            有临床意义的没有漏检")
			     : zp_pick(t, "            right: none is missed", "            没有漏检"));
	printf("%s\n", strcmp(extra, "0") == 0   ? zp_pick(t, ", and none is reported that is not there", "，也没有报告样本中不存在的，为正确")
		       : strcmp(extra, "1") == 0 ? zp_pick(t, ", and no clinically significant one is reported that is not there", "，也没有报告样本中不存在而有临床意义的，为正确")
						 : zp_pick(t, "; others may be reported as well", "，为正确；多报不计"));
}

static void tell_accepted(const zp_telling *t, const zp_row *target)
{
	const char *family = zp_tell_setting(t, target, "limit_settings", "family");
	printf("%s", zp_pick(t, "            right: the expected code", "            与预期结果相同为正确"));
	if (strcmp(family, "0") != 0)
		ZP_TELL(t, "; one of the same family (genus) has %s %%", "；同属（类）的得 %s %%", family);
	putchar('\n');
}

static void tell_susceptibility(const zp_telling *t, const zp_row *target)
{
	ZP_TELL(t, "            right: the expected category; a minor error has %s %%, a major error %s %%, a very major error %s %%\n",
		      "            与预期类别相同为正确；小错误得 %s %%，大错误得 %s %%，极大错误得 %s %%\n",
	       zp_tell_setting(t, target, "limit_settings", "minor"), zp_tell_setting(t, target, "limit_settings", "major"),
	       zp_tell_setting(t, target, "limit_settings", "very_major"));
}

static void tell_match(const zp_telling *t, const zp_row *target)
{
	(void)target;
	printf("%s\n", zp_pick(t, "            right: the expected answer", "            与预期结果相同为正确"));
}

static void tell_grey(const zp_telling *t, const zp_row *target)
{
	static const struct { const char *word, *english, *chinese; } says[] = {
		{ "positive", "counts as positive", "按阳性计" }, { "negative", "counts as negative", "按阴性计" },
		{ "neutral", "is neither negative nor positive", "既不算阴性也不算阳性" }, { "answer", "is an answer of its own", "作为单独的一种结果" },
		{ "not_evaluated", "is not evaluated where another is expected", "不评价（预期为可疑者除外）" },
	};
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		if (zp_row_is(target, "grey", says[i].word))
			printf("            %s %s\n", zp_pick(t, "an equivocal answer", "可疑（介于阴性与阳性之间）的结果："), zp_pick(t, says[i].english, says[i].chinese));
}

/* Others that the organiser accepts: "1+=50 2+=100", the number behind the last "=". */
static void tell_others(const zp_telling *t, const zp_row *target)
{
	for (const char *at = zp_told(t, target, "accepts"); *at;) {
		const size_t n = strcspn(at, " ");
		const char *one = zp_arena_text(t->arena, at, n), *equal = strrchr(one, '=');
		if (equal)
			ZP_TELL(t, "            accepted as well: %s, for %s %%\n", "            同时认可：%s，得 %s %%\n",
			       zp_tell_answer(t, zp_told(t, target, "programme"), zp_told(t, target, "measurand"), zp_arena_text(t->arena, one, (size_t)(equal - one))), equal + 1);
		at += n + (at[n] == ' ');
	}
}

static void tell_rule(const zp_telling *t, const zp_row *target)
{
	static const struct { const char *judge; void (*tell)(const zp_telling *, const zp_row *); } rules[] = {
		{ "match", tell_match }, { "within", tell_within }, { "members", tell_members }, { "accepted", tell_accepted }, { "susceptibility", tell_susceptibility },
	};
	ZP_TELL(t, "  %s %s\n            %s: %s, %s\n", "  %s%s\n            %s：%s，%s\n", zp_pick(t, "rule:    ", "评价规则："), zp_told(t, target, "limit"), zp_pick(t, "source", "来源"), zp_told(t, target, "limit_set"),
	       zp_told(t, target, "limit_source"));
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (zp_row_is(target, "judge", rules[i].judge))
			rules[i].tell(t, target);
	tell_grey(t, target);
	tell_others(t, target);
}

void zp_tell_judged(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	tell_peers(t, score, target);
	tell_target(t, target);
	tell_rule(t, target);
}

/* ---- nothing was found ---- */

static void tell_lod(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *value = zp_told(t, score, "value"), *lod = *value == '<' ? value + 1 : zp_told(t, score, "lod"), *unit = zp_told(t, target, "unit");
	if (!*lod) {
		printf("            %s\n", zp_pick(t, "no limit of detection was given", "没有回报检测下限"));
		return;
	}
	ZP_TELL(t, "            %s %s %s; %s\n", "            %s%s %s；%s\n", zp_pick(t, "the laboratory's limit of detection:", "本实验室的检测下限："), lod, unit,
	       zp_row_is(score, "reason", "below_lod") ? zp_pick(t, "the target lies below it, so there is no verdict", "靶值低于它，因此不评价")
						       : zp_pick(t, "the target does not lie below it", "靶值不低于它"));
}

void zp_tell_undetected(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	if (!zp_row_is(target, "x_pt", "negative")) {
		ZP_TELL(t, "  %s %s\n", "  %s%s\n", zp_pick(t, "rule:    ", "评价规则："), zp_pick(t, "not detected where something is: a false negative, unless the target lies below what the laboratory can detect",
									       "样本中有而未检出为假阴性；靶值低于本实验室检测下限的不评价"));
		tell_lod(t, score, target);
		return;
	}
	const char *origin = zp_told(t, target, "origin");
	const bool stated = strcmp(origin, "consensus") != 0;
	tell_peers(t, score, target);
	ZP_TELL(t, "  %s %s: %s\n", "  %s %s，%s\n", zp_pick(t, "target:  ", "靶值：   "), zp_pick(t, "negative, nothing is in the sample", "阴性（样本中没有）"),
	       stated ? zp_tell_origin(t, origin) : zp_arena_print(t->arena, t->chinese ? "%s%s" : "%s %s", zp_pick(t, "not detected by", "未检出者："), votes(t, target)));
	if (stated && *zp_told(t, target, "target_source"))
		ZP_TELL(t, "            %s: %s\n", "            %s：%s\n", zp_pick(t, "source", "来源"), zp_told(t, target, "target_source"));
	if (!stated)
		ZP_TELL(t, "            needed: %s %% of the participants\n", "            要求：参加实验室 %s %% 一致\n", zp_tell_setting(t, target, "assign_settings", "undetected"));
	ZP_TELL(t, "  %s %s\n", "  %s%s\n", zp_pick(t, "rule:    ", "评价规则："),
	       zp_pick(t, "not detected, or a bound such as <20, is right; a number is a false positive", "未检出（或以“<”回报）为正确；报出数值为假阳性"));
}

void zp_tell_logarithm(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *unit = zp_told(t, target, "unit"), *value = zp_told(t, score, "value");
	const bool below = *value == '<' || *value == '>';
	char plain[40];
	zp_decimal d;
	if (strncmp(unit, "log10 ", 6) != 0 || zp_decimal_read_printed(value + below, strlen(value + below), &d) != ZP_NUMBER_OK)
		return;
	ZP_TELL(t, "            log10(%s) = %s; %s %s\n", "            log10(%s) = %s；%s %s\n", zp_print_short(pow(10, zp_decimal_double(d)), 6, plain), value + below, zp_pick(t, "in", "单位"), unit);
}

/* ---- beside the verdict ---- */

static bool has_word(const char *list, const char *word)
{
	const size_t n = strlen(word);
	for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
		if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
			return true;
	return false;
}

static void tell_index(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *index = zp_told(t, score, "index"), *cutoff = target ? zp_told(t, target, "cutoff") : "";
	if (!*index)
		return;
	printf("  %s %s", zp_pick(t, "index:   ", "指数：   "), index);
	if (*cutoff) {
		const bool below = strncmp(cutoff, "below", 5) == 0;
		const char *at = zp_arena_text(t->arena, cutoff + 6, strcspn(cutoff + 6, " "));
		if (strstr(cutoff, " or as the kit"))
			ZP_TELL(t, "; %s", "；%s", zp_pick(t, "the cut-off is that of the kit, where it has its own", "临界值按试剂；无单独规定的如下"));
		ZP_TELL(t, "; %s %s, %s", "；%s %s，%s", zp_pick(t, "cut-off", "临界值"), at, below ? zp_pick(t, "below it is positive", "低于它为阳性（竞争法）") : zp_pick(t, "above it is positive", "高于它为阳性"));
	}
	putchar('\n');
	if (has_word(zp_told(t, score, "flags"), "index"))
		printf("  %s %s\n", zp_pick(t, "flag:    ", "警示：   "), zp_flag_says(0, t->chinese));
}

/* The result that contradicts this one. */
static void tell_discrepancy(const zp_telling *t, const zp_row *score)
{
	const char *lab = zp_told(t, score, "lab"), *at = zp_folder_table_find(&t->scores, lab);
	bool fails = zp_row_is(score, "reason", "discrepancy");
	zp_row row;
	if (!has_word(zp_told(t, score, "flags"), "discrepancy"))
		return;
	printf("  %s %s\n", zp_pick(t, "flag:    ", "警示：   "), zp_flag_says(1, t->chinese));
	while (at && zp_folder_table_next(t->arena, &t->scores, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (!zp_row_is(&row, "programme", zp_told(t, score, "programme")) || !zp_row_is(&row, "sample", zp_told(t, score, "sample")) ||
		    zp_row_is(&row, "measurand", zp_told(t, score, "measurand")) || !has_word(zp_told(t, &row, "flags"), "discrepancy"))
			continue;
		fails |= zp_row_is(&row, "reason", "discrepancy");
		ZP_TELL(t, "            %s: %s\n", "            %s：%s\n", zp_told(t, &row, "measurand"), answer(t, &row, "value"));
	}
	printf("            %s\n", fails ? zp_pick(t, "this scheme counts it as a failure of both", "按本方案两项均不通过") : zp_pick(t, "it changes no verdict", "不改变评价结果"));
}

void zp_tell_flags(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	tell_index(t, score, target);
	tell_discrepancy(t, score);
}

void zp_tell_credit(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const char *credit = zp_told(t, score, "credit");
	const unsigned long long weight = target ? zp_tell_count(t, target, "weight") : 1;
	const bool part = *credit && strcmp(credit, "0") != 0 && strcmp(credit, "100") != 0;
	if (!part && (weight <= 1 || !*credit))
		return;
	printf("  %s", zp_pick(t, "credit:  ", "得分比例："));
	ZP_TELL(t, " %s %% of a result", "按 %s %% 个结果计", credit);
	if (weight > 1)
		ZP_TELL(t, "; each counts for %llu", "；每个结果按 %llu 个计", weight);
	putchar('\n');
}
