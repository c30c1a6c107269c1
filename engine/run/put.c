/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raw value to its cell: names are looked up exactly, the number is read by our own grammar, and
 * whatever cannot be used is told with its place. This is the hot path of a run. */
#include <stdlib.h>
#include "base/instant.h"
#include "base/memory.h"
#include "book/dictionary.h"
#include "run/intake.h"

#define SENT_LEAST 4096  /* values of a laboratory in a part of a file that are always read */
#define EASED 512        /* values: each may lie in pages of its own */
#define SENT_TIMES 8     /* what it owes, as often: read as well */

static void forget_keys(zp_worker *w)
{
	w->keys_span.p = NULL;
	for (int i = 0; i < ZP_PEER_KEYS; i++)
		w->keys_text[i].p = NULL;
}

static bool find_lab(zp_worker *w, const zp_raw *raw)
{
	const zp_roster *roster = w->in->run->roster;
	zp_text code = zp_csv_trim(raw->field[ZP_FIELD_LAB]);
	char shown[128];
	if (!code.n)
		code = zp_text_of(w->stem_lab == ZP_NO_NAME ? w->source->stem : roster->labs[w->stem_lab].code);
	if (zp_intake_again(&w->lab_text, code))
		return w->lab != ZP_NO_NAME;
	w->enrolment = NULL;
	w->programme_text.p = NULL;
	w->lab = zp_names_find(roster->lab_names, code);
	if (w->lab == ZP_NO_NAME) {
		if (zp_intake_problem(w, raw, ZP_FIELD_LAB, "laboratory \"%s\" is not in roster.csv", zp_text_show_code_in(shown, sizeof shown, code)))
			zp_problem_ask(w->problems, roster->lab_names, code, ZP_NEAREST_ANY);
	} else if (w->stem_lab != ZP_NO_NAME && w->stem_lab != w->lab) {
		zp_intake_problem(w, raw, ZP_FIELD_LAB, "this says laboratory %s, and the file is named for %s", roster->labs[w->lab].code,
			roster->labs[w->stem_lab].code);
		w->lab = ZP_NO_NAME;
	}
	return w->lab != ZP_NO_NAME;
}

/* The programme whose code or name a cell or the sheet of a workbook bears; ZP_NO_NAME when it is none's, or several'. */
static uint32_t programme_named(const zp_plan *plan, zp_text said)
{
	const uint32_t coded = zp_names_find(plan->programme_names, said);
	uint32_t found = coded;
	bool several = false;
	for (uint32_t p = 0; said.n && coded == ZP_NO_NAME && p < plan->n_programmes; p++) {
		if (!zp_text_is(said, plan->programmes[p].name) && (!*plan->programmes[p].name_en || !zp_text_is(said, plan->programmes[p].name_en)))
			continue;
		several |= found != ZP_NO_NAME;
		found = p;
	}
	return several ? ZP_NO_NAME : found;
}

/* What no cell says, the sheet may; what a cell says, the sheet may not contradict. */
static bool heed_sheet(zp_worker *w, const zp_raw *raw, zp_text code)
{
	const zp_plan *plan = w->in->run->book->plan;
	const uint32_t of_sheet = programme_named(plan, zp_text_trim(raw->sheet));
	if (of_sheet == ZP_NO_NAME)
		return true;
	if (!code.n)
		w->programme = of_sheet;
	if (w->programme == ZP_NO_NAME || w->programme == of_sheet)
		return true;
	zp_intake_problem(w, raw, ZP_FIELD_PROGRAMME, "this says programme %s, and the sheet is named for %s; expected one programme", plan->programmes[w->programme].code,
			  plan->programmes[of_sheet].code);
	w->programme = ZP_NO_NAME;
	return false;
}

static bool find_programme(zp_worker *w, const zp_raw *raw)
{
	const zp_run *run = w->in->run;
	const zp_plan *plan = run->book->plan;
	zp_text code = zp_csv_trim(raw->field[ZP_FIELD_PROGRAMME]);
	char shown[128];
	if (raw->sheet.p && !zp_intake_again(&w->sheet_text, raw->sheet))
		w->programme_text.p = NULL;
	if (zp_intake_again(&w->programme_text, code))
		return w->programme != ZP_NO_NAME;
	w->measurand_text.p = w->sample_text.p = NULL;
	w->enrolment = NULL;
	if (!code.n && plan->n_programmes == 1)
		w->programme = 0;
	else
		w->programme = programme_named(plan, code);
	if (raw->sheet.p && !heed_sheet(w, raw, code))
		return false;
	if (w->programme == ZP_NO_NAME) {
		if (!code.n)
			zp_intake_problem(w, raw, ZP_FIELD_PROGRAMME, "no programme is named, and the round has %zu", plan->n_programmes);
		else if (zp_intake_problem(w, raw, ZP_FIELD_PROGRAMME, "programme \"%s\" is not in round.xml", zp_text_show_code_in(shown, sizeof shown, code)))
			zp_problem_ask(w->problems, plan->programme_names, code, ZP_NEAREST_ANY);
		return false;
	}
	if (w->keys_programme != w->programme) /* names mean what its lists say */
		forget_keys(w);
	w->keys_programme = w->programme;
	const uint32_t *first = run->roster->first_enrolment + w->lab;
	for (uint32_t i = first[0]; i < first[1]; i++)
		if (run->roster->enrolments[i].programme == w->programme)
			w->enrolment = &run->roster->enrolments[i];
	return true;
}

/* The measurand of that name, as it stands or with full-width forms made plain: "ABO（正定型）". */
static uint32_t measurand_called(const zp_names *names, zp_text name)
{
	char plain[256];
	const uint32_t as_it_is = zp_names_find(names, name);
	return as_it_is != ZP_NO_NAME || name.n > sizeof plain ? as_it_is : zp_names_find(names, (zp_text){ plain, zp_text_fold(name, plain) });
}

static bool find_measurand_and_sample(zp_worker *w, const zp_raw *raw)
{
	const zp_programme *p = &w->in->run->book->plan->programmes[w->programme];
	zp_text name = zp_csv_trim(raw->field[ZP_FIELD_MEASURAND]), code = zp_csv_trim(raw->field[ZP_FIELD_SAMPLE]);
	char shown[128];
	if (!zp_intake_again(&w->measurand_text, name)) {
		w->unit_text.p = NULL;
		w->measurand = measurand_called(p->scheme->measurand_names, name);
		if (w->measurand == ZP_NO_NAME && zp_intake_problem(w, raw, ZP_FIELD_MEASURAND, "measurand \"%s\" is not in programme %s",
								    zp_text_show_code_in(shown, sizeof shown, name), p->code))
			zp_problem_ask(w->problems, p->scheme->measurand_names, name, ZP_NEAREST_APART);
	}
	if (!zp_intake_again(&w->sample_text, code)) {
		size_t next = w->sample == ZP_NO_NAME ? 0 : (w->sample + 1) % p->n_samples; /* samples come in turn */
		w->sample = zp_text_is(code, p->samples[next]) ? (uint32_t)next : zp_names_find(p->sample_names, code);
		if (w->sample == ZP_NO_NAME && zp_intake_problem(w, raw, ZP_FIELD_SAMPLE, "sample \"%s\" is not in programme %s",
								 zp_text_show_code_in(shown, sizeof shown, code), p->code))
			zp_problem_ask(w->problems, p->sample_names, code, ZP_NEAREST_ANY);
	}
	return w->measurand != ZP_NO_NAME && w->sample != ZP_NO_NAME;
}

/* "2026-03-15 18:02", as a person notes it: with the offset that the round closes by. */
static bool read_noted(const zp_plan *plan, zp_text text, int64_t *received)
{
	char instant[48];
	const char *offset = strpbrk(plan->closes_text + strlen("2026-03-15T"), "Z+-"); /* every instant has one */
	if (text.n < strlen("2026-03-15 18:02") || text.n > strlen("2026-03-15 18:02:00") || (text.p[10] != ' ' && text.p[10] != 'T'))
		return false;
	int n = snprintf(instant, sizeof instant, "%.*sT%.*s%s", 10, text.p, (int)text.n - 11, text.p + 11, offset);
	return zp_instant_read((zp_text){ instant, (size_t)n }, received);
}

static bool read_received(zp_worker *w, const zp_raw *raw)
{
	zp_text text = zp_csv_trim(raw->field[ZP_FIELD_RECEIVED]);
	char shown[128];
	if (!zp_intake_again(&w->received_text, text) || !w->received_good) { /* each row is told by itself: it may be of another laboratory */
		w->received = 0;
		w->received_good = !text.n || zp_instant_read(text, &w->received) || read_noted(w->in->run->book->plan, text, &w->received);
		if (!w->received_good)
			zp_intake_problem(w, raw, ZP_FIELD_RECEIVED, "received \"%s\" is no instant; expected one such as 2026-03-15T17:00:00+08:00",
				zp_text_show_in(shown, sizeof shown, text));
	}
	return w->received_good;
}

/* The organiser's word for a name, where there is a list. Gives: false when the name is not on it and may not be used. */
static bool known_name(zp_worker *w, const zp_raw *raw, zp_field field, int k, zp_text *name)
{
	static const char *const kinds[ZP_PEER_KEYS] = { "system", "instrument", "method", "reagent", "calibrator" };
	const zp_programme *p = &w->in->run->book->plan->programmes[w->programme];
	const zp_names *known = p->scheme->known_names[k];
	const uint32_t number = known ? zp_dictionary_find(known, *name) : ZP_NO_NAME;
	char shown[128];
	if (number != ZP_NO_NAME)
		*name = zp_names_at(known, number);
	if (!known || number != ZP_NO_NAME || p->scheme->choices.unknown_name == ZP_UNKNOWN_NAME_TELL)
		return true;
	if (zp_intake_problem(w, raw, field, "the %s \"%s\" is not in the list of programme %s", kinds[k], zp_text_show_code_in(shown, sizeof shown, *name), p->code))
		zp_problem_ask(w->problems, known, *name, ZP_NEAREST_ANY);
	forget_keys(w); /* the next row with it is told as well */
	return false;
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
		return true;
	w->keys_span = in_line ? span : (zp_text){ NULL, 0 };
	bool same = true;
	for (int i = 0; i < ZP_PEER_KEYS; i++)
		same &= zp_intake_again(&w->keys_text[i], raw->field[fields[i]]);
	if (same)
		return true;
	char key[ZP_PEER_KEYS * (ZP_NAME_MOST + 1)];
	size_t n = 0;
	w->tuple = ZP_NO_NAME;
	for (int i = 0; i < ZP_PEER_KEYS; i++) {
		zp_text name = zp_text_trim(raw->field[fields[i]]);
		if (name.n > ZP_NAME_MOST || !zp_text_is_plain(name)) { /* plain: without ZP_TUPLE_MARK as well */
			char shown[128];
			zp_intake_problem(w, raw, fields[i], "the name \"%s\" is not usable; expected at most %d bytes in which every character can be seen",
				zp_text_show_in(shown, sizeof shown, name), ZP_NAME_MOST);
			forget_keys(w); /* the next row with it is told as well */
			return false;
		}
		if (name.n && !known_name(w, raw, fields[i], i, &name))
			return false;
		if (name.n)
			memcpy(key + n, name.p, name.n);
		n += name.n;
		key[n++] = ZP_TUPLE_MARK;
	}
	uint32_t own = zp_names_add(w->tuple_names, (zp_text){ key, n });
	if (own == w->room_tuples) {
		w->room_tuples = w->room_tuples ? 2 * w->room_tuples : 64;
		w->tuple_ids = zp_must(realloc(w->tuple_ids, w->room_tuples * sizeof *w->tuple_ids));
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

static void add_extra(zp_worker *w, zp_extra extra)
{
	if (w->n_extras == w->room_extras) {
		w->room_extras = w->room_extras ? 2 * w->room_extras : 64;
		w->extras = zp_must(realloc(w->extras, w->room_extras * sizeof *w->extras));
	}
	w->extras[w->n_extras++] = extra;
}

void zp_intake_hand_over(zp_worker *w)
{
	if (!w->n_noted)
		return;
	pthread_mutex_lock(&w->in->lock);
	for (size_t i = 0; i < w->n_noted; i++)
		zp_intake_keep(zp_intake_note(w->in, w->noted[i].cell), &w->noted[i]);
	pthread_mutex_unlock(&w->in->lock);
	w->n_noted = 0;
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
	if (!zp_extra_is_notable(v))
		return;
	w->noted[w->n_noted++] = *v;
	if (w->n_noted == ZP_NOTED)
		zp_intake_hand_over(w);
}

/* Told once for the programme, when all is read. */
static void in_vain(zp_worker *w, const zp_raw *raw)
{
	zp_in_vain *v = &w->in_vain[w->programme];
	if (!v->n++ || w->file < v->file || (w->file == v->file && raw->line < v->line))
		v->file = w->file, v->line = raw->line;
	w->count.set_aside++;
	w->count.undeclared++;
}

static void undeclared(zp_worker *w, const zp_raw *raw, const zp_programme *p)
{
	const zp_lab *lab = &w->in->run->roster->labs[w->lab];
	char sentence[300];
	if (p->cancelled) {
		in_vain(w, raw);
		return;
	}
	if (w->enrolment && p->unasked[w->measurand * p->n_samples + w->sample])
		snprintf(sentence, sizeof sentence, "sample %s does not ask for %s", p->samples[w->sample], p->scheme->measurands[w->measurand].code);
	else if (w->enrolment)
		snprintf(sentence, sizeof sentence, "laboratory %s has not declared %s in programme %s", lab->code,
			 p->scheme->measurands[w->measurand].code, p->code);
	else
		snprintf(sentence, sizeof sentence, "laboratory %s is not enrolled in programme %s", lab->code, p->code);
	if (p->scheme->choices.undeclared == ZP_UNDECLARED_STOP) {
		zp_intake_problem(w, raw, ZP_FIELD_MEASURAND, "%s", sentence);
		w->count.refused++;
	} else {
		w->field = ZP_FIELD_MEASURAND;
		zp_intake_tell(w, w->remarks, raw->sheet, raw->line, raw->column[ZP_FIELD_MEASURAND], "%s; the result is not used", sentence);
		w->field = ZP_FIELDS;
		w->count.set_aside++;
		w->count.undeclared++;
	}
}

/* A text that is no number, where the scheme lets the round go on without it. */
static void take_unreadable(zp_worker *w, const zp_raw *raw, const char *says, zp_extra *v)
{
	const zp_text text = raw->field[ZP_FIELD_VALUE];
	v->kind = ZP_NOTHING;
	v->value = (zp_decimal){ 0, 0 };
	v->refused = zp_arena_text(w->arena, says, strlen(says));
	v->sent = zp_text_is_plain(text) ? zp_arena_text(w->arena, text.p, text.n) /* it goes into tables and on certificates */
					 : zp_text_show(w->arena, text);
}

/* What the cell of the value says, whatever the measurand takes; into *v as well. */
static zp_said hear(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_text text, zp_value *value, bool *logged,
		    zp_extra *v, const char **says)
{
	*value = (zp_value){ .kind = ZP_NUMBER };
	if (m->scale)
		return zp_intake_reply(w, raw, scheme, m, text, v, says);
	bool said_log = false;
	if (!zp_text_trim(text).n)
		return ZP_SAID_NOTHING;
	if (m->log10)
		*logged |= said_log = zp_intake_logarithm_said(text, value);
	zp_said said = said_log || (m->log10 && zp_intake_power(text, value)) ? ZP_SAID_NUMBER : zp_intake_hear(w, raw, ZP_FIELD_VALUE, scheme, text, value, says);
	if (said == ZP_SAID_REFUSED && m->undetected && zp_intake_is_undetected(value)) {
		*value = (zp_value){ .kind = ZP_UNDETECTED };
		said = ZP_SAID_NUMBER;
	}
	if (said == ZP_SAID_REFUSED && m->undetected && value->kind == ZP_CATEGORY) {
		snprintf(w->sentence, sizeof w->sentence, "was understood as the category %.*s; expected a number, such as 25000, or <20, or 未检出", (int)value->word.n, value->word.p);
		*says = w->sentence;
	}
	if (m->log10 && value->unit.n && !said_log) {
		bool beside;
		value->unit = zp_intake_unlogged(value->unit, &beside);
		*logged |= beside;
	}
	v->kind = (uint8_t)value->kind;
	v->value = value->number;
	return said;
}

/* What is said of the value beside it. Gives: false when that cannot be used, which is told. */
static bool read_rest(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, const zp_value *value, bool logged, zp_extra *v)
{
	const zp_conversion *by = NULL, *times;
	if (m->scale) { /* its unit, if any, belongs to the words of a strip */
		if (!read_received(w, raw) || !find_tuple(w, raw))
			return false;
		v->received = w->received;
		v->peers = w->tuple;
		return true;
	}
	if (!zp_intake_unit(w, raw, scheme, m, value, &by))
		return false;
	times = logged ? NULL : by;
	if (!read_received(w, raw) || (raw->field[ZP_FIELD_UNCERTAINTY].n && !zp_intake_uncertainty(w, raw, scheme, times, &v->u)) || !find_tuple(w, raw) ||
	    (times && v->kind != ZP_UNDETECTED && !zp_intake_convert(w, raw, m, times, v)) || !zp_intake_lod(w, raw, times, logged, v))
		return false;
	v->received = w->received;
	v->peers = w->tuple;
	if (!v->refused)
		v->sent = zp_intake_sent(w, raw, value, v);
	if (logged && by)
		zp_intake_shift(w, raw, value, by, v);
	if (!v->sent && m->log10 && !logged) /* what is printed is the logarithm */
		v->sent = zp_arena_text(w->arena, raw->field[ZP_FIELD_VALUE].p, raw->field[ZP_FIELD_VALUE].n);
	return !m->log10 || logged || zp_intake_logarithms(w, raw, scheme, m, v);
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

/* Whether the laboratory has sent far more in this part of the file than it owes. That is no return but a fault of a program, or
 * malice, and would cost memory. What is counted does not depend on who reads what when: a part is read by one thread. */
static bool sends_too_much(zp_worker *w, const zp_raw *raw)
{
	struct zp_sent *sent = &w->sent[w->lab];
	if (sent->part != w->part)
		*sent = (struct zp_sent){ w->part, 0 };
	if (++sent->n <= SENT_LEAST)
		return false;
	const zp_roster *roster = w->in->run->roster;
	size_t owed = 0;
	for (uint32_t i = roster->first_enrolment[w->lab]; i < roster->first_enrolment[w->lab + 1]; i++)
		owed += (size_t)roster->enrolments[i].n_declared * zp_run_programme(w->in->run, &roster->enrolments[i])->n_samples;
	const size_t most = SENT_TIMES * owed > SENT_LEAST ? SENT_TIMES * owed : SENT_LEAST;
	if (sent->n == most + 1)
		zp_intake_problem(w, raw, ZP_FIELD_LAB, "laboratory %s sent more than %zu values up to here, and owes %zu; what follows of it is not read",
			roster->labs[w->lab].code, most, owed);
	if (sent->n > most)
		sent->n = (uint32_t)most + 2; /* told */
	return sent->n > most;
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
	const zp_text text = zp_csv_trim(raw->field[ZP_FIELD_VALUE]);
	zp_value value;
	const char *says = NULL;
	bool any = zp_text_trim(text).n != 0;
	if (any && sends_too_much(w, raw)) {
		w->count.refused++;
		return;
	}
	zp_extra v = { .file = w->file, .line = (uint32_t)raw->line };
	zp_raw plain;
	bool logged = false;
	if (m->log10) { /* "log10 IU/mL" says that the value is a logarithm already */
		plain = *raw;
		plain.field[ZP_FIELD_UNIT] = zp_intake_unlogged(zp_csv_trim(raw->field[ZP_FIELD_UNIT]), &logged);
		raw = &plain;
	}
	zp_said said = hear(w, raw, p->scheme, m, text, &value, &logged, &v, &says);
	if (said == ZP_SAID_NOTHING) {
		w->count.blank++;
		return;
	}
	const size_t k = w->enrolment ? zp_declared_at(w->enrolment, w->measurand) : SIZE_MAX;
	if (k == SIZE_MAX || p->unasked[w->measurand * p->n_samples + w->sample]) {
		undeclared(w, raw, p);
		return;
	}
	if (said == ZP_SAID_NUMBER && !m->scale && value.unit.n && (says = zp_intake_beside(w, raw, p->scheme, m, &value)))
		said = ZP_SAID_REFUSED;
	char shown[128];
	bool good = said != ZP_SAID_FAULT;
	if (said == ZP_SAID_REFUSED && p->scheme->choices.unreadable == ZP_UNREADABLE_NOT_EVALUATED) {
		take_unreadable(w, raw, says, &v);
		value = (zp_value){ .kind = ZP_NOTHING };
	} else if (said == ZP_SAID_REFUSED) {
		if (zp_intake_problem(w, raw, ZP_FIELD_VALUE, "%s value \"%s\" %s", m->code, zp_text_show_in(shown, sizeof shown, text), says) && m->scale && zp_names_find(m->scale->shown, zp_text_trim(text)) == ZP_NO_NAME)
			zp_problem_ask(w->problems, m->scale->shown, text, ZP_NEAREST_APART);
		good = false;
	}
	if (!good || !read_rest(w, raw, p->scheme, m, &value, logged, &v)) {
		w->count.refused++;
		return;
	}
	v.cell = (uint32_t)(w->enrolment->first_cell + k * p->n_samples + w->sample);
	w->count.accepted++;
	place(w, v.cell, &v);
	if (w->count.accepted % EASED == 0)
		zp_run_ease(w->in->run);
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
