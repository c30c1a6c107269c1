/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/order.h"
#include "stats/robust.h"

static bool median(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)err;
	*out = zp_kept_all(v, zp_median(v->x, v->n), host->setting(host, "made") != 0 ? zp_made(v->x, v->n) : zp_niqr(v->x, v->n), 1.25);
	return true;
}

static const zp_param params[] = {
	{ .name = "made", .unit = "0 or 1", .help = "1: the scale is MADe; 0: it is nIQR", .least = 0, .most = 1, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = {
	.least_n = 1, .breakdown = "25 % (median and MADe 50 %)",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = median,
};

ZP_PLUGIN(median_niqr) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "median-niqr", .version = "1",
	.cites = "ISO 13528:2022 C.2",
	.says = "Median, with the normalised interquartile range or MADe as scale.",
	.params = params, .does.estimator = &does,
};
