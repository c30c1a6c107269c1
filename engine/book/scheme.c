/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/scheme.h"
#include "book/book.h"
#include "book/lexicon.h"

zp_volume *zp_scheme_find(zp_shelf *s, const char *name, const char **file)
{
	return zp_shelf_named(s, "schemes", name, file);
}

/* ---- names ---- */

static void add_name(const zp_reader *r, const zp_element *e, zp_names *names, const char *given, uint32_t number)
{
	zp_text name = zp_text_trim(zp_text_of(given));
	if (name.n == 0 || zp_names_alias(names, name, number))
		return;
	zp_text other = zp_names_at(names, zp_names_find(names, name));
	if (r)
		zp_refuse(r, e, "the name \"%s\" stands for the measurands \"%s\" and \"%s\"; expected it to mean one",
			  zp_text_show(r->arena, name), zp_text_show(r->arena, other),
			  zp_text_show(r->arena, zp_names_at(names, number)));
}

/* Codes first, so that no name can take a code away. r NULL: nothing is wrong, as was found out before. */
static zp_names *name_all(zp_arena *arena, const zp_reader *r, const zp_measurand *m, const zp_element *const *elements, size_t n)
{
	zp_names *names = zp_names_take(arena);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t first = zp_names_find(names, zp_text_of(m[i].code));
		if (first == ZP_NO_NAME) {
			zp_names_add(names, zp_text_of(m[i].code));
			continue;
		}
		if (r && *m[i].code)
			zp_refuse(r, elements[i], "a second measurand has the code \"%s\"; the first is in line %u, expected one",
				  m[i].code, elements[first]->line);
		zp_names_add(names, zp_text_of(zp_arena_print(arena, "\x1f%u", i))); /* measurand i keeps number i */
	}
	for (uint32_t i = 0; i < n; i++) {
		if (zp_names_find(names, zp_text_of(m[i].code)) != i) /* a second one of that code: its names would only clash as well */
			continue;
		add_name(r, elements[i], names, m[i].name, i);
		add_name(r, elements[i], names, m[i].name_en, i);
		for (const zp_element *e = elements[i]->first; e; e = e->next)
			if (zp_element_is(e, "alias") && zp_attribute_of(e, "name"))
				add_name(r, e, names, zp_attribute_of(e, "name"), i);
	}
	return names;
}

/* ---- what measurands share ---- */

static bool take_source(zp_common *c, const zp_volume *scheme, const zp_element *e, zp_limit_source *out)
{
	if (!zp_element_check(&c->r, e, "from", "programme specimen", ""))
		return false;
	const char *from = zp_attribute_of(e, "from");
	if (!zp_path_is_safe(from))
		return zp_refuse(&c->r, e, "the attribute \"from\" of <limits> is \"%s\"; expected a file below the rules folder, such as limits/nccl-2026.xml",
				 zp_text_show(c->r.arena, zp_text_of(from)));
	zp_volume *v = zp_shelf_find(c->shelf, from, scheme->in_round ? ZP_IN_ROUND_THEN_RULES : ZP_IN_RULES);
	if (!v)
		return zp_refuse(&c->r, e, "there is no table \"%s\"; expected a file %s", zp_text_show(c->r.arena, zp_text_of(from)),
				 scheme->in_round ? "in the round folder or the rules folder" : "in the rules folder");
	*out = (zp_limit_source){ zp_limits_read(c->shelf, v), zp_element_text(&c->r, e, "programme"), zp_element_text(&c->r, e, "specimen") };
	return out->table;
}

static void take_sources(zp_common *c, const zp_volume *scheme, const zp_element *root)
{
	zp_limit_source *sources = zp_take(c->r.arena, zp_limit_source, zp_element_count(root, "limits"));
	c->sources_whole = true;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "limits"))
			continue;
		if (take_source(c, scheme, e, &sources[c->n_sources]))
			c->n_sources++;
		else
			c->sources_whole = false;
	}
	c->sources = sources;
}

/* The scheme's own choices, and then those of the round. */
static zp_settings take_settings(const zp_reader *r, const zp_registry *registry, const zp_element *root, const zp_settings *const *overrides,
				 size_t n)
{
	zp_settings settings = zp_settings_default();
	const zp_element *choices = zp_element_only(r, root, "choices");
	const char *ungradable = zp_attribute_of(root, "ungradable");
	if (choices)
		zp_settings_take(r, registry, choices, &settings);
	if (ungradable && zp_settings_has(&settings, "ungradable"))
		zp_refuse(r, root, "\"ungradable\" is given by <scheme> and by its <choices>; expected it once");
	else if (ungradable) {
		zp_element only = { .name = "scheme", .attributes = &(zp_attribute){ "ungradable", ungradable }, .n_attributes = 1,
				    .line = root->line, .column = root->column };
		zp_settings_take(r, registry, &only, &settings);
	}
	for (size_t i = 0; i < n; i++)
		zp_settings_join(&settings, overrides[i]);
	return settings;
}

static void take_common(zp_common *c, const zp_volume *v, const zp_element *root)
{
	int pass = 80;
	zp_element_check(&c->r, root, "name version title pass", "title-en ungradable vocabulary specimen whole-samples",
			 "limits units names choices peers assign sigma score measurand discrepancy");
	zp_element_whole(&c->r, root, "pass", 1, 100, &pass);
	c->pass = (uint32_t)pass;
	c->scheme = zp_element_text(&c->r, root, "name");
	c->specimen = zp_element_text(&c->r, root, "specimen");
	zp_peers_take(&c->r, zp_element_only(&c->r, root, "peers"), &c->ladder);
	zp_assign_take(&c->r, c->shelf->registry, c->settings, zp_element_only(&c->r, root, "assign"), ZP_ASSIGN_ANY, &c->assign);
	const zp_element *sigma = zp_element_only(&c->r, root, "sigma");
	if (sigma)
		zp_sigma_take(&c->r, sigma, &c->sigma);
	zp_scores_take(&c->r, c->shelf->registry, c->settings, root, &c->scores);
	if (zp_element_at_most(&c->r, root, "limits", ZP_SOURCES_MOST))
		take_sources(c, v, root);
}

static void check_aliases(const zp_reader *r, const zp_element *measurand)
{
	if (!zp_element_at_most(r, measurand, "alias", ZP_ALIASES_MOST))
		return;
	for (const zp_element *e = measurand->first; e; e = e->next)
		if (zp_element_is(e, "alias"))
			zp_element_check(r, e, "name", "", "");
}

static void take_measurands(const zp_common *c, const zp_element *root, zp_scheme *scheme, zp_draft *out)
{
	size_t n = zp_element_count(root, "measurand"), i = 0;
	if (n == 0 || n > ZP_MEASURANDS_MOST) {
		zp_refuse(&c->r, root, "the scheme has %zu measurands; expected 1 to %d", n, ZP_MEASURANDS_MOST);
		return;
	}
	zp_measurand *measurands = zp_take(c->r.arena, zp_measurand, n);
	const zp_element **elements = zp_take(c->r.arena, const zp_element *, n);
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "measurand"))
			continue;
		check_aliases(&c->r, e);
		zp_measurand_take(c, e, &measurands[i]);
		zp_lexicon_measurand(c->r.arena, scheme, e, &measurands[i]);
		elements[i++] = e;
	}
	scheme->measurands = measurands;
	scheme->n_measurands = n;
	scheme->measurand_names = name_all(c->r.arena, &c->r, measurands, elements, n);
	out->elements = elements;
}

/* <discrepancy between="ABO-F ABO-R"/>: on one scale, so that they can be compared. */
static void take_pair(const zp_reader *r, const zp_element *e, zp_scheme *scheme, zp_match_pair *pairs)
{
	const zp_measurand *m[3] = { NULL };
	size_t n = 0;
	zp_text word;
	if (!zp_element_check(r, e, "between", "", ""))
		return;
	for (const char *list = zp_attribute_of(e, "between"); zp_word_next(&list, &word) && n < 3; n++) {
		const uint32_t i = zp_names_find(scheme->measurand_names, word);
		if (i == ZP_NO_NAME) {
			zp_refuse(r, e, "<discrepancy> names the measurand \"%s\", which the scheme has not; expected two of its codes", zp_text_show(r->arena, word));
			return;
		}
		m[n] = &scheme->measurands[i];
	}
	if (n != 2 || m[0] == m[1] || !m[0]->scale || m[0]->scale != m[1]->scale)
		zp_refuse(r, e, "<discrepancy> stands between \"%s\"; expected the codes of two measurands that have one scale", zp_attribute_of(e, "between"));
	else
		pairs[scheme->n_pairs++] = (zp_match_pair){ m[0]->code, m[1]->code };
}

static void take_pairs(const zp_reader *r, const zp_element *root, zp_scheme *scheme)
{
	int whole = 1;
	zp_element_word(r, root, "whole-samples", "yes no", &whole);
	scheme->whole_samples = whole == 0 || scheme->choices.programme_score == ZP_SCORE_SAMPLES;
	zp_match_pair *pairs = zp_take(r->arena, zp_match_pair, zp_element_count(root, "discrepancy") + 1);
	if (zp_element_at_most(r, root, "discrepancy", ZP_SOURCES_MOST))
		for (const zp_element *e = root->first; e; e = e->next)
			if (zp_element_is(e, "discrepancy"))
				take_pair(r, e, scheme, pairs);
	scheme->pairs = pairs;
}

bool zp_scheme_draft(zp_shelf *s, zp_volume *v, const zp_settings *const *overrides, size_t n, zp_draft *out)
{
	const zp_xml *xml = zp_shelf_read(s, v, "scheme", s->rules);
	if (!xml)
		return false;
	size_t before = zp_problems_count(s->rules);
	zp_common c = { .r = { s->arena, v->file, s->rules }, .shelf = s };
	zp_settings settings = take_settings(&c.r, s->registry, xml->root, overrides, n);
	c.settings = &settings;
	take_common(&c, v, xml->root);
	zp_scheme *scheme = zp_take(s->arena, zp_scheme, 1);
	scheme->name = c.scheme;
	scheme->version = zp_element_text(&c.r, xml->root, "version");
	scheme->title = zp_element_text(&c.r, xml->root, "title");
	scheme->file = v->file;
	scheme->pass = c.pass;
	scheme->choices = settings.choices;
	bool worded = zp_lexicon_preset(s, &c.r, xml->root, scheme);
	worded &= zp_lexicon_take(s, &c.r, xml->root, scheme);
	take_measurands(&c, xml->root, scheme, out);
	if (scheme->measurand_names)
		take_pairs(&c.r, xml->root, scheme);
	out->scheme = scheme;
	if (zp_problems_count(s->rules) == before && c.sources_whole && worded)
		zp_shelf_validate(s, v, "scheme", s->rules);
	v->bad = zp_problems_count(s->rules) != before || !c.sources_whole || !worded;
	return !v->bad;
}

const zp_scheme *zp_scheme_only(zp_arena *arena, const zp_draft *draft, const bool *wanted)
{
	const zp_scheme *all = draft->scheme;
	zp_scheme *some = zp_take(arena, zp_scheme, 1);
	zp_measurand *measurands = zp_take(arena, zp_measurand, all->n_measurands);
	const zp_element **elements = zp_take(arena, const zp_element *, all->n_measurands);
	size_t n = 0;
	for (size_t i = 0; i < all->n_measurands; i++) {
		if (!wanted[i])
			continue;
		measurands[n] = all->measurands[i];
		elements[n++] = draft->elements[i];
	}
	*some = *all;
	some->measurands = measurands;
	some->n_measurands = n;
	some->measurand_names = name_all(arena, NULL, measurands, elements, n);
	return some;
}

const zp_scheme *zp_scheme_read(zp_arena *arena, const zp_registry *registry, const char *rules_dir, const char *name_or_path,
				zp_problems *rules)
{
	zp_shelf shelf = { .arena = arena, .registry = registry, .rules_dir = rules_dir, .rules = rules };
	const char *file;
	zp_draft draft;
	zp_volume *v = zp_scheme_find(&shelf, name_or_path, &file);
	if (v)
		return zp_scheme_draft(&shelf, v, NULL, 0, &draft) ? draft.scheme : NULL;
	const char *shown = zp_text_show(arena, zp_text_of(name_or_path));
	if (file)
		zp_problem_add(rules, file, 0, 0, "there is no scheme \"%s\" in the rules folder", shown);
	else
		zp_problem_add(rules, "schemes", 0, 0, "\"%s\" is no name of a scheme; expected one such as cn-routine-chemistry", shown);
	return NULL;
}
