#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make bench: a large workbook of invented results, and the time that openpyxl's read-only mode takes for it.

    workbook.py write FILE ROWS    one sheet in the long layout; prints the bytes of its XML
    workbook.py read FILE          seconds that openpyxl takes for every cell
"""
import io
import sys
import time
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def write(path, rows):
    texts, index = [], {}

    def shared(text):
        if text not in index:
            index[text] = len(texts)
            texts.append(text)
        return index[text]

    sheet = io.StringIO()
    sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>')
    header = ["lab", "measurand", "sample", "value", "unit", "method"]
    sheet.write('<row r="1">' + "".join(f'<c r="{c}1" t="s"><v>{shared(h)}</v></c>' for c, h in zip("ABCDEF", header)) + "</row>")
    for i in range(2, rows + 2):
        cells = [f"YC-{i % 1500:04d}", f"M{i % 60:02d}", f"2026{i % 5 + 11}", None, "mmol/L", f"method {i % 7}"]
        sheet.write(f'<row r="{i}" spans="1:6">')
        for c, text in zip("ABCDEF", cells):
            if text is None:
                sheet.write(f'<c r="{c}{i}"><v>{(i * 7919 % 100000) / 1000:.17g}</v></c>')
            else:
                sheet.write(f'<c r="{c}{i}" s="0" t="s"><v>{shared(text)}</v></c>')
        sheet.write("</row>")
    sheet.write("</sheetData></worksheet>")
    strings = f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{t}</t></si>" for t in texts) + "</sst>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="results" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet.getvalue(),
        "xl/sharedStrings.xml": strings,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, text)
    print(len(parts["xl/worksheets/sheet1.xml"].encode()))


def read(path):
    import openpyxl

    start = time.monotonic()
    n = 0
    for row in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True):
        n += len(row)
    print(f"{time.monotonic() - start:.3f}")


if __name__ == "__main__":
    write(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "write" else read(sys.argv[2])
