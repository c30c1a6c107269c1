#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/ledger-acts.sh needs beside the program. Digests and chains are made here as docs/formats/ledger.md says, by other code.

chain LEDGER                     every act has the chain that its cells and those before it give
same LEDGER PUBLISHED...         the papers of the published years are in the ledger, to the letter
once PUBLISHED...                no number stands on two papers that differ
decide LEDGER YEAR AWARD LAB DECISION BY DATE BECAUSE    a decision put in with its chain
tamper LEDGER CHANGE             one of the changes of the dictionary below
changes                          their names
hold LEDGER SECONDS              keep others from writing
"""
import csv, hashlib, os, re, sqlite3, sys, time

import trail

CELLS = {"paper": ("number", "year", "certificate", "lab", "name", "list", "issued", "issue"),
         "title": ("year", "award", "lab", "decision", "by", "date", "because")}


def digest(table, cells):
    d = hashlib.sha256(f"zhiping {table} 1".encode())
    for cell in cells:
        data = str(cell).encode()
        d.update(len(data).to_bytes(8, "little") + data)
    return d.hexdigest()


def after(chain, table, cells):
    return hashlib.sha256((chain + digest(table, cells)).encode()).hexdigest()


def acts(db, table):
    names = ", ".join(f'"{c}"' for c in CELLS[table])
    return db.execute(f"SELECT {names}, act, chain FROM {table} ORDER BY act").fetchall()


def chain(ledger):
    db, seen = sqlite3.connect(ledger), 0
    for table in CELLS:
        before = ""
        for i, row in enumerate(acts(db, table)):
            before = after(before, table, row[:-2])
            assert row[-2] == i + 1 and row[-1] == before, (table, row)
            seen += 1
    assert seen, "there is no act"


def published(folder):
    with open(os.path.join(folder, "certificates.csv"), encoding="utf-8", newline="") as f:
        return [{k: v[1:] if v[:2] == "'=" else v for k, v in row.items()} for row in csv.DictReader(f)]


def same(ledger, *folders):
    there = {row[0]: row[:5] + (re.sub(" #[0-9a-f]{12}$", "", row[5]),) + row[6:-2] for row in acts(sqlite3.connect(ledger), "paper")}
    for folder in folders:
        rows = published(folder)
        assert rows, folder
        for r in rows:
            said = (r["number"], int(r["number"].split("/")[0]), r["certificate"], r["lab"], r["name"], r["measurands"], r["issued"], int(r["issue"]))
            assert there.get(r["number"]) == said, (there.get(r["number"]), said)


def once(*folders):
    seen = {}
    for folder in folders:
        for r in published(folder):
            said = (r["lab"], r["name"], r["measurands"], r["issued"])
            assert seen.setdefault(r["number"], said) == said, (r["number"], seen[r["number"]], said)


def decide(ledger, *cells):
    db = sqlite3.connect(ledger)
    last = acts(db, "title")[-1:]
    act, before = (last[0][-2] + 1, last[0][-1]) if last else (1, "")
    cells = (int(cells[0]),) + cells[1:]
    db.execute("INSERT INTO title VALUES (?,?,?,?,?,?,?,?,?)", (act,) + cells + (after(before, "title", cells),))
    trail.put(db, "decisions", "", "", f"decisions=1 all={act} chain={after(before, 'title', cells)}")
    db.commit()


def insert(db, chained):
    rows = acts(db, "paper")
    cells = ("2026/P/x/x/L0001/1", 2026, "x", "L0001", "n", "l", "2027-01-10", 1)
    db.execute("UPDATE paper SET act = -act WHERE act > 2")
    db.execute("UPDATE paper SET act = 1 - act WHERE act < 0")
    db.execute("INSERT INTO paper VALUES (?,?,?,?,?,?,?,?,?,?)", (3,) + cells + (after(rows[1][-1], "paper", cells) if chained else rows[2][-1],))


CHANGES = {
    **{f"paper-{c}": (lambda db, c=c: db.execute(f"UPDATE paper SET {c} = {c} || '1' WHERE act = 2")) for c in CELLS["paper"]},
    **{f"title-{c}": (lambda db, c=c: db.execute(f'UPDATE title SET "{c}" = "{c}" || \'1\' WHERE act = 1')) for c in CELLS["title"]},
    "paper-cells-moved": lambda db: db.execute("UPDATE paper SET name = '', list = name || list WHERE act = 2"),
    "first-paper": lambda db: db.execute("DELETE FROM paper WHERE act = 1"),
    "middle-paper": lambda db: db.execute("DELETE FROM paper WHERE act = 3"),
    "last-paper": lambda db: db.execute("DELETE FROM paper WHERE act = (SELECT max(act) FROM paper)"),
    "all-papers": lambda db: db.execute("DELETE FROM paper"),
    "last-decision": lambda db: db.execute("DELETE FROM title WHERE act = (SELECT max(act) FROM title)"),
    "middle-paper-closed-up": lambda db: (db.execute("DELETE FROM paper WHERE act = 3"), db.execute("UPDATE paper SET act = -act WHERE act > 3"),
                                          db.execute("UPDATE paper SET act = -act - 1 WHERE act < 0")),
    "inserted-paper": lambda db: insert(db, False),
    "inserted-paper-with-chain": lambda db: insert(db, True),
    "two-papers-swapped": lambda db: (db.execute("UPDATE paper SET act = -1 WHERE act = 2"), db.execute("UPDATE paper SET act = 2 WHERE act = 3"),
                                      db.execute("UPDATE paper SET act = 3 WHERE act = -1")),
}


def tamper(ledger, change):
    db = sqlite3.connect(ledger)
    with trail.unguarded(db):
        CHANGES[change](db)
    assert db.total_changes


def hold(ledger, seconds):
    db = sqlite3.connect(ledger, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    time.sleep(float(seconds))
    db.execute("ROLLBACK")


if __name__ == "__main__":
    what = sys.argv[1]
    if what == "changes":
        print("\n".join(CHANGES))
    else:
        {"chain": chain, "same": same, "once": once, "decide": decide, "tamper": tamper, "hold": hold}[what](*sys.argv[2:])
