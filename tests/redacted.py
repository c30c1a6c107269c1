# SPDX-License-Identifier: GPL-3.0-or-later
"""An attacker of what `zhiping redact` makes: with the register, the published round and the redacted folder in the hand, can anybody be told?

redacted.py ROUND PUBLISHED REDACTED [OTHER]   OTHER: the redacted folder of another round, or of the same by another key"""
import csv
import hashlib
import json
import os
import sys
from collections import Counter, defaultdict

LEAST = 5


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def names_nobody(given, redacted, wrong):
    """No byte of any file is of a code or name of the register."""
    roster = table(given + "/roster.csv")
    words = {r["code"] for r in roster} | {r["name"] for r in roster} | {r.get("institution", "") for r in roster} - {""}
    for name in sorted(os.listdir(redacted)):
        data = open(os.path.join(redacted, name), "rb").read()
        wrong += [f"{name} holds {w}" for w in words if w and w.encode() in data]
    return len(words)


def hides_in_five(redacted, wrong):
    """Whatever tells the pseudonyms of a measurand apart beside their results is shared by LEAST of them: the groups over all samples, each of them,
    and the samples that are there."""
    rows = table(redacted + "/scores.csv")
    of = defaultdict(list)
    for r in rows:
        of[r["programme"], r["measurand"], r["pseudonym"]].append(r)
    kinds = Counter()
    for (programme, measurand, _), results in of.items():
        groups = tuple(r["group"] for r in results)
        for kind in (("groups", groups), ("samples", tuple(r["sample"] for r in results)), *((r["sample"], r["group"]) for r in results)):
            kinds[programme, measurand, kind] += 1
    wrong += [f"{k}: {n} pseudonyms are alone with it" for k, n in kinds.items() if n < LEAST]
    seen = Counter(p for _, _, p in of)
    wrong += [f"{p} stands for {n} measurands" for p, n in seen.items() if n > 1]
    order = [(r["programme"], r["measurand"], r["pseudonym"]) for r in rows]
    if order != sorted(order):
        wrong.append("pseudonyms stand in an order of their own")
    targets = {t["group"]: t for t in table(redacted + "/targets.csv")}
    wrong += [f"group {g} is of {t['n']}" for g, t in targets.items() if int(t["n"]) < LEAST]
    rungs = defaultdict(set)
    for t in targets.values():
        rungs[t["programme"], t["measurand"], t["sample"]].add(t["rung"])
    wrong += [f"{k} has groups of {sorted(v)}: one may be subtracted from the other" for k, v in rungs.items() if len(v) > 1]
    wrong += [f"group {r['group']} is in no target" for r in rows if r["group"] and r["group"] not in targets]
    return len(of), len(kinds)


def nothing_left_over(published, redacted, wrong):
    parents = {(r["programme"], r["region"]): r["parent"] for r in table(published + "/regions.csv") if r["class"] == "*"}
    shares = table(redacted + "/shares.csv")
    below, whole = defaultdict(lambda: [0, 0]), {}
    for r in shares:
        if int(r["laboratories"]) < LEAST or 0 < int(r["judged"]) < LEAST:
            wrong.append(f"few in {r}")
        if r["region"] != "*":
            whole[r["programme"], r["region"]] = int(r["laboratories"]), int(r["judged"])
            at = r["programme"], parents[r["programme"], r["region"]]
            below[at][0] += int(r["laboratories"])
            below[at][1] += int(r["judged"])
    for at, (labs, judged) in below.items():
        if at[1] and at not in whole:
            wrong.append(f"below {at} something is told, and of itself nothing")
        elif at in whole:
            wrong += [f"{at}: {n} are left over" for n in (whole[at][0] - labs, whole[at][1] - judged) if 0 < n < LEAST]
    return len(shares)


def not_to_be_guessed(given, published, redacted, wrong):
    """Pseudonyms cannot be made of codes and of what the manifest says."""
    manifest = open(published + "/manifest.json", "rb").read()
    codes = [r["code"] for r in table(given + "/roster.csv")][:50]
    known = {hashlib.sha256(manifest).hexdigest()} | {f["sha256"] for k in ("inputs", "results", "outputs") for f in json.loads(manifest)[k] if not f["name"].startswith("labs/")}
    there = {r["pseudonym"] for r in table(redacted + "/scores.csv")}
    pairs = {(r["programme"], r["measurand"]) for r in table(redacted + "/scores.csv")}
    for key in known:
        for code in codes:
            for p, m in pairs:
                if hashlib.sha256(f"{key}{code}\0{p}\t{m}\0".encode()).hexdigest()[:16] in there:
                    wrong.append(f"the pseudonym of {code} can be made of {key[:8]}")


def tells_the_same(published, redacted, wrong):
    """Nothing is lost but names: verdicts of each told measurand and sample are those that were published."""
    count = lambda rows: Counter((r["programme"], r["measurand"], r["sample"], r["verdict"]) for r in rows)
    told = count(table(redacted + "/scores.csv"))
    all_of = count(table(published + "/scores.csv"))
    measurands = {k[:2] for k in told}
    wrong += [f"{k}: {told[k]} of {n}" for k, n in all_of.items() if k[:2] in measurands and told[k] != n]
    few = Counter((r["programme"], r["measurand"]) for r in table(published + "/verdicts.csv") if r["measurand"] != "*" and r["standing"] not in ("not_performed", "not_enrolled"))
    wrong += [f"{k} has {few[k]} laboratories" for k in measurands if few[k] < LEAST]
    source = json.load(open(redacted + "/manifest.json", encoding="utf-8"))
    if source["redacted"]["manifest"] != hashlib.sha256(open(published + "/manifest.json", "rb").read()).hexdigest():
        wrong.append("the manifest does not name the one that it was made of")
    wrong += [f"{o['name']} is not what the manifest says" for o in source["outputs"] if hashlib.sha256(open(os.path.join(redacted, o["name"]), "rb").read()).hexdigest() != o["sha256"]]


def main(given, published, redacted, other=None):
    wrong = []
    words = names_nobody(given, redacted, wrong)
    sheaves, kinds = hides_in_five(redacted, wrong)
    shares = nothing_left_over(published, redacted, wrong)
    not_to_be_guessed(given, published, redacted, wrong)
    tells_the_same(published, redacted, wrong)
    if other:
        both = {r["pseudonym"] for r in table(redacted + "/scores.csv")} & {r["pseudonym"] for r in table(other + "/scores.csv")}
        wrong += [f"{len(both)} pseudonyms are the same in both"] if both else []
    for line in wrong[:10]:
        print("# " + line)
    print(f"# {sheaves} pseudonyms, {kinds} combinations of at least {LEAST}, {shares} shares, {words} codes and names looked for: {len(wrong)} found")
    return 1 if wrong or not sheaves else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
