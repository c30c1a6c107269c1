/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include "base/csv.h"

typedef struct line_case {
	char line[64];
	zp_csv_fault fault;
	size_t n;
	char cells[4][24];
} line_case;

ParameterizedTestParameters(csv, a_line_is_split_as_rfc_4180_says)
{
	static line_case cases[] = {
		{ "a,b,c", ZP_CSV_FINE, 3, { "a", "b", "c" } },
		{ "", ZP_CSV_FINE, 1, { "" } },
		{ ",", ZP_CSV_FINE, 2, { "", "" } },
		{ "\"a,b\",c", ZP_CSV_FINE, 2, { "a,b", "c" } },
		{ "\"say \"\"five\"\"\",5", ZP_CSV_FINE, 2, { "say \"five\"", "5" } },
		{ "\"\",\"\"\"\"", ZP_CSV_FINE, 2, { "", "\"" } },
		{ "a\"b,c", ZP_CSV_STRAY_QUOTE, 1, { "" } },
		{ "a,b\"", ZP_CSV_STRAY_QUOTE, 2, { "" } },
		{ " \"a\",b", ZP_CSV_STRAY_QUOTE, 1, { "" } },
		{ "a,\"open", ZP_CSV_OPEN_QUOTE, 2, { "a" } },
		{ "\"a\"b,c", ZP_CSV_AFTER_QUOTE, 1, { "a" } },
	};
	return cr_make_param_array(line_case, cases, sizeof cases / sizeof *cases);
}

ParameterizedTest(line_case *c, csv, a_line_is_split_as_rfc_4180_says)
{
	char scratch[128], *room = scratch;
	zp_csv_cells cells;
	cr_assert_eq(zp_csv_split(c->line, c->line + strlen(c->line), ',', &room, &cells), c->fault, "%s", c->line);
	cr_assert_eq(cells.n, c->n, "%s: %zu cells", c->line, cells.n);
	for (size_t i = 0; i < 4 && i < c->n && c->fault == ZP_CSV_FINE; i++)
		cr_assert(zp_text_is(cells.at[i], c->cells[i]), "%s, cell %zu: %.*s", c->line, i, (int)cells.at[i].n, cells.at[i].p);
}

Test(csv, more_cells_than_can_be_are_refused_and_not_written)
{
	char line[2 * ZP_CSV_COLUMNS];
	memset(line, ',', sizeof line);
	char *room = NULL;
	zp_csv_cells cells;
	cr_assert_eq(zp_csv_split(line, line + sizeof line, ',', &room, &cells), ZP_CSV_TOO_MANY);
	cr_assert_eq(cells.n, ZP_CSV_COLUMNS);
}

typedef struct put_case { char text[24], written[32]; } put_case;

ParameterizedTestParameters(csv, a_text_cell_is_quoted_and_never_a_formula)
{
	static put_case cases[] = {
		{ "plain", "plain" }, { "", "" }, { "a,b", "\"a,b\"" }, { "5\" tube", "\"5\"\" tube\"" }, { "=1+1", "'=1+1" },
		{ "-5.2", "'-5.2" }, { "@x,y", "\"'@x,y\"" }, { "'quoted", "''quoted" }, { "两行\n", "\"两行\n\"" },
	};
	return cr_make_param_array(put_case, cases, sizeof cases / sizeof *cases);
}

ParameterizedTest(put_case *c, csv, a_text_cell_is_quoted_and_never_a_formula)
{
	char out[80], scratch[80], *room = scratch, written[sizeof c->written];
	memcpy(written, c->written, sizeof written);
	size_t n = zp_csv_put(out, zp_text_of(c->text));
	cr_assert(zp_text_is((zp_text){ out, n }, written), "%.*s", (int)n, out);
	zp_csv_cells back;
	cr_assert_eq(zp_csv_split(out, out + n, ',', &room, &back), ZP_CSV_FINE);
	zp_text cell = back.at[0];
	if (cell.n >= 2 && cell.p[0] == '\'')
		cell.p++, cell.n--;
	cr_assert(zp_text_is(cell, c->text), "%s came back as %.*s", c->text, (int)cell.n, cell.p);
}
