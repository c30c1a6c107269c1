/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"

static bool certified(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)v, (void)err;
	const double u = host->setting(host, "expanded") / host->setting(host, "k");
	*out = (zp_estimate){ .x = host->setting(host, "x"), .s = ZP_NONE, .u = u > 0 ? u : ZP_NONE, .n = v->n,
			      .low = -INFINITY, .high = INFINITY, .converged = true };
	return true;
}

static const zp_param params[] = {
	{ .name = "x", .unit = "the measurand's", .help = "the certified value", .least = -1e12, .most = 1e12, .preset = ZP_NONE },
	{ .name = "expanded", .unit = "the measurand's", .help = "its expanded uncertainty U; 0: not stated", .least = 0, .most = 1e12, .preset = 0 },
	{ .name = "k", .unit = "1", .help = "the coverage factor of U", .least = 1, .most = 15, .preset = 2 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 0, .breakdown = "100 %",
	.uncertainty = "U / k",
	.estimate = certified, .stated = true,
};

ZP_PLUGIN(crm) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "crm", .version = "1",
	.cites = "ISO 13528:2022 7.4: the sample is a certified reference material; u = U / k",
	.says = "The certified value of a reference material that was sent as the sample.",
	.params = params, .does.estimator = &does,
};
