#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms that `zhiping template` writes, filled in as laboratories would, and looked at from outside.

    forms.py fill-csv ROUND FORMS OUT     forms of a round (simulated with --single-file) with its own results, into OUT
    forms.py fill-xlsx ROUND FORMS OUT    the same with openpyxl
    forms.py look WORKBOOK                what must be true of every form; says what is not
    forms.py look-sample WORKBOOK         the same, and what tests/unit/forms_sample.c put into it
"""
import csv, datetime, glob, os, re, sys, zipfile

BESIDE = ("填写说明", "代码表", "答案表")
KEYS = {"检测系统": "system", "仪器": "instrument", "方法": "method", "试剂": "reagent", "校准品": "calibrator"}


def results_of(folder):
    out, late = {}, {}
    for name in ("all", "late"):
        try:
            f = open(f"{folder}/results/{name}.csv", encoding="utf-8", newline="")
        except FileNotFoundError:
            continue
        with f:
            for r in csv.DictReader(f):
                out.setdefault((r["lab"], r["programme"], r["measurand"]), {})[r["sample"]] = r
                if r.get("received"):
                    late[r["lab"]] = r["received"]
    return out, late


def fill(rows, results, late):
    """Fill a grid or a list in, given as a list of lists; gives the time of receipt, which is for a line before the header."""
    said = {r[0]: r[1] for r in rows if len(r) > 1 and r[0]}
    head = next(i for i, r in enumerate(rows) if r and r[0] == "序号")
    for r in rows[head + 1:]:
        if len(r) > 1 and "样本" in rows[head]:
            fill_list(rows[head], r, results.get((said["实验室编码"], said["专业"], r[1]), {}).get(r[4]))
        if len(r) < 2 or "样本" in rows[head]:
            continue
        got = results.get((said["实验室编码"], said["专业"], r[1]))
        for i, name in enumerate(rows[head]):
            if not got or i < 4:
                continue
            one = next(iter(got.values()))
            r[i] = one[KEYS[name]] if name in KEYS else got.get(name, {}).get("value", "")
    return late.get(said["实验室编码"])


def fill_list(head, r, one):
    """A row of a list, for one sample; the unit may become its logarithm."""
    for i, name in enumerate(head[5:] if one else [], 5):
        r[i] = one[{"结果": "value", "指数": "index", "检测下限": "lod", **KEYS}[name]]
    if one and one["unit"].startswith("log10"):
        r[3] = one["unit"]


def fill_csv(folder, forms, out):
    results, late = results_of(folder)
    for path in glob.glob(f"{forms}/*/*.csv"):
        with open(path, encoding="utf-8-sig", newline="") as f:
            rows = list(csv.reader(f))
        received = fill(rows, results, late)
        if received:
            rows.insert(6, ["接收时间", received])
        with open(f"{out}/{os.path.basename(path)}", "w", encoding="utf-8-sig", newline="") as f:
            csv.writer(f).writerows(rows)


def fill_xlsx(folder, forms, out):
    import openpyxl
    results, late = results_of(folder)
    for path in glob.glob(f"{forms}/*/*.xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in book:
            if sheet.title in BESIDE:
                continue
            rows = [[c.value or "" for c in r] for r in sheet.iter_rows()]
            received = fill(rows, results, late)
            if received:
                rows[6][:2] = ["接收时间", received]
            for i, r in enumerate(rows, 1):
                for k, text in enumerate(r, 1):
                    cell = sheet.cell(i, k)
                    if (cell.value or "") != text:
                        assert i == 7 or not cell.protection.locked, f"{path} {cell.coordinate} is locked"
                        cell.value = text
        book.save(f"{out}/{os.path.basename(path)}")


def look(path):
    import openpyxl
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None
        parts = {n: z.read(n).decode("utf-8") for n in z.namelist()}
    for name, xml in parts.items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in xml and "<f " not in xml, f"{name} has a formula"
            assert "hyperlink" not in xml, f"{name} has a link"
            assert not re.search(r'<c r="[A-Z]+\d+"[^>]*><v>', xml), f"{name} has a cell that is no text"
            assert "sheetProtection" in xml and "password" not in xml, f"{name} is not protected, or by a password"
            assert 'paperSize="9"' in xml and 'orientation="landscape"' in xml, f"{name} is not printed on A4 across"
    book = openpyxl.load_workbook(path)
    assert book.properties.created == datetime.datetime(2026, 3, 1), book.properties.created
    assert book.sheetnames[-1] in BESIDE and "填写说明" in book.sheetnames
    for sheet in book:
        assert len(sheet.title) <= 31 and not re.search(r"[\[\]:*?/\\]", sheet.title), sheet.title
        if sheet.title in BESIDE:
            assert all(c.protection.locked for r in sheet.iter_rows() for c in r)
            continue
        assert sheet["A8"].value == "序号" and sheet.freeze_panes == ("F9" if sheet["E8"].value == "样本" else "E9"), (sheet["A8"].value, sheet.freeze_panes)
        header = [c.value for c in sheet[8]]
        assert header[:4] == ["序号", "项目", "名称", "单位"]
        rules = sheet.data_validations.dataValidation
        left = 5 if header[4] == "样本" else 4
        for row in sheet.iter_rows():
            for cell in row:
                open_cell = cell.row > 8 and cell.column > left
                if left == 5 and cell.row > 8 and cell.column == 4 and not cell.protection.locked:
                    assert f"log10 {cell.value}" in [u for v in rules if cell.coordinate in v.sqref for u in v.formula1.strip('"').split(",")]
                    continue
                if open_cell and header[cell.column - 1] in ("指数", "检测下限") and cell.protection.locked:
                    assert cell.value is None
                    continue  # it has none
                assert cell.protection.locked != open_cell, f"{sheet.title}!{cell.coordinate}"
                if open_cell:
                    assert cell.value is None and cell.number_format == "@", f"{sheet.title}!{cell.coordinate}"
                elif cell.value is not None:
                    assert cell.data_type in "sn" and isinstance(cell.value, str), f"{sheet.title}!{cell.coordinate}"
        n = sheet.max_row - 8
        assert sum(1 for v in rules if v.prompt) == n, f"{sheet.title}: {len(rules)} rules for {n} measurands"
        for v in rules:
            if v.prompt and v.type == "list":
                look_list(book, v)
            assert v.formula1 is None or len(v.formula1) <= 255
            assert v.promptTitle is None or len(v.promptTitle) <= 32
    return book


def look_list(book, rule):
    """A list of answers is the names of a scale, and another text is a question."""
    title, first, last = re.match(r"'(.+)'!\$([A-Z]+\$[0-9]+):\$([A-Z]+\$[0-9]+)$", rule.formula1).groups()
    names = [c.value for (c,) in book[title][first.replace("$", "") + ":" + last.replace("$", "")]]
    assert title == "答案表" and all(names) and len(names) > 1 and rule.errorStyle == "warning", (rule.formula1, names)
    column, below = re.match(r"([A-Z]+)\$([0-9]+)$", last).groups()
    assert book[title][f"{column}{int(below) + 1}"].value is None, f"{rule.formula1} is not all of it"


def look_sample(path):
    book = look(path)
    names = book.sheetnames
    assert len({n.lower() for n in names}) == len(names) == 8, names
    assert names[1] == "a_b" and names[0] not in ("a_b", "a/b"), names
    first = book[names[0]]
    # Spreadsheets read _x005F_ as _ (ISO/IEC 29500-1 22.9.2.19); openpyxl leaves it as it stands.
    assert [c.value.replace("_x005F_", "_") for c in first["B"][:6]] == ["=第一次 & <2026>", "LAB01", "_x0041_医院 \U00020BB7", "a/b", "一", "2026-03-15 17:00 (UTC+08:00)"]
    assert [c.value for c in first[8]] == ["序号", "项目", "名称", "单位", "202611", "2026-03", "1E5", "仪器", "方法", "试剂", "校准品"]
    assert [c.value for c in first[10]][:4] == ["2", "=X", "=危险()", "%"]
    lists = {str(v.sqref): v for v in first.data_validations.dataValidation if v.type == "list"}
    assert lists["H9"].formula1 == "'代码表'!$A$2:$A$4" and lists["I11"].formula1 == "'代码表'!$B$2:$B$3", {k: v.formula1 for k, v in lists.items()}
    assert len(lists) == 6 and all(v.errorStyle == "warning" for v in lists.values())
    kinds = {str(v.sqref): v.type for v in first.data_validations.dataValidation if v.prompt}
    assert kinds == {"E9:G9": "custom", "E10:G10": "custom", "E11:G11": None}, kinds
    codes = book["代码表"]
    assert [[c.value for c in r] for r in codes.iter_rows()] == [
        ["a/b 仪器", "a/b 方法", "a_b 方法"], ["分析仪 A", "己糖激酶法", "己糖激酶法"], ["=1+1", "酶 & 法 <1>", "酶 & 法 <1>"], ['B, "C"', None, None]]
    assert [str(v.formula1) for v in book["a_b"].data_validations.dataValidation if v.type == "list"] == ["'代码表'!$C$2:$C$3"]


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    try:
        {"fill-csv": fill_csv, "fill-xlsx": fill_xlsx, "look": look, "look-sample": look_sample}[what](*rest)
    except AssertionError as e:
        sys.exit(f"{rest[0]}: {e}")
