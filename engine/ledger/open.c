/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a ledger, whatever keeps it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/memory.h"
#include "ledger/store.h"

bool zp_is_postgres(const char *path) { return strncmp(path, "postgresql://", 13) == 0 || strncmp(path, "postgres://", 11) == 0; }

/* "password=", with blanks before the sign as libpq lets them stand. */
static bool sets_password(const char *text)
{
	for (const char *p = strcasestr(text, "password"); p; p = strcasestr(p + 1, "password"))
		if (p[8 + strspn(p + 8, " \t\r\n")] == '=')
			return true;
	return false;
}

bool zp_ledger_is_name(const char *path)
{
	return zp_is_postgres(path) || (strncasecmp(path, "postgresql:", 11) != 0 && strncasecmp(path, "postgres:", 9) != 0 && !strstr(path, "://") && !sets_password(path));
}

bool zp_ledger_is_new(const char *path) { return !zp_is_postgres(path) && access(path, F_OK) != 0 && errno == ENOENT; }

static bool prepare(zp_ledger *ledger, zp_ledger_use use, zp_error *err)
{
	int64_t version = 0;
	if (!ledger->store->open(ledger, use, &version, err))
		return false;
	if (version > ZP_LEDGER_SCHEMA || version < 0)
		return zp_fail(
			err, ZP_BAD_INPUT, ledger->path, 0,
			"the ledger has the schema %lld, made by a newer program; this one knows schemas up to %d. Expected a newer zhiping",
			(long long)version, ZP_LEDGER_SCHEMA);
	if (!version && use != ZP_LEDGER_WRITE)
		return zp_fail(err, ZP_BAD_INPUT, ledger->path, 0, "the ledger is empty; expected one that zhiping ledger add has made");
	if (use == ZP_LEDGER_ADD && !ledger->store->may_add(ledger))
		return zp_fail(err, ZP_IO, ledger->path, 0, "the ledger may not be written; expected one that papers can be put into");
	if (version != ZP_LEDGER_SCHEMA && !zp_schema_raise(ledger, (int)version, err))
		return false;
	ledger->store->settle(ledger);
	return true;
}

zp_ledger *zp_ledger_open(const char *path, zp_ledger_use use, zp_error *err)
{
	zp_ledger *ledger = zp_must(calloc(1, sizeof *ledger));
	ledger->store = zp_is_postgres(path) ? &zp_store_postgres : &zp_store_sqlite;
	ledger->path = zp_must(strdup(path));
	zp_trail_for(ledger, "add", "", "");
	if (prepare(ledger, use, err))
		return ledger;
	zp_ledger_close(ledger);
	return NULL;
}

void zp_ledger_close(zp_ledger *ledger)
{
	ledger->store->close(ledger);
	free(ledger->path);
	free(ledger->login);
	free(ledger->database);
	free(ledger);
}

void zp_ledger_watch(zp_ledger *ledger, zp_progress *progress) { ledger->progress = progress; }

bool zp_ledger_claim(zp_ledger *ledger, const char *id, zp_error *err) { return !ledger->store->claim || ledger->store->claim(ledger, id, err); }

const char *zp_ledger_path(const zp_ledger *ledger) { return ledger->path; }
