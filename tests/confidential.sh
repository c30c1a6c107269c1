#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No laboratory can work another one's results out of what it is told: differences of the groups that it is shown are never of a few. What a centre
# publishes after `zhiping redact` names nobody, and nobody in it is alone.
. "${top_srcdir:-..}/tests/year_claims.sh"
export PYTHONDONTWRITEBYTECODE=1
difference() { python3 "$here/tests/difference.py" "$@"; }
closes() { zhiping close "$@" --issued 2026-03-31 || test $? = 1; }
test -f "$top_builddir/plugins/.libs/report-pdf.so" || { echo "1..0 # SKIP reports are not built"; exit 0; }
echo 1..15
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

# ---- what a centre can publish ----

attacked() { python3 "$here/tests/redacted.py" "$@"; }
redacts() {
	zhiping simulate --programmes chemistry,blood-count,transfusion --measurands 6 --labs 120 --seed 7 --single-file --into many &&
	closes many --into many.out --emit tables --redact open && zhiping redact out60/sim-2026-1/v1 --into small && zhiping redact out30/sim-2026-1/v1 --into smaller
}
claim "rounds are redacted, while they are closed and afterwards" redacts
apart() {
	refused 3 'open/sim-2026-1/v1: this round is published already' zhiping close many --into elsewhere --issued 2026-03-31 --emit tables --redact open &&
		refused 2 '--redact and --into name one folder, elsewhere' zhiping close many --into elsewhere --issued 2026-03-31 --emit tables --redact elsewhere && ! test -e elsewhere/sim-2026-1/v1
}
claim "where there is no room for what is redacted nothing is published" apart
attack() { # CLAIM ROUND PUBLISHED REDACTED [OTHER]
	claim "$1" attacked "${@:2}"
	grep -h '^# [0-9]* pseudonyms' out.txt
}
attack "of 120 laboratories in three programmes, nobody can be told" many many.out/sim-2026-1/v1 open/sim-2026-1/v1 small/sim-2026-1/v1
attack "nor of 60, nor linked to another round" r60 out60/sim-2026-1/v1 small/sim-2026-1/v1 smaller/sim-2026-1/v1
attack "nor of 30" r30 out30/sim-2026-1/v1 smaller/sim-2026-1/v1
alone() { # a group with a pseudonym that is alone in it, and a code, are found
	cp -r small/sim-2026-1/v1 spoiled && chmod -R u+w spoiled && awk -F, -v OFS=, 'NR == 2 { $5 = 99 } 1' spoiled/scores.csv > s && cp s spoiled/scores.csv && ! attacked r60 out60/sim-2026-1/v1 spoiled &&
		grep -q 'are alone with it' out.txt && cp small/sim-2026-1/v1/scores.csv spoiled/ && echo L0007 >> spoiled/about.txt && ! attacked r60 out60/sim-2026-1/v1 spoiled && grep -q 'holds L0007' out.txt
}
claim "the attacker finds one who is alone, and a code" alone
again() { zhiping redact out60/sim-2026-1/v1 --into again && diff -r small again && refused 3 'is published already' zhiping redact out60/sim-2026-1/v1 --into again; }
claim "the same bytes again; and what is there is not written over" again
linked() { # by a file of the centre's own
	head -c 32 /dev/urandom > secret && zhiping redact out60/sim-2026-1/v1 --into l1 --linked secret && zhiping simulate --programmes chemistry --measurands 6 --labs 60 --seed 61 --single-file --into r61 && closes r61 --into out61 --emit tables &&
		zhiping redact out61/sim-2026-1/v1 --into l2 --linked secret && attacked r60 out60/sim-2026-1/v1 l1/sim-2026-1/v1 && ! attacked r60 out60/sim-2026-1/v1 l1/sim-2026-1/v1 l2/sim-2026-1/v1 && grep -q 'are the same in both' out.txt &&
		printf short > short && refused 3 'expected a file of 16 bytes at least' zhiping redact out60/sim-2026-1/v1 --into l3 --linked short && test ! -e l3/sim-2026-1
}
claim "with a file of the centre's own, and only with it, pseudonyms are the same in two rounds" linked
wrong_ones() {
	refused 2 'zhiping redact: --into DIR is needed' zhiping redact out60/sim-2026-1/v1 && refused 3 'the manifest does not exist' zhiping redact r60 --into nowhere && test ! -e nowhere
}
claim "what is no published round is refused" wrong_ones
altered() { cp -r out30/sim-2026-1/v1 bad && chmod -R u+w bad && sed -i '2s/acceptable/unacceptable/' bad/scores.csv && refused 3 'this is not what was published' zhiping redact bad --into nowhere && test ! -e nowhere; }
claim "and what was altered" altered
