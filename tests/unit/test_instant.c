/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table was worked out with Python's datetime; timegm is asked about every day. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <time.h>
#include "base/instant.h"

Test(instant, is_counted_in_seconds_since_1970)
{
	static const struct { const char *text; int64_t seconds; } table[] = {
		{ "2026-03-31T17:00:00+08:00", 1774947600 }, { "1970-01-01T00:00Z", 0 }, { "2000-02-29T23:59:59-05:00", 951886799 },
		{ "0001-01-01T00:00:00Z", -62135596800 }, { "9999-12-31T23:59:59-14:00", 253402351199 }, { "2024-02-29T00:00:00Z", 1709164800 },
		{ "1900-03-01T00:00:00Z", -2203891200 }, { "1969-12-31T23:59:59Z", -1 }, { "2038-01-19T03:14:08Z", 2147483648 },
		{ "2026-03-31T17:00+08:00", 1774947600 }, { "2026-03-31T17:00:00-09:30", 1775010600 },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		int64_t seconds = 1;
		cr_assert(zp_instant_read(zp_text_of(table[i].text), &seconds), "%s", table[i].text);
		cr_assert_eq(seconds, table[i].seconds, "%s", table[i].text);
	}
}

Test(instant, every_day_of_six_hundred_years_has_its_number)
{
	for (time_t day = -11676096000 / 86400; day < 7289654400 / 86400; day++) { /* 1600 to 2200 */
		time_t noon = day * 86400 + 43200;
		struct tm tm;
		gmtime_r(&noon, &tm);
		char text[40];
		strftime(text, sizeof text, "%Y-%m-%dT%H:%MZ", &tm);
		int64_t seconds = 0;
		cr_assert(zp_instant_read(zp_text_of(text), &seconds) && seconds == (int64_t)noon, "%s", text);
	}
}

Test(instant, what_is_not_on_the_calendar_is_refused)
{
	static const char *const table[] = {
		"", "2026-03-31", "2026-03-31T17:00:00", "2026-03-31 17:00:00+08:00", "2026-03-31T17:00:00+8:00", "2026-03-31T17:00:00+0800",
		"2026-02-29T00:00Z", "1900-02-29T00:00Z", "2026-04-31T00:00Z", "2026-13-01T00:00Z", "2026-00-01T00:00Z", "2026-01-00T00:00Z",
		"0000-01-01T00:00Z", "2026-01-01T24:00Z", "2026-01-01T23:60Z", "2026-01-01T23:59:60Z", "2026-01-01T00:00+80:00",
		"2026-01-01T00:00+14:01", "2026-01-01T00:00+08:60", "2026-01-01T00:00Z ", " 2026-01-01T00:00Z", "2026-01-01T00:00z",
		"26-01-01T00:00Z", "2026-1-1T00:00Z", "2026/01/01T00:00Z", "-2026-01-01T00:00Z", "2026-01-01T00:00:00.5Z", "2026-01-01T0",
		"2026-01-01T00:00:0", "2026-01-01T00:00+", "+026-01-01T00:00Z",
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		int64_t seconds = 77;
		cr_assert_not(zp_instant_read(zp_text_of(table[i]), &seconds), "%s", table[i]);
		cr_assert_eq(seconds, 77);
	}
	int64_t seconds;
	cr_assert_not(zp_instant_read((zp_text){ NULL, 0 }, &seconds));
}

Test(date, is_read_whole_or_not_at_all)
{
	int year, month, day;
	cr_assert(zp_date_read(ZP_TEXT("2026-03-31"), &year, &month, &day));
	cr_assert(year == 2026 && month == 3 && day == 31);
	cr_assert(zp_date_read(ZP_TEXT("2000-02-29"), &year, &month, &day));
	static const char *const table[] = { "", "2026-03-32", "2026-02-29", "2100-02-29", "2026-3-31", "2026-03-31 ", "2026-03-31T00:00Z", "20260331" };
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		cr_assert_not(zp_date_read(zp_text_of(table[i]), &year, &month, &day), "%s", table[i]);
	cr_assert_not(zp_date_read((zp_text){ "2026-03-31", 9 }, &year, &month, &day), "only n bytes are read");
}
