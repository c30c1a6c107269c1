/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/summarise.h"
#include "run/publish.h"
#include "run/sheets.h"
#include "run/tables.h"

/* ---- the round ---- */

static void tell_round(zp_run *run, const zp_issue *issue)
{
	const zp_plan *plan = run->book->plan;
	zp_summary *s = &run->summary;
	s->round = plan->id, s->round_name = plan->name, s->round_name_en = plan->name_en;
	s->organiser = plan->organiser, s->organiser_en = plan->organiser_en;
	s->issued = issue->date, s->version = issue->version, s->bond = issue->bond;
	s->year = plan->year, s->number = plan->number;
	s->opens = plan->opens_text, s->closes = plan->closes_text;
}

static void tell_counts(zp_run *run)
{
	const zp_count *c = &run->count;
	zp_told_counts *told = &run->summary.counts;
	*told = (zp_told_counts){ .labs = run->roster->n_labs, .expected = run->round->n - c->not_asked, .read = c->read, .accepted = c->accepted,
				  .set_aside = c->set_aside, .refused = c->refused, .blank = c->blank, .late = c->late, .groups = run->n_groups };
	for (size_t lab = 0; lab < run->roster->n_labs; lab++)
		told->enrolled += run->roster->first_enrolment[lab] < run->roster->first_enrolment[lab + 1];
	for (size_t i = 0; i < run->n_groups; i++) {
		told->withheld += run->groups[i].ungradable != ZP_REASON_NONE;
		told->doubtful += run->groups[i].doubts != 0;
	}
}

/* ---- programmes ---- */

static void count_enrolment(const zp_tally *s, const zp_choices *c, zp_told_programme *out)
{
	out->enrolled++;
	out->due += zp_is_due(s->standing, c);
	out->answered += zp_has_answered(s->standing, c);
	out->returned += s->standing == ZP_STANDS_RETURNED;
	out->late += s->standing == ZP_STANDS_LATE;
	out->not_returned += s->standing == ZP_STANDS_NOT_RETURNED;
	out->excused += s->standing == ZP_STANDS_EXCUSED;
	out->blank += s->standing == ZP_STANDS_BLANK;
	out->satisfactory += s->satisfaction == ZP_SATISFACTORY;
	out->unsatisfactory += s->satisfaction == ZP_UNSATISFACTORY;
	out->judged += s->total;
	out->credit += s->credit;
}

static void tell_programmes(zp_run *run)
{
	const zp_plan *plan = run->book->plan;
	const zp_cell_counts counts = zp_count_cells(run);
	zp_told_programme *out = zp_take(run->arena, zp_told_programme, plan->n_programmes + 1);
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *of = &plan->programmes[p];
		out[p] = (zp_told_programme){ .code = of->code, .name = of->name, .name_en = of->name_en, .scheme = of->scheme->name,
					      .scheme_version = of->scheme->version, .cancelled = zp_or_empty(of->cancelled), .samples = of->samples,
					      .n_samples = of->n_samples, .n_measurands = of->scheme->n_measurands };
		out[p].measurands = zp_tell_measurands(run, p, &counts);
	}
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		count_enrolment(&run->s[e], &plan->programmes[run->roster->enrolments[e].programme].scheme->choices, &out[run->roster->enrolments[e].programme]);
	run->summary.programmes = out;
	run->summary.n_programmes = plan->n_programmes;
}

void zp_summarise(zp_run *run, const zp_issue *issue)
{
	tell_round(run, issue);
	tell_counts(run);
	tell_programmes(run);
	run->summary.decisions = zp_tell_decisions(run);
	run->summary.n_decisions = run->decisions->n + run->decisions->n_approvals;
	zp_answers_tell(run);
	zp_tell_drawing(run);
	run->summary.tables = zp_sheets_take(run);
}
