/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside conditions: what a path finds in a record, and which fact was missing. */
#ifndef ZP_BOOK_CONDITION_FIND_H
#define ZP_BOOK_CONDITION_FIND_H

#include "book/document.h"

/* Where something is asked. */
typedef struct spot { xmlNode *node; size_t position, size; } spot;

typedef struct asking {
	const zp_document *document;
	zp_nodes *stack;
	zp_missing *missing;
	bool lost; /* `missing` says what */
	const zp_record_form *forms;
	size_t n_forms;
} asking;

/* On the stack; whoever takes it puts the stack back to `from`. */
typedef struct set {
	size_t from, n;
	const xmlNode *without; /* an element that may have the attribute at the end of the path, and has not: not all values are known */
	const char *what;       /* the attribute */
} set;

typedef enum need {
	ONE,      /* something must be found */
	WHETHER,  /* something must be found without predicates */
	NUMBER_OF /* the same, but nothing at all is found where no predicate is asked: that is 0 */
} need;

/* Gives: always false. The fact that was missing is kept, if it is the first: "programme/measurand/@status (chemistry, GLU)". */
bool zp_lose(asking *, const xmlNode *, const char *fact, const char *more);
bool zp_lose_text(asking *, const xmlNode *, zp_text source, const char *more);

/* What a path finds, or a union of paths. Gives: false when that is not known. */
bool zp_find(asking *, const zp_expression *, spot, need, set *out);
bool zp_is_known(asking *, const zp_expression *, spot);
/* Where one value that is not known is enough not to know the whole. */
bool zp_is_whole(asking *, const set *);

zp_truth zp_truth_of(asking *, const zp_expression *, spot);
/* One number. What is divided by 0, or has too many digits, is nothing. Gives: false when it is not known. */
bool zp_number_of(asking *, const zp_expression *, spot, zp_fraction *);

#endif
