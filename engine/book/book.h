/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules and the plan of a round, read and checked: every method named exists, every setting is in
 * range, every limit has a source. What is not understood is refused with file and line. */
#ifndef ZP_BOOK_BOOK_H
#define ZP_BOOK_BOOK_H

#include "base/problems.h"
#include "host/registry.h"
#include "base/input.h"
#include "model/round.h"

/* What decisions may change of a programme of the plan. */
typedef struct zp_changeable {
	zp_given *given; /* one per item */
	bool *out;       /* the same */
} zp_changeable;

typedef struct zp_book {
	zp_plan *plan;
	const zp_changeable *changeable; /* of each programme; after decisions were read it stays as it is */
	const zp_regions *regions;
	const zp_names *classes; /* in the order of round.xml */
	const zp_input *round_files; /* round.xml, and what lies beside it and was read */
	size_t n_round_files;
	const zp_input *rule_files; /* from the rules folder */
	size_t n_rule_files;
	const char *rules_dir;
} zp_book;

/* Read round.xml of the folder and the rules it names.
 *
 * Needs: rules_dir holds schemes/ limits/ regions/ schemas/; registry has the estimators that schemes name.
 * Gives: the book, carved from the arena; NULL when anything was wrong.
 * Fails: problems of round.xml go to `input`, problems of scheme, limit and region files to `rules`;
 *        as many as can be found are reported in one go.
 */
zp_book *zp_book_read(zp_arena *, const zp_registry *, const char *rules_dir, const char *round_dir,
		      zp_problems *input, zp_problems *rules);

/* Read one scheme file with its limits, outside any round (for `zhiping simulate` and `check` of rules).
 * name_or_path: as in <programme scheme="...">. */
const zp_scheme *zp_scheme_read(zp_arena *, const zp_registry *, const char *rules_dir, const char *name_or_path,
				zp_problems *rules);

/* Regions by the name given in <regions from="...">. */
const zp_regions *zp_regions_read(zp_arena *, const char *rules_dir, const char *round_dir, const char *from,
				  zp_problems *);

/* ---- decisions ---- */

typedef enum zp_decision_kind {
	ZP_DECIDE_EXCUSE, ZP_DECIDE_ACCEPT_LATE, ZP_DECIDE_CHOOSE, ZP_DECIDE_CORRECT, ZP_DECIDE_TARGET, ZP_DECIDE_OUT,
	ZP_DECIDE_REGROUP
} zp_decision_kind;

#define ZP_ANY UINT32_MAX

typedef struct zp_decision {
	zp_decision_kind kind;
	uint32_t lab, programme, measurand, sample; /* indices; ZP_ANY where it does not say */
	zp_decimal value;    /* CHOOSE, CORRECT (to), TARGET */
	zp_kind value_kind;  /* a number; of CHOOSE also the bound in "<0.5"; or a reply on the measurand's scale */
	bool negative;       /* TARGET: nothing is in the sample */
	zp_decimal from;     /* CORRECT */
	const char *keys[ZP_PEER_KEYS]; /* REGROUP: system, instrument, method, reagent, calibrator; NULL: as it is */
	bool conditions_met; /* EXCUSE: suspended, notified and took-part are all "yes" */
	const char *who, *when, *why, *evidence; /* evidence NULL when not given */
	long line;
} zp_decision;

typedef struct zp_decisions {
	const zp_decision *at; /* in the order of the file */
	size_t n;
	const struct zp_approval *approvals; /* book/approvals.h; the same */
	size_t n_approvals;
} zp_decisions;

/* Who decided, when and why, with the paper's name; for people. Carved from the arena. */
const char *zp_decision_record(zp_arena *, const zp_decision *, bool chinese);

/* Read decisions.xml, if the folder has one. Targets and samples taken out for everybody are entered
 * into the plan (given, out); the rest is for intake.
 * Gives: NULL when anything was wrong, and `problems` says what. Adds the file to book->round_files. */
const zp_decisions *zp_decisions_read(zp_arena *, zp_book *, const zp_roster *, const char *round_dir, zp_problems *);

#endif
