#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile and broken workbooks, each with one attack on one laboratory of a clean table, and what must come of it.

    xlsx.py DIR              writes DIR/NAME.xlsx and DIR/expected: one line for each, NAME <TAB> WHAT <TAB> WORDS
    xlsx.py DIR CSV...       writes DIR/NAME.xlsx for each NAME.csv, every cell as a text

WHAT is `same` (the rows of clean.xlsx, all of them), `refuse` (the whole file, with WORDS in the reason), `row N` (row N alone is
not used, with WORDS in the reason; all other rows are those of clean.xlsx), or `none` (no row is used, and WORDS say why). WORDS is
an extended regular expression. The clean table is in rows 1 to 7:

    lab     measurand  sample  value  unit
    LAB001  GLU        202611  5.12   mmol/L     (row 2, the one that is attacked)
    ...
"""
import csv
import html
import io
import os
import random
import struct
import sys
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

HEADER = ["lab", "measurand", "sample", "value", "unit"]
ROWS = [[f"LAB00{i}", m, "202611", v, u] for i, a, b in ((1, "5.12", "4.1"), (2, "5.25", "4.2"), (3, "5.33", "4.3"))
        for m, v, u in (("GLU", a, "mmol/L"), ("K", b, "mmol/L"))]


class Book:
    """The parts of a clean workbook, to be changed."""

    def __init__(self):
        self.texts = []
        self.rows = {1: self.row(1, HEADER)}
        for i, cells in enumerate(ROWS, 2):
            self.rows[i] = self.row(i, cells)
        self.before, self.after, self.root = "", "", ""
        self.formats, self.styles = "", ['<xf numFmtId="0" fontId="0"/>']
        self.parts, self.types, self.relations = {}, "", ""
        self.sheets = '<sheet name="results" sheetId="1" r:id="rId1"/>'
        self.book = ""

    def shared(self, text):
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)

    def cell(self, place, text):
        if place[0] == "D" and place != "D1":
            return f'<c r="{place}"><v>{text}</v></c>'
        return f'<c r="{place}" t="s"><v>{self.shared(text)}</v></c>'

    def row(self, i, cells):
        return f'<row r="{i}">' + "".join(self.cell(f"{c}{i}", t) for c, t in zip("ABCDE", cells)) + "</row>"

    def value(self, xml, place="D2"):
        """Put other XML in the place of one cell."""
        import re
        line = int(place[1:])
        self.rows[line], n = re.subn(rf'<c r="{place}".*?</c>', lambda _: xml, self.rows[line])
        assert n == 1, place
        return self

    def style(self, format_id, code=None, extra=""):
        if code is not None:
            self.formats += f'<numFmt numFmtId="{format_id}" formatCode="{code}"/>'
        self.styles.append(f'<xf numFmtId="{format_id}" fontId="0" applyNumberFormat="1"{extra}/>')
        return len(self.styles) - 1

    def all(self):
        data = "".join(self.rows[i] for i in self.rows)
        parts = {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}sharedStrings+xml"/>{self.types}</Types>',
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{self.book}<sheets>{self.sheets}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>{self.relations}</Relationships>',
            "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"{self.root}>{self.before}<sheetData>{data}</sheetData>'
            f'{self.after}</worksheet>',
            "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{self.formats}</numFmts><fonts><font/><font><strike/></font></fonts>'
            f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{"".join(self.styles)}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">' + "".join(f"<si><t>{t}</t></si>" for t in self.texts) + "</sst>",
        }
        for name, text in self.parts.items():
            if text is None:
                parts.pop(name, None)
            else:
                parts[name] = text
        return parts


def pack(parts, method=8):
    """A canonical archive; parts are (name, text) in a dictionary or a list."""
    out, directory = io.BytesIO(), bytearray()
    items = list(parts.items()) if isinstance(parts, dict) else parts
    for name, text in items:
        raw = text.encode() if isinstance(text, str) else text
        name = name.encode() if isinstance(name, str) else name
        squeeze = zlib.compressobj(6 if len(raw) < 1 << 20 else 1, zlib.DEFLATED, -15)
        body = squeeze.compress(raw) + squeeze.flush() if method == 8 else raw
        at, crc = out.tell(), zlib.crc32(raw)
        out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, method, 0, 0x21, crc, len(body), len(raw), len(name), 0) + name + body)
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, method, 0, 0x21, crc, len(body), len(raw), len(name), 0, 0, 0, 0, 0,
                                 at) + name
    at = out.tell()
    out.write(directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(items), len(items), len(directory), at, 0))
    return out.getvalue()


def altered(data, at, new):
    return data[:at] + new + data[at + len(new):]


CASES = []


def case(name, what, words, data):
    CASES.append((name, what, words, data() if callable(data) else data))


def book(name, what, words, change, **options):
    b = Book()
    got = change(b)
    parts = b.all()
    case(name, what, words, got if isinstance(got, bytes) else pack(got if isinstance(got, list) else parts, **options))


def cells():
    """One cell that is not what it seems."""
    value = lambda xml, place="D2": lambda b: b.value(xml, place) and None
    text = lambda s: f'<c r="D2" t="inlineStr"><is>{s}</is></c>'
    for name, xml, words in (
        ("formula_with_a_cached_value", '<c r="D2"><f>1+4.12</f><v>5.12</v></c>', "formula"),
        ("formula_without_a_value", '<c r="D2"><f>SUM(D3:D4)</f></c>', "formula"),
        ("formula_of_text", '<c r="D2" t="str"><f>"5.12"</f><v>5.12</v></c>', "formula"),
        ("formula_of_nothing", '<c r="D2" t="str"><f>""</f><v></v></c>', "formula"),
        ("formula_outside", '<c r="D2"><f>[1]Sheet1!A1</f><v>5.12</v></c>', "formula"),
        ("shared_formula", '<c r="D2"><f t="shared" si="0"/><v>5.12</v></c>', "formula"),
        ("error", '<c r="D2" t="e"><v>#N/A</v></c>', "error"),
        ("boolean", '<c r="D2" t="b"><v>1</v></c>', "TRUE or FALSE"),
        ("iso_date", '<c r="D2" t="d"><v>2026-12-05</v></c>', "date"),
        ("nan", '<c r="D2"><v>NaN</v></c>', "no number"),
        ("infinity", '<c r="D2"><v>INF</v></c>', "no number"),
        ("hexadecimal", '<c r="D2"><v>0x1.8p3</v></c>', "no number"),
        ("decimal_comma_in_a_number", '<c r="D2"><v>5,12</v></c>', "no number"),
        ("number_with_a_unit", '<c r="D2"><v>5.12 mmol</v></c>', "no number"),
        ("number_with_blanks", '<c r="D2"><v> 5.12 </v></c>', "no number"),
        ("fifty_digits", f'<c r="D2"><v>5.{"12" * 25}</v></c>', "no number"),
        ("superscript_run", text('<r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>9</t></r>'), "superscript"),
        ("subscript_run", text('<r><t>5.1</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>'), "subscript"),
        ("run_that_is_crossed_out", text("<r><t>5.1</t></r><r><rPr><strike/></rPr><t>2</t></r>"), "crossed out"),
        ("control_character", text("<t>5.12_x0007_</t>"), "control"),
        ("nul_character", text("<t>5.12_x0000_9</t>"), "control"),
        ("half_a_character", text("<t>5.12_xD83D_</t>"), "half a character"),
    ):
        book(name, "row 2", words, value(xml))
    for name, code, words in (
        ("date_that_excel_made", "14", "date"), ("date_of_china", "31", "date"), ("time", "46", "date"), ("percentage", "10", "percentage"),
        ("currency", "5", "not in it"),
    ):
        book(name, "row 2", words, lambda b, c=code: b.value(f'<c r="D2" s="{b.style(c)}"><v>46154</v></c>') and None)
    for name, code, words in (
        ("own_date", "yyyy\\-mm\\-dd", "date"), ("own_date_in_chinese", "m&quot;月&quot;d&quot;日&quot;", "date"), ("elapsed_hours", "[h]:mm", "date"),
        ("own_percentage", "0.0%", "percentage"), ("thousands_left_out", "0.00,", "thousand"), ("sign_in_the_format", "&quot;&lt;&quot;0.00", "not in it"),
        ("hidden_by_its_format", ";;;", "not in it"), ("sign_without_quotes", "&lt;0.00", "not in it"),
    ):
        book(name, "row 2", words, lambda b, c=code: b.value(f'<c r="D2" s="{b.style(170, c)}"><v>5.12</v></c>') and None)
    for name, code in (("two_places", "0.00"), ("red_negatives", "#,##0.00;[Red]-#,##0.00"), ("general_with_colour", "[Blue]General"),
                       ("room_for_a_bracket", "0.00_);\\(0.00\\)")):
        book(name, "same", "", lambda b, c=code: b.value(f'<c r="D2" s="{b.style(170, c)}"><v>5.12</v></c>') and None)

    def struck(b):
        b.styles.append('<xf numFmtId="0" fontId="1"/>')
        b.value('<c r="D2" s="1"><v>5.12</v></c>')
    book("crossed_out_cell", "row 2", "crossed out", struck)
    book("formula_for_the_laboratory", "row 2", "formula", value('<c r="A2" t="str"><f>B1</f><v>LAB001</v></c>', "A2"))
    book("date_for_the_sample", "row 2", "date", lambda b: b.value(f'<c r="C2" s="{b.style(14)}"><v>202611</v></c>', "C2") and None)
    book("superscript_in_the_unit", "row 2", "superscript", value(
        '<c r="E2" t="inlineStr"><is><r><t>10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>9</t></r><r><t>/L</t></r></is></c>', "E2"))
    same = value
    book("seventeen_digits_of_excel", "same", "", same('<c r="D2"><v>5.1200000000000001</v></c>'))
    book("twenty_one_digits_of_gnumeric", "same", "", same('<c r="D2"><v>5.12000000000000000011</v></c>'))
    book("text_that_is_a_number", "same", "", same(text("<t>5.12</t>")))
    book("text_of_runs", "same", "", same(text("<r><t>5.</t></r><r><rPr><b/></rPr><t>12</t></r>")))
    book("reading_above_the_text", "same", "", same(text('<t>5.12</t><rPh sb="0" eb="1"><t>99</t></rPh><phoneticPr fontId="1"/>')))
    book("plain_text_of_sheetjs", "same", "", same('<c r="D2" t="str"><v>5.12</v></c>'))
    book("escaped_digit", "same", "", same(text("<t>5_x002E_12</t>")))
    book("cdata", "same", "", same("<c r=\"D2\"><v><![CDATA[5.12]]></v></c>"))
    book("character_reference", "same", "", same('<c r="D2"><v>5&#46;12</v></c>'))
    book("sample_as_a_number", "same", "", value('<c r="C2"><v>202611</v></c>', "C2"))
    book("sample_as_java_writes_it", "same", "", value('<c r="C2"><v>202611.0</v></c>', "C2"))
    book("sample_with_a_power", "same", "", value('<c r="C2"><v>2.02611E5</v></c>', "C2"))


def places():
    """References, indices, rows, sheets."""
    for name, xml, words in (
        ("cell_beyond_the_last_column", '<c r="XFE2"><v>1</v></c>', "place"),
        ("cell_with_four_letters", '<c r="AAAA2"><v>1</v></c>', "place"),
        ("cell_in_row_zero", '<c r="D0"><v>1</v></c>', "place"),
        ("cell_that_overflows", '<c r="D4294967298"><v>1</v></c>', "place"),
        ("cell_in_another_row", '<c r="D4"><v>9.99</v></c>', "place"),
        ("cell_twice", '<c r="D2"><v>5.12</v></c><c r="D2"><v>9.99</v></c>', "place"),
        ("cells_out_of_order", '<c r="B2"><v>1</v></c>', "place"),
        ("cell_in_small_letters", '<c r="d2"><v>5.12</v></c>', "place"),
        ("cell_with_dollars", '<c r="$D$2"><v>5.12</v></c>', "place"),
        ("two_values", '<c r="D2"><v>5.12</v><v>9.99</v></c>', "two values"),
        ("value_and_inline_text", '<c r="D2" t="inlineStr"><v>9.99</v><is><t>5.12</t></is></c>', "two values"),
        ("inline_text_in_a_number", '<c r="D2"><is><t>5.12</t></is></c>', "one kind"),
        ("style_out_of_range", '<c r="D2" s="99"><v>5.12</v></c>', "style"),
        ("style_minus_one", '<c r="D2" s="-1"><v>5.12</v></c>', "style"),
        ("shared_text_minus_one", '<c r="D2" t="s"><v>-1</v></c>', "shared text"),
        ("shared_text_wraps", '<c r="D2" t="s"><v>4294967296</v></c>', "shared text"),
        ("shared_text_as_a_power", '<c r="D2" t="s"><v>1.5e0</v></c>', "shared text"),
        ("shared_text_out_of_range", '<c r="D2" t="s"><v>900</v></c>', "shared text"),
        ("shared_text_of_nothing", '<c r="D2" t="s"><v></v></c>', "shared text"),
        ("unknown_kind_of_cell", '<c r="D2" t="x"><v>5.12</v></c>', "kind"),
        ("element_in_a_value", '<c r="D2"><v>5.12<b/></v></c>', "elements in it"),
        ("value_beside_its_cell", '<c r="D2"><v>5.12</v></c>9.99', "between the elements"),
        ("text_of_40000_characters", f'<c r="D2" t="inlineStr"><is><t>{"5" * 40000}</t></is></c>', "32,767"),
        ("column_300", '<c r="KN2"><v>5.12</v></c>', "256"),
    ):
        book(name, "refuse", words, lambda b, x=xml: b.value(x) and None)

    def replaced(what, new, count=-1):
        def change(b):
            for i in b.rows:
                b.rows[i] = b.rows[i].replace(what.replace("#", str(i)), new.replace("#", str(i)), count)
        return change
    book("row_zero", "refuse", "row", lambda b: b.rows.update({2: b.rows[2].replace('r="2"', 'r="0"')}))
    book("row_twice", "refuse", "row", lambda b: b.rows.update({3: b.rows[2]}))
    book("rows_out_of_order", "refuse", "row", lambda b: b.rows.update({2: b.rows[3], 3: b.rows[2]}))
    book("row_beyond_the_last", "refuse", "row", lambda b: b.rows.update({8: '<row r="1048577"/>'}))
    book("no_references", "same", "", lambda b: [b.rows.update({i: __import__("re").sub(r' r="[A-Z]*\d+"', "", b.rows[i])}) for i in b.rows] and None)
    book("rows_without_numbers", "same", "", replaced('<row r="#">', "<row>"))
    book("hidden_row", "row 2", "hidden row", lambda b: b.rows.update({2: b.rows[2].replace('<row r="2">', '<row r="2" hidden="1">')}))
    book("dimension_that_lies", "same", "", lambda b: setattr(b, "before", '<dimension ref="A1:XFD1048576"/>'))
    book("counts_that_lie", "same", "", lambda b: b.parts.update({"xl/sharedStrings.xml": b.all()["xl/sharedStrings.xml"].replace(
        "<sst ", '<sst count="4294967295" uniqueCount="4294967295" ')}))
    book("a_million_empty_rows", "refuse", "200,000", lambda b: b.rows.update({8: "<row/>" * 700000}), method=0)
    book("a_million_empty_rows_packed", "refuse", "200 times", lambda b: b.rows.update({8: "<row/>" * 700000}))
    book("merged_cells_in_the_table", "refuse", "merged", lambda b: setattr(b, "after", '<mergeCells><mergeCell ref="D2:D3"/></mergeCells>'))
    book("merged_notes_below_the_table", "same", "", lambda b: (
        b.rows.update({8: b.row(8, ["备注：无"])}), setattr(b, "after", '<mergeCells><mergeCell ref="A8:E9"/></mergeCells>')))
    book("merged_notes_and_the_last_row", "refuse", "merged", lambda b: (
        b.rows.update({8: b.row(8, ["备注：无"])}), setattr(b, "after", '<mergeCells><mergeCell ref="D7:D8"/></mergeCells>')))
    book("merge_that_is_none", "refuse", "merges", lambda b: setattr(b, "after", '<mergeCells><mergeCell ref="D2:XFE9"/></mergeCells>'))
    book("two_tables_of_rows", "refuse", "twice", lambda b: setattr(b, "after", "<sheetData/>"))
    book("rows_in_an_alternative", "refuse", "sheetData", lambda b: setattr(
        b, "after", '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><sheetData/></mc:Choice>'
        "</mc:AlternateContent>"))
    book("row_in_an_alternative", "refuse", "", lambda b: b.rows.update({2: f'<x>{b.rows[2]}</x>'}))
    book("hidden_column", "none", "hidden column", lambda b: setattr(b, "before", '<cols><col min="4" max="4" hidden="1"/></cols>'))
    book("twin_sheet_names", "refuse", "same name", lambda b: setattr(b, "sheets", b.sheets + '<sheet name="RESULTS" sheetId="2" r:id="rId1"/>'))
    book("one_sheet_under_two_names", "refuse", "one and the same", lambda b: setattr(b, "sheets", b.sheets + '<sheet name="B" sheetId="2" r:id="rId1"/>'))
    book("hidden_sheet", "refuse", "hidden", lambda b: setattr(b, "sheets", b.sheets.replace("<sheet ", '<sheet state="hidden" ')))
    book("very_hidden_sheet", "refuse", "hidden", lambda b: setattr(b, "sheets", b.sheets.replace("<sheet ", '<sheet state="veryHidden" ')))
    book("sheet_that_is_not_there", "refuse", "not in the workbook", lambda b: setattr(b, "sheets", b.sheets.replace("rId1", "rId9")))

    def second(name, state, xml):
        def change(b):
            b.sheets += f'<sheet name="{name}" sheetId="2"{state} r:id="rId8"/>'
            b.types += f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{TYPE}worksheet+xml"/>'
            b.relations += f'<Relationship Id="rId8" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/>'
            b.parts["xl/worksheets/sheet2.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
        return change
    some = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    book("empty_sheet", "same", "", second("Sheet2", "", ""))
    book("empty_hidden_sheet", "same", "", second("Sheet2", ' state="hidden"', '<row><c s="0"/></row>'))
    book("our_list_of_codes", "same", "", second("代码表", ' state="veryHidden"', some))
    book("our_notes", "same", "", second("notes", "", some))
    book("a_second_sheet_that_is_hidden", "refuse", "hidden", second("Sheet2", ' state="hidden"', some))

    def orphan(b):
        second("x", "", some)(b)
        b.sheets = b.sheets[:b.sheets.index('<sheet name="x"')]
    book("sheet_that_no_list_names", "refuse", "does not name", orphan)


def parts():
    part = lambda name, text: lambda b: b.parts.update({name: text})
    for name in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
                 "xl/sharedStrings.xml", "xl/styles.xml"):
        book("without_" + name.strip("[").replace("]", "").replace("/", "_"), "refuse", "", part(name, None))
    doctype = '<!DOCTYPE x [<!ATTLIST c t CDATA "s">]>'
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"):
        book("doctype_in_" + name.strip("[").replace("]", "").replace("/", "_"), "refuse", "DOCTYPE",
             lambda b, n=name: b.parts.update({n: b.all()[n].replace(HEAD, HEAD + doctype)}))
    book("doctype_in_properties", "refuse", "DOCTYPE", part("docProps/core.xml", doctype + "<a/>"))
    book("billion_laughs", "refuse", "DOCTYPE", lambda b: b.parts.update({"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{i} "&a{i - 1 if i else ""};&a{i - 1 if i else ""};">' for i in range(9)) + "]><worksheet>&a8;</worksheet>"}))
    sheet = lambda change: lambda b: b.parts.update({"xl/worksheets/sheet1.xml": change(b.all()["xl/worksheets/sheet1.xml"])})
    book("unknown_entity", "refuse", "well-formed", sheet(lambda s: s.replace("5.12", "&five;")))
    book("strict_namespace", "refuse", "Strict", sheet(lambda s: s.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")))
    book("prefixed_elements", "same", "", sheet(lambda s: s.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")))
    book("other_namespace", "refuse", "begins with", sheet(lambda s: s.replace(MAIN, "http://example.org")))
    book("sheet_in_gb18030", "refuse", "encoding", sheet(lambda s: s.replace("UTF-8", "GB18030")))
    book("sheet_in_utf16", "refuse", "UTF-8", lambda b: b.parts.update({"xl/worksheets/sheet1.xml": b.all()["xl/worksheets/sheet1.xml"].replace(
        "UTF-8", "UTF-16").encode("utf-16")}))
    book("sheet_in_bad_utf8", "refuse", "UTF-8", lambda b: b.parts.update({"xl/worksheets/sheet1.xml": b.all()["xl/worksheets/sheet1.xml"].encode().replace(
        b"5.12", b"5.\xc0\xb112")}))
    book("nul_in_a_sheet", "refuse", "UTF-8", sheet(lambda s: s.replace("5.12", "5.1\0002")))
    book("forty_thousand_attributes", "refuse", "attributes", sheet(lambda s: s.replace('<c r="D2"', '<c ' + " ".join(f'a{i}=""' for i in range(4000)) + ' r="D2"')))
    book("names_without_end", "refuse", "different names", sheet(lambda s: s.replace(
        "</worksheet>", "<q>" + "".join(f"<n{i * 2654435761 % 2**32}/>" for i in range(300000)) + "</q></worksheet>")))
    book("attributes_without_end", "refuse", "different names", sheet(lambda s: s.replace("<sheetData>", "<sheetData>" + "".join(
        "<row " + " ".join(f'a{i * 2654435761 % 2**32}_{k}=""' for k in range(30)) + "/>" for i in range(20000)))))
    book("tag_of_100_kib", "refuse", "64 KiB", sheet(lambda s: s.replace('<c r="D2"', f'<c x="{"a" * 100000}" r="D2"')))
    book("elements_20_deep", "refuse", "deep", sheet(lambda s: s.replace("<sheetData>", "<x>" * 20 + "</x>" * 20 + "<sheetData>")))
    book("processing_instruction", "refuse", "instruction", sheet(lambda s: s.replace("<sheetData>", "<?php x?><sheetData>")))
    book("sheet_cut_short", "refuse", "", sheet(lambda s: s[:len(s) * 2 // 3]))
    book("sheet_that_goes_on", "refuse", "", sheet(lambda s: s + "<worksheet/>"))
    book("duplicate_attribute", "refuse", "well-formed", sheet(lambda s: s.replace('r="D2"', 'r="D2" r="D3"')))
    book("comment_in_a_value", "same", "", sheet(lambda s: s.replace("5.12", "5.<!-- 9 -->12")))
    book("macros", "refuse", "macros", part("xl/vbaProject.bin", "x"))
    book("macro_type", "refuse", "", lambda b: b.parts.update({"[Content_Types].xml": b.all()["[Content_Types].xml"].replace(
        TYPE + "sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")}))
    book("external_link_part", "refuse", "links", part("xl/externalLinks/externalLink1.xml", "<externalLink/>"))
    book("external_reference", "refuse", "links", lambda b: b.parts.update({"xl/workbook.xml": b.all()["xl/workbook.xml"].replace(
        "</workbook>", "<externalReferences/></workbook>")}))
    outside = f'<Relationship Id="rId7" Type="{OFFICE}/hyperlink" Target="http://example.org/" TargetMode="External"/>'
    book("outside_target_in_the_workbook", "refuse", "outside", lambda b: setattr(b, "relations", outside))
    book("sheet_from_outside", "refuse", "outside", lambda b: b.parts.update({"xl/_rels/workbook.xml.rels": b.all()["xl/_rels/workbook.xml.rels"].replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://example.org/sheet1.xml" TargetMode="External"')}))
    for name, target in (("traversal", "../../../../etc/passwd"), ("absolute_file", "file:///etc/passwd"), ("dotted_way", "worksheets/../worksheets/sheet1.xml")):
        book("sheet_by_" + name, "refuse", "not in the workbook", lambda b, t=target: b.parts.update({
            "xl/_rels/workbook.xml.rels": b.all()["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", t)}))
    links = f'<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
    book("hyperlink_in_a_sheet", "same", "", part("xl/worksheets/_rels/sheet1.xml.rels", links % outside))
    book("image_from_outside", "refuse", "outside", part("xl/worksheets/_rels/sheet1.xml.rels", links % outside.replace("hyperlink", "image")))
    book("unknown_part", "refuse", "none of a plain workbook", part("xl/payload.xml", "<x/>"))
    book("embedded_file", "refuse", "embedded", part("xl/embeddings/oleObject1.bin", "x"))
    book("pivot_table", "refuse", "pivot", part("xl/pivotTables/pivotTable1.xml", "<x/>"))
    book("properties_and_theme", "same", "", lambda b: b.parts.update({"docProps/app.xml": "<x/>", "xl/theme/theme1.xml": "<x/>", "xl/calcChain.xml": "<x/>"}))


def archives():
    clean = pack(Book().all())
    names = list(Book().all())
    parts = Book().all()
    n = len(names)
    end = len(clean) - 22
    directory = struct.unpack("<I", clean[end + 16:end + 20])[0]
    second = clean.index(b"PK\1\2", directory + 4)
    sheet = clean.index(b"xl/worksheets/sheet1.xml") - 30

    bad = lambda name, words, data: case(name, "refuse", words, data)
    case("clean", "same", "", clean)
    case("stored", "same", "", pack(parts, 0))
    bad("program_before", "program", b"MZ" + clean)
    bad("blank_before", "not known|CSV", b" " + clean)
    bad("bytes_before_with_offsets", "", b"PK\3\4" + bytes(26) + clean)
    bad("bytes_behind", "follows the end", clean + b"\0")
    bad("newline_behind", "follows the end", clean + b"\n")
    bad("two_files_in_one", "", clean + clean)
    bad("comment", "", altered(clean, end + 20, b"\5\0") + b"hello")
    bad("two_ends", "", clean + clean[end:])
    bad("cut_short", "cut short", clean[:len(clean) // 2])
    bad("cut_at_the_end", "", clean[:-1])
    bad("hole_between_parts", "", clean[:directory] + b"\0" * 64 + clean[directory:end] + altered(clean[end:], 16, struct.pack("<I", directory + 64)))
    bad("name_of_its_own", "two ways", altered(clean, sheet + 30, b"xl/worksheets/sheet2.xml"))
    bad("size_of_its_own", "two ways", altered(clean, sheet + 22, struct.pack("<I", 17)))
    bad("crc_of_its_own", "two ways", altered(clean, sheet + 14, b"\1\2\3\4"))
    at = clean.index(b"PK\1\2" , directory)
    where = [m for m in range(directory, end) if clean[m:m + 4] == b"PK\1\2"][names.index("xl/worksheets/sheet1.xml")]
    bad("wrong_crc", "damaged", altered(altered(clean, sheet + 14, b"\1\2\3\4"), where + 16, b"\1\2\3\4"))
    bad("size_that_lies_twice", "damaged|two sizes", altered(altered(clean, sheet + 22, struct.pack("<I", 99)), where + 24, struct.pack("<I", 99)))
    bad("gigabytes_promised", "32 MiB", altered(altered(clean, sheet + 22, struct.pack("<I", 3 << 30)), where + 24, struct.pack("<I", 3 << 30)))
    bad("locked", "password", altered(altered(clean, sheet + 6, b"\1\0"), where + 8, b"\1\0"))
    bad("method_99", "method 99", altered(altered(clean, sheet + 8, b"\x63\0"), where + 10, b"\x63\0"))
    bad("method_differs", "two ways", altered(clean, sheet + 8, b"\0\0"))
    bad("overlapping_parts", "overlap", altered(clean, second + 42, clean[at + 42:at + 46]))
    bad("offset_beyond_the_file", "", altered(clean, second + 42, b"\xff\xff\xff\x7f"))
    bad("symbolic_link", "link", altered(altered(clean, where + 5, b"\3"), where + 38, struct.pack("<I", 0o120777 << 16)))
    bad("count_that_lies", "", altered(clean, end + 8, struct.pack("<HH", n - 1, n - 1)))
    bad("two_disks", "", altered(clean, end + 4, b"\1\0"))
    body = clean[sheet + 54:clean.index(b"PK\3\4", sheet + 4)]
    bad("one_bit_of_the_content", "damaged|well-formed", altered(clean, sheet + 54 + len(body) // 2, bytes([clean[sheet + 54 + len(body) // 2] ^ 4])))
    bad("name_twice", "twice", pack(list(parts.items()) + [("xl/worksheets/sheet1.xml", parts["xl/worksheets/sheet1.xml"].replace("5.12", "9.99"))]))
    bad("name_twice_by_case", "twice", pack(list(parts.items()) + [("XL/Worksheets/Sheet1.xml", "<x/>")]))
    for name, odd in (("way_out", "../evil.xml"), ("absolute", "/etc/passwd"), ("backslash", "xl\\evil.xml"), ("drive", "C:evil"), ("empty_step", "xl//a"),
                      ("chinese", "xl/表.xml"), ("control", "xl/a\n.xml"), ("no", "")):
        bad(f"name_{name}", "name", pack(list(parts.items()) + [(odd, "x")]))
    bad("twenty_thousand_parts", "1000", pack(list(parts.items()) + [(f"docProps/{i}.xml", "") for i in range(20000)]))
    bad("bomb", "200 times", pack({**parts, "docProps/app.xml": "<a>" + " " * (30 << 20) + "</a>"}))
    bad("part_of_40_mib", "32 MiB", pack({**parts, "docProps/app.xml": "<a>" + " " * (40 << 20) + "</a>"}))
    noise = random.Random(5)
    filler = "".join(noise.choice("abcdefgh") for _ in range(1 << 16))
    bad("parts_of_70_mib", "64 MiB", pack({**parts, **{f"docProps/{i}.xml": filler[:2000] * 10000 for i in range(4)}}))
    case("zip64_of_python", "refuse", "", lambda: zip64(parts))
    case("data_descriptors", "same", "", lambda: streamed(parts))
    case("folders_in_the_archive", "same", "", pack([("xl/", "")] + list(parts.items())))
    shared = "x" * 32000
    rows = "".join(f'<row><c t="s"><v>0</v></c></row>' for _ in range(100000))
    bad("one_text_a_hundred_thousand_times", "64 MiB", lambda: pack({**parts, "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'}))
    bad("text_of_1_mib", "32,767|512 KiB", lambda: pack({**parts, "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{filler * 16}</t></si></sst>'}))


def zip64(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            with z.open(name, "w", force_zip64=True) as f:
                f.write(text.encode())
    return out.getvalue()


class Pipe(io.RawIOBase):
    """Nothing can be sought in it, so that zipfile writes sizes behind the content."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, b):
        self.bytes += bytes(b)
        return len(b)


def streamed(parts):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, text)
    return pipe.bytes


def kinds():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    odf = io.BytesIO()
    with zipfile.ZipFile(odf, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for name, words, data in (
        ("nothing", "empty", b""), ("old_excel", ".xls", ole + "Workbook".encode("utf-16-le")), ("password", "password", ole + "EncryptedPackage".encode("utf-16-le")),
        ("ole", "old Office", ole), ("csv", "CSV", b"lab,measurand\nLAB001,GLU\n"), ("html", "HTML", b"<html><table><tr><td>5.12</td></tr></table></html>"),
        ("xml_of_2003", "2003", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'), ("pdf", "PDF", b"%PDF-1.7\n"),
        ("ods", ".ods", odf.getvalue()), ("png", "PNG", b"\x89PNG\r\n\x1a\n"), ("jpeg", "JPEG", b"\xff\xd8\xff\xe0"), ("rtf", "RTF", b"{\\rtf1"),
        ("utf16", "UTF-16", "lab\tvalue".encode("utf-16")), ("zeros", "not known", bytes(4096)), ("random", "not known", b"\x93\x01\x02" + random.Random(7).randbytes(500)),
        ("gzip", "gzip", b"\x1f\x8b\x08\0"), ("rar", "RAR", b"Rar!\x1a\7\0"), ("program", "program", b"\x7fELF"), ("empty_zip", "ZIP", b"PK\5\6" + bytes(18)),
        ("zip", "ZIP archive", pack({"a.txt": "x"})), ("word", "Word", pack({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})),
        ("xlsb", "xlsb", pack({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"})),
    ):
        case("really_" + name, "refuse", words, data)


def main(folder):
    cells()
    places()
    parts()
    archives()
    kinds()
    with open(os.path.join(folder, "expected"), "w") as f:
        for name, what, words, data in CASES:
            with open(os.path.join(folder, name + ".xlsx"), "wb") as out:
                out.write(data)
            f.write(f"{name}\t{what}\t{words}\n")


def letters(i):
    return chr(ord("A") + i)


def convert(path, folder):
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    b = Book()
    b.rows = {}
    for i, cells in enumerate(csv.reader(io.StringIO(text)), 1):
        b.rows[i] = f'<row r="{i}">' + "".join(f'<c r="{letters(k)}{i}" t="s"><v>{b.shared(html.escape(t))}</v></c>'
                                               for k, t in enumerate(cells) if t) + "</row>"
    with open(os.path.join(folder, os.path.basename(path)[:-4] + ".xlsx"), "wb") as out:
        out.write(pack(b.all()))


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(sys.argv[1])
    for csv_path in sys.argv[2:]:
        convert(csv_path, sys.argv[1])
