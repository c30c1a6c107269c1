/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/kernel.h"
#include "stats/robust.h"

/* Where the spread says nothing there is no bandwidth, unless one is given. */
static bool mode(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	const double given = host->setting(host, "width");
	const zp_robust a = zp_algorithm_a(v->x, v->n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
					   host->take(host, ZP_ALGORITHM_A_WORK(v->n) * sizeof(double)));
	*out = zp_kept_all(v, a.x, a.s, 1.25);
	if (v->n == 1 || v->x[0] == v->x[v->n - 1])
		return true;
	const double width = given > 0 ? given : zp_kernel_width_by_spread(a.s, v->n);
	if (!(width > 0))
		return host->fail(err, ZP_BAD_INPUT, NULL, 0, "the spread collapsed, so that there is no bandwidth; expected one, as the setting \"width\"");
	zp_kernel_field field;
	zp_modes modes;
	const size_t cells = zp_kernel_cells(v->x, v->n, width);
	zp_kernel_open(&field, v->x, v->n, width, host->take(host, v->n * sizeof(double)), host->take(host, cells * sizeof(double)),
		       host->take(host, cells * sizeof(double)));
	zp_kernel_modes(&field, 0.05, &modes);
	if (modes.tied)
		return host->fail(err, ZP_BAD_INPUT, NULL, 0, "two modes are equally high, at %g and %g; expected one main mode", modes.mode[0].at,
				  modes.mode[1].at);
	out->x = modes.mode[0].at;
	out->u = zp_kernel_bootstrap(&field, (uint64_t)host->setting(host, "seed"), (unsigned)host->setting(host, "resamples"));
	if (!(out->u > 0) || !(a.s > 0)) /* every resample gave the same */
		out->u = ZP_NONE, out->collapsed = true, out->s = 0;
	return true;
}

static const zp_param params[] = {
	{ .name = "width", .unit = "the measurand's", .help = "bandwidth; 0: 0.9 s* / n^0.2 (0.75 sigma_pt or 0.25 delta_E judge results)",
	  .least = 0, .most = 1e12, .preset = 0 },
	{ .name = "resamples", .unit = "1", .help = "resamples for u, whose own error is about 1 / sqrt(2 resamples)", .least = 100, .most = 2000,
	  .preset = 1000 },
	{ .name = "seed", .unit = "1", .help = "where the random numbers of the resamples start", .least = 0, .most = 4294967295.0, .preset = 1 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "20 % on one side, when the bandwidth comes from s*; 50 % when it is given",
	.uncertainty = "bootstrap: standard deviation of the mode over resamples",
	.estimate = mode,
};

ZP_PLUGIN(kernel_mode) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "kernel-mode", .version = "1",
	.cites = "ISO 13528:2022 10.3 and E.6; AMC Technical Brief 4; u by bootstrap",
	.says = "Where the values are densest; s is Algorithm A's, which the bandwidth comes from.",
	.params = params, .does.estimator = &does,
};
