/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "poll.h"

static bool elect(const zp_host *host, const zp_poll *p, zp_elected *out)
{
	const zp_answer_count *most = NULL;
	bool tied = false;
	for (size_t i = 0; i < p->n_counts; i++) {
		tied = most && p->counts[i].n == most->n ? true : !most || p->counts[i].n > most->n ? false : tied;
		if (!most || p->counts[i].n > most->n)
			most = &p->counts[i];
	}
	if (!most)
		return zp_poll_none(out, ZP_REASON_NO_CONSENSUS, 0, 0);
	if (tied)
		return zp_poll_none(out, ZP_REASON_TWO_MODES, most->n, p->n);
	if (100 * (uint64_t)most->n < (uint64_t)host->setting(host, "share") * p->n)
		return zp_poll_none(out, ZP_REASON_NO_CONSENSUS, most->n, p->n);
	*out = (zp_elected){ .low = most->answer, .high = most->answer, .by = ZP_BY_PARTICIPANTS, .votes = most->n, .of = p->n };
	return true;
}

static const zp_param params[] = {
	{ .name = "share", .unit = "%", .help = "of the group that it must have; 0: any", .least = 0, .most = 100, .preset = 0 },
	{ .name = NULL },
};

static const zp_estimator does = { .least_n = 1, .breakdown = "50 %", .elect = elect };

ZP_PLUGIN(mode) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "mode", .version = "1",
	.cites = "ISO 13528:2022 11.3",
	.says = "The most frequent answer; two that are equally frequent make no target.",
	.params = params, .does.estimator = &does,
};
