/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that are gathered before they are written; grows inside an arena and is used again after `n = 0`. */
#ifndef ZP_SIMULATE_BUFFER_H
#define ZP_SIMULATE_BUFFER_H

#include "base/decimal.h"
#include "base/text.h"

typedef struct zp_buffer {
	zp_arena *arena;
	char *p;
	size_t n, room;
} zp_buffer;

/* Where `more` bytes may be written; add to n what was. */
static inline char *zp_buffer_room(zp_buffer *b, size_t more)
{
	if (b->n + more > b->room) {
		size_t room = b->room ? 2 * b->room : 4096;
		while (room < b->n + more)
			room *= 2;
		char *p = zp_arena_take(b->arena, room);
		if (b->n)
			memcpy(p, b->p, b->n);
		b->p = p;
		b->room = room;
	}
	return b->p + b->n;
}

static inline void zp_buffer_add(zp_buffer *b, zp_text t)
{
	char *to = zp_buffer_room(b, t.n);
	if (t.n)
		memcpy(to, t.p, t.n);
	b->n += t.n;
}

static inline void zp_buffer_add_text(zp_buffer *b, const char *text)
{
	zp_buffer_add(b, zp_text_of(text));
}

static inline void zp_buffer_add_number(zp_buffer *b, zp_decimal d)
{
	b->n += zp_decimal_write(d, zp_buffer_room(b, ZP_DECIMAL_TEXT));
}

/* A cell of comma-separated text, in quotes where it has to be. */
static inline void zp_buffer_add_cell(zp_buffer *b, const char *text)
{
	if (!strpbrk(text, ",;\"")) {
		zp_buffer_add_text(b, text);
		return;
	}
	zp_buffer_add_text(b, "\"");
	for (const char *p = text; *p; p++)
		zp_buffer_add(b, (zp_text){ *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1 });
	zp_buffer_add_text(b, "\"");
}

#endif
