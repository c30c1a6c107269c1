/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On the grid a density is a weighted count convolved with the kernel; every mode of a sum of Gaussian kernels lies
 * within a bandwidth of a value, so that nothing is missed where no value is. The grid finds modes; Newton's steps on
 * the exact density settle them. */
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "base/random.h"
#include "stats/kernel.h"
#include "stats/moments.h"

#define PER_WIDTH 16   /* cells of a bandwidth */
#define REACH 8        /* bandwidths that a kernel reaches: e^-32 of its height */
#define REACH_FAST 5   /* for resamples: e^-12.5 */
#define GAP 17         /* a wider gap is as good as none: twice the reach and one */
#define NEARLY 0.98    /* summits of the grid at least so high may turn out to be the highest */

double zp_kernel_width_by_spread(double s, size_t n) { return 0.9 * s / pow((double)n, 0.2); }

/* Where value i lies, in cells, when gaps are taken out; a value is never on the border. */
static double next_place(double place, double gap, double width)
{
	const double steps = gap / width;
	return place + PER_WIDTH * (steps < GAP ? steps : GAP);
}

size_t zp_kernel_cells(const double *x, size_t n, double width)
{
	double place = PER_WIDTH;
	for (size_t i = 1; i < n; i++)
		place = next_place(place, x[i] - x[i - 1], width);
	return (size_t)place + PER_WIDTH + 2;
}

/* A value's weight goes to the two cells around it, by nearness. */
static void add(const zp_kernel_field *f, size_t i)
{
	const size_t cell = (size_t)f->place[i];
	const double part = f->place[i] - (double)cell;
	f->weight[cell] += 1 - part;
	f->weight[cell + 1] += part;
}

void zp_kernel_open(zp_kernel_field *f, const double *x, size_t n, double width, double *place, double *weight, double *density)
{
	*f = (zp_kernel_field){ .x = x, .n = n, .width = width, .place = place, .weight = weight, .density = density };
	place[0] = PER_WIDTH;
	for (size_t i = 1; i < n; i++)
		place[i] = next_place(place[i - 1], x[i] - x[i - 1], width);
	f->cells = (size_t)place[n - 1] + PER_WIDTH + 2;
}

static void kernel_table(double kernel[REACH * PER_WIDTH + 1])
{
	for (int k = 0; k <= REACH * PER_WIDTH; k++)
		kernel[k] = exp(-0.5 * k * k / (PER_WIDTH * PER_WIDTH));
}

/* The density of every cell from the weights. */
static void spread(zp_kernel_field *f, const double *kernel, size_t reach)
{
	memset(f->density, 0, f->cells * sizeof *f->density);
	for (size_t c = 0; c < f->cells; c++) {
		const double w = f->weight[c];
		if (w == 0)
			continue;
		const size_t down = c < reach ? c : reach, up = f->cells - 1 - c < reach ? f->cells - 1 - c : reach;
		double *d = f->density + c;
		for (size_t k = 1; k <= down; k++)
			d[-(ptrdiff_t)k] += w * kernel[k];
		for (size_t k = 0; k <= up; k++)
			d[k] += w * kernel[k];
	}
}

/* The exact density at a place in cells, with its first two derivatives in bandwidths. */
static double exact(const zp_kernel_field *f, double at, double *first, double *second)
{
	size_t low = 0, high = f->n;
	while (low < high) {
		const size_t i = low + (high - low) / 2;
		if (f->place[i] < at - REACH * PER_WIDTH)
			low = i + 1;
		else
			high = i;
	}
	zp_sum sum = { 0 }, d1 = { 0 }, d2 = { 0 };
	for (size_t i = low; i < f->n && f->place[i] <= at + REACH * PER_WIDTH; i++) {
		const double u = (at - f->place[i]) / PER_WIDTH, k = exp(-0.5 * u * u);
		zp_sum_add(&sum, k);
		zp_sum_add(&d1, -u * k);
		zp_sum_add(&d2, (u * u - 1) * k);
	}
	*first = zp_sum_value(&d1);
	*second = zp_sum_value(&d2);
	return zp_sum_value(&sum);
}

/* The summit that is reached uphill from a cell; the grid may err by more than a cell where a summit is flat.
 * Gives: its exact height; moves *at. */
static double settle(const zp_kernel_field *f, double *at)
{
	double slope, bend, low = *at, high = *at;
	double height = exact(f, *at, &slope, &bend);
	const bool upward = slope > 0;
	while (upward ? slope > 0 && high + 1 < (double)f->cells : slope < 0 && low > 1) {
		if (upward)
			low = high, high += 1;
		else
			high = low, low -= 1;
		exact(f, upward ? high : low, &slope, &bend);
	}
	*at = low + (high - low) / 2;
	for (int i = 0; i < 100; i++) { /* Newton's steps, halving where they leave the bracket */
		height = exact(f, *at, &slope, &bend);
		const double step = bend < 0 ? -PER_WIDTH * slope / bend : PER_WIDTH;
		if (slope == 0 || fabs(step) <= 1e-12 * PER_WIDTH)
			break;
		if (slope > 0)
			low = *at;
		else
			high = *at;
		const double next = *at + step;
		*at = next > low && next < high ? next : low + (high - low) / 2;
	}
	return height;
}

/* Back from the grid: counted from the value whose place is nearest, on the side that has no gap. */
static double value_of(const zp_kernel_field *f, double at)
{
	size_t low = 0, high = f->n;
	while (low < high) {
		const size_t i = low + (high - low) / 2;
		if (f->place[i] < at)
			low = i + 1;
		else
			high = i;
	}
	if (low == f->n || (low > 0 && at - f->place[low - 1] < f->place[low] - at))
		low--;
	const double value = f->x[low] + (at - f->place[low]) / PER_WIDTH * f->width;
	return fmin(fmax(value, f->x[0]), f->x[f->n - 1]); /* no mode lies outside the values */
}

/* Local maxima of the grid, a flat one at its middle. Gives: its cell, or the count of cells when there is none from *c on. */
static double next_peak(const zp_kernel_field *f, size_t *c)
{
	const double *d = f->density;
	for (size_t i = *c; i + 1 < f->cells; i++) {
		if (!(d[i] > d[i - 1]))
			continue;
		size_t end = i;
		while (end + 1 < f->cells && d[end + 1] == d[i])
			end++;
		if (end + 1 < f->cells && d[end + 1] < d[i]) {
			*c = end + 1;
			return (double)(i + end) / 2;
		}
		i = end;
	}
	*c = f->cells;
	return (double)f->cells;
}

/* Put it in its place by height, unless the same summit was reached before. */
static void insert_mode(zp_modes *modes, zp_mode mode, double width)
{
	const size_t listed = modes->n < ZP_MODES_MOST ? modes->n : ZP_MODES_MOST;
	for (size_t k = 0; k < listed; k++)
		if (fabs(modes->mode[k].at - mode.at) <= 1e-6 * width)
			return;
	modes->n++;
	size_t i = listed;
	for (; i > 0 && modes->mode[i - 1].height < mode.height; i--)
		if (i < ZP_MODES_MOST)
			modes->mode[i] = modes->mode[i - 1];
	if (i < ZP_MODES_MOST)
		modes->mode[i] = mode;
}

/* Every summit of the grid at least so high there, settled, and at least `least` high then. */
static void collect(const zp_kernel_field *f, double on_grid, double least, zp_modes *modes)
{
	*modes = (zp_modes){ .n = 0 };
	for (size_t c = 1; c < f->cells;) {
		double at = next_peak(f, &c);
		if (at >= (double)f->cells || f->density[(size_t)at] < on_grid)
			continue;
		const double height = settle(f, &at);
		if (height >= least)
			insert_mode(modes, (zp_mode){ value_of(f, at), height }, f->width);
	}
}

void zp_kernel_modes(zp_kernel_field *f, double least_height, zp_modes *modes)
{
	double kernel[REACH * PER_WIDTH + 1], most = 0;
	kernel_table(kernel);
	memset(f->weight, 0, f->cells * sizeof *f->weight);
	for (size_t i = 0; i < f->n; i++)
		add(f, i);
	spread(f, kernel, REACH * PER_WIDTH);
	for (size_t c = 0; c < f->cells; c++)
		most = f->density[c] > most ? f->density[c] : most;
	collect(f, NEARLY * most, 0, modes);
	const double main = modes->mode[0].height;
	collect(f, fmin(NEARLY, 0.9 * least_height) * most, fmin(1, least_height) * main, modes);
	for (size_t i = 0; i < modes->n && i < ZP_MODES_MOST; i++)
		modes->mode[i].height /= main;
	modes->tied = modes->n > 1 && modes->mode[1].height > 1 - 1e-9 && fabs(modes->mode[1].at - modes->mode[0].at) > 0.01 * f->width;
}

/* The main mode of the weights, between cells by a parabola; in cells. */
static double grid_mode(zp_kernel_field *f, const double *kernel)
{
	size_t best = 1;
	spread(f, kernel, REACH_FAST * PER_WIDTH);
	for (size_t c = 1; c + 1 < f->cells; c++)
		if (f->density[c] > f->density[best])
			best = c;
	const double before = f->density[best - 1], here = f->density[best], after = f->density[best + 1], bend = before - 2 * here + after;
	return (double)best + (bend < 0 ? 0.5 * (before - after) / bend : 0);
}

double zp_kernel_bootstrap(zp_kernel_field *f, uint64_t seed, unsigned resamples)
{
	double kernel[REACH * PER_WIDTH + 1], mean = 0, squares = 0;
	kernel_table(kernel);
	zp_random random = zp_random_stream(seed, f->n, 0);
	for (unsigned b = 1; b <= resamples; b++) {
		memset(f->weight, 0, f->cells * sizeof *f->weight);
		for (size_t i = 0; i < f->n; i++)
			add(f, zp_random_below(&random, f->n));
		const double mode = value_of(f, grid_mode(f, kernel)) - f->x[f->n / 2], d = mode - mean;
		mean += d / b;
		squares += d * (mode - mean);
	}
	return resamples < 2 ? NAN : sqrt(squares / (resamples - 1));
}
