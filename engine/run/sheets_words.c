/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words in a round's sheets mean, and what is said of the whole. */
#include "model/hint.h"
#include "run/phrases.h"
#include "run/rank_ranges.h"
#include "run/sheets.h"

/* ---- words ---- */

static const zp_meaning others[] = {
	{ "informative", "yes", "是", "yes" }, { "informative", "no", "否", "no" }, { "status", "gradable", "可评价", "gradable" },
	{ "use", "doubtful", "可评价，须留意", "graded, to be looked at" }, { "use", "withheld", "不评价", "not graded" },
	{ "origin", "consensus", "公议值", "consensus" }, { "origin", "known", "已知值", "known" }, { "origin", "decided", "由决定给出", "decided" },
	{ "kind", "excuse", "免评", "excuse" }, { "kind", "accept-late", "接受迟报", "accept late" }, { "kind", "choose", "选定", "choose" },
	{ "kind", "correct", "更正", "correct" }, { "kind", "set-target", "设定靶值", "set target" }, { "kind", "do-not-evaluate", "不评价", "do not evaluate" },
	{ "kind", "regroup", "改变分组", "regroup" },
};
#define OTHERS (sizeof others / sizeof *others)

const zp_meaning *zp_sheet_words(zp_run *run, size_t *n)
{
	zp_meaning *out = zp_take(run->arena, zp_meaning, OTHERS + ZP_STATES + ZP_VERDICTS + 2 * ZP_REASONS + ZP_STANDINGS + 3 + ZP_MARKS + ZP_SLIPS);
	memcpy(out, others, sizeof others);
	*n = OTHERS;
	for (unsigned i = 0; i < ZP_VERDICTS; i++)
		out[(*n)++] = (zp_meaning){ "verdict", zp_verdict_word((zp_verdict)i), zp_verdict_says((zp_verdict)i, true), zp_verdict_says((zp_verdict)i, false) };
	for (unsigned i = 0; i < ZP_STATES; i++)
		out[(*n)++] = (zp_meaning){ "state", zp_state_word(i), zp_state_says(i, true), zp_state_says(i, false) };
	for (unsigned i = 0; i < ZP_STANDINGS; i++)
		out[(*n)++] = (zp_meaning){ "standing", zp_standing_word((zp_standing)i), zp_standing_says((zp_standing)i, true), zp_standing_says((zp_standing)i, false) };
	for (unsigned i = 0; i <= ZP_UNSATISFACTORY; i++)
		out[(*n)++] = (zp_meaning){ "satisfaction", zp_satisfaction_word((zp_satisfaction)i), zp_satisfaction_says((zp_satisfaction)i, true),
					    zp_satisfaction_says((zp_satisfaction)i, false) };
	for (unsigned i = 0; i < ZP_MARKS; i++)
		out[(*n)++] = (zp_meaning){ "mark", zp_mark_word(i), zp_mark_says(i, true), zp_mark_says(i, false) };
	for (unsigned i = 0; i < ZP_SLIPS; i++)
		out[(*n)++] = (zp_meaning){ "hint", zp_slip_word(i), zp_slip_says(i, true), zp_slip_says(i, false) };
	for (unsigned i = 1; i < ZP_REASONS; i++) { /* longest sentences last: they are looked up least */
		out[(*n)++] = (zp_meaning){ "reason", zp_reason_word((zp_reason)i), zp_reason_says((zp_reason)i, true), zp_reason_says((zp_reason)i, false) };
		out[(*n)++] = (zp_meaning){ "status", zp_reason_word((zp_reason)i), zp_reason_says((zp_reason)i, true), zp_reason_says((zp_reason)i, false) };
	}
	return out;
}

/* ---- facts ---- */

typedef struct facts { zp_run *run; zp_fact *at; size_t n; } facts;
#define FACTS_MOST 24

static void add(facts *f, const char *name, const char *name_en, const char *text, const char *detail)
{
	f->at[f->n++] = (zp_fact){ name, name_en, text, detail };
}

static const char *count(facts *f, unsigned long long v) { return zp_arena_print(f->run->arena, "%llu", v); }

/* "80", or each programme's where they differ. */
static const char *of_programmes(facts *f, bool pass)
{
	const zp_plan *plan = f->run->book->plan;
	const char *text = "";
	bool same = true;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_scheme *s = plan->programmes[p].scheme, *first = plan->programmes[0].scheme;
		const char *one = pass ? zp_arena_print(f->run->arena, "%u %%", s->pass) : zp_arena_print(f->run->arena, "%s %s", s->name, s->version);
		same &= pass ? s->pass == first->pass : strcmp(s->name, first->name) == 0 && strcmp(s->version, first->version) == 0;
		text = zp_arena_print(f->run->arena, "%s%s%s %s", text, *text ? "；" : "", plan->programmes[p].name, one);
		if (p + 1 == plan->n_programmes && same)
			return one;
	}
	return text;
}

/* Whether a measurand has a pass mark other than its programme's. */
static bool own_passes(const zp_plan *plan)
{
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++)
			if (plan->programmes[p].scheme->measurands[m].pass != plan->programmes[p].scheme->pass)
				return true;
	return false;
}

static void add_programmes(facts *f)
{
	const zp_summary *s = &f->run->summary;
	const char *names = "", *cancelled = "";
	for (size_t p = 0; p < s->n_programmes; p++) {
		names = zp_arena_print(f->run->arena, "%s%s%s", names, *names ? "、" : "", s->programmes[p].name);
		if (*s->programmes[p].cancelled)
			cancelled = zp_arena_print(f->run->arena, "%s%s%s：%s", cancelled, *cancelled ? "；" : "", s->programmes[p].name, s->programmes[p].cancelled);
	}
	add(f, "专业", "Programmes", count(f, s->n_programmes), names);
	if (*cancelled)
		add(f, "取消", "Cancelled", cancelled, "");
	add(f, "方案", "Schemes", of_programmes(f, false), "");
	add(f, "满意线", "Pass marks", of_programmes(f, true), own_passes(f->run->book->plan) ? "个别项目另有规定 some measurands have their own" : "");
}

static void add_counts(facts *f)
{
	const zp_told_counts *c = &f->run->summary.counts;
	add(f, "参加实验室", "Laboratories", count(f, c->enrolled), zp_arena_print(f->run->arena, "名册 %llu on the register", c->labs));
	add(f, "应有结果", "Results expected", count(f, c->expected), "");
	add(f, "读入的值", "Values read", count(f, c->read), "");
	add(f, "采用", "Accepted", count(f, c->accepted), zp_arena_print(f->run->arena, "其中迟报 %llu of these late", c->late));
	add(f, "未采用", "Set aside", count(f, c->set_aside), "");
	add(f, "拒绝", "Refused", count(f, c->refused), "");
	add(f, "空白值", "Blank", count(f, c->blank), "");
	add(f, "组", "Groups", count(f, c->groups), zp_arena_print(f->run->arena, "不评价 %llu not graded · 存疑 %llu doubtful", c->withheld, c->doubtful));
}

static void add_ranges(facts *f)
{
	const zp_rank_basis *b = &f->run->rank_basis[f->run->book->plan->n_programmes];
	zp_arena *arena = f->run->arena;
	const char *deff = zp_phrase_fixed(arena, b->design.deff, 2), *rho = zp_phrase_fixed(arena, b->design.rho, 3);
	if (!b->labs)
		return;
	if (!b->draws) {
		add(f, "名次范围", "Ranges of ranks", "各实验室无法区分", "No laboratory can be told from another");
		return;
	}
	add(f, "名次范围", "Ranges of ranks", zp_arena_print(arena, "Beta(%s, %s), deff %s", zp_phrase_fixed(arena, b->prior.alpha, 2), zp_phrase_fixed(arena, b->prior.beta, 2), deff),
	    zp_arena_print(arena, "rho %s · %u 次抽样 draws · 种子 seed %llu", *rho ? rho : "?", b->draws, (unsigned long long)b->seed));
}

const zp_fact *zp_sheet_facts(zp_run *run, size_t *n)
{
	const zp_summary *s = &run->summary;
	facts f = { run, zp_take(run->arena, zp_fact, FACTS_MOST), 0 };
	add(&f, "组织者", "Organiser", s->organiser, s->organiser_en);
	add(&f, "轮次", "Round", s->round, s->version);
	if (*s->bond.replaces)
		add(&f, "更正版，代替", "Amended, replaces", s->bond.replaces, s->bond.reason);
	add(&f, "开放", "Opens", s->opens, "");
	add(&f, "截止", "Closes", s->closes, "");
	add_programmes(&f);
	add_counts(&f);
	add_ranges(&f);
	*n = f.n;
	return f.at;
}
