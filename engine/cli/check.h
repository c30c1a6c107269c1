/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of zhiping check: its table, its JSON. */
#ifndef ZP_CLI_CHECK_H
#define ZP_CLI_CHECK_H

#include "cli/cli.h"
#include "run/receipt.h"

/* How many laboratories are in which state, and a table of them: those that call for something, the gravest first and at most
 * ZP_TABLE_LABS, or all by their codes. Needs: the intake stage is done. */
#define ZP_TABLE_LABS 50
void zp_check_table(const zp_run *, const zp_receipt *, bool all, bool chinese);

/* The whole outcome as one document (docs/formats/check-json.md). receipts NULL: it did not come so far. */
typedef struct zp_check_outcome {
	int code;
	const zp_error *err;     /* why it stopped, where it did */
	const char *letters;     /* their folder; NULL: none were asked for */
	size_t n_letters;
} zp_check_outcome;
void zp_check_json(const zp_run *, const zp_receipt *, const zp_check_outcome *);

#endif
