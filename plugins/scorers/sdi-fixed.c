/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	return zp_score_z(s->d, zp_sdpa(s->x_pt, host->setting(host, "tdpa"), host->setting(host, "t")));
}

static const zp_param params[] = {
	{ .name = "tdpa", .unit = "%", .help = "target deviation for performance assessment", .least = 0.001, .most = 1000, .preset = 10 },
	{ .name = "t", .unit = "1", .help = "TDPA in standard deviations", .least = 0.1, .most = 10, .preset = 1.645 },
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 1000, .preset = 2 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 1000, .preset = 3 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .score = score };

ZP_PLUGIN(sdi_fixed) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "sdi-fixed", .version = "1",
	.cites = "RIQAS, Evaluation of Performance: SDPA = TDPA x_pt / (t 100)",
	.says = "Standard deviation index against a standard deviation fixed beforehand.",
	.params = params, .does.scorer = &does,
};
