#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: how fast the program is, as ratios against a reference run beside it on the same machine.
# Seconds mean little on another machine; the ratios should hold. Nothing here is a test.
set -eu
here=$(dirname "$0")
. "$here/measure.sh"

sh "$here/large.sh"

echo
echo "== a closed round into the ledger, and the ledger checked, against the sqlite3 command importing the same scores.csv as it is"
printf '%-22s %10s %9s %9s %7s %12s %10s %9s %9s\n' round results add_s import_s ratio results/s bytes/res theirs check_s
for size in 1500 5000; do
	round "l$size" "$size" 60 national --everything --single-file
	close "$work/l$size" --emit tables >/dev/null 2>&1 || true
	folder=$(echo "$work"/out/*/v1)
	gone "$work/published" && chmod u+w "$folder" && mv "$folder" "$work/published"
	best= theirs=
	for _ in 1 2 3; do
		rm -f "$work/ledger.sqlite" "$work/plain.sqlite"
		took=$(once $ZHIPING ledger add "$work/published" --ledger "$work/ledger.sqlite")
		best=$(awk -v a="${best:-$took}" -v b="$took" 'BEGIN { print (a < b) ? a : b }')
		command -v sqlite3 >/dev/null || continue
		took=$(once sqlite3 "$work/plain.sqlite" ".import --csv $work/published/scores.csv scores")
		theirs=$(awk -v a="${theirs:-$took}" -v b="$took" 'BEGIN { print (a < b) ? a : b }')
	done
	test -n "$theirs" || echo "the sqlite3 command is not there, so there is nothing to compare with"
	checked=$(seconds $ZHIPING ledger check --ledger "$work/ledger.sqlite")
	rows=$(($(wc -l < "$work/published/scores.csv") - 1))
	awk -v n="$size x 60 x 5" -v rows="$rows" -v a="$best" -v d="${theirs:-0}" -v k="$checked" -v b="$(stat -c %s "$work/ledger.sqlite")" \
		-v p="$(stat -c %s "$work/plain.sqlite" 2>/dev/null || echo 0)" \
		'BEGIN { printf "%-22s %10d %9.3f %9.3f %7.2f %12.0f %10.1f %9.1f %9.3f\n", n, rows, a, d, d ? a / d : 0, rows / a, b / rows, p / rows, k }'
	gone "$work/l$size" "$work/published" "$work/out" "$work/ledger.sqlite" "$work/plain.sqlite"
done

echo
echo "== closing 1,500 laboratories x 40 measurands that are no plain numbers x 5, with all tables; beside it sorting the same results, and"
echo "   as many plain numbers"
round answers 1500 40 answers --everything --single-file
round numbers 1500 40 national --everything --single-file
printf '%-22s %10s %9s %9s %7s %12s %10s\n' round results close_s sort_s ratio results/s bytes/res
for name in answers numbers; do
	rows=$(cat "$work/$name"/results/*.csv | wc -l)
	closed=$(seconds close "$work/$name" --emit tables)
	sorted=$(seconds sort_file "$work/$name/results/all.csv")
	gone "$work/out"
	# shellcheck disable=SC2086
	mib=$(used $ZHIPING close $ZP_OPTIONS "$work/$name" --emit tables --into "$work/out" --issued 2026-03-31 2>/dev/null | cut -d' ' -f3)
	awk -v n="$name" -v rows="$rows" -v c="$closed" -v s="$sorted" -v m="$mib" \
		'BEGIN { printf "%-22s %10d %9.3f %9.3f %7.2f %12.0f %10.1f\n", n, rows, c, s, c / s, rows / c, m * 1048576 / rows }'
done
gone "$work/out"
close "$work/answers" --emit tables --timings 2>&1 >/dev/null | cat
gone "$work/answers" "$work/numbers" "$work/out"

echo
echo "== a city round complete, 186 x 20 x 5, with everything"
round city 186 20 chemistry
closed=$(seconds close "$work/city")
gone "$work/out"
close "$work/city" --timings >/dev/null 2>"$work/laps"
cat "$work/laps"
reports=$(awk '$1 == "reports" { print $2 }' "$work/laps")
echo "complete: $closed s"
awk -v r="$reports" 'BEGIN { printf "certificates with reports per second: %.0f\n", 186 / r }'
if test -x "${BENCH_PAGE:-}"; then
	"$BENCH_PAGE"
fi
if test -x "${BENCH_REPORT:-}"; then
	"$BENCH_REPORT"
fi
if theirs=$(/usr/bin/python3 "$here/weasy.py" 100 3 2>/dev/null); then
	echo "$theirs" | awk '{ printf "WeasyPrint, a page of HTML with a certificate and its 100 results: %.0f ms, %d bytes\n", $1, $2 }'
else
	echo "WeasyPrint is not there (Debian package weasyprint), so there is nothing to compare with"
fi

echo
echo "== a province's round with everything that people look at: 1,500 x 20 x 5, elapsed seconds, of processor, and the largest process in MiB"
round province 1500 20 chemistry --everything
for threads in 1 2; do
	gone "$work/out$threads"
	used $ZHIPING close $ZP_OPTIONS "$work/province" --into "$work/out$threads" --issued 2026-03-31 --threads $threads --timings 2>"$work/laps$threads" |
		awk -v t=$threads '{ printf "%d workers: %.1f s, %.1f s of processor, %d MiB\n", t, $1, $2, $3 }'
done
cat "$work/laps2"
diff -r "$work/out1" "$work/out2" >/dev/null && echo "with one worker and with two: the same bytes"
du -sh --apparent-size "$work"/out2/*/v1/* | sed 's/^/  /'
gone "$work/province" "$work/out1" "$work/out2"

echo
echo "== statistics, ns per value"
"$BENCH_STATS"

echo "== a year of closed rounds"
for labs in 1500 2000; do "$BENCH_YEAR" $labs "$work/year-$labs"; rm -rf "$work/year-$labs"; done

echo
echo "== the same from a ledger with every result (zhiping year: checked, read, worked out with trends, records, titles and recognition, written; no papers are printed), beside the"
echo "   sqlite3 command grouping the same tallies by laboratory, programme and measurand; seconds, and seconds of processor"
printf '%-14s %9s %9s %9s %9s %9s %9s %8s\n' laboratories results year_s year_cpu group_s group_cpu cpu_ratio MiB
for labs in 1500 2000; do
	"$BENCH_YEAR" fill $labs "$work/year.sqlite"
	# shellcheck disable=SC2086
	ours=$(used $ZHIPING year 2026 $ZP_OPTIONS --ledger "$work/year.sqlite" --into "$work/year" --issued 2027-01-10 --regions hubei \
		--emit tables --awards excellent-laboratory --recognition provincial)
	theirs=$(command -v sqlite3 >/dev/null && used sqlite3 "$work/year.sqlite" \
		"SELECT lab, programme, measurand, group_concat(satisfaction) FROM tally GROUP BY 1, 2, 3") || theirs="0 0 0"
	echo "$labs $ours $theirs" | awk '{ printf "%-14d %9d %9.2f %9.2f %9.2f %9.2f %9.1f %8d\n", $1, $1 * 6000, $2, $3, $5, $6, $6 ? $3 / $6 : 0, $4 }'
	gone "$work/year.sqlite" "$work/year"
done
echo
echo "== robust estimates beside R, one thread"
BENCH_R=$BENCH_R "$here/bench_r.sh"

echo
echo "== a workbook of 110,000 rows, beside openpyxl's read-only mode"
bytes=$(python3 "$here/workbook.py" write "$work/large.xlsx" 110000)
ours=$(seconds "$READ_XLSX" -q "$work/large.xlsx")
theirs=$(/usr/bin/python3 "$here/workbook.py" read "$work/large.xlsx" 2>/dev/null) || theirs=
awk -v b="$bytes" -v o="$ours" -v t="$theirs" 'BEGIN {
	printf "sheet XML %.1f MB, %.3f s, %.0f MB/s", b / 1e6, o, b / 1e6 / o
	if (t) printf "; openpyxl %.3f s, %.1f times as long\n", t, t / o; else print "; openpyxl is not there (python3-openpyxl)" }'
