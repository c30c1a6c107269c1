#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""overlap.py FILE.pdf...: no two words of a page lie on each other, and none leaves its page. Reads what `pdftotext -bbox` says.

A word's box reaches from its font's ascent to its descent, which is more than its letters do: so much is taken off (SPARE, of its height),
and a little more for rounding (NEAR, in points). Exit code 1 when something was found; what, on stdout.
"""
import html
import re
import subprocess
import sys

SPARE = 0.13
NEAR = 0.35
SHOWN = 20

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


def boxes(said):
    """Pages as (width, height, words); a word is (top, bottom, left, right, text)."""
    pages = []
    for line in said.splitlines():
        page = PAGE.search(line)
        if page:
            pages.append((float(page[1]), float(page[2]), []))
        word = WORD.search(line)
        if word and html.unescape(word[5]).strip():
            left, top, right, bottom = (float(word[i]) for i in range(1, 5))
            spare = SPARE * (bottom - top) + NEAR
            pages[-1][2].append((top + spare, bottom - spare, left + NEAR, right - NEAR, html.unescape(word[5])))
    return pages


def clashes(words):
    """Pairs of words that share some of the page."""
    words = sorted(words)
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            if b[0] >= a[1]:
                break
            if a[2] < b[3] and b[2] < a[3]:
                yield a, b


def look(path):
    with open(path, "rb") as file: # which may be open in this process alone
        said = subprocess.run(["pdftotext", "-bbox", "-", "-"], stdin=file, capture_output=True, check=True).stdout.decode()
    found = n = 0
    pages = boxes(said)
    for number, (width, height, words) in enumerate(pages, 1):
        n += len(words)
        for top, bottom, left, right, text in words:
            if left < 0 or top < 0 or right > width or bottom > height:
                found += 1
                print(f"{path}: page {number}: \"{text}\" leaves the page")
        for a, b in clashes(words):
            found += 1
            if found <= SHOWN:
                print(f"{path}: page {number}: \"{a[4]}\" ({a[2]:.1f}, {a[0]:.1f}) lies on \"{b[4]}\" ({b[2]:.1f}, {b[0]:.1f})")
    if not n:
        print(f"{path}: there are no words")
    return found or not n


if __name__ == "__main__":
    sys.exit(1 if sum(bool(look(p)) for p in sys.argv[1:]) else 0)
