#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ledger: what was published is in it, once; nothing that happens while it is written harms what was there;
# ledgers of two centres come together in any order; what was changed afterwards is found.
scratch=$(mktemp -d) || exit 1
trap 'umount "$scratch/disk" 2> /dev/null; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
export PYTHONDONTWRITEBYTECODE=1
trail() { python3 "$top_srcdir/tests/trail.py" "$@"; }
helper() { python3 "$top_srcdir/tests/ledger.py" "$@"; }
. "$top_srcdir/tests/result.sh"
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

echo 1..27
. "$top_srcdir/tests/ledger_claims.sh"
place() { echo "$1"; }
clone() { cp "$1" "$2"; }
same() { cmp -s "$1" "$2"; }
same_but_trail() { trail same "$1" "$2"; }
kinds() { trail kinds "$1"; }
ledger_claims

# Other files.
echo 'no database' > text.sqlite; ledger 3 list --ledger text.sqlite; says 'no ledger'
python3 -c 'import sqlite3; sqlite3.connect("foreign.sqlite").execute("CREATE TABLE x (y)")'
ledger 3 list --ledger foreign.sqlite; says 'another program'
ledger 3 add $v1 --ledger foreign.sqlite; says 'another program'
ledger 3 list --ledger absent.sqlite; says 'does not exist'
test ! -e absent.sqlite || wrong "reading has made a ledger"
ledger 3 merge nowhere.sqlite --ledger d.sqlite; says 'does not exist'
test "$(kinds d.sqlite)" = "$(kinds a.sqlite) merge-refused merge-refused" || wrong "the trail tells $(kinds d.sqlite)"
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

# What is meant as an address of PostgreSQL and is none.
mkdir named; cd named || exit 1
for name in 'host=127.0.0.1 user=wang password=S3cret dbname=ledger' 'host=127.0.0.1 password = S3cret' 'Postgresql://wang:S3cret@127.0.0.1/ledger' 'postgresql:/wang:S3cret@127.0.0.1/ledger' \
	'POSTGRES:S3cret' 'mysql://wang:S3cret@127.0.0.1/ledger'; do
	: > ../told
	for words in 'add ../published --ledger' 'list --ledger' 'list --led' 'copy ../a.sqlite' 'merge ../a.sqlite --ledger' 'merge --ledger l.sqlite' show frog; do
		read -ra words <<< "$words"
		$ZHIPING ledger "${words[@]}" "$name" > ../out 2> ../err; code=$?
		test $code = 2 || wrong "ledger ${words[*]} ended with $code: $(cat ../err)"
		grep -q 'expected a file, or postgresql://USER@HOST/DATABASE' ../err || wrong "ledger ${words[*]}: $(cat ../err)"
		cat ../out ../err >> ../told
	done
	for words in "close $top_srcdir/fixtures/rounds/glucose-e691 --into out --issued 2026-03-31" 'year 2026 --into out --issued 2027-01-10' 'key new --into keys --name Centre --date 2026-01-01'; do
		read -ra words <<< "$words"
		$ZHIPING "${words[@]}" --ledger "$name" > ../out 2> ../err; code=$?
		test $code = 2 || wrong "${words[0]} ended with $code: $(cat ../err)"
		cat ../out ../err >> ../told
	done
	grep -q S3cret ../told && wrong "it is repeated: $(grep -m 1 S3cret ../told)"
	test -z "$(ls -A)" || wrong "there is something now: $(ls -A)"
done
cd .. || exit 1
result 'what is meant as an address of PostgreSQL and is none is refused unseen, before anything is made'
