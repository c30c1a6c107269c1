/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a row that hold numbers: what is written there, in which unit, and what that is in the measurand's own.
 * Plain digits in the measurand's own unit are the usual case and go straight through. */
#include <stdarg.h>
#include "book/units.h"
#include "run/intake.h"

#define SPOKEN_MOST 1024 /* of a block: beyond it a cell may be told again */

/* A cell of the header, of a line above it, or of a row of many samples is told once to each laboratory. */
static bool spoken_of(zp_worker *w, const zp_raw *raw, zp_field field, long line)
{
	char key[96];
	if (field == ZP_FIELD_VALUE || !raw->column[field])
		return false;
	if (!w->spoken)
		w->spoken = zp_names_take(w->arena);
	int n = snprintf(key, sizeof key, "%u %d %ld %u %llx", w->known >= ZP_ROW_LAB ? w->lab : ZP_NO_NAME, (int)field, line, raw->column[field],
			 (unsigned long long)(raw->sheet.n ? zp_text_hash(raw->sheet) : 0));
	const zp_text text = { key, (size_t)n };
	if (zp_names_find(w->spoken, text) != ZP_NO_NAME)
		return true;
	if (zp_names_count(w->spoken) < SPOKEN_MOST)
		zp_names_add(w->spoken, text);
	return false;
}

bool zp_intake_problem(zp_worker *w, const zp_raw *raw, zp_field field, const char *fmt, ...)
{
	const long line = raw->above[field] ? (long)raw->above[field] : raw->line;
	if (spoken_of(w, raw, field, line))
		return false;
	va_list args;
	va_start(args, fmt);
	w->field = field;
	zp_intake_tell_list(w, w->problems, raw->sheet, line, raw->column[field], fmt, args);
	w->field = ZP_FIELDS;
	va_end(args);
	return true;
}

/* A fault of the rules stops the round. The first in the order of files and lines is told, whoever met it when. */
void zp_intake_fault_of(zp_worker *w, const zp_raw *raw, zp_field field, const char *says)
{
	zp_intake *in = w->in;
	zp_intake_fault now = { .is = true, .file = w->file, .line = raw->line, .column = raw->column[field] };
	pthread_mutex_lock(&in->lock);
	zp_intake_fault *first = &in->fault;
	if (!first->is || now.file < first->file || (now.file == first->file && (now.line < first->line || (now.line == first->line && now.column < first->column)))) {
		now.place = raw->sheet.p ? zp_arena_print(in->arena, "%s:%.*s", w->source->name, (int)raw->sheet.n, raw->sheet.p) : w->source->name;
		now.says = zp_arena_text(in->arena, says, strlen(says));
		*first = now;
	}
	pthread_mutex_unlock(&in->lock);
}

/* What a scheme that takes numbers says of a value that is none. */
static const char *no_number(zp_worker *w, const zp_value *value)
{
	static const char *const kinds[ZP_KINDS] = { [ZP_CATEGORY] = "category", [ZP_TITRE] = "titre", [ZP_GRADE] = "grade" };
	char text[ZP_WORD_BYTES], shown[ZP_WORD_BYTES];
	zp_value_write(value, text, sizeof text);
	snprintf(w->sentence, sizeof w->sentence, "was understood as the %s %s; expected a number, such as 5.20, or <0.5", kinds[value->kind],
		 zp_text_show_in(shown, sizeof shown, zp_text_of(text)));
	return w->sentence;
}

zp_said zp_intake_hear(zp_worker *w, const zp_raw *raw, zp_field field, const zp_scheme *scheme, zp_text text, zp_value *out, const char **says)
{
	*out = (zp_value){ .kind = ZP_NUMBER };
	switch (zp_decimal_read(text.p, text.n, &out->number)) { /* the usual case: plain digits */
	case ZP_NUMBER_OK: return ZP_SAID_NUMBER;
	case ZP_NUMBER_TOO_LONG: *says = ZP_TOO_LONG_A_NUMBER; return ZP_SAID_REFUSED;
	case ZP_NUMBER_NOT: break;
	}
	if (!w->listener)
		w->listener = zp_listener_take(w->arena);
	switch (zp_hear(scheme->vocabulary, w->listener, text, out, says)) {
	case ZP_HEARD: break;
	case ZP_HEARD_REFUSED: return ZP_SAID_REFUSED;
	case ZP_HEARD_FAULT: zp_intake_fault_of(w, raw, field, *says); return ZP_SAID_FAULT;
	}
	if (out->kind == ZP_NOTHING)
		return ZP_SAID_NOTHING;
	if (out->kind == ZP_NUMBER || out->kind == ZP_BELOW || out->kind == ZP_ABOVE)
		return ZP_SAID_NUMBER;
	*says = no_number(w, out);
	return ZP_SAID_REFUSED;
}

/* ---- units ---- */

/* "mmol/L", "mmol/L or mg/dL": what would have been understood. */
static const char *units_known(const zp_scheme *scheme, const zp_measurand *m, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "%s", m->unit), last = scheme->choices.other_unit == ZP_OTHER_UNIT_CONVERT ? m->n_conversions : 0;
	for (size_t i = 0; i < last && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", i + 1 < last ? ", " : " or ", m->conversions[i].unit);
	return out;
}

static bool refuse_unit(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_text unit)
{
	char shown[128], value[128], known[400];
	zp_intake_problem(w, raw, ZP_FIELD_UNIT, "%s \"%s\": unit \"%s\" is not known for it; expected %s", m->code,
			  zp_text_show_in(value, sizeof value, raw->field[ZP_FIELD_VALUE]), zp_text_show_in(shown, sizeof shown, unit),
			  units_known(scheme, m, known, sizeof known));
	return false;
}

/* The unit column. w->unit_which is 0 for the measurand's own, else the number of the conversion. */
static bool find_unit(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_text unit)
{
	if (zp_intake_again(&w->unit_text, unit) && w->unit_good)
		return true;
	w->unit_which = unit.n ? zp_unit_of(scheme, m, unit) : 0;
	w->unit_good = w->unit_which != ZP_UNIT_UNKNOWN;
	return w->unit_good || refuse_unit(w, raw, scheme, m, unit);
}

const char *zp_intake_beside(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, const zp_value *value)
{
	const zp_text unit = zp_csv_trim(raw->field[ZP_FIELD_UNIT]);
	char shown[128], column[128], known[400];
	for (size_t i = 0; i < m->n_kits && !unit.n; i++)
		if (zp_text_is(value->unit, m->kits[i].by.unit)) /* whether the kit has a factor is told by itself */
			return NULL;
	const size_t which = zp_unit_of(scheme, m, value->unit), by_column = unit.n ? zp_unit_of(scheme, m, unit) : ZP_UNIT_UNKNOWN;
	if (which != ZP_UNIT_UNKNOWN && (by_column == ZP_UNIT_UNKNOWN || by_column == which)) /* an unknown column is told by itself */
		return NULL;
	zp_text_show_in(shown, sizeof shown, value->unit);
	if (which == ZP_UNIT_UNKNOWN)
		snprintf(w->sentence, sizeof w->sentence, "has the unit \"%s\", which is not known for it; expected %s", shown,
			 units_known(scheme, m, known, sizeof known));
	else
		snprintf(w->sentence, sizeof w->sentence, "says %s, and its unit says %s; expected one unit", shown,
			 zp_text_show_in(column, sizeof column, unit));
	return w->sentence;
}

/* "copies/mL": a unit that only the factor of a kit converts. Gives: false when the kit has none, which is told. */
static bool find_kit(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_text unit, const zp_conversion **by)
{
	const zp_text reagent = zp_intake_name(raw, scheme, ZP_KIT_KEY);
	char shown[128], kit[128];
	bool known = false;
	for (size_t i = 0; i < m->n_kits; i++) {
		if (!zp_text_is(unit, m->kits[i].by.unit))
			continue;
		known = true;
		if (zp_text_is(reagent, m->kits[i].reagent)) {
			*by = &m->kits[i].by;
			return true;
		}
	}
	if (known)
		zp_intake_problem(w, raw, ZP_FIELD_UNIT, "%s is in %s, and its kit \"%s\" has no factor in the scheme; expected %s, or a kit that has one", m->code,
				  zp_text_show_in(shown, sizeof shown, unit), zp_text_show_in(kit, sizeof kit, reagent), m->unit);
	return !known;
}

bool zp_intake_unit(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, const zp_value *value, const zp_conversion **by)
{
	*by = NULL;
	if (m->n_kits) {
		if (!find_kit(w, raw, scheme, m, value->unit.n ? value->unit : zp_csv_trim(raw->field[ZP_FIELD_UNIT]), by))
			return false;
		if (*by)
			return true;
	}
	if (!find_unit(w, raw, scheme, m, zp_csv_trim(raw->field[ZP_FIELD_UNIT])))
		return false;
	const size_t which = value->unit.n ? zp_unit_of(scheme, m, value->unit) : w->unit_which;
	*by = which ? &m->conversions[which - 1] : NULL;
	return true;
}

bool zp_intake_convert(zp_worker *w, const zp_raw *raw, const zp_measurand *m, const zp_conversion *by, zp_extra *v)
{
	char shown[128];
	if (v->refused)
		return true;
	if (!zp_decimal_times(v->value, by->factor, &v->value)) {
		zp_intake_problem(w, raw, ZP_FIELD_VALUE, "%s value \"%s\" cannot be told in %s; expected a number within 10^-99 and 10^99", m->code,
				  zp_text_show_in(shown, sizeof shown, raw->field[ZP_FIELD_VALUE]), m->unit);
		return false;
	}
	v->converted = by->says;
	return true;
}

bool zp_intake_uncertainty(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_conversion *by, double *u)
{
	const zp_text text = zp_csv_trim(raw->field[ZP_FIELD_UNCERTAINTY]);
	zp_value value;
	const char *says;
	char shown[128];
	*u = 0;
	if (!zp_text_trim(text).n)
		return true;
	const zp_said said = zp_intake_hear(w, raw, ZP_FIELD_UNCERTAINTY, scheme, text, &value, &says);
	if (said == ZP_SAID_NOTHING)
		return true;
	if (said == ZP_SAID_FAULT)
		return false;
	if (said == ZP_SAID_NUMBER && value.kind == ZP_NUMBER && !value.unit.n && zp_decimal_sign(value.number) > 0 &&
	    (!by || zp_decimal_times(value.number, by->factor, &value.number))) {
		*u = zp_decimal_double(value.number);
		return true;
	}
	zp_intake_problem(w, raw, ZP_FIELD_UNCERTAINTY, "uncertainty \"%s\" is not usable; expected a standard uncertainty above 0, or nothing",
			  zp_text_show_in(shown, sizeof shown, text));
	return false;
}

const char *zp_intake_sent(zp_worker *w, const zp_raw *raw, const zp_value *value, const zp_extra *v)
{
	const zp_text text = raw->field[ZP_FIELD_VALUE], unit = zp_csv_trim(raw->field[ZP_FIELD_UNIT]);
	char printed[ZP_DECIMAL_TEXT + 1];
	size_t n = 0;
	if (v->converted && !value->unit.n)
		return zp_arena_print(w->arena, "%.*s %.*s", (int)text.n, text.p, (int)unit.n, unit.p);
	if (v->kind == ZP_BELOW || v->kind == ZP_ABOVE)
		printed[n++] = v->kind == ZP_BELOW ? '<' : '>';
	if (v->kind == ZP_UNDETECTED)
		return zp_arena_text(w->arena, text.p, text.n);
	n += zp_decimal_write(v->value, printed + n);
	if (text.n == n && memcmp(text.p, printed, n) == 0)
		return NULL;
	return zp_arena_text(w->arena, text.p, text.n);
}
