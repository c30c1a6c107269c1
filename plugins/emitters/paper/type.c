/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "type.h"
#include <cairo-ft.h>
#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

#ifndef ZP_FONTS
#define ZP_FONTS "/usr/share/fonts/opentype/noto"
#endif
#define FACE_SC 2 /* simplified Chinese, in both collections */
#define PER_EM 1000

struct zp_cut {
	zp_family family;
	hb_blob_t *bytes; /* the subset; FreeType and cairo read it in place */
	hb_font_t *font;
	hb_buffer_t *buffer;
	FT_Library freetype;
	FT_Face ft;
	cairo_font_face_t *face;
	hb_codepoint_t ascii[128];
	float advance[128];
};

static const char *const paths[ZP_FAMILIES][ZP_WEIGHTS] = {
	[ZP_SERIF] = { ZP_FONTS "/NotoSerifCJK-Regular.ttc", ZP_FONTS "/NotoSerifCJK-Bold.ttc" },
	[ZP_SANS] = { ZP_FONTS "/NotoSansCJK-Regular.ttc", ZP_FONTS "/NotoSansCJK-Bold.ttc" },
};

/* The next character of well-formed UTF-8 at *p, which moves on; -1 when it is ill-formed. */
static int32_t next_character(const unsigned char **p)
{
	const unsigned char *s = *p;
	if (s[0] < 0x80) {
		*p += 1;
		return s[0];
	}
	int more = s[0] >= 0xF0 && s[0] <= 0xF4 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC2 ? 1 : 0;
	if (s[0] > 0xF4 || !more)
		return -1;
	int32_t c = s[0] & (0x3F >> more);
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return -1;
		c = c << 6 | (s[i] & 0x3F);
	}
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) || (more == 2 && c < 0x800) || (more == 3 && c < 0x10000))
		return -1;
	*p += more + 1;
	return c;
}

/* Control, zero-width and bidirectional characters: they change how a certificate reads. */
static bool steers(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static void want(hb_set_t *set, const char *text)
{
	const unsigned char *p = (const unsigned char *)(text ? text : "");
	while (*p) {
		int32_t c = next_character(&p);
		if (c < 0)
			p++; /* zp_cut_shape tells of it where the text is used */
		else
			hb_set_add(set, (hb_codepoint_t)c);
	}
}

static hb_blob_t *subset(hb_blob_t *whole, const char *characters, const char *own)
{
	/* No substitutions: one character is one glyph, and numbers set from the table look as shaped ones. */
	static const hb_tag_t dropped[] = { HB_TAG('G', 'S', 'U', 'B'), HB_TAG('B', 'A', 'S', 'E'), HB_TAG('V', 'O', 'R', 'G'),
		                            HB_TAG('v', 'h', 'e', 'a'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('D', 'S', 'I', 'G') };
	hb_face_t *face = hb_face_create(whole, FACE_SC);
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_face_t *cut = NULL;
	if (input) {
		hb_set_t *set = hb_subset_input_unicode_set(input);
		hb_set_add_range(set, 0x20, 0x7E);
		want(set, characters);
		want(set, own);
		for (size_t i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++)
			hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
		/* cairo keeps every subroutine of a font in every file; a font without them, and without hints for
		 * coarse screens, makes small files. */
		hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
		cut = hb_subset_or_fail(face, input);
		hb_subset_input_destroy(input);
	}
	hb_face_destroy(face);
	hb_blob_t *bytes = cut ? hb_face_reference_blob(cut) : NULL;
	hb_face_destroy(cut);
	return bytes;
}

/* What FreeType opened goes when cairo lets go of the face, which may be later than zp_cut_close. */
static void end_freetype(void *cut)
{
	zp_cut *c = cut;
	FT_Done_Face(c->ft);
	FT_Done_FreeType(c->freetype);
	hb_blob_destroy(c->bytes);
	free(c);
}

static bool open_faces(zp_cut *c)
{
	static const cairo_user_data_key_t key;
	unsigned n = 0;
	const char *data = hb_blob_get_data(c->bytes, &n);
	if (FT_Init_FreeType(&c->freetype))
		return false;
	if (FT_New_Memory_Face(c->freetype, (const FT_Byte *)data, (FT_Long)n, 0, &c->ft)) {
		FT_Done_FreeType(c->freetype);
		return false;
	}
	c->face = cairo_ft_font_face_create_for_ft_face(c->ft, FT_LOAD_NO_HINTING);
	if (cairo_font_face_set_user_data(c->face, &key, c, end_freetype)) {
		cairo_font_face_destroy(c->face);
		FT_Done_Face(c->ft);
		FT_Done_FreeType(c->freetype);
		return false;
	}
	hb_face_t *face = hb_face_create(c->bytes, 0);
	c->font = hb_font_create(face);
	hb_face_destroy(face);
	hb_font_set_scale(c->font, PER_EM, PER_EM);
	c->buffer = hb_buffer_create();
	return true;
}

zp_cut *zp_cut_open(const zp_host *host, zp_family family, zp_weight weight, const char *characters, const char *own, zp_error *err)
{
	hb_blob_t *whole = hb_blob_create_from_file_or_fail(paths[family][weight]);
	if (!whole) {
		host->fail(err, ZP_BAD_PLUGIN, paths[family][weight], 0,
		           "the font cannot be read; expected Noto CJK (Debian package fonts-noto-cjk)");
		return NULL;
	}
	zp_cut *c = calloc(1, sizeof(*c));
	if (c)
		c->family = family;
	if (c && hb_face_count(whole) > FACE_SC)
		c->bytes = subset(whole, characters, own);
	hb_blob_destroy(whole);
	if (!c || !c->bytes || !open_faces(c)) {
		if (c)
			hb_blob_destroy(c->bytes);
		free(c);
		host->fail(err, ZP_BAD_PLUGIN, paths[family][weight], 0,
		           "the font cannot be cut to the characters of the round; expected the collection Noto CJK with a face for simplified Chinese");
		return NULL;
	}
	for (hb_codepoint_t a = 0x20; a < 0x7F; a++) {
		hb_font_get_nominal_glyph(c->font, a, &c->ascii[a]);
		c->advance[a] = (float)hb_font_get_glyph_h_advance(c->font, c->ascii[a]);
	}
	return c;
}

void zp_cut_close(zp_cut *c)
{
	if (!c)
		return;
	hb_font_destroy(c->font);
	hb_buffer_destroy(c->buffer);
	cairo_font_face_destroy(c->face);
}

cairo_font_face_t *zp_cut_face(const zp_cut *c)
{
	return c->face;
}

/* Texts of printable ASCII, which most cells are, need no shaper. */
static bool shape_ascii(const zp_cut *c, zp_shape *out)
{
	for (size_t i = 0; i < out->bytes; i++) {
		unsigned char a = (unsigned char)out->text[i];
		if (a < 0x20 || a > 0x7E)
			return false;
		out->glyphs[i] = (zp_glyph){ .id = c->ascii[a], .from = (uint16_t)i, .bytes = 1, .advance = c->advance[a] };
		out->width += c->advance[a];
	}
	out->n = out->bytes;
	return true;
}

/* The first character that cannot be printed as itself; false when there is one. */
static bool printable(const zp_host *host, const char *who, const char *text, zp_error *err)
{
	const unsigned char *p = (const unsigned char *)text;
	while (*p) {
		size_t at = (size_t)(p - (const unsigned char *)text);
		int32_t ch = next_character(&p);
		if (ch < 0)
			return host->fail(err, ZP_BAD_INPUT, who, 0, "the paper cannot print a text with the byte 0x%02X at place %zu; expected UTF-8",
			                  (unsigned)*p, at + 1);
		if (steers(ch))
			return host->fail(err, ZP_BAD_INPUT, who, 0,
			                  "the paper cannot print a text with the invisible character U+%04X at byte %zu; expected characters that show",
			                  (unsigned)ch, at + 1);
	}
	return true;
}

static bool missing(const zp_cut *c, const zp_host *host, const char *who, const char *text, size_t at, zp_error *err)
{
	const unsigned char *from = (const unsigned char *)text + at, *to = from;
	int32_t ch = next_character(&to);
	size_t shown = strnlen(text, 300);
	while (shown && ((unsigned char)text[shown] & 0xC0) == 0x80) /* no half character */
		shown--;
	return host->fail(err, ZP_BAD_INPUT, who, 0,
	                  "the font Noto %s CJK SC has no glyph for \"%.*s\" (U+%04X) in \"%.*s\"; expected a character of the font",
	                  c->family == ZP_SANS ? "Sans" : "Serif", (int)(to - from), (const char *)from, (unsigned)ch, (int)shown, text);
}

bool zp_cut_shape(const zp_cut *c, const zp_host *host, const char *who, const char *text, zp_glyph *glyphs,
                  zp_shape *out, zp_error *err)
{
	*out = (zp_shape){ .text = text, .bytes = strlen(text), .glyphs = glyphs };
	if (out->bytes >= ZP_LINE_MOST)
		return host->fail(err, ZP_BAD_INPUT, who, 0, "the paper cannot print a text of %zu bytes; expected at most %d",
		                  out->bytes, ZP_LINE_MOST - 1);
	if (shape_ascii(c, out))
		return true;
	if (!printable(host, who, text, err))
		return false;

	hb_buffer_clear_contents(c->buffer);
	hb_buffer_set_cluster_level(c->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_add_utf8(c->buffer, text, (int)out->bytes, 0, (int)out->bytes);
	hb_buffer_set_direction(c->buffer, HB_DIRECTION_LTR);
	hb_buffer_set_script(c->buffer, HB_SCRIPT_HAN);
	hb_buffer_set_language(c->buffer, hb_language_from_string("zh-hans", -1));
	hb_shape(c->font, c->buffer, NULL, 0);
	unsigned n = 0;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(c->buffer, &n);
	const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(c->buffer, NULL);
	if (n >= ZP_LINE_MOST)
		n = ZP_LINE_MOST - 1; /* a glyph is never less than a byte, so this cuts nothing */
	out->n = n;
	out->width = 0;
	for (unsigned i = 0; i < n; i++) {
		unsigned end = i + 1 < n ? info[i + 1].cluster : (unsigned)out->bytes;
		if (!info[i].codepoint)
			return missing(c, host, who, text, info[i].cluster, err);
		glyphs[i] = (zp_glyph){ .id = info[i].codepoint, .from = (uint16_t)info[i].cluster,
			                .bytes = (uint16_t)(end - info[i].cluster),
			                .advance = (float)at[i].x_advance, .dx = (float)at[i].x_offset, .dy = (float)at[i].y_offset };
		out->width += glyphs[i].advance;
	}
	return true;
}
