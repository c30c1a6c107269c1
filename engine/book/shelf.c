/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/shelf.h"
#include <unistd.h>
#include "base/file.h"

void zp_inputs_add(zp_arena *arena, zp_inputs *list, const zp_input *input)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].name, input->name) == 0)
			return;
	if (list->n == list->room) {
		size_t room = list->n ? list->n * 2 : 8;
		zp_input *more = zp_take(arena, zp_input, room);
		if (list->n)
			memcpy(more, list->at, list->n * sizeof *more);
		list->at = more;
		list->room = room;
	}
	list->at[list->n++] = *input;
}

static zp_volume *find_in(zp_shelf *s, const char *file, bool in_round)
{
	const char *folder = in_round ? s->round_dir : s->rules_dir;
	for (zp_volume *v = s->volumes; v; v = v->next)
		if (v->in_round == in_round && strcmp(v->file, file) == 0)
			return v;
	if (!folder)
		return NULL;
	const char *path = zp_arena_print(s->arena, "%s/%s", folder, file);
	if (access(path, F_OK) != 0)
		return NULL;
	zp_volume *v = zp_take(s->arena, zp_volume, 1);
	*v = (zp_volume){ .file = zp_arena_text(s->arena, file, strlen(file)), .path = path, .in_round = in_round,
			  .next = s->volumes };
	s->volumes = v;
	return v;
}

zp_volume *zp_shelf_find(zp_shelf *s, const char *file, zp_where where)
{
	zp_volume *v = where == ZP_IN_RULES ? NULL : find_in(s, file, true);
	return v || where == ZP_IN_ROUND ? v : find_in(s, file, false);
}

zp_volume *zp_shelf_named(zp_shelf *s, const char *folder, const char *name, const char **file)
{
	size_t n = strlen(name);
	bool is_file = n > 4 && strcmp(name + n - 4, ".xml") == 0;
	*file = NULL;
	if (!zp_path_is_safe(name) || (!is_file && strchr(name, '/')))
		return NULL;
	*file = is_file ? name : zp_arena_print(s->arena, "%s/%s.xml", folder, name);
	return zp_shelf_find(s, *file, is_file && s->round_dir ? ZP_IN_ROUND : ZP_IN_RULES);
}

const zp_xml *zp_shelf_read(zp_shelf *s, zp_volume *v, const char *root, zp_problems *problems)
{
	if (!v->was_read) {
		v->was_read = true;
		v->xml = zp_xml_read(s->arena, v->path, v->file, problems);
		v->bad = !v->xml;
		if (v->xml)
			zp_inputs_add(s->arena, v->in_round ? &s->round_files : &s->rule_files, &v->xml->input);
	}
	if (v->bad || zp_element_is(v->xml->root, root))
		return v->bad ? NULL : v->xml;
	zp_reader r = { s->arena, v->file, problems };
	zp_refuse(&r, v->xml->root, "the file holds <%s>; expected <%s>", zp_text_show(s->arena, zp_text_of(v->xml->root->name)), root);
	v->bad = true;
	return NULL;
}

bool zp_shelf_validate(zp_shelf *s, zp_volume *v, const char *schema, zp_problems *problems)
{
	if (v->valid)
		return true;
	zp_input record = { .name = NULL };
	const char *name = zp_arena_print(s->arena, "schemas/%s.rng", schema);
	const char *path = zp_arena_print(s->arena, "%s/%s", s->rules_dir, name);
	v->valid = zp_xml_validate(s->arena, v->xml, path, name, &record, problems);
	if (record.name)
		zp_inputs_add(s->arena, &s->rule_files, &record);
	return v->valid;
}

zp_text zp_shelf_bytes(zp_shelf *s, const char *file, uint64_t most, const char **why)
{
	zp_input record;
	const char *name = zp_arena_text(s->arena, file, strlen(file));
	const char *path = zp_arena_print(s->arena, "%s/%s", s->round_dir, file);
	zp_text bytes = zp_file_read(s->arena, path, most, name, &record, why);
	if (bytes.p)
		zp_inputs_add(s->arena, &s->round_files, &record);
	return bytes;
}
