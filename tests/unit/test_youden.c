/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include "base/random.h"
#include "stats/order.h"
#include "stats/youden.h"

#define MOST 200
#define COUNT(a) (sizeof(a) / sizeof *(a))
static double work[4 * MOST];
static uint32_t order[MOST];
static zp_sort_pair pairs[2 * MOST];

static zp_youden of(const double *a, const double *b, size_t n) { return zp_youden_of(a, b, n, work, order, pairs); }

static void near(double got, double expected, double tolerance, const char *what, size_t row)
{
	cr_assert_leq(fabs(got - expected), tolerance, "%s, row %zu: %.17g, expected %.17g", what, row, got, expected);
}

/* R: S <- cov(cbind(a, b)); cor(a, b), with method "spearman" and "kendall"; sd(a - b) / sqrt(2); sd(a + b) / sqrt(2);
 * t2 <- 2 * (n - 1) / (n - 2) * qf(p, 2, n - 1); sqrt(t2 * eigen(S)$values); atan2 of its first vector; mahalanobis(). The
 * first are the 29 laboratories of ISO 13528 Annex E.12, from a third party's transcription; r is printed as 0.706. */
Test(youden, figures_of_r_are_met)
{
	static const struct {
		size_t n;
		double a[29], b[29], mean_a, mean_b, sd_a, sd_b, pearson, spearman, kendall, within, total, p, t2, major, minor,
			angle, distance[3];
	} rows[] = {
		{ 29,
		  { 12.95, 6.47,  11.4, 8.32, 18.88, 15.14, 10.12, 17.94, 11.68, 12.44, 6.93,  9.57,  11.73, 12.29, 10.95,
		    10.95, 11.17, 11.2, 7.64, 12.17, 10.71, 7.84,  20.47, 12.6,  11.37, 11.36, 10.75, 12.21, 7.49 },
		  { 9.15, 6.42, 6.6,  4.93, 13.52, 8.22, 7.26, 9.89,  4.17,  7.39, 7.78,  5.8,  5.77, 6.97, 6.23,
		    5.9,  7.74, 8.63, 3.74, 7.33,  5.7,  6.07, 15.66, 11.76, 4.91, 13.51, 5.48, 9.77, 5.82 },
		  11.54275862069,
		  7.6593103448276,
		  3.2939000944947,
		  2.8971376650491,
		  0.70583257240396,
		  0.60450794891341,
		  0.44636285473858,
		  1.6987981842868,
		  4.0444120971808,
		  0.95,
		  6.9282070837524,
		  10.681572142845,
		  4.3846075770364,
		  39.83309820232,
		  { 0.27292507233007, 3.2378299003385, 0.22558895366747 } },
		{ 10,
		  { 1, 1, 2, 2, 2, 3, 3, 4, 5, 5 },
		  { 2, 1, 1, 2, 3, 3, 2, 5, 4, 5 },
		  2.8,
		  2.8,
		  1.4757295747452,
		  1.4757295747452,
		  0.8469387755102,
		  0.81329113924051,
		  0.69230769230769,
		  0.57735026918963,
		  2.0055478608655,
		  0.95,
		  9.5771131404609,
		  6.2065511597262,
		  1.7867207523338,
		  45,
		  { 2.3403314917127, 1.6110497237569, 2.3403314917127 } },
		{ 6,
		  { 1, 2, 3, 4, 5, 6.5 },
		  { 9, 7.5, 8, 5, 4, -2 },
		  3.5833333333333,
		  5.25,
		  2.0103896803025,
		  4.021815510438,
		  -0.93687197132178,
		  -0.94285714285714,
		  -0.86666666666667,
		  4.2051555658897,
		  1.5916448515084,
		  0.99,
		  33.184834030012,
		  25.641740090367,
		  3.6589469949012,
		  -64.345271104118,
		  { 2.2538747567417, 0.88059494022797, 1.4719731720879 } },
		{ 3,
		  { 1, 2, 4 },
		  { 3, 1, 2 },
		  2.3333333333333,
		  2,
		  1.5275252316519,
		  1,
		  -0.32732683535399,
		  -0.5,
		  -0.33333333333333,
		  1.471960144388,
		  1.0801234497346,
		  0.95,
		  76,
		  13.78404875209,
		  7.9582242575422,
		  -18.434948822922,
		  { 4 / 3.0, 4 / 3.0, 4 / 3.0 } },
		{ 5,
		  { 1e8 + .25, 1e8 + .5, 1e8, 1e8 - .125, 1e8 + .375 },
		  { -1e8 + .125, -1e8 + .5, -1e8 - .25, -1e8, -1e8 + .25 },
		  100000000.2,
		  -99999999.875,
		  0.2592055169166,
		  0.27950849718747,
		  0.86266218562751,
		  0.9,
		  0.8,
		  0.10077822185373,
		  0.36763602924632,
		  0.95,
		  18.518058426664,
		  1.5834309193214,
		  0.4285462505515,
		  47.500322298779,
		  { 0.14545452811501, 1.8, 2.3818181471391 } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_youden y = of(rows[i].a, rows[i].b, rows[i].n);
		zp_ellipse e = zp_ellipse_of(&y, rows[i].p);
		double slack = fabs(rows[i].mean_a) > 1e6 ? 1e-6 : 1e-11; /* R loses digits beside 1e8 */
		near(y.mean_a, rows[i].mean_a, 1e-12 + 1e-15 * fabs(rows[i].mean_a), "mean", i);
		near(y.mean_b, rows[i].mean_b, 1e-12 + 1e-15 * fabs(rows[i].mean_b), "mean", i);
		near(y.sd_a, rows[i].sd_a, 1e-12, "sd", i), near(y.sd_b, rows[i].sd_b, 1e-12, "sd", i);
		near(y.pearson, rows[i].pearson, 1e-13, "Pearson", i), near(y.spearman, rows[i].spearman, 1e-13, "Spearman", i);
		near(y.kendall, rows[i].kendall, 1e-13, "Kendall", i);
		near(y.sd_within, rows[i].within, 1e-12, "within", i), near(y.sd_total, rows[i].total, 1e-12, "total", i);
		near(e.t2, rows[i].t2, 1e-8 * rows[i].t2, "T2", i);
		near(e.semi_major, rows[i].major, 1e-8 * rows[i].major, "major", i);
		near(e.semi_minor, rows[i].minor, 1e-8 * rows[i].major, "minor", i);
		near(e.angle, rows[i].angle, 1e-9, "angle", i);
		for (size_t k = 0; k < 3; k++)
			near(zp_youden_distance(&y, rows[i].a[k], rows[i].b[k]), rows[i].distance[k], slack, "distance", i);
	}
}

Test(youden, correlations_are_those_of_gsl_and_of_pairs_counted_one_by_one)
{
	double a[MOST], b[MOST];
	for (size_t n = 3; n <= MOST; n = n < 30 ? n + 1 : n + 17)
		for (unsigned kind = 0; kind < 4; kind++) { /* smooth, tied, two thirds equal, one wild */
			zp_random r = zp_random_stream(1, n, kind);
			for (size_t i = 0; i < n; i++) {
				a[i] = 5 + zp_random_normal(&r), b[i] = -40 + 0.7 * a[i] + zp_random_normal(&r);
				if (kind == 1)
					a[i] = rint(a[i]), b[i] = rint(b[i]);
				if (kind == 2 && i % 3)
					a[i] = 5;
				if (kind == 3 && i == 1)
					a[i] = 1e9;
			}
			double spearman_work[2 * MOST];
			zp_youden y = of(a, b, n);
			near(y.pearson, gsl_stats_correlation(a, 1, b, 1, n), 1e-12, "Pearson", n);
			near(y.spearman, gsl_stats_spearman(a, 1, b, 1, n, spearman_work), 1e-12, "Spearman", n);
			double agree = 0, differ = 0, only_a = 0, only_b = 0;
			for (size_t i = 0; i < n; i++)
				for (size_t j = 0; j < i; j++) {
					double product = (a[i] - a[j]) * (b[i] - b[j]);
					agree += product > 0, differ += product < 0;
					only_a += a[i] != a[j] && b[i] == b[j], only_b += a[i] == a[j] && b[i] != b[j];
				}
			/* counts are whole numbers: not a bit may differ */
			near(y.kendall, (agree - differ) / sqrt((agree + differ + only_a) * (agree + differ + only_b)), 0, "Kendall", n);
			cr_assert(fabs(y.pearson) <= 1 && fabs(y.spearman) <= 1 && fabs(y.kendall) <= 1);
		}
}

Test(youden, kendall_counts_ties_of_either_and_of_both_as_pairs_do)
{
	double a[MOST], b[MOST];
	for (size_t round = 0; round < 2000; round++) {
		zp_random r = zp_random_stream(3, round, 0);
		const size_t n = 3 + zp_random_below(&r, 40), grades_a = 1 + zp_random_below(&r, 6), grades_b = 1 + zp_random_below(&r, 6);
		double agree = 0, in_a = 0, in_b = 0;
		for (size_t i = 0; i < n; i++) {
			a[i] = (double)zp_random_below(&r, grades_a), b[i] = (double)zp_random_below(&r, grades_b);
			if (round % 2 && a[i] == 0) /* a zero is a zero, whatever its sign */
				a[i] = i % 2 ? -0.0 : 0.0;
		}
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++) {
				const int sa = (a[i] > a[j]) - (a[i] < a[j]), sb = (b[i] > b[j]) - (b[i] < b[j]);
				agree += sa * sb, in_a += sa != 0, in_b += sb != 0;
			}
		const double tau = of(a, b, n).kendall, expected = agree / sqrt(in_a * in_b);
		cr_assert(isnan(expected) ? isnan(tau) : tau == expected, "round %zu, n = %zu: %.17g, expected %.17g", round, n, tau, expected);
	}
}

/* The border in the direction of either axis, and nowhere else, is t2 away. */
Test(youden, the_border_of_the_ellipse_is_as_far_as_told)
{
	double a[30], b[30];
	for (size_t round = 0; round < 300; round++) {
		zp_random r = zp_random_stream(2, round, 0);
		double slope = 4 * zp_random_normal(&r), noise = zp_random_uniform(&r) * 3 + 0.01;
		for (size_t i = 0; i < 30; i++)
			a[i] = 100 + zp_random_normal(&r), b[i] = 20 + slope * a[i] + noise * zp_random_normal(&r);
		zp_youden y = of(a, b, 30);
		zp_ellipse e = zp_ellipse_of(&y, 0.95);
		double turn = e.angle * acos(-1) / 180;
		cr_assert(e.semi_major >= e.semi_minor && e.angle > -90 && e.angle <= 90, "round %zu: %g", round, e.angle);
		for (double t = 0; t < 6.3; t += 0.1) {
			double u = e.semi_major * cos(t), v = e.semi_minor * sin(t);
			double d = zp_youden_distance(&y, y.mean_a + u * cos(turn) - v * sin(turn),
						      y.mean_b + u * sin(turn) + v * cos(turn));
			near(d / e.t2, 1, 1e-7, "border", round);
		}
	}
}

/* Four points on the axes: no correlation at all. */
Test(youden, the_angle_is_that_of_the_wider_sample_where_nothing_is_correlated)
{
	static const struct { double a[4], b[4], angle; } rows[] = {
		{ { 2, -2, 0, 0 }, { 0, 0, 1, -1 }, 0 },
		{ { 1, -1, 0, 0 }, { 0, 0, 2, -2 }, 90 },
		{ { 3, 1, 2, 2 }, { 7, 7, 17, -3 }, 90 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_youden y = of(rows[i].a, rows[i].b, 4);
		zp_ellipse e = zp_ellipse_of(&y, 0.95);
		cr_assert(y.pearson == 0 && y.spearman == 0 && y.kendall == 0);
		cr_expect(fabs(e.angle - rows[i].angle) < 1e-9, "row %zu: %g degrees, expected %g", i, e.angle, rows[i].angle);
	}
}

Test(youden, an_angle_near_the_axis_of_b_stays_within_its_range)
{
	for (double tilt = 1; tilt > 1e-12; tilt /= 3) { /* the slope of a over b, b being far wider */
		/* noise without correlation */
		double b[] = { -2, -1, 0, 1, 2 }, noise[] = { 1, -2, 2, -2, 1 }, a[5], mirrored[5];
		for (size_t i = 0; i < 5; i++)
			a[i] = tilt * b[i] + 0.01 * noise[i], mirrored[i] = -tilt * b[i] + 0.01 * noise[i];
		zp_youden y = of(a, b, 5), m = of(mirrored, b, 5);
		double right = zp_ellipse_of(&y, 0.95).angle, left = zp_ellipse_of(&m, 0.95).angle,
		       off = atan(tilt) * 180 / acos(-1);
		cr_assert(right > -90 && right <= 90 && left > -90 && left <= 90, "tilt %g: %.17g, %.17g", tilt, right, left);
		double from_axis = fabs(left) > 89.999 ? 90 - fabs(left) : 90 + left;
		cr_assert(fabs(90 - right - off) < 0.01 * off + 1e-4 && fabs(from_axis - off) < 0.01 * off + 1e-4,
			  "tilt %g: %g, %g, %g", tilt, right, left, off);
	}
}

Test(youden, a_straight_line_has_no_width)
{
	double a[20], b[20];
	for (size_t i = 0; i < 20; i++)
		a[i] = (double)(i * i) / 7, b[i] = 3 * a[i] + 0.1;
	zp_youden y = of(a, b, 20);
	zp_ellipse e = zp_ellipse_of(&y, 0.95);
	near(y.pearson, 1, 1e-14, "Pearson", 0), near(y.spearman, 1, 1e-14, "Spearman", 0);
	near(y.kendall, 1, 1e-14, "Kendall", 0);
	near(e.angle, atan(3) * 180 / acos(-1), 1e-9, "angle", 0);
	cr_assert(e.semi_minor == 0 && e.semi_major > 0);
	for (size_t i = 0; i < 20; i++) /* what rounding leaves of nothing is no distance */
		cr_assert(isnan(zp_youden_distance(&y, a[i], b[i])));
	b[7] += 1e-3;
	y = of(a, b, 20);
	cr_assert(zp_ellipse_of(&y, 0.95).semi_minor > 0 && zp_youden_distance(&y, a[7], b[7]) > 1);
}

Test(youden, without_a_spread_or_with_two_laboratories_there_is_no_correlation)
{
	static const double equal[] = { 0.1, 0.1, 0.1, 0.1 }, some[] = { 1, 2, 4, 8 };
	zp_youden flat = of(some, equal, 4), two = of(some, some, 2), one = of(some, equal, 1), none = of(some, some, 0);
	cr_assert(isnan(flat.pearson) && isnan(flat.spearman) && isnan(flat.kendall) && flat.sd_b == 0 && flat.sd_a > 0);
	cr_assert(isnan(two.pearson) && isnan(two.spearman) && isnan(two.kendall) && two.sd_within == 0 &&
		  fabs(two.sd_total - 1) < 1e-15);
	cr_assert(one.n == 1 && one.mean_a == 1 && isnan(one.sd_a) && isnan(one.sd_within) && isnan(one.pearson) &&
		  isnan(none.mean_a));
	const zp_youden undefined[] = { flat, two, one, none };
	for (size_t i = 0; i < COUNT(undefined); i++) {
		zp_ellipse e = zp_ellipse_of(&undefined[i], 0.95);
		cr_assert(isnan(e.t2) && isnan(e.semi_major) && isnan(e.semi_minor) && isnan(e.angle), "row %zu", i);
		cr_assert(isnan(zp_youden_distance(&undefined[i], 1, 1)), "row %zu", i);
	}
}
