/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast as WCAG 2.2 defines it. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "palette.h"

static double luminance(uint32_t c)
{
	static const double weight[] = { 0.0722, 0.7152, 0.2126 };
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		const double v = (c >> 8 * i & 255) / 255.0;
		sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
	const double x = luminance(a), y = luminance(b);
	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* WCAG's own: black on white is 21, #777777 on white 4.48. */
Test(palette, contrast_is_what_the_guidelines_say)
{
	cr_assert_float_eq(contrast(0, 0xFFFFFF), 21, 1e-9);
	cr_assert_float_eq(contrast(0x777777, 0xFFFFFF), 4.48, 0.005);
}

Test(palette, words_and_marks_can_be_seen_on_paper_and_on_screens)
{
	static const zp_tone words[] = { ZP_TONE_INK, ZP_TONE_QUIET, ZP_TONE_TARGET, ZP_TONE_SELF, ZP_TONE_ALERT };
	const zp_shade *paper = zp_shade_of(ZP_TONE_PAPER);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const zp_shade *s = zp_shade_of(words[i]);
		cr_expect(contrast(s->print, paper->print) >= 4.5 && contrast(s->light, paper->light) >= 4.5 && contrast(s->dark, paper->dark) >= 4.5, "%s", s->word);
	}
	for (zp_tone t = 0; t < ZP_TONES; t++) {
		const zp_shade *s = zp_shade_of(t);
		const bool behind = t == ZP_TONE_GRID || t == ZP_TONE_BAND || t == ZP_TONE_ALL || t == ZP_TONE_PAPER;
		cr_expect(behind || (contrast(s->print, paper->print) >= 3 && contrast(s->light, paper->light) >= 3 && contrast(s->dark, paper->dark) >= 3), "%s", s->word);
	}
}

/* The laboratory's own stands before the band; its words too. */
Test(palette, what_matters_is_seen_before_the_band)
{
	const zp_shade *band = zp_shade_of(ZP_TONE_BAND);
	for (zp_tone t = ZP_TONE_TARGET; t <= ZP_TONE_ALERT; t++)
		if (t != ZP_TONE_ALL && t != ZP_TONE_PEERS)
			cr_expect(contrast(zp_shade_of(t)->print, band->print) >= 3 && contrast(zp_shade_of(t)->dark, band->dark) >= 3, "%s", zp_shade_of(t)->word);
}

/* In black and white the peers before everybody, and right beside not right, differ in lightness. */
Test(palette, what_stands_beside_each_other_differs_in_lightness)
{
	static const zp_tone pairs[][2] = { { ZP_TONE_PEERS, ZP_TONE_ALL }, { ZP_TONE_SELF, ZP_TONE_ALERT }, { ZP_TONE_PEERS, ZP_TONE_TARGET }, { ZP_TONE_SELF, ZP_TONE_PEERS }, { ZP_TONE_ALL, ZP_TONE_BAND } };
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		const zp_shade *a = zp_shade_of(pairs[i][0]), *b = zp_shade_of(pairs[i][1]);
		cr_expect(contrast(a->print, b->print) >= 1.25, "%s and %s", a->word, b->word);
		cr_expect(contrast(a->dark, b->dark) >= 1.25, "%s and %s in the dark", a->word, b->word);
	}
}

Test(palette, every_tone_has_a_class_of_its_own)
{
	for (zp_tone t = 0; t < ZP_TONES; t++)
		for (zp_tone u = 0; u < t; u++)
			cr_assert(strcmp(zp_shade_of(t)->word, zp_shade_of(u)->word) != 0);
}
