/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <sigma> and <score>: the standard deviation for proficiency assessment, and the scores made with it. */
#include "book/scheme.h"

typedef struct number { const char *name; double preset, *to; } number;

static bool take_number(const zp_reader *r, const zp_element *e, const char *name, double preset, double *out)
{
	zp_decimal d;
	*out = preset;
	if (!zp_attribute_of(e, name))
		return true;
	if (!zp_element_decimal(r, e, name, ZP_RANGE_ANY, &d))
		return false;
	*out = zp_decimal_double(d);
	return true;
}

/* What each kind needs and may have; both lists are names with a blank between. */
static const struct { const char *by, *needs, *may; zp_sigma_kind kind; } kinds[] = {
	{ "perception", "", "sd pct", ZP_SIGMA_PERCEPTION },
	{ "delta-e", "", "divisor", ZP_SIGMA_DELTA_E },
	{ "rounds", "intercept slope", "", ZP_SIGMA_ROUNDS },
	{ "horwitz", "fraction", "", ZP_SIGMA_HORWITZ },
	{ "precision", "reproducibility repeatability", "m", ZP_SIGMA_PRECISION },
	{ "robust", "", "least most", ZP_SIGMA_ROBUST },
};

static bool sound(const zp_reader *r, const zp_element *e, const zp_sigma_rule *s)
{
	const struct { const char *name; double value, least; bool above; } ranges[] = {
		{ "divisor", s->divisor, 0, true }, { "fraction", s->fraction, 0, true }, { "m", s->m, 1, false }, { "most", s->most, 0, true },
		{ "sd", s->sd, 0, false }, { "pct", s->pct, 0, false }, { "reproducibility", s->reproducibility, 0, false },
		{ "repeatability", s->repeatability, 0, false }, { "least", s->least, 0, false },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (ranges[i].above ? !(ranges[i].value > ranges[i].least) : !(ranges[i].value >= ranges[i].least))
			return zp_refuse(r, e, "the attribute \"%s\" of <sigma> is \"%s\"; expected a number %s %g", ranges[i].name,
					 zp_text_show(r->arena, zp_text_of(zp_attribute_of(e, ranges[i].name))), ranges[i].above ? "above" : "from",
					 ranges[i].least);
	if (s->kind == ZP_SIGMA_PERCEPTION && !(s->sd > 0 || s->pct > 0))
		return zp_refuse(r, e, "<sigma by=\"perception\"> has neither \"sd\" nor \"pct\"; expected one of them or both");
	if (s->least > s->most)
		return zp_refuse(r, e, "<sigma by=\"robust\"> goes from %g to %g; expected \"least\" below \"most\"", s->least, s->most);
	return true;
}

bool zp_sigma_take(const zp_reader *r, const zp_element *e, zp_sigma_rule *out)
{
	const char *by = zp_attribute_of(e, "by");
	*out = (zp_sigma_rule){ .kind = ZP_SIGMA_NONE };
	for (size_t i = 0; by && i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(by, kinds[i].by) != 0)
			continue;
		out->kind = kinds[i].kind;
		bool good = zp_element_check(r, e, zp_arena_print(r->arena, "by %s", kinds[i].needs), kinds[i].may, "");
		const number numbers[] = {
			{ "sd", 0, &out->sd }, { "pct", 0, &out->pct }, { "divisor", 3, &out->divisor },
			{ "intercept", 0, &out->intercept }, { "slope", 0, &out->slope }, { "fraction", 1, &out->fraction },
			{ "reproducibility", 0, &out->reproducibility }, { "repeatability", 0, &out->repeatability },
			{ "m", 1, &out->m }, { "least", 0, &out->least }, { "most", 1e90, &out->most },
		};
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
			good &= take_number(r, e, numbers[k].name, numbers[k].preset, numbers[k].to);
		return good && sound(r, e, out);
	}
	return zp_refuse(r, e, "<sigma> has by=\"%s\"; expected perception, delta-e, rounds, horwitz, precision or robust",
			 by ? zp_text_show(r->arena, zp_text_of(by)) : "");
}

/* ---- scores ---- */

static double setting(const zp_plugin *plugin, const double *settings, const char *name)
{
	for (const zp_param *p = plugin->params; p && p->name; p++, settings++)
		if (strcmp(p->name, name) == 0)
			return *settings;
	return 0;
}

static bool has_any_of(const zp_plugin *plugin, const double *settings)
{
	const char *names = plugin->does.scorer->any_of;
	char name[64];
	zp_text word;
	if (!names)
		return true;
	while (zp_word_next(&names, &word))
		if (setting(plugin, settings, zp_text_show_in(name, sizeof name, word)) > 0)
			return true;
	return false;
}

static bool take_score(const zp_reader *r, const zp_registry *registry, const zp_settings *s, const zp_element *e, zp_wanted_score *out)
{
	const char *method = zp_attribute_of(e, "method");
	const zp_plugin *plugin = method ? zp_registry_find(registry, ZP_SCORER, method) : NULL;
	if (!plugin)
		return zp_refuse(r, e, "there is no method \"%s\" for scores; expected one of %s", method ? zp_text_show(r->arena, zp_text_of(method)) : "",
				 zp_methods_named(r->arena, registry, ZP_FOR_SCORE));
	const double *settings;
	if (!zp_method_settings(r, s, e, plugin, "method", "", "", &settings))
		return false;
	*out = (zp_wanted_score){ plugin, settings, setting(plugin, settings, "warn"), setting(plugin, settings, "act") };
	if (!has_any_of(plugin, settings))
		return zp_refuse(r, e, "<score method=\"%s\"> has none of %s above 0; expected one of them", plugin->name, plugin->does.scorer->any_of);
	if (setting(plugin, settings, "least") > setting(plugin, settings, "most"))
		return zp_refuse(r, e, "the score %s goes from %g to %g; expected \"least\" not above \"most\"", plugin->name,
				 setting(plugin, settings, "least"), setting(plugin, settings, "most"));
	return out->warn <= out->act ||
	       zp_refuse(r, e, "the score %s warns at %g and calls for action at %g; expected \"warn\" not above \"act\"", plugin->name, out->warn, out->act);
}

void zp_scores_take(const zp_reader *r, const zp_registry *registry, const zp_settings *s, const zp_element *parent, zp_wanted *out)
{
	const size_t n = zp_element_count(parent, "score");
	if (n == 0 || !zp_element_at_most(r, parent, "score", ZP_SOURCES_MOST))
		return;
	zp_wanted_score *scores = zp_take(r->arena, zp_wanted_score, n);
	*out = (zp_wanted){ scores, 0 };
	for (const zp_element *e = parent->first; e; e = e->next) {
		if (!zp_element_is(e, "score") || !take_score(r, registry, s, e, &scores[out->n]))
			continue;
		if (strcmp(scores[out->n].scorer->name, "sdi") != 0) /* it stands in scores.csv without being asked for */
			out->n++;
	}
}
