/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/scale.h"
#include <stdlib.h>
#include "model/written.h"

#define ALIASES_MOST 200 /* of an answer */
#define STRIPS_MOST 100
#define MAKERS_MOST 100  /* names of a strip */
#define DILUTIONS_MOST 40

static const char kind_words[] = "nominal ordinal titre set";
static const char side_words[] = "none negative grey positive";

typedef struct work {
	zp_reader r;
	zp_scale *s;
	zp_names *codes, *names, *shown, *makers;
	zp_answer *answers;
	zp_strip *strips;
} work;

/* ---- answers ---- */

/* One more way of writing the answer, in the table given. */
static bool add_name(const work *w, const zp_element *e, zp_names *names, const char *text, uint32_t answer)
{
	char room[ZP_SCALE_KEY_BYTES];
	const char *shown = zp_text_show(w->r.arena, zp_text_of(text));
	const zp_text key = zp_scale_key(zp_text_of(text), w->s->case_matters, room);
	if (!key.p || !key.n)
		return zp_refuse(&w->r, e, "\"%s\" is no way to write an answer; expected 1 to %d bytes", shown, ZP_SCALE_KEY_BYTES);
	if (zp_names_alias(names, key, answer))
		return true;
	return zp_refuse(&w->r, e, "\"%s\" stands for the answers \"%s\" and \"%s\"; expected it to mean one", shown,
			 w->answers[zp_names_find(names, key)].code, w->answers[answer].code);
}

static bool new_answer(work *w, const zp_element *e, const zp_answer *a)
{
	if (zp_names_find(w->codes, zp_text_of(a->code)) != ZP_NO_NAME)
		return zp_refuse(&w->r, e, "a second answer has the code \"%s\"; expected each once", a->code);
	const uint32_t i = zp_names_add(w->codes, zp_text_of(a->code));
	w->answers[i] = *a;
	w->s->n = i + 1;
	zp_names_add(w->names, zp_text_of(zp_arena_print(w->r.arena, "\x1f%u", i))); /* a number that ways of writing can stand for */
	const char *const ways[] = { a->code, a->name, a->name_en };
	bool good = true;
	for (size_t k = 0; k < 3 && good; k++)
		good = !*ways[k] || add_name(w, e, w->names, ways[k], i);
	if (!good || zp_names_count(w->shown) != i) /* one before was refused: numbers there are no longer those of answers */
		return false;
	zp_names_add(w->shown, zp_text_of(a->code));
	for (size_t k = 1; k < 3; k++)
		if (*ways[k])
			zp_names_alias(w->shown, zp_text_of(ways[k]), i);
	return true;
}

static void take_answer(work *w, const zp_element *e)
{
	int side = 0, significant = 0;
	zp_answer a = { .code = "" };
	if (!zp_element_check(&w->r, e, "code name", "name-en side significant family", "as") || !zp_element_at_most(&w->r, e, "as", ALIASES_MOST))
		return;
	bool good = zp_element_code(&w->r, e, "code", &a.code);
	good &= zp_element_word(&w->r, e, "side", side_words, &side);
	good &= zp_element_word(&w->r, e, "significant", "yes no", &significant);
	if (good && strchr("=+-@'", a.code[0])) /* spreadsheets would take it for a formula */
		good = zp_refuse(&w->r, e, "the answer has the code \"%s\"; expected one that begins with a letter or a digit", a.code);
	a.name = zp_element_text(&w->r, e, "name");
	a.name_en = zp_attribute_of(e, "name-en") ? zp_element_text(&w->r, e, "name-en") : a.code;
	a.family = zp_element_text(&w->r, e, "family");
	a.side = (zp_side)side;
	a.significant = significant == 0;
	if (!good || !new_answer(w, e, &a))
		return;
	for (const zp_element *c = e->first; c; c = c->next)
		if (zp_element_is(c, "as") && zp_element_check(&w->r, c, "text", "", ""))
			add_name(w, c, w->names, zp_attribute_of(c, "text"), w->s->n - 1);
}

/* 1:1, 1:2, 1:4 … behind the answers that are written out, as positive ones. */
static void take_dilutions(work *w, const zp_element *root)
{
	int start = 1, factor = 2, most = 0;
	if (!zp_element_check(&w->r, root, "name version title kind most", "title-en start factor case strips-by", "answer strip"))
		return;
	bool good = zp_element_whole(&w->r, root, "start", 1, 1000000, &start);
	good &= zp_element_whole(&w->r, root, "factor", 2, 10, &factor);
	good &= zp_element_whole(&w->r, root, "most", 1, 100000000, &most);
	int n = 0;
	for (long at = start; good && at <= most && n < DILUTIONS_MOST; at *= factor, n++) {
		const char *code = zp_arena_print(w->r.arena, "1:%ld", at);
		new_answer(w, root, &(zp_answer){ .code = code, .name = code, .name_en = code, .side = ZP_SIDE_POSITIVE, .significant = true, .family = "" });
	}
	if (good && n == 0)
		zp_refuse(&w->r, root, "the dilutions go from 1:%d to 1:%d; expected \"start\" not above \"most\"", start, most);
}

/* ---- strips ---- */

/* answers="- +- 1+ 2+": what is on it. */
static bool take_on_strip(const work *w, const zp_element *e, zp_strip *strip)
{
	const char *list = zp_attribute_of(e, "answers");
	zp_text word;
	while (zp_word_next(&list, &word)) {
		const uint32_t answer = zp_names_find(w->codes, word);
		if (answer == ZP_NO_NAME)
			return zp_refuse(&w->r, e, "the strip has the answer \"%s\", which the scale has not; expected codes of its answers", zp_text_show(w->r.arena, word));
		strip->answers |= UINT64_C(1) << answer;
	}
	return true;
}

static void take_way(const work *w, const zp_element *e, const zp_strip *strip, zp_names *names)
{
	if (!zp_element_check(&w->r, e, "text answer", "", ""))
		return;
	const char *code = zp_attribute_of(e, "answer");
	const uint32_t answer = zp_names_find(w->codes, zp_text_of(code));
	if (answer == ZP_NO_NAME || !(strip->answers & UINT64_C(1) << answer))
		zp_refuse(&w->r, e, "the answer \"%s\" is not on this strip; expected one of its \"answers\"", zp_text_show(w->r.arena, zp_text_of(code)));
	else
		add_name(w, e, names, zp_attribute_of(e, "text"), answer);
}

static void take_maker(const work *w, const zp_element *e, uint32_t strip)
{
	char room[ZP_SCALE_KEY_BYTES];
	if (!zp_element_check(&w->r, e, "name", "", ""))
		return;
	const zp_text name = zp_text_of(zp_element_text(&w->r, e, "name")), key = zp_scale_key(name, false, room);
	if (!key.p || !key.n || !zp_names_alias(w->makers, key, strip))
		zp_refuse(&w->r, e, "the maker \"%s\" stands for two strips, or is no name; expected each for one", zp_text_show(w->r.arena, name));
}

static void take_strip(work *w, const zp_element *e)
{
	zp_strip *strip = &w->strips[w->s->n_strips];
	if (!zp_element_check(&w->r, e, "name answers", "", "maker as") || !zp_element_at_most(&w->r, e, "as", ALIASES_MOST) ||
	    !zp_element_at_most(&w->r, e, "maker", MAKERS_MOST))
		return;
	*strip = (zp_strip){ .name = zp_element_text(&w->r, e, "name") };
	if (!take_on_strip(w, e, strip))
		return;
	zp_names *names = zp_names_take(w->r.arena);
	for (uint32_t i = 0; i < w->s->n; i++) /* numbers must exist before ways of writing can find them */
		zp_names_add(names, zp_text_of(zp_arena_print(w->r.arena, "\x1f%u", i)));
	zp_names_add(w->makers, zp_text_of(zp_arena_print(w->r.arena, "\x1f%u", w->s->n_strips)));
	for (const zp_element *c = e->first; c; c = c->next) {
		if (zp_element_is(c, "maker"))
			take_maker(w, c, w->s->n_strips);
		else if (zp_element_is(c, "as"))
			take_way(w, c, strip, names);
	}
	strip->names = names;
	w->s->n_strips++;
}

static void take_strips(work *w, const zp_element *root)
{
	static const char keys[] = "system instrument method reagent calibrator";
	int key = 3;
	zp_element_word(&w->r, root, "strips-by", keys, &key);
	w->s->strip_key = (unsigned)key;
	if (zp_element_count(root, "strip") && !zp_scale_is_ordered(w->s))
		zp_refuse(&w->r, root, "a scale without order has strips; expected kind=\"ordinal\"");
	else if (zp_element_at_most(&w->r, root, "strip", STRIPS_MOST))
		for (const zp_element *e = root->first; e; e = e->next)
			if (zp_element_is(e, "strip"))
				take_strip(w, e);
}

/* ---- all of it ---- */

/* All members of a set together are one cell. */
static void check_room(const work *w, const zp_element *root)
{
	size_t n[3] = { 0 };
	for (uint32_t i = 0; i < w->s->n; i++) {
		const char *const names[] = { w->answers[i].code, w->answers[i].name, w->answers[i].name_en };
		for (size_t k = 0; k < 3; k++)
			n[k] += strlen(names[k]) + 1;
	}
	for (size_t k = 0; k < 3; k++)
		if (zp_scale_is_set(w->s) && n[k] > ZP_WRITTEN_BYTES) {
			zp_refuse(&w->r, root, "the %s of all answers of the set take %zu bytes; expected at most %d", k == 0 ? "codes" : k == 1 ? "names" : "English names", n[k],
				  ZP_WRITTEN_BYTES);
			return;
		}
}

static void take_all(work *w, const zp_element *root)
{
	int kind = 0, case_matters = 1;
	w->s->name = zp_element_text(&w->r, root, "name");
	w->s->version = zp_element_text(&w->r, root, "version");
	if (!zp_element_word(&w->r, root, "kind", kind_words, &kind) || !zp_element_word(&w->r, root, "case", "matters ignored", &case_matters))
		return;
	w->s->kind = (zp_scale_kind)kind;
	w->s->case_matters = case_matters == 0;
	const size_t most = kind == ZP_SCALE_NOMINAL ? ZP_ANSWERS_MOST : ZP_GRADES_MOST, n = zp_element_count(root, "answer");
	if (kind != ZP_SCALE_TITRE && !zp_element_check(&w->r, root, "name version title kind", "title-en case strips-by", "answer strip"))
		return;
	const size_t written = most - (kind == ZP_SCALE_TITRE ? DILUTIONS_MOST : 0);
	if (n > written || (n == 0 && kind != ZP_SCALE_TITRE)) {
		zp_refuse(&w->r, root, "the scale has %zu answers%s; expected %d to %zu", n, kind == ZP_SCALE_TITRE ? " beside its dilutions" : "", kind != ZP_SCALE_TITRE, written);
		return;
	}
	w->answers = zp_take(w->r.arena, zp_answer, n + DILUTIONS_MOST);
	w->strips = zp_take(w->r.arena, zp_strip, zp_element_count(root, "strip") + 1);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "answer"))
			take_answer(w, e);
	if (kind == ZP_SCALE_TITRE)
		take_dilutions(w, root);
	check_room(w, root);
	take_strips(w, root);
}

const zp_scale *zp_scale_read(zp_shelf *s, zp_volume *v)
{
	if (v->scale || v->bad)
		return v->scale;
	const zp_xml *xml = zp_shelf_read(s, v, "scale", s->rules);
	if (!xml)
		return NULL;
	const size_t before = zp_problems_count(s->rules);
	work w = { .r = { s->arena, v->file, s->rules }, .s = zp_take(s->arena, zp_scale, 1), .codes = zp_names_take(s->arena),
		   .names = zp_names_take(s->arena), .shown = zp_names_take(s->arena), .makers = zp_names_take(s->arena) };
	w.s->file = v->file;
	take_all(&w, xml->root);
	w.s->answers = w.answers;
	w.s->names = w.names;
	w.s->shown = w.shown;
	w.s->strips = w.strips;
	w.s->makers = w.makers;
	if (zp_problems_count(s->rules) == before)
		zp_shelf_validate(s, v, "scale", s->rules);
	v->bad = zp_problems_count(s->rules) != before;
	v->scale = v->bad ? NULL : w.s;
	return v->scale;
}
