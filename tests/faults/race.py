#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""race.py [--rounds N] [--seed N]: two runs publish one round at the same time, and are killed at moments that chance chooses: both,
one, or neither. One of two that may live wins, the other says so, and nothing of the one is ever mixed with the other's."""
import argparse
import os
import random
import subprocess
import sys
import time

from faults import Workplace, clear, count_up, head, row, scenes, tally, OPTIONS, ZHIPING


def start(scene, here):
    words = scene.command(here)
    return subprocess.Popen([ZHIPING, words[0], *OPTIONS, *words[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def once(scene, here, chance, usual):
    """Gives: exit codes of both, and what is wrong."""
    scene.set_up(here)
    runs, kill = [], chance.choice(((0, 1), (0, 1), (0,), (1,), ()))
    for _ in range(2):
        runs.append(start(scene, here))
        time.sleep(chance.choice((0, 0, 0, chance.random() * usual / 2)))
    for which in sorted(kill, key=lambda _: chance.random()):
        time.sleep(chance.random() * usual / (2 if len(kill) == 2 else 1))
        runs[which].kill()
    said = [r.communicate()[1].decode(errors="replace") for r in runs]
    codes = [r.returncode for r in runs]
    won = sum(c in (0, 1) for c in codes)
    wrong = scene.wrong_state(here)
    if not wrong and won > 1:
        wrong = "both say that they have published it"
    if not wrong and not kill and won != 1:
        wrong = f"nobody was killed, and they ended with {codes}: {said}"
    if not wrong and won:
        wrong = scene.wrong_done(here)
    for code, text in zip(codes, said):
        if not wrong and code == 3 and "published" not in text:
            wrong = f"the one that lost says: {text}"
        if not wrong and code not in (-9, 0, 1, 3):
            wrong = f"one ended with {code}: {text}"
    if not wrong and not won:
        wrong = scene.recover(here)
    clear(here)
    return min(codes) if min(codes) < 0 else max(codes), wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=200)
    p.add_argument("--seed", type=int, default=1)
    wish = p.parse_args()
    chance, count = random.Random(wish.seed), tally()
    with Workplace() as work:
        scene = scenes(work, ["close"])[0]
        here, began = os.path.join(work, "r"), time.monotonic()
        scene.set_up(here)
        start(scene, here).communicate()
        usual = time.monotonic() - began
        for i in range(wish.rounds):
            code, wrong = once(scene, here, chance, 1.5 * usual)
            count_up(count, code, wrong)
            if wrong:
                print(f"BAD race {i} of seed {wish.seed}: {wrong}", file=sys.stderr, flush=True)
    head()
    row("two runs", "kill -9 at any moment", count)
    return count["bad"] != 0


if __name__ == "__main__":
    sys.exit(main())
