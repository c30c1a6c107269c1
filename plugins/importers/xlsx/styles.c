/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "styles.h"

#define FORMATS 4096u
#define FORMAT_MOST 100000 /* the largest number of a format */

enum where { OUTSIDE, FORMATS_LIST, FONTS, FONT, BASES, CELLS };

typedef struct format { long id; zp_look look; } format;

typedef struct reader {
	zp_package *k;
	const zp_part *part;
	zp_styles *to;
	enum where where;
	format *formats;
	size_t n_formats;
	bool *struck; /* of each font */
	size_t n_fonts;
	zp_style *bases; /* cell styles, that others rest on */
	size_t n_bases;
} reader;

/* The formats that need no code in the file, as Excel counts them. */
static zp_look look_built_in(long id)
{
	if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58) || (id >= 71 && id <= 81))
		return ZP_LOOK_DATE;
	if (id == 9 || id == 10)
		return ZP_LOOK_PERCENT;
	if ((id >= 0 && id <= 4) || (id >= 11 && id <= 13) || (id >= 37 && id <= 41) || id == 43 || id == 48 || id == 49)
		return ZP_LOOK_PLAIN;
	return ZP_LOOK_TEXT; /* currencies, and numbers that the file does not explain */
}

static zp_look look_of_id(const reader *r, long id)
{
	zp_look built_in = look_built_in(id);
	for (size_t i = r->n_formats; i-- > 0;)
		if (r->formats[i].id == id)
			return id < 164 && built_in == ZP_LOOK_DATE ? built_in : r->formats[i].look;
	return built_in;
}

static bool unusual(reader *r, const char *what)
{
	return zp_xlsx_refuse(r->k->r, 0, 0, "its part %s has %s", r->part->name, what);
}

static bool add_format(reader *r, const zp_attributes *a)
{
	zp_text code = zp_xlsx_attribute(a, "formatCode");
	long id = zp_attribute_count(a, "numFmtId", FORMAT_MOST, -1);
	if (id < 0 || !code.p || r->n_formats == FORMATS)
		return unusual(r, "a number format without number or code, or more than 4,096 of them");
	for (size_t i = 0; i < r->n_formats; i++)
		if (r->formats[i].id == id)
			return unusual(r, "the same number of a number format twice");
	r->formats[r->n_formats++] = (format){ id, zp_look_of(code) };
	return true;
}

/* A style of `list`, which has room. */
static bool add_style(reader *r, zp_style *list, size_t *n, bool cell, const zp_attributes *a)
{
	long id = zp_attribute_count(a, "numFmtId", FORMAT_MOST, 0), font = zp_attribute_count(a, "fontId", ZP_STYLES, 0);
	long base = zp_attribute_count(a, "xfId", ZP_STYLES, 0);
	if (*n == ZP_STYLES)
		return unusual(r, "more than 65,536 styles");
	if (id < 0 || font < 0 || base < 0 || (font > 0 && (size_t)font >= r->n_fonts) || (cell && base > 0 && (size_t)base >= r->n_bases))
		return unusual(r, "a style that names a format, font or style that it does not have");
	zp_style style = { (unsigned char)look_of_id(r, id), (size_t)font < r->n_fonts && r->struck[font] };
	/* Programs differ in whether the style below counts when a cell's own says nothing: the less plain of them does. */
	if (cell && style.look == ZP_LOOK_PLAIN && !zp_attribute_true(a, "applyNumberFormat") && (size_t)base < r->n_bases)
		style.look = r->bases[base].look;
	list[(*n)++] = style;
	return true;
}

static zp_step on_start(void *self, const char *name, const zp_attributes *a)
{
	reader *r = self;
	switch (r->where) {
	case OUTSIDE:
		r->where = strcmp(name, "numFmts") == 0 ? FORMATS_LIST : strcmp(name, "fonts") == 0 ? FONTS :
			   strcmp(name, "cellStyleXfs") == 0 ? BASES : strcmp(name, "cellXfs") == 0 ? CELLS : OUTSIDE;
		if ((r->where == FORMATS_LIST && (r->n_formats || r->n_bases)) || (r->where == CELLS && r->to->n) || (r->where == BASES && r->n_bases) ||
		    (r->where == FONTS && r->n_fonts)) {
			unusual(r, "a list twice, or lists in another order");
			return ZP_STOP;
		}
		return r->where == OUTSIDE ? ZP_OVER : ZP_INTO;
	case FORMATS_LIST:
		return strcmp(name, "numFmt") != 0 ? ZP_OVER : add_format(r, a) ? ZP_INTO : ZP_STOP;
	case FONTS:
		if (strcmp(name, "font") != 0)
			return ZP_OVER;
		if (r->n_fonts == ZP_STYLES) {
			unusual(r, "more than 65,536 fonts");
			return ZP_STOP;
		}
		r->struck[r->n_fonts++] = false;
		r->where = FONT;
		return ZP_INTO;
	case FONT:
		if (strcmp(name, "strike") == 0)
			r->struck[r->n_fonts - 1] = !zp_xlsx_attribute(a, "val").p || zp_attribute_true(a, "val");
		return ZP_OVER;
	case BASES:
	case CELLS:
		if (strcmp(name, "xf") != 0)
			return ZP_OVER;
		if (r->where == BASES)
			return add_style(r, r->bases, &r->n_bases, false, a) ? ZP_OVER : ZP_STOP;
		return add_style(r, r->to->of, &r->to->n, true, a) ? ZP_OVER : ZP_STOP;
	}
	return ZP_OVER;
}

static bool on_end(void *self, const char *name)
{
	reader *r = self;
	if (r->where == FONT)
		r->where = strcmp(name, "font") == 0 ? FONTS : FONT;
	else if (strcmp(name, "numFmt") != 0)
		r->where = OUTSIDE;
	return true;
}

bool zp_styles_read(zp_package *k, const zp_part *part, zp_styles *to)
{
	const zp_host *host = k->r->host;
	reader r = { .k = k, .part = part, .to = to };
	to->of = host->take(host, (part ? ZP_STYLES : 1) * sizeof *to->of);
	if (!part) {
		to->n = 1;
		return true;
	}
	r.formats = host->take(host, FORMATS * sizeof *r.formats);
	r.struck = host->take(host, ZP_STYLES * sizeof *r.struck);
	r.bases = host->take(host, ZP_STYLES * sizeof *r.bases);
	const zp_listener listener = { .self = &r, .space = ZP_NS_MAIN, .root = "styleSheet", .start = on_start, .end = on_end };
	if (!zp_xml_part(k, part, &listener))
		return false;
	return to->n ? true : unusual(&r, "no styles of cells (cellXfs)");
}
