/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How laboratories write answers. The words come from the rules, and each is used only where it is understood as that answer, so that
 * a simulated round is never refused for what it planted without a label. */
#include <stdio.h>
#include "book/scale.h"
#include "book/vocabulary.h"
#include "simulate/answers.h"

typedef struct wording {
	zp_arena *arena;
	const zp_sim_programme *p;
	zp_listener *listener;
	zp_problems *problems;
} wording;

static zp_heard hear(const wording *w, zp_text text, zp_value *out)
{
	const char *says;
	return zp_hear(w->p->scheme->vocabulary, w->listener, text, out, &says);
}

/* Whether intake takes the text for this reply. */
static bool means(const wording *w, const zp_scale *scale, const zp_strip *strip, zp_text text, int64_t reply)
{
	zp_value heard;
	zp_text unknown;
	char written[ZP_WORD_BYTES];
	int64_t is;
	if (zp_scale_reply(scale, strip, text, &is, &unknown))
		return is == reply;
	return hear(w, text, &heard) == ZP_HEARD && heard.kind != ZP_NOTHING && zp_value_write(&heard, written, sizeof written) < sizeof written &&
	       zp_scale_reply(scale, strip, zp_text_of(written), &is, &unknown) && is == reply;
}

static void add(zp_sim_ways *to, zp_text *at, const char *text)
{
	for (size_t i = 0; i < to->n; i++)
		if (zp_text_is(at[i], text))
			return;
	at[to->n++] = zp_text_of(text);
}

/* Of one answer on one strip. */
static zp_sim_ways ways_of(const wording *w, const zp_scale *scale, const zp_strip *strip, uint32_t answer)
{
	static const char *const titres[] = { "1：%s", "1∶%s", "阳性(1:%s)" };
	const zp_answer *a = &scale->answers[answer];
	const int64_t reply = zp_scale_is_set(scale) ? a->side == ZP_SIDE_NEGATIVE ? 0 : INT64_C(1) << answer : answer;
	zp_text *at = zp_take(w->arena, zp_text, w->p->rules->n_words + 6);
	zp_sim_ways out = { .at = at };
	const char *const own[] = { a->name, a->code, a->name_en };
	for (size_t i = 0; i < 3; i++)
		if (*own[i] && means(w, scale, strip, zp_text_of(own[i]), reply))
			add(&out, at, own[i]);
	for (size_t i = 0; scale->kind == ZP_SCALE_TITRE && strncmp(a->code, "1:", 2) == 0 && i < sizeof titres / sizeof *titres; i++) {
		const char *number = a->code + 2, *mark = strchr(titres[i], '%');
		const char *text = zp_arena_print(w->arena, "%.*s%s%s", (int)(mark - titres[i]), titres[i], number, mark + 2);
		if (means(w, scale, strip, zp_text_of(text), reply))
			add(&out, at, text);
	}
	for (size_t i = 0; i < w->p->rules->n_words; i++)
		if (means(w, scale, strip, zp_text_of(w->p->rules->words[i]), reply))
			add(&out, at, w->p->rules->words[i]);
	return out;
}

static const char *key_of(const zp_sim_instrument *x, unsigned key)
{
	const char *const keys[] = { x->system, x->name, x->method, x->reagent, x->calibrator };
	return keys[key];
}

static bool write_answers(const wording *w, size_t m, zp_sim_answers *out)
{
	const size_t n = w->p->rules->n_instruments;
	const zp_scale *scale = out->scale;
	const zp_strip **strips = zp_take(w->arena, const zp_strip *, n);
	zp_sim_ways *ways = zp_take(w->arena, zp_sim_ways, n * scale->n);
	for (size_t i = 0; i < n; i++) {
		strips[i] = zp_scale_strip(scale, zp_text_of(key_of(&w->p->ways[m]->instruments[i], scale->strip_key)));
		for (uint32_t a = 0; a < scale->n; a++) {
			ways[i * scale->n + a] = ways_of(w, scale, strips[i], a);
			if (!ways[i * scale->n + a].n)
				return zp_problem_add(w->problems, w->p->rules->file, w->p->ways[m]->line, 0, "the answer \"%s\" of %s cannot be written so that it is understood",
						      scale->answers[a].code, w->p->measurands[m]->code), false;
		}
	}
	out->strips = strips;
	out->ways = ways;
	return true;
}

/* "未检出": words that say that nothing was found. */
static void write_nothing(const wording *w, zp_sim_answers *out)
{
	zp_text *at = zp_take(w->arena, zp_text, w->p->rules->n_words + 1);
	zp_value heard;
	out->nothing.at = at;
	add(&out->nothing, at, "未检出");
	for (size_t i = 0; i < w->p->rules->n_words; i++)
		if (hear(w, zp_text_of(w->p->rules->words[i]), &heard) == ZP_HEARD && heard.kind == ZP_CATEGORY &&
		    (zp_text_is(heard.word, "negative") || zp_text_is(heard.word, "not detected")))
			add(&out->nothing, at, w->p->rules->words[i]);
}

static zp_sim_judge judge_of(const zp_measurand *m)
{
	static const char *const names[] = { "match", "within", "members", "accepted", "susceptibility" };
	size_t i = sizeof names / sizeof *names - 1;
	while (i > 0 && strcmp(m->limit.judge->name, names[i]) != 0)
		i--;
	return (zp_sim_judge)i;
}

/* The earlier one of its pair, if that is simulated before it and has the same answers. */
static size_t twin_of(const zp_sim_programme *p, size_t m)
{
	const zp_scheme *scheme = p->scheme;
	for (size_t i = 0; i < scheme->n_pairs; i++) {
		const uint32_t a = zp_names_find(scheme->measurand_names, zp_text_of(scheme->pairs[i].a));
		const uint32_t b = zp_names_find(scheme->measurand_names, zp_text_of(scheme->pairs[i].b));
		for (size_t k = 0; k < m; k++)
			if ((p->measurands[m] == &scheme->measurands[b] && p->measurands[k] == &scheme->measurands[a]) ||
			    (p->measurands[m] == &scheme->measurands[a] && p->measurands[k] == &scheme->measurands[b]))
				return p->measurands[k]->scale == p->measurands[m]->scale ? k : SIZE_MAX;
	}
	return SIZE_MAX;
}

const zp_sim_answers *zp_sim_answers_take(zp_arena *arena, const zp_sim_programme *p, zp_problems *problems)
{
	const wording w = { arena, p, zp_listener_take(arena), problems };
	zp_sim_answers *out = zp_take(arena, zp_sim_answers, p->n);
	for (size_t m = 0; m < p->n; m++) {
		const zp_measurand *of = p->measurands[m];
		out[m] = (zp_sim_answers){ .kind = of->scale ? ZP_SIM_ANSWER : of->log10 ? ZP_SIM_LOGARITHM : ZP_SIM_PLAIN, .scale = of->scale, .twin = SIZE_MAX,
					   .indexed = of->cutoff.is };
		if (of->log10)
			write_nothing(&w, &out[m]);
		if (!of->scale)
			continue;
		out[m].judge = judge_of(of);
		out[m].twin = twin_of(p, m);
		if (!write_answers(&w, m, &out[m]))
			return NULL;
	}
	return out;
}

/* ---- writing ---- */

void zp_sim_answers_code(const zp_sim_programme *p, size_t m, zp_decimal reply, zp_buffer *b)
{
	const zp_sim_answers *a = &p->answers[m];
	char code[1000];
	if (a->kind == ZP_SIM_ANSWER) {
		zp_scale_write(a->scale, reply.m, -1, code, sizeof code);
		zp_buffer_add_cell(b, code);
	} else if (a->kind == ZP_SIM_LOGARITHM && !reply.m) {
		zp_buffer_add_text(b, "undetected");
	} else {
		zp_buffer_add_number(b, reply);
	}
}

static zp_text way(zp_sim_ways ways, unsigned word) { return ways.at[word % ways.n]; }

/* Members in the laboratory's own way of joining them. */
static void write_set(const zp_sim_answers *a, const zp_sim_ways *ways, const zp_sim_cell *cell, zp_buffer *b)
{
	static const char *const joints[] = { "+", "、", "和", "; ", " + ", "," };
	char text[2000];
	size_t n = 0;
	for (uint32_t i = 0; i < a->scale->n; i++) {
		if (!(cell->reported.m & INT64_C(1) << i) && !(cell->reported.m == 0 && a->scale->answers[i].side == ZP_SIDE_NEGATIVE))
			continue;
		const zp_text member = way(ways[i], cell->word);
		const char *joint = n ? joints[cell->word % 6] : "";
		if (n + strlen(joint) + member.n + 1 < sizeof text)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%.*s", joint, (int)member.n, member.p);
		if (cell->reported.m == 0)
			break;
	}
	text[n] = '\0';
	zp_buffer_add_cell(b, text);
}

static void write_quantity(const zp_sim_programme *p, const zp_sim_return *r, size_t m, const zp_sim_cell *cell, zp_buffer *b)
{
	const zp_sim_answers *a = &p->answers[m];
	const double lod = p->ways[m]->lod;
	if (!cell->reported.m && cell->word % 3 == 0 && lod > 0 && !r->logged[m]) {
		zp_buffer_add_text(b, cell->word % 2 ? "<" : "＜");
		zp_buffer_add_number(b, zp_decimal_shortest(lod));
	} else if (!cell->reported.m) {
		zp_buffer_add_cell(b, way(a->nothing, cell->word).p);
	} else if (r->logged[m]) {
		zp_buffer_add_number(b, zp_decimal_round_binary(zp_sim_log10(zp_decimal_double(cell->reported)), 2));
	} else if (cell->word % 4 == 0 && cell->reported.m >= 100 && cell->reported.m < 1000 && cell->reported.e >= 0) {
		char *to = zp_buffer_room(b, 32);
		b->n += (size_t)snprintf(to, 32, "%d.%02dE+%02d", (int)(cell->reported.m / 100), (int)(cell->reported.m % 100), cell->reported.e + 2);
	} else {
		zp_buffer_add_number(b, cell->reported);
	}
}

void zp_sim_answers_write(const zp_sim_programme *p, const zp_sim_return *r, size_t i, bool alone, zp_buffer *b)
{
	const size_t m = i / p->n_samples;
	const zp_sim_answers *a = &p->answers[m];
	const zp_sim_cell *cell = &r->cells[i];
	if (a->kind == ZP_SIM_LOGARITHM) {
		write_quantity(p, r, m, cell, b);
		return;
	}
	const zp_sim_ways *ways = &a->ways[r->instrument * a->scale->n];
	if (zp_scale_is_set(a->scale)) {
		write_set(a, ways, cell, b);
	} else if (alone && cell->has_index) {
		zp_buffer_add(b, zp_text_of(a->scale->answers[cell->reported.m].name));
		zp_buffer_add_text(b, cell->word % 2 ? " (COI " : "(");
		zp_buffer_add_number(b, cell->index);
		zp_buffer_add_text(b, ")");
	} else {
		zp_buffer_add_cell(b, way(ways[cell->reported.m], cell->word).p);
	}
}

void zp_sim_answers_beside(const zp_sim_world *w, const zp_sim_programme *p, const zp_sim_return *r, size_t i, zp_buffer *b)
{
	const size_t m = i / p->n_samples;
	const zp_sim_cell *cell = &r->cells[i];
	if (w->has_index)
		zp_buffer_add_text(b, ",");
	if (cell->has_index && cell->fault != ZP_SIM_MISSING)
		zp_buffer_add_number(b, cell->index);
	if (!w->has_lod)
		return;
	zp_buffer_add_text(b, ",");
	const double lod = p->answers[m].kind == ZP_SIM_LOGARITHM && r->told_lod && cell->fault != ZP_SIM_MISSING ? p->ways[m]->lod : 0;
	if (lod > 0)
		zp_buffer_add_number(b, r->logged[m] ? zp_decimal_round_binary(zp_sim_log10(lod), 2) : zp_decimal_shortest(lod));
}
