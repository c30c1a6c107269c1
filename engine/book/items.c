/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What round.xml says of single items, a measurand in a sample: targets that are stated or come from values of others,
 * reference values, and the tests of the material. */
#include <stdlib.h>
#include "book/plan.h"
#include "book/scale.h"
#include "model/outcome.h"
#include "stats/order.h"

#define VALUES_MOST 1000 /* of a <known>, and items of a <material> */
#define REPLICATES_MOST 20

/* A programme while its items are read. */
typedef struct items {
	zp_plan_work *w;
	const zp_programme *p;
	zp_given *given;
	zp_reference *reference;
	const zp_material **material;
} items;

/* The item that measurand and sample name; SIZE_MAX when there is none, which is told. */
static size_t item_of(const items *i, const zp_element *e)
{
	const zp_reader *r = &i->w->r;
	const zp_text measurand = zp_text_of(zp_attribute_of(e, "measurand")), sample = zp_text_of(zp_attribute_of(e, "sample"));
	const uint32_t m = zp_names_find(i->p->scheme->measurand_names, measurand), s = zp_names_find(i->p->sample_names, sample);
	if (m == ZP_NO_NAME)
		zp_refuse(r, e, "there is no measurand \"%s\" in the programme \"%s\"; expected one that it has", zp_text_show(r->arena, measurand), i->p->code);
	if (s == ZP_NO_NAME)
		zp_refuse(r, e, "there is no sample \"%s\" in the programme \"%s\"; expected one that it has", zp_text_show(r->arena, sample), i->p->code);
	return m == ZP_NO_NAME || s == ZP_NO_NAME ? SIZE_MAX : m * i->p->n_samples + s;
}

static void refuse_second(const items *i, const zp_element *e, const char *what)
{
	const zp_reader *r = &i->w->r;
	zp_refuse(r, e, "a second %s the measurand \"%s\" and the sample \"%s\"; expected one", what,
		  zp_text_show(r->arena, zp_text_of(zp_attribute_of(e, "measurand"))), zp_text_show(r->arena, zp_text_of(zp_attribute_of(e, "sample"))));
}

/* ---- known ---- */

/* The values listed in <known>, ascending. */
static bool take_values(const items *i, const zp_element *e, double **x, size_t *n)
{
	const zp_reader *r = &i->w->r;
	bool good = zp_element_at_most(r, e, "value", VALUES_MOST);
	*n = 0;
	*x = zp_take(r->arena, double, zp_element_count(e, "value") + 1);
	for (const zp_element *v = e->first; v && good; v = v->next) {
		zp_decimal d;
		if (!zp_element_is(v, "value"))
			continue;
		good = zp_element_check(r, v, "x", "lab", "") && zp_element_decimal(r, v, "x", ZP_RANGE_ANY, &d);
		if (good)
			(*x)[(*n)++] = zp_decimal_double(d);
	}
	if (good)
		zp_sort(*x, *n, zp_take(r->arena, uint64_t, 2 * *n + 1));
	return good;
}

/* A target that a method makes of settings and of values that are not the participants'. */
static bool take_method(const items *i, const zp_element *e, zp_given *out)
{
	const zp_reader *r = &i->w->r;
	const char *method = zp_attribute_of(e, "method");
	const zp_registry *registry = i->w->shelf->registry;
	const zp_plugin *plugin = zp_registry_find(registry, ZP_ESTIMATOR, method);
	const zp_settings defaults = zp_settings_default();
	const double *settings;
	zp_sample sample = { .n = 0 };
	zp_estimate estimate;
	zp_error err = { 0 };
	zp_lend lend;
	double *x;
	if (!plugin || !zp_method_fits(plugin, ZP_FOR_KNOWN))
		return zp_refuse(r, e, "there is no method \"%s\" for a known target; expected one of %s", zp_text_show(r->arena, zp_text_of(method)),
				 zp_methods_named(r->arena, registry, ZP_FOR_KNOWN));
	if (!zp_method_settings(r, &defaults, e, plugin, "measurand sample source method", "", "value", &settings) || !take_values(i, e, &x, &sample.n))
		return false;
	sample.x = x;
	if (plugin->does.estimator->least_n == 0 && sample.n > 0)
		return zp_refuse(r, e, "the method \"%s\" has values here; expected none, for it takes its target from its settings", method);
	if (sample.n < plugin->does.estimator->least_n)
		return zp_refuse(r, e, "the method \"%s\" has %zu values here; expected at least %zu, as <value x=\"5.6\"/>", method, sample.n,
				 plugin->does.estimator->least_n);
	const bool found = plugin->does.estimator->estimate(zp_lend_to(&lend, r->arena, plugin, settings), &sample, &estimate, &err);
	zp_lend_ended(plugin);
	if (!found)
		return zp_refuse(r, e, "the method \"%s\" has no answer: %s", method, err.text);
	if (!isfinite(estimate.x) || !estimate.converged)
		return zp_refuse(r, e, "the method \"%s\" did not come to an answer", method);
	if (estimate.collapsed)
		estimate.u = ZP_NONE;
	*out = (zp_given){ .is = true, .x_pt = zp_decimal_shortest(estimate.x), .u = estimate.u, .source = zp_element_text(r, e, "source"),
			   .by = plugin, .estimate = estimate };
	if (sample.n == 0 && zp_attribute_of(e, "x")) /* a certified value keeps the digits it is written with */
		return zp_element_decimal(r, e, "x", ZP_RANGE_ANY, &out->x_pt);
	return true;
}

static bool take_stated(const items *i, const zp_element *e, zp_given *out)
{
	const zp_reader *r = &i->w->r;
	zp_decimal x_pt = { 0 }, u = { 0 };
	if (!zp_element_check(r, e, "measurand sample x-pt source", "u", ""))
		return false;
	bool good = zp_element_decimal(r, e, "x-pt", ZP_RANGE_ANY, &x_pt);
	good &= zp_element_decimal(r, e, "u", ZP_RANGE_NOT_NEGATIVE, &u);
	*out = (zp_given){ .is = true, .x_pt = x_pt, .u = zp_attribute_of(e, "u") ? zp_decimal_double(u) : ZP_NONE,
			   .source = zp_element_text(r, e, "source") };
	return good;
}

/* The measurand that e names; NULL when there is none, which item_of tells. */
static const zp_measurand *measurand_of(const items *i, const zp_element *e)
{
	const uint32_t m = zp_names_find(i->p->scheme->measurand_names, zp_text_of(zp_attribute_of(e, "measurand")));
	return m == ZP_NO_NAME ? NULL : &i->p->scheme->measurands[m];
}

/* <accept value="..." credit="50"/>: what counts beside the expected answer. */
static bool take_accepted(const items *i, const zp_element *e, const zp_measurand *m, zp_given *out)
{
	const zp_reader *r = &i->w->r;
	if (!zp_element_at_most(r, e, "accept", ZP_ANSWERS_MOST))
		return false;
	zp_accepted *accepted = zp_take(r->arena, zp_accepted, zp_element_count(e, "accept") + 1);
	bool good = true;
	for (const zp_element *c = e->first; c; c = c->next) {
		int credit = 100;
		zp_accepted *a = &accepted[out->n_accepted];
		if (!zp_element_is(c, "accept"))
			continue;
		good &= zp_element_check(r, c, "value", "credit", "") && zp_element_whole(r, c, "credit", 1, 100, &credit) &&
			zp_scale_stated(r, c, "value", m, &a->answer);
		a->credit = (unsigned)credit;
		for (size_t k = 0; k < out->n_accepted && good; k++)
			if (accepted[k].answer == a->answer)
				good = zp_refuse(r, c, "\"%s\" is accepted twice; expected each answer once", zp_text_show(r->arena, zp_text_of(zp_attribute_of(c, "value"))));
		if (good && a->answer == out->answer)
			good = zp_refuse(r, c, "\"%s\" is the expected answer; expected others in <accept>", zp_text_show(r->arena, zp_text_of(zp_attribute_of(c, "value"))));
		out->n_accepted++;
	}
	out->accepted = accepted;
	return good;
}

/* A target that is an answer, or that nothing is there. */
static bool take_answer(const items *i, const zp_element *e, zp_given *out)
{
	const zp_reader *r = &i->w->r;
	const zp_measurand *m = measurand_of(i, e);
	if (!zp_element_check(r, e, "measurand sample value source", "", "accept"))
		return false;
	*out = (zp_given){ .is = true, .u = ZP_NONE, .source = zp_element_text(r, e, "source") };
	if (!m)
		return true; /* told by item_of */
	if (m->scale)
		return zp_scale_stated(r, e, "value", m, &out->answer) && take_accepted(i, e, m, out);
	out->negative = m->undetected && strcmp(zp_attribute_of(e, "value"), "negative") == 0;
	return out->negative || zp_refuse(r, e, "<known> has the value \"%s\" for %s, which is a quantity; expected \"x-pt\"%s", zp_text_show(r->arena, zp_text_of(zp_attribute_of(e, "value"))),
					  m->code, m->undetected ? ", or value=\"negative\"" : "");
}

/* What is measured of a sample is a number, and an answer is none. Gives: false when e names one, which is told. */
static bool is_quantity(const items *i, const zp_element *e)
{
	const zp_measurand *m = measurand_of(i, e);
	return !m || !m->scale || zp_refuse(&i->w->r, e, "<%s> names %s, which has answers that are no numbers; expected a quantity", e->name, m->code);
}

static bool names_item(const items *i, const zp_element *e)
{
	static const char *const names[] = { "measurand", "sample" };
	bool both = true;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		if (!zp_attribute_of(e, names[k]))
			both = zp_refuse(&i->w->r, e, "<known> has no attribute \"%s\"; it is needed", names[k]);
	return both;
}

static void take_known(const items *i, const zp_element *e)
{
	zp_given given;
	if (!names_item(i, e))
		return;
	const bool good = zp_attribute_of(e, "method") ? take_method(i, e, &given) : zp_attribute_of(e, "value") ? take_answer(i, e, &given) : take_stated(i, e, &given);
	const zp_measurand *m = measurand_of(i, e);
	if (good && m && m->scale && !zp_attribute_of(e, "value"))
		zp_refuse(&i->w->r, e, "<known> has no attribute \"value\"; it is needed, for %s has answers that are no numbers", m->code);
	const size_t item = item_of(i, e);
	if (!good || item == SIZE_MAX)
		return;
	if (i->given[item].is)
		refuse_second(i, e, "value is known for");
	i->given[item] = given;
}

/* ---- reference values ---- */

static void take_reference(const items *i, const zp_element *e)
{
	const zp_reader *r = &i->w->r;
	zp_decimal x = { 0 }, u = { 0 };
	if (!zp_element_check(r, e, "measurand sample x-pt u source", "", ""))
		return;
	bool good = zp_element_decimal(r, e, "x-pt", ZP_RANGE_ANY, &x);
	good &= zp_element_decimal(r, e, "u", ZP_RANGE_POSITIVE, &u);
	const size_t item = item_of(i, e);
	if (!is_quantity(i, e) || !good || item == SIZE_MAX)
		return;
	if (i->reference[item].is)
		refuse_second(i, e, "reference value stands for");
	i->reference[item] = (zp_reference){ true, zp_decimal_double(x), zp_decimal_double(u), zp_element_text(r, e, "source") };
}

/* ---- the material ---- */

/* The replicates of one item, "5.13 5.04". */
static bool take_replicates(const items *i, const zp_element *e, double out[static REPLICATES_MOST], size_t *n)
{
	const zp_reader *r = &i->w->r;
	const char *list = zp_attribute_of(e, "values");
	zp_text word;
	*n = 0;
	if (!zp_element_check(r, e, "values", "", ""))
		return false;
	while (zp_word_next(&list, &word)) {
		zp_decimal d;
		if (*n == REPLICATES_MOST)
			return zp_refuse(r, e, "an item has more than %d values; expected at most that many", REPLICATES_MOST);
		if (zp_decimal_read(word.p, word.n, &d) != ZP_NUMBER_OK)
			return zp_refuse(r, e, "\"%s\" is no number; expected values with a blank between, as values=\"5.13 5.04\"", zp_text_show(r->arena, word));
		out[(*n)++] = zp_decimal_double(d);
	}
	return true;
}

/* The children of that name as cells. */
static bool take_cells(const items *i, const zp_element *e, const char *child, const zp_cell **out, size_t *n)
{
	const zp_reader *r = &i->w->r;
	const size_t most = zp_element_count(e, child);
	double values[REPLICATES_MOST], work[REPLICATES_MOST];
	static const uint32_t one[REPLICATES_MOST] = { 0 };
	zp_cell *cells = zp_take(r->arena, zp_cell, most + 1);
	*n = 0;
	*out = cells;
	if (!zp_element_at_most(r, e, child, VALUES_MOST))
		return false;
	for (const zp_element *c = e->first; c; c = c->next) {
		size_t m;
		if (!zp_element_is(c, child))
			continue;
		if (!take_replicates(i, c, values, &m))
			return false;
		zp_cells_of(values, one, m, 1, &cells[*n], work);
		if (cells[*n].n != cells[0].n)
			return zp_refuse(r, c, "this item has %zu value%s and the first has %zu; expected as many for each", cells[*n].n, cells[*n].n == 1 ? "" : "s", cells[0].n);
		++*n;
	}
	return true;
}

static void take_material(const items *i, const zp_element *e)
{
	const zp_reader *r = &i->w->r;
	const zp_cell *cells, *later;
	size_t n, n_later;
	if (!zp_element_check(r, e, "measurand sample", "", "item later"))
		return;
	const size_t item = item_of(i, e);
	if (!is_quantity(i, e) || !take_cells(i, e, "item", &cells, &n) || !take_cells(i, e, "later", &later, &n_later) || item == SIZE_MAX)
		return;
	if (n < 2) {
		zp_refuse(r, e, "<material> has %s; expected at least 2, and 10 for a test that says something", n ? "one <item>" : "no <item>");
		return;
	}
	if (i->material[item])
		refuse_second(i, e, "test of the material stands for");
	zp_material *material = zp_take(r->arena, zp_material, 1);
	*material = (zp_material){ zp_homogeneity_of(cells, n), n_later ? later : NULL, n_later };
	i->material[item] = material;
}

/* ---- what a sample asks for ---- */

/* <sample measurands="ID OXA"/>: of the programme's measurands only these are asked for in it. */
static bool take_asked(const items *i, const zp_element *e, size_t s, bool *unasked)
{
	const zp_reader *r = &i->w->r;
	const char *list = zp_attribute_of(e, "measurands");
	zp_text word;
	for (size_t m = 0; list && m < i->p->scheme->n_measurands; m++)
		unasked[m * i->p->n_samples + s] = true;
	while (list && zp_word_next(&list, &word)) {
		const uint32_t m = zp_names_find(i->p->scheme->measurand_names, word);
		if (m == ZP_NO_NAME)
			return zp_refuse(r, e, "the sample asks for the measurand \"%s\", which the programme \"%s\" has not; expected codes of its measurands, with a blank between",
					 zp_text_show(r->arena, word), i->p->code);
		unasked[m * i->p->n_samples + s] = false;
	}
	return true;
}

static const bool *take_all_asked(const items *i, const zp_element *programme)
{
	const size_t n = i->p->n_samples, all = i->p->scheme->n_measurands;
	bool *unasked = zp_take(i->w->r.arena, bool, all * n), good = true;
	size_t s = 0;
	if (i->p->cancelled) { /* nobody is asked for anything */
		memset(unasked, true, all * n);
		return unasked;
	}
	for (const zp_element *e = programme->first; e && s < n; e = e->next)
		if (zp_element_is(e, "sample"))
			good &= take_asked(i, e, s++, unasked);
	for (size_t m = 0; good && m < all; m++) {
		size_t asked = 0;
		while (asked < n && unasked[m * n + asked])
			asked++;
		if (asked == n && n)
			zp_refuse(&i->w->r, programme, "no sample of the programme \"%s\" asks for %s; expected one at least, or <measurands> without it", i->p->code,
				  i->p->scheme->measurands[m].code);
	}
	return unasked;
}

/* ---- all of them ---- */

zp_changeable zp_items_take(zp_plan_work *w, const zp_element *programme, zp_programme *p)
{
	const size_t n = p->scheme->n_measurands * p->n_samples;
	const items i = { w, p, zp_take(w->r.arena, zp_given, n), zp_take(w->r.arena, zp_reference, n), zp_take(w->r.arena, const zp_material *, n) };
	for (size_t k = 0; k < n; k++)
		i.given[k].u = ZP_NONE;
	bool few = zp_element_at_most(&w->r, programme, "known", ZP_KNOWN_MOST);
	few &= zp_element_at_most(&w->r, programme, "reference", ZP_KNOWN_MOST);
	few &= zp_element_at_most(&w->r, programme, "material", ZP_KNOWN_MOST);
	for (const zp_element *e = programme->first; e && few; e = e->next) {
		if (zp_element_is(e, "known"))
			take_known(&i, e);
		else if (zp_element_is(e, "reference"))
			take_reference(&i, e);
		else if (zp_element_is(e, "material"))
			take_material(&i, e);
	}
	p->given = i.given;
	p->reference = i.reference;
	p->material = i.material;
	bool *out = zp_take(w->r.arena, bool, n);
	p->out = out;
	p->unasked = take_all_asked(&i, programme);
	p->first_item = w->plan->n_items;
	w->plan->n_items += (uint32_t)n;
	return (zp_changeable){ i.given, out };
}
