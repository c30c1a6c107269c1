/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/indicators.h"
#include <stdlib.h>
#include <string.h>
#include "base/names.h"
#include "year/iqc.h"

const char *zp_indicator_word(zp_indicator i)
{
	static const char *const words[] = { "participation_national", "participation_appraisal", "fail_rate", "pass_appraisal",
		"national_items_passed", "comparison_rate", "iqc_coverage", "iqc_cv_fail_rate" };
	return words[i];
}

const char *zp_indicator_formula(zp_indicator i, const zp_year_rules *rules, bool chinese)
{
	static const char *const says[][2] = {
		{ "items taken part in / items offered in the same period", "参加室间质评的检验项目数 / 同期已开展的室间质评项目总数" },
		{ "items taken part in / items performed that the province offers", "参加省级室间质评的检验项目数 / 本实验室开展且省级已组织室间质评的检验项目总数" },
		{ "items failed / items taken part in, in the same period", "室间质评不合格的检验项目数 / 同期参加室间质评检验项目总数" },
		{ "items passed / items passed or failed, of the province", "省级室间质评合格的检验项目数 / 合格与不合格项目总数" },
		{ "items passed in national programmes (a count)", "通过国家室间质量评价的临床检验项目数" },
		{ "items compared between laboratories / items performed without a plan", "执行实验室间比对的检验项目数 / 同期无室间质评计划检验项目总数" },
		{ "items with internal quality control / items performed", "开展室内质控的检验项目数 / 同期检验项目总数" },
		{ "items with a CV above the allowed one / items of internal quality control with an allowed CV, month by month",
		  "室内质控变异系数高于要求的检验项目数 / 同期对室内质控项目变异系数有要求的检验项目总数（逐月累计）" },
	};
	static const char *const evaluated[] = { "items failed / items passed or failed", "室间质评不合格的检验项目数 / 合格与不合格项目总数" };
	static const char *const of_year[] = {
		"items with a CV above the allowed one / items of internal quality control with an allowed CV",
		"室内质控变异系数高于要求的检验项目数 / 同期对室内质控项目变异系数有要求的检验项目总数" };
	return i == ZP_FAIL_RATE && rules->indicator_evaluated ? evaluated[chinese] : i == ZP_IQC_CV_FAIL && rules->iqc_count_items ? of_year[chinese] : says[i][chinese];
}

/* ---- what is performed ---- */

enum { PERFORMED = 1, COMPARED = 2, CONTROLLED = 4 };

/* Laboratories x items, those that nobody offers after the others. */
typedef struct catalogue {
	size_t n_items;
	uint8_t *at;
	bool *told; /* of each laboratory: it has a line */
} catalogue;

static catalogue read_performed(zp_arena *arena, const zp_chronicle *c, const zp_performed *lines, size_t n)
{
	zp_names *names = zp_names_take(arena);
	catalogue k = { .told = zp_take(arena, bool, c->n_labs + 1) };
	for (size_t i = 0; i < c->n_items; i++)
		zp_names_add(names, zp_text_of(zp_arena_print(arena, "%s\x1f%s", c->items[i].specimen, c->items[i].item)));
	uint32_t *item = zp_take(arena, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++)
		item[i] = zp_names_add(names, zp_text_of(zp_arena_print(arena, "%s\x1f%s", lines[i].specimen, lines[i].item)));
	k.n_items = zp_names_count(names);
	k.at = zp_take(arena, uint8_t, n ? c->n_labs * k.n_items + 1 : 1);
	for (size_t i = 0; i < n; i++) {
		const size_t lab = zp_year_lab_find(c, lines[i].lab);
		if (lab == SIZE_MAX)
			continue;
		k.told[lab] = true;
		k.at[lab * k.n_items + item[i]] |= (uint8_t)(PERFORMED | (lines[i].compared ? COMPARED : 0) | (lines[i].iqc ? CONTROLLED : 0));
	}
	return k;
}

/* ---- one laboratory ---- */

typedef struct asked {
	zp_year_items of, national, provincial; /* by the levels that count; by one each */
	const zp_year_rules *rules;
	bool has_national; /* a ledger without national rounds does not say that nobody passed one */
} asked;

static bool is_offered(const zp_year_items *i, size_t item, const zp_year_rules *rules)
{
	return rules->indicator_planned ? i->planned[item] : i->held[item];
}

static bool takes_part(const zp_year_items *i, size_t lab, size_t item, const zp_year_rules *rules)
{
	return zp_item_vote(i, lab, item) != ZP_VOTE_NONE && (!rules->indicator_returned || i->returned[lab * i->chronicle->n_items + item]);
}

static void by_votes(const asked *a, size_t lab, zp_indicator_value *v)
{
	const size_t n = a->of.chronicle->n_items;
	for (size_t i = 0; i < n; i++) {
		const zp_vote vote = zp_item_vote(&a->of, lab, i);
		const bool part = takes_part(&a->of, lab, i, a->rules);
		v[ZP_PARTICIPATION_NATIONAL].den += is_offered(&a->of, i, a->rules);
		v[ZP_PARTICIPATION_NATIONAL].num += part && is_offered(&a->of, i, a->rules);
		v[ZP_FAIL_RATE].num += vote == ZP_VOTE_FAIL;
		v[ZP_FAIL_RATE].den += a->rules->indicator_evaluated ? vote == ZP_VOTE_PASS || vote == ZP_VOTE_FAIL : part || vote == ZP_VOTE_FAIL;
		const zp_vote province = zp_item_vote(&a->provincial, lab, i);
		v[ZP_PASS_APPRAISAL].num += province == ZP_VOTE_PASS;
		v[ZP_PASS_APPRAISAL].den += province == ZP_VOTE_PASS || province == ZP_VOTE_FAIL;
		v[ZP_NATIONAL_ITEMS_PASSED].num += zp_item_vote(&a->national, lab, i) == ZP_VOTE_PASS;
	}
	v[ZP_PARTICIPATION_NATIONAL].known = v[ZP_FAIL_RATE].known = v[ZP_PASS_APPRAISAL].known = true;
	v[ZP_NATIONAL_ITEMS_PASSED].known = a->has_national;
}

static void by_catalogue(const asked *a, const catalogue *k, size_t lab, zp_indicator_value *v)
{
	const size_t offered = a->of.chronicle->n_items;
	if (!k->told[lab])
		return;
	for (size_t i = 0; i < k->n_items; i++) {
		const uint8_t what = k->at[lab * k->n_items + i];
		if (!what)
			continue;
		const bool plan = i < offered && a->of.planned[i]; /* a round that was cancelled was a plan */
		const bool province = i < offered && is_offered(&a->provincial, i, a->rules);
		v[ZP_PARTICIPATION_APPRAISAL].den += province;
		v[ZP_PARTICIPATION_APPRAISAL].num += province && takes_part(&a->provincial, lab, i, a->rules);
		v[ZP_COMPARISON_RATE].den += !plan;
		v[ZP_COMPARISON_RATE].num += !plan && what & COMPARED;
		v[ZP_IQC_COVERAGE].den++;
		v[ZP_IQC_COVERAGE].num += (what & CONTROLLED) != 0;
	}
	v[ZP_PARTICIPATION_APPRAISAL].known = v[ZP_COMPARISON_RATE].known = v[ZP_IQC_COVERAGE].known = true;
}

/* An item of a month, or of the year, fails when one of its levels and lots does. Rows lie by item and month. */
static void by_iqc(const zp_iqc *iqc, size_t lab, zp_indicator_value *v)
{
	const bool months = !iqc->rules->iqc_count_items;
	const size_t end = iqc->of_lab[lab + 1];
	for (size_t i = iqc->of_lab[lab], next; i < end; i = next) {
		const zp_iqc_row *first = &iqc->rows[i];
		bool judged = false, failed = false;
		for (next = i; next < end; next++) {
			const zp_iqc_row *row = &iqc->rows[next];
			const zp_iqc_limit *limit = zp_iqc_limit_find(iqc->limits, row->specimen, row->item_code, row->level);
			if (row->item != first->item || strcmp(row->specimen, first->specimen) != 0 || strcmp(row->item_code, first->item_code) != 0 ||
			    (months && row->month != first->month))
				break;
			if (!limit || !zp_iqc_can_judge(row, limit))
				continue;
			judged = true;
			failed |= zp_iqc_against(row, limit) > 0;
		}
		v[ZP_IQC_CV_FAIL].den += judged;
		v[ZP_IQC_CV_FAIL].num += failed;
	}
	v[ZP_IQC_CV_FAIL].known = v[ZP_IQC_CV_FAIL].den > 0;
}

/* ---- places ---- */

static int by_size(const void *a, const void *b) { return zp_fraction_compare(*(const zp_fraction *)a, *(const zp_fraction *)b); }

zp_fraction zp_fraction_median(zp_fraction *at, size_t n)
{
	if (!n)
		return ZP_NO_FRACTION;
	qsort(at, n, sizeof *at, by_size);
	if (n % 2)
		return at[n / 2];
	zp_fraction sum = zp_fraction_plus(at[n / 2 - 1], at[n / 2]);
	sum.den *= 2;
	return sum;
}

/* Whether a laboratory lies in a cell of the standings. */
static bool lies_in(const zp_standings *s, size_t lab, size_t place, size_t cls)
{
	if (cls < s->n_classes && s->class_of[lab] != cls)
		return false;
	for (uint32_t at = s->place_of[lab];; at = s->places[at].parent) {
		if (at == place)
			return true;
		if (!at)
			return false;
	}
}

static bool has_rate(const void *self, size_t lab, int k)
{
	const zp_indicator_value *v = &((const zp_indicator_value *)self)[lab * ZP_INDICATORS + (size_t)k];
	return v->known && (k == ZP_NATIONAL_ITEMS_PASSED || v->den);
}

static void over_places(zp_arena *arena, const zp_chronicle *c, const zp_standings *s, const zp_indicator_value *of_lab, zp_indicators *out)
{
	const size_t width = s->n_classes + 1, cells = s->n_places * width;
	zp_indicator_value *sum = zp_take(arena, zp_indicator_value, cells * ZP_INDICATORS + 1);
	zp_fraction *median = zp_take(arena, zp_fraction, cells * ZP_INDICATORS + 1), *rates = zp_take(arena, zp_fraction, c->n_labs + 1);
	uint32_t *n = zp_take(arena, uint32_t, cells * ZP_INDICATORS + 1), *in = zp_take(arena, uint32_t, c->n_labs + 1);
	for (size_t cell = 0; cell < cells; cell++) {
		size_t members = 0;
		for (uint32_t lab = 0; lab < c->n_labs; lab++)
			if (s->register_of[lab] && lies_in(s, lab, cell / width, cell % width))
				in[members++] = lab;
		for (size_t k = 0; k < ZP_INDICATORS; k++) {
			const size_t at = cell * ZP_INDICATORS + k;
			size_t have = 0;
			for (size_t m = 0; m < members; m++) {
				const zp_indicator_value *v = &of_lab[in[m] * ZP_INDICATORS + k];
				if (!has_rate(of_lab, in[m], (int)k))
					continue;
				sum[at].num += v->num;
				sum[at].den += v->den;
				sum[at].known = true;
				n[at]++;
				if (v->den)
					rates[have++] = zp_fraction_of(v->num, v->den);
			}
			median[at] = zp_fraction_median(rates, have);
		}
	}
	out->of_place = sum;
	out->median = median;
	out->n = n;
}

zp_hidden zp_indicators_hide(zp_arena *arena, const zp_indicators *all, const zp_standings *s, zp_indicator k, const zp_year_rules *rules)
{
	const size_t cells = s->n_places * (s->n_classes + 1);
	int64_t *behind = zp_take(arena, int64_t, cells + 1), *few = zp_take(arena, int64_t, cells + 1), *num = zp_take(arena, int64_t, cells + 1),
		*den = zp_take(arena, int64_t, cells + 1);
	for (size_t i = 0; i < cells; i++) {
		const size_t at = i * ZP_INDICATORS + (size_t)k;
		behind[i] = all->n[at];
		few[i] = all->few[at] < behind[i] ? all->few[at] : behind[i];
		num[i] = all->of_place[at].num;
		den[i] = all->of_place[at].den;
	}
	return zp_standings_hide_counts(arena, s, &(zp_standing_counts){ behind, few, num, k == ZP_NATIONAL_ITEMS_PASSED ? NULL : den }, rules);
}

static bool has_plan(const zp_year_items *i)
{
	for (size_t k = 0; k < i->chronicle->n_items; k++)
		if (i->planned[k])
			return true;
	return false;
}

static bool has_votes(const zp_year_items *i, size_t lab) { return i->counts[lab].total > 0; }

zp_indicators zp_indicators_take(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules, const zp_standings *s,
				 const zp_cert_lines *lines, const zp_performed *performed, size_t n_performed, const zp_iqc *iqc)
{
	asked a = { zp_year_items_take(arena, c, rules, rules->indicator_levels, lines),
		zp_year_items_take(arena, c, rules, 1u << ZP_LEVEL_NATIONAL, lines), zp_year_items_take(arena, c, rules, 1u << ZP_LEVEL_PROVINCIAL, lines), rules, false };
	a.has_national = has_plan(&a.national);
	const catalogue k = read_performed(arena, c, performed, n_performed);
	zp_indicator_value *of_lab = zp_take(arena, zp_indicator_value, c->n_labs * ZP_INDICATORS + 1);
	zp_indicators out = { .of_lab = of_lab };
	for (size_t lab = 0; lab < c->n_labs; lab++) {
		if (has_votes(&a.of, lab) || has_votes(&a.provincial, lab) || k.told[lab] || s->register_of[lab])
			by_votes(&a, lab, of_lab + lab * ZP_INDICATORS);
		by_catalogue(&a, &k, lab, of_lab + lab * ZP_INDICATORS);
		if (iqc)
			by_iqc(iqc, lab, of_lab + lab * ZP_INDICATORS);
	}
	over_places(arena, c, s, of_lab, &out);
	int64_t *few = zp_take(arena, int64_t, s->n_places * (s->n_classes + 1) * ZP_INDICATORS + 1);
	zp_standing_count_few(arena, s, c->n_labs, has_rate, of_lab, ZP_INDICATORS, few);
	out.few = few;
	return out;
}
