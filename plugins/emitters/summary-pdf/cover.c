/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cover, and the contents with their pages. */
#include <string.h>
#include "book.h"
#include "paper/says.h"

/* ---- cover ---- */

/* The serif shares the sheet with the sans: each forgets what the other has set. */
static void change(zp_canvas *from, zp_canvas *to)
{
	zp_canvas_settle(from);
	to->ink = (zp_ink){ ZP_WEIGHTS, -1, ~0u, 0 };
	to->failed |= from->failed;
}

static double set_serif(zp_book *b, zp_ink ink, zp_canvas_column column, const char *text)
{
	if (b->pass != ZP_PRINT)
		return zp_set(b, ink, column, text);
	change(b->sans, b->serif);
	const double high = zp_canvas_text(b->serif, ink, column, text, true);
	change(b->serif, b->sans);
	return high;
}

static void put_figure(zp_book *b, double x, double y, const char *number, zp_both says)
{
	zp_rule(b, x, y, x + 108, y, 1.2, ZP_ACCENT);
	zp_put(b, (zp_ink){ ZP_BOLD, 25, ZP_BLACK, 0 }, x, y + 32, 108, ZP_LEFT, number);
	zp_put(b, (zp_ink){ ZP_BOLD, 9, ZP_BLACK, 0 }, x, y + 49, 108, ZP_LEFT, says.cn);
	zp_put(b, (zp_ink){ ZP_REGULAR, 7.4, ZP_GREY, 0 }, x, y + 60, 108, ZP_LEFT, says.en);
}

static void put_figures(zp_book *b, double y)
{
	unsigned long long judged = 0, acceptable = 0, measurands = 0;
	for (size_t p = 0; p < b->s->n_programmes; p++)
		for (size_t m = 0; m < b->s->programmes[p].n_measurands; m++, measurands++) {
			judged += b->s->programmes[p].measurands[m].judged;
			acceptable += b->s->programmes[p].measurands[m].acceptable;
		}
	const double step = (ZP_COLUMN - 108) / 3;
	put_figure(b, ZP_LEFT_EDGE, y, zp_book_say(b, "%llu", b->s->counts.enrolled), (zp_both){ "参加实验室", "Laboratories" });
	put_figure(b, ZP_LEFT_EDGE + step, y, zp_book_say(b, "%llu", measurands), (zp_both){ "检验项目", "Measurands" });
	put_figure(b, ZP_LEFT_EDGE + 2 * step, y, zp_book_say(b, "%llu", judged), (zp_both){ "评价结果数", "Results judged" });
	put_figure(b, ZP_LEFT_EDGE + 3 * step, y, zp_book_say(b, "%s%s", zp_percent(b, acceptable, judged), judged ? " %" : ""), (zp_both){ "可接受率", "Acceptable share" });
}

static void put_facts(zp_book *b, double y)
{
	const zp_summary *s = b->s;
	const struct { zp_both name; const char *text; } facts[] = {
		{ { "报告编号", "Report no." }, zp_book_say(b, "%s  %s", s->round, s->version) },
		{ { "回报开始", "Opened" }, zp_day(b, s->opens) },
		{ { "回报截止", "Closed" }, zp_day(b, s->closes) },
		{ { "签发日期", "Issued" }, zp_day(b, s->issued) },
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++, y += 19) {
		zp_put(b, (zp_ink){ ZP_BOLD, 9.4, ZP_BLACK, 0 }, ZP_LEFT_EDGE, y, 0, ZP_LEFT, facts[i].name.cn);
		zp_put(b, (zp_ink){ ZP_REGULAR, 7.6, ZP_GREY, 0 }, ZP_LEFT_EDGE + 44, y, 0, ZP_LEFT, facts[i].name.en);
		zp_put(b, (zp_ink){ ZP_REGULAR, 9.4, ZP_BLACK, 0 }, ZP_LEFT_EDGE + 108, y, ZP_COLUMN - 108, ZP_LEFT, zp_or_dash(facts[i].text));
	}
}

/* As large as one line allows, within reason; else in several lines. */
static zp_ink title_ink(zp_book *b, const char *text)
{
	zp_ink ink = { ZP_BOLD, 34, ZP_BLACK, 0.6 };
	const double wide = zp_wide(b, ink, text) * 1.02; /* the serif is a little wider */
	if (wide > ZP_COLUMN)
		ink.size = wide * 24 / ink.size <= ZP_COLUMN ? ink.size * ZP_COLUMN / wide : 31;
	return ink;
}

void zp_cover(zp_book *b)
{
	const zp_summary *s = b->s;
	zp_box(b, 0, 0, ZP_PAGE_WIDTH, 10, ZP_ACCENT);
	zp_canvas_column c = { .x = ZP_LEFT_EDGE, .y = 84, .width = ZP_COLUMN, .most = 2, .leading = 1.3 };
	const double high = zp_set(b, (zp_ink){ ZP_BOLD, 14, ZP_ACCENT, 0.6 }, c, s->organiser);
	c.y += high - 2;
	zp_set(b, (zp_ink){ ZP_REGULAR, 9, ZP_GREY, 0 }, c, s->organiser_en);

	zp_put(b, (zp_ink){ ZP_BOLD, 13, ZP_ACCENT, 2 }, ZP_LEFT_EDGE, 236, 0, ZP_LEFT, "总结报告");
	zp_put(b, (zp_ink){ ZP_REGULAR, 10, ZP_GREY, 0 }, ZP_LEFT_EDGE + 70, 236, 0, ZP_LEFT, "Summary report");
	const zp_ink title = title_ink(b, s->round_name);
	c = (zp_canvas_column){ .x = ZP_LEFT_EDGE, .y = 284, .width = ZP_COLUMN, .most = 4, .leading = 1.36, .height = 170 };
	double y = 284 + set_serif(b, title, c, s->round_name);
	c = (zp_canvas_column){ .x = ZP_LEFT_EDGE, .y = y - 14, .width = ZP_COLUMN, .most = 3, .leading = 1.36, .height = 48 };
	zp_set(b, (zp_ink){ ZP_REGULAR, 12, ZP_GREY, 0 }, c, s->round_name_en);

	const char *amended = zp_amended_says(b->host, &s->bond, "");
	if (*amended) {
		zp_put(b, (zp_ink){ ZP_BOLD, 10, ZP_ALERT, 0 }, ZP_LEFT_EDGE, 478, ZP_COLUMN, ZP_LEFT, amended);
		zp_put(b, (zp_ink){ ZP_REGULAR, 9, ZP_ALERT, 0 }, ZP_LEFT_EDGE, 493, ZP_COLUMN, ZP_LEFT, zp_amended_why(b->host, &s->bond));
	}
	put_figures(b, 520);
	put_facts(b, 640);
	zp_box(b, ZP_LEFT_EDGE, 744, 3, 30, ZP_ALERT);
	zp_put(b, (zp_ink){ ZP_BOLD, 10, ZP_ALERT, 0.3 }, ZP_LEFT_EDGE + 11, 755, ZP_COLUMN, ZP_LEFT, "仅供组织者内部使用");
	zp_put(b, (zp_ink){ ZP_REGULAR, 7.6, ZP_GREY, 0 }, ZP_LEFT_EDGE + 11, 770, ZP_COLUMN - 11, ZP_LEFT,
	       "含各实验室的成绩与名次，未经组织者同意不得外传。For the organiser only: it holds performance and ranks of single laboratories.");
}

/* ---- contents ---- */

#define MEASURANDS 3    /* beside each other */
#define TIGHTEST 0.8    /* of the usual distance of entries */

static void leader(zp_book *b, double from, double to, double y)
{
	if (to - from < 12)
		return;
	for (double x = to - 4; x > from + 4; x -= 5)
		zp_box(b, x, y - 0.8, 0.9, 0.9, ZP_FAINT);
}

#define CHAPTER_STEP 18.0
#define PART_STEP 14.2
#define LINE_STEP 11.5
#define TITLE_HIGH 60.0
#define SLACK 0.01 /* of rounding */

/* How high the entries are altogether, line by line as they are put. */
static double entries_high(const zp_book *b)
{
	double high = 0;
	for (size_t i = 0, n = 0; i < b->n_headings; i++) {
		const unsigned level = b->headings[i].level;
		n = level == 3 ? n + 1 : 0;
		if (level == 3)
			high += n % MEASURANDS == 1 ? LINE_STEP : 0, high += n == 1 ? 3 : 0;
		else
			high += level == 1 ? CHAPTER_STEP + 5 : PART_STEP;
	}
	return high;
}

/* Entries move a little together where that saves a page that would be nearly empty. */
static double squeeze(const zp_book *b)
{
	const double room = ZP_BOTTOM_EDGE - ZP_TOP_EDGE - TITLE_HIGH, high = entries_high(b);
	return high > room && high * TIGHTEST <= room ? room / high : 1;
}

static void put_entry(zp_book *b, size_t i, double indent, double high, zp_ink ink, zp_ink en)
{
	const zp_heading *h = &b->headings[i];
	const double x = ZP_LEFT_EDGE + indent, y = b->y + high - 5, most = 250;
	const char *text = *h->mark ? zp_book_say(b, "%s  %s", h->mark, h->says.cn) : h->says.cn;
	double wide = zp_wide(b, ink, text);
	zp_put(b, ink, x, y, most, ZP_LEFT, text);
	wide = x + (wide < most ? wide : most);
	double more = zp_wide(b, en, h->says.en);
	more = more < 170 ? more : 170;
	zp_put(b, en, wide + 7, y, 170, ZP_LEFT, h->says.en);
	const char *page = zp_book_say(b, "%zu", h->page);
	leader(b, wide + 7 + more, ZP_RIGHT_EDGE - 22, y);
	zp_link_open(b, i, x, b->y, ZP_RIGHT_EDGE - x, high);
	zp_put(b, ink, ZP_RIGHT_EDGE, y, 0, ZP_RIGHT, page);
	zp_link_close(b);
	b->y += high;
}

static void put_measurand(zp_book *b, size_t i, size_t column)
{
	const zp_heading *h = &b->headings[i];
	const double step = (ZP_COLUMN - 18) / MEASURANDS, x = ZP_LEFT_EDGE + 18 + (double)column * step, most = step - 34;
	const double wide = zp_wide(b, zp_small, h->says.cn);
	zp_put(b, zp_small, x, b->y + 8, most, ZP_LEFT, h->says.cn);
	leader(b, x + (wide < most ? wide : most), x + step - 30, b->y + 8);
	zp_link_open(b, i, x, b->y, step - 14, 11);
	zp_put(b, zp_small, x + step - 14, b->y + 8, 0, ZP_RIGHT, zp_book_say(b, "%zu", h->page));
	zp_link_close(b);
}

/* Those of one part. Gives: the first that is none of them. */
static size_t put_measurands(zp_book *b, size_t i, double tight)
{
	for (size_t column = 0; i < b->n_headings && b->headings[i].level == 3; i++) {
		if (!column)
			zp_room(b, LINE_STEP * tight - SLACK);
		put_measurand(b, i, column);
		if (++column == MEASURANDS || i + 1 == b->n_headings || b->headings[i + 1].level != 3) {
			b->y += LINE_STEP * tight;
			column = 0;
		}
	}
	b->y += 3 * tight;
	return i;
}

void zp_contents(zp_book *b)
{
	b->running = (zp_both){ "目录", "Contents" };
	zp_turn(b);
	zp_put(b, (zp_ink){ ZP_BOLD, 20, ZP_ACCENT, 0.5 }, ZP_LEFT_EDGE, b->y + 20, 0, ZP_LEFT, "目录");
	zp_put(b, (zp_ink){ ZP_REGULAR, 10, ZP_GREY, 0.2 }, ZP_LEFT_EDGE, b->y + 37, 0, ZP_LEFT, "Contents");
	zp_rule(b, ZP_LEFT_EDGE, b->y + 48, ZP_RIGHT_EDGE, b->y + 48, 1.4, ZP_ACCENT);
	b->y += TITLE_HIGH;
	const double tight = squeeze(b), least = tight < 1 ? 0 : 40;
	for (size_t i = 0; i < b->n_headings;) {
		const unsigned level = b->headings[i].level;
		if (level == 3) {
			i = put_measurands(b, i, tight);
			continue;
		}
		zp_room(b, least); /* an entry, and something of its own below it */
		if (level == 1) {
			zp_skip(b, 5 * tight);
			put_entry(b, i, 0, CHAPTER_STEP * tight, (zp_ink){ ZP_BOLD, 10.6, ZP_BLACK, 0 }, (zp_ink){ ZP_REGULAR, 8, ZP_GREY, 0 });
		} else {
			put_entry(b, i, 18, PART_STEP * tight, (zp_ink){ ZP_REGULAR, 9, ZP_BLACK, 0 }, (zp_ink){ ZP_REGULAR, 7.2, ZP_GREY, 0 });
		}
		i++;
	}
}
