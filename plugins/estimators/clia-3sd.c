/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truncated.h"

static bool clia(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	return zp_truncated_estimate(v, (zp_truncation){
		.k = 3, .at_boundary = host->setting(host, "at_boundary") != 0, .once = true,
	}, out);
}

static const zp_param params[] = {
	{ .name = "at_boundary", .unit = "0 or 1", .help = "1: values exactly 3 SD away are removed too", .least = 0, .most = 1, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "0 % (one wild value among 11 or more is removed, but hides a second)",
	.uncertainty = "s / sqrt(n) of the retained, a little too small",
	.estimate = clia,
};

ZP_PLUGIN(clia_3sd) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "clia-3sd", .version = "1",
	.cites = "42 CFR 493.2, target value: mean after removing responses more than 3 SD from the original mean",
	.says = "Mean after one removal of values beyond 3 SD of the mean of all.",
	.params = params, .does.estimator = &does,
};
