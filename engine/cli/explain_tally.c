/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verdicts of a laboratory add up to. */
#include "cli/explain.h"
#include <stdio.h>
#include <string.h>
#include "base/decimal.h"

/* Hundredths of a result: "3.5" is 350. */
static unsigned long long credit(const zp_telling *t, const zp_row *row)
{
	const char *words = zp_told(t, row, "accepted");
	zp_decimal d;
	if (zp_decimal_read_printed(words, strlen(words), &d) != ZP_NUMBER_OK)
		return 0;
	return (unsigned long long)(100 * zp_decimal_double(d) + 0.5);
}

/* A programme whose score would do, and which a measurand with a pass mark of 100 % has spoiled. */
static bool is_spoiled(const zp_telling *t, const zp_row *row)
{
	return zp_row_is(row, "satisfaction", "unsatisfactory") && credit(t, row) >= zp_tell_count(t, row, "pass") * zp_tell_count(t, row, "total");
}

/* For how many results one of the measurand counts, by the first of its groups; 1 where nothing else is said. */
static unsigned long long weight_of(const zp_telling *t, const zp_row *verdict)
{
	const char *at = t->targets.text.p, *programme = zp_told(t, verdict, "programme"), *measurand = zp_told(t, verdict, "measurand");
	zp_row row;
	while (zp_folder_table_next(t->arena, &t->targets, &at, &row))
		if (zp_row_is(&row, "measurand", measurand) && zp_row_is(&row, "programme", programme))
			return *zp_told(t, &row, "weight") ? zp_tell_count(t, &row, "weight") : 1;
	return 1;
}

static void tell_tally(const zp_telling *t, const zp_row *row)
{
	const bool programme = zp_row_is(row, "measurand", "*");
	const unsigned long long weight = programme ? 1 : weight_of(t, row);
	printf("  %s %-12s %s", zp_told(t, row, "programme"), programme ? zp_pick(t, "programme S", "专业 S") : zp_told(t, row, "measurand"),
	       zp_tell_standing(t, zp_told(t, row, "standing")));
	if (!zp_row_is(row, "total", "0"))
		ZP_TELL(t, ": 100 x %s / %s = %s; %s %s", "：100 x %s / %s = %s；%s %s", zp_told(t, row, "accepted"), zp_told(t, row, "total"), zp_told(t, row, "score"),
		       zp_pick(t, "needed", "要求"), zp_told(t, row, "pass"));
	printf(" -> %s", zp_tell_satisfaction(t, zp_told(t, row, "satisfaction")));
	if (weight != 1)
		ZP_TELL(t, " (each result counts for %llu)", "（每个结果按 %llu 个计）", weight);
	if (programme && zp_row_is(row, "counts", "samples"))
		printf("%s", zp_pick(t, " (samples in which everything that was judged is right)", "（按样本计：样本中评价的项目全部通过才算通过）"));
	printf("%s\n", programme && is_spoiled(t, row) ? zp_pick(t, " (a measurand that must be all right is not)", "（有必须全部正确的项目未达到）") : "");
}

void zp_tell_tallies(const zp_telling *t, const char *lab, const char *measurand)
{
	const char *at = zp_folder_table_find(&t->verdicts, lab);
	zp_row row;
	printf("\n%s\n", zp_pick(t, "PT scores (accepted of counted results):", "成绩（可接受结果数 / 计入结果数）："));
	while (at && zp_folder_table_next(t->arena, &t->verdicts, &at, &row) && zp_row_is(&row, "lab", lab))
		if (!measurand || zp_row_is(&row, "measurand", measurand) || zp_row_is(&row, "measurand", "*"))
			tell_tally(t, &row);
}

/* The sums at the head of a report: what needs attention, results, programmes. */
void zp_tell_sums(const zp_telling *t, const zp_printed *p, const char *lab)
{
	size_t judged = 0, right = 0, measurands = 0, programmes = 0, satisfactory = 0, heed = 0;
	zp_row row;
	for (const char *at = zp_folder_table_find(&t->scores, lab); at && zp_folder_table_next(t->arena, &t->scores, &at, &row) && zp_row_is(&row, "lab", lab);) {
		judged += zp_row_is(&row, "verdict", "acceptable") || zp_row_is(&row, "verdict", "unacceptable");
		right += zp_row_is(&row, "verdict", "acceptable");
	}
	for (const char *at = zp_folder_table_find(&t->verdicts, lab); at && zp_folder_table_next(t->arena, &t->verdicts, &at, &row) && zp_row_is(&row, "lab", lab);) {
		const bool programme = zp_row_is(&row, "measurand", "*"), there = !zp_row_is(&row, "standing", "not_performed") && !zp_row_is(&row, "standing", "not_enrolled");
		measurands += !programme && there;
		programmes += programme && there && !zp_row_is(&row, "satisfaction", "neither");
		satisfactory += programme && zp_row_is(&row, "satisfaction", "satisfactory");
	}
	for (const char *at = p->told.text.p; at && zp_folder_table_next(t->arena, &p->told, &at, &row);)
		heed += zp_row_is(&row, "what", "heed");
	ZP_TELL(t, "  together: %zu / %zu results that were judged are acceptable; %zu / %zu programmes that were judged are satisfactory; %zu / %zu measurands need attention\n",
		   "  合计：评价的结果中可接受的 %zu / %zu；评价的专业中满意的 %zu / %zu；需要关注的项目 %zu / %zu\n", right, judged, satisfactory, programmes, heed, measurands);
}
