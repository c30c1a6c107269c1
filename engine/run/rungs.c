/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/rungs.h"
#include <stdlib.h>
#include "base/memory.h"

struct zp_rungs {
	zp_arena *arena;
	const zp_peers *peers;
	zp_rung_keys *keys;
	size_t n;
};

static unsigned mask_at(const zp_measurand *m, const zp_choices *c, size_t r)
{
	unsigned mask = m->rungs[r].keys;
	if (c->rung_keys == ZP_KEYS_NESTED && mask)
		for (size_t k = r + 1; k < m->n_rungs; k++)
			mask |= m->rungs[k].keys;
	return mask;
}

static bool same_key(const zp_peers *peers, unsigned mask, uint32_t a, uint32_t b)
{
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if (mask & 1u << k && peers->tuples[a][k] != peers->tuples[b][k])
			return false;
	return true;
}

static uint64_t hash_key(const uint32_t tuple[ZP_PEER_KEYS], unsigned mask)
{
	uint64_t h = 0x9e3779b97f4a7c15u;
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if (mask & 1u << k)
			h = (h ^ tuple[k]) * 0xff51afd7ed558ccdu, h ^= h >> 32;
	return h;
}

static void number_keys(zp_arena *arena, const zp_peers *peers, zp_rung_keys *keys)
{
	size_t room = 16;
	while (room < 2 * peers->n)
		room *= 2;
	uint32_t *slots = zp_must(malloc(room * sizeof *slots)); /* key numbers by hash */
	memset(slots, 0xff, room * sizeof *slots);
	keys->of = zp_take(arena, uint32_t, peers->n);
	keys->example = zp_take(arena, uint32_t, peers->n);
	for (uint32_t t = 0; t < peers->n; t++) {
		bool blank = keys->own != 0 && !keys->blank_group;
		bool all_named = true;
		for (int k = 0; k < ZP_PEER_KEYS; k++)
			if (keys->own & 1u << k && peers->tuples[t][k] == 0)
				all_named = false;
		if (blank && !all_named) {
			keys->of[t] = ZP_NO_NAME;
			continue;
		}
		size_t at = hash_key(peers->tuples[t], keys->mask) & (room - 1);
		while (slots[at] != ZP_NO_NAME && !same_key(peers, keys->mask, keys->example[slots[at]], t))
			at = (at + 1) & (room - 1);
		if (slots[at] == ZP_NO_NAME) {
			slots[at] = keys->n;
			keys->example[keys->n++] = t;
		}
		keys->of[t] = slots[at];
	}
	free(slots);
}

zp_rungs *zp_rungs_take(zp_arena *arena, const zp_peers *peers, size_t most)
{
	zp_rungs *rungs = zp_take(arena, zp_rungs, 1);
	*rungs = (zp_rungs){ .arena = arena, .peers = peers, .keys = zp_take(arena, zp_rung_keys, most) };
	return rungs;
}

const zp_rung_keys *zp_rungs_find(zp_rungs *rungs, const zp_measurand *m, const zp_choices *c, size_t r)
{
	const unsigned mask = mask_at(m, c, r), own = m->rungs[r].keys;
	const bool blank_group = c->blank_key == ZP_BLANK_KEY_GROUP;
	for (size_t i = 0; i < rungs->n; i++)
		if (rungs->keys[i].mask == mask && rungs->keys[i].own == own && rungs->keys[i].blank_group == blank_group)
			return &rungs->keys[i];
	zp_rung_keys *keys = &rungs->keys[rungs->n++];
	*keys = (zp_rung_keys){ .mask = mask, .own = own, .blank_group = blank_group };
	number_keys(rungs->arena, rungs->peers, keys);
	return keys;
}
