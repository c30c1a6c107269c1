/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule by which a group was judged, in cells of targets.csv: what a reader needs to judge again by hand. */
#ifndef ZP_RUN_RULE_H
#define ZP_RUN_RULE_H

#include "press/outbox.h"
#include "run/run.h"

#define ZP_RULE_COLUMNS "limit_settings,assign_settings,grey,accepts,cutoff,weight"

/* The cells of these columns, with commas between. by: the estimator of the target; NULL where it is stated. */
zp_text zp_rule_cells(const zp_run *, const zp_group *, const struct zp_plugin *by, zp_arena *);

/* scales.csv: what the codes of answers mean; only where a measurand has a scale. */
bool zp_scales_write(zp_run *, zp_press *, zp_error *);

#endif
