/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hampel's location for a scale that is given: values more than 4.5 s away have no say at all. */
#ifndef ZP_STATS_HAMPEL_H
#define ZP_STATS_HAMPEL_H

#include <stdbool.h>
#include <stddef.h>

#define ZP_HAMPEL_WORK(n) ((size_t)(n) + 1) /* doubles of work */

/* The solution of sum psi((x[i] - t) / s) = 0 that is nearest to the median, psi bending at 1.5, 3 and 4.5; the median
 * itself when there is none, or two equally near. The sum is a polygon in t, so its zeros are exact and no iteration
 * has to settle. Gives: whether a solution decided.
 * Needs: x ascending, n >= 1, s >= 0 (0: the median). Cites: ISO 13528:2022 C.5.3.3. */
bool zp_hampel(const double *x, size_t n, double s, double *work, double *location);

#endif
