/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "convert/convert.h"
#include "book/book.h"
#include "book/element.h"
#include "convert/work.h"

/* What the wish says, else what the mapping says. */
static void settle_identity(zp_converting *c)
{
	const char *const *given = (const char *const *)&c->wish->round;
	const char **out = (const char **)&c->round;
	c->round = c->map->round;
	for (size_t i = 0; i < sizeof c->round / sizeof(char *); i++)
		if (given[i] && *given[i])
			out[i] = given[i];
}

static bool check_identity(const zp_converting *c, zp_error *err)
{
	const struct { const char *value, *says; } needed[] = { { c->round.id, "id" }, { c->round.name, "name" }, { c->round.year, "year" },
								 { c->round.number, "number" }, { c->round.opens, "opens" },
								 { c->round.closes, "closes" }, { c->round.organiser, "organiser" } };
	const char *missing = "";
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!*needed[i].value)
			missing = zp_arena_print(c->arena, "%s%s--%s", missing, *missing ? ", " : "", needed[i].says);
	return !*missing || zp_fail(err, ZP_BAD_USE, NULL, 0, "the mapping does not say all of the round; expected %s", missing);
}

static bool check_register(const zp_converting *c, zp_error *err)
{
	static const zp_map_field fields[] = { ZP_MAP_LAB_NAME, ZP_MAP_REGION, ZP_MAP_CLASS };
	const char *missing = "";
	for (size_t i = 0; i < sizeof fields / sizeof *fields && !c->wish->roster; i++)
		if (!zp_mapping_gives(c->map, fields[i]))
			missing = zp_arena_print(c->arena, "%s%s%s", missing, *missing ? ", " : "", zp_map_field_name(fields[i]));
	return !*missing || zp_fail(err, ZP_BAD_USE, NULL, 0,
				    "nothing gives the register's %s; expected a column or constant in the mapping, or --roster FILE", missing);
}

/* Names of regions, for tables that have no codes. */
static void name_regions(zp_converting *c)
{
	c->region_names = zp_names_take(c->arena);
	c->region_of = zp_take(c->arena, uint16_t, c->regions->n);
	for (uint16_t i = 0; i < c->regions->n; i++) {
		zp_text name = zp_text_of(c->regions->at[i].name);
		bool again = zp_names_find(c->region_names, name) != ZP_NO_NAME;
		c->region_of[zp_names_add(c->region_names, name)] = again ? ZP_NO_REGION : i;
	}
}

/* The measurands of the round, when they are not all of the scheme's. */
static void want_measurands(zp_converting *c, zp_convert_programme *p)
{
	const char *list = p->map->measurands;
	if (!*list)
		return;
	bool *wanted = zp_take(c->arena, bool, p->scheme->n_measurands);
	char shown[128];
	for (zp_text word; zp_word_next(&list, &word);) {
		uint32_t m = zp_names_find(p->scheme->measurand_names, word);
		if (m == ZP_NO_NAME)
			zp_problem_add(c->rules, c->map->file, 0, 0, "measurand \"%s\" is not in the scheme of programme %s",
				       zp_text_show_code_in(shown, sizeof shown, word), p->map->code);
		else
			wanted[m] = true;
	}
	p->wanted = wanted;
}

static bool open_programmes(zp_converting *c, const zp_registry *registry)
{
	size_t before = zp_problems_count(c->rules);
	c->programmes = zp_take(c->arena, zp_convert_programme, c->map->n_programmes);
	for (size_t i = 0; i < c->map->n_programmes; i++) {
		zp_convert_programme *p = &c->programmes[i];
		p->map = &c->map->programmes[i];
		p->scheme = zp_scheme_read(c->arena, registry, c->wish->rules_dir, p->map->scheme, c->rules);
		p->samples = zp_names_take(c->arena);
		for (size_t s = 0; s < p->map->n_samples; s++)
			zp_names_add(p->samples, zp_text_of(p->map->samples[s]));
		if (p->scheme)
			want_measurands(c, p);
	}
	c->regions = zp_regions_read(c->arena, c->wish->rules_dir, NULL, c->map->regions, c->rules);
	return zp_problems_count(c->rules) == before;
}

static bool convert(zp_converting *c, const zp_registry *registry, zp_error *err)
{
	c->map = zp_mapping_read(c->arena, c->wish->rules_dir, c->wish->mapping, c->rules);
	if (!c->map)
		return zp_fail(err, ZP_BAD_RULES, NULL, 0, "the mapping cannot be used as it is");
	settle_identity(c);
	if (!check_identity(c, err) || !check_register(c, err))
		return false;
	if (!open_programmes(c, registry))
		return zp_fail(err, ZP_BAD_RULES, NULL, 0, "the rules that the mapping names cannot be used as they are");
	name_regions(c);
	c->lab_codes = zp_names_take(c->arena);
	zp_buffer *results = zp_take(c->arena, zp_buffer, c->wish->n_files);
	for (size_t i = 0; i < c->wish->n_files; i++) {
		results[i].arena = c->arena;
		zp_convert_file(c, c->wish->files[i], &results[i]);
	}
	c->count->labs = zp_names_count(c->lab_codes);
	for (size_t i = 0; i < c->map->n_programmes; i++)
		c->count->programmes += c->programmes[i].seen;
	if (!zp_problems_count(c->input) && !c->count->written)
		zp_problem_add(c->input, c->wish->files[0], 0, 0, "there is not one value: the round would be empty");
	if (zp_problems_count(c->input))
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the table cannot be used as it is; nothing was written");
	zp_progress_stage(c->wish->progress, "writing the round", 0);
	return zp_convert_write(c, results, registry, err);
}

bool zp_convert(const zp_registry *registry, const zp_convert_wish *wish, zp_problems *input, zp_problems *rules, zp_convert_count *count,
		zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	*count = (zp_convert_count){ 0 };
	zp_converting c = { .arena = arena, .wish = wish, .input = input, .rules = rules, .count = count };
	bool done = convert(&c, registry, err);
	zp_arena_close(arena);
	return done;
}
