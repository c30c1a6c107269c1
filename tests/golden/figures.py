#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks the program for every figure of fixtures/cases by its command line, and compares with what others worked out.

commands.csv says what is asked, checks.csv what must come of it. The column `where` is a way into the JSON:
a.b is a member of a member, [k=v] the one element whose member k is v, [0] the first, [] all;
count[...] is how many there are, sum[...] their sum. An expected `scores.csv` is one figure for each laboratory there.

usage: figures.py [CASE...]        needs ZHIPING, ZP_OPTIONS, top_srcdir; prints TAP.   Exit: 0 all equal, 1 not.
"""

import csv
import json
import os
import re
import shlex
import subprocess
import sys


def rows(name):
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def no_constant(word):
    raise ValueError(f"{word} is no JSON")


def ask(command, code):
    """What the command prints, as objects."""
    line = shlex.split(os.environ["ZHIPING"]) + shlex.split(command) + ["--json"] + shlex.split(os.environ.get("ZP_OPTIONS", ""))
    done = subprocess.run(line, capture_output=True, timeout=300, check=False)
    if done.returncode != code:
        raise ValueError(f"exit code {done.returncode}, expected {code}: {done.stderr.decode()[:200].strip()}")
    return json.loads(done.stdout.decode("utf-8"), parse_constant=no_constant)


def pick(node, step):
    """What a step leads to from a node: any number of nodes."""
    if not step.startswith("["):
        return [node[step]] if isinstance(node, dict) and step in node else []
    inside = step[1:-1]
    if not isinstance(node, list):
        return []
    if not inside:
        return node
    if inside.isdigit():
        return node[int(inside):int(inside) + 1]
    wanted = [part.split("=", 1) for part in inside.split(",")]
    return [n for n in node if all(str(n.get(key)) == value for key, value in wanted)]


def find(document, where):
    how, path = re.fullmatch(r"(?:(count|sum)(?=\[))?(.*)", where).groups()
    nodes = [document]
    for step in re.findall(r"\[[^]]*\]|[^.\[]+", path):
        nodes = [found for node in nodes for found in pick(node, step)]
    if how == "count":
        return len(nodes)
    if how == "sum":
        return sum(nodes)
    if len(nodes) != 1:
        raise ValueError(f"{where} leads to {len(nodes)} places, expected one")
    return nodes[0]


def same(got, expected, tolerance):
    if expected == "none":
        return got is None
    if expected in ("true", "false"):
        return got is (expected == "true")
    if isinstance(got, str):
        return got == expected
    return isinstance(got, (int, float)) and not isinstance(got, bool) and abs(got - float(expected)) <= float(tolerance)


def compare(case, answers, check, scores):
    """Gives: how many figures were compared, and a line for each that differs."""
    if isinstance(answers.get(check["run"]), str):
        return 1, []  # told already
    wanted = [(check["where"], check["expected"])]
    if check["expected"] == "scores.csv":
        member = check["where"].rpartition(".")[2]
        wanted = [(f"[lab={row['lab']}].{member}", row[member]) for row in scores if row["case"] == case]
    wrong = []
    for where, expected in wanted:
        try:
            got = find(answers[check["run"]], where)
        except (KeyError, ValueError) as trouble:
            wrong.append(f"{check['run']} {where}: {trouble}")
            continue
        if not same(got, expected, check["tolerance"]):
            got = "none" if got is None else got
            wrong.append(f"{check['run']} {where}: {got}, expected {expected} within {check['tolerance']} ({check['source']})")
    return len(wanted), wrong


def main(only):
    os.chdir(os.environ["top_srcdir"] + "/fixtures/cases")
    commands, checks, scores = rows("commands.csv"), rows("checks.csv"), rows("scores.csv")
    cases = [case for case in dict.fromkeys(row["case"] for row in commands) if not only or case in only]
    failed = 0
    print(f"1..{len(cases)}")
    for number, case in enumerate(cases, 1):
        answers, wrong, n = {}, [], 0
        for row in commands:
            if row["case"] == case:
                try:
                    answers[row["run"]] = ask(row["command"], int(row["exit"]))
                except (ValueError, subprocess.TimeoutExpired) as trouble:
                    answers[row["run"]] = "failed"
                    wrong.append(f"{row['command']}: {trouble}")
        own = [check for check in checks if check["case"] == case]
        wrong += [f"no check asks for anything of {run}" for run in answers if run not in {check["run"] for check in own}]
        for check in own:
            compared, differ = compare(case, answers, check, scores)
            n += compared
            wrong += differ
        for line in wrong[:20]:
            print("# " + line)
        if len(wrong) > 20:
            print(f"# and {len(wrong) - 20} more")
        print(f"{'not ' if wrong or not own else ''}ok {number} - {case}: {n} figures are those of the reference")
        failed += bool(wrong) or not own
        sys.stdout.flush()
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
