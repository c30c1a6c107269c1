#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/amend.sh needs beside the program: the changes between two published versions, found by other code.

changes BEFORE AFTER        changes.csv of AFTER is what the tables of both say
papers BEFORE AFTER         who is told the same keeps its files and its row; the others have new ones, and their old digests are superseded
list OUT/ROUND N            superseded.csv of vN holds every digest of an earlier version that is not valid in vN, and nobody's code
"""
import csv, filecmp, hashlib, os, sys


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


TABLES = [
    ("target", "targets.csv", ("programme", "measurand", "sample", "rung", "key"),
     ("origin", "method", "x_pt", "u_x_pt", "s", "kept", "used", "status", "limit", "low", "high", "doubts")),
    ("result", "scores.csv", ("lab", "programme", "measurand", "sample"),
     ("state", "value", "group", "x_pt", "verdict", "reason", "credit", "flags")),
    ("score", "verdicts.csv", ("lab", "programme", "measurand"), ("standing", "accepted", "total", "not_evaluated", "score", "satisfaction")),
    ("rank", "ranking.csv", ("programme", "region", "class", "lab"), ("rank",)),
]


def rows(folder, kind, name, keys):
    out = {}
    groups = {r["group"]: r for r in table(folder, "targets.csv")}
    for r in table(folder, name):
        if kind == "result":
            of = groups.get(r["group"])
            r["group"], r["x_pt"] = (of["key"], of["x_pt"]) if of else ("", "")
        key = tuple(r[k] for k in keys)
        assert key not in out, key
        out[key] = r
    return out


def changes(before, after):
    expected = set()
    for kind, name, keys, whats in TABLES:
        old, new = rows(before, kind, name, keys), rows(after, kind, name, keys)
        for key in old.keys() | new.keys():
            a, b = old.get(key, {}), new.get(key, {})
            r = b or a
            group = {"target": r.get("key"), "result": r.get("group"), "rank": f"region={r.get('region')}; class={r.get('class')}"}.get(kind, "")
            for what in whats:
                if a.get(what, "") != b.get(what, ""):
                    expected.add((kind, r["programme"], r.get("lab", ""), r.get("measurand", ""), r.get("sample", ""), group, what,
                                  a.get(what, ""), b.get(what, "")))
    found = [tuple(r.values()) for r in table(after, "changes.csv")]
    assert len(found) == len(set(found)), "a change stands there twice"
    assert set(found) == expected, f"too many: {sorted(set(found) - expected)[:5]}, missing: {sorted(expected - set(found))[:5]}"
    assert found == sorted(found, key=lambda r: [t[0] for t in TABLES].index(r[0])), "the kinds are not in order"
    print(len(found), "changes")


def digests(folder):
    out = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(root, name)
            with open(path, "rb") as f:
                out[os.path.relpath(path, folder)] = hashlib.sha256(f.read()).hexdigest()
    return out


def papers(before, after):
    """Three sorts: told the same; the certificate tells the same and something beside it differs; the certificate differs."""
    old, new = ({r["lab"]: r for r in table(f, "certificates.csv")} for f in (before, after))
    version = os.path.basename(after)
    touched = {r["lab"] for r in table(after, "changes.csv") if r["kind"] in ("result", "score")}
    superseded = {r["digest"]: r for r in table(after, "superseded.csv")}
    same = beside = 0
    for lab, row in new.items():
        mine, theirs = digests(f"{after}/labs/{lab}"), digests(f"{before}/labs/{lab}")
        assert mine.keys() == theirs.keys() and mine, lab
        was = old[lab]
        reports = {f for f in mine if f in ("report.pdf", "report.html")}
        if row["content"] == was["content"]:
            same += 1
            assert mine == theirs, f"{lab} keeps its papers, and they are others"
            assert row == was, f"{lab} keeps its papers, and its row is another"
            assert row["digest"] not in superseded and lab not in touched, lab
        elif row["digest"] == was["digest"]:
            beside += 1
            assert lab not in touched, f"{lab} is told other results, and keeps its certificate"
            assert all(mine[f] == theirs[f] for f in mine.keys() - reports - {"told.csv"}), f"{lab} keeps its certificate, and it is another"
            assert reports and all(mine[f] != theirs[f] for f in reports), f"{lab} is told something else beside its results, and has the old report"
            assert row == {**was, "content": row["content"], "report": version}, f"{lab} keeps its certificate, and its row is another"
            assert row["digest"] not in superseded, lab
        else:
            assert row["version"] == row["report"] == version and row["code"] != was["code"], lab
            assert all(mine[f] != theirs[f] for f in mine if f.endswith(".pdf")), lab
            assert superseded[was["digest"]]["replaced_by"] == version, lab
            assert superseded[was["digest"]]["version"] == was["version"], lab
    assert touched <= {lab for lab in new if new[lab]["version"] == version}, "somebody who is told something else keeps the old papers"
    assert same and beside and same + beside < len(new), "nobody is of one of the sorts, so it was not tried"
    print(same, "keep theirs", beside, "get a new report", len(new) - same - beside, "get new ones")


def listed(folder, n):
    every, codes = {}, set()
    for v in range(1, n + 1):
        for r in table(f"{folder}/v{v}", "certificates.csv"):
            every.setdefault(r["digest"], r["version"])
            codes.add(r["lab"])
    valid = {r["digest"] for r in table(f"{folder}/v{n}", "certificates.csv")}
    rows_ = table(f"{folder}/v{n}", "superseded.csv")
    assert {r["digest"]: r["version"] for r in rows_} == {d: v for d, v in every.items() if d not in valid}
    assert len(rows_) == len({r["digest"] for r in rows_})
    with open(f"{folder}/v{n}/superseded.csv", encoding="utf-8") as f:
        text = f.read()
    assert not [c for c in codes if c in text], "the list names a laboratory"
    assert rows_ == sorted(rows_, key=lambda r: (int(r["version"][1:]), r["digest"])), "the order could tell whose they are"


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "list":
        listed(rest[0], int(rest[1]))
    else:
        {"changes": changes, "papers": papers}[what](*rest)
