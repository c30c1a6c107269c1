/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/robust.h"

#define ON_STACK 2048 /* values; a larger group takes its work space from the engine */

static bool algorithm_a(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	double small[ZP_ALGORITHM_A_WORK(ON_STACK)], *work = small;
	if (v->n > ON_STACK)
		work = host->take(host, ZP_ALGORITHM_A_WORK(v->n) * sizeof *work);
	const zp_robust r = zp_algorithm_a(v->x, v->n, (zp_algorithm_a_how){
		.factor = host->setting(host, "exact") != 0 ? ZP_ALGORITHM_A_EXACT : ZP_ALGORITHM_A_PRINTED,
		.collapse_ratio = host->setting(host, "collapse_ratio"),
	}, work);
	*out = (zp_estimate){
		.x = r.x, .s = r.s, .u = r.s > 0 ? 1.25 * r.s / sqrt((double)v->n) : ZP_NONE,
		.n = v->n, .low = -INFINITY, .high = INFINITY,
		.iterations = r.iterations, .converged = r.converged, .collapsed = r.collapsed,
	};
	return true;
}

static const zp_param params[] = {
	{ .name = "exact", .unit = "0 or 1", .help = "1: the exact factor 1.13339...; 0: 1.134, as printed in the standard",
	  .least = 0, .most = 1, .preset = 0 },
	{ .name = "collapse_ratio", .unit = "1", .help = "s* below this share of its start, only equal values being left unclamped, is a collapsed spread",
	  .least = 0, .most = 0.01, .preset = 1e-9 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "20 % on one side (30 % on both)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = algorithm_a,
};

ZP_PLUGIN(algorithm_a) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "algorithm-a", .version = "1",
	.cites = "ISO 13528:2022 C.3.1, iterated to its fixed point",
	.says = "Robust mean and standard deviation: far values are drawn in, none is removed.",
	.params = params, .does.estimator = &does,
};
