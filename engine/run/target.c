/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a group should have found: x_pt with its uncertainty, the limit around it, and the peers' spread. */
#include "run/gather.h"
#include "run/limit.h"
#include "stats/lattice.h"
#include "stats/order.h"
#include "stats/scores.h"

const zp_estimate zp_no_estimate = { .x = ZP_NONE, .s = ZP_NONE, .u = ZP_NONE, .low = -INFINITY, .high = INFINITY };

#define MADE_FACTOR 1.483 /* ISO 13528 C.2, as printed */

static const zp_choices *choices_of(const zp_target_case *c) { return &c->programme->scheme->choices; }

/* The scheme's method for this measurand is that a value is stated. */
static bool is_stated(const zp_target_case *c) { return strcmp(c->measurand->assign->name, "known") == 0; }

static double power_of_ten(int places)
{
	return zp_decimal_double((zp_decimal){ 1, (int8_t)-places });
}

void zp_target_sane(const zp_target_case *c, const double *x, size_t n, double *low, double *high)
{
	double factor = choices_of(c)->absurd_factor, median = zp_median(x, n), spread = 0;
	*low = -INFINITY;
	*high = INFINITY;
	if (!(factor > 0))
		return;
	if (c->measurand->limit.kind == ZP_LIMIT_SD) {
		double step = power_of_ten(c->measurand->places);
		spread = MADE_FACTOR * zp_median_deviation(x, n, median);
		spread = spread > step ? spread : step;
	}
	zp_width width;
	uint8_t branch;
	if (zp_limit_width(&c->measurand->limit, choices_of(c), zp_decimal_shortest(median), spread, &width, &branch) != ZP_REASON_NONE)
		return;
	/* who lies at the very bound is beyond it, whatever the rounding of doubles makes of that */
	double reach = factor * zp_width_double(width) * (1 - ZP_ROUNDING_STATISTICS);
	*low = median - reach;
	*high = median + reach;
}

static bool estimate(const zp_target_case *c, const zp_plugin *plugin, const double *settings, const double *x, size_t n,
		     zp_bounds bounds, zp_estimate *out)
{
	zp_lend lend;
	zp_error err = { 0 };
	zp_sample sample = { .x = x, .n = n, .step = zp_reported_step(x, n, c->measurand->places, 1), .below = bounds.below, .above = bounds.above,
			     .n_below = bounds.n_below, .n_above = bounds.n_above };
	*out = zp_no_estimate;
	const bool found = n >= 1 && n >= plugin->does.estimator->least_n &&
			   plugin->does.estimator->estimate(zp_lend_to(&lend, c->scratch, plugin, settings), &sample, out, &err);
	zp_lend_ended(plugin);
	return found;
}

bool zp_target_estimate(const zp_target_case *c, const double *x, size_t n, zp_bounds bounds, zp_estimate *out)
{
	return estimate(c, c->measurand->assign, c->measurand->assign_settings, x, n, bounds, out);
}

/* x_pt with the precision that results are judged against. */
static zp_decimal judged(const zp_target_case *c, zp_decimal stated, double x, bool is_estimate)
{
	const zp_choices *choices = choices_of(c);
	if (choices->target_places == ZP_PLACES_SHORTEST || (!is_estimate && !choices->round_known))
		return stated;
	int places = choices->target_places_n;
	if (choices->target_places == ZP_PLACES_OWN)
		places += c->measurand->places;
	return is_estimate && choices->target_round_from == ZP_FROM_BINARY ? zp_decimal_round_binary(x, places)
									  : zp_decimal_round(stated, places);
}

/* Why no verdict can rest on this group, limit aside. */
static zp_reason doubt(const zp_target_case *c, zp_reason lack, const zp_group *g)
{
	if (c->out)
		return ZP_REASON_SAMPLE_OUT;
	if (g->origin != ZP_CONSENSUS)
		return ZP_REASON_NONE;
	if (is_stated(c))
		return ZP_REASON_NO_TARGET;
	if (lack != ZP_REASON_NONE)
		return lack;
	if (!g->target.converged)
		return ZP_REASON_NO_CONVERGENCE;
	if (!isfinite(g->target.x))
		return ZP_REASON_NO_TARGET;
	return ZP_REASON_NONE;
}

static zp_reason settle_limit(const zp_target_case *c, zp_group *g)
{
	const zp_choices *choices = choices_of(c);
	const zp_estimate *spread = g->origin == ZP_CONSENSUS ? &g->target : &g->peers;
	if (c->measurand->limit.kind == ZP_LIMIT_SD && g->n_kept < choices->sd_limit_least)
		return ZP_REASON_TOO_FEW_FOR_SD;
	if (c->measurand->limit.kind != ZP_LIMIT_SD && g->origin == ZP_CONSENSUS && g->target.collapsed &&
	    choices->collapsed_fixed_limit == ZP_COLLAPSED_NOT_EVALUATED)
		return ZP_REASON_COLLAPSED;
	double s = spread->s;
	if (c->measurand->limit.kind == ZP_LIMIT_ABS_OR_SD && g->n_kept < choices->sd_limit_least) {
		if (choices->log_rule == ZP_LOG_SD)
			return ZP_REASON_TOO_FEW_FOR_SD;
		s = ZP_NONE; /* the fixed width alone */
	}
	zp_reason reason = zp_limit_width(&c->measurand->limit, choices, g->x_pt, s, &g->width, &g->limit_branch);
	if (reason != ZP_REASON_NONE)
		return reason;
	zp_target_bounds(c, g);
	return ZP_REASON_NONE;
}

void zp_target_bounds(const zp_target_case *c, zp_group *g)
{
	bool low_fits, high_fits;
	g->low = zp_decimal_bound(g->x_pt, g->width, -1, c->measurand->places, &low_fits);
	g->high = zp_decimal_bound(g->x_pt, g->width, 1, c->measurand->places, &high_fits);
	g->has_bounds = low_fits && high_fits;
}

/* The settings that the scheme's choices give a method that no <assign> names; else its presets. */
static void settings_by_choice(const zp_plugin *plugin, const zp_choices *c, double *settings)
{
	const struct { const char *name; double value; } chosen[] = {
		{ "exact", c->algorithm_a_exact }, { "collapse_ratio", c->collapse_ratio }, { "made", c->median_made },
		{ "at_boundary", c->outlier_at_boundary },
	};
	for (const zp_param *p = plugin->params; p && p->name; p++, settings++) {
		*settings = p->preset;
		for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++)
			if (strcmp(chosen[i].name, p->name) == 0)
				*settings = chosen[i].value;
	}
}

/* Centre and spread of the peers where the target is not their estimate: by the scheme's own method when a
 * decision took its place; by Algorithm A, or what sdi_method names, when the target was known. */
static bool estimate_peers(const zp_target_case *c, zp_origin origin, const double *x, size_t n, zp_estimate *out)
{
	bool own = origin == ZP_DECIDED && !choices_of(c)->sdi_method[0] && !is_stated(c);
	if (own || c->peers == c->measurand->assign)
		return zp_target_estimate(c, x, n, (zp_bounds){ 0 }, out);
	size_t params = 0;
	while (c->peers->params && c->peers->params[params].name)
		params++;
	double *settings = zp_take(c->scratch, double, params);
	settings_by_choice(c->peers, choices_of(c), settings);
	return estimate(c, c->peers, settings, x, n, (zp_bounds){ 0 }, out);
}

void zp_target_settle(const zp_target_case *c, const double *x, size_t n, zp_reason lack, zp_group *g)
{
	const zp_choices *choices = choices_of(c);
	g->n_kept = (uint32_t)n;
	g->delta_e = ZP_NONE;
	g->origin = c->given->is ? (c->given->decided ? ZP_DECIDED : ZP_KNOWN) : ZP_CONSENSUS;
	if (g->origin == ZP_CONSENSUS && !choices->sdi_method[0] && !is_stated(c))
		g->peers = g->target;
	else if (!estimate_peers(c, g->origin, x, n, &g->peers))
		g->peers = zp_no_estimate;
	if (g->origin != ZP_CONSENSUS)
		g->target = c->given->by ? c->given->estimate
					 : (zp_estimate){ .x = zp_decimal_double(c->given->x_pt), .s = ZP_NONE, .u = c->given->u, .n = n,
							  .low = -INFINITY, .high = INFINITY, .converged = true };
	g->ungradable = doubt(c, lack, g);
	if (g->ungradable != ZP_REASON_NONE)
		return;
	const bool worked_out = g->origin == ZP_CONSENSUS || (c->given->by && c->given->by->does.estimator->least_n > 0);
	zp_decimal stated = g->origin == ZP_CONSENSUS ? zp_decimal_shortest(g->target.x) : c->given->x_pt;
	g->x_pt = judged(c, stated, g->target.x, worked_out);
	g->has_x_pt = true;
	g->ungradable = settle_limit(c, g);
	if (g->ungradable == ZP_REASON_NONE)
		g->delta_e = zp_width_double(g->width);
	zp_target_doubt(c, x, n, g);
}
