/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the tables and of the reports, one table each; docs/formats lists them. */
#include "model/outcome.h"
#include "model/hint.h"
#include "model/round.h"

typedef struct words { const char *word, *chinese, *english; } words;

static const words reasons[ZP_REASONS] = {
	[ZP_REASON_NONE] = { "", "", "" },
	[ZP_REASON_NO_TARGET] = { "no_target", "该样本没有靶值", "there is no target for this sample" },
	[ZP_REASON_TOO_FEW_PEERS] = { "too_few_peers", "可比结果太少，不能确定靶值", "too few peers to assign a target" },
	[ZP_REASON_PERCENT_UNDEFINED] = { "percent_undefined", "靶值不大于零，百分限无意义",
					  "the target is not above zero, so a percentage of it means nothing" },
	[ZP_REASON_COLLAPSED] = { "collapsed", "结果相同者过多，离散度为零", "so many results are equal that the spread is zero" },
	[ZP_REASON_TOO_FEW_FOR_SD] = { "too_few_for_sd", "可比结果太少，不能按标准差评价",
				       "too few peers to judge by standard deviations" },
	[ZP_REASON_NO_CONVERGENCE] = { "no_convergence", "靶值计算未收敛", "the target did not converge" },
	[ZP_REASON_UNCERTAIN] = { "uncertain", "靶值的不确定度过大，按方案不评价", "the target is too uncertain to judge results by it" },
	[ZP_REASON_HUMPS] = { "humps", "结果呈多峰分布，不设合并靶值", "the results have more than one hump, so there is no common target" },
	[ZP_REASON_HETEROGENEOUS] = { "heterogeneous", "样品未通过均匀性或稳定性检验，按方案不评价", "the samples failed the homogeneity or the stability test" },
	[ZP_REASON_NO_CONSENSUS] = { "no_consensus", "各实验室结果未达到规定的一致比例，不能确定靶值", "too few agreed on one answer to assign a target" },
	[ZP_REASON_TWO_MODES] = { "two_modes", "两种结果同样多，不能确定靶值", "two answers are equally frequent, so there is no target" },
	[ZP_REASON_SAMPLE_OUT] = { "sample_out", "组织者决定该样本不评价", "the organiser decided not to evaluate this sample" },
	[ZP_REASON_CONFLICT] = { "conflict", "同一结果有不同的回报值，待组织者决定", "different values were returned for the same result" },
	[ZP_REASON_CENSORED] = { "censored", "以“<”或“>”回报，不是数值", "a bound was returned, not a number" },
	[ZP_REASON_UNREADABLE] = { "unreadable", "回报内容不能识别为数值", "what was returned cannot be read as a number" },
	[ZP_REASON_LAB_SAMPLE_OUT] = { "lab_sample_out", "组织者决定该结果不评价", "the organiser decided not to evaluate this result" },
	[ZP_REASON_BLANK_NOT_EVALUATED] = { "blank_not_evaluated", "未填写，按方案不评价", "left blank; not evaluated by this scheme" },
	[ZP_REASON_EXCUSED] = { "excused", "经批准免于本次评价", "excused from this round" },
	[ZP_REASON_NOT_ASKED] = { "not_asked", "该样本不要求此项目", "this measurand is not asked for in this sample" },
	[ZP_REASON_BELOW_LOD] = { "below_lod", "靶值低于本实验室的检测下限，不评价", "the target lies below the laboratory's limit of detection" },
	[ZP_REASON_OFF_STRIP] = { "off_strip", "所用试纸（试剂）没有靶值这一等级，不评价", "the target is no grade of the strip that was used" },
	[ZP_REASON_GREY] = { "grey", "回报为可疑（灰区），按方案不评价", "an equivocal answer, which this scheme does not evaluate" },
	[ZP_REASON_LATE] = { "late", "截止时间后收到，按不通过计", "received after the closing time, which counts as unacceptable" },
	[ZP_REASON_BLANK] = { "blank", "未填写，按不通过计", "left blank, which counts as unacceptable" },
	[ZP_REASON_NOT_RETURNED] = { "not_returned", "未回报，按不通过计", "not returned, which counts as unacceptable" },
	[ZP_REASON_FALSE_NEGATIVE] = { "false_negative", "假阴性：应为阳性", "false negative: it should be positive" },
	[ZP_REASON_FALSE_POSITIVE] = { "false_positive", "假阳性：应为阴性", "false positive: it should be negative" },
	[ZP_REASON_TOO_FAR] = { "too_far", "与靶值相差的等级数超过允许范围", "more grades from the target than are allowed" },
	[ZP_REASON_OTHER_ANSWER] = { "other_answer", "与预期结果不一致", "not the expected answer" },
	[ZP_REASON_MISSED] = { "missed", "漏检有临床意义的成分", "a clinically significant one was missed" },
	[ZP_REASON_EXTRA] = { "extra", "报告了样本中没有的成分", "one was reported that is not there" },
	[ZP_REASON_PARTLY] = { "partly", "部分正确，得部分分", "right in part, with part of the credit" },
	[ZP_REASON_MINOR_ERROR] = { "minor_error", "小错误：涉及中介（I）", "minor error: one of the two is intermediate" },
	[ZP_REASON_MAJOR_ERROR] = { "major_error", "大错误：敏感报为耐药", "major error: resistant was reported, and it is susceptible" },
	[ZP_REASON_VERY_MAJOR_ERROR] = { "very_major_error", "极大错误：耐药报为敏感", "very major error: susceptible was reported, and it is resistant" },
	[ZP_REASON_DISCREPANCY] = { "discrepancy", "两项结果相互矛盾（如正反定型不符）", "two results contradict each other, as forward and reverse group" },
	[ZP_REASON_ABSURD] = { "absurd", "与同组结果相差远超允许限", "many times the limit away from its peers" },
};

static const words verdicts[ZP_VERDICTS] = {
	[ZP_NOT_EVALUATED] = { "not_evaluated", "不评价", "not evaluated" },
	[ZP_ACCEPTABLE] = { "acceptable", "通过", "acceptable" },
	[ZP_UNACCEPTABLE] = { "unacceptable", "不通过", "unacceptable" },
};

static const words standings[ZP_STANDINGS] = {
	[ZP_STANDS_RETURNED] = { "returned", "已回报", "returned" },
	[ZP_STANDS_LATE] = { "late", "迟报", "late" },
	[ZP_STANDS_BLANK] = { "blank", "漏报", "left blank" },
	[ZP_STANDS_NOT_RETURNED] = { "not_returned", "未回报", "not returned" },
	[ZP_STANDS_EXCUSED] = { "excused", "免评", "excused" },
	[ZP_STANDS_NOT_PERFORMED] = { "not_performed", "未开展", "not performed" },
	[ZP_STANDS_NOT_ENROLLED] = { "not_enrolled", "未参加", "not enrolled" },
	[ZP_STANDS_CANCELLED] = { "cancelled", "计划取消", "programme cancelled" },
};

static const words satisfactions[] = {
	[ZP_NEITHER] = { "neither", "不予评价", "not evaluated" },
	[ZP_SATISFACTORY] = { "satisfactory", "满意", "satisfactory" },
	[ZP_UNSATISFACTORY] = { "unsatisfactory", "不满意", "unsatisfactory" },
};

static const words doubts[ZP_DOUBTS] = {
	{ "few", "同组结果数不足，只能按固定限（百分数或绝对值）评价", "few peers: no verdict by SD, only by a fixed limit" },
	{ "tied", "中间一半结果相同，离散度与不确定度取决于修约", "the middle half is one value: spread and uncertainty rest on the rounding" },
	{ "collapsed", "相同结果过多，离散度为零，不含信息", "so many results are equal that the spread is zero and says nothing" },
	{ "uncertain", "靶值的不确定度不可忽略", "the uncertainty of the target is not negligible" },
	{ "humps", "结果呈多峰分布", "the results have more than one hump" },
	{ "reference", "公议值与独立参考值之差超过其不确定度的两倍", "the consensus differs from the reference value by more than twice the uncertainty" },
	{ "heterogeneous", "样品未通过均匀性检验", "the samples failed the homogeneity test" },
	{ "unstable", "样品未通过稳定性检验", "the samples failed the stability test" },
	{ "methods", "组内有方法（仪器、系统）的结果明显偏离靶值，宜分组定值", "the results of some method, instrument or system lie apart from the target: targets by group would be better" },
};

static const words flags[ZP_FLAGS] = {
	{ "index", "指数（COI、S/CO）与所报阴阳性矛盾，请核对；不影响评价", "the index contradicts the reported word; it does not change the verdict" },
	{ "discrepancy", "正反定型（或两项结果）相互矛盾", "forward and reverse group, or two such results, contradict each other" },
};

static const char *const bys[] = { [ZP_BY_NOBODY] = "", [ZP_BY_REFEREES] = "referees", [ZP_BY_PARTICIPANTS] = "participants" };

static const char *const origins[] = { [ZP_CONSENSUS] = "consensus", [ZP_KNOWN] = "known", [ZP_DECIDED] = "decided" };

static const words states[ZP_STATES] = {
	[ZP_NOT_RETURNED] = { "not_returned", "未回报", "not returned" },
	[ZP_BLANK] = { "blank", "漏报", "left blank" },
	[ZP_RETURNED] = { "returned", "已回报", "returned" },
	[ZP_LATE] = { "late", "迟报", "late" },
	[ZP_CONFLICT] = { "conflict", "回报值矛盾", "conflicting values" },
	[ZP_UNREADABLE] = { "unreadable", "不能识别", "unreadable" },
	[ZP_EXCUSED] = { "excused", "免评", "excused" },
	[ZP_NOT_ASKED] = { "not_asked", "不要求", "not asked" },
};

static const words marks[ZP_MARKS] = {
	[ZP_KEPT] = { "kept", "参与统计", "kept" },
	[ZP_ASIDE_LATE] = { "late", "迟报", "late" },
	[ZP_ASIDE_CONFLICT] = { "conflict", "回报值矛盾", "conflicting values" },
	[ZP_ASIDE_CENSORED] = { "censored", "不是数值", "a bound, not a number" },
	[ZP_ASIDE_SCREENED] = { "screened", "超出筛查范围", "outside the screen of the scheme" },
	[ZP_ASIDE_ABSURD] = { "absurd", "极端值", "absurdly far from its peers" },
	[ZP_ASIDE_OUT] = { "decided", "组织者决定", "taken out by decision" },
	[ZP_ASIDE_OUTLIER] = { "outlier", "离群值", "dropped by the method as an outlier" },
	[ZP_ASIDE_NOTHING] = { "", "", "" },
	[ZP_ASIDE_SLIP] = { "slip", "疑为差错", "taken for a slip" },
};

static const words slips[ZP_SLIPS] = {
	[ZP_SLIP_UNIT] = { "unit", "单位错误", "another unit" },
	[ZP_SLIP_DECIMAL] = { "decimal", "小数点错位", "the decimal point in the wrong place" },
	[ZP_SLIP_SIGN] = { "sign", "正负号错误", "the wrong sign" },
	[ZP_SLIP_SAMPLES] = { "samples", "样本混淆", "samples mixed up" },
	[ZP_SLIP_MEASURANDS] = { "measurands", "项目混淆", "measurands mixed up" },
	[ZP_SLIP_REPEATED] = { "repeated", "与前一实验室结果重复", "the results of the laboratory before it" },
	[ZP_SLIP_COPIED] = { "copied", "与另一实验室结果相同", "the results of another laboratory" },
};

static const char *const kinds[] = { [ZP_NOTHING] = "nothing", [ZP_NUMBER] = "number", [ZP_BELOW] = "below", [ZP_ABOVE] = "above",
				     [ZP_CATEGORY] = "category", [ZP_TITRE] = "titre", [ZP_GRADE] = "grade",
				     [ZP_SET] = "set", [ZP_UNDETECTED] = "undetected" };

const char *zp_reason_word(zp_reason r) { return reasons[r].word; }
const char *zp_reason_says(zp_reason r, bool chinese) { return chinese ? reasons[r].chinese : reasons[r].english; }
const char *zp_verdict_word(zp_verdict v) { return verdicts[v].word; }
const char *zp_verdict_says(zp_verdict v, bool chinese) { return chinese ? verdicts[v].chinese : verdicts[v].english; }
const char *zp_standing_word(zp_standing s) { return standings[s].word; }
const char *zp_standing_says(zp_standing s, bool chinese) { return chinese ? standings[s].chinese : standings[s].english; }
const char *zp_satisfaction_word(zp_satisfaction s) { return satisfactions[s].word; }
const char *zp_satisfaction_says(zp_satisfaction s, bool chinese)
{
	return chinese ? satisfactions[s].chinese : satisfactions[s].english;
}
const char *zp_doubt_word(unsigned bit) { return doubts[bit].word; }
const char *zp_widened_says(bool chinese)
{
	return chinese ? "允许范围已按靶值的不确定度放宽" : "the allowed range is widened by the uncertainty of the target";
}

const char *zp_doubt_says(unsigned bit, bool chinese) { return chinese ? doubts[bit].chinese : doubts[bit].english; }
const char *zp_flag_word(unsigned bit) { return flags[bit].word; }
const char *zp_flag_says(unsigned bit, bool chinese) { return chinese ? flags[bit].chinese : flags[bit].english; }
const char *zp_by_word(zp_by b) { return bys[b]; }
const char *zp_origin_word(zp_origin o) { return origins[o]; }
const char *zp_state_word(unsigned s) { return states[s].word; }
const char *zp_state_says(unsigned s, bool chinese) { return chinese ? states[s].chinese : states[s].english; }
const char *zp_mark_word(unsigned m) { return marks[m].word; }
const char *zp_mark_says(unsigned m, bool chinese) { return chinese ? marks[m].chinese : marks[m].english; }
const char *zp_slip_word(unsigned s) { return slips[s].word; }
const char *zp_slip_says(unsigned s, bool chinese) { return chinese ? slips[s].chinese : slips[s].english; }
const char *zp_kind_word(unsigned k) { return kinds[k]; }

const char *zp_peer_key_word(int key)
{
	static const char *const names[] = { "system", "instrument", "method", "reagent", "calibrator" };
	return names[key];
}

const char *zp_peer_key_says(int key)
{
	static const char *const names[] = { "检测系统", "仪器", "方法", "试剂", "校准品" };
	return names[key];
}
