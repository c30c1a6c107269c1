/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/clock.h"
#include <stdio.h>
#include <time.h>

#define DAY 86400
#define CYCLE_YEARS 400 /* after which the calendar comes again */
#define CYCLE_DAYS 146097

/* Years begin in March here, so that the odd day of February is the last of a year. */
static void date_of(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
	days += 719468; /* from the first of March of the year 0 */
	const int64_t cycle = (days >= 0 ? days : days - CYCLE_DAYS + 1) / CYCLE_DAYS;
	const unsigned of_cycle = (unsigned)(days - cycle * CYCLE_DAYS);
	const unsigned in_cycle = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
	const unsigned of_year = of_cycle - (365 * in_cycle + in_cycle / 4 - in_cycle / 100);
	const unsigned from_march = (5 * of_year + 2) / 153;
	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = cycle * CYCLE_YEARS + in_cycle + (*month <= 2);
}

void zp_clock_print(int64_t seconds, char out[static ZP_INSTANT_TEXT])
{
	const int64_t days = (seconds >= 0 ? seconds : seconds - DAY + 1) / DAY;
	const unsigned rest = (unsigned)(seconds - days * DAY);
	int64_t year;
	unsigned month, day;
	date_of(days, &year, &month, &day);
	snprintf(out, ZP_INSTANT_TEXT, "%04d-%02u-%02uT%02u:%02u:%02uZ", (int)year, month, day, rest / 3600, rest / 60 % 60, rest % 60);
}

void zp_clock_read(char out[static ZP_INSTANT_TEXT])
{
	struct timespec now = { 0 };
	clock_gettime(CLOCK_REALTIME, &now);
	zp_clock_print((int64_t)now.tv_sec, out);
}
