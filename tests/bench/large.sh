#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench-large: a round on the national scale, closed with all tables, beside what else could be done with the same file on the same
# machine: sorting it, the least that any program has to do (limit.c), a statistician's script (table.R). Then a city's round, how time
# grows with the size, and what a second thread is worth. Seconds are those of the clock, and of the processor, which bear a busy machine better.
# BENCH_MEMORY: a folder that lies in memory (/dev/shm). BENCH_LARGEST: laboratories of the largest round of the growth (20000; 200000 takes
# 16 GB of disk). Nothing here is a test.
set -eu
here=$(dirname "$0")
. "$here/measure.sh"

# best COMMAND...: "clock processor MiB" of the quickest of three
best() {
	for _ in 1 2 3; do gone "$work/out"; used "$@" 2>"$work/said"; done | sort -g | head -n 1
}
against() { # WHAT "OURS" "THEIRS" BAR: a line of the table
	echo "$2 $3" | awk -v what="$1" -v bar="$4" '{ printf "%-58s %8.2f %8.2f %10.2f %10.2f   %s\n", what, $4, $5, $1 / $4, $2 / $5, bar }'
}

round large 20000 60 national --everything --single-file
file=$work/large/results/all.csv
rows=$(cat "$work"/large/results/*.csv | wc -l)
# shellcheck disable=SC2086
ours=$(best $ZHIPING close $ZP_OPTIONS "$work/large" --emit tables --into "$work/out" --issued 2026-03-31)
echo "== closing 20,000 x 60 x 5 with all tables ($rows results, $(($(stat -c %s "$file") / 1000000)) MB): clock $(echo "$ours" | cut -d' ' -f1) s," \
	"processor $(echo "$ours" | cut -d' ' -f2) s, $(echo "$ours" | awk -v n="$rows" '{ printf "%.0f", $3 * 1048576 / n }') bytes of memory a result (bar: 150)"
printf '%-58s %8s %8s %10s %10s   %s\n' "beside it" clock_s cpu_s ours/clock ours/cpu "bar of the clock"
against 'LC_ALL=C sort -t, -k3,4 --parallel=2' "$ours" "$(best env LC_ALL=C sort -t, -k3,4 --parallel=2 "$file")" 'at most 0.5'
against 'reading it, its numbers, each group sorted, one thread' "$ours" "$(best "$BENCH_LIMIT" "$file")" 'at most 3'
if Rscript --vanilla -e 'library(data.table)' >/dev/null 2>&1; then
	against 'R with data.table, two threads: targets, SDI, one table' "$ours" "$(best Rscript --vanilla "$here/table.R" "$file" "$work/r.csv" "$work/targets.csv")" 'at most 0.33'
	close "$work/large" --emit tables >/dev/null 2>&1 || true
	python3 "$here/agree.py" "$work/targets.csv" "$work"/out/*/v1/targets.csv
	rm -f "$work/r.csv"
else
	echo "R with data.table is not there (Debian package r-cran-data.table), so there is nothing to compare with"
fi

# second_thread ROUND INTO: each stage with one thread on one processor, and with two, of the quickest of three runs; what is written, copied and
# read again has threads of its own
second_thread() {
	program=$ZHIPING
	for threads in 1 2; do
		test $threads = 2 || ZHIPING="taskset -c 0 $program"
		for run in 1 2 3; do
			gone "$2"
			# shellcheck disable=SC2086
			$ZHIPING close $ZP_OPTIONS "$1" --emit tables --threads $threads --timings --into "$2" --issued 2026-03-31 2>"$work/run$run" >/dev/null || test $? = 1
		done
		cp "$(awk '$1 == "total" { print $2, FILENAME }' "$work"/run? | sort -g | head -n 1 | cut -d' ' -f2)" "$work/laps$threads"
		ZHIPING=$program
	done
	gone "$2"
	awk 'NR == FNR { one[$1] = $2; next } $1 in one && $2 + 0 > 0 { printf "%-10s %8.3f %8.3f %6.2f\n", $1, one[$1], $2, one[$1] / $2 }
		$1 ~ /^(hints|gather|score|judge|rank|tables)$/ { a += one[$1]; b += $2 }
		END { printf "statistics and emission: %.2f times as fast with two (bar: 1.8)\n", a / b }' "$work/laps1" "$work/laps2"
}
echo
echo "== its stages, with one thread on one processor and with two"
second_thread "$work/large" "$work/out"
memory=${BENCH_MEMORY:-/dev/shm}
if test "$(df -k --output=avail "$memory" 2>/dev/null | tail -n 1)" -gt 4000000; then
	echo "== the same where the disk is memory ($memory): what is left is the program"
	inside=$(mktemp -d "$memory/bench.XXXXXX")
	trap 'gone "$work" "$inside"' EXIT
	cp -R "$work/large" "$inside"
	second_thread "$inside/large" "$inside/out"
	gone "$inside"
fi
gone "$work/out"
rm -rf "$work/large"

echo
echo "== how time grows: x 60 x 5, all tables"
printf '%-10s %10s %9s %9s %11s %9s %9s\n' labs results clock_s cpu_s results/s bytes/res MB_written
last=${BENCH_LARGEST:-20000}
for labs in 200 2000 20000 200000; do
	test "$labs" -le "$last" || break
	round growing "$labs" 60 national --everything --single-file
	rows=$(cat "$work"/growing/results/*.csv | wc -l)
	# shellcheck disable=SC2086
	ours=$(best $ZHIPING close $ZP_OPTIONS "$work/growing" --emit tables --into "$work/out" --issued 2026-03-31)
	echo "$labs $rows $ours $(du -sm --apparent-size "$work"/out/*/v1 | cut -f1)" | tee -a "$work/growth" |
		awk '{ printf "%-10d %10d %9.3f %9.3f %11.0f %9.1f %9d\n", $1, $2, $3, $4, $2 / $3, $5 * 1048576 / $2, $6 }'
	gone "$work/out" "$work/growing"
done
awk 'NR > 1 { printf "from %d to %d results: exponent %.3f of the clock, %.3f of the processor (bar: 1.05)\n", n, $2, log($3 / clock) / log($2 / n), log($4 / cpu) / log($2 / n) }
	{ n = $2; clock = $3; cpu = $4 }' "$work/growth"

echo
echo "== a city's round, 186 x 20 x 5, a file from each laboratory"
round city 186 20 chemistry
# shellcheck disable=SC2086
{
	printf 'check: %s s (bar: 0.1)\n' "$(best $ZHIPING check $ZP_OPTIONS "$work/city" | cut -d' ' -f1)"
	printf 'close with certificates, from start to finish: %s s (bar: 1.5)\n' \
		"$(best $ZHIPING close $ZP_OPTIONS "$work/city" --emit tables,certificates --into "$work/out" --issued 2026-03-31 | cut -d' ' -f1)"
}
