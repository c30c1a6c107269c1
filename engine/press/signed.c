/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/signed.h"
#include <stdlib.h>
#include <string.h>
#include "press/record.h"
#include "trust/pdf_sign.h"

#define NAME_MOST 400

void zp_press_sign_with(zp_press *press, const zp_signer *signer) { press->signer = signer; }

bool zp_press_write_signed(zp_press *press, const char *name, const void *bytes, size_t n, zp_error *err)
{
	char beside[NAME_MOST];
	uint8_t signature[ZP_SIGNATURE];
	if (!press->signer)
		return zp_press_write(press, name, bytes, n, err);
	if (snprintf(beside, sizeof beside, "%s.sig", name) >= (int)sizeof beside)
		return zp_fail(err, ZP_BUG, name, 0, "the name is too long");
	return zp_signer_sign(press->signer, bytes, n, signature, err) && zp_press_write(press, name, bytes, n, err) &&
		zp_press_write(press, beside, signature, sizeof signature, err);
}

bool zp_press_write_paper(zp_press *press, const char *name, const void *bytes, size_t n, const char *what, const char *date, zp_error *err)
{
	const size_t length = strlen(name);
	char *out = NULL;
	size_t out_n = 0;
	if (!press->signer || length < 4 || strcmp(name + length - 4, ".pdf") != 0)
		return zp_press_write(press, name, bytes, n, err);
	const zp_pdf_words words = { zp_signer_name(press->signer), what, date };
	const bool good = zp_pdf_sign(press->signer, bytes, n, &words, &out, &out_n, err) && zp_press_write(press, name, out, out_n, err);
	free(out);
	return good;
}
