/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: what its actions have in common. */
#ifndef ZP_CLI_LEDGER_H
#define ZP_CLI_LEDGER_H

#include "cli/cli.h"
#include "ledger/trail.h"

typedef struct zp_ledger_task {
	const zp_given_options *given;
	const char *path; /* of the ledger */
	char **rest;
	int n;
	zp_arena *arena;
	zp_ledger *ledger;
	zp_watch *watch; /* who looks on */
	zp_error err;
} zp_ledger_task;

/* A sentence on stderr. */
void zp_ledger_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
bool zp_ledger_task_open(zp_ledger_task *, zp_ledger_use);
/* An event for what could not be done, as its sentence says, where the ledger can be written at all. Gives: the exit code, the sentence told. */
int zp_ledger_refuse(zp_ledger_task *, const char *what, const char *subject);
/* An entry by its name, "2026-1" or "2026-1/v2". */
zp_entry *zp_ledger_task_entry(zp_ledger_task *, const char *name);

/* What list and check name again each time. Give: the exit code. */
int zp_ledger_tell_future(const zp_ledger_row *, size_t n, const char *day);
int zp_ledger_tell_conflicts(zp_ledger_task *);
/* Versions that were disowned, each with the event that says so. Fails: when they cannot be read. */
bool zp_ledger_tell_disowned(zp_ledger *, zp_arena *, const char *path, zp_error *);

/* Actions. Give: the exit code. */
int zp_ledger_action_show(zp_ledger_task *);
int zp_ledger_action_export(zp_ledger_task *);
int zp_ledger_action_merge(zp_ledger_task *);
int zp_ledger_action_check(zp_ledger_task *);
int zp_ledger_action_events(zp_ledger_task *);
int zp_ledger_action_head(zp_ledger_task *);
int zp_ledger_action_copy(zp_ledger_task *);
int zp_ledger_action_roles(zp_ledger_task *);

#endif
