#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What must not matter to a round of answers, and what must: over mixed rounds (mixed.py) and the worked examples that have answers.
# Relabelling laboratories or putting samples, measurands, lines and files in another order changes no target, verdict, rank or region;
# one right answer that is made wrong never raises a score; an answer that the scale has not is refused with those that there are and
# never scored as wrong; threads, language and time zone leave the same bytes.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
n=0
say() { # CLAIM STATUS DETAILS
	n=$((n + 1))
	if test "$2" = 0; then
		echo "ok $n - $1"
	else
		head -n 12 "$3" | cut -c 1-400 | sed 's/^/# /'
		echo "not ok $n - $1"
	fi
}
close() { # ROUND OUT: 1 is a group that was withheld
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$1" --into "$2" --issued 2026-04-30 --emit tables ${threads:+--threads $threads} > "$2.log" 2>&1 || test $? = 1 || return 1
	mv "$2"/*/v1 "$2/tables"
}
properties() { python3 -B "$here/properties.py" "$@"; }
# What a choice says stands after the classes of the round.
choose() { # ROUND ATTRIBUTES
	if sed '/<programme /,$d' "$1/round.xml" | grep -q '<choices '; then
		sed -i "0,/<choices /s//<choices $2 /" "$1/round.xml"
	else
		sed -i "0,/<programme /s//<choices $2\/>\n  <programme /" "$1/round.xml"
	fi
}

turned() { # NAME ROUND KIND SEED: the tables say the same
	local into=$scratch/$1-$3-$4
	properties turn "$3" "$2" "$into" "$4" > "$into.told" 2>&1 && close "$into" "$into.out" &&
		properties same "$3" "$scratch/$1.out/tables" "$into.out/tables" "$into" > "$into.told" 2>&1
	local code=$?
	test $code = 0 || cat "$into.out.log" >> "$into.told"
	say "$1: other $3, the same verdicts ($4)" $code "$into.told"
	chmod -R u+w "$into" 2> /dev/null; rm -rf "$into" "$into.out"
}
made_wrong() { # NAME ROUND SEED
	local into=$scratch/$1-wrong-$3
	properties wrong "$2" "$scratch/$1.out/tables" "$into" "$3" > "$into.told" 2>&1 && close "$into" "$into.out" &&
		properties worse "$scratch/$1.out/tables" "$into.out/tables" "$into" > "$into.told" 2>&1
	local code=$?
	test $code = 0 || cat "$into.out.log" >> "$into.told"
	say "$1: a right answer that is made wrong raises no score ($3)" $code "$into.told"
}
unknown() { # NAME ROUND
	local into=$scratch/$1-unknown
	properties unknown "$2" "$scratch/$1.out/tables" "$into" > "$into.told" 2>&1 || cat "$into.told"
	# shellcheck disable=SC2086
	$ZHIPING check $ZP_OPTIONS "$into" > "$into.check" 2> "$into.err"
	test $? = 3 && properties refused "$scratch/$1.out/tables" "$into.check" "$into" > "$into.told" 2>&1
	say "$1: an answer that the scale has not is refused with those that there are" $? "$into.told"
	choose "$into" 'unreadable="not_evaluated"'
	close "$into" "$into.out" && properties withheld "$into.out/tables" "$into" > "$into.told" 2>&1
	say "$1: where the round goes on without it, it is scored by nobody" $? "$into.told"
}
same_bytes() { # NAME ROUND
	local code=0
	for threads in 1 2 3 4; do
		close "$2" "$scratch/threads$threads" && diff -rq "$scratch/$1.out/tables" "$scratch/threads$threads/tables" > "$scratch/diff" || { code=1; break; }
		chmod -R u+w "$scratch/threads$threads"; rm -rf "$scratch/threads$threads"
	done
	threads=
	say "$1: one to four threads write the same bytes" $code "$scratch/diff"
	TZ=Asia/Shanghai LC_ALL=C.UTF-8 LANG=zh_CN.UTF-8 LC_NUMERIC=de_DE.UTF-8 close "$2" "$scratch/elsewhere" &&
		diff -rq "$scratch/$1.out/tables" "$scratch/elsewhere/tables" > "$scratch/diff"
	say "$1: another language and time zone write the same bytes" $? "$scratch/diff"
	chmod -R u+w "$scratch/elsewhere"; rm -rf "$scratch/elsewhere"
}

for seed in 1 2 3; do
	round=$scratch/mixed$seed
	python3 -B "$here/mixed.py" "$round" "$seed" 60
	case $seed in
	2) choose "$round" 'discrepancy="fail" grey="negative" grey_reply="positive" programme_score="samples" ungradable="credit"' ;;
	3) choose "$round" 'climb_pool="remainder" consensus_order="participants_first" consensus_participants="without_referees" late_duplicate="conflict"' ;;
	esac
	close "$round" "$round.out" || { sed 's/^/# /' "$round.out.log"; echo "Bail out! the mixed round does not close"; exit 1; }
	for kind in laboratories samples lines files measurands; do
		turned mixed$seed "$round" $kind $seed
	done
	made_wrong mixed$seed "$round" $seed
	unknown mixed$seed "$round"
	test $seed != 1 || same_bytes mixed$seed "$round"
done
# The worked examples that have answers.
for scheme in bacteriology morphology nat-qualitative respiratory serology transfusion urine; do
	round=$top_srcdir/fixtures/rounds/$scheme
	test -f "$round/round.xml" || continue
	close "$round" "$scratch/$scheme.out" || { sed 's/^/# /' "$scratch/$scheme.out.log"; echo "Bail out! $scheme does not close"; exit 1; }
	for kind in laboratories samples lines files; do
		turned $scheme "$round" $kind 1
	done
	unknown $scheme "$round"
done
echo "1..$n"
