#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping year --iqc: internal quality control from files and folders, as text and as workbooks, into the tables of a year.
. "${top_srcdir:-..}/tests/year_claims.sh"
year() { zhiping year --emit tables 2026 --ledger ledger.sqlite --into out --regions hubei --issued 2027-01-10 "$@"; }
script() { python3 "$top_srcdir/tests/year_iqc.py" "$@"; }

echo 1..13
a_round() {
	zhiping simulate --into round --labs 40 --programmes chemistry,blood-count &&
		zhiping close round --into out --issued 2026-12-01 --emit tables --ledger ledger.sqlite
}
claim "a round is closed into the ledger" a_round
mkdir iqc
claim "internal quality control is invented" script write iqc 40
claim "its year is published" year --iqc iqc/iqc-a.csv --iqc iqc/iqc-b.csv
claim "rows, peers, doubts and the indicator are what the files make them" script check iqc out/year-2026/v1
inputs() { python3 -c 'import json; m = json.load(open("out/year-2026/v1/manifest.json"))
assert [i["name"] for i in m["inputs"]] == ["iqc/iqc-a.csv", "iqc/iqc-b.csv", "iqc/wst-403-2024.xml"], m["inputs"]
assert {"iqc.csv", "iqc-peers.csv", "iqc-means.csv"} <= {o["name"] for o in m["outputs"]}'; }
claim "the manifest has every file that was read" inputs
same() { local f; for f in iqc iqc-peers iqc-means indicators-labs; do cmp "out/year-2026/v1/$f.csv" "$1/year-2026/v1/$f.csv" || return 1; done; }
folder() { year --iqc iqc --into folder && same folder; }
claim "a folder is its files" folder
workbook() {
	python3 -c 'import csv
rows = list(csv.reader(open("iqc/iqc-b.csv", encoding="gb18030")))
csv.writer(open("iqc-b.csv", "w", newline="", encoding="utf-8")).writerows(rows)'
	mkdir -p books && python3 "$top_srcdir/tests/hostile/xlsx.py" books iqc-b.csv && year --iqc iqc/iqc-a.csv --iqc books/iqc-b.xlsx --into book && same book
}
claim "a workbook says what its table says" workbook
broken() {
	head -c 2000 books/iqc-b.xlsx > cut.xlsx
	refused 3 "cut.xlsx" year --iqc cut.xlsx --into none
}
claim "a workbook that is cut off is refused" broken
# Workbooks that were made to break readers: each has its sentence, and no reader dies of one that the other reader survives.
hostile() {
	mkdir -p hostile && python3 "$top_srcdir/tests/hostile/xlsx.py" hostile && refused 3 'has a document type' year --iqc hostile --into none || return 1
	local file
	for file in hostile/*.xlsx; do grep -qF "$file" said.txt || { echo "nothing is said of $file"; return 1; }; done
}
claim "hostile workbooks are refused, every one" hostile
placed() {
	printf 'lab,month,item,level,lot,n,mean\nL0001,2026-13,GLU,1,A,20,5.1\n' > wrong.csv
	python3 "$top_srcdir/tests/hostile/xlsx.py" books wrong.csv && refused 3 'wrong.xlsx:' year --iqc books/wrong.xlsx --into none && grep -q '!B2: "month" is "2026-13"' said.txt
}
claim "a bad cell of a workbook is told with its place" placed
all_at_once() {
	printf 'lab,month,item,level,lot,n,mean\nL0001,2026-13,GLU,1,A,20,5.1\nL9999,2026-03,GLU,1,A,20,5.1\nL0002,2025-03,GLU,1,A,20,5.1\n' > wrong.csv
	refused 3 'wrong.csv:2:2: "month" is "2026-13"' year --iqc wrong.csv --into none &&
		grep -q 'wrong.csv:3: laboratory "L9999"' said.txt && grep -q 'wrong.csv:4: the month 2025-03 is not of 2026' said.txt && test ! -e none/year-2026/v1 &&
		refused 3 '应为带年份的月份' year --iqc wrong.csv --into none --lang zh
}
claim "every bad line is told at once, in either language, and nothing is published" all_at_once
contradicted() {
	printf 'lab,specimen,item,compared,iqc\nL0001,,GLU,no,no\nL0001,,K,no,yes\nL0001,,NA,no,yes\n' > performed.csv
	refused 0 'performed.csv line 2: laboratory L0001 is said to have no internal control of GLU, and figures of it were sent' \
		year --iqc iqc --performed performed.csv --into performed &&
		grep -q 'performed.csv line 4: laboratory L0001 is said to have internal control of NA, and no figures of it were sent' said.txt &&
		! grep -q 'line 3' said.txt && grep -q '^L0001,iqc_coverage,2,3,66.7' performed/year-2026/v1/indicators-labs.csv
}
claim "what contradicts the catalogue of what is performed is told, and the catalogue counts" contradicted
without() {
	year --into plain && test ! -e plain/year-2026/v1/iqc.csv && ! grep -q iqc_cv_fail_rate plain/year-2026/v1/indicators-labs.csv
}
claim "without it there is nothing of it" without
