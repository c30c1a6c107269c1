/* SPDX-License-Identifier: GPL-3.0-or-later */
/* receipt.csv: when and from where files of results came, where the organiser keeps that. */
#ifndef ZP_RUN_ARRIVALS_H
#define ZP_RUN_ARRIVALS_H

#include "run/run.h"

typedef struct zp_arrival { const char *received, *channel; } zp_arrival; /* an instant; NULL: nothing is known of the file */

/* Fill run->arrivals, one for each file of results, and run->receipt_file; both stay NULL where the round has no such table. Problems
 * go to the input's; a file that came after the round closed is a remark. */
void zp_arrivals_read(zp_run *);

#endif
