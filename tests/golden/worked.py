#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares a published round with the verdicts that its about.md works out by hand.

usage: worked.py ROUND PUBLISHED        Exit: 0 equal, 1 different (the first differences are printed).

ROUND/expected/verdicts.csv has lab, programme, measurand, sample and any columns of scores.csv, or of targets.csv for the group
that the result is judged in. ROUND/expected/standings.csv, where there is one, has lab, programme, measurand and any columns of the
published verdicts.csv. Every row must be found. Numbers are compared as numbers; an empty cell must be empty; "?" is not looked at.
"""

import csv
import os
import sys
from fractions import Fraction

RESULT = ("lab", "programme", "measurand", "sample")
STANDING = ("lab", "programme", "measurand")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def equal(a, b):
    if a == b:
        return True
    try:
        return Fraction(a) == Fraction(b)
    except ValueError:
        return False


def by(names, table):
    return {tuple(row[name] for name in names): row for row in table}


def differences(expected, names, published, beside=None):
    """beside: a second table, and the column of the first that leads to its rows."""
    if not expected:
        yield "the expected table has no row"
    for row in expected:
        key = tuple(row[name] for name in names)
        found = published.get(key)
        if found is None:
            yield f"{' '.join(key)}: no such row was published"
            continue
        more = beside[0].get((found[beside[1]],), {}) if beside else {}
        for column, value in row.items():
            if column in names or value == "?":
                continue
            if column not in found and beside and column not in next(iter(beside[0].values()), {}):
                raise SystemExit(f"there is no column {column} in what was published")
            got = found[column] if column in found else more.get(column, "")
            if not equal(got, value):
                yield f"{' '.join(key)}: {column} is {got or 'empty'}, expected {value or 'empty'}"


def main(folder, published):
    expected = os.path.join(folder, "expected")
    targets = by(("group",), rows(os.path.join(published, "targets.csv")))
    scores = by(RESULT, rows(os.path.join(published, "scores.csv")))
    wrong = list(differences(rows(os.path.join(expected, "verdicts.csv")), RESULT, scores, (targets, "group")))
    standings = os.path.join(expected, "standings.csv")
    if os.path.exists(standings):
        wrong += differences(rows(standings), STANDING, by(STANDING, rows(os.path.join(published, "verdicts.csv"))))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
