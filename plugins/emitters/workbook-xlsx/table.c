/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as a sheet: one head row, with Chinese above English in each cell, since filters and programs take one row as the head. */
#include "look.h"
#include <math.h>

#define WIDTH_LEAST 9
#define WIDTH_MOST 44
#define ROWS_MEASURED 2000 /* for the width of a column */

static bool is_numeric(zp_cells_kind kind) { return kind == ZP_CELLS_WHOLE || kind == ZP_CELLS_NUMBER || kind == ZP_CELLS_PERCENT; }

/* A rank, or an end of its range: they are told apart from other numbers, and belong together. */
static bool is_rank(const zp_column *c) { return strcmp(c->name, "rank") == 0 || strncmp(c->name, "rank_", 5) == 0; }

/* ---- what a cell says ---- */

/* What a column's words were found to be; there are few, and they come again in every row. */
#define WORDS_KEPT 64
typedef struct words_kept { const char *word[WORDS_KEPT], *says[WORDS_KEPT]; size_t n; } words_kept;

/* A column while its cells are written. */
typedef struct col { const zp_column *of; look shown; words_kept *words; } col;

/* "合格 pass": the word of the CSV stays, so that filters and the documentation of either language find it. Of several words with blanks
 * between each has its own. */
static const char *word_of(workbook *w, const zp_sheets *book, const zp_column *column, const char *word)
{
	const zp_meaning *said = *word ? zp_meaning_find(book, column->name, word) : NULL;
	const size_t n = strcspn(word, " ");
	if (!said && !word[n])
		return word;
	char *first = w->host->take(w->host, n + 1);
	memcpy(first, word, n);
	const char *before = said ? said->says : word_of(w, book, column, first), *after = said ? word : word_of(w, book, column, word + n + 1);
	char *out = w->host->take(w->host, strlen(before) + strlen(after) + 8);
	sprintf(out, "%s%s%s", before, said ? " " : "、", after);
	return out;
}

/* The same, remembered. A word is lent until the next row. */
static const char *kept_word(workbook *w, const zp_sheets *book, col *c, const char *word)
{
	words_kept *k = c->words;
	if (!*word)
		return word;
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->word[i], word) == 0)
			return k->says[i];
	if (k->n == WORDS_KEPT)
		return word_of(w, book, c->of, word);
	const size_t bytes = strlen(word) + 1;
	char *copy = memcpy(w->host->take(w->host, bytes), word, bytes);
	k->word[k->n] = copy;
	return k->says[k->n++] = word_of(w, book, c->of, copy);
}

static const char *head_of(workbook *w, const zp_column *c)
{
	const char *zh = c->title ? c->title : c->name, *en = c->title_en ? c->title_en : c->name;
	const char *unit = c->kind == ZP_CELLS_PERCENT ? " %" : "";
	char *out = w->host->take(w->host, strlen(zh) + strlen(en) + 8);
	if (c->title)
		sprintf(out, "%s%s\n%s", zh, unit, en);
	else
		sprintf(out, "%s%s", en, unit);
	return out;
}

/* Nobody's text is so long but a list of everything; it is cut with a mark. */
static const char *bounded(workbook *w, const char *text)
{
	if (strlen(text) < CELL_MOST / 7) /* also when all of it were to be escaped */
		return text;
	const char *cut = cut_text(w, text, CELL_MOST / 7);
	if (strlen(cut) == strlen(text))
		return text;
	char *out = w->host->take(w->host, strlen(cut) + 4);
	sprintf(out, "%s…", cut);
	return out;
}

/* ---- cells ---- */

static size_t places_of(const char *text)
{
	const char *point = strchr(text, '.');
	return point ? strlen(point + 1) : 0;
}

/* How many places the numbers of a column have: those that all have, SIZE_MAX while there are none, MIXED where they differ. */
#define MIXED (SIZE_MAX - 1)

static size_t places_with(size_t so_far, const zp_sheet_cell *cell)
{
	if (!*cell->text || !isfinite(cell->number))
		return so_far;
	const size_t places = places_of(cell->text);
	return so_far == SIZE_MAX || so_far == places ? places : MIXED;
}

/* Ratios are worked out to more places than anybody reads: two are shown. */
static look look_of(const zp_column *c, size_t places)
{
	if (c->kind != ZP_CELLS_NUMBER)
		return is_rank(c) ? LOOK_RANK : c->kind == ZP_CELLS_PERCENT ? LOOK_PERCENT : LOOK_WHOLE;
	if (places == SIZE_MAX || places == MIXED || places < 1)
		return LOOK_NUMBER;
	return places > 4 ? LOOK_PLACES_2 : LOOK_PLACES_1 + (look)(places - 1);
}

static bool put_cell(workbook *w, lxw_worksheet *sheet, const zp_sheets *book, col *of, const zp_sheet_cell *cell, size_t row, size_t i, bool hidden)
{
	const zp_column *c = of->of;
	lxw_datetime date;
	if (!*cell->text && hidden && is_numeric(c->kind))
		return sheet_string(w, sheet, row, i, "隐去", w->styles[LOOK_HIDDEN]);
	if (is_numeric(c->kind) && isfinite(cell->number))
		return sheet_number(w, sheet, row, i, cell->number, w->styles[of->shown]);
	if (!*cell->text)
		return sheet_blank(w, sheet, row, i, w->styles[is_rank(c) ? LOOK_RANK : LOOK_TEXT]);
	if (c->kind == ZP_CELLS_DATE && date_read(cell->text, &date))
		return workbook_hear(w, worksheet_write_datetime(sheet, (lxw_row_t)row, (lxw_col_t)i, &date, w->styles[LOOK_DATE]), "a date");
	const char *text = c->kind == ZP_CELLS_WORD ? kept_word(w, book, of, cell->text) : bounded(w, cell->text);
	return sheet_string(w, sheet, row, i, text, w->styles[LOOK_TEXT]);
}

/* ---- the sheet ---- */

/* Widths and looks, from the first rows; where the table is at hand, looks from all of them. */
static bool measure(workbook *w, lxw_worksheet *sheet, const zp_sheets *book, const zp_sheet *t, col *columns, zp_sheet_cell *room)
{
	size_t *widest = w->host->take(w->host, (t->n_columns + 1) * sizeof *widest), *places = w->host->take(w->host, (t->n_columns + 1) * sizeof *places);
	for (size_t i = 0; i < t->n_columns; i++) {
		columns[i] = (col){ .of = &t->columns[i], .words = w->host->take(w->host, sizeof(words_kept)) };
		widest[i] = text_width(head_of(w, &t->columns[i])) + 4; /* the button of the filter */
		places[i] = SIZE_MAX;
	}
	for (size_t row = 0; row < t->n_rows && (t->cells || row < ROWS_MEASURED); row++) {
		const zp_sheet_cell *cells = zp_sheet_row(t, row, room);
		for (size_t i = 0; i < t->n_columns; i++) {
			places[i] = places_with(places[i], &cells[i]);
			if (row >= ROWS_MEASURED)
				continue;
			const size_t n = text_width(t->columns[i].kind == ZP_CELLS_WORD ? kept_word(w, book, &columns[i], cells[i].text) : cells[i].text) + 2;
			widest[i] = n > widest[i] ? n : widest[i];
		}
	}
	bool good = true;
	for (size_t i = 0; i < t->n_columns && good; i++) {
		columns[i].shown = look_of(&t->columns[i], places[i]);
		good = sheet_columns(w, sheet, i, i, widest[i] < WIDTH_LEAST ? WIDTH_LEAST : widest[i] > WIDTH_MOST ? WIDTH_MOST : (double)widest[i]);
	}
	return good;
}

static bool put_head(workbook *w, lxw_worksheet *sheet, const zp_sheet *t)
{
	bool good = sheet_row(w, sheet, 0, 36);
	for (size_t i = 0; i < t->n_columns && good; i++)
		good = sheet_string(w, sheet, 0, i, head_of(w, &t->columns[i]), w->styles[is_rank(&t->columns[i]) ? LOOK_RANK_HEADER : LOOK_HEADER]);
	return good;
}

/* Codes that look like numbers are texts, and no mistake. */
static bool quiet_codes(workbook *w, lxw_worksheet *sheet)
{
	return workbook_hear(w, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"), "a mark");
}

bool table_write(workbook *w, const zp_sheets *book, size_t i, const char *name)
{
	const zp_sheet *t = &book->sheets[i];
	lxw_worksheet *sheet = sheet_add(w, name);
	col *columns = w->host->take(w->host, (t->n_columns + 1) * sizeof *columns);
	zp_sheet_cell *room = w->host->take(w->host, (t->n_columns + 1) * sizeof *room);
	bool good = sheet && t->n_columns && measure(w, sheet, book, t, columns, room) && put_head(w, sheet, t);
	for (size_t row = 0; row < t->n_rows && good; row++) {
		const zp_sheet_cell *cells = zp_sheet_row(t, row, room);
		const bool hidden = t->cells && zp_row_hidden(t, row);
		for (size_t k = 0; k < t->n_columns && good; k++)
			good = put_cell(w, sheet, book, &columns[k], &cells[k], row + 1, k, hidden);
	}
	if (!good)
		return false;
	worksheet_freeze_panes(sheet, 1, 1);
	worksheet_set_tab_color(sheet, t->published ? 0x2E7D4F : 0x9C2B23);
	return workbook_hear(w, worksheet_autofilter(sheet, 0, 0, (lxw_row_t)t->n_rows, (lxw_col_t)(t->n_columns - 1)), "a filter") &&
	       marks_put(w, sheet, t) && quiet_codes(w, sheet) && sheet_print(w, sheet, book, 1);
}
