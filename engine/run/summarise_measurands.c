/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measurands, samples and groups as the centre is told of them. */
#include "run/phrases.h"
#include "run/summarise.h"
#include "run/tables.h"

/* ---- counts ---- */

static void count_cell(const zp_run *run, size_t i, zp_counted *item, zp_counted *groups)
{
	const zp_judgement *j = &run->judgement;
	const zp_mark mark = (zp_mark)j->mark[i];
	const zp_counted one = { .results = run->round->state[i] == ZP_RETURNED && run->round->kind[i] != ZP_NOTHING,
				 .judged = j->verdict[i] != ZP_NOT_EVALUATED, .acceptable = j->verdict[i] == ZP_ACCEPTABLE,
				 .aside = mark != ZP_KEPT && mark != ZP_ASIDE_NOTHING, .outliers = mark == ZP_ASIDE_OUTLIER || mark == ZP_ASIDE_ABSURD };
	zp_counted *const to[] = { item, j->group[i] == ZP_NO_GROUP ? NULL : &groups[j->group[i]] };
	for (size_t k = 0; k < 2 && to[k]; k++) {
		to[k]->results += one.results;
		to[k]->judged += one.judged;
		to[k]->acceptable += one.acceptable;
		to[k]->aside += one.aside;
		to[k]->outliers += one.outliers;
	}
}

zp_cell_counts zp_count_cells(zp_run *run)
{
	zp_counted *groups = zp_take(run->arena, zp_counted, run->n_groups + 1);
	zp_counted *items = zp_take(run->arena, zp_counted, run->book->plan->n_items + 1);
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_programme *p = zp_run_programme(run, enrolment);
		size_t i = enrolment->first_cell;
		for (size_t k = 0; k < enrolment->n_declared; k++)
			for (size_t s = 0; s < p->n_samples; s++, i++)
				count_cell(run, i, &items[zp_run_item(run, enrolment, k, s)], groups);
	}
	return (zp_cell_counts){ groups, items };
}

/* ---- groups ---- */

static const char *add_sentence(zp_arena *arena, const char *text, const char *says, bool chinese)
{
	return zp_arena_print(arena, "%s%s%s", text, *text ? chinese ? "；" : "; " : "", says);
}

/* In sentences; that some method lies apart says which. */
static const char *doubts_of(const zp_run *run, const zp_group *g, zp_arena *arena, bool chinese)
{
	const char *text = "";
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++) {
		if (!(g->doubts & 1u << bit))
			continue;
		const char *says = zp_doubt_says(bit, chinese);
		if (1u << bit == ZP_DOUBT_METHODS && g->apart != ZP_NO_NAME)
			says = zp_arena_print(arena, chinese ? "%s（%s：%s）" : "%s (%s: %s)", says, chinese ? zp_peer_key_says(g->apart_key) : zp_peer_key_word(g->apart_key),
					      zp_names_at(run->peers->names[g->apart_key], g->apart).p);
		text = add_sentence(arena, text, says, chinese);
	}
	return g->widened ? add_sentence(arena, text, zp_widened_says(chinese), chinese) : text;
}

/* Spread of the consensus; of a target that is given, that of the peers. */
static void tell_spread(zp_arena *arena, const zp_measurand *m, const zp_group *g, zp_told_group *out)
{
	const zp_estimate *by = g->origin == ZP_CONSENSUS ? &g->target : &g->peers;
	out->u = zp_phrase_fixed(arena, g->u_x_pt, m->places + 2);
	out->s = zp_phrase_fixed(arena, by->s, m->places + 2);
	out->cv = zp_phrase_fixed(arena, by->x > 0 && !m->log10 ? 100 * by->s / by->x : ZP_NONE, 2); /* a percentage of a logarithm means nothing */
}

static zp_told_group group_of(zp_run *run, size_t number, const zp_measurand *m, const zp_counted *n)
{
	zp_arena *arena = run->arena;
	const zp_group *g = &run->groups[number];
	const bool alone = g->rung >= m->n_rungs && !g->negative;
	zp_told_group out = {
		.name = alone ? "没有可比组" : zp_phrase_group(run, g, arena, true), .name_en = alone ? "no peer group" : zp_phrase_group(run, g, arena, false),
		.members = g->n_members, .kept = g->n_kept, .aside = n->aside, .outliers = n->outliers, .judged = n->judged, .acceptable = n->acceptable,
		.origin = zp_origin_word(g->origin), .method = zp_phrase_method(run, g, arena), .x_pt = zp_phrase_target(arena, m, g, true),
		.x_pt_en = zp_phrase_target(arena, m, g, false), .u = "", .s = "", .cv = "", .low = "", .high = "",
		.gradable = g->ungradable == ZP_REASON_NONE, .status = zp_reason_says(g->ungradable, true), .status_en = zp_reason_says(g->ungradable, false),
		.doubts = doubts_of(run, g, arena, true), .doubts_en = doubts_of(run, g, arena, false), .humps = g->humps,
		.dip_p = g->humps ? zp_phrase_fixed(arena, g->dip_p, 3) : "",
	};
	if (!m->scale && !g->negative)
		tell_spread(arena, m, g, &out);
	if (g->has_bounds) {
		out.low = zp_phrase_decimal(arena, g->low);
		out.high = zp_phrase_decimal(arena, g->high);
	}
	return out;
}

/* ---- samples and measurands ---- */

static zp_told_sample sample_of(zp_run *run, const zp_programme *p, const zp_measurand *m, size_t at, const zp_cell_counts *counts)
{
	const uint32_t item = p->first_item + (uint32_t)at;
	const size_t first = run->first_group[item], end = run->first_group[item + 1];
	zp_told_group *groups = zp_take(run->arena, zp_told_group, end - first + 1);
	zp_told_sample out = { .sample = p->samples[at % p->n_samples], .asked = !p->unasked[at] && !p->cancelled, .groups = groups, .results = counts->items[item].results,
			       .judged = counts->items[item].judged, .acceptable = counts->items[item].acceptable };
	for (size_t i = first; i < end; i++)
		if (run->groups[i].n_members)
			groups[out.n_groups++] = group_of(run, i, m, &counts->groups[i]);
	return out;
}

static zp_told_measurand measurand_of(zp_run *run, const zp_programme *p, size_t m, const zp_cell_counts *counts)
{
	const zp_measurand *of = &p->scheme->measurands[m];
	zp_told_sample *samples = zp_take(run->arena, zp_told_sample, p->n_samples);
	zp_told_measurand out = { .code = of->code, .name = of->name, .name_en = of->name_en, .unit = zp_measurand_unit(of),
				  .limit = of->limit.text, .limit_source = of->limit.source,
				  .answered = of->scale != NULL, .samples = samples };
	for (size_t s = 0; s < p->n_samples; s++) {
		const zp_counted *n = &counts->items[p->first_item + m * p->n_samples + s];
		samples[s] = sample_of(run, p, of, m * p->n_samples + s, counts);
		out.results += n->results;
		out.judged += n->judged;
		out.acceptable += n->acceptable;
		out.outliers += n->outliers;
		for (size_t i = 0; i < samples[s].n_groups; i++)
			out.doubtful += !samples[s].groups[i].gradable || *samples[s].groups[i].doubts;
	}
	return out;
}

const zp_told_measurand *zp_tell_measurands(zp_run *run, size_t programme, const zp_cell_counts *counts)
{
	const zp_programme *p = &run->book->plan->programmes[programme];
	zp_told_measurand *out = zp_take(run->arena, zp_told_measurand, p->scheme->n_measurands + 1);
	for (size_t m = 0; m < p->scheme->n_measurands; m++)
		out[m] = measurand_of(run, p, m, counts);
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_tally *s1 = run->s1 + run->first_tally[e];
		for (size_t k = 0; enrolment->programme == programme && k < enrolment->n_declared; k++) {
			zp_told_measurand *m = &out[enrolment->declared[k]];
			m->labs++;
			m->satisfactory += s1[k].satisfaction == ZP_SATISFACTORY;
			m->unsatisfactory += s1[k].satisfaction == ZP_UNSATISFACTORY;
		}
	}
	return out;
}
