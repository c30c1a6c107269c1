/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/robust.h"

static bool expert(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	const zp_robust r = zp_algorithm_a(v->x, v->n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
					   host->take(host, ZP_ALGORITHM_A_WORK(v->n) * sizeof(double)));
	*out = zp_kept_all(v, r.x, r.s, 1.25);
	out->iterations = r.iterations;
	out->converged = r.converged;
	return true;
}

static const zp_estimator does = {
	.least_n = 3, .breakdown = "20 % on one side (30 % on both)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = expert, .stated = true,
};

ZP_PLUGIN(expert) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "expert", .version = "1",
	.cites = "ISO 13528:2022 7.6: consensus of a panel of expert laboratories, by Algorithm A",
	.says = "The consensus of a panel whose values stand in round.xml; the participants have no part in it.",
	.does.estimator = &does,
};
