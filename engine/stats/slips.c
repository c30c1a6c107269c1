/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/slips.h"
#include "stats/agreement.h"

zp_centre zp_centre_of(const double *x, size_t n, size_t least, double floor)
{
	zp_centre c = { .n = (uint32_t)n };
	if (n < least)
		return c;
	c.x = zp_median(x, n);
	c.s = fmax(zp_made(x, n), floor);
	c.equal = zp_equal_pairs(x, n);
	return c;
}

void zp_centres_level(zp_centre *c, size_t n)
{
	double ratio[ZP_CENTRES_MOST];
	uint64_t work[2 * ZP_CENTRES_MOST];
	size_t known = 0;
	for (size_t i = 0; i < n; i++) {
		if (!(c[i].s > 0))
			continue;
		if (!(c[i].x > 0) || known == ZP_CENTRES_MOST)
			return; /* a ratio to what may be zero says nothing */
		ratio[known++] = c[i].s / c[i].x;
	}
	zp_sort(ratio, known, work);
	for (size_t i = 0; i < n; i++)
		if (c[i].s > 0)
			c[i].s = fmax(c[i].s, zp_median(ratio, known) * c[i].x);
}
