/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/moments.h"

/* The values are differences: sample minus reference material, measured side by side. */
static bool transfer(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	const zp_moments d = zp_moments_of(v->x, v->n);
	const double u = host->setting(host, "u"), u_d = d.sd / sqrt((double)v->n);
	*out = (zp_estimate){ .x = host->setting(host, "x") + d.mean, .s = d.sd, .u = u_d > 0 ? hypot(u, u_d) : ZP_NONE, .n = v->n,
			      .low = -INFINITY, .high = INFINITY, .converged = true, .collapsed = d.sd == 0 };
	return true;
}

static const zp_param params[] = {
	{ .name = "x", .unit = "the measurand's", .help = "value of the reference material", .least = -1e12, .most = 1e12, .preset = ZP_NONE },
	{ .name = "u", .unit = "the measurand's", .help = "its standard uncertainty", .least = 0, .most = 1e12, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 2, .breakdown = "0 %",
	.uncertainty = "sqrt(u_CRM^2 + s_d^2 / n)",
	.estimate = transfer, .stated = true,
};

ZP_PLUGIN(reference_laboratory) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "reference-laboratory", .version = "1",
	.cites = "ISO 13528:2022 7.5, E.5: x = x_CRM + mean difference, u = sqrt(u_CRM^2 + s_d^2 / n)",
	.says = "One laboratory's comparison of the sample with a reference material; the values are the differences.",
	.params = params, .does.estimator = &does,
};
