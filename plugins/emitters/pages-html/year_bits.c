/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all pages of a year are made of, and a table as it is. */
#include "year.h"
#include <string.h>

void zp_year_both(zp_markup *m, const char *zh, const char *en)
{
	zp_markup_tell(m, zh);
	if (!en || !*en || strcmp(zh, en) == 0)
		return;
	zp_markup_put(m, " <span lang=\"en\">");
	zp_markup_tell(m, en);
	zp_markup_put(m, "</span>");
}

void zp_year_word(zp_telling *t, const char *column, const char *word)
{
	const zp_meaning *meaning = *word ? zp_meaning_find(t->book, column, word) : NULL;
	const size_t n = strcspn(word, " ");
	if (meaning)
		zp_year_both(t->m, meaning->says, meaning->says_en);
	else if (!word[n])
		zp_markup_tell(t->m, word);
	else { /* several with blanks between */
		char *first = t->host->take(t->host, n + 1);
		memcpy(first, word, n);
		zp_year_word(t, column, first);
		zp_markup_put(t->m, "、");
		zp_year_word(t, column, word + n + 1);
	}
}

const char *zp_year_place_name(const zp_telling *t, const char *code)
{
	for (size_t i = 0; i < t->book->n; i++) {
		const zp_sheet *s = &t->book->sheets[i];
		const size_t place = zp_column_find(s, "place"), name = zp_column_find(s, "name");
		for (size_t row = 0; place != NO_COLUMN && name != NO_COLUMN && row < s->n_rows; row++)
			if (strcmp(zp_cell_at(s, row, place), code) == 0)
				return zp_cell_at(s, row, name);
	}
	return "";
}

void zp_year_open_wide(zp_telling *t, const char *zh, const char *en, const char *look)
{
	zp_markup_put(t->m, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
	zp_markup_tell(t->m, zh);
	zp_markup_put(t->m, " ");
	zp_markup_tell(t->m, en ? en : "");
	zp_markup_put(t->m, "\"><table class=\"");
	zp_markup_put(t->m, look);
	zp_markup_put(t->m, "\">\n");
}

void zp_year_close_wide(zp_telling *t) { zp_markup_put(t->m, "</tbody></table></div>\n"); }

void zp_year_th(zp_markup *m, const char *zh, const char *en)
{
	zp_markup_put(m, "<th scope=\"col\">");
	zp_year_both(m, zh, en);
	zp_markup_put(m, "</th>");
}

/* ---- a table as it is ---- */

static bool is_number(zp_cells_kind kind) { return kind == ZP_CELLS_WHOLE || kind == ZP_CELLS_NUMBER || kind == ZP_CELLS_PERCENT; }

static const char *look_of(zp_cells_kind kind) { return is_number(kind) ? "num" : kind == ZP_CELLS_DATE ? "date" : "text"; }

/* A rank of results is told with the ends of its range in one cell, and these have none of their own. (One of points has no range.) */
static bool is_end_of_range(const zp_sheet *s, size_t i)
{
	const char *name = s->columns[i].name;
	return zp_column_find(s, "rank") != NO_COLUMN && (strcmp(name, "rank_low") == 0 || strcmp(name, "rank_high") == 0);
}

#define SHORT 24 /* bytes of a text that is not broken over lines */

/* How each column is shown. */
typedef enum showing { SHOW, SHOW_SHORT, LEFT_OUT } showing;

/* A column in which nothing is said would only take room. */
static const showing *showings(zp_telling *t, const zp_sheet *s)
{
	showing *how = t->host->take(t->host, (s->n_columns + 1) * sizeof *how);
	for (size_t i = 0; i < s->n_columns; i++) {
		size_t longest = 0;
		for (size_t row = 0; row < s->n_rows; row++) {
			const size_t n = strlen(zp_cell_at(s, row, i));
			longest = n > longest ? n : longest;
		}
		how[i] = is_end_of_range(s, i) || (!longest && !is_number(s->columns[i].kind)) ? LEFT_OUT : longest <= SHORT ? SHOW_SHORT : SHOW;
	}
	return how;
}

static void put_head(zp_telling *t, const zp_sheet *s, const showing *how)
{
	zp_markup_put(t->m, "<thead><tr>");
	for (size_t i = 0; i < s->n_columns; i++) {
		const zp_column *c = &s->columns[i];
		if (how[i] == LEFT_OUT)
			continue;
		zp_markup_put(t->m, "<th scope=\"col\" class=\"");
		zp_markup_put(t->m, look_of(c->kind));
		zp_markup_put(t->m, "\">");
		zp_markup_tell(t->m, c->title ? c->title : c->name);
		zp_markup_put(t->m, c->kind == ZP_CELLS_PERCENT ? " %" : "");
		zp_year_both(t->m, "", c->title_en ? c->title_en : "");
		zp_markup_put(t->m, "</th>");
	}
	zp_markup_put(t->m, "</tr></thead><tbody>\n");
}

/* "53（5–159）" */
static void put_rank(zp_telling *t, const zp_sheet *s, size_t row, size_t i)
{
	const char *low = zp_cell_at(s, row, zp_column_find(s, "rank_low")), *high = zp_cell_at(s, row, zp_column_find(s, "rank_high"));
	if (!*low || !*high) { /* without its range it is not told */
		zp_markup_put(t->m, "–");
		return;
	}
	zp_markup_tell(t->m, zp_cell_at(s, row, i));
	zp_markup_put(t->m, " <small>（");
	zp_markup_tell(t->m, low);
	zp_markup_put(t->m, "–");
	zp_markup_tell(t->m, high);
	zp_markup_put(t->m, "）</small>");
}

static void put_cell(zp_telling *t, const zp_sheet *s, size_t row, size_t i, bool hidden, showing how)
{
	const zp_column *c = &s->columns[i];
	const char *text = zp_cell_at(s, row, i), *tag = i ? "td" : "th";
	zp_markup_put(t->m, i ? "<td class=\"" : "<th scope=\"row\" class=\"");
	zp_markup_put(t->m, look_of(c->kind));
	zp_markup_put(t->m, how == SHOW_SHORT ? " short\">" : "\">");
	if (strcmp(c->name, "rank") == 0 && zp_column_find(s, "rank_low") != NO_COLUMN)
		put_rank(t, s, row, i);
	else if (hidden && !*text && is_number(c->kind))
		zp_markup_put(t->m, "<span class=\"hidden\">隐去</span>");
	else if (c->kind == ZP_CELLS_WORD)
		zp_year_word(t, c->name, text);
	else
		zp_markup_tell(t->m, text);
	zp_markup_put(t->m, "</");
	zp_markup_put(t->m, tag);
	zp_markup_put(t->m, ">");
}

/* "这里不逐一列出：见 certificates.csv" */
static void put_elsewhere(zp_telling *t, const zp_sheet *s)
{
	zp_markup_put(t->m, "<p class=\"said\">共 ");
	zp_markup_number(t->m, s->n_rows);
	zp_markup_put(t->m, " 行，本页不逐一列出，见 <code>");
	zp_markup_tell(t->m, s->name);
	zp_markup_put(t->m, ".csv</code>。<span lang=\"en\">");
	zp_markup_number(t->m, s->n_rows);
	zp_markup_put(t->m, " rows are too many for this page; they are in that file.</span></p>\n");
}

void zp_year_table(zp_telling *t, const zp_sheet *s)
{
	if (!s->n_rows)
		zp_markup_put(t->m, "<p class=\"said\">没有内容。 <span lang=\"en\">Nothing is in it.</span></p>\n");
	else if (s->n_rows > ROWS_LISTED_MOST)
		put_elsewhere(t, s);
	if (!s->n_rows || s->n_rows > ROWS_LISTED_MOST)
		return;
	zp_year_open_wide(t, s->title ? s->title : s->name, s->title_en, "plain");
	const showing *how = showings(t, s);
	put_head(t, s, how);
	for (size_t row = 0; row < s->n_rows; row++) {
		const bool hidden = zp_row_hidden(s, row);
		zp_markup_put(t->m, "<tr>");
		for (size_t i = 0; i < s->n_columns; i++)
			if (how[i] != LEFT_OUT)
				put_cell(t, s, row, i, hidden, how[i]);
		zp_markup_put(t->m, "</tr>\n");
	}
	zp_year_close_wide(t);
}
