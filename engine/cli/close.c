/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping close: from a round folder to what is published. */
#include "cli/closing.h"

int zp_command_close(const zp_command *self, int argc, char **argv)
{
	zp_closing c;
	if (!zp_closing_read(&c, self, argc, argv))
		return ZP_BAD_USE;
	if (!zp_closing_run(&c))
		return zp_closing_end(&c, c.err.code ? zp_cli_fail(&c.err) : ZP_BAD_PLUGIN);
	if (c.draft)
		return zp_closing_end(&c, zp_closing_draft(&c));
	return zp_closing_end(&c, zp_closing_head(&c) ? zp_closing_publish(&c) : zp_cli_fail(&c.err));
}
