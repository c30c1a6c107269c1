#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Results are published whole or not at all: killed at any moment, or with a disk that is full, close leaves nothing
# that could be taken for results, and a second close publishes the bytes that the first would have.
scratch=$(mktemp -d) || exit 1
trap 'umount "$scratch/disk" 2> /dev/null; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
. "$top_srcdir/tests/result.sh"
digests() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }
close() { $ZHIPING close $ZP_OPTIONS round --into "$1" --issued 2026-03-31 --emit tables > out 2> err; }
only_stages() { test -z "$(ls -A "$1" 2> /dev/null | grep -v '^\.stage-\|^inputs$')" || wrong "$1 holds $(ls -A "$1" | tr '\n' ' ')"; }

echo 1..10
$ZHIPING simulate $ZP_OPTIONS --into round --labs 400 --seed 5 > out || { echo 'Bail out! nothing is simulated'; exit 1; }
close reference
test $? -le 1 || { echo 'Bail out! the round does not close'; exit 1; }
digests reference > reference.now
test -f reference/sim-2026-1/v1/manifest.json || wrong "there is no manifest"
test "$(ls -A reference/sim-2026-1 | tr '\n' ' ')" = "current inputs v1 " || wrong "beside the version lies $(ls -A reference/sim-2026-1)"
test "$(readlink reference/sim-2026-1/current)" = v1 || wrong "current is not v1"
result 'a close that ends well leaves no stage'

# Kill when a file appears in the stage; a run that was too quick is tried again.
killed_when() { # FILE-IN-STAGE CLAIM
	local try hit=no
	for try in $(seq 20); do
		chmod -R u+w into 2> /dev/null; rm -rf into
		$ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --emit tables > out 2> err &
		local child=$!
		until compgen -G "into/*/.stage-*/$1" > found || test -e into/sim-2026-1/v1 || ! kill -0 $child 2> err; do :; done
		kill -9 $child 2> err
		wait $child 2> err
		test -e into/sim-2026-1/v1 || { hit=yes; break; }
	done
	test $hit = yes || { number=$((number + 1)); echo "ok $number - $2 # SKIP it was always too quick"; return; }
	only_stages into/sim-2026-1
	test -n "$(ls -A into/sim-2026-1 | grep '^\.stage-')" || wrong "no stage is left, so nothing was killed"
	close into
	test $? -le 1 || wrong "a second close fails: $(cat err)"
	(cd into && find . -name '.stage-*' -prune -o -type f -exec sha256sum {} + | sort -k 2) > into.now
	cmp -s reference.now into.now || wrong "the second close publishes other bytes"
	test -z "$(ls -A into/sim-2026-1 | grep '^\.')" || wrong "the second close leaves $(ls -A into/sim-2026-1)"
	result "$2"
}
killed_when '' 'killed when the stage is made, nothing is published and a second close succeeds'
killed_when targets.csv 'killed when the targets are written'
killed_when scores.csv 'killed when the scores are written'
killed_when manifest.json 'killed when the manifest is written'

# Killed at any moment: before, in the middle, after.
for pause in 0.005 0.01 0.02 0.03 0.04 0.06 0.08 0.12 0.16 0.2 0.3; do
	chmod -R u+w into 2> /dev/null; rm -rf into
	$ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --emit tables > out 2> err &
	child=$!
	sleep $pause
	kill -9 $child 2> err
	wait $child 2> err
	if test -e into/sim-2026-1/v1; then
		digests into/sim-2026-1/v1 > into.now
		digests reference/sim-2026-1/v1 | cmp -s - into.now || wrong "after $pause s something else was published"
	else
		only_stages into/sim-2026-1
		close into
		test $? -le 1 || wrong "after $pause s a second close fails: $(cat err)"
	fi
done
result 'killed at any moment, everything is published or nothing'

refused() { # how a disk that takes no more is told
	test $code = 6 || wrong "$1: it ended with $code; expected 6"
	test "$(grep -c '^zhiping: ' err)" = 1 || wrong "$1: it does not say one sentence: $(tail -n 3 err)"
	test -z "$(find "$2" -name inputs -prune -o -type f -print)" || wrong "$1: it left $(find "$2" -type f | head -n 3)"
}
for blocks in 1 8 64 256; do
	chmod -R u+w into 2> /dev/null; rm -rf into
	mkdir into
	(ulimit -f $blocks; exec $ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --emit tables > out 2> err)
	code=$?
	refused "$blocks KiB" into
done
result 'a file that may not grow is told, and nothing is published'
close into
test $? -le 1 || wrong "the next close fails: $(cat err)"
digests into | cmp -s - reference.now || wrong "the next close publishes other bytes"
result 'when files may grow again, the same is published'

mkdir disk
if mount -t tmpfs -o size=1m tmpfs disk 2> err; then
	close disk
	code=$?
	refused 'a disk of 1 MiB' disk
	result 'a full disk is told, and nothing is published'
	mount -o remount,size=64m disk
	close disk
	test $? -le 1 || wrong "the next close fails: $(cat err)"
	digests disk | cmp -s - reference.now || wrong "the next close publishes other bytes"
	result 'when there is room again, the same is published'
	umount disk
else
	for claim in 'a full disk is told, and nothing is published' 'when there is room again, the same is published'; do
		number=$((number + 1))
		echo "ok $number - $claim # SKIP no disk may be mounted here"
	done
fi
