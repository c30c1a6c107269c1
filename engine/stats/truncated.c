/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"
#include "stats/truncated.h"

static bool too_far(double distance, double reach, bool at_boundary)
{
	return at_boundary ? distance >= reach : distance > reach;
}

/* Narrow x[*first] ... x[*end - 1] to what is not too far from the mean.
 * Gives: whether anything was dropped. */
static bool narrow(const double *x, size_t *first, size_t *end, zp_moments m, zp_truncation how)
{
	const size_t had = *end - *first;
	size_t low = *first, high = *end;
	while (low < high) { /* the first that stays */
		size_t i = low + (high - low) / 2;
		if (too_far(m.mean - x[i], how.k * m.sd, how.at_boundary))
			low = i + 1;
		else
			high = i;
	}
	const size_t from = low;
	high = *end;
	while (low < high) { /* the first above that goes */
		size_t i = low + (high - low) / 2;
		if (too_far(x[i] - m.mean, how.k * m.sd, how.at_boundary))
			high = i;
		else
			low = i + 1;
	}
	*first = from;
	*end = low;
	return low - from < had;
}

zp_truncated zp_truncate(const double *x, size_t n, zp_truncation how)
{
	size_t first = 0, end = n;
	unsigned passes = 0;
	zp_moments m = zp_moments_of(x, n);
	while (m.sd > 0) { /* not NAN, not all equal */
		passes++;
		if (!narrow(x, &first, &end, m, how))
			break;
		m = zp_moments_of(x + first, end - first);
		if (how.once)
			break;
	}
	return (zp_truncated){ m.mean, m.sd, first, end - first, passes };
}
