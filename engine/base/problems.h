/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is wrong with the input, collected so that it can be told in one go. */
#ifndef ZP_BASE_PROBLEMS_H
#define ZP_BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/arena.h"

#define ZP_PROBLEMS_TOLD 1000 /* so many are printed, the rest is counted */

typedef struct zp_problem {
	const char *file; /* as the operator named it; never NULL */
	long line, column; /* from 1; 0: none */
	const char *text;
} zp_problem;

typedef struct zp_problems zp_problems;

zp_problems *zp_problems_take(zp_arena *);
void zp_problem_add(zp_problems *, const char *file, long line, long column, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
size_t zp_problems_count(const zp_problems *); /* all, told or not */
const zp_problem *zp_problem_at(const zp_problems *, size_t i); /* i < min(count, ZP_PROBLEMS_TOLD) */
/* Append `from` to `to`, in order; lines are moved down by `lines`. */
void zp_problems_join(zp_problems *to, const zp_problems *from, long lines);
/* One line each, "file:line:column: sentence", then the count of those not printed. */
void zp_problems_print(const zp_problems *, FILE *);

#endif
