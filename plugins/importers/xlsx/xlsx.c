/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results in workbooks of Excel, WPS, LibreOffice and the like (.xlsx). docs/formats/xlsx.md says what is read and what is refused.
 *
 * The rule above all others: the value that was typed, or a refusal. Whatever a workbook can say in two ways, in which programs
 * differ, or which a reader would have to guess, is refused. */
#include "layout.h"
#include "parts.h"
#include "sheet.h"

#define SHEETS 256u
#define SHEET_NAME 200u
#define TYPE_BOOK "application/vnd.openxmlformats-officedocument.spreadsheetml."

typedef struct sheet { zp_text name; zp_part *part; bool hidden; } sheet;

typedef struct list {
	zp_package *k;
	const zp_relations *relations;
	sheet *of;
	size_t n;
	bool inside; /* of <sheets> */
} list;

/* ---- the list of sheets ---- */

/* Names that differ only in upper and lower case are one to Excel. */
static bool same_name(zp_text a, zp_text b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
		x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
		y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
		if (x != y)
			return false;
	}
	return true;
}

static zp_step no(const list *l, const char *why)
{
	zp_xlsx_refuse(l->k->r, 0, 0, "%s", why);
	return ZP_STOP;
}

static const zp_relation *relation_of(const zp_relations *r, zp_text id)
{
	for (size_t i = 0; i < r->n; i++)
		if (zp_text_is(id, r->of[i].id))
			return &r->of[i];
	return NULL;
}

static zp_step add_sheet(list *l, const zp_attributes *a)
{
	zp_text name = zp_xlsx_attribute(a, "name"), state = zp_xlsx_attribute(a, "state"), id = zp_attribute_office(a, "id");
	const zp_relation *to = id.p ? relation_of(l->relations, id) : NULL;
	if (!name.n || name.n > SHEET_NAME || l->n == SHEETS)
		return no(l, "the workbook has a sheet without a name, with one longer than 200 bytes, or more than 256 sheets");
	for (size_t i = 0; i < l->n; i++)
		if (same_name(l->of[i].name, name))
			return no(l, "the workbook has two sheets of the same name; give each a name of its own");
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ')
			return no(l, "the name of a sheet has a control character");
	char *own = l->k->r->host->take(l->k->r->host, name.n + 1);
	memcpy(own, name.p, name.n);
	l->k->r->sheet = (zp_text){ own, name.n };
	if (!to || !to->part)
		return no(l, "the sheet is listed, and is not in the workbook");
	if (strcmp(to->type, "worksheet") != 0 || strcmp(to->part->type, TYPE_BOOK "worksheet+xml") != 0)
		return no(l, "it is no ordinary sheet but a chart, a dialog or macros; delete it");
	if (to->part->used)
		return no(l, "two sheets are one and the same part of the workbook");
	bool hidden = zp_text_is(state, "hidden") || zp_text_is(state, "veryHidden");
	if (state.p && !hidden && !zp_text_is(state, "visible"))
		return no(l, "it cannot be told whether the sheet is hidden");
	to->part->used = true;
	l->of[l->n++] = (sheet){ l->k->r->sheet, to->part, hidden };
	l->k->r->sheet = (zp_text){ NULL, 0 };
	return ZP_INTO;
}

static zp_step on_start(void *self, const char *name, const zp_attributes *a)
{
	list *l = self;
	if (l->inside)
		return strcmp(name, "sheet") == 0 ? add_sheet(l, a) : no(l, "the list of sheets is of a form that is not known");
	if (strcmp(name, "externalReferences") == 0)
		return no(l, "the workbook has links to other workbooks; break them (Data, Edit links) and save it again");
	if (strcmp(name, "sheets") != 0)
		return ZP_OVER;
	if (l->n)
		return no(l, "the workbook has two lists of sheets");
	l->inside = true;
	return ZP_INTO;
}

static bool on_end(void *self, const char *name)
{
	list *l = self;
	if (strcmp(name, "sheets") == 0)
		l->inside = false;
	return true;
}

/* ---- the workbook ---- */

/* The one relation of this type. Gives: false when there are several, or it leads nowhere. */
static bool find_one(zp_package *k, const zp_relations *r, const char *type, const char *content, const zp_part **part)
{
	*part = NULL;
	for (size_t i = 0; i < r->n; i++) {
		if (strcmp(r->of[i].type, type) != 0)
			continue;
		if (*part)
			return zp_xlsx_refuse(k->r, 0, 0, "the workbook has two parts of the type \"%s\"", type);
		*part = r->of[i].part;
		if (!*part || strcmp((*part)->type, content) != 0)
			return zp_xlsx_refuse(k->r, 0, 0, "its part of the type \"%s\" is missing, or is of another type", type);
	}
	return true;
}

static bool find_workbook(zp_package *k, const zp_part **workbook)
{
	const zp_part *rels = zp_package_find(k, ZP_TEXT("_rels/.rels"));
	zp_relations top;
	if (!rels)
		return zp_xlsx_refuse(k->r, 0, 0, "its part _rels/.rels is missing");
	if (!zp_relations_read(k, rels, ZP_TEXT(""), &top))
		return false;
	for (size_t i = 0; i < top.n; i++)
		if (top.of[i].part && strcmp(top.of[i].type, "officeDocument") == 0 && strstr(top.of[i].part->type, "template"))
			return zp_xlsx_refuse(k->r, 0, 0, "it is a template (.xltx); save it as \"Excel workbook (.xlsx)\"");
	if (!find_one(k, &top, "officeDocument", TYPE_BOOK "sheet.main+xml", workbook))
		return false;
	if (!*workbook || strcmp((*workbook)->name, "xl/workbook.xml") != 0)
		return zp_xlsx_refuse(k->r, 0, 0, "its part xl/workbook.xml is missing, or is not said to be the workbook");
	return true;
}

static bool no_sheet_is_left_out(zp_package *k)
{
	for (size_t i = 0; i < k->n; i++) {
		const zp_part *p = &k->parts[i];
		bool is_sheet = p->type && strcmp(p->type, TYPE_BOOK "worksheet+xml") == 0;
		if (!p->used && (is_sheet || (strncmp(p->name, "xl/worksheets/", 14) == 0 && !strchr(p->name + 14, '/') && !p->folder)))
			return zp_xlsx_refuse(k->r, 0, 0, "it has a sheet %s that its list of sheets does not name", p->name);
	}
	return true;
}

/* Sheets that our own forms write beside the table: lists of names, and how to fill in. */
static bool is_passed_over(zp_text name)
{
	static const char *const names[] = { "代码表", "codes", "填写说明", "notes", "答案表", "answer list" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (zp_text_is(name, names[i]))
			return true;
	return false;
}

static bool read_sheets(zp_workbook *book, const list *l)
{
	zp_reading *r = l->k->r;
	for (size_t i = 0; i < l->n; i++) {
		if (is_passed_over(l->of[i].name))
			continue;
		r->sheet = l->of[i].name;
		if (!zp_sheet_read(book, l->of[i].part, l->of[i].hidden))
			return false;
		r->sheet = (zp_text){ NULL, 0 };
	}
	return book->any ? true : zp_xlsx_refuse(r, 0, 0, "the workbook has no sheet with text in it");
}

static bool read_workbook(zp_package *k, bool plain)
{
	const zp_part *workbook, *strings, *styles, *rels;
	zp_relations relations;
	zp_workbook book = { .package = k, .plain = plain };
	if (!zp_relations_allowed(k) || !find_workbook(k, &workbook))
		return false;
	rels = zp_package_find(k, ZP_TEXT("xl/_rels/workbook.xml.rels"));
	if (!rels)
		return zp_xlsx_refuse(k->r, 0, 0, "its part xl/_rels/workbook.xml.rels is missing");
	if (!zp_relations_read(k, rels, ZP_TEXT("xl/"), &relations) ||
	    !find_one(k, &relations, "sharedStrings", TYPE_BOOK "sharedStrings+xml", &strings) ||
	    !find_one(k, &relations, "styles", TYPE_BOOK "styles+xml", &styles))
		return false;
	list l = { .k = k, .relations = &relations, .of = k->r->host->take(k->r->host, SHEETS * sizeof *l.of) };
	const zp_listener listener = { .self = &l, .space = ZP_NS_MAIN, .root = "workbook", .never = "sheet", .start = on_start, .end = on_end };
	if (!zp_xml_part(k, workbook, &listener))
		return false;
	if (!l.n)
		return zp_xlsx_refuse(k->r, 0, 0, "the workbook has no sheets");
	bool good = no_sheet_is_left_out(k) && zp_styles_read(k, styles, &book.styles) && zp_strings_read(k, strings, &book.strings) &&
		    read_sheets(&book, &l);
	zp_strings_end(&book.strings);
	return good;
}

static void read_as(bool plain, const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	zp_reading r = { .host = host, .sink = sink };
	zp_package package;
	char kind[200];
	if (zp_kind_of(source->block, kind)) {
		zp_xlsx_refuse(&r, 0, 0, "the file is named .xlsx and is %s; expected a workbook saved as \"Excel workbook (.xlsx)\"", kind);
		return;
	}
	if (zp_package_open(&package, &r, source->block) && zp_package_prove(&package) && zp_parts_allowed(&package) && zp_parts_typed(&package))
		read_workbook(&package, plain);
	zp_package_close(&package);
}

static void read(const zp_host *host, const zp_source *source, const zp_sink *sink) { read_as(false, host, source, sink); }
static void read_cells(const zp_host *host, const zp_source *source, const zp_sink *sink) { read_as(true, host, source, sink); }

static const zp_importer importer = { .ending = "xlsx", .read = read, .whole_most = 16u << 20, .cells = read_cells };

ZP_PLUGIN(xlsx) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_IMPORTER,
	.name = "xlsx",
	.version = "1",
	.cites = "ISO/IEC 29500-1:2016 and 29500-2:2021 (transitional)",
	.says = "Workbooks (.xlsx) of Excel, WPS, LibreOffice; formulas, dates that Excel made of values and damaged files are refused",
	.does.importer = &importer,
	.libraries = zp_package_libraries,
};
