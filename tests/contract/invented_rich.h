/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an emitter with `figures` is told beside the results, invented for a report of invented.h from its own texts. */
#ifndef ZP_TESTS_INVENTED_RICH_H
#define ZP_TESTS_INVENTED_RICH_H

#include "invented.h"

/* Strips, figures, findings, peers, course, heed, digest, code and how to appeal. */
void zp_enrich(zp_arena *, zp_report *);

/* Call visit for each text that only such an emitter prints, those of figures included. */
void zp_rich_texts(const zp_report *, void (*visit)(void *self, const char *text), void *self);

/* Every character of the report, of both kinds of texts. */
const char *zp_rich_characters(zp_arena *, const zp_report *);

#endif
