#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make lint: what compilers and analyzers say of engine/ and plugins/. Nothing may be left; findings that are none stand with their reasons in tests/lint.
# One line for each tool: name, version, files, findings. A tool that is missing is passed over. LINT says which ones, all of them if not:
#   gcc clang cppcheck clang-tidy valgrind threads
# Words of compilers and analyzers are kept in LINT_INTO, a folder (default: lint in the build folder).
set -u
export LC_ALL=C
top_srcdir=$(cd "${top_srcdir:-..}" && pwd) top_builddir=$(cd "${top_builddir:-.}" && pwd)
here=$top_srcdir/tests/lint into=${LINT_INTO:-$top_builddir/lint}
mkdir -p "$into" && into=$(cd "$into" && pwd) && cd "$top_srcdir" || exit 1
all=$(mktemp -d)
trap 'chmod -R u+w "$all"; rm -rf "$all"' EXIT
wanted=" ${LINT:-gcc clang cppcheck clang-tidy valgrind threads} " wrong=0
jobs=${JOBS:-2}
mapfile -t sources < <(find engine plugins -name '*.c' | LC_ALL=C sort)
includes=(-std=c17 -D_GNU_SOURCE -DZP_PLUGIN_DIR='""' -DZP_RULES_DIR='""' -DZP_WORDS_DIR='""' -DZP_FONTS='""' -Iengine -Iplugins -Iplugins/emitters -Iplugins/importers
	-I"$top_builddir" -I"$top_builddir/engine" -I"$top_builddir/plugins" -I"$top_builddir/plugins/emitters/pages-html")
read -ra libraries <<< "$(pkg-config --cflags libxml-2.0 libzip libcrypto jansson gmp libpcre2-8 sqlite3 libpq gsl cairo cairo-ft pango harfbuzz-subset libqrencode xlsxwriter)"
# Signs are told by -Wconversion in C. gcc: -Wdouble-promotion where results are worked out; figures are drawn in floats, which cairo takes as doubles.
warnings=(-Wall -Wextra -Wconversion -Wformat=2 -Wcast-qual -Wundef)

has() { # TOOL PACKAGE [AS]: wanted, AS what it is called here, and there
	case $wanted in *" ${3:-$1} "*) ;; *) return 1 ;; esac
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

# Builds that do not confine their children: what those may do is a list of calls, and who watches them needs others. "files" are processes, or commands.
own_build() { # TOOL FLAGS: into $build, with $program; an empty $scratch
	build=$into/$1.build scratch=$all/$1 may=0 tried=0
	program=$build/engine/cli/zhiping
	mkdir -p "$build" "$scratch/logs" && : > "$scratch/ends"
	(cd "$build" && { test -e Makefile || "$top_srcdir/configure" CFLAGS="-g -O1 ${*:2}" LDFLAGS="${*:2}" CPPFLAGS=-DZP_MEMCHECK; } && make -s -j "$jobs") > "$into/$1.out" 2>&1 ||
		{ echo "$1 cannot be tried, the program was not built: $into/$1.out"; exit 1; }
}
watched() { # then a command, under what ${under[@]} says; what it says and how it ends are others' business, but that it ends by itself
	"${under[@]}" "$program" "$1" --rules "$top_srcdir/rules" --plugins "$build/plugins/.libs" "${@:2}" > "$scratch/said" 2>&1
	local code=$?
	tried=$((tried + 1))
	case " $may " in *" $code "*) ;; *) echo "zhiping $1 ended with $code: $(tail -n 2 "$scratch/said")" >> "$scratch/ends" ;; esac
}
amended() { # ROUND LAB PROGRAMME MEASURAND SAMPLE: one more decision
	local decision="<do-not-evaluate programme=\"$3\" measurand=\"$4\" sample=\"$5\" who=\"甲\" when=\"2026-06-01\" why=\"样本溶血\"/></decisions>"
	sed -i "s|</decisions>|$decision|" "$1/decisions.xml" 2> /dev/null || echo "<decisions>$decision" > "$1/decisions.xml"
}

# A small round with everything, an amendment, a year, and what reads them. Children are watched as well.
watch_memory() {
	watched key new --into keys --name 示例省临床检验中心 --date 2026-01-01
	watched simulate --into year --rounds 2 --labs 12 --seed 5 --programmes chemistry,answers --measurands 3 --samples 3
	may='0 1'
	watched close year/1 --into out --issued 2026-05-31 --ledger ledger.sqlite --key keys
	watched close year/2 --into out --issued 2026-09-30 --ledger ledger.sqlite --emit tables
	local row=$(grep -m 1 ',returned,' out/sim-2026-1/v1/scores.csv)
	IFS=, read -r lab programme measurand sample _ <<< "$row"
	amended year/1 "$lab" "$programme" "$measurand" "$sample"
	watched amend year/1 --into out --issued 2026-06-02 --ledger ledger.sqlite --key keys --reason 样本溶血
	may=0
	test -e out/sim-2026-1/v2 || echo "nothing was amended: $(cat said)" >> ends
	watched ledger check --ledger ledger.sqlite
	watched explain out/sim-2026-1/v1 "$lab" "$measurand" "$sample"
	may='0 1'
	watched year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into out --regions hubei
	watched verify out/sim-2026-1/v1 "out/sim-2026-1/v1/labs/$lab/certificate.pdf" --trust keys/public
	may='0 1 2 3'
	for broken in $(for kind in xlsx csv xml; do find "$top_srcdir/fixtures/fuzz/$kind" -type f | LC_ALL=C sort | head -n "${LINT_BROKEN:-4}"; done); do
		rm -rf one && cp -r "$top_srcdir/fixtures/rounds/blood-gas" one && chmod -R u+w one && kind=${broken%/*}
		cp "$broken" "one/results/broken.${kind##*/}"
		watched check one
	done
}
if has valgrind valgrind; then
	valgrind=$(command -v valgrind.bin || command -v valgrind) # Debian's wrapper sets LD_LIBRARY_PATH, and the program begins anew without it
	own_build valgrind
	under=("$valgrind" -q --leak-check=full --show-leak-kinds=definite --suppressions="$here/valgrind.supp" --log-file="$scratch/logs/%p")
	(cd "$scratch" && watch_memory)
	cat "$scratch/ends" "$scratch"/logs/* > "$into/valgrind.out"
	grep -E '^==[0-9]+== [^ ]|^zhiping|^nothing' "$into/valgrind.out" > "$into/valgrind"
	say valgrind "$(version "$valgrind")" "$(ls "$scratch/logs" | wc -l)" "$(wc -l < "$into/valgrind")"
fi

# Whatever several threads do: files of one large and many small ones, tables of more than 4 MB that are read again behind the writer, spilled columns,
# parts, papers, a year. The compiler's own sanitizer watches, in what it has compiled; libraries of others it sees from outside.
watch_threads() {
	watched key new --into keys --name 示例省临床检验中心 --date 2026-01-01
	watched simulate --into large --labs 1500 --measurands 12 --programmes national --everything --single-file --seed 7
	watched simulate --into year --rounds 2 --labs 40 --seed 5 --programmes chemistry,answers --measurands 3 --samples 3
	may='0 1'
	watched check year/1
	watched close large --emit tables --into big --issued 2026-03-31 --threads 3
	watched close large --emit tables --into spilled --issued 2026-03-31 --threads 3 --memory 64M
	watched close year/1 --into out --issued 2026-05-31 --ledger ledger.sqlite --key keys --threads 3
	watched close year/2 --into out --issued 2026-09-30 --ledger ledger.sqlite --emit tables --threads 3
	local row=$(grep -m 1 ',returned,' out/sim-2026-1/v1/scores.csv)
	IFS=, read -r lab programme measurand sample _ <<< "$row"
	amended year/1 "$lab" "$programme" "$measurand" "$sample"
	watched amend year/1 --into out --issued 2026-06-02 --ledger ledger.sqlite --key keys --reason 样本溶血 --threads 3
	for part in 1 2; do watched shard "$part/2" large --parts parts --threads 3; done
	watched merge large --parts parts --emit tables --into merged --issued 2026-03-31 --threads 3
	watched year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into out --regions hubei --threads 3
	watched verify out/sim-2026-1/v1 "out/sim-2026-1/v1/labs/$lab/certificate.pdf" --trust keys/public
	test -e out/sim-2026-1/v2 || echo "nothing was amended" >> ends
	for as in spilled merged; do for table in big/*/v1/*.csv; do cmp "$table" "$as"/*/v1/"${table##*/}" >> ends 2>&1; done; done
	may=6 # a file that may not grow: what fails behind the back of others
	trap '' XFSZ
	(ulimit -f 6000; watched close large --emit tables --into full --issued 2026-03-31 --threads 3)
}
if has gcc gcc threads; then
	own_build threads -fsanitize=thread
	under=(env TSAN_OPTIONS="die_after_fork=0 exitcode=66 log_path=$scratch/logs/log")
	cd "$scratch" && watch_threads
	cat "$scratch/ends" "$scratch"/logs/* > "$into/threads.out" 2> /dev/null
	grep -E '^WARNING: ThreadSanitizer|^zhiping|^nothing|differ|^cmp' "$into/threads.out" > "$into/threads"
	say threads "$(version gcc)" "$tried" "$(wc -l < "$into/threads")"
fi
exit $wrong
