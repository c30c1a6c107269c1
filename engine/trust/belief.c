/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/belief.h"
#include <string.h>
#include "base/words.h"

zp_belief zp_key_believed(const zp_public_key *k, const char *date, zp_error *why)
{
	const bool dated = *date;
	if (dated && *k->from && strcmp(date, k->from) < 0)
		return zp_fail(why, ZP_BAD_INPUT, NULL, 0, "it says that it was issued on %s, and its key %s serves from %s on only", date, k->id, k->from), ZP_NOT_BELIEVED;
	if (k->state == ZP_KEY_REVOKED && (!dated || strcmp(date, k->until) >= 0))
		return zp_fail(why, ZP_BAD_INPUT, NULL, 0, "its key %s was revoked and is not believed from %s on: %s", k->id, k->until, k->why), ZP_NOT_BELIEVED;
	if (k->state == ZP_KEY_REVOKED)
		return zp_fail(why, ZP_BAD_INPUT, NULL, 0, "its key %s was revoked and is not believed from %s on: %s; that this is older is only its signer's word",
							    k->id, k->until, k->why), ZP_BELIEVED_WITH_DOUBT;
	if (k->state == ZP_KEY_RETIRED && dated && strcmp(date, k->until) > 0)
		return zp_fail(why, ZP_BAD_INPUT, NULL, 0, "it says that it was issued on %s, and its key %s was retired on %s", date, k->id, k->until), ZP_NOT_BELIEVED;
	return ZP_BELIEVED;
}

const char *zp_key_says(zp_arena *arena, const zp_public_key *k)
{
	if (!*k->from)
		return "";
	if (k->state == ZP_KEY_CURRENT)
		return zp_arena_print(arena, zp_say(", current since %s"), k->from);
	return zp_arena_print(arena, zp_say(k->state == ZP_KEY_RETIRED ? ZP_MESSAGE(", retired: served from %s to %s") : ZP_MESSAGE(", revoked: believed from %s to before %s")),
			      k->from, k->until);
}
