#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A centre's own table becomes a round folder that says the same, and what is not understood is told and writes nothing.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
tests=$top_srcdir/tests
identity='--id R1 --name 第一次 --year 2026 --number 1 --opens 2026-03-01T08:00:00+08:00 --closes 2026-03-15T17:00:00+08:00 --organiser 示例中心'

. "$top_srcdir/tests/result.sh"
run() { # EXPECTED-CODES ARGUMENTS
	local expected=$1 code
	shift
	(cd "$scratch" && timeout 120 $ZHIPING "$@" > out 2> err)
	code=$?
	test "${expected/$code}" != "$expected" || wrong "zhiping $1 $2 … ended with $code; expected $expected: $(head -c 500 "$scratch/err")"
}
dump() { run "0 1" check $ZP_OPTIONS --dump "$1"; cp "$scratch/out" "$scratch/$1.dump"; test -s "$scratch/$1.dump" || wrong "$1 has no accepted value"; }
same() { cmp -s "$scratch/$1" "$scratch/$2" || wrong "$1 and $2 differ: $(diff "$scratch/$1" "$scratch/$2" | head -n 4)"; }
says() { grep -qF -- "$1" "$scratch/err" || wrong "\"$1\" is not in \"$(head -n 5 "$scratch/err")\""; }
untouched() { test ! -e "$scratch/$1" || wrong "$1 was written all the same"; ls -A "$scratch" | grep -q '^\.stage' && wrong "a stage was left behind"; }
refuses() { # CODE ARGUMENTS: nothing is written, and every sentence ($@ from `says`) is told
	rm -rf "$scratch/no"
	run "$@" --as no $ZP_OPTIONS
	test ! -s "$scratch/out" || wrong "something is on stdout"
	untouched no
}

echo 1..14

# ---- there and back ----

run 0 simulate $ZP_OPTIONS --into both --labs 60 --programmes chemistry,blood-count --single-file --seed 3
dump both
python3 "$tests/export.py" "$scratch/both" web "$scratch/web.csv" || wrong "no export"
run 0 import $ZP_OPTIONS web.csv --as web --mapping web-export $identity
rows=$(($(wc -l < "$scratch/web.csv") - 1)) blank=$(iconv -f gb18030 -t utf-8 "$scratch/web.csv" | grep -c ',未做,')
grep -qxF "rows read $rows; values read $rows = written $((rows - blank)) + refused 0 + blank $blank" "$scratch/out" || wrong "counts: $(cat "$scratch/out")"
test $blank -gt 0 || wrong "no blank value was among them"
dump web
same both.dump web.dump
result "a web export, in GB18030, gives the values of the round that it was made of, the late ones late"

run 0 close $ZP_OPTIONS both --into a --issued 2026-04-01 --emit tables
cp "$scratch/both/roster.csv" "$scratch/both/enrolments.csv" "$scratch"
run 0 import $ZP_OPTIONS web.csv --as whole --mapping web-export $identity --id sim-2026-1 --roster roster.csv --enrolments enrolments.csv
same both/roster.csv whole/roster.csv; same both/enrolments.csv whole/enrolments.csv
run 0 close $ZP_OPTIONS whole --into b --issued 2026-04-01 --emit tables
for table in targets verdicts ranking regions; do same a/sim-2026-1/v1/$table.csv b/sim-2026-1/v1/$table.csv; done
result "with the register given, the round closes with the same targets, verdicts and ranks"

(cd "$scratch" && { head -n 1 web.csv; tail -n +2 web.csv | sort -r; } > turned.csv
	head -n 1000 web.csv > part1.csv; { head -n 1 web.csv; tail -n +1001 web.csv; } > part2.csv)
run 0 import $ZP_OPTIONS turned.csv --as turned --mapping web-export $identity
for file in round.xml roster.csv enrolments.csv; do same web/$file turned/$file; done
run 0 import $ZP_OPTIONS part2.csv part1.csv --as parts --mapping web-export $identity
for file in round.xml roster.csv enrolments.csv; do same web/$file parts/$file; done
dump parts; same web.dump parts.dump
result "the order of rows and their spread over files do not matter"

run 0 simulate $ZP_OPTIONS --into one --labs 30 --programmes chemistry --samples 9 --single-file --seed 5
dump one
python3 "$tests/export.py" "$scratch/one" wide "$scratch/wide.csv" || wrong "no export"
run 0 import $ZP_OPTIONS wide.csv --as wide --mapping wide-sheet $identity
dump wide; same one.dump wide.dump
sed 's/headers="one" between="-"/headers="two"/' "$top_srcdir/rules/mappings/wide-sheet.xml" > "$scratch/two.xml"
python3 "$tests/export.py" "$scratch/one" wide "$scratch/two.csv" two || wrong "no export"
run 0 import $ZP_OPTIONS two.csv --as two --mapping two.xml $identity
for file in round.xml roster.csv enrolments.csv results/import-1.csv; do same wide/$file two/$file; done
test "$(head -n 1 "$scratch/wide.csv" | tr , '\n' | wc -l)" -gt 256 || wrong "the sheet is not wide"
result "a wide sheet, with one header row or two, gives the values of the round that it was made of"

# ---- small tables, by hand ----

table() { printf '%s\n' "$@" > "$scratch/t.csv"; }
header=实验室编码,实验室名称,地区,类别,专业,项目,样本号,结果,仪器,上报时间
good='LAB01,甲院,江岸区,三级,常规化学,GLU,S1,5.20,A,2026-03-10 09:00'

table "$header" "$good" 'LAB01,甲院,江岸区,三级,常规化学,葡萄糖,S2, <0.5 ,"A, ""B""",' 'LAB02,乙院,420106,民营,chemistry,K,S1,＜0.05,,2026-03-16 09:00' \
	'' 'LAB02,乙院,420106,民营,chemistry,K,S2,未做,,' 'LAB02,乙院,420106,民营,chemistry,CA,S2,2+,,'
run 0 import $ZP_OPTIONS t.csv --as r --mapping web-export $identity
printf '%s\n' 'lab,programme,measurand,sample,value,unit,system,instrument,method,reagent,calibrator,received' \
	'LAB01,chemistry,GLU,S1,5.20,,,A,,,,2026-03-10T09:00:00+08:00' 'LAB01,chemistry,GLU,S2," <0.5 ",,,"A, ""B""",,,,' \
	'LAB02,chemistry,K,S1,＜0.05,,,,,,,2026-03-16T09:00:00+08:00' 'LAB02,chemistry,CA,S2,2+,,,,,,,' > "$scratch/expected"
same r/results/import-1.csv expected
printf '%s\n' 'code,name,region,class' 'LAB01,甲院,420102,三级公立' 'LAB02,乙院,420106,民营' > "$scratch/expected"
same r/roster.csv expected
printf '%s\n' 'lab,programme,measurands' 'LAB01,chemistry,GLU' 'LAB02,chemistry,K CA' > "$scratch/expected"
sort "$scratch/expected" > "$scratch/e"; sed 's/CA K/K CA/' "$scratch/r/enrolments.csv" | sort > "$scratch/g"; same g e
grep -q 'blood-count' "$scratch/r/round.xml" && wrong "a programme without a row is announced"
result "a value is carried over untouched, names and classes by their tables, and times get their offset"

table "$header,备注,科室" "$good,x,y"
refuses 3 import t.csv --mapping web-export $identity; says 't.csv:1:12: the mapping does not name the column "科室"'
table "${header/结果/结果值}" "$good"
refuses 3 import t.csv --mapping web-export $identity; says 't.csv:1:8: the mapping does not name the column "结果值"'; says 'the header has no column "结果"; it gives the field value'
table "$header,结果" "$good,1"
refuses 3 import t.csv --mapping web-export $identity; says 't.csv:1:11: the header has two columns for the field value, the other is column 8'
result "a column that the mapping does not name, lacks or finds twice is refused"

table "$header" "$good" "${good/LAB01/lab 01}" "${good/LAB01/ＬAB01}" "${good/江岸区/火星}" "${good/三级/四级}" "${good/常规化学/临床化学}" "${good/GLU/GLX}" \
	"${good/S1/S 1}" "${good/2026-03-10 09:00/2026-02-30 09:00}" "${good/2026-03-10 09:00/10.3.2026}" "$good,1" 'LAB01,"甲院' "${good/甲院/乙院}"
refuses 3 import t.csv --mapping web-export $identity
says 't.csv:3:1: laboratory code "lab 01" is not allowed'; says 't.csv:4:1: laboratory code "<U+FF2C>AB01" is not allowed'
says 't.csv:5:3: region "火星" is not in the region tree'; says 't.csv:6:4: class "四级" is none of the mapping'; says 't.csv:7:5: programme "临床化学"'
says 't.csv:8:6: measurand "GLX" is not in programme chemistry'; says 't.csv:9:7: sample "S 1" is no code'
says 't.csv:10:10: received "2026-02-30 09:00" is no time; expected one of the form YYYY-MM-DD hh:mm'; says 't.csv:11:10: received'
says 't.csv:12: the line has 11 cells; the header has 10'; says 't.csv:13:2: a quote is opened here'; says 't.csv:14:2: laboratory LAB01 is called "乙院" here, and "甲院" in t.csv line 2'
says 'rows read 13; values read 13 = written 1 + refused 12 + blank 0'
result "everything that is wrong is told in one go, each with its line, and every row is counted"

table "$header" "${good/5.20/未做}"
refuses 3 import t.csv --mapping web-export $identity; says 'there is not one value'
printf '' > "$scratch/t.csv"; refuses 3 import t.csv --mapping web-export $identity; says 't.csv: the file has no header'
refuses 3 import absent.csv --mapping web-export $identity; says 'absent.csv: the file does not exist'
printf '\377\376\0' > "$scratch/t.csv"; refuses 3 import t.csv --mapping web-export $identity; says 'is UTF-16'
refuses 3 import "$scratch" --mapping web-export $identity; says 'is a folder'
printf 'PK\3\4\0' > "$scratch/t.csv"; refuses 3 import t.csv --mapping web-export $identity; says 'is a workbook; expected its sheet saved as CSV'
result "a table without a value, a header or an end in sight is refused"

table "$header" "$good"
refuses 2 import t.csv --mapping web-export; says 'expected --id, --name, --year, --number, --opens, --closes, --organiser'
refuses 3 import t.csv --mapping web-export $identity --closes tomorrow; says 'round.xml'; says '"tomorrow"'
refuses 3 import t.csv --mapping web-export $identity --id ../up; says 'the round has the id "../up"'
refuses 4 import t.csv --mapping absent $identity; says 'mappings/absent.xml'
refuses 4 import t.csv --mapping ../mappings/web-export $identity; says 'is not the name of a mapping'
mkdir "$scratch/full"; touch "$scratch/full/x"
run 2 import t.csv --as full --mapping web-export $identity $ZP_OPTIONS; says 'is not empty'
run 2 import t.csv --mapping web-export $identity $ZP_OPTIONS; says '--as ROUND'
mkdir "$scratch/empty"
run 0 import t.csv --as empty --mapping web-export $identity $ZP_OPTIONS
run 0 check empty $ZP_OPTIONS
result "a round that is not said, or said wrongly, and a folder that is not free are refused"

printf '%s\n' code,name,region,class LAB02,乙院,420106,民营 > "$scratch/roster.csv"
refuses 3 import t.csv --mapping web-export $identity --roster roster.csv; says 't.csv:2: laboratory LAB01 is not in roster.csv'
printf '%s\n' code,name,region,class LAB01,甲院,999999,民营 > "$scratch/roster.csv"
refuses 3 import t.csv --mapping web-export $identity --roster roster.csv; says 'roster.csv:2:3: region "999999"'
printf '%s\n' lab,programme,measurands LAB09,chemistry,K > "$scratch/enrolments.csv"
refuses 3 import t.csv --mapping web-export $identity --enrolments enrolments.csv; says 'laboratory "LAB09" is not in roster.csv'
result "a register that is given is held to its own rules, and must have every laboratory of the table"

# ---- mappings ----

mapping() { # SED-SCRIPT: the shipped one, altered
	sed -E "$1" "$top_srcdir/rules/mappings/web-export.xml" > "$scratch/m.xml"
	cmp -s "$scratch/m.xml" "$top_srcdir/rules/mappings/web-export.xml" && wrong "\"$1\" alters nothing"
	refuses 4 import t.csv --mapping m.xml $identity
}
mapping 's/field="value"/field="valu"/'; says 'm.xml:'; says '"valu"'
mapping '/field="lab"/d'; says 'nothing gives the field lab; expected a <column> for it'
mapping 's/<ignore name="备注"/<ignore name="结果"/'; says 'the column "结果" stands twice'
mapping 's/layout="long"/layout="tall"/'; says 'expected long or wide'
mapping 's/ enrol="rows"//'; says 'no attribute "enrol"'
mapping 's/delimiter=","/delimiter="x"/'; says 'the delimiter is "x"'
mapping 's/YYYY-MM-DD hh:mm/DD.MM. hh:mm/'; says 'the form of time is'
mapping 's/\+08:00/CST/'; says 'the offset is "CST"'
mapping 's/<translate field="class"/<translate field="value"/'; says 'values are not translated'
mapping 's/scheme="cn-blood-count"/scheme="nowhere"/'; says 'nowhere'
mapping 's/<regions from="hubei"/<regions from="atlantis"/'; says 'atlantis'
mapping 's/from="二级" to/from="三级" to/'; says '"三级" stands twice'
mapping '/<class /d'; says 'the mapping has no <class>'
mapping 's/<mapping /<mapping colour="red" /'; says 'unknown attribute "colour"'
mapping 's/layout="long"/layout="wide"/'; says 'in layout="wide" the header gives the field measurand'
result "a mapping that cannot be meant is refused with its line"

sed -E '/<column .*field="class"/d; s/<nothing text="\/"\/>/<constant field="class" value="民营"\/><constant field="unit" value="mmol\/L"\/>/; /field="unit" opt/d; s/delimiter=","/delimiter="|" skip="2"/; /<translate field="class"/,/<\/translate>/d; s/YYYY-MM-DD hh:mm/YYYY年M月D日 h:m:s/' \
	"$top_srcdir/rules/mappings/web-export.xml" > "$scratch/m.xml"
printf '%s\n' '某中心' '导出' '实验室编码|实验室名称|地区|专业|项目|样本号|结果|上报时间' 'LAB01|甲|江岸区|chemistry|GLU|S1|5.20|2026年3月5日 9:05:07' > "$scratch/t.csv"
run 0 import $ZP_OPTIONS t.csv --as bars --mapping m.xml $identity
grep -qx 'LAB01,chemistry,GLU,S1,5.20,mmol/L,,,,,,2026-03-05T09:05:07+08:00' "$scratch/bars/results/import-1.csv" || wrong "$(cat "$scratch/bars/results/import-1.csv")"
grep -qx 'LAB01,甲,420102,民营' "$scratch/bars/roster.csv" || wrong "$(cat "$scratch/bars/roster.csv")"
result "delimiter, lines before the header, constants and the form of time are as the mapping says"

sed -i 's/<programme code="chemistry"\(.*\)\/>/<programme code="chemistry"\1 measurands="GLU K"><sample code="S2"\/><sample code="S1"\/><\/programme>/' "$scratch/m.xml"
run 0 import $ZP_OPTIONS t.csv --as listed --mapping m.xml $identity
test "$(grep -o '<sample code="S.' "$scratch/listed/round.xml" | tr -d '\n')" = '<sample code="S2<sample code="S1' || wrong "$(cat "$scratch/listed/round.xml")"
printf '%s\n' '某中心' '导出' '实验室编码|实验室名称|地区|专业|项目|样本号|结果|上报时间' 'LAB01|甲|江岸区|chemistry|GLU|S3|5.20|' 'LAB01|甲|江岸区|chemistry|CA|S1|2.20|' > "$scratch/t.csv"
refuses 3 import t.csv --mapping m.xml $identity; says 't.csv:4:6: sample "S3" is not in programme chemistry'; says 't.csv:5:5: measurand "CA" is not in programme chemistry'
result "samples and measurands that a mapping lists are those of the round, in its order"

table '实验室编码,实验室名称,地区,类别,GLU-S1,GLX-S1,葡萄糖-S1,血型' 'LAB01,甲,江岸区,民营,5.2,1,2,A'
refuses 3 import t.csv --mapping wide-sheet $identity
says 't.csv:1:6: measurand "GLX" is not in programme chemistry'; says 't.csv:1:7: the header has two columns for 葡萄糖 in S1'; says 't.csv:1:8: the mapping does not name the column "血型"'
table '实验室编码,实验室名称,地区,类别,GLU-S1,GLU-S2,K-S1,K-S2' 'LAB01,甲,江岸区,民营,5,1,6,2,,'
refuses 3 import t.csv --mapping wide-sheet $identity; says 't.csv:2: the line has 10 cells; the header has 8'
table '实验室编码,实验室名称,地区,类别,GLU-S1,GLU-S2,,' 'LAB01,甲,江岸区,民营,5,1,,'
run 0 import t.csv --as wider --mapping wide-sheet $identity $ZP_OPTIONS
table '实验室编码,实验室名称,地区,类别,GLU-S1,K-S1,K-S2' 'LAB01,甲,江岸区,民营,5.2,,' 'LAB02,甲,江岸区,民营,,/,4.1' 'LAB03,丙,江岸区,民营,,,'
run 0 import $ZP_OPTIONS t.csv --as sparse --mapping wide-sheet $identity
printf '%s\n' lab,programme,measurands LAB01,chemistry,GLU LAB02,chemistry,K > "$scratch/expected"; same sparse/enrolments.csv expected
grep -q '^LAB03,' "$scratch/sparse/roster.csv" || wrong "LAB03 is not in the register"
grep -qF 'rows read 3; values read 9 = written 2 + refused 0 + blank 7' "$scratch/out" || wrong "$(cat "$scratch/out")"
result "in a wide sheet a header that is no measurand is refused, and who sent nothing of a measurand does not perform it"
