/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/order.h"
#include "stats/pairs.h"

static bool estimate(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	*out = zp_kept_all(v, zp_median(v->x, v->n), zp_sn(v->x, v->n, host->take(host, ZP_PAIRS_WORK(v->n))), 1.25);
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "50 %",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = estimate,
};

ZP_PLUGIN(sn) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "sn", .version = "1",
	.cites = "Rousseeuw, Croux 1993; location: median",
	.says = "Median, with Sn, a median of median distances, as scale.",
	.does.estimator = &does,
};
