/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What zhiping year was told: its options, and the files that they name. */
#ifndef ZP_CLI_YEAR_H
#define ZP_CLI_YEAR_H

#include "book/certificate.h"
#include "cli/cli.h"
#include "year/emit.h"
#include "year/year.h"
#include "year/year_titles.h"

#define ZP_YEAR_INPUTS_MOST 8
#define ZP_YEAR_AWARDS_MOST 50

typedef struct zp_year_work {
	const zp_given_options *given;
	const char *into, *folder; /* of the year within `into`: "year-2026" */
	zp_arena *arena;
	zp_problems *input, *rules;
	zp_year_wish wish;
	zp_problems *doubts; /* what is suspicious in rules */
	const zp_award *awards[ZP_YEAR_AWARDS_MOST];
	zp_input inputs[ZP_YEAR_INPUTS_MOST + ZP_YEAR_AWARDS_MOST + 1];
	size_t n_inputs;
	const char *version;
	unsigned number;             /* of the version */
	bool chinese;
	zp_registry *registry;       /* NULL until somebody needs it */
	const zp_emission *emission;
	const zp_template *templates[ZP_TEMPLATE_KINDS]; /* of papers */
	zp_inputs template_files;
	zp_signer *signer;           /* NULL: nothing is signed */
	zp_watch *watch;             /* who looks on */
	const char *ledger;          /* its path */
	const zp_names *given_numbers;      /* numbers of papers, and the head of the trail before each was given */
	const char *const *heads;
	const char *manifest;        /* digest of the one that was published */
	bool untold;                 /* what is refused is not for the trail: a look only, or the trail is not sound */
	zp_error err;
} zp_year_work;

/* Everything but the ledger. Fails: false after problems of rules or input, or with err. */
bool zp_year_read_options(zp_year_work *);

#endif
