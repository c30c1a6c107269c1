#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every example round is closed with everything that can be written, into one ledger: each closes, what is written for people reads again as the
# tables have it (or close would refuse itself), and nothing says what a program says that has nothing to say.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
rounds=("$top_srcdir"/fixtures/rounds/*/)
number=0
claim() { # CLAIM PROBLEM
	number=$((number + 1))
	test -z "$2" && echo "ok $number - $1" || { echo "$2" | head -n 20 | sed 's/^/# /'; echo "not ok $number - $1"; }
}
echo "1..$((${#rounds[@]} + 2))"
for folder in "${rounds[@]}"; do
	timeout 300 $ZHIPING close $ZP_OPTIONS "$folder" --into out --issued 2026-12-31 --ledger ledger.sqlite --redact redacted > log 2>&1
	code=$?
	claim "$(basename "$folder") closes with everything" "$(test $code -le 1 || { echo "exit $code"; cat log; })"
done
claim 'no page and no table says "(null)" or "nan"' "$(grep -rnE --include='*.html' --include='*.csv' --include='*.json' '\(null\)|(^|[^[:alnum:]])-?nan([^[:alnum:]]|$)' out redacted)"
claim 'the ledger is sound' "$($ZHIPING ledger $ZP_OPTIONS check --ledger ledger.sqlite 2>&1 > log || cat log)"
