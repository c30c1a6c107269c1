/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/lattice.h"

#define PLACES_MOST 22 /* powers of ten up to it are exact, so that a quotient is the nearest double of its decimal */
#define UNITS_MOST 1e15

static const double power[PLACES_MOST + 1] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
					       1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static bool spells(double x, int places)
{
	const double units = rint(x * power[places]);
	return fabs(units) <= UNITS_MOST && units / power[places] == x;
}

bool zp_lattice_places(const double *x, size_t n, int *places)
{
	int p = 0;
	for (size_t i = 0; i < n; i++)
		while (!spells(x[i], p))
			if (++p > PLACES_MOST)
				return false;
	for (size_t i = 0; i < n; i++) /* more places than a value needs may be more than it has room for */
		if (!spells(x[i], p))
			return false;
	*places = p;
	return true;
}

double zp_lattice_units(double x, int places) { return rint(x * power[places]); }
double zp_lattice_value(double units, int places) { return units / power[places]; }

#define STEP_LEAST_N 12
#define STEP_LEAST_DIFFERENT 3

/* Whether so many of the values are multiples of 10^-places, which may be below 0. */
static bool enough_lie_on(const double *x, size_t n, int places, double share)
{
	size_t on = 0, different = 0;
	double last = NAN;
	for (size_t i = 0; i < n; i++) {
		if (!(places >= 0 ? spells(x[i], places) : fmod(x[i], power[-places]) == 0))
			continue;
		on++;
		different += x[i] != last;
		last = x[i];
	}
	return different >= STEP_LEAST_DIFFERENT && (double)on >= share * (double)n;
}

double zp_reported_step(const double *x, size_t n, int places, double share)
{
	int p = places;
	while (n >= STEP_LEAST_N && p > -PLACES_MOST && enough_lie_on(x, n, p - 1, share))
		p--;
	return p >= 0 ? 1 / power[p] : power[-p];
}
