/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping key: the centre's keys. Days are arguments; what is secret is never printed. */
#include <unistd.h>
#include "base/instant.h"
#include "cli/cli.h"
#include "ledger/trail.h"
#include "trust/keys.h"

static bool is_date(const char *text)
{
	int year, month, day;
	return text && zp_date_read(zp_text_of(text), &year, &month, &day);
}

static const char *state_word(zp_key_state s)
{
	return zp_say(s == ZP_KEY_CURRENT ? ZP_MESSAGE("current") : s == ZP_KEY_RETIRED ? ZP_MESSAGE("retired") : ZP_MESSAGE("revoked"));
}

/* Of a folder of keys its public part; anything else is what the keyring says of it. */
static int list(const zp_key_wish *wish, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const char *public = zp_arena_print(arena, "%s/public", wish->folder);
	const zp_keyring *ring = zp_keyring_read(arena, access(public, F_OK) == 0 ? public : wish->folder, err);
	if (ring && *ring->name)
		zp_text_print(zp_text_of(ring->name), stdout), putchar('\n');
	for (size_t i = 0; ring && i < ring->n; i++) {
		const zp_public_key *k = &ring->keys[i];
		fputs(k->id, stdout);
		if (*k->from) /* a key alone does not tell what became of it */
			printf("  %s  %s", state_word(k->state), k->from);
		if (*k->until)
			printf("  %s", k->until);
		if (*k->why)
			fputs("  ", stdout), zp_text_print(zp_text_of(k->why), stdout);
		putchar('\n');
	}
	zp_arena_close(arena);
	return ring ? ZP_OK : zp_cli_fail(err);
}

/* What was done, for who keeps a ledger. The key stands whatever becomes of the event. */
static int note(const zp_given_options *given, const char *what, const char *id, const char *why, zp_error *err)
{
	const char *path = zp_option_given(given, "ledger");
	zp_ledger *ledger = path ? zp_ledger_open(path, ZP_LEDGER_WRITE, err) : NULL;
	if (!path)
		return ZP_OK;
	if (ledger)
		zp_trail_by(ledger, zp_option_given(given, "by"));
	const bool good = ledger && zp_trail_put(ledger, what, id, why ? why : "", "", err);
	if (ledger)
		zp_ledger_close(ledger);
	return good ? ZP_OK : zp_cli_fail(err);
}

static int make(const zp_given_options *given, const zp_key_wish *wish, bool rotate, zp_error *err)
{
	char id[ZP_KEY_ID_TEXT];
	if (!(rotate ? zp_keys_rotate(wish, id, err) : zp_keys_new(wish, id, err)))
		return zp_cli_fail(err);
	printf(zp_say("key %s is current from %s on; who checks papers gets %s/public, and %s/private is shown to nobody\n"), id, wish->date, wish->folder, wish->folder);
	return note(given, rotate ? "key-rotate" : "key-new", id, "", err);
}

static int change(const zp_given_options *given, const zp_key_wish *wish, bool revoke, zp_error *err)
{
	if (!(revoke ? zp_keys_revoke(wish, err) : zp_keys_retire(wish, err)))
		return zp_cli_fail(err);
	printf(zp_say(revoke ? ZP_MESSAGE("key %s is revoked from %s on; hand the folder %s/public out again\n")
			     : ZP_MESSAGE("key %s is retired on %s; hand the folder %s/public out again\n")), wish->id, wish->date, wish->folder);
	return note(given, revoke ? "key-revoke" : "key-retire", wish->id, wish->reason, err);
}

static int usage(const zp_command *self)
{
	fprintf(stderr, zp_say("usage: zhiping %s %s\n"), self->name, self->arguments);
	return ZP_BAD_USE;
}

static const char *const words[] = { "new", "list", "rotate", "retire", "revoke" };
enum { NEW, LIST, ROTATE, RETIRE, REVOKE, WORDS };

static int missing(const char *word)
{
	fprintf(stderr, zp_say("zhiping key %s: expected --key KEYS (new: --into KEYS and --name NAME), and --date YYYY-MM-DD, a real day, for all but list; "
			       "revoke: --reason TEXT as well\n"), word);
	return ZP_BAD_USE;
}

int zp_command_key(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	long years = ZP_KEY_YEARS;
	int what = 0;
	if (!zp_options_read(self, argc, argv, 1, 2, &given) || !zp_option_number(&given, "years", 1, ZP_KEY_YEARS_MOST, &years))
		return ZP_BAD_USE;
	while (what < WORDS && strcmp(given.rest[0], words[what]) != 0)
		what++;
	if (what == WORDS || (given.n_rest == 2) != (what >= RETIRE))
		return usage(self);
	const zp_key_wish wish = { .folder = zp_option_given(&given, what == NEW ? "into" : "key"), .date = zp_option_given(&given, "date"),
		.passphrase = zp_option_given(&given, "passphrase"), .name = zp_option_given(&given, "name"), .years = (int)years,
		.id = given.n_rest == 2 ? given.rest[1] : NULL, .reason = zp_option_given(&given, "reason") };
	if (!wish.folder || !*wish.folder || (what != LIST && !is_date(wish.date)) || (what == NEW && !wish.name) || (what == REVOKE && !wish.reason))
		return missing(words[what]);
	return what == LIST ? list(&wish, &err) : what <= ROTATE ? make(&given, &wish, what == ROTATE, &err) : change(&given, &wish, what == REVOKE, &err);
}
