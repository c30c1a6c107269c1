#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not matter, and what must: changes of a whole round, and what they may do to its tables.

usage: properties.py turn KIND ROUND INTO [SEED]         a copy of ROUND in INTO, changed
       properties.py same KIND OUT INTO.OUT INTO         whether the published tables say the same (exit 1: they do not)
       properties.py wrong ROUND OUT INTO SEED           a copy in which one right answer of each laboratory is wrong
       properties.py worse OUT INTO.OUT INTO             whether no score of theirs has risen, and that some have fallen
       properties.py unknown ROUND OUT INTO              a copy in which one answer of each measurand is none
       properties.py refused OUT TOLD INTO               whether TOLD, what check said, names each with the answers that there are
       properties.py withheld INTO.OUT INTO              whether none of them is scored

KIND: laboratories (others' codes, in another order), samples (in another order), lines (of all tables), files (results in several
files, under other names), measurands (of the schemes, in another order). INTO.turned says what became of what.
"""

import csv
import os
import random
import re
import shutil
import sys
from fractions import Fraction

# What stands in tables and depends on where a thing stood, not on what it is.
PLACES = {"file", "line", "group", "remark"}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def results(into):
    folder = os.path.join(into, "results")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".csv")]


def is_long(rows):
    return rows and "lab" in rows[0] and "value" in rows[0] and "sample" in rows[0]


# ---- changes; each gives what became of what ----

def turn_laboratories(into, rng):
    roster = read(os.path.join(into, "roster.csv"))
    at = roster[0].index("code")
    codes = [row[at] for row in roster[1:]]
    others = list(codes)
    rng.shuffle(others)
    became = dict(zip(codes, others))
    for path in [os.path.join(into, name) for name in ("roster.csv", "enrolments.csv")] + results(into):
        rows = read(path)
        column = 0 if not path.endswith("roster.csv") else at
        if path in results(into):
            assert is_long(rows), path
            column = rows[0].index("lab")
        elif path.endswith("enrolments.csv"):
            column = rows[0].index("lab")
        body = rows[1:]
        for row in body:
            row[column] = became[row[column]]
        if not path.endswith(".xml"):
            rng.shuffle(body)
        write(path, [rows[0]] + body)
    decisions = os.path.join(into, "decisions.xml")
    if os.path.exists(decisions):
        with open(decisions, encoding="utf-8") as f:
            text = f.read()
        with open(decisions, "w", encoding="utf-8") as f:
            f.write(re.sub(r'\blab="([^"]*)"', lambda m: 'lab="%s"' % became[m.group(1)], text))
    return became


def turn_samples(into, rng):
    """Samples get each other's places in the plan; their codes stay with them."""
    path = os.path.join(into, "round.xml")
    with open(path, encoding="utf-8") as f:
        text = f.read()

    def shuffled(match):
        samples = re.findall(r"<sample\b[^>]*/>", match.group())
        rng.shuffle(samples)
        return "".join(samples)
    with open(path, "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?:<sample\b[^>]*/>\s*)+", shuffled, text))
    return {}


def turn_lines(into, rng):
    for path in [os.path.join(into, name) for name in ("roster.csv", "enrolments.csv")] + results(into):
        rows = read(path)
        if path in results(into) and not is_long(rows):
            continue
        body = rows[1:]
        rng.shuffle(body)
        write(path, [rows[0]] + body)
    return {}


def turn_files(into, rng):
    for number, path in enumerate(results(into)):
        rows = read(path)
        if not is_long(rows):
            continue
        parts = [[], [], []]
        for row in rows[1:]:
            rng.choice(parts).append(row)
        os.remove(path)
        for k, part in enumerate(parts):
            write(os.path.join(into, "results", "%s-%d-%d.csv" % (rng.choice("abcz"), number, k)), [rows[0]] + part)
    return {}


def turn_measurands(into, rng):
    """The measurands of schemes that lie in the round folder, in another order."""
    for name in sorted(os.listdir(into)):
        path = os.path.join(into, name)
        if not name.endswith(".xml"):
            continue
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if "<scheme" not in text:
            continue
        found = re.findall(r"<measurand\b(?:(?!/>|>).)*(?:/>|>.*?</measurand>)", text, flags=re.S)
        turned = list(found)
        rng.shuffle(turned)
        out, rest = "", text
        for old, new in zip(found, turned):
            before, rest = rest.split(old, 1)
            out += before + new
        with open(path, "w", encoding="utf-8") as f:
            f.write(out + rest)
    return {}


# ---- comparisons ----

def table(published, name):
    with open(os.path.join(published, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def said(published, name, back):
    """Rows as a set of what they say, laboratories by the codes that they had."""
    out = []
    for row in table(published, name):
        row = {k: v for k, v in row.items() if k not in PLACES}
        if "lab" in row:
            row["lab"] = back.get(row["lab"], row["lab"])
        if name == "ranking.csv":
            row.pop("name")
        out.append(tuple(sorted(row.items())))
    return sorted(out)


# Where and of which class a laboratory is stays with its line of the register, so a new code takes both along; regions say the same.
TABLES = ("targets.csv", "scores.csv", "verdicts.csv", "ranking.csv", "regions.csv")


def same(kind, one, two, into):
    back = {new: old for old, new in read(into.rstrip("/") + ".turned")}
    wrong = 0
    for name in TABLES:
        a, b = said(one, name, {}), said(two, name, back)
        if a == b:
            continue
        wrong += 1
        only = [row for row in a if row not in set(b)], [row for row in b if row not in set(a)]
        print("%s: %s differs in %d and %d rows" % (kind, name, len(only[0]), len(only[1])))
        for rows in only:
            for row in rows[:2]:
                print("  " + " ".join("%s=%s" % kv for kv in row if kv[1]))
    return wrong


def make_wrong(into, published, seed):
    """One acceptable answer of each of some laboratories becomes another code of its scale; targets that are stated cannot move."""
    rng = random.Random(seed)
    scales = {}
    for row in table(published, "scales.csv"):
        scales.setdefault((row["programme"], row["measurand"]), []).append(row["answer"])
    groups = {row["group"]: row for row in table(published, "targets.csv")}
    candidates, there, shown = {}, lines_by_key(into, published), {}
    for row in table(published, "scores.csv"): # what laboratories with the same reagent could report at all
        key = (row["lab"], row["programme"], row["measurand"], row["sample"])
        shown.setdefault((row["programme"], row["measurand"], there.get(key)), set()).add(row["value"])
    for row in table(published, "scores.csv"):
        if row["verdict"] == "acceptable" and row["credit"] == "100" and (row["programme"], row["measurand"]) in scales and groups[row["group"]]["origin"] == "known" and (
                row["lab"], row["programme"], row["measurand"], row["sample"]) in there:
            candidates.setdefault(row["lab"], []).append(row)
    chosen = {}
    for lab, rows in candidates.items():
        row = rng.choice(rows)
        accepted = [word.rsplit("=", 1)[0] for word in groups[row["group"]]["accepts"].split()]
        target = groups[row["group"]]["x_pt"].split("|")
        reagent = there[lab, row["programme"], row["measurand"], row["sample"]]
        others = [code for code in scales[row["programme"], row["measurand"]] if code in shown[row["programme"], row["measurand"], reagent] and code not in accepted + target and code != row["value"] and code != "none"]
        if others:
            chosen[lab, row["programme"], row["measurand"], row["sample"]] = rng.choice(others)
    put_values(into, chosen, published)
    write(into.rstrip("/") + ".turned", [list(key) + [code] for key, code in chosen.items()])


def key_of(head, row, programmes):
    programme = row[head.index("programme")] if "programme" in head else programmes[0]
    return row[head.index("lab")], programme, row[head.index("measurand")], row[head.index("sample")]


def lines_by_key(into, published):
    """Where measurands stand by their codes: the reagent of each result, by laboratory, programme, measurand, sample; those sent once."""
    programmes, found, twice = sorted({row["programme"] for row in table(published, "verdicts.csv")}), {}, set()
    for path in results(into):
        rows = read(path)
        for row in rows[1:] if is_long(rows) else []:
            key = key_of(rows[0], row, programmes)
            twice |= {key} & set(found)
            found[key] = row[rows[0].index("reagent")] if "reagent" in rows[0] else ""
    return {key: reagent for key, reagent in found.items() if key not in twice}


def put_values(into, chosen, published):
    """chosen: values by laboratory, programme, measurand, sample."""
    programmes = sorted({row["programme"] for row in table(published, "verdicts.csv")})
    for path in results(into):
        rows = read(path)
        head = rows[0]
        for row in rows[1:] if is_long(rows) else []:
            key = key_of(head, row, programmes)
            if key in chosen:
                row[head.index("value")] = chosen[key]
                for beside in {"index", "unit"} & set(head):
                    row[head.index(beside)] = ""
        write(path, rows)


NO_ANSWER = "绝无此答"


def make_unknown(into, published):
    """One acceptable answer of each measurand becomes a word that no scale has."""
    scales = {(row["programme"], row["measurand"]) for row in table(published, "scales.csv")}
    chosen, there = {}, lines_by_key(into, published)
    for row in table(published, "scores.csv"):
        key = (row["programme"], row["measurand"])
        if key in scales and row["verdict"] == "acceptable" and (row["lab"], *key, row["sample"]) in there and key not in {k[1:3] for k in chosen}:
            chosen[row["lab"], row["programme"], row["measurand"], row["sample"]] = NO_ANSWER
    put_values(into, chosen, published)
    write(into.rstrip("/") + ".turned", [list(key) for key in chosen])


def refused(published, told, into):
    """Every one of them is told, with the first of the answers that there are."""
    with open(told, encoding="utf-8") as f:
        lines = [line for line in f if NO_ANSWER in line]
    names = {}
    for row in table(published, "scales.csv"):
        names.setdefault((row["programme"], row["measurand"]), []).append(row["name"])
    chosen, wrong = read(into.rstrip("/") + ".turned"), 0
    for lab, programme, measurand, sample in chosen:
        if not any(re.search(r" %s value " % re.escape(measurand), line) and "expected " in line and
                   names[programme, measurand][0] in line.split("expected ", 1)[1] for line in lines):
            wrong += 1
            print("%s %s: nothing is told that names its answers" % (programme, measurand))
    if len(lines) != len(chosen) or not chosen:
        wrong += 1
        print("%d answers are none, and %d are told" % (len(chosen), len(lines)))
    return wrong


def withheld(published, into):
    rows = {(r["lab"], r["programme"], r["measurand"], r["sample"]): r for r in table(published, "scores.csv")}
    wrong = 0
    for key in read(into.rstrip("/") + ".turned"):
        row = rows[tuple(key)]
        if (row["state"], row["verdict"], row["sent"]) != ("unreadable", "not_evaluated", NO_ANSWER):
            wrong += 1
            print("%s: %s %s, sent %s" % (" ".join(key), row["state"], row["verdict"], row["sent"]))
    return wrong


def share(row):
    return Fraction(row["accepted"]) / Fraction(row["total"]) if row["total"] != "0" else None


def worse(one, two, into):
    """A laboratory whose answer was made wrong has no higher score than before, in the measurand and in the programme."""
    chosen = read(into.rstrip("/") + ".turned")
    before = {(r["lab"], r["programme"], r["measurand"]): r for r in table(one, "verdicts.csv")}
    after = {(r["lab"], r["programme"], r["measurand"]): r for r in table(two, "verdicts.csv")}
    wrong = fell = 0
    for lab, programme, measurand, _, _ in chosen:
        for m in (measurand, "*"):
            a, b = share(before[lab, programme, m]), share(after[lab, programme, m])
            fell += a is not None and b is not None and b < a
            if a is not None and b is not None and b > a:
                wrong += 1
                print("%s %s %s: %s before, %s with one answer more that is wrong" % (lab, programme, m, a, b))
    if not chosen or fell * 2 < len(chosen):
        wrong += 1
        print("of %d answers made wrong %d lowered a score" % (len(chosen), fell))
    return wrong


def main(words):
    if words[:1] == ["turn"] and len(words) in (4, 5):
        kind, source, into = words[1:4]
        shutil.copytree(source, into)
        became = globals()["turn_" + kind](into, random.Random(" ".join(words[1:2] + words[4:])))
        write(into.rstrip("/") + ".turned", became.items())
        return 0
    if words[:1] == ["wrong"] and len(words) == 5:
        shutil.copytree(words[1], words[3])
        make_wrong(words[3], words[2], words[4])
        return 0
    if words[:1] == ["unknown"] and len(words) == 4:
        shutil.copytree(words[1], words[3])
        make_unknown(words[3], words[2])
        return 0
    if words[:1] == ["refused"] and len(words) == 4:
        return 1 if refused(*words[1:]) else 0
    if words[:1] == ["withheld"] and len(words) == 3:
        return 1 if withheld(*words[1:]) else 0
    if words[:1] == ["same"] and len(words) == 5:
        return 1 if same(*words[1:]) else 0
    if words[:1] == ["worse"] and len(words) == 4:
        return 1 if worse(*words[1:]) else 0
    print(__doc__.split("\n\n")[1], file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
