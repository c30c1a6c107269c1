# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of a group: humps, ties, and results that are bounds. Cases of doubts.py."""

import math
import random
from decimal import Decimal
from fractions import Fraction

import twin_stats
from claims import case, doubts, fractions, near, root, same, statuses
from invent import absolute


def lumps(where, n, sd=0.1):
    """n values around the places, as many around each."""
    r = random.Random(7)
    return ["%.2f" % r.gauss(where[i % len(where)], sd) for i in range(n)]


@case("two clear humps of 60 are told; the group is withheld and credited, or nobody looks, as the scheme says")
def _(r):
    asked = []
    for word in ("report", "withhold", "ignore", None):
        choices = dict({"humps": word} if word else {}, ungradable="credit")
        for where, n, found in (((10, 14), 60, 2), ((10, 14), 29, 0), ((10, 12, 14), 60, 3), ((10,), 60, 1)):
            values = lumps(where, n)
            consensus, stated = r.ask(values, method="algorithm-a", choices=choices), r.stated(values, "10", "0.01", choices=choices)
            asked.append(("%s, %d around %s:" % (word, n, where), word, n, found if word != "ignore" else 0, consensus, stated))

    def look(out):
        for what, word, n, seen, q, stated in asked:
            row, withheld = out.target(q), seen > 1 and word == "withhold"
            yield same(what + " humps", row["humps"], str(seen or ""))
            if seen != 1:
                yield same(what + " dip_p", row["dip_p"], "0.001" if seen else "")
            yield same(what + " doubt", "humps" in row["doubts"].split(), seen > 1)
            yield same(what + " status", row["status"], "humps" if withheld else "gradable")
            for i in (0, n - 1):
                yield same(what + " verdict", out.verdict(q, i), ("not_evaluated", "humps", 1) if withheld else ("acceptable", "", 1))
            yield same(what + " stated", (out.target(stated)["humps"], out.target(stated)["status"]), ("", "gradable"))
    return look


@case("no hump is seen in 200 clean groups of 60 rounded values")
def _(r):
    g = random.Random(11)
    asked = []
    for i in range(200):
        at, sd = 10 + g.random(), (0.005, 0.01, 0.02, 0.05, 0.2)[i % 5]
        asked.append((sd, r.ask(["%.2f" % g.gauss(at, sd) for _ in range(60)], method="algorithm-a")))

    def look(out):
        for sd, q in asked:
            row = out.target(q)
            yield same("humps, doubt at SD %g, dip_p %s" % (sd, row["dip_p"]), (row["humps"], "humps" in row["doubts"]), ("1", False))
    return look


# ---- ties ----

def spread(values, places):
    """Ties over what rounding leaves open: of k equal v the i-th becomes v - step/2 + step (i - 1/2) / k."""
    step, out, values = Fraction(1, 10 ** places), [], fractions(values)
    for v in sorted(set(values)):
        k = values.count(v)
        out += [v - step / 2 + step * Fraction(2 * i - 1, 2) / k for i in range(1, k + 1)]
    return tuple(sorted(out))


@case("algorithm-a-grouped spreads ties: never a spread of 0, and u holds the rounding where both quartiles are one value")
def _(r):
    g = random.Random(5)
    sets = [(["4.1"] * 12, 1), (["4.1"] * 20 + ["4.2"], 1), (["4.1"] * 8 + ["4.2"] * 7, 1), (["140"] * 10 + ["141"] * 9 + ["139"] * 3, 0),
            (["4.1", "4.1"], 1), (["4.1", "4.2"], 1)]
    for places in (0, 1, 2):
        for steps in (0.1, 0.3, 0.5, 1, 3):
            sets += [(["%.*f" % (places, g.gauss(7, steps * 10.0 ** -places)) for _ in range(n)], places) for n in (5, 12, 30)]
    asked = [(r.ask(values, method="algorithm-a-grouped", places=places), values, places) for values, places in sets]

    def look(out):
        for q, values, places in asked:
            row, v, what = out.target(q), sorted(fractions(values)), "%s:" % " ".join(values)
            e = twin_stats.algorithm_a(spread(values, places), Decimal("1.134"), Decimal("1e-9"))
            tied = twin_stats.quantile(v, Fraction(1, 4)) == twin_stats.quantile(v, Fraction(3, 4))
            u2 = Fraction(25, 16) * e.s ** 2 / len(v) + (Fraction(1, 12 * 100 ** places) if tied else 0)
            yield near(what + " x", row["x_exact"], v[0] if v[0] == v[-1] else e.x, 1e-9)
            yield near(what + " s", row["s"], e.s, 1e-9)
            yield near(what + " u", row["u_x_pt"], root(u2), 1e-9)
            yield same(what + " collapsed", (row["collapsed"], float(row["s"]) > 0), ("0", True))
            yield same(what + " tied", "tied" in row["doubts"].split(), tied)
    return look


# ---- bounds ----

def log_likelihood(numbers, below, above, mean, sd):
    def log_tail(t):
        return math.log(max(math.erfc(t / math.sqrt(2)) / 2, 1e-300))
    return math.fsum([-0.5 * ((x - mean) / sd) ** 2 - math.log(sd) for x in numbers] + [log_tail((mean - b) / sd) for b in below] +
                     [log_tail((a - mean) / sd) for a in above])


def top(f, low, high):
    """Where f is greatest, by golden section."""
    share = (math.sqrt(5) - 1) / 2
    a, b = high - share * (high - low), low + share * (high - low)
    fa, fb = f(a), f(b)
    for _ in range(60):
        if fa > fb:
            high, b, fb = b, a, fa
            a = high - share * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + share * (high - low)
            fb = f(b)
    return (low + high) / 2


def likeliest(numbers, below, above):
    """Mean, SD (divisor n) and u of the mean: the top of the likelihood, and how it bends there."""
    def at(mean, log_sd):
        return log_likelihood(numbers, below, above, mean, math.exp(log_sd))
    width = max(numbers) - min(numbers)
    lows, highs = math.log(width / 50), math.log(width * 20)
    mean = top(lambda m: at(m, top(lambda t: at(m, t), lows, highs)), min(numbers) - 3 * width, max(numbers) + 3 * width)
    log_sd = top(lambda t: at(mean, t), lows, highs)
    k = 1e-3
    h = k * math.exp(log_sd)
    mm = (at(mean + h, log_sd) - 2 * at(mean, log_sd) + at(mean - h, log_sd)) / h ** 2
    ss = (at(mean, log_sd + k) - 2 * at(mean, log_sd) + at(mean, log_sd - k)) / k ** 2
    ms = (at(mean + h, log_sd + k) - at(mean + h, log_sd - k) - at(mean - h, log_sd + k) + at(mean - h, log_sd - k)) / (4 * h * k)
    return mean, math.exp(log_sd), math.sqrt(-ss / (mm * ss - ms * ms))


@case("a limit that is withheld is not widened")
def _(r):
    q = r.ask(lumps((10, 14), 60), method="algorithm-a", limit=absolute("1"), choices={"humps": "withhold", "uncertain_target": "widen"})

    def look(out):
        row = out.target(q)
        yield same("doubts", {"humps", "uncertain"} - set(row["doubts"].split()), set())
        yield same("status", row["status"], "humps")
        yield same("widened", (row["widened"], row["delta_e_before"], row["delta_e"], row["low"], row["high"]), ("0", "", "", "", ""))
    return look


@case("results that are coarser than the places of the scheme make no humps, nor do some that are")
def _(r):
    asked = []
    for seed in range(10):
        g = random.Random(seed)
        drawn = [g.gauss(4.15, 0.08) for _ in range(60)]
        asked += [("to 0.1", r.ask(["%.1f" % x for x in drawn], method="algorithm-a"), ""),
                  ("half of them to 0.1", r.ask(["%.*f" % (1 + i % 2, x) for i, x in enumerate(drawn)], method="algorithm-a"), ""),
                  ("to 1", r.ask(["%.0f" % g.gauss(140.5, 0.8) for _ in range(60)], method="algorithm-a", limit=absolute("6"), places=1), "")]
    return lambda out: [same(what, "humps" in out.target(q)["doubts"].split(), False) for what, q, _ in asked]


@case("a name within a group that lies more than half a limit from its target is told, by its median, and decides nothing")
def _(r):
    near_by = ["%.2f" % (10 + 0.01 * (i % 7 - 3)) for i in range(40)]
    asked = []
    # (how far the twelve of 乙机 are, the limit, the choice, told): x_pt is a median, which they do not move
    for far, n, limit, choices, told in (("0.60", 12, "1", {}, True), ("-0.60", 12, "1", {}, True), ("0.48", 12, "1", {}, False), ("0.60", 11, "1", {}, False),
                                         ("0.60", 12, "2", {}, False), ("0.60", 12, "2", {"methods_apart": "25"}, True), ("9.95", 12, "20", {}, False), ("10.05", 12, "20", {}, True),
                                         ("0.60", 12, "1", {"methods_apart": "null"}, False)):
        values = near_by + ["%.2f" % (10 + float(far) + 0.01 * (i % 5 - 2)) for i in range(n)]
        q = r.ask(values, method="median-niqr", limit=absolute(limit), choices=choices, instruments=["甲机"] * 40 + ["乙机"] * n)
        asked.append((far, n, limit, values, q, told))
    split = r.ask(near_by + ["10.60"] * 12, method="median-niqr", limit=absolute("1"), by="instrument", instruments=["甲机"] * 40 + ["乙机"] * 12)
    wide = near_by + ["%.2f" % (10.6 + 2 * (i % 12 - 5.5)) for i in range(12)]  # nobody can say where their median is
    just = near_by + ["%.2f" % (10.6 + 0.16 * (i % 12 - 5.5)) for i in range(12)]  # sure to twice 0.24, not to three times
    sure = r.ask(just, method="median-niqr", limit=absolute("1"), instruments=["甲机"] * 40 + ["乙机"] * 12)
    each = [(r.ask(just, method="median-niqr", limit=absolute("1"), instruments=["甲机"] * 40 + [name] * 12), name)
            for name in ("A机", "龙机")]  # the first and the last of the round, by the order of names
    unsure = r.ask(wide, method="median-niqr", limit=absolute("1"), instruments=["甲机"] * 40 + ["乙机"] * 12)
    only = r.ask(["10.00"] * 9 + ["12.00"] * 3, method="mean", limit=absolute("1"), choices={"methods_apart": "25"}, instruments=["乙机"] * 12)

    def look(out):
        for far, n, limit, values, q, told in asked:
            row, what = out.target(q), "%s of %d, limit %s:" % (far, n, limit)
            middle = sorted(fractions(values[40:]))
            by = (middle[(n - 1) // 2] + middle[n // 2]) / 2 - Fraction(row["x_pt"])
            yield same(what + " doubts", "methods" in row["doubts"].split(), told)
            yield same(what + " apart", row["apart"], "instrument=乙机" if told else "")
            yield near(what + " apart_by", row["apart_by"], by if told else None, 1e-9)
            yield same(what + " status", row["status"], "gradable")
        yield same("groups of their own", [("methods" in t["doubts"].split(), t["apart"]) for t in out.groups(split)], [(False, "")] * 2)
        yield same("unsure", out.target(unsure)["apart"], "")
        yield same("of everybody, since its median lies 0.5 from the mean", (out.target(only)["apart"], out.target(only)["apart_by"]), ("instrument=乙机", "-0.5"))
        yield same("just sure", out.target(sure)["apart"], "instrument=乙机")
        for q, name in each:
            yield same("whatever its name", out.target(q)["apart"], "instrument=" + name)
    return look


@case("censored-normal finds the likeliest normal distribution of numbers and bounds, on each rung those of its own group")
def _(r):
    g = random.Random(3)
    sets = []
    for n, low, high in ((15, 1.6, 99), (15, -9, 2.9), (25, 1.8, 3.0), (12, -9, 99)):
        drawn = [g.gauss(2.4, 0.5) for _ in range(n)]
        sets.append(["<%s" % low if x < low else ">%s" % high if x > high else "%.2f" % x for x in drawn])
    asked = [(r.ask(values, method="censored-normal"), [values]) for values in sets]
    two = sets[0] + sets[2]
    asked.append((r.ask(two, method="censored-normal", by="instrument", least=5, instruments=["甲机"] * 15 + ["乙机"] * 25), [sets[0], sets[2]]))

    def look(out):
        for q, groups in asked:
            for values in groups:
                parts = [[float(v.lstrip("<>")) for v in values if v.rstrip(".0123456789") == sign] for sign in ("", "<", ">")]
                mean, sd, u = likeliest(*parts)
                row = min(out.groups(q), key=lambda t: abs(float(t["x_exact"]) - mean))
                what, n = "%d numbers, %d below, %d above:" % tuple(map(len, parts)), str(len(parts[0]))
                yield near(what + " mean", row["x_exact"], mean, 1e-6)
                yield near(what + " s", row["s"], sd, 1e-6)
                yield near(what + " u", row["u_x_pt"], u, 1e-4)
                yield same(what + " counts", (row["members"], row["kept"], row["used"]), (str(len(values)), n, n))
    return look


# ---- words ----

@case("a method that gives no target says so, and not that the peers are too few")
def _(r):
    two, three = ["10.00", "10.00", "14.00", "14.00"], ["10.00", "10.00", "10.00", "14.00"]
    rows = [("two modes of equal height", two, 2, "no_target"), ("they and too few", two, 5, "too_few_peers"), ("one mode", three, 2, "gradable")]
    return statuses([(what, r.ask(values, method="kernel-mode", settings={"width": "0.1"}, least=least), word) for what, values, least, word in rows])


@case("where doubt leaves no verdict there is no limit either: neither its width nor bounds")
def _(r):
    bad = {"limit": absolute("0.3"), "material": ["9 9", "10 10"]}
    rows = [(word, r.ask(lumps((10, 14), 40), choices={choice: what}, **bad)) for choice, what, word in (
        ("uncertain_target", "not_evaluated", "uncertain"), ("humps", "withhold", "humps"), ("heterogeneous", "not_evaluated", "heterogeneous"),
        ("humps", "ignore", "gradable"))]

    def look(out):
        for word, q in rows:
            row = out.target(q)
            there = [column for column in ("limit_branch", "delta_e", "low", "high") if row[column]]
            yield same(word + ": status", row["status"], word)
            yield same(word + ": what there is", there, ["limit_branch", "delta_e", "low", "high"] if word == "gradable" else [])
            yield same(word + ": share of the limit", out.score(q, 0)["share_pct"] != "", word == "gradable")
    return look


@case("each doubt has its word, in one order")
def _(r):
    thirteen = ["9.70", "9.85", "9.90", "9.95", "10.00", "10.00", "10.05", "10.10", "10.20", "10.35", "10.15", "9.80", "10.02"]
    tied, tight = ["10.00"] * 9 + ["10.01", "9.99", "10.05"], absolute("0.3")
    bad = {"reference": ("9", "0.1"), "material": ["9 9", "10 10"]}

    def a(values, **more):
        return r.ask(values, method="algorithm-a", **more)
    return doubts([
        ("13", a(thirteen), ""), ("11", a(thirteen[:11]), "few"), ("2", r.ask(["10.00", "10.10"]), "few"),
        ("11 where 5 are enough", a(thirteen[:11], choices={"sdi_least": "5"}), ""), ("ties", r.ask(tied), "tied"),
        ("ties by Algorithm A", a(tied), "collapsed"),
        ("5 equal", a(["10.00"] * 5), "few collapsed"), ("5 equal, grouped", r.ask(["10.00"] * 5, method="algorithm-a-grouped"), "few tied"),
        ("13 and a tight limit", a(thirteen, limit=tight), "uncertain"),
        ("9 and all else", a(thirteen[:9], limit=tight, **bad), "few uncertain reference heterogeneous"),
        ("40 in two humps", r.ask(lumps((10, 14), 40), limit=absolute("1"), **bad), "uncertain humps reference heterogeneous"),
        ("a stated target, which does not rest on its peers", r.stated(["10.00"] * 5, "10", "0.5", limit=tight, **bad), "uncertain heterogeneous")])
