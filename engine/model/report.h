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

/* One sample of one measurand. */
typedef struct zp_report_row {
	const char *sample;
	const char *value;     /* as sent, in plain characters; "未回报" states are in `verdict` */
	const char *x_pt;      /* target, in the measurand's places (or one more) */
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
	zp_satisfaction satisfaction;
	zp_standing standing;
	const zp_report_row *rows; /* one per sample; none when not performed */
	size_t n_rows;
} zp_report_measurand;

typedef struct zp_report_programme {
	const char *code, *name, *name_en;
	const char *score; /* S */
	const char *accepted, *total;
	zp_satisfaction satisfaction;
	zp_standing standing;
	const char *certificate; /* number: round-programme-lab */
	const char *const *samples;
	size_t n_samples;
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

typedef struct zp_summary {
	const char *round, *round_name, *round_name_en, *organiser, *organiser_en, *issued, *version;
	const zp_rank_row *ranks;
	size_t n_ranks;
	const zp_region_row *regions;
	size_t n_regions;
} zp_summary;

#endif
