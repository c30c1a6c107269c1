#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Broken rounds. Each recipe of fixtures/refused/*.faults does ONE thing to a copy of the small round in
# fixtures/refused/base and says what the program must answer, to the letter:
#
#   claim  what is promised
#   do     shell commands, run inside the copy
#   exit   the exit code of `check` and `close`; "1 0" when they differ: check asks whether anything is missing, late or
#          worth a look, close whether anything was withheld
#   says   a line that both must print, in this order; other lines of the same kind must not appear
#   keeps  the line of counts that `check` prints (optional)
#   finds  a line of a published table, for rounds that close (optional): FILE then the line, or the columns that it begins with,
#          since new columns are added at the end
#
# A round that is refused publishes nothing.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
fixtures=$top_srcdir/fixtures/refused
number=0
export LC_ALL=C

# What recipes may use.
decide() { printf '<decisions>\n  <%s who="甲" when="2026-03-20" why="试"/>\n</decisions>\n' "$1" > decisions.xml; }
also() { { echo lab,measurand,sample,value; printf '%s\n' "$@"; } > results/b.csv; } # one more file of results
write() { printf "$2" > "results/$1.csv"; } # one file of results, as printf writes it
answers() { # LINE TEXT: the small round of answers instead, with that line of its results so
	cp "$fixtures"/answers/*.xml . && rm limits.xml results/* && sed -i /^LAB03/d enrolments.csv &&
		awk -v line="$1" -v text="$2" 'NR == line { print text; next } { print }' "$fixtures/answers/a.csv" > results/a.csv
}
sends() { printf "$1" > results/LAB01.xml; sed -i "/^LAB01/d" results/a.csv; } # laboratory LAB01 sends XML instead

problem=
wrong() { problem="$problem# $1"$'\n'; }

differs() { # WHAT EXPECTED GOT
	test "$2" = "$3" && return
	wrong "$1 differs: expected"
	problem="$problem$(sed 's/^/#   /' <<< "$2")"$'\n'"# got"$'\n'"$(head -n 12 <<< "$3" | sed 's/^/#   /')"$'\n'
}

begins() { # LINE FILE: whether a line of the file is this one, perhaps with more columns
	line=$1 awk 'index($0, ENVIRON["line"]) == 1 { rest = substr($0, length(ENVIRON["line"]) + 1); if (rest == "" || rest ~ /^,/) found = 1 } END { exit !found }' "$2"
}

run() { # what the two commands do with the round, against the recipe
	local round=$scratch/round code_check code_close told
	rm -rf "$round"
	cp -r "$fixtures/base" "$round"
	(cd "$round" && eval "$do") || wrong "the recipe itself failed"
	(cd "$scratch" && timeout 60 $ZHIPING check $ZP_OPTIONS round > check.out 2> check.err)
	code_check=$?
	(cd "$scratch" && timeout 60 $ZHIPING close $ZP_OPTIONS round --into round/out --issued 2026-03-31 --emit tables > close.out 2> close.err)
	code_close=$?
	differs "the exit code" "$exit" "$(test $code_check = $code_close && echo $code_check || echo $code_check $code_close)"
	# The last line on stderr says that nothing came of it; the summary, which begins with the round, is looked at by itself.
	told=$(sed '/^round /,$d' "$scratch/check.out")
	differs "what check says" "$says" "$told"
	told=$(grep -vE '^(zhiping:|values read) ?' "$scratch/close.err")
	differs "what close says" "$says" "$told"
	test -z "$keeps" || differs "the counts" "$keeps" "$(grep '^values read' "$scratch/check.out")"
	case $code_close in
	0 | 1)
		test -f "$round/out/R1/v1/manifest.json" || wrong "nothing was published"
		test -z "$finds" || begins "${finds#* }" "$round/out/R1/v1/${finds%% *}" ||
			differs "what is published" "${finds#* }" "$(grep "^$(cut -d, -f1-4 <<< "${finds#* }")," "$round/out/R1/v1/${finds%% *}")" ;;
	*)
		test "$(grep -c '^zhiping: ' "$scratch/close.err")" = 1 || wrong "close does not end with one sentence of its own"
		test "$(grep -c '^zhiping: ' "$scratch/check.err")" = 1 || wrong "check does not end with one sentence of its own"
		test -z "$(find "$round/out" -type f 2> "$scratch/find.err")" || wrong "something was published: $(find "$round/out" -type f)" ;;
	esac
}

settle() { # the recipe is complete
	test -n "$claim" || return
	number=$((number + 1))
	problem=
	run
	test -z "$problem" && echo "ok $number - $claim" || { printf '%s' "$problem"; echo "not ok $number - $claim"; }
	claim= do= exit= says= keeps= finds=
}

echo "1..$(($(cat "$fixtures"/*.faults | grep -c '^claim ') + 8))"
claim= do= exit= says= keeps= finds=
for file in "$fixtures"/*.faults; do
	while IFS= read -r line; do
		word=${line%% *} rest=${line#* }
		case $word in
		claim) settle; claim=$rest ;;
		do) do=$do${do:+$'\n'}$rest ;;
		exit) exit=$rest ;;
		says) says=$says${says:+$'\n'}$rest ;;
		keeps) keeps="values read $rest" ;;
		finds) finds=$rest ;;
		'' | '#') ;;
		*) echo "Bail out! $file: the line \"$line\" is not understood"; exit 1 ;;
		esac
	done < "$file"
	settle
done

# What a recipe cannot say.
result() { # CLAIM: what `problem` holds decides
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }
	problem=
}
command() { # EXPECTED-CODE ARGUMENTS
	local expected=$1 code
	shift
	(cd "$scratch" && timeout 60 $ZHIPING "$@" > out 2> err)
	code=$?
	test $code = $expected || wrong "zhiping $* ended with $code instead of $expected: $(cat "$scratch/err")"
}
fresh() { rm -rf "$scratch/round"; cp -r "$fixtures/base" "$scratch/round"; }
close() { command "$1" close $ZP_OPTIONS round --issued 2026-03-31 --emit tables --into "$2"; }

problem=
fresh
for i in $(seq 1500); do echo "LAB01,GLU,S1,x$i,mmol/L,"; done >> "$scratch/round/results/a.csv"
command 3 check $ZP_OPTIONS round
differs "the last two problems" "results/a.csv:1009:4: GLU value \"x1000\" is no number; expected digits with a decimal point, such as 5.20, or <0.5
and 500 more problems" "$(sed '/^round /,$d' "$scratch/out" | tail -n 2)"
differs "the number of lines" 1001 "$(sed '/^round /,$d' "$scratch/out" | wc -l)"
result "of 1,500 problems a thousand are told and the rest are counted"
differs "the counts" "values read 1512 = accepted 12 + set aside 0 + refused 1500 + blank 0" "$(grep '^values read' "$scratch/out")"
result "what is not told is counted all the same"

fresh
mkdir "$scratch/into"
close 0 into
(cd "$scratch/into" && find . -type f -exec sha256sum {} + | sort) > "$scratch/before"
close 3 into
differs "what it says" "zhiping: into/R1/v1: this round is published already, and what is published never changes; expected another folder" "$(cat "$scratch/err")"
(cd "$scratch/into" && find . -type f -exec sha256sum {} + | sort) > "$scratch/after"
cmp -s "$scratch/before" "$scratch/after" || wrong "what was published has changed"
result "a round that is published is not published again"

touch "$scratch/file"
close 6 file/in
differs "what it says" "zhiping: file: the folder cannot be made: Not a directory" "$(sed 's/file[^:]*:/file:/' "$scratch/err")"
result "a folder that cannot be made is told"

close 2 ''
command 2 close $ZP_OPTIONS round --into elsewhere --issued 2026-02-30
command 2 close $ZP_OPTIONS round --into elsewhere
command 2 close $ZP_OPTIONS round --issued 2026-03-31
result "a folder and a real date are needed"

command 3 check $ZP_OPTIONS nowhere
differs "what it says" "round.xml: does not exist; expected the plan of the round in its folder" "$(cat "$scratch/out")"
result "a round folder that does not exist is told"

command 3 check --plugins ${ZP_OPTIONS##*--plugins } --rules nowhere round
differs "what it says" "schemas/regions.rng: does not exist; expected the schema of regions.xml" "$(head -n 1 "$scratch/out")"
result "a rules folder that does not exist is told"

number_of() { printf '<vocabulary name="v" version="1" title="t" title-en="t">\n<pattern kind="number" match="(?\047n\047[0-9.]+)个" number="$n"><example of="3个" gives="3"/><counterexample of="z"/></pattern></vocabulary>'; }
stops() { # PLACE TEXT CHANGE: a round of which a pattern that takes 1.2.3 for a number meets the text
	(cd "$scratch/round" && number_of > v.xml && sed -i 's/scheme="scheme.xml"/scheme="scheme.xml" vocabulary="v.xml"/' round.xml && eval "$3")
	command 4 check $ZP_OPTIONS round
	differs "what it says" "zhiping: $1: the pattern \"(?'n'[0-9.]+)个\" (v.xml:2) takes for a number what is none, for the value \"$2\"; the pattern has to be mended" "$(cat "$scratch/err")"
}
fresh
stops results/LAB03.csv:4 5.1.5个 "sed -i '2s/5.10/1.2.3个/; 3s/8.20/1..个/; 4s/4.10/4.1个/' results/a.csv; sed -i '4s/5.15/5.1.5个/; 4s/8.25/5.2.5个/; 5s/4.12/4.1.2个/' results/LAB03.csv"
fresh
stops results/b.csv:2 1.2.3个 "printf 'lab,measurand,sample,value,unit,uncertainty\nLAB01,GLU,S1,5.10,mmol/L,1.2.3个\n' > results/b.csv"
fresh
stops results/a.csv:4 1.2.3个 "answers 4 'LAB01,HBsAg,S1,1.2.3个,,,'"
result "a pattern that takes for a number what is none is a fault of the rules, told where it was met first, be it a value, an uncertainty or an answer"
