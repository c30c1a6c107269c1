/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping import: a centre's own table becomes a round folder. */
#include "cli/cli.h"
#include "convert/convert.h"

static void print_counts(const zp_convert_count *c, FILE *where)
{
	fprintf(where, zp_say("rows read %zu; values read %zu = written %zu + refused %zu + blank %zu\n"), c->rows, c->read, c->written,
			c->refused, c->blank);
}

static int import(zp_convert_wish *wish, const zp_registry *registry)
{
	zp_arena *arena = zp_arena_open();
	zp_problems *input = zp_problems_take(arena), *rules = zp_problems_take(arena);
	zp_convert_count count;
	zp_error err = { 0 };
	zp_watch *watch = zp_watch_begin();
	wish->progress = zp_watch_progress(watch);
	bool done = zp_convert(registry, wish, input, rules, &count, &err);
	zp_watch_end(watch);
	zp_problems_print_in(rules, zp_words_chinese(), stderr);
	zp_problems_print_in(input, zp_words_chinese(), stderr);
	if (done || count.read)
		print_counts(&count, done ? stdout : stderr);
	if (done)
		printf(zp_say_n("%zu laboratories, %zu programme in %s; zhiping check tells what is to be said of the values\n",
				"%zu laboratories, %zu programmes in %s; zhiping check tells what is to be said of the values\n", count.programmes),
		       count.labs, count.programmes, wish->into);
	else
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return (int)err.code;
}

int zp_command_import(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 1, ZP_GIVEN_MOST, &given))
		return ZP_BAD_USE;
	zp_convert_wish wish = {
		.files = (const char *const *)given.rest, .n_files = (size_t)given.n_rest, .into = zp_option_given(&given, "as"),
		.mapping = zp_option_given(&given, "mapping"), .rules_dir = zp_cli_rules(&given),
		.roster = zp_option_given(&given, "roster"), .enrolments = zp_option_given(&given, "enrolments"),
		.round = { .id = zp_option_given(&given, "id"), .name = zp_option_given(&given, "name"),
				.name_en = zp_option_given(&given, "name-en"),
			   .year = zp_option_given(&given, "year"), .number = zp_option_given(&given, "number"),
			   .opens = zp_option_given(&given, "opens"), .closes = zp_option_given(&given, "closes"),
			   .organiser = zp_option_given(&given, "organiser") },
	};
	if (!wish.into || !*wish.into || !wish.mapping) {
		fprintf(stderr, zp_say("zhiping import: --as ROUND and --mapping NAME are needed\n"));
		return ZP_BAD_USE;
	}
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	int code = import(&wish, registry);
	zp_registry_close(registry);
	return code;
}
