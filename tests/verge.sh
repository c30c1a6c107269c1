#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What lies on the verge: the first sample only, a region with one result, a factor of one, systems in the place of methods, a value at the very bound, a bound and a number in one line, ties of pairs, bounds in any order, answers that have no width.
. "$top_srcdir/tests/claim.sh"
close() { $ZHIPING close $ZP_OPTIONS "$1" --into "$1-out" --issued "${2:-2026-03-31}" --emit tables > close.out 2> close.err; test $? -le 1; }
targets() { # TABLE MEASURAND COLUMN...: what its rows say, each once; of all measurands: *
	python3 -c 'import csv, sys; print(*sorted({"|".join(r[c] for c in sys.argv[3:]) for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")) if sys.argv[2] in ("*", r["measurand"])}))' "$@"
}
cp -r "$top_srcdir/fixtures/refused/base" round && rm round/results/*
sed -i 's/<score method/<choices absurd_factor="1" methods_apart="25" blank_result="not_evaluated"\/>\n  &/' round/scheme.xml
sed -i 's/<region code="4201" name="乙市"\/>/&<region code="4202" name="丙市"\/>/' round/regions.xml
sed -i 's/<sample code="S2"\/>/<sample code="S2" measurands="GLU"\/>/' round/round.xml
# L0001 is alone in 丙市 with one result; L0002 left the second sample blank; L0020 lies far off; L0021 to L0040 have another system
awk 'BEGIN { print "code,name,region,class" > "round/roster.csv"; print "lab,programme,measurands" > "round/enrolments.csv"; print "lab,measurand,sample,value,system" > "round/results/a.csv"
	for (i = 1; i <= 40; i++) { lab = sprintf("L%04d", i)
		print lab ",示例医院" i "," (i == 1 ? 4202 : 4201) ",公立" > "round/roster.csv"; print lab ",chem," (i == 1 ? "K" : "*") > "round/enrolments.csv"
		printf("%s,K,S1,%.2f,%s\n", lab, 4 + (i % 5 - 2) / 50 + (i > 20) / 8, i > 20 ? "系统乙" : "系统甲") > "round/results/a.csv"
		for (s = 1; s <= 2 && i > 1; s++)
			printf("%s,GLU,S%d,%s,系统甲\n", lab, s, i == 2 && s == 2 ? "" : sprintf("%.2f", 5 + s + (i % 5 - 2) / 20 + 3 * (i == 20))) > "round/results/a.csv" } }'
echo 1..11
claim "the round closes" close round
v=round-out/R1/v1
score() { awk -F, -v lab="$1" -v m="$2" -v s="$3" '$1 == lab && $3 == m && $4 == s { print $5, $12, $13 }' $v/scores.csv; }
claim "who sent the first sample only has left the second blank, and did not leave out everything" test "$(score L0002 GLU S2)" = "blank not_evaluated blank_not_evaluated"
claim "with a factor of one, what lies beyond the limit is out of the statistics" test "$(score L0020 GLU S1)" = "returned unacceptable absurd"
region() { awk -F, -v r="$1" '$1 == "*" && $2 == r && $6 == "*" { print $14, $16 }' $v/regions.csv; }
claim "a region with one result has a rank among its like" test "$(region 4202), $(region 4201)" = "1 1, 116 2"
claim "systems that lie apart within a group are told as methods are" eval "awk -F, '\$2 == \"chem\" && \$3 == \"K\"' $v/targets.csv | grep -q methods"

# Two rungs: in the first sample twelve have methods of their own and meet on the second rung, in the second sample everybody has one method.
cp -r "$top_srcdir/fixtures/refused/base" rungs && rm rungs/results/*
sed -i 's/<peers by="" least="2" otherwise="all"\/>/<peers by="method reagent" least="12" otherwise="all"\/>/; /code="K"/d' rungs/scheme.xml
awk 'BEGIN { print "code,name,region,class" > "rungs/roster.csv"; print "lab,programme,measurands" > "rungs/enrolments.csv"; print "lab,measurand,sample,value,method,reagent" > "rungs/results/a.csv"
	for (i = 1; i <= 24; i++) { lab = sprintf("L%04d", i)
		print lab ",示例医院" i ",4201,公立" > "rungs/roster.csv"; print lab ",chem,GLU" > "rungs/enrolments.csv"
		for (s = 1; s <= 2; s++)
			printf("%s,GLU,S%d,%.2f,%s,试剂\n", lab, s, 5 + s + (i % 5 - 2) / 20, s == 1 && i > 12 ? "方法" i : "方法甲") > "rungs/results/a.csv" } }'
close rungs
groups() { awk -F, '$2 == "chem" { printf "%s %s %s; ", $4, $7, $8 }' $v/targets.csv; }
v=rungs-out/R1/v1
claim "no group is made of whom nobody waits for, whatever the sample before asked for" test "$(groups)" = "S1 method=方法甲 12; S1 reagent=试剂 12; S2 method=方法甲 24; "

# Twelve results of which one lies at the very double of what is absurd, 10 less a billionth of it above the median of 10 with limit 1.
cp -r "$top_srcdir/fixtures/refused/base" bound && rm bound/results/*
sed -i 's/<assign [^>]*>/<assign method="mean"\/>/; s/<score method/<choices absurd_factor="10"\/>\n  &/' bound/scheme.xml
sed -i 's/abs="0.2"/abs="1"/' bound/limits.xml
sed -i 's/<sample code="S2"\/>//' bound/round.xml
awk 'BEGIN { print "code,name,region,class" > "bound/roster.csv"; print "lab,programme,measurands" > "bound/enrolments.csv"; print "lab,measurand,sample,value" > "bound/results/a.csv"
	for (i = 1; i <= 12; i++) { lab = sprintf("L%04d", i)
		print lab ",示例医院" i ",4201,公立" > "bound/roster.csv"; print lab ",chem,K" > "bound/enrolments.csv"; print lab ",K,S1," (i == 12 ? "19.99999999" : "10.00") > "bound/results/a.csv" } }'
close bound
claim "a value at the very bound of what is absurd, as doubles have it, is among the rest for statistics and for its mark" test "$(targets bound-out/R1/v1/targets.csv K kept absurd) $(grep -c ',absurd' bound-out/R1/v1/scores.csv)" = "12|0 0"

# 5 and <5 in one line of a file.
both() { # FIRST SECOND
	rm -rf both both-out && cp -r "$top_srcdir/fixtures/refused/base" both && sed -i '/^LAB01,K,S1/d' both/results/a.csv &&
		printf '<results lab="LAB01" programme="chem"><result measurand="K" sample="S1" value="%s"/><result measurand="K" sample="S1" value="%s"/></results>' "$1" "$2" > both/results/LAB01.xml && close both
	grep -hoE '(&lt;|<)?5 \| <?5' both-out/R1/v1/scores.csv
}
claim "of a bound and a number that contradict each other in one line the same is told first, whichever stands first" eval 'test -n "$(both "&lt;5" 5)" && test "$(both "&lt;5" 5)" = "$(both 5 "&lt;5")"'

# Pairs of one share but of one result and of eight: the scheme breaks ties by how much was judged, the round does not.
cp -r "$top_srcdir/fixtures/refused/base" pairs && rm pairs/results/*
python3 - <<'PY'
labs = {"L1": "1", "L2": "11111111", "L7": "1110", "L8": "11111100", "L3": "10", "L4": "11110000", "L5": "0", "L6": "00000000"}
names = ["M%d" % (k + 1) for k in range(8)]
put = lambda path, lines: open("pairs/" + path, "w", encoding="utf-8").write("\n".join(lines) + "\n")
put("limits.xml", ['<limits set="small" title="小限值表" title-en="Small limits" version="1">'] +
    ['<limit code="%s" name="%s" name-en="%s" unit="mmol/L" kind="ABS" abs="1" text="±1 mmol/L" source="made for this example" confidence="A"/>' % (m, m, m) for m in names] + ["</limits>"])
put("scheme.xml", ['<scheme name="small" version="1" title="小方案" title-en="Small scheme" pass="80"><limits from="limits.xml"/><choices rank_tiebreak="n"/>',
                   '<peers by="" least="2" otherwise="all"/><assign method="algorithm-a"/><score method="sdi"/>'] +
    ['<measurand code="%s" name="%s" name-en="%s" unit="mmol/L" places="2"/>' % (m, m, m) for m in names] + ["</scheme>"])
plan = open("pairs/round.xml", encoding="utf-8").read().replace('<sample code="S2"/>', "".join('<known measurand="%s" sample="S1" x-pt="5.00" u="0.01" source="made"/>' % m for m in names))
put("round.xml", [plan])
put("roster.csv", ["code,name,region,class"] + ["%s,示例医院%s,4201,公立" % (lab, lab[1:]) for lab in labs])
put("enrolments.csv", ["lab,programme,measurands"] + ["%s,chem,%s" % (lab, " ".join(names[:len(right)])) for lab, right in labs.items()])
put("results/a.csv", ["lab,measurand,sample,value"] + ["%s,%s,S1,%s" % (lab, m, "5.00" if r == "1" else "9.00") for lab, right in labs.items() for m, r in zip(names, right)])
PY
ranges() { awk -F, -v p="$1" '$1 == p && $2 == "42" && $4 == "*" { print $7, $14, $15 }' pairs-out/R1/v1/ranking.csv | sort; }
ranks() { awk -F, -v p="$1" '$1 == p && $2 == "42" && $4 == "*" { printf "%s %s ", $7, $5 }' pairs-out/R1/v1/ranking.csv; }
close pairs
claim "of one programme alone the ranges of ranks are those of all programmes, whoever breaks the ties" eval \
	'test "$(ranges chem | wc -l)" = 8 && test "$(ranges chem)" = "$(ranges "*")" && test "$(ranks chem)" != "$(ranks "*")"'

# Fifteen results, some of them bounds, and the same of other laboratories.
bounds() { # FOLDER VALUE...
	cp -r "$top_srcdir/fixtures/refused/base" "$1" && rm "$1"/results/* && sed -i 's/<assign [^>]*>/<assign method="censored-normal"\/>/; /code="K"/d' "$1/scheme.xml" && sed -i 's/<sample code="S2"\/>//' "$1/round.xml"
	{ echo code,name,region,class; seq $(($# - 1)) | awk '{ printf("L%02d,示例医院%d,4201,公立\n", $1, $1) }'; } > "$1/roster.csv"
	{ echo lab,programme,measurands; seq -f 'L%02g,chem,GLU' $(($# - 1)); } > "$1/enrolments.csv"
	{ echo lab,measurand,sample,value; printf '%s\n' "${@:2}" | awk '{ printf("L%02d,GLU,S1,%s\n", NR, $1) }'; } > "$1/results/a.csv"
	close "$1"
}
exact() { targets "$1-out/R1/v1/targets.csv" "*" x_exact s u_x_pt iterations; }
values='5.21 >5.43 4.97 5.13 >5.02 5.38 <5.11 5.07 >5.31 4.89 5.29 <4.93 5.17 >5.23 5.33'
bounds one-way $values
bounds other-way $(printf '%s\n' $values | tac)
bounds third-way $(printf '%s\n' $values | sort)
claim "bounds are the same to the last digit, whichever laboratory sent which" eval 'test "$(exact one-way)" = "$(exact other-way)" && test "$(exact one-way)" = "$(exact third-way)" && exact one-way | grep -q "5\.[0-9]"'

cp -r "$top_srcdir/fixtures/rounds/serology" answers
close answers 2026-12-31
claim "answers have no width, and are no estimate that did not converge" test "$(targets answers-out/serology/v1/targets.csv "*" delta_e converged)" = "|1"
