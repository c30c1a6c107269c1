/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Internal quality control, month by month (docs/formats/iqc.md), by laboratories of the bias and scatter that they have in rounds. */
#include <math.h>
#include <stdio.h>
#include "base/random.h"
#include "simulate/answers.h"
#include "simulate/year.h"

#define MONTHS 12
#define CHANGE 6          /* months of the first lot */
#define FIRST 20          /* values of the first mean; with them go COUNTED months in control, from LEAST on */
#define LEAST 3
#define COUNTED 5
#define OUT_OF_CONTROL 0.02 /* of months, of a laboratory of ordinary care */

static zp_text keep(zp_arena *arena, zp_buffer *b)
{
	zp_text t = { zp_arena_text(arena, b->p ? b->p : "", b->n), b->n };
	b->n = 0;
	return t;
}

static void add(zp_buffer *b, const char *cell)
{
	zp_buffer_add_text(b, ",");
	zp_buffer_add_cell(b, cell);
}

/* The same material holds as much for everybody: a lot lies somewhat above or below the one before it. */
static void choose_levels(const zp_sim_world *w, size_t index, size_t m, double levels[ZP_SIM_LOTS][ZP_SIM_CONTROLS])
{
	static const double places[ZP_SIM_CONTROLS] = { 0.25, 0.7 };
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_measurand *way = p->ways[m];
	zp_random r = zp_random_stream(w->when.seed, ZP_SIM_STREAM_LEVELS - m, index + 1 + ZP_SIM_STREAM_CONTROL);
	for (size_t lot = 0; lot < ZP_SIM_LOTS; lot++)
		for (size_t level = 0; level < ZP_SIM_CONTROLS; level++)
			levels[lot][level] = (way->low + (way->high - way->low) * places[level]) * (0.96 + 0.08 * zp_random_uniform(&r)) * p->per_unit[m];
}

const zp_sim_control *zp_sim_control_take(zp_arena *arena, const zp_sim_world *w)
{
	zp_sim_control *out = zp_take(arena, zp_sim_control, w->n_programmes);
	zp_buffer b = { .arena = arena };
	for (size_t i = 0; i < w->n_programmes; i++) {
		const zp_sim_programme *p = &w->programmes[i];
		const size_t kinds = p->rules->n_instruments;
		zp_text *items = zp_take(arena, zp_text, p->n), *tails = zp_take(arena, zp_text, p->n * kinds);
		double (*levels)[ZP_SIM_LOTS][ZP_SIM_CONTROLS] = zp_arena_take(arena, p->n * sizeof *levels);
		for (size_t m = 0; m < p->n; m++) {
			add(&b, p->measurands[m]->specimen);
			add(&b, p->measurands[m]->item);
			items[m] = keep(arena, &b);
			for (size_t k = 0; k < kinds; k++) {
				add(&b, p->measurands[m]->unit ? p->measurands[m]->unit : "");
				add(&b, p->ways[m]->instruments[k].name);
				zp_buffer_add_text(&b, ",");
				tails[m * kinds + k] = keep(arena, &b);
			}
			if (p->answers[m].kind == ZP_SIM_PLAIN)
				choose_levels(w, i, m, levels[m]);
		}
		out[i] = (zp_sim_control){ items, tails, &levels[0][0][0] };
	}
	return out;
}

zp_sim_habit zp_sim_habit_of(const zp_sim_world *w, size_t lab)
{
	zp_random r = zp_random_stream(w->wish->seed, lab, ZP_SIM_STREAM_CONTROL);
	const double sends = zp_random_uniform(&r), lot = zp_random_uniform(&r), keeps = zp_random_uniform(&r);
	return (zp_sim_habit){ .sends = sends > 0.03 + 0.04 * w->labs[lab].care, .whole_year = lot < 0.4, .keeps = keeps < 0.06 + 0.06 * w->labs[lab].care };
}

/* One chart: a laboratory, measurand and level, over the months of a lot. */
typedef struct chart {
	double target, cv;      /* what the laboratory finds in the long run, and its scatter as a part of it */
	double first;           /* mean of the first values */
	double sum, n;          /* of the months in control that are counted */
	unsigned counted;
	bool fixed;             /* the mean in use stays */
} chart;

static chart begin(double target, double cv, bool settled, bool keeps, zp_random *r)
{
	const double values = settled ? 200 : FIRST;
	return (chart){ .target = target, .cv = cv, .first = target * (1 + cv * zp_random_normal(r) / sqrt(values)), .fixed = settled || keeps };
}

static double in_use(const chart *c)
{
	return c->fixed || c->counted < LEAST ? c->first : (FIRST * c->first + c->sum) / (FIRST + c->n);
}

typedef struct month { double mean, sd, n; bool out; } month;

static month live(chart *c, double care, zp_random *r)
{
	const double u = zp_random_uniform(r), drift = 0.25 * c->cv * zp_random_normal(r), shift = zp_random_uniform(r) < 0.5 ? 2.2 : -2.2;
	const double n = 18 + (double)zp_random_below(r, 13), a = zp_random_normal(r), b = zp_random_normal(r);
	const bool out = u < OUT_OF_CONTROL * care;
	const double cv = out ? 2.2 * c->cv : c->cv, spread = 1 + b / sqrt(2 * (n - 1));
	const double mean = c->target * (1 + drift + (out ? shift * c->cv : 0) + cv * a / sqrt(n));
	return (month){ mean, c->target * cv * (spread > 0.3 ? spread : 0.3), n, out };
}

/* As it is printed: what is counted is what everybody reads. */
static zp_decimal printed(double x, int places, int more)
{
	const double scale = more == 1 ? 10 : 100;
	return (zp_decimal){ (int64_t)nearbyint(x * scale), (int8_t)-(places + more) };
}

static void count(chart *c, const month *at)
{
	if (at->out || c->counted == COUNTED)
		return;
	c->sum += at->n * at->mean;
	c->n += at->n;
	c->counted++;
}

/* What the rows of one chart have in common. */
typedef struct strip { zp_text lab, item, tail; int level, places; unsigned months; bool whole_year; } strip;

static void chart_rows(const zp_sim_world *w, const strip *of, const chart lots[ZP_SIM_LOTS], double care, zp_random *r, zp_buffer *b)
{
	const int year = w->when.year;
	char line[96];
	chart now = of->whole_year ? lots[2] : lots[0];
	for (unsigned k = 0; k < of->months; k++) {
		const bool second = !of->whole_year && k >= CHANGE;
		if (second && k == CHANGE)
			now = lots[1];
		const month at = live(&now, care, r);
		zp_buffer_add(b, of->lab);
		zp_buffer_add(b, of->item);
		int n = snprintf(line, sizeof line, ",%d-%02u,%d,%c%02d%d%d,%d,", year, k + 1, of->level, of->whole_year ? 'B' : 'A', year % 100, second ? 2 : 1,
				 of->level, (int)at.n);
		zp_buffer_add(b, (zp_text){ line, (size_t)n });
		zp_buffer_add_number(b, printed(at.mean, of->places, 1));
		zp_buffer_add_text(b, ",");
		zp_buffer_add_number(b, printed(at.sd, of->places, 2));
		zp_buffer_add(b, of->tail);
		zp_buffer_add_number(b, printed(in_use(&now), of->places, 1));
		n = snprintf(line, sizeof line, ",%s,%d-%02d\n", at.out ? "no" : "yes", of->whole_year ? year - 1 : year, of->whole_year ? 10 : second ? CHANGE + 1 : 1);
		zp_buffer_add(b, (zp_text){ line, (size_t)n });
		count(&now, &at);
	}
}

/* Who leaves sends nothing more after its last round. */
static unsigned months_of(const zp_sim_world *w, size_t lab)
{
	const unsigned last = w->labs[lab].last;
	return last >= w->when.rounds ? MONTHS : zp_sim_when_of(w->wish, last).month;
}

void zp_sim_rows_iqc(const zp_sim_world *w, const zp_sim_control *controls, size_t lab, size_t index, const zp_sim_return *own, zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_control *c = &controls[index];
	const zp_sim_lab *self = &w->labs[lab];
	const zp_sim_habit habit = zp_sim_habit_of(w, lab);
	const double scatter = w->wish->spread[self->lab_class] * self->steady / 100;
	zp_random r = zp_random_stream(w->when.seed, lab, index + 1 + ZP_SIM_STREAM_CONTROL);
	char code[ZP_SIM_CODE];
	strip of = { .months = months_of(w, lab), .whole_year = habit.whole_year };
	of.lab = (zp_text){ code, zp_sim_code_in(w, lab, index, code) };
	for (size_t m = 0; m < p->n && habit.sends; m++) {
		if (!own->declared[m] || p->answers[m].kind != ZP_SIM_PLAIN)
			continue;
		of.item = c->items[m];
		of.tail = c->tails[m * p->rules->n_instruments + own->instrument];
		of.places = p->measurands[m]->places;
		for (int level = 0; level < ZP_SIM_CONTROLS; level++) {
			chart lots[ZP_SIM_LOTS];
			for (int lot = 0; lot < ZP_SIM_LOTS; lot++)
				lots[lot] = begin(c->levels[(m * ZP_SIM_LOTS + (size_t)lot) * ZP_SIM_CONTROLS + (size_t)level] * (1 + own->bias[m] / 100),
						  p->ways[m]->cv * scatter, lot == 2, habit.keeps, &r);
			of.level = level + 1;
			chart_rows(w, &of, lots, self->care, &r, b);
		}
	}
}
