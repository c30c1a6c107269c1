/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements and attributes of a record. */
#include <math.h>
#include <string.h>
#include "base/text.h"
#include "year/record_parts.h"

#define ESCAPED_MOST 6 /* bytes that one byte can become: &quot; */

static void put(zp_piece *out, const char *bytes, size_t n)
{
	memcpy(zp_piece_room(out, n + 1), bytes, n);
	out->n += n;
}

static void put_word(zp_piece *out, const char *word) { put(out, word, strlen(word)); }

/* What stands for a character in an attribute; NULL: itself. What no XML may hold becomes the replacement character: texts are checked
 * where they come in, and a ledger that another program made must not break the document all the same. */
static const char *escape(uint32_t c)
{
	switch (c) {
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '&': return "&amp;";
	case '"': return "&quot;";
	default: return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ? "\xEF\xBF\xBD" : NULL;
	}
}

static void put_escaped(zp_piece *out, const char *text)
{
	const size_t n = strlen(text);
	char *const from = zp_piece_room(out, ESCAPED_MOST * n + 1), *p = from;
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		const size_t length = zp_utf8_at(text + i, n - i, &c);
		const char *other = length ? escape(c) : "\xEF\xBF\xBD";
		if (other)
			p = stpcpy(p, other);
		else
			p = (char *)memcpy(p, text + i, length) + length;
		i += length ? length : 1;
	}
	out->n += (size_t)(p - from);
}

static void begin_line(zp_tags *w)
{
	char *p = zp_piece_room(w->out, w->depth + 2);
	*p = '\n';
	memset(p + 1, ' ', w->depth);
	w->out->n += w->depth + 1;
}

void zp_tag_open(zp_tags *w, const char *element)
{
	begin_line(w);
	put_word(w->out, "<");
	put_word(w->out, element);
}

static void begin_attribute(zp_tags *w, const char *attribute)
{
	put_word(w->out, " ");
	put_word(w->out, attribute);
	put_word(w->out, "=\"");
}

void zp_tag_text(zp_tags *w, const char *attribute, const char *text)
{
	if (!text || !*text)
		return;
	begin_attribute(w, attribute);
	put_escaped(w->out, text);
	put_word(w->out, "\"");
}

void zp_tag_whole(zp_tags *w, const char *attribute, int64_t v)
{
	char text[24], *p = text + sizeof text;
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	begin_attribute(w, attribute);
	*--p = '"';
	do
		*--p = (char)('0' + rest % 10);
	while (rest /= 10);
	if (v < 0)
		*--p = '-';
	put(w->out, p, (size_t)(text + sizeof text - p));
}

void zp_tag_decimal(zp_tags *w, const char *attribute, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	zp_decimal_write(d, text);
	zp_tag_text(w, attribute, text);
}

void zp_tag_number(zp_tags *w, const char *attribute, double v)
{
	if (isfinite(v))
		zp_tag_decimal(w, attribute, zp_decimal_shortest(v));
}

void zp_tag_percent(zp_tags *w, const char *attribute, zp_fraction f)
{
	char text[ZP_DECIMAL_TEXT];
	if (!f.den)
		return;
	const bool small = f.num >= 0 && f.num < INT32_MAX && f.den < INT32_MAX;
	const size_t at = small ? (size_t)((uint64_t)f.num * 2654435761u + (uint64_t)f.den * 40503u) % ZP_RECORD_REMEMBERED : 0;
	if (small && w->memory->at[at].den == f.den && w->memory->at[at].num == f.num) {
		zp_tag_text(w, attribute, w->memory->at[at].text);
		return;
	}
	const size_t n = zp_decimal_write(zp_decimal_shortest(zp_fraction_percent(f)), text);
	zp_tag_text(w, attribute, text);
	if (!small || n >= sizeof w->memory->at[at].text)
		return;
	w->memory->at[at].num = (int64_t)f.num;
	w->memory->at[at].den = (int64_t)f.den;
	memcpy(w->memory->at[at].text, text, n + 1);
}

void zp_tag_end(zp_tags *w) { put_word(w->out, "/>"); }

void zp_tag_enter(zp_tags *w)
{
	put_word(w->out, ">");
	w->depth++;
}

void zp_tag_leave(zp_tags *w, const char *element)
{
	w->depth--;
	begin_line(w);
	put_word(w->out, "</");
	put_word(w->out, element);
	put_word(w->out, ">");
}

/* ---- the document ---- */

void zp_record_begin_document(zp_tags *w, struct zp_record_memory *memory, zp_piece *out, const zp_year *year)
{
	*w = (zp_tags){ out, 0, memory };
	out->n = 0;
	put_word(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	zp_tag_open(w, "record");
	zp_tag_whole(w, "format", 1);
	zp_tag_whole(w, "year", year->wish->year);
	zp_tag_text(w, "issued", year->wish->issued);
	zp_tag_enter(w);
}

const char *zp_record_finish_document(zp_tags *w)
{
	zp_tag_leave(w, "record");
	put_word(w->out, "\n");
	*zp_piece_room(w->out, 1) = '\0';
	return w->out->bytes;
}

void zp_record_evidence(zp_tags *w, zp_evidence_span span)
{
	for (size_t i = 0; i < span.n; i++) {
		const zp_evidence_row *e = span.at[i].row;
		zp_tag_open(w, span.at[i].counts ? "evidence" : "evidence-other");
		zp_tag_text(w, "key", e->key);
		zp_tag_text(w, "value", e->value);
		zp_tag_text(w, "unit", e->unit);
		zp_tag_text(w, "source", e->source);
		zp_tag_text(w, "date", e->date);
		zp_tag_end(w);
	}
}

/* ---- regions ---- */

uint16_t zp_record_city_of(const zp_regions *regions, uint16_t region)
{
	while (region != ZP_NO_REGION) {
		const uint16_t above = regions->at[region].parent;
		if (above == ZP_NO_REGION)
			return ZP_NO_REGION;
		if (regions->at[above].parent == ZP_NO_REGION)
			return region;
		region = above;
	}
	return ZP_NO_REGION;
}
