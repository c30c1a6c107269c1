/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/answers.h"
#include <stdio.h>
#include <string.h>
#include "paper/says.h"

#define GRADES_HIGH 20.0
#define ROW 11.8 /* of one line */

static const zp_ink tiny = { ZP_REGULAR, 6.2, ZP_GREY, 0 };

static double lines(zp_canvas *c, zp_ink ink, double x, double y, double width, unsigned most, const char *text, bool draw)
{
	return zp_canvas_text(c, ink, (zp_canvas_column){ x, y, width, ZP_LEFT, most, 1.18, false, 0 }, text, draw);
}

/* A text in small type below y. Gives: y below it. */
static double small_below(zp_canvas *c, const zp_answer_place *at, double x, double y, const char *text, bool draw)
{
	return *text ? y + lines(c, tiny, x, y + 6, at->wide, 0, text, draw) : y;
}

/* A name, and its English beside it or below. Gives: y below them. */
static double names(zp_canvas *c, const zp_answer_place *at, zp_ink ink, double x, double top, const char *cn, const char *en, bool draw)
{
	if (!*cn) {
		if (draw)
			zp_canvas_line(c, (zp_ink){ ZP_REGULAR, ink.size, ZP_FAINT, 0 }, x, top + 8.6, at->wide, ZP_LEFT, "–");
		return top + 10.2;
	}
	const double w = zp_canvas_width(c, ink, cn);
	const bool same = !*en || strcmp(cn, en) == 0;
	if (!same && w + 4 + zp_canvas_width(c, tiny, en) <= at->wide) {
		if (draw) {
			zp_canvas_line(c, ink, x, top + 8.6, 0, ZP_LEFT, cn);
			zp_canvas_line(c, tiny, x + w + 4, top + 8.6, 0, ZP_LEFT, en);
		}
		return top + 10.2;
	}
	const double y = top + 0.6 + lines(c, ink, x, top + 8.6, at->wide, 3, cn, draw);
	return same ? y : small_below(c, at, x, y, en, draw);
}

/* ---- grades ---- */

static const zp_ink grade_ink = { ZP_REGULAR, 5.8, ZP_GREY, 0 };

/* So many grades have room beside each other. */
static size_t most_grades(zp_canvas *c, const zp_answer_place *at, const zp_report_measurand *m)
{
	double widest = 4;
	for (size_t i = 0; i < m->n_grades; i++) {
		const double w = zp_canvas_width(c, grade_ink, m->grades[i]);
		widest = w > widest ? w : widest;
	}
	const size_t n = (size_t)(at->group_wide / (widest + 2.5));
	return n < 6 ? 6 : n;
}

/* The grades that are drawn: those of the strip, and of many those around the marks. Gives: how many. */
static size_t grades_of(zp_canvas *c, const zp_answer_place *at, const zp_report_measurand *m, const zp_report_row *r, size_t out[static 64])
{
	const size_t room = most_grades(c, at, m);
	size_t n = 0, first = SIZE_MAX, last = 0;
	for (size_t i = 0; i < m->n_grades && i < 64; i++) {
		if (!(r->place.strip >> i & 1))
			continue;
		if ((int)i == r->place.reply || ((int)i >= r->place.low && (int)i <= r->place.high) || r->place.allowed >> i & 1) {
			first = first == SIZE_MAX ? n : first;
			last = n;
		}
		out[n++] = i;
	}
	if (n <= room || first == SIZE_MAX)
		return n;
	while (last - first + 1 < room) { /* as much on both sides as there is */
		first -= first > 0;
		last += last + 1 < n && last - first + 1 < room;
	}
	memmove(out, out + first, (last - first + 1) * sizeof(*out));
	return last - first + 1;
}

static void draw_grades(zp_canvas *c, const zp_answer_place *at, const zp_report_measurand *m, const zp_report_row *r, double top)
{
	size_t shown[64];
	const size_t n = grades_of(c, at, m, r, shown);
	const double step = n ? at->group_wide / (double)n : 0, y = top + 8;
		for (size_t i = 0; i < n; i++)
		if (r->place.allowed >> shown[i] & 1)
			zp_canvas_box(c, at->group + (double)i * step, y - 3.4, step + 0.01, 6.8, ZP_BAND);
	zp_canvas_rule(c, at->group + step / 2, y, at->group + at->group_wide - step / 2, y, 0.5, ZP_FAINT);
	for (size_t i = 0; i < n; i++) {
		const double x = at->group + ((double)i + 0.5) * step;
		const bool target = (int)shown[i] == r->place.low || (int)shown[i] == r->place.high, reply = (int)shown[i] == r->place.reply;
		const zp_ink ink = target || reply ? (zp_ink){ ZP_BOLD, grade_ink.size, ZP_BLACK, 0 } : grade_ink;
		zp_canvas_rule(c, x, y - 1.6, x, y + 1.6, 0.5, ZP_FAINT);
		if (target)
			zp_canvas_diamond(c, x, y, 2.6, ZP_ACCENT);
		if (reply)
			zp_canvas_pointer(c, x, y - 2.8, 2.6, r->verdict == ZP_UNACCEPTABLE ? ZP_ALERT : ZP_BLACK);
		const bool crowded = step < 8 && i % 2 && !target && !reply;
		if (!crowded)
			zp_canvas_line(c, ink, x, y + 10, step - 1, ZP_CENTRE, m->grades[shown[i]]);
	}
}

/* "阳性 38/45 84.4 %；阴性 7/45 15.6 %", each on a line of its own where two have no room. Gives: the height. */
static double shares(zp_canvas *c, const zp_answer_place *at, const zp_report_row *r, double top, bool draw)
{
	const zp_ink ink = { ZP_REGULAR, 6.4, ZP_GREY, 0 };
	double x = 0, y = top;
	for (size_t i = 0; i < r->n_answers; i++) {
		const zp_report_answer *a = &r->answers[i];
		const char *text = zp_join(c->host, a->name, " ", a->n, "/", r->answers_n, " ", a->share_pct, " %", NULL);
		const double w = zp_canvas_width(c, ink, text);
		if (x > 0 && x + w > at->group_wide) {
			x = 0;
			y += 7.8;
		}
		if (draw)
			zp_canvas_line(c, ink, at->group + x, y + 6.6, at->group_wide - x, ZP_LEFT, text);
		x += w + 8;
	}
	return r->n_answers ? y + 7.8 - top : 0;
}

static double group(zp_canvas *c, const zp_answer_place *at, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	double y = top;
	if (m->n_grades && (r->place.reply >= 0 || r->place.low >= 0)) {
		if (draw)
			draw_grades(c, at, m, r, y);
		y += GRADES_HIGH;
	}
	y += shares(c, at, r, y + (y == top ? 1.4 : 0), draw);
	if (y == top && draw)
		zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 8.2, ZP_FAINT, 0 }, at->group, top + 8.6, 20, ZP_LEFT, "–");
	return y + (y == top ? ROW : 2);
}

/* ---- a row ---- */

static const char *said_beside(zp_canvas *c, const zp_report_row *r)
{
	const char *sent = *r->sent ? zp_join(c->host, "(", r->sent, ")", NULL) : "";
	if (!*r->index)
		return sent;
	return zp_join(c->host, sent, *sent ? " " : "", zp_shared_cn(ZP_SHARED_INDEX), r->index, NULL);
}

static const char *allowed_beside(zp_canvas *c, const zp_report_row *r)
{
	const char *allowed = *r->allowed && strcmp(r->allowed, r->x_pt) != 0 ? zp_join(c->host, zp_shared_cn(ZP_SHARED_ALLOWED), r->allowed, NULL) : "";
	if (!*r->also)
		return allowed;
	const bool same = strcmp(r->also, r->also_en) == 0;
	return zp_join(c->host, allowed, *allowed ? " " : "", zp_shared_cn(ZP_SHARED_ALSO), r->also, same ? "" : " ", same ? "" : r->also_en, NULL);
}

static double most(double a, double b)
{
	return a > b ? a : b;
}

double zp_answer_columns(zp_canvas *c, const zp_answer_place *at, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	const bool bad = r->verdict == ZP_UNACCEPTABLE;
	const zp_ink plain = { ZP_REGULAR, 8.2, ZP_BLACK, 0 }, ink = { bad ? ZP_BOLD : ZP_REGULAR, 8.2, bad ? ZP_ALERT : ZP_BLACK, 0 };
	const double reply = small_below(c, at, at->reply, names(c, at, ink, at->reply, top, r->value, r->value_en, draw), said_beside(c, r), draw);
	const double should = small_below(c, at, at->target, names(c, at, plain, at->target, top, r->x_pt, r->x_pt_en, draw), allowed_beside(c, r), draw);
	double y = most(most(reply, should) + 1.6, group(c, at, m, r, top, draw));
	if (*r->credit) {
		const char *counts = zp_join(c->host, zp_shared_cn(ZP_SHARED_COUNTS), r->credit, " %", NULL);
		if (draw)
			zp_canvas_line(c, tiny, at->counts, top + 16.4, at->counts_wide, ZP_LEFT, counts);
		y = most(y, top + 19);
	}
	return y;
}
