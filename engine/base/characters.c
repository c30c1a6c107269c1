/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/characters.h"
#include <stdbool.h>
#include <stdint.h>

#define CODE_POINTS 0x110000u

struct zp_characters { uint8_t seen[CODE_POINTS / 8]; };

zp_characters *zp_characters_take(zp_arena *arena) { return zp_take(arena, zp_characters, 1); }

void zp_characters_add(zp_characters *set, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; p && *p;) {
		unsigned n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
		uint32_t c = n == 1 ? *p : *p & (0xffu >> (n + 1));
		for (unsigned i = 1; i < n; i++)
			if (p[i])
				c = c << 6 | (p[i] & 0x3f);
			else
				return; /* the text ends within a character */
		if (c < CODE_POINTS)
			set->seen[c >> 3] |= (uint8_t)(1u << (c & 7));
		p += n;
	}
}

static bool has(const zp_characters *set, uint32_t c) { return set->seen[c >> 3] >> (c & 7) & 1; }

static char *put(char *q, uint32_t c)
{
	if (c < 0x80)
		*q++ = (char)c;
	else if (c < 0x800)
		*q++ = (char)(0xc0 | c >> 6), *q++ = (char)(0x80 | (c & 0x3f));
	else if (c < 0x10000)
		*q++ = (char)(0xe0 | c >> 12), *q++ = (char)(0x80 | (c >> 6 & 0x3f)), *q++ = (char)(0x80 | (c & 0x3f));
	else
		*q++ = (char)(0xf0 | c >> 18), *q++ = (char)(0x80 | (c >> 12 & 0x3f)), *q++ = (char)(0x80 | (c >> 6 & 0x3f)),
			*q++ = (char)(0x80 | (c & 0x3f));
	return q;
}

const char *zp_characters_text(const zp_characters *set, zp_arena *arena)
{
	size_t n = 0;
	for (uint32_t c = 0x20; c < CODE_POINTS; c++)
		n += has(set, c);
	char *out = zp_arena_take(arena, 4 * n + 1), *q = out;
	for (uint32_t c = 0x20; c < CODE_POINTS; c++)
		if (has(set, c))
			q = put(q, c);
	*q = '\0';
	return out;
}
