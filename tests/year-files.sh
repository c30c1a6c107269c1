#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people hand over beside the rounds of a year (internal quality control, evidence, items performed, changed codes), and every sentence about it.
. "${top_srcdir:-..}/tests/year_claims.sh"
a_round() {
	zhiping simulate --into round --labs 14 --programmes chemistry,blood-count --seed 3 || return 1
	zhiping close round --into closed --issued 2026-03-31 --emit tables --ledger ledger.sqlite
	test $? -le 1 # 1: something was withheld
}
echo 1..2
claim "a round is closed into the ledger" a_round
claim "every fault is told with its line and nothing else is, in either language" python3 "$here/tests/year_files.py" ledger.sqlite
