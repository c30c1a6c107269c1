/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages themselves: which tables stand on which, what is before and after them, and the way from one to another. */
#include "year.h"
#include <stdio.h>
#include <string.h>

/* A page for the centre. begins: tables of these names, or whose names begin so where they end in "*". */
typedef struct page {
	const char *file, *zh, *en;
	const char *tables[4];
} page;

static const page pages[] = {
	{ "standings.html", "地区与类别", "Regions and classes", { "centre/standings", "centre/adjusted*", NULL } },
	{ "indicators.html", "质量指标", "Indicators", { "centre/indicators", "indicators-*", NULL } },
	{ "ranking.html", "实验室名次", "Ranking", { "ranking", "ranking-*", NULL } },
	{ "titles.html", "评优", "Titles", { "titles*", "title-*", "titles-*", NULL } },
	{ "recognition.html", "检验结果互认", "Mutual recognition", { "recognition*", NULL } },
	{ "trends.html", "趋势预警", "Early warnings", { "warnings*", "centre/warnings*", "trends*", NULL } },
	{ "iqc.html", "室内质控", "Internal quality control", { "iqc*", "centre/iqc*", NULL } },
	{ "certificates.html", "合格证书与项目数", "Certificates and items", { "certificates", "items-labs", NULL } },
};
#define PAGES (sizeof pages / sizeof *pages)
static const page others = { "others.html", "其他表格", "Other tables", { NULL } };

static bool fits(const char *name, const char *pattern)
{
	const size_t n = strlen(pattern);
	return n && pattern[n - 1] == '*' ? strncmp(name, pattern, n - 1) == 0 : strcmp(name, pattern) == 0;
}

static bool is_on(const page *p, const char *name)
{
	bool on = false;
	for (size_t i = 0; i < 4 && p->tables[i]; i++)
		on |= fits(name, p->tables[i]);
	return on;
}

static bool is_elsewhere(const char *name)
{
	bool on = strcmp(name, "standings") == 0; /* the centre's says more */
	for (size_t i = 0; i < PAGES; i++)
		on |= is_on(&pages[i], name);
	return on;
}

static bool has(const zp_sheets *book, const page *p, size_t sheet)
{
	const char *name = book->sheets[sheet].name;
	return p == &others ? !is_elsewhere(name) : is_on(p, name);
}

static size_t count(const zp_sheets *book, const page *p)
{
	size_t n = 0;
	for (size_t i = 0; i < book->n; i++)
		n += has(book, p, i);
	return n;
}

static const page *page_at(size_t i) { return i < PAGES ? &pages[i] : &others; }

/* ---- head and foot ---- */

static void put_title(zp_telling *t, const page *p)
{
	if (p) {
		zp_markup_tell(t->m, p->zh);
		zp_markup_put(t->m, " · ");
	}
	zp_markup_tell(t->m, t->book->title);
}

static void put_nav(zp_telling *t, const page *current)
{
	zp_markup_put(t->m, "<nav aria-label=\"页面 pages\"><ul>\n<li><a href=\"index.html\"");
	zp_markup_put(t->m, current ? ">" : " aria-current=\"page\">");
	zp_markup_put(t->m, "概览 <span lang=\"en\">Overview</span></a></li>\n");
	for (size_t i = 0; i <= PAGES; i++) {
		const page *p = page_at(i);
		if (!count(t->book, p))
			continue;
		zp_markup_put(t->m, "<li><a href=\"");
		zp_markup_put(t->m, p->file);
		zp_markup_put(t->m, p == current ? "\" aria-current=\"page\">" : "\">");
		zp_year_both(t->m, p->zh, p->en);
		zp_markup_put(t->m, "</a></li>\n");
	}
	zp_markup_put(t->m, "</ul></nav>\n");
}

static void put_head(zp_telling *t, const page *p, bool published)
{
	zp_markup_put(t->m, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
	zp_markup_put(t->m, published ? "<title>" : "<meta name=\"robots\" content=\"noindex\">\n<title>");
	put_title(t, p);
	zp_markup_put(t->m, "</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n"
		      "<a class=\"skip\" href=\"#main\">跳到正文 <span lang=\"en\">Skip to content</span></a>\n<header>\n");
	zp_markup_put(t->m, published ? "<div class=\"anybody\">供发布 <span lang=\"en\">For publication</span></div>\n" :
			      "<div class=\"only\">仅供组织者内部使用 <span lang=\"en\">For the organiser only</span></div>\n");
	zp_markup_put(t->m, "<h1>");
	zp_markup_tell(t->m, t->book->title);
	zp_markup_put(t->m, "</h1>\n<div lang=\"en\">");
	zp_markup_tell(t->m, t->book->title_en);
	zp_markup_put(t->m, "</div>\n</header>\n");
}

static void put_foot(zp_telling *t)
{
	zp_markup_put(t->m, "</main>\n<footer>");
	zp_year_both(t->m, t->book->title, t->book->title_en);
	zp_markup_put(t->m, " · 签发日期 <span lang=\"en\">Issued</span> ");
	zp_markup_tell(t->m, t->book->issued);
	zp_markup_put(t->m, "</footer>\n</body>\n</html>\n");
}

/* ---- sections ---- */

static void put_note(zp_telling *t, const zp_sheet *s)
{
	if (!s->note && !s->note_en)
		return;
	zp_markup_put(t->m, "<p class=\"said\">");
	zp_markup_tell(t->m, s->note ? s->note : "");
	zp_markup_put(t->m, "<span lang=\"en\">");
	zp_markup_tell(t->m, s->note_en ? s->note_en : "");
	zp_markup_put(t->m, "</span></p>\n");
}

/* Its name, as the target of a link. */
static void put_anchor(zp_telling *t, const zp_sheet *s)
{
	const size_t n = strlen(s->name);
	char *out = t->host->take(t->host, n + 1);
	for (size_t i = 0; i < n; i++)
		out[i] = s->name[i] == '/' || s->name[i] == ' ' ? '-' : s->name[i];
	zp_markup_tell(t->m, out);
}

static void put_section(zp_telling *t, const zp_sheet *s)
{
	if (zp_year_is_told_with_titles(t, s))
		return;
	const bool matrix = zp_column_find(s, "place") != NO_COLUMN && zp_column_find(s, "class") != NO_COLUMN;
	zp_markup_put(t->m, "<section id=\"");
	put_anchor(t, s);
	zp_markup_put(t->m, "\"><h2>");
	zp_year_both(t->m, s->title ? s->title : s->name, s->title_en ? s->title_en : s->name);
	zp_markup_put(t->m, "</h2>\n");
	put_note(t, s);
	if (matrix)
		zp_year_matrix(t, s);
	else if (strcmp(s->name, "ranking") == 0)
		zp_year_ranks(t, s);
	else if (strcmp(s->name, "titles") == 0)
		zp_year_titles(t, s);
	else
		zp_year_table(t, s);
	zp_markup_put(t->m, "</section>\n");
	if (!zp_year_has_change(s))
		return;
	zp_markup_put(t->m, "<section><h2>与上年相比 <span lang=\"en\">Year over year</span></h2>\n<p class=\"said\">三角后为与上一年相差的百分点。"
		      "<span lang=\"en\">Behind the triangle: percentage points since the year before.</span></p>\n");
	zp_year_change(t, s);
	zp_markup_put(t->m, "</section>\n");
}

static void put_facts(zp_telling *t)
{
	zp_markup_put(t->m, "<dl class=\"facts\">\n<div><dt>签发日期 <span lang=\"en\">Issued</span></dt><dd>");
	zp_markup_tell(t->m, t->book->issued);
	zp_markup_put(t->m, "</dd></div>\n");
	for (size_t i = 0; i < t->book->n_facts; i++) {
		const zp_fact *f = &t->book->facts[i];
		zp_markup_put(t->m, "<div><dt>");
		zp_year_both(t->m, f->name, f->name_en);
		zp_markup_put(t->m, "</dt><dd>");
		zp_markup_tell(t->m, f->text);
		zp_markup_put(t->m, *f->detail ? "</dd><dd class=\"detail\">" : "");
		zp_markup_tell(t->m, f->detail);
		zp_markup_put(t->m, "</dd></div>\n");
	}
	zp_markup_put(t->m, "</dl>\n");
}

static void put_reading(zp_telling *t)
{
	zp_markup_put(t->m, "<section class=\"read\"><p>百分数下方是它的分子和分母。“隐去”是为保护小单元格而不显示的数字；“·” 表示该地区没有这一类别的实验室；“–” 表示没有可计算的值，不是 0。</p>"
		      "<p lang=\"en\">Below each percentage are its numerator and denominator. 隐去: hidden, to protect small cells. A point: the region has no laboratory of that class. "
		      "A dash: there is no value, which is not 0.</p></section>\n");
}

/* ---- pages ---- */

static void put_overview(zp_telling *t)
{
	zp_markup_put(t->m, "<main id=\"main\">\n");
	put_facts(t);
	zp_markup_put(t->m, "<h2>各页内容 <span lang=\"en\">What is where</span></h2>\n<ul class=\"cards\">\n");
	for (size_t k = 0; k <= PAGES; k++) {
		const page *p = page_at(k);
		if (!count(t->book, p))
			continue;
		zp_markup_put(t->m, "<li><a href=\"");
		zp_markup_put(t->m, p->file);
		zp_markup_put(t->m, "\">");
		zp_year_both(t->m, p->zh, p->en);
		zp_markup_put(t->m, "</a>");
		for (size_t i = 0; i < t->book->n; i++)
			if (has(t->book, p, i)) {
				const zp_sheet *s = &t->book->sheets[i];
				zp_markup_put(t->m, "<p>");
				zp_markup_tell(t->m, s->note ? s->note : s->title ? s->title : s->name);
				zp_markup_put(t->m, " <small><code>");
				zp_markup_tell(t->m, s->name);
				zp_markup_put(t->m, ".csv</code> · ");
				zp_markup_number(t->m, s->n_rows);
				zp_markup_put(t->m, " 行</small></p>");
			}
		zp_markup_put(t->m, "</li>\n");
	}
	zp_markup_put(t->m, "</ul>\n");
}

static void put_tables(zp_telling *t, const page *p)
{
	zp_markup_put(t->m, "<main id=\"main\">\n");
	if (p == &pages[0] || p == &pages[1])
		put_reading(t);
	for (size_t i = 0; i < t->book->n; i++)
		if (has(t->book, p, i))
			put_section(t, &t->book->sheets[i]);
}

static void put_public(zp_telling *t)
{
	zp_markup_put(t->m, "<main id=\"main\">\n");
	put_facts(t);
	zp_markup_put(t->m, "<ul class=\"jumps\">\n");
	for (size_t i = 0; i < t->book->n; i++)
		if (t->book->sheets[i].published) {
			zp_markup_put(t->m, "<li><a href=\"#");
			put_anchor(t, &t->book->sheets[i]);
			zp_markup_put(t->m, "\">");
			zp_year_both(t->m, t->book->sheets[i].title ? t->book->sheets[i].title : t->book->sheets[i].name, t->book->sheets[i].title_en);
			zp_markup_put(t->m, "</a></li>\n");
		}
	zp_markup_put(t->m, "</ul>\n");
	put_reading(t);
	for (size_t i = 0; i < t->book->n; i++)
		if (t->book->sheets[i].published)
			put_section(t, &t->book->sheets[i]);
}

static bool write_page(zp_telling *t, const char *file, const zp_outbox *out, zp_error *err)
{
	const bool done = !t->m->failed || t->host->fail(err, ZP_BUG, file, 0, "there is no memory left");
	const bool good = done && out->write(out->self, file, t->m->bytes, t->m->n, err);
	zp_markup_free(t->m);
	return good;
}

static bool write_centre(zp_telling *t, const page *p, const zp_outbox *out, zp_error *err)
{
	char file[64];
	snprintf(file, sizeof file, "centre/%s", p ? p->file : "index.html");
	put_head(t, p, false);
	put_nav(t, p);
	if (p)
		put_tables(t, p);
	else
		put_overview(t);
	put_foot(t);
	return write_page(t, file, out, err);
}

static bool write_style(zp_telling *t, const char *file, const zp_outbox *out, zp_error *err)
{
	for (size_t i = 0; zp_year_style[i]; i++)
		zp_markup_put(t->m, zp_year_style[i]);
	return write_page(t, file, out, err);
}

static bool write_public(zp_telling *t, const zp_outbox *out, zp_error *err)
{
	put_head(t, NULL, true);
	put_public(t);
	put_foot(t);
	return write_page(t, "public/index.html", out, err) && write_style(t, "public/style.css", out, err);
}

static bool any_published(const zp_sheets *book)
{
	bool any = false;
	for (size_t i = 0; i < book->n; i++)
		any |= book->sheets[i].published;
	return any;
}

bool zp_year_book(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_markup m = { 0 };
	zp_telling t = { host, book, &m };
	bool good = (!any_published(book) || write_public(&t, out, err)) && write_centre(&t, NULL, out, err) &&
		    write_style(&t, "centre/style.css", out, err);
	for (size_t i = 0; i <= PAGES && good; i++)
		good = !count(book, page_at(i)) || write_centre(&t, page_at(i), out, err);
	return good;
}
