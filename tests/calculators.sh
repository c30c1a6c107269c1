#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The calculators as somebody meets them who has a table and no round: estimate, score, homogeneity, replicates, youden,
# series, sigma, count. The figures themselves are in golden/numbers.sh; here is what happens around them.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
number=0 problem=
cases=$top_srcdir/fixtures/cases
calculators='estimate score homogeneity replicates youden series sigma count'

wrong() { problem="$problem# $1"$'\n'; }
result() { # CLAIM: what `problem` holds decides
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem" | head -n 12; echo "not ok $number - $1"; }
	problem=
}
ask() { # ARGUMENTS: into out and err. Gives: the exit code
	# shellcheck disable=SC2086
	(cd "$scratch" && timeout 60 $ZHIPING "$@" $ZP_OPTIONS > out 2> err)
}
run() { # EXPECTED-CODE ARGUMENTS
	local expected=$1 code
	shift
	ask "$@"
	code=$?
	test $code = "$expected" || wrong "zhiping $* ended with $code; expected $expected: $(head -c 300 "$scratch/err")"
}
refuses() { # EXPECTED-CODE ARGUMENTS: nothing on stdout, one sentence on stderr
	run "$@"
	shift
	test ! -s "$scratch/out" || wrong "zhiping $*: \"$(head -n 1 "$scratch/out")\" is on stdout"
	test "$(wc -l < "$scratch/err")" = 1 || wrong "zhiping $* does not say one sentence: $(cat "$scratch/err")"
}
says() { grep -qF -- "$1" "$scratch/${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "$scratch/${2:-err}")\""; }
tells() { # LINE...: all that is on stderr
	test "$(printf '%s\n' "$@")" = "$(cat "$scratch/err")" || wrong "stderr is \"$(cat "$scratch/err")\""
}
holds() { # EXPRESSION...: true of d, the JSON on stdout; m(METHOD) is what estimate says of it, lab(NAME) of a laboratory
	local told
	told=$(python3 - "$scratch/out" "$@" 2>&1 <<- 'PYTHON'
	import json
	import math
	import sys


	def no_constant(word):
	    raise ValueError(word + " is no JSON")


	def near(a, b, relative):
	    return abs(a - b) <= relative * abs(b)


	def fewer(k, n, p):
	    """How probable fewer than k of n are when each has probability p."""
	    return sum(math.comb(n, i) * p ** i * (1 - p) ** (n - i) for i in range(k))


	def m(method, group="all"):
	    return next(row for row in d if row["method"] == method and row["group"] == group)


	def lab(name):
	    return next(row for row in (d if isinstance(d, list) else d["laboratories"]) if row["lab"] == name)


	with open(sys.argv[1], encoding="utf-8") as file:
	    d = json.load(file, parse_constant=no_constant)
	for expression in sys.argv[2:]:
	    try:
	        if not eval(expression):
	            print(expression, "does not hold")
	    except Exception as trouble:
	        print(expression, "fails:", repr(trouble))
	PYTHON
	) || told="no JSON: $(tail -n 1 <<< "$told")"
	test -z "$told" || wrong "$told"
}
table() { # FILE LINE...
	local name=$1
	shift
	printf '%s\n' "$@" > "$scratch/$name"
}

echo 1..54

table small.csv lab,value L1,5.1 L2,5.3 L3,5.2 L4,4.9 L5,5.0
table pairs.csv lab,a,b L1,1,2 L2,2,3 L3,4,5 L4,3,7
table items.csv item,first,second A,5.1,5.2 B,5.0,5.1 C,5.3,5.1

# ---- wrong use ----

for words in 'estimate --column' 'score --x-pt 5 --column' 'homogeneity --value value --item' 'homogeneity --item lab --value' \
	'replicates --value value --lab' 'youden --b value --a' 'youden --a value --b' 'series --z' 'sigma few --column' \
	'sigma rounds --x value --s' 'count --column' 'estimate --column value --by' 'score --column value --x-pt 5 --lab' \
	'score --column value --assigned' 'score --column value --x-pt 5 --u' 'score --column value --x-pt 5 --expanded' \
	'count --column value --weight' 'homogeneity --item lab --value value --occasion' 'series --z value --lab'; do
	# shellcheck disable=SC2086
	case $words in sigma*) set -- ${words%% --*} small.csv --${words#* --} ;; *) set -- ${words%% *} small.csv ${words#* } ;; esac
	refuses 2 "$@" nonsense; says '"nonsense"'; says 'one of: lab, value'
done
result "an unknown column lists the known ones"

refuses 2 estimate small.csv --column value --method median; says '"median"'; says median-niqr; says algorithm-a
refuses 2 sigma nonsense; says '"nonsense"'; says horwitz; says few
result "an unknown method or model lists the known ones"

refuses 2 estimate small.csv --column value --method median-niqr --set made=2; says '"made=2"'
refuses 2 estimate small.csv --column value --method median-niqr --set mad=1; says mad
refuses 2 estimate small.csv --column value --method median-niqr --set made; says made
result "a setting that no method has is refused"

for value in nan NaN inf -inf 1e400 0x10 5,1 '' ' ' 1e '5 6' ５; do
	for option in sigma-pt delta-e step; do refuses 2 estimate small.csv --column value --$option "$value"; says "--$option"; done
	refuses 2 score small.csv --column value --x-pt "$value"; says --x-pt
	refuses 2 sigma horwitz --c "$value"; says --c
done
for option in sigma-pt delta-e step; do
	for value in 0 -1; do refuses 2 estimate small.csv --column value --$option $value; says 'above 0'; done
done
refuses 2 score small.csv --column value --x-pt 5 --u-x-pt -1; says 'not below 0'
refuses 2 score small.csv --column value --x-pt 5 --warn 3 --act 2; says --act
result "an option that is no number, or not above 0, is refused"

refuses 2 sigma horwitz --c 1.5; says ' 1'
refuses 2 series small.csv --z value --lambda 1.5; says ' 1'
refuses 2 replicates small.csv --lab lab --value value --alpha 0.7; says '0.5'
refuses 2 count small.csv --column value --threshold 101; says 100
refuses 2 series small.csv --z value --latest 0; says 'from 1'
result "an option that is too large is told how large it may be"

for words in estimate score homogeneity replicates youden series count 'sigma rounds' 'sigma few'; do
	# shellcheck disable=SC2086
	refuses 2 $words small.csv; says --
done
for words in horwitz precision 'precision --reproducibility 2'; do
	# shellcheck disable=SC2086
	refuses 2 sigma $words; says --
done
for command in $calculators; do
	refuses 2 "$command"
	refuses 2 "$command" few small.csv small.csv; says "usage: zhiping $command"
done
result "what is needed and not given is named"

for command in estimate score homogeneity replicates youden series count; do
	case $command in
	homogeneity) set -- --item lab --value value ;; replicates) set -- --lab lab --value value ;;
	youden) set -- --a value --b value ;;
	series) set -- --z value ;; score) set -- --column value --x-pt 5 ;; *) set -- --column value ;;
	esac
	refuses 2 $command small.csv "$@" --lang fr; says '"fr"'
	refuses 2 $command small.csv "$@" --where value; says --where
	refuses 2 $command small.csv "$@" --where nonsense=1; says --where
	refuses 3 $command nowhere.csv "$@"; says 'nowhere.csv: does not exist'
	refuses 3 $command . "$@"; says 'is a folder'
done
result "a language, a condition or a file that does not exist is told"

: > "$scratch/empty.csv"
printf '\xff\xfel\0a\0b\0' > "$scratch/wide.csv"
printf 'lab,value\nL1,5\0\n' > "$scratch/nul.csv"
printf 'lab,value\nL\xff\xfe,5\n' > "$scratch/broken.csv"
for name in empty wide nul broken; do refuses 3 estimate $name.csv --column value; says "$name.csv: "; done
result "an empty file, UTF-16, NUL and broken text are told"

# ---- what cells hold ----

table dirty.csv lab,value L1,5.1 L2,5.3 L3, L4,NA L5,n/a 'L6,"5,2"' 'L7,5.0 ' L8,1e400 L9,-inf L10,nan L11,0x10 'L12,<5' \
	L13,5.4e0 'L14,5.1*'
run 1 estimate dirty.csv --column value --json --method mean
holds "d[0]['n'] == 4" "near(d[0]['x'], 5.2, 1e-12)"
tells 'dirty.csv:6:2: "n/a" is no number; expected digits with a decimal point, as 5.1; it is left out' \
	'dirty.csv:7:2: "5,2" has a comma; expected a decimal point and no separators of thousands; it is left out' \
	'dirty.csv:9:2: "1e400" is no number; expected digits with a decimal point, as 5.1; it is left out' \
	'dirty.csv:10:2: "-inf" is no number; expected digits with a decimal point, as 5.1; it is left out' \
	'dirty.csv:11:2: "nan" is no number; expected digits with a decimal point, as 5.1; it is left out' \
	'dirty.csv:12:2: "0x10" is no number; expected digits with a decimal point, as 5.1; it is left out' \
	'dirty.csv:15:2: "5.1*" is no number; expected digits with a decimal point, as 5.1; it is left out'
run 1 estimate dirty.csv --column value
says '2 blank, 1 bounds' out; says '7 unreadable' out
result "every unreadable cell is told with line and column, and the rest is worked on"

table hostile.csv lab,value L1,5 L1,6 L2,7 L2,8 L3,nan L3,NaN L3,inf L3,-Infinity L3,0x1p3 L3,1e400 L3,1e-400 \
	L3,1e99999999999999999999 L3,--5 L3,5-6 L3,٥ L3,5e L3,'"1 000"'
run 1 estimate hostile.csv --column value --json --method mean; holds "d[0]['n'] == 4 and d[0]['x'] == 6.5"
run 1 score hostile.csv --column value --lab lab --x-pt 5 --sigma-pt 1 --json
holds "len(d) == 17" "sum(r['z'] is not None for r in d) == 4"
run 1 replicates hostile.csv --lab lab --value value --json; holds "d['labs'] == 2 and d['replicates'] == 2"
run 3 homogeneity hostile.csv --item lab --value value; says 'item "L3" has 0 values'
run 1 series hostile.csv --z value --lab lab --json; holds "lab('L3')['n'] == 0 and lab('L3')['RSZ'] is None"
result "NaN, inf, hex and 1e400 never enter"

table ragged.csv lab,value L1,1 L2 L3,3,4 '"L4,4' 'L5,"5"x' L6,6
run 1 estimate ragged.csv --column value --method mean --json
holds "d[0]['n'] == 2 and d[0]['x'] == 3.5"
for line in 3 4 5 6; do says "ragged.csv:$line"; done
result "a row that cannot be split is told and left out"

printf '\xca\xb5\xd1\xe9\xca\xd2,\xbd\xe1\xb9\xfb\n\xbc\xd7,5.1\n\xd2\xd2,5.3\n\xb1\xfb,5.2\n' > "$scratch/gb18030.csv"
table utf8.csv 实验室,结果 甲,5.1 乙,5.3 丙,5.2
printf '\xef\xbb\xbf' | cat - "$scratch/utf8.csv" > "$scratch/mark.csv"
tr , ';' < "$scratch/utf8.csv" > "$scratch/semicolon.csv"
tr , '\t' < "$scratch/utf8.csv" > "$scratch/tab.csv"
sed 's/$/\r/' "$scratch/utf8.csv" > "$scratch/crlf.csv"
table wide-digits.csv 实验室,结果 甲,５．１ 乙,５.3 丙,5．2
run 0 score utf8.csv --column 结果 --lab 实验室 --x-pt 5 --json
holds "lab('甲')['value'] == 5.1" "len(d) == 3"
cp "$scratch/out" "$scratch/utf8.out"
for name in gb18030 mark semicolon tab crlf wide-digits; do
	run 0 score $name.csv --column 结果 --lab 实验室 --x-pt 5 --json
	cmp -s "$scratch/out" "$scratch/utf8.out" || wrong "$name.csv gives something else"
done
result "GB18030, semicolon, tab, byte order mark, CRLF and wide digits are read"

table bounds.csv lab,value L1,5 L2, L3,NA 'L4,<4' L5,7 'L6,>9' 'L7,＜4' 'L8,< 4'
run 0 estimate bounds.csv --column value --method mean --json; holds "d[0]['n'] == 2 and d[0]['x'] == 6"
run 0 estimate bounds.csv --column value --method mean; says '2 blank, 4 bounds' out
run 0 estimate bounds.csv --column value --method mean --bounds ignore-sign --json
holds "d[0]['n'] == 6 and d[0]['x'] == (5 + 7 + 9 + 12) / 6"
run 0 estimate bounds.csv --column value --method mean --bounds half --json
holds "d[0]['n'] == 6 and d[0]['x'] == (5 + 7 + 9 + 6) / 6"
run 0 estimate bounds.csv --column value --method mean --method censored-normal --json
holds "m('mean')['n'] == 2" "m('censored-normal')['x'] < 6 < m('censored-normal')['x'] + 3 * m('censored-normal')['s']"
refuses 2 estimate bounds.csv --column value --bounds guess; says aside; says half
run 1 score bounds.csv --column value --lab lab --x-pt 5 --sigma-pt 1 --json
tells 'bounds.csv:5:2: "<4" is a bound, which only zhiping estimate works with; it is left out' \
	'bounds.csv:7:2: ">9" is a bound, which only zhiping estimate works with; it is left out' \
	'bounds.csv:8:2: "＜4" is a bound, which only zhiping estimate works with; it is left out' \
	'bounds.csv:9:2: "< 4" is a bound, which only zhiping estimate works with; it is left out'
holds "len(d) == 8" "lab('L4')['z'] is None and lab('L4')['value'] is None and lab('L4')['signal'] == 'not_evaluated'" "lab('L2')['z'] is None"
run 0 count bounds.csv --column value --json; holds "d[0]['n_reported'] == 6"
result "blank and NA are nothing, <5 is a bound"

table limits.csv lab,one,two,n A,1,2,1 A,2,3,1 B,3,4,2 'B,<4,5,<2' C,4,6,1 C,5,7,1
while read -r column command rest; do
	# shellcheck disable=SC2086
	run 1 $command $rest --json
	tells "limits.csv:5:$column: \"<$(test "$column" = 4 && echo 2 || echo 4)\" is a bound, which only zhiping estimate works with; it is left out"
done <<- 'EOF'
	2 replicates limits.csv --lab lab --value one
	2 youden limits.csv --a one --b two
	2 series limits.csv --z one --lab lab
	2 sigma few limits.csv --column one
	2 sigma rounds limits.csv --x one --s two
	4 count limits.csv --column lab --weight n
EOF
run 3 homogeneity limits.csv --item lab --value one; says 'limits.csv:5:2: "<4" is a bound'
result "a bound is told by every calculator that has no use for it"

table unnamed.csv lab,value,when,z A,1,1,0.5 A,2,1,1 ,3,1,3 B,2,1,0.3 B,3,1,1 C,4,,2 C,2,1,1 C,1,1,1 A,2,2,1 A,2,2,1 B,3,2,1 B,2,2,1
run 1 replicates unnamed.csv --lab lab --value value --json
tells 'unnamed.csv:4:1: the name of the laboratory is blank; the row is left out'; holds "d['labs'] == 3" "lab('A')['n'] == 4"
run 1 series unnamed.csv --lab lab --z z --json
tells 'unnamed.csv:4:1: the name of the laboratory is blank; the row is left out'; holds "[s['lab'] for s in d] == ['A', 'B', 'C']"
run 1 homogeneity unnamed.csv --item lab --value value --occasion when --json
tells 'unnamed.csv:7:3: the name of the occasion is blank; the row is left out' \
	'unnamed.csv:4:1: the name of the item is blank; the row is left out'
holds "d['g'] == 3 and d['m'] == 2" "d['later_mean'] == 2.25"
result "a row that names no item, laboratory or occasion is told and left out"

table logarithms.csv lab,value L1,10 L2,1000 L3,0 L4,-5 'L5,<100'
run 1 estimate logarithms.csv --column value --method mean --log10 --json
holds "d[0]['n'] == 2 and d[0]['x'] == 2"
says 'logarithms.csv:4:2'; says 'logarithms.csv:5:2'
result "a logarithm of nothing or less is told and left out"

table decades.csv lab,value L1,10 L2,100 L3,100 L4,1000
run 0 estimate decades.csv --column value --method algorithm-a-grouped --set step=1 --log10 --json
holds "d[0]['x'] == 2 and d[0]['s'] > 0.5"
result "what logarithms are rounded to is what is set, since nothing else says it"

table crawl.csv lab,value $({ seq 496 500; yes 1000 | head -n 20; seq 1500 1504; } | awk '{ print "L" NR "," $1 }')
run 0 estimate crawl.csv --column value --method algorithm-a-grouped --step 1 --json
holds "not d[0]['converged'] and d[0]['n'] == 30 and d[0]['iterations'] == 10000"
run 0 estimate crawl.csv --column value --method algorithm-a-grouped --step 1
says 'did not converge' out
result "what did not converge is told before what lies in the values"

# ---- few, equal, wild ----

table header.csv lab,value
table blanks.csv lab,value L1, L2,NA
table n1.csv lab,value L1,5
table n2.csv lab,value L1,5 L2,6
for name in header blanks n1 n2; do
	while read -r command rest; do
		# shellcheck disable=SC2086
		ask "$command" $name.csv $rest --json
		code=$?
		case $code in
		0 | 1) holds True ;;
		3) test "$(wc -l < "$scratch/err")" = 1 || wrong "$command $name.csv does not say one sentence: $(cat "$scratch/err")" ;;
		*) wrong "$command $name.csv ended with $code" ;;
		esac
		# shellcheck disable=SC2086
		run $code "$command" $name.csv $rest
	done <<- 'EOF'
	estimate --column value --sigma-pt 1
	score --column value --x-pt 5 --sigma-pt 1 --delta-e 2 --u-x-pt 0.1 --ccv 5 --tdpa 10 --aps 1
	homogeneity --item lab --value value --sigma-pt 1
	replicates --lab lab --value value
	youden --a value --b value --sigma-pt-a 1
	series --z value
	count --column value
	EOF
	for words in 'few --column value' 'rounds --x value --s value --at 5'; do
		# shellcheck disable=SC2086
		ask sigma ${words%% *} $name.csv ${words#* } --json
		case $? in
		0 | 1) holds True ;;
		3) test "$(wc -l < "$scratch/err")" = 1 && test ! -s "$scratch/out" || wrong "sigma ${words%% *} $name.csv: $(cat "$scratch/err")" ;;
		*) wrong "sigma ${words%% *} $name.csv: $(cat "$scratch/err")" ;;
		esac
	done
done
run 0 estimate blanks.csv --column value --json
holds "all(r['n'] == 0 and r['x'] is None and r['s'] is None and r['u'] is None for r in d)" "len(d) > 10"
run 0 estimate n1.csv --column value --json
holds "all(r['n'] == 1 and r['x'] == 5 and r['s'] is None and r['u'] is None for r in d)"
run 0 estimate n2.csv --column value --json; holds "all(r['n'] == 2 and r['x'] == 5.5 and r['s'] > 0 for r in d)"
for name in n1 n2; do refuses 3 sigma rounds $name.csv --x value --s value; says 'expected at least 3'; done
refuses 3 sigma few n1.csv --column value; says 'has 1 number; expected at least 2'
refuses 3 sigma few n1.csv --column value --json
result "n = 0, 1, 2 give null and no crash"

{ echo lab,value; for i in $(seq 12); do echo "L$i,13.7"; done; } > "$scratch/equal.csv"
run 0 estimate equal.csv --column value --sigma-pt 0.2 --json
holds "all(r['x'] == 13.7 for r in d)" \
	"all(r['degenerate'] and r['s'] == 0 and r['u_negligible'] is None for r in d if r['method'] != 'algorithm-a-grouped')" \
	"0 < m('algorithm-a-grouped')['s'] < 0.1"
run 0 estimate equal.csv --column value; says 'it says nothing' out
{
	echo lab,value
	for i in $(seq 20); do echo "L$i,5.0"; done
	for i in 1 2 3 4 5; do printf '%s\n' "L2$i,4.$i" "L3$i,5.$i"; done
} > "$scratch/thirds.csv"
run 0 estimate thirds.csv --column value --sigma-pt 0.2 --json
for method in algorithm-a median-made qn sn qn-hampel truncated-2sd; do
	holds "m('$method')['degenerate'] and m('$method')['s'] == 0 and m('$method')['x'] == 5 and m('$method')['u_negligible'] is None"
done
holds "not m('mean')['degenerate'] and m('mean')['s'] > 0" "m('algorithm-a-grouped')['s'] > 0"
result "all equal and two thirds equal are flagged degenerate"

{ cat "$scratch/small.csv"; printf '%s\n' L6,5.1 L7,5.2 L8,5.05 L9,4.95 L10,5.15; } > "$scratch/ten.csv"
{ cat "$scratch/ten.csv"; echo L11,1000000000; } > "$scratch/billion.csv"
run 0 estimate ten.csv --column value --json
sed -n 's/.*"method": "\([^"]*\)".*"x": \([^,]*\), "s": \([^,]*\),.*/\1 \2 \3/p' "$scratch/out" > "$scratch/ten"
test "$(wc -l < "$scratch/ten")" -gt 10 || wrong "there are fewer than ten methods"
run 0 estimate billion.csv --column value --json
holds "m('mean')['x'] > 9e7" "m('truncated-3sd')['n'] == 10 or m('truncated-3sd')['n'] == 11" "m('clia-3sd')['n'] >= 10"
while read -r method x s; do
	case $method in
	mean | *sd) ;;
	*) holds "abs(m('$method')['x'] - $x) < 0.06" "abs(m('$method')['s'] - $s) < 0.06" ;;
	esac
done < "$scratch/ten"
result "1e9 beside small values moves no robust method"

awk -F, 'NR == 1 { print; next } { printf "%s,%.2f\n", $1, 100000000 + $2 }' "$scratch/ten.csv" > "$scratch/shifted.csv"
run 0 estimate shifted.csv --column value --json
while read -r method x s; do
	holds "abs(m('$method')['x'] - 100000000 - $x) < 1e-6" "near(m('$method')['s'], $s, 1e-6)"
done < "$scratch/ten"
result "values near 1e8 with a spread of 0.1 have the spread of those near 5"

awk -F, 'NR == 1 { print; next } { print $1 "," $2 * 1000 }' "$scratch/ten.csv" > "$scratch/thousand.csv"
run 0 estimate thousand.csv --column value --step 10 --json
while read -r method x s; do
	test "$method" = algorithm-a-iso3 || holds "near(m('$method')['x'], 1000 * $x, 1e-9)" "near(m('$method')['s'], 1000 * $s, 1e-9)"
done < "$scratch/ten"
result "a unit a thousand times smaller gives figures a thousand times larger"

table signs.csv lab,value,target L1,-2,-2.5 L2,1,0 L3,-3,-2 L4,5, L5,,4
run 0 score signs.csv --column value --lab lab --assigned target --delta-e 1 --ccv 5 --tdpa 10 --sigma-pt 1 --aps 1 --json
holds "lab('L1')['D'] == 0.5 and lab('L1')['D_pct'] == -20 and lab('L1')['z'] == 0.5" \
	"lab('L3')['D_pct'] == 50 and lab('L3')['D'] == -1" \
	"lab('L2')['D'] == 1 and lab('L2')['z'] == 1 and lab('L2')['PA'] == 100" \
	"all(lab('L2')[q] is None for q in ('D_pct', 'VI', 'VIS', 'BIS', 'SDI', 'target_score'))" \
	"all(lab(l)[q] is None for l in ('L4', 'L5') for q in ('D', 'D_pct', 'z', 'PA', 'VIS'))" "lab('L4')['signal'] == 'not_evaluated'"
result "negative and zero targets leave D% signed or undefined"

table edges.csv lab,value L1,7 L2,7.01 L3,8 L4,2 L5,7.99 L6,3
run 0 score edges.csv --column value --lab lab --x-pt 5 --sigma-pt 1 --json
holds "[r['signal'] for r in d] == ['acceptable', 'warning', 'action', 'action', 'warning', 'acceptable']"
run 0 score edges.csv --column value --lab lab --x-pt 5 --sigma-pt 1 --warn 2 --act 2.5 --json
holds "[r['signal'] for r in d] == ['acceptable', 'warning', 'action', 'action', 'action', 'acceptable']"
result "a score of 2 is acceptable, one of 3 asks for action, and both may be chosen"

table uncertain.csv lab,value,U,k L1,5.4,0.6,2 L2,5.4,0.6,3 L3,5.4,,2 L4,5.4,0,2 L5,5.4,0.6,
run 0 score uncertain.csv --column value --lab lab --x-pt 5 --expanded-x-pt 0.8 --expanded U --k k --json
tells 'uncertain.csv:5:3: "0" is no uncertainty; expected a number above 0; it is left out'
holds "near(lab('L1')['En'], 0.4, 1e-12) and near(lab('L1')['zeta'], 0.8, 1e-12)" \
	"near(lab('L2')['En'], 0.4, 1e-12) and lab('L2')['zeta'] > 0.8" \
	"all(lab(l)[q] is None for l in ('L3', 'L4') for q in ('En', 'zeta'))" "lab('L5')['zeta'] is None"
table negative.csv lab,value,u,k L1,5.4,-0.1,2 L2,5.4,0.2,20 L3,5.4,0.2,0.5 L4,5.4,0.2,15 L5,5.4,0.2,1 L6,5.4,0.2,0
run 1 score negative.csv --column value --lab lab --x-pt 5 --u-x-pt 0 --u u --json
tells 'negative.csv:2:3: "-0.1" is no uncertainty; expected a number above 0; it is left out'
holds "lab('L1')['zeta'] is None and lab('L1')['En'] is None and lab('L2')['zeta'] == 2"
result "an uncertainty that is 0, negative or missing gives no zeta and no En"

run 1 score negative.csv --column value --lab lab --x-pt 5 --u-x-pt 0 --expanded u --k k --where u=0.2 --json
tells 'negative.csv:3:4: "20" is no coverage factor; expected a number from 1 to 15; it is left out' \
	'negative.csv:4:4: "0.5" is no coverage factor; expected a number from 1 to 15; it is left out' \
	'negative.csv:7:4: "0" is no coverage factor; expected a number from 1 to 15; it is left out'
holds "all(lab(l)['zeta'] is None and lab(l)['En'] == 2 for l in ('L2', 'L3', 'L6'))" "near(lab('L4')['zeta'], 30, 1e-12) and lab('L5')['zeta'] == 2"
for k in 0 -1 0.99 15.01 1e98; do
	for option in k k-x-pt; do refuses 2 score small.csv --column value --x-pt 5 --expanded value --$option $k; says "--$option"; says "from 1 to 15"; done
done
result "a coverage factor is from 1 to 15"

refuses 2 score small.csv --column value --x-pt 5 --assigned value; says '--x-pt and --assigned'
refuses 2 score small.csv --column value --x-pt 5 --u-x-pt 1 --expanded-x-pt 2; says '--u-x-pt and --expanded-x-pt'
refuses 2 homogeneity items.csv --item item --value first --value second --value first; says '--value "first" is given twice'
refuses 2 estimate small.csv --column value --step 0.1 --log10; says '--step and --log10'
result "what says two things of one is refused"

table signal.csv lab,value,U L1,5.4, L2,7,0.5 L3,5.3,0.5 L4,,1 L5,4.7,
run 0 score signal.csv --column value --lab lab --x-pt 5 --delta-e 0.3 --json
holds "[r['signal'] for r in d] == ['action', 'action', 'acceptable', 'not_evaluated', 'acceptable']"
run 0 score signal.csv --column value --lab lab --x-pt 5 --delta-e 0.3; says unacceptable out
run 0 score signal.csv --column value --lab lab --x-pt 5 --delta-e 0.3 --lang zh; says 不可接受 out
run 0 score signal.csv --column value --lab lab --x-pt 5 --aps 0.3; grep -q 'signal\|evaluated' "$scratch/out" && wrong "APS has a signal"
run 0 score signal.csv --column value --lab lab --x-pt 5 --aps 0.3 --json; holds "all(r['signal'] == 'not_evaluated' for r in d)"
run 0 score signal.csv --column value --lab lab --x-pt 5 --u-x-pt 0.1 --delta-e 0.3 --expanded U --json
holds "[r['signal'] for r in d] == ['not_evaluated', 'action', 'acceptable', 'not_evaluated', 'not_evaluated']"
run 0 score signal.csv --column value --lab lab --x-pt 5 --expanded-x-pt 0.1 --sigma-pt 0.1 --expanded U --json
holds "lab('L3')['signal'] == 'warning'"
result "the signal is of the first score that a row has; PA gives it where nothing else does"

# ---- items and replicates ----

table unequal.csv item,value A,1 A,2 B,1 C,2 C,3
refuses 3 homogeneity unequal.csv --item item --value value; says 'item "B" has 1 value; expected 2'
table unreadable.csv item,value A,1 A,2 B,1 B,x C,2 C,3
run 3 homogeneity unreadable.csv --item item --value value
says 'unreadable.csv:5:2: "x"'
says 'item "B" has 1 value; expected 2'
result "unequal numbers of replicates are refused by the name of the item"

table nothing.csv item,value A,1 A,2 B, B,NA
refuses 3 homogeneity nothing.csv --item item --value value; says 'item "B" has 0 values; expected 2'
table nothing-first.csv item,value A, A,NA B,1 B,2
refuses 3 homogeneity nothing-first.csv --item item --value value; says 'item "A" has 0 values; expected'
grep -q 'expected 0' "$scratch/err" && wrong "it expects 0: $(cat "$scratch/err")"
result "an item without a value is refused by its name, be it the first or not"

printf '%s\n' "item$(printf ',v%s' $(seq 20))" "A$(printf ',%s' $(seq 20))" "B$(printf ',%s' $(seq 2 21))" > "$scratch/twenty.csv"
columns=$(for i in $(seq 20); do echo --value "v$i"; done)
# shellcheck disable=SC2086
ask homogeneity twenty.csv --item item $columns --json
case $? in
0) holds "d['m'] == 20" ;;
2) test ! -s "$scratch/out" || wrong "it refuses and prints" ;;
*) wrong "it ended with another exit code: $(cat "$scratch/err")" ;;
esac
result "of many columns with values none is dropped silently"

run 0 replicates unequal.csv --lab item --value value --json
holds "d['labs'] == 3 and d['replicates'] is None" "d['algS_w'] is None and d['s_r'] is None" \
	"d['q_s_R'] > 0 and d['anova_s_r'] > 0" "lab('B')['sd'] is None and lab('B')['mandel_k'] is None"
run 0 replicates unequal.csv --lab item --value value
result "laboratories with unequal numbers of replicates are worked out where that is defined"

table digits.csv lab,value A,0.13436424411240122 B,0.84743373693723267 A,0.76377461897661403 B,0.25506902573942170
run 0 replicates digits.csv --lab lab --value value --json; holds "0 < d['q_s_R'] < 1"
awk -F, 'NR == 1 { print; next } { printf "%s,%.15f\n", $1, $2 }' "$scratch/digits.csv" > "$scratch/shorter.csv"
q=$(sed -n 's/.*"q_s_R": \([0-9.]*\).*/\1/p' "$scratch/out")
run 0 replicates shorter.csv --lab lab --value value --json; holds "near(d['q_s_R'], ${q:-0}, 1e-9)"
result "replicates may have as many digits as a program prints"

table grades.csv answer,n,group low,1,a low,1.5,a high,-1,a high,2,a high,x,b
ask count grades.csv --column answer --weight n --json
test $? = 1 || wrong "the exit code is not 1"
for line in 3 4 6; do says "grades.csv:$line:2"; done
{ echo answer; for i in $(seq 200); do echo "a$i"; done; echo a5; } > "$scratch/kinds.csv"
run 0 count kinds.csv --column answer --json; holds "d[0]['n_reported'] == 201"
echo a201 >> "$scratch/kinds.csv"
refuses 3 count kinds.csv --column answer; says 'more than 200'
result "a weight that is no whole number is told, and 200 different answers are room enough"

table listed.csv answer + - '±' '++' +
run 1 count listed.csv --column answer --order '-, ±,+' --json
tells 'listed.csv:5:1: "++" is no grade of --order; it is left out'; holds "d[0]['n_reported'] == 4 and d[0]['median'] == ['±', '+']"
refuses 2 count listed.csv --column answer --order '-,+,-'; says '"-" twice'
refuses 2 count listed.csv --column answer --order '+'; says 'one grade, "+"'
refuses 2 count listed.csv --column answer --order ''; says --order
result "the grades of --order are all there are, each once"

table line.csv x,s 1,0.1 2,0.3 3,0.5
run 1 sigma rounds line.csv --x x --s s --at -1; says 'line.csv: the line is -0.3 at -1, which'; says 'sigma_pt = -' out
run 1 sigma rounds line.csv --x x --s s --at 0.25 --json; says 'is -0.05 at 0.25'; holds "d['sigma_pt'] is None and near(d['slope'], 0.2, 1e-12)"
run 0 sigma rounds line.csv --x x --s s --at 2 --lang zh; says 轮 out
table level.csv x,s 1,0.1 1,0.3 1,0.5
refuses 3 sigma rounds level.csv --x x --s s; says 'the same assigned value'
for words in 'horwitz --c 1e-6' 'precision --reproducibility 2 --repeatability 1' 'few small.csv --column value'; do
	# shellcheck disable=SC2086
	run 0 sigma $words --lang zh; LC_ALL=C.UTF-8 grep -qP '\p{Han}' "$scratch/out" || wrong "there is no Chinese in sigma $words"
done
refuses 2 sigma horwitz --c 1e-6 --lang fr; says '"fr"'
result "a line that is not above 0 is told, and sigma knows Chinese"

table large.csv lab,value,other L1,12345678.5,100000000.05 L2,12345679.25,100000000.15 L3,12345678,100000000.25 L3,12345680.75,99999999.85
run 0 estimate large.csv --column other --method mean
says 'range 99999999.85 … 100000000.25, median 100000000.1, quartiles 100000000 … 100000000.175' out; says '100000000.075' out
run 0 estimate large.csv --column value; says 'range 12345678 … 12345680.75' out
run 0 score large.csv --column value --lab lab --x-pt 1; for x in 12345678.5 12345679.25 12345680.75; do says " $x " out; done
run 0 replicates large.csv --lab lab --value other; says ' 100000000.05 ' out; says ' 100000000.15 ' out
run 0 youden large.csv --a value --b other; says '12345678.5     100000000.05' out
result "large numbers keep the digits that they were reported with"

{ printf 'lab'; printf ',c%s' $(seq 199); echo; head -c 3000000 /dev/zero | tr '\0' '\n'; seq -s , 200; } > "$scratch/lines.csv"
room=2000000
(ulimit -v $room; ASAN_OPTIONS='' $ZHIPING version) > /dev/null 2>&1 || room=unlimited # sanitizers take terabytes of addresses
(ulimit -v $room; cd "$scratch" && timeout 60 $ZHIPING estimate lines.csv --column c3 --method mean --json $ZP_OPTIONS > out 2> err) || wrong "it fails"
holds "d[0]['x'] == 4"
result "empty lines take no room, however many columns the header has"

awk 'BEGIN { print "lab,a,b"; for (i = 0; i < 60000; i++) { x = (i * 7919) % 10007; print "L" int(i / 2) "," x "," (x * 31 + i) % 9973 } }' > "$scratch/wide.csv"
(cd "$scratch" && timeout 10 $ZHIPING replicates wide.csv --lab lab --value a --json $ZP_OPTIONS > out) || wrong "replicates is slow"
(cd "$scratch" && timeout 10 $ZHIPING youden wide.csv --a a --b b --json $ZP_OPTIONS > out) || wrong "youden is slow"
result "sixty thousand rows take no minute"

table straight.csv lab,a,b L1,1,3.1 L2,2,6.1 L3,3.3,10 L4,7,21.1
run 0 youden straight.csv --a a --b b --lab lab --json
holds "d['ellipse95']['semi_minor'] == 0 and d['ellipse95']['n_outside'] == 0" "all(r['mahalanobis_d2'] is None for r in d['laboratories'])"
result "laboratories on a line have no distance from it"

table odd.csv lab,value L1,5 L1,5.1 L1,5.2 L2,5 L2,5.2 L2,5.1 L3,5.1 L3,5.3 L4,4.9 L4,5 L4,5.1 L5,5 L6,5.2 L6,5.1 L6,5
run 0 replicates odd.csv --lab lab --value value
says 'L3 has 2 values, L5 has 1 value, others 3: Algorithm S and the critical values of C and k need as many each' out
run 0 replicates odd.csv --lab lab --value value --lang zh; says 'L3 有 2 个值' out; says 均值 out; says 标准差 out
{ echo lab,value; for i in $(seq 9); do printf '%s\n' "L$i,5.$i" "L$i,5.1"; done; printf '%s\n' L10,50 L10,50.1; } > "$scratch/far.csv"
run 0 replicates far.csv --lab lab --value value; says '*, ' out
grep -q 'Grubbs [0-9.]*\*, [0-9.]* (' "$scratch/out" || wrong "the far one is not marked: $(grep Grubbs "$scratch/out")"
result "replicates names who has another number of values, and marks what Grubbs finds"

long=中国计量科学研究院临床检验中心
table named.csv lab,a,b L1,1,2 "$long,2,3" L3,4,5 L3,4,6
for words in 'score --column a --lab lab --x-pt 1' 'replicates --lab lab --value a' 'youden --a a --b b --lab lab' 'series --z a --lab lab' \
	'count --column lab'; do
	# shellcheck disable=SC2086
	run 0 ${words%% *} named.csv ${words#* }
	python3 - "$scratch/out" <<- 'PYTHON' || wrong "${words%% *}: the columns are not below each other"
	import re
	import sys
	import unicodedata

	with open(sys.argv[1], encoding="utf-8") as file:
	    rows = [line for line in file if re.match(r" *(L1|L3|中国)", line) and " has " not in line]
	ends = set()
	for row in rows:
	    wide = "".join(c + c if unicodedata.east_asian_width(c) in "WF" else c for c in row)
	    ends.add(re.match(r" *\S+ +\S+", wide).end())
	sys.exit(len(rows) < 3 or len(ends) > 1)
	PYTHON
done
result "a column of names is as wide as the widest"

table groups.csv g,value a,1 a, b, b,NA c,5 'c,<3' c,x
run 1 estimate groups.csv --column value --by g --method mean --method q-method
says 'group = b: no numbers' out; says 'left out: 2 blank' out; says 'left out: 1 bounds such as <0.5' out; says 'one value has no spread' out
grep -q 'out: 0\|, 0 ' "$scratch/out" && wrong "it tells that 0 were left out"
run 1 estimate groups.csv --column value --by g --method mean --lang zh; says '组 = b: 无数值' out; says 单个数值没有离散度 out
refuses 2 estimate small.csv --column value --method nonsense
grep -qw 'crm\|expert\|reference-laboratory\|known' "$scratch/err" && wrong "it lists what is stated: $(cat "$scratch/err")"
refuses 2 estimate small.csv --column value --method mean --set a=1; says 'the method has no settings'
result "estimate says what a group has, what was left out and which methods work it out"

table halves.csv grade,n 3,2 1,1 2,1
run 0 count halves.csv --column grade --json; holds "d[0]['median'] == ['2'] and d[0]['mode'] == ['1', '2', '3']"
run 0 count halves.csv --column grade --weight n --json
holds "d[0]['n_reported'] == 4 and d[0]['median'] == ['2', '3'] and d[0]['mode'] == ['3'] and not d[0]['consensus_80pct']"
table words.csv answer 阴性 弱阳性 阳性 阳性 NA '' 阳性
run 0 count words.csv --column answer --json
holds "d[0]['n_reported'] == 5 and d[0]['median'] == [] and d[0]['mode'] == ['阳性']"
run 0 count words.csv --column answer --order 阴性,弱阳性,阳性,强阳性 --json
holds "d[0]['median'] == ['阳性'] and [a['n'] for a in d[0]['answers']] == [1, 1, 3, 0]"
table fifths.csv answer + + + + -
run 0 count fifths.csv --column answer --json; holds "d[0]['consensus_80pct'] and not d[0]['consensus_90pct']"
run 0 count fifths.csv --column answer --threshold 80.1; says 'NOT reached' out
result "grades have medians, two when halves meet, and 80 % is enough for 80 %"

table many.csv answer,n +,10 -,4990
run 0 count many.csv --column answer --weight n --json
holds "near(fewer(10, 5000, d[0]['answers'][0]['cp_lower'] / 100), 0.975, 1e-9)" \
	"near(fewer(11, 5000, d[0]['answers'][0]['cp_upper'] / 100), 0.025, 1e-9)" \
	"near(d[0]['answers'][0]['cp_lower'] + d[0]['answers'][1]['cp_upper'], 100, 1e-12)"
table many.csv answer,n +,500000 -,500000
run 0 count many.csv --column answer --weight n --json
holds "49.9 < d[0]['answers'][0]['cp_lower'] < 50 < d[0]['answers'][0]['cp_upper'] < 50.1"
awk 'BEGIN { print "item,value"; for (i = 0; i < 2500; i++) print int(i / 5) "," 5 + (i * 7919) % 1009 / 1000 }' \
	> "$scratch/many.csv"
run 0 homogeneity many.csv --item item --value value --sigma-pt 1 --json
holds "d['g'] == 500 and d['m'] == 5" "1 < d['f_crit'] < 1.2 and 0 <= d['p'] <= 1 and 1 < d['f1'] < 1.2 and d['f2'] > 0"
run 0 replicates many.csv --lab item --value value --json
for word in q_s_R cochran_crit grubbs_crit mandel_h_crit mandel_k_crit mandel_k_crit_1pct; do holds "d['$word'] > 0"; done
holds "d['labs'] == 500"
result "many laboratories, items and answers are no matter"

# ---- what comes out ----

while IFS=, read -r case run exit command; do
	test "$case" = case && continue
	# shellcheck disable=SC2086
	(cd "$cases" && timeout 60 $ZHIPING $command --json $ZP_OPTIONS > "$scratch/out" 2> "$scratch/err")
	code=$?
	test $code = "$exit" || wrong "$case $run: $command --json ended with $code"
	mv "$scratch/out" "$scratch/json.$case.$run"
	# shellcheck disable=SC2086
	(cd "$cases" && timeout 60 $ZHIPING $command $ZP_OPTIONS > "$scratch/out" 2> "$scratch/err")
	code=$?
	test $code = "$exit" && test -s "$scratch/out" || wrong "$case $run: $command ended with $code"
done < "$cases/commands.csv"
told=$(cd "$scratch" && python3 - json.* 2>&1 << 'EOF'
import json
import sys


def no_constant(word):
    raise ValueError(word + " is no JSON")


for name in sys.argv[1:]:
    try:
        with open(name, encoding="utf-8") as file:
            json.load(file, parse_constant=no_constant)
    except ValueError as trouble:
        print("#", name, trouble)
EOF
) || wrong "python3 failed"
problem=$problem${told:+$told$'\n'}
test "$(find "$scratch" -name 'json.*' | wc -l)" -ge 150 || wrong "fewer than 150 commands were run"
rm -f "$scratch"/json.*
result "JSON is valid for every command and every fixture, and there is a table"

long=$(printf '甲%.0s' $(seq 250))
table names.csv lab,a,b 'a b,1,2' '"q""\",2,3' "$long,3,5" $'tab\tbed,4,4' '"c,d",5,9' '<U+0009>,6,7'
for words in 'youden --a a --b b --lab lab' 'series --z a --lab lab' 'replicates --lab lab --value a' \
	'score --column a --lab lab --x-pt 1'; do
	# shellcheck disable=SC2086
	run 0 ${words%% *} names.csv ${words#* } --json
	holds "[lab(n)['lab'] for n in ('a b', 'q\"\\\\', '$long', 'tab\tbed', 'c,d', '<U+0009>')]"
done
run 0 estimate names.csv --column a --by lab --method mean --json
holds "[m('mean', n)['x'] for n in ('a b', 'q\"\\\\', '$long', 'tab\tbed', 'c,d', '<U+0009>')] == [1, 2, 3, 4, 5, 6]"
run 0 count names.csv --column lab --json
holds "[a['answer'] for a in d[0]['answers']] == ['a b', 'q\"\\\\', '$long', 'tab\tbed', 'c,d', '<U+0009>']"
result "names come back from JSON as they are, whatever they hold and however long"

for words in 'estimate small.csv --column value' 'score small.csv --column value --x-pt 5 --sigma-pt 1' \
	'homogeneity items.csv --item item --value first --value second --sigma-pt 1' 'replicates small.csv --lab lab --value value' \
	'youden pairs.csv --a a --b b' 'series small.csv --z value' 'count small.csv --column value'; do
	# shellcheck disable=SC2086
	run 0 $words --lang zh
	LC_ALL=C.UTF-8 grep -qP '\p{Han}' "$scratch/out" || wrong "there is no Chinese in $words"
	cp "$scratch/out" "$scratch/zh"
	# shellcheck disable=SC2086
	run 0 $words
	LC_ALL=C.UTF-8 grep -qP '\p{Han}' "$scratch/out" && wrong "there is Chinese in $words without --lang"
	test "$(wc -l < "$scratch/out")" = "$(wc -l < "$scratch/zh")" || wrong "$words has another number of lines in Chinese"
	# shellcheck disable=SC2086
	run 0 $words --json; cp "$scratch/out" "$scratch/json"
	# shellcheck disable=SC2086
	run 0 $words --json --lang zh; cmp -s "$scratch/out" "$scratch/json" || wrong "$words --json depends on the language"
done
result "--lang zh prints Chinese, and JSON is the same"

for words in 'estimate ten.csv --column value' 'estimate ten.csv --column value --json' \
	'score ten.csv --column value --x-pt 5.1 --sigma-pt 1 --json' 'replicates pairs.csv --lab b --value a' \
	'homogeneity items.csv --item item --value first --value second --json' 'youden pairs.csv --a a --b b --json' \
	'series small.csv --z value --json' 'count small.csv --column value --lang zh' 'sigma horwitz --c 1.5e-6'; do
	# shellcheck disable=SC2086
	run 0 $words; cp "$scratch/out" "$scratch/before"
	for locale in C C.UTF-8 de_DE.UTF-8 ja_JP.EUC-JP tr_TR nonsense ''; do
		# shellcheck disable=SC2086
		(cd "$scratch" && env LC_ALL=$locale LANG=$locale $ZHIPING $words $ZP_OPTIONS > out 2> err)
		cmp -s "$scratch/out" "$scratch/before" || wrong "$words is something else with LC_ALL=$locale"
	done
done
result "the same bytes twice, and in any LC_ALL that is not Chinese"

for name in clean-normal-n186 heavy-ties-n60 bimodal-by-method-n120 censored-n40; do
	{ echo case,lab,method,value; grep "^$name," "$cases/values.csv"; } > "$scratch/ascending.csv"
	{ echo case,lab,method,value; grep "^$name," \
		"$cases/values.csv" | awk '{ print (NR * 7919) % 1009, $0 }' | sort -n | cut -d' ' -f2-; } > "$scratch/shuffled.csv"
	cmp -s "$scratch/ascending.csv" "$scratch/shuffled.csv" && wrong "nothing was shuffled"
	run 0 estimate ascending.csv --column value --json; cp "$scratch/out" "$scratch/before"
	run 0 estimate shuffled.csv --column value --json
	cmp -s "$scratch/out" "$scratch/before" || wrong "$name: $(diff "$scratch/before" "$scratch/out" | head -n 4 | tr '\n' ' ')"
done
result "shuffled rows give the same JSON"

cp "$cases/values.csv" "$scratch/values.csv"
run 0 estimate values.csv --where case=bimodal-by-method-n120 --by method --column value --method algorithm-a --method qn --json
cp "$scratch/out" "$scratch/both"
for group in A B; do
	run 0 estimate values.csv --where case=bimodal-by-method-n120 --where method=$group --column value --method algorithm-a \
		--method qn --json
	sed 's/"all"/"'$group'"/; s/,$//' "$scratch/out" | grep group > "$scratch/one"
	sed 's/,$//' "$scratch/both" | grep "\"$group\"" | cmp -s - "$scratch/one" || wrong "group $group: --by and --where differ"
done
result "a group has the figures it has alone"

if test -w /dev/full; then
	for words in 'estimate small.csv --column value' 'score small.csv --column value --x-pt 5' 'count small.csv --column value'; do
		# shellcheck disable=SC2086
		(cd "$scratch" && $ZHIPING $words $ZP_OPTIONS > /dev/full 2> err)
		code=$?
		test $code = 6 || wrong "$words ended with $code; expected 6"
	done
fi
result "a table that cannot be written is an error of its own"

printf 'x\n5\n5\n5\n5\n5\n5\n5\n5\n5\n6\n' > "$scratch/alike.csv"
run 0 estimate alike.csv --column x --method kernel-mode
says 'kernel-mode               -              -            -            -  the spread collapsed, so that there is no bandwidth; expected one, as the setting "width"' out
run 0 estimate alike.csv --column x --method kernel-mode --set width=0.5
grep -qE '^  kernel-mode .* 5\.0' "$scratch/out" || wrong "with a width it has no mode: $(grep kernel-mode "$scratch/out")"
result "where the spread collapses there is no kernel without a width of its own"
