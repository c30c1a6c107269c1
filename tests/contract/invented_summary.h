/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a centre is told of an invented round, whole: for the tests of emitters that print or show it. */
#ifndef ZP_TESTS_INVENTED_SUMMARY_H
#define ZP_TESTS_INVENTED_SUMMARY_H

#include "base/arena.h"
#include "host/plugin.h"

typedef struct zp_summary_invention {
	size_t programmes, measurands, samples; /* measurands: of each programme */
	size_t groups;                          /* of each sample, at most 8; the last is everybody */
	size_t labs, regions;                   /* regions: below the province, at most 17 */
	unsigned seed;
	bool answers;                           /* the second programme, the fourth and so on have answers that are no numbers */
	bool decided;                           /* the organiser decided things, and cancelled the last of several programmes */
	const char *name;                       /* stands for the names of laboratories, measurands and groups; NULL: plain ones */
} zp_summary_invention;

/* Every text is filled; some groups are doubtful, some cannot be graded, some are too small. Figures are small, and made by hand. */
zp_summary *zp_invent_whole(zp_arena *, zp_summary_invention);

/* Call visit for every text of a summary, empty ones left out; of ranks, regions and figures too. */
void zp_summary_texts(const zp_summary *, void (*visit)(void *self, const char *text), void *self);

/* Every character that the summary's texts hold, each once, sorted. */
const char *zp_summary_characters(zp_arena *, const zp_summary *);

#endif
