/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside conditions: a parsed record and sets of its nodes, which lie on one stack. */
#ifndef ZP_BOOK_DOCUMENT_H
#define ZP_BOOK_DOCUMENT_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include "book/condition_tree.h"

typedef struct zp_nodes {
	xmlNode **at;
	size_t n, room;
	bool ordered; /* the elements of the document are numbered, so that two can be compared at once */
} zp_nodes;

struct zp_document {
	xmlDoc *tree;
	zp_nodes *stack; /* of whoever asks; a question changes nothing else */
	zp_arena *arena; /* of texts and numbers while conditions are asked */
};

void zp_nodes_push(zp_nodes *, xmlNode *);
const char *zp_node_text(const xmlNode *attribute);
/* Put what a step leads to from a node onto the stack, in the order of the axis; predicates are not looked at. */
void zp_step_along(zp_nodes *, xmlNode *, const zp_step *);
/* The top of the stack, each node once and in the order of the document. */
void zp_nodes_put_in_order(const zp_document *, size_t from);

#endif
