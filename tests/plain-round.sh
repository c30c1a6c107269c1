#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is told of small rounds that are made here: of one without English names, with a method that lies apart, a cancelled programme and every
# kind of decision; of methods that may not be shown to everybody; and of results that are those of another.
command -v unzip > /dev/null || { echo '1..0 # SKIP unzip is not there'; exit 0; }
. "$top_srcdir/tests/claim.sh"
fixtures=$top_srcdir/fixtures/refused

# ---- the round ----

cp -r "$fixtures/base" round && rm round/results/* && cp "$fixtures"/answers/strips.xml round && cp "$fixtures"/answers/scheme.xml round/answers.xml
sed -i 's/ name-en="[^"]*"//; s/ title-en="[^"]*"//' round/round.xml round/scheme.xml round/answers.xml round/regions.xml
sed -i 's/<sample code="S2"\/>/&\n    <sample code="S3"\/>\n    <sample code="S4"\/>\n    <sample code="S5" measurands="GLU"\/>/
	s/<\/round>/  <programme code="ans" name="定性" scheme="answers.xml"><sample code="A1"\/><sample code="A2"\/>\n<known measurand="ABO" sample="A1" value="A" source="试"\/><\/programme>\n  <programme code="gone" name="停办" scheme="scheme.xml" cancelled="样品破损"><sample code="G1"\/><\/programme>\n&/' round/round.xml
sed -i 's/<score method/<choices methods_apart="25" uncertain_target="widen" finding_least="3"\/>\n  &/
	s/<measurand code="K".*\/>/<measurand code="K" name="钾" unit="mmol\/L" places="2"><peers by="method" least="5" otherwise="all"\/><\/measurand>/' round/scheme.xml
awk 'BEGIN { print "code,name,region,class"; for (i = 1; i <= 40; i++) printf "L%04d,示例医院%d,4201,%s\n", i, i, i % 2 ? "公立" : "民营" }' > round/roster.csv
awk 'BEGIN { print "lab,programme,measurands"; for (i = 1; i <= 40; i++) printf "L%04d,chem,*\nL%04d,ans,*\nL%04d,gone,*\n", i, i, i }' > round/enrolments.csv
# 24 of one method about the target, 14 of another that lies above them, two of a third
awk 'BEGIN { print "lab,programme,measurand,sample,value,method,instrument"
	for (i = 1; i <= 40; i++) for (s = 1; s <= 5; s++) {
		off = ((i * 7 + s * 3) % 11 - 5) / 40; high = i > 24 && i <= 38
		method = i <= 24 ? "甲法" : i <= 38 ? "乙法" : "丙法"
		printf "L%04d,chem,GLU,S%d,%.2f,%s,仪%d\n", i, s, (4 + 2 * s) * (1 + 0.07 * (0.6 * off + 0.55 * high)), method, i % 3
		if (s < 5) printf "L%04d,chem,K,S%d,%.2f,%s,仪%d\n", i, s, 3 + s + 0.2 * (0.6 * off + 0.9 * high), method, i % 3 } }' > round/results/a.csv
awk 'BEGIN { print "lab,programme,measurand,sample,value,unit,reagent"; split("A B O AB", group, " ")
	for (i = 1; i <= 40; i++) for (s = 1; s <= 2; s++) {
		printf "L%04d,ans,ABO,A%d,%s,,\n", i, s, s == 1 ? group[i % 10 ? 1 : 1 + i / 10] : "O"
		printf "L%04d,ans,HBsAg,A%d,%s,,\n", i, s, i % 13 ? "阳性" : "阴性"
		printf "L%04d,ans,ABID,A%d,%s,,\n", i, s, i % 9 ? "抗-D" : "抗-D+抗-E"
		printf "L%04d,ans,PRO,A%d,%s,,试纸甲\n", i, s, i % 5 ? "1+" : "2+"
		printf "L%04d,ans,TRUST,A%d,1:%d,,\n", i, s, 2 ^ (1 + i % 7)
		printf "L%04d,ans,VL,A%d,%s,IU/mL,\n", i, s, s == 1 ? 25000 + 700 * (i % 11) : "未检出" } }' > round/results/b.csv
echo L0002,ans,ABO,A1,B,, >> round/results/b.csv # beside A: two that contradict each other
sed -i '/^L0005,chem,GLU,S[23]/s/,[0-9]*[.][0-9]*,/,,/; /^L0006,/d' round/results/a.csv
cat > round/decisions.xml <<'XML'
<decisions>
  <correct lab="L0001" programme="chem" measurand="GLU" sample="S1" from="6.03" to="6.02" who="质评办公室" when="2026-03-21" why="录入错误"/>
  <excuse lab="L0003" programme="chem" suspended="yes" notified="no" took-part="yes" who="质评办公室" when="2026-03-24" why="停业"/>
  <regroup lab="L0004" programme="chem" measurand="GLU" method="乙法" instrument="仪0" who="质评办公室" when="2026-03-24" why="填错"/>
  <set-target programme="ans" measurand="VL" sample="A2" value="negative" who="专家组" when="2026-03-25" why="配制时未加"/>
  <set-target programme="chem" measurand="K" sample="S2" x-pt="5.05" u="0.01" who="专家组" when="2026-03-25" why="参考方法"/>
  <do-not-evaluate programme="chem" measurand="K" sample="S3" who="专家组" when="2026-03-25" why="渗漏"/>
  <do-not-evaluate programme="ans" measurand="TRUST" who="专家组" when="2026-03-25" why="均匀性不合格"/>
</decisions>
XML
close() { $ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 "$@" > close.out 2> close.err; test $? -le 1; }
echo 1..24
close --into out --lang en
claim "the round closes with everything" test -f out/R1/v1/manifest.json
v=out/R1/v1
report() { sed 's/<[^>]*>//g' "$v/labs/$1/report.html"; }
says() { report "$1" | grep -qF "$2"; }
keeps_from() { ! says "$@"; }
fourteen=$(seq -f 'L%04g' 25 38)
each() { local lab; for lab in $2; do "$1" "$lab" "${@:3}" || { echo "$lab"; return 1; }; done; }
claim "every user of a method that lies apart within the group is told that it may be the method" each says "$fourteen" '本室所用方法“乙法”在组内系统偏高，偏倚可能来自方法本身。'
claim "in English as well" each says "$fourteen" 'Within the group, all users of &quot;乙法&quot; are high: the bias may be that of the method.'
claim "so is who was put under it by a decision" says L0004 '本室所用方法“乙法”在组内系统偏高'
claim "nobody else is" each keeps_from "$(seq -f 'L%04g' 1 3) $(seq -f 'L%04g' 5 24) L0039 L0040" 'Within the group, all users of'
claim "where the method is the group, it is told that the group lies apart from the others" each says "$fourteen" 'The group of this laboratory lies apart from the others'
claim "who left samples blank is told which" says L0005 'No result was sent for S2, S3.'
claim "who sent nothing in a programme is told so, and nothing of blanks" eval 'says L0006 "No results were received" && keeps_from L0006 "No result was sent for"'
claim "the page of the round has the name that there is, in English, too" eval 'grep -q 小轮次 $v/site/en/index.html && ! grep -rq "(null)" $v/site $v/labs'
cells() { unzip -p $v/workbook.xlsx 'xl/*.xml' | sed 's/<[^>]*>/\n/g'; }
claim "the workbook says which programme was cancelled, and why" eval 'cells | grep -qF "停办：样品破损"'
claim "and what was decided: that nothing is in a sample, that a target is another, that an excuse lacks a condition" \
	eval 'cells > cells && grep -qF "阴性" cells && grep -qF "5.05" cells && grep -qF "（条件未全部满足）" cells'
claim "two that contradict each other are no answer of anybody" eval "grep -q '^L0002,ans,ABO,A1,conflict,' $v/scores.csv && says L0002 'B'"

# ---- which methods may be shown to whom ----

cp -r "$fixtures/base" shown && rm shown/results/*
sed -i 's/<peers by="" least="2" otherwise="all"\/>/<peers by="method reagent" least="12" otherwise="all"\/>/; /code="K"/d' shown/scheme.xml
sed -i '/<sample code="S2"/d' shown/round.xml
# the group of 试剂甲: six of 方法一, six of 方法二; that of 试剂乙: two of 方法一, ten of 方法三
awk 'BEGIN { n = split("甲:一:6 甲:二:6 乙:一:2 乙:三:10", of, " ")
	print "code,name,region,class" > "shown/roster.csv"; print "lab,programme,measurands" > "shown/enrolments.csv"
	print "lab,measurand,sample,value,method,reagent" > "shown/results/a.csv"
	for (i = 1; i <= n; i++) { split(of[i], part, ":")
		for (k = 1; k <= part[3]; k++) { lab = sprintf("L%04d", ++number)
			print lab ",示例医院" number ",4201,公立" > "shown/roster.csv"; print lab ",chem,GLU" > "shown/enrolments.csv"
			printf "%s,GLU,S1,%.2f,%s,试剂%s\n", lab, 5 + (number * 7 % 11 - 5) / 50, part[2] ? "方法" part[2] : "", part[1] > "shown/results/a.csv" } } }'
$ZHIPING close $ZP_OPTIONS shown --into few --issued 2026-03-31 --emit tables,reports > close.out 2> close.err
groups() { awk -F, '$2 == "chem" { print $7, $9 }' few/R1/v1/targets.csv | sort | tr '\n' ' '; }
claim "the groups are those of the reagents, since no method has twelve" test "$(groups)" = "reagent=试剂乙 12 reagent=试剂甲 12 "
methods() { awk -F, '$4 == "peers" { print $5, $7 }' "few/R1/v1/labs/$1/told.csv" | tr '\n' ' '; }
# 方法一 less the group of 试剂甲 would tell of the two, and so would everybody less that group and 方法三
claim "in the one group only the method is shown that lies in it whole" test "$(methods L0001)$(methods L0007)" = "方法二 6 方法二 6 "
# the group of 试剂乙 less 方法三 would tell of the two
claim "in the other the method is left out of which the group without it is two" test "$(methods L0013)$(methods L0024)" = "方法一 8 方法二 6 方法一 8 方法二 6 "

# ---- who sent what another sent ----

cp -r "$fixtures/base" copied && rm copied/results/*
sed -i 's/<score method/<choices copied="aside" slip_repeated="report"\/>\n  &/; s/places="2"/places="4"/' copied/scheme.xml
sed -i 's/<sample code="S2"\/>/&<sample code="S3"\/><sample code="S4"\/><sample code="S5"\/><sample code="S6"\/>/' copied/round.xml
# what L0002 sent is what L0001 sent, but for one sample that it left out; what L0004 sent is what L0003 sent, by 1.05
awk 'function next_of() { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648 }
	BEGIN { seed = 7; print "code,name,region,class" > "copied/roster.csv"; print "lab,programme,measurands" > "copied/enrolments.csv"
	print "lab,measurand,sample,value" > "copied/results/a.csv"
	for (i = 1; i <= 30; i++) { lab = sprintf("L%04d", i); print lab ",示例医院" i ",4201,公立" > "copied/roster.csv"; print lab ",chem,*" > "copied/enrolments.csv"
		for (m = 1; m <= 2; m++) for (s = 1; s <= 6; s++) {
			x = (m == 1 ? 4 + s : 3 + s / 2) * (1 + 0.06 * (next_of() + next_of() - 1))
			x = i == 2 ? before[m, s] : i == 4 ? 1.05 * before[m, s] : x
			before[m, s] = x
			if (i != 2 || s != 6) printf "%s,%s,S%d,%.4f\n", lab, m == 1 ? "GLU" : "K", s, x > "copied/results/a.csv" } } }'
$ZHIPING close $ZP_OPTIONS copied --into one --issued 2026-03-31 --emit tables,reports > close.out 2> close.err
hints() { awk -F, 'NR > 1 { printf "%s %s %s %.4f %s %s/%s %s; ", $1, $5, $12, $10, $15, $14, $13, $18 }' one/R1/v1/hints.csv; }
claim "results that are those of the laboratory before are told, and those that are another's by one factor of both" \
	test "$(hints)" = "L0002 repeated L0001 0.0000 10 10/10 ; L0003 copied L0004 0.9524 12 12/12 ; L0004 copied L0003 1.0500 12 12/12 slip; "
aside() { grep ',slip,' one/R1/v1/scores.csv | cut -d, -f1 | uniq -c | tr -s ' '; }
claim "all of the one that came later is out of the statistics, where the scheme says so" test "$(aside)" = " 12 L0004"
check() { $ZHIPING check $ZP_OPTIONS copied --lang "$1" > check.out 2>&1; grep -qF -- "$2" check.out; }
claim "the centre is told in English" check en "laboratory L0004, chem: 12 of 12 common results are those of L0003 times 1.05; 12 of them could tell"
claim "and in Chinese" check zh "12 个共有结果中 12 个与 L0003 的结果（乘以 1.05）一致"
nobody() { ! grep -l 'L0003\|L0001' one/R1/v1/labs/L000[24]/*.html one/R1/v1/labs/L000[24]/*.csv; }
claim "no laboratory is told of whom" nobody

# ---- the rounds before ----

earlier() { # ID NUMBER CLOSES, then changes made within it
	cp -r "$fixtures/base" "$1" && (cd "$1" && sed -i "s/id=\"R1\"/id=\"$1\"/; s/number=\"1\"/number=\"$2\"/; s/opens=\"[^\"]*\"/opens=\"2026-01-01T08:00:00+08:00\"/; s/closes=\"[^\"]*\"/closes=\"$3T17:00:00+08:00\"/" round.xml &&
		sed -i 's/2026-03-1[01]T/2026-01-02T/' results/*.csv && sed -i 's/<peers/<choices show_least="1"\/>\n  <peers/' scheme.xml && eval "$4") &&
		$ZHIPING close $ZP_OPTIONS "$1" --into course --issued 2026-03-20 --ledger past.sqlite --emit "${5:-tables}" > close.out 2> close.err
	test $? -le 1
}
also_na='sed -i "s/<measurand code=\"K\"/<measurand code=\"NA\" name=\"钠\" unit=\"mmol\/L\" places=\"1\"><limit kind=\"PCT\" pct=\"4\" text=\"4\" source=\"x\" confidence=\"A\"\/><\/measurand>\n&/" scheme.xml; for i in 1 2 3; do echo "LAB0$i,NA,S1,14$i,mmol/L,"; done >> results/a.csv; sed -i "s/GLU K/*/" enrolments.csv'
rounds() {
	earlier P1 1 2026-01-10 "$also_na; sed -i '2s/5.10/5.90/' results/a.csv; echo LAB09,示例实验室九,42,民营 >> roster.csv; echo LAB09,chem,GLU >> enrolments.csv; echo LAB09,GLU,S1,5.2,mmol/L, >> results/a.csv" &&
		earlier P2 2 2026-01-20 "sed -i 's/示例中心/别的中心/' round.xml" &&
		earlier P3 3 2026-01-30 "sed -i 's/<programme code=\"chem\"/<programme cancelled=\"停办\" code=\"chem\"/; s/<.round>/<programme code=\"two\" name=\"二\" scheme=\"scheme.xml\"><sample code=\"S1\"\/><\/programme>&/' round.xml
			rm results/*; printf 'lab,programme,measurand,sample,value\nLAB01,two,GLU,S1,5\nLAB02,two,GLU,S1,5.1\n' > results/a.csv; echo LAB01,two,GLU >> enrolments.csv; echo LAB02,two,GLU >> enrolments.csv" &&
		earlier P4 4 2026-02-10 "sed -i '/code=\"S2\"/d' round.xml; sed -i '/S2/d' results/a.csv; sed -i '3s/,S2//; 4,5s/,[0-9.]*\$//' results/LAB03.csv; sed -i '/^LAB02/d' enrolments.csv results/a.csv" &&
		earlier R1 5 2026-03-15 true tables,reports
}
claim "five rounds close into one ledger: of them one of another organiser, and one in which the programme was cancelled" rounds
told_course() { awk -F, -v m="$2" '$2 == m && $4 == "history" && $6 ~ /^2026/ { print $6 }' "course/R1/v1/labs/$1/told.csv" | sed 's/−/-/; s/[+ %]//g' | tr '\n' ' '; }
shares() { local at; for at in $3; do awk -F, -v lab="$1" -v m="$2" -v n="${at%/*}" -v s="${at#*/}" '$1 == lab && $3 == m && $4 == s { printf "2026-%d:%.0f ", n, $10 }' "course/$([ "${at%/*}" = 5 ] && echo R1 || echo "P${at%/*}")/v1/scores.csv"; done; }
same() { test -n "$(told_course "$1" "$2")" && test "$(told_course "$1" "$2")" = "$(shares "$@")"; }
claim "the course has what the rounds before say, and neither of these two" same LAB01 GLU "1/S1 1/S2 4/S1 5/S1 5/S2"
claim "who was not in one of them has nothing of it" same LAB02 GLU "1/S1 1/S2 5/S1 5/S2"
claim "a measurand that is none any more is in no course" eval '! grep -q "^chem,NA," course/R1/v1/labs/LAB01/told.csv && same LAB03 K "1/S1 1/S2 4/S1 5/S1 5/S2"'
