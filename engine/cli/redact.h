/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `zhiping redact` share: a published round made fit to be published by the centre (docs/formats/redacted.md). */
#ifndef ZP_CLI_REDACT_H
#define ZP_CLI_REDACT_H

#include "base/digest.h"
#include "base/names.h"
#include "press/published.h"
#include "press/table.h"
#include "trust/signer.h"

typedef struct zp_redaction {
	zp_arena *arena;
	const zp_published *published;
	zp_press *press;
	unsigned least;               /* fewer laboratories than this are told nowhere */
	char key[ZP_DIGEST_TEXT];     /* what pseudonyms are made with; nobody who has not the tables knows it */
	zp_folder_table targets, scores, verdicts, regions;
	zp_names *measurands;         /* "programme,measurand", numbered */
	size_t *laboratories;         /* of each: those with results expected */
	const zp_signer *signer;      /* NULL: nobody signs */
	zp_names *shown;              /* groups of targets.csv that are told, by their number there */
} zp_redaction;

static inline const char *zp_redact_cell(const zp_redaction *r, const zp_row *row, const char *column) { return zp_row_text(r->arena, row, column); }
static inline bool zp_redact_few(size_t n, unsigned least) { return n > 0 && n < least; }

/* The measurand of a row; UINT32_MAX: it has none. */
uint32_t zp_redact_measurand(const zp_redaction *, const zp_row *);
bool zp_redact_told(const zp_redaction *, uint32_t measurand); /* enough laboratories have it */

bool zp_redact_targets(zp_redaction *, zp_error *); /* first: it decides which groups are told */
bool zp_redact_scores(zp_redaction *, zp_error *);
bool zp_redact_shares(zp_redaction *, zp_error *);

/* PUBLISHED into INTO/ROUND/VERSION. linked: the file that makes the pseudonyms of several rounds the same; NULL: they are the round's own.
 * signer: who signs the manifest, on the round's day of issue; NULL: nobody.
 * Gives: the folder, carved from the arena; NULL with *err. */
const char *zp_redact(zp_arena *, const char *folder, const char *into, const char *linked, const char *engine, const zp_signer *signer, zp_error *);

#endif
