/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide a text is, before any font is asked: by the widths of Noto Sans CJK, in which figures are set on paper. For ASCII and Chinese
 * it is exact; other fonts come close. Header-only, so that plugins share it. */
#ifndef ZP_BASE_WIDTH_H
#define ZP_BASE_WIDTH_H

#include <stdbool.h>
#include <stdint.h>
#include "base/utf8.h"

/* Of one character, in thousandths of the size. */
static inline unsigned zp_width_of(uint32_t c)
{
	static const uint16_t ascii[95] = {
		224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555, 555, 555, 555,
		555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
		633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564,
		607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555
	};
	if (c >= 0x20 && c < 0x7F)
		return ascii[c - 0x20];
	if (c == 0x2212 || c == 0x2013) /* minus, en dash */
		return 555;
	if (c == 0xB0 || c == 0xB2 || c == 0xB3 || c == 0xB9)
		return 411;
	return c == 0xB1 || c == 0xB7 || c == 0xD7 || c == 0xF7 || c >= 0x2010 ? 1000 : 660;
}

/* Needs: UTF-8; what is not counts as a wide character a byte. */
static inline double zp_width_text(const char *text, double size, bool bold)
{
	size_t n = strlen(text);
	double sum = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c = 0xFFFF;
		size_t length = zp_utf8_at(text + i, n - i, &c);
		unsigned w = zp_width_of(length ? c : 0xFFFF);
		sum += bold && w < 1000 ? w * 1.07 : w;
		i += length ? length : 1;
	}
	return sum * size / 1000;
}

#endif
