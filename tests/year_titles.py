# SPDX-License-Identifier: GPL-3.0-or-later
"""Titles worked out again from the published records, without XPath and without the program.

year_titles.py VERSION: the shipped award excellent-laboratory, its points as exact fractions, ranks, places and ties.
"""
import csv
import os
import sys
import xml.etree.ElementTree as ET
from fractions import Fraction

version = sys.argv[1]


def number(e, name):
    value = None if e is None else e.get(name)
    try:
        return None if value is None else Fraction(value)
    except ValueError:
        return None


def share(above, below):
    if above is None or any(b is None for b in below) or sum(below) == 0:
        return Fraction(0)
    return min(max(above / sum(below), Fraction(0)), Fraction(1))


def judge(record):
    took = record.find("participation")
    need = {
        "two-rounds": number(took, "rounds") - number(took, "excused") >= 2,
        "all-in-time": number(took, "late") == 0 and number(took, "not-returned") == 0,
    }
    programmes = record.findall("programme")
    measurands = [m for p in programmes for m in p.findall("measurand")]
    need["programmes"] = None if not programmes else all(number(p, "mean") is None or number(p, "mean") >= 80 for p in programmes)
    bad = any(x.get("status") == "unsuccessful" for x in programmes + measurands)
    need["no-unsuccessful"] = False if bad else None if not measurands or any(p.get("status") is None for p in programmes) else True
    items = record.find("items")
    points = 50 * share(number(items, "pass"), [number(items, n) for n in ("pass", "fail", "unreturned")])
    ranking = next((r for r in record.findall("ranking") if r.get("scope") == "all"), None)
    points += 20 * share(number(ranking, "k"), [number(ranking, n) for n in ("n", "late", "not-returned")])
    own = next((i for i in record.findall("indicator") if i.get("name") == "participation_appraisal"), None)
    points += 10 * share(number(own, "numerator"), [number(own, "denominator")])
    found = next((e for e in record.findall("evidence") if e.get("key") == "inspection"), None)
    points += 10 * share(number(found, "value"), [Fraction(100)])
    return need, points


def places(rows):
    """Of all a tenth of the entrants, rounded down; of each class 15 %, rounded up; those tied for the last places wait for the committee."""
    room = {"*": len(rows) // 10}
    for r in rows:
        room.setdefault(r["class"], -(-sum(1 for x in rows if x["class"] == r["class"]) * 15 // 100))
    candidates = sorted((r for r in rows if r["cleared"]), key=lambda r: -r["points"])
    while candidates:
        equal = [r for r in candidates if r["points"] == candidates[0]["points"]]
        candidates = candidates[len(equal):]
        alive = [r for r in equal if room["*"] > 0 and room[r["class"]] > 0]
        want = {k: sum(1 for r in alive if k in ("*", r["class"])) for k in room}
        over = {k for k in room if want[k] > room[k]}
        for r in equal:
            r["is"] = "candidate" if r not in alive else "tied" if "*" in over or r["class"] in over else "proposed"
        for k in room:
            room[k] = 0 if k in over else room[k] - want[k]


rows = []
for code in sorted(os.listdir(version + "/labs")):
    record = ET.parse(f"{version}/labs/{code}/record.xml").getroot()
    lab = record.find("laboratory")
    if number(record.find("participation"), "rounds") == 0 or "输血" in lab.get("department", ""):
        continue
    need, points = judge(record)
    rows.append({"code": lab.get("code"), "class": lab.get("class", ""), "need": need, "points": points, "is": "entrant",
                 "cleared": all(v is True for v in need.values()) and points >= 60})
places(rows)
for r in rows:
    r["rank"] = str(1 + sum(1 for x in rows if x["cleared"] and x["points"] > r["points"])) if r["cleared"] else ""

with open(version + "/titles.csv", encoding="utf-8") as f:
    table = {r["code"]: r for r in csv.DictReader(f) if r["award"] == "excellent-laboratory" and r["state"] != "none"}
with open(version + "/title-conditions.csv", encoding="utf-8") as f:
    answers = {(r["code"], r["condition"]): r["answer"] for r in csv.DictReader(f) if r["award"] == "excellent-laboratory"}
assert set(table) == {r["code"] for r in rows}, set(table) ^ {r["code"] for r in rows}
seen = set()
for r in rows:
    t = table[r["code"]]
    assert Fraction(t["points_exact"]) == r["points"], (r, t)
    assert (t["state"], t["rank"]) == (r["is"], r["rank"]), (r, t)
    for condition, holds in r["need"].items():
        assert answers[r["code"], condition] == {True: "met", False: "unmet", None: "unknown"}[holds], (r, condition)
    seen.add(r["is"])
assert {"entrant", "candidate"} <= seen and {"tied", "proposed"} & seen, seen
