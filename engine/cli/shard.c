/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping shard: what one machine of several works out of a round. */
#include <config.h>
#include "cli/parts.h"
#include "run/shards.h"

const char *zp_cli_parts(const zp_given_options *given, const char *round, zp_arena *arena)
{
	const char *folder = zp_option_given(given, "parts");
	return folder && *folder ? folder : zp_arena_print(arena, "%s/.zhiping/parts", round);
}

zp_run *zp_cli_parts_run(const zp_registry *registry, const zp_run_wish *wish, zp_until until, zp_watch *watch, zp_error *err)
{
	zp_run *run = zp_run_open(registry, wish, until, err);
	zp_watch_hush(watch);
	zp_cli_problems(run, stderr);
	return run;
}

/* A number without sign, below 10000; *p is moved behind it. Gives: 0 when there is none. */
static uint32_t read_number(const char **p)
{
	uint32_t n = 0;
	for (size_t digits = 0; **p >= '0' && **p <= '9'; (*p)++)
		n = ++digits <= 4 ? 10 * n + (uint32_t)(**p - '0') : UINT32_MAX / 16;
	return n;
}

static bool read_division(const char *text, zp_division *out)
{
	const char *p = text;
	out->i = read_number(&p);
	const bool slash = *p == '/';
	p += slash;
	out->n = read_number(&p);
	if (slash && !*p && out->i >= 1 && out->i <= out->n && out->n <= ZP_PARTS_MOST)
		return true;
	fprintf(stderr, zp_say("zhiping shard: \"%s\" is no part of a round; expected I/N, such as 3/7, with I from 1 to N and N up to %u\n"), text, ZP_PARTS_MOST);
	return false;
}

static void tell(const zp_run *run, const char *folder)
{
	char name[ZP_PART_NAME];
	size_t measurands = 0, own = 0, results = 0;
	for (uint32_t item = 0; item < run->book->plan->n_items; item++) {
		const zp_item at = zp_run_item_at(run, item);
		measurands += at.s == 0;
		own += at.s == 0 && zp_run_is_own(run, item);
	}
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		for (size_t k = 0; k < run->roster->enrolments[e].n_declared; k++)
			if (zp_run_is_own(run, zp_run_item(run, &run->roster->enrolments[e], k, 0)))
				results += zp_run_programme(run, &run->roster->enrolments[e])->n_samples;
	printf(zp_say("part %u of %u: %zu of %zu measurands, %zu of %zu results, in %s/%s\n"), run->share.i, run->share.n, own, measurands, results, run->round->n, folder,
	       zp_part_name(ZP_PART_SCORES, run->share, name));
}

int zp_command_shard(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_division share;
	zp_error err = { 0 };
	long threads = 0;
	uint64_t memory = 0;
	if (!zp_options_read(self, argc, argv, 2, 2, &given) || !zp_option_number(&given, "threads", 1, 256, &threads) ||
	    !zp_option_bytes(&given, "memory", ZP_SPILL_LEAST, &memory) || !read_division(given.rest[0], &share))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_arena *arena = zp_arena_open();
	zp_watch *watch = zp_watch_begin();
	const char *folder = zp_cli_parts(&given, given.rest[1], arena);
	const bool papers = zp_option_given(&given, "papers") != NULL;
	const zp_run_wish wish = { .round_dir = given.rest[1], .rules_dir = zp_cli_rules(&given), .threads = (unsigned)threads, .memory = memory, .engine = PACKAGE_STRING,
				   .share = papers ? (zp_division){ 0, 0 } : share, .parts = papers ? folder : NULL, .progress = zp_watch_progress(watch) };
	zp_run *run = zp_cli_parts_run(registry, &wish, papers ? ZP_UNTIL_RANK : ZP_UNTIL_SCORE, watch, &err);
	const bool good = !err.code && (papers ? zp_cli_draw_papers(self, &given, run, share, &err) : zp_scores_write(run, folder, &err));
	if (good && !papers)
		tell(run, folder);
	const int code = good ? ZP_OK : zp_cli_fail(&err);
	if (good)
		zp_cli_memory(memory);
	if (good && zp_option_given(&given, "timings"))
		zp_cli_laps(run);
	zp_watch_end(watch);
	zp_run_close(run);
	zp_registry_close(registry);
	zp_arena_close(arena);
	return code;
}
