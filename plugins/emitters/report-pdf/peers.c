/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What laboratories of other methods found: a row for each group, a column for each sample. */
#include <string.h>
#include "booklet.h"

#define NAME 128.0 /* beside the numbers, where there is room */
#define TITLE 12.0
#define HEAD 11.0
#define LINE 8.6
#define MOST_GROUPS 64

static const zp_ink small = { ZP_REGULAR, 6.2, ZP_GREY, 0 };

/* Samples in their order. */
static size_t samples_of(const zp_report_measurand *m, const char **out, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n_peers; i++) {
		size_t k = 0;
		while (k < n && (k >= room || strcmp(out[k], m->peers[i].sample) != 0))
			k++;
		if (k == n && n < room)
			out[n++] = m->peers[i].sample;
	}
	return n;
}

static size_t names_of(const zp_report_measurand *m, const zp_report_peers **out)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n_peers; i++) {
		size_t k = 0;
		while (k < n && strcmp(out[k]->name, m->peers[i].name) != 0)
			k++;
		if (k == n && n < MOST_GROUPS)
			out[n++] = &m->peers[i];
	}
	return n;
}

#define MOST_SAMPLES 160
size_t zp_peers_samples(const zp_report_measurand *m)
{
	const char *samples[MOST_SAMPLES];
	return samples_of(m, samples, MOST_SAMPLES);
}

static const zp_report_peers *at(const zp_report_measurand *m, const char *name, const char *sample)
{
	for (size_t i = 0; i < m->n_peers; i++)
		if (strcmp(m->peers[i].name, name) == 0 && strcmp(m->peers[i].sample, sample) == 0)
			return &m->peers[i];
	return NULL;
}

/* Mean, and below it n and CV; gives whether anything was shown. */
static void cell(const zp_booklet *b, const zp_report_peers *p, double right, double y, double width, bool own)
{
	if (!p || !*p->n) {
		zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 7.2, ZP_FAINT, 0 }, right, y, width, ZP_RIGHT, "–");
		return;
	}
	zp_canvas_line(b->paper, (zp_ink){ own ? ZP_BOLD : ZP_REGULAR, 7.2, ZP_BLACK, 0 }, right, y, width, ZP_RIGHT, *p->x_pt ? p->x_pt : "–");
	zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 5.6, ZP_GREY, 0 }, right, y + 7.4, width, ZP_RIGHT,
	               *p->cv ? zp_join(b->host, p->n, " · ", p->cv, NULL) : p->n);
}

static void heads(const zp_booklet *b, const char *const *samples, size_t n, double x, double y, double first, double step, double width)
{
	const double w = zp_both(b, (zp_ink){ ZP_BOLD, 7.6, ZP_ACCENT, 0 }, small, x + 4, y + 8.5, width * 0.5, zp_say_cn(ZP_SAY_PEERS), zp_say_en(ZP_SAY_PEERS));
	zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 5.8, ZP_GREY, 0 }, x + width - 4, y + 8.5, width - w - 14, ZP_RIGHT,
	               zp_join(b->host, zp_say_cn(ZP_SAY_PEERS_CELL), "  ", zp_say_en(ZP_SAY_PEERS_CELL), NULL));
	for (size_t s = 0; s < n; s++)
		zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 6.6, ZP_ACCENT, 0 }, first + (double)(s + 1) * step - 4, y + TITLE + 7, step - 4, ZP_RIGHT, samples[s]);
	zp_canvas_rule(b->paper, x, y + TITLE + HEAD - 1, x + width, y + TITLE + HEAD - 1, 0.5, ZP_ACCENT);
}

double zp_peers(const zp_booklet *b, const zp_report_measurand *m, size_t first, size_t n, double x, double y, double width, bool draw)
{
	const char *samples[MOST_SAMPLES];
	const zp_report_peers *names[MOST_GROUPS];
	const size_t all = samples_of(m, samples, MOST_SAMPLES), groups = names_of(m, names);
	const bool narrow = width < 400;
	const double row = narrow ? 2 * LINE + 8.4 : LINE + 9.4, height = TITLE + HEAD + (double)groups * row + 4;
	if (!draw || first >= all)
		return height;
	n = n < all - first ? n : all - first;
	const double beside = narrow ? 0 : NAME, step = (width - beside) / (double)(n > 3 ? n : 4);
	const double numbers = x + width - (double)n * step;
	heads(b, samples + first, n, x, y, numbers, step, width);
	for (size_t g = 0; g < groups; g++) {
		const double top = y + TITLE + HEAD + (double)g * row, line = top + 8.4;
		if (names[g]->own)
			zp_canvas_box(b->paper, x, top + 0.4, width, row - 0.8, ZP_ACCENT_PALE);
		const char *name = names[g]->own ? zp_join(b->host, names[g]->name, "  ◆ ", zp_say_cn(ZP_SAY_OWN), " ", zp_say_en(ZP_SAY_OWN), NULL) : names[g]->name;
		zp_canvas_line(b->paper, (zp_ink){ names[g]->own ? ZP_BOLD : ZP_REGULAR, 7, ZP_BLACK, 0 }, x + 4, line, narrow ? width - 8 : numbers - x - 10, ZP_LEFT, name);
		for (size_t s = 0; s < n; s++)
			cell(b, at(m, names[g]->name, samples[first + s]), numbers + (double)(s + 1) * step - 4, narrow ? line + LINE : line, step - 5, names[g]->own);
		zp_canvas_rule(b->paper, x, top + row, x + width, top + row, 0.25, ZP_HAIR);
	}
	return height;
}

bool zp_peers_fill(const zp_booklet *b, const zp_report_measurand *m, double height)
{
	const size_t n = zp_peers_samples(m);
	return n <= ZP_PEERS_BESIDE && zp_peers(b, m, 0, n, 0, 0, ZP_HALF, false) <= height + 12;
}
