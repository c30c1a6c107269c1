/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/text.h"

#define EACH(row, table) for (size_t row = 0; row < sizeof(table) / sizeof *(table); row++)

Test(text, is_ordered_by_bytes)
{
	cr_assert_eq(zp_text_compare(ZP_TEXT("A"), ZP_TEXT("B")), -1);
	cr_assert_eq(zp_text_compare(ZP_TEXT("A"), ZP_TEXT("A")), 0);
	cr_assert_eq(zp_text_compare(ZP_TEXT("AB"), ZP_TEXT("A")), 1);
	cr_assert_eq(zp_text_compare((zp_text){ NULL, 0 }, ZP_TEXT("A")), -1);
	cr_assert_eq(zp_text_compare((zp_text){ NULL, 0 }, ZP_TEXT("")), 0);
	cr_assert_eq(zp_text_compare(ZP_TEXT("\xE6"), ZP_TEXT("z")), 1);
}

Test(text, is_trimmed_of_blanks_people_type)
{
	static const struct { const char *in, *out; } table[] = {
		{ "  5.2 ", "5.2" }, { "\t5.2\t", "5.2" }, { "\xC2\xA0\xE3\x80\x80 5.2\xE3\x80\x80\xC2\xA0", "5.2" }, { "", "" }, { "   ", "" },
		{ "\xE3\x80\x80", "" }, { "a b", "a b" }, { "\n5\n", "\n5\n" }, { "\xE6\xB6\xB2\xE3\x80\x80", "\xE6\xB6\xB2" },
		{ "\x80", "\x80" }, { "\xA0", "\xA0" }, { "\xE3\x80", "\xE3\x80" }, { "\xC2\xA0\xA0", "\xA0" },
	};
	EACH(i, table)
		cr_assert(zp_text_is(zp_text_trim(zp_text_of(table[i].in)), table[i].out), "row %zu", i);
	cr_assert_eq(zp_text_trim((zp_text){ NULL, 0 }).n, 0);
}

Test(utf8, ill_formed_bytes_are_found_where_they_are)
{
	static const struct { const char *bytes; size_t at; } table[] = { /* at: offset of the fault */
		{ "abc\x80", 3 }, { "\xC0\x80", 0 }, { "\xC1\xBF", 0 }, { "\xE0\x9F\xBF", 0 }, { "\xF0\x8F\xBF\xBF", 0 },
		{ "\xED\xA0\x80", 0 }, { "\xED\xBF\xBF", 0 }, { "\xF4\x90\x80\x80", 0 }, { "\xF5\x80\x80\x80", 0 }, { "\xFF", 0 }, { "\xFE", 0 },
		{ "\xE6\xB6", 0 }, { "\xC2", 0 }, { "\xF0\xA0\x80", 0 }, { "\xE6\xB6\x41", 0 }, { "\xC3\x28", 0 },
		{ "0123456789abcdef\xE6\xB6\xB2\xBF", 19 }, { "0123456\xA0", 7 }, { "01234567\xE6\xB6\xB2" "89abcdef\xC2", 19 },
		{ "\xF8\x88\x80\x80\x80", 0 }, { "\xE6\xB6\xB2\xE6\xB6\xC2", 3 },
	};
	EACH(i, table)
		cr_assert_eq(zp_utf8_valid(table[i].bytes, strlen(table[i].bytes)), table[i].at, "row %zu", i);
}

Test(utf8, a_fault_is_found_anywhere_in_a_long_line)
{
	char line[50];
	for (size_t at = 0; at < sizeof line; at++) {
		memset(line, 'x', sizeof line);
		line[at] = '\x80';
		cr_assert_eq(zp_utf8_valid(line, sizeof line), at);
	}
}

static size_t encode(uint32_t c, char *out) /* as the standard's table 3-6 has it */
{
	if (c < 0x80)
		return out[0] = (char)c, 1;
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00 >> n) | c);
	return n;
}

Test(utf8, every_character_is_valid_and_no_surrogate)
{
	for (uint32_t c = 0; c <= 0x110000; c++) {
		char bytes[4];
		size_t n = encode(c, bytes);
		bool valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
		cr_assert_eq(zp_utf8_valid(bytes, n), valid ? n : 0, "U+%04X", c);
		cr_assert(n == 1 || zp_utf8_valid(bytes, n - 1) == 0, "U+%04X cut", c);
	}
	cr_assert_eq(zp_utf8_valid(NULL, 0), 0);
}

static void assert_gb18030(const char *bytes, const char *wanted)
{
	zp_arena *a = zp_arena_open();
	zp_text text = zp_gb18030_read(a, bytes, strlen(bytes));
	if (wanted)
		cr_assert(text.p && zp_text_is(text, wanted) && text.p[text.n] == '\0', "%s", wanted);
	else
		cr_assert_null(text.p);
	zp_arena_close(a);
}

Test(gb18030, becomes_utf8)
{
	/* Encoded with Python's codec. */
	assert_gb18030("\xBA\xBC\xD6\xDD\xCA\xD0\xB5\xDA\xD2\xBB\xC8\xCB\xC3\xF1\xD2\xBD\xD4\xBA",
	               "\xE6\x9D\xAD\xE5\xB7\x9E\xE5\xB8\x82\xE7\xAC\xAC\xE4\xB8\x80\xE4\xBA\xBA\xE6\xB0\x91\xE5\x8C\xBB\xE9\x99\xA2");
	assert_gb18030("\x95\x32\x82\x36\x81\x39\xEE\x39", "\xF0\xA0\x80\x80\xE3\x90\x80");
	assert_gb18030("\xA3\xBC" "0.05 \x81\x30\x85\x38mol/L", "\xEF\xBC\x9C" "0.05 \xC2\xB5mol/L");
	assert_gb18030("plain", "plain");
	assert_gb18030("", "");
}

Test(gb18030, is_strict)
{
	assert_gb18030("\xBA", NULL);
	assert_gb18030("\xBA\xBC\xD6", NULL);
	assert_gb18030("\xFF", NULL);
	assert_gb18030("\x80", NULL);
	assert_gb18030("\xBA\x20", NULL);
	assert_gb18030("\x95\x32\x82", NULL);
	assert_gb18030("\xE3\x32\x9A\x36", NULL); /* one beyond U+10FFFF */
}

Test(gb18030, whatever_it_gives_is_valid_utf8)
{
	zp_arena *a = zp_arena_open();
	size_t given = 0;
	for (unsigned high = 0x81; high <= 0xFE; high++) {
		for (unsigned low = 0x30; low <= 0xFE; low++) {
			char two[] = { (char)high, (char)low }, four[] = { (char)high, (char)low, (char)0x81, '0' };
			zp_text text = zp_gb18030_read(a, two, 2);
			given += text.p != NULL;
			cr_assert_eq(zp_utf8_valid(text.p, text.n), text.n);
			text = zp_gb18030_read(a, four, 4);
			cr_assert_eq(zp_utf8_valid(text.p, text.n), text.n);
		}
	}
	cr_assert_geq(given, 126 * 190 - 200, "two bytes: nearly all");
	zp_arena_close(a);
}

Test(gb18030, a_nul_inside_is_kept)
{
	zp_arena *a = zp_arena_open();
	zp_text text = zp_gb18030_read(a, "5.0\0" "9", 5);
	cr_assert(text.n == 5 && memcmp(text.p, "5.0\0" "9", 6) == 0);
	zp_arena_close(a);
}

Test(fold, full_width_forms_become_ascii)
{
	static const struct { const char *in, *out; } table[] = {
		{ "\xEF\xBC\x85\xEF\xBC\x95\xEF\xBC\x8E\xEF\xBC\x92", "%5.2" }, { "\xEF\xBC\x9C" "0.5", "<0.5" }, { "\xEF\xBC\x9E" "0.5", ">0.5" },
		{ "\xE2\x89\xA4" "0.5", "<=0.5" }, { "\xE2\x89\xA5" "0.5", ">=0.5" }, { "\xE2\x88\x92" "1", "-1" }, { "\xEF\xBC\x8D" "1", "-1" },
		{ "\xE2\x80\x93" "1", "-1" }, { "\xE3\x80\x80" "5\xC2\xA0", " 5 " }, { "\xE2\x80\x80\xE2\x80\x8A\xE2\x80\xAF", "   " },
		{ "\xEF\xBD\x8D\xEF\xBD\x87", "mg" }, { "\xEF\xBC\x81\xEF\xBD\x9E", "!~" },
		/* and these stay as they are */
		{ "\xE6\xB6\xB2", "\xE6\xB6\xB2" }, { "\xE3\x80\x82", "\xE3\x80\x82" }, { "\xE2\x91\xA0", "\xE2\x91\xA0" }, { "\xE2\x80\x8B", "\xE2\x80\x8B" },
		{ "\xEF\xBD\x9F", "\xEF\xBD\x9F" }, { "\xEF\xBC\x80", "\xEF\xBC\x80" }, { "\xF0\xA0\x80\x80", "\xF0\xA0\x80\x80" }, { "\xC2\xB5mol", "\xC2\xB5mol" },
		{ "5\xEF\xBC", "5\xEF\xBC" }, { "\xFF" "5\x80", "\xFF" "5\x80" }, { "", "" },
	};
	EACH(i, table) {
		size_t n = strlen(table[i].in);
		char *out = malloc(n ? n : 1);
		size_t length = zp_text_fold(zp_text_of(table[i].in), out);
		cr_assert(length == strlen(table[i].out) && memcmp(out, table[i].out, length) == 0, "row %zu", i);
		free(out);
	}
}

Test(fold, covers_the_block_of_full_width_forms)
{
	for (uint32_t c = 0xFF01; c <= 0xFF5E; c++) {
		char in[4], out[4];
		size_t n = encode(c, in);
		cr_assert_eq(zp_text_fold((zp_text){ in, n }, out), 1);
		cr_assert_eq((uint32_t)out[0], c - 0xFEE0);
	}
}

Test(show, what_cannot_be_seen_is_spelled_out)
{
	static const struct { const char *in, *out; } table[] = {
		{ "5.2", "5.2" }, { "", "" }, { "\xE6\xB6\xB2", "\xE6\xB6\xB2" }, { "a\nb", "a<U+000A>b" }, { "\033[2J", "<U+001B>[2J" },
		{ "\x7F", "<U+007F>" }, { "\xC2\x85", "<U+0085>" }, { "\xE2\x80\xAE" "1", "<U+202E>1" }, { "\xE2\x81\xA6", "<U+2066>" },
		{ "\xE2\x80\x8F", "<U+200F>" }, { "\xD8\x9C", "<U+061C>" }, { "\xE2\x80\xA8", "<U+2028>" }, { "\xEF\xBB\xBF", "<U+FEFF>" },
		{ "\xBA\xBC", "<BA><BC>" }, { "\xE6\xB6", "<E6><B6>" }, { "\xED\xA0\x80", "<ED><A0><80>" }, { "\xF3\xA0\x80\x81", "<U+E0001>" },
	};
	zp_arena *a = zp_arena_open();
	EACH(i, table)
		cr_assert_str_eq(zp_text_show(a, zp_text_of(table[i].in)), table[i].out);
	cr_assert_str_eq(zp_text_show(a, (zp_text){ "5.0\0" "9", 5 }), "5.0<U+0000>9");
	cr_assert_str_eq(zp_text_show(a, (zp_text){ NULL, 0 }), "");
	zp_arena_close(a);
}

static size_t characters(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

Test(show, sixty_characters_are_enough)
{
	zp_arena *a = zp_arena_open();
	static const char *const one[] = { "x", "\xE6\xB6\xB2", "\xF0\xA0\x80\x80", "\n", "\xFF" };
	EACH(i, one) {
		char text[500] = "";
		for (int n = 1; n <= 100; n++) {
			strcat(text, one[i]);
			const char *shown = zp_text_show(a, zp_text_of(text));
			size_t k = characters(shown);
			size_t each = characters(zp_text_show(a, zp_text_of(one[i])));
			cr_assert(k <= 60);
			bool cut = strcmp(shown + strlen(shown) - (strlen(shown) >= 3 ? 3 : 0), "\xE2\x80\xA6") == 0;
			cr_assert_eq(cut, (size_t)n * each > 60, "%d times", n);
			cr_assert(cut || k == (size_t)n * each);
		}
	}
	zp_arena_close(a);
}

Test(show, no_buffer_is_too_small)
{
	zp_text text = ZP_TEXT("5\xE6\xB6\xB2\n\xF0\xA0\x80\x80" "5\xFF" "5555");
	for (size_t size = 0; size < 60; size++) {
		char *out = malloc(size ? size : 1);
		cr_assert_eq(zp_text_show_in(out, size, text), out);
		if (size) {
			size_t n = strlen(out);
			cr_assert(n < size);
			cr_assert_eq(zp_utf8_valid(out, n), n);
		}
		free(out);
	}
	char whole[100];
	cr_assert_str_eq(zp_text_show_in(whole, sizeof whole, text), "5\xE6\xB6\xB2<U+000A>\xF0\xA0\x80\x80" "5<FF>5555");
	cr_assert_str_eq(zp_text_show_in(whole, 8, ZP_TEXT("0123456789")), "0123\xE2\x80\xA6");
}

/* How a code is shown: what looks like ASCII and is not gives itself away, everything else stays readable. */
Test(show, gives_away_letters_that_look_like_others)
{
	const struct { zp_text code; const char *shown; } rows[] = {
		{ ZP_TEXT("LAB01"), "LAB01" },
		{ ZP_TEXT("\xEF\xBC\xAC" "AB01"), "<U+FF2C>AB01" },    /* full-width L */
		{ ZP_TEXT("L\xD0\x90" "B01"), "L<U+0410>B01" },        /* Cyrillic A */
		{ ZP_TEXT("LAB\xCE\x9F" "1"), "LAB<U+039F>1" },        /* Greek capital O */
		{ ZP_TEXT("LAB01\xE2\x80\x8B"), "LAB01<U+200B>" },    /* zero-width space */
		{ ZP_TEXT("LAB\xE2\x88\x92" "01"), "LAB<U+2212>01" }, /* minus sign */
		{ ZP_TEXT("LAB01\xFF"), "LAB01<FF>" },
		{ ZP_TEXT("\xE8\xA1\x80\xE7\xB3\x96"), "\xE8\xA1\x80\xE7\xB3\x96" }, /* Chinese stays Chinese */
		{ ZP_TEXT("\xCE\xB3-GT"), "\xCE\xB3-GT" },            /* and a small gamma a gamma */
	};
	EACH(i, rows) {
		char out[128];
		cr_assert_str_eq(zp_text_show_code_in(out, sizeof out, rows[i].code), rows[i].shown);
	}
}

Test(plain, is_what_can_be_seen)
{
	cr_assert(zp_text_is_plain(ZP_TEXT("")));
	cr_assert(zp_text_is_plain(ZP_TEXT("\xE8\xA1\x80\xE7\xB3\x96 (GLU), 5 %")));
	const zp_text others[] = {
		ZP_TEXT("a\nb"), ZP_TEXT("a\tb"), ZP_TEXT("a\x1f" "b"), ZP_TEXT("a\x7f"), ZP_TEXT("a\xC2\x85"), ZP_TEXT("a\xE2\x80\xAE" "b"),
		ZP_TEXT("\xEF\xBB\xBF" "a"), ZP_TEXT("a\xE2\x80\xA8"), ZP_TEXT("\xFF"), ZP_TEXT("\xE8\xA1"), ZP_TEXT("a\0b"),
	};
	EACH(i, others)
		cr_assert_not(zp_text_is_plain(others[i]));
}

Test(print, shows_a_text_of_any_length_on_one_line)
{
	char text[5000], *printed = NULL;
	size_t n = 0;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i % 10 ? 'a' : '\n');
	FILE *out = open_memstream(&printed, &n);
	cr_assert(out);
	zp_text_print((zp_text){ text, sizeof text }, out);
	fclose(out);
	cr_assert_eq(n, sizeof text + sizeof text / 10 * (strlen("<U+000A>") - 1));
	cr_assert_not(memchr(printed, '\n', n));
	const char *p = printed;
	for (size_t i = 0; i < sizeof text / 10; i++, p += strlen("<U+000A>aaaaaaaaa"))
		cr_assert(memcmp(p, "<U+000A>aaaaaaaaa", strlen("<U+000A>aaaaaaaaa")) == 0);
	free(printed);
}

Test(hash, tells_near_texts_apart)
{
	char text[32];
	uint64_t seen[2000];
	size_t n = 0;
	for (int i = 0; i < 1000; i++) {
		seen[n++] = zp_text_hash((zp_text){ text, (size_t)sprintf(text, "LAB%04d", i) });
		seen[n++] = zp_text_hash((zp_text){ text, (size_t)sprintf(text, "measurand-%06d", i) });
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			cr_assert_neq(seen[i], seen[k]);
	cr_assert_neq(zp_text_hash(ZP_TEXT("")), zp_text_hash(ZP_TEXT("\0")));
	cr_assert_neq(zp_text_hash(ZP_TEXT("A")), zp_text_hash(ZP_TEXT("A\0")));
	cr_assert_neq(zp_text_hash(ZP_TEXT("12345678")), zp_text_hash(ZP_TEXT("12345678\0")));
	cr_assert_eq(zp_text_hash(ZP_TEXT("GLU")), zp_text_hash(zp_text_of("GLU")));
	cr_assert_eq(zp_text_hash((zp_text){ NULL, 0 }), zp_text_hash(ZP_TEXT("")));
}
