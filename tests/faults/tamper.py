#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A ledger changed at random: tamper.py MADE SCRATCH ZHIPING VERIFIER N SEED

Whoever changes it lifts the guards and puts them back, or writes bytes. A change that leaves every table and every number of the schema as it
was (a byte where nothing lies) is none, and another is tried. All others must be found by `zhiping ledger check`: alone, or, where the ledger by
itself is as good as another (an older copy, another file, a trail written anew), by what was published and printed: --against and --head.
What concerns the trail alone is put before the independent verifier too, which must name the same event. Prints a table; ends with 1 when one was missed.
"""
import collections, os, random, re, shutil, sqlite3, subprocess, sys

import trail


def content(path):
    """What the file says to whoever reads it; None when it cannot be read."""
    try:
        db = sqlite3.connect(path)
        names = [n for n, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        said = [db.execute("SELECT * FROM sqlite_schema ORDER BY type, name").fetchall(), db.execute("PRAGMA user_version").fetchall(), db.execute("PRAGMA application_id").fetchall()]
        said = [[tuple(v for i, v in enumerate(row) if i != 3) if len(row) == 5 else row for row in part] for part in said]
        said += [sorted(map(repr, db.execute(f'SELECT * FROM "{n}" NOT INDEXED'))) for n in names]
        said.append(db.execute("PRAGMA integrity_check").fetchall())
        db.close()
        return said
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def pick(db, r):
    """A table with a row, one of its rows as a condition, and its columns."""
    while True:
        table = r.choice([n for n, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")] + ["event"] * 6)
        columns = [c[1] for c in db.execute(f'PRAGMA table_info("{table}")')]
        rows = db.execute(f'SELECT * FROM "{table}"').fetchall()
        if rows:
            return table, columns, r.choice(rows), r.choice(rows)


def where(columns, row):
    return " AND ".join(f'"{c}" IS ?' for c in columns), row


def other(value, r):
    if isinstance(value, int):
        return r.choice([value + 1, value - 1, -value - 1, value + 2**32, value ^ 1 << r.randrange(31), r.randrange(10**6)])
    if isinstance(value, bytes):
        at = r.randrange(len(value) + 1)
        return r.choice([value + b"\0", value[:-1], value[:at] + bytes([r.randrange(256)]) + value[at + 1:]])
    at = r.randrange(len(value) + 1)
    return r.choice([value + "\0x", value + " ", value[:-1], value[:at] + r.choice("0189abcf 一") + value[at + 1:], value.swapcase(), ""])


def cell(db, r):
    table, columns, row, _ = pick(db, r)
    k = r.randrange(len(columns))
    condition, values = where(columns, row)
    db.execute(f'UPDATE OR IGNORE "{table}" SET "{columns[k]}" = ? WHERE {condition}', (other(row[k], r), *values))


def swap(db, r):
    table, columns, one, two = pick(db, r)
    k = r.randrange(len(columns))
    for row, value in ((one, two[k]), (two, one[k])):
        condition, values = where(columns, row)
        db.execute(f'UPDATE OR IGNORE "{table}" SET "{columns[k]}" = ? WHERE {condition}', (value, *values))


def delete(db, r):
    table, columns, row, _ = pick(db, r)
    condition, values = where(columns, row)
    db.execute(f'DELETE FROM "{table}" WHERE {condition}', values)


def delete_round(db, r):
    number = r.choice([1, 2])
    for table in "result tally target answer measurand sample programme lab manifest round".split():
        db.execute(f"DELETE FROM {table} WHERE round = ?", (number,))


def delete_last_events(db, r):
    count = db.execute("SELECT count(*) FROM event").fetchone()[0]
    db.execute("DELETE FROM event WHERE seq > ?", (count - r.randint(1, count - 1),))
    if r.random() < 0.5:
        db.execute("UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM event) WHERE name = 'event'")


def insert(db, r):
    table, columns, row, _ = pick(db, r)
    values = [other(v, r) if r.random() < 0.5 else v for v in row]
    db.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({",".join("?" * len(values))})', values)


def insert_event(db, r):
    """Between two, those after it moved by one; with a digest that is right by itself."""
    at = r.randint(1, db.execute("SELECT count(*) FROM event").fetchone()[0])
    before = (db.execute("SELECT hash FROM event WHERE seq = ?", (at - 1,)).fetchone() or (trail.BEGINNING,))[0]
    db.execute("UPDATE event SET seq = -seq WHERE seq >= ?", (at,))
    db.execute("UPDATE event SET seq = 1 - seq WHERE seq < 0")
    texts = ("2026-01-01T00:00:00Z", "root", r.choice(["export", "close", "add", "year"]), "x/v1", "", r.choice(["", "manifest=0 content=0", "papers=1 all=9 chain=0"]))
    db.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", (at, *texts, before, trail.digest(at, texts, before)))


def reorder(db, r):
    table, key = r.choice([("event", "seq"), ("event", "seq"), ("round", "round"), ("paper", "act"), ("title", "act")])
    a, b = r.sample([n for n, in db.execute(f"SELECT {key} FROM {table}")], 2)
    for old, new in ((a, -1), (b, a), (-1, b)):
        db.execute(f"UPDATE {table} SET {key} = ? WHERE {key} = ?", (new, old))


def rewrite(db, r):
    """An event changed or taken out, and the whole trail after it made anew: as good as any trail."""
    events = db.execute("SELECT * FROM event ORDER BY seq").fetchall()
    at = r.randrange(len(events))
    if r.random() < 0.3:
        del events[at]
    else:
        e = list(events[at])
        e[r.choice([1, 2, 5])] = r.choice(["2026-01-01T00:00:00Z", "nobody", "no reason"])
        events[at] = tuple(e)
    db.execute("DELETE FROM event")
    before = trail.BEGINNING
    for seq, e in enumerate(events, 1):
        found = trail.digest(seq, e[1:7], before)
        db.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", (seq, *e[1:7], before, found))
        before = found
    db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'event'", (len(events),))


def flip(path, r, made):
    data = bytearray(open(path, "rb").read())
    for _ in range(r.choice([1, 1, 1, 2, 8])):
        data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    open(path, "wb").write(data)


def zero(path, r, made):
    data = bytearray(open(path, "rb").read())
    at = r.randrange(len(data))
    data[at:at + 512] = bytes(len(data[at:at + 512]))
    open(path, "wb").write(data)


def truncate(path, r, made):
    os.truncate(path, r.randrange(os.path.getsize(path)) // r.choice([1, 8192]) * r.choice([1, 8192]) % os.path.getsize(path))


def roll_back(path, r, made):
    shutil.copy(f"{made}/older-{r.randint(1, 5)}.sqlite", path)


def replace(path, r, made):
    shutil.copy(f"{made}/{r.choice(['other', 'city'])}.sqlite", path)


BY_SQL = [cell, swap, delete, delete_round, delete_last_events, insert, insert_event, reorder, rewrite]
BY_BYTES = [flip, zero, truncate, roll_back, replace]
OFTEN = {cell: 6, swap: 2, delete: 2, insert: 2, flip: 4, reorder: 2}


def change(kind, path, r, made):
    if kind in BY_BYTES:
        return kind(path, r, made)
    db = sqlite3.connect(path)
    try:
        with trail.unguarded(db):
            kind(db, r)
    finally:
        db.close()


def check(zhiping, path, *arguments):
    done = subprocess.run([zhiping, "ledger", "check", "--ledger", path, *arguments], capture_output=True, timeout=120)
    return done.returncode, done.stderr.decode(errors="replace")


def main(made, scratch, zhiping, verifier, n, seed):
    r, n = random.Random(int(seed)), int(n)
    good, path, copy = f"{made}/l.sqlite", f"{scratch}/t.sqlite", f"{scratch}/u.sqlite"
    heads = open(f"{made}/heads").read().split()
    witnesses = [w for h in heads for w in ("--head", h)] + ["--against", f"{made}/out/sim-2026-1/v1", f"{made}/out/sim-2026-2/v1", f"{made}/out/year-2026/v1"]
    shutil.copy(good, path)
    assert check(zhiping, path, *witnesses)[0] == 1, check(zhiping, path, *witnesses)  # two contents and two papers are withheld, and all is as it was put in
    assert subprocess.run([verifier, good, *heads], capture_output=True).returncode == 0
    said, was = content(good), open(good, "rb").read()
    kinds = [k for k in BY_SQL + BY_BYTES for _ in range(OFTEN.get(k, 1))]
    tally, missed, disagreed, verified = collections.defaultdict(collections.Counter), [], [], 0
    done = 0
    while done < n:
        kind = kinds[done % len(kinds)] if done < len(kinds) else r.choice(kinds)
        shutil.copy(good, path)
        try:
            change(kind, path, r, made)
        except (sqlite3.Error, OverflowError):
            tally[kind.__name__]["refused by SQLite"] += 1
            continue
        if open(path, "rb").read() == was or content(path) == said:
            tally[kind.__name__]["no change"] += 1
            continue
        done += 1
        shutil.copy(path, copy)
        code, told = check(zhiping, path)
        found = "found alone" if code in (3, 6) and told else None
        if code in (0, 1):
            shutil.copy(copy, path)
            second, told = check(zhiping, path, *witnesses)
            found = "found by what was printed" if second == 3 else None
        tally[kind.__name__][found or "missed"] += 1
        if not found:
            missed.append(f"{kind.__name__}, number {done}: ended with {code}: {told[:200]}")
            shutil.copy(copy, f"{scratch}/missed-{len(missed)}.sqlite")
        if kind in BY_SQL and done % (2 if n < 200 else 5) == 0 and "damaged" not in told:
            with_heads = heads if code in (0, 1) else []
            v = subprocess.run([verifier, copy, *with_heads], capture_output=True, text=True, errors="replace")
            ours, theirs = re.search(r"trail: (?:event (\d+) (?:is missing|\(.*?\) (?:does|is))|the head (\w+))", told), re.search(r"event (\d+) |the head (\w+)", v.stderr)
            verified += 1
            if bool(ours) != (v.returncode == 1) or (ours and theirs and (ours[1] != theirs[1] or (ours[2] or "") != (theirs[2] or "")[:16])):
                disagreed.append(f"{kind.__name__}, number {done}: \"{told[:160]}\" and \"{v.stderr[:160]}\"")
    columns = ["found alone", "found by what was printed", "missed", "no change", "refused by SQLite"]
    print("change".ljust(20), *columns, sep="  ")
    for k in [*tally, None]:
        row = tally[k] if k else sum(tally.values(), collections.Counter())
        print((k or "all").ljust(20), *(str(row[c]).rjust(len(c)) for c in columns), sep="  ")
    print(f"{n} changes, {len(missed)} missed; the verifier was asked of {verified}, and disagreed {len(disagreed)} times")
    print(*missed[:10], *disagreed[:10], sep="\n")
    return bool(missed or disagreed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
