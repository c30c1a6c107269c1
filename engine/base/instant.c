/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/instant.h"

#define LARGEST_OFFSET (14 * 60) /* minutes; no place on Earth keeps a clock further from UTC */

/* Read exactly `digits` digits at *p and step over them. */
static bool read_digits(const char **p, const char *end, int digits, int *out)
{
	if (end - *p < digits)
		return false;
	int value = 0;
	for (int i = 0; i < digits; i++, ++*p) {
		if (**p < '0' || **p > '9')
			return false;
		value = value * 10 + (**p - '0');
	}
	*out = value;
	return true;
}

static bool read_sign(const char **p, const char *end, char wanted)
{
	if (*p == end || **p != wanted)
		return false;
	++*p;
	return true;
}

int zp_days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : days[month - 1];
}

static bool read_day(const char **p, const char *end, int *year, int *month, int *day)
{
	return read_digits(p, end, 4, year) && read_sign(p, end, '-') &&
	       read_digits(p, end, 2, month) && read_sign(p, end, '-') &&
	       read_digits(p, end, 2, day) &&
	       *year >= 1 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= zp_days_of_month(*year, *month);
}

/* Days from 1970-01-01, in the Gregorian calendar carried back: whole years before, then the months of this one. */
static int64_t day_number(int year, int month, int day)
{
	int64_t before = year - 1;
	int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
	for (int m = 1; m < month; m++)
		days += zp_days_of_month(year, m);
	return days + day - 1;
}

static bool read_offset(const char **p, const char *end, int *minutes)
{
	if (read_sign(p, end, 'Z')) {
		*minutes = 0;
		return true;
	}
	bool west = read_sign(p, end, '-');
	int hour, minute;
	if (!west && !read_sign(p, end, '+'))
		return false;
	if (!read_digits(p, end, 2, &hour) || !read_sign(p, end, ':') || !read_digits(p, end, 2, &minute))
		return false;
	*minutes = hour * 60 + minute;
	if (minute > 59 || *minutes > LARGEST_OFFSET)
		return false;
	if (west)
		*minutes = -*minutes;
	return true;
}

bool zp_instant_read(zp_text text, int64_t *seconds)
{
	if (text.n == 0)
		return false;
	const char *p = text.p, *end = text.p + text.n;
	int year, month, day, hour, minute, second = 0, offset;
	if (!read_day(&p, end, &year, &month, &day) || !read_sign(&p, end, 'T') ||
	    !read_digits(&p, end, 2, &hour) || !read_sign(&p, end, ':') || !read_digits(&p, end, 2, &minute))
		return false;
	if (read_sign(&p, end, ':') && !read_digits(&p, end, 2, &second))
		return false;
	if (!read_offset(&p, end, &offset) || p != end || hour > 23 || minute > 59 || second > 59)
		return false;
	*seconds = day_number(year, month, day) * 86400 + hour * 3600 + (minute - offset) * 60 + second;
	return true;
}

bool zp_date_read(zp_text text, int *year, int *month, int *day)
{
	if (text.n == 0)
		return false;
	const char *p = text.p, *end = text.p + text.n;
	return read_day(&p, end, year, month, day) && p == end;
}

const char *zp_instant_show(zp_arena *arena, const char *instant)
{
	const char *time = strchr(instant, 'T'), *offset = time ? strpbrk(time, "Z+-") : NULL;
	if (!offset || offset - time < 6)
		return instant;
	int shown = offset - time == 9 && strncmp(offset - 3, ":00", 3) == 0 ? 5 : (int)(offset - time) - 1; /* seconds where there are any */
	return zp_arena_print(arena, "%.*s %.*s (UTC%s)", (int)(time - instant), instant, shown, time + 1, *offset == 'Z' ? "" : offset);
}
