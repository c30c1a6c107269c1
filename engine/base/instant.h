/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and instants, without a clock, a locale or a time zone of the machine. */
#ifndef ZP_BASE_INSTANT_H
#define ZP_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

/* "2026-03-31T17:00:00+08:00" (seconds may be left out, Z is +00:00) to seconds since 1970 UTC.
 * Fails: false when the text is not such an instant or not on the calendar. */
bool zp_instant_read(zp_text, int64_t *seconds);
/* "2026-03-15 17:00 (UTC+08:00)" of an instant as it was written: for people, no program reads it. */
const char *zp_instant_show(zp_arena *, const char *instant);
/* "2026-03-31". */
bool zp_date_read(zp_text, int *year, int *month, int *day);
int zp_days_of_month(int year, int month);

#endif
