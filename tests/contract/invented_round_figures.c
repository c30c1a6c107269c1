/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented_round_figures.h"
#include <stdio.h>
#include <string.h>

#define MARKS 128
#define TEXTS 4096

typedef struct easel { zp_figure figure; zp_drawn marks[MARKS]; zp_dot points[2 * MARKS]; size_t n_points, n_text; char text[TEXTS]; } easel;

const char zp_invented_figure_characters[] = "家数靶值样本结果分布各方法比较答复排名n 0123456789%·";

static zp_drawn *put(easel *e, zp_drawn mark)
{
	if (e->figure.n == MARKS)
		return &e->marks[MARKS - 1];
	e->marks[e->figure.n] = mark;
	return &e->marks[e->figure.n++];
}

static void line(easel *e, zp_tone tone, float x1, float y1, float x2, float y2, bool dashed)
{
	zp_dot *p = e->points + e->n_points;
	p[0] = (zp_dot){ x1, y1 }, p[1] = (zp_dot){ x2, y2 };
	e->n_points += 2;
	put(e, (zp_drawn){ .kind = ZP_MARK_PATH, .tone = tone, .points = p, .n = 2, .outline = true, .dashed = dashed });
}

static const char *keep(easel *e, const char *text)
{
	char *at = e->text + e->n_text;
	const size_t n = strlen(text) + 1;
	if (e->n_text + n > TEXTS)
		return "";
	memcpy(at, text, n);
	e->n_text += n;
	return at;
}

static void word(easel *e, zp_tone tone, float x, float y, float size, zp_anchor anchor, float most, const char *text)
{
	put(e, (zp_drawn){ .kind = ZP_MARK_TEXT, .tone = tone, .x = x, .y = y, .h = size, .anchor = anchor, .most = most, .text = keep(e, text) });
}

static void open_axes(easel *e, const char *title, float w, float h)
{
	word(e, ZP_TONE_INK, 0, 8, 7, ZP_AT_LEFT, w, title);
	line(e, ZP_TONE_QUIET, 0, h - 10, w, h - 10, false);
}

static void histogram(easel *e, const zp_told_sample *s, size_t seed, float w, float h)
{
	const float low = h - 10, step = w / 13;
	open_axes(e, "样本", w, h);
	put(e, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_BAND, .x = 3 * step, .y = 12, .w = 7 * step, .h = low - 12 });
	for (size_t i = 0; i < 13; i++) {
		const float d = (float)i - 6, high = (low - 14) / (1 + d * d * 0.13f + (float)((i * 7 + seed) % 5) * 0.06f);
		put(e, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_ALL, .x = (float)i * step + 0.5f, .y = low - high, .w = step - 1, .h = high });
		put(e, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS, .x = (float)i * step + 0.5f, .y = low - high * 0.5f, .w = step - 1, .h = high * 0.5f });
	}
	line(e, ZP_TONE_TARGET, 6.5f * step, 12, 6.5f * step, low, true);
	word(e, ZP_TONE_QUIET, w / 2, h - 2, 6, ZP_AT_MIDDLE, w, s->n_groups ? s->groups[0].x_pt : "");
}

static void methods(easel *e, const zp_told_sample *s, float w, float h)
{
	open_axes(e, "各方法比较", w, h);
	for (size_t i = 0; i < s->n_groups; i++) {
		const float y = 18 + (h - 30) * (float)i / (float)s->n_groups, x = w * (0.5f + 0.02f * (float)i);
		word(e, ZP_TONE_INK, 0, y + 2, 6, ZP_AT_LEFT, w * 0.3f, s->groups[i].name);
		line(e, ZP_TONE_PEERS, x - w * 0.14f, y, x + w * 0.2f, y, false);
		put(e, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS, .x = x - w * 0.05f, .y = y - 3, .w = w * 0.1f, .h = 6 });
	}
	line(e, ZP_TONE_TARGET, w * 0.53f, 12, w * 0.53f, h - 10, true);
}

static void bars(easel *e, const zp_answers_row *a, float w, float h)
{
	open_axes(e, "答复", w, h);
	for (size_t i = 0; i < a->n_answers; i++) {
		char text[64];
		const float y = 14 + (h - 26) * (float)i / (float)a->n_answers, high = (h - 26) / (float)a->n_answers * 0.7f;
		word(e, ZP_TONE_INK, 0, y + high - 1, 6, ZP_AT_LEFT, w * 0.3f, a->answers[i].name);
		put(e, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = a->answers[i].target ? ZP_TONE_PEERS : ZP_TONE_ALL, .x = w * 0.32f, .y = y,
		                   .w = w * 0.5f * (float)a->answers[i].n / (float)(a->n ? a->n : 1), .h = high });
		snprintf(text, sizeof text, "%u", a->answers[i].n);
		word(e, ZP_TONE_QUIET, w, y + high - 1, 6, ZP_AT_RIGHT, 0, text);
	}
}

static void ranks(easel *e, const zp_summary *s, const char *programme, float w, float h)
{
	size_t n = 0;
	open_axes(e, "排名", w, h);
	for (size_t i = 0; i < s->n_ranks && n < 20; i++) {
		const zp_rank_row *r = &s->ranks[i];
		if (strcmp(r->programme, programme) != 0 || !r->total)
			continue;
		const float y = 16 + (h - 28) * (float)n++ / 20, x = w * (0.3f + 0.7f * (float)r->credit / (float)(r->total * 100ull));
		word(e, ZP_TONE_INK, 0, y + 2, 6, ZP_AT_LEFT, w * 0.28f, s->named ? r->lab_name : r->lab);
		line(e, ZP_TONE_PEERS, x - w * 0.05f, y, x, y, false);
		put(e, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_PEERS, .x = x, .y = y, .w = 3 });
	}
}

static const zp_answers_row *answers_of(const zp_summary *s, const zp_told_programme *p, const zp_told_measurand *m, const char *sample)
{
	for (size_t i = 0; i < s->n_answers; i++)
		if (strcmp(s->answers[i].programme, p->code) == 0 && strcmp(s->answers[i].measurand, m->code) == 0 && strcmp(s->answers[i].sample, sample) == 0)
			return &s->answers[i];
	return NULL;
}

static const zp_figure *draw(const zp_summary *s, size_t programme, size_t measurand, size_t sample, zp_figure_kind kind, zp_tongue tongue, float w, float h)
{
	(void)tongue;
	easel *e = s->self;
	e->n_points = e->n_text = 0;
	e->figure = (zp_figure){ .width = w, .height = h, .title = "", .says = "结果分布", .marks = e->marks };
	if (kind == ZP_FIGURE_RANKS) {
		ranks(e, s, programme < s->n_programmes ? s->programmes[programme].code : "*", w, h);
		return &e->figure;
	}
	const zp_told_programme *p = &s->programmes[programme];
	const zp_told_measurand *m = &p->measurands[measurand];
	const zp_told_sample *x = &m->samples[sample];
	if (!x->asked || m->answered != (kind == ZP_FIGURE_ANSWERS))
		return NULL;
	const zp_answers_row *a = kind == ZP_FIGURE_ANSWERS ? answers_of(s, p, m, x->sample) : NULL;
	if (kind == ZP_FIGURE_HISTOGRAM)
		histogram(e, x, measurand + sample, w, h);
	else if (kind == ZP_FIGURE_METHODS)
		methods(e, x, w, h);
	else if (a)
		bars(e, a, w, h);
	return e->figure.n ? &e->figure : NULL;
}

void zp_invent_figures(zp_arena *a, zp_summary *s)
{
	s->self = zp_take(a, easel, 1);
	s->draw = draw;
}
