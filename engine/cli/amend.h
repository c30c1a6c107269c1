/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an amendment says of titles (cli/amend_titles.c). */
#ifndef ZP_CLI_AMEND_H
#define ZP_CLI_AMEND_H

#include "cli/closing.h"
#include "press/published.h"
#include "run/amendment.h"

/* Papers and titles of the round's year, given to laboratories whose verdicts changed. Fails: false with c->err. */
bool zp_amend_tell_given(zp_closing *, const zp_changes *);

/* Who would gain and who would lose a title (--awards), by the year as the ledger has it and by a copy of the ledger with the new version in it.
 * Fails: false with c->err, or after problems of rules or input. */
bool zp_amend_tell_awards(zp_closing *, const zp_published *);

#endif
