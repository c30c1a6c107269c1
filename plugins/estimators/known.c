/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name that a scheme uses for targets that are not worked out. */
#include "host/plugin.h"

static bool known(const zp_host *host, const zp_sample *v, zp_estimate *out, zp_error *err)
{
	(void)v, (void)out;
	return host->fail(err, ZP_BAD_INPUT, NULL, 0, "the method \"known\" works nothing out: the target comes from round.xml, and none is stated there");
}

static const zp_estimator does = {
	.least_n = 1, .breakdown = "100 %",
	.uncertainty = "as stated",
	.estimate = known, .stated = true,
};

ZP_PLUGIN(known) = {
	ZP_PLUGIN_HEAD, .kind = ZP_ESTIMATOR, .name = "known", .version = "1",
	.cites = "ISO 13528:2022 7.3 to 7.6: the assigned value is stated, not found from the results",
	.says = "The target stated in round.xml; results have no part in it.",
	.does.estimator = &does,
};
