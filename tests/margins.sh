#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Those on the margin: results that contradict each other in every laboratory, groups without a stated target, groups and those left over whose
# numbers are as few as the method takes, laboratories that take no part, certified values with more digits than results, a lone voter, thirty of one value.
. "$top_srcdir/tests/claim.sh"
close() { $ZHIPING close $ZP_OPTIONS "$1" --into "$1-out" --issued 2026-03-31 --emit tables > close.out 2> close.err; test $? -le 1; }
rows() { # TABLE COLUMN=VALUE,... COLUMN...: what those rows say, each on a line
	python3 -c 'import csv, sys
want = dict(w.split("=", 1) for w in sys.argv[2].split(",") if w)
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    if all(r[c] == v for c, v in want.items()): print("|".join(r[c] for c in sys.argv[3:]))' "$@"
}
round() { # FOLDER LABS: a round of potassium and one sample, without results; what stands on stdin alters its scheme
	cp -r "$top_srcdir/fixtures/refused/base" "$1" && rm "$1"/results/* && sed -i '/code="GLU"/,/<\/measurand>/d' "$1/scheme.xml" && sed -i -f - "$1/scheme.xml" && sed -i '/code="S2"/d' "$1/round.xml"
	{ echo code,name,region,class; seq "$2" | awk '{ printf("L%02d,示例医院%d,4201,公立\n", $1, $1) }'; } > "$1/roster.csv"
	{ echo lab,programme,measurands; seq -f 'L%02g,chem,K' "$2"; } > "$1/enrolments.csv"
	echo lab,measurand,sample,value,method > "$1/results/a.csv"
}
echo 1..16

round conflicts 10 < /dev/null
echo L10,K,S1,4.00, >> conflicts/results/a.csv
seq 9 | awk '{ for (k = 0; k < 2 + $1 % 2; k++) printf("L%02d,K,S1,%d,\n", $1, 10 * $1 + k) }' >> conflicts/results/a.csv
close conflicts
told() { rows conflicts-out/R1/v1/scores.csv state=conflict lab remark | sed 's/ ([^)]*)//g'; }
sent() { seq 9 | awk '{ printf("L%02d|%d | %d%s\n", $1, 10 * $1, 10 * $1 + 1, $1 % 2 ? " | " (10 * $1 + 2) : "") }'; }
claim "each of nine laboratories is told the values that contradict each other, and they are its own" test "$(told)" = "$(sent)"
cp -r conflicts chosen
{ echo '<decisions>'; seq 9 | awk '{ printf("<choose lab=\"L%02d\" programme=\"chem\" measurand=\"K\" sample=\"S1\" value=\"%d\" who=\"甲\" when=\"2026-03-20\" why=\"核对原始记录\"/>\n", $1, 10 * $1) }'; echo '</decisions>'; } > chosen/decisions.xml
close chosen
claim "the first of each is there to be chosen" test "$(rows chosen-out/R1/v1/scores.csv state=returned value | head -n 9 | paste -sd' ')" = "10 20 30 40 50 60 70 80 90"

# A target is expected to be stated, and is not.
round stated 9 <<< 's/by="" least="2"/by="method" least="3"/; s/assign method="[^"]*"/assign method="known"/'
seq 9 | awk '{ printf("L%02d,K,S1,%.2f,方法%s\n", $1, 4 + $1 / 100, $1 > 5 ? "乙" : "甲") }' >> stated/results/a.csv
close stated
claim "without a stated target each method is a group none the less, and says what is missing" test \
	"$(rows stated-out/R1/v1/targets.csv "" key members status | paste -sd' ')" = "method=方法乙|4|no_target method=方法甲|5|no_target"

# One number and two bounds, which settle no normal distribution: as many numbers as the method takes.
round bounds 3 <<< 's/least="2"/least="1"/; s/assign method="[^"]*"/assign method="censored-normal"/'
printf 'L%02d,K,S1,%s,\n' 1 4.00 2 '<4.50' 3 '>3.00' >> bounds/results/a.csv
close bounds
claim "where the numbers were enough and the method had no answer, it is a target that is missing, not peers" test \
	"$(rows bounds-out/R1/v1/targets.csv "" members status | paste -sd' ')" = "3|no_target"

# Twelve of one method, and five of another, whose bounds are their own: without the twelve they have the same statistics.
censored='s/by="" least="2" otherwise="all"/by="method" least="6" otherwise="none"/; s/assign method="[^"]*"/assign method="censored-normal"/'
over='13,K,S1,4.31,方法乙 14,K,S1,4.48,方法乙 15,K,S1,4.12,方法乙 16,K,S1,<4.20,方法乙 17,K,S1,>4.40,方法乙'
round left 17 <<< "$censored"
{ seq 12 | awk '{ printf("L%02d,K,S1,%s,方法甲\n", $1, $1 == 12 ? "<3.90" : sprintf("%.2f", 4 + ($1 % 4) / 50)) }'; printf 'L%s\n' $over; } >> left/results/a.csv
close left
round alone 17 <<< "$censored"
printf 'L%s\n' $over >> alone/results/a.csv
close alone
over() { rows "$1-out/R1/v1/targets.csv" status=too_few_peers members kept x_exact s; }
claim "the statistics of those left over rest on their own numbers and bounds" eval 'test "$(over left)" = "$(over alone)" && over left | grep -qE "^5\|3\|4\.[0-9]+\|0\.[0-9]+$"'
claim "nobody else is told of them, and the twelve have a target" test "$(rows left-out/R1/v1/targets.csv key=method=方法甲 members status)" = "12|gradable"

# Ten laboratories of which the last is enrolled nowhere.
round idle 10 < /dev/null
sed -i '/^L10/d' idle/enrolments.csv
seq 9 | awk '{ printf("L%02d,K,S1,%.2f,\n", $1, 4 + $1 / 100 + 2 * ($1 > 7)) }' >> idle/results/a.csv
close idle
claim "who takes part in nothing has no place among those who do" eval \
	'test "$(rows idle-out/R1/v1/ranking.csv "" lab | sort -u | wc -l)" = 9 && ! grep -rq L10 idle-out/R1/v1/ranking.csv idle-out/R1/v1/scores.csv'
ranges() { rows idle-out/R1/v1/ranking.csv "programme=$1" region class lab rank rank_low rank_high | sort; }
claim "of the only programme the ranges of ranks are those of all programmes, and hold more than the rank" eval \
	'test -n "$(ranges chem)" && test "$(ranges chem)" = "$(ranges "*")" && ranges chem | awk -F"|" "\$6 > \$4 { wide = 1 } END { exit !wide }"'

# A certified value of four digits, results of two: targets that are worked out are rounded, those that are stated are not.
certified() { # FOLDER METHOD SETTINGS VALUES
	round "$1" 9 <<< 's/<score method/<choices target_places="places"\/>\n  &/'
	sed -i "s|<sample code=\"S1\"/>|&<known measurand=\"K\" sample=\"S1\" method=\"$2\" source=\"made\"$3>$4</known>|" "$1/round.xml"
	seq 9 | awk '{ printf("L%02d,K,S1,%.2f,\n", $1, 4 + $1 / 100) }' >> "$1/results/a.csv"
	close "$1"
	rows "$1-out/R1/v1/targets.csv" "" x_pt
}
claim "a certified value keeps its digits" test "$(certified crm crm ' x="4.0537" expanded="0.02"' '')" = 4.0537
claim "what reference laboratories found is rounded as other targets that are worked out" test \
	"$(certified found reference-laboratory ' x="4.05"' '<value x="0.0012"/><value x="0.0061"/><value x="0.0037"/>')" = 4.05
panel='4.11 4.02 4.07 4.31 4.05 4.18'
certified panel expert '' "$(printf '<value x="%s"/>' $panel)" > /dev/null
turns() { { echo x; printf '%s\n' $panel; } > panel.csv; $ZHIPING estimate $ZP_OPTIONS panel.csv --column x --method algorithm-a --json | grep -oE '"iterations": [0-9]+' | grep -oE '[0-9]+'; }
claim "a panel's consensus took as many turns as Algorithm A takes for its values" eval 'test "$(rows panel-out/R1/v1/targets.csv "" iterations)" = "$(turns)" && test "$(turns)" -gt 1'

# One laboratory where five have to agree.
cp -r "$top_srcdir/fixtures/refused/base" voter && rm voter/results/* && sed -i '/code="S2"/d' voter/round.xml
cat > voter/scheme.xml <<'XML'
<scheme name="small" version="1" title="小方案" title-en="Small scheme" pass="80"><limits from="limits/special-2026.xml" programme="SEROLOGY"/>
  <peers by="" least="1" otherwise="all"/><assign method="consensus" least_participants="5"/>
  <measurand code="HBsAg" name="乙肝表面抗原" name-en="HBsAg" scale="reaction"/></scheme>
XML
printf 'lab,programme,measurands\nLAB01,chem,*\n' > voter/enrolments.csv
printf 'lab,measurand,sample,value\nLAB01,HBsAg,S1,阳性\n' > voter/results/a.csv
close voter
claim "who is asked alone has peers enough, and no consensus" test "$(rows voter-out/R1/v1/targets.csv "" members status)" = "1|no_consensus"

# Thirty results that are equal but for the least.
round equal 30 < /dev/null
seq 30 | awk '{ printf("L%02d,K,S1,%s,\n", $1, $1 > 1 ? "4.10" : "4.00") }' >> equal/results/a.csv
close equal
claim "results that are equal but for the least have a shape, and one hump" eval 'rows equal-out/R1/v1/targets.csv "" humps dip_p | grep -qE "^1\|[01]\.[0-9]+$"'

# The first sample is not tried for glucose. Of two laboratories that measure potassium only, the second sent nothing of that sample.
cp -r "$top_srcdir/fixtures/refused/base" asked && rm asked/results/* && sed -i 's/<sample code="S1"\/>/<sample code="S1" measurands="K"\/>/' asked/round.xml
printf 'lab,programme,measurands\nLAB01,chem,K\nLAB02,chem,K\nLAB03,chem,*\n' > asked/enrolments.csv
{ echo lab,measurand,sample,value; printf 'LAB0%s\n' 1,K,S1,4.00 1,K,S2,5.00 2,K,S2,5.01 3,K,S1,4.01 3,K,S2,5.02 3,GLU,S2,6.00; } > asked/results/a.csv
close asked
claim "what is not asked of one measurand is asked of the next laboratory's other one" test \
	"$(rows asked-out/R1/v1/scores.csv sample=S1 lab measurand state | paste -sd' ')" = "LAB01|K|returned LAB02|K|blank LAB03|GLU|not_asked LAB03|K|returned"

# Two methods whose medians differ by less than results are rounded to. Then the same, but for one who reports more digits.
coarse() { # FOLDER VALUE: thirty of each method; the last of them reports VALUE
	round "$1" 60 <<< 's/<score method/<choices methods_apart="5"\/>\n  &/'
	seq 60 | awk -v last="$2" '{ v = $1 <= 30 ? 4 + $1 % 2 / 10 : $1 <= 54 ? 4.1 : 3.8 + ($1 - 54) / 10; printf("L%02d,K,S1,%s,方法%s\n", $1, $1 == 60 ? last : sprintf("%.1f", v), $1 > 30 ? "乙" : "甲") }' >> "$1/results/a.csv"
	close "$1"
	rows "$1-out/R1/v1/targets.csv" "" apart doubts
}
claim "methods that differ by less than results are rounded to are not told to lie apart" eval 'coarse round-off 4.4 | grep -qvE "method"'
claim "they are where one result says that they were not rounded so far" eval 'coarse finer 4.43 | grep -qE "^method=.*methods"'
