#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make fuzz: the engine is built once more by clang with sanitizers, in fuzz/, and each target runs for FUZZ_SECONDS, or until it ran FUZZ_RUNS times.
# FUZZ_FLAGS=-fno-sanitize-coverage=trace-cmp,indirect-calls does without what comparisons tell: half as much time for each, for long runs that have a corpus.
# New inputs are kept in fuzz/corpus/TARGET, what broke a promise in fuzz/broken/. FUZZ_TARGETS="csv xml" picks some; inputs have up to FUZZ_BYTES bytes.
set -eu
export ZP_FUZZ_RULES="$SRC/rules"
# No stacks are kept for blocks that were freed, and few of those blocks: with allocations as small as ours that is half of the time.
export ASAN_OPTIONS=${ASAN_OPTIONS:-malloc_context_size=1:quarantine_size_mb=2:thread_local_quarantine_size_kb=64:max_malloc_fill_size=0}
limit=-max_total_time=$FUZZ_SECONDS
test -z "${FUZZ_RUNS:-}" || limit=-runs=$FUZZ_RUNS
CLANG=${CLANG:-clang}
targets=${FUZZ_TARGETS:-$(sed -n 's/^ZP_FUZZ(\(.*\))$/\1/p' "$SRC/tests/fuzz/targets.h")}
mkdir -p fuzz/build fuzz/broken
cd fuzz/build
test -f Makefile || "$SRC/configure" -q --disable-shared CC="$CLANG" \
	CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined '"${FUZZ_FLAGS:-}"
$MAKE -s built
$MAKE -s -j"$(nproc)" plugins/libbuiltin.la engine/libzhiping.la
headers=$(sed -n 's/^\(XML\|ZIP\)_CFLAGS = //p' Makefile | tr '\n' ' ')
libs=$(sed -n 's/^\(XML\|ZIP\|CRYPTO\|JANSSON\|GMP\|GSL\|PCRE2\|SQLITE\)_LIBS = //p' Makefile | tr '\n' ' ')
for target in $targets; do
	sources=
	test "$target" = xlsx && sources=$(ls "$SRC"/plugins/importers/xlsx/*.c)
	# shellcheck disable=SC2086
	"$CLANG" -std=gnu17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined ${FUZZ_FLAGS:-} -DZP_FUZZ_ALONE -D_GNU_SOURCE \
		-I"$SRC/engine" -I"$SRC/plugins" -I"$SRC/tests" -I"$SRC/plugins/importers" $headers "$SRC/tests/fuzz/fuzz_$target.c" "$SRC/tests/contract/collect.c" "$SRC/tests/fuzz/sample_entry.c" $sources \
		plugins/.libs/libbuiltin.a engine/.libs/libzhiping.a $libs -lm -lpthread -o "fuzz_$target"
done
cd ..
for target in $targets; do
	mkdir -p "corpus/$target"
	dictionary=$SRC/tests/fuzz/$target.dict
	test -f "$dictionary" && dictionary=-dict=$dictionary || dictionary=
	echo "== $target, $limit"
	# shellcheck disable=SC2086
	build/fuzz_$target $limit -timeout=5 -rss_limit_mb=1024 -max_len=${FUZZ_BYTES:-2048} -print_final_stats=1 \
		-artifact_prefix="broken/$target-" $dictionary "corpus/$target" "$SRC/fixtures/fuzz/$target" > "$target.log" 2>&1 ||
		{ tail -n 30 "$target.log"; exit 1; }
	grep -E '^stat::(number_of_executed_units|new_units_added|peak_rss_mb)' "$target.log"
done
