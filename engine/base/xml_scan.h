/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at the bytes of an XML file before a parser sees them; header-only, so that importers and the engine share it.
 * libxml2 has no limit on the attributes of a tag and takes its time with them; a document type can invent attributes that no
 * file holds. Both end here, and so does anything but UTF-8. What is merely not well-formed is left to the parser, which says
 * it better. */
#ifndef ZP_BASE_XML_SCAN_H
#define ZP_BASE_XML_SCAN_H

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>
#include "base/text.h"

#define ZP_XML_BYTES (16u << 20) /* a file */
#define ZP_XML_TAG (64u << 10)   /* a tag; libxml2 needs time in the square of its attributes */
#define ZP_XML_DEPTH 16u

/* Where an element begins; both from 1, the column counts characters. 0: the file as a whole. */
typedef struct zp_place { uint32_t line, column; } zp_place;

typedef struct zp_xml_scanner {
	const char *begin, *p, *end;
	const char *counted; /* line and column are of this place */
	uint32_t line, column, depth;
	uint32_t attributes_most, elements_most;
	size_t n;            /* start tags seen */
	char fault[200];     /* why the file may not be parsed, a sentence without its subject's place */
	zp_place at;         /* of the start tag, or of the fault */
} zp_xml_scanner;

typedef enum zp_xml_step { ZP_XML_START, ZP_XML_END, ZP_XML_FAULT } zp_xml_step;

/* Bring line and column to `to`, which is never behind. */
static inline zp_place zp_xml_place(zp_xml_scanner *s, const char *to)
{
	for (; s->counted < to; s->counted++) {
		if (*s->counted == '\n')
			s->line++, s->column = 1;
		else if (((unsigned char)*s->counted & 0xC0) != 0x80)
			s->column++;
	}
	return (zp_place){ s->line, s->column };
}

static inline zp_xml_step zp_xml_refuse(zp_xml_scanner *s, const char *at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static inline zp_xml_step zp_xml_refuse(zp_xml_scanner *s, const char *at, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(s->fault, sizeof s->fault, fmt, args);
	va_end(args);
	s->at = at ? zp_xml_place(s, at) : (zp_place){ 0, 0 };
	return ZP_XML_FAULT;
}

static inline bool zp_xml_begins(const zp_xml_scanner *s, const char *text)
{
	size_t n = strlen(text);
	return (size_t)(s->end - s->p) >= n && memcmp(s->p, text, n) == 0;
}

/* Step behind the closing mark; to the end when there is none. */
static inline void zp_xml_skip_past(zp_xml_scanner *s, const char *mark)
{
	size_t n = strlen(mark);
	const char *found = memmem(s->p, (size_t)(s->end - s->p), mark, n);
	s->p = found ? found + n : s->end;
}

static inline bool zp_xml_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* Declared in the first line: nothing, or UTF-8. */
static inline zp_xml_step zp_xml_declaration(zp_xml_scanner *s)
{
	if (!zp_xml_begins(s, "<?xml") || s->end - s->p < 6 || !zp_xml_blank(s->p[5]))
		return ZP_XML_START;
	const char *from = s->p;
	zp_xml_skip_past(s, "?>");
	const char *word = memmem(from, (size_t)(s->p - from), "encoding", 8);
	if (!word)
		return ZP_XML_START;
	const char *value = word + 8;
	while (value < s->p && (zp_xml_blank(*value) || *value == '='))
		value++;
	const char *stop = value + 1;
	while (stop < s->p && *stop != *value)
		stop++;
	size_t n = stop > value ? (size_t)(stop - value - 1) : 0;
	if (n == 5 && strncasecmp(value + 1, "UTF-8", 5) == 0)
		return ZP_XML_START;
	return zp_xml_refuse(s, word, "the file declares the encoding \"%.*s\"; expected UTF-8", (int)(n < 40 ? n : 40), value + 1);
}

/* The tag at s->p. Gives: its last byte, '>' or the end of the file; NULL when it is too long or too full. */
static inline const char *zp_xml_tag_end(zp_xml_scanner *s)
{
	const char *from = s->p, *p = from;
	uint32_t attributes = 0;
	char quote = '\0';
	for (; p < s->end && (quote || *p != '>'); p++) {
		if ((size_t)(p - from) >= ZP_XML_TAG) {
			zp_xml_refuse(s, from, "this tag is longer than %u KiB; expected a shorter one", ZP_XML_TAG >> 10);
			return NULL;
		}
		if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '=')
			attributes++;
	}
	if (attributes > s->attributes_most) {
		zp_xml_refuse(s, from, "this element has %u attributes; expected at most %u", attributes, s->attributes_most);
		return NULL;
	}
	return p;
}

/* Gives: ZP_XML_END when it was an end tag, and the scan goes on. */
static inline zp_xml_step zp_xml_tag(zp_xml_scanner *s)
{
	bool closes = zp_xml_begins(s, "</");
	if (!closes && s->n == s->elements_most)
		return zp_xml_refuse(s, s->p, "the file has more than %u elements; no file of this program is that long", s->elements_most);
	if (!closes)
		s->at = zp_xml_place(s, s->p);
	const char *last = zp_xml_tag_end(s);
	if (!last)
		return ZP_XML_FAULT;
	bool empty = last < s->end && last[-1] == '/';
	if (!closes && s->depth == ZP_XML_DEPTH) /* an empty element lies in the others, too */
		return zp_xml_refuse(s, s->p, "elements lie more than %u deep in each other; expected at most %u", ZP_XML_DEPTH, ZP_XML_DEPTH);
	if (closes)
		s->depth -= s->depth > 0;
	else
		s->depth += !empty;
	s->p = last < s->end ? last + 1 : last;
	s->n += !closes;
	return closes ? ZP_XML_END : ZP_XML_START;
}

/* UTF-8 and nothing else, no NUL. Gives: ZP_XML_START when it is. */
static inline zp_xml_step zp_xml_text(zp_xml_scanner *s)
{
	size_t n = (size_t)(s->end - s->begin), valid;
	const char *nul;
	if (n == 0)
		return zp_xml_refuse(s, NULL, "is empty; expected XML");
	if (n >= 2 && (memcmp(s->begin, "\xff\xfe", 2) == 0 || memcmp(s->begin, "\xfe\xff", 2) == 0))
		return zp_xml_refuse(s, NULL, "is UTF-16; expected UTF-8");
	if ((nul = memchr(s->begin, '\0', n)))
		return zp_xml_refuse(s, nul, "holds a NUL byte; expected text in UTF-8");
	if ((valid = zp_utf8_valid(s->begin, n)) < n)
		return zp_xml_refuse(s, s->begin + valid, "is not UTF-8 from here on (byte %02X); expected UTF-8", (unsigned char)s->begin[valid]);
	return ZP_XML_START;
}

/* Needs: bytes without a byte order mark. Gives: a scanner whose first step looks at them all. */
static inline zp_xml_scanner zp_xml_scanner_of(zp_text bytes, uint32_t attributes_most, uint32_t elements_most)
{
	return (zp_xml_scanner){ .begin = bytes.p, .p = bytes.p, .end = bytes.p + bytes.n, .counted = bytes.p, .line = 1, .column = 1,
				 .attributes_most = attributes_most, .elements_most = elements_most };
}

/* The next start tag: s->at is its place. ZP_XML_FAULT: s->fault says at s->at why the file may not be parsed. */
static inline zp_xml_step zp_xml_next(zp_xml_scanner *s)
{
	if (s->p == s->begin && s->n == 0) {
		zp_xml_step first = zp_xml_text(s);
		if (first != ZP_XML_START || (first = zp_xml_declaration(s)) != ZP_XML_START)
			return first;
	}
	while (s->p < s->end && (s->p = memchr(s->p, '<', (size_t)(s->end - s->p)))) {
		if (zp_xml_begins(s, "<!--")) {
			s->p += strlen("<!--"); /* "<!-->" is no comment yet */
			zp_xml_skip_past(s, "-->");
		} else if (zp_xml_begins(s, "<![CDATA[")) {
			zp_xml_skip_past(s, "]]>");
		} else if (zp_xml_begins(s, "<!")) {
			return zp_xml_refuse(s, s->p, "a document type (\"<!DOCTYPE\" and the like) is not accepted; expected elements only");
		} else if (zp_xml_begins(s, "<?")) {
			return zp_xml_refuse(s, s->p, "a processing instruction (\"<?\") is not accepted; expected elements only");
		} else {
			zp_xml_step step = zp_xml_tag(s);
			if (step != ZP_XML_END)
				return step;
		}
	}
	s->p = s->end;
	return s->n ? ZP_XML_END : zp_xml_refuse(s, NULL, "holds no element; expected XML");
}

#endif
