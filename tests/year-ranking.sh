#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ranking of a year against a slow calculation in another language.
. "${top_srcdir:-..}/tests/year_claims.sh"
twin=$here/tests/year_ranking.py
year() { local into=$1; shift; zhiping year --emit tables 2026 --issued 2027-01-10 --ledger ledger.sqlite --into $into --regions hubei "$@"; }

echo 1..5
claim "two rounds are closed into the ledger, in which laboratories differ" close_two_rounds python3 "$twin" spoil
fitted() { year one --threads 1 && python3 "$twin" one/year-2026/v1 out/sim-2026-1/v1 out/sim-2026-2/v1; }
claim "counts, shares, intervals, ranks and their ranges are what the slow calculation gives" fitted
threads() {
	local n
	for n in 3 16 256; do year many$n --threads $n && cmp one/year-2026/v1/ranking.csv many$n/year-2026/v1/ranking.csv &&
		cmp one/year-2026/v1/ranking-fit.csv many$n/year-2026/v1/ranking-fit.csv || return 1; done
	with_kept year again && diff -r one again
}
claim "any number of threads and runs gives the same bytes" threads
given() {
	printf '<year title="t" version="1"><ranking alpha="38" beta="2" deff="1.5"/></year>\n' > own.xml
	year given --rules-year own.xml && python3 "$twin" given/year-2026/v1 out/sim-2026-1/v1 out/sim-2026-2/v1 38 2 1.5 &&
		grep -q '"ranking-alpha":"38"' given/year-2026/v1/manifest.json
}
claim "so with a prior and a design effect that were fixed beforehand" given
half() {
	printf '<year title="t" version="1"><ranking alpha="38"/></year>\n' > half.xml
	year half --rules-year half.xml
	test $? -eq 4 && ! test -e half
}
claim "alpha without beta is refused" half
