/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of answers: each scale of the form with its codes, its names in both languages, and which of them the strips of single makers
 * show. Scales stand side by side, each once. */
#include "pages.h"

#define OF_SCALE 3 /* columns before those of the strips: code, name, the other language's name */

/* The next scale that was not met before; NULL when there is none. Counts on in *i. */
static const zp_scale *next_scale(const zp_form *f, size_t *i)
{
	for (size_t at = 0, p = 0; p < f->n_programmes; p++)
		for (size_t m = 0; m < f->programmes[p].n_measurands; m++, at++) {
			const zp_scale *scale = f->programmes[p].measurands[m].scale;
			bool again = !scale || at < *i;
			for (size_t before = 0, q = 0; q <= p && !again; q++)
				for (size_t k = 0; k < f->programmes[q].n_measurands && before < at; k++, before++)
					again |= f->programmes[q].measurands[k].scale == scale;
			if (again)
				continue;
			*i = at + 1;
			return scale;
		}
	return NULL;
}

bool has_answers(const zp_form *f)
{
	size_t i = 0;
	return next_scale(f, &i) != NULL;
}

void answers_list(const zp_form *f, const zp_scale *wanted, char out[static 256])
{
	size_t i = 0, column = 0;
	char cell[32];
	for (const zp_scale *s; (s = next_scale(f, &i)) && s != wanted;)
		column += OF_SCALE + s->n_strips;
	const int letters = zp_cell_name(2, (long)column + 2, cell) - 1;
	snprintf(out, 256, "='%s'!$%.*s$2:$%.*s$%u", ANSWERS_SHEET(f->chinese), letters, cell, letters, cell, wanted->n + 1);
}

static bool header_of(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_scale *s, size_t column)
{
	static const char *const words[2][OF_SCALE] = { { "code", "name", "Chinese" }, { "代码", "名称", "英文" } };
	bool good = true;
	for (size_t k = 0; good && k < OF_SCALE; k++) {
		const size_t size = strlen(s->name) + 32;
		char *head = w->host->take(w->host, size);
		snprintf(head, size, "%s %s", s->name, words[f->chinese][k]);
		good = sheet_text(w, sheet, 0, column + k, head, STYLE_HEADER);
	}
	for (uint32_t k = 0; good && k < s->n_strips; k++)
		good = sheet_text(w, sheet, 0, column + OF_SCALE + k, s->strips[k].name, STYLE_HEADER);
	return good;
}

static bool answer_of(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_scale *s, uint32_t i, size_t column)
{
	const zp_answer *a = &s->answers[i];
	const char *const cells[OF_SCALE] = { a->code, f->chinese ? a->name : a->name_en, f->chinese ? a->name_en : a->name };
	bool good = true;
	for (size_t k = 0; good && k < OF_SCALE; k++)
		good = sheet_text(w, sheet, i + 1, column + k, cells[k], STYLE_NAME);
	for (uint32_t k = 0; good && k < s->n_strips; k++)
		if (s->strips[k].answers & UINT64_C(1) << i)
			good = sheet_text(w, sheet, i + 1, column + OF_SCALE + k, "√", STYLE_NAME);
	return good;
}

bool answers_write(workbook *w, const zp_form *f)
{
	lxw_worksheet *sheet = sheet_add(w, ANSWERS_SHEET(f->chinese));
	size_t column = 0, at = 0;
	uint32_t most = 0;
	bool good = sheet != NULL;
	for (const zp_scale *s; good && (s = next_scale(f, &at)); column += OF_SCALE + s->n_strips) {
		good = header_of(w, sheet, f, s, column);
		most = s->n > most ? s->n : most;
	}
	good = good && sheet_columns(w, sheet, 0, column - 1, 16);
	for (uint32_t i = 0; good && i < most; i++) { /* rows from top to bottom, which is the only order there is */
		size_t from = 0;
		at = 0;
		for (const zp_scale *s; good && (s = next_scale(f, &at)); from += OF_SCALE + s->n_strips)
			good = i >= s->n || answer_of(w, sheet, f, s, i, from);
	}
	if (!good)
		return false;
	worksheet_freeze_panes(sheet, 1, 0);
	return sheet_finish(w, sheet, 0, "&R&P / &N");
}
