/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xml.h"
#include <libxml/parser.h>
#include "scan.h"

#define NAMES_MOST 4096 /* libxml2 keeps each different name, and finds many of them slowly: three million took two minutes */

typedef struct stream {
	zp_package *k;
	const zp_part *part;
	const zp_listener *to;
	xmlParserCtxtPtr parser;
	zp_scan scan;
	const xmlChar *space; /* of libxml2's names, which are interned, the one of the listener */
	unsigned depth, over; /* over: depth below an element that is passed over, 0: none is */
	bool stopped;
	char says[200]; /* libxml2's first complaint */
} stream;

/* ---- attributes ---- */

static zp_text find(const zp_attributes *a, const char *name, bool office)
{
	const xmlChar *const *at = a->at;
	for (int i = 0; i < a->n; i++, at += 5) {
		if ((char)at[0][0] != name[0] || strcmp((const char *)at[0], name) != 0)
			continue;
		if (office ? at[2] && strcmp((const char *)at[2], ZP_NS_OFFICE) == 0 : !at[2])
			return (zp_text){ (const char *)at[3], (size_t)(at[4] - at[3]) };
	}
	return (zp_text){ NULL, 0 };
}

zp_text zp_xlsx_attribute(const zp_attributes *a, const char *name)
{
	return find(a, name, false);
}

zp_text zp_attribute_office(const zp_attributes *a, const char *name)
{
	return find(a, name, true);
}

bool zp_attribute_true(const zp_attributes *a, const char *name)
{
	zp_text t = find(a, name, false);
	return zp_text_is(t, "1") || zp_text_is(t, "true");
}

long zp_attribute_count(const zp_attributes *a, const char *name, long most, long absent)
{
	zp_text t = find(a, name, false);
	long value = 0;
	if (!t.p)
		return absent;
	if (t.n == 0 || t.n > 9 || (t.n > 1 && t.p[0] == '0'))
		return -1;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9')
			return -1;
		value = value * 10 + (t.p[i] - '0');
	}
	return value > most ? -1 : value;
}

bool zp_is_blank(zp_text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ' ' && t.p[i] != '\t' && t.p[i] != '\r' && t.p[i] != '\n')
			return false;
	return true;
}

/* ---- libxml2's calls ---- */

static void stop(stream *s)
{
	s->stopped = true;
	xmlStopParser(s->parser);
}

static void refuse_root(stream *s, const char *name, const xmlChar *space)
{
	if (space && strcmp((const char *)space, ZP_NS_STRICT) == 0)
		zp_xlsx_refuse(s->k->r, 0, 0, "it is saved as \"Strict Open XML\"; save it as \"Excel workbook (.xlsx)\"");
	else
		zp_xlsx_refuse(s->k->r, 0, 0, "its part %s begins with <%.60s>; expected <%s>", s->part->name, name, s->to->root);
	stop(s);
}

static void on_start(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int n_spaces, const xmlChar **spaces,
		     int n, int n_defaulted, const xmlChar **at)
{
	(void)prefix, (void)n_spaces, (void)spaces, (void)n_defaulted;
	stream *s = self;
	const char *word = (const char *)name;
	if (s->stopped)
		return;
	bool ours = space && (space == s->space || strcmp((const char *)space, s->to->space) == 0);
	if (s->depth++ == 0) {
		if (!ours || strcmp(word, s->to->root) != 0)
			refuse_root(s, word, space);
		s->space = space;
		return;
	}
	if (s->over || !ours) {
		s->over++;
		if (s->to->never && strcmp(word, s->to->never) == 0) {
			zp_xlsx_refuse(s->k->r, 0, 0, "its part %s has <%s> in an unusual place", s->part->name, word);
			stop(s);
		}
		return;
	}
	const zp_attributes attributes = { n, at };
	switch (s->to->start(s->to->self, word, &attributes)) {
	case ZP_STOP: stop(s); break;
	case ZP_INTO: break;
	case ZP_OVER: s->over = 1; break;
	}
}

static void on_end(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)prefix, (void)space;
	stream *s = self;
	if (s->stopped)
		return;
	s->depth--;
	if (s->over) {
		s->over--;
		return;
	}
	if (s->depth && !s->to->end(s->to->self, (const char *)name))
		stop(s);
}

static void on_text(void *self, const xmlChar *text, int n)
{
	stream *s = self;
	if (s->stopped || s->over || !s->to->text)
		return;
	if (!s->to->text(s->to->self, (zp_text){ (const char *)text, (size_t)n }))
		stop(s);
}

static void on_complaint(void *self, xmlErrorPtr error)
{
	stream *s = self;
	if (s->says[0] || s->stopped || !error->message)
		return;
	size_t n = 0;
	for (const char *p = error->message; *p && *p != '\n' && n < sizeof s->says - 1; p++)
		s->says[n++] = *p >= ' ' && *p <= '~' ? *p : '?';
	s->says[n] = '\0';
}

/* ---- the stream ---- */

static bool feed(void *self, const char *bytes, size_t n)
{
	stream *s = self;
	const char *why = zp_scan_take(&s->scan, bytes, n);
	if (why)
		return zp_xlsx_refuse(s->k->r, 0, 0, "its part %s %s", s->part->name, why);
	bool good = xmlParseChunk(s->parser, bytes, (int)n, 0) == 0;
	if (s->stopped)
		return false;
	if (good && xmlDictSize(s->parser->dict) > NAMES_MOST)
		return zp_xlsx_refuse(s->k->r, 0, 0, "its part %s has more than %d different names of elements and attributes", s->part->name, NAMES_MOST);
	if (good)
		return true;
	return zp_xlsx_refuse(s->k->r, 0, 0, "its part %s is not well-formed XML: %s", s->part->name, s->says[0] ? s->says : "it is damaged");
}

static bool finish(stream *s)
{
	if (xmlParseChunk(s->parser, "", 0, 1) == 0 && s->parser->wellFormed && !s->stopped)
		return true;
	if (s->stopped)
		return false;
	return zp_xlsx_refuse(s->k->r, 0, 0, "its part %s is not well-formed XML: %s", s->part->name, s->says[0] ? s->says : "it is cut short");
}

bool zp_xml_part(zp_package *k, const zp_part *part, const zp_listener *to)
{
	stream s = { .k = k, .part = part, .to = to };
	xmlSAXHandler calls = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
				.ignorableWhitespace = on_text, .cdataBlock = on_text, .serror = on_complaint };
	s.parser = xmlCreatePushParserCtxt(&calls, &s, NULL, 0, NULL);
	if (!s.parser)
		return zp_xlsx_refuse(k->r, 0, 0, "there is not enough memory to read the workbook");
	/* Entities are those of XML itself and no others, for there is no document type; NOENT makes "&amp;" in a value "&". */
	xmlCtxtUseOptions(s.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	bool good = zp_package_inflate(k, part, feed, &s) && finish(&s);
	if (s.parser->myDoc)
		xmlFreeDoc(s.parser->myDoc);
	xmlFreeParserCtxt(s.parser);
	if (!good && !k->r->refused)
		return zp_xlsx_refuse(k->r, 0, 0, "its part %s cannot be read", part->name);
	return good;
}
