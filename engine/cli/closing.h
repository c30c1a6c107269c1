/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What close, merge and amend share: their options, the run, what is told of it, and the ledger. Each step is a function of its own. */
#ifndef ZP_CLI_CLOSING_H
#define ZP_CLI_CLOSING_H

#include "cli/cli.h"
#include "ledger/ledger.h"
#include "run/publish.h"

typedef struct zp_closing {
	const zp_command *self;
	zp_given_options given;
	long threads;
	uint64_t memory; /* bytes that may be resident; 0: not said */
	zp_publish_wish publish;
	const char *ledger_path; /* NULL: without a ledger */
	const char *parts;       /* the folder of parts that are joined; NULL: everything is worked out here */
	bool draft;              /* only tells what would come out, and what approvals are bound to */
	bool follows;            /* an earlier version: which one is known when the run is over */
	bool looks;              /* only looks: the ledger is read, and nothing is published */
	/* what is made on the way, and let go at the end */
	zp_arena *arena;
	zp_registry *registry;
	zp_watch *watch;
	zp_run *run;
	zp_press *press;         /* what came in is on its way already; NULL: not yet */
	zp_ledger *ledger;
	zp_signer *signer;       /* NULL: nothing is signed */
	zp_error err;
} zp_closing;

/* The words of --emit, NULL for all, as ZP_EMIT_ bits. Fails: false after a sentence on stderr. */
bool zp_closing_emit(const char *list, unsigned *emit);
/* The head that a version names: of the trail as it is, or as it was when the version was put in; it says again what it said then.
 * parts: the folder where papers and seals may lie that name an earlier head, which counts then; NULL: none are joined. Fails: NULL. */
const char *zp_cli_head(zp_ledger *, zp_arena *, const char *round, const char *version, const char *parts, zp_error *);
/* Whether it is a date. Fails: false after a sentence on stderr. */
bool zp_closing_date(const zp_command *, const char *date);

/* What was asked for. Fails: false after a sentence on stderr; nothing is open then. */
bool zp_closing_read(zp_closing *, const zp_command *, int argc, char **argv);

/* The registry, the run as far as its ranks, and the ledger. Fails: false with the failure in .err, or told already when that is empty;
 * what was opened stays so until the end. */
bool zp_closing_run(zp_closing *);

/* Put the head of the ledger's trail into the issue: with --papers and --seals as zp_cli_head has it of parts. Needs: its version. Fails: false. */
bool zp_closing_head(zp_closing *);

/* Publish. Gives: the folder; NULL with .err, or when an amendment changes nothing. */
const char *zp_closing_put(zp_closing *);
/* Publish, tell, put into the ledger. Needs: the head. Gives: the exit code. */
int zp_closing_publish(zp_closing *);
/* The same of what is published already. */
int zp_closing_tell(zp_closing *, const char *published);

/* Tell what would be published. Gives: the exit code. */
int zp_closing_draft(zp_closing *);

/* Let everything go. Gives: the code given to it. */
int zp_closing_end(zp_closing *, int code);

#endif
