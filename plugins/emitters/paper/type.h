/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Type: the weights of a font, as subsets that live in memory.
 *
 * HarfBuzz cuts the subset and shapes, cairo draws the very same bytes, and no font service is asked:
 * another font cannot slip in. Pango's own font maps are not used, because each starts a thread that
 * reads the machine's font configuration; what is used of Pango is its line breaking.
 */
#ifndef ZP_PAPER_TYPE_H
#define ZP_PAPER_TYPE_H

#include <cairo.h>
#include <hb.h>
#include "host/plugin.h"

typedef enum zp_weight { ZP_REGULAR, ZP_BOLD, ZP_WEIGHTS } zp_weight;
typedef enum zp_family { ZP_SERIF, ZP_SANS, ZP_FAMILIES } zp_family; /* Noto Serif and Noto Sans CJK, simplified Chinese */

typedef struct zp_cut zp_cut; /* one weight */

/* The font file of a weight, cut down to the characters of two texts and printable ASCII.
 * Fails: ZP_BAD_PLUGIN when the font is not there or cannot be used. Owns: the caller closes it. */
zp_cut *zp_cut_open(const zp_host *, zp_family, zp_weight, const char *characters, const char *own, zp_error *);
void zp_cut_close(zp_cut *); /* NULL is fine */

cairo_font_face_t *zp_cut_face(const zp_cut *);

/* A character drawn as one glyph; widths are in thousandths of the size. */
typedef struct zp_glyph {
	uint32_t id;
	uint16_t from, bytes; /* the text it stands for; 0 bytes: belongs to the glyph before it */
	float advance, dx, dy;
} zp_glyph;

#define ZP_LINE_MOST 4096 /* bytes of one text */

typedef struct zp_shape {
	const char *text;
	size_t bytes, n;
	float width;
	zp_glyph *glyphs;
} zp_shape;

/* Set a text. Needs: glyphs has room for ZP_LINE_MOST.
 * Fails: ZP_BAD_INPUT, telling `who` and the character, for ill-formed UTF-8, a character that steers
 *        instead of showing, or one that the font does not have. */
bool zp_cut_shape(const zp_cut *, const zp_host *, const char *who, const char *text, zp_glyph *glyphs,
                  zp_shape *out, zp_error *);

#endif
