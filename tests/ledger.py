#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/ledger.sh needs beside the program.

forge FROM TO [member=value]... [file:old=>new]...   another published folder, its digests put right
same PUBLISHED EXPORTED                              the tables say the same, but for what a ledger rounds
load SQL FILE                                        a database from a script
flips FILE PROGRAM STEP                              every STEP-th byte changed: check finds it, or the export is the same
"""
import csv, hashlib, json, os, shutil, sqlite3, subprocess, sys, tempfile


def forge(source, target, *changes):
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    for folder, _, _ in os.walk(target): # what was published is read-only
        os.chmod(folder, 0o755)
    path = os.path.join(target, "manifest.json")
    manifest = json.load(open(path, encoding="utf-8"))
    for change in changes:
        if "=>" in change:
            name, edit = change.split(":", 1)
            old, new = edit.split("=>", 1)
            table = os.path.join(target, name)
            text = open(table, encoding="utf-8", newline="").read()
            assert old in text, (name, old)
            open(table, "w", encoding="utf-8", newline="").write(text.replace(old, new, 1))
        else:
            name, value = change.split("=", 1)
            manifest[name] = int(value) if isinstance(manifest[name], int) else value
    for output in manifest["outputs"]:
        data = open(os.path.join(target, output["name"]), "rb").read()
        output["size"], output["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    json.dump(manifest, open(path, "w", encoding="utf-8"), ensure_ascii=False)


def rows(folder, name, *keys):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return {tuple(row[k] for k in keys): row for row in csv.DictReader(f)}


def same(published, exported):
    faults = []
    rounding = {"share_pct": 0.0500001, "sdi": 0.0050001}
    tables = {"scores.csv": ("lab", "programme", "measurand", "sample"), "verdicts.csv": ("lab", "programme", "measurand"),
              "register.csv": ("lab",), "programmes.csv": ("programme",), "measurands.csv": ("programme", "measurand"), "targets.csv": ("group",)}
    for name, keys in tables.items():
        there, here = rows(published, name, *keys), rows(exported, name, *keys)
        if name == "verdicts.csv":
            there = {k: v for k, v in there.items() if v["standing"] not in ("not_performed", "not_enrolled")}
        if there.keys() != here.keys():
            faults.append(f"{name}: {len(there)} rows were published, {len(here)} are in the ledger")
            continue
        for key, row in here.items():
            for column, value in row.items():
                was = there[key][column]
                if column in rounding and value and was:
                    if abs(float(value) - float(was)) <= rounding[column]:
                        continue
                if value != was:
                    faults.append(f"{name} {key} {column}: {was!r} was published, {value!r} is in the ledger")
    if open(os.path.join(published, "manifest.json"), "rb").read() != open(os.path.join(exported, "manifest.json"), "rb").read():
        faults.append("the manifest is not the same to the byte")
    print("\n".join(faults[:5]))
    return bool(faults)


def load(script, target):
    database = sqlite3.connect(target)
    database.executescript(open(script, encoding="utf-8").read())
    database.close()


def tree(folder):
    return {os.path.relpath(os.path.join(at, name), folder): open(os.path.join(at, name), "rb").read() for at, _, names in os.walk(folder) for name in names}


def flips(ledger, program, step):
    data = open(ledger, "rb").read()
    with tempfile.TemporaryDirectory() as scratch:
        def run(*arguments):
            return subprocess.run([program, "ledger", *arguments, "--ledger", os.path.join(scratch, "l.sqlite")], capture_output=True, timeout=60)
        shutil.copy(ledger, os.path.join(scratch, "l.sqlite"))
        assert run("export", "--all", os.path.join(scratch, "first")).returncode == 0
        first, found, passed, faults = tree(os.path.join(scratch, "first")), 0, 0, []
        for n, at in enumerate(range(0, len(data), step)):
            changed = bytearray(data)
            changed[at] ^= 1 << n % 8
            open(os.path.join(scratch, "l.sqlite"), "wb").write(changed)
            checked = run("check")
            if checked.returncode in (3, 6) and checked.stderr:
                found += 1
                continue
            if checked.returncode != 0:
                faults.append(f"byte {at}: check ended with {checked.returncode}: {checked.stderr[:200]}")
                continue
            passed += 1
            again = os.path.join(scratch, "again")
            shutil.rmtree(again, ignore_errors=True)
            if run("export", "--all", again).returncode != 0 or tree(again) != first:
                faults.append(f"byte {at} was changed, check says nothing, and the export differs")
        print(f"{found} found, {passed} where nothing lies", *faults[:5], sep="\n")
        return bool(faults) or not found


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "flips":
        arguments[2] = int(arguments[2])
    sys.exit(bool({"forge": forge, "same": same, "load": load, "flips": flips}[command](*arguments)))
