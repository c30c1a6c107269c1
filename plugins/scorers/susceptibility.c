/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

/* On the scale susceptible is the negative side, resistant the positive one, and what is between them is grey. */
static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	const zp_side is = r->scale->answers[r->answer].side, should = r->scale->answers[r->low].side;
	const unsigned credit = zp_accepted_credit(r);
	if (r->answer == r->low || r->answer == r->high)
		*out = zp_right();
	else if (credit)
		*out = zp_partly(credit, ZP_REASON_PARTLY);
	else if (is == ZP_SIDE_GREY || should == ZP_SIDE_GREY)
		*out = zp_partly((unsigned)host->setting(host, "minor"), ZP_REASON_MINOR_ERROR);
	else if (is == ZP_SIDE_POSITIVE && should == ZP_SIDE_NEGATIVE)
		*out = zp_partly((unsigned)host->setting(host, "major"), ZP_REASON_MAJOR_ERROR);
	else if (is == ZP_SIDE_NEGATIVE && should == ZP_SIDE_POSITIVE)
		*out = zp_partly((unsigned)host->setting(host, "very_major"), ZP_REASON_VERY_MAJOR_ERROR);
	else
		*out = zp_wrong(ZP_REASON_OTHER_ANSWER);
}

static const zp_param params[] = {
	{ .name = "minor", .unit = "%", .help = "credit for a minor error: one of the two is intermediate", .least = 0, .most = 100, .preset = 50 },
	{ .name = "major", .unit = "%", .help = "credit for a major error: resistant where it is susceptible", .least = 0, .most = 100, .preset = 0 },
	{ .name = "very_major", .unit = "%", .help = "credit for a very major error: susceptible where it is resistant", .least = 0, .most = 100, .preset = 0 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "%", .judge = judge };

ZP_PLUGIN(susceptibility) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "susceptibility", .version = "1",
	.cites = "CLSI M52 and ISO 20776-2:2007 (minor, major and very major discrepancies)",
	.says = "Susceptible, intermediate or resistant as expected; minor, major and very major errors are told apart.",
	.params = params, .does.scorer = &does,
};
