/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of reporting, as evidence has them. */
#include <string.h>
#include "year/evidence.h"
#include "year/recognition.h"
#include "year/recognition_months.h"

static bool is_asked(const zp_recognition_rule *rule, const char *key)
{
	for (size_t i = 0; i < rule->n_reporting; i++)
		if (strcmp(rule->reporting[i].key, key) == 0)
			return true;
	return false;
}

/* "none" is 0 of 0. */
static bool is_share(const zp_evidence_row *row, bool *nothing)
{
	const zp_decimal most = { 100, 0 };
	*nothing = !row->is_number && strcmp(row->value, "none") == 0;
	return *nothing || (row->is_number && zp_decimal_sign(row->number) >= 0 && zp_decimal_compare(row->number, most) <= 0);
}

const zp_recog_share *zp_recog_shares_take(zp_arena *arena, const zp_recognition_rule *rule, const zp_evidence *evidence, const char *file, size_t *n,
					   zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	zp_recog_share *at = zp_take(arena, zp_recog_share, (evidence ? evidence->n : 0) + 1);
	*n = 0;
	for (size_t i = 0; evidence && i < evidence->n; i++) {
		const zp_evidence_line *line = &evidence->lines[i];
		bool nothing;
		if (line->lab == UINT32_MAX || !is_asked(rule, line->row->key))
			continue;
		if (!is_share(line->row, &nothing)) {
			zp_problem_add(problems, file, line->row->line, 0, "%s is \"%s\"; expected a share of the month in percent, from 0 to 100, or none where "
				       "there was nothing to report", zp_text_show(arena, zp_text_of(line->row->key)), zp_text_show(arena, zp_text_of(line->row->value)));
			continue;
		}
		at[(*n)++] = (zp_recog_share){ .lab = line->lab, .key = line->row->key, .month = zp_month_of(line->row->date), .nothing = nothing,
			.percent = line->row->number };
	}
	return zp_problems_count(problems) == before ? at : NULL;
}
