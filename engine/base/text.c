/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include <iconv.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 wide;

#define SHOWN 60 /* characters */

int zp_text_compare(zp_text a, zp_text b)
{
	size_t both = a.n < b.n ? a.n : b.n;
	int order = both ? memcmp(a.p, b.p, both) : 0;
	if (order == 0)
		order = (a.n > b.n) - (a.n < b.n);
	return (order > 0) - (order < 0);
}

static bool starts(const char *p, size_t n, const char *with, size_t length)
{
	return n >= length && memcmp(p, with, length) == 0;
}

static size_t blank_at(const char *p, size_t n)
{
	if (*p == ' ' || *p == '\t')
		return 1;
	if (starts(p, n, "\xC2\xA0", 2))
		return 2;
	return starts(p, n, "\xE3\x80\x80", 3) ? 3 : 0;
}

static size_t blank_before(const char *end, size_t n)
{
	for (size_t length = 1; length <= 3 && length <= n; length++)
		if (blank_at(end - length, length) == length)
			return length;
	return 0;
}

zp_text zp_text_trim(zp_text text)
{
	size_t blank;
	while (text.n && (blank = blank_at(text.p, text.n)) != 0) {
		text.p += blank;
		text.n -= blank;
	}
	while (text.n && (blank = blank_before(text.p + text.n, text.n)) != 0)
		text.n -= blank;
	return text;
}

zp_text zp_gb18030_read(zp_arena *arena, const char *bytes, size_t n)
{
	zp_text none = { NULL, 0 };
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	if (converter == (iconv_t)-1)
		return none;
	/* A character of one byte stays one; of two becomes at most four; of four at most four. */
	size_t room = n * 2, left = room, unread = n;
	char *out = zp_arena_take(arena, room + 1);
	char *in = (char *)(uintptr_t)bytes, *end = out; /* iconv's parameter is not const; it does not write there */
	bool whole = iconv(converter, &in, &unread, &end, &left) == 0;
	iconv_close(converter);
	return whole ? (zp_text){ out, room - left } : none;
}

/* What a full-width or look-alike character is typed for; NULL: itself. */
static const char *plain_form(uint32_t c, char one[static 2])
{
	if (c >= 0xFF01 && c <= 0xFF5E) {
		one[0] = (char)(c - 0xFF01 + '!');
		return one;
	}
	if (c == 0x3000 || c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F)
		return " ";
	if (c == 0x2212 || c == 0x2013)
		return "-";
	if (c == 0x2264)
		return "<=";
	return c == 0x2265 ? ">=" : NULL;
}

size_t zp_text_fold(zp_text in, char *out)
{
	size_t length = 0;
	for (size_t i = 0; i < in.n;) {
		if ((unsigned char)in.p[i] < 0x80) {
			out[length++] = in.p[i++];
			continue;
		}
		uint32_t c;
		char one[2] = "";
		size_t n = zp_utf8_at(in.p + i, in.n - i, &c);
		const char *plain = n ? plain_form(c, one) : NULL;
		if (plain) {
			while (*plain)
				out[length++] = *plain++;
			i += n;
		} else {
			for (size_t end = i + (n ? n : 1); i < end; i++)
				out[length++] = in.p[i];
		}
	}
	return length;
}

typedef struct span { uint32_t first, last; } span;

static bool within(uint32_t c, const span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c >= spans[i].first && c <= spans[i].last)
			return true;
	return false;
}

/* Characters that would act on a terminal, reorder a line or not be seen at all. */
static bool unseen(uint32_t c)
{
	static const span spans[] = {
		{ 0x00, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x34F, 0x34F }, { 0x61C, 0x61C }, { 0x115F, 0x1160 }, { 0x180E, 0x180E },
		{ 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0xFEFF, 0xFEFF },
		{ 0x3164, 0x3164 }, { 0xFDD0, 0xFDEF }, { 0xFFA0, 0xFFA0 }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
	};
	return (c & 0xFFFE) == 0xFFFE || within(c, spans, sizeof spans / sizeof *spans); /* no plane has characters at its end */
}

bool zp_character_shows_nothing(uint32_t c)
{
	static const span spans[] = {
		{ ' ', ' ' }, { 0xA0, 0xA0 }, { 0x1680, 0x1680 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x2000, 0x200F }, { 0x202F, 0x202F },
		{ 0x205F, 0x206F }, { 0x2800, 0x2800 }, { 0x3000, 0x3000 }, { 0xFE00, 0xFE0F }, { 0xFFF0, 0xFFFB }, { 0x13430, 0x1343F }, { 0x1BCA0, 0x1BCA3 },
		{ 0x1D159, 0x1D159 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
	};
	return unseen(c) || within(c, spans, sizeof spans / sizeof *spans);
}

/* What is unseen, and letters and digits that are taken for ASCII ones. */
static bool mistaken(uint32_t c)
{
	static const span spans[] = {
		{ 0xA0, 0xA0 }, { 0x391, 0x3A9 }, { 0x3BF, 0x3BF }, { 0x3F2, 0x3F9 }, { 0x400, 0x52F }, { 0x2000, 0x200A },
		{ 0x2010, 0x2015 }, { 0x2160, 0x217F }, { 0x2212, 0x2212 }, { 0x3000, 0x3000 }, { 0xFF01, 0xFF5E },
		{ 0x1D400, 0x1D7FF },
	};
	return unseen(c) || within(c, spans, sizeof spans / sizeof *spans);
}

/* Write how the character at p is shown. Gives: the bytes it takes in the text. */
static size_t show_one(const char *p, size_t n, bool (*hidden)(uint32_t), char piece[static 16], size_t *bytes, size_t *characters)
{
	uint32_t c;
	size_t length = zp_utf8_at(p, n, &c);
	if (length && !hidden(c)) {
		memcpy(piece, p, length);
		*bytes = length;
		*characters = 1;
		return length;
	}
	int written = length ? snprintf(piece, 16, "<U+%04X>", (unsigned)c)
	                     : snprintf(piece, 16, "<%02X>", (unsigned char)*p);
	*bytes = *characters = (size_t)written;
	return length ? length : 1;
}

static const char *show(char *out, size_t size, zp_text text, bool (*hidden)(uint32_t))
{
	static const char dots[] = "\xE2\x80\xA6";
	size_t used = 0, shown = 0, cut = 0; /* cut: where dots still fit */
	for (size_t i = 0; i < text.n;) {
		char piece[16];
		size_t bytes, characters;
		i += show_one(text.p + i, text.n - i, hidden, piece, &bytes, &characters);
		if (shown < SHOWN && used + sizeof dots <= size)
			cut = used;
		if (shown + characters > SHOWN || used + bytes + 1 > size) {
			used = cut;
			if (used + sizeof dots <= size) {
				memcpy(out + used, dots, sizeof dots - 1);
				used += sizeof dots - 1;
			}
			break;
		}
		memcpy(out + used, piece, bytes);
		used += bytes;
		shown += characters;
	}
	if (size)
		out[used] = '\0';
	return out;
}

const char *zp_text_show_in(char *out, size_t size, zp_text text)
{
	return show(out, size, text, unseen);
}

const char *zp_text_show_code_in(char *out, size_t size, zp_text text)
{
	return show(out, size, text, mistaken);
}

void zp_text_print(zp_text text, FILE *out)
{
	char line[1024]; /* stderr has no buffer of its own */
	size_t used = 0;
	for (size_t i = 0; i < text.n;) {
		size_t bytes, characters;
		if (sizeof line - used < 16) {
			fwrite(line, 1, used, out);
			used = 0;
		}
		i += show_one(text.p + i, text.n - i, unseen, line + used, &bytes, &characters);
		used += bytes;
	}
	fwrite(line, 1, used, out);
}

bool zp_text_is_plain(zp_text text)
{
	for (size_t i = 0; i < text.n;) {
		uint32_t c;
		size_t length = zp_utf8_at(text.p + i, text.n - i, &c);
		if (length == 0 || unseen(c))
			return false;
		i += length;
	}
	return true;
}

const char *zp_text_show(zp_arena *arena, zp_text text)
{
	char out[SHOWN * 4 + 1];
	zp_text_show_in(out, sizeof out, text);
	return zp_arena_text(arena, out, strlen(out));
}

static uint64_t stir(uint64_t a, uint64_t b)
{
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight bytes at a time; the numbers are odd and without pattern (from the digits of pi). A hash is never
 * published, so that it may differ between machines. */
uint64_t zp_text_hash(zp_text text)
{
	const uint64_t k = UINT64_C(0x243F6A8885A308D3), l = UINT64_C(0x13198A2E03707345);
	uint64_t hash = stir(text.n ^ k, l), piece;
	const char *p = text.p;
	size_t n = text.n;
	for (; n >= sizeof piece; p += sizeof piece, n -= sizeof piece) {
		memcpy(&piece, p, sizeof piece);
		hash = stir(hash ^ piece, k);
	}
	if (n) {
		piece = 0;
		memcpy(&piece, p, n);
		hash = stir(hash ^ piece, k);
	}
	return stir(hash, l);
}
