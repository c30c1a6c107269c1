#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the ledger refuses of a published folder whose digests are right: every cell that it reads, every row out of place.
. "${top_srcdir:-..}/tests/year_claims.sh"
a_round() {
	zhiping simulate --into round --labs 14 --programmes chemistry,blood-count --seed 3 || return 1
	zhiping close round --into out --issued 2026-03-31 --emit tables
	test $? -le 1 # 1: something was withheld
}
echo 1..2
claim "a round is closed" a_round
claim "one wrong cell, row or date is refused with its file and line" python3 "$here/tests/ledger_cells.py" out/sim-2026-1/v1
