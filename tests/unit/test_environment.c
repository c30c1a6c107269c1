/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/environment.h"

#define ROOM 160

/* Arguments lie one behind the other, as a process has them, so that what is left behind of one is seen. */
typedef struct arguments { char bytes[3][ROOM]; char *at[4]; } arguments;

static void begin(arguments *a, const char *one, const char *two)
{
	memset(a, 0, sizeof *a);
	snprintf(a->bytes[0], ROOM, "zhiping");
	snprintf(a->bytes[1], ROOM, "%s", one);
	snprintf(a->bytes[2], ROOM, "%s", two);
	for (int i = 0; i < 3; i++)
		a->at[i] = a->bytes[i];
	unsetenv("PGPASSWORD");
}

static bool holds(const arguments *a, const char *text)
{
	const size_t n = strlen(text);
	for (size_t i = 0; i + n <= sizeof a->bytes; i++)
		if (memcmp((const char *)a->bytes + i, text, n) == 0)
			return true;
	return false;
}

Test(environment, a_password_leaves_the_address_for_the_environment)
{
	static const struct { const char *given, *left, *password; } rows[] = {
		{ "postgresql://li:Geheim@db/ledger", "postgresql://li@db/ledger", "Geheim" },
		{ "postgres://li:Geheim@db:5432/ledger?sslmode=verify-full", "postgres://li@db:5432/ledger?sslmode=verify-full", "Geheim" },
		{ "--ledger=postgresql://li:Geheim@/ledger?host=/run", "--ledger=postgresql://li@/ledger?host=/run", "Geheim" },
		{ "postgresql://li:Geheim%40%2F%25@db/ledger", "postgresql://li@db/ledger", "Geheim@/%" },
		{ "postgresql://li:Geheim%4@db/ledger", "postgresql://li@db/ledger", "Geheim%4" },
		{ "postgresql://db/ledger?password=Geheim", "postgresql://db/ledger", "Geheim" },
		{ "postgresql://db/ledger?password=Geheim&user=li", "postgresql://db/ledger?user=li", "Geheim" },
		{ "postgresql://db/ledger?user=li&password=Geheim", "postgresql://db/ledger?user=li", "Geheim" },
		{ "postgresql://db/ledger?user=li&password=Geheim&sslmode=require", "postgresql://db/ledger?user=li&sslmode=require", "Geheim" },
		{ "postgresql://li:Geheim@db/ledger?password=Geheim&password=Geheim", "postgresql://li@db/ledger", "Geheim" },
		{ "postgresql://li:Ge?heim@db/ledger", "postgresql://li@db/ledger", "Ge?heim" },
		{ "postgresql://db/ledger?pass%77ord=Geheim", "postgresql://db/ledger", "Geheim" },
		{ "postgresql://db/ledger?user=li&%70assword=Geheim&sslmode=require", "postgresql://db/ledger?user=li&sslmode=require", "Geheim" },
		{ "postgresql://db/ledger?us%65r=li", "postgresql://db/ledger?us%65r=li", NULL },
		{ "postgresql://li:@db/ledger", "postgresql://li@db/ledger", "" },
		{ "postgresql://li@db:5432/ledger", "postgresql://li@db:5432/ledger", NULL },
		{ "postgresql://db:5432/ledger", "postgresql://db:5432/ledger", NULL },
		{ "postgresql://[::1]:5432/ledger", "postgresql://[::1]:5432/ledger", NULL },
		{ "postgresql://?service=ledger", "postgresql://?service=ledger", NULL },
		{ "postgresql.sqlite", "postgresql.sqlite", NULL },
		{ "postgres", "postgres", NULL },
		{ "http://li:Geheim@db/ledger", "http://li:Geheim@db/ledger", NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		arguments a;
		begin(&a, rows[i].given, "list");
		cr_expect(zp_environment_password(3, a.at), "%s", rows[i].given);
		cr_expect_str_eq(a.at[1], rows[i].left, "%s became %s", rows[i].given, a.at[1]);
		cr_expect_str_eq(a.at[2], "list");
		const char *password = getenv("PGPASSWORD");
		cr_expect(rows[i].password ? password && strcmp(password, rows[i].password) == 0 : !password, "%s: \"%s\"", rows[i].given, password ? password : "none");
		cr_expect(!rows[i].password || !holds(&a, "Geheim"), "%s: it is still there", rows[i].given);
	}
}

Test(environment, a_password_that_cannot_be_told_from_the_rest_is_refused_and_wiped)
{
	static const struct { const char *one, *two; } rows[] = {
		{ "postgresql://li:Geheim/x@db/ledger", "list" },
		{ "postgresql://li:Geheim@Geheim@db/ledger", "list" },
		{ "postgresql://li:Ge?Geheim/X@db/ledger", "list" },
		{ "postgresql://li:Ge/c?Geheim@db/ledger", "list" },
		{ "postgresql://li:1?Geheim/X@db/ledger", "list" },
		{ "postgresql://db/ledger?user=li:Geheim@x", "list" },
		{ "postgresql://db/ledger?Password=Geheim", "list" },
		{ "postgresql://db/ledger? password=Geheim", "list" },
		{ "postgresql://db/ledger?pass%00word=Geheim", "list" },
		{ "postgresql://db/ledger?sslpass%77ord=Geheim", "list" },
		{ "postgresql://li@db/ledger?sslpassword=Geheim", "list" },
		{ "postgresql://li:Geheim@db/ledger?password=Geheimer", "list" },
		{ "postgresql://li:Geheim@db/ledger", "postgresql://li:Geheimer@db/other" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		arguments a;
		begin(&a, rows[i].one, rows[i].two);
		cr_expect_not(zp_environment_password(3, a.at), "%s", rows[i].one);
		cr_expect_not(holds(&a, "Geheim"), "%s: it is still there", rows[i].one);
	}
}
