/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a laboratory as its papers have them, rounded, and what they say beside results: findings, the course over the rounds,
 * groups by method, figures. Read from labs/CODE/results.csv and told.csv. */
#include "cli/explain.h"
#include <string.h>

bool zp_printed_open(const zp_telling *t, const char *lab, zp_printed *p, zp_error *err)
{
	return zp_telling_table(t, zp_arena_print(t->arena, "labs/%s/results.csv", lab), &p->results, err) &&
	       zp_telling_table(t, zp_arena_print(t->arena, "labs/%s/told.csv", lab), &p->told, err) &&
	       zp_telling_table(t, "measurands.csv", &p->measurands, err);
}

static bool is_of(const zp_row *row, const char *programme, const char *measurand)
{
	return zp_row_is(row, "measurand", measurand) && zp_row_is(row, "programme", programme);
}

/* "阳性 38 84.4 %; 阴性 7 15.6 %" of answers_n, as counts that can be added up. */
static void tell_answers(const zp_telling *t, const zp_row *row)
{
	if (!*zp_told(t, row, "answers"))
		return;
	zp_tell_row(t, row, "            answers of the group (how many, and 100 x how many / {answers_n}): {answers}",
		    "            同组各结果（个数，及 100 x 个数 / {answers_n}）：{answers}");
}

void zp_tell_printed(const zp_telling *t, const zp_printed *p, const zp_row *score)
{
	const char *at = p->results.text.p, *programme = zp_told(t, score, "programme"), *measurand = zp_told(t, score, "measurand"), *sample = zp_told(t, score, "sample");
	zp_row row;
	while (at && zp_folder_table_next(t->arena, &p->results, &at, &row)) {
		if (!is_of(&row, programme, measurand) || !zp_row_is(&row, "sample", sample))
			continue;
		zp_tell_row(t, &row,
			    "  printed:  [{value}][ ({value_en})][ {unit}][; sent {sent}][; index {index}][; target {x_pt}][ ({x_pt_en})][; allowed {low} to {high}][; allowed {allowed}][; also {also}]"
			    "[; bias {bias}][ = {bias_pct} %][; SDI {sdi}][; credit {credit} %][; n = {group_n}]; {says}[: {reason}][; {flags}]",
			    "  打印为：  [{value}][（{value_en}）][ {unit}][；所报 {sent}][；指数 {index}][；靶值 {x_pt}][（{x_pt_en}）][；允许范围 {low} 至 {high}][；允许 {allowed}][；同时认可 {also}]"
			    "[；偏倚 {bias}][ = {bias_pct} %][；SDI {sdi}][；按 {credit} % 计][；n = {group_n}]；{says}[：{reason}][；{flags}]");
		tell_answers(t, &row);
	}
}

/* How a sentence can be checked: which of the numbers above it is made of. */
static const char *how(const zp_telling *t, const char *what)
{
	static const struct { const char *what, *english, *chinese; } says[] = {
		{ "finding", "worked out from the shares of the limit above: 100 x bias / delta_E of each sample; the fit and its interval are in docs/methods/findings.md",
		  "由上面各样本占允许限的百分数（100 x 偏倚 / delta_E）得出；拟合与区间见 docs/methods/findings.md" },
		{ "course", "mean of |share of the limit| of earlier rounds, and of this one; of answers, the share that was right",
		  "以往各轮与本轮 |占允许限的百分数| 的平均；定性结果为正确的比例" },
		{ "heed", "why it stands first", "列在前面的原因" },
	};
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		if (strcmp(says[i].what, what) == 0)
			return zp_pick(t, says[i].english, says[i].chinese);
	return "";
}

static void tell_peers(const zp_telling *t, const zp_row *row)
{
	zp_tell_row(t, row, "  method:   {sample} {says}[: n = {n}][, mean {x_pt}][, s = {s}][, cv = 100 x {s} / {x_pt} = {cv} %]",
		    "  方法比较：{sample} {says}[：n = {n}][，均值 {x_pt}][，s = {s}][，cv = 100 x {s} / {x_pt} = {cv} %]");
}

static void tell_one(const zp_telling *t, const zp_row *row)
{
	const char *what = zp_told(t, row, "what"), *by = how(t, what);
	if (strcmp(what, "peers") == 0)
		tell_peers(t, row);
	else if (strcmp(what, "scale") == 0)
		zp_tell_row(t, row, "  scale:    {says_en}", "  刻度：   {says_en}");
	else if (*by)
		printf("  %s%s\n            %s\n", zp_pick(t, "told:     ", "提示：   "), zp_told(t, row, t->chinese ? "says" : "says_en"), by);
	else if (*zp_told(t, row, "says"))
		zp_tell_row(t, row, "  figure:   {what}: {says}[ / {says_en}]", "  图：     {what}：{says}[ / {says_en}]");
	else
		zp_tell_row(t, row, "  figure:   {what}: {says_en}", "  图：     {what}：{says_en}");
}

/* All answers of its scale, in their order. */
static void tell_scale(const zp_telling *t, const zp_row *score)
{
	const char *all = "";
	zp_row row;
	for (const char *at = t->scales.text.p; at && zp_folder_table_next(t->arena, &t->scales, &at, &row);)
		if (is_of(&row, zp_told(t, score, "programme"), zp_told(t, score, "measurand")))
			all = zp_arena_print(t->arena, "%s%s%s", all, *all ? ", " : "", *zp_told(t, &row, "name_en") && !t->chinese ? zp_told(t, &row, "name_en") : zp_told(t, &row, "name"));
	if (*all)
		printf("  %s %s\n", zp_pick(t, "answers: ", "可报结果："), all);
}

/* Sentences first, then figures. */
void zp_tell_beside(const zp_telling *t, const zp_printed *p, const zp_row *score)
{
	zp_row row;
	tell_scale(t, score);
	for (const char *at = p->told.text.p; at && zp_folder_table_next(t->arena, &p->told, &at, &row);)
		if (is_of(&row, zp_told(t, score, "programme"), zp_told(t, score, "measurand")))
			tell_one(t, &row);
	for (const char *at = p->measurands.text.p; at && zp_folder_table_next(t->arena, &p->measurands, &at, &row);)
		if (is_of(&row, zp_told(t, score, "programme"), zp_told(t, score, "measurand")))
			zp_tell_row(t, &row, "  measurand: {name}[ / {name_en}][, {unit}]; limit {limit} of {limit_set}; pass mark {pass} %; counts for {weight}",
				    "  项目：   {name}[ / {name_en}][，{unit}]；允许限 {limit}（{limit_set}）；合格线 {pass} %；每个结果按 {weight} 个计");
}

void zp_tell_not_performed(const zp_telling *t, const zp_printed *p, const char *measurand)
{
	zp_row row;
	for (const char *at = p->results.text.p; at && zp_folder_table_next(t->arena, &p->results, &at, &row);)
		if (zp_row_is(&row, "sample", "") && (!measurand || zp_row_is(&row, "measurand", measurand)))
			zp_tell_row(t, &row, "{programme} / {measurand} {name}: {says}[; limit {limit}]", "{programme} / {measurand} {name}：{says}[；允许限 {limit}]");
	for (const char *at = measurand ? NULL : p->told.text.p; at && zp_folder_table_next(t->arena, &p->told, &at, &row);)
		if (zp_row_is(&row, "measurand", "*"))
			zp_tell_row(t, &row, "{says_en}", "{says}");
}
