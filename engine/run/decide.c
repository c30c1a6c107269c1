/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser decided takes effect: first which value, then what becomes of it. Each decision that
 * changes something leaves its sentence with the result, for tables and reports. */
#include "model/written.h"
#include "run/intake.h"

static const zp_choices *choices_of(const zp_run *run, const zp_decision *d)
{
	return &run->book->plan->programmes[d->programme].scheme->choices;
}

/* Whether a decision speaks of the cell at this place of its enrolment. */
static bool speaks_of(const zp_decision *d, const zp_enrolment *e, size_t n_samples, size_t at)
{
	return (d->measurand == ZP_ANY || d->measurand == e->declared[at / n_samples]) &&
	       (d->sample == ZP_ANY || d->sample == at % n_samples);
}

static const zp_enrolment *enrolment_named(const zp_run *run, const zp_decision *d)
{
	const uint32_t *first = run->roster->first_enrolment + d->lab;
	for (uint32_t i = first[0]; i < first[1]; i++)
		if (run->roster->enrolments[i].programme == d->programme)
			return &run->roster->enrolments[i];
	return NULL;
}

static const char *add(zp_arena *a, const char *before, const char *between, const char *what, const char *record)
{
	return zp_arena_print(a, "%s%s%s%s", before ? before : "", before ? between : "", what, record);
}

/* Put the decision on record, beside those made before: for the centre, and for the laboratory in two languages. */
static void tell(zp_intake *in, zp_note *note, const zp_decision *d, const char *what, const char *what_en, const char *what_zh)
{
	zp_arena *a = in->arena;
	const char *record = zp_arena_print(a, " (%s)", zp_decision_record(a, d, false));
	note->decision = add(a, note->decision, "; ", what, record);
	note->decision_en = add(a, note->decision_en, "; ", what_en, record);
	note->decision_zh = add(a, note->decision_zh, "；", what_zh, zp_arena_print(a, "（%s）", zp_decision_record(a, d, true)));
}

static const zp_measurand *measurand_of(const zp_run *run, const zp_decision *d)
{
	return &run->book->plan->programmes[d->programme].scheme->measurands[d->measurand];
}

/* Whether this is the value that was chosen: as it counts, or of one that counts by its logarithm as it was sent. */
static bool is_chosen(const zp_intake *in, const zp_decision *d, const zp_extra *v)
{
	zp_decimal counts = d->value;
	if (v->kind != d->value_kind)
		return false;
	if (v->kind == ZP_UNDETECTED || zp_decimal_compare(v->value, d->value) == 0)
		return true;
	return measurand_of(in->run, d)->log10 && zp_intake_logarithm(choices_of(in->run, d), &counts) && zp_decimal_compare(v->value, counts) == 0;
}

/* The value that was chosen, as it was sent; the earliest where it was sent more than once. */
static bool find_chosen(const zp_intake *in, const zp_decision *d, uint32_t cell, zp_extra *chosen)
{
	size_t n;
	const zp_extra *sent = zp_intake_several(in, cell, &n);
	for (size_t i = 0; i < n; i++) {
		*chosen = sent[i];
		if (is_chosen(in, d, chosen))
			return true;
	}
	return false;
}

static void choose(zp_intake *in, const zp_decision *d, uint32_t cell)
{
	zp_run *run = in->run;
	zp_round *r = run->round;
	char value[ZP_WRITTEN_BYTES];
	zp_extra chosen;
	zp_written(measurand_of(run, d), d->value_kind, d->value, -1, value);
	if (!r->note[cell] || !in->notes[r->note[cell]].conflict) {
		zp_problem_add(run->input_problems, "decisions.xml", d->line, 0,
			       "there is nothing to choose, for the result is %s; expected one with conflicting values", zp_state_word(r->state[cell]));
		return;
	}
	const char *values = in->notes[r->note[cell]].refused;
	if (!find_chosen(in, d, cell, &chosen)) {
		zp_problem_add(run->input_problems, "decisions.xml", d->line, 0, "%s was chosen, which nobody sent; expected one of %s", value, values);
		return;
	}
	zp_intake_write(in, &chosen);
	zp_note *note = zp_intake_note(in, cell);
	note->conflict = false;
	const char *plain = zp_intake_values(in, cell, false);
	tell(in, note, d, zp_arena_print(in->arena, "%s was chosen among %s", value, values),
	     zp_arena_print(in->arena, "%s was chosen among %s", value, plain), zp_arena_print(in->arena, "在 %s 中选定 %s", plain, value));
	r->state[cell] = zp_intake_is_late(run, choices_of(run, d), chosen.received) ? ZP_LATE : ZP_RETURNED;
	run->count.late += r->state[cell] == ZP_LATE;
	run->count.conflicts--;
	run->count.accepted++;
	run->count.set_aside--;
}

/* Whether a value is the one that is to be corrected. Of one that counts by its logarithm both numbers may stand as such, or both in the unit
 * of the measurand: then *as_sent. */
static bool is_from(const zp_intake *in, const zp_decision *d, const zp_extra *now, bool *as_sent)
{
	zp_decimal from = d->from;
	*as_sent = false;
	if (now->kind != d->value_kind)
		return false;
	if (zp_decimal_compare(now->value, from) == 0)
		return true;
	*as_sent = measurand_of(in->run, d)->log10 && zp_intake_logarithm(choices_of(in->run, d), &from) && zp_decimal_compare(now->value, from) == 0;
	return *as_sent;
}

static void correct(zp_intake *in, const zp_decision *d, uint32_t cell)
{
	zp_round *r = in->run->round;
	char value[ZP_WRITTEN_BYTES], from[ZP_WRITTEN_BYTES], is[ZP_WRITTEN_BYTES];
	const zp_measurand *m = measurand_of(in->run, d);
	zp_extra now = zp_intake_value_of(in, cell);
	zp_decimal to = d->value;
	bool as_sent;
	zp_written(m, d->value_kind, d->value, -1, value);
	zp_written(m, d->value_kind, d->from, -1, from);
	zp_written(m, (zp_kind)now.kind, now.value, -1, is);
	if (r->note[cell] && in->notes[r->note[cell]].conflict) {
		zp_problem_add(in->run->input_problems, "decisions.xml", d->line, 0,
			       "the value to correct is one of several that contradict each other; expected a choice among them first");
		return;
	}
	if (!is_from(in, d, &now, &as_sent)) {
		zp_problem_add(in->run->input_problems, "decisions.xml", d->line, 0, "the value to correct is %s; expected %s, as \"from\" says",
			       now.kind == ZP_NOTHING || (!m->scale && now.kind != ZP_NUMBER) ? "no number" : is, from);
		return;
	}
	if (as_sent && !zp_intake_logarithm(choices_of(in->run, d), &to)) {
		zp_problem_add(in->run->input_problems, "decisions.xml", d->line, 0, "the value %s has no logarithm; expected a number above 0", value);
		return;
	}
	zp_note *note = zp_intake_note(in, cell);
	if (!note->sent)
		note->sent = zp_arena_print(in->arena, "%s", is);
	const char *what = zp_arena_print(in->arena, "corrected to %s from %s", value, from);
	tell(in, note, d, what, what, zp_arena_print(in->arena, "由 %s 更正为 %s", from, value));
	r->value_m[cell] = to.m;
	r->value_e[cell] = to.e;
}

/* The names that a laboratory is put under, by number; those it keeps are ZP_NO_NAME. A name that no list and no result of the
 * round knows would make a group of one: it is refused. */
static bool find_names(zp_intake *in, const zp_decision *d, uint32_t to[ZP_PEER_KEYS])
{
	zp_run *run = in->run;
	const zp_scheme *scheme = run->book->plan->programmes[d->programme].scheme;
	bool good = true;
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		to[k] = ZP_NO_NAME;
		if (!d->keys[k])
			continue;
		zp_text name = zp_text_of(d->keys[k]);
		uint32_t listed = scheme->known_names[k] ? zp_names_find(scheme->known_names[k], name) : ZP_NO_NAME;
		if (listed != ZP_NO_NAME)
			name = zp_names_at(scheme->known_names[k], listed);
		zp_names *names = in->names[k];
		to[k] = listed != ZP_NO_NAME ? zp_names_add(names, name) : zp_names_find(names, name);
		if (to[k] != ZP_NO_NAME)
			continue;
		zp_problem_add(run->input_problems, "decisions.xml", d->line, 0, "no result of this round names the %s \"%s\"; expected one that somebody uses",
			       zp_peer_key_word(k), zp_text_show(in->arena, name));
		good = false;
	}
	return good;
}

/* The number of a combination of peer keys, new or old. */
static uint32_t tuple_of(zp_run *run, const uint32_t keys[ZP_PEER_KEYS])
{
	zp_peers *peers = run->peers;
	for (uint32_t i = 0; i < peers->n; i++)
		if (memcmp(peers->tuples[i], keys, sizeof peers->tuples[i]) == 0)
			return i;
	uint32_t(*more)[ZP_PEER_KEYS] = zp_arena_take(run->arena, (peers->n + 1) * sizeof *more);
	memcpy(more, peers->tuples, peers->n * sizeof *more);
	memcpy(more[peers->n], keys, sizeof *more);
	peers->tuples = (const uint32_t(*)[ZP_PEER_KEYS])more;
	return (uint32_t)peers->n++;
}

/* Peers are the ones of other names. Gives: whether that is news. */
static bool regroup(zp_intake *in, const zp_decision *d, const uint32_t to[ZP_PEER_KEYS], uint32_t cell)
{
	zp_run *run = in->run;
	uint32_t keys[ZP_PEER_KEYS];
	const char *words = "", *words_zh = "";
	memcpy(keys, run->peers->tuples[run->round->peers[cell]], sizeof keys);
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		if (to[k] == ZP_NO_NAME || to[k] == keys[k])
			continue;
		const char *was = zp_names_at(run->peers->names[k], keys[k]).p, *is = zp_names_at(run->peers->names[k], to[k]).p;
		words = zp_arena_print(in->arena, "%s%s%s \"%s\" instead of \"%s\"", words, *words ? ", " : "", zp_peer_key_word(k), is, was);
		words_zh = zp_arena_print(in->arena, "%s%s%s由“%s”改为“%s”", words_zh, *words_zh ? "，" : "", zp_peer_key_says(k), was, is);
		keys[k] = to[k];
	}
	if (!*words)
		return false;
	run->round->peers[cell] = tuple_of(run, keys);
	const char *what = zp_arena_print(in->arena, "regrouped: %s", words);
	tell(in, zp_intake_note(in, cell), d, what, what, zp_arena_print(in->arena, "重新分组：%s", words_zh));
	return true;
}

/* What a decision finds nothing to change in is worth a remark. */
static void tell_idle(zp_run *run, const zp_decision *d)
{
	zp_problem_add(run->remarks, "decisions.xml", d->line, 0, "this decision changes nothing: laboratory %s has no result in %s that %s",
		       run->roster->labs[d->lab].code, run->book->plan->programmes[d->programme].code,
		       d->kind == ZP_DECIDE_REGROUP ? "is in another group" : "is late");
}

static void decide(zp_intake *in, const zp_decision *d)
{
	zp_run *run = in->run;
	zp_round *r = run->round;
	if (d->kind == ZP_DECIDE_TARGET || d->lab == ZP_ANY)
		return; /* the book has entered it into the plan */
	const zp_enrolment *e = enrolment_named(run, d);
	if (!e)
		return; /* refused when the decisions were read */
	if (d->kind == ZP_DECIDE_EXCUSE && !d->conditions_met &&
	    choices_of(run, d)->excuse_conditions == ZP_EXCUSE_REQUIRED) {
		zp_problem_add(run->remarks, "decisions.xml", d->line, 0,
			       "laboratory %s is not excused: an excuse needs suspended, notified and took-part all to be \"yes\"",
			       run->roster->labs[d->lab].code);
		return;
	}
	size_t n_samples = zp_run_programme(run, e)->n_samples;
	bool changed = d->kind != ZP_DECIDE_ACCEPT_LATE && d->kind != ZP_DECIDE_REGROUP;
	uint32_t to[ZP_PEER_KEYS];
	if (d->kind == ZP_DECIDE_REGROUP && !find_names(in, d, to))
		return;
	for (size_t at = 0; at < e->n_declared * n_samples; at++) {
		uint32_t i = e->first_cell + (uint32_t)at;
		if (!speaks_of(d, e, n_samples, at))
			continue;
		if (d->kind == ZP_DECIDE_EXCUSE) {
			r->state[i] = ZP_EXCUSED; /* what came all the same stays in the round, and is told */
			zp_note *note = zp_intake_note(in, i);
			const bool told = !note->decision; /* the reason that it is not evaluated says the same */
			tell(in, note, d, "excused", told ? "" : "excused", told ? "" : "免评");
		} else if (d->kind == ZP_DECIDE_ACCEPT_LATE && r->state[i] == ZP_LATE) {
			changed = true;
			zp_note *note = zp_intake_note(in, i);
			r->state[i] = note->conflict ? ZP_CONFLICT : r->kind[i] == ZP_NOTHING ? ZP_UNREADABLE : ZP_RETURNED;
			note->accepted_late = true;
			tell(in, note, d, "late, and accepted", "late, and accepted", "迟报，已接受");
		} else if (d->kind == ZP_DECIDE_OUT) {
			zp_note *note = zp_intake_note(in, i);
			note->out = true;
			tell(in, note, d, "not evaluated", "not evaluated", "不评价");
		} else if (d->kind == ZP_DECIDE_CHOOSE) {
			choose(in, d, i);
		} else if (d->kind == ZP_DECIDE_CORRECT) {
			correct(in, d, i);
		} else if (d->kind == ZP_DECIDE_REGROUP && r->state[i] != ZP_NOT_RETURNED) {
			changed |= regroup(in, d, to, i);
		}
	}
	if (!changed)
		tell_idle(run, d);
}

void zp_intake_decide(zp_intake *in)
{
	/* by kind, so that the order of the file does not matter */
	static const zp_decision_kind order[] = { ZP_DECIDE_CHOOSE, ZP_DECIDE_CORRECT, ZP_DECIDE_REGROUP, ZP_DECIDE_ACCEPT_LATE, ZP_DECIDE_OUT,
						  ZP_DECIDE_EXCUSE };
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < in->run->decisions->n; i++)
			if (in->run->decisions->at[i].kind == order[k])
				decide(in, &in->run->decisions->at[i]);
}
