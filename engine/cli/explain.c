/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping explain: how a laboratory's verdicts came about, step by step, from what was published, in words
 * that a laboratory can check with a pocket calculator. */
#include <stdlib.h>
#include "cli/cli.h"
#include "cli/explain.h"

static bool find_target(const zp_telling *t, const char *group, zp_row *row)
{
	const char *at = t->targets.text.p;
	while (zp_folder_table_next(t->arena, &t->targets, &at, row))
		if (zp_row_is(row, "group", group))
			return true;
	return false;
}

/* "results/a.csv:17", and what stood there. */
static void tell_sent(const zp_telling *t, const zp_row *score)
{
	long file = strtol(zp_told(t, score, "file"), NULL, 10);
	const char *sent = zp_told(t, score, "sent"), *value = zp_told(t, score, "value"), *remark = zp_told(t, score, "remark");
	const char *name = file >= 1 && (size_t)file <= t->published->n_results ? t->published->results[file - 1] : "";
	if (!*name) {
		ZP_TELL(t, "  %s %s\n", "  %s%s\n", zp_pick(t, "sent:     nothing; state:", "回报：    无；状态："), zp_tell_state(t, zp_told(t, score, "state")));
		if (*remark)
			printf("            %s\n", remark);
		return;
	}
	/* What was sent is told where the scale writes the answer otherwise; a code alone may never have been sent. */
	const char *read = *value ? zp_tell_answer(t, zp_told(t, score, "programme"), zp_told(t, score, "measurand"), value) : "-";
	printf("  %s %s:%s  \"%s\"\n", zp_pick(t, "sent:    ", "回报：   "), name, zp_told(t, score, "line"), *sent ? sent : *value ? read : remark);
	ZP_TELL(t, "  %s %s; %s %s\n", "  %s %s；%s%s\n", zp_pick(t, "read as: ", "读作：   "), read, zp_pick(t, "state:", "状态："), zp_tell_state(t, zp_told(t, score, "state")));
	if (*remark && (*sent || *value))
		printf("            %s\n", remark);
}

/* What a result looks like. Another laboratory is never named here: the text may be handed out. */
static void tell_hints(const zp_telling *t, const zp_row *score)
{
	const char *lab = zp_told(t, score, "lab"), *at = t->has_hints ? zp_folder_table_find(&t->hints, lab) : NULL;
	zp_row row;
	while (at && zp_folder_table_next(t->arena, &t->hints, &at, &row) && zp_row_is(&row, "lab", lab)) {
		if (!zp_row_is(&row, "programme", zp_told(t, score, "programme")) || !zp_row_is(&row, "measurand", zp_told(t, score, "measurand")) ||
		    !zp_row_is(&row, "sample", zp_told(t, score, "sample")))
			continue;
		const char *other = zp_told(t, &row, "other"), *factor = zp_told(t, &row, "factor"), *unit = zp_told(t, &row, "unit"), *meant = zp_told(t, &row, "corrected");
		printf("  %s %s%s%s%s%s%s%s", zp_pick(t, "hint:    ", "提示：   "), zp_tell_slip(t, zp_told(t, &row, "hint")), *other ? " -> " : "", other,
		       *factor ? zp_pick(t, ", factor ", "，倍数 ") : "", factor, *unit ? " " : "", unit);
		if (*meant)
			ZP_TELL(t, "; %s %s", "；%s %s", zp_pick(t, "perhaps", "或应为"), meant);
		ZP_TELL(t, "; %s %s, %s %s\n", "；%s %s，%s %s\n", zp_pick(t, "robust SD from the median as sent", "距中位数（稳健标准差数）：按所报值"), zp_told(t, &row, "before"),
		       zp_pick(t, "otherwise", "改后"), zp_told(t, &row, "after"));
	}
}

static void tell_agreement(const zp_telling *t, const char *lab)
{
	const char *at = t->has_hints ? zp_folder_table_find(&t->hints, lab) : NULL;
	zp_row row;
	while (at && zp_folder_table_next(t->arena, &t->hints, &at, &row) && zp_row_is(&row, "lab", lab))
		if (zp_row_is(&row, "measurand", "*"))
			ZP_TELL(t, "%s %s: %s %s / %s %s; %s 10^%s\n", "%s%s：%s%s / %s%s；%s 10^%s\n", zp_pick(t, "hint:", "提示："), zp_told(t, &row, "programme"),
			       zp_pick(t, "results that are those of another laboratory:", "与另一实验室一致的结果："), zp_told(t, &row, "equal"), zp_told(t, &row, "common"),
			       *zp_told(t, &row, "factor") ? zp_pick(t, "(by one factor)", "（按同一倍数）") : "", zp_pick(t, "chance", "偶然一致的概率"), zp_told(t, &row, "chance"));
}

/* By the kind of what was sent, and of what should have been. */
static void tell_judged(const zp_telling *t, const zp_row *score, const zp_row *target)
{
	const bool nothing = *zp_told(t, score, "value") == '<' || zp_row_is(score, "value", "undetected");
	zp_tell_logarithm(t, score, target);
	if (*zp_told(t, target, "judge")) {
		zp_tell_judged(t, score, target);
	} else if (zp_row_is(target, "x_pt", "negative")) {
		zp_tell_undetected(t, score, target);
	} else {
		zp_tell_quantity(t, score, target);
		if (nothing && (zp_row_is(score, "reason", "below_lod") || zp_row_is(score, "reason", "false_negative")))
			zp_tell_undetected(t, score, target);
	}
}

static void tell_score(const zp_telling *t, const zp_row *score)
{
	zp_row target;
	const char *group = zp_told(t, score, "group"), *reason = zp_told(t, score, "reason"), *share = zp_told(t, score, "share_pct");
	printf("\n%s / %s / %s %s\n", zp_told(t, score, "programme"), zp_told(t, score, "measurand"), zp_pick(t, "sample", "样本"),
	       zp_told(t, score, "sample"));
	tell_sent(t, score);
	tell_hints(t, score);
	const bool found = *group && find_target(t, group, &target);
	const bool few = found && zp_row_is(&target, "origin", "consensus") && !zp_may_tell(t, &target, zp_row_is(&target, "x_pt", "negative") ? "asked" : "kept");
	if (few)
		printf("  %s %s\n", zp_pick(t, "peers:   ", "同组：   "), zp_pick(t, "so few that their target would tell what the others have: it is not told", "人数过少，靶值会透露他人的结果，不予列出"));
	else if (found)
		tell_judged(t, score, &target);
	zp_tell_flags(t, score, found ? &target : NULL);
	zp_tell_credit(t, score, found ? &target : NULL);
	printf("  %s %s", zp_pick(t, "verdict: ", "评价：   "), zp_tell_verdict(t, zp_told(t, score, "verdict")));
	if (*reason)
		ZP_TELL(t, ": %s", "：%s", zp_tell_reason(t, reason));
	else if (*share && !few)
		ZP_TELL(t, ": |%s| %s %s", "：|%s| %s %s", zp_told(t, score, "bias"), zp_row_is(score, "verdict", "acceptable") ? "<=" : ">",
		       zp_told(t, &target, "delta_e"));
	if (*zp_told(t, score, "would_be"))
		ZP_TELL(t, " (%s %s)", "（%s%s）", zp_pick(t, "in time it would have been", "若按时回报则为"), zp_tell_verdict(t, zp_told(t, score, "would_be")));
	putchar('\n');
}

static bool same_measurand(const zp_row *a, const zp_row *b, const zp_telling *t)
{
	return zp_row_is(a, "measurand", zp_told(t, b, "measurand")) && zp_row_is(a, "programme", zp_told(t, b, "programme"));
}

typedef struct asked { const char *lab, *measurand, *sample; } asked;

/* The scores that were asked for, and what is told of each measurand after them. Gives: how many scores there were. */
static size_t tell_scores(const zp_telling *t, const asked *a, const zp_printed *printed)
{
	size_t told = 0;
	zp_row row, before = { 0 };
	const char *at = zp_folder_table_find(&t->scores, a->lab);
	while (at && zp_folder_table_next(t->arena, &t->scores, &at, &row) && zp_row_is(&row, "lab", a->lab)) {
		if ((a->measurand && !zp_row_is(&row, "measurand", a->measurand)) || (a->sample && !zp_row_is(&row, "sample", a->sample)))
			continue;
		if (told && !same_measurand(&row, &before, t))
			zp_tell_beside(t, printed, &before);
		tell_score(t, &row);
		zp_tell_printed(t, printed, &row);
		before = row;
		told++;
	}
	if (told && !a->sample)
		zp_tell_beside(t, printed, &before);
	return told;
}

/* The scores that were asked for, what they add up to, and where that puts the laboratory. Gives: how many scores there were. */
static size_t tell(const zp_telling *t, const asked *a, const zp_printed *printed)
{
	const size_t told = tell_scores(t, a, printed);
	if (!a->measurand) {
		putchar('\n');
		tell_agreement(t, a->lab);
		zp_tell_not_performed(t, printed, NULL);
	}
	zp_tell_tallies(t, a->lab, a->measurand);
	if (!a->measurand)
		zp_tell_sums(t, printed, a->lab);
	zp_tell_decided(t, a->lab, a->measurand);
	return told;
}

static bool open_tables(zp_telling *t, zp_error *err)
{
	t->has_points = zp_published_has(t->published, "points.csv");
	t->has_scales = zp_published_has(t->published, "scales.csv");
	t->has_hints = zp_published_has(t->published, "hints.csv");
	return zp_published_table(t->arena, t->published, "scores.csv", &t->scores, err) && zp_published_table(t->arena, t->published, "targets.csv", &t->targets, err) &&
	       zp_published_table(t->arena, t->published, "verdicts.csv", &t->verdicts, err) && zp_telling_table(t, "scales.csv", &t->scales, err) &&
	       zp_telling_table(t, "hints.csv", &t->hints, err) && zp_telling_table(t, "points.csv", &t->points, err);
}

static bool explain_round(zp_telling *t, const asked *a, bool ranks_only, zp_error *err)
{
	zp_printed printed;
	bool region;
	if (!open_tables(t, err))
		return false;
	zp_tell_find_aside(t);
	if (!zp_folder_table_find(&t->verdicts, a->lab)) {
		if (!zp_tell_region(t, a->lab, &region, err))
			return false;
		return region || zp_fail(err, ZP_BAD_USE, t->published->folder, 0, "laboratory \"%s\" is not in this round", a->lab);
	}
	ZP_TELL(t, "%s %s %s, %s %s, %s\n", "%s %s %s，%s %s，%s\n", zp_pick(t, "round", "轮次"), t->published->round, t->published->version,
		zp_pick(t, "issued", "签发"), t->published->issued, t->published->engine);
	printf("%s %s\n", zp_pick(t, "laboratory", "实验室"), a->lab);
	if (ranks_only)
		return zp_tell_ranks(t, a->lab, err);
	if (!zp_printed_open(t, a->lab, &printed, err) || (!a->measurand && !zp_tell_source(t, a->lab, err)))
		return false;
	if (!tell(t, a, &printed) && a->measurand)
		return zp_fail(err, ZP_BAD_USE, t->published->folder, 0, "laboratory %s has no results for %s in this round: not enrolled, not performed, or another name",
			       a->lab, a->sample ? zp_arena_print(t->arena, "%s %s", a->measurand, a->sample) : a->measurand);
	return a->measurand || zp_tell_ranks(t, a->lab, err);
}

int zp_command_explain(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	bool chinese;
	if (!zp_options_read(self, argc, argv, 2, 4, &given) || !zp_option_chinese(&given, &chinese))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	zp_telling t = { .arena = arena, .chinese = chinese, .tables = zp_tables_take(arena), .centre = zp_option_given(&given, "centre") != NULL };
	const asked a = { given.rest[1], given.n_rest > 2 ? given.rest[2] : NULL, given.n_rest > 3 ? given.rest[3] : NULL };
	t.published = zp_published_open(arena, given.rest[0], &err);
	bool good = t.published != NULL;
	if (good && !*t.published->round && t.published->year)
		good = zp_explain_year(&t, &(zp_year_asked){ a.lab, a.measurand }, &err);
	else if (good)
		good = explain_round(&t, &a, zp_option_given(&given, "ranking") != NULL, &err);
	if (!good)
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return (int)err.code;
}
