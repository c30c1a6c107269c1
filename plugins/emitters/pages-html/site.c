/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a page: what is above and below, and the ways to the others. */
#include "site.h"
#include <stdio.h>
#include <string.h>

typedef struct part { const char *kind, *zh, *en; } part;

/* The ways that stand on every page. Those that end in "/" have a page for each programme, and 0 for all of them. */
static const part parts[ZP_SITE_PARTS] = {
	[ZP_PART_OVERVIEW] = { "index.html", "概览", "Overview" },
	[ZP_PART_MEASURANDS] = { "measurands.html", "项目", "Measurands" },
	[ZP_PART_REGIONS] = { "regions/", "地区", "Regions" },
	[ZP_PART_RANKING] = { "ranking/", "名次", "Ranking" },
	[ZP_PART_DOUBTS] = { "doubts.html", "疑点与决定", "Doubts and decisions" },
	[ZP_PART_ABOUT] = { "about.html", "说明", "How to read" },
	[ZP_PART_PRINT] = { "print.html", "打印", "Print" },
};

/* "../" as often as the page lies deep, to where style and script are. */
static void put_up(zp_site *s)
{
	zp_site_put(s, s->english ? "../" : "");
	zp_site_put(s, strchr(s->path, '/') ? "../" : "");
}

static void put_twin(zp_site *s)
{
	const char *up = strchr(s->path, '/') ? "../" : "";
	zp_site_put(s, up);
	zp_site_put(s, s->english ? "../" : "en/");
	zp_site_put(s, s->path);
}

static void put_title(zp_site *s, const char *title, const char *title_en)
{
	if (title) {
		zp_site_tell_of(s, title, title_en);
		zp_site_put(s, " · ");
	}
	zp_site_tell_of(s, s->of->round_name, s->of->round_name_en);
}

static void put_head(zp_site *s, const char *title, const char *title_en)
{
	zp_site_say(s, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n", "<!DOCTYPE html>\n<html lang=\"en\">\n");
	zp_site_put(s, "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; "
		    "script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	put_title(s, title, title_en);
	zp_site_put(s, "</title>\n<link rel=\"stylesheet\" href=\"");
	put_up(s);
	zp_site_put(s, "look/site.css\">\n<link rel=\"alternate\" hreflang=\"");
	zp_site_say(s, "en", "zh-CN");
	zp_site_put(s, "\" href=\"");
	put_twin(s);
	zp_site_put(s, "\">\n<script src=\"");
	put_up(s);
	zp_site_put(s, "look/site.js\"></script>\n</head>\n<body>\n");
}

/* The page of a part that ends in "/": the first scope that has one; SIZE_MAX: none has. */
static size_t first_of(const zp_site *s, size_t i)
{
	for (size_t scope = 0; scope <= s->of->n_programmes; scope++)
		if (i == ZP_PART_REGIONS ? zp_site_has_regions(s, scope) : zp_site_has_ranking(s, scope))
			return scope;
	return SIZE_MAX;
}

static void put_ways(zp_site *s, zp_site_part current)
{
	zp_site_put(s, "<nav class=\"ways\" aria-label=\"");
	zp_site_say(s, "本站", "Site");
	zp_site_put(s, "\"><ul>\n");
	for (size_t i = 0; i < ZP_SITE_PARTS; i++) {
		const bool many = strchr(parts[i].kind, '/');
		const size_t first = many ? first_of(s, i) : 0;
		if (first == SIZE_MAX)
			continue;
		zp_site_put(s, i == current ? "<li class=\"here\">" : "<li>");
		zp_site_link(s, parts[i].kind, first, 0);
		zp_site_say(s, parts[i].zh, parts[i].en);
		zp_site_put(s, "</a></li>\n");
	}
	zp_site_put(s, "</ul></nav>\n");
}

void zp_site_open(zp_site *s, const char *path, zp_site_part current, const char *title, const char *title_en)
{
	s->path = path;
	s->m->n = 0;
	put_head(s, title, title_en);
	zp_site_put(s, "<a class=\"skip\" href=\"#main\">");
	zp_site_say(s, "跳到正文", "Skip to content");
	zp_site_put(s, "</a>\n<header class=\"top\"><div class=\"line\">\n<p class=\"round\">");
	zp_site_link(s, "index.html", 0, 0);
	zp_site_tell_of(s, s->of->round_name, s->of->round_name_en);
	zp_site_put(s, "</a> <span class=\"only\">");
	zp_site_say(s, "仅供组织者内部使用", "For the organiser only");
	zp_site_put(s, "</span></p>\n<p class=\"tools\"><a hreflang=\"");
	zp_site_say(s, "en\" lang=\"en\" href=\"", "zh-CN\" lang=\"zh-CN\" href=\"");
	put_twin(s);
	zp_site_say(s, "\">English</a></p>\n</div>\n", "\">中文</a></p>\n</div>\n");
	put_ways(s, current);
	zp_site_put(s, "</header>\n<main id=\"main\">\n");
}

bool zp_site_close(zp_site *s)
{
	char name[160];
	zp_site_put(s, "</main>\n<footer><p>");
	zp_site_tell_of(s, s->of->organiser, s->of->organiser_en);
	zp_site_put(s, " · ");
	zp_site_tell(s, s->of->round);
	zp_site_put(s, " ");
	zp_site_tell(s, s->of->version);
	zp_site_say(s, " · 签发日期 ", " · issued ");
	zp_site_tell(s, s->of->issued);
	zp_site_put(s, "</p></footer>\n</body>\n</html>\n");
	snprintf(name, sizeof name, "site/%s%s", s->english ? "en/" : "", s->path);
	if (s->m->failed)
		return s->host->fail(s->err, ZP_BUG, name, 0, "there is no memory left");
	return s->out->write(s->out->self, name, s->m->bytes, s->m->n, s->err);
}

void zp_site_scopes(zp_site *s, size_t current, bool (*has)(const zp_site *, size_t))
{
	size_t n = 0;
	for (size_t i = 0; i <= s->of->n_programmes; i++)
		n += has(s, i);
	if (n < 2)
		return;
	zp_site_put(s, "<nav class=\"scopes\" aria-label=\"");
	zp_site_say(s, "专业", "Programmes");
	zp_site_put(s, "\"><ul>\n");
	for (size_t i = 0; i <= s->of->n_programmes; i++) {
		if (!has(s, i))
			continue;
		zp_site_put(s, i == current ? "<li class=\"here\"><a aria-current=\"page\" href=\"" : "<li><a href=\"");
		zp_markup_number(s->m, i);
		zp_site_put(s, ".html\">");
		zp_site_scope(s, i);
		zp_site_put(s, "</a></li>\n");
	}
	zp_site_put(s, "</ul></nav>\n");
}
