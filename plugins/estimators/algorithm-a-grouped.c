/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/rounded.h"

static bool grouped(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	const double step = v->step > 0 ? v->step : host->setting(host, "step");
	if (!(step > 0))
		return host->fail(err, ZP_BAD_INPUT, NULL, 0, "the step that values are rounded to is not known; expected one, as the setting \"step\"");
	double *work = host->take(host, ZP_ROUNDED_WORK(v->n) * sizeof *work);
	const zp_robust r = zp_algorithm_a_rounded(v->x, v->n, step, (zp_algorithm_a_how){
		.factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9,
	}, work, host->take(host, 2 * v->n * sizeof(uint64_t)));
	*out = zp_kept_all(v, r.x, r.s, 1.25);
	if (out->u > 0)
		out->u = hypot(out->u, zp_rounding_uncertainty(v->x, v->n, step));
	out->iterations = r.iterations;
	out->converged = r.converged;
	out->tied = v->n > 1 && zp_rounding_uncertainty(v->x, v->n, step) > 0;
	return true;
}

static const zp_param params[] = {
	{ .name = "step", .unit = "the measurand's", .help = "what values are rounded to, where the measurand's places do not say it",
	  .least = 0, .most = 1e12, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "20 % on one side (30 % on both)",
	.uncertainty = "1.25 s / sqrt(n), and step / sqrt(12) in squares when both quartiles are one value",
	.estimate = grouped,
};

ZP_PLUGIN(algorithm_a_grouped) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "algorithm-a-grouped", .version = "1",
	.cites = "ISO 13528:2022 C.3.1 on grouped data: ties are spread evenly over their rounding interval (docs/methods/ties.md)",
	.says = "Algorithm A for coarsely rounded values: the spread cannot collapse, and u holds what rounding hides.",
	.params = params, .does.estimator = &does,
};
