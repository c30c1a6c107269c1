#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make torture: faults while results are published, at full size, and a table of what came of them (docs/reliability.md). Takes about
# an hour. TORTURE_MOST: at most so many injections of each scene and fault (0: all); TORTURE_RACES, TORTURE_CUTS: how many runs;
# TORTURE_SCENES: of which commands; TORTURE_SEED: chance.
set -u
here=$top_srcdir/tests/faults
bad=0
part() { "$@" || test $? = 77 || bad=1; echo; }
part python3 "$here/sweep.py" --scenes "${TORTURE_SCENES:-close,close-ledger,signed,amend}" --most "${TORTURE_MOST:-0}"
part python3 "$here/race.py" --rounds "${TORTURE_RACES:-200}" --seed "${TORTURE_SEED:-1}"
part python3 "$here/powercut.py" --scenes "${TORTURE_SCENES:-close,close-ledger,signed,amend}" --rounds "${TORTURE_CUTS:-200}" --seed "${TORTURE_SEED:-1}"
exit $bad
