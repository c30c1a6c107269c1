/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of comma-separated text (RFC 4180), header-only so that importers and the engine share it.
 *
 * One rule more than the RFC: no field runs over the end of its line. An open quote then costs its own
 * line and can never swallow the next laboratory's.
 */
#ifndef ZP_BASE_CSV_H
#define ZP_BASE_CSV_H

#include "base/text.h"

#define ZP_CSV_COLUMNS 256

typedef struct zp_csv_cells {
	zp_text at[ZP_CSV_COLUMNS];
	size_t n;
} zp_csv_cells;

/* Why a line cannot be split; the cell it happened in is the last one counted. */
typedef enum zp_csv_fault { ZP_CSV_FINE, ZP_CSV_TOO_MANY, ZP_CSV_OPEN_QUOTE, ZP_CSV_AFTER_QUOTE, ZP_CSV_STRAY_QUOTE } zp_csv_fault;

static inline const char *zp_csv_says(zp_csv_fault fault)
{
	switch (fault) {
	case ZP_CSV_TOO_MANY: return "the line has more than 256 cells";
	case ZP_CSV_OPEN_QUOTE: return "a quote is opened here and not closed on its line";
	case ZP_CSV_AFTER_QUOTE: return "characters follow the closing quote; expected the end of the cell";
	case ZP_CSV_STRAY_QUOTE: return "a quote stands inside a cell that does not begin with one; expected the cell in quotes, and the quote twice";
	default: return "";
	}
}

static inline zp_text zp_csv_trim(zp_text t)
{
	while (t.n && (*t.p == ' ' || *t.p == '\t'))
		t.p++, t.n--;
	while (t.n && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t'))
		t.n--;
	return t;
}

/* The end of the line that starts at p: its '\n', or `end`. */
static inline const char *zp_csv_line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));
	return newline ? newline : end;
}

/* Nothing but blanks and separators. */
static inline bool zp_csv_blank(const char *p, const char *end)
{
	for (; p < end; p++)
		if (*p != ' ' && *p != '\t' && *p != ',' && *p != ';')
			return false;
	return true;
}

/* Split the line [p, end), which holds no line break.
 *
 * Needs: *scratch points to at least as many bytes as the line has; it moves forward over what cells
 *        with doubled quotes take of it. NULL says that the line has no quote.
 */
static inline zp_csv_fault zp_csv_split(const char *p, const char *end, char delimiter, char **scratch, zp_csv_cells *out)
{
	out->n = 0;
	for (;;) {
		if (out->n == ZP_CSV_COLUMNS)
			return ZP_CSV_TOO_MANY;
		zp_text *cell = &out->at[out->n++];
		if (p < end && *p == '"') {
			const char *from = ++p;
			char *to = *scratch;
			bool doubled = false;
			for (;; p++) {
				if (p == end)
					return ZP_CSV_OPEN_QUOTE;
				if (*p == '"') {
					if (p + 1 == end || p[1] != '"')
						break;
					doubled = true;
					p++;
				}
				*to++ = *p;
			}
			*cell = doubled ? (zp_text){ *scratch, (size_t)(to - *scratch) } : (zp_text){ from, (size_t)(p - from) };
			if (doubled)
				*scratch = to;
			if (++p < end && *p != delimiter)
				return ZP_CSV_AFTER_QUOTE;
		} else {
			const char *from = p;
			while (p < end && *p != delimiter)
				p++;
			*cell = (zp_text){ from, (size_t)(p - from) };
			if (*scratch && cell->n && memchr(from, '"', cell->n))
				return ZP_CSV_STRAY_QUOTE;
		}
		if (p == end)
			return ZP_CSV_FINE;
		p++;
	}
}

/* Write a cell: quoted where it must be, and, since people open tables in spreadsheets, with a leading '
 * where a text would begin a formula (= + - @ ' tab return). Numbers are written as they are.
 * Needs: room for 2 * n + 3 bytes. Gives: the length. */
static inline size_t zp_csv_put(char *out, zp_text text)
{
	bool formula = text.n && memchr("=+-@'\t\r", text.p[0], 7), quote = false;
	size_t n = 0;
	for (size_t i = 0; i < text.n && !quote; i++)
		quote = text.p[i] == ',' || text.p[i] == '"' || text.p[i] == '\n' || text.p[i] == '\r';
	if (quote)
		out[n++] = '"';
	if (formula)
		out[n++] = '\'';
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			out[n++] = '"';
		out[n++] = text.p[i];
	}
	if (quote)
		out[n++] = '"';
	return n;
}

/* A cell that zp_csv_put wrote, without the mark before what would be a formula. */
static inline zp_text zp_csv_unguarded(zp_text t)
{
	const bool guarded = t.n >= 2 && t.p[0] == '\'' && memchr("=+-@'\t\r", t.p[1], 7);
	return guarded ? (zp_text){ t.p + 1, t.n - 1 } : t;
}

#endif
