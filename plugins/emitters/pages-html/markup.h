/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markup: a page that grows. What is ours is put as it is, what is told is escaped, by one function. */
#ifndef ZP_PAGES_MARKUP_H
#define ZP_PAGES_MARKUP_H

#include "host/plugin.h"

typedef struct zp_markup {
	char *bytes;
	size_t n, room;
	bool failed; /* without memory; then nothing more is put */
} zp_markup;

void zp_markup_free(zp_markup *);
void zp_markup_put(zp_markup *, const char *ours);     /* markup of this program */
void zp_markup_tell(zp_markup *, const char *text);    /* anything else: & < > " ' and control characters are escaped */
void zp_markup_number(zp_markup *, unsigned long long);
void zp_markup_share(zp_markup *, unsigned long long part, unsigned long long of); /* "96.7 %", half up; a dash when of is 0 */
void zp_markup_bytes(zp_markup *, const char *ours, size_t n);

#endif
