/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented reports and summaries for the tests of emitters: no laboratory of this kind exists. */
#ifndef ZP_TESTS_INVENTED_H
#define ZP_TESTS_INVENTED_H

#include "base/arena.h"
#include "host/plugin.h"

typedef struct zp_invention {
	size_t programmes, measurands, samples; /* measurands: of each programme */
	unsigned seed;
	bool silent; /* returned nothing */
	bool one;    /* performs one measurand of each programme, and no other */
	bool answers; /* three of four measurands have answers that are no numbers */
	const char *lab, *lab_name;
} zp_invention;

/* Every text is filled; every fifth measurand or so has an unacceptable result, and some are not evaluated. */
zp_report *zp_invent_report(zp_arena *, zp_invention);

/* Every character that the report's texts hold, each once, sorted. */
const char *zp_invent_characters(zp_arena *, const zp_report *);

/* Call visit for every text of a report, empty ones left out. */
void zp_report_texts(const zp_report *, void (*visit)(void *self, const char *text), void *self);

/* `labs` laboratories in `cities` cities of one province, three classes, two programmes. */
zp_summary *zp_invent_summary(zp_arena *, size_t labs, size_t cities);

#endif
