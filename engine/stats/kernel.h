/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where values are densest: the modes of a Gaussian kernel density. */
#ifndef ZP_STATS_KERNEL_H
#define ZP_STATS_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bandwidths of ISO 13528:2022 10.3.2: for a look at the data; for judging them. */
static inline double zp_kernel_width_by_sigma_pt(double sigma_pt) { return 0.75 * sigma_pt; }
static inline double zp_kernel_width_by_delta_e(double delta_e) { return 0.25 * delta_e; }
double zp_kernel_width_by_spread(double s, size_t n); /* 0.9 s / n^0.2 */

#define ZP_MODES_MOST 16

typedef struct zp_mode { double at, height; } zp_mode; /* height: of the density, divided by that of the main mode */

typedef struct zp_modes {
	zp_mode mode[ZP_MODES_MOST]; /* highest first */
	size_t n;                    /* modes at least least_height high; more than ZP_MODES_MOST are counted, not listed */
	bool tied;                   /* two highest modes of equal height: which is the main one is undefined */
} zp_modes;

/* The field that densities are worked out on: values in units of the bandwidth on a grid, gaps that no kernel bridges
 * taken out. A wild value then costs one more corner of the grid and no resolution anywhere. */
typedef struct zp_kernel_field {
	const double *x;
	size_t n;
	double width;
	double *place;   /* of each value on the grid, in cells */
	double *weight, *density; /* of each cell */
	size_t cells;
} zp_kernel_field;

/* Cells that n values can need; a bound that is met only where all lie far apart. */
size_t zp_kernel_cells(const double *x, size_t n, double width);
/* Needs: x ascending, n >= 1, width > 0 and finite; place has room for n, weight and density for zp_kernel_cells. */
void zp_kernel_open(zp_kernel_field *, const double *x, size_t n, double width, double *place, double *weight, double *density);

/* The modes, the main one to 1e-9 of the bandwidth. */
void zp_kernel_modes(zp_kernel_field *, double least_height, zp_modes *);

/* The standard deviation of the main mode over so many resamples, drawn from the seed.
 * Cites: ISO 13528:2022 7.7, E.6: bootstrap. Its own relative error is about 1 / sqrt(2 resamples). */
double zp_kernel_bootstrap(zp_kernel_field *, uint64_t seed, unsigned resamples);

#endif
