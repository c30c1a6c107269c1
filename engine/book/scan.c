/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at the bytes of an XML file before a parser sees them. libxml2 has no limit on the attributes of a
 * tag and takes its time with them; a document type can invent attributes that no file holds. Both end here.
 * What is merely not well-formed is left to the parser, which says it better. */
#include <strings.h>
#include "book/xml.h"

typedef struct scan {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
	const char *begin, *p, *end;
	const char *counted; /* line and column are of this place */
	uint32_t line, column;
	uint32_t depth;
	zp_place *places;
	size_t n, room;
} scan;

/* Bring line and column to `to`, which is never behind. */
static zp_place place_of(scan *s, const char *to)
{
	for (; s->counted < to; s->counted++) {
		if (*s->counted == '\n')
			s->line++, s->column = 1;
		else if (((unsigned char)*s->counted & 0xC0) != 0x80)
			s->column++;
	}
	return (zp_place){ s->line, s->column };
}

#define refuse(s, at, ...) \
	do { \
		zp_place refused_at = place_of((s), (at)); \
		zp_problem_add((s)->problems, (s)->file, refused_at.line, refused_at.column, __VA_ARGS__); \
	} while (0)

static bool begins(const scan *s, const char *text)
{
	size_t n = strlen(text);
	return (size_t)(s->end - s->p) >= n && memcmp(s->p, text, n) == 0;
}

/* Step behind the closing mark; to the end when there is none. */
static void skip_past(scan *s, const char *mark)
{
	size_t n = strlen(mark);
	const char *found = memmem(s->p, (size_t)(s->end - s->p), mark, n);
	s->p = found ? found + n : s->end;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Declared in the first line: nothing, or UTF-8. */
static bool take_declaration(scan *s)
{
	if (!begins(s, "<?xml") || s->end - s->p < 6 || !is_blank(s->p[5]))
		return true;
	const char *from = s->p;
	skip_past(s, "?>");
	const char *word = memmem(from, (size_t)(s->p - from), "encoding", 8);
	if (!word)
		return true;
	const char *value = word + 8;
	while (value < s->p && (is_blank(*value) || *value == '='))
		value++;
	const char *stop = value + 1;
	while (stop < s->p && *stop != *value)
		stop++;
	zp_text name = { value + 1, stop > value ? (size_t)(stop - value - 1) : 0 };
	if (name.n == 5 && strncasecmp(name.p, "UTF-8", 5) == 0)
		return true;
	refuse(s, word, "the file declares the encoding \"%s\"; expected UTF-8", zp_text_show(s->arena, name));
	return false;
}

static bool note_start(scan *s)
{
	if (s->n == ZP_XML_ELEMENTS) {
		refuse(s, s->p, "the file has more than %u elements; no file of this program is that long", ZP_XML_ELEMENTS);
		return false;
	}
	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 64;
		zp_place *more = zp_take(s->arena, zp_place, room);
		if (s->n)
			memcpy(more, s->places, s->n * sizeof *more);
		s->places = more;
		s->room = room;
	}
	s->places[s->n++] = place_of(s, s->p);
	return true;
}

/* The tag at s->p. Gives: its last byte, '>' or the end of the file; NULL when it is too long or too full. */
static const char *tag_end(scan *s)
{
	const char *from = s->p, *p = from;
	unsigned attributes = 0;
	char quote = '\0';
	for (; p < s->end && (quote || *p != '>'); p++) {
		if ((size_t)(p - from) >= ZP_XML_TAG) {
			refuse(s, from, "this tag is longer than %u KiB; expected a shorter one", ZP_XML_TAG >> 10);
			return NULL;
		}
		if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '=')
			attributes++;
	}
	if (attributes > ZP_XML_ATTRIBUTES) {
		refuse(s, from, "this element has %u attributes; expected at most %u", attributes, ZP_XML_ATTRIBUTES);
		return NULL;
	}
	return p;
}

static bool take_tag(scan *s)
{
	bool closes = begins(s, "</");
	if (!closes && !note_start(s))
		return false;
	const char *last = tag_end(s);
	if (!last)
		return false;
	bool empty = last < s->end && last[-1] == '/';
	if (closes)
		s->depth -= s->depth > 0;
	else if (!empty && ++s->depth > ZP_XML_DEPTH) {
		refuse(s, s->p, "elements lie more than %u deep in each other; expected at most %u", ZP_XML_DEPTH, ZP_XML_DEPTH);
		return false;
	}
	s->p = last < s->end ? last + 1 : last;
	return true;
}

static bool take_markup(scan *s)
{
	if (begins(s, "<!--")) {
		s->p += strlen("<!--"); /* "<!-->" is no comment yet */
		skip_past(s, "-->");
		return true;
	}
	if (begins(s, "<![CDATA[")) {
		skip_past(s, "]]>");
		return true;
	}
	if (begins(s, "<!")) {
		refuse(s, s->p, "a document type (\"<!DOCTYPE\" and the like) is not accepted; expected elements only");
		return false;
	}
	if (begins(s, "<?")) {
		refuse(s, s->p, "a processing instruction (\"<?\") is not accepted; expected elements only");
		return false;
	}
	return take_tag(s);
}

/* UTF-8 and nothing else, no NUL. */
static bool is_text(scan *s)
{
	size_t n = (size_t)(s->end - s->begin), valid = zp_utf8_valid(s->begin, n);
	if (n >= 2 && (memcmp(s->begin, "\xff\xfe", 2) == 0 || memcmp(s->begin, "\xfe\xff", 2) == 0))
		zp_problem_add(s->problems, s->file, 0, 0, "is UTF-16; expected UTF-8");
	else if (memchr(s->begin, '\0', n))
		refuse(s, (const char *)memchr(s->begin, '\0', n), "holds a NUL byte; expected text in UTF-8");
	else if (valid < n)
		refuse(s, s->begin + valid, "is not UTF-8 from here on (byte %02X); expected UTF-8", (unsigned char)s->begin[valid]);
	else
		return true;
	return false;
}

const zp_place *zp_xml_scan(zp_arena *arena, zp_text bytes, const char *file, size_t *n, zp_problems *problems)
{
	scan s = { .arena = arena, .file = file, .problems = problems, .begin = bytes.p, .p = bytes.p,
		   .end = bytes.p + bytes.n, .counted = bytes.p, .line = 1, .column = 1 };
	if (bytes.n == 0) {
		zp_problem_add(problems, file, 0, 0, "is empty; expected XML");
		return NULL;
	}
	if (!is_text(&s) || !take_declaration(&s))
		return NULL;
	while ((s.p = memchr(s.p, '<', (size_t)(s.end - s.p))))
		if (!take_markup(&s))
			return NULL;
	if (s.n == 0) {
		zp_problem_add(problems, file, 0, 0, "holds no element; expected XML");
		return NULL;
	}
	*n = s.n;
	return s.places;
}
