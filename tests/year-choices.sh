#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every choice of the rules of a year, over two simulated years with control material, evidence and what laboratories perform.
. "${top_srcdir:-..}/tests/year_claims.sh"
simulated() {
	local n
	zhiping simulate --rounds 3 --programmes chemistry,transfusion --measurands 4 --labs 24 --into a --seed 7 &&
		zhiping simulate --rounds 3 --programmes chemistry,transfusion --measurands 4 --labs 24 --year 2027 --into b --seed 7 && sed -i '/,none,/d' b/year/evidence.csv || return 1 # where the worst counts there are numbers
	rm -f b/2/results/L0005* a/3/results/L0006* # who sends nothing
	rm -f b/1/results/L0010* b/1/results/L0011* && sed -i '/^L001[01]/d' b/1/roster.csv b/1/enrolments.csv # who joins later
	rm -f b/?/results/L001[358]* && sed -i '/^L001[358]/d' b/?/roster.csv b/?/enrolments.csv b/year/*.csv # who became another
	for n in a/1:2026-03 a/2:2026-06 a/3:2026-09 b/1:2027-03 b/2:2027-06 b/3:2027-09; do
		zhiping close ${n%:*} --into out --issued ${n#*:}-28 --emit tables --ledger ledger.sqlite
		test $? -le 1 || return 1 # 1: something was withheld
	done
}
echo 1..2
claim "two years are simulated and closed" simulated
claim "every choice is taken, is said in the manifest, and shows neither threads nor language" python3 "$here/tests/year_choices.py"
