/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verdict for every cell. Limits are compared in decimal arithmetic: a result exactly on a limit is
 * acceptable (unless the scheme says otherwise), whatever binary floating point would have made of it. */
#include <stdlib.h>
#include "base/pool.h"
#include "run/run.h"
#include "stats/scores.h"

#define ENROLMENTS_AT_ONCE 64

/* What a sample is worth to those who sent nothing for it. */
typedef struct item_standing { bool gradable; uint8_t reason; } item_standing;

typedef struct scoring { zp_run *run; const item_standing *items; } scoring;

typedef struct outcome { zp_verdict verdict; zp_reason reason; } outcome;

static bool is_absurd(const zp_group *g, double x)
{
	return x < g->sane_low || x > g->sane_high;
}

/* "<0.5" against [low, high]: unacceptable when all of it lies outside, which "<low" does already. */
static outcome judge_bound(const zp_group *g, zp_decimal bound, zp_kind kind)
{
	int side = zp_decimal_compare(bound, g->x_pt);
	if ((kind == ZP_BELOW ? side <= 0 : side >= 0) && zp_decimal_against(bound, g->x_pt, g->width) >= 0)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_NONE };
	return (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CENSORED };
}

/* A value in time against its group. */
static outcome judge_value(const zp_run *run, const zp_choices *c, const zp_group *g, size_t i)
{
	const zp_round *r = run->round;
	zp_decimal value = zp_round_value(r, i);
	bool number = r->kind[i] == ZP_NUMBER;
	bool absurd = number && is_absurd(g, zp_decimal_double(value));
	if (!number) /* a bound is doubt about the result, not about the sample */
		return c->censored == ZP_CENSORED_INTERVAL && g->ungradable == ZP_REASON_NONE
			       ? judge_bound(g, value, r->kind[i]) : (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CENSORED };
	if (g->ungradable != ZP_REASON_NONE) {
		if (absurd && c->absurd_when_ungradable == ZP_ABSURD_UNACCEPTABLE)
			return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_ABSURD };
		return (outcome){ ZP_NOT_EVALUATED, absurd ? ZP_REASON_ABSURD : g->ungradable };
	}
	if (absurd)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_ABSURD };
	int beyond = zp_decimal_against(value, g->x_pt, g->width);
	bool good = beyond < 0 || (beyond == 0 && c->bounds_inclusive);
	return (outcome){ good ? ZP_ACCEPTABLE : ZP_UNACCEPTABLE, ZP_REASON_NONE };
}

/* Nothing usable came: unacceptable where the sample counts, out of the count where it does not. */
static outcome judge_nothing(const zp_choices *c, item_standing item, zp_reason reason)
{
	if (item.gradable || c->ungradable == ZP_UNGRADABLE_CREDIT || c->no_show_total == ZP_NO_SHOW_ALL)
		return (outcome){ ZP_UNACCEPTABLE, reason };
	return (outcome){ ZP_NOT_EVALUATED, item.reason };
}

/* Left blank by a laboratory that sent others of the measurand; of a censored value, where it counts as blank. */
static outcome judge_blank(const zp_choices *c, item_standing item, zp_reason not_evaluated)
{
	if (c->blank_result == ZP_BLANK_NOT_EVALUATED)
		return (outcome){ ZP_NOT_EVALUATED, not_evaluated };
	if (item.gradable || c->ungradable == ZP_UNGRADABLE_CREDIT)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_BLANK };
	return (outcome){ ZP_NOT_EVALUATED, item.reason };
}

/* nothing: the laboratory sent nothing of the whole measurand, whatever the scheme calls that. */
static outcome judge_cell(const zp_run *run, const zp_choices *c, item_standing item, bool nothing, size_t i, outcome *would_be)
{
	const zp_round *r = run->round;
	const zp_note *note = r->note[i] ? &r->notes[r->note[i]] : NULL;
	uint32_t group = run->judgement.group[i];
	if (r->state[i] == ZP_EXCUSED)
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_EXCUSED };
	if (note && note->out)
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_LAB_SAMPLE_OUT };
	outcome value = { ZP_NOT_EVALUATED, ZP_REASON_NO_TARGET };
	if (group != ZP_NO_GROUP) { /* whoever sent something stands with its own group */
		const zp_group *g = &run->groups[group];
		value = judge_value(run, c, g, i);
		item = (item_standing){ g->ungradable == ZP_REASON_NONE, (uint8_t)g->ungradable };
	}
	if ((r->kind[i] == ZP_BELOW || r->kind[i] == ZP_ABOVE) && c->censored == ZP_CENSORED_BLANK) {
		value = judge_blank(c, item, ZP_REASON_CENSORED);
		if (value.reason == ZP_REASON_BLANK)
			value.reason = ZP_REASON_CENSORED; /* it was sent, and counts as nothing */
	}
	*would_be = value;
	switch ((zp_state)r->state[i]) {
	case ZP_RETURNED:
		return value;
	case ZP_LATE:
		return judge_nothing(c, item, ZP_REASON_LATE);
	case ZP_CONFLICT:
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CONFLICT };
	case ZP_UNREADABLE:
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_UNREADABLE };
	case ZP_BLANK:
		return *would_be = nothing ? judge_nothing(c, item, ZP_REASON_BLANK)
					   : judge_blank(c, item, ZP_REASON_BLANK_NOT_EVALUATED);
	case ZP_NOT_RETURNED:
	case ZP_EXCUSED:
	case ZP_STATES:
		break;
	}
	return *would_be = judge_nothing(c, item, ZP_REASON_NOT_RETURNED);
}

static void score_some(void *context, size_t task, unsigned worker)
{
	const scoring *s = context;
	const zp_run *run = s->run;
	const zp_judgement *j = &run->judgement;
	(void)worker;
	size_t end = (task + 1) * ENROLMENTS_AT_ONCE;
	for (size_t e = task * ENROLMENTS_AT_ONCE; e < end && e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_programme *p = zp_run_programme(run, enrolment);
		const zp_choices *c = &p->scheme->choices;
		size_t i = enrolment->first_cell;
		for (size_t k = 0; k < enrolment->n_declared; k++) {
			const item_standing *items = s->items + zp_run_item(run, enrolment, k, 0);
			bool nothing = true;
			for (size_t n = 0; n < p->n_samples; n++)
				nothing &= run->round->state[i + n] == ZP_BLANK;
			for (size_t n = 0; n < p->n_samples; n++, i++) {
				outcome would_be, is = judge_cell(run, c, items[n], nothing, i, &would_be);
				j->verdict[i] = (uint8_t)is.verdict;
				j->reason[i] = (uint8_t)is.reason;
				j->would_be[i] = (uint8_t)would_be.verdict;
			}
		}
	}
}

bool zp_run_score(zp_run *run, zp_error *err)
{
	(void)err;
	size_t n_items = run->book->plan->n_items;
	item_standing *items = zp_take(run->arena, item_standing, n_items + 1);
	for (size_t item = 0; item < n_items; item++) {
		items[item].reason = ZP_REASON_NO_TARGET;
		for (uint32_t g = run->first_group[item]; g < run->first_group[item + 1]; g++) {
			items[item].reason = (uint8_t)run->groups[g].ungradable;
			items[item].gradable |= run->groups[g].ungradable == ZP_REASON_NONE;
		}
	}
	scoring s = { run, items };
	zp_pool_run(run->threads, (run->roster->n_enrolments + ENROLMENTS_AT_ONCE - 1) / ENROLMENTS_AT_ONCE, score_some, &s);
	return true;
}

double zp_run_points_of(const zp_run *run, const zp_wanted_score *wanted, size_t cell, zp_arena *arena)
{
	const zp_round *r = run->round;
	const uint32_t group = run->judgement.group[cell];
	const zp_group *g = group == ZP_NO_GROUP ? NULL : &run->groups[group];
	zp_lend lend;
	if (!g || r->kind[cell] != ZP_NUMBER || r->state[cell] == ZP_CONFLICT || g->ungradable != ZP_REASON_NONE)
		return ZP_NONE;
	const double u = r->note[cell] ? r->notes[r->note[cell]].u : 0;
	const zp_scored scored = {
		.x = zp_decimal_double(zp_round_value(r, cell)), .u_x = u > 0 ? u : ZP_NONE, .x_pt = zp_decimal_double(g->x_pt), .u_x_pt = g->u_x_pt,
		.sigma_pt = g->sigma_pt, .delta_e = g->delta_e, .centre = g->peers.x, .spread = g->peers.s,
		.d = zp_decimal_minus(zp_round_value(r, cell), g->x_pt),
	};
	return wanted->scorer->does.scorer->score(zp_lend_to(&lend, arena, wanted->scorer, wanted->settings), &scored);
}

zp_score zp_run_score_of(const zp_run *run, const zp_choices *c, size_t cell)
{
	zp_score score = { ZP_NONE, ZP_NONE, ZP_NONE, ZP_NONE, false };
	const zp_round *r = run->round;
	if (run->judgement.group[cell] == ZP_NO_GROUP || r->kind[cell] != ZP_NUMBER)
		return score;
	const zp_group *g = &run->groups[run->judgement.group[cell]];
	double x = zp_decimal_double(zp_round_value(r, cell));
	double t = g->has_x_pt ? zp_decimal_double(g->x_pt) : ZP_NONE;
	if (g->has_x_pt) {
		score.bias = x - t;
		if (t > 0)
			score.bias_pct = 100 * (x - t) / t;
		else if (t < 0 && c->bias_pct_nonpositive != ZP_BIAS_NULL)
			score.bias_pct = 100 * (x - t) / (c->bias_pct_nonpositive == ZP_BIAS_SIGNED ? t : -t);
	}
	if (g->ungradable == ZP_REASON_NONE)
		score.share_pct = 100 * (x - t) / g->delta_e;
	if (isfinite(g->peers.x) && !g->peers.collapsed) {
		score.sdi = zp_score_z(x - g->peers.x, g->peers.s);
		score.sdi_informative = g->peers.n < c->sdi_least;
	}
	return score;
}
