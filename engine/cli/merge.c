/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping merge: what several machines worked out of a round, published as close publishes it. */
#include <config.h>
#include "cli/closing.h"
#include "cli/parts.h"
#include "run/shards.h"

/* One number a line, on standard output; what is wrong with parts that are there goes to standard error. */
static int print_missing(const zp_run *run, const char *folder, uint32_t n, zp_error *err)
{
	zp_problems *problems = zp_problems_take(run->arena);
	const zp_basis basis = zp_shards_basis(run, "");
	const zp_part *found = zp_shards_find((zp_run *)run, folder, ZP_PART_SCORES, &basis, &n, false, problems, err);
	if (err->code)
		return zp_cli_fail(err);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	int code = ZP_OK;
	for (uint32_t i = 1; i <= n; i++)
		if (!found[i].name) {
			printf("%u\n", i);
			code = ZP_WITHHELD;
		}
	return code;
}

/* --missing N: which parts are to be made, again or for the first time. */
static int find_missing(const zp_given_options *given)
{
	zp_error err = { 0 };
	long n = 0, threads = 0;
	if (!zp_option_number(given, "missing", 1, ZP_PARTS_MOST, &n) || !zp_option_number(given, "threads", 1, 256, &threads))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_arena *arena = zp_arena_open();
	zp_watch *watch = zp_watch_begin();
	const zp_run_wish wish = { .round_dir = given->rest[0], .rules_dir = zp_cli_rules(given), .threads = (unsigned)threads, .engine = PACKAGE_STRING,
				   .progress = zp_watch_progress(watch) };
	zp_run *run = zp_cli_parts_run(registry, &wish, ZP_UNTIL_HINTS, watch, &err);
	const int code = err.code ? zp_cli_fail(&err) : print_missing(run, zp_cli_parts(given, given->rest[0], arena), (uint32_t)n, &err);
	zp_watch_end(watch);
	zp_run_close(run);
	zp_registry_close(registry);
	zp_arena_close(arena);
	return code;
}

int zp_command_merge(const zp_command *self, int argc, char **argv)
{
	zp_closing c;
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	if (zp_option_given(&given, "missing"))
		return find_missing(&given);
	if (!zp_closing_read(&c, self, argc, argv))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	c.parts = zp_cli_parts(&c.given, c.given.rest[0], arena);
	const int code = zp_closing_carry(&c);
	zp_arena_close(arena);
	return code;
}
