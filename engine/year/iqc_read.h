/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of internal quality control while it is read: its header, then row by row. */
#ifndef ZP_YEAR_IQC_READ_H
#define ZP_YEAR_IQC_READ_H

#include "base/csv.h"
#include "year/iqc_parts.h"

typedef enum zp_iqc_column {
	ZP_IQC_LAB, ZP_IQC_MONTH, ZP_IQC_SPECIMEN, ZP_IQC_ITEM, ZP_IQC_LEVEL, ZP_IQC_LOT, ZP_IQC_COUNT,
	ZP_IQC_MEAN, ZP_IQC_SD, ZP_IQC_CV, ZP_IQC_UNIT, ZP_IQC_METHOD, ZP_IQC_INSTRUMENT, ZP_IQC_IN_USE,
	ZP_IQC_IN_CONTROL, ZP_IQC_SINCE, ZP_IQC_COLUMNS,
	ZP_IQC_NOTE = ZP_IQC_COLUMNS, /* read by people only */
	ZP_IQC_OTHER
} zp_iqc_column;

/* One table: a file, or a sheet of a workbook. */
typedef struct zp_iqc_table {
	zp_iqc_lines *lines;
	zp_problems *problems;
	const char *file, *sheet; /* sheet NULL: none */
	bool headed, lost;        /* lost: its header cannot be used */
	zp_iqc_column of[ZP_CSV_COLUMNS];
	zp_text named[ZP_CSV_COLUMNS]; /* as the file writes them */
	size_t n;
	long line;
	size_t at;                /* the cell that is read */
} zp_iqc_table;

/* A sentence about a cell of the line, from 0; SIZE_MAX: about the line. */
void zp_iqc_table_tell(zp_iqc_table *, size_t cell, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The header, and after it a row. unfit: of each cell, why it may not be used; NULL: all may. */
void zp_iqc_table_row(zp_iqc_table *, long line, const zp_text *cells, const zp_text *unfit, size_t n);
/* Nothing more comes. */
void zp_iqc_table_end(zp_iqc_table *);

#endif
