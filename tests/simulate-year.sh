#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping simulate --rounds: a year of the same laboratories is closed and worked out without a complaint, and shows something.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export PYTHONDONTWRITEBYTECODE=1
number=0
claim() { # CLAIM COMMAND...
	local says=$1
	shift
	number=$((number + 1))
	if "$@" > out.txt 2> err.txt; then echo "ok $number - $says"; else head -n 20 out.txt err.txt | sed 's/^/# /'; echo "not ok $number - $says"; fi
}
zhiping() { local command=$1; shift; timeout 300 "$ZHIPING" "$command" $ZP_OPTIONS "$@"; }
simulate() { zhiping simulate --rounds 3 --programmes chemistry,transfusion --measurands 6 "$@"; }
script() { python3 "$top_srcdir/tests/simulate_year.py" "$@"; }

echo 1..13
claim "a year is simulated" simulate --into a --seed 7
same() { simulate --into b --seed 7 && diff -r a b; }
claim "the same seed gives the same bytes" same
other() { simulate --into c --seed 8 && for f in 1/roster.csv 1/truth.csv year/iqc.csv year/evidence.csv; do ! cmp -s a/$f c/$f || return 1; done; }
claim "another seed gives other ones" other
whole() { # within: the year's rounds, and nothing of a round by itself
	zhiping simulate --into plain --seed 7 && zhiping simulate --rounds 1 --into one --seed 7 && diff -r plain one && test ! -e one/year
}
claim "one round is the round by itself" whole
claim "laboratories stay what they are from round to round" script same a/1 a/2 a/3
claim "their bias stays, and samples are new" script character a
claim "some join, some leave, some are excused once" script careers a
next() { simulate --into next --year 2027 --seed 7 && script next a next; }
claim "the next year is of the same laboratories" next
refused() { # WORDS ARGUMENTS...
	local words=$1
	shift
	zhiping simulate "$@" > said.txt 2>&1
	test $? -eq 2 && grep -qF -- "$words" said.txt || { cat said.txt; return 1; }
}
limits() {
	refused 'expected --rounds 2 to 6 with it' --into x --year 2027 && refused '1 to 6' --into x --rounds 7 && refused '2026 to 2099' --into x --rounds 2 --year 2025 && test ! -e x
}
claim "a year without rounds, too many rounds, or an early year is refused" limits
# What the README says, word for word, but for the options that a test needs. Exit code 1: something was not evaluated, which is told.
follow() {
	local line status
	cd a || return 1
	sed -n '/^```sh/,/^```$/p' year/README.md | sed '/^```/d' | sed -e ':a' -e '/\\$/N; s/\\\n//; ta' > ../commands
	test "$(wc -l < ../commands)" -eq 4 || return 1
	while read -r line; do
		status=0
		eval "${line/zhiping close/zhiping close --emit tables}" 2>> ../said || status=$?
		test $status -le 1 || { cat ../said; cd ..; return 1; }
	done < <(sed 's/^zhiping year /zhiping year --emit tables /' ../commands)
	cd ..
	mv a/out a/ledger.sqlite .
	grep -vE '(are not on the register of the chosen day|items that are in no programme count|the mean in use of [0-9]+ lots|^values read|^laboratories:|^results/.* (looks? like|are those of|fit|differ) )' said > complaints
	test ! -s complaints || { cat complaints; return 1; }
}
claim "its own commands close it and work the year out, without a complaint" follow
claim "marks, titles, certificates and doubts are there, and not for everybody" script shows out/year-2026/v1
signed() { # the shipped rule asks for rounds of a city as well, which nobody held
	cp -r a/year . && zhiping year 2026 --ledger ledger.sqlite --into printed --issued 2027-01-20 --regions hubei --iqc year/iqc.csv --evidence year/evidence.csv \
		--recognition city --emit certificate-pdf || return 1
	local paper
	paper=$(ls printed/year-2026/v1/labs/*/2026_HR_city_*.pdf | head -n 1) && test -s "$paper" || return 1
	! command -v pdftotext > /dev/null || pdftotext "$paper" - | grep -q '模拟质评中心'
}
claim "a recognition certificate names its organiser where no round of the lowest level was held" signed
large() { zhiping simulate --rounds 2 --into large --labs 3500 --programmes glucose --single-file && zhiping simulate --rounds 2 --into again --labs 3500 --programmes glucose --single-file && diff -rq large again; }
claim "a large year too is the same each time" large
