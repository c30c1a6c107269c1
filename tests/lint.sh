#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make lint: what compilers and analyzers say of engine/ and plugins/. Nothing may be left; findings that are none stand with their reasons in tests/lint.
# One line for each tool: name, version, files, findings. A tool that is missing is passed over. LINT says which ones, all of them if not:
#   gcc clang cppcheck clang-tidy valgrind
# Words of compilers and analyzers are kept in LINT_INTO, a folder (default: lint in the build folder).
set -u
export LC_ALL=C
top_srcdir=$(cd "${top_srcdir:-..}" && pwd) top_builddir=$(cd "${top_builddir:-.}" && pwd)
here=$top_srcdir/tests/lint into=${LINT_INTO:-$top_builddir/lint}
mkdir -p "$into" && into=$(cd "$into" && pwd) && cd "$top_srcdir" || exit 1
wanted=" ${LINT:-gcc clang cppcheck clang-tidy valgrind} " wrong=0
jobs=${JOBS:-2}
mapfile -t sources < <(find engine plugins -name '*.c' | LC_ALL=C sort)
includes=(-std=c17 -D_GNU_SOURCE -DZP_PLUGIN_DIR='""' -DZP_RULES_DIR='""' -DZP_WORDS_DIR='""' -DZP_FONTS='""' -Iengine -Iplugins -Iplugins/emitters -Iplugins/importers
	-I"$top_builddir" -I"$top_builddir/engine" -I"$top_builddir/plugins" -I"$top_builddir/plugins/emitters/pages-html")
read -ra libraries <<< "$(pkg-config --cflags libxml-2.0 libzip libcrypto jansson gmp libpcre2-8 sqlite3 libpq gsl cairo cairo-ft pango harfbuzz-subset libqrencode xlsxwriter)"
# Signs are told by -Wconversion in C. gcc: -Wdouble-promotion where results are worked out; figures are drawn in floats, which cairo takes as doubles.
warnings=(-Wall -Wextra -Wconversion -Wformat=2 -Wcast-qual -Wundef)

has() { # TOOL PACKAGE: wanted and there
	case $wanted in *" $1 "*) ;; *) return 1 ;; esac
	command -v "$1" > /dev/null || { printf '%-11s is not here; passed over (Debian package %s)\n' "$1" "$2"; return 1; }
}
say() { # TOOL VERSION FILES FINDINGS, which lie in INTO/TOOL
	printf '%-11s %-10s %4d files %4d findings\n' "$1" "$2" "$3" "$4"
	test "$4" = 0 || { wrong=1; head -n 40 "$into/$1" | sed 's/^/  /'; }
}
version() { "$@" --version 2>&1 | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)*' | head -n 1; }
each() { printf '%s\n' "${files[@]}" | xargs -P "$jobs" -n 8 "$@"; } # files at a time

compile() { # COMPILER FLAGS: its warnings
	local compiler=$1 file
	for file in "${files[@]}"; do printf '%s\n' "$file"; done | xargs -P "$jobs" -I FILE "$compiler" -c -o /dev/null -O2 "${includes[@]}" "${libraries[@]}" "${warnings[@]}" "${@:2}" FILE 2>> "$into/$compiler.out"
}

if has gcc gcc; then
	: > "$into/gcc.out"
	mapfile -t files < <(printf '%s\n' "${sources[@]}" | grep -vE '^(engine/draw|plugins/emitters)/')
	compile gcc -Wdouble-promotion -include "$here/constants.h"
	mapfile -t files < <(printf '%s\n' "${sources[@]}" | grep -E '^(engine/draw|plugins/emitters)/')
	compile gcc
	grep -E '(warning|error):' "$into/gcc.out" | sort -u > "$into/gcc"
	say gcc "$(version gcc)" ${#sources[@]} "$(wc -l < "$into/gcc")"
fi
files=("${sources[@]}")
if has clang clang; then
	: > "$into/clang.out"
	compile clang -Wno-format-nonliteral # functions that hand a va_list on; gcc knows them from a format that is made up
	grep -E '(warning|error):' "$into/clang.out" | sort -u > "$into/clang"
	say clang "$(version clang)" ${#sources[@]} "$(wc -l < "$into/clang")"
fi
if has cppcheck cppcheck; then
	cppcheck -q -j "$jobs" --enable=warning,portability,performance --inline-suppr --suppressions-list=<(grep -v '^#' "$here/cppcheck.supp") --std=c11 -D_GNU_SOURCE \
		-Iengine -Iplugins -Iplugins/emitters -Iplugins/importers -I"$top_builddir/engine" -I"$top_builddir/plugins/emitters/pages-html" \
		--template='{file}:{line}: {severity} {id}: {message}' engine plugins > "$into/cppcheck.out" 2>&1
	grep -E '^[^ ]+:[0-9]+: ' "$into/cppcheck.out" | sort -u > "$into/cppcheck"
	say cppcheck "$(version cppcheck)" ${#sources[@]} "$(wc -l < "$into/cppcheck")"
fi
if has clang-tidy clang-tidy; then
	tidy() { clang-tidy --quiet "$@" -- $flags; }
	flags="${includes[*]} ${libraries[*]}"
	export -f tidy && export flags
	printf '%s\n' "${sources[@]}" | xargs -P "$jobs" -n 8 bash -c 'tidy "$@"' tidy > "$into/clang-tidy.out" 2> /dev/null
	awk -v root="$top_srcdir" -f "$here/lint.awk" "$here/tidy.known" "$into/clang-tidy.out" > "$into/clang-tidy"
	say clang-tidy "$(version clang-tidy)" ${#sources[@]} "$(wc -l < "$into/clang-tidy")"
fi

# A small round with everything, an amendment, a year, and what reads them, in a build of its own that does not confine its children: what they may do
# is a list of calls, and valgrind needs others. Children are watched as well. "files" are the processes.
memcheck() { # then a command; what it says and how it ends are others' business, but that it ends by itself
	"$valgrind" -q --leak-check=full --show-leak-kinds=definite --suppressions="$here/valgrind.supp" --log-file="$scratch/logs/%p" \
		"$program" "$1" --rules "$top_srcdir/rules" --plugins "$build/plugins/.libs" "${@:2}" > "$scratch/said" 2>&1
	local code=$?
	case " $may " in *" $code "*) ;; *) echo "zhiping $1 ended with $code: $(tail -n 2 "$scratch/said")" >> "$scratch/ends" ;; esac
}
watch() {
	memcheck key new --into keys --name 示例省临床检验中心 --date 2026-01-01
	memcheck simulate --into year --rounds 2 --labs 12 --seed 5 --programmes chemistry,answers --measurands 3 --samples 3
	may='0 1'
	memcheck close year/1 --into out --issued 2026-05-31 --ledger ledger.sqlite --key keys
	memcheck close year/2 --into out --issued 2026-09-30 --ledger ledger.sqlite --emit tables
	local row=$(grep -m 1 ',returned,' out/sim-2026-1/v1/scores.csv)
	IFS=, read -r lab programme measurand sample _ <<< "$row"
	sed -i "s|</decisions>|<do-not-evaluate programme=\"$programme\" measurand=\"$measurand\" sample=\"$sample\" who=\"甲\" when=\"2026-06-01\" why=\"样本溶血\"/></decisions>|" year/1/decisions.xml 2> /dev/null ||
		echo "<decisions><do-not-evaluate programme=\"$programme\" measurand=\"$measurand\" sample=\"$sample\" who=\"甲\" when=\"2026-06-01\" why=\"样本溶血\"/></decisions>" > year/1/decisions.xml
	memcheck amend year/1 --into out --issued 2026-06-02 --ledger ledger.sqlite --key keys --reason 样本溶血
	may=0
	test -e out/sim-2026-1/v2 || echo "nothing was amended: $(cat said)" >> ends
	memcheck ledger check --ledger ledger.sqlite
	memcheck explain out/sim-2026-1/v1 "$lab" "$measurand" "$sample"
	may='0 1'
	memcheck year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into out --regions hubei
	memcheck verify out/sim-2026-1/v1 "out/sim-2026-1/v1/labs/$lab/certificate.pdf" --trust keys/public
	may='0 1 2 3'
	for broken in $(for kind in xlsx csv xml; do find "$top_srcdir/fixtures/fuzz/$kind" -type f | LC_ALL=C sort | head -n "${LINT_BROKEN:-4}"; done); do
		rm -rf one && cp -r "$top_srcdir/fixtures/rounds/blood-gas" one && chmod -R u+w one && kind=${broken%/*}
		cp "$broken" "one/results/broken.${kind##*/}"
		memcheck check one
	done
}
if has valgrind valgrind; then
	valgrind=$(command -v valgrind.bin || command -v valgrind) # Debian's wrapper sets LD_LIBRARY_PATH, and the program begins anew without it
	build=$into/memcheck scratch=$(mktemp -d) may=0
	program=$build/engine/cli/zhiping
	trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
	mkdir -p "$build" "$scratch/logs" && : > "$scratch/ends"
	(cd "$build" && { test -e Makefile || "$top_srcdir/configure" CFLAGS='-g -O1' CPPFLAGS=-DZP_MEMCHECK; } && make -s -j "$jobs") > "$into/valgrind.out" 2>&1 ||
		{ echo "valgrind    cannot be tried, the program was not built: $into/valgrind.out"; exit 1; }
	(cd "$scratch" && watch)
	cat "$scratch/ends" "$scratch"/logs/* > "$into/valgrind.out"
	grep -E '^==[0-9]+== [^ ]|^zhiping|^nothing' "$into/valgrind.out" > "$into/valgrind"
	say valgrind "$(version "$valgrind")" "$(ls "$scratch/logs" | wc -l)" "$(wc -l < "$into/valgrind")"
fi
exit $wrong
