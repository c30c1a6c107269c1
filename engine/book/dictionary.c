/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/dictionary.h"

#define NAMES_MOST 20000  /* of a kind */
#define ALIASES_MOST 100  /* of a name */

/* In the order of zp_peer_key. */
static const char *const kinds[ZP_PEER_KEYS] = { "system", "instrument", "method", "reagent", "calibrator" };

uint32_t zp_dictionary_find(const zp_names *names, zp_text text)
{
	char folded[2 * ZP_DICTIONARY_NAME_BYTES];
	text = zp_text_trim(text);
	if (text.n > sizeof folded)
		return ZP_NO_NAME;
	const uint32_t exact = zp_names_find(names, text);
	if (exact != ZP_NO_NAME)
		return exact;
	return zp_names_find(names, zp_text_trim((zp_text){ folded, zp_text_fold(text, folded) }));
}

/* One more way to write name `number`, as it stands and folded. */
static void add(const zp_reader *r, const zp_element *e, const char *kind, zp_names *names, zp_text text, uint32_t number)
{
	char folded[ZP_DICTIONARY_NAME_BYTES];
	if (!text.n)
		return;
	if (text.n > sizeof folded || !zp_text_is_plain(text)) {
		zp_refuse(r, e, "the name \"%s\" is not usable; expected at most %d bytes in which every character can be seen", zp_text_show(r->arena, text),
			  ZP_DICTIONARY_NAME_BYTES);
		return;
	}
	const zp_text plain = zp_text_trim((zp_text){ folded, zp_text_fold(text, folded) });
	if (zp_names_alias(names, text, number) && (!plain.n || zp_names_alias(names, plain, number)))
		return;
	const uint32_t other = zp_dictionary_find(names, text);
	zp_refuse(r, e, "the name \"%s\" stands for the %ss \"%s\" and \"%s\"; expected it to mean one", zp_text_show(r->arena, text), kind,
		  zp_text_show(r->arena, zp_names_at(names, other)), zp_text_show(r->arena, zp_names_at(names, number)));
}

/* The printed names first, so that name i keeps number i and no alias can take it away. */
static void take_kind(const zp_reader *r, const zp_element *root, const char *kind, zp_names *names)
{
	uint32_t i = 0;
	if (!zp_element_at_most(r, root, kind, NAMES_MOST))
		return;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, kind))
			continue;
		const bool good = zp_element_check(r, e, "name", "code name-en", "alias") && zp_element_at_most(r, e, "alias", ALIASES_MOST);
		zp_text name = zp_text_of(zp_element_text(r, e, "name"));
		if (good && zp_names_find(names, name) != ZP_NO_NAME)
			zp_refuse(r, e, "a second %s has the name \"%s\"; expected each once", kind, zp_text_show(r->arena, name));
		if (!good || zp_names_find(names, name) != ZP_NO_NAME)
			name = zp_text_of(zp_arena_print(r->arena, "\x1f%u", i)); /* keeps the number */
		zp_names_add(names, name);
		i++;
	}
	i = 0;
	for (const zp_element *e = root->first; e; e = e->next) {
		if (!zp_element_is(e, kind))
			continue;
		if (zp_names_at(names, i).p[0] != '\x1f') {
			add(r, e, kind, names, zp_names_at(names, i), i);
			add(r, e, kind, names, zp_text_of(zp_element_text(r, e, "code")), i);
			add(r, e, kind, names, zp_text_of(zp_element_text(r, e, "name-en")), i);
			for (const zp_element *c = e->first; c; c = c->next)
				if (zp_element_is(c, "alias") && zp_element_check(r, c, "name", "", ""))
					add(r, c, kind, names, zp_text_of(zp_element_text(r, c, "name")), i);
		}
		i++;
	}
}

const zp_dictionary *zp_dictionary_read(zp_shelf *s, zp_volume *v)
{
	if (v->dictionary || v->bad)
		return v->dictionary;
	const zp_xml *xml = zp_shelf_read(s, v, "names", s->rules);
	if (!xml)
		return NULL;
	const size_t before = zp_problems_count(s->rules);
	const zp_reader r = { s->arena, v->file, s->rules };
	zp_dictionary *d = zp_take(s->arena, zp_dictionary, 1);
	zp_element_check(&r, xml->root, "name version title", "title-en", "system instrument method reagent calibrator");
	*d = (zp_dictionary){ .file = v->file, .name = zp_element_text(&r, xml->root, "name"), .version = zp_element_text(&r, xml->root, "version") };
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		if (!zp_element_count(xml->root, kinds[k]))
			continue;
		zp_names *names = zp_names_take(s->arena);
		take_kind(&r, xml->root, kinds[k], names);
		d->names[k] = names;
	}
	if (zp_problems_count(s->rules) == before)
		zp_shelf_validate(s, v, "names", s->rules);
	v->bad = zp_problems_count(s->rules) != before;
	v->dictionary = v->bad ? NULL : d;
	return v->dictionary;
}
