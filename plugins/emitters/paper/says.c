/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/says.h"
#include <stdarg.h>
#include <string.h>

static const zp_pair satisfactions[] = {
	[ZP_NEITHER] = { "不予评价", "Not evaluated" },
	[ZP_SATISFACTORY] = { "满意", "Satisfactory" },
	[ZP_UNSATISFACTORY] = { "不满意", "Unsatisfactory" },
};

static const zp_pair standings[ZP_STANDINGS] = {
	[ZP_STANDS_RETURNED] = { "", "" },
	[ZP_STANDS_LATE] = { "迟报", "Returned late" },
	[ZP_STANDS_BLANK] = { "漏报", "Left blank" },
	[ZP_STANDS_NOT_RETURNED] = { "未回报", "Not returned" },
	[ZP_STANDS_EXCUSED] = { "免评", "Excused" },
	[ZP_STANDS_NOT_PERFORMED] = { "未开展", "Not performed" },
	[ZP_STANDS_NOT_ENROLLED] = { "未参加", "Not enrolled" },
	[ZP_STANDS_CANCELLED] = { "计划取消", "Cancelled" },
};

/* ---- words of the parts that papers share ---- */

static const zp_pair shared_words[ZP_SHAREDS] = {
	[ZP_SHARED_ALSO] = { "亦可：", "also: " },
	[ZP_SHARED_ALLOWED] = { "允许 ", "allowed " },
	[ZP_SHARED_INDEX] = { "指数 ", "index " },
	[ZP_SHARED_COUNTS] = { "计 ", "counts " },
	[ZP_SHARED_GLANCE] = { "各项目、各样本一览", "All measurands and samples at a glance" },
	[ZP_SHARED_WHOLE] = { "样本全部正确", "whole sample right" },
	[ZP_SHARED_WHOLES] = { " 个样本中全部正确的有 ", " samples fully right" },
	[ZP_SHARED_CONTINUED] = { "（续）", "continued" },
	[ZP_SHARED_AMENDED] = { "更正版，代替 ", "Amended, replaces " },
	[ZP_SHARED_NUMBER] = { "（编号 ", " (No. " },
	[ZP_SHARED_REASON] = { "原因 ", "Reason: " },
};

const char *zp_shared_cn(zp_shared_word w)
{
	return shared_words[w].cn;
}

const char *zp_shared_en(zp_shared_word w)
{
	return shared_words[w].en;
}

const char *zp_satisfaction_cn(zp_satisfaction s)
{
	return satisfactions[s].cn;
}

const char *zp_satisfaction_en(zp_satisfaction s)
{
	return satisfactions[s].en;
}

const char *zp_standing_cn(zp_standing s)
{
	return standings[s].cn;
}

const char *zp_standing_en(zp_standing s)
{
	return standings[s].en;
}

const char *zp_join(const zp_host *host, const char *first, ...)
{
	va_list args;
	size_t bytes = 1;
	va_start(args, first);
	for (const char *s = first; s; s = va_arg(args, const char *))
		bytes += strlen(s);
	va_end(args);
	char *out = host->take(host, bytes), *p = out;
	va_start(args, first);
	for (const char *s = first; s; s = va_arg(args, const char *)) {
		size_t n = strlen(s);
		memcpy(p, s, n);
		p += n;
	}
	va_end(args);
	*p = '\0';
	return out;
}

const char *zp_certificate_number(const zp_host *host, const zp_report *r)
{
	return r->n_programmes == 1 ? r->programmes[0].certificate : zp_join(host, r->round, "-", r->lab, NULL);
}

static bool is_amended(const zp_bond *bond) { return bond->replaces && *bond->replaces; }

const char *zp_amended_says(const zp_host *host, const zp_bond *bond, const char *number)
{
	if (!is_amended(bond))
		return "";
	const zp_pair *words = &shared_words[ZP_SHARED_AMENDED], *no = &shared_words[ZP_SHARED_NUMBER];
	const char *cn = zp_join(host, words->cn, bond->replaces, *number ? no->cn : "", number, *number ? "）" : "", NULL);
	return zp_join(host, cn, "　", words->en, bond->replaces, *number ? no->en : "", number, *number ? ")" : "", NULL);
}

const char *zp_amended_why(const zp_host *host, const zp_bond *bond)
{
	return is_amended(bond) ? zp_join(host, shared_words[ZP_SHARED_REASON].cn, shared_words[ZP_SHARED_REASON].en, bond->reason, NULL) : "";
}

static size_t lay(char *out, const zp_pair *pairs, size_t n)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const char *both[] = { pairs[i].cn, pairs[i].en };
		for (int k = 0; k < 2; k++) {
			size_t bytes = strlen(both[k]);
			if (out)
				memcpy(out + at, both[k], bytes);
			at += bytes;
		}
	}
	return at;
}

const char *zp_pairs_all(const zp_host *host, const zp_pair *pairs, size_t n)
{
	static const char also[] = { '\xef', '\xbc', '\x89', '\xe3', '\x80', '\x80' }; /* ）and the blank between, of what is joined above */
	const size_t n_satisfactions = sizeof(satisfactions) / sizeof(satisfactions[0]);
	char *all = host->take(host, lay(NULL, pairs, n) + lay(NULL, satisfactions, n_satisfactions) + lay(NULL, standings, ZP_STANDINGS) + lay(NULL, shared_words, ZP_SHAREDS) + sizeof also + 1), *p = all;
	p += lay(p, pairs, n);
	p += lay(p, satisfactions, n_satisfactions);
	p += lay(p, standings, ZP_STANDINGS);
	p += lay(p, shared_words, ZP_SHAREDS);
	p = (char *)memcpy(p, also, sizeof also) + sizeof also;
	*p = '\0';
	return all;
}
