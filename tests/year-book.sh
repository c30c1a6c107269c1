#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Workbook, JSON and pages of a year, read from outside.
. "${top_srcdir:-..}/tests/year_claims.sh"
look=$here/tests/year_book.py
pass_over() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
year() { local into=$1; shift; zhiping year 2026 --ledger ledger.sqlite --into $into --regions hubei --issued 2027-01-10 "$@"; }

echo 1..12
rounds() { # a round of the year before, and two of the year, with a name that looks like a formula
	local n
	for n in 2025-1 2026-1 2026-2; do
		zhiping simulate --into round$n --labs 60 --programmes chemistry,blood-count --seed ${n#*-}${n%-*} &&
			sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-$n\"/; s/number=\"1\"/number=\"${n#*-}\"/; s/year=\"2026\"/year=\"${n%-*}\"/; s/2026-03-/${n%-*}-0$((3 * ${n#*-}))-/g" round$n/round.xml &&
			sed -i 's/^L0001,[^,]*/L0001,=SUM(1)/; s/^L0002,[^,]*/L0002,"<b>甲 \& ""乙""<\/b>"/' round$n/roster.csv &&
			zhiping close round$n --into out --issued ${n%-*}-12-01 --emit tables --ledger ledger.sqlite || return 1
	done
	keep_ledger
}
claim "three rounds are closed into the ledger" rounds
has_workbook() { zhiping methods workbook-xlsx > said.txt 2>&1; }
if has_workbook; then books=workbook-xlsx,book-json,pages-html; else books=book-json,pages-html; fi
claim "their year is published with everything that is written of a year" year one --emit $books
v1=one/year-2026/v1
claim "with --emit tables there are tables and records only" eval "year plain --emit tables && test ! -e plain/year-2026/v1/tables.json && test ! -e plain/year-2026/v1/public && test ! -e plain/year-2026/v1/workbook.xlsx"
same_tables() { (cd plain/year-2026/v1 && find . -name '*.csv') | while read -r file; do cmp "plain/year-2026/v1/$file" "$v1/$file" || return 1; done; }
claim "what is emitted changes no table" same_tables
claim "JSON is what the CSV is, digit for digit" python3 "$look" json $v1
if has_workbook; then
	claim "the workbook has the numbers of the CSV, no formula, and says what is hidden" python3 "$look" workbook $v1
else
	pass_over "the workbook has the numbers of the CSV, no formula, and says what is hidden" "built without workbooks"
fi
claim "pages ask for nothing, lead nowhere else, and keep to themselves what is for the centre" python3 "$look" pages $v1
again() { with_kept year two --threads 1 --emit pages-html,$books && diff -r one two; }
claim "the same year of the same ledger is the same bytes, whatever the order and the number of threads" again
digests() { python3 - $v1 <<-'PY'
	import hashlib, json, os, sys
	folder = sys.argv[1]
	names = set()
	for o in json.load(open(folder + "/manifest.json"))["outputs"]:
	    names.add(o["name"])
	    assert hashlib.sha256(open(os.path.join(folder, o["name"]), "rb").read()).hexdigest() == o["sha256"], o["name"]
	assert {"tables.json", "public/index.html", "centre/index.html", "centre/style.css"} <= names
	PY
}
claim "the manifest has the digest of every file of them" digests
claim "an emitter that nobody knows is refused, with those that are known" refused 2 'expected some of: tables, all, book-json' year three --emit tables,form-csv
claim "so is an empty list" refused 2 "--emit names nothing" year three --emit ,
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
narrow() {
	local page
	mkdir narrow && cp $v1/centre/*.html $v1/centre/style.css narrow/ && cp $v1/public/index.html narrow/public.html || return 1
	for page in $(cd narrow && ls *.html); do
		python3 "$look" narrow narrow $page || return 1
		"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$scratch/browser" --virtual-time-budget=4000 --dump-dom "file://$scratch/narrow/narrow.html" \
			2> /dev/null | grep -o 'said">[^<]*' > width.txt
		grep -q 'it fits' width.txt || { echo "$page: $(cat width.txt)"; return 1; }
	done
}
if test -n "$browser"; then
	claim "no page is wider than a small telephone" narrow
else
	pass_over "no page is wider than a small telephone" "no chromium is here"
fi
