/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the centre is told of a round. Texts are ready to draw, UTF-8, never NULL ("" when there is nothing to say); nothing is left to
 * compute. */
#ifndef ZP_MODEL_SUMMARY_H
#define ZP_MODEL_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include "model/bond.h"
#include "model/figure.h"
#include "model/outcome.h"
#include "model/sheet.h"

typedef struct zp_rank_row {
	const char *region, *region_name; /* of the table this row belongs to */
	const char *lab_class;            /* "*": all classes */
	const char *programme, *programme_name; /* "*": all programmes */
	const char *lab, *lab_name;
	unsigned long long credit;        /* hundredths of a result: 100 for each that is acceptable */
	unsigned total, measurands;       /* n behind the share, which is credit / total percent */
	unsigned rank;                        /* 0: no rank */
	unsigned tied;                        /* laboratories that share the rank, this one included */
	const char *standing;                 /* word */
	unsigned rank_low, rank_high;         /* the ranks that its results support, 95 % (docs/methods/ranking.md); 0: none are given */
} zp_rank_row;

typedef struct zp_region_row {
	const char *region, *region_name, *region_name_en, *parent; /* parent "" at a root */
	unsigned level;
	unsigned column, line;            /* its place on a map of tiles, from 1; 0: it has none */
	const char *lab_class, *programme, *programme_name;
	unsigned expected, returned, late, excused, judged, satisfactory;
	unsigned long long credit; /* as above */
	unsigned total;
	unsigned rank, tied; /* among the regions of the same parent; 0: no rank */
} zp_region_row;

/* How the replies of a measurand agree with their targets. */
typedef struct zp_agreement_row {
	const char *programme, *programme_name, *measurand, *measurand_name;
	unsigned labs, n, agreed; /* replies that have a target, those that are the expected answer */
	unsigned positives, false_negatives, negatives, false_positives, equivocal;
	double kappa; /* NaN: it could tell nothing */
} zp_agreement_row;

/* An answer, and how many gave it. name_en "" or NULL: it has no other name in English. */
typedef struct zp_told_answer { const char *name; unsigned n; bool target; const char *name_en; } zp_told_answer;

/* What was answered in time for one sample. */
typedef struct zp_answers_row {
	const char *programme, *measurand, *measurand_name, *sample, *strength;
	const zp_told_answer *answers; /* in the order of the scale; the target also where nobody gave it */
	size_t n_answers;
	unsigned n;
} zp_answers_row;

/* A group of a sample, and what it should have found. */
typedef struct zp_told_group {
	const char *name, *name_en;      /* "方法:己糖激酶法", "全部实验室" */
	unsigned members, kept, aside;   /* results judged here; that entered the statistics; that were set aside */
	unsigned outliers;               /* of `aside`: dropped by the method itself, or absurd */
	unsigned judged, acceptable;
	const char *origin, *method;     /* word; estimator with its version */
	const char *x_pt, *u, *s, *cv;   /* cv in percent; "" where undefined */
	const char *low, *high;
	bool gradable;
	const char *status, *status_en;  /* why not, in a sentence; "" when gradable */
	const char *doubts, *doubts_en;  /* sentences; "" */
	unsigned humps;                  /* 0: not looked for */
	const char *dip_p;
	const char *x_pt_en;             /* x_pt in English, where it is an answer; else the same */
} zp_told_group;

typedef struct zp_told_sample {
	const char *sample;
	bool asked;                      /* for this measurand */
	const zp_told_group *groups;     /* in the order of the rungs, those without members left out */
	size_t n_groups;
	unsigned results, judged, acceptable;
} zp_told_sample;

typedef struct zp_told_measurand {
	const char *code, *name, *name_en, *unit;
	const char *limit, *limit_source;
	bool answered;                   /* with answers, not with quantities */
	unsigned labs;                   /* that perform it */
	unsigned results, judged, acceptable, outliers;
	unsigned satisfactory, unsatisfactory; /* laboratories */
	unsigned doubtful;               /* groups with a doubt, or that cannot be graded */
	const zp_told_sample *samples;   /* as in the programme */
} zp_told_measurand;

typedef struct zp_told_programme {
	const char *code, *name, *name_en, *scheme, *scheme_version;
	const char *cancelled;           /* why it does not take place; "" */
	unsigned enrolled, returned, late, not_returned, excused, blank;
	unsigned satisfactory, unsatisfactory;
	unsigned judged;                 /* results */
	unsigned long long credit;       /* hundredths of a result */
	const char *const *samples;
	size_t n_samples;
	const zp_told_measurand *measurands;
	size_t n_measurands;
	unsigned due, answered;          /* the response rate is answered of due; as the scheme counts excused and late ones. Both 0 where cancelled */
} zp_told_programme;

/* What the organiser decided. */
typedef struct zp_told_decision { const char *kind, *says, *says_en, *about, *who, *when, *why; } zp_told_decision;

/* What became of the values that were read, over the whole round. */
typedef struct zp_told_counts {
	unsigned long long labs, expected, read, accepted, set_aside, refused, blank, late, groups, withheld, doubtful; /* labs: on the register */
	unsigned long long enrolled; /* laboratories that take part in a programme at least */
} zp_told_counts;

typedef struct zp_summary zp_summary;
struct zp_summary {
	const char *round, *round_name, *round_name_en, *organiser, *organiser_en, *issued, *version;
	zp_bond bond;
	int year, number;
	const char *opens, *closes; /* as in round.xml */
	zp_told_counts counts;
	const zp_told_programme *programmes;
	size_t n_programmes;
	const zp_told_decision *decisions;
	size_t n_decisions;
	const zp_rank_row *ranks;
	size_t n_ranks;
	const zp_region_row *regions;
	size_t n_regions;
	const zp_agreement_row *agreements; /* by programme, measurand */
	size_t n_agreements;
	const zp_answers_row *answers; /* by programme, measurand, sample */
	size_t n_answers;
	const zp_sheets *tables; /* for a workbook: results, targets, verdicts, ranking, doubts, decisions */
	bool named;              /* figures and pages may tell laboratories by their names; else by codes */
	/* A figure of the round. Gives: NULL where that kind shows nothing of it; lent until the next call. sample: ignored where the kind
	 * shows all of them; kinds of two samples show it and the next one. RANKS: of the programme (n_programmes: of all together); measurand
	 * is ignored, sample 0: the first laboratories (where they are masked, regions), 1: the cities. */
	const zp_figure *(*draw)(const zp_summary *, size_t programme, size_t measurand, size_t sample, zp_figure_kind, zp_tongue, float width,
				 float height);
	void *self;
	bool masked;             /* they may tell laboratories by neither: named is false then */
	unsigned show_least;     /* where they are masked, fewer laboratories than this are told nowhere */
};

#endif
