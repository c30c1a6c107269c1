/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of zhiping verify share: what there is to check by, and one line for each thing that is checked. */
#ifndef ZP_CLI_VERIFY_H
#define ZP_CLI_VERIFY_H

#include "cli/cli.h"
#include "press/verified.h"
#include "trust/pdf_check.h"

/* A row of a list of superseded papers. */
typedef struct zp_superseded { const char *round, *version, *digest, *replaced_by, *issued, *reason; } zp_superseded;

typedef struct zp_verify {
	zp_arena *arena;
	const zp_keyring *ring;      /* NULL: signatures are not checked */
	zp_superseded *rows;
	size_t n_rows, room;
	const zp_published *in;      /* the folder that codes are looked up in; NULL */
	const char *in_folder;
	zp_signature_found in_by;
	int code;                    /* of all so far */
} zp_verify;

/* Valid; valid as far as can be told, and somebody should look; not to be believed. */
enum { ZP_SOUND = 0, ZP_LOOK = 1, ZP_UNSOUND = 3 };

/* Print a line, with what cannot be seen made visible, and keep the worst. */
void zp_verify_say(zp_verify *, int code, const char *line);
/* The centre's name: of the keyring, else `claimed`, else some words. */
const char *zp_verify_who(const zp_verify *, const char *claimed);
/* What is to be added of a key that is believed with doubt. */
void zp_verify_doubt(zp_verify *, const char *what, zp_belief, const zp_error *);

/* ---- square codes ---- */

typedef struct zp_square {
	const char *round, *version, *lab, *key; /* key "-": not signed */
	char digest[ZP_DIGEST_TEXT];             /* in small letters */
	char code[16];                           /* to type */
	bool is_signed;
	zp_text what;                            /* that is signed */
	uint8_t signature[ZP_SIGNATURE];
} zp_square;

/* Fails: false, with a clause. */
bool zp_square_read(zp_arena *, const char *text, zp_square *, const char **why);
/* "round 2026-1 v1, laboratory L0001, code 7K3M-9QPT-X2" */
const char *zp_square_says(zp_arena *, const zp_square *);
/* NULL: none of the lists has it. */
const zp_superseded *zp_superseded_find(const zp_verify *, const char *round, const char *version, const char *digest);
/* Fails: false, after a sentence. */
bool zp_superseded_read(zp_verify *, const char *path, zp_error *);
/* Those that the folder lists which codes are looked up in, where that is to be believed. Fails: false, after a sentence. */
bool zp_superseded_take(zp_verify *, zp_error *);

void zp_verify_square(zp_verify *, const char *text);
void zp_verify_typed(zp_verify *, const char *code);
void zp_verify_pdf(zp_verify *, const char *path, zp_text);
void zp_verify_file(zp_verify *, const char *path, zp_text);

#endif
