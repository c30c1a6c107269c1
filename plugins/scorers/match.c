/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	(void)host;
	const unsigned credit = zp_accepted_credit(r);
	/* Among grades the side of a trace says only what may not be crossed: it is no 3+. */
	const bool grey = r->scale->kind == ZP_SCALE_NOMINAL && r->scale->answers[r->answer].side == ZP_SIDE_GREY && r->grey != ZP_SIDE_NONE;
	const bool same = r->answer == r->low || r->answer == r->high || (grey && zp_side_of(r, r->low) == r->grey);
	const zp_reason crossing = zp_crossing(r);
	*out = same ? zp_right() : credit ? zp_partly(credit, ZP_REASON_PARTLY) : zp_wrong(crossing ? crossing : ZP_REASON_OTHER_ANSWER);
}

static const zp_scorer does = { .unit = "%", .judge = judge };

ZP_PLUGIN(match) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "match", .version = "1",
	.cites = "42 CFR 493.927, 493.929: the response must agree with the expected one",
	.says = "Right when the answer is the expected one, or one that the organiser accepts as well.",
	.does.scorer = &does,
};
