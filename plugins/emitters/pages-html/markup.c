/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markup.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void zp_markup_bytes(zp_markup *m, const char *bytes, size_t n)
{
	if (m->failed)
		return;
	if (m->n + n > m->room) {
		size_t room = m->room ? m->room : 65536;
		while (room < m->n + n)
			room *= 2;
		char *more = realloc(m->bytes, room);
		if (!more) {
			m->failed = true;
			return;
		}
		m->bytes = more;
		m->room = room;
	}
	memcpy(m->bytes + m->n, bytes, n);
	m->n += n;
}

void zp_markup_free(zp_markup *m)
{
	free(m->bytes);
	*m = (zp_markup){ 0 };
}

void zp_markup_put(zp_markup *m, const char *ours)
{
	zp_markup_bytes(m, ours, strlen(ours));
}

static const char *escape(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return (unsigned char)c < 0x20 || c == 0x7F ? "\xEF\xBF\xBD" : NULL;
	}
}

void zp_markup_tell(zp_markup *m, const char *text)
{
	const char *from = text, *p = text;
	for (; *p; p++) {
		const char *instead = escape(*p);
		if (!instead)
			continue;
		zp_markup_bytes(m, from, (size_t)(p - from));
		zp_markup_put(m, instead);
		from = p + 1;
	}
	zp_markup_bytes(m, from, (size_t)(p - from));
}

void zp_markup_number(zp_markup *m, unsigned long long v)
{
	char out[24];
	snprintf(out, sizeof(out), "%llu", v);
	zp_markup_put(m, out);
}

void zp_markup_share(zp_markup *m, unsigned long long part, unsigned long long of)
{
	if (!of) {
		zp_markup_put(m, "–");
		return;
	}
	unsigned long long tenths = (2000ull * part + of) / (2ull * of);
	zp_markup_number(m, tenths / 10);
	zp_markup_put(m, ".");
	zp_markup_number(m, tenths % 10);
	zp_markup_put(m, " %");
}
