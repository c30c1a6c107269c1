#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A simulated round of answers that are no plain numbers is read without a complaint, and what truth.csv says of it agrees with the verdicts.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
. "$top_srcdir/tests/result.sh"
run() { # EXPECTED-CODES ARGUMENTS
	local expected=$1 code
	shift
	(cd "$scratch" && timeout 300 $ZHIPING "$@" > out 2> err)
	code=$?
	test "${expected/$code}" != "$expected" || wrong "zhiping $* ended with $code; expected $expected: $(head -c 500 "$scratch/err")"
}
agrees() { python3 "$top_srcdir/tests/simulated.py" "$scratch/$1" "$scratch/$2/sim-2026-1/v1" > "$scratch/said" 2>&1; }
close() { run "0 1" close $ZP_OPTIONS $1 --into $2 --issued 2026-04-01 --emit tables; }

echo 1..6
run 0 simulate $ZP_OPTIONS --into each --programmes answers --labs 400 --seed 5
run "0 1" check $ZP_OPTIONS each
said=$(grep -vE ' (looks? like|are those of|fit|differ) ' "$scratch/err" | head -n 3)
test -z "$said" || wrong "check has something to say: $said"
result "words, grades, titres, sets, codes and viral loads as laboratories write them are all understood"

close each a
agrees each a || wrong "$(head -n 5 "$scratch/said")"
result "what is labelled is judged as its label says, and what is not is right"

run 0 simulate $ZP_OPTIONS --into one --programmes answers --labs 400 --seed 6 --single-file
close one b
agrees one b || wrong "$(head -n 5 "$scratch/said")"
result "the same with another seed, in one file with columns for index and limit of detection"

run 0 simulate $ZP_OPTIONS --into several --programmes transfusion,serology,urine,respiratory,viral-load,bacteriology,morphology --labs 400 --seed 8
close several c
agrees several c || wrong "$(head -n 5 "$scratch/said")"
result "the same with seven programmes of their own schemes"

cp "$scratch/each/truth.csv" "$scratch/kept"
for change in 's/,two_off,/,one_off,/' 's/,index,/,grey,/' '/,missed,/d' 's/,major_error,/,minor_error,/' '/,discrepancy,/d' 's/,false_positive,/,false_negative,/'; do
	sed "$change" "$scratch/kept" > "$scratch/each/truth.csv"
	agrees each a && wrong "nothing was noticed of $change"
done
cp "$scratch/kept" "$scratch/each/truth.csv"
result "a label that is wrong or left out would be noticed"

run 0 simulate $ZP_OPTIONS --into again --programmes answers --labs 400 --seed 5
diff -r "$scratch/each" "$scratch/again" > "$scratch/said" || wrong "$(head -n 3 "$scratch/said")"
result "the same seed gives the same bytes"
