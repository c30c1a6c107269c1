#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's twin: closes rounds by itself and compares what it finds with what was published.

usage: twin.py --rules DIR ROUND PUBLISHED [ROUND PUBLISHED]...

PUBLISHED is the folder of a version, or a path that does not exist where the round is to be refused.
Exit: 0 equal, 1 different (the first differences are printed), 2 usage.
"""

import sys

import twin_compare


def main(arguments):
    if len(arguments) < 4 or len(arguments) % 2 or arguments[0] != "--rules":
        print("usage: twin.py --rules DIR ROUND PUBLISHED [ROUND PUBLISHED]...", file=sys.stderr)
        return 2
    rules, pairs = arguments[1], arguments[2:]
    differences = [twin_compare.compare(pairs[i], pairs[i + 1], rules) for i in range(0, len(pairs), 2)]
    return 1 if any(differences) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
