/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What close and check say of slips. */
#include "cli/cli.h"
#include "run/hint.h"

void zp_cli_hints(const zp_run *run, bool chinese, FILE *where)
{
	size_t n = 0;
	for (unsigned kind = 0; kind < ZP_SLIPS; kind++)
		n += run->hints.of[kind];
	if (n) {
		const char *before = chinese ? "" : " ";
		fprintf(where, chinese ? "提示：%zu 处：" : "hints: %zu:", n);
		for (unsigned kind = 0; kind < ZP_SLIPS; kind++)
			if (run->hints.of[kind]) {
				fprintf(where, "%s%s %zu", before, chinese ? zp_slip_says(kind, true) : zp_slip_word(kind), run->hints.of[kind]);
				before = chinese ? "、" : ", ";
			}
		putc('\n', where);
	}
	zp_arena *arena = zp_arena_open();
	const char *withheld = zp_hints_withheld(run, chinese, arena);
	if (withheld)
		fprintf(where, chinese ? "提示：结果太少，未作雷同检查：%s\n" : "hints: too few results to look for copies: %s\n", withheld);
	zp_arena_close(arena);
}
