#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sweep.py [--scenes close,close-ledger,signed,amend] [--faults all] [--most N] [--workers N] [--seed N]

Every system call of a run that changes something where results or the ledger lie fails once: with an error, with a signal that comes
in between, with a disk that says it has written what it has not, with the end of the process. Calls are found by tracing an
undisturbed run; strace counts them for each thread by itself, and cannot tell a file from a pipe by its number, so that writes to files are
counted and lied about by tests/faults/lie.c as well (LIE=PATH), which counts over all processes. --most: so many of each scene and fault, evenly spread, in place of all.
"""
import argparse
import concurrent.futures
import os
import re
import signal
import subprocess
import sys

from faults import Workplace, clear, count_up, head, row, scenes, tally, OPTIONS, ZHIPING

CALLS = ("openat,mkdir,mkdirat,write,sendto,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
         "unlink,unlinkat,rmdir,chmod,fchmod,fchmodat,ftruncate,close").split(",")
READS = ["read", "pread64"]
FAULTS = {
    "ENOSPC": ("error=ENOSPC", CALLS),
    "EIO": ("error=EIO", CALLS),
    "EINTR": ("error=EINTR", CALLS),
    # of files alone: between processes nothing says that bytes are on their way that are not
    "lying write": ("retval=1", ["write", "writev"]),
    "lying page": ("retval=1", ["pwrite64"]), # of a ledger
    "EIO of a read": ("error=EIO", READS),
    "early end": ("retval=0", READS), # of a file: fewer bytes than there are
    "SIGKILL": ("signal=SIGKILL", CALLS),
}

PATIENCE = 120 # seconds
LIE = os.environ.get("LIE")


def known_calls():
    """Those that this machine has."""
    good = []
    for call in CALLS + READS:
        if subprocess.run(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "true"], capture_output=True).returncode == 0:
            good.append(call)
    return good


def traced(scene, here, calls):
    """(call, when) of each that touches the scene's own folder, or a pipe or socket between its processes: those with it behind."""
    scene.set_up(here)
    log = here + ".log"
    subprocess.run(["strace", "-f", "-qq", "-y", "-o", log, "-e", "trace=" + ",".join(calls), "-e", "signal=none", ZHIPING,
                    scene.command(here)[0], *OPTIONS, *scene.command(here)[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen, found = {}, set()
    with open(log, encoding="utf-8", errors="replace") as f:
        for line in f:
            m = re.match(r"(\d+) +(\w+)\(", line)
            if not m:
                continue
            when = seen[m.groups()] = seen.get(m.groups(), 0) + 1
            if here in line:
                found.add((m[2], when, ""))
            elif m[2] in ("write", "sendto") and re.search("(pipe|socket|UNIX[^:]*):", line):
                found.add((m[2], when, "between"))
    os.unlink(log)
    return sorted(found)


def lying(here, at):
    """The environment in which the write number `at` lies, and the file that counts them."""
    counter = here + ".writes"
    with open(counter, "wb") as f:
        f.write(bytes(8))
    return {**os.environ, "LD_PRELOAD": LIE, "LIE_COUNTER": counter, "LIE_AT": str(at)}, counter


def count_writes(scene, here):
    """How many writes to files an undisturbed run makes, in all of its processes."""
    scene.set_up(here)
    environment, counter = lying(here, 0)
    subprocess.run([ZHIPING, scene.command(here)[0], *OPTIONS, *scene.command(here)[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    with open(counter, "rb") as f:
        n = int.from_bytes(f.read(8), "little")
    os.unlink(counter)
    return n


def inject(scene, here, call, when, how):
    """call "file": the write to a file with that number, by LIE."""
    scene.set_up(here)
    command = [ZHIPING, scene.command(here)[0], *OPTIONS, *scene.command(here)[1:]]
    environment, counter = lying(here, when) if call == "file" else (None, None)
    if not counter:
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{how}:when={when}", *command]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, env=environment)
    try:
        said = running.communicate(timeout=PATIENCE)[1]
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return call, when, -1, f"it does not end within {PATIENCE} seconds"
    code = running.returncode if 0 <= running.returncode < 128 else -1 # strace dies as its child did
    try:
        wrong = scene.wrong_after(here, code, call == "pwrite64")
    except OSError as e:
        wrong = f"the state cannot be looked at: {e}"
    if wrong is None and code > 1 and not said.strip():
        wrong = f"it ended with {code} and says nothing"
    clear(here)
    if counter:
        os.unlink(counter)
    return call, when, code, wrong


def spread(points, most):
    return points if not most or len(points) <= most else [points[i * len(points) // most] for i in range(most)]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--scenes", default="close,close-ledger,signed,amend")
    p.add_argument("--faults", default=",".join(FAULTS))
    p.add_argument("--most", type=int, default=0)
    p.add_argument("--workers", type=int, default=os.cpu_count())
    wish = p.parse_args()
    bad = 0
    with Workplace() as work, concurrent.futures.ThreadPoolExecutor(wish.workers) as pool:
        calls = known_calls()
        head()
        for scene in scenes(work, wish.scenes.split(",")):
            points = traced(scene, os.path.join(work, "t"), calls)
            for fault in wish.faults.split(","):
                how, concerned = FAULTS[fault]
                between = {x[:2] for x in points if x[2]} if fault.startswith("lying") else set()
                chosen = spread(sorted({x[:2] for x in points if x[0] in concerned} - between), wish.most)
                if fault == "lying write" and LIE:
                    chosen += spread([("file", n + 1) for n in range(count_writes(scene, os.path.join(work, "t")))], wish.most)
                count = tally()
                jobs = [pool.submit(inject, scene, os.path.join(work, f"j{i}"), call, when, how) for i, (call, when) in enumerate(chosen)]
                for job in concurrent.futures.as_completed(jobs):
                    call, when, code, wrong = job.result()
                    count_up(count, code, wrong)
                    if wrong:
                        print(f"BAD {scene.name}: {fault} at {call} {when}, which ended with {code}: {wrong}", file=sys.stderr, flush=True)
                row(scene.name, fault, count)
                bad += count["bad"]
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
