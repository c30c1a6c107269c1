/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trimmed.h"

static bool trimmed(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)host, (void)err;
	return zp_trimmed_estimate(v, 0.10, out);
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "10 % on each side",
	.uncertainty = "Winsorised SD / (0.8 sqrt(n))",
	.estimate = trimmed,
};

ZP_PLUGIN(trimmed_10) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "trimmed-10", .version = "1",
	.cites = "trimmed mean; s, u from the Winsorised values: Tukey, McLaughlin 1963",
	.says = "Mean without the lowest and the highest 10 % of the values.",
	.does.estimator = &does,
};
