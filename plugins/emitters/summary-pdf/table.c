/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that flow over pages, their heads repeated. */
#include <string.h>
#include "book.h"

#define HEAD 23.0
#define NAME 15.0 /* of a table that goes on */
#define NAME_WIDE 330.0
#define DIGIT 0.555 /* of the size: how wide one is */
#define BAR 34.0
#define WRAPPED_MORE 2.4 /* lower still, below several lines */
#define AWAY 9.0 /* shares stand so far from the column before them, whose numbers end at its edge */
#define SQUEEZE 1.18 /* what is no wider than so many columns is set on one line all the same, smaller */

static double width_of(const zp_table_form *t)
{
	double w = 0;
	for (size_t i = 0; i < t->n; i++)
		w += t->columns[i].wide;
	return w;
}

/* Texts stand away from a column of numbers before them, which end at its edge. */
static double pad_of(const zp_table_form *t, size_t i)
{
	const bool text = t->columns[i].kind == ZP_COLUMN_LEFT || t->columns[i].kind == ZP_COLUMN_WRAPPED;
	return i && text && (t->columns[i - 1].kind == ZP_COLUMN_RIGHT || t->columns[i - 1].kind == ZP_COLUMN_POINT) ? AWAY : 3;
}

/* Where numbers have their point. */
static double point_of(const zp_table_form *t, const zp_column_form *c, double x)
{
	return x + c->wide - 3 - (c->digits ? (c->digits + 0.55) * DIGIT * t->size : 0);
}

static void put_heads(zp_book *b, const zp_table_form *t)
{
	const zp_ink cn = { ZP_BOLD, 7.4, ZP_ACCENT, 0 }, en = { ZP_REGULAR, 5.8, ZP_GREY, 0 };
	double x = ZP_LEFT_EDGE;
	zp_rule(b, x, b->y, x + width_of(t), b->y, 1, ZP_ACCENT);
	for (size_t i = 0; i < t->n; x += t->columns[i++].wide) {
		const zp_column_form *c = &t->columns[i];
		const bool right = c->kind == ZP_COLUMN_RIGHT || c->kind == ZP_COLUMN_POINT, middle = c->kind == ZP_COLUMN_MIDDLE;
		const zp_align align = right ? ZP_RIGHT : middle ? ZP_CENTRE : ZP_LEFT;
		const bool share = c->kind == ZP_COLUMN_SHARE;
		const double pad = share ? AWAY : pad_of(t, i), at = right ? x + c->wide - 3 : middle ? x + c->wide / 2 : x + pad, wide = c->wide - pad - 2;
		zp_put(b, cn, at, b->y + 10, wide, align, c->head.cn);
		zp_put(b, en, at, b->y + 18, wide, align, c->head.en);
	}
	zp_rule(b, ZP_LEFT_EDGE, b->y + HEAD, ZP_LEFT_EDGE + width_of(t), b->y + HEAD, 0.5, ZP_ACCENT);
	b->y += HEAD;
}

void zp_table_begin(zp_book *b, zp_table_form *t)
{
	if (t->size == 0)
		t->size = 8;
	if (t->step == 0)
		t->step = 14;
	zp_room(b, HEAD + 2 * t->step);
	put_heads(b, t);
	t->open = true;
	t->ruled = false;
}

static void end_here(zp_book *b, const zp_table_form *t)
{
	zp_rule(b, ZP_LEFT_EDGE, b->y, ZP_LEFT_EDGE + width_of(t), b->y, 0.8, ZP_ACCENT);
}

/* On to the next page, with the heads. */
static void go_on(zp_book *b, zp_table_form *t)
{
	end_here(b, t);
	zp_turn(b);
	if (*t->name.cn) {
		const zp_ink ink = { ZP_BOLD, 8.4, ZP_BLACK, 0 };
		const char *text = zp_book_say(b, "%s（续）", t->name.cn);
		const double wide = zp_wide(b, ink, text);
		const double high = zp_set(b, ink, (zp_canvas_column){ .x = ZP_LEFT_EDGE, .y = b->y + 8, .width = NAME_WIDE, .most = 2, .leading = 1.2 }, text);
		zp_put(b, zp_quiet, ZP_LEFT_EDGE + (wide < NAME_WIDE ? wide : NAME_WIDE) + 6, b->y + 8, ZP_COLUMN - NAME_WIDE - 8, ZP_LEFT, zp_book_say(b, "%s, continued", t->name.en));
		b->y += NAME + (high > NAME ? high - 10 : 0);
	}
	put_heads(b, t);
	t->ruled = false;
}

static void make_room(zp_book *b, zp_table_form *t, double height)
{
	if (b->y + height > ZP_BOTTOM_EDGE)
		go_on(b, t);
}

/* ---- cells ---- */

static zp_ink ink_of(const zp_table_form *t, const zp_cell_text *cell)
{
	return (zp_ink){ cell->bold || cell->alert ? ZP_BOLD : ZP_REGULAR, t->size, cell->alert ? ZP_ALERT : ZP_BLACK, 0 };
}

static zp_canvas_column column_of(const zp_table_form *t, size_t i, double x, double y)
{
	const double pad = pad_of(t, i);
	return (zp_canvas_column){ .x = x + pad, .y = y, .width = t->columns[i].wide - pad - 3, .align = ZP_LEFT, .most = 4, .leading = 1.28 };
}

/* A text that is hardly wider than its column stays on one line. */
static zp_canvas_column fitted(zp_book *b, const zp_table_form *t, size_t i, zp_ink ink, const char *text, double x, double y)
{
	zp_canvas_column at = column_of(t, i, x, y);
	const double wide = zp_wide(b, ink, text);
	if (wide > at.width && wide < at.width * SQUEEZE)
		at.most = 1;
	return at;
}

static zp_canvas_column more_of(zp_canvas_column at, double y)
{
	at.y = y;
	at.most = 2;
	at.leading = 1.2;
	return at;
}

static const zp_ink more_ink = { ZP_REGULAR, 6, ZP_GREY, 0 };

/* Lines that were broken already: each is set as it is. Gives: the height, as zp_set does. */
static double set_lines(zp_book *b, zp_ink ink, zp_canvas_column at, const char *text)
{
	double high = 0;
	while (*text) {
		const size_t n = strcspn(text, "\n");
		zp_put(b, ink, at.x, at.y + high, at.width, ZP_LEFT, zp_book_say(b, "%.*s", (int)n, text));
		high += ink.size * at.leading;
		text += n + (text[n] != '\0');
	}
	return high;
}

/* Gives: how high text and what stands below it are together. */
static double put_wrapped(zp_book *b, const zp_table_form *t, size_t i, const zp_cell_text *cell, double x, double y)
{
	if (strchr(cell->text, '\n'))
		return set_lines(b, ink_of(t, cell), column_of(t, i, x, y), cell->text);
	const zp_canvas_column at = fitted(b, t, i, ink_of(t, cell), cell->text, x, y);
	const double high = zp_set(b, ink_of(t, cell), at, cell->text);
	if (!cell->more || !*cell->more)
		return high;
	const double below = high - t->size * 0.28 + (high > t->size * 1.3 ? WRAPPED_MORE : 0);
	return below + t->size * 0.28 - 0.4 + zp_set(b, more_ink, more_of(at, y + below), cell->more);
}

static double height_of(zp_book *b, const zp_table_form *t, const zp_cell_text *cells)
{
	double high = t->step;
	const zp_pass pass = b->pass;
	if (pass == ZP_PRINT)
		b->pass = ZP_MEASURE;
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].kind == ZP_COLUMN_WRAPPED && cells[i].text && *cells[i].text) {
			/* most texts are short enough to need no setting: a character is at most as wide as the type is high */
			if ((double)strlen(cells[i].text) * t->size < t->columns[i].wide - 12 && !cells[i].more && pass != ZP_GATHER)
				continue;
			const double all = put_wrapped(b, t, i, &cells[i], 0, 0) + t->step - t->size * 1.28;
			high = all > high ? all : high;
		}
	b->pass = pass;
	return high;
}

/* A number with its point in line with those above it; anything else ends where they do. */
static void put_number(zp_book *b, const zp_table_form *t, const zp_column_form *c, zp_ink ink, double x, double y, const char *text)
{
	const char *point = strchr(text, '.');
	const bool number = *text == '-' || (*text >= '0' && *text <= '9');
	if (!number) {
		zp_put(b, ink, x + c->wide - 3, y, c->wide - 5, ZP_RIGHT, text);
	} else if (b->pass == ZP_PRINT) {
		const size_t whole = point ? (size_t)(point - text) : strlen(text);
		const double at = point_of(t, c, x) - zp_wide(b, ink, zp_book_say(b, "%.*s", (int)whole, text));
		zp_put(b, ink, at, y, x + c->wide - at, ZP_LEFT, text);
	} else {
		zp_put(b, ink, x, y, 0, ZP_LEFT, text);
	}
}

static void put_share(zp_book *b, const zp_table_form *t, const zp_column_form *c, const zp_cell_text *cell, double x, double y)
{
	const double number = AWAY + 2.9 * t->size, room = c->wide - number - 7;
	zp_put(b, ink_of(t, cell), x + number, y, 0, ZP_RIGHT, cell->text);
	if (cell->share >= 0)
		zp_share_bar(b, x + number + 5, b->y + t->step / 2 - 2.5, room < BAR ? room : BAR, cell->share);
}

static void put_left(zp_book *b, const zp_table_form *t, size_t i, const zp_cell_text *cell, double x, double y)
{
	const double pad = pad_of(t, i), room = t->columns[i].wide - pad - 2;
	zp_put(b, ink_of(t, cell), x + pad, y, room, ZP_LEFT, cell->text);
	if (!cell->more || !*cell->more)
		return;
	const double wide = zp_wide(b, ink_of(t, cell), cell->text) + 5;
	if (b->pass == ZP_GATHER || wide < room * 0.8)
		zp_put(b, zp_quiet, x + pad + wide, y, room - wide, ZP_LEFT, cell->more);
}

static void put_range(zp_book *b, const zp_table_form *t, const zp_column_form *c, const zp_cell_text *cell, double x)
{
	const double y = b->y + t->step / 2, wide = c->wide - 12;
	if (cell->to < 0) {
		zp_put(b, (zp_ink){ ZP_REGULAR, t->size * 0.9, ZP_GREY, 0 }, x + 6, y + 0.36 * t->size, wide, ZP_LEFT, cell->text);
		return;
	}
	zp_rule(b, x + 6, y, x + 6 + wide, y, 0.5, ZP_HAIR);
	zp_box(b, x + 6 + cell->share * wide, y - 1.6, (cell->to - cell->share) * wide, 3.2, ZP_BAND);
	if (b->pass == ZP_PRINT)
		zp_canvas_diamond(b->sans, x + 6 + cell->at * wide, y, 2.6, ZP_ACCENT);
}

static void put_cell(zp_book *b, const zp_table_form *t, size_t i, const zp_cell_text *cell, double x)
{
	const zp_column_form *c = &t->columns[i];
	const zp_ink ink = ink_of(t, cell);
	const double y = b->y + t->step / 2 + 0.36 * t->size;
	if (cell->leads)
		zp_link_open(b, cell->leads - 1, x, b->y, c->wide, t->step);
	switch (c->kind) {
	case ZP_COLUMN_LEFT: put_left(b, t, i, cell, x, y); break;
	case ZP_COLUMN_RIGHT: zp_put(b, ink, x + c->wide - 3, y, c->wide - 5, ZP_RIGHT, cell->text); break;
	case ZP_COLUMN_MIDDLE: zp_put(b, ink, x + c->wide / 2, y, c->wide - 4, ZP_CENTRE, cell->text); break;
	case ZP_COLUMN_POINT: put_number(b, t, c, ink, x, y, cell->text); break;
	case ZP_COLUMN_WRAPPED: put_wrapped(b, t, i, cell, x, y); break;
	case ZP_COLUMN_RANGE: put_range(b, t, c, cell, x); break;
	case ZP_COLUMN_SHARE:
		put_share(b, t, c, cell, x, y);
		break;
	}
	if (cell->leads)
		zp_link_close(b);
}

void zp_table_row(zp_book *b, zp_table_form *t, const zp_cell_text *cells)
{
	const double high = height_of(b, t, cells);
	make_room(b, t, high);
	if (t->ruled)
		zp_rule(b, ZP_LEFT_EDGE, b->y, ZP_LEFT_EDGE + width_of(t), b->y, 0.35, ZP_HAIR);
	double x = ZP_LEFT_EDGE;
	for (size_t i = 0; i < t->n; x += t->columns[i++].wide)
		if (cells[i].text && *cells[i].text)
			put_cell(b, t, i, &cells[i], x);
	b->y += high;
	t->ruled = true;
}

void zp_table_part(zp_book *b, zp_table_form *t, zp_both says)
{
	make_room(b, t, 16 + t->step);
	const zp_ink ink = { ZP_BOLD, t->size, ZP_ACCENT, 0 };
	const double wide = zp_wide(b, ink, says.cn), most = width_of(t) * 0.6;
	zp_box(b, ZP_LEFT_EDGE, b->y, width_of(t), 16, ZP_ACCENT_PALE);
	zp_put(b, ink, ZP_LEFT_EDGE + 3, b->y + 8 + 0.36 * t->size, most, ZP_LEFT, says.cn);
	zp_put(b, zp_quiet, ZP_LEFT_EDGE + 9 + (wide < most ? wide : most), b->y + 8 + 0.36 * t->size, width_of(t) * 0.36, ZP_LEFT, says.en);
	b->y += 16;
	t->ruled = false;
}

bool zp_table_turns(const zp_book *b, const zp_table_form *t)
{
	return b->y + t->step > ZP_BOTTOM_EDGE;
}

void zp_table_end(zp_book *b, zp_table_form *t)
{
	end_here(b, t);
	t->open = false;
	b->y += 9;
}
