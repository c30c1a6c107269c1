/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a paper says, as one digest: SHA-256 of a canonical text of everything that is printed of it (docs/formats/digest.md), the code to
 * type, and the text of its square code. */
#ifndef ZP_RUN_SEAL_H
#define ZP_RUN_SEAL_H

#include "base/arena.h"
#include "base/digest.h"
#include "model/paper.h"
#include "model/report.h"
#include "trust/signer.h"


/* Fill digest, code and checked from everything else. signer: NULL where nothing is signed. */
void zp_seal_report(zp_arena *, zp_report *, const zp_signer *);
void zp_seal_paper(zp_arena *, zp_paper *, const zp_signer *);

/* The same for a paper that keeps what an earlier version gave it: as if it were of that version and of that day. Gives: whether its digest
 * is that of the earlier paper, so that both tell the same; otherwise it is left as it was. */
bool zp_seal_report_as(zp_arena *, zp_report *, const char *version, const char *issued, const char *digest, const zp_signer *);

/* SHA-256 of all that the files of a laboratory tell, figures, findings, peers and course included, and not of when they were issued: two
 * versions with the same content need no new files. */
void zp_seal_content(const zp_report *, char digest[ZP_DIGEST_TEXT]);

/* The canonical text itself, to be looked at. */
const char *zp_seal_report_text(zp_arena *, const zp_report *);
const char *zp_seal_paper_text(zp_arena *, const zp_paper *);

#endif
