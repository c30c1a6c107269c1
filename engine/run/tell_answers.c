/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the centre's page tells of answers: how they agree with their targets, and how often each was given. */
#include <stdlib.h>
#include "model/written.h"
#include "run/tables.h"

/* Nothing found, and anything found, of a quantity that may be undetected. */
enum { NOT_FOUND, FOUND };

static int64_t answer_at(const zp_run *run, const zp_measurand *m, size_t i)
{
	const zp_kind kind = (zp_kind)run->round->kind[i];
	return m->scale ? zp_round_value(run->round, i).m : kind == ZP_UNDETECTED || kind == ZP_BELOW ? NOT_FOUND : FOUND;
}

static int by_answer(const void *pa, const void *pb)
{
	const int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
	return (a > b) - (a < b);
}

/* What groups of the item should have answered. Gives: how many, at most twice the groups. */
static size_t targets_of(const zp_run *run, const zp_measurand *m, uint32_t item, int64_t *out)
{
	size_t n = 0;
	for (uint32_t i = run->first_group[item]; i < run->first_group[item + 1]; i++) {
		const zp_group *g = &run->groups[i];
		if (g->ungradable != ZP_REASON_NONE)
			continue;
		if (m->scale && g->has_answer)
			out[n++] = g->elected.low, out[n++] = g->elected.high;
		else if (!m->scale && (g->negative || g->has_x_pt))
			out[n++] = g->negative ? NOT_FOUND : FOUND;
	}
	return n;
}

static const char *name_of(zp_arena *arena, const zp_measurand *m, int64_t answer, bool chinese)
{
	char text[ZP_WRITTEN_BYTES];
	if (!m->scale)
		return answer == FOUND ? (chinese ? "检出" : "detected") : chinese ? "未检出" : "not detected";
	return zp_arena_text(arena, text, zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ answer, 0 }, chinese, text));
}

/* Both lists sorted; each answer that is in one of them once. */
static void merge(zp_run *run, const zp_measurand *m, const int64_t *sent, size_t n_sent, const int64_t *due, size_t n_due, zp_answers_row *row)
{
	zp_told_answer *out = zp_take(run->arena, zp_told_answer, n_sent + n_due + 1);
	size_t n = 0, s = 0, d = 0;
	while (s < n_sent || d < n_due) {
		const int64_t answer = d == n_due || (s < n_sent && sent[s] < due[d]) ? sent[s] : due[d];
		zp_told_answer told = { .name = name_of(run->arena, m, answer, true), .name_en = name_of(run->arena, m, answer, false) };
		for (; s < n_sent && sent[s] == answer; s++)
			told.n++;
		for (; d < n_due && due[d] == answer; d++)
			told.target = true;
		out[n++] = told;
	}
	row->answers = out;
	row->n_answers = n;
	row->n = (unsigned)n_sent;
}

static zp_answers_row answers_of(zp_run *run, const zp_takers *takers, size_t p, size_t m, size_t s, zp_arena *scratch)
{
	const zp_programme *programme = &run->book->plan->programmes[p];
	const zp_measurand *measurand = &programme->scheme->measurands[m];
	const uint32_t item = programme->first_item + (uint32_t)(m * programme->n_samples + s);
	int64_t *sent = zp_take(scratch, int64_t, takers->first[p + 1] - takers->first[p] + 1);
	int64_t *due = zp_take(scratch, int64_t, 2 * (run->first_group[item + 1] - run->first_group[item]) + 1);
	size_t n = 0;
	for (uint32_t t = takers->first[p]; t < takers->first[p + 1]; t++) {
		const zp_enrolment *e = &run->roster->enrolments[takers->of[t]];
		const size_t k = zp_declared_at(e, m), i = k == SIZE_MAX ? 0 : e->first_cell + k * programme->n_samples + s;
		if (k != SIZE_MAX && run->round->state[i] == ZP_RETURNED && run->round->kind[i] != ZP_NOTHING)
			sent[n++] = answer_at(run, measurand, i);
	}
	const size_t n_due = targets_of(run, measurand, item, due);
	qsort(sent, n, sizeof *sent, by_answer);
	qsort(due, n_due, sizeof *due, by_answer);
	zp_answers_row row = { .programme = programme->code, .measurand = measurand->code, .measurand_name = measurand->name,
			       .sample = programme->samples[s], .strength = programme->strengths[s] };
	merge(run, measurand, sent, n, due, n_due, &row);
	return row;
}

static zp_agreement_row agreement_of(const zp_run *run, const zp_takers *takers, size_t p, size_t m)
{
	const zp_programme *programme = &run->book->plan->programmes[p];
	const zp_measurand *measurand = &programme->scheme->measurands[m];
	const zp_agreed a = zp_agreement_of(run, takers, p, m);
	return (zp_agreement_row){
		.programme = programme->code, .programme_name = programme->name, .measurand = measurand->code, .measurand_name = measurand->name,
		.labs = (unsigned)a.labs, .n = (unsigned)a.n, .agreed = (unsigned)a.same,
		.positives = (unsigned)(a.seen.true_positive + a.seen.false_negative), .false_negatives = (unsigned)a.seen.false_negative,
		.negatives = (unsigned)(a.seen.true_negative + a.seen.false_positive), .false_positives = (unsigned)a.seen.false_positive,
		.equivocal = (unsigned)a.equivocal, .kappa = a.kappa,
	};
}

void zp_answers_tell(zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	const zp_takers takers = zp_takers_of(run);
	zp_agreement_row *agreements = zp_take(run->arena, zp_agreement_row, plan->n_items + 1);
	zp_answers_row *answers = zp_take(run->arena, zp_answers_row, plan->n_items + 1);
	zp_arena *scratch = zp_arena_open();
	size_t n_agreements = 0, n_answers = 0;
	for (size_t p = 0; p < plan->n_programmes; p++)
		for (size_t m = 0; m < plan->programmes[p].scheme->n_measurands; m++) {
			if (!zp_is_answered(&plan->programmes[p].scheme->measurands[m]))
				continue;
			agreements[n_agreements++] = agreement_of(run, &takers, p, m);
			for (size_t s = 0; s < plan->programmes[p].n_samples; s++)
				answers[n_answers++] = answers_of(run, &takers, p, m, s, scratch);
		}
	zp_arena_close(scratch);
	run->summary.agreements = agreements, run->summary.n_agreements = n_agreements;
	run->summary.answers = answers, run->summary.n_answers = n_answers;
}
