/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only door to libxml2. */
#include "book/xml.h"
#include <assert.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include "base/file.h"

/* XML_PARSE_NOENT resolves the five predefined entities here; others cannot exist, for a file with a document
 * type never comes this far. Without it libxml2 hands out "&" in an attribute as "&#38;". */
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES)

typedef struct build {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
	xmlParserCtxt *parser;
	const zp_place *places; /* of the start tags, in order */
	size_t n_places, n;
	zp_element *open[ZP_XML_DEPTH];
	zp_element *last[ZP_XML_DEPTH]; /* child of open[] */
	size_t depth;
	zp_element *root;
	bool text_told, fault_told;
	bool foreign; /* namespaces and text are passed over */
} build;

/* The parser's words on one line, without the line break they end with. */
static const char *one_line(zp_arena *arena, const char *words)
{
	size_t n = words ? strcspn(words, "\r\n") : 0;
	return n ? zp_arena_text(arena, words, n) : "no reason is given";
}

/* Only the first fault is told: what follows it is mostly its shadow. The parser is brought to its end at once,
 * because the scan of the bytes vouches for nothing behind a fault. */
static void on_fault(void *context, xmlErrorPtr fault)
{
	build *b = context;
	if (fault->level < XML_ERR_ERROR)
		return;
	if (!b->fault_told)
		zp_problem_add(b->problems, b->file, fault->line, fault->int2, "this is not well-formed XML: %s",
			       one_line(b->arena, fault->message));
	b->fault_told = true;
	b->parser->wellFormed = 0;
	b->parser->disableSAX = 1;
	b->parser->instate = XML_PARSER_EOF;
}

/* A value that would do something to a terminal or a page instead of standing on it: control characters,
 * line separators and marks of direction. Gives: its code, 0 when there is none. */
static unsigned unwelcome(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p < 0x20 || *p == 0x7F)
			return *p;
		if (*p == 0xC2 && p[1] < 0xA0)
			return p[1];
		if (*p == 0xE2 && (p[1] == 0x80 || p[1] == 0x81)) {
			unsigned code = 0x2000u + (p[1] & 1u) * 0x40u + (p[2] & 0x3Fu);
			if ((code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069))
				return code;
		}
	}
	return 0;
}

/* libxml2 hands out five pointers for each attribute: name, prefix, namespace, first byte of the value, its end. */
static void take_attributes(build *b, zp_element *e, int n, const xmlChar **five)
{
	zp_attribute *at = zp_take(b->arena, zp_attribute, n);
	for (int i = 0; i < n; i++, five += 5) {
		const char *name = (const char *)five[0], *value = (const char *)five[3];
		if (five[1])
			name = zp_arena_print(b->arena, "%s:%s", (const char *)five[1], name);
		at[i].name = zp_arena_text(b->arena, name, strlen(name));
		at[i].value = zp_arena_text(b->arena, value, (size_t)(five[4] - five[3]));
		unsigned code = unwelcome(at[i].value);
		if (code)
			zp_problem_add(b->problems, b->file, e->line, e->column,
				       "the attribute %s of <%s> holds the control character U+%04X; expected plain text",
				       at[i].name, e->name, code);
	}
	e->attributes = at;
	e->n_attributes = (uint32_t)n;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int n_spaces,
		     const xmlChar **spaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	(void)space, (void)spaces, (void)n_defaulted;
	build *b = context;
	assert(b->depth < ZP_XML_DEPTH && b->n < b->n_places); /* the scan has seen to it */
	zp_place place = b->places[b->n++];
	zp_element *e = zp_take(b->arena, zp_element, 1);
	*e = (zp_element){ .name = zp_arena_text(b->arena, (const char *)name, strlen((const char *)name)),
			   .line = place.line, .column = place.column };
	if (prefix && b->foreign)
		e->name = zp_arena_print(b->arena, "%s:%s", (const char *)prefix, e->name);
	if (!b->foreign && (n_spaces || prefix))
		zp_problem_add(b->problems, b->file, e->line, e->column,
			       "<%s> is in a namespace; expected an element without one", e->name);
	take_attributes(b, e, n_attributes, attributes);
	if (b->depth == 0)
		b->root = e;
	else if (b->last[b->depth - 1])
		b->last[b->depth - 1]->next = e;
	else
		b->open[b->depth - 1]->first = e;
	if (b->depth)
		b->last[b->depth - 1] = e;
	b->open[b->depth] = e;
	b->last[b->depth++] = NULL;
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)name, (void)prefix, (void)space;
	build *b = context;
	b->depth--;
}

static void on_text(void *context, const xmlChar *text, int n)
{
	build *b = context;
	zp_text seen = { (const char *)text, (size_t)n };
	while (seen.n && strchr(" \t\r\n", *seen.p))
		seen.p++, seen.n--;
	while (seen.n && strchr(" \t\r\n", seen.p[seen.n - 1]))
		seen.n--;
	if (seen.n == 0 || b->depth == 0 || b->text_told || b->foreign)
		return;
	b->text_told = true;
	const zp_element *e = b->open[b->depth - 1];
	zp_problem_add(b->problems, b->file, xmlSAX2GetLineNumber(b->parser), 0,
		       "the text \"%s\" stands in <%s>; expected attributes and elements only",
		       zp_text_show(b->arena, seen), e->name);
}

/* Fills b->root. */
static void parse(build *b, zp_text bytes)
{
	b->parser = xmlNewParserCtxt();
	if (!b->parser) {
		zp_problem_add(b->problems, b->file, 0, 0, "cannot be read: there is no memory for the XML parser");
		return;
	}
	memset(b->parser->sax, 0, sizeof *b->parser->sax);
	b->parser->sax->initialized = XML_SAX2_MAGIC;
	b->parser->sax->startElementNs = on_start;
	b->parser->sax->endElementNs = on_end;
	b->parser->sax->characters = on_text;
	b->parser->sax->ignorableWhitespace = on_text;
	b->parser->sax->serror = on_fault;
	b->parser->userData = b;
	xmlFreeDoc(xmlCtxtReadMemory(b->parser, bytes.p, (int)bytes.n, NULL, "UTF-8", PARSE_OPTIONS));
	if (!b->parser->wellFormed)
		b->root = NULL;
	xmlFreeParserCtxt(b->parser);
}

static const zp_xml *read_file(zp_arena *arena, const char *path, const char *file, bool foreign, zp_problems *problems)
{
	zp_xml *xml = zp_take(arena, zp_xml, 1);
	size_t before = zp_problems_count(problems);
	const char *why;
	xml->file = zp_arena_text(arena, file, strlen(file));
	xml->bytes = zp_file_read(arena, path, ZP_XML_BYTES, xml->file, &xml->input, &why);
	if (!xml->bytes.p) {
		zp_problem_add(problems, file, 0, 0, "%s", why);
		return NULL;
	}
	if (xml->bytes.n >= 3 && memcmp(xml->bytes.p, "\xef\xbb\xbf", 3) == 0)
		xml->bytes = (zp_text){ xml->bytes.p + 3, xml->bytes.n - 3 };
	build b = { .arena = arena, .file = xml->file, .problems = problems, .foreign = foreign };
	b.places = zp_xml_scan(arena, xml->bytes, file, &b.n_places, problems);
	if (!b.places)
		return NULL;
	parse(&b, xml->bytes);
	if (!b.root && zp_problems_count(problems) == before)
		zp_problem_add(problems, file, 0, 0, "this is not well-formed XML");
	xml->root = b.root;
	return zp_problems_count(problems) == before ? xml : NULL;
}

const zp_xml *zp_xml_read(zp_arena *arena, const char *path, const char *file, zp_problems *problems)
{
	return read_file(arena, path, file, false, problems);
}

const zp_xml *zp_xml_read_foreign(zp_arena *arena, const char *path, const char *file, zp_problems *problems)
{
	return read_file(arena, path, file, true, problems);
}

/* ---- the schema ---- */

typedef struct breach {
	zp_arena *arena;
	const char *file, *schema;
	zp_problems *problems;
	int line; /* of the last one told */
	bool told;
} breach;

static void on_breach(void *context, xmlErrorPtr fault)
{
	breach *b = context;
	if (b->told && b->line == fault->line)
		return;
	b->told = true;
	b->line = fault->line;
	const char *words = one_line(b->arena, fault->message);
	const xmlNode *node = fault->node;
	if (node && node->type == XML_ELEMENT_NODE)
		zp_problem_add(b->problems, b->file, fault->line, 0, "<%s> does not follow %s: %s", (const char *)node->name,
			       b->schema, words);
	else
		zp_problem_add(b->problems, b->file, fault->line, 0, "does not follow %s: %s", b->schema, words);
}

/* While a tree is made, the handler is given the parser itself. */
static void on_tree_fault(void *context, xmlErrorPtr fault)
{
	const xmlParserCtxt *parser = context;
	on_breach(parser->_private, fault);
}

/* The tree that libxml2 works with. */
static xmlDoc *tree_of(zp_text bytes, breach *b)
{
	xmlParserCtxt *parser = xmlNewParserCtxt();
	if (!parser)
		return NULL;
	parser->sax->serror = on_tree_fault;
	parser->_private = b;
	xmlDoc *tree = xmlCtxtReadMemory(parser, bytes.p, (int)bytes.n, NULL, "UTF-8", PARSE_OPTIONS);
	xmlFreeParserCtxt(parser);
	return tree;
}

/* Fails: NULL, and the problem is told. */
static xmlRelaxNG *read_schema(breach *b, const char *path, zp_input *record)
{
	const char *why;
	zp_input unused;
	const char *name = zp_arena_text(b->arena, b->schema, strlen(b->schema));
	zp_text bytes = zp_file_read(b->arena, path, ZP_XML_BYTES, name, record ? record : &unused, &why);
	if (!bytes.p) {
		zp_problem_add(b->problems, b->schema, 0, 0, "%s; expected the schema of %s", why, b->file);
		return NULL;
	}
	breach in_schema = { .arena = b->arena, .file = b->schema, .schema = "RELAX NG", .problems = b->problems };
	xmlDoc *tree = tree_of(bytes, &in_schema);
	xmlRelaxNGParserCtxt *parser = tree ? xmlRelaxNGNewDocParserCtxt(tree) : NULL;
	xmlRelaxNG *schema = NULL;
	if (parser) {
		xmlRelaxNGSetParserStructuredErrors(parser, on_breach, &in_schema);
		schema = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
	}
	xmlFreeDoc(tree);
	if (!schema && !in_schema.told)
		zp_problem_add(b->problems, b->schema, 0, 0, "is no RELAX NG schema");
	return schema;
}

/* libxml2 follows every way of leaving out what may be left out, and each attribute of <choices> doubles them: a few are enough for
 * minutes. No attribute of it depends on another, so they are looked at some at a time. The same is true of what stands on a page of a
 * certificate. */
#define CHOICES_AT_ONCE 8u

static bool has_many(const xmlNode *node)
{
	const char *in = node->parent && node->parent->type == XML_ELEMENT_NODE ? (const char *)node->parent->name : "";
	return strcmp((const char *)node->name, "choices") == 0 || strcmp(in, "every") == 0 || strcmp(in, "first") == 0 || strcmp(in, "later") == 0;
}

/* Leave of such elements the attributes whose turn it is. Gives: how many the one has that has most. */
static size_t thin_out(xmlNode *node, size_t turn)
{
	size_t most = 0;
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		size_t n = 0;
		for (xmlAttr *a = node->properties, *next; a && has_many(node); a = next, n++) {
			next = a->next;
			if (n / CHOICES_AT_ONCE != turn)
				xmlRemoveProp(a);
		}
		const size_t below = thin_out(node->children, turn);
		n = below > n ? below : n;
		most = n > most ? n : most;
	}
	return most;
}

/* One turn. Gives: what xmlRelaxNGValidateDoc does. */
static int validate_some(breach *b, xmlRelaxNG *schema, zp_text bytes, size_t turn, size_t *most)
{
	xmlDoc *tree = tree_of(bytes, b);
	xmlRelaxNGValidCtxt *check = tree ? xmlRelaxNGNewValidCtxt(schema) : NULL;
	int verdict = -1;
	*most = 0;
	if (check) {
		*most = thin_out(tree->children, turn);
		xmlRelaxNGSetValidStructuredErrors(check, on_breach, b);
		verdict = xmlRelaxNGValidateDoc(check, tree);
		xmlRelaxNGFreeValidCtxt(check);
	}
	xmlFreeDoc(tree);
	return verdict;
}

bool zp_xml_validate(zp_arena *arena, const zp_xml *xml, const char *schema_path, const char *schema_name, zp_input *record,
		     zp_problems *problems)
{
	breach b = { .arena = arena, .file = xml->file, .schema = schema_name, .problems = problems };
	xmlRelaxNG *schema = read_schema(&b, schema_path, record);
	if (!schema)
		return false;
	size_t turn = 0, most;
	int verdict;
	do {
		verdict = validate_some(&b, schema, xml->bytes, turn, &most);
	} while (verdict == 0 && ++turn * CHOICES_AT_ONCE < most);
	if (verdict != 0 && !b.told)
		zp_problem_add(problems, xml->file, 0, 0, "does not follow %s", schema_name);
	xmlRelaxNGFree(schema);
	return verdict == 0;
}

const char *zp_xml_library(void)
{
	return xmlParserVersion;
}
