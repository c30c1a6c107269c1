/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to the clock that tells the date: an event of the trail says when. What it says is published nowhere. */
#ifndef ZP_LEDGER_CLOCK_H
#define ZP_LEDGER_CLOCK_H

#include <stdint.h>

#define ZP_INSTANT_TEXT 32

/* Of the machine, in UTC: "2026-11-26T14:06:01Z". */
void zp_clock_read(char out[static ZP_INSTANT_TEXT]);
/* The same of seconds since 1970. */
void zp_clock_print(int64_t seconds, char out[static ZP_INSTANT_TEXT]);

#endif
