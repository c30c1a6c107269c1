/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates: those that come with the rules are sound; of others everything wrong is told at once, with line and what was expected. */
#include "book/certificate.h"
#include <criterion/criterion.h>
#include <math.h>
#include "scratch.h"

static zp_problems *problems;
static void begin(void) { scratch_enter(); problems = zp_problems_take(arena); }
TestSuite(certificate, .init = begin, .fini = scratch_leave);

static const zp_template *read_text(const char *text)
{
	scratch_write("t.xml", text);
	return zp_certificate_read(arena, RULES, scratch_path("t.xml"), NULL, problems);
}

/* Every problem, one behind the other. */
static const char *told(void)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	zp_problems_print(problems, f);
	fclose(f);
	const char *out = zp_arena_text(arena, text, n);
	free(text);
	return out;
}

#define HEAD "<certificate name='t' kind='annual'>\n<first>\n"
#define TAIL "\n<measurands y='100' bottom='230'/></first><later><measurands y='50' bottom='230'/></later></certificate>"

static void refused(const char *block, const char *because)
{
	problems = zp_problems_take(arena);
	const zp_template *t = read_text(zp_arena_print(arena, "%s%s%s", HEAD, block, TAIL));
	const char *text = told();
	cr_expect(!t && strstr(text, because) && strstr(text, "t.xml:3"), "%s: expected \"%s\" in line 3, told: %s", block, because, text);
}

Test(certificate, those_of_the_rules_are_sound)
{
	static const char *const names[] = { "round", "round-landscape", "round-results", "annual", "recognition", "title" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cr_expect(zp_certificate_read(arena, RULES, names[i], NULL, problems), "%s: %s", names[i], told());
}

Test(certificate, a_text_is_cut_into_words_and_fields)
{
	const zp_template *t = read_text(HEAD "<text y='10' says='No. {number} {{of}} {lab-name}'/>" TAIL);
	cr_assert(t, "%s", told());
	const zp_template_block *b = &t->first.at[0];
	cr_assert_eq(b->n_pieces, 4);
	cr_expect_str_eq(b->pieces[0].words, "No. ");
	cr_expect(!b->pieces[1].words && b->pieces[1].field == ZP_FIELD_OF_NUMBER);
	cr_expect_str_eq(b->pieces[2].words, " {of} ");
	cr_expect(!b->pieces[3].words && b->pieces[3].field == ZP_FIELD_OF_LAB_NAME);
	cr_expect_float_eq(b->y, 10 * 72 / 25.4, 1e-9);
}

Test(certificate, what_is_not_understood_is_refused_with_its_line)
{
	refused("<text y='10' says='{lab-nam}'/>", "did you mean {lab-name}?");
	refused("<text y='10' says='{round}'/>", "does not have");
	refused("<text y='10' says='{lab'/>", "a brace stands alone");
	refused("<text y='10' says='lab}'/>", "a brace stands alone");
	refused("<text y='10' says='{}'/>", "a brace stands alone");
	refused("<text y='10' says='{{lab}'/>", "a brace stands alone");
	refused("<text y='10' says='{{{lab}}}' when='lap'/>", "did you mean {lab}?");
	refused("<txt y='10' says='x'/>", "<txt> is unknown in <first>; expected text");
	refused("<text y='10' says='x' font='serif'/>", "unknown attribute \"font\"");
	refused("<text says='x'/>", "neither y nor gap");
	refused("<text says='x' y='1' gap='1'/>", "both y and gap");
	refused("<text says='x' y='1e5'/>", "expected 0 to 297 mm");
	refused("<text says='x' y='9999999'/>", "expected 0 to 297 mm");
	refused("<text says='x' y='1' size='2'/>", "expected 4 to 120 points");
	refused("<text says='x' y='1' size='nan'/>", "decimal number");
	refused("<text says='x' y='1' colour='red'/>", "expected a colour such as #1B4B5F");
	refused("<text says='x' y='1' align='center'/>", "expected left, centre or right");
	refused("<text says='x' y='1' x='150' width='100'/>", "leaves the page");
	refused("<text says='x' y='1' when='lab' unless='lab'/>", "both when and unless");
	refused("<qr y='10' size='9'/>", "expected 16 to 80 mm");
	refused("<image y='10' width='10' height='10' file='../secret.png'/>", "expected a file .png or .svg beside the template");
	refused("<image y='10' width='10' height='10' file='/etc/passwd'/>", "expected a file .png or .svg beside the template");
	refused("<image y='10' width='10' height='10' file='none.png'/>", "does not exist");
	refused("<programmes y='10' bottom='100'/>", "has no meaning there");
}

Test(certificate, all_that_is_wrong_is_told_at_once)
{
	cr_expect_null(read_text("<certificate name='t' kind='annual' colour='x'>\n<page size='A3'/>\n<border kind='gold'/>\n<first>\n<text y='1' says='{a}{b}'/>\n"
				 "</first></certificate>"));
	const char *text = told();
	cr_expect(strstr(text, "t.xml:1") && strstr(text, "t.xml:2") && strstr(text, "t.xml:3") && strstr(text, "{a}") && strstr(text, "{b}") &&
		  strstr(text, "<first> has no <measurands>"), "%s", text);
}

Test(certificate, a_long_list_must_be_able_to_go_on)
{
	cr_expect_null(read_text("<certificate name='t' kind='annual'><first><measurands y='100' bottom='230'/></first></certificate>"));
	cr_expect(strstr(told(), "expected it in both"), "%s", told());
}

Test(certificate, hostile_files_are_refused)
{
	cr_expect_null(read_text("<!DOCTYPE c [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><certificate name='&b;' kind='round'/>"));
	cr_expect(strstr(told(), "document type"), "%s", told());
	problems = zp_problems_take(arena);
	char *deep = zp_arena_take(arena, 1 << 16);
	strcpy(deep, "<certificate name='t' kind='round'>");
	for (int i = 0; i < 400; i++)
		strcat(deep, "<first>");
	cr_expect_null(read_text(deep));
	cr_expect(strstr(told(), "deep"), "%s", told());
	problems = zp_problems_take(arena);
	char *many = zp_arena_take(arena, 1 << 16), *p = many + sprintf(many, "<certificate name='t' kind='annual'><first>");
	for (int i = 0; i < 1000; i++)
		p += sprintf(p, "<rule y='1'/>");
	strcpy(p, "</first></certificate>");
	cr_expect_null(read_text(many));
	cr_expect(strstr(told(), "more than 300 elements"), "%s", told());
}

/* A validator that follows every way of leaving attributes out has no end with so many. */
Test(certificate, a_template_with_everything_is_read_at_once, .timeout = 60)
{
	char *text = zp_arena_take(arena, 1 << 17), *p = text + sprintf(text, "<certificate name='t' kind='annual'><first>");
	for (int i = 0; i < 290; i++)
		p += sprintf(p, "<text says='x{lab}' x='30' y='%d' width='100' height='5' align='left' valign='top' fit='wrap' lines='2' indent='1' when='lab' "
			     "family='sans' weight='bold' size='9' colour='#000000' tracking='1' leading='1.2'/>\n", i % 280);
	strcpy(p, "<measurands y='100' bottom='230'/></first><later><measurands y='50' bottom='230'/></later></certificate>");
	cr_expect(read_text(text), "%s", told());
}

/* ---- images ---- */

static void drawn(const char *svg, const char *because)
{
	problems = zp_problems_take(arena);
	scratch_write("logo.svg", svg);
	const zp_template *t = read_text(HEAD "<image y='10' width='10' height='10' file='logo.svg'/>" TAIL);
	if (because)
		cr_expect(!t && strstr(told(), because) && strstr(told(), "logo.svg:"), "%s: %s", svg, told());
	else
		cr_expect(t && t->pictures[0]->drawing, "%s: %s", svg, told());
}

#define SVG(x) "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>" x "</svg>"

Test(certificate, drawings_are_shapes_with_plain_colours)
{
	drawn(SVG("<path d='M1 1h8v8H1z' fill='#c00'/>"), NULL);
	drawn(SVG("<title>x</title><desc>y</desc><metadata>z</metadata><g transform='translate(1 2) rotate(45)' style='fill:none;stroke:rgb(1,2,3)'><circle r='2'/></g>"), NULL);
	drawn(SVG("<text>x</text>"), "<text> is not drawn");
	drawn(SVG("<image href='http://example.org/x.png'/>"), "<image> is not drawn");
	drawn(SVG("<script>alert(1)</script>"), "<script> is not drawn");
	drawn(SVG("<use href='#a'/>"), "<use> is not drawn");
	drawn(SVG("<rect width='1' height='1' fill='url(#g)'/>"), "not understood");
	drawn(SVG("<rect width='1' height='1' filter='url(#g)'/>"), "not understood");
	drawn(SVG("<path d='M1 1 L'/>"), "cannot be followed from");
	drawn(SVG("<path d='L1 1'/>"), "cannot be followed from");
	drawn(SVG("<path d='M1 1 X 2'/>"), "cannot be followed from");
	drawn(SVG("<g transform='skewX(3)'><rect width='1' height='1'/></g>"), "not understood");
	drawn("<svg><rect width='1' height='1'/></svg>", "does not say how large it is");
	drawn("<html/>", "expected <svg>");
	drawn("<svg viewBox='0 0 1e400 1'/>", "does not say how large it is");
}

#define TWICE(x) x x
#define GROWN TWICE(TWICE(TWICE(TWICE(TWICE(TWICE("scale(9e8) ")))))) /* to the 64th: no number is so large */

Test(certificate, a_drawing_beyond_all_bounds_is_refused)
{
	drawn(SVG("<path transform='" GROWN "' d='M0 0 L1 1'/>"), "beyond all bounds");
	drawn(SVG("<rect transform='scale(9e8)' width='5' height='5'/>"), "beyond all bounds");
	drawn(SVG("<path transform='scale(9e8)' d='M0 0 L1 0' stroke='#000000' stroke-width='2'/>"), "beyond all bounds");
	drawn(SVG("<path transform='scale(9e7)' d='M0 0 L1 1'/>"), NULL);
}

Test(certificate, the_current_colour_is_the_nearest_that_was_given)
{
	scratch_write("logo.svg", SVG("<rect width='1' height='1' fill='currentColor'/><g color='#102030' fill='currentColor'><rect width='1' height='1'/>"
				      "<rect width='1' height='1' style='color:#405060' stroke='currentColor'/></g>"));
	const zp_template *t = read_text(HEAD "<image y='10' width='10' height='10' file='logo.svg'/>" TAIL);
	cr_assert(t, "%s", told());
	const zp_shape_drawn *s = t->pictures[0]->drawing->shapes;
	cr_expect_eq(s[0].fill, 0);
	cr_expect_eq(s[1].fill, 0x102030);
	cr_expect(s[2].fill == 0x405060 && s[2].stroke == 0x405060);
	drawn(SVG("<g color='url(#a)'><rect width='1' height='1'/></g>"), "not understood");
}

/* The arc of a quarter of a circle, whose curve is known: 4/3 tan(pi/8) of the radius. */
Test(certificate, an_arc_becomes_a_curve)
{
	scratch_write("logo.svg", SVG("<path d='M5 0 A5 5 0 0 1 10 5'/>"));
	const zp_template *t = read_text(HEAD "<image y='10' width='10' height='10' file='logo.svg'/>" TAIL);
	cr_assert(t, "%s", told());
	const zp_shape_drawn *s = &t->pictures[0]->drawing->shapes[0];
	cr_assert_eq(s->n, 2);
	const double *x = s->steps[1].x, k = 5 * 4.0 / 3 * tan(3.14159265358979323846 / 8);
	const double expected[] = { 5 + k, 0, 10, 5 - k, 10, 5 };
	for (int i = 0; i < 6; i++)
		cr_expect_float_eq(x[i], expected[i], 1e-9, "%d: %g", i, x[i]);
}

Test(certificate, images_that_lie_are_refused)
{
	scratch_write("a.png", "GIF89a");
	cr_expect_null(read_text(HEAD "<image y='10' width='10' height='10' file='a.png'/>" TAIL));
	cr_expect(strstr(told(), "is no PNG file"), "%s", told());
	static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0\0\0\0\0";
	scratch_write_bytes("a.png", huge, sizeof huge);
	problems = zp_problems_take(arena);
	cr_expect_null(read_text(HEAD "<image y='10' width='10' height='10' file='a.png'/>" TAIL));
	cr_expect(strstr(told(), "4294967295 x 4294967295 pixels; expected 1 to 4000"), "%s", told());
}
