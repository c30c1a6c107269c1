/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one laboratory is told: its own rows and aggregates of groups, as texts ready to draw. */
#include "run/phrases.h"
#include "run/publish.h"
#include "run/report_answers.h"
#include "run/seal.h"
#include "run/tables.h"
#include "run/told.h"

typedef zp_telling telling;

/* Results that the target rests on; that nothing is there rests on all who answered, though few or none of them sent a number. */
static size_t group_size(const zp_group *g) { return g->negative ? g->target.n : g->n_kept; }

bool zp_report_may_show(const zp_telling *t, const zp_group *g)
{
	return g->origin != ZP_CONSENSUS || group_size(g) >= t->choices->show_least;
}

static bool peers_shown(const telling *t, const zp_group *g) { return g->peers.n >= t->choices->show_least; }

bool zp_report_may_bound(const zp_telling *t, const zp_group *g)
{
	const zp_limit_kind kind = t->measurand->limit.kind;
	const bool by_spread = kind == ZP_LIMIT_SD || (kind == ZP_LIMIT_ABS_OR_SD && g->limit_branch == 2);
	return zp_report_may_show(t, g) && (peers_shown(t, g) || !by_spread);
}

/* A state that is not a verdict gets its own word, so that the kinds of nothing stay apart. */
static void say_verdict(zp_report_row *row, const zp_run *run, size_t i)
{
	zp_reason reason = (zp_reason)run->judgement.reason[i];
	row->verdict = (zp_verdict)run->judgement.verdict[i];
	row->says = zp_verdict_says(row->verdict, true);
	row->says_en = zp_verdict_says(row->verdict, false);
	switch ((zp_state)run->round->state[i]) {
	case ZP_NOT_RETURNED:
		row->says = zp_standing_says(ZP_STANDS_NOT_RETURNED, true);
		row->says_en = zp_standing_says(ZP_STANDS_NOT_RETURNED, false);
		break;
	case ZP_NOT_ASKED:
		row->says = zp_state_says(ZP_NOT_ASKED, true);
		row->says_en = zp_state_says(ZP_NOT_ASKED, false);
		break;
	case ZP_BLANK:
		row->says = zp_standing_says(ZP_STANDS_BLANK, true);
		row->says_en = zp_standing_says(ZP_STANDS_BLANK, false);
		break;
	case ZP_LATE:
		row->says = zp_standing_says(ZP_STANDS_LATE, true);
		row->says_en = zp_standing_says(ZP_STANDS_LATE, false);
		break;
	case ZP_EXCUSED:
		row->says = zp_standing_says(ZP_STANDS_EXCUSED, true);
		row->says_en = zp_standing_says(ZP_STANDS_EXCUSED, false);
		break;
	default:
		break;
	}
	row->why = zp_reason_says(reason, true);
	row->why_en = zp_reason_says(reason, false);
}

/* Decisions that changed something here, behind what else is said. */
static void say_decisions(const telling *t, zp_report_row *row, size_t i)
{
	const zp_run *run = t->run;
	const zp_note *note = run->round->note[i] ? &run->round->notes[run->round->note[i]] : NULL;
	const char *said = "", *said_zh = "";
	const zp_item item = run->judgement.group[i] == ZP_NO_GROUP ? (zp_item){ 0 } : zp_run_item_at(run, run->groups[run->judgement.group[i]].item);
	for (size_t k = 0; item.programme && k < run->decisions->n; k++) { /* those about everybody; few */
		const zp_decision *d = &run->decisions->at[k];
		bool target = d->kind == ZP_DECIDE_TARGET;
		if (d->lab != ZP_ANY || d->programme != item.p || (d->measurand != ZP_ANY && d->measurand != item.m) ||
		    (d->sample != ZP_ANY && d->sample != item.s))
			continue;
		bool told = !target && !*said && run->judgement.reason[i] == ZP_REASON_SAMPLE_OUT; /* the reason before it says already that it is not evaluated */
		said = zp_arena_print(t->arena, "%s%s%s (%s)", said, *said ? "; " : "", target ? "the target was set" : told ? "" : "not evaluated",
				      zp_decision_record(t->arena, d, false));
		said_zh = zp_arena_print(t->arena, "%s%s%s（%s）", said_zh, *said_zh ? "；" : "", target ? "靶值由决定给出" : told ? "" : "不评价",
					 zp_decision_record(t->arena, d, true));
	}
	if (note && note->decision) {
		said = zp_arena_print(t->arena, "%s%s%s", said, *said ? "; " : "", note->decision_en);
		said_zh = zp_arena_print(t->arena, "%s%s%s", said_zh, *said_zh ? "；" : "", note->decision_zh);
	}
	if (!*said)
		return;
	row->why_en = zp_arena_print(t->arena, "%s%s%s", row->why_en, *row->why_en && *said != ' ' ? "; " : "", said);
	row->why = zp_arena_print(t->arena, "%s%s%s", row->why, *row->why && strncmp(said_zh, "（", strlen("（")) != 0 ? "；" : "", said_zh);
}

/* Target, range and distances of a quantity. */
static void tell_quantity(const telling *t, size_t i, const zp_group *g, zp_report_row *row)
{
	const int places = t->measurand->places;
	if (g->negative) {
		row->x_pt = "阴性";
		row->x_pt_en = "negative";
		return;
	}
	if (g->has_x_pt)
		row->x_pt = zp_phrase_x_pt(t->arena, t->measurand, g);
	if (g->has_bounds && zp_report_may_bound(t, g)) {
		row->low = zp_phrase_decimal(t->arena, g->low);
		row->high = zp_phrase_decimal(t->arena, g->high);
	}
	zp_score score = zp_run_score_of(t->run, t->choices, i);
	row->bias = zp_phrase_fixed(t->arena, score.bias, places + 1);
	row->bias_pct = zp_phrase_fixed(t->arena, t->measurand->log10 ? ZP_NONE : score.bias_pct, 2); /* a percentage of a logarithm means nothing */
	row->sdi = zp_phrase_fixed(t->arena, peers_shown(t, g) ? score.sdi : ZP_NONE, 2); /* a statistic of so few, whatever the target is */
	row->sdi_informative = score.sdi_informative;
}

static zp_report_row row_of(const telling *t, const char *sample, size_t i)
{
	const zp_run *run = t->run;
	zp_report_row row = zp_report_row_empty(sample);
	say_verdict(&row, run, i);
	say_decisions(t, &row, i);
	zp_report_value(t, i, &row);
	zp_report_remarks(t, i, &row);
	if (run->judgement.group[i] == ZP_NO_GROUP)
		return row;
	const zp_group *g = &run->groups[run->judgement.group[i]];
	if (t->measurand->scale)
		zp_report_answers(t, i, g, zp_report_may_show(t, g), &row);
	else if (zp_report_may_show(t, g))
		tell_quantity(t, i, g, &row);
	return row;
}

/* The peer group of a measurand: the same for all samples as a rule; where it is not, the first one's with
 * the range of n. */
static void say_group(const telling *t, zp_report_measurand *m, size_t first, size_t n)
{
	const zp_group *shown = NULL;
	uint32_t least = UINT32_MAX, most = 0;
	for (size_t i = first; i < first + n; i++) {
		if (t->run->judgement.group[i] == ZP_NO_GROUP)
			continue;
		const zp_group *g = &t->run->groups[t->run->judgement.group[i]];
		shown = shown && !(shown->negative && !g->negative) ? shown : g;
		if (g->ungradable == ZP_REASON_SAMPLE_OUT)
			continue; /* nobody counts there, by decision */
		if (g->negative && !t->measurand->scale)
			continue; /* no number is wanted there */
		least = g->n_kept < least ? g->n_kept : least;
		most = g->n_kept > most ? g->n_kept : most;
	}
	m->group = m->group_n = m->method = "";
	if (!shown)
		return;
	m->method = zp_phrase_method(t->run, shown, t->arena);
	m->group = zp_phrase_group(t->run, shown, t->arena, true);
	if (least >= t->choices->show_least && most)
		m->group_n = least == most ? zp_arena_print(t->arena, "%u", least) : zp_arena_print(t->arena, "%u–%u", least, most);
}

/* One sentence, before it the samples that it is true of, unless it is true of all that were judged. */
static const char *add_doubt(const telling *t, const zp_programme *p, const char *text, const bool *of, size_t judged, const char *says, bool chinese)
{
	const char *samples = "";
	size_t n = 0;
	for (size_t s = 0; s < p->n_samples; s++)
		if (of[s])
			samples = zp_arena_print(t->arena, "%s%s%s", samples, n++ ? chinese ? "、" : ", " : "", p->samples[s]);
	if (n == 0)
		return text;
	return zp_arena_print(t->arena, "%s%s%s%s%s", text, *text ? chinese ? "；" : "; " : "", n < judged ? samples : "",
			      n == judged ? "" : chinese ? "：" : ": ", says);
}

/* The doubts of the groups that its results are judged in. */
static const char *doubts_of(const telling *t, const zp_programme *p, size_t first, bool chinese)
{
	const char *text = "";
	bool *of = zp_take(t->arena, bool, p->n_samples);
	size_t judged = 0;
	for (size_t s = 0; s < p->n_samples; s++)
		judged += t->run->judgement.group[first + s] != ZP_NO_GROUP;
	for (unsigned bit = 0; bit <= ZP_DOUBTS; bit++) { /* the last is that the limit was widened */
		for (size_t s = 0; s < p->n_samples; s++) {
			const uint32_t group = t->run->judgement.group[first + s];
			of[s] = group != ZP_NO_GROUP && (bit < ZP_DOUBTS ? t->run->groups[group].doubts & 1u << bit : t->run->groups[group].widened);
		}
		text = add_doubt(t, p, text, of, judged, bit < ZP_DOUBTS ? zp_doubt_says(bit, chinese) : zp_widened_says(chinese), chinese);
	}
	return text;
}

static zp_report_measurand measurand_of(const telling *t, const zp_programme *p, const zp_enrolment *e, size_t k, const zp_tally *s1)
{
	const zp_measurand *m = t->measurand;
	zp_report_measurand out = { .code = m->code, .name = m->name, .name_en = m->name_en, .unit = zp_measurand_unit(m),
				    .limit = m->limit.text, .group = "", .group_n = "", .method = "", .doubts = "", .doubts_en = "", .score = "",
				    .weight = "", .course_says = "", .course_says_en = "", .heed_says = "", .heed_says_en = "", .satisfaction = ZP_NEITHER, .standing = ZP_STANDS_NOT_PERFORMED };
	zp_report_scale(t, &out);
	if (!s1)
		return out;
	size_t first = e->first_cell + k * p->n_samples;
	zp_report_row *rows = zp_take(t->arena, zp_report_row, p->n_samples);
	for (size_t s = 0; s < p->n_samples; s++)
		if (t->run->round->state[first + s] != ZP_NOT_ASKED)
			rows[out.n_rows++] = row_of(t, p->samples[s], first + s);
	out.rows = rows;
	out.score = zp_phrase_share(t->arena, s1, t->choices->s1_places);
	out.satisfaction = (zp_satisfaction)s1->satisfaction;
	out.standing = (zp_standing)s1->standing;
	say_group(t, &out, first, p->n_samples);
	out.doubts = doubts_of(t, p, first, true);
	out.doubts_en = doubts_of(t, p, first, false);
	if (t->told)
		zp_tell_measurand(t, e, (size_t)(m - p->scheme->measurands), k, &out);
	return out;
}

const char *zp_report_number(const zp_run *run, size_t enrolment, zp_arena *arena)
{
	const zp_enrolment *e = &run->roster->enrolments[enrolment];
	return zp_arena_print(arena, "%s-%s-%s", run->book->plan->id, zp_run_programme(run, e)->code, run->roster->labs[e->lab].code);
}

static zp_report_programme programme_of(const zp_run *run, size_t enrolment, zp_told *told, zp_arena *arena)
{
	const zp_enrolment *e = &run->roster->enrolments[enrolment];
	const zp_programme *p = zp_run_programme(run, e);
	const zp_tally *s = &run->s[enrolment], *s1 = run->s1 + run->first_tally[enrolment];
	zp_report_measurand *measurands = zp_take(arena, zp_report_measurand, p->scheme->n_measurands);
	for (size_t m = 0, k = 0; m < p->scheme->n_measurands; m++) {
		telling t = { run, arena, &p->scheme->choices, &p->scheme->measurands[m], told };
		bool declared = k < e->n_declared && e->declared[k] == m;
		measurands[m] = measurand_of(&t, p, e, k, declared ? &s1[k] : NULL);
		k += declared;
	}
	zp_report_programme out = {
		.code = p->code, .name = p->name, .name_en = p->name_en,
		.score = zp_phrase_share(arena, s, p->scheme->choices.s_places),
		.accepted = zp_phrase_credit(arena, s->credit), .total = zp_arena_print(arena, "%u", s->total),
		.satisfaction = (zp_satisfaction)s->satisfaction, .standing = (zp_standing)s->standing,
		.certificate = zp_report_number(run, enrolment, arena),
		.samples = p->samples, .n_samples = p->n_samples, .measurands = measurands, .n_measurands = p->scheme->n_measurands,
	};
	zp_report_panel(run, e, arena, &out);
	return out;
}

zp_report *zp_report_of(const zp_run *run, uint32_t lab, const zp_issue *issue, zp_told *told, zp_arena *arena)
{
	const zp_plan *plan = run->book->plan;
	const zp_lab *l = &run->roster->labs[lab];
	zp_report *report = zp_take(arena, zp_report, 1);
	uint32_t first = run->roster->first_enrolment[lab], last = run->roster->first_enrolment[lab + 1];
	zp_report_programme *programmes = zp_take(arena, zp_report_programme, last - first);
	for (uint32_t e = first; e < last; e++)
		programmes[e - first] = programme_of(run, e, told, arena);
	*report = (zp_report){ .round = plan->id, .round_name = plan->name, .round_name_en = plan->name_en,
			       .year = zp_arena_print(arena, "%d", plan->year), .number = zp_arena_print(arena, "%d", plan->number),
			       .lab = l->code, .lab_name = l->name, .region = run->roster->regions->at[l->region].name,
			       .lab_class = zp_names_at(run->roster->classes, l->lab_class).p, .organiser = plan->organiser,
			       .organiser_en = plan->organiser_en, .issued = issue->date, .version = issue->version, .bond = issue->bond,
			       .programmes = programmes, .n_programmes = last - first, .digest = "", .code = "", .checked = "", .appeal = plan->appeal,
			       .appeal_en = plan->appeal_en };
	zp_seal_report(arena, report, issue->signer); /* last: it rests on everything else */
	return report;
}
