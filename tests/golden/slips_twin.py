# SPDX-License-Identifier: GPL-3.0-or-later
"""Slips on simulated rounds, the slow way: every order of the samples, and every pair of laboratories.

slips_twin.py RULES (ROUND PUBLISHED)...   prints TAP"""

import collections
import itertools
import math
import os
import sys
import xml.etree.ElementTree as ET

from slips import FAR, NEAR, centre, distance, half_step, level, median, table

PEERS = ("system", "instrument", "method")
SHARE, LEAST_COPIED, PRECISE, EXPECTED, INFORMATIVE = 0.8, 10, 0.5, 0.001, 0.5


class Round:
    """The results of a simulated round and what was published of them."""

    def __init__(self, rules, folder, published):
        self.hints = table(published, "hints.csv")
        self.sent, self.peers, self.order = {}, {}, []
        for name in sorted(os.listdir(os.path.join(folder, "results"))):
            for row in table(os.path.join(folder, "results"), name):
                if row["value"]:
                    key = row["lab"], row["programme"], row["measurand"]
                    self.sent.setdefault(key, {})[row["sample"]] = row["value"]
                    self.peers.setdefault(key, tuple(row[k] for k in PEERS))
                    if (row["lab"], row["programme"]) not in self.order:
                        self.order.append((row["lab"], row["programme"]))
        self.kept = {(r["lab"], r["programme"], r["measurand"], r["sample"]) for r in table(published, "scores.csv") if r["mark"] in ("kept", "absurd", "outlier")}
        self.samples, self.places, self.factors = {}, {}, {}
        for programme in ET.parse(os.path.join(folder, "round.xml")).getroot().findall("programme"):
            p = programme.get("code")
            self.samples[p] = [s.get("code") for s in programme.findall("sample")]
            for m in ET.parse(os.path.join(rules, "schemes", programme.get("scheme") + ".xml")).getroot().findall("measurand"):
                self.places[p, m.get("code")] = int(m.get("places"))
        self.centres = {}
        for p, m in sorted({key[1:] for key in self.sent}):
            self.find_centres(p, m)

    def find_centres(self, p, m):
        """For everybody (None), and for each group of twelve on the lowest rung where there is one."""
        lines = [key for key in self.sent if key[1:] == (p, m)]
        groups = {None: lines}
        self.group = getattr(self, "group", {})
        for rung in range(len(PEERS)):
            named = collections.defaultdict(list)
            for key in lines:
                if self.peers[key][rung]:
                    named[rung, self.peers[key][rung]].append(key)
            for name, members in named.items():
                if len(members) >= 12:
                    groups[name] = members
                    for key in members:
                        self.group.setdefault(key, name)
        every = None
        for name, members in groups.items():
            own = [centre([float(self.sent[key][s]) for key in members if s in self.sent[key] and key + (s,) in self.kept], self.places[p, m])
                   for s in self.samples[p]]
            every = own if name is None else every
            self.centres[p, m, name] = own if name is None else [c or e for c, e in zip(own, every)]
        for name in groups:
            self.centres[p, m, name] = level(self.centres[p, m, name])

    def own(self, key):
        return self.centres[key[1], key[2], self.group.get(key)]

    def before(self, key, s):
        x = float(self.sent[key][self.samples[key[1]][s]])
        return min(distance(self.own(key)[s], x), distance(self.centres[key[1], key[2], None][s], x))


# ---- the order of the samples ----

def costs(r, key):
    """[a][b]: what the result sent for a costs as one of b; None where nothing was sent."""
    out = []
    for s in r.samples[key[1]]:
        text = r.sent[key].get(s)
        out.append(text and [min(distance(c, float(text), half_step(text)), 2 * FAR) ** 2 for c in r.own(key)])
    return out


def best_order(lines, n, stay):
    def cost(order):
        return sum(line[a][b] for line in lines for a, b in enumerate(order) if line[a]) + stay * sum(a != b for a, b in enumerate(order))
    return min(itertools.permutations(range(n)), key=cost)


def moved_of(r, key, order):
    """(telling, good): samples whose result moved and shows it; those that were far off and fit there."""
    telling, good, c = [], [], r.own(key)
    for a, b in enumerate(order):
        text = r.sent[key].get(r.samples[key[1]][a])
        if a == b or not text:
            continue
        far = r.before(key, a) > FAR
        if far or abs(c[a][0] - c[b][0]) > (NEAR + FAR) * max(c[a][1], c[b][1]):
            telling.append(a)
        if far and distance(c[b], float(text), half_step(text)) <= NEAR:
            good.append(a)
    return telling, good


def far_of(r, keys):
    return sum(r.before(key, a) > FAR for key in keys for a, s in enumerate(r.samples[key[1]]) if s in r.sent[key])


def orders(r, other):
    """Results that are of other samples. other: lines that something else explains."""
    found = set()
    for lab, p in r.order:
        n, keys = len(r.samples[p]), [key for key in r.sent if key[:2] == (lab, p)]
        if far_of(r, keys) < 2:
            continue
        order = best_order([costs(r, key) for key in keys], n, NEAR ** 2 * len(r.declared[lab, p]) / 2)
        those = {key: moved_of(r, key, order) for key in keys}
        telling, good = (sum(len(t[i]) for t in those.values()) for i in (0, 1))
        together = sum(bool(t[1]) for t in those.values()) >= 2 and good >= telling - telling // 5
        for key, (_, good) in those.items():
            if together:
                found |= {key + (r.samples[p][a], r.samples[p][order[a]]) for a in good}
            elif key not in other and far_of(r, [key]) >= 2:
                own = best_order([costs(r, key)], n, NEAR ** 2)
                telling, good = moved_of(r, key, own)
                cost = costs(r, key)
                sent = [a for a in range(n) if cost[a]]
                if len(good) >= 2 and len(good) == len(telling) and sum(cost[a][own[a]] <= FAR ** 2 for a in sent) >= len(sent) - len(sent) // 5:
                    found |= {key + (r.samples[p][a], r.samples[p][own[a]]) for a in good}
    return found


# ---- every pair ----

def within(r, p, m, name):
    rest = []
    for key in r.sent:
        if key[1:] != (p, m) or (name is not None and r.group.get(key) != name):
            continue
        z = [(float(r.sent[key][s]) - c[0]) / c[1] for s, c in zip(r.samples[p], r.centres[p, m, name]) if s in r.sent[key] and key + (s,) in r.kept]
        if len(z) > 1:
            rest += [(v - sum(z) / len(z)) * math.sqrt(len(z) / (len(z) - 1)) for v in z]
    made = 1.483 * median([abs(v) for v in rest]) if len(rest) > 1 else 1
    return min(made, 1)


def equal_share(r, p, m, name, s):
    values = [float(r.sent[key][s]) for key in r.sent if key[1:] == (p, m) and s in r.sent[key] and key + (s,) in r.kept and
              (name is None or r.peers[key][name[0]] == name[1])]
    counts = collections.Counter(values)
    return sum(n * (n - 1) for n in counts.values()) / (len(values) * (len(values) - 1))


def tail(chances, k):
    """The chance that at least k agree, item by item."""
    dist = [1.0] + [0.0] * len(chances)
    for i, p in enumerate(chances):
        for j in range(i + 1, 0, -1):
            dist[j] = dist[j] * (1 - p) + dist[j - 1] * p
        dist[0] *= 1 - p
    return math.fsum(dist[k:])


def pairs(r):
    """(lab, other, programme) of equal results, and log10 of the chance; all pairs, none left out."""
    known, found = {}, {}

    def precision(lab, p):
        """Its own spread, as part of the typical one."""
        rest = []
        for key in r.sent:
            if key[:2] != (lab, p):
                continue
            unit = within_of(p, key[2], r.group.get(key))
            z = [(float(r.sent[key][s]) - c[0]) / (c[1] * unit) for s, c in zip(r.samples[p], r.own(key)) if s in r.sent[key]]
            if len(z) > 1:
                rest += [abs(v - sum(z) / len(z)) * math.sqrt(len(z) / (len(z) - 1)) for v in z]
        return 1.483 * median(rest) if rest else 1

    def chance(p, m, name, s, step, precise):
        if (p, m, name, s) not in known:
            c = r.centres[p, m, name][r.samples[p].index(s)]
            known[p, m, name, s] = c[1] * within_of(p, m, name), equal_share(r, p, m, name, s)
        spread, equal = known[p, m, name, s]
        return min(1, max(step / (2 * math.sqrt(math.pi) * spread * precise), equal))

    def within_of(p, m, name):
        if ("within", p, m, name) not in known:
            known["within", p, m, name] = within(r, p, m, name)
        return known["within", p, m, name]

    for p in r.samples:
        labs = sorted(lab for lab, q in r.order if q == p)
        own = {lab: {(key[2], s): v for key in r.sent if key[:2] == (lab, p) for s, v in r.sent[key].items()} for lab in labs}
        number = {lab: {k: float(v) for k, v in own[lab].items()} for lab in labs}
        for a, b in itertools.combinations(labs, 2):
            common = [k for k in own[a] if k in own[b]]
            equal = [k for k in common if number[a][k] == number[b][k]]
            if len(equal) < SHARE * LEAST_COPIED:
                continue
            chances, good = [], 0
            precise = min(PRECISE, precision(a, p), precision(b, p))
            for k in common:
                m, s = k
                step = 2 * max(half_step(own[a][k]), half_step(own[b][k]))
                worst = max(chance(p, m, name, s, step, precise) for name in {None, r.group.get((a, p, m)), r.group.get((b, p, m))})
                if worst <= INFORMATIVE:
                    chances.append(worst)
                    good += number[a][k] == number[b][k]
            if len(chances) < LEAST_COPIED or good < SHARE * len(chances):
                continue
            exact = tail(chances, good)
            found[a, b, p] = len(common), len(equal), len(chances), math.log10(exact), len(labs)
    return found


def main(rules, folders):
    n = 0
    for folder, published in zip(folders[::2], folders[1::2]):
        r = Round(rules, folder, published)
        r.declared = {}
        for row in table(folder, "enrolments.csv"):
            all_of = [m for p, m in r.places if p == row["programme"]] if row["measurands"] == "*" else row["measurands"].split()
            r.declared[row["lab"], row["programme"]] = all_of
        other = {(h["lab"], h["programme"], h["measurand"]) for h in r.hints if h["hint"] in ("unit", "measurands")}
        told = {(h["lab"], h["programme"], h["measurand"], h["sample"], h["other"]) for h in r.hints if h["hint"] == "samples"}
        found = orders(r, other)
        n = say(n, "the samples that changed places are those that all orders tried one by one give (%d)" % len(told),
                ["only one side has %r" % (x,) for x in told ^ found] + ([] if told else ["there was nothing to look at"]))
        wrong, seen = [], set()
        every = pairs(r)
        for h in r.hints:
            if h["hint"] not in ("repeated", "copied") or h["factor"]:
                continue
            key = tuple(sorted((h["lab"], h["other"]))) + (h["programme"],)
            seen.add(key)
            if key not in every:
                wrong.append("%r is told and not found" % (key,))
                continue
            common, equal, informative, exact, _ = every[key]
            if (h["common"], h["equal"], h["informative"]) != (str(common), str(equal), str(informative)):
                wrong.append("%r: %s %s %s, expected %d %d %d" % (key, h["common"], h["equal"], h["informative"], common, equal, informative))
            if not exact - 0.01 <= float(h["chance"]) <= exact * 0.9 + 1:  # a bound, and a near one
                wrong.append("%r: chance %s, exactly %.2f" % (key, h["chance"], exact))
        for key, (_, _, _, exact, labs) in every.items():
            if labs * (labs - 1) / 2 * 10 ** exact < EXPECTED / 1000 and key not in seen:
                wrong.append("%r is found and not told, chance 10^%.1f" % (key, exact))
        n = say(n, "the laboratories of the same results are those that all pairs compared one by one give (%d)" % len(seen),
                wrong + ([] if seen else ["there was nothing to look at"]))
    print("1..%d" % n)


def say(n, claim, wrong):
    for text in wrong[:6]:
        print("#", text)
    print("%s %d - %s" % ("not ok" if wrong else "ok", n + 1, claim))
    return n + 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
