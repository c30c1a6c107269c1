/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published folder, checked whole: who signed its manifest, whether every file is what was published, what is missing and what does not
 * belong, what came in, and whether a later version took its place. Any folder may come; nothing outside of it and of what lies beside it
 * (versions, inputs) is looked at. */
#ifndef ZP_PRESS_VERIFIED_H
#define ZP_PRESS_VERIFIED_H

#include "press/published.h"
#include "trust/belief.h"

/* Who signed some bytes. */
typedef enum zp_signed {
	ZP_SIGNED,            /* by `key`, which is believed, maybe with doubt */
	ZP_SIGNED_NOT,        /* there is no signature, and it says that there should be none */
	ZP_SIGNED_BY_NOBODY,  /* there is a signature, and no keyring to check it by */
	ZP_SIGNED_UNKNOWN,    /* by a key that is not in the keyring, or is not believed: `why` */
	ZP_SIGNED_WRONG       /* the bytes or the signature are altered: `why` */
} zp_signed;

typedef struct zp_signature_found {
	zp_signed state;
	const zp_public_key *key;
	zp_belief belief;
	zp_error why;
} zp_signature_found;

/* The 64 bytes in PATH.sig. claimed: the key that the bytes say they are signed with, "" where they do not say, "-" for none; date: of issue, or "". */
void zp_signature_check(zp_arena *, const char *path, zp_text bytes, const zp_keyring *, const char *claimed, const char *date, zp_signature_found *);
/* That of the manifest of a published folder. */
void zp_published_signature(zp_arena *, const zp_published *, const zp_keyring *, zp_signature_found *);

typedef struct zp_verified {
	const zp_published *published;
	zp_signature_found by;
	size_t files;                             /* that the manifest lists */
	size_t altered, missing, strange, other;  /* faults: listed files, listed files, files that are not listed, anything else */
	size_t inputs, inputs_kept, inputs_lost;  /* what went in: all, those that lie beside it unaltered, those that do not */
	bool store;                               /* there is a folder of inputs beside it */
	const char *replaced_by, *reason, *since; /* the version beside it that took its place; "" */
} zp_verified;

/* Each sentence as it is found: place and all. `fault`: false for what only should be known. */
typedef void zp_verified_tell(void *self, const zp_error *, bool fault);

/* ring NULL: signatures are not checked. Fails: false when it is no published folder at all. */
bool zp_folder_verify(zp_arena *, const char *folder, const zp_keyring *, zp_verified_tell *, void *self, zp_verified *, zp_error *);
/* The latest version beside a folder that lies after this one; NULL: there is none. */
const char *zp_folder_later(zp_arena *, const char *folder, const char *version);

#endif
