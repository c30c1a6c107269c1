/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json: what went in, by which rules and programs, and what came out, each with its digest. It
 * holds nothing that differs between two runs on the same input. docs/formats/manifest.md explains it. */
#include <stdarg.h>
#include <stdlib.h>
#include "base/file.h"
#include "base/json.h"
#include "book/choices.h"
#include "model/written.h"
#include "run/lines.h"
#include "run/publish.h"

#define MANIFEST_FORMAT 1
#define MODULE_MOST (64ull << 20)

static void put(zp_piece *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(zp_piece *out, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	char *p = zp_piece_room(out, (size_t)n + 1);
	va_start(args, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, args);
	va_end(args);
	out->n += (size_t)n;
}

/* A JSON string. */
static void put_string(zp_piece *out, const char *text)
{
	char *p = zp_piece_room(out, 6 * strlen(text) + 3);
	out->n += (size_t)(zp_json_put_text(p, text) - p);
}

static void put_member(zp_piece *out, const char *name, const char *value)
{
	put_string(out, name);
	put(out, ": ");
	put_string(out, value);
}

static void put_inputs(zp_piece *out, const zp_input *files, size_t n, bool *first)
{
	for (size_t i = 0; i < n; i++) {
		put(out, "%s\n    {", *first ? "" : ",");
		put_member(out, "name", files[i].name);
		put(out, ", \"size\": %llu, \"sha256\": \"%s\"", (unsigned long long)files[i].size, files[i].sha256);
		if (files[i].encoding)
			put(out, ", "), put_member(out, "encoding", files[i].encoding);
		put(out, "}");
		*first = false;
	}
}

/* What the organiser announced, for who has the published folder only. */
static void put_plan(zp_piece *out, const zp_plan *plan)
{
	put_member(out, "name", plan->name), put(out, ",\n  ");
	put_member(out, "name_en", plan->name_en), put(out, ",\n  ");
	put_member(out, "organiser", plan->organiser), put(out, ",\n  ");
	put_member(out, "organiser_en", plan->organiser_en), put(out, ",\n  ");
	put(out, "\"year\": %d,\n  \"number\": %d,\n  ", plan->year, plan->number);
	put_member(out, "opens", plan->opens_text), put(out, ",\n  ");
	put_member(out, "closes", plan->closes_text), put(out, ",\n  ");
}

static void put_programmes(zp_piece *out, const zp_plan *plan)
{
	put(out, "  \"programmes\": [");
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		put(out, "%s\n    {", p ? "," : "");
		put_member(out, "code", programme->code), put(out, ", ");
		put_member(out, "scheme", programme->scheme->name), put(out, ", ");
		put_member(out, "version", programme->scheme->version), put(out, ", \"pass\": %u,\n     \"choices\": {", programme->scheme->pass);
		for (size_t i = 0; i < zp_choice_count(); i++) {
			char value[64];
			zp_choice_get(&programme->scheme->choices, zp_choice_at(i)->name, value, sizeof value);
			put(out, "%s", i ? ", " : "");
			put_member(out, zp_choice_at(i)->name, value);
		}
		put(out, "}}");
	}
	put(out, "\n  ],\n");
}

static void put_plugins(zp_piece *out, const zp_registry *registry, zp_arena *arena)
{
	static const char *const kinds[] = { [ZP_IMPORTER] = "importer", [ZP_ESTIMATOR] = "estimator", [ZP_SCORER] = "scorer",
					     [ZP_EMITTER] = "emitter" };
	put(out, "  \"plugins\": [");
	for (size_t i = 0; i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		put(out, "%s\n    {\"kind\": \"%s\", ", i ? "," : "", kinds[p->kind]);
		put_member(out, "name", p->name), put(out, ", ");
		put_member(out, "version", p->version);
		const char *path = zp_registry_path(registry, i), *why;
		zp_input module;
		if (path && zp_file_read(arena, path, MODULE_MOST, path, &module, &why).p) /* loaded: which file it was, wherever it lay */
			put(out, ", \"sha256\": \"%s\"", module.sha256);
		put(out, "}");
	}
	put(out, "\n  ],\n");
}

static void put_decisions(zp_piece *out, const zp_run *run)
{
	static const char *const kinds[] = { [ZP_DECIDE_EXCUSE] = "excuse", [ZP_DECIDE_ACCEPT_LATE] = "accept-late",
					     [ZP_DECIDE_CHOOSE] = "choose", [ZP_DECIDE_CORRECT] = "correct",
					     [ZP_DECIDE_TARGET] = "set-target", [ZP_DECIDE_OUT] = "do-not-evaluate",
					     [ZP_DECIDE_REGROUP] = "regroup" };
	put(out, "  \"decisions\": [");
	for (size_t i = 0; i < run->decisions->n; i++) {
		const zp_decision *d = &run->decisions->at[i];
		put(out, "%s\n    {", i ? "," : "");
		put_member(out, "kind", kinds[d->kind]), put(out, ", ");
		const zp_programme *p = &run->book->plan->programmes[d->programme];
		char value[ZP_WRITTEN_BYTES];
		put_member(out, "lab", d->lab == ZP_ANY ? "*" : run->roster->labs[d->lab].code), put(out, ", ");
		put_member(out, "programme", p->code), put(out, ", ");
		put_member(out, "measurand", d->measurand == ZP_ANY ? "*" : p->scheme->measurands[d->measurand].code), put(out, ", ");
		put_member(out, "sample", d->sample == ZP_ANY ? "*" : p->samples[d->sample]), put(out, ", ");
		if (d->kind == ZP_DECIDE_CHOOSE || d->kind == ZP_DECIDE_CORRECT || d->kind == ZP_DECIDE_TARGET) {
			zp_written(&p->scheme->measurands[d->measurand], d->value_kind, d->value, -1, value);
			put_member(out, "value", d->negative ? "negative" : value), put(out, ", ");
		}
		for (int k = 0; k < ZP_PEER_KEYS; k++)
			if (d->keys[k])
				put_member(out, zp_peer_key_word(k), d->keys[k]), put(out, ", ");
		put_member(out, "who", d->who), put(out, ", ");
		put_member(out, "when", d->when), put(out, ", ");
		put_member(out, "why", d->why);
		if (d->evidence)
			put(out, ", "), put_member(out, "evidence", d->evidence);
		put(out, "}");
	}
	put(out, "\n  ],\n");
}

bool zp_manifest_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	const zp_count *c = &run->count;
	zp_piece out = { 0 };
	bool first = true;
	put(&out, "{\n  \"format\": %d,\n  ", MANIFEST_FORMAT);
	put_member(&out, "round", plan->id), put(&out, ",\n  ");
	put_member(&out, "version", ZP_FIRST_VERSION), put(&out, ",\n  ");
	put_plan(&out, plan);
	put_member(&out, "issued", wish->issued), put(&out, ",\n  ");
	put_member(&out, "engine", wish->engine), put(&out, ",\n");
	put(&out, "  \"counts\": {\"read\": %zu, \"accepted\": %zu, \"set_aside\": %zu, \"refused\": %zu, \"blank\": %zu, "
		  "\"duplicates\": %zu, \"conflicts\": %zu, \"late\": %zu, \"undeclared\": %zu},\n",
	    c->read, c->accepted, c->set_aside, c->refused, c->blank, c->duplicates, c->conflicts, c->late, c->undeclared);
	put_programmes(&out, plan);
	put_plugins(&out, run->registry, run->arena);
	put_decisions(&out, run);
	put(&out, "  \"rules\": [");
	put_inputs(&out, run->book->rule_files, run->book->n_rule_files, &first);
	put(&out, "\n  ],\n  \"inputs\": [");
	first = true;
	put_inputs(&out, run->book->round_files, run->book->n_round_files, &first);
	put_inputs(&out, run->register_files, 2, &first);
	put(&out, "\n  ],\n  \"results\": [");
	first = true;
	put_inputs(&out, run->results, run->n_results, &first);
	put(&out, "\n  ],\n  \"outputs\": [");
	first = true;
	put_inputs(&out, zp_press_files(press), zp_press_count(press), &first);
	put(&out, "\n  ]\n}\n");
	bool good = zp_press_write(press, "manifest.json", out.bytes, out.n, err);
	free(out.bytes);
	return good;
}
