/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Over the rounds: the history that is drawn, whether results came closer to their targets, and what needs attention first. */
#include "run/told.h"
#include "stats/findings.h"

#define NEARLY 1e-9 /* what rounding makes of a difference of decimals */

static size_t enrolment_at(const zp_teller *w) { return (size_t)(w->enrolment - w->told->run->roster->enrolments); }

static size_t earlier(const zp_teller *w) { return w->told->past ? w->told->past->programmes[w->enrolment->programme].n : 0; }

/* Results of this round that came in time, in percent of the limit; NAN where there is none. */
static size_t shares_now(const zp_teller *w, double *shares, bool *alert)
{
	size_t n = 0;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		if (w->told->run->round->state[w->first + s] == ZP_NOT_ASKED)
			continue;
		const double share = zp_teller_share(w, s);
		shares[n] = w->told->run->round->state[w->first + s] == ZP_RETURNED ? share : ZP_NONE;
		alert[n++] = w->told->run->judgement.verdict[w->first + s] == ZP_UNACCEPTABLE;
	}
	return n;
}

static double score_now(const zp_teller *w)
{
	const zp_tally *t = &w->told->run->s1[w->tally];
	return t->total && t->standing == ZP_STANDS_RETURNED ? (double)t->credit / t->total : ZP_NONE;
}

/* ---- history ---- */

static zp_history_round round_of(const zp_teller *w, size_t i, const char *label)
{
	const bool now = i == earlier(w);
	const size_t room = w->programme->n_samples + (w->told->past ? zp_past_samples_most(w->told->past, w->enrolment->programme) : 0) + 1;
	double *values = zp_take(w->t->arena, double, room);
	bool *alert = zp_take(w->t->arena, bool, room);
	zp_history_round out = { .label = label, .values = values, .alert = alert, .held = true };
	if (w->t->measurand->scale) {
		values[0] = now ? score_now(w) : zp_past_score(w->told->past, w->told->run, enrolment_at(w), w->k, i);
		alert[0] = values[0] < (now ? w->t->measurand->pass : zp_past_pass(w->told->past, w->told->run, enrolment_at(w), w->m, i));
		out.n = isnan(values[0]) ? 0u : 1u;
	} else {
		out.n = now ? shares_now(w, values, alert) : zp_past_shares(w->told->past, w->told->run, enrolment_at(w), w->k, i, values, alert);
	}
	return out;
}

static bool has_results(const zp_history_round *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->values[i]))
			return true;
	return false;
}

void zp_tell_history(const zp_teller *w, zp_report_figure *figures, size_t *n)
{
	const zp_plan *plan = w->told->run->book->plan;
	const zp_measurand *m = w->t->measurand;
	const size_t before = earlier(w);
	bool any = false;
	if (!before)
		return;
	zp_history_round *rounds = zp_take(w->t->arena, zp_history_round, before + 1);
	for (size_t i = 0; i < before; i++) {
		rounds[i] = round_of(w, i, w->told->past->rounds[w->told->past->programmes[w->enrolment->programme].rounds[i]].label);
		any |= has_results(&rounds[i]);
	}
	rounds[before] = round_of(w, before, zp_arena_print(w->t->arena, "%d-%d", plan->year, plan->number));
	if (!any)
		return;
	const zp_history h = { .pass = m->scale ? m->pass : 0, .of = { m->name, m->name_en, zp_measurand_unit(m), "", m->places }, .rounds = rounds, .n = before + 1 };
	const zp_plot_look look = { ZP_PLOT_HALF_WIDE, ZP_PLOT_HALF_HIGH, ZP_BOTH_TONGUES };
	figures[(*n)++] = (zp_report_figure){ ZP_FIGURE_HISTORY, m->scale ? "历次正确率（%）" : "历次结果（占允许误差的 %）",
					      m->scale ? "share of right answers over the rounds (%)" : "results over the rounds (% of the limit)",
					      zp_plot_history(w->t->arena, &h, look) };
}

/* ---- course ---- */

/* How far a round was off: the mean of its results in percent of the limit, or, of answers, the percent that was not right. */
static double off(const zp_history_round *r, bool answers)
{
	if (!r->n)
		return ZP_NONE;
	return answers ? 100 - r->values[0] : zp_off_mean(r->values, r->n);
}

static void say_course(const zp_teller *w, double before, double now)
{
	const bool answers = w->t->measurand->scale != NULL;
	if (answers)
		before = 100 - before, now = 100 - now;
	const char *from = zp_teller_number(w, before, 0), *to = zp_teller_number(w, now, 0);
	w->out->course_says = zp_arena_print(w->t->arena, answers ? "正确率 %s %% → %s %%" : "%s %% → %s %%", from, to);
	w->out->course_says_en = zp_arena_print(w->t->arena, answers ? "right %s %% → %s %%" : "%s %% → %s %%", from, to);
}

void zp_tell_course(const zp_teller *w)
{
	const bool answers = w->t->measurand->scale != NULL;
	const size_t n = earlier(w);
	double sum = 0;
	unsigned rounds = 0;
	const zp_history_round latest = round_of(w, n, "");
	const double now = off(&latest, answers);
	for (size_t i = 0; i < n && !isnan(now); i++) {
		const zp_history_round r = round_of(w, i, "");
		const double was = off(&r, answers);
		sum += isnan(was) ? 0 : was;
		rounds += isnan(was) ? 0 : 1;
	}
	if (!rounds || rounds + 1 < w->t->choices->course_rounds)
		return;
	const double before = sum / rounds, step = w->t->choices->course_step - NEARLY;
	w->out->course = now - before >= step ? ZP_COURSE_FARTHER : before - now >= step ? ZP_COURSE_CLOSER : ZP_COURSE_STEADY;
	say_course(w, before, now);
}

/* ---- heed ---- */

/* What is told first has the greater number, whatever follows. */
enum { HEED_COURSE = 1, HEED_FINDING = 1000, HEED_NEAR = 2000, HEED_UNSATISFACTORY = 3000, HEED_FAILED = 4000 };

static void heed(const zp_teller *w, unsigned much, const char *says, const char *says_en)
{
	w->out->heed = much;
	w->out->heed_says = says;
	w->out->heed_says_en = says_en;
}

/* The acceptable result that is nearest to its limit; 0 when none is near. */
static double nearest(const zp_teller *w, size_t *at)
{
	double most = 0;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		const double share = fabs(zp_teller_share(w, s));
		if (w->told->run->judgement.verdict[w->first + s] == ZP_ACCEPTABLE && share >= w->t->choices->heed_near - NEARLY && share > most)
			most = share, *at = s;
	}
	return most;
}

/* What failed, and is there: what was not returned is told by its standing. */
static unsigned count_failed(const zp_teller *w)
{
	unsigned n = 0;
	for (size_t s = 0; s < w->programme->n_samples; s++)
		n += w->told->run->judgement.verdict[w->first + s] == ZP_UNACCEPTABLE && w->told->run->round->state[w->first + s] == ZP_RETURNED;
	return n;
}

void zp_tell_heed(const zp_teller *w, zp_finding brief)
{
	const unsigned failed = count_failed(w);
	const bool poor = w->out->satisfaction == ZP_UNSATISFACTORY;
	size_t at = 0;
	const double near = nearest(w, &at);
	heed(w, 0, "", "");
	if (failed)
		heed(w, HEED_FAILED + (poor ? 500u : 0) + (failed < 400 ? failed : 400), zp_arena_print(w->t->arena, "%u 个样本不通过", failed),
		     zp_arena_print(w->t->arena, "%u not acceptable", failed));
	else if (poor)
		heed(w, HEED_UNSATISFACTORY, zp_standing_says(w->out->standing == ZP_STANDS_RETURNED ? ZP_STANDS_BLANK : w->out->standing, true),
		     zp_standing_says(w->out->standing == ZP_STANDS_RETURNED ? ZP_STANDS_BLANK : w->out->standing, false));
	else if (near > 0)
		heed(w, HEED_NEAR + (unsigned)near, zp_arena_print(w->t->arena, "样本 %s 达允许误差的 %s %%", w->programme->samples[at], zp_teller_number(w, near, 0)),
		     zp_arena_print(w->t->arena, "sample %s at %s %% of the limit", w->programme->samples[at], zp_teller_number(w, near, 0)));
	else if (w->out->n_findings)
		heed(w, HEED_FINDING, brief.says, brief.says_en);
	else if (w->out->course == ZP_COURSE_FARTHER)
		heed(w, HEED_COURSE, "较前几轮偏离增大", "farther off than before");
}
