# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands exactly on an edge: of what is absurd, of how many peers are enough, and of groups of one. Cases of doubts.py."""

from decimal import Decimal
from fractions import Fraction

import twin_stats
from claims import case, fractions, near, root, same
from invent import absolute, lab, sigma
from shapes import lumps

SPREAD = ["9.70", "9.85", "9.90", "9.95", "10.00", "10.00", "10.05", "10.10", "10.20", "10.35", "10.15", "9.80"]


def twin_cut(values, k):
    out = twin_stats.cut([Fraction(v) for v in values], k, False, False).out
    return {v for v in values if Fraction(v) in out}


@case("what lies at the bound of the absurd is beyond it, less the rounding of doubles, for the statistics, the mark and the verdict alike")
def _(r):
    reach = 5 * 1.0 * (1 - 1e-9)  # docs/formats/choices.md: at the very bound a value is beyond it
    edge = [repr(15 - reach), repr(15 + reach)]
    values = ["14.99", "15.00", "15.00", "15.00", "15.00", "15.00", "15.01", "10.00", "20.00"] + edge
    asked = [(r.ask(values, limit=absolute("1"), choices=choices, least=least, method="median-niqr"), least, len(choices) > 1)
             for least, choices in ((1, {"absurd_factor": "5"}), (20, {"absurd_factor": "5"}),
                                    (20, {"absurd_factor": "5", "absurd_when_ungradable": "unacceptable"}))]

    def look(out):
        for q, least, always in asked:
            row = out.target(q)
            yield same("least %d: kept, absurd" % least, (row["kept"], row["absurd"], row["status"]), ("9", "2", "gradable" if least == 1 else "too_few_peers"))
            for i, value in enumerate(values):
                said = out.score(q, i)
                beyond = value in ("10.00", "20.00")
                yield same("mark of " + value, said["mark"], "absurd" if beyond else "kept")
                good = value[:3] in ("14.", "15.")
                wanted = ("acceptable", "100") if good else ("unacceptable", "0")
                if least > 1 and not (always and beyond):
                    wanted = "not_evaluated", ""
                yield same("verdict of " + value, (said["verdict"], said["credit"], said["reason"]),
                           (*wanted, "absurd" if beyond else "" if least == 1 else "too_few_peers"))
    return look


@case("whoever is alone with an instrument is a group where one is enough, the first and the last as well")
def _(r):
    q = r.ask(["10.00", "10.10", "10.20"], by="instrument", instruments=["甲", "乙", "丙"])

    def look(out):
        for i, (name, x) in enumerate(zip("甲乙丙", ("10", "10.1", "10.2"))):
            group = next((g for g in out.groups(q) if g["group"] == out.score(q, i)["group"]), {})
            yield same("group of " + lab(i), (group.get("key"), group.get("rung"), group.get("kept")), ("instrument=" + name, "instrument", "1"))
            yield same("target of " + lab(i), Fraction(group.get("x_pt") or 0), Fraction(x))
    return look


@case("those who found nothing are one group of all, where the ladder ends with all")
def _(r):
    asked = [(r.ask(["未检出"] * 9 + ["12.00"], by=by, instruments=["甲", "乙"] * 5, more={"undetected": "80"}, known={"value": "negative"}), by)
             for by in ("", "instrument")]

    def look(out):
        for q, by in asked:
            row = out.target(q)
            yield same("by %r" % by, (row["rung"], row["key"], row["members"], row["x_pt"], row["status"]), ("all", "all", "10", "negative", "gradable"))
            yield same("a number there", out.score(q, 9)["verdict"], "unacceptable")
            yield same("credit", [out.score(q, i)["credit"] for i in (0, 9)], ["100", "0"])
    return look


@case("nothing is there when so many found nothing as the scheme asks for, and not when they are less than that by a part of a percent")
def _(r):
    rows = [(24, 6, "negative"), (23, 6, "10"), (79, 20, "10"), (80, 20, "negative")]  # 23 of 29 are 79.3 %, 79 of 99 are 79.8 %
    asked = [(r.ask(["未检出"] * nothing + ["10.00"] * found, more={"undetected": "80"}), nothing, found, x_pt) for nothing, found, x_pt in rows]
    return lambda out: [same("%d found nothing, %d something" % (nothing, found), out.target(q)["x_pt"], x_pt) for q, nothing, found, x_pt in asked]


@case("not to find what is there is wrong and counts for nothing, unless the laboratory could not have found so little")
def _(r):
    values = {"10.00": ("acceptable", "", "100"), "未检出": ("unacceptable", "false_negative", "0"), "<10.00": ("unacceptable", "false_negative", "0"),
              "<10.01": ("not_evaluated", "below_lod", "")}
    q = r.ask(list(values), more={"undetected": "80"}, known={"x-pt": "10"}, limit=absolute("1"))
    return lambda out: [same("verdict of " + value, tuple(out.score(q, i)[name] for name in ("verdict", "reason", "credit")), wanted)
                        for i, (value, wanted) in enumerate(values.items())]


@case("a bound is unacceptable when all of it lies outside, which below the lower limit is so at the limit itself")
def _(r):
    rows = [("<8.99", True), ("<9.00", True), ("<9.01", False), ("<11.50", False), (">11.01", True), (">11.00", True), (">10.99", False), (">8.50", False)]
    q = r.stated([value for value, _ in rows], "10", limit=absolute("1"), choices={"censored": "interval"})
    return lambda out: [same("verdict of " + value, tuple(out.score(q, i)[name] for name in ("verdict", "reason", "credit")),
                             ("unacceptable", "", "0") if outside else ("not_evaluated", "censored", "")) for i, (value, outside) in enumerate(rows)]


@case("what the method leaves out is an outlier, and the least and the greatest of what it keeps are none")
def _(r):
    values = SPREAD + ["20.00"]
    ways = {name: r.ask(values, method=name) for name in ("truncated-3sd", "clia-3sd", "truncated-2sd")}
    ways["stated"] = r.stated(values, "10")
    left_out = {"truncated-3sd": {"20.00"}, "clia-3sd": {"20.00"}, "truncated-2sd": twin_cut(values, 2), "stated": set()}
    return lambda out: [same("%s: mark of %s" % (name, value), out.score(q, i)["mark"], "outlier" if value in left_out[name] else "kept")
                        for name, q in ways.items() for i, value in enumerate(values)]


@case("a value that is exactly so many SD away stays, unless the method is told otherwise")
def _(r):
    by_two, by_three = ["6.00"] + ["10.00"] * 7 + ["14.00"], ["4.00"] + ["10.00"] * 17 + ["16.00"]  # the SD is 2
    asked = [(r.ask(values, method=method, settings=settings), "%s %s" % (method, settings), len(values) - (2 if settings.get("at_boundary") == "1" else 0))
             for method, values in (("truncated-2sd", by_two), ("truncated-3sd", by_three), ("clia-3sd", by_three))
             for settings in ({}, {"at_boundary": "0"}, {"at_boundary": "1"})]
    return lambda out: [same(what, out.target(q)["used"], str(n)) for q, what, n in asked]


@case("where a value is to be stated and none is, there is no target, and the SDI is of Algorithm A")
def _(r):
    q = r.ask(SPREAD, method="known")
    e = twin_stats.algorithm_a(tuple(sorted(fractions(SPREAD))), Decimal("1.134"), Decimal("1e-9"))

    def look(out):
        row = out.target(q)
        yield same("status", (row["status"], row["x_pt"]), ("no_target", ""))
        yield near("centre", row["sdi_centre"], e.x, 1e-9)
        yield near("SD", row["sdi_sd"], e.s, 1e-9)
    return look


@case("for an SD limit so many peers as the scheme asks for are enough, and one fewer are not")
def _(r):
    by_sd, either = {"kind": "SD", "sd": "3"}, {"kind": "ABS_OR_SD", "abs": "0.1", "sd": "3"}
    rows = [(by_sd, 12, {}, "gradable", "sd"), (by_sd, 11, {}, "too_few_for_sd", ""), (by_sd, 11, {"sd_limit_least": "11"}, "gradable", "sd"),
            (either, 12, {}, "gradable", "sd"), (either, 11, {}, "gradable", "abs"), (either, 12, {"log_rule": "sd"}, "gradable", "sd"),
            (either, 11, {"log_rule": "sd"}, "too_few_for_sd", ""), (either, 12, {"log_rule": "abs"}, "gradable", "abs")]
    level = r.ask(["9.00"] * 6 + ["10.00"] + ["11.00"] * 6, limit={"kind": "ABS_OR_SD", "abs": "3", "sd": "3"})
    asked = [(r.ask(SPREAD[:n], limit=limit, choices=choices), limit["kind"], n, choices, status, branch) for limit, n, choices, status, branch in rows]

    def look(out):
        yield same("two that are equally wide", (out.target(level)["limit_branch"], out.target(level)["delta_e"]), ("abs", "3"))
        for q, kind, n, choices, status, branch in asked:
            row = out.target(q)
            yield same("%s, %d peers, %s" % (kind, n, choices), (row["status"], row["limit_branch"]), (status, branch))
            wanted = 3 * twin_stats.plain(tuple(fractions(SPREAD[:n]))).s if branch == "sd" else Fraction("0.1") if branch else None
            yield near("delta_e", row["delta_e"], wanted, 1e-9)
    return look


@case("a fixed limit is applied where the spread collapsed, or is not, as the scheme says; a stated target does not ask for a spread")
def _(r):
    ask = [(r.ask(["10.00"] * 12, limit=absolute("1")), "gradable"),
           (r.ask(["10.00"] * 12, limit=absolute("1"), choices={"collapsed_fixed_limit": "not_evaluated"}), "collapsed"),
           (r.ask(SPREAD, limit=absolute("1"), choices={"collapsed_fixed_limit": "not_evaluated"}), "gradable"),
           (r.stated(["10.00"] * 12, "10", limit=absolute("1"), choices={"collapsed_fixed_limit": "not_evaluated"}), "gradable")]
    return lambda out: [same("status", out.target(q)["status"], word) for q, word in ask]


@case("where a decision gives the target the SDI stays that of the method which would have given it, or of the one that the scheme names")
def _(r):
    values = tuple(sorted(fractions(SPREAD + ["12.00"])))
    rows = [("median-niqr", {}, twin_stats.median_scale(values, False)), ("mean", {}, twin_stats.plain(values)),
            ("mean", {"sdi_method": "median-niqr"}, twin_stats.median_scale(values, False))]
    asked = [(r.ask(SPREAD + ["12.00"], method=method, choices=choices, decided={"x-pt": "11.00"}), method, choices, e) for method, choices, e in rows]

    def look(out):
        for q, method, choices, e in asked:
            row = out.target(q)
            yield same("%s %s: target" % (method, choices), (row["x_pt"], row["origin"]), ("11.00", "decided"))
            yield near("%s %s: centre" % (method, choices), row["sdi_centre"], e.x, 1e-9)
            yield near("%s %s: SD" % (method, choices), row["sdi_sd"], e.s, 1e-9)
    return look


@case("the method of the SDI beside a stated target has the settings of the scheme's choices")
def _(r):
    values = tuple(sorted(fractions(SPREAD)))
    rows = [({"sdi_method": "median-niqr"}, twin_stats.median_scale(values, False)),
            ({"sdi_method": "median-niqr", "median_scale": "made"}, twin_stats.median_scale(values, True)),
            ({"algorithm_a_factor": "exact"}, twin_stats.algorithm_a(values, twin_stats.exact_factor(), Decimal("1e-9")))]
    asked = [(r.stated(SPREAD, "10", choices=choices), choices, e) for choices, e in rows]

    def look(out):
        for q, choices, e in asked:
            yield near("%s: centre" % choices, out.target(q)["sdi_centre"], e.x, 1e-9)
            yield near("%s: SD" % choices, out.target(q)["sdi_sd"], e.s, 1e-9)
    return look


@case("a limit that was widened says what it was")
def _(r):
    q = r.stated(["10.00", "11.40", "11.42"], "10", "0.5", limit=absolute("1"), choices={"uncertain_target": "widen"})

    def look(out):
        row = out.target(q)
        yield near("before", row["delta_e_before"], 1)
        yield near("after", row["delta_e"], root(Fraction(2)))  # sqrt(1 + 4 x 0.25)
        yield same("widened", row["widened"], "1")
        yield same("verdicts", [out.score(q, i)["verdict"] for i in range(3)], ["acceptable", "acceptable", "unacceptable"])
    return look


@case("humps are looked for through a window of 0.75 sigma_pt, or where there is none through one of the group's own spread")
def _(r):
    values = lumps((10, 10.6), 80, 0.04)
    asked = [(r.ask(values, inside=sigma("perception", sd="0.9")), "1"), (r.ask(values), "2"), (r.ask(values, inside=sigma("perception", sd="0.1")), "2")]
    return lambda out: [same("humps", out.target(q)["humps"], n) for q, n in asked]
