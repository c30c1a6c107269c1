/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rich.h"

static const char no_room[] = "more text than there is room for";
static const char too_long[] = "a text of more than 32,767 characters";

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_x000D_" at p: its number; -1 when it is not. */
static int escaped(const char *p, const char *end)
{
	if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	int c = 0;
	for (int i = 2; i < 6; i++) {
		if (hex(p[i]) < 0)
			return -1;
		c = c * 16 + hex(p[i]);
	}
	return c;
}

/* Gives: the length. */
static size_t write_utf8(char *out, unsigned c)
{
	if (c < 0x80)
		return out[0] = (char)c, 1;
	if (c < 0x800)
		return out[0] = (char)(0xC0 | c >> 6), out[1] = (char)(0x80 | (c & 0x3F)), 2;
	return out[0] = (char)(0xE0 | c >> 12), out[1] = (char)(0x80 | (c >> 6 & 0x3F)), out[2] = (char)(0x80 | (c & 0x3F)), 3;
}

bool zp_text_settle(zp_store *s, size_t from, size_t *characters, const char **unfit, const char **why)
{
	if (from == s->n) /* of a store that holds nothing yet there is no place to point at */
		return true;
	char *to = s->p + from, *end = s->p + s->n;
	for (const char *p = to; p < end;) {
		int c = *p == '_' ? escaped(p, end) : -1;
		if (c < 0) {
			*characters += ((unsigned char)*p & 0xC0) != 0x80;
			*to++ = *p++;
			continue;
		}
		++*characters;
		p += 7;
		if (c >= 0xD800 && c <= 0xDFFF)
			*unfit = "holds half a character (a surrogate)";
		else
			to += write_utf8(to, (unsigned)c);
	}
	s->n = (size_t)(to - s->p);
	for (const char *p = s->p + from; p < to; p++)
		if ((unsigned char)*p < ' ' && *p != '\t' && *p != '\n' && *p != '\r')
			*unfit = "holds a control character";
	if (*characters > ZP_CELL_CHARACTERS)
		*why = too_long;
	return *characters <= ZP_CELL_CHARACTERS;
}

void zp_rich_begin(zp_rich *r, zp_store *to)
{
	*r = (zp_rich){ .to = to, .from = to->n };
}

static zp_step begin_text(zp_rich *r)
{
	r->where = ZP_RICH_TEXT;
	r->text_from = r->to->n;
	return ZP_INTO;
}

/* What a run's font says. */
static void judge_font(zp_rich *r, const char *name, const zp_attributes *a)
{
	zp_text value = zp_xlsx_attribute(a, "val");
	if (strcmp(name, "vertAlign") == 0 && !zp_text_is(value, "baseline"))
		r->unfit = "holds superscript or subscript, which would be read as ordinary figures (10 to the 9th as 109); write ^9, or the character ⁹";
	if (strcmp(name, "strike") == 0 && (!value.p || zp_attribute_true(a, "val")))
		r->unfit = "is partly crossed out; delete what does not count";
}

zp_step zp_rich_start(zp_rich *r, const char *name, const zp_attributes *a, const char **why)
{
	bool t = strcmp(name, "t") == 0;
	switch (r->where) {
	case ZP_RICH_TOP:
		if (t) {
			if (r->piece || r->to->n > r->from)
				break;
			r->piece = true;
			r->in_run = false;
			return begin_text(r);
		}
		if (strcmp(name, "r") == 0 && !r->piece) {
			r->where = ZP_RICH_RUN;
			return ZP_INTO;
		}
		if (strcmp(name, "rPh") == 0 || strcmp(name, "phoneticPr") == 0 || strcmp(name, "extLst") == 0)
			return ZP_OVER;
		break;
	case ZP_RICH_RUN:
		if (t) {
			r->in_run = true;
			return begin_text(r);
		}
		if (strcmp(name, "rPr") == 0) {
			r->where = ZP_RICH_FONT;
			return ZP_INTO;
		}
		break;
	case ZP_RICH_FONT:
		judge_font(r, name, a);
		return ZP_OVER;
	case ZP_RICH_TEXT:
		break;
	}
	*why = "a text in a form that is not known";
	return ZP_STOP;
}

bool zp_rich_end(zp_rich *r, const char **why)
{
	switch (r->where) {
	case ZP_RICH_TEXT:
		r->where = r->in_run ? ZP_RICH_RUN : ZP_RICH_TOP;
		return zp_text_settle(r->to, r->text_from, &r->characters, &r->unfit, why);
	case ZP_RICH_FONT: r->where = ZP_RICH_RUN; break;
	case ZP_RICH_RUN: r->where = ZP_RICH_TOP; break;
	case ZP_RICH_TOP: break;
	}
	return true;
}

bool zp_rich_text(zp_rich *r, zp_text text, const char **why)
{
	if (r->where != ZP_RICH_TEXT) {
		if (!zp_is_blank(text))
			*why = "text between elements";
		return !*why;
	}
	if (r->to->n - r->from + text.n > 8u * ZP_CELL_CHARACTERS)
		*why = too_long;
	else if (!zp_store_add(r->to, text.p, text.n))
		*why = no_room;
	return !*why;
}
