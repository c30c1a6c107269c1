/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"
#include <stdarg.h>
#include <stdlib.h>

#define SENTENCE 500
#define SHOWN 80

bool zp_xlsx_refuse(zp_reading *r, long line, long column, const char *fmt, ...)
{
	char sentence[SENTENCE];
	va_list args;
	if (r->refused)
		return false;
	r->refused = true;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, args);
	va_end(args);
	r->sink->refuse(r->sink->self, r->sheet, line, column, "%s", sentence);
	return false;
}

static bool store_grow(zp_store *s, size_t n)
{
	if (n > s->most || s->n > s->most - n)
		return false;
	size_t room = s->room ? s->room : 4096;
	while (room < s->n + n)
		room *= 2;
	char *more = realloc(s->p, room);
	if (!more)
		return false;
	s->p = more;
	s->room = room;
	return true;
}

bool zp_store_add(zp_store *s, const char *bytes, size_t n)
{
	if (n > s->room - s->n && !store_grow(s, n))
		return false;
	if (n)
		memcpy(s->p + s->n, bytes, n);
	s->n += n;
	return true;
}

void zp_store_end(zp_store *s)
{
	free(s->p);
	*s = (zp_store){ 0 };
}

int zp_shown(zp_text t)
{
	size_t n = t.n < SHOWN ? t.n : SHOWN;
	while (n < t.n && n && ((unsigned char)t.p[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}
