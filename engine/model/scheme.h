/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a programme after checking: what is measured, how peers, targets, limits and scores are made. */
#ifndef ZP_MODEL_SCHEME_H
#define ZP_MODEL_SCHEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/decimal.h"
#include "base/names.h"
#include "model/scale.h"
#include "model/value.h"

struct zp_plugin;

/* How far a result may lie from its target (docs/formats/limits.md; T is the target). */
typedef enum zp_limit_kind {
	ZP_LIMIT_PCT,                 /* pct of T */
	ZP_LIMIT_ABS,                 /* abs */
	ZP_LIMIT_PCT_OR_ABS_GREATER,  /* the greater of the two */
	ZP_LIMIT_ABS_LE_CUT_ELSE_PCT, /* abs when T <= cut, else pct */
	ZP_LIMIT_ABS_LT_CUT_ELSE_PCT, /* abs when T < cut, else pct */
	ZP_LIMIT_SD,                  /* sd_mult standard deviations of the peers */
	ZP_LIMIT_ABS_OR_SD,           /* the wider of abs and sd_mult standard deviations, or as log_rule says */
	ZP_LIMIT_ANSWER               /* no width: a scorer judges the answer */
} zp_limit_kind;

typedef struct zp_limit {
	zp_limit_kind kind;
	zp_decimal pct, abs, cut, sd_mult; /* those that the kind uses */
	const struct zp_plugin *judge; /* ANSWER: the scorer */
	const double *judge_settings;  /* the same: one for each of its parameters */
	const char *text;                  /* as printed for people: "±7 %" */
	const char *source, *confidence;   /* where it comes from, and how sure we are (A to D) */
	const char *set;                   /* "nccl-2026" */
} zp_limit;

/* Where sigma_pt comes from (ISO 13528:2022 clause 8). */
typedef enum zp_sigma_kind {
	ZP_SIGMA_NONE,
	ZP_SIGMA_PERCEPTION, /* the greater of sd and pct of x_pt */
	ZP_SIGMA_DELTA_E,    /* delta_E / divisor */
	ZP_SIGMA_ROUNDS,     /* intercept + slope x_pt, from earlier rounds */
	ZP_SIGMA_HORWITZ,    /* x_pt times fraction is a mass fraction */
	ZP_SIGMA_PRECISION,  /* a precision study */
	ZP_SIGMA_ROBUST      /* the spread of this round, within least and most */
} zp_sigma_kind;

typedef struct zp_sigma_rule {
	zp_sigma_kind kind;
	double sd, pct, divisor, intercept, slope, fraction, reproducibility, repeatability, m, least, most; /* those that the kind uses */
} zp_sigma_rule;

/* A score that is wanted beside the verdict, and its settings, one for each parameter of the scorer. */
typedef struct zp_wanted_score {
	const struct zp_plugin *scorer;
	const double *settings;
	double warn, act; /* act 0: it is not classified */
} zp_wanted_score;

/* Another unit in which values of a measurand may come. */
typedef struct zp_conversion {
	const char *unit;
	zp_decimal factor; /* times a value in that unit gives it in the measurand's own */
	const char *says;  /* "converted from mg/dL: x 0.05551 (common-2026 2026.1)" */
} zp_conversion;

/* The index (COI, S/CO) that stands beside a word, and what it says of it. */
typedef struct zp_cutoff {
	bool is, positive_below; /* positive_below: a competitive assay */
	zp_decimal at;
	zp_side equal;                     /* what an index exactly at the cut-off says */
	bool has_grey;
	zp_decimal grey_from, grey_to;     /* both inclusive */
} zp_cutoff;

/* Of one kit, where it is another than the measurand's. */
typedef struct zp_kit_cutoff { const char *reagent; zp_cutoff cutoff; } zp_kit_cutoff;

/* Another unit that a kit's own factor brings into the measurand's: copies/mL into IU/mL. */
typedef struct zp_kit_factor { const char *reagent; zp_conversion by; } zp_kit_factor;

/* Two measurands that must not contradict each other: forward and reverse group. */
typedef struct zp_match_pair { const char *a, *b; } zp_match_pair;

/* Points that the rules of the field leave open (docs/formats/choices.md lists them with their meaning).
 * The first value of each enumeration is the default. */
typedef struct zp_choices {
	enum { ZP_PLACES_SHORTEST, ZP_PLACES_FIXED, ZP_PLACES_OWN } target_places;
	int target_places_n; /* FIXED: places; OWN: added to the measurand's places */
	enum { ZP_FROM_SHORTEST, ZP_FROM_BINARY } target_round_from;
	bool round_known;
	enum { ZP_POOL_EVERYONE, ZP_POOL_REMAINDER } climb_pool;
	enum { ZP_KEYS_FLAT, ZP_KEYS_NESTED } rung_keys;
	enum { ZP_BLANK_KEY_SKIP, ZP_BLANK_KEY_GROUP } blank_key;
	enum { ZP_LEAST_KEPT, ZP_LEAST_RETAINED } least_counts;
	bool algorithm_a_exact;
	double collapse_ratio;
	bool outlier_at_boundary; /* outlier_boundary = greater_or_equal */
	bool median_made;         /* median_scale = made */
	double absurd_factor;     /* 0: switched off */
	enum { ZP_ABSURD_NOT_EVALUATED, ZP_ABSURD_UNACCEPTABLE } absurd_when_ungradable;
	bool accepted_late_in_statistics;

	unsigned slip[7];     /* zp_slip_action of each zp_slip */
	double slip_near;     /* a corrected value fits within so many robust SD, */
	double slip_far;      /* and one that was sent does not beyond so many */
	uint32_t slip_least;  /* results that a centre needs */
	uint32_t copied_least; /* informative results that an accusation needs */
	double copied_share;  /* of the common ones that must agree */
	double copied_precise; /* the spread within a precise laboratory, as part of the typical one */
	double copied_expected; /* pairs that chance may make in a programme */

	enum { ZP_LOG_EITHER, ZP_LOG_ABS, ZP_LOG_SD } log_rule;
	int log_places; /* of log10 of a result; -1: all */
	enum { ZP_GREY_POSITIVE, ZP_GREY_NEGATIVE, ZP_GREY_NEUTRAL } grey;
	enum { ZP_GREY_REPLY_ANSWER, ZP_GREY_REPLY_POSITIVE, ZP_GREY_REPLY_NEGATIVE, ZP_GREY_REPLY_NOT_EVALUATED } grey_reply;
	enum { ZP_REFEREES_FIRST, ZP_PARTICIPANTS_FIRST } consensus_order;
	bool consensus_without_referees; /* consensus_participants = without_referees */
	enum { ZP_DISCREPANCY_FLAG, ZP_DISCREPANCY_FAIL } discrepancy;
	enum { ZP_INDEX_DERIVE, ZP_INDEX_REFUSE } index_alone;
	enum { ZP_SCORE_RESULTS, ZP_SCORE_SAMPLES } programme_score;
	bool bounds_inclusive;
	enum { ZP_NEGATIVE_UNDEFINED, ZP_NEGATIVE_ABSOLUTE } negative_target_pct;
	enum { ZP_BIAS_NULL, ZP_BIAS_SIGNED, ZP_BIAS_ABSOLUTE } bias_pct_nonpositive;
	enum { ZP_COLLAPSED_EVALUATE, ZP_COLLAPSED_NOT_EVALUATED } collapsed_fixed_limit;
	uint32_t sd_limit_least, sdi_least, show_least;
	double heed_near;         /* percent of the limit */
	uint32_t finding_least;   /* results */
	double finding_chance, finding_bias, finding_scatter; /* of one test; percent of the limit */
	uint32_t finding_run;     /* results in a row */
	uint32_t history_rounds, course_rounds;
	double course_step;       /* percent of the limit */
	enum { ZP_CENSORED_BLANK, ZP_CENSORED_NOT_EVALUATED, ZP_CENSORED_INTERVAL } censored;
	char sdi_method[32]; /* "": the target's own method, Algorithm A where that is not an estimate */
	enum { ZP_UNCERTAIN_REPORT, ZP_UNCERTAIN_WIDEN, ZP_UNCERTAIN_NOT_EVALUATED } uncertain_target;
	enum { ZP_HUMPS_REPORT, ZP_HUMPS_WITHHOLD, ZP_HUMPS_IGNORE } humps;
	double methods_apart; /* percent of the limit; 0: not looked for */
	enum { ZP_HETEROGENEOUS_REPORT, ZP_HETEROGENEOUS_SIGMA, ZP_HETEROGENEOUS_U, ZP_HETEROGENEOUS_NOT_EVALUATED } heterogeneous;

	bool closing_inclusive;
	enum { ZP_EQUAL_VALUE, ZP_EQUAL_TEXT } duplicate_equal;
	enum { ZP_LATE_DUPLICATE_IGNORED, ZP_LATE_DUPLICATE_CONFLICT } late_duplicate;
	enum { ZP_EXCUSE_REQUIRED, ZP_EXCUSE_TRUSTED } excuse_conditions;
	enum { ZP_UNDECLARED_IGNORE, ZP_UNDECLARED_STOP } undeclared;
	enum { ZP_UNREADABLE_STOP, ZP_UNREADABLE_NOT_EVALUATED } unreadable;
	enum { ZP_OTHER_UNIT_CONVERT, ZP_OTHER_UNIT_REFUSE } other_unit;
	enum { ZP_UNKNOWN_NAME_TELL, ZP_UNKNOWN_NAME_REFUSE } unknown_name;

	enum { ZP_UNGRADABLE_EXCLUDE, ZP_UNGRADABLE_CREDIT } ungradable;
	enum { ZP_BLANK_UNACCEPTABLE, ZP_BLANK_NOT_EVALUATED } blank_result;
	enum { ZP_BLANK_MEASURAND_NOT_RETURNED, ZP_BLANK_MEASURAND_BLANK } blank_measurand;
	enum { ZP_NO_SHOW_GRADABLE, ZP_NO_SHOW_ALL } no_show_total;
	bool must_all_spoils_programme;
	int s1_places, s_places;

	enum { ZP_TIES_COMPETITION, ZP_TIES_DENSE } rank_ties;
	enum { ZP_NOSHOW_LAST, ZP_NOSHOW_UNRANKED } rank_noshow;
	enum { ZP_TIEBREAK_NONE, ZP_TIEBREAK_N } rank_tiebreak;
	bool expected_excludes_excused;
	bool returned_includes_late;
	bool region_rollup;
} zp_choices;

/* What is done with a slip. */
typedef enum zp_slip_action { ZP_SLIP_REPORT, ZP_SLIP_ASIDE, ZP_SLIP_IGNORE } zp_slip_action;

/* A unit that is mistaken for the measurand's: so many of it make one of the measurand's. */
typedef struct zp_mistaken_unit {
	const char *unit;
	double factor; /* above 0, not 1 */
} zp_mistaken_unit;

/* What a peer key is made of; a bit each, so that a rung can combine several. */
typedef enum zp_peer_key {
	ZP_KEY_SYSTEM = 1, ZP_KEY_INSTRUMENT = 2, ZP_KEY_METHOD = 4, ZP_KEY_REAGENT = 8, ZP_KEY_CALIBRATOR = 16
} zp_peer_key;
#define ZP_PEER_KEYS 5
#define ZP_KIT_KEY 3 /* the reagent */
#define ZP_RUNGS_MOST 8

typedef struct zp_rung {
	unsigned keys;    /* zp_peer_key bits; 0: all laboratories */
	const char *name; /* "method", "instrument+reagent", "all" */
} zp_rung;

typedef struct zp_measurand {
	const char *code, *name, *name_en, *unit;
	int places; /* decimals that laboratories report and that are printed */
	bool has_least, has_most;
	zp_decimal screen_least, screen_most; /* outside them a value is set aside from the statistics */
	zp_limit limit;
	zp_rung rungs[ZP_RUNGS_MOST]; /* the ladder, lowest first; "all" is the last when it is allowed */
	size_t n_rungs;
	uint32_t least;                 /* peers that a group needs */
	const struct zp_plugin *assign; /* an estimator, or "known" */
	const double *assign_settings;  /* one per parameter of the plugin */
	zp_sigma_rule sigma;
	const zp_mistaken_unit *mistaken; /* those of <mistaken>, then those that are converted from */
	size_t n_mistaken;
	const zp_wanted_score *scores;  /* sdi, which always stands in scores.csv, is not among them */
	size_t n_scores;
	uint32_t pass;                  /* percent that makes S1 satisfactory */
	uint32_t weight;                /* how many results one of it counts for in S; 1 as a rule */
	const zp_scale *scale;          /* of answers; NULL: it is a quantity */
	zp_cutoff cutoff;
	const zp_kit_cutoff *kit_cutoffs;
	size_t n_kit_cutoffs;
	bool log10;                     /* a quantity that is judged by its logarithm; cells hold that */
	const char *log_unit;           /* "log10 IU/mL" */
	uint32_t undetected;            /* a quantity that may be "not detected": percent that must agree before that is the target; 0: none may */
	const zp_kit_factor *kits;
	size_t n_kits;
	const char *specimen, *item;    /* what makes it the same item in two programmes */
	const zp_conversion *conversions; /* other units that are understood */
	size_t n_conversions;
} zp_measurand;

/* The kind that replies on a scale have. */
static inline zp_kind zp_scale_value_kind(const zp_scale *s)
{
	return s->kind == ZP_SCALE_SET ? ZP_SET : s->kind == ZP_SCALE_TITRE ? ZP_TITRE : s->kind == ZP_SCALE_ORDINAL ? ZP_GRADE : ZP_CATEGORY;
}

/* The unit in which its values stand in tables and on reports. */
static inline const char *zp_measurand_unit(const zp_measurand *m) { return m->log10 ? m->log_unit : m->unit; }

/* A scheme as one programme of a round uses it. */
typedef struct zp_scheme {
	const char *name, *version, *title, *file;
	uint32_t pass; /* percent */
	zp_choices choices;
	const zp_measurand *measurands; /* in the order of the scheme */
	size_t n_measurands;
	const zp_match_pair *pairs;
	size_t n_pairs;
	bool whole_samples; /* a panel: whether a sample is right as a whole is told */
	const zp_names *measurand_names; /* codes and aliases to the index above */
	/* The organiser's list of systems, instruments, methods, reagents and calibrators: names and aliases to the number of
	 * the name that is printed. NULL where any name may be given. */
	const zp_names *known_names[ZP_PEER_KEYS];
	const struct zp_vocabulary *vocabulary; /* how values are written (book/vocabulary.h) */
	const struct zp_unit_table *units;      /* how units are written (book/units.h); NULL: as the scheme writes them */
} zp_scheme;

#endif
