/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what in a ledger that several share (docs/postgres.md). The database enforces it, whatever program an account uses. */
#ifndef ZP_LEDGER_ROLES_H
#define ZP_LEDGER_ROLES_H

#include "ledger/ledger.h"

typedef struct zp_role {
	const char *account; /* of the server */
	const char *may;     /* "operator", "auditor", "city"; "nothing": not any more */
	const char *rounds;  /* of a city: how the ids of its rounds begin; "" */
} zp_role;

/* The accounts that were let in, by their names, as far as this one sees. Fails: NULL; ZP_BAD_USE for a ledger in a file. */
const zp_role *zp_ledger_roles(zp_ledger *, zp_arena *, size_t *n, zp_error *);
/* Say what an account may do from now on, and put an event for it. Needs: the owner of the ledger.
 * Fails: ZP_BAD_USE for what is no role, an account that the server does not have, a beginning that
 * begins with that of another city or the other way round, or when it is not the owner who asks. */
bool zp_ledger_let_in(zp_ledger *, const zp_role *, zp_error *);

#endif
