/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/sheets.h"
#include "run/lines.h"

/* ---- cells ---- */

zp_sheet_cell zp_cell_bytes(zp_sheet_pen *pen, const char *bytes, size_t n)
{
	char *text = pen->text + pen->used;
	if (n >= ZP_SHEET_TEXT - pen->used) /* no row is so long: then the end is lost, and a mark shows it */
		return zp_cell_text("…");
	memcpy(text, bytes, n);
	text[n] = '\0';
	pen->used += n + 1;
	return (zp_sheet_cell){ text, ZP_NONE };
}

static zp_sheet_cell numbered(zp_sheet_cell cell, zp_decimal number)
{
	cell.number = zp_decimal_double(number);
	return cell;
}

zp_sheet_cell zp_cell_whole(zp_sheet_pen *pen, uint64_t v)
{
	char text[24];
	return numbered(zp_cell_bytes(pen, text, (size_t)(zp_put_count(text, v) - text)), (zp_decimal){ (int64_t)v, 0 });
}

zp_sheet_cell zp_cell_decimal(zp_sheet_pen *pen, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	return numbered(zp_cell_bytes(pen, text, zp_decimal_write(d, text)), d);
}

/* The number is that of the text: what is printed and what is reckoned with are the same. */
static zp_sheet_cell written(zp_sheet_pen *pen, const char *text, size_t n)
{
	zp_decimal d;
	if (n == 0)
		return zp_cell_text("");
	zp_sheet_cell cell = zp_cell_bytes(pen, text, n);
	return zp_decimal_read_printed(text, n, &d) == ZP_NUMBER_OK ? numbered(cell, d) : cell;
}

zp_sheet_cell zp_cell_fixed(zp_sheet_pen *pen, double v, int places)
{
	char text[400];
	return written(pen, text, (size_t)(zp_put_fixed(text, v, places < 0 ? 0 : places > 15 ? 15 : places) - text));
}

zp_sheet_cell zp_cell_credit(zp_sheet_pen *pen, uint64_t credit)
{
	char text[64];
	return written(pen, text, (size_t)(zp_put_credit(text, credit) - text));
}

zp_sheet_cell zp_cell_share(zp_sheet_pen *pen, uint64_t credit, uint64_t of, int places)
{
	char text[64];
	return written(pen, text, (size_t)(zp_put_share(text, credit, 100 * of, places) - text));
}

/* ---- the book ---- */

zp_sheet *zp_sheet_more(zp_run *run, zp_sheet_list *list)
{
	zp_sheet_pen *pen = zp_take(run->arena, zp_sheet_pen, 1);
	zp_sheet *sheet = &list->at[list->n++];
	pen->run = run;
	*sheet = (zp_sheet){ .self = pen };
	return sheet;
}

const zp_sheets *zp_sheets_take(zp_run *run)
{
	const zp_summary *s = &run->summary;
	zp_sheets *book = zp_take(run->arena, zp_sheets, 1);
	const size_t tallies = run->first_tally[run->roster->n_enrolments];
	const size_t more = run->round->n / ZP_SHEET_ROWS + tallies / ZP_SHEET_ROWS + s->n_ranks / ZP_SHEET_ROWS; /* results, measurands, ranks */
	zp_sheet_list list = { zp_take(run->arena, zp_sheet, ZP_SHEETS_LEAST + more), 0 };
	zp_sheets_add_results(run, &list);
	zp_sheets_add_targets(run, &list);
	zp_sheets_add_verdicts(run, &list);
	zp_sheets_add_ranks(run, &list);
	zp_sheets_add_acts(run, &list);
	*book = (zp_sheets){ .title = zp_arena_print(run->arena, "%s %s", s->organiser, s->round_name),
			     .title_en = zp_arena_print(run->arena, "%s%s%s", s->organiser_en, *s->organiser_en && *s->round_name_en ? ": " : "", s->round_name_en),
			     .issued = s->issued, .sheets = list.at, .n = list.n };
	book->words = zp_sheet_words(run, &book->n_words);
	book->facts = zp_sheet_facts(run, &book->n_facts);
	return book;
}
