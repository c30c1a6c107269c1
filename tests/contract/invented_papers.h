/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented papers of a year for the tests of emitters: no laboratory of this kind exists. */
#ifndef ZP_TESTS_INVENTED_PAPERS_H
#define ZP_TESTS_INVENTED_PAPERS_H

#include "base/arena.h"
#include "host/plugin.h"

typedef struct zp_paper_invention {
	zp_paper_kind kind;
	size_t lines;
	const char *lab_name;
	unsigned in_a_row;
	bool reissued, chinese_only;
	bool long_texts; /* number, programme, organiser, one measurand */
} zp_paper_invention;

const zp_paper *zp_invent_paper(zp_arena *, zp_paper_invention);

/* Call visit for every text of a paper, empty ones left out; dates that are written out as words too are not among them. */
void zp_paper_texts(const zp_paper *, void (*visit)(void *self, const char *text), void *self);

#endif
