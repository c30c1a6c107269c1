#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Trends, adjusted regions and what the standings of a year refuse and say, against a slow calculation in another language.
. "${top_srcdir:-..}/tests/year_claims.sh"
twin=$here/tests/year_trends.py
year() { local into=$1; shift; zhiping year --emit tables 2026 --issued 2027-01-10 --ledger ledger.sqlite --into $into --regions hubei "$@"; }
rules() { printf '<year title="t" version="1">%s</year>\n' "$2" > $1.xml; }

# Two years of two rounds; three cities with five or more laboratories of each of two classes, and a county whose five laboratories are one institution's.
register() {
	awk -F, -v OFS=, 'BEGIN { split("420102 420502 420602", city, " ") }
		NR == 1 { print $0, "institution"; next }
		{ i = substr($1, 2) + 0; $3 = city[i % 3 + 1]; $4 = i % 2 ? "三级公立" : "民营"; if (i > 33 && i < 39) { $3 = "421126"; $4 = "民营" }
		print $0, (i > 33 && i < 39 ? "H1" : "") }' $1/roster.csv > roster.tmp &&
		mv roster.tmp $1/roster.csv
}
rounds() {
	local n
	for n in 1 2 3 4; do
		zhiping simulate --into round$n --labs 40 --programmes chemistry,blood-count --seed $n &&
			sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-$n\"/; s/number=\"1\"/number=\"$(((n + 1) % 2 + 1))\"/; s/year=\"2026\"/year=\"$((2024 + (n + 1) / 2))\"/
				s/2026-03-/$((2024 + (n + 1) / 2))-0$((3 + 4 * ((n + 1) % 2)))-/g" round$n/round.xml &&
			register round$n && python3 "$here/tests/year_ranking.py" spoil round$n && python3 "$twin" spoil round$n $n &&
			zhiping close round$n --into out --issued 2026-12-0$n --emit tables --ledger ledger.sqlite || return 1
	done
	keep_ledger
}
echo 1..15
claim "four rounds of two years are closed into the ledger" rounds
trends() { zhiping ledger export --all exported --ledger ledger.sqlite && year one && python3 "$twin" trends one/year-2026/v1 exported; }
claim "means, runs, directions and warnings are what the slow calculation gives" trends
others() { rules own '<trend limit-share="25" run="6" rounds="3" slip="150"/>' && year own --rules-year own.xml && python3 "$twin" trends own/year-2026/v1 exported 25 6 3 150; }
claim "and so they are with other settings" others
claim "regions adjusted for their mix of classes are, with their ranks" python3 "$twin" adjusted one/year-2026/v1 indirect
direct() { rules direct '<standard method="direct"/>' && year direct --rules-year direct.xml && python3 "$twin" adjusted direct/year-2026/v1 direct; }
claim "directly adjusted as well, with what is undefined of them" direct
warned() { python3 - one/year-2026/v1 <<-'PY'
	import csv, sys
	rows = lambda name: list(csv.DictReader(open(f"{sys.argv[1]}/{name}.csv")))
	key = lambda r: (r["lab"], r["programme"], r["measurand"], r["latest"], r["share"], r["running_share"], r["run"], r["warning"])
	warned = [key(r) for r in rows("trends") if r["warning"]]
	assert warned and [key(r) for r in rows("warnings")] == warned and all(r["lab_name"] and r["name"] for r in rows("warnings"))
	PY
}
claim "warnings stand by themselves as well, with names" warned
threads() { with_kept year three --threads 3 && with_kept year seven --threads 7 && diff -r three seven; }
claim "any number of threads gives the same bytes" threads

institution() { python3 - one/year-2026/v1 <<-'PY'
	import csv, sys
	rows = {(r["place"], r["class"], r["share"]): r for r in csv.DictReader(open(sys.argv[1] + "/standings.csv")) if not r["part"]}
	full = {(r["place"], r["class"], r["share"]): r for r in csv.DictReader(open(sys.argv[1] + "/centre/standings.csv")) if not r["part"]}
	assert full["421126", "*", "laboratories"]["numerator"] == "5"
	assert rows["421126", "*", "return"]["shown"] == "hidden" and full["421126", "*", "return"]["numerator"]
	# the counts of the register are public: by place and class, and they add up
	for place in {p for p, c, s in rows}:
	    of = [int(r["numerator"]) for (p, c, s), r in rows.items() if p == place and s == "laboratories" and c != "*"]
	    whole = rows[place, "*", "laboratories"]
	    assert sum(of) == int(whole["numerator"]) == int(whole["denominator"]) and whole["percent"] == "100.0"
	# the year before is beside every share of the whole
	for share in {s for p, c, s in full}:
	    assert full["*", "*", share]["change"] != "", share
	PY
}
claim "five codes of one institution are one, the register is public, and every share has its year before" institution
unknown() { # a round of another centre, which has another tree
	cp -r round4 strange && sed -i 's/^L0007,\([^,]*\),[0-9]*/L0007,\1,421071/' strange/roster.csv &&
		refused 3 'region "421071" is not in the region tree, it is a zone of the statistical service only' zhiping check strange &&
		python3 "$here/tests/ledger.py" forge out/sim-4/v1 other $(awk -F, '/^L0007|^L0012/ { printf "register.csv:%s,%s,%s=>%s,%s,421071 ", $1, $2, $3, $1, $2 }' out/sim-4/v1/register.csv) &&
		for folder in out/sim-[123]/v1 other; do zhiping ledger add $folder --ledger u.sqlite || return 1; done
}
claim "a code of the statistical service is refused with its reason in a round" unknown
strange() { zhiping year --emit tables 2026 --issued 2027-01-10 --ledger $1 --into ${1%.sqlite} "${@:2}"; }
both() { refused 3 'the region code "421071" of laboratory L0007 is not in the tree, it is a zone of the statistical service only; expected a code of the tree' strange u.sqlite --regions hubei &&
	grep -q 'laboratory L0012' said.txt && test ! -e u/year-2026; }
claim "the year refuses it, with its reason, for each laboratory" both
alone() { strange u.sqlite && rules alone '<share unknown-region="alone"/>' && { chmod -R u+w u 2> /dev/null; rm -rf u; } && strange u.sqlite --regions hubei --rules-year alone.xml &&
	grep -q '"421071" of the register is not in the tree: it stands by itself' err.txt && grep -q '^421071,' u/year-2026/v1/centre/standings.csv; }
claim "without a tree, or where the rules say so, it stands by itself" alone
bare() { rules bare '<publish secondary="false"/>' && year bare --rules-year bare.xml && grep -q 'standings.csv: hidden cells of return can be worked out' err.txt &&
	! grep -q 'laboratories can be worked out' err.txt; }
claim "hidden cells that give themselves away are told" bare
quiet() { year quiet && ! grep -q 'can be worked out' err.txt; }
claim "and none are where others are hidden with them" quiet
printf 'lab,specimen,item,compared,iqc\nL0001,,GLU,no,yes\nL0002,,GLU,no,yes\nL0001,,GLU,yes,yes\nL0001,,K,no,no\nL0001,,K,no,no\n' > performed.csv
twice() { refused 3 'performed.csv:4: laboratory L0001 has , GLU in line 2 and something else here' year twice --performed performed.csv && test "$(grep -c performed.csv said.txt)" = 1; }
claim "lines that contradict each other are refused, those that repeat are not" twice
flipped() { # a byte of the packed results: found before anything is worked out of it
	cp ledger.sqlite flip.sqlite && PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here/tests python3 - <<-'PY' || return 1
	import sqlite3, trail
	db = sqlite3.connect("flip.sqlite")
	key = db.execute("select round, lab, programme, measurand, samples from result limit 1").fetchone()
	with trail.unguarded(db):
	    db.execute("update result set samples = ? where round = ? and lab = ? and programme = ? and measurand = ?", (key[4][:-1] + bytes([key[4][-1] ^ 2]),) + key[:4])
	PY
	refused 3 "is not as it was put in" zhiping year 2026 --issued 2027-01-10 --ledger flip.sqlite --into flip
}
claim "a trend is never drawn from results that were altered" flipped
