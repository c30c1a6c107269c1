/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workbook-xlsx: the tables of a round or a year as one workbook for the centre: a sheet for each, and one before them that says what they are.
 * Nothing in it is a formula, and its only date is the day of issue, so that the same tables are the same bytes. */
#include "look.h"

#define FILE_NAME "workbook.xlsx"

/* Days since 1970 of a date of our calendar, at noon in seconds; 0 for what is none. */
static int64_t seconds_of(const char *date)
{
	lxw_datetime read;
	if (!date_read(date, &read))
		return 0;
	const int m = read.month, y = read.year - (m <= 2);
	const int64_t era = y / 400, of_era = y - era * 400, day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + read.day - 1;
	return (era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719468) * 86400 + 43200;
}

static bool write_book(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	(void)state;
	workbook w;
	bool good = workbook_begin(&w, host, FILE_NAME, host->say("the workbook"), seconds_of(book->issued), err);
	if (good) {
		looks_make(&w);
		const char **names = names_make(&w, book);
		good = about_write(&w, book, names);
		for (size_t i = 0; i < book->n && good; i++)
			good = table_write(&w, book, i, names[i]);
	}
	return workbook_finish(&w, good, FILE_NAME, out);
}

static bool write_round(const zp_host *host, void *state, const zp_summary *s, const zp_outbox *out, zp_error *err)
{
	return !s->tables || write_book(host, state, s->tables, out, err);
}

static const zp_emitter emitter = { .round = write_round, .book = write_book };

ZP_PLUGIN(workbook_xlsx) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "workbook-xlsx",
	.version = "1",
	.cites = "ISO/IEC 29500-1 (Office Open XML)",
	.says = "Writes the tables of a round or a year into workbook.xlsx: a sheet for each, with filters, and one that says what they are.",
	.does.emitter = &emitter,
	.libraries = workbook_libraries,
};
