#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger: what was published is in it, once; nothing that happens while it is written harms what was there;
# ledgers of two centres come together in any order; what was changed afterwards is found.
scratch=$(mktemp -d) || exit 1
trap 'umount "$scratch/disk" 2> /dev/null; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
number=0 problem=
export PYTHONDONTWRITEBYTECODE=1
trail() { python3 "$top_srcdir/tests/trail.py" "$@"; }
helper() { python3 "$top_srcdir/tests/ledger.py" "$@"; }
wrong() { problem="$problem# $1"$'\n'; }
result() { # CLAIM: what `problem` holds decides
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }
	problem=
}
ledger() { # CODE ARGUMENTS
	local expected=$1 code
	shift
	timeout 120 $ZHIPING ledger "$@" > out 2> err
	code=$?
	test $code = $expected || wrong "ledger $* ended with $code; expected $expected: $(head -c 300 err)"
}
says() { grep -qF -- "$1" "${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "${2:-err}")\""; }
exported() { # LEDGER FOLDER
	chmod -R u+w "$2" 2> /dev/null; rm -rf "$2"
	ledger 0 export --all "$2" --ledger "$1"
}
alike() { diff -r "$1" "$2" > differs 2>&1 || wrong "$3: $(head -n 3 differs)"; }

echo 1..25
$ZHIPING simulate $ZP_OPTIONS --into round --labs 25 --programmes chemistry,answers --measurands 12 --seed 5 > out || { echo 'Bail out! nothing is simulated'; exit 1; }
awk -F, -v OFS=, '$1 == "L0001" { $2 = "\x27); DROP TABLE round; --" } 1' round/roster.csv > roster && mv roster round/roster.csv
sed -i '3s/,1.57,/,<1.57,/; 4s/,1.98,/,>1.98,/' round/results/L0002.csv
$ZHIPING close $ZP_OPTIONS round --into out-a --issued 2026-03-31 --emit tables --ledger a.sqlite > out 2> err
test $? -le 1 || { echo 'Bail out! the round does not close'; cat err; exit 1; }
v1=out-a/sim-2026-1/v1
says 'a.sqlite: round sim-2026-1 v1 was added' out
ledger 0 list --ledger a.sqlite
test "$(grep -c sim-2026-1 out)" = 1 || wrong "the list has $(cat out)"
result 'close puts the round into the ledger'

exported a.sqlite first
helper same $v1 first/sim-2026-1/v1 > differs || wrong "$(tr '\n' ' ' < differs)"
test "$(grep -cE '^L0002,chemistry,P,20261[23],returned,[<>]1\.(57|98),' first/sim-2026-1/v1/scores.csv)" = 2 || wrong "the two bounds of L0002 are not as they were sent"
result 'what was published comes out again, answers, numbers and bounds, the manifest to the byte'

cp a.sqlite before.sqlite
ledger 0 add $v1 --ledger a.sqlite
says 'is there already' out
cmp -s a.sqlite before.sqlite || wrong "the file has changed"
result 'adding what is there changes not a byte'

says 'DROP TABLE' first/sim-2026-1/v1/register.csv
ledger 2 show "x'; DROP TABLE round; --" --ledger a.sqlite
ledger 2 show sim-2026-1 --lab "x' OR '1'='1" --ledger a.sqlite
ledger 0 check --ledger a.sqlite
result 'names that look like commands are names'

helper forge $v1 v1-other "scores.csv:acceptable=>unacceptable"
ledger 1 add v1-other --ledger a.sqlite
says 'sim-2026-1 v1'; says 'withheld'
exported a.sqlite second
alike first second 'the ledger has changed'
ledger 1 list --ledger a.sqlite; says 'another content was withheld'
ledger 1 check --ledger a.sqlite
result 'another content for the same version is named and withheld, and list and check go on naming it'

cp before.sqlite a.sqlite
helper forge $v1 v2 version=v2 issued=2026-04-20 "verdicts.csv:satisfactory=>unsatisfactory"
ledger 0 add v2 --ledger a.sqlite
ledger 0 list --ledger a.sqlite
test "$(awk '$1 == "sim-2026-1" { print $2, $3 }' out)" = $'v1 old\nv2 2026' || wrong "the list is $(cat out)"
ledger 0 show sim-2026-1 --ledger a.sqlite; says 'sim-2026-1 v2' out
ledger 0 show sim-2026-1/v1 --ledger a.sqlite; says 'sim-2026-1 v1' out
exported a.sqlite second
alike first/sim-2026-1/v1 second/sim-2026-1/v1 'the first version has changed'
result 'a newer version is the current one, and the older one stays'

ledger 0 add v2 --ledger late.sqlite; ledger 0 add $v1 --ledger late.sqlite
ledger 0 show sim-2026-1 --ledger late.sqlite; says 'sim-2026-1 v2' out
exported late.sqlite third
alike second third 'the order of adding shows'
result 'an older version that comes later replaces nothing'

cp -r --no-preserve=mode $v1 altered; sed -i 's/satisfactory/satisfactorY/' altered/verdicts.csv
ledger 3 add altered --ledger a.sqlite; says 'verdicts.csv'; says 'not what was published'
cp -r --no-preserve=mode $v1 headless; rm headless/manifest.json
ledger 3 add headless --ledger a.sqlite
helper forge $v1 twice "register.csv:L0002,=>L0001,"
ledger 3 add twice --ledger a.sqlite; says 'a second laboratory has the code L0001'
helper forge $v1 odd "verdicts.csv:,returned,=>,frog,"
ledger 3 add odd --ledger a.sqlite; says '"frog" is not known'
helper forge $v1 dated closes=2026-02-30T00:00:00+08:00
ledger 3 add dated --ledger a.sqlite; says 'dates'
helper forge $v1 pair 'measurands.csv:chemistry,NA,=>chemistry,K,'
ledger 3 add pair --ledger a.sqlite; says 'measurands.csv:3: the measurand "K" cannot stand in this place'
helper forge $v1 programmes 'programmes.csv:answers,=>chemistry,'
ledger 3 add programmes --ledger a.sqlite; says 'programmes.csv:3: the programme "chemistry" cannot stand in this place'
cp -r --no-preserve=mode $v1 short; sed -i '$d' short/scores.csv; helper forge short shorter
ledger 3 add shorter --ledger a.sqlite; says 'cannot stand in this place'
helper forge $v1 groups "targets.csv:"$'\n'"2,=>"$'\n'"1,"
ledger 3 add groups --ledger a.sqlite; says 'has the group 1 after the group 1'
helper forge $v1 outside round=../x
ledger 3 add outside --ledger a.sqlite; says 'the round has the id "../x"'
cp -r --no-preserve=mode $v1 code; sed -i 's/^L0002,/..\/L2,/' code/*.csv; helper forge code coded
ledger 3 add coded --ledger a.sqlite; says 'has the code "../L2"'
helper forge $v1 never year=99999
ledger 3 add never --ledger a.sqlite; says 'the round is number 1 of 99999'
exported a.sqlite third
alike second third 'a refused folder has changed the ledger'
result 'an altered folder, two laboratories with one code, an unknown word, a date that is none, a row twice or missing, an id that is none: refused, with the place'

ledger 3 add altered $v1 v2 nowhere --ledger several.sqlite
ledger 0 list --ledger several.sqlite
test "$(grep -c sim-2026-1 out)" = 2 || wrong "the list has $(cat out)"
result 'one folder that cannot be used does not keep the others out'

# Two centres.
helper forge $v1 city round=CITY-1 organiser=城市中心 opens=2026-05-01T08:00:00+08:00 closes=2026-05-15T17:00:00+08:00 issued=2026-05-31
helper forge v2 city2 round=CITY-1 organiser=城市中心 opens=2026-05-01T08:00:00+08:00 closes=2026-05-15T17:00:00+08:00 issued=2026-06-30
ledger 0 add city city2 --ledger b.sqlite
printf 'from,to\nL0001,P0900\r\nL0002,A0001\nL0025,L0024-B\n' > codes.csv
cp a.sqlite ab.sqlite
ledger 0 merge b.sqlite --codes codes.csv --ledger ab.sqlite; says '2 added, 0 there already, 0 withheld' out
ledger 0 merge b.sqlite --codes codes.csv --ledger ba.sqlite
ledger 0 merge a.sqlite --ledger ba.sqlite
exported ab.sqlite ab; exported ba.sqlite ba
alike ab ba 'the order of merging shows'
ledger 0 check --ledger ab.sqlite; ledger 0 check --ledger ba.sqlite
result 'two ledgers come together in either order, to the byte'

printf 'from,to\nL0001,P0900\nL0001X,P0901\n' > typo.csv
ledger 0 merge b.sqlite --codes typo.csv --ledger typo.sqlite
says 'typo.csv: no laboratory that was merged has the code L0001X'
grep -q 'code L0001;' err && wrong 'a code that was met is named'
result 'a code of the table that nobody has is named'

cp ab.sqlite again.sqlite
ledger 0 merge b.sqlite --codes codes.csv --ledger again.sqlite; says '0 added, 2 there already' out
ledger 0 merge ab.sqlite ba.sqlite --ledger again.sqlite; says '0 added, 8 there already' out
cmp -s again.sqlite ab.sqlite || wrong "the file has changed"
result 'merging what is there changes not a byte'

exported b.sqlite b
for code in L0001:P0900 L0002:A0001 L0025:L0024-B; do
	diff <(grep "^${code%:*}," b/CITY-1/v1/scores.csv | cut -d, -f2-) <(grep "^${code#*:}," ab/CITY-1/v1/scores.csv | cut -d, -f2-) > differs || wrong "$code: other results"
	grep -q "^${code%:*}," ab/CITY-1/v1/*.csv && wrong "$code: the old code is still there"
done
test "$(cut -d, -f1 ab/CITY-1/v1/register.csv | tail -n +2)" = "$(cut -d, -f1 ab/CITY-1/v1/register.csv | tail -n +2 | sort)" || wrong "laboratories are not in the order of codes"
result 'results go with the laboratory to its other code'

cp a.sqlite c.sqlite
ledger 0 merge b.sqlite --ledger c.sqlite
cp c.sqlite c.before
ledger 1 merge b.sqlite --codes codes.csv --ledger c.sqlite; says 'CITY-1 v1'; says '0 added, 0 there already, 2 withheld' out
exported c.sqlite c1; exported c.before c2
alike c1 c2 'the ledger has changed'
result 'a version that is there with other codes is named and withheld'

printf 'from,to\nL0001,L0002\n' > bad.csv
cp a.sqlite d.sqlite; ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'have the code L0002'
printf 'from,to\nL0001,X1\nL0001,X2\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'bad.csv:3'; says 'stands twice'
printf 'from,to\nL0001,x y\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says '"x y" is no code'
printf 'a,b\nL0001,X\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'from,to'
ledger 3 merge nowhere.sqlite --ledger d.sqlite; says 'does not exist'
trail same d.sqlite a.sqlite || wrong "the ledger has changed"
test "$(trail kinds d.sqlite)" = "$(trail kinds a.sqlite) merge-refused merge-refused" || wrong "the trail tells $(trail kinds d.sqlite)"
result 'two laboratories with one code, and tables of codes that mean nothing, are refused'

# Rounds that lie ahead.
helper forge $v1 ahead round=AHEAD year=2027 opens=2027-01-01T08:00:00+08:00 closes=2027-01-15T17:00:00+08:00 issued=2027-01-31
cp before.sqlite f.sqlite; ledger 0 add ahead --ledger f.sqlite
ledger 1 list --ledger f.sqlite --issued 2026-12-31; says 'AHEAD v1'; says 'closes after 2026-12-31'
test "$(wc -l < err)" = 1 || wrong "others are named: $(cat err)"
ledger 1 check --ledger f.sqlite --issued 2027-01-20; says 'was issued after 2027-01-20'
ledger 0 list --ledger f.sqlite --issued 2027-01-31
ledger 2 list --ledger f.sqlite --issued 2026-02-30
result 'a round from the future is told'

# Other files.
echo 'no database' > text.sqlite; ledger 3 list --ledger text.sqlite; says 'no ledger'
python3 -c 'import sqlite3; sqlite3.connect("foreign.sqlite").execute("CREATE TABLE x (y)")'
ledger 3 list --ledger foreign.sqlite; says 'another program'
ledger 3 add $v1 --ledger foreign.sqlite; says 'another program'
ledger 3 list --ledger absent.sqlite; says 'does not exist'
test ! -e absent.sqlite || wrong "reading has made a ledger"
ledger 3 list --ledger .; says 'no file'
: > empty.sqlite; ledger 3 list --ledger empty.sqlite; says 'empty'
result 'what is no ledger is refused, and reading makes none'

old() { # SCHEMA ROUND CODE: list and check end with it
	rm -f old.sqlite; helper load "$top_srcdir/fixtures/ledger/v$1.sql" old.sqlite
	ledger $3 list --ledger old.sqlite; says "$2" out
	ledger $3 check --ledger old.sqlite
	exported old.sqlite old
	alike "$top_srcdir/fixtures/ledger/v$1-export/$2" "old/$2" 'the content has changed'
	test "$(cat old/papers.csv old/decisions.csv | wc -l)" = 2 || wrong "schema $1: papers or decisions came from nowhere"
	ledger 0 add $v1 --ledger old.sqlite
	ledger $3 check --ledger old.sqlite
	python3 -c 'import sqlite3; d = sqlite3.connect("old.sqlite"); assert all(d.execute(f"SELECT count(*) FROM {v}").fetchone()[0] >= n for v, n in (("verdicts", 1), ("papers", 0), ("titles", 0))); assert d.execute("PRAGMA user_version").fetchone()[0] == 4' || wrong "schema $1: the views are not there"
}
old 1 old-2026-1 0
old 2 old-2026-2 1
says 'old-2026-2 v1 another content was withheld'
result 'a ledger of an older program is brought up to date, with the same content'
cp before.sqlite newer.sqlite; python3 -c 'import sqlite3; sqlite3.connect("newer.sqlite").execute("PRAGMA user_version = 99")'
cp newer.sqlite newer.before
for action in list check "add $v1" "merge a.sqlite"; do ledger 3 $action --ledger newer.sqlite; says 'schema 99'; done
cmp -s newer.sqlite newer.before || wrong "it was changed"
result 'a ledger of a newer program is refused, with a sentence'

# A person with the sqlite3 command.
python3 - > told <<-'SQL' || wrong "the views cannot be read: $(cat told)"
	import sqlite3
	d = sqlite3.connect("a.sqlite")
	for view in "rounds register programmes measurands verdicts targets decisions rules papers titles".split():
	    n = d.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
	    assert n or view in ("decisions", "papers", "titles"), view
	print(d.execute("SELECT count(*) FROM verdicts WHERE current AND measurand = '*' AND satisfaction = 'satisfactory'").fetchone()[0])
SQL
test "$(cat told)" = "$(awk -F, '$3 == "*" && $8 == "satisfactory"' second/sim-2026-1/v2/verdicts.csv | wc -l)" || wrong "it counts $(cat told) satisfactory programmes"
result 'the views say the same as the tables'

# What happens while it is written.
$ZHIPING simulate $ZP_OPTIONS --into large --labs 600 --seed 6 > out
sed -i 's/id="sim-2026-1"/id="large"/' large/round.xml
$ZHIPING close $ZP_OPTIONS large --into out-l --issued 2026-03-31 --emit tables > out 2> err
large=out-l/large/v1
cp a.sqlite whole.sqlite; ledger 0 add $large --ledger whole.sqlite; exported whole.sqlite whole
exported a.sqlite small
intact() { # WHEN: what was there is there, alone or with the new round
	ledger 0 check --ledger k.sqlite
	exported k.sqlite k
	diff -rq small k > differs || diff -rq whole k > differs || wrong "$1: neither what was there nor all of it: $(head -n 3 differs)"
	ledger 0 add $large --ledger k.sqlite
	exported k.sqlite k
	alike whole k "$1: added again"
}
killed=0
for pause in 0.01 0.02 0.04 0.06 0.08 0.1 0.12 0.15 0.2 0.25 0.3 journal journal journal; do
	cp a.sqlite k.sqlite; rm -f k.sqlite-journal
	$ZHIPING ledger add $large --ledger k.sqlite > out 2> err &
	child=$!
	if test $pause = journal; then
		while test ! -s k.sqlite-journal && kill -0 $child 2> err; do :; done
	else
		sleep $pause
	fi
	kill -9 $child 2> err
	wait $child 2> err
	test -e k.sqlite-journal && killed=$((killed + 1))
	intact "killed after $pause"
done
test $killed -gt 0 || wrong "it was never killed in the middle"
result 'killed at any moment, the ledger is what it was, or has the round whole'

for blocks in 1 64 512 1024; do
	cp a.sqlite k.sqlite; rm -f k.sqlite-journal
	(ulimit -f $blocks; exec $ZHIPING ledger add $large --ledger k.sqlite > out 2> err)
	code=$?
	test $code = 6 || wrong "$blocks KiB: it ended with $code: $(cat err)"
	test "$(wc -l < err)" = 1 || wrong "$blocks KiB: it does not say one sentence: $(cat err)"
	intact "$blocks KiB"
done
result 'a file that may not grow is told, and the ledger is what it was'

mkdir disk
if mount -t tmpfs -o size=1m tmpfs disk 2> err; then
	for size in 1m 2m; do
		mount -o remount,size=$size disk
		cp a.sqlite disk/k.sqlite 2> err || wrong "$size is too small for what was there"
		ledger 6 add $large --ledger disk/k.sqlite; says 'no room'
		cp disk/k.sqlite k.sqlite; rm -f k.sqlite-journal
		test ! -e disk/k.sqlite-journal || cp disk/k.sqlite-journal k.sqlite-journal
		intact "a disk of $size"
		rm -f disk/*
	done
	result 'a full disk is told, and the ledger is what it was'
	umount disk
else
	number=$((number + 1)); echo "ok $number - a full disk is told, and the ledger is what it was # SKIP no disk may be mounted here"
fi

bytes=$(stat -c %s a.sqlite)
helper flips a.sqlite "$ZHIPING" $((bytes / 150 | 1)) > flipped || wrong "$(tr '\n' ' ' < flipped)"
result 'a changed byte is found by check, or lies where nothing is'

cp a.sqlite cut.sqlite
trail bypass cut.sqlite "UPDATE tally SET satisfaction = 1 WHERE satisfaction = 2"
ledger 3 check --ledger cut.sqlite; says 'is not what was put into the ledger'
cp a.sqlite cut.sqlite
whole_round=()
for table in result tally target answer measurand sample programme lab manifest round; do whole_round+=("DELETE FROM $table WHERE round = 1"); done
trail bypass cut.sqlite "${whole_round[@]}"
ledger 3 check --ledger cut.sqlite; says 'does not hang together'
result 'a verdict changed with other tools, or a round taken out, is found'
