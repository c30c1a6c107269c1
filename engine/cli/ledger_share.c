/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: from a file into a database that several share, and back; and who may do what in one. */
#include <config.h>
#include <fcntl.h>
#include <unistd.h>
#include "cli/ledger.h"
#include "cli/picture.h"
#include "ledger/acts.h"
#include "ledger/roles.h"

/* ---- copy ---- */

static void tell_fault(void *self, const char *sentence) { zp_ledger_say("%s: %s", (const char *)self, sentence); }

static bool is_as_put(zp_ledger_task *t, zp_ledger *ledger)
{
	const long told = zp_ledger_check(ledger, tell_fault, (void *)(uintptr_t)zp_ledger_path(ledger), NULL, &t->err);
	return told == 0 || (told > 0 && zp_fail(&t->err, ZP_BAD_INPUT, zp_ledger_path(ledger), 0, "the ledger is not as it was put in, so that no copy of it is made"));
}

/* Whether the file of the copy is of this run, which takes it away again when it fails: an empty ledger would look like one of a centre that closed nothing. */
static bool make_file(const char *path)
{
	const int fd = zp_ledger_is_new(path) ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640) : -1;
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static zp_ledger *open_target(zp_ledger_task *t, const char *path)
{
	bool bare = false;
	zp_ledger *ledger = zp_ledger_open(path, ZP_LEDGER_WRITE, &t->err);
	if (!ledger)
		return NULL;
	zp_ledger_watch(ledger, zp_watch_progress(t->watch));
	if (zp_ledger_is_bare(ledger, &bare, &t->err) && (bare || zp_fail(&t->err, ZP_BAD_USE, path, 0, "there is something in this ledger already; expected one that is new, or zhiping ledger merge")))
		return ledger;
	zp_ledger_close(ledger);
	return NULL;
}

static bool tell(zp_ledger_task *t, zp_ledger *ledger)
{
	size_t rounds = 0, events = 0;
	const char *head = zp_ledger_rows(ledger, t->arena, &rounds, &t->err) && zp_trail_take(ledger, t->arena, &events, &t->err) ? zp_trail_head(ledger, t->arena, &t->err) : NULL;
	if (head)
		printf(zp_say("%s: a copy of %s; versions of rounds: %zu, events: %zu, head of both: %s\n"), zp_ledger_path(ledger), t->rest[0], rounds, events, head);
	return head != NULL;
}

int zp_ledger_action_copy(zp_ledger_task *t)
{
	if (zp_option_given(t->given, "ledger")) {
		fprintf(stderr, zp_say("zhiping ledger copy: both ledgers are named already; expected FROM TO without --ledger\n"));
		return ZP_BAD_USE;
	}
	t->path = t->rest[0];
	const bool sound = zp_ledger_task_open(t, ZP_LEDGER_READ) && is_as_put(t, t->ledger), made = sound && make_file(t->rest[1]);
	zp_ledger *target = sound ? open_target(t, t->rest[1]) : NULL;
	const bool good = target && zp_ledger_transfer(target, t->ledger, &t->err) && is_as_put(t, target);
	zp_watch_hush(t->watch);
	const bool told = good && tell(t, target);
	if (target)
		zp_ledger_close(target);
	if (made && !good)
		unlink(t->rest[1]);
	return told ? ZP_OK : zp_cli_fail(&t->err);
}

/* ---- roles ---- */

int zp_ledger_action_roles(zp_ledger_task *t)
{
	size_t n = 0;
	if (t->n == 1) {
		fprintf(stderr, zp_say("zhiping ledger roles: of \"%s\" it is not said what it may do; expected ACCOUNT operator, auditor or nothing, or ACCOUNT city BEGINNING\n"), t->rest[0]);
		return ZP_BAD_USE;
	}
	if (!zp_ledger_task_open(t, t->n ? ZP_LEDGER_WRITE : ZP_LEDGER_READ))
		return zp_cli_fail(&t->err);
	if (t->n && !zp_ledger_let_in(t->ledger, &(zp_role){ t->rest[0], t->rest[1], t->n > 2 ? t->rest[2] : "" }, &t->err))
		return zp_cli_fail(&t->err);
	const zp_role *all = zp_ledger_roles(t->ledger, t->arena, &n, &t->err);
	if (!all)
		return zp_cli_fail(&t->err);
	for (size_t i = 0; i < n; i++)
		printf("%-24s %-10s %s\n", all[i].account, all[i].may, all[i].rounds);
	return ZP_OK;
}
