/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping merge: what several machines worked out of a round, published as close publishes it. */
#include <config.h>
#include "cli/closing.h"
#include "cli/parts.h"
#include "run/drawn.h"

/* One number a line, on standard output. With strays there is nothing to be joined, whatever is made. */
static int print_missing(const zp_part *found, uint32_t n, bool strays)
{
	bool missing = false;
	for (uint32_t i = 1; i <= n; i++)
		if (!found[i].name) {
			printf("%u\n", i);
			missing = true;
		}
	return strays ? ZP_BAD_INPUT : missing ? ZP_WITHHELD : ZP_OK;
}

/* What is wrong with parts that are there goes to standard error. */
static int missing_scores(zp_run *run, const char *folder, uint32_t n, zp_error *err)
{
	bool strays = false;
	zp_problems *problems = zp_problems_take(run->arena);
	const zp_basis basis = zp_shards_basis(run, "");
	const zp_part *found = zp_shards_find(run, folder, ZP_PART_SCORES, &basis, &n, &strays, problems, err);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	return found ? print_missing(found, n, strays) : zp_cli_fail(err);
}

/* --missing N: which parts are to be made, again or for the first time. */
static int find_missing(const zp_given_options *given)
{
	zp_error err = { 0 };
	long n = 0, threads = 0;
	uint64_t memory = 0;
	if (!zp_option_number(given, "missing", 1, ZP_PARTS_MOST, &n) || !zp_option_number(given, "threads", 1, 256, &threads) ||
	    !zp_option_bytes(given, "memory", ZP_SPILL_LEAST, &memory))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_arena *arena = zp_arena_open();
	zp_watch *watch = zp_watch_begin();
	const zp_run_wish wish = { .round_dir = given->rest[0], .rules_dir = zp_cli_rules(given), .threads = (unsigned)threads, .memory = memory, .engine = PACKAGE_STRING,
				   .progress = zp_watch_progress(watch) };
	zp_run *run = zp_cli_parts_run(registry, &wish, ZP_UNTIL_HINTS, watch, &err);
	const int code = err.code ? zp_cli_fail(&err) : missing_scores(run, zp_cli_parts(given, given->rest[0], arena), (uint32_t)n, &err);
	zp_watch_end(watch);
	zp_run_close(run);
	zp_registry_close(registry);
	zp_arena_close(arena);
	return code;
}

/* With all that papers depend on known. */
static int missing_papers(zp_closing *c)
{
	long n = 0;
	if (!zp_option_number(&c->given, "missing", 1, ZP_PARTS_MOST, &n))
		return ZP_BAD_USE;
	if (!(c->publish.emit & ZP_EMIT_LABS)) {
		zp_fail(&c->err, ZP_BAD_USE, NULL, 0, "--emit has nothing for laboratories; expected certificates, reports, or both");
		return zp_cli_fail(&c->err);
	}
	bool strays = false;
	uint32_t parts = (uint32_t)n;
	zp_problems *problems = zp_problems_take(c->arena);
	const zp_part *found = zp_drawn_parts(c->run, &c->publish, &parts, &strays, problems, &c->err);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	return found ? print_missing(found, parts, strays) : zp_cli_fail(&c->err);
}

static int seal(zp_closing *c)
{
	char name[ZP_PART_NAME];
	if (!c->signer)
		zp_fail(&c->err, ZP_BAD_USE, NULL, 0, "--seals needs the key that signs; expected --key KEYS as well");
	if (!c->signer || !zp_seals_write(c->run, &c->publish, &c->err))
		return zp_cli_fail(&c->err);
	printf(zp_say("sealed: %zu laboratories, in %s/%s\n"), c->run->roster->n_labs, c->parts, zp_part_name(ZP_PART_SEALS, (zp_division){ 1, 1 }, name));
	return ZP_OK;
}

/* Papers that others drew, if they are wanted. */
static bool take_papers(zp_closing *c)
{
	if (!zp_option_given(&c->given, "papers") || !(c->publish.emit & ZP_EMIT_LABS))
		return true;
	zp_problems *problems = zp_problems_take(c->arena);
	c->publish.papers = zp_drawn_find(c->run, &c->publish, problems, &c->err);
	zp_problems_print_in(problems, zp_words_chinese(), stderr);
	return c->publish.papers || zp_fail(&c->err, ZP_BAD_INPUT, NULL, 0, "the parts cannot be joined as they are");
}

static int carry(zp_closing *c)
{
	if (!zp_closing_run(c))
		return c->err.code ? zp_cli_fail(&c->err) : ZP_BAD_PLUGIN;
	if (c->draft)
		return zp_closing_draft(c);
	if (!zp_closing_head(c))
		return zp_cli_fail(&c->err);
	if (zp_option_given(&c->given, "missing"))
		return missing_papers(c);
	if (zp_option_given(&c->given, "seals"))
		return seal(c);
	return take_papers(c) ? zp_closing_publish(c) : zp_cli_fail(&c->err);
}

int zp_command_merge(const zp_command *self, int argc, char **argv)
{
	zp_closing c;
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, 1, &given))
		return ZP_BAD_USE;
	if (zp_option_given(&given, "missing") && !zp_option_given(&given, "papers"))
		return find_missing(&given);
	if (!zp_closing_read(&c, self, argc, argv))
		return ZP_BAD_USE;
	zp_arena *arena = zp_arena_open();
	c.parts = c.publish.parts = zp_cli_parts(&c.given, c.given.rest[0], arena);
	const int code = zp_closing_end(&c, carry(&c));
	zp_arena_close(arena);
	return code;
}
