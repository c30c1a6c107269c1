/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/published.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "base/chinese.h"
#include "base/file.h"
#include "press/outbox.h"

#define MANIFEST_MOST (1ull << 30)
#define TABLE_MOST (16ull << 30)

struct zp_published_digests { json_t *manifest; };

static void let_go(void *manifest) { json_decref(manifest); }

static const char *text_of(json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

static int by_name(const void *a, const void *b) { return strcmp(((const zp_input *)a)->name, ((const zp_input *)b)->name); }

static void take_outputs(zp_arena *arena, json_t *list, zp_published *p)
{
	p->n_outputs = json_array_size(list);
	zp_input *out = zp_take(arena, zp_input, p->n_outputs + 1);
	for (size_t i = 0; i < p->n_outputs; i++) {
		json_t *file = json_array_get(list, i);
		out[i].name = text_of(file, "name");
		out[i].size = (uint64_t)json_integer_value(json_object_get(file, "size"));
		snprintf(out[i].sha256, sizeof out[i].sha256, "%s", text_of(file, "sha256"));
	}
	qsort(out, p->n_outputs, sizeof *out, by_name);
	p->outputs = out;
}

static zp_published *read_manifest(zp_arena *arena, const char *folder, zp_text bytes, const char *digest, zp_error *err)
{
	const char *path = zp_arena_print(arena, "%s/manifest.json", folder);
	json_error_t fault;
	json_t *manifest = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &fault);
	if (!json_is_object(manifest)) {
		json_decref(manifest);
		zp_fail(err, ZP_BAD_INPUT, path, fault.line, "the manifest cannot be read: %s", fault.text);
		return NULL;
	}
	zp_arena_at_end(arena, let_go, manifest);
	zp_published *p = zp_take(arena, zp_published, 1);
	p->folder = folder;
	p->round = text_of(manifest, "round");
	p->version = text_of(manifest, "version");
	p->issued = text_of(manifest, "issued");
	p->engine = text_of(manifest, "engine");
	p->name = text_of(manifest, "name"), p->name_en = text_of(manifest, "name_en");
	p->organiser = text_of(manifest, "organiser"), p->organiser_en = text_of(manifest, "organiser_en");
	p->opens = text_of(manifest, "opens"), p->closes = text_of(manifest, "closes");
	p->year = (int)json_integer_value(json_object_get(manifest, "year"));
	p->number = (int)json_integer_value(json_object_get(manifest, "number"));
	p->manifest = bytes;
	memcpy(p->digest, digest, sizeof p->digest);
	p->digests = zp_take(arena, struct zp_published_digests, 1);
	p->digests->manifest = manifest;
	json_t *results = json_object_get(manifest, "results");
	p->n_results = json_array_size(results);
	const char **names = zp_take(arena, const char *, p->n_results + 1);
	for (size_t i = 0; i < p->n_results; i++)
		names[i] = text_of(json_array_get(results, i), "name");
	p->results = names;
	take_outputs(arena, json_object_get(manifest, "outputs"), p);
	return p;
}

zp_published *zp_published_open(zp_arena *arena, const char *folder, zp_error *err)
{
	const char *path = zp_arena_print(arena, "%s/manifest.json", folder), *why = NULL;
	zp_input input;
	zp_text bytes = zp_file_read(arena, path, MANIFEST_MOST, "manifest.json", &input, &why);
	if (bytes.p)
		return read_manifest(arena, folder, bytes, input.sha256, err);
	zp_fail(err, ZP_BAD_INPUT, path, 0, "the manifest %s; expected a published folder such as out/ROUND/v1", zp_clause(why));
	return NULL;
}

/* Bytes that lie aside, with their digest. */
static zp_text read_aside(zp_arena *arena, zp_press *press, const char *name, zp_input *input, zp_error *err)
{
	const zp_text bytes = zp_press_text(press, arena, name, err);
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, bytes.p, bytes.n);
	zp_digest_close(d, input->sha256);
	return bytes;
}

zp_published *zp_published_look(zp_arena *arena, zp_press *press, zp_error *err)
{
	zp_input input;
	zp_text bytes = read_aside(arena, press, "manifest.json", &input, err);
	zp_published *p = bytes.p ? read_manifest(arena, "", bytes, input.sha256, err) : NULL;
	if (p)
		p->press = press;
	return p;
}

const zp_input *zp_published_under(const zp_published *p, const char *prefix, size_t *n)
{
	const size_t length = strlen(prefix);
	size_t low = 0, high = p->n_outputs;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (strcmp(p->outputs[middle].name, prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*n = 0; low + *n < p->n_outputs && strncmp(p->outputs[low + *n].name, prefix, length) == 0;)
		(*n)++;
	return *n ? &p->outputs[low] : NULL;
}

static const zp_input *output_named(const zp_published *p, const char *name)
{
	size_t n;
	const zp_input *file = zp_published_under(p, name, &n);
	return file && strcmp(file->name, name) == 0 ? file : NULL;
}

bool zp_published_has(const zp_published *p, const char *name) { return output_named(p, name) != NULL; }

static zp_text read_output(zp_arena *arena, const zp_published *p, const char *name, const char *expected, bool table, zp_error *err)
{
	const char *path = zp_arena_print(arena, "%s/%s", p->folder, name), *why = NULL;
	zp_input input;
	zp_text bytes = p->press ? read_aside(arena, p->press, name, &input, err) : zp_file_read(arena, path, TABLE_MOST, name, &input, &why);
	if (!bytes.p && p->press)
		return bytes;
	if (!bytes.p && table)
		zp_fail(err, ZP_BAD_INPUT, path, 0, "the table %s", zp_clause(why));
	else if (!bytes.p)
		zp_fail(err, ZP_BAD_INPUT, path, 0, "the file %s", zp_clause(why));
	else if (strcmp(expected, input.sha256) != 0)
		zp_fail(err, ZP_BAD_INPUT, path, 0, "this is not what was published: its digest is not the manifest's");
	else
		return bytes;
	return (zp_text){ NULL, 0 };
}

zp_text zp_published_file(zp_arena *arena, const zp_published *p, const zp_input *file, zp_error *err)
{
	return read_output(arena, p, file->name, file->sha256, false, err);
}

bool zp_folder_table_of(zp_arena *arena, const char *name, zp_text bytes, zp_folder_table *table, zp_error *err)
{
	const char *end = bytes.p + bytes.n, *stop = zp_csv_line_end(bytes.p, end);
	char *scratch = zp_arena_take(arena, (size_t)(stop - bytes.p) + 1);
	if (zp_csv_split(bytes.p, stop, ',', &scratch, &table->header) != ZP_CSV_FINE)
		return zp_fail(err, ZP_BAD_INPUT, name, 1, "the header cannot be read");
	table->name = name;
	table->text = (zp_text){ stop < end ? stop + 1 : end, stop < end ? (size_t)(end - stop - 1) : 0 };
	return true;
}

/* Texts and whole numbers. */
static const char *words_of(zp_arena *arena, json_t *value)
{
	if (json_is_integer(value))
		return zp_arena_print(arena, "%lld", (long long)json_integer_value(value));
	return json_is_string(value) ? json_string_value(value) : "";
}

const char *zp_published_says(zp_arena *arena, const zp_published *p, const char *group, const char *member)
{
	json_t *manifest = p->digests->manifest;
	return words_of(arena, json_object_get(group ? json_object_get(manifest, group) : manifest, member));
}

size_t zp_published_count(const zp_published *p, const char *list) { return json_array_size(json_object_get(p->digests->manifest, list)); }

const char *zp_published_at(zp_arena *arena, const zp_published *p, const char *list, size_t i, const char *member)
{
	return words_of(arena, json_object_get(json_array_get(json_object_get(p->digests->manifest, list), i), member));
}

const char *zp_published_choice(zp_arena *arena, const zp_published *p, const char *programme, const char *choice)
{
	size_t i;
	json_t *at;
	json_array_foreach(json_object_get(p->digests->manifest, "programmes"), i, at)
		if (strcmp(text_of(at, "code"), programme) == 0)
			return words_of(arena, json_object_get(json_object_get(at, "choices"), choice));
	return "";
}

bool zp_published_is(const zp_published *p, const char *name, const char *sha256)
{
	const zp_input *file = output_named(p, name);
	return file && strcmp(file->sha256, sha256) == 0;
}

bool zp_published_table(zp_arena *arena, const zp_published *p, const char *name, zp_folder_table *table, zp_error *err)
{
	const zp_input *file = output_named(p, name);
	zp_text bytes = read_output(arena, p, name, file ? file->sha256 : "", true, err);
	return bytes.p && zp_folder_table_of(arena, name, bytes, table, err);
}

bool zp_folder_table_next(zp_arena *arena, const zp_folder_table *table, const char **at, zp_row *row)
{
	const char *end = table->text.p + table->text.n, *p = *at;
	if (p >= end)
		return false;
	const char *stop = zp_csv_line_end(p, end);
	char *scratch = memchr(p, '"', (size_t)(stop - p)) ? zp_arena_take(arena, (size_t)(stop - p) + 1) : NULL;
	*row = (zp_row){ .table = table };
	if (zp_csv_split(p, stop, ',', &scratch, &row->cells) != ZP_CSV_FINE)
		return false;
	*at = stop < end ? stop + 1 : end;
	return true;
}

static const zp_text *cell(const zp_row *row, const char *column)
{
	for (size_t i = 0; i < row->table->header.n && i < row->cells.n; i++)
		if (zp_text_is(row->table->header.at[i], column))
			return &row->cells.at[i];
	return NULL;
}

/* A text without the mark that zp_csv_put sets before what would be a formula. */
static zp_text unguarded(zp_text t)
{
	bool guarded = t.n >= 2 && t.p[0] == '\'' && memchr("=+-@'\t\r", t.p[1], 7);
	return guarded ? (zp_text){ t.p + 1, t.n - 1 } : t;
}

const char *zp_row_text(zp_arena *arena, const zp_row *row, const char *column)
{
	const zp_text *t = cell(row, column);
	if (!t)
		return "";
	zp_text text = unguarded(*t);
	return zp_arena_text(arena, text.p, text.n);
}

bool zp_row_is(const zp_row *row, const char *column, const char *value)
{
	const zp_text *t = cell(row, column);
	return t && zp_text_is(unguarded(*t), value);
}

/* The start of the line that holds p. */
static const char *line_start(const zp_folder_table *table, const char *p)
{
	while (p > table->text.p && p[-1] != '\n')
		p--;
	return p;
}

static int compare_key(const char *line, const char *end, const char *key)
{
	const char *stop = line;
	while (stop < end && *stop != ',' && *stop != '\n')
		stop++;
	return zp_text_compare((zp_text){ line, (size_t)(stop - line) }, zp_text_of(key));
}

const char *zp_folder_table_find(const zp_folder_table *table, const char *key)
{
	const char *low = table->text.p, *end = table->text.p + table->text.n, *high = end;
	while (low < high) {
		const char *middle = line_start(table, low + (high - low) / 2);
		if (compare_key(middle, end, key) < 0) {
			const char *stop = zp_csv_line_end(middle, end);
			low = stop < end ? stop + 1 : end;
		} else {
			high = middle;
		}
	}
	return low < end && compare_key(low, end, key) == 0 ? low : NULL;
}

/* ---- what the manifest says, for who checks it ---- */

bool zp_published_draft(const zp_published *p)
{
	return json_is_true(json_object_get(p->digests->manifest, "draft"));
}

const zp_input *zp_published_list(zp_arena *arena, const zp_published *p, const char *list, size_t *n)
{
	json_t *at = json_object_get(p->digests->manifest, list), *file;
	zp_input *out = zp_take(arena, zp_input, json_array_size(at) + 1);
	size_t i;
	json_array_foreach(at, i, file) {
		const json_int_t size = json_integer_value(json_object_get(file, "size"));
		out[i].name = text_of(file, "name");
		out[i].size = size > 0 ? (uint64_t)size : 0;
		snprintf(out[i].sha256, sizeof out[i].sha256, "%s", text_of(file, "sha256"));
	}
	*n = json_array_size(at);
	return out;
}

const char *zp_published_library(void)
{
	return jansson_version_str();
}
