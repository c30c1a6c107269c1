/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options by the command's own table, and what every command needs from them. */
#include <config.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include "base/memory.h"
#include "builtin.h"
#include "cli/cli.h"
#include "ledger/ledger.h"

#define OPTIONS_MOST 64
#define PLUGINS_MOST 64

/* What may hold a password is refused before anything else is said or made, and lists of processes show it no longer. */
static bool is_ledger(const zp_command *command, const char *name)
{
	if (zp_ledger_is_name(name))
		return true;
	explicit_bzero((char *)(uintptr_t)name, strlen(name)); /* of argv */
	fprintf(stderr, zp_say("zhiping %s: the name of a ledger is neither a file's nor an address of PostgreSQL, and is not repeated since it may hold a password; "
			       "expected a file, or postgresql://USER@HOST/DATABASE\n"), command->name);
	return false;
}

static bool are_ledgers(const zp_command *command, const zp_given_options *given)
{
	bool good = true;
	for (size_t i = 0; i < given->n && good; i++)
		good = strcmp(given->at[i].name, "ledger") != 0 || is_ledger(command, given->at[i].value);
	for (int i = 0; i < given->n_rest && good && strcmp(command->name, "ledger") == 0; i++)
		good = is_ledger(command, given->rest[i]);
	return good;
}

bool zp_options_read(const zp_command *command, int argc, char **argv, int least_rest, int most_rest, zp_given_options *given)
{
	struct option table[OPTIONS_MOST + 1];
	size_t n = 0;
	*given = (zp_given_options){ .n = 0 };
	const zp_option *lists[] = { command->options, zp_common_options };
	for (int l = 0; l < 2; l++)
		for (const zp_option *o = lists[l]; o->name && n < OPTIONS_MOST; o++)
			table[n++] = (struct option){ o->name, o->argument ? required_argument : no_argument, NULL, 0 };
	table[n] = (struct option){ 0 };
	optind = 1;
	opterr = 0;
	for (int index, c; (c = getopt_long(argc, argv, "", table, &index)) != -1;) {
		if (c == '?') {
			char letter[] = { '-', (char)optopt, '\0' }; /* a letter may be one of several in its word */
			bool is_letter = optopt > ' ' && optopt < 0x7F && argv[optind - 1][1] != '-';
			fprintf(stderr, zp_say("zhiping %s: \"%s\" is not understood, or lacks what must follow it; zhiping help %s lists the options\n"),
				command->name, is_letter ? letter : argv[optind - 1], command->name);
			return false;
		}
		if (given->n == ZP_GIVEN_MOST) {
			fprintf(stderr, zp_say("zhiping %s: there are more than %d options; expected fewer\n"), command->name, ZP_GIVEN_MOST);
			return false;
		}
		given->at[given->n].name = table[index].name;
		given->at[given->n++].value = optarg ? optarg : "";
	}
	given->rest = argv + optind;
	given->n_rest = argc - optind;
	if (!are_ledgers(command, given))
		return false;
	if (given->n_rest >= least_rest && given->n_rest <= most_rest)
		return true;
	fprintf(stderr, zp_say("usage: zhiping %s %s\n"), command->name, command->arguments);
	return false;
}

const char *zp_option_next(const zp_given_options *given, const char *name, size_t *at)
{
	while (*at < given->n)
		if (strcmp(given->at[(*at)++].name, name) == 0)
			return given->at[*at - 1].value;
	return NULL;
}

const char *zp_option_given(const zp_given_options *given, const char *name)
{
	const char *last = NULL;
	size_t at = 0;
	for (const char *value; (value = zp_option_next(given, name, &at));)
		last = value;
	return last;
}

bool zp_option_number(const zp_given_options *given, const char *name, long least, long most, long *value)
{
	const char *text = zp_option_given(given, name);
	zp_decimal d;
	if (!text)
		return true;
	if (zp_decimal_read(text, strlen(text), &d) == ZP_NUMBER_OK && d.e == 0 && d.m >= least && d.m <= most) {
		*value = (long)d.m;
		return true;
	}
	fprintf(stderr, zp_say("zhiping: --%s \"%s\" is not usable; expected a whole number from %ld to %ld\n"), name, text, least, most);
	return false;
}

bool zp_option_bytes(const zp_given_options *given, const char *name, uint64_t least, uint64_t *value)
{
	const char *text = zp_option_given(given, name);
	zp_decimal d;
	if (!text)
		return true;
	const size_t n = strlen(text);
	const unsigned shift = n && text[n - 1] == 'M' ? 20 : n && text[n - 1] == 'G' ? 30 : 0;
	if (shift && zp_decimal_read(text, n - 1, &d) == ZP_NUMBER_OK && d.e == 0 && d.m > 0 && d.m <= 1 << 20 && (uint64_t)d.m << shift >= least) {
		*value = (uint64_t)d.m << shift;
		return true;
	}
	fprintf(stderr, zp_say("zhiping: --%s \"%s\" is not usable; expected a size such as 500M or 2G, and at least %lluM\n"), name, text,
		(unsigned long long)(least >> 20));
	return false;
}

static bool read_real(const char *text, double *value)
{
	zp_decimal d;
	if (zp_decimal_read_printed(text, strlen(text), &d) != ZP_NUMBER_OK)
		return false;
	*value = zp_decimal_double(d);
	return true;
}

bool zp_option_real(const zp_given_options *given, const char *name, double least, double most, double *value)
{
	const char *text = zp_option_given(given, name);
	if (!text || (read_real(text, value) && *value > least && *value <= most))
		return true;
	char what[200];
	const bool from = least > -1e99, to = most < 1e99;
	if (from && least < 0)
		snprintf(what, sizeof what, to ? zp_say("a number not below 0 and not above %g") : zp_say("a number not below 0"), most);
	else if (from && to)
		snprintf(what, sizeof what, zp_say("a number above %g and not above %g"), least, most);
	else if (from)
		snprintf(what, sizeof what, zp_say("a number above %g"), least);
	else
		snprintf(what, sizeof what, to ? zp_say("a number not above %g") : zp_say("a number"), most);
	fprintf(stderr, zp_say("zhiping: --%s \"%s\" is not usable; expected %s\n"), name, text, what);
	return false;
}

bool zp_option_between(const zp_given_options *given, const char *name, double least, double most, double *value)
{
	const char *text = zp_option_given(given, name);
	if (!text || (read_real(text, value) && *value >= least && *value <= most))
		return true;
	fprintf(stderr, zp_say("zhiping: --%s \"%s\" is not usable; expected a number from %g to %g\n"), name, text, least, most);
	return false;
}

bool zp_option_chinese(const zp_given_options *given, bool *chinese)
{
	const char *language = zp_option_given(given, "lang");
	*chinese = language ? strcmp(language, "zh") == 0 : zp_words_chinese();
	if (!language || *chinese || strcmp(language, "en") == 0)
		return true;
	fprintf(stderr, zp_say("zhiping: --lang \"%s\" is not known; expected zh or en\n"), language);
	return false;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Every module of the folder, in the order of their names; no folder, no plugins. */
static bool load_folder(zp_registry *registry, const char *folder, zp_error *err)
{
	DIR *dir = opendir(folder);
	char *names[PLUGINS_MOST];
	size_t n = 0;
	bool good = true;
	if (!dir)
		return true;
	for (struct dirent *entry; (entry = readdir(dir)) && n < PLUGINS_MOST;) {
		size_t length = strlen(entry->d_name);
		if (length > 3 && strcmp(entry->d_name + length - 3, ".so") == 0 && !(names[n++] = strdup(entry->d_name)))
			zp_no_memory();
	}
	closedir(dir);
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		good = good && zp_registry_load(registry, path, err);
		free(names[i]);
	}
	return good;
}

zp_registry *zp_cli_registry(const zp_given_options *given)
{
	zp_error err = { 0 };
	const char *folder = zp_option_given(given, "plugins");
	zp_registry *registry = zp_registry_open(zp_builtin);
	bool good = load_folder(registry, folder ? folder : ZP_PLUGIN_DIR, &err);
	size_t at = 0;
	for (const char *path; good && (path = zp_option_next(given, "plugin", &at));)
		good = zp_registry_load(registry, path, &err);
	if (good)
		return registry;
	zp_cli_fail(&err);
	zp_registry_close(registry);
	return NULL;
}

const char *zp_cli_rules(const zp_given_options *given)
{
	const char *rules = zp_option_given(given, "rules");
	return rules ? rules : ZP_RULES_DIR;
}

int zp_cli_fail(const zp_error *err)
{
	fputs("zhiping: ", stderr);
	zp_text_print(zp_text_of(err->told), stderr);
	putc('\n', stderr);
	return (int)err->code;
}

void zp_cli_problems(const zp_run *run, FILE *where)
{
	zp_problems_print_in(run->rule_problems, zp_words_chinese(), where);
	zp_problems_print_in(run->input_problems, zp_words_chinese(), where);
	zp_problems_print_in(run->remarks, zp_words_chinese(), where);
}

void zp_cli_counts(const zp_run *run, FILE *where)
{
	const zp_count *c = &run->count;
	fprintf(where, zp_say("values read %zu = accepted %zu + set aside %zu + refused %zu + blank %zu\n"), c->read, c->accepted, c->set_aside,
		c->refused, c->blank);
}
