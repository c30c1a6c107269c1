#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a laboratory is told of answers that are no numbers: replies, targets, what its group answered, flags, part credits, logarithms.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
mkdir -p "$scratch/round/results" && cd "$scratch" || exit 1
match='<limit kind="ANSWER" judge="match" text="与预期结果一致" source="test" confidence="C"/>'
within='<limit kind="ANSWER" judge="within" grades="1" text="±1 级" source="test" confidence="C"/>'
cat > round/panel.xml <<XML
<scheme name="panel" version="1" title="组合" pass="80" whole-samples="yes">
  <units from="units.xml"/><peers least="2"/>
  <measurand code="HBsAg" name="乙肝表面抗原" name-en="HBsAg" scale="reaction"><cutoff at="1"/>$match</measurand>
  <measurand code="PRO" name="尿蛋白" name-en="Protein" scale="urine-protein"><assign method="median-grade"/>$within</measurand>
  <measurand code="ABID" name="抗体鉴定" name-en="Antibodies" scale="antibodies" weight="4"><limit kind="ANSWER" judge="members" text="不漏检" source="test" confidence="C"/></measurand>
  <measurand code="DNA" name="病毒载量" name-en="Viral load" unit="IU/mL" places="2" transform="log10" undetected="80"><limit kind="ABS" abs="0.4" text="±0.4" source="test" confidence="C"/></measurand>
</scheme>
XML
cat > round/units.xml <<'XML'
<units name="units" version="1" title="单位" title-en="units">
  <measurand code="DNA" name="病毒载量" unit="IU/mL"><from unit="copies/mL" factor="0.2" source="test" confidence="C"/></measurand>
</units>
XML
cat > round/few.xml <<XML
<scheme name="few" version="1" title="小组" pass="80"><peers least="2"/><measurand code="HCV" name="丙肝抗体" name-en="Anti-HCV" scale="reaction">$match</measurand></scheme>
XML
cat > round/round.xml <<'XML'
<round id="T1" name="试验" name-en="Trial" year="2026" number="1" opens="2026-03-01T08:00:00+08:00" closes="2026-03-15T17:00:00+08:00">
  <organiser name="示例中心"/><regions from="hubei"/><class name="三级公立"/>
  <programme code="P" name="组合" name-en="Panel" scheme="panel.xml"><sample code="S1"/><sample code="S2"/>
    <known measurand="HBsAg" sample="S1" value="阴性" source="test"/><known measurand="HBsAg" sample="S2" value="阳性" source="test"/>
    <known measurand="ABID" sample="S1" value="抗-D+抗-K" source="test"><accept value="抗-D" credit="50"/></known>
    <known measurand="DNA" sample="S1" x-pt="4.38021" source="test"/></programme>
  <programme code="Q" name="小组" name-en="Few" scheme="few.xml"><sample code="F1"/><sample code="F2"/>
    <known measurand="HCV" sample="F2" value="阳性" source="test"/></programme>
</round>
XML
{ echo code,name,region,class; for i in 1 2 3 4 5 6; do echo "L$i,示例医院$i,420100,三级公立"; done; } > round/roster.csv
{ echo lab,programme,measurands; for i in 1 2 3 4 5 6; do echo "L$i,P,*"; done; for i in 1 2 3 4; do echo "L$i,Q,*"; done; } > round/enrolments.csv
{
	echo lab,programme,measurand,sample,value,index,unit
	for i in 1 2 3 4 5 6; do
		[ $i = 1 ] && echo "L1,P,HBsAg,S1,弱阳性,0.35," || echo "L$i,P,HBsAg,S1,阴性,,"
		[ $i = 2 ] && echo "L2,P,HBsAg,S2,阳性(+),," || echo "L$i,P,HBsAg,S2,阳性,,"
		[ $i -le 3 ] && echo "L$i,P,PRO,S1,1+,," || echo "L$i,P,PRO,S1,2+,,"
		echo "L$i,P,PRO,S2,-,,"
		[ $i = 1 ] && echo "L1,P,ABID,S1,抗-D,," || echo "L$i,P,ABID,S1,抗-K+抗-D,,"
		echo "L$i,P,ABID,S2,无,,"
		case $i in 1) copies=25000 ;; 3) copies=1000 ;; *) copies=60300 ;; esac
		[ $i = 4 ] && echo "L4,P,DNA,S1,4.48,,log10 copies/mL" || echo "L$i,P,DNA,S1,$copies,,IU/mL"
		echo "L$i,P,DNA,S2,未检出,,"
	done
	for i in 1 2 3 4; do echo "L$i,Q,HCV,F1,阳性,,"; echo "L$i,Q,HCV,F2,阳性,,"; done
} > round/results/a.csv
$ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 > close.out 2> close.err
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}"; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' close.out close.err | head -n 20; fi
}
# The cells of one line of a laboratory's table by the names of its columns, joined by "|"; no cell of this round holds a comma.
cells() { awk -F, -v line="$2" -v want="$3" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(want, names, " "); next }
	index($0, line) == 1 { for (i = 1; i <= n; i++) printf "%s%s", (i > 1 ? "|" : ""), $at[names[i]]; print "" }' "out/T1/v1/labs/$1/results.csv"; }
row_of() { grep "^$2,.*,$3," "out/T1/v1/labs/$1/results.csv" | head -n 1 | cut -d, -f1-5; }
says() { test "$(cells "$1" "$(row_of "$1" "$2" "$3")" "$4")" = "$5" || { echo "# $(cells "$1" "$(row_of "$1" "$2" "$3")" "$4")"; false; }; }
certificate() { pdftotext "$1" "out/T1/v1/labs/$2/report.pdf" - | tr -d ' \n\f'; }
draws() { test ! -e "out/T1/v1/labs/$1/report.pdf" || certificate -layout "$1" | grep -qF "$2"; }
keeps_from() { ! certificate -layout "$1" 2> /dev/null | grep -qF "$2"; }

claim "a reply and its target have their names in both languages" says L1 P,HBsAg S1 "value value_en x_pt x_pt_en" "阳性|positive|阴性|negative"
claim "what was written, and the index, stand beside it" says L1 P,HBsAg S1 "sent index" "弱阳性|0.35"
claim "but not what says the same" says L2 P,HBsAg S2 "value sent" "阳性|"
claim "a word that its index contradicts is flagged" says L1 P,HBsAg S1 "flags" "指数（COI、S/CO）与所报阴阳性矛盾，请核对；不影响评价"
claim "and no other is" says L2 P,HBsAg S1 "flags index" "|"
claim "how often each answer was given is told, also where the target is known: 5 and 1 of 6" says L1 P,HBsAg S1 "answers answers_n" "阴性 5 83.3 %; 阳性 1 16.7 %|6"
claim "answers have no bias and no SDI" says L1 P,HBsAg S1 "low high bias bias_pct sdi" "||||"
claim "two medians are told as one or the other" says L1 P,PRO S1 "x_pt x_pt_en" "1+ 或 2+|1+ or 2+"
claim "with the grades that the scorer takes: one step from either, of which ± is on the positive side" says L1 P,PRO S1 "allowed" "±–3+"
claim "a grade that is negative may only be negative" says L1 P,PRO S2 "value allowed" "−|−"
claim "part of a result is told in percent, with what else is accepted" says L1 P,ABID S1 "value x_pt also credit weight" "抗-D|抗-D+抗-K|抗-D（50 %）|50|4"
claim "a whole one is not" says L2 P,ABID S1 "value credit" "抗-D+抗-K|"
claim "a viral load is told as log10: log10 25000 is 4.39794" says L1 P,DNA S1 "value unit sent x_pt" "4.40|log10 IU/mL|25000|4.380"
claim "in all its places: log10 1000 is 3.00" says L3 P,DNA S1 "value sent verdict" "3.00|1000|unacceptable"
claim "one that was sent as a logarithm of another unit stands beside it: 4.48 and log10 0.2" says L4 P,DNA S1 "value unit sent" "3.78|log10 IU/mL|4.48 log10 copies/mL"
claim "its bias has no percentage" says L1 P,DNA S1 "bias bias_pct" "0.018|"
claim "log10 60300 is 4.78032, not within 4.38021 + 0.4 as 4.78 would seem" says L2 P,DNA S1 "value high verdict" "4.7803|4.78|unacceptable"
claim "where all six found nothing the target is negative, though nobody sent a number" says L1 P,DNA S2 "value x_pt x_pt_en low bias" "未检出|阴性|negative||"
claim "a sample of which all that was judged is right is right as a whole" says L1 P,HBsAg S2 "sample_right" yes
claim "and one with a wrong answer is not" says L1 P,PRO S1 "sample_right" no
claim "fewer than five laboratories do not show what they answered" says L1 Q,HCV F2 "x_pt answers answers_n" "阳性||"
claim "nor on what they agreed" says L1 Q,HCV F1 "value x_pt answers" "阳性||"
claim "a scheme without whole samples tells of none" says L1 Q,HCV F1 "sample_right" ""
if command -v pdftotext > /dev/null && test -e out/T1/v1/labs/L1/report.pdf; then
	claim "the report has the panel: of L1" draws L1 "乙肝表面抗原×＋✓＋"
	claim "with the samples that are right" draws L1 "2个样本中全部正确的有1个。"
	claim "points are named" draws L1 "得分"
	claim "the logarithm stands before what was sent" draws L1 "(25000)4.40"
	claim "the contradiction has its own line" draws L1 "提示：指数（COI、S/CO）与所报阴阳性矛盾"
	claim "shares have their n" draws L1 "阴性5/683.3%"
	claim "what four laboratories answered is in no report" keeps_from L1 "阳性4/4"
fi

# ---- an index, beside a word or alone ----

words() { # its results are the lines of standard input; two measurands must agree
	cp -r round words && sed -i "s|</scheme>|<measurand code=\"HBeAg\" name=\"乙肝e抗原\" name-en=\"HBeAg\" scale=\"reaction\">$match</measurand><discrepancy between=\"HBsAg HBeAg\"/></scheme>|" words/panel.xml && { echo lab,programme,measurand,sample,value,index,unit; cat; } > words/results/a.csv
}
words <<'CSV'
L1,P,HBsAg,S1,,12.5,1
L2,P,HBsAg,S1,,0.5,-
L3,P,HBsAg,S1,,12.5,/
L4,P,HBsAg,S1,阳性 + COI 12.5,,
L5,P,HBsAg,S1,阳性 12.5,12.50,
L6,P,HBsAg,S1,NEG 0.35,,
L1,P,HBsAg,S2,0.8,,
L6,P,HBsAg,S2,阳性,0.2,
L6,P,HBeAg,S2,阴性,,
L1,P,PRO,S1,1+,,
L1,P,PRO,S1,2+,,
L3,P,PRO,S1,1+,,
L4,P,PRO,S1,1+,,
CSV
is_heard() { test "$(grep "^$1,P,HBsAg,$2,returned," heard/T1/v1/scores.csv | awk -F, '{ print $6 "|" $(NF - 1) }')" = "$3" || { grep "^$1,P,HBsAg,$2," heard/T1/v1/scores.csv >> close.err; false; }; }
$ZHIPING close $ZP_OPTIONS words --into heard --issued 2026-03-31 > close.out 2> close.err
indices() { is_heard L1 S1 'positive|12.5' && is_heard L2 S1 'negative|0.5' && is_heard L3 S1 'positive|12.5' && is_heard L1 S2 'negative|0.8'; }
claim "an index alone is read by the cut-off, whichever sign says that it has no unit" indices
claim "beside a word that the vocabulary knows and the scale does not write so, it is the word that counts" is_heard L6 S1 'negative|0.35'
claim "whatever stands between them" is_heard L4 S1 'positive|12.5'
claim "an index that is written twice and is one is one" is_heard L5 S1 'positive|12.5'
unanswered() { for lab in L1 L2; do grep -q '^P,PRO,尿蛋白,,S1,,,,,,,,,' "heard/T1/v1/labs/$lab/results.csv" || return 1; done; grep -q '^P,PRO,尿蛋白,,S1,1+,' heard/T1/v1/labs/L3/results.csv; }
claim "two grades between which nobody chose, and none, are told as no grade" unanswered
claim "all that is to be looked at is told of a result" grep -q '^P,HBsAg,.*,S2,阳性,.*指数（COI、S/CO）与所报阴阳性矛盾，请核对；不影响评价；' heard/T1/v1/labs/L6/results.csv
rm -r words
words <<'CSV'
L1,P,HBsAg,S1,O型 12.5,,
L2,P,HBsAg,S1,未做 12.5,,
L3,P,HBsAg,S1,1:160 12.5,,
L4,P,HBsAg,S1,阳性 12.5,12.4,
L5,P,HBsAg,S1,阳性 12.5,,IU/mL
L6,P,HBsAg,S1,,12.5,U
CSV
$ZHIPING check $ZP_OPTIONS words > close.out 2> close.err
told_of() { cat close.out close.err | grep -qF "results/a.csv:$1: $2"; } # LINE:FIELD SENTENCE
unheard() {
	local none='is no answer here; expected 阴性, 可疑 or 阳性'
	told_of 2:5 "HBsAg value \"O型 12.5\" $none" && told_of 3:5 "HBsAg value \"未做 12.5\" $none" && told_of 4:5 "HBsAg value \"1:160 12.5\" $none" && told_of 6:5 "HBsAg value \"阳性 12.5\" $none"
}
claim "beside what is no word of the scale, or with the unit of a concentration, it is refused" unheard
claim "so are two that differ" told_of 5:5 'HBsAg value "阳性 12.5" says the index 12.5, and its column says 12.4; expected one index'
claim "and one with a unit" told_of 7:6 'index "12.5" has the unit U; expected an index such as COI or S/CO, which has none, or nothing'
echo "1..$number"
