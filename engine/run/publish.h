/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the shelves to the published folder. */
#ifndef ZP_RUN_PUBLISH_H
#define ZP_RUN_PUBLISH_H

#include "ledger/ledger.h"
#include "press/outbox.h"
#include "run/issue.h"
#include "run/run.h"

#define ZP_EMIT_TABLES 1u       /* targets, scores, verdicts, ranking, regions */
#define ZP_EMIT_CERTIFICATES 2u /* per laboratory */
#define ZP_EMIT_REPORTS 4u      /* the same: every measurand with its figures */
#define ZP_EMIT_SUMMARY 8u      /* for the centre and the commission */
#define ZP_EMIT_WORKBOOK 16u
#define ZP_EMIT_PAGES 32u
#define ZP_EMIT_ALL 63u
#define ZP_EMIT_LABS (ZP_EMIT_CERTIFICATES | ZP_EMIT_REPORTS)                    /* into labs/CODE */
#define ZP_EMIT_ROUND (ZP_EMIT_SUMMARY | ZP_EMIT_WORKBOOK | ZP_EMIT_PAGES)       /* of the centre */

/* What may be wished for, the words of `close --emit`: which emitter makes it, and which go with it. */
typedef struct zp_emit_word {
	const char *word;
	unsigned bit;
	const char *by, *with[2]; /* NULL: none */
	bool may_lack;         /* passed over where nobody asked for it by name and the emitter is not installed */
} zp_emit_word;
extern const zp_emit_word zp_emit_words[];
extern const size_t zp_emit_n_words;

typedef struct zp_publish_wish {
	const char *into;
	zp_issue issue;
	const char *engine;        /* name and version of the program, for the manifest */
	unsigned emit;             /* ZP_EMIT_ bits */
	bool emit_named;           /* they were asked for by name: a missing emitter is a failure */
	struct zp_amendment *amends; /* the version that this one follows (run/amendment.h); NULL: it is the first */
	bool looks;                /* an amendment that is only looked at: nothing is drawn and nothing published */
	const char *parts;         /* the folder of parts, where papers are drawn by several machines (run/drawn.h); NULL */
	zp_division share;         /* papers of these laboratories alone are drawn, into a part; n 0: of all, and they are published */
	const struct zp_seals *seals;   /* of papers that somebody else signs; NULL: nobody does, or issue.signer */
	const struct zp_drawn_papers *papers; /* that were drawn already; NULL: they are drawn here */
	zp_ledger *ledger;         /* rounds before this one, for what is told of the course of results; NULL: none */
} zp_publish_wish;

/* A press for INTO/ROUND/VERSION, and what came in on its way beside it: the disk has nothing else to do while the round is worked out.
 * Needs: a run that was carried through its intake. Gives: the press, for zp_run_publish, or to be closed before the run is; NULL with *err. */
zp_press *zp_publish_begin(zp_run *, const zp_publish_wish *, zp_error *);

/* Write everything and publish it. Needs: the press of zp_publish_begin, which is closed here; a run that was carried to its end.
 * Gives: the folder's path, carved from the run's arena; NULL when nothing was published. */
const char *zp_run_publish(zp_run *, zp_press *, const zp_publish_wish *, zp_error *);

/* What an amendment would change, into wish->amends; nothing is written anywhere. Needs: wish->looks.
 * Gives: a press that holds its tables and manifest aside, for the caller to close; NULL with *err. */
zp_press *zp_run_look(zp_run *, const zp_publish_wish *, zp_error *);

/* ---- its parts ---- */
/* The table of scores behind the back of what follows: it waits for the disk more than it works. Needs: a run that was carried through
 * ZP_UNTIL_JUDGE. A failure is told by zp_tables_write. */
void zp_tables_begin(zp_run *, zp_press *);
bool zp_tables_write(zp_run *, zp_press *, zp_error *);
bool zp_reports_write(zp_run *, zp_press *, const zp_publish_wish *, zp_error *);
bool zp_centre_write(zp_run *, zp_press *, const zp_publish_wish *, zp_error *); /* summary, workbook, pages */
struct zp_members;
void zp_manifest_decisions(struct zp_members *list, const zp_run *); /* as the manifest has them */
void zp_inputs_keep_begin(zp_run *, zp_press *); /* what the manifest says went in, beside the versions; zp_press_keep_end tells what came of it */
bool zp_manifest_write(zp_run *, zp_press *, const zp_publish_wish *, zp_error *);

/* What one laboratory is told. Carved from the arena. */
struct zp_told;
/* told: for figures, findings and peers, which it fills while it goes: one thread at a time; NULL: without them. */
zp_report *zp_report_of(const zp_run *, uint32_t lab, const zp_issue *, struct zp_told *, zp_arena *);

/* Every character that any report of the run can hold, in the order of their code points, UTF-8. figures: with those of figures and
 * findings, which make fonts half as large again. */
const char *zp_report_characters(const zp_run *, const zp_issue *, bool figures);

#endif
