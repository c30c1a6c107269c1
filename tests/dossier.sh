#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The validation dossier: what it names exists, and a requirement is met only when each of its tests ran and passed.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
table=$top_srcdir/docs/validation/requirements.csv
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}" > "$scratch/said" 2>&1; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' "$scratch/said" | head -n 20; fi
}
columns() { python3 -c 'import csv, sys; [print(r[sys.argv[2]]) for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))]' "$table" "$1"; }
tests_are_there() {
	local missing=0 test
	for test in $(columns tests); do
		case $test in
		*.sh) test -e "$top_srcdir/$test" && grep -qF "%D%/${test#tests/}" "$top_srcdir/tests/Makefile.inc" ;;
		*) test -e "$top_srcdir/$test.c" && grep -qF "$test" "$top_srcdir/tests/Makefile.inc" ;;
		esac || { echo "$test does not run in make check"; missing=1; }
	done
	return $missing
}
pages_are_there() {
	local missing=0 page
	while read -r page; do
		case $page in zhiping*) continue ;; esac
		test -e "$top_srcdir/$page" || { echo "there is no $page"; missing=1; }
	done < <(columns where | tr ';' '\n' | sed 's/^ *//; s/ *$//' | grep .)
	return $missing
}
invent() { # RESULT of the one claim of tests/floors.sh that is not PASS
	rm -rf "$scratch/build"
	mkdir "$scratch/build"
	for test in $(columns tests); do
		mkdir -p "$scratch/build/$(dirname "$test")"
		echo "PASS: $test 1 - it holds" > "$scratch/build/${test%.sh}.log"
	done
	test "$1" = none && rm "$scratch/build/tests/floors.log" || echo "$1: tests/floors.sh 2 - it holds as well" >> "$scratch/build/tests/floors.log"
	mkdir -p "$scratch/build/engine/cli"
	ln -s "$ZHIPING" "$scratch/build/engine/cli/zhiping"
}
met() { invent "$1"; "$top_srcdir/tools/dossier" "$scratch/build"; }
not_met() { ! met "$1" && grep -q 'NOT MET' "$scratch/build/dossier.md"; }
echo 1..6
claim 'each test that it names is one of make check' tests_are_there
claim 'each page that it names is there' pages_are_there
claim 'requirements are met when every claim passed' met PASS
claim 'one that failed is not' not_met FAIL
claim 'one that was skipped is not' not_met SKIP
claim 'one that did not run is not' not_met none
