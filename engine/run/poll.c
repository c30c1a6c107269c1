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

/* Voters, by their index. */
typedef struct voters { const uint32_t *at; size_t n; } voters;

static size_t add_up(zp_answer_count *counts, size_t n)
{
	size_t k = 0;
	qsort(counts, n, sizeof *counts, by_answer);
	for (size_t i = 0; i < n; i++) {
		if (k && counts[k - 1].answer == counts[i].answer) {
			counts[k - 1].n += counts[i].n;
			counts[k - 1].referees += counts[i].referees;
		} else {
			counts[k++] = counts[i];
		}
	}
	return k;
}

/* How often each answer was given. On a scale without sets answers are few, and each has a place of its own; sets are sorted. */
static void tally(const poll *p, voters who, bool everyone, zp_poll *out)
{
	const bool sets = zp_scale_is_set(p->c->measurand->scale);
	const size_t room = sets ? who.n : p->c->measurand->scale->n;
	zp_answer_count *counts = zp_take(p->c->scratch, zp_answer_count, room);
	for (size_t k = 0; k < who.n; k++) {
		const size_t i = who.at[k];
		if (!is_kept(p, i) || (!everyone && p->v->group[i] != ZP_NO_GROUP))
			continue;
		const int64_t answer = zp_round_value(p->c->run->round, p->v->cell[i]).m;
		zp_answer_count *c = &counts[sets ? out->n : (size_t)answer];
		c->answer = answer;
		c->n++;
		c->referees += p->v->referee[i];
		out->n++;
		out->n_referees += p->v->referee[i];
	}
	if (sets)
		out->n_counts = add_up(counts, out->n);
	else
		for (size_t k = 0; k < room; k++)
			if (counts[k].n)
				counts[out->n_counts++] = counts[k];
	zp_answer_count *kept = zp_take(p->keep, zp_answer_count, out->n_counts);
	memcpy(kept, counts, out->n_counts * sizeof *kept);
	out->counts = kept;
}

/* What those given answered; of them, unless a rung's groups hold everyone of the key, those who are not settled. */
static zp_poll count(const poll *p, voters who, bool on_rung)
{
	const zp_choices *choices = &p->c->programme->scheme->choices;
	zp_poll out = { .ordered = zp_scale_is_ordered(p->c->measurand->scale), .participants_first = choices->consensus_order == ZP_PARTICIPANTS_FIRST,
			.without_referees = choices->consensus_without_referees };
	tally(p, who, on_rung && choices->climb_pool == ZP_POOL_EVERYONE, &out);
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
	const bool found = m->assign->does.estimator->elect && votes->n >= m->assign->does.estimator->least_n &&
			   m->assign->does.estimator->elect(zp_lend_to(&lend, p->c->scratch, m->assign, m->assign_settings), votes, out);
	zp_lend_ended(m->assign);
	return found;
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

static void form_group(poll *p, size_t r, uint32_t key, voters who)
{
	const zp_rung_keys *rung = p->rung[r];
	const zp_poll votes = count(p, who, true);
	zp_elected elected;
	if (votes.n < p->c->measurand->least || votes.n == 0)
		return;
	if (!elect(p, &votes, &elected)) {
		for (size_t k = 0; k < who.n; k++)
			if (p->v->group[who.at[k]] == ZP_NO_GROUP)
				p->lack[who.at[k]] = elected.lack;
		return;
	}
	zp_group *g = zp_finds_add(p->finds, p->item, r, rung->example[key]);
	g->keys = (uint8_t)rung->mask;
	settle(p, &votes, &elected, true, ZP_REASON_NONE, g);
	for (size_t k = 0; k < who.n; k++) {
		const size_t i = who.at[k];
		if (p->v->group[i] != ZP_NO_GROUP)
			continue;
		p->v->group[i] = (uint32_t)(p->finds->n - 1);
		g->n_members++;
	}
}

/* The voters by their key on the rung, each key's together in their order: those of key k from first[k] on. */
static const uint32_t *by_key(const poll *p, const zp_rung_keys *rung, uint32_t *first)
{
	uint32_t *out = zp_take(p->c->scratch, uint32_t, p->v->n);
	for (size_t i = 0; i < p->v->n; i++)
		if (rung->of[p->v->tuple[i]] != ZP_NO_NAME)
			first[rung->of[p->v->tuple[i]] + 2]++;
	for (uint32_t key = 0; key < rung->n; key++)
		first[key + 2] += first[key + 1];
	for (size_t i = 0; i < p->v->n; i++)
		if (rung->of[p->v->tuple[i]] != ZP_NO_NAME)
			out[first[rung->of[p->v->tuple[i]] + 1]++] = (uint32_t)i;
	return out;
}

static void climb(poll *p, size_t r)
{
	const zp_rung_keys *rung = p->rung[r];
	uint32_t *first = zp_take(p->c->scratch, uint32_t, rung->n + 2);
	const uint32_t *at = by_key(p, rung, first);
	for (uint32_t key = 0; key < rung->n; key++) {
		const voters who = { at + first[key], first[key + 1] - first[key] };
		bool wanted = false;
		for (size_t k = 0; k < who.n && !wanted; k++)
			wanted = p->v->group[who.at[k]] == ZP_NO_GROUP;
		if (wanted)
			form_group(p, r, key, who);
	}
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
		if (p->lack[i] != ZP_REASON_NONE && (lack == ZP_REASON_TOO_FEW_PEERS || p->lack[i] < lack)) /* the same in whatever order they stand */
			lack = p->lack[i];
	}
	if (!any)
		return;
	const bool all = m->n_rungs && m->rungs[m->n_rungs - 1].keys == 0;
	uint32_t *all_of_them = zp_take(p->c->scratch, uint32_t, p->v->n);
	for (size_t i = 0; i < p->v->n; i++)
		all_of_them[i] = (uint32_t)i;
	const zp_poll votes = count(p, (voters){ all_of_them, p->v->n }, false);
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
	poll p = { c, rung, item, v, keep, finds, zp_take(c->scratch, zp_reason, v->n) };
	const size_t before = finds->n;
	for (size_t i = 0; i < v->n; i++)
		v->group[i] = ZP_NO_GROUP;
	for (size_t r = 0; r < c->measurand->n_rungs && !c->out; r++)
		climb(&p, r);
	leave_over(&p, finds->n > before);
}
