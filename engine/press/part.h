/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part: what one machine of several worked out of a round, as one file that another joins (docs/formats/part.md).
 *
 *	zhiping part 1 LF        the form and its version
 *	head                     which part it is, and what it was made of
 *	body                     numbers of fixed width, least byte first, and texts with their length
 *	64 digits LF             SHA-256 of everything before
 *
 * Nothing of a part is believed before its digest was found right, and nothing of it is used as an index before it was held against
 * what there is: the digest tells accidents, and the reader bears the rest. */
#ifndef ZP_PRESS_PART_H
#define ZP_PRESS_PART_H

#include <stdint.h>
#include <string.h>
#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

#define ZP_PARTS_MOST 4096u /* into so many a round is divided */
#define ZP_PART_ENDS ".part"

typedef enum zp_part_kind { ZP_PART_SCORES, ZP_PART_PAPERS, ZP_PART_SEALS, ZP_PART_KINDS } zp_part_kind;

/* Part i of n, from 1; n 0: it is not divided. */
typedef struct zp_division { uint32_t i, n; } zp_division;

/* What a part was made of: parts of one round agree in all of it. Texts are never NULL. */
typedef struct zp_basis {
	const char *engine;             /* name and version of the program */
	char machine[ZP_DIGEST_TEXT];   /* of the build, plugins and libraries */
	char rounding[ZP_DIGEST_TEXT];  /* of results of the C library on its processor */
	char rules[ZP_DIGEST_TEXT];     /* of the files of rules that count */
	char inputs[ZP_DIGEST_TEXT];    /* of every file of the round */
	char stand[ZP_DIGEST_TEXT];     /* of the round as it stands before targets are worked out */
	const char *wish;               /* options that make a difference, canonical JSON; "" where there are none */
} zp_basis;

typedef struct zp_part_head { zp_part_kind kind; zp_division of; zp_basis basis; } zp_part_head;

/* "scores-3-of-7.part". Gives: out. */
#define ZP_PART_NAME 64
const char *zp_part_name(zp_part_kind, zp_division, char out[static ZP_PART_NAME]);

/* Whether a file of that name may be meant as a part of that kind: it is not named for another. */
bool zp_part_is_of(const char *name, zp_part_kind);

/* ---- writing ---- */

typedef struct zp_part_writer zp_part_writer;

/* Begin the part in the folder, which is made if need be, under a name of its own until it is whole.
 * Fails: NULL, ZP_IO. Owns: zp_part_finish or zp_part_drop. */
zp_part_writer *zp_part_begin(const char *folder, const zp_part_head *, zp_error *);
/* More of its body. A failure is told by zp_part_finish. */
void zp_part_bytes(zp_part_writer *, const void *bytes, size_t n);
void zp_part_put(zp_part_writer *, uint64_t value, size_t bytes);
static inline void zp_part_u8(zp_part_writer *w, uint8_t v) { zp_part_put(w, v, 1); }
static inline void zp_part_u32(zp_part_writer *w, uint32_t v) { zp_part_put(w, v, 4); }
static inline void zp_part_u64(zp_part_writer *w, uint64_t v) { zp_part_put(w, v, 8); }
void zp_part_text(zp_part_writer *, zp_text);
/* Sync it and give it its name, in place of one that was there. Fails: ZP_IO; then it is gone. */
bool zp_part_finish(zp_part_writer *, zp_error *);
void zp_part_drop(zp_part_writer *);

/* ---- reading ---- */

/* What is left to read; beyond the end everything is 0 and `bad` is set. */
typedef struct zp_part_cursor { const unsigned char *p; size_t n; bool bad; } zp_part_cursor;

/* n bytes; NULL beyond the end. */
static inline const void *zp_part_take(zp_part_cursor *c, size_t n)
{
	if (n > c->n) {
		c->bad = true;
		c->n = 0;
		return NULL;
	}
	const void *at = c->p;
	c->p += n;
	c->n -= n;
	return at;
}

static inline uint64_t zp_part_number(zp_part_cursor *c, size_t bytes)
{
	const unsigned char *p = zp_part_take(c, bytes);
	uint64_t v = 0;
	for (size_t k = bytes; p && k; k--)
		v = v << 8 | p[k - 1];
	return v;
}

/* Its bytes stay in the part. */
static inline zp_text zp_part_take_text(zp_part_cursor *c)
{
	const uint32_t n = (uint32_t)zp_part_number(c, 4);
	const char *p = zp_part_take(c, n);
	return (zp_text){ p ? p : "", p ? n : 0 };
}

typedef struct zp_part {
	const char *name;      /* of its file, within the folder */
	zp_part_head head;
	zp_part_cursor body;
} zp_part;

/* Map FOLDER/NAME into memory, where it stays as long as the arena lives, and hold it against its digest.
 * Gives: false, and *why a clause that says what is wrong with it. */
bool zp_part_read(zp_arena *, const char *folder, const char *name, zp_part *, const char **why);

/* What it says it is, without reading it to its end: only a hint before zp_part_read. Gives: false when it says nothing. */
bool zp_part_look(zp_arena *, const char *folder, const char *name, zp_part_head *);

/* Names of the files in the folder that end in .part, sorted; a folder that is not there has none.
 * Fails: NULL, ZP_IO. */
const char **zp_part_list(zp_arena *, const char *folder, size_t *n, zp_error *);

#endif
