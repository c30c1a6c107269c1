/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/limits.h"
#include "book/scheme.h"
#include <assert.h>

/* What each kind must have and may not have; in the order of zp_limit_kind. */
static const char kind_words[] = "PCT ABS PCT_OR_ABS_GREATER ABS_LE_CUT_ELSE_PCT ABS_LT_CUT_ELSE_PCT SD ABS_OR_SD ANSWER";
static const char *const kind_needs[] = { "pct", "abs", "pct abs", "pct abs cut", "pct abs cut", "sd", "abs sd", "judge" };

static bool uses(int kind, const char *name)
{
	const char *list = kind_needs[kind];
	zp_text word;
	while (zp_word_next(&list, &word))
		if (zp_text_is(word, name))
			return true;
	return false;
}

static bool take_number(const zp_reader *r, const zp_element *e, int kind, const char *name, zp_decimal *out)
{
	bool given = zp_attribute_of(e, name), used = uses(kind, name);
	const char *kind_name = zp_attribute_of(e, "kind");
	if (given && !used)
		return zp_refuse(r, e, "a limit of kind %s has no use for \"%s\"; expected %s only", kind_name, name, kind_needs[kind]);
	if (!given && used)
		return zp_refuse(r, e, "a limit of kind %s needs the attribute \"%s\", and it is missing", kind_name, name);
	return zp_element_decimal(r, e, name, ZP_RANGE_POSITIVE, out);
}

/* The scorer that judges an answer, and its settings; e has checked attributes otherwise. */
static bool take_judge(const zp_reader *r, const zp_registry *registry, const zp_element *e, zp_limit *out)
{
	const char *method = zp_attribute_of(e, "judge");
	const zp_plugin *plugin = method ? zp_registry_find(registry, ZP_SCORER, method) : NULL;
	if (!plugin || !zp_method_fits(plugin, ZP_FOR_JUDGE))
		return zp_refuse(r, e, "there is no method \"%s\" that judges answers; expected \"judge\" to be one of %s",
				 method ? zp_text_show(r->arena, zp_text_of(method)) : "", zp_methods_named(r->arena, registry, ZP_FOR_JUDGE));
	const zp_settings defaults = zp_settings_default();
	out->judge = plugin;
	return zp_method_values(r, &defaults, e, plugin, &out->judge_settings);
}

/* The settings that a limit may have beside its own attributes: those of its judge. */
const char *zp_limit_may(const zp_reader *r, const zp_registry *registry, const zp_element *e)
{
	const char *method = zp_attribute_of(e, "judge"), *list = ZP_LIMIT_MAY;
	const zp_plugin *plugin = method ? zp_registry_find(registry, ZP_SCORER, method) : NULL;
	for (const zp_param *p = plugin ? plugin->params : NULL; p && p->name; p++)
		list = zp_arena_print(r->arena, "%s %s", list, p->name);
	return list;
}

bool zp_limit_take(const zp_reader *r, const zp_registry *registry, const zp_element *e, const char *set, zp_limit *out)
{
	int kind = -1, grade = -1;
	zp_limit l = { .set = set };
	bool good = zp_element_word(r, e, "kind", kind_words, &kind) && kind >= 0;
	if (good) {
		l.kind = (zp_limit_kind)kind;
		good &= take_number(r, e, kind, "pct", &l.pct);
		good &= take_number(r, e, kind, "abs", &l.abs);
		good &= take_number(r, e, kind, "cut", &l.cut);
		good &= take_number(r, e, kind, "sd", &l.sd_mult);
		if (kind == ZP_LIMIT_ANSWER)
			good &= take_judge(r, registry, e, &l);
		else if (zp_attribute_of(e, "judge"))
			good = zp_refuse(r, e, "a limit of kind %s has no use for \"judge\"; expected %s only", zp_attribute_of(e, "kind"), kind_needs[kind]);
	}
	good &= zp_element_word(r, e, "confidence", "A B C D", &grade);
	l.text = zp_element_text(r, e, "text");
	l.source = zp_element_text(r, e, "source");
	l.confidence = zp_element_text(r, e, "confidence");
	*out = l;
	return good;
}

bool zp_limit_has_unit(const zp_limit *limit)
{
	return limit->kind != ZP_LIMIT_PCT && limit->kind != ZP_LIMIT_SD && limit->kind != ZP_LIMIT_ANSWER;
}

/* The same key twice would leave open which one holds. */
static void check_key(const zp_reader *r, const zp_element *e, zp_names *keys, zp_limit_row *rows, size_t i)
{
	const zp_limit_row *row = &rows[i];
	const char *key = zp_arena_print(r->arena, "%s\x1f%s\x1f%s", row->programme, row->code, row->specimen);
	uint32_t first = zp_names_find(keys, zp_text_of(key));
	if (first == ZP_NO_NAME) {
		first = zp_names_add(keys, zp_text_of(key));
		assert(first == i);
		return;
	}
	zp_refuse(r, e, "a second limit for programme \"%s\", code \"%s\", specimen \"%s\"; the first is in line %u, expected one",
		  row->programme, row->code, row->specimen, rows[first].line);
	zp_names_add(keys, zp_text_of(zp_arena_print(r->arena, "\x1f%zu", i))); /* row i keeps number i */
}

static void take_row(const zp_reader *r, const zp_registry *registry, const zp_element *e, const char *set, zp_names *keys, zp_limit_row *rows, size_t i)
{
	zp_limit_row *row = &rows[i];
	zp_element_check(r, e, zp_arena_print(r->arena, "code name name-en %s" ZP_LIMIT_NEEDS, zp_attribute_of(e, "judge") ? "" : "unit "),
			 zp_arena_print(r->arena, "programme specimen unit %s", zp_limit_may(r, registry, e)), "");
	row->line = e->line;
	row->code = "";
	zp_element_code(r, e, "code", &row->code);
	row->programme = zp_element_text(r, e, "programme");
	row->specimen = zp_element_text(r, e, "specimen");
	row->unit = zp_element_text(r, e, "unit");
	zp_limit_take(r, registry, e, set, &row->limit);
	check_key(r, e, keys, rows, i);
}

const zp_limit_table *zp_limits_read(zp_shelf *s, zp_volume *v)
{
	if (v->limits || v->bad)
		return v->limits;
	const zp_xml *xml = zp_shelf_read(s, v, "limits", s->rules);
	if (!xml)
		return NULL;
	size_t before = zp_problems_count(s->rules);
	zp_reader r = { s->arena, v->file, s->rules };
	zp_limit_table *table = zp_take(s->arena, zp_limit_table, 1);
	zp_element_check(&r, xml->root, "set title title-en version", "effective", "limit");
	zp_element_date(&r, xml->root, "effective");
	table->file = v->file;
	table->set = zp_element_text(&r, xml->root, "set");
	table->n = zp_element_count(xml->root, "limit");
	zp_limit_row *rows = zp_take(s->arena, zp_limit_row, table->n);
	zp_names *keys = zp_names_take(s->arena);
	size_t i = 0;
	for (const zp_element *e = xml->root->first; e; e = e->next)
		if (zp_element_is(e, "limit"))
			take_row(&r, s->registry, e, table->set, keys, rows, i++);
	table->rows = rows;
	if (zp_problems_count(s->rules) == before)
		zp_shelf_validate(s, v, "limits", s->rules);
	v->bad = zp_problems_count(s->rules) != before;
	v->limits = v->bad ? NULL : table;
	return v->limits;
}
