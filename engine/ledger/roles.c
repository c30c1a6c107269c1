/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/roles.h"
#include <stdio.h>
#include <string.h>
#include "ledger/store.h"

static bool has_accounts(zp_ledger *ledger, zp_error *err)
{
	return ledger->store->has_accounts ||
	       zp_fail(err, ZP_BAD_USE, ledger->path, 0, "a ledger in a file has no roles but those that the file system gives; expected --ledger postgresql://...");
}

const zp_role *zp_ledger_roles(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t room = 0;
	zp_role *all = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *all);
	zp_statement *s = has_accounts(ledger, err) ? zp_sql_prepare(ledger, "SELECT role, may, rounds FROM member AS m WHERE n = (SELECT max(n) FROM member AS l WHERE l.role = m.role) ORDER BY role", err) : NULL;
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		all = zp_arena_more(arena, all, *n, &room, sizeof *all);
		all[(*n)++] = (zp_role){ zp_sql_text(s, 0, arena), zp_sql_text(s, 1, arena), zp_sql_text(s, 2, arena) };
	}
	zp_sql_close(s);
	return more == 0 ? all : NULL;
}

/* A beginning that ends with a mark is no beginning of another's: YICHANG- is not of YICHANGBEI-1. */
static bool is_beginning(const char *text)
{
	const size_t n = strlen(text);
	return n > 1 && n <= 40 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == n && strchr("._-", text[n - 1]);
}

static bool is_role(zp_ledger *ledger, const zp_role *role, zp_error *err)
{
	const bool city = strcmp(role->may, "city") == 0;
	if (!city && strcmp(role->may, "operator") != 0 && strcmp(role->may, "auditor") != 0 && strcmp(role->may, "nothing") != 0)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "\"%.40s\" is no role; expected operator, auditor, city or nothing", role->may);
	if (city && !is_beginning(role->rounds))
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the rounds of a city begin with \"%.40s\"; expected letters and digits that end with - . or _, such as YICHANG-", role->rounds);
	return city || !*role->rounds || zp_fail(err, ZP_BAD_USE, ledger->path, 0, "only a city has rounds of its own; expected %s without \"%.40s\"", role->may, role->rounds);
}

/* A row when a statement gives one for the account. Fails: -1. */
static int asks(zp_ledger *ledger, const char *sql, const char *account, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	if (s)
		zp_sql_put_text(s, 1, account);
	const int found = s ? zp_sql_step(ledger, s, err) : -1;
	zp_sql_close(s);
	return found;
}

/* Two accounts of one city have the same beginning. What begins with the other's would be rounds of both. */
static bool is_apart(zp_ledger *ledger, const zp_role *role, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	size_t n = 0;
	const zp_role *all = zp_ledger_roles(ledger, arena, &n, err), *other = NULL;
	for (size_t i = 0; all && *role->rounds && i < n && !other; i++) {
		const size_t of_both = strlen(all[i].rounds) < strlen(role->rounds) ? strlen(all[i].rounds) : strlen(role->rounds);
		if (of_both && strcmp(all[i].account, role->account) != 0 && strcmp(all[i].rounds, role->rounds) != 0 && strncmp(all[i].rounds, role->rounds, of_both) == 0)
			other = &all[i];
	}
	const bool apart = all && (!other || zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the rounds of %.60s begin with \"%.40s\", so that some would be of both cities; expected another beginning than \"%.40s\"",
						    other->account, other->rounds, role->rounds));
	zp_arena_close(arena);
	return apart;
}

static bool let_in(zp_ledger *ledger, const zp_role *role, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "SELECT let_in(?1, ?2, ?3)", err);
	const char *const texts[] = { role->account, role->may, role->rounds };
	for (int i = 0; s && i < 3; i++)
		zp_sql_put_text(s, i + 1, texts[i]);
	const bool good = s && zp_sql_step(ledger, s, err) >= 0;
	zp_sql_close(s);
	return good;
}

bool zp_ledger_let_in(zp_ledger *ledger, const zp_role *role, zp_error *err)
{
	char detail[200];
	if (!has_accounts(ledger, err) || !is_role(ledger, role, err))
		return false;
	const int owner = asks(ledger, "SELECT 1 FROM pg_namespace WHERE nspname = current_schema() AND pg_has_role(?1, nspowner, 'USAGE')", ledger->login, err);
	if (owner <= 0)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the account %s does not own the ledger; expected the one that made it to let others in", ledger->login);
	const int there = asks(ledger, "SELECT 1 FROM pg_roles WHERE rolname = ?1", role->account, err);
	if (there <= 0)
		return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "the server has no account \"%.60s\"; expected one that CREATE ROLE ... LOGIN has made", role->account);
	const bool is_held = strcmp(role->may, "city") == 0 || strcmp(role->may, "auditor") == 0;
	const int above = is_held ? asks(ledger, "SELECT 1 WHERE is_above(?1)", role->account, err) : 0;
	if (above != 0)
		return above > 0 && zp_fail(err, ZP_BAD_USE, ledger->path, 0,
			"the account %.60s can lift what would hold it: it is superuser, has BYPASSRLS or is a member of a role that is, or of the ledger's owner; expected one without", role->account);
	snprintf(detail, sizeof detail, *role->rounds ? "may=%s rounds=%s" : "may=%s", role->may, role->rounds);
	const bool good = zp_sql_begin(ledger, err) && is_apart(ledger, role, err) && let_in(ledger, role, err) && zp_trail_put(ledger, "role", role->account, ledger->why, detail, err);
	return zp_sql_end(ledger, good, err);
}
