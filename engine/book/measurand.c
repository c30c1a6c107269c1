/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One measurand of a scheme: who its peers are, how its target is made, what its limit is. */
#include <math.h>
#include "book/scheme.h"

static const char key_words[] = "system instrument method reagent calibrator";

/* The bits of "instrument+reagent"; 0 when a part of it is no key or stands twice. */
static unsigned read_keys(zp_text word)
{
	unsigned keys = 0;
	for (const char *p = word.p, *end = word.p + word.n; p <= end;) {
		const char *plus = memchr(p, '+', (size_t)(end - p));
		zp_text part = { p, (size_t)((plus ? plus : end) - p) }, known;
		const char *list = key_words;
		unsigned bit = 1;
		for (; zp_word_next(&list, &known) && !zp_text_same(known, part); bit <<= 1)
			;
		if (bit == 1u << ZP_PEER_KEYS || keys & bit)
			return 0;
		keys |= bit;
		p += part.n + 1;
	}
	return keys;
}

/* Its keys in their fixed order, so that one group has one name. */
static const char *name_of_keys(const zp_reader *r, unsigned keys)
{
	const char *name = "", *list = key_words;
	zp_text word;
	for (unsigned bit = 1; zp_word_next(&list, &word); bit <<= 1)
		if (keys & bit)
			name = zp_arena_print(r->arena, "%s%s%.*s", name, *name ? "+" : "", (int)word.n, word.p);
	return *name ? name : "all";
}

static bool add_rung(const zp_reader *r, const zp_element *e, unsigned keys, zp_ladder *ladder)
{
	for (size_t i = 0; i < ladder->n; i++)
		if (ladder->rungs[i].keys == keys)
			return zp_refuse(r, e, "the ladder of peers names %s twice; expected each rung once", ladder->rungs[i].name);
	if (ladder->n == ZP_RUNGS_MOST)
		return zp_refuse(r, e, "the ladder of peers has more than %d rungs; expected at most that many", ZP_RUNGS_MOST);
	ladder->rungs[ladder->n++] = (zp_rung){ keys, name_of_keys(r, keys) };
	return true;
}

static bool take_rungs(const zp_reader *r, const zp_element *e, zp_ladder *out)
{
	const char *list = zp_attribute_of(e, "by");
	zp_text word;
	while (list && zp_word_next(&list, &word)) {
		unsigned keys = read_keys(word);
		if (!keys)
			return zp_refuse(r, e, "the attribute \"by\" of <peers> has the rung \"%s\"; expected one of %s, or several joined by \"+\"",
					 zp_text_show(r->arena, word), key_words);
		if (!add_rung(r, e, keys, out))
			return false;
	}
	return true;
}

bool zp_peers_take(const zp_reader *r, const zp_element *e, zp_ladder *out)
{
	int least = 12, otherwise = 0;
	*out = (zp_ladder){ .least = 12 };
	if (!e)
		return add_rung(r, e, 0, out);
	bool good = zp_element_check(r, e, "", "by least otherwise", "");
	good &= zp_element_whole(r, e, "least", 1, 1000000, &least);
	good &= zp_element_word(r, e, "otherwise", "all none", &otherwise);
	good &= take_rungs(r, e, out);
	out->least = (uint32_t)least;
	if (!good)
		return false;
	if (otherwise == 0)
		return add_rung(r, e, 0, out);
	return out->n > 0 || zp_refuse(r, e, "<peers> names no rung and otherwise is none, so that nobody has peers; expected a rung in \"by\", or otherwise=\"all\"");
}

/* ---- the target ---- */

/* What the choices say for settings that several methods share. Gives: false when they say nothing. */
static bool chosen(const zp_settings *s, const char *param, double *out)
{
	static const struct { const char *param, *choice; } shared[] = {
		{ "made", "median_scale" }, { "exact", "algorithm_a_factor" },
		{ "collapse_ratio", "collapse_ratio" }, { "at_boundary", "outlier_boundary" },
	};
	const zp_choices *c = &s->choices;
	const double values[] = { c->median_made, c->algorithm_a_exact, c->collapse_ratio, c->outlier_at_boundary };
	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		if (strcmp(shared[i].param, param) != 0 || !zp_settings_has(s, shared[i].choice))
			continue;
		*out = values[i];
		return true;
	}
	return false;
}

static bool take_setting(const zp_reader *r, const zp_element *e, const zp_plugin *plugin, const zp_param *p, const zp_settings *s,
			 double *out)
{
	zp_decimal d, least = zp_decimal_shortest(p->least), most = zp_decimal_shortest(p->most);
	char low[ZP_DECIMAL_TEXT], high[ZP_DECIMAL_TEXT], given[ZP_DECIMAL_TEXT];
	zp_decimal_write(least, low);
	zp_decimal_write(most, high);
	*out = p->preset;
	if (e && zp_attribute_of(e, p->name)) {
		if (!zp_element_decimal(r, e, p->name, ZP_RANGE_ANY, &d))
			return false;
		*out = zp_decimal_double(d);
	} else if (!chosen(s, p->name, out)) {
		const zp_element here = { .line = 0 };
		return !isnan(p->preset) || zp_refuse(r, e ? e : &here, "<%s> has no attribute \"%s\"; it is needed", e ? e->name : "assign", p->name);
	}
	if (*out >= p->least && *out <= p->most)
		return true;
	zp_decimal_write(zp_decimal_shortest(*out), given);
	const zp_element here = { .line = 0 };
	return zp_refuse(r, e ? e : &here, "the setting \"%s\" of %s is %s; expected a number from %s to %s (%s)", p->name, plugin->name, given,
			 low, high, p->unit);
}

static const char *params_named(const zp_reader *r, const zp_plugin *plugin)
{
	const char *list = "";
	for (const zp_param *p = plugin->params; p && p->name; p++)
		list = zp_arena_print(r->arena, "%s %s", list, p->name);
	return list;
}

bool zp_method_settings(const zp_reader *r, const zp_settings *s, const zp_element *e, const zp_plugin *plugin, const char *needs,
			const char *may, const char *children, const double **out)
{
	const bool good = !e || zp_element_check(r, e, needs, zp_arena_print(r->arena, "%s%s", may, params_named(r, plugin)), children);
	return zp_method_values(r, s, e, plugin, out) && good;
}

bool zp_method_values(const zp_reader *r, const zp_settings *s, const zp_element *e, const zp_plugin *plugin, const double **out)
{
	bool good = true;
	size_t n = 0;
	while (plugin->params && plugin->params[n].name)
		n++;
	double *settings = zp_take(r->arena, double, n + 1);
	for (size_t i = 0; i < n; i++)
		good &= take_setting(r, e, plugin, &plugin->params[i], s, &settings[i]);
	*out = settings;
	return good;
}

bool zp_assign_take(const zp_reader *r, const zp_registry *registry, const zp_settings *s, const zp_element *e, zp_assign_for what,
		    zp_assign *out)
{
	const zp_method_use use = what == ZP_ASSIGN_ANSWERS ? ZP_FOR_ANSWERS : ZP_FOR_ASSIGN;
	const char *method = e ? zp_attribute_of(e, "method") : "algorithm-a";
	const zp_plugin *plugin = method ? zp_registry_find(registry, ZP_ESTIMATOR, method) : NULL;
	*out = (zp_assign){ .plugin = NULL };
	if (!method)
		return zp_refuse(r, e, "<assign> has no attribute \"method\"; expected one of %s", zp_methods_named(r->arena, registry, use));
	if (!plugin) {
		const zp_element here = { .line = 0 };
		return zp_refuse(r, e ? e : &here, "there is no method \"%s\" for targets; expected one of %s", zp_text_show(r->arena, zp_text_of(method)),
				 zp_methods_named(r->arena, registry, use));
	}
	if (what != ZP_ASSIGN_QUANTITY && zp_method_fits(plugin, ZP_FOR_ANSWERS))
		; /* as it should be */
	else if (what == ZP_ASSIGN_ANSWERS || plugin->does.estimator->elect)
		return zp_refuse(r, e, "the method \"%s\" is for %s; expected one of %s", method, plugin->does.estimator->elect ? "answers" : "numbers", zp_methods_named(r->arena, registry, use));
	else if (!zp_method_fits(plugin, ZP_FOR_ASSIGN))
		return zp_refuse(r, e, "the method \"%s\" takes its target from elsewhere than the participants; expected method=\"known\" here, and <known method=\"%s\"> in round.xml",
				 method, method);
	out->plugin = plugin;
	return zp_method_settings(r, s, e, plugin, "method", "", "", &out->settings);
}

/* ---- the limit ---- */

static bool matches(const zp_limit_source *s, const zp_limit_row *row, const char *code)
{
	return strcmp(row->code, code) == 0 && (!*s->programme || strcmp(row->programme, s->programme) == 0) &&
	       (!*s->specimen || strcmp(row->specimen, s->specimen) == 0);
}

/* The row for the code. Gives: NULL when there is none, or (*second set) when there are two that fit. */
static const zp_limit_row *find_row(const zp_limit_source *s, const char *code, const zp_limit_row **second)
{
	const zp_limit_row *found = NULL;
	*second = NULL;
	for (size_t i = 0; i < s->table->n && !*second; i++) {
		const zp_limit_row *row = &s->table->rows[i];
		if (!matches(s, row, code))
			continue;
		if (found)
			*second = row;
		else
			found = row;
	}
	return found;
}

static bool same_unit(const zp_common *c, const zp_element *e, const zp_measurand *m, const zp_limit *limit, const char *unit,
		      const char *where)
{
	if (!zp_limit_has_unit(limit) || strcmp(unit, m->unit) == 0)
		return true;
	return zp_refuse(&c->r, e, "the measurand \"%s\" is in %s, but its limit (%s) is in %s; expected the same unit", m->code, m->unit, where, unit);
}

static bool take_from_tables(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	const char *code = zp_attribute_of(e, "limit-code");
	code = code ? code : m->code;
	for (size_t i = 0; i < c->n_sources; i++) {
		const zp_limit_row *second, *row = find_row(&c->sources[i], code, &second);
		const char *file = c->sources[i].table->file;
		if (second)
			return zp_refuse(&c->r, e, "%s has several limits with the code \"%s\" (lines %u and %u); expected <limits> to say which by \"programme\" or \"specimen\"",
					 file, code, row->line, second->line);
		if (!row)
			continue;
		m->limit = row->limit;
		return same_unit(c, e, m, &row->limit, row->unit, zp_arena_print(c->r.arena, "%s:%u", file, row->line));
	}
	if (!c->sources_whole)
		return false;
	return zp_refuse(&c->r, e, "the measurand \"%s\" has no limit: no table of this scheme has the code \"%s\"; expected one, or a <limit> of its own",
			 m->code, zp_text_show(c->r.arena, zp_text_of(code)));
}

static bool take_limit(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	const zp_element *own = zp_element_only(&c->r, e, "limit");
	if (!own)
		return take_from_tables(c, e, m);
	if (zp_attribute_of(e, "limit-code"))
		return zp_refuse(&c->r, e, "the measurand \"%s\" has a limit-code and a <limit> of its own; expected one of them", m->code);
	bool good = zp_element_check(&c->r, own, ZP_LIMIT_NEEDS, zp_arena_print(c->r.arena, "unit %s", zp_limit_may(&c->r, c->shelf->registry, own)), "");
	good &= zp_limit_take(&c->r, c->shelf->registry, own, c->scheme, &m->limit);
	const char *unit = zp_attribute_of(own, "unit");
	return good && (!unit || same_unit(c, own, m, &m->limit, unit, "its own"));
}

/* ---- all of it ---- */

static void take_screen(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	const zp_element *screen = zp_element_only(&c->r, e, "screen");
	if (!screen || !zp_element_check(&c->r, screen, "", "least most", ""))
		return;
	bool good = zp_element_decimal(&c->r, screen, "least", ZP_RANGE_ANY, &m->screen_least);
	good &= zp_element_decimal(&c->r, screen, "most", ZP_RANGE_ANY, &m->screen_most);
	m->has_least = zp_attribute_of(screen, "least");
	m->has_most = zp_attribute_of(screen, "most");
	if (!m->has_least && !m->has_most)
		zp_refuse(&c->r, screen, "<screen> has neither \"least\" nor \"most\"; expected one of them or both");
	else if (good && m->has_least && m->has_most && zp_decimal_compare(m->screen_least, m->screen_most) >= 0)
		zp_refuse(&c->r, screen, "the screen goes from %s to %s; expected \"least\" below \"most\"", zp_attribute_of(screen, "least"),
			  zp_attribute_of(screen, "most"));
}

/* Units that are mistaken for the measurand's. */
static void take_mistaken(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	if (!zp_element_at_most(&c->r, e, "mistaken", ZP_MISTAKEN_MOST))
		return;
	zp_mistaken_unit *at = zp_take(c->r.arena, zp_mistaken_unit, zp_element_count(e, "mistaken") + 1);
	for (const zp_element *one = e->first; one; one = one->next) {
		zp_mistaken_unit *u = &at[m->n_mistaken];
		if (!zp_element_is(one, "mistaken") || !zp_element_check(&c->r, one, "unit factor", "", ""))
			continue;
		u->unit = zp_element_text(&c->r, one, "unit");
		zp_decimal factor;
		if (!zp_element_decimal(&c->r, one, "factor", ZP_RANGE_POSITIVE, &factor))
			continue;
		u->factor = zp_decimal_double(factor);
		if (zp_decimal_compare(factor, (zp_decimal){ 1, 0 }) == 0)
			zp_refuse(&c->r, one, "the unit %s has the factor 1, so that nothing tells it from %s; expected another factor",
				  zp_text_show(c->r.arena, zp_text_of(u->unit)), m->unit);
		else if (strcmp(u->unit, m->unit) == 0)
			zp_refuse(&c->r, one, "<mistaken> names %s, which is the unit of the measurand; expected another one", m->unit);
		else
			m->n_mistaken++;
	}
	m->mistaken = at;
}

void zp_measurand_take(const zp_common *c, const zp_element *e, zp_measurand *m)
{
	int pass = (int)c->pass;
	zp_ladder ladder = c->ladder;
	zp_assign assign = c->assign;
	*m = (zp_measurand){ .code = "", .places = 0 };
	const bool answers = zp_attribute_of(e, "scale");
	zp_element_check(&c->r, e, answers ? "code name" : "code name unit places", answers ? "unit places name-en pass limit-code " ZP_ANSWERS_MAY : "name-en pass limit-code " ZP_ANSWERS_MAY,
			 answers ? "alias peers assign limit cutoff" : "alias screen mistaken peers assign limit sigma score kit");
	zp_element_code(&c->r, e, "code", &m->code);
	m->name = zp_element_text(&c->r, e, "name");
	m->name_en = zp_element_text(&c->r, e, "name-en");
	m->unit = zp_element_text(&c->r, e, "unit");
	zp_element_whole(&c->r, e, "places", 0, 9, &m->places);
	zp_element_whole(&c->r, e, "pass", 1, 100, &pass);
	m->pass = (uint32_t)pass;
	zp_answers_take(c, e, m);
	const zp_element *peers = zp_element_only(&c->r, e, "peers"), *method = zp_element_only(&c->r, e, "assign");
	if (peers)
		zp_peers_take(&c->r, peers, &ladder);
	if (method)
		zp_assign_take(&c->r, c->shelf->registry, c->settings, method, answers ? ZP_ASSIGN_ANSWERS : ZP_ASSIGN_QUANTITY, &assign);
	else if (answers && assign.plugin && !zp_method_fits(assign.plugin, ZP_FOR_ANSWERS))
		zp_answers_preset(c, &assign);
	else if (!answers && assign.plugin && assign.plugin->does.estimator->elect)
		zp_refuse(&c->r, e, "the measurand \"%s\" is a quantity, and the scheme's method for targets is for answers; expected an <assign> of its own", m->code);
	memcpy(m->rungs, ladder.rungs, sizeof m->rungs);
	m->n_rungs = ladder.n;
	m->least = ladder.least;
	m->assign = assign.plugin;
	m->assign_settings = assign.settings;
	m->sigma = c->sigma;
	const zp_element *sigma = zp_element_only(&c->r, e, "sigma");
	if (sigma)
		zp_sigma_take(&c->r, sigma, &m->sigma);
	zp_wanted scores = answers ? (zp_wanted){ NULL, 0 } : c->scores;
	zp_scores_take(&c->r, c->shelf->registry, c->settings, e, &scores);
	m->scores = scores.scores;
	m->n_scores = scores.n;
	take_screen(c, e, m);
	take_mistaken(c, e, m);
	take_limit(c, e, m);
	zp_answers_check(c, e, m);
}
