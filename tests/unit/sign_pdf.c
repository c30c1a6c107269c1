/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs, for tests: sign_pdf KEYS pdf IN OUT NAME REASON DATE; sign_pdf KEYS file IN OUT (64 bytes); sign_pdf KEYS text TEXT (a square code). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "trust/pdf_sign.h"

static int fail(const zp_error *err)
{
	fprintf(stderr, "sign_pdf: %s\n", err->text);
	return err->code ? (int)err->code : 1;
}

static void put(const char *path, const void *bytes, size_t n)
{
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(bytes, 1, n, out) != n || fclose(out) != 0)
		exit(1);
}

/* base64url without padding. */
static void print_signature(const uint8_t s[static ZP_SIGNATURE])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	for (size_t bit = 0; bit < 8 * ZP_SIGNATURE; bit += 6) {
		const size_t at = bit / 8;
		const unsigned two = (unsigned)s[at] << 8 | (at + 1 < ZP_SIGNATURE ? s[at + 1] : 0);
		putchar(digits[two >> (10 - bit % 8) & 63]);
	}
	putchar('\n');
}

static bool sign_file(const zp_signer *signer, zp_text bytes, const char *out, zp_error *err)
{
	uint8_t signature[ZP_SIGNATURE];
	if (!zp_signer_sign(signer, bytes.p, bytes.n, signature, err))
		return false;
	put(out, signature, sizeof signature);
	return true;
}

static bool sign_text(const zp_signer *signer, const char *text, zp_error *err)
{
	uint8_t signature[ZP_SIGNATURE];
	if (!zp_signer_sign(signer, text, strlen(text), signature, err))
		return false;
	printf("%s:", text);
	print_signature(signature);
	return true;
}

int main(int argc, char **argv)
{
	zp_error err = { 0 };
	const char *why = "is not told", *what = argc > 2 ? argv[2] : "";
	zp_signer *signer = argc > 3 ? zp_signer_open(argv[1], NULL, &err) : NULL;
	zp_arena *arena = zp_arena_open();
	bool good = signer != NULL;
	if (good && strcmp(what, "text") == 0) {
		good = sign_text(signer, argv[3], &err);
	} else if (good) {
		const zp_text in = zp_file_read(arena, argv[3], 1u << 30, argv[3], NULL, &why);
		char *signed_pdf = NULL;
		size_t n = 0;
		if (!in.p)
			good = zp_fail(&err, ZP_IO, argv[3], 0, "%s", why);
		else if (argc == 8)
			good = zp_pdf_sign(signer, in.p, in.n, &(zp_pdf_words){ argv[5], argv[6], argv[7] }, &signed_pdf, &n, &err);
		else
			good = argc == 5 && sign_file(signer, in, argv[4], &err);
		if (good && signed_pdf)
			put(argv[4], signed_pdf, n);
		free(signed_pdf);
	}
	zp_signer_close(signer);
	zp_arena_close(arena);
	return good ? 0 : fail(&err);
}
