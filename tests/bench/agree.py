#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the targets of table.R are ours: agree.py TARGETS_OF_R.csv PUBLISHED/targets.csv

Groups of the same values are compared: those of which nothing was set aside, so that both have as many. Prints how many there are and the largest
difference, as a part of the spread of its group; ends with 1 when it is not small, or when there is nothing to compare."""
import csv, sys

theirs = {(r["measurand"], r["sample"], "system=" + r["system"]): r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
n = compared = 0
worst = 0.0
for ours in csv.DictReader(open(sys.argv[2], encoding="utf-8")):
    r = theirs.get((ours["measurand"], ours["sample"], ours["key"]))
    n += 1
    if not r or r["n"] != ours["used"]:
        continue
    compared += 1
    worst = max(worst, abs(float(r["x"]) - float(ours["x_exact"])) / float(ours["s"]), abs(float(r["s"]) / float(ours["s"]) - 1))
print(f"targets of {compared} groups of {n} rest on the same values as R's, and differ by {worst:.0e} of their spread at most")
sys.exit(not compared or worst > 1e-8)
