/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	return zp_score_target(zp_score_d_pct(s->d, s->x_pt), host->setting(host, "tdpa"), host->setting(host, "least"), host->setting(host, "most"));
}

static const zp_param params[] = {
	{ .name = "tdpa", .unit = "%", .help = "target deviation for performance assessment", .least = 0.001, .most = 1000, .preset = 10 },
	{ .name = "least", .unit = "1", .help = "no score is lower", .least = 0, .most = 1000, .preset = 10 },
	{ .name = "most", .unit = "1", .help = "no score is higher", .least = 0, .most = 1000, .preset = 120 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .score = score };

ZP_PLUGIN(target_score) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "target-score", .version = "1",
	.cites = "RIQAS, Evaluation of Performance: 100 log10(3.16 TDPA / |D%|)",
	.says = "Target score: 50 at the target deviation, more is better.",
	.params = params, .does.scorer = &does,
};
