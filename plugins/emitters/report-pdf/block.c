/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measurand: its name and how it stands, what was found about it, its samples, its figures. */
#include <stdio.h>
#include <string.h>
#include "booklet.h"
#include "paper/figure.h"

#define LEFT ZP_LEFT_EDGE
#define RIGHT ZP_RIGHT_EDGE
#define SIDE 122.0 /* of the score and the outcome, at the right */

static const zp_ink small = { ZP_REGULAR, 6.8, ZP_GREY, 0 };

/* ---- the bar ---- */

/* "限值 ±7 %  ·  同组 方法:己糖激酶法 n = 38  ·  靶值 algorithm-a 1" */
static const char *basis(const zp_booklet *b, const zp_report_measurand *m)
{
	const char *const parts[] = {
		*m->limit ? zp_join(b->host, zp_say_cn(m->answered ? ZP_SAY_RULE : ZP_SAY_LIMIT), m->limit, NULL) : "",
		*m->group ? zp_join(b->host, zp_say_cn(ZP_SAY_GROUP), m->group, *m->group_n ? "  n = " : "  ", *m->group_n ? m->group_n : zp_say_cn(ZP_SAY_HIDDEN), NULL) : "",
		*m->method ? zp_join(b->host, zp_say_cn(ZP_SAY_METHOD), m->method, NULL) : "",
		*m->weight ? zp_join(b->host, zp_say_cn(ZP_SAY_WEIGHT), m->weight, NULL) : "",
	};
	const char *text = "";
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (*parts[i])
			text = zp_join(b->host, text, *text ? zp_say_cn(ZP_SAY_JOIN) : "", parts[i], NULL);
	return text;
}

static double basis_lines(const zp_booklet *b, const zp_report_measurand *m, double y, bool draw)
{
	return zp_canvas_text(b->paper, (zp_ink){ ZP_REGULAR, 7.2, ZP_BLACK, 0 },
	                      (zp_canvas_column){ LEFT + 10, y, RIGHT - LEFT - SIDE - 16, ZP_LEFT, 3, 1.35, false, 0 }, basis(b, m), draw);
}

static void draw_names(const zp_booklet *b, const zp_report_measurand *m, double y, double width, double size)
{
	const char *name = zp_join(b->host, m->name, *m->unit ? "  " : "", m->unit, NULL);
	const char *more = zp_join(b->host, m->name_en, *m->name_en ? " · " : "", m->code, NULL);
	const zp_ink ink = { ZP_BOLD, size, ZP_ACCENT, 0 }, unit = { ZP_REGULAR, size - 3, ZP_ACCENT, 0 };
	double w = zp_canvas_width(b->paper, ink, m->name);
	if (w + 60 > width || !*m->unit) {
		zp_both(b, ink, small, LEFT + 10, y, width, name, more);
		return;
	}
	zp_canvas_line(b->paper, ink, LEFT + 10, y, 0, ZP_LEFT, m->name);
	w += 6 + zp_canvas_line(b->paper, unit, LEFT + 16 + w, y, width - w - 6, ZP_LEFT, m->unit);
	if (w + 40 < width)
		zp_canvas_line(b->paper, small, LEFT + 18 + w, y, width - w - 8, ZP_LEFT, more);
}

static void draw_outcome(const zp_booklet *b, const zp_report_measurand *m, double y)
{
	const zp_verdict v = zp_verdict_of(m->satisfaction);
	const zp_ink ink = { ZP_BOLD, 8.2, zp_colour_of(v), 0 };
	const bool stands = *zp_standing_cn(m->standing) != '\0';
	const char *cn = !stands ? zp_satisfaction_cn(m->satisfaction)
		       : m->satisfaction == ZP_NEITHER ? zp_standing_cn(m->standing)
						       : zp_join(b->host, zp_standing_cn(m->standing), " · ", zp_satisfaction_cn(m->satisfaction), NULL);
	const char *en = stands ? zp_standing_en(m->standing) : zp_satisfaction_en(m->satisfaction);
	double x = RIGHT - 8;
	if (*m->score) {
		x -= zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 15, zp_colour_of(v), 0 }, x, y + 17, 50, ZP_RIGHT, m->score);
		zp_canvas_line(b->paper, small, x - 3, y + 17, 0, ZP_RIGHT, "S1");
	}
	const double w = zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 6.4, ZP_GREY, 0 }, RIGHT - 8, y + 28.5, 62, ZP_RIGHT, en);
	const double mark = RIGHT - 12 - w - zp_canvas_line(b->paper, ink, RIGHT - 12 - w, y + 28.5, SIDE - w - 18, ZP_RIGHT, cn);
	zp_sign_draw(b, mark - 7, y + 28.5, v);
}

static double bar(const zp_booklet *b, const zp_part *part, bool draw)
{
	const zp_report_measurand *m = b->entries[part->entry].measurand;
	const double y = part->y;
	if (part->continued) {
		if (draw) {
			zp_both(b, (zp_ink){ ZP_BOLD, 9.5, ZP_ACCENT, 0 }, small, LEFT, y + 9, RIGHT - LEFT, zp_join(b->host, m->name, zp_say_cn(ZP_SAY_CONTINUED), NULL),
			        zp_join(b->host, m->name_en, *m->name_en ? ", " : "", zp_say_en(ZP_SAY_CONTINUED), NULL));
			zp_canvas_rule(b->paper, LEFT, y + 13, RIGHT, y + 13, 0.4, ZP_HAIR);
		}
		return 18;
	}
	const double words = 21 + basis_lines(b, m, 0, false) + 3, height = words < 36 ? 36 : words;
	if (!draw)
		return height + 5;
	zp_canvas_box(b->paper, LEFT, y, RIGHT - LEFT, height, ZP_ACCENT_PALE);
	zp_canvas_box(b->paper, LEFT, y, 3, height, m->heed || m->satisfaction == ZP_UNSATISFACTORY ? ZP_ALERT : ZP_ACCENT);
	draw_names(b, m, y + 15.5, RIGHT - LEFT - SIDE - 16, 13);
	basis_lines(b, m, y + 28, true);
	draw_outcome(b, m, y);
	return height + 5;
}

/* ---- findings and remarks ---- */

static double lines(const zp_booklet *b, zp_ink ink, double x, double y, double width, double leading, const char *text, bool draw)
{
	return zp_canvas_text(b->paper, ink, (zp_canvas_column){ x, y, width, ZP_LEFT, 0, leading, false, 0 }, text, draw);
}

static double findings(const zp_booklet *b, const zp_part *part, bool draw)
{
	const zp_report_measurand *m = b->entries[part->entry].measurand;
	double y = part->y + 4;
	if (draw) {
		zp_canvas_box(b->paper, LEFT, part->y, RIGHT - LEFT, part->height - 6, ZP_ALERT_PALE);
		zp_canvas_frame(b->paper, LEFT, part->y, RIGHT - LEFT, part->height - 6, 0.5, ZP_ALERT);
	}
	for (size_t i = 0; i < m->n_findings; i++) {
		if (draw)
			zp_canvas_pointer(b->paper, LEFT + 12, y + 10, 3, ZP_ALERT);
		y += lines(b, (zp_ink){ ZP_BOLD, 8.6, ZP_BLACK, 0 }, LEFT + 22, y + 9.5, RIGHT - LEFT - 32, 1.35, m->findings[i].says, draw);
		if (*m->findings[i].says_en)
			y += lines(b, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, LEFT + 22, y + 8, RIGHT - LEFT - 32, 1.35, m->findings[i].says_en, draw);
		y += 2;
	}
	return y + 3 + 6 - part->y;
}

/* A reason or a hint, told once, and of which samples it is true. */
typedef struct zp_remark { const char *cn, *en, *samples; zp_say kind; } zp_remark;

/* The nth of them; cn NULL: there are no more. */
static zp_remark remark_at(const zp_booklet *b, const zp_report_measurand *m, bool flags, size_t first)
{
	const zp_report_row *r = &m->rows[first];
	const char *text = flags ? r->flags : r->why, *samples = "";
	size_t n = 0;
	if (!*text)
		return (zp_remark){ 0 };
	for (size_t i = 0; i < first; i++)
		if (strcmp(flags ? m->rows[i].flags : m->rows[i].why, text) == 0)
			return (zp_remark){ 0 };
	for (size_t i = first; i < m->n_rows; i++)
		if (strcmp(flags ? m->rows[i].flags : m->rows[i].why, text) == 0)
			samples = ++n <= 12 ? zp_join(b->host, samples, *samples ? zp_say_cn(ZP_SAY_LIST) : "", m->rows[i].sample, NULL) : samples;
	if (n > 12)
		samples = zp_join(b->host, samples, " …", NULL);
	return (zp_remark){ text, flags ? r->flags_en : r->why_en, samples, flags ? ZP_SAY_HINT : ZP_SAY_WORDS };
}

static double remark(const zp_booklet *b, const zp_remark *x, double y, bool draw)
{
	const bool hint = x->kind == ZP_SAY_HINT;
	const char *head = x->kind == ZP_SAY_DOUBT ? zp_say_cn(ZP_SAY_DOUBT) : x->samples;
	const char *text = zp_join(b->host, head, "  ", hint ? zp_say_cn(ZP_SAY_HINT) : "", hint ? "：" : "", x->cn, *x->en ? "  " : "", x->en, NULL);
	return lines(b, (zp_ink){ hint ? ZP_BOLD : ZP_REGULAR, 7, hint ? ZP_ALERT : ZP_BLACK, 0 }, LEFT + 8, y + 8, RIGHT - LEFT - 16, 1.4, text, draw) + 1;
}

bool zp_has_remarks(const zp_report_measurand *m)
{
	bool any = *m->doubts;
	for (size_t i = 0; i < m->n_rows && !any; i++)
		any = *m->rows[i].why || *m->rows[i].flags;
	return any;
}

static double remarks(const zp_booklet *b, const zp_part *part, bool draw)
{
	const zp_report_measurand *m = b->entries[part->entry].measurand;
	double y = part->y + 2;
	for (int flags = 1; flags >= 0; flags--)
		for (size_t i = 0; i < m->n_rows; i++) {
			const zp_remark x = remark_at(b, m, flags, i);
			if (x.cn)
				y += remark(b, &x, y, draw);
		}
	if (*m->doubts)
		y += remark(b, &(zp_remark){ m->doubts, m->doubts_en, "", ZP_SAY_DOUBT }, y, draw);
	return y + 3 - part->y;
}

/* ---- figures ---- */

#define TITLE_HIGH 15.0

/* Its kind in words, and then what is in it. */
static void draw_title(const zp_booklet *b, const zp_report_figure *f, double x, double y)
{
	static const zp_say kinds[ZP_FIGURE_KINDS] = {
		[ZP_FIGURE_HISTOGRAM] = ZP_SAY_HISTOGRAM, [ZP_FIGURE_BIAS] = ZP_SAY_BIAS_FIGURE, [ZP_FIGURE_HISTORY] = ZP_SAY_HISTORY,
		[ZP_FIGURE_YOUDEN] = ZP_SAY_YOUDEN, [ZP_FIGURE_METHODS] = ZP_SAY_METHODS, [ZP_FIGURE_ANSWERS] = ZP_SAY_ANSWERS_FIGURE,
		[ZP_FIGURE_DOTS] = ZP_SAY_FIGURE, [ZP_FIGURE_RANKS] = ZP_SAY_FIGURE, [ZP_FIGURE_STRIP] = ZP_SAY_FIGURE,
	};
	const zp_say word = kinds[f->kind];
	const zp_ink bold = { ZP_BOLD, 7.6, ZP_ACCENT, 0 }, tiny = { ZP_REGULAR, 6.2, ZP_GREY, 0 };
	double w = zp_both(b, bold, tiny, x, y + 9, ZP_HALF, zp_say_cn(word), zp_say_en(word));
	if (*f->caption && w + 30 < ZP_HALF)
		zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 6.8, ZP_BLACK, 0 }, x + ZP_HALF, y + 9, ZP_HALF - w - 10, ZP_RIGHT, f->caption);
	zp_canvas_rule(b->paper, x, y + 12.5, x + ZP_HALF, y + 12.5, 0.5, ZP_ACCENT);
}

static void draw_figure(const zp_booklet *b, const zp_report_figure *f, double x, double y, double scale)
{
	const double by = scale * ZP_HALF / (double)f->figure->width;
	draw_title(b, f, x, y);
	zp_canvas_figure(b->paper, f->figure, x + (ZP_HALF - by * (double)f->figure->width) / 2, y + TITLE_HIGH, by);
}

static void draw_figures(const zp_booklet *b, const zp_part *part)
{
	const zp_report_measurand *m = b->entries[part->entry].measurand;
	for (size_t i = 0; i < part->n; i++)
		draw_figure(b, &m->figures[part->first + i], LEFT + (double)i * (ZP_HALF + ZP_GAP), part->y + 4, part->scale);
	if (part->last)
		zp_peers(b, m, 0, zp_peers_samples(m), LEFT + ZP_HALF + ZP_GAP, part->y + 4, ZP_HALF, true);
}

/* ---- all of it ---- */

static double rows(const zp_booklet *b, const zp_part *part, bool draw)
{
	const zp_report_measurand *m = b->entries[part->entry].measurand;
	double y = part->y;
	for (size_t i = part->first; i < part->first + part->n; i++)
		y += zp_samples_row(b, m, &m->rows[i], y, draw);
	return y - part->y;
}

static double peers(const zp_booklet *b, const zp_part *part, bool draw)
{
	return zp_peers(b, b->entries[part->entry].measurand, part->first, part->n, LEFT, part->y + 4, RIGHT - LEFT, draw) + 4;
}

static double block(const zp_booklet *b, const zp_part *part, bool draw)
{
	switch (part->kind) {
	case ZP_PART_BAR: return bar(b, part, draw);
	case ZP_PART_FINDINGS: return findings(b, part, draw);
	case ZP_PART_HEADS: return zp_samples_head(b, b->entries[part->entry].measurand, part->y, draw);
	case ZP_PART_ROWS: return rows(b, part, draw);
	case ZP_PART_REMARKS: return remarks(b, part, draw);
	case ZP_PART_PEERS: return peers(b, part, draw);
	default: return part->height;
	}
}

double zp_block_height(const zp_booklet *b, const zp_part *part)
{
	return block(b, part, false);
}

void zp_block_draw(const zp_booklet *b, const zp_part *part)
{
	if (part->kind == ZP_PART_FIGURES)
		draw_figures(b, part);
	else
		block(b, part, true);
}
