#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ranges of ranks of a round, worked out anew from verdicts.csv: design effect by analysis of variance, the beta distribution by hill climbing,
draws of its own. Ends agree as far as two sets of draws do.

usage: round_ranks.py PUBLISHED"""
import csv
import math
import os
import random
import sys
from collections import defaultdict

folder = sys.argv[1]
DRAWS = 1500


def table(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def clusters_of(programme):
    out = defaultdict(list)
    for r in table("verdicts.csv"):
        if r["measurand"] != "*" and r["standing"] == "returned" and int(r["total"]) and programme in ("*", r["programme"]):
            out[r["lab"]].append((float(r["accepted"]), int(r["total"]) - float(r["accepted"])))
    return out


def design_effect(labs):
    between = within = df_b = df_w = 0.0
    squares = total = m0 = 0.0
    for clusters in labs.values():
        n = sum(k + m for k, m in clusters)
        p = sum(k for k, _ in clusters) / n
        for k, m in clusters:
            size = k + m
            between += size * (k / size - p) ** 2
            within += k * m / size
            df_w += size - 1
            squares += size * size
            total += size
        df_b += len(clusters) - 1
        m0 += n - sum((k + m) ** 2 for k, m in clusters) / n
    msb, msw, m0 = between / df_b, within / df_w, m0 / df_b
    rho = max(0, (msb - msw) / (msb + (m0 - 1) * msw))
    return 1 + (squares / total - 1) * rho


def likelihood(counts, a, b):
    lg = math.lgamma
    return sum(lg(a + k) - lg(a) + lg(b + m) - lg(b) - lg(a + b + k + m) + lg(a + b) for k, m in counts)


def fit(counts):
    """Logit of the mean and log of alpha + beta, by steps that shrink."""
    at, step = [3.0, 3.0], 1.0
    value = lambda v: likelihood(counts, math.exp(v[1]) / (1 + math.exp(-v[0])), math.exp(v[1]) / (1 + math.exp(v[0])))
    best = value(at)
    while step > 1e-5:
        for i in (0, 1):
            for way in (step, -step):
                new = list(at)
                new[i] += way
                if value(new) > best:
                    at, best = new, value(new)
                    break
            else:
                continue
            break
        else:
            step /= 2
    return math.exp(at[1]) / (1 + math.exp(-at[0])), math.exp(at[1]) / (1 + math.exp(at[0]))


rng = random.Random(4)
worst, wrong, looked = 0, 0, 0
rows = table("ranking.csv")
for programme in sorted({r["programme"] for r in rows}):
    labs = clusters_of(programme)
    deff = design_effect(labs)
    codes = sorted(labs)
    counts = [(sum(k for k, _ in labs[c]) / deff, sum(m for _, m in labs[c]) / deff) for c in codes]
    a, b = fit(counts)
    tables = defaultdict(list)
    for r in rows:
        if r["programme"] == programme:
            tables[r["region"], r["class"]].append(r)
    places = {t: defaultdict(list) for t in tables}
    for _ in range(DRAWS):
        failing = {c: rng.betavariate(b + m, a + k) for c, (k, m) in zip(codes, counts)}
        for t, members in tables.items():
            ordered = sorted((r["lab"] for r in members if r["lab"] in failing), key=failing.get)
            for place, lab in enumerate(ordered):
                places[t][lab].append(place + 1)
    for t, members in tables.items():
        n = sum(r["lab"] in labs for r in members)
        same = defaultdict(set)
        for r in members:
            if r["lab"] not in labs or not r["rank"]:
                if r["rank_low"] or r["rank_high"]:
                    wrong += 1
                    print(t, r["lab"], "has a range and nothing to support it")
                continue
            low, high = int(r["rank_low"]), int(r["rank_high"])
            first, last = int(r["rank"]), int(r["rank"]) + int(r["tied"]) - 1 # the places that it shares
            if not 1 <= low <= first <= last <= high <= sum(bool(m["rank"]) for m in members):
                wrong += 1
                print(t, r["lab"], low, high, "is no range among", n)
            drawn = sorted(places[t][r["lab"]])
            spread = max(drawn[-1] - drawn[0], 1)
            for end, p, widest, place in ((low, 0.025, min, first), (high, 0.975, max, last)):
                off = abs(end - widest(drawn[min(int(math.ceil(p * DRAWS)) - 1, DRAWS - 1)], place))
                worst = max(worst, off)
                looked += 1
                if off > 1.5 + 0.09 * n:
                    wrong += 1
                    print(t, r["lab"], "ends at", end, "and not near", drawn[int(p * DRAWS)], "among", n)
            same[tuple(sorted(labs[r["lab"]])), first].add((low, high))
        for results, ranges in same.items():
            if len(ranges) > 1:
                wrong += 1
                print(t, "the same results have the ranges", ranges)
    print(f"{programme}: deff {deff:.2f}, Beta({a:.1f}, {b:.2f}), {len(codes)} laboratories")
print(f"{looked} ends looked at, the farthest {worst} away: {wrong} wrong")
sys.exit(wrong > 0 or looked == 0)
