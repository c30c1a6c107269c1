#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every number that is printed on a laboratory's papers is in `zhiping explain`: of rounds with quantities, answers, scores and panels, and of a
# year with certificates, recognition, quality control and a title. tests/explained.py lists what is passed over, and why. EXPLAINED_LABS=1000 looks
# at all laboratories of the golden rounds, and not at two of each, with sanitizers too.
. "${top_srcdir:-..}/tests/year_claims.sh"
for program in pdftotext python3; do
	command -v $program > /dev/null || { echo "1..0 # SKIP $program is not there"; exit 0; }
done
for module in certificate-pdf report-pdf; do
	test -f "$top_builddir/plugins/.libs/$module.so" || { echo "1..0 # SKIP $module is not built"; exit 0; }
done
export PYTHONDONTWRITEBYTECODE=1
explained() { python3 "$here/tests/explained.py" "$1" "$ZHIPING" explain $ZP_OPTIONS -- "${@:2}"; }
told() { # CLAIM COMMAND...: the counts of numbers are printed
	claim "$@"
	grep -h '^# [0-9]* numbers' out.txt
}
echo 1..12

rounds() {
	local round
	zhiping key new --into keys --name 示例中心 --date 2026-01-01 || return 1
	for round in "$here"/fixtures/rounds/*/; do
		zhiping close "$round" --into golden --issued 2026-12-31 --key keys --emit tables,certificates,reports || test $? = 1 || return 1
	done
}
claim "the golden rounds are closed with their papers" rounds
all=1000
grep -q "fsanitize" "$top_builddir/Makefile" && all=2 # they take their time
told "every number on their papers is explained" explained "${EXPLAINED_LABS:-$all}" golden/*/v1
figures() { # LANGUAGE WHAT: a figure has words in one language or in both
	zhiping explain golden/glucose-e691/v1 LAB07 GLU --lang "$1" > figures && grep -q "$2 *本室 yours 132.49 / 191.26$" figures && grep -q "$2 *同组 peers 8$" figures && ! grep -E '[:：] */ ' figures
}
claim "a figure that has words in one language only is told without a stroke before them" eval "figures en 'youden:' && figures zh 'youden：'"

year() { zhiping year 2026 --ledger ledger.sqlite --into out --key keys --regions hubei --recognition provincial --iqc year/year/iqc.csv --performed year/year/performed.csv --evidence year/year/evidence.csv "$@"; }
awards=excellent-laboratory,excellent-centre
two_rounds() {
	zhiping simulate --rounds 2 --programmes chemistry,transfusion --measurands 5 --labs 30 --seed 5 --into year &&
		{ zhiping close year/1 --into out --issued 2026-05-10 --ledger ledger.sqlite --emit tables,certificates,reports || test $? = 1; } &&
		{ zhiping close year/2 --into out --issued 2026-10-31 --ledger ledger.sqlite --emit tables,certificates,reports || test $? = 1; } &&
		year --issued 2027-01-20 --awards $awards --emit certificate-pdf
}
claim "two rounds and their year are published" two_rounds
told "every number on the papers of the rounds is explained, the course over the rounds too" explained 4 out/sim-2026-1/v1 out/sim-2026-2/v1
told "every number of the year's papers and records is explained" explained 5 out/year-2026/v1
awarded() {
	first=$(awk -F, '$1 == "excellent-laboratory" && $10 == "proposed" { print $4; exit }' out/year-2026/v1/titles.csv)
	printf '<decisions year="2026">\n<title award="excellent-laboratory" lab="%s" decision="awarded" by="质评专家委员会" on="2027-01-18"/>\n</decisions>\n' "$first" > decisions.xml
	year --issued 2027-01-25 --awards $awards --decisions decisions.xml --emit certificate-pdf --amend && ls out/year-2026/v2/labs/"$first" | grep -q excellent-laboratory &&
		mkdir -p one/labs && cp -r out/year-2026/v2/. one/ && chmod -R u+w one && find one/labs -mindepth 1 -maxdepth 1 ! -name "$first" -exec rm -r {} + &&
		explained 1 one && zhiping explain one "$first" | grep -F 'decided: awarded by 质评专家委员会 on 2027-01-18'
}
told "the paper of a title, and its decision" awarded

# ---- what is not said, and what is refused ----

handed_out() { # no code of another laboratory in anything but what is for the centre
	local lab
	for lab in L0001 L0003 L0009; do
		zhiping explain out/sim-2026-2/v1 $lab > said.txt && ! grep -o 'L00[0-9][0-9]' said.txt | grep -v "$lab" || return 1
		zhiping explain out/year-2026/v1 $lab > said.txt && ! grep -o 'L00[0-9][0-9]' said.txt | grep -v "$lab" || return 1
	done
}
claim "an explanation holds the code of no other laboratory" handed_out
for_centre() { zhiping explain out/sim-2026-2/v1 L0003 --centre | grep -q 'results/L0001'; }
claim "with --centre it does" for_centre
few() { zhiping explain out/sim-2026-2/v1 L0003 --ranking > said.txt && grep -q 'too few in this list' said.txt && grep -q 'the results support the ranks' said.txt; }
claim "a rank among few is not told" few
regions() {
	zhiping explain out/year-2026/v1 420500 | grep -q 'share participation, class \*: 30 of 30 = 100 %' && zhiping explain out/sim-2026-1/v1 420500 | grep -q 'laboratories returned results in time' &&
		refused 2 'is no laboratory and no region of this year' zhiping explain out/year-2026/v1 L9999 && refused 2 'expected a programme or measurand' zhiping explain out/year-2026/v1 L0003 NOPE &&
		zhiping explain out/year-2026/v1 L0003 K --lang zh | grep -q '列入合格证书'
}
claim "regions are explained, and one measurand of a year; what is not there is refused" regions
altered() {
	cp -r out/year-2026/v1 altered && chmod -R u+w altered && sed -i 's/satisfactory="2"/satisfactory="1"/' altered/labs/L0003/record.xml &&
		refused 3 'this is not what was published' zhiping explain altered L0003 && cp -r out/sim-2026-2/v1 altered2 && chmod -R u+w altered2 &&
		sed -i '2s/$/ /' altered2/labs/L0003/told.csv && refused 3 'this is not what was published' zhiping explain altered2 L0003
}
claim "an altered record or table is refused" altered
