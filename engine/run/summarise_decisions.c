/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser decided, in words. */
#include "base/instant.h"
#include "book/approvals.h"
#include "model/written.h"
#include "run/phrases.h"
#include "run/summarise.h"

static const struct { const char *kind, *says, *says_en; } kinds[] = {
	[ZP_DECIDE_EXCUSE] = { "excuse", "免于本次评价", "excused from this round" },
	[ZP_DECIDE_ACCEPT_LATE] = { "accept-late", "迟报，已接受", "late, and accepted" },
	[ZP_DECIDE_CHOOSE] = { "choose", "在矛盾的回报值中选定", "of several values this one was chosen:" },
	[ZP_DECIDE_CORRECT] = { "correct", "更正", "corrected" },
	[ZP_DECIDE_TARGET] = { "set-target", "设定靶值", "the target was set to" },
	[ZP_DECIDE_OUT] = { "do-not-evaluate", "不评价", "not evaluated" },
	[ZP_DECIDE_REGROUP] = { "regroup", "改变分组", "put into another group" },
};

static const zp_programme *programme_of(const zp_run *run, const zp_decision *d)
{
	return d->programme == ZP_ANY ? NULL : &run->book->plan->programmes[d->programme];
}

static const zp_measurand *measurand_of(const zp_run *run, const zp_decision *d)
{
	const zp_programme *p = programme_of(run, d);
	return p && d->measurand != ZP_ANY ? &p->scheme->measurands[d->measurand] : NULL;
}

static const char *value_text(zp_arena *arena, const zp_measurand *m, zp_kind kind, zp_decimal value, bool chinese)
{
	char text[ZP_WRITTEN_BYTES];
	return zp_arena_text(arena, text, zp_written(m, kind, value, chinese, text));
}

static const char *target_text(const zp_run *run, zp_arena *arena, const zp_decision *d, bool chinese)
{
	const zp_programme *p = programme_of(run, d);
	if (d->negative)
		return chinese ? "阴性" : "negative";
	const char *x = value_text(arena, measurand_of(run, d), d->value_kind, d->value, chinese);
	const double u = d->sample == ZP_ANY ? NAN : p->given[d->measurand * p->n_samples + d->sample].u;
	return u > 0 ? zp_arena_print(arena, "%s, u %s", x, zp_phrase_decimal(arena, zp_decimal_shortest(u))) : x;
}

static const char *names_text(zp_arena *arena, const zp_decision *d, bool chinese)
{
	const char *text = "";
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if (d->keys[k])
			text = zp_arena_print(arena, "%s%s%s%s%s", text, *text ? chinese ? "；" : "; " : "", chinese ? zp_peer_key_says(k) : zp_peer_key_word(k),
					      chinese ? "：" : ": ", d->keys[k]);
	return text;
}

static const char *says(const zp_run *run, zp_arena *arena, const zp_decision *d, bool chinese)
{
	const zp_measurand *m = measurand_of(run, d);
	const char *plain = chinese ? kinds[d->kind].says : kinds[d->kind].says_en;
	switch (d->kind) {
	case ZP_DECIDE_EXCUSE: /* one that lacks a condition changes nothing, and is told so when the round is closed */
		return d->conditions_met ? plain : zp_arena_print(arena, chinese ? "%s（条件未全部满足）" : "%s (not all conditions are met)", plain);
	case ZP_DECIDE_CHOOSE:
		return zp_arena_print(arena, "%s %s", plain, value_text(arena, m, d->value_kind, d->value, chinese));
	case ZP_DECIDE_CORRECT:
		return zp_arena_print(arena, chinese ? "由 %s 更正为 %s" : "corrected from %s to %s", value_text(arena, m, d->value_kind, d->from, chinese),
				      value_text(arena, m, d->value_kind, d->value, chinese));
	case ZP_DECIDE_TARGET:
		return zp_arena_print(arena, "%s %s", plain, target_text(run, arena, d, chinese));
	case ZP_DECIDE_REGROUP:
		return zp_arena_print(arena, chinese ? "%s：%s" : "%s: %s", plain, names_text(arena, d, chinese));
	default:
		return plain;
	}
}

/* "L0010 · 常规化学 · 钾 · 202612" */
static const char *about(const zp_run *run, zp_arena *arena, const zp_decision *d)
{
	const zp_programme *p = programme_of(run, d);
	const zp_measurand *m = measurand_of(run, d);
	const char *const parts[] = { d->lab == ZP_ANY ? NULL : run->roster->labs[d->lab].code, p ? p->name : NULL, m ? m->name : NULL,
				      p && d->sample != ZP_ANY ? p->samples[d->sample] : NULL };
	const char *text = "";
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i])
			text = zp_arena_print(arena, "%s%s%s", text, *text ? " · " : "", parts[i]);
	return text;
}

static zp_told_decision approval(zp_arena *arena, const zp_approval *a)
{
	static const struct { const char *says, *says_en; } things[ZP_APPROVEDS] = {
		{ "批准：规则", "approved: the rules" }, { "批准：决定", "approved: the decisions" }, { "批准：发布", "approved: publishing" },
	};
	return (zp_told_decision){ .kind = "approve", .says = things[a->what].says, .says_en = things[a->what].says_en, .about = "", .who = a->who,
				   .when = zp_arena_text(arena, a->at, 10),
				   .why = zp_arena_print(arena, "%s（%s）", a->meaning, zp_instant_show(arena, a->at)) };
}

const zp_told_decision *zp_tell_decisions(zp_run *run)
{
	const zp_decisions *all = run->decisions;
	zp_told_decision *out = zp_take(run->arena, zp_told_decision, all->n + all->n_approvals + 1);
	for (size_t i = 0; i < all->n_approvals; i++)
		out[all->n + i] = approval(run->arena, &all->approvals[i]);
	for (size_t i = 0; i < run->decisions->n; i++) {
		const zp_decision *d = &run->decisions->at[i];
		out[i] = (zp_told_decision){ .kind = kinds[d->kind].kind, .says = says(run, run->arena, d, true), .says_en = says(run, run->arena, d, false),
					     .about = about(run, run->arena, d), .who = d->who, .when = d->when,
					     .why = d->evidence ? zp_arena_print(run->arena, "%s（%s）", d->why, d->evidence) : d->why };
	}
	return out;
}
