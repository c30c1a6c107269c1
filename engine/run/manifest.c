/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json: what went in, by which rules and programs, and what came out, each with its digest. It
 * holds nothing that differs between two runs on the same input. docs/formats/manifest.md explains it. */
#include <stdlib.h>
#include "base/file.h"
#include "book/choices.h"
#include "model/written.h"
#include "run/amendment.h"
#include "run/lines.h"
#include "run/publish.h"
#include "run/told.h"

#define MANIFEST_FORMAT 1
#define MODULE_MOST (64ull << 20)

static void put_member(zp_piece *out, const char *name, const char *value)
{
	zp_piece_quote(out, name);
	zp_piece_print(out, ": ");
	zp_piece_quote(out, value);
}

static void put_inputs(zp_piece *out, const zp_input *files, size_t n, bool *first)
{
	for (size_t i = 0; i < n; i++) {
		zp_piece_print(out, "%s\n    {", *first ? "" : ",");
		put_member(out, "name", files[i].name);
		zp_piece_print(out, ", \"size\": %llu, \"sha256\": \"%s\"", (unsigned long long)files[i].size, files[i].sha256);
		if (files[i].encoding)
			zp_piece_print(out, ", "), put_member(out, "encoding", files[i].encoding);
		zp_piece_print(out, "}");
		*first = false;
	}
}

/* What the organiser announced, for who has the published folder only. */
static void put_plan(zp_piece *out, const zp_plan *plan)
{
	put_member(out, "name", plan->name), zp_piece_print(out, ",\n  ");
	put_member(out, "name_en", plan->name_en), zp_piece_print(out, ",\n  ");
	put_member(out, "organiser", plan->organiser), zp_piece_print(out, ",\n  ");
	put_member(out, "organiser_en", plan->organiser_en), zp_piece_print(out, ",\n  ");
	zp_piece_print(out, "\"year\": %d,\n  \"number\": %d,\n  ", plan->year, plan->number);
	put_member(out, "opens", plan->opens_text), zp_piece_print(out, ",\n  ");
	put_member(out, "closes", plan->closes_text), zp_piece_print(out, ",\n  ");
}

static void put_programmes(zp_piece *out, const zp_plan *plan)
{
	zp_piece_print(out, "  \"programmes\": [");
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		zp_piece_print(out, "%s\n    {", p ? "," : "");
		put_member(out, "code", programme->code), zp_piece_print(out, ", ");
		put_member(out, "scheme", programme->scheme->name), zp_piece_print(out, ", ");
		put_member(out, "version", programme->scheme->version), zp_piece_print(out, ", \"pass\": %u,\n     \"choices\": {", programme->scheme->pass);
		for (size_t i = 0; i < zp_choice_count(); i++) {
			char value[64];
			zp_choice_get(&programme->scheme->choices, zp_choice_at(i)->name, value, sizeof value);
			zp_piece_print(out, "%s", i ? ", " : "");
			put_member(out, zp_choice_at(i)->name, value);
		}
		zp_piece_print(out, "}}");
	}
	zp_piece_print(out, "\n  ],\n");
}

static void put_plugins(zp_piece *out, const zp_registry *registry, zp_arena *arena)
{
	static const char *const kinds[] = { [ZP_IMPORTER] = "importer", [ZP_ESTIMATOR] = "estimator", [ZP_SCORER] = "scorer",
					     [ZP_EMITTER] = "emitter" };
	zp_piece_print(out, "  \"plugins\": [");
	for (size_t i = 0; i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		zp_piece_print(out, "%s\n    {\"kind\": \"%s\", ", i ? "," : "", kinds[p->kind]);
		put_member(out, "name", p->name), zp_piece_print(out, ", ");
		put_member(out, "version", p->version);
		const char *path = zp_registry_path(registry, i), *why;
		zp_input module;
		if (path && zp_file_read(arena, path, MODULE_MOST, path, &module, &why).p) /* loaded: which file it was, wherever it lay */
			zp_piece_print(out, ", \"sha256\": \"%s\"", module.sha256);
		zp_piece_print(out, "}");
	}
	zp_piece_print(out, "\n  ],\n");
}

static void put_decisions(zp_piece *out, const zp_run *run)
{
	static const char *const kinds[] = { [ZP_DECIDE_EXCUSE] = "excuse", [ZP_DECIDE_ACCEPT_LATE] = "accept-late",
					     [ZP_DECIDE_CHOOSE] = "choose", [ZP_DECIDE_CORRECT] = "correct",
					     [ZP_DECIDE_TARGET] = "set-target", [ZP_DECIDE_OUT] = "do-not-evaluate",
					     [ZP_DECIDE_REGROUP] = "regroup" };
	zp_piece_print(out, "  \"decisions\": [");
	for (size_t i = 0; i < run->decisions->n; i++) {
		const zp_decision *d = &run->decisions->at[i];
		zp_piece_print(out, "%s\n    {", i ? "," : "");
		put_member(out, "kind", kinds[d->kind]), zp_piece_print(out, ", ");
		const zp_programme *p = &run->book->plan->programmes[d->programme];
		char value[ZP_WRITTEN_BYTES];
		put_member(out, "lab", d->lab == ZP_ANY ? "*" : run->roster->labs[d->lab].code), zp_piece_print(out, ", ");
		put_member(out, "programme", p->code), zp_piece_print(out, ", ");
		put_member(out, "measurand", d->measurand == ZP_ANY ? "*" : p->scheme->measurands[d->measurand].code), zp_piece_print(out, ", ");
		put_member(out, "sample", d->sample == ZP_ANY ? "*" : p->samples[d->sample]), zp_piece_print(out, ", ");
		if (d->kind == ZP_DECIDE_CHOOSE || d->kind == ZP_DECIDE_CORRECT || d->kind == ZP_DECIDE_TARGET) {
			zp_written(&p->scheme->measurands[d->measurand], d->value_kind, d->value, -1, value);
			put_member(out, "value", d->negative ? "negative" : value), zp_piece_print(out, ", ");
		}
		for (int k = 0; k < ZP_PEER_KEYS; k++)
			if (d->keys[k])
				put_member(out, zp_peer_key_word(k), d->keys[k]), zp_piece_print(out, ", ");
		put_member(out, "who", d->who), zp_piece_print(out, ", ");
		put_member(out, "when", d->when), zp_piece_print(out, ", ");
		put_member(out, "why", d->why);
		if (d->evidence)
			zp_piece_print(out, ", "), put_member(out, "evidence", d->evidence);
		zp_piece_print(out, "}");
	}
	zp_piece_print(out, "\n  ],\n");
}

/* Rounds out of the ledger that reports were compared with. */
static void put_earlier(zp_piece *out, const zp_past *past)
{
	zp_piece_print(out, "  \"earlier\": [");
	for (size_t i = 0; i < past->n; i++) {
		zp_piece_print(out, "%s\n    {", i ? "," : "");
		put_member(out, "round", past->rounds[i].id), zp_piece_print(out, ", ");
		put_member(out, "version", past->rounds[i].version);
		zp_piece_print(out, ", \"sha256\": \"%s\"}", past->rounds[i].digest);
	}
	zp_piece_print(out, "\n  ],\n");
}

/* What it takes the place of. */
static void put_amends(zp_piece *out, const zp_amendment *a)
{
	zp_piece_print(out, "  \"amends\": {");
	put_member(out, "version", a->before->version), zp_piece_print(out, ", ");
	put_member(out, "sha256", a->before->digest), zp_piece_print(out, ", ");
	put_member(out, "reason", a->reason), zp_piece_print(out, ", ");
	put_member(out, "by", a->by), zp_piece_print(out, "},\n");
}

bool zp_manifest_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	const zp_count *c = &run->count;
	zp_piece out = { 0 };
	bool first = true;
	zp_piece_print(&out, "{\n  \"format\": %d,\n  ", MANIFEST_FORMAT);
	put_member(&out, "round", plan->id), zp_piece_print(&out, ",\n  ");
	put_member(&out, "version", wish->issue.version), zp_piece_print(&out, ",\n  ");
	put_plan(&out, plan);
	put_member(&out, "issued", wish->issue.date), zp_piece_print(&out, ",\n  ");
	put_member(&out, "engine", wish->engine), zp_piece_print(&out, ",\n");
	zp_piece_print(&out, "  \"counts\": {\"read\": %zu, \"accepted\": %zu, \"set_aside\": %zu, \"refused\": %zu, \"blank\": %zu, "
		  "\"duplicates\": %zu, \"conflicts\": %zu, \"late\": %zu, \"undeclared\": %zu},\n",
	    c->read, c->accepted, c->set_aside, c->refused, c->blank, c->duplicates, c->conflicts, c->late, c->undeclared);
	if (wish->amends)
		put_amends(&out, wish->amends);
	put_programmes(&out, plan);
	put_plugins(&out, run->registry, run->arena);
	put_decisions(&out, run);
	if (run->told && run->told->past)
		put_earlier(&out, run->told->past);
	zp_piece_print(&out, "  \"rules\": [");
	put_inputs(&out, run->book->rule_files, run->book->n_rule_files, &first);
	zp_piece_print(&out, "\n  ],\n  \"inputs\": [");
	first = true;
	put_inputs(&out, run->book->round_files, run->book->n_round_files, &first);
	put_inputs(&out, run->register_files, 2, &first);
	zp_piece_print(&out, "\n  ],\n  \"results\": [");
	first = true;
	put_inputs(&out, run->results, run->n_results, &first);
	zp_piece_print(&out, "\n  ],\n  \"outputs\": [");
	first = true;
	put_inputs(&out, zp_press_files(press), zp_press_count(press), &first);
	zp_piece_print(&out, "\n  ]\n}\n");
	bool good = zp_press_write(press, "manifest.json", out.bytes, out.n, err);
	free(out.bytes);
	return good;
}
