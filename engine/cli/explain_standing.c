/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a measurand is certified or not, how a standing of the year came about, trends, and what a region's figures are made of. */
#include <stdlib.h>
#include <string.h>
#include "cli/explain.h"

bool zp_tell_certified(const zp_telling *t, const char *lab, const char *programme, const char *measurand, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "certificate-lines.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "lab", lab, &at, &row);)
		if (zp_row_is(&row, "measurand", measurand) && zp_row_is(&row, "programme", programme))
			zp_tell_row(t, &row, "  certificate {certificate}: {=result}; of {rounds} rounds held it took part in {participated}, {satisfactory} satisfactory[; mean {mean} %]",
				    "  合格证书 {certificate}：{=result}；举行 {rounds} 次，参加 {participated} 次，满意 {satisfactory} 次[；平均 {mean} %]");
	return true;
}

bool zp_tell_trends(const zp_telling *t, const char *lab, const char *programme, const char *measurand, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "trends.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "lab", lab, &at, &row);)
		if (zp_row_is(&row, "measurand", measurand) && zp_row_is(&row, "programme", programme))
			zp_tell_row(t, &row, "  trend over the rounds {rounds}: mean shares of the limit {shares} (of the latest: {results} results)[, mean SDI {sdis}][; running mean {running_share} % = their mean over {n_rounds} rounds][; SDI {running_sdi}]",
				    "  各轮次 {rounds} 的趋势：占允许限的平均 {shares}（最近一次 {results} 个结果）[，平均 SDI {sdis}][；滑动平均 {running_share} % = {n_rounds} 次的平均][；SDI {running_sdi}]");
	return true;
}

/* ---- the standing of the year ---- */

static void tell_fit(const zp_telling *t, const zp_row *row)
{
	zp_tell_row(t, row,
		    "how shares are moved towards the mean: (alpha + k / deff) / (alpha + beta + n / deff)[, alpha = {alpha}, beta = {beta}] ({=prior})[, deff = {deff}] ({=design})\n"
		    "  of {laboratories} laboratories with {k} of {n} results acceptable; mean {mean} %[; correlation {rho}, group size {cluster_size}][; test of spread {spread_test}]; ranges from {draws} draws, seed {seed}",
		    "向平均收缩：(alpha + k / deff) / (alpha + beta + n / deff)[，alpha = {alpha}，beta = {beta}]（{=prior}）[，deff = {deff}]（{=design}）\n"
		    "  共 {laboratories} 个实验室，{n} 个结果中可接受 {k}；平均 {mean} %[；相关 {rho}，组大小 {cluster_size}][；离散检验 {spread_test}]；名次范围由 {draws} 次抽样得出，种子 {seed}");
}

/* How many of the list have a better place, and how many the same. */
static void tell_place_of(const zp_telling *t, const zp_folder_table *ranking, const zp_row *own)
{
	const unsigned long rank = strtoul(zp_told(t, own, "rank"), NULL, 10);
	const char *scope = zp_told(t, own, "scope"), *region = zp_told(t, own, "region"), *of_class = zp_told(t, own, "class");
	size_t better = 0, same = 0;
	zp_arena *arena = zp_arena_open();
	zp_row row;
	for (const char *at = ranking->text.p; at && zp_folder_table_next(arena, ranking, &at, &row);) {
		if (!zp_row_is(&row, "scope", scope) || (strcmp(scope, "region") == 0 && !zp_row_is(&row, "region", region)) ||
		    (strcmp(scope, "class") == 0 && !zp_row_is(&row, "class", of_class)))
			continue;
		const unsigned long at_rank = strtoul(zp_row_text(arena, &row, "rank"), NULL, 10);
		better += at_rank && at_rank < rank;
		same += at_rank == rank;
	}
	zp_arena_close(arena);
	ZP_TELL(t, "    place %lu: %zu have a greater share after that, %zu have this one; in the best tenth with a chance of %s %%\n",
		   "    第 %lu 名：收缩后比例更高的 %zu 个，相同的 %zu 个；进入前十分之一的可能性 %s %%\n", rank, better, same, zp_told(t, own, "top_tenth"));
}

/* Among few laboratories a rank tells one what the others have. */
static bool may_tell(const zp_telling *t, const zp_row *row)
{
	const char *least = zp_published_says(t->arena, t->published, "settings", "publish least");
	return t->centre || strtoul(zp_told(t, row, "of"), NULL, 10) >= (*least ? strtoul(least, NULL, 10) : 5);
}

bool zp_tell_ranking(const zp_telling *t, const char *lab, zp_error *err)
{
	zp_folder_table ranking, fit;
	zp_row row;
	if (!zp_telling_table(t, "ranking.csv", &ranking, err) || !zp_telling_table(t, "ranking-fit.csv", &fit, err))
		return false;
	bool told = false;
	for (const char *at = zp_folder_table_find(&ranking, lab); at && zp_folder_table_next(t->arena, &ranking, &at, &row) && zp_row_is(&row, "lab", lab);) {
		if (!may_tell(t, &row) || !*zp_told(t, &row, "rank"))
			continue;
		zp_tell_row(t, &row, "standing, {=scope}: {k} / {n} = {share} %, moved {shrunken} % ({low} to {high}); rank {rank} of {of}, supported {rank_low} to {rank_high}",
			    "排名（{=scope}）：{k} / {n} = {share} %，收缩后 {shrunken} %（{low} 至 {high}）；第 {rank} 名（共 {of}），所支持的名次 {rank_low} 至 {rank_high}");
		tell_place_of(t, &ranking, &row);
		told = true;
	}
	for (const char *at = told ? fit.text.p : NULL; at && zp_folder_table_next(t->arena, &fit, &at, &row);)
		tell_fit(t, &row);
	return zp_tell_rows(t, "items-labs.csv", "lab", lab, "items counted by programme instead of once: {counted_by_programme}; pass rate[ {pass_rate} %]", "如按计划分别计数：{counted_by_programme} 个项目；合格率[ {pass_rate} %]", err) &&
	       zp_tell_rows(t, "indicators-labs.csv", "lab", lab, "indicator {indicator}: {numerator}[ / {denominator}][ = {percent} %]", "指标 {indicator}：{numerator}[ / {denominator}][ = {percent} %]", err);
}

/* ---- regions ---- */

bool zp_tell_place(const zp_telling *t, const char *region, bool *found, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "centre/standings.csv", &table, err))
		return false;
	const char *at = table.text.p;
	*found = at && zp_telling_next(t, &table, "place", region, &at, &row);
	return zp_tell_rows(t, "centre/standings.csv", "place", region,
			    "{name}[ ({part})], class {class}, {=share}: {numerator} / {denominator}[ = {percent} %][, {change} percentage points since the year before]",
			    "{name}[（{part}）]，类别 {class}，{=share}：{numerator} / {denominator}[ = {percent} %][，较上年 {change} 个百分点]", err) &&
	       zp_tell_rows(t, "standings.csv", "place", region, "as published: {name}[ ({part})], class {class}, {=share}[: {numerator} / {denominator}][ = {percent} %][; {=shown}]",
			    "公布：{name}[（{part}）]，类别 {class}，{=share}[：{numerator} / {denominator}][ = {percent} %][；{=shown}]", err) &&
	       zp_tell_rows(t, "centre/indicators.csv", "place", region,
			    "{name}[ ({part})], class {class}, indicator {indicator}: {laboratories} laboratories, {numerator}[ / {denominator}][ = {pooled} %][; median {median} %]",
			    "{name}[（{part}）]，类别 {class}，指标 {indicator}：{laboratories} 个实验室，{numerator}[ / {denominator}][ = {pooled} %][；中位数 {median} %]", err) &&
	       zp_tell_rows(t, "centre/adjusted.csv", "place", region,
			    "{level} {name}[ ({part})]: {k} / {n} = {share} % of {laboratories} laboratories[; expected by its classes {expected}, {k} / {expected} = {ratio}]; adjusted {adjusted} %[, moved {shrunken} % ({low} to {high})]"
			    "[; rank {rank} of {of}, supported {rank_low} to {rank_high}: {=half}]",
			    "{level} {name}[（{part}）]：{laboratories} 个实验室 {k} / {n} = {share} %[；按类别构成期望 {expected}，{k} / {expected} = {ratio}]；校正 {adjusted} %[，收缩后 {shrunken} %（{low} 至 {high}）]"
			    "[；第 {rank} 名（共 {of}），所支持的名次 {rank_low} 至 {rank_high}：{=half}]", err);
}
