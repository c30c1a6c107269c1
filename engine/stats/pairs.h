/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales made of the differences of all pairs of values, without looking at all of them. */
#ifndef ZP_STATS_PAIRS_H
#define ZP_STATS_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of work that each of these needs (the Q method twice as many); from an allocator or an arena, since they hold numbers of several types. */
#define ZP_PAIRS_WORK(n) ((4 * (size_t)(n) + 8) * sizeof(double))

/* The k-th smallest of the differences x[j] - x[i], i < j; exactly, in O(n log n) steps and O(n) memory.
 * Needs: x ascending, n >= 2, 1 <= k <= n (n - 1) / 2. Cites: Johnson, Mizoguchi, SIAM J. Comput. 7 (1978) 147. */
double zp_kth_difference(const double *x, size_t n, uint64_t k, void *work);

/* Qn, with the factors of robustbase and GSL; NAN when n is less than 2; 0 when about half are equal.
 * Needs: x ascending. Cites: Rousseeuw, Croux, JASA 88 (1993) 1273; ISO 13528:2022 C.5.2.1 with its correction. */
double zp_qn(const double *x, size_t n, void *work);

/* Sn; NAN when n is less than 2. Needs: x ascending. Cites: the same paper. */
double zp_sn(const double *x, size_t n, void *work);

/* The standard deviation of the Q method, ties merged exactly; NAN when n is less than 2, 0 when all are equal.
 * Needs: x ascending; work of 2 ZP_PAIRS_WORK(n). Cites: ISO 13528:2022 C.5.2.2. */
double zp_q_method(const double *x, size_t n, void *work);

/* The same from replicates: differences between values of one laboratory do not count, and every pair of laboratories
 * weighs the same. Gives the reproducibility standard deviation.
 * Needs: x ascending; lab[i] below n_labs is whose value x[i] is, and every laboratory has one; work for n + n_labs. */
double zp_q_method_replicates(const double *x, const uint32_t *lab, size_t n, size_t n_labs, void *work);

#endif
