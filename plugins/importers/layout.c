/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"
#include "words.h"

#define SAID_BYTES 300 /* what a row above the header may say of one thing */
#define NAME_BYTES 200 /* the name of a sample or measurand in a header */

/* A sentence about a cell of this table; column 0: about the row. */
#define tell(l, line, column, ...) (l)->sink->problem((l)->sink->self, (l)->sheet, (line), (column), __VA_ARGS__)

static bool lost(zp_layout *l)
{
	l->state = ZP_LAYOUT_LOST;
	return false;
}

static bool is_blank(zp_text cell) { return zp_csv_trim(cell).n == 0; }

static bool all_blank(const zp_text *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_blank(cells[i]))
			return false;
	return true;
}

static bool fit_or_told(const zp_layout *l, long line, size_t i)
{
	if (l->unfit[i])
		tell(l, line, (long)i + 1, "%s", l->unfit[i]);
	return !l->unfit[i];
}

/* Whether a cell that is wanted may be used; told when not. Text files have no other cells: this is on the way of each. */
static inline bool fit(const zp_layout *l, long line, size_t i) { return !l->unfit || fit_or_told(l, line, i); }

static bool all_fit(const zp_layout *l, long line, size_t n)
{
	bool good = true;
	for (size_t i = 0; l->unfit && i < n; i++)
		good &= fit(l, line, i);
	return good;
}

static zp_text copy(const zp_layout *l, zp_text text)
{
	char *own = l->host->take(l->host, text.n + 1);
	if (text.n)
		memcpy(own, text.p, text.n);
	return (zp_text){ own, text.n };
}

/* A name as messages show it: look-alikes by code point, no longer than a message has room for. */
static const char *shown(const zp_layout *l, zp_text name, char out[static 256])
{
	if (l->host->show)
		return l->host->show(out, 256, name);
	size_t n = name.n < 80 ? name.n : 80;
	while (n < name.n && n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
		n--;
	snprintf(out, 256, "%.*s", (int)n, name.p);
	return out;
}

void zp_layout_open(zp_layout *l, const zp_host *host, const zp_sink *sink, zp_text sheet)
{
	*l = (zp_layout){ .host = host, .sink = sink, .sheet = sheet };
	l->raw.sheet = sheet;
}

size_t zp_layout_known(const zp_text *cells, size_t n)
{
	size_t known = 0;
	for (size_t i = 0; i < n; i++)
		known += zp_word_field(cells[i]) >= 0;
	return known;
}

/* What only a header names. */
static bool is_core(int field) { return field == ZP_FIELD_MEASURAND || field == ZP_FIELD_SAMPLE || field == ZP_FIELD_VALUE; }

size_t zp_layout_header_known(const zp_text *cells, size_t n)
{
	size_t full = 0;
	bool core = false;
	for (size_t i = 0; i < n; i++) {
		full += !is_blank(cells[i]);
		core |= is_core(zp_word_field(cells[i]));
	}
	return core && full > 1 ? zp_layout_known(cells, n) : 0;
}

bool zp_layout_is_note(const zp_text *cells, size_t n)
{
	size_t notes = 0;
	for (size_t i = 0; i < n; i++) {
		if (is_blank(cells[i]))
			continue;
		if (!zp_word_is_note(cells[i]))
			return false;
		notes++;
	}
	return notes > 0;
}

/* ---- above the header ---- */

/* What a row above the header may say of the whole table. */
static bool may_be_said(int field)
{
	return field == ZP_FIELD_LAB || field == ZP_FIELD_PROGRAMME || field == ZP_FIELD_RECEIVED ||
	       (field >= ZP_FIELD_SYSTEM && field <= ZP_FIELD_CALIBRATOR);
}

static bool say(zp_layout *l, long line, size_t at, zp_field field, zp_text text)
{
	zp_text *said = &l->said[field], says = zp_csv_trim(text);
	char x[256], y[256];
	if (says.n > SAID_BYTES) {
		tell(l, line, (long)at + 1, "this is longer than %d bytes; expected a shorter text for \"%s\"", SAID_BYTES, zp_word_of(field));
		return lost(l);
	}
	if (said->p && !zp_text_same(*said, says)) {
		tell(l, line, (long)at + 1, "this says \"%s\", and a line above says \"%s\"", shown(l, says, x), shown(l, *said, y));
		return lost(l);
	}
	*said = copy(l, says);
	l->said_line[field] = (uint32_t)line;
	l->said_column[field] = (uint16_t)(at + 1);
	return true;
}

/* `实验室编码,CODE`, `实验室编码：CODE`, and several of them in a row. Gives: false when it is said wrongly, which is told. */
static bool read_said(zp_layout *l, long line, const zp_text *cells, size_t n)
{
	char x[256];
	if (!all_fit(l, line, n))
		return lost(l);
	for (size_t i = 0; i < n; i++) {
		zp_text rest;
		if (is_blank(cells[i]))
			continue;
		size_t label = i;
		int field = zp_word_label(cells[i], &rest);
		if (!may_be_said(field)) {
			tell(l, line, (long)i + 1, "\"%s\" is not known above the header; expected one of lab, programme, received, system, instrument, "
			     "method, reagent, calibrator with what it is in the next cell", shown(l, zp_csv_trim(cells[i]), x));
			return lost(l);
		}
		if (is_blank(rest)) {
			while (++i < n && is_blank(cells[i]))
				;
			zp_text after;
			if (i < n && zp_word_label(cells[i], &after) >= 0)
				i = n; /* the next label: nothing is said here */
			if (i >= n) {
				tell(l, line, (long)label + 1, "nothing is said of \"%s\"; expected it in the next cell, or no such line",
				     zp_word_of((zp_field)field));
				return lost(l);
			}
			rest = cells[i];
		}
		if (!say(l, line, i, (zp_field)field, rest))
			return false;
	}
	return true;
}

/* ---- the header ---- */

static const char expected_names[] = "lab, programme, measurand, sample, value, unit, system, instrument, method, reagent, calibrator or received";

static bool need(zp_layout *l, unsigned seen, zp_field field)
{
	if (seen & 1u << field)
		return true;
	tell(l, l->header_line, 0, "the header has no column \"%s\"", zp_word_of(field));
	return false;
}

/* Which layout these columns make. */
static zp_layout_kind kind_of(unsigned seen)
{
	bool value = seen & 1u << ZP_FIELD_VALUE, sample = seen & 1u << ZP_FIELD_SAMPLE, measurand = seen & 1u << ZP_FIELD_MEASURAND;
	return value || (sample && measurand) ? ZP_LAYOUT_LONG : sample ? ZP_LAYOUT_TRANSPOSE : ZP_LAYOUT_GRID;
}

/* The names of the header; the same one twice is told. Gives: which fields have a column. */
static unsigned name_columns(zp_layout *l, const zp_text *cells, bool *good)
{
	unsigned seen = 0;
	char x[256];
	for (size_t i = 0; i < l->n; i++) {
		int field = l->column[i] = zp_word_field(cells[i]);
		zp_text name = zp_csv_trim(cells[i]);
		bool twice = field >= 0 && seen & 1u << field;
		for (size_t k = 0; field == ZP_COLUMN_OTHER && !twice && k < i; k++)
			twice = l->column[k] == ZP_COLUMN_OTHER && zp_text_same(l->name[k], name);
		if (twice) {
			tell(l, l->header_line, (long)i + 1, "the header has two columns \"%s\"",
			     field >= 0 ? zp_word_of((zp_field)field) : shown(l, name, x));
			*good = false;
		}
		if (field >= 0)
			seen |= 1u << field;
		if (field == ZP_COLUMN_OTHER && name.n > NAME_BYTES) {
			tell(l, l->header_line, (long)i + 1, "the name of this column is longer than %d bytes", NAME_BYTES);
			*good = false;
		}
		l->name[i] = name; /* compared with those that follow; copied when it is kept */
	}
	return seen;
}

/* Names that are no words of ours: samples in a grid, measurands in a transpose, slips in the long form. */
static bool judge_others(zp_layout *l)
{
	bool good = true;
	char x[256];
	for (size_t i = 0; i < l->n; i++) {
		if (l->column[i] != ZP_COLUMN_OTHER)
			continue;
		int like = zp_word_looks_like(l->name[i]);
		if (like >= 0)
			tell(l, l->header_line, (long)i + 1, "column \"%s\" is not known; it looks like \"%s\" and is written with other characters",
			     shown(l, l->name[i], x), zp_word_of((zp_field)like));
		else if (l->kind == ZP_LAYOUT_LONG)
			tell(l, l->header_line, (long)i + 1, "column \"%s\" is not known; expected %s", shown(l, l->name[i], x), expected_names);
		else
			continue;
		good = false;
	}
	return good;
}

/* What a line above the header says stands for the cell. */
static void take_said(zp_layout *l, zp_field field)
{
	l->raw.field[field] = l->said[field];
	l->raw.column[field] = l->said_column[field];
	l->raw.above[field] = l->said_line[field];
}

/* What rows may rely on once the header is good. */
static void settle_columns(zp_layout *l)
{
	bool any = false;
	for (size_t i = 0; i < l->n; i++) {
		if (l->column[i] == ZP_COLUMN_OTHER) {
			l->name[i] = copy(l, l->name[i]);
			if (!any)
				l->first_value = i, any = true;
		} else if (l->column[i] == ZP_FIELD_VALUE) {
			l->first_value = i;
		}
		if (l->column[i] == (l->kind == ZP_LAYOUT_GRID ? ZP_FIELD_MEASURAND : ZP_FIELD_SAMPLE))
			l->key = i;
		l->has_empty |= l->column[i] == ZP_COLUMN_EMPTY;
		if (l->column[i] >= 0)
			l->raw.column[l->column[i]] = (uint16_t)(i + 1);
	}
	for (int field = 0; field < ZP_FIELDS; field++) {
		if (!l->said[field].p)
			continue;
		if (l->raw.column[field]) {
			l->where_column[l->n_where_blank] = l->raw.column[field];
			l->where_blank[l->n_where_blank++] = (zp_field)field;
		} else {
			take_said(l, (zp_field)field);
		}
	}
	if (l->kind != ZP_LAYOUT_LONG)
		l->raw.above[l->kind == ZP_LAYOUT_GRID ? ZP_FIELD_SAMPLE : ZP_FIELD_MEASURAND] = (uint32_t)l->header_line;
	l->state = ZP_LAYOUT_ROWS;
}

static bool read_header(zp_layout *l, long line, const zp_text *cells, size_t n)
{
	bool good = true;
	l->header_line = line;
	l->n_written = n;
	while (n > 1 && is_blank(cells[n - 1]))
		n--;
	if (n > ZP_LAYOUT_COLUMNS) {
		tell(l, line, 0, "the header has %zu columns; expected at most %d", n, ZP_LAYOUT_COLUMNS);
		return lost(l);
	}
	l->n = n;
	if (!all_fit(l, line, n))
		return lost(l);
	unsigned seen = name_columns(l, cells, &good);
	l->kind = kind_of(seen);
	if (!judge_others(l))
		return lost(l); /* a name that was misspelt would be missed below */
	size_t others = 0;
	for (size_t i = 0; i < n; i++)
		others += l->column[i] == ZP_COLUMN_OTHER;
	if (l->kind != ZP_LAYOUT_TRANSPOSE)
		good &= need(l, seen, ZP_FIELD_MEASURAND);
	if (l->kind == ZP_LAYOUT_LONG) {
		good &= need(l, seen, ZP_FIELD_SAMPLE);
		good &= need(l, seen, ZP_FIELD_VALUE);
		if (!l->said[ZP_FIELD_LAB].p)
			good &= need(l, seen, ZP_FIELD_LAB);
	} else if (!others) {
		tell(l, line, 0, l->kind == ZP_LAYOUT_GRID
			? "the header names no sample; expected columns sample and value, or a column for each sample"
			: "the header names no measurand; expected columns measurand and value, or a column for each measurand");
		good = false;
	}
	static const struct { zp_field field; const char *name; } of_value[] = { { ZP_FIELD_UNCERTAINTY, "uncertainty" }, { ZP_FIELD_INDEX, "index" } };
	for (size_t i = 0; i < sizeof of_value / sizeof *of_value; i++) {
		if (l->kind == ZP_LAYOUT_LONG || !(seen & 1u << of_value[i].field) || (l->kind == ZP_LAYOUT_GRID && i == 0))
			continue;
		tell(l, line, 0, "a column \"%s\" cannot hold for every %s of the line; expected one line for each value", of_value[i].name,
		     l->kind == ZP_LAYOUT_GRID ? "sample" : "measurand");
		good = false;
	}
	if (!good)
		return lost(l);
	settle_columns(l);
	return true;
}

static bool no_header(zp_layout *l, long line)
{
	tell(l, line, 0, "the %s has no header; expected one with lab, measurand, sample, value, or with 项目 and the samples, or with 样本 and "
	     "the measurands", l->sheet.p ? "sheet" : "file");
	return lost(l);
}

/* A row above the header, or the header. */
static bool read_above(zp_layout *l, long line, const zp_text *cells, size_t n)
{
	size_t full = 0, first = 0, known = 0;
	bool core = false;
	if (line > ZP_LAYOUT_ABOVE + 1)
		return no_header(l, 1);
	for (size_t i = n; i-- > 0;) {
		int field = zp_word_field(cells[i]);
		if (field == ZP_COLUMN_EMPTY)
			continue;
		first = i;
		full++;
		known += field >= 0;
		core |= is_core(field);
	}
	zp_text rest;
	int label = zp_word_label(cells[first], &rest);
	if (core && full > 1)
		return read_header(l, line, cells, n);
	if (full && zp_word_is_for_people(cells[first]))
		return true;
	if (may_be_said(label) && (full > 1 || rest.p))
		return read_said(l, line, cells, n);
	if (known > 1)
		return read_header(l, line, cells, n);
	if (full == 1 && zp_word_crowd(cells[first]) > 1) {
		tell(l, line, (long)first + 1, "the names stand in one cell; expected each in a cell of its own, with a comma, semicolon or tab between cells");
		return lost(l);
	}
	if (full == 1 && label == ZP_COLUMN_OTHER)
		return true; /* a title, or a note above the table */
	if (zp_layout_is_note(cells, n))
		return true;
	tell(l, line, (long)first + 1, "this is neither a header nor a line such as 实验室编码,CODE; expected a header with lab, measurand, "
	     "sample, value, or with 项目 and the samples");
	return lost(l);
}

/* ---- rows ---- */

/* Whether a row whose first value is blank is to be put. What is not is blank, a note, or told. */
static bool wants_put(zp_layout *l, long line, const zp_text *cells)
{
	size_t full = 0, last = 0;
	char x[256];
	for (size_t i = 0; i < l->n; i++)
		if (!is_blank(cells[i]))
			full++, last = i;
	if (!full || zp_layout_is_note(cells, l->n))
		return false;
	if (full > 1 || (l->kind != ZP_LAYOUT_LONG && last == l->key))
		return true;
	tell(l, line, (long)last + 1, "\"%s\" stands alone in its line; expected a line of the table, or a note that begins with 备注： or note:",
	     shown(l, zp_csv_trim(cells[last]), x));
	return false;
}

/* A column without a name must be empty. */
static bool empties_are_empty(const zp_layout *l, long line, const zp_text *cells)
{
	bool good = true;
	for (size_t i = 0; i < l->n; i++)
		if (l->column[i] == ZP_COLUMN_EMPTY && !is_blank(cells[i])) {
			tell(l, line, (long)i + 1, "this stands under an empty cell of the header; expected a name for the column");
			good = false;
		}
	return good;
}

/* Which field the row tells of each column of a transpose: its label stands under the sample or first. ZP_FIELDS: none. */
static zp_field label_of(const zp_layout *l, const zp_text *cells, size_t n, size_t *at)
{
	for (int turn = 0; turn < 2; turn++) {
		*at = turn ? 0 : l->key;
		if (*at >= n)
			continue;
		int field = l->column[*at] == ZP_COLUMN_OTHER ? ZP_COLUMN_OTHER : zp_word_field(cells[*at]);
		if (field >= ZP_FIELD_UNIT && field <= ZP_FIELD_CALIBRATOR)
			return (zp_field)field;
	}
	return ZP_FIELDS;
}

/* `单位,mmol/L,mmol/L` under the header of a transpose. Gives: false when it cannot be understood: no value below is safe. */
static bool read_about_columns(zp_layout *l, long line, const zp_text *cells, zp_field field, size_t label)
{
	const char *word = zp_word_of(field);
	if (!all_fit(l, line, l->n))
		return lost(l);
	if (l->begun) {
		tell(l, line, (long)label + 1, "the line says \"%s\" of each measurand below the first sample; expected it above", word);
		return true; /* in whichever block of the file it stands, the lines below mean the same */
	}
	if (l->of_column[field] || (l->raw.column[field] && !l->raw.above[field])) {
		tell(l, line, (long)label + 1, "\"%s\" is said twice; expected one line or one column for it", word);
		return lost(l);
	}
	for (size_t i = 0; i < l->n; i++)
		if (i != label && l->column[i] != ZP_COLUMN_OTHER && l->column[i] != ZP_COLUMN_IGNORED && !is_blank(cells[i])) {
			tell(l, line, (long)i + 1, "the line says \"%s\" of each measurand; expected nothing in this column", word);
			return lost(l);
		}
	zp_text *own = l->of_column[field] = l->host->take(l->host, l->n * sizeof *own);
	for (size_t i = 0; i < l->n; i++)
		if (l->column[i] == ZP_COLUMN_OTHER)
			own[i] = is_blank(cells[i]) ? l->said[field] : copy(l, cells[i]);
	l->of_line[field] = (uint32_t)line;
	return true;
}

static void put_grid(zp_layout *l, const zp_text *cells)
{
	zp_raw *raw = &l->raw;
	for (size_t i = l->first_value; i < l->n; i++) {
		if (l->column[i] != ZP_COLUMN_OTHER || !fit(l, raw->line, i))
			continue;
		raw->field[ZP_FIELD_SAMPLE] = l->name[i];
		raw->field[ZP_FIELD_VALUE] = cells[i];
		raw->column[ZP_FIELD_SAMPLE] = raw->column[ZP_FIELD_VALUE] = (uint16_t)(i + 1);
		l->sink->put(l->sink->self, raw);
	}
}

static void put_transpose(zp_layout *l, const zp_text *cells)
{
	zp_raw *raw = &l->raw;
	for (size_t i = l->first_value; i < l->n; i++) {
		if (l->column[i] != ZP_COLUMN_OTHER || !fit(l, raw->line, i))
			continue;
		raw->field[ZP_FIELD_MEASURAND] = l->name[i];
		raw->field[ZP_FIELD_VALUE] = cells[i];
		raw->column[ZP_FIELD_MEASURAND] = raw->column[ZP_FIELD_VALUE] = (uint16_t)(i + 1);
		for (int field = ZP_FIELD_UNIT; field <= ZP_FIELD_CALIBRATOR; field++)
			if (l->of_column[field]) {
				raw->field[field] = l->of_column[field][i];
				raw->column[field] = (uint16_t)(i + 1);
				raw->above[field] = l->of_line[field];
			}
		l->sink->put(l->sink->self, raw);
	}
}

/* As many cells as the header has. */
static bool put_row(zp_layout *l, long line, const zp_text *cells)
{
	zp_raw *raw = &l->raw;
	size_t label;
	zp_field about = l->kind == ZP_LAYOUT_TRANSPOSE ? label_of(l, cells, l->n, &label) : ZP_FIELDS;
	if (about != ZP_FIELDS)
		return read_about_columns(l, line, cells, about, label);
	if (is_blank(cells[l->first_value]) && !wants_put(l, line, cells))
		return true;
	l->begun = true;
	if (l->has_empty && !empties_are_empty(l, line, cells))
		return true;
	raw->line = line;
	for (size_t i = 0; i < l->n; i++) {
		if (l->column[i] < 0)
			continue;
		if (!fit(l, line, i))
			return true;
		raw->field[l->column[i]] = cells[i];
	}
	for (size_t k = 0; k < l->n_where_blank; k++) {
		zp_field field = l->where_blank[k];
		raw->column[field] = l->where_column[k];
		raw->above[field] = 0;
		if (is_blank(raw->field[field]))
			take_said(l, field);
	}
	switch (l->kind) {
	case ZP_LAYOUT_LONG: l->sink->put(l->sink->self, raw); break;
	case ZP_LAYOUT_GRID: put_grid(l, cells); break;
	case ZP_LAYOUT_TRANSPOSE: put_transpose(l, cells); break;
	}
	return true;
}

bool zp_layout_skip(zp_layout *l, const zp_text *cells, size_t n)
{
	size_t at;
	if (l->state == ZP_LAYOUT_ROWS && l->kind == ZP_LAYOUT_TRANSPOSE && !l->begun && (!cells || label_of(l, cells, n, &at) != ZP_FIELDS))
		return lost(l);
	return l->state == ZP_LAYOUT_ROWS;
}

/* More or fewer cells than the header has. */
static bool fit_row(zp_layout *l, long line, const zp_text *cells, size_t n)
{
	zp_text own[ZP_LAYOUT_COLUMNS] = { 0 };
	while (n > l->n && is_blank(cells[n - 1]))
		n--; /* spreadsheets add empty cells at the end */
	if (n == l->n)
		return put_row(l, line, cells);
	if (all_blank(cells, n) || zp_layout_is_note(cells, n))
		return true;
	if (n > l->n || !l->sheet.p) {
		tell(l, line, 0, "the line has %zu cell%s; the header has %zu", n, n == 1 ? "" : "s", l->n);
		return zp_layout_skip(l, cells, n);
	}
	memcpy(own, cells, n * sizeof *own);
	return put_row(l, line, own);
}

bool zp_layout_row(zp_layout *l, long line, const zp_text *cells, size_t n)
{
	if (l->state == ZP_LAYOUT_ROWS)
		return n == l->n ? put_row(l, line, cells) : fit_row(l, line, cells, n);
	if (l->state == ZP_LAYOUT_LOST)
		return false;
	if (all_blank(cells, n))
		return true;
	l->seen = true;
	return read_above(l, line, cells, n);
}

void zp_layout_end(zp_layout *l)
{
	if (l->state == ZP_LAYOUT_ABOVE_HEADER && (l->seen || !l->sheet.p))
		no_header(l, l->sheet.p ? 0 : 1);
}
