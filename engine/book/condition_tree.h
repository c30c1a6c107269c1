/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside conditions: the tree that a text is parsed into. */
#ifndef ZP_BOOK_CONDITION_TREE_H
#define ZP_BOOK_CONDITION_TREE_H

#include "book/condition.h"

/* In the order of binding, the weakest first. */
typedef enum zp_term_is {
	ZP_IS_OR, ZP_IS_AND,
	ZP_IS_EQUAL, ZP_IS_UNEQUAL,
	ZP_IS_LESS, ZP_IS_AT_MOST, ZP_IS_MORE, ZP_IS_AT_LEAST,
	ZP_IS_PLUS, ZP_IS_MINUS,
	ZP_IS_TIMES, ZP_IS_DIV, ZP_IS_MOD,
	ZP_IS_NEGATIVE, /* of a */
	ZP_IS_UNION,
	ZP_IS_PATH, ZP_IS_CALL, ZP_IS_NUMBER, ZP_IS_TEXT
} zp_term_is;

typedef enum zp_type { ZP_A_TRUTH, ZP_A_NUMBER, ZP_A_TEXT, ZP_NODES } zp_type;

typedef enum zp_axis {
	ZP_CHILD, ZP_ATTRIBUTE, ZP_SELF, ZP_PARENT, ZP_DESCENDANT, ZP_DESCENDANT_OR_SELF, ZP_ANCESTOR, ZP_FOLLOWING_SIBLING,
	ZP_PRECEDING_SIBLING, ZP_AXES
} zp_axis;

typedef enum zp_function {
	ZP_F_NOT, ZP_F_BOOLEAN, ZP_F_TRUE, ZP_F_FALSE, ZP_F_KNOWN, ZP_F_COUNT, ZP_F_SUM, ZP_F_LEAST, ZP_F_MOST, ZP_F_MEAN, ZP_F_RUN, ZP_F_NUMBER,
	ZP_F_FLOOR, ZP_F_CEILING, ZP_F_ROUND, ZP_F_POSITION, ZP_F_LAST, ZP_F_STRING, ZP_F_CONCAT, ZP_F_CONTAINS, ZP_F_STARTS_WITH, ZP_F_LENGTH,
	ZP_F_SUBSTRING, ZP_F_BEFORE, ZP_F_AFTER, ZP_F_NORMALIZE, ZP_F_TRANSLATE, ZP_FUNCTIONS
} zp_function;

/* Where a path may be: rows of the form, or attributes of these. */
typedef struct zp_condition_place {
	uint64_t rows;
	bool attribute;
	const char *name; /* of the attribute; NULL: any */
} zp_condition_place;

typedef struct zp_expression {
	zp_term_is is;
	zp_type type;                /* when it is checked */
	struct zp_expression *a, *b; /* operands; `a` the first argument */
	struct zp_expression *next;  /* argument, or predicate */
	zp_function function;
	zp_text text;                /* of TEXT what it says; of the others the source */
	zp_fraction number;
	bool absolute;               /* of PATH: from the document, not from where it is asked */
	bool predicated;             /* of PATH: a step has a predicate */
	struct zp_step *steps;
	const char *skeleton;        /* of PATH: its text without predicates */
	bool checked, sound;         /* whether it was checked, and what came of it */
	bool followed;               /* of PATH and UNION: whether it was found where it leads */
	zp_condition_place leads;
} zp_expression;

typedef struct zp_step {
	zp_axis axis;
	const char *name;            /* NULL: any */
	bool node;                   /* node(): the document too */
	zp_expression *predicates;
	struct zp_step *next;
} zp_step;

struct zp_condition {
	const char *text;
	const zp_expression *root;
	zp_record_of of;
	zp_asks asks;
	const char *doubt;
};

/* What a function takes, a letter for each argument: t truth, n number, s text, N nodes; "s*" as many as there are, a small letter in
 * brackets may be left out; then what it gives. */
typedef struct zp_function_form { const char *name, *takes; unsigned least, most; zp_type gives; } zp_function_form;
const zp_function_form *zp_function_form_at(zp_function);

/* Parse the text. Gives: NULL, and why. Types are not yet known. */
zp_expression *zp_condition_parse(zp_arena *, const char *text, char why[static ZP_CONDITION_WORDS]);

#endif
