/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one laboratory is told.
 * Texts are ready to draw, UTF-8, never NULL ("" when there is nothing to say); nothing is left to compute.
 * A zp_report holds one laboratory's own rows and aggregates of groups only, so no emitter that is
 * given one can leak another laboratory. */
#ifndef ZP_MODEL_REPORT_H
#define ZP_MODEL_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include "model/bond.h"
#include "model/figure.h"
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

/* A figure of a measurand, and what it shows. */
typedef struct zp_report_figure {
	zp_figure_kind kind;
	const char *caption, *caption_en; /* "样本 202611" … */
	const zp_figure *figure;
} zp_report_figure;

/* Something that the laboratory should look at, and that its results support (docs/methods/findings.md); whole sentences. */
typedef struct zp_finding { const char *says, *says_en; } zp_finding;

/* A method, or whatever the peers are told apart by, in a sample. Texts; "" where the group is too small to be shown. */
typedef struct zp_report_peers {
	const char *name, *sample;
	const char *n, *x_pt, *s, *cv; /* cv in percent */
	bool own;
} zp_report_peers;

/* How its results have moved over the rounds: whether they came closer to the targets. */
typedef enum zp_course { ZP_COURSE_UNKNOWN, ZP_COURSE_STEADY, ZP_COURSE_CLOSER, ZP_COURSE_FARTHER } zp_course;

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
	/* What follows is there only for who asked for figures (zp_emitter.figures). */
	const zp_figure *strip;          /* its samples at a glance; NULL: nothing to show */
	const zp_report_figure *figures; /* in the order in which they should be read */
	size_t n_figures;
	const zp_finding *findings;      /* the most pressing first */
	size_t n_findings;
	const zp_report_peers *peers;    /* by sample, then name */
	size_t n_peers;
	zp_course course;
	const char *course_says, *course_says_en; /* the mean share of the limit, before and now: "38 % → 12 %"; "" when UNKNOWN */
	unsigned heed;                   /* 0: nothing; else the greater, the sooner to be looked at */
	const char *heed_says, *heed_says_en; /* why, in a few words; "" when heed is 0 */
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
	zp_bond bond;
	const zp_report_programme *programmes; /* those it is enrolled in */
	size_t n_programmes;
	const char *digest;       /* SHA-256 of what it is told, 64 hexadecimal digits (run/seal.h); the same for every emitter */
	const char *code;         /* the same, short enough to be typed: "7K3M-9QPT-X2" */
	const char *checked;      /* what the square code on the certificate holds: round, version, laboratory, digest, key, and the key's signature where there is one */
	const char *appeal, *appeal_en; /* how to appeal, and until when, in sentences; "" when the organiser says nothing of it */
} zp_report;

#endif
