/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Internal quality control as laboratories send it: monthly means, standard deviations and CVs of each lot and level; how each stands
 * among its peers; and whether the mean in use is the cumulative one (docs/methods/iqc.md). */
#ifndef ZP_YEAR_IQC_H
#define ZP_YEAR_IQC_H

#include "base/input.h"
#include "book/iqc_limits.h"
#include "host/plugin.h"
#include "press/table.h"
#include "year/chronicle.h"

/* A month of a laboratory's lot and level. Texts are "" where nothing was said. */
typedef struct zp_iqc_row {
	uint32_t lab;                /* of the chronicle */
	uint32_t item;               /* of the chronicle's items; UINT32_MAX: in none of its programmes */
	const char *specimen, *item_code, *name, *level, *lot, *unit, *method, *instrument;
	int month;                   /* 12 x year + month - 1 */
	uint32_t n;
	zp_decimal mean, sd, cv;     /* cv in percent, as it was sent */
	bool has_sd, has_cv, has_in_control, in_control;
	zp_decimal mean_in_use;
	bool has_mean_in_use;
	const char *sent_as;         /* the code that the line has: an earlier one of the laboratory, perhaps */
	int since;                   /* month since when the lot is in use, as it was told; 0: it was not */
	const char *file, *sheet;    /* sheet NULL: none */
	long line;
} zp_iqc_row;

#define ZP_NO_ITEM UINT32_MAX
#define ZP_NO_GROUP_OF_IQC UINT32_MAX

/* A row among its peers. */
typedef struct zp_iqc_place {
	uint32_t group;              /* of the groups; UINT32_MAX: it can be in none (no lot, or no level) */
	bool has_sdi, has_cvr;
	double sdi, cvr;
} zp_iqc_place;

/* Laboratories with one specimen, item, unit, level, lot and month (and method, instrument as the rules say). */
typedef struct zp_iqc_group {
	uint32_t first;              /* a row of it, for what they have in common */
	uint32_t n;                  /* laboratories */
	uint32_t n_cv;               /* of them, with a CV */
	double mean, sd, cv;         /* of the laboratories' means; the CV that theirs are compared with; NAN where there is none */
	bool shown, informative;     /* shown: enough laboratories to show anything; informative: fewer than `least` */
} zp_iqc_group;

/* The mean in use is not what WS/T 641 makes it. */
typedef enum zp_iqc_doubt_kind {
	ZP_IQC_FIRST_ALONE,          /* still that of the first values, though months in control could have been added */
	ZP_IQC_NOT_CUMULATIVE        /* neither that nor any cumulative one */
} zp_iqc_doubt_kind;

typedef struct zp_iqc_doubt {
	uint32_t row;                /* where it was found */
	zp_iqc_doubt_kind kind;
	uint32_t months, n;          /* the expected mean rests on so many months, and values */
	double expected;             /* nearest to the exact one */
	bool has_sd;
	double off_sd;               /* found minus expected, in SDs of the month */
} zp_iqc_doubt;

typedef struct zp_iqc {
	const zp_iqc_row *rows;      /* by lab, item, specimen, item_code, month, level, lot, method, instrument */
	size_t n;
	const uint32_t *of_lab;      /* first row of each laboratory; n_labs + 1 entries */
	const zp_iqc_place *places;  /* of each row */
	const zp_iqc_group *groups;  /* by the order of their first row's item, month, level, lot */
	size_t n_groups;
	const zp_iqc_doubt *doubts;  /* in the order of the rows */
	size_t n_doubts;
	const zp_iqc_limits *limits; /* that were asked; may be NULL */
	const zp_year_rules *rules;
} zp_iqc;

/* ---- what was sent ---- */

typedef struct zp_iqc_lines zp_iqc_lines; /* lines of all files, read, and not yet put to laboratories and items */

/* workbook: the importer that knows its cells; NULL: none is at hand, and workbooks are refused. */
zp_iqc_lines *zp_iqc_lines_take(zp_arena *, const zp_importer *workbook);
/* Read a file of docs/formats/iqc.md, or all of a folder (.csv, .xlsx) in the order of their names. Fails: false after problems. */
bool zp_iqc_read(zp_iqc_lines *, const char *path, zp_problems *);
/* The files that were read, with their digests. */
const zp_input *zp_iqc_inputs(const zp_iqc_lines *, size_t *n);

/* ---- what it says ---- */

/* NULL lines: an iqc of no rows. limits: NULL where there is no table of allowable CVs. issued: YYYY-MM-DD.
 * Fails: NULL after problems, those of reading included: what else is wrong is told all the same. */
const zp_iqc *zp_iqc_take(zp_arena *, const zp_chronicle *, const zp_year_rules *, const zp_iqc_lines *, const zp_iqc_limits *,
			  const char *issued, zp_problems *);

/* Whether there is a CV: sent, or of an SD and a mean that is not 0. */
bool zp_iqc_has_cv(const zp_iqc_row *);
/* In percent; as sent, else 100 SD / |mean|: the nearest double. Needs: there is one. */
double zp_iqc_cv(const zp_iqc_row *);
/* The CV (or the SD, where the limit is one) against the limit: -1 below, 0 on it, 1 above; exact. Needs: zp_iqc_can_judge. */
int zp_iqc_against(const zp_iqc_row *, const zp_iqc_limit *);
bool zp_iqc_can_judge(const zp_iqc_row *, const zp_iqc_limit *);
/* Whether the month was in control: as told, else by the limit where the rules say so. */
typedef enum zp_iqc_control { ZP_IQC_UNKNOWN, ZP_IQC_IN, ZP_IQC_OUT } zp_iqc_control;
zp_iqc_control zp_iqc_in_control(const zp_iqc_row *, const zp_iqc_limits *, const zp_year_rules *);

/* ---- what comes of it ---- */

struct zp_year;
/* Items that no programme has, units that are not the programme's, what contradicts the catalogue of what is performed, doubts. */
void zp_iqc_tell_year(const struct zp_year *, zp_arena *, bool chinese, void (*tell)(void *self, const char *sentence), void *self);
/* iqc.csv, iqc-peers.csv, iqc-means.csv of docs/formats/year-tables.md; nothing where nothing was sent. Fails: ZP_IO. */
bool zp_iqc_tables(const struct zp_year *, zp_press *, zp_kept *, zp_error *);
/* The <iqc> elements of a laboratory's record; nothing where it sent nothing. */
struct zp_tags;
void zp_iqc_record(const struct zp_year *, size_t lab, struct zp_tags *);

#endif
