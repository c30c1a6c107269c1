/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>
#include <signal.h>
#include "cli/cli.h"

const zp_option zp_common_options[] = {
	{ "rules", "DIR", "rules in DIR instead of the installed ones" },
	{ "plugins", "DIR", "plugins in DIR instead of the installed ones" },
	{ "plugin", "FILE", "load one more plugin; may be given several times" },
	{ "help", NULL, "print what this command does" },
	{ NULL, NULL, NULL },
};

static const zp_option check_options[] = {
	{ "dump", NULL, "print every accepted value, one line each, instead of the summary" },
	{ "threads", "N", "work on N threads (all processors)" },
	{ NULL, NULL, NULL },
};

static const zp_option close_options[] = {
	{ "into", "DIR", "publish into DIR/ROUND-ID/v1 (needed)" },
	{ "issued", "DATE", "date of issue, YYYY-MM-DD (needed)" },
	{ "emit", "LIST", "what to write: tables, reports, pages, separated by commas (all)" },
	{ "threads", "N", "work on N threads and processes (all processors)" },
	{ "timings", NULL, "print how long each stage took" },
	{ NULL, NULL, NULL },
};

static const zp_option explain_options[] = {
	{ "lang", "zh|en", "language of the explanation (en)" },
	{ NULL, NULL, NULL },
};

static const zp_option simulate_options[] = {
	{ "into", "DIR", "write the round into DIR, which must not exist or be empty (needed)" },
	{ "labs", "N", "number of laboratories (186)" },
	{ "programmes", "LIST", "programmes, separated by commas (chemistry)" },
	{ "measurands", "N", "the first N measurands of each programme (all)" },
	{ "samples", "N", "samples in a programme (5)" },
	{ "seed", "N", "the same seed gives the same round (1)" },
	{ "everything", NULL, "every laboratory performs every measurand" },
	{ "single-file", NULL, "one results file instead of one per laboratory" },
	{ NULL, NULL, NULL },
};

static const zp_option no_options[] = { { NULL, NULL, NULL } };

const zp_command zp_commands[] = {
	{ "check", "ROUND", "tell everything that is wrong with a round folder; score nothing", check_options, zp_command_check },
	{ "close", "ROUND", "close a round: targets, verdicts, certificates, ranking", close_options, zp_command_close },
	{ "explain", "PUBLISHED LAB [MEASURAND [SAMPLE]]", "tell how a laboratory's verdicts came about", explain_options,
	  zp_command_explain },
	{ "methods", "[NAME]", "what rules may name: methods with their settings, and choices", no_options, zp_command_methods },
	{ "simulate", "", "write an honest synthetic round of any size, seeded", simulate_options, zp_command_simulate },
	{ "help", "[COMMAND]", "print what there is to know about a command", no_options, zp_command_help },
	{ "version", "", "print the version", no_options, zp_command_version },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const zp_command *find(const char *name)
{
	for (const zp_command *c = zp_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static void print_options(const zp_option *options)
{
	for (; options->name; options++) {
		char head[64];
		snprintf(head, sizeof head, "--%s%s%s", options->name, options->argument ? " " : "",
			 options->argument ? options->argument : "");
		printf("  %-20s %s\n", head, options->says);
	}
}

static void print_command(const zp_command *c)
{
	printf("usage: zhiping %s %s%s[OPTION]...\n\n%s\n\n", c->name, c->arguments, *c->arguments ? " " : "", c->says);
	print_options(c->options);
	print_options(zp_common_options);
}

static void print_commands(FILE *where)
{
	fprintf(where, "zhiping (质评) closes rounds of external quality assessment.\n\nusage: zhiping COMMAND ...\n\n");
	for (const zp_command *c = zp_commands; c->name; c++)
		fprintf(where, "  %-9s %-36s %s\n", c->name, c->arguments, c->says);
	fprintf(where, "\nzhiping help COMMAND tells its options. Exit codes: 0 ok, 1 done but something was withheld, 2 usage,\n"
		       "3 input, 4 rules, 5 plugin, 6 file system, 70 a fault of the program.\n");
}

int zp_command_help(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 0, 1, &given))
		return ZP_BAD_USE;
	const zp_command *c = given.n_rest ? find(given.rest[0]) : NULL;
	if (c)
		print_command(c);
	else
		print_commands(stdout);
	if (!given.n_rest || c)
		return ZP_OK;
	fprintf(stderr, "zhiping: there is no command \"%s\"\n", given.rest[0]);
	return ZP_BAD_USE;
}

int zp_command_version(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 0, 0, &given))
		return ZP_BAD_USE;
	puts(PACKAGE_STRING);
	return ZP_OK;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_commands(stderr);
		return ZP_BAD_USE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		name = "version";
	const zp_command *c = find(name);
	if (!c) {
		fprintf(stderr, "zhiping: there is no command \"%s\"; zhiping help lists them\n", name);
		return ZP_BAD_USE;
	}
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) {
			print_command(c);
			return ZP_OK;
		}
	signal(SIGXFSZ, SIG_IGN); /* a file beyond the allowed size is a failed write like any other */
	int code = c->run(c, argc - 1, argv + 1);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "zhiping: what was to be printed could not be written\n");
		return code ? code : ZP_IO;
	}
	return code;
}
