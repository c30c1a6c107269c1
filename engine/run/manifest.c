/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.json: what went in, by which rules and programs, and what came out, each with its digest. But for the member `machine` it
 * holds nothing that differs between two runs on the same input. docs/formats/manifest.md explains it. */
#include "book/choices.h"
#include "model/written.h"
#include "press/machine.h"
#include "press/signed.h"
#include "run/amendment.h"
#include "run/approvals.h"
#include "run/arrivals.h"
#include "run/phrases.h"
#include "run/publish.h"
#include "run/told.h"

#define MANIFEST_FORMAT 1

/* What the organiser announced, for who has the published folder only. */
static void put_plan(zp_members *m, const zp_plan *plan)
{
	zp_members_text(m, "round", plan->id);
	zp_members_text(m, "name", plan->name);
	zp_members_text(m, "name_en", plan->name_en);
	zp_members_text(m, "organiser", plan->organiser);
	zp_members_text(m, "organiser_en", plan->organiser_en);
	zp_members_count(m, "year", (uint64_t)plan->year);
	zp_members_count(m, "number", (uint64_t)plan->number);
	zp_members_text(m, "opens", plan->opens_text);
	zp_members_text(m, "closes", plan->closes_text);
}

static void put_counts(zp_members *m, const zp_count *c)
{
	zp_members *counts = zp_members_object(m, "counts");
	zp_members_count(counts, "read", c->read);
	zp_members_count(counts, "accepted", c->accepted);
	zp_members_count(counts, "set_aside", c->set_aside);
	zp_members_count(counts, "refused", c->refused);
	zp_members_count(counts, "blank", c->blank);
	zp_members_count(counts, "duplicates", c->duplicates);
	zp_members_count(counts, "conflicts", c->conflicts);
	zp_members_count(counts, "late", c->late);
	zp_members_count(counts, "undeclared", c->undeclared);
}

static void put_programmes(zp_members *m, const zp_plan *plan)
{
	zp_members *list = zp_members_list(m, "programmes");
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		zp_members *one = zp_members_object(list, NULL);
		zp_members_text(one, "code", programme->code);
		zp_members_text(one, "scheme", programme->scheme->name);
		zp_members_text(one, "version", programme->scheme->version);
		zp_members_count(one, "pass", programme->scheme->pass);
		zp_members *choices = zp_members_object(one, "choices");
		for (size_t i = 0; i < zp_choice_count(); i++) {
			char value[64];
			zp_choice_get(&programme->scheme->choices, zp_choice_at(i)->name, value, sizeof value);
			zp_members_text(choices, zp_choice_at(i)->name, value);
		}
	}
}

static void put_decision(zp_members *m, const zp_run *run, const zp_decision *d)
{
	static const char *const kinds[] = { [ZP_DECIDE_EXCUSE] = "excuse", [ZP_DECIDE_ACCEPT_LATE] = "accept-late",
					     [ZP_DECIDE_CHOOSE] = "choose", [ZP_DECIDE_CORRECT] = "correct",
					     [ZP_DECIDE_TARGET] = "set-target", [ZP_DECIDE_OUT] = "do-not-evaluate",
					     [ZP_DECIDE_REGROUP] = "regroup" };
	const zp_programme *p = &run->book->plan->programmes[d->programme];
	char value[ZP_WRITTEN_BYTES];
	zp_members_text(m, "kind", kinds[d->kind]);
	zp_members_text(m, "lab", d->lab == ZP_ANY ? "*" : run->roster->labs[d->lab].code);
	zp_members_text(m, "programme", p->code);
	zp_members_text(m, "measurand", d->measurand == ZP_ANY ? "*" : p->scheme->measurands[d->measurand].code);
	zp_members_text(m, "sample", d->sample == ZP_ANY ? "*" : p->samples[d->sample]);
	if (d->kind == ZP_DECIDE_CHOOSE || d->kind == ZP_DECIDE_CORRECT || d->kind == ZP_DECIDE_TARGET) {
		zp_written(&p->scheme->measurands[d->measurand], d->value_kind, d->value, -1, value);
		zp_members_text(m, "value", d->negative ? "negative" : value);
	}
	if (d->kind == ZP_DECIDE_CORRECT) {
		zp_written(&p->scheme->measurands[d->measurand], d->value_kind, d->from, -1, value);
		zp_members_text(m, "from", value);
	}
	const double u = d->kind == ZP_DECIDE_TARGET ? p->given[d->measurand * p->n_samples + d->sample].u : NAN;
	if (u >= 0)
		zp_members_text(m, "u", zp_phrase_decimal(run->arena, zp_decimal_shortest(u)));
	if (d->kind == ZP_DECIDE_EXCUSE)
		zp_members_text(m, "conditions", d->conditions_met ? "met" : "not met");
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		if (d->keys[k])
			zp_members_text(m, zp_peer_key_word(k), d->keys[k]);
	zp_members_text(m, "who", d->who);
	zp_members_text(m, "when", d->when);
	zp_members_text(m, "why", d->why);
	if (d->evidence)
		zp_members_text(m, "evidence", d->evidence);
}

void zp_manifest_decisions(zp_members *list, const zp_run *run)
{
	for (size_t i = 0; i < run->decisions->n; i++)
		put_decision(zp_members_object(list, NULL), run, &run->decisions->at[i]);
}

/* Rounds out of the ledger that reports were compared with. */
static void put_earlier(zp_members *m, const zp_past *past)
{
	zp_members *list = zp_members_list(m, "earlier");
	for (size_t i = 0; i < past->n; i++) {
		zp_members *one = zp_members_object(list, NULL);
		zp_members_text(one, "round", past->rounds[i].id);
		zp_members_text(one, "version", past->rounds[i].version);
		zp_members_text(one, "sha256", past->rounds[i].digest);
	}
}

/* How the version is issued: by which key, and after what the ledger held. */
static void put_issue(zp_members *m, const zp_issue *issue)
{
	zp_members_text(m, "version", issue->version);
	zp_members_text(m, "issued", issue->date);
	zp_members_text(m, "key", issue->bond.key);
	if (*issue->bond.head)
		zp_members_text(zp_members_object(m, "ledger"), "head", issue->bond.head);
}

/* What it takes the place of. */
static void put_amends(zp_members *m, const zp_amendment *a)
{
	zp_members *amends = zp_members_object(m, "amends");
	zp_members_text(amends, "version", a->before->version);
	zp_members_text(amends, "sha256", a->before->digest);
	zp_members_text(amends, "reason", a->reason);
	zp_members_text(amends, "by", a->by);
}

/* With how many values were read of each, and what is known of its coming. */
static void put_results(zp_members *list, const zp_run *run)
{
	for (size_t i = 0; i < run->n_results; i++) {
		zp_members *one = zp_members_object(list, NULL);
		zp_machine_file(one, &run->results[i]);
		zp_members_count(one, "read", run->of_results[i].read);
		if (!run->arrivals || !run->arrivals[i].received)
			continue;
		zp_members *receipt = zp_members_object(one, "receipt");
		zp_members_text(receipt, "received", run->arrivals[i].received);
		if (*run->arrivals[i].channel)
			zp_members_text(receipt, "channel", run->arrivals[i].channel);
	}
}

bool zp_manifest_write(zp_run *run, zp_press *press, const zp_publish_wish *wish, zp_error *err)
{
	zp_members *m = zp_members_take(run->arena);
	zp_members_count(m, "format", MANIFEST_FORMAT);
	zp_members_text(m, "engine", wish->engine);
	put_plan(m, run->book->plan);
	put_issue(m, &wish->issue);
	put_counts(m, &run->count);
	put_programmes(m, run->book->plan);
	zp_machine_plugins(m, run->registry);
	zp_manifest_decisions(zp_members_list(m, "decisions"), run);
	zp_approvals_tell(m, run);
	if (wish->amends)
		put_amends(m, wish->amends);
	if (run->told && run->told->past)
		put_earlier(m, run->told->past);
	zp_machine_files(zp_members_list(m, "rules"), run->book->rule_files, run->book->n_rule_files);
	zp_members *inputs = zp_members_list(m, "inputs");
	zp_machine_files(inputs, run->book->round_files, run->book->n_round_files);
	zp_machine_files(inputs, run->register_files, 2);
	zp_machine_files(inputs, run->receipt_file, run->receipt_file != NULL);
	put_results(zp_members_list(m, "results"), run);
	zp_machine_files(zp_members_list(m, "outputs"), zp_press_files(press), zp_press_count(press));
	zp_machine(m, run->arena, run->registry);
	const zp_text text = zp_members_write(m);
	return zp_press_write_signed(press, "manifest.json", text.p, text.n, err);
}
