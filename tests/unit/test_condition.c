/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions: answers worked out by hand, what libxml2 says of the same where everything is known, and what is refused. */
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <string.h>
#include "base/random.h"
#include "book/condition.h"

static zp_arena *arena;
static void enter(void) { arena = zp_arena_open(); }
static void leave(void) { zp_arena_close(arena); }
TestSuite(condition, .init = enter, .fini = leave);

static const char full[] =
	"<record format='1' year='2026' issued='2027-01-20'>"
	"<laboratory code='L0001' name='示例医院一' region='420502' city='420500' class='三级公立'/>"
	"<participation programmes='2' rounds='6' returned='5' late='1' not-returned='0' excused='0' absent='0'/>"
	"<items total='40' pass='38' fail='1' unreturned='1' not-evaluated='0' pass-rate='97.43589743589743'/>"
	"<programme code='chemistry' level='provincial' trueness='no' status='successful' rounds='3' mean='97.5'>"
	"<round id='1' number='1' date='2026-03-31' result='satisfactory' score='100'/>"
	"<round id='2' number='2' date='2026-06-30' result='unsatisfactory' score='60'/>"
	"<round id='3' number='3' date='2026-09-30' result='satisfactory' score='100'/>"
	"<measurand code='GLU' status='successful' mean='100'/><measurand code='UREA' status='unsuccessful' mean='66.5'/></programme>"
	"<programme code='blood-count' level='city' trueness='no' status='successful' rounds='1' mean='90'>"
	"<round id='1' number='1' date='2026-03-31' result='satisfactory' score='90'/>"
	"<measurand code='WBC' mean='95'/></programme>" /* its status is not known */
	"<evidence key='inspection' value='92' unit='points'/><evidence key='adverse-events' value='0'/><evidence key='opinion' value='good'/>"
	"</record>";
static const char empty[] = "<record/>";
static const char *const documents[] = { empty, full };

#define T ZP_TRUE
#define F ZP_FALSE
#define U ZP_UNKNOWN
enum { EMPTY, FULL };

static const struct { const char *text; int of; zp_truth is; const char *missing; } asked[] = {
	/* what is known */
	{ "items/@fail <= 1", FULL, T, NULL },
	{ "items/@fail < 1", FULL, F, NULL },
	{ "items/@pass + items/@fail = 39", FULL, T, NULL },
	{ "items/@pass - items/@fail = 37", FULL, T, NULL },
	{ "items/@pass * 2 = 76", FULL, T, NULL },
	{ "items/@pass div (items/@pass + items/@fail) >= 0.97", FULL, T, NULL },
	{ "items/@pass div (items/@pass + items/@fail) >= 0.975", FULL, F, NULL },
	{ "items/@pass mod 5 = 3", FULL, T, NULL },
	{ "-items/@fail = -1", FULL, T, NULL },
	{ "--items/@fail = 1", FULL, T, NULL },
	{ "items/@pass-rate > 97.4", FULL, T, NULL }, /* one name, not a difference */
	{ "1 + 2 * 3 = 7 and items/@fail = 1", FULL, T, NULL },
	{ "(1 + 2) * 3 = 9 and items/@fail = 1", FULL, T, NULL },
	{ "items/@total div 2 div 2 = 10", FULL, T, NULL },
	{ "laboratory/@class = '三级公立'", FULL, T, NULL },
	{ "laboratory/@class != \"三级公立\"", FULL, F, NULL },
	{ "starts-with(laboratory/@region, '4205')", FULL, T, NULL },
	{ "contains(laboratory/@name, '医院')", FULL, T, NULL },
	{ "string-length(laboratory/@name) = 5", FULL, T, NULL },
	{ "substring(laboratory/@region, 1, 4) = '4205'", FULL, T, NULL },
	{ "substring-before(@issued, '-') = '2027'", FULL, T, NULL },
	{ "substring-after(@issued, '-') = '01-20'", FULL, T, NULL },
	{ "concat(laboratory/@code, '/', @year) = 'L0001/2026'", FULL, T, NULL },
	{ "translate(laboratory/@class, '三', '3') = '3级公立'", FULL, T, NULL },
	{ "normalize-space('  a   b ') = 'a b' and items/@fail = 1", FULL, T, NULL },
	{ "number('12') = participation/@rounds * 2", FULL, T, NULL },
	{ "floor(items/@pass-rate) = 97", FULL, T, NULL },
	{ "ceiling(items/@pass-rate) = 98", FULL, T, NULL },
	{ "round(items/@pass-rate * 10) = 974", FULL, T, NULL },
	{ "count(programme) = 2", FULL, T, NULL },
	{ "count(programme/measurand) = 3", FULL, T, NULL },
	{ "count(//measurand) = 3", FULL, T, NULL },
	{ "count(/record/programme) = 2", FULL, T, NULL },
	{ "count(programme/round[@result = 'satisfactory']) = 3", FULL, T, NULL },
	{ "count(programme[@code = 'chemistry']/round[@result = 'satisfactory']) = 2", FULL, T, NULL },
	{ "count(programme | evidence) = 5", FULL, T, NULL },
	{ "count(programme/round | programme[@level = 'city']/round) = 4", FULL, T, NULL },
	{ "sum(programme/@rounds) = 4", FULL, T, NULL },
	{ "sum(programme/round/@score) = 350", FULL, T, NULL },
	{ "programme/@mean < 95", FULL, T, NULL }, /* of any programme */
	{ "not(programme/@mean < 95)", FULL, F, NULL },
	{ "programme[@mean < 95]", FULL, T, NULL },
	{ "not(programme[@mean < 80])", FULL, T, NULL },
	{ "programme[@code = 'chemistry']/@mean >= 97.5", FULL, T, NULL },
	{ "programme[1]/@code = 'chemistry'", FULL, T, NULL },
	{ "programme[last()]/@code = 'blood-count'", FULL, T, NULL },
	{ "programme[position() = 2]/@mean = 90", FULL, T, NULL },
	{ "programme/round[2]/@result = 'unsatisfactory'", FULL, T, NULL },
	{ "programme/round[@result = 'satisfactory'][2]/@id = '3'", FULL, T, NULL },
	{ "programme/round[2][@result = 'satisfactory']", FULL, F, NULL },
	{ "programme/round[following-sibling::round/@result = 'unsatisfactory' or position() > 1]", FULL, U, "programme/round/following-sibling::round/@result (blood-count, 1)" },
	{ "programme/round[@result = 'unsatisfactory']/../@code = 'chemistry'", FULL, T, NULL },
	{ "programme/round[@result = 'unsatisfactory']/parent::programme/@level = 'provincial'", FULL, T, NULL },
	{ "count(programme/round/ancestor::record) = 1", FULL, T, NULL },
	{ "programme/round[3]/preceding-sibling::round[1]/@result = 'unsatisfactory'", FULL, T, NULL },
	{ "programme/attribute::code = 'chemistry'", FULL, T, NULL },
	{ "child::programme/child::round/attribute::score = 60", FULL, T, NULL },
	{ "programme/@*[. = 'city']/../@code = 'blood-count'", FULL, T, NULL },
	{ "count(programme/*) = 7", FULL, T, NULL },
	{ "evidence[@key = 'inspection']/@value >= 90", FULL, T, NULL },
	{ "evidence[@key='adverse-events']/@value=0", FULL, T, NULL },
	{ "boolean(programme[@mean > 95])", FULL, T, NULL },
	{ "true() and not(false())", FULL, T, NULL },
	{ "run(programme[@code = 'chemistry']/round/@result, 'satisfactory') = 1", FULL, T, NULL },
	{ "least(programme/round/@score) = 60", FULL, T, NULL },
	{ "most(programme/@mean) = 97.5", FULL, T, NULL },
	{ "mean(programme/round/@score) = 87.5", FULL, T, NULL },
	/* exact where a double is not */
	{ "0.1 + 0.2 = 0.3 and items/@fail = 1", FULL, T, NULL },
	{ "items/@fail div 3 * 3 = 1", FULL, T, NULL },
	/* what is missing satisfies nothing, whichever way it is asked */
	{ "items/@fail <= 1", EMPTY, U, "items/@fail" },
	{ "items/@fail > 1", EMPTY, U, "items/@fail" },
	{ "not(items/@fail > 1)", EMPTY, U, "items/@fail" },
	{ "items/@fail != 1", EMPTY, U, "items/@fail" },
	{ "laboratory/@class != '一级公立'", EMPTY, U, "laboratory/@class" },
	{ "contains(laboratory/@name, '医院')", EMPTY, U, "laboratory/@name" },
	{ "not(contains(laboratory/@name, '医院'))", EMPTY, U, "laboratory/@name" },
	{ "not(evidence[@key = 'adverse-event'])", EMPTY, U, "evidence" },
	{ "not(known(evidence[@key = 'adverse-event']))", EMPTY, T, NULL },
	{ "known(evidence[@key = 'adverse-event'])", FULL, F, NULL },
	{ "known(evidence[@key = 'inspection'])", FULL, T, NULL },
	{ "known(programme/@mean) and known(items)", FULL, T, NULL },
	{ "evidence[@key = 'training']/@value >= 10", FULL, U, "evidence[@key = 'training']/@value" },
	{ "not(evidence[@key = 'training']/@value < 10)", FULL, U, "evidence[@key = 'training']/@value" },
	{ "evidence[@key = 'training']", FULL, F, NULL }, /* there is evidence, and none of it is that */
	{ "not(programme/measurand[@status = 'unsuccessful'])", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "programme/measurand[@status = 'unsuccessful']", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "count(programme/measurand[@status = 'unsuccessful']) = 0", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "count(programme/measurand[known(@status)][@status = 'unsuccessful']) = 1", FULL, T, NULL },
	{ "count(programme/measurand[known(@status) and @status = 'unsuccessful']) = 1", FULL, T, NULL },
	{ "count(programme/measurand[@mean > 99 or @status = 'unsuccessful']) = 2", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "programme/measurand[@mean >= 95 or @status = 'unsuccessful']", FULL, T, NULL },
	{ "count(programme[@code = 'chemistry']/measurand[@status = 'unsuccessful']) = 1", FULL, T, NULL },
	{ "count(programme) = 0", EMPTY, T, NULL }, /* a number like any other */
	{ "count(programme[@mean < 80]) = 0", EMPTY, U, "programme" },
	{ "not(programme[@mean < 80])", EMPTY, U, "programme" },
	{ "sum(programme/@rounds) = 0", EMPTY, U, "programme/@rounds" },
	{ "sum(programme[@code = 'none']/@rounds) = 0", FULL, T, NULL },
	{ "iqc", FULL, U, "iqc" },
	{ "not(iqc)", FULL, U, "iqc" },
	/* one value of several is missing: what holds for another holds, nothing else is known */
	{ "programme/measurand/@status = 'unsuccessful'", FULL, T, NULL },
	{ "not(programme/measurand/@status = 'unsuccessful')", FULL, F, NULL },
	{ "programme/measurand/@status = 'none'", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "not(programme/measurand/@status = 'none')", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "not(programme/*/@status = 'none')", FULL, U, "programme/measurand/@status (blood-count, WBC)" }, /* a round never has one */
	{ "programme/measurand[known(@status)]/@status = 'none'", FULL, F, NULL },
	{ "not(evidence/@unit = 'days')", FULL, U, "evidence/@unit (adverse-events)" },
	{ "evidence/@unit | programme/@code = 'points'", FULL, T, NULL },
	{ "not(programme/@code | evidence/@unit = 'days')", FULL, U, "evidence/@unit (adverse-events)" },
	{ "contains(evidence/@unit, 'points')", FULL, U, "evidence/@unit (adverse-events)" },
	{ "run(programme/measurand/@status, 'successful') = 1", FULL, U, "programme/measurand/@status (blood-count, WBC)" },
	{ "count(programme/measurand/@status) = 2", FULL, T, NULL }, /* of what is there */
	/* three values */
	{ "items/@fail = 1 or iqc/@months = 12", FULL, T, NULL },
	{ "iqc/@months = 12 or items/@fail = 1", FULL, T, NULL },
	{ "items/@fail = 2 or iqc/@months = 12", FULL, U, "iqc/@months" },
	{ "items/@fail = 2 and iqc/@months = 12", FULL, F, NULL },
	{ "iqc/@months = 12 and items/@fail = 2", FULL, F, NULL },
	{ "items/@fail = 1 and iqc/@months = 12", FULL, U, "iqc/@months" },
	{ "not(iqc/@months = 12 and items/@fail = 2)", FULL, T, NULL },
	{ "(iqc/@months = 12 or true()) and ranking/@rank = 1", FULL, U, "ranking/@rank" }, /* what stands in the way, not what came first */
	/* what is no number, or not one */
	{ "evidence[@key = 'opinion']/@value >= 90", FULL, U, "evidence/@value = \"good\" (opinion)" },
	{ "not(evidence[@key = 'opinion']/@value >= 90)", FULL, U, "evidence/@value = \"good\" (opinion)" },
	{ "evidence/@value >= 90", FULL, U, "evidence/@value = \"good\" (opinion)" },
	{ "evidence[@key = 'opinion']/@value = 'good'", FULL, T, NULL },
	{ "programme/@mean + 1 > 0", FULL, U, "programme/@mean × 2" },
	{ "items/@fail div participation/@excused >= 0", FULL, U, "items/@fail div participation/@excused" },
	{ "0 div items/@fail = 0", FULL, T, NULL },
	{ "items/@fail mod 0 = 0", FULL, U, "items/@fail mod 0" },
};
#define ASKED (sizeof asked / sizeof *asked)

static zp_document *open(const char *text)
{
	char why[200];
	zp_document *d = zp_document_open(zp_text_of(text), why, sizeof why);
	cr_assert_not_null(d, "%s", why);
	return d;
}

static const zp_condition *compile(const char *text)
{
	char why[ZP_CONDITION_WORDS];
	const zp_condition *c = zp_condition_compile(arena, text, ZP_RECORD_OF_LAB, ZP_ASKS_WHETHER, why);
	cr_assert_not_null(c, "%s: %s", text, why);
	return c;
}

Test(condition, each_answer_is_the_one_worked_out_by_hand)
{
	cr_assert_geq(ASKED, 60);
	for (size_t i = 0; i < ASKED; i++) {
		zp_document *d = open(documents[asked[i].of]);
		zp_missing missing;
		const zp_truth is = zp_condition_ask(compile(asked[i].text), d, &missing);
		cr_expect_eq(is, asked[i].is, "%s: %s (%s)", asked[i].text, zp_truth_word(is), missing.fact);
		if (is == ZP_UNKNOWN)
			cr_expect_str_eq(missing.fact, asked[i].missing ? asked[i].missing : "", "%s", asked[i].text);
		zp_document_close(d);
	}
}

/* libxml2's own answer: -1 when it has none. */
static int of_libxml2(const char *document, const char *text)
{
	xmlDoc *tree = xmlReadMemory(document, (int)strlen(document), NULL, "UTF-8", XML_PARSE_NOBLANKS);
	xmlXPathContext *context = xmlXPathNewContext(tree);
	context->node = xmlDocGetRootElement(tree);
	xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)text, context);
	const int is = found ? xmlXPathCastToBoolean(found) : -1;
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	xmlFreeDoc(tree);
	return is;
}

static bool is_ours(const char *text) /* a function that XPath has not, or a number that doubles have not */
{
	static const char *const ours[] = { "known(", "least(", "most(", "mean(", "run(", "0.1 + 0.2", "div 3 * 3" };
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (strstr(text, ours[i]))
			return true;
	return false;
}

Test(condition, where_everything_is_known_it_is_plain_xpath)
{
	size_t n = 0;
	for (size_t i = 0; i < ASKED; i++)
		if (asked[i].is != ZP_UNKNOWN && !is_ours(asked[i].text)) {
			cr_expect_eq(of_libxml2(documents[asked[i].of], asked[i].text), asked[i].is == ZP_TRUE, "%s", asked[i].text);
			n++;
		}
	cr_expect_geq(n, 70);
}

/* ---- any expression ---- */

typedef struct growing { zp_random r; char *p, *end; unsigned depth; } growing;
static size_t below(growing *g, size_t n) { return (size_t)(zp_random_next(&g->r) % n); }
static void put(growing *g, const char *text)
{
	const size_t n = strlen(text);
	if (g->p + n < g->end) {
		memcpy(g->p, text, n + 1);
		g->p += n;
	}
}

static const char *any_of(growing *g, const char *const *list, size_t n) { return list[below(g, n)]; }
#define ANY(g, ...) any_of(g, (const char *const[]){ __VA_ARGS__ }, sizeof(const char *const[]){ __VA_ARGS__ } / sizeof(const char *))

static void number(growing *g);
static void truth(growing *g);

static void programmes(growing *g)
{
	put(g, ANY(g, "programme", "//programme", "programme[1]", "programme[@mean > 50]", "programme[@status = 'successful']",
		   "programme[not(@mean < 95)][last()]", "programme[measurand/@mean = 95]", "programme[count(round) > 1]"));
}

static void number(growing *g)
{
	if (g->depth++ > 4) {
		put(g, ANY(g, "1", "2.5", "items/@fail", "items/@pass"));
	} else {
		switch (below(g, 7)) {
		case 0: put(g, ANY(g, "1", "0", "39", "0.5", "items/@total", "items/@fail", "participation/@late", "iqc/@months")); break;
		case 1: put(g, "("); number(g); put(g, ANY(g, " + ", " - ", " * ", " - ")); number(g); put(g, ")"); break;
		case 2: put(g, "count("); programmes(g); put(g, ANY(g, "/round)", "/measurand)", "/round[@score >= 90])", ")", "/measurand[@status = 'successful'])")); break;
		case 3: put(g, "sum("); programmes(g); put(g, ANY(g, "/@mean)", "/round/@score)", "/round[2]/@score)")); break;
		case 4: put(g, "-"); number(g); break;
		case 5: put(g, ANY(g, "floor(", "ceiling(", "round(")); number(g); put(g, ")"); break;
		default: number(g); put(g, ANY(g, " mod 7", " div 2", " div 4", " * 3")); break;
		}
	}
	g->depth--;
}

static void truth(growing *g)
{
	if (g->depth++ > 4) {
		put(g, "true()");
	} else {
		switch (below(g, 7)) {
		case 0: put(g, "("); truth(g); put(g, ANY(g, " and ", " or ")); truth(g); put(g, ")"); break;
		case 1: put(g, "not("); truth(g); put(g, ")"); break;
		case 2:
		case 3: number(g); put(g, ANY(g, " = ", " != ", " < ", " <= ", " > ", " >= ")); number(g); break;
		case 4: programmes(g); break;
		case 5: programmes(g); put(g, ANY(g, "/@mean < 95", "/round/@result = 'satisfactory'", "/@code != 'chemistry'", "/@level = 'city'")); break;
		default: put(g, "starts-with(concat(laboratory/@class, '"); put(g, ANY(g, "a", "乙")); put(g, "'), '三')"); break;
		}
	}
	g->depth--;
}

Test(condition, any_expression_that_is_known_agrees_with_libxml2)
{
	size_t known = 0;
	zp_document *d = open(full);
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		char text[3000] = "";
		growing g = { .p = text, .end = text + sizeof text };
		g.r = zp_random_stream(seed, 0, 0);
		truth(&g);
		zp_missing missing;
		const zp_truth is = zp_condition_ask(compile(text), d, &missing);
		cr_assert((is == ZP_UNKNOWN) == (*missing.fact != '\0') || is != ZP_UNKNOWN, "%s", text);
		if (is == ZP_UNKNOWN)
			continue;
		known++;
		cr_expect_eq(of_libxml2(full, text), is == ZP_TRUE, "%s", text);
	}
	zp_document_close(d);
	cr_expect_gt(known, 8000);
}

/* ---- numbers ---- */

Test(condition, values_are_exact_fractions)
{
	char why[ZP_CONDITION_WORDS];
	zp_missing missing;
	zp_document *d = open(full);
	static const struct { const char *text; int64_t num, den; } values[] = {
		{ "items/@pass div (items/@pass + items/@fail)", 38, 39 }, { "count(programme/round[@result = 'satisfactory']) div count(programme/round)", 3, 4 },
		{ "programme[1]/@mean div 100", 39, 40 }, { "1 div 3 + 1 div 6", 1, 2 }, { "mean(programme/@mean)", 375, 4 }, { "-7 mod 3", -1, 1 },
		{ "round(-2.5)", -2, 1 }, { "floor(-0.5)", -1, 1 },
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const zp_condition *c = zp_condition_compile(arena, values[i].text, ZP_RECORD_OF_LAB, ZP_ASKS_HOW_MUCH, why);
		cr_assert_not_null(c, "%s", why);
		const zp_fraction v = zp_condition_value(c, d, &missing);
		cr_assert(v.den != 0, "%s", missing.fact);
		cr_expect_eq(zp_fraction_compare(v, zp_fraction_of(values[i].num, values[i].den)), 0, "%s", values[i].text);
	}
	const zp_condition *c = zp_condition_compile(arena, "iqc/@in-control div iqc/@months", ZP_RECORD_OF_LAB, ZP_ASKS_HOW_MUCH, why);
	cr_expect(zp_condition_value(c, d, &missing).den == 0);
	cr_expect_str_eq(missing.fact, "iqc/@in-control");
	zp_document_close(d);
}

/* ---- the list of what a record may hold, and the schema ---- */

/* Names declared somewhere in the schema under a node: elements, or attributes. */
static bool declares(const xmlNode *node, const char *kind, const char *name)
{
	for (; node; node = node->next) {
		xmlChar *is = node->type == XML_ELEMENT_NODE ? xmlGetProp((xmlNode *)node, (const xmlChar *)"name") : NULL;
		const bool here = is && strcmp((const char *)node->name, kind) == 0 && strcmp((const char *)is, name) == 0;
		xmlFree(is);
		if (here || declares(node->children, kind, name))
			return true;
	}
	return false;
}

/* What the schema calls by name and the list does not have. */
static size_t not_listed(const xmlNode *node, const char *kind)
{
	size_t bad = 0;
	for (; node; node = node->next) {
		xmlChar *name = node->type == XML_ELEMENT_NODE ? xmlGetProp((xmlNode *)node, (const xmlChar *)"name") : NULL;
		bool listed = false;
		for (int of = 0; name && of < 2; of++) {
			size_t n;
			const zp_record_form *forms = zp_record_forms((zp_record_of)of, &n);
			for (size_t i = 0; i < n; i++) {
				const char *in = strcmp(kind, "element") == 0 ? forms[i].name : forms[i].attributes, *found = strstr(in, (const char *)name);
				for (; found && !listed; found = strstr(found + 1, (const char *)name))
					listed = (found == in || found[-1] == ' ') && (found[strlen((const char *)name)] == ' ' || !found[strlen((const char *)name)]);
			}
		}
		if (name && strcmp((const char *)node->name, kind) == 0 && !listed) {
			cr_log_error("%s %s of the schema is in no record of the list", kind, (const char *)name);
			bad++;
		}
		xmlFree(name);
		bad += not_listed(node->children, kind);
	}
	return bad;
}

Test(condition, a_record_may_hold_what_its_schema_says)
{
	static const char *const elsewhere[] = { "trend", "month", "recognition", "iqc" }; /* open in the schema */
	xmlDoc *schema = xmlReadFile(RULES "/schemas/record.xsd", NULL, 0);
	cr_assert_not_null(schema);
	const xmlNode *root = xmlDocGetRootElement(schema);
	for (int of = 0; of < 2; of++) {
		size_t n;
		const zp_record_form *forms = zp_record_forms((zp_record_of)of, &n);
		for (size_t i = 0; i < n; i++) {
			bool open = false;
			for (size_t k = 0; k < 4; k++)
				open |= strcmp(elsewhere[k], forms[i].name) == 0;
			cr_expect(strcmp(forms[i].name, "month") == 0 || declares(root, "element", forms[i].name), "%s", forms[i].name);
			char list[400], *rest;
			snprintf(list, sizeof list, "%s", forms[i].attributes);
			for (char *a = strtok_r(list, " ", &rest); a && !open; a = strtok_r(NULL, " ", &rest))
				cr_expect(declares(root, "attribute", a), "%s/@%s", forms[i].name, a);
		}
	}
	cr_expect_eq(not_listed(root, "element") + not_listed(root, "attribute"), 0);
	xmlFreeDoc(schema);
}

/* ---- what is refused ---- */

static const struct { const char *text, *says; } refused[] = {
	{ "", "it ends; expected the name of an element or attribute" },
	{ "items/@fail >", "expected the name" },
	{ "items/@fail = 1)", "expected an operator, or the end" },
	{ "(items/@fail = 1", "expected \")\"" },
	{ "items/@fail = 'x", "expected the quotation mark that ends it" },
	{ "items[@fail = 1", "expected \"]\"" },
	{ "items/@fail = 1e5", "a blank behind the number" },
	{ "$x = 1", "no variable" },
	{ "matches(items/@fail, 'x')", "a function of docs/formats/award.md" },
	{ "not()", "1 arguments of not()" },
	{ "following::items", "one of the axes" },
	{ "items/text() = 1", "records have no text" },
	{ "x:items", "a name without a namespace" },
	{ "(programme)[1]", "nothing more behind the brackets" },
	{ "item/@fail = 1", "no <record> of a record leads to <item>; expected laboratory, participation, items" },
	{ "programme/mesurand", "no <programme> of a record leads to <mesurand>; expected round, measurand, paper" },
	{ "items/@failed = 1", "no <items> of a record has the attribute \"failed\"; expected total, pass, fail" },
	{ "not(programme[@state = 'unsuccessful'])", "has the attribute \"state\"" },
	{ "programme/measurand[@status = 'unsucessful']", "is never \"unsucessful\"; expected one of none successful unsuccessful" },
	{ "run(programme/round/@result, 'pass') = 1", "is never \"pass\"" },
	{ "programme/@status > 1", "is one of the words" },
	{ "items/@fail", "asks only whether it is written; expected a comparison, or known(items/@fail)" },
	{ "not(items/@fail)", "asks only whether it is written" },
	{ "programme[@mean]", "asks only whether it is written" },
	{ "count(programme)", "is a number; expected a condition" },
	{ "'yes'", "is a text; expected a condition" },
	{ "(items/@fail = 1) = (items/@pass = 2)", "compares a condition; expected and, or, not()" },
	{ "programme = 'chemistry'", "an element has no text" },
	{ "programme > 3", "an element is no number" },
	{ "sum(programme) = 3", "an element is no number" },
	{ "laboratory/@name < 'x'", "is a text; expected a number" },
	{ "count(3) = 3", "is no path" },
	{ "concat(count(programme), 'x') = '3x'", "is a number; expected a text" },
	{ "programme/@code | programme", "joins attributes and elements" },
	{ "//@key | . < 1", "joins attributes and elements" },
	{ "region/@code = '420500'", "leads to <region>" },
};

Test(condition, what_is_wrong_is_said)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		char why[ZP_CONDITION_WORDS] = "";
		const zp_condition *c = zp_condition_compile(arena, refused[i].text, ZP_RECORD_OF_LAB, ZP_ASKS_WHETHER, why);
		cr_expect_null(c, "%s", refused[i].text);
		cr_expect(strstr(why, refused[i].says), "%s: %s", refused[i].text, why);
	}
}

Test(condition, what_always_holds_is_doubted)
{
	static const struct { const char *text, *says; } doubts[] = {
		{ "true()", "always holds" }, { "1 > 2", "never holds" }, { "count(programme) < 5", "holds for a record in which nothing is known" },
		{ "not(known(evidence[@key = 'x']))", NULL }, { "items/@fail = 0", NULL },
	};
	for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
		const char *doubt = zp_condition_doubt(compile(doubts[i].text));
		cr_expect(doubts[i].says ? doubt && strstr(doubt, doubts[i].says) : !doubt, "%s: %s", doubts[i].text, doubt ? doubt : "no doubt");
	}
}

Test(condition, a_region_has_a_record_of_its_own)
{
	char why[ZP_CONDITION_WORDS];
	cr_expect_not_null(zp_condition_compile(arena, "share[@name = 'return' and @class = '*']/@percent >= 95", ZP_RECORD_OF_REGION, ZP_ASKS_WHETHER, why), "%s", why);
	cr_expect_null(zp_condition_compile(arena, "items/@fail = 0", ZP_RECORD_OF_REGION, ZP_ASKS_WHETHER, why));
}
