/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/moments.h"

static bool mean(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)host, (void)err;
	const zp_moments m = zp_moments_of(v->x, v->n);
	*out = zp_kept_all(v, m.mean, m.sd, 1);
	return true;
}

static const zp_estimator does = { .least_n = 1, .breakdown = "0 %", .uncertainty = "s / sqrt(n)", .estimate = mean };

ZP_PLUGIN(mean) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "mean", .version = "1",
	.cites = "arithmetic mean, s with divisor n - 1, u = s / sqrt(n)",
	.says = "Mean and standard deviation of all values; one wild value spoils both.",
	.does.estimator = &does,
};
