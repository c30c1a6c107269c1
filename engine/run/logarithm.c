/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities that are judged by their logarithm, and those of which nothing was found. */
#include <math.h>
#include "run/intake.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The digit at p, plain or raised. Gives: its length; 0 when there is none. */
static size_t any_digit(const char *p, size_t n, char *digit)
{
	static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	if (n && is_digit(*p)) {
		*digit = *p;
		return 1;
	}
	for (size_t i = 0; i < 10; i++)
		if (n >= strlen(raised[i]) && memcmp(p, raised[i], strlen(raised[i])) == 0) {
			*digit = (char)('0' + i);
			return strlen(raised[i]);
		}
	return 0;
}

/* Where the unit begins, behind a power of ten; text.n when there is none. */
static size_t unit_at(zp_text text)
{
	for (size_t i = 0; i + 2 < text.n; i++)
		if (text.p[i] == ' ' && !strchr(" 1", text.p[i + 2]) && ((text.p[i + 1] >= 'A' && text.p[i + 1] <= 'Z') || (text.p[i + 1] >= 'a' && text.p[i + 1] <= 'z')))
			return i + 1;
	return text.n;
}

/* Whether the blank at i stands between digits that nobody writes as one number. "1.5x10 3" is what is left of a raised 3. */
static bool parts_digits(zp_text text, size_t i, const char *plain, size_t n)
{
	const bool behind_ten = n > 2 && !zp_is_of_number(plain[n - 3]) && plain[n - 2] == '1' && plain[n - 1] == '0';
	return n && is_digit(plain[n - 1]) && i + 1 < text.n && is_digit(text.p[i + 1]) && !behind_ten;
}

bool zp_intake_power(zp_text text, zp_value *out)
{
	const size_t unit = unit_at(text = zp_text_trim(text));
	const zp_text beside = { text.p + unit, text.n - unit };
	text.n = unit;
	static const char *const times[] = { "×10", "x10", "X10", "*10" };
	char plain[64], number[80];
	size_t n = 0, at = 0, digits = 0, step = 0;
	char digit = '0';
	for (size_t i = 0; i < text.n && n < sizeof plain; i++)
		if (text.p[i] != ' ')
			plain[n++] = text.p[i];
		else if (parts_digits(text, i, plain, n))
			return false;
	if (n == sizeof plain)
		return false;
	while (at < n && zp_is_of_number(plain[at]))
		number[digits++] = plain[at++];
	for (size_t i = 0; i < sizeof times / sizeof *times && !step; i++)
		if (digits && n - at > strlen(times[i]) && memcmp(plain + at, times[i], strlen(times[i])) == 0)
			step = strlen(times[i]);
	if (!step)
		return false;
	at += step;
	if (plain[at] == '0') /* "5x100" and "5x1000" are no powers of ten */
		return false;
	at += plain[at] == '^';
	number[digits++] = 'E';
	const size_t before = digits;
	while (at < n && digits < before + 2 && (step = any_digit(plain + at, n - at, &digit))) {
		number[digits++] = digit;
		at += step;
	}
	*out = (zp_value){ .kind = ZP_NUMBER, .unit = beside };
	return digits > before && at == n && zp_decimal_read(number, digits, &out->number) == ZP_NUMBER_OK;
}

/* Whether a text begins with the word, in whatever case. */
static bool begins_with(zp_text text, const char *lower)
{
	size_t n = 0;
	while (lower[n] && n < text.n && (text.p[n] >= 'A' && text.p[n] <= 'Z' ? text.p[n] - 'A' + 'a' : text.p[n]) == lower[n])
		n++;
	return !lower[n];
}

zp_text zp_intake_unlogged(zp_text unit, bool *logged)
{
	static const char *const prefixes[] = { "log10", "log", "lg" };
	size_t n = 0;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes && !n; i++)
		n = begins_with(unit, prefixes[i]) ? strlen(prefixes[i]) : 0;
	*logged = n && unit.n > n; /* of a unit: "log10" alone does not say of what */
	if (!*logged)
		return unit;
	unit = zp_text_trim((zp_text){ unit.p + n, unit.n - n });
	if (unit.n > 2 && unit.p[0] == '(' && unit.p[unit.n - 1] == ')')
		unit = zp_text_trim((zp_text){ unit.p + 1, unit.n - 2 });
	return unit;
}

bool zp_intake_logarithm_said(zp_text text, zp_value *out)
{
	size_t n = 0;
	bool logged;
	text = zp_text_trim(text);
	while (n < text.n && zp_is_of_number(text.p[n]))
		n++;
	const zp_text unit = zp_intake_unlogged(zp_text_trim((zp_text){ text.p + n, text.n - n }), &logged);
	*out = (zp_value){ .kind = ZP_NUMBER, .unit = unit };
	return logged && zp_decimal_read(text.p, n, &out->number) == ZP_NUMBER_OK;
}

bool zp_intake_logarithm(const zp_choices *c, zp_decimal *x)
{
	if (zp_decimal_sign(*x) <= 0)
		return false;
	*x = zp_decimal_shortest(log10(zp_decimal_double(*x)));
	if (c->log_places >= 0)
		*x = zp_decimal_round(*x, c->log_places);
	return true;
}

bool zp_intake_logarithms(zp_worker *w, const zp_raw *raw, const zp_scheme *scheme, const zp_measurand *m, zp_extra *v)
{
	char shown[128];
	const double x = zp_decimal_double(v->value);
	if (v->kind == ZP_UNDETECTED || v->kind == ZP_NOTHING || zp_intake_logarithm(&scheme->choices, &v->value)) {
		v->u = v->u > 0 && x > 0 ? v->u / (x * M_LN10) : v->u;
		return !v->has_lod || zp_intake_logarithm(&scheme->choices, &v->lod) ||
		       zp_intake_problem(w, raw, ZP_FIELD_LOD, "the limit of detection is not above 0; expected a number such as 20");
	}
	zp_intake_problem(w, raw, ZP_FIELD_VALUE, "%s value \"%s\" has no logarithm; expected a number above 0, or 未检出 when nothing was found", m->code,
			  zp_text_show_in(shown, sizeof shown, raw->field[ZP_FIELD_VALUE]));
	return false;
}

void zp_intake_shift(zp_worker *w, const zp_raw *raw, const zp_value *value, const zp_conversion *by, zp_extra *v)
{
	const zp_text text = raw->field[ZP_FIELD_VALUE], unit = zp_csv_trim(raw->field[ZP_FIELD_UNIT]);
	const double term = log10(zp_decimal_double(by->factor));
	if (v->kind != ZP_UNDETECTED && v->kind != ZP_NOTHING) {
		v->value = zp_decimal_shortest(zp_decimal_double(v->value) + term);
		v->converted = by->says;
		v->sent = value->unit.n ? v->sent : zp_arena_print(w->arena, "%.*s log10 %.*s", (int)text.n, text.p, (int)unit.n, unit.p);
	}
	if (v->has_lod)
		v->lod = zp_decimal_shortest(zp_decimal_double(v->lod) + term);
}

#define LOG_LOD_MOST 5 /* nothing detects no less than 100,000: such a "logarithm" is the limit itself, beside a value that is one */

bool zp_intake_lod(zp_worker *w, const zp_raw *raw, const zp_conversion *by, bool logged, zp_extra *v)
{
	const zp_text text = zp_csv_trim(raw->field[ZP_FIELD_LOD]);
	char shown[128], folded[64];
	if (!zp_text_trim(text).n)
		return true;
	const zp_text plain = zp_text_trim((zp_text){ folded, text.n <= sizeof folded ? zp_text_fold(text, folded) : 0 });
	v->has_lod = plain.n && zp_decimal_read(plain.p, plain.n, &v->lod) == ZP_NUMBER_OK && zp_decimal_sign(v->lod) > 0 &&
		     (!by || zp_decimal_times(v->lod, by->factor, &v->lod));
	if (!v->has_lod)
		zp_intake_problem(w, raw, ZP_FIELD_LOD, "limit of detection \"%s\" is not usable; expected a number above 0, or nothing", zp_text_show_in(shown, sizeof shown, text));
	if (v->has_lod && logged && zp_decimal_compare(v->lod, (zp_decimal){ LOG_LOD_MOST, 0 }) >= 0) {
		zp_intake_problem(w, raw, ZP_FIELD_LOD, "limit of detection \"%s\" stands beside a logarithm and is none; expected it in the unit of the value, such as 1.30 for 20 IU/mL",
				  zp_text_show_in(shown, sizeof shown, text));
		return false;
	}
	return v->has_lod;
}

bool zp_intake_is_undetected(const zp_value *value)
{
	return value->kind == ZP_CATEGORY && (zp_text_is(value->word, "negative") || zp_text_is(value->word, "not detected"));
}
