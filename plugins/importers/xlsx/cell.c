/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell.h"
#include "number.h"

bool zp_cell_begin(zp_cell *c, zp_text kind, zp_style style, size_t from)
{
	static const char *const names[] = { "n", "s", "inlineStr", "str", "b", "e", "d" };
	*c = (zp_cell){ .style = style, .from = from };
	if (!kind.p)
		return true;
	if (kind.n == 1 && kind.p[0] == 's') { /* most are */
		c->kind = ZP_CELL_SHARED;
		return true;
	}
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (zp_text_is(kind, names[i])) {
			c->kind = i;
			return true;
		}
	return false;
}

static const char *look_says(zp_look look)
{
	switch (look) {
	case ZP_LOOK_DATE:
		return "is a date: Excel makes dates of what looks like one (5.12 is the 5th of December); format the cell as text and type again "
		       "what was meant";
	case ZP_LOOK_PERCENT:
		return "is shown as a percentage, and the number in it is a hundred times smaller than what is seen; give the cell the format "
		       "\"General\" and type the value again";
	case ZP_LOOK_SCALED:
		return "is shown divided by a thousand; give the cell the format \"General\" and type the value again";
	case ZP_LOOK_TEXT:
		return "is shown with characters that are not in it, or not at all, by its number format; give the cell the format \"General\" and type the "
		       "value again";
	case ZP_LOOK_PLAIN: break;
	}
	return NULL;
}

/* The index of a shared text: plain digits. */
static zp_text shared_text(zp_cell *c, zp_text index, const zp_strings *strings, const char **why)
{
	size_t i = 0;
	bool good = index.n && index.n <= 9 && (index.n == 1 || index.p[0] != '0');
	for (size_t k = 0; good && k < index.n; k++) {
		good = index.p[k] >= '0' && index.p[k] <= '9';
		i = i * 10 + (size_t)(index.p[k] - '0');
	}
	if (good && i < strings->n)
		return zp_string_at(strings, i, &c->unfit);
	*why = "the cell names a shared text that the workbook does not have";
	return (zp_text){ NULL, 0 };
}

static zp_text number(zp_cell *c, zp_text written, zp_store *row)
{
	char typed[ZP_NUMBER_ROOM];
	size_t n = zp_number_typed(written.p, written.n, typed);
	row->n = c->from;
	c->unfit = look_says(c->style.look);
	if (!n) {
		c->unfit = "is no number, and is marked as one";
		return ZP_TEXT("?");
	}
	zp_store_add(row, typed, n);
	return (zp_text){ row->p + c->from, n };
}

zp_text zp_cell_end(zp_cell *c, zp_store *row, const zp_strings *strings, const char **why)
{
	zp_text text = { row->p + c->from, row->n - c->from }, none = { NULL, 0 };
	size_t characters = 0;
	if (c->has_inline != (c->kind == ZP_CELL_INLINE) && (c->has_inline || c->has_value)) {
		*why = "the cell is marked as one kind and written as another";
		return none;
	}
	if (c->has_value || c->has_inline)
		switch (c->kind) {
		case ZP_CELL_SHARED: text = shared_text(c, text, strings, why); break;
		case ZP_CELL_INLINE: c->unfit = c->rich.unfit; break;
		case ZP_CELL_NUMBER: text = zp_is_blank(text) ? none : number(c, text, row); break;
		case ZP_CELL_TEXT:
			if (!zp_text_settle(row, c->from, &characters, &c->unfit, why))
				return none;
			text.n = row->n - c->from;
			break;
		case ZP_CELL_BOOLEAN: c->unfit = "is TRUE or FALSE; expected a value"; break;
		case ZP_CELL_ERROR: c->unfit = "is an error (#N/A and the like); expected a value"; break;
		case ZP_CELL_DATE: c->unfit = look_says(ZP_LOOK_DATE); break;
		}
	if (c->has_formula)
		c->unfit = "is a formula, and none is worked out here; copy the cell and paste it as values";
	if (text.n && !c->unfit && c->style.struck)
		c->unfit = "is crossed out; delete it, or take the line away";
	if (text.n == 0 && c->unfit)
		text = ZP_TEXT("?"); /* not blank: something is seen in the cell */
	return text;
}
