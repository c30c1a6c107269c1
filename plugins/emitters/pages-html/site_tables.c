/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a site, and the cells that all of them have. */
#include "site.h"
#include <string.h>

void zp_site_table(zp_site *s, const char *zh, const char *en, const char *look)
{
	zp_site_put(s, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
	zp_site_say(s, zh, en);
	zp_site_put(s, "\"><table class=\"");
	zp_site_put(s, look);
	zp_site_put(s, "\"><caption>");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</caption><thead><tr>");
}

void zp_site_table_end(zp_site *s) { zp_site_put(s, "</tbody></table></div>\n"); }
void zp_site_body(zp_site *s) { zp_site_put(s, "</tr></thead><tbody>\n"); }

void zp_site_th(zp_site *s, const char *zh, const char *en, bool text)
{
	zp_site_put(s, text ? "<th scope=\"col\" class=\"t\">" : "<th scope=\"col\">");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</th>");
}

void zp_site_th_bar(zp_site *s, const char *zh, const char *en)
{
	zp_site_put(s, "<th scope=\"col\" class=\"l\">");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</th>");
}

void zp_site_td(zp_site *s, const char *text)
{
	zp_site_put(s, "<td class=\"t\">");
	zp_site_tell(s, text);
	zp_site_put(s, "</td>");
}

/* In English "靶值 ±6%" is "±6%"; a limit that says more in Chinese stays as it was published. */
const char *zp_site_limit(const zp_site *s, const char *text)
{
	static const char target[] = "靶值";
	if (!s->english || strncmp(text, target, sizeof target - 1) != 0)
		return text;
	const char *rest = text + sizeof target - 1;
	rest += *rest == ' ';
	for (const char *p = rest; *p; p++)
		if ((unsigned char)*p >= 0xE0) /* beyond ± and μ */
			return text;
	return *rest ? rest : text;
}

void zp_site_td_number(zp_site *s, unsigned long long v)
{
	zp_site_put(s, "<td>");
	zp_site_number(s, v);
	zp_site_put(s, "</td>");
}

void zp_site_td_quiet(zp_site *s, unsigned long long v)
{
	zp_site_put(s, v ? "<td>" : "<td class=\"z\">");
	zp_site_number(s, v);
	zp_site_put(s, "</td>");
}

void zp_site_share(zp_site *s, unsigned long long part, unsigned long long of)
{
	const bool low = of && part * 100 < of * 80;
	zp_site_put(s, low ? "<b class=\"low\">" : "");
	zp_markup_share(s->m, part, of);
	zp_site_put(s, low ? "</b>" : "");
}

void zp_site_td_share(zp_site *s, unsigned long long part, unsigned long long of)
{
	zp_site_put(s, "<td class=\"s\">");
	zp_site_share(s, part, of);
	zp_site_put(s, "</td>");
}

unsigned zp_site_top(unsigned long long part, unsigned long long of, unsigned top)
{
	static const unsigned steps[] = { 5, 10, 20, 50, 100 };
	unsigned i = 0;
	while (i < 4 && (steps[i] < top || (of && (of - part) * 100 > of * steps[i])))
		i++;
	return steps[i];
}

void zp_site_td_missed(zp_site *s, unsigned long long part, unsigned long long of, unsigned top)
{
	zp_site_put(s, "<td class=\"bar\">");
	if (of && part < of) {
		zp_site_put(s, "<svg viewBox=\"0 0 500 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M0 0h");
		const unsigned long long wide = (of - part) * 100 * 500 / of / top;
		zp_markup_number(s->m, wide > 500 ? 500 : wide ? wide : 1);
		zp_site_put(s, "v1H0z\"/></svg>");
	}
	zp_site_put(s, "</td>");
}

void zp_site_td_credit(zp_site *s, unsigned long long credit, unsigned long long of)
{
	zp_site_put(s, "<td class=\"n\">");
	zp_site_number(s, credit / 100);
	if (credit % 100) { /* part of a result */
		zp_site_put(s, credit % 100 < 10 ? ".0" : ".");
		zp_markup_number(s->m, credit % 10 ? credit % 100 : credit % 100 / 10);
	}
	zp_site_put(s, " / ");
	zp_site_number(s, of);
	zp_site_put(s, "</td>");
}

/* Where a field gets darker, in percent. */
static const unsigned heats[] = { 98, 95, 90, 80 };
#define HEATS (sizeof heats / sizeof *heats)

const char *zp_site_heat(unsigned long long part, unsigned long long of)
{
	static const char *const classes[] = { "h0", "h1", "h2", "h3", "h4" };
	size_t i = 0;
	if (!of)
		return "h";
	while (i < HEATS && part * 100 < of * heats[i])
		i++;
	return classes[i];
}

void zp_site_heat_legend(zp_site *s)
{
	static const char *const says[] = { "≥ 98 %", "95–98", "90–95", "80–90", "&lt; 80 %" };
	zp_site_put(s, "<p class=\"legend\"><span class=\"key\">");
	zp_site_say(s, "可接受结果的比例", "share of acceptable results");
	zp_site_put(s, "</span>");
	for (size_t i = 0; i <= HEATS; i++) {
		const char at[2] = { (char)('0' + i), '\0' };
		zp_site_put(s, " <span class=\"h");
		zp_site_put(s, at);
		zp_site_put(s, "\">");
		zp_site_put(s, says[i]);
		zp_site_put(s, "</span>");
	}
	zp_site_put(s, " <span class=\"h\">");
	zp_site_say(s, "无", "none");
	zp_site_put(s, "</span></p>\n");
}
