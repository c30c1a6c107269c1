/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure a target is: its uncertainty against sigma_pt and the limit, the shape of the group, the samples, and a
 * reference value. Doubt is told with the target; what else it does, the scheme says. */
#include "run/gather.h"
#include "stats/humps.h"
#include "stats/lattice.h"
#include "stats/order.h"
#include "stats/rounded.h"
#include "stats/scores.h"
#include "stats/sigma_pt.h"

#define HUMPS_LEAST 30    /* peers below which humps are not looked for */
#define HUMPS_P 0.01      /* of the dip test */

/* What results are rounded to, all of them. */
static double step_of(const zp_target_case *c, const double *x, size_t n) { return zp_reported_step(x, n, c->measurand->places, 1); }

static double sigma_of(const zp_target_case *c, const zp_group *g)
{
	const zp_sigma_rule *s = &c->measurand->sigma;
	const double x_pt = zp_decimal_double(g->x_pt);
	double sigma = ZP_NONE, spread;
	switch (s->kind) {
	case ZP_SIGMA_NONE:
		break;
	case ZP_SIGMA_PERCEPTION:
		sigma = fmax(s->sd, s->pct * fabs(x_pt) / 100);
		break;
	case ZP_SIGMA_DELTA_E:
		sigma = g->delta_e / s->divisor;
		break;
	case ZP_SIGMA_ROUNDS:
		sigma = s->intercept + s->slope * x_pt;
		break;
	case ZP_SIGMA_HORWITZ:
		sigma = zp_sigma_horwitz(x_pt * s->fraction) / s->fraction;
		break;
	case ZP_SIGMA_PRECISION:
		sigma = zp_sigma_precision(s->reproducibility, s->repeatability, s->m);
		break;
	case ZP_SIGMA_ROBUST: /* a collapsed spread says nothing; a floor that was fixed beforehand does */
		spread = g->origin == ZP_CONSENSUS ? g->target.s : g->peers.s;
		sigma = fmin(spread > 0 ? fmax(spread, s->least) : s->least, s->most);
		break;
	}
	return sigma > 0 && isfinite(sigma) ? sigma : ZP_NONE;
}

/* How the samples differ and how they changed, and what the scheme makes of it. A result may have been measured at any
 * time, so that a change by d adds d / sqrt(3), the root mean square of a straight line from 0 to d. */
static void look_at_material(const zp_target_case *c, zp_group *g)
{
	if (!c->material)
		return;
	const zp_homogeneity *h = &c->material->homogeneity;
	const double criterion = g->sigma_pt > 0 ? zp_criterion_by_sigma_pt(g->sigma_pt) : zp_criterion_by_delta_e(g->delta_e);
	double added = 0;
	g->s_s = h->s_s;
	if (zp_beyond(h->s_s, criterion)) { /* never when there is nothing to hold it against */
		g->doubts |= ZP_DOUBT_HETEROGENEOUS;
		added = h->s_s;
	}
	if (c->material->n_later) {
		g->drift = zp_stability_of(h, c->material->later, c->material->n_later, criterion).difference;
		if (zp_beyond(g->drift, criterion)) {
			g->doubts |= ZP_DOUBT_UNSTABLE;
			added = hypot(added, g->drift / sqrt(3));
		}
	}
	if (!(added > 0))
		return;
	g->added = added;
	switch (c->programme->scheme->choices.heterogeneous) {
	case ZP_HETEROGENEOUS_SIGMA:
		g->sigma_pt = hypot(g->sigma_pt, added);
		break;
	case ZP_HETEROGENEOUS_U:
		g->u_x_pt = hypot(g->u_x_pt, added); /* what is not known stays unknown */
		break;
	case ZP_HETEROGENEOUS_NOT_EVALUATED:
		if (g->ungradable == ZP_REASON_NONE)
			g->ungradable = ZP_REASON_HETEROGENEOUS;
		break;
	case ZP_HETEROGENEOUS_REPORT:
		break;
	}
}

static void widen(const zp_target_case *c, zp_group *g)
{
	g->delta_e_before = g->delta_e;
	g->delta_e = zp_delta_widened(g->delta_e, g->u_x_pt);
	g->width = (zp_width){ zp_decimal_shortest(g->delta_e), { 1, 0 } };
	g->widened = true;
	zp_target_bounds(c, g);
}

static void look_at_uncertainty(const zp_target_case *c, zp_group *g)
{
	g->u_negligible = (int8_t)zp_u_negligible(g->u_x_pt, g->sigma_pt, g->delta_e);
	if (g->u_negligible != 0)
		return;
	g->doubts |= ZP_DOUBT_UNCERTAIN;
	if (g->ungradable != ZP_REASON_NONE)
		return;
	switch (c->programme->scheme->choices.uncertain_target) {
	case ZP_UNCERTAIN_NOT_EVALUATED:
		g->ungradable = ZP_REASON_UNCERTAIN;
		break;
	case ZP_UNCERTAIN_WIDEN:
		if (zp_beyond(g->u_x_pt, g->delta_e)) /* the target is less sure than what is to be judged */
			g->ungradable = ZP_REASON_UNCERTAIN;
		else
			widen(c, g);
		break;
	case ZP_UNCERTAIN_REPORT:
		break;
	}
}

/* Laboratories may report more coarsely than the scheme's places; what two in five do is what ties are spread over. */
static void look_at_shape(const zp_target_case *c, const double *x, size_t n, zp_group *g)
{
	if (c->programme->scheme->choices.humps == ZP_HUMPS_IGNORE || n < HUMPS_LEAST || g->origin != ZP_CONSENSUS || x[0] == x[n - 1])
		return;
	const double width = g->sigma_pt > 0 ? zp_kernel_width_by_sigma_pt(g->sigma_pt) : 0;
	const zp_humps h = zp_humps_of(x, n, zp_reported_step(x, n, c->measurand->places, 0.4), width, HUMPS_P, c->scratch);
	g->humps = (uint16_t)h.apart;
	g->dip_p = h.p;
	if (h.apart < 2)
		return;
	g->doubts |= ZP_DOUBT_HUMPS;
	if (c->programme->scheme->choices.humps == ZP_HUMPS_WITHHOLD && g->ungradable == ZP_REASON_NONE)
		g->ungradable = ZP_REASON_HUMPS;
}

static void look_at_reference(const zp_target_case *c, zp_group *g)
{
	if (!c->reference->is || g->origin != ZP_CONSENSUS)
		return;
	/* where u is not known the reference's own is all there is: the doubt comes rather too soon */
	g->reference_ratio = zp_reference_ratio(c->reference->x, c->reference->u, g->target.x, g->u_x_pt > 0 ? g->u_x_pt : 0);
	if (zp_beyond(fabs(g->reference_ratio), 2))
		g->doubts |= ZP_DOUBT_REFERENCE;
}

void zp_target_doubt(const zp_target_case *c, const double *x, size_t n, zp_group *g)
{
	const bool consensus = g->origin == ZP_CONSENSUS;
	g->u_x_pt = consensus && !(g->target.u > 0) ? ZP_NONE : g->target.u;
	g->sigma_pt = sigma_of(c, g);
	if (consensus && n < c->programme->scheme->choices.sdi_least)
		g->doubts |= ZP_DOUBT_FEW;
	if (consensus && !g->target.collapsed && n >= 2 && (g->target.tied || zp_rounding_uncertainty(x, n, step_of(c, x, n)) > 0))
		g->doubts |= ZP_DOUBT_TIED;
	if (g->target.collapsed) /* also of a panel: its u is not known */
		g->doubts |= ZP_DOUBT_COLLAPSED;
	look_at_material(c, g);
	look_at_shape(c, x, n, g);
	look_at_uncertainty(c, g); /* last of those that withhold: what is withheld is not widened */
	look_at_reference(c, g);
	if (g->ungradable != ZP_REASON_NONE) {
		g->delta_e = ZP_NONE;
		g->has_bounds = false;
	}
}

/* Those of one name among the values, ascending: whether they lie apart, and by how much. Their median is sure to twice
 * 1.25 nIQR / sqrt(n), where ties leave the rounding to be unsure of. */
static bool lies_apart(const zp_target_case *c, const zp_group *g, const double *x, size_t n, double *by)
{
	const double u = hypot(1.25 * zp_niqr(x, n) / sqrt((double)n), step_of(c, x, n) / sqrt(12));
	*by = zp_median(x, n) - zp_decimal_double(g->x_pt);
	return fabs(*by) > c->programme->scheme->choices.methods_apart / 100 * g->delta_e && fabs(*by) > 2 * u;
}

static void compare_by(const zp_target_case *c, const double *x, const uint32_t *tuple, size_t n, uint8_t key, zp_group *g)
{
	const zp_peers *peers = c->run->peers;
	const uint32_t names = zp_names_count(peers->names[key]);
	uint32_t *start = zp_take(c->scratch, uint32_t, names + 2); /* where each name's values end, and the next one's start */
	double *of = zp_take(c->scratch, double, n);
	for (size_t i = 0; i < n; i++)
		start[peers->tuples[tuple[i]][key] + 1]++;
	for (uint32_t name = 0; name < names; name++)
		start[name + 1] += start[name];
	for (size_t i = n; i-- > 0;) /* from the end, so that each name's stay ascending */
		of[--start[peers->tuples[tuple[i]][key] + 1]] = x[i];
	for (uint32_t name = 1; name < names; name++) { /* 0 is no name */
		const size_t from = start[name + 1], end = name + 1 < names ? start[name + 2] : n;
		double by;
		if (end - from < c->programme->scheme->choices.sdi_least || !lies_apart(c, g, of + from, end - from, &by))
			continue;
		g->doubts |= ZP_DOUBT_METHODS;
		if (!(fabs(by) <= fabs(g->apart_by)))
			g->apart = name, g->apart_key = key, g->apart_by = by;
	}
}

void zp_target_compare(const zp_target_case *c, const double *x, const uint32_t *tuple, size_t n, zp_group *g)
{
	const double share = c->programme->scheme->choices.methods_apart;
	if (!(share > 0) || g->origin != ZP_CONSENSUS || !(g->delta_e > 0) || n < c->programme->scheme->choices.sdi_least)
		return;
	for (uint8_t key = 0; key < ZP_PEER_KEYS; key++)
		if ((ZP_KEY_SYSTEM | ZP_KEY_INSTRUMENT | ZP_KEY_METHOD) & 1u << key & ~(unsigned)g->keys)
			compare_by(c, x, tuple, n, key, g);
}
