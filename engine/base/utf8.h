/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Well-formed UTF-8, header-only so that importers and the engine share it. */
#ifndef ZP_BASE_UTF8_H
#define ZP_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The character at p, and its length in bytes; length 0 when the bytes are ill-formed (Unicode 15, table 3-7). */
static inline size_t zp_utf8_at(const char *text, size_t n, uint32_t *out)
{
	const unsigned char *p = (const unsigned char *)text;
	unsigned lead = p[0];
	if (lead < 0x80) {
		*out = lead;
		return 1;
	}
	size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
	if (length == 0 || n < length)
		return 0;
	unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (p[1] < least || p[1] > most)
		return 0;
	uint32_t c = lead & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3Fu);
	}
	*out = c;
	return length;
}

/* Three bytes of the usual kind, as Chinese is: a lead from E1 to EF but ED, and two that follow. */
static inline bool zp_utf8_usual_three(const unsigned char *p)
{
	return p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

/* Offset of the first byte that is not part of well-formed UTF-8; n when all is. */
static inline size_t zp_utf8_valid(const char *bytes, size_t n)
{
	size_t i = 0;
	while (i < n) {
		uint64_t eight;
		while (n - i >= sizeof eight) {
			memcpy(&eight, bytes + i, sizeof eight);
			uint64_t high = eight & UINT64_C(0x8080808080808080);
			if (high) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
				i += (size_t)__builtin_ctzll(high) / 8; /* the first byte that is not ASCII */
#endif
				break;
			}
			i += sizeof eight;
		}
		while (n - i >= 3 && zp_utf8_usual_three((const unsigned char *)bytes + i))
			i += 3;
		if (i == n)
			break;
		uint32_t c;
		size_t length = zp_utf8_at(bytes + i, n - i, &c);
		if (length == 0)
			return i;
		i += length;
	}
	return n;
}

#endif
