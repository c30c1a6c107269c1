/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new version of a round that was published: what it takes the place of, which laboratories keep what they have, and which papers are
 * replaced. */
#ifndef ZP_RUN_AMENDMENT_H
#define ZP_RUN_AMENDMENT_H

#include "press/published.h"
#include "run/changes.h"
#include "run/issue.h"

#define ZP_VERSION_TEXT 16

/* Which of its files a laboratory keeps from the version before. */
typedef enum zp_keeps {
	ZP_KEEPS_NONE,
	ZP_KEEPS_CERTIFICATE, /* and what else tells of its own results alone; reports are new, since something beside them differs */
	ZP_KEEPS_ALL,
} zp_keeps;

/* What a laboratory has: the version that its certificate says, its digests, and the version that its report says. Empty: nothing. */
typedef struct zp_held {
	char version[ZP_VERSION_TEXT], issued[11], code[32], digest[ZP_DIGEST_TEXT], content[ZP_DIGEST_TEXT], head[ZP_DIGEST_TEXT];
	char report[ZP_VERSION_TEXT];
	zp_keeps keeps;
} zp_held;

typedef struct zp_amendment {
	const zp_published *before; /* the newest version that is published */
	const char *reason, *by;    /* by: "" when nobody is named */
	const char *version;        /* the new one */
	bool reissue;               /* nobody keeps anything: all papers are made anew */
	const struct zp_holder *holders; /* laboratories with files in it, by code */
	size_t n_holders;
	unsigned emit;              /* ZP_EMIT_ bits of what it holds */
	/* filled by publishing */
	const zp_changes *changes;
	/* laboratories: keep theirs, keep their certificate and get a new report, get new ones, get their first, have none any more */
	size_t carried, beside, reissued, first, withdrawn;
	bool nothing;               /* nothing differs; nothing was published */
} zp_amendment;

/* The newest version of INTO/ROUND, to be followed by another; reason and by are left to the caller.
 * Fails: NULL; ZP_BAD_USE when nothing is published, or on an earlier day; ZP_BAD_INPUT when it is not what was published. */
zp_amendment *zp_amendment_open(zp_arena *, const char *into, const char *round, const char *issued, zp_error *);

/* What a laboratory holds of the version before; NULL: nothing. */
const zp_held *zp_amendment_held(const zp_amendment *, const char *lab);

/* The laboratory's files as they are, from the version before, but for those among `drawn`, which were made anew; by name.
 * Fails: ZP_BAD_INPUT when one is not what was published; ZP_IO. */
bool zp_amendment_carry(const zp_amendment *, const char *lab, const zp_input *drawn, size_t n_drawn, zp_press *, zp_error *);

/* superseded.csv: papers of earlier versions whose place was taken, cumulative. `held`: of all laboratories, by `codes`, after this. */
bool zp_superseded_write(zp_amendment *, const char *round, const zp_issue *, const zp_held *held, const char *const *codes, size_t n,
			 zp_press *, zp_error *);

/* Whether the tables of the press are those of the version before, to the byte. */
bool zp_amendment_same_tables(const zp_amendment *, zp_press *);

#endif
