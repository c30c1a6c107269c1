/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide the acceptance limit is at a target: delta_E, exactly. */
#ifndef ZP_RUN_LIMIT_H
#define ZP_RUN_LIMIT_H

#include "model/outcome.h"
#include "model/scheme.h"

typedef enum zp_limit_branch { ZP_BRANCH_PCT, ZP_BRANCH_ABS, ZP_BRANCH_SD } zp_limit_branch;

/* delta_E at the target t.
 *
 * Needs: sd, the spread of the peers, for ZP_LIMIT_SD only.
 * Gives: ZP_REASON_NONE with *width and *branch, or why there is no limit here: PERCENT_UNDEFINED (a
 *        percentage of a target at or below zero), COLLAPSED (the spread is zero or undefined).
 */
zp_reason zp_limit_width(const zp_limit *, const zp_choices *, zp_decimal t, double sd, zp_width *width, uint8_t *branch);

#endif
