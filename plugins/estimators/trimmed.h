/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trimmed means have in common. */
#ifndef ZP_ESTIMATORS_TRIMMED_H
#define ZP_ESTIMATORS_TRIMMED_H

#include "kept.h"
#include "stats/trimmed.h"

static inline bool zp_trimmed_estimate(const zp_sample *v, double share, zp_estimate *out)
{
	const zp_trimmed t = zp_trim(v->x, v->n, share);
	*out = zp_kept_all(v, t.mean, t.s, 1); /* nobody is an outlier for being at an end */
	if (t.s > 0)
		out->u = t.u;
	return true;
}

#endif
