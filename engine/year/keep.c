/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything but the ledger that the manifest of a year says went in, kept beside its versions as it came. */
#include <string.h>
#include "press/outbox.h"
#include "year/recognition.h"
#include "year/year.h"

bool zp_year_keep(zp_arena *arena, const zp_year *year, const zp_input *inputs, size_t n, zp_press *press, zp_error *err)
{
	const zp_recognition_rule *r = year->wish->recognition;
	zp_input *all = zp_take(arena, zp_input, n + 3);
	if (n)
		memcpy(all, inputs, n * sizeof *all);
	all[n++] = year->wish->rules->input;
	if (r)
		all[n++] = r->input;
	if (r && r->cv_limits)
		all[n++] = r->cv_limits->input;
	return zp_press_keep(press, all, n, err);
}
