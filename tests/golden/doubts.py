#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How sure a target is: sigma_pt, uncertainty, samples, values from elsewhere; with shapes.py and points.py. Each figure
is worked out here from docs/formats/scheme.md and docs/methods, and held against the published tables.

usage: doubts.py make INTO              the round
       doubts.py look INTO PUBLISHED    prints TAP, from 3 on; the plan into INTO/plan    Exit: 0 nothing wrong, 1 something.
"""

import math
import os
import sys
from decimal import Decimal
from fractions import Fraction

import twin_stats
from claims import CASES, Claims, case, doubts, fractions, near, printed, root, same, sigmas, statuses
from invent import Published, Round, absolute, score, sigma
import edges  # noqa: F401  its cases
import points  # noqa: F401  its cases
import shapes  # noqa: F401  its cases

SPREAD = ["9.70", "9.85", "9.90", "9.95", "10.00", "10.00", "10.05", "10.10", "10.20", "10.35", "10.15", "9.80", "10.02"]
TIED = ["10.00"] * 11 + ["10.01", "9.98"]
CREDIT = {"ungradable": "credit"}


def per(sd):
    return sigma("perception", sd=sd)


def plain(values):
    return twin_stats.plain(tuple(fractions(values)))


def algorithm_a(values):
    return twin_stats.algorithm_a(tuple(sorted(fractions(values))), Decimal("1.134"), Decimal("1e-9"))


# ---- sigma_pt ----

def model(r, by, rows):
    """rows: (x_pt, settings, sigma_pt as worked out)."""
    return sigmas([("%s %s at %s" % (by, settings, x_pt), r.stated(["10.00", "10.10"], x_pt, inside=sigma(by, **settings)), wanted)
                   for x_pt, settings, wanted in rows])


@case("sigma_pt by perception is the greater of sd and pct percent of the target")
def _(r):
    both = {"sd": "0.35", "pct": "4.2"}
    return model(r, "perception", [("10", {"sd": "0.35"}, 0.35), ("10", {"pct": "4.2"}, 0.42), ("10", both, 0.42), ("8", both, 0.35),
                                   ("-10", both, 0.42), ("0", {"pct": "4.2"}, None), ("0", both, 0.35)])


@case("sigma_pt by delta-e is the limit divided, under each kind of limit, and undefined where there is none")
def _(r):
    greater = {"kind": "PCT_OR_ABS_GREATER", "pct": "8", "abs": "6"}
    limits = [({"kind": "PCT", "pct": "7"}, "5.2", Fraction("0.364")), (absolute("0.4"), "6.5", Fraction("0.4")), (greater, "60", Fraction(6)),
              (greater, "100", Fraction(8)), ({"kind": "ABS_LE_CUT_ELSE_PCT", "abs": "0.21", "cut": "3", "pct": "7"}, "3", Fraction("0.21")),
              ({"kind": "ABS_LT_CUT_ELSE_PCT", "abs": "0.2", "cut": "3.3", "pct": "6"}, "3.3", Fraction("0.198")),
              ({"kind": "PCT", "pct": "7"}, "-5.2", None), ({"kind": "SD", "sd": "3"}, "10", None)]
    rows = [("%s divided by %d" % (limit, n), r.stated([x_pt, x_pt], x_pt, limit=limit, inside=sigma("delta-e", **more)), delta and delta / n)
            for limit, x_pt, delta in limits for n, more in ((3, {}), (2, {"divisor": "2"}))]
    rows.append(("3 SD of the peers", r.ask(SPREAD, limit={"kind": "SD", "sd": "3"}, inside=sigma("delta-e")), plain(SPREAD).s))
    return sigmas(rows)


@case("sigma_pt by rounds is a line over the target, and undefined where that is not above 0")
def _(r):
    def line(intercept, slope):
        return {"intercept": intercept, "slope": slope}
    return model(r, "rounds", [("10", line("0.1", "0.03"), 0.4), ("2.5", line("0.0885", "0.17506"), 0.52615), ("10", line("0.4", "0"), 0.4),
                               ("10", line("-0.3", "0.03"), None), ("-10", line("0.1", "0.03"), None), ("10", line("1", "-0.03"), 0.7)])


@case("sigma_pt by Horwitz and Thompson takes the branch of the mass fraction, also on the joints")
def _(r):
    def at(c):
        return 0.22 * c if c < 1.2e-7 else 0.02 * c ** 0.8495 if c <= 0.138 else 0.01 * math.sqrt(c)
    rows = [("1.195", "1e-6", at(1.195e-6)), ("2.565", "1e-6", at(2.565e-6)), ("5", "1e-9", 1.1e-9), ("119", "1e-9", 0.22 * 119e-9),
            ("12.5", "0.01", at(0.125)), ("25", "0.01", at(0.25)), ("100", "0.01", 0.01), ("100.1", "0.01", None), ("0", "0.01", None), ("-3", "0.01", None)]
    # products that lie on a joint in decimals
    low, high = 0.02 * 1.2e-7 ** 0.8495, 0.02 * 0.138 ** 0.8495
    rows += [(x, f, low) for x, f in (("1.2", "1e-7"), ("0.12", "1e-6"), ("120", "1e-9"), ("12", "1e-8"), ("0.0012", "1e-4"))]
    rows += [(x, f, high) for x, f in (("0.138", "1"), ("1.38", "0.1"), ("13.8", "0.01"), ("138", "0.001"))]
    return model(r, "horwitz", [(x_pt, {"fraction": f}, share and share / float(f)) for x_pt, f, share in rows])


@case("sigma_pt by precision leaves out of sigma_R what m replicates average away")
def _(r):
    def study(reproducibility, repeatability, **m):
        return dict({"reproducibility": reproducibility, "repeatability": repeatability}, **m)
    rows = [(study("0.5", "0.3"), 0.5), (study("0.5", "0.3", m="1"), 0.5), (study("0.5", "0.3", m="2"), root("0.205")),
            (study("23.5", "15.3", m="2"), root("435.205")), (study("0.3", "0.5", m="4"), None), (study("0.5", "0.5", m="100"), 0.05)]
    return model(r, "precision", [("10", settings, wanted) for settings, wanted in rows])


@case("sigma_pt by robust is the peers' own spread, within least and most; collapsed it is least, or none")
def _(r):
    s = float(algorithm_a(SPREAD).s)
    rows = [(SPREAD, {}, s), (SPREAD, {"least": "0.01", "most": "2"}, s), (SPREAD, {"least": "0.35"}, 0.35), (SPREAD, {"most": "0.11"}, 0.11),
            (TIED, {}, None), (TIED, {"most": "0.11"}, None), (TIED, {"least": "0.03"}, 0.03), (TIED, {"least": "0.03", "most": "0.03"}, 0.03)]
    asked = [("robust %s" % bounds, r.ask(values, method="algorithm-a", inside=sigma("robust", **bounds)), wanted)
             for values, bounds, wanted in rows]
    # a stated target has no spread of its own: the peers' is taken
    asked += [("stated, %s" % bounds, r.stated(values, "10.3", "0.01", inside=sigma("robust", **bounds)), wanted)
              for values, bounds, wanted in rows]
    look = sigmas(asked, 1e-9)
    return lambda out: look(out) + [same("collapsed", [out.target(q)["collapsed"] for _, q, _ in asked[:8]], list("00001111"))]


@case("without <sigma> there is no sigma_pt, and a measurand's own wins over the scheme's")
def _(r):
    return sigmas([("none", r.stated(["10.00"], "10"), None), ("the scheme's", r.stated(["10.00"], "10", scheme=per("0.5")), 0.5),
                   ("its own", r.stated(["10.00"], "10", scheme=per("0.5"), inside=per("0.7")), 0.7)])


# ---- the uncertainty of the target ----

# (u, sigma_pt, limit, whether u is negligible); on a bound it is not.
U_ROWS = (("0.14", "0.5", "1", "1"), ("0.15", "0.5", "1", "0"), ("0.16", "0.5", "1", "0"), ("0.16", "0.5", "2", "1"), ("0.2", "0.5", "2", "0"),
          ("0.09", None, "1", "1"), ("0.1", None, "1", "0"), ("0.11", None, "1", "0"), (None, "0.5", "1", ""))


@case("u(x_pt) is negligible below 0.3 sigma_pt or below 0.1 delta_E, and nothing is said where u is not known")
def _(r):
    asked = [("u %s, sigma_pt %s, limit %s:" % (u, sd, limit), u, fine, r.stated(
        ["10.00"], "10", u, limit=absolute(limit), inside=per(sd) if sd else "")) for u, sd, limit, fine in U_ROWS]

    def look(out):
        for what, u, fine, q in asked:
            row = out.target(q)
            yield same(what + " u_negligible", row["u_negligible"], fine)
            yield same(what + " doubts", row["doubts"], "uncertain" if fine == "0" else "")
            yield near(what + " u_used", row["u_used"], u and float(u))
            yield same(what + " status, widened", (row["status"], row["widened"]), ("gradable", "0"))
    return look


@case("a u(x_pt) that is 0.3 sigma_pt and 0.1 delta_E in decimals is not below them")
def _(r):
    rows = [("%g" % (3 * k / 100), "%g" % (k / 10), "%g" % (3 * k / 10)) for k in range(1, 30)]
    return doubts([("u(x_pt) %s, sigma_pt %s, delta_E %s" % (u, sd, limit), r.stated(
        ["10.00"], "10", u, limit=absolute(limit), inside=per(sd)), "uncertain") for u, sd, limit in rows])


def inward(low, high, places):
    unit = 10 ** places
    return Fraction(math.ceil(low * unit), unit), Fraction(math.floor(high * unit), unit)


def around(limit, full, places):
    """Values at and beside the limit and the widened limit around 10."""
    unit = 10 ** places
    at = {round((10 + side * width) * unit) + k for side in (-1, 1) for width in (limit, full) for k in (-2, -1, 0, 1, 2)}
    return ["%.*f" % (places, k / unit) for k in sorted(at)]


def widened(r, choices, inclusive):
    asked = []
    for limit, u, places in (("3", "2", 2), ("0.5", "0.5", 2), ("1", "0.1", 3), ("1", "0.13", 3), ("0.3", "0.2", 2), ("2", "0.15", 4),
                             ("1", "0.09", 2)):
        full = root(Fraction(limit) ** 2 + 4 * Fraction(u) ** 2)
        values = around(Fraction(limit), full, places)
        q = r.stated(values, "10", u, limit=absolute(limit), places=places, choices=choices, inside=sigma("delta-e"))
        asked.append((q, Fraction(limit), Fraction(u), full, places, values))

    def look(out):
        for q, limit, u, full, places, values in asked:
            row, what = out.target(q), "limit %s, u %s:" % (float(limit), float(u))
            wide, delta = u >= limit / 10, Fraction(row["delta_e"])
            yield near(what + " delta_e", row["delta_e"], full if wide else limit, 1e-15)
            yield same(what + " widened, doubts", (row["widened"], row["doubts"]), ("1", "uncertain") if wide else ("0", ""))
            yield same(what + " bounds", (Fraction(row["low"]), Fraction(row["high"])), inward(10 - delta, 10 + delta, places))
            yield near(what + " sigma_pt, of the limit before", row["sigma_pt"], limit / 3)
            for i, value in enumerate(values):
                off, s = abs(Fraction(value) - 10), out.score(q, i)
                good = off < delta or (off == delta and inclusive)
                yield same("%s %s" % (what, value), s["verdict"], "acceptable" if good else "unacceptable")
                yield printed("%s share of %s" % (what, value), s["share_pct"], 100 * (Fraction(value) - 10) / delta)
    return look


@case("a limit widened by u(x_pt) is sqrt(delta_E^2 + 4u^2); verdicts follow it exactly, bounds are printed inward")
def _(r):
    return widened(r, {"uncertain_target": "widen"}, True)


@case("a result exactly on a widened limit is outside where bounds are not inclusive")
def _(r):
    return widened(r, {"uncertain_target": "widen", "bounds_inclusive": "false"}, False)


@case("a target whose u is above the limit itself widens nothing: there is no verdict")
def _(r):
    choices = {"uncertain_target": "widen"}
    rows = [("u 1.01, limit 1", r.stated(["10.00", "300.00"], "10", "1.01", limit=absolute("1"), choices=choices), "uncertain"),
            ("u 1, limit 1", r.stated(["10.00", "300.00"], "10", "1", limit=absolute("1"), choices=choices), "gradable"),
            # its mode lies far from its median, which is what a hundred limits are counted from
            ("a mode apart", r.ask(["0", "0", "0", "60", "159", "159", "150"], method="kernel-mode", settings={"width": "10"}, limit=absolute("1"),
                                   choices=choices), "uncertain")]
    return statuses(rows)


@case("a target too uncertain gives no verdict where the scheme says so, and is credited where ungradable samples are")
def _(r):
    asked = []
    for credit in ({}, CREDIT):
        for u, sd, limit, fine in U_ROWS:
            inside = (per(sd) if sd else "") + score("aps", abs="1")
            choices = dict(credit, uncertain_target="not_evaluated")
            q = r.stated(["10.00", "30.00"], "10", u, limit=absolute(limit), inside=inside, choices=choices)
            asked.append((q, fine == "0", int(bool(credit))))

    def look(out):
        for q, withheld, credited in asked:
            row = out.target(q)
            yield same("status, doubts", (row["status"], row["doubts"]), ("uncertain", "uncertain") if withheld else ("gradable", ""))
            yield same("delta_e is there", row["delta_e"] != "", not withheld)
            for i, good in enumerate((("acceptable", "", 1), ("unacceptable", "", 0))):
                yield same("verdict", out.verdict(q, i), ("not_evaluated", "uncertain", credited) if withheld else good)
                yield same("the score is undefined", out.said(q, i)[0][1:] == ("", ""), withheld)
    return look


# ---- the samples ----

ITEMS = (["5.13 5.04", "5.21 5.18", "4.90 5.02", "5.30 5.33", "5.11 5.02", "4.85 4.88", "5.25 5.16", "5.02 5.07", "5.40 5.31"],
         ["5.13 5.04 5.10", "5.21 5.18 5.17", "4.90 5.02 4.99", "5.30 5.33 5.29"], ["1.0 2.0", "2.0 1.0", "1.5 1.5"],
         ["5.1", "5.3", "4.9", "5.2", "5.0"], ["5 5", "5 5"], ["5 5", "6 6"],
         ["100.0001 100.0002", "100.0003 100.0002", "100.0002 100.0002"])


def between(items):
    """s_s^2, exactly; of single values their variance."""
    cells = [fractions(i.split()) for i in items]
    m = len(cells[0])
    s_x2 = twin_stats.variance([twin_stats.mean(c) for c in cells])
    return max(s_x2 - sum(twin_stats.variance(c) for c in cells) / len(cells) / m, 0) if m > 1 else s_x2


@case("s_s is what the analysis of variance leaves between the items, 0 where it leaves nothing")
def _(r):
    asked = [(items, r.stated(["10.00"], "10", material=items)) for items in ITEMS]
    return lambda out: [near("s_s of %s" % items, out.target(q)["s_s"], root(between(items)), 1e-9) for items, q in asked]


@case("samples are told as heterogeneous above 0.3 sigma_pt, or above 0.1 delta_E without sigma_pt, and not on it")
def _(r):
    alike, told = ["9.7", "10.0", "10.3"], "heterogeneous"  # single values: s_s is their standard deviation, 0.3
    rows = [("1.01", "9", alike, ""), ("0.99", "9", alike, told), ("0.99", "0.1", alike, told), ("1.01", "0.1", alike, ""),
            (None, "3.1", alike, ""), (None, "2.9", alike, told), ("5", "9", ["8.5", "10", "11.5"], ""),
            (None, "20", ["8 8", "10 10", "12 12"], "")]
    return doubts([("sigma_pt %s, delta_E %s, %s" % (sd, limit, items), r.stated(
        ["10.00"], "10", limit=absolute(limit), material=items, inside=per(sd) if sd else ""), words) for sd, limit, items, words in rows])


@case("an s_s that is the criterion in decimals is not above it")
def _(r):
    rows = []
    for k in range(1, 20):
        for s, inside in ((k / 100, ""), (3 * k / 100, per("%g" % (k / 10)))):
            items = ["%g" % (10 - s), "10", "%g" % (10 + s)]
            rows.append(("s_s %g, %s" % (s, inside or "delta_E %g" % (10 * s)), r.stated(
                ["10.00"], "10", material=items, limit=absolute("%g" % (10 * s)), inside=inside), ""))
    return doubts(rows)


@case("what heterogeneous samples do is the choice: told, in sigma_pt, in u(x_pt), or no verdict")
def _(r):
    items, alike = ["9.5 9.5", "10 10", "10.5 10.5"], ["9.9 10.1", "10.1 9.9", "10 10"]  # s_s is 0.5, and nothing
    inside = per("1.2") + score("z") + score("z-prime") + score("zeta")
    asked = [(word, material is items, u and Fraction(u), r.stated(
        [("11.30", "0.3")], "10", u, limit=absolute("2"), choices=dict(CREDIT, heterogeneous=word), material=material, inside=inside))
        for word in ("report", "sigma", "u", "not_evaluated") for material, u in ((items, "0.2"), (items, None), (alike, "0.2"))]

    def look(out):
        for word, bad, u, q in asked:
            row, what = out.target(q), "%s, s_s %s, u %s:" % (word, 0.5 if bad else 0, u)
            withheld, s_s2, d = bad and word == "not_evaluated", Fraction(1, 4), Fraction("1.3")
            variance = Fraction("1.44") + (s_s2 if bad and word == "sigma" else 0)
            u2 = u and u * u + (s_s2 if bad and word == "u" else 0)
            said = {name: value for name, value, _ in out.said(q, 0)}
            yield near(what + " sigma_pt", row["sigma_pt"], root(variance))
            yield near(what + " u_x_pt stays", row["u_x_pt"], u)
            yield same(what + " verdict", out.verdict(q, 0), ("not_evaluated", "heterogeneous", 1) if withheld else ("acceptable", "", 1))
            yield same(what + " status", row["status"], "heterogeneous" if withheld else "gradable")
            yield printed(what + " z", said["z"], None if withheld else d / root(variance))
            yield near(what + " u_used", row["u_used"], u2 and root(u2))  # what is not known stays unknown
            if u2 is None:
                continue
            yield printed(what + " z-prime", said["z-prime"], None if withheld else d / root(variance + u2))
            yield printed(what + " zeta", said["zeta"], None if withheld else d / root(Fraction("0.09") + u2))
            if withheld:  # whether u matters where there is no limit, too
                continue
            fine = u2 < Fraction(9, 100) * variance or u2 < Fraction(4, 100)
            yield same(what + " u_negligible", row["u_negligible"], "1" if fine else "0")
            yield same(what + " doubts", row["doubts"].split(), ([] if fine else ["uncertain"]) + (["heterogeneous"] if bad else []))
    return look


@case("samples that have changed by the stability check are told")
def _(r):
    items = ["10.0 10.1", "10.1 10.0", "10.0 10.1"]
    rows = [(["10.1 10.0", "10.0 10.1"], ""), (["10.2 10.2"], ""), (["10.5 10.5", "10.4 10.6"], "unstable"), (["8 8"], "unstable")]
    return doubts([("10.05, later %s, sigma_pt 1" % later, r.stated(["10.00"], "10", material=items, later=later, inside=per("1")), words)
                   for later, words in rows])


@case("a change of the samples adds its root mean square on the way, d / sqrt(3), to what heterogeneous names")
def _(r):
    items, later, inside = ["9.9 10.1", "10.1 9.9", "10 10"], ["11.2 11.2"], per("1.2") + score("z") + score("z-prime")
    asked = [(word, r.stated(["11.30"], "10", "0.2", limit=absolute("2"), choices=dict(CREDIT, heterogeneous=word), material=items, later=later,
                             inside=inside)) for word in ("report", "sigma", "u", "not_evaluated")]

    def look(out):
        for word, q in asked:
            row, withheld, added = out.target(q), word == "not_evaluated", Fraction("1.44") / 3
            variance, u2 = Fraction("1.44") + (added if word == "sigma" else 0), Fraction("0.04") + (added if word == "u" else 0)
            yield near(word + " drift", row["drift"], 1.2, 1e-9)
            yield near(word + " sigma_pt", row["sigma_pt"], root(variance))
            yield near(word + " u_used", row["u_used"], root(u2))
            yield same(word + " status", row["status"], "heterogeneous" if withheld else "gradable")
            yield same(word + " verdict", out.verdict(q, 0), ("not_evaluated", "heterogeneous", 1) if withheld else ("acceptable", "", 1))
            yield same(word + " doubts", "unstable" in row["doubts"].split(), True)
            said = {name: value for name, value, _ in out.said(q, 0)}
            yield printed(word + " z", said["z"], None if withheld else Fraction("1.3") / root(variance))
            yield printed(word + " z-prime", said["z-prime"], None if withheld else Fraction("1.3") / root(variance + u2))
    return look


# ---- a value from elsewhere ----

@case("a reference value is compared with the target before rounding; beyond 2 the doubt is told")
def _(r):
    four = ["8.00", "10.00", "12.00", "10.00"]
    asked = [(algorithm_a(SPREAD), reference, r.ask(SPREAD, method="algorithm-a", reference=reference, choices={"target_places": "0"}))
             for reference in (("10.10", "0.05"), ("9.60", "0.1"), ("10.02", "0.0001"), ("-3", "0.5"))]
    asked += [(plain(four), (x, "0.7"), r.ask(four, reference=(x, "0.7"))) for x in ("11.9", "13", "7")]
    others = [r.stated(four, "10", "0.1", reference=("10.5", "0.1")), r.ask(four)]

    def look(out):
        for e, (x, u), q in asked:
            ratio, row = (Fraction(x) - e.x) / root(Fraction(u) ** 2 + e.u ** 2), out.target(q)
            yield printed("ratio of %s" % x, row["reference_ratio"], ratio)
            yield same("doubt at %s" % x, "reference" in row["doubts"].split(), abs(ratio) > 2)
            yield near("reference", row["reference"], float(x))
            yield near("u_reference", row["u_reference"], float(u))
        for q in others:  # a stated target, and no reference
            yield same("no ratio", (out.target(q)["reference_ratio"], "reference" in out.target(q)["doubts"]), ("", False))
    return look


@case("a reference value that is twice the uncertainty away in decimals is not beyond it")
def _(r):
    # two values: u is half their difference, 0.4; with u_ref 0.3 the scale is 0.5
    rows = [(at / 10, at / 10 + side) for at in range(11, 111, 7) for side in (-1, 1)]
    return doubts([("%g beside %g" % (x, at), r.ask(["%.1f" % (at - 0.4), "%.1f" % (at + 0.4)], reference=("%.1f" % x, "0.3")), "few")
                   for at, x in rows])


@case("a known target by a method: crm, reference-laboratory, expert, median-made and mean of listed values")
def _(r):
    values, d = ["4.11", "4.09", "4.13", "4.10", "4.40", "4.08"], fractions(["0.11", "0.09", "0.14"])
    panel, median, mean = algorithm_a(values), twin_stats.median_scale(tuple(sorted(fractions(values))), True), plain(values)
    certified = {"method": "crm", "x": "5.20"}
    rows = [(dict(certified, expanded="0.08", k="2"), (), Fraction("5.2"), Fraction("0.04")),
            (dict(certified, expanded="0.08"), (), Fraction("5.2"), Fraction("0.04")),
            (dict(certified, expanded="0.09", k="1.73"), (), Fraction("5.2"), Fraction(9, 173)), (certified, (), Fraction("5.2"), None),
            ({"method": "reference-laboratory", "x": "11.30", "u": "0.05"}, ["0.11", "0.09", "0.14"], Fraction("11.3") + twin_stats.mean(d),
             root(Fraction("0.0025") + twin_stats.variance(d) / 3)),
            ({"method": "expert"}, values, panel.x, panel.u), ({"method": "median-made"}, values, median.x, median.u),
            ({"method": "mean"}, values, mean.x, mean.u)]
    asked = [(r.ask(["4.20", "5.30"], method="known", known=known, known_values=listed), known, x, u) for known, listed, x, u in rows]

    def look(out):
        for q, known, x, u in asked:
            row = out.target(q)
            for column, wanted in (("x_pt", x), ("x_exact", x), ("u_x_pt", u), ("u_used", u)):
                yield near("%s %s" % (known, column), row[column], wanted, 1e-9)
            yield same("%s origin" % known, (row["origin"], row["method"], row["used"]), ("known", known["method"], str(len(q.known_values))))
            yield same("%s source" % known, row["target_source"] != "", True)
    return look


@case("a panel whose spread collapsed has no uncertainty, and that is told")
def _(r):
    rows = [("expert", ["4.1", "4.1", "4.1"]), ("median-made", ["4.1"] * 9 + ["4.2", "4.0", "4.1"])]
    asked = [r.ask(["4.20", "5.30"], method="known", known={"method": method}, known_values=values) for method, values in rows]

    def look(out):
        for q in asked:
            row = out.target(q)
            yield same("collapsed", (row["collapsed"], row["doubts"].split()), ("1", ["collapsed"]))
            yield same("u", (row["u_x_pt"], row["u_used"], row["u_negligible"]), ("", "", ""))
    return look


def main(arguments):
    if len(arguments) not in (2, 3) or arguments[0] != ("make" if len(arguments) == 2 else "look"):
        print("usage: doubts.py make INTO | doubts.py look INTO PUBLISHED", file=sys.stderr)
        return 2
    r = Round("doubts")
    looks = [(claim, function(r)) for claim, function in CASES]
    if arguments[0] == "make":
        r.write(arguments[1])
        return 0
    out, claims = Published(arguments[2]), Claims(3)
    for claim, look in looks:
        found = list(look(out))
        claims.say(claim, [f for f in found if f], len(found))
    with open(os.path.join(arguments[1], "plan"), "w", encoding="utf-8") as file:
        print("1..%d" % claims.n, file=file)
    return 1 if claims.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
