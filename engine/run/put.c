/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raw value to its cell: names are looked up exactly, the number is read by our own grammar, and
 * whatever cannot be used is told with its place. This is the hot path of a run. */
#include <stdarg.h>
#include <stdlib.h>
#include "base/instant.h"
#include "run/intake.h"

static void problem(zp_worker *w, const zp_raw *raw, zp_field field, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void problem(zp_worker *w, const zp_raw *raw, zp_field field, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	w->field = field;
	zp_intake_tell_list(w, w->problems, raw->sheet, raw->line, raw->column[field], fmt, args);
	w->field = ZP_FIELDS;
	va_end(args);
}

/* The same bytes as in the row before, which saves the look-up. */
static inline bool again(zp_text *before, zp_text now)
{
	if (before->p && zp_text_same(*before, now))
		return true;
	*before = now.p ? now : (zp_text){ "", 0 };
	return false;
}

static bool find_lab(zp_worker *w, const zp_raw *raw)
{
	const zp_roster *roster = w->in->run->roster;
	zp_text code = zp_csv_trim(raw->field[ZP_FIELD_LAB]);
	char shown[128];
	if (!code.n)
		code = zp_text_of(w->source->stem);
	if (again(&w->lab_text, code))
		return w->lab != ZP_NO_NAME;
	w->enrolment = NULL;
	w->programme_text.p = NULL;
	w->lab = zp_names_find(roster->lab_names, code);
	if (w->lab == ZP_NO_NAME) {
		problem(w, raw, ZP_FIELD_LAB, "laboratory \"%s\" is not in roster.csv", zp_text_show_code_in(shown, sizeof shown, code));
	} else if (w->stem_lab != ZP_NO_NAME && w->stem_lab != w->lab) {
		problem(w, raw, ZP_FIELD_LAB, "this says laboratory %s, and the file is named for %s", roster->labs[w->lab].code,
			roster->labs[w->stem_lab].code);
		w->lab = ZP_NO_NAME;
	}
	return w->lab != ZP_NO_NAME;
}

static bool find_programme(zp_worker *w, const zp_raw *raw)
{
	const zp_run *run = w->in->run;
	const zp_plan *plan = run->book->plan;
	zp_text code = zp_csv_trim(raw->field[ZP_FIELD_PROGRAMME]);
	char shown[128];
	if (again(&w->programme_text, code))
		return w->programme != ZP_NO_NAME;
	w->measurand_text.p = w->sample_text.p = NULL;
	w->enrolment = NULL;
	if (!code.n && plan->n_programmes == 1)
		w->programme = 0;
	else
		w->programme = zp_names_find(plan->programme_names, code);
	if (w->programme == ZP_NO_NAME) {
		if (code.n)
			problem(w, raw, ZP_FIELD_PROGRAMME, "programme \"%s\" is not in round.xml", zp_text_show_code_in(shown, sizeof shown, code));
		else
			problem(w, raw, ZP_FIELD_PROGRAMME, "no programme is named, and the round has %zu", plan->n_programmes);
		return false;
	}
	const uint32_t *first = run->roster->first_enrolment + w->lab;
	for (uint32_t i = first[0]; i < first[1]; i++)
		if (run->roster->enrolments[i].programme == w->programme)
			w->enrolment = &run->roster->enrolments[i];
	return true;
}

static bool find_measurand_and_sample(zp_worker *w, const zp_raw *raw)
{
	const zp_programme *p = &w->in->run->book->plan->programmes[w->programme];
	zp_text name = zp_csv_trim(raw->field[ZP_FIELD_MEASURAND]), code = zp_csv_trim(raw->field[ZP_FIELD_SAMPLE]);
	char shown[128];
	if (!again(&w->measurand_text, name)) {
		w->unit_text.p = NULL;
		w->measurand = zp_names_find(p->scheme->measurand_names, name);
		if (w->measurand == ZP_NO_NAME)
			problem(w, raw, ZP_FIELD_MEASURAND, "measurand \"%s\" is not in programme %s", zp_text_show_code_in(shown, sizeof shown, name),
				p->code);
	}
	if (!again(&w->sample_text, code)) {
		size_t next = w->sample == ZP_NO_NAME ? 0 : (w->sample + 1) % p->n_samples; /* samples come in turn */
		w->sample = zp_text_is(code, p->samples[next]) ? (uint32_t)next : zp_names_find(p->sample_names, code);
		if (w->sample == ZP_NO_NAME)
			problem(w, raw, ZP_FIELD_SAMPLE, "sample \"%s\" is not in programme %s", zp_text_show_code_in(shown, sizeof shown, code),
				p->code);
	}
	return w->measurand != ZP_NO_NAME && w->sample != ZP_NO_NAME;
}

/* The digit that a superscript at p stands for, or -1; *step is its length, 1 when it is none. */
static int superscript(const char *p, size_t n, size_t *step)
{
	static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	for (int d = 0; d < 10; d++) {
		*step = strlen(digits[d]);
		if (n >= *step && memcmp(p, digits[d], *step) == 0)
			return d;
	}
	*step = 1;
	return -1;
}

/* What is left of a unit when those things are gone that only typing makes: blanks, full-width forms,
 * kinds of micro sign and of power. Gives: the length; 0 when it is too long for a unit. */
static size_t unit_key(zp_text unit, char *out, size_t size)
{
	char folded[64];
	if (unit.n > sizeof folded || size < 2 * sizeof folded)
		return 0;
	size_t n = zp_text_fold(unit, folded), k = 0;
	bool in_power = false;
	for (size_t i = 0, step; i < n; i += step) {
		int digit = superscript(folded + i, n - i, &step);
		if (digit >= 0) {
			if (!in_power)
				out[k++] = '^';
			out[k++] = (char)('0' + digit);
		} else if (n - i >= 2 && (memcmp(folded + i, "μ", 2) == 0 || memcmp(folded + i, "µ", 2) == 0)) {
			out[k++] = 'u';
			step = 2;
		} else if (folded[i] != ' ' && folded[i] != '\t') {
			out[k++] = folded[i] == '*' ? '^' : folded[i];
		}
		in_power = digit >= 0;
	}
	return k;
}

static bool same_unit(zp_text a, const char *b)
{
	char x[128], y[128];
	if (zp_text_is(a, b))
		return true;
	size_t n = unit_key(a, x, sizeof x), m = unit_key(zp_text_of(b), y, sizeof y);
	return n && n == m && memcmp(x, y, n) == 0;
}

static bool check_unit(zp_worker *w, const zp_raw *raw, const zp_measurand *m)
{
	zp_text unit = zp_csv_trim(raw->field[ZP_FIELD_UNIT]);
	char shown[128], value[128];
	if (again(&w->unit_text, unit) && w->unit_good)
		return true;
	w->unit_good = !unit.n || same_unit(unit, m->unit);
	if (!w->unit_good)
		problem(w, raw, ZP_FIELD_UNIT, "%s \"%s\": unit \"%s\" is not known for it; expected %s", m->code,
			zp_text_show_in(value, sizeof value, raw->field[ZP_FIELD_VALUE]), zp_text_show_in(shown, sizeof shown, unit),
			m->unit);
	return w->unit_good;
}

/* Reads "5.20", "<0.5", ">1000" with full-width forms. Gives: NULL, or what was expected. */
static const char *read_value(zp_text text, zp_decimal *value, uint8_t *kind)
{
	char folded[64];
	*kind = ZP_NUMBER;
	switch (zp_decimal_read(text.p, text.n, value)) { /* the usual case: plain digits */
	case ZP_NUMBER_OK: return NULL;
	case ZP_NUMBER_TOO_LONG: return "is too long a number; expected at most 12 digits on a side of the point";
	case ZP_NUMBER_NOT: break;
	}
	if (text.n > sizeof folded)
		return "is no number";
	zp_text t = { folded, zp_text_fold(text, folded) };
	t = zp_csv_trim(t);
	if (t.n && (*t.p == '<' || *t.p == '>')) {
		*kind = *t.p == '<' ? ZP_BELOW : ZP_ABOVE;
		t.p++, t.n--;
		if (t.n && *t.p == '=')
			t.p++, t.n--;
		t = zp_csv_trim(t);
	}
	switch (zp_decimal_read(t.p, t.n, value)) {
	case ZP_NUMBER_OK: return NULL;
	case ZP_NUMBER_TOO_LONG: return "is too long a number; expected at most 12 digits on a side of the point";
	default: return "is no number; expected digits with a decimal point, such as 5.20, or <0.5";
	}
}

/* Characters sent, when the value as printed does not show them. */
static const char *sent_text(zp_worker *w, zp_text text, zp_decimal value, uint8_t kind)
{
	char printed[ZP_DECIMAL_TEXT + 1];
	size_t n = 0;
	if (kind == ZP_BELOW || kind == ZP_ABOVE)
		printed[n++] = kind == ZP_BELOW ? '<' : '>';
	n += zp_decimal_write(value, printed + n);
	if (text.n == n && memcmp(text.p, printed, n) == 0)
		return NULL;
	return zp_arena_text(w->arena, text.p, text.n);
}

static bool read_received(zp_worker *w, const zp_raw *raw)
{
	zp_text text = zp_csv_trim(raw->field[ZP_FIELD_RECEIVED]);
	char shown[128];
	if (!again(&w->received_text, text)) {
		w->received = 0;
		w->received_good = !text.n || zp_instant_read(text, &w->received);
		if (!w->received_good)
			problem(w, raw, ZP_FIELD_RECEIVED, "received \"%s\" is no instant; expected one such as 2026-03-15T17:00:00+08:00",
				zp_text_show_in(shown, sizeof shown, text));
	}
	return w->received_good;
}

/* The number of this combination of peer keys in the table that all workers share. */
static bool find_tuple(zp_worker *w, const zp_raw *raw)
{
	static const zp_field fields[ZP_PEER_KEYS] = {
		ZP_FIELD_SYSTEM, ZP_FIELD_INSTRUMENT, ZP_FIELD_METHOD, ZP_FIELD_REAGENT, ZP_FIELD_CALIBRATOR
	};
	const zp_text *f = &raw->field[ZP_FIELD_SYSTEM], *last = &raw->field[ZP_FIELD_CALIBRATOR];
	bool in_line = f->p && last->p > f->p; /* side by side, as in most files: one comparison for all five */
	for (const zp_text *t = f; t < last; t++)
		in_line = in_line && t[1].p == t->p + t->n + 1;
	zp_text span = { f->p, in_line ? (size_t)(last->p + last->n - f->p) : 0 };
	if (in_line && w->keys_span.p && zp_text_same(span, w->keys_span))
		return w->tuple != ZP_NO_NAME;
	w->keys_span = in_line ? span : (zp_text){ NULL, 0 };
	bool same = true;
	for (int i = 0; i < ZP_PEER_KEYS; i++)
		same &= again(&w->keys_text[i], raw->field[fields[i]]);
	if (same)
		return w->tuple != ZP_NO_NAME;
	char key[ZP_PEER_KEYS * (ZP_NAME_MOST + 1)];
	size_t n = 0;
	w->tuple = ZP_NO_NAME;
	for (int i = 0; i < ZP_PEER_KEYS; i++) {
		zp_text name = zp_text_trim(raw->field[fields[i]]);
		if (name.n > ZP_NAME_MOST || !zp_text_is_plain(name)) { /* plain: without ZP_TUPLE_MARK as well */
			char shown[128];
			problem(w, raw, fields[i], "the name \"%s\" is not usable; expected at most %d bytes in which every character can be seen",
				zp_text_show_in(shown, sizeof shown, name), ZP_NAME_MOST);
			return false;
		}
		if (name.n)
			memcpy(key + n, name.p, name.n);
		n += name.n;
		key[n++] = ZP_TUPLE_MARK;
	}
	uint32_t own = zp_names_add(w->tuple_names, (zp_text){ key, n });
	if (own == w->room_tuples) {
		w->room_tuples = w->room_tuples ? 2 * w->room_tuples : 64;
		w->tuple_ids = realloc(w->tuple_ids, w->room_tuples * sizeof *w->tuple_ids);
		if (!w->tuple_ids)
			abort();
		memset(w->tuple_ids + own, 0xff, (w->room_tuples - own) * sizeof *w->tuple_ids);
	}
	if (w->tuple_ids[own] == ZP_NO_NAME) {
		pthread_mutex_lock(&w->in->lock);
		w->tuple_ids[own] = zp_names_add(w->in->tuples, (zp_text){ key, n });
		pthread_mutex_unlock(&w->in->lock);
	}
	w->tuple = w->tuple_ids[own];
	return true;
}

/* Which of the declared measurands this is; n_declared when it is not declared. */
static size_t declared_at(const zp_enrolment *e, uint32_t measurand)
{
	if (measurand < e->n_declared && e->declared[measurand] == measurand)
		return measurand;
	size_t low = 0, high = e->n_declared;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (e->declared[middle] < measurand)
			low = middle + 1;
		else
			high = middle;
	}
	return low < e->n_declared && e->declared[low] == measurand ? low : e->n_declared;
}

static void add_extra(zp_worker *w, zp_extra extra)
{
	if (w->n_extras == w->room_extras) {
		w->room_extras = w->room_extras ? 2 * w->room_extras : 64;
		w->extras = realloc(w->extras, w->room_extras * sizeof *w->extras);
		if (!w->extras)
			abort();
	}
	w->extras[w->n_extras++] = extra;
}

static void place(zp_worker *w, size_t cell, const zp_extra *v)
{
	zp_round *round = w->in->run->round;
	uint8_t empty = ZP_NOT_RETURNED;
	if (!__atomic_compare_exchange_n(&round->state[cell], &empty, ZP_RETURNED, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
		add_extra(w, *v);
		return;
	}
	round->value_m[cell] = v->value.m;
	round->value_e[cell] = v->value.e;
	round->kind[cell] = v->kind;
	round->peers[cell] = v->peers;
	round->file[cell] = v->file;
	round->line[cell] = v->line;
	if (v->received)
		w->in->received[cell] = v->received;
	if (v->sent || v->refused || v->u > 0) {
		pthread_mutex_lock(&w->in->lock);
		zp_note *note = zp_intake_note(w->in, cell);
		note->u = v->u;
		note->sent = v->sent;
		note->refused = v->refused;
		pthread_mutex_unlock(&w->in->lock);
	}
}

/* The laboratory's own standard uncertainty, where its file has that column. */
static bool read_uncertainty(zp_worker *w, const zp_raw *raw, double *u)
{
	zp_text text = zp_csv_trim(raw->field[ZP_FIELD_UNCERTAINTY]);
	zp_decimal d;
	uint8_t kind;
	char shown[128];
	*u = 0;
	if (!text.n)
		return true;
	if (!read_value(text, &d, &kind) && kind == ZP_NUMBER && zp_decimal_sign(d) > 0) {
		*u = zp_decimal_double(d);
		return true;
	}
	problem(w, raw, ZP_FIELD_UNCERTAINTY, "uncertainty \"%s\" is not usable; expected a standard uncertainty above 0, or nothing",
		zp_text_show_in(shown, sizeof shown, text));
	return false;
}

static void undeclared(zp_worker *w, const zp_raw *raw, const zp_programme *p)
{
	const zp_lab *lab = &w->in->run->roster->labs[w->lab];
	char sentence[300];
	if (w->enrolment)
		snprintf(sentence, sizeof sentence, "laboratory %s has not declared %s in programme %s", lab->code,
			 p->scheme->measurands[w->measurand].code, p->code);
	else
		snprintf(sentence, sizeof sentence, "laboratory %s is not enrolled in programme %s", lab->code, p->code);
	if (p->scheme->choices.undeclared == ZP_UNDECLARED_STOP) {
		problem(w, raw, ZP_FIELD_MEASURAND, "%s", sentence);
		w->count.refused++;
	} else {
		w->field = ZP_FIELD_MEASURAND;
		zp_intake_tell(w, w->remarks, raw->sheet, raw->line, raw->column[ZP_FIELD_MEASURAND], "%s; the result is not used", sentence);
		w->field = ZP_FIELDS;
		w->count.set_aside++;
		w->count.undeclared++;
	}
}

/* Whom the row is of, and what: each that is found makes known whose the problems are that follow. */
static bool find_item(zp_worker *w, const zp_raw *raw)
{
	if (!find_lab(w, raw))
		return false;
	w->known = ZP_ROW_LAB;
	if (!find_programme(w, raw))
		return false;
	w->known = ZP_ROW_PROGRAMME;
	if (!find_measurand_and_sample(w, raw))
		return false;
	w->known = ZP_ROW_ITEM;
	return true;
}

static void put(zp_worker *w, const zp_raw *raw)
{
	w->count.read++;
	if (!find_item(w, raw)) {
		w->count.refused++;
		return;
	}
	const zp_programme *p = &w->in->run->book->plan->programmes[w->programme];
	const zp_measurand *m = &p->scheme->measurands[w->measurand];
	zp_text text = zp_csv_trim(raw->field[ZP_FIELD_VALUE]);
	if (!text.n || !zp_text_trim(text).n) {
		w->count.blank++;
		return;
	}
	size_t k = w->enrolment ? declared_at(w->enrolment, w->measurand) : 0;
	if (!w->enrolment || k == w->enrolment->n_declared) {
		undeclared(w, raw, p);
		return;
	}
	zp_extra v = { .file = w->file, .line = (uint32_t)raw->line };
	const char *expected = read_value(text, &v.value, &v.kind);
	char shown[128];
	if (expected && p->scheme->choices.unreadable == ZP_UNREADABLE_NOT_EVALUATED) {
		v.kind = ZP_NOTHING;
		v.value = (zp_decimal){ 0, 0 };
		v.refused = expected;
		v.sent = zp_text_is_plain(raw->field[ZP_FIELD_VALUE]) /* it goes into tables and on certificates */
				 ? zp_arena_text(w->arena, raw->field[ZP_FIELD_VALUE].p, raw->field[ZP_FIELD_VALUE].n)
				 : zp_text_show(w->arena, raw->field[ZP_FIELD_VALUE]);
	} else if (expected) {
		problem(w, raw, ZP_FIELD_VALUE, "%s value \"%s\" %s", m->code, zp_text_show_in(shown, sizeof shown, text), expected);
		w->count.refused++;
		return;
	}
	if (!check_unit(w, raw, m) || !read_received(w, raw) || !read_uncertainty(w, raw, &v.u) || !find_tuple(w, raw)) {
		w->count.refused++;
		return;
	}
	v.received = w->received;
	v.peers = w->tuple;
	v.cell = (uint32_t)(w->enrolment->first_cell + k * p->n_samples + w->sample);
	if (!v.refused)
		v.sent = sent_text(w, raw->field[ZP_FIELD_VALUE], v.value, v.kind);
	w->count.accepted++;
	place(w, v.cell, &v);
}

void zp_intake_put(void *self, const zp_raw *raw)
{
	zp_worker *w = self;
	w->raw = raw;
	w->known = ZP_ROW_NEW;
	put(w, raw);
	w->raw = NULL;
	w->known = ZP_ROW_NEW;
}
