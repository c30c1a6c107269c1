/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The estimate of a method that removes nothing. */
#ifndef ZP_ESTIMATORS_KEPT_H
#define ZP_ESTIMATORS_KEPT_H

#include "host/plugin.h"

/* u is factor * s / sqrt(n): 1 for a mean, 1.25 for a robust location (ISO 13528:2022 7.7.3). A spread of 0 says nothing. */
static inline zp_estimate zp_kept_all(const zp_sample *v, double x, double s, double factor)
{
	return (zp_estimate){
		.x = x, .s = s, .u = s > 0 ? factor * s / sqrt((double)v->n) : ZP_NONE,
		.n = v->n, .low = -INFINITY, .high = INFINITY, .converged = true, .collapsed = s == 0,
	};
}

#endif
