/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table says what a group is as bytes, for who writes and who reads: so the two cannot differ. */
#include "run/part_group.h"
#include <stddef.h>

typedef enum form { WHOLE, SIGN, REAL, DECIMAL } form;

/* A member: a whole number up to `most`; one of -1, 0, 1; a double, bit by bit; a zp_decimal. */
typedef struct member { const char *name; size_t at, size; form form; uint64_t most; } member;

#define AT(m) #m, offsetof(zp_group, m), sizeof(((const zp_group *)0)->m)
#define WHOLE_OF(m, most) { AT(m), WHOLE, (most) }
#define REAL_OF(m) { AT(m), REAL, 0 }
#define DECIMAL_OF(m) { AT(m), DECIMAL, 0 }
#define ESTIMATE_OF(m)                                                                                                                     \
	REAL_OF(m.x), REAL_OF(m.s), REAL_OF(m.u), WHOLE_OF(m.n, UINT32_MAX), REAL_OF(m.low), REAL_OF(m.high), WHOLE_OF(m.iterations, UINT32_MAX), \
		WHOLE_OF(m.converged, 1), WHOLE_OF(m.collapsed, 1), WHOLE_OF(m.tied, 1)

static const member members[] = {
	WHOLE_OF(item, UINT32_MAX), WHOLE_OF(rung, UINT8_MAX), WHOLE_OF(keys, (1u << ZP_PEER_KEYS) - 1), WHOLE_OF(key, UINT32_MAX),
	WHOLE_OF(n_members, UINT32_MAX), WHOLE_OF(n_kept, UINT32_MAX), WHOLE_OF(n_absurd, UINT32_MAX), REAL_OF(sane_low), REAL_OF(sane_high),
	WHOLE_OF(origin, ZP_DECIDED), ESTIMATE_OF(target), WHOLE_OF(has_x_pt, 1), DECIMAL_OF(x_pt), WHOLE_OF(ungradable, ZP_REASONS - 1),
	DECIMAL_OF(width.a), DECIMAL_OF(width.b), REAL_OF(delta_e), WHOLE_OF(limit_branch, 2), DECIMAL_OF(low), DECIMAL_OF(high), WHOLE_OF(has_bounds, 1),
	ESTIMATE_OF(peers), WHOLE_OF(has_answer, 1), WHOLE_OF(elected.low, UINT64_MAX), WHOLE_OF(elected.high, UINT64_MAX), WHOLE_OF(elected.by, ZP_BY_PARTICIPANTS),
	WHOLE_OF(elected.votes, UINT32_MAX), WHOLE_OF(elected.of, UINT32_MAX), WHOLE_OF(elected.lack, ZP_REASONS - 1), WHOLE_OF(negative, 1),
	WHOLE_OF(n_counts, UINT32_MAX), REAL_OF(sigma_pt), REAL_OF(u_x_pt), { AT(u_negligible), SIGN, 0 }, WHOLE_OF(widened, 1), REAL_OF(delta_e_before),
	WHOLE_OF(doubts, (1u << ZP_DOUBTS) - 1), WHOLE_OF(humps, UINT16_MAX), REAL_OF(dip_p), REAL_OF(s_s), REAL_OF(drift), REAL_OF(added),
	REAL_OF(reference_ratio), WHOLE_OF(apart, UINT32_MAX), WHOLE_OF(apart_key, ZP_PEER_KEYS - 1), REAL_OF(apart_by),
};

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(zp_group) == 440, "a member of zp_group came or went: the table above has to know it");
#endif

static uint64_t whole_at(const void *at, size_t size)
{
	switch (size) {
	case 1: return *(const uint8_t *)at;
	case 2: return *(const uint16_t *)at;
	case 4: return *(const uint32_t *)at;
	default: return *(const uint64_t *)at;
	}
}

static void set_whole(void *at, size_t size, uint64_t v)
{
	switch (size) {
	case 1: *(uint8_t *)at = (uint8_t)v; break;
	case 2: *(uint16_t *)at = (uint16_t)v; break;
	case 4: *(uint32_t *)at = (uint32_t)v; break;
	default: *(uint64_t *)at = v; break;
	}
}

void zp_group_put(zp_part_writer *w, const zp_group *g)
{
	for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
		const member *m = &members[k];
		const char *at = (const char *)g + m->at;
		const zp_decimal *d = (const zp_decimal *)(const void *)at;
		if (m->form == DECIMAL) {
			zp_part_u64(w, (uint64_t)d->m);
			zp_part_u8(w, (uint8_t)d->e);
		} else {
			zp_part_put(w, whole_at(at, m->size), m->size);
		}
	}
	for (uint32_t i = 0; i < g->n_counts; i++) {
		zp_part_u64(w, (uint64_t)g->counts[i].answer);
		zp_part_u32(w, g->counts[i].n);
		zp_part_u32(w, g->counts[i].referees);
	}
}

/* ---- what can be ---- */

static bool can_be_decimal(zp_decimal d) { return d.m > -INT64_C(1000000000000000000) && d.m < INT64_C(1000000000000000000); }

/* What a decimal can hold can be printed; nothing that a round is made of is larger or finer. */
static bool can_be_real(uint64_t bits)
{
	double x;
	memcpy(&x, &bits, sizeof x);
	return !isfinite(x) || x == 0 || (fabs(x) < 1e99 && fabs(x) > 1e-99);
}

static bool can_be_answer(const zp_scale *scale, int64_t answer)
{
	if (zp_scale_is_set(scale))
		return answer >= 0 && answer < INT64_C(1) << scale->n; /* ZP_GRADES_MOST of them at most */
	return answer >= 0 && answer < (int64_t)scale->n;
}

static bool read_member(const member *m, zp_part_cursor *c, zp_group *g)
{
	char *at = (char *)g + m->at;
	if (m->form == DECIMAL) {
		zp_decimal *d = (zp_decimal *)(void *)at;
		d->m = (int64_t)zp_part_number(c, 8);
		d->e = (int8_t)(uint8_t)zp_part_number(c, 1);
		return can_be_decimal(*d);
	}
	const uint64_t v = zp_part_number(c, m->size);
	set_whole(at, m->size, v);
	return m->form == REAL ? can_be_real(v) : (m->form == SIGN ? v <= 1 || v == UINT8_MAX : v <= m->most);
}

static bool read_counts(const zp_scale *scale, zp_part_cursor *c, zp_arena *arena, zp_group *g)
{
	if (g->n_counts > c->n / 16 || (g->n_counts && !scale))
		return false;
	zp_answer_count *counts = zp_take(arena, zp_answer_count, g->n_counts + (size_t)1);
	for (uint32_t i = 0; i < g->n_counts; i++) {
		counts[i].answer = (int64_t)zp_part_number(c, 8);
		counts[i].n = (uint32_t)zp_part_number(c, 4);
		counts[i].referees = (uint32_t)zp_part_number(c, 4);
		if (!can_be_answer(scale, counts[i].answer) || (i && counts[i].answer <= counts[i - 1].answer))
			return false;
	}
	g->counts = scale ? counts : NULL;
	return true;
}

const char *zp_group_take(const zp_run *run, uint32_t item, zp_part_cursor *c, zp_arena *arena, zp_group *g)
{
	const zp_measurand *m = zp_run_item_at(run, item).measurand;
	const size_t cells = run->round->n;
	*g = (zp_group){ 0 };
	for (size_t k = 0; k < sizeof members / sizeof *members; k++)
		if (!read_member(&members[k], c, g))
			return members[k].name;
	if (g->item != item)
		return "item";
	if (g->rung > m->n_rungs)
		return "rung";
	if (g->key >= run->peers->n)
		return "key";
	if (g->n_members > cells || g->n_kept > cells || g->n_absurd > cells || g->target.n > cells || g->peers.n > cells)
		return "n";
	if (g->apart != ZP_NO_NAME && g->apart >= zp_names_count(run->peers->names[g->apart_key]))
		return "apart";
	if (m->scale && (!can_be_answer(m->scale, g->elected.low) || !can_be_answer(m->scale, g->elected.high)))
		return "elected";
	if (!m->scale && g->has_answer)
		return "has_answer";
	if (!read_counts(m->scale, c, arena, g))
		return "counts";
	return c->bad ? "end" : NULL;
}
