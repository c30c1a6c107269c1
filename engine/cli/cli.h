/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of zhiping: one table drives dispatch, help, the man page check and completion. Only this
 * floor prints. */
#ifndef ZP_CLI_CLI_H
#define ZP_CLI_CLI_H

#include <getopt.h>
#include <stdio.h>
#include "base/progress.h"
#include "base/words.h"
#include "host/registry.h"
#include "run/run.h"
#include "trust/signer.h"

/* An option of a command. The list ends with a NULL name. */
typedef struct zp_option {
	const char *name;     /* without the dashes */
	const char *argument; /* what follows it, NULL when nothing does */
	const char *says;
} zp_option;

typedef struct zp_command {
	const char *name, *arguments, *says;
	const zp_option *options; /* its own; those of every command come on top */
	int (*run)(const struct zp_command *, int argc, char **argv);
} zp_command;

extern const zp_command zp_commands[]; /* ends with a NULL name */
extern const zp_option zp_common_options[];

/* What was given on the command line: options in their order, and the rest in its own. */
#define ZP_GIVEN_MOST 96
typedef struct zp_given_options {
	struct { const char *name, *value; } at[ZP_GIVEN_MOST]; /* value "" for one without argument */
	size_t n;
	char **rest;
	int n_rest;
} zp_given_options;

/* Fails: false after a sentence on stderr. Owns: nothing; texts live in argv. */
bool zp_options_read(const zp_command *, int argc, char **argv, int least_rest, int most_rest, zp_given_options *);
const char *zp_option_given(const zp_given_options *, const char *name); /* the last; NULL when it was not given */
/* The value of the next one of that name from *at on, which is moved behind it; NULL when there is none. */
const char *zp_option_next(const zp_given_options *, const char *name, size_t *at);
/* These leave *value as it is when the option was not given. Fails: false after a sentence on stderr. */
bool zp_option_number(const zp_given_options *, const char *name, long least, long most, long *value);
bool zp_option_bytes(const zp_given_options *, const char *name, uint64_t least, uint64_t *value); /* "500M", "2G" */
bool zp_option_real(const zp_given_options *, const char *name, double least, double most, double *value); /* above least */
bool zp_option_between(const zp_given_options *, const char *name, double least, double most, double *value); /* or equal to either */
bool zp_option_chinese(const zp_given_options *, bool *chinese); /* --lang zh|en, else the language of the run */

/* The built-in plugins and those of the plugin folder. Fails: NULL after a sentence on stderr. */
zp_registry *zp_cli_registry(const zp_given_options *);
const char *zp_cli_rules(const zp_given_options *);

/* Who signs what is issued on that day (NULL: the caller asks later): --key and --passphrase. Gives: *out NULL where nobody does. Owns: zp_signer_close. Fails: false with *err. */
bool zp_cli_signer(const zp_given_options *, const char *date, zp_signer **out, zp_error *);

/* One sentence on stderr, and the exit code. */
int zp_cli_fail(const zp_error *);
/* Problems and remarks of a run on `where`. */
void zp_cli_problems(const zp_run *, FILE *where);
/* What became of the values that were read, one line. */
void zp_cli_counts(const zp_run *, FILE *where);
/* How many slips are suspected, by kind, and where copies could not be told. */
void zp_cli_hints(const zp_run *, bool chinese, FILE *where);

/* Tell when the run took more than was allowed, 0: as much as it takes. What is not spilled may be more. */
void zp_cli_memory(uint64_t allowed);

/* How long each stage took, on standard error. */
void zp_cli_laps(const zp_run *);

/* Who looks on at a terminal: one line while it lasts. In a pipe there are no counters, and nothing is told. */
typedef struct zp_watch zp_watch;
zp_watch *zp_watch_begin(void);
zp_progress *zp_watch_progress(const zp_watch *);
/* Before something else is printed: the line goes, and comes back with the next stage. NULL is fine. */
void zp_watch_hush(zp_watch *);
/* The same within a stage: the line comes back a moment later. */
void zp_watch_wipe(zp_watch *);
/* The line goes for good. */
void zp_watch_end(zp_watch *);

/* A published folder into the ledger, and a sentence about it. is_in: whether the ledger has it, though it may not have been read again.
 * Gives: the exit code; *err holds the failure, not told yet. */
struct zp_ledger;
int zp_cli_append(struct zp_ledger *, const char *folder, zp_watch *, bool *is_in, zp_error *err);

int zp_command_amend(const zp_command *, int, char **);
int zp_command_check(const zp_command *, int, char **);
int zp_command_close(const zp_command *, int, char **);
int zp_command_explain(const zp_command *, int, char **);
int zp_command_key(const zp_command *, int, char **);
int zp_command_ledger(const zp_command *, int, char **);
int zp_command_merge(const zp_command *, int, char **);
int zp_command_methods(const zp_command *, int, char **);
int zp_command_plot(const zp_command *, int, char **);
int zp_command_redact(const zp_command *, int, char **);
int zp_command_simulate(const zp_command *, int, char **);
int zp_command_import(const zp_command *, int, char **);
int zp_command_certificate(const zp_command *, int, char **);
int zp_command_template(const zp_command *, int, char **);
int zp_command_estimate(const zp_command *, int, char **);
int zp_command_homogeneity(const zp_command *, int, char **);
int zp_command_score(const zp_command *, int, char **);
int zp_command_replicates(const zp_command *, int, char **);
int zp_command_verify(const zp_command *, int, char **);
int zp_command_year(const zp_command *, int, char **);
int zp_command_youden(const zp_command *, int, char **);
int zp_command_series(const zp_command *, int, char **);
int zp_command_shard(const zp_command *, int, char **);
int zp_command_sigma(const zp_command *, int, char **);
int zp_command_count(const zp_command *, int, char **);
int zp_command_help(const zp_command *, int, char **);
int zp_command_version(const zp_command *, int, char **);

#endif
