# SPDX-License-Identifier: GPL-3.0-or-later
# The records of a year against its tables and the verdicts of its rounds: everything that stands in one stands in the other.
#   year_record.py YEAR ROUND...      compare
#   year_record.py alone YEAR         no record has the code or the name of another laboratory
import csv, glob, re, sys
import xml.etree.ElementTree as E
from decimal import Decimal as D, ROUND_HALF_UP
from fractions import Fraction as F

def table(path): return list(csv.DictReader(open(path)))

def half_up(f, places): # of a fraction, as tables print it
    scaled = f * 10 ** places
    whole = (abs(scaled) * 2 + 1) // 2
    return "%.*f" % (places, (-1 if scaled < 0 and whole else 1) * whole / 10 ** places)

def nearest(f): return float(f) # Python divides two whole numbers with one rounding

def same(text, f, what):
    if f is None:
        assert text is None, (what, text)
        return
    assert text is not None and float(text) == nearest(f) and len(text) <= len(repr(nearest(f))), (what, text, nearest(f))

def count(value, what):
    assert value == str(int(value)), (what, value)
    return int(value)

def read_rounds(folders):
    rounds = {}
    for folder in folders:
        name = folder.split("/")[-2]
        for v in table(folder + "/verdicts.csv"):
            rounds.setdefault((v["lab"], v["programme"], v["measurand"]), {})[name] = v
    return rounds

WORDS = {"returned": None, "blank": None, "late": "late", "not_returned": "not-returned", "excused": "excused"}

def result(v):
    if v["satisfaction"] == "neither": return "excused" if v["standing"] == "excused" else "not-evaluated"
    return (WORDS[v["standing"]] if v["satisfaction"] == "unsatisfactory" else None) or v["satisfaction"]

def check_span(e, key, rounds, status):
    had = rounds[key]
    here, scores = e.findall("round"), []
    for r in here:
        v = had.get(r.get("id"))
        if v is None or v["standing"] in ("not_performed", "not_enrolled"):
            assert r.get("result") == "absent" and r.get("score") is None, (key, r.attrib)
            continue
        assert r.get("result") == result(v), (key, r.attrib, v)
        evaluated = v["satisfaction"] != "neither"
        score = F(v["accepted"]) * 100 / int(v["total"]) if evaluated and int(v["total"]) else None
        if v["standing"] in ("late", "not_returned") and evaluated: assert score == 0
        same(r.get("score"), score, key)
        if score is not None: scores.append(score)
    same(e.get("mean"), sum(scores) / len(scores) if scores else None, (key, "mean"))
    words = [r.get("result") for r in here]
    assert int(e.get("rounds")) == len(here)
    for name in ("satisfactory", "unsatisfactory", "late", "not_returned", "excused", "not_evaluated", "absent"):
        assert e.get(name.replace("_", "-")) == status[name], (key, name)
    assert int(e.get("unsatisfactory")) == sum(w in ("unsatisfactory", "late", "not-returned") for w in words)
    assert e.get("sequence") == status["sequence"] and (e.get("unsuccessful-from") or "") == status["unsuccessful_from"]
    assert (e.get("status") or "none") == status["status"]

def check_lab(folder, root, t, rounds, met):
    lab = root.find("laboratory").get("code")
    part = dict.fromkeys(("returned", "late", "not-returned", "excused", "absent"), 0)
    for p in root.findall("programme"):
        key = (lab, p.get("code"))
        check_span(p, key + ("*",), rounds, t["status"][key + ("*",)])
        met["status"] += 1
        for r in p.findall("round"):
            word = r.get("result")
            part[word if word in part else "returned"] += 1
        for m in p.findall("measurand"):
            full = key + (m.get("code"),)
            check_span(m, full, rounds, t["status"][full])
            met["status"] += 1
            for c in m.findall("certified"):
                assert t["lines"][(c.get("by"),) + full]["result"] == c.get("result"), full
                met["lines"] += 1
        for c in p.findall("paper"):
            row = t["papers"][c.get("number")]
            assert (row["lab"], row["programme"], row["certificate"], row["items"], row["issue"], row["issued"]) == \
                (lab, p.get("code"), c.get("certificate"), c.get("items"), c.get("issue"), c.get("issued")), row
            met["papers"] += 1
    stated = root.find("participation")
    for name, n in part.items(): assert int(stated.get(name)) == n, (lab, name, n, stated.attrib)
    assert int(stated.get("rounds")) == sum(part.values()) - part["absent"] and int(stated.get("programmes")) == len(root.findall("programme"))
    items = root.find("items")
    row = t["item_counts"].get(lab)
    for name in ("total", "pass", "fail", "unreturned", "not_evaluated"): assert items.get(name.replace("_", "-")) == (row[name] if row else "0")
    done = int(items.get("pass")) + int(items.get("fail"))
    same(items.get("pass-rate"), F(100 * int(items.get("pass")), done) if done else None, lab)
    for i in items:
        assert t["items"][lab, i.get("specimen") or "", i.get("item")] == i.get("result").replace("-", "_")
        met["items"] += 1
    for i in root.findall("indicator"):
        row = t["indicators"][lab, i.get("name")]
        assert (row["numerator"], row["denominator"]) == (i.get("numerator"), i.get("denominator") or "")
        n = int(i.get("denominator") or 0)
        same(i.get("percent"), F(100 * int(i.get("numerator")), n) if n else None, (lab, i.attrib))
        if n: assert half_up(F(100 * int(i.get("numerator")), n), 1) == row["percent"], row
        met["indicators"] += 1
    for r in root.findall("ranking"):
        row = t["ranking"][lab, r.get("scope")]
        for name in ("k", "n", "late", "not_returned"): assert r.get(name.replace("_", "-")) == row[name], (row, r.attrib)
        met["ranking"] += 1
        if r.get("n") == "0":
            assert set(r.attrib) == {"scope", "k", "n", "late", "not-returned"}, r.attrib
            continue
        same(r.get("share"), F(r.get("k")) * 100 / int(r.get("n")), row)
        for name in ("share", "shrunken", "low", "high"):
            assert abs(D(r.get(name)) - D(row[name])) <= D("0.005") and r.get(name) == repr(float(r.get(name))).removesuffix(".0"), (row, name)
        told = ("rank", "rank_low", "rank_high", "of", "half")
        assert [r.get(n.replace("_", "-")) for n in told] == ([row[n] for n in told] if int(row["of"]) >= 5 else [None] * 5), row

def check_region(root, t, met):
    region = root.find("region").get("code")
    for s in root.findall("share"):
        row = t["standings"][region, s.get("class") or "", s.get("name")]
        assert (s.get("numerator"), s.get("denominator")) == (row["numerator"], row["denominator"]), row
        n = F(s.get("denominator"))
        same(s.get("percent"), F(s.get("numerator")) * 100 / n if n else None, row)
        if n: assert half_up(F(s.get("numerator")) * 100 / n, 1) == row["percent"], row
        met["shares"] += 1

def compare(folder, rounds):
    t = {"status": {(r["lab"], r["programme"], r["measurand"]): r for r in table(folder + "/status.csv")},
        "lines": {(r["certificate"], r["lab"], r["programme"], r["measurand"]): r for r in table(folder + "/certificate-lines.csv")},
        "papers": {r["number"]: r for r in table(folder + "/certificates.csv")},
        "items": {(r["lab"], r["specimen"], r["item"]): r["result"] for r in table(folder + "/items.csv")},
        "item_counts": {r["lab"]: r for r in table(folder + "/items-labs.csv")},
        "indicators": {(r["lab"], r["indicator"]): r for r in table(folder + "/indicators-labs.csv")},
        "ranking": {(r["lab"], r["scope"]): r for r in table(folder + "/ranking.csv")},
        "standings": {(r["place"], r["class"], r["share"]): r for r in table(folder + "/centre/standings.csv") if not r["part"]}}
    met = dict.fromkeys(("status", "lines", "papers", "items", "indicators", "ranking", "shares"), 0)
    had = read_rounds(rounds)
    labs = sorted(glob.glob(folder + "/labs/*/record.xml"))
    assert [p.split("/")[-2] for p in labs] == sorted({key[0] for key in had}), len(labs)
    for path in labs: check_lab(folder, E.parse(path).getroot(), t, had, met)
    cities = sorted(glob.glob(folder + "/regions/*/record.xml"))
    for path in cities: check_region(E.parse(path).getroot(), t, met)
    assert cities
    for name in ("status", "lines", "papers", "items", "indicators", "ranking"): assert met[name] == len(t[name]) > 0, (name, met[name], len(t[name]))
    assert met["shares"] == sum(k[0] in {p.split("/")[-2] for p in cities} for k in t["standings"])
    print(met)

def alone(folder):
    paths = sorted(glob.glob(folder + "/labs/*/record.xml"))
    names = {p.split("/")[-2]: E.parse(p).getroot().find("laboratory").get("name") for p in paths}
    assert len(set(names.values())) == len(names) > 10
    for path in paths + glob.glob(folder + "/regions/*/record.xml"):
        text, own = open(path).read(), path.split("/")[-2]
        for code, name in names.items():
            assert code == own or (not re.search(r"\b" + code + r"\b", text) and name not in text), (path, code)

alone(sys.argv[2]) if sys.argv[1] == "alone" else compare(sys.argv[1], sys.argv[2:])
