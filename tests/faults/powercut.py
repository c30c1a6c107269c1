#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""powercut.py [--rounds N] [--scenes close,close-ledger,amend] [--seed N]: the power goes while results are published, or just after the
run has said that they are.

The disk is an ext4 of its own in a file, shut down by EXT4_IOC_SHUTDOWN without its journal being written out, which is what a disk
sees of a power cut; then it is mounted again, so that the journal is replayed, and looked at. Needs root and loop devices: exit 77
without them."""
import argparse
import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import time

from faults import Workplace, clear, count_up, head, row, scenes, tally, OPTIONS, ZHIPING

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32)
NO_LOG_FLUSH = 2
SLOW = "write,fsync,rename,renameat2,symlink,fdatasync,pwrite64"


def command(*words):
    return subprocess.run(words, capture_output=True, check=True)


def cut(disk):
    fd = os.open(disk, os.O_RDONLY)
    fcntl.ioctl(fd, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    os.close(fd)


def leave(disk):
    for _ in range(50):
        if subprocess.run(["umount", disk], capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"{disk} cannot be unmounted")


class Disk:
    def __init__(self, work):
        self.image, self.at = os.path.join(work, "image"), os.path.join(work, "disk")
        os.makedirs(self.at)

    def fresh(self):
        if os.path.lexists(self.image):
            os.unlink(self.image)
        with open(self.image, "wb") as f:
            f.truncate(48 << 20)
        command("mkfs.ext4", "-q", "-O", "^resize_inode", self.image)
        self.mount()

    def mount(self):
        command("mount", "-o", "loop", self.image, self.at)


def once(scene, disk, chance, usual):
    """Gives: the exit code, -1 when the power went before; what is wrong; how long the run took, if it ended."""
    disk.fresh()
    here = os.path.join(disk.at, "w")
    scene.set_up(here)
    os.sync()
    words = scene.command(here)
    began = time.monotonic()
    # slowed down where it writes, so that chance finds all of it
    running = subprocess.Popen(["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={SLOW}", "-e", f"inject={SLOW}:delay_exit=2000", ZHIPING, words[0],
                                *OPTIONS, *words[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    if chance.random() < 0.3:
        code = running.wait()
    else:
        try:
            code = running.wait(chance.random() * usual)
        except subprocess.TimeoutExpired:
            code = -1
    took = time.monotonic() - began
    cut(disk.at)
    try:
        os.killpg(running.pid, 9)
    except ProcessLookupError:
        pass
    running.wait()
    leave(disk.at)
    disk.mount()
    try:
        wrong = scene.wrong_after(here, code) if os.path.isdir(here) else "the folder that was synced is gone"
    except OSError as e:
        wrong = f"the state cannot be looked at: {e}"
    leave(disk.at)
    return code, wrong, took if code >= 0 else None


def can(work):
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        return False
    try:
        disk = Disk(os.path.join(work, "try"))
        disk.fresh()
        cut(disk.at)
        leave(disk.at)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=200)
    p.add_argument("--scenes", default="close-ledger")
    p.add_argument("--seed", type=int, default=1)
    wish = p.parse_args()
    bad = 0
    with Workplace() as work:
        if not can(work):
            print("power cuts: skipped; they need root, mkfs.ext4 and a loop device")
            return 77
        disk = Disk(work)
        head()
        for scene in scenes(work, wish.scenes.split(",")):
            chance, count, usual = random.Random(wish.seed), tally(), 1.5
            for i in range(wish.rounds):
                code, wrong, took = once(scene, disk, chance, usual)
                usual = 0.5 * (usual + took) if took else usual
                count_up(count, code, wrong)
                if wrong:
                    print(f"BAD {scene.name}: power cut {i} of seed {wish.seed}, run {code}: {wrong}", file=sys.stderr, flush=True)
            row(scene.name, "power cut", count)
            bad += count["bad"]
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
