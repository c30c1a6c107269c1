/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/order.h"
#include "stats/pairs.h"

static bool estimate(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	*out = zp_kept_all(v, zp_median(v->x, v->n), zp_q_method(v->x, v->n, host->take(host, 2 * ZP_PAIRS_WORK(v->n))), 1.25);
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "50 %",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = estimate,
};

ZP_PLUGIN(q_method) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "q-method", .version = "1",
	.cites = "ISO 13528:2022 C.5.2.2, ties merged exactly; location: median",
	.says = "Median, with the scale of the Q method from the differences of all pairs.",
	.does.estimator = &does,
};
