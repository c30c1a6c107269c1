/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a measurand's results are recognised by other hospitals (rules/recognition/NAME.xml): rounds passed, internal quality
 * control, shares of reporting, and how long a mark is valid. */
#ifndef ZP_BOOK_RECOGNITION_RULES_H
#define ZP_BOOK_RECOGNITION_RULES_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/input.h"
#include "base/problems.h"
#include "book/iqc_limits.h"
#include "model/level.h"

/* The members of each are the words of its attribute, in their order (docs/formats/recognition.md). */
typedef enum zp_recog_mode { ZP_RECOG_MARKS, ZP_RECOG_ALL_LEVELS } zp_recog_mode;
typedef enum zp_recog_count { ZP_RECOG_IN_PERIOD, ZP_RECOG_LATEST_RUN } zp_recog_count;
typedef enum zp_recog_programmes { ZP_RECOG_EACH, ZP_RECOG_BEST, ZP_RECOG_SUM } zp_recog_programmes;
typedef enum zp_recog_hierarchy { ZP_RECOG_OWN, ZP_RECOG_INHERITS } zp_recog_hierarchy;
typedef enum zp_recog_run { ZP_RECOG_RUN_ANY, ZP_RECOG_RUN_ENDING } zp_recog_run;
typedef enum zp_recog_any_lot { ZP_RECOG_LOT_MONTH, ZP_RECOG_LOT_LEVEL } zp_recog_any_lot;
typedef enum zp_recog_vacuous { ZP_RECOG_VACUOUS_PASS, ZP_RECOG_VACUOUS_FAIL, ZP_RECOG_VACUOUS_SKIP } zp_recog_vacuous;
typedef enum zp_recog_valid { ZP_RECOG_SAME_DAY, ZP_RECOG_DAY_BEFORE } zp_recog_valid;
typedef enum zp_recog_ends { ZP_RECOG_YEAR_END, ZP_RECOG_ISSUE } zp_recog_ends;
typedef enum zp_recog_from { ZP_RECOG_FROM_ISSUED, ZP_RECOG_FROM_NEXT_MONTH, ZP_RECOG_FROM_DAY } zp_recog_from;
typedef enum zp_recog_lots { ZP_RECOG_LOTS_ANY, ZP_RECOG_LOTS_ALL } zp_recog_lots;

#define ZP_RECOG_LEVELS 3    /* national, provincial, city: as in zp_level */
#define ZP_RECOG_NO_MOST 255 /* max-failed="none" */
#define ZP_RECOG_REPORTING_MOST 16

typedef enum zp_recog_cv { ZP_RECOG_CV_NONE, ZP_RECOG_CV_GIVEN, ZP_RECOG_CV_TABLE } zp_recog_cv;

/* What is asked of one measurand. */
typedef struct zp_recog_measurand {
	const char *specimen, *item;  /* "" in both: of every measurand that has no entry of its own */
	int passed[ZP_RECOG_LEVELS];  /* rounds; 0: the level is not judged */
	int max_failed[ZP_RECOG_LEVELS];
	int months;                   /* in control in a row; 0: internal quality control is not asked for */
	int cv;                       /* zp_recog_cv */
	zp_decimal cv_limit;          /* percent, of GIVEN; equal to it passes */
	int levels;                   /* of control material, in each month */
	int lots;                     /* zp_recog_lots */
	int min_n;                    /* a lot with fewer values in a month says nothing */
	long line;
} zp_recog_measurand;

/* A share that the laboratory reports month by month (evidence of that key). */
typedef struct zp_recog_reporting {
	const char *key, *name, *name_en;
	zp_decimal least;             /* percent */
	int months;                   /* in a row */
	long line;
} zp_recog_reporting;

typedef struct zp_recognition_rule {
	const char *file;             /* "recognition/provincial.xml" */
	const char *id, *name, *name_en, *version;
	const char *organiser, *organiser_en; /* who issues the papers; "" when not given */
	int mode, count, two_programmes, hierarchy, run, any_lot, vacuous, valid;
	int period_months, period_ends;
	int valid_months, valid_from; /* zp_recog_from */
	const char *valid_day;        /* of FROM_DAY, YYYY-MM-DD */
	const char *cv_table;         /* name of the table of CV limits; NULL: the rule names none */
	const zp_iqc_limits *cv_limits; /* the same, read */
	const zp_recog_measurand *measurands; /* by specimen and item; the default is not among them */
	size_t n_measurands;
	bool has_default;             /* false: what is not listed is not recognised */
	zp_recog_measurand standard;
	const zp_recog_reporting *reporting;
	size_t n_reporting;
	zp_input input;
} zp_recognition_rule;

/* Every setting at its default, nothing asked for. */
zp_recognition_rule zp_recognition_rule_default(void);

/* Read rules_dir/recognition/NAME.xml, and the table of CV limits that it names; a name that ends in ".xml" is a file of the caller's.
 * Fails: NULL after problems. */
const zp_recognition_rule *zp_recognition_rule_read(zp_arena *, const char *rules_dir, const char *name, zp_problems *rules);

/* What is asked of a measurand; NULL when it cannot be recognised. An entry without specimen is for every specimen that has none. */
const zp_recog_measurand *zp_recognition_asks(const zp_recognition_rule *, const char *specimen, const char *item);

/* Every setting by its name, as zp_year_setting_next has those of the year. Gives: false at the end. */
bool zp_recognition_setting_next(const zp_recognition_rule *, size_t *i, const char **name, zp_text *value);
/* Set one as if the file had it. Gives: NULL when taken, else what was expected. */
const char *zp_recognition_setting_set(zp_recognition_rule *, const char *name, const char *value);

#endif
