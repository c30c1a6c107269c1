/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four eyes over a round: the digests that approvals are bound to, and whether those that are there suffice (book/approvals.h). */
#ifndef ZP_RUN_APPROVALS_H
#define ZP_RUN_APPROVALS_H

#include "base/members.h"
#include "press/outbox.h"
#include "run/run.h"

/* Fill run->approvable, each as soon as what it is worked out of is there: the files by which the round is judged (rules, and of the round
 * folder all but decisions, register and results); the decisions, as they stand in the manifest; the tables that were written. */
void zp_approvals_bind_rules(zp_run *);
void zp_approvals_bind_decisions(zp_run *);
void zp_approvals_bind_tables(zp_run *, zp_press *); /* needs: nothing but the tables was written so far */

/* One sentence for each approval that does not hold, and for each thing that lacks some. A digest that is not known yet is not asked for. */
void zp_approvals_judge(const zp_run *, zp_approved, zp_problems *);
/* How many hold. */
unsigned zp_approvals_held(const zp_run *, zp_approved);
unsigned zp_approvals_wanted(const zp_run *, zp_approved); /* none where there is nothing to approve */

/* After the tables were written: the last thing that may be missing. Fails: ZP_BAD_INPUT. */
bool zp_approvals_to_publish(zp_run *, bool with_tables, zp_error *);

/* Write the tables into a folder that is not there or empty, or only work out what they are (into NULL), so that they can be approved.
 * Needs: a run that was carried to its end. Fails: ZP_BAD_USE, ZP_IO. */
bool zp_approvals_draft(zp_run *, const char *into, zp_error *);

/* Into the manifest: every approval. */
void zp_approvals_tell(zp_members *manifest, const zp_run *);

#endif
