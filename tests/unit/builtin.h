/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods that rules of the tests name: real names and settings, but nothing is worked out. */
#ifndef ZP_TESTS_BUILTIN_H
#define ZP_TESTS_BUILTIN_H

#include "host/registry.h"

static bool no_estimate(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)v, (void)out;
	return host->fail(err, ZP_BUG, NULL, 0, "nothing is worked out here");
}

static double no_score(const zp_host *host, const zp_scored *s)
{
	(void)host, (void)s;
	return ZP_NONE;
}

static const zp_estimator estimator = { .least_n = 1, .breakdown = "0 %", .estimate = no_estimate };
static const zp_estimator stated = { .least_n = 1, .breakdown = "0 %", .estimate = no_estimate, .stated = true };
static const zp_scorer scorer = { .unit = "1", .score = no_score };
static const zp_param settings_a[] = {
	{ "exact", "0 or 1", "", 0, 1, 0 }, { "collapse_ratio", "1", "", 0, 0.01, 1e-9 }, { NULL, NULL, NULL, 0, 0, 0 },
};
static const zp_param settings_median[] = { { "made", "0 or 1", "", 0, 1, 1 }, { NULL, NULL, NULL, 0, 0, 0 } };
static const zp_param settings_3sd[] = {
	{ "k", "SD", "", 1, 10, 3 }, { "at_boundary", "0 or 1", "", 0, 1, 0 }, { NULL, NULL, NULL, 0, 0, 0 },
};
#define METHOD(of, word, list, use) \
	static const zp_plugin of = { ZP_PLUGIN_HEAD, .kind = use, .name = word, .version = "1", .cites = "", .says = "", .params = list
METHOD(algorithm_a, "algorithm-a", settings_a, ZP_ESTIMATOR), .does.estimator = &estimator };
METHOD(median_niqr, "median-niqr", settings_median, ZP_ESTIMATOR), .does.estimator = &estimator }; /* preset: made */
METHOD(truncated_3sd, "truncated-3sd", settings_3sd, ZP_ESTIMATOR), .does.estimator = &estimator };
METHOD(known, "known", NULL, ZP_ESTIMATOR), .does.estimator = &stated };
METHOD(sdi, "sdi", NULL, ZP_SCORER), .does.scorer = &scorer };
static const zp_plugin *const builtin[] = { &algorithm_a, &median_niqr, &truncated_3sd, &known, &sdi, NULL };

#endif
