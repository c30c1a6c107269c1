#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A value more than a hundred limits away is never acceptable, whatever the size of the group, the method and the limit.

Makes one round: a programme for each kind of limit, one with stated targets, and one with values at exactly a hundred
limits. A measurand is a group of n results under one method; one laboratory of it is planted far away in every sample.
The round credits what cannot be graded, so that a far value that slips through as "not evaluated" is seen in
verdicts.csv. Of two results it cannot be: nobody can tell which of them is wrong.

How far is a hundred limits: from the median of the group with the limit at that median, and from the median of the others
with theirs, the greater. For a limit in SD it is so many times 1.483 times the median deviation, at least one unit of the
last place (docs/decisions/0004-absurd-values.md). Everything is counted in units of the last place, exactly.

usage: far.py make INTO METHOD...
       far.py look INTO PUBLISHED      prints TAP    Exit: 0 nothing wrong, 1 something.
"""

import csv
import json
import os
import random
import sys
from fractions import Fraction

from claims import Claims

PLACES = 2
UNIT = 10 ** PLACES
SIZES = range(2, 41)
LABS = ["L%02d" % i for i in range(1, max(SIZES) + 1)]
# Programme: (what it is called in claims, its limits; measurands take them in turn).
KINDS = {
    "pct": ("a percentage", ({"kind": "PCT", "pct": "5"}, {"kind": "PCT", "pct": "25"})),
    "abs": ("an absolute limit", ({"kind": "ABS", "abs": "2"}, {"kind": "ABS", "abs": "0.01"})),
    "greater": ("the greater of both", ({"kind": "PCT_OR_ABS_GREATER", "pct": "5", "abs": "3"},)),
    "cut": ("a cut", ({"kind": "ABS_LE_CUT_ELSE_PCT", "abs": "2", "cut": "40", "pct": "5"},
                      {"kind": "ABS_LT_CUT_ELSE_PCT", "abs": "2", "cut": "40", "pct": "5"})),
    "sd": ("a limit in SD", ({"kind": "SD", "sd": "3"}, {"kind": "SD", "sd": "2"})),
}
STATED = "stated"
EXACT = "exact"
# Under 4 SD, 593.2 times the median deviation from the median: the others are so spread that both are whole.
FOUR_SD = {"kind": "SD", "sd": "4"}
EXACT_SIZES = range(12, 19)  # below 18 the mean's own SD holds its wildest value within 4
SAMPLES = {"A": ("smooth", 1), "B": ("smooth", -1), "C": ("tied", 0), "D": ("lumps", 0)}
HOW_FAR = (100, 101, 150, 1000, 10000, 1000000)


# ---- where a far value lies, in units of the last place ----

def median(v):
    v, n = sorted(v), len(v)
    return Fraction(v[n // 2]) if n % 2 else Fraction(v[n // 2 - 1] + v[n // 2], 2)


def width(limit, middle, values):
    """The limit at the median; None where it is undefined."""
    pct = Fraction(limit.get("pct", "0")) / 100 * middle
    absolute = Fraction(limit.get("abs", "0")) * UNIT
    cut = Fraction(limit.get("cut", "0")) * UNIT
    kind = limit["kind"]
    if kind == "SD":
        return Fraction(limit["sd"]) * max(Fraction("1.483") * median([abs(v - middle) for v in values]), 1)
    if kind == "ABS" or (kind == "ABS_LE_CUT_ELSE_PCT" and middle <= cut) or (kind == "ABS_LT_CUT_ELSE_PCT" and middle < cut):
        return absolute
    if kind == "PCT_OR_ABS_GREATER":
        return max(absolute, pct)
    return pct if middle > 0 else None


def plant(limit, others, how_far, side):
    """The first place at which the value is so many limits away and more."""
    middle = median(others)
    reach = middle + side * how_far * width(limit, middle, others)
    if len(others) > 1:  # of two results the far one moves the median with it
        group = others + [10 ** 15 * side]
        middle = median(group)
        own = middle + side * how_far * width(limit, middle, group)
        reach = max(reach, own) if side > 0 else min(reach, own)
    return int(reach // 1) + 1 if side > 0 else int(-(-reach // 1)) - 1


# ---- the round ----

def draw(r, shape, base, n):
    if shape == "smooth":
        return [round(r.gauss(base, 0.015 * base)) for _ in range(n)]
    if shape == "tied":  # most are equal, or all
        step, share = r.choice((1, 10, 100)), r.choice((0.5, 0.7, 0.9, 1))
        return [base if r.random() < share else base + step * r.choice((-2, -1, 1, 2)) for _ in range(n)]
    return [round(r.gauss(base * r.choice((0.9, 1.1)), 0.01 * base)) for _ in range(n)]


def exact(n):
    """n - 1 values with median 10.00 and median deviation 0.50, also with one far above, and that one."""
    middle = 3 + (n - 12) % 2
    side = (n - 1 - middle) // 2
    others = [950] * side + [1000] * middle + [1050] * side
    far = Fraction(1000) + 100 * width(FOUR_SD, Fraction(1000), others + [10 ** 9])
    assert median(others + [10 ** 9]) == 1000 and far.denominator == 1 and len(others) == n - 1
    return others + [int(far)]


def spell(units):
    sign, units = "-" if units < 0 else "", abs(units)
    return "%s%d.%02d" % (sign, units // UNIT, units % UNIT)


def measurand(code, least, method, limit, screen=""):
    return ('  <measurand code="%s" name="%s" unit="U" places="%d">%s<peers by="" least="%d"/><assign method="%s"%s/>'
            '<limit %s text="x" source="x" confidence="A"/></measurand>\n' % (
                code, code, PLACES, screen, least, method, ' resamples="100"' if method == "kernel-mode" else "",
                " ".join('%s="%s"' % pair for pair in limit.items())))


def main_make(into, methods):
    r = random.Random(20260313)
    os.makedirs(os.path.join(into, "results"))
    declared = {lab: {} for lab in LABS}
    lines, plants, known, schemes = [], [], [], {}
    for programme in list(KINDS) + [STATED]:
        measurands = []
        for n in SIZES:
            for number, method in enumerate(methods):
                # stated targets meet every method and every kind in turn
                kind = programme if programme in KINDS else list(KINDS)[(n + number) % len(KINDS)]
                limits = KINDS[kind][1]
                limit = limits[(n + number) % len(limits)]
                base = r.choice((20, 100)) * UNIT
                code = "%s.%d" % (method, n)
                far = r.randrange(n)
                screened = r.random() < 0.2 and n > 2
                for sample, (shape, side) in SAMPLES.items():
                    values = draw(r, shape, base, n)
                    others = values[:far] + values[far + 1:]
                    values[far] = plant(limit, others, r.choice(HOW_FAR), side or r.choice((-1, 1)))
                    plants.append((programme, code, sample, LABS[far], n, kind))
                    for lab, value in zip(LABS, values):
                        lines.append("%s,%s,%s,%s,%s\n" % (lab, programme, code, sample, spell(value)))
                    if programme == STATED:
                        known.append((programme, code, sample, spell(base)))
                for lab in LABS[:n]:
                    declared[lab].setdefault(programme, []).append(code)
                screen = '<screen least="0.01" most="%s"/>' % spell(2 * base) if screened else ""
                measurands.append(measurand(code, max(2, n - r.choice((0, 1, n))), method, limit, screen))
        schemes[programme] = measurands
    schemes[EXACT] = []
    for n in EXACT_SIZES:
        for method in methods:
            code = "%s.%d" % (method, n)
            schemes[EXACT].append(measurand(code, 2, method, FOUR_SD))
            plants += [(EXACT, code, sample, LABS[n - 1], n, "sd") for sample in SAMPLES]
            for lab, value in zip(LABS, exact(n)):
                declared[lab].setdefault(EXACT, []).append(code)
                lines += ["%s,%s,%s,%s,%s\n" % (lab, EXACT, code, sample, spell(value)) for sample in SAMPLES]
    write_round(into, declared, lines, known, schemes)
    put(into, "plants.json", json.dumps(plants))
    return 0


def put(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def write_round(into, declared, lines, known, schemes):
    programmes = []
    for programme, measurands in schemes.items():
        put(into, programme + ".xml", '<scheme name="%s" version="1" title="%s" pass="80" ungradable="credit">\n%s</scheme>\n' % (
            programme, programme, "".join(measurands)))
        programmes.append('  <programme code="%s" name="%s" scheme="%s.xml">\n%s%s  </programme>\n' % (
            programme, programme, programme, "".join('    <sample code="%s"/>\n' % s for s in SAMPLES),
            "".join('    <known measurand="%s" sample="%s" x-pt="%s" source="x"/>\n' % k[1:] for k in known if k[0] == programme)))
    put(into, "round.xml", '<round id="far" name="远值" year="2026" number="1" opens="2026-03-01T08:00:00Z" closes="2026-03-15T17:00:00Z">\n'
        '  <organiser name="示例中心"/>\n  <regions from="regions.xml"/>\n  <class name="甲"/>\n%s</round>\n' % "".join(programmes))
    put(into, "regions.xml", '<regions set="s" title="t" source="x" confidence="A"><region code="1" name="甲"/></regions>\n')
    put(into, "roster.csv", "code,name,region,class\n" + "".join("%s,实验室%s,1,甲\n" % (lab, lab) for lab in LABS))
    put(into, "enrolments.csv", "lab,programme,measurands\n" + "".join(
        "%s,%s,%s\n" % (lab, p, " ".join(codes)) for lab in LABS for p, codes in declared[lab].items()))
    put(into, "results/all.csv", "lab,programme,measurand,sample,value\n" + "".join(lines))


# ---- what became of it ----

def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main_look(into, published):
    with open(os.path.join(into, "plants.json"), encoding="utf-8") as file:
        plants = [tuple(p) for p in json.load(file)]
    wanted = {(lab, programme, code, sample) for programme, code, sample, lab, _, _ in plants}
    far_labs = {(programme, code): lab for programme, code, _, lab, _, _ in plants}
    cells, honest = {}, {}
    for row in table(published, "scores.csv"):
        where = row["lab"], row["programme"], row["measurand"], row["sample"]
        if where in wanted:
            cells[where] = row
        else:
            honest.setdefault(where[1:], []).append(row)
    targets = {row["group"]: row for row in table(published, "targets.csv")}
    accepted = {(row["lab"], row["programme"], row["measurand"]): int(row["accepted"]) for row in table(published, "verdicts.csv")}
    claims = Claims(2)

    def here(programme, more):
        return [p for p in plants if p[0] == programme and more(p)]

    for programme in list(KINDS) + [STATED]:
        called = "with " + KINDS[programme][0] if programme in KINDS else "with a stated target"
        look_at(claims, programme, called, here, cells, honest, targets, accepted, far_labs)
    rows = [(p, cells[p[3], p[0], p[1], p[2]]) for p in here(EXACT, lambda p: True)]
    claims.say("with a limit in SD a value exactly a hundred limits away is not acceptable either",
               [tell(p, row, targets[row["group"]]) for p, row in rows if row["verdict"] == "acceptable"], len(rows))
    return 1 if claims.bad else 0


def tell(p, row, target):
    return "%s %s %s: %s of %s is %s %s, target %s delta_E %s status %s" % (
        p[0], p[1], p[2], row["value"], p[3], row["verdict"], row["reason"], target.get("x_pt"), target.get("delta_e"), target.get("status"))


def look_at(claims, programme, called, here, cells, honest, targets, accepted, far_labs):
    mine = here(programme, lambda p: True)
    rows = [(p, cells[p[3], p[0], p[1], p[2]]) for p in mine]
    rows = [(p, row, targets.get(row["group"], {})) for p, row in rows]
    claims.say(called + " no far value is acceptable, and all are unacceptable where there is a verdict",
               [tell(*x) for x in rows if x[1]["state"] != "returned" or x[1]["verdict"] == "acceptable" or (
                   x[2].get("status") == "gradable" and x[1]["verdict"] != "unacceptable")], len(rows))

    # Of two results nobody can tell which is wrong; from three on the far one is known, target or not.
    known = [x for x in rows if x[0][4] > 2]
    claims.say(called + " the far one of three or more is told as absurd, also where the sample has no target",
               [tell(*x) for x in known if x[1]["reason"] != "absurd" or x[1]["mark"] not in ("absurd", "screened")], len(known))
    measurands = sorted({(p[0], p[1]) for p, _, _ in known})
    claims.say(called + " no far value of three or more is credited",
               ["%s %s: %s has %d credited" % (*m, far_labs[m], accepted[(far_labs[m], *m)]) for m in measurands
                if accepted[(far_labs[m], *m)]], len(measurands))
    if programme == STATED:
        return

    # The target lies among the others.
    moved, looked = [], 0
    for p, row, target in known:
        if target.get("status") != "gradable":
            continue
        looked += 1
        others = [Fraction(h["value"]) for h in honest[p[0], p[1], p[2]]]
        # spread over what rounding leaves open, half a unit
        if not min(others) - Fraction(1, 2 * UNIT) <= Fraction(target["x_exact"]) <= max(others) + Fraction(1, 2 * UNIT):
            moved.append(tell(p, row, target))
    claims.say(called + " no far value draws a target away from the others", moved, looked)
    two = [x for x in rows if x[0][4] == 2]
    unlike = []
    for p, row, target in two:
        other = honest[p[0], p[1], p[2]][0]
        if other["verdict"] == "acceptable" or other["verdict"] != row["verdict"]:
            unlike.append(tell(p, row, target) + ", the other " + other["verdict"])
    claims.say(called + " two results that far apart are treated alike, and neither is acceptable", unlike, len(two))


def main(arguments):
    if len(arguments) >= 3 and arguments[0] == "make":
        return main_make(arguments[1], arguments[2:])
    if len(arguments) == 3 and arguments[0] == "look":
        return main_look(arguments[1], arguments[2])
    print("usage: far.py make INTO METHOD... | far.py look INTO PUBLISHED", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
