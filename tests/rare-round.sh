#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is told where a round has something that few have: methods that lie apart now up, now down; peers that are all alike; a negative sample in
# which somebody found something; limits in SD of three laboratories; more answers than a figure has bars; two decisions about one sample.
. "${top_srcdir:-..}/tests/year_claims.sh"
plugins=$(cd "${top_builddir:-.}" && pwd)/tests/.libs
close() { # INTO WHAT...
	local into=$1
	shift
	zhiping close "${round:-round}" --into "$into" --issued 2026-03-31 --ledger "$into.sqlite" --plugin "$plugins/told.so" --plugin "$plugins/centre.so" --emit "$@" || test $? = 1
}
v=out/R1/v1
lab() { grep "^$2|$3|" "$v/labs/$1/told.txt" | cut -d'|' -f4-; } # LAB KIND PROGRAMME|MEASURAND
is() { test "$1" = "$2" || { printf 'is:       %s\nexpected: %s\n' "$1" "$2"; return 1; }; }
row() { grep "^$2," "$v/labs/$1/results.csv"; } # LAB PROGRAMME,MEASURAND...
cells() { row "$1" "$2" | cut -d, -f"$3"; }
centre() { grep -P "^$1\t$2\t" $v/told.tsv | cut -f"$3"; } # KIND PROGRAMME... CELLS
labs() { seq -f 'L%02g' "$1" "$2"; }
echo 1..53
claim "the round closes" eval 'PYTHONDONTWRITEBYTECODE=1 python3 "$here/tests/rare_round.py" round && close out tables,reports,pages'

# ---- methods and groups that lie apart ----
tells() { local lab; for lab in $1; do lab "$lab" finding "$2" | grep -qF "$3" || { echo "$lab does not"; return 1; }; done; }
nobody() { ! grep -hF "finding|$1|" $v/labs/*/told.txt | grep -F "$2"; }
claim "all users of a method that is low in every sample are told that it is low" tells "$(labs 13 20)" 'apart|LOW' '本室所用方法“乙法”在组内系统偏低，偏倚可能来自方法本身。|Within the group, all users of "乙法" are low'
claim "nobody else is" eval '! tells L01 "apart|LOW" 在组内系统'
claim "one that is high in three samples and low in two is not told of" nobody 'apart|MIX' 在组内系统
claim "nor one that is high in one of five" nobody 'apart|ONCE' 在组内系统
claim "nor what is another method or instrument in each" nobody 'apart|TURNS' 在组内系统
apart() { centre 'group' 'apart\tTURNS' 4,20 | grep -oE '^S[123]|; expected.*|\((method|instrument): [^)]*\)' | tr '\n' ' '; }
claim "the centre reads which it is in each sample" is "$(apart)" 'S1 (method: 乙法) S2 (instrument: 仪乙) S3 (method: 丙法) '
claim "a group that lies above the others in some samples and below in others is not said to lie apart" nobody 'groups|GUP' 与其他组系统不同
claim "one whose results are all alike is not: how sure its target is cannot be told" eval '! tells L01 "groups|ALIKE" 与其他组系统不同'
claim "where methods_apart is null nobody looks for that" nobody 'quiet|QUIET' 与其他组系统不同
claim "a group that cannot be judged is not drawn before one that can, though it comes first" eval \
	'is "$(grep -P "^figure\tquiet\tQUIET\tS1\thistogram" $v/told.tsv | cut -f6)" "QUIET项 (mmol/L)，样本 S1：20 家，其中同组 12 家；靶值 5.00，允许 4.50 至 5.50。"'
claim "two samples are drawn for the group that is the largest, though it comes second" eval \
	'centre figure groups 4-6 | grep -qF "S1	youden	GUP项 (mmol/L)，样本 S1 与 S2：同组 12 家。"'

# ---- targets that are no usual ones ----
claim "below zero a target is drawn, without limits that it has not" eval 'centre figure groups 4-6 | grep -qF "S1	histogram	BE项 (mmol/L)，样本 S1：20 家，其中同组 12 家；靶值 −3.00。"'
claim "and a mean below zero has no coefficient of variation" eval 'is "$(lab L01 peers "groups|BE" | head -n 1)" "S1|乙法|8|-2.998|0.0241||1"'
claim "nor has one of logarithms" eval 'is "$(lab L01 peers "log|DNA" | cut -d"|" -f6 | sort -u)" ""'
claim "a method whose target is not stated has the median of its results" eval 'is "$(lab L01 peers "unstated|WHAT" | cut -d"|" -f2-4)" "$(printf "乙法|8|5.005\n甲法|13|5.000")"'
claim "where one laboratory may be shown, a method of one is, with no blank name beside its own" eval 'is "$(lab L01 peers "one|ONE" | cut -d"|" -f2-4 | tr "\n" " ")" "–|1|5.500 丁法|1|5.400 丙法|1|5.300 乙法|1|5.200 甲法 · 试剂甲|1|5.100 "'
claim "limits in SD of three laboratories are told to none of them, though the target is stated" eval 'is "$(cells L01 few,SDF,SDF项,mmol/L,F1 6-9)$(cells L01 few,ORF,ORF项,mmol/L,F1 6-9)" "5.05,5,,5.05,5,,"'
claim "nor how far they lie from them" eval '! sed -n "/^measurand|few/,/^measurand|one/p" $v/labs/L01/told.txt | grep -E "[0-9] %|允许"'

# ---- one laboratory ----
claim "among peers that are all alike a scatter is told in percent of the limit" tells L01 'alike|SAME' '各样本偏差分散，约为允许误差的 111 %'
claim "of an odd result and a blank one the odd one is told first" eval 'is "$(lab L01 finding "odd|ODD" | cut -c1-8)" "$(printf "样本 S3 与其余样本不一致\n样本 S7 未填写结果" | cut -c1-8)" && tells L01 "odd|ODD" "样本 S3 与其余" && tells L01 "odd|ODD" "样本 S7 未填写"'
claim "slips by other factors are told apart" eval 'is "$(lab L02 finding "odd|ODD" | cut -d"|" -f2)" "$(printf "S1: looks like a slip of the decimal point (factor 0.1); please check.\nS2: looks like a slip of the decimal point (factor 100); please check.")"'
claim "so are those of other samples" eval 'is "$(lab L03 finding "odd|ODD" | cut -d"|" -f2 | sed "s/ looks.*sample / /; s/;.*//" | tr "\n" " ")" "S1: S2 S2: S1 S5: S6 S6: S5 "'
claim "seven results above the target in a first round are no run" eval 'tells L04 "odd|ODD" 固定偏倚约 && ! tells L04 "odd|ODD" 连续'
claim "a bias of logarithms is told" tells L01 'log|DNA' '各样本普遍偏高，平均为允许误差的 72 %'

# ---- nothing is in a sample ----
figures() { lab "$1" figure "$2" | cut -d'|' -f1 | tr '\n' ' '; }
claim "who found something where nothing is has no figure of both samples, whichever it is" eval 'is "$(figures L01 "none|A")$(figures L01 "none|B")" "bias histogram bias histogram "'
claim "and reads that it should be negative, in one group with the other sample's peers" eval 'is "$(cells L01 none,A 7,14,16-17 | tr "\n" " ")" "阴性,unacceptable,假阳性：应为阴性,试剂:试剂甲 3.000,acceptable,,试剂:试剂甲 "'
claim "for the centre everybody is one group there" eval 'is "$(centre group "none\tA\tN1" 5,6,10)" "全部实验室	all laboratories	negative"'
claim "where nothing is in either, that is the group that is told" eval 'is "$(cells L01 none,E 17 | sort -u)" 全部实验室'
claim "one of whom nobody else answered has no target" eval 'is "$(centre group "none\tD\tN1" 5,16)" "没有可比组	0"'

# ---- what may be shown ----
shown() { lab "$1" peers "$2|SPLIT" | cut -d'|' -f2,3 | tr '\n' ' '; }
# 方法一 less the group of 试剂甲 would tell of two, and so would everybody less that group, 方法三 and 方法四
claim "beside a group no method is shown that tells of two others, and of those outside the smallest is left out with them" eval 'is "$(shown L01 cover)" "方法三|7 方法二|6 "'
claim "where the two are all that is outside, it is the one that lies across that is left out" eval 'is "$(shown L01 alone)" "方法二|6 "'
stated() { lab "$1" peers 'stated|KNOWN' | cut -d'|' -f2,3 | tr '\n' ' '; }
claim "a group of three is told of none of its numbers, so that with those of two others no method would tell of it" eval 'is "$(stated L01)" "丙法|6 甲法|12 "'

# ---- values that are bounds ----
target() { centre group "$1" 5,9 | grep '^全部实验室' | cut -f2; }
claim "a group of everybody rests on all bounds, that of the rest on those of the rest" eval \
	'is "$(target "everyone\tALL")" "$(target "plain\tALL")" && is "$(target "remainder\tALL")" "$(target "plain\tREST")" && ! is "$(target "plain\tALL")" "$(target "plain\tREST")"'

# ---- answers ----
bars() { grep '^text|KIND|.*号|\|^text|KIND|其他' "$v/labs/$1/told.txt" | cut -d'|' -f3 | tr '\n' ' '; }
claim "of many kinds of answers seven are drawn, the target and the own one, and the rest in one" eval \
	'is "$(bars L01)" "01号 02号 03号 04号 05号 06号 07号 12号 13号 其他 others " && grep -qF "text|KIND||其他 others: 4  (13.8 %)" $v/labs/L01/told.txt'
claim "a late answer that nobody else gave is drawn beside them, as one of none" eval 'is "$(bars L30)" "01号 02号 03号 04号 05号 06号 07号 12号 14号 其他 others " && ! grep -q "KIND||14号" $v/labs/L30/told.txt'
claim "who alone answered, and late, has no figure of it" eval 'is "$(lab L30 figure "kinds|KIND" | cut -d"|" -f2)" "样本 K1" && ! centre figure kinds 4 | grep -q K2'

# ---- decisions ----
claim "two decisions about one sample are told one after the other, each with its record" eval \
	'is "$(cells L02 decided,X,X项,mmol/L,D1 16)" "组织者决定该样本不评价；靶值由决定给出（专家组 于 2026-03-25 决定：参考方法）；不评价（专家组 于 2026-03-25 决定：渗漏）"'
claim "where who was late loses the sample all the same, it reads that, and then that nobody was judged" eval \
	'is "$(cells L10 decided,Y,Y项,mmol/L,D2 16)" "截止时间后收到，按不通过计；不评价（专家组 于 2026-03-26 决定：均匀性不合格）"'
claim "the centre reads which of two values was chosen" eval 'centre decision choose 3-5 | grep -qF "L01 · decided组 · Y项 · D1	在矛盾的回报值中选定 5.40	of several values this one was chosen: 5.40"'
claim "an absurd value is counted among the outliers" eval 'is "$(centre group "odd\tODD\tS7" 24,25)" "1	1"'
claim "so is what the method itself drops" eval 'is "$(centre group "odd\tOUT\tS1" 24,25)" "1	1"'
claim "where nobody answered all shares are 0" eval 'is "$(centre ranks "silent\tlaboratories" 5)" "可接受率最高的实验室：1 L01 0.0 %；1 L02 0.0 %；1 L03 0.0 %；1 L04 0.0 %。"'
claim "what does not take place is not asked, and has no ranks" eval 'is "$(centre sample gone 5)" 0 && ! centre ranks gone 2-5 | grep .'
claim "a city without an English name has its own name on pages in English" eval 'grep -hoE ">(Yi|丙市|己市)<" $v/site/en/regions/*.html $v/site/en/ranking/*.html | sort -u | tr -d "\n" | grep -qF ">Yi<>丙市<"'
claim "and what is decided of a sample in all measurands" eval 'centre decision do-not-evaluate 3,4 | grep -qF "decided组 · D2	不评价"'


claim "a group whose reagent nobody named says so" eval 'is "$(cells L04 one,ONE 17),$(cells L05 one,ONE 17)" "方法:丁法;试剂:未填写,方法:未填写;试剂:未填写"'

# ---- how values are written ----
written() { local lab; for lab in $1; do row "$lab" written | cut -d, -f6,14,16; done | sort -u; }
claim "what cannot be read is not evaluated, whatever unit stands beside it" eval 'is "$(written "L11 L12 L13")" ",not_evaluated,回报内容不能识别为数值"'
claim "an uncertainty of what was not detected changes nothing, and a wide blank is none" eval 'is "$(written L14) $(written L15)" "未检出,unacceptable,假阴性：应为阳性 3.00,acceptable,"'

# ---- the same, where laboratories are masked ----
masked() { cp -r round masked && sed -i 's|<regions |<pages laboratories="masked"/>&|' masked/round.xml && round=masked close mask tables,pages; }
claim "it closes with laboratories masked" masked
v=mask/R1/v1
words() { grep -rhoE "<title>[^<]*: [+−]?[0-9]+ %<" "$1" | sed 's/<title>//; s/:.*//' | sort -u; }
claim "a dot is a laboratory in either language, and nobody's" eval 'is "$(words $v/site/measurands)" 实验室 && is "$(words $v/site/en/measurands)" laboratory'
claim "a city of one laboratory is left out, and the smallest of the others with it" eval 'is "$(centre ranks "kinds\tregions" 5)" "各市州可接受率：2 乙市 0.0 %；2 庚市 0.0 %。"'
claim "where all cities together have few there is no figure" eval '! centre ranks few 2-5 | grep . && ! centre ranks silent 2-5 | grep .'
