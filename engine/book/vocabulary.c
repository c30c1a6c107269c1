/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/vocabulary.h"

#define FOLDS_MOST 500     /* characters */
#define PARTS_MOST 30
#define PHRASES_MOST 1000
#define EXAMPLES_MOST 100  /* of a pattern */

/* In the order of zp_kind; what each must be made of. */
static const char kind_words[] = "nothing number below above category titre grade";
static const bool has_number[ZP_KINDS] = { [ZP_NUMBER] = true, [ZP_BELOW] = true, [ZP_ABOVE] = true, [ZP_TITRE] = true, [ZP_GRADE] = true };
static const bool may_unit[ZP_KINDS] = { [ZP_NUMBER] = true, [ZP_BELOW] = true, [ZP_ABOVE] = true };

typedef struct work {
	zp_reader r;
	zp_vocabulary *v;
	zp_listener *listener;
	const char *parts;
} work;

/* ---- characters and parts ---- */

/* from="﹤〈" to="<<": each character of the one stands for that of the other. */
static void take_fold(const work *w, const zp_element *e, zp_fold *folds, size_t *n)
{
	if (!zp_element_check(&w->r, e, "from to", "", ""))
		return;
	const char *from = zp_attribute_of(e, "from"), *to = zp_attribute_of(e, "to");
	while (*from && *to) {
		uint32_t c = 0, d = 0;
		const size_t step = zp_utf8_at(from, strlen(from), &c), width = zp_utf8_at(to, strlen(to), &d);
		if (c < 0x80) {
			zp_refuse(&w->r, e, "<fold> replaces \"%c\"; expected no character of ASCII in \"from\"", (int)c);
			return;
		}
		if (width > step || *n == FOLDS_MOST) {
			zp_refuse(&w->r, e, "<fold> has a character that is longer than the one it stands for, or there are more than %d; expected a plainer one", FOLDS_MOST);
			return;
		}
		folds[(*n)++] = (zp_fold){ c, zp_arena_text(w->r.arena, to, width) };
		from += step;
		to += width;
	}
	if (*from || *to)
		zp_refuse(&w->r, e, "\"from\" and \"to\" of <fold> differ in length; expected as many characters in each");
}

static bool is_name(const char *text)
{
	return *text && text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0' && strlen(text) <= 30;
}

static void take_part(work *w, const zp_element *e)
{
	const char *why;
	if (!zp_element_check(&w->r, e, "name match", "", ""))
		return;
	const char *name = zp_attribute_of(e, "name"), *match = zp_attribute_of(e, "match");
	if (!is_name(name)) {
		zp_refuse(&w->r, e, "the part has the name \"%s\"; expected letters a to z", zp_text_show(w->r.arena, zp_text_of(name)));
		return;
	}
	const char *more = zp_arena_print(w->r.arena, "%s(?'%s'%s)", w->parts, name, match);
	if (!zp_pattern_take(w->r.arena, zp_arena_print(w->r.arena, "(?(DEFINE)%s)", more), "", &why))
		zp_refuse(&w->r, e, "the part \"%s\" is no pattern: %s", name, why);
	else
		w->parts = more;
}

/* ---- patterns ---- */

/* "$" in a template begins the name of a group that the pattern has. */
static bool check_template(const work *w, const zp_element *e, const zp_phrase *phrase, const char *what, const char *template)
{
	for (const char *p = template; p && (p = strchr(p, '$')); p++) {
		const zp_text name = { p + 1, strspn(p + 1, "abcdefghijklmnopqrstuvwxyz") };
		if (!zp_pattern_group(phrase->pattern, name))
			return zp_refuse(&w->r, e, "the attribute \"%s\" of <pattern> names the group \"%s\"; expected one that the pattern has, as (?'n'...)", what,
					 zp_text_show(w->r.arena, name));
	}
	return true;
}

static bool take_makings(const work *w, const zp_element *e, zp_phrase *out)
{
	const zp_reader *r = &w->r;
	int kind = 0;
	if (!zp_element_word(r, e, "kind", kind_words, &kind))
		return false;
	const char *word = zp_attribute_of(e, "kind");
	out->kind = (zp_kind)kind;
	out->number = zp_attribute_of(e, "number");
	out->word = zp_attribute_of(e, "word");
	out->unit = zp_attribute_of(e, "unit");
	if (!out->number == has_number[kind])
		return zp_refuse(r, e, "a pattern of the kind %s %s \"number\"", word, out->number ? "has no use for; expected no attribute" : "needs; expected the attribute");
	if (!out->word == (kind == ZP_CATEGORY))
		return zp_refuse(r, e, "a pattern of the kind %s %s \"word\"", word, out->word ? "has no use for; expected no attribute" : "needs; expected the attribute");
	if (out->unit && (!may_unit[kind] || *out->unit != '$' || !is_name(out->unit + 1)))
		return zp_refuse(r, e, "the attribute \"unit\" of a pattern of the kind %s is \"%s\"; expected the name of a group, as $unit, and a kind that has a unit", word,
				 zp_text_show(r->arena, zp_text_of(out->unit)));
	return check_template(w, e, out, "number", out->number) && check_template(w, e, out, "word", out->word) &&
	       check_template(w, e, out, "unit", out->unit);
}

static bool take_phrase(const work *w, const zp_element *e, zp_phrase *out)
{
	const char *why;
	const bool refusal = zp_element_is(e, "refusal");
	if (!zp_element_check(&w->r, e, refusal ? "match says" : "match kind", refusal ? "" : "number word unit", "example counterexample"))
		return false;
	*out = (zp_phrase){ .match = zp_attribute_of(e, "match"), .line = e->line };
	const char *parts = *w->parts ? zp_arena_print(w->r.arena, "(?(DEFINE)%s)", w->parts) : "";
	out->pattern = zp_pattern_take(w->r.arena, parts, out->match, &why);
	if (!out->pattern)
		return zp_refuse(&w->r, e, "\"%s\" is no pattern: %s", zp_text_show(w->r.arena, zp_text_of(out->match)), why);
	if (!refusal)
		return take_makings(w, e, out);
	out->refuses = zp_element_text(&w->r, e, "says");
	return true;
}

/* ---- examples ---- */

/* What the whole vocabulary makes of the text is what the example says, and it is this pattern that makes it. */
static void check_example(const work *w, const zp_element *e, const zp_phrase *phrase)
{
	zp_value value;
	const char *says;
	char got[ZP_HEARD_BYTES];
	if (!zp_element_check(&w->r, e, phrase->refuses ? "of" : "of gives", "", ""))
		return;
	const char *of = zp_attribute_of(e, "of"), *gives = zp_attribute_of(e, "gives"), *shown = zp_text_show(w->r.arena, zp_text_of(of));
	const zp_heard heard = zp_hear(w->v, w->listener, zp_text_of(of), &value, &says);
	const zp_phrase *by = w->listener->phrase;
	if (heard == ZP_HEARD_FAULT)
		zp_refuse(&w->r, e, "%s", says);
	else if (by != phrase && by)
		zp_refuse(&w->r, e, "the example \"%s\" is taken by the pattern in line %u; expected the one that it stands in", shown, by->line);
	else if (by != phrase)
		zp_refuse(&w->r, e, "the example \"%s\" is taken by no pattern; expected the one that it stands in", shown);
	else if (heard == ZP_HEARD_REFUSED && !phrase->refuses)
		zp_refuse(&w->r, e, "the example \"%s\" %s; expected \"%s\"", shown, says, zp_text_show(w->r.arena, zp_text_of(gives)));
	else if (!phrase->refuses && (zp_value_write(&value, got, sizeof got) >= sizeof got || strcmp(got, gives) != 0))
		zp_refuse(&w->r, e, "the example \"%s\" gives \"%s\"; expected \"%s\"", shown, zp_text_show(w->r.arena, zp_text_of(got)),
			  zp_text_show(w->r.arena, zp_text_of(gives)));
}

static void check_counterexample(const work *w, const zp_element *e, const zp_phrase *phrase)
{
	const char *why;
	if (!zp_element_check(&w->r, e, "of", "", ""))
		return;
	const zp_text of = zp_text_of(zp_attribute_of(e, "of")), folded = zp_hear_folded(w->v, w->listener, of);
	const zp_match match = folded.p ? zp_hear_one(phrase, w->listener, folded, &why) : ZP_MATCH_NO;
	if (match == ZP_MATCH_FAULT)
		zp_refuse(&w->r, e, "the pattern %s, for the counterexample \"%s\"", why, zp_text_show(w->r.arena, of));
	else if (match == ZP_MATCH_YES)
		zp_refuse(&w->r, e, "the counterexample \"%s\" is taken by the pattern; expected it not to be", zp_text_show(w->r.arena, of));
}

static void check_examples(const work *w, const zp_element *e, const zp_phrase *phrase)
{
	if (!zp_element_at_most(&w->r, e, "example", EXAMPLES_MOST) || !zp_element_at_most(&w->r, e, "counterexample", EXAMPLES_MOST))
		return;
	if (!zp_element_count(e, "example") || !zp_element_count(e, "counterexample"))
		zp_refuse(&w->r, e, "the pattern lacks an <example> or a <counterexample>; expected one of each at least");
	for (const zp_element *c = e->first; c; c = c->next) {
		if (zp_element_is(c, "example"))
			check_example(w, c, phrase);
		else if (zp_element_is(c, "counterexample"))
			check_counterexample(w, c, phrase);
	}
}

/* ---- all of it ---- */

static bool is_phrase(const zp_element *e)
{
	return zp_element_is(e, "pattern") || zp_element_is(e, "refusal");
}

static void take_phrases(work *w, const zp_element *root)
{
	const size_t n = zp_element_count(root, "pattern") + zp_element_count(root, "refusal"), before = zp_problems_count(w->r.problems);
	if (n == 0 || n > PHRASES_MOST) {
		zp_refuse(&w->r, root, "the vocabulary has %zu patterns; expected 1 to %d", n, PHRASES_MOST);
		return;
	}
	zp_phrase *phrases = zp_take(w->r.arena, zp_phrase, n);
	w->v->phrases = phrases;
	for (const zp_element *e = root->first; e; e = e->next)
		if (is_phrase(e))
			take_phrase(w, e, &phrases[w->v->n_phrases++]);
	if (zp_problems_count(w->r.problems) != before)
		return; /* with patterns missing the examples would say what is not so */
	size_t i = 0;
	for (const zp_element *e = root->first; e; e = e->next)
		if (is_phrase(e))
			check_examples(w, e, &phrases[i++]);
}

static void take_all(work *w, const zp_element *root)
{
	zp_fold *folds = zp_take(w->r.arena, zp_fold, FOLDS_MOST);
	zp_element_check(&w->r, root, "name version title title-en", "", "fold part pattern refusal");
	w->v->name = zp_element_text(&w->r, root, "name");
	w->v->version = zp_element_text(&w->r, root, "version");
	w->v->folds = folds;
	if (!zp_element_at_most(&w->r, root, "fold", FOLDS_MOST) || !zp_element_at_most(&w->r, root, "part", PARTS_MOST))
		return;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (zp_element_is(e, "fold"))
			take_fold(w, e, folds, &w->v->n_folds);
		else if (zp_element_is(e, "part"))
			take_part(w, e);
	}
	take_phrases(w, root);
}

const zp_vocabulary *zp_vocabulary_read(zp_shelf *s, zp_volume *v)
{
	if (v->vocabulary || v->bad)
		return v->vocabulary;
	const zp_xml *xml = zp_shelf_read(s, v, "vocabulary", s->rules);
	if (!xml)
		return NULL;
	const size_t before = zp_problems_count(s->rules);
	work w = { .r = { s->arena, v->file, s->rules }, .v = zp_take(s->arena, zp_vocabulary, 1), .listener = zp_listener_take(s->arena), .parts = "" };
	w.v->file = v->file;
	take_all(&w, xml->root);
	if (zp_problems_count(s->rules) == before)
		zp_shelf_validate(s, v, "vocabulary", s->rules);
	v->bad = zp_problems_count(s->rules) != before;
	v->vocabulary = v->bad ? NULL : w.v;
	return v->vocabulary;
}
