#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping year --awards: titles against the records by another program; decisions kept and counted; what another rule would change.
. "${top_srcdir:-..}/tests/year_claims.sh"
twin=$here/tests/year_titles.py
spoil=$here/tests/year_ranking.py
rules=$here/rules
year() { local into=$1; shift; zhiping year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into $into --regions hubei --emit tables "$@"; }

echo 1..21
claim "two rounds are closed into the ledger, in which laboratories differ" close_two_rounds python3 "$spoil" spoil
printf 'lab,key,value,unit,source,date\nL0001,inspection,92,,,2026-11-03\nL0007,inspection,85.5,,,2026-11-04\nL0008,inspection,good,,,2026-11-04\n' > evidence.csv
all=excellent-laboratory,excellent-centre,excellent-transfusion,consecutive
claim "titles are worked out" year one --evidence evidence.csv --awards $all --threads 1
cp err.txt told.txt
claim "they are those that another program works out of the records, to the exact point" python3 "$twin" one/year-2026/v1
claim "the committee is told what nobody is known to meet" grep -qF 'condition iqc (40 entrants) is known for nobody; missing or unusable: iqc/@in-control' told.txt
claim "a quota that is larger than its candidates is told" grep -qE 'Centre of excellent quality management: places for all: 3, candidates: [012]$' told.txt
in_words() {
	local v=one/year-2026/v1
	grep -q '^excellent-laboratory,L0008,inspection,points,unknown,0.0,0,.*evidence/@value = ""good"" (inspection)' $v/title-conditions.csv &&
		grep -q '^excellent-laboratory,L0001,inspection,points,known,9.2,46/5,,现场检查得分：9.2 分（满分 10.0 分）,points of the inspection: 9.2 of 10.0 points' $v/title-conditions.csv &&
		grep -q '"name":"awards/excellent-laboratory.xml"' $v/manifest.json && grep -q '"name":"titles.csv"' $v/manifest.json
}
claim "what was no number gives no points and is said, and the rule's digest is in the manifest" in_words
threads() { with_kept year two --evidence evidence.csv --awards $all --threads 7 && diff -r one/year-2026/v1 two/year-2026/v1; }
claim "seven threads work out the same" threads

# ---- decisions ----
first=$(awk -F, '$1 == "excellent-laboratory" && $10 != "entrant" { print $4; exit }' one/year-2026/v1/titles.csv)
last=$(awk -F, '$1 == "excellent-laboratory" && $10 == "entrant" { print $4; exit }' one/year-2026/v1/titles.csv)
cat > wrong.xml <<-END
	<decisions year="2026">
	  <title award="excellent-lab" lab="$first" decision="awarded" by="质评专家委员会" on="2027-01-08"/>
	  <title award="excellent-laboratory" lab="L9999" decision="awarded" by="质评专家委员会" on="2027-01-08"/>
	  <title award="excellent-centre" lab="$first" decision="awarded" by="质评专家委员会" on="2027-01-08"/>
	</decisions>
END
several() {
	refused 3 'is none of the awards that are worked out' year three --awards $all --decisions wrong.xml && grep -qF 'wrong.xml:3: laboratory "L9999" is on no register' said.txt &&
		grep -qF "wrong.xml:4: there is no region \"$first\"" said.txt && test ! -e three/year-2026 &&
		refused 3 '“excellent-lab”不在本次评选的项目之中' year three --awards $all --decisions wrong.xml --lang zh
}
claim "decisions on what is not there are told all at once, and nothing is kept" several
for fault in 's/year="2026"/year="2025"/:is not the year 2026' 's/2027-01-08/2027-01-11/:after the date of issue' 's/"awarded"/"refused"/:has no because' \
	's/"awarded"/"given"/:expected awarded, refused or withdrawn' 's/lab="[^"]*"/lab="L0001"/;s/"excellent-[^"]*"/"excellent-laboratory"/:a second <title> of award'; do
	sed "${fault%:*}" wrong.xml > wrong2.xml
	refused 3 "${fault##*:}" year three --awards $all --decisions wrong2.xml || echo "$fault"
done > faults.txt
claim "a decision of another year, a later day, without reason, of another word, or twice, is refused" test ! -s faults.txt
many() {
	refused 4 'award "excellent-laboratory" is given twice; expected each once' year three --awards "$(printf 'excellent-laboratory,%.0s' {1..400})" && test ! -e three/year-2026
}
claim "an award is given once, however often it is named" many
cat > decisions.xml <<-END
	<decisions year="2026">
	  <title award="excellent-laboratory" lab="$first" decision="awarded" by="质评专家委员会" on="2027-01-08"/>
	  <title award="excellent-laboratory" lab="$last" decision="awarded" by="质评专家委员会" on="2027-01-08" because="整改后现场复核合格"/>
	</decisions>
END
decided() {
	year three --evidence evidence.csv --awards $all --decisions decisions.xml && python3 "$twin" three/year-2026/v1 &&
		grep -q "^excellent-laboratory,.*,$first,.*,awarded,质评专家委员会,2027-01-08,," three/year-2026/v1/titles.csv &&
		grep -q "^excellent-laboratory,.*,$last,.*,awarded,质评专家委员会,2027-01-08,整改后现场复核合格,yes$" three/year-2026/v1/titles.csv
}
claim "decisions stand beside the proposals, and one against them is marked" decided
remembered() { year four --evidence evidence.csv --awards $all && diff -r three/year-2026/v1/titles.csv four/year-2026/v1/titles.csv; }
claim "the ledger remembers them" remembered
# Papers need the emitter that prints; where it was not built there are none to look at.
prints() { zhiping methods certificate-pdf > said.txt 2>&1; }
papers() {
	zhiping ledger papers --ledger ledger.sqlite > papers.csv && test $(grep -c '^2026/T/' papers.csv) -eq 2 &&
		grep -q "^2026/T/excellent-laboratory/$first/1,2026,excellent-laboratory,$first,.*,excellent-laboratory 1 #[0-9a-f]*,1,2027-01-10$" papers.csv || return 1
	prints || return 0
	year printed --emit certificate-pdf --evidence evidence.csv --awards $all && test $(find printed -name '2026_T_*.pdf' | wc -l) -eq 2 &&
		pdftotext -layout printed/year-2026/v1/labs/$last/2026_T_excellent-laboratory_${last}_1.pdf - | tee text.txt | grep -q '临床检验质量控制优秀实验室' && grep -qF "2026/T/excellent-laboratory/$last/1" text.txt
}
claim "who was awarded a title has a numbered paper of it, whatever was proposed, and nobody else has" papers
next_year() {
	local n=3
	zhiping simulate --into round$n --labs 40 --programmes chemistry,blood-count --seed $n &&
		sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-2027-1\"/; s/year=\"2026\"/year=\"2027\"/; s/2026-03-/2027-03-/g" round$n/round.xml &&
		zhiping close round$n --into out --issued 2027-12-01 --emit tables --ledger ledger.sqlite &&
		zhiping year 2027 --issued 2028-01-10 --ledger ledger.sqlite --into out --regions hubei --emit tables --awards consecutive &&
		grep -qF '<titles award="excellent-laboratory" consecutive="1"/>' out/year-2027/v1/labs/$first/record.xml &&
		grep -qF '<title award="excellent-laboratory" year="2026" decision="awarded"/>' out/year-2027/v1/labs/$last/record.xml &&
		test $(grep -l 'consecutive="0"' out/year-2027/v1/labs/*/record.xml | wc -l) -eq 38 &&
		grep -q "^consecutive,$first,three-years,require,unmet,.*截至上一年度没有连续三年获评" out/year-2027/v1/title-conditions.csv
}
claim "the next year's records tell the title and the years in a row" next_year
in_a_row() {
	sed "s/year=\"2026\"/year=\"2027\"/; s/2027-01-08/2028-01-08/" decisions.xml | grep -v "$last" > decisions-2027.xml
	cp ledger.sqlite row.sqlite
	zhiping year 2027 --issued 2028-01-10 --ledger row.sqlite --into row --regions hubei --emit tables --awards excellent-laboratory --decisions decisions-2027.xml &&
		zhiping ledger papers --ledger row.sqlite | grep -q "^2027/T/excellent-laboratory/$first/1,2027,.*,excellent-laboratory 2 #"
}
claim "the paper of a second year in a row says so" in_a_row

# ---- what if ----
sed 's/version="2026.1"/version="2027-draft"/; s/<quota of="all".*//; s/<least points="60"/<least points="70"/' "$rules/awards/excellent-laboratory.xml" > draft.xml
digest=$(sha256sum ledger.sqlite)
what_if() { zhiping year 2026 --issued 2027-01-10 --ledger ledger.sqlite --regions hubei --evidence evidence.csv --what-if draft.xml "$@"; }
changes() { what_if > said.txt && grep -qE '^excellent-laboratory: version 2027-draft in place of 2026.1: [0-9]+ gain, [0-9]+ lose$' said.txt && grep -qE '^[+-] L[0-9]+ .*below the least of 70.0' said.txt; }
claim "what another rule would change is printed, with the condition that does it" changes
untouched() { what_if --lang zh > said.txt; grep -q '低于最低分 70.0' said.txt && grep -qE '^[+-] L[0-9]+ .*: (不符合条件|符合条件，未推荐|同分，待定|推荐) -> ' said.txt && ! grep -qE 'entrant|candidate|proposed' said.txt && test "$digest" = "$(sha256sum ledger.sqlite)" && ! ls -d year-* 2>/dev/null; }
claim "nothing is published and nothing kept" untouched
sed 's/id="excellent-laboratory"/id="other"/' draft.xml > other.xml
claim "a rule of another award is no what-if" refused 3 'which is not worked out; expected one of --awards (excellent-centre)' what_if --awards excellent-centre

# ---- bad rules ----
sed 's/@not-returned = 0/@not-returnd = 0/; s/known(@mean)/known(/' "$rules/awards/excellent-laboratory.xml" > bad.xml
bad() { refused 4 'bad.xml:' year five --awards bad.xml,nonesuch && grep -qF 'has the attribute "not-returnd"; expected programmes, rounds' said.txt && grep -qF 'cannot be used: at character' said.txt && grep -qF 'awards/nonesuch.xml' said.txt; }
claim "every fault of every rule is told with its place" bad
sed 's/participation\/@late = 0 and participation\/@not-returned = 0/count(programme) \&gt;= 0/' "$rules/awards/excellent-laboratory.xml" > doubt.xml
doubted_once() { year six --awards doubt.xml 2> said.txt && grep -qE 'doubt.xml:[0-9]+:[0-9]+: the attribute "test" of <require> is .*: it holds for a record in which nothing is known' said.txt; }
claim "a condition that holds where nothing is known is told, and used" doubted_once
regions() { refused 3 'no tree of regions was given; expected --regions' zhiping year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into seven --awards excellent-centre; }
claim "an award for regions needs the tree of regions" regions
