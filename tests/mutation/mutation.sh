#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make mutation: do the tests notice when the scoring core is wrong? The core is built with faults planted in it (mutate.py), and for a
# sample of MUTANTS of them the tests that reach the place are run until one fails. Needs clang and python3-clang. MUTANT_AGAIN=FILE, a copy
# of an earlier outcome.tsv, asks only for what was not noticed there; MUTANT_CONFIGURE=--enable-sanitize, as tools/test does after the plain build, also sees what is
# read or written beyond its end.
set -eu
MUTANTS=${MUTANTS:-300} MUTANT_SEED=${MUTANT_SEED:-1}
core=${MUTANT_FILES:-$(cat "$SRC/tests/mutation/core.txt")}
rm -rf mutation
mkdir mutation
(cd "$SRC" && git ls-files -z 2> /dev/null || find . -type f -print0) | (cd "$SRC" && xargs -0 cp --parents -t "$OLDPWD/mutation" 2> /dev/null) || true
test -f mutation/configure.ac || cp -r "$SRC/." mutation/
(cd mutation && test -f build-aux/install-sh || ./autogen.sh > autogen.out 2>&1)
mkdir mutation/build
(cd mutation/build && ../configure -q CC=clang CFLAGS='-O1 -g -w -ftrivial-auto-var-init=pattern' CPPFLAGS="-I$(cd ../tests/mutation && pwd)" --disable-dependency-tracking ${MUTANT_CONFIGURE:-} > configure.out 2>&1) || { tail mutation/build/configure.out; exit 1; }
flags=$(sed -n 's/^\(XML\|ZIP\|CRYPTO\|JANSSON\|GMP\|GSL\|PCRE2\|SQLITE\)_CFLAGS = //p' mutation/build/Makefile | tr '\n' ' ')
# shellcheck disable=SC2086
/usr/bin/python3 "$SRC/tests/mutation/mutate.py" "$PWD/mutation" mutation/table.tsv $core -- -std=gnu17 -D_GNU_SOURCE "-I$PWD/mutation/engine" "-I$PWD/mutation/plugins" "-I$PWD/mutation/build" $flags
(cd mutation/build && $MAKE -s -j"$(nproc)" check TESTS= > make.out 2>&1) || { grep -m 5 -A 3 'error' mutation/build/make.out; exit 1; }
exec /usr/bin/python3 "$SRC/tests/mutation/run.py" "$PWD/mutation" "$MUTANTS" "$MUTANT_SEED" ${MUTANT_AGAIN:+"$MUTANT_AGAIN"}
