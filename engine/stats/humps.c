/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounding must not make a hump: ties are spread over their interval, and no kernel is narrower than the step. */
#include <math.h>
#include <string.h>
#include "stats/dip.h"
#include "stats/humps.h"
#include "stats/robust.h"
#include "stats/rounded.h"

#define LEAST_HEIGHT 0.1 /* of the highest */
#define APART 2          /* bandwidths */

static size_t count_apart(const zp_modes *modes, double width)
{
	size_t apart = 0;
	for (size_t i = 0; i < modes->n && i < ZP_MODES_MOST; i++) {
		bool alone = true;
		for (size_t k = 0; k < i; k++)
			alone &= fabs(modes->mode[i].at - modes->mode[k].at) > APART * width;
		apart += alone;
	}
	return apart;
}

zp_humps zp_humps_of(const double *x, size_t n, double step, double width, double p_most, zp_arena *scratch)
{
	double *spread = zp_take(scratch, double, n);
	if (step > 0)
		zp_spread_ties(x, n, step, spread, zp_take(scratch, uint64_t, 2 * n));
	else
		memcpy(spread, x, n * sizeof *x);
	zp_humps h = { .dip = zp_dip(spread, n, zp_take(scratch, size_t, ZP_DIP_WORK(n))), .width = NAN, .apart = 1 };
	h.p = zp_dip_p(h.dip, n);
	if (!(h.p < p_most))
		return h;
	if (!(width > 0)) {
		const zp_robust a = zp_algorithm_a(spread, n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 },
						   zp_take(scratch, double, ZP_ALGORITHM_A_WORK(n)));
		width = zp_kernel_width_by_spread(a.s, n);
	}
	width = fmax(width, step);
	if (!(width > 0))
		return h;
	zp_kernel_field field;
	const size_t cells = zp_kernel_cells(spread, n, width);
	zp_kernel_open(&field, spread, n, width, zp_take(scratch, double, n), zp_take(scratch, double, cells), zp_take(scratch, double, cells));
	zp_kernel_modes(&field, LEAST_HEIGHT, &h.modes);
	h.width = width;
	h.apart = count_apart(&h.modes, width);
	return h;
}
