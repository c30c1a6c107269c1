#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the centre is told of a round (told.tsv of the test emitter `centre`), against the published tables, counted anew.

usage: round_told.py PUBLISHED"""
import csv
import json
import os
import sys
from collections import Counter, defaultdict
from decimal import Decimal

folder = sys.argv[1]
wrong = 0


def table(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def say(what, told, counted):
    global wrong
    if told != counted:
        wrong += 1
        if wrong <= 20:
            print(f"{what}: told {told}, counted {counted}")


told = defaultdict(list)
with open(os.path.join(folder, "told.tsv"), encoding="utf-8") as f:
    for line in f:
        cells = line.rstrip("\n").split("\t")[:-1]
        assert "(null)" not in cells, "a text is missing: " + line
        told[cells[0]].append(cells[1:])

targets, scores, verdicts = table("targets.csv"), table("scores.csv"), table("verdicts.csv")
register, measurands = table("register.csv"), {(r["programme"], r["measurand"]): r for r in table("measurands.csv")}
counts = json.load(open(os.path.join(folder, "manifest.json"), encoding="utf-8"))["counts"]

# ---- the whole ----
c = dict(zip("labs expected read accepted set_aside refused blank late groups withheld doubtful enrolled".split(), map(int, told["counts"][0])))
say("laboratories", c["labs"], len(register))
say("enrolled", c["enrolled"], len({r["lab"] for r in verdicts if r["standing"] != "not_enrolled"}))
say("expected", c["expected"], sum(r["state"] != "not_asked" for r in scores))
for name in ("read", "accepted", "set_aside", "refused", "blank", "late"):
    say(name, c[name], counts[name])
say("groups", c["groups"], len(targets))
say("withheld", c["withheld"], sum(r["status"] != "gradable" for r in targets))
say("doubtful", c["doubtful"], sum(r["doubts"] != "" for r in targets))

# ---- programmes ----
standings = defaultdict(Counter)
for r in verdicts:
    if r["standing"] not in ("not_enrolled", "not_performed"):
        k = standings[r["programme"], r["measurand"]]
        k["n"] += 1
        k[r["standing"]] += 1
        k[r["satisfaction"]] += 1
        k["total"] += int(r["total"])
        k["credit"] += int(Decimal(r["accepted"]) * 100)
for p in told["programme"]:
    k = standings[p[0], "*"]
    names = "n returned late not_returned excused blank satisfactory unsatisfactory total credit".split()
    say("programme " + p[0], [int(x) for x in p[5:15]], [k[x] for x in names])
    roots = [r for r in table("regions.csv") if r["programme"] == p[0] and r["class"] == "*" and not r["parent"]]
    say("response of " + p[0], [int(x) for x in p[16:18]], [sum(int(r[x]) for r in roots) for x in ("expected", "returned")])

# ---- measurands, samples ----
cells = defaultdict(Counter)
for r in scores:
    one = Counter(results=r["state"] == "returned" and r["value"] != "", judged=r["verdict"] != "not_evaluated", acceptable=r["verdict"] == "acceptable",
                  outliers=r["mark"] in ("outlier", "absurd"), aside=r["mark"] not in ("", "kept"), asked=r["state"] != "not_asked", cells=1)
    for where in ((r["programme"], r["measurand"]), (r["programme"], r["measurand"], r["sample"]), r["group"]):
        cells[where].update(one)
groups = defaultdict(list)
for r in targets:
    if int(r["members"]):
        groups[r["programme"], r["measurand"], r["sample"]].append(r)
looked_at = Counter()
for where, rows in groups.items():
    looked_at[where[:2]] += sum(r["status"] != "gradable" or r["doubts"] != "" or r["widened"] == "1" for r in rows)
for m in told["measurand"]:
    where, k, s = (m[0], m[1]), cells[m[0], m[1]], standings[m[0], m[1]]
    say("measurand " + m[1], [int(x) for x in m[8:16]],
        [s["n"], k["results"], k["judged"], k["acceptable"], k["outliers"], s["satisfactory"], s["unsatisfactory"], looked_at[where]])
    say("names of " + m[1], [m[2], m[3], m[4], m[5]], [measurands[where][x] for x in ("name", "name_en", "unit", "limit")])
for s in told["sample"]:
    where = (s[0], s[1], s[2])
    k, somebody = cells[where], cells[where]["cells"]
    say("sample %s %s" % where[1:], [int(x) for x in s[4:8]], [len(groups[where]), k["results"], k["judged"], k["acceptable"]])
    if somebody:
        say("asked %s %s" % where[1:], s[3] == "1", k["asked"] > 0)

# ---- groups ----
KEYS = {"system": "检测系统", "instrument": "仪器", "method": "方法", "reagent": "试剂", "calibrator": "校准品"}
FLAGS = ("few", "tied", "collapsed", "uncertain", "humps", "reference", "heterogeneous", "unstable", "methods")


def chinese(key, rung):
    if rung == "none":
        return "没有可比组"
    return "全部实验室" if key == "all" else ";".join(KEYS[part.split("=", 1)[0]] + ":" + part.split("=", 1)[1] for part in key.split("; "))


def near(what, text, exact):
    """The text is the exact number, rounded to the places that it has."""
    if text == "" or exact in ("", None):
        say(what, text, "" if exact is None else exact)
        return
    step = Decimal(1).scaleb(Decimal(text).as_tuple().exponent)
    if abs(Decimal(text) - Decimal(exact)) > step * Decimal("0.500001"):
        say(what, text, exact)


place = Counter()
for g in told["group"]:
    where = (g[0], g[1], g[2])
    r = groups[where][place[where]]
    place[where] += 1
    name, origin, method, x_pt, u, s, cv, low, high, gradable, status, doubts, dip = g[3], g[5], g[6], g[7], g[9], g[10], g[11], g[12], g[13], g[14], g[15], g[17], g[19]
    numbers, k, what = [int(x) for x in g[20:27]], cells[r["group"]], "group " + r["group"]
    if not (r["x_pt"] == "negative" and r["rung"] == "none"):
        say(what + " name", name, chinese(r["key"], r["rung"]))
    say(what + " counts", numbers[:6], [int(r["members"]), int(r["kept"]), k["aside"], k["outliers"], k["judged"], k["acceptable"]])
    say(what + " origin", origin, r["origin"])
    say(what + " method", method.replace(r["origin"] + ": ", "") if r["origin"] != "consensus" else method, (r["method"] + " " + r["method_version"]).strip())
    say(what + " gradable", gradable == "1", r["status"] == "gradable")
    say(what + " why not", status != "", r["status"] != "gradable")
    flags = r["doubts"].split()
    say(what + " doubts", len([x for x in doubts.split("；") if x]), len(flags) + (r["widened"] == "1"))
    assert set(flags) <= set(FLAGS)
    say(what + " humps", [numbers[6], dip], [int(r["humps"] or 0), r["dip_p"] if r["humps"] else ""])
    say(what + " bounds", [low, high], [r["low"], r["high"]])
    if r["judge"] or r["x_pt"] == "negative":
        say(what + " answered", [u, s, cv], ["", "", ""])
        say(what + " has an answer", x_pt != "", r["x_pt"] != "")
        continue
    near(what + " x_pt", x_pt, r["x_pt"])
    near(what + " u", u, r["u_used"])
    spread, centre = (r["s"], r["x_exact"]) if r["origin"] == "consensus" else (r["sdi_sd"], r["sdi_centre"])
    near(what + " s", s, spread)
    logarithm = measurands[where[:2]]["unit"].startswith("log10")
    near(what + " cv", cv, str(100 * Decimal(spread) / Decimal(centre)) if spread and centre and Decimal(centre) > 0 and not logarithm else "")
for where, n in place.items():
    say("groups of %s %s %s" % where, n, len(groups[where]))

# ---- figures ----
for f in told["figure"]:
    assert int(f[5]) > 0 and f[4], f
print(f"{len(told['programme'])} programmes, {len(told['measurand'])} measurands, {len(told['sample'])} samples, {len(told['group'])} groups, "
      f"{len(told['figure'])} figures, {len(told['decision'])} decisions: {wrong} differ")
sys.exit(wrong > 0 or not told["group"])
