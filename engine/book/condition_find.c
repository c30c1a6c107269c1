/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/condition_find.h"
#include <stdio.h>
#include <string.h>
#include "book/element.h"

/* ---- what is missing ---- */

static const char *code_of(const xmlNode *e)
{
	for (const xmlAttr *a = e->properties; a; a = a->next)
		if (strcmp((const char *)a->name, "code") == 0 || strcmp((const char *)a->name, "key") == 0 || strcmp((const char *)a->name, "id") == 0)
			return zp_node_text((const xmlNode *)a);
	return "";
}

bool zp_lose(asking *w, const xmlNode *node, const char *fact, const char *more)
{
	const xmlNode *up[16];
	size_t n = 0, k = 0;
	if (w->lost)
		return false;
	w->lost = true;
	for (node = node->type == XML_ATTRIBUTE_NODE ? node->parent : node; *fact != '/' && node->parent && node->parent->type == XML_ELEMENT_NODE && n < 16;
	     node = node->parent)
		up[n++] = node;
	char *out = w->missing->fact;
	const size_t size = sizeof w->missing->fact;
#define PUT(...) k += (size_t)snprintf(out + (k < size ? k : size - 1), k < size ? size - k : 1, __VA_ARGS__)
	for (size_t i = n; i-- > 0;)
		PUT("%s/", (const char *)up[i]->name);
	PUT("%s%s", fact, more);
	bool any = false;
	for (size_t i = n; i-- > 0;)
		if (*code_of(up[i])) {
			PUT("%s%s", any ? ", " : " (", code_of(up[i]));
			any = true;
		}
	if (any)
		PUT(")");
#undef PUT
	if (k >= size)
		for (k = size - 1; k && ((unsigned char)out[k - 1] & 0xc0) == 0x80; k--)
			; /* no half character at the end */
	out[k < size ? k : size - 1] = '\0';
	return false;
}

bool zp_lose_text(asking *w, const xmlNode *node, zp_text source, const char *more)
{
	char text[160];
	snprintf(text, sizeof text, "%.*s", (int)(source.n > 150 ? 150 : source.n), source.p);
	return zp_lose(w, node, text, more);
}

/* ---- paths ---- */

static zp_truth is_chosen(asking *w, const zp_expression *predicate, spot at)
{
	zp_fraction place;
	if (predicate->type != ZP_A_NUMBER)
		return zp_truth_of(w, predicate, at);
	if (!zp_number_of(w, predicate, at, &place))
		return ZP_UNKNOWN;
	return zp_fraction_compare(place, zp_fraction_of((int64_t)at.position, 1)) == 0;
}

/* Leave of the top of the stack what every predicate chooses. lenient: what is unknown is not chosen. Gives: false when it is unknown. */
static bool choose(asking *w, const zp_expression *predicate, size_t from, bool lenient)
{
	for (; predicate; predicate = predicate->next) {
		const size_t n = w->stack->n - from;
		size_t kept = 0;
		for (size_t i = 0; i < n; i++) {
			xmlNode *node = w->stack->at[from + i];
			const zp_truth chosen = is_chosen(w, predicate, (spot){ node, i + 1, n });
			if (chosen == ZP_UNKNOWN && !lenient)
				return false;
			if (chosen == ZP_TRUE)
				w->stack->at[from + kept++] = node;
		}
		w->stack->n = from + kept;
	}
	return true;
}

static bool may_have(const asking *w, const xmlNode *element, const char *attribute)
{
	zp_text word;
	for (size_t i = 0; i < w->n_forms; i++)
		if (strcmp(w->forms[i].name, (const char *)element->name) == 0)
			for (const char *list = w->forms[i].attributes; zp_word_next(&list, &word);)
				if (zp_text_is(word, attribute))
					return true;
	return false;
}

typedef enum manner { STRICT, LENIENT, STRIPPED } manner; /* STRIPPED: without predicates */

static bool walk(asking *w, const zp_expression *path, spot at, manner how, set *out)
{
	*out = (set){ .from = w->stack->n };
	zp_nodes_push(w->stack, path->absolute ? (xmlNode *)w->document->tree : at.node);
	for (const zp_step *s = path->steps; s; s = s->next) {
		const size_t next = w->stack->n;
		for (size_t i = out->from; i < next; i++) {
			const size_t first = w->stack->n;
			const xmlNode *node = w->stack->at[i];
			zp_step_along(w->stack, w->stack->at[i], s);
			if (s->axis == ZP_ATTRIBUTE && s->name && !s->next && !out->without && w->stack->n == first && node->type == XML_ELEMENT_NODE &&
			    may_have(w, node, s->name)) {
				out->without = node;
				out->what = s->name;
			}
			if (how != STRIPPED && s->predicates && !choose(w, s->predicates, first, how == LENIENT))
				return false;
		}
		const size_t n = w->stack->n - next;
		if (n)
			memmove(w->stack->at + out->from, w->stack->at + next, n * sizeof *w->stack->at);
		w->stack->n = out->from + n;
		if (s->axis > ZP_SELF)
			zp_nodes_put_in_order(w->document, out->from);
	}
	out->n = w->stack->n - out->from;
	return true;
}

bool zp_find(asking *w, const zp_expression *e, spot at, need needs, set *out)
{
	if (e->is == ZP_IS_UNION) {
		set b;
		if (!zp_find(w, e->a, at, needs, out) || !zp_find(w, e->b, at, needs, &b))
			return false;
		zp_nodes_put_in_order(w->document, out->from);
		out->n = w->stack->n - out->from;
		if (!out->without)
			out->without = b.without, out->what = b.what;
		return true;
	}
	if (!walk(w, e, at, STRICT, out))
		return false;
	if (out->n || (needs == NUMBER_OF && !e->predicated))
		return true;
	if (needs == ONE || !e->predicated)
		return zp_lose_text(w, at.node, e->text, "");
	set stripped;
	walk(w, e, at, STRIPPED, &stripped);
	w->stack->n = stripped.from;
	return stripped.n || zp_lose(w, at.node, e->skeleton, "");
}

bool zp_is_whole(asking *w, const set *s)
{
	char fact[64];
	if (!s->without)
		return true;
	snprintf(fact, sizeof fact, "@%.60s", s->what);
	return zp_lose(w, s->without, fact, "");
}

bool zp_is_known(asking *w, const zp_expression *e, spot at)
{
	if (e->is == ZP_IS_UNION)
		return zp_is_known(w, e->a, at) || zp_is_known(w, e->b, at);
	set s;
	const bool lost = w->lost, found = walk(w, e, at, LENIENT, &s) && s.n;
	w->stack->n = s.from;
	w->lost = lost;
	return found;
}
