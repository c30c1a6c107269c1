/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser should know of internal quality control before anything is issued. */
#include "book/units.h"
#include "year/iqc_parts.h"
#include "year/year.h"

#define TOLD_MOST 20 /* sentences of a kind; the rest is counted */

typedef struct telling {
	const zp_year *y;
	zp_arena *arena;
	bool chinese;
	void (*tell)(void *self, const char *sentence);
	void *self;
	size_t told;
} telling;

/* Count one of a kind; whether it is still told. */
static bool is_told(telling *t) { return t->told++ < TOLD_MOST; }

static void end_kind(telling *t)
{
	if (t->told > TOLD_MOST)
		t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "另有 %zu 处同类情况未列出" : "%zu more of the same are not listed", t->told - TOLD_MOST));
	t->told = 0;
}

static bool same_item(const zp_iqc_row *a, const zp_iqc_row *b)
{
	return a->item == b->item && strcmp(a->specimen, b->specimen) == 0 && strcmp(a->item_code, b->item_code) == 0;
}

/* ---- items that no programme has ---- */

static void tell_strangers(telling *t)
{
	const zp_iqc *iqc = t->y->iqc;
	zp_names *seen = zp_names_take(t->arena);
	for (size_t i = 0; i < iqc->n; i++) {
		const zp_iqc_row *row = &iqc->rows[i];
		const uint32_t before = zp_names_count(seen);
		if (row->item != ZP_NO_ITEM || (i && same_item(row, row - 1)))
			continue;
		zp_names_add(seen, zp_text_of(zp_arena_print(t->arena, "%s\x1f%s", row->specimen, row->item_code)));
		if (zp_names_count(seen) > before && is_told(t))
			t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s 第 %ld 行：室内质控项目“%s”%s%s%s不在任何计划中，按所写的名称保留" :
						  "%s line %ld: the item \"%s\"%s%s%s is in no programme; it stays as it is written", row->file, row->line, row->item_code,
						  !*row->specimen ? "" : t->chinese ? "（标本“" : " of specimen \"", row->specimen,
						  !*row->specimen ? "" : t->chinese ? "”）" : "\""));
	}
	end_kind(t);
}

/* ---- units ---- */

static bool is_unit_of(const zp_chronicle *c, const zp_iqc_row *row, const char **other)
{
	for (size_t i = 0; i < c->n_programmes; i++)
		for (size_t k = 0; k < c->programmes[i].n_measurands; k++) {
			const zp_year_measurand *m = &c->programmes[i].measurands[k];
			if (m->item != row->item)
				continue;
			*other = m->says->unit;
			if (zp_unit_same(NULL, zp_text_of(m->says->unit), zp_text_of(row->unit)))
				return true;
		}
	return !*other;
}

static void tell_units(telling *t)
{
	const zp_iqc *iqc = t->y->iqc;
	zp_names *seen = zp_names_take(t->arena);
	for (size_t i = 0; i < iqc->n; i++) {
		const zp_iqc_row *row = &iqc->rows[i];
		const char *other = NULL;
		const uint32_t before = zp_names_count(seen);
		if (row->item == ZP_NO_ITEM || !*row->unit)
			continue;
		zp_names_add(seen, zp_text_of(zp_arena_print(t->arena, "%u\x1f%s", row->item, row->unit)));
		if (zp_names_count(seen) > before && !is_unit_of(t->y->chronicle, row, &other) && is_told(t))
			t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s 第 %ld 行：项目 %s 的单位为“%s”，计划中为“%s”；不作换算，只与相同单位的实验室比对" :
						  "%s line %ld: the unit of %s is \"%s\", and \"%s\" in the programmes; it is not converted, and compared with the same unit only",
						  row->file, row->line, row->item_code, row->unit, other));
	}
	end_kind(t);
}

/* ---- what is performed ---- */

static void tell_performed(telling *t)
{
	const zp_iqc *iqc = t->y->iqc;
	const zp_chronicle *c = t->y->chronicle;
	zp_names *sent = zp_names_take(t->arena);
	for (size_t i = 0; i < iqc->n; i++)
		if (!i || iqc->rows[i].lab != iqc->rows[i - 1].lab || !same_item(&iqc->rows[i], &iqc->rows[i - 1]))
			zp_names_add(sent, zp_text_of(zp_arena_print(t->arena, "%u\x1f%s\x1f%s", iqc->rows[i].lab, iqc->rows[i].specimen, iqc->rows[i].item_code)));
	for (size_t i = 0; i < t->y->wish->n_performed; i++) {
		const zp_performed *p = &t->y->wish->performed[i];
		const size_t lab = zp_year_lab_find(c, p->lab); /* it is on the register, or there would be no year */
		const bool has = zp_names_find(sent, zp_text_of(zp_arena_print(t->arena, "%zu\x1f%s\x1f%s", lab, p->specimen, p->item))) != ZP_NO_NAME;
		const bool any = iqc->of_lab[lab + 1] > iqc->of_lab[lab];
		if (has != p->iqc && (has || any) && is_told(t))
			t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s 第 %ld 行：实验室 %s 的项目 %s 写作%s开展室内质控，%s上报该项目的室内质控数据；开展率按该行计" :
						  "%s line %ld: laboratory %s is said to have %s of %s, and %s; the coverage counts what the line says",
						  t->y->wish->performed_file, p->line, p->lab, t->chinese ? p->item : has ? "no internal control" : "internal control",
						  t->chinese ? has ? "未" : "已" : p->item, t->chinese ? has ? "却" : "却未" : has ? "figures of it were sent" : "no figures of it were sent"));
	}
	end_kind(t);
}

void zp_iqc_tell_year(const zp_year *y, zp_arena *arena, bool chinese, void (*tell)(void *self, const char *sentence), void *self)
{
	telling t = { y, arena, chinese, tell, self, 0 };
	if (!y->iqc)
		return;
	tell_strangers(&t);
	tell_units(&t);
	tell_performed(&t);
	if (y->iqc->n_doubts)
		tell(self, zp_arena_print(arena, chinese ? "%zu 个批号使用中的均值不是 WS/T 641 所要求的累积均值：见 iqc-means.csv" :
				  "the mean in use of %zu lots is not the cumulative one of WS/T 641: see iqc-means.csv", y->iqc->n_doubts));
}
