#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook of a round against its tables, read by a program that knows nothing of ours.

usage: round_book.py PUBLISHED [NAMES]   NAMES: a file with names, one a line, that must stand in the workbook to the letter"""
import csv
import datetime
import os
import re
import sys
import zipfile
from decimal import Decimal
import openpyxl

folder = sys.argv[1]
path = os.path.join(folder, "workbook.xlsx")
wrong = 0


def table(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return [{k: v[1:] if re.match(r"'[=+\-@'\t\r]", v) else v for k, v in r.items()} for r in csv.DictReader(f)]


def say(*what):
    global wrong
    wrong += 1
    if wrong <= 20:
        print(*what)


# ---- the file ----
with zipfile.ZipFile(path) as z:
    for name in z.namelist():
        text = z.read(name).decode("utf-8", "replace")
        if re.search(r"<f[ >]", text):
            say(name, "has a formula")
        if re.search(r"<externalLink|TargetMode=\"External\"", text):
            say(name, "leads elsewhere")
book = openpyxl.load_workbook(path)
for ws in book.worksheets: # spreadsheets read _x005F_ as _ (ISO/IEC 29500-1 22.9.2.19); openpyxl leaves it as it stands
    for row in ws.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "_x005F_" in cell.value:
                cell.value = cell.value.replace("_x005F_", "_")
about = book.worksheets[0]
stamp = {i.date_time for i in zipfile.ZipFile(path).infolist()}
if len(stamp) != 1:
    say("the parts have several dates:", stamp)

sheets = {}
for ws in book.worksheets[1:]:
    heads = [str(c.value).split("\n")[-1] for c in ws[1]]
    rows = list(ws.iter_rows(min_row=2))
    if ws.freeze_panes != "B2" or ws.auto_filter.ref is None:
        say(ws.title, "is not frozen and filtered:", ws.freeze_panes, ws.auto_filter.ref)
    if not ws.print_title_rows or ws.page_setup.orientation != "landscape":
        say(ws.title, "is not set up for printing")
    if any("\n" not in str(c.value) or not re.search("[\u4e00-\u9fffS]", str(c.value)) for c in ws[1]):
        say(ws.title, "has a head that is not in both languages")
    if len(set(heads)) != len(heads):
        say(ws.title, "has two heads of one name")
    sheets[ws.title] = [dict(zip(heads, row)) for row in rows if any(c.value is not None for c in row)]
for name, column in (("结果", "R"), ("专业成绩", "M"), ("项目成绩", "L"), ("靶值", "X")):
    if name not in book.sheetnames or not book[name].conditional_formatting:
        say("no colours on", name)


def compare(what, cell, text, kind):
    value = cell.value
    if kind == "text":
        if (value or "") != text:
            say(what, "is", repr(value), "instead of", repr(text))
    elif kind == "word":
        if (value or "").split(" ")[-1] != text.split(" ")[-1] or bool(value) != bool(text):
            say(what, "is", repr(value), "instead of", repr(text))
    elif text == "":
        if value is not None:
            say(what, "is", repr(value), "instead of nothing")
    else:
        try:
            number = Decimal(text)
        except ArithmeticError:
            if isinstance(value, (int, float)):
                say(what, "is the number", value, "instead of", text)
            return
        if not isinstance(value, (int, float)) or cell.data_type != "n":
            say(what, "is", repr(value), "and no number; expected", text)
        elif abs(Decimal(repr(float(value))) - number) > abs(number) * Decimal("2e-15"):
            say(what, "is", repr(value), "instead of", text)


def rows_alike(sheet, rows, columns):
    at = sheets[sheet]
    if len(at) != len(rows):
        say(sheet, "has", len(at), "rows instead of", len(rows))
        return
    for i, (got, row) in enumerate(zip(at, rows)):
        for head, (column, kind) in columns.items():
            compare(f"{sheet} row {i + 2} {head}", got[head], row[column], kind)


register = {r["lab"]: r for r in table("register.csv")}
measurands = {(r["programme"], r["measurand"]): r for r in table("measurands.csv")}
targets = table("targets.csv")
by_group = {r["group"]: r for r in targets}
answered = {r["group"] for r in targets if r["judge"]}

scores = table("scores.csv")
for r in scores:
    g = by_group.get(r["group"], {})
    r["name"] = register[r["lab"]]["name"]
    r["measurand_name"], r["unit"] = (measurands[r["programme"], r["measurand"]][x] for x in ("name", "unit"))
    for name in ("low", "high", "x_pt"):
        r[name] = g.get(name, "")
rows_alike("结果", scores, {
    "Laboratory": ("lab", "text"), "Name": ("name", "text"), "Programme": ("programme", "text"), "Measurand": ("measurand", "text"),
    "Measurand name": ("measurand_name", "text"), "Sample": ("sample", "text"), "State": ("state", "word"), "Allowed from": ("low", "number"),
    "Allowed to": ("high", "number"), "Unit": ("unit", "text"), "Bias": ("bias", "number"), "Bias %": ("bias_pct", "number"),
    "Share of the limit %": ("share_pct", "number"), "SDI": ("sdi", "number"), "Verdict": ("verdict", "word"), "Reason": ("reason", "word"),
    "In the statistics": ("mark", "word"), "Group": ("group", "number")})
numbers = 0
for got, r in zip(sheets["结果"], scores):
    if r["group"] in answered or r["x_pt"] == "negative":
        continue
    numbers += r["value"] != ""
    for head, column in (("Value", "value"), ("Target", "x_pt")):
        compare(f"结果 {r['lab']} {r['measurand']} {r['sample']} {head}", got[head], r[column], "number")

some = [r for r in targets if int(r["members"])]
for r in some:
    r["measurand_name"] = measurands[r["programme"], r["measurand"]]["name"]
rows_alike("靶值", some, {
    "Group": ("group", "number"), "Programme": ("programme", "text"), "Measurand": ("measurand", "text"), "Measurand name": ("measurand_name", "text"),
    "Sample": ("sample", "text"), "Members": ("members", "number"), "Origin": ("origin", "word"), "Unit": ("unit", "text"),
    "Allowed from": ("low", "number"), "Allowed to": ("high", "number"), "Limit": ("limit", "text"), "Status": ("status", "word")})
for got, r in zip(sheets["靶值"], some):
    if (got["Doubts"].value or "") != r["doubts"]:
        say("doubts of group", r["group"], got["Doubts"].value, r["doubts"])
    if not r["judge"] and r["x_pt"] != "negative":
        compare("target of group " + r["group"], got["Target"], r["x_pt"], "number")
        u = got["Uncertainty u"].value
        places = len(repr(u).partition(".")[2]) if u is not None else 0
        if (u is None) != (r["u_used"] == "") or (u is not None and abs(u - float(r["u_used"])) > 0.50001 * 10 ** -places):
            say("u of group", r["group"], u, r["u_used"])
doubtful = [r for r in some if r["status"] != "gradable" or r["doubts"] or r["widened"] == "1"]
rows_alike("存疑的靶值", doubtful, {"Group": ("group", "number")})
for got, r in zip(sheets["存疑的靶值"], doubtful):
    if not got["In Chinese"].value or not got["Why"].value or got["What follows"].value.endswith("withheld") != (r["status"] != "gradable"):
        say("what is said of group", r["group"], got["In Chinese"].value)

verdicts = [r for r in table("verdicts.csv") if r["standing"] not in ("not_enrolled", "not_performed")]
for r in verdicts:
    r["name"] = register[r["lab"]]["name"]
TALLY = {"Standing": ("standing", "word"), "Accepted": ("accepted", "number"), "Total": ("total", "number"), "Not evaluated": ("not_evaluated", "number"),
         "Score %": ("score", "number"), "Pass mark %": ("pass", "number"), "Satisfaction": ("satisfaction", "word"), "Laboratory": ("lab", "text"),
         "Name": ("name", "text"), "Programme": ("programme", "text")}
rows_alike("专业成绩", [r for r in verdicts if r["measurand"] == "*"], TALLY)
rows_alike("项目成绩", [r for r in verdicts if r["measurand"] != "*"], TALLY | {"Measurand": ("measurand", "text")})

RANK = {"Programme": ("programme", "text"), "Region code": ("region", "text"), "Region": ("region_name", "text"), "Rank": ("rank", "number"),
        "Tied": ("tied", "number"), "Accepted": ("accepted", "number"), "Total": ("total", "number"), "Acceptable %": ("share", "number")}
rows_alike("实验室名次", table("ranking.csv"), RANK | {"Rank from": ("rank_low", "number"), "Rank to": ("rank_high", "number"), "Laboratory": ("lab", "text"),
                                                  "Name": ("name", "text"), "Measurands": ("measurands", "number"), "Standing": ("standing", "word")})
rows_alike("地区", table("regions.csv"), RANK | {h: (h.lower(), "number") for h in ("Expected", "Returned", "Late", "Excused", "Judged", "Satisfactory")})
rows_alike("疑似差错", table("hints.csv"), {"Laboratory": ("lab", "text"), "Measurand": ("measurand", "text"), "Sample": ("sample", "text"), "Looks like": ("hint", "word"),
                                        "Value": ("value", "number"), "Without the slip": ("corrected", "number")})
for row in sheets["决定"]:
    if not isinstance(row["When"].value, datetime.datetime):
        say("the day of a decision is", repr(row["When"].value), "and no date")
for ws in book.worksheets:
    for row in ws.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                say(ws.title, cell.coordinate, "is a formula")
if len(sys.argv) > 2:
    wanted = set(open(sys.argv[2], encoding="utf-8").read().splitlines())
    seen = {c.value for ws in book.worksheets for row in ws.iter_rows() for c in row if isinstance(c.value, str)}
    for name in wanted - seen:
        say("no cell holds", repr(name))
print(f"{len(sheets)} sheets, {sum(map(len, sheets.values()))} rows, {numbers} results that are numbers, {len(sheets['决定'])} decisions: {wrong} differ")
sys.exit(wrong > 0)
