/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/panel.h"
#include <stdio.h>
#include <string.h>
#include "paper/says.h"

#define LEFT ZP_MARGIN
#define RIGHT (ZP_PAGE_WIDTH - ZP_MARGIN)
#define NAME 176.0
#define X_CELLS (LEFT + 186)
#define CELL_MOST 66.0
#define TITLE 17.0
#define HEAD 14.0
#define SENTENCE 16.0
#define SUM 15.0

static const zp_ink name_ink = { ZP_REGULAR, 7.8, ZP_BLACK, 0 };

bool zp_measurand_absent(const zp_report_measurand *m)
{
	return !m->n_rows && m->standing == ZP_STANDS_NOT_PERFORMED;
}

const zp_report_measurand *zp_panel_measurand(const zp_report_programme *g, size_t performed)
{
	for (size_t m = 0; m < g->n_measurands; m++)
		if (!zp_measurand_absent(&g->measurands[m]) && !performed--)
			return &g->measurands[m];
	return NULL;
}

double zp_panel_head_height(void)
{
	return TITLE + HEAD;
}

static double name(zp_canvas *c, const zp_report_measurand *m, double y, bool draw)
{
	return zp_canvas_text(c, name_ink, (zp_canvas_column){ LEFT + 4, y, NAME, ZP_LEFT, 2, 1.2, false, 0 }, m->name, draw);
}

double zp_panel_row_height(zp_canvas *c, const zp_report_measurand *m)
{
	return name(c, m, 0, false) + 4.2;
}

/* The sentence stands below the last of the samples. */
static bool is_concluded(const zp_report_programme *g, size_t first_sample)
{
	return g->n_samples - first_sample <= ZP_PANEL_SAMPLES;
}

double zp_panel_sum_height(const zp_report_programme *g, size_t first_sample)
{
	return (g->wholes ? SUM + (is_concluded(g, first_sample) ? SENTENCE : 0) : 0) + 8;
}

static double cell_width(const zp_report_programme *g)
{
	const double w = (RIGHT - X_CELLS) / (double)(g->n_samples < ZP_PANEL_SAMPLES ? g->n_samples : ZP_PANEL_SAMPLES);
	return w > CELL_MOST ? CELL_MOST : w;
}

/* Right, wrong or neither, and beside it a few characters, as far as they have room. */
static void draw_cell(zp_canvas *c, double x, double y, double width, zp_verdict verdict, const char *beside)
{
	const bool bad = verdict == ZP_UNACCEPTABLE;
	const zp_ink ink = { bad ? ZP_BOLD : ZP_REGULAR, 7.4, bad ? ZP_ALERT : verdict == ZP_ACCEPTABLE ? ZP_BLACK : ZP_GREY, 0 };
	const zp_ink sign = { ZP_BOLD, 9, bad ? ZP_ALERT : verdict == ZP_ACCEPTABLE ? ZP_ACCENT : ZP_FAINT, 0 };
	const double room = width - 17;
	zp_canvas_line(c, sign, x + 7, y, 0, ZP_CENTRE, bad ? "×" : verdict == ZP_ACCEPTABLE ? "✓" : "–");
	if (zp_canvas_width(c, ink, beside) <= 1.5 * room)
		zp_canvas_line(c, ink, x + 15, y, room, ZP_LEFT, beside);
}

static const zp_report_row *row_at(const zp_report_programme *g, const zp_report_measurand *m, size_t sample)
{
	for (size_t i = 0; i < m->n_rows; i++)
		if (strcmp(m->rows[i].sample, g->samples[sample]) == 0)
			return &m->rows[i];
	return NULL;
}

static void draw_head(zp_canvas *c, const zp_panel *panel)
{
	const zp_report_programme *g = panel->programme;
	const double y = panel->y, width = cell_width(g);
	const char *cn = zp_join(c->host, zp_shared_cn(ZP_SHARED_GLANCE), panel->continued ? zp_shared_cn(ZP_SHARED_CONTINUED) : "", NULL);
	const double w = zp_canvas_line(c, (zp_ink){ ZP_BOLD, 8.6, ZP_ACCENT, 0 }, LEFT + 4, y + 11, 0, ZP_LEFT, cn);
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 6.6, ZP_GREY, 0 }, LEFT + 10 + w, y + 11, 0, ZP_LEFT, zp_shared_en(ZP_SHARED_GLANCE));
	for (size_t s = 0; s < panel->n_samples; s++)
		zp_canvas_line(c, (zp_ink){ ZP_BOLD, 7.2, ZP_ACCENT, 0 }, X_CELLS + (double)s * width + 3, y + TITLE + 9, width - 5, ZP_LEFT,
		              g->samples[panel->first_sample + s]);
	zp_canvas_rule(c, LEFT, y + TITLE + HEAD - 1.5, RIGHT, y + TITLE + HEAD - 1.5, 0.6, ZP_ACCENT);
}

static void draw_row(zp_canvas *c, const zp_panel *panel, const zp_report_measurand *m, double top, double height)
{
	const zp_report_programme *g = panel->programme;
	const double width = cell_width(g);
	name(c, m, top + 8.8, true);
	for (size_t s = 0; s < panel->n_samples; s++) {
		const zp_report_row *r = row_at(g, m, panel->first_sample + s);
		const double x = X_CELLS + (double)s * width;
		if (r && r->verdict == ZP_UNACCEPTABLE)
			zp_canvas_box(c, x, top + 0.6, width - 2, height - 1.6, ZP_ALERT_PALE);
		const char *mark = !r || !*r->mark || r->verdict != ZP_NOT_EVALUATED ? "" : zp_join(c->host, "(", r->mark, ")", NULL);
		draw_cell(c, x, top + 9.2, width, r ? r->verdict : ZP_NOT_EVALUATED, *mark ? mark : r ? r->mark : "");
	}
	zp_canvas_rule(c, LEFT, top + height, RIGHT, top + height, 0.25, ZP_HAIR);
}

/* Which samples are right as a whole, and how many. */
static void draw_sums(zp_canvas *c, const zp_panel *panel, double top)
{
	const zp_report_programme *g = panel->programme;
	const double width = cell_width(g);
	size_t judged = 0, right = 0;
	char n[24], of[24];
	const double w = zp_canvas_line(c, (zp_ink){ ZP_BOLD, 7.8, ZP_BLACK, 0 }, LEFT + 4, top + 10.4, 0, ZP_LEFT, zp_shared_cn(ZP_SHARED_WHOLE));
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 6.6, ZP_GREY, 0 }, LEFT + 10 + w, top + 10.4, 0, ZP_LEFT, zp_shared_en(ZP_SHARED_WHOLE));
	for (size_t s = 0; s < panel->n_samples; s++) {
		const zp_report_whole *x = &g->wholes[panel->first_sample + s];
		snprintf(n, sizeof(n), "%u/%u", x->right, x->judged);
		draw_cell(c, X_CELLS + (double)s * width, top + 10.6, width,
		          !x->judged ? ZP_NOT_EVALUATED : x->right == x->judged ? ZP_ACCEPTABLE : ZP_UNACCEPTABLE, x->judged ? n : "");
	}
	zp_canvas_rule(c, LEFT, top + SUM, RIGHT, top + SUM, 0.6, ZP_ACCENT);
	if (!is_concluded(g, panel->first_sample))
		return;
	for (size_t s = 0; s < g->n_samples; s++) {
		judged += g->wholes[s].judged > 0;
		right += g->wholes[s].judged > 0 && g->wholes[s].right == g->wholes[s].judged;
	}
	snprintf(n, sizeof(n), "%zu", right);
	snprintf(of, sizeof(of), "%zu", judged);
	const double cn = zp_canvas_line(c, (zp_ink){ ZP_BOLD, 8.2, ZP_BLACK, 0 }, LEFT + 4, top + SUM + 11, 0, ZP_LEFT,
	                                zp_join(c->host, of, zp_shared_cn(ZP_SHARED_WHOLES), n, " 个。", NULL));
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, LEFT + 12 + cn, top + SUM + 11, 0, ZP_LEFT,
	              zp_join(c->host, n, " of ", of, zp_shared_en(ZP_SHARED_WHOLES), NULL));
}

void zp_panel_draw(zp_canvas *c, const zp_panel *panel)
{
	const zp_report_programme *g = panel->programme;
	double y = panel->y + zp_panel_head_height();
	draw_head(c, panel);
	for (size_t i = 0; i < panel->n; i++) {
		const zp_report_measurand *m = zp_panel_measurand(g, panel->first + i);
		const double height = zp_panel_row_height(c, m);
		draw_row(c, panel, m, y, height);
		y += height;
	}
	if (panel->last && g->wholes)
		draw_sums(c, panel, y);
}
