# SPDX-License-Identifier: GPL-3.0-or-later
"""A round folder and its rules, read into plain dictionaries and lists by a second hand."""

import csv
import datetime
import io
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from fractions import Fraction
from types import SimpleNamespace as Box

import twin_answers

KEYS = ("system", "instrument", "method", "reagent", "calibrator")
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\Z")

DEFAULTS = dict(
    target_places="null", target_round_from="shortest", round_known="false", climb_pool="everyone", rung_keys="flat",
    blank_key="skip", least_counts="kept", algorithm_a_factor="1.134", collapse_ratio="1e-9", outlier_boundary="greater",
    median_scale="niqr", absurd_factor="100", absurd_when_ungradable="not_evaluated", accepted_late_in_statistics="false",
    bounds_inclusive="true", negative_target_pct="undefined", bias_pct_nonpositive="null", collapsed_fixed_limit="evaluate",
    sd_limit_least="12", sdi_least="12", show_least="5", censored="blank", sdi_method="own", closing_inclusive="true",
    duplicate_equal="value", late_duplicate="ignored", excuse_conditions="required", undeclared="ignore", unreadable="stop",
    ungradable="exclude", blank_result="unacceptable", blank_measurand="not_returned", no_show_total="gradable",
    must_all_spoils_programme="true", s1_places="0", s_places="1", programme_score="results", log_rule="either", log_places="null",
    grey="positive", grey_reply="answer", consensus_order="referees_first", consensus_participants="all", discrepancy="flag",
    rank_ties="competition", rank_noshow="last",
    rank_tiebreak="none", expected_excludes_excused="true", returned_includes_late="false", region_rollup="true")

HEADERS = {
    "lab": ("lab", "laboratory", "lab code", "实验室编码", "实验室代码", "实验室编号"),
    "programme": ("programme", "program", "专业", "计划", "计划编码"),
    "measurand": ("measurand", "analyte", "项目", "检验项目", "项目编码"),
    "sample": ("sample", "样本", "样本编号", "样品编号", "批号"),
    "value": ("value", "result", "结果", "测定结果", "测定值"),
    "unit": ("unit", "单位"), "system": ("system", "检测系统"), "instrument": ("instrument", "仪器"),
    "method": ("method", "方法"), "reagent": ("reagent", "试剂"), "calibrator": ("calibrator", "校准品", "校准物"),
    "index": ("index",), "lod": ("lod",), "received": ("received", "接收时间", "收到时间"),
}
FIELD_OF = {name: field for field, names in HEADERS.items() for name in names}
IGNORED = ("序号", "no", "no.")


def text_of(path):
    with open(path, "rb") as file:
        raw = file.read()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def fraction(text):
    return None if text is None else Fraction(text)


def limit_of(node, set_name):
    return Box(kind=node.get("kind"), pct=fraction(node.get("pct")), abs=fraction(node.get("abs")), cut=fraction(node.get("cut")),
               sd=fraction(node.get("sd")), set=set_name, judge=node.get("judge"),
               settings={k: int(node.get(k, preset)) for k, preset in twin_answers.JUDGES.get(node.get("judge"), {}).items()})


def cutoff_of(node):
    if node is None:
        return None
    grey = (fraction(node.get("grey-from")), fraction(node.get("grey-to"))) if node.get("grey-from") else None
    return Box(at=fraction(node.get("at")), positive=node.get("positive", "above"), grey=grey, equal=node.get("equal", "positive"))


def find_limit(code, tables):
    """The first table that has the code wins."""
    for root, only in tables:
        for row in root.findall("limit"):
            if row.get("code") == code and all(row.get(k) == v for k, v in only.items()):
                return limit_of(row, root.get("set"))
    raise SystemExit("twin: measurand %s has no limit" % code)


def peers_of(node):
    if node is None:
        return [()], 12
    ladder = [tuple(rung.split("+")) for rung in (node.get("by") or "").split()]
    if node.get("otherwise", "all") == "all":
        ladder.append(())
    return ladder, int(node.get("least", "12"))


def settings_of(assign, method, choices):
    """The settings of a method: what <assign> states, else what the choices say."""
    stated = dict(assign.attrib) if assign is not None and assign.get("method") == method else {}
    presets = dict(
        exact=Fraction(choices["algorithm_a_factor"] == "exact"), collapse_ratio=Fraction(choices["collapse_ratio"]),
        made=Fraction(choices["median_scale"] == "made"), at_boundary=Fraction(choices["outlier_boundary"] == "greater_or_equal"),
        k=Fraction(3))
    return {name: Fraction(stated.get(name, preset)) for name, preset in presets.items()}


def read_factors(root, rules):
    """By measurand's code and unit: a function from what the unit cell says to its factor. Units are compared by the table's spellings."""
    if root.find("units") is None:
        return lambda code, unit, said: Fraction(1)
    table = ET.parse(os.path.join(rules, "units", root.find("units").get("from") + ".xml")).getroot()
    one_name = {s.get("of"): u.get("name") for u in table.findall("unit") for s in u.findall("spelling")}
    factors = {(m.get("code"), m.get("unit"), f.get("unit")): Fraction(f.get("factor"))
               for m in table.findall("measurand") for f in m.findall("from")}

    def factor(code, unit, said):
        names = said, one_name.get(said, said)
        return Fraction(1) if not said or unit in names or one_name.get(unit) in names else next(
            factors[code, unit, name] for name in names if (code, unit, name) in factors)
    return factor


def read_scheme(name, folder, rules, overrides):
    """overrides: dictionaries of choices, the stronger later."""
    path = os.path.join(folder, name) if name.endswith(".xml") else os.path.join(rules, "schemes", name + ".xml")
    root = ET.parse(path).getroot()
    choices = dict(DEFAULTS)
    if root.get("ungradable"):
        choices["ungradable"] = root.get("ungradable")
    for more in [root.find("choices").attrib if root.find("choices") is not None else {}] + overrides:
        choices.update(more)
    tables = []
    for node in root.findall("limits"):
        near = os.path.join(folder, node.get("from"))
        own = name.endswith(".xml") and os.path.exists(near)
        table = ET.parse(near if own else os.path.join(rules, node.get("from"))).getroot()
        tables.append((table, {k: node.get(k) for k in ("programme", "specimen") if node.get(k) is not None}))
    measurands = []
    for node in root.findall("measurand"):
        def nearest(tag):
            return node.find(tag) if node.find(tag) is not None else root.find(tag)
        ladder, least = peers_of(nearest("peers"))
        assign = nearest("assign")
        method = assign.get("method") if assign is not None else "algorithm-a"
        scale = twin_answers.read_scale(node.get("scale"), folder, rules) if node.get("scale") else None
        if scale and method not in twin_answers.METHODS:
            assign, method = None, "consensus"
        screen = node.find("screen")
        inline = node.find("limit")
        measurands.append(Box(
            code=node.get("code"), names=[node.get("code")] + [a.get("name") for a in node.findall("alias")] + [node.get("name")],
            unit=node.get("unit"), factor_code=node.get("limit-code", node.get("code")), places=int(node.get("places", "0")), scale=scale, weight=int(node.get("weight", "1")),
            log10=node.get("transform") == "log10", undetected=int(node.get("undetected", "0")), cutoff=cutoff_of(node.find("cutoff")), accepts={},
            poll={k: int(assign.get(k, preset) if assign is not None else preset) for k, preset in twin_answers.METHODS.get(method, {}).items()},
            whole=int(node.get("pass", root.get("pass"))),
            limit=limit_of(inline, None) if inline is not None else find_limit(node.get("limit-code", node.get("code")), tables),
            ladder=ladder, least=least, method=method, assign=assign, settings={} if scale else settings_of(assign, method, choices),
            screen_least=fraction(screen.get("least")) if screen is not None else None,
            screen_most=fraction(screen.get("most")) if screen is not None else None))
    return Box(measurands=measurands, choices=choices, whole=int(root.get("pass")), pairs=[d.get("between").split() for d in root.findall("discrepancy")], factor=read_factors(root, rules))


def read_regions(name, folder, rules):
    path = os.path.join(folder, name) if name.endswith(".xml") else os.path.join(rules, "regions", name + ".xml")
    regions = {}

    def walk(node, parent, level):
        for child in node.findall("region"):
            code = child.get("code")
            regions[code] = Box(code=code, parent=parent, level=level)
            walk(child, code, level + 1)
    walk(ET.parse(path).getroot(), None, 0)
    return regions


def rows_of(path):
    """Long form or grid, told apart by whether a header names value and sample."""
    lines = list(csv.reader(io.StringIO(text_of(path))))
    head = {}
    for at, cells in enumerate(lines):
        fields = [FIELD_OF.get(c.strip().lower()) for c in cells]
        if "measurand" in fields:
            break
        if fields and fields[0] and len(cells) > 1:
            head[fields[0]] = cells[1].strip()
    grid = "value" not in fields
    if grid and "lab" not in head:
        head["lab"] = os.path.splitext(os.path.basename(path))[0]
    for number, cells in enumerate(lines[at + 1:], at + 2):
        if not any(c.strip() for c in cells):
            continue
        row = dict(head)
        row.update({f: c.strip() for f, c in zip(fields, cells) if f})
        columns = [(lines[at][i].strip(), c) for i, (f, c) in enumerate(zip(fields, cells))
                   if not f and lines[at][i].strip().lower() not in IGNORED] if grid else [(row["sample"], row["value"])]
        for sample, value in columns:
            yield dict(row, sample=sample, value=value.strip(), line=number)


def read_value(text):
    """Gives: (kind, number): nothing, number, below, above or unreadable."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return "nothing", None
    kind = {"<": "below", ">": "above"}.get(plain[0], "number")
    if kind != "number":
        plain = plain[1:].strip()
    return (kind, Fraction(plain)) if NUMBER.match(plain) else ("unreadable", None)


def read_round(folder, rules):
    root = ET.parse(os.path.join(folder, "round.xml")).getroot()
    overall = dict(root.find("choices").attrib) if root.find("choices") is not None else {}
    r = Box(closes=instant(root.get("closes")), choices=dict(DEFAULTS, **overall),
            regions=read_regions(root.find("regions").get("from"), folder, rules),
            classes=[c.get("name") for c in root.findall("class")], programmes=[], decisions=[])
    for node in root.findall("programme"):
        own = dict(node.find("choices").attrib) if node.find("choices") is not None else {}
        p = read_scheme(node.get("scheme"), folder, rules, [overall, own])
        p.code = node.get("code")
        p.samples = [s.get("code") for s in node.findall("sample")]
        if node.find("measurands") is not None:
            wanted = node.find("measurands").get("codes").split()
            p.measurands = [m for m in p.measurands if m.code in wanted]
        p.by_name = {name: m for m in p.measurands for name in m.names}
        p.known = {}
        for k in node.findall("known"):
            m = p.by_name[k.get("measurand")]
            p.known[m.code, k.get("sample")] = (Fraction(k.get("x-pt")), fraction(k.get("u"))) if k.get("x-pt") else (
                twin_answers.reply_of(m.scale, k.get("value")) if m.scale else k.get("value"), None)
            if m.scale:
                m.accepts[k.get("sample")] = [(twin_answers.reply_of(m.scale, a.get("value")), int(a.get("credit", "100"))) for a in k.findall("accept")]
        r.programmes.append(p)
    decisions = os.path.join(folder, "decisions.xml")
    if os.path.exists(decisions):
        r.decisions = list(ET.parse(decisions).getroot())
    r.labs = {row["code"].strip(): Box(code=row["code"].strip(), name=row["name"], region=row["region"].strip(),
                                       kind=row["class"].strip())
              for row in csv.DictReader(io.StringIO(text_of(os.path.join(folder, "roster.csv"))))}
    r.declared, r.referees = {}, set()
    for row in csv.DictReader(io.StringIO(text_of(os.path.join(folder, "enrolments.csv")))):
        p = next(p for p in r.programmes if p.code == row["programme"].strip())
        said = row["measurands"].split()
        named = {p.by_name[n].code for n in said if n != "*"}
        if (row.get("referee") or "").strip() == "yes":
            r.referees.add((row["lab"].strip(), p.code))
        r.declared[row["lab"].strip(), p.code] = [m for m in p.measurands if "*" in said or m.code in named]
    r.rows = []
    results = os.path.join(folder, "results")
    for name in sorted(os.listdir(results)):
        r.rows.extend(rows_of(os.path.join(results, name)))
    return r
