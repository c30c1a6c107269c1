#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares a published round with its expected/ folder: targets.csv (x_pt and s as worked out elsewhere, with a
tolerance) and unacceptable.csv (every result that must be unacceptable; all others must not be).

usage: expected.py ROUND PUBLISHED        Exit: 0 equal, 1 different.
"""

import csv
import sys


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def main(folder, published):
    wrong = []
    targets = {(row["measurand"], row["sample"]): row for row in rows(published + "/targets.csv")}
    for row in rows(folder + "/expected/targets.csv"):
        found = targets[row["measurand"], row["sample"]]
        for own, theirs in (("x_pt", "x_exact"), ("s", "s")):
            if abs(float(found[theirs]) - float(row[own])) > float(row["tolerance"]):
                wrong.append(f"{row['measurand']} {row['sample']} {own}: {found[theirs]}, expected {row[own]}")
        if found["kept"] != row["n"] or found["method"] != row["method"]:
            wrong.append(f"{row['measurand']} {row['sample']}: {found['kept']} by {found['method']}")
    expected = {(row["lab"], row["measurand"], row["sample"]) for row in rows(folder + "/expected/unacceptable.csv")}
    # what was not returned is no question of limits
    found = {(row["lab"], row["measurand"], row["sample"]) for row in rows(published + "/scores.csv")
             if row["verdict"] == "unacceptable" and row["state"] == "returned"}
    wrong += [f"{' '.join(which)} should be unacceptable" for which in sorted(expected - found)]
    wrong += [f"{' '.join(which)} should not be unacceptable" for which in sorted(found - expected)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
