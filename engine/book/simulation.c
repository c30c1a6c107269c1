/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/simulation.h"
#include <math.h>
#include "book/element.h"

#define LEVEL_MOST 1000000 /* with the scheme's places and a unit slip a result keeps within 18 digits */
#define COUNT_MOST 1000000000 /* of a quantity that is judged by its logarithm */
#define WORDS_MOST 200
#define PERCENT_MOST 50
#define SLIP_DIGITS_MOST 9999

#define INSTRUMENT_NEEDS "name share bias"
#define INSTRUMENT_MAY "system method reagent calibrator"

/* A number of the range; NaN after a problem. */
static double number(const zp_reader *r, const zp_element *e, const char *name, double least, double most)
{
	const char *value = zp_attribute_of(e, name);
	zp_decimal d;
	if (!value || !*value)
		return NAN; /* told by zp_element_check */
	if (!zp_element_decimal(r, e, name, ZP_RANGE_ANY, &d))
		return NAN;
	double x = zp_decimal_double(d);
	if (x >= least && x <= most)
		return x;
	zp_refuse(r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected %g to %g", name, e->name, value, least, most);
	return NAN;
}

static void read_slip(const zp_reader *r, const zp_element *e, zp_decimal *out)
{
	const zp_decimal one = { 1, 0 }, least = { 1, -4 }, most = { 1, 4 };
	*out = (zp_decimal){ 1000, 0 };
	if (!zp_element_decimal(r, e, "slip", ZP_RANGE_POSITIVE, out))
		return;
	if (out->m > SLIP_DIGITS_MOST || zp_decimal_compare(*out, least) < 0 || zp_decimal_compare(*out, most) > 0 ||
	    zp_decimal_compare(*out, one) == 0)
		zp_refuse(r, e, "the attribute \"slip\" of <measurand> is \"%s\"; expected a unit factor of at most 4 digits, 0.0001 to "
			  "10000 and not 1", zp_attribute_of(e, "slip"));
}

static zp_sim_instrument read_instrument(const zp_reader *r, const zp_element *e)
{
	zp_element_check(r, e, INSTRUMENT_NEEDS, INSTRUMENT_MAY, "");
	return (zp_sim_instrument){
		.name = zp_element_text(r, e, "name"), .system = zp_element_text(r, e, "system"),
		.method = zp_element_text(r, e, "method"), .reagent = zp_element_text(r, e, "reagent"),
		.calibrator = zp_element_text(r, e, "calibrator"),
		.share = number(r, e, "share", 1e-6, 1e6), .bias = number(r, e, "bias", -PERCENT_MOST, PERCENT_MOST),
	};
}

/* Index of the instrument of this name; n when there is none. */
static size_t find(const zp_sim_instrument *at, size_t n, const char *name)
{
	size_t i = 0;
	while (i < n && strcmp(at[i].name, name) != 0)
		i++;
	return i;
}

static void read_instruments(const zp_reader *r, const zp_element *root, zp_simulation *out)
{
	zp_sim_instrument *at = zp_take(r->arena, zp_sim_instrument, zp_element_count(root, "instrument") + 1);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "instrument"))
			continue;
		zp_sim_instrument one = read_instrument(r, e);
		if (*one.name && find(at, out->n_instruments, one.name) < out->n_instruments)
			zp_refuse(r, e, "instrument \"%s\" is there twice; expected each once", one.name);
		else
			at[out->n_instruments++] = one;
	}
	out->instruments = at;
	if (!out->n_instruments)
		zp_refuse(r, root, "<simulation> has no <instrument>; expected at least one");
}

/* The programme's instruments, those replaced that the measurand names itself. */
static const zp_sim_instrument *own_instruments(const zp_reader *r, const zp_element *measurand, const zp_simulation *of)
{
	size_t n = of->n_instruments;
	if (!measurand->first)
		return of->instruments;
	zp_sim_instrument *at = zp_take(r->arena, zp_sim_instrument, n + 1);
	memcpy(at, of->instruments, n * sizeof *at);
	for (const zp_element *e = measurand->first; e; e = e->next) {
		if (!zp_element_is(e, "instrument"))
			continue; /* told by zp_element_check */
		zp_sim_instrument one = read_instrument(r, e);
		size_t i = find(at, n, one.name);
		if (i == n)
			zp_refuse(r, e, "instrument \"%s\" is none of the programme's", one.name);
		else if (one.share < at[i].share || one.share > at[i].share)
			zp_refuse(r, e, "instrument \"%s\" has share %g here and %g in the programme; expected the same", one.name,
				  one.share, at[i].share);
		else
			at[i] = one;
	}
	return at;
}

/* Whether its levels and spreads are given; a measurand without them has a scale of answers. */
static bool is_quantity(const zp_element *e)
{
	return !zp_attribute_of(e, "negative") || zp_attribute_of(e, "low") || zp_attribute_of(e, "lod");
}

static zp_sim_measurand read_measurand(const zp_reader *r, const zp_element *e, const zp_simulation *of)
{
	zp_sim_measurand m = { .line = (long)e->line, .code = "" };
	const double most = zp_attribute_of(e, "lod") ? COUNT_MOST : LEVEL_MOST;
	int known = 1;
	m.quantity = is_quantity(e);
	zp_element_check(r, e, m.quantity ? "code low high cv between" : "code", m.quantity ? "slip negative known lod" : "negative known", "instrument");
	zp_element_code(r, e, "code", &m.code);
	zp_element_word(r, e, "known", "yes no", &known);
	m.known = known == 0;
	m.negative = zp_attribute_of(e, "negative") ? number(r, e, "negative", 0, 1) : 0;
	m.lod = number(r, e, "lod", 1e-6, LEVEL_MOST);
	m.low = number(r, e, "low", 1e-6, most);
	m.high = number(r, e, "high", 1e-6, most);
	m.cv = number(r, e, "cv", 0, PERCENT_MOST);
	m.between = number(r, e, "between", 0, PERCENT_MOST);
	read_slip(r, e, &m.slip);
	if (m.low > m.high)
		zp_refuse(r, e, "low=\"%s\" is above high=\"%s\"", zp_attribute_of(e, "low"), zp_attribute_of(e, "high"));
	m.instruments = own_instruments(r, e, of);
	return m;
}

static void read_measurands(const zp_reader *r, const zp_element *root, zp_simulation *out)
{
	zp_sim_measurand *at = zp_take(r->arena, zp_sim_measurand, zp_element_count(root, "measurand") + 1);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "measurand"))
			at[out->n_measurands++] = read_measurand(r, e, out);
	out->measurands = at;
	if (!out->n_measurands)
		zp_refuse(r, root, "<simulation> has no <measurand>; expected at least one");
}

static void read_words(const zp_reader *r, const zp_element *root, zp_simulation *out)
{
	if (!zp_element_at_most(r, root, "word", WORDS_MOST))
		return;
	const char **words = zp_take(r->arena, const char *, zp_element_count(root, "word") + 1);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "word") && zp_element_check(r, e, "text", "", ""))
			words[out->n_words++] = zp_element_text(r, e, "text");
	out->words = words;
}

/* Names that become parts of file names. */
static bool is_plain(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
	return n && n <= 32 && !name[n] && *name != '.';
}

static void read_root(const zp_reader *r, const zp_element *root, zp_simulation *out)
{
	if (!zp_element_is(root, "simulation")) {
		zp_refuse(r, root, "the file holds <%s>; expected <simulation>", root->name);
		return;
	}
	zp_element_check(r, root, "programme name scheme", "name-en department", "instrument measurand word");
	out->programme = zp_element_text(r, root, "programme");
	out->title = zp_element_text(r, root, "name");
	out->title_en = zp_element_text(r, root, "name-en");
	out->scheme = zp_element_text(r, root, "scheme");
	out->department = zp_element_text(r, root, "department");
	if (*out->programme && !is_plain(out->programme))
		zp_refuse(r, root, "programme=\"%s\" cannot be part of a file name; expected at most 32 letters, digits, ., _ or -",
			  out->programme);
	read_instruments(r, root, out);
	read_measurands(r, root, out);
	read_words(r, root, out);
}

const zp_simulation *zp_simulation_read(zp_arena *arena, const char *rules_dir, const char *name, zp_problems *rules)
{
	size_t before = zp_problems_count(rules);
	zp_simulation *out = zp_take(arena, zp_simulation, 1);
	if (!is_plain(name)) {
		zp_problem_add(rules, "simulation", 0, 0, "\"%s\" is not the name of a programme to simulate; "
			       "expected letters, digits, ., _ or -", zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	zp_reader r = { arena, zp_arena_print(arena, "simulation/%s.xml", name), rules };
	out->name = zp_arena_text(arena, name, strlen(name));
	out->file = r.file;
	const zp_xml *xml = zp_xml_read(arena, zp_arena_print(arena, "%s/%s", rules_dir, r.file), r.file, rules);
	if (!xml)
		return NULL;
	read_root(&r, xml->root, out);
	if (zp_problems_count(rules) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/simulation.rng", rules_dir), "schemas/simulation.rng",
				NULL, rules);
	return zp_problems_count(rules) == before ? out : NULL;
}
