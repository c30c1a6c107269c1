#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line: what is asked for is on stdout, what is wrong is one sentence on stderr with exit code 2,
# and the man page and the completion know every command and option of the command table, and no others.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
round=$top_srcdir/fixtures/refused/base
plugins="--plugins ${ZP_OPTIONS##*--plugins }" # not those of an older installation

. "$top_srcdir/tests/result.sh"
run() { # EXPECTED-CODE ARGUMENTS
	local expected=$1 code
	shift
	(cd "$scratch" && timeout 60 $ZHIPING "$@" > out 2> err)
	code=$?
	test $code = $expected || wrong "zhiping $* ended with $code; expected $expected: $(head -c 300 "$scratch/err")"
}
quiet() { test ! -s "$scratch/$1" || wrong "$2: \"$(head -n 1 "$scratch/$1")\" is on $1"; }
refuses() { # ARGUMENTS: exit code 2, nothing on stdout, one line on stderr
	run 2 "$@"
	quiet out "zhiping $*"
	test "$(wc -l < "$scratch/err")" = 1 || wrong "zhiping $* does not say one sentence: $(cat "$scratch/err")"
}
says() { grep -qF -- "$1" "$scratch/${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "$scratch/${2:-err}")\""; }

echo 1..21

run 0 help; quiet err help; says 'usage: zhiping COMMAND' out
commands=$(awk '/^  [a-z]/ { print $1 }' "$scratch/out")
test "$(wc -w <<< "$commands")" -ge 7 || wrong "help lists these commands only: $commands"
result "help lists the commands"

(cd "$scratch" && cp out listed)
for word in --help -h; do run 0 $word; quiet err $word; cmp -s "$scratch/out" "$scratch/listed" || wrong "$word says something else"; done
result "--help and -h are help"

run 2; quiet out 'no command'; cmp -s "$scratch/err" "$scratch/listed" || wrong "stderr is not what help says"
run 2 clsoe; quiet out clsoe; says 'there is no command "clsoe"; did you mean "close"?'
run 2 help clsoe; says 'did you mean "close"?'
run 2 quite-another; says 'zhiping help lists them'
result "no command at all is a mistake, and help is given; of one that there is not, the nearest is asked for"

for command in $commands; do
	run 0 help $command; quiet err "help $command"; says "usage: zhiping $command" out; cp "$scratch/out" "$scratch/help.$command"
	run 0 $command --help; cmp -s "$scratch/out" "$scratch/help.$command" || wrong "$command --help says something else than help $command"
	run 0 $command --into --help nonsense; cmp -s "$scratch/out" "$scratch/help.$command" || wrong "$command --help is not heard among others"
done
result "help COMMAND and COMMAND --help say the same, whatever stands beside"

run 0 version; quiet err version; cp "$scratch/out" "$scratch/version"
grep -qxE 'zhiping [0-9]+\.[0-9]+\.[0-9]+' "$scratch/version" || wrong "it is \"$(cat "$scratch/version")\""
for word in --version -V; do run 0 $word; cmp -s "$scratch/out" "$scratch/version" || wrong "$word says something else"; done
result "version is one line"

refuses frobnicate; says '"frobnicate"'
refuses ''; refuses Close; refuses --frobnicate
run 2 help frobnicate; says '"frobnicate"'; cmp -s "$scratch/out" "$scratch/listed" || wrong "help frobnicate does not list what there is"
result "a command that does not exist is named"

for command in $commands; do refuses $command --frobnicate; says '"--frobnicate"'; says "zhiping help $command"; done
refuses check -xy "$round"; says '"-x"'
refuses check --threads
result "an option that does not exist is named"

refuses check; says 'usage: zhiping check ROUND'
refuses check "$round" "$round"; refuses close; refuses explain; refuses explain x; refuses explain a b c d e
refuses version x; refuses methods a b; refuses simulate x
result "too few and too many words are told"

for n in 0 257 -1 1.5 x '' 1e1 99999999999999999999; do refuses check --threads "$n" "$round"; says "--threads \"$n\" is not usable"; done
result "a number that is out of its range or none is told with the range"

refuses close "$round" --issued 2026-03-31; says '--into'
for date in 2026-02-30 2026-3-1 31.03.2026 2026-13-01 '' '2026-03-31 '; do refuses close "$round" --into x --issued "$date"; says '--issued'; done
result "close needs a folder and a real date"

for list in frogs tables,frogs ,tables '' , tables,,pages Tables certificate-pdf; do refuses close "$round" --into x --issued 2026-03-31 --emit "$list"; says '--emit'; done
result "what cannot be emitted is told"

test ! -e "$scratch/x" || wrong "there is something"
result "a mistake on the command line leaves nothing behind"

run 0 methods $plugins; quiet err methods; cp "$scratch/out" "$scratch/methods"
for name in algorithm-a known sdi csv absurd_factor target_places; do
	grep -qE "(^| )$name( |\$)" "$scratch/methods" || wrong "methods does not list $name"
	run 0 methods $plugins $name; quiet err "methods $name"; says "$name" out
done
run 0 methods $plugins algorithm-a; says 'cites: ' out; says 'breakdown: ' out
result "methods lists what rules may name, and tells of each"

# A choice stands in its list as "  name    value | value", above its sentence.
choices=$(sed -n 's/^  \([a-z0-9_]*\)  *[^ ].* | .*/\1/p' "$scratch/methods")
test "$(wc -l <<< "$choices")" -gt 50 || wrong "fewer than fifty choices are listed"
for name in $choices; do
	grep -q "^| \`$name\` |" "$top_srcdir/docs/formats/choices.md" || wrong "docs/formats/choices.md does not tell of $name"
done
result "every choice has its line on the page of choices"

refuses methods $plugins frobnicate; says '"frobnicate"'
result "a method that does not exist is named"

run 0 close $ZP_OPTIONS "$round" --into published --issued 2026-03-31 --emit tables
run 0 explain published/R1/v1 LAB01 GLU S1; quiet err explain; says '5.10' out; says 'so few that their target' out # a consensus of three is the centre's
run 0 explain published/R1/v1 LAB01 GLU S1 --centre; quiet err explain; says 'x_pt' out
run 0 explain published/R1/v1 LAB01 GLU S1 --lang zh --centre; says '靶值' out
refuses explain published/R1/v1 LAB01 --lang fr
for words in '2 published/R1/v1 LAB99' '2 published/R1/v1 LAB01 XX' '2 published/R1/v1 LAB01 GLU S9' '3 published LAB01'; do
	run ${words%% *} explain ${words#* }; test "$(wc -l < "$scratch/err")" = 1 || wrong "explain ${words#* } does not say one sentence"
done
result "explain tells how a verdict came about, and who or what does not exist"

chmod -R u+w "$scratch/published"
printf '{' > "$scratch/published/R1/v1/manifest.json"
run 3 explain published/R1/v1 LAB01; quiet out 'explain with a broken manifest'
rm "$scratch/published/R1/v1/scores.csv"
run 3 explain published/R1/v1 LAB01; quiet out 'explain without scores'
result "explain trusts nothing that is broken"

refuses simulate; says '--into'
refuses simulate --into s --labs 0; refuses simulate --into s --seed -1
run 0 simulate $ZP_OPTIONS --into s --labs 12 --programmes glucose
run 0 check $ZP_OPTIONS s
refuses simulate $ZP_OPTIONS --into s --labs 12 --programmes glucose; says 'is not empty'
refuses simulate $ZP_OPTIONS --into t --labs 12 --programmes frogs; says '"frogs"'
result "simulate writes into an empty folder only"

if test -w /dev/full; then
	(cd "$scratch" && $ZHIPING methods $plugins > /dev/full 2> err); code=$?
	test $code = 6 || wrong "it ended with $code; expected 6"
	says 'could not be written'
fi
result "output that cannot be written is an error of its own"

# ---- the man page and the completion ----

options_of() { awk '/^  --/ { sub(/^--/, "", $1); print $1 }' "$scratch/help.$1" | sort; }
common=$(comm -12 <(options_of methods) <(options_of version))

man=$top_srcdir/docs/zhiping.1
in_man() { # the options between this command and what comes next
	awk -v command="$1" '
	$1 == ".It" && $2 == "Cm" { inside = $3 == command; next }
	$1 == ".El" { inside = 0 }
	$1 == ".It" && $2 == "Fl" && (inside || command == "") { sub(/^-/, "", $3); print $3 }' "$man" | sort
}
test "$(sort <<< "$commands")" = "$(awk '$1 == ".It" && $2 == "Cm" { print $3 }' "$man" | sort -u)" || wrong "its commands are not those of the program"
for command in $commands; do
	own=$(comm -23 <(options_of $command) <(echo "$common"))
	test "$own" = "$(in_man $command)" || wrong "$command: the program has $(echo $own), the page has $(echo $(in_man $command))"
done
for option in $common; do grep -qx "$option" <(in_man "") || wrong "--$option is not in it"; done
result "the man page has every command and option, and no other"

. "$top_srcdir/docs/completion/zhiping"
complete_words() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=(); _zhiping "$1" "${@: -1}" "${@: -2:1}"; printf '%s\n' "${COMPREPLY[@]}" | sort; }
test "$(sort <<< "$commands")" = "$(complete_words zhiping '')" || wrong "it offers the commands $(echo $(complete_words zhiping ''))"
for command in $commands; do
	test "$command" != help || continue # what follows it is a command
	test "$(options_of $command)" = "$(sed 's/^--//' <<< "$(complete_words zhiping $command --)")" ||
		wrong "$command: it offers $(echo $(complete_words zhiping $command --))"
done
test "$(sort <<< "$commands")" = "$(complete_words zhiping help '')" || wrong "help: it offers $(echo $(complete_words zhiping help ''))"
result "the completion has every command and option, and no other"
