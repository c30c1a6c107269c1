/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/words.h"
#include <string.h>

typedef struct zp_plot_pair { const char *zh, *en, *both; } zp_plot_pair;

static const zp_plot_pair words[ZP_PLOT_WORDS] = {
	[ZP_SAY_SAMPLE] = { "样本", "sample", "样本" },
	[ZP_SAY_PEERS] = { "同组", "peers", "同组 peers" },
	[ZP_SAY_ALL] = { "全部", "all", "全部 all" },
	[ZP_SAY_COUNT] = { "家数", "laboratories", "家数 n" },
	[ZP_SAY_TARGET] = { "靶值", "target", "靶值" },
	[ZP_SAY_LIMITS] = { "允许范围", "allowed", "允许 allowed" },
	[ZP_SAY_OWN] = { "本室", "yours", "本室 yours" },
	[ZP_SAY_ABOVE] = { "家更高", "above", "家更高 above" },
	[ZP_SAY_BELOW] = { "家更低", "below", "家更低 below" },
	[ZP_SAY_BIAS] = { "偏倚", "Bias", "偏倚 Bias" },
	[ZP_SAY_TARGET_OF] = { "靶值", "Target", "靶值 Target" },
	[ZP_SAY_SHARE] = { "占限值 %", "% of the limit", "占限值 % of limit" },
	[ZP_SAY_NOT_HELD] = { "未举办", "not held", "未举办 not held" },
	[ZP_SAY_NO_RESULT] = { "无结果", "no result", "无结果 no result" },
	[ZP_SAY_ELLIPSE] = { "95 % 椭圆", "95 % ellipse", "95 % 椭圆 ellipse" },
	[ZP_SAY_MORE_GROUPS] = { "组未画出", "more groups", "组未画出 more" },
	[ZP_SAY_MORE_ANSWERS] = { "种答案未画出", "more answers", "种未画出 more" },
	[ZP_SAY_MORE_ROWS] = { "行未画出", "more rows", "行未画出 more" },
	[ZP_SAY_ACCEPTED] = { "可接受", "accepted", "可接受 accepted" },
	[ZP_SAY_LABS_IN_ORDER] = { "实验室（按顺序）", "Laboratories in order", "实验室 Laboratories" },
	[ZP_SAY_ACCEPTABLE_SHARE] = { "可接受结果的比例 %", "Acceptable results, %", "可接受 % Acceptable" },
	[ZP_SAY_INTERVAL] = { "区间", "interval", "区间" },
	[ZP_SAY_EVERYBODY] = { "总体", "everybody", "总体 overall" },
	[ZP_SAY_NOTHING] = { "没有可画的结果", "There are no results to draw", "没有可画的结果 No results to draw" },
	[ZP_SAY_NO_POINT] = { "没有可比较的样本", "There are no samples to compare", "没有可比较的样本 No samples to compare" },
	[ZP_SAY_OUTSIDE] = { "家在图外", "outside", "家在图外 outside" },
	[ZP_SAY_ALERT] = { "不可接受", "not acceptable", "不可接受" },
	[ZP_SAY_RIGHT] = { "可接受", "acceptable", "可接受" },
	[ZP_SAY_RIGHT_ANSWERS] = { "正确结果 %", "Right answers, %", "正确结果 % right" },
};

const char *zp_plot_says(zp_plot_word w, zp_tongue tongue)
{
	return tongue == ZP_CHINESE ? words[w].zh : tongue == ZP_ENGLISH ? words[w].en : words[w].both;
}

typedef struct zp_kind_words { const char *word, *zh, *en; } zp_kind_words;

static const zp_kind_words kinds[ZP_FIGURE_KINDS] = {
	[ZP_FIGURE_HISTOGRAM] = { "histogram", "结果分布", "Distribution of results" },
	[ZP_FIGURE_BIAS] = { "bias", "偏倚与浓度", "Bias by concentration" },
	[ZP_FIGURE_HISTORY] = { "history", "历次成绩", "Results over the rounds" },
	[ZP_FIGURE_YOUDEN] = { "youden", "尤登图", "Youden plot" },
	[ZP_FIGURE_METHODS] = { "methods", "各方法比较", "Comparison of methods" },
	[ZP_FIGURE_ANSWERS] = { "answers", "各结果家数", "Answers given" },
	[ZP_FIGURE_DOTS] = { "dots", "各实验室的偏倚", "Bias of every laboratory" },
	[ZP_FIGURE_RANKS] = { "ranks", "排名", "Ranking" },
	[ZP_FIGURE_STRIP] = { "strip", "各样本概览", "Samples at a glance" },
};

const char *zp_figure_word(zp_figure_kind k)
{
	return k < ZP_FIGURE_KINDS ? kinds[k].word : "";
}

const char *zp_figure_says(zp_figure_kind k, bool chinese)
{
	return k >= ZP_FIGURE_KINDS ? "" : chinese ? kinds[k].zh : kinds[k].en;
}

zp_figure_kind zp_figure_find(const char *word)
{
	zp_figure_kind k = 0;
	while (k < ZP_FIGURE_KINDS && strcmp(kinds[k].word, word) != 0)
		k++;
	return k;
}

const char *zp_plot_characters(zp_arena *arena)
{
	const char *all = "0123456789+−±×·–…%()（）：、，/<>→←";
	for (size_t w = 0; w < ZP_PLOT_WORDS; w++)
		all = zp_arena_print(arena, "%s%s%s", all, words[w].zh, words[w].both);
	for (size_t k = 0; k < ZP_FIGURE_KINDS; k++)
		all = zp_arena_print(arena, "%s%s", all, kinds[k].zh);
	return all;
}
