/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the methods for answers share. */
#ifndef ZP_ESTIMATORS_POLL_H
#define ZP_ESTIMATORS_POLL_H

#include "host/plugin.h"

static inline bool zp_poll_none(zp_elected *out, zp_reason lack, uint32_t votes, uint32_t of)
{
	*out = (zp_elected){ .votes = votes, .of = of, .lack = lack };
	return false;
}

#endif
