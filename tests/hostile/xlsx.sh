#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile workbooks (xlsx.py): each attacks one laboratory; the right value or a refusal, and all others unchanged.
set -u
read_xlsx=$top_builddir/tests/hostile/read_xlsx
if ! test -x "$read_xlsx" || ! command -v python3 >/dev/null; then
	echo "1..0 # SKIP no python3"
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work" 2> /dev/null; rm -rf "$work"' EXIT
python3 "$top_srcdir/tests/hostile/xlsx.py" "$work" || exit 1
"$read_xlsx" "$work/clean.xlsx" > "$work/clean"

# judge FILE WHAT WORDS: whether what was read of it is as expected; says what was wrong
judge() {
	grep '^put ' "$1" > "$work/rows"
	refused=$(grep -c '^refuse ' "$1") problems=$(grep -c '^problem ' "$1")
	case $2 in
	same) cmp -s "$1" "$work/clean" || echo "the rows are not those of the clean workbook" ;;
	refuse)
		test "$refused" = 1 || echo "refused $refused times"
		grep '^refuse ' "$1" | grep -qE -- "$3" || echo "the reason has no \"$3\"" ;;
	row*)
		grep -v "^put ${2#row } *|" "$work/clean" | grep -v "^put ${2#row }|" > "$work/others"
		cmp -s "$work/rows" "$work/others" || echo "the other rows are not those of the clean workbook"
		test "$refused.$problems" = 0.1 || echo "refused $refused times, $problems problems"
		grep '^problem ' "$1" | grep -qE -- "$3" || echo "the problem has no \"$3\"" ;;
	none)
		test -s "$work/rows" && echo "rows were used"
		grep -E '^(problem|refuse) ' "$1" | grep -qE -- "$3" || echo "no reason has \"$3\"" ;;
	*) echo "it is not known what to expect" ;;
	esac
}

# What a child of `zhiping check` has, and a little for what is linked; sanitizers need more of both.
seconds=2 memory=160000
grep -q __asan "$read_xlsx" && seconds=20 memory=unlimited
n=0
echo "1..$(($(wc -l < "$work/expected") + 4))"
if test "$(grep -c '^put ' "$work/clean")" = 6 && ! grep -qv '^put ' "$work/clean"; then echo "ok 1 - the clean workbook gives its six rows"; else
	sed 's/^/# /' "$work/clean"; echo "not ok 1 - the clean workbook gives its six rows"; fi
n=1
while IFS=$'\t' read -r name what words; do
	n=$((n + 1))
	(ulimit -t "$seconds" -v "$memory"; exec "$read_xlsx" "$work/$name.xlsx") > "$work/out" 2> "$work/said"
	rc=$?
	wrong=$(judge "$work/out" "$what" "$words")
	test $rc = 0 || wrong="$wrong it ended with $rc"
	if test -z "$wrong"; then
		echo "ok $n - $name: $what"
	else
		head -c 1500 "$work/out" | head -5 | sed 's/^/# /'
		echo "# $wrong"
		echo "not ok $n - $name: $what"
	fi
done < "$work/expected"

# The whole program: the same round as text and as workbooks, then with every hostile workbook beside them.
# ok CLAIM: the last command's success is what is claimed
ok() {
	if test $? = 0; then word=ok; else word="not ok"; sed 's/^/# /' "$work/said" | head -5; fi
	n=$((n + 1))
	echo "$word $n - $1"
}
# The allocator of AddressSanitizer is not made for a fork beside threads (a child may wait for ever); that of the C library is.
grep -q __asan "$read_xlsx" && ZP_OPTIONS="$ZP_OPTIONS --threads 1"
# shellcheck disable=SC2086
zhiping() { "$ZHIPING" "$@" $ZP_OPTIONS; }
"$ZHIPING" simulate ${ZP_OPTIONS% --threads 1} --labs 12 --programmes chemistry --measurands 6 --seed 3 --into "$work/text" > /dev/null 2> "$work/said"
cp -r "$work/text" "$work/books"
rm "$work"/books/results/*
python3 "$top_srcdir/tests/hostile/xlsx.py" "$work/books/results" "$work"/text/results/*.csv
zhiping check "$work/text" --dump > "$work/dump-text" 2> "$work/said"
zhiping check "$work/books" --dump > "$work/dump-books" 2> "$work/said"
test -s "$work/dump-text" && cmp "$work/dump-text" "$work/dump-books" >> "$work/said" 2>&1
ok "a round in workbooks is the same round as in text"
cp "$work"/*.xlsx "$work/books/results"
zhiping check "$work/books" --dump > "$work/dump-all" 2> "$work/said"
cmp "$work/dump-books" "$work/dump-all" >> "$work/said" 2>&1
ok "hostile workbooks beside them change nothing"
zhiping check "$work/books" --dump --threads 1 2>&1 > /dev/null | cmp - "$work/said" > "$work/differs" 2>&1
ok "what is told of them is the same for any number of threads"
