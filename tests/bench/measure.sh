#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of `make bench` measure with; they read it in. Needs: ZHIPING, ZP_OPTIONS. Gives: $work, a folder that goes away.
# BENCH_DIR: where that is made; /tmp where it is not said.
mkdir -p "${BENCH_DIR:-/tmp}"
work=$(mktemp -d "${BENCH_DIR:-/tmp}/bench.XXXXXX")
trap 'chmod -R u+w "$work" 2> /dev/null; rm -rf "$work"' EXIT

# gone PATH...: what is published is read-only
gone() { chmod -R u+w "$@" 2> /dev/null || true; rm -rf "$@"; }
# seconds COMMAND...: wall time, the best of three; the command's output is dropped
seconds() {
	best=
	for _ in 1 2 3; do
		gone "$work/out"
		start=$(date +%s.%N)
		"$@" >/dev/null 2>"$work/said" || test $? -le 1
		end=$(date +%s.%N)
		took=$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }')
		best=$(awk -v a="${best:-$took}" -v b="$took" 'BEGIN { print (a < b) ? a : b }')
	done
	echo "$best"
}
# once COMMAND...: wall time of one run
once() {
	start=$(date +%s.%N)
	"$@" >/dev/null
	end=$(date +%s.%N)
	awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}
# used COMMAND...: wall time, processor time and peak memory (MiB) of one run
used() {
	python3 - "$@" <<'PY'
import resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
if done.returncode not in (0, 1):
    sys.exit(done.returncode)
took, u = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
print("%.3f %.3f %.1f" % (took, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024))
PY
}
# round NAME LABS MEASURANDS PROGRAMME OPTIONS...: a simulated one
round() {
	name=$1 labs=$2 measurands=$3 programme=$4
	shift 4
	# shellcheck disable=SC2086
	$ZHIPING simulate $ZP_OPTIONS --labs "$labs" --programmes "$programme" --measurands "$measurands" --seed 7 --into "$work/$name" "$@" >/dev/null
}
# shellcheck disable=SC2086
close() { $ZHIPING close $ZP_OPTIONS "$@" --into "$work/out" --issued 2026-03-31; }
sort_file() { LC_ALL=C sort -t, -k3,4 --parallel=2 "$1"; }
