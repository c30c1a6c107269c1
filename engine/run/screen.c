/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which values enter the statistics: those returned in time, that are numbers, inside the screen of the
 * scheme and not taken out. What is set aside stays in the round and is scored as it was sent. */
#include "base/pool.h"
#include "run/run.h"

#define ENROLMENTS_AT_ONCE 64

static zp_mark mark_of(const zp_run *run, const zp_choices *c, const zp_measurand *m, bool sample_out, size_t i)
{
	const zp_round *r = run->round;
	const zp_note *note = r->note[i] ? &r->notes[r->note[i]] : NULL;
	switch ((zp_state)r->state[i]) {
	case ZP_RETURNED: break;
	case ZP_LATE: return ZP_ASIDE_LATE; /* whatever it is beside that */
	case ZP_CONFLICT: return ZP_ASIDE_CONFLICT;
	case ZP_EXCUSED: return r->kind[i] == ZP_NOTHING ? ZP_ASIDE_NOTHING : ZP_ASIDE_OUT;
	default: return ZP_ASIDE_NOTHING;
	}
	if (note && note->accepted_late && !c->accepted_late_in_statistics)
		return ZP_ASIDE_LATE;
	if (!m->scale && r->kind[i] != ZP_NUMBER)
		return ZP_ASIDE_CENSORED;
	zp_decimal x = zp_round_value(r, i);
	if ((m->has_least && zp_decimal_compare(x, m->screen_least) < 0) ||
	    (m->has_most && zp_decimal_compare(x, m->screen_most) > 0))
		return ZP_ASIDE_SCREENED;
	return sample_out || (note && note->out) ? ZP_ASIDE_OUT : ZP_KEPT;
}

static void screen_some(void *context, size_t task, unsigned worker)
{
	zp_run *run = context;
	(void)worker;
	size_t end = (task + 1) * ENROLMENTS_AT_ONCE;
	for (size_t e = task * ENROLMENTS_AT_ONCE; e < end && e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const zp_programme *p = zp_run_programme(run, enrolment);
		size_t i = enrolment->first_cell;
		for (size_t k = 0; k < enrolment->n_declared; k++) {
			const zp_measurand *m = &p->scheme->measurands[enrolment->declared[k]];
			const bool *out = p->out + enrolment->declared[k] * p->n_samples;
			for (size_t s = 0; s < p->n_samples; s++, i++)
				run->judgement.mark[i] = (uint8_t)mark_of(run, &p->scheme->choices, m, out[s], i);
		}
	}
	zp_run_ease(run);
	zp_progress_step(run->progress, ENROLMENTS_AT_ONCE);
}

bool zp_run_screen(zp_run *run, zp_error *err)
{
	size_t n = run->round->n;
	zp_judgement *j = &run->judgement;
	if (!(j->group = ZP_RUN_COLUMN(run, uint32_t, n, err)) || !(j->mark = ZP_RUN_COLUMN(run, uint8_t, n, err)) ||
	    !(j->verdict = ZP_RUN_COLUMN(run, uint8_t, n, err)) || !(j->would_be = ZP_RUN_COLUMN(run, uint8_t, n, err)) ||
	    !(j->reason = ZP_RUN_COLUMN(run, uint8_t, n, err)) || !(j->credit = ZP_RUN_COLUMN(run, uint8_t, n, err)) ||
	    !(j->flags = ZP_RUN_COLUMN(run, uint8_t, n, err)))
		return false;
	size_t tasks = (run->roster->n_enrolments + ENROLMENTS_AT_ONCE - 1) / ENROLMENTS_AT_ONCE;
	zp_progress_stage(run->progress, "screening enrolments", run->roster->n_enrolments);
	zp_pool_run(run->threads, tasks, screen_some, run);
	return true;
}
