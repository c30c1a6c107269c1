#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of the planted faults do the tests notice? run.py TREE HOW-MANY SEED [AGAIN]

Every test is run once without a fault, which tells what it reaches and how long it takes; then, for each fault of the sample, the
tests that reach it are run until one fails: first those that noticed most of the earlier faults of that file for the time they take.
Faults that make no difference to anybody stand in equivalent.csv, each with its reason, and are left out.
AGAIN is the outcome of an earlier run of the same build: what survived there is asked once more, of tests that were too slow then or
of better ones, and what was noticed is believed."""
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

TREE, MOST, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
AGAIN = sys.argv[4] if len(sys.argv) > 4 else None
BUILD = os.path.join(TREE, "build")
SLOWEST = float(os.environ.get("MUTANT_SLOWEST", "40"))  # seconds; tests that take longer are not asked
SHELL = """golden/rounds.sh golden/worked.sh golden/choices.sh golden/numbers.sh golden/far.sh golden/doubts.sh golden/settled.sh golden/words.sh golden/agreement.sh golden/answers.sh
golden/properties.sh decided.sh cancelled.sh verge.sh margins.sh calculators.sh rare-round.sh conserve.sh told.sh answers-told.sh round-book.sh explain.sh results-xml.sh shard.sh refused.sh""".split()


def environment(extra):
    e = {k: v for k, v in os.environ.items() if not k.startswith("ZP_")}
    e.update(ZHIPING=f"{BUILD}/engine/cli/zhiping", top_srcdir=TREE, top_builddir=BUILD, LC_ALL="C", CRITERION_OUTPUTS="tap:-",
             ZP_OPTIONS=f"--rules {TREE}/rules --plugins {BUILD}/plugins/.libs --words {BUILD}/po/locale", **extra)
    return e


def sanitizers(logs):
    """What sanitizers say goes to files, as in make check: Criterion hides it."""
    return {"SANITIZER_LOGS": logs, "ASAN_OPTIONS": f"log_path={logs}/asan:detect_odr_violation=0", "UBSAN_OPTIONS": f"log_path={logs}/ubsan",
            "LSAN_OPTIONS": f"suppressions={TREE}/tests/lsan.supp:print_suppressions=0"}


def run(test, extra, patience):
    """Whether it passes and no sanitizer says anything, and in which time."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as logs:
        command = ["bash", test] if test.endswith(".sh") else [test]
        p = subprocess.Popen(command, cwd=BUILD, env=environment({"TMPDIR": scratch, **sanitizers(logs), **extra}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             start_new_session=True)
        try:
            said, _ = p.communicate(timeout=patience)
            good = p.returncode == 0 and not os.listdir(logs) and b"\nnot ok" not in said and not said.startswith(b"not ok") and b"Bail out" not in said
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, 9)
            p.communicate()
            good = False
        subprocess.run(["chmod", "-R", "u+w", scratch], check=False)
    return good, time.monotonic() - began


def reach(test):
    with tempfile.NamedTemporaryFile() as file:
        good, took = run(test, {"ZP_MUTANTS_REACHED": file.name}, max(300, 2 * SLOWEST))
        return test, good, took, {i for i, b in enumerate(open(file.name, "rb").read()) if b}


def no_difference(rows):
    """The numbers of the faults that equivalent.csv names: by the file, the text of the line and what the fault is, so that it outlives
    edits; where several lines have that text, of all of them or of the first, second and so on ("of such lines"). An entry of whose file faults
    were planted, and which is of none of them, is wrong."""
    with open(f"{TREE}/tests/mutation/equivalent.csv", encoding="utf-8", newline="") as file:
        named = {(r["file"], r["line of source"], r["of such lines"], r["what"]): False for r in csv.DictReader(file)}
    sources = {f: [text.strip() for text in open(f"{os.environ['SRC']}/{f}", encoding="utf-8")] for f in {r[1] for r in rows}}
    found = set()
    for n, file, line, what in rows:
        text = sources[file][int(line) - 1]
        for of_such in ("", str(sources[file][:int(line)].count(text))):
            if (file, text, of_such, what) in named:
                named[file, text, of_such, what] = True
                found.add(n)
    lost = [" | ".join(key) for key, seen in named.items() if not seen and key[0] in sources]
    if lost:
        sys.exit("equivalent.csv names what is not there:\n" + "\n".join(lost))
    return found


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(f"{TREE}/table.tsv", encoding="utf-8")]
    equal = no_difference(rows)
    units = [f"{d}/{f}" for d in (f"{BUILD}/tests/unit", f"{BUILD}/tests/contract") for f in sorted(os.listdir(d))
             if f.startswith("test_") and os.access(f"{d}/{f}", os.X_OK) and "." not in f]
    tests = units + [f"{TREE}/tests/{s}" for s in SHELL if os.path.exists(f"{TREE}/tests/{s}")]
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        known = list(pool.map(reach, tests))
    for test, good, took, reached in known:
        if not good or took > SLOWEST:
            print(f"not asked: {os.path.relpath(test, TREE)}: {'fails without a fault' if not good else f'takes {took:.0f} s'}")
    asked = [k for k in known if k[1] and k[2] <= SLOWEST and k[3]]
    believed = {tuple(r[1:4]): r[5] for r in (line.rstrip("\n").split("\t") for line in open(AGAIN, encoding="utf-8")) if r[4] == "noticed"} if AGAIN else {}
    caught = {} # by test and file: how many faults it has noticed
    random.seed(SEED)
    sample = random.sample(rows, min(MOST, len(rows))) # in an order that chance chose: a run that is ended early has a sample, too

    def judge(row):
        n = int(row[0])
        if row[0] in equal:
            return row, "no difference", ""
        if tuple(row[1:4]) in believed:
            return row, "noticed", believed[tuple(row[1:4])]
        reaching = sorted((k for k in asked if n in k[3]), key=lambda k: k[2] / (1 + caught.get((k[0], row[1]), 0)))
        for test, _, took, _ in reaching:
            if not run(test, {"ZP_MUTANT": str(n)}, 10 * took + 10)[0]:
                caught[test, row[1]] = caught.get((test, row[1]), 0) + 1
                return row, "noticed", os.path.relpath(test, TREE)
        return row, "survived" if reaching else "not reached", ""

    tally = {}
    with ThreadPoolExecutor(workers) as pool, open(f"{TREE}/outcome.tsv", "w", encoding="utf-8") as out:
        for row, what, by in pool.map(judge, sample):
            tally[what] = tally.get(what, 0) + 1
            out.write("\t".join([*row, what, by]) + "\n")
            out.flush()
            if what not in ("noticed", "no difference"):
                print(f"{what}: {row[1]}:{row[2]}: {row[3]}", flush=True)
    n = len(sample) - tally.get("no difference", 0)
    print(f"{n} of {len(rows)} faults: {tally.get('noticed', 0)} noticed ({100 * tally.get('noticed', 0) / max(n, 1):.1f} %), "
          f"{tally.get('survived', 0)} survived, {tally.get('not reached', 0)} not reached; {len(sample) - n} more make no difference")


main()
