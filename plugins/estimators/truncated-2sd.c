/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truncated.h"

static bool truncated(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	return zp_truncated_estimate(v, (zp_truncation){
		.k = 2, .at_boundary = host->setting(host, "at_boundary") != 0,
	}, out);
}

static const zp_param params[] = {
	{ .name = "at_boundary", .unit = "0 or 1", .help = "1: values exactly 2 SD away are removed too", .least = 0, .most = 1, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "20 % (nothing can be removed from 5 values or fewer)",
	.uncertainty = "s / sqrt(n) of the retained, clearly too small",
	.estimate = truncated,
};

ZP_PLUGIN(truncated_2sd) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "truncated-2sd", .version = "1",
	.cites = "mean and s of the values within 2 s of the mean, repeated until none is removed",
	.says = "Mean after removing values beyond 2 SD, again and again; s and u are of the retained and clearly too small.",
	.params = params, .does.estimator = &does,
};
