/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was answered, and how often it was right: answers.csv panel.csv samples.csv. */
#include <stdlib.h>
#include "model/written.h"
#include "run/lines.h"
#include "run/tables.h"

#define GROUPS_AT_ONCE 1024
#define ENROLMENTS_AT_ONCE 64
#define SHARE_PLACES 2

zp_takers zp_takers_of(zp_run *run)
{
	const size_t n = run->book->plan->n_programmes;
	uint32_t *first = zp_take(run->arena, uint32_t, n + 2), *of = zp_take(run->arena, uint32_t, run->roster->n_enrolments + 1);
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		first[run->roster->enrolments[e].programme + 2]++;
	for (size_t p = 2; p < n + 2; p++)
		first[p] += first[p - 1];
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		of[first[run->roster->enrolments[e].programme + 1]++] = (uint32_t)e;
	return (zp_takers){ first, of };
}

static char *put_cell(char *p, const char *text)
{
	p = zp_put_text(p, zp_text_of(text));
	*p++ = ',';
	return p;
}

static size_t room_of(const char *a, const char *b, const char *c, const char *d)
{
	return 512 + 2 * (strlen(a) + strlen(b) + strlen(c) + strlen(d));
}

/* ---- answers.csv ---- */

static void put_answer(zp_piece *piece, const zp_group *g, size_t number, const zp_item *item, const zp_answer_count *count)
{
	char text[ZP_WRITTEN_BYTES];
	const zp_measurand *m = item->measurand;
	const char *sample = item->programme->samples[item->s];
	const zp_text answer = { text, zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ count->answer, 0 }, -1, text) };
	const bool target = g->has_answer && (count->answer == g->elected.low || count->answer == g->elected.high);
	char *p = zp_piece_room(piece, room_of(item->programme->code, m->code, sample, text)), *from = p;
	p = zp_put_count(p, number), *p++ = ',';
	p = put_cell(p, item->programme->code);
	p = put_cell(p, m->code);
	p = put_cell(p, sample);
	p = zp_put_text(p, answer), *p++ = ',';
	p = zp_put_count(p, count->n), *p++ = ',';
	p = zp_put_count(p, count->referees), *p++ = ',';
	p = zp_put_share(p, count->n, g->n_kept, SHARE_PLACES), *p++ = ',';
	*p++ = target ? '1' : '0', *p++ = '\n';
	piece->n += (size_t)(p - from);
}

/* The answers of a group in their order; what should have been answered has its row also when nobody did. */
static void put_answers(zp_piece *piece, const zp_group *g, size_t number, const zp_item *item)
{
	int64_t due[2] = { g->elected.low, g->elected.high };
	size_t at = g->has_answer ? 0 : 2;
	for (uint32_t i = 0; i <= g->n_counts; i++) {
		for (; at < 2 && (i == g->n_counts || due[at] < g->counts[i].answer); at++)
			if (at == 0 || due[1] != due[0])
				put_answer(piece, g, number, item, &(zp_answer_count){ .answer = due[at] });
		if (i == g->n_counts)
			return;
		for (; at < 2 && due[at] == g->counts[i].answer;)
			at++;
		put_answer(piece, g, number, item, &g->counts[i]);
	}
}

static void write_answers(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_run *run = context;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512), "group,programme,measurand,sample,answer,n,referees,share,is_target\n") - piece->bytes);
	const size_t end = (piece_number + 1) * GROUPS_AT_ONCE;
	for (size_t i = piece_number * GROUPS_AT_ONCE; i < end && i < run->n_groups; i++) {
		const zp_item item = zp_run_item_at(run, run->groups[i].item);
		if (item.measurand->scale)
			put_answers(piece, &run->groups[i], i + 1, &item);
	}
}

/* ---- panel.csv ---- */

/* Laboratories that sent something which was judged, those of them that passed; results that were judged, and right. */
typedef struct tally { size_t labs, passed, results, right; } tally;

typedef struct panel { const zp_run *run; zp_takers takers; } panel;

static void count_lab(tally *t, size_t results, size_t right, bool passed)
{
	t->labs += results > 0;
	t->passed += results > 0 && passed;
	t->results += results;
	t->right += right;
}

/* What one laboratory adds. at[m * (n_samples + 1) + s]: measurand m - 1 or all, sample s - 1 or all. */
static void count_enrolment(const zp_run *run, size_t index, tally *at, tally *sample)
{
	const zp_enrolment *e = &run->roster->enrolments[index];
	const zp_programme *p = zp_run_programme(run, e);
	const size_t wide = p->n_samples + 1;
	tally all = { 0 };
	memset(sample, 0, p->n_samples * sizeof *sample);
	for (size_t k = 0; k < e->n_declared; k++) {
		tally *row = at + (e->declared[k] + 1) * wide, mine = { 0 };
		for (size_t s = 0; s < p->n_samples; s++) {
			const size_t i = e->first_cell + k * p->n_samples + s;
			const zp_verdict verdict = (zp_verdict)run->judgement.verdict[i];
			if (run->round->state[i] != ZP_RETURNED || verdict == ZP_NOT_EVALUATED)
				continue;
			const bool right = verdict == ZP_ACCEPTABLE;
			count_lab(&row[s + 1], 1, right, right);
			sample[s].results++, sample[s].right += right;
			mine.results++, mine.right += right;
		}
		count_lab(row, mine.results, mine.right, run->s1[run->first_tally[index] + k].satisfaction == ZP_SATISFACTORY);
		all.results += mine.results, all.right += mine.right;
	}
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_whole whole = zp_run_whole_sample(run, e, s);
		count_lab(&at[s + 1], sample[s].results, sample[s].right, whole.right == whole.judged);
	}
	count_lab(at, all.results, all.right, run->s[index].satisfaction == ZP_SATISFACTORY);
}

static void put_panel(zp_piece *piece, const zp_programme *programme, const char *measurand, size_t s, const tally *t)
{
	const char *sample = s ? programme->samples[s - 1] : "*", *strength = s ? programme->strengths[s - 1] : "";
	char *p = zp_piece_room(piece, room_of(programme->code, measurand, sample, strength)), *from = p;
	p = put_cell(p, programme->code);
	p = put_cell(p, measurand);
	p = put_cell(p, sample);
	p = put_cell(p, strength);
	p = zp_put_count(p, t->labs), *p++ = ',';
	p = zp_put_count(p, t->passed), *p++ = ',';
	p = zp_put_share(p, t->passed, t->labs, SHARE_PLACES), *p++ = ',';
	p = zp_put_count(p, t->results), *p++ = ',';
	p = zp_put_count(p, t->right), *p++ = ',';
	p = zp_put_share(p, t->right, t->results, SHARE_PLACES), *p++ = '\n';
	piece->n += (size_t)(p - from);
}

static bool has_answers(const zp_programme *p)
{
	bool has = false;
	for (size_t m = 0; m < p->scheme->n_measurands; m++)
		has |= zp_is_answered(&p->scheme->measurands[m]);
	return has;
}

/* A piece is a programme. */
static void write_panel(void *context, size_t p, zp_piece *piece)
{
	const panel *of = context;
	const zp_programme *programme = &of->run->book->plan->programmes[p];
	const zp_scheme *scheme = programme->scheme;
	const size_t wide = programme->n_samples + 1;
	if (p == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512),
			"programme,measurand,sample,strength,labs,passed,pass_share,results,right,share\n") - piece->bytes);
	if (!has_answers(programme))
		return;
	zp_arena *arena = zp_arena_open();
	tally *at = zp_take(arena, tally, (scheme->n_measurands + 1) * wide), *sample = zp_take(arena, tally, wide);
	for (uint32_t i = of->takers.first[p]; i < of->takers.first[p + 1]; i++)
		count_enrolment(of->run, of->takers.of[i], at, sample);
	for (size_t s = 0; s < wide; s++)
		put_panel(piece, programme, "*", s, &at[s]);
	for (size_t m = 0; m < scheme->n_measurands; m++)
		for (size_t s = 0; s < wide && zp_is_answered(&scheme->measurands[m]); s++)
			put_panel(piece, programme, scheme->measurands[m].code, s, &at[(m + 1) * wide + s]);
	zp_arena_close(arena);
}

/* ---- samples.csv ---- */

/* whole: whether all that was judged is right; nothing where nothing was. */
static void put_whole(zp_piece *piece, const char *lab, const char *programme, const char *sample, zp_whole w)
{
	char *p = zp_piece_room(piece, room_of(lab, programme, sample, "")), *from = p;
	p = put_cell(p, lab);
	p = put_cell(p, programme);
	p = put_cell(p, sample);
	p = zp_put_count(p, w.judged), *p++ = ',';
	p = zp_put_count(p, w.right), *p++ = ',';
	if (w.judged)
		*p++ = w.right == w.judged ? '1' : '0';
	*p++ = '\n';
	piece->n += (size_t)(p - from);
}

static void write_samples(void *context, size_t piece_number, zp_piece *piece)
{
	const zp_run *run = context;
	if (piece_number == 0)
		piece->n += (size_t)(zp_put_word(zp_piece_room(piece, 512), "lab,programme,sample,judged,right,whole\n") - piece->bytes);
	const size_t end = (piece_number + 1) * ENROLMENTS_AT_ONCE;
	for (size_t i = piece_number * ENROLMENTS_AT_ONCE; i < end && i < run->roster->n_enrolments; i++) {
		const zp_enrolment *e = &run->roster->enrolments[i];
		const zp_programme *p = zp_run_programme(run, e);
		const char *lab = run->roster->labs[e->lab].code;
		zp_whole samples = { 0, 0 };
		if (!p->scheme->whole_samples)
			continue;
		for (size_t s = 0; s < p->n_samples; s++) {
			const zp_whole w = zp_run_whole_sample(run, e, s);
			samples.judged += w.judged > 0;
			samples.right += w.judged > 0 && w.right == w.judged;
			put_whole(piece, lab, p->code, p->samples[s], w);
		}
		put_whole(piece, lab, p->code, "*", samples);
	}
}

/* ---- all of them ---- */

static size_t pieces(size_t rows, size_t at_once) { return rows ? (rows + at_once - 1) / at_once : 1; }

bool zp_answers_write(zp_run *run, zp_press *press, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	bool scales = false, answered = false, whole = false;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_scheme *scheme = plan->programmes[p].scheme;
		answered |= has_answers(&plan->programmes[p]);
		whole |= scheme->whole_samples;
		for (size_t m = 0; m < scheme->n_measurands; m++)
			scales |= scheme->measurands[m].scale != NULL;
	}
	panel of = { run, zp_takers_of(run) };
	return (!scales || zp_press_pieces(press, "answers.csv", run->threads, pieces(run->n_groups, GROUPS_AT_ONCE), write_answers, run, err)) &&
	       (!answered || zp_press_pieces(press, "panel.csv", run->threads, plan->n_programmes, write_panel, &of, err)) &&
	       (!whole || zp_press_pieces(press, "samples.csv", run->threads, pieces(run->roster->n_enrolments, ENROLMENTS_AT_ONCE), write_samples, run, err));
}
