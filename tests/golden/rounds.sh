#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every example round that has targets, against figures worked out elsewhere (expected/) and against the twin, which closes the
# round by itself from the rules of the field. The twin knows plain numbers only; of the rounds that were worked out by hand
# (worked.sh) it closes those that have nothing else.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
n=0
say() { # CLAIM STATUS FILE-WITH-DETAILS
	n=$((n + 1))
	if test "$2" = 0; then
		echo "ok $n - $1"
	else
		head -n 15 "$3" | sed 's/^/# /'
		echo "not ok $n - $1"
	fi
}

for targets in "$top_srcdir"/fixtures/rounds/*/expected/targets.csv; do
	round=$(dirname "$(dirname "$targets")")
	name=$(basename "$round")
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$round" --into "$scratch/out" --issued 2026-04-30 --emit tables >"$scratch/log" 2>&1
	say "$name closes with nothing withheld" $? "$scratch/log"
	python3 -B "$here/expected.py" "$round" "$scratch/out/$name/v1" >"$scratch/log" 2>&1
	say "$name has the targets and the unacceptable results that were worked out beforehand" $? "$scratch/log"
	python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "$round" "$scratch/out/$name/v1" >"$scratch/log" 2>&1
	say "$name is what the twin makes of it" $? "$scratch/log"
done
for name in hba1c blood-gas coagulation therapeutic-drugs tumour-markers endocrine; do
	round=$top_srcdir/fixtures/rounds/$name
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$round" --into "$scratch/out" --issued 2026-04-30 --emit tables >"$scratch/log" 2>&1 || test $? = 1
	python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "$round" "$scratch/out/$name/v1" >"$scratch/log" 2>&1
	say "$name is what the twin makes of it" $? "$scratch/log"
done
for seed in 1 2 3; do
	# shellcheck disable=SC2086
	$ZHIPING simulate $ZP_OPTIONS --labs 40 --programmes chemistry,blood-count --measurands 6 --seed $seed --into "$scratch/s$seed" >"$scratch/log" 2>&1 &&
		{ $ZHIPING close $ZP_OPTIONS "$scratch/s$seed" --into "$scratch/o$seed" --issued 2026-04-30 --emit tables >>"$scratch/log" 2>&1 ||
			test $? = 1; }
	say "a simulated city closes, seed $seed" $? "$scratch/log"
	python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "$scratch/s$seed" "$scratch/o$seed"/*/v1 >"$scratch/log" 2>&1
	say "the city is what the twin makes of it, seed $seed" $? "$scratch/log"
done
echo "1..$n"
