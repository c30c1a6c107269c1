/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"
#include <strings.h>

#define TYPES 2000u
#define TYPE_MOST 200u

/* ---- the closed list ---- */

/* Beginnings of names. What is not read must at least be harmless: it can neither hold cells nor change them. */
static const char *const allowed[] = {
	"[Content_Types].xml", "_rels/", "docProps/", "docMetadata/", "customXml/", "xl/workbook.xml", "xl/_rels/", "xl/worksheets/",
	"xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/", "xl/calcChain.xml", "xl/metadata.xml", "xl/richData/", "xl/featurePropertyBag/",
	"xl/cellimages.xml", "xl/persons/", "xl/comments", "xl/threadedComments/", "xl/drawings/", "xl/media/", "xl/charts/", "xl/diagrams/",
	"xl/tables/", "xl/printerSettings/",
};

/* Parts that are refused by what they are. */
static const struct { const char *word, *says; } refused[] = {
	{ "vbaProject", "a program (macros); save it without, as \"Excel workbook (.xlsx)\"" },
	{ "vbaData", "a program (macros); save it without, as \"Excel workbook (.xlsx)\"" },
	{ "macrosheets/", "a macro sheet; delete it" },
	{ "dialogsheets/", "a dialog sheet; delete it" },
	{ "chartsheets/", "a chart in a sheet of its own; delete it" },
	{ "externalLinks/", "links to other workbooks; break them (Data, Edit links) and save it again" },
	{ "embeddings/", "an embedded file; delete it" },
	{ "activeX/", "controls (ActiveX); delete them" },
	{ "ctrlProps/", "controls; delete them" },
	{ "pivot", "a pivot table; copy what is needed as values into an ordinary sheet" },
	{ "connections.xml", "connections to data outside; delete them" },
	{ "queryTables/", "connections to data outside; delete them" },
	{ "workbook.bin", "a binary workbook (.xlsb); save it as \"Excel workbook (.xlsx)\"" },
	{ "revisions/", "shared revisions; stop sharing the workbook and save it again" },
};

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), m = strlen(with);
	return n >= m && strcasecmp(name + n - m, with) == 0;
}

static bool on_list(const char *name)
{
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		if (begins(name, allowed[i]))
			return true;
	return false;
}

static bool judge_part(zp_package *k, const zp_part *p)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (strcasestr(p->name, refused[i].word))
			return zp_xlsx_refuse(k->r, 0, 0, "the workbook has %s", refused[i].says);
	if (p->folder) /* some programs that pack archives list them */
		return true;
	if (!on_list(p->name))
		return zp_xlsx_refuse(k->r, 0, 0, "the workbook has a part %s, which is none of a plain workbook; save it as \"Excel workbook (.xlsx)\"",
				 p->name);
	return true;
}

bool zp_parts_allowed(zp_package *k)
{
	if (!zp_package_find(k, ZP_TEXT("[Content_Types].xml"))) {
		for (size_t i = 0; i < k->n; i++)
			if (begins(k->parts[i].name, "Index/"))
				return zp_xlsx_refuse(k->r, 0, 0, "the file is a document of Numbers; export it as Excel");
		return zp_xlsx_refuse(k->r, 0, 0, "the file is a ZIP archive and no workbook: it has no part [Content_Types].xml");
	}
	for (size_t i = 0; i < k->n; i++)
		if (begins(k->parts[i].name, "word/") || begins(k->parts[i].name, "ppt/"))
			return zp_xlsx_refuse(k->r, 0, 0, "the file is a document of %s; expected a workbook", k->parts[i].name[0] == 'w' ? "Word" : "PowerPoint");
	for (size_t i = 0; i < k->n; i++)
		if (!judge_part(k, &k->parts[i]))
			return false;
	return true;
}

/* ---- content types ---- */

typedef struct told { char *name; const char *type; bool by_ending; } told;

typedef struct typing {
	zp_package *k;
	const zp_part *part;
	told *of;
	size_t n;
} typing;

static char *keep(const zp_package *k, zp_text t)
{
	char *own = k->r->host->take(k->r->host, t.n + 1);
	if (t.n)
		memcpy(own, t.p, t.n);
	return own;
}

static zp_step on_type(void *self, const char *name, const zp_attributes *a)
{
	typing *t = self;
	bool by_ending = strcmp(name, "Default") == 0;
	zp_text key = zp_xlsx_attribute(a, by_ending ? "Extension" : "PartName"), says = zp_xlsx_attribute(a, "ContentType");
	if ((!by_ending && strcmp(name, "Override") != 0) || !key.n || key.n > ZP_PART_NAME || !says.n || says.n > TYPE_MOST || t->n == TYPES) {
		zp_xlsx_refuse(t->k->r, 0, 0, "its part %s has an entry that is not known, or more than %u of them", t->part->name, TYPES);
		return ZP_STOP;
	}
	if (!by_ending && key.p[0] == '/')
		key.p++, key.n--;
	char *own = keep(t->k, key);
	for (size_t i = 0; i < t->n; i++)
		if (t->of[i].by_ending == by_ending && strcasecmp(t->of[i].name, own) == 0) {
			zp_xlsx_refuse(t->k->r, 0, 0, "its part %s tells the type of %s twice", t->part->name, zp_is_blank(key) ? "a part" : own);
			return ZP_STOP;
		}
	t->of[t->n++] = (told){ own, keep(t->k, says), by_ending };
	return ZP_INTO;
}

static bool on_type_end(void *self, const char *name)
{
	(void)self, (void)name;
	return true;
}

static const char *type_of(const typing *t, const char *name)
{
	const char *point = strrchr(name, '.'), *found = NULL;
	for (size_t i = 0; i < t->n; i++) {
		if (!t->of[i].by_ending && strcmp(t->of[i].name, name) == 0)
			return t->of[i].type;
		if (t->of[i].by_ending && point && strcasecmp(point + 1, t->of[i].name) == 0)
			found = t->of[i].type;
	}
	return found;
}

bool zp_parts_typed(zp_package *k)
{
	const zp_part *list = zp_package_find(k, ZP_TEXT("[Content_Types].xml"));
	typing t = { .k = k, .part = list, .of = k->r->host->take(k->r->host, TYPES * sizeof *t.of) };
	const zp_listener listener = { .self = &t, .space = ZP_NS_TYPES, .root = "Types", .start = on_type, .end = on_type_end };
	if (!zp_xml_part(k, list, &listener))
		return false;
	for (size_t i = 0; i < k->n; i++) {
		zp_part *p = &k->parts[i];
		if (p->folder || p == list)
			continue;
		p->type = type_of(&t, p->name);
		if (!p->type)
			return zp_xlsx_refuse(k->r, 0, 0, "the type of its part %s is not told", p->name);
		if (strcasestr(p->type, "macro") || strcasestr(p->type, "vba") || strcasestr(p->type, "oleObject") || strcasestr(p->type, "activeX"))
			return zp_xlsx_refuse(k->r, 0, 0, "the workbook has a program (macros) or an embedded file: %s; save it without, as \"Excel workbook "
					 "(.xlsx)\"", p->name);
	}
	return true;
}

/* ---- relations ---- */

typedef struct relating {
	zp_package *k;
	const zp_part *part;
	zp_text folder;
	zp_relations *to; /* NULL: only looked at */
	bool links; /* hyperlinks may lead outside */
} relating;

/* "worksheets/sheet1.xml" in the folder "xl/", or "/xl/worksheets/sheet1.xml". */
static zp_part *find_target(const relating *r, zp_text target)
{
	char name[2 * ZP_PART_NAME + 2];
	if (target.n && target.p[0] == '/')
		return zp_package_find(r->k, (zp_text){ target.p + 1, target.n - 1 });
	if (r->folder.n + target.n > sizeof name)
		return NULL;
	memcpy(name, r->folder.p, r->folder.n);
	memcpy(name + r->folder.n, target.p, target.n);
	return zp_package_find(r->k, (zp_text){ name, r->folder.n + target.n });
}

static zp_step on_relation(void *self, const char *name, const zp_attributes *a)
{
	relating *r = self;
	zp_text id = zp_xlsx_attribute(a, "Id"), type = zp_xlsx_attribute(a, "Type"), target = zp_xlsx_attribute(a, "Target"),
		mode = zp_xlsx_attribute(a, "TargetMode");
	if (strcmp(name, "Relationship") != 0 || !id.n || id.n > ZP_PART_NAME || !type.n || type.n > TYPE_MOST || !target.p || (r->to && r->to->n == ZP_RELATIONS)) {
		zp_xlsx_refuse(r->k->r, 0, 0, "its part %s has an entry that is not known, or more than %u of them", r->part->name, ZP_RELATIONS);
		return ZP_STOP;
	}
	const char *slash = memrchr(type.p, '/', type.n);
	zp_text word = slash ? (zp_text){ slash + 1, (size_t)(type.p + type.n - slash - 1) } : type;
	bool external = mode.p && !zp_text_is(mode, "Internal");
	if (external && !(r->links && zp_text_is(word, "hyperlink"))) {
		zp_xlsx_refuse(r->k->r, 0, 0, "the workbook refers to something outside of it (%.*s); break the link and save it again", zp_shown(word),
			  word.p);
		return ZP_STOP;
	}
	if (external || !r->to)
		return ZP_OVER;
	for (size_t i = 0; i < r->to->n; i++)
		if (zp_text_is(id, r->to->of[i].id)) {
			zp_xlsx_refuse(r->k->r, 0, 0, "its part %s has the same Id twice", r->part->name);
			return ZP_STOP;
		}
	if (target.n > ZP_PART_NAME)
		target.n = 0;
	r->to->of[r->to->n++] = (zp_relation){ keep(r->k, id), keep(r->k, word), keep(r->k, target), find_target(r, target) };
	return ZP_INTO;
}

bool zp_relations_read(zp_package *k, const zp_part *part, zp_text folder, zp_relations *to)
{
	bool drawn = begins(part->name, "xl/worksheets/") || begins(part->name, "xl/drawings/");
	if (to)
		*to = (zp_relations){ .of = k->r->host->take(k->r->host, ZP_RELATIONS * sizeof *to->of) };
	relating r = { .k = k, .part = part, .folder = folder, .to = to, .links = drawn };
	const zp_listener listener = { .self = &r, .space = ZP_NS_RELATIONS, .root = "Relationships", .start = on_relation, .end = on_type_end };
	return zp_xml_part(k, part, &listener);
}

bool zp_relations_allowed(zp_package *k)
{
	for (size_t i = 0; i < k->n; i++)
		if (ends(k->parts[i].name, ".rels") && !k->parts[i].folder && !zp_relations_read(k, &k->parts[i], ZP_TEXT(""), NULL))
			return false;
	return true;
}
