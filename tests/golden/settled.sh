#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What came more than once for one result: which of it counts, what is told, and that it is counted once. With and without other digits
# being another result.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
. "$here/numbered.sh"
for equal in value text; do
	if ! python3 -B "$here/settled.py" make "$scratch/$equal" $equal > "$scratch/log" 2>&1; then
		echo "Bail out! $(tail -n 1 "$scratch/log")"
		exit 1
	fi
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$scratch/$equal" --into "$scratch/$equal.out" --issued 2026-03-31 --emit tables,reports > "$scratch/log" 2>&1
	test $? = 1 || { tail -n 3 "$scratch/log" | sed 's/^/# /'; echo 'Bail out! the round is not closed'; exit 1; }
	python3 -B "$here/settled.py" look "$scratch/$equal" "$scratch/$equal.out/settled/v1" > "$scratch/tap" 2> "$scratch/log"
	grep -q '^1\.\.' "$scratch/tap" || { tail -n 1 "$scratch/log" | sed 's/^/# /'; echo 'Bail out! nothing can be claimed'; exit 1; }
	numbered "$scratch/tap"
	number=$((number + 1))
	# shellcheck disable=SC2086
	$ZHIPING check $ZP_OPTIONS "$scratch/$equal" > "$scratch/log" 2>&1
	conflicts=$(grep -c ',conflict,' "$scratch/$equal.out/settled/v1/scores.csv")
	told=$(grep -o '^results/[ab].csv:[0-9]*: laboratory L[0-9]* sent different values' "$scratch/log" | sort -u | wc -l)
	if test "$told" = "$conflicts" && test "$(grep -c 'sent different values' "$scratch/log")" = "$told"; then
		echo "ok $number - $equal: check tells each of $conflicts conflicts once"
	else
		echo "# $told of $conflicts, in $(grep -c 'sent different values' "$scratch/log") lines"
		echo "not ok $number - $equal: check tells each of $conflicts conflicts once"
	fi
done
number=$((number + 1))
cp -r "$top_srcdir/fixtures/refused/base" "$scratch/first" # the very first result alone
sed -n 2p "$top_srcdir/fixtures/refused/base/results/a.csv" >> "$scratch/first/results/a.csv"
# shellcheck disable=SC2086
$ZHIPING check $ZP_OPTIONS "$scratch/first" > "$scratch/log" 2>&1
if grep -q 'among them: 1 sent twice, 0 in conflict' "$scratch/log"; then
	echo "ok $number - of the first result alone, twice the same is once"
else
	tail -n 4 "$scratch/log" | sed 's/^/# /'
	echo "not ok $number - of the first result alone, twice the same is once"
fi
echo "1..$number"
