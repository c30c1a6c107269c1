/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the printed paper of recognition says. */
#include <string.h>
#include "model/paper.h"
#include "year/recognition.h"
#include "year/year.h"

const zp_paper_line *zp_recog_paper_lines(zp_arena *arena, const zp_year *year, const zp_recog_paper *paper, size_t *n)
{
	const zp_recognition *r = year->recognition;
	const zp_recog_lab *lab = &r->labs[paper->lab];
	zp_paper_line *at = zp_take(arena, zp_paper_line, paper->n_items + 1);
	char marks[ZP_RECOG_MARKS_TEXT * 2];
	*n = 0;
	for (size_t i = lab->first; i < lab->first + lab->n; i++) {
		const zp_recog_line *line = &r->lines[i];
		const zp_year_item *item = &year->chronicle->items[line->item];
		if (!line->marks)
			continue;
		const char *says = zp_recog_marks_says(line->marks, true, marks);
		at[(*n)++] = (zp_paper_line){ .name = item->name, .name_en = item->name_en, .specimen = item->specimen,
			.mark = zp_arena_text(arena, says, strlen(says)), .until = "" };
	}
	return at;
}

/* The lowest level that a mark can have. */
static int lowest_level(const zp_recognition *r)
{
	unsigned asked = 0;
	for (size_t i = 0; i < r->n_lines; i++)
		for (int level = 0; level < ZP_RECOG_LEVELS; level++)
			asked |= r->lines[i].asks->passed[level] ? 1u << level : 0;
	int lowest = ZP_RECOG_LEVELS - 1;
	while (lowest > 0 && !(asked & 1u << lowest))
		lowest--;
	return lowest;
}

const char *zp_recog_organiser(const zp_year *year, const char **en)
{
	const zp_recognition *r = year->recognition;
	const char *organiser = "", *latest = "";
	*en = r->rule->organiser_en;
	if (*r->rule->organiser)
		return r->rule->organiser;
	for (int level = lowest_level(r); level >= 0 && !*organiser; level--) /* a level that nobody has a round of issues nothing */
		for (size_t i = 0; i < year->chronicle->n_programmes; i++) {
			const zp_year_programme *p = &year->chronicle->programmes[i];
			const char *closes = p->n_held ? p->held[p->n_held - 1].round->closes : "";
			if ((int)p->says->level != level || strcmp(closes, latest) <= 0)
				continue;
			latest = closes;
			organiser = p->organiser;
		}
	return organiser;
}
