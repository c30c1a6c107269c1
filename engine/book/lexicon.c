/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/lexicon.h"
#include "book/dictionary.h"
#include "book/units.h"
#include "book/vocabulary.h"

/* The file that e names by that attribute. Gives: NULL when there is none, which is told. */
static zp_volume *find(zp_shelf *s, const zp_reader *r, const zp_element *e, const char *folder, const char *what, const char *name)
{
	const char *file;
	zp_volume *v = zp_shelf_named(s, folder, name, &file);
	const char *shown = zp_text_show(r->arena, zp_text_of(name));
	if (!v && file)
		zp_refuse(r, e, "there is no %s \"%s\": the file %s does not exist; expected one of the rules folder, or a file of the round folder", what, shown,
			  zp_text_show(r->arena, zp_text_of(file)));
	else if (!v)
		zp_refuse(r, e, "the %s is \"%s\"; expected the name of a file below %s/, or a file of the round folder", what, shown, folder);
	return v;
}

static bool take_vocabulary(zp_shelf *s, const zp_reader *r, const zp_element *e, const char *name, zp_scheme *out)
{
	zp_volume *v = find(s, r, e, "vocabulary", "vocabulary", name);
	out->vocabulary = v ? zp_vocabulary_read(s, v) : NULL;
	return out->vocabulary;
}

/* The file of an element that says no more than where it is, <units from="..."/>. */
static zp_volume *find_from(zp_shelf *s, const zp_reader *r, const zp_element *e, const char *folder, const char *what)
{
	return zp_element_check(r, e, "from", "", "") ? find(s, r, e, folder, what, zp_attribute_of(e, "from")) : NULL;
}

static bool take_units(zp_shelf *s, const zp_reader *r, const zp_element *e, zp_scheme *out)
{
	zp_volume *v = find_from(s, r, e, "units", "table of units");
	out->units = v ? zp_units_read(s, v) : NULL;
	return out->units;
}

static bool take_names(zp_shelf *s, const zp_reader *r, const zp_element *e, zp_scheme *out)
{
	zp_volume *v = find_from(s, r, e, "names", "list of names");
	const zp_dictionary *d = v ? zp_dictionary_read(s, v) : NULL;
	for (int k = 0; d && k < ZP_PEER_KEYS; k++)
		out->known_names[k] = d->names[k];
	return d;
}

bool zp_lexicon_take(zp_shelf *s, const zp_reader *r, const zp_element *e, zp_scheme *out)
{
	const char *vocabulary = zp_attribute_of(e, "vocabulary");
	const zp_element *units = zp_element_only(r, e, "units"), *names = zp_element_only(r, e, "names");
	bool good = !vocabulary || !*vocabulary || take_vocabulary(s, r, e, vocabulary, out);
	good &= !units || take_units(s, r, units, out);
	good &= !names || take_names(s, r, names, out);
	return good;
}

bool zp_lexicon_preset(zp_shelf *s, const zp_reader *r, const zp_element *e, zp_scheme *out)
{
	return zp_attribute_of(e, "vocabulary") || take_vocabulary(s, r, e, ZP_VOCABULARY_PRESET, out);
}

/* What can be converted from can be mistaken for the measurand's own unit when nobody names it. */
static void add_mistaken(zp_arena *arena, zp_measurand *m)
{
	zp_mistaken_unit *at = zp_take(arena, zp_mistaken_unit, m->n_mistaken + m->n_conversions);
	if (m->n_mistaken)
		memcpy(at, m->mistaken, m->n_mistaken * sizeof *at);
	for (size_t i = 0; i < m->n_conversions; i++)
		if (zp_decimal_compare(m->conversions[i].factor, (zp_decimal){ 1, 0 }) != 0)
			at[m->n_mistaken++] = (zp_mistaken_unit){ m->conversions[i].unit, 1 / zp_decimal_double(m->conversions[i].factor) };
	m->mistaken = at;
}

void zp_lexicon_measurand(zp_arena *arena, const zp_scheme *scheme, const zp_element *e, zp_measurand *m)
{
	const char *code = zp_attribute_of(e, "limit-code");
	const zp_unit_row *row = scheme->units ? zp_units_for(scheme->units, code ? code : m->code, m->unit) : NULL;
	if (row) {
		m->conversions = row->conversions;
		m->n_conversions = row->n;
		add_mistaken(arena, m);
	}
}
