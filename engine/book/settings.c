/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/settings.h"
#include <assert.h>

#define VALUE_TEXT 64 /* room for any choice as text */

zp_settings zp_settings_default(void)
{
	assert(zp_choice_count() <= ZP_SETTINGS_MOST);
	return (zp_settings){ .choices = zp_choices_default() };
}

/* Its number among the choices; the count of them when it is none. */
static size_t number_of(const char *name)
{
	size_t i = 0;
	while (i < zp_choice_count() && strcmp(zp_choice_at(i)->name, name) != 0)
		i++;
	return i;
}

bool zp_method_fits(const zp_plugin *plugin, zp_method_use use)
{
	if (use == ZP_FOR_SCORE || use == ZP_FOR_JUDGE)
		return plugin->kind == ZP_SCORER && (use == ZP_FOR_JUDGE ? plugin->does.scorer->judge != NULL : plugin->does.scorer->score != NULL);
	if (plugin->kind != ZP_ESTIMATOR)
		return false;
	const bool known = strcmp(plugin->name, "known") == 0;
	if (use == ZP_FOR_ANSWERS || plugin->does.estimator->elect) /* a value is stated for either */
		return use == ZP_FOR_ANSWERS ? plugin->does.estimator->elect || known : false;
	/* <known> makes a target of anything but itself; the participants make theirs, and their SDI, of their own values */
	return use == ZP_FOR_KNOWN ? !known : !plugin->does.estimator->stated || (known && use == ZP_FOR_ASSIGN);
}

const char *zp_methods_named(zp_arena *arena, const zp_registry *registry, zp_method_use use)
{
	const char *list = "";
	for (size_t i = 0; i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		if (zp_method_fits(p, use))
			list = zp_arena_print(arena, "%s%s%s", list, *list ? ", " : "", p->name);
	}
	return *list ? list : "none, for none is installed";
}

/* An SDI needs a centre that is worked out from the participants. */
static bool is_sdi_method(const zp_registry *registry, const char *name)
{
	const zp_plugin *plugin = zp_registry_find(registry, ZP_ESTIMATOR, name);
	return strcmp(name, "own") == 0 || (plugin && zp_method_fits(plugin, ZP_FOR_SDI));
}

static void take_one(const zp_reader *r, const zp_registry *registry, const zp_element *e, const zp_attribute *a, zp_settings *s)
{
	size_t i = number_of(a->name);
	const char *shown = zp_text_show(r->arena, zp_text_of(a->value));
	if (i == zp_choice_count()) {
		zp_refuse(r, e, "there is no choice \"%s\"; expected one of the names in docs/formats/choices.md",
			  zp_text_show(r->arena, zp_text_of(a->name)));
		return;
	}
	if (strcmp(a->name, "sdi_method") == 0 && !is_sdi_method(registry, a->value)) {
		zp_refuse(r, e, "the choice sdi_method is \"%s\", which works nothing out or is unknown; expected own or one of %s", shown,
			  zp_methods_named(r->arena, registry, ZP_FOR_SDI));
		return;
	}
	const char *expected = zp_choice_set(&s->choices, a->name, zp_text_of(a->value));
	if (expected)
		zp_refuse(r, e, "the choice %s is \"%s\"; expected %s", a->name, shown, expected);
	else
		s->given[i] = true;
}

void zp_settings_take(const zp_reader *r, const zp_registry *registry, const zp_element *e, zp_settings *s)
{
	for (uint32_t i = 0; i < e->n_attributes; i++)
		take_one(r, registry, e, &e->attributes[i], s);
	for (const zp_element *c = e->first; c; c = c->next)
		zp_refuse(r, c, "<%s> is unknown in <choices>; expected nothing in it", zp_text_show(r->arena, zp_text_of(c->name)));
}

void zp_settings_join(zp_settings *onto, const zp_settings *from)
{
	for (size_t i = 0; i < zp_choice_count(); i++) {
		if (!from->given[i])
			continue;
		char value[VALUE_TEXT];
		const char *name = zp_choice_at(i)->name;
		size_t n = zp_choice_get(&from->choices, name, value, sizeof value);
		const char *refused = zp_choice_set(&onto->choices, name, (zp_text){ value, n });
		assert(n < sizeof value && !refused);
		(void)refused;
		onto->given[i] = true;
	}
}

bool zp_settings_has(const zp_settings *s, const char *name)
{
	return s->given[number_of(name)];
}
