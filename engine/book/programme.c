/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programmes of round.xml: scheme and samples. */
#include "book/plan.h"
#include "book/lexicon.h"

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
	const char **samples = zp_take(w->r.arena, const char *, n), **strengths = zp_take(w->r.arena, const char *, n);
	for (const zp_element *e = programme->first; e; e = e->next) {
		const char *code;
		if (!zp_element_is(e, "sample") || !zp_element_check(&w->r, e, "code", "strength measurands", "") || !zp_element_code(&w->r, e, "code", &code))
			continue;
		if (zp_names_find(names, zp_text_of(code)) != ZP_NO_NAME) {
			zp_refuse(&w->r, e, "a second sample has the code \"%s\"; expected each once", zp_text_show(w->r.arena, zp_text_of(code)));
			continue;
		}
		zp_names_add(names, zp_text_of(code));
		strengths[p->n_samples] = zp_element_text(&w->r, e, "strength");
		samples[p->n_samples++] = code;
	}
	p->samples = samples;
	p->strengths = strengths;
}

/* A yes or no; *out stays when the attribute is not given. */
static void take_yes(const zp_reader *r, const zp_element *e, const char *name, bool *out)
{
	int which = -1;
	if (zp_element_word(r, e, name, "yes no", &which) && which >= 0)
		*out = which == 0;
}

/* What the year makes of it. */
static void take_standing(zp_plan_work *w, const zp_element *e, zp_programme *p)
{
	bool status = true;
	p->level = w->plan->level;
	zp_level_take(&w->r, e, &p->level);
	take_yes(&w->r, e, "trueness", &p->trueness);
	take_yes(&w->r, e, "measurand-status", &status);
	p->no_measurand_status = !status;
	if (!zp_attribute_of(e, "cancelled"))
		return;
	p->cancelled = zp_element_text(&w->r, e, "cancelled");
	if (!*p->cancelled)
		zp_refuse(&w->r, e, "the attribute \"cancelled\" of <programme> is empty; expected why the programme is cancelled");
}

static void take_programme(zp_plan_work *w, const zp_element *e, zp_programme *p, zp_changeable *changeable)
{
	zp_settings own = zp_settings_default();
	zp_draft draft;
	zp_element_check(&w->r, e, "code name scheme", "name-en vocabulary level trueness measurand-status cancelled", "names choices measurands sample known reference material");
	p->code = "";
	zp_element_code(&w->r, e, "code", &p->code);
	p->name = zp_element_text(&w->r, e, "name");
	p->name_en = zp_element_text(&w->r, e, "name-en");
	take_standing(w, e, p);
	const zp_element *choices = zp_element_only(&w->r, e, "choices");
	if (choices)
		zp_settings_take(&w->r, w->shelf->registry, choices, &own);
	take_samples(w, e, p);
	if (take_scheme(w, e, &own, &draft) && zp_lexicon_take(w->shelf, &w->r, e, draft.scheme))
		p->scheme = take_measurands(w, e, &draft);
	if (p->scheme)
		*changeable = zp_items_take(w, e, p);
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
	zp_changeable *changeable = zp_take(w->r.arena, zp_changeable, n);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "programme"))
			continue;
		zp_programme *p = &programmes[i];
		take_programme(w, e, p, &changeable[i++]);
		if (*p->code && zp_names_find(names, zp_text_of(p->code)) != ZP_NO_NAME)
			zp_refuse(&w->r, e, "a second programme has the code \"%s\"; expected each once", zp_text_show(w->r.arena, zp_text_of(p->code)));
		zp_names_add(names, zp_text_of(p->code));
	}
	w->plan->programmes = programmes;
	w->book->changeable = changeable;
	w->plan->n_programmes = n;
}
