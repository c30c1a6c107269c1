/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/poll.h"
#include <stdlib.h>

typedef struct poll {
	const zp_target_case *c;
	const zp_rung_keys *const *rung;
	uint32_t item;
	const zp_voters *v;
	zp_arena *keep;
	zp_finds *finds;
	zp_reason *lack; /* of each voter: why the last group that asked it has no target */
} poll;

/* Answers to a picture that was taken out, for teaching as a rule, make no target and are told all the same. */
static bool is_kept(const poll *p, size_t i)
{
	const size_t cell = p->v->cell[i];
	const uint8_t mark = p->c->run->judgement.mark[cell];
	return mark == ZP_KEPT || (p->c->out && mark == ZP_ASIDE_OUT && p->c->run->round->state[cell] == ZP_RETURNED);
}

static int by_answer(const void *pa, const void *pb)
{
	const zp_answer_count *a = pa, *b = pb;
	return (a->answer > b->answer) - (a->answer < b->answer);
}

/* How often each answer was given by those of the key on the rung (rung NULL: by whoever is not settled). */
static zp_poll count(const poll *p, const zp_rung_keys *rung, uint32_t key)
{
	const zp_choices *choices = &p->c->programme->scheme->choices;
	const bool everyone = rung && choices->climb_pool == ZP_POOL_EVERYONE;
	zp_answer_count *counts = zp_take(p->keep, zp_answer_count, p->v->n + 1);
	size_t n = 0;
	zp_poll out = { .ordered = zp_scale_is_ordered(p->c->measurand->scale), .participants_first = choices->consensus_order == ZP_PARTICIPANTS_FIRST,
			.without_referees = choices->consensus_without_referees };
	for (size_t i = 0; i < p->v->n; i++) {
		if (!is_kept(p, i) || (rung && rung->of[p->v->tuple[i]] != key) || (!everyone && p->v->group[i] != ZP_NO_GROUP))
			continue;
		counts[n++] = (zp_answer_count){ zp_round_value(p->c->run->round, p->v->cell[i]).m, 1, p->v->referee[i] };
		out.n++;
		out.n_referees += p->v->referee[i];
	}
	qsort(counts, n, sizeof *counts, by_answer);
	for (size_t i = 0; i < n; i++) {
		if (out.n_counts && counts[out.n_counts - 1].answer == counts[i].answer) {
			counts[out.n_counts - 1].n += counts[i].n;
			counts[out.n_counts - 1].referees += counts[i].referees;
		} else {
			counts[out.n_counts++] = counts[i];
		}
	}
	out.counts = counts;
	return out;
}

/* What the group agrees on; what is stated stands before it. */
static bool elect(const poll *p, const zp_poll *votes, zp_elected *out)
{
	const zp_measurand *m = p->c->measurand;
	zp_lend lend;
	*out = (zp_elected){ .lack = ZP_REASON_NO_TARGET };
	if (p->c->given->is) {
		*out = (zp_elected){ .low = p->c->given->answer, .high = p->c->given->answer, .of = votes->n };
		for (size_t i = 0; i < votes->n_counts; i++)
			if (votes->counts[i].answer == out->low)
				out->votes = votes->counts[i].n;
		return true;
	}
	return m->assign->does.estimator->elect && votes->n >= m->assign->does.estimator->least_n &&
	       m->assign->does.estimator->elect(zp_lend_to(&lend, p->c->scratch, m->assign, m->assign_settings), votes, out);
}

static void settle(const poll *p, const zp_poll *votes, const zp_elected *elected, bool agreed, zp_reason lack, zp_group *g)
{
	const zp_given *given = p->c->given;
	g->counts = votes->counts;
	g->n_counts = (uint32_t)votes->n_counts;
	g->n_kept = votes->n;
	g->origin = given->is ? given->decided ? ZP_DECIDED : ZP_KNOWN : ZP_CONSENSUS;
	g->delta_e = ZP_NONE;
	g->elected = *elected;
	g->has_answer = agreed;
	g->ungradable = p->c->out ? ZP_REASON_SAMPLE_OUT : agreed ? ZP_REASON_NONE : lack;
	g->target.n = votes->n;
	g->target.converged = true;
}

static void form_group(poll *p, size_t r, uint32_t key)
{
	const zp_rung_keys *rung = p->rung[r];
	const zp_poll votes = count(p, rung, key);
	zp_elected elected;
	if (votes.n < p->c->measurand->least || votes.n == 0)
		return;
	if (!elect(p, &votes, &elected)) {
		for (size_t i = 0; i < p->v->n; i++)
			if (p->v->group[i] == ZP_NO_GROUP && rung->of[p->v->tuple[i]] == key)
				p->lack[i] = elected.lack;
		return;
	}
	zp_group *g = zp_finds_add(p->finds, p->item, r, rung->example[key]);
	g->keys = (uint8_t)rung->mask;
	settle(p, &votes, &elected, true, ZP_REASON_NONE, g);
	for (size_t i = 0; i < p->v->n; i++) {
		if (p->v->group[i] != ZP_NO_GROUP || rung->of[p->v->tuple[i]] != key)
			continue;
		p->v->group[i] = (uint32_t)(p->finds->n - 1);
		g->n_members++;
	}
}

static void climb(poll *p, size_t r)
{
	const zp_rung_keys *rung = p->rung[r];
	bool *wanted = zp_take(p->c->scratch, bool, rung->n + 1);
	for (size_t i = 0; i < p->v->n; i++)
		if (p->v->group[i] == ZP_NO_GROUP && rung->of[p->v->tuple[i]] != ZP_NO_NAME)
			wanted[rung->of[p->v->tuple[i]]] = true;
	for (uint32_t key = 0; key < rung->n; key++)
		if (wanted[key])
			form_group(p, r, key);
}

/* Those who found no group: together, with what they answered, and with a target only when one is stated. */
static void leave_over(poll *p, bool any_group)
{
	const zp_measurand *m = p->c->measurand;
	bool any = !any_group && (p->c->given->is || p->c->out); /* those who sent nothing ask for it, too */
	zp_reason lack = ZP_REASON_TOO_FEW_PEERS;
	for (size_t i = 0; i < p->v->n; i++) {
		if (p->v->group[i] != ZP_NO_GROUP)
			continue;
		any = true;
		lack = p->lack[i] != ZP_REASON_NONE ? p->lack[i] : lack;
	}
	if (!any)
		return;
	const bool all = m->n_rungs && m->rungs[m->n_rungs - 1].keys == 0;
	const zp_poll votes = count(p, NULL, 0);
	zp_elected elected = { .lack = lack };
	if (p->c->given->is || lack != ZP_REASON_TOO_FEW_PEERS) /* on record: how many agreed, and of how many */
		elect(p, &votes, &elected);
	zp_group *g = zp_finds_add(p->finds, p->item, all ? m->n_rungs - 1 : m->n_rungs, ZP_NO_PEERS);
	settle(p, &votes, &elected, p->c->given->is, lack, g);
	for (size_t i = 0; i < p->v->n; i++) {
		if (p->v->group[i] != ZP_NO_GROUP)
			continue;
		p->v->group[i] = (uint32_t)(p->finds->n - 1);
		g->n_members++;
	}
}

void zp_poll_item(const zp_target_case *c, const zp_rung_keys *const *rung, uint32_t item, const zp_voters *v, zp_arena *keep, zp_finds *finds)
{
	poll p = { c, rung, item, v, keep, finds, zp_take(c->scratch, zp_reason, v->n + 1) };
	const size_t before = finds->n;
	for (size_t i = 0; i < v->n; i++)
		v->group[i] = ZP_NO_GROUP;
	for (size_t r = 0; r < c->measurand->n_rungs && !c->out; r++)
		climb(&p, r);
	leave_over(&p, finds->n > before);
}
