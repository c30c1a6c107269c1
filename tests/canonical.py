# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether manifests are the canonical JSON of RFC 8785, by another writer: all their numbers are integers and all names of
members ASCII, so Python's sorted and compact form is that one. canonical.py MANIFEST..."""
import json
import sys

for path in sys.argv[1:]:
    found = open(path, "rb").read()
    expected = json.dumps(json.loads(found), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    if found != expected:
        at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
        sys.exit(f"{path}: byte {at}: {found[max(0, at - 30):at + 30]!r}; expected {expected[max(0, at - 30):at + 30]!r}")
