/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works out what, and which parts of others can be joined with a run. */
#include "run/shards.h"
#include <stdlib.h>
#include "press/machine.h"

/* ---- who works out what ---- */

typedef struct load { uint64_t weight; uint32_t thing; } load;

static int by_weight(const void *pa, const void *pb)
{
	const load *a = pa, *b = pb;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->thing < b->thing ? -1 : a->thing > b->thing;
}

const uint32_t *zp_shards_deal(zp_arena *arena, const uint64_t *weights, size_t n, uint32_t parts)
{
	load *loads = zp_take(arena, load, n + 1);
	uint64_t *has = zp_take(arena, uint64_t, parts);
	uint32_t *owner = zp_take(arena, uint32_t, n + 1);
	for (size_t i = 0; i < n; i++)
		loads[i] = (load){ weights[i], (uint32_t)i };
	qsort(loads, n, sizeof *loads, by_weight);
	for (size_t i = 0; i < n; i++) {
		uint32_t least = 0;
		for (uint32_t p = 1; p < parts && has[least]; p++)
			if (has[p] < has[least])
				least = p;
		has[least] += loads[i].weight;
		owner[loads[i].thing] = least + 1;
	}
	return owner;
}

/* The first of the measurands that it is compared with, itself among them. */
static size_t first_of(const size_t *with, size_t m)
{
	while (with[m] != m)
		m = with[m];
	return m;
}

/* Those that are compared stay together. Today a comparison rests on values alone, which every machine has; so it may rest on verdicts as well. */
static size_t *bind_pairs(zp_arena *arena, const zp_scheme *scheme)
{
	size_t *with = zp_take(arena, size_t, scheme->n_measurands + 1);
	for (size_t m = 0; m < scheme->n_measurands; m++)
		with[m] = m;
	for (size_t k = 0; k < scheme->n_pairs; k++) {
		const uint32_t of[] = { zp_names_find(scheme->measurand_names, zp_text_of(scheme->pairs[k].a)),
					zp_names_find(scheme->measurand_names, zp_text_of(scheme->pairs[k].b)) };
		if (of[0] == ZP_NO_NAME || of[1] == ZP_NO_NAME) /* the programme asks for a part of its scheme only */
			continue;
		const size_t a = first_of(with, of[0]), b = first_of(with, of[1]);
		with[a < b ? b : a] = a < b ? a : b;
	}
	return with;
}

const uint32_t *zp_shards_of_items(const zp_run *run, uint32_t parts)
{
	const zp_plan *plan = run->book->plan;
	uint32_t *lead = zp_take(run->arena, uint32_t, plan->n_items + 1); /* of each item, the one that is dealt in its place */
	uint64_t *weights = zp_take(run->arena, uint64_t, plan->n_items + 1);
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		const size_t *with = bind_pairs(run->arena, programme->scheme);
		for (size_t m = 0; m < programme->scheme->n_measurands; m++)
			for (size_t s = 0; s < programme->n_samples; s++)
				lead[programme->first_item + m * programme->n_samples + s] = programme->first_item + (uint32_t)(first_of(with, m) * programme->n_samples);
	}
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		for (size_t k = 0; k < enrolment->n_declared; k++)
			weights[lead[zp_run_item(run, enrolment, k, 0)]] += zp_run_programme(run, enrolment)->n_samples;
	}
	const uint32_t *dealt = zp_shards_deal(run->arena, weights, plan->n_items, parts);
	for (uint32_t item = 0; item < plan->n_items; item++)
		lead[item] = dealt[lead[item]];
	return lead;
}

const uint32_t *zp_shards_of_labs(const zp_run *run, uint32_t parts)
{
	uint64_t *weights = zp_take(run->arena, uint64_t, run->roster->n_labs + 1);
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		weights[enrolment->lab] += enrolment->n_declared * zp_run_programme(run, enrolment)->n_samples;
	}
	return zp_shards_deal(run->arena, weights, run->roster->n_labs, parts);
}

/* ---- of what ---- */

static void digest_members(zp_members *m, char out[static ZP_DIGEST_TEXT])
{
	const zp_text text = zp_members_write(m);
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, text.p, text.n);
	zp_digest_close(d, out);
}

static void digest_machine(const zp_run *run, char out[static ZP_DIGEST_TEXT])
{
	zp_members *m = zp_members_take(run->arena);
	zp_machine_plugins(m, run->registry);
	zp_machine(m, run->arena, run->registry);
	digest_members(m, out);
}

static void digest_rules(const zp_run *run, char out[static ZP_DIGEST_TEXT])
{
	zp_members *m = zp_members_take(run->arena);
	zp_machine_files(zp_members_list(m, "rules"), run->book->rule_files, run->book->n_rule_files);
	digest_members(m, out);
}

static void digest_inputs(const zp_run *run, char out[static ZP_DIGEST_TEXT])
{
	zp_members *m = zp_members_take(run->arena), *inputs = zp_members_list(m, "inputs");
	zp_machine_files(inputs, run->book->round_files, run->book->n_round_files);
	zp_machine_files(inputs, run->register_files, 2);
	zp_machine_files(inputs, run->receipt_file, run->receipt_file != NULL);
	zp_machine_files(zp_members_list(m, "results"), run->results, run->n_results);
	digest_members(m, out);
}

/* Everything that targets and scores are worked out of and that numbers of a part refer to: should two machines read a round differently,
 * this tells. Whoever reads parts has the byte order of whoever wrote them only where both have the same build. */
static void digest_stand(const zp_run *run, char out[static ZP_DIGEST_TEXT])
{
	const zp_round *r = run->round;
	const zp_peers *peers = run->peers;
	zp_digest *d = zp_digest_open();
	const uint64_t sizes[] = { r->n, run->roster->n_enrolments, run->book->plan->n_items, peers->n };
	zp_digest_add(d, sizes, sizeof sizes);
	zp_digest_add(d, r->value_m, r->n * sizeof *r->value_m);
	zp_digest_add(d, r->value_e, r->n * sizeof *r->value_e);
	zp_digest_add(d, r->kind, r->n);
	zp_digest_add(d, r->state, r->n);
	zp_digest_add(d, r->peers, r->n * sizeof *r->peers);
	zp_digest_add(d, run->judgement.mark, r->n);
	zp_digest_add(d, peers->tuples, peers->n * sizeof *peers->tuples);
	for (size_t k = 0; k < ZP_PEER_KEYS; k++)
		for (uint32_t i = 0; i < zp_names_count(peers->names[k]); i++)
			zp_digest_add(d, zp_names_at(peers->names[k], i).p, zp_names_at(peers->names[k], i).n + 1);
	zp_digest_close(d, out);
}

zp_basis zp_shards_basis(const zp_run *run, const char *wish)
{
	zp_basis b = { .engine = run->engine, .wish = wish };
	digest_machine(run, b.machine);
	zp_machine_rounding(b.rounding);
	digest_rules(run, b.rules);
	digest_inputs(run, b.inputs);
	digest_stand(run, b.stand);
	return b;
}

/* ---- which are there ---- */

/* One sentence when the part was made of something else. */
static bool is_ours(const zp_part *part, const zp_basis *ours, zp_problems *problems)
{
	const zp_basis *its = &part->head.basis;
	if (strcmp(its->engine, ours->engine) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made by \"%.100s\"; expected a part made by %s, as this run is", its->engine, ours->engine);
	else if (strcmp(its->machine, ours->machine) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made by another build of %s, or with other plugins or libraries; expected the same on every machine", ours->engine);
	else if (strcmp(its->rounding, ours->rounding) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made on a processor by which exp, log, pow or sin end in other digits; expected machines that round alike");
	else if (strcmp(its->rules, ours->rules) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made by other rules, digest %.12s...; expected those of this run, digest %.12s...", its->rules, ours->rules);
	else if (strcmp(its->inputs, ours->inputs) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made of other input, digest %.12s...; expected that of this run, digest %.12s...", its->inputs, ours->inputs);
	else if (strcmp(its->stand, ours->stand) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made where the same files were read differently, digest %.12s...; expected %.12s..., and machines of one kind", its->stand, ours->stand);
	else if (strcmp(its->wish, ours->wish) != 0)
		zp_problem_add(problems, part->name, 0, 0, "was made with the options %.200s; expected those of this run, %s", its->wish, ours->wish);
	else
		return true;
	return false;
}

#define MISSING_TOLD 20

static void tell_missing(const zp_run *run, const char *folder, const zp_part *found, zp_part_kind kind, uint32_t n, zp_problems *problems)
{
	const char *list = "";
	uint32_t missing = 0, last = 0;
	char name[ZP_PART_NAME];
	for (uint32_t i = 1; i <= n; i++)
		if (!found[i].name) {
			if (missing++ < MISSING_TOLD)
				list = zp_arena_print(run->arena, "%s%s%u", list, *list ? " " : "", i);
			last = i;
		}
	if (missing == 1)
		zp_problem_add(problems, zp_arena_print(run->arena, "%s", zp_part_name(kind, (zp_division){ last, n }, name)), 0, 0,
			       "is missing; expected all %u parts, each once", n);
	else if (missing)
		zp_problem_add(problems, folder, 0, 0, "%u of %u parts are missing: %s%s; expected all of them, each once", missing, n, list, missing > MISSING_TOLD ? " ..." : "");
}

zp_part *zp_shards_find(zp_run *run, const char *folder, zp_part_kind kind, const zp_basis *ours, uint32_t *n, bool *strays, zp_problems *problems, zp_error *err)
{
	size_t files = 0;
	bool stray = false;
	const char **names = zp_part_list(run->arena, folder, &files, err);
	zp_part *found = NULL;
	const char *first = NULL; /* the part that says into how many the round is divided */
	for (size_t k = 0; names && k < files; k++) {
		zp_part part;
		const char *why;
		if (!zp_part_is_of(names[k], kind)) /* papers are large: they are not read in vain */
			continue;
		if (!zp_part_read(run->arena, folder, names[k], &part, &why)) {
			zp_problem_add(problems, names[k], 0, 0, "the part %s", why);
			continue;
		}
		const zp_division of = part.head.of;
		if (part.head.kind != kind)
			continue;
		if (*n && of.n != *n) { /* whatever it was made of */
			stray = true;
			if (first)
				zp_problem_add(problems, part.name, 0, 0, "is part %u of %u, and %s is one of %u; expected parts of one division, so remove those that are not wanted", of.i, of.n, first, *n);
			else
				zp_problem_add(problems, part.name, 0, 0, "is part %u of %u; expected one of %u, so remove it if it is not wanted", of.i, of.n, *n);
			continue;
		}
		if (!is_ours(&part, ours, problems))
			continue;
		*n = of.n;
		first = part.name;
		if (!found)
			found = zp_take(run->arena, zp_part, *n + (size_t)1);
		if (found[of.i].name) {
			stray = true;
			zp_problem_add(problems, part.name, 0, 0, "is part %u of %u, and so is %s; expected each part once, so remove one of them", of.i, of.n, found[of.i].name);
		} else
			found[of.i] = part;
	}
	if (!names)
		return NULL;
	if (!*n)
		zp_problem_add(problems, folder, 0, 0, "has no part that can be joined with this round; expected those that zhiping shard writes");
	else if (!found)
		found = zp_take(run->arena, zp_part, *n + (size_t)1);
	if (strays)
		*strays = stray;
	else if (found)
		tell_missing(run, folder, found, kind, *n, problems);
	return found;
}
