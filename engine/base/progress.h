/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the work is, for who looks on: a few counters that any thread steps, and any process forked from here. Nobody waits for
 * anybody, nothing is printed, and no result depends on it. NULL is fine everywhere: nobody looks on. */
#ifndef ZP_BASE_PROGRESS_H
#define ZP_BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct zp_progress zp_progress;

/* Counters in memory that forked processes share. Gives: NULL when there is none to be had. */
zp_progress *zp_progress_open(void);
void zp_progress_close(zp_progress *);

/* What is done from now on, of which there are `total`; 0: nobody knows how many. By the thread that leads.
 * Needs: the word is a literal; it is the message that words.h translates. */
void zp_progress_stage(zp_progress *, const char *word, size_t total);
/* So many more are done. By anybody; once for a block, not for each row. */
void zp_progress_step(zp_progress *, size_t n);

typedef struct zp_progress_view {
	unsigned stage; /* how many there were up to now, this one among them; 0: none */
	const char *word;
	size_t done, total;
} zp_progress_view;
/* Gives: false while a stage begins. */
bool zp_progress_look(const zp_progress *, zp_progress_view *);

#endif
