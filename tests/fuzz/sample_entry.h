/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a ledger can hold: a round with a laboratory, a measurand, a sample. */
#ifndef ZP_TESTS_SAMPLE_ENTRY_H
#define ZP_TESTS_SAMPLE_ENTRY_H

#include "ledger/entry.h"

/* Owns: the arena. */
const zp_entry *sample_entry(zp_arena *);

#endif
