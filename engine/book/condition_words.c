/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/condition_words.h"

/* Bytes of the character at p. */
static size_t character(zp_text t, size_t at)
{
	size_t n = 1;
	while (at + n < t.n && ((unsigned char)t.p[at + n] & 0xc0) == 0x80)
		n++;
	return n;
}

size_t zp_text_characters(zp_text t)
{
	size_t n = 0;
	for (size_t at = 0; at < t.n; at += character(t, at))
		n++;
	return n;
}

size_t zp_text_at(zp_text in, zp_text sought)
{
	for (size_t i = 0; i + sought.n <= in.n; i++)
		if (sought.n == 0 || memcmp(in.p + i, sought.p, sought.n) == 0)
			return i;
	return SIZE_MAX;
}

static zp_fraction whole_below(zp_fraction f)
{
	return (zp_fraction){ f.num / f.den - (f.num % f.den < 0), 1 };
}

zp_fraction zp_whole_of(zp_function f, zp_fraction v)
{
	if (f == ZP_F_FLOOR)
		return whole_below(v);
	if (f == ZP_F_CEILING)
		return (zp_fraction){ -whole_below((zp_fraction){ -v.num, v.den }).num, 1 };
	const zp_fraction more = zp_fraction_plus(v, zp_fraction_of(1, 2));
	return more.den ? whole_below(more) : ZP_NO_FRACTION;
}

/* Characters whose place, from 1, is at least round(from) and below round(from) + round(many). */
static zp_text part(zp_text t, const zp_fraction *numbers, size_t n)
{
	const zp_fraction from = zp_whole_of(ZP_F_ROUND, numbers[0]), many = n > 1 ? zp_whole_of(ZP_F_ROUND, numbers[1]) : ZP_NO_FRACTION;
	size_t begin = t.n, end = t.n, place = 1;
	bool begun = false;
	for (size_t at = 0; at < t.n; at += character(t, at), place++) {
		const zp_wide p = (zp_wide)place;
		if (!begun && p >= from.num) {
			begin = at;
			begun = true;
		}
		if (n > 1 && p >= from.num + many.num) {
			end = at;
			break;
		}
	}
	return (zp_text){ t.p + begin, end > begin ? end - begin : 0 };
}

static zp_text without_blanks(zp_arena *arena, zp_text t)
{
	char *out = zp_arena_text(arena, t.p, t.n);
	size_t n = 0;
	bool blank = false;
	for (size_t i = 0; i < t.n; i++) {
		if (strchr(" \t\r\n", t.p[i])) {
			blank = n > 0;
			continue;
		}
		if (blank)
			out[n++] = ' ';
		blank = false;
		out[n++] = t.p[i];
	}
	return (zp_text){ out, n };
}

static zp_text joined(zp_arena *arena, const zp_text *texts, size_t n)
{
	size_t all = 0, at = 0;
	for (size_t i = 0; i < n; i++)
		all += texts[i].n;
	char *out = zp_arena_take(arena, all + 1);
	for (size_t i = 0; i < n; at += texts[i++].n)
		memcpy(out + at, texts[i].p, texts[i].n);
	return (zp_text){ out, all };
}

/* Where the character stands in the list, counted in characters; SIZE_MAX: nowhere. */
static size_t place_of(zp_text list, zp_text c)
{
	size_t place = 0;
	for (size_t at = 0; at < list.n; at += character(list, at), place++)
		if (zp_text_same((zp_text){ list.p + at, character(list, at) }, c))
			return place;
	return SIZE_MAX;
}

static zp_text translated(zp_arena *arena, zp_text t, zp_text from, zp_text to)
{
	char *out = zp_arena_take(arena, t.n * 4 + 1);
	size_t n = 0;
	for (size_t at = 0; at < t.n; at += character(t, at)) {
		zp_text c = { t.p + at, character(t, at) };
		const size_t place = place_of(from, c);
		if (place != SIZE_MAX) {
			size_t k = 0, there = 0;
			while (there < to.n && k < place)
				there += character(to, there), k++;
			c = there < to.n ? (zp_text){ to.p + there, character(to, there) } : (zp_text){ "", 0 };
		}
		memcpy(out + n, c.p, c.n);
		n += c.n;
	}
	return (zp_text){ out, n };
}

zp_text zp_text_call(zp_arena *arena, zp_function f, const zp_text *texts, size_t n, const zp_fraction *numbers, size_t n_numbers)
{
	const size_t at = f == ZP_F_BEFORE || f == ZP_F_AFTER ? zp_text_at(texts[0], texts[1]) : 0;
	switch (f) {
	case ZP_F_CONCAT: return joined(arena, texts, n);
	case ZP_F_SUBSTRING: return part(texts[0], numbers, n_numbers);
	case ZP_F_BEFORE: return at == SIZE_MAX ? ZP_TEXT("") : (zp_text){ texts[0].p, at };
	case ZP_F_AFTER: return at == SIZE_MAX ? ZP_TEXT("") : (zp_text){ texts[0].p + at + texts[1].n, texts[0].n - at - texts[1].n };
	case ZP_F_NORMALIZE: return without_blanks(arena, texts[0]);
	case ZP_F_TRANSLATE: return translated(arena, texts[0], texts[1], texts[2]);
	default: return texts[0];
	}
}
