#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What values in other units and other ways of writing must become, worked out with Python's decimals.

usage: words.py factors UNITS.xml           every factor with a molar mass follows from it
       words.py make RULES INTO SEED        a round folder INTO, and INTO.expected
       words.py compare EXPECTED SCORES     every value, what was sent, and the remark

Exit: 0 as it must be, 1 otherwise (the first differences are printed).
"""

import csv
import os
import random
import sys
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_EVEN, Context, Decimal

MASS = {"g/L": 0, "mg/L": -3, "ug/L": -6, "ng/L": -9, "g/dL": 1, "mg/dL": -2, "ug/dL": -5, "ng/dL": -8}
MOLE = {"mmol/L": -3, "umol/L": -6, "nmol/L": -9, "pmol/L": -12}


def factors(path):
    wrong = checked = 0
    for row in ET.parse(path).getroot().findall("measurand"):
        mass = row.get("molar-mass")
        for source in row.findall("from"):
            unit, to = source.get("unit"), row.get("unit")
            if unit in MASS and to in MASS:
                true = Decimal(10) ** (MASS[unit] - MASS[to])
            elif mass and unit in MASS and to in MOLE:
                true = Decimal(10) ** (MASS[unit] - MOLE[to]) / Decimal(mass)
            elif mass and unit in MOLE and to in MASS:
                true = Decimal(10) ** (MOLE[unit] - MASS[to]) * Decimal(mass)
            else:
                continue
            checked += 1
            factor = Decimal(source.get("factor"))
            if factor != Context(prec=4, rounding=ROUND_HALF_EVEN).plus(true):
                wrong += 1
                print(f"{row.get('code')}: {source.get('factor')} from {unit} to {to}, which is {true:.6g}")
    print(f"{checked} factors checked")
    return 1 if wrong or checked < 50 else 0


# How a number or a bound may be written, and the text that is printed for it.
def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


WRITINGS = [
    lambda s: (s, "", s), lambda s: (full_width(s), "", s), lambda s: ("<" + s, "<", s), lambda s: ("＜" + s, "<", s),
    lambda s: ("≤ " + s, "<", s), lambda s: ("大于" + s, ">", s), lambda s: (">" + s, ">", s), lambda s: ("\u00a0" + s + "\u3000", "", s),
]
WIDE = [" ", "\u3000"]


def plain(number):
    return format(number, "f")


def times(value, factor):
    """As the documents say: the zeros at the end of the factor are no digits; exact, or 18 digits half to even."""
    factor = Decimal(factor).normalize()
    exact = Context(prec=60).multiply(Decimal(value), factor)
    return Context(prec=18, rounding=ROUND_HALF_EVEN).plus(exact)


def make(rules, into, seed):
    chance = random.Random(seed)
    scheme = ET.parse(os.path.join(rules, "schemes/cn-routine-chemistry.xml")).getroot()
    units = ET.parse(os.path.join(rules, "units/common-2026.xml")).getroot()
    table = f"{units.get('name')} {units.get('version')}"
    spellings = {u.get("name"): [s.get("of") for s in u.findall("spelling")] for u in units.findall("unit")}
    known = {(m.get("code"), m.get("unit")): m.findall("from") for m in units.findall("measurand")}
    measurands = [(m.get("code"), m.get("unit"), known.get((m.get("limit-code") or m.get("code"), m.get("unit")), []))
                  for m in scheme.findall("measurand")]
    labs = [f"U{i:03d}" for i in range(1, 21)]
    os.makedirs(os.path.join(into, "results"))
    with open(os.path.join(into, "round.xml"), "w", encoding="utf-8") as out:
        out.write('<round id="W" name="单位" year="2026" number="1" opens="2026-03-01T08:00:00+08:00" closes="2026-03-15T17:00:00+08:00">'
                  '<organiser name="示例中心"/><regions from="hubei"/><class name="公立"/>'
                  '<programme code="chem" name="生化" scheme="cn-routine-chemistry"><choices censored="not_evaluated"/>'
                  '<sample code="S1"/></programme></round>\n')
    with open(os.path.join(into, "roster.csv"), "w", encoding="utf-8") as out:
        out.write("code,name,region,class\n" + "".join(f"{lab},示例{lab},420100,公立\n" for lab in labs))
    with open(os.path.join(into, "enrolments.csv"), "w", encoding="utf-8") as out:
        out.write("lab,programme,measurands\n" + "".join(f"{lab},chem,*\n" for lab in labs))
    rows, expected = [], []
    for lab in labs:
        for code, unit, others in measurands:
            digits = chance.choice(["7", "94.6", "5.20", "0.035", "1234.5", "60.0", "123456789012.25"])
            written, sign, number = chance.choice(WRITINGS)(digits)
            source = chance.choice([None] + others)
            named = source.get("unit") if source is not None else unit
            shown = chance.choice([named] + spellings.get(named, []))
            beside = chance.random() < 0.3 and "(" not in shown and not shown[0].isdigit() and not shown.startswith(("x10", "X10", "×10", "百"))
            if beside:
                written = written.strip("\u00a0\u3000") + chance.choice(WIDE) + shown
            # a grid has the units of its rows in a column; here some rows leave it empty
            column = shown if source is not None and not beside else chance.choice(["", shown])
            value = Decimal(number) if source is None else times(number, source.get("factor"))
            remark = "" if source is None else f"converted from {named}: x {source.get('factor')} ({table})"
            text = sign + plain(value)
            sent = f"{written} {column}" if source is not None and not beside else written
            rows.append([lab, "chem", code, "S1", written, column])
            expected.append([lab, code, text, "" if sent == text else sent, remark])
    chance.shuffle(rows)
    for k in range(3):
        with open(os.path.join(into, f"results/{k}.csv"), "w", encoding="utf-8", newline="") as out:
            write = csv.writer(out, lineterminator="\n")
            write.writerow(["lab", "programme", "measurand", "sample", "value", "unit"])
            write.writerows(rows[k::3])
    with open(into + ".expected", "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(expected)
    return 0


def compare(expected, scores):
    with open(scores, encoding="utf-8", newline="") as lines:
        got = {(r["lab"], r["measurand"]): r for r in csv.DictReader(lines)}
    wrong = n = 0
    with open(expected, encoding="utf-8", newline="") as lines:
        for lab, code, value, sent, remark in csv.reader(lines):
            row, n = got[lab, code], n + 1
            if (row["value"], row["sent"].strip("\u3000\u00a0"), row["remark"]) != (value, sent.strip("\u3000\u00a0"), remark):
                wrong += 1
                if wrong < 10:
                    print(f"{lab} {code}: {row['value']!r} {row['sent']!r} {row['remark']!r} instead of {value!r} {sent!r} {remark!r}")
    print(f"{n} values compared, {wrong} differ")
    return 1 if wrong or n < 800 else 0


if __name__ == "__main__":
    jobs = {"factors": (factors, 1), "make": (make, 3), "compare": (compare, 2)}
    if len(sys.argv) < 2 or sys.argv[1] not in jobs or len(sys.argv) != 2 + jobs[sys.argv[1]][1]:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(jobs[sys.argv[1]][0](*sys.argv[2:]))
