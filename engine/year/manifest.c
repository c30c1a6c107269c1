/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json of a year: which rounds, by which rules, and what came out, each with its digest. */
#include "press/machine.h"
#include "press/signed.h"
#include "year/recognition.h"
#include "year/year.h"

#define MANIFEST_FORMAT 1

static void put_rounds(zp_members *m, const zp_year *year)
{
	const zp_annals *a = year->wish->annals;
	zp_members *list = zp_members_list(m, "rounds");
	for (size_t i = 0; i < a->n; i++) {
		if (a->rounds[i].year > year->wish->year)
			continue;
		zp_members *one = zp_members_object(list, NULL);
		zp_members_text(one, "round", a->rounds[i].id);
		zp_members_text(one, "version", a->rounds[i].version);
		zp_members_text(one, "manifest", a->rounds[i].digest);
	}
}

static void put_settings(zp_members *m, const zp_year_rules *rules)
{
	const char *name;
	char value[1000];
	zp_members *settings = zp_members_object(m, "settings");
	for (size_t i = 0; zp_year_setting_next(rules, &i, &name, value, sizeof value);)
		zp_members_text(settings, name, value);
}

static void put_recognition(zp_members *m, const zp_recognition_rule *rule)
{
	const char *name;
	zp_text value;
	if (!rule)
		return;
	zp_members *recognition = zp_members_object(m, "recognition");
	zp_members_text(recognition, "id", rule->id);
	for (size_t i = 0; zp_recognition_setting_next(rule, &i, &name, &value);)
		zp_members_print(recognition, name, "%.*s", (int)value.n, value.p);
}

/* The rules of the year, and of recognition with its table of allowable CVs. */
static void put_rules(zp_members *m, const zp_year *year)
{
	const zp_recognition_rule *r = year->wish->recognition;
	zp_input files[3] = { year->wish->rules->input };
	size_t n = 1;
	if (r)
		files[n++] = r->input;
	if (r && r->cv_limits)
		files[n++] = r->cv_limits->input;
	zp_machine_files(zp_members_list(m, "rules"), files, n);
}

bool zp_year_manifest(const zp_year *year, const char *engine, const zp_registry *registry, const zp_input *inputs, size_t n, zp_press *press, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_members *m = zp_members_take(arena);
	zp_members_count(m, "format", MANIFEST_FORMAT);
	zp_members_count(m, "year", (uint64_t)year->wish->year);
	if (year->wish->version)
		zp_members_text(m, "version", year->wish->version);
	zp_members_text(m, "issued", year->wish->issued);
	zp_members_text(m, "engine", engine);
	const zp_bond bond = year->wish->bond.key ? year->wish->bond : ZP_NO_BOND;
	zp_members_text(m, "key", bond.key);
	if (*bond.head)
		zp_members_text(zp_members_object(m, "ledger"), "head", bond.head);
	if (year->wish->draft)
		zp_members_true(m, "draft");
	put_rounds(m, year);
	put_settings(m, year->wish->rules);
	put_recognition(m, year->wish->recognition);
	put_rules(m, year);
	zp_machine_files(zp_members_list(m, "inputs"), inputs, n);
	zp_machine_files(zp_members_list(m, "outputs"), zp_press_files(press), zp_press_count(press));
	zp_machine_plugins(m, registry);
	zp_machine(m, arena, registry);
	const zp_text text = zp_members_write(m);
	const bool good = zp_press_write_signed(press, "manifest.json", text.p, text.n, err);
	zp_arena_close(arena);
	return good;
}
