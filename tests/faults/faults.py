# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sweeps of faults have in common: scenes (a command, and the state before it) and the claims about the state after it.

A scene works in a folder of its own, $HERE: results go into $HERE/out, a ledger, if any, is $HERE/ledger.sqlite. A state is good when
- every version that can be seen is complete by its own manifest, and is to the byte what an undisturbed run publishes;
- every file in the store has the content that its name says;
- `current`, if it is there, points at a version;
- after exit 0 or 1 the version is there, `current` points at it, and the ledger has it;
- the next run succeeds, publishes the same bytes, and leaves no stage. Where the trail has got the refusal of the disturbed run, papers and
  manifest have another head of it, and the tables are the same;
- a ledger whose disk lied is told to be damaged, by the run that met it; then it is taken back from before, as docs/formats/ledger.md says.
"""
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

ZHIPING = os.environ.get("ZHIPING", "zhiping")
OPTIONS = os.environ.get("ZP_OPTIONS", "").split()
ISSUED = "2026-03-31"


def run(*words, here=None, **more):
    return subprocess.run([ZHIPING, words[0], *OPTIONS, *words[1:]], cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)


def clear(folder):
    """What was published is read-only, for its owner as well."""
    for path, names, _ in os.walk(folder):
        for name in names:
            inner = os.path.join(path, name)
            if not os.path.islink(inner):
                os.chmod(inner, 0o700)
    shutil.rmtree(folder, ignore_errors=True)


def copy(source, to):
    if os.path.lexists(source):
        subprocess.run(["cp", "-a", source, to], check=True)


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def files(folder):
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}


def incomplete(version):
    """What is wrong with a published folder by its own manifest; None when nothing is."""
    try:
        with open(os.path.join(version, "manifest.json"), encoding="utf-8") as f:
            outputs = {o["name"]: o["sha256"] for o in json.load(f)["outputs"]}
    except (OSError, ValueError, KeyError) as e:
        return f"no manifest that can be read: {e}"
    there = files(version) - {"manifest.json", "manifest.json.sig"}
    if there != set(outputs):
        return f"other files than its manifest says: {sorted(there ^ set(outputs))[:3]}"
    for name, sha256 in outputs.items():
        if digest(os.path.join(version, name)) != sha256:
            return f"{name} is not what its manifest says"
    writable = [name for name in there if stat.S_IMODE(os.stat(os.path.join(version, name)).st_mode) != 0o440]
    return f"{writable[0]} can be written" if writable else None


class Scene:
    """command: words for zhiping with {here} and {round} in them; before: a folder whose out and ledger are the state before; makes: the version
    that it publishes."""

    def __init__(self, name, command, round_folder, before=None, makes="v1"):
        self.name, self.words, self.round, self.before, self.makes = name, command, round_folder, before, makes
        self.has_ledger = "--ledger" in command
        self.reference = None

    def command(self, here):
        return [w.format(here=here, round=self.round) for w in self.words]

    def set_up(self, here):
        clear(here)
        os.makedirs(here)
        if self.before:
            for name in ("out", "ledger.sqlite"):
                copy(os.path.join(self.before, name), here)

    def home(self, here):
        """The folder of the round; None when nothing is there yet."""
        out = os.path.join(here, "out")
        rounds = os.listdir(out) if os.path.isdir(out) else []
        return os.path.join(out, rounds[0]) if rounds else None

    def versions(self, here):
        home = self.home(here)
        return sorted(v for v in os.listdir(home) if re.fullmatch(r"v\d+", v)) if home else []

    def digests(self, here):
        home = self.home(here)
        return {os.path.relpath(os.path.join(home, v, n), home): digest(os.path.join(home, v, n)) for v in self.versions(here) for n in files(os.path.join(home, v))}

    def kept(self, here):
        store = os.path.join(self.home(here), "inputs")
        return files(store) if os.path.isdir(store) else set()

    def learn(self, here):
        """What an undisturbed run does."""
        self.set_up(here)
        done = run(*self.command(here))
        if done.returncode > 1:
            sys.exit(f"{self.name}: the scene does not work at all: {done.stderr.decode()}")
        self.reference = self.digests(here), self.kept(here)
        wrong = self.wrong_after(here, done.returncode)
        if wrong:
            sys.exit(f"{self.name}: an undisturbed run is not good: {wrong}")

    def refusals(self, here):
        """How many the trail tells of."""
        ledger = os.path.join(here, "ledger.sqlite")
        if not self.has_ledger or not os.path.exists(ledger):
            return 0
        told = subprocess.run([ZHIPING, "ledger", "events", "--json", "--ledger", ledger], capture_output=True, text=True)
        return told.stdout.count("-refused\"")

    def take_back(self, here):
        """A ledger that is not sound gives way to what it was before. Gives: whether it did."""
        ledger = os.path.join(here, "ledger.sqlite")
        if not os.path.exists(ledger) or not subprocess.run([ZHIPING, "ledger", "check", "--ledger", ledger], capture_output=True).returncode:
            return False
        for name in os.listdir(here):
            if name.startswith("ledger.sqlite"):
                os.unlink(os.path.join(here, name))
        if self.before:
            copy(os.path.join(self.before, "ledger.sqlite"), here)
        return True

    # ---- claims ----

    def wrong_state(self, here):
        home = self.home(here)
        if not home:
            return None
        for name in os.listdir(home):
            if not re.fullmatch(r"v\d+|inputs|current|\.current|\.stage-\w{6}", name):
                return f"{name} lies beside the versions"
        for v in self.versions(here):
            bad = incomplete(os.path.join(home, v))
            if bad:
                return f"{v}: {bad}"
        now = self.digests(here)
        if self.reference:
            other_head = self.refusals(here) > 0
            for name, sha256 in now.items():
                has_head = name.startswith(f"{self.makes}/labs/") or name in (f"{self.makes}/manifest.json", f"{self.makes}/certificates.csv")
                if self.reference[0].get(name) != sha256 and not (other_head and has_head):
                    return f"{name} is not what an undisturbed run publishes"
        for name in self.kept(here):
            if digest(os.path.join(home, "inputs", name)) != os.path.basename(name):
                return f"inputs/{name} is not what its name says"
        link = os.path.join(home, "current")
        if os.path.lexists(link) and (not os.path.islink(link) or os.readlink(link) not in self.versions(here)):
            return "current points at no version"
        return None

    def points_at(self, here):
        link = os.path.join(self.home(here) or here, "current")
        return os.readlink(link) if os.path.islink(link) else None

    def wrong_done(self, here):
        """What must hold after exit 0 or 1."""
        if self.makes not in self.versions(here):
            return f"{self.makes} is not there"
        if self.points_at(here) != self.makes:
            return f"current points at {self.points_at(here)}"
        if self.reference and self.kept(here) != self.reference[1]:
            return "not everything that came in is in the store"
        if self.has_ledger:
            ledger = os.path.join(here, "ledger.sqlite")
            listed = subprocess.run([ZHIPING, "ledger", "list", "--ledger", ledger], capture_output=True, text=True)
            if f" {self.makes} " not in listed.stdout:
                return f"the ledger does not list {self.makes}: {listed.stderr.strip()}"
            checked = subprocess.run([ZHIPING, "ledger", "check", "--ledger", ledger], capture_output=True, text=True)
            if checked.returncode:
                return f"the ledger is not sound: {checked.stderr.strip()}"
        return None

    def recover(self, here):
        """The next run. Gives: what is wrong with it."""
        there = self.makes in self.versions(here)
        again = run(*self.command(here))
        if there and self.has_ledger:
            again = run("ledger", "add", "--ledger", os.path.join(here, "ledger.sqlite"), os.path.join(self.home(here), self.makes))
        good = again.returncode == 3 if there and not self.has_ledger else again.returncode in (0, 1)
        if not good:
            return f"the next run ends with {again.returncode}: {again.stderr.decode(errors='replace').strip()[-300:]}"
        left = [n for n in os.listdir(self.home(here)) if n.startswith(".")]
        if left and not there:
            return f"the next run leaves {left[0]}"
        return self.wrong_state(here) or self.wrong_done(here)

    def wrong_after(self, here, code, page=False):
        """code: the exit of the disturbed run; -1 when it was killed. page: it was told that a page of the ledger is written that is not."""
        wrong = self.wrong_state(here)
        if wrong:
            return wrong
        if code in (0, 1):
            wrong = self.wrong_done(here)
            if wrong:
                return f"it ended with {code}, and {wrong}"
            return None
        if page and code == 6:
            self.take_back(here)
        wrong = self.recover(here)
        return f"then {wrong}" if wrong else None


def scenes(work, which):
    """A small round: four laboratories, one programme."""
    folder = os.path.join(work, "round")
    made = run("simulate", "--into", folder, "--labs", "4", "--programmes", "glucose", "--seed", "5")
    if made.returncode:
        sys.exit(f"nothing is simulated: {made.stderr.decode()}")
    close = ["close", "{round}", "--into", "{here}/out", "--issued", ISSUED, "--threads", "1", "--emit", "tables,certificates"]
    keys = os.path.join(work, "keys")
    subprocess.run([ZHIPING, "key", "new", "--into", keys, "--date", "2026-01-01", "--name", "x"], check=True, stdout=subprocess.DEVNULL)
    all_of_them = {
        "close": Scene("close", close, folder),
        "close-ledger": Scene("close-ledger", close + ["--ledger", "{here}/ledger.sqlite"], folder),
        "signed": Scene("signed", close + ["--key", keys], folder),
    }
    if b"amend" in subprocess.run([ZHIPING, "--help"], capture_output=True).stdout:
        all_of_them["amend"] = amended(work, folder, all_of_them["close-ledger"])
    chosen = [all_of_them[n] for n in which if n in all_of_them]
    for scene in chosen:
        here = os.path.join(work, "learn")
        scene.learn(here)
        clear(here)
    return chosen


def amended(work, folder, closing):
    """A second version of the same round, of which one laboratory has handed in another value."""
    before, second = os.path.join(work, "before"), os.path.join(work, "second")
    closing.set_up(before)
    run(*closing.command(before))
    shutil.copytree(folder, second)
    results = os.path.join(second, "results", sorted(os.listdir(os.path.join(second, "results")))[0])
    with open(results, encoding="utf-8", newline="") as f:
        text = f.read()
    with open(results, "w", encoding="utf-8", newline="") as f:
        changed, n = re.subn(r",\d+\.\d+,", ",99.9,", text, count=1)
        assert n == 1, "no value was found to be changed"
        f.write(changed)
    words = ["amend", "{round}", "--into", "{here}/out", "--issued", "2026-04-20", "--reason", "a value was corrected", "--threads", "1",
             "--emit", "tables,certificates", "--ledger", "{here}/ledger.sqlite"]
    return Scene("amend", words, second, before, "v2")


class Workplace:
    """A folder for the whole sweep, gone at the end."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="zhiping-faults-")
        return self.path

    def __exit__(self, *_):
        clear(self.path)


def head():
    print(f"{'scene':<14} {'fault':<22} {'injections':>10} {'done':>6} {'failed':>7} {'killed':>7} {'bad':>5}", flush=True)


def row(scene, fault, count):
    """done: it ended with 0 or 1; failed: with another code; killed: it did not end by itself."""
    print(f"{scene:<14} {fault:<22} {count['n']:>10} {count['done']:>6} {count['failed']:>7} {count['killed']:>7} {count['bad']:>5}", flush=True)


def tally():
    return {"n": 0, "done": 0, "failed": 0, "killed": 0, "bad": 0}


def count_up(count, code, wrong):
    count["n"] += 1
    count["done" if code in (0, 1) else "killed" if code < 0 else "failed"] += 1
    count["bad"] += wrong is not None
