/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each laboratory is told before a round is closed: what came of it, what is missing, what to correct. One text and one
 * table each, in the laboratory's own terms; nothing of any other laboratory is in them. */
#ifndef ZP_RUN_LETTER_H
#define ZP_RUN_LETTER_H

#include <stdio.h>
#include "run/receipt.h"

/* Everything that one letter is made of. */
typedef struct zp_letter {
	const zp_run *run;
	zp_arena *arena;
	uint32_t lab;
	const zp_receipt *receipt;
	const zp_problem *const *problems; /* its own, in the order of files and lines */
	size_t n_problems;
	bool chinese;
} zp_letter;

void zp_letter_text(const zp_letter *, FILE *);
void zp_letter_table(const zp_letter *, FILE *); /* CSV, UTF-8 with a mark */

typedef struct zp_letters_wish {
	const char *into; /* a folder that does not exist or is empty */
	bool chinese;
	bool all;         /* also to those who have nothing to do */
} zp_letters_wish;

/* Write INTO/CODE.txt and INTO/CODE.csv. Needs: the intake stage is done.
 * Gives: how many laboratories got a letter. Fails: ZP_BAD_USE, ZP_IO; then nothing is there. */
size_t zp_letters_write(const zp_run *, const zp_receipt *, const zp_letters_wish *, zp_error *);

#endif
