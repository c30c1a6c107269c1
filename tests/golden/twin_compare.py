# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what the twin worked out with the tables that were published."""

import csv
import functools
import io
import os
import sys
from fractions import Fraction

import twin_answers
from twin_close import Refused, close, inward

FIRST_DIFFERENCES = 12


number = functools.lru_cache(maxsize=None)(Fraction)


class Differences:
    def __init__(self, where):
        self.where, self.n, self.compared = where, 0, 0

    def add(self, what, published, own):
        self.n += 1
        if self.n <= FIRST_DIFFERENCES:
            print("%s: %s: published %s, the twin has %s" % (self.where, what, published, own))

    def same(self, what, published, own):
        self.compared += 1
        if published != own:
            self.add(what, repr(published), repr(own))

    def near(self, what, published, own, relative, absolute=Fraction(0)):
        """published: the text of a cell; own: a Fraction or None for an empty cell."""
        self.compared += 1
        if published == "" or own is None:
            if not (published == "" and own is None):
                self.add(what, published or "nothing", "nothing" if own is None else "%.15g" % own)
        elif abs(number(published) - own) > max(abs(own) * relative, absolute):
            self.add(what, published, "%.15g" % own)


def table(published, name):
    with open(os.path.join(published, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read())))


def half_up(accepted, total, places):
    if not total:
        return ""
    scaled = (2 * accepted * 100 * 10 ** places + total) // (2 * total)
    return str(Fraction(scaled)) if not places else "%d.%0*d" % (scaled // 10 ** places, places, scaled % 10 ** places)


def places_in(text):
    return Fraction(1, 10 ** (len(text.split(".")[1]) if "." in text else 0))


def adopter(groups, scores):
    """Where the last bit of a double decides, the published target is gone on with: a target without rounding
    (target_places null), and one that lies within 1e-12 of a tie between two roundings."""
    at = {(s["lab"], s["programme"], s["measurand"], s["sample"]): groups.get(s["group"]) for s in scores}

    def adopt(g, x_pt):
        row = next((at[c.lab, g.p.code, g.m.code, g.s] for c in g.judged if at.get((c.lab, g.p.code, g.m.code, g.s))), None)
        if row is None or not row["x_pt"] or not g.p.choices["target_places"]:
            return x_pt
        theirs = Fraction(row["x_pt"])
        if g.p.choices["target_places"] == "null":
            return theirs if abs(theirs - x_pt) <= abs(g.x) * Fraction(1, 10 ** 12) else x_pt
        on_tie = abs(abs(theirs - g.x) - abs(x_pt - g.x)) <= abs(g.x) * Fraction(1, 10 ** 12)
        return theirs if on_tie and theirs != x_pt else x_pt
    return adopt


def compare_groups(d, closed, rows, scores):
    of_cell = {(s["lab"], s["programme"], s["measurand"], s["sample"]): s["group"] for s in scores}
    seen = {}
    for g in closed.groups:
        ids = {of_cell[c.lab, g.p.code, g.m.code, g.s] for c in g.judged if c.kind != "nothing" and c.state != "excused"} - {""}
        if not ids:
            continue
        what = "group %s %s %s %s" % (g.p.code, g.m.code, g.s, "+".join("%s=%s" % kv for kv in g.key) or "all")
        d.same(what + " is one group", len(ids), 1)
        for number in ids:
            d.same(what + " is this group only", seen.setdefault(number, what), what)
            compare_group(d, what, rows[number], g)


def compare_group(d, what, row, g):
    tiny = Fraction(1, 10 ** 9)
    # Values are given to the measurand's precision: a spread that is rounding noise beside the centre is compared on its scale.
    floor = abs(g.x) * Fraction(1, 10 ** 14) if g.x is not None else Fraction(0)
    d.same(what + " rung", row["rung"], "+".join(g.rung) if g.rung else "all" if g.rung is not None else row["rung"])
    if getattr(g, "answers", False):
        compare_agreement(d, what, row, g)
        return
    d.same(what + " kept", row["kept"], str(len(g.kept)))
    d.same(what + " absurd", row["absurd"], str(g.n_absurd))
    d.same(what + " origin", row["origin"], g.origin)
    d.same(what + " status", row["status"], g.why or "gradable")
    if g.origin == "consensus":
        d.same(what + " used", row["used"], str(g.own.n if g.own else 0))
        d.near(what + " s", row["s"], g.own and g.own.s, tiny, floor)
        d.same(what + " collapsed", row["collapsed"], "1" if g.own and g.own.collapsed else "0")
    d.near(what + " x_exact", row["x_exact"], g.x, tiny)
    d.near(what + " u_x_pt", row["u_x_pt"], g.u, tiny, floor)
    if g.why is None:
        d.near(what + " x_pt", row["x_pt"], g.x_pt, 0)
        d.near(what + " delta_e", row["delta_e"], g.width, tiny)
        d.same(what + " limit_branch", row["limit_branch"], g.branch)
        d.near(what + " low", row["low"], inward(g.x_pt - g.width, g.m.places, True), 0)
        d.near(what + " high", row["high"], inward(g.x_pt + g.width, g.m.places, False), 0)
    d.near(what + " sdi_centre", row["sdi_centre"], g.peers and g.peers.x, tiny)
    d.near(what + " sdi_sd", row["sdi_sd"], g.peers and g.peers.s, tiny, floor)
    d.same(what + " sdi_n", row["sdi_n"], str(g.peers.n if g.peers else 0))


def compare_agreement(d, what, row, g):
    e = g.elected
    target = "negative" if g.negative else "" if e.low is None or g.why else "|".join(
        twin_answers.written(g.m.scale, reply) for reply in ([e.low] if e.low == e.high else [e.low, e.high]))
    for name, mine in (("kept", str(len(g.kept))), ("members", str(len(g.judged))), ("origin", g.origin), ("status", g.why or "gradable"), ("x_pt", target),
                       ("agreed_by", e.by if g.origin == "consensus" and not g.why else ""), ("agreed", str(e.votes)), ("asked", str(e.of))):
        d.same(what + " " + name, row[name], mine)


def points(accepted):
    """3.5 results, as tables write them."""
    hundredths = Fraction(accepted) * 100
    assert hundredths.denominator == 1
    return str(hundredths.numerator // 100) if hundredths % 100 == 0 else ("%d.%02d" % divmod(hundredths.numerator, 100)).rstrip("0")


def compare_answer(d, what, row, cell):
    """What a cell holds that is no number, its credit and flags."""
    credited = cell.verdict == "acceptable" and cell.reason
    if cell.kind == "answer" and cell.state not in ("conflict", "excused"):
        d.same(what + " value", row["value"], twin_answers.written(cell.m.scale, cell.number))
    credit = "" if cell.verdict == "not_evaluated" or credited else "100" if cell.verdict == "acceptable" else str(cell.credit)
    d.same(what + " credit", row["credit"], credit)
    d.same(what + " flags", row["flags"], " ".join(sorted(cell.flags, reverse=False, key=("index", "discrepancy").index)))


def compare_scores(d, closed, rows):
    d.same("lines of scores.csv", len(rows), len(closed.cells))
    for row in rows:
        where = (row["lab"], row["programme"], row["measurand"], row["sample"])
        what = " ".join(where)
        cell = closed.cells[where]
        d.same(what + " state", row["state"], cell.state)
        # What is credited is counted as acceptable, and printed as what it is: not evaluated, with its reason.
        credited = cell.verdict == "acceptable" and cell.reason
        d.same(what + " verdict", row["verdict"], "not_evaluated" if credited else cell.verdict)
        d.same(what + " reason", row["reason"], cell.reason)
        no_value = cell.state == "late" and cell.kind == "nothing" # two late values that differ: neither is it
        d.same(what + " would_be", row["would_be"], "not_evaluated" if no_value or (
            cell.would_be == "acceptable" and cell.group.why) else cell.would_be)
        came_all_the_same = cell.state == "excused" and cell.kind != "nothing"
        d.same(what + " mark", row["mark"], "decided" if came_all_the_same else "late" if no_value else cell.mark)
        compare_distance(d, what, row, cell)
        compare_answer(d, what, row, cell)


def compare_distance(d, what, row, cell):
    g, c = cell.group, cell.p.choices
    bias = pct = share = sdi = None
    if cell.kind == "number" and cell.state in ("returned", "late"):
        d.near(what + " value", row["value"], cell.number, 0)
        if g.x_pt is not None:
            bias = cell.number - g.x_pt
            if g.x_pt > 0:
                pct = 100 * bias / g.x_pt
            elif g.x_pt < 0 and c["bias_pct_nonpositive"] != "null":
                pct = 100 * bias / (g.x_pt if c["bias_pct_nonpositive"] == "signed" else abs(g.x_pt))
            if g.width:
                share = 100 * bias / g.width
        if g.peers and g.peers.s:
            sdi = (cell.number - g.peers.x) / g.peers.s
    for name, own in (("bias", bias), ("bias_pct", pct), ("share_pct", share), ("sdi", sdi)):
        # half a unit of the last printed place, and the double's own rounding
        d.near(what + " " + name, row[name], own, Fraction(1, 10 ** 11), places_in(row[name]) * Fraction(500001, 1000000))


def compare_verdicts(d, closed, rows):
    own = dict(closed.tallies)
    r = closed.r
    # Who is not enrolled has one line for the programme and none for its measurands.
    d.same("lines of verdicts.csv", len(rows), sum(len(p.measurands) + 1 if (lab, p.code) in r.declared else 1
                                                   for p in r.programmes for lab in r.labs))
    for row in rows:
        where = (row["lab"], row["programme"], row["measurand"])
        what = "verdict " + " ".join(where)
        p = next(p for p in r.programmes if p.code == row["programme"])
        if where not in own:
            nowhere = "not_performed" if (row["lab"], p.code) in r.declared else "not_enrolled"
            if not (nowhere == "not_enrolled" and row["measurand"] != "*"):
                d.same(what + " standing", row["standing"], nowhere)
            d.same(what + " total", row["total"], "0")
            continue
        t = own[where]
        places = int(p.choices["s_places" if row["measurand"] == "*" else "s1_places"])
        for name, mine in (("standing", t.standing), ("accepted", points(t.accepted)), ("total", str(t.total)),
                           ("not_evaluated", str(t.left_out)), ("satisfaction", t.satisfaction),
                           ("score", half_up(t.accepted, t.total, places))):
            d.same(what + " " + name, row[name], mine)


def compare_ranking(d, closed, rows):
    d.same("lines of ranking.csv", len(rows), len(closed.ranking))
    for row in rows:
        where = (row["programme"], row["region"], row["class"], row["lab"])
        what = "rank " + " ".join(where)
        if where not in closed.ranking:
            d.add(what, "a row", "none")
            continue
        t, rank = closed.ranking[where]
        for name, mine in (("rank", str(rank[0]) if rank else ""), ("tied", str(rank[1]) if rank else ""),
                           ("accepted", points(t.accepted)), ("total", str(t.total)), ("share", half_up(t.accepted, t.total, 2)),
                           ("measurands", str(t.measurands)), ("standing", t.standing)):
            d.same(what + " " + name, row[name], mine)


def compare_regions(d, closed, rows):
    d.same("lines of regions.csv", len(rows), len(closed.regions))
    for row in rows:
        where = (row["programme"], row["region"], row["class"])
        what = "region " + " ".join(where)
        if where not in closed.regions:
            d.add(what, "a row", "none")
            continue
        own = closed.regions[where]
        for name in ("expected", "returned", "late", "excused", "judged", "satisfactory", "accepted", "total"):
            d.same(what + " " + name, row[name], points(own.accepted) if name == "accepted" else str(getattr(own, name)))
        d.same(what + " share", row["share"], half_up(own.accepted, own.total, 2))
        d.same(what + " rank", (row["rank"], row["tied"]), (str(own.rank[0]), str(own.rank[1])) if own.rank else ("", ""))


def compare(folder, published, rules):
    """Gives: how many things differ."""
    d = Differences("/".join(os.path.normpath(folder).split(os.sep)[-2:]))
    there = os.path.isfile(os.path.join(published, "targets.csv"))
    scores = table(published, "scores.csv") if there else []
    groups = {row["group"]: row for row in table(published, "targets.csv")} if there else {}
    try:
        closed = close(folder, rules, adopter(groups, scores))
    except Refused as why:
        d.same("published although %s refuses it" % why, there, False)
        print("%s: %d compared, %d different" % (d.where, d.compared, d.n))
        return d.n
    d.same("published", there, True)
    if there:
        compare_groups(d, closed, groups, scores)
        compare_scores(d, closed, scores)
        compare_verdicts(d, closed, table(published, "verdicts.csv"))
        compare_ranking(d, closed, table(published, "ranking.csv"))
        compare_regions(d, closed, table(published, "regions.csv"))
    print("%s: %d compared, %d different" % (d.where, d.compared, d.n))
    return d.n

