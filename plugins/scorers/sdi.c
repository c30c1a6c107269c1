/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"

static double sdi(const zp_host *host, double x, const zp_estimate *target, const zp_estimate *peers, double width)
{
	(void)host, (void)target, (void)width;
	return peers->s > 0 ? (x - peers->x) / peers->s : ZP_NONE;
}

static const zp_scorer does = { .unit = "SD", .score = sdi };

ZP_PLUGIN(sdi) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "sdi", .version = "1",
	.cites = "standard deviation index: (x - mean of peers) / SD of peers",
	.says = "How many standard deviations of its peers a result lies from their centre.",
	.does.scorer = &does,
};
