/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that the manifest says went in, kept beside the versions as it came. */
#include <string.h>
#include "run/publish.h"

void zp_inputs_keep_begin(zp_run *run, zp_press *press)
{
	const struct { const zp_input *at; size_t n; } lists[] = {
		{ run->book->rule_files, run->book->n_rule_files },
		{ run->book->round_files, run->book->n_round_files },
		{ run->register_files, 2 },
		{ run->receipt_file, run->receipt_file != NULL },
		{ run->results, run->n_results },
	};
	size_t n = 0;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		n += lists[i].n;
	zp_input *all = zp_take(run->arena, zp_input, n);
	n = 0;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; n += lists[i++].n)
		if (lists[i].n)
			memcpy(all + n, lists[i].at, lists[i].n * sizeof *all);
	zp_press_keep_begin(press, all, n);
}
