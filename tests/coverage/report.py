#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Branches that the tests take, as gcov counts them: a table by folder and file, and every branch that is neither taken nor accepted.

report.py SOURCE BUILD [--missing | --mend KEPT]

--mend puts counters that were damaged, which is seen by their having become less, back as they are in a folder of copies.

gcov itself is asked, and not gcovr: it works counts out of others, and a child that writes its counters within a function, as all that
are confined do, makes some of them negative, at which gcovr 5 stops. Here a branch is taken when its count is not 0.

Left out are the branches of assert(): the other way would be a fault of the program, and ends it. Nothing else is left out; there are no
branches for failed allocations, which end the process in engine/base/memory.h. accepted.csv names lines whose branches cannot all be taken
by a test, and why: file, text of the line, reason. They count as not taken in the first figure, and are left out of the second.
untaken.csv says of the others, which count in both, why no test takes them.
Exit 1 when a folder is below LEAST, or when a row of accepted.csv fits no line with a branch that is not taken.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

LEAST = 95.0
FOLDERS = ("engine/stats", "engine/run", "engine/year")


def asserted(lines):
    """Numbers of the lines that belong to an assert, from its name to its closing bracket."""
    found, depth = set(), 0
    for number, line in enumerate(lines, 1):
        rest = line
        if not depth:
            start = re.search(r"\bassert\s*\(", line)
            if not start:
                continue
            rest = line[start.start():]
        depth += rest.count("(") - rest.count(")")
        found.add(number)
    return found


def told(build, place):
    """What gcov says of the counters at a place."""
    return subprocess.run(["gcov", "--json-format", "--branch-probabilities", "--stdout", place], capture_output=True, check=True, cwd=build).stdout.splitlines()


def total(build, place):
    try:
        return sum(abs(line["count"]) for text in told(build, place) for entry in json.loads(text)["files"] for line in entry["lines"])
    except subprocess.CalledProcessError:
        return -1


def mend(build, kept):
    for copy in sorted(kept.rglob("*.gcda")):
        place = build / copy.relative_to(kept)
        now = total(build, place)
        shutil.copy(place, spare := place.with_suffix(".spare"))
        shutil.copy(copy, place)
        if total(build, place) > now:
            print(f"damaged by a test, and as it was before: {place.relative_to(build)}")
        else:
            shutil.copy(spare, place)
        spare.unlink()


def counted(source, build):
    """{file: {line: [runs, [count of each branch]]}} of all that was compiled; what several places compile (headers) is added up."""
    found = {}
    places = sorted(place for folder in FOLDERS for place in (build / folder).rglob("*.gcda"))
    for place in places:
        for text in told(build, place):
            for entry in json.loads(text)["files"]:
                file = os.path.relpath(os.path.realpath(build / entry["file"]), source)
                if not file.startswith(tuple(folder + "/" for folder in FOLDERS)):
                    continue
                lines, now = found.setdefault(file, {}), {}
                for line in entry["lines"]: # a line may be told once for each function on it
                    runs, branches = now.setdefault(line["line_number"], [0, []])
                    now[line["line_number"]] = [runs + line["count"], branches + [branch["count"] for branch in line["branches"]]]
                for number, (runs, branches) in now.items():
                    before = lines.setdefault(number, [0, [0] * len(branches)])
                    before[0] += runs
                    before[1] = [abs(a) + abs(b) for a, b in zip(before[1], branches)]
    return found


class Count:
    def __init__(self):
        self.lines = self.run = self.branches = self.taken = self.accepted = 0

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def row(self, name):
        share = lambda part, all_of: f"{100 * part / all_of:.1f} %" if all_of else "-"
        return (f"{name:40} {self.run:6}/{self.lines:<6} {share(self.run, self.lines):>8} {self.taken:6}/{self.branches:<6}"
                f"{share(self.taken, self.branches):>8} {self.accepted:5} {share(self.taken, self.branches - self.accepted):>8}")


def of_file(source, file, lines, rows, used):
    text = (source / file).read_text(encoding="utf-8").splitlines()
    skip, count, missing = asserted(text), Count(), []
    for number, (runs, branches) in sorted(lines.items()):
        count.lines += 1
        count.run += runs != 0
        if number in skip:
            continue
        left = branches.count(0)
        count.branches += len(branches)
        count.taken += len(branches) - left
        if not left:
            continue
        key = (file, text[number - 1].strip())
        if key in rows:
            used.add(key)
            count.accepted += left
        else:
            missing.append((number, left, len(branches), runs, key[1]))
    return count, missing


def reasons(place):
    rows = {}
    with open(place, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["reason"]:
                sys.exit(f"{place}: {row['file']}: a reason is missing")
            rows[row["file"], row["line"]] = row["reason"]
    return rows


def main():
    source, build = (pathlib.Path(os.path.realpath(place)) for place in sys.argv[1:3])
    if "--mend" in sys.argv:
        return mend(build, pathlib.Path(sys.argv[sys.argv.index("--mend") + 1]))
    rows, known = reasons(source / "tests/coverage/accepted.csv"), reasons(source / "tests/coverage/untaken.csv")
    used, wrong = set(), False
    totals = {folder: Count() for folder in FOLDERS}
    untaken = []
    print(f"{'':40} {'lines':>13} {'':>8} {'branches':>13}{'':>8} {'accepted':>5} {'without':>8}")
    for file, lines in sorted(counted(source, build).items()):
        count, missing = of_file(source, file, lines, rows, used)
        totals[next(folder for folder in FOLDERS if file.startswith(folder + "/"))].add(count)
        print(count.row(file))
        untaken += [(file, *place) for place in missing]
    print()
    for file, number, left, of, runs, text in untaken if "--missing" in sys.argv else ():
        print(f"{file}:{number}: {left} of {of} not taken{'' if runs else ' (never run)'}: {text}\n  {known.get((file, text), 'not in untaken.csv')}")
    for folder, count in totals.items():
        print(count.row(folder))
        if count.taken < LEAST / 100 * (count.branches - count.accepted) or not count.branches:
            print(f"{folder}: fewer than {LEAST:g} % of the branches are taken; report.py --missing lists them")
            wrong = True
    fresh = [place for place in untaken if (place[0], place[-1]) not in known]
    print(f"{len(untaken)} lines with branches that are neither taken nor accepted, {len(fresh)} of them not in untaken.csv, of which {len(known.keys() - {(p[0], p[-1]) for p in untaken})} rows are taken by now")
    for file, line in sorted(set(rows) - used):
        print(f"tests/coverage/accepted.csv: {file}: no such line with a branch that is not taken: {line}")
        wrong = True
    sys.exit(wrong)


if __name__ == "__main__":
    main()
