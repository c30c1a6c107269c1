/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: one loop over the table of stages. */
#include "run/run.h"
#include <sys/resource.h>
#include <time.h>
#include "base/pool.h"
#include "base/words.h"
#include "run/approvals.h"
#include "run/shards.h"

static bool read_book(zp_run *run, zp_error *err)
{
	run->book = zp_book_read(run->arena, run->registry, run->rules_dir, run->round_dir, run->input_problems, run->rule_problems);
	if (zp_problems_count(run->input_problems))
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the round cannot be used as it is");
	if (zp_problems_count(run->rule_problems) || !run->book)
		return zp_fail(err, ZP_BAD_RULES, NULL, 0, "the rules cannot be used as they are");
	zp_approvals_bind_rules(run);
	return true;
}

/* Of rules and decisions: what is published is not there yet. Gives: 1 when the rules are not approved, and 2 when the decisions are not. */
static unsigned ask_approvals(zp_run *run, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	zp_approvals_judge(run, ZP_APPROVED_RULES, problems);
	const size_t then = zp_problems_count(problems);
	zp_approvals_judge(run, ZP_APPROVED_DECISIONS, problems);
	return (then > before) + 2u * (zp_problems_count(problems) > then);
}

static bool read_decisions(zp_run *run, zp_error *err)
{
	run->decisions = zp_decisions_read(run->arena, run->book, run->roster, run->round_dir, run->input_problems);
	if (!run->decisions)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the decisions cannot be used as they are");
	zp_approvals_bind_decisions(run);
	if (run->eyes == ZP_EYES_TELL) {
		ask_approvals(run, run->remarks);
		zp_approvals_judge(run, ZP_APPROVED_PUBLISHING, run->remarks);
	}
	switch (run->eyes == ZP_EYES_INSIST ? ask_approvals(run, run->input_problems) : 0) {
	case 0: return true;
	case 1: return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the rules are not approved as they are");
	case 2: return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the decisions are not approved as they are");
	default: return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "neither the rules nor the decisions are approved as they are");
	}
}

/* Targets are worked out here, all of them or a share, or are read from parts, with all scores. */
static bool gather(zp_run *run, zp_error *err)
{
	if (run->parts || run->share.n)
		run->basis = zp_shards_basis(run, "");
	if (run->parts)
		return zp_run_join(run, err);
	if (run->share.n)
		run->owners = zp_shards_of_items(run, run->share.n);
	return zp_run_gather(run, err);
}

static bool score(zp_run *run, zp_error *err) { return run->parts || zp_run_score(run, err); }

static const struct stage {
	const char *name, *says; /* in timings; to who looks on */
	bool (*carry)(zp_run *, zp_error *);
	bool counts_cells; /* its work is the cells of the round */
} stages[] = {
	{ "book", ZP_MESSAGE("reading the rules"), read_book, false },
	{ "register", ZP_MESSAGE("reading the register"), zp_run_register, false },
	{ "decisions", ZP_MESSAGE("reading the decisions"), read_decisions, false },
	{ "intake", ZP_MESSAGE("reading results"), zp_run_intake, true },
	{ "screen", ZP_MESSAGE("screening values"), zp_run_screen, true },
	{ "hints", ZP_MESSAGE("looking for slips"), zp_run_hints, true },
	{ "gather", ZP_MESSAGE("working out targets"), gather, true },
	{ "score", ZP_MESSAGE("scoring results"), score, true },
	{ "judge", ZP_MESSAGE("judging laboratories"), zp_run_judge, true },
	{ "rank", ZP_MESSAGE("ranking laboratories"), zp_run_rank, true },
};
#define STAGES (sizeof stages / sizeof *stages)
#define STAGES_TO_REGISTER 2
#define STAGES_TO_INTAKE 4
#define STAGES_TO_HINTS 6
#define STAGES_TO_SCORE 8
#define STAGES_TO_JUDGE 9

double zp_run_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double processor_of(int who)
{
	struct rusage used;
	getrusage(who, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

zp_moment zp_run_now(void) { return (zp_moment){ zp_run_clock(), processor_of(RUSAGE_SELF) + processor_of(RUSAGE_CHILDREN) }; }

void zp_run_lap(zp_run *run, const char *stage, size_t rows, zp_moment *since)
{
	const zp_moment now = zp_run_now();
	run->laps[run->n_laps++] = (zp_lap){ stage, now.clock - since->clock, now.processor - since->processor, rows };
	*since = now;
}

static void end_spill(void *spill) { zp_spill_close(spill); }

void *zp_run_column(const zp_run *run, size_t n, size_t each, zp_error *err)
{
	return run->spill ? zp_spill_take(run->spill, n * each, err) : zp_arena_take(run->arena, n * each);
}

zp_run *zp_run_open(const zp_registry *registry, const zp_run_wish *wish, zp_until until, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_run *run = zp_take(arena, zp_run, 1);
	run->arena = arena;
	run->registry = registry;
	run->round_dir = wish->round_dir;
	run->rules_dir = wish->rules_dir;
	run->threads = wish->threads ? wish->threads : zp_pool_processors();
	if (wish->memory) {
		run->spill = zp_spill_open(wish->memory);
		zp_arena_at_end(arena, end_spill, run->spill);
	}
	run->go_on = wish->go_on;
	run->eyes = wish->eyes;
	run->engine = wish->engine;
	run->share = wish->share;
	run->parts = wish->parts;
	run->remember = wish->remember;
	run->progress = wish->progress;
	run->each_owner = wish->each_owner;
	run->input_problems = zp_problems_take_for(arena, zp_tally_take(arena, wish->each_owner));
	run->rule_problems = zp_problems_take(arena);
	run->remarks = zp_problems_take_for(arena, zp_tally_take(arena, wish->each_owner));
	run->laps = zp_take(arena, zp_lap, STAGES + ZP_PUBLISH_LAPS);
	zp_run_on(run, until, err);
	return run;
}

bool zp_run_on(zp_run *run, zp_until until, zp_error *err)
{
	static const size_t stages_to[] = { [ZP_UNTIL_REGISTER] = STAGES_TO_REGISTER, [ZP_UNTIL_INTAKE] = STAGES_TO_INTAKE,
					    [ZP_UNTIL_HINTS] = STAGES_TO_HINTS, [ZP_UNTIL_SCORE] = STAGES_TO_SCORE, [ZP_UNTIL_JUDGE] = STAGES_TO_JUDGE, [ZP_UNTIL_RANK] = STAGES };
	zp_moment since = zp_run_now();
	while (run->n_laps < stages_to[until]) { /* a stage has its lap when it was carried */
		const struct stage *stage = &stages[run->n_laps];
		zp_progress_stage(run->progress, stage->says, 0);
		if (!stage->carry(run, err))
			return false;
		if (!zp_words_plain())
			return zp_fail(err, ZP_BAD_PLUGIN, NULL, 0, "a plugin has changed the locale (stage %s); nothing was published", stage->name);
		zp_run_lap(run, stage->name, stage->counts_cells ? run->round->n : 0, &since);
	}
	return true;
}

void zp_run_close(zp_run *run)
{
	zp_arena_close(run->arena);
}

zp_item zp_run_item_at(const zp_run *run, uint32_t item)
{
	const zp_plan *plan = run->book->plan;
	size_t p = plan->n_programmes - 1;
	while (plan->programmes[p].first_item > item)
		p--;
	const zp_programme *programme = &plan->programmes[p];
	size_t at = item - programme->first_item;
	return (zp_item){ programme, &programme->scheme->measurands[at / programme->n_samples], p, at / programme->n_samples,
			  at % programme->n_samples };
}

const char *zp_run_rung_name(const zp_run *run, const zp_group *g)
{
	const zp_measurand *m = zp_run_item_at(run, g->item).measurand;
	return g->rung < m->n_rungs ? m->rungs[g->rung].name : "none";
}

const char *zp_run_apart(const zp_run *run, const zp_group *g, zp_arena *arena)
{
	return g->apart == ZP_NO_NAME ? "" : zp_arena_print(arena, "%s=%s", zp_peer_key_word(g->apart_key), zp_names_at(run->peers->names[g->apart_key], g->apart).p);
}

const char *zp_run_group_key(const zp_run *run, const zp_group *g, zp_arena *arena)
{
	const char *key = "";
	if (!g->keys)
		return "all";
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		if (!(g->keys & 1u << k))
			continue;
		const char *name = zp_names_at(run->peers->names[k], run->peers->tuples[g->key][k]).p;
		key = zp_arena_print(arena, "%s%s%s=%s", key, *key ? "; " : "", zp_peer_key_word(k), name);
	}
	return key;
}
