/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be known of a condition before there is a record: that it is XPath, that it asks for what a record can have, and that
 * each operand is of the kind that it must be. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <libxml/xpath.h>
#include "book/condition_tree.h"
#include "book/element.h"

typedef zp_condition_place place;
#define DOCUMENT (UINT64_C(1) << 63)
#define NOWHERE ((place){ 0, false, NULL })

typedef struct checking {
	zp_arena *arena;
	const zp_record_form *forms;
	size_t n;
	char *why;
} checking;

static bool fault(checking *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool fault(checking *w, const char *fmt, ...)
{
	va_list values;
	va_start(values, fmt);
	if (!*w->why)
		vsnprintf(w->why, ZP_CONDITION_WORDS, fmt, values);
	va_end(values);
	return false;
}

static const char *show(checking *w, const zp_expression *e)
{
	return zp_text_show(w->arena, e->text);
}

static bool has_word(const char *list, const char *word)
{
	zp_text next;
	while (zp_word_next(&list, &next))
		if (zp_text_is(next, word))
			return true;
	return false;
}

/* ---- steps ---- */

static uint64_t children_of(const checking *w, uint64_t rows)
{
	uint64_t found = rows & DOCUMENT ? 1 : 0;
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; (rows >> i & 1) && k < w->n; k++)
			if (has_word(w->forms[i].children, w->forms[k].id))
				found |= UINT64_C(1) << k;
	return found;
}

static uint64_t parents_of(const checking *w, uint64_t rows)
{
	uint64_t found = rows & 1 ? DOCUMENT : 0;
	for (size_t i = 0; i < w->n; i++)
		if (children_of(w, UINT64_C(1) << i) & rows)
			found |= UINT64_C(1) << i;
	return found;
}

static uint64_t all_of(const checking *w, uint64_t rows, uint64_t (*next)(const checking *, uint64_t))
{
	for (uint64_t more = next(w, rows); more & ~rows; more = next(w, rows))
		rows |= more;
	return rows;
}

static uint64_t along(const checking *w, zp_axis axis, place p)
{
	if (p.attribute)
		return axis == ZP_PARENT ? p.rows : axis == ZP_ANCESTOR ? all_of(w, p.rows, parents_of) : 0;
	switch (axis) {
	case ZP_CHILD: return children_of(w, p.rows);
	case ZP_PARENT: return parents_of(w, p.rows);
	case ZP_DESCENDANT: return all_of(w, children_of(w, p.rows), children_of);
	case ZP_DESCENDANT_OR_SELF: return all_of(w, p.rows, children_of);
	case ZP_ANCESTOR: return all_of(w, parents_of(w, p.rows), parents_of);
	case ZP_FOLLOWING_SIBLING:
	case ZP_PRECEDING_SIBLING: return children_of(w, parents_of(w, p.rows) & ~DOCUMENT);
	default: return p.rows;
	}
}

static uint64_t named(const checking *w, uint64_t rows, const zp_step *s)
{
	if (s->node)
		return rows;
	uint64_t found = 0;
	for (size_t i = 0; i < w->n; i++)
		if ((rows >> i & 1) && (!s->name || strcmp(s->name, w->forms[i].name) == 0))
			found |= UINT64_C(1) << i;
	return found;
}

static uint64_t with_attribute(const checking *w, uint64_t rows, const char *name)
{
	uint64_t found = 0;
	for (size_t i = 0; i < w->n; i++)
		if ((rows >> i & 1) && (name ? has_word(w->forms[i].attributes, name) : *w->forms[i].attributes))
			found |= UINT64_C(1) << i;
	return found;
}

/* "a, b, c" of the names there are. */
static const char *names_of(checking *w, uint64_t rows, bool attributes)
{
	const char *out = "";
	for (size_t i = 0; i < w->n; i++) {
		const char *list = attributes ? w->forms[i].attributes : w->forms[i].name;
		zp_text word;
		while ((rows >> i & 1) && zp_word_next(&list, &word))
			out = zp_arena_print(w->arena, "%s%s%.*s", out, *out ? ", " : "", (int)word.n, word.p);
	}
	return *out ? out : "nothing there";
}

static bool predicates(checking *, zp_expression *, place);

static place step_to(checking *w, const zp_step *s, place from)
{
	if (s->axis == ZP_ATTRIBUTE) {
		const place to = { from.attribute ? 0 : with_attribute(w, from.rows, s->name), true, s->name };
		if (!to.rows)
			fault(w, "no <%s> of a record has the attribute \"%s\"; expected %s", from.rows & DOCUMENT ? "" : names_of(w, from.rows, false),
			      s->name ? s->name : "*", names_of(w, from.rows, true));
		return to;
	}
	if (from.attribute && s->axis == ZP_SELF && s->node)
		return from;
	const uint64_t there = along(w, s->axis, from);
	const place to = { named(w, there, s), false, NULL };
	if (!to.rows)
		fault(w, "no <%s> of a record leads to <%s>; expected %s", from.rows & DOCUMENT ? "" : names_of(w, from.rows, false), s->name ? s->name : "*",
		      names_of(w, there & ~DOCUMENT, false));
	return to;
}

static place path_to(checking *w, const zp_expression *e, place from)
{
	place p = e->absolute ? (place){ DOCUMENT, false, NULL } : from;
	for (const zp_step *s = e->steps; s; s = s->next) {
		p = step_to(w, s, p);
		if (!p.rows || !predicates(w, s->predicates, p))
			return NOWHERE;
	}
	return p;
}

static place nodes_to(checking *, zp_expression *, place);

static place union_to(checking *w, const zp_expression *e, place from)
{
	const place a = nodes_to(w, e->a, from), b = nodes_to(w, e->b, from);
	if (a.rows && b.rows && a.attribute != b.attribute) {
		fault(w, "\"%s\" joins attributes and elements; expected one of them", show(w, e));
		return NOWHERE;
	}
	return (place){ a.rows && b.rows ? a.rows | b.rows : 0, a.attribute, a.name && b.name && strcmp(a.name, b.name) == 0 ? a.name : NULL };
}

/* Found once: an expression is asked about from one place only, and predicates within predicates would take their time. */
static place nodes_to(checking *w, zp_expression *e, place from)
{
	if (!e->followed)
		e->leads = e->is == ZP_IS_PATH ? path_to(w, e, from) : union_to(w, e, from);
	e->followed = true;
	return e->leads;
}

/* ---- kinds ---- */

static bool check(checking *, zp_expression *, place);

static bool as_truth(checking *w, zp_expression *e, place at)
{
	if (!check(w, e, at))
		return false;
	if (e->type == ZP_A_NUMBER || e->type == ZP_A_TEXT)
		return fault(w, "\"%s\" is a %s; expected a condition", show(w, e), e->type == ZP_A_NUMBER ? "number" : "text");
	if (e->type == ZP_NODES && nodes_to(w, e, at).attribute)
		return fault(w, "\"%s\" asks only whether it is written; expected a comparison, or known(%s)", show(w, e), show(w, e));
	return true;
}

static bool predicates(checking *w, zp_expression *first, place at)
{
	for (zp_expression *e = first; e; e = e->next)
		if (!check(w, e, at) || (e->type != ZP_A_NUMBER && !as_truth(w, e, at)))
			return false;
	return true;
}

static const char *words_of(const checking *w, place p)
{
	for (size_t i = 0; p.name && i < w->n; i++)
		if (p.rows >> i & 1) {
			const char *words = zp_record_words(w->forms[i].name, p.name);
			if (words)
				return words;
		}
	return NULL;
}

static bool as_text(checking *w, zp_expression *e, place at)
{
	if (!check(w, e, at))
		return false;
	if (e->type == ZP_A_NUMBER || e->type == ZP_A_TRUTH)
		return fault(w, "\"%s\" is a %s; expected a text or an attribute", show(w, e), e->type == ZP_A_NUMBER ? "number" : "condition");
	if (e->type == ZP_NODES && !nodes_to(w, e, at).attribute)
		return fault(w, "\"%s\" is an element, and an element has no text; expected one of its attributes", show(w, e));
	return true;
}

static bool as_number(checking *w, zp_expression *e, place at)
{
	if (!check(w, e, at))
		return false;
	if (e->type == ZP_A_TRUTH || e->type == ZP_A_TEXT)
		return fault(w, "\"%s\" is a %s; expected a number", show(w, e), e->type == ZP_A_TEXT ? "text" : "condition");
	if (e->type != ZP_NODES)
		return true;
	const place p = nodes_to(w, e, at);
	if (!p.attribute)
		return fault(w, "\"%s\" is an element, and an element is no number; expected one of its attributes, or count()", show(w, e));
	const char *words = words_of(w, p);
	return !words || fault(w, "\"%s\" is one of the words %s; expected a number", show(w, e), words);
}

/* A word that no record has there would never be found, and never be missed. */
static bool words_fit(checking *w, const zp_expression *text, zp_expression *nodes, place at)
{
	if (text->is != ZP_IS_TEXT || nodes->type != ZP_NODES)
		return true;
	const place p = nodes_to(w, nodes, at);
	bool any = false;
	const char *words = NULL;
	for (size_t i = 0; i < w->n; i++) {
		const char *these = p.name && (p.rows >> i & 1) ? zp_record_words(w->forms[i].name, p.name) : NULL;
		if ((p.rows >> i & 1) && (!these || has_word(these, zp_arena_text(w->arena, text->text.p, text->text.n))))
			any = true;
		words = these ? these : words;
	}
	return any || fault(w, "\"%s\" is never \"%s\"; expected one of %s", show(w, nodes), show(w, text), words);
}

static bool check_comparison(checking *w, zp_expression *e, place at)
{
	if (!check(w, e->a, at) || !check(w, e->b, at))
		return false;
	if (e->a->type == ZP_A_TRUTH || e->b->type == ZP_A_TRUTH)
		return fault(w, "\"%s\" compares a condition; expected and, or, not()", show(w, e));
	const bool numbers = e->is >= ZP_IS_LESS || e->a->type == ZP_A_NUMBER || e->b->type == ZP_A_NUMBER;
	if (numbers)
		return as_number(w, e->a, at) && as_number(w, e->b, at);
	return as_text(w, e->a, at) && as_text(w, e->b, at) && words_fit(w, e->a, e->b, at) && words_fit(w, e->b, e->a, at);
}

static bool check_call(checking *w, zp_expression *e, place at)
{
	const zp_function_form *form = zp_function_form_at(e->function);
	const char *takes = form->takes;
	e->type = form->gives;
	for (zp_expression *a = e->a; a; a = a->next) {
		const bool number_of_text = e->function == ZP_F_NUMBER && check(w, a, at) && a->type == ZP_A_TEXT;
		bool good = number_of_text;
		if (!good && *takes == 'N')
			good = check(w, a, at) && (a->type == ZP_NODES || fault(w, "\"%s\" is no path; expected one in %s()", show(w, a), form->name)) &&
			       nodes_to(w, a, at).rows && (e->function < ZP_F_SUM || e->function > ZP_F_MEAN || as_number(w, a, at)) &&
			       (e->function != ZP_F_RUN || as_text(w, a, at));
		else if (!good)
			good = *takes == 't' ? as_truth(w, a, at) : *takes == 'n' ? as_number(w, a, at) : as_text(w, a, at);
		if (!good)
			return false;
		takes += takes[1] && takes[1] != '*';
	}
	return e->function != ZP_F_RUN || words_fit(w, e->a->next, e->a, at);
}

/* Fills the type. */
static bool check_afresh(checking *w, zp_expression *e, place at)
{
	switch (e->is) {
	case ZP_IS_OR:
	case ZP_IS_AND:
		e->type = ZP_A_TRUTH;
		return as_truth(w, e->a, at) && as_truth(w, e->b, at);
	case ZP_IS_PLUS:
	case ZP_IS_MINUS:
	case ZP_IS_TIMES:
	case ZP_IS_DIV:
	case ZP_IS_MOD:
		e->type = ZP_A_NUMBER;
		return as_number(w, e->a, at) && as_number(w, e->b, at);
	case ZP_IS_NEGATIVE:
		e->type = ZP_A_NUMBER;
		return as_number(w, e->a, at);
	case ZP_IS_UNION:
		e->type = ZP_NODES;
		if (!check(w, e->a, at) || !check(w, e->b, at))
			return false;
		return (e->a->type == ZP_NODES && e->b->type == ZP_NODES) ? nodes_to(w, e, at).rows != 0
									  : fault(w, "\"%s\" joins what are no paths", show(w, e));
	case ZP_IS_PATH:
		e->type = ZP_NODES;
		return nodes_to(w, e, at).rows != 0;
	case ZP_IS_CALL: return check_call(w, e, at);
	case ZP_IS_NUMBER: e->type = ZP_A_NUMBER; return true;
	case ZP_IS_TEXT: e->type = ZP_A_TEXT; return true;
	default:
		e->type = ZP_A_TRUTH;
		return check_comparison(w, e, at);
	}
}

static bool check(checking *w, zp_expression *e, place at)
{
	if (!e->checked)
		e->sound = check_afresh(w, e, at);
	e->checked = true;
	return e->sound;
}

/* ---- doubts ---- */

/* Whether it has a path, or the function, outside of predicates or within. */
static bool has(const zp_expression *e, zp_term_is is, zp_function f)
{
	for (; e; e = e->next) {
		if (e->is == is && (is != ZP_IS_CALL || e->function == f))
			return true;
		if ((e->a && has(e->a, is, f)) || (e->b && has(e->b, is, f)))
			return true;
		for (const zp_step *s = e->is == ZP_IS_PATH ? e->steps : NULL; s; s = s->next)
			if (s->predicates && has(s->predicates, is, f))
				return true;
	}
	return false;
}

static const char *doubt(const zp_condition *c)
{
	if (c->asks == ZP_ASKS_HOW_MUCH)
		return NULL;
	char why[100];
	zp_missing missing;
	zp_document *empty = zp_document_open(ZP_TEXT("<record/>"), why, sizeof why);
	const zp_truth truth = empty ? zp_condition_ask(c, empty, &missing) : ZP_UNKNOWN;
	zp_document_close(empty);
	if (!has(c->root, ZP_IS_PATH, ZP_F_KNOWN))
		return truth == ZP_TRUE ? "it asks for no fact, and always holds" : "it asks for no fact, and never holds";
	return truth == ZP_TRUE && !has(c->root, ZP_IS_CALL, ZP_F_KNOWN) ? "it holds for a record in which nothing is known" : NULL;
}

static void quiet(void *self, xmlErrorPtr fault)
{
	(void)self, (void)fault;
}

/* What is taken here is XPath 1.0 for others as well. */
static bool is_xpath(const char *text)
{
	xmlXPathContext *context = xmlXPathNewContext(NULL);
	if (!context)
		return false;
	context->error = quiet;
	xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(context, (const xmlChar *)text);
	const bool good = compiled != NULL;
	xmlXPathFreeCompExpr(compiled);
	xmlXPathFreeContext(context);
	return good;
}

const zp_condition *zp_condition_compile(zp_arena *arena, const char *text, zp_record_of of, zp_asks asks, char why[static ZP_CONDITION_WORDS])
{
	zp_expression *root = zp_condition_parse(arena, text, why);
	if (!root)
		return NULL;
	checking w = { .arena = arena, .why = why };
	w.forms = zp_record_forms(of, &w.n);
	const place at = { 1, false, NULL };
	if (!(asks == ZP_ASKS_WHETHER ? as_truth(&w, root, at) : as_number(&w, root, at)) || *why)
		return NULL;
	if (!is_xpath(text)) {
		fault(&w, "it is no XPath 1.0");
		return NULL;
	}
	zp_condition *c = zp_take(arena, zp_condition, 1);
	*c = (zp_condition){ .text = zp_arena_text(arena, text, strlen(text)), .root = root, .of = of, .asks = asks };
	c->doubt = doubt(c);
	return c;
}

const char *zp_condition_doubt(const zp_condition *c) { return c->doubt; }
const char *zp_condition_text(const zp_condition *c) { return c->text; }
