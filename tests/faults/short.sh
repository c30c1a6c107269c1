#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The sweeps of `make torture`, a few dozen injections of each: whatever fails while results are published, there is the old state or
# the new one, and the next run succeeds.
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
here=$top_srcdir/tests/faults
export LIE=$top_builddir/tests/.libs/lie.so
test -f "$LIE" || { echo "1..0 # SKIP $LIE was not built"; exit 0; }
number=0
echo 1..3
claim() { # CLAIM COMMAND...: exit 77 is "cannot be tried here"
	local claim=$1 code
	shift
	number=$((number + 1))
	"$@" > "$scratch/out" 2>&1
	code=$?
	sed 's/^/# /' "$scratch/out"
	case $code in
	0) echo "ok $number - $claim" ;;
	77) echo "ok $number - $claim # SKIP $(tail -n 1 "$scratch/out")" ;;
	*) echo "not ok $number - $claim" ;;
	esac
}
sweep() {
	strace -qq -o "$scratch/trace" -e inject=fsync:error=EIO:when=1 true 2> "$scratch/err" || { echo 'strace is not there, or may trace nothing'; return 77; }
	python3 "$here/sweep.py" --scenes "$1" --most 7
}
claim 'a system call that fails while a round is published' sweep close-ledger
claim 'two runs on one round, killed at any moment' python3 "$here/race.py" --rounds 6
claim 'power that fails while a round is published' python3 "$here/powercut.py" --rounds 3
