/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is wrong with the input, collected so that it can be told in one go, and to whom it belongs. */
#ifndef ZP_BASE_PROBLEMS_H
#define ZP_BASE_PROBLEMS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/text.h"
#include "base/nearest.h"

#define ZP_PROBLEMS_TOLD 1000 /* so many are printed, the rest is counted */
#define ZP_PROBLEMS_EACH 100  /* so many of one owner are kept all the same, for a letter, where that is asked for */

#define ZP_NO_ONE UINT32_MAX
#define ZP_ABOUTS 4

/* Whom a problem concerns and what it is about, by numbers of the caller's; ZP_NO_ONE where that is not known. */
typedef struct zp_concern {
	uint32_t owner;
	uint32_t about[ZP_ABOUTS];
	zp_text sent; /* what was found; .p NULL: nothing to show */
} zp_concern;
#define ZP_CONCERNS_NO_ONE ((zp_concern){ ZP_NO_ONE, { ZP_NO_ONE, ZP_NO_ONE, ZP_NO_ONE, ZP_NO_ONE }, { NULL, 0 } })

typedef struct zp_spot {
	const char *file; /* as the operator named it; never NULL */
	zp_text sheet;    /* of a workbook; .p NULL: none */
	long line, column; /* from 1; 0: none */
} zp_spot;

typedef struct zp_problem {
	const char *file;
	const char *sheet; /* NULL: none */
	long line, column;
	const char *text;
	const char *chinese; /* NULL: there is no Chinese for it (base/chinese.h) */
	uint32_t owner, about[ZP_ABOUTS];
	const char *sent; /* as it can be shown; NULL */
	const struct zp_names *names; /* a question that is not answered yet: which of these is meant by `asked`? */
	zp_text asked;
	bool apart;
} zp_problem;

typedef struct zp_problems zp_problems;

/* How many were kept and dropped, of whom: of one list, or of several that one worker fills in turn and that are joined in that
 * turn. What is kept of them holds the first that would be kept of one list. */
typedef struct zp_tally zp_tally;
zp_tally *zp_tally_take(zp_arena *, bool each); /* each: ZP_PROBLEMS_EACH are kept of every owner */

zp_problems *zp_problems_take(zp_arena *); /* with a tally of its own, each false */
zp_problems *zp_problems_take_for(zp_arena *, zp_tally *);
void zp_problem_add(zp_problems *, const char *file, long line, long column, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* The same with a sheet and an owner; concern may be NULL. */
void zp_problem_tell(zp_problems *, const zp_spot *, const zp_concern *, const char *fmt, va_list) __attribute__((format(printf, 4, 0)));
/* As a format: two texts follow, the English and the Chinese, which may be NULL, of what was put into words elsewhere. */
extern const char zp_problem_in_both[];
/* The problem just added is about this text, which is none of the names: when all is joined, the nearest of them is asked
 * for in its sentence. Needs: names stay as they are until then. */
void zp_problem_ask(zp_problems *, const zp_names *names, zp_text asked, zp_nearest_use);
/* Put "; did you mean ...?" to the problems that ask, where a name is near. Each text is looked up once, and all of them
 * together for so long only (ZP_NEAREST_WORK); what is not looked up gets no question. */
#define ZP_NEAREST_WORK 50000000u
void zp_problems_answer(zp_problems *);

size_t zp_problems_count(const zp_problems *); /* all, kept or not */
size_t zp_problems_kept(const zp_problems *);
const zp_problem *zp_problem_at(const zp_problems *, size_t i); /* i < kept; the first min(count, ZP_PROBLEMS_TOLD) are the first there were */
const size_t *zp_problems_by_owner(const zp_problems *, zp_arena *, size_t owners); /* how many of each, kept or not */
/* Append `from` to `to`, in order; lines are moved down by `lines`. */
void zp_problems_join(zp_problems *to, const zp_problems *from, long lines);
/* When all lists of the tally are joined: to whom those belong that none of them kept. */
void zp_problems_join_dropped(zp_problems *to, const zp_tally *);
/* "results/lab.csv:7:3", "results/lab.xlsx:结果!C7". Gives: out. */
const char *zp_problem_place(const zp_problem *, char *out, size_t size);
/* One line each, "place: sentence", then the count of those not printed. */
void zp_problems_print(const zp_problems *, FILE *);
void zp_problems_print_in(const zp_problems *, bool chinese, FILE *);

#endif
