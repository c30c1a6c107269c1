/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/names.h"
#include <assert.h>
#include <string.h>

/* A slot is empty when p is NULL. Slots are a power of two and at most half full. */
typedef struct slot {
	uint64_t hash;
	const char *p;
	uint32_t n, number;
} slot;

struct zp_names {
	zp_arena *arena;
	slot *slots;
	size_t n_slots, n_used; /* used: names and aliases */
	zp_text *at;            /* by number */
	uint32_t count, room;
};

zp_names *zp_names_take(zp_arena *arena)
{
	zp_names *names = zp_take(arena, zp_names, 1);
	names->arena = arena;
	names->n_slots = 32;
	names->slots = zp_take(arena, slot, names->n_slots);
	names->room = 16;
	names->at = zp_take(arena, zp_text, names->room);
	return names;
}

/* The slot that holds the text, or the empty one where it belongs. */
static slot *slot_of(const zp_names *names, zp_text text, uint64_t hash)
{
	size_t last = names->n_slots - 1;
	size_t i = (size_t)hash & last;
	for (; names->slots[i].p; i = (i + 1) & last) {
		const slot *s = &names->slots[i];
		if (s->hash == hash && s->n == text.n && (text.n == 0 || memcmp(s->p, text.p, text.n) == 0))
			break;
	}
	return &names->slots[i];
}

/* What is outgrown stays in the arena; doubling keeps that below the size of what is in use. */
static void widen(zp_names *names)
{
	size_t n = names->n_slots;
	const slot *old = names->slots;
	names->n_slots = n * 2;
	names->slots = zp_take(names->arena, slot, names->n_slots);
	for (size_t i = 0; i < n; i++) {
		if (!old[i].p)
			continue;
		size_t k = (size_t)old[i].hash & (names->n_slots - 1);
		while (names->slots[k].p)
			k = (k + 1) & (names->n_slots - 1);
		names->slots[k] = old[i];
	}
}

/* Fill the empty slot s, and widen for the next one. Gives: the copy of the text. */
static zp_text settle(zp_names *names, slot *s, zp_text text, uint64_t hash, uint32_t number)
{
	assert(text.n <= UINT32_MAX);
	zp_text copy = { zp_arena_text(names->arena, text.p, text.n), text.n };
	*s = (slot){ hash, copy.p, (uint32_t)text.n, number };
	if (++names->n_used * 2 > names->n_slots)
		widen(names);
	return copy;
}

uint32_t zp_names_add(zp_names *names, zp_text text)
{
	uint64_t hash = zp_text_hash(text);
	slot *s = slot_of(names, text, hash);
	if (s->p)
		return s->number;
	assert(names->count < ZP_NO_NAME - 1);
	if (names->count == names->room) {
		zp_text *more = zp_take(names->arena, zp_text, (size_t)names->room * 2);
		memcpy(more, names->at, names->count * sizeof *more);
		names->at = more;
		names->room *= 2;
	}
	uint32_t number = names->count++;
	names->at[number] = settle(names, s, text, hash, number);
	return number;
}

uint32_t zp_names_find(const zp_names *names, zp_text text)
{
	const slot *s = slot_of(names, text, zp_text_hash(text));
	return s->p ? s->number : ZP_NO_NAME;
}

zp_text zp_names_at(const zp_names *names, uint32_t number)
{
	assert(number < names->count);
	return names->at[number];
}

uint32_t zp_names_count(const zp_names *names)
{
	return names->count;
}

bool zp_names_next(const zp_names *names, size_t *at, zp_text *text, uint32_t *number)
{
	while (*at < names->n_slots && !names->slots[*at].p)
		++*at;
	if (*at >= names->n_slots)
		return false;
	const slot *s = &names->slots[(*at)++];
	*text = (zp_text){ s->p, s->n };
	*number = s->number;
	return true;
}

bool zp_names_alias(zp_names *names, zp_text text, uint32_t number)
{
	assert(number < names->count);
	uint64_t hash = zp_text_hash(text);
	slot *s = slot_of(names, text, hash);
	if (s->p)
		return s->number == number;
	settle(names, s, text, hash, number);
	return true;
}
