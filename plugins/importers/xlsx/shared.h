/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that cells share. */
#ifndef ZP_XLSX_SHARED_H
#define ZP_XLSX_SHARED_H

#include "rich.h"

#define ZP_STRINGS (1u << 20)

typedef struct zp_strings {
	zp_store text, ends, unfit; /* ends: uint32_t behind each text; unfit: const char * of each */
	size_t n;
} zp_strings;

/* Needs: part may be NULL, then there are none. To be ended also when it fails. */
bool zp_strings_read(zp_package *, const zp_part *part, zp_strings *);
void zp_strings_end(zp_strings *);

/* Needs: i < n. */
zp_text zp_string_at(const zp_strings *, size_t i, const char **unfit);

#endif
