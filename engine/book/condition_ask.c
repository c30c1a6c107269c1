/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition asked of a record. Each part gives its answer, or that it is not known; then the first fact that was missing is kept. */
#include <stdio.h>
#include <string.h>
#include "book/condition_words.h"
#include "book/document.h"

/* Where something is asked. */
typedef struct spot { xmlNode *node; size_t position, size; } spot;

typedef struct asking {
	const zp_document *document;
	zp_nodes *stack;
	zp_missing *missing;
	bool lost; /* `missing` says what */
} asking;

const char *zp_truth_word(zp_truth t)
{
	static const char *const words[] = { "unmet", "met", "unknown" };
	return words[t];
}

/* ---- what is missing ---- */

static const char *code_of(const xmlNode *e)
{
	for (const xmlAttr *a = e->properties; a; a = a->next)
		if (strcmp((const char *)a->name, "code") == 0 || strcmp((const char *)a->name, "key") == 0 || strcmp((const char *)a->name, "id") == 0)
			return zp_node_text((const xmlNode *)a);
	return "";
}

/* "programme/measurand/@status (chemistry, GLU)". Gives: always false. */
static bool lose(asking *w, const xmlNode *node, const char *fact, const char *more)
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

static bool lose_text(asking *w, const xmlNode *node, zp_text source, const char *more)
{
	char text[160];
	snprintf(text, sizeof text, "%.*s", (int)(source.n > 150 ? 150 : source.n), source.p);
	return lose(w, node, text, more);
}

/* ---- paths ---- */

typedef struct set { size_t from, n; } set; /* on the stack; whoever takes it puts the stack back to `from` */

static zp_truth truth_of(asking *, const zp_expression *, spot);
static bool number_of(asking *, const zp_expression *, spot, zp_fraction *);
static bool text_of(asking *, const zp_expression *, spot, zp_text *);

static zp_truth is_chosen(asking *w, const zp_expression *predicate, spot at)
{
	zp_fraction place;
	if (predicate->type != ZP_A_NUMBER)
		return truth_of(w, predicate, at);
	if (!number_of(w, predicate, at, &place))
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

typedef enum manner { STRICT, LENIENT, STRIPPED } manner; /* STRIPPED: without predicates */

static bool walk(asking *w, const zp_expression *path, spot at, manner how, set *out)
{
	out->from = w->stack->n;
	zp_nodes_push(w->stack, path->absolute ? (xmlNode *)w->document->tree : at.node);
	for (const zp_step *s = path->steps; s; s = s->next) {
		const size_t next = w->stack->n;
		for (size_t i = out->from; i < next; i++) {
			const size_t first = w->stack->n;
			zp_step_along(w->stack, w->stack->at[i], s);
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

typedef enum need {
	ONE,      /* something must be found */
	WHETHER,  /* something must be found without predicates */
	NUMBER_OF /* the same, but nothing at all is found where no predicate is asked: that is 0 */
} need;

static bool find(asking *w, const zp_expression *e, spot at, need needs, set *out)
{
	if (e->is == ZP_IS_UNION) {
		set b;
		if (!find(w, e->a, at, needs, out) || !find(w, e->b, at, needs, &b))
			return false;
		zp_nodes_put_in_order(w->document, out->from);
		out->n = w->stack->n - out->from;
		return true;
	}
	if (!walk(w, e, at, STRICT, out))
		return false;
	if (out->n || (needs == NUMBER_OF && !e->predicated))
		return true;
	if (needs == ONE || !e->predicated)
		return lose_text(w, at.node, e->text, "");
	set stripped;
	walk(w, e, at, STRIPPED, &stripped);
	w->stack->n = stripped.from;
	return stripped.n || lose(w, at.node, e->skeleton, "");
}

static bool is_known(asking *w, const zp_expression *e, spot at)
{
	if (e->is == ZP_IS_UNION)
		return is_known(w, e->a, at) || is_known(w, e->b, at);
	set s;
	const bool lost = w->lost, found = walk(w, e, at, LENIENT, &s) && s.n;
	w->stack->n = s.from;
	w->lost = lost;
	return found;
}

/* ---- values ---- */

static bool number_in(asking *w, const xmlNode *node, zp_fraction *out)
{
	zp_text t = zp_text_of(zp_node_text(node));
	zp_decimal d;
	while (t.n && strchr(" \t\r\n", *t.p))
		t.p++, t.n--;
	while (t.n && strchr(" \t\r\n", t.p[t.n - 1]))
		t.n--;
	*out = t.n && zp_decimal_read_printed(t.p, t.n, &d) == ZP_NUMBER_OK ? zp_fraction_decimal(d) : ZP_NOTHING;
	if (out->den)
		return true;
	char name[64], value[64];
	snprintf(name, sizeof name, "@%.60s", (const char *)node->name);
	snprintf(value, sizeof value, " = \"%s\"", zp_text_show(w->document->arena, (zp_text){ t.p, t.n > 40 ? 40 : t.n }));
	return lose(w, node, name, value);
}

typedef struct numbers { zp_fraction *at; size_t n; } numbers;

static bool numbers_of(asking *w, const zp_expression *e, spot at, need needs, numbers *out)
{
	if (e->type != ZP_NODES) {
		*out = (numbers){ zp_take(w->document->arena, zp_fraction, 1), 1 };
		return number_of(w, e, at, out->at);
	}
	set s = { w->stack->n, 0 };
	bool good = find(w, e, at, needs, &s);
	*out = (numbers){ good ? zp_take(w->document->arena, zp_fraction, s.n + 1) : NULL, s.n };
	for (size_t i = 0; good && i < s.n; i++)
		good = number_in(w, w->stack->at[s.from + i], &out->at[i]);
	w->stack->n = s.from;
	return good;
}

/* The one node of a path where one value is meant. */
static xmlNode *only(asking *w, const zp_expression *e, spot at)
{
	set s = { w->stack->n, 0 };
	const bool good = find(w, e, at, ONE, &s);
	xmlNode *node = good && s.n == 1 ? w->stack->at[s.from] : NULL;
	w->stack->n = s.from;
	if (good && !node) {
		char times[32];
		snprintf(times, sizeof times, " × %zu", s.n);
		lose_text(w, at.node, e->text, times);
	}
	return node;
}

typedef struct texts { zp_text *at; size_t n; } texts;

static bool texts_of(asking *w, const zp_expression *e, spot at, texts *out)
{
	if (e->type != ZP_NODES) {
		*out = (texts){ zp_take(w->document->arena, zp_text, 1), 1 };
		return text_of(w, e, at, out->at);
	}
	set s = { w->stack->n, 0 };
	const bool good = find(w, e, at, ONE, &s);
	*out = (texts){ good ? zp_take(w->document->arena, zp_text, s.n + 1) : NULL, s.n };
	for (size_t i = 0; good && i < s.n; i++)
		out->at[i] = zp_text_of(zp_node_text(w->stack->at[s.from + i]));
	w->stack->n = s.from;
	return good;
}

/* ---- numbers ---- */

static zp_fraction whole_below(zp_fraction f)
{
	return (zp_fraction){ f.num / f.den - (f.num % f.den < 0), 1 };
}

static zp_fraction whole_of(zp_function f, zp_fraction v)
{
	if (f == ZP_F_FLOOR)
		return whole_below(v);
	if (f == ZP_F_CEILING)
		return (zp_fraction){ -whole_below((zp_fraction){ -v.num, v.den }).num, 1 };
	const zp_fraction more = zp_fraction_plus(v, zp_fraction_of(1, 2));
	return more.den ? whole_below(more) : ZP_NOTHING;
}

static zp_fraction remainder_of(zp_fraction a, zp_fraction b)
{
	const zp_fraction q = zp_fraction_over(a, b);
	return q.den ? zp_fraction_minus(a, zp_fraction_times(b, (zp_fraction){ q.num / q.den, 1 })) : ZP_NOTHING;
}

static bool add_up(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	numbers all;
	if (!numbers_of(w, e->a, at, e->function == ZP_F_SUM ? WHETHER : ONE, &all))
		return false;
	*out = e->function == ZP_F_SUM || e->function == ZP_F_MEAN ? zp_fraction_of(0, 1) : all.at[0];
	for (size_t i = 0; i < all.n; i++) {
		const int more = out->den ? zp_fraction_compare(all.at[i], *out) : 0;
		if (e->function == ZP_F_SUM || e->function == ZP_F_MEAN)
			*out = zp_fraction_plus(*out, all.at[i]);
		else if (e->function == ZP_F_LEAST ? more < 0 : more > 0)
			*out = all.at[i];
	}
	if (e->function == ZP_F_MEAN)
		*out = zp_fraction_over(*out, zp_fraction_of((int64_t)all.n, 1));
	return true;
}

static bool count_up(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	set s = { w->stack->n, 0 };
	const bool good = find(w, e->a, at, NUMBER_OF, &s);
	w->stack->n = s.from;
	*out = zp_fraction_of((int64_t)s.n, 1);
	return good;
}

/* The longest run of one word. */
static bool longest(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	texts all;
	zp_text word;
	if (!texts_of(w, e->a, at, &all) || !text_of(w, e->a->next, at, &word))
		return false;
	int64_t run = 0, most = 0;
	for (size_t i = 0; i < all.n; i++) {
		run = zp_text_same(all.at[i], word) ? run + 1 : 0;
		most = run > most ? run : most;
	}
	*out = zp_fraction_of(most, 1);
	return true;
}

static bool number_of_text(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	zp_text t;
	zp_decimal d;
	if (!text_of(w, e, at, &t))
		return false;
	*out = zp_decimal_read_printed(t.p, t.n, &d) == ZP_NUMBER_OK ? zp_fraction_decimal(d) : ZP_NOTHING;
	return true;
}

static bool number_of_call(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	zp_text t;
	switch (e->function) {
	case ZP_F_COUNT: return count_up(w, e, at, out);
	case ZP_F_SUM:
	case ZP_F_LEAST:
	case ZP_F_MOST:
	case ZP_F_MEAN: return add_up(w, e, at, out);
	case ZP_F_RUN: return longest(w, e, at, out);
	case ZP_F_POSITION: *out = zp_fraction_of((int64_t)at.position, 1); return true;
	case ZP_F_LAST: *out = zp_fraction_of((int64_t)at.size, 1); return true;
	case ZP_F_NUMBER: return e->a->type == ZP_A_TEXT ? number_of_text(w, e->a, at, out) : number_of(w, e->a, at, out);
	case ZP_F_LENGTH:
		if (!text_of(w, e->a, at, &t))
			return false;
		*out = zp_fraction_of((int64_t)zp_text_characters(t), 1);
		return true;
	default:
		if (!number_of(w, e->a, at, out))
			return false;
		*out = whole_of(e->function, *out);
		return true;
	}
}

static bool calculate(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	zp_fraction a, b = ZP_NOTHING;
	if (!number_of(w, e->a, at, &a) || (e->b && !number_of(w, e->b, at, &b)))
		return false;
	switch (e->is) {
	case ZP_IS_PLUS: *out = zp_fraction_plus(a, b); break;
	case ZP_IS_MINUS: *out = zp_fraction_minus(a, b); break;
	case ZP_IS_TIMES: *out = zp_fraction_times(a, b); break;
	case ZP_IS_DIV: *out = zp_fraction_over(a, b); break;
	case ZP_IS_MOD: *out = remainder_of(a, b); break;
	default: *out = (zp_fraction){ e->number.num ? -a.num : a.num, a.den }; break;
	}
	return true;
}

/* One number. What is divided by 0, or has too many digits, is nothing. */
static bool number_of(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	const xmlNode *node;
	bool good;
	if (e->is == ZP_IS_NUMBER) {
		*out = e->number;
		return true;
	}
	if (e->type == ZP_NODES)
		return (node = only(w, e, at)) && number_in(w, node, out);
	good = e->is == ZP_IS_CALL ? number_of_call(w, e, at, out) : calculate(w, e, at, out);
	return good && (out->den || lose_text(w, at.node, e->text, ""));
}

/* ---- texts ---- */

static bool text_of(asking *w, const zp_expression *e, spot at, zp_text *out)
{
	if (e->is == ZP_IS_TEXT) {
		*out = e->text;
		return true;
	}
	if (e->type == ZP_NODES) {
		const xmlNode *node = only(w, e, at);
		*out = node ? zp_text_of(zp_node_text(node)) : ZP_TEXT("");
		return node != NULL;
	}
	zp_text given[20];
	zp_fraction amounts[2];
	size_t n = 0, k = 0;
	for (const zp_expression *a = e->a; a; a = a->next) {
		const bool number = e->function == ZP_F_SUBSTRING && n > 0;
		if (!(number ? number_of(w, a, at, &amounts[k++]) : text_of(w, a, at, &given[n++])))
			return false;
	}
	*out = zp_text_call(w->document->arena, e->function, given, n, amounts, k);
	return true;
}

/* ---- truth ---- */

static bool holds(zp_term_is is, int order)
{
	switch (is) {
	case ZP_IS_EQUAL: return order == 0;
	case ZP_IS_UNEQUAL: return order != 0;
	case ZP_IS_LESS: return order < 0;
	case ZP_IS_AT_MOST: return order <= 0;
	case ZP_IS_MORE: return order > 0;
	default: return order >= 0;
	}
}

/* It holds when it does for any two values of the sides. */
static zp_truth compare(asking *w, const zp_expression *e, spot at)
{
	bool any = false;
	if (e->is >= ZP_IS_LESS || e->a->type == ZP_A_NUMBER || e->b->type == ZP_A_NUMBER) {
		numbers a, b;
		if (!numbers_of(w, e->a, at, ONE, &a) || !numbers_of(w, e->b, at, ONE, &b))
			return ZP_UNKNOWN;
		for (size_t i = 0; i < a.n && !any; i++)
			for (size_t k = 0; k < b.n && !any; k++)
				any = holds(e->is, zp_fraction_compare(a.at[i], b.at[k]));
		return any;
	}
	texts a, b;
	if (!texts_of(w, e->a, at, &a) || !texts_of(w, e->b, at, &b))
		return ZP_UNKNOWN;
	for (size_t i = 0; i < a.n && !any; i++)
		for (size_t k = 0; k < b.n && !any; k++)
			any = zp_text_same(a.at[i], b.at[k]) == (e->is == ZP_IS_EQUAL);
	return any;
}

static zp_truth truth_of_call(asking *w, const zp_expression *e, spot at)
{
	zp_text a, b;
	zp_truth t;
	switch (e->function) {
	case ZP_F_TRUE: return ZP_TRUE;
	case ZP_F_FALSE: return ZP_FALSE;
	case ZP_F_BOOLEAN: return truth_of(w, e->a, at);
	case ZP_F_NOT:
		t = truth_of(w, e->a, at);
		return t == ZP_UNKNOWN ? t : !t;
	case ZP_F_KNOWN: return is_known(w, e->a, at);
	default:
		if (!text_of(w, e->a, at, &a) || !text_of(w, e->a->next, at, &b))
			return ZP_UNKNOWN;
		return e->function == ZP_F_CONTAINS ? zp_text_at(a, b) != SIZE_MAX : a.n >= b.n && memcmp(a.p, b.p, b.n) == 0;
	}
}

/* One TRUE makes `or` TRUE, one FALSE makes `and` FALSE, whatever is missing. */
static zp_truth join(asking *w, const zp_expression *e, spot at)
{
	const bool lost = w->lost;
	const zp_truth decides = e->is == ZP_IS_OR ? ZP_TRUE : ZP_FALSE;
	const zp_truth a = truth_of(w, e->a, at);
	const zp_truth b = a == decides ? a : truth_of(w, e->b, at);
	if (a == decides || b == decides) {
		w->lost = lost;
		return decides;
	}
	return a == ZP_UNKNOWN ? a : b;
}

static zp_truth truth_of(asking *w, const zp_expression *e, spot at)
{
	if (e->is == ZP_IS_OR || e->is == ZP_IS_AND)
		return join(w, e, at);
	if (e->type == ZP_NODES) {
		set s = { w->stack->n, 0 };
		const bool good = find(w, e, at, WHETHER, &s);
		w->stack->n = s.from;
		return good ? s.n > 0 : ZP_UNKNOWN;
	}
	return e->is == ZP_IS_CALL ? truth_of_call(w, e, at) : compare(w, e, at);
}

static asking begin(const zp_document *d, zp_missing *missing)
{
	*missing->fact = '\0';
	return (asking){ .document = d, .stack = &((zp_document *)d)->stack, .missing = missing };
}

zp_truth zp_condition_ask(const zp_condition *c, const zp_document *d, zp_missing *missing)
{
	asking w = begin(d, missing);
	w.stack->n = 0;
	return truth_of(&w, c->root, (spot){ xmlDocGetRootElement(d->tree), 1, 1 });
}

zp_fraction zp_condition_value(const zp_condition *c, const zp_document *d, zp_missing *missing)
{
	asking w = begin(d, missing);
	zp_fraction value = ZP_NOTHING;
	w.stack->n = 0;
	return number_of(&w, c->root, (spot){ xmlDocGetRootElement(d->tree), 1, 1 }, &value) ? value : ZP_NOTHING;
}
