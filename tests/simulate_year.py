# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/simulate-year.sh asks of a simulated year, read from its files.
import csv
import glob
import os
import re
import sys
from collections import defaultdict


def rows(*path):
    with open(os.path.join(*path), "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.DictReader(text.splitlines()))


def register(folder):
    return {r["code"]: r for r in rows(folder, "roster.csv")}


def enrolled(folder):
    out = defaultdict(dict)
    for r in rows(folder, "enrolments.csv"):
        out[r["lab"]][r["programme"]] = r["measurands"]
    return out


def excused(folder):
    path = os.path.join(folder, "decisions.xml")
    return set(re.findall(r'<excuse lab="([^"]+)"', open(path, encoding="utf-8").read())) if os.path.exists(path) else set()


def results(folder):
    """lab, measurand, sample -> value, and lab -> instruments, of long files."""
    values, instruments = {}, defaultdict(set)
    for path in glob.glob(os.path.join(folder, "results", "*.csv")):
        for r in rows(path):
            if "value" not in r:
                continue
            instruments[r["lab"], r["programme"]].add(r["instrument"])
            try:
                values[r["lab"], r["measurand"], r["sample"]] = float(r["value"])
            except ValueError:
                pass
    return values, instruments


def same(*folders):
    first = register(folders[0])
    for folder in folders[1:]:
        for code, row in register(folder).items():
            assert first[code] == row, row
    seen = {}
    for folder in folders:
        for lab, performed in enrolled(folder).items():
            assert seen.setdefault(lab, performed) == performed, lab
    used = {}
    for folder in folders:
        for key, names in results(folder)[1].items():
            assert used.setdefault(key, names) == names, key
    departments = [r for r in first.values() if r["department"] == "输血科"]
    assert departments and all(r["institution"] in first and r["code"] != r["institution"] for r in departments)


def biases(folder):
    """Mean deviation from the median of the sample in parts of it, of each laboratory and measurand; slips left out."""
    values = results(folder)[0]
    by_sample = defaultdict(list)
    for (lab, m, s), v in values.items():
        by_sample[m, s].append(v)
    out = defaultdict(list)
    for (lab, m, s), v in values.items():
        at = sorted(by_sample[m, s])[len(by_sample[m, s]) // 2]
        if len(by_sample[m, s]) > 50 and at and abs(v / at - 1) < 0.2:
            out[lab, m].append(v / at - 1)
    return {k: sum(v) / len(v) for k, v in out.items()}, {k: sorted(v)[len(v) // 2] for k, v in by_sample.items()}


def correlation(a, b):
    both = [k for k in a if k in b]
    x, y = [a[k] for k in both], [b[k] for k in both]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((p - mx) * (q - my) for p, q in zip(x, y)) / (sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y)) ** 0.5


def character(folder):
    one, two = biases(f"{folder}/1"), biases(f"{folder}/2")
    r = correlation(one[0], two[0])
    assert 0.5 < r < 0.95, r
    assert not set(one[1]) & set(two[1]) and set(one[1].values()) != set(two[1].values())
    # control material of the same laboratories: its mean against the peers' of the lot
    means = defaultdict(list)
    for row in rows(folder, "year", "iqc.csv"):
        if row["in_control"] == "yes":
            means[row["item"], row["lot"], row["month"], row["level"], ].append((row["lab"], float(row["mean"])))
    own = defaultdict(list)
    for (item, *_), found in means.items():
        middle = sorted(v for _, v in found)[len(found) // 2]
        for lab, v in found:
            own[lab, item].append(v / middle - 1)
    r = correlation(one[0], {k: sum(v) / len(v) for k, v in own.items()})
    assert r > 0.5, r


def careers(folder):
    rounds = [f"{folder}/{k}" for k in (1, 2, 3)]
    here = [set(register(r)) for r in rounds]
    takes = [set(enrolled(r)) for r in rounds]
    assert here[0] >= here[1] >= here[2] and here[0] > here[2], "nobody left"
    assert (takes[2] - takes[0]) & here[0], "nobody joined"
    assert here[2] - takes[2], "everybody takes part"
    times = [excused(r) for r in rounds]
    assert any(times) and not (times[0] & times[1] or times[0] & times[2] or times[1] & times[2])
    for r, labs in zip(rounds, times):
        assert labs <= set(enrolled(r))
        returned = {lab for lab, _, _ in results(r)[0]}
        assert not labs & returned, "an excused laboratory returned something"
    closing = [re.search(r'id="sim-2026-(\d)".*opens="([^"]+)" closes="([^"]+)"', open(f"{r}/round.xml", encoding="utf-8").read()).groups() for r in rounds]
    assert [c[0] for c in closing] == ["1", "2", "3"] and closing == sorted(closing, key=lambda c: c[2])
    assert all(opens < closes for _, opens, closes in closing)
    for r, (_, opens, closes) in zip(rounds, closing):
        for path in glob.glob(f"{r}/results/*.csv"):
            for row in rows(path):
                if row.get("received"):
                    assert closes < row["received"] < closes[:8] + "23", row


def next_year(this, that):
    before, after = register(f"{this}/3"), register(f"{that}/1")
    assert set(after) <= set(before), "who has left comes back"
    for code in after:
        assert before[code] == after[code]
    a, b = enrolled(f"{this}/3"), enrolled(f"{that}/1")
    assert len(set(a) & set(b)) > 100 and all(a[k] == b[k] for k in a if k in b)
    assert all(k in b or k not in after for k in a), "somebody does not go on"
    r = correlation(biases(f"{this}/3")[0], biases(f"{that}/1")[0])
    assert 0.5 < r < 0.95, r
    assert rows(this, "year", "iqc.csv")[0]["month"] == "2026-01" and rows(that, "year", "iqc.csv")[0]["month"] == "2027-01"


def shows(v1):
    labs = len(rows(v1, "recognition-labs.csv"))
    recognised = sum(int(r["recognised"]) > 0 for r in rows(v1, "recognition-labs.csv"))
    assert 0.25 * labs < recognised < 0.9 * labs, (recognised, labs)
    titles = defaultdict(set)
    for r in rows(v1, "titles.csv"):
        titles[r["award"], r["state"]].add(r["code"])
    for award in ("excellent-laboratory", "excellent-transfusion"):
        assert titles[award, "proposed"], award
        assert sum(len(v) for (a, s), v in titles.items() if a == award and s != "proposed") > 3, award
    certificates = len({r["lab"] for r in rows(v1, "certificates.csv")})
    assert 0.5 * labs < certificates < labs, (certificates, labs)
    status = [r["status"] for r in rows(v1, "status.csv")]
    assert 0 < status.count("unsuccessful") < 0.2 * len(status)
    doubts = [r["doubt"] for r in rows(v1, "iqc-means.csv")]
    keepers = {r["lab"] for r in rows(v1, "iqc-means.csv") if r["doubt"] == "first_alone"}
    senders = {r["lab"] for r in rows(v1, "iqc.csv")}
    assert 0.02 < len(keepers) / len(senders) < 0.3, (len(keepers), len(senders))
    assert doubts.count("not_cumulative") < 0.1 * len(doubts), doubts.count("not_cumulative")
    out = [r for r in rows(v1, "iqc.csv") if r["in_control"] == "no"]
    assert 0.005 < len(out) / len(rows(v1, "iqc.csv")) < 0.05, len(out)
    indicators = {r["indicator"]: r for r in rows(v1, "indicators.csv") if r["place"] == "*" and r["class"] == "*"}
    for name in ("participation_appraisal", "comparison_rate", "iqc_coverage", "iqc_cv_fail_rate"):
        assert indicators[name]["pooled"] or indicators[name]["shown"] == "hidden", name
    assert 0 < float(indicators["comparison_rate"]["pooled"] or 50) < 100


ACTS = {"same": same, "character": character, "careers": careers, "next": next_year, "shows": shows}
ACTS[sys.argv[1]](*sys.argv[2:])
