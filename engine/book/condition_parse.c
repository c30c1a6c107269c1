/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XPath 1.0, as far as conditions need it. A name where an operator may stand is an operator, elsewhere it is a name: so `div` and `*`
 * mean what they should. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "book/condition_tree.h"

#define NESTED_MOST 20 /* the work of asking grows with every bracket within another */
#define TEXT_MOST 4000

typedef struct parser {
	zp_arena *arena;
	const char *text, *p;
	char *why; /* "" as long as all is well */
	unsigned depth;
} parser;

static const zp_function_form functions[ZP_FUNCTIONS] = {
	[ZP_F_NOT] = { "not", "t", 1, 1, ZP_A_TRUTH },
	[ZP_F_BOOLEAN] = { "boolean", "t", 1, 1, ZP_A_TRUTH },
	[ZP_F_TRUE] = { "true", "", 0, 0, ZP_A_TRUTH },
	[ZP_F_FALSE] = { "false", "", 0, 0, ZP_A_TRUTH },
	[ZP_F_KNOWN] = { "known", "N", 1, 1, ZP_A_TRUTH },
	[ZP_F_COUNT] = { "count", "N", 1, 1, ZP_A_NUMBER },
	[ZP_F_SUM] = { "sum", "N", 1, 1, ZP_A_NUMBER },
	[ZP_F_LEAST] = { "least", "N", 1, 1, ZP_A_NUMBER },
	[ZP_F_MOST] = { "most", "N", 1, 1, ZP_A_NUMBER },
	[ZP_F_MEAN] = { "mean", "N", 1, 1, ZP_A_NUMBER },
	[ZP_F_RUN] = { "run", "Ns", 2, 2, ZP_A_NUMBER },
	[ZP_F_NUMBER] = { "number", "n", 1, 1, ZP_A_NUMBER },
	[ZP_F_FLOOR] = { "floor", "n", 1, 1, ZP_A_NUMBER },
	[ZP_F_CEILING] = { "ceiling", "n", 1, 1, ZP_A_NUMBER },
	[ZP_F_ROUND] = { "round", "n", 1, 1, ZP_A_NUMBER },
	[ZP_F_POSITION] = { "position", "", 0, 0, ZP_A_NUMBER },
	[ZP_F_LAST] = { "last", "", 0, 0, ZP_A_NUMBER },
	[ZP_F_STRING] = { "string", "s", 1, 1, ZP_A_TEXT },
	[ZP_F_CONCAT] = { "concat", "ss*", 2, 20, ZP_A_TEXT },
	[ZP_F_CONTAINS] = { "contains", "ss", 2, 2, ZP_A_TRUTH },
	[ZP_F_STARTS_WITH] = { "starts-with", "ss", 2, 2, ZP_A_TRUTH },
	[ZP_F_LENGTH] = { "string-length", "s", 1, 1, ZP_A_NUMBER },
	[ZP_F_SUBSTRING] = { "substring", "snn", 2, 3, ZP_A_TEXT },
	[ZP_F_BEFORE] = { "substring-before", "ss", 2, 2, ZP_A_TEXT },
	[ZP_F_AFTER] = { "substring-after", "ss", 2, 2, ZP_A_TEXT },
	[ZP_F_NORMALIZE] = { "normalize-space", "s", 1, 1, ZP_A_TEXT },
	[ZP_F_TRANSLATE] = { "translate", "sss", 3, 3, ZP_A_TEXT },
};

const zp_function_form *zp_function_form_at(zp_function f) { return &functions[f]; }

static const char *const axes[ZP_AXES] = { "child", "attribute", "self", "parent", "descendant", "descendant-or-self", "ancestor",
					   "following-sibling", "preceding-sibling" };

/* ---- words ---- */

static void blanks(parser *w)
{
	w->p += strspn(w->p, " \t\r\n");
}

/* Gives: NULL. The first complaint stands. */
static void *fault(parser *w, const char *expected)
{
	const zp_text rest = { w->p, strcspn(w->p, "\n") };
	if (!*w->why)
		snprintf(w->why, ZP_CONDITION_WORDS, "at character %zu %s%s%s; expected %s", (size_t)(w->p - w->text) + 1, rest.n ? "stands \"" : "it ends",
			 rest.n ? zp_text_show(w->arena, (zp_text){ rest.p, rest.n > 40 ? 40 : rest.n }) : "", rest.n ? "\"" : "", expected);
	return NULL;
}

static bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80; }
static bool goes_on(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

static zp_text name_at(const char *p)
{
	zp_text name = { p, 0 };
	if (starts_name(*p))
		while (goes_on(p[name.n]))
			name.n++;
	return name;
}

/* A sign such as "<=", where it stands. */
static bool sign(parser *w, const char *s)
{
	blanks(w);
	const size_t n = strlen(s);
	if (strncmp(w->p, s, n) != 0)
		return false;
	w->p += n;
	return true;
}

static bool word(parser *w, const char *s)
{
	blanks(w);
	if (!zp_text_is(name_at(w->p), s))
		return false;
	w->p += strlen(s);
	return true;
}

static zp_expression *make(parser *w, zp_term_is is, const char *from)
{
	zp_expression *e = zp_take(w->arena, zp_expression, 1);
	e->is = is;
	e->text = (zp_text){ from, (size_t)(w->p - from) };
	while (e->text.n && strchr(" \t\r\n", from[e->text.n - 1]))
		e->text.n--;
	return e;
}

static zp_expression *expression(parser *w);

/* ---- paths ---- */

static bool axis_of(parser *w, zp_text name, zp_axis *out)
{
	for (size_t i = 0; i < ZP_AXES; i++)
		if (zp_text_is(name, axes[i])) {
			*out = (zp_axis)i;
			return true;
		}
	fault(w, "one of the axes child, attribute, self, parent, descendant, descendant-or-self, ancestor, following-sibling and preceding-sibling");
	return false;
}

static bool node_test(parser *w, zp_step *step)
{
	blanks(w);
	const zp_text name = name_at(w->p);
	if (*w->p == '*') {
		w->p++;
		return true;
	}
	if (!name.n)
		return fault(w, "the name of an element or attribute");
	const char *behind = w->p + name.n;
	behind += strspn(behind, " \t\r\n");
	if (zp_text_is(name, "node") && *behind == '(') {
		w->p = behind + 1;
		step->node = true;
		return sign(w, ")") || fault(w, "\")\"");
	}
	if (*behind == '(')
		return fault(w, "an element, an attribute, or node(): records have no text");
	if (*behind == ':')
		return fault(w, "a name without a namespace");
	step->name = zp_arena_text(w->arena, name.p, name.n);
	w->p += name.n;
	return true;
}

static bool predicates(parser *w, zp_step *step)
{
	zp_expression **end = &step->predicates;
	while (sign(w, "[")) {
		zp_expression *e = expression(w);
		if (!e || !(sign(w, "]") || fault(w, "\"]\"")))
			return false;
		*end = e;
		end = &e->next;
	}
	return true;
}

static zp_step *step_at(parser *w)
{
	zp_step *s = zp_take(w->arena, zp_step, 1);
	blanks(w);
	if (w->p[0] == '.') {
		const bool up = w->p[1] == '.';
		w->p += up ? 2 : 1;
		s->axis = up ? ZP_PARENT : ZP_SELF;
		s->node = true;
		return s;
	}
	if (sign(w, "@")) {
		s->axis = ZP_ATTRIBUTE;
	} else {
		const zp_text name = name_at(w->p);
		const char *behind = w->p + name.n;
		behind += strspn(behind, " \t\r\n");
		if (name.n && behind[0] == ':' && behind[1] == ':') {
			if (!axis_of(w, name, &s->axis))
				return NULL;
			w->p = behind + 2;
		}
	}
	return node_test(w, s) && predicates(w, s) ? s : NULL;
}

static const char *put_step(parser *w, const char *before, const zp_step *s)
{
	const char *name = s->name ? s->name : s->node ? "node()" : "*";
	if (s->node && s->axis == ZP_SELF)
		return zp_arena_print(w->arena, "%s.", before);
	if (s->node && s->axis == ZP_PARENT)
		return zp_arena_print(w->arena, "%s..", before);
	return zp_arena_print(w->arena, "%s%s%s%s", before, s->axis == ZP_ATTRIBUTE ? "@" : s->axis == ZP_CHILD ? "" : axes[s->axis],
			      s->axis <= ZP_ATTRIBUTE ? "" : "::", name);
}

/* What "//" stands for. */
static zp_step **anywhere(parser *w, zp_step **end)
{
	zp_step *s = zp_take(w->arena, zp_step, 1);
	s->axis = ZP_DESCENDANT_OR_SELF;
	s->node = true;
	*end = s;
	return &s->next;
}

static zp_expression *path(parser *w)
{
	const char *from = w->p, *skeleton = "";
	zp_step *first = NULL, **end = &first;
	bool predicated = false, absolute = *w->p == '/';
	if (sign(w, "//"))
		end = anywhere(w, end), skeleton = "//";
	else if (sign(w, "/"))
		skeleton = "/";
	for (;;) {
		zp_step *s = step_at(w);
		if (!s)
			return NULL;
		*end = s;
		end = &s->next;
		predicated |= s->predicates != NULL;
		skeleton = put_step(w, skeleton, s);
		if (sign(w, "//"))
			end = anywhere(w, end), skeleton = zp_arena_print(w->arena, "%s//", skeleton);
		else if (sign(w, "/"))
			skeleton = zp_arena_print(w->arena, "%s/", skeleton);
		else
			break;
	}
	zp_expression *e = make(w, ZP_IS_PATH, from);
	e->steps = first;
	e->absolute = absolute;
	e->predicated = predicated;
	e->skeleton = skeleton;
	return e;
}

/* ---- what a path, a number, a text and a function are ---- */

static zp_expression *number(parser *w)
{
	const char *from = w->p;
	zp_decimal d;
	w->p += strspn(w->p, "0123456789");
	if (*w->p == '.')
		w->p += 1 + strspn(w->p + 1, "0123456789");
	const size_t n = (size_t)(w->p - from) - (w->p[-1] == '.');
	if (goes_on(*w->p) && *w->p != '-')
		return fault(w, "a blank behind the number");
	zp_expression *e = make(w, ZP_IS_NUMBER, from);
	if (zp_decimal_read(from, n, &d) != ZP_NUMBER_OK) {
		w->p = from;
		return fault(w, "a number with at most 12 digits on a side of the point");
	}
	e->number = zp_fraction_decimal(d);
	return e;
}

static zp_expression *text(parser *w)
{
	const char *from = w->p, *end = strchr(from + 1, *from);
	if (!end)
		return fault(w, "the quotation mark that ends it");
	w->p = end + 1;
	zp_expression *e = make(w, ZP_IS_TEXT, from);
	e->text = (zp_text){ from + 1, (size_t)(end - from) - 1 };
	return e;
}

static bool arguments(parser *w, const zp_function_form *form, zp_expression **first)
{
	zp_expression **end = first;
	unsigned n = 0;
	if (!sign(w, ")")) {
		do {
			zp_expression *e = expression(w);
			if (!e)
				return false;
			*end = e;
			end = &e->next;
			n++;
		} while (sign(w, ","));
		if (!sign(w, ")"))
			return fault(w, "\")\" or \",\"");
	}
	if (n >= form->least && n <= form->most)
		return true;
	return fault(w, zp_arena_print(w->arena, "%u%s arguments of %s()", form->least, form->most > form->least ? " or more" : "", form->name));
}

static zp_expression *call(parser *w, zp_text name)
{
	const char *from = w->p;
	int f = 0;
	while (f < ZP_FUNCTIONS && !zp_text_is(name, functions[f].name))
		f++;
	if (f == ZP_FUNCTIONS)
		return fault(w, "a function of docs/formats/award.md, such as not(), known(), count() or sum()");
	w->p += name.n;
	sign(w, "(");
	zp_expression *first = NULL;
	if (!arguments(w, &functions[f], &first))
		return NULL;
	zp_expression *e = make(w, ZP_IS_CALL, from);
	e->function = (zp_function)f;
	e->a = first;
	return e;
}

static zp_expression *in_brackets(parser *w)
{
	sign(w, "(");
	zp_expression *e = expression(w);
	if (!e || !(sign(w, ")") || fault(w, "\")\"")))
		return NULL;
	blanks(w);
	return *w->p == '[' || *w->p == '/' ? fault(w, "nothing more behind the brackets: a path is written without them") : e;
}

static zp_expression *primary(parser *w)
{
	blanks(w);
	const zp_text name = name_at(w->p);
	const char *behind = w->p + name.n;
	behind += strspn(behind, " \t\r\n");
	if (*w->p == '(')
		return in_brackets(w);
	if (*w->p == '"' || *w->p == '\'')
		return text(w);
	if ((*w->p >= '0' && *w->p <= '9') || (*w->p == '.' && w->p[1] >= '0' && w->p[1] <= '9'))
		return number(w);
	if (*w->p == '$')
		return fault(w, "no variable");
	if (name.n && *behind == '(' && !zp_text_is(name, "node"))
		return call(w, name);
	return path(w);
}

/* ---- operators ---- */

typedef struct binding { const char *sign; bool word; zp_term_is is; } binding;
static const binding levels[][5] = { /* longer signs first */
	{ { "or", true, ZP_IS_OR } },
	{ { "and", true, ZP_IS_AND } },
	{ { "!=", false, ZP_IS_UNEQUAL }, { "=", false, ZP_IS_EQUAL } },
	{ { "<=", false, ZP_IS_AT_MOST }, { ">=", false, ZP_IS_AT_LEAST }, { "<", false, ZP_IS_LESS }, { ">", false, ZP_IS_MORE } },
	{ { "+", false, ZP_IS_PLUS }, { "-", false, ZP_IS_MINUS } },
	{ { "*", false, ZP_IS_TIMES }, { "div", true, ZP_IS_DIV }, { "mod", true, ZP_IS_MOD } },
};
#define LEVELS (sizeof levels / sizeof *levels)

static bool binds(parser *w, size_t level, zp_term_is *is)
{
	for (const binding *b = levels[level]; b < levels[level] + 5 && b->sign; b++)
		if (b->word ? word(w, b->sign) : sign(w, b->sign)) {
			*is = b->is;
			return true;
		}
	return false;
}

static zp_expression *joined(parser *w, zp_term_is is, const char *from, zp_expression *a, zp_expression *b)
{
	if (!a || !b)
		return NULL;
	zp_expression *e = make(w, is, from);
	e->a = a;
	e->b = b;
	return e;
}

static zp_expression *unions(parser *w)
{
	const char *from = w->p;
	zp_expression *e = primary(w);
	while (e && sign(w, "|"))
		e = joined(w, ZP_IS_UNION, from, e, primary(w));
	return e;
}

static zp_expression *negative(parser *w)
{
	blanks(w);
	const char *from = w->p;
	bool odd = false, any = false;
	while (sign(w, "-"))
		odd = !odd, any = true;
	zp_expression *of = unions(w);
	if (!of || !any)
		return of;
	zp_expression *e = make(w, ZP_IS_NEGATIVE, from);
	e->a = of;
	e->number.num = odd; /* whether it changes the sign */
	return e;
}

/* One after the other, so that a long chain nests nothing. */
static zp_expression *bound(parser *w, size_t level)
{
	if (level == LEVELS)
		return negative(w);
	blanks(w);
	const char *from = w->p;
	zp_term_is is;
	zp_expression *e = bound(w, level + 1);
	while (e && binds(w, level, &is))
		e = joined(w, is, from, e, bound(w, level + 1));
	return e;
}

static zp_expression *expression(parser *w)
{
	if (w->depth == NESTED_MOST)
		return fault(w, "fewer brackets within each other");
	w->depth++;
	zp_expression *e = bound(w, 0);
	w->depth--;
	return e;
}

zp_expression *zp_condition_parse(zp_arena *arena, const char *text, char why[static ZP_CONDITION_WORDS])
{
	parser w = { .arena = arena, .text = text, .p = text, .why = why };
	*why = '\0';
	if (strlen(text) > TEXT_MOST) {
		snprintf(why, ZP_CONDITION_WORDS, "it has %zu bytes; expected at most %d", strlen(text), TEXT_MOST);
		return NULL;
	}
	zp_expression *e = expression(&w);
	blanks(&w);
	return e && *w.p ? fault(&w, "an operator, or the end") : e;
}
