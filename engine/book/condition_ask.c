/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition asked of a record. Each part gives its answer, or that it is not known; then the first fact that was missing is kept. */
#include <stdio.h>
#include <string.h>
#include "book/condition_find.h"
#include "book/condition_words.h"

const char *zp_truth_word(zp_truth t)
{
	static const char *const words[] = { "unmet", "met", "unknown" };
	return words[t];
}

static bool text_of(asking *, const zp_expression *, spot, zp_text *);

/* ---- values ---- */

static bool number_in(asking *w, const xmlNode *node, zp_fraction *out)
{
	zp_text t = zp_text_of(zp_node_text(node));
	zp_decimal d;
	while (t.n && strchr(" \t\r\n", *t.p))
		t.p++, t.n--;
	while (t.n && strchr(" \t\r\n", t.p[t.n - 1]))
		t.n--;
	*out = t.n && zp_decimal_read_printed(t.p, t.n, &d) == ZP_NUMBER_OK ? zp_fraction_decimal(d) : ZP_NO_FRACTION;
	if (out->den)
		return true;
	char name[64], value[64];
	snprintf(name, sizeof name, "@%.60s", (const char *)node->name);
	snprintf(value, sizeof value, " = \"%s\"", zp_text_show(w->document->arena, (zp_text){ t.p, t.n > 40 ? 40 : t.n }));
	return zp_lose(w, node, name, value);
}

typedef struct numbers { zp_fraction *at; set of; } numbers;

static bool numbers_of(asking *w, const zp_expression *e, spot at, need needs, numbers *out)
{
	if (e->type != ZP_NODES) {
		*out = (numbers){ zp_take(w->document->arena, zp_fraction, 1), { .n = 1 } };
		return zp_number_of(w, e, at, out->at);
	}
	set s = { .from = w->stack->n };
	bool good = zp_find(w, e, at, needs, &s);
	*out = (numbers){ good ? zp_take(w->document->arena, zp_fraction, s.n + 1) : NULL, s };
	for (size_t i = 0; good && i < s.n; i++)
		good = number_in(w, w->stack->at[s.from + i], &out->at[i]);
	w->stack->n = s.from;
	return good;
}

/* The one node of a path where one value is meant. */
static xmlNode *only(asking *w, const zp_expression *e, spot at)
{
	set s = { .from = w->stack->n };
	const bool good = zp_find(w, e, at, ONE, &s) && zp_is_whole(w, &s);
	xmlNode *node = good && s.n == 1 ? w->stack->at[s.from] : NULL;
	w->stack->n = s.from;
	if (good && !node) {
		char times[32];
		snprintf(times, sizeof times, " × %zu", s.n);
		zp_lose_text(w, at.node, e->text, times);
	}
	return node;
}

typedef struct texts { zp_text *at; set of; } texts;

static bool texts_of(asking *w, const zp_expression *e, spot at, texts *out)
{
	if (e->type != ZP_NODES) {
		*out = (texts){ zp_take(w->document->arena, zp_text, 1), { .n = 1 } };
		return text_of(w, e, at, out->at);
	}
	set s = { .from = w->stack->n };
	const bool good = zp_find(w, e, at, ONE, &s);
	*out = (texts){ good ? zp_take(w->document->arena, zp_text, s.n + 1) : NULL, s };
	for (size_t i = 0; good && i < s.n; i++)
		out->at[i] = zp_text_of(zp_node_text(w->stack->at[s.from + i]));
	w->stack->n = s.from;
	return good;
}

/* ---- numbers ---- */

static zp_fraction remainder_of(zp_fraction a, zp_fraction b)
{
	const zp_fraction q = zp_fraction_over(a, b);
	return q.den ? zp_fraction_minus(a, zp_fraction_times(b, (zp_fraction){ q.num / q.den, 1 })) : ZP_NO_FRACTION;
}

static bool add_up(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	numbers all;
	if (!numbers_of(w, e->a, at, e->function == ZP_F_SUM ? WHETHER : ONE, &all) || !zp_is_whole(w, &all.of))
		return false;
	*out = e->function == ZP_F_SUM || e->function == ZP_F_MEAN ? zp_fraction_of(0, 1) : all.at[0];
	for (size_t i = 0; i < all.of.n; i++) {
		const int more = out->den ? zp_fraction_compare(all.at[i], *out) : 0;
		if (e->function == ZP_F_SUM || e->function == ZP_F_MEAN)
			*out = zp_fraction_plus(*out, all.at[i]);
		else if (e->function == ZP_F_LEAST ? more < 0 : more > 0)
			*out = all.at[i];
	}
	if (e->function == ZP_F_MEAN)
		*out = zp_fraction_over(*out, zp_fraction_of((int64_t)all.of.n, 1));
	return true;
}

static bool count_up(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	set s = { .from = w->stack->n };
	const bool good = zp_find(w, e->a, at, NUMBER_OF, &s);
	w->stack->n = s.from;
	*out = zp_fraction_of((int64_t)s.n, 1);
	return good;
}

/* The longest run of one word. */
static bool longest(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	texts all;
	zp_text word;
	if (!texts_of(w, e->a, at, &all) || !zp_is_whole(w, &all.of) || !text_of(w, e->a->next, at, &word))
		return false;
	int64_t run = 0, most = 0;
	for (size_t i = 0; i < all.of.n; i++) {
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
	*out = zp_decimal_read_printed(t.p, t.n, &d) == ZP_NUMBER_OK ? zp_fraction_decimal(d) : ZP_NO_FRACTION;
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
	case ZP_F_NUMBER: return e->a->type == ZP_A_TEXT ? number_of_text(w, e->a, at, out) : zp_number_of(w, e->a, at, out);
	case ZP_F_LENGTH:
		if (!text_of(w, e->a, at, &t))
			return false;
		*out = zp_fraction_of((int64_t)zp_text_characters(t), 1);
		return true;
	default:
		if (!zp_number_of(w, e->a, at, out))
			return false;
		*out = zp_whole_of(e->function, *out);
		return true;
	}
}

static bool calculate(asking *w, const zp_expression *e, spot at, zp_fraction *out)
{
	zp_fraction a, b = ZP_NO_FRACTION;
	if (!zp_number_of(w, e->a, at, &a) || (e->b && !zp_number_of(w, e->b, at, &b)))
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

bool zp_number_of(asking *w, const zp_expression *e, spot at, zp_fraction *out)
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
	return good && (out->den || zp_lose_text(w, at.node, e->text, ""));
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
		if (!(number ? zp_number_of(w, a, at, &amounts[k++]) : text_of(w, a, at, &given[n++])))
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

/* It holds when it does for any two values of the sides, whatever the others are; it fails when all of them are known. */
static zp_truth when_none_holds(asking *w, const set *a, const set *b)
{
	return zp_is_whole(w, a) && zp_is_whole(w, b) ? ZP_FALSE : ZP_UNKNOWN;
}

static zp_truth compare(asking *w, const zp_expression *e, spot at)
{
	bool any = false;
	if (e->is >= ZP_IS_LESS || e->a->type == ZP_A_NUMBER || e->b->type == ZP_A_NUMBER) {
		numbers a, b;
		if (!numbers_of(w, e->a, at, ONE, &a) || !numbers_of(w, e->b, at, ONE, &b))
			return ZP_UNKNOWN;
		for (size_t i = 0; i < a.of.n && !any; i++)
			for (size_t k = 0; k < b.of.n && !any; k++)
				any = holds(e->is, zp_fraction_compare(a.at[i], b.at[k]));
		return any ? ZP_TRUE : when_none_holds(w, &a.of, &b.of);
	}
	texts a, b;
	if (!texts_of(w, e->a, at, &a) || !texts_of(w, e->b, at, &b))
		return ZP_UNKNOWN;
	for (size_t i = 0; i < a.of.n && !any; i++)
		for (size_t k = 0; k < b.of.n && !any; k++)
			any = zp_text_same(a.at[i], b.at[k]) == (e->is == ZP_IS_EQUAL);
	return any ? ZP_TRUE : when_none_holds(w, &a.of, &b.of);
}

static zp_truth truth_of_call(asking *w, const zp_expression *e, spot at)
{
	zp_text a, b;
	zp_truth t;
	switch (e->function) {
	case ZP_F_TRUE: return ZP_TRUE;
	case ZP_F_FALSE: return ZP_FALSE;
	case ZP_F_BOOLEAN: return zp_truth_of(w, e->a, at);
	case ZP_F_NOT:
		t = zp_truth_of(w, e->a, at);
		return t == ZP_UNKNOWN ? t : !t;
	case ZP_F_KNOWN: return zp_is_known(w, e->a, at);
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
	const zp_truth a = zp_truth_of(w, e->a, at);
	const zp_truth b = a == decides ? a : zp_truth_of(w, e->b, at);
	if (a == decides || b == decides) {
		w->lost = lost;
		return decides;
	}
	return a == ZP_UNKNOWN ? a : b;
}

zp_truth zp_truth_of(asking *w, const zp_expression *e, spot at)
{
	if (e->is == ZP_IS_OR || e->is == ZP_IS_AND)
		return join(w, e, at);
	if (e->type == ZP_NODES) {
		set s = { .from = w->stack->n };
		const bool good = zp_find(w, e, at, WHETHER, &s);
		w->stack->n = s.from;
		return good ? s.n > 0 : ZP_UNKNOWN;
	}
	return e->is == ZP_IS_CALL ? truth_of_call(w, e, at) : compare(w, e, at);
}

static asking begin(const zp_condition *c, const zp_document *d, zp_missing *missing)
{
	asking w = { .document = d, .stack = d->stack, .missing = missing };
	*missing->fact = '\0';
	w.forms = zp_record_forms(c->of, &w.n_forms);
	w.stack->n = 0;
	return w;
}

zp_truth zp_condition_ask(const zp_condition *c, const zp_document *d, zp_missing *missing)
{
	asking w = begin(c, d, missing);
	return zp_truth_of(&w, c->root, (spot){ xmlDocGetRootElement(d->tree), 1, 1 });
}

zp_fraction zp_condition_value(const zp_condition *c, const zp_document *d, zp_missing *missing)
{
	asking w = begin(c, d, missing);
	zp_fraction value = ZP_NO_FRACTION;
	return zp_number_of(&w, c->root, (spot){ xmlDocGetRootElement(d->tree), 1, 1 }, &value) ? value : ZP_NO_FRACTION;
}
