# SPDX-License-Identifier: GPL-3.0-or-later
# The ranking of a year again, slowly and by other ways: counts as fractions from the rounds' own tables, the analysis of variance
# exactly, the likelihood climbed without derivatives, the incomplete beta function as a continued fraction, ranks from draws of
# Python's own generator.
#   year_ranking.py spoil ROUND       make some laboratories worse than others, two silent in part or in whole
#   year_ranking.py YEAR ROUND... [alpha beta deff]   compare
import csv, glob, math, random, sys
from fractions import Fraction as F

SILENT, PARTLY = "L0003", "L0005"

def spoil(folder):
    for path in sorted(glob.glob(folder + "/results/*.csv")):
        rows = list(csv.reader(open(path, encoding="latin-1", newline=""))) # of whatever encoding: commas are commas
        if "value" not in rows[0]: # a grid: left as it is
            continue
        column, lab = rows[0].index("value"), rows[1][0]
        rng = random.Random(path.split("/")[-1])
        share, kept, first = (int(lab[1:]) % 8) * 0.02, [rows[0]], rows[1][2]
        for row in rows[1:]:
            if lab == SILENT or (lab == PARTLY and row[2] == first):
                continue
            if rng.random() < share and row[column].replace(".", "").isdigit():
                row[column] = "%.6g" % (float(row[column]) * 1.8)
            kept.append(row)
        csv.writer(open(path, "w", encoding="latin-1", newline=""), lineterminator="\n").writerows(kept)

def counts(rounds):
    of = {}
    for folder in rounds:
        left_out = {p["programme"] for p in csv.DictReader(open(folder + "/programmes.csv")) if p["trueness"] == "yes" or p["cancelled"]}
        for v in csv.DictReader(open(folder + "/verdicts.csv")):
            if v["programme"] in left_out or v["measurand"] == "*" or v["standing"] in ("not_performed", "not_enrolled", "excused"):
                continue
            one = of.setdefault(v["lab"], {"clusters": [], "late": 0, "not_returned": 0})
            if v["standing"] == "returned":
                if int(v["total"]):
                    one["clusters"].append((F(v["accepted"]), int(v["total"])))
            else:
                one[v["standing"]] += int(v["total"])
    for one in of.values():
        one["k"], one["n"] = sum(k for k, n in one["clusters"]), sum(n for k, n in one["clusters"])
    return of

def design(of):
    ssb = ssw = size0 = dfb = dfw = F(0)
    squares = total = 0
    for one in of.values():
        k, n, m = one["k"], one["n"], len(one["clusters"])
        if not n:
            continue
        p = F(k, n)
        ssb += sum(b * (F(a) / b - p) ** 2 for a, b in one["clusters"])
        ssw += sum(a * (1 - F(a) / b) for a, b in one["clusters"])
        size0 += n - F(sum(b * b for a, b in one["clusters"]), n)
        dfb += m - 1
        dfw += n - m
        squares += sum(b * b for a, b in one["clusters"])
        total += n
    msb, msw, m0, size = ssb / dfb, ssw / dfw, size0 / dfb, F(squares, total)
    rho = max(F(0), (msb - msw) / (msb + (m0 - 1) * msw))
    return rho, size, 1 + (size - 1) * rho

def likelihood(x, data):
    if abs(x[0]) > 30 or abs(x[1]) > 18:
        return -math.inf
    s, mean = math.exp(x[1]), 1 / (1 + math.exp(-x[0]))
    a, b, g = s * mean, s * (1 - mean), math.lgamma
    return sum(g(a + k) - g(a) + g(b + n - k) - g(b) - g(s + n) + g(s) for k, n in data)

def fit(data):
    x, best, step = [2.0, 3.0], -math.inf, 1.0
    while step > 1e-9:
        tries = [[x[0] + step * i, x[1] + step * j] for i in (-1, 0, 1) for j in (-1, 0, 1)]
        top = max(tries, key=lambda t: likelihood(t, data))
        if likelihood(top, data) > best:
            best, x = likelihood(top, data), top
        else:
            step /= 2
    s, mean = math.exp(x[1]), 1 / (1 + math.exp(-x[0]))
    return s * mean, s * (1 - mean)

def below(x, a, b): # the incomplete beta function, regularised
    if x > (a + 1) / (a + b + 2):
        return 1 - below(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    value = 0.0
    for m in range(400, 0, -1): # from the far end
        h = m // 2
        d = h * (b - h) * x / ((a + 2 * h - 1) * (a + 2 * h)) if m % 2 == 0 else -(a + h) * (a + b + h) * x / ((a + 2 * h) * (a + 2 * h + 1))
        value = d / (1 + value)
    return front / (1 + value)

def quantile(p, a, b):
    low, high = 1e-300, 1 - 1e-16
    for _ in range(100):
        middle = (low + high) / 2
        if below(middle, a, b) < p: low = middle
        else: high = middle
    return low

def ranges(posterior, groups, draws=10000):
    rng = random.Random(7)
    labs = sorted(posterior)
    seen = {scope: {lab: [] for lab in labs} for scope in groups}
    for _ in range(draws):
        order = sorted(labs, key=lambda lab: -value[lab]) if (value := {lab: rng.betavariate(*posterior[lab]) for lab in labs}) else []
        for scope, group in groups.items():
            place = {}
            for lab in order:
                place[group[lab]] = place.get(group[lab], 0) + 1
                seen[scope][lab].append(place[group[lab]])
    return {scope: {lab: sorted(r) for lab, r in of.items()} for scope, of in seen.items()}

def near(got, want, off, *what):
    assert abs(float(got) - float(want)) <= off, (got, float(want), *what)

def compare(year, rounds, given):
    of = counts(rounds)
    reg = {r["lab"]: r for r in csv.DictReader(open(rounds[-1] + "/register.csv"))}
    rows = {(r["lab"], r["scope"]): r for r in csv.DictReader(open(year + "/ranking.csv"))}
    told = next(csv.DictReader(open(year + "/ranking-fit.csv")))
    assert set(rows) == {(lab, scope) for lab in of for scope in ("all", "class", "region")}
    rho, size, deff = design(of)
    near(told["rho"], rho, 5.1e-5); near(told["cluster_size"], size, 5.1e-5)
    if given: deff = F(given[2])
    near(told["deff"], deff, 5.1e-5)
    labs = {lab: one for lab, one in of.items() if one["n"]}
    data = [(float(one["k"] / deff), float(one["n"] / deff)) for one in labs.values()]
    p = sum(one["k"] for one in labs.values()) / F(sum(one["n"] for one in labs.values()))
    test = sum(k * (k - 1) / p + (n - k) * (n - k - 1) / (1 - p) - n * (n - 1) for k, n in ((one["k"] / deff, one["n"] / deff) for one in labs.values()))
    near(told["spread_test"], test, 0.0051)
    assert test > 0 and told["prior"] == ("given" if given else "fitted"), told
    a, b = [float(x) for x in given[:2]] if given else fit(data)
    near(told["alpha"], a, 1e-4 + 2e-6 * a); near(told["beta"], b, 1e-4 + 2e-6 * b)
    posterior = {lab: (a + float(one["k"] / deff), b + float((one["n"] - one["k"]) / deff)) for lab, one in labs.items()}
    shrunken = {lab: x / (x + y) for lab, (x, y) in posterior.items()}
    city = lambda lab: reg[lab]["region"][:4] + "00" if not reg[lab]["region"].startswith("4290") else reg[lab]["region"]
    groups = {"all": {lab: "" for lab in labs}, "class": {lab: reg[lab]["class"] for lab in labs}, "region": {lab: city(lab) for lab in labs}}
    drawn, wide, halves = ranges(posterior, groups), 0, set()
    for (lab, scope), r in rows.items():
        one = of[lab]
        assert (F(r["k"]), int(r["n"]), int(r["late"]), int(r["not_returned"])) == (one["k"], one["n"], one["late"], one["not_returned"]), (r, one["k"], one["n"])
        assert r["class"] == reg[lab]["class"] and r["region"] == city(lab), r
        if not one["n"]:
            assert r["share"] == r["shrunken"] == r["rank"] == r["rank_low"] == r["of"] == r["half"] == r["top_tenth"] == "", r
            continue
        near(r["share"], 100 * one["k"] / one["n"], 0.005)
        near(r["shrunken"], 100 * shrunken[lab], 0.0051)
        near(r["low"], 100 * quantile(0.025, *posterior[lab]), 0.0051); near(r["high"], 100 * quantile(0.975, *posterior[lab]), 0.0051)
        mates = [m for m in labs if groups[scope][m] == groups[scope][lab]]
        assert int(r["of"]) == len(mates)
        assert int(r["rank"]) == 1 + sum(shrunken[m] > shrunken[lab] + 1e-12 for m in mates), r
        d, n = drawn[scope][lab], len(mates)
        near(r["rank_low"], d[249], 1, r); near(r["rank_high"], d[9749], 1, r)
        near(r["top_tenth"], 100 * sum(x <= -(-n // 10) for x in d) / len(d), 2.5, r)
        low, high = int(r["rank_low"]), int(r["rank_high"])
        assert r["half"] == ("better" if high <= n // 2 else "worse" if low > n - n // 2 else "unclear"), r
        halves.add(r["half"]); wide += high - low
    assert halves == {"better", "unclear", "worse"}, halves
    assert not of[SILENT]["n"] and of[SILENT]["not_returned"] and of[PARTLY]["not_returned"] and of[PARTLY]["n"]
    print(len(labs), "laboratories, deff", float(deff), "prior", a, b, "width", wide)

if __name__ == "__main__":
    if sys.argv[1] == "spoil":
        spoil(sys.argv[2])
    else:
        folders = [x for x in sys.argv[2:] if "/" in x]
        compare(sys.argv[1], folders, [x for x in sys.argv[2:] if "/" not in x])
