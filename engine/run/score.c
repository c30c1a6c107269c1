/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verdict for every cell. Limits are compared in decimal arithmetic: a result exactly on a limit is
 * acceptable (unless the scheme says otherwise), whatever binary floating point would have made of it. */
#include <stdlib.h>
#include "base/pool.h"
#include "book/scale.h"
#include "run/run.h"
#include "stats/scores.h"

#define ENROLMENTS_AT_ONCE 64

typedef struct outcome { zp_verdict verdict; zp_reason reason; uint8_t credit; } outcome;

/* What a sample is worth to those who sent nothing for it. */
typedef struct item_standing { bool gradable; uint8_t reason; } item_standing;

typedef struct scoring { zp_run *run; const item_standing *items; } scoring;

static bool is_absurd(const zp_group *g, double x)
{
	return x < g->sane_low || x > g->sane_high;
}

/* "<0.5" against [low, high]: unacceptable when all of it lies outside, which "<low" does already. */
static outcome judge_bound(const zp_group *g, zp_decimal bound, zp_kind kind)
{
	int side = zp_decimal_compare(bound, g->x_pt);
	if ((kind == ZP_BELOW ? side <= 0 : side >= 0) && zp_decimal_against(bound, g->x_pt, g->width) >= 0)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_NONE, 0 };
	return (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CENSORED, 0 };
}

const zp_strip *zp_run_strip(const zp_run *run, const zp_scale *scale, size_t i)
{
	const uint32_t *names = run->peers->tuples[run->round->peers[i]];
	return scale->n_strips ? zp_scale_strip(scale, zp_names_at(run->peers->names[scale->strip_key], names[scale->strip_key])) : NULL;
}

zp_side zp_run_grey_side(const zp_choices *c, const zp_scale *scale)
{
	static const zp_side ordered[] = { [ZP_GREY_POSITIVE] = ZP_SIDE_POSITIVE, [ZP_GREY_NEGATIVE] = ZP_SIDE_NEGATIVE, [ZP_GREY_NEUTRAL] = ZP_SIDE_NONE };
	static const zp_side other[] = { [ZP_GREY_REPLY_ANSWER] = ZP_SIDE_NONE, [ZP_GREY_REPLY_POSITIVE] = ZP_SIDE_POSITIVE,
					 [ZP_GREY_REPLY_NEGATIVE] = ZP_SIDE_NEGATIVE, [ZP_GREY_REPLY_NOT_EVALUATED] = ZP_SIDE_NONE };
	return zp_scale_is_ordered(scale) ? ordered[c->grey] : other[c->grey_reply];
}

zp_graded zp_run_grade(const zp_run *run, const zp_measurand *m, const zp_choices *c, const zp_group *g, const zp_strip *strip, int64_t answer)
{
	const zp_item item = zp_run_item_at(run, g->item);
	const zp_given *given = &item.programme->given[g->item - item.programme->first_item];
	zp_graded graded = { ZP_NOT_EVALUATED, ZP_REASON_NO_TARGET, 0 };
	zp_lend lend;
	if (g->ungradable != ZP_REASON_NONE)
		return (zp_graded){ ZP_NOT_EVALUATED, g->ungradable, 0 };
	if (!zp_scale_is_ordered(m->scale) && c->grey_reply == ZP_GREY_REPLY_NOT_EVALUATED && zp_scale_side(m->scale, answer) == ZP_SIDE_GREY &&
	    zp_scale_side(m->scale, g->elected.low) != ZP_SIDE_GREY)
		return (zp_graded){ ZP_NOT_EVALUATED, ZP_REASON_GREY, 0 };
	const zp_reply reply = { .scale = m->scale, .strip = strip, .answer = answer, .low = g->elected.low, .high = g->elected.high,
				 .accepted = given->accepted, .n_accepted = given->n_accepted, .grey = zp_run_grey_side(c, m->scale) };
	m->limit.judge->does.scorer->judge(zp_lend_to(&lend, NULL, m->limit.judge, m->limit.judge_settings), &reply, &graded);
	zp_lend_ended(m->limit.judge);
	return graded;
}

/* An answer in time against that of its group. */
static outcome judge_answer(const zp_run *run, const zp_choices *c, const zp_measurand *m, const zp_group *g, size_t i)
{
	const zp_graded is = zp_run_grade(run, m, c, g, zp_run_strip(run, m->scale, i), zp_round_value(run->round, i).m);
	return (outcome){ is.verdict, is.reason, (uint8_t)is.credit };
}

/* A quantity that may be undetected. "Not detected" and "<20" are right where nothing is there, and a false negative elsewhere, unless
 * the laboratory could not have seen so little: by its limit of detection, or by the bound where it names none. */
static outcome judge_undetected(const zp_group *g, const zp_note *note, zp_kind kind, zp_decimal bound)
{
	const bool nothing = kind == ZP_UNDETECTED || kind == ZP_BELOW, stated = note && note->has_lod;
	if (g->ungradable != ZP_REASON_NONE)
		return (outcome){ ZP_NOT_EVALUATED, g->ungradable, 0 };
	if (g->negative)
		return nothing ? (outcome){ ZP_ACCEPTABLE, ZP_REASON_NONE, 100 } : (outcome){ ZP_UNACCEPTABLE, ZP_REASON_FALSE_POSITIVE, 0 };
	if ((stated || kind == ZP_BELOW) && zp_decimal_compare(g->x_pt, stated ? note->lod : bound) < 0)
		return (outcome){ ZP_NOT_EVALUATED, ZP_REASON_BELOW_LOD, 0 };
	return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_FALSE_NEGATIVE, 0 };
}

/* A value in time against its group. */
static outcome judge_value(const zp_run *run, const zp_choices *c, const zp_measurand *m, const zp_group *g, size_t i)
{
	const zp_round *r = run->round;
	if (m->scale)
		return judge_answer(run, c, m, g, i);
	if (m->undetected && (g->negative || r->kind[i] == ZP_UNDETECTED || r->kind[i] == ZP_BELOW))
		return judge_undetected(g, r->note[i] ? &r->notes[r->note[i]] : NULL, (zp_kind)r->kind[i], zp_round_value(r, i));
	zp_decimal value = zp_round_value(r, i);
	bool number = r->kind[i] == ZP_NUMBER;
	bool absurd = number && is_absurd(g, zp_decimal_double(value));
	if (!number) /* a bound is doubt about the result, not about the sample */
		return c->censored == ZP_CENSORED_INTERVAL && g->ungradable == ZP_REASON_NONE
			       ? judge_bound(g, value, r->kind[i]) : (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CENSORED, 0 };
	if (g->ungradable != ZP_REASON_NONE) {
		if (absurd && c->absurd_when_ungradable == ZP_ABSURD_UNACCEPTABLE)
			return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_ABSURD, 0 };
		return (outcome){ ZP_NOT_EVALUATED, absurd ? ZP_REASON_ABSURD : g->ungradable, 0 };
	}
	if (absurd)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_ABSURD, 0 };
	int beyond = zp_decimal_against(value, g->x_pt, g->width);
	bool good = beyond < 0 || (beyond == 0 && c->bounds_inclusive);
	return (outcome){ good ? ZP_ACCEPTABLE : ZP_UNACCEPTABLE, ZP_REASON_NONE, good ? 100 : 0 };
}

/* Nothing usable came: unacceptable where the sample counts, out of the count where it does not. */
static outcome judge_nothing(const zp_choices *c, item_standing item, zp_reason reason)
{
	if (item.gradable || c->ungradable == ZP_UNGRADABLE_CREDIT || c->no_show_total == ZP_NO_SHOW_ALL)
		return (outcome){ ZP_UNACCEPTABLE, reason, 0 };
	return (outcome){ ZP_NOT_EVALUATED, item.reason, 0 };
}

/* Left blank by a laboratory that sent others of the measurand; of a censored value, where it counts as blank. */
static outcome judge_blank(const zp_choices *c, item_standing item, zp_reason not_evaluated)
{
	if (c->blank_result == ZP_BLANK_NOT_EVALUATED)
		return (outcome){ ZP_NOT_EVALUATED, not_evaluated, 0 };
	if (item.gradable || c->ungradable == ZP_UNGRADABLE_CREDIT)
		return (outcome){ ZP_UNACCEPTABLE, ZP_REASON_BLANK, 0 };
	return (outcome){ ZP_NOT_EVALUATED, item.reason, 0 };
}

/* nothing: the laboratory sent nothing of the whole measurand, whatever the scheme calls that. */
static outcome judge_cell(const zp_run *run, const zp_choices *c, const zp_measurand *m, item_standing item, bool nothing, size_t i, outcome *would_be)
{
	const zp_round *r = run->round;
	const zp_note *note = r->note[i] ? &r->notes[r->note[i]] : NULL;
	uint32_t group = run->judgement.group[i];
	if (r->state[i] == ZP_EXCUSED)
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_EXCUSED, 0 };
	if (r->state[i] == ZP_NOT_ASKED)
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_NOT_ASKED, 0 };
	if (note && note->out)
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_LAB_SAMPLE_OUT, 0 };
	outcome value = { ZP_NOT_EVALUATED, ZP_REASON_NO_TARGET, 0 };
	if (group != ZP_NO_GROUP) { /* whoever sent something stands with its own group */
		const zp_group *g = &run->groups[group];
		value = judge_value(run, c, m, g, i);
		item = (item_standing){ g->ungradable == ZP_REASON_NONE, (uint8_t)g->ungradable };
	}
	if (((r->kind[i] == ZP_BELOW && !m->undetected) || r->kind[i] == ZP_ABOVE) && !m->scale && c->censored == ZP_CENSORED_BLANK) {
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
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_CONFLICT, 0 };
	case ZP_UNREADABLE:
		return *would_be = (outcome){ ZP_NOT_EVALUATED, ZP_REASON_UNREADABLE, 0 };
	case ZP_BLANK:
		return *would_be = nothing ? judge_nothing(c, item, ZP_REASON_BLANK)
					   : judge_blank(c, item, ZP_REASON_BLANK_NOT_EVALUATED);
	case ZP_NOT_RETURNED:
	case ZP_EXCUSED:
	case ZP_NOT_ASKED:
	case ZP_STATES:
		break;
	}
	return *would_be = judge_nothing(c, item, ZP_REASON_NOT_RETURNED);
}

/* A word and an index that say the opposite; a grey one contradicts nothing. */
static bool index_contradicts(const zp_run *run, const zp_measurand *m, size_t i)
{
	const zp_note *note = run->round->note[i] ? &run->round->notes[run->round->note[i]] : NULL;
	if (!m->cutoff.is || !note || !note->has_index || run->round->kind[i] == ZP_NOTHING || run->round->state[i] == ZP_CONFLICT)
		return false;
	const zp_text reagent = zp_names_at(run->peers->names[ZP_KIT_KEY], run->peers->tuples[run->round->peers[i]][ZP_KIT_KEY]);
	const zp_side word = zp_scale_side(m->scale, zp_round_value(run->round, i).m), index = zp_cutoff_side(zp_cutoff_of(m, reagent), note->index);
	return (word == ZP_SIDE_NEGATIVE && index == ZP_SIDE_POSITIVE) || (word == ZP_SIDE_POSITIVE && index == ZP_SIDE_NEGATIVE);
}

/* The first cell of a measurand of the enrolment; SIZE_MAX when it is not declared. */
static size_t cells_of(const zp_run *run, const zp_enrolment *e, const char *code)
{
	const zp_programme *p = zp_run_programme(run, e);
	const size_t k = zp_declared_at(e, zp_names_find(p->scheme->measurand_names, zp_text_of(code)));
	return k == SIZE_MAX ? SIZE_MAX : e->first_cell + k * p->n_samples;
}

/* An answer that leaves open what it is contradicts nothing. */
static bool is_undecided(const zp_programme *p, const char *code, const zp_round *r, size_t i)
{
	const zp_measurand *m = &p->scheme->measurands[zp_names_find(p->scheme->measurand_names, zp_text_of(code))];
	return zp_scale_side(m->scale, zp_round_value(r, i).m) == ZP_SIDE_GREY;
}

/* Forward and reverse group that contradict each other: told, and as the scheme says a failure of both. */
static void compare_pair(const zp_run *run, const zp_enrolment *e, const zp_match_pair *pair)
{
	const zp_programme *p = zp_run_programme(run, e);
	const zp_round *r = run->round;
	const zp_judgement *j = &run->judgement;
	const size_t of[] = { cells_of(run, e, pair->a), cells_of(run, e, pair->b) };
	if (of[0] == SIZE_MAX || of[1] == SIZE_MAX)
		return;
	for (size_t s = 0; s < p->n_samples; s++) {
		const size_t a = of[0] + s, b = of[1] + s;
		if (r->state[a] != ZP_RETURNED || r->state[b] != ZP_RETURNED || zp_round_value(r, a).m == zp_round_value(r, b).m || is_undecided(p, pair->a, r, a) || is_undecided(p, pair->b, r, b))
			continue;
		for (size_t k = 0; k < 2; k++) {
			const size_t i = of[k] + s;
			j->flags[i] |= ZP_FLAG_DISCREPANCY;
			if (p->scheme->choices.discrepancy != ZP_DISCREPANCY_FAIL || j->verdict[i] == ZP_NOT_EVALUATED)
				continue;
			if (j->credit[i]) /* that is why it has none; what was wrong already keeps its reason */
				j->reason[i] = ZP_REASON_DISCREPANCY;
			j->verdict[i] = j->would_be[i] = ZP_UNACCEPTABLE;
			j->credit[i] = 0;
		}
	}
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
			const zp_measurand *m = &p->scheme->measurands[enrolment->declared[k]];
			const item_standing *items = s->items + zp_run_item(run, enrolment, k, 0);
			if (!zp_run_is_own(run, zp_run_item(run, enrolment, k, 0))) {
				i += p->n_samples;
				continue;
			}
			bool nothing = true;
			for (size_t n = 0; n < p->n_samples; n++)
				nothing &= run->round->state[i + n] == ZP_BLANK || run->round->state[i + n] == ZP_NOT_ASKED;
			for (size_t n = 0; n < p->n_samples; n++, i++) {
				outcome would_be, is = judge_cell(run, c, m, items[n], nothing, i, &would_be);
				j->verdict[i] = (uint8_t)is.verdict;
				j->reason[i] = (uint8_t)is.reason;
				j->would_be[i] = (uint8_t)would_be.verdict;
				j->credit[i] = is.credit;
				j->flags[i] = index_contradicts(run, m, i) ? ZP_FLAG_INDEX : 0;
			}
		}
		for (size_t k = 0; k < p->scheme->n_pairs; k++) /* of what is another's nothing is told */
			compare_pair(run, enrolment, &p->scheme->pairs[k]);
	}
	zp_run_ease(run);
	zp_progress_step(run->progress, ENROLMENTS_AT_ONCE);
}

bool zp_run_score(zp_run *run, zp_error *err)
{
	(void)err;
	size_t n_items = run->book->plan->n_items;
	item_standing *items = zp_take(run->arena, item_standing, n_items);
	for (size_t item = 0; item < n_items; item++) {
		items[item].reason = ZP_REASON_NO_TARGET;
		for (uint32_t g = run->first_group[item]; g < run->first_group[item + 1]; g++) {
			items[item].reason = (uint8_t)run->groups[g].ungradable;
			items[item].gradable |= run->groups[g].ungradable == ZP_REASON_NONE;
		}
	}
	scoring s = { run, items };
	zp_progress_stage(run->progress, "scoring enrolments", run->roster->n_enrolments);
	zp_pool_run(run->threads, (run->roster->n_enrolments + ENROLMENTS_AT_ONCE - 1) / ENROLMENTS_AT_ONCE, score_some, &s);
	return true;
}

double zp_run_points_of(const zp_run *run, const zp_wanted_score *wanted, size_t cell, zp_arena *arena)
{
	const zp_round *r = run->round;
	const uint32_t group = run->judgement.group[cell];
	const zp_group *g = group == ZP_NO_GROUP ? NULL : &run->groups[group];
	zp_lend lend;
	if (!g || r->kind[cell] != ZP_NUMBER || r->state[cell] == ZP_CONFLICT || g->ungradable != ZP_REASON_NONE || !g->has_x_pt)
		return ZP_NONE;
	const double u = r->note[cell] ? r->notes[r->note[cell]].u : 0;
	const zp_scored scored = {
		.x = zp_decimal_double(zp_round_value(r, cell)), .u_x = u > 0 ? u : ZP_NONE, .x_pt = zp_decimal_double(g->x_pt), .u_x_pt = g->u_x_pt,
		.sigma_pt = g->sigma_pt, .delta_e = g->delta_e, .centre = g->peers.x, .spread = g->peers.s,
		.d = zp_decimal_minus(zp_round_value(r, cell), g->x_pt),
	};
	const double score = wanted->scorer->does.scorer->score(zp_lend_to(&lend, arena, wanted->scorer, wanted->settings), &scored);
	zp_lend_ended(wanted->scorer);
	return score;
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
