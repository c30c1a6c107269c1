/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside recognition: the months of a period, and what internal quality control and reporting say of them. */
#ifndef ZP_YEAR_RECOGNITION_MONTHS_H
#define ZP_YEAR_RECOGNITION_MONTHS_H

#include "year/recognition.h"

#define ZP_MONTHS_MOST 60 /* of a period */

/* What a month is in a run. */
typedef enum zp_month_says { ZP_MONTH_BREAKS, ZP_MONTH_GOOD, ZP_MONTH_PASSED_OVER } zp_month_says;
/* The longest run of good months, or the one at the end. */
unsigned zp_run_of_months(const uint8_t *says, int n, zp_recog_run);

/* Rows of one laboratory and item; months before the period and after it are passed over. */
zp_recog_iqc zp_recog_iqc_of(const zp_iqc_row *, size_t n, const zp_recognition_rule *, const zp_recog_measurand *, int first_month, int n_months);

/* Shares of one laboratory. Gives: the state; *run. */
zp_recog_state zp_recog_reporting_of(const zp_recog_share *, size_t n, const zp_recognition_rule *, const zp_recog_reporting *, int first_month,
				     int n_months, uint8_t *run);

/* 12 x year + month - 1 of YYYY-MM-DD. */
int zp_month_of(const char *day);

#endif
