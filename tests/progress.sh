#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How far the work is: one line on a terminal while it lasts, nothing in a pipe, nothing that stays, and the same results.
folder=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$folder" 2> /dev/null; rm -rf "$folder"' EXIT
n=0
zp() { "$ZHIPING" "$@" $ZP_OPTIONS; }
say() { n=$((n + 1)); if test -z "$2"; then echo "ok $n - $1"; else echo "$2" | sed 's/^/# /' | head -20; echo "not ok $n - $1"; fi; }
terminal() { columns=$1; shift; python3 "$top_srcdir/tests/progress.py" "$columns" "$folder/out" "$ZHIPING" "$@" $ZP_OPTIONS; }
python3 -c 'import pty' 2>/dev/null || { echo "1..0 # SKIP there is no python3 with pseudo-terminals"; exit 0; }
set -- --issued 2026-05-01 --threads 1
case $(zp methods certificate-pdf 2>/dev/null) in *certificate-pdf*) labs=400; set -- "$@" --emit tables,certificates ;; *) labs=20000; set -- "$@" --emit tables ;; esac # more than a second
zp simulate --labs $labs --seed 7 --into "$folder/round" > "$folder/made" || exit 1
echo 1..9

zp close "$folder/round" --into "$folder/pipe" "$@" > "$folder/stdout" 2> "$folder/stderr"; code=$?
terminal 100 close "$folder/round" --into "$folder/terminal" "$@" > "$folder/shown"; shown=$?
say "a close is told while it lasts: what is done, of how many, and the share" "$(
	grep -Eq '^[a-z ,]+: [0-9]+ of [0-9]+ \([0-9]+ %\)' "$folder/shown" || { echo "not seen in:"; cat "$folder/shown"; })"
say "what is done of a stage never becomes less" "$(sed '/^END/,$d' "$folder/shown" | awk -F': ' '/ of / {
	split($2, w, " "); if (w[1] + 0 < done[$1] + 0) print $0 " after " done[$1]; done[$1] = w[1]; if (w[1] + 0 > w[3] + 0) print $0 }')"
say "at the end the line is gone" "$(sed '1,/^END/d' "$folder/shown")"
say "the exit code is the same" "$(test $code = $shown || echo "$code in a pipe, $shown at a terminal")"
say "in a pipe nothing is told" "$(cat "$folder/stderr")"
say "standard output holds none of it" "$(sed "s,$folder/terminal,$folder/pipe," "$folder/out" | cmp - "$folder/stdout" 2>&1)"
say "what is published is the same to the byte" "$(diff -r "$folder/pipe" "$folder/terminal" 2>&1)"
terminal 24 close "$folder/round" --into "$folder/narrow" "$@" > "$folder/shown"
say "on a narrow terminal the line is cut, begins with the share, and leaves nothing" "$(
	sed '1,/^END/d' "$folder/shown"
	awk 'length($0) > 23' "$folder/shown"
	grep -Eq '^[0-9]+ % [a-z]' "$folder/shown" || cat "$folder/shown")"
terminal 100 help > "$folder/shown"
say "what takes no second is not told" "$(sed '/^END/,$d' "$folder/shown" | grep .)"
