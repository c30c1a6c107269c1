/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine works out: groups and their targets, a verdict per cell, standings per measurand and programme. */
#ifndef ZP_MODEL_OUTCOME_H
#define ZP_MODEL_OUTCOME_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/decimal.h"

#define ZP_NONE ((double)NAN) /* no number; printed as an empty cell */
#define ZP_NO_GROUP UINT32_MAX

/* Why there is no verdict, or why a verdict is what it is beside the limit. */
typedef enum zp_reason {
	ZP_REASON_NONE,
	/* the sample cannot be graded for the group; may be credited */
	ZP_REASON_NO_TARGET,
	ZP_REASON_TOO_FEW_PEERS,
	ZP_REASON_PERCENT_UNDEFINED,
	ZP_REASON_COLLAPSED,
	ZP_REASON_TOO_FEW_FOR_SD,
	ZP_REASON_NO_CONVERGENCE,
	ZP_REASON_UNCERTAIN,
	ZP_REASON_HUMPS,
	ZP_REASON_HETEROGENEOUS,
	ZP_REASON_NO_CONSENSUS,
	ZP_REASON_TWO_MODES,
	ZP_REASON_SAMPLE_OUT,
	/* this result alone cannot be graded; never credited */
	ZP_REASON_CONFLICT,
	ZP_REASON_CENSORED,
	ZP_REASON_UNREADABLE,
	ZP_REASON_LAB_SAMPLE_OUT,
	ZP_REASON_BLANK_NOT_EVALUATED,
	ZP_REASON_EXCUSED,
	ZP_REASON_NOT_ASKED,  /* in this sample */
	ZP_REASON_BELOW_LOD,  /* the target lies below what the laboratory can detect */
	ZP_REASON_OFF_STRIP,  /* the target is not on the strip of its maker */
	ZP_REASON_GREY,
	/* unacceptable, and not because of the limit */
	ZP_REASON_LATE,
	ZP_REASON_BLANK,
	ZP_REASON_NOT_RETURNED,
	ZP_REASON_ABSURD,
	ZP_REASON_FALSE_NEGATIVE,
	ZP_REASON_FALSE_POSITIVE,
	ZP_REASON_TOO_FAR,          /* in steps of the scale */
	ZP_REASON_OTHER_ANSWER,
	ZP_REASON_MISSED,           /* a significant member of the set */
	ZP_REASON_EXTRA,            /* a member that is not in the set */
	ZP_REASON_PARTLY,           /* part of the credit: accepted, or right in kind */
	ZP_REASON_MINOR_ERROR,      /* of susceptibility: one of the two is intermediate */
	ZP_REASON_MAJOR_ERROR,      /* resistant where it is susceptible */
	ZP_REASON_VERY_MAJOR_ERROR, /* susceptible where it is resistant */
	ZP_REASON_DISCREPANCY,      /* two measurands contradict each other */
	ZP_REASONS
} zp_reason;

/* What is told beside a verdict and does not change it; a bit each. */
typedef enum zp_flag {
	ZP_FLAG_INDEX = 1,      /* the index contradicts the word */
	ZP_FLAG_DISCREPANCY = 2 /* forward and reverse contradict each other */
} zp_flag;
#define ZP_FLAGS 2

typedef enum zp_verdict { ZP_NOT_EVALUATED, ZP_ACCEPTABLE, ZP_UNACCEPTABLE, ZP_VERDICTS } zp_verdict;

/* What an estimator says of a group. Units: the measurand's, unless said otherwise. */
typedef struct zp_estimate {
	double x, s, u;     /* location, scale, standard uncertainty of x; ZP_NONE where undefined */
	size_t n;           /* values it rests on, after its own outlier removal */
	double low, high;   /* values outside [low, high] were removed by the method; -inf, inf: none */
	unsigned iterations;
	bool converged;
	bool collapsed; /* more than the method can bear were equal: s is 0, and says nothing */
	bool tied;      /* so many are equal that s and u rest on the rounding, not on the laboratories */
} zp_estimate;

/* What is told of a target that may be used all the same; a bit each. */
typedef enum zp_doubt {
	ZP_DOUBT_FEW = 1,           /* a consensus of fewer than sdi_least: limits can be applied, nothing else said */
	ZP_DOUBT_TIED = 2,          /* spread and uncertainty rest on the rounding */
	ZP_DOUBT_COLLAPSED = 4,     /* so many are equal that the spread is 0 */
	ZP_DOUBT_UNCERTAIN = 8,     /* u(x_pt) is not negligible */
	ZP_DOUBT_HUMPS = 16,
	ZP_DOUBT_REFERENCE = 32,    /* the consensus differs from the independent reference value by more than twice its uncertainty */
	ZP_DOUBT_HETEROGENEOUS = 64,
	ZP_DOUBT_UNSTABLE = 128,
	ZP_DOUBT_METHODS = 256      /* a method, instrument or system within the group lies apart from its target */
} zp_doubt;
#define ZP_DOUBTS 9

/* How often an answer was sent in a group. */
typedef struct zp_answer_count {
	int64_t answer;
	uint32_t n, referees; /* kept ones; how many of them are of referees */
} zp_answer_count;

/* Who agreed on a target that is an answer. */
typedef enum zp_by { ZP_BY_NOBODY, ZP_BY_REFEREES, ZP_BY_PARTICIPANTS } zp_by;

/* The answer that a group should have given. */
typedef struct zp_elected {
	int64_t low, high;  /* the same as a rule; two medians where they differ */
	zp_by by;
	uint32_t votes, of; /* so many of so many agreed */
	zp_reason lack;     /* why there is none: NO_CONSENSUS, TWO_MODES */
} zp_elected;

typedef enum zp_origin { ZP_CONSENSUS, ZP_KNOWN, ZP_DECIDED } zp_origin;

/* Peers: the cells of one measurand and sample that share a rung's key, and what they should have found. */
typedef struct zp_group {
	uint32_t item;
	uint8_t rung;            /* index in the measurand's ladder; beyond it: found no group */
	uint8_t keys;            /* zp_peer_key bits that its members share; 0: none */
	uint32_t key;            /* a tuple of peer keys that shows them */
	uint32_t n_members;      /* cells judged here, or whose value counts here */
	uint32_t n_kept;         /* values that entered the statistics */
	uint32_t n_absurd;
	double sane_low, sane_high; /* beyond them a value is absurd; -inf, inf when nothing is */

	zp_origin origin;
	zp_estimate target;      /* as estimated or given; x unrounded */
	bool has_x_pt;
	zp_decimal x_pt;         /* as results are judged against it; defined when has_x_pt */
	zp_reason ungradable;    /* ZP_REASON_NONE: verdicts can be given */
	zp_width width;          /* delta_E, exactly; defined when gradable */
	double delta_e;          /* the same as a double; ZP_NONE when not gradable */
	uint8_t limit_branch;    /* 0: pct, 1: abs, 2: SD */
	zp_decimal low, high;    /* printed bounds, rounded inward */
	bool has_bounds;

	zp_estimate peers;       /* centre and spread of the peers, for SDI */

	bool has_answer;         /* of a scale: what should have been answered is in `elected` */
	zp_elected elected;
	bool negative;           /* of a quantity that may be undetected: it is not in the sample */
	const zp_answer_count *counts; /* what was answered, ascending by answer; of a scale only */
	uint32_t n_counts;

	double sigma_pt;         /* ZP_NONE when the scheme has none, or it is undefined here */
	double u_x_pt;           /* of the target as it is used, heterogeneity included; ZP_NONE when not known, also for a collapsed spread */
	int8_t u_negligible;     /* -1: cannot be said */
	bool widened;            /* delta_e holds the uncertainty of the target */
	double delta_e_before;   /* what it was before; ZP_NONE when it was not widened */
	uint16_t doubts;         /* zp_doubt bits */
	uint16_t humps;          /* 0: not looked for */
	double dip_p;            /* of the dip test; ZP_NONE when not looked for */
	double s_s, drift;       /* between samples, and by how much they changed; ZP_NONE when not tested */
	double added;            /* what they add to an uncertainty, where they failed; ZP_NONE when nothing */
	double reference_ratio;  /* ZP_NONE without a reference value */
	uint32_t apart;          /* the name that lies farthest apart of those that are told, ZP_NO_NAME: none */
	uint8_t apart_key;       /* which peer key it is a name of */
	double apart_by;         /* its median minus the target; ZP_NONE */
} zp_group;

/* How far one cell is from its target. Undefined ones are ZP_NONE. */
typedef struct zp_score {
	double bias;      /* the measurand's unit */
	double bias_pct;  /* percent of x_pt */
	double share_pct; /* bias in percent of the limit, P_A */
	double sdi;       /* no unit */
	bool sdi_informative; /* too few peers: no judgement may rest on it */
} zp_score;

/* The columns that scoring adds to a round; one entry per cell. */
typedef struct zp_judgement {
	uint32_t *group; /* ZP_NO_GROUP where it has none */
	uint8_t *mark;   /* zp_mark */
	uint8_t *verdict, *would_be; /* zp_verdict; would_be: had it been in time */
	uint8_t *reason; /* zp_reason */
	uint8_t *credit; /* percent of a result that it counts for; 100 and 0 as a rule */
	uint8_t *flags;  /* zp_flag bits */
} zp_judgement;

typedef enum zp_satisfaction { ZP_NEITHER, ZP_SATISFACTORY, ZP_UNSATISFACTORY } zp_satisfaction;

/* How a laboratory stands to a measurand or programme. */
typedef enum zp_standing {
	ZP_STANDS_RETURNED,
	ZP_STANDS_LATE,         /* everything that came was late */
	ZP_STANDS_BLANK,        /* a measurand left empty, where the scheme calls it so */
	ZP_STANDS_NOT_RETURNED,
	ZP_STANDS_EXCUSED,
	ZP_STANDS_NOT_PERFORMED, /* enrolled, not declared */
	ZP_STANDS_NOT_ENROLLED,
	ZP_STANDS_CANCELLED,     /* enrolled, but the round did not take place for the programme */
	ZP_STANDINGS
} zp_standing;

/* PT score of a laboratory in a measurand (S1) or a programme (S). */
typedef struct zp_tally {
	uint64_t credit; /* hundredths of a result: 100 for each that is acceptable, times its weight */
	uint32_t total;  /* results that count, times their weights; the score is credit / total percent; 0: neither */
	uint32_t not_evaluated;   /* cells outside the total */
	uint8_t standing;         /* zp_standing */
	uint8_t satisfaction;     /* zp_satisfaction */
} zp_tally;

/* The words of the published tables, and what people read. */
const char *zp_reason_word(zp_reason);
const char *zp_reason_says(zp_reason, bool chinese);
const char *zp_verdict_word(zp_verdict);
const char *zp_verdict_says(zp_verdict, bool chinese);
const char *zp_standing_word(zp_standing);
const char *zp_standing_says(zp_standing, bool chinese);
const char *zp_satisfaction_word(zp_satisfaction);
const char *zp_satisfaction_says(zp_satisfaction, bool chinese);
const char *zp_origin_word(zp_origin);
const char *zp_doubt_word(unsigned bit); /* bit 0 to ZP_DOUBTS - 1 */
/* That the allowed range holds the uncertainty of the target. */
const char *zp_widened_says(bool chinese);
const char *zp_doubt_says(unsigned bit, bool chinese);
const char *zp_flag_word(unsigned bit); /* bit 0 to ZP_FLAGS - 1 */
const char *zp_flag_says(unsigned bit, bool chinese);
const char *zp_by_word(zp_by);
const char *zp_state_word(unsigned zp_state);
const char *zp_state_says(unsigned zp_state, bool chinese);
const char *zp_mark_word(unsigned zp_mark);
const char *zp_mark_says(unsigned zp_mark, bool chinese);
const char *zp_kind_word(unsigned zp_kind);
/* Of system, instrument, method, reagent, calibrator, from 0. */
const char *zp_peer_key_word(int key);
const char *zp_peer_key_says(int key); /* in Chinese */

#endif
