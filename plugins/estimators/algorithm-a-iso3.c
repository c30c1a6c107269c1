/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stop that the standard allows, for schemes that must agree with it to the digit. */
#include "kept.h"
#include "stats/robust.h"

static bool algorithm_a(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	double *work = host->take(host, ZP_ALGORITHM_A_WORK(v->n) * sizeof *work);
	const zp_robust r = zp_algorithm_a(v->x, v->n, (zp_algorithm_a_how){
		.factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9, .third_figure = true,
	}, work);
	*out = zp_kept_all(v, r.x, r.s, 1.25);
	out->iterations = r.iterations;
	out->converged = r.converged;
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "20 % on one side (30 % on both)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = algorithm_a, .by_unit = true,
};

ZP_PLUGIN(algorithm_a_iso3) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "algorithm-a-iso3", .version = "1",
	.cites = "ISO 13528:2022 C.3.1, stopped when the third significant figures stay (note 1)",
	.says = "Algorithm A stopped early by the third-figure rule; depends a little on unit and origin.",
	.does.estimator = &does,
};
