/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/report_answers.h"
#include <stdlib.h>
#include "model/written.h"
#include "run/lines.h"

#define ANSWERS_SHOWN 6 /* of one sample; the others are told together */

zp_report_row zp_report_row_empty(const char *sample)
{
	return (zp_report_row){ .sample = sample, .value = "", .value_en = "", .sent = "", .index = "", .x_pt = "", .x_pt_en = "", .also = "",
				.also_en = "", .allowed = "", .flags = "", .flags_en = "", .credit = "", .mark = "", .place = { -1, -1, -1, 0, 0 },
				.answers_n = "", .low = "", .high = "", .bias = "", .bias_pct = "", .sdi = "", .says = "", .says_en = "", .why = "",
				.why_en = "" };
}

bool zp_report_may_print(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p;) {
		if (*p < 0x80) {
			if (*p < 0x20 || *p == 0x7f)
				return false;
			p++;
			continue;
		}
		const bool two = p[0] == 0xc2 && p[1] == 0xb1;                              /* ± */
		const bool three = !two && (p[0] & 0xf0) == 0xe0 && p[1] && p[2];
		const uint32_t c = three ? (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63) : 0;
		if (!two && !(c >= 0x4e00 && c < 0x9fa6) && !(c >= 0x3001 && c < 0x3003) && !(c >= 0xff01 && c < 0xff5f))
			return false;
		p += two ? 2 : 3;
	}
	return true;
}

static const char *decimal_text(const zp_telling *t, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	return zp_arena_text(t->arena, text, zp_decimal_write(d, text));
}

static const char *written(const zp_telling *t, zp_kind kind, zp_decimal value, int chinese)
{
	char text[ZP_WRITTEN_BYTES];
	return zp_arena_text(t->arena, text, zp_written(t->measurand, kind, value, chinese, text));
}

static const char *answer_text(const zp_telling *t, int64_t answer, bool chinese)
{
	return written(t, zp_scale_value_kind(t->measurand->scale), (zp_decimal){ answer, 0 }, chinese);
}

/* On which side of a range a value lies. */
static int beside(const zp_group *g, zp_decimal v)
{
	return zp_decimal_compare(v, g->low) < 0 ? -1 : zp_decimal_compare(v, g->high) > 0;
}

/* A logarithm in the measurand's places; in more of them where it would seem to lie on the other side of a printed bound. */
static zp_decimal log_rounded(const zp_telling *t, size_t i, zp_decimal v)
{
	const uint32_t group = t->run->judgement.group[i];
	const zp_group *g = group == ZP_NO_GROUP ? NULL : &t->run->groups[group];
	int places = t->measurand->places;
	zp_decimal shown = v;
	do
		shown = v.e < -places ? zp_decimal_round(v, places) : v;
	while (g && g->has_bounds && beside(g, shown) != beside(g, v) && places++ < t->measurand->places + 6);
	while (shown.e > -t->measurand->places && shown.m < INT64_MAX / 10 && shown.m > INT64_MIN / 10) { /* 3 is 3.00 */
		shown.m *= 10;
		shown.e--;
	}
	return shown;
}

/* The sign of an answer that says so itself; NULL where it says something else, such as resistant. */
static const char *sign_of(const zp_scale *s, const zp_answer *a)
{
	static const struct { zp_side side; const char *word, *sign; } signs[] = {
		{ ZP_SIDE_NEGATIVE, "阴性", "−" }, { ZP_SIDE_POSITIVE, "阳性", "＋" }, { ZP_SIDE_GREY, "可疑", "±" },
	};
	unsigned of_side = 0;
	for (uint32_t i = 0; i < s->n; i++)
		of_side += s->answers[i].side == a->side;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (a->side == signs[i].side && of_side == 1 && strstr(a->name, signs[i].word))
			return signs[i].sign;
	return NULL;
}

/* A reply so short that it goes into a cell of a small table. */
static const char *mark_of(const zp_telling *t, zp_kind kind, zp_decimal value)
{
	const zp_scale *s = t->measurand->scale;
	if (!s)
		return kind == ZP_UNDETECTED ? "−" : written(t, kind, value, 1);
	if (zp_scale_is_set(s))
		return value.m ? answer_text(t, value.m, true) : "−";
	const char *sign = sign_of(s, &s->answers[value.m]);
	return sign ? sign : s->answers[value.m].name;
}

/* A text without signs, joints and blanks, of a number without zeros at its end, in lower case: what "阴性(-)" and "阴性" have in
 * common, "抗D" and "抗-D", "7.50" and "7.5". */
static const char *bare(const zp_telling *t, const char *text)
{
	static const char *const dropped[] = { "(", ")", "+", "-", " ", ",", ";", "/", "（", "）", "＋", "－", ":", "：", "、", "，", "；" };
	char *out = zp_arena_take(t->arena, strlen(text) + 1), *p = out;
	while (*text) {
		size_t skip = 0;
		for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
			skip = strncmp(text, dropped[i], strlen(dropped[i])) == 0 ? strlen(dropped[i]) : skip;
		if (!skip)
			*p++ = *text >= 'A' && *text <= 'Z' && !t->measurand->scale->case_matters ? (char)(*text - 'A' + 'a') : *text;
		text += skip ? skip : 1;
	}
	*p = '\0';
	if (strchr(out, '.') && out[strspn(out, "0123456789.")] == '\0') {
		while (p[-1] == '0')
			p--;
		p -= p[-1] == '.';
		*p = '\0';
	}
	return out;
}

/* Whether what was sent says anything beside what is printed. */
static bool is_telling(const zp_telling *t, const char *sent, const zp_report_row *row)
{
	if (!sent || strcmp(sent, row->value) == 0 || !zp_report_may_print(sent))
		return false;
	if (!t->measurand->scale)
		return true;
	const char *is = bare(t, sent);
	return *is && strcmp(is, bare(t, row->value)) != 0 && strcmp(is, bare(t, row->value_en)) != 0 &&
	       !(strcmp(row->value_en, "negative") == 0 && strcmp(is, "阴性") == 0);
}

void zp_report_value(const zp_telling *t, size_t i, zp_report_row *row)
{
	const zp_round *r = t->run->round;
	const zp_note *note = r->note[i] ? &r->notes[r->note[i]] : NULL;
	const zp_kind kind = (zp_kind)r->kind[i];
	if (kind == ZP_NOTHING || r->state[i] == ZP_CONFLICT)
		return;
	const zp_decimal exact = zp_round_value(r, i);
	const bool logged = t->measurand->log10 && (kind == ZP_NUMBER || kind == ZP_BELOW || kind == ZP_ABOVE);
	const zp_decimal value = logged ? log_rounded(t, i, exact) : exact;
	row->value = written(t, kind, value, 1);
	row->value_en = t->measurand->scale || kind == ZP_UNDETECTED ? written(t, kind, value, 0) : "";
	row->mark = mark_of(t, kind, value);
	if (!note)
		return;
	if ((logged || t->measurand->scale) && is_telling(t, note->sent, row))
		row->sent = note->sent;
	if (note->has_index)
		row->index = decimal_text(t, note->index);
}

/* ---- what was answered ---- */

static int most_first(const void *pa, const void *pb)
{
	const zp_answer_count *a = pa, *b = pb;
	return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : (a->answer > b->answer) - (a->answer < b->answer);
}

static zp_report_answer answer_of(const zp_telling *t, const char *name, const char *name_en, uint32_t n, uint32_t of)
{
	char text[64];
	const size_t bytes = (size_t)(zp_put_share(text, n, of, 1) - text);
	return (zp_report_answer){ name, name_en, zp_arena_print(t->arena, "%u", n), zp_arena_text(t->arena, text, bytes) };
}

/* Few laboratories would be known by their answers, whether the target rests on them or not. */
static void tell_answers(const zp_telling *t, const zp_group *g, zp_report_row *row)
{
	uint32_t of = 0, told = 0;
	zp_answer_count *counts = zp_take(t->arena, zp_answer_count, g->n_counts + 1);
	for (uint32_t k = 0; k < g->n_counts; k++) {
		counts[k] = g->counts[k];
		of += counts[k].n;
	}
	if (!of || of < t->choices->show_least)
		return;
	if (!zp_scale_is_ordered(t->measurand->scale))
		qsort(counts, g->n_counts, sizeof *counts, most_first);
	const bool all = zp_scale_is_ordered(t->measurand->scale) || g->n_counts <= ANSWERS_SHOWN;
	const uint32_t n = all ? g->n_counts : ANSWERS_SHOWN - 1;
	zp_report_answer *answers = zp_take(t->arena, zp_report_answer, n + 1);
	for (uint32_t k = 0; k < n; told += counts[k++].n)
		answers[k] = answer_of(t, answer_text(t, counts[k].answer, true), answer_text(t, counts[k].answer, false), counts[k].n, of);
	if (!all)
		answers[n] = answer_of(t, "其他", "others", of - told, of);
	row->answers = answers;
	row->n_answers = n + !all;
	row->answers_n = zp_arena_print(t->arena, "%u", of);
}

/* ---- what should have been answered ---- */

static const char *accepted_text(const zp_telling *t, const zp_group *g, bool chinese)
{
	const zp_item item = zp_run_item_at(t->run, g->item);
	const zp_given *given = &item.programme->given[g->item - item.programme->first_item];
	const char *text = "";
	for (size_t k = 0; k < given->n_accepted; k++) {
		const char *name = answer_text(t, given->accepted[k].answer, chinese);
		text = zp_arena_print(t->arena, "%s%s%s", text, k ? chinese ? "、" : ", " : "", name);
		if (given->accepted[k].credit < 100)
			text = zp_arena_print(t->arena, chinese ? "%s（%u %%）" : "%s (%u %%)", text, given->accepted[k].credit);
	}
	return text;
}

/* Which grades are acceptable: the scorer is asked about each. */
static void place_target(const zp_telling *t, const zp_group *g, const zp_strip *strip, zp_report_row *row)
{
	const zp_scale *s = t->measurand->scale;
	int64_t low = -1, high = -1;
	row->place.low = (int)g->elected.low;
	row->place.high = (int)g->elected.high;
	for (uint32_t k = 0; k < s->n; k++) {
		if (!(row->place.strip & UINT64_C(1) << k) || zp_run_grade(t->run, t->measurand, t->choices, g, strip, k).credit != 100)
			continue;
		row->place.allowed |= UINT64_C(1) << k;
		low = low < 0 ? k : low;
		high = k;
	}
	if (low >= 0)
		row->allowed = low == high ? s->answers[low].name : zp_arena_print(t->arena, "%s–%s", s->answers[low].name, s->answers[high].name);
}

void zp_report_answers(const zp_telling *t, size_t i, const zp_group *g, bool shown, zp_report_row *row)
{
	const zp_round *r = t->run->round;
	const zp_scale *s = t->measurand->scale;
	const zp_strip *strip = zp_run_strip(t->run, s, i);
	tell_answers(t, g, row);
	if (zp_scale_is_ordered(s)) {
		row->place.strip = strip ? strip->answers : (UINT64_C(2) << (s->n - 1)) - 1;
		if (r->kind[i] != ZP_NOTHING && r->state[i] != ZP_CONFLICT)
			row->place.reply = (int)zp_round_value(r, i).m;
	}
	if (!shown || !g->has_answer)
		return;
	const char *low = answer_text(t, g->elected.low, true), *low_en = answer_text(t, g->elected.low, false);
	const bool two = g->elected.low != g->elected.high;
	row->x_pt = two ? zp_arena_print(t->arena, "%s 或 %s", low, answer_text(t, g->elected.high, true)) : low;
	row->x_pt_en = two ? zp_arena_print(t->arena, "%s or %s", low_en, answer_text(t, g->elected.high, false)) : low_en;
	row->also = accepted_text(t, g, true);
	row->also_en = accepted_text(t, g, false);
	if (zp_scale_is_ordered(s))
		place_target(t, g, strip, row);
}

void zp_report_remarks(const zp_telling *t, size_t i, zp_report_row *row)
{
	const zp_judgement *j = &t->run->judgement;
	for (unsigned bit = 0; bit < ZP_FLAGS; bit++) {
		if (!(j->flags[i] & 1u << bit))
			continue;
		row->flags = zp_arena_print(t->arena, "%s%s%s", row->flags, *row->flags ? "；" : "", zp_flag_says(bit, true));
		row->flags_en = zp_arena_print(t->arena, "%s%s%s", row->flags_en, *row->flags_en ? "; " : "", zp_flag_says(bit, false));
	}
	if (j->verdict[i] != ZP_NOT_EVALUATED && j->credit[i] > 0 && j->credit[i] < 100)
		row->credit = zp_arena_print(t->arena, "%u", j->credit[i]);
}

/* ---- measurands and programmes ---- */

void zp_report_scale(const zp_telling *t, zp_report_measurand *m)
{
	const zp_scale *s = t->measurand->scale;
	m->answered = s != NULL;
	m->weight = t->measurand->weight > 1 ? zp_arena_print(t->arena, "%u", t->measurand->weight) : "";
	if (!s || !zp_scale_is_ordered(s))
		return;
	const char **grades = zp_take(t->arena, const char *, s->n);
	for (uint32_t k = 0; k < s->n; k++)
		grades[k] = s->answers[k].name;
	m->grades = grades;
	m->n_grades = s->n;
}

void zp_report_panel(const zp_run *run, const zp_enrolment *e, zp_arena *arena, zp_report_programme *out)
{
	const zp_programme *p = zp_run_programme(run, e);
	size_t answered = 0;
	for (size_t k = 0; k < e->n_declared; k++) {
		const zp_measurand *m = &p->scheme->measurands[e->declared[k]];
		answered += m->scale != NULL;
		out->points |= m->weight > 1;
	}
	for (size_t i = e->first_cell; i < e->first_cell + e->n_declared * p->n_samples; i++)
		out->points |= run->judgement.verdict[i] != ZP_NOT_EVALUATED && run->judgement.credit[i] > 0 && run->judgement.credit[i] < 100;
	out->by_samples = p->scheme->choices.programme_score == ZP_SCORE_SAMPLES;
	out->panel = e->n_declared > 1 && (p->scheme->whole_samples || 2 * answered > e->n_declared);
	if (!p->scheme->whole_samples)
		return;
	zp_report_whole *wholes = zp_take(arena, zp_report_whole, p->n_samples);
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_whole w = zp_run_whole_sample(run, e, s);
		wholes[s] = (zp_report_whole){ w.judged, w.right };
	}
	out->wholes = wholes;
}
