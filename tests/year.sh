#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping year: closed rounds by way of the ledger into the tables of a year.
. "${top_srcdir:-..}/tests/year_claims.sh"
year() { zhiping year --emit tables "$@" --ledger ledger.sqlite --into out --regions hubei; }

echo 1..24
formula() { sed -i 's/^L0001,[^,]*/L0001,=SUM(1)/' $1/roster.csv; }
claim "two rounds are closed into the ledger" close_two_rounds formula
claim "their year is published" year 2026 --issued 2027-01-10
v1=out/year-2026/v1
digests() { python3 - $1 <<-'PY'
	import hashlib, json, os, sys
	folder = sys.argv[1]
	outputs = json.load(open(folder + "/manifest.json"))["outputs"]
	there = {os.path.relpath(os.path.join(at, f), folder) for at, _, files in os.walk(folder) for f in files}
	assert {o["name"] for o in outputs} == there - {"manifest.json"} and len(outputs) >= 13, len(outputs)
	for o in outputs:
	    data = open(os.path.join(folder, o["name"]), "rb").read()
	    assert len(data) == o["size"] and hashlib.sha256(data).hexdigest() == o["sha256"], o["name"]
	PY
}
claim "the manifest has the digest of every table" digests $v1
claim "manifests of years and of rounds are canonical" python3 "$top_srcdir/tests/canonical.py" $v1/manifest.json out/sim-2026-[12]/v1/manifest.json

# The status is made again from the rounds' own tables, by another program.
status() { python3 - $v1 <<-'PY'
	import csv, sys
	seen = {}
	for n in (1, 2):
	    for r in csv.DictReader(open(f"out/sim-2026-{n}/v1/verdicts.csv")):
	        if r["standing"] in ("not_enrolled", "not_performed"): continue
	        s = {"satisfactory": "S", "unsatisfactory": "U"}.get(r["satisfaction"], "~")
	        if r["standing"] == "excused": s = "E"
	        seen.setdefault((r["lab"], r["programme"], r["measurand"]), {})[n] = s
	rows = {(r["lab"], r["programme"], r["measurand"]): r for r in csv.DictReader(open(sys.argv[1] + "/status.csv"))}
	assert set(rows) == set(seen), (len(rows), len(seen), list(set(rows) ^ set(seen))[:3])
	for key, rounds in seen.items():
	    marks = [rounds[n] for n in sorted(rounds)]
	    done = [m for m in marks if m in "SU"]
	    want = "none" if not done else "unsuccessful" if done == ["U", "U"] else "successful"
	    assert rows[key]["status"] == want, (key, marks, rows[key])
	    assert int(rows[key]["unsatisfactory"]) == marks.count("U") and int(rows[key]["satisfactory"]) == marks.count("S"), key
	print(len(rows), sum(r["status"] == "unsuccessful" for r in rows.values()))
	assert any(r["status"] == "unsuccessful" for r in rows.values())
	PY
}
claim "every status is what the verdicts of the rounds make it" status

papers() { python3 - $v1 <<-'PY'
	import csv, sys
	lines = [r for r in csv.DictReader(open(sys.argv[1] + "/certificate-lines.csv")) if r["result"] == "certified"]
	papers = list(csv.DictReader(open(sys.argv[1] + "/certificates.csv")))
	want = {}
	for r in lines: want.setdefault((r["lab"], r["programme"]), []).append(r["measurand"])
	assert {(p["lab"], p["programme"]): p["measurands"].split() for p in papers} == want
	assert len({p["number"] for p in papers}) == len(papers) > 10
	status = {(r["lab"], r["programme"], r["measurand"]): r for r in csv.DictReader(open(sys.argv[1] + "/status.csv"))}
	for r in lines: assert status[r["lab"], r["programme"], r["measurand"]]["unsatisfactory"] == "0"
	PY
}
claim "a paper lists what is certified, and no number is there twice" papers

adds() { python3 - $v1 <<-'PY'
	import csv, sys
	full = list(csv.DictReader(open(sys.argv[1] + "/centre/standings.csv")))
	shown = list(csv.DictReader(open(sys.argv[1] + "/standings.csv")))
	assert len(full) == len(shown)
	hidden = 0
	for f, s in zip(full, shown):
	    if s["shown"] == "hidden":
	        assert s["numerator"] == s["denominator"] == s["percent"] == s["change"] == ""
	        hidden += 1
	    else: assert f == s, (f, s)
	    if f["share"] == "participation" and 0 < int(f["denominator"]) < 5: assert s["shown"] == "hidden", f
	assert hidden
	for share in ("participation", "return"):
	    rows = {(r["place"], r["part"], r["class"]): r for r in full if r["share"] == share}
	    whole = rows["420000", "", "*"]
	    cities = [r for (p, part, c), r in rows.items() if p.endswith("00") and p != "420000" and part == "" and c == "*"]
	    county_like = [r for (p, part, c), r in rows.items() if p.startswith("4290") and c == "*"]
	    own = [r for (p, part, c), r in rows.items() if p == "420000" and part and c == "*"]
	    assert sum(int(r["denominator"]) for r in cities + county_like + own) == int(whole["denominator"]), share
	    assert sum(int(r["denominator"]) for (p, part, c), r in rows.items() if p == "420000" and not part and c != "*") == int(whole["denominator"])
	PY
}
claim "the standings add up, and small cells are hidden in what is published" adds
formulas() {
	local of
	cut -d, -f5 $v1/indicators.csv | sed 1d | sort -u > named.txt
	cut -d, -f1 $v1/indicators-formulas.csv | sed 1d | sort | cmp - named.txt && grep -q '^fail_rate,室间质评不合格的检验项目数 / 同期参加室间质评检验项目总数,' $v1/indicators-formulas.csv || return 1
	sed 's/fail-den="participated"/fail-den="evaluated"/' "$top_srcdir/rules/years/default.xml" > evaluated.xml
	cp ledger.sqlite evaluated.sqlite
	zhiping year 2026 --issued 2027-01-10 --emit tables --rules-year ./evaluated.xml --ledger evaluated.sqlite --into evaluated --regions hubei &&
		grep -q '^fail_rate,室间质评不合格的检验项目数 / 合格与不合格项目总数,' evaluated/year-2026/v1/indicators-formulas.csv
}
claim "every indicator has its formula, as the rules set it" formulas
claim "a year that is published stays" refused 3 "is published already; with --amend" year 2026 --issued 2027-01-10
again() { year 2026 --issued 2027-02-01 --amend && cmp $v1/status.csv out/year-2026/v2/status.csv &&
	cmp $v1/certificates.csv out/year-2026/v2/certificates.csv; }
claim "an amended year keeps the numbers and days of papers that say the same" again
claim "a year without rounds is refused" refused 3 "has no round of 2024" year 2024 --issued 2027-01-10
printf '<year title="t" version="1"><status mode="window" mod="x"/></year>\n' > wrong.xml
claim "rules that are not understood are refused with their place" refused 4 "wrong.xml:1" year 2026 --issued 2027-01-10 --amend --rules-year wrong.xml
printf 'from,to,since,kind\nL0001,L0002,2026-01-01,moved\n' > identity.csv
claim "so is an identity" refused 3 "identity.csv:2" year 2026 --issued 2027-01-10 --amend --identity identity.csv
claim "a ledger that is not there is told" refused 3 "nowhere.sqlite" zhiping year 2026 --emit tables --ledger nowhere.sqlite --into out --issued 2027-01-10 --amend
claim "a round that closes after the date of issue is refused" refused 3 "after the date of issue 2026-05-01" year 2026 --issued 2026-05-01 --amend
printf 'lab,specimen,item,compared,iqc\nL0001,,GLU,no,yes\nL9999,,GLU,no,yes\n' > performed.csv
claim "a laboratory that nobody knows performs nothing" refused 3 "performed.csv:3: laboratory \"L9999\"" year 2026 --issued 2027-01-10 --amend --performed performed.csv

# Where zeros are hidden, a row that is missing would tell one.
zeros() {
	sed 's/zero="show"/zero="hide"/' "$top_srcdir/rules/years/default.xml" > zero.xml &&
		zhiping year 2026 --emit tables --ledger ledger.sqlite --into zero --regions hubei --issued 2027-01-10 --rules-year zero.xml && python3 - zero/year-2026/v1 <<-'PY'
	import csv, sys
	rows = [r for r in csv.DictReader(open(sys.argv[1] + "/standings.csv")) if r["share"] != "laboratories"] # anybody may know those
	places, classes, shares = ({tuple(r[k] for k in key) for r in rows} for key in (("place", "part"), ("class",), ("share",)))
	assert len(rows) == len(places) * len(classes) * len(shares), len(rows)
	full = {(r["place"], r["part"], r["class"], r["share"]) for r in csv.DictReader(open(sys.argv[1] + "/centre/standings.csv"))}
	empty = [r for r in rows if (r["place"], r["part"], r["class"], r["share"]) not in full]
	assert empty and all(r["shown"] == "hidden" for r in empty)
	PY
}
claim "where zeros are hidden, every place and class has its row" zeros
withheld() {
	python3 "$top_srcdir/tests/ledger.py" forge out/sim-2026-1/v1 other "scores.csv:acceptable=>unacceptable" || return 1
	zhiping ledger add other --ledger ledger.sqlite
	refused 0 "of round sim-2026-1 v1 another content was withheld" zhiping year 2026 --emit tables --ledger ledger.sqlite --into out-withheld --issued 2027-01-10
}
claim "a year names what the ledger withheld" withheld
forged() {
	cp ledger.sqlite forged.sqlite && python3 "$here/tests/trail.py" bypass forged.sqlite "update tally set satisfaction = 3 - satisfaction where satisfaction > 0 and (round, lab, programme, measurand) in (select round, lab, programme, measurand from tally where satisfaction > 0 limit 1)" &&
		! cmp -s ledger.sqlite forged.sqlite || return 1
	refused 3 "the ledger is not as it was put in" zhiping year 2026 --emit tables --ledger forged.sqlite --into out-forged --issued 2027-01-10 && test ! -e out-forged/year-2026
}
claim "no year is worked out of a ledger that was altered" forged

# Another centre whose L0003 is somebody else.
another() {
	zhiping simulate --into another --labs 40 --programmes chemistry --seed 5 &&
		sed -i 's/id="sim-2026-1"/id="another-2026-1" level="city"/; s/模拟质评中心/另一个中心/' another/round.xml &&
		cp round2/roster.csv another/roster.csv && sed -i 's/^L0003,[^,]*,[0-9]*/L0003,示例县医院,420602/' another/roster.csv &&
		zhiping close another --into out --issued 2026-12-05 --emit tables --ledger another.sqlite && cp ledger.sqlite both.sqlite || return 1
	refused 3 'the code "L0003" is of two laboratories: "模拟实验室0003" of region 420503 on the register of round sim-2026-2, "示例县医院" of region 420602 on that of round another-2026-1' \
		zhiping ledger merge another.sqlite --ledger both.sqlite && python3 "$here/tests/trail.py" same ledger.sqlite both.sqlite
}
claim "a merger that would make one laboratory of two is refused, and takes nothing" another
mapped() {
	printf 'from,to\nL0003,X0003\n' > map.csv && zhiping ledger merge another.sqlite --codes map.csv --ledger both.sqlite &&
		zhiping year 2026 --emit tables --ledger both.sqlite --into mapped --issued 2027-01-10
}
claim "with a table of codes they are two" mapped
forced() {
	printf '<year title="t" version="1"><identity one-code="tell"/></year>' > tell.xml && cp ledger.sqlite forced.sqlite &&
		zhiping ledger merge another.sqlite --same-codes --ledger forced.sqlite &&
		refused 3 'the code "L0003" is of two laboratories' zhiping year 2026 --emit tables --ledger forced.sqlite --into forced --issued 2027-01-10 &&
		refused 0 '编码“L0003”对应两家实验室' zhiping year 2026 --emit tables --ledger forced.sqlite --into forced --issued 2027-01-10 --rules-year tell.xml --lang zh
}
claim "what was merged all the same stops the year, unless its rules say that it be told" forced

draft() {
	sha256sum ledger.sqlite > before.txt && zhiping year 2026 --ledger ledger.sqlite --into drafts --issued 2027-05-01 --regions hubei --draft &&
		zhiping year 2026 --ledger ledger.sqlite --into drafts --issued 2027-05-01 --regions hubei --draft && sha256sum -c before.txt &&
		test -e drafts/year-2026-draft/v2/standings.csv && test -z "$(find drafts -name '*.pdf')" && grep -q '"draft":true' drafts/year-2026-draft/v1/manifest.json &&
		! grep -q '"draft"' $v1/manifest.json
}
claim "a draft writes nothing into the ledger, prints no paper, and says what it is" draft
printf 'lab,specimen,item,compared,iqc\nL0002,,GLUU,no,yes\nL0003,,GLUU,no,no\n' > odd.csv
claim "an item that no programme has is told once" refused 0 "odd.csv: items that are in no programme count as performed without a plan; mend them if their codes are misspelt: 1: GLUU" \
	zhiping year 2026 --emit tables --ledger ledger.sqlite --into odd --issued 2027-05-01 --regions hubei --draft --performed odd.csv
