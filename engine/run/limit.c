/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/limit.h"

static bool percent(const zp_limit *limit, const zp_choices *c, zp_decimal t, zp_width *width)
{
	int sign = zp_decimal_sign(t);
	if (sign == 0 || (sign < 0 && c->negative_target_pct == ZP_NEGATIVE_UNDEFINED))
		return false;
	if (sign < 0)
		t.m = -t.m;
	*width = (zp_width){ { limit->pct.m, (int8_t)(limit->pct.e - 2) }, t };
	return true;
}

static zp_width absolute(const zp_limit *limit)
{
	return (zp_width){ limit->abs, { 1, 0 } };
}

/* So much, or so many SD: as log_rule says. Without a spread only the former can be used. */
static zp_reason wider(const zp_limit *limit, const zp_choices *c, double sd, zp_width *width, uint8_t *branch)
{
	const bool spread = sd > 0 && isfinite(sd);
	const zp_width by_sd = { limit->sd_mult, spread ? zp_decimal_shortest(sd) : (zp_decimal){ 0, 0 } };
	if (c->log_rule == ZP_LOG_SD && !spread)
		return ZP_REASON_COLLAPSED;
	const bool use_sd = c->log_rule == ZP_LOG_SD || (c->log_rule == ZP_LOG_EITHER && spread && zp_width_compare(by_sd, absolute(limit)) > 0);
	*width = use_sd ? by_sd : absolute(limit);
	*branch = use_sd ? ZP_BRANCH_SD : ZP_BRANCH_ABS;
	return ZP_REASON_NONE;
}

zp_reason zp_limit_width(const zp_limit *limit, const zp_choices *c, zp_decimal t, double sd, zp_width *width, uint8_t *branch)
{
	bool use_abs = false;
	switch (limit->kind) {
	case ZP_LIMIT_SD:
		if (!(sd > 0) || !isfinite(sd))
			return ZP_REASON_COLLAPSED;
		*branch = ZP_BRANCH_SD;
		*width = (zp_width){ limit->sd_mult, zp_decimal_shortest(sd) };
		return ZP_REASON_NONE;
	case ZP_LIMIT_ABS:
		use_abs = true;
		break;
	case ZP_LIMIT_ABS_LE_CUT_ELSE_PCT:
		use_abs = zp_decimal_compare(t, limit->cut) <= 0;
		break;
	case ZP_LIMIT_ABS_LT_CUT_ELSE_PCT:
		use_abs = zp_decimal_compare(t, limit->cut) < 0;
		break;
	case ZP_LIMIT_PCT_OR_ABS_GREATER:
		*width = absolute(limit);
		*branch = ZP_BRANCH_ABS;
		zp_width share;
		if (percent(limit, c, t, &share) && zp_width_compare(share, *width) > 0) {
			*width = share;
			*branch = ZP_BRANCH_PCT;
		}
		return ZP_REASON_NONE;
	case ZP_LIMIT_ABS_OR_SD:
		return wider(limit, c, sd, width, branch);
	case ZP_LIMIT_PCT:
		break;
	case ZP_LIMIT_ANSWER: /* has no width */
		return ZP_REASON_NO_TARGET;
	}
	*branch = use_abs ? ZP_BRANCH_ABS : ZP_BRANCH_PCT;
	if (use_abs)
		*width = absolute(limit);
	else if (!percent(limit, c, t, width))
		return ZP_REASON_PERCENT_UNDEFINED;
	return ZP_REASON_NONE;
}
