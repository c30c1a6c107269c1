/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs where: the pairing of rows and columns that costs least. */
#ifndef ZP_STATS_ASSIGNMENT_H
#define ZP_STATS_ASSIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#define ZP_ASSIGNMENT_WORK(n) (3 * ((size_t)(n) + 1))       /* doubles of work */
#define ZP_ASSIGNMENT_COUNTS(n) (3 * ((size_t)(n) + 1))     /* uint32_t of work */

/* The permutation whose sum of cost[i * n + column[i]] is least, by the Hungarian method in n^3 steps. Where the row's own
 * column costs no more than another pairing, that is what it keeps as far as ties are broken by `stay`: what is added to the
 * cost of each pairing off the diagonal.
 * Needs: finite costs, stay >= 0. Gives: the sum, without what was added.
 * Cites: Kuhn: The Hungarian method for the assignment problem. Naval Research Logistics Quarterly 2 (1955) 83. */
double zp_assignment(const double *cost, size_t n, double stay, uint32_t *column, double *work, uint32_t *counts);

#endif
