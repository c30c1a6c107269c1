/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as XML: docs/formats/results-xml.md, rules/schemas/results.rng. Data stands in attributes, and the file is streamed: no tree
 * is made, and nothing is kept of a result that was put. The bytes are scanned before libxml2 sees them (base/xml_scan.h). */
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include "host/plugin.h"

#define ATTRIBUTES_MOST 32u
#define TOLD_MOST 1000   /* faults of elements; with more the file is something else */
#define COLUMN_MOST 16384
#define SAID_BYTES 300 /* what <results> may say of one thing */
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_BIG_LINES) /* as in book/xml.c */

static const zp_text no_sheet = { NULL, 0 };
static const struct { const char *name; zp_field field; bool of_results, of_result; } attributes_known[] = {
	{ "lab", ZP_FIELD_LAB, true, false },
	{ "programme", ZP_FIELD_PROGRAMME, true, false },
	{ "received", ZP_FIELD_RECEIVED, true, true },
	{ "system", ZP_FIELD_SYSTEM, true, true },
	{ "instrument", ZP_FIELD_INSTRUMENT, true, true },
	{ "method", ZP_FIELD_METHOD, true, true },
	{ "reagent", ZP_FIELD_REAGENT, true, true },
	{ "calibrator", ZP_FIELD_CALIBRATOR, true, true },
	{ "measurand", ZP_FIELD_MEASURAND, false, true },
	{ "sample", ZP_FIELD_SAMPLE, false, true },
	{ "value", ZP_FIELD_VALUE, false, true },
	{ "unit", ZP_FIELD_UNIT, false, true },
	{ "uncertainty", ZP_FIELD_UNCERTAINTY, false, true },
	{ "index", ZP_FIELD_INDEX, false, true },
	{ "lod", ZP_FIELD_LOD, false, true },
};
#define KNOWN (sizeof attributes_known / sizeof *attributes_known)

/* Reading one file. */
typedef struct reading {
	const zp_host *host;
	const zp_sink *sink;
	xmlParserCtxt *parser;
	zp_xml_scanner places; /* in step with the parser */
	zp_place at;           /* of the element that began last */
	unsigned depth;        /* open elements */
	unsigned results_depth; /* where <results> lies: 0, or 1 in <returns> */
	unsigned skipped;      /* elements at this depth and deeper are not read; 0: none are */
	bool refused, text_told;
	size_t n_told;         /* elements that are not as expected, those that are passed over in silence with them */
	zp_raw raw;
	zp_text said[ZP_FIELDS];  /* by <results> */
	char said_bytes[ZP_FIELDS][SAID_BYTES];
} reading;

/* A file may be one long line, in which nobody counts so far: then the line alone is told. */
static uint16_t column_of(uint32_t column) { return (uint16_t)(column <= COLUMN_MOST ? column : 0); }

#define tell(r, ...) \
	do { \
		(r)->sink->problem((r)->sink->self, no_sheet, (r)->at.line, column_of((r)->at.column), __VA_ARGS__); \
		(r)->n_told++; \
	} while (0)

static void stop(reading *r)
{
	r->refused = true;
	r->parser->wellFormed = 0;
	r->parser->disableSAX = 1;
	r->parser->instate = XML_PARSER_EOF;
}

#define refuse_file(r, line, column, ...) \
	do { \
		if (!(r)->refused) \
			(r)->sink->refuse((r)->sink->self, no_sheet, (line), (column), __VA_ARGS__); \
		stop(r); \
	} while (0)

/* A name as messages show it. */
static const char *shown(const reading *r, const char *prefix, const char *name, char out[static 256])
{
	char whole[200];
	snprintf(whole, sizeof whole, "%s%s%s", prefix ? prefix : "", prefix ? ":" : "", name);
	if (r->host->show)
		return r->host->show(out, 256, zp_text_of(whole));
	memcpy(out, whole, sizeof whole);
	return out;
}

/* How many letters differ, are too many or missing (Levenshtein's distance). Needs: b of at most 15 bytes. */
static size_t distance(const char *a, const char *b)
{
	size_t row[16], m = strlen(b);
	for (size_t k = 0; k <= m; k++)
		row[k] = k;
	for (size_t i = 0; a[i]; i++) {
		size_t corner = row[0]++;
		for (size_t k = 0; k < m; k++) {
			size_t above = row[k + 1], best = corner + (a[i] != b[k]);
			if (above + 1 < best)
				best = above + 1;
			if (row[k] + 1 < best)
				best = row[k] + 1;
			corner = above;
			row[k + 1] = best;
		}
	}
	return row[m];
}

/* The known attribute that is meant, as far as one can tell; NULL when none is near. */
static const char *nearest(const char *name, bool result)
{
	const char *near = NULL;
	size_t least = 3;
	for (size_t i = 0; i < KNOWN && strlen(name) < 30; i++) {
		size_t d = distance(name, attributes_known[i].name);
		if ((result ? attributes_known[i].of_result : attributes_known[i].of_results) && d < least && d < strlen(name))
			least = d, near = attributes_known[i].name;
	}
	return near;
}

static void tell_unknown(reading *r, const char *element, const char *prefix, const char *name, bool result)
{
	char x[256];
	const char *near = nearest(name, result);
	if (near)
		tell(r, "<%s> has an attribute \"%s\", which is not known; perhaps \"%s\" is meant", element, shown(r, prefix, name, x), near);
	else if (result)
		tell(r, "<%s> has an attribute \"%s\", which is not known; expected measurand, sample, value, unit, system, instrument, method, "
		     "reagent, calibrator, received, uncertainty, index or lod", element, shown(r, prefix, name, x));
	else
		tell(r, "<%s> has an attribute \"%s\", which is not known; expected lab, programme, received, system, instrument, method, reagent "
		     "or calibrator", element, shown(r, prefix, name, x));
}

/* The field of an attribute; ZP_FIELDS when it may not stand here. */
static zp_field field_of(const char *name, bool result)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (strcmp(name, attributes_known[i].name) == 0)
			return (result ? attributes_known[i].of_result : attributes_known[i].of_results) ? attributes_known[i].field : ZP_FIELDS;
	return ZP_FIELDS;
}

/* The attributes of a result that is not read: names of every kind cost libxml2 time that grows with their number. */
static bool all_known(int n, const xmlChar **five)
{
	for (int i = 0; i < n; i++, five += 5)
		if (field_of((const char *)five[0], true) == ZP_FIELDS)
			return false;
	return true;
}

/* libxml2 hands out five pointers for each attribute: name, prefix, namespace, first byte of the value, its end. */
static zp_text value_of(const xmlChar **five)
{
	return (zp_text){ (const char *)five[3], (size_t)(five[4] - five[3]) };
}

static void take_results(reading *r, int n, const xmlChar **five)
{
	bool good = true;
	memset(r->said, 0, sizeof r->said);
	for (int i = 0; i < n; i++, five += 5) {
		const char *name = (const char *)five[0], *prefix = (const char *)five[1];
		zp_field field = prefix ? ZP_FIELDS : field_of(name, false);
		zp_text value = value_of(five);
		if (field == ZP_FIELDS) {
			tell_unknown(r, "results", prefix, name, false);
			good = false;
		} else if (value.n > SAID_BYTES) {
			tell(r, "the attribute \"%s\" of <results> is longer than %d bytes; expected a shorter one", name, SAID_BYTES);
			good = false;
		} else {
			r->said[field] = (zp_text){ memcpy(r->said_bytes[field], value.p, value.n), value.n };
		}
	}
	if (!good) /* what it says of its results is not known */
		r->skipped = r->depth + 1;
}

static void take_result(reading *r, int n, const xmlChar **five)
{
	static const zp_field needs[] = { ZP_FIELD_MEASURAND, ZP_FIELD_SAMPLE, ZP_FIELD_VALUE };
	static const char *const names[] = { "measurand", "sample", "value" };
	bool good = true;
	zp_raw *raw = &r->raw;
	memcpy(raw->field, r->said, sizeof raw->field);
	for (int i = 0; i < n; i++, five += 5) {
		const char *name = (const char *)five[0], *prefix = (const char *)five[1];
		zp_field field = prefix ? ZP_FIELDS : field_of(name, true);
		zp_text value = value_of(five);
		if (field == ZP_FIELDS) {
			tell_unknown(r, "result", prefix, name, true);
			good = false;
		} else if (zp_csv_trim(value).n || !raw->field[field].p) { /* an empty one does not undo what <results> says */
			raw->field[field] = value;
		}
	}
	for (size_t i = 0; i < 3 && good; i++)
		if (!raw->field[needs[i]].p) {
			tell(r, "<result> has no attribute \"%s\"; expected measurand, sample and value", names[i]);
			good = false;
		}
	raw->line = r->at.line;
	for (int i = 0; i < ZP_FIELDS; i++)
		raw->column[i] = column_of(r->at.column);
	if (good)
		r->sink->put(r->sink->self, raw);
}

/* The root. Gives: false when the file is refused. */
static bool take_root(reading *r, const char *prefix, const char *name)
{
	char x[256];
	if (!prefix && strcmp(name, "results") == 0) {
		r->results_depth = 0;
	} else if (!prefix && strcmp(name, "returns") == 0) {
		r->results_depth = 1;
	} else {
		refuse_file(r, r->at.line, column_of(r->at.column), "the root is <%s>; expected <results> or, for several laboratories, <returns>",
			    shown(r, prefix, name, x));
		return false;
	}
	return true;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int n_spaces,
		     const xmlChar **spaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	(void)space, (void)spaces, (void)n_defaulted;
	reading *r = context;
	char x[256];
	unsigned depth = r->depth;
	const char *element = (const char *)name;
	if (zp_xml_next(&r->places) != ZP_XML_START) {
		refuse_file(r, 0, 0, "this is not well-formed XML");
		return;
	}
	r->at = r->places.at;
	r->text_told = false;
	if (depth == 0 && !take_root(r, (const char *)prefix, element))
		return;
	bool outer = depth < r->results_depth, results = depth == r->results_depth, result = depth == r->results_depth + 1;
	const char *expected = outer ? "returns" : results ? "results" : "result";
	if (r->skipped) { /* told where it began */
		r->n_told += strcmp(element, "result") != 0 || !all_known(n_attributes, attributes);
	} else if (!outer && !results && !result) {
		tell(r, "<%s> stands in <result>; expected nothing in it", shown(r, (const char *)prefix, element, x));
		r->skipped = depth + 1;
	} else if (prefix || strcmp(element, expected) != 0) {
		tell(r, "<%s> is not known here; expected <%s>", shown(r, (const char *)prefix, element, x), expected);
		r->skipped = depth + 1;
	} else if (n_spaces) {
		tell(r, "<%s> declares a namespace; expected none", expected);
		r->skipped = depth + 1;
	} else if (outer && n_attributes) {
		tell_unknown(r, "returns", (const char *)attributes[1], (const char *)attributes[0], false);
	} else if (results) {
		take_results(r, n_attributes, attributes);
	} else if (result) {
		take_result(r, n_attributes, attributes);
	}
	r->depth++;
	if (r->n_told > TOLD_MOST)
		refuse_file(r, r->at.line, column_of(r->at.column), "more than %d elements up to here are not as expected", TOLD_MOST);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)name, (void)prefix, (void)space;
	reading *r = context;
	r->depth--;
	if (r->depth < r->skipped)
		r->skipped = 0;
	r->text_told = false;
}

static void on_text(void *context, const xmlChar *text, int n)
{
	reading *r = context;
	for (int i = 0; i < n && !r->text_told && !r->skipped; i++)
		if (!zp_xml_blank((char)text[i])) {
			r->sink->problem(r->sink->self, no_sheet, xmlSAX2GetLineNumber(r->parser), 0,
					 "a text stands between the tags; expected attributes and elements only");
			r->text_told = true;
		}
}

/* Only the first fault is told: what follows it is mostly its shadow. */
static void on_fault(void *context, xmlErrorPtr fault)
{
	reading *r = context;
	if (fault->level < XML_ERR_ERROR)
		return;
	size_t n = fault->message ? strcspn(fault->message, "\r\n") : 0;
	refuse_file(r, fault->line, column_of((uint32_t)(fault->int2 > 0 ? fault->int2 : 0)), "this is not well-formed XML: %.*s", (int)(n < 200 ? n : 200), n ? fault->message : "");
}

static void parse(reading *r, zp_text bytes)
{
	memset(r->parser->sax, 0, sizeof *r->parser->sax);
	r->parser->sax->initialized = XML_SAX2_MAGIC;
	r->parser->sax->startElementNs = on_start;
	r->parser->sax->endElementNs = on_end;
	r->parser->sax->characters = on_text;
	r->parser->sax->cdataBlock = on_text;
	r->parser->sax->ignorableWhitespace = on_text;
	r->parser->sax->serror = on_fault;
	r->parser->userData = r;
	xmlFreeDoc(xmlCtxtReadMemory(r->parser, bytes.p, (int)bytes.n, NULL, "UTF-8", PARSE_OPTIONS));
	if (!r->parser->wellFormed && !r->refused)
		refuse_file(r, 0, 0, "this is not well-formed XML");
}

static void xml(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	zp_text bytes = source->block;
	if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
		bytes = (zp_text){ bytes.p + 3, bytes.n - 3 };
	zp_xml_scanner scan = zp_xml_scanner_of(bytes, ATTRIBUTES_MOST, UINT32_MAX);
	zp_xml_step step;
	while ((step = zp_xml_next(&scan)) == ZP_XML_START)
		;
	if (step == ZP_XML_FAULT) {
		sink->refuse(sink->self, no_sheet, scan.at.line, column_of(scan.at.column), "%s%s", scan.at.line ? "" : "the file ", scan.fault);
		return;
	}
	reading *r = host->take(host, sizeof *r);
	*r = (reading){ .host = host, .sink = sink, .places = zp_xml_scanner_of(bytes, ATTRIBUTES_MOST, UINT32_MAX) };
	r->parser = xmlNewParserCtxt();
	if (!r->parser) {
		sink->refuse(sink->self, no_sheet, 0, 0, "there is no memory for the XML parser");
		return;
	}
	parse(r, bytes);
	xmlFreeParserCtxt(r->parser);
}

static const zp_importer does = { .ending = "xml", .read = xml, .whole_most = ZP_XML_BYTES };

ZP_PLUGIN(xml) = {
	ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "xml", .version = "1",
	.cites = "Extensible Markup Language (XML) 1.0",
	.says = "one element per value, of one laboratory or of several",
	.does.importer = &does,
};
