/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The introduction: what the round was, and who took part. */
#include <string.h>
#include "book.h"

typedef struct zp_turnout { unsigned long long enrolled, returned, late, not_returned, excused, blank, measurands, samples, due, answered; } zp_turnout;

static zp_turnout turnout(const zp_summary *s)
{
	zp_turnout t = { 0 };
	for (size_t i = 0; i < s->n_programmes; i++) {
		const zp_told_programme *p = &s->programmes[i];
		t.measurands += p->n_measurands, t.samples += p->n_samples;
		t.due += p->due, t.answered += p->answered;
		t.enrolled += p->enrolled, t.returned += p->returned, t.late += p->late, t.not_returned += p->not_returned;
		t.excused += p->excused, t.blank += p->blank;
	}
	return t;
}

static void say_round(zp_book *b, const zp_turnout *t)
{
	const zp_summary *s = b->s;
	const char *when = *s->opens && *s->closes ? zp_book_say(b, "，%s开始回报，%s截止", zp_day(b, s->opens), zp_day(b, s->closes)) : "";
	const char *when_en = *s->opens && *s->closes ? zp_book_say(b, ", opened on %.10s and closed on %.10s", s->opens, s->closes) : "";
	zp_paragraph(b, zp_book_say(b, "%s由%s组织%s。本轮设 %zu 个专业、%llu 个检验项目，共发放 %llu 个样本；名册共 %llu 家实验室，其中 %llu 家登记参加，合计 %llu 个专业次。",
	                       s->round_name, s->organiser, when, s->n_programmes, t->measurands, t->samples, s->counts.labs, s->counts.enrolled, t->enrolled),
	             zp_book_say(b, "%s was organised by %s%s. It had %zu programmes with %llu measurands and %llu samples; of %llu laboratories on the register %llu took part, with %llu enrolments.",
	                    *s->round_name_en ? s->round_name_en : s->round, *s->organiser_en ? s->organiser_en : "the organiser", when_en, s->n_programmes,
	                    t->measurands, t->samples, s->counts.labs, s->counts.enrolled, t->enrolled));
	zp_paragraph(b, zp_book_say(b, "按时回报 %llu 个专业次，迟报 %llu 个，未回报 %llu 个，漏报 %llu 个，经批准免评 %llu 个；回报率 %s %%（%llu / %llu）。", t->returned,
	                       t->late, t->not_returned, t->blank, t->excused, zp_percent(b, t->answered, t->due), t->answered, t->due),
	             zp_book_say(b, "%llu were returned in time, %llu late, %llu not at all, %llu blank; %llu were excused. Response rate %s %% (%llu / %llu).", t->returned,
	                    t->late, t->not_returned, t->blank, t->excused, zp_percent(b, t->answered, t->due), t->answered, t->due));
}

static void say_cancelled(zp_book *b)
{
	for (size_t i = 0; i < b->s->n_programmes; i++) {
		const zp_told_programme *p = &b->s->programmes[i];
		if (*p->cancelled)
			zp_paragraph(b, zp_book_say(b, "%s本轮取消：%s。", p->name, p->cancelled), zp_book_say(b, "%s did not take place in this round.", *p->name_en ? p->name_en : p->code));
	}
}

static const zp_column_form by_programme[] = {
	{ { "专业", "Programme" }, 121, ZP_COLUMN_WRAPPED, 0 },  { { "样本", "Samples" }, 34, ZP_COLUMN_RIGHT, 0 },
	{ { "项目", "Meas." }, 34, ZP_COLUMN_RIGHT, 0 },         { { "登记", "Enrolled" }, 40, ZP_COLUMN_RIGHT, 0 },
	{ { "按时回报", "In time" }, 44, ZP_COLUMN_RIGHT, 0 },   { { "迟报", "Late" }, 34, ZP_COLUMN_RIGHT, 0 },
	{ { "未回报", "Not returned" }, 46, ZP_COLUMN_RIGHT, 0 }, { { "漏报", "Blank" }, 32, ZP_COLUMN_RIGHT, 0 },
	{ { "免评", "Excused" }, 36, ZP_COLUMN_RIGHT, 0 },       { { "回报率 %", "Response rate" }, 74, ZP_COLUMN_SHARE, 0 },
};

static const char *count(zp_book *b, unsigned long long n) { return zp_book_say(b, "%llu", n); }

static void put_programmes(zp_book *b, const zp_turnout *t)
{
	zp_part(b, (zp_both){ "各专业参加情况", "Participation by programme" }, 70);
	zp_table_form form = { by_programme, sizeof by_programme / sizeof *by_programme, { "各专业参加情况", "Participation by programme" }, .step = 15 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < b->s->n_programmes; i++) {
		const zp_told_programme *p = &b->s->programmes[i];
		const bool held = !*p->cancelled;
		const zp_cell_text cells[ZP_CELLS] = {
			{ .text = held ? p->name : zp_book_say(b, "%s（取消）", p->name), .bold = true }, { .text = count(b, p->n_samples) }, { .text = count(b, p->n_measurands) },
			{ .text = count(b, p->enrolled) }, { .text = held ? count(b, p->returned) : "–" }, { .text = held ? count(b, p->late) : "–" },
			{ .text = held ? count(b, p->not_returned) : "–" }, { .text = held ? count(b, p->blank) : "–" }, { .text = held ? count(b, p->excused) : "–" },
			{ .text = held ? zp_percent(b, p->answered, p->due) : "–", .share = held ? zp_share_of(p->answered, p->due) : -1 },
		};
		zp_table_row(b, &form, cells);
	}
	if (b->s->n_programmes > 1) {
		const zp_cell_text cells[ZP_CELLS] = {
			{ .text = "合计 Total", .bold = true }, { .text = count(b, t->samples), .bold = true }, { .text = count(b, t->measurands), .bold = true }, { .text = count(b, t->enrolled), .bold = true },
			{ .text = count(b, t->returned), .bold = true }, { .text = count(b, t->late), .bold = true }, { .text = count(b, t->not_returned), .bold = true },
			{ .text = count(b, t->blank), .bold = true }, { .text = count(b, t->excused), .bold = true },
			{ .text = zp_percent(b, t->answered, t->due), .share = zp_share_of(t->answered, t->due), .bold = true },
		};
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
	zp_remark(b, "回报率 = 计为回报 ÷ 应报 × 100，免评不计入应报、迟报不计为回报（方案另有规定的除外），取消的专业不计。竖线为 80 %。",
	          "Response rate: returned of expected, without excused and late ones unless the scheme says otherwise, and without cancelled programmes. The tick is at 80 %.");
}

/* ---- by region and class ---- */

static const zp_column_form by_place[] = {
	{ { "地区", "Region" }, 165, ZP_COLUMN_LEFT, 0 },        { { "应报", "Expected" }, 48, ZP_COLUMN_RIGHT, 0 },
	{ { "计为回报", "Returned" }, 52, ZP_COLUMN_RIGHT, 0 },   { { "迟报", "Late" }, 42, ZP_COLUMN_RIGHT, 0 },
	{ { "免评", "Excused" }, 42, ZP_COLUMN_RIGHT, 0 },       { { "回报率 %", "Response rate" }, 73, ZP_COLUMN_SHARE, 0 },
	{ { "结果可接受率 %", "Acceptable results" }, 73, ZP_COLUMN_SHARE, 0 },
};

static bool whole(const zp_region_row *r) { return strcmp(r->programme, "*") == 0; }
static bool every(const zp_region_row *r) { return strcmp(r->lab_class, "*") == 0; }

static void put_place(zp_book *b, zp_table_form *form, const zp_region_row *r, const char *name, const char *more)
{
	const zp_cell_text cells[ZP_CELLS] = {
		{ .text = name, .more = more, .bold = !*r->parent && more }, { .text = count(b, r->expected) }, { .text = count(b, r->returned) }, { .text = count(b, r->late) }, { .text = count(b, r->excused) },
		{ .text = zp_percent(b, r->returned, r->expected), .share = zp_share_of(r->returned, r->expected) },
		{ .text = zp_percent(b, r->credit, r->total * 100ull), .share = zp_share_of(r->credit, r->total * 100ull) },
	};
	zp_table_row(b, form, cells);
}

static void put_regions(zp_book *b)
{
	zp_table_form form = { by_place, sizeof by_place / sizeof *by_place, { "各地区参加情况", "Participation by region" }, .step = 13.5 };
	static const char *const indents[] = { "", "　", "　　", "　　　" };
	for (size_t i = 0; i < b->s->n_regions; i++) {
		const zp_region_row *r = &b->s->regions[i];
		if (!whole(r) || !every(r))
			continue;
		if (!form.open) {
			zp_part(b, form.name, 60);
			zp_table_begin(b, &form);
		}
		put_place(b, &form, r, zp_book_say(b, "%s%s", indents[r->level < 4 ? r->level : 3], r->region_name), r->region_name_en);
	}
	if (!form.open)
		return;
	zp_table_end(b, &form);
	if (b->s->n_programmes > 1)
		zp_remark(b, "按实验室计：参加几个专业的只计一次，报了其中之一即为回报。", "Laboratories: one in several programmes is counted once, and has returned when it did in one of them.");
}

static void put_classes(zp_book *b)
{
	zp_column_form columns[sizeof by_place / sizeof *by_place];
	memcpy(columns, by_place, sizeof by_place);
	columns[0].head = (zp_both){ "类别", "Class" };
	zp_table_form form = { columns, sizeof by_place / sizeof *by_place, { "各类别实验室参加情况", "Participation by class" }, .step = 13.5 };
	for (size_t i = 0; i < b->s->n_regions; i++) {
		const zp_region_row *r = &b->s->regions[i];
		if (!whole(r) || every(r) || *r->parent)
			continue;
		if (!form.open) {
			zp_part(b, form.name, 60);
			zp_table_begin(b, &form);
		}
		put_place(b, &form, r, r->lab_class, NULL);
	}
	if (form.open)
		zp_table_end(b, &form);
}

/* ---- what became of the values ---- */

static void put_counts(zp_book *b)
{
	const zp_told_counts *c = &b->s->counts;
	if (!c->expected && !c->read)
		return;
	zp_part(b, (zp_both){ "回报数据的去向", "What became of the values" }, 50 + 28); /* with what is said below it */
	const struct { zp_both says; unsigned long long n; } facts[] = {
		{ { "应报", "expected" }, c->expected }, { { "读入", "read" }, c->read }, { { "采用", "accepted" }, c->accepted },
		{ { "不入统计", "set aside" }, c->set_aside }, { { "未能采用", "refused" }, c->refused }, { { "空白值", "left blank" }, c->blank }, { { "迟报", "late" }, c->late },
	};
	const size_t n = sizeof facts / sizeof *facts;
	const double step = ZP_COLUMN / (double)n;
	for (size_t i = 0; i < n; i++) {
		const double x = ZP_LEFT_EDGE + (double)i * step;
		zp_rule(b, x, b->y, x + step - 8, b->y, 0.8, ZP_ACCENT);
		zp_put(b, (zp_ink){ ZP_BOLD, 13, ZP_BLACK, 0 }, x, b->y + 17, step - 8, ZP_LEFT, count(b, facts[i].n));
		zp_put(b, zp_small, x, b->y + 29, step - 8, ZP_LEFT, facts[i].says.cn);
		zp_put(b, zp_quiet, x, b->y + 38, step - 8, ZP_LEFT, facts[i].says.en);
	}
	b->y += 50;
	zp_remark(b, zp_book_say(b, "结果共分为 %llu 组，其中不设靶值的 %llu 组，靶值存疑的 %llu 组，详见第四章。不入统计的结果仍按规则评价。", c->groups, c->withheld, c->doubtful),
	          zp_book_say(b, "The results form %llu groups: %llu without a target, %llu with a doubtful one (chapter 4). What is set aside from the statistics is judged all the same.",
	                 c->groups, c->withheld, c->doubtful));
}

void zp_preface(zp_book *b)
{
	const zp_turnout t = turnout(b->s);
	zp_chapter(b, "一", "1", (zp_both){ "前言", "Introduction" });
	say_round(b, &t);
	say_cancelled(b);
	put_programmes(b, &t);
	put_regions(b);
	put_classes(b);
	put_counts(b);
}
