/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/plugin.h"
#include "stats/scores.h"

static double score(const zp_host *host, const zp_scored *s)
{
	return zp_score_aps(s->d, fmax(host->setting(host, "abs"), host->setting(host, "pct") * fabs(s->x_pt) / 100));
}

static const zp_param params[] = {
	{ .name = "abs", .unit = "the measurand's", .help = "the specification", .least = 0, .most = 1e12, .preset = 0 },
	{ .name = "pct", .unit = "%", .help = "the specification in percent of the target; the greater of both counts", .least = 0, .most = 1000, .preset = 0 },
	{ .name = "warn", .unit = "1", .help = "up to it the score is acceptable", .least = 0, .most = 1000, .preset = 1 },
	{ .name = "act", .unit = "1", .help = "from it on action is due", .least = 0, .most = 1000, .preset = 1 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "1", .any_of = "abs pct", .score = score };

ZP_PLUGIN(aps) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "aps", .version = "1",
	.cites = "RCPAQAP: (result - target) / APS",
	.says = "Distance from the target in units of the analytical performance specification.",
	.params = params, .does.scorer = &does,
};
