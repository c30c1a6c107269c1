/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"
#include <stdlib.h>
#include "cell.h"
#include "layout.h"

#define HIDDEN_ROW "stands in a hidden row; show the row and check it, or empty it"
#define HIDDEN_COLUMN "stands in a hidden column; show the column and check it, or empty it"

typedef struct reader {
	zp_workbook *book;
	zp_reading *r;
	const zp_part *part;
	bool hidden, seen; /* the sheet; its <sheetData> */
	enum { SHEET, COLUMNS, MERGES, DATA, ROW, CELL, VALUE, INLINE } where;
	long line, column; /* of the cell that is read, or the last one */
	long last_line;    /* that belongs to the table: behind it are notes for people, if anything */
	bool line_hidden;
	unsigned lines;
	zp_cell cell;
	zp_store text;     /* of the row's cells; never moves */
	size_t row_bytes;
	size_t n;          /* cells of the row, up to the last that is not empty */
	zp_text cells[ZP_LAYOUT_COLUMNS];
	const char *unfit[ZP_LAYOUT_COLUMNS];
	bool number[ZP_LAYOUT_COLUMNS], column_hidden[ZP_LAYOUT_COLUMNS];
	zp_layout layout;
} reader;

static zp_step no(reader *s, const char *why)
{
	zp_xlsx_refuse(s->r, s->line, s->column, "%s", why);
	return ZP_STOP;
}

bool zp_cell_read(zp_text t, long *line, long *column)
{
	size_t i = 0;
	long x = 0, y = 0;
	for (; i < t.n && i < 3 && t.p[i] >= 'A' && t.p[i] <= 'Z'; i++)
		x = x * 26 + (t.p[i] - 'A' + 1);
	size_t letters = i;
	for (; i < t.n && i < letters + 7 && t.p[i] >= '0' && t.p[i] <= '9'; i++)
		y = y * 10 + (t.p[i] - '0');
	*column = x;
	*line = y;
	return letters && i > letters && i == t.n && t.p[letters] != '0' && x <= ZP_SHEET_LAST_COLUMN && y <= ZP_SHEET_LAST_ROW;
}

/* ---- rows ---- */

/* In columns of codes and names a number is the text of a whole number: Java writes 7 as 7.0. */
static bool is_code(const zp_layout *l, size_t i)
{
	if (l->state != ZP_LAYOUT_ROWS)
		return true;
	int field = i < l->n ? l->column[i] : -1;
	return field >= 0 && field != ZP_FIELD_VALUE && field != ZP_FIELD_UNCERTAINTY && field != ZP_FIELD_INDEX && field != ZP_FIELD_LOD;
}

static zp_text whole(zp_text t)
{
	if (!memchr(t.p ? t.p : "", '.', t.n))
		return t;
	size_t n = t.n;
	while (n && t.p[n - 1] == '0')
		n--;
	if (n && t.p[n - 1] == '.')
		t.n = n - 1;
	return t;
}

/* Every cell that is not empty: its text as a value, and why it may not be used as a unit. */
static void hand_over_cells(reader *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *unfit = s->unfit[i] ? s->unfit[i] : s->line_hidden ? HIDDEN_ROW : s->column_hidden[i] ? HIDDEN_COLUMN : NULL;
		zp_raw raw = { .line = s->line, .sheet = s->r->sheet };
		if (!s->cells[i].n && !s->unfit[i])
			continue;
		raw.field[ZP_FIELD_VALUE] = s->number[i] ? whole(s->cells[i]) : s->cells[i];
		raw.column[ZP_FIELD_VALUE] = (uint16_t)(i + 1);
		if (unfit)
			raw.field[ZP_FIELD_UNIT] = (zp_text){ unfit, strlen(unfit) };
		s->r->sink->put(s->r->sink->self, &raw);
	}
}

static void hand_over(reader *s)
{
	bool rows = s->layout.state == ZP_LAYOUT_ROWS;
	for (size_t i = 0; i < s->n; i++) {
		if (s->number[i] && is_code(&s->layout, i) && memchr(s->cells[i].p, '.', s->cells[i].n))
			s->cells[i] = whole(s->cells[i]);
		if (rows && !s->unfit[i] && s->cells[i].n && (s->line_hidden || s->column_hidden[i]))
			s->unfit[i] = s->line_hidden ? HIDDEN_ROW : HIDDEN_COLUMN;
	}
	if (!zp_layout_is_note(s->cells, s->n))
		s->last_line = s->line;
	if (s->book->plain)
		hand_over_cells(s);
	else
		zp_layout_row(&s->layout, s->line, s->cells, s->n);
	memset(s->cells, 0, s->n * sizeof *s->cells);
	memset(s->unfit, 0, s->n * sizeof *s->unfit);
	memset(s->number, 0, s->n * sizeof *s->number);
	s->n = 0;
}

static zp_step begin_row(reader *s, const zp_attributes *a)
{
	s->column = 0;
	long line = zp_attribute_count(a, "r", ZP_SHEET_LAST_ROW, s->line + 1);
	if (line <= s->line || line > ZP_SHEET_LAST_ROW) {
		s->line++;
		return no(s, "a row has a number that is none, or is not above that of the row before: no row may stand twice or out of order");
	}
	s->line = line;
	if (++s->lines > ZP_SHEET_ROWS)
		return no(s, "the sheet has more than 200,000 rows; delete the empty ones below the table");
	s->line_hidden = zp_attribute_true(a, "hidden");
	s->text.n = 0;
	s->row_bytes = 0;
	s->where = ROW;
	return ZP_INTO;
}

/* ---- cells ---- */

static zp_step begin_cell(reader *s, const zp_attributes *a)
{
	zp_text place = zp_xlsx_attribute(a, "r"), kind = zp_xlsx_attribute(a, "t");
	long line = s->line, column = s->column + 1;
	if (place.p && (!zp_cell_read(place, &line, &column) || line != s->line || column <= s->column)) {
		s->column++;
		zp_xlsx_refuse(s->r, s->line, s->column, "a cell gives its place as \"%.*s\" here; expected a place in row %ld, behind the cell before "
			  "it: no cell may stand twice or in another row", zp_shown(place), place.p, s->line);
		return ZP_STOP;
	}
	s->column = column;
	if (column > ZP_SHEET_LAST_COLUMN)
		return no(s, "the row has more than 16,384 cells");
	long style = zp_attribute_count(a, "s", ZP_STYLES, 0);
	if (style < 0 || (size_t)style >= s->book->styles.n)
		return no(s, "the cell has a style that the workbook does not have");
	if (!zp_cell_begin(&s->cell, kind, s->book->styles.of[style], s->text.n))
		return no(s, "the cell is of a kind that is not known");
	s->where = CELL;
	return ZP_INTO;
}

static zp_step begin_part_of_cell(reader *s, const char *name)
{
	zp_cell *c = &s->cell;
	if (strcmp(name, "v") == 0 && !c->has_value && !c->has_inline) {
		c->has_value = true;
		s->where = VALUE;
		return ZP_INTO;
	}
	if (strcmp(name, "is") == 0 && !c->has_value && !c->has_inline) {
		c->has_inline = true;
		zp_rich_begin(&c->rich, &s->text);
		s->where = INLINE;
		return ZP_INTO;
	}
	if (strcmp(name, "f") == 0 && !c->has_formula && !c->has_value) {
		c->has_formula = true;
		return ZP_OVER;
	}
	if (strcmp(name, "extLst") == 0)
		return ZP_OVER;
	return no(s, "the cell has two values, or is of a form that is not known");
}

static bool end_cell(reader *s)
{
	const char *why = NULL;
	zp_text text = zp_cell_end(&s->cell, &s->text, &s->book->strings, &why);
	s->where = ROW;
	if (why)
		return no(s, why), false;
	if (text.n == 0 && !s->cell.unfit)
		return true;
	if (s->column > ZP_LAYOUT_COLUMNS)
		return no(s, "the sheet has text beyond its 256th column; delete what stands there"), false;
	if (s->hidden)
		return zp_xlsx_refuse(s->r, s->line, s->column, "the sheet is hidden and is not empty; show it, or delete it");
	s->row_bytes += text.n;
	s->book->text += text.n;
	s->book->any = true;
	if (s->row_bytes > ZP_ROW_BYTES)
		return no(s, "the row has more than 1 MiB of text"), false;
	if (s->book->text > ZP_TEXT_BYTES)
		return no(s, "the cells of the workbook have more than 64 MiB of text"), false;
	s->n = (size_t)s->column;
	s->cells[s->n - 1] = text;
	s->unfit[s->n - 1] = s->cell.unfit;
	s->number[s->n - 1] = s->cell.kind == ZP_CELL_NUMBER;
	return true;
}

/* ---- around the cells ---- */

static zp_step take_columns(reader *s, const zp_attributes *a)
{
	long from = zp_attribute_count(a, "min", ZP_SHEET_LAST_COLUMN, -1), to = zp_attribute_count(a, "max", ZP_SHEET_LAST_COLUMN, -1);
	if (from < 1 || to < from)
		return no(s, "the sheet tells of a column that it cannot have");
	if (zp_attribute_true(a, "hidden"))
		for (long i = from; i <= to && i <= ZP_LAYOUT_COLUMNS; i++)
			s->column_hidden[i - 1] = true;
	return ZP_OVER;
}

/* Cells that are merged hold one value for several; titles above the table and notes below it may. */
static zp_step take_merge(reader *s, const zp_attributes *a)
{
	zp_text area = zp_xlsx_attribute(a, "ref");
	const char *colon = area.p ? memchr(area.p, ':', area.n) : NULL;
	long top, left, bottom, right;
	bool two = colon && zp_cell_read((zp_text){ area.p, (size_t)(colon - area.p) }, &top, &left) &&
		   zp_cell_read((zp_text){ colon + 1, (size_t)(area.p + area.n - colon - 1) }, &bottom, &right);
	if (two ? bottom < top || right < left : !zp_cell_read(area, &top, &left))
		return no(s, "the sheet merges an area that it cannot have");
	if (!two || (top == bottom && left == right))
		return ZP_OVER;
	if (s->book->plain || (s->layout.state == ZP_LAYOUT_ROWS && bottom >= s->layout.header_line && top <= s->last_line)) {
		zp_xlsx_refuse(s->r, top, left, "the cells %.*s are merged: in the table one value would stand for several; undo the merge (only titles "
			  "above the table and notes below it may be merged)", zp_shown(area), area.p);
		return ZP_STOP;
	}
	return ZP_OVER;
}

static zp_step begin_part_of_sheet(reader *s, const char *name)
{
	bool data = strcmp(name, "sheetData") == 0, merges = strcmp(name, "mergeCells") == 0, columns = strcmp(name, "cols") == 0;
	if ((data && s->seen) || (merges && !s->seen) || (columns && s->seen)) {
		s->line = s->column = 0;
		return no(s, "the sheet has its parts twice or in another order");
	}
	if (data)
		s->seen = true;
	s->where = data ? DATA : merges ? MERGES : columns ? COLUMNS : SHEET;
	return s->where == SHEET ? ZP_OVER : ZP_INTO;
}

static zp_step on_start(void *self, const char *name, const zp_attributes *a)
{
	reader *s = self;
	const char *why = NULL;
	zp_step step;
	switch (s->where) {
	case SHEET: return begin_part_of_sheet(s, name);
	case COLUMNS: return strcmp(name, "col") == 0 ? take_columns(s, a) : no(s, "the sheet's columns are told in a form that is not known");
	case MERGES: return strcmp(name, "mergeCell") == 0 ? take_merge(s, a) : no(s, "the sheet's merges are told in a form that is not known");
	case DATA: return strcmp(name, "row") == 0 ? begin_row(s, a) : no(s, "the sheet has something other than rows among its rows");
	case ROW:
		if (strcmp(name, "c") == 0)
			return begin_cell(s, a);
		return strcmp(name, "extLst") == 0 ? ZP_OVER : no(s, "the row has something other than cells");
	case CELL: return begin_part_of_cell(s, name);
	case VALUE: return no(s, "the cell's value has elements in it");
	case INLINE:
		step = zp_rich_start(&s->cell.rich, name, a, &why);
		return step == ZP_STOP ? no(s, why) : step;
	}
	return ZP_STOP;
}

static bool on_end(void *self, const char *name)
{
	reader *s = self;
	const char *why = NULL;
	switch (s->where) {
	case SHEET: break;
	case COLUMNS:
	case MERGES:
	case DATA: s->where = SHEET; break;
	case ROW:
		if (s->n)
			hand_over(s);
		s->where = DATA;
		break;
	case CELL: return end_cell(s);
	case VALUE: s->where = CELL; break;
	case INLINE:
		if (strcmp(name, "is") == 0)
			s->where = CELL;
		else if (!zp_rich_end(&s->cell.rich, &why))
			return no(s, why), false;
		break;
	}
	return true;
}

static bool on_text(void *self, zp_text text)
{
	reader *s = self;
	const char *why = NULL;
	if (s->where == VALUE) {
		if (s->text.n - s->cell.from + text.n > 8u * ZP_CELL_CHARACTERS || !zp_store_add(&s->text, text.p, text.n))
			return no(s, "the cell has more text than a cell can have"), false;
		return true;
	}
	if (s->where == INLINE)
		return zp_rich_text(&s->cell.rich, text, &why) || (no(s, why), false);
	return zp_is_blank(text) || (no(s, "text stands between the elements of the sheet"), false);
}

bool zp_sheet_read(zp_workbook *book, const zp_part *part, bool hidden)
{
	zp_reading *r = book->package->r;
	reader *s = r->host->take(r->host, sizeof *s);
	*s = (reader){ .book = book, .r = r, .part = part, .hidden = hidden };
	/* Cells point into it: it has its whole room from the start. A cell's raw text may be longer than what it becomes. */
	s->text = (zp_store){ .p = malloc(2u * ZP_ROW_BYTES), .room = 2u * ZP_ROW_BYTES, .most = 2u * ZP_ROW_BYTES };
	if (!s->text.p)
		return zp_xlsx_refuse(r, 0, 0, "there is not enough memory to read the workbook");
	zp_layout_open(&s->layout, r->host, r->sink, r->sheet);
	s->layout.unfit = s->unfit;
	const zp_listener listener = { .self = s, .space = ZP_NS_MAIN, .root = "worksheet", .never = "sheetData", .start = on_start, .end = on_end,
				       .text = on_text };
	bool good = zp_xml_part(book->package, part, &listener);
	if (good && !s->seen)
		good = zp_xlsx_refuse(r, 0, 0, "the sheet has no rows (<sheetData>)");
	if (good && !hidden && !book->plain)
		zp_layout_end(&s->layout);
	zp_store_end(&s->text);
	return good;
}
