/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	const char *is = r->scale->answers[r->answer].family, *should = r->scale->answers[r->low].family;
	unsigned credit = zp_accepted_credit(r);
	const unsigned of_family = *is && strcmp(is, should) == 0 ? (unsigned)host->setting(host, "family") : 0;
	credit = credit > of_family ? credit : of_family;
	const zp_reason crossing = zp_crossing(r);
	if (r->answer == r->low || r->answer == r->high)
		*out = zp_right();
	else
		*out = credit ? zp_partly(credit, ZP_REASON_PARTLY) : zp_wrong(crossing ? crossing : ZP_REASON_OTHER_ANSWER);
}

static const zp_param params[] = {
	{ .name = "family", .unit = "%", .help = "credit for an answer of the expected one's family: the genus is right, the species is not", .least = 0, .most = 100, .preset = 0 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "%", .judge = judge };

ZP_PLUGIN(accepted) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "accepted", .version = "1",
	.cites = "42 CFR 493.911(b) and 493.941(c): identification to the highest level that the laboratory reports",
	.says = "Right when the code is the expected one; others that the organiser accepts, and those of its family, have part of the credit.",
	.params = params, .does.scorer = &does,
};
