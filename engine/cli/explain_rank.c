/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a laboratory stands in a round, and where its region does. */
#include "cli/explain.h"
#include <stdlib.h>
#include <string.h>

#define FEW 5u /* fewer would know each other's results by their ranks */

typedef struct zp_list { const char *programme, *region, *of_class; } zp_list;

static bool is_in(const zp_row *row, const zp_list *list)
{
	return zp_row_is(row, "programme", list->programme) && zp_row_is(row, "region", list->region) && zp_row_is(row, "class", list->of_class);
}

/* How many of the list have a rank, and how many a better one. */
static void count(const zp_folder_table *ranking, const zp_list *list, unsigned long rank, size_t *of, size_t *better)
{
	zp_arena *arena = zp_arena_open();
	zp_row row;
	const bool plain = !strpbrk(list->programme, ",\"'=+-@");
	const char *begins = plain ? zp_arena_print(arena, "%s,%s,", list->programme, list->region) : "", *end = ranking->text.p + ranking->text.n;
	const size_t n = strlen(begins);
	*of = *better = 0;
	for (const char *at = ranking->text.p; at && at < end;) {
		if ((size_t)(end - at) < n || memcmp(at, begins, n) != 0) { /* a quick look; only what may be of the list is split */
			const char *stop = zp_csv_line_end(at, end);
			at = stop < end ? stop + 1 : end;
			continue;
		}
		if (!zp_folder_table_next(arena, ranking, &at, &row))
			break;
		if (!is_in(&row, list))
			continue;
		const unsigned long own = strtoul(zp_row_text(arena, &row, "rank"), NULL, 10);
		*of += own > 0;
		*better += own && own < rank;
	}
	zp_arena_close(arena);
}

static void tell_rank(const zp_telling *t, const zp_folder_table *ranking, const zp_row *row)
{
	const zp_list list = { zp_told(t, row, "programme"), zp_told(t, row, "region"), zp_told(t, row, "class") };
	const char *rank = zp_told(t, row, "rank");
	size_t of, better;
	zp_tell_row(t, row, "  {programme}, {region} {region_name}, class {class}: [100 x {accepted} / {total} = {share} % of ]{measurands} measurands",
		    "  {programme}，{region} {region_name}，类别 {class}：[100 x {accepted} / {total} = {share} %，]{measurands} 个项目");
	if (!*rank) {
		printf("    %s\n", zp_pick(t, "no rank: nothing of it counts", "无名次：没有可计入的结果"));
		return;
	}
	count(ranking, &list, strtoul(rank, NULL, 10), &of, &better);
	if (of < FEW && !t->centre) {
		printf("    %s\n", zp_pick(t, "too few in this list: a rank would tell what the others have", "该名单实验室过少，名次会透露他人的成绩，不予列出"));
		return;
	}
	ZP_TELL(t, "    rank %s of %zu: %zu have a greater share, %s have this one\n", "    第 %s 名（共 %zu 个）：%zu 个实验室的比例更高，%s 个与此相同\n", rank, of, better, zp_told(t, row, "tied"));
	if (*zp_told(t, row, "rank_low"))
		zp_tell_row(t, row, "    the results support the ranks {rank_low} to {rank_high} (95 %): shares of so few results tell no more", "    结果所支持的名次为 {rank_low} 至 {rank_high}（95 %）：由这些数目的结果不能区分得更细");
}

bool zp_tell_ranks(const zp_telling *t, const char *lab, zp_error *err)
{
	zp_folder_table ranking;
	zp_row row;
	bool first = true;
	if (!zp_telling_table(t, "ranking.csv", &ranking, err))
		return false;
	for (const char *at = ranking.text.p; at && zp_folder_table_next(t->arena, &ranking, &at, &row);) {
		if (!zp_row_is(&row, "lab", lab))
			continue;
		if (first)
			printf("\n%s\n", zp_pick(t, "ranks (by the share of accepted results, in each list that the laboratory is in):", "名次（按可接受结果的比例，在所属的各个名单中）："));
		first = false;
		tell_rank(t, &ranking, &row);
	}
	return true;
}

bool zp_tell_region(const zp_telling *t, const char *region, bool *found, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	*found = false;
	if (!zp_telling_table(t, "regions.csv", &table, err))
		return false;
	for (const char *at = table.text.p; at && zp_folder_table_next(t->arena, &table, &at, &row);) {
		if (!zp_row_is(&row, "region", region))
			continue;
		*found = true;
		zp_tell_row(t, &row,
			    "{programme}, {region} {region_name}, class {class}: {returned} of {expected} laboratories returned results in time; {late} late, {excused} excused\n"
			    "  {satisfactory} of {judged} that were judged are satisfactory\n  100 x {accepted} / {total} = {share} % of the results are acceptable\n"
			    "[  rank {rank} among the regions of {parent}, which {tied} have\n]",
			    "{programme}，{region} {region_name}，类别 {class}：应回报 {expected} 个实验室，按时回报 {returned} 个；迟报 {late} 个，免评 {excused} 个\n"
			    "  参加评价的 {judged} 个实验室中 {satisfactory} 个满意\n  结果可接受率 100 x {accepted} / {total} = {share} %\n"
			    "[  在 {parent} 所属地区中第 {rank} 名，{tied} 个地区同名次\n]");
	}
	return true;
}
