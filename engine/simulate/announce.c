/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/instant.h"
#include "simulate/answers.h"
#include "simulate/rows.h"

static void add_escaped(zp_buffer *b, const char *text)
{
	for (const char *p = text; *p; p++) {
		switch (*p) {
		case '&': zp_buffer_add_text(b, "&amp;"); break;
		case '<': zp_buffer_add_text(b, "&lt;"); break;
		case '"': zp_buffer_add_text(b, "&quot;"); break;
		default: zp_buffer_add(b, (zp_text){ p, 1 });
		}
	}
}

/* name="value" with a blank before it */
static void add_attribute(zp_buffer *b, const char *name, const char *value)
{
	zp_buffer_add_text(b, " ");
	zp_buffer_add_text(b, name);
	zp_buffer_add_text(b, "=\"");
	add_escaped(b, value);
	zp_buffer_add_text(b, "\"");
}

/* What the organiser knows to be right, where the rules say that it does. */
static void announce_known(const zp_sim_programme *p, zp_buffer *b)
{
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		const size_t m = i / p->n_samples;
		if (!p->ways[m]->known || p->answers[m].kind == ZP_SIM_PLAIN || (p->answers[m].kind == ZP_SIM_LOGARITHM && p->levels[i]))
			continue;
		char code[1000] = "negative";
		if (p->answers[m].kind == ZP_SIM_ANSWER)
			zp_scale_write(p->answers[m].scale, p->levels[i], -1, code, sizeof code);
		zp_buffer_add_text(b, "    <known");
		add_attribute(b, "measurand", p->measurands[m]->code);
		add_attribute(b, "sample", p->samples[i % p->n_samples]);
		add_attribute(b, "value", code);
		zp_buffer_add_text(b, " source=\"simulation\"/>\n");
	}
}

static void announce_programme(const zp_sim_programme *p, zp_buffer *b)
{
	zp_buffer_add_text(b, "  <programme");
	add_attribute(b, "code", p->rules->programme);
	add_attribute(b, "name", p->rules->title);
	if (*p->rules->title_en)
		add_attribute(b, "name-en", p->rules->title_en);
	add_attribute(b, "scheme", p->rules->scheme);
	zp_buffer_add_text(b, ">\n");
	if (p->n < p->scheme->n_measurands) {
		zp_buffer_add_text(b, "    <measurands codes=\"");
		for (size_t m = 0; m < p->n; m++) {
			zp_buffer_add_text(b, m ? " " : "");
			add_escaped(b, p->measurands[m]->code);
		}
		zp_buffer_add_text(b, "\"/>\n");
	}
	for (size_t s = 0; s < p->n_samples; s++) {
		zp_buffer_add_text(b, "    <sample");
		add_attribute(b, "code", p->samples[s]);
		if (s == p->weak)
			add_attribute(b, "strength", "weak");
		zp_buffer_add_text(b, "/>\n");
	}
	announce_known(p, b);
	zp_buffer_add_text(b, "  </programme>\n");
}

static void announce_round(const zp_sim_when *when, zp_buffer *b)
{
	zp_buffer_add_text(b, zp_arena_print(b->arena,
					     "<round id=\"sim-%d-%u\" name=\"%d年第%u次室间质量评价（模拟）\" name-en=\"Simulated round %u of %d\" "
					     "year=\"%d\" number=\"%u\" rounds-a-year=\"%u\" "
					     "opens=\"%d-%02u-01T08:00:00+08:00\" closes=\"%d-%02u-15T17:00:00+08:00\">\n",
					     when->year, when->number, when->year, when->number, when->number, when->year, when->year, when->number,
					     when->rounds, when->year, when->month, when->year, when->month));
}

/* Six weeks after the round closes, or so: the last day of the month behind it. */
static void announce_appeals(const zp_sim_when *when, zp_buffer *b)
{
	const unsigned month = when->month % 12 + 1;
	const int year = when->year + (when->month == 12);
	zp_buffer_add_text(b, zp_arena_print(b->arena, "  <appeals until=\"%d-%02u-%02d\" to=\"模拟质评中心质量管理科\" to-en=\"the quality office of the simulated centre\"/>\n",
					     year, month, zp_days_of_month(year, (int)month)));
}

void zp_sim_announce(const zp_sim_world *w, zp_buffer *b)
{
	zp_buffer_add_text(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<!-- An invented round: laboratories and results are simulated; truth.csv says what was planted. -->\n");
	announce_round(&w->when, b);
	zp_buffer_add_text(b, "  <organiser name=\"模拟质评中心\" name-en=\"Simulated EQA centre\"/>\n");
	announce_appeals(&w->when, b);
	zp_buffer_add_text(b, "  <regions from=\"hubei\"/>\n");
	for (int c = 0; c < ZP_SIM_CLASSES; c++) {
		zp_buffer_add_text(b, "  <class");
		add_attribute(b, "name", zp_sim_classes[c]);
		zp_buffer_add_text(b, "/>\n");
	}
	for (size_t p = 0; p < w->n_programmes; p++)
		announce_programme(&w->programmes[p], b);
	zp_buffer_add_text(b, "</round>\n");
}
