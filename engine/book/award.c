/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/award.h"
#include <stdio.h>
#include <string.h>
#include "book/element.h"

#define TERMS_MOST 200
#define QUOTAS_MOST 100
#define PLACES_MOST 100000000

const char *zp_term_word(zp_term_kind kind)
{
	static const char *const words[] = { "require", "exclude", "points" };
	return words[kind];
}

typedef struct reading {
	zp_reader r;
	zp_problems *doubts;
	zp_award *award;
} reading;

/* ---- conditions ---- */

static const zp_condition *take_condition(const reading *w, const zp_element *e, const char *attribute, zp_asks asks)
{
	const char *text = zp_attribute_of(e, attribute);
	char why[ZP_CONDITION_WORDS];
	if (!text)
		return NULL;
	const zp_condition *c = zp_condition_compile(w->r.arena, text, w->award->unit == ZP_UNIT_REGION ? ZP_RECORD_OF_REGION : ZP_RECORD_OF_LAB, asks, why);
	if (!c)
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> cannot be used: %s", attribute, e->name, why);
	else if (zp_condition_doubt(c))
		zp_problem_add(w->doubts, w->r.file, e->line, e->column, "the attribute \"%s\" of <%s> is \"%s\": %s", attribute, e->name,
			       zp_text_show(w->r.arena, zp_text_of(text)), zp_condition_doubt(c));
	return c;
}

static void take_fraction(const reading *w, const zp_element *e, const char *attribute, zp_range range, zp_fraction *out)
{
	zp_decimal d;
	if (!zp_attribute_of(e, attribute) || !zp_element_decimal(&w->r, e, attribute, range, &d))
		return;
	*out = zp_fraction_decimal(d);
	if (!out->den || out->num > PLACES_MOST * out->den)
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected at most %d and 12 digits behind the point", attribute, e->name,
			  zp_attribute_of(e, attribute), PLACES_MOST);
}

static void read_points(const reading *w, const zp_element *e, zp_term *t)
{
	zp_element_check(&w->r, e, "id weight because", "because-en test value most", "");
	t->most = zp_fraction_of(1, 1);
	take_fraction(w, e, "weight", ZP_RANGE_POSITIVE, &t->weight);
	take_fraction(w, e, "most", ZP_RANGE_POSITIVE, &t->most);
	t->value = take_condition(w, e, "value", ZP_ASKS_HOW_MUCH);
	if (!zp_attribute_of(e, "test") == !zp_attribute_of(e, "value"))
		zp_refuse(&w->r, e, "<points> has %s; expected one of test and value", zp_attribute_of(e, "test") ? "both test and value" : "neither test nor value");
	if (zp_attribute_of(e, "test") && zp_attribute_of(e, "most"))
		zp_refuse(&w->r, e, "the attribute \"most\" means nothing with test; expected it with value only");
}

static zp_term read_term(const reading *w, const zp_element *e, zp_term_kind kind)
{
	zp_term t = { .kind = kind, .id = "", .line = (long)e->line };
	if (kind == ZP_TERM_POINTS)
		read_points(w, e, &t);
	else
		zp_element_check(&w->r, e, "id test because", "because-en met met-en", "");
	zp_element_code(&w->r, e, "id", &t.id);
	t.test = take_condition(w, e, "test", ZP_ASKS_WHETHER);
	t.because = zp_element_text(&w->r, e, "because");
	t.because_en = zp_element_text(&w->r, e, "because-en");
	t.met = zp_element_text(&w->r, e, "met");
	t.met_en = zp_element_text(&w->r, e, "met-en");
	if (*t.id && !zp_id_is_plain(t.id))
		zp_refuse(&w->r, e, "id=\"%s\" is too long or has other signs; expected at most 32 letters, digits, . or -", zp_text_show(w->r.arena, zp_text_of(t.id)));
	return t;
}

static void add_term(const reading *w, const zp_element *e, zp_term_kind kind, zp_term *terms)
{
	zp_award *a = w->award;
	const zp_term t = read_term(w, e, kind);
	for (size_t i = 0; i < a->n_terms; i++)
		if (*t.id && strcmp(terms[i].id, t.id) == 0) {
			zp_refuse(&w->r, e, "id=\"%s\" is there twice (first in line %ld); expected each once", t.id, terms[i].line);
			return;
		}
	terms[a->n_terms++] = t;
}

static void read_terms(const reading *w, const zp_element *root)
{
	static const char *const names[] = { "require", "exclude", "points" };
	size_t n = 0;
	for (size_t kind = 0; kind < 3; kind++)
		n += zp_element_count(root, names[kind]);
	if (n > TERMS_MOST) {
		zp_refuse(&w->r, root, "<award> has %zu conditions; expected at most %d", n, TERMS_MOST);
		return;
	}
	zp_term *terms = zp_take(w->r.arena, zp_term, n + 1);
	w->award->terms = terms;
	for (const zp_element *e = root->first; e; e = e->next)
		for (size_t kind = 0; kind < 3; kind++)
			if (zp_element_is(e, names[kind]))
				add_term(w, e, (zp_term_kind)kind, terms);
}

/* ---- places ---- */

/* "10%" of something. */
static void read_share(const reading *w, const zp_element *e, zp_quota *q)
{
	const char *value = zp_attribute_of(e, "share");
	const size_t n = strlen(value);
	zp_decimal d = { 0, 0 };
	const bool good = n > 1 && value[n - 1] == '%' && zp_decimal_read(value, n - 1, &d) == ZP_NUMBER_OK && zp_decimal_sign(d) > 0 &&
			  zp_decimal_compare(d, (zp_decimal){ 100, 0 }) <= 0;
	if (!good)
		zp_refuse(&w->r, e, "the attribute \"share\" of <quota> is \"%s\"; expected a percentage above 0%% and at most 100%%, such as 10%%",
			  zp_text_show(w->r.arena, zp_text_of(value)));
	else
		q->share = zp_fraction_over(zp_fraction_decimal(d), zp_fraction_of(100, 1));
}

static zp_quota read_quota(const reading *w, const zp_element *e)
{
	zp_quota q = { .only = "", .places = -1, .line = (long)e->line };
	int of = 0, from = 1, rounding = 0, places = -1;
	const bool share = zp_attribute_of(e, "share") != NULL;
	zp_element_check(&w->r, e, "of", "only places share from rounding", "");
	zp_element_word(&w->r, e, "of", "all city class", &of);
	zp_element_word(&w->r, e, "from", "entrants candidates", &from);
	zp_element_word(&w->r, e, "rounding", "down up half-up", &rounding);
	zp_element_whole(&w->r, e, "places", 0, PLACES_MOST, &places);
	q.only = zp_element_text(&w->r, e, "only");
	if (share == (zp_attribute_of(e, "places") != NULL))
		zp_refuse(&w->r, e, "<quota> has %s; expected one of places and share", share ? "both places and share" : "neither places nor share");
	if (!share && (zp_attribute_of(e, "from") || zp_attribute_of(e, "rounding")))
		zp_refuse(&w->r, e, "from and rounding of <quota> mean nothing with places; expected them with share only");
	if (*q.only && of == ZP_OF_ALL)
		zp_refuse(&w->r, e, "only=\"%s\" means nothing with of=\"all\"; expected of=\"city\" or of=\"class\"", zp_text_show(w->r.arena, zp_text_of(q.only)));
	if (w->award->unit == ZP_UNIT_REGION && of == ZP_OF_CLASS)
		zp_refuse(&w->r, e, "a region has no class; expected of=\"all\" or of=\"city\" where unit=\"region\"");
	if (share)
		read_share(w, e, &q);
	q.of = (zp_bucket_of)of;
	q.places = places;
	q.of_entrants = from == 0;
	q.rounding = (zp_rounding)rounding;
	return q;
}

static void read_quotas(const reading *w, const zp_element *root)
{
	if (!zp_element_at_most(&w->r, root, "quota", QUOTAS_MOST))
		return;
	zp_quota *at = zp_take(w->r.arena, zp_quota, zp_element_count(root, "quota") + 1);
	w->award->quotas = at;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, "quota"))
			continue;
		const zp_quota q = read_quota(w, e);
		for (size_t i = 0; i < w->award->n_quotas; i++)
			if (at[i].of == q.of && strcmp(at[i].only, q.only) == 0)
				zp_refuse(&w->r, e, "a second <quota> of the same (the first is in line %ld); expected one", at[i].line);
		at[w->award->n_quotas++] = q;
	}
}

static void read_ties(const reading *w, const zp_element *e)
{
	int how = ZP_TIE_COMMITTEE;
	if (!e)
		return;
	zp_element_check(&w->r, e, "how", "value", "");
	zp_element_word(&w->r, e, "how", "committee all-in all-out tiebreak", &how);
	w->award->ties = (zp_tie)how;
	w->award->tiebreak = take_condition(w, e, "value", ZP_ASKS_HOW_MUCH);
	if ((how == ZP_TIE_TIEBREAK) != (zp_attribute_of(e, "value") != NULL))
		zp_refuse(&w->r, e, how == ZP_TIE_TIEBREAK ? "how=\"tiebreak\" has no value; expected a number, more of which is better"
							    : "value of <ties> means nothing here; expected it with how=\"tiebreak\" only");
}

static void read_least(const reading *w, const zp_element *e)
{
	int entrants = 0, candidates = 0;
	if (!e)
		return;
	zp_element_check(&w->r, e, "", "points entrants candidates", "");
	take_fraction(w, e, "points", ZP_RANGE_NOT_NEGATIVE, &w->award->least_points);
	zp_element_whole(&w->r, e, "entrants", 1, PLACES_MOST, &entrants);
	zp_element_whole(&w->r, e, "candidates", 1, PLACES_MOST, &candidates);
	w->award->least_entrants = entrants;
	w->award->least_candidates = candidates;
}

/* ---- the whole ---- */

/* More than can be reached would clear nobody. */
static void check_points(const reading *w, const zp_element *root)
{
	zp_award *a = w->award;
	zp_fraction most = zp_fraction_of(0, 1);
	for (size_t i = 0; i < a->n_terms; i++)
		if (a->terms[i].kind == ZP_TERM_POINTS && a->terms[i].weight.den)
			most = zp_fraction_plus(most, a->terms[i].value ? zp_fraction_times(a->terms[i].weight, a->terms[i].most) : a->terms[i].weight);
	if (a->least_points.den && most.den && zp_fraction_compare(most, a->least_points) < 0) {
		char text[ZP_PERCENT_TEXT];
		zp_refuse(&w->r, root, "<least> asks for more points than there are; expected at most %s", zp_fraction_print(zp_fraction_over(most, zp_fraction_of(100, 1)), text));
	}
	if (!a->n_terms)
		zp_refuse(&w->r, root, "<award> has no condition; expected <require>, <exclude> or <points>");
}

static void read_root(const reading *w, const zp_element *root)
{
	zp_award *a = w->award;
	const zp_reader *r = &w->r;
	int unit = 0;
	if (!zp_element_is(root, "award")) {
		zp_refuse(r, root, "the file holds <%s>; expected <award>", root->name);
		return;
	}
	zp_element_check(r, root, "id name version unit", "name-en organiser organiser-en department", "entrant require exclude points least quota ties");
	zp_element_word(r, root, "unit", "laboratory department region", &unit);
	zp_element_code(r, root, "id", &a->id);
	a->unit = (zp_unit)unit;
	a->name = zp_element_text(r, root, "name");
	a->name_en = zp_element_text(r, root, "name-en");
	a->version = zp_element_text(r, root, "version");
	a->organiser = zp_element_text(r, root, "organiser");
	a->organiser_en = zp_element_text(r, root, "organiser-en");
	a->department = zp_element_text(r, root, "department");
	if (*a->id && !zp_id_is_plain(a->id))
		zp_refuse(r, root, "id=\"%s\" is too long or has other signs; expected at most 32 letters, digits, . or -", zp_text_show(r->arena, zp_text_of(a->id)));
	if ((a->unit == ZP_UNIT_DEPARTMENT) != (*a->department != '\0'))
		zp_refuse(r, root, *a->department ? "department means nothing here; expected it with unit=\"department\" only"
						  : "unit=\"department\" has no department; expected its names with | between");
	const zp_element *entrant = zp_element_only(r, root, "entrant");
	if (entrant) {
		zp_element_check(r, entrant, "test", "", "");
		a->entrant = take_condition(w, entrant, "test", ZP_ASKS_WHETHER);
	}
	read_terms(w, root);
	read_least(w, zp_element_only(r, root, "least"));
	read_quotas(w, root);
	read_ties(w, zp_element_only(r, root, "ties"));
	check_points(w, root);
}

/* Who took part in the year. */
static const zp_condition *usual_entrant(zp_arena *arena, zp_unit unit)
{
	char why[ZP_CONDITION_WORDS];
	return unit == ZP_UNIT_REGION ? zp_condition_compile(arena, "known(region)", ZP_RECORD_OF_REGION, ZP_ASKS_WHETHER, why)
				      : zp_condition_compile(arena, "participation/@rounds > 0", ZP_RECORD_OF_LAB, ZP_ASKS_WHETHER, why);
}

const zp_award *zp_award_read(zp_arena *arena, const char *rules_dir, const char *name, zp_tie ties, zp_problems *rules, zp_problems *doubts)
{
	const size_t before = zp_problems_count(rules), n = strlen(name);
	const bool own = n > 4 && strcmp(name + n - 4, ".xml") == 0;
	if (!own && !zp_id_is_plain(name)) {
		zp_problem_add(rules, "awards", 0, 0, "\"%s\" is not the name of an award; expected letters, digits, . or -, or a file that ends in .xml",
			       zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	zp_award *a = zp_take(arena, zp_award, 1);
	*a = (zp_award){ .ties = ties == ZP_TIE_TIEBREAK ? ZP_TIE_COMMITTEE : ties, .id = "", .organiser = "", .organiser_en = "", .file = own ? zp_arena_text(arena, name, n) : zp_arena_print(arena, "awards/%s.xml", name) };
	const zp_xml *xml = zp_xml_read(arena, own ? name : zp_arena_print(arena, "%s/%s", rules_dir, a->file), a->file, rules);
	if (!xml)
		return NULL;
	a->input = xml->input;
	const reading w = { { arena, a->file, rules }, doubts, a };
	read_root(&w, xml->root);
	if (!a->entrant)
		a->entrant = usual_entrant(arena, a->unit);
	if (zp_problems_count(rules) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/award.rng", rules_dir), "schemas/award.rng", NULL, rules);
	return zp_problems_count(rules) == before ? a : NULL;
}

bool zp_award_has_department(const zp_award *a, const char *name)
{
	const size_t n = strlen(name);
	for (const char *p = a->department; n && *p;) {
		const size_t here = strcspn(p, "|");
		const zp_text one = zp_text_trim((zp_text){ p, here });
		if (zp_text_same(one, (zp_text){ name, n }))
			return true;
		p += here + (p[here] == '|');
	}
	return false;
}
