/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificates.csv: by which a centre finds what a certificate's code belongs to, and which version of it is valid. */
#include "run/amendment.h"
#include "run/lines.h"
#include "run/tables.h"

typedef struct listing { const zp_run *run; const zp_held *held; } listing;

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
		put_word(piece, "number,lab,programme,version,issued,code,digest,content,head,report", '\n');
		return;
	}
	const zp_roster *roster = l->run->roster;
	const zp_held *held = &l->held[i - 1];
	const char *lab = roster->labs[i - 1].code;
	zp_arena *arena = zp_arena_open();
	for (uint32_t e = roster->first_enrolment[i - 1]; e < roster->first_enrolment[i]; e++) {
		const char *programme = zp_run_programme(l->run, &roster->enrolments[e])->code;
		put_cell(piece, zp_report_number(l->run, e, arena), ',');
		put_cell(piece, lab, ',');
		put_cell(piece, programme, ',');
		put_word(piece, held->version, ',');
		put_word(piece, held->issued, ',');
		put_word(piece, held->code, ',');
		put_word(piece, held->digest, ',');
		put_word(piece, held->content, ',');
		put_word(piece, held->head, ',');
		put_word(piece, held->report, '\n');
	}
	zp_arena_close(arena);
}

bool zp_certificates_write(zp_run *run, zp_press *press, const zp_held *held, zp_error *err)
{
	listing l = { run, held };
	return zp_press_pieces(press, "certificates.csv", run->threads, run->roster->n_labs + (size_t)1, write_certificates, &l, err);
}
