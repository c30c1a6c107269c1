/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

static const zp_pair words[ZP_WORDS] = {
	[ZP_WORD_TITLE] = { "室间质量评价成绩证书", "Certificate of EQA performance" },
	[ZP_WORD_NUMBER] = { "证书编号", "Certificate no." },
	[ZP_WORD_PROGRAMME] = { "专业", "Programme" },
	[ZP_WORD_SCORE] = { "得分 S", "Score S" },
	[ZP_WORD_ACCEPTED] = { "可接受 / 总数", "Accepted / total" },
	[ZP_WORD_OUTCOME] = { "成绩", "Performance" },
	[ZP_WORD_PASSED] = { "成绩满意的项目", "Measurands with satisfactory performance" },
	[ZP_WORD_MORE] = { "其余专业见下页", "further programmes on the next page" },
	[ZP_WORD_FURTHER] = { "其余项目见下页", "further measurands on the next page" },
	[ZP_WORD_VALID] = { "有效期至", "Valid until" },
	[ZP_WORD_ISSUED] = { "签发日期", "Issued" },
	[ZP_WORD_PAGE] = { "第 ", "Page " },
	[ZP_WORD_OF] = { " 页，共 ", " of " },
	[ZP_WORD_PAGES] = { " 页", "" },
	[ZP_WORD_CONTINUED] = { "（续）", "continued" },
	[ZP_WORD_SUMMARY] = { "各专业成绩（续）", "Performance by programme, continued" },
	[ZP_WORD_MEASURAND] = { "检验项目", "Measurand" },
	[ZP_WORD_SAMPLE] = { "样本", "Sample" },
	[ZP_WORD_VALUE] = { "本室结果", "Your value" },
	[ZP_WORD_TARGET] = { "靶值", "Target" },
	[ZP_WORD_RANGE] = { "允许范围", "Allowed range" },
	[ZP_WORD_BIAS] = { "偏倚", "Bias" },
	[ZP_WORD_BIAS_PCT] = { "偏倚 %", "Bias %" },
	[ZP_WORD_SDI] = { "SDI", "SDI" },
	[ZP_WORD_VERDICT] = { "评价结果", "Verdict" },
	[ZP_WORD_LIMIT] = { "限值", "limit" },
	[ZP_WORD_STATED] = { "靶值由组织者给定", "stated by the organiser" },
	[ZP_WORD_DECIDED] = { "靶值由组织者决定", "decided by the organiser" },
	[ZP_WORD_AGREED] = { "靶值为一致结果", "agreed on" },
	[ZP_WORD_MODE] = { "靶值为众数", "the most frequent answer" },
	[ZP_WORD_MEDIAN_GRADE] = { "靶值为中位等级", "the median grade" },
	[ZP_WORD_RULE] = { "评价规则", "rule" },
	[ZP_WORD_DOUBT] = { "靶值提示：", "doubt:" },
	[ZP_WORD_HIDDEN] = { "n 不公布", "n not shown" },
	[ZP_WORD_NOTHING] = { "本专业没有可列出的结果", "There are no results to list for this programme" },
	[ZP_WORD_LIST] = { "、", "(): " },
	[ZP_WORD_REPLY] = { "本室结果", "Your answer" },
	[ZP_WORD_ANSWERS] = { "同组各结果家数与比例", "Answers of the group, n and %" },
	[ZP_WORD_WEIGHT] = { "权重", "weight" },
	[ZP_WORD_HINT] = { "提示：", "hint: " },
	[ZP_WORD_POINTS] = { "得分 / 总分", "Points / possible" },
	[ZP_WORD_SAMPLES] = { "全对样本 / 样本", "Samples right / all" },
	[ZP_WORD_GOT] = { "得分 ", "points " },
	[ZP_WORD_FULL] = { "总分 ", "of " },
	[ZP_WORD_NOTES] = { "说明", "Notes" },
	[ZP_WORD_NOTE_SCORE] = {
		"S1 = 本项目可接受结果数 ÷ 计入结果总数 × 100；S = 本专业全部可接受结果数 ÷ 计入结果总数 × 100。不是各项目 S1 的平均。",
		"S1: accepted results of a measurand in percent of those counted; S: the same over the whole programme, which is not the mean of S1." },
	[ZP_WORD_NOTE_POINTS] = {
		"有的项目设有权重，或结果可部分得分：S = 得分合计 ÷ 总分 × 100；每个结果的总分是其项目的权重（未注明者为 1），部分正确者按所注百分比得分。",
		"Some measurands have a weight, or some results count in part: S is points in percent of the points that were possible; a result is worth the weight of its measurand, 1 unless stated, and of that the percentage that stands beside it." },
	[ZP_WORD_NOTE_SAMPLES] = {
		"按样本计分的专业：S = 全部正确的样本数 ÷ 受评样本数 × 100。",
		"Where samples are scored: S is the samples that are right as a whole, in percent of those that were judged." },
	[ZP_WORD_NOTE_RANGE] = {
		"评价按精确的靶值和限值进行；印出的允许范围向靶值方向修约，以免与评价结果相矛盾。",
		"Verdicts rest on exact targets and limits; printed bounds are rounded towards the target, so that they do not contradict a verdict." },
	[ZP_WORD_NOTE_SDI] = {
		"SDI 是结果与同组中心的差，以同组标准差为单位，仅供参考，括号内者因同组实验室少尤其如此；除非限值本身以标准差规定，它不决定评价结果。",
		"SDI is the distance from the centre of the peers in their standard deviations. It is informative, the more so in brackets, where peers are few; it decides no verdict unless the limit itself is stated in standard deviations." },
	[ZP_WORD_NOTE_GROUP] = {
		"n 是同组实验室数；组内实验室过少时不公布与组有关的统计量，以免透露他室结果。",
		"n is the number of peers; statistics of very small groups are not shown, since they would reveal the results of others." },
	[ZP_WORD_NOTE_PANEL] = {
		"一览表：✓ 通过，× 不通过，– 未开展或不评价；其后为本室结果（＋ 阳性，− 阴性，± 可疑）。一个样本中受评的项目全部通过，即为全部正确；只检测部分项目的实验室按其检测的项目评价。",
		"At a glance: ✓ acceptable, × unacceptable, – not performed or not evaluated, and beside it your answer. A sample is right as a whole when everything that was judged of it is acceptable; a laboratory that tests some of the measurands is judged on those." },
	[ZP_WORD_NOTE_GRADES] = {
		"等级图：◆ 靶值，▼ 本室结果，底色部分为可接受的等级；图上只列所用试纸（试剂）能报告的等级。",
		"Grades: ◆ target, ▼ your answer, shaded what is acceptable; only grades that the strip (or reagent) can show." },
	[ZP_WORD_NOTE_ANSWERS] = {
		"同组各结果的家数与比例只作参考；实验室过少时不公布。",
		"How often each answer was given in the group is informative; it is not shown where laboratories are few." },
	[ZP_WORD_NOTE_SENT] = {
		"结果旁括号内为原报内容；单位为 log10 的项目按对数评价。",
		"In brackets beside a result: what was sent; where the unit is log10, logarithms are judged." },
	[ZP_WORD_NOTE_EMPTY] = { "“–” 表示没有这个数。", "A dash stands where there is no number." },
};

const char *zp_word_cn(zp_word w)
{
	return words[w].cn;
}

const char *zp_word_en(zp_word w)
{
	return words[w].en;
}

const char *zp_words_all(const zp_host *host)
{
	static const char more[] = "年月日·–✓×◆▼＋−±。/；（）"; /* of dates, and what joins or stands for texts */
	return zp_join(host, zp_pairs_all(host, words, ZP_WORDS), more, NULL);
}
