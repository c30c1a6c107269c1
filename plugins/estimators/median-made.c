/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"
#include "stats/order.h"
#include "stats/robust.h"

static bool median(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)host, (void)err;
	*out = zp_kept_all(v, zp_median(v->x, v->n), zp_made(v->x, v->n), 1.25);
	return true;
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "50 %",
	.uncertainty = "1.25 s / sqrt(n)",
	.estimate = median,
};

ZP_PLUGIN(median_made) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "median-made", .version = "1",
	.cites = "ISO 13528:2022 C.2.2",
	.says = "Median, with 1.483 times the median deviation (MADe) as scale; 0 as soon as more than half are equal.",
	.does.estimator = &does,
};
