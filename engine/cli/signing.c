/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --key and --passphrase: who signs what is published. */
#include "cli/cli.h"

bool zp_cli_signer(const zp_given_options *given, const char *date, zp_signer **out, zp_error *err)
{
	const char *keys = zp_option_given(given, "key"), *passphrase = zp_option_given(given, "passphrase");
	*out = NULL;
	if (!keys)
		return !passphrase || zp_fail(err, ZP_BAD_USE, NULL, 0, "--passphrase opens the keys that --key names; expected --key KEYS as well");
	zp_signer *s = zp_signer_open(keys, passphrase, err);
	if (s && (!date || zp_signer_serves(s, date, err)))
		return *out = s, true;
	zp_signer_close(s);
	return false;
}
