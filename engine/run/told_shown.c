/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which methods a laboratory is shown beside its own group and everybody, so that none of them less the others tells of a few: small groups
 * are left out, and so is what they could be worked out from (complementary suppression). */
#include "run/told.h"

/* ---- who the peers are ---- */

/* The keys by which the group was made; NULL where it was made of those who found none. */
const zp_rung_keys *zp_told_keys_of(zp_told *told, const zp_group *g, const zp_item *item)
{
	if (g->rung >= item->measurand->n_rungs || !g->keys)
		return NULL;
	return zp_rungs_find(told->rungs, item->measurand, &item->programme->scheme->choices, g->rung);
}

/* Values of a sample that are the group's: those that carry its key, whatever group they are judged in, where the scheme says so. */
bool zp_told_is_peer(const zp_told *told, uint32_t group, const zp_rung_keys *keys, bool pooled, uint32_t cell)
{
	const zp_run *run = told->run;
	if (!pooled)
		return run->judgement.group[cell] == group;
	return !keys || keys->of[run->round->peers[cell]] == keys->of[run->groups[group].key];
}

/* Whether everybody who carries the key made the group: then as many do as it counted. */
bool zp_told_is_pooled(const zp_told *told, uint32_t group, const zp_rung_keys *keys)
{
	const zp_group *g = &told->run->groups[group];
	const zp_told_item *item = &told->items[g->item];
	uint32_t n = 0;
	for (uint32_t i = 0; i < item->n; i++)
		n += zp_told_is_peer(told, group, keys, true, item->cell[i]);
	return n == g->n_kept + g->n_absurd;
}

/* ---- what may be shown together ---- */

/* A method, and those who carry no shown one: how many of its kept values are the group's, and how many are not. */
typedef struct zp_split { uint32_t in, out; bool shown; } zp_split;

/* Peers that a laboratory could work out by subtraction; each is 0 or not few. */
typedef struct zp_leftovers {
	uint32_t within;  /* the group less the shown methods that lie in it */
	uint32_t beside;  /* everybody less the group and the shown methods that lie outside */
	uint32_t hidden;  /* everybody less all that are shown */
	uint32_t across;  /* methods that hold the whole group, less the group */
} zp_leftovers;

static zp_leftovers leftovers_of(const zp_split *split, size_t n)
{
	zp_leftovers out = { 0 };
	uint32_t uncovered = 0;
	for (size_t i = 0; i < n; i++) {
		const zp_split *s = &split[i];
		out.within += s->shown && !s->out ? 0 : s->in;
		out.beside += s->shown && !s->in ? 0 : s->out;
		out.hidden += s->shown ? 0 : s->in + s->out;
		out.across += s->shown && s->in ? s->out : 0;
		uncovered += s->shown ? 0 : s->in;
	}
	out.across = uncovered ? 0 : out.across;
	return out;
}

typedef enum zp_lies { ZP_LIES_IN, ZP_LIES_OUT, ZP_LIES_ACROSS, ZP_LIES_ANYWHERE } zp_lies;

static bool lies(const zp_split *s, zp_lies where)
{
	switch (where) {
	case ZP_LIES_IN:
		return s->in && !s->out;
	case ZP_LIES_OUT:
		return s->out && !s->in;
	case ZP_LIES_ACROSS:
		return s->in && s->out;
	default:
		return true;
	}
}

/* The smallest that is shown there is left out. Gives: false where none is. */
static bool leave_out(zp_split *split, size_t n, zp_lies where)
{
	size_t smallest = n;
	for (size_t i = 0; i < n; i++)
		if (split[i].shown && lies(&split[i], where) && (smallest == n || split[i].in + split[i].out < split[smallest].in + split[smallest].out))
			smallest = i;
	if (smallest < n)
		split[smallest].shown = false;
	return smallest < n;
}

static bool is_few(uint32_t n, uint32_t least) { return n > 0 && n < least; }

/* Until nothing that is few can be worked out; each turn leaves one out, so it ends. */
static void settle(zp_split *split, size_t n, uint32_t least, bool group_shown)
{
	for (bool more = true; more;) {
		const zp_leftovers l = leftovers_of(split, n);
		more = (group_shown && is_few(l.within, least) && leave_out(split, n, ZP_LIES_IN)) ||
		       (group_shown && is_few(l.beside, least) && leave_out(split, n, ZP_LIES_OUT)) ||
		       (group_shown && is_few(l.across, least) && leave_out(split, n, ZP_LIES_ACROSS)) ||
		       (is_few(l.hidden, least) && leave_out(split, n, ZP_LIES_ANYWHERE));
	}
}

/* The last of split holds those of no method that is large enough. */
static void count(zp_told *told, uint32_t group, const zp_told_methods *methods, zp_split *split)
{
	const zp_run *run = told->run;
	const zp_group *g = &run->groups[group];
	const zp_item item = zp_run_item_at(run, g->item);
	const zp_told_item *values = &told->items[g->item];
	const zp_rung_keys *keys = zp_told_keys_of(told, g, &item);
	const bool pooled = zp_told_is_pooled(told, group, keys);
	for (uint32_t i = 0; i < values->n; i++) {
		const uint32_t cell = values->cell[i], key = methods->keys->of[run->round->peers[cell]];
		size_t at = methods->n;
		if (run->judgement.mark[cell] != ZP_KEPT)
			continue;
		for (size_t k = 0; k < methods->n && key != ZP_NO_NAME; k++)
			at = methods->at[k].key == key ? k : at;
		if (zp_told_is_peer(told, group, keys, pooled, cell))
			split[at].in++;
		else
			split[at].out++;
	}
}

static const bool *choose(zp_told *told, uint32_t group, const zp_told_methods *methods)
{
	const zp_group *g = &told->run->groups[group];
	const uint32_t least = zp_run_item_at(told->run, g->item).programme->scheme->choices.show_least;
	zp_arena *scratch = zp_arena_open();
	zp_split *split = zp_take(scratch, zp_split, methods->n + 1);
	bool *shown = zp_take(told->keep, bool, methods->n + 1);
	for (size_t i = 0; i < methods->n; i++)
		split[i].shown = true;
	if (methods->n) {
		count(told, group, methods, split);
		settle(split, methods->n + 1, least, g->n_kept >= least);
	}
	for (size_t i = 0; i < methods->n; i++)
		shown[i] = split[i].shown;
	zp_arena_close(scratch);
	return shown;
}

const bool *zp_told_shown(zp_told *told, uint32_t group, const zp_told_methods *methods)
{
	if (!told->shown[group])
		told->shown[group] = choose(told, group, methods);
	return told->shown[group];
}
