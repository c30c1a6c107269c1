/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts, and marks that are only drawn when the book is printed. */
#include <stdarg.h>
#include <string.h>
#include "book.h"

#define SCRATCH (64 * ZP_LINE_MOST)

const zp_ink zp_body = { ZP_REGULAR, 9.4, ZP_BLACK, 0 }, zp_body_en = { ZP_REGULAR, 7.6, ZP_GREY, 0 }, zp_cell = { ZP_REGULAR, 8, ZP_BLACK, 0 },
	     zp_strong = { ZP_BOLD, 8, ZP_BLACK, 0 }, zp_small = { ZP_REGULAR, 7.2, ZP_BLACK, 0 }, zp_quiet = { ZP_REGULAR, 6.4, ZP_GREY, 0 };

/* ---- texts ---- */

const char *zp_book_say(zp_book *b, const char *fmt, ...)
{
	if (!b->scratch)
		b->scratch = b->host->take(b->host, SCRATCH);
	if (b->scratch_at + ZP_LINE_MOST + 8 > SCRATCH)
		b->scratch_at = 0;
	char *out = b->scratch + b->scratch_at;
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(out, ZP_LINE_MOST + 8, fmt, args); /* what is longer is refused where it is drawn */
	va_end(args);
	b->scratch_at += (size_t)(n < 0 ? 0 : n < ZP_LINE_MOST + 7 ? n : ZP_LINE_MOST + 7) + 1;
	return out;
}

double zp_share_of(unsigned long long part, unsigned long long whole)
{
	return whole ? (double)part / (double)whole : -1;
}

const char *zp_percent(zp_book *b, unsigned long long part, unsigned long long whole)
{
	if (!whole)
		return "–";
	const unsigned long long tenths = (2000 * part + whole) / (2 * whole);
	return zp_book_say(b, "%llu.%llu", tenths / 10, tenths % 10);
}

const char *zp_or_dash(const char *text)
{
	return *text ? text : "–";
}

const char *zp_day(zp_book *b, const char *iso)
{
	static const char form[] = "0000-00-00";
	for (size_t i = 0; i + 1 < sizeof form; i++)
		if (form[i] == '0' ? iso[i] < '0' || iso[i] > '9' : iso[i] != form[i])
			return iso;
	const char *month = iso + 5 + (iso[5] == '0'), *day = iso + 8 + (iso[8] == '0');
	return zp_book_say(b, "%.4s 年 %.*s 月 %.*s 日", iso, (int)(iso + 7 - month), month, (int)(iso + 10 - day), day);
}

bool zp_value_of(const char *text, double *out)
{
	const bool minus = *text == '-';
	double whole = 0, unit = 1;
	bool point = false, any = false;
	for (const char *p = text + minus; *p; p++) {
		if (*p == '.' && !point) {
			point = true;
		} else if (*p >= '0' && *p <= '9') {
			whole = whole * 10 + (*p - '0');
			unit *= point ? 10 : 1;
			any = true;
		} else {
			return false;
		}
	}
	*out = (minus ? -whole : whole) / unit;
	return any;
}

/* ---- characters ---- */

static void gather(zp_book *b, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p;) {
		const int more = *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : 0;
		unsigned c = *p++ & (more ? 0x3Fu >> more : 0x7Fu);
		for (int i = 0; i < more && (*p & 0xC0) == 0x80; i++)
			c = c << 6 | (*p++ & 0x3Fu);
		if (c < 0x110000)
			b->seen[c >> 3] |= (unsigned char)(1u << (c & 7));
	}
}

/* ---- marks ---- */

void zp_put(zp_book *b, zp_ink ink, double x, double y, double width, zp_align align, const char *text)
{
	if (b->pass == ZP_GATHER)
		gather(b, text);
	else if (b->pass == ZP_PRINT)
		zp_canvas_line(b->sans, ink, x, y, width, align, text);
}

double zp_wide(zp_book *b, zp_ink ink, const char *text)
{
	if (b->pass == ZP_GATHER)
		gather(b, text);
	return b->pass == ZP_GATHER ? 0 : zp_canvas_width(b->sans, ink, text);
}

double zp_set(zp_book *b, zp_ink ink, zp_canvas_column column, const char *text)
{
	if (b->pass == ZP_GATHER)
		gather(b, text);
	return b->pass == ZP_GATHER ? 0 : zp_canvas_text(b->sans, ink, column, text, b->pass == ZP_PRINT);
}

void zp_rule(zp_book *b, double x1, double y1, double x2, double y2, double thick, unsigned colour)
{
	if (b->pass == ZP_PRINT)
		zp_canvas_rule(b->sans, x1, y1, x2, y2, thick, colour);
}

void zp_box(zp_book *b, double x, double y, double w, double h, unsigned colour)
{
	if (b->pass == ZP_PRINT)
		zp_canvas_box(b->sans, x, y, w, h, colour);
}

void zp_share_bar(zp_book *b, double x, double y, double w, double share)
{
	if (share < 0)
		return;
	zp_box(b, x, y, w, 5, ZP_ACCENT_PALE);
	zp_box(b, x, y, w * (share > 1 ? 1 : share), 5, share < 0.8 ? ZP_ALERT : ZP_ACCENT);
	zp_rule(b, x + 0.8 * w, y - 1.2, x + 0.8 * w, y + 6.2, 0.5, ZP_GREY);
}

static bool links(const zp_book *b) { return b->pass == ZP_PRINT && !b->sans->failed; }

void zp_link_open(zp_book *b, size_t heading, double x, double y, double w, double h)
{
	if (!links(b))
		return;
	zp_canvas_settle(b->sans);
	cairo_tag_begin(b->sans->cr, CAIRO_TAG_LINK, zp_book_say(b, "dest='h%zu' rect=[%d %d %d %d]", heading, (int)x, (int)y, (int)(w + 0.5), (int)(h + 0.5)));
}

void zp_link_close(zp_book *b)
{
	if (!links(b))
		return;
	zp_canvas_settle(b->sans);
	cairo_tag_end(b->sans->cr, CAIRO_TAG_LINK);
}
