/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	const double k = host->setting(host, "k");
	return zp_score_en(s->d, k * s->u_x, k * s->u_x_pt);
}

static const zp_param params[] = {
	{ .name = "k", .unit = "1", .help = "coverage factor of both", .least = 1, .most = 15, .preset = 2 },
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 1000, .preset = 1 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 1000, .preset = 1 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .score = score };

ZP_PLUGIN(en) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "en", .version = "1",
	.cites = "ISO 13528:2022 9.7",
	.says = "Distance from the target in units of both expanded uncertainties.",
	.params = params, .does.scorer = &does,
};
