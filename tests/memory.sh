#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# close, shard and amend --memory: a round whose results do not fit is closed within the bound, with the same bytes; a disk that cannot hold them is told before
# anything is worked out.
scratch=$(mktemp -d "$PWD/memory-XXXXXX") || exit 1 # /tmp may be in memory
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C TMPDIR=$scratch
cd "$scratch" || exit 1
number=0
case $(stat -f -c %T .) in tmpfs | ramfs) echo '1..0 # SKIP the build folder lies in memory'; exit 0 ;; esac
echo 1..11
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}" > said 2>&1; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' said err | head -n 20; fi
}
# peak OUT OPTIONS...: closes the round; the most MiB that were resident go to OUT.mib
peak() {
	python3 - "$1.mib" "$ZHIPING" close $ZP_OPTIONS round --into "$1" --issued 2026-03-31 --emit tables "${@:2}" 2> err <<'PY'
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL).returncode
open(sys.argv[1], "w").write("%d" % (resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
PY
}
below() { test "$(cat "$1.mib")" -le "$2" || { cat "$1.mib"; return 1; }; }
# refused CODE PATTERN COMMAND...: ends with that code, says that, and leaves nothing behind
refused() {
	"${@:3}" > out 2> err
	test $? = "$1" && grep -q "$2" err && test ! -e none
}

# 3 million results: their columns take 135 MiB, and 26 more while laboratories are compared.
$ZHIPING simulate $ZP_OPTIONS --labs 10000 --measurands 60 --programmes national --everything --single-file --seed 7 --into round > /dev/null
claim 'a large round is closed' peak plain
claim 'it takes more than 160 MiB' eval '! below plain 160'
claim 'the same within 160 MiB' peak bound --memory 160M
claim 'which it keeps to' below bound 160
claim 'and nothing is said' test ! -s err
claim 'the same bytes' diff -r plain bound
close_none() { $ZHIPING close $ZP_OPTIONS round --into none --issued 2026-03-31 --emit tables --memory "$1"; }
full() { (trap '' XFSZ; ulimit -f 4096; close_none 160M); }
claim 'a disk without room is one sentence, and nothing is published' refused 6 'the results that --memory keeps out of memory have no room here: ' full
in_memory() { TMPDIR=/dev/shm close_none 160M; }
if test "$(stat -f -c %T /dev/shm 2> said)" = tmpfs && test -w /dev/shm; then
	claim 'so is a folder in memory, where nothing would be bounded' refused 6 '/dev/shm: lies in memory, where --memory can bound nothing; expected' in_memory
else
	claim '# SKIP there is no folder in memory' true
fi
claim 'a size that is none' refused 2 'expected a size such as 500M or 2G, and at least 64M' close_none 63M

shards() { for to in one two; do $ZHIPING shard 1/2 $ZP_OPTIONS round --parts $to $(test $to = one || echo --memory 160M) || return; done; cmp one/scores-1-of-2.part two/scores-1-of-2.part; }
claim 'a part of the round has the same bytes within the bound' shards
sed -i '$d' round/results/*
amends() { $ZHIPING amend $ZP_OPTIONS round --issued 2026-04-30 --reason 'One result was withdrawn' "$@" > amended; test $? -le 1 && grep -q 'published in .*/v2' amended; }
both() { amends --into plain && amends --into bound --memory 160M && diff -r plain bound; }
claim 'and so has an amendment' both
