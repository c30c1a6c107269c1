/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/pdf_sign.h"
#include <stdlib.h>
#include <string.h>
#include "base/instant.h"
#include "base/utf8.h"
#include "trust/cms.h"
#include "trust/pdf_form.h"
#include "trust/pdf_read.h"
#include "trust/signer_pdf.h"

#define TEXT_MOST 2000 /* bytes of a name or a reason */

typedef struct writing {
	const zp_signer *signer;
	const zp_pdf_words *words;
	zp_pdf_outline o;
	FILE *out;
	char *bytes;
	size_t n;              /* as of the last flush */
	size_t places[4];      /* of the objects that are written: page, catalogue, signature, field */
	size_t range, contents; /* places of the numbers, and of < */
	size_t n_message;
} writing;

static size_t here(writing *w)
{
	fflush(w->out);
	return w->n;
}

/* A text as PDF 1.5 has it: UTF-16 with its mark, in hexadecimal digits. The text is well-formed. */
static void put_text(FILE *out, const char *text)
{
	fputs("FEFF", out);
	for (zp_text t = zp_text_of(text); t.n;) {
		uint32_t c = 0;
		const size_t n = zp_utf8_at(t.p, t.n, &c);
		if (c >= 0x10000)
			fprintf(out, "%04X%04X", (unsigned)(0xD800 + ((c - 0x10000) >> 10)), (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
		else
			fprintf(out, "%04X", (unsigned)c);
		t.p += n, t.n -= n;
	}
}

static void put_zeros(FILE *out, size_t n)
{
	while (n--)
		putc('0', out);
}

static void put_signature(writing *w)
{
	int year = 0, month = 0, day = 0;
	zp_date_read(zp_text_of(w->words->date), &year, &month, &day);
	w->places[2] = here(w);
	fprintf(w->out, "%lu 0 obj\n" ZP_PDF_FILTER ZP_PDF_SUBFILTER ZP_PDF_NAME, w->o.size);
	put_text(w->out, w->words->name);
	fputs(ZP_PDF_REASON, w->out);
	put_text(w->out, w->words->reason);
	fprintf(w->out, ZP_PDF_DATE "%04d%02d%02d" ZP_PDF_NOON ZP_PDF_RANGE, year, month, day);
	w->range = here(w);
	fprintf(w->out, "%*s" ZP_PDF_CONTENTS, ZP_PDF_RANGE_WIDTH, "");
	w->contents = here(w);
	putc('<', w->out);
	put_zeros(w->out, 2 * w->n_message);
	fputs(">" ZP_PDF_END, w->out);
}

/* A field that shows nothing: hidden from view by its size, printed, locked. */
static void put_field(writing *w)
{
	w->places[3] = here(w);
	fprintf(w->out, "%lu 0 obj\n<< /Type /Annot\n   /Subtype /Widget\n   /FT /Sig\n   /T (Zhiping)\n   /V %lu 0 R\n   /F 132\n   /Rect [ 0 0 0 0 ]\n   /P %lu 0 R\n>>\nendobj\n",
		w->o.size + 1, w->o.size, w->o.page);
}

/* The page with the field among its notes. */
static void put_page(writing *w)
{
	const zp_text page = w->o.first_page, notes = w->o.annotations;
	w->places[0] = here(w);
	fprintf(w->out, "%lu 0 obj\n", w->o.page);
	const size_t before = notes.p ? (size_t)(notes.p - page.p) + notes.n : page.n - 2;
	fwrite(page.p, 1, before, w->out);
	fprintf(w->out, notes.p ? " %lu 0 R " : "   /Annots [ %lu 0 R ]\n", w->o.size + 1);
	fwrite(page.p + before, 1, page.n - before, w->out);
	fputs("\nendobj\n", w->out);
}

static void put_catalogue(writing *w)
{
	const zp_text c = w->o.catalogue;
	w->places[1] = here(w);
	fprintf(w->out, "%lu 0 obj\n", w->o.root);
	fwrite(c.p, 1, c.n - 2, w->out);
	fprintf(w->out, "   /AcroForm << /Fields [ %lu 0 R ] /SigFlags 3 >>\n>>\nendobj\n", w->o.size + 1);
}

static void put_table(writing *w)
{
	const bool page_first = w->o.page < w->o.root;
	const size_t table = here(w);
	fprintf(w->out, "xref\n%lu 1\n%010zu 00000 n \n%lu 1\n%010zu 00000 n \n%lu 2\n%010zu 00000 n \n%010zu 00000 n \n", page_first ? w->o.page : w->o.root,
		w->places[page_first ? 0 : 1], page_first ? w->o.root : w->o.page, w->places[page_first ? 1 : 0], w->o.size, w->places[2], w->places[3]);
	fprintf(w->out, "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %zu\n>>\nstartxref\n%zu\n%%%%EOF\n", w->o.size + 2, w->o.root, w->o.info,
		w->o.table, table);
}

static bool put_all(writing *w, zp_error *err)
{
	w->out = open_memstream(&w->bytes, &w->n);
	if (!w->out)
		return zp_fail(err, ZP_BUG, NULL, 0, "there is no memory to sign a PDF in");
	fwrite(w->o.whole.p, 1, w->o.whole.n, w->out);
	put_page(w);
	put_catalogue(w);
	put_signature(w);
	put_field(w);
	put_table(w);
	const bool failed = ferror(w->out) != 0;
	return (fclose(w->out) == 0 && !failed) || zp_fail(err, ZP_BUG, NULL, 0, "there is no memory to sign a PDF in");
}

/* The numbers first, for they are signed; then what they leave out. */
static bool sign(writing *w, zp_cms_parts *parts, zp_error *err)
{
	static const char digits[] = "0123456789abcdef";
	const size_t end = w->contents + 2 * w->n_message + 2;
	char range[ZP_PDF_RANGE_WIDTH + 1];
	size_t n = 0;
	zp_pdf_range(w->contents, end, w->n, range);
	memcpy(w->bytes + w->range, range, ZP_PDF_RANGE_WIDTH);
	if (!zp_cms_digest(w->bytes, w->contents, w->bytes + end, w->n - end, parts->digest))
		return zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign a PDF");
	if (!zp_signer_sign_cms(w->signer, parts, err))
		return false;
	uint8_t *message = zp_cms_write(parts, &n);
	if (!message || n != w->n_message) {
		free(message);
		return zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign a PDF");
	}
	for (size_t i = 0; i < n; i++) {
		w->bytes[w->contents + 1 + 2 * i] = digits[message[i] >> 4];
		w->bytes[w->contents + 2 + 2 * i] = digits[message[i] & 15];
	}
	free(message);
	return true;
}

static bool fit(const char *text) { return zp_text_is_plain(zp_text_of(text)) && strlen(text) <= TEXT_MOST; }

bool zp_pdf_sign(const zp_signer *signer, const void *pdf, size_t n, const zp_pdf_words *words, char **out, size_t *out_n, zp_error *err)
{
	int year, month, day;
	writing w = { .signer = signer, .words = words };
	zp_cms_parts parts = { .certificate = zp_signer_certificate(signer), .root = zp_signer_root(signer) };
	if (!fit(words->name) || !fit(words->reason) || !zp_date_read(zp_text_of(words->date), &year, &month, &day))
		return zp_fail(err, ZP_BUG, NULL, 0, "a PDF is to be signed with a name, a reason or a date that cannot stand in it");
	if (!zp_pdf_read((zp_text){ pdf, n }, &w.o, err))
		return false;
	w.n_message = zp_cms_length(&parts);
	if (!w.n_message)
		return zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign a PDF");
	if (!put_all(&w, err) || !sign(&w, &parts, err)) {
		free(w.bytes);
		return false;
	}
	*out = w.bytes, *out_n = w.n;
	return true;
}
