/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping close: from a round folder to what is published. */
#include "cli/closing.h"

/* What can be published of it. The round stands whatever becomes of that. */
static int redact(const char *published, const char *into, int code)
{
	zp_error err = { 0 };
	zp_arena *arena = zp_arena_open();
	const char *made = zp_redact(arena, published, into, NULL, PACKAGE_STRING, &err);
	if (made)
		printf(zp_say("made fit to be published: %s\n"), made);
	else
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return err.code ? (int)err.code : code;
}

int zp_command_close(const zp_command *self, int argc, char **argv)
{
	zp_closing c;
	if (!zp_closing_read(&c, self, argc, argv))
		return ZP_BAD_USE;
	if (!zp_closing_run(&c))
		return zp_closing_end(&c, c.registry ? zp_cli_fail(&c.err) : ZP_BAD_PLUGIN);
	return zp_closing_end(&c, c.draft ? zp_closing_draft(&c) : zp_closing_publish(&c));
}
