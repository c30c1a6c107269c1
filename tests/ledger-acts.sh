#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Papers and decisions in the ledger: a number is given once, whatever becomes of the folders, of other runs at the same time and of
# the machine; what was changed afterwards is found; what two centres have comes together.
scratch=$(mktemp -d) || exit 1
trap 'umount "$scratch/disk" 2> /dev/null; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
export PYTHONDONTWRITEBYTECODE=1
helper() { python3 "$top_srcdir/tests/ledger_acts.py" "$@" > told 2>&1 || wrong "$1: $(tail -n 1 told)"; }
trail() { python3 "$top_srcdir/tests/trail.py" "$@"; }
forge() { python3 "$top_srcdir/tests/ledger.py" forge "$@"; }
. "$top_srcdir/tests/result.sh"
skip() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
ends() { # CODE COMMAND ARGUMENTS
	local expected=$1 code
	shift
	timeout 120 $ZHIPING "$1" $ZP_OPTIONS "${@:2}" > out 2> err
	code=$?
	test $code = $expected || wrong "$* ended with $code; expected $expected: $(head -c 300 err)"
}
ledger() { local expected=$1; shift; ends $expected ledger "$@"; }
year() { # CODE LEDGER FOLDER ARGUMENTS
	local expected=$1 file=$2 into=$3
	shift 3
	ends $expected year 2026 --emit tables --ledger $file --into $into "$@"
}
says() { grep -qF -- "$1" "${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "${2:-err}")\""; }
exported() { rm -rf "$2"; ledger 0 export --all "$2" --ledger "$1"; }
alike() { diff -r "$1" "$2" > differs 2>&1 || wrong "$3: $(head -n 3 differs)"; }
papers() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM papers").fetchone()[0])' $1; }

echo 1..24
close_round() { # NUMBER LABORATORIES
	$ZHIPING simulate $ZP_OPTIONS --into round$1 --labs $2 --programmes chemistry,blood-count --seed $1 > out &&
		sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-2026-$1\"/; s/number=\"1\"/number=\"$1\"/; s/2026-03-/2026-0$((3 * $1))-/g" round$1/round.xml &&
		sed -i 's/^L0001,[^,]*/L0001,=SUM(1)/' round$1/roster.csv || return 1
	$ZHIPING close $ZP_OPTIONS round$1 --into closed --issued 2026-12-0$1 --emit tables --ledger rounds.sqlite > out 2> err
	test $? -le 1
}
close_round 1 40 && close_round 2 40 || { echo 'Bail out! the rounds do not close'; cat err; exit 1; }
rules() { # NAME POLICY MORE: rules of a year with certificates of that policy
	printf '<year title="t" version="1">%s<certificate id="all-rounds" name="证书" policy="%s"/><certificate id="second" name="证书二" policy="all-rounds"/></year>\n' "$3" "$2" > $1.xml
}
rules own all-rounds; rules other not-unsuccessful; rules strict all-rounds '<merge conflict="refuse"/>'

cp rounds.sqlite l.sqlite
year 0 l.sqlite first --issued 2027-01-10 --rules-year own.xml
helper same l.sqlite first/year-2026/v1
helper chain l.sqlite
test $(papers l.sqlite) = $(($(wc -l < first/year-2026/v1/certificates.csv) - 1)) || wrong "there are $(papers l.sqlite) papers"
ledger 0 check --ledger l.sqlite; says "$(papers l.sqlite) papers, 0 decisions" out
result 'every number of a year is in the ledger, with what stands on the paper, and its chain is what another program makes of it'

ledger 0 papers --ledger l.sqlite
test "$(sed 1d out | wc -l)" = $(papers l.sqlite) || wrong "it prints $(wc -l < out) lines"
says 'number,year,certificate,lab,name,list,issue,issued' out; says ",L0001,'=SUM(1)," out
exported l.sqlite exported; ledger 0 papers --ledger l.sqlite
cmp -s out exported/papers.csv || wrong "export says something else"
test "$(cat exported/decisions.csv)" = year,award,lab,decision,counts,by,date,because || wrong "decisions.csv holds $(head -n 2 exported/decisions.csv)"
result 'papers come out as a table'

cp l.sqlite before.sqlite
year 0 l.sqlite second --issued 2027-02-02 --rules-year own.xml
cmp -s first/year-2026/v1/certificates.csv second/year-2026/v1/certificates.csv || wrong "another folder has other papers"
trail same l.sqlite before.sqlite || wrong "the ledger has changed"
test "$(trail kinds l.sqlite)" = "$(trail kinds before.sqlite) year" || wrong "the trail tells $(trail kinds l.sqlite)"
rm -rf second
result 'the same year in another folder has the same numbers and days, and changes nothing in the ledger; the trail tells that it was published'

year 0 l.sqlite third --issued 2027-03-03 --rules-year other.xml
helper once first/year-2026/v1 third/year-2026/v1
helper same l.sqlite first/year-2026/v1 third/year-2026/v1
grep -q '/2,all-rounds,' third/year-2026/v1/certificates.csv || wrong "no paper has a second issue, so nothing was tried"
year 0 l.sqlite fourth --issued 2027-04-04 --rules-year own.xml
grep -q '/3,all-rounds,' fourth/year-2026/v1/certificates.csv || wrong "what is said anew has no third issue"
helper once first/year-2026/v1 third/year-2026/v1 fourth/year-2026/v1
result 'another list of measurands has another number, though no folder tells what was given'

forge closed/sim-2026-2/v1 v2 version=v2 issued=2027-02-20 "verdicts.csv:unsatisfactory=>satisfactory"
cp before.sqlite amended.sqlite; ledger 0 add v2 --ledger amended.sqlite
year 3 amended.sqlite amended --issued 2027-02-19 --rules-year own.xml
says 'sim-2026-2: the round was issued on 2027-02-20, after the date of issue 2027-02-19; expected'
test ! -e amended || wrong "something was published"
year 0 amended.sqlite amended --issued 2027-02-20 --rules-year own.xml
helper once first/year-2026/v1 amended/year-2026/v1
kept=$(grep -c ,2027-01-10 amended/year-2026/v1/certificates.csv)
test $kept -gt 0 || wrong "no paper has kept its day"
result 'a round that was issued after the year is refused; on the day it is not, and papers that say the same keep number and day'

# Decisions.
cp before.sqlite d.sqlite
helper decide d.sqlite 2026 excellent L0001 awarded 评审会 2027-02-01 ''
helper decide d.sqlite 2026 excellent L0001 withdrawn 评审会 2027-05-01 'it was, "not" so'
helper decide d.sqlite 2025 excellent L0001 awarded 评审会 2026-02-01 ''
helper decide d.sqlite 2026 excellent L0002 refused 评审会 2027-02-01 '=1+1'
ledger 0 check --ledger d.sqlite; says '4 decisions' out
ledger 0 decisions --ledger d.sqlite
cat > expected <<-'CSV'
	year,award,lab,decision,counts,by,date,because
	2025,excellent,L0001,awarded,yes,评审会,2026-02-01,
	2026,excellent,L0001,awarded,no,评审会,2027-02-01,
	2026,excellent,L0001,withdrawn,yes,评审会,2027-05-01,"it was, ""not"" so"
	2026,excellent,L0002,refused,yes,评审会,2027-02-01,'=1+1
CSV
cmp -s out expected || wrong "it prints $(diff out expected | head -n 4)"
exported d.sqlite exported; cmp -s exported/decisions.csv expected || wrong "export says something else"
test "$(python3 -c 'import sqlite3; print(sqlite3.connect("d.sqlite").execute("SELECT group_concat(counts) FROM (SELECT counts FROM titles ORDER BY year, lab, date)").fetchone()[0])')" = 1,0,1,1 || wrong "the view says otherwise"
result 'decisions come out with the one that counts, by command, export and view; a chain made elsewhere is one'

# What was changed.
for change in $(python3 "$top_srcdir/tests/ledger_acts.py" changes); do
	cp d.sqlite t.sqlite; helper tamper t.sqlite $change
	ledger 3 check --ledger t.sqlite
	grep -qE 'paper|title' err || wrong "$change: it is not named: $(head -n 2 err)"
done
result 'any act that was changed, taken out, put in or moved is found'
for change in paper-list last-paper; do
	cp d.sqlite t.sqlite; helper tamper t.sqlite $change
	year 3 t.sqlite tampered --issued 2027-03-01 --rules-year own.xml
	test ! -e tampered || wrong "$change: a year was published"
	cp t.sqlite t.before; ledger 3 merge t.sqlite --ledger fresh.sqlite; cmp -s t.sqlite t.before || wrong "$change: the other ledger has changed"
	ledger 0 check --ledger fresh.sqlite; says '0 papers, 0 decisions' out
	rm -f fresh.sqlite
done
result 'no year is worked out of such a ledger, and its acts are not merged'

# Two centres.
printf 'from,to\nL0002,P0900\n' > codes.csv
cp rounds.sqlite city.sqlite; year 0 city.sqlite city --issued 2027-01-15 --rules-year other.xml
cp d.sqlite ours.sqlite
ledger 0 merge amended.sqlite --ledger e.sqlite; says 'papers and decisions: ' out
ledger 0 merge d.sqlite --ledger e.sqlite
cp d.sqlite f.sqlite; ledger 0 merge amended.sqlite --ledger f.sqlite
exported e.sqlite e; exported f.sqlite f; alike e f 'the order of merging shows'
ledger 0 check --ledger e.sqlite; ledger 0 check --ledger f.sqlite; helper chain e.sqlite; helper chain f.sqlite
cp f.sqlite f.before; ledger 0 merge e.sqlite amended.sqlite d.sqlite --ledger f.sqlite; cmp -s f.sqlite f.before || wrong "merging again changes the file"
result 'papers and decisions come together in either order, and again changes not a byte'

ledger 1 merge city.sqlite --ledger ours.sqlite
says 'city.sqlite: a paper with the number 2026/'; says 'withheld'
exported ours.sqlite after; exported d.sqlite before
comm -23 <(sort before/papers.csv) <(sort after/papers.csv) > gone; test ! -s gone || wrong "what stood there is gone: $(head -n 1 gone)"
ledger 1 list --ledger ours.sqlite; says 'another paper with the number 2026/'
ledger 1 check --ledger ours.sqlite; says 'another paper with the number 2026/'
year 0 ours.sqlite ours --issued 2027-03-01 --rules-year own.xml; says 'another paper with the number 2026/'
result 'a number with another content is named and withheld; list, check and year go on naming it'

ledger 0 merge d.sqlite --codes codes.csv --ledger codes.sqlite
ledger 0 papers --ledger codes.sqlite
grep -q '/L0002/1,2026,[^,]*,P0900,' out || wrong "the paper does not go with the laboratory: $(grep L0002 out | head -n 1)"
ledger 0 decisions --ledger codes.sqlite; says '2026,excellent,P0900,refused' out
year 0 codes.sqlite codes --issued 2027-03-01 --rules-year own.xml
grep -q '/P0900/1,' codes/year-2026/v1/certificates.csv || wrong "P0900 has no paper of its own number"
result 'papers and decisions go with the laboratory to its other code, under the number that was printed'

# A round version with two contents.
forge closed/sim-2026-1/v1 twice "scores.csv:acceptable=>unacceptable"
cp rounds.sqlite c.sqlite; ledger 1 add twice --ledger c.sqlite
year 0 c.sqlite withheld --issued 2027-01-10 --rules-year own.xml; says 'of round sim-2026-1 v1 another content was withheld'
cmp -s withheld/year-2026/v1/certificates.csv first/year-2026/v1/certificates.csv || wrong "it is not the first that counts"
cp c.sqlite c.before
year 3 c.sqlite refused --issued 2027-01-10 --rules-year strict.xml; says 'round sim-2026-1 v1 has two contents'
test ! -e refused || wrong "something was published"
trail same c.sqlite c.before || wrong "the ledger has changed"
test "$(trail kinds c.sqlite)" = "$(trail kinds c.before) year-refused" || wrong "the trail tells $(trail kinds c.sqlite)"
forge closed/sim-2026-1/v1 newer version=v2
ledger 0 add newer --ledger c.sqlite
year 0 c.sqlite refused --issued 2027-01-10 --rules-year strict.xml; says 'of round sim-2026-1 v1 another content was withheld'
result 'of two contents of a round the first counts, or the year is refused until there is a newer version, by the rules'

# Others at the same time.
cp rounds.sqlite w.sqlite
python3 "$top_srcdir/tests/ledger_acts.py" hold w.sqlite 2 > held & until grep -qs held held; do :; done
year 0 w.sqlite waited --issued 2027-01-10 --rules-year own.xml; wait
helper same w.sqlite waited/year-2026/v1
result 'a year waits for another program that writes the ledger'
cp rounds.sqlite w.sqlite; rm -f held
python3 "$top_srcdir/tests/ledger_acts.py" hold w.sqlite 30 > held & holder=$!; until grep -qs held held; do :; done
year 6 w.sqlite never --issued 2027-01-10 --rules-year own.xml; says 'another program is using this ledger'
test "$(wc -l < err)" = 1 || wrong "it does not say one sentence"
test -z "$(find never -type f 2> /dev/null)" || wrong "something was published"
kill $holder; wait $holder 2> /dev/null
test $(papers w.sqlite) = 0 || wrong "papers are in the ledger"
result 'and says so when that takes too long, with nothing published'

for try in 1 2 3 4; do
	cp rounds.sqlite w.sqlite; rm -rf a b
	$ZHIPING year 2026 $ZP_OPTIONS --ledger w.sqlite --into a --issued 2027-01-10 --rules-year own.xml > out.a 2> err.a & one=$!
	$ZHIPING year 2026 $ZP_OPTIONS --ledger w.sqlite --into b --issued 2027-01-11 --rules-year other.xml > out.b 2> err.b & two=$!
	wait $one; code_a=$?; wait $two; code_b=$?
	test $code_a = 0 -o $code_b = 0 || wrong "neither has won: $(cat err.a err.b)"
	there=
	for f in a b; do
		test -e $f/year-2026/v1 && there="$there $f/year-2026/v1" || grep -q 'was given to another paper already' err.$f || wrong "the other does not say why: $(cat err.$f)"
	done
	helper once $there; helper same w.sqlite $there
	test $code_a = 0 || year 0 w.sqlite a --issued 2027-01-10 --rules-year own.xml
	test $code_b = 0 || year 0 w.sqlite b --issued 2027-01-11 --rules-year other.xml
	helper once a/year-2026/v1 b/year-2026/v1; helper same w.sqlite a/year-2026/v1 b/year-2026/v1; helper chain w.sqlite
done
result 'of two runs at once that would give one number to two papers, one wins and the other says so; run again, it has its own'

for try in 1 2 3 4; do
	cp rounds.sqlite w.sqlite; rm -rf a
	for k in 1 2; do $ZHIPING year 2026 $ZP_OPTIONS --ledger w.sqlite --into a --issued 2027-01-10 --rules-year own.xml > out.$k 2> err.$k & eval pid$k=\$!; done
	wait $pid1; one=$?; wait $pid2; two=$?
	test $one = 0 -a $two = 3 -o $one = 3 -a $two = 0 || wrong "they ended with $one and $two: $(cat err.1 err.2)"
	cat err.1 err.2 > err; says 'published'
	test "$(ls -A a/year-2026)" = "$(printf "current\ninputs\nv1")" || wrong "the folder holds $(ls -A a/year-2026 | tr '\n' ' ')"
	cmp -s a/year-2026/v1/certificates.csv first/year-2026/v1/certificates.csv || wrong "other papers were published"
	helper same w.sqlite a/year-2026/v1
done
result 'of two runs at once into one folder, one publishes and the other says so'

# Older ledgers.
for schema in 1 2; do
	for blocks in 1 8 16; do
		rm -f old.sqlite*; python3 "$top_srcdir/tests/ledger.py" load "$top_srcdir/fixtures/ledger/v$schema.sql" old.sqlite; cp old.sqlite old.before
		(ulimit -f $blocks; exec $ZHIPING ledger list --ledger old.sqlite > out 2> err)
		code=$?
		test $code = 6 || wrong "schema $schema, $blocks KiB: it ended with $code: $(cat err)"
		python3 -c 'import sqlite3; a, b = ("\n".join(sqlite3.connect(f).iterdump()) for f in ("old.sqlite", "old.before")); assert a == b' 2> /dev/null || wrong "schema $schema, $blocks KiB: the ledger has changed"
		test "$(python3 -c 'import sqlite3; print(sqlite3.connect("old.sqlite").execute("PRAGMA user_version").fetchone()[0])')" = $schema || wrong "schema $schema, $blocks KiB: it has another schema"
	done
	for k in 1 2 3; do $ZHIPING ledger papers --ledger old.sqlite > out.$k 2> err.$k & eval pid$k=\$!; done
	wait $pid1; one=$?; wait $pid2; two=$?; wait $pid3
	test $one$two$? = 000 || wrong "schema $schema, several at once: $(cat err.1 err.2 err.3)"
	ledger $((schema - 1)) check --ledger old.sqlite
done
result 'an older ledger is brought up to date whole or not at all, and by one of several at once'

# What happens while it is written.
whole() { # WHEN: ledger and folder are sound, and a second run publishes what one that was left alone does
	rm -rf k.copy; ledger 0 check --ledger k.sqlite
	test "$(papers k.sqlite)" = 0 || test "$(papers k.sqlite)" = "$(papers before.sqlite)" || wrong "$1: $(papers k.sqlite) papers, neither none nor all"
	if test -e kill/year-2026/v1; then
		alike first/year-2026/v1/certificates.csv kill/year-2026/v1/certificates.csv "$1: the papers"
		helper same k.sqlite kill/year-2026/v1
	else
		test -z "$(ls -A kill/year-2026 2> /dev/null | grep -v '^\.stage-')" || wrong "$1: it holds $(ls -A kill/year-2026)"
		year 0 k.sqlite kill --issued 2027-01-10 --rules-year own.xml
		alike first/year-2026/v1/certificates.csv kill/year-2026/v1/certificates.csv "$1: the papers of a second run"
	fi
	helper chain k.sqlite
}
killed() { # WHEN: what to wait for while the child lives
	cp rounds.sqlite k.sqlite; rm -rf kill k.sqlite-journal
	$ZHIPING year 2026 $ZP_OPTIONS --ledger k.sqlite --into kill --issued 2027-01-10 --rules-year own.xml > out 2> err &
	child=$!
	case $1 in
	journal) while test ! -s k.sqlite-journal && kill -0 $child 2> /dev/null; do :; done ;;
	stage) while ! compgen -G 'kill/*/.stage-*/*' > found && kill -0 $child 2> /dev/null; do :; done ;;
	*) sleep $1 ;;
	esac
	kill -9 $child 2> /dev/null
	wait $child 2> /dev/null
}
hit=0 burnt=0
for when in journal journal journal journal journal journal; do
	killed $when; test -s k.sqlite-journal && hit=$((hit + 1))
	whole "killed at the $when"
done
test $hit -gt 0 || wrong "it was never killed while it wrote the ledger"
result 'killed while numbers are written, the ledger has all of them or none, and nothing is published'
for when in stage stage stage; do
	killed $when; test $(papers k.sqlite) -gt 0 -a ! -e kill/year-2026/v1 && burnt=$((burnt + 1))
	whole "killed at the $when"
done
test $burnt -gt 0 || wrong "it was never killed between the ledger and the folder"
result 'killed while the tables are written, the numbers are there, nothing is published, and the next run takes them'
for when in 0.005 0.01 0.02 0.03 0.05 0.07 0.1 0.15 0.2 0.3; do
	killed $when; whole "killed after $when"
done
result 'killed at any moment, ledger and folder are whole'

size=$(($(stat -c %s rounds.sqlite) / 1024))
for blocks in 1 4 16 64 $size; do
	cp rounds.sqlite k.sqlite; rm -rf kill k.sqlite-journal
	(ulimit -f $blocks; exec $ZHIPING year 2026 $ZP_OPTIONS --ledger k.sqlite --into kill --issued 2027-01-10 --rules-year own.xml > out 2> err)
	code=$?
	test $code = 6 || wrong "$blocks KiB: it ended with $code: $(cat err)"
	test "$(wc -l < err)" = 1 || wrong "$blocks KiB: it does not say one sentence: $(cat err)"
	test -z "$(find kill -type f 2> /dev/null)" || wrong "$blocks KiB: it left $(find kill -type f | head -n 2)"
	whole "$blocks KiB"
done
result 'files that may not grow are told, and ledger and folder are whole'

mkdir disk
if mount -t tmpfs -o size=$((size + 20))k tmpfs disk 2> err; then
	cp rounds.sqlite disk/k.sqlite
	year 6 disk/k.sqlite kill2 --issued 2027-01-10 --rules-year own.xml; says 'no room left for the ledger'
	test -z "$(find kill2 -type f 2> /dev/null)" || wrong "something was published"
	rm -rf kill; cp disk/k.sqlite k.sqlite; test ! -e disk/k.sqlite-journal || cp disk/k.sqlite-journal k.sqlite-journal
	whole 'a disk that is full for the ledger'
	result 'a full disk under the ledger is told; both are whole'
	rm -rf disk/* kill; mount -o remount,size=200k disk
	cp rounds.sqlite k.sqlite
	year 6 k.sqlite disk --issued 2027-01-10 --rules-year own.xml
	test -z "$(find disk -type f)" || wrong "it left $(find disk -type f | head -n 2)"
	test $(papers k.sqlite) -gt 0 || wrong "the numbers are not in the ledger"
	whole 'a disk that is full for the tables'
	result 'a full disk under the folder is told, nothing is published, and the next run takes the numbers'
	mount -o remount,size=64m disk; cp rounds.sqlite disk/k.sqlite; mount -o remount,ro disk
	year 6 disk/k.sqlite kill3 --issued 2027-01-10 --rules-year own.xml; says 'the ledger may not be written'
	test ! -e kill3 || wrong "something was published"
	result 'a ledger that may not be written has no year'
	umount disk
else
	skip 'a full disk under the ledger is told; both are whole' 'no disk may be mounted here'
	skip 'a full disk under the folder is told, nothing is published, and the next run takes the numbers' 'no disk may be mounted here'
	skip 'a ledger that may not be written has no year' 'no disk may be mounted here'
fi
