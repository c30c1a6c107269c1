/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers of laboratories that other machines drew (docs/cluster.md). A part of papers has the files of its laboratories as they are before
 * they are signed, each with the digest of all that they tell: whoever publishes them works out for himself what they have to tell, takes
 * them only where that is the same, and signs. So no key is where papers are drawn.
 *
 * What has to be signed before a paper is drawn is the text of its square code. Where papers are signed, whoever has the key seals them
 * first: a part of seals has that text of every laboratory. */
#ifndef ZP_RUN_DRAWN_H
#define ZP_RUN_DRAWN_H

#include "run/amendment.h"
#include "run/shards.h"

/* ---- drawing ---- */

/* Draw the papers of wish->share of the laboratories into a part in wish->parts. Needs: a run up to its end; wish->seals where they are
 * signed. Fails: as zp_run_publish. */
bool zp_drawn_draw(zp_run *, const zp_publish_wish *, zp_error *);
/* Its end: the files of the press, laboratory by laboratory, with what `held` says of them. */
bool zp_drawn_write(const zp_run *, zp_press *, const zp_publish_wish *, const zp_held *held, const uint32_t *labs, size_t n, zp_error *);

/* ---- taking what was drawn ---- */

typedef struct zp_drawn_papers zp_drawn_papers;

/* The papers of all laboratories, out of wish->parts. What is wrong is told. Gives: NULL when there is anything. Fails: NULL with *err, ZP_IO. */
const zp_drawn_papers *zp_drawn_find(zp_run *, const zp_publish_wish *, zp_problems *, zp_error *);
/* Write those of a laboratory as an emitter would. Any process of the run. Fails: ZP_BAD_INPUT when they tell something else than `content`, or
 * are not any more what was found. */
bool zp_drawn_put(const zp_drawn_papers *, uint32_t lab, const char *code, const char *content, const zp_outbox *, zp_error *);

/* What of the wish parts of papers agree in, canonical JSON. */
const char *zp_drawn_wish(const zp_run *, const zp_publish_wish *);
/* The head of the ledger's trail that papers and seals in the folder were made with, so that those to come bear the same: of several the last.
 * Carved from the arena. Gives: "" when there is none, or the trail does not hold it. Fails: NULL. */
const char *zp_drawn_head(zp_arena *, const char *folder, zp_ledger *, zp_error *);
/* The numbers of parts of papers that are missing: as zp_shards_find. */
zp_part *zp_drawn_parts(zp_run *, const zp_publish_wish *, uint32_t *n, bool *strays, zp_problems *, zp_error *);

/* ---- seals ---- */

typedef struct zp_seals { const char *key; zp_text *checked; } zp_seals; /* checked: by laboratory; .p NULL: it gets no paper */

/* Sign the text of the square code of every laboratory that gets a paper, into a part in wish->parts. Needs: wish->issue.signer. Fails: ZP_IO. */
bool zp_seals_write(zp_run *, const zp_publish_wish *, zp_error *);
/* Gives: NULL when there is anything wrong with them, which is told. Fails: NULL with *err, ZP_IO. */
const zp_seals *zp_seals_find(zp_run *, const zp_publish_wish *, zp_problems *, zp_error *);
/* Put it on a report that was made without signing. Fails: ZP_BAD_INPUT when it is of another paper. */
bool zp_seals_put(const zp_seals *, uint32_t lab, zp_report *, zp_arena *, zp_error *);

#endif
