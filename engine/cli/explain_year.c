/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published year, explained to one laboratory or region: its record, element by element, each percentage with what stands above and below
 * the line; and from the tables why something is certified, recognised, proposed, or not. */
#include <string.h>
#include "cli/explain.h"

typedef struct walk {
	const zp_telling *t;
	const zp_year_asked *asked;
	zp_error *err;
	const char *lab, *programme; /* where it is */
} walk;

static const char *value(const zp_element *e, const char *name)
{
	const char *says = zp_attribute_of(e, name);
	return says ? says : "";
}

/* ---- what elements say ---- */

typedef struct zp_saying { const char *name, *english, *chinese; } zp_saying;

#define ROUNDS_EN "[; {rounds} rounds of the year: {satisfactory} satisfactory, {unsatisfactory} unsatisfactory (of them {late} late, {not-returned} not returned), {excused} excused, {not-evaluated} not evaluated, {absent} absent]"
#define ROUNDS_ZH "[；全年 {rounds} 次：满意 {satisfactory}，不满意 {unsatisfactory}（其中迟报 {late}、未回报 {not-returned}），免评 {excused}，不评价 {not-evaluated}，未参加 {absent}]"
#define STANDS_EN "[: {=status}]; sequence {sequence}, a letter for each round, the years apart[; unsuccessful from round {unsuccessful-from}]" ROUNDS_EN "[; mean of the scores {mean}]"
#define STANDS_ZH "[：{=status}]；逐次 {sequence}（每次一个字母，| 隔开年度）[；自 {unsuccessful-from} 起不成功]" ROUNDS_ZH "[；平均成绩 {mean}]"

static const zp_saying sayings[] = {
	{ "record", "record of the year {year}, issued {issued}, format {format}", "{year} 年度记录，签发 {issued}，格式 {format}" },
	{ "laboratory", "laboratory {code} {name}[, region {region} {region-name}][, city {city} {city-name}][, class {class}][, institution {institution}][, {department}]; on the register of the day: {=registered}",
	  "实验室 {code} {name}[，地区 {region} {region-name}][，市 {city} {city-name}][，类别 {class}][，机构 {institution}][，{department}]；在当日名册上：{=registered}" },
	{ "region", "region {code} {name}[ / {name-en}], {level}: {laboratories} laboratories of {institutions} institutions", "地区 {code} {name}[ / {name-en}]（{level}）：{institutions} 个机构的 {laboratories} 个实验室" },
	{ "participation", "took part in {programmes} programmes, {rounds} rounds = {returned} returned + {late} late + {not-returned} not returned + {excused} excused; absent from {absent}",
	  "参加 {programmes} 个计划，{rounds} 次 = 回报 {returned} + 迟报 {late} + 未回报 {not-returned} + 免评 {excused}；未参加 {absent} 次" },
	{ "items", "items, each specimen and item once: {total} = {pass} passed + {fail} failed + {unreturned} not returned + {not-evaluated} not evaluated[; pass rate 100 x {pass} / ({pass} + {fail}) = {pass-rate} %]",
	  "项目（同一标本同一项目计一次）：{total} = 合格 {pass} + 不合格 {fail} + 未回报 {unreturned} + 不评价 {not-evaluated}[；合格率 100 x {pass} / ({pass} + {fail}) = {pass-rate} %]" },
	{ "item", "  {specimen} {item} {name}[ / {name-en}]: {=result}", "  {specimen} {item} {name}[ / {name-en}]：{=result}" },
	{ "indicator", "indicator {name}: {numerator}[; 100 x {numerator} / {denominator} = {percent} %][; median of the laboratories {median} %][; {laboratories} laboratories have one]",
	  "指标 {name}：{numerator}[；100 x {numerator} / {denominator} = {percent} %][；各实验室中位数 {median} %][；有此指标的实验室 {laboratories} 个]" },
	{ "share", "share {name}, class {class}: {numerator} of {denominator}[ = {percent} %][; {change} percentage points since the year before]",
	  "{name}，类别 {class}：{denominator} 中 {numerator}[ = {percent} %][；较上年 {change} 个百分点]" },
	{ "programme", "\nprogramme {code} {name}[ / {name-en}], {=level}, {organiser}" STANDS_EN, "\n计划 {code} {name}[ / {name-en}]，{=level}，{organiser}" STANDS_ZH },
	{ "trueness-programme", "\ntrueness programme {code} {name}[ / {name-en}], {=level}, {organiser}, which counts in no item, share, indicator and title" STANDS_EN,
	  "\n正确度验证计划 {code} {name}[ / {name-en}]，{=level}，{organiser}，不计入项目、指标和评优" STANDS_ZH },
	{ "measurand", " measurand {code} {name}[ / {name-en}][, {unit}], item {specimen} {item}" STANDS_EN, " 项目 {code} {name}[ / {name-en}][，{unit}]，按 {specimen} {item} 计" STANDS_ZH },
	{ "round", "  round {id} (No. {number}), closed {date}: {=result}[, score {score}]", "  轮次 {id}（第 {number} 次），截止 {date}：{=result}[，成绩 {score}]" },
	{ "certified", "  for certificate {by}: {=result}[; mean {mean}]", "  合格证书 {by}：{=result}[；平均成绩 {mean}]" },
	{ "paper", "  certificate No. {number} ({certificate}): {items} measurands, issue {issue}, first issued {issued}", "  证书编号 {number}（{certificate}）：{items} 个项目，第 {issue} 次签发，首次签发 {issued}" },
	{ "trend", "  trend: warning: {=warning}[ ({why})][; latest share of the limit {share} %][; running mean {running-share} % over {rounds} rounds][; {run} results on one side over {run-rounds} rounds][; {=way}][; SDI {sdi}][, running {running-sdi}]",
	  "  趋势：预警：{=warning}[（{why}）][；最近一次占允许限 {share} %][；{rounds} 次滑动平均 {running-share} %][；{run-rounds} 次中连续 {run} 个结果在一侧][；{=way}][；SDI {sdi}][，滑动平均 {running-sdi}]" },
	{ "iqc", "internal quality control {specimen} {item} {name}: {in-control} of {months} months in control", "室内质控 {specimen} {item} {name}：{months} 个月中 {in-control} 个月在控" },
	{ "month", "  {month}[, level {level}][, lot {lot}][, {method}][, {instrument}]: n = {n}[, mean {mean}][, SD {sd}][, CV {cv} %][ {unit}][; in control: {=in-control}]",
	  "  {month}[，水平 {level}][，批号 {lot}][，{method}][，{instrument}]：n = {n}[，均值 {mean}][，SD {sd}][，CV {cv} %][ {unit}][；在控：{=in-control}]" },
	{ "recognition", "recognised by {rule}: {specimen} {item} {name}, marks {marks}, valid from {valid-from} until {valid-until}",
	  "互认（{rule}）：{specimen} {item} {name}，标识 {marks}，有效期 {valid-from} 至 {valid-until}" },
	{ "evidence", "evidence {key}: {value}[ {unit}][; {source}][, {date}]; this one counts", "证明 {key}：{value}[ {unit}][；{source}][，{date}]；以此为准" },
	{ "evidence-other", "evidence {key}: {value}[ {unit}][; {source}][, {date}]; another one counts", "证明 {key}：{value}[ {unit}][；{source}][，{date}]；另有一项为准" },
	{ "titles", "award {award}: awarded {consecutive} years in a row up to the year before", "评选 {award}：到上一年为止连续 {consecutive} 年授予" },
	{ "title", "award {award} {year}: {=decision}", "评选 {award} {year} 年：{=decision}" },
	{ "ranking", "standing, {=scope}: {k} of {n} results acceptable[, 100 x {k} / {n} = {share} %]; {late} late and {not-returned} not returned are not in it"
	  "[\n  moved towards the mean of all: {shrunken} %, 95 % interval {low} to {high}][\n  rank {rank} of {of}; the results support {rank-low} to {rank-high}: {=half}]",
	  "排名（{=scope}）：{n} 个结果中可接受 {k}[，100 x {k} / {n} = {share} %]；迟报 {late}、未回报 {not-returned} 不计在内"
	  "[\n  向总体平均收缩后 {shrunken} %，95 % 区间 {low} 至 {high}][\n  第 {rank} 名（共 {of}）；结果所支持的名次 {rank-low} 至 {rank-high}：{=half}]" },
};

static void tell_unknown(const zp_telling *t, const zp_element *e)
{
	printf("%s", e->name);
	for (uint32_t i = 0; i < e->n_attributes; i++)
		printf("%s%s %s", i ? ", " : t->chinese ? "：" : ": ", e->attributes[i].name, e->attributes[i].value);
	putchar('\n');
}

static void tell_element(const zp_telling *t, const zp_element *e)
{
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
		if (strcmp(sayings[i].name, e->name) == 0) {
			zp_tell_element(t, e, sayings[i].english, sayings[i].chinese);
			return;
		}
	tell_unknown(t, e);
}

/* "(100 + 60) / 2 = 80": how the mean of the rounds is made. */
static void tell_mean(const zp_telling *t, const zp_element *e)
{
	const char *sum = "", *mean = value(e, "mean");
	size_t n = 0;
	for (const zp_element *r = e->first; r; r = r->next)
		if (zp_element_is(r, "round") && *value(r, "score")) {
			sum = zp_arena_print(t->arena, "%s%s%s", sum, n ? " + " : "", value(r, "score"));
			n++;
		}
	if (n > 1 && *mean)
		printf("  %s (%s) / %zu = %s\n", zp_pick(t, "mean", "平均"), sum, n, mean);
}

/* ---- the walk ---- */

static bool is_programme(const zp_element *e) { return zp_element_is(e, "programme") || zp_element_is(e, "trueness-programme"); }

/* Whether it is, or holds, what was asked for. */
static bool is_asked(const walk *w, const zp_element *e)
{
	if (!w->asked->only || strcmp(value(e, "code"), w->asked->only) == 0 || strcmp(value(e, "item"), w->asked->only) == 0)
		return true;
	for (const zp_element *c = is_programme(e) ? e->first : NULL; c; c = c->next)
		if (zp_element_is(c, "measurand") && strcmp(value(c, "code"), w->asked->only) == 0)
			return true;
	return false;
}

static bool tell_measurand(walk *w, const zp_element *e)
{
	tell_element(w->t, e);
	tell_mean(w->t, e);
	for (const zp_element *c = e->first; c; c = c->next)
		tell_element(w->t, c);
	return zp_tell_certified(w->t, w->lab, w->programme, value(e, "code"), w->err) && zp_tell_trends(w->t, w->lab, w->programme, value(e, "code"), w->err);
}

static bool tell_programme(walk *w, const zp_element *e)
{
	const bool whole = !w->asked->only || strcmp(value(e, "code"), w->asked->only) == 0;
	bool good = true;
	w->programme = value(e, "code");
	tell_element(w->t, e);
	tell_mean(w->t, e);
	for (const zp_element *c = e->first; c && good; c = c->next) {
		if (!zp_element_is(c, "measurand"))
			tell_element(w->t, c);
		else if (whole || strcmp(value(c, "code"), w->asked->only) == 0)
			good = tell_measurand(w, c);
	}
	return good;
}

static bool tell_child(walk *w, const zp_element *e)
{
	if (is_programme(e))
		return tell_programme(w, e);
	tell_element(w->t, e);
	for (const zp_element *c = e->first; c; c = c->next)
		if (!w->asked->only || is_asked(w, c) || zp_element_is(e, "iqc"))
			tell_element(w->t, c);
	return true;
}

/* ---- the record and what stands beside it ---- */

/* As the folders of the year are called: other characters than letters, digits, _, - and . as %2F. */
static const char *folder_of(const zp_telling *t, const char *code)
{
	const char *out = "";
	for (const char *p = code; *p; p++) {
		const bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' || *p == '-' || (*p == '.' && p > code);
		out = plain ? zp_arena_print(t->arena, "%s%c", out, *p) : zp_arena_print(t->arena, "%s%%%02X", out, (unsigned char)*p);
	}
	return out;
}

static const zp_xml *read_record(const zp_telling *t, const char *name, zp_error *err)
{
	zp_problems *problems = zp_problems_take(t->arena);
	const char *path = zp_arena_print(t->arena, "%s/%s", t->published->folder, name);
	const zp_xml *xml = zp_xml_read(t->arena, path, path, problems);
	if (!xml || !zp_published_is(t->published, name, xml->input.sha256)) {
		zp_fail(err, ZP_BAD_INPUT, path, 0, "this is not what was published: its digest is not the manifest's");
		return NULL;
	}
	return xml;
}

static bool tell_laboratory(walk *w, const zp_xml *xml)
{
	const zp_telling *t = w->t;
	bool good = true;
	tell_element(t, xml->root);
	for (const zp_element *e = xml->root->first; e && good; e = e->next)
		if (is_asked(w, e))
			good = tell_child(w, e);
	if (!good)
		return false;
	if (w->asked->only)
		return zp_tell_control(t, w->lab, w->asked->only, w->err) && zp_tell_recognised(t, w->lab, w->asked->only, w->err);
	return zp_tell_ranking(t, w->lab, w->err) && zp_tell_control(t, w->lab, NULL, w->err) && zp_tell_recognised(t, w->lab, NULL, w->err) &&
	       zp_tell_titles(t, w->lab, w->err) &&
	       zp_tell_rows(t, "codes.csv", "lab", w->lab, "paper No. {number} ({kind}), issued {issued}: check code {code}, digest {digest}[, head of the ledger {head}]",
			    "证书编号 {number}（{kind}），签发 {issued}：验证码 {code}，摘要 {digest}[，台账末端摘要 {head}]", w->err);
}

static bool tell_region(walk *w, const zp_xml *xml)
{
	tell_element(w->t, xml->root);
	for (const zp_element *e = xml->root->first; e; e = e->next)
		tell_child(w, e);
	bool found;
	return zp_tell_place(w->t, w->lab, &found, w->err) && zp_tell_titles(w->t, w->lab, w->err);
}

static bool has_anything(const walk *w, const zp_xml *xml)
{
	for (const zp_element *e = xml->root->first; e; e = e->next)
		if (is_asked(w, e))
			return true;
	return false;
}

bool zp_explain_year(const zp_telling *t, const zp_year_asked *asked, zp_error *err)
{
	const char *lab = zp_arena_print(t->arena, "labs/%s/record.xml", folder_of(t, asked->code));
	const char *region = zp_arena_print(t->arena, "regions/%s/record.xml", folder_of(t, asked->code));
	const bool is_lab = zp_published_has(t->published, lab);
	walk w = { t, asked, err, asked->code, "" };
	if (!is_lab && !zp_published_has(t->published, region)) {
		bool found = false;
		if (!zp_tell_place(t, asked->code, &found, err))
			return false;
		return found || zp_fail(err, ZP_BAD_USE, t->published->folder, 0, "\"%s\" is no laboratory and no region of this year", asked->code);
	}
	const zp_xml *xml = read_record(t, is_lab ? lab : region, err);
	if (!xml)
		return false;
	if (is_lab && asked->only && !has_anything(&w, xml))
		return zp_fail(err, ZP_BAD_USE, t->published->folder, 0, "laboratory %s has no \"%s\" in this year: expected a programme or measurand of its record", asked->code, asked->only);
	ZP_TELL(t, "year %d, issued %s, %s\n", "%d 年度，签发 %s，%s\n", t->published->year, zp_tell_date(t, t->published->issued), t->published->engine);
	return (asked->only || zp_tell_source(t, asked->code, err)) && (is_lab ? tell_laboratory(&w, xml) : tell_region(&w, xml));
}
