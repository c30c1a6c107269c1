/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/report_words.h"
#include "paper/says.h"

static const zp_pair words[ZP_SAY_WORDS] = {
	[ZP_SAY_TITLE] = { "室间质量评价实验室报告", "Laboratory report of external quality assessment" },
	[ZP_SAY_CODE] = { "实验室编码", "Laboratory code" },
	[ZP_SAY_REGION] = { "地区", "Region" },
	[ZP_SAY_CLASS] = { "类别", "Class" },
	[ZP_SAY_ROUND] = { "轮次", "Round" },
	[ZP_SAY_ISSUED] = { "签发日期", "Issued" },
	[ZP_SAY_VERSION] = { "版本", "Version" },
	[ZP_SAY_PAGE] = { "第 ", "Page " },
	[ZP_SAY_OF] = { " 页，共 ", " of " },
	[ZP_SAY_PAGES] = { " 页", "" },
	[ZP_SAY_CHECK] = { "核验码", "Check code" },
	[ZP_SAY_KEY] = { "密钥", "Key" },
	[ZP_SAY_LEDGER] = { "台账", "Ledger" },
	[ZP_SAY_CONTINUED] = { "（续）", "continued" },
	[ZP_SAY_HEED] = { "项需要关注", "need attention" },
	[ZP_SAY_NO_HEED] = { "没有需要关注的项目", "nothing needs attention" },
	[ZP_SAY_RESULTS] = { "个结果可接受", "results acceptable" },
	[ZP_SAY_PROGRAMMES] = { "个专业成绩满意", "programmes satisfactory" },
	[ZP_SAY_HELP] = { "读法与申诉", "how to read, how to appeal" },
	[ZP_SAY_FIRST] = { "需要关注的项目", "What needs attention, the most pressing first" },
	[ZP_SAY_REST] = { "其余项目", "All others" },
	[ZP_SAY_ALL] = { "全部项目", "All measurands" },
	[ZP_SAY_MEASURAND] = { "检验项目", "Measurand" },
	[ZP_SAY_ACCEPTED] = { "可接受", "Accepted" },
	[ZP_SAY_BARS] = { "各样本偏倚占限值", "Bias against the limit" },
	[ZP_SAY_COURSE] = { "近几次变化", "Over the rounds" },
	[ZP_SAY_OUTCOME] = { "成绩", "Performance" },
	[ZP_SAY_WHERE] = { "页", "Page" },
	[ZP_SAY_SAMPLE] = { "样本", "Sample" },
	[ZP_SAY_VALUE] = { "本室结果", "Your value" },
	[ZP_SAY_TARGET] = { "靶值", "Target" },
	[ZP_SAY_RANGE] = { "允许范围", "Allowed range" },
	[ZP_SAY_BIAS] = { "偏倚", "Bias" },
	[ZP_SAY_BIAS_PCT] = { "偏倚 %", "Bias %" },
	[ZP_SAY_SDI] = { "SDI", "SDI" },
	[ZP_SAY_VERDICT] = { "评价结果", "Verdict" },
	[ZP_SAY_REPLY] = { "本室结果", "Your answer" },
	[ZP_SAY_ANSWERS] = { "同组各结果家数与比例", "Answers of the group, n and %" },
	[ZP_SAY_LIMIT] = { "限值 limit ", "" },
	[ZP_SAY_RULE] = { "评价规则 rule ", "" },
	[ZP_SAY_GROUP] = { "同组 peers ", "" },
	[ZP_SAY_HIDDEN] = { "n 不公布 not shown", "" },
	[ZP_SAY_WEIGHT] = { "权重 weight ", "" },
	[ZP_SAY_METHOD] = { "靶值 target ", "" },
	[ZP_SAY_DOUBT] = { "靶值提示", "on the target" },
	[ZP_SAY_HINT] = { "提示", "hint" },
	[ZP_SAY_FINDINGS] = { "发现", "Findings" },
	[ZP_SAY_PEERS] = { "各组均值", "Means by group" },
	[ZP_SAY_PEERS_CELL] = { "均值；n · CV %", "mean; n · CV %" },
	[ZP_SAY_OWN] = { "本组", "yours" },
	[ZP_SAY_NOT_SHOWN] = { "n 少，不公布", "few, not shown" },
	[ZP_SAY_NUMBER] = { "证书编号", "Certificate no." },
	[ZP_SAY_SAMPLES_RIGHT] = { "样本全对 ", "samples right " },
	[ZP_SAY_POINTS] = { "得分 ", "points " },
	[ZP_SAY_NOTHING] = { "本专业没有可列出的结果", "There are no results to list for this programme" },
	[ZP_SAY_LIST] = { "、", "：" },
	[ZP_SAY_JOIN] = { "  ·  ", "" },
	[ZP_SAY_HISTOGRAM] = { "结果分布", "Distribution of results" },
	[ZP_SAY_BIAS_FIGURE] = { "偏倚与浓度", "Bias by concentration" },
	[ZP_SAY_HISTORY] = { "历次成绩", "Over the rounds" },
	[ZP_SAY_YOUDEN] = { "尤登图", "Youden plot" },
	[ZP_SAY_METHODS] = { "各方法比较", "Comparison of methods" },
	[ZP_SAY_ANSWERS_FIGURE] = { "各结果家数", "Answers given" },
	[ZP_SAY_FIGURE] = { "图", "Figure" },
	[ZP_SAY_APPEAL] = { "对结果有异议", "How to appeal" },
	[ZP_SAY_NO_APPEAL] = { "对靶值、分组或评价结果有异议的，请向组织者提出。", "To question a target, a group or a verdict, turn to the organiser." },
	[ZP_SAY_READ] = { "读法", "How to read this report" },
	[ZP_SAY_NOTE_FIRST] = {
		"首页先列需要关注的项目，最紧要的在前，其后按专业列出其余项目；右端是该项目所在的页。",
		"The first page lists what needs attention, the most pressing first, then everything else by programme; at the right, the page on which a measurand is told in full." },
	[ZP_SAY_NOTE_SCORE] = {
		"S1 = 本项目可接受结果数 ÷ 计入结果总数 × 100；S = 本专业全部可接受结果数 ÷ 计入结果总数 × 100，不是各项目 S1 的平均。",
		"S1: accepted results of a measurand in percent of those counted; S: the same over the whole programme, which is not the mean of S1." },
	[ZP_SAY_NOTE_POINTS] = {
		"有的项目设有权重，或结果可部分得分，或按整个样本计分：S = 得分 ÷ 总分 × 100。",
		"Where measurands have a weight, results count in part or whole samples are scored, S is points in percent of the points that were possible." },
	[ZP_SAY_NOTE_BARS] = {
		"小柱图每个样本一柱：向上偏高，向下偏低；虚线或底色的边是允许限。没有柱的样本没有可比的结果。",
		"Small bars, one for each sample: upwards is too high, downwards too low; the edge of the band is the limit. Where there is no bar there is no result to compare." },
	[ZP_SAY_NOTE_COURSE] = {
		"近几次变化：偏倚占限值的平均比例（答案类项目为正确率），以前 → 本次；箭头向下为更接近靶值，水平为持平，向上为更远离靶值。",
		"Over the rounds: the mean share of the limit, of answers the share that was right, before → now. The arrow points down where results came closer to the target, up where they went farther from it." },
	[ZP_SAY_NOTE_FINDINGS] = {
		"“发现”只在结果足以支持时给出，是查找原因的线索，不改变评价结果。",
		"Findings are given only where the results support them. They are where to look, and change no verdict." },
	[ZP_SAY_NOTE_RANGE] = {
		"评价按精确的靶值和限值进行；印出的允许范围向靶值方向修约，以免与评价结果相矛盾。",
		"Verdicts rest on exact targets and limits; printed bounds are rounded towards the target, so that they do not contradict a verdict." },
	[ZP_SAY_NOTE_SDI] = {
		"SDI 是结果与同组中心的差，以同组标准差为单位，仅供参考，括号内者因同组实验室少尤其如此。",
		"SDI is the distance from the centre of the peers in their standard deviations. It is informative, the more so in brackets, where peers are few." },
	[ZP_SAY_NOTE_FIGURES] = {
		"图中本室用深色标出，不可接受的结果另用颜色和形状标出；底色带为允许范围，竖线或横线为靶值，浅灰为全部实验室，蓝色为同组。",
		"In figures your laboratory is dark, what is not acceptable has a colour and a shape of its own; the band is what is allowed, the line the target, light grey everybody, blue your peers." },
	[ZP_SAY_NOTE_PEERS] = {
		"各组只列达到公布家数的组；n 少者不公布，以免透露他室结果。",
		"Groups are shown only where they are large enough; statistics of very small groups would reveal the results of others." },
	[ZP_SAY_NOTE_PANEL] = {
		"一览表：✓ 通过，× 不通过，– 未开展或不评价；其后为本室结果（＋ 阳性，− 阴性，± 可疑）。",
		"At a glance: ✓ acceptable, × unacceptable, – not performed or not evaluated, and beside it your answer." },
	[ZP_SAY_NOTE_GRADES] = {
		"等级图：◆ 靶值，▼ 本室结果，底色部分为可接受的等级；图上只列所用试纸（试剂）能报告的等级。",
		"Grades: ◆ target, ▼ your answer, shaded what is acceptable; only grades that the strip (or reagent) can show." },
	[ZP_SAY_NOTE_EMPTY] = { "“–” 表示没有这个数。", "A dash stands where there is no number." },
};

const char *zp_say_cn(zp_say w)
{
	return words[w].cn;
}

const char *zp_say_en(zp_say w)
{
	return words[w].en;
}

const char *zp_says_all(const zp_host *host)
{
	static const char more[] = "·–✓×◆▼＋−±。/；（）：…";
	return zp_join(host, zp_pairs_all(host, words, ZP_SAY_WORDS), more, NULL);
}

zp_kinds zp_kinds_of(const zp_report *r)
{
	zp_kinds has = { 0 };
	for (size_t p = 0; p < r->n_programmes; p++) {
		has.points |= r->programmes[p].points || r->programmes[p].by_samples;
		has.panel |= r->programmes[p].panel;
	}
	return has;
}

void zp_kinds_add(zp_kinds *has, const zp_report_measurand *m)
{
	has->quantities |= !m->answered;
	has->grades |= m->n_grades > 0;
	has->strips |= m->strip != NULL;
	has->courses |= m->course != ZP_COURSE_UNKNOWN;
	has->findings |= m->n_findings > 0;
	has->figures |= m->n_figures > 0;
	has->peers |= m->n_peers > 0;
}

bool zp_note_is_wanted(const zp_kinds *has, zp_say note)
{
	switch (note) {
	case ZP_SAY_NOTE_POINTS: return has->points;
	case ZP_SAY_NOTE_BARS: return has->strips;
	case ZP_SAY_NOTE_COURSE: return has->courses;
	case ZP_SAY_NOTE_FINDINGS: return has->findings;
	case ZP_SAY_NOTE_RANGE: case ZP_SAY_NOTE_SDI: return has->quantities;
	case ZP_SAY_NOTE_FIGURES: return has->figures;
	case ZP_SAY_NOTE_PEERS: return has->peers;
	case ZP_SAY_NOTE_PANEL: return has->panel;
	case ZP_SAY_NOTE_GRADES: return has->grades;
	default: return true;
	}
}
