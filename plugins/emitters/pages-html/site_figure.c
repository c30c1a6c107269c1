/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures inline, within what a page may weigh. */
#include "site.h"
#include <string.h>
#include "svg.h"

static void put_bytes(void *self, const char *bytes, size_t n) { zp_markup_bytes(self, bytes, n); }

/* A laboratory among others, or what else is small and one of many. */
static bool is_crumb(const zp_drawn *m, bool alerts)
{
	const bool small = m->kind == ZP_MARK_DOT || m->kind == ZP_MARK_DIAMOND || m->kind == ZP_MARK_TRIANGLE || m->kind == ZP_MARK_CROSS ||
			   (m->kind == ZP_MARK_BOX && !(m->w > m->h) && !(m->w < m->h));
	return small && (alerts || m->tone != ZP_TONE_ALERT) && m->w < 8 && !(m->strength > 0 && m->strength < 1);
}

#define CRUMB 3.0f

static float tenths(float v) { return (float)(long)(v * 10) / 10; }

/* A square of few bytes. */
static zp_drawn crumb_of(const zp_drawn *m)
{
	const float x = m->kind == ZP_MARK_BOX ? m->x + m->w / 2 : m->x, y = m->kind == ZP_MARK_BOX ? m->y + m->h / 2 : m->kind == ZP_MARK_TRIANGLE ? m->y - m->w / 2 : m->y;
	return (zp_drawn){ .kind = ZP_MARK_BOX, .tone = m->tone, .x = tenths(x - CRUMB / 2), .y = tenths(y - CRUMB / 2), .w = CRUMB, .h = CRUMB };
}

/* The same in fewer bytes: crumbs are squares, tone by tone, and only what is not acceptable tells what it is; with `alerts` nor does that. */
static zp_figure hushed(zp_site *s, const zp_figure *f, bool alerts)
{
	zp_figure out = *f;
	size_t n = 0;
	if (f->n > s->marks_room) {
		s->marks_room = 2 * f->n;
		s->marks = s->host->take(s->host, s->marks_room * sizeof *s->marks);
	}
	for (size_t i = 0; i < f->n; i++)
		if (!is_crumb(&f->marks[i], alerts) && f->marks[i].tone != ZP_TONE_ALERT) {
			s->marks[n] = f->marks[i];
			s->marks[n].says = s->marks[n].of = NULL;
			n++;
		}
	for (int tone = ZP_TONES - 1; tone >= 0; tone--) /* the first series, which are the largest, on top */
		for (size_t i = 0; i < f->n; i++)
			if ((int)f->marks[i].tone == tone && is_crumb(&f->marks[i], alerts))
				s->marks[n++] = crumb_of(&f->marks[i]);
	for (size_t i = 0; i < f->n; i++)
		if (f->marks[i].tone == ZP_TONE_ALERT && !is_crumb(&f->marks[i], alerts)) {
			s->marks[n] = f->marks[i];
			s->marks[n++].of = NULL;
		}
	out.marks = s->marks;
	out.n = n;
	return out;
}

/* About how much markup it makes, so that none is made in vain. */
static size_t weight_of(const zp_figure *f)
{
	size_t n = 400;
	for (size_t i = 0; i < f->n; i++) {
		const zp_drawn *m = &f->marks[i], *before = i ? m - 1 : NULL;
		n += m->kind == ZP_MARK_BOX ? 20 : m->kind == ZP_MARK_TEXT ? 100 : m->kind == ZP_MARK_PATH ? 12 * m->n : 56;
		n += before && before->tone == m->tone && before->kind == m->kind ? 0 : 50;
		n += m->says ? 60 + strlen(m->says) : 0;
	}
	return n;
}

/* A page has room for some 2 KB at least, or figures are not even asked for. */
#define ROOM_LEAST 2048

bool zp_site_figure(zp_site *s, size_t p, size_t m, size_t sample, zp_figure_kind kind, float width, float height)
{
	const zp_svg_sink sink = { s->m, put_bytes };
	const size_t from = s->m->n;
	if (!s->of->draw)
		return false;
	if (s->figure_bytes < ROOM_LEAST)
		return s->left_out++, false;
	const zp_figure *f = s->of->draw(s->of, p, m, sample, kind, s->english ? ZP_ENGLISH : ZP_CHINESE, width, height);
	if (!f || !f->n)
		return false;
	const size_t most = s->figures_due > 1 ? s->figure_bytes / s->figures_due : s->figure_bytes;
	for (int hush = 0; hush <= 2; hush++) { /* as it is, with fewer words, with none */
		zp_figure it = hush ? hushed(s, f, hush > 1) : *f;
		if (weight_of(&it) > most)
			continue;
		it.height = zp_svg_foot(f);
		zp_svg_put(&sink, &it);
		if (s->m->n - from <= most) {
			s->figure_bytes -= s->m->n - from;
			return true;
		}
		s->m->n = from;
	}
	return s->left_out++, false;
}
