/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	(void)host;
	return zp_score_z(s->x - s->centre, s->spread);
}

static const zp_param params[] = {
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 1000, .preset = 2 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 1000, .preset = 3 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "SD", .score = score };

ZP_PLUGIN(sdi) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "sdi", .version = "1",
	.cites = "(x - centre of the peers) / standard deviation of the peers",
	.says = "Standard deviation index: how many standard deviations of the peers a result is from their centre.",
	.params = params, .does.scorer = &does,
};
