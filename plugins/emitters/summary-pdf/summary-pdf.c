/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary-pdf: the report of a round as a centre prints it, for the centre and its commission. */
#include <string.h>
#include "book.h"
#include "paper/press.h"
#include "paper/says.h"

#define CHARACTERS 0x110000u

/* What the run knows of characters: those of figures, which are drawn when it is too late to ask. */
static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	(void)err;
	const char **characters = host->take(host, sizeof *characters);
	*characters = zp_join(host, edition->characters, NULL);
	return characters;
}

/* ---- three times through the book ---- */

static void restart(zp_book *b, zp_pass pass)
{
	b->pass = pass;
	b->next = 0;
	b->y = ZP_TOP_EDGE;
	memset(b->bookmark, 0, sizeof b->bookmark);
}

static void body(zp_book *b)
{
	zp_preface(b);
	zp_design(b);
	zp_results(b);
	zp_technical(b);
	zp_ranking(b);
	zp_targets(b);
	zp_decisions_and_terms(b);
	zp_signatures(b);
}

/* Pages of chapters are counted from 0 until the pages before them are known. */
static void measure(zp_book *b)
{
	restart(b, ZP_MEASURE);
	b->page = 0;
	body(b);
	const size_t pages = b->page;
	b->page = 1; /* the cover */
	zp_contents(b);
	for (size_t i = 0; i < b->n_headings; i++)
		b->headings[i].page += b->page;
	b->pages = b->page + pages;
}

static void print(void *self)
{
	zp_book *b = self;
	b->pdf = cairo_get_target(b->sans->cr);
	b->serif->cr = b->sans->cr;
	restart(b, ZP_PRINT);
	b->page = 1;
	cairo_tag_begin(b->sans->cr, "Document", NULL); /* without it cairo refers to parts of links that it never writes */
	zp_cover(b);
	zp_contents(b);
	body(b);
	zp_canvas_settle(b->sans);
	cairo_show_page(b->sans->cr);
	cairo_tag_end(b->sans->cr, "Document");
}

/* ---- characters ---- */

static char *put_character(char *p, unsigned c)
{
	if (c < 0x80) {
		*p++ = (char)c;
		return p;
	}
	const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = { 0, 0xC0, 0xE0, 0xF0 };
	*p++ = (char)(lead[more] | c >> 6 * more);
	for (int i = more - 1; i >= 0; i--)
		*p++ = (char)(0x80 | (c >> 6 * i & 0x3F));
	return p;
}

static const char *gather(zp_book *b)
{
	static const char more[] = "（续）"; /* said only where a page ends */
	b->seen = b->host->take(b->host, CHARACTERS / 8);
	restart(b, ZP_GATHER);
	zp_cover(b);
	zp_contents(b);
	body(b);
	size_t n = 0;
	for (unsigned i = 0; i < CHARACTERS / 8; i++)
		n += b->seen[i] ? 8 : 0;
	char *out = b->host->take(b->host, 4 * n + 64), *p = out;
	for (unsigned c = 0x80; c < CHARACTERS; c++)
		if (b->seen[c >> 3] & 1u << (c & 7))
			p = put_character(p, c);
	memcpy(p, more, sizeof more);
	return out;
}

/* ---- a round ---- */

static void count_measurands(zp_book *b)
{
	size_t n = 0;
	b->first_of = b->host->take(b->host, (b->s->n_programmes + 1) * sizeof *b->first_of);
	for (size_t p = 0; p < b->s->n_programmes; p++) {
		b->first_of[p] = n;
		n += b->s->programmes[p].n_measurands;
	}
	b->measurand_at = b->host->take(b->host, (n + 1) * sizeof *b->measurand_at);
}

static bool make(zp_book *b, const zp_types *sans, const zp_types *serif, const zp_outbox *out, zp_error *err)
{
	zp_canvas a = zp_types_canvas(sans, b->host, "summary.pdf", err), c = zp_types_canvas(serif, b->host, "summary.pdf", err);
	b->sans = &a, b->serif = &c;
	measure(b);
	if (a.failed)
		return false;
	const zp_imprint imprint = { zp_join(b->host, b->s->round_name, " 总结报告", NULL), b->s->round, b->s->organiser, b->s->issued };
	return zp_print(&a, &imprint, print, b, out, "summary.pdf");
}

static bool round_of(const zp_host *host, void *state, const zp_summary *summary, const zp_outbox *out, zp_error *err)
{
	if (!zp_has_date(host, "summary.pdf", summary->issued, err))
		return false;
	zp_book b = { .host = host, .s = summary };
	count_measurands(&b);
	zp_types sans = { 0 }, serif = { 0 };
	const char *own = gather(&b), *const *characters = state;
	const bool made = zp_types_open(&sans, host, ZP_SANS, *characters, own, err) && zp_types_open(&serif, host, ZP_SERIF, summary->round_name, "", err) &&
			  make(&b, &sans, &serif, out, err);
	zp_types_close(&sans);
	zp_types_close(&serif);
	return made;
}

static const zp_emitter emitter = { .prepare = prepare, .round = round_of, .figures = true };

ZP_PLUGIN(summary_pdf) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "summary-pdf",
	.version = "1",
	.cites = "",
	.says = "Writes summary.pdf for the centre: the report of a round, with participation, targets by group, figures, technical analysis, ranking and "
		"all targets with their uncertainty.",
	.does.emitter = &emitter,
	.libraries = zp_paper_libraries,
};
