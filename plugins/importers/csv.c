/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as comma-separated text, in two layouts that are recognised by their headers:
 *   long   one row per value;
 *   grid   one row per measurand and one column per sample, a laboratory's own return form.
 * How lines are split is told in base/csv.h. */
#include <stdio.h>
#include "host/plugin.h"

#define PREAMBLE_MOST 16 /* lines before the header of a grid */
#define SAMPLE_COLUMN (-2)
#define IGNORED_COLUMN (-1)

/* Header names by exact table. The first of each row is the one that messages use. */
static const struct { zp_field field; const char *names[10]; } header_names[] = {
	{ ZP_FIELD_LAB, { "lab", "laboratory", "lab code", "实验室编码", "实验室代码", "实验室编号" } },
	{ ZP_FIELD_PROGRAMME, { "programme", "program", "专业", "计划", "计划编码" } },
	{ ZP_FIELD_MEASURAND, { "measurand", "analyte", "项目", "检验项目", "项目编码" } },
	{ ZP_FIELD_SAMPLE, { "sample", "样本", "样本编号", "样品编号", "批号" } },
	{ ZP_FIELD_VALUE, { "value", "result", "结果", "测定结果", "测定值" } },
	{ ZP_FIELD_UNIT, { "unit", "单位" } },
	{ ZP_FIELD_SYSTEM, { "system", "检测系统" } },
	{ ZP_FIELD_INSTRUMENT, { "instrument", "仪器" } },
	{ ZP_FIELD_METHOD, { "method", "方法" } },
	{ ZP_FIELD_REAGENT, { "reagent", "试剂" } },
	{ ZP_FIELD_CALIBRATOR, { "calibrator", "校准品", "校准物" } },
	{ ZP_FIELD_RECEIVED, { "received", "接收时间", "收到时间" } },
	{ ZP_FIELD_UNCERTAINTY, { "uncertainty", "u(x)", "标准不确定度" } },
};
#define HEADER_ROWS (sizeof header_names / sizeof *header_names)

static const zp_text no_sheet = { NULL, 0 };

/* Columns that say nothing about a value. */
static const char *const ignored_names[] = { "序号", "no", "no.", "名称", "name" };
/* Lines before the header that are for people: zhiping template writes them. */
static const char *const ignored_lines[] = { "质评活动", "round", "实验室名称", "lab name", "专业名称", "programme name", "截止时间", "closes" };

/* What a file's head says of the rows below it. */
typedef struct layout {
	char delimiter;
	bool grid;
	size_t n;                     /* columns */
	int column[ZP_CSV_COLUMNS];     /* a zp_field, SAMPLE_COLUMN or IGNORED_COLUMN */
	zp_text sample[ZP_CSV_COLUMNS]; /* the header text of sample columns */
	zp_text lab, programme, received; /* from lines before the header */
	const char *rows;             /* first byte after the header line */
	long header_line;
} layout;

static const char *field_name(zp_field field)
{
	for (size_t i = 0; i < HEADER_ROWS; i++)
		if (header_names[i].field == field)
			return header_names[i].names[0];
	return "?";
}

static bool same_word(zp_text a, const char *b)
{
	if (a.n != strlen(b))
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char c = a.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != b[i])
			return false;
	}
	return true;
}

static int field_of(zp_text name)
{
	for (size_t i = 0; i < HEADER_ROWS; i++)
		for (size_t k = 0; k < 10 && header_names[i].names[k]; k++)
			if (same_word(name, header_names[i].names[k]))
				return (int)header_names[i].field;
	for (size_t i = 0; i < sizeof ignored_names / sizeof *ignored_names; i++)
		if (same_word(name, ignored_names[i]))
			return IGNORED_COLUMN;
	return SAMPLE_COLUMN;
}

/* Split a line. Gives: false when it cannot be split; the reason is reported. */
static bool split(const zp_sink *sink, const char *p, const char *end, char delimiter, char **scratch, long line,
		  zp_csv_cells *out)
{
	zp_csv_fault fault = zp_csv_split(p, end, delimiter, scratch, out);
	if (fault != ZP_CSV_FINE)
		sink->problem(sink->self, no_sheet, line, (long)out->n, "%s", zp_csv_says(fault));
	return fault == ZP_CSV_FINE;
}

/* Fields recognised in these cells; a line with none is no header. */
static size_t recognised(const zp_csv_cells *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += field_of(zp_csv_trim(c->at[i])) >= 0;
	return n;
}

static bool is_for_people(const zp_csv_cells *c)
{
	for (size_t i = 0; i < sizeof ignored_lines / sizeof *ignored_lines; i++)
		if (same_word(zp_csv_trim(c->at[0]), ignored_lines[i]))
			return true;
	return false;
}

/* Whether a line before the header says something of the whole file: `实验室编码,CODE`. */
static zp_text *preamble(layout *l, const zp_csv_cells *c)
{
	if (c->n < 2)
		return NULL;
	for (size_t i = 2; i < c->n; i++)
		if (zp_csv_trim(c->at[i]).n)
			return NULL;
	switch (field_of(zp_csv_trim(c->at[0]))) {
	case ZP_FIELD_LAB: return &l->lab;
	case ZP_FIELD_PROGRAMME: return &l->programme;
	case ZP_FIELD_RECEIVED: return &l->received;
	default: return NULL;
	}
}

static bool need(const zp_sink *sink, const layout *l, unsigned seen, zp_field field)
{
	if (seen & 1u << field)
		return true;
	sink->problem(sink->self, no_sheet, l->header_line, 0, "the header has no column \"%s\"", field_name(field));
	return false;
}

/* As much of a name as a message has room for, cut between characters. */
static int shown(zp_text name)
{
	size_t n = name.n < 80 ? name.n : 80;
	while (n < name.n && n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

/* Give each column its meaning. */
static bool read_header(const zp_sink *sink, layout *l, const zp_csv_cells *c)
{
	unsigned seen = 0;
	bool good = true, known = true;
	l->n = c->n;
	while (l->n > 1 && zp_csv_trim(c->at[l->n - 1]).n == 0)
		l->n--;
	for (size_t i = 0; i < l->n; i++) {
		zp_text name = zp_csv_trim(c->at[i]);
		int field = field_of(name);
		l->column[i] = field;
		l->sample[i] = name;
		if (field >= 0 && seen & 1u << field) {
			sink->problem(sink->self, no_sheet, l->header_line, (long)i + 1, "the header has two columns \"%s\"",
				      field_name((zp_field)field));
			good = false;
		}
		if (field >= 0)
			seen |= 1u << field;
	}
	l->grid = !(seen & 1u << ZP_FIELD_VALUE) && !(seen & 1u << ZP_FIELD_SAMPLE);
	for (size_t i = 0; i < l->n; i++) {
		if (l->column[i] != SAMPLE_COLUMN || (l->grid && l->sample[i].n))
			continue;
		sink->problem(sink->self, no_sheet, l->header_line, (long)i + 1, "column \"%.*s\" is not known; expected lab, programme, "
			      "measurand, sample, value, unit, system, instrument, method, reagent, calibrator or received",
			      shown(l->sample[i]), l->sample[i].p);
		known = false;
	}
	if (!known)
		return false; /* a name that was misspelt would be missed below */
	good &= need(sink, l, seen, ZP_FIELD_MEASURAND);
	bool any_sample = !l->grid;
	for (size_t i = 0; i < l->n; i++)
		any_sample |= l->column[i] == SAMPLE_COLUMN && l->sample[i].n;
	if (!any_sample) {
		sink->problem(sink->self, no_sheet, l->header_line, 0, "the header names no sample; expected columns sample and value, or a column for "
			      "each sample");
		good = false;
	}
	if (!l->grid) {
		good &= need(sink, l, seen, ZP_FIELD_SAMPLE);
		good &= need(sink, l, seen, ZP_FIELD_VALUE);
		if (!l->lab.n)
			good &= need(sink, l, seen, ZP_FIELD_LAB);
	}
	return good;
}

/* The separator that makes most names of the header known; it is found in the header alone. */
static char find_delimiter(const char *p, const char *end, char *scratch)
{
	static const char candidates[] = { ',', ';', '\t' };
	char best = ',';
	size_t most = 0;
	for (size_t i = 0; i < sizeof candidates; i++) {
		zp_csv_cells c;
		char *room = scratch;
		if (zp_csv_split(p, end, candidates[i], &room, &c) != ZP_CSV_FINE)
			continue;
		size_t n = recognised(&c);
		if (n > most)
			most = n, best = candidates[i];
	}
	return best;
}

static void say_nothing(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	(void)self, (void)sheet, (void)line, (void)column, (void)fmt;
}

/* Find the header in the first lines of the file. Gives: false when there is none; reported through `sink`. */
static bool read_head(const zp_source *source, const zp_sink *sink, char **scratch, layout *l)
{
	const char *p = source->head.p, *end = p + source->head.n;
	*l = (layout){ .delimiter = ',' };
	for (long line = 1; p < end && line <= PREAMBLE_MOST; line++) {
		const char *stop = zp_csv_line_end(p, end), *last = stop;
		if (last > p && last[-1] == '\r')
			last--;
		if (!zp_csv_blank(p, last)) {
			zp_csv_cells c;
			l->delimiter = find_delimiter(p, last, *scratch);
			if (memchr(p, '\r', (size_t)(last - p))) {
				sink->problem(sink->self, no_sheet, line, 0, "a carriage return stands inside the line; expected lines that end "
					      "with a line feed");
				return false;
			}
			if (!split(sink, p, last, l->delimiter, scratch, line, &c))
				return false;
			zp_text *said = preamble(l, &c);
			zp_text says = zp_csv_trim(c.at[c.n > 1]);
			if (said && said->n && !zp_text_same(*said, says)) {
				sink->problem(sink->self, no_sheet, line, 2, "this says \"%.*s\", and a line above says \"%.*s\"",
					      (int)(says.n < 60 ? says.n : 60), says.p, (int)(said->n < 60 ? said->n : 60), said->p);
				return false;
			} else if (said) {
				*said = says;
			} else if (is_for_people(&c)) {
				; /* it says nothing of the rows */
			} else if (recognised(&c)) {
				l->header_line = line;
				l->rows = stop < end ? stop + 1 : end;
				return read_header(sink, l, &c);
			} else {
				sink->problem(sink->self, no_sheet, line, 1, "this is neither a header nor a line such as 实验室编码,CODE; "
					      "expected a header with lab, measurand, sample, value, or with 项目 and the samples");
				return false;
			}
		}
		p = stop < end ? stop + 1 : end;
	}
	sink->problem(sink->self, no_sheet, 1, 0, "the file has no header; expected one with lab, measurand, sample, value, or with 项目 and "
		      "the samples");
	return false;
}

/* What a line before the header says holds where a row says nothing. */
static void prefer(zp_raw *raw, zp_field field, zp_text before)
{
	if (before.n && !zp_csv_trim(raw->field[field]).n)
		raw->field[field] = before;
}

static void put_row(const zp_sink *sink, const layout *l, const zp_csv_cells *c, zp_raw *raw)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->column[i] >= 0)
			raw->field[l->column[i]] = c->at[i];
	prefer(raw, ZP_FIELD_LAB, l->lab);
	prefer(raw, ZP_FIELD_PROGRAMME, l->programme);
	prefer(raw, ZP_FIELD_RECEIVED, l->received);
	if (!l->grid) {
		sink->put(sink->self, raw);
		return;
	}
	for (size_t i = 0; i < l->n; i++) {
		if (l->column[i] != SAMPLE_COLUMN)
			continue;
		raw->field[ZP_FIELD_SAMPLE] = l->sample[i];
		raw->field[ZP_FIELD_VALUE] = c->at[i];
		raw->column[ZP_FIELD_SAMPLE] = raw->column[ZP_FIELD_VALUE] = (uint16_t)(i + 1);
		sink->put(sink->self, raw);
	}
}

static void csv(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	static const zp_sink quiet = { NULL, NULL, say_nothing, say_nothing };
	layout l;
	bool first = source->first_line == 1;
	char *scratch = NULL; /* only quoted cells need it */
	if (memchr(source->block.p, '"', source->block.n) || memchr(source->head.p, '"', source->head.n))
		scratch = host->take(host, source->block.n + source->head.n);
	if (!read_head(source, first ? sink : &quiet, &scratch, &l)) {
		if (!first) /* what is wrong was said with the first block */
			sink->problem(sink->self, no_sheet, source->first_line, 0, "the lines from here on were not read, for want of a header");
		return;
	}
	const char *end = source->block.p + source->block.n;
	const char *p = first ? l.rows : source->block.p;
	long line = first ? l.header_line + 1 : source->first_line;
	zp_csv_cells c;
	zp_raw raw = { 0 };
	raw.field[ZP_FIELD_LAB] = l.lab;
	raw.field[ZP_FIELD_PROGRAMME] = l.programme;
	raw.field[ZP_FIELD_RECEIVED] = l.received;
	for (size_t i = 0; i < l.n; i++)
		if (l.column[i] >= 0)
			raw.column[l.column[i]] = (uint16_t)(i + 1);
	for (; p < end; line++) {
		const char *stop = zp_csv_line_end(p, end), *last = stop;
		if (last > p && last[-1] == '\r')
			last--;
		if (!zp_csv_blank(p, last) && split(sink, p, last, l.delimiter, &scratch, line, &c)) {
			while (c.n > l.n && zp_csv_trim(c.at[c.n - 1]).n == 0)
				c.n--; /* spreadsheets add empty cells at the end */
			if (c.n != l.n) {
				sink->problem(sink->self, no_sheet, line, 0, "the line has %zu cell%s; the header has %zu", c.n,
					      c.n == 1 ? "" : "s", l.n);
			} else {
				raw.line = line;
				put_row(sink, &l, &c, &raw);
			}
		}
		p = stop < end ? stop + 1 : end;
	}
}

static const zp_importer does = { .ending = "csv", .read = csv };

ZP_PLUGIN(csv) = {
	ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "csv", .version = "1",
	.cites = "RFC 4180",
	.says = "comma, semicolon or tab separated text: one row per value, or a laboratory's grid",
	.does.importer = &does,
};
