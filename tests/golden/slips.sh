#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Slips: each kind on both sides of its thresholds, all orders and all pairs tried one by one, and what must not matter.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C.UTF-8
. "$here/numbered.sh"
say() { # CLAIM STATUS
	number=$((number + 1))
	test "$2" = 0 || tail -n 8 "$scratch/log" | sed 's/^/# /'
	test "$2" = 0 && echo "ok $number - $1" || echo "not ok $number - $1"
}
take() { # STATUS LOG: the lines of another program, numbered on
	numbered "$2"
	test "$1" = 0 || { tail -n 3 "$scratch/log" | sed 's/^/# /'; echo 'Bail out! the questions could not be put'; exit 1; }
}
close() { # ROUND
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$scratch/$1" --into "$scratch/$1.out" --issued 2026-03-31 --emit tables > "$scratch/$1.says" 2> "$scratch/log" || test $? = 1
}
simulate() { # ROUND OPTIONS
	# shellcheck disable=SC2086
	$ZHIPING simulate $ZP_OPTIONS --into "$scratch/$1" "${@:2}" > "$scratch/log" 2>&1
}
hints() { echo "$scratch/$1.out/sim-2026-1/v1/hints.csv"; }

mkdir "$scratch/cases"
python3 -B "$here/slips.py" "$scratch/cases" > "$scratch/tap" 2> "$scratch/log"
take $? "$scratch/tap"
both=()
for seed in 1 2 3; do
	simulate t$seed --labs 120 --seed $seed --programmes chemistry,blood-count --measurands 8 --single-file && close t$seed
	both+=("$scratch/t$seed" "$scratch/t$seed.out/sim-2026-1/v1")
done
python3 -B "$here/slips_twin.py" "$top_srcdir/rules" "${both[@]}" > "$scratch/tap" 2> "$scratch/log"
take $? "$scratch/tap"

# Other codes for the same laboratories, in the opposite order: LX..X, with the order of the rows as it was.
turn() { sed -E 's/\bL0([0-9]{3})\b/\1/g' | awk 'BEGIN { FS = OFS = "," } { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9][0-9][0-9]$/ && (i == 1 || i == 12)) $i = sprintf("L0%03d", 999 - $i); print }'; }
cp -r "$scratch/t1" "$scratch/turned"
for file in roster.csv enrolments.csv results/all.csv results/late.csv; do
	test ! -f "$scratch/t1/$file" || turn < "$scratch/t1/$file" > "$scratch/turned/$file"
done
close turned
turn < "$(hints t1)" | sort > "$scratch/wanted"
sort "$(hints turned)" | diff "$scratch/wanted" - > "$scratch/log" && test "$(wc -l < "$scratch/wanted")" -gt 30
say "other codes in another order give the same hints ($(wc -l < "$scratch/wanted"))" $?

# The same results in a file for each laboratory, named the other way round.
mkdir -p "$scratch/apart/results"
cp "$scratch"/t1/*.* "$scratch/apart/"
for file in "$scratch"/t1/results/*.csv; do
	awk -F, -v folder="$scratch/apart/results" 'NR == 1 { head = $0; next } { f = sprintf("%s/z%03d.csv", folder, 999 - substr($1, 2)); if (!seen[f]++) print head > f; print > f }' "$file"
done
close apart
diff "$(hints t1)" "$(hints apart)" > "$scratch/log"
say 'one file for each laboratory, in another order, gives the same hints' $?

# What a laboratory may get to read names no other.
wrong=0
grep -E ',(copied|repeated),' "$(hints t1)" > "$scratch/pairs"
while IFS=, read -r lab _ _ _ _ _ _ _ _ _ _ other _; do
	# shellcheck disable=SC2086
	$ZHIPING explain "$scratch/t1.out/sim-2026-1/v1" "$lab" | grep -E '^(hint|  hint)' > "$scratch/told"
	grep -q 'another laboratory' "$scratch/told" && ! grep -q "$other" "$scratch/told" || { wrong=1; cp "$scratch/told" "$scratch/log"; }
done < "$scratch/pairs"
test $wrong = 0 -a -s "$scratch/pairs"
say "explain tells of copies and names nobody ($(wc -l < "$scratch/pairs"))" $?

# shellcheck disable=SC2086
$ZHIPING check $ZP_OPTIONS "$scratch/t1" > "$scratch/log" 2>&1
test "$(grep -c 'robust SD from the median\|are those of L0' "$scratch/log")" = "$(($(wc -l < "$(hints t1)") - 1))" && grep -q '^hints: [0-9]*: ' "$scratch/log"
say 'check tells each hint, and how many there are' $?
grep -q '^hints: [0-9]*: .*unit [0-9]*, decimal [0-9]*' "$scratch/t1.says"
say 'close tells how many of each kind' $?

simulate few --labs 60 --programmes glucose && close few
grep -q '^hints: too few results to look for copies: glucose has 5 results of a laboratory that could tell one, and 10 are needed$' "$scratch/few.says"
say 'where too few results could tell a copy nobody is accused, and it says why' $?
echo "1..$number"
