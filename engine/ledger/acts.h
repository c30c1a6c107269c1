/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts: what was done on the strength of rounds, and cannot be worked out again. Papers whose numbers were given, and what the
 * committee decided on titles. The ledger keeps them as it keeps rounds: never changed, chained, checked, merged. */
#ifndef ZP_LEDGER_ACTS_H
#define ZP_LEDGER_ACTS_H

#include "ledger/ledger.h"

/* A paper: a number that was given, to whom, and what stands on the paper. A number belongs to one paper for ever, whether or not
 * the paper was ever printed. */
typedef struct zp_ledger_paper {
	const char *number;      /* 2026/P/all-rounds/chemistry/L0001/1 */
	int year;
	const char *certificate; /* id of the rule */
	const char *lab;         /* its code */
	const char *name;        /* of the laboratory, as on the paper */
	const char *list;        /* what it is for: codes with a blank between */
	const char *issued;      /* YYYY-MM-DD */
	int issue;               /* 1, 2 ... */
} zp_ledger_paper;

/* Every paper, by year and number. Fails: NULL. */
const zp_ledger_paper *zp_ledger_papers(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* All of them or none, in one transaction. What is there already, to the letter, changes nothing.
 * Fails: ZP_BAD_INPUT when a number was given to a paper that says something else, the sentence names it; ZP_IO. */
bool zp_ledger_put_papers(zp_ledger *, const zp_ledger_paper *, size_t n, zp_error *);

/* What the committee decided on a title. A later decision follows an earlier one; both stay. */
typedef struct zp_ledger_decision {
	int year;             /* that the title is for */
	const char *award;    /* id of the rule */
	const char *lab;      /* code of the laboratory; of the region where the award is for regions */
	const char *decision; /* "awarded", "refused", "withdrawn" */
	const char *by, *date, *because; /* date: YYYY-MM-DD; because may be "" */
	bool counts;          /* the latest of its year, award and laboratory; set by taking, not looked at by putting */
} zp_ledger_decision;

/* Every decision, by year, award, laboratory, date, decision, by, because; so of two of one day the word that comes later in the
 * alphabet counts, whichever came first. Fails: NULL. */
const zp_ledger_decision *zp_ledger_decisions(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* As for papers; two decisions never stand in each other's way. Fails: ZP_BAD_INPUT for one that is none; ZP_IO. */
bool zp_ledger_put_decisions(zp_ledger *, const zp_ledger_decision *, size_t n, zp_error *);

/* Papers that were kept out by merging, since their number was given to another paper. `digest` is of what it says. */
typedef struct zp_paper_conflict { const char *number, *digest; } zp_paper_conflict;
const zp_paper_conflict *zp_ledger_paper_conflicts(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* What a merger says of each: a version of a round, and a number that was given to another paper. */
typedef struct zp_merge_tell {
	void (*round)(void *self, const zp_ledger_row *, zp_added);
	void (*number)(void *self, const char *number);
	void *self;
} zp_merge_tell;

/* Every version, paper and decision of `from` that is not there yet, in one transaction; laboratories by our codes, numbers as they were
 * printed. Fails: false, and nothing of it was taken; ZP_BAD_INPUT when what `from` holds is not as it was put in. */
bool zp_ledger_merge(zp_ledger *into, zp_ledger *from, zp_code_map *, size_t n_map, const zp_merge_tell *, zp_merged *rounds, zp_merged *acts, zp_error *);

#endif
