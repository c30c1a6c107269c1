/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	(void)host;
	return zp_score_z(s->d, s->sigma_pt);
}

static const zp_param params[] = {
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 1000, .preset = 2 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 1000, .preset = 3 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .score = score };

ZP_PLUGIN(z) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "z", .version = "1",
	.cites = "ISO 13528:2022 9.4",
	.says = "Distance from the target in units of sigma_pt.",
	.params = params, .does.scorer = &does,
};
