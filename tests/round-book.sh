#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the centre is told of a round, and its workbook, against the tables, each read from outside.
. "${top_srcdir:-..}/tests/year_claims.sh"
top=${top_builddir:-.}
case $top in /*) ;; *) top=$OLDPWD/$top ;; esac
centre=$top/tests/.libs/centre.so
py=python3 # the one that has openpyxl, where several are installed
for each in python3 /usr/bin/python3; do $each -c 'import openpyxl' 2> /dev/null && py=$each && break; done
has_openpyxl() { $py -c 'import openpyxl' 2> /dev/null; }
has_workbook() { zhiping methods workbook-xlsx > said.txt 2>&1; }
pass_over() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
closes() { local round=$1 into=$2; shift 2; zhiping close $round --into $into --issued 2026-04-19 --plugin "$centre" "$@" > close.txt 2>&1 || test $? = 1 || { cat close.txt; return 1; }; }
test -f "$centre" || { echo "1..0 # SKIP the test emitter is not built"; exit 0; }
emit=tables,workbook
has_workbook || emit=tables,pages

echo 1..15
# A round of three programmes with names that a spreadsheet would take for formulas, and decisions about it.
hostile() {
	zhiping simulate --into round --labs 60 --programmes chemistry,serology,blood-count --measurands 8 --seed 11 &&
		sed -i 's/^L0001,[^,]*/L0001,=1+1/; s/^L0002,[^,]*/L0002,+SUM(A1)/; s/^L0003,[^,]*/L0003,-2+3/; s/^L0004,[^,]*/L0004,@cmd/; s/^L0005,[^,]*/L0005,"<b>甲 \& ""乙""<\/b> _x0041_"/' round/roster.csv &&
		cat > round/decisions.xml <<-XML
		<decisions>
		  <excuse lab="L0007" programme="chemistry" suspended="yes" notified="yes" took-part="yes" who="甲" when="2026-03-20" why="=HYPERLINK(1)"/>
		  <do-not-evaluate programme="chemistry" measurand="K" sample="202612" who="乙" when="2026-03-21" why="样本渗漏"/>
		  <set-target programme="chemistry" measurand="K" sample="202611" x-pt="4.20" u="0.03" who="丙" when="2026-03-22" why="参考方法"/>
		</decisions>
		XML
	printf '%s\n' =1+1 '+SUM(A1)' -2+3 @cmd '<b>甲 & "乙"</b> _x0041_' '=HYPERLINK(1)' > names.txt
}
claim "a round with hostile names and with decisions is there" hostile
claim "it closes" closes round out --emit $emit
v1=out/sim-2026-1/v1
told() { $py "$here/tests/round_told.py" "$1"; }
claim "what the centre is told is what the tables say, counted anew" told $v1
says() { grep -q "^decision	set-target	常规化学 · 钾 · 202611	设定靶值 4.20, u 0.03	the target was set to 4.20, u 0.03	丙	2026-03-22	参考方法" $v1/told.tsv && test "$(grep -c '^decision' $v1/told.tsv)" = 3; }
claim "decisions are told with what, about what, by whom, when and why" says
figures() { local kind; for kind in histogram methods youden dots answers; do grep -q "^figure	[^	]*	[^	]*	[^	]*	$kind	" $v1/told.tsv || { echo "no $kind"; return 1; }; done; grep -q '^ranks	\*	laboratories' $v1/told.tsv && grep -q '^ranks	chemistry	regions' $v1/told.tsv; }
claim "there is a figure of each kind" figures
claim "ranges of ranks are those of an independent reckoning" $py "$here/tests/round_ranks.py" $v1
tiles() { test "$(grep -P '^region\t\*\t[0-9]+\t[^\t]+\t\*\t[1-9]' $v1/told.tsv | cut -f6,7 | sort | uniq -d | wc -l)" = 0 && grep -qP '^region\t\*\t420500\tYichang\t\*\t2\t3' $v1/told.tsv; }
claim "cities have a place of their own on the map" tiles
if has_workbook && has_openpyxl; then
	claim "the workbook has the figures of the tables as numbers, is frozen and filtered, and holds no formula" $py "$here/tests/round_book.py" $v1 names.txt
	claim "the same of a round of answers" eval "closes $here/fixtures/rounds/respiratory answers --emit $emit && told answers/*/v1 && $py $here/tests/round_book.py \$(echo answers/*/v1)"
	claim "and of one with logarithms" eval "closes $here/fixtures/rounds/viral-load logs --emit $emit && told logs/*/v1 && $py $here/tests/round_book.py \$(echo logs/*/v1)"
	again() { closes round two --emit $emit --threads 1 && cmp $v1/workbook.xlsx two/sim-2026-1/v1/workbook.xlsx && cmp $v1/told.tsv two/sim-2026-1/v1/told.tsv && diff -r $v1/figures two/sim-2026-1/v1/figures; }
	claim "one thread and several write the same bytes" again
else
	for each in "the workbook" "the same of a round of answers" "and of one with logarithms" "one thread and several write the same bytes"; do pass_over "$each" "no workbook-xlsx, or no openpyxl"; done
fi
plain() { closes round plain --emit tables && test ! -e plain/sim-2026-1/v1/workbook.xlsx && cmp $v1/ranking.csv plain/sim-2026-1/v1/ranking.csv; }
claim "with --emit tables there is no workbook, and the tables are the same" plain
tell() { # WORD: how laboratories are told in figures
	rm -rf named; cp -r round named && sed -i "s|<choices|<pages laboratories=\"$1\"/>&|;t;s|<programme |<pages laboratories=\"$1\"/>&|;t" named/round.xml &&
		awk '/<pages /{ if (seen++) sub(/<pages [^>]*>/, "") } { print }' named/round.xml > named/r && mv named/r named/round.xml && { chmod -R u+w n 2> /dev/null; rm -rf n; } && closes named n --emit $emit
}
names() {
	tell named && grep -q '=1+1' n/*/v1/figures/*dots.svg && ! grep -q 'L0001' n/*/v1/figures/*dots.svg || return 1
	tell masked && ! grep -qE 'L00[0-9][0-9]|模拟实验室' n/*/v1/figures/*.svg && ! grep -q 'data-of' n/*/v1/figures/*dots.svg || return 1
	tell coded && grep -q 'L0001' n/*/v1/figures/*dots.svg && ! grep -qE '=1\+1|模拟实验室' n/*/v1/figures/*.svg
}
claim "figures tell laboratories by code, by name or by neither, as the plan says" names
few() { # three laboratories in one city, eight in another; one alone with its instrument
	cp -r round few && sed -i -E 's/^(L001[0-2],[^,]*),420[0-9]*/\1,420100/; s/^(L001[3-9],[^,]*|L0020,[^,]*),420[0-9]*/\1,420600/' few/roster.csv || return 1
	local instrument='仪器:分析仪 B-820' word
	for word in coded masked; do sed "s|^ *<programme code=\"chemistry\"|<pages laboratories=\"$word\"/>&|" round/round.xml > few/round.xml && closes few few.$word --emit $emit || return 1; done
	grep -q "$instrument" few.coded/*/v1/figures/0-0-0-dots.svg && grep -q 'data-of="420100"' few.coded/*/v1/figures/3-ranks-1.svg || return 1
	! grep -l "$instrument" few.masked/*/v1/figures/0-0-0-dots.svg && ! grep -lE 'data-of="420[16]00"' few.masked/*/v1/figures/*ranks-*.svg && grep -q 'data-of="420500"' few.masked/*/v1/figures/3-ranks-1.svg
}
claim "masked, no group and no city of a few laboratories has a name" few
claim "another word is refused" eval 'tell known; grep -q "expected masked, coded or named" close.txt || { cat close.txt; false; }'
