#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What careless and hostile people hand over, seeded; longer: top_srcdir=… ZHIPING=… ZP_OPTIONS=… tests/year_hostile.py years PUBLISHED SEED 1000
. "${top_srcdir:-..}/tests/year_claims.sh"
hostile() { timeout 300 python3 "$top_srcdir/tests/year_hostile.py" "$1" out/sim-2026-1/v1 "$2" "$3"; }

echo 1..4
a_round() {
	"$ZHIPING" simulate $ZP_OPTIONS --into round --labs 8 --programmes chemistry,serology --measurands 4 --seed 3 --everything || return 1
	"$ZHIPING" close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables
	test $? -le 1
}
claim "a round is closed" a_round
claim "an altered folder is refused in a sentence, or it is whole in the ledger and makes a year" hostile folders 2 30
claim "an altered rule is refused in a sentence, or one thread and seven give the same bytes" hostile rules 1 20
claim "random rounds and rules: what is better or excused takes nothing away, and no order shows" hostile years 1 4
