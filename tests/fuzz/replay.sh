#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of each fuzz target is run again: what was found once stays found.
replay=$top_builddir/tests/fuzz/replay
export ZP_FUZZ_RULES=$top_srcdir/rules
number=0 failed=
for target in $(sed -n 's/^ZP_FUZZ(\(.*\))$/\1/p' "$top_srcdir/tests/fuzz/targets.h"); do
	files=("$top_srcdir/fixtures/fuzz/$target"/*)
	lines=$(timeout 120 "$replay" "$target" "${files[@]}" 2>&1)
	code=$?
	n=$(grep -c '^ok - ' <<< "$lines")
	number=$((number + 1))
	if test $code = 0 && test "$n" = ${#files[@]} && test "$n" -ge 20; then
		echo "ok $number - $target: $n files are read as promised"
	else
		echo "# it ended with $code after $n of ${#files[@]} files (expected at least 20): $(tail -n 1 <<< "$lines")"
		echo "not ok $number - $target: its files are read as promised"
	fi
done
# The harness must see a broken promise: a target that is not there, and a file that is not there.
number=$((number + 1))
"$replay" nothing > /dev/null 2>&1 && failed=1
"$replay" csv "$top_srcdir/fixtures/fuzz/csv/no-such-file" > /dev/null 2>&1 && failed=1
test -z "$failed" && echo "ok $number - what cannot be run is told" || echo "not ok $number - what cannot be run is told"
echo "1..$number"
