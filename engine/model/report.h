/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told: everything one laboratory is told, and everything the centre is told of the round.
 * Texts are ready to draw, UTF-8, never NULL ("" when there is nothing to say); nothing is left to compute.
 * A zp_report holds one laboratory's own rows and aggregates of groups only, so no emitter that is
 * given one can leak another laboratory. */
#ifndef ZP_MODEL_REPORT_H
#define ZP_MODEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include "model/outcome.h"

/* How many laboratories of the group gave an answer. */
typedef struct zp_report_answer {
	const char *name, *name_en;
	const char *n, *share_pct; /* "38", and "84.4" of all that counted */
} zp_report_answer;

/* Where a row stands on the grades of its measurand: places in zp_report_measurand.grades, -1 for none. A bit each of the grades that
 * are on the strip, and of those that are acceptable. */
typedef struct zp_report_place {
	int reply, low, high; /* low, high: the target; two medians where they differ */
	uint64_t strip, allowed;
} zp_report_place;

/* One sample of one measurand. */
typedef struct zp_report_row {
	const char *sample;
	const char *value;     /* as sent, in plain characters; a logarithm in the measurand's places; an answer by its Chinese name; "未回报"
				* states are in `verdict` */
	const char *value_en;  /* the same in English, where it is an answer */
	const char *sent;      /* the characters sent, where the value is printed as a logarithm or an answer by another name */
	const char *index;     /* COI or S/CO beside an answer */
	const char *x_pt;      /* target, in the measurand's places (or one more); an answer by its name, "1+ 或 2+" of two medians */
	const char *x_pt_en;
	const char *also, *also_en; /* other answers that the organiser accepts: "B（50 %）" */
	const char *allowed;   /* grades that are acceptable, "±–2+" */
	const char *flags, *flags_en; /* told beside the verdict, which they do not change; in sentences */
	const char *credit;    /* percent of a result, when it is part of one */
	const char *mark;      /* the reply in a cell of a small table: "＋", "−", "A"; "" when there is none */
	zp_report_place place;
	const zp_report_answer *answers; /* of the group, the most frequent first, of grades in their order; none when they are too few to be shown */
	size_t n_answers;
	const char *answers_n; /* results that they are shares of */
	const char *low, *high; /* allowed range, rounded inward */
	const char *bias, *bias_pct, *sdi;
	bool sdi_informative;  /* too few peers for a judgement by SDI */
	zp_verdict verdict;
	const char *says, *says_en; /* verdict or state in words: 通过, 不通过, 不评价, 未回报, 迟报, 漏报, 免评 … */
	const char *why, *why_en;   /* reason in a sentence, "" when the limit decided */
} zp_report_row;

typedef struct zp_report_measurand {
	const char *code, *name, *name_en, *unit;
	const char *limit; /* acceptance limit as printed for people */
	const char *group, *group_n; /* peer group in words ("方法:己糖激酶法"), and its n; "" when fewer than show_least */
	const char *method;          /* how the target was made: "algorithm-a 1" or "known" */
	const char *doubts, *doubts_en; /* what is to be said of the targets, in sentences; "" when nothing is */
	const char *score;           /* S1: "80", or "" when neither */
	const char *weight;          /* results that one of it counts for, "4"; "" when 1 */
	bool answered;               /* with answers, not with quantities: no bias and no SDI */
	const char *const *grades;   /* names of all grades in their order; none when answers have no order */
	size_t n_grades;
	zp_satisfaction satisfaction;
	zp_standing standing;
	const zp_report_row *rows; /* one per sample that asks for it; none when not performed */
	size_t n_rows;
} zp_report_measurand;

/* One sample of a programme: measurands that were judged, and those of them that are right. */
typedef struct zp_report_whole { unsigned judged, right; } zp_report_whole;

typedef struct zp_report_programme {
	const char *code, *name, *name_en;
	const char *score; /* S */
	const char *accepted, *total;
	zp_satisfaction satisfaction;
	zp_standing standing;
	bool points;     /* accepted and total are points: results have weights, or count in part */
	bool by_samples; /* accepted and total are samples that are right as a whole, and all of them */
	const char *certificate; /* number: round-programme-lab */
	const char *const *samples;
	size_t n_samples;
	bool panel;                   /* most measurands have answers: a small table shows them at a glance */
	const zp_report_whole *wholes; /* one per sample, where the scheme tells whether a sample is right as a whole; else NULL */
	const zp_report_measurand *measurands;
	size_t n_measurands;
} zp_report_programme;

typedef struct zp_report {
	const char *round, *round_name, *round_name_en;
	const char *year, *number;
	const char *lab, *lab_name, *region, *lab_class;
	const char *organiser, *organiser_en, *issued; /* issued: ISO date given to the run, never the clock */
	const char *version;                           /* "v1" */
	const zp_report_programme *programmes; /* those it is enrolled in */
	size_t n_programmes;
} zp_report;

/* ---- the centre's view ---- */

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
} zp_rank_row;

typedef struct zp_region_row {
	const char *region, *region_name, *parent; /* parent "" at a root */
	unsigned level;
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

/* An answer, and how many gave it. */
typedef struct zp_told_answer { const char *name; unsigned n; bool target; } zp_told_answer;

/* What was answered in time for one sample. */
typedef struct zp_answers_row {
	const char *programme, *measurand, *measurand_name, *sample, *strength;
	const zp_told_answer *answers; /* in the order of the scale; the target also where nobody gave it */
	size_t n_answers;
	unsigned n;
} zp_answers_row;

typedef struct zp_summary {
	const char *round, *round_name, *round_name_en, *organiser, *organiser_en, *issued, *version;
	const zp_rank_row *ranks;
	size_t n_ranks;
	const zp_region_row *regions;
	size_t n_regions;
	const zp_agreement_row *agreements; /* by programme, measurand */
	size_t n_agreements;
	const zp_answers_row *answers; /* by programme, measurand, sample */
	size_t n_answers;
} zp_summary;

#endif
