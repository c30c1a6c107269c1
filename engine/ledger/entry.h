/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One published version of a round as the ledger holds it: all in memory, independent of any file, so that the same content has
 * the same digest wherever it is kept. */
#ifndef ZP_LEDGER_ENTRY_H
#define ZP_LEDGER_ENTRY_H

#include "base/digest.h"
#include "ledger/annals.h"

/* What is kept of a group beside its number: the columns of these names in targets.csv. */
#define ZP_TARGET_CELLS 22
extern const char *const zp_target_columns[ZP_TARGET_CELLS];
typedef struct zp_entry_target { uint32_t group; const char *cells[ZP_TARGET_CELLS]; } zp_entry_target;

/* The samples of a laboratory in a measurand, packed (ledger/pack.h). */
typedef struct zp_entry_result {
	uint32_t lab;
	uint16_t programme, measurand;
	uint32_t n; /* bytes */
	const uint8_t *bytes;
} zp_entry_result;

/* What the year does not ask of a measurand, and a reader may. */
typedef struct zp_entry_rule { uint32_t weight; const char *limit, *limit_set; } zp_entry_rule;

typedef struct zp_entry {
	zp_annal_round round; /* version is "v" and the number */
	int version;
	const char *organiser_en, *opens_at, *closes_at, *engine; /* the instants as written */
	const char *const *cancelled;      /* per programme: why; "" */
	const char *const *const *samples; /* per programme: their codes, "" where nobody was asked */
	const zp_entry_rule *const *rules; /* per programme and measurand */
	const char *const *answers;        /* words of results that are no numbers, in the order in which they first came */
	size_t n_answers;
	const zp_entry_target *targets;
	size_t n_targets;
	const zp_entry_result *results; /* by laboratory, programme, measurand */
	size_t n_results, n_samples;    /* n_samples: single results in them */
	const char *manifest;           /* manifest.json, to the byte; round.digest is its SHA-256 */
	size_t n_manifest;
} zp_entry;

/* Put laboratories in the order of their codes, and tallies and results with them.
 * Fails: ZP_BAD_INPUT when two have one code. */
bool zp_entry_sort(zp_entry *, zp_arena *, zp_error *);

/* Whether it is one that zhiping close could have written: its id, codes, year, and no row twice. Needs: sorted.
 * Fails: ZP_BAD_INPUT, at the place. */
bool zp_entry_is_sound(const zp_entry *, const char *place, zp_error *);

/* SHA-256 of everything in it, in one order. */
void zp_entry_digest(const zp_entry *, char out[static ZP_DIGEST_TEXT]);

#endif
