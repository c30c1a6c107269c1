/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/draft.h"
#include "book/approvals.h"
#include "cli/cli.h"
#include "run/approvals.h"

bool zp_draft_print(zp_run *run, const char *into, zp_error *err)
{
	zp_problems *lacking = zp_problems_take(run->arena);
	if (!zp_approvals_draft(run, into, err))
		return false;
	if (into)
		printf(zp_say("a draft: its tables are in %s; nothing is published\n"), into);
	else
		printf(zp_say("a draft: nothing is published\n"));
	printf(zp_say("digests that approvals are bound to, and how many of those that are needed are there:\n"));
	for (int k = 0; k < ZP_APPROVEDS; k++) {
		zp_approvals_judge(run, (zp_approved)k, lacking);
		printf(zp_say("  %-10s %s  %u of %u\n"), zp_approved_word((zp_approved)k), run->approvable[k], zp_approvals_held(run, (zp_approved)k),
		       zp_approvals_wanted(run, (zp_approved)k));
	}
	zp_problems_print_in(lacking, zp_words_chinese(), stdout);
	return true;
}
