#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Same in, same out, to the byte: whatever the threads, the clock's zone, the locale, the order in which files were
# created, the folder one stands in and the number of files one may open; whoever runs it, on one processor or several, on whatever day.
# ZP_FULL=1 closes with certificates and pages too, for which the plugins must be there.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
emit=tables
test -z "$ZP_FULL" || emit=tables,certificates,pages
number=0

digests() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }
close() { # INTO ROUND: exit code 1 is what a simulated round with small groups ends with
	${within:+$within} $ZHIPING close $ZP_OPTIONS "$2" --into "$1" --issued 2026-03-31 --emit $emit ${threads:+--threads $threads} > "$1.out" 2> "$1.err"
	code=$?
	test $code -le 1 || { sed 's/^/# /' "$1.err"; return 1; }
}
same() { # CLAIM FOLDER
	number=$((number + 1))
	digests "$2" > "$2.now"
	if cmp -s reference.now "$2.now"; then
		echo "ok $number - $1"
	else
		diff reference.now "$2.now" | head -n 10 | sed 's/^/# /'
		echo "not ok $number - $1"
	fi
	chmod -R u+w "$2" 2> /dev/null; rm -rf "$2"
}

echo 1..21
$ZHIPING simulate $ZP_OPTIONS --into round --labs 60 --seed 7 --programmes chemistry,glucose > simulate.out || { echo 'Bail out! nothing is simulated'; exit 1; }
$ZHIPING simulate $ZP_OPTIONS --into round.2 --labs 60 --seed 7 --programmes chemistry,glucose > simulate.out
digests round > round.now; digests round.2 > round.2.now
number=1
cmp -s round.now round.2.now && echo 'ok 1 - the same seed gives the same round' || echo 'not ok 1 - the same seed gives the same round'
# Something for every branch: late, twice, in conflict, set aside, decided.
first=$(ls round/results | head -n 1)
{ head -n 1 "round/results/$first"; sed -n '2,3p' "round/results/$first"; sed -n '4,5p' "round/results/$first" | awk -F, -v OFS=, '{ $5 = $5 "7"; print }'; } > round/results/again.csv
lab=$(sed -n '2s/,.*//p' round/results/again.csv)
cat > round/decisions.xml <<XML
<decisions>
  <do-not-evaluate programme="glucose" lab="$lab" who="甲" when="2026-03-20" why="试"/>
</decisions>
XML

threads=1 close reference round || { echo 'Bail out! the round does not close'; exit 1; }
digests reference > reference.now
number=2
test "$(wc -l < reference.now)" -ge 6 && echo 'ok 2 - the round closes' || echo 'not ok 2 - the round closes'

threads=1 close again round; same 'a second time' again
threads=2 close two round; same 'on two threads' two
threads=4 close four round; same 'on four threads' four
threads=32 close many round; same 'on more threads than files' many
TZ=Pacific/Kiritimati close east round; same 'fourteen hours east' east
TZ=America/Adak LC_ALL=C.UTF-8 LANG=de_DE.UTF-8 close west round; same 'ten hours west in another locale' west
{ LC_ALL= LC_NUMERIC=de_DE.UTF-8 LANGUAGE=zh_CN HOME=/nowhere close words round; } 2> warnings # of the shell, where there is no such locale
same 'with a decimal comma in the environment' words

mkdir -p other/results
cp -r round/*.* other/
ls -r round/results | while read -r file; do cp "round/results/$file" other/results/; done
close order other; same 'with its files created in another order' order

(cd round/results && $ZHIPING close $ZP_OPTIONS .. --into "$scratch/inside" --issued 2026-03-31 --emit $emit > "$scratch/inside.out" 2>&1)
same 'from inside the folder' inside
(cd / && $ZHIPING close $ZP_OPTIONS "$scratch/round" --into "$scratch/outside" --issued 2026-03-31 --emit $emit > "$scratch/outside.out" 2>&1)
same 'from elsewhere by a full path' outside

(ulimit -n 64; threads=4 close few round); same 'with 64 open files' few

# Locales of our own making, so that none need be installed: a decimal comma, an i without its dot, characters that are not UTF-8.
pass() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
export LOCPATH="$scratch/locales"
mkdir locales
while read -r locale source charset; do
	if localedef -i "$source" -f "$charset" "locales/$locale" 2> localedef.err; then
		LC_ALL=$locale close "in-$locale" round; same "in the locale $locale" "in-$locale"
	else
		pass "in the locale $locale" 'localedef cannot make it (package locales)'
	fi
done <<-'LOCALES'
	de_DE.UTF-8 de_DE UTF-8
	tr_TR.UTF-8 tr_TR UTF-8
	zh_CN.GB18030 zh_CN GB18030
LOCALES

if command -v taskset > /dev/null && taskset -c 0 true; then
	within='taskset -c 0' threads=4 close single round; same 'on one processor' single
else
	pass 'on one processor' 'there is no taskset'
fi
for day in '2001-02-03 04:05:06' '2037-12-31 23:59:58'; do # before the round, and long after it; a sanitizer does not go with a library before it
	if command -v faketime > /dev/null && faketime "$day" $ZHIPING version > /dev/null 2>&1; then
		printf '#!/bin/sh\nexec faketime "%s" "$@"\n' "$day" > on-that-day; chmod +x on-that-day
		within=./on-that-day close "day" round; same "on ${day% *}" day
	else
		pass "on ${day% *}" 'there is no faketime that goes with this build'
	fi
done
chmod 755 "$scratch"; chmod -R a+rX round
other='setpriv --reuid=65534 --regid=65534 --clear-groups --'
if test "$(id -u)" = 0 && $other $ZHIPING version > /dev/null 2>&1; then
	mkdir -m 777 theirs
	within=$other close theirs/out round 2> theirs.err; mv theirs/out out-of-theirs 2> /dev/null; same 'run by another user' out-of-theirs
else
	pass 'run by another user' 'only root can be somebody else, and the program must be readable'
fi

# The same of what is drawn: certificates, reports, workbook, pages, with most of it changed at once.
whole() { ${within:+$within} $ZHIPING close $ZP_OPTIONS "$top_srcdir/fixtures/refused/base" --into "$1" --issued 2026-03-31 --emit certificates,reports,summary,workbook,pages,tables --threads "$2" > "$1.out" 2>&1; }
whole drawn 4
code=$?
if test $code = 5; then
	pass 'certificates, reports, workbook and pages as well' 'not every emitter is installed'
elif test $code -gt 1; then
	number=$((number + 1)); sed 's/^/# /' drawn.out; echo "not ok $number - certificates, reports, workbook and pages as well"
else
	digests drawn > reference.now
	within=
	command -v taskset > /dev/null && taskset -c 0 true && within='taskset -c 0'
	TZ=Pacific/Kiritimati LC_ALL=tr_TR.UTF-8 HOME=/nowhere whole redrawn 1; same 'certificates, reports, workbook and pages as well' redrawn
fi
