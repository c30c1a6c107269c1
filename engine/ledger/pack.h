/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of a laboratory in a measurand in as few bytes as they need, sample by sample:
 *
 *	byte    bits 0-3 the state, 4-5 the verdict, 6-7 the value: 0 none, 1 a number, 2 a bound, 3 an answer
 *	byte    bits 0-5 the reason, 6 the share of the limit is there, 7 the SDI is there
 *	whole   the group, 0: none
 *	byte    what part of it counts, in percent; where there is a verdict
 *	        a number: signed whole m, byte e (m times 10^e); a bound: '<' or '>' before that; an answer: whole, its place in the list
 *	signed  share of the limit in tenths of a percent, where it is there
 *	signed  SDI in hundredths, where it is there
 *
 * Wholes have seven bits in a byte, the low ones first, the eighth says that more follow; signed ones are folded (0 -1 1 -2 …).
 * State, verdict and reason by the numbers of ledger/words.c.
 */
#ifndef ZP_LEDGER_PACK_H
#define ZP_LEDGER_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/decimal.h"

typedef enum zp_packed_kind { ZP_PACKED_NONE, ZP_PACKED_NUMBER, ZP_PACKED_BOUND, ZP_PACKED_ANSWER } zp_packed_kind;

typedef struct zp_packed {
	uint8_t state, verdict, reason, kind; /* words.c; zp_packed_kind */
	uint8_t credit;                       /* percent; 0 without a verdict */
	uint32_t group;
	char bound;                           /* '<' or '>' */
	zp_decimal value;
	uint32_t answer;
	bool has_share, has_sdi;
	int64_t share, sdi; /* tenths of a percent, hundredths */
} zp_packed;

#define ZP_PACKED_MOST 64 /* bytes of one sample */

/* Gives: the end. Needs: room for ZP_PACKED_MOST. */
uint8_t *zp_pack(uint8_t *p, const zp_packed *);
/* Gives: the end; NULL when the bytes are not such a sample. */
const uint8_t *zp_unpack(const uint8_t *p, const uint8_t *end, zp_packed *);

#endif
