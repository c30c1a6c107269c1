/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is wrong with the input, collected so that it can be told in one go. */
#ifndef ZP_BASE_PROBLEMS_H
#define ZP_BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/nearest.h"

#define ZP_PROBLEMS_TOLD 1000 /* so many are printed, the rest is counted */

typedef struct zp_problem {
	const char *file; /* as the operator named it; never NULL */
	long line, column; /* from 1; 0: none */
	const char *text;
	const struct zp_names *names; /* a question that is not answered yet: which of these is meant by `asked`? */
	zp_text asked;
	bool apart;
} zp_problem;

typedef struct zp_problems zp_problems;

zp_problems *zp_problems_take(zp_arena *);
void zp_problem_add(zp_problems *, const char *file, long line, long column, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* The problem just added is about this text, which is none of the names: when all is joined, the nearest of them is asked
 * for in its sentence. Needs: names stay as they are until then. */
void zp_problem_ask(zp_problems *, const zp_names *names, zp_text asked, zp_nearest_use);
/* Put "; did you mean ...?" to the problems that ask, where a name is near. Each text is looked up once, and all of them
 * together for so long only (ZP_NEAREST_WORK); what is not looked up gets no question. */
#define ZP_NEAREST_WORK 50000000u
void zp_problems_answer(zp_problems *);
size_t zp_problems_count(const zp_problems *); /* all, told or not */
const zp_problem *zp_problem_at(const zp_problems *, size_t i); /* i < min(count, ZP_PROBLEMS_TOLD) */
/* Append `from` to `to`, in order; lines are moved down by `lines`. */
void zp_problems_join(zp_problems *to, const zp_problems *from, long lines);
/* One line each, "file:line:column: sentence", then the count of those not printed. */
void zp_problems_print(const zp_problems *, FILE *);

#endif
