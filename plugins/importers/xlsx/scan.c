/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"
#include <strings.h>

static const char not_text[] = "is not UTF-8 throughout; expected UTF-8";
static const char too_long[] = "has a tag longer than 64 KiB";
static const char long_run[] = "has more than 512 KiB between two tags";

/* ---- UTF-8 without control characters ---- */

static bool take_first(zp_scan *s, unsigned char c)
{
	s->low = 0x80;
	s->high = 0xBF;
	if (c >= 0xC2 && c <= 0xDF)
		s->left = 1;
	else if (c >= 0xE0 && c <= 0xEF) {
		s->left = 2;
		if (c == 0xE0)
			s->low = 0xA0;
		else if (c == 0xED)
			s->high = 0x9F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		s->left = 3;
		if (c == 0xF0)
			s->low = 0x90;
		else if (c == 0xF4)
			s->high = 0x8F;
	} else
		return c < 0x80 && (c >= ' ' || c == '\t' || c == '\n' || c == '\r');
	return true;
}

static bool is_text(zp_scan *s, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t eight;
		while (!s->left && n - i >= sizeof eight) {
			memcpy(&eight, bytes + i, sizeof eight);
			/* all below 0x80, none below 0x20 */
			if ((eight | (eight - 0x2020202020202020u)) & 0x8080808080808080u)
				break;
			i += sizeof eight;
		}
		if (i == n)
			break;
		unsigned char c = (unsigned char)bytes[i];
		if (!s->left) {
			if (!take_first(s, c))
				return false;
		} else {
			if (c < s->low || c > s->high)
				return false;
			s->low = 0x80;
			s->high = 0xBF;
			s->left--;
		}
	}
	return true;
}

/* ---- markup ---- */

/* What stands between "<?xml" and "?>". */
static const char *check_declaration(const zp_scan *s)
{
	zp_text d = { s->declaration, s->n };
	if (d.n < 4 || memcmp(d.p, "xml", 3) != 0 || !strchr(" \t\r\n", d.p[3]))
		return "has a processing instruction (<?); no workbook has one";
	const char *word = memmem(d.p, d.n, "encoding", 8), *end = d.p + d.n;
	if (!memmem(d.p, d.n, "1.0", 3))
		return "is XML of a version other than 1.0";
	if (!word)
		return NULL;
	for (word += 8; word < end && strchr(" \t\r\n=", *word);)
		word++;
	if (end - word >= 7 && (*word == '"' || *word == '\'') && strncasecmp(word + 1, "UTF-8", 5) == 0 && word[6] == *word)
		return NULL;
	return "declares an encoding other than UTF-8";
}

static void begin(zp_scan *s, zp_scan_where where)
{
	s->where = where;
	s->n = 0;
	s->attributes = 0;
	s->quote = 0;
	s->last[0] = s->last[1] = 0;
}

/* The tag ends with this '>'. */
static const char *end_tag(zp_scan *s)
{
	if (s->closes)
		s->depth -= s->depth > 0;
	else if (s->last[1] != '/' && ++s->depth > ZP_SCAN_DEPTH)
		return "has elements more than 16 deep in each other";
	begin(s, ZP_SCAN_TEXT);
	return NULL;
}

/* Step over the plain bytes of a tag. Gives: NULL at its end or the end of the bytes; *p is behind what was taken. */
static const char *take_tag(zp_scan *s, const char **p, const char *end)
{
	const char *at = *p;
	char last = s->last[1], quote = s->quote;
	const char *stop = (size_t)(end - at) > ZP_SCAN_TAG - s->n ? at + (ZP_SCAN_TAG - s->n) : end;
	bool ends = false;
	for (; at < stop; at++) {
		char c = *at;
		if (quote) {
			const char *closing = memchr(at, quote, (size_t)(stop - at));
			at = closing ? closing : stop;
			if (!closing)
				break;
			last = quote;
			quote = 0;
			continue;
		}
		if (c == '>') {
			ends = true;
			break;
		}
		if (c == '"' || c == '\'')
			quote = c;
		else if (c == '=' && ++s->attributes > ZP_SCAN_ATTRIBUTES)
			return "has an element with more than 32 attributes";
		else if (c == '<')
			return "is not well-formed: a tag begins inside another";
		last = c;
	}
	s->n += (uint32_t)(at - *p);
	s->last[1] = last;
	s->quote = quote;
	*p = at + ends;
	if (ends)
		return end_tag(s);
	return s->n >= ZP_SCAN_TAG ? too_long : NULL;
}

/* One byte of what begins with "<!", of a comment, CDATA or a declaration. */
static const char *take_other(zp_scan *s, char c)
{
	static const char cdata[] = "[CDATA[";
	char a = s->last[0], b = s->last[1];
	s->last[0] = b;
	s->last[1] = c;
	if (++s->n > ZP_SCAN_RUN)
		return long_run;
	switch (s->where) {
	case ZP_SCAN_BANG:
		if (s->n == 2 && b == '-' && c == '-')
			begin(s, ZP_SCAN_COMMENT);
		else if (s->n == 7 && c == '[')
			begin(s, ZP_SCAN_CDATA);
		else if (!(s->n == 1 && c == '-') && c != cdata[s->n - 1])
			return "has a document type (<!DOCTYPE and the like); no workbook has one";
		break;
	case ZP_SCAN_COMMENT:
		if (a == '-' && b == '-' && c == '>')
			begin(s, ZP_SCAN_TEXT);
		break;
	case ZP_SCAN_CDATA:
		if (a == ']' && b == ']' && c == '>')
			begin(s, ZP_SCAN_TEXT);
		break;
	default: /* ZP_SCAN_DECLARATION */
		if (s->n > sizeof s->declaration)
			return "has a processing instruction (<?); no workbook has one";
		s->declaration[s->n - 1] = c;
		if (b == '?' && c == '>') {
			const char *why = check_declaration(s);
			begin(s, ZP_SCAN_TEXT);
			return why;
		}
	}
	return NULL;
}

/* The byte behind '<'. */
static const char *take_open(zp_scan *s, char c)
{
	bool first = s->n == 1; /* nothing stands before it */
	if (c == '>' || c == '<' || c == '"' || c == '\'')
		return "is not well-formed: a tag has no name";
	if (c == '!') {
		begin(s, ZP_SCAN_BANG);
	} else if (c == '?') {
		if (!first)
			return "has a processing instruction (<?); no workbook has one";
		begin(s, ZP_SCAN_DECLARATION);
	} else {
		begin(s, ZP_SCAN_IN_TAG);
		s->closes = c == '/';
		s->last[1] = c;
	}
	return NULL;
}

const char *zp_scan_take(zp_scan *s, const char *bytes, size_t n)
{
	const char *p = bytes, *end = bytes + n, *why = NULL;
	if (!is_text(s, bytes, n))
		return not_text;
	bool first = !s->begun;
	s->begun |= n > 0;
	if (first && n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	const char *start = p;
	while (p < end && !why) {
		if (s->where == ZP_SCAN_TEXT) {
			const char *tag = memchr(p, '<', (size_t)(end - p));
			s->n += (uint32_t)((tag ? tag : end) - p);
			if (s->n > ZP_SCAN_RUN)
				return long_run;
			p = tag ? tag + 1 : end;
			if (tag) {
				s->where = ZP_SCAN_OPEN;
				s->n = first && tag == start;
			}
		} else if (s->where == ZP_SCAN_IN_TAG)
			why = take_tag(s, &p, end);
		else if (s->where == ZP_SCAN_OPEN)
			why = take_open(s, *p++);
		else
			why = take_other(s, *p++);
	}
	return why;
}
