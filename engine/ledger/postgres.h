/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ledger in PostgreSQL is made of. schema: where it is made, "zhiping" or, to compare, "pg_temp". */
#ifndef ZP_LEDGER_POSTGRES_H
#define ZP_LEDGER_POSTGRES_H

#include "ledger/sql.h"

/* Tables and views as schema.c has them, in the words of PostgreSQL. */
bool zp_postgres_tables(zp_ledger *, const char *schema, const char *tables, zp_error *);
/* What guards them: triggers, functions, and who sees and adds which rows. */
bool zp_postgres_guard(zp_ledger *, const char *schema, zp_error *);
/* What came to the guards later: into a ledger that has those from before. */
bool zp_postgres_renew(zp_ledger *, const char *schema, zp_error *);
/* Statements in which `@` stands for the schema. */
bool zp_postgres_run(zp_ledger *, const char *schema, const char *statements, zp_error *);
/* The digest of all of it as it is in the database. */
bool zp_postgres_shape(zp_ledger *, const char *schema, char digest[static ZP_DIGEST_TEXT], zp_error *);

#endif
