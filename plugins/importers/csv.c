/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as separated text. How lines are split is told in base/csv.h, what they mean in layout.h. */
#include "layout.h"

static const zp_text no_sheet = { NULL, 0 };

/* The place in a block of lines. */
typedef struct lines {
	const char *p, *end; /* what is still to be read */
	const char *from, *last; /* the line, without its end */
	long number;             /* of the line */
} lines;

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

/* Split a line. Gives: false when it cannot be split; the reason is reported. */
static bool split(const zp_sink *sink, const lines *f, char delimiter, char **scratch, zp_csv_cells *out)
{
	zp_csv_fault fault = zp_csv_split(f->from, f->last, delimiter, scratch, out);
	if (fault != ZP_CSV_FINE)
		sink->problem(sink->self, no_sheet, f->number, (long)out->n, "%s", zp_csv_says(fault));
	return fault == ZP_CSV_FINE;
}

/* The separator that makes most names of the header known; it is found in the header alone. */
static char find_delimiter(const lines *f, char *scratch)
{
	static const char candidates[] = { ',', ';', '\t' };
	char best = ',';
	size_t most = 0;
	for (size_t i = 0; i < sizeof candidates; i++) {
		zp_csv_cells c;
		char *room = scratch;
		if (zp_csv_split(f->from, f->last, candidates[i], &room, &c) != ZP_CSV_FINE)
			continue;
		size_t n = zp_layout_known(c.at, c.n);
		if (n > most)
			most = n, best = candidates[i];
	}
	return best;
}

static void say_nothing(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	(void)self, (void)sheet, (void)line, (void)column, (void)fmt;
}

static void put_nothing(void *self, const zp_raw *raw) { (void)self, (void)raw; }

/* Read lines into the layout until its header is there, and whatever else later lines depend on.
 * Gives: false when there is no good header, which was told. */
static bool read_head(lines *f, const zp_sink *sink, bool all, char **scratch, zp_layout *l, char *delimiter)
{
	zp_csv_cells c;
	while ((l->state == ZP_LAYOUT_ABOVE_HEADER || (all && !zp_layout_settled(l))) && next_line(f)) {
		if (zp_csv_blank(f->from, f->last))
			continue;
		if (l->state == ZP_LAYOUT_ABOVE_HEADER) {
			*delimiter = find_delimiter(f, *scratch);
			if (memchr(f->from, '\r', (size_t)(f->last - f->from))) {
				sink->problem(sink->self, no_sheet, f->number, 0, "a carriage return stands inside the line; expected lines that end "
					      "with a line feed");
				return false;
			}
		}
		bool whole = split(sink, f, *delimiter, scratch, &c);
		if (!whole && l->state == ZP_LAYOUT_ABOVE_HEADER)
			return false;
		if (whole && !zp_layout_row(l, f->number, c.at, c.n))
			return false;
	}
	if (l->state == ZP_LAYOUT_ABOVE_HEADER)
		zp_layout_end(l);
	return l->state == ZP_LAYOUT_ROWS;
}

static void csv(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	static const zp_sink quiet = { NULL, put_nothing, say_nothing, say_nothing };
	zp_layout l;
	bool first = source->first_line == 1;
	char *scratch = NULL, delimiter = ','; /* only quoted cells need scratch */
	if (memchr(source->block.p, '"', source->block.n) || memchr(source->head.p, '"', source->head.n))
		scratch = host->take(host, source->block.n + source->head.n);
	lines head = { .p = source->head.p, .end = source->head.p + source->head.n };
	zp_layout_open(&l, host, first ? sink : &quiet, no_sheet);
	if (!read_head(&head, l.sink, !first, &scratch, &l, &delimiter)) {
		if (!first) /* what is wrong was said with the first block */
			sink->problem(sink->self, no_sheet, source->first_line, 0, "the lines from here on were not read, for want of a header");
		return;
	}
	l.sink = sink;
	lines rest = { .p = source->block.p, .end = source->block.p + source->block.n, .number = source->first_line - 1 };
	zp_csv_cells c;
	for (lines *f = first ? &head : &rest; next_line(f);)
		if (!zp_csv_blank(f->from, f->last) && split(sink, f, delimiter, &scratch, &c) && !zp_layout_row(&l, f->number, c.at, c.n))
			return;
}

static const zp_importer does = { .ending = "csv", .read = csv };

ZP_PLUGIN(csv) = {
	ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "csv", .version = "1",
	.cites = "RFC 4180",
	.says = "comma, semicolon or tab separated text: one row per value, a laboratory's grid, or its transpose",
	.does.importer = &does,
};
