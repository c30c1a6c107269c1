# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/year-recognition.sh asks: control material and evidence made up, and recognition worked out a second time from the verdicts
# of the rounds and from those, by the words of docs/formats/recognition.md.
import csv, random, sys
import xml.etree.ElementTree as ET
from fractions import Fraction

def rows(path): return list(csv.DictReader(open(path, encoding="utf-8-sig")))

MONTHS = ["2026-%02d" % m for m in range(1, 13)]

def verdicts(out):
    """(lab, item): letters of its provincial rounds. In these rounds every measurand is an item of its own."""
    seen = {}
    for n in (1, 2):
        for r in rows(f"{out}/sim-2026-{n}/v1/verdicts.csv"):
            if r["measurand"] == "*" or r["standing"] in ("not_enrolled", "not_performed"): continue
            letter = {"satisfactory": "S", "unsatisfactory": "U"}.get(r["satisfaction"], "~")
            seen.setdefault((r["lab"], r["measurand"]), []).append(letter)
    return seen

def make(out):
    rng = random.Random(2026)
    seen = verdicts(out)
    with open("iqc.csv", "w", newline="") as f:
        w = csv.writer(f)
        w.writerow("lab month item level lot n mean sd in_control".split())
        for lab, item in sorted(seen):
            if rng.random() < 0.2: continue
            for month in MONTHS:
                if rng.random() < 0.1: continue
                for level in ("1", "2"):
                    for lot in ("A", "B"):
                        if rng.random() < 0.2: continue
                        sd = rng.choice(["0.10", "0.10", "0.10", "0.09", "0.09", "0.11"])
                        w.writerow([lab, month, item, level, lot, rng.choice([20, 20, 5]), "2.00", sd, rng.choice(["", "", "", "yes", "yes", "no"])])
    with open("evidence.csv", "w", newline="") as f:
        w = csv.writer(f)
        w.writerow("lab key value unit source date".split())
        for lab in sorted({lab for lab, _ in seen}):
            for month in MONTHS[:4]:
                if rng.random() < 0.1: continue
                w.writerow([lab, "workday-report-rate", rng.choice(["90", "95", "95", "95", "89.9", "none"]), "percent", "示例", month + "-28"])

def runs(months):
    best = now = 0
    for m in months:
        if m is None: continue
        now = now + 1 if m else 0
        best = max(best, now)
    return best

def check(out, path):
    iqc, shares = {}, {}
    for r in rows("iqc.csv"):
        if int(r["n"]) >= 10:
            good = r["in_control"] != "no" and 100 * Fraction(r["sd"]) <= 5 * Fraction(r["mean"])
            iqc.setdefault((r["lab"], r["item"]), {}).setdefault(r["month"], {}).setdefault(r["level"], []).append(good)
    for r in rows("evidence.csv"):
        shares.setdefault(r["lab"], {})[r["date"][:7]] = None if r["value"] == "none" else Fraction(r["value"]) >= 90
    seen, found, marked, limit = verdicts(out), rows(path), 0, 0
    assert {(r["lab"], r["item"]) for r in found} == set(seen), "other lines"
    for r in found:
        key = r["lab"], r["item"]
        passed, failed = seen[key].count("S"), seen[key].count("U")
        rounds = "unknown" if not passed + failed else "met" if passed >= 2 and failed <= 0 else "unmet"
        of = iqc.get(key, {})
        run = runs([len(of.get(m, {})) >= 2 and all(any(lots) for lots in of[m].values()) for m in MONTHS])
        control = "not_asked" if r["item"] == "CL" else "met" if run >= 3 else "unmet" if of else "unknown"
        mine = shares.get(r["lab"], {})
        of_shares = [mine.get(m, False) for m in MONTHS]
        reported = "met" if runs(of_shares) >= 2 else "unmet" if any(v is not None for v in mine.values()) else "unknown"
        assert r["provincial"] == rounds and r["national"] == r["city"] == "not_asked", (r, seen[key])
        if rounds != "unknown":
            assert (int(r["provincial_passed"]), int(r["provincial_failed"])) == (passed, failed), r
        assert r["iqc"] == control and (control == "not_asked" or int(r["iqc_months"]) == run), (r, run)
        assert r["reporting"] == reported, (r, of_shares)
        want = rounds == "met" and control in ("met", "not_asked") and reported == "met"
        assert r["marks"] == ("provincial" if want else ""), r
        assert (r["from"], r["until"]) == (("2027-02-01", "2028-01-31") if want else ("", "")), r
        assert bool(r["because"]) == bool(r["because_en"]) == (not want), r
        marked += want
    print(len(found), marked)
    assert 50 < marked < len(found) - 50, marked

def lists(folder):
    lines = rows(folder + "/recognition.csv")
    marked = {(r["lab"], r["specimen"], r["item"]) for r in lines if r["marks"]}
    assert {(r["lab"], r["specimen"], r["item"]) for r in rows(folder + "/recognition-list.csv")} == marked
    labs = rows(folder + "/recognition-labs.csv")
    assert {r["lab"] for r in labs} == {r["lab"] for r in lines}
    for r in labs:
        own = [m for m in marked if m[0] == r["lab"]]
        assert int(r["items"]) == sum(l["lab"] == r["lab"] for l in lines)
        assert int(r["recognised"]) == int(r["provincial"]) == len(own) and r["national"] == r["city"] == "0"
        assert r["number"] == (f"2026/HR/own/{r['lab']}/1" if own else ""), r
        assert r["measurands"].split()[:-1] == [f"{l['specimen']}:{l['item']}:P" for l in lines if l["lab"] == r["lab"] and l["marks"]], r
    assert len({r["number"] for r in labs if r["number"]}) > 10
    for r in rows(folder + "/recognition-measurands.csv"):
        assert set(r["labs"].split()) == {m[0] for m in marked if m[1:] == (r["specimen"], r["item"])}, r
        assert int(r["recognised"]) == len(r["labs"].split()) and int(r["laboratories"]) == sum(l["item"] == r["item"] for l in lines), r

def record(folder):
    n = 0
    for r in rows(folder + "/recognition-labs.csv"):
        root = ET.parse(f"{folder}/labs/{r['lab']}/record.xml").getroot()
        found = root.findall("recognition")
        assert len(found) == int(r["recognised"]), r
        for e in found:
            assert (e.get("rule"), e.get("marks"), e.get("valid-from"), e.get("valid-until")) == ("own", "provincial", r["from"], r["until"])
        n += len(found)
    assert n > 50

def issues(before, after):
    was = {r["lab"]: r for r in rows(before + "/recognition-labs.csv")}
    kept = new = 0
    for r in rows(after + "/recognition-labs.csv"):
        old = was[r["lab"]]
        if not r["number"]: continue
        same = old["measurands"] == r["measurands"]
        if not old["number"]:
            assert r["number"].endswith("/1") and r["issued"] == "2027-04-10", r
        elif same:
            assert (r["number"], r["issued"], r["until"]) == (old["number"], old["issued"], old["until"]), r
        else:
            assert r["number"].endswith("/2") and r["issued"] == "2027-04-10" and r["until"] == "2028-04-30", r
        kept += same
        new += not same
    print(kept, new)
    assert new > 3

def keeps(before, after):
    marks = {(r["lab"], r["item"]): r["marks"] for r in rows(after + "/recognition.csv")}
    gained = sum(bool(m) for m in marks.values())
    for r in rows(before + "/recognition.csv"):
        assert not r["marks"] or marks[r["lab"], r["item"]] == r["marks"], r
        gained -= bool(r["marks"])
    assert gained > 10

{ "make": make, "check": check, "lists": lists, "record": record, "issues": issues, "keeps": keeps }[sys.argv[1]](*sys.argv[2:])
