/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scorers of answers share: which side a reply is on, and whether it is the wrong one. */
#ifndef ZP_SCORERS_SIDES_H
#define ZP_SCORERS_SIDES_H

#include "host/plugin.h"

/* An answer between negative and positive counts as the scheme says. */
static inline zp_side zp_side_of(const zp_reply *r, int64_t answer)
{
	const zp_side side = zp_scale_side(r->scale, answer);
	return side == ZP_SIDE_GREY ? r->grey : side;
}

/* A positive reported negative, or the reverse; NONE when no such line is crossed, or the target lies on both sides of it. */
static inline zp_reason zp_crossing(const zp_reply *r)
{
	const zp_side is = zp_side_of(r, r->answer), low = zp_side_of(r, r->low), high = zp_side_of(r, r->high);
	if (low != high)
		return ZP_REASON_NONE;
	if (is == ZP_SIDE_NEGATIVE && low == ZP_SIDE_POSITIVE)
		return ZP_REASON_FALSE_NEGATIVE;
	return is == ZP_SIDE_POSITIVE && low == ZP_SIDE_NEGATIVE ? ZP_REASON_FALSE_POSITIVE : ZP_REASON_NONE;
}

/* What the organiser gives for this answer beside the expected one; 0 when nothing. */
static inline unsigned zp_accepted_credit(const zp_reply *r)
{
	for (size_t i = 0; i < r->n_accepted; i++)
		if (r->accepted[i].answer == r->answer)
			return r->accepted[i].credit;
	return 0;
}

static inline zp_graded zp_right(void) { return (zp_graded){ ZP_ACCEPTABLE, ZP_REASON_NONE, 100 }; }
static inline zp_graded zp_wrong(zp_reason reason) { return (zp_graded){ ZP_UNACCEPTABLE, reason, 0 }; }
/* Part of the credit; acceptable when it is all. */
static inline zp_graded zp_partly(unsigned credit, zp_reason reason)
{
	return credit >= 100 ? zp_right() : (zp_graded){ ZP_UNACCEPTABLE, reason, credit };
}

#endif
