/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markup.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_bytes(zp_markup *m, const char *bytes, size_t n)
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
	put_bytes(m, ours, strlen(ours));
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
		put_bytes(m, from, (size_t)(p - from));
		zp_markup_put(m, instead);
		from = p + 1;
	}
	put_bytes(m, from, (size_t)(p - from));
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

void zp_markup_rank(zp_markup *m, unsigned rank, unsigned tied)
{
	if (!rank) {
		zp_markup_put(m, "–");
		return;
	}
	if (tied > 1)
		zp_markup_put(m, "并列 ");
	zp_markup_number(m, rank);
}

void zp_markup_cell(zp_markup *m, unsigned v)
{
	zp_markup_put(m, "<td>");
	zp_markup_number(m, v);
	zp_markup_put(m, "</td>");
}

void zp_markup_share_cells(zp_markup *m, unsigned part, unsigned of)
{
	zp_markup_put(m, "<td class=\"share\">");
	zp_markup_share(m, part, of);
	zp_markup_put(m, "</td><td class=\"n\">");
	zp_markup_number(m, part);
	zp_markup_put(m, " / ");
	zp_markup_number(m, of);
	zp_markup_put(m, "</td>");
}

void zp_markup_credit_cells(zp_markup *m, unsigned long long credit, unsigned of)
{
	zp_markup_put(m, "<td class=\"share\">");
	zp_markup_share(m, credit, 100ull * of);
	zp_markup_put(m, "</td><td class=\"n\">");
	zp_markup_number(m, credit / 100);
	if (credit % 100) { /* part of a result */
		zp_markup_put(m, credit % 100 < 10 ? ".0" : ".");
		zp_markup_number(m, credit % 10 ? credit % 100 : credit % 100 / 10);
	}
	zp_markup_put(m, " / ");
	zp_markup_number(m, of);
	zp_markup_put(m, "</td>");
}

void zp_markup_bar(zp_markup *m, unsigned long long part, unsigned long long of)
{
	zp_markup_put(m, "<td class=\"bar\"><svg viewBox=\"0 0 1000 80\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
	          "<rect class=\"all\" width=\"1000\" height=\"80\"/><rect class=\"part\" height=\"80\" width=\"");
	zp_markup_number(m, of ? 1000ull * part / of : 0);
	zp_markup_put(m, "\"/></svg></td>");
}

void zp_markup_class(zp_markup *m, const char *lab_class)
{
	if (strcmp(lab_class, "*") == 0)
		zp_markup_put(m, "所有类别 <span lang=\"en\">all classes</span>");
	else
		zp_markup_tell(m, lab_class);
}

void zp_markup_programme(zp_markup *m, const char *programme, const char *name)
{
	if (strcmp(programme, "*") == 0)
		zp_markup_put(m, "所有专业 <span lang=\"en\">all programmes</span>");
	else
		zp_markup_tell(m, *name ? name : programme);
}
