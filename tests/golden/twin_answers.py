# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are no numbers, by the second hand: scales, targets by agreement, judges; and quantities that may be undetected.

It reads codes as they stand: how people write answers is not its business. An answer is its place on the scale, a set the frozen set of
its members' places.
"""

import math
import os
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as Box

KEYS = ("system", "instrument", "method", "reagent", "calibrator")
JUDGES = dict(match={}, within=dict(grades=1, cross=0), members=dict(extra=0, miss_others=1), accepted=dict(family=0),
              susceptibility=dict(minor=50, major=0, very_major=0))
METHODS = dict(consensus=dict(participants=80, referees=80, least_referees=10, least_participants=1), mode=dict(share=0), known={})
METHODS["median-grade"] = {}


# ---- scales ----

def read_scale(name, folder, rules):
    path = os.path.join(folder, name) if name.endswith(".xml") else os.path.join(rules, "vocabulary", "scales", name + ".xml")
    root = ET.parse(path).getroot()
    answers = [Box(code=a.get("code"), side=a.get("side", "none"), significant=a.get("significant", "yes") == "yes", family=a.get("family", ""))
               for a in root.findall("answer")]
    if root.get("kind") == "titre":
        at = int(root.get("start", "1"))
        while at <= int(root.get("most")):
            answers.append(Box(code="1:%d" % at, side="positive", significant=True, family=""))
            at *= int(root.get("factor", "2"))
    s = Box(kind=root.get("kind"), answers=answers, place={a.code: i for i, a in enumerate(answers)}, strip_key=root.get("strips-by", "reagent"), strips={})
    for strip in root.findall("strip"):
        for maker in strip.findall("maker"):
            s.strips[maker.get("name")] = [s.place[code] for code in strip.get("answers").split()]
    s.ordered = s.kind in ("ordinal", "titre")
    return s


def reply_of(s, code):
    """Needs: a code, or of sets codes with + between."""
    if s.kind != "set":
        return s.place[code]
    return frozenset(s.place[c] for c in code.split("+") if s.answers[s.place[c]].side != "negative")


def written(s, reply):
    if s.kind == "set":
        return "+".join(s.answers[i].code for i in sorted(reply)) or "none"
    return s.answers[reply].code


def side_of(s, reply):
    if s.kind == "set":
        return "positive" if reply else "negative"
    return s.answers[reply].side


# ---- reading ----

def logarithm(number, c):
    """log10 of a number, as a double does it: its shortest decimal."""
    x = Fraction(Decimal(repr(math.log10(float(number)))))
    return x if c["log_places"] == "null" else Fraction(round(x * 10 ** int(c["log_places"]))) / 10 ** int(c["log_places"])


def read(m, row, c):
    """A cell of a measurand that has a scale, or that may be undetected. Gives: (kind, value)."""
    text = row["value"].strip()
    if not text:
        return "nothing", None
    if m.scale:
        return "answer", reply_of(m.scale, text)
    if text in ("未检出", "阴性"):
        return "undetected", None
    kind = {"<": "below", ">": "above"}.get(text[0], "number")
    number = Fraction(text[1:] if kind != "number" else text)
    return kind, logarithm(number, c) if m.log10 else number


# ---- targets ----

def agree(votes, share, least):
    """votes: answer to number. Gives: (answer or None, how many, of how many)."""
    of = sum(votes.values())
    best = max(votes.values(), default=0)
    for answer, n in votes.items():
        if of >= least and n * 100 >= share * of:
            return answer, n, of
    return None, best, of


def elect(m, c, voters):
    """voters: (answer, is a referee). Gives: Box(low, high, by, votes, of, lack); low None: none."""
    def count(of):
        votes = {}
        for answer in of:
            votes[answer] = votes.get(answer, 0) + 1
        return votes
    everybody = count(a for a, _ in voters)
    nothing = dict(low=None, high=None, by="")
    if m.method == "mode":
        best = max(everybody.values())
        most = [a for a, n in everybody.items() if n == best]
        if len(most) > 1:
            return Box(votes=best, of=len(voters), lack="two_modes", **nothing)
        if best * 100 < m.poll["share"] * len(voters):
            return Box(votes=best, of=len(voters), lack="no_consensus", **nothing)
        return Box(low=most[0], high=most[0], by="participants", votes=best, of=len(voters), lack="")
    if m.method == "median-grade":
        ordered = sorted(a for a, _ in voters)
        low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
        return Box(low=low, high=high, by="participants", votes=sum(n for a, n in everybody.items() if a in (low, high)), of=len(voters), lack="")
    participants = count(a for a, referee in voters if not referee or c["consensus_participants"] == "all")
    ways = [("referees", count(a for a, referee in voters if referee), m.poll["referees"], m.poll["least_referees"]),
            ("participants", participants, m.poll["participants"], m.poll["least_participants"])]
    for by, votes, share, least in ways if c["consensus_order"] == "referees_first" else reversed(ways):
        answer, n, of = agree(votes, share, least)
        if answer is not None:
            return Box(low=answer, high=answer, by=by, votes=n, of=of, lack="")
    # What lacked is told of the participants.
    return Box(votes=max(participants.values(), default=0), of=sum(participants.values()), lack="no_consensus", **nothing)


def stated(m, c, given, voters):
    return Box(low=given, high=given, by="", votes=sum(a == given for a, _ in voters), of=len(voters), lack="")


def new_group(p, m, s, rung, key, kept, elected, origin, why):
    return Box(p=p, m=m, s=s, rung=rung, key=key, kept=kept, n_absurd=0, elected=elected, origin=origin, why=why, judged=[], own=None, peers=None,
               x=None, u=None, x_pt=None, width=None, sane=None, negative=False, answers=True)


def gather(p, m, s, here, key_of, given):
    """Groups of one measurand and sample, lowest rung first. here: its cells, marked. given: None, or (origin, the answer)."""
    c = p.choices
    sent = [cell for cell in here if cell.kind != "nothing" and cell.state in ("returned", "late")]
    kept = [cell for cell in sent if cell.mark == "kept"]
    waiting, groups, lack = list(sent), [], {}

    def voters(cells):
        return [(cell.number, cell.referee) for cell in cells]
    for rung in m.ladder:
        keys = sorted({key_of(cell, rung, m.ladder, c) for cell in waiting} - {None})
        found = []
        for key in keys:
            pool = [cell for cell in kept if key_of(cell, rung, m.ladder, c) == key and (c["climb_pool"] == "everyone" or cell in waiting)]
            if len(pool) < m.least or not pool:
                continue
            elected = stated(m, c, given[1], voters(pool)) if given else elect(m, c, voters(pool)) if m.method != "known" else Box(low=None, lack="no_target")
            members = [cell for cell in waiting if key_of(cell, rung, m.ladder, c) == key]
            if elected.low is None:
                lack.update((id(cell), elected.lack) for cell in members)
                continue
            group = new_group(p, m, s, rung, key, pool, elected, given[0] if given else "consensus", None)
            group.judged = members
            found.append(group)
            waiting = [cell for cell in waiting if cell not in members]
        groups += found
    if waiting or (not groups and given):
        reasons = [lack[id(cell)] for cell in waiting if id(cell) in lack]
        pool = [cell for cell in kept if cell in waiting]
        why = None if given else next(r for r in ("no_target", "no_consensus", "two_modes") if r in reasons) if reasons else "too_few_peers"
        elected = stated(m, c, given[1], voters(pool)) if given else elect(m, c, voters(pool)) if reasons and pool else Box(low=None, votes=0, of=0, by="", lack=why)
        group = new_group(p, m, s, () if m.ladder and m.ladder[-1] == () else None, (), pool, elected, given[0] if given else "consensus", why)
        group.judged = waiting
        groups.append(group)
    return groups


def negative_group(p, m, s, here, given):
    """Of a quantity that may be undetected: the one group of a sample in which nothing is, or None."""
    sent = [cell for cell in here if cell.kind != "nothing" and cell.state in ("returned", "late")]
    asked = [cell for cell in sent if cell.mark in ("kept", "censored", "screened")]
    found_nothing = [cell for cell in asked if cell.kind in ("undetected", "below")]
    if given is not None:
        if given[1] != "negative":
            return None
    elif len(asked) < m.least or not asked or len(found_nothing) * 100 < m.undetected * len(asked):
        return None
    g = new_group(p, m, s, () if m.ladder and m.ladder[-1] == () else None, (), [cell for cell in sent if cell.mark == "kept"],
                  Box(low=None, by="participants", votes=len(found_nothing), of=len(asked)), given[0] if given else "consensus", None)
    g.judged, g.negative = sent, True
    return g


# ---- judges ----

def steps(a, b, strip):
    if strip is None:
        return abs(a - b)
    return abs(strip.index(a) - strip.index(b)) if a in strip and b in strip else None


def judge(cell):
    """Gives: (verdict, reason, credit in percent)."""
    g, m, c = cell.group, cell.m, cell.p.choices
    s, e, is_ = m.scale, g.elected, cell.number
    right, given = ("acceptable", "", 100), dict(m.accepts.get(cell.s, [])).get(is_, 0)
    if g.why:
        return ("acceptable" if c["ungradable"] == "credit" and cell.state == "returned" else "not_evaluated"), g.why, 100
    grey = {"positive": "positive", "negative": "negative"}.get(c["grey"] if s.ordered else c["grey_reply"])
    if not s.ordered and s.kind != "set" and c["grey_reply"] == "not_evaluated" and side_of(s, is_) == "grey" and side_of(s, e.low) != "grey":
        return "not_evaluated", "grey", 0

    def side(reply):
        return grey if side_of(s, reply) == "grey" else side_of(s, reply)
    crossing = None
    if side(e.low) == side(e.high):
        crossing = {("negative", "positive"): "false_negative", ("positive", "negative"): "false_positive"}.get((side(is_), side(e.low)))
    by_rule = globals()["judge_" + m.limit.judge](cell, s, is_, e, side, crossing, m.limit.settings)
    # What the organiser accepts as well never lowers a credit.
    if by_rule[0] != "acceptable" and given > by_rule[2]:
        return right if given == 100 else ("unacceptable", "partly", given)
    return by_rule


def judge_match(cell, s, is_, e, side, crossing, settings):
    counts_as = s.kind == "nominal" and side_of(s, is_) == "grey" and side(is_) is not None and side(is_) == side(e.low)
    return ("acceptable", "", 100) if is_ in (e.low, e.high) or counts_as else ("unacceptable", crossing or "other_answer", 0)


def judge_within(cell, s, is_, e, side, crossing, settings):
    strip = s.strips.get(cell.keys[KEYS.index(s.strip_key)])
    away = [n for n in (steps(is_, e.low, strip), steps(is_, e.high, strip)) if n is not None]
    if 0 in away or e.low < is_ < e.high:
        return "acceptable", "", 100
    # A target between negative and positive that the strip has not: of its answers the two beside it are equally near.
    unshown = not away and side_of(s, e.low) == side_of(s, e.high) == "grey"
    if crossing and not settings["cross"] and not unshown:
        return "unacceptable", crossing, 0
    if not away:
        return "not_evaluated", "off_strip", 0
    return ("acceptable", "", 100) if min(away) <= settings["grades"] else ("unacceptable", "too_far", 0)


def judge_members(cell, s, is_, e, side, crossing, settings):
    def heavy(reply):
        return {i for i in reply if s.answers[i].significant}
    missed, added = e.low - is_, is_ - e.low
    missed = heavy(missed) if settings["miss_others"] else missed
    added = added if settings["extra"] == 0 else heavy(added) if settings["extra"] == 1 else set()
    if missed:
        return "unacceptable", "missed" if is_ else "false_negative", 0
    if added:
        return "unacceptable", "extra" if e.low else "false_positive", 0
    return "acceptable", "", 100


def judge_accepted(cell, s, is_, e, side, crossing, settings):
    if is_ == e.low:
        return "acceptable", "", 100
    kin = s.answers[is_].family and s.answers[is_].family == s.answers[e.low].family
    credit = settings["family"] if kin else 0
    return ("acceptable", "", 100) if credit == 100 else ("unacceptable", "partly" if credit else crossing or "other_answer", credit)


def judge_susceptibility(cell, s, is_, e, side, crossing, settings):
    if is_ == e.low:
        return "acceptable", "", 100
    sides = s.answers[is_].side, s.answers[e.low].side
    error = "minor" if "grey" in sides else {("positive", "negative"): "major", ("negative", "positive"): "very_major"}[sides]
    credit = settings[error]
    return ("acceptable", "", 100) if credit == 100 else ("unacceptable", error + "_error", credit)


def judge_undetected(cell):
    """Where nothing is, or where nothing was found."""
    g, nothing = cell.group, cell.kind in ("undetected", "below")
    if g.why:
        return ("acceptable" if cell.p.choices["ungradable"] == "credit" and cell.state == "returned" else "not_evaluated"), g.why, 100
    if g.negative:
        return ("acceptable", "", 100) if nothing else ("unacceptable", "false_positive", 0)
    lod = cell.lod if cell.lod is not None or cell.kind != "below" else cell.number
    if lod is not None and g.x_pt < lod:
        return "not_evaluated", "below_lod", 0
    return "unacceptable", "false_negative", 0


# ---- beside the verdict ----

def index_says(m, index):
    cut = m.cutoff
    if cut.grey and cut.grey[0] <= index <= cut.grey[1]:
        return "grey"
    if index == cut.at:
        return cut.equal
    return "positive" if (index > cut.at) != (cut.positive == "below") else "negative"


def flag_index(cell):
    if cell.m.cutoff and cell.index is not None and cell.kind == "answer" and cell.state != "conflict":
        said = side_of(cell.m.scale, cell.number), index_says(cell.m, cell.index)
        return said in (("negative", "positive"), ("positive", "negative"))
    return False


def compare_pairs(p, mine):
    """mine: the cells of one enrolment by (measurand, sample)."""
    for a, b in p.pairs:
        for s in p.samples:
            one, two = mine.get((a, s)), mine.get((b, s))
            if not one or not two or one.state != "returned" or two.state != "returned" or one.number == two.number:
                continue
            for cell in (one, two):
                cell.flags.add("discrepancy")
                if p.choices["discrepancy"] == "fail" and cell.verdict != "not_evaluated" and not (cell.group and cell.group.why):
                    cell.reason = "discrepancy" if cell.verdict == "acceptable" else cell.reason
                    cell.verdict, cell.credit = "unacceptable", 0
