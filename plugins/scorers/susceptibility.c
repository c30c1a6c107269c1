/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

/* On the scale susceptible is the negative side, resistant the positive one, and what is between them is grey. */
static zp_reason error_of(zp_side is, zp_side should)
{
	if (is == ZP_SIDE_GREY || should == ZP_SIDE_GREY)
		return ZP_REASON_MINOR_ERROR;
	if (is == ZP_SIDE_POSITIVE && should == ZP_SIDE_NEGATIVE)
		return ZP_REASON_MAJOR_ERROR;
	return is == ZP_SIDE_NEGATIVE && should == ZP_SIDE_POSITIVE ? ZP_REASON_VERY_MAJOR_ERROR : ZP_REASON_OTHER_ANSWER;
}

static unsigned credit_of(const zp_host *host, zp_reason error)
{
	const char *const settings[] = { "minor", "major", "very_major" };
	return error == ZP_REASON_OTHER_ANSWER ? 0 : (unsigned)host->setting(host, settings[error - ZP_REASON_MINOR_ERROR]);
}

static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	const zp_reason error = error_of(r->scale->answers[r->answer].side, r->scale->answers[r->low].side);
	const unsigned accepted = zp_accepted_credit(r), credit = credit_of(host, error);
	if (r->answer == r->low || r->answer == r->high)
		*out = zp_right();
	else
		*out = accepted > credit ? zp_partly(accepted, ZP_REASON_PARTLY) : zp_partly(credit, error);
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
