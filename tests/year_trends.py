# SPDX-License-Identifier: GPL-3.0-or-later
# Trends and adjusted regions again, from the tables that the ledger exports, in exact fractions, and ranks from draws of Python's own
# generator.
#   year_trends.py spoil ROUND                    a few laboratories drift, or lie on one side
#   year_trends.py trends YEAR EXPORT [limit-share run rounds slip]
#   year_trends.py adjusted YEAR METHOD
import csv, glob, math, os, random, sys
from decimal import Decimal as D, ROUND_HALF_UP, ROUND_HALF_EVEN
from fractions import Fraction as F

def table(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))

def spoil(folder, n):
    for path in sorted(glob.glob(folder + "/results/*.csv")):
        rows = list(csv.reader(open(path, encoding="latin-1", newline="")))
        if "value" not in rows[0] or len(rows) < 2:
            continue
        column, lab = rows[0].index("value"), rows[1][0]
        by = {"L0004": 1 + 0.012 * n, "L0006": 0.985, "L0008": 1.04}.get(lab, 1)
        for row in rows[1:]:
            if by != 1 and row[column].replace(".", "").isdigit():
                row[column] = "%.6g" % (float(row[column]) * by)
        csv.writer(open(path, "w", encoding="latin-1", newline=""), lineterminator="\n").writerows(rows)

def printed(f, places): # half away from zero
    d = D(abs(f.numerator) * 10 ** (places + 3) // f.denominator).scaleb(-places - 3) # enough digits to see a half
    if abs(f) * 10 ** (places + 3) % 1: d += D(1).scaleb(-places - 4)
    d = d.quantize(D(1).scaleb(-places), ROUND_HALF_UP)
    return str(-d if f < 0 and d else d)

def trends(year, export, limit_share=50, run=10, window=4, slip=1000):
    rounds = []
    for entry in glob.glob(export + "/*/*/entry.csv"):
        e, folder = table(entry)[0], os.path.dirname(entry)
        rounds.append((e["closes"][:10], e["round"], int(e["year"]), e["organiser"], folder))
    rounds.sort()
    this = max(r[2] for r in rounds)
    held, means, sides = {}, {}, {} # by programme; by laboratory, programme, measurand and round
    for _, name, when, organiser, folder in rounds:
        for p in table(folder + "/programmes.csv"):
            if not p["cancelled"]: held.setdefault((p["programme"], p["level"], organiser), []).append((name, when))
        level = {p["programme"]: (p["programme"], p["level"], organiser) for p in table(folder + "/programmes.csv")}
        in_time = {(v["lab"], v["programme"], v["measurand"]) for v in table(folder + "/verdicts.csv") if v["standing"] == "returned"}
        for s in table(folder + "/scores.csv"):
            key = (s["lab"], s["programme"], s["measurand"])
            if key not in in_time: continue
            at = means.setdefault((s["lab"], level[s["programme"]], s["measurand"]), {}).setdefault(name, ([], []))
            if s["share_pct"] and abs(F(s["share_pct"])) > slip: continue
            if s["share_pct"]: at[0].append(F(s["share_pct"]))
            if s["sdi"]: at[1].append(F(s["sdi"]))
    want = {}
    mean = lambda x: sum(x) / len(x)
    for (lab, p, measurand), of in means.items():
        names = held[p][-window:]
        seen = [(n, w, of[n]) for n, w in names if n in of and (of[n][0] or of[n][1])]
        if not seen or seen[-1][1] != this: continue
        shares = [mean(x[2][0]) for x in seen if x[2][0]]
        sdis = [mean(x[2][1]) for x in seen if x[2][1]]
        last = seen[-1][2]
        count, spans, signs = 0, set(), [(n, (v > 0) - (v < 0)) for n, _, x in seen for v in x[0]]
        for n, side in reversed(signs):
            if not side or side != signs[-1][1]: break
            count += side; spans.add(n)
        steps = [b - a for a, b in zip(shares, shares[1:])]
        far = len(shares) >= 3 and abs(shares[-1] - shares[0]) >= F(limit_share, 2)
        way = "up" if far and min(steps) > 0 else "down" if far and max(steps) < 0 else ""
        why = [w for w, holds in (("latest", last[0] and abs(mean(last[0])) > limit_share), ("running", len(shares) > 1 and abs(mean(shares)) > limit_share),
                                  ("run", abs(count) >= run and len(spans) > 1)) if holds]
        list_of = lambda i, places: "|".join(printed(mean(of[n][i]), places) if n in of and of[n][i] else "." for n, _ in names)
        want[lab, p[0], measurand] = {"level": p[1], "organiser": p[2], "latest": seen[-1][0], "results": str(len(last[0])), "share": printed(mean(last[0]), 1) if last[0] else "",
            "sdi": printed(mean(last[1]), 2) if last[1] else "", "n_rounds": str(len(shares)), "running_share": printed(mean(shares), 1) if shares else "",
            "running_sdi": printed(mean(sdis), 2) if sdis else "", "run": str(count), "run_rounds": str(len(spans)), "trend": way, "warning": " ".join(why),
            "rounds": "|".join(n for n, _ in names), "shares": list_of(0, 1), "sdis": list_of(1, 2)}
    rows = {(r.pop("lab"), r.pop("programme"), r.pop("measurand")): r for r in table(year + "/trends.csv")}
    assert set(rows) == set(want), (len(rows), len(want), sorted(set(rows) ^ set(want))[:3])
    for key in want:
        assert rows[key] == want[key], (key, {k: (rows[key][k], want[key][k]) for k in want[key] if rows[key][k] != want[key][k]})
    kinds = {w for r in want.values() for w in r["warning"].split()} | {r["trend"] for r in want.values() if r["trend"]}
    assert len(want) > 500 and {"latest", "running", "run"} <= kinds and kinds & {"up", "down"}, (len(want), kinds)
    print(len(want), "trends,", sum(bool(r["warning"]) for r in want.values()), "with a warning")

def near(got, want, off, *what):
    assert abs(float(got) - float(want)) <= off, (got, float(want), *what)

def adjusted(year, method):
    labs = [r for r in table(year + "/ranking.csv") if r["scope"] == "all" and int(r["n"])]
    rows = [r for r in table(year + "/centre/adjusted.csv") if r["level"] == "city"]
    deff = float(table(year + "/ranking-fit.csv")[0]["deff"])
    cells, whole = {}, {}
    for r in labs:
        for at in (cells.setdefault(r["region"], {}), whole):
            k, n = at.get(r["class"], (F(0), 0))
            at[r["class"]] = (k + F(r["k"]), n + int(r["n"]))
    k_all, n_all = sum(k for k, n in whole.values()), sum(n for k, n in whole.values())
    assert {r["place"] for r in rows} == set(cells) and len(rows) > 3, rows
    counts, lacking = {}, 0
    for r in rows:
        own = cells[r["place"]]
        k, n = sum(x for x, _ in own.values()), sum(x for _, x in own.values())
        assert (F(r["k"]), int(r["n"]), int(r["laboratories"])) == (k, n, sum(x["region"] == r["place"] for x in labs))
        assert r["share"] == printed(100 * F(k, n), 2) and r["method"] == method
        if method == "indirect":
            expected = sum(x * F(whole[c][0], whole[c][1]) for c, (_, x) in own.items())
            share = F(k_all, n_all) * k / expected
            near(r["expected"], expected, 0.0051); near(r["ratio"], k / expected, 5.1e-5); assert r["undefined"] == "0.00"
        else:
            missing = sum(F(x, n_all) for c, (_, x) in whole.items() if not own.get(c, (0, 0))[1])
            share = None if missing else sum(F(x, n_all) * F(own[c][0], own[c][1]) for c, (_, x) in whole.items())
            near(r["undefined"], 100 * missing, 0.0051); assert r["expected"] == ""
            lacking += bool(missing)
        if share is None:
            assert r["adjusted"] == r["ratio"] == r["rank"] == r["shrunken"] == "", r
            continue
        near(r["adjusted"], 100 * share, 0.0051)
        counts[r["place"]] = (float(min(share, 1)) * n / deff, n / deff)
    assert method == "indirect" or lacking, "no region lacks a class"
    ranked = [r for r in rows if r["rank"]]
    assert {int(r["of"]) for r in ranked} == {len(counts)}
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import year_ranking as twin
    data = list(counts.values())
    p = sum(k for k, n in data) / sum(n for k, n in data)
    spread = sum(k * (k - 1) / p + (n - k) * (n - k - 1) / (1 - p) - n * (n - 1) for k, n in data)
    if spread <= 0:
        assert all(r["rank"] == r["rank_low"] == "1" and int(r["rank_high"]) == len(counts) for r in ranked), "all are tied"
        print(len(rows), "regions, nobody can be told from anybody")
        return
    a, b = twin.fit(data)
    posterior = {place: (a + k, b + n - k) for place, (k, n) in counts.items()}
    for r in ranked:
        x, y = posterior[r["place"]]
        near(r["shrunken"], 100 * x / (x + y), 0.006, r["place"])
        near(r["low"], 100 * twin.quantile(0.025, x, y), 0.02, r["place"]); near(r["high"], 100 * twin.quantile(0.975, x, y), 0.02, r["place"])
    order = sorted(ranked, key=lambda r: -posterior[r["place"]][0] / sum(posterior[r["place"]]))
    assert [int(r["rank"]) for r in order] == sorted(int(r["rank"]) for r in ranked)
    of = twin.ranges(posterior, {"all": {place: 0 for place in posterior}})["all"]
    for r in ranked:
        seen = of[r["place"]]
        near(r["rank_low"], seen[249], 1, r["place"]); near(r["rank_high"], seen[9749], 1, r["place"])
    print(len(rows), "regions,", len(ranked), "with a rank")

if __name__ == "__main__":
    what = sys.argv[1]
    if what == "spoil": spoil(sys.argv[2], int(sys.argv[3]))
    elif what == "trends": trends(*sys.argv[2:4], *map(int, sys.argv[4:]))
    else: adjusted(*sys.argv[2:4])
