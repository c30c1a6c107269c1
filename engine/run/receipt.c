/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/receipt.h"

static const struct { const char *word, *chinese, *english; } states[ZP_RECEIPT_STATES] = {
	[ZP_RECEIPT_PROBLEMS] = { "with_problems", "有问题", "with problems" },
	[ZP_RECEIPT_NOTHING] = { "nothing_returned", "未回报", "nothing returned" },
	[ZP_RECEIPT_LATE] = { "late", "迟报", "late" },
	[ZP_RECEIPT_INCOMPLETE] = { "incomplete", "不完整", "incomplete" },
	[ZP_RECEIPT_COMPLETE] = { "complete", "完整", "complete" },
	[ZP_RECEIPT_EXCUSED] = { "excused", "免评", "excused" },
	[ZP_RECEIPT_IDLE] = { "not_enrolled", "未参加", "not enrolled" },
};

const char *zp_receipt_word(zp_receipt_state s) { return states[s].word; }
const char *zp_receipt_says(zp_receipt_state s, bool chinese) { return chinese ? states[s].chinese : states[s].english; }

static zp_receipt_state state_of(const zp_receipt *r)
{
	size_t missing = r->of[ZP_NOT_RETURNED] + r->of[ZP_BLANK];
	if (r->refused || r->of[ZP_CONFLICT] || r->of[ZP_UNREADABLE])
		return ZP_RECEIPT_PROBLEMS;
	if (!r->expected)
		return ZP_RECEIPT_IDLE;
	if (r->of[ZP_EXCUSED] == r->expected)
		return ZP_RECEIPT_EXCUSED;
	if (missing + r->of[ZP_EXCUSED] == r->expected)
		return ZP_RECEIPT_NOTHING;
	if (r->of[ZP_LATE])
		return ZP_RECEIPT_LATE;
	return missing ? ZP_RECEIPT_INCOMPLETE : ZP_RECEIPT_COMPLETE;
}

const zp_receipt *zp_receipts_take(const zp_run *run, zp_arena *arena)
{
	const zp_roster *roster = run->roster;
	zp_receipt *all = zp_take(arena, zp_receipt, roster->n_labs);
	for (size_t k = 0; k < roster->n_enrolments; k++) {
		const zp_enrolment *e = &roster->enrolments[k];
		zp_receipt *r = &all[e->lab];
		size_t n = (size_t)e->n_declared * zp_run_programme(run, e)->n_samples;
		r->expected += n;
		for (size_t i = e->first_cell; i < e->first_cell + n; i++)
			r->of[run->round->state[i]]++;
	}
	for (size_t lab = 0; lab < roster->n_labs; lab++) {
		all[lab].expected -= all[lab].of[ZP_NOT_ASKED];
		all[lab].of[ZP_NOT_ASKED] = 0;
	}
	const size_t *refused = zp_problems_by_owner(run->input_problems, arena, roster->n_labs);
	const size_t *remarks = zp_problems_by_owner(run->remarks, arena, roster->n_labs);
	for (size_t lab = 0; lab < roster->n_labs; lab++) {
		all[lab].refused = refused[lab];
		all[lab].remarks = remarks[lab];
		all[lab].state = state_of(&all[lab]);
	}
	return all;
}

bool zp_receipt_calls(const zp_receipt *r)
{
	return r->remarks || r->state < ZP_RECEIPT_COMPLETE;
}
