#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping year --recognition: closed rounds, internal quality control and evidence into marks, lists and papers.
. "${top_srcdir:-..}/tests/year_claims.sh"
year() { zhiping year --emit tables 2026 --ledger ledger.sqlite --into out --regions hubei "$@"; }
twin() { python3 "$top_srcdir/tests/year_recognition.py" "$@"; }

echo 1..11
claim "two rounds are closed into the ledger" close_two_rounds test -d
cat > own.xml <<-'XML'
	<recognition id="own" name="检验结果互认" version="1" any-lot="level" vacuous="skip" valid="day-before">
	  <validity months="12" from="next-month"/>
	  <default>
	    <rounds level="provincial" passed="2" max-failed="0"/>
	    <iqc months="3" cv-limit="5" levels="2" lots="any" min-n="10"/>
	  </default>
	  <measurand item="CL"><iqc months="none"/></measurand>
	  <reporting key="workday-report-rate" name="工作日上报率" name-en="Working days reported" least="90" months="2"/>
	</recognition>
XML
sed 's/"own"/"lax"/; s/passed="2" max-failed="0"/passed="1"/; s/ months="3"/ months="1"/' own.xml > lax.xml
claim "control material and evidence are made up for them" twin make out
told=(--iqc iqc.csv --evidence evidence.csv)
claim "their year is published with recognition" year --issued 2027-01-10 --recognition own.xml "${told[@]}"
v1=out/year-2026/v1
claim "marks and conditions are what another program makes of verdicts, control material and evidence" twin check out $v1/recognition.csv
claim "lists, counts and papers say what the marks say" twin lists $v1
claim "the record of a laboratory holds its recognised items" twin record $v1
claim "the rule and its settings are in the manifest" grep -q '"any-lot":"level"' $v1/manifest.json
again() {
	year --issued 2027-03-10 --recognition own.xml "${told[@]}" --amend &&
		cmp $v1/recognition-labs.csv out/year-2026/v2/recognition-labs.csv && cmp $v1/recognition.csv out/year-2026/v2/recognition.csv
}
claim "published again, papers keep numbers, days and validity" again
other() {
	sed -i 's/max-failed="0"//; s/<iqc months="none"\/>/<iqc months="12"\/>/' own.xml
	year --issued 2027-04-10 --recognition own.xml "${told[@]}" --amend && twin issues $v1 out/year-2026/v3
}
claim "a paper that says something else is the next issue" other
claim "a better chance loses nobody a mark" eval 'year --issued 2027-05-10 --recognition lax.xml "${told[@]}" --amend && twin keeps out/year-2026/v2 out/year-2026/v4'
share() {
	sed 's/,9[0-9],percent/,150,percent/' evidence.csv > wrong.csv
	refused 3 "expected a share of the month in percent, from 0 to 100, or none" year --issued 2027-06-10 --recognition own.xml --evidence wrong.csv --amend
}
claim "a share above 100 percent is refused" share
