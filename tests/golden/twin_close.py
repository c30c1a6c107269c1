# SPDX-License-Identifier: GPL-3.0-or-later
"""A round closed by a second hand, from the documents alone and as slowly as it likes.

Comments that begin with "Open:" name a place where the documents leave more than one reading, and
which one is taken.
"""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as Box

import twin_answers
from twin_book import KEYS, instant, read_round, read_value, settings_of
from twin_stats import estimate, mad, median

# Reasons that lie in the sample: such a cell can be credited.
SAMPLE_REASONS = ("no_target", "too_few_peers", "percent_undefined", "collapsed", "too_few_for_sd", "no_convergence", "sample_out")


class Refused(Exception):
    """The round cannot be closed at all."""


# ---- what came back ----

def collect(r):
    """Every row to its cell. Gives: rows by (lab, programme, measurand, sample)."""
    rows = {}
    for row in r.rows:
        p = next((p for p in r.programmes if p.code == row.get("programme")), r.programmes[0] if len(r.programmes) == 1 else None)
        m = p.by_name[row["measurand"]]
        if m not in r.declared.get((row["lab"], p.code), []):
            if p.choices["undeclared"] == "stop":
                raise Refused("undeclared")
            continue
        own = m.scale or m.undetected or m.log10
        kind, number = twin_answers.read(m, row, p.choices) if own else read_value(row["value"])
        if kind == "unreadable" and p.choices["unreadable"] == "stop":
            raise Refused("unreadable")
        if number is not None and not own:
            number *= p.factor(m.factor_code, m.unit, row.get("unit", ""))
        received = instant(row.get("received"))
        late = received is not None and (received > r.closes or (p.choices["closing_inclusive"] == "false" and received == r.closes))
        rows.setdefault((row["lab"], p.code, m.code, row["sample"]), []).append(Box(
            kind=kind, number=number, text=row["value"], received=received, late=late,
            index=Fraction(row["index"]) if row.get("index") else None,
            lod=twin_answers.logarithm(Fraction(row["lod"]), p.choices) if row.get("lod") and m.log10 else None,
            keys=tuple(row.get(k, "").strip() for k in KEYS)))
    return rows


def same(a, b, c):
    if c["duplicate_equal"] == "text":
        equal = a.text == b.text
    else:
        equal = (a.kind, a.number) == (b.kind, b.number) and a.kind != "unreadable" or a.text == b.text
    # "Codes of both duplicate lines must agree (method, instrument, system)": reagent and calibrator are not named.
    return equal and a.keys[:3] == b.keys[:3]


def settle_cell(rows, chosen, accepted, c):
    """One row of those that came for a cell, and its state."""
    full = [row for row in rows if row.kind != "nothing"]
    in_time = [row for row in full if not row.late]
    counted = in_time if in_time and c["late_duplicate"] == "ignored" else full
    if not counted:
        return None, "nothing"
    if chosen is not None:
        counted = [row for row in counted if row.number == chosen] or counted
        counted = counted[:1] if len({row.text for row in counted}) == 1 else counted
    first = min(counted, key=lambda row: (row.received is not None, row.received, row.text) if row.received else (False, 0, row.text))
    late = all(row.late for row in counted)
    if any(not same(first, row, c) for row in counted):
        # Open: two different values that are both late. Late is the graver and scores 0; a conflict would spare the laboratory.
        # Which of them it would have been is open, so the late one has no value.
        return first, "late-conflict" if late and not accepted else "conflict"
    if first.kind == "unreadable":
        return first, "late" if late and not accepted else "unreadable"
    return first, "late" if late and not accepted else "returned"


def intake(r):
    """The cells of the round: one per enrolment, declared measurand and sample."""
    rows = collect(r)

    def decided(tag, **where):
        return [d for d in r.decisions if d.tag == tag and all(d.get(k) == v for k, v in where.items())]

    cells = {}
    for (lab, code), declared in r.declared.items():
        p = next(p for p in r.programmes if p.code == code)
        excuses = decided("excuse", lab=lab, programme=code)
        # Open: an excuse whose conditions are not met (it excuses nobody, and the round goes on), and an excuse of a
        # laboratory that returned something all the same (the whole programme is out, values and counts).
        excused = any(p.choices["excuse_conditions"] == "trusted" or all(d.get(k) == "yes" for k in ("suspended", "notified", "took-part"))
                      for d in excuses)
        accepted = bool(decided("accept-late", lab=lab, programme=code))
        for m in declared:
            for s in p.samples:
                here = dict(lab=lab, programme=code, sample=s)
                chosen = [Fraction(d.get("value")) for d in decided("choose", **here) if p.by_name[d.get("measurand")] is m]
                row, state = settle_cell(rows.get((lab, code, m.code, s), []), chosen[0] if chosen else None, accepted, p.choices)
                kind, number = (row.kind, row.number) if row and state != "late-conflict" else ("nothing", None)
                state = "late" if state == "late-conflict" else state
                for d in decided("correct", **here):
                    if p.by_name[d.get("measurand")] is m and number == Fraction(d.get("from")):
                        number = Fraction(d.get("to"))
                if excused:
                    state = "excused"
                blank_rows = rows.get((lab, code, m.code, s), [])
                keys = row.keys if row else blank_rows[0].keys if blank_rows else ("",) * 5
                cells[lab, code, m.code, s] = Box(
                    lab=lab, p=p, m=m, s=s, state=state, kind=kind, number=number, keys=keys,
                    late_row=bool(row and row.late), out=False, sample_out=False, mark="", group=None,
                    index=row.index if row else None, lod=row.lod if row else None, referee=(lab, code) in r.referees, flags=set())
    for d in decided("do-not-evaluate"):
        for cell in cells.values():
            named = d.get("measurand")
            if cell.p.code == d.get("programme") and d.get("sample", cell.s) == cell.s and d.get("lab", cell.lab) == cell.lab and (
                    named is None or cell.p.by_name[named] is cell.m):
                if d.get("lab") is None:
                    cell.sample_out = True
                else:
                    cell.out = True
    name_nothings(r, cells)
    return cells


def name_nothings(r, cells):
    """blank: others of the measurand came. not_returned: nothing of it did."""
    for (lab, code), declared in r.declared.items():
        p = next(p for p in r.programmes if p.code == code)
        mine = [cells[lab, code, m.code, s] for m in declared for s in p.samples]
        anything = any(c.state != "nothing" for c in mine)
        for m in declared:
            own = [c for c in mine if c.m is m]
            some = any(c.state != "nothing" for c in own)
            for c in own:
                if c.state == "nothing":
                    c.state = "blank" if some or (anything and p.choices["blank_measurand"] == "blank") else "not_returned"
                c.whole = not some


# ---- limits ----

def width_of(g, m, c):
    """The same for a group. Of a limit that is so much or so many SD the latter needs peers."""
    few = m.limit.kind == "ABS_OR_SD" and len(g.kept) < int(c["sd_limit_least"])
    return (None, None, "too_few_for_sd") if few and c["log_rule"] == "sd" else width_at(m, c, g.x_pt, None if few else g.sd)


def width_at(m, c, t, sd):
    """Gives: (delta_E, branch, None), or (None, None, why there is none)."""
    limit = m.limit
    if limit.kind == "ABS_OR_SD":
        if c["log_rule"] == "sd":
            return (limit.sd * sd, "sd", None) if sd else (None, None, "collapsed")
        return (limit.sd * sd, "sd", None) if c["log_rule"] == "either" and sd and limit.sd * sd > limit.abs else (limit.abs, "abs", None)
    if limit.kind == "SD":
        return (limit.sd * sd, "sd", None) if sd else (None, None, "collapsed")
    pct = None
    if limit.pct is not None and (t > 0 or (t < 0 and c["negative_target_pct"] == "absolute")):
        pct = limit.pct * abs(t) / 100
    if limit.kind == "ABS":
        return limit.abs, "abs", None
    if limit.kind == "PCT_OR_ABS_GREATER":
        if pct is None or limit.abs >= pct:
            return limit.abs, "abs", None
        return pct, "pct", None
    if (limit.kind == "ABS_LE_CUT_ELSE_PCT" and t <= limit.cut) or (limit.kind == "ABS_LT_CUT_ELSE_PCT" and t < limit.cut):
        return limit.abs, "abs", None
    return (pct, "pct", None) if pct is not None else (None, None, "percent_undefined")


def rounded(x, places, half_even=True):
    scaled = x * Fraction(10) ** places
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (whole % 2 or not half_even)):
        whole += 1
    return Fraction(whole) / Fraction(10) ** places


def inward(x, places, up):
    scaled = x * Fraction(10) ** places
    whole = scaled.numerator // scaled.denominator
    if up and whole != scaled:
        whole += 1
    return Fraction(whole) / Fraction(10) ** places


def target_places(m, c):
    said = c["target_places"]
    if said == "null":
        return None
    return m.places + int(said[6:] or 0) if said.startswith("places") else int(said)


def round_target(x, m, c):
    """The double nearest to the target, then its shortest decimal (or its exact binary value), then the rounding."""
    binary = c["target_round_from"] == "binary" and target_places(m, c) is not None
    spelt = Fraction(float(x)) if binary else Fraction(Decimal(repr(float(x))))
    return spelt if target_places(m, c) is None else rounded(spelt, target_places(m, c))


# ---- groups ----

def counts_in_statistics(cell, c):
    """Whether a value is a candidate for the statistics; else why it is set aside (absurd ones come later)."""
    if cell.kind == "nothing" or cell.state == "excused":
        return ""
    if cell.state == "late" or (cell.late_row and cell.state == "returned" and c["accepted_late_in_statistics"] == "false"):
        return "late"
    if cell.state == "conflict":
        return "conflict"
    if cell.state == "unreadable":
        return ""
    if cell.kind not in ("number", "answer"):
        return "censored"
    if cell.out or cell.sample_out:
        return "decided"
    m = cell.m
    if cell.kind == "answer":
        return "kept"
    if (m.screen_least is not None and cell.number < m.screen_least) or (m.screen_most is not None and cell.number > m.screen_most):
        return "screened"
    return "kept"


def key_of(cell, rung, ladder, c):
    """The key by which a cell belongs to a rung; None where it skips the rung."""
    names = list(rung)
    if c["rung_keys"] == "nested" and rung:
        for coarser in ladder[ladder.index(rung) + 1:]:
            names += [n for n in coarser if n not in names]
    values = tuple((n, cell.keys[KEYS.index(n)]) for n in sorted(names, key=KEYS.index))
    if c["blank_key"] == "skip" and any(not v for _, v in values):
        return None
    return values


def sane_range(values, m, c):
    """Only within it a value is not absurd: absurd_factor limits from the median of its group."""
    if c["absurd_factor"] == "null" or not values:
        return None
    middle = median(values)
    sd = max(Fraction("1.483") * mad(values), Fraction(10) ** -m.places)
    width = width_at(m, c, middle, sd)[0]
    return None if width is None else (middle - Fraction(c["absurd_factor"]) * width, middle + Fraction(c["absurd_factor"]) * width)


def absurd(number, sane):
    return sane is not None and not sane[0] < number < sane[1]


def make_group(p, m, s, rung, key, pool):
    c = p.choices
    values = [cell.number for cell in pool]
    sane = sane_range(values, m, c)
    kept = [cell for cell in pool if not absurd(cell.number, sane)]
    own = estimate(m.method, m.settings, [cell.number for cell in kept])
    counted = own.n if own and c["least_counts"] == "retained" else len(kept)
    return Box(p=p, m=m, s=s, rung=rung, key=key, sane=sane, kept=kept, n_absurd=len(pool) - len(kept), own=own,
               enough=counted >= m.least, judged=[])


def gather(r, p, m, s, cells):
    """The groups of one measurand and sample, lowest rung first; every cell is put into one of them."""
    c = p.choices
    here = [cell for cell in cells.values() if cell.p is p and cell.m is m and cell.s == s]
    for cell in here:
        cell.mark = counts_in_statistics(cell, c)
    given, special = given_target(r, p, m, s), None
    if m.scale:
        special = twin_answers.gather(p, m, s, here, key_of, given)
    elif m.undetected:
        negative = twin_answers.negative_group(p, m, s, here, given)
        special = [negative] if negative else None
    if special is not None:
        return settled(p, m, s, here, special)
    candidates = [cell for cell in here if cell.mark == "kept"]
    waiting, groups = list(here), []
    for at, rung in enumerate(m.ladder):
        pool = candidates if c["climb_pool"] == "everyone" else [cell for cell in candidates if cell in waiting]
        last = rung == ()
        # Who sent nothing names no key and belongs to nobody's group but the last.
        keys = sorted({key_of(cell, rung, m.ladder, c) for cell in waiting if last or cell.kind != "nothing"} - {None})
        for key in keys:
            members = [cell for cell in waiting if (last or cell.kind != "nothing") and key_of(cell, rung, m.ladder, c) == key]
            group = make_group(p, m, s, rung, key, [cell for cell in pool if key_of(cell, rung, m.ladder, c) == key])
            if group.enough or last:
                group.judged = members
                groups.append(group)
                waiting = [cell for cell in waiting if cell not in members]
    if waiting:
        # No rung is left: together they are a group that can have no target of its own.
        pool = [cell for cell in candidates if cell in waiting]
        group = make_group(p, m, s, None, (), pool)
        group.enough, group.judged = False, waiting
        groups.append(group)
    for group in groups:
        for cell in group.judged:
            cell.group = group
    return groups


def settled(p, m, s, here, groups):
    """Groups of answers; those who sent nothing are in none, and why nothing can be graded is that of any group."""
    for group in groups:
        for cell in group.judged:
            cell.group = group
    nobody = twin_answers.new_group(p, m, s, None, (), [], Box(low=None, votes=0, of=0, by=""), "consensus", groups[-1].why if groups else "no_target")
    for cell in here:
        cell.group = cell.group or nobody
    return groups


def given_target(r, p, m, s):
    for d in r.decisions:
        if d.tag == "set-target" and d.get("programme") == p.code and p.by_name[d.get("measurand")] is m and d.get("sample") == s:
            return "decided", Fraction(d.get("x-pt")), Fraction(d.get("u")) if d.get("u") else None
    if (m.code, s) in p.known:
        return ("known",) + p.known[m.code, s]
    return None


def assign(r, g, adopt):
    """Target, limit and the reason why nothing can be graded, if there is one.
    adopt: a function from (group, own x_pt) to the x_pt to go on with; see twin_compare."""
    p, m, c = g.p, g.m, g.p.choices
    values = [cell.number for cell in g.kept]
    given = given_target(r, p, m, g.s)
    g.origin = given[0] if given else "consensus"
    # SDI: by the target's own method, by Algorithm A for known targets, unless sdi_method names another.
    method = m.method if g.origin != "known" and m.method != "known" else "algorithm-a"
    if c["sdi_method"] != "own":
        method = c["sdi_method"]
    if method == m.method:
        g.peers = estimate(method, m.settings, values)
    else:
        g.peers = estimate(method, settings_of(m.assign, method, c), values)
    g.why = g.x_pt = g.width = g.branch = g.x = g.u = g.sd = None
    g.collapsed = False
    if given:
        g.x, g.u = given[1], given[2]
        g.x_pt = round_target(g.x, m, c) if c["round_known"] == "true" and target_places(m, c) is not None else g.x
        g.sd, too_few = g.peers and g.peers.s, False
        g.collapsed = bool(g.peers and g.peers.collapsed)
    else:
        if g.own:
            g.x, g.u, g.sd, g.collapsed = g.own.x, g.own.u, g.own.s, g.own.collapsed
        if m.method == "known":
            g.why = "no_target"
        elif not g.enough:
            g.why = "too_few_peers"
        elif g.own is None:
            g.why = "no_target"
        elif not g.own.converged:
            g.why = "no_convergence"
        if g.why is None:
            g.x_pt = adopt(g, round_target(g.x, m, c))
    if g.why is None and m.limit.kind == "SD":
        if len(g.kept) < int(c["sd_limit_least"]):
            g.why = "too_few_for_sd"
        elif g.collapsed:
            g.why = "collapsed"
    elif g.why is None and g.collapsed and not given and c["collapsed_fixed_limit"] == "not_evaluated":
        g.why = "collapsed"
    if g.why is None:
        g.width, g.branch, g.why = width_of(g, m, c)
    if g.judged and g.judged[0].sample_out:
        g.why = "sample_out"
    for cell in g.kept:
        if cell.group is g and g.own and g.origin == "consensus" and cell.number in g.own.out:
            cell.mark = "outlier"
    for cell in g.judged:
        if cell.mark == "kept" and absurd(cell.number, g.sane):
            cell.mark = "absurd"


# ---- verdicts ----

def judge_value(cell):
    """A value that counts: (verdict, reason) by the limit of its group."""
    g, c = cell.group, cell.p.choices
    if cell.m.scale or (cell.m.undetected and (g.negative or cell.kind in ("undetected", "below"))):
        verdict, reason, cell.credit = twin_answers.judge(cell) if cell.m.scale else twin_answers.judge_undetected(cell)
        return verdict, reason
    if cell.kind in ("below", "above"):
        if c["censored"] == "not_evaluated":
            return "not_evaluated", "censored"
        if g.why:
            return "not_evaluated", g.why if c["censored"] == "blank" else "censored"
        if c["censored"] == "blank":
            return "unacceptable", "censored"
        low, high = g.x_pt - g.width, g.x_pt + g.width
        outside = cell.number <= low if cell.kind == "below" else cell.number >= high
        return ("unacceptable", "") if outside else ("not_evaluated", "censored")
    wild = absurd(cell.number, g.sane)
    if g.why:
        if wild:
            return ("unacceptable" if c["absurd_when_ungradable"] == "unacceptable" else "not_evaluated"), "absurd"
        return ("acceptable" if c["ungradable"] == "credit" else "not_evaluated"), g.why
    if wild:
        return "unacceptable", "absurd"
    off = abs(cell.number - g.x_pt)
    inside = off <= g.width if c["bounds_inclusive"] == "true" else off < g.width
    return ("acceptable" if inside else "unacceptable"), ""


def judge(cell):
    """Sets verdict, reason and would_be."""
    c = cell.p.choices
    cell.would_be, cell.credit = "", None
    as_blank = (cell.kind == "above" or (cell.kind == "below" and not cell.m.undetected)) and c["censored"] == "blank"
    if cell.state == "excused":
        cell.verdict, cell.reason = "not_evaluated", "excused"
    elif cell.out:
        cell.verdict, cell.reason = "not_evaluated", "lab_sample_out"
    elif cell.state == "conflict":
        cell.verdict, cell.reason = "not_evaluated", "conflict"
    elif cell.state == "unreadable":
        cell.verdict, cell.reason = "not_evaluated", "unreadable"
    elif cell.state in ("late", "not_returned") or (cell.state == "blank" and cell.whole):
        # Who sent nothing, or late: 0, and ungradable samples count only where the scheme says so.
        whole_total = c["no_show_total"] == "all" or c["ungradable"] == "credit"
        if cell.state == "late" and cell.kind != "nothing":
            if as_blank:
                judge_blank(cell, "censored")
                cell.would_be = cell.verdict
            elif cell.kind == "unreadable":
                cell.would_be = "not_evaluated"
            else:
                cell.would_be = judge_value(cell)[0]
        if cell.why and not whole_total:
            cell.verdict, cell.reason = "not_evaluated", cell.why
        else:
            cell.verdict, cell.reason = "unacceptable", cell.state
    elif cell.state == "blank":
        judge_blank(cell, "blank")
    elif as_blank:
        judge_blank(cell, "censored")
    else:
        cell.verdict, cell.reason = judge_value(cell)


def judge_blank(cell, word):
    c = cell.p.choices
    if c["blank_result"] == "not_evaluated":
        cell.verdict, cell.reason = "not_evaluated", "censored" if word == "censored" else "blank_not_evaluated"
    elif cell.why and c["ungradable"] == "exclude":
        cell.verdict, cell.reason = "not_evaluated", cell.why
    else:
        # Open: a blank where an ungradable sample is credited. Credit is for what was sent; a blank stays unacceptable.
        cell.verdict, cell.reason = "unacceptable", word


def tally(cells, whole):
    counted = [c for c in cells if c.verdict != "not_evaluated"]
    t = Box(accepted=sum((Fraction(c.credit, 100) if c.verdict == "unacceptable" else 1) * c.m.weight for c in counted),
            total=sum(c.m.weight for c in counted))
    t.left_out = len(cells) - len(counted)
    t.satisfaction = "neither" if not t.total else "satisfactory" if t.accepted * 100 >= whole * t.total else "unsatisfactory"
    states = {c.state for c in cells}
    came = states & {"returned", "conflict", "unreadable"}
    t.standing = ("excused" if "excused" in states else "returned" if came else "late" if "late" in states else
                  "blank" if "blank" in states else "not_returned")
    return t


def count_samples(t, samples, whole):
    """Samples in which everything that was judged is right."""
    verdicts = [[c.verdict for c in cells if c.verdict != "not_evaluated" and not (c.verdict == "acceptable" and c.reason)] for cells in samples]
    t.total = sum(bool(v) for v in verdicts)
    t.accepted = sum(bool(v) and set(v) == {"acceptable"} for v in verdicts)
    t.satisfaction = "neither" if not t.total else "satisfactory" if t.accepted * 100 >= whole * t.total else "unsatisfactory"


def score(r, cells):
    """S1 and S: tallies by (lab, programme, measurand), "*" for the programme."""
    tallies = {}
    for (lab, code), declared in r.declared.items():
        p = next(p for p in r.programmes if p.code == code)
        of = {m.code: [cells[lab, code, m.code, s] for s in p.samples] for m in declared}
        for m in declared:
            tallies[lab, code, m.code] = tally(of[m.code], m.whole)
        t = tally([c for m in declared for c in of[m.code]], p.whole)
        if t.standing == "blank":
            t.standing = "not_returned"
        if p.choices["programme_score"] == "samples":
            count_samples(t, [[c for m in declared for c in of[m.code] if c.s == s] for s in p.samples], p.whole)
        if t.total and p.choices["must_all_spoils_programme"] == "true" and any(
                m.whole == 100 and tallies[lab, code, m.code].satisfaction == "unsatisfactory" for m in declared):
            t.satisfaction = "unsatisfactory"
        t.measurands = sum(tallies[lab, code, m.code].total > 0 for m in declared)
        tallies[lab, code, "*"] = t
    return tallies


# ---- ranks and regions ----

def overall(parts):
    """One laboratory over all its programmes."""
    standings = [t.standing for t in parts]
    t = Box(accepted=sum(x.accepted for x in parts), total=sum(x.total for x in parts), measurands=sum(x.measurands for x in parts))
    t.standing = next((s for s in ("returned", "late", "not_returned") if s in standings), "excused")
    verdicts = [x.satisfaction for x in parts if x.satisfaction != "neither"]
    t.satisfaction = "neither" if not verdicts else "unsatisfactory" if "unsatisfactory" in verdicts else "satisfactory"
    return t


def lists(r, tallies):
    """Per programme and over all ("*"): code, choices, laboratory to tally."""
    for p in r.programmes:
        yield p.code, p.choices, {lab: tallies[lab, p.code, "*"] for lab in r.labs if (lab, p.code) in r.declared}
    yield "*", r.choices, {lab: overall([tallies[lab, p.code, "*"] for p in r.programmes if (lab, p.code) in r.declared])
                           for lab in r.labs if any((lab, p.code) in r.declared for p in r.programmes)}


def above(r, code):
    """A region and those that hold it."""
    chain = []
    while code is not None:
        chain.append(code)
        code = r.regions[code].parent
    return chain


def used(r):
    """Regions that hold a laboratory, themselves or in a region below."""
    r.above = {lab: above(r, r.labs[lab].region) for lab in r.labs}
    return sorted(set().union(*r.above.values()))


def places_of(values, ties):
    """value -> (rank, how many share it); greater is better."""
    ordered = sorted(values, reverse=True)
    if ties == "dense":
        distinct = sorted(set(values), reverse=True)
        return {v: (distinct.index(v) + 1, ordered.count(v)) for v in distinct}
    return {v: (ordered.index(v) + 1, ordered.count(v)) for v in set(values)}


def ranking(r, tallies):
    """(programme, region, class, lab) -> row."""
    rows = {}
    for code, c, labs in lists(r, tallies):
        for region in used(r):
            for kind in ["*"] + r.classes:
                inside = {lab: t for lab, t in labs.items() if region in r.above[lab] and kind in ("*", r.labs[lab].kind)}

                def worth(t):
                    # "A laboratory that returned nothing": what came late was returned, and scores 0 like any other 0.
                    if not t.total or (c["rank_noshow"] == "unranked" and t.standing == "not_returned"):
                        return None
                    return Fraction(t.accepted, t.total), t.measurands if c["rank_tiebreak"] == "n" else 0
                ranks = places_of([worth(t) for t in inside.values() if worth(t)], c["rank_ties"])
                for lab, t in inside.items():
                    rows[code, region, kind, lab] = (t, ranks[worth(t)] if worth(t) else None)
    return rows


def regions(r, tallies):
    """(programme, region, class) -> row."""
    rows = {}
    for code, c, labs in lists(r, tallies):
        for region in used(r):
            for kind in ["*"] + r.classes:
                ts = [t for lab, t in labs.items() if kind in ("*", r.labs[lab].kind) and (
                    region in r.above[lab] if c["region_rollup"] == "true" else region == r.labs[lab].region)]
                if not ts:
                    continue
                late = sum(t.standing == "late" for t in ts)
                excused = sum(t.standing == "excused" for t in ts)
                rows[code, region, kind] = Box(
                    expected=len(ts) - (excused if c["expected_excludes_excused"] == "true" else 0),
                    returned=sum(t.standing == "returned" for t in ts) + (late if c["returned_includes_late"] == "true" else 0),
                    late=late, excused=excused, judged=sum(t.satisfaction != "neither" for t in ts),
                    satisfactory=sum(t.satisfaction == "satisfactory" for t in ts),
                    accepted=sum(t.accepted for t in ts), total=sum(t.total for t in ts), rank=None)
        # Open: whom a region is ranked against. Its sisters: the regions under the same parent.
        for parent in {x.parent for x in r.regions.values()}:
            for kind in ["*"] + r.classes:
                peers = [row for (k, g, q), row in rows.items()
                         if k == code and q == kind and r.regions[g].parent == parent and row.total]
                ranks = places_of([Fraction(row.accepted, row.total) for row in peers], c["rank_ties"])
                for row in peers:
                    row.rank = ranks[Fraction(row.accepted, row.total)]
    return rows


def close(folder, rules, adopt=lambda group, x_pt: x_pt):
    """The whole round. Fails: Refused."""
    r = read_round(folder, rules)
    cells = intake(r)
    groups = [g for p in r.programmes for m in p.measurands for s in p.samples for g in gather(r, p, m, s, cells)]
    for g in groups:
        if not getattr(g, "answers", False):
            assign(r, g, adopt)
            g.negative = False
    # Open: whether a sample counts for those who sent nothing. It does as soon as it could be graded for anybody:
    # otherwise silence would pay wherever one small group has no target.
    graded = {(id(g.p), id(g.m), g.s) for g in groups if g.why is None}
    for cell in cells.values():
        nobody = cell.kind == "nothing" and (id(cell.p), id(cell.m), cell.s) in graded
        cell.why = None if nobody else cell.group.why
        judge(cell)
        if cell.credit is None or cell.verdict == "unacceptable" and cell.reason in ("late", "blank", "not_returned"):
            cell.credit = 0
        if twin_answers.flag_index(cell):
            cell.flags.add("index")
    for (lab, code), declared in r.declared.items():
        p = next(p for p in r.programmes if p.code == code)
        twin_answers.compare_pairs(p, {(m.code, s): cells[lab, code, m.code, s] for m in declared for s in p.samples})
    tallies = score(r, cells)
    return Box(r=r, cells=cells, groups=groups, tallies=tallies, ranking=ranking(r, tallies), regions=regions(r, tallies))

