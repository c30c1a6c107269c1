/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented.h"
#include "run/seal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct zp_sort { const char *code, *cn, *en, *unit, *limit; double level; int places; } zp_sort;

static const zp_sort sorts[] = {
	{ "GLU", "葡萄糖", "Glucose", "mmol/L", "±7 %", 5.2, 2 },
	{ "K", "钾", "Potassium", "mmol/L", "±6 %", 4.1, 2 },
	{ "NA", "钠", "Sodium", "mmol/L", "±4 %", 139.6, 1 },
	{ "UREA", "尿素", "Urea", "mmol/L", "±8 %", 7.4, 2 },
	{ "CREA", "肌酐", "Creatinine", "μmol/L", "±12 %", 102, 0 },
	{ "ALT", "丙氨酸氨基转移酶", "Alanine aminotransferase", "U/L", "±16 %", 58, 0 },
	{ "HDL", "高密度脂蛋白胆固醇", "HDL cholesterol", "mmol/L", "±30 %", 1.31, 2 },
	{ "CA", "钙", "Calcium", "mmol/L", "±5 %", 2.31, 2 },
	{ "LPA", "脂蛋白(a)", "Lipoprotein (a)", "mg/L", "±30 %", 214, 0 },
	{ "GGT", "γ-谷氨酰基转移酶", "γ-Glutamyltransferase", "U/L", "±11 %", 71, 0 },
};

static const char *const peers[] = { "方法:己糖激酶法", "检测系统:甲系统 / 乙试剂 / 乙校准品", "仪器:丙型分析仪", "全部实验室" };

/* ---- answers ---- */

static const char *const grades[] = { "−", "±", "1+", "2+", "3+", "4+" };

typedef struct zp_word2 { const char *cn, *en; } zp_word2;
static const zp_word2 reactions[] = { { "阴性", "negative" }, { "阳性", "positive" } };
static const zp_word2 sets[] = { { "抗-D+抗-K", "anti-D+anti-K" }, { "抗-D", "anti-D" }, { "抗-D+抗-C+抗-E+抗-Fya+抗-Jka+抗-S", "anti-D+anti-C+anti-E+anti-Fya+anti-Jka+anti-S" } };

/* A number in [0, 1) that depends on nothing but its arguments. */
static double chance(unsigned seed, size_t a, size_t b)
{
	uint64_t x = seed * 0x9E3779B97F4A7C15u + a * 0xBF58476D1CE4E5B9u + b * 0x94D049BB133111EBu + 1;
	for (int i = 0; i < 3; i++) {
		x ^= x >> 29;
		x *= 0xBF58476D1CE4E5B9u;
	}
	return (double)(x >> 11) / 9007199254740992.0;
}

static const char *fixed(zp_arena *a, double x, int places)
{
	return zp_arena_print(a, "%.*f", places, x);
}

static zp_report_row zp_empty_row(const char *sample)
{
	return (zp_report_row){ .sample = sample, .value = "", .value_en = "", .sent = "", .index = "", .x_pt = "", .x_pt_en = "", .also = "",
		                .also_en = "", .allowed = "", .flags = "", .flags_en = "", .credit = "", .mark = "", .place = { -1, -1, -1, 0, 0 },
		                .answers_n = "", .low = "", .high = "", .bias = "", .bias_pct = "", .sdi = "", .why = "", .why_en = "" };
}

static zp_report_row invent_row(zp_arena *a, const zp_sort *s, zp_invention w, const char *sample, size_t cell)
{
	const double target = s->level * (0.7 + 0.6 * chance(7, cell % 5, 1)), limit = target * 0.07;
	const double x = target + limit * (chance(w.seed, cell, 2) + chance(w.seed, cell, 3) - 1) * 1.25;
	zp_report_row r = zp_empty_row(sample);
	r.x_pt = fixed(a, target, s->places + 1);
	r.low = fixed(a, target - limit, s->places);
	r.high = fixed(a, target + limit, s->places);
	if (w.silent) {
		r.verdict = ZP_UNACCEPTABLE;
		r.says = "未回报";
		r.says_en = "not returned";
		return r;
	}
	r.value = fixed(a, x, s->places);
	if (chance(w.seed, cell, 4) < 0.04) {
		r.x_pt = r.low = r.high = "";
		r.verdict = ZP_NOT_EVALUATED;
		r.says = "不评价";
		r.says_en = "not evaluated";
		r.why = "同组有效结果少于 12 个，也没有更大的组可用";
		r.why_en = "fewer than 12 peers returned a usable result, and there is no wider group";
		return r;
	}
	const double off = x > target ? x - target : target - x;
	r.bias = fixed(a, x - target, s->places + 1);
	r.bias_pct = fixed(a, (x - target) / target * 100, 1);
	r.sdi = fixed(a, (x - target) / limit * 2, 2);
	r.sdi_informative = cell % 17 == 0;
	r.verdict = off > limit ? ZP_UNACCEPTABLE : ZP_ACCEPTABLE;
	r.says = off > limit ? "不通过" : "通过";
	r.says_en = off > limit ? "unacceptable" : "acceptable";
	if (off > limit && chance(w.seed, cell, 5) < 0.15) {
		r.why = "结果离靶值远超限值，疑为单位或小数点错误";
		r.why_en = "the result lies far beyond the limit; a slip of unit or decimal point is likely";
	}
	return r;
}

static const zp_report_answer *shares(zp_arena *a, zp_word2 first, zp_word2 second, unsigned n, unsigned of)
{
	zp_report_answer *out = zp_take(a, zp_report_answer, 2);
	out[0] = (zp_report_answer){ first.cn, first.en, zp_arena_print(a, "%u", of - n), fixed(a, 100.0 * (of - n) / of, 1) };
	out[1] = (zp_report_answer){ second.cn, second.en, zp_arena_print(a, "%u", n), fixed(a, 100.0 * n / of, 1) };
	return out;
}

/* The three kinds of answers in turn: a word with an index, a grade, a set with part of the credit. */
static zp_report_row invent_answer(zp_arena *a, zp_invention w, size_t kind, const char *sample, size_t cell)
{
	zp_report_row r = zp_empty_row(sample);
	const bool right = chance(w.seed, cell, 6) < 0.8;
	const size_t should = cell % 2, is = right ? should : 1 - should;
	r.verdict = right ? ZP_ACCEPTABLE : ZP_UNACCEPTABLE;
	r.says = right ? "通过" : "不通过";
	r.says_en = right ? "acceptable" : "unacceptable";
	r.answers_n = "45";
	if (kind == 0) {
		r.value = reactions[is].cn, r.value_en = reactions[is].en, r.x_pt = reactions[should].cn, r.x_pt_en = reactions[should].en;
		r.mark = is ? "＋" : "−";
		r.index = fixed(a, is ? 12.5 : 0.35, 2);
		r.answers = shares(a, reactions[should], reactions[1 - should], 7, 45);
		r.n_answers = 2;
		if (cell % 7 == 3) {
			r.sent = "弱阳性";
			r.flags = "指数与所报阴阳性矛盾，请核对";
			r.flags_en = "the index contradicts the reported word";
		}
	} else if (kind == 1) {
		const int target = should ? 3 : 0, reply = right ? target : 5 - target;
		r.place = (zp_report_place){ reply, target, should && cell % 3 == 0 ? 4 : target, 0x3f, should ? 0x1c : 1 };
		r.value = r.mark = grades[reply], r.allowed = should ? "1+–3+" : "−";
		r.x_pt = r.place.high == 4 ? "2+ 或 3+" : grades[target];
		r.x_pt_en = r.place.high == 4 ? "2+ or 3+" : grades[target];
		r.answers = shares(a, (zp_word2){ grades[target], "" }, (zp_word2){ grades[5 - target], "" }, 3, 45);
		r.n_answers = 2;
	} else {
		const zp_word2 *x = &sets[right ? 0 : 1 + cell % 2];
		r.value = r.mark = x->cn, r.value_en = x->en, r.x_pt = sets[0].cn, r.x_pt_en = sets[0].en;
		r.also = "抗-D（50 %）", r.also_en = "anti-D (50 %)";
		r.credit = x == &sets[1] ? "50" : "";
		r.why = right ? "" : "部分正确，得部分分", r.why_en = right ? "" : "right in part";
	}
	return r;
}

static void invent_measurand(zp_arena *a, zp_invention w, size_t p, size_t m, const char *const *samples, zp_report_measurand *out)
{
	const zp_sort *s = &sorts[m % (sizeof(sorts) / sizeof(sorts[0]))];
	size_t again = m / (sizeof(sorts) / sizeof(sorts[0]));
	*out = (zp_report_measurand){ .code = s->code, .name = s->cn, .name_en = s->en, .unit = s->unit, .limit = s->limit,
		                      .group = peers[(m + p) % 4], .group_n = m % 13 == 12 ? "" : zp_arena_print(a, "%zu", 14 + m * 7),
		                      .method = m % 4 ? "algorithm-a 1" : "known", .doubts = m % 7 == 3 ? "同组结果数不足，只能按固定限（百分数或绝对值）评价" : "",
		                      .doubts_en = m % 7 == 3 ? "few peers: no verdict by SD, only by a fixed limit" : "", .score = "", .weight = "", .standing = ZP_STANDS_RETURNED, .course_says = "", .course_says_en = "", .heed_says = "", .heed_says_en = "" };
	const bool answered = w.answers && m % 4 < 3;
	if (answered) {
		out->answered = true;
		out->unit = "";
		out->grades = m % 4 == 1 ? grades : NULL;
		out->n_grades = m % 4 == 1 ? 6 : 0;
		out->weight = m % 4 == 2 ? "4" : "";
	}
	if (again)
		out->code = zp_arena_print(a, "%s%zu", s->code, again + 1);
	if (w.one ? m > 0 : !w.silent && m % 11 == 10) {
		out->standing = ZP_STANDS_NOT_PERFORMED;
		out->unit = out->group = out->group_n = out->method = out->limit = out->doubts = out->doubts_en = "";
		return;
	}
	zp_report_row *rows = zp_take(a, zp_report_row, w.samples);
	size_t accepted = 0, total = 0;
	for (size_t i = 0; i < w.samples; i++) {
		rows[i] = answered ? invent_answer(a, w, m % 4, samples[i], (p * 1000 + m) * 100 + i)
				   : invent_row(a, s, w, samples[i], (p * 1000 + m) * 100 + i);
		accepted += rows[i].verdict == ZP_ACCEPTABLE;
		total += rows[i].verdict != ZP_NOT_EVALUATED;
	}
	out->rows = rows;
	out->n_rows = w.samples;
	out->standing = w.silent ? ZP_STANDS_NOT_RETURNED : ZP_STANDS_RETURNED;
	if (total) {
		out->score = zp_arena_print(a, "%zu", accepted * 100 / total);
		out->satisfaction = accepted * 100 >= 80 * total ? ZP_SATISFACTORY : ZP_UNSATISFACTORY;
	}
}

static void invent_programme(zp_arena *a, zp_invention w, size_t p, const char *lab, zp_report_programme *out)
{
	static const char *const names[][3] = { { "chemistry", "常规化学", "Routine chemistry" }, { "lipids", "脂类", "Lipids" },
		                                { "haematology", "血细胞计数", "Blood cell counts" }, { "coagulation", "凝血试验", "Coagulation" } };
	const char *const *name = names[p % 4];
	const char **samples = zp_take(a, const char *, w.samples);
	for (size_t i = 0; i < w.samples; i++)
		samples[i] = zp_arena_print(a, "2026%zu%zu", p % 9 + 1, i + 1);
	zp_report_measurand *m = zp_take(a, zp_report_measurand, w.measurands);
	size_t accepted = 0, total = 0;
	for (size_t i = 0; i < w.measurands; i++) {
		invent_measurand(a, w, p, i, samples, &m[i]);
		for (size_t r = 0; r < m[i].n_rows; r++) {
			accepted += m[i].rows[r].verdict == ZP_ACCEPTABLE;
			total += m[i].rows[r].verdict != ZP_NOT_EVALUATED;
		}
	}
	*out = (zp_report_programme){ .code = name[0], .name = name[1], .name_en = name[2], .score = "", .samples = samples,
		                      .n_samples = w.samples, .measurands = m, .n_measurands = w.measurands };
	if (w.answers) {
		zp_report_whole *wholes = zp_take(a, zp_report_whole, w.samples);
		for (size_t i = 0; i < w.measurands; i++)
			for (size_t r = 0; r < m[i].n_rows; r++) {
				wholes[r].judged += m[i].rows[r].verdict != ZP_NOT_EVALUATED;
				wholes[r].right += m[i].rows[r].verdict == ZP_ACCEPTABLE;
			}
		out->panel = out->points = true;
		out->wholes = p % 2 ? NULL : wholes;
	}
	out->accepted = zp_arena_print(a, "%zu", accepted);
	out->total = zp_arena_print(a, "%zu", total);
	out->certificate = zp_arena_print(a, "2026-1-%s-%s", name[0], lab);
	out->standing = w.silent ? ZP_STANDS_NOT_RETURNED : ZP_STANDS_RETURNED;
	if (total) {
		out->score = fixed(a, (double)accepted * 100 / (double)total, 1);
		out->satisfaction = accepted * 100 >= 80 * total ? ZP_SATISFACTORY : ZP_UNSATISFACTORY;
	}
}

zp_report *zp_invent_report(zp_arena *a, zp_invention w)
{
	zp_report *r = zp_take(a, zp_report, 1);
	zp_report_programme *p = zp_take(a, zp_report_programme, w.programmes);
	const char *lab = w.lab ? w.lab : "YC-017";
	for (size_t i = 0; i < w.programmes; i++)
		invent_programme(a, w, i, lab, &p[i]);
	*r = (zp_report){ .round = "2026-1", .round_name = "2026 年第 1 次临床检验室间质量评价",
		          .round_name_en = "External quality assessment of clinical laboratories, round 1 of 2026",
		          .year = "2026", .number = "1", .lab = lab, .lab_name = w.lab_name ? w.lab_name : "虚构市第三人民医院检验科",
		          .region = "虚构省 江滨市", .lab_class = "二级公立", .organiser = "虚构省临床检验中心",
		          .organiser_en = "Centre for Clinical Laboratories of an Invented Province", .issued = "2026-04-09",
		          .version = "v1", .programmes = p, .n_programmes = w.programmes, .digest = "", .code = "", .checked = "", .appeal = "",
		          .appeal_en = "" };
	zp_seal_report(a, r, NULL);
	return r;
}

static void tell(void (*visit)(void *, const char *), void *self, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*texts[i])
			visit(self, texts[i]);
}
#define TELL(...) \
	tell(visit, self, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void measurand_texts(const zp_report_measurand *m, void (*visit)(void *, const char *), void *self)
{
	TELL(m->code, m->name, m->name_en, m->unit, m->limit, m->group, m->group_n, m->method, m->doubts, m->doubts_en, m->score, m->weight);
	for (size_t i = 0; m->n_rows && i < m->n_grades; i++)
		TELL(m->grades[i]);
	for (size_t i = 0; i < m->n_rows; i++) {
		const zp_report_row *r = &m->rows[i];
		TELL(r->sample, r->value, r->x_pt, r->low, r->high, r->bias, r->bias_pct, r->sdi, r->says, r->says_en, r->why, r->why_en);
		TELL(r->value_en, r->sent, r->index, r->x_pt_en, r->also, r->also_en, r->allowed, r->flags, r->flags_en, r->credit, r->mark);
		for (size_t k = 0; k < r->n_answers; k++)
			TELL(r->answers[k].name, r->answers[k].n, r->answers[k].share_pct);
	}
}

void zp_report_texts(const zp_report *r, void (*visit)(void *self, const char *text), void *self)
{
	TELL(r->round, r->round_name, r->round_name_en, r->lab, r->lab_name, r->region, r->lab_class, r->organiser,
	     r->organiser_en, r->issued, r->version);
	for (size_t p = 0; p < r->n_programmes; p++) {
		const zp_report_programme *g = &r->programmes[p];
		TELL(g->name, g->name_en, g->score, g->accepted, g->total, g->certificate);
		for (size_t m = 0; m < g->n_measurands; m++)
			measurand_texts(&g->measurands[m], visit, self);
	}
}

static void mark(void *self, const char *text)
{
	bool *seen = self;
	for (const unsigned char *s = (const unsigned char *)text; *s;) {
		int more = *s >= 0xF0 ? 3 : *s >= 0xE0 ? 2 : *s >= 0xC0 ? 1 : 0;
		unsigned c = *s & (more ? 0x3Fu >> more : 0x7Fu);
		for (s++; more && (*s & 0xC0) == 0x80; more--)
			c = c << 6 | (*s++ & 0x3F);
		if (c < 0x110000)
			seen[c] = true;
	}
}

const char *zp_invent_characters(zp_arena *a, const zp_report *r)
{
	bool *seen = zp_take(a, bool, 0x110000);
	zp_report_texts(r, mark, seen);
	char *out = zp_arena_take(a, 200000), *p = out;
	for (unsigned c = 1; c < 0x110000 && p < out + 199990; c++) {
		if (!seen[c])
			continue;
		if (c < 0x80) {
			*p++ = (char)c;
		} else if (c < 0x800) {
			*p++ = (char)(0xC0 | c >> 6);
			*p++ = (char)(0x80 | (c & 63));
		} else if (c < 0x10000) {
			*p++ = (char)(0xE0 | c >> 12);
			*p++ = (char)(0x80 | (c >> 6 & 63));
			*p++ = (char)(0x80 | (c & 63));
		} else {
			*p++ = (char)(0xF0 | c >> 18);
			*p++ = (char)(0x80 | (c >> 12 & 63));
			*p++ = (char)(0x80 | (c >> 6 & 63));
			*p++ = (char)(0x80 | (c & 63));
		}
	}
	*p = '\0';
	return out;
}

/* ---- a round ---- */

static const char *const classes[] = { "三级公立", "二级公立", "民营" };
static const char *const programmes[][2] = { { "chemistry", "常规化学" }, { "haematology", "血细胞计数" } };

static int by_share(const void *a, const void *b)
{
	const zp_rank_row *x = a, *y = b;
	unsigned long long l = x->credit * y->total, r = y->credit * x->total;
	return l != r ? (l > r ? -1 : 1) : strcmp(x->lab, y->lab);
}

static void rank_labs(zp_rank_row *rows, size_t n)
{
	qsort(rows, n, sizeof(*rows), by_share);
	for (size_t i = 0, first = 0; i < n; i++) {
		if (i && rows[i].credit * rows[first].total != rows[first].credit * rows[i].total)
			first = i;
		rows[i].rank = (unsigned)first + 1;
		rows[first].tied = (unsigned)(i - first) + 1;
	}
	for (size_t i = 0, k = 0; i < n; i++) {
		k = rows[i].rank - 1;
		rows[i].tied = rows[k].tied;
	}
}

/* The tables of one region: all classes, then each; all programmes, then each. city 0: the province. */
static size_t table(zp_arena *a, zp_rank_row *out, size_t labs, size_t cities, size_t city, int class, int programme)
{
	size_t n = 0;
	for (size_t i = 0; i < labs; i++) {
		if ((city && i % cities + 1 != city) || (class >= 0 && i % 3 != (size_t)class))
			continue;
		zp_rank_row r = { .region = city ? zp_arena_print(a, "99%02zu00", city) : "990000",
			          .region_name = city ? zp_arena_print(a, "虚构%zu市", city) : "虚构省",
			          .lab_class = class >= 0 ? classes[class] : "*", .programme = programme >= 0 ? programmes[programme][0] : "*",
			          .programme_name = programme >= 0 ? programmes[programme][1] : "*", .lab = zp_arena_print(a, "YC-%05zu", i + 1),
			          .lab_name = zp_arena_print(a, "虚构第%zu医院检验科", i + 1), .standing = "returned" };
		r.measurands = (unsigned)(2 + i % 18);
		r.total = r.measurands * 5 * (programme < 0 ? 2 : 1);
		r.credit = 100ull * (r.total - (unsigned)(chance(3, i, (size_t)(programme + 1)) * chance(3, i, 9) * 0.3 * r.total));
		if (i % 41 == 40) {
			r.credit = 0;
			r.standing = "not_returned";
		}
		out[n++] = r;
	}
	rank_labs(out, n);
	return n;
}

static zp_region_row region(zp_arena *a, size_t labs, size_t cities, size_t city, int class, int programme)
{
	zp_rank_row *rows = zp_take(a, zp_rank_row, labs);
	size_t n = table(a, rows, labs, cities, city, class, programme);
	zp_region_row r = { .region = city ? zp_arena_print(a, "99%02zu00", city) : "990000",
		            .region_name = city ? zp_arena_print(a, "虚构%zu市", city) : "虚构省", .parent = city ? "990000" : "",
		            .level = city ? 1 : 0, .lab_class = class >= 0 ? classes[class] : "*",
		            .programme = programme >= 0 ? programmes[programme][0] : "*",
		            .programme_name = programme >= 0 ? programmes[programme][1] : "*", .expected = (unsigned)n, .rank = 1, .tied = 1 };
	for (size_t i = 0; i < n; i++) {
		r.returned += rows[i].credit > 0;
		r.judged++;
		r.satisfactory += rows[i].credit >= rows[i].total * 80ull;
		r.credit += rows[i].credit;
		r.total += rows[i].total;
	}
	return r;
}

zp_summary *zp_invent_summary(zp_arena *a, size_t labs, size_t cities)
{
	zp_summary *s = zp_take(a, zp_summary, 1);
	zp_rank_row *ranks = zp_take(a, zp_rank_row, labs * 24);
	zp_region_row *regions = zp_take(a, zp_region_row, (cities + 1) * 12);
	size_t n = 0, k = 0;
	for (size_t city = 0; city <= cities; city++)
		for (int class = -1; class < 3; class++)
			for (int programme = -1; programme < 2; programme++)
				n += table(a, ranks + n, labs, cities, city, class, programme);
	for (int class = -1; class < 3; class++)
		for (int programme = -1; programme < 2; programme++)
			for (size_t city = 0; city <= cities; city++) {
				regions[k] = region(a, labs, cities, city, class, programme);
				if (city)
					regions[k].rank = (unsigned)city;
				k++;
			}
	*s = (zp_summary){ .round = "2026-1", .round_name = "2026 年第 1 次临床检验室间质量评价",
		           .round_name_en = "External quality assessment, round 1 of 2026", .organiser = "虚构省临床检验中心",
		           .organiser_en = "Centre for Clinical Laboratories of an Invented Province", .issued = "2026-04-09",
		           .version = "v1", .ranks = ranks, .n_ranks = n, .regions = regions, .n_regions = k };
	return s;
}
