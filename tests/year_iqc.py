#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Internal quality control of invented laboratories, for tests/year-iqc.sh, and what must come of it.

usage: year_iqc.py write FOLDER LABS     iqc-a.csv (UTF-8, English headers) and iqc-b.csv (GB18030, Chinese headers)
       year_iqc.py check FOLDER TABLES   the tables of the year against the files"""
import csv
import math
import random
import statistics
import sys
from fractions import Fraction

ITEMS = {"GLU": (("1", 5.1, 0.08), ("2", 15.2, 0.24)), "K": (("1", 4.1, 0.05), ("2", 6.2, 0.08)), "WBC": (("1", 7.0, 0.2),)}
LIMITS = {"GLU": Fraction(3), "K": Fraction(5, 2)}  # of WS/T 403-2024; it has none for leucocytes
ENGLISH = ["lab", "month", "item", "level", "lot", "n", "mean", "sd", "cv", "mean_in_use", "in_control"]
CHINESE = ["实验室编码", "月份", "项目", "水平", "批号", "测定数", "均值", "标准差", "变异系数(%)", "使用中均值", "在控"]
NAMES = {"GLU": "葡萄糖", "K": "钾"}


def rows_of(labs):
    """Lots change in July. Every seventh laboratory keeps its first mean for good, the others cumulate month by month."""
    chance = random.Random(641)
    for lab in range(1, labs + 1):
        for item, levels in ITEMS.items():
            for level, centre, sd in levels:
                bias = chance.gauss(0, sd)
                wide = 3 if lab % 10 == 5 and item == "K" else 1
                for half in range(2):
                    lot = f"{item}{level}{'AB'[half]}"
                    if lab <= 3 and half:
                        lot += "x"  # three laboratories with a lot of their own
                    total, count, first = Fraction(0), 0, None
                    for month in range(6):
                        n = chance.randint(20, 31)
                        mean = Fraction(round((centre + bias + chance.gauss(0, sd / 8)) * 1000), 1000)
                        # a month that drifts, so that the first mean stands apart from the cumulated one
                        mean += Fraction(round(sd * 2000 * (month > 0)), 1000)
                        if first is None:
                            first, total, count = mean, 20 * mean, 20
                        in_use = first if lab % 7 == 0 else total / count
                        yield {"lab": f"L{lab:04d}", "month": f"2026-{6 * half + month + 1:02d}", "item": item, "level": level, "lot": lot, "n": n,
                               "mean": f"{float(mean):.3f}", "sd": f"{sd * wide * chance.uniform(0.8, 1.2):.4f}", "cv": "",
                               "mean_in_use": f"{float(in_use):.4f}", "in_control": "yes" if wide == 1 else ""}
                        if month < 5:
                            total, count = total + n * mean, count + n


def write(folder, labs):
    rows = list(rows_of(labs))
    middle = labs // 2
    with open(f"{folder}/iqc-a.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.DictWriter(f, ENGLISH)
        out.writeheader()
        out.writerows(r for r in rows if int(r["lab"][1:]) <= middle)
    with open(f"{folder}/iqc-b.csv", "w", newline="", encoding="gb18030") as f:
        out = csv.writer(f)
        out.writerow(CHINESE)
        for r in rows:
            if int(r["lab"][1:]) > middle:
                out.writerow([NAMES.get(r[k], r[k]) if k == "item" else "水平" + r[k] if k == "level" else {"yes": "是", "": ""}[r[k]] if k == "in_control" else r[k]
                              for k in ENGLISH])


def algorithm_a(x):
    m = statistics.median(x)
    s = 1.483 * statistics.median(abs(v - m) for v in x)
    for _ in range(1000):
        w = [min(max(v, m - 1.5 * s), m + 1.5 * s) for v in x]
        m, s = statistics.fmean(w), 1.134 * statistics.stdev(w)
    return m, s


def check(folder, tables):
    sent = {}
    for name, coding in (("iqc-a.csv", "utf-8"), ("iqc-b.csv", "gb18030")):
        for cells in list(csv.reader(open(f"{folder}/{name}", encoding=coding)))[1:]:
            r = dict(zip(ENGLISH, cells))
            r["item"] = {v: k for k, v in NAMES.items()}.get(r["item"], r["item"])
            r["level"] = r["level"].removeprefix("水平")
            r["in_control"] = r["in_control"].replace("是", "yes")
            sent[r["lab"], r["item"], r["month"], r["level"]] = r
    found = {(r["lab"], r["item"], r["month"], r["level"]): r for r in csv.DictReader(open(f"{tables}/iqc.csv", encoding="utf-8-sig"))}
    assert set(found) == set(sent) and len(sent) > 1000, (len(found), len(sent))
    groups = {}
    for key, r in sent.items():
        groups.setdefault((r["item"], r["month"], r["level"], r["lot"]), []).append(r)
    peers = {(r["item"], r["month"], r["level"], r["lot"]): r for r in csv.DictReader(open(f"{tables}/iqc-peers.csv", encoding="utf-8-sig"))}
    assert set(peers) == set(groups)
    hidden = 0
    for key, rows in groups.items():
        shown = len(rows) >= 5
        hidden += not shown
        assert peers[key]["use"] == ("evaluated" if len(rows) >= 12 else "informative" if shown else "hidden"), (key, peers[key])
        assert shown or not any(peers[key][c] for c in ("laboratories", "mean", "sd", "cv", "cv_laboratories")), peers[key]
        mean, sd = algorithm_a([float(r["mean"]) for r in rows]) if shown else (0, 1)
        middle = statistics.median(100 * float(r["sd"]) / float(r["mean"]) for r in rows)
        for r in rows:
            out = found[r["lab"], r["item"], r["month"], r["level"]]
            cv = 100 * Fraction(r["sd"]) / Fraction(r["mean"])
            assert abs(Fraction(out["cv"]) - cv) <= Fraction(1, 200), out
            assert not shown and out["sdi"] == out["cvr"] == out["peers"] == "" or abs(float(out["sdi"]) - (float(r["mean"]) - mean) / sd) < 0.0051 and \
                abs(float(out["cvr"]) - float(cv) / middle) < 0.0051 and int(out["peers"]) == len(rows), (out, mean, sd, middle)
            limit = LIMITS.get(r["item"])
            assert out["within_limit"] == ("" if limit is None else "yes" if cv <= limit else "no"), out
            assert out["in_control"] == (r["in_control"] or out["within_limit"]), out
    assert hidden
    doubts = {(r["lab"], r["item"], r["level"], r["lot"]): r for r in csv.DictReader(open(f"{tables}/iqc-means.csv", encoding="utf-8-sig"))}
    wanted = {(r["lab"], r["item"], r["level"], r["lot"]) for r in sent.values() if int(r["lab"][1:]) % 7 == 0 and r["lot"].rstrip("x").endswith("B") and r["in_control"]}
    assert set(doubts) == wanted and wanted, set(doubts) ^ wanted
    for (lab, item, level, lot), d in doubts.items():
        months = sorted((r for r in sent.values() if (r["lab"], r["item"], r["level"], r["lot"]) == (lab, item, level, lot)), key=lambda r: r["month"])
        total, n = 20 * Fraction(months[0]["mean_in_use"]), 20
        for r in months[:5]:
            total, n = total + int(r["n"]) * Fraction(r["mean"]), n + int(r["n"])
        assert d["doubt"] == "first_alone" and d["month"] == "2026-12" and int(d["values"]) == n and d["months"] == "5", d
        assert abs(Fraction(d["expected"]) - total / n) <= Fraction(1, 10 ** 5), (d, float(total / n))
    rates = [r for r in csv.DictReader(open(f"{tables}/indicators-labs.csv", encoding="utf-8-sig")) if r["indicator"] == "iqc_cv_fail_rate"]
    for r in rates:
        rows = [o for o in found.values() if o["lab"] == r["lab"] and o["within_limit"]]
        months = {(o["item"], o["month"]) for o in rows}
        assert int(r["denominator"]) == len(months) and int(r["numerator"]) == len({(o["item"], o["month"]) for o in rows if o["within_limit"] == "no"}), r
    assert len(rates) == len({r["lab"] for r in sent.values()}) and any(int(r["numerator"]) for r in rates)


if __name__ == "__main__":
    write(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "write" else check(sys.argv[2], sys.argv[3])
