/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programmes of round.xml: scheme, samples, targets that are stated. */
#include "book/plan.h"
#include "model/outcome.h"

static bool take_scheme(zp_plan_work *w, const zp_element *e, const zp_settings *own, zp_draft *out)
{
	const zp_settings *const overrides[] = { &w->settings, own };
	const char *file, *name = zp_attribute_of(e, "scheme");
	if (!name || !*name) /* told by zp_element_check */
		return false;
	const char *shown = zp_text_show(w->r.arena, zp_text_of(name));
	zp_volume *v = zp_scheme_find(w->shelf, name, &file);
	if (v)
		return zp_scheme_draft(w->shelf, v, overrides, 2, out);
	if (file)
		return zp_refuse(&w->r, e, "there is no scheme \"%s\": the file %s does not exist; expected a scheme of the rules folder, or a file of the round folder",
				 shown, zp_text_show(w->r.arena, zp_text_of(file)));
	return zp_refuse(&w->r, e, "the scheme is \"%s\"; expected a name such as cn-routine-chemistry, or a file of the round folder", shown);
}

/* The measurands that the programme takes from its scheme. */
static const zp_scheme *take_measurands(zp_plan_work *w, const zp_element *programme, const zp_draft *draft)
{
	const zp_element *e = zp_element_only(&w->r, programme, "measurands");
	if (!e)
		return draft->scheme;
	if (!zp_element_check(&w->r, e, "codes", "", ""))
		return NULL;
	const char *list = zp_attribute_of(e, "codes");
	bool *wanted = zp_take(w->r.arena, bool, draft->scheme->n_measurands), good = true;
	zp_text word;
	while (zp_word_next(&list, &word)) {
		uint32_t m = zp_names_find(draft->scheme->measurand_names, word);
		if (m == ZP_NO_NAME)
			good = zp_refuse(&w->r, e, "there is no measurand \"%s\" in the scheme %s; expected codes of its measurands, with a blank between",
					 zp_text_show(w->r.arena, word), draft->scheme->file);
		else if (wanted[m])
			good = zp_refuse(&w->r, e, "the measurand \"%s\" stands twice; expected each once", zp_text_show(w->r.arena, word));
		else
			wanted[m] = true;
	}
	return good ? zp_scheme_only(w->r.arena, draft, wanted) : NULL;
}

static void take_samples(zp_plan_work *w, const zp_element *programme, zp_programme *p)
{
	size_t n = zp_element_count(programme, "sample");
	zp_names *names = zp_names_take(w->r.arena);
	p->sample_names = names;
	if (n == 0 || n > ZP_SAMPLES_MOST) {
		zp_refuse(&w->r, programme, "the programme has %zu samples; expected 1 to %d, such as <sample code=\"202611\"/>", n, ZP_SAMPLES_MOST);
		return;
	}
	const char **samples = zp_take(w->r.arena, const char *, n);
	for (const zp_element *e = programme->first; e; e = e->next) {
		const char *code;
		if (!zp_element_is(e, "sample") || !zp_element_check(&w->r, e, "code", "", "") || !zp_element_code(&w->r, e, "code", &code))
			continue;
		if (zp_names_find(names, zp_text_of(code)) != ZP_NO_NAME) {
			zp_refuse(&w->r, e, "a second sample has the code \"%s\"; expected each once", zp_text_show(w->r.arena, zp_text_of(code)));
			continue;
		}
		zp_names_add(names, zp_text_of(code));
		samples[p->n_samples++] = code;
	}
	p->samples = samples;
}

static void take_known(zp_plan_work *w, const zp_element *e, const zp_programme *p, zp_given *given)
{
	zp_decimal x_pt = { 0 }, u = { 0 };
	if (!zp_element_check(&w->r, e, "measurand sample x-pt source", "u", ""))
		return;
	zp_text measurand = zp_text_of(zp_attribute_of(e, "measurand")), sample = zp_text_of(zp_attribute_of(e, "sample"));
	uint32_t m = zp_names_find(p->scheme->measurand_names, measurand), s = zp_names_find(p->sample_names, sample);
	bool good = zp_element_decimal(&w->r, e, "x-pt", ZP_RANGE_ANY, &x_pt);
	good &= zp_element_decimal(&w->r, e, "u", ZP_RANGE_NOT_NEGATIVE, &u);
	if (m == ZP_NO_NAME)
		good = zp_refuse(&w->r, e, "there is no measurand \"%s\" in the programme \"%s\"; expected one that it has",
				 zp_text_show(w->r.arena, measurand), p->code);
	if (s == ZP_NO_NAME)
		good = zp_refuse(&w->r, e, "there is no sample \"%s\" in the programme \"%s\"; expected one that it has",
				 zp_text_show(w->r.arena, sample), p->code);
	if (!good)
		return;
	zp_given *g = &given[m * p->n_samples + s];
	if (g->is)
		zp_refuse(&w->r, e, "a second value is known for the measurand \"%s\" and the sample \"%s\"; expected one",
			  zp_text_show(w->r.arena, measurand), zp_text_show(w->r.arena, sample));
	*g = (zp_given){ .is = true, .x_pt = x_pt, .u = zp_attribute_of(e, "u") ? zp_decimal_double(u) : ZP_NONE,
			 .source = zp_element_text(&w->r, e, "source") };
}

static void take_items(zp_plan_work *w, const zp_element *programme, zp_programme *p)
{
	size_t n = p->scheme->n_measurands * p->n_samples;
	zp_given *given = zp_take(w->r.arena, zp_given, n);
	for (size_t i = 0; i < n; i++)
		given[i].u = ZP_NONE;
	bool few = zp_element_at_most(&w->r, programme, "known", ZP_KNOWN_MOST);
	for (const zp_element *e = programme->first; e && few; e = e->next)
		if (zp_element_is(e, "known"))
			take_known(w, e, p, given);
	p->given = given;
	p->out = zp_take(w->r.arena, bool, n);
	p->first_item = w->plan->n_items;
	w->plan->n_items += (uint32_t)n;
}

static void take_programme(zp_plan_work *w, const zp_element *e, zp_programme *p)
{
	zp_settings own = zp_settings_default();
	zp_draft draft;
	zp_element_check(&w->r, e, "code name scheme", "name-en", "choices measurands sample known");
	p->code = "";
	zp_element_code(&w->r, e, "code", &p->code);
	p->name = zp_element_text(&w->r, e, "name");
	p->name_en = zp_element_text(&w->r, e, "name-en");
	const zp_element *choices = zp_element_only(&w->r, e, "choices");
	if (choices)
		zp_settings_take(&w->r, w->shelf->registry, choices, &own);
	take_samples(w, e, p);
	if (take_scheme(w, e, &own, &draft))
		p->scheme = take_measurands(w, e, &draft);
	if (p->scheme)
		take_items(w, e, p);
}

void zp_programmes_take(zp_plan_work *w, const zp_element *root)
{
	size_t n = zp_element_count(root, "programme"), i = 0;
	zp_names *names = zp_names_take(w->r.arena);
	w->plan->programme_names = names;
	if (n == 0 || n > ZP_PROGRAMMES_MOST) {
		zp_refuse(&w->r, root, "the round has %zu programmes; expected 1 to %d", n, ZP_PROGRAMMES_MOST);
		return;
	}
	zp_programme *programmes = zp_take(w->r.arena, zp_programme, n);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "programme"))
			continue;
		zp_programme *p = &programmes[i++];
		take_programme(w, e, p);
		if (*p->code && zp_names_find(names, zp_text_of(p->code)) != ZP_NO_NAME)
			zp_refuse(&w->r, e, "a second programme has the code \"%s\"; expected each once", zp_text_show(w->r.arena, zp_text_of(p->code)));
		zp_names_add(names, zp_text_of(p->code));
	}
	w->plan->programmes = programmes;
	w->plan->n_programmes = n;
}
