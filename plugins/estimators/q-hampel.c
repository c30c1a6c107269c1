/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hampel.h"
#include "stats/pairs.h"

static bool estimate(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	*out = zp_hampel_estimate(host, v, zp_q_method(v->x, v->n, host->take(host, 2 * ZP_PAIRS_WORK(v->n))));
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "30 % on one side, far out; those within 10 s pull (50 % on both)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = estimate,
};

ZP_PLUGIN(q_hampel) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "q-hampel", .version = "1",
	.cites = "ISO 13528:2022 C.5.3.3 (finite solution) with the scale of the Q method",
	.says = "Hampel's location, which far values do not touch, with the scale of the Q method.",
	.does.estimator = &does,
};
