# SPDX-License-Identifier: GPL-3.0-or-later
"""Claims about a published round: questions are put to one round, and what came back is held against figures worked out here."""

import math
from fractions import Fraction

CASES = []


def case(claim):
    """Marks a function that puts its questions to a round and gives another, which looks at what was published and
    gives None for each thing that is right and a sentence for each that is not."""
    def keep(function):
        CASES.append((claim, function))
        return function
    return keep


class Claims:
    """Prints TAP."""

    def __init__(self, first):
        self.n, self.bad = first - 1, False

    def say(self, claim, wrong, looked):
        """looked: how many things were looked at, so that nothing is claimed of none."""
        self.n += 1
        wrong = wrong if looked else ["there was nothing to look at"]
        for line in wrong[:8]:
            print("#", line)
        if len(wrong) > 8:
            print("# and %d more of %d" % (len(wrong) - 8, looked))
        print("%s %d - %s (%d)" % ("not ok" if wrong else "ok", self.n, claim, looked))
        self.bad = self.bad or bool(wrong)


# ---- one cell ----

def same(what, got, wanted):
    return None if got == wanted else "%s is %r, expected %r" % (what, got, wanted)


def near(what, got, wanted, relative=1e-12):
    """A cell with all digits; None: it must be empty."""
    if wanted is None or got == "":
        return same(what, got, "" if wanted is None else str(float(wanted)))
    good = math.isclose(float(got), float(wanted), rel_tol=relative, abs_tol=1e-300)
    return None if good else "%s is %s, expected %.17g" % (what, got, wanted)


def printed(what, got, wanted, places=6):
    """A cell with so many places; None: it must be empty."""
    if wanted is None or got == "":
        return same(what, got, "" if wanted is None else str(float(wanted)))
    digits = len(got.partition(".")[2])
    good = digits == places and abs(Fraction(got) - Fraction(wanted)) <= Fraction(51, 100) / 10 ** places
    return None if good else "%s is %s, expected %.*f" % (what, got, places + 3, wanted)


# ---- whole claims: rows of (what, question, wanted) ----

def sigmas(rows, relative=1e-12):
    return lambda out: [near(what + ": sigma_pt", out.target(q)["sigma_pt"], wanted, relative) for what, q, wanted in rows]


def doubts(rows):
    return lambda out: [same("%s, ratio %s: doubts" % (what, out.target(q)["reference_ratio"] or "none"), out.target(q)["doubts"], words)
                        for what, q, words in rows]


def statuses(rows):
    return lambda out: [same(what + ": status", out.target(q)["status"], word) for what, q, word in rows]


# ---- arithmetic ----

def fractions(values):
    return [Fraction(v) for v in values]


def root(x):
    """Exact where it is rational, to 40 digits where not."""
    x = Fraction(x)
    whole = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
    if whole * whole == x:
        return whole
    return Fraction(math.isqrt(x.numerator * 10 ** 80 // x.denominator), 10 ** 40)


def signal(score, warn, act):
    """On `warn` still acceptable, from `act` on action."""
    return "" if score is None else "action" if abs(score) >= act else "warning" if abs(score) > warn else "acceptable"
