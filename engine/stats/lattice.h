/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decimal lattice that reported values lie on. Laboratories report decimals, so differences that are equal in
 * decimal must be equal here too: 0.3 - 0.2 and 0.2 - 0.1 are not, in binary (STATS 0.6). Counted in units of their
 * last decimal the values are whole numbers, and their differences exact. */
#ifndef ZP_STATS_LATTICE_H
#define ZP_STATS_LATTICE_H

#include <stdbool.h>
#include <stddef.h>

/* The fewest decimals that spell every one of the n values, 0 to 22 (negative: never).
 * Gives: false when the values are no decimals of at most 15 digits, such as logarithms. */
bool zp_lattice_places(const double *x, size_t n, int *places);

/* The value in units of 10^-places, a whole number below 2^53, and back. Needs: places from zp_lattice_places. */
double zp_lattice_units(double x, int places);
double zp_lattice_value(double units, int places);

/* The unit that values were rounded to: the coarsest power of ten, not finer than 10^-places, on which at least `share`
 * of them lie; chance puts a tenth there. 10^-places for fewer than 12 values, or when fewer than 3 different ones lie
 * on a coarser one: a tie alone shows nothing. Needs: x ascending, 0 <= places <= 22. */
double zp_reported_step(const double *x, size_t n, int places, double share);

#endif
