/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every laboratory's share of the limit in a sample, in order. */
#include <math.h>
#include "base/width.h"
#include "draw/axis.h"

#define SERIES 6

typedef struct zp_dots_draft {
	zp_sketch s;
	const zp_dots *d;
	zp_axis y;
	zp_area area;
	float wide;
} zp_dots_draft;

/* Series differ in shape as well as in tone. */
static zp_drawn series_mark(unsigned series, float wide)
{
	static const zp_mark_kind kinds[SERIES] = { ZP_MARK_DOT, ZP_MARK_DIAMOND, ZP_MARK_BOX, ZP_MARK_TRIANGLE, ZP_MARK_CROSS, ZP_MARK_DOT };
	const unsigned k = series % SERIES;
	zp_drawn m = { .kind = kinds[k], .tone = (zp_tone)(ZP_TONE_1 + k), .w = kinds[k] == ZP_MARK_DOT || kinds[k] == ZP_MARK_BOX ? wide : 1.25f * wide, .outline = k == 5 };
	m.h = m.kind == ZP_MARK_BOX ? m.w : 0;
	return m;
}

static zp_drawn at(zp_drawn m, float x, float y)
{
	m.x = m.kind == ZP_MARK_BOX ? x - m.w / 2 : x;
	m.y = m.kind == ZP_MARK_BOX ? y - m.h / 2 : m.kind == ZP_MARK_TRIANGLE ? y + 0.45f * m.w : y;
	return m;
}

static float place(const zp_dots_draft *d, size_t i)
{
	return d->area.left + (d->area.right - d->area.left) * ((float)i + 0.5f) / (float)d->d->n;
}

static void mark(zp_dots_draft *d, size_t i)
{
	const zp_lab_dot *lab = &d->d->at[i];
	if (!zp_is_there(lab->share))
		return;
	const float x = place(d, i), y = zp_axis_at(&d->y, lab->share);
	zp_drawn m = series_mark(lab->series, d->wide);
	m.of = lab->of && *lab->of ? lab->of : NULL;
	m.says = zp_arena_print(d->s.arena, "%s: %s %%", lab->label, zp_signed_says(d->s.arena, lab->share, 0));
	if (!zp_axis_holds(&d->y, lab->share)) { /* an arrow at the edge */
		const float way = lab->share > 0 ? 1 : -1, h = 0.7f * d->wide;
		m.closed = true;
		m.outline = false;
		zp_sketch_path(&d->s, m, (zp_dot[]){ { x, y }, { x - h, y + way * 1.8f * h }, { x + h, y + way * 1.8f * h } }, 3);
		return;
	}
	zp_sketch_put(&d->s, at(m, x, y));
}

/* A ring around what is not acceptable. */
static void rings(zp_dots_draft *d)
{
	for (size_t i = 0; i < d->d->n; i++) {
		const zp_lab_dot *lab = &d->d->at[i];
		if (lab->alert && zp_is_there(lab->share) && zp_axis_holds(&d->y, lab->share))
			zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_ALERT, .x = place(d, i), .y = zp_axis_at(&d->y, lab->share), .w = 1.9f * d->wide, .outline = true, .thick = 0.7f,
							 .of = lab->of && *lab->of ? lab->of : NULL });
	}
}

/* What the series are, in as many lines as it takes. Gives: the last one. */
static float keys(zp_dots_draft *d, float from, bool draw)
{
	float x = from, y = d->s.size + 1;
	for (size_t k = 0; k < d->d->n_series && d->d->n_series > 1; k++) {
		const char *name = d->d->series[k];
		const float need = 2.4f * d->s.size + (float)zp_width_text(name, d->s.size, false);
		if (x + need > d->s.look.width && x > from) {
			x = from;
			y += 1.4f * d->s.size;
		}
		if (draw)
			zp_sketch_key(&d->s, x, y, series_mark((unsigned)k, d->wide), name);
		x += need;
	}
	return y;
}

static const char *in_a_sentence(const zp_dots_draft *d)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	size_t n = 0, alerts = 0;
	for (size_t i = 0; i < d->d->n; i++) {
		n += zp_is_there(d->d->at[i].share);
		alerts += zp_is_there(d->d->at[i].share) && d->d->at[i].alert;
	}
	return zp_arena_print(d->s.arena, en ? "%s, sample %s: %zu laboratories in percent of the limit, %zu of them not acceptable." : "%s，样本 %s：%zu 家占限值的百分比，其中 %zu 家不可接受。",
			      zp_sketch_name(&d->s, d->d->of.name, d->d->of.name_en), d->d->of.sample, n, alerts);
}

const zp_figure *zp_plot_dots(zp_arena *arena, const zp_dots *dots, zp_plot_look look)
{
	zp_dots_draft d = { .s = zp_sketch_open(arena, look), .d = dots };
	const char *title = zp_sketch_title(&d.s, &dots->of, ZP_FIGURE_DOTS);
	double most = 0;
	size_t n = 0;
	for (size_t i = 0; i < dots->n; i++)
		if (zp_is_there(dots->at[i].share)) {
			most = fmax(most, fabs(dots->at[i].share));
			n++;
		}
	if (!n)
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size;
	const double end = most > 200 ? 260 : most > 120 ? 210 : 125;
	const char *axis = zp_sketch_says(&d.s, ZP_SAY_SHARE);
	const float beside = 1 + (float)zp_width_text(axis, size, false) + 1.6f * size;
	d.area = (zp_area){ 0, keys(&d, beside, false) + 1.6f * size, d.s.look.width - 2, d.s.look.height - 3 - 1.4f * size };
	d.y = zp_axis_over(-end, end, d.area.bottom, d.area.top, 8);
	d.area.left = zp_axis_width(&d.s, &d.y) + 4;
	d.wide = fminf(fmaxf(1.4f * (d.area.right - d.area.left) / (float)dots->n, 1.8f), 0.62f * size);
	zp_sketch_box(&d.s, ZP_TONE_BAND, (zp_area){ d.area.left, zp_axis_at(&d.y, 100), d.area.right, zp_axis_at(&d.y, -100) });
	zp_axis_beside(&d.s, &d.y, d.area, "", true);
	zp_sketch_word(&d.s, 1, size + 1, ZP_AT_LEFT, axis);
	for (int sign = -1; sign <= 1; sign++)
		zp_sketch_line(&d.s, ZP_TONE_TARGET, sign ? 0.7f : 0.9f, sign != 0, (zp_dot){ d.area.left, zp_axis_at(&d.y, 100 * sign) }, (zp_dot){ d.area.right, zp_axis_at(&d.y, 100 * sign) });
	for (unsigned k = 0; k < 256; k++)
		for (size_t i = 0; i < dots->n; i++)
			if (dots->at[i].series == k)
				mark(&d, i);
	rings(&d);
	keys(&d, beside, true);
	zp_sketch_word(&d.s, (d.area.left + d.area.right) / 2, d.area.bottom + 1 + 1.3f * size, ZP_AT_MIDDLE, zp_arena_print(arena, "%s  n = %zu", zp_sketch_says(&d.s, ZP_SAY_LABS_IN_ORDER), n));
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
