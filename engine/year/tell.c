/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser should know of a year, in sentences; nothing of it changes a figure. */
#include <stdio.h>
#include <string.h>
#include "base/names.h"
#include "ledger/clash.h"
#include "year/year_titles.h"
#include "year/evidence.h"
#include "year/year.h"

typedef struct telling { bool chinese; zp_arena *arena; void (*tell)(void *self, const char *sentence); void *self; } telling;

#define LINES_NAMED 20

/* Evidence of another year counts for nothing, and whoever sent it should know. */
static const char *outside(zp_arena *arena, const zp_evidence_file *e, int year, bool chinese)
{
	char lines[LINES_NAMED * 12 + 8];
	size_t n = 0;
	for (size_t i = 0; i < e->n_outside && i < LINES_NAMED; i++)
		n += (size_t)snprintf(lines + n, sizeof lines - n, "%s%ld", i ? chinese ? "、" : ", " : "", e->outside[i]);
	return zp_arena_print(arena, chinese ? "%s：%zu 行的日期不在 %d 年，不计入：第 %s%s 行" : "%s: %zu line(s) with a day that is not in %d count for nothing: %s%s",
			      e->file, e->n_outside, year, lines, e->n_outside > LINES_NAMED ? chinese ? "、…" : ", ..." : "");
}

/* Who left during the year, mostly. */
static void tell_outside(const zp_year *y, const telling *t)
{
	const size_t n = y->standings->n_outside;
	const char *codes = "";
	for (size_t i = 0; i < n && i < LINES_NAMED; i++)
		codes = zp_arena_print(t->arena, "%s%s%s", codes, !i ? "" : t->chinese ? "、" : ", ", y->chronicle->labs[y->standings->outside[i]].code);
	if (n)
		t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%zu 家实验室本年度参加了计划，但不在所定日期的名册上，不计入任何地区的数字：%s%s" :
						"laboratories that took part in the year and are not on the register of the chosen day, so that they are in no region's figures: %zu: %s%s",
						n, codes, n <= LINES_NAMED ? "" : t->chinese ? "、…" : ", ..."));
}

static bool is_item(const zp_chronicle *c, const zp_performed *p)
{
	for (size_t i = 0; i < c->n_items; i++)
		if (strcmp(c->items[i].specimen, p->specimen) == 0 && strcmp(c->items[i].item, p->item) == 0)
			return true;
	return false;
}

/* What is performed without a plan is what the rate of comparisons is made of, and so is a code with a slip in it. */
static void tell_performed(const zp_year *y, const telling *t)
{
	zp_names *seen = zp_names_take(t->arena);
	const char *items = "";
	size_t n = 0;
	for (size_t i = 0; i < y->wish->n_performed; i++) {
		const zp_performed *p = &y->wish->performed[i];
		const uint32_t before = zp_names_count(seen);
		zp_names_add(seen, zp_text_of(zp_arena_print(t->arena, "%s\x1f%s", p->specimen, p->item)));
		if (zp_names_count(seen) > before && !is_item(y->chronicle, p) && n++ < LINES_NAMED)
			items = zp_arena_print(t->arena, "%s%s%s", items, !*items ? "" : t->chinese ? "、" : ", ", p->item);
	}
	if (n)
		t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s：%zu 个项目不在任何计划中，按无室间质评计划的项目计算；如系代码写错请更正：%s%s" :
						"%s: items that are in no programme count as performed without a plan; mend them if their codes are misspelt: %zu: %s%s",
						y->wish->performed_file, n, items, n <= LINES_NAMED ? "" : t->chinese ? "、…" : ", ..."));
}

static void tell_regions(const zp_year *y, const telling *t)
{
	for (size_t i = 1; y->wish->regions && i < y->standings->n_places; i++)
		if (y->standings->places[i].level == UINT8_MAX)
			t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "名册上的地区代码“%s”不在行政区划中：单独列出" :
							"region code \"%s\" of the register is not in the tree: it stands by itself",
							y->standings->places[i].code));
}

static void tell_exposed(const telling *t, const char *table, const char *what, const zp_hidden *h)
{
	if (!h->safe)
		t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s：%s 中隐去的小单元可由公开的数字推算出来，公布前请处理" :
						"%s: hidden cells of %s can be worked out from what is shown; look at them before it is published", table, what));
}

/* Hidden cells that give themselves away: without secondary suppression, or where no choice of cells would do. */
static void tell_suppression(const zp_year *y, const telling *t)
{
	for (int k = 0; k < ZP_SHARE_KINDS; k++)
		tell_exposed(t, "standings.csv", zp_share_word((zp_share_kind)k), &y->hidden->shares[k]);
	for (int k = 0; k < ZP_INDICATORS; k++)
		tell_exposed(t, "indicators.csv", zp_indicator_word((zp_indicator)k), &y->hidden->indicators[k]);
}

void zp_year_tell(const zp_year *y, zp_arena *arena, bool chinese, void (*tell)(void *self, const char *sentence), void *self)
{
	const zp_chronicle *c = y->chronicle;
	for (size_t i = 0; i < y->wish->rules->n_certificates; i++)
		for (size_t p = 0; p < c->n_programmes; p++) {
			const char *sentence = zp_cert_impossible(arena, c, p, &y->wish->rules->certificates[i], chinese);
			if (sentence)
				tell(self, sentence);
		}
	if (y->wish->evidence && y->wish->evidence->n_outside)
		tell(self, outside(arena, y->wish->evidence, y->wish->year, chinese));
	const telling t = { chinese, arena, tell, self };
	tell_outside(y, &t);
	for (size_t i = 0; i < y->n_clashes; i++)
		tell(self, zp_clash_says(arena, &y->clashes[i], chinese));
	tell_performed(y, &t);
	tell_regions(y, &t);
	tell_suppression(y, &t);
	zp_iqc_tell_year(y, arena, chinese, tell, self);
	for (size_t i = 0; i < y->titles->n; i++)
		zp_titles_tell(&y->titles->at[i], arena, chinese, tell, self);
}
