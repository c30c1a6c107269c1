/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hampel's location for a scale that is worked out first. */
#ifndef ZP_ESTIMATORS_HAMPEL_H
#define ZP_ESTIMATORS_HAMPEL_H

#include "kept.h"
#include "stats/hampel.h"

static inline zp_estimate zp_hampel_estimate(const zp_host *host, const zp_sample *v, double s)
{
	double x;
	zp_hampel(v->x, v->n, s, host->take(host, ZP_HAMPEL_WORK(v->n) * sizeof(double)), &x);
	return zp_kept_all(v, x, s, 1.25);
}

#endif
