/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"

#define ALIGNED sizeof(max_align_t)
#define FIRST_BLOCK ((size_t)64 << 10)
#define LARGEST_BLOCK ((size_t)4 << 20)

/* Under the address sanitizer every piece is a block of its own, so that its ends are watched. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

typedef struct block {
	struct block *next;
	_Alignas(max_align_t) char bytes[];
} block;

typedef struct ending {
	struct ending *next;
	void (*end)(void *);
	void *thing;
} ending;

/* Pieces are cut off the low end of the newest block, texts, which need no alignment, off its high end. */
struct zp_arena {
	block *blocks;
	char *low, *high;
	size_t next_size, held;
	ending *endings;
};

zp_arena *zp_arena_open(void)
{
	zp_arena *a = zp_must(calloc(1, sizeof *a));
	a->next_size = FIRST_BLOCK;
	return a;
}

void zp_arena_close(zp_arena *a)
{
	if (!a)
		return;
	for (const ending *e = a->endings; e; e = e->next)
		e->end(e->thing);
	for (block *b = a->blocks, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	free(a);
}

static char *add_block(zp_arena *a, size_t bytes)
{
	if (bytes > PTRDIFF_MAX - sizeof(block))
		zp_no_memory();
	block *b = zp_must(calloc(1, sizeof *b + bytes));
	b->next = a->blocks;
	a->blocks = b;
	a->held += sizeof *b + bytes;
	return b->bytes;
}

/* Make room for a piece that the newest block cannot hold.
 * Gives: the piece itself when it is large enough to be a block; else NULL, and there is a new block. */
static char *make_room(zp_arena *a, size_t bytes)
{
	if (WATCHED || bytes > a->next_size / 4)
		return add_block(a, bytes);
	a->low = add_block(a, a->next_size);
	a->high = a->low + a->next_size;
	if (a->next_size < LARGEST_BLOCK)
		a->next_size *= 2;
	return NULL;
}

void *zp_arena_take(zp_arena *a, size_t bytes)
{
	size_t whole = (bytes + ALIGNED - 1) / ALIGNED * ALIGNED;
	if (whole < bytes || whole > (size_t)(a->high - a->low) || !a->low) {
		char *alone = make_room(a, bytes);
		if (alone)
			return alone;
	}
	char *piece = a->low;
	a->low += whole;
	return piece;
}

void *zp_arena_more(zp_arena *a, void *list, size_t n, size_t *room, size_t each)
{
	if (n < *room)
		return list;
	*room = *room ? 2 * *room : 32;
	void *more = zp_arena_take(a, *room * each);
	if (n)
		memcpy(more, list, n * each);
	return more;
}

static char *take_text(zp_arena *a, size_t bytes)
{
	if (bytes > (size_t)(a->high - a->low)) {
		char *alone = make_room(a, bytes);
		if (alone)
			return alone;
	}
	return a->high -= bytes;
}

char *zp_arena_text(zp_arena *a, const char *bytes, size_t n)
{
	if (n == SIZE_MAX)
		zp_no_memory();
	char *text = take_text(a, n + 1);
	if (n)
		memcpy(text, bytes, n);
	return text;
}

char *zp_arena_print(zp_arena *a, const char *fmt, ...)
{
	char near[256];
	va_list values, again;
	va_start(values, fmt);
	va_copy(again, values);
	int n = vsnprintf(near, sizeof near, fmt, values);
	va_end(values);
	size_t length = n > 0 ? (size_t)n : 0;
	char *text = take_text(a, length + 1);
	if (length < sizeof near)
		memcpy(text, near, length);
	else
		vsnprintf(text, length + 1, fmt, again);
	va_end(again);
	return text;
}

void zp_arena_at_end(zp_arena *a, void (*end)(void *), void *thing)
{
	ending *e = zp_take(a, ending, 1);
	*e = (ending){ a->endings, end, thing };
	a->endings = e;
}

static void close_within(void *arena) { zp_arena_close(arena); }

zp_arena *zp_arena_within(zp_arena *arena)
{
	zp_arena *own = zp_arena_open();
	zp_arena_at_end(arena, close_within, own);
	return own;
}

size_t zp_arena_size(const zp_arena *a)
{
	return sizeof *a + a->held;
}
