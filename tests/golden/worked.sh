#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rounds whose verdicts were worked out by hand, case by case, in their about.md: each is checked, closed and compared.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
n=0

# Anything said before the summary, which begins with the round, is a problem; results that are missing or late are none.
checked() { # ROUND
	# shellcheck disable=SC2086
	$ZHIPING check $ZP_OPTIONS "$1" >"$scratch/check" 2>&1 || test $? = 1 || return 1
	sed '/^round /,$d' "$scratch/check" >"$scratch/said"
	test ! -s "$scratch/said"
}
closed() { # ROUND NAME: 1 is a group that was withheld, which is worked out as well
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$1" --into "$scratch/out" --issued 2026-05-01 --emit tables >"$scratch/log" 2>&1 || test $? = 1 || return 1
	python3 -B "$top_srcdir/tests/golden/worked.py" "$1" "$scratch/out/$2/v1" >"$scratch/log" 2>&1
}
for expected in "$top_srcdir"/fixtures/rounds/*/expected/verdicts.csv; do
	round=$(dirname "$(dirname "$expected")")
	name=$(basename "$round")
	n=$((n + 1))
	if ! checked "$round"; then
		head -n 15 "$scratch/check" | sed 's/^/# /'
		echo "not ok $n - $name is checked, and gives the verdicts that were worked out by hand"
	elif closed "$round" "$name"; then
		echo "ok $n - $name is checked, and gives the verdicts that were worked out by hand"
	else
		head -n 15 "$scratch/log" | sed 's/^/# /'
		echo "not ok $n - $name is checked, and gives the verdicts that were worked out by hand"
	fi
done
echo "1..$n"
