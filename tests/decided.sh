#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the organiser decided stands on the report of those it concerns, with who, when, why and the paper, and on no other.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
cp -r "$top_srcdir/fixtures/refused/base" round
cat > round/decisions.xml <<'XML'
<decisions>
  <correct lab="LAB01" programme="chem" measurand="GLU" sample="S1" from="5.10" to="5.15" who="质评办公室 王" when="2026-03-21" why="中心录入错误" evidence="fax-01.pdf"/>
  <do-not-evaluate programme="chem" measurand="K" sample="S2" who="专家组" when="2026-03-22" why="样本渗漏"/>
  <set-target programme="chem" measurand="GLU" sample="S2" x-pt="8.25" who="专家组" when="2026-03-22" why="参考方法定值"/>
  <regroup lab="LAB02" programme="chem" measurand="K" method="电极法" who="质评办公室 王" when="2026-03-23" why="方法编码填错"/>
  <excuse lab="LAB03" programme="chem" suspended="yes" notified="yes" took-part="yes" who="质评办公室 王" when="2026-03-24" why="停业装修"/>
</decisions>
XML
sed -i -e '1s/$/,method/' -e '2,$s/$/,电极法/' -e 's/^\(LAB02,K.*\)电极法/\1酶法/' round/results/a.csv
iconv -f UTF-8 -t GB18030 round/results/a.csv > gb && mv gb round/results/a.csv
$ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 > close.out 2> close.err
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}"; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' close.out close.err | head -n 20; fi
}
tells() { grep -qF "$2" "out/R1/v1/labs/$1/results.csv"; }
keeps_from() { ! grep -qF "$2" "out/R1/v1/labs/$1/results.csv"; }
draws() { test ! -e "out/R1/v1/labs/$1/report.pdf" || pdftotext "out/R1/v1/labs/$1/report.pdf" - | tr -d ' \n' | grep -qF "$2"; }

claim "a correction is told to its laboratory, with who, when, why and the paper" \
	tells LAB01 "由 5.10 更正为 5.15（质评办公室 王 于 2026-03-21 决定：中心录入错误；依据：fax-01.pdf）"
claim "and to no other" keeps_from LAB02 "中心录入错误"
claim "a target that was set is told to all who are judged by it" tells LAB01 "靶值由决定给出（专家组 于 2026-03-22 决定：参考方法定值）"
claim "to the second of them, too" tells LAB02 "靶值由决定给出（专家组 于 2026-03-22 决定：参考方法定值）"
claim "a sample taken out is told with the decision" tells LAB02 "组织者决定该样本不评价（专家组 于 2026-03-22 决定：样本渗漏）"
claim "a laboratory put under another name is told from which to which" tells LAB02 "重新分组：方法由“酶法”改为“电极法”（质评办公室 王 于 2026-03-23 决定：方法编码填错）"
claim "an excuse is told once" tells LAB03 ",经批准免于本次评价（质评办公室 王 于 2026-03-24 决定：停业装修）,"
claim "what is not decided has no decision on its line" test "$(grep -c 决定 out/R1/v1/labs/LAB01/results.csv)" = 3
claim "the report says so as well" draws LAB01 "由5.10更正为5.15（质评办公室王于2026-03-21决定：中心录入错误；依据：fax-01.pdf）"
claim "the regrouped report, too" draws LAB02 "重新分组：方法由“酶法”改为“电极法”"
no_course() { test ! -e out/R1/v1/labs/LAB01/report.pdf || ! draws LAB01 "近几次变化"; }
claim "without rounds before this one, the report has no column for them" no_course
claim "the manifest has every decision with its paper" test "$(grep -o '"kind":"\(correct\|do-not-evaluate\|set-target\|regroup\)"' out/R1/v1/manifest.json | wc -l)" = 4
claim "and as which text a file was read" grep -q '"encoding":"GB18030","name":"results/a.csv"' out/R1/v1/manifest.json
claim "it is canonical, as another writer has it" python3 "$top_srcdir/tests/canonical.py" out/R1/v1/manifest.json
claim "each by itself" grep -q '"encoding":"UTF-8","name":"results/LAB03.csv"' out/R1/v1/manifest.json
echo "1..$number"
