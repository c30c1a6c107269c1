#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a report says beside its numbers: findings, the course over the rounds, peers and which figures there are, printed by an emitter for
# tests and worked out again from the published tables by a slow twin.
. "${top_srcdir:-..}/tests/year_claims.sh"
export PYTHONDONTWRITEBYTECODE=1
twin=$here/tests/told.py
scheme=$here/rules/schemes/cn-routine-chemistry.xml
plugin="--plugin $(cd "${top_builddir:-.}" && pwd)/tests/.libs/told.so"
days=(- 2026-03-31 2026-07-31 2026-11-30)
close() { # ROUND INTO ISSUED OPTIONS...: 1 is what a round with small groups ends with
	local round=$1 into=$2 issued=$3
	shift 3
	zhiping close $plugin "$round" --into "$into" --issued "$issued" --emit tables,certificates "$@" || test $? = 1
}

year() {
	zhiping simulate --rounds 3 --programmes chemistry,transfusion --measurands 6 --labs 60 --seed 5 --into year || return 1
	for n in 1 2 3; do
		close year/$n out ${days[n]} --ledger ledger.sqlite || return 1
		cp ledger.sqlite after$n.sqlite
	done
}
echo 1..17
claim "three rounds of a year are closed into a ledger" year
told() { python3 "$twin" check "$scheme" "$@"; }
claim "what is told of the last is what the tables of all three say" told out/sim-2026-{1,2,3}/v1
claim "what is told of the first is what its tables say" told out/sim-2026-1/v1

other_choices() { # all that concern what is told, on the last round
	cp -r year/3 choices && sed -i '0,/<programme /s//<choices heed_near="50" finding_least="4" finding_chance="0.02" finding_bias="10" finding_scatter="20" finding_run="8" history_rounds="1" course_rounds="2" course_step="5" show_least="20"\/>\n  <programme /' choices/round.xml &&
		close choices chosen ${days[3]} --ledger ledger.sqlite && told out/sim-2026-2/v1 chosen/sim-2026-3/v1
}
claim "so it is with every choice changed, and one round before it looked at" other_choices
few() { ! grep -h '^peers|' chosen/*/v1/labs/*/told.txt | awk -F'|' '$6 < 20' | grep .; }
claim "groups of fewer than show_least are in no table of peers" few

again() { cp after2.sqlite again.sqlite && close year/3 again ${days[3]} --ledger again.sqlite --threads 1 && diff -r out/sim-2026-3 again/sim-2026-3; }
claim "the same bytes again, with one thread and a copy of the ledger as it was" again
# The manifest and what is printed name the head of the ledger's trail, which went on.
but_heads() { diff -r -x 'manifest.json*' -x '*.pdf' "$@"; }
in_it() { close year/3 in-it ${days[3]} --ledger ledger.sqlite && but_heads out/sim-2026-3 in-it/sim-2026-3; }
claim "with this round in the ledger the same is told" in_it
alone() { close year/3 alone ${days[3]} && ! grep -l 'figure|.*|history|\|measurand|.*|\(steady\|closer\|farther\)|' alone/*/v1/labs/*/told.txt && ! grep '"earlier"' alone/*/v1/manifest.json; }
claim "without a ledger there is no history and no course" alone
named() { python3 - out/sim-2026-3/v1/manifest.json out/sim-2026-1/v1/manifest.json <<-'PY'
	import hashlib, json, sys
	earlier = json.load(open(sys.argv[1], encoding="utf-8"))["earlier"]
	assert [(e["round"], e["version"]) for e in earlier] == [("sim-2026-1", "v1"), ("sim-2026-2", "v1")], earlier
	assert earlier[0]["sha256"] == hashlib.sha256(open(sys.argv[2], "rb").read()).hexdigest()
PY
}
claim "the manifest names the rounds that were compared with, and their digests" named
stranger() {
	cp -r year/3 strange && sed -i 's/模拟质评中心"/另一中心"/' strange/round.xml && close strange strange.out ${days[3]} --ledger ledger.sqlite &&
		! grep -l 'figure|.*|history|' strange.out/*/v1/labs/*/told.txt && grep -q '"earlier":\[\]' strange.out/*/v1/manifest.json
}
claim "rounds of another organiser are not compared with" stranger
earlier_ones() { close year/2 second ${days[2]} --ledger ledger.sqlite && but_heads out/sim-2026-2 second/sim-2026-2; }
claim "later rounds of the ledger are not looked at" earlier_ones

isolated() { python3 - out/sim-2026-3/v1 year/3/roster.csv <<-'PY'
	import csv, os, re, sys
	labs = {r["code"]: r["name"] for r in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
	for lab in os.listdir(sys.argv[1] + "/labs"):
	    text = open(f"{sys.argv[1]}/labs/{lab}/told.txt", encoding="utf-8").read()
	    assert text.startswith(f"lab|{lab}|对结果有异议的"), text[:80]
	    for code, name in labs.items():
	        assert code == lab or (not re.search(rf"(?<![\w-]){code}(?![\w-])", text) and (name not in text or name in labs[lab])), (lab, code)
PY
}
claim "nothing that is told of a laboratory names another one" isolated

faults() { # of one measurand: all samples by 1.2 in every sixth laboratory, one sample by 2 in every twelfth
	zhiping simulate --programmes chemistry --labs 120 --seed 9 --single-file --into faulty && python3 - faulty <<-'PY'
	import csv, sys
	path = sys.argv[1] + "/results/all.csv"
	rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
	head = {name: i for i, name in enumerate(rows[0])}
	for row in rows[1:]:
	    lab, value = int(row[head["lab"]][1:]), row[head["value"]]
	    if row[head["measurand"]] != "CREA" or not value.replace(".", "").isdigit():
	        continue
	    if lab % 6 == 1:
	        row[head["value"]] = f"{float(value) * 1.2:.0f}"
	    elif lab % 12 == 2 and row[head["sample"]].endswith("3"):
	        row[head["value"]] = f"{float(value) * 2:.0f}"
	csv.writer(open(path, "w", encoding="utf-8", newline="")).writerows(rows)
PY
	close faulty faulty.out ${days[1]} && told faulty.out/*/v1
}
claim "faults that were put in are found as the twin finds them" faults
found() {
	test "$(grep -l '^finding|chemistry|CREA|\(比例偏倚\|各样本普遍偏高\)' faulty.out/*/v1/labs/*/told.txt | wc -l)" -ge 10 &&
		test "$(grep -l '^finding|chemistry|CREA|样本 202613 与其余样本不一致' faulty.out/*/v1/labs/*/told.txt | wc -l)" -ge 4
}
claim "most of them are, with what they are" found
characters() { python3 - "$here" <<-'PY'
	import glob, re, sys
	said = lambda text: {c for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', text) for c in literal if ord(c) > 127}
	here = sys.argv[1] + "/engine/run/"
	own = open(here + "told.c", encoding="utf-8").read()
	listed = said(re.search(r"static const char said\[\] = (.*?);", own, re.S).group(1))
	used = set().union(*(said(open(f, encoding="utf-8").read()) for f in glob.glob(here + "told_*.c") + [here + "hint.c"]))
	assert used <= listed, "missing: " + "".join(sorted(used - listed))
PY
}
claim "fonts are cut to every character of the sentences" characters
left_over() { # of 25 laboratories, behind the peers of a histogram: nobody, or as many as may be shown
	zhiping simulate --programmes chemistry --labs 25 --seed 4 --into small && close small small.out ${days[1]} && python3 - small.out/*/v1/labs/*/told.txt <<-'PY'
	import re, sys
	seen, wrong = [0, 0], []
	for path in sys.argv[1:]:
	    peers = None
	    for line in open(path, encoding="utf-8"):
	        key = re.match(r"text\|([^|]*)\|(同组 peers|全部 all) (\d+)\|", line)
	        if key and key.group(2) == "同组 peers":
	            peers = int(key.group(3))
	        elif key and peers is not None:
	            left = int(key.group(3)) - peers
	            seen[left > 0] += 1
	            if 0 < left < 5 or 0 < peers < 5:
	                wrong.append((path, line.strip(), peers))
	            peers = None
	print(seen, wrong[:5])
	sys.exit(bool(wrong) or min(seen) < 5)
	PY
}
claim "no histogram has a few who are no peers" left_over
missing() {
	mkdir -p none
	local rules="--rules ${ZP_OPTIONS#--rules }"
	for word in certificates reports summary; do
		"$ZHIPING" close ${rules%% --plugins*} --plugins none year/3 --into none.out --issued 2026-11-30 --emit tables,$word > said.txt 2>&1
		test $? = 5 && grep -q "is not installed; without $word: --emit tables$" said.txt || { cat said.txt; return 1; }
	done
	test ! -e none.out/sim-2026-3/v1
}
claim "an emitter that is not there is told, and how to do without" missing
