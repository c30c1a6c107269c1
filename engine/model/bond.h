/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ties a paper to its centre, to the centre's records, and to the paper that it takes the place of. It is printed, and is no part
 * of what the paper tells: the digest leaves it out. */
#ifndef ZP_MODEL_BOND_H
#define ZP_MODEL_BOND_H

/* Texts, never NULL. */
typedef struct zp_bond {
	const char *key;      /* id of the key that signs, 16 hexadecimal digits; "-": not signed */
	const char *head;     /* of the ledger's trail before this was made, 64 hexadecimal digits; "": no ledger */
	const char *replaces; /* what it takes the place of: "v1"; "": nothing */
	const char *reason;   /* why, as the organiser said; "" */
} zp_bond;

#define ZP_NO_KEY "-"
#define ZP_NO_BOND ((zp_bond){ .key = ZP_NO_KEY, .head = "", .replaces = "", .reason = "" })

#endif
