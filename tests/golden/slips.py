# SPDX-License-Identifier: GPL-3.0-or-later
"""Slips, by a second hand: small rounds in which one thing is wrong, on both sides of each threshold; on simulated rounds
all orders of the samples and all pairs of laboratories, tried one by one.

slips.py FOLDER   makes rounds in FOLDER, closes each, prints TAP; slips_twin.py looks at simulated rounds"""

import csv
import itertools
import math
import os
import subprocess
import sys
from random import Random

NEAR, FAR, LEAST = 3.5, 6.0, 8


# ---- what the documents say, plainly ----

def median(values):
    x = sorted(values)
    n = len(x)
    return x[n // 2] if n % 2 else (x[n // 2 - 1] + x[n // 2]) / 2


def centre(values, places, least=LEAST):
    """(median, spread) of a sample; None when there are too few."""
    if len(values) < least:
        return None
    mid = median(values)
    return mid, max(1.483 * median([abs(v - mid) for v in values]), 0.5 * 10 ** -places)


def level(centres):
    """The spread is at least that of the middle sample, as part of the median."""
    known = [c for c in centres if c]
    if not known or any(mid <= 0 for mid, _ in known):
        return centres
    ratio = median([s / mid for mid, s in known])
    return [c and (c[0], max(c[1], ratio * c[0])) for c in centres]


def distance(c, x, half=0):
    return math.inf if c is None else max(abs(x - c[0]) - half, 0) / c[1]


def half_step(text):
    return 0.5 * 10.0 ** -len(text.partition(".")[2])


# ---- small rounds ----

LABS, SAMPLES = 31, 5  # of a small round
LEVELS = {"A": (10, 20, 30, 40, 50), "B": (300, 120, 200, 170, 250), "C": (1.5, 2.5, 4.0, 1.0, 3.2)}
PLACES = {"A": 2, "B": 1, "C": 3}
MISTAKEN = {"A": '<mistaken unit="mg/dL" factor="18.02"/>'}
ROUND = """<round id="slips" name="一轮" year="2026" number="1" opens="2026-03-01T08:00:00Z" closes="2026-03-15T17:00:00Z">
  <organiser name="示例中心"/><regions from="regions.xml"/><class name="甲"/>
  <programme code="p" name="p" scheme="p.xml">%s</programme>
</round>
"""
MEASURAND = """<measurand code="{0}" name="{0}" unit="U" places="{1}">{2}<peers{3} least="12"/><assign method="median-made"/>
<limit kind="PCT" pct="10" text="x" source="x" confidence="A"/></measurand>
"""


def code(i):
    return "L%02d" % i


class Small:
    """31 laboratories, three measurands, five samples; nobody agrees with anybody."""

    def __init__(self):
        self.sent, self.instrument, self.decisions, self.labs = {}, {}, "", LABS
        for (m, levels), prime in zip(LEVELS.items(), (7, 11, 13)):
            for s, mid in enumerate(levels):
                for i in range(LABS):
                    z = ((i * prime * (s + 2) + s) % LABS - 15) / 10
                    self.put(i, m, s, mid * (1 + 0.02 * z))

    def put(self, i, m, s, x):
        self.sent[i, m, s] = "%.*f" % (PLACES[m], x)

    def get(self, i, m, s):
        return float(self.sent[i, m, s])

    def centres(self, m):
        return level([centre([self.get(i, m, s) for i in range(LABS)], PLACES[m]) for s in range(SAMPLES)])

    def write(self, folder, choices):
        os.makedirs(os.path.join(folder, "results"))

        def put(name, text):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        by = ' by="instrument"' if self.instrument else ""
        put("p.xml", '<scheme name="p" version="1" title="p" pass="80">%s%s</scheme>\n' % (
            "<choices%s/>" % "".join(' %s="%s"' % pair for pair in choices.items()) if choices else "",
            "".join(MEASURAND.format(m, PLACES[m], MISTAKEN.get(m, ""), by) for m in LEVELS)))
        put("round.xml", ROUND % "".join('<sample code="S%d"/>' % (s + 1) for s in range(SAMPLES)))
        put("regions.xml", '<regions set="s" title="t" source="x" confidence="A"><region code="1" name="甲"/></regions>\n')
        put("roster.csv", "code,name,region,class\n" + "".join("%s,示例实验室%d,1,甲\n" % (code(i), i) for i in range(self.labs)))
        put("enrolments.csv", "lab,programme,measurands\n" + "".join("%s,p,*\n" % code(i) for i in range(self.labs)))
        put("results/all.csv", "lab,measurand,sample,value,instrument\n" + "".join(
            "%s,%s,S%d,%s,%s\n" % (code(i), m, s + 1, self.sent[i, m, s], self.instrument.get(i, ""))
            for i in range(self.labs) for m in LEVELS for s in range(SAMPLES)))
        if self.decisions:
            put("decisions.xml", "<decisions>%s</decisions>\n" % self.decisions)


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Bench:
    def __init__(self, folder):
        self.folder, self.n, self.bad = folder, 0, False

    def close(self, small, **choices):
        self.n += 1
        where = os.path.join(self.folder, "r%d" % self.n)
        small.write(where, choices)
        command = os.environ["ZHIPING"].split() + ["close"] + os.environ["ZP_OPTIONS"].split() + [
            where, "--into", where + ".out", "--issued", "2026-03-31", "--emit", "tables"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise SystemExit("# %s%s\nBail out! %s does not close" % (done.stderr, done.stdout, where))
        return os.path.join(where + ".out", "slips", "v1")

    def hints(self, small, **choices):
        return table(self.close(small, **choices), "hints.csv")


CASES = []


def case(claim):
    def keep(function):
        CASES.append((claim, function))
        return function
    return keep


def cells(rows):
    return sorted((r["hint"], r["lab"], r["measurand"], r["sample"]) for r in rows)


def is_(got, wanted):
    return [] if got == wanted else ["%r, expected %r" % (got, wanted)]


def close_to(what, got, wanted):
    return [] if abs(float(got) - wanted) <= 0.00501 else ["%s is %s, expected %.3f" % (what, got, wanted)]


@case("31 laboratories that agree as laboratories do give no hint")
def honest(b):
    return is_(b.hints(Small()), [])


@case("a measurand in another unit of the rules is told with its factor, the value it would be and both distances")
def unit(b):
    r = Small()
    r.sent.update({(15, "A", s): "%.2f" % (r.get(15, "A", s) * 18.02) for s in range(SAMPLES)})
    rows, wrong = b.hints(r), []
    wrong += is_(cells(rows), [("unit", "L15", "A", "S%d" % (s + 1)) for s in range(SAMPLES)])
    for s, row in enumerate(rows):
        c, x = r.centres("A")[s], r.get(15, "A", s)
        wrong += is_((row["factor"], row["unit"], row["other"], row["mark"]), ("18.02", "mg/dL", "", ""))
        wrong += is_(row["corrected"], "%.2f" % (x / 18.02))
        wrong += close_to("before", row["before"], distance(c, x)) + close_to("after", row["after"], distance(c, x / 18.02))
    return wrong


@case("four of five results are enough for a unit, three are not")
def unit_four(b):
    wrong = []
    for off, wanted in ((1, 4), (2, 0)):
        r = Small()
        for s in range(SAMPLES):
            r.put(15, "A", s, (r.get(15, "A", s) + (6 * r.centres("A")[s][1] if s < off else 0)) * 18.02)
        wrong += is_(sum(row["hint"] == "unit" for row in b.hints(r)), wanted)
    return wrong


@case("a factor of a thousand is found without the rules, both ways")
def thousand(b):
    wrong = []
    for factor in (1000, 0.001):
        r = Small()
        r.sent.update({(15, "B", s): "%.6f" % (r.get(15, "B", s) * factor) for s in range(SAMPLES)})
        rows = b.hints(r)
        wrong += is_(cells(rows), [("unit", "L15", "B", "S%d" % (s + 1)) for s in range(SAMPLES)])
        wrong += is_({row["factor"] for row in rows}, {"1000" if factor > 1 else "0.001"})
    return wrong


@case("a decimal slip by 10, 100 or 1000 is told, up or down, where what it would be lies within slip_near; not beyond")
def decimal(b):
    wrong = []
    for power, off, told in itertools.product((1, 2, 3, -1, -2), (3.45, 3.55, -3.45, -3.55), (None,)):
        r = Small()
        r.put(15, "A", 2, 1e6)  # centres are those of a round with a value far away
        c = r.centres("A")[2]
        meant = c[0] + off * c[1]
        r.sent[15, "A", 2] = "%.*f" % (8, meant * 10 ** power)
        if power < 0:  # far away on the other side
            c = r.centres("A")[2]
            r.sent[15, "A", 2] = "%.*f" % (8, (c[0] + off * c[1]) * 10 ** power)
        told = abs(off) < NEAR
        rows = b.hints(r)
        wrong += is_(cells(rows), [("decimal", "L15", "A", "S3")] if told else [])
        if told and rows:
            wrong += close_to("after", rows[0]["after"], abs(off)) + is_(rows[0]["factor"], "%g" % 10 ** power)
    return wrong


@case("what was sent must lie beyond slip_far, to the second decimal")
def far(b):
    r = Small()
    r.put(15, "A", 0, r.get(15, "A", 0) * 10)
    d = distance(r.centres("A")[0], r.get(15, "A", 0))
    return is_(len(b.hints(r, slip_far="%.2f" % (d - 0.01))), 1) + is_(len(b.hints(r, slip_far="%.2f" % (d + 0.01))), 0)


@case("a minus where there should be none is told")
def sign(b):
    r = Small()
    r.sent[15, "C", 3] = "-" + r.sent[15, "C", 3]
    rows = b.hints(r)
    return is_([(row["hint"], row["value"], row["corrected"]) for row in rows], [("sign", r.sent[15, "C", 3], r.sent[15, "C", 3][1:])])


def swap(r, i, m, a, b):
    r.sent[i, m, a], r.sent[i, m, b] = r.sent[i, m, b], r.sent[i, m, a]


@case("two tubes that changed places are told in every measurand, with the sample that each result is of")
def tubes(b):
    r = Small()
    for m in LEVELS:
        swap(r, 15, m, 1, 3)
    rows = b.hints(r)
    wrong = is_([(row["hint"], row["lab"], row["measurand"], row["sample"], row["other"]) for row in rows],
                [("samples", "L15", m, s, o) for m in LEVELS for s, o in (("S2", "S4"), ("S4", "S2"))])
    for row in rows:
        m, s, o = row["measurand"], int(row["sample"][1]) - 1, int(row["other"][1]) - 1
        wrong += close_to("before", row["before"], distance(r.centres(m)[s], r.get(15, m, s)))
        wrong += close_to("after", row["after"], distance(r.centres(m)[o], r.get(15, m, s)))
        wrong += is_(row["corrected"], r.sent[15, m, o])
    return wrong


@case("a single line that was filled in out of order is told alone; three that moved round, all three")
def line(b):
    r, q = Small(), Small()
    swap(r, 15, "B", 1, 3)
    a, c, e = (q.sent[15, "A", s] for s in (0, 2, 4))
    q.sent[15, "A", 0], q.sent[15, "A", 2], q.sent[15, "A", 4] = c, e, a
    return is_(cells(b.hints(r)), [("samples", "L15", "B", "S2"), ("samples", "L15", "B", "S4")]) + \
        is_(cells(b.hints(q)), [("samples", "L15", "A", s) for s in ("S1", "S3", "S5")])


@case("samples changed places only where both results lie beyond slip_far")
def line_far(b):
    r = Small()
    swap(r, 15, "B", 1, 3)
    c = r.centres("B")
    d = min(distance(c[1], r.get(15, "B", 1)), distance(c[3], r.get(15, "B", 3)))
    return is_(len(b.hints(r, slip_far="%.2f" % (d - 0.01))), 2) + is_(len(b.hints(r, slip_far="%.2f" % (d + 0.01))), 0)


@case("two measurands that changed places are told, all results of both")
def measurands(b):
    r = Small()
    for s in range(SAMPLES):
        r.sent[15, "A", s], r.sent[15, "B", s] = r.sent[15, "B", s], r.sent[15, "A", s]
    rows = b.hints(r)
    return is_([(row["hint"], row["measurand"], row["sample"], row["other"], row["corrected"]) for row in rows],
               [("measurands", m, "S%d" % (s + 1), o, r.sent[15, o, s]) for m, o in (("A", "B"), ("B", "A")) for s in range(SAMPLES)])


@case("a line that slid into the next one's place is told, but not one whose own place is filled as it should be")
def slid(b):
    r = Small()
    for s in range(SAMPLES):
        r.sent[15, "C", s], r.sent[15, "B", s] = r.sent[15, "B", s], r.sent[15, "A", s]
    rows = b.hints(r)
    return is_({(row["hint"], row["measurand"], row["other"]) for row in rows}, {("measurands", "C", "B")})


def copy(r, i, of, scale=1):
    for m in LEVELS:
        for s in range(SAMPLES):
            r.put(i, m, s, r.get(of, m, s) * scale)


@case("who returns what the one before it returned is told, and the one before is not")
def repeated(b):
    r = Small()
    copy(r, 16, 15)
    rows = b.hints(r)
    return is_([(row["hint"], row["lab"], row["measurand"], row["other"], row["common"], row["equal"]) for row in rows],
               [("repeated", "L16", "*", "L15", "15", "15")])


@case("two laboratories of the same results are both told, for no one knows who copied")
def copied(b):
    r = Small()
    copy(r, 20, 5)
    rows = b.hints(r)
    return is_([(row["hint"], row["lab"], row["other"], row["equal"], row["factor"]) for row in rows],
               [("copied", "L05", "L20", "15", ""), ("copied", "L20", "L05", "15", "")])


@case("twelve of fifteen results are share enough (copied_share 0.8), eleven are not")
def share(b):
    wrong = []
    for differ, told in ((3, 2), (4, 0)):
        r = Small()
        copy(r, 20, 5)
        for s in range(differ):
            r.put(20, "A" if s < 2 else "C", s, r.get(20, "A" if s < 2 else "C", s) * 1.02)
        rows = b.hints(r)
        wrong += is_([row["equal"] for row in rows], [str(15 - differ)] * told)
    return wrong


@case("with one informative result less than copied_least nobody is accused")
def few(b):
    r = Small()
    copy(r, 20, 5)
    copy(r, 16, 15)
    return is_(len(b.hints(r, copied_least="15")), 3) + is_(b.hints(r, copied_least="16"), [])


@case("all results of another laboratory by one factor are told with the factor")
def scaled(b):
    r = Small()
    copy(r, 20, 5, 1.03)
    rows = b.hints(r)
    wrong = is_([(row["hint"], row["lab"], row["other"]) for row in rows], [("copied", "L05", "L20"), ("copied", "L20", "L05")])
    return wrong + [w for row, f in zip(rows, (1 / 1.03, 1.03)) for w in ([] if abs(float(row["factor"]) - f) < 0.001 else ["factor %s" % row["factor"]])]


@case("what chance makes is held against copied_expected")
def expected(b):
    r = Small()
    copy(r, 20, 5)
    return is_(b.hints(r, copied_expected="1e-90"), []) + is_(len(b.hints(r, copied_expected="1e-9")), 2)


@case("what a group of instruments reads is no slip")
def group(b):
    r = Small()
    for i in range(0, LABS, 2):
        r.instrument[i] = "乙机"
        for s in range(SAMPLES):
            r.put(i, "A", s, r.get(i, "A", s) * 10)
    for i in range(1, LABS, 2):
        r.instrument[i] = "甲机"
    return is_(b.hints(r), [])


@case("with fewer results than slip_least nothing is a slip")
def least(b):
    r = Small()
    r.put(15, "A", 0, r.get(15, "A", 0) * 10)
    return is_(len(b.hints(r, slip_least="31")), 1) + is_(b.hints(r, slip_least="32"), [])


class Coarse(Small):
    """120 laboratories of four instruments; results in whole steps, some laboratories much more precise than others."""

    def __init__(self, seed, sd, precisions, between):
        super().__init__()
        random = Random(seed)
        self.sent.clear()
        self.labs = 120
        for i in range(self.labs):
            precise = random.choice(precisions)
            self.instrument[i] = "%s机" % random.choice("甲乙丙丁")
            for m in LEVELS:
                bias = random.gauss(0, between * sd)
                for s in range(SAMPLES):
                    self.sent[i, m, s] = "%.*f" % (PLACES[m], (200 * (s + 1) + round(bias + random.gauss(0, precise * sd))) * 10.0 ** -PLACES[m])


@case("results of few steps and laboratories of all degrees of precision agree now and then, and nobody is accused")
def precise(b):
    wrong = []
    for seed, (sd, precisions, between) in enumerate(((2, (0.3, 0.6, 1, 1.5), 0.5), (5, (0.1, 0.3, 1, 2), 1), (10, (0.05, 1, 1, 1), 0.3),
                                                      (10, (0.05, 1, 1, 1), 0.3), (20, (0.03, 0.05, 1), 0.1))):
        rows = [row for row in b.hints(Coarse(seed, sd, precisions, between)) if row["hint"] in ("copied", "repeated")]
        wrong += ["sd %d: %r" % (sd, row) for row in rows]
    return wrong


PLANTED = {"slip_unit": lambda r: [r.put(15, "A", s, r.get(15, "A", s) * 18.02) for s in range(SAMPLES)],
           "slip_decimal": lambda r: r.put(15, "A", 0, r.get(15, "A", 0) * 10),
           "slip_sign": lambda r: r.put(15, "A", 0, -r.get(15, "A", 0)),
           "slip_samples": lambda r: [swap(r, 15, m, 1, 3) for m in LEVELS],
           "slip_measurands": lambda r: [r.sent.update({(15, "A", s): r.sent[15, "B", s], (15, "B", s): r.sent[15, "A", s]}) for s in range(SAMPLES)],
           "slip_repeated": lambda r: copy(r, 16, 15), "copied": lambda r: copy(r, 20, 5)}


@case("what is ignored is not told")
def ignored(b):
    wrong = []
    for choice, plant in PLANTED.items():
        r = Small()
        plant(r)
        own = choice.replace("slip_", "")
        rows = b.hints(r, **{choice: "ignore"})
        wrong += ["%s: %r" % (choice, row) for row in rows if row["hint"] == own]
    return wrong


@case("what is set aside is in no statistics, as if it had been decided, and is judged as it was sent")
def aside(b):
    wrong = []
    for choice, plant in PLANTED.items():
        r = Small()
        plant(r)
        told, out = b.close(r), b.close(r, **{choice: "aside"})
        gone = [row for row in table(out, "scores.csv") if row["mark"] == "slip"]
        if not gone:
            wrong.append("%s: nothing is set aside" % choice)
        r.decisions = "".join('<do-not-evaluate programme="p" lab="%s" measurand="%s" sample="%s" who="甲" when="2026-03-20" why="试"/>' % (
            row["lab"], row["measurand"], row["sample"]) for row in gone)
        decided = b.close(r)
        figures = ("measurand", "sample", "kept", "x_exact", "s", "low", "high")
        wrong += is_([[t[f] for f in figures] for t in table(out, "targets.csv")], [[t[f] for f in figures] for t in table(decided, "targets.csv")])
        kept = {(row["lab"], row["measurand"], row["sample"]): row for row in table(told, "scores.csv")}
        for row in gone:
            before = kept[row["lab"], row["measurand"], row["sample"]]
            wrong += is_([before[f] for f in ("value", "verdict", "reason")], [row[f] for f in ("value", "verdict", "reason")])
            if choice not in ("slip_repeated", "copied") and row["verdict"] != "unacceptable":
                wrong.append("%s: %s is %s" % (choice, row["value"], row["verdict"]))
    return wrong


def run_cases(folder):
    b, bad = Bench(folder), False
    for i, (claim, question) in enumerate(CASES, 1):
        wrong = question(b)
        for text in wrong[:6]:
            print("#", text)
        print("%s %d - %s" % ("not ok" if wrong else "ok", i, claim))
        bad = bad or bool(wrong)
    print("1..%d" % len(CASES))
    return bad


if __name__ == "__main__":
    run_cases(sys.argv[1])
