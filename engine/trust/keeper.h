/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper: a child process that alone holds the private keys, and signs what it is asked to. So whatever runs beside it (a drawing
 * library, a plugin, a reader of somebody's file) can get no key, and what papers it can get signed is square codes and PDFs.
 *
 * There are two lines to it. The run's own is closed in its children; they have the papers' line, over which no manifest and no list of keys
 * is signed. Requests and answers are in the machine's own form, for both ends are this program. */
#ifndef ZP_TRUST_KEEPER_H
#define ZP_TRUST_KEEPER_H

#include <stdint.h>
#include <sys/types.h>
#include "trust/cms.h"
#include "trust/secret.h"

#define ZP_KEEPER_DER 8192u        /* bytes of a certificate */
#define ZP_KEEPER_TEXT (1u << 30)  /* bytes to be signed */

/* The first that it says, over the run's own line. */
typedef struct zp_keeper_hello {
	zp_error err; /* code 0: it has the keys */
	zp_secret_says says;
	uint32_t n_certificate, n_root;
	uint8_t certificate[ZP_KEEPER_DER], root[ZP_KEEPER_DER];
} zp_keeper_hello;

typedef enum zp_keeper_wish {
	ZP_KEEP_TEXT, /* Ed25519 of the bytes that follow */
	ZP_KEEP_PDF,  /* CMS by RSA; the digest of the PDF follows */
} zp_keeper_wish;

typedef struct zp_keeper_request { uint32_t wish, n; } zp_keeper_request;

typedef struct zp_keeper_answer {
	uint32_t n; /* 0: it does not sign that */
	uint8_t signature[ZP_CMS_SIGNATURE];
} zp_keeper_answer;

/* The life of the keeper: it ends with whoever made it, or when nobody can ask it any more. Needs: it was forked by `parent`. */
_Noreturn void zp_keeper_be(int own, int papers, pid_t parent, const char *folder, const char *passphrase);

#endif
