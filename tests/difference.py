# SPDX-License-Identifier: GPL-3.0-or-later
"""The difference attack: a laboratory adds and subtracts the groups that it is shown, and must never be left with a few.

difference.py ROUND PUBLISHED LEAST [TWIN]   ROUND: the folder that was closed. For each laboratory, measurand and sample the groups in its bundle are made
sets of laboratories again, from what was sent: the group it is judged in, everybody, and each method of told.csv. Every sum of them with the
signs +, - and 0 that is a set of laboratories is looked at: it is empty, or has LEAST of them at least."""
import csv
import itertools
import os
import sys
from collections import defaultdict


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


KEYS = ("method", "instrument", "reagent", "calibrator", "system")


def peers_of(folder):
    """What each laboratory said of itself, by measurand: results may say it on every line; enrolments may say it once."""
    said = defaultdict(dict)
    for name in sorted(os.listdir(folder + "/results")):
        for row in table(os.path.join(folder, "results", name)):
            for key in KEYS:
                if row.get(key):
                    said[row["lab"], row["measurand"]][key] = row[key]
    return said


def parse(key):
    """ "method=…" or "instrument=… method=…", where a name may have blanks; nothing of the rung on which all are together."""
    parts, at = [], key if "=" in key else ""
    while at:
        name, _, rest = at.partition("=")
        ends = [i for i in (rest.find(" " + k + "=") for k in KEYS) if i >= 0]
        end = min(ends) if ends else len(rest)
        parts.append((name, rest[:end]))
        at = rest[end + 1:]
    return parts


def leftovers(sets, least):
    """Sums of the sets, each taken +1, 0 or -1 times, that are a few laboratories. They are known by how many each holds of each atom."""
    atoms = defaultdict(int)
    for lab in set().union(*sets):
        atoms[tuple(lab in s for s in sets)] += 1
    kinds = list(atoms)
    found = []
    for signs in itertools.product((0, 1, -1), repeat=len(sets)):
        sums = [sum(w for w, of in zip(signs, kind) if of) for kind in kinds]
        n = sum(atoms[k] for k, s in zip(kinds, sums) if s)
        if set(sums) <= {0, 1} and 0 < n < least:
            found.append((signs, n))
    return found


def main(given, folder, least):
    said, targets = peers_of(given), {t["group"]: t for t in table(folder + "/targets.csv")}
    kept, judged, of = defaultdict(set), defaultdict(set), defaultdict(dict)
    for row in table(folder + "/scores.csv"):
        item = row["programme"], row["measurand"], row["sample"]
        if row["mark"] == "kept":
            kept[item].add(row["lab"])
            judged[row["group"]].add(row["lab"])
        of[row["lab"]][item] = row["group"]
    looked, seen, wrong, shown_n = 0, {}, [], 0
    for lab in sorted(os.listdir(folder + "/labs")):
        path = f"{folder}/labs/{lab}/told.csv"
        shown = defaultdict(list)
        for row in table(path) if os.path.exists(path) else []:
            if row["what"] == "peers":
                shown[row["programme"], row["measurand"], row["sample"]].append((row["says"], int(row["n"])))
        for item, group in of[lab].items():
            if not group or not shown[item]:
                continue
            t = targets[group]
            whole = {l for l in kept[item] if all(said[l, item[1]].get(k) == v for k, v in parse(t["key"]))}
            own = whole if len(whole) == int(t["kept"]) else judged[group]
            others = len(kept[item] - own)
            sets, names = [], []
            if len(own) >= least:
                sets.append(own)
                names.append(t["key"])
            if own != kept[item] and not (len(own) >= least and 0 < others < least):  # where the others are few, histograms are of the peers alone
                sets.append(kept[item])
                names.append("everybody")
            for name, n in shown[item]:
                users = {l for l in kept[item] if any(said[l, item[1]].get(k) == name for k in KEYS)}
                if len(users) != n:
                    raise SystemExit(f"{lab} {item}: {name} has {n} on paper, and {len(users)} sent it")
                if users not in sets:
                    sets.append(users)
                    names.append(name)
            case = item, group, tuple(shown[item])
            shown_n += len(shown[item])
            looked += 1
            if case not in seen:
                seen[case] = leftovers(sets, least)
                wrong += [f"{lab} {item}: " + " ".join("+-"[w < 0] + n for w, n in zip(signs, names) if w) + f" leaves {n}" for signs, n in seen[case]]
    for line in wrong[:10]:
        print("# " + line)
    print(f"# {looked} bundles of a sample, {len(seen)} of them different, {shown_n} methods shown: {len(wrong)} differences tell of fewer than {least}")
    return 1 if wrong or not shown_n else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
