/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures inline, with their captions. */
#include "lab.h"
#include "svg.h"

static void put_bytes(void *self, const char *bytes, size_t n) { zp_markup_bytes(self, bytes, n); }

static void put_figure(zp_lab *l, const zp_figure *f, const char *name)
{
	zp_svg_put_lean(&(zp_svg_sink){ l->m, put_bytes }, f, name);
}

void zp_lab_strip(zp_lab *l, const zp_report_measurand *m)
{
	if (m->strip) {
		put_figure(l, m->strip, ""); /* the table of its samples says it */
		return;
	}
	for (size_t i = 0; i < m->n_rows && m->n_rows <= 10; i++)
		zp_lab_sign(l, m->rows[i].verdict);
}

static zp_say word_of(zp_figure_kind kind)
{
	switch (kind) {
	case ZP_FIGURE_HISTOGRAM: return ZP_SAY_HISTOGRAM;
	case ZP_FIGURE_BIAS: return ZP_SAY_BIAS_FIGURE;
	case ZP_FIGURE_HISTORY: return ZP_SAY_HISTORY;
	case ZP_FIGURE_YOUDEN: return ZP_SAY_YOUDEN;
	case ZP_FIGURE_METHODS: return ZP_SAY_METHODS;
	case ZP_FIGURE_ANSWERS: return ZP_SAY_ANSWERS_FIGURE;
	default: return ZP_SAY_FIGURE;
	}
}

/* What methods found is in the table of means, of all samples. */
static bool is_told(const zp_report_measurand *m, size_t i)
{
	return m->figures[i].kind == ZP_FIGURE_METHODS && m->n_peers;
}

size_t zp_lab_figures_of(const zp_report_measurand *m)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n_figures; i++)
		n += !is_told(m, i);
	return n;
}

void zp_lab_figures(zp_lab *l, const zp_report_measurand *m)
{
	const size_t all = zp_lab_figures_of(m), most = m->heed || all < l->figures ? all : l->figures;
	for (size_t i = 0, n = 0; i < m->n_figures && n < most; i++) {
		const zp_report_figure *f = &m->figures[i];
		if (is_told(m, i))
			continue;
		n++;
		zp_lab_put(l, "<figure><figcaption><b>");
		zp_lab_say(l, word_of(f->kind));
		zp_lab_put(l, "</b> <span>");
		zp_lab_both(l, f->caption, f->caption_en);
		zp_lab_put(l, "</span></figcaption>");
		put_figure(l, f->figure, f->kind == ZP_FIGURE_BIAS && *f->figure->title ? f->figure->title : f->figure->says); /* of bias the table says the same */
		zp_lab_put(l, "</figure>\n");
	}
}
