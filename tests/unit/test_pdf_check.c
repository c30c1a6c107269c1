/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures in PDFs: every byte of a signed file counts, and no file, however made, is more than refused. */
#include <criterion/criterion.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/random.h"
#include "trust/keys.h"
#include "trust/pdf_check.h"
#include "trust/pdf_sign.h"

#define DAY "2026-03-31"

static char folder[] = "keys-XXXXXX";
static zp_arena *arena;
static const zp_keyring *ring;
static zp_signer *signer;
static zp_text plain, sealed;

/* What cairo 1.16 makes, with next to nothing on it. more: in the page's dictionary. */
static zp_text make_pdf(const char *more)
{
	char *bytes = NULL;
	size_t n = 0, places[7] = { 0 };
	FILE *out = open_memstream(&bytes, &n);
	const char *const objects[] = {
		"4 0 obj\n<< /Length 5 0 R\n   /Filter /FlateDecode\n>>\nstream\nx\nendstream\nendobj\n", "5 0 obj\n   1\nendobj\n",
		"2 0 obj\n<< /Type /Page % 1\n   /Parent 1 0 R\n   /MediaBox [ 0 0 595 842 ]\n   /Group <<\n      /Type /Group\n   >>\n",
		"1 0 obj\n<< /Type /Pages\n   /Kids [ 2 0 R ]\n   /Count 1\n>>\nendobj\n", "6 0 obj\n<< /Producer (cairo \\) 1.16.0 (x))\n>>\nendobj\n",
		"3 0 obj\n<< /Type /Catalog\n   /Pages 1 0 R\n>>\nendobj\n",
	};
	fputs("%PDF-1.5\n%\xB5\xED\xAE\xFB\n", out);
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
		fflush(out);
		places[objects[i][0] - '0'] = n;
		fputs(objects[i], out);
		if (i == 2)
			fprintf(out, "%s>>\nendobj\n", more);
	}
	fflush(out);
	const size_t table = n;
	fputs("xref\n0 7\n0000000000 65535 f \n", out);
	for (int i = 1; i < 7; i++)
		fprintf(out, "%010zu 00000 n \n", places[i]);
	fprintf(out, "trailer\n<< /Size 7\n   /Root 3 0 R\n   /Info 6 0 R\n>>\nstartxref\n%zu\n%%%%EOF\n", table);
	fclose(out);
	const zp_text text = { zp_arena_text(arena, bytes, n), n };
	free(bytes);
	return text;
}

static zp_text sign(zp_text pdf, const char *name, const char *reason, const char *date)
{
	char *out = NULL;
	size_t n = 0;
	zp_error err = { 0 };
	cr_assert(zp_pdf_sign(signer, pdf.p, pdf.n, &(zp_pdf_words){ name, reason, date }, &out, &n, &err), "%s", err.text);
	const zp_text text = { zp_arena_text(arena, out, n), n };
	free(out);
	return text;
}

static int drop(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	return remove(path);
}

static void enter(void)
{
	zp_error err = { 0 };
	char id[ZP_KEY_ID_TEXT];
	arena = zp_arena_open();
	cr_assert_not_null(mkdtemp(folder));
	cr_assert(zp_keys_new(&(zp_key_wish){ .folder = folder, .date = "2026-01-01", .name = "示例省临床检验中心", .years = 10 }, id, &err), "%s", err.text);
	cr_assert_not_null(signer = zp_signer_open(folder, NULL, &err), "%s", err.text);
	cr_assert_not_null(ring = zp_keyring_read(arena, zp_arena_print(arena, "%s/public", folder), &err), "%s", err.text);
	plain = make_pdf("");
	sealed = sign(plain, "示例省临床检验中心", "ZP1:2026-1:1:L0001:AB:-", DAY);
}

static void leave(void)
{
	zp_signer_close(signer);
	zp_arena_close(arena);
	nftw(folder, drop, 16, FTW_DEPTH | FTW_PHYS);
}

TestSuite(pdf_check, .init = enter, .fini = leave);

static zp_pdf_found check(zp_text file)
{
	zp_pdf_found found;
	zp_pdf_check(arena, file, ring, &found);
	return found;
}

Test(pdf_check, what_was_signed_is_valid_and_says_what_it_is)
{
	const zp_pdf_found found = check(sealed);
	cr_assert_eq(found.state, ZP_PDF_VALID, "%s", found.why.text);
	cr_expect_str_eq(found.name, "示例省临床检验中心");
	cr_expect_str_eq(found.reason, "ZP1:2026-1:1:L0001:AB:-");
	cr_expect_str_eq(found.date, DAY);
	cr_expect_str_eq(found.key->id, zp_signer_id(signer));
}

Test(pdf_check, what_was_given_comes_first_and_the_same_is_the_same)
{
	const zp_text again = sign(plain, "示例省临床检验中心", "ZP1:2026-1:1:L0001:AB:-", DAY);
	cr_expect(sealed.n > plain.n && memcmp(sealed.p, plain.p, plain.n) == 0);
	cr_expect(zp_text_same(sealed, again));
}

Test(pdf_check, characters_beyond_the_basic_plane_come_back)
{
	const zp_pdf_found found = check(sign(make_pdf("   /Annots [ 9 0 R ]\n"), "a\xC3\xA9 𠮷", "x", DAY));
	cr_assert_eq(found.state, ZP_PDF_VALID, "%s", found.why.text);
	cr_expect_str_eq(found.name, "a\xC3\xA9 𠮷");
}

/* The claim of the whole: two flips at each place, a bit and all bits. What is found is never "valid", and hardly ever anything but "altered". */
Test(pdf_check, every_byte_that_is_changed_is_found, .timeout = 600)
{
	char *bytes = zp_arena_text(arena, sealed.p, sealed.n);
	size_t valid = 0, other = 0;
	for (size_t i = 0; i < sealed.n; i++)
		for (int flip = 0; flip < 2; flip++) {
			zp_arena *mine = zp_arena_open();
			zp_pdf_found found;
			bytes[i] = (char)(sealed.p[i] ^ (flip ? 0xFF : 1 << (i % 8)));
			zp_pdf_check(mine, (zp_text){ bytes, sealed.n }, ring, &found);
			valid += found.state == ZP_PDF_VALID;
			other += found.state != ZP_PDF_ALTERED;
			if (found.state != ZP_PDF_ALTERED)
				cr_log_info("byte %zu: state %d", i, (int)found.state);
			bytes[i] = sealed.p[i];
			zp_arena_close(mine);
		}
	cr_expect_eq(valid, 0, "%zu changes of %zu were not found", valid, 2 * sealed.n);
	cr_expect_eq(other, 0, "%zu changes of %zu were called something else than altered", other, 2 * sealed.n);
}

/* Capital digits would read as the same signature. */
Test(pdf_check, the_signature_is_spelled_in_one_way)
{
	char *bytes = zp_arena_text(arena, sealed.p, sealed.n), *contents = strstr(bytes + plain.n, "/Contents <") + 11, *letter = strpbrk(contents, "abcdef");
	*letter = (char)(*letter - 'a' + 'A');
	cr_expect_eq(check((zp_text){ bytes, sealed.n }).state, ZP_PDF_ALTERED);
}

Test(pdf_check, what_is_added_or_cut_off_is_found_and_where)
{
	char *bytes = zp_arena_take(arena, sealed.n + 16);
	memcpy(bytes, sealed.p, sealed.n);
	memcpy(bytes + sealed.n, "% more\n", 7);
	zp_pdf_found found = check((zp_text){ bytes, sealed.n + 7 });
	cr_expect_eq(found.state, ZP_PDF_ALTERED);
	cr_expect_str_eq(found.why.text, zp_arena_print(arena, "7 bytes were added after it was signed, from byte %zu on", sealed.n));
	found = check((zp_text){ bytes, sealed.n - 3 });
	cr_expect_eq(found.state, ZP_PDF_ALTERED);
	cr_expect_str_eq(found.why.text, "3 bytes are missing at the end");
	for (size_t n = 0; n < sealed.n; n += 7)
		cr_expect_neq(check((zp_text){ sealed.p, n }).state, ZP_PDF_VALID);
	for (size_t i = 0; i < sealed.n; i += 5) { /* one taken out, one put in */
		memcpy(bytes, sealed.p, i), memcpy(bytes + i, sealed.p + i + 1, sealed.n - i - 1);
		cr_expect_neq(check((zp_text){ bytes, sealed.n - 1 }).state, ZP_PDF_VALID, "%zu", i);
		memcpy(bytes, sealed.p, i), bytes[i] = '0', memcpy(bytes + i + 1, sealed.p + i, sealed.n - i);
		cr_expect_neq(check((zp_text){ bytes, sealed.n + 1 }).state, ZP_PDF_VALID, "%zu", i);
	}
}

/* Zeros behind the signature's bytes, as other programs leave there: our form has none, so that nothing can hide in them. */
Test(pdf_check, nothing_stands_behind_the_message)
{
	const char *open = strstr(sealed.p + plain.n, "/Contents <"), *close = strchr(open, '>');
	const size_t at = (size_t)(close - sealed.p);
	char *bytes = zp_arena_take(arena, sealed.n + 8);
	memcpy(bytes, sealed.p, at), memcpy(bytes + at, "0000", 4), memcpy(bytes + at + 4, close, sealed.n - at);
	cr_expect_eq(check((zp_text){ bytes, sealed.n + 4 }).state, ZP_PDF_ALTERED);
}

Test(pdf_check, another_key_is_unknown_and_none_is_nobodys)
{
	zp_public_key other = { .id = "0000000000000000", .from = "", .until = "", .why = "", .key = { 1 } };
	const zp_keyring strangers = { "", &other, 1 };
	zp_pdf_found found;
	zp_pdf_check(arena, sealed, &strangers, &found);
	cr_expect_eq(found.state, ZP_PDF_UNKNOWN);
	cr_expect_str_eq(found.claimed, zp_signer_id(signer));
	zp_pdf_check(arena, sealed, NULL, &found);
	cr_expect_eq(found.state, ZP_PDF_NOBODYS);
}

Test(pdf_check, a_key_is_believed_in_its_time)
{
	zp_public_key k = ring->keys[0];
	const zp_keyring one = { "", &k, 1 };
	zp_pdf_found found;
	k.state = ZP_KEY_RETIRED, k.until = DAY;
	zp_pdf_check(arena, sealed, &one, &found);
	cr_expect_eq(found.state, ZP_PDF_VALID);
	k.until = "2026-03-30";
	zp_pdf_check(arena, sealed, &one, &found);
	cr_expect_eq(found.state, ZP_PDF_UNKNOWN);
	k.state = ZP_KEY_REVOKED, k.until = DAY, k.why = "stolen";
	zp_pdf_check(arena, sealed, &one, &found);
	cr_expect_eq(found.state, ZP_PDF_UNKNOWN);
	k.until = "2026-04-01";
	zp_pdf_check(arena, sealed, &one, &found);
	cr_expect(found.state == ZP_PDF_VALID && found.belief == ZP_BELIEVED_WITH_DOUBT);
	k.state = ZP_KEY_CURRENT, k.from = "2026-04-01", k.until = "";
	zp_pdf_check(arena, sealed, &one, &found);
	cr_expect_eq(found.state, ZP_PDF_UNKNOWN);
}

Test(pdf_check, what_is_not_signed_or_not_ours_is_told_apart)
{
	cr_expect_eq(check(plain).state, ZP_PDF_UNSIGNED);
	cr_expect_eq(check(ZP_TEXT("")).state, ZP_PDF_UNSIGNED);
	cr_expect_eq(check(ZP_TEXT("%PDF-1.7\n<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>\n")).state, ZP_PDF_FOREIGN);
}

static void refuse(zp_text pdf, const char *part)
{
	char *out;
	size_t n;
	zp_error err = { 0 };
	cr_expect_not(zp_pdf_sign(signer, pdf.p, pdf.n, &(zp_pdf_words){ "a", "b", DAY }, &out, &n, &err));
	cr_expect(err.code == ZP_BUG && strstr(err.text, part), "%s", err.text);
}

Test(pdf_check, only_what_our_emitters_write_is_signed)
{
	refuse(sealed, "trailer is of another form");
	refuse(ZP_TEXT("hello"), "does not begin");
	refuse((zp_text){ plain.p, plain.n - 1 }, "does not end with");
	refuse(make_pdf("   /Annots 9 0 R\n"), "no list");
	char *bytes = zp_arena_text(arena, plain.p, plain.n);
	strstr(bytes, "/Catalog")[1] = 'K';
	refuse((zp_text){ bytes, plain.n }, "catalogue is not found");
}

static size_t mutate(zp_random *r, zp_text from, char *to)
{
	size_t n = from.n;
	memcpy(to, from.p, n);
	for (size_t k = 1 + zp_random_below(r, 6); k--;) {
		const size_t at = zp_random_below(r, n), other = zp_random_below(r, n), left = n - (at > other ? at : other), run = 1 + zp_random_below(r, left < 200 ? left : 200);
		switch (zp_random_below(r, 9)) {
		case 0: to[at] = (char)zp_random_below(r, 256); break;
		case 1: to[at] = "0123456789<>[]()/ %\n\\"[zp_random_below(r, 21)]; break;
		case 2: memmove(to + at, to + other, run); break;
		case 3: n = at + 1; break;
		default: to[at] = "0123456789abcdef"[zp_random_below(r, 16)]; break; /* which goes for a digit of the message */
		}
	}
	return n;
}

/* Nothing that comes in can do more than be refused: reader and signer end, within their bounds (seen by the sanitizers). */
Test(pdf_check, hostile_files_are_refused, .timeout = 600)
{
	const char *wish = getenv("PDF_ROUNDS");
	const long rounds = wish ? atol(wish) : 4000;
	zp_random r = zp_random_stream(8, 1, 2);
	size_t valid = 0;
	for (long i = 0; i < rounds; i++) {
		zp_arena *mine = zp_arena_open();
		const zp_text from = i % 2 ? plain : sealed;
		char *bytes = malloc(from.n), *out = NULL; /* so that a byte too far is seen */
		size_t n = mutate(&r, from, bytes), out_n;
		bytes = realloc(bytes, n);
		const zp_text file = { bytes, n };
		zp_pdf_found found;
		zp_error err = { 0 };
		zp_pdf_check(mine, file, ring, &found);
		valid += found.state == ZP_PDF_VALID && !zp_text_same(file, sealed);
		if (i % 2 && zp_pdf_sign(signer, bytes, n, &(zp_pdf_words){ "a", "b", DAY }, &out, &out_n, &err))
			free(out);
		free(bytes);
		zp_arena_close(mine);
	}
	cr_expect_eq(valid, 0);
}
