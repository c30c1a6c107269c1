/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a folder of keys. Private keys are only added; the public folder is replaced as a whole, with its list signed anew. */
#ifndef ZP_TRUST_KEYS_H
#define ZP_TRUST_KEYS_H

#include "trust/keyring.h"

#define ZP_KEY_YEARS 10
#define ZP_KEY_YEARS_MOST 50

typedef struct zp_key_wish {
	const char *folder;
	const char *date;       /* YYYY-MM-DD */
	const char *passphrase; /* a file; NULL: none */
	const char *name;       /* new: of the centre */
	int years;              /* new, rotate: how long certificates last */
	const char *id;         /* retire, revoke: 16 digits */
	const char *reason;     /* revoke */
} zp_key_wish;

/* Fail: false; ZP_BAD_INPUT, ZP_IO; the keys are then as they were. `made`: the id of the new key. */
bool zp_keys_new(const zp_key_wish *, char made[static ZP_KEY_ID_TEXT], zp_error *);    /* the folder must not exist, or be empty */
bool zp_keys_rotate(const zp_key_wish *, char made[static ZP_KEY_ID_TEXT], zp_error *); /* a new key is current, the one before is retired */
bool zp_keys_retire(const zp_key_wish *, zp_error *);                                   /* the current one, with nobody in its place */
bool zp_keys_revoke(const zp_key_wish *, zp_error *);                                   /* one that is not current any more */

#endif
