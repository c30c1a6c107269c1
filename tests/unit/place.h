/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the ledger of a test is: a file of the scratch folder, or what ZP_TEST_LEDGER says, a server's address with the word DATABASE in it.
 * There each test has databases of its own. */
#ifndef ZP_TESTS_PLACE_H
#define ZP_TESTS_PLACE_H

#include "scratch.h"

static inline const char *place_in(const char *address, const char *database)
{
	const char *word = strstr(address, "DATABASE");
	cr_assert_not_null(word);
	return zp_arena_print(arena, "%.*s%s%s", (int)(word - address), address, database, word + strlen("DATABASE"));
}

static inline const char *ledger_place(const char *name)
{
	const char *address = getenv("ZP_TEST_LEDGER");
	if (!address)
		return scratch_path(name);
	const char *folder = strrchr(scratch_folder, '/') + 1, *database = zp_arena_print(arena, "unit-%s-%.*s", folder, (int)strcspn(name, "."), name);
	const char *there = zp_arena_print(arena, "psql -XAtq '%s' -c \"SELECT 1 FROM pg_database WHERE datname = '%s'\" | grep -q 1 ||", place_in(address, "postgres"), database);
	cr_assert_eq(system(zp_arena_print(arena, "%s psql -Xq '%s' -c 'CREATE DATABASE \"%s\"'", there, place_in(address, "postgres"), database)), 0);
	return place_in(address, database);
}

/* All that is in a ledger, to the byte: the file, or what pg_dump makes of the database. */
static inline FILE *ledger_bytes(const char *name)
{
	FILE *f = getenv("ZP_TEST_LEDGER") ? popen(zp_arena_print(arena, "pg_dump --inserts '%s' | grep -vE 'restrict '", ledger_place(name)), "r") : fopen(ledger_place(name), "rb");
	cr_assert_not_null(f);
	return f;
}

static inline void ledger_bytes_end(FILE *f) { getenv("ZP_TEST_LEDGER") ? pclose(f) : fclose(f); }

#endif
