#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What `zhiping template` writes, `check` reads without a complaint, filled in or empty; and a form is what it is said to be.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
forms=$top_srcdir/tests/forms.py

. "$top_srcdir/tests/result.sh"
skip() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; problem=; }
run() { # EXPECTED-CODES ARGUMENTS
	local expected=$1 code
	shift
	(cd "$scratch" && timeout 300 $ZHIPING "$@" > out 2> err)
	code=$?
	test "${expected/$code}" != "$expected" || wrong "zhiping $* ended with $code; expected $expected: $(head -c 500 "$scratch/err")"
}
says() { grep -qF -- "$1" "$scratch/err" || wrong "\"$1\" is not in \"$(head -n 5 "$scratch/err")\""; }
same() { cmp -s "$scratch/$1" "$scratch/$2" || wrong "$1 and $2 differ: $(diff "$scratch/$1" "$scratch/$2" | head -n 4)"; }
py=python3 # the one that has openpyxl, where several are installed
for each in python3 /usr/bin/python3; do $each -c 'import openpyxl' 2> /dev/null && py=$each && break; done
python() { $py "$forms" "$@" > "$scratch/out" 2>&1 || wrong "$(tail -n 3 "$scratch/out")"; }
returned() { # FOLDER: a round with no results as yet
	mkdir "$scratch/$1"
	cp "$scratch/round/"{round.xml,roster.csv,enrolments.csv} "$scratch/$1"
	mkdir "$scratch/$1/results"
}
dump() { # what looks like a slip was planted by simulate; it is no complaint about the form
	local said
	run "0 1" check $ZP_OPTIONS --dump "$1"
	cp "$scratch/out" "$scratch/$1.dump"
	said=$(grep -vE ' (looks? like|are those of|fit|differ) ' "$scratch/err" | head -n 3)
	test -z "$said" || wrong "check has something to say of $1: $said"
}

echo 1..15
xlsx=both
$ZHIPING methods $ZP_OPTIONS form-xlsx > /dev/null 2>&1 || xlsx=csv
run 0 simulate $ZP_OPTIONS --into round --labs 40 --programmes chemistry,blood-count --single-file --seed 7
run "0 1" check $ZP_OPTIONS --dump round; cp "$scratch/out" "$scratch/round.dump"
rm -rf "$scratch/bare"; cp -r "$scratch/round" "$scratch/bare"; rm -r "$scratch/bare/results"
run 0 template $ZP_OPTIONS bare --all --into forms --kind $xlsx
test "$(ls "$scratch/forms" | wc -l)" = 40 || wrong "there are $(ls "$scratch/forms" | wc -l) folders"
result "every laboratory that is enrolled gets a folder, before anything came back"

returned filled
python fill-csv "$scratch/round" "$scratch/forms" "$scratch/filled/results"
dump filled; same round.dump filled.dump
result "CSV forms that are filled in with a round's results give its results, the late ones late"

run 0 close $ZP_OPTIONS round --into a --issued 2026-04-01 --emit tables
run 0 close $ZP_OPTIONS filled --into b --issued 2026-04-01 --emit tables
for table in targets verdicts ranking regions; do same a/sim-2026-1/v1/$table.csv b/sim-2026-1/v1/$table.csv; done
result "and they close with the same targets, verdicts and ranks"

lab=$(awk -F, '$2 == "chemistry" { print $1; exit }' "$scratch/round/enrolments.csv")
returned empty
cp "$scratch/filled/results/"* "$scratch/empty/results"
cp "$scratch/forms/$lab/"*.csv "$scratch/empty/results"
dump empty
grep -v "^$lab	" "$scratch/round.dump" > "$scratch/others.dump"; same others.dump empty.dump
test "$(wc -l < "$scratch/round.dump")" -gt "$(wc -l < "$scratch/others.dump")" || wrong "$lab had no result to begin with"
result "a form that comes back empty is blank results, and no complaint"

run 0 template $ZP_OPTIONS bare --all --into again --kind $xlsx --threads 1
diff -r "$scratch/forms" "$scratch/again" > "$scratch/out" || wrong "$(head -n 3 "$scratch/out")"
run 0 template $ZP_OPTIONS bare --lab $lab --lab $lab --into alone --kind $xlsx
diff -r "$scratch/forms/$lab" "$scratch/alone/$lab" > "$scratch/out" || wrong "$(head -n 3 "$scratch/out")"
test "$(ls "$scratch/alone")" = "$lab" || wrong "others got a form too"
result "the same bytes each time, by one process or several, for one laboratory or all"

run 0 template $ZP_OPTIONS bare --all --into english --kind csv --lang en
head -n 7 "$scratch/english/$lab/$lab.chemistry.csv" | tail -n 1 | grep -q '^no,measurand,name,unit,.*,system,instrument,method,reagent,calibrator$' || wrong "the header is not English"
returned inenglish
for file in "$scratch/filled/results/"*; do cp "$file" "$scratch/inenglish/results"; done
cp "$scratch/english/$lab/"* "$scratch/inenglish/results"
dump inenglish; same others.dump inenglish.dump
result "an English form is read as well"

run 0 simulate $ZP_OPTIONS --into words --labs 60 --programmes answers,glucose --single-file --seed 9
run "0 1" check $ZP_OPTIONS --dump words; cp "$scratch/out" "$scratch/words.dump"
cp -r "$scratch/words" "$scratch/wordless"; rm -r "$scratch/wordless/results"
run 0 template $ZP_OPTIONS wordless --all --into wordforms --kind $xlsx
mkdir -p "$scratch/spoken/results"; cp "$scratch/words/"{round.xml,roster.csv,enrolments.csv} "$scratch/spoken"
python fill-csv "$scratch/words" "$scratch/wordforms" "$scratch/spoken/results"
dump spoken; same words.dump spoken.dump
run "0 1" close $ZP_OPTIONS words --into wa --issued 2026-04-01 --emit tables
run "0 1" close $ZP_OPTIONS spoken --into wb --issued 2026-04-01 --emit tables
for table in targets verdicts; do same wa/sim-2026-1/v1/$table.csv wb/sim-2026-1/v1/$table.csv; done
for each in wa wb; do awk -F, 'NR > 1 { print $1, $3, $4, $(NF - 3), $(NF - 2), $(NF - 1), $NF }' "$scratch/$each/sim-2026-1/v1/scores.csv" > "$scratch/$each.beside"; done
same wa.beside wb.beside
first=$(ls "$scratch/wordforms/" | head -n 1)
grep -q '序号,项目,名称,单位,样本,结果,指数.*,仪器,方法,试剂,校准品' "$scratch/wordforms/$first/$first.answers.csv" || wrong "there is no column for an index"
grep -q '^"备注：.* 可填：阴性、可疑、阳性"$' "$scratch/wordforms/$first/$first.answers.csv" || wrong "the answers are not told"
run 0 template $ZP_OPTIONS wordless --lab $first --into wordenglish --kind csv --lang en
mkdir -p "$scratch/spokenenglish/results"; cp "$scratch/words/"{round.xml,roster.csv,enrolments.csv} "$scratch/spokenenglish"
sed 's/^\(1,[^,]*,[^,]*,,202611\),,/\1,neg,0.3/' "$scratch/wordenglish/$first/$first.answers.csv" > "$scratch/spokenenglish/results/$first.answers.csv"
dump spokenenglish
test "$(cut -f 5-6,8 "$scratch/spokenenglish.dump")" = "category	negative	returned" || wrong "one answer was given, and this came: $(cat "$scratch/spokenenglish.dump")"
result "forms for answers, with index and limit of detection beside them, give the round's results as well"

mkdir -p "$scratch/some/results"; cp "$scratch/words/"{roster.csv,enrolments.csv} "$scratch/some"
sed '1,/code="glucose"/s/<sample code="202612"/& measurands="HBsAg"/' "$scratch/words/round.xml" > "$scratch/some/round.xml"
run 0 template $ZP_OPTIONS some --all --into someforms --kind $xlsx
rows() { cat "$scratch/someforms/"*/*.answers.csv | grep -c ",$1,"; }
test "$(rows 202611)" -gt 1000 -a "$(rows 202612)" = "$(grep -h ',HBsAg,.*,202612,' "$scratch/someforms/"*/*.answers.csv | wc -l)" || wrong "of 202611 $(rows 202611) are asked, of 202612 $(rows 202612)"
returned someblood
sed '/code="blood-count"/,$s/<sample code="202612"/& measurands="WBC PLT"/' "$scratch/round/round.xml" > "$scratch/someblood/round.xml"
run 0 template $ZP_OPTIONS someblood --all --into someblooded --kind $xlsx
grep -q '^[0-9]*,HGB,[^,]*,g/L,,—,,,,' "$scratch/someblooded/$lab/$lab.blood-count.csv" || wrong "what is not asked is not marked"
grep -q '^[0-9]*,WBC,.*—' "$scratch/someblooded/$lab/$lab.blood-count.csv" && wrong "what is asked is marked"
cp "$scratch/filled/results/"* "$scratch/someblood/results"; cp "$scratch/someblooded/$lab/"*.csv "$scratch/someblood/results"
run "0 1" check $ZP_OPTIONS someblood
grep -q "/$lab\." "$scratch/err" && wrong "check has something to say of the form: $(grep "/$lab\." "$scratch/err" | head -n 2)"
result "what a sample does not ask for has no place in a form"

run 2 template $ZP_OPTIONS bare --all; says '--into DIR'
run 2 template $ZP_OPTIONS bare --into x; says '--lab CODE or --all'
run 2 template $ZP_OPTIONS bare --into x --all --lab $lab; says '--lab CODE or --all'
run 2 template $ZP_OPTIONS bare --into x --lab NOBODY --lab ＬAB; says '"NOBODY" is not in roster.csv'; says '"<U+FF2C>AB" is not in roster.csv'
run 2 template $ZP_OPTIONS bare --into x --all --kind pdf; says '--kind "pdf"'
run 2 template $ZP_OPTIONS bare --into x --all --lang fr; says '--lang "fr"'
run 2 template $ZP_OPTIONS bare --into forms --all --kind csv; says 'is not empty'
run 2 template $ZP_OPTIONS bare --into bare/round.xml --all --kind csv; says 'is not a folder'
run 3 template $ZP_OPTIONS absent --into x --all; says 'round.xml'
run 5 template $ZP_OPTIONS --plugins "$scratch" bare --into x --all; says 'form-xlsx'
sed -i "/^$lab,/d" "$scratch/bare/enrolments.csv"
run 2 template $ZP_OPTIONS bare --into x --lab $lab; says 'is enrolled in no programme'
test ! -e "$scratch/x" || wrong "something was written"
ls -A "$scratch" | grep -q '^\.stage' && wrong "a stage was left behind"
run 0 template $ZP_OPTIONS bare --into x --all --kind csv
test ! -e "$scratch/x/$lab" || wrong "a form for a laboratory that is enrolled in nothing"
result "what cannot be asked for is refused, and nothing is written"

cp -r "$top_srcdir/fixtures/refused/base" "$scratch/labels"
long=$(printf p%.0s {1..33})
for code in a.b -c good_1-x "$long"; do
	sed -i "s/<\/round>/<programme code=\"$code\" name=\"专业\" scheme=\"scheme.xml\"><sample code=\"S1\"\/><\/programme>&/" "$scratch/labels/round.xml"
done
sed -i 's/code="chem"/code="_x"/' "$scratch/labels/round.xml"
{ echo lab,programme,measurands; for code in _x a.b -c good_1-x "$long"; do echo "LAB01,$code,*"; done; } > "$scratch/labels/enrolments.csv"
run 0 template $ZP_OPTIONS labels --all --into labelled --kind csv
test "$(cd "$scratch/labelled/LAB01" && echo *.csv)" = "LAB01._1.csv LAB01._2.csv LAB01._3.csv LAB01._5.csv LAB01.good_1-x.csv" ||
	wrong "the forms are $(ls "$scratch/labelled/LAB01")"
rm "$scratch/labels/results/"* && cp "$scratch/labelled/LAB01/"*.csv "$scratch/labels/results"
sed -i 's|mmol/L,,|mmol/L,5.1,|' "$scratch/labels/results/"*.csv
run "0 1" check $ZP_OPTIONS labels
grep -q '^values read 12 = accepted 10 + set aside 0 + refused 0 + blank 2$' "$scratch/out" "$scratch/err" || wrong "$(head -n 5 "$scratch/out")"
result "a programme whose code is no part of a file's name is numbered there, and its form is read all the same"

sample=$top_builddir/tests/forms_sample
if test $xlsx = csv || ! $py -c 'import openpyxl' 2> /dev/null || test ! -x "$sample"; then
	skip "every workbook is locked, has no formula and checks what is typed" "no form-xlsx, or no openpyxl"
	skip "awkward names, lists and codes stand in a workbook as they are" "the same"
	skip "a text that no workbook may hold is refused" "the same"
	skip "workbooks that are filled in give the round's results" "the same"
	skip "workbooks with lists of answers as well" "the same"
	exit
fi
for file in "$scratch/forms/"*/*.xlsx; do python look "$file"; done
result "every workbook is locked but for what is asked, has no formula and checks what is typed"

mkdir "$scratch/sample" "$scratch/twice"
"$sample" "$scratch/sample" > "$scratch/out" || wrong "$(cat "$scratch/out")"
"$sample" "$scratch/twice" > "$scratch/out" || wrong "$(cat "$scratch/out")"
python look-sample "$scratch/sample/LAB01.xlsx"
diff -r "$scratch/sample" "$scratch/twice" > "$scratch/out" || wrong "the bytes do not repeat"
grep -qF "质评活动,'=第一次 & <2026>" "$scratch/sample/LAB01._1.csv" || wrong "a name that would be a formula is not made harmless"
grep -qF "2,=X,'=危险(),%" "$scratch/sample/LAB01._1.csv" || wrong "a code is altered"
result "awkward names, lists and codes stand in a form as they are, under names that spreadsheets and file systems bear"

for kind in utf8 surrogate control noncharacter; do
	"$sample" $kind > "$scratch/out" && wrong "$kind was not refused"
	grep -q 'LAB01: its form cannot hold a text: byte [0-9]* of it' "$scratch/out" || wrong "$kind: $(cat "$scratch/out")"
done
"$sample" long > "$scratch/out" && wrong "a long text was not refused"
grep -q 'a text of 32768 characters; expected at most 32767' "$scratch/out" || wrong "$(cat "$scratch/out")"
"$sample" longest > "$scratch/out" || wrong "$(cat "$scratch/out")"
result "a text that no workbook may hold is refused with its place"

if ! $ZHIPING methods $ZP_OPTIONS xlsx > /dev/null 2>&1; then
	skip "workbooks that are filled in give the round's results" "no importer of xlsx"
	skip "workbooks with lists of answers as well" "the same"
	exit
fi
returned books
python fill-xlsx "$scratch/round" "$scratch/forms" "$scratch/books/results"
dump books; same round.dump books.dump
cp "$scratch/forms/$lab/$lab.xlsx" "$scratch/books/results"
dump books; same others.dump books.dump
result "workbooks that are filled in give the round's results, and an empty one gives blank results"

for file in "$scratch/wordforms/"*/*.xlsx; do python look "$file"; done
rm -f "$scratch/spoken/results/"*
python fill-xlsx "$scratch/words" "$scratch/wordforms" "$scratch/spoken/results"
dump spoken; same words.dump spoken.dump
result "workbooks with lists of answers as well, and every list is the answers of a scale"
