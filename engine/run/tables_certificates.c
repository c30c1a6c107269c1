/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificates.csv: by which a centre finds what a certificate's code belongs to. */
#include "run/lines.h"
#include "run/publish.h"
#include "run/tables.h"

typedef struct listing { const zp_run *run; const zp_issue *issue; } listing;

static void put_cell(zp_piece *piece, const char *text, char end)
{
	char *p = zp_piece_room(piece, 2 * strlen(text) + 8), *from = p;
	p = zp_put_text(p, zp_text_of(text));
	*p++ = end;
	piece->n += (size_t)(p - from);
}

static void put_word(zp_piece *piece, const char *word, char end)
{
	const size_t n = strlen(word);
	char *p = zp_piece_room(piece, n + 1);
	memcpy(p, word, n);
	p[n] = end;
	piece->n += n + 1;
}

/* The header, and then a piece for each laboratory. */
static void write_certificates(void *context, size_t i, zp_piece *piece)
{
	const listing *l = context;
	if (i == 0) {
		put_word(piece, "number,lab,programme,version,issued,code,digest", '\n');
		return;
	}
	const uint32_t lab = (uint32_t)i - 1;
	if (l->run->roster->first_enrolment[lab] == l->run->roster->first_enrolment[lab + 1])
		return;
	zp_arena *arena = zp_arena_open();
	const zp_report *r = zp_report_of(l->run, lab, l->issue, NULL, arena);
	for (size_t p = 0; p < r->n_programmes; p++) {
		put_cell(piece, r->programmes[p].certificate, ',');
		put_cell(piece, r->lab, ',');
		put_cell(piece, r->programmes[p].code, ',');
		put_word(piece, r->version, ',');
		put_word(piece, r->issued, ',');
		put_word(piece, r->code, ',');
		put_word(piece, r->digest, '\n');
	}
	zp_arena_close(arena);
}

bool zp_certificates_write(zp_run *run, zp_press *press, const zp_issue *issue, zp_error *err)
{
	listing l = { run, issue };
	return zp_press_pieces(press, "certificates.csv", run->threads, run->roster->n_labs + (size_t)1, write_certificates, &l, err);
}
