/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After all values are in: what came twice, what came late, what the organiser decided, and what did not
 * come. Nothing here depends on the order of files or lines. */
#include <stdarg.h>
#include <stdlib.h>
#include "base/memory.h"
#include "model/written.h"
#include "run/intake.h"

#define CONFLICT_TOLD 20 /* values of a conflict that are told; the rest is counted */

static const zp_choices *choices_of(const zp_run *run, uint16_t programme)
{
	return &run->book->plan->programmes[programme].scheme->choices;
}

/* The enrolment that a cell belongs to. */
static const zp_enrolment *enrolment_of(const zp_run *run, uint32_t cell)
{
	const zp_enrolment *e = run->roster->enrolments;
	size_t low = 0, high = run->roster->n_enrolments;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (e[middle].first_cell <= cell)
			low = middle;
		else
			high = middle;
	}
	return &e[low]; /* enrolments without cells share an offset; the last of them owns it */
}

bool zp_intake_is_late(const zp_run *run, const zp_choices *c, int64_t received)
{
	int64_t closes = run->book->plan->closes;
	return received && (c->closing_inclusive ? received > closes : received >= closes);
}

static const zp_measurand *measurand_of(const zp_run *run, uint32_t cell)
{
	const zp_enrolment *e = enrolment_of(run, cell);
	const zp_programme *p = zp_run_programme(run, e);
	return &p->scheme->measurands[e->declared[(cell - e->first_cell) / p->n_samples]];
}

static const char *printed(const zp_intake *in, const zp_extra *v)
{
	char text[ZP_WRITTEN_BYTES];
	const zp_measurand *m = measurand_of(in->run, v->cell);
	if (v->sent && !v->converted && !m->scale)
		return v->sent;
	zp_written(m, (zp_kind)v->kind, v->value, -1, text);
	if (v->converted && v->sent) /* a decision names the value that counts */
		return zp_arena_print(in->arena, "%s (= %s)", text, v->sent);
	return v->kind == ZP_NOTHING && v->sent ? v->sent : zp_arena_text(in->arena, text, strlen(text));
}

/* Whether two returns for a result name the same system, instrument and method. */
static bool same_codes(const zp_peers *peers, const zp_extra *a, const zp_extra *b)
{
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if ((ZP_KEY_SYSTEM | ZP_KEY_INSTRUMENT | ZP_KEY_METHOD) & 1u << k && peers->tuples[a->peers][k] != peers->tuples[b->peers][k])
			return false;
	return true;
}

static bool same_value(const zp_peers *peers, const zp_extra *a, const zp_extra *b, const zp_choices *c)
{
	if (a->kind != b->kind || !same_codes(peers, a, b))
		return false;
	if (a->kind == ZP_NOTHING)
		return strcmp(a->sent, b->sent) == 0;
	if (c->duplicate_equal == ZP_EQUAL_TEXT && a->value.e != b->value.e) /* 5.0 and 5.00; wide digits and a unit beside them make no other */
		return false;
	return zp_decimal_compare(a->value, b->value) == 0;
}

/* Numbers that may be there: none before any, the lesser first. */
static int by_number(bool has_a, zp_decimal a, bool has_b, zp_decimal b)
{
	return has_a && has_b ? zp_decimal_compare(a, b) : (int)has_a - (int)has_b;
}

static int earliest(const zp_extra *a, const zp_extra *b)
{
	if (a->received != b->received)
		return a->received < b->received ? -1 : 1;
	char x[ZP_DECIMAL_TEXT], y[ZP_DECIMAL_TEXT];
	int order = 0;
	if (a->sent || b->sent || a->value.m != b->value.m || a->value.e != b->value.e) {
		zp_decimal_write(a->value, x);
		zp_decimal_write(b->value, y);
		order = strcmp(a->sent ? a->sent : x, b->sent ? b->sent : y);
	}
	if (order)
		return order;
	if (a->kind != b->kind) /* <5 and 5 in one line */
		return a->kind < b->kind ? -1 : 1;
	if (a->peers != b->peers) /* in the order of their names */
		return a->peers < b->peers ? -1 : 1;
	if (a->u != b->u) /* of equal results the surest claim does not win */
		return a->u > b->u ? -1 : 1;
	if ((order = by_number(a->has_lod, a->lod, b->has_lod, b->lod)) != 0) /* nor the one that excuses most */
		return order;
	if (a->has_index != b->has_index)
		return a->has_index ? -1 : 1;
	if ((order = by_number(a->has_index, a->index, b->has_index, b->index)) != 0)
		return order;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static int by_cell(const void *pa, const void *pb)
{
	const zp_extra *a = pa, *b = pb;
	if (a->cell != b->cell)
		return a->cell < b->cell ? -1 : 1;
	return earliest(a, b);
}

zp_extra zp_intake_value_of(const zp_intake *in, uint32_t cell)
{
	const zp_round *r = in->run->round;
	zp_extra v = { .cell = cell, .peers = r->peers[cell], .file = r->file[cell], .line = r->line[cell],
		       .value = zp_round_value(r, cell), .kind = r->kind[cell], .received = in->received[cell] };
	if (r->note[cell]) {
		v.sent = in->notes[r->note[cell]].sent;
		v.refused = in->notes[r->note[cell]].refused;
		v.converted = in->notes[r->note[cell]].converted;
		v.u = in->notes[r->note[cell]].u;
		v.has_index = in->notes[r->note[cell]].has_index;
		v.index = in->notes[r->note[cell]].index;
		v.has_lod = in->notes[r->note[cell]].has_lod;
		v.lod = in->notes[r->note[cell]].lod;
	}
	return v;
}

void zp_intake_write(zp_intake *in, const zp_extra *v)
{
	zp_round *r = in->run->round;
	r->value_m[v->cell] = v->value.m;
	r->value_e[v->cell] = v->value.e;
	r->kind[v->cell] = v->kind;
	r->peers[v->cell] = v->peers;
	r->file[v->cell] = v->file;
	r->line[v->cell] = v->line;
	in->received[v->cell] = v->received;
	if (zp_extra_is_notable(v) || r->note[v->cell])
		zp_intake_keep(zp_intake_note(in, v->cell), v);
}

/* "4.12 [分析仪 A]" where equal numbers name different systems, instruments or methods, so that one sees what contradicts. */
static const char *with_names(const zp_intake *in, const zp_extra *v, bool names)
{
	const zp_peers *peers = in->run->peers;
	const char *value = printed(in, v), *all = "";
	for (int k = 0; k < ZP_PEER_KEYS && names; k++) {
		const char *name = zp_names_at(peers->names[k], peers->tuples[v->peers][k]).p;
		if ((ZP_KEY_SYSTEM | ZP_KEY_INSTRUMENT | ZP_KEY_METHOD) & 1u << k && *name)
			all = zp_arena_print(in->arena, "%s%s%s", all, *all ? ", " : "", name);
	}
	return names ? zp_arena_print(in->arena, "%s [%s]", value, *all ? all : "–") : value;
}

static const char *values_of(const zp_intake *in, const zp_extra *v, size_t n, bool with_places)
{
	bool names = false; /* no words: it stands in sentences of two languages */
	for (size_t i = 1; i < n && !names; i++)
		names = v[i].kind == v[0].kind && zp_decimal_compare(v[i].value, v[0].value) == 0 &&
			(v[i].kind != ZP_NOTHING || strcmp(v[i].sent, v[0].sent) == 0) &&
			 !same_codes(in->run->peers, &v[0], &v[i]);
	const char *before = with_names(in, &v[0], names), *values = before;
	size_t last = 0;
	for (size_t i = 1, listed = 1; i < n && listed < CONFLICT_TOLD; i++) {
		const char *value = with_names(in, &v[i], names);
		last = i;
		if (strcmp(value, before) == 0) /* equal ones stand beside each other, as a rule; each is listed once */
			continue;
		before = value;
		listed++;
		values = zp_arena_print(in->arena, "%s | %s", values, value);
		if (with_places)
			values = zp_arena_print(in->arena, "%s (%s:%u)", values, in->files[v[i].file].name, v[i].line);
	}
	return last + 1 < n ? zp_arena_print(in->arena, "%s | +%zu", values, n - last - 1) : values;
}

const zp_extra *zp_intake_several(const zp_intake *in, uint32_t cell, size_t *n)
{
	size_t low = 0, high = in->n_several;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (in->several[middle].cell < cell)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < in->n_several && in->several[low + *n].cell == cell)
		++*n;
	return in->several + low;
}

const char *zp_intake_values(const zp_intake *in, uint32_t cell, bool with_places)
{
	size_t n;
	const zp_extra *v = zp_intake_several(in, cell, &n);
	return n ? values_of(in, v, n, with_places) : "";
}

/* All values of one cell, the earliest first. Gives: how many of them speak; they stand first. */
static size_t settle_cell(zp_intake *in, zp_extra *v, size_t n)
{
	zp_run *run = in->run;
	const zp_enrolment *e = enrolment_of(run, v->cell);
	const zp_choices *c = choices_of(run, e->programme);
	bool any_in_time = false, conflict = false;
	for (size_t i = 0; i < n; i++)
		any_in_time |= !zp_intake_is_late(run, c, v[i].received);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) { /* a late value beside one in time does not speak, unless the scheme says so */
		if (any_in_time && zp_intake_is_late(run, c, v[i].received) && c->late_duplicate == ZP_LATE_DUPLICATE_IGNORED)
			continue;
		v[kept++] = v[i];
	}
	for (size_t i = 1; i < kept; i++)
		conflict |= !same_value(run->peers, &v[0], &v[i], c);
	run->count.accepted -= n - 1;
	run->count.set_aside += n - 1;
	run->count.duplicates += n - 1;
	zp_intake_write(in, &v[0]);
	if (!conflict)
		return kept;
	run->round->state[v->cell] = ZP_CONFLICT;
	run->count.conflicts++;
	run->count.accepted--;
	run->count.set_aside++;
	zp_note *note = zp_intake_note(in, v->cell);
	note->refused = values_of(in, v, kept, true);
	note->conflict = true;
	return kept;
}

static void settle_extras(zp_intake *in, zp_extra *sorted, size_t n_extras)
{
	if (!n_extras)
		return;
	zp_extra *all = zp_must(malloc(2 * n_extras * sizeof *all)); /* rarely more than half of it is touched */
	zp_arena_at_end(in->arena, free, all);
	in->several = all;
	qsort(sorted, n_extras, sizeof *sorted, by_cell);
	for (size_t i = 0, next; i < n_extras; i = next) {
		zp_extra *those = all + in->n_several;
		size_t n = 0;
		those[n++] = zp_intake_value_of(in, sorted[i].cell);
		for (next = i; next < n_extras && sorted[next].cell == sorted[i].cell; next++)
			those[n++] = sorted[next];
		qsort(those, n, sizeof *those, by_cell);
		in->n_several += settle_cell(in, those, n);
	}
}

/* What is late, and what became of unreadable texts. */
static void settle_states(zp_intake *in)
{
	zp_run *run = in->run;
	zp_round *r = run->round;
	for (size_t k = 0; k < run->roster->n_enrolments; k++) {
		const zp_enrolment *e = &run->roster->enrolments[k];
		const zp_choices *c = choices_of(run, e->programme);
		size_t end = e->first_cell + (size_t)e->n_declared * zp_run_programme(run, e)->n_samples;
		for (size_t i = e->first_cell; i < end; i++) {
			if (r->state[i] == ZP_NOT_RETURNED)
				continue;
			if (zp_intake_is_late(run, c, in->received[i])) {
				run->count.late += r->state[i] == ZP_RETURNED;
				if (r->state[i] == ZP_CONFLICT)
					r->kind[i] = ZP_NOTHING; /* late first of all; which value it was is open */
				r->state[i] = ZP_LATE;
			} else if (r->state[i] == ZP_RETURNED && r->kind[i] == ZP_NOTHING) {
				r->state[i] = ZP_UNREADABLE;
			}
		}
		zp_run_ease(run);
	}
}

static bool came(uint8_t state)
{
	return state != ZP_NOT_RETURNED && state != ZP_EXCUSED && state != ZP_NOT_ASKED;
}

/* A measurand of which something came has blanks; one of which nothing came was not returned. */
static void settle_blanks(zp_run *run)
{
	zp_round *r = run->round;
	for (size_t k = 0; k < run->roster->n_enrolments; k++) {
		const zp_enrolment *e = &run->roster->enrolments[k];
		size_t n = zp_run_programme(run, e)->n_samples, all = e->n_declared * n;
		bool blank_measurand = choices_of(run, e->programme)->blank_measurand == ZP_BLANK_MEASURAND_BLANK;
		uint8_t *state = r->state + e->first_cell;
		bool answered = false;
		for (size_t i = 0; i < all; i++)
			if (state[i] == ZP_NOT_RETURNED && zp_run_programme(run, e)->unasked[e->declared[i / n] * n + i % n])
				state[i] = ZP_NOT_ASKED, run->count.not_asked++;
		for (size_t i = 0; i < all; i++)
			answered |= came(state[i]);
		for (size_t i = 0; i < all; i += n) {
			bool some = false;
			for (size_t s = 0; s < n; s++)
				some |= came(state[i + s]);
			if (!some && !(answered && blank_measurand))
				continue;
			for (size_t s = 0; s < n; s++)
				if (state[i + s] == ZP_NOT_RETURNED)
					state[i + s] = ZP_BLANK;
		}
		zp_run_ease(run);
	}
}

/* Tell it to the laboratory of the cell. */
static void remark(const zp_intake *in, const zp_extra *v, const char *sent, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void remark(const zp_intake *in, const zp_extra *v, const char *sent, const char *fmt, ...)
{
	const zp_enrolment *e = enrolment_of(in->run, v->cell);
	size_t at = v->cell - e->first_cell, n = zp_run_programme(in->run, e)->n_samples;
	const zp_spot place = { in->files[v->file].name, ZP_NO_SHEET, v->line, 0 };
	const zp_concern concern = { e->lab, { e->programme, e->declared[at / n], (uint32_t)(at % n), ZP_FIELD_VALUE }, zp_text_of(sent) };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(in->run->remarks, &place, &concern, fmt, args);
	va_end(args);
}

/* Conflicts that nobody has decided, each once. */
static void tell_conflicts(const zp_intake *in)
{
	const zp_run *run = in->run;
	for (size_t i = 0; i < in->n_several; i++) {
		const zp_extra *v = &in->several[i];
		if (run->round->state[v->cell] != ZP_CONFLICT || (i && v[-1].cell == v->cell))
			continue;
		const zp_enrolment *e = enrolment_of(run, v->cell);
		const zp_programme *p = zp_run_programme(run, e);
		size_t at = v->cell - e->first_cell, n;
		zp_intake_several(in, v->cell, &n);
		remark(in, v, values_of(in, v, n, false), /* its laboratory is not told whose files they are */
		       "laboratory %s sent different values for %s, sample %s: %s; none counts until one is chosen",
		       run->roster->labs[e->lab].code, p->scheme->measurands[e->declared[at / p->n_samples]].code,
		       p->samples[at % p->n_samples], in->notes[run->round->note[v->cell]].refused);
	}
}

void zp_intake_settle(zp_intake *in, zp_extra *extras, size_t n_extras)
{
	settle_extras(in, extras, n_extras);
	settle_states(in);
	zp_intake_decide(in);
	tell_conflicts(in);
	settle_blanks(in->run);
}
