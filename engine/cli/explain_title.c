/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles: every condition of the rule with its answer, what it asks, and how that made points, candidates, ranks and places; recognition and
 * internal quality control of a year. */
#include <stdlib.h>
#include <string.h>
#include "cli/explain.h"

/* ---- titles ---- */

/* What the condition asks is told always: so it can be seen what would have been needed. */
static bool tell_conditions(const zp_telling *t, const char *code, const char *award, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	const char *sum = "";
	size_t n = 0;
	if (!zp_telling_table(t, "title-conditions.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "code", code, &at, &row);) {
		if (!zp_row_is(&row, "award", award))
			continue;
		zp_tell_row(t, &row, "  {condition} ({=kind}): {=answer}[; {points} points, exactly {points_exact}][; {words_en}][; missing: {missing}][\n    asked: {test}][\n    points = {weight} x what it gives, at most {most} of it]",
			    "  {condition}（{=kind}）：{=answer}[；{points} 分，精确值 {points_exact}][；{words}][；缺少：{missing}][\n    要求：{test}][\n    得分 = {weight} x 其值，其值最多计 {most}]");
		if (*zp_told(t, &row, "points_exact"))
			sum = zp_arena_print(t->arena, "%s%s%s", sum, n++ ? " + " : "", zp_told(t, &row, "points_exact"));
	}
	if (n)
		printf("  %s %s\n", zp_pick(t, "points together:", "得分合计："), sum);
	return true;
}

/* Who has more points: by the rank, and so many share it. */
static void tell_rank(const zp_telling *t, const zp_folder_table *table, const zp_row *own)
{
	size_t before = 0, same = 0;
	const unsigned long rank = strtoul(zp_told(t, own, "rank"), NULL, 10);
	zp_row row;
	for (const char *at = table->text.p; at && zp_folder_table_next(t->arena, table, &at, &row);) {
		const unsigned long its = zp_row_is(&row, "award", zp_told(t, own, "award")) ? strtoul(zp_told(t, &row, "rank"), NULL, 10) : 0;
		before += its && its < rank;
		same += its && its == rank;
	}
	ZP_TELL(t, "  rank %lu: %zu candidates have more points, %zu have as many; equal points share the better rank\n", "  第 %lu 名：得分更高的候选者 %zu 个，得分相同的 %zu 个；得分相同取较好名次\n", rank, before, same);
}

bool zp_tell_titles(const zp_telling *t, const char *code, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "titles.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "code", code, &at, &row);) {
		zp_tell_row(t, &row, "\ntitle {award} (rule version {version}): {=state}[, rank {rank} of {of} candidates][, {points} points = {points_exact}][; awarded {years_in_row} years in a row before]",
			    "\n评选 {award}（规则版本 {version}）：{=state}[，第 {rank} 名（候选 {of}）][，得分 {points} = {points_exact}][；此前连续 {years_in_row} 年授予]");
		if (*zp_told(t, &row, "because"))
			zp_tell_row(t, &row, "  in its way: {because_en}", "  不符合之处：{because}");
		if (!tell_conditions(t, code, zp_told(t, &row, "award"), err))
			return false;
		if (*zp_told(t, &row, "rank"))
			tell_rank(t, &table, &row);
		if (*zp_told(t, &row, "decision"))
			zp_tell_row(t, &row, "  decided: {=decision} by {decided_by} on {decided_on}[: {decided_because}]; against the proposal: {=against}",
				    "  决定：{=decision}，{decided_by}，{decided_on}[：{decided_because}]；与推荐不一致：{=against}");
	}
	return zp_tell_rows(t, "title-papers.csv", "code", code, "  paper No. {number}, issued {issued}", "  证书编号 {number}，签发 {issued}", err);
}

/* ---- recognition ---- */

bool zp_tell_recognised(const zp_telling *t, const char *lab, const char *only, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "recognition.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "lab", lab, &at, &row);) {
		if (only && !zp_row_is(&row, "item", only))
			continue;
		zp_tell_row(t, &row,
			    "recognition of {specimen} {item} {name}: marks[ {marks}][ from {from} until {until}]"
			    "[; national {=national}, {national_passed} rounds passed and {national_failed} failed][; provincial {=provincial}, {provincial_passed} passed and {provincial_failed} failed]"
			    "[; city {=city}, {city_passed} passed and {city_failed} failed][; quality control {=iqc}][, {iqc_months} months in a row][; reporting {=reporting}][\n  in its way: {because_en}]",
			    "互认 {specimen} {item} {name}：标识[ {marks}][，{from} 至 {until}]"
			    "[；国家级{=national}，合格 {national_passed} 次、不合格 {national_failed} 次][；省级{=provincial}，合格 {provincial_passed} 次、不合格 {provincial_failed} 次]"
			    "[；市级{=city}，合格 {city_passed} 次、不合格 {city_failed} 次][；室内质控{=iqc}][，连续 {iqc_months} 个月][；上报{=reporting}][\n  不符合之处：{because}]");
	}
	const char *rule = zp_published_says(t->arena, t->published, "recognition", "id");
	if (!only && *rule)
		printf("%s %s\n", zp_pick(t, "rule of recognition:", "互认规则："), rule);
	return only || zp_tell_rows(t, "recognition-labs.csv", "lab", lab,
				    "recognised: {recognised} of {items} items (national {national}, provincial {provincial}, city {city})[; paper No. {number}, issue {issue}, issued {issued}, valid {from} to {until}][\n  it lists {measurands}]",
				    "互认：{items} 个项目中 {recognised} 个（全国 {national}，省 {provincial}，市 {city}）[；证书编号 {number}，第 {issue} 次签发，签发 {issued}，有效期 {from} 至 {until}][\n  所列 {measurands}]", err);
}

/* ---- internal quality control ---- */

bool zp_tell_control(const zp_telling *t, const char *lab, const char *only, zp_error *err)
{
	zp_folder_table table;
	zp_row row;
	if (!zp_telling_table(t, "iqc.csv", &table, err))
		return false;
	for (const char *at = table.text.p; zp_telling_next(t, &table, "lab", lab, &at, &row);)
		if (!only || zp_row_is(&row, "item", only))
			zp_tell_row(t, &row,
				    "quality control {specimen} {item} {name}, {month}[, level {level}][, lot {lot}]: n = {n}[, mean {mean} {unit}][, SD {sd}][, CV = {cv} % ({=cv_from}; 100 x SD / mean)][; allowed {limit}, within it: {=within_limit}]"
				    "[; in control: {=in_control} ({=control_from})][; {peers} peers][, SDI {sdi}][, CV ratio {cvr}][; {flags}][; mean in use {mean_in_use}]",
				    "室内质控 {specimen} {item} {name}，{month}[，水平 {level}][，批号 {lot}]：n = {n}[，均值 {mean} {unit}][，SD {sd}][，CV = {cv} %（{=cv_from}；100 x SD / 均值）][；允许 {limit}，符合：{=within_limit}]"
				    "[；在控：{=in_control}（{=control_from}）][；同组 {peers} 个实验室][，SDI {sdi}][，变异系数比 {cvr}][；{flags}][；使用中均值 {mean_in_use}]");
	return zp_tell_rows(t, "iqc-means.csv", "lab", lab, "mean in use of {item}, {month}, level {level}, lot {lot}: {found}, cumulative mean {expected} of {months} months and {values} values, {off_sd} SD apart",
			    "{item} {month} 水平 {level} 批号 {lot} 使用中均值 {found}，累积均值 {expected}（{months} 个月 {values} 个测定），相差 {off_sd} SD", err);
}
