/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json of a year: which rounds, by which rules, and what came out, each with its digest. */
#include <stdlib.h>
#include "press/signed.h"
#include "year/recognition.h"
#include "year/year.h"

#define MANIFEST_FORMAT 1

static void put_member(zp_piece *out, const char *name, const char *value, const char *after)
{
	zp_piece_quote(out, name);
	zp_piece_print(out, ": ");
	zp_piece_quote(out, value);
	zp_piece_print(out, "%s", after);
}

static void put_files(zp_piece *out, const zp_input *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		zp_piece_print(out, "%s\n    {", i ? "," : "");
		put_member(out, "name", files[i].name, ", ");
		zp_piece_print(out, "\"size\": %llu, \"sha256\": \"%s\"}", (unsigned long long)files[i].size, files[i].sha256);
	}
	zp_piece_print(out, "\n  ]");
}

static void put_rounds(zp_piece *out, const zp_year *year)
{
	const zp_annals *a = year->wish->annals;
	bool first = true;
	zp_piece_print(out, "  \"rounds\": [");
	for (size_t i = 0; i < a->n; i++) {
		if (a->rounds[i].year > year->wish->year)
			continue;
		zp_piece_print(out, "%s\n    {", first ? "" : ",");
		put_member(out, "round", a->rounds[i].id, ", ");
		put_member(out, "version", a->rounds[i].version, ", ");
		put_member(out, "manifest", a->rounds[i].digest, "}");
		first = false;
	}
	zp_piece_print(out, "\n  ],\n");
}

static void put_settings(zp_piece *out, const zp_year_rules *rules)
{
	const char *name;
	char value[1000];
	size_t i = 0;
	zp_piece_print(out, "  \"settings\": {");
	while (zp_year_setting_next(rules, &i, &name, value, sizeof value)) {
		zp_piece_print(out, "%s\n    ", i > 1 ? "," : "");
		put_member(out, name, value, "");
	}
	zp_piece_print(out, "\n  },\n");
}

static void put_recognition(zp_piece *out, const zp_recognition_rule *rule)
{
	const char *name;
	zp_text value;
	if (!rule)
		return;
	zp_piece_print(out, "  \"recognition\": {\n    ");
	put_member(out, "id", rule->id, "");
	for (size_t i = 0; zp_recognition_setting_next(rule, &i, &name, &value);)
		zp_piece_print(out, ",\n    \"%s\": \"%.*s\"", name, (int)value.n, value.p);
	zp_piece_print(out, "\n  },\n");
}

/* The rules of the year, and of recognition with its table of allowable CVs. */
static void put_rules(zp_piece *out, const zp_year *year)
{
	const zp_recognition_rule *r = year->wish->recognition;
	zp_input files[3] = { year->wish->rules->input };
	size_t n = 1;
	if (r)
		files[n++] = r->input;
	if (r && r->cv_limits)
		files[n++] = r->cv_limits->input;
	put_files(out, files, n);
}

bool zp_year_manifest(const zp_year *year, const char *engine, const zp_input *inputs, size_t n, zp_press *press, zp_error *err)
{
	zp_piece out = { 0 };
	zp_piece_print(&out, "{\n  \"format\": %d,\n  \"year\": %d,\n  ", MANIFEST_FORMAT, year->wish->year);
	put_member(&out, "issued", year->wish->issued, ",\n  ");
	put_member(&out, "engine", engine, ",\n  ");
	put_member(&out, "key", year->wish->signer ? zp_signer_id(year->wish->signer) : ZP_NO_KEY, ",\n");
	if (year->wish->draft)
		zp_piece_print(&out, "  \"draft\": true,\n");
	put_rounds(&out, year);
	put_settings(&out, year->wish->rules);
	put_recognition(&out, year->wish->recognition);
	zp_piece_print(&out, "  \"rules\": [");
	put_rules(&out, year);
	zp_piece_print(&out, ",\n  \"inputs\": [");
	put_files(&out, inputs, n);
	zp_piece_print(&out, ",\n  \"outputs\": [");
	put_files(&out, zp_press_files(press), zp_press_count(press));
	zp_piece_print(&out, "\n}\n");
	const bool good = zp_press_write_signed(press, "manifest.json", out.bytes, out.n, year->wish->signer, err);
	free(out.bytes);
	return good;
}
