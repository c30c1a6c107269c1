/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record while conditions are asked of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "book/document.h"
#include "base/memory.h"

static void quiet(void *self, xmlErrorPtr fault)
{
	(void)self, (void)fault;
}

zp_document *zp_document_open(zp_text bytes, char *why, size_t size)
{
	zp_document *d = calloc(1, sizeof *d);
	xmlParserCtxt *parser = d ? xmlNewParserCtxt() : NULL;
	if (!parser) {
		snprintf(why, size, "there is no memory for the record");
		free(d);
		return NULL;
	}
	d->stack = zp_must(calloc(1, sizeof *d->stack));
	parser->sax->serror = quiet;
	d->tree = bytes.n > INT32_MAX ? NULL : xmlCtxtReadMemory(parser, bytes.p, (int)bytes.n, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOENT | XML_PARSE_COMPACT | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlFreeParserCtxt(parser);
	const xmlNode *root = d->tree ? xmlDocGetRootElement(d->tree) : NULL;
	if (!root || d->tree->intSubset || strcmp((const char *)root->name, "record") != 0) {
		snprintf(why, size, "this is no annual record; expected <record> in well-formed XML without a document type");
		zp_document_close(d);
		return NULL;
	}
	d->arena = zp_arena_open();
	return d;
}

void zp_document_close(zp_document *d)
{
	if (!d)
		return;
	xmlFreeDoc(d->tree);
	if (d->arena)
		zp_arena_close(d->arena);
	free(d->stack->at);
	free(d->stack);
	free(d);
}

const char *zp_node_text(const xmlNode *attribute)
{
	return attribute->type == XML_ATTRIBUTE_NODE && attribute->children && attribute->children->content ? (const char *)attribute->children->content : "";
}

const char *zp_document_at(const zp_document *d, const char *child, const char *attribute)
{
	const xmlNode *e = xmlDocGetRootElement(d->tree);
	if (child)
		for (e = e->children; e && strcmp((const char *)e->name, child) != 0;)
			e = e->next;
	for (const xmlAttr *a = e && e->type == XML_ELEMENT_NODE ? e->properties : NULL; a; a = a->next)
		if (strcmp((const char *)a->name, attribute) == 0)
			return zp_node_text((const xmlNode *)a);
	return NULL;
}

void zp_nodes_push(zp_nodes *s, xmlNode *node)
{
	if (s->n == s->room) {
		s->room = s->room ? s->room * 2 : 256;
		s->at = zp_must(realloc(s->at, s->room * sizeof *s->at));
	}
	s->at[s->n++] = node;
}

/* ---- axes ---- */

static bool fits(const xmlNode *node, const zp_step *s)
{
	if (s->node)
		return true;
	return node->type == XML_ELEMENT_NODE && (!s->name || strcmp((const char *)node->name, s->name) == 0);
}

static void push_fit(zp_nodes *to, xmlNode *node, const zp_step *s)
{
	if (fits(node, s) && (node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE || s->axis == ZP_SELF))
		zp_nodes_push(to, node);
}

static xmlNode *children(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE ? node->children : NULL;
}

static void descend(zp_nodes *to, const xmlNode *node, const zp_step *s)
{
	for (xmlNode *c = children(node); c; c = c->next) {
		push_fit(to, c, s);
		descend(to, c, s);
	}
}

void zp_step_along(zp_nodes *to, xmlNode *node, const zp_step *s)
{
	switch (s->axis) {
	case ZP_CHILD:
		for (xmlNode *c = children(node); c; c = c->next)
			push_fit(to, c, s);
		return;
	case ZP_ATTRIBUTE:
		for (xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a; a = a->next)
			if (!s->name || strcmp((const char *)a->name, s->name) == 0)
				zp_nodes_push(to, (xmlNode *)a);
		return;
	case ZP_PARENT:
		if (node->parent)
			push_fit(to, node->parent, s);
		return;
	case ZP_ANCESTOR:
		for (xmlNode *up = node->parent; up; up = up->parent)
			push_fit(to, up, s);
		return;
	case ZP_DESCENDANT_OR_SELF: push_fit(to, node, s); /* fall through */
	case ZP_DESCENDANT: descend(to, node, s); return;
	case ZP_FOLLOWING_SIBLING:
		for (xmlNode *n = node->type == XML_ATTRIBUTE_NODE ? NULL : node->next; n; n = n->next)
			push_fit(to, n, s);
		return;
	case ZP_PRECEDING_SIBLING:
		for (xmlNode *n = node->type == XML_ATTRIBUTE_NODE ? NULL : node->prev; n; n = n->prev)
			push_fit(to, n, s);
		return;
	default: push_fit(to, node, s);
	}
}

static int in_document(const void *a, const void *b)
{
	return -xmlXPathCmpNodes(*(xmlNode *const *)a, *(xmlNode *const *)b);
}

void zp_nodes_put_in_order(const zp_document *d, size_t from)
{
	zp_nodes *s = d->stack;
	size_t kept = from;
	if (!s->ordered) {
		xmlXPathOrderDocElems(d->tree);
		s->ordered = true;
	}
	qsort(s->at + from, s->n - from, sizeof *s->at, in_document);
	for (size_t i = from; i < s->n; i++)
		if (kept == from || s->at[kept - 1] != s->at[i])
			s->at[kept++] = s->at[i];
	s->n = kept;
}
