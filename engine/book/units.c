/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/units.h"

#define UNITS_MOST 1000
#define SPELLINGS_MOST 100 /* of a unit */
#define ROWS_MOST 5000
#define FACTORS_MOST 50    /* of a measurand */

/* ---- how units are written ---- */

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

size_t zp_unit_key(zp_text unit, char *out)
{
	char folded[ZP_UNIT_BYTES];
	if (unit.n > sizeof folded)
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

bool zp_unit_same(const zp_unit_table *table, zp_text a, zp_text b)
{
	char x[2 * ZP_UNIT_BYTES], y[2 * ZP_UNIT_BYTES];
	if (zp_text_same(a, b))
		return true;
	const size_t n = zp_unit_key(a, x), m = zp_unit_key(b, y);
	if (!n || !m)
		return false;
	if (n == m && memcmp(x, y, n) == 0)
		return true;
	const uint32_t number = table ? zp_names_find(table->spellings, (zp_text){ x, n }) : ZP_NO_NAME;
	return number != ZP_NO_NAME && number == zp_names_find(table->spellings, (zp_text){ y, m });
}

const zp_unit_row *zp_units_for(const zp_unit_table *table, const char *code, const char *unit)
{
	for (size_t i = 0; i < table->n; i++)
		if (strcmp(table->rows[i].code, code) == 0 && zp_unit_same(table, zp_text_of(table->rows[i].unit), zp_text_of(unit)))
			return &table->rows[i];
	return NULL;
}

size_t zp_unit_of(const zp_scheme *scheme, const zp_measurand *m, zp_text unit)
{
	if (zp_unit_same(scheme->units, unit, zp_text_of(m->unit)))
		return 0;
	for (size_t i = 0; i < m->n_conversions && scheme->choices.other_unit == ZP_OTHER_UNIT_CONVERT; i++)
		if (zp_unit_same(scheme->units, unit, zp_text_of(m->conversions[i].unit)))
			return i + 1;
	return ZP_UNIT_UNKNOWN;
}

/* ---- reading ---- */

static void take_spelling(const zp_reader *r, const zp_element *e, const char *text, zp_names *spellings, uint32_t *number)
{
	char key[2 * ZP_UNIT_BYTES];
	const char *shown = zp_text_show(r->arena, zp_text_of(text));
	const size_t n = zp_unit_key(zp_text_trim(zp_text_of(text)), key);
	if (!n) {
		zp_refuse(r, e, "\"%s\" is no unit; expected 1 to %d bytes that are not blanks", shown, ZP_UNIT_BYTES);
		return;
	}
	const uint32_t known = zp_names_find(spellings, (zp_text){ key, n });
	if (*number == ZP_NO_NAME && known == ZP_NO_NAME)
		*number = zp_names_add(spellings, (zp_text){ key, n });
	else if (*number == ZP_NO_NAME || (known != ZP_NO_NAME && known != *number))
		zp_refuse(r, e, "\"%s\" stands for two units; expected it to mean one", shown);
	else
		zp_names_alias(spellings, (zp_text){ key, n }, *number);
}

static void take_unit(const zp_reader *r, const zp_element *e, zp_names *spellings)
{
	uint32_t number = ZP_NO_NAME;
	if (!zp_element_check(r, e, "name", "", "spelling") || !zp_element_at_most(r, e, "spelling", SPELLINGS_MOST))
		return;
	take_spelling(r, e, zp_attribute_of(e, "name"), spellings, &number);
	for (const zp_element *c = e->first; c && number != ZP_NO_NAME; c = c->next)
		if (zp_element_is(c, "spelling") && zp_element_check(r, c, "of", "", ""))
			take_spelling(r, c, zp_attribute_of(c, "of"), spellings, &number);
}

static bool take_factor(const zp_reader *r, const zp_element *e, const zp_unit_table *table, zp_unit_row *row, zp_conversion *out)
{
	int grade = -1;
	if (!zp_element_check(r, e, "unit factor source confidence", "note", ""))
		return false;
	bool good = zp_element_word(r, e, "confidence", "A B C D", &grade);
	good &= zp_element_decimal(r, e, "factor", ZP_RANGE_POSITIVE, &out->factor);
	out->unit = zp_element_text(r, e, "unit");
	const zp_text unit = zp_text_of(out->unit);
	if (zp_unit_same(table, unit, zp_text_of(row->unit)))
		return zp_refuse(r, e, "the factor leads from %s to %s, which is one unit; expected another", out->unit, row->unit);
	for (size_t i = 0; i < row->n; i++)
		if (zp_unit_same(table, unit, zp_text_of(row->conversions[i].unit)))
			return zp_refuse(r, e, "a second factor leads from %s to %s; expected one", out->unit, row->unit);
	out->says = zp_arena_print(r->arena, "converted from %s: x %s (%s %s)", out->unit, zp_element_text(r, e, "factor"), table->name, table->version);
	return good;
}

static void take_row(const zp_reader *r, const zp_element *e, const zp_unit_table *table, zp_unit_row *row)
{
	zp_decimal mass;
	*row = (zp_unit_row){ .code = "", .unit = "", .line = e->line };
	if (!zp_element_check(r, e, "code name unit", "molar-mass", "from") || !zp_element_at_most(r, e, "from", FACTORS_MOST))
		return;
	zp_element_code(r, e, "code", &row->code);
	zp_element_decimal(r, e, "molar-mass", ZP_RANGE_POSITIVE, &mass);
	row->unit = zp_element_text(r, e, "unit");
	const zp_unit_row *first = zp_units_for(table, row->code, row->unit);
	if (first)
		zp_refuse(r, e, "a second measurand has the code \"%s\" and the unit %s; the first is in line %u, expected one", row->code, row->unit, first->line);
	zp_conversion *conversions = zp_take(r->arena, zp_conversion, zp_element_count(e, "from") + 1);
	row->conversions = conversions;
	for (const zp_element *c = e->first; c; c = c->next)
		if (zp_element_is(c, "from"))
			row->n += take_factor(r, c, table, row, &conversions[row->n]);
}

static void take_all(const zp_reader *r, const zp_element *root, zp_unit_table *table)
{
	zp_names *spellings = zp_names_take(r->arena);
	zp_element_check(r, root, "name version title title-en", "", "unit measurand");
	table->name = zp_element_text(r, root, "name");
	table->version = zp_element_text(r, root, "version");
	table->spellings = spellings;
	if (!zp_element_at_most(r, root, "unit", UNITS_MOST) || !zp_element_at_most(r, root, "measurand", ROWS_MOST))
		return;
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "unit"))
			take_unit(r, e, spellings);
	zp_unit_row *rows = zp_take(r->arena, zp_unit_row, zp_element_count(root, "measurand") + 1);
	table->rows = rows;
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "measurand")) {
			take_row(r, e, table, &rows[table->n]);
			table->n++;
		}
}

const zp_unit_table *zp_units_read(zp_shelf *s, zp_volume *v)
{
	if (v->units || v->bad)
		return v->units;
	const zp_xml *xml = zp_shelf_read(s, v, "units", s->rules);
	if (!xml)
		return NULL;
	const size_t before = zp_problems_count(s->rules);
	const zp_reader r = { s->arena, v->file, s->rules };
	zp_unit_table *table = zp_take(s->arena, zp_unit_table, 1);
	table->file = v->file;
	take_all(&r, xml->root, table);
	if (zp_problems_count(s->rules) == before)
		zp_shelf_validate(s, v, "units", s->rules);
	v->bad = zp_problems_count(s->rules) != before;
	v->units = v->bad ? NULL : table;
	return v->units;
}
