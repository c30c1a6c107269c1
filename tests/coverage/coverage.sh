#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make coverage: which branches of engine/stats, engine/run and engine/year the tests take. The engine is built once more with counters,
# in coverage/, and all tests run there; COVERAGE_TESTS="tests/year.sh tests/unit/test_limit" runs some of them only and adds to what
# was counted before, COVERAGE_TESTS= runs none. Needs gcc, with its gcov, and python3.
set -eu
for tool in gcc gcov /usr/bin/python3; do
	command -v "$tool" > /dev/null || { echo "make coverage needs $tool (Debian packages gcc and python3)" >&2; exit 1; }
done
mkdir -p coverage
cd coverage
# Only stats, run and year are counted: each process writes the counters of every file that it was built from, and that takes its time.
test -f Makefile || "$SRC/configure" -q --enable-coverage CC=gcc CFLAGS='-O0 -g -fprofile-filter-files=engine/[sry][teu]' > configure.out 2>&1 || { tail configure.out; exit 1; }
$MAKE -s -j"$(nproc)" all > make.out 2>&1 || { grep -m 5 -A 3 'error' make.out; exit 1; }
$MAKE -s -j"$(nproc)" check TESTS= >> make.out 2>&1 || { grep -m 5 -A 3 'error' make.out; exit 1; }
report() { /usr/bin/python3 "$SRC/tests/coverage/report.py" "$SRC" . "$@"; }
# Counters are files: where a test lets none grow they would be cut off, and every test after that would be told so. So files may grow here.
echo 'ulimit() { case $* in *-f*) ;; *) builtin ulimit "$@" ;; esac; }' > grow.sh
# A test that fails here is told, and what it reached counts all the same: make check is where it has to pass. Those of files that may not
# grow, and of what a plugin may not do, fail here.
asked() {
	BASH_ENV="$PWD/grow.sh" $MAKE -k -j"$(nproc)" check TESTS="$*" > check.out 2>&1 || { echo "tests that fail in the build with counters:"; grep -E '^(FAIL|ERROR)' check.out || tail check.out; }
}
if test -n "${COVERAGE_TESTS+some}"; then
	test -z "$COVERAGE_TESTS" || asked "$COVERAGE_TESTS"
else
	find . -name '*.gcda' -exec rm -f {} +
	# Where processes are killed, or what they write fails, counters are damaged: such tests go last, and what they damage is as it was before.
	all=$(printf 'tests-of-all:\n\t@echo $(TESTS)\n' | $MAKE -s -f Makefile -f - tests-of-all) gentle= rough=
	for test in $all; do
		case $(grep -lsE 'kill -9|SIGKILL|sweep' "$SRC/$test" "$SRC/$test.c") in '') gentle="$gentle $test" ;; *) rough="$rough $test" ;; esac
	done
	asked "$gentle"
	rm -rf kept && mkdir kept && find engine -name '*.gcda' -exec cp --parents -t kept {} +
	asked "$rough"
	report --mend kept
fi
report
