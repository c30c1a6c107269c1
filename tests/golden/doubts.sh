#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# sigma_pt, the scores beside the verdict, and what is said of a target: each worked out by a second hand, from the
# documents, on a round that was made for it.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C

close() { # ROUND: into out; a withheld group is no fault
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$1" --into "$scratch/out" --issued 2026-03-31 --emit tables > "$scratch/log" 2>&1 || test $? = 1
}
say() { # NUMBER CLAIM STATUS
	if test "$3" = 0; then
		echo "ok $1 - $2"
	else
		tail -n 12 "$scratch/log" | sed 's/^/# /'
		echo "not ok $1 - $2"
	fi
}

python3 -B "$here/doubts.py" make "$scratch/round" > "$scratch/log" 2>&1 && close "$scratch/round"
closed=$?
say 1 "a round of $(ls "$scratch"/round/p*.xml | wc -l) programmes is closed" $closed
cp -r "$top_srcdir/fixtures/refused/base" "$scratch/plain"
close "$scratch/plain" && test -f "$scratch/out/R1/v1/scores.csv" -a ! -e "$scratch/out/R1/v1/points.csv"
say 2 "where no score is asked for there is no points.csv" $?
test $closed = 0 || { echo 1..2; exit 1; }
python3 -B "$here/doubts.py" look "$scratch/round" "$scratch/out/doubts/v1"
cat "$scratch/round/plan"
