/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample with answers: how many gave each. */
#include <math.h>
#include "base/width.h"
#include "draw/rows.h"

typedef struct zp_answers_draft {
	zp_sketch s;
	const zp_answer_plot *p;
	const zp_answer_bar **bars; /* those that are shown */
	zp_rows list;
} zp_answers_draft;

/* All in their order, or as many as fit: the target, the own one, what is accepted, then the most frequent. */
static unsigned matters(const zp_answer_bar *b)
{
	return b->target ? 3 : b->own ? 2 : b->accepted;
}

static void choose(zp_answers_draft *d)
{
	const zp_answer_plot *p = d->p;
	bool *in = zp_take(d->s.arena, bool, p->n);
	for (size_t k = 0; k < d->list.shown; k++) {
		size_t best = p->n;
		for (size_t i = 0; i < p->n; i++) {
			if (in[i])
				continue;
			const zp_answer_bar *a = &p->bars[i], *b = best < p->n ? &p->bars[best] : NULL;
			if (!b || matters(a) > matters(b) || (matters(a) == matters(b) && a->n > b->n))
				best = i;
		}
		in[best] = true;
	}
	d->bars = zp_take(d->s.arena, const zp_answer_bar *, d->list.shown);
	for (size_t i = 0, k = 0; i < p->n; i++)
		if (in[i])
			d->bars[k++] = &p->bars[i];
}

/* In tenths of a percent, half up. */
static const char *share(const zp_answers_draft *d, uint32_t n)
{
	if (!d->p->of_n)
		return zp_arena_print(d->s.arena, "%u", n);
	const uint64_t tenths = (2000ull * n + d->p->of_n) / (2ull * d->p->of_n);
	return zp_arena_print(d->s.arena, "%u  (%llu.%llu %%)", n, (unsigned long long)tenths / 10, (unsigned long long)tenths % 10);
}

static void bar(zp_answers_draft *d, size_t i, float left, float right, uint32_t most)
{
	const zp_answer_bar *b = d->bars[i];
	const float y = zp_rows_middle(&d->list, i), half = fminf(0.36f * d->list.step, 0.9f * d->s.size), end = left + (right - left) * (float)b->n / (float)(most ? most : 1);
	if (b->n) {
		zp_drawn *m = zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = b->target ? ZP_TONE_TARGET : b->accepted ? ZP_TONE_PEERS : ZP_TONE_ALL, .x = left, .y = y - half,
							       .w = fmaxf(end - left, 0.6f), .h = 2 * half });
		m->says = zp_arena_print(d->s.arena, "%s: %s", b->name, share(d, b->n));
	}
	float x = fmaxf(end, left) + 0.6f * d->s.size;
	x += zp_sketch_word(&d->s, x, y + 0.36f * d->s.size, ZP_AT_LEFT, share(d, b->n)) + 0.8f * d->s.size;
	if (!b->own)
		return;
	const zp_tone tone = d->p->alert ? ZP_TONE_ALERT : ZP_TONE_SELF;
	const float wide = 0.9f * d->s.size;
	zp_sketch_put(&d->s, (zp_drawn){ .kind = d->p->alert ? ZP_MARK_DIAMOND : ZP_MARK_DOT, .tone = tone, .x = x + wide / 2, .y = y, .w = wide });
	zp_sketch_text(&d->s, (zp_drawn){ .tone = tone, .bold = true, .x = x + 1.4f * wide, .y = y + 0.36f * d->s.size }, zp_sketch_says(&d->s, ZP_SAY_OWN));
}

static const char *in_a_sentence(const zp_answers_draft *d)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	const char *says = zp_arena_print(d->s.arena, en ? "%s, sample %s, answers of %u laboratories:" : "%s，样本 %s，%u 家的结果：", zp_sketch_quantity(&d->s, &d->p->of), d->p->of.sample, d->p->of_n);
	for (size_t i = 0; i < d->list.shown; i++)
		says = zp_arena_print(d->s.arena, "%s%s%s%s %u%s%s", says, i ? (en ? "; " : "；") : (en ? " " : ""), d->bars[i]->name, "", d->bars[i]->n, d->bars[i]->target ? (en ? " (target)" : "（靶值）") : "",
				      d->bars[i]->own ? (en ? " (yours)" : "（本室）") : "");
	return zp_arena_print(d->s.arena, en ? "%s." : "%s。", says);
}

/* What the tones stand for, as far as there are any. */
static void keys(zp_answers_draft *d, float left)
{
	bool target = false, accepted = false;
	for (size_t i = 0; i < d->list.shown; i++) {
		target = target || d->bars[i]->target;
		accepted = accepted || (d->bars[i]->accepted && !d->bars[i]->target);
	}
	const float y = d->s.size + 1;
	left = fmaxf(left, 1 + zp_sketch_word(&d->s, 1, y, ZP_AT_LEFT, zp_arena_print(d->s.arena, "n = %u", d->p->of_n)) + 1.2f * d->s.size);
	if (target)
		left = zp_sketch_key(&d->s, left, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_TARGET }, zp_sketch_says(&d->s, ZP_SAY_TARGET_OF));
	if (accepted)
		zp_sketch_key(&d->s, left, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS }, zp_sketch_says(&d->s, ZP_SAY_ACCEPTED));
}

const zp_figure *zp_plot_answers(zp_arena *arena, const zp_answer_plot *p, zp_plot_look look)
{
	zp_answers_draft d = { .s = zp_sketch_open(arena, look), .p = p };
	const char *title = zp_sketch_title(&d.s, &p->of, ZP_FIGURE_ANSWERS);
	if (!p->n)
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size;
	d.list = zp_rows_over(&d.s, p->n, 2 * size, d.s.look.height - 2);
	choose(&d);
	uint32_t most = 0;
	const char **names = zp_take(arena, const char *, d.list.shown);
	double told = 0;
	for (size_t i = 0; i < d.list.shown; i++) {
		names[i] = d.bars[i]->name;
		most = d.bars[i]->n > most ? d.bars[i]->n : most;
		told = fmax(told, zp_width_text(share(&d, d.bars[i]->n), size, false) + (d.bars[i]->own ? 2.2 * size + zp_width_text(zp_sketch_says(&d.s, ZP_SAY_OWN), size, true) : 0));
	}
	const float width = zp_rows_names(&d.s, names, d.list.shown, 0.36), left = width + 2 + 0.8f * size, right = fmaxf(d.s.look.width - (float)told - 1.6f * size, left + 8);
	for (size_t i = 0; i < d.list.shown; i++)
		if (d.bars[i]->own)
			zp_rows_stripe(&d.s, &d.list, i);
	keys(&d, left);
	const float end = d.list.top + d.list.step * (float)d.list.shown;
	for (size_t i = 0; i < d.list.shown; i++)
		bar(&d, i, left, right, most);
	zp_sketch_line(&d.s, ZP_TONE_QUIET, 0.6f, false, (zp_dot){ left, d.list.top }, (zp_dot){ left, end });
	for (size_t i = 0; i < d.list.shown; i++)
		zp_rows_name(&d.s, &d.list, i, width + 2, width, names[i], d.bars[i]->own || d.bars[i]->target);
	if (d.list.shown < p->n)
		zp_sketch_word(&d.s, left, zp_rows_middle(&d.list, d.list.shown) + 0.36f * size, ZP_AT_LEFT, zp_arena_print(arena, "%zu %s", p->n - d.list.shown, zp_sketch_says(&d.s, ZP_SAY_MORE_ANSWERS)));
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
