/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the methods of targets are called. */
#include <string.h>
#include "book.h"

static const struct { const char *name; zp_both says; } methods[] = {
	{ "algorithm-a", { "稳健算法 A", "Algorithm A" } },
	{ "algorithm-a-grouped", { "算法 A（用于修约较粗的结果）", "Algorithm A for coarsely rounded values" } },
	{ "algorithm-a-iso3", { "算法 A（三位有效数字不变即停）", "Algorithm A, stopped by the third figure" } },
	{ "censored-normal", { "含“<”“>”结果的正态拟合", "normal fit with bounds" } },
	{ "clia-3sd", { "一次剔除 ±3SD 后的均值", "mean after one removal beyond 3 SD" } },
	{ "consensus", { "规定比例的一致答复", "agreement of enough laboratories" } },
	{ "crm", { "有证标准物质", "certified reference material" } },
	{ "expert", { "专家实验室公议值", "consensus of expert laboratories" } },
	{ "huber", { "Huber 位置估计", "Huber's location" } },
	{ "kernel-mode", { "核密度众数", "mode of the density" } },
	{ "known", { "给定值", "stated value" } },
	{ "decided", { "组织者决定的值", "value decided by the organiser" } },
	{ "mean", { "算术均值", "mean" } },
	{ "median-grade", { "中位等级", "median grade" } },
	{ "median-made", { "中位数与 MADe", "median and MADe" } },
	{ "median-niqr", { "中位数与 nIQR", "median and nIQR" } },
	{ "mode", { "众数答复", "most frequent answer" } },
	{ "q-hampel", { "Q / Hampel 法", "Q and Hampel" } },
	{ "q-method", { "Q 法", "Q method" } },
	{ "qn-hampel", { "Qn / Hampel 法", "Qn and Hampel" } },
	{ "qn", { "中位数与 Qn", "median and Qn" } },
	{ "reference-laboratory", { "参考实验室定值", "reference laboratory" } },
	{ "sn", { "中位数与 Sn", "median and Sn" } },
	{ "trimmed-10", { "10 % 截尾均值", "10 % trimmed mean" } },
	{ "trimmed-25", { "25 % 截尾均值", "25 % trimmed mean" } },
	{ "truncated-2sd", { "反复剔除 ±2SD 后的均值", "mean after removals beyond 2 SD" } },
	{ "truncated-3sd", { "反复剔除 ±3SD 后的均值", "mean after removals beyond 3 SD" } },
};

zp_both zp_method_says(const char *method, const char *origin)
{
	const char *name = *method ? method : origin;
	const size_t n = strcspn(name, " "); /* its version follows */
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (strlen(methods[i].name) == n && memcmp(methods[i].name, name, n) == 0)
			return methods[i].says;
	return (zp_both){ NULL, "" };
}
