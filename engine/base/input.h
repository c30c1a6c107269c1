/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that a run read, for the manifest: its name as published, its size and its digest. */
#ifndef ZP_BASE_INPUT_H
#define ZP_BASE_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include "base/digest.h"

typedef struct zp_input {
	const char *name; /* relative to the round folder ("results/a.csv") or the rules folder ("limits/nccl-2026.xml") */
	const char *path; /* where it was read, lent; NULL: nowhere */
	uint64_t size;
	char sha256[ZP_DIGEST_TEXT];
	const char *encoding; /* as which it was read, "UTF-8"; NULL where that is no question */
} zp_input;

#endif
