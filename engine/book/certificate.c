/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/certificate.h"
#include <stdlib.h>
#include <unistd.h>
#include "base/characters.h"
#include "base/file.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define A4_SHORT 595.276
#define A4_LONG 841.89
#define BLOCKS_MOST 300
#define WORDS_MOST 2000 /* bytes of one text */
#define PICTURES_MOST 8
#define PICTURE_BYTES (1u << 20)
#define PIXELS_MOST 4000u
#define BLACK 0x1C2126u

typedef struct work {
	zp_reader r;
	zp_template *t;
	const char *folder, *folder_name; /* where images lie, and how messages call it: "" or "certificates/" */
	zp_inputs *files;
	zp_characters *characters;
	const zp_picture **pictures;
	size_t n_blocks;
} work;

/* ---- values ---- */

bool zp_colour_read(const char *text, unsigned *out)
{
	if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
		return false;
	*out = (unsigned)strtoul(text + 1, NULL, 16);
	return true;
}

static void take_colour(const work *w, const zp_element *e, const char *name, unsigned *out)
{
	const char *value = zp_attribute_of(e, name);
	if (value && !zp_colour_read(value, out))
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected a colour such as #1B4B5F", name, e->name,
			  zp_text_show(w->r.arena, zp_text_of(value)));
}

/* A number between two others. Gives: true when it is there. */
static bool take_number(const work *w, const zp_element *e, const char *name, double least, double most, const char *unit, double *out)
{
	zp_decimal d;
	const char *value = zp_attribute_of(e, name);
	if (!value || !zp_element_decimal(&w->r, e, name, ZP_RANGE_ANY, &d))
		return value != NULL;
	const double x = zp_decimal_double(d);
	if (x < least || x > most)
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected %.4g to %.4g%s%s", name, e->name, zp_text_show(w->r.arena, zp_text_of(value)),
			  least, most, *unit ? " " : "", unit);
	else
		*out = x;
	return true;
}

/* Millimetres in the file, points in memory. */
static bool take_length(const work *w, const zp_element *e, const char *name, double least, double most, double *out)
{
	double mm = *out / POINTS_PER_MM;
	const bool given = take_number(w, e, name, least, most, "mm", &mm);
	if (given)
		*out = mm * POINTS_PER_MM;
	return given;
}

static double page_mm(double points) { return (double)(long)(points / POINTS_PER_MM + 0.5); }

static bool take_yes(const work *w, const zp_element *e, const char *name, bool preset)
{
	int word = preset;
	zp_element_word(&w->r, e, name, "no yes", &word);
	return word == 1;
}

static void take_words(work *w, const zp_element *e, const char *name, const zp_template_piece **at, size_t *n)
{
	zp_piece_list list;
	const char *value = zp_attribute_of(e, name);
	if (value && strlen(value) > WORDS_MOST)
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> has %zu bytes; expected at most %d", name, e->name, strlen(value), WORDS_MOST);
	else if (zp_certificate_pieces(&w->r, e, name, w->t->kind, &list)) {
		*at = list.at;
		*n = list.n;
		zp_characters_add(w->characters, value);
	}
}

/* ---- images ---- */

/* Width and height as a PNG states them. */
static bool png_fits(zp_text b, unsigned *wide, unsigned *high)
{
	const unsigned char *p = (const unsigned char *)b.p;
	if (b.n < 33 || memcmp(p, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) != 0)
		return false;
	*wide = (unsigned)p[16] << 24 | (unsigned)p[17] << 16 | (unsigned)p[18] << 8 | p[19];
	*high = (unsigned)p[20] << 24 | (unsigned)p[21] << 16 | (unsigned)p[22] << 8 | p[23];
	return true;
}

static bool take_png(const work *w, const zp_element *e, zp_picture *p, const char *path, zp_input *record)
{
	const char *why;
	unsigned wide = 0, high = 0;
	const zp_text bytes = zp_file_read(w->r.arena, path, PICTURE_BYTES, p->file, record, &why);
	if (!bytes.p)
		return zp_refuse(&w->r, e, "the image \"%s\" %s; expected a PNG or SVG file beside the template", p->file, why);
	if (!png_fits(bytes, &wide, &high))
		return zp_refuse(&w->r, e, "the image \"%s\" is no PNG file; expected one", p->file);
	if (!wide || !high || wide > PIXELS_MOST || high > PIXELS_MOST)
		return zp_refuse(&w->r, e, "the image \"%s\" has %u x %u pixels; expected 1 to %u each way", p->file, wide, high, PIXELS_MOST);
	p->png = bytes.p;
	p->bytes = bytes.n;
	return true;
}

static const zp_picture *read_picture(work *w, const zp_element *e, const char *file)
{
	const size_t n = strlen(file);
	const bool svg = n > 4 && strcmp(file + n - 4, ".svg") == 0, png = n > 4 && strcmp(file + n - 4, ".png") == 0;
	if (!zp_path_is_safe(file) || (!svg && !png)) {
		zp_refuse(&w->r, e, "the image is \"%s\"; expected a file .png or .svg beside the template", zp_text_show(w->r.arena, zp_text_of(file)));
		return NULL;
	}
	zp_picture *p = zp_take(w->r.arena, zp_picture, 1);
	*p = (zp_picture){ .file = zp_arena_print(w->r.arena, "%s%s", w->folder_name, file) };
	const char *path = zp_arena_print(w->r.arena, "%s%s", w->folder, file);
	zp_input record = { .name = NULL };
	if (svg)
		p->drawing = zp_drawing_read(w->r.arena, path, p->file, &record, w->r.problems);
	else
		take_png(w, e, p, path, &record);
	if (record.name && w->files)
		zp_inputs_add(w->r.arena, w->files, &record);
	return p->png || p->drawing ? p : NULL;
}

static const zp_picture *take_picture(work *w, const zp_element *e)
{
	const char *file = zp_element_text(&w->r, e, "file"), *full = zp_arena_print(w->r.arena, "%s%s", w->folder_name, file);
	for (size_t i = 0; i < w->t->n_pictures; i++)
		if (strcmp(w->pictures[i]->file, full) == 0)
			return w->pictures[i];
	if (!*file)
		return NULL;
	if (w->t->n_pictures == PICTURES_MOST) {
		zp_refuse(&w->r, e, "the template has more than %d images; expected at most so many", PICTURES_MOST);
		return NULL;
	}
	const zp_picture *p = read_picture(w, e, file);
	if (p)
		w->pictures[w->t->n_pictures++] = p;
	return p;
}

/* ---- blocks ---- */

static const char *const block_words[ZP_PLACED_KINDS] = { "text", "rule", "box", "image", "seal", "qr", "signature", "programmes", "measurands" };

#define LETTERS "family weight size colour tracking leading"

static const struct { const char *needs, *may; } forms[ZP_PLACED_KINDS] = {
	[ZP_PLACED_TEXT] = { "says", "x y gap width height align valign fit lines indent when unless " LETTERS },
	[ZP_PLACED_RULE] = { "", "x y gap width height thick colour middle when unless" },
	[ZP_PLACED_BOX] = { "width height", "x y gap fill colour thick when unless" },
	[ZP_PLACED_IMAGE] = { "file width height", "x y gap when unless" },
	[ZP_PLACED_SEAL] = { "width height", "x y gap" },
	[ZP_PLACED_QR] = { "size", "x y gap" },
	[ZP_PLACED_SIGNATURE] = { "says width", "x y gap align thick when unless " LETTERS },
	[ZP_PLACED_PROGRAMMES] = { "bottom", "x y gap width names numbers" },
	[ZP_PLACED_MEASURANDS] = { "bottom", "x y gap width columns heading heading-en" },
};

static void take_place(const work *w, const zp_element *e, zp_template_block *b)
{
	const zp_template *t = w->t;
	const double wide = page_mm(t->width), high = page_mm(t->height);
	b->x = t->margin;
	take_length(w, e, "x", 0, wide, &b->x);
	b->width = t->width - t->margin - b->x > 0 ? t->width - t->margin - b->x : 0;
	const bool y = take_length(w, e, "y", 0, high, &b->y), gap = take_length(w, e, "gap", -50, high, &b->y);
	b->after = gap;
	if (y && gap)
		zp_refuse(&w->r, e, "<%s> has both y and gap; expected y, from the top of the page, or gap, from what stands before it", e->name);
	if (!y && !gap)
		zp_refuse(&w->r, e, "<%s> has neither y nor gap; expected y, from the top of the page, or gap, from what stands before it", e->name);
	const double least = b->kind == ZP_PLACED_IMAGE || b->kind == ZP_PLACED_SEAL ? 1 : 0;
	take_length(w, e, "width", least, wide, &b->width);
	take_length(w, e, "height", least, high, &b->height);
	if (take_length(w, e, "bottom", 0, high, &b->bottom) && !b->after && b->bottom < b->y + 60)
		zp_refuse(&w->r, e, "<%s> has no room between y and bottom; expected at least 22 mm", e->name);
	double size = 0;
	if (take_length(w, e, "size", 0, 1000, &size) && b->kind == ZP_PLACED_QR)
		b->width = b->height = size;
	if (b->kind == ZP_PLACED_QR && zp_attribute_of(e, "size") && (size < 16 * POINTS_PER_MM - 0.01 || size > 80 * POINTS_PER_MM))
		zp_refuse(&w->r, e, "the attribute \"size\" of <qr> is \"%s\"; expected 16 to 80 mm, so that it can be read", zp_attribute_of(e, "size"));
	if (b->x + b->width > t->width + 0.5 || (!b->after && b->y + b->height > t->height + 0.5))
		zp_refuse(&w->r, e, "<%s> leaves the page of %.0f x %.0f mm; expected x + width and y + height within it", e->name, wide, high);
}

static void take_letters(work *w, const zp_element *e, zp_template_block *b)
{
	int family = 0, weight = 0;
	b->size = 10;
	b->leading = 1.4;
	zp_element_word(&w->r, e, "family", "serif sans", &family);
	zp_element_word(&w->r, e, "weight", "regular bold", &weight);
	take_number(w, e, "size", 4, 120, "points", &b->size);
	take_number(w, e, "tracking", -2, 40, "points", &b->tracking);
	take_number(w, e, "leading", 0.8, 4, "", &b->leading);
	b->sans = family == 1;
	b->bold = weight == 1;
	w->t->sans |= b->sans;
}

static void take_text(work *w, const zp_element *e, zp_template_block *b)
{
	int align = 0, valign = 0, fit = 0, lines = 0;
	take_letters(w, e, b);
	zp_element_word(&w->r, e, "align", "left centre right", &align);
	zp_element_word(&w->r, e, "valign", "top middle bottom", &valign);
	zp_element_word(&w->r, e, "fit", "wrap shrink", &fit);
	zp_element_whole(&w->r, e, "lines", 1, 60, &lines);
	take_number(w, e, "indent", 0, 10, "letters", &b->indent);
	b->align = (zp_template_block_align)align;
	b->place = (zp_template_block_place)valign;
	b->fit = (zp_template_block_fit)fit;
	b->lines = (unsigned)lines;
	if (b->width < 5)
		zp_refuse(&w->r, e, "<%s> has no width to stand in; expected more than 1.8 mm", e->name);
	take_words(w, e, "says", &b->pieces, &b->n_pieces);
}

static void take_when(const work *w, const zp_element *e, zp_template_block *b)
{
	const char *when = zp_attribute_of(e, "when"), *unless = zp_attribute_of(e, "unless");
	b->has_when = when || unless;
	b->unless = unless != NULL;
	if (when && unless)
		zp_refuse(&w->r, e, "<%s> has both when and unless; expected one of them", e->name);
	zp_certificate_field(&w->r, e, when ? "when" : "unless", w->t->kind, &b->when);
}

static void take_rest(work *w, const zp_element *e, zp_template_block *b)
{
	int columns = 3, middle = 0;
	unsigned fill = 0;
	switch (b->kind) {
	case ZP_PLACED_TEXT: case ZP_PLACED_SIGNATURE:
		take_text(w, e, b);
		break;
	case ZP_PLACED_RULE:
		zp_element_word(&w->r, e, "middle", "plain diamond", &middle);
		b->diamond = middle == 1;
		break;
	case ZP_PLACED_BOX:
		b->fill = -1;
		if (zp_attribute_of(e, "fill")) {
			take_colour(w, e, "fill", &fill);
			b->fill = (int64_t)fill;
		}
		break;
	case ZP_PLACED_IMAGE:
		b->picture = take_picture(w, e);
		break;
	case ZP_PLACED_PROGRAMMES:
		b->names = take_yes(w, e, "names", true);
		b->numbers = take_yes(w, e, "numbers", true);
		break;
	case ZP_PLACED_MEASURANDS:
		zp_element_whole(&w->r, e, "columns", 1, 4, &columns);
		b->columns = (unsigned)columns;
		take_words(w, e, "heading", &b->heading, &b->n_heading);
		take_words(w, e, "heading-en", &b->heading_en, &b->n_heading_en);
		break;
	default:
		break;
	}
}

static void take_block(work *w, const zp_element *e, zp_template_block *b)
{
	zp_element_check(&w->r, e, forms[b->kind].needs, forms[b->kind].may, "");
	b->line = (long)e->line;
	b->colour = b->kind == ZP_PLACED_RULE || b->kind == ZP_PLACED_BOX ? w->t->accent : BLACK;
	b->thick = b->kind == ZP_PLACED_BOX ? 0 : 0.5;
	take_place(w, e, b);
	take_number(w, e, "thick", 0, 20, "points", &b->thick);
	take_colour(w, e, "colour", &b->colour);
	take_when(w, e, b);
	take_rest(w, e, b);
	const bool table = b->kind == ZP_PLACED_PROGRAMMES || b->kind == ZP_PLACED_MEASURANDS;
	if (table && (b->kind == ZP_PLACED_PROGRAMMES) != (w->t->kind == ZP_TEMPLATE_ROUND))
		zp_refuse(&w->r, e, "<%s> has no meaning there; expected <programmes> in a certificate of a round, <measurands> in one of a year", e->name);
	if (table && b->width < 300)
		zp_refuse(&w->r, e, "<%s> is too narrow; expected a width of 106 mm or more", e->name);
}

static zp_template_blocks take_blocks(work *w, const zp_element *root, const char *section)
{
	const char *words = "";
	zp_template_blocks out = { NULL, 0 };
	const zp_element *in = zp_element_only(&w->r, root, section);
	if (!in)
		return out;
	size_t n = 0;
	for (const zp_element *e = in->first; e; e = e->next)
		n++;
	w->n_blocks += n;
	if (w->n_blocks > BLOCKS_MOST) {
		zp_refuse(&w->r, in, "the template has more than %d elements; expected at most so many", BLOCKS_MOST);
		return out;
	}
	for (int k = 0; k < ZP_PLACED_KINDS; k++)
		words = zp_arena_print(w->r.arena, "%s%s%s", words, k ? " " : "", block_words[k]);
	zp_element_check(&w->r, in, "", "", words);
	zp_template_block *at = zp_take(w->r.arena, zp_template_block, n + 1);
	for (const zp_element *e = in->first; e; e = e->next)
		for (int k = 0; k < ZP_PLACED_KINDS; k++)
			if (zp_element_is(e, block_words[k])) {
				at[out.n].kind = (zp_template_block_kind)k;
				take_block(w, e, &at[out.n++]);
			}
	out.at = at;
	return out;
}

static size_t count(const zp_template_blocks *in, zp_template_block_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < in->n; i++)
		n += in->at[i].kind == kind;
	return n;
}

/* What goes on over several pages stands once on the first, and once on those after it. */
static void check_tables(const work *w, const zp_element *root)
{
	const zp_template *t = w->t;
	const bool round = t->kind == ZP_TEMPLATE_ROUND;
	const zp_template_block_kind table = round ? ZP_PLACED_PROGRAMMES : ZP_PLACED_MEASURANDS;
	const size_t first = count(&t->first, table), later = count(&t->later, table);
	if (first > 1 || later > 1 || count(&t->every, table))
		zp_refuse(&w->r, root, round ? "<programmes> stands more than once, or in <every>; expected it once in <first>"
					     : "<measurands> stands more than once, or in <every>; expected it once in <first> and once in <later>");
	if (round && (t->every.n || t->later.n))
		zp_refuse(&w->r, root, "<every> and <later> have no meaning in a certificate of a round, whose other pages list its results; expected <first> alone");
	if (!round && first != later)
		zp_refuse(&w->r, root, "<measurands> stands in one of <first> and <later> only; expected it in both, so that a long list goes on, or in neither");
	if (round && !first)
		zp_refuse(&w->r, root, "<first> has no <programmes>; expected it, since a certificate of a round tells their performance");
	if ((t->kind == ZP_TEMPLATE_ANNUAL || t->kind == ZP_TEMPLATE_RECOGNITION) && !first)
		zp_refuse(&w->r, root, "<first> has no <measurands>; expected it, since the certificate is about them");
}

static void take_page(work *w, const zp_element *root)
{
	zp_template *t = w->t;
	const zp_element *e = zp_element_only(&w->r, root, "page");
	int size = 0, landscape = 0;
	t->margin = 23 * POINTS_PER_MM;
	t->accent = 0x1B4B5F;
	if (e && zp_element_check(&w->r, e, "", "size orientation margin colour", "")) {
		zp_element_word(&w->r, e, "size", "A4", &size);
		zp_element_word(&w->r, e, "orientation", "portrait landscape", &landscape);
		take_length(w, e, "margin", 5, 60, &t->margin);
		take_colour(w, e, "colour", &t->accent);
	}
	t->width = landscape ? A4_LONG : A4_SHORT;
	t->height = landscape ? A4_SHORT : A4_LONG;
}

static void take_border(work *w, const zp_element *root)
{
	zp_template *t = w->t;
	const zp_element *e = zp_element_only(&w->r, root, "border");
	int kind = 0;
	t->inset = 9.5 * POINTS_PER_MM;
	t->border_colour = t->accent;
	if (!e || !zp_element_check(&w->r, e, "kind", "inset colour", ""))
		return;
	zp_element_word(&w->r, e, "kind", ZP_BORDER_WORDS, &kind);
	take_length(w, e, "inset", 3, 40, &t->inset);
	take_colour(w, e, "colour", &t->border_colour);
	t->border = (zp_border)kind;
}

static zp_template *take(work *w, const zp_element *root)
{
	int kind = 0;
	zp_template *t = w->t;
	zp_element_check(&w->r, root, "name kind", "version results", "page border every first later");
	zp_element_word(&w->r, root, "kind", ZP_TEMPLATE_KIND_WORDS, &kind);
	t->kind = (zp_template_kind)kind;
	t->name = zp_element_text(&w->r, root, "name");
	t->results = take_yes(w, root, "results", true);
	if (zp_attribute_of(root, "results") && t->kind != ZP_TEMPLATE_ROUND)
		zp_refuse(&w->r, root, "the attribute \"results\" of <certificate> has a meaning in one of a round only; expected it without");
	take_page(w, root);
	take_border(w, root);
	t->every = take_blocks(w, root, "every");
	t->first = take_blocks(w, root, "first");
	t->later = take_blocks(w, root, "later");
	if (!t->first.n)
		zp_refuse(&w->r, root, "the template has no <first>; expected what stands on its first page");
	else
		check_tables(w, root);
	t->pictures = w->pictures;
	t->characters = zp_characters_text(w->characters, w->r.arena);
	return t;
}

static work begin(zp_arena *arena, const char *file, const char *path, zp_inputs *files, zp_problems *problems)
{
	const char *slash = strrchr(path, '/'), *named = strrchr(file, '/');
	zp_template *t = zp_take(arena, zp_template, 1);
	t->file = file;
	return (work){ .r = { arena, file, problems }, .t = t, .files = files, .characters = zp_characters_take(arena),
		       .folder = slash ? zp_arena_text(arena, path, (size_t)(slash + 1 - path)) : "",
		       .folder_name = named ? zp_arena_text(arena, file, (size_t)(named + 1 - file)) : "",
		       .pictures = zp_take(arena, const zp_picture *, PICTURES_MOST) };
}

const zp_template *zp_certificate_read(zp_arena *arena, const char *rules_dir, const char *name, zp_inputs *files, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	const bool own = zp_name_is_file(name);
	if (!own && !zp_id_is_plain(name)) {
		zp_problem_add(problems, name, 0, 0, "is no name of a template; expected one of rules/certificates, or a file that ends in .xml");
		return NULL;
	}
	const char *file = own ? name : zp_arena_print(arena, "certificates/%s.xml", name);
	const char *path = own ? name : zp_arena_print(arena, "%s/%s", rules_dir, file);
	if (!own && access(path, F_OK) != 0) {
		zp_problem_add(problems, name, 0, 0, "there is no such template; expected a file that ends in .xml, or one of: %s", zp_certificate_names(arena, rules_dir));
		return NULL;
	}
	const zp_xml *xml = zp_xml_read(arena, path, file, problems);
	if (!xml)
		return NULL;
	if (files)
		zp_inputs_add(arena, files, &xml->input);
	work w = begin(arena, file, path, files, problems);
	if (!zp_element_is(xml->root, "certificate")) {
		zp_refuse(&w.r, xml->root, "the file holds <%s>; expected <certificate>", zp_text_show(arena, zp_text_of(xml->root->name)));
		return NULL;
	}
	const zp_template *t = take(&w, xml->root);
	if (zp_problems_count(problems) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/certificate.rng", rules_dir), "schemas/certificate.rng", NULL, problems);
	return zp_problems_count(problems) == before ? t : NULL;
}

const zp_template *zp_certificate_of_round(zp_shelf *s, const char *name, const char **missing, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	const char *file;
	zp_volume *v = zp_shelf_named(s, "certificates", name, &file);
	*missing = v ? NULL : file ? file : name;
	const zp_xml *xml = v ? zp_shelf_read(s, v, "certificate", problems) : NULL;
	if (!xml)
		return NULL;
	work w = begin(s->arena, v->file, v->path, v->in_round ? &s->round_files : &s->rule_files, problems);
	const zp_template *t = take(&w, xml->root);
	if (zp_problems_count(problems) == before)
		zp_shelf_validate(s, v, "certificate", problems);
	return zp_problems_count(problems) == before ? t : NULL;
}
