/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last rounds one after another, as on a chart of Levey and Jennings. A round that was not held, or to which nothing came, keeps its
 * place and says so; the line breaks there. */
#include <math.h>
#include "base/width.h"
#include "draw/axis.h"

typedef struct zp_history_draft {
	zp_sketch s;
	const zp_history *h;
	zp_axis y;
	zp_area area;
	float slot;
} zp_history_draft;

static size_t results(const zp_history_round *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += zp_is_there(r->values[i]);
	return n;
}

static float slot_left(const zp_history_draft *d, size_t round)
{
	return d->area.left + d->slot * (float)round;
}

/* Results of a round side by side in its slot. */
static float place(const zp_history_draft *d, size_t round, size_t i)
{
	const float inner = 0.76f * d->slot;
	return slot_left(d, round) + 0.12f * d->slot + inner * ((float)i + 0.5f) / (float)d->h->rounds[round].n;
}

/* Shares of right answers, which are from 0 to 100 and have no limit on either side. */
static bool of_answers(const zp_history_draft *d)
{
	return d->h->pass > 0 && !d->h->sdi;
}

static void limits(zp_history_draft *d)
{
	const double limit = d->h->sdi ? 2 : 100, low = of_answers(d) ? d->h->pass : -limit;
	zp_sketch_box(&d->s, ZP_TONE_BAND, (zp_area){ d->area.left, zp_axis_at(&d->y, limit), d->area.right, zp_axis_at(&d->y, low) });
	for (size_t r = 0; r < d->h->n; r++) /* a gap is seen as one */
		if (!results(&d->h->rounds[r]))
			zp_sketch_box(&d->s, ZP_TONE_PAPER, (zp_area){ slot_left(d, r), d->area.top, slot_left(d, r) + d->slot, d->area.bottom });
}

/* Lines across the rounds that have results: where there are none, nothing was to be kept to. */
static void across(zp_history_draft *d, zp_tone tone, float thick, bool dashed, double v)
{
	const float y = zp_axis_at(&d->y, v);
	for (size_t r = 0; r < d->h->n; r++) {
		size_t end = r;
		while (end < d->h->n && results(&d->h->rounds[end]))
			end++;
		if (end > r)
			zp_sketch_line(&d->s, tone, thick, dashed, (zp_dot){ slot_left(d, r), y }, (zp_dot){ slot_left(d, end), y });
		r = end;
	}
}

static void rules(zp_history_draft *d)
{
	for (size_t r = 1; r < d->h->n; r++)
		zp_sketch_line(&d->s, ZP_TONE_GRID, 0.5f, false, (zp_dot){ slot_left(d, r), d->area.top }, (zp_dot){ slot_left(d, r), d->area.bottom });
	for (int sign = -1; sign <= 1; sign += 2) {
		across(d, ZP_TONE_TARGET, 0.7f, true, of_answers(d) && sign < 0 ? d->h->pass : sign * (d->h->sdi ? 2 : 100));
		if (d->h->sdi)
			across(d, ZP_TONE_ALERT, 0.7f, true, sign * 3);
	}
	if (!of_answers(d))
		across(d, ZP_TONE_TARGET, 0.9f, false, 0);
}

/* From result to result, as far as none is missing in between. */
static void thread(zp_history_draft *d)
{
	size_t most = 0;
	for (size_t r = 0; r < d->h->n; r++)
		most += d->h->rounds[r].n;
	zp_dot *at = zp_take(d->s.arena, zp_dot, most + 1);
	size_t n = 0;
	const zp_drawn line = { .tone = ZP_TONE_PEERS, .thick = 0.8f };
	for (size_t r = 0; r < d->h->n; r++) {
		const zp_history_round *round = &d->h->rounds[r];
		for (size_t i = 0; i <= round->n; i++) {
			const bool there = i < round->n && zp_is_there(round->values[i]);
			if (there) {
				at[n++] = (zp_dot){ place(d, r, i), zp_axis_at(&d->y, round->values[i]) };
			} else if (i < round->n || !results(round)) {
				zp_sketch_path(&d->s, line, at, n);
				n = 0;
			}
		}
	}
	zp_sketch_path(&d->s, line, at, n);
}

static void mark(zp_history_draft *d, size_t r, size_t i)
{
	const zp_history_round *round = &d->h->rounds[r];
	const double v = round->values[i];
	const float x = place(d, r, i), wide = fminf(0.75f * d->s.size, 0.9f * 0.76f * d->slot / (float)round->n + 1);
	if (!zp_is_there(v)) { /* one of several is missing */
		if (results(round))
			zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_QUIET, .x = x, .y = zp_axis_at(&d->y, 0), .w = wide, .outline = true, .thick = 0.6f });
		return;
	}
	const bool alert = round->alert && round->alert[i];
	const float y = zp_axis_at(&d->y, v), h = 0.5f * wide;
	zp_drawn m = { .kind = alert ? ZP_MARK_DIAMOND : ZP_MARK_DOT, .tone = alert ? ZP_TONE_ALERT : ZP_TONE_SELF, .x = x, .y = y, .w = alert ? 1.3f * wide : wide };
	m.says = zp_arena_print(d->s.arena, "%s: %s%s", round->label, of_answers(d) ? zp_number_says(d->s.arena, v, 0) : zp_signed_says(d->s.arena, v, d->h->sdi ? 2 : 0),
				d->h->sdi ? " SDI" : " %");
	if (!zp_axis_holds(&d->y, v)) {
		const float way = v > 0 ? 1 : -1;
		m.closed = true;
		zp_sketch_path(&d->s, m, (zp_dot[]){ { x, y }, { x - 1.3f * h, y + way * 2.4f * h }, { x + 1.3f * h, y + way * 2.4f * h } }, 3);
		return;
	}
	zp_sketch_put(&d->s, m);
}

/* A round without results: why, along its slot. */
static void gap(zp_history_draft *d, size_t r)
{
	const zp_history_round *round = &d->h->rounds[r];
	if (results(round))
		return;
	const char *why = zp_sketch_says(&d->s, round->held ? ZP_SAY_NO_RESULT : ZP_SAY_NOT_HELD);
	const float middle = slot_left(d, r) + d->slot / 2, high = d->area.bottom - d->area.top;
	const float size = fminf(d->s.size, 0.9f * d->slot);
	zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_QUIET, .x = middle, .y = d->area.bottom - 0.7f * size, .w = 0.7f * size, .outline = true });
	if (zp_width_text(why, d->s.size, false) < d->slot - 2)
		zp_sketch_word(&d->s, middle, (d->area.top + d->area.bottom) / 2, ZP_AT_MIDDLE, why);
	else
		zp_sketch_text(&d->s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = middle + 0.35f * size, .y = (d->area.top + d->area.bottom) / 2, .h = size, .turn = -90, .anchor = ZP_AT_MIDDLE,
					      .most = high - 2 * size }, why);
}

/* Labels of rounds; every second, third … where they would touch, counted from the latest. */
static void labels(zp_history_draft *d)
{
	double widest = 1;
	for (size_t r = 0; r < d->h->n; r++)
		widest = fmax(widest, zp_width_text(d->h->rounds[r].label, d->s.size, false));
	const double room = d->slot - 3;
	const float size = widest > room ? (float)fmax(d->s.size * 0.8, d->s.size * room / widest) : d->s.size;
	const double need = widest * size / d->s.size + 3;
	const size_t every = need > d->slot ? (size_t)ceil(need / d->slot) : 1;
	for (size_t r = 0; r < d->h->n; r++)
		if ((d->h->n - 1 - r) % every == 0)
			zp_sketch_text(&d->s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = fminf(slot_left(d, r) + d->slot / 2, d->s.look.width - (float)need / 2 + 1), .y = d->area.bottom + 3 + d->s.size, .h = size, .anchor = ZP_AT_MIDDLE }, d->h->rounds[r].label);
}

static const char *in_a_sentence(const zp_history_draft *d)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	size_t n = 0, alerts = 0, gaps = 0;
	for (size_t r = 0; r < d->h->n; r++) {
		const zp_history_round *round = &d->h->rounds[r];
		n += results(round);
		gaps += !results(round);
		for (size_t i = 0; i < round->n; i++)
			alerts += zp_is_there(round->values[i]) && round->alert && round->alert[i];
	}
	return zp_arena_print(d->s.arena, en ? "%s: %zu rounds, %zu results, %zu of them not acceptable; %zu rounds without results." :
					       "%s：%zu 次活动，%zu 个结果，其中 %zu 个不可接受；%zu 次没有结果。",
			      zp_sketch_name(&d->s, d->h->of.name, d->h->of.name_en), d->h->n, n, alerts, gaps);
}

const zp_figure *zp_plot_history(zp_arena *arena, const zp_history *h, zp_plot_look look)
{
	zp_history_draft d = { .s = zp_sketch_open(arena, look), .h = h };
	const char *title = zp_sketch_title(&d.s, &h->of, ZP_FIGURE_HISTORY);
	double most = 0;
	for (size_t r = 0; r < h->n; r++)
		for (size_t i = 0; i < h->rounds[r].n; i++)
			if (zp_is_there(h->rounds[r].values[i]))
				most = fmax(most, fabs(h->rounds[r].values[i]));
	if (!h->n)
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size;
	const double end = h->sdi ? (most > 3.6 ? 4.5 : 3.6) : most > 150 ? 220 : most > 100 ? 165 : 125;
	d.area = (zp_area){ 0, 2.4f * size, d.s.look.width - 2, d.s.look.height - 4 - 1.3f * size };
	d.y = of_answers(&d) ? zp_axis_over(0, 105, d.area.bottom, d.area.top, 6) : zp_axis_over(-end, end, d.area.bottom, d.area.top, h->sdi ? 9 : 7);
	d.area.left = zp_axis_width(&d.s, &d.y) + 4;
	d.slot = (d.area.right - d.area.left) / (float)h->n;
	limits(&d);
	zp_axis_beside(&d.s, &d.y, d.area, of_answers(&d) ? zp_sketch_says(&d.s, ZP_SAY_RIGHT_ANSWERS) : h->sdi ? "SDI" : zp_sketch_says(&d.s, ZP_SAY_SHARE), !of_answers(&d));
	rules(&d);
	thread(&d);
	for (size_t r = 0; r < h->n; r++)
		for (size_t i = 0; i < h->rounds[r].n; i++)
			mark(&d, r, i);
	for (size_t r = 0; r < h->n; r++)
		gap(&d, r);
	labels(&d);
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
