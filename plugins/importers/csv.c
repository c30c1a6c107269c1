/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as separated text. How lines are split is told in base/csv.h, what they mean in layout.h. */
#include "layout.h"

#define RUN_ON_LINES 16     /* how far a cell that runs over lines is followed */
#define SCRATCH (64u << 10) /* taken at a time for cells with doubled quotes */

static const zp_text no_sheet = { NULL, 0 };
static const char delimiters[] = { ',', ';', '\t' };

/* Reading a block of lines. */
typedef struct lines {
	const zp_host *host;
	const zp_sink *sink;
	const char *p, *end;     /* what is still to be read */
	const char *from, *last; /* the line, without its end */
	long number;             /* of the line */
	char delimiter;
	bool quotes;             /* the block has some */
	char *scratch;           /* for the next cell with doubled quotes */
	size_t left;             /* bytes of it */
} lines;

static lines lines_of(const zp_host *host, const zp_sink *sink, zp_text bytes, long first)
{
	return (lines){ .host = host, .sink = sink, .p = bytes.p, .end = bytes.p + bytes.n, .number = first - 1, .delimiter = ',',
			.quotes = bytes.n && memchr(bytes.p, '"', bytes.n) };
}

static bool next_line(lines *f)
{
	if (f->p >= f->end)
		return false;
	const char *stop = zp_csv_line_end(f->p, f->end);
	f->from = f->p;
	f->last = stop > f->p && stop[-1] == '\r' ? stop - 1 : stop;
	f->p = stop < f->end ? stop + 1 : f->end;
	f->number++;
	return true;
}

#define tell(f, column, ...) (f)->sink->problem((f)->sink->self, no_sheet, (f)->number, (column), __VA_ARGS__)

static zp_csv_fault split_by(lines *f, char delimiter, zp_csv_cells *out)
{
	size_t n = (size_t)(f->last - f->from);
	char *none = NULL, *begin;
	if (!f->quotes || !memchr(f->from, '"', n))
		return zp_csv_split(f->from, f->last, delimiter, &none, out);
	if (f->left < n) {
		f->left = n < SCRATCH ? SCRATCH : n;
		f->scratch = f->host->take(f->host, f->left);
	}
	begin = f->scratch;
	zp_csv_fault fault = zp_csv_split(f->from, f->last, delimiter, &f->scratch, out);
	f->left -= (size_t)(f->scratch - begin);
	return fault;
}

/* A quote is open at the end of the line. When a line soon after it closes one, those lines may be ONE cell, and what looks
 * like rows in it may be no rows: they are told and not read. A quote that nothing closes costs its own line only. */
static void pass_over_cell(lines *f)
{
	lines ahead = *f;
	long opened = f->number;
	for (int k = 0; k < RUN_ON_LINES && next_line(&ahead); k++) {
		size_t quotes = 0;
		for (const char *p = ahead.from; p < ahead.last && (p = memchr(p, '"', (size_t)(ahead.last - p))); p++)
			quotes++;
		if (quotes % 2 == 0)
			continue;
		while (f->number < ahead.number) {
			next_line(f);
			tell(f, 0, "the line may belong to the cell whose quote is opened in line %ld, and is not read; expected no cell that runs "
			     "over lines", opened);
		}
		return;
	}
}

/* Split a line. Gives: false when it cannot be split; the reason is reported. */
static bool split(lines *f, zp_csv_cells *out)
{
	zp_csv_fault fault = split_by(f, f->delimiter, out);
	if (fault == ZP_CSV_FINE)
		return true;
	tell(f, (long)out->n, "%s", zp_csv_says(fault));
	if (fault == ZP_CSV_OPEN_QUOTE)
		pass_over_cell(f);
	return false;
}

static const char *name_of(char delimiter)
{
	return delimiter == ',' ? "comma" : delimiter == ';' ? "semicolon" : "tab";
}

/* ---- lines that do not have as many cells as the header ---- */

/* A break of the line that is not ours inside the line, and its name; NULL when there is none. */
static const char *other_break(const lines *f)
{
	static const struct { const char *bytes, *name; } breaks[] = {
		{ "\r", "a carriage return" }, { "\xE2\x80\xA8", "a line separator (U+2028)" }, { "\xE2\x80\xA9", "a paragraph separator (U+2029)" },
		{ "\xC2\x85", "a next-line character (U+0085)" }, { "\v", "a vertical tab (U+000B)" }, { "\f", "a form feed (U+000C)" },
	};
	for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
		if (memmem(f->from, (size_t)(f->last - f->from), breaks[i].bytes, strlen(breaks[i].bytes)))
			return breaks[i].name;
	return NULL;
}

static size_t digits_at(zp_text t, size_t i)
{
	size_t n = 0;
	while (i + n < t.n && t.p[i + n] >= '0' && t.p[i + n] <= '9')
		n++;
	return n;
}

/* Two cells that may have been one number with a decimal comma: the first of them, 0 when there are none. */
static size_t halves(const zp_layout *l, const zp_csv_cells *c)
{
	for (size_t i = l->first_value; i + 1 < c->n; i++) {
		zp_text a = zp_csv_trim(c->at[i]), b = zp_csv_trim(c->at[i + 1]);
		size_t sign = a.n && memchr("+-<>", a.p[0], 4) != NULL;
		if (a.n > sign && a.n < 12 && b.n && b.n < 12 && digits_at(a, sign) == a.n - sign && digits_at(b, 0) == b.n)
			return i + 1;
		if (l->kind == ZP_LAYOUT_LONG)
			break; /* one column of values */
	}
	return 0;
}

static void tell_count(lines *f, const zp_layout *l, const zp_csv_cells *c)
{
	const char *other = other_break(f);
	size_t half = f->delimiter == ',' && c->n > l->n ? halves(l, c) : 0;
	zp_csv_cells by_other;
	if (f->last - f->from == 1 && *f->from == 0x1A) {
		tell(f, 0, "the end mark of old editors (Ctrl-Z, U+001A) stands here; expected nothing behind the last line");
		return;
	}
	if (other) {
		tell(f, 0, "%s stands inside the line; expected lines that end with a line feed", other);
		return;
	}
	for (size_t i = 0; i < sizeof delimiters && c->n == 1; i++)
		if (delimiters[i] != f->delimiter && split_by(f, delimiters[i], &by_other) == ZP_CSV_FINE && by_other.n == l->n) {
			tell(f, 0, "cells of this line are separated by %s, those of the header by %s; expected one of them in the whole file",
			     name_of(delimiters[i]), name_of(f->delimiter));
			return;
		}
	char hint[128] = "";
	if (half)
		snprintf(hint, sizeof hint, "; perhaps \"%.*s,%.*s\" is one number with a decimal comma: expected a point", (int)c->at[half - 1].n,
			 c->at[half - 1].p, (int)c->at[half].n, c->at[half].p);
	else if (c->n < l->n && f->p == f->end && f->end[-1] != '\n')
		snprintf(hint, sizeof hint, "; the file ends here and may have been cut off");
	tell(f, (long)half, "the line has %zu cell%s; the header has %zu%s", c->n, c->n == 1 ? "" : "s", l->n, hint);
}

/* The file's last line, without an end, and a number that waits for more digits: "12." of 12.34. */
static bool is_cut_off(const lines *f, const zp_layout *l, const zp_csv_cells *c)
{
	zp_text last = c->at[c->n - 1];
	int column = l->column[c->n - 1];
	return f->p == f->end && f->end[-1] != '\n' && last.n > 1 && last.p[last.n - 1] == '.' &&
	       (column == ZP_FIELD_VALUE || column < 0 || column == ZP_FIELD_UNCERTAINTY || column == ZP_FIELD_INDEX || column == ZP_FIELD_LOD);
}

/* ---- the file ---- */

/* Names known in the line, by each separator: the best one, and how many it makes known. */
static size_t best_of(lines *f, size_t (*known)(const zp_text *, size_t), char *best, char declared, size_t *of_declared)
{
	size_t most = 0;
	*of_declared = 0;
	for (size_t i = 0; i < sizeof delimiters; i++) {
		zp_csv_cells c;
		size_t n = split_by(f, delimiters[i], &c) == ZP_CSV_FINE ? known(c.at, c.n) : 0;
		if (n > most)
			most = n, *best = delimiters[i];
		if (delimiters[i] == declared)
			*of_declared = n;
	}
	return most;
}

/* The separator of the file: what is declared, or the one that makes most names of the header known. The header is the first line
 * that can be one; where there is none, the first line that names anything stands for it.
 * Gives: false when the header has another separator than is declared, which is told. */
static bool find_delimiter(lines *f, char declared)
{
	size_t of_declared, most = 0;
	char best = ',';
	for (int turn = 0; turn < 2 && !most; turn++) {
		lines ahead = *f;
		while (!most && ahead.number < ZP_LAYOUT_ABOVE + 1 && next_line(&ahead))
			most = best_of(&ahead, turn ? zp_layout_known : zp_layout_header_known, &best, declared, &of_declared);
		if (declared && most > 1 && of_declared < most) {
			f->number = ahead.number;
			tell(f, 0, "cells are separated by %s here, and round.xml says %s", name_of(best), name_of(declared));
			return false;
		}
	}
	f->delimiter = declared ? declared : best;
	return true;
}

static bool read_line(lines *f, zp_layout *l)
{
	zp_csv_cells c;
	if (zp_csv_blank(f->from, f->last))
		return true;
	if (!split(f, &c))
		return zp_layout_skip(l, NULL, 0);
	const size_t written = c.n;
	while (c.n > l->n && zp_csv_trim(c.at[c.n - 1]).n == 0)
		c.n--; /* spreadsheets add empty cells at the end */
	if (written > l->n_written && c.n == l->n && f->delimiter == ',' && halves(l, &c))
		c.n = written; /* and to all lines as many: here decimal commas may have pushed empty columns out */
	if (c.n == l->n && !is_cut_off(f, l, &c))
		return zp_layout_row(l, f->number, c.at, c.n);
	if (c.n == l->n)
		tell(f, (long)c.n, "the file ends here with \"%.*s\" and may have been cut off; expected a line feed behind the last line",
		     (int)(c.at[c.n - 1].n < 40 ? c.at[c.n - 1].n : 40), c.at[c.n - 1].p);
	else if (!zp_layout_is_note(c.at, c.n))
		tell_count(f, l, &c);
	else
		return true;
	return zp_layout_skip(l, c.at, c.n);
}

/* A line above the header, or the header. */
static bool read_above(lines *f, zp_layout *l)
{
	zp_csv_cells c;
	if (zp_csv_blank(f->from, f->last))
		return true;
	const char *other = other_break(f);
	if (other) {
		tell(f, 0, "%s stands inside the line; expected lines that end with a line feed", other);
		return false;
	}
	return split(f, &c) && zp_layout_row(l, f->number, c.at, c.n);
}

static void say_nothing(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	(void)self, (void)sheet, (void)line, (void)column, (void)fmt;
}

static void put_nothing(void *self, const zp_raw *raw) { (void)self, (void)raw; }

/* Read lines until the header is there and, with `all`, whatever else later lines depend on.
 * Gives: false when there is no good header, which was told. */
static bool read_head(lines *f, zp_layout *l, char declared, bool all)
{
	if (!find_delimiter(f, declared))
		return false;
	while (l->state == ZP_LAYOUT_ABOVE_HEADER && next_line(f))
		if (!read_above(f, l))
			return false;
	while (all && !zp_layout_settled(l) && next_line(f))
		if (!read_line(f, l))
			return false;
	if (l->state == ZP_LAYOUT_ABOVE_HEADER)
		zp_layout_end(l);
	return l->state == ZP_LAYOUT_ROWS;
}

static void csv(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	static const zp_sink quiet = { NULL, put_nothing, say_nothing, say_nothing };
	bool first = source->first_line == 1;
	lines head = lines_of(host, first ? sink : &quiet, source->head, 1), rest = head;
	zp_layout l;
	zp_layout_open(&l, host, head.sink, no_sheet);
	if (!read_head(&head, &l, source->delimiter, !first) || (!first && !zp_layout_settled(&l))) {
		if (!first) /* what is wrong was said with the first block */
			sink->problem(sink->self, no_sheet, source->first_line, 0, "the lines from here on were not read, for want of a header");
		return;
	}
	l.sink = sink;
	if (!first) {
		rest = lines_of(host, sink, source->block, source->first_line);
		rest.delimiter = head.delimiter;
	}
	for (lines *f = first ? &head : &rest; next_line(f);)
		if (!read_line(f, &l))
			return;
}

static const zp_importer does = { .ending = "csv", .read = csv };

ZP_PLUGIN(csv) = {
	ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "csv", .version = "1",
	.cites = "RFC 4180",
	.says = "comma, semicolon or tab separated text: one row per value, a laboratory's grid, or its transpose",
	.does.importer = &does,
};
