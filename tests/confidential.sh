#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No laboratory can work another one's results out of what it is told: differences of the groups that it is shown are never of a few. What a centre
# publishes after `zhiping redact` names nobody, and nobody in it is alone.
. "${top_srcdir:-..}/tests/year_claims.sh"
export PYTHONDONTWRITEBYTECODE=1
difference() { python3 "$here/tests/difference.py" "$@"; }
closes() { zhiping close "$@" --issued 2026-03-31 || test $? = 1; }
test -f "$top_builddir/plugins/.libs/report-pdf.so" || { echo "1..0 # SKIP reports are not built"; exit 0; }
echo 1..5
rounds() {
	local n
	for n in 30 60 90; do
		zhiping simulate --programmes chemistry --measurands 6 --labs $n --seed $n --single-file --into r$n && closes r$n --into out$n --emit tables,reports || return 1
	done
}
claim "rounds of 30, 60 and 90 laboratories are closed" rounds
for n in 30 60 90; do
	claim "of $n laboratories, none can subtract its groups until a few are left" difference r$n out$n/sim-2026-1/v1 5
	grep -h '^# [0-9]* bundles' out.txt
done
too_many() { ! difference r60 out60/sim-2026-1/v1 12 && grep -q leaves out.txt; }
claim "the attack finds what is left over where more are asked for than the rules hide" too_many
