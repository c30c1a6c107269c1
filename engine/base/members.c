/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/members.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct member {
	const char *name; /* NULL in a list */
	enum { TEXT, COUNT, TRUTH, INNER } kind;
	const char *text;
	uint64_t count;
	zp_members *inner;
} member;

struct zp_members {
	zp_arena *arena;
	bool list;
	member *at;
	size_t n, room;
};

zp_members *zp_members_take(zp_arena *arena)
{
	zp_members *m = zp_take(arena, zp_members, 1);
	m->arena = arena;
	return m;
}

zp_members *zp_members_take_list(zp_arena *arena)
{
	zp_members *m = zp_members_take(arena);
	m->list = true;
	return m;
}

static member *add(zp_members *m, const char *name)
{
	assert(m->list == !name);
	if (m->n == m->room) {
		const size_t room = m->room ? 2 * m->room : 8;
		member *at = zp_take(m->arena, member, room);
		if (m->n)
			memcpy(at, m->at, m->n * sizeof *at);
		m->at = at, m->room = room;
	}
	m->at[m->n] = (member){ .name = name };
	return &m->at[m->n++];
}

void zp_members_text(zp_members *m, const char *name, const char *value)
{
	member *one = add(m, name);
	one->kind = TEXT, one->text = zp_arena_text(m->arena, value, strlen(value));
}

void zp_members_print(zp_members *m, const char *name, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	const int n = vsnprintf(NULL, 0, fmt, args);
	char *text = zp_arena_take(m->arena, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, again);
	va_end(again);
	va_end(args);
	member *one = add(m, name);
	one->kind = TEXT, one->text = text;
}

void zp_members_count(zp_members *m, const char *name, uint64_t value)
{
	assert(value <= 1ull << 53);
	member *one = add(m, name);
	one->kind = COUNT, one->count = value;
}

void zp_members_true(zp_members *m, const char *name)
{
	add(m, name)->kind = TRUTH;
}

zp_members *zp_members_object(zp_members *m, const char *name)
{
	member *one = add(m, name);
	one->kind = INNER;
	return one->inner = zp_members_take(m->arena);
}

zp_members *zp_members_list(zp_members *m, const char *name)
{
	zp_members *list = zp_members_object(m, name);
	list->list = true;
	return list;
}

bool zp_members_has(const zp_members *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].name && strcmp(m->at[i].name, name) == 0)
			return true;
	return false;
}

size_t zp_members_n(const zp_members *m)
{
	return m->n;
}

/* ---- writing ---- */

/* Bytes into `p`, or only counted when it is NULL. */
typedef struct writer { char *p; size_t n; } writer;

static void put(writer *w, const char *bytes, size_t n)
{
	if (w->p)
		memcpy(w->p + w->n, bytes, n);
	w->n += n;
}

static void put_word(writer *w, const char *word)
{
	put(w, word, strlen(word));
}

/* RFC 8785, 3.2.2.2: the short escapes where there are any, other controls by number in small letters, everything else as it is. */
static void put_text(writer *w, const char *text)
{
	static const char *const escapes[0x20] = { ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r" };
	put_word(w, "\"");
	for (const char *q = text; *q; q++) {
		const unsigned char c = (unsigned char)*q;
		char number[8];
		if (c == '"' || c == '\\') {
			put_word(w, "\\");
			put(w, q, 1);
		} else if (c >= 0x20) {
			put(w, q, 1);
		} else if (escapes[c]) {
			put_word(w, escapes[c]);
		} else {
			put(w, number, (size_t)snprintf(number, sizeof number, "\\u%04x", c));
		}
	}
	put_word(w, "\"");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const member *)a)->name, ((const member *)b)->name);
}

/* The canonical order is that of UTF-16 units, which for ASCII is that of bytes. */
static void sort(zp_members *m)
{
	if (m->list || !m->n)
		return;
	qsort(m->at, m->n, sizeof *m->at, by_name);
	for (size_t i = 0; i < m->n; i++) {
		for (const char *p = m->at[i].name; *p; p++)
			assert((unsigned char)*p < 0x80);
		assert(!i || strcmp(m->at[i - 1].name, m->at[i].name) != 0);
	}
}

static void put_members(writer *w, const zp_members *m)
{
	char number[24];
	put_word(w, m->list ? "[" : "{");
	for (size_t i = 0; i < m->n; i++) {
		const member *one = &m->at[i];
		put_word(w, i ? "," : "");
		if (one->name) {
			put_text(w, one->name);
			put_word(w, ":");
		}
		switch (one->kind) {
		case TEXT: put_text(w, one->text); break;
		case COUNT: put(w, number, (size_t)snprintf(number, sizeof number, "%llu", (unsigned long long)one->count)); break;
		case TRUTH: put_word(w, "true"); break;
		case INNER: put_members(w, one->inner); break;
		}
	}
	put_word(w, m->list ? "]" : "}");
}

static void sort_all(zp_members *m)
{
	sort(m);
	for (size_t i = 0; i < m->n; i++)
		if (m->at[i].kind == INNER)
			sort_all(m->at[i].inner);
}

zp_text zp_members_write(zp_members *m)
{
	writer w = { 0 };
	sort_all(m); /* which is how they stand from now on */
	put_members(&w, m);
	writer real = { zp_arena_take(m->arena, w.n + 1), 0 };
	put_members(&real, m);
	return (zp_text){ real.p, real.n };
}
