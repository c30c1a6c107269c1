/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

enum { EXTRA_NONE, EXTRA_OTHERS, EXTRA_ANY };

/* Those of the set that matter at the bedside. */
static int64_t significant(const zp_scale *s)
{
	int64_t bits = 0;
	for (uint32_t i = 0; i < s->n; i++)
		bits |= s->answers[i].significant ? INT64_C(1) << i : 0;
	return bits;
}

static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	const unsigned credit = zp_accepted_credit(r);
	const int extra = (int)host->setting(host, "extra");
	const int64_t heavy = significant(r->scale);
	int64_t missed = r->low & ~r->answer, added = r->answer & ~r->low;
	if (host->setting(host, "miss_others") > 0)
		missed &= heavy;
	added &= extra == EXTRA_ANY ? 0 : extra == EXTRA_OTHERS ? heavy : -1;
	if (!missed && !added)
		*out = zp_right();
	else if (credit)
		*out = zp_partly(credit, ZP_REASON_PARTLY);
	else if (missed)
		*out = zp_wrong(r->answer ? ZP_REASON_MISSED : ZP_REASON_FALSE_NEGATIVE);
	else
		*out = zp_wrong(r->low ? ZP_REASON_EXTRA : ZP_REASON_FALSE_POSITIVE);
}

static const zp_param params[] = {
	{ .name = "extra", .unit = "0, 1 or 2", .help = "members that are not there: 0 none, 1 only those without clinical significance, 2 any", .least = 0, .most = 2, .preset = 0 },
	{ .name = "miss_others", .unit = "0 or 1", .help = "1: one without clinical significance may be missed", .least = 0, .most = 1, .preset = 1 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "%", .judge = judge };

ZP_PLUGIN(members) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "members", .version = "1",
	.cites = "42 CFR 493.959 (antibody identification)",
	.says = "Right when no clinically significant member of the set is missed, and none is reported that is not there.",
	.params = params, .does.scorer = &does,
};
