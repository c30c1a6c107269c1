/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages-html: one plain page about the round, for the centre that organises it; and pages about a year. */
#include "year.h"
#include <string.h>

#define LISTED_MOST 2000 /* laboratories that a page can bear */

static void put_fact(zp_markup *m, const char *cn, const char *en, const char *text)
{
	if (!*text)
		return;
	zp_markup_put(m, "<div><dt>");
	zp_markup_put(m, cn);
	zp_markup_put(m, " <span lang=\"en\">");
	zp_markup_put(m, en);
	zp_markup_put(m, "</span></dt><dd>");
	zp_markup_tell(m, text);
	zp_markup_put(m, "</dd></div>\n");
}

static void put_head(zp_markup *m, const zp_summary *s)
{
	zp_markup_put(m, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
	          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\n"
	          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
	zp_markup_tell(m, s->round_name);
	zp_markup_put(m, "</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n<header>\n"
	          "<div class=\"only\">仅供组织者内部使用 <span lang=\"en\">For the organiser only</span></div>\n<h1>");
	zp_markup_tell(m, s->round_name);
	zp_markup_put(m, "</h1>\n<div lang=\"en\">");
	zp_markup_tell(m, s->round_name_en);
	zp_markup_put(m, "</div>\n<dl>\n");
}

static void put_facts(zp_markup *m, const zp_summary *s, size_t labs)
{
	put_fact(m, "轮次", "Round", s->round);
	put_fact(m, "组织者", "Organiser", s->organiser);
	put_fact(m, "签发日期", "Issued", s->issued);
	put_fact(m, "版本", "Version", s->version);
	zp_markup_put(m, "<div><dt>参加实验室 <span lang=\"en\">Laboratories</span></dt><dd>");
	zp_markup_number(m, labs);
	zp_markup_put(m, "</dd></div>\n</dl>\n");
}

static void put_reading(zp_markup *m)
{
	zp_markup_put(m, "<section class=\"read\"><p><strong>怎样读这些比例。</strong>每个比例旁边都有它的 n。n 小时，一两个结果就能使比例大起大落："
	          "20 个结果全部可接受，并不说明比 1,200 个结果中 1,170 个可接受更好。n 小或比例相近时，名次的先后没有多少意义；"
	          "比例完全相同的并列同一名次。“–” 表示没有名次或没有可计算的比例。</p>"
	          "<p lang=\"en\">Each share stands beside its n. Where n is small, one or two results move the share far: 20 accepted of 20 "
	          "do not show a better laboratory than 1,170 of 1,200. Where n is small or shares are close, who comes first means little. "
	          "Equal shares have the same rank (并列). A dash stands where there is no rank or no share.</p></section>\n");
}

static void put_page(zp_markup *m, const zp_host *host, const zp_summary *s)
{
	const size_t labs = s->n_ranks ? zp_labs_count(host, s) : 0;
	const bool listed = labs <= LISTED_MOST;
	put_head(m, s);
	put_facts(m, s, labs);
	put_reading(m);
	zp_markup_put(m, "</header>\n<nav aria-label=\"目录\"><ul>\n");
	zp_regions_contents(m, s);
	zp_answers_contents(m, s);
	zp_labs_contents(m, s, listed);
	zp_markup_put(m, "</ul></nav>\n<main>\n");
	zp_regions_put(m, host, s);
	zp_answers_put(m, s);
	zp_labs_put(m, s, listed);
	zp_markup_put(m, "</main>\n<footer>");
	zp_markup_tell(m, s->organiser);
	zp_markup_put(m, " <span lang=\"en\">");
	zp_markup_tell(m, s->organiser_en);
	zp_markup_put(m, "</span> · ");
	zp_markup_tell(m, s->issued);
	zp_markup_put(m, " · ");
	zp_markup_tell(m, s->version);
	zp_markup_put(m, "</footer>\n</body>\n</html>\n");
}

static bool round_page(const zp_host *host, void *state, const zp_summary *summary, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_markup m = { 0 };
	put_page(&m, host, summary);
	bool done = !m.failed || host->fail(err, ZP_BUG, "site/index.html", 0, "there is no memory left");
	if (done)
		done = out->write(out->self, "site/index.html", m.bytes, m.n, err) &&
		       out->write(out->self, "site/style.css", zp_pages_style, strlen(zp_pages_style), err);
	zp_markup_free(&m);
	return done;
}

static const zp_emitter emitter = { .round = round_page, .book = zp_year_book };

ZP_PLUGIN(pages_html) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "pages-html",
	.version = "1",
	.cites = "",
	.says = "Writes site/index.html about the round for the organiser: regions against each other, answers that are no numbers, and laboratories within their regions; and pages about a year, for publication and for the centre.",
	.does.emitter = &emitter,
};
