/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "poll.h"

/* Whether enough of them agree. Shares are compared as integers: 100 k >= percent n. */
static bool agree(const zp_poll *p, zp_by by, unsigned percent, uint32_t least, zp_elected *out)
{
	const bool apart = by == ZP_BY_PARTICIPANTS && p->without_referees;
	const uint32_t of = by == ZP_BY_REFEREES ? p->n_referees : apart ? p->n - p->n_referees : p->n;
	uint32_t most = 0;
	for (size_t i = 0; i < p->n_counts; i++) {
		const zp_answer_count *c = &p->counts[i];
		const uint32_t votes = by == ZP_BY_REFEREES ? c->referees : apart ? c->n - c->referees : c->n;
		most = votes > most ? votes : most;
		if (of < least || of == 0 || (uint64_t)100 * votes < (uint64_t)percent * of)
			continue;
		*out = (zp_elected){ .low = c->answer, .high = c->answer, .by = by, .votes = votes, .of = of };
		return true;
	}
	return zp_poll_none(out, ZP_REASON_NO_CONSENSUS, most, of);
}

static bool elect(const zp_host *host, const zp_poll *p, zp_elected *out)
{
	const struct { zp_by by; const char *percent, *least; } ways[] = {
		{ ZP_BY_REFEREES, "referees", "least_referees" }, { ZP_BY_PARTICIPANTS, "participants", "least_participants" },
	};
	for (int i = 0; i < 2; i++) {
		const int way = p->participants_first ? 1 - i : i;
		if (agree(p, ways[way].by, (unsigned)host->setting(host, ways[way].percent), (uint32_t)host->setting(host, ways[way].least), out))
			return true;
	}
	return p->participants_first ? agree(p, ZP_BY_PARTICIPANTS, 101, 0, out) : false; /* what lacked is told of the participants */
}

static const zp_param params[] = {
	{ .name = "participants", .unit = "%", .help = "of all participants that must agree", .least = 51, .most = 100, .preset = 80 },
	{ .name = "referees", .unit = "%", .help = "of the referees that must agree", .least = 51, .most = 100, .preset = 80 },
	{ .name = "least_referees", .unit = "1", .help = "referees that are needed", .least = 1, .most = 10000, .preset = 10 },
	{ .name = "least_participants", .unit = "1", .help = "participants that are needed; <peers least> holds as well", .least = 1, .most = 10000, .preset = 1 },
	{ .name = NULL },
};

static const zp_estimator does = { .least_n = 1, .breakdown = "20 %", .elect = elect };

ZP_PLUGIN(consensus) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "consensus", .version = "1",
	.cites = "42 CFR 493.931, 493.933, 493.941, 493.959: agreement of 80 % (95 %) of participants or of ten or more referee laboratories; ISO 13528:2022 11.3",
	.says = "The answer on which enough referees, or enough participants, agree; both are tried.",
	.params = params, .does.estimator = &does,
};
