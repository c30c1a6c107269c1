/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/censored.h"

static bool likely(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	const size_t n = v->n + v->n_below + v->n_above;
	*out = zp_kept_all(v, v->x[0], v->n < 2 ? ZP_NONE : 0, 1);
	if (v->x[0] == v->x[v->n - 1] && n == v->n)
		return true;
	zp_interval *at = host->take(host, n * sizeof *at);
	for (size_t i = 0; i < v->n; i++)
		at[i] = (zp_interval){ v->x[i], v->x[i] };
	for (size_t i = 0; i < v->n_below; i++)
		at[v->n + i] = (zp_interval){ -INFINITY, v->below[i] };
	for (size_t i = 0; i < v->n_above; i++)
		at[v->n + v->n_below + i] = (zp_interval){ v->above[i], INFINITY };
	const zp_likely l = zp_censored_normal(at, n);
	if (isnan(l.mean))
		return host->fail(err, ZP_BAD_INPUT, NULL, 0, "%zu numbers and %zu bounds do not settle a normal distribution; expected two numbers that differ",
				  v->n, n - v->n);
	*out = (zp_estimate){ .x = l.mean, .s = l.sd, .u = l.u > 0 ? l.u : ZP_NONE, .n = v->n, .low = -INFINITY, .high = INFINITY,
			      .iterations = l.iterations, .converged = l.converged };
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "0 %",
	.uncertainty = "from the observed information of the likelihood",
	.estimate = likely, .takes_bounds = true,
};

ZP_PLUGIN(censored_normal) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "censored-normal", .version = "1",
	.cites = "maximum likelihood of a normal distribution with values such as \"<0.5\" as open intervals; ISO 13528:2022 E.1 note; u from the observed information",
	.says = "Mean and s that fit numbers and bounds best; without bounds the mean, s with divisor n.",
	.does.estimator = &does,
};
