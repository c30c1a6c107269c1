/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a result is from its target: the scores of ISO 13528 clause 9 and of schemes that people know.
 * A score is undefined, NAN, where a number that it needs is missing or makes no sense; it is never infinite, and never
 * 0 for lack of knowledge. Units: x, x_pt, u and U, sigma_pt, delta_e in the measurand's. */
#ifndef ZP_STATS_SCORES_H
#define ZP_STATS_SCORES_H

#include <math.h>
#include <stdbool.h>

/* numerator / scale where the scale is above 0 and both are finite. */
static inline double zp_per(double numerator, double scale)
{
	const double score = numerator / scale;
	return scale > 0 && isfinite(scale) && isfinite(score) ? score : NAN;
}

/* a is above b by more than `rounding` of b: numbers that are equal as decimals may differ a little as doubles. */
static inline bool zp_above(double a, double b, double rounding) { return a - b > rounding * fabs(b); }
/* Of a few operations on decimals, and of statistics of many. */
#define ZP_ROUNDING 1e-15
#define ZP_ROUNDING_STATISTICS 1e-9
static inline bool zp_beyond(double a, double b) { return zp_above(a, b, ZP_ROUNDING_STATISTICS); }

static inline double zp_finite(double x) { return isfinite(x) ? x : NAN; }

/* D = x - x_pt (9.3), from which the others follow; d is best worked out in decimals (zp_decimal_minus). */
/* Percent of x_pt with its sign, as the standard writes it: for a negative target a positive D% is a result more negative. */
static inline double zp_score_d_pct(double d, double x_pt) { return x_pt != 0 ? zp_finite(100 * (d / x_pt)) : NAN; }
static inline double zp_score_pa(double d, double delta_e) { return zp_finite(100 * zp_per(d, delta_e)); } /* percent of delta_e */
static inline double zp_score_z(double d, double sigma_pt) { return zp_per(d, sigma_pt); }                /* 9.4 */

static inline double zp_score_z_prime(double d, double sigma_pt, double u_x_pt)                           /* 9.5 */
{
	return sigma_pt > 0 ? zp_per(d, sqrt(sigma_pt * sigma_pt + u_x_pt * u_x_pt)) : NAN;
}

/* u: the laboratory's standard uncertainty, above 0: nobody measures without. Not for an x_pt that holds the result. */
static inline double zp_score_zeta(double d, double u, double u_x_pt)                                     /* 9.6 */
{
	return u > 0 ? zp_per(d, sqrt(u * u + u_x_pt * u_x_pt)) : NAN;
}

/* U: expanded uncertainties as reported. */
static inline double zp_score_en(double d, double expanded, double expanded_x_pt)                         /* 9.7 */
{
	return expanded > 0 ? zp_per(d, sqrt(expanded * expanded + expanded_x_pt * expanded_x_pt)) : NAN;
}

/* Variance index score: |D%| in percent of the chosen coefficient of variation, at most `most` (400).
 * Cites: Whitehead, Browning, Gregory, J. Clin. Pathol. 26 (1973) 435; in China with the target for the mean. */
static inline double zp_score_vi(double d_pct, double ccv_pct) { return zp_finite(100 * zp_per(fabs(d_pct), ccv_pct)); }
static inline double zp_score_vis(double vi, double most) { return vi > most ? most : vi; }
/* The same with its sign, cut at +-most. */
static inline double zp_score_bis(double d_pct, double ccv_pct, double most)
{
	const double vi = zp_score_vi(d_pct, ccv_pct);
	return copysign(zp_score_vis(vi, most), d_pct);
}

/* SDI against a fixed standard deviation, t_value times smaller than the target deviation (percent of x_pt). */
static inline double zp_sdpa(double x_pt, double tdpa_pct, double t_value) { return tdpa_pct * fabs(x_pt) / (t_value * 100); }
/* Target score: 50 at the target deviation, 100 log10(3.16 TDPA / |D%|) between least and most (10 and 120).
 * Cites: RIQAS, Evaluation of Performance. */
static inline double zp_score_target(double d_pct, double tdpa_pct, double least, double most)
{
	if (!(tdpa_pct > 0) || isnan(d_pct))
		return NAN;
	const double score = d_pct == 0 ? most : 100 * log10(3.16 * tdpa_pct / fabs(d_pct));
	return score < least ? least : score > most ? most : score;
}

/* Analytical performance specification score: D in units of it (percent of x_pt, or absolute; the greater). Cites: RCPAQAP. */
static inline double zp_score_aps(double d, double aps) { return zp_per(d, aps); }

/* What |score| says; bounds are settings of the scheme, 2 and 3 for z, z', zeta; 1 and 1 for En. On `warn` is still
 * acceptable, on `act` is action already; where both are one bound there is no warning, and on it is action. */
typedef enum zp_signal { ZP_SIGNAL_NONE, ZP_SIGNAL_ACCEPTABLE, ZP_SIGNAL_WARNING, ZP_SIGNAL_ACTION } zp_signal;
static inline zp_signal zp_signal_of(double score, double warn, double act)
{
	const double size = fabs(score);
	if (isnan(score))
		return ZP_SIGNAL_NONE;
	return !zp_above(act, size, ZP_ROUNDING) ? ZP_SIGNAL_ACTION : zp_above(size, warn, ZP_ROUNDING) ? ZP_SIGNAL_WARNING : ZP_SIGNAL_ACCEPTABLE;
}

/* u(x_pt) may be left out of account: below 0.3 sigma_pt or below 0.1 delta_e. Gives: -1 when that cannot be said,
 * because u is unknown, which it is also after a collapse, or neither scale is given. 0: of a target that is exact. Cites: ISO 13528:2022 9.2.1. */
static inline int zp_u_negligible(double u_x_pt, double sigma_pt, double delta_e)
{
	if (!(u_x_pt >= 0) || (!(sigma_pt > 0) && !(delta_e > 0)))
		return -1;
	return (sigma_pt > 0 && zp_beyond(0.3 * sigma_pt, u_x_pt)) || (delta_e > 0 && zp_beyond(0.1 * delta_e, u_x_pt));
}

/* delta_e widened by the expanded uncertainty (k = 2) of the target. */
static inline double zp_delta_widened(double delta_e, double u_x_pt) { return sqrt(delta_e * delta_e + 4 * u_x_pt * u_x_pt); }

/* Consensus against an independent reference (7.8): to be looked into when the difference exceeds 2. */
static inline double zp_reference_ratio(double x_ref, double u_ref, double x_pt, double u_x_pt)
{
	return zp_per(x_ref - x_pt, sqrt(u_ref * u_ref + u_x_pt * u_x_pt));
}

#endif
