/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of regions, and of laboratories by region. */
#include <stdlib.h>
#include <string.h>
#include "book.h"
#include "paper/figure.h"
#include "paper/says.h"

#define FIGURE_HIGH 176.0

static bool whole(const char *class, const char *programme) { return strcmp(class, "*") == 0 && strcmp(programme, "*") == 0; }

static const char *rank_says(zp_book *b, unsigned rank, unsigned tied)
{
	return !rank ? "–" : tied > 1 ? zp_book_say(b, "%u =", rank) : zp_book_say(b, "%u", rank);
}

/* Full results, or points where some count in part. */
static const char *points(zp_book *b, unsigned long long credit, unsigned total)
{
	return credit % 100 ? zp_book_say(b, "%llu.%02llu / %u", credit / 100, credit % 100, total) : zp_book_say(b, "%llu / %u", credit / 100, total);
}

/* ---- regions ---- */

typedef struct zp_placed { const zp_region_row *row; size_t at; } zp_placed;

static int by_rank(const void *pa, const void *pb)
{
	const zp_placed *x = pa, *y = pb;
	const int parent = strcmp(x->row->parent, y->row->parent);
	if (x->row->level != y->row->level || parent)
		return x->row->level != y->row->level ? (x->row->level > y->row->level) - (x->row->level < y->row->level) : parent;
	const unsigned a = x->row->rank ? x->row->rank : ~0u, b = y->row->rank ? y->row->rank : ~0u;
	return a != b ? (a > b) - (a < b) : (x->at > y->at) - (x->at < y->at);
}

static const char *name_of(const zp_summary *s, const char *region)
{
	for (size_t i = 0; i < s->n_regions; i++)
		if (strcmp(s->regions[i].region, region) == 0)
			return s->regions[i].region_name;
	return region;
}

static unsigned level_of(const zp_summary *s, const char *region)
{
	for (size_t i = 0; i < s->n_regions; i++)
		if (strcmp(s->regions[i].region, region) == 0)
			return s->regions[i].level;
	return 0;
}

static void put_regions(zp_book *b)
{
	static const zp_column_form columns[] = {
		{ { "名次", "Rank" }, 44, ZP_COLUMN_MIDDLE, 0 },              { { "地区", "Region" }, 165, ZP_COLUMN_LEFT, 0 },
		{ { "参评", "Judged" }, 52, ZP_COLUMN_RIGHT, 0 },             { { "满意", "Satisfactory" }, 52, ZP_COLUMN_RIGHT, 0 },
		{ { "可接受 / 总数", "Acceptable / all" }, 92, ZP_COLUMN_RIGHT, 0 }, { { "可接受率 %", "Acceptable share" }, 90, ZP_COLUMN_SHARE, 0 },
	};
	zp_placed *places = b->host->take(b->host, (b->s->n_regions + 1) * sizeof *places);
	size_t n = 0;
	for (size_t i = 0; i < b->s->n_regions; i++)
		if (*b->s->regions[i].parent && whole(b->s->regions[i].lab_class, b->s->regions[i].programme))
			places[n++] = (zp_placed){ &b->s->regions[i], i };
	if (!n)
		return;
	qsort(places, n, sizeof *places, by_rank);
	zp_part(b, (zp_both){ "地区", "Regions" }, 70);
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "地区排名", "Regions" }, .step = 13.5 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < n; i++) {
		const zp_region_row *r = places[i].row;
		if (i && strcmp(r->parent, places[i - 1].row->parent) != 0)
			zp_table_part(b, &form, (zp_both){ name_of(b->s, r->parent), "" });
		const zp_cell_text cells[ZP_CELLS] = {
			{ .text = rank_says(b, r->rank, r->tied), .bold = true }, { .text = r->region_name, .more = r->region_name_en }, { .text = zp_book_say(b, "%u", r->judged) },
			{ .text = zp_book_say(b, "%u", r->satisfactory) }, { .text = points(b, r->credit, r->total) },
			{ .text = zp_percent(b, r->credit, r->total * 100ull), .share = zp_share_of(r->credit, r->total * 100ull) },
		};
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

/* ---- figures ---- */

static void put_figures(zp_book *b)
{
	const double w = (ZP_COLUMN - 16) / 2;
	size_t at = 0, n = 0;
	for (size_t p = 0; p < b->s->n_programmes; p++)
		n += !*b->s->programmes[p].cancelled && b->s->programmes[p].judged;
	if (!b->s->draw || !n || !b->s->n_ranks)
		return;
	zp_part(b, (zp_both){ "各专业的前列", "The first of each programme" }, FIGURE_HIGH + 16);
	for (size_t p = 0; p < b->s->n_programmes; p++) {
		const zp_told_programme *g = &b->s->programmes[p];
		if (*g->cancelled || !g->judged)
			continue;
		const size_t column = at++ % 2;
		if (!column)
			zp_room(b, FIGURE_HIGH + 16);
		const double x = ZP_LEFT_EDGE + (double)column * (w + 16);
		zp_put(b, zp_strong, x, b->y + 8, w, ZP_LEFT, zp_book_say(b, "%s  %s", g->name, g->name_en));
		if (b->pass == ZP_PRINT && !b->sans->failed) {
			const zp_figure *f = b->s->draw(b->s, p, 0, 0, ZP_FIGURE_RANKS, ZP_BOTH_TONGUES, (float)w, (float)FIGURE_HIGH);
			if (f)
				zp_canvas_figure(b->sans, f, x, b->y + 13, 1);
		}
		if (column || at == n)
			b->y += FIGURE_HIGH + 20;
	}
}

/* ---- laboratories ---- */

static const char *standing_says(const char *word)
{
	static const struct { const char *word; zp_standing standing; } words[] = {
		{ "late", ZP_STANDS_LATE }, { "blank", ZP_STANDS_BLANK }, { "not_returned", ZP_STANDS_NOT_RETURNED }, { "excused", ZP_STANDS_EXCUSED },
		{ "not_performed", ZP_STANDS_NOT_PERFORMED }, { "not_enrolled", ZP_STANDS_NOT_ENROLLED }, { "cancelled", ZP_STANDS_CANCELLED },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].word, word) == 0)
			return zp_standing_cn(words[i].standing);
	return "";
}

/* Gives: the row behind the last of the table that begins at `from`. */
static size_t end_of(const zp_summary *s, size_t from)
{
	size_t end = from;
	while (end < s->n_ranks && strcmp(s->ranks[end].region, s->ranks[from].region) == 0 && whole(s->ranks[end].lab_class, s->ranks[end].programme))
		end++;
	return end;
}

static void put_lab(zp_book *b, zp_table_form *form, const zp_rank_row *r, double n)
{
	const bool ranged = r->rank && r->rank_low;
	const double step = n > 1 ? 1 / (n - 1) : 0;
	const char *range = ranged ? zp_book_say(b, "%u–%u", r->rank_low, r->rank_high) : "–";
	zp_cell_text cells[ZP_CELLS] = {
		{ .text = rank_says(b, r->rank, r->tied), .bold = true }, { .text = r->lab }, { .text = r->lab_name }, { .text = zp_book_say(b, "%u", r->measurands) }, { .text = points(b, r->credit, r->total) },
		{ .text = zp_percent(b, r->credit, r->total * 100ull) }, { .text = range },
		{ .text = ranged ? "|" : *standing_says(r->standing) ? standing_says(r->standing) : "–", .share = ranged ? (r->rank_low - 1) * step : 0, .to = ranged ? (r->rank_high - 1) * step : -1, .at = ranged ? (r->rank - 1) * step : 0 },
	};
	if (!b->s->named)
		memmove(cells + 2, cells + 3, 5 * sizeof *cells);
	zp_table_row(b, form, cells);
}

static zp_table_form table_of(const zp_book *b, zp_both says)
{
	static const zp_column_form columns[] = {
		{ { "名次", "Rank" }, 40, ZP_COLUMN_MIDDLE, 0 }, { { "编码", "Code" }, 58, ZP_COLUMN_LEFT, 0 }, { { "实验室", "Laboratory" }, 152, ZP_COLUMN_LEFT, 0 },
		{ { "项目", "Meas." }, 30, ZP_COLUMN_RIGHT, 0 }, { { "可接受 / 总数", "Acceptable / all" }, 62, ZP_COLUMN_RIGHT, 0 }, { { "可接受率 %", "Share" }, 46, ZP_COLUMN_POINT, 1 },
		{ { "名次范围", "Range, 95 %" }, 47, ZP_COLUMN_RIGHT, 0 }, { { "", "" }, 60, ZP_COLUMN_RANGE, 0 },
	};
	static const zp_column_form coded[] = {
		{ { "名次", "Rank" }, 44, ZP_COLUMN_MIDDLE, 0 }, { { "编码", "Code" }, 90, ZP_COLUMN_LEFT, 0 }, { { "项目", "Meas." }, 36, ZP_COLUMN_RIGHT, 0 },
		{ { "可接受 / 总数", "Acceptable / all" }, 84, ZP_COLUMN_RIGHT, 0 }, { { "可接受率 %", "Share" }, 60, ZP_COLUMN_POINT, 1 },
		{ { "名次范围", "Range, 95 %" }, 62, ZP_COLUMN_RIGHT, 0 }, { { "", "" }, 119, ZP_COLUMN_RANGE, 0 },
	};
	const bool named = b->s->named;
	return (zp_table_form){ named ? columns : coded, named ? 8 : 7, says, .size = 7.4, .step = 11.6 };
}

/* A table of each region of a level, one after another. */
static void put_labs(zp_book *b, zp_both says, unsigned level)
{
	zp_table_form form = table_of(b, says);
	for (size_t i = 0, end; i < b->s->n_ranks; i = end) {
		const zp_rank_row *r = &b->s->ranks[i];
		end = i + 1;
		if (!whole(r->lab_class, r->programme))
			continue;
		end = end_of(b->s, i);
		if (level_of(b->s, r->region) != level)
			continue;
		if (!form.open) {
			zp_part(b, says, 80);
			zp_table_begin(b, &form);
		}
		const zp_both name = { r->region_name, "" };
		zp_table_part(b, &form, name);
		zp_enter(b, 3, "", name);
		for (size_t k = i; k < end; k++)
			put_lab(b, &form, &b->s->ranks[k], (double)(end - i));
	}
	if (form.open)
		zp_table_end(b, &form);
}

/* The highest level below the whole at which there are several regions; those below it have no tables of their own. 0: none. */
static unsigned divided_at(const zp_summary *s)
{
	enum { LEVELS = 8 };
	unsigned tables[LEVELS] = { 0 };
	for (size_t i = 0, end; i < s->n_ranks; i = end) {
		end = i + 1;
		if (!whole(s->ranks[i].lab_class, s->ranks[i].programme))
			continue;
		end = end_of(s, i);
		const unsigned level = level_of(s, s->ranks[i].region);
		if (level < LEVELS)
			tables[level]++;
	}
	for (unsigned level = 1; level < LEVELS; level++)
		if (tables[level] > 1)
			return level;
	return 0;
}

void zp_ranking(zp_book *b)
{
	zp_chapter(b, "五", "5", (zp_both){ "排名", "Ranking" });
	zp_part(b, (zp_both){ "怎样看名次", "How to read ranks" }, 60);
	zp_paragraph(b, "名次按可接受结果的比例排列，“=”表示并列。右侧横线表示全部名次，◆ 为本轮名次，浅色段为名次范围：真实名次有 95 % 的把握在此范围内。两家的范围大部分重叠时，先后没有意义；结果越少，范围越宽。",
	             "Ranks follow the share of acceptable results; \"=\" marks a tie. The line on the right is all ranks, the diamond the rank of this round, the pale part its range: the true rank lies in it with 95 % confidence. "
	             "Where two ranges overlap widely, neither is better; the fewer results, the wider the range.");
	if (!b->s->n_ranks)
		zp_paragraph(b, "本轮没有排名。", "There is no ranking of this round.");
	put_regions(b);
	put_figures(b);
	put_labs(b, (zp_both){ "全体实验室", "All laboratories" }, 0);
	const unsigned level = divided_at(b->s);
	if (level)
		put_labs(b, (zp_both){ "各地区的实验室", "Laboratories by region" }, level);
}
