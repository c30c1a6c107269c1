#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ranking of a year against a slow calculation in another language.
twin=$(cd "${top_srcdir:-..}" && pwd)/tests/year_ranking.py
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0
claim() { # CLAIM COMMAND...
	local says=$1
	shift
	number=$((number + 1))
	if "$@" > out.txt 2> err.txt; then echo "ok $number - $says"; else sed 's/^/# /' out.txt err.txt; echo "not ok $number - $says"; fi
}
zhiping() { local command=$1; shift; "$ZHIPING" "$command" $ZP_OPTIONS "$@"; }
year() { local into=$1; shift; zhiping year --emit tables 2026 --issued 2027-01-10 --ledger ledger.sqlite --into $into --regions hubei "$@"; }

echo 1..5
rounds() {
	local n
	for n in 1 2; do
		zhiping simulate --into round$n --labs 40 --programmes chemistry,blood-count --seed $n &&
			sed -i "s/id=\"sim-2026-1\"/id=\"sim-2026-$n\"/; s/number=\"1\"/number=\"$n\"/; s/2026-03-/2026-0$((3 * n))-/g" round$n/round.xml &&
			python3 "$twin" spoil round$n &&
			zhiping close round$n --into out --issued 2026-12-0$n --emit tables --ledger ledger.sqlite || return 1
	done
}
claim "two rounds are closed into the ledger, in which laboratories differ" rounds
fitted() { year one --threads 1 && python3 "$twin" one/year-2026/v1 out/sim-2026-1/v1 out/sim-2026-2/v1; }
claim "counts, shares, intervals, ranks and their ranges are what the slow calculation gives" fitted
threads() {
	local n
	for n in 3 16 256; do year many$n --threads $n && cmp one/year-2026/v1/ranking.csv many$n/year-2026/v1/ranking.csv &&
		cmp one/year-2026/v1/ranking-fit.csv many$n/year-2026/v1/ranking-fit.csv || return 1; done
	year again && diff -r one again
}
claim "any number of threads and runs gives the same bytes" threads
given() {
	printf '<year title="t" version="1"><ranking alpha="38" beta="2" deff="1.5"/></year>\n' > own.xml
	year given --rules-year own.xml && python3 "$twin" given/year-2026/v1 out/sim-2026-1/v1 out/sim-2026-2/v1 38 2 1.5 &&
		grep -q '"ranking-alpha": "38"' given/year-2026/v1/manifest.json
}
claim "so with a prior and a design effect that were fixed beforehand" given
half() {
	printf '<year title="t" version="1"><ranking alpha="38"/></year>\n' > half.xml
	year half --rules-year half.xml
	test $? -eq 4 && ! test -e half
}
claim "alpha without beta is refused" half
