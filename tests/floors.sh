#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the house promises of its sources, kept by machine.
#   floors : an engine file includes only from its own floor or a lower one;
#   plugins: a plugin includes host/plugin.h, stats/ and the headers of its own folder, nothing else of ours;
#   doors  : each outside library is included from one place only;
#   licence: every source begins with its licence;
#   calls  : nothing that would make a run depend on more than its input.
# Each of them is then tried on a copy of the tree with a violation planted (TREE, PLANTED).
tree=${TREE:-$top_srcdir}
cd "$tree" || exit 1
say() { if test -z "$2"; then echo "ok $1"; else echo "$2" | sed 's/^/# /'; echo "not ok $1"; fi; }
sources() { # of these folders; where something was planted, that file alone
	if test -n "$ONLY"; then for folder; do case $ONLY in "$folder"/*) echo "$ONLY" ;; esac; done
	else find "$@" -name '*.[ch]' | sort; fi
}

floors() {
	grep -n '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' $(sources engine) /dev/null | awk '
	BEGIN { n = split("base stats model draw host book trust ledger press run simulate convert year cli", f, " "); for (i = 1; i <= n; i++) floor[f[i]] = i }
	{ split($0, p, ":"); split(p[1], from, "/"); split($0, q, "\""); n = split(q[2], to, "/")
	  if (p[1] == "engine/cli/options.c" && q[2] == "builtin.h") next # here the engine meets the list of built-in plugins
	  if (!(from[2] in floor)) print p[1] ": " from[2] " is no floor"
	  else if (n < 2 || !(to[1] in floor)) print p[1] ":" p[2] ": \"" q[2] "\" is on no floor"
	  else if (floor[to[1]] > floor[from[2]]) print p[1] ":" p[2] ": reaches up to " to[1] }'
}

plugins() {
	grep -n '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' $(sources plugins) /dev/null | while IFS= read -r hit; do
		file=${hit%%:*} name=${hit#*\"} name=${name%%\"*}
		case $name in
		host/plugin.h | stats/*.h) ;;
		layout.h) case $file in plugins/importers/*) ;; *) echo "$file: layout.h is for importers" ;; esac ;; # tables have their layouts in common
		paper/*.h) case $file in plugins/emitters/*) ;; *) echo "$file: paper/ is for emitters" ;; esac ;; # what is drawn on paper, and how
		palette.h | svg.h) case $file in plugins/emitters/*) ;; *) echo "$file: $name is for emitters" ;; esac ;; # what figures look like
		workbook.h) case $file in plugins/emitters/*) ;; *) echo "$file: workbook.h is for emitters" ;; esac ;; # so has how a workbook is written
		builtin.h) test "$file" = plugins/builtin.c || echo "$file: the list of built-in plugins is not for plugins" ;;
		*/*) echo "$file: \"$name\" is not for plugins" ;;
		*.inc) test -f "${file%/*}/${name%.inc}" || echo "$file: \"$name\" is made of no file in its folder" ;; # lines of C, made of a file
		*) test -f "${file%/*}/$name" || echo "$file: \"$name\" is not in its folder" ;;
		esac
	done
}

doors() {
	while read -r header folders; do
		sources engine plugins | xargs grep -lE "^[[:space:]]*#[[:space:]]*include[[:space:]]*<($header)" |
			grep -vE "^($folders)(/|\$)" | while read -r file; do echo "$file: $header belongs in $folders"; done
	done <<-'DOORS'
	gsl/ engine/stats/distribution\.c|tests
	libxml/ engine/book|plugins/importers/xml\.c|plugins/importers/xlsx
	zip\.h plugins/importers/xlsx
	jansson engine/press|engine/trust/keylist\.c
	openssl/ engine/base|engine/trust
	gmp engine/base
	libintl|locale\.h engine/base/words\.c
	cairo|pango|hb|fontconfig|ft2build|glib|qrencode|xlsxwriter plugins/emitters
	pcre2 engine/book/pattern\.c
	sqlite3 engine/ledger/sql_sqlite\.c
	libpq engine/ledger/libpq\.h
	curl/ nowhere
	DOORS
}

licence() {
	for file in $(sources engine plugins tests); do
		test "$(head -n 1 "$file")" = '/* SPDX-License-Identifier: GPL-3.0-or-later */' || echo "$file: its first line is not the licence"
	done
}

# Comments and texts do not count. What stands behind a name is why it is not for us.
calls() {
	for file in $(sources engine plugins); do
		sed -e 's!"\([^"\\]\|\\.\)*"!""!g; s!/\*.*\*/!!; /\/\*/,/\*\//d' "$file" | awk -v file="$file" '
		BEGIN {
			split("setlocale strtod strtof strtold atof sscanf scanf getenv secure_getenv time gettimeofday clock localtime gmtime ctime strftime tzset system popen srand rand random srandom drand48 gets strcpy strcat tmpnam mktemp strtok setenv putenv strerror gettext dgettext ngettext textdomain bindtextdomain", names, " ")
			for (i in names) bad[names[i]] = 1
			# The one door to the locale, and only to the language of messages.
			if (file == "engine/base/environment.c") delete bad["setenv"]
			if (file == "engine/base/words.c") { split("setlocale getenv setenv gettext ngettext textdomain bindtextdomain", names, " "); for (i in names) delete bad[names[i]] }
		}
		{ line = $0
		  while (match(line, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
			name = substr(line, RSTART, RLENGTH); sub(/[ \t]*\($/, "", name)
			if (name in bad && substr(line, RSTART - 1, 1) !~ /[.>]/) print file ": calls " name
			line = substr(line, RSTART + RLENGTH) } }'
	done
	# The one door to the environment; the program begins by shutting it.
	grep -nE '(^|[^a-z_])environ([^a-z_]|$)' $(sources engine plugins) /dev/null | grep -v '^engine/base/environment\.c:' | grep -v '/\*.*environ' | sed 's/$/  <- looks at the environment/'
	grep -nE 'setlocale|newlocale|uselocale' engine/base/words.c | grep -vE 'setlocale\((LC_MESSAGES, |parts\[i\], NULL\))' | sed 's/$/  <- more than the language of messages/'
	# The clock may be read for `close --timings`, for progress on a terminal and for events of the ledger's trail only; what it says is never published.
	grep -ln 'clock_gettime' $(sources engine plugins) /dev/null | grep -vxE 'engine/(run/(run|publish)|cli/progress|ledger/clock)\.c' | sed 's/$/: reads the clock/'
	grep -n 'clock_gettime' engine/run/run.c engine/run/publish.c engine/cli/progress.c | grep -v CLOCK_MONOTONIC | sed 's/$/  <- a clock that tells the date/'
	grep -c 'clock_gettime(CLOCK_REALTIME, ' engine/ledger/clock.c | grep -vx 1 | sed 's/^/engine\/ledger\/clock.c: doors to the date: /'
}

mutable() { # a variable that outlives its call and can change is a hidden shelf
	grep -nE '^(static )?[a-z_][a-z_0-9 ]*[ *][a-z_][a-z_0-9]*(\[[^]]*\])*( = .*)?;' $(sources engine plugins) /dev/null |
		grep -E ':static |:[a-z_]+ [a-z_]+ = ' | grep -vE 'const|typedef|extern|return|\(|inline'
	# But for where the malloc of the C library is, which is the same at every call.
	grep -nE '^[[:space:]]+static ' $(sources engine plugins) /dev/null | grep -vE 'const|inline|\)|^engine/cli/memory\.c:[0-9]+:	static type \*cached;'
}

case $PLANTED in # in a copy, only the check that should see something
1) say 1 "$(floors)"; exit ;;
2) say 2 "$(plugins)"; exit ;;
3) say 3 "$(doors)"; exit ;;
4) say 4 "$(licence)"; exit ;;
5) say 5 "$(calls)"; exit ;;
6) say 6 "$(mutable)"; exit ;;
esac
echo 1..13
say "1 - no floor reaches up" "$(floors)"
say "2 - plugins see host/plugin.h, stats and their own folder" "$(plugins)"
say "3 - each library comes in by its own door" "$(doors)"
say "4 - every source begins with its licence" "$(licence)"
say "5 - no run depends on locale, environment, clock or chance" "$(calls)"
say "6 - nothing remembers from one call to the next" "$(mutable)"

# The same checks must see what is planted in a copy.
copy=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$copy" 2> /dev/null; rm -rf "$copy"' EXIT
cp -r "$tree/engine" "$tree/plugins" "$copy"
mkdir "$copy/tests"
plant() { # NUMBER CLAIM WHICH-CHECK FILE TEXT...
	number=$1 claim=$2 check=$3
	shift 3
	missed=
	while test $# -gt 1; do
		printf "$2\n" >> "$copy/$1"
		TREE=$copy PLANTED=$check ONLY=$1 sh "$top_srcdir/tests/floors.sh" | grep -q "^not ok $check\$" || missed="$missed$1: $2 was not seen
"
		if test -e "$tree/$1"; then cp "$tree/$1" "$copy/$1"; else rm "$copy/$1"; fi
		shift 2
	done
	say "$number - $claim" "$missed"
}
plant 7 "a step up is seen" 1 engine/base/arena.c '#include "run/run.h"' engine/book/shelf.h '# include "press/outbox.h"' \
	engine/press/outbox.c '#include "run/run.h"' engine/run/run.c '#include "simulate/simulate.h"' \
	engine/run/run.c '#include "builtin.h"' engine/stats/order.c '#include "model/round.h"'
plant 8 "a plugin that looks around is seen" 2 plugins/importers/csv.c '#include "run/intake.h"' \
	plugins/scorers/sdi.c '#include "builtin.h"' plugins/emitters/pages-html/site.c '#include "words.h"' \
	plugins/estimators/mean.c '#include "layout.h"' plugins/estimators/mean.c '#include "../emitters/pages-html/markup.h"'
plant 9 "a library by a window is seen" 3 engine/run/score.c '#include <gsl/gsl_math.h>' plugins/estimators/qn.c '#include <gsl/gsl_sort.h>' engine/run/run.c '#include <libxml/tree.h>' \
	engine/run/tables.c '#include <jansson.h>' engine/press/outbox.c '#include <openssl/evp.h>' engine/run/score.c '#include <gmp.h>' \
	plugins/importers/csv.c '#include <libxml/parser.h>' plugins/importers/csv.c '#include <cairo.h>' engine/run/forms.c '#include <xlsxwriter.h>' engine/run/run.c '#include <qrencode.h>' engine/run/run.c '#include <pango/pango.h>' engine/run/run.c '#include <hb.h>' \
	engine/run/run.c '#include <fontconfig/fontconfig.h>' engine/ledger/put.c '#include <sqlite3.h>' engine/ledger/take.c '#include <libpq-fe.h>' plugins/importers/csv.c '#include <zip.h>' engine/book/vocabulary.c '#include <pcre2.h>' engine/base/error.c '#include <libintl.h>' engine/cli/main.c '#include <locale.h>'
plant 10 "a source without licence is seen" 4 engine/base/new.c 'int x(void);'
plant 11 "a call that is not for us is seen" 5 engine/base/decimal.c 'double d(const char *s) { return strtod(s, 0); }' \
	engine/run/run.c 'void f(void) { setlocale(0, ""); }' engine/cli/main.c 'char *f(void) { return getenv("HOME"); }' \
	engine/run/run.c 'long f(void) { return time (0); }' engine/press/fork.c 'int f(void) { return system("x"); }' \
	engine/stats/order.c 'int f(void) { return rand(); }' plugins/scorers/sdi.c 'long f(void) { return clock_gettime(0, 0); }' \
	engine/run/run.c 'int g(void) { return clock_gettime(CLOCK_REALTIME, 0); }' engine/ledger/trail.c 'int g(void) { return clock_gettime(CLOCK_REALTIME, 0); }' \
	engine/ledger/clock.c 'int g(void) { return clock_gettime(CLOCK_REALTIME, 0); }' engine/base/words.c 'void f(void) { setlocale(LC_ALL, ""); }' \
	engine/base/words.c 'long f(void) { return time(0); }' engine/base/error.c 'char *f(void) { return gettext("x"); }' \
	engine/cli/main.c 'char *f(void) { return strerror(1); }' engine/run/run.c 'char **f(void) { return environ; }' \
	engine/base/environment.c 'char *f(void) { return getenv("HOME"); }'
plant 12 "a hidden shelf is seen" 6 engine/run/run.c 'static int count;' engine/stats/order.c 'int zp_total = 0;' \
	engine/base/text.c 'int f(void)\n{\n\tstatic int calls;\n\treturn calls++;\n}'
say "13 - the names of forbidden calls may stand in comments and texts" "$(
	printf '/* time (strtod) */\nconst char *x = "system(1)";\n' >> "$copy/engine/base/text.c"
	TREE=$copy PLANTED=5 sh "$top_srcdir/tests/floors.sh" | grep -v '^ok 5$')"
