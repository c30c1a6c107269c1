/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annual.h"
#include <string.h>

typedef struct pair { const char *cn, *en; } pair;

static const pair words[ZP_SAIDS] = {
	[ZP_SAID_HONOUR] = { "荣誉证书", "Certificate of honour" },
	[ZP_SAID_CODE] = { "实验室编码", "Laboratory code" },
	[ZP_SAID_NUMBER] = { "证书编号", "Certificate no." },
	[ZP_SAID_YEAR] = { "年度", "Year" },
	[ZP_SAID_VALID] = { "有效期至", "Valid until" },
	[ZP_SAID_PASSED] = { "合格项目", "Measurands passed" },
	[ZP_SAID_RECOGNISED] = { "互认项目", "Recognised measurands" },
	[ZP_SAID_LISTED] = { "检验项目", "Measurands" },
	[ZP_SAID_CONTINUED] = { "（续）", "continued" },
	[ZP_SAID_MORE] = { "其余项目见下页", "further measurands on the next page" },
	[ZP_SAID_AWARDED] = { "经评定，授予 ", "is awarded the following title for the year " },
	[ZP_SAID_AWARD_END] = { "称号，特发此证。", "" },
	[ZP_SAID_ISSUED] = { "签发日期", "Issued" },
	[ZP_SAID_DIGEST] = { "依据摘要", "Digest of what it rests on" },
};

/* Pieces of sentences; texts and numbers stand between them. */
static const pair
	year_of = { " 年度", "" },
	took_part = { "经评定，该实验室参加 ", "This is to certify that the above laboratory took part in the " },
	assessment = { "室间质量评价，下列 ", " external quality assessment" },
	in_programme = { "“", ", programme " },
	programme_end = { "”", "," },
	passed = { " 个检验项目成绩合格，特发此证。", " and met its requirements for the " },
	reviewed = { "经审核，该实验室下列 ", "On review, the " },
	recognised = { " 个检验项目符合检验结果互认条件，准予在有效期内于检验报告中使用所列互认标识，特发此证。",
	               " the conditions for mutual recognition of test results; within the period of validity the above laboratory may use the stated marks on its reports." },
	below = { "", " listed below" },
	valid_from = { "有效期：", "Valid from " },
	valid_only = { "有效期至 ", "Valid until " },
	valid_to = { "至 ", " to " },
	issue = { "第 ", "Issue " },
	replaces = { " 次签发，代替 No. ", ", which replaces no. " },
	issue_only = { " 次签发", "" },
	in_a_row = { "连续 ", "" },
	years = { " 年获此称号", " years in a row" },
	page_of = { "第 ", "Page " },
	page_total = { " 页，共 ", " of " },
	page_end = { " 页", "" };

static const pair *const all_pieces[] = { &year_of, &took_part, &assessment, &in_programme, &programme_end, &passed, &reviewed, &recognised, &below,
	&valid_from, &valid_only, &valid_to, &issue, &replaces, &issue_only, &in_a_row, &years, &page_of, &page_total, &page_end };

static const char *of(pair p, bool chinese) { return chinese ? p.cn : p.en; }

const char *zp_annual_word(zp_said_on_paper w, bool chinese) { return of(words[w], chinese); }

const char *zp_annual_heading(const zp_paper *p, bool chinese)
{
	return p->kind == ZP_PAPER_TITLE ? zp_annual_word(ZP_SAID_HONOUR, chinese) : chinese ? p->title : p->title_en;
}

static const char *number(const zp_host *host, size_t v)
{
	char text[24];
	snprintf(text, sizeof text, "%zu", v);
	return zp_join(host, text, NULL);
}

/* "20 measurands", and "meet" behind them. */
static const char *counted(const zp_host *host, size_t n)
{
	return n == 1 ? "measurand" : zp_join(host, number(host, n), " measurands", NULL);
}

static const char *annual(const zp_host *host, const zp_paper *p, bool chinese)
{
	const char *name = chinese || !*p->programme_en ? p->programme : p->programme_en, *year = number(host, (size_t)p->year);
	const char *programme = *name ? zp_join(host, of(in_programme, chinese), name, of(programme_end, chinese), NULL) : "";
	if (chinese)
		return zp_join(host, took_part.cn, year, year_of.cn, programme, assessment.cn, number(host, p->n_lines), passed.cn, NULL);
	return zp_join(host, took_part.en, year, assessment.en, programme, passed.en, counted(host, p->n_lines), below.en, ".", NULL);
}

static const char *recognition(const zp_host *host, const zp_paper *p, bool chinese)
{
	if (chinese)
		return zp_join(host, reviewed.cn, number(host, p->n_lines), recognised.cn, NULL);
	return zp_join(host, reviewed.en, counted(host, p->n_lines), below.en, p->n_lines == 1 ? " meets" : " meet", recognised.en, NULL);
}

const char *zp_annual_statement(const zp_host *host, const zp_paper *p, bool chinese)
{
	return p->kind == ZP_PAPER_ANNUAL ? annual(host, p, chinese) : p->kind == ZP_PAPER_RECOGNITION ? recognition(host, p, chinese) : "";
}

const char *zp_annual_period(const zp_host *host, const zp_paper *p, bool chinese)
{
	if (!*p->until)
		return "";
	const char *until = zp_annual_date(host, p->until, chinese);
	if (!*p->from)
		return zp_join(host, of(valid_only, chinese), until, NULL);
	return zp_join(host, of(valid_from, chinese), zp_annual_date(host, p->from, chinese), of(valid_to, chinese), until, NULL);
}

const char *zp_annual_reissued(const zp_host *host, const zp_paper *p, bool chinese)
{
	if (p->issue < 2 && !*p->replaces)
		return "";
	const char *which = number(host, p->issue);
	return *p->replaces ? zp_join(host, of(issue, chinese), which, of(replaces, chinese), p->replaces, NULL) :
		zp_join(host, of(issue, chinese), which, of(issue_only, chinese), NULL);
}

const char *zp_annual_in_a_row(const zp_host *host, const zp_paper *p, bool chinese)
{
	return p->in_a_row < 2 ? "" : zp_join(host, of(in_a_row, chinese), number(host, p->in_a_row), of(years, chinese), NULL);
}

const char *zp_annual_page(const zp_host *host, size_t page, size_t total, bool chinese)
{
	return zp_join(host, of(page_of, chinese), number(host, page), of(page_total, chinese), number(host, total), of(page_end, chinese), NULL);
}

/* The date was checked before. */
const char *zp_annual_date(const zp_host *host, const char *iso, bool chinese)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
		"November", "December" };
	const int month = (iso[5] - '0') * 10 + iso[6] - '0', day = (iso[8] - '0') * 10 + iso[9] - '0';
	char out[64];
	if (chinese)
		snprintf(out, sizeof out, "%.4s 年 %d 月 %d 日", iso, month, day);
	else
		snprintf(out, sizeof out, "%d %s %.4s", day, months[month - 1], iso);
	return zp_join(host, out, NULL);
}

const char *zp_annual_words_all(const zp_host *host)
{
	const char *all = "年月日至·–　（）";
	for (size_t i = 0; i < ZP_SAIDS; i++)
		all = zp_join(host, all, words[i].cn, words[i].en, NULL);
	for (size_t i = 0; i < sizeof all_pieces / sizeof *all_pieces; i++)
		all = zp_join(host, all, all_pieces[i]->cn, all_pieces[i]->en, NULL);
	return all;
}
