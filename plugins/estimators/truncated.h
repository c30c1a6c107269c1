/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the estimators that truncate have in common: they differ in how far, and how often. */
#ifndef ZP_ESTIMATORS_TRUNCATED_H
#define ZP_ESTIMATORS_TRUNCATED_H

#include "host/plugin.h"
#include "stats/truncated.h"

static inline bool zp_truncated_estimate(const zp_sample *v, zp_truncation how, zp_estimate *out)
{
	const zp_truncated t = zp_truncate(v->x, v->n, how);
	const bool whole = t.n == v->n;
	*out = (zp_estimate){
		.x = t.mean, .s = t.sd, .u = t.sd > 0 ? t.sd / sqrt((double)t.n) : ZP_NONE, .n = t.n,
		.low = whole ? -INFINITY : v->x[t.first], .high = whole ? INFINITY : v->x[t.first + t.n - 1],
		.iterations = t.passes, .converged = true, .collapsed = t.sd == 0,
	};
	return true;
}

#endif
