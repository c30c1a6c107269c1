# SPDX-License-Identifier: GPL-3.0-or-later
"""The scores beside the verdict, each worked out here from docs/formats/scheme.md and held against points.csv, and what
`zhiping explain` says of them. Cases of doubts.py. Scores are exact fractions where they can be: one that lies on a
bound in decimals lies on it."""

import math
import os
import shlex
import subprocess
from fractions import Fraction

import twin_stats
from claims import case, fractions, printed, root, same, signal
from invent import WIDE, absolute, lab, score, sigma

VALUES = ["9.10", "9.80", "9.99", "10.00", "10.01", "10.40", "11.37", "14.00", "30.00", "-5.00"]


def ratio(numerator, scale):
    """None where there is no scale: a score is never infinite."""
    return numerator / scale if scale else None


def scores(r, name, bounds, rows, formula, inside=""):
    """bounds: the presets of warn and act; None: there is no signal. rows: (settings of the score, x_pt, u(x_pt),
    uncertainty of the laboratories). formula: of (D, x_pt, u, u_x, settings)."""
    asked = [("%s %s at %s, u %s, u(x) %s" % (name, settings, x_pt, u, u_x), settings, Fraction(x_pt), u and Fraction(u), u_x and Fraction(u_x),
              r.stated([(v, u_x) if u_x else v for v in VALUES], x_pt, u, inside=score(name, **settings) + inside))
             for settings, x_pt, u, u_x in rows]

    def look(out):
        for what, settings, x_pt, u, u_x, q in asked:
            for i, value in enumerate(VALUES):
                wanted, said = formula(Fraction(value) - x_pt, x_pt, u, u_x, settings), out.said(q, i)
                word = bounds and signal(wanted, Fraction(settings.get("warn", bounds[0])), Fraction(settings.get("act", bounds[1])))
                yield same("%s: scores of %s" % (what, value), [s[0] for s in said], [name])
                yield printed("%s: %s" % (what, value), said[0][1], wanted)
                yield same("%s: signal of %s" % (what, value), said[0][2], word or "")
    return look


@case("z is (x - x_pt) / sigma_pt")
def _(r):
    rows = [({}, "10", None, None), ({"warn": "1", "act": "4"}, "10.2", None, None), ({"warn": "2", "act": "2"}, "-3", "0.1", None)]
    return scores(r, "z", (2, 3), rows, lambda d, x_pt, u, u_x, s: d / Fraction("0.37"), sigma("perception", sd="0.37"))


@case("z' has u(x_pt) in its scale")
def _(r):
    rows = [({}, "10", "0.21", None), ({"warn": "1", "act": "4"}, "10.2", "1.5", None)]
    return scores(r, "z-prime", (2, 3), rows, lambda d, x_pt, u, u_x, s: d / root(Fraction("0.37") ** 2 + u ** 2),
                  sigma("perception", sd="0.37"))


@case("zeta has both standard uncertainties in its scale")
def _(r):
    rows = [({}, "10", "0.21", "0.3"), ({}, "10", "0.21", "0.05"), ({"warn": "1", "act": "4"}, "10.2", "1.5", "0.3")]
    return scores(r, "zeta", (2, 3), rows, lambda d, x_pt, u, u_x, s: d / root(u_x ** 2 + u ** 2))


@case("an uncertainty goes to the logarithm with its value: u / (x ln 10)")
def _(r):
    sent = [("3.00", "0.50"), ("0.50", "0.10"), ("1200", "150")]
    q = r.stated(sent, "0.30", "0.02", more={"transform": "log10"}, inside=score("zeta"))

    def look(out):
        for i, (x, u) in enumerate(sent):
            u_x = Fraction(float(u) / (float(x) * math.log(10)))
            wanted = (Fraction(math.log10(float(x))) - Fraction("0.30")) / root(u_x ** 2 + Fraction("0.02") ** 2)
            yield printed("zeta of " + x, out.said(q, i)[0][1], wanted)
    return look


@case("En has both expanded uncertainties in its scale")
def _(r):
    rows = [({}, "10", "0.21", "0.3"), ({"k": "3"}, "10", "0.21", "0.05"), ({"k": "1.96", "warn": "0.5", "act": "2"}, "10.2", "1.5", "0.3")]
    return scores(r, "en", (1, 1), rows, lambda d, x_pt, u, u_x, s: d / (Fraction(s.get("k", 2)) * root(u_x ** 2 + u ** 2)))


@case("sdi-fixed divides by TDPA x_pt / (100 t)")
def _(r):
    rows = [({}, "10", None, None), ({"tdpa": "4.5", "t": "2"}, "10.2", None, None), ({}, "-8", None, None), ({}, "0", None, None)]
    return scores(r, "sdi-fixed", (2, 3), rows,
                  lambda d, x_pt, u, u_x, s: ratio(d, Fraction(s.get("tdpa", 10)) * abs(x_pt) / (100 * Fraction(s.get("t", "1.645")))))


@case("the target score is 100 log10(3.16 TDPA / |D%|), between least and most, and has no signal")
def _(r):
    def target_score(d, x_pt, u, u_x, s):
        tdpa, least, most = (Fraction(s.get(name, preset)) for name, preset in (("tdpa", 10), ("least", 10), ("most", 120)))
        if not x_pt:
            return None
        return min(max(Fraction(100 * math.log10(Fraction("3.16") * tdpa / abs(100 * d / x_pt))), least), most) if d else most
    rows = [({}, "10", None, None), ({"tdpa": "4.5"}, "10.2", None, None), ({"least": "0", "most": "200"}, "9.99", None, None),
            ({}, "-8", None, None), ({}, "0", None, None)]
    return scores(r, "target-score", None, rows, target_score)


@case("the variance index score is |D%| in percent of the CCV, at most 400")
def _(r):
    def index(d, x_pt, u, u_x, s):
        return min(10000 * abs(d) / abs(x_pt) / Fraction(s.get("ccv", 10)), Fraction(s.get("most", 400))) if x_pt else None
    rows = [({}, "10", None, None), ({"ccv": "2.2", "most": "150"}, "10.2", None, None), ({"warn": "10", "act": "11"}, "9.99", None, None),
            ({}, "-8", None, None), ({}, "0", None, None)]
    return scores(r, "vis", (150, 200), rows, index)


@case("aps is D in units of the greater specification")
def _(r):
    both = {"abs": "0.4", "pct": "5"}
    rows = [({"abs": "0.4"}, "10", None, None), ({"pct": "5"}, "10", None, None), (both, "10.2", None, None), (both, "1", None, None),
            ({"pct": "5"}, "-8", None, None), ({"pct": "5"}, "0", None, None), ({"abs": "0.4", "warn": "0.5", "act": "1.5"}, "10", None, None)]
    return scores(r, "aps", (1, 1), rows,
                  lambda d, x_pt, u, u_x, s: ratio(d, max(Fraction(s.get("abs", 0)), Fraction(s.get("pct", 0)) * abs(x_pt) / 100)))


# ---- on the bounds ----

def on_bounds(r, name, x_pt, scale, settings=None, bounds=(2, 3), u=None, u_x=None, inside="", limit=WIDE):
    """Results on both bounds and a last place beside them, on both sides. Gives: (result, x_pt, scorer, question, signal)."""
    x_pt, scale, unit, (warn, act) = Fraction(x_pt), Fraction(scale), Fraction(1, 10 ** 6), bounds
    steps = [(warn * scale - unit, "acceptable"), (act * scale, "action"), (act * scale + unit, "action")]
    if warn < act:
        steps += [(warn * scale, "acceptable"), (warn * scale + unit, "warning"), (act * scale - unit, "warning")]
    for side in (-1, 1):
        for step, wanted in steps:
            value = "%.6f" % (x_pt + side * step)
            q = r.stated([(value, u_x) if u_x else value], "%.6f" % x_pt, u, inside=score(name, **settings or {}) + inside, limit=limit, places=6)
            yield value, x_pt, name, q, wanted


def signals(asked):
    return lambda out: [same("%s of %s at %s, which is %s" % (name, value, float(x_pt), out.said(q, 0)[0][1]), out.said(q, 0)[0][2], wanted)
                        for value, x_pt, name, q, wanted in asked]


@case("on `warn` a score is acceptable and on `act` it is action, where halves and quarters make it exact")
def _(r):
    return signals([row for rows in (
        on_bounds(r, "z", "10", "0.5", inside=sigma("perception", sd="0.5")),
        on_bounds(r, "z", "16", "2", {"warn": "1", "act": "1"}, (1, 1), inside=sigma("perception", sd="2")),
        on_bounds(r, "z-prime", "10", "5", u="4", inside=sigma("perception", sd="3")),
        on_bounds(r, "zeta", "10", "2.5", u="1.5", u_x="2"), on_bounds(r, "en", "10", "10", None, (1, 1), u="3", u_x="4"),
        on_bounds(r, "aps", "16", "0.5", {"abs": "0.5"}, (1, 1)), on_bounds(r, "vis", "8", "0.08", {"ccv": "100"}, (150, 200)),
        on_bounds(r, "sdi-fixed", "8", "0.5", {"tdpa": "12.5", "t": "2"})) for row in rows])


@case("on `warn` a score is acceptable and on `act` it is action, where only decimals make it exact")
def _(r):
    asked = []
    for x_pt in ("5.2", "4.1", "10.3", "0.7", "139.9"):
        for sd in ("0.1", "0.07", "0.3", "1.1"):
            asked += on_bounds(r, "z", x_pt, sd, inside=sigma("perception", sd=sd))
        asked += on_bounds(r, "z-prime", x_pt, "0.5", u="0.4", inside=sigma("perception", sd="0.3"))
        asked += on_bounds(r, "zeta", x_pt, "0.05", u="0.03", u_x="0.04")
        asked += on_bounds(r, "en", x_pt, "0.1", None, (1, 1), u="0.03", u_x="0.04")
        asked += on_bounds(r, "aps", x_pt, "0.3", {"abs": "0.3"}, (1, 1))
        asked += on_bounds(r, "aps", x_pt, Fraction(x_pt) / 20, {"pct": "5"}, (1, 1))
        asked += on_bounds(r, "vis", x_pt, Fraction(x_pt) / 1000, None, (150, 200))
        asked += on_bounds(r, "sdi-fixed", x_pt, Fraction(x_pt) / 20, {"t": "2"})
        asked += on_bounds(r, "z", x_pt, "0.2", inside=sigma("delta-e"), limit=absolute("0.6"))  # z is 3 on the limit
    return signals(asked)


# ---- undefined ----

@case("a score that lacks a number is undefined: no sigma_pt, no uncertainty sent, no u of the target, no spread")
def _(r):
    every, sd = "".join(score(name) for name in ("z", "z-prime", "zeta", "en")), sigma("perception", sd="0.5")
    sent, tied = [("10.10", "0.2")], ["10.00"] * 12
    rows = [("all there", r.stated(sent, "10", "0.1", inside=every + sd), "z z-prime zeta en"),
            ("no sigma_pt", r.stated(sent, "10", "0.1", inside=every), "zeta en"),
            ("no uncertainty sent", r.stated(["10.10"], "10", "0.1", inside=every + sd), "z z-prime"),
            ("no u(x_pt)", r.stated(sent, "10", inside=every + sd), "z"),
            ("collapsed", r.ask(tied, method="algorithm-a", inside=every + sigma("robust")), ""),
            ("collapsed, with a floor", r.ask(tied, method="algorithm-a", inside=every + sigma("robust", least="0.2")), "z"),
            ("collapsed, uncertainty sent", r.ask([(v, "0.2") for v in tied], method="algorithm-a", inside=every + sd), "z")]

    def look(out):
        for what, q, names in rows:
            yield same(what + ": defined", " ".join(name for name, value, _ in out.said(q, 0) if value), names)
            yield same(what + ": a signal without a value", [name for name, value, word in out.said(q, 0) if bool(value) != bool(word)], [])
    return look


@case("of equal results with different uncertainties the order of lines does not choose one")
def _(r):
    q = r.stated([[("10.10", "0.1"), ("10.10", "0.5")], [("10.10", "0.5"), ("10.10", "0.1")]], "10", "0.1", inside=score("zeta"))
    return lambda out: [same("zeta of the other order", out.said(q, 1), out.said(q, 0))]


@case("there is a row for each score of each expected result, empty where it is a bound, blank, or not evaluated")
def _(r):
    names = ["aps", "vis", "target-score", "aps"]
    inside = score("aps", abs="1") + score("vis") + score("target-score") + score("aps", abs="2")
    values = [("10.50", "0.1"), ("<0.5", "0.1"), "", None, "10.00", "99999999"]
    judged = r.stated(values, "10", inside=inside, limit=absolute("2"))
    others = [r.ask(values, inside=inside, least=9), r.stated(values, "-10", inside=inside, limit={"kind": "PCT", "pct": "5"})]

    def look(out):
        for q in [judged] + others:
            for i, value in enumerate(values):
                said, number = out.said(q, i), i in (0, 4, 5) and q is judged
                yield same("scores of %s" % (value,), [name for name, _, _ in said], names if value is not None else [])
                yield same("scores of %s that are numbers" % (value,), [name for name, v, _ in said if v], names if number else [])
        yield same("two of one kind", [v for name, v, _ in out.said(judged, 0) if name == "aps"], ["0.500000", "0.250000"])
    return look


@case("a measurand's scores are asked instead of the scheme's, and no score changes a verdict")
def _(r):
    scheme, values, limit = score("z") + score("aps", abs="0.1") + sigma("perception", sd="0.01"), ["10.30", "11.00"], absolute("0.5")
    shared = r.stated(values, "10", limit=limit, scheme=scheme)
    own = r.stated(values, "10", limit=limit, scheme=scheme, inside=score("vis"))

    def look(out):
        yield same("the scheme's", out.said(shared, 0), [("z", "30.000000", "action"), ("aps", "3.000000", "action")])
        yield same("its own", out.said(own, 0), [("vis", "30.000000", "acceptable")])
        for q in (shared, own):
            yield same("verdicts", [out.score(q, i)["verdict"] for i in (0, 1)], ["acceptable", "unacceptable"])
    return look


@case("scores of a consensus use its rounded target, its u and its spread")
def _(r):
    values = ["9.70", "9.85", "9.90", "9.95", "10.00", "10.05", "10.10", "10.20", "10.35", "10.15", "9.80", "10.02"]
    inside = "".join(score(name) for name in ("z", "z-prime", "zeta", "en")) + sigma("robust")
    q = r.ask([(v, "0.08") for v in values], inside=inside, choices={"target_places": "places"})
    e = twin_stats.plain(tuple(fractions(values)))
    x_pt, both = Fraction(round(e.x * 100), 100), root(Fraction("0.0064") + e.u ** 2)

    def look(out):
        for i, value in enumerate(values):
            for (name, got, word), scale in zip(out.said(q, i), (e.s, root(e.s ** 2 + e.u ** 2), both, 2 * both)):
                wanted = (Fraction(value) - x_pt) / scale
                yield printed("%s of %s" % (name, value), got, wanted)
                yield same("signal of %s" % value, word, signal(wanted, *((1, 1) if name == "en" else (2, 3))))
    return look


# ---- explain ----

DOUBTS = {"few": ("few peers", "同组结果数不足"), "tied": ("the middle half is one value", "中间一半结果相同"),
          "collapsed": ("the spread is zero", "离散度为零"), "uncertain": ("the uncertainty of the target is not negligible", "靶值的不确定度不可忽略"),
          "humps": ("more than one hump", "多峰"), "reference": ("differs from the reference value", "独立参考值"),
          "heterogeneous": ("failed the homogeneity test", "均匀性检验")}
SIGNALS = {"acceptable": "满意", "warning": "有问题", "action": "不满意", "": ""}


def explain(out, q, chinese):
    """What is said of the first laboratory's result: its lines, and the exit code."""
    done = subprocess.run(shlex.split(os.environ["ZHIPING"]) + ["explain", "--lang", "zh" if chinese else "en", out.folder, lab(0), q.code],
                          capture_output=True, timeout=60, check=False)
    parts = done.stdout.decode("utf-8").split("\n\n")
    return next((part.split("\n") for part in parts if part.startswith("%s / %s / " % (q.programme, q.code))), []), done.returncode


@case("explain tells sigma_pt, each doubt and each score, in English and in Chinese")
def _(r):
    every = "".join(score(name) for name in ("z", "z-prime", "zeta", "en", "sdi-fixed", "target-score", "vis")) + score("aps", abs="1")
    two = [("%.2f" % (10 + 4 * (i % 2) + i / 100), "0.2") for i in range(40)]
    rows = [(r.ask(two, inside=every + sigma("perception", sd="0.5"), limit=absolute("1"), reference=("9.00", "0.01"), material=["9 9", "10 10"]),
             "uncertain humps reference heterogeneous"),
            (r.ask(["10.00"] * 12 + ["10.01"], method="algorithm-a", inside=every + sigma("robust", least="0.2")), "collapsed"),
            (r.ask(["10.00"] * 5, method="algorithm-a-grouped", inside=every + sigma("robust")), "few tied")]

    def look(out):
        for q, doubts in rows:
            target = out.target(q)
            yield same("doubts", target["doubts"], doubts)
            for chinese in (False, True):
                (lines, code), what = explain(out, q, chinese), "%s %s%s: " % (q.programme, q.code, " in Chinese" if chinese else "")
                name_of_sigma = "σpt" if chinese else "sigma_pt"
                yield same(what + "exit code", code, 0)
                yield same(what + "sigma_pt", any(name_of_sigma in line and target["sigma_pt"] in line for line in lines), True)
                for word, says in DOUBTS.items():
                    yield same(what + "doubt " + word, any(says[chinese] in line for line in lines), word in doubts.split())
                for name, value, word in out.said(q, 0):
                    value, word = value or ("无定义" if chinese else "undefined"), SIGNALS[word] if chinese else word
                    ending = " %s = %s%s" % (name, value, ": " + word if word else "")
                    yield same(what + "lines that end in" + ending, sum(line.endswith(ending) for line in lines), 1)
    return look
