#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Published folders in which one thing is wrong, and whose digests are right: the ledger refuses each in a sentence with file and line.

usage: ledger_cells.py PUBLISHED   a closed round with the programmes chemistry and blood-count; folder and ledgers are made beside it"""
import csv, hashlib, io, json, os, pathlib, shutil, subprocess, sys

ZHIPING, OPTIONS = os.environ["ZHIPING"], os.environ["ZP_OPTIONS"].split()
PUBLISHED, FOLDER = sys.argv[1], "altered"
TABLES = ("register", "programmes", "measurands", "targets", "verdicts", "scores")
pattern = {name: list(csv.reader(open(f"{PUBLISHED}/{name}.csv", encoding="utf-8", newline=""))) for name in TABLES}
manifest = json.load(open(PUBLISHED + "/manifest.json", encoding="utf-8"))
faults, done = [], 0
shutil.copytree(PUBLISHED, FOLDER, copy_function=shutil.copyfile)
for place, _, _ in os.walk(FOLDER): # what was published is read-only
    os.chmod(place, 0o755)


def text(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def add(name, data, changed, expected, code=3):
    """The folder with one table or members of the manifest changed: what the ledger says of it."""
    global done
    done += 1
    told = dict(json.loads(json.dumps(manifest)), **changed)
    if name:
        open(f"{FOLDER}/{name}.csv", "wb").write(data)
        for output in told["outputs"]:
            if output["name"] == name + ".csv":
                output["size"], output["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    json.dump(told, open(FOLDER + "/manifest.json", "w", encoding="utf-8"), ensure_ascii=False)
    shutil.rmtree("ledgers", ignore_errors=True)
    os.mkdir("ledgers")
    p = subprocess.run([ZHIPING, "ledger", *OPTIONS, "add", FOLDER, "--ledger", "ledgers/l.sqlite"], capture_output=True, timeout=60)
    said = p.stderr.decode("utf-8", "backslashreplace")
    if p.returncode != code or expected not in said:
        faults.append(f"expected {code} {expected!r}, got {p.returncode} {said.strip()[:300]!r}")
    if name:
        open(f"{FOLDER}/{name}.csv", "wb").write(text(pattern[name]))


def cell(name, at, column, value, expected, code=3):
    """One cell; `at` counts rows from 1, -1 is the last."""
    rows = [list(row) for row in pattern[name]]
    rows[at][rows[0].index(column)] = value
    line = at + 1 if at > 0 else len(rows)
    add(name, text(rows), {}, f"{FOLDER}/{name}.csv:{line}: {expected}" if expected else "", code)


def rows_changed(name, change, expected):
    rows = [list(row) for row in pattern[name]]
    change(rows)
    add(name, text(rows), {}, expected)


unknown = lambda what, value: f'{what} "{value}" is not known'
misplaced = lambda what, value: f'{what} "{value}" cannot stand in this place; expected the rows as zhiping close writes them'

# Numbers and words, in the first and the last row.
for name, column, what, values in (
        ("programmes", "pass", "the number", ("x", "", "-1", "101", "80.5")), ("programmes", "level", "the level", ("x", "")),
        ("measurands", "pass", "the number", ("x", "101")),
        ("targets", "group", "the number", ("x", "-1", "4294967295", "1e3")),
        ("verdicts", "standing", "the standing", ("x", "")), ("verdicts", "satisfaction", "the satisfaction", ("x",)),
        ("verdicts", "accepted", "the number", ("x", "-1", "1.234", "1e3", "42949673", "9223372036854775807")), ("verdicts", "total", "the number", ("x", "-1", "4294967296")),
        ("verdicts", "not_evaluated", "the number", ("x", "-1")), ("verdicts", "programme", "the programme", ("x",)),
        ("verdicts", "lab", "the laboratory", ("x",)), ("verdicts", "measurand", "the measurand", ("x",)),
        ("scores", "state", "the state", ("x", "")), ("scores", "verdict", "the verdict", ("x",)), ("scores", "reason", "the reason", ("x",)),
        ("scores", "group", "the number", ("x", "4294967295")), ("scores", "credit", "the number", ("x", "101", "-1")),
        ("scores", "share_pct", "the number", ("x",)), ("scores", "sdi", "the number", ("x",)),
        ("scores", "lab", "the laboratory", ("x",)), ("scores", "programme", "the programme", ("x",)), ("scores", "measurand", "the measurand", ("x",))):
    if column not in pattern[name][0]:
        faults.append(f"{name}.csv has no column {column}; it has {pattern[name][0]}")
        continue
    for value in values:
        for at in (1, -1):
            cell(name, at, column, value, unknown(what, value))

# Rows twice, apart from those they belong to, too few of them; lines that are no rows; columns that are not there.
for name in TABLES:
    rows_changed(name, lambda rows: rows[0].__setitem__(0, "other"), f'{FOLDER}/{name}.csv:1: the table has no column "{pattern[name][0][0]}"; expected one published by this program')
    add(name, text(pattern[name][:2]) + b'"open,\n', {}, f"{FOLDER}/{name}.csv:3: the line is not whole")
    add(name, text(pattern[name][:2]) + b"a,b\n", {}, f"{FOLDER}/{name}.csv:3: the line is not whole")
for name in ("register", "programmes", "measurands"):
    rows_changed(name, lambda rows: rows.insert(2, list(rows[1])), f"{FOLDER}/{name}.csv:3: ")
rows_changed("scores", lambda rows: rows.insert(2, list(rows[1])), misplaced("the sample", pattern["scores"][1][3]))
rows_changed("scores", lambda rows: rows.pop(), misplaced("the sample", pattern["scores"][-2][3]))
rows_changed("scores", lambda rows: rows.pop(1), misplaced("the sample", pattern["scores"][6][3]))
# What cannot be a score but stands in a score's place says nothing; the verdict does.
cell("scores", 1, "share_pct", "123456789012345678", "", 0)
for share in ("999999999999999999", "-999999999999999999"):
    cell("scores", 1, "share_pct", share, "", 0)
    shutil.rmtree("exported", ignore_errors=True)
    subprocess.run([ZHIPING, "ledger", *OPTIONS, "export", "--all", "exported", "--ledger", "ledgers/l.sqlite"], capture_output=True, timeout=60)
    kept = [row for place in pathlib.Path("exported").rglob("scores.csv") for row in csv.DictReader(open(place, encoding="utf-8", newline=""))]
    if not kept or kept[0]["share_pct"] != "" or kept[0]["verdict"] != pattern["scores"][1][pattern["scores"][0].index("verdict")]:
        faults.append(f"a share of {share} is kept as {kept[:1]}")

# What the manifest says of the round.
at = f"{FOLDER}/manifest.json"
for changed, expected in (
        ({"version": "1"}, 'the version is "1"; expected one such as v1'), ({"version": "v0"}, 'the version is "v0"'), ({"version": "v1.5"}, 'the version is "v1.5"'),
        ({"version": "vx"}, 'the version is "vx"'), ({"version": "v99999999"}, 'the version is "v99999999"'),
        ({"opens": "x"}, "the round has no id, or its dates are none"), ({"closes": "x"}, "the round has no id, or its dates are none"),
        ({"issued": "2026-02-30"}, "the round has no id, or its dates are none"), ({"closes": ""}, "the round was published by an older program"),
        ({"year": 0}, "the round was published by an older program")):
    add("", b"", changed, expected)
print("\n".join(faults[:30]))
print(f"{done} folders, {len(faults)} faults")
sys.exit(bool(faults))
