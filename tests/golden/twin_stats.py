# SPDX-License-Identifier: GPL-3.0-or-later
"""Centre and spread of a few values, worked out slowly: exact fractions where the definition is
rational, 40-digit decimals where it is not. Nothing here is shared with the engine."""

import decimal
import math
from collections import namedtuple
from decimal import Decimal
from fractions import Fraction

decimal.getcontext().prec = 40

# x, s, u: Fractions, s and u None where undefined; n: values left; out: values removed as outliers.
Estimate = namedtuple("Estimate", "x s u n collapsed converged out")


def to_decimal(f):
    return Decimal(f.numerator) / Decimal(f.denominator)


def root(f):
    return Fraction(to_decimal(f).sqrt())


def mean(v):
    return sum(v, Fraction(0)) / len(v)


def variance(v):
    m = mean(v)
    return sum(((x - m) ** 2 for x in v), Fraction(0)) / (len(v) - 1)


def median(v):
    v, n = sorted(v), len(v)
    return v[n // 2] if n % 2 else (v[n // 2 - 1] + v[n // 2]) / 2


def mad(v):
    m = median(v)
    return median([abs(x - m) for x in v])


def quantile(v, q):
    """Type 7: linear between order statistics, the first at 0 and the last at 1."""
    v = sorted(v)
    at = q * (len(v) - 1)
    low = at.numerator // at.denominator
    return v[low] if low + 1 == len(v) else v[low] + (at - low) * (v[low + 1] - v[low])


def exact_factor():
    """1/sqrt(beta) of Huber's proposal 2 with c = 1.5; binary floating point is exact enough here (1e-15)."""
    c = 1.5
    theta = math.erf(c / math.sqrt(2))
    phi = math.exp(-c * c / 2) / math.sqrt(2 * math.pi)
    return Decimal(1 / math.sqrt(theta + (1 - theta) * c * c - 2 * c * phi))


def collapsed_at(x, n):
    # u has no value where the spread collapsed (CHOICES, "Fixed here").
    return Estimate(x, Fraction(0), None, n, True, True, frozenset())


def algorithm_a(v, factor, collapse_ratio):
    n = len(v)
    d = [to_decimal(x) for x in v]
    x, s = to_decimal(median(v)), to_decimal(Fraction("1.483") * mad(v))
    if s == 0 and n > 1:
        s = to_decimal(root(variance(v)))
    if s == 0:
        return collapsed_at(v[0], n)
    start, converged = s, False
    for _ in range(20000):
        delta = Decimal("1.5") * s
        w = [min(max(y, x - delta), x + delta) for y in d]
        new_x = sum(w) / n
        new_s = factor * (sum((y - new_x) ** 2 for y in w) / (n - 1)).sqrt()
        moved = max(abs(new_x - x), abs(new_s - s))
        x, s = new_x, new_s
        if s < collapse_ratio * start:
            inside = {y for y in d if abs(y - x) <= Decimal("1.5") * s}
            if len(inside) == 1:
                return collapsed_at(Fraction(inside.pop()), n)
        if moved < s * Decimal("1e-22"):
            converged = True
            break
    s = Fraction(s)
    return Estimate(Fraction(x), s, Fraction(5, 4) * s / root(Fraction(n)), n, False, converged, frozenset())


def plain(v, out=frozenset()):
    """Mean, SD and SD/sqrt(n) of what is left."""
    if len(v) < 2:
        return Estimate(mean(v), None, None, len(v), False, True, out)
    s = root(variance(v))
    if s == 0:
        return collapsed_at(mean(v), len(v))._replace(out=out)
    return Estimate(mean(v), s, s / root(Fraction(len(v))), len(v), False, True, out)


def cut(v, k, at_boundary, once):
    """Mean after dropping what lies beyond k SD of the mean; compared as squares, so without any rounding."""
    out = frozenset()
    while len(v) > 1:
        m, room = mean(v), k * k * variance(v)
        gone = {x for x in v if (x - m) ** 2 > room or (at_boundary and room > 0 and (x - m) ** 2 == room)}
        if not gone or len(gone) == len(set(v)):
            break
        out, v = out | gone, [x for x in v if x not in gone]
        if once:
            break
    return plain(v, out)


def median_scale(v, made):
    x, n = median(v), len(v)
    if made:
        s = Fraction("1.483") * mad(v)
    else:
        s = Fraction("0.7413") * (quantile(v, Fraction(3, 4)) - quantile(v, Fraction(1, 4)))
    if s == 0:
        return collapsed_at(x, n)
    return Estimate(x, s, Fraction(5, 4) * s / root(Fraction(n)), n, False, True, frozenset())


REMEMBERED = {}


def estimate(method, settings, values):
    """Gives: None when there is nothing to estimate from. settings: a dict, complete."""
    values = tuple(sorted(values))
    if not values or method == "known":
        return None
    case = (method, tuple(sorted(settings.items())), values)
    if case not in REMEMBERED:
        if method == "algorithm-a":
            factor = exact_factor() if settings["exact"] else Decimal("1.134")
            REMEMBERED[case] = algorithm_a(values, factor, to_decimal(settings["collapse_ratio"]))
        elif method == "median-niqr":
            REMEMBERED[case] = median_scale(values, settings["made"])
        elif method == "mean":
            REMEMBERED[case] = plain(values)
        elif method == "clia-3sd":
            REMEMBERED[case] = cut(values, 3, settings["at_boundary"], True)
        elif method == "truncated-2sd":
            REMEMBERED[case] = cut(values, 2, settings["at_boundary"], False)
        elif method == "truncated-3sd":
            REMEMBERED[case] = cut(values, settings["k"], settings["at_boundary"], False)
        else:
            raise SystemExit("twin: method %r is not known" % method)
    return REMEMBERED[case]
