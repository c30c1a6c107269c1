/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What catches the eye: cells of columns that anybody looks for trouble in. They are conditional formats, so that they follow when somebody
 * sorts or filters. Bold or italic besides their colour: they are seen in black and white. */
#include "look.h"

typedef struct mark { const char *column; uint8_t criterion; char text[20]; look shown; } mark;

static const mark marks[] = {
	{ "verdict", LXW_CONDITIONAL_CRITERIA_TEXT_CONTAINING, "unacceptable", LOOK_ALERT },
	{ "satisfaction", LXW_CONDITIONAL_CRITERIA_TEXT_CONTAINING, "unsatisfactory", LOOK_ALERT },
	{ "status", LXW_CONDITIONAL_CRITERIA_TEXT_NOT_CONTAINING, "gradable", LOOK_ALERT },
	{ "use", LXW_CONDITIONAL_CRITERIA_TEXT_CONTAINING, "withheld", LOOK_ALERT },
};

static bool put(workbook *w, lxw_worksheet *sheet, const zp_sheet *t, size_t column, lxw_conditional_format *how, look shown)
{
	how->format = w->styles[shown];
	how->stop_if_true = LXW_TRUE;
	return workbook_hear(w, worksheet_conditional_format_range(sheet, 1, (lxw_col_t)column, (lxw_row_t)t->n_rows, (lxw_col_t)column, how), "a colour");
}

/* The letters of a column. */
static const char *letters(size_t column, char out[static 4])
{
	char *p = out;
	if (column >= 26)
		*p++ = (char)('A' + column / 26 - 1);
	*p++ = (char)('A' + column % 26);
	*p = '\0';
	return out;
}

/* |SDI| from 3 on, and from 2 on, of who has peers enough for it to say anything. */
static bool put_sdi(workbook *w, lxw_worksheet *sheet, const zp_sheet *t)
{
	const size_t sdi = zp_column_find(t, "sdi"), informative = zp_column_find(t, "informative");
	char of[4], by[4], formula[120];
	bool good = true;
	for (int least = 3; least >= 2 && sdi < 26 * 26 && informative < 26 * 26 && good; least--) {
		snprintf(formula, sizeof formula, "=AND(ISNUMBER($%s2),ABS($%s2)>=%d,RIGHT($%s2,3)=\"yes\")", letters(sdi, of), of, least, letters(informative, by));
		lxw_conditional_format how = { .type = LXW_CONDITIONAL_TYPE_FORMULA, .value_string = formula };
		good = put(w, sheet, t, sdi, &how, least == 3 ? LOOK_ALERT : LOOK_WARN);
	}
	return good;
}

bool marks_put(workbook *w, lxw_worksheet *sheet, const zp_sheet *t)
{
	bool good = true;
	if (!t->n_rows)
		return true;
	for (size_t i = 0; i < sizeof marks / sizeof *marks && good; i++) {
		const size_t column = zp_column_find(t, marks[i].column);
		mark m = marks[i]; /* the library wants a text that could be written to */
		lxw_conditional_format how = { .type = LXW_CONDITIONAL_TYPE_TEXT, .criteria = m.criterion, .value_string = m.text };
		if (column != SIZE_MAX)
			good = put(w, sheet, t, column, &how, marks[i].shown);
	}
	const size_t doubts = zp_column_find(t, "doubts");
	lxw_conditional_format filled = { .type = LXW_CONDITIONAL_TYPE_NO_BLANKS };
	if (good && doubts != SIZE_MAX)
		good = put(w, sheet, t, doubts, &filled, LOOK_WARN);
	return good && put_sdi(w, sheet, t);
}
