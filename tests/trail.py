#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The trail of a ledger as another program sees it, and ledgers with their guards lifted, as one does who means to change them.

bypass FILE SQL...   run the statements while the triggers are away
same A B             all tables but the trail hold the same
kinds FILE           what the events tell, in one line
put FILE WHAT SUBJECT WHY DETAIL   an event, as the format describes it
"""
import contextlib, hashlib, sqlite3, sys

BEGINNING = "0" * 64
COLUMNS = ("at", "who", "what", "subject", "why", "detail")


def digest(seq, texts, before):
    out = f"zhiping event 1\n{before}\n".encode()
    for text in (str(seq), *texts):
        out += str(len(text.encode())).encode() + b":" + text.encode() + b"\n"
    return hashlib.sha256(out).hexdigest()


def put(db, *what_subject_why_detail, at="2026-01-01T00:00:00Z", who="test"):
    seq, before = db.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone() or (0, BEGINNING)
    texts = (at, who, *what_subject_why_detail)
    db.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", (seq + 1, *texts, before, digest(seq + 1, texts, before)))


@contextlib.contextmanager
def unguarded(db):
    """Without triggers; they are back afterwards, to the letter, as whoever hides a change would have it."""
    db.execute("PRAGMA synchronous = OFF")
    guards = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        db.execute(sql)
    db.commit()


def bypass(path, *statements):
    db = sqlite3.connect(path)
    with unguarded(db):
        for statement in statements:
            db.execute(statement)
    db.close()


def rows(path):
    db = sqlite3.connect(path)
    names = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('event', 'sqlite_sequence')")]
    return {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for name in names}


def main(command, path, *arguments):
    if command == "bypass":
        bypass(path, *arguments)
    elif command == "same":
        return rows(path) != rows(arguments[0])
    elif command == "kinds":
        print(*(what for what, in sqlite3.connect(path).execute("SELECT what FROM event ORDER BY seq")))
    elif command == "put":
        with sqlite3.connect(path) as db:
            put(db, *arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
