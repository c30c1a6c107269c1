/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One module with a good plugin and faulty ones; test_registry gives it the name of each in turn. */
#include "host/plugin.h"

static bool estimate_first(const zp_host *host, const zp_sample *sample, zp_estimate *out, zp_error *err)
{
	(void)err;
	*out = (zp_estimate){ .x = sample->x[0] + host->setting(host, "shift"), .s = ZP_NONE, .u = ZP_NONE, .n = sample->n };
	return true;
}

static const zp_estimator first = { .least_n = 1, .breakdown = "0 %", .estimate = estimate_first };
static const zp_estimator empty = { .least_n = 1, .breakdown = "0 %" };
static const zp_param params[] = { { "shift", "", "added to the value", 0, 10, 2 }, { 0 } };
static const zp_param bad_params[] = { { "shift", "", "added to the value", 0, 10, 11 }, { 0 } };

#define SAMPLE .kind = ZP_ESTIMATOR, .version = "1", .cites = "nothing", .says = "Takes the first value."
#define FIRST SAMPLE, .params = params, .does.estimator = &first

ZP_PLUGIN(good) = { ZP_PLUGIN_HEAD, FIRST, .name = "good" };
ZP_PLUGIN(same) = { ZP_PLUGIN_HEAD, FIRST, .name = "good" };
ZP_PLUGIN(two_words) = { ZP_PLUGIN_HEAD, FIRST, .name = "two-words" };
ZP_PLUGIN(later) = { .abi = ZP_PLUGIN_ABI, .size = sizeof(zp_plugin) + 64, FIRST, .name = "later" };
ZP_PLUGIN(other_abi) = { .abi = ZP_PLUGIN_ABI + 1, .size = sizeof(zp_plugin), FIRST, .name = "other-abi" };
ZP_PLUGIN(small) = { .abi = ZP_PLUGIN_ABI, .size = offsetof(zp_plugin, libraries) - 1, FIRST, .name = "small" };

static void tell_one(void (*tell)(void *self, const char *library, const char *version), void *self) { tell(self, "sample", "1.2"); }
ZP_PLUGIN(telling) = { ZP_PLUGIN_HEAD, FIRST, .name = "telling", .libraries = tell_one };
ZP_PLUGIN(earlier) = { .abi = ZP_PLUGIN_ABI, .size = offsetof(zp_plugin, libraries), FIRST, .name = "earlier", .libraries = tell_one };
ZP_PLUGIN(nameless) = { ZP_PLUGIN_HEAD, FIRST, .name = "" };
ZP_PLUGIN(idle) = { ZP_PLUGIN_HEAD, SAMPLE, .name = "idle" };
ZP_PLUGIN(empty) = { ZP_PLUGIN_HEAD, SAMPLE, .name = "empty", .does.estimator = &empty };
ZP_PLUGIN(preset) = { ZP_PLUGIN_HEAD, SAMPLE, .name = "preset", .params = bad_params, .does.estimator = &first };
ZP_PLUGIN(kindless) = {
	ZP_PLUGIN_HEAD, .kind = (zp_plugin_kind)9, .name = "kindless", .version = "1", .cites = "nothing", .says = "Nothing.",
	.does.estimator = &first,
};
