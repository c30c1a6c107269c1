/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDFs that are to be checked or signed. First byte even: the rest is the file. First byte odd: the rest is a CMS message, put into a file
 * whose numbers fit it, so that it is read. Nothing is believed without a keyring, and what is altered is said to be so with a reason. */
#include "fuzz.h"
#include <stdio.h>
#include <string.h>
#include "trust/pdf_check.h"
#include "trust/pdf_form.h"
#include "trust/pdf_read.h"

static const char head[] = "%PDF-1.5\n9 0 obj\n" ZP_PDF_FILTER ZP_PDF_SUBFILTER ZP_PDF_NAME "FEFF0041" ZP_PDF_REASON "FEFF0042" ZP_PDF_DATE "20260331" ZP_PDF_NOON ZP_PDF_RANGE;

static zp_text framed(zp_arena *arena, const uint8_t *data, size_t size)
{
	const size_t open = sizeof head - 1 + ZP_PDF_RANGE_WIDTH + sizeof ZP_PDF_CONTENTS - 1, close = open + 2 * size + 2, n = close + sizeof ZP_PDF_END - 1;
	char *out = zp_arena_take(arena, n + 1), range[ZP_PDF_RANGE_WIDTH + 1], *to = out + open;
	zp_pdf_range(open, close, n, range);
	sprintf(out, "%s%s" ZP_PDF_CONTENTS, head, range);
	*to++ = '<';
	for (size_t i = 0; i < size; i++)
		to += sprintf(to, "%02x", (unsigned)data[i]);
	memcpy(to, ">" ZP_PDF_END, sizeof ZP_PDF_END);
	return (zp_text){ out, n };
}

static void look_at(zp_arena *arena, zp_text file)
{
	zp_pdf_found found;
	zp_pdf_check(arena, file, NULL, &found);
	FUZZ_PROMISE(found.state != ZP_PDF_VALID && found.state != ZP_PDF_UNKNOWN && !found.key, "a file is believed without a keyring");
	FUZZ_PROMISE((found.state == ZP_PDF_ALTERED) == (*found.why.text != '\0'), "what is altered is not said");
}

FUZZ_TARGET(pdf)
{
	if (!size)
		return 0;
	zp_arena *arena = zp_arena_open();
	zp_pdf_outline outline;
	zp_error err = { 0 };
	const zp_text file = { (const char *)data + 1, size - 1 };
	if (data[0] % 2)
		look_at(arena, framed(arena, data + 1, size - 1));
	else {
		look_at(arena, file);
		FUZZ_PROMISE(zp_pdf_read(file, &outline, &err) == !err.code, "a file is refused without a sentence");
	}
	zp_arena_close(arena);
	return 0;
}
