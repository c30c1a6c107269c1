#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The centre's tables worked out again, the obvious slow way, from what docs/formats/tables.md says of them: answers.csv panel.csv
agreement.csv samples.csv items.csv items-labs.csv, from scores.csv, targets.csv, verdicts.csv and the round itself.

usage: agreement.py ROUND PUBLISHED RULES     Exit: 0 equal, 1 different (the first differences are printed); what was compared is printed.
"""

import collections
import csv
import json
import math
import os
import sys
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

KEYS = ("system", "instrument", "method", "reagent", "calibrator")
HEADERS = {"检测系统": "system", "系统": "system", "仪器": "instrument", "方法": "method", "试剂": "reagent", "校准品": "calibrator", "校准物": "calibrator"}


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


# ---- the round ----


class Scale:
    def __init__(self, root):
        self.kind = root.get("kind")
        self.order = [a.get("code") for a in root.iter("answer")]
        self.sides = {a.get("code"): a.get("side", "none") for a in root.iter("answer")}
        if self.kind == "titre":
            n, most, factor = (int(root.get(k)) for k in ("start", "most", "factor"))
            while n <= most:
                self.order.append(f"1:{n}")
                self.sides[f"1:{n}"] = "positive"
                n *= factor
        self.ordered = self.kind in ("ordinal", "titre")

    def side(self, answer):
        if self.kind == "set":
            return "negative" if answer == "none" else "positive"
        return self.sides[answer]


class Round:
    def __init__(self, folder, published, rules):
        self.folder, self.published = folder, published
        self.rules = rules
        root = ElementTree.parse(os.path.join(folder, "round.xml")).getroot()
        self.manifest = json.load(open(os.path.join(published, "manifest.json"), encoding="utf-8"))
        self.choices = {p["code"]: p["choices"] for p in self.manifest["programmes"]}
        self.programmes, self.samples, self.strengths, self.measurands, self.whole = [], {}, {}, {}, {}
        self.named = False  # by lists of the organiser, which put other names for those that were sent
        for p in root.findall("programme"):
            code = p.get("code")
            scheme = self.read("schemes", p.get("scheme"))
            self.programmes.append(code)
            self.samples[code] = [s.get("code") for s in p.findall("sample")]
            self.strengths[code] = {s.get("code"): s.get("strength", "") for s in p.findall("sample")}
            self.whole[code] = scheme.get("whole-samples") == "yes"
            self.named |= p.find("names") is not None or scheme.find("names") is not None
            only = p.find("measurands")
            self.measurands[code] = [dict(m.attrib, specimen=m.get("specimen", scheme.get("specimen", ""))) for m in scheme.findall("measurand")
                                     if only is None or m.get("code") in only.get("codes").split()]
            for m in self.measurands[code]:
                m.setdefault("item", m["code"])
                m["scale"] = Scale(self.read("vocabulary/scales", m["scale"])) if "scale" in m else None
                m["answered"] = m["scale"] is not None or "undetected" in m
        self.scores, self.targets = self.table("scores.csv"), {t["group"]: t for t in self.table("targets.csv")}
        self.referees = {(e["lab"], e["programme"]) for e in rows(os.path.join(folder, "enrolments.csv")) if (e.get("referee") or "") == "yes"}
        self.roster = {r["code"]: r for r in rows(os.path.join(folder, "roster.csv"))}
        self.lines = {}
        decisions = os.path.join(folder, "decisions.xml")
        self.named |= os.path.exists(decisions) and ElementTree.parse(decisions).getroot().find("regroup") is not None

    def read(self, below, name):
        path = os.path.join(self.folder, name) if name.endswith(".xml") else os.path.join(self.rules, below, name + ".xml")
        return ElementTree.parse(path).getroot()

    def table(self, name):
        path = os.path.join(self.published, name)
        return rows(path) if os.path.exists(path) else None

    def each(self):
        for code in self.programmes:
            for m in self.measurands[code]:
                yield code, m

    def peers(self, score):
        """What was used, as the line of the results says; None where that is not a plain table."""
        name = self.manifest["results"][int(score["file"]) - 1]["name"]
        if self.named or not name.endswith(".csv"):
            return None
        if name not in self.lines:
            with open(os.path.join(self.folder, name), encoding="utf-8-sig", newline="") as file:
                self.lines[name] = list(csv.reader(file))
        header = [HEADERS.get(cell.strip(), cell.strip()) for cell in self.lines[name][0]]
        row = dict(zip(header, self.lines[name][int(score["line"]) - 1]))
        return {key: row.get(key, "").strip() for key in KEYS}


def percent(k, n, places=2):
    """Half up, exactly."""
    if n == 0:
        return ""
    scaled = (Fraction(100 * 10**places * k, n) + Fraction(1, 2)).__floor__()
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


# ---- answers.csv ----


def answers(r):
    scales = {(code, m["code"]): m["scale"] for code, m in r.each() if m["scale"]}
    if not scales:
        return None
    kept, sent = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for s in r.scores:
        if s["group"] and s["mark"] == "kept":
            kept[s["group"]][s["value"]] += 1
            sent[s["group"]][s["value"]] += (s["lab"], s["programme"]) in r.referees
    out = []
    for group, t in r.targets.items():
        scale = scales.get((t["programme"], t["measurand"]))
        if not scale:
            continue
        due = t["x_pt"].split("|") if t["x_pt"] else []
        if sum(kept[group].values()) != int(t["kept"]):  # it counts those who were judged on a lower rung as well
            out.append((group, None))
            continue
        order = (lambda a: sum(1 << scale.order.index(x) for x in a.split("+") if x != "none")) if scale.kind == "set" else scale.order.index
        for a in sorted(set(kept[group]) | set(due), key=order):
            out.append((group, dict(group=group, programme=t["programme"], measurand=t["measurand"], sample=t["sample"], answer=a, n=str(kept[group][a]),
                                    referees=str(sent[group][a]), share=percent(kept[group][a], int(t["kept"])), is_target=str(int(a in due)))))
    return out


# ---- panel.csv, samples.csv ----


def wholes(r):
    found = collections.defaultdict(lambda: [0, 0])
    for s in r.scores:
        found[s["lab"], s["programme"], s["sample"]][0] += s["verdict"] != "not_evaluated"
        found[s["lab"], s["programme"], s["sample"]][1] += s["verdict"] == "acceptable"
    return found


def panel(r):
    whole = wholes(r)
    standing = {(v["lab"], v["programme"], v["measurand"]): v["satisfaction"] for v in r.table("verdicts.csv")}
    out = []
    for code in r.programmes:
        if not any(m["answered"] for m in r.measurands[code]):
            continue
        for measurand in ["*"] + [m["code"] for m in r.measurands[code] if m["answered"]]:
            for sample in ["*"] + r.samples[code]:
                mine = [s for s in r.scores if s["programme"] == code and measurand in ("*", s["measurand"]) and sample in ("*", s["sample"])
                        and s["state"] == "returned" and s["verdict"] != "not_evaluated"]
                right = [s for s in mine if s["verdict"] == "acceptable"]
                labs = {s["lab"] for s in mine}
                if sample == "*":
                    passed = [lab for lab in labs if standing[lab, code, measurand] == "satisfactory"]
                elif measurand == "*":
                    passed = [lab for lab in labs if whole[lab, code, sample][0] == whole[lab, code, sample][1]]
                else:
                    passed = right
                out.append(dict(programme=code, measurand=measurand, sample=sample, strength=r.strengths[code].get(sample, ""), labs=str(len(labs)),
                                passed=str(len(passed)), pass_share=percent(len(passed), len(labs)), results=str(len(mine)), right=str(len(right)),
                                share=percent(len(right), len(mine))))
    return out or None


def samples(r):
    if not any(r.whole.values()):
        return None
    out, whole = [], wholes(r)
    for lab, code in sorted({(s["lab"], s["programme"]) for s in r.scores}, key=lambda k: (k[0], r.programmes.index(k[1]))):
        if not r.whole[code]:
            continue
        all_judged = all_right = 0
        for sample in r.samples[code]:
            judged, right = whole[lab, code, sample]
            out.append(dict(lab=lab, programme=code, sample=sample, judged=str(judged), right=str(right), whole=str(int(judged == right)) if judged else ""))
            all_judged += judged > 0
            all_right += judged > 0 and judged == right
        out.append(dict(lab=lab, programme=code, sample="*", judged=str(all_judged), right=str(all_right),
                        whole=str(int(all_judged == all_right)) if all_judged else ""))
    return out


# ---- agreement.csv ----


def kappa(pairs, order):
    """Cohen 1968 and Fleiss, Cohen, Everitt 1969, in fractions. order: the grades for linear weights, None for equal ones."""
    names = order or sorted({x for pair in pairs for x in pair})
    at, n, count = {x: i for i, x in enumerate(names)}, len(pairs), collections.Counter(pairs)
    if len({e for e, _ in pairs}) < 2:
        return None, None
    p = {(a, b): Fraction(k, n) for (a, b), k in count.items()}
    row, column = collections.Counter(), collections.Counter()
    for (a, b), share in p.items():
        row[a] += share
        column[b] += share

    def weight(a, b):
        return 1 - Fraction(abs(at[a] - at[b]), len(names) - 1) if order else Fraction(a == b)
    seen = sum(weight(a, b) * share for (a, b), share in p.items())
    chance = sum(weight(a, b) * row[a] * column[b] for a in row for b in column)
    value = (seen - chance) / (1 - chance)
    by_row = {a: sum(column[b] * weight(a, b) for b in column) for a in row}
    by_column = {b: sum(row[a] * weight(a, b) for a in row) for b in column}
    variance = sum(share * (weight(a, b) - (by_row[a] + by_column[b]) * (1 - value))**2 for (a, b), share in p.items()) - (value - chance * (1 - value))**2
    return value, math.sqrt(variance / n) / (1 - chance)


def tail(k, n, p):
    """P(X >= k)."""
    if p in (0, 1):
        return p
    ways = math.lgamma(n + 1)
    return math.fsum(math.exp(ways - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p)) for i in range(k, n + 1))


def bisect(f):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0.025 else (low, middle)
    return low


def interval(k, n):
    low = 0.0 if k == 0 else bisect(lambda p: tail(k, n, p))
    high = 1.0 if k == n else 1 - bisect(lambda q: tail(n - k, n, q))
    return 100 * low, 100 * high


def pair_of(r, m, s):
    """Expected, answered, and the side of each; None when the reply does not count."""
    t = r.targets.get(s["group"])
    if s["state"] != "returned" or not t or t["status"] != "gradable" or not t["x_pt"] or not s["value"] or s["reason"] in ("below_lod", "off_strip", "lab_sample_out"):
        return None
    scale = m["scale"]
    if not scale:
        words = {True: "negative", False: "positive"}
        expected, said = words[t["x_pt"] == "negative"], words[s["value"] == "undetected" or s["value"].startswith("<")]
        return expected, said, expected, said
    due = t["x_pt"].split("|")
    expected = min(due, key=lambda d: abs(scale.order.index(d) - scale.order.index(s["value"]))) if scale.ordered else due[0]
    side = scale.side(s["value"])
    if side == "grey":
        c = r.choices[s["programme"]]
        side = c["grey"] if scale.ordered else c["grey_reply"]
    return expected, s["value"], scale.side(expected), side


def agreement_row(code, m, key, name, found):
    n = len(found)
    pairs = [f[1][:2] for f in found]
    linear = m["scale"] is not None and m["scale"].ordered
    same = sum(a == b for a, b in pairs)
    value, error = kappa(pairs, m["scale"].order if linear else None)
    sides = collections.Counter(f[1][2:] for f in found)
    tp, fn = sides["positive", "positive"], sides["positive", "negative"]
    tn, fp = sides["negative", "negative"], sides["negative", "positive"]
    equivocal = sum(k for (due, said), k in sides.items() if due in ("positive", "negative") and said not in ("positive", "negative"))
    out = dict(programme=code, measurand=m["code"], key=key, name=name, labs=str(len({f[0]["lab"] for f in found})), n=str(n), agreed=str(same),
               agreement=percent(same, n), weights="linear" if linear else "equal", kappa=value, kappa_se=error, positives=str(tp + fn), false_negative=str(fn),
               negatives=str(tn + fp), false_positive=str(fp), equivocal=str(equivocal))
    for word, k, of in (("sensitivity", tp, tp + fn), ("specificity", tn, tn + fp)):
        out[word] = percent(k, of)
        out[word + "_low"], out[word + "_high"] = interval(k, of) if of else (None, None)
    return out


def agreement(r):
    """The rows; None in place of one whose names cannot be told from the results."""
    out = []
    if not any(m["answered"] for _, m in r.each()):
        return None
    for code, m in r.each():
        if not m["answered"]:
            continue
        found = [(s, pair_of(r, m, s)) for s in r.scores if s["programme"] == code and s["measurand"] == m["code"]]
        found = [f for f in found if f[1]]
        if not found:
            continue
        out.append(agreement_row(code, m, "*", "*", found))
        used = [r.peers(s) for s, _ in found]
        for key in KEYS:
            if None in used:
                out.append(dict(programme=code, measurand=m["code"], key=key, name=None))
                continue
            for name in sorted({u[key] for u in used} - {""}, key=lambda x: x.encode()):
                out.append(agreement_row(code, m, key, name, [f for f, u in zip(found, used) if u[key] == name]))
        for strength in dict.fromkeys(r.strengths[code][sample] for sample in r.samples[code]):
            mine = [f for f in found if r.strengths[code][f[0]["sample"]] == strength]
            if strength and mine:
                out.append(agreement_row(code, m, "strength", strength, mine))
    return out


# ---- items.csv, items-labs.csv ----


def items(r):
    list_of = list(r.each())
    if len(r.programmes) < 2 and not any(m["specimen"] or m["item"] != m["code"] for _, m in list_of):
        return None, None
    tally = {(v["lab"], v["programme"], v["measurand"]): v for v in r.table("verdicts.csv")}
    order = list(dict.fromkeys((m["specimen"], m["item"]) for _, m in list_of))

    def vote(v):
        if v["standing"] in ("not_returned", "blank"):
            return "unreturned"
        return "neither" if v["standing"] == "excused" else v["satisfaction"]

    units = [(lab, r.roster[lab].get("institution") or "", r.roster[lab].get("department") or "", [lab]) for lab in sorted(r.roster)]
    for name in sorted({u[1] for u in units} - {""}, key=lambda x: x.encode()):
        units.append(("*", name, "*", [u[0] for u in units if u[1] == name and u[0] != "*"]))
    each, sums = [], []
    for lab, institution, department, labs in units:
        got = collections.Counter()
        for item in order:
            votes, codes = set(), []
            for code, m in list_of:
                mine = [vote(tally[x, code, m["code"]]) for x in labs if (x, code, m["code"]) in tally and tally[x, code, m["code"]]["standing"] != "not_performed"]
                if (m["specimen"], m["item"]) == item and mine:
                    votes.update(mine)
                    codes.append(code)
            for verdict in ("unsatisfactory", "satisfactory", "unreturned", "neither"):
                if verdict in votes:
                    got[verdict] += 1
                    each.append(dict(lab=lab, institution=institution, department=department, specimen=item[0], item=item[1],
                                     programmes=" ".join(dict.fromkeys(codes)), verdict=verdict))
                    break
        if got:
            sums.append(dict(lab=lab, institution=institution, department=department, items=str(sum(got.values())), satisfactory=str(got["satisfactory"]),
                             unsatisfactory=str(got["unsatisfactory"]), unreturned=str(got["unreturned"]), neither=str(got["neither"]),
                             rate=percent(got["satisfactory"], got["satisfactory"] + got["unsatisfactory"])))
    return each, sums


# ---- comparing ----


def is_equal(found, wanted):
    if wanted is None or isinstance(wanted, str):
        return found == (wanted or "")
    places = len(found.partition(".")[2])
    return places > 1 and abs(float(found) - float(wanted)) <= 0.5 * 10**-places + 1e-9


def plain(text):
    """Without the apostrophe that keeps a spreadsheet from taking a cell for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@'" else text


def compare(name, found, wanted):
    if found is None or wanted is None:
        return [] if found is wanted else [f"{name}: {'there is none' if found is None else 'there is one, and none is due'}"]
    if len(found) != len(wanted):
        return [f"{name}: {len(found)} rows, expected {len(wanted)}"]
    wrong = []
    for number, (f, w) in enumerate(zip(found, wanted), 2):
        if list(f) != list(w):
            return [f"{name}: the columns are {','.join(f)}, expected {','.join(w)}"]
        wrong += [f"{name} line {number}: {c} is {f[c] or 'empty'}, expected {w[c]}" for c in w if not is_equal(plain(f[c]), w[c])]
    return wrong


def compare_answers(r):
    found, wanted = r.table("answers.csv"), answers(r)
    if found is None or wanted is None:
        return compare("answers.csv", found, wanted)
    shared = {group for group, row in wanted if row is None}
    wrong = compare("answers.csv", [f for f in found if f["group"] not in shared], [row for _, row in wanted if row])
    for group in shared:
        mine = [f for f in found if f["group"] == group]
        if sum(int(f["n"]) for f in mine) != int(r.targets[group]["kept"]):
            wrong.append(f"answers.csv: group {group} has other answers than were kept")
        if {f["answer"] for f in mine if f["is_target"] == "1"} != set(filter(None, r.targets[group]["x_pt"].split("|"))):
            wrong.append(f"answers.csv: group {group} has another target than targets.csv")
    return wrong


def compare_agreement(r):
    found, wanted = r.table("agreement.csv"), agreement(r)
    if found is None or wanted is None:
        return compare("agreement.csv", found, wanted)
    untold = {(w["programme"], w["measurand"], w["key"]) for w in wanted if w["name"] is None}
    return compare("agreement.csv", [f for f in found if (f["programme"], f["measurand"], f["key"]) not in untold], [w for w in wanted if w["name"] is not None])


def main(folder, published, rules):
    r = Round(folder.rstrip("/"), published, rules)
    each, sums = items(r)
    wrong = compare_answers(r) + compare_agreement(r)
    for name, wanted in (("panel.csv", panel(r)), ("samples.csv", samples(r)), ("items.csv", each), ("items-labs.csv", sums)):
        wrong += compare(name, r.table(name), wanted)
    there = [name for name in ("answers.csv", "panel.csv", "agreement.csv", "samples.csv", "items.csv", "items-labs.csv") if r.table(name) is not None]
    print("\n".join(wrong) if wrong else "compared: " + (" ".join(there) or "that there is none of them"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
