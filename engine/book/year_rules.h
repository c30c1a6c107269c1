/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How rounds become a year (rules/years/NAME.xml): every point that the rules of the field leave open, the default first. */
#ifndef ZP_BOOK_YEAR_RULES_H
#define ZP_BOOK_YEAR_RULES_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/input.h"
#include "base/problems.h"
#include "model/level.h"

/* The members of each are the words of its attribute, in their order (docs/formats/year.md). */
typedef enum zp_passes { ZP_PASS_SKIP, ZP_PASS_OCCUPY, ZP_PASS_SATISFACTORY } zp_passes;
#define ZP_PASS_RESET 2 /* of status-absent, in the place of the last */
typedef enum zp_status_mode { ZP_STATUS_WINDOW, ZP_STATUS_RAISED, ZP_STATUS_STICKY2 } zp_status_mode;
typedef enum zp_status_year { ZP_STATUS_ANY, ZP_STATUS_LAST } zp_status_year;
typedef enum zp_policy { ZP_POLICY_ALL_ROUNDS, ZP_POLICY_NOT_UNSUCCESSFUL, ZP_POLICY_K_OF_N, ZP_POLICY_MEAN, ZP_POLICIES } zp_policy;
typedef enum zp_cert_excused { ZP_EXCUSED_SKIP, ZP_EXCUSED_PARTICIPATED, ZP_EXCUSED_FAIL } zp_cert_excused;
typedef enum zp_short_year { ZP_SHORT_KEEP, ZP_SHORT_CAP, ZP_SHORT_SCALE } zp_short_year;
typedef enum zp_register_on { ZP_ON_YEAR_END, ZP_ON_YEAR_START, ZP_ON_ANY } zp_register_on;
typedef enum zp_how_merged { ZP_MERGED_WORST, ZP_MERGED_FIRST, ZP_MERGED_NONE } zp_how_merged;
typedef enum zp_how_ties { ZP_TIES_COMMITTEE, ZP_TIES_ALL_IN, ZP_TIES_ALL_OUT, ZP_TIES_TIEBREAK } zp_how_ties;
typedef enum zp_how_split { ZP_SPLIT_FIRST, ZP_SPLIT_INHERIT, ZP_SPLIT_FRESH } zp_how_split;

typedef enum zp_iqc_by { ZP_IQC_BY_LOT, ZP_IQC_BY_METHOD, ZP_IQC_BY_INSTRUMENT } zp_iqc_by; /* each with those before it */
typedef enum zp_iqc_ratio { ZP_IQC_TO_MEDIAN, ZP_IQC_TO_POOLED, ZP_IQC_TO_TOTAL } zp_iqc_ratio;

/* One kind of annual certificate. */
typedef struct zp_certificate_rule {
	const char *id, *name, *name_en; /* id: unique, part of the number; name_en "" when not given */
	int policy;                      /* zp_policy */
	int k, n;                        /* K_OF_N; n 0 when not given */
	zp_decimal mark;                 /* MEAN: percent */
	int min_rounds;
	int excused;                     /* zp_cert_excused */
	int absent_fails, late_participates;
	int short_year;                  /* zp_short_year */
	int pooled, printed;             /* MEAN */
	int need_satisfactory;
	unsigned levels;                 /* bit zp_level */
	const char *organiser;           /* whose programmes; "": everybody's */
	long line;
} zp_certificate_rule;

typedef struct zp_year_rules {
	const char *name, *file; /* "default", "years/default.xml" */
	const char *title, *title_en, *version;

	int status_consecutive, status_k, status_n;
	int status_excused, status_not_evaluated; /* zp_passes */
	int status_absent;                        /* zp_passes; ZP_PASS_RESET */
	int status_mode, status_year;

	int item_unreturned_fails, item_late_unreturned, item_by_certificate;
	const char *item_policy; /* id of a certificate, "" when not given */

	int share_returned;      /* participates who returned something; else who is enrolled */
	unsigned share_levels;   /* bit zp_level */
	int share_late_returned;
	int share_register_on;   /* zp_register_on */
	int share_yoy_printed;
	int share_unknown_alone; /* a region code that the tree does not know stands by itself; else it is refused */

	unsigned indicator_levels;
	int indicator_returned, indicator_evaluated, indicator_planned;

	int identity_merged, identity_split;
	int identity_clash_told; /* one code of two laboratories is told; else the year is refused */
	int merge_refuse; /* a round that counts has two contents: refuse the year; else the first counts */
	int publish_least, publish_hide_zero, publish_primary_only;
	int standard_direct;
	int title_evidence_worst; /* of several values of a year the worst counts; else the latest */
	const char *title_larger_worse; /* keys of which the larger value is the worse, with a blank between; of use with the former */
	int title_ties;           /* zp_how_ties */
	int title_not_offered_breaks; /* a year without the title ends a row of years; else it is passed over */
	int trend_limit_share, trend_run, trend_rounds, trend_slip; /* percent of the limit; results; rounds; percent */
	zp_decimal ranking_alpha, ranking_beta, ranking_deff; /* m 0: from the results of the year */

	const char *iqc_limits;  /* name of a table in rules/iqc; "" when not given */
	int iqc_told_only;       /* a month is in control as it is told; else also by the limit where nothing is told */
	int iqc_by;              /* zp_iqc_by */
	int iqc_all_values, iqc_plain, iqc_ratio; /* zp_iqc_ratio */
	int iqc_least;
	int iqc_first, iqc_months_least, iqc_months_most;
	int iqc_tolerance;       /* percent of the SD of the month */
	int iqc_start_assumed, iqc_count_items;

	const zp_certificate_rule *certificates; /* in the order of the file */
	size_t n_certificates;
	zp_input input;          /* fingerprint of the file */
} zp_year_rules;

#define ZP_ALL_LEVELS ((1u << ZP_LEVELS) - 1)

/* Everything at its default, no certificate. */
zp_year_rules zp_year_rules_default(void);

/* Read rules_dir/years/NAME.xml; a name that ends in ".xml" is a file of the caller's.
 * Gives: carved from the arena; NULL when anything was wrong, and `rules` says what, with file and line. */
const zp_year_rules *zp_year_rules_read(zp_arena *, const char *rules_dir, const char *name, zp_problems *rules);

/* The certificate of that id; NULL when there is none. */
const zp_certificate_rule *zp_certificate_rule_find(const zp_year_rules *, const char *id);

/* Whether it may name evidence: [a-z][a-z0-9-]*, at most 64. */
bool zp_evidence_key(zp_text);

/* Every setting as its attribute has it, one after the other; "status-excused" is excused of <status>. Gives: false at the end. */
bool zp_year_setting_next(const zp_year_rules *, size_t *i, const char **name, char *value, size_t size);
/* Set one as if the file had it. Gives: NULL when taken, else what was expected. */
const char *zp_year_setting_set(zp_year_rules *, const char *name, const char *value);

#endif
