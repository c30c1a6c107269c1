/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sides.h"

/* Steps to the target; of two medians to the nearer one. -1: the target is not on the strip. */
static int steps(const zp_reply *r)
{
	const int low = zp_scale_steps(r->strip, r->answer, r->low), high = zp_scale_steps(r->strip, r->answer, r->high);
	if (r->answer > r->low && r->answer < r->high)
		return 0;
	return low < 0 ? high : high < 0 || low < high ? low : high;
}

/* Between negative and positive, which the strip has not: of its answers the two beside it are equally near. */
static bool is_unshown_grey(const zp_reply *r, int away)
{
	return away < 0 && zp_scale_side(r->scale, r->low) == ZP_SIDE_GREY && zp_scale_side(r->scale, r->high) == ZP_SIDE_GREY;
}

/* By the rule alone. */
static zp_graded graded(const zp_reply *r, int grades, bool cross)
{
	const int away = steps(r);
	const zp_reason crossing = cross ? ZP_REASON_NONE : zp_crossing(r);
	if (away == 0)
		return zp_right();
	if (crossing && !is_unshown_grey(r, away))
		return zp_wrong(crossing);
	if (away < 0)
		return (zp_graded){ ZP_NOT_EVALUATED, ZP_REASON_OFF_STRIP, 0 };
	return away <= grades ? zp_right() : zp_wrong(ZP_REASON_TOO_FAR);
}

static void judge(const zp_host *host, const zp_reply *r, zp_graded *out)
{
	const unsigned credit = zp_accepted_credit(r);
	*out = graded(r, (int)host->setting(host, "grades"), host->setting(host, "cross") > 0);
	if (credit && out->verdict != ZP_ACCEPTABLE)
		*out = zp_partly(credit, ZP_REASON_PARTLY);
}

static const zp_param params[] = {
	{ .name = "grades", .unit = "grades", .help = "from the target that are allowed, counted on the maker's strip; of titres: dilutions", .least = 0, .most = 60, .preset = 1 },
	{ .name = "cross", .unit = "0 or 1", .help = "1: also from negative to positive or back", .least = 0, .most = 1, .preset = 0 },
	{ .name = NULL },
};

static const zp_scorer does = { .unit = "%", .judge = judge };

ZP_PLUGIN(within) = {
	ZP_PLUGIN_HEAD, .kind = ZP_SCORER, .name = "within", .version = "1",
	.cites = "ISO 13528:2022 11.4; 42 CFR 493.923 (titres: target plus or minus two-fold)",
	.says = "Right within so many grades or dilutions of the target, but never from negative to positive or back.",
	.params = params, .does.scorer = &does,
};
