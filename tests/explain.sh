#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# explain tells, in words that a laboratory can check, how an answer was understood and judged: 45 laboratories, each sample made for
# one sentence.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0
problem=

wrong() { problem="$problem# $1"$'\n'; }
result() { # CLAIM
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }
	problem=
}

# ---- the round ----

mkdir -p round/results
cat > round/reaction.xml <<'XML'
<scale name="reaction" version="1" title="阴性或阳性" kind="nominal">
  <answer code="neg" name="阴性" name-en="negative" side="negative"/><answer code="grey" name="可疑" name-en="equivocal" side="grey"/>
  <answer code="pos" name="阳性" name-en="positive" side="positive"/>
</scale>
XML
cat > round/group.xml <<'XML'
<scale name="group" version="1" title="ABO 血型" kind="nominal">
  <answer code="A" name="A型" name-en="group A"/><answer code="B" name="B型" name-en="group B"/><answer code="O" name="O型" name-en="group O"><as text="O RhD-"/></answer>
</scale>
XML
cat > round/grades.xml <<'XML'
<scale name="grades" version="1" title="等级" kind="ordinal">
  <answer code="neg" name="−" name-en="negative" side="negative"/><answer code="trace" name="±" name-en="trace" side="grey"/>
  <answer code="1+" name="1+" side="positive"/><answer code="2+" name="2+" side="positive"/><answer code="3+" name="3+" side="positive"/>
</scale>
XML
cat > round/antibodies.xml <<'XML'
<scale name="antibodies" version="1" title="抗体" kind="set" case="matters">
  <answer code="none" name="无" name-en="none" side="negative"/><answer code="anti-D" name="抗-D"/><answer code="anti-K" name="抗-K"/>
  <answer code="anti-M" name="抗-M" significant="no"/>
</scale>
XML
cat > round/species.xml <<'XML'
<scale name="species" version="1" title="菌种" kind="nominal">
  <answer code="S.aureus" name="金黄色葡萄球菌" name-en="Staphylococcus aureus" family="Staphylococcus"/>
  <answer code="S.epidermidis" name="表皮葡萄球菌" name-en="Staphylococcus epidermidis" family="Staphylococcus"/>
  <answer code="E.coli" name="大肠埃希菌" name-en="Escherichia coli" family="Escherichia"/>
</scale>
XML
cat > round/sir.xml <<'XML'
<scale name="sir" version="1" title="药敏" kind="nominal">
  <answer code="S" name="敏感" name-en="susceptible" side="negative"/><answer code="I" name="中介" name-en="intermediate" side="grey"/>
  <answer code="R" name="耐药" name-en="resistant" side="positive"/>
</scale>
XML
limit() { echo "<limit kind=\"ANSWER\" judge=\"$1\" $2 text=\"$3\" source=\"made for this test\" confidence=\"A\"/>"; }
cat > round/scheme.xml <<XML
<scheme name="answers" version="1" title="试" pass="80">
  <choices discrepancy="${1:-flag}" programme_score="results" target_places="2"/>
  <measurand code="HBsAg" name="乙肝表面抗原" scale="reaction.xml"><cutoff at="1"/>$(limit match '' '与预期结果一致')</measurand>
  <measurand code="HBeAb" name="抗-HBe" scale="reaction.xml"><cutoff at="1" positive="below"/>$(limit match '' '与预期结果一致')</measurand>
  <measurand code="ABO-F" name="ABO正定型" scale="group.xml" pass="100">$(limit match '' '与预期结果一致')</measurand>
  <measurand code="ABO-R" name="ABO反定型" scale="group.xml" pass="100">$(limit match '' '与预期结果一致')</measurand>
  <measurand code="PRO" name="尿蛋白" scale="grades.xml"><assign method="median-grade"/>$(limit within 'grades="1"' '靶值 ±1 个等级')</measurand>
  <measurand code="ABID" name="抗体鉴定" scale="antibodies.xml">$(limit members '' '有临床意义的抗体不漏检')</measurand>
  <measurand code="ID" name="细菌鉴定" scale="species.xml" weight="4">$(limit accepted 'family="50"' '鉴定到种')</measurand>
  <measurand code="AST" name="药敏" scale="sir.xml"><assign method="mode"/>$(limit susceptibility '' 'S/I/R 一致')</measurand>
  <measurand code="HBV" name="HBV DNA" unit="IU/mL" places="2" transform="log10" undetected="80">
    <limit kind="ABS_OR_SD" abs="0.4" sd="3" text="±0.4 log 或 ±3SD" source="made for this test" confidence="A"/></measurand>
  <discrepancy between="ABO-F ABO-R"/>
</scheme>
XML
cat > round/round.xml <<'XML'
<round id="E1" name="试" year="2026" number="1" opens="2026-03-01T08:00:00+08:00" closes="2026-03-15T17:00:00+08:00">
  <organiser name="示例中心"/><regions from="hubei"/><class name="三级公立"/>
  <programme code="P" name="试" scheme="scheme.xml"><sample code="1"/><sample code="2"/>
    <known measurand="ABID" sample="1" value="抗-D+抗-K" source="给定"/>
    <known measurand="ID" sample="1" value="S.aureus" source="给定"><accept value="E.coli" credit="25"/></known>
  </programme>
</round>
XML
python3 - <<'PY'
labs = ["L%02d" % i for i in range(1, 46)]
with open("round/roster.csv", "w") as f:
    f.write("code,name,region,class\n" + "".join(f"{lab},示例医院{i},420100,三级公立\n" for i, lab in enumerate(labs, 1)))
with open("round/enrolments.csv", "w") as f: # 12 referees
    f.write("lab,programme,measurands,referee\n" + "".join(f"{lab},P,*,{'yes' if i >= 33 else ''}\n" for i, lab in enumerate(labs)))
rows = []
def put(m, s, value_of, index=""):
    rows.extend(f"{lab},{m},{s},{value_of(i)},{index if i == 0 else ''}," for i, lab in enumerate(labs, 1) if True)
put("HBsAg", 1, lambda i: "阳性(+)" if i == 1 else "neg" if i > 38 else "pos")                 # 38 of 45 positive: 84.4 %
put("HBsAg", 2, lambda i: "neg" if 10 < i <= 20 else "pos")                                    # 35 of 45: 77.8 %, but all referees
put("HBeAb", 1, lambda i: "pos" if i % 2 else "neg")                                           # nobody agrees
put("ABO-F", 1, lambda i: "O型 Rh(-)" if i == 1 else "O")
put("ABO-R", 1, lambda i: "A" if i in (2, 10) else "O")
put("ABO-F", 2, lambda i: "A")
put("ABO-R", 2, lambda i: "A")
put("PRO", 1, lambda i: ["3+", "neg", "trace"][i - 1] if i < 4 else "1+")
put("PRO", 2, lambda i: "1+" if i % 2 and i < 45 else "2+" if i < 45 else "")                  # 22 and 22: two medians
put("ABID", 1, lambda i: ["anti-D", "anti-D+anti-K+anti-M", "none"][i - 1] if i < 4 else "anti-D+anti-K")
put("ID", 1, lambda i: ["S.epidermidis", "E.coli"][i - 1] if i < 3 else "S.aureus")
put("AST", 1, lambda i: ["R", "I"][i - 1] if i < 3 else "S")
put("AST", 2, lambda i: "S" if i % 2 and i < 45 else "R" if i < 45 else "I")                   # two modes
put("HBV", 1, lambda i: ["10000", "未检出", "<20"][i - 1] if i < 4 else str(24000 + 100 * i))
put("HBV", 2, lambda i: "35" if i == 1 else "未检出")
head = "lab,measurand,sample,value,index,lod\n"
index = {("L01", "HBsAg", "1"): "0.5", ("L02", "HBeAb", "1"): "0.3"}
def line(row):
    c = row.split(",")
    c[4] = index.get((c[0], c[1], c[2]), "")
    c[5] = "50000" if (c[0], c[1], c[2]) == ("L02", "HBV", "1") else ""
    return ",".join(c) + "\n"
with open("round/results/a.csv", "w") as f:
    f.write(head + "".join(line(r) for r in rows))
PY
closes() { # FOLDER
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$1" --into "$1.out" --issued 2026-04-01 --emit tables > log 2>&1 || test $? = 1 || { sed 's/^/# /' log; echo 'Bail out! the round does not close'; exit 1; }
}
closes round

# ---- what is told ----

tells() { # LAB MEASURAND SAMPLE WORDS...: all of them, in English; and in Chinese those behind --
	local lab=$1 measurand=$2 sample=$3 lang=en
	shift 3
	for words; do
		test "$words" = -- && { lang=zh; continue; }
		$ZHIPING explain "${folder:-round.out}/E1/v1" "$lab" "$measurand" "$sample" --lang $lang > told 2>&1 || wrong "$lab $measurand $sample: $(cat told)"
		grep -qF -- "$words" told || wrong "$lab $measurand $sample does not tell: $words"$'\n'"$(sed 's/^/#   /' told)"
	done
}

tells L01 ABO-F 1 '"O型 Rh(-)"' 'read as:  group O' -- '读作：    O型'
tells L01 HBsAg 1 '"阳性(+)"' 'read as:  positive' -- '读作：    阳性'
tells L02 ID 1 '"Escherichia coli"' -- '"大肠埃希菌"'
result "an answer stands as it was sent, and as it was understood; by its name where the scale writes it so"

tells L01 HBsAg 1 'target:   positive: agreed on by 38 of 45 participants (84.4 %)' 'needed: 80 % of the participants, or 80 % of the referees (10 or more)' \
	-- '靶值：    阳性，一致者：45 个参加实验室中有 38 个（84.4 %）'
tells L01 HBsAg 2 'target:   positive: agreed on by 12 of 12 referees (100.0 %)' -- '12 个参考实验室中有 12 个（100.0 %）'
tells L05 HBeAb 1 'target:   none: too few agreed' 'the most frequent answer has 23 of 45 participants (51.1 %)' 'verdict:  not evaluated' -- '最多的结果：45 个参加实验室中有 23 个（51.1 %）'
tells L01 ABID 1 'target:   anti-D + anti-K: stated by the organiser' 'source: 给定' 'answered so by 42 of 45 participants (93.3 %)' -- '抗-D、抗-K，由组织者给定'
tells L01 AST 2 'two answers are equally frequent' 'each of the most frequent answers has 22 of 45 participants (48.9 %)' -- '最多的几种结果各为：45 个参加实验室中有 22 个'
tells L01 PRO 2 'target:   1+ or 2+: the two medians of the group, and either will do' -- '靶值：    1+ 或 2+'
tells L04 PRO 1 'the median of the group; this answer: 42 of 45 participants (93.3 %)' -- '同组结果的中位数'
tells L04 AST 1 'the most frequent answer: 43 of 45 participants (95.6 %)' -- '最多的结果：45 个参加实验室中有 43 个'
result "a target tells who agreed on it, or why there is none"

tells L01 PRO 1 'within 1 of the target' 'never negative for positive' 'an equivocal answer counts as positive' 'verdict:  unacceptable: more grades' -- '不超过 1 个等级' '阴性与阳性不得互报'
tells L02 PRO 1 'unacceptable: false negative'
tells L03 PRO 1 'read as:  trace' 'verdict:  acceptable'
tells L02 ABID 1 'no clinically significant one is missed, and none is reported that is not there' 'verdict:  unacceptable: one was reported that is not there' -- '漏检'
tells L03 ABID 1 'read as:  none' -- '读作：    无'
tells L01 ID 1 'right: the expected code; one of the same family (genus) has 50 %' 'accepted as well: Escherichia coli, for 25 %' -- '同时认可：大肠埃希菌，得 25 %' '同属（类）的得 50 %'
tells L01 AST 1 'a minor error has 50 %, a major error 0 %' 'unacceptable: major error' -- '小错误得 50 %'
result "a rule is told in words, with its figures"

tells L01 ID 1 'credit:   50 % of a result; each counts for 4' '100 x 2 / 4 = 50' 'each result counts for 4' -- '按 50 % 个结果计' '每个结果按 4 个计'
tells L02 ID 1 'credit:   25 % of a result' '100 x 1 / 4 = 25'
tells L02 AST 1 'credit:   50 % of a result' '100 x 0.5 / 1 = 50'
result "part of a result and its weight are told, in the score as well"

tells L01 HBsAg 1 'index:    0.5; cut-off 1, above it is positive' 'flag:     the index contradicts' 'verdict:  acceptable' -- '警示：   '
tells L02 HBeAb 1 'index:    0.3; cut-off 1, below it is positive' 'flag:     the index contradicts' -- '低于它为阳性（竞争法）'
result "an index that contradicts its word is told beside the verdict"

tells L02 ABO-F 1 'flag:     forward and reverse group' 'ABO-R: group A' 'it changes no verdict' 'verdict:  acceptable' -- 'ABO-R：A型' '不改变评价结果'
cp -r round failing && sed -i 's/discrepancy="flag"/discrepancy="fail"/' failing/scheme.xml && closes failing
folder=failing.out tells L02 ABO-F 1 'this scheme counts it as a failure of both' 'verdict:  unacceptable: two results contradict' -- '按本方案两项均不通过'
result "forward and reverse group that differ are a flag or a failure, as the scheme says"

tells L01 HBV 1 'log10(10000) = 4' '0.4 or 3 x ' 'the wider of the two holds' -- '取较宽者'
tells L02 HBV 1 "the laboratory's limit of detection: 4.698970004336019" 'the target lies below it, so there is no verdict' -- '靶值低于它'
tells L03 HBV 1 'unacceptable: false negative' "the laboratory's limit of detection: 1.3010299956639813" 'the target does not lie below it' -- '靶值不低于它'
tells L02 HBV 2 'negative, nothing is in the sample: not detected by 44 of 45 participants (97.8 %)' 'needed: 80 % of the participants' 'verdict:  acceptable' -- '未检出者：45 个参加实验室中有 44 个'
tells L01 HBV 2 'a number is a false positive' 'verdict:  unacceptable: false positive' -- '报出数值为假阳性'
result "a viral load is told with its logarithm, a negative sample with who found nothing"

cp -r round whole && sed -i 's/programme_score="results"/programme_score="samples"/' whole/scheme.xml && closes whole
$ZHIPING explain whole.out/E1/v1 L04 > told
grep -qF 'samples in which everything that was judged is right' told || wrong "$(grep 'programme S' told | sed 's/^/#   /')"
$ZHIPING explain round.out/E1/v1 L10 > told # 15 of 16; but ABO-R is wrong, and must be all right
grep 'programme S' told | grep -qF 'a measurand that must be all right is not' || wrong "$(sed -n '/PT scores/,$s/^/#   /p' told)"
$ZHIPING explain round.out/E1/v1 L04 > told
grep -qF 'must be all right' told && wrong "L04 is told that something spoils its programme"
result "the score of a programme says what it counts, and what spoils it"
echo "1..$number"
