/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/pairs.h"
#include "stats/robust.h"

static bool huber(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	const double s = host->setting(host, "qn") != 0 ? zp_qn(v->x, v->n, host->take(host, ZP_PAIRS_WORK(v->n))) : zp_made(v->x, v->n);
	const zp_robust r = zp_huber(v->x, v->n, s, host->take(host, ZP_ALGORITHM_A_WORK(v->n) * sizeof(double)));
	*out = zp_kept_all(v, r.x, s, 1.25);
	out->iterations = r.iterations;
	out->converged = r.converged;
	return true;
}

static const zp_param params[] = {
	{ .name = "qn", .unit = "0 or 1", .help = "1: the scale is Qn; 0: it is MADe", .least = 0, .most = 1, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "30 % on one side (50 % on both)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = huber,
};

ZP_PLUGIN(huber) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "huber", .version = "1",
	.cites = "ISO 13528:2022 C.3.2 b); Huber 1964, k = 1.5",
	.says = "Algorithm A's location with the scale held fixed at MADe or Qn.",
	.params = params, .does.estimator = &does,
};
