/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ZP_CLI_DRAFT_H
#define ZP_CLI_DRAFT_H

#include "run/run.h"

/* `close --draft`: what the round would come to, and what approvals are bound to; nothing is published. into: where the tables are put, to
 * be looked at; NULL: nowhere. Gives: whether it was printed. */
bool zp_draft_print(zp_run *, const char *into, zp_error *);

#endif
