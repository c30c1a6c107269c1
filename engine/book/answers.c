/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a measurand of a scheme has that is no plain quantity. */
#include "book/scale.h"
#include "book/scheme.h"

#define KITS_MOST 100

static void take_scale(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	const char *name = zp_attribute_of(e, "scale"), *file;
	if (!name)
		return;
	zp_volume *v = zp_shelf_named(c->shelf, "vocabulary/scales", name, &file);
	const char *shown = zp_text_show(c->r.arena, zp_text_of(name));
	if (!v && file)
		zp_refuse(&c->r, e, "there is no scale \"%s\": the file %s does not exist; expected one of the rules folder, or a file of the round folder", shown, file);
	else if (!v)
		zp_refuse(&c->r, e, "the scale is \"%s\"; expected the name of a file below vocabulary/scales/, or a file of the round folder", shown);
	m->scale = v ? zp_scale_read(c->shelf, v) : NULL;
	if (v && !m->scale)
		zp_refuse(&c->r, e, "the scale \"%s\" cannot be used as it is", shown);
}

/* <cutoff at="1" positive="below" grey-from="0.9" grey-to="1.1"/> */
static bool take_cutoff(const zp_common *c, const zp_element *e, zp_cutoff *out)
{
	int positive = 0, equal = ZP_SIDE_POSITIVE;
	if (!zp_element_check(&c->r, e, "at", "positive equal grey-from grey-to reagent", ""))
		return false;
	bool good = zp_element_decimal(&c->r, e, "at", ZP_RANGE_POSITIVE, &out->at);
	good &= zp_element_word(&c->r, e, "positive", "above below", &positive);
	good &= zp_element_word(&c->r, e, "equal", "none negative grey positive", &equal);
	good &= zp_element_decimal(&c->r, e, "grey-from", ZP_RANGE_POSITIVE, &out->grey_from);
	good &= zp_element_decimal(&c->r, e, "grey-to", ZP_RANGE_POSITIVE, &out->grey_to);
	const bool from = zp_attribute_of(e, "grey-from"), to = zp_attribute_of(e, "grey-to");
	out->is = good;
	out->positive_below = positive == 1;
	out->equal = (zp_side)equal;
	out->has_grey = from;
	if (from != to || (from && good && zp_decimal_compare(out->grey_from, out->grey_to) > 0))
		return zp_refuse(&c->r, e, "the grey zone of <cutoff> has one end, or its ends are the wrong way round; expected grey-from not above grey-to, or neither");
	return good;
}

/* The measurand's own, and those of kits that have another one. */
static void take_cutoffs(const zp_common *c, const zp_element *measurand, zp_measurand *m)
{
	if (!zp_element_at_most(&c->r, measurand, "cutoff", KITS_MOST))
		return;
	zp_kit_cutoff *kits = zp_take(c->r.arena, zp_kit_cutoff, zp_element_count(measurand, "cutoff") + 1);
	const zp_element *last = NULL;
	for (const zp_element *e = measurand->first; e; e = e->next) {
		zp_cutoff cutoff = { .is = false };
		if (!zp_element_is(e, "cutoff") || !take_cutoff(c, e, &cutoff))
			continue;
		last = e;
		if (zp_attribute_of(e, "reagent"))
			kits[m->n_kit_cutoffs++] = (zp_kit_cutoff){ zp_element_text(&c->r, e, "reagent"), cutoff };
		else if (m->cutoff.is)
			zp_refuse(&c->r, e, "a second <cutoff> without \"reagent\"; expected one for all kits that have none of their own");
		else
			m->cutoff = cutoff;
	}
	if (m->n_kit_cutoffs && !m->cutoff.is)
		zp_refuse(&c->r, last, "every <cutoff> is of one kit; expected one without \"reagent\" as well, for all others");
	m->kit_cutoffs = kits;
}

/* <kit unit="copies/mL" reagent="…" factor="0.2" source="…"/> */
static void take_kits(const zp_common *c, const zp_element *measurand, zp_measurand *m)
{
	if (!zp_element_at_most(&c->r, measurand, "kit", KITS_MOST))
		return;
	zp_kit_factor *kits = zp_take(c->r.arena, zp_kit_factor, zp_element_count(measurand, "kit") + 1);
	for (const zp_element *e = measurand->first; e; e = e->next) {
		zp_kit_factor *k = &kits[m->n_kits];
		if (!zp_element_is(e, "kit") || !zp_element_check(&c->r, e, "unit reagent factor source", "", "") ||
		    !zp_element_decimal(&c->r, e, "factor", ZP_RANGE_POSITIVE, &k->by.factor))
			continue;
		k->by.unit = zp_element_text(&c->r, e, "unit");
		k->reagent = zp_element_text(&c->r, e, "reagent");
		k->by.says = zp_arena_print(c->r.arena, "converted from %s: x %s, the factor of %s (%s)", k->by.unit, zp_attribute_of(e, "factor"), k->reagent, zp_element_text(&c->r, e, "source"));
		m->n_kits++;
	}
	m->kits = kits;
}

void zp_answers_take(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	int weight = 1, transform = 1, undetected = 0;
	take_scale(c, e, m);
	take_cutoffs(c, e, m);
	take_kits(c, e, m);
	zp_element_whole(&c->r, e, "weight", 1, 1000, &weight);
	zp_element_word(&c->r, e, "transform", "log10 none", &transform);
	zp_element_whole(&c->r, e, "undetected", 51, 100, &undetected);
	m->weight = (uint32_t)weight;
	m->log10 = transform == 0;
	m->log_unit = zp_arena_print(c->r.arena, "log10 %s", m->unit);
	m->undetected = (uint32_t)undetected;
	m->specimen = zp_attribute_of(e, "specimen") ? zp_element_text(&c->r, e, "specimen") : c->specimen;
	m->item = zp_attribute_of(e, "item") ? zp_element_text(&c->r, e, "item") : m->code;
}

/* Whether some answer of the scale is on that side. */
static bool has_side(const zp_scale *s, zp_side side)
{
	bool has = false;
	for (uint32_t i = 0; i < s->n; i++)
		has |= s->answers[i].side == side;
	return has;
}

void zp_answers_check(const zp_common *c, const zp_element *e, const zp_measurand *m)
{
	const bool named = zp_attribute_of(e, "scale"), judged = m->limit.kind == ZP_LIMIT_ANSWER;
	if (named && (zp_attribute_of(e, "transform") || zp_attribute_of(e, "undetected")))
		zp_refuse(&c->r, e, "the measurand \"%s\" has a scale, and \"transform\" or \"undetected\", which are for quantities; expected one of them", m->code);
	if (named && !m->scale)
		return; /* told */
	if (m->limit.text && judged != named)
		zp_refuse(&c->r, e, "the measurand \"%s\" %s, and its limit is of the kind %s; expected %s", m->code, named ? "has a scale" : "is a quantity",
			  judged ? "ANSWER" : "that has a width", named ? "kind=\"ANSWER\"" : "one with a width, or a \"scale\"");
	else if (named && judged && strcmp(m->limit.judge->name, "within") == 0 && !zp_scale_is_ordered(m->scale))
		zp_refuse(&c->r, e, "the measurand \"%s\" is judged within so many grades, and the scale %s has no order; expected an ordinal one", m->code, m->scale->name);
	else if (named && judged && (strcmp(m->limit.judge->name, "members") == 0) != zp_scale_is_set(m->scale) && strcmp(m->limit.judge->name, "match") != 0)
		zp_refuse(&c->r, e, "the measurand \"%s\" is judged by %s, which does not go with the scale %s; expected \"members\" for a scale of sets, and only for that", m->code,
			  m->limit.judge->name, m->scale->name);
	if (m->cutoff.is && named && zp_scale_is_set(m->scale))
		zp_refuse(&c->r, e, "the measurand \"%s\" has a cut-off, and its scale %s is of sets; expected one whose answers are negative or positive", m->code, m->scale->name);
	else if (m->cutoff.is && named && (!has_side(m->scale, ZP_SIDE_NEGATIVE) || !has_side(m->scale, ZP_SIDE_POSITIVE)))
		zp_refuse(&c->r, e, "the measurand \"%s\" has a cut-off, and its scale %s has no negative or no positive answer; expected one of each", m->code, m->scale->name);
}

bool zp_answers_preset(const zp_common *c, zp_assign *out)
{
	const zp_settings defaults = zp_settings_default();
	out->plugin = zp_registry_find(c->shelf->registry, ZP_ESTIMATOR, "consensus");
	if (!out->plugin) {
		const zp_element here = { .line = 0 };
		return zp_refuse(&c->r, &here, "there is no method \"consensus\" for targets; expected it among the built-in ones");
	}
	return zp_method_values(&c->r, &defaults, NULL, out->plugin, &out->settings);
}
