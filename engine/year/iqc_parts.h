/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of internal quality control share while a year is worked out. */
#ifndef ZP_YEAR_IQC_PARTS_H
#define ZP_YEAR_IQC_PARTS_H

#include "year/iqc.h"

struct zp_iqc_lines {
	zp_arena *arena;
	const zp_importer *workbook;
	zp_names *texts;      /* every text once: rows point into it */
	zp_iqc_row *rows;     /* lab and item are not known yet: the code is in sent_as, the item in item_code */
	size_t n, room;
	bool bad;             /* something was told of them already */
	zp_input *inputs;
	size_t n_inputs, room_inputs;
};

/* A sentence about a row. */
void zp_iqc_tell(zp_problems *, const zp_iqc_row *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* "2026-03" of 12 x 2026 + 2. Gives: out. */
#define ZP_MONTH_TEXT 16
const char *zp_month_print(int month, char out[static ZP_MONTH_TEXT]);

/* Groups and places; doubts. Needs: rows in their order. */
void zp_iqc_compare(zp_arena *, zp_iqc *);
void zp_iqc_doubt_means(zp_arena *, zp_iqc *);

#endif
