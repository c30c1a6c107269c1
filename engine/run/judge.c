/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PT scores: S1 of a measurand, and S of a programme from pooled counts (not the mean of S1). */
#include "base/pool.h"
#include "run/run.h"

/* Reasons that lie in the sample; the scheme may credit them to those who returned a result. */
static bool is_creditable(zp_reason reason)
{
	return reason >= ZP_REASON_NO_TARGET && reason <= ZP_REASON_SAMPLE_OUT;
}

/* A result counts for as many as its measurand weighs, and for part of them where it is right in part. */
static void count_cell(const zp_run *run, const zp_choices *c, uint32_t weight, size_t i, zp_tally *t)
{
	const zp_judgement *j = &run->judgement;
	if (run->round->state[i] == ZP_NOT_ASKED)
		return;
	switch ((zp_verdict)j->verdict[i]) {
	case ZP_ACCEPTABLE:
	case ZP_UNACCEPTABLE:
		t->credit += (uint64_t)j->credit[i] * weight;
		t->total += weight;
		break;
	default:
		if (c->ungradable == ZP_UNGRADABLE_CREDIT && run->round->state[i] == ZP_RETURNED &&
		    is_creditable((zp_reason)j->reason[i])) {
			t->credit += UINT64_C(100) * weight;
			t->total += weight;
		} else {
			t->not_evaluated++;
		}
	}
}

/* What the states of its cells make of a measurand. */
static zp_standing standing_of(const uint8_t *state, size_t n)
{
	bool seen[ZP_STATES] = { false };
	for (size_t i = 0; i < n; i++)
		seen[state[i]] = true;
	if (seen[ZP_RETURNED] || seen[ZP_CONFLICT] || seen[ZP_UNREADABLE])
		return ZP_STANDS_RETURNED;
	if (seen[ZP_LATE])
		return ZP_STANDS_LATE;
	if (seen[ZP_EXCUSED])
		return ZP_STANDS_EXCUSED;
	return seen[ZP_BLANK] ? ZP_STANDS_BLANK : ZP_STANDS_NOT_RETURNED;
}

/* Compared as integers: 4 of 5 is 80 %, exactly. */
static zp_satisfaction satisfied(const zp_tally *t, uint32_t pass)
{
	if (!t->total)
		return ZP_NEITHER;
	return t->credit >= (uint64_t)pass * t->total ? ZP_SATISFACTORY : ZP_UNSATISFACTORY;
}

zp_whole zp_run_whole_sample(const zp_run *run, const zp_enrolment *e, size_t sample)
{
	const zp_programme *p = zp_run_programme(run, e);
	zp_whole w = { 0, 0 };
	for (size_t k = 0; k < e->n_declared; k++) {
		const size_t i = e->first_cell + k * p->n_samples + sample;
		w.judged += run->judgement.verdict[i] != ZP_NOT_EVALUATED;
		w.right += run->judgement.verdict[i] == ZP_ACCEPTABLE;
	}
	return w;
}

/* Samples in which everything that was judged is right. */
static void count_samples(const zp_run *run, const zp_enrolment *e, const zp_programme *p, zp_tally *t)
{
	t->credit = t->total = 0;
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_whole w = zp_run_whole_sample(run, e, s);
		t->total += w.judged > 0;
		t->credit += w.judged > 0 && w.right == w.judged ? 100 : 0;
	}
}

typedef struct judging { zp_run *run; zp_tally *s1, *s; } judging;

#define TOGETHER 64 /* enrolments of a task: one is soon judged, and tallies of neighbours lie in the same lines of the cache */

static void judge_enrolment(const judging *all, size_t index)
{
	const zp_run *run = all->run;
	const zp_enrolment *e = &run->roster->enrolments[index];
	const zp_programme *p = zp_run_programme(run, e);
	const zp_choices *c = &p->scheme->choices;
	zp_tally *programme = &all->s[index], *s1 = &all->s1[run->first_tally[index]];
	bool spoiled = false;
	for (size_t k = 0; k < e->n_declared; k++) {
		const zp_measurand *m = &p->scheme->measurands[e->declared[k]];
		size_t first = e->first_cell + k * p->n_samples;
		for (size_t i = first; i < first + p->n_samples; i++)
			count_cell(run, c, m->weight, i, &s1[k]);
		s1[k].standing = (uint8_t)standing_of(run->round->state + first, p->n_samples);
		s1[k].satisfaction = (uint8_t)satisfied(&s1[k], m->pass);
		spoiled |= m->pass == 100 && p->scheme->pass < 100 && s1[k].satisfaction == ZP_UNSATISFACTORY;
		programme->credit += s1[k].credit;
		programme->total += s1[k].total;
		programme->not_evaluated += s1[k].not_evaluated;
	}
	if (c->programme_score == ZP_SCORE_SAMPLES)
		count_samples(run, e, p, programme);
	programme->standing = (uint8_t)standing_of(run->round->state + e->first_cell, e->n_declared * p->n_samples);
	programme->satisfaction = (uint8_t)satisfied(programme, p->scheme->pass);
	if (p->cancelled) {
		programme->standing = ZP_STANDS_CANCELLED;
		for (size_t k = 0; k < e->n_declared; k++)
			s1[k].standing = ZP_STANDS_CANCELLED;
	}
	if (spoiled && c->must_all_spoils_programme)
		programme->satisfaction = ZP_UNSATISFACTORY;
}

static void judge_some(void *context, size_t task, unsigned worker)
{
	const judging *all = context;
	const size_t first = task * TOGETHER, left = all->run->roster->n_enrolments - first, n = left < TOGETHER ? left : TOGETHER;
	(void)worker;
	for (size_t i = first; i < first + n; i++)
		judge_enrolment(all, i);
	zp_run_ease(all->run);
	zp_progress_step(all->run->progress, n);
}

bool zp_run_judge(zp_run *run, zp_error *err)
{
	(void)err;
	size_t n = run->roster->n_enrolments;
	uint32_t *first = zp_take(run->arena, uint32_t, n + 1);
	for (size_t e = 0; e < n; e++)
		first[e + 1] = first[e] + run->roster->enrolments[e].n_declared;
	run->first_tally = first;
	judging all = { run, zp_take(run->arena, zp_tally, first[n]), zp_take(run->arena, zp_tally, n) };
	zp_progress_stage(run->progress, "judging enrolments", n);
	zp_pool_run(run->threads, (n + TOGETHER - 1) / TOGETHER, judge_some, &all);
	run->s1 = all.s1;
	run->s = all.s;
	return true;
}
