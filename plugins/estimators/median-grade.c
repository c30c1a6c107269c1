/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "poll.h"

static const zp_answer_count *at_rank(const zp_poll *p, uint32_t rank)
{
	size_t i = 0;
	for (uint32_t below = 0; below + p->counts[i].n < rank; i++)
		below += p->counts[i].n;
	return &p->counts[i];
}

static bool elect(const zp_host *host, const zp_poll *p, zp_elected *out)
{
	(void)host;
	if (!p->ordered || p->n == 0)
		return zp_poll_none(out, ZP_REASON_NO_CONSENSUS, 0, p->n);
	const zp_answer_count *low = at_rank(p, (p->n + 1) / 2), *high = at_rank(p, p->n / 2 + 1);
	*out = (zp_elected){ .low = low->answer, .high = high->answer, .by = ZP_BY_PARTICIPANTS, .votes = low == high ? low->n : low->n + high->n, .of = p->n };
	return true;
}

static const zp_estimator does = { .least_n = 1, .breakdown = "50 %", .elect = elect };

ZP_PLUGIN(median_grade) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "median-grade", .version = "1",
	.cites = "ISO 13528:2022 11.3 and E.15",
	.says = "The median of ordered answers; both of them where the two in the middle differ.",
	.does.estimator = &does,
};
