/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tones to colours: on paper, on a light and on a dark screen. Words and what must be seen have a contrast of 4.5 to 1 with what is behind
 * them, marks that matter 3 to 1 (tests/unit/test_palette.c); what lies behind everything is paler on purpose. Series are the colours of Okabe
 * and Ito, the light ones darkened until they can be seen on white. What is right and what is not differ in lightness and in shape too. */
#ifndef ZP_EMITTERS_PALETTE_H
#define ZP_EMITTERS_PALETTE_H

#include "host/plugin.h"

typedef struct zp_shade {
	const char *word;            /* its class on a page: "t-" and this */
	uint32_t print, light, dark; /* 0xRRGGBB */
} zp_shade;

static inline const zp_shade *zp_shade_of(zp_tone tone)
{
	static const zp_shade shades[ZP_TONES] = {
		[ZP_TONE_INK] = { "ink", 0x1C2126, 0x1C2126, 0xE8ECEF },
		[ZP_TONE_QUIET] = { "quiet", 0x5C666F, 0x5C666F, 0xA5AFB7 },
		[ZP_TONE_GRID] = { "grid", 0xDDE3E6, 0xDDE3E6, 0x2E373E },
		[ZP_TONE_BAND] = { "band", 0xD9E9EE, 0xD9E9EE, 0x1E3A47 },
		[ZP_TONE_TARGET] = { "target", 0x1B4B5F, 0x1B4B5F, 0x8FD0E6 },
		[ZP_TONE_PEERS] = { "peers", 0x4F93BB, 0x4F93BB, 0x4A8DB5 },
		[ZP_TONE_ALL] = { "all", 0xC4CDD3, 0xC4CDD3, 0x4A555D },
		[ZP_TONE_SELF] = { "self", 0x0B3B5C, 0x0B3B5C, 0xF4F7F9 },
		[ZP_TONE_ALERT] = { "alert", 0xC8400A, 0xC8400A, 0xFF8A4C },
		[ZP_TONE_PAPER] = { "paper", 0xFFFFFF, 0xFFFFFF, 0x14191D },
		[ZP_TONE_1] = { "1", 0x0072B2, 0x0072B2, 0x4DA6DE },
		[ZP_TONE_2] = { "2", 0xC47F00, 0xC47F00, 0xE69F00 },
		[ZP_TONE_3] = { "3", 0x009E73, 0x009E73, 0x2BC49A },
		[ZP_TONE_4] = { "4", 0xB8659A, 0xB8659A, 0xDD92BD },
		[ZP_TONE_5] = { "5", 0x3D97CC, 0x3D97CC, 0x8CCFF5 },
		[ZP_TONE_6] = { "6", 0xD55E00, 0xD55E00, 0xF07A2B },
	};
	return &shades[tone < ZP_TONES ? tone : ZP_TONE_INK];
}

/* How a mark is painted: as an area or as a line. Marks that follow each other and are painted alike are painted in one go. */
static inline bool zp_is_line(const zp_drawn *m)
{
	return m->kind == ZP_MARK_CROSS || (m->kind == ZP_MARK_PATH ? !m->closed || m->outline : m->kind != ZP_MARK_TEXT && m->outline);
}

static inline float zp_thickness(const zp_drawn *m)
{
	return m->thick > 0 ? m->thick : 0.8f;
}

static inline float zp_strength(const zp_drawn *m)
{
	return m->strength > 0 && m->strength < 1 ? m->strength : 1;
}

static inline bool zp_painted_alike(const zp_drawn *a, const zp_drawn *b)
{
	if (a->kind == ZP_MARK_TEXT || b->kind == ZP_MARK_TEXT || a->tone != b->tone || zp_is_line(a) != zp_is_line(b) ||
	    zp_strength(a) != zp_strength(b))
		return false;
	return !zp_is_line(a) || (zp_thickness(a) == zp_thickness(b) && a->dashed == b->dashed);
}

#endif
