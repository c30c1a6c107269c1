#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Robust estimates here and in R, on the same data, one thread, one after the other on the same machine. The bars: Algorithm A at
# least ten times as fast as R; Qn at least ten times as fast on many small groups and no slower on few large ones.
# R gets a tenth of the groups and its seconds are multiplied by ten. Nothing here is a test.
# Usage: BENCH_R=path/to/bench_r bench_r.sh
set -eu
: "${BENCH_R:?must name the program bench_r}"
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2> /dev/null; rm -rf "$work"' EXIT

"$BENCH_R" "$work" >"$work/lines"
if ! command -v Rscript >/dev/null; then
	echo "R is not installed (Rscript was not found), so there is nothing to compare with."
else
	Rscript --vanilla "$(dirname "$0")/bench_r.R" "$work" >>"$work/lines"
	grep -q '^R .* qn ' "$work/lines" ||
		echo "The R package robustbase is not installed, so there is nothing to compare Qn and Sn with."
fi

# ratio: R's seconds for one of ours. x_sort: seconds for one of sorting the same groups. differs: by how much the sum
# of the results differs from R's, of R's tenth.
awk '
	$1 == "memory" { memory[++memories] = $0; next }
	$1 == "ours" && $4 == "sort" { sort[$2, $3] = $5 }
	$1 == "ours" { order[++rows] = $0; next }
	{ seconds[$2, $3, $4] = $5; sum[$2, $3, $4] = $6 }
	END {
		printf "%-10s %-10s %-11s %8s %8s %7s %7s %9s\n", "shape", "data", "what", "ours_s", "R_s", "ratio", "x_sort", "differs"
		for (i = 1; i <= rows; i++) {
			split(order[i], f, " ")
			theirs = ratio = differs = "-"
			if ((f[2], f[3], f[4]) in seconds) {
				theirs = sprintf("%.3f", seconds[f[2], f[3], f[4]])
				ratio = sprintf("%.1f", seconds[f[2], f[3], f[4]] / f[5])
				differs = f[6] / sum[f[2], f[3], f[4]] - 1
				differs = sprintf("%.0e", differs < 0 ? -differs : differs)
			}
			printf "%-10s %-10s %-11s %8.3f %8s %7s %7.2f %9s\n", f[2], f[3], f[4], f[5], theirs, ratio, f[5] / sort[f[2], f[3]], differs
		}
		print ""
		print "peak memory of the Q method of one group, with the values and sorting them; all pairs would take 4 n bytes a value"
		printf "%8s %10s %12s %8s\n", "n", "KiB", "bytes/value", "seconds"
		for (i = 1; i <= memories; i++) {
			split(memory[i], f, " ")
			printf "%8d %10d %12.1f %8.3f\n", f[3], f[4], f[5], f[6]
		}
	}' "$work/lines"
