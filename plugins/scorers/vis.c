/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	return zp_score_vis(zp_score_vi(zp_score_d_pct(s->d, s->x_pt), host->setting(host, "ccv")), host->setting(host, "most"));
}

static const zp_param params[] = {
	{ .name = "ccv", .unit = "%", .help = "chosen coefficient of variation", .least = 0.001, .most = 1000, .preset = 10 },
	{ .name = "most", .unit = "1", .help = "no score is higher", .least = 1, .most = 10000, .preset = 400 },
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 10000, .preset = 150 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 10000, .preset = 200 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .score = score };

ZP_PLUGIN(vis) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "vis", .version = "1",
	.cites = "Whitehead, Browning, Gregory 1973, with the target for the mean",
	.says = "Variance index score: bias in percent of the chosen coefficient of variation, at most 400.",
	.params = params, .does.scorer = &does,
};
