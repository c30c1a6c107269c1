#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The n-th allocation fails, once, or all from the n-th on: a command that meets it ends with a sentence, and never with another result.
# FAULTS: how many injections in all (42); JOBS: how many at a time (1). For each command the places are spread over all allocations
# of all its processes. Bad is: a crash, a run that hangs, exit 0 or 1 with other bytes than without the fault, another exit without a word,
# a published folder that is not whole.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C FAULTS=${FAULTS:-42} JOBS=${JOBS:-1}
# The program itself, with its options told absolutely: every injection has a folder of its own.
fault=$top_builddir/tests/.libs/faults.so
test -f "$fault" || { echo "1..0 # SKIP $fault was not built"; exit 0; }
export fault scratch
round() { $ZHIPING key new --into keys --name x --date 2026-01-01 > out && $ZHIPING simulate $ZP_OPTIONS --into round --labs 8 --measurands 3 --samples 2 --seed 11 > out && $ZHIPING close $ZP_OPTIONS round --into out1 --issued 2026-03-31 --emit tables --ledger ledger.sqlite > out; }
round; test $? -le 1 || { echo 'Bail out! there is no round'; exit 1; }

# What is run, in a folder of its own where `round`, `ledger.sqlite` and `out1` are copies. Exit code: the command's.
work() { # COMMAND
	case $1 in
	check) $ZHIPING check $ZP_OPTIONS round ;;
	tables) $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables --threads 1 ;;
	papers) $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables,certificates --threads 2 ;;
	signed) $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables,certificates --threads 2 --key keys ;;
	ledger) $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables --threads 1 --ledger new.sqlite ;;
	explain) $ZHIPING explain $ZP_OPTIONS out1/sim-2026-1/v1 L0001 ;;
	walk) $ZHIPING ledger $ZP_OPTIONS check --ledger ledger.sqlite ;;
	year) $ZHIPING year $ZP_OPTIONS 2026 --ledger ledger.sqlite --into out --issued 2026-12-31 --emit tables --threads 1 ;;
	esac
}
result_of() { # FOLDER: what a command left, but for stages and for the file of the ledger, whose pages lie as they come
	(cd "$1" && cat said && find out -path '*/.stage-*' -prune -o -type f ! -name '*.sqlite*' -exec sha256sum {} + 2> /dev/null | sort -k 2)
}
prepare() { # FOLDER
	mkdir "$1" && cp -r round ledger.sqlite out1 keys "$1"
}
inject() { # COMMAND KIND PLACE: prints one line of verdict
	local here=$scratch/$1.$2.$3 code verdict=good
	prepare "$here" && head -c 16 /dev/zero > "$here/counter"
	(cd "$here" && export FAULT_COUNTER=$PWD/counter "FAULT_$2=$3" LD_PRELOAD=$fault && limited "$1" > said 2> err)
	code=$?
	if test $code -eq 124; then verdict=hang
	elif test $code -ge 128; then verdict="crash $code"
	elif test $code -le 1; then result_of "$here" | cmp -s - "$1.result" || verdict="silent difference, exit $code"
	elif ! test -s "$here/err"; then verdict="exit $code without a word"
	else # whatever is there under its own name is whole
		for folder in "$here"/out/*/v1; do
			test ! -d "$folder" || (cd "$here" && find out -path '*/.stage-*' -prune -o -type f -exec sha256sum {} + | sort -k 2) | cmp -s - <(sed -n '/^[0-9a-f]\{64\}  out/p' "$1.result") || verdict="part of a result, exit $code"
		done
	fi
	if test "$verdict" = good && test $1 = check; then # what check keeps for the next time is whole as well
		(cd "$here" && work check > said 2> err)
		result_of "$here" | cmp -s - check.result || verdict="the next check says something else"
	fi
	echo "$1 $2 $3: $verdict ($code) $(head -c 200 "$here/err" | head -n 1)"
	chmod -R u+w "$here"; rm -rf "$here"
}
limited() { # COMMAND, given up after a while
	work "$1" & local child=$!
	(sleep 60; kill -9 $child 2> /dev/null && touch hung) > /dev/null 2>&1 & local watch=$!
	wait $child; local code=$?
	kill $watch 2> /dev/null; wait $watch 2> /dev/null
	test -e hung && return 124
	return $code
}
export -f work result_of prepare inject limited

commands="check tables papers signed ledger explain walk year"
echo "1..$(echo $commands | wc -w)"
number=0 each=$(((FAULTS + 15) / 16))
for command in $commands; do
	number=$((number + 1))
	prepare reference && head -c 16 /dev/zero > reference/counter
	(cd reference && export FAULT_COUNTER=$PWD/counter LD_PRELOAD=$fault && work $command > said 2> err)
	code=$?
	test $code -le 1 || { echo "# $(head -n 1 reference/err)"; echo "not ok $number - $command runs without a fault"; rm -rf reference; continue; }
	result_of reference > $command.result
	total=$(od -A n -t u8 -N 8 reference/counter | tr -d ' ')
	chmod -R u+w reference; rm -rf reference
	for i in $(seq $each); do
		place=$((1 + (2 * i - 1) * total / (2 * each)))
		printf '%s\n' "$command AT $place" "$command FROM $place"
	done | xargs -P "$JOBS" -L 1 bash -c 'inject "$@"' _ > $command.log
	bad=$(grep -vc ': good' $command.log)
	test "$(wc -l < $command.log)" -eq $((2 * each)) || bad=$((bad + 1))
	test -z "$LOGS" || cp $command.log "$LOGS"
	grep -v ': good' $command.log | head -n 20 | sed 's/^/# /'
	echo "# $command: $((2 * each)) faults in $total allocations; ended by them $(grep -vcE '\([01]\)' $command.log), the same result $(grep -cE ': good \([01]\)' $command.log), bad $bad"
	test "$bad" -eq 0 && echo "ok $number - $command, whatever allocation fails" || echo "not ok $number - $command, whatever allocation fails"
done
