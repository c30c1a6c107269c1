/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles: what the rules propose for each entrant, its conditions met and unmet in words, and what the committee decided. */
#include "year.h"
#include <string.h>

#define CONDITIONS_MOST 20000 /* that a page can bear */

typedef struct shape {
	const zp_sheet *sheet, *conditions; /* conditions: NULL without */
	size_t award, version, code, name, city, lab_class, department, state, rank, of, points, years, because, because_en, decision, by, on, reason, against;
	size_t c_award, c_code, c_condition, c_answer, c_points, c_words, c_words_en;
} shape;

static const zp_sheet *sheet_of(const zp_sheets *book, const char *name)
{
	for (size_t i = 0; i < book->n; i++)
		if (strcmp(book->sheets[i].name, name) == 0)
			return &book->sheets[i];
	return NULL;
}

static void read_conditions(shape *s, const zp_sheet *c)
{
	if (!c || c->n_rows > CONDITIONS_MOST)
		return;
	s->c_award = zp_column_find(c, "award"), s->c_code = zp_column_find(c, "code"), s->c_condition = zp_column_find(c, "condition");
	s->c_answer = zp_column_find(c, "answer"), s->c_points = zp_column_find(c, "points");
	s->c_words = zp_column_find(c, "words"), s->c_words_en = zp_column_find(c, "words_en");
	if (s->c_award != NO_COLUMN && s->c_code != NO_COLUMN && s->c_answer != NO_COLUMN && s->c_words != NO_COLUMN)
		s->conditions = c;
}

static bool read_shape(const zp_sheets *book, const zp_sheet *t, shape *s)
{
	*s = (shape){
		.sheet = t, .award = zp_column_find(t, "award"), .version = zp_column_find(t, "version"), .code = zp_column_find(t, "code"),
		.name = zp_column_find(t, "name"), .city = zp_column_find(t, "city_name"), .lab_class = zp_column_find(t, "class"),
		.department = zp_column_find(t, "department"), .state = zp_column_find(t, "state"), .rank = zp_column_find(t, "rank"),
		.of = zp_column_find(t, "of"), .points = zp_column_find(t, "points"), .years = zp_column_find(t, "years_in_row"),
		.because = zp_column_find(t, "because"), .because_en = zp_column_find(t, "because_en"), .decision = zp_column_find(t, "decision"),
		.by = zp_column_find(t, "decided_by"), .on = zp_column_find(t, "decided_on"), .reason = zp_column_find(t, "decided_because"),
		.against = zp_column_find(t, "against"),
	};
	read_conditions(s, sheet_of(book, "title-conditions"));
	return s->award != NO_COLUMN && s->code != NO_COLUMN && s->state != NO_COLUMN;
}

/* ---- conditions ---- */

static bool is_of(const shape *s, size_t condition, size_t row)
{
	return strcmp(zp_cell_at(s->conditions, condition, s->c_award), zp_cell_at(s->sheet, row, s->award)) == 0 &&
	       strcmp(zp_cell_at(s->conditions, condition, s->c_code), zp_cell_at(s->sheet, row, s->code)) == 0;
}

/* The first condition of the entrant; they stand in the order of the entrants, so that the search goes on where it ended. */
static size_t find_conditions(const shape *s, size_t row, size_t from)
{
	const size_t n = s->conditions->n_rows;
	for (size_t i = 0; i < n; i++)
		if (is_of(s, (from + i) % n, row))
			return (from + i) % n;
	return n;
}

static void put_condition(zp_telling *t, const shape *s, size_t i)
{
	const char *answer = zp_cell_at(s->conditions, i, s->c_answer), *points = zp_cell_at(s->conditions, i, s->c_points);
	const bool met = strcmp(answer, "met") == 0 || strcmp(answer, "known") == 0, unmet = strcmp(answer, "unmet") == 0;
	zp_markup_put(t->m, met ? "<li class=\"met\">" : unmet ? "<li class=\"unmet\">" : "<li class=\"unknown\">");
	zp_year_word(t, "answer", answer);
	zp_markup_put(t->m, " ");
	zp_year_both(t->m, zp_cell_at(s->conditions, i, s->c_words), zp_cell_at(s->conditions, i, s->c_words_en));
	if (*points) {
		zp_markup_put(t->m, " <b>");
		zp_markup_tell(t->m, points);
		zp_markup_put(t->m, "</b>");
	}
	zp_markup_put(t->m, "</li>");
}

/* "满足 8 · 未满足 1 · 未知 1", to be opened. */
static void put_conditions(zp_telling *t, const shape *s, size_t row, size_t *at)
{
	const size_t from = find_conditions(s, row, *at);
	size_t to = from, met = 0, unmet = 0;
	for (; to < s->conditions->n_rows && is_of(s, to, row); to++) {
		const char *answer = zp_cell_at(s->conditions, to, s->c_answer);
		met += strcmp(answer, "met") == 0 || strcmp(answer, "known") == 0;
		unmet += strcmp(answer, "unmet") == 0;
	}
	if (to == from) {
		zp_markup_put(t->m, "–");
		return;
	}
	*at = to;
	zp_markup_put(t->m, "<details><summary>✓ ");
	zp_markup_number(t->m, met);
	zp_markup_put(t->m, " · ✗ ");
	zp_markup_number(t->m, unmet);
	zp_markup_put(t->m, " · ? ");
	zp_markup_number(t->m, to - from - met - unmet);
	zp_markup_put(t->m, "</summary><ul class=\"conditions\">");
	for (size_t i = from; i < to; i++)
		put_condition(t, s, i);
	zp_markup_put(t->m, "</ul></details>");
}

/* ---- an entrant ---- */

static void put_text(zp_telling *t, const char *text)
{
	zp_markup_put(t->m, "<td class=\"text\">");
	zp_markup_tell(t->m, *text ? text : "–");
	zp_markup_put(t->m, "</td>");
}

static void put_number(zp_telling *t, const char *text, const char *of)
{
	zp_markup_put(t->m, "<td class=\"num\">");
	zp_markup_tell(t->m, *text ? text : "–");
	if (*text && *of) {
		zp_markup_put(t->m, " <small>/ ");
		zp_markup_tell(t->m, of);
		zp_markup_put(t->m, "</small>");
	}
	zp_markup_put(t->m, "</td>");
}

static void put_decision(zp_telling *t, const shape *s, size_t row)
{
	const char *decision = zp_cell_at(s->sheet, row, s->decision), *by = zp_cell_at(s->sheet, row, s->by), *on = zp_cell_at(s->sheet, row, s->on),
		   *reason = zp_cell_at(s->sheet, row, s->reason);
	const bool against = strcmp(zp_cell_at(s->sheet, row, s->against), "yes") == 0;
	zp_markup_put(t->m, "<td class=\"text\">");
	if (*decision)
		zp_year_word(t, "decision", decision);
	else
		zp_markup_put(t->m, "–");
	if (against)
		zp_markup_put(t->m, " <span class=\"worse\">与建议不一致 <span lang=\"en\">against the proposal</span></span>");
	if (*by || *on || *reason) {
		zp_markup_put(t->m, " <small>");
		zp_markup_tell(t->m, by);
		zp_markup_put(t->m, *by && *on ? "，" : "");
		zp_markup_tell(t->m, on);
		zp_markup_put(t->m, *reason && (*by || *on) ? "：" : "");
		zp_markup_tell(t->m, reason);
		zp_markup_put(t->m, "</small>");
	}
	zp_markup_put(t->m, "</td>");
}

static void put_entrant(zp_telling *t, const shape *s, size_t row, size_t *at)
{
	const char *state = zp_cell_at(s->sheet, row, s->state), *name = zp_cell_at(s->sheet, row, s->name),
		   *department = zp_cell_at(s->sheet, row, s->department);
	zp_markup_put(t->m, strcmp(state, "proposed") == 0 ? "<tr class=\"proposed\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
	zp_markup_tell(t->m, *name ? name : zp_cell_at(s->sheet, row, s->code));
	zp_markup_put(t->m, *department ? " " : "");
	zp_markup_tell(t->m, department);
	zp_markup_put(t->m, " <small>");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->code));
	zp_markup_put(t->m, "</small></th>");
	put_text(t, zp_cell_at(s->sheet, row, s->lab_class));
	put_text(t, zp_cell_at(s->sheet, row, s->city));
	zp_markup_put(t->m, "<td class=\"text state\">");
	zp_year_word(t, "state", state);
	zp_markup_put(t->m, "</td>");
	put_number(t, zp_cell_at(s->sheet, row, s->rank), zp_cell_at(s->sheet, row, s->of));
	put_number(t, zp_cell_at(s->sheet, row, s->points), "");
	put_number(t, zp_cell_at(s->sheet, row, s->years), "");
	zp_markup_put(t->m, "<td class=\"text\">");
	if (s->conditions)
		put_conditions(t, s, row, at);
	else
		zp_year_both(t->m, zp_cell_at(s->sheet, row, s->because), zp_cell_at(s->sheet, row, s->because_en));
	zp_markup_put(t->m, "</td>");
	put_decision(t, s, row);
	zp_markup_put(t->m, "</tr>\n");
}

/* ---- an award ---- */

static void open_award(zp_telling *t, const shape *s, size_t row)
{
	static const char *const heads[][2] = { { "参评者", "Entrant" }, { "类别", "Class" }, { "市", "City" }, { "建议", "Proposal" },
		{ "名次 / 候选数", "Rank / candidates" }, { "得分", "Points" }, { "此前连续年数", "Years in a row before" },
		{ "条件：满足 · 未满足 · 未知", "Conditions: met, unmet, unknown" }, { "委员会决定", "Decision of the committee" } };
	const char *award = zp_cell_at(s->sheet, row, s->award);
	const zp_meaning *meaning = zp_meaning_find(t->book, "award", award);
	zp_markup_put(t->m, "<h3>");
	zp_year_both(t->m, meaning ? meaning->says : award, meaning ? meaning->says_en : "");
	zp_markup_put(t->m, " <small>");
	zp_markup_tell(t->m, meaning ? award : "");
	zp_markup_put(t->m, " ");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->version));
	zp_markup_put(t->m, "</small></h3>\n");
	zp_year_open_wide(t, meaning ? meaning->says : award, "Titles", "titles");
	zp_markup_put(t->m, "<thead><tr>");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		zp_year_th(t->m, heads[i][0], heads[i][1]);
	zp_markup_put(t->m, "</tr></thead><tbody>\n");
}

bool zp_year_is_told_with_titles(const zp_telling *t, const zp_sheet *sheet)
{
	const zp_sheet *titles = sheet_of(t->book, "titles");
	shape s;
	return strcmp(sheet->name, "title-conditions") == 0 && titles && read_shape(t->book, titles, &s) && s.conditions;
}

void zp_year_titles(zp_telling *t, const zp_sheet *sheet)
{
	shape s;
	size_t at = 0;
	if (!read_shape(t->book, sheet, &s) || !sheet->n_rows || sheet->n_rows > ROWS_LISTED_MOST) {
		zp_year_table(t, sheet);
		return;
	}
	zp_markup_put(t->m, "<section class=\"read\"><p>建议由规则得出，授予与否由委员会决定。缺少资料的条件不算满足。名次只在符合条件者之间，得分相同者名次相同。</p>"
		      "<p lang=\"en\">The rules propose, the committee decides. A condition about which nothing is known is not met. Ranks are among candidates only; equal points share the better one.</p></section>\n");
	for (size_t row = 0; row < sheet->n_rows; row++) {
		if (!row || strcmp(zp_cell_at(sheet, row, s.award), zp_cell_at(sheet, row - 1, s.award)) != 0) {
			if (row)
				zp_year_close_wide(t);
			open_award(t, &s, row);
		}
		put_entrant(t, &s, row, &at);
	}
	zp_year_close_wide(t);
}
