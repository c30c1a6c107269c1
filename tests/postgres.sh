#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A ledger in PostgreSQL: what a ledger in a file promises, and what only one promises that several share: closings at once, roles, a connection
# that breaks, passwords that nobody sees, and the way from a file into a database and back.
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
. "$top_srcdir/tests/postgres_server.sh"
$ZHIPING ledger list --ledger postgresql://nowhere.invalid/x 2>&1 | grep -q 'was built without PostgreSQL' && { echo '1..0 # SKIP the program was built without PostgreSQL'; exit 0; }
scratch=$(mktemp -d) || exit 1
trap 'stop_server; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
start_server || { echo "1..0 # SKIP $no_server"; exit 0; }
cd "$scratch" || exit 1
helper() { python3 "$top_srcdir/tests/ledger.py" "$@"; }
. "$top_srcdir/tests/result.sh"
says() { grep -qF -- "$1" "${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "${2:-err}")\""; }
exported() { # LEDGER FOLDER
	chmod -R u+w "$2" 2> /dev/null; rm -rf "$2"
	ledger 0 export --all "$2" --ledger "$1"
}
alike() { diff -r "$1" "$2" > differs 2>&1 || wrong "$3: $(head -n 3 differs)"; }

# A ledger is a database of its name, made when it is first named. What keeps its bytes is its dump.
place() { # NAME [ACCOUNT]
	local database=${1%.sqlite}
	test -e "made-$database" || { ask postgres "CREATE DATABASE \"$database\"" && : > "made-$database"; } >&2
	echo "postgresql://${2:-postgres}@/$database?host=$server"
}
clone() { # NAME NAME
	place "$1" > /dev/null
	ask postgres "DROP DATABASE IF EXISTS \"${2%.sqlite}\"" 2> /dev/null; ask postgres "CREATE DATABASE \"${2%.sqlite}\" TEMPLATE \"${1%.sqlite}\"" && : > "made-${2%.sqlite}"
}
dump() { pg_dump -h "$server" -U postgres --inserts "${@:2}" "${1%.sqlite}" | grep -vE '^(--|$|SET|SELECT pg_catalog|.(un)?restrict )' | sed "s/^\(INSERT INTO zhiping.head .*\), '[0-9]*');/\1/"; } # but for the number of the transaction
same() { cmp -s <(dump "$1") <(dump "$2"); }
same_but_trail() { cmp -s <(dump "$1" -T zhiping.event -T zhiping.head) <(dump "$2" -T zhiping.event -T zhiping.head); }
kinds() { ask "${1%.sqlite}" "SELECT string_agg(what, ' ' ORDER BY seq) FROM zhiping.event"; }
ends() { # CODE COMMAND ARGUMENTS: ledgers by their names
	local expected=$1 code word
	local -a words=()
	shift
	for word in "${@:2}"; do case $word in *.sqlite) words+=("$(place "$word" "$account")") ;; *) words+=("$word") ;; esac; done
	timeout 120 $ZHIPING "$1" $ZP_OPTIONS "${words[@]}" > out 2> err
	code=$?
	test $code = $expected || wrong "$* ended with $code; expected $expected: $(head -c 400 err)"
}
ledger() { local expected=$1; shift; ends $expected ledger "$@"; }
account=

. "$top_srcdir/tests/ledger_claims.sh"
echo 1..$((ledger_claims + 35))
ledger_claims

# The same unit tests.
export ZP_TEST_LEDGER="postgresql://postgres@/DATABASE?host=$server"
for unit in ledger trail acts trends; do
	test -x "$top_builddir/tests/unit/test_$unit" || continue
	(cd "$top_builddir" && "tests/unit/test_$unit" --jobs 1) > unit 2>&1 || wrong "test_$unit: $(grep -m 3 -E 'FAIL|rror|Assertion' unit)"
done
test "$(ask postgres "SELECT count(*) > 10 FROM pg_database WHERE datname LIKE 'unit-%'")" = t || test ! -x "$top_builddir/tests/unit/test_ledger" || wrong "they used no database"
unset ZP_TEST_LEDGER
result 'the unit tests of the ledger pass on it'

# From a file into a database and back.
. "$top_srcdir/tests/faults/tamper_ledger.sh"
make_ledger made > out || { echo "Bail out! $(cat out)"; exit 1; }
copied() { # CODE FROM TO: files as they are, databases by db:NAME
	local -a words=()
	local word expected=$1
	for word in "${@:2}"; do case $word in db:*) words+=("$(place "${word#db:}")") ;; *) words+=("$word") ;; esac; done
	timeout 120 $ZHIPING ledger copy "${words[@]}" > out 2> err
	local code=$?
	test $code = $expected || wrong "copy ${*:2} ended with $code; expected $expected: $(head -c 300 err)"
}
copied 0 made/l.sqlite db:whole
says "head of both: $(tail -n 1 made/heads)" out
copied 0 db:whole back.sqlite; copied 0 back.sqlite db:twin
cmp -s <(sqlite3 made/l.sqlite .dump | sort) <(sqlite3 back.sqlite .dump | sort) || wrong "the file is another: $(diff <(sqlite3 made/l.sqlite .dump | sort) <(sqlite3 back.sqlite .dump | sort) | head -n 4)"
same whole twin || wrong "the database is another"
test -n "$(dump whole | grep -c INSERT)" || wrong "the dump is empty"
for action in list papers decisions 'events --json' head 'show sim-2026-1' check "check --head $(head -n 1 made/heads) --against made/out/sim-2026-1/v1 made/out/sim-2026-2/v1 made/out/year-2026/v1"; do
	$ZHIPING ledger $action --ledger made/l.sqlite > file.out 2> file.err; file=$?
	$ZHIPING ledger $action --ledger "$(place whole)" > base.out 2> base.err; base=$?
	test $file = $base || wrong "$action ends with $base, with a file with $file: $(cat base.err)"
	cmp -s <(sed "s|made/l.sqlite|L|g" file.out file.err) <(sed "s|$(place whole)|L|g" base.out base.err) || wrong "$action says $(head -n 2 base.out base.err)"
done
for ledger in back.sqlite "$(place whole)"; do "$top_srcdir/tools/ledger-verify" "$ledger" $(cat made/heads) > out 2> err || wrong "the other program says of $ledger $(cat err)"; done
for table in round manifest text lab programme sample measurand answer target tally result conflict word paper title paper_conflict event; do
	test "$(ask whole "SELECT count(*) > 0 FROM zhiping.$table")" = t || wrong "nothing was in $table, so nothing was tried"
done
result 'copied into a database and back, the ledger is the same to the byte, with all that it says, its chains and its head'

dump whole > whole.before
copied 2 made/l.sqlite db:whole; says 'there is something in this ledger already'
copied 2 db:whole back.sqlite; says 'there is something in this ledger already'
cp made/l.sqlite bad.sqlite; python3 "$top_srcdir/tests/trail.py" bypass bad.sqlite "UPDATE tally SET satisfaction = 3 - satisfaction WHERE satisfaction > 0"
copied 3 bad.sqlite db:bad; says 'no copy of it is made'
test "$(ask bad "SELECT count(*) FROM pg_namespace WHERE nspname = 'zhiping'")" = 0 || wrong "something was made all the same"
copied 2 made/l.sqlite db:bad --ledger db:whole; says 'without --ledger'
copied 3 nowhere.sqlite db:bad; copied 6 db:whole /nowhere/x.sqlite
cmp -s whole.before <(dump whole) || wrong "the ledger has changed"
result 'nothing is copied over what is there, or from what is not as it was put in'

# A year.
cp made/older-2.sqlite years.file; copied 0 made/older-2.sqlite db:years
for k in file base; do
	test $k = file && ledger=years.file || ledger=$(place years)
	$ZHIPING year 2026 $ZP_OPTIONS --emit tables --ledger "$ledger" --into year-$k --issued 2027-01-10 --rules-year made/year.xml > out 2> err || wrong "$k: $(head -c 300 err)"
	$ZHIPING ledger papers --ledger "$ledger" > papers-$k
done
cmp -s papers-file papers-base || wrong "other papers: $(diff papers-file papers-base | head -n 3)"
test "$(wc -l < papers-base)" -gt 5 || wrong "no numbers were given"
alike year-file/year-2026/v1 year-base/year-2026/v1 'another year'
ledger 0 check --ledger years.sqlite --against year-base/year-2026/v1
test "$(kinds years.sqlite)" = 'close close papers year' || wrong "the trail tells $(kinds years.sqlite)"
result 'a year out of it is the year out of a file, to the byte, and leaves its papers in it'

# Databases that are none, or another, or were taken back.
ask postgres "CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0"; : > made-latin
ledger 2 add $v1 --ledger latin.sqlite; says 'the database has the encoding LATIN1; expected UTF8'
place foreign > out; ask foreign 'CREATE SCHEMA zhiping; CREATE TABLE zhiping.round (x int)'
for action in list "add $v1"; do ledger 3 $action --ledger foreign.sqlite; says 'that is no ledger'; done
place bare > out; ledger 3 list --ledger bare.sqlite; says 'the ledger is empty'
test "$(ask bare "SELECT count(*) FROM pg_namespace WHERE nspname = 'zhiping'")" = 0 || wrong "reading has made a ledger"
clone whole.sqlite newer.sqlite; ask newer 'INSERT INTO zhiping.schema_version VALUES (99)'
for action in list check "add $v1"; do ledger 3 $action --ledger newer.sqlite; says 'schema 99'; done
ask postgres "CREATE DATABASE chinese TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN' LOCALE 'C'" 2> err && : > made-chinese && copied 0 made/l.sqlite db:chinese
copied 0 made/l.sqlite db:plain
test ! -e made-chinese || same chinese plain || wrong "the language of the database shows"
pg_dump -h "$server" -U postgres -Fc whole > whole.dump; ask postgres 'CREATE DATABASE restored'; : > made-restored
pg_restore -h "$server" -U postgres -d restored whole.dump 2> err || wrong "it cannot be taken back: $(cat err)"
ledger 1 check --ledger restored.sqlite; same restored whole || wrong "what was taken back is another"
result 'another encoding, another program and a newer one are refused; the language of a database does not show; a dump that was taken back is the ledger'

# At once.
prepare() { # ID: a round folder of that id
	cp -r round "round-$1" && sed -i "s/id=\"sim-2026-1\"/id=\"$1\"/" "round-$1/round.xml"
}
closing() { # ID OUT ACCOUNT: in the background; its code in code.OUT
	{ timeout 200 $ZHIPING close $ZP_OPTIONS "round-$1" --into "$2" --issued 2026-03-31 --emit tables --ledger "$(place shared "$3")" > "out.$2" 2> "err.$2"; echo $? > "code.$2"; } &
}
added() { grep -q 'was added' "out.$1" && test "$(cat "code.$1")" -le 1; }
place shared > out
for k in 1 2 3 4 5 6; do prepare R-$k; closing R-$k o$k; done; wait
for k in 1 2 3 4 5 6; do added o$k || wrong "R-$k: $(cat err.o$k)"; done
ledger 0 check --ledger shared.sqlite; says '6 versions of rounds' out; says '6 events' out
result 'six rounds that are closed at once are all in the ledger, one after the other'

k=$(ask shared "SELECT subject FROM zhiping.event WHERE seq = 6"); id=${k%/v1}
rm -rf other; closing "$id" other; wait
added other && wrong "it was added twice"
grep -q 'is there already' out.other || wrong "closed again it is another: $(cat out.other err.other)"
cmp -s other/$k/manifest.json o${id#R-}/$k/manifest.json || wrong "the manifests differ"
result 'a round that was closed beside others and is closed again says the same'

hold() { # SQL: in a session that stays open until release
	mkfifo holding; psql -XAtq -h "$server" -U postgres -d shared < holding > held 2>&1 & holder=$!
	exec 9> holding; rm holding; : > held
	echo "BEGIN; $1; SELECT 'holds';" >&9
	until grep -qs holds held; do sleep 0.05; done
}
release() { echo 'ROLLBACK;' >&9; exec 9>&-; wait $holder; }
waiting() { # until so many programs wait for a lock
	local tries=0
	until test "$(ask shared "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'zhiping' AND wait_event_type = 'Lock'")" -ge "$1"; do
		tries=$((tries + 1)); test $tries -lt 600 || { wrong "nobody waits: $(ask shared "SELECT wait_event_type, query FROM pg_stat_activity")"; return; }
		sleep 0.05
	done
}
prepare TWICE
hold 'LOCK TABLE zhiping.head IN EXCLUSIVE MODE'
closing TWICE first1; waiting 1
closing TWICE second1; waiting 2 # with its refusal
release; wait
added first1 || wrong "the first: $(cat err.first1)"
test "$(cat code.second1)" = 3 || wrong "the second ended with $(cat code.second1): $(cat err.second1)"
says 'another run is closing the round TWICE at this moment' err.second1
test "$(grep -c 'zhiping: ' err.second1)" = 1 || wrong "it is not one sentence: $(cat err.second1)"
test ! -e second1/TWICE || wrong "the second was published"
ledger 0 check --ledger shared.sqlite; says '7 versions of rounds' out
result 'a round that two close at once is closed by one, and refused to the other before anything is published'

ask postgres "ALTER ROLE postgres IN DATABASE shared SET default_transaction_isolation = 'repeatable read'"
prepare LATER-1; prepare LATER-2
hold 'LOCK TABLE zhiping.head IN EXCLUSIVE MODE'
closing LATER-1 later1; closing LATER-2 later2; waiting 2
release; wait
added later1 || wrong "the one: $(cat err.later1)"
added later2 || wrong "the other: $(cat err.later2)"
ask postgres 'ALTER ROLE postgres IN DATABASE shared RESET default_transaction_isolation'
result 'who has waited for another goes on from what that one has put in, whatever the account has for the isolation of transactions'

# A connection that breaks.
cp -r round large; sed -i 's/id="sim-2026-1"/id="LARGE"/' large/round.xml
$ZHIPING close $ZP_OPTIONS large --into out-large --issued 2026-03-31 --emit tables > out 2> err
dump shared > shared.before
adding() { { $ZHIPING ledger add out-large/LARGE/v1 --ledger "$(place shared)" > out.add 2> err.add; echo $? > code.add; } & }
broken() { # HOW: it ended with 6 and a sentence, and nothing of it is there
	test "$(cat code.add)" = 6 || wrong "$1: it ended with $(cat code.add): $(cat err.add)"
	says 'the connection to the ledger was lost' err.add
	test "$(grep -c 'zhiping: ' err.add)" = 1 || wrong "$1: it is not one sentence: $(cat err.add)"
	cmp -s shared.before <(dump shared) || wrong "$1: something of it is there"
}
hold 'LOCK TABLE zhiping.result IN EXCLUSIVE MODE'; adding; waiting 1
ask shared "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zhiping'" > out; until test -s code.add; do sleep 0.05; done
release; broken 'the session was ended'
rm -f code.add; hold 'LOCK TABLE zhiping.tally IN EXCLUSIVE MODE'; adding; waiting 1
halt_server; until test -s code.add; do sleep 0.05; done
exec 9>&-; wait $holder 2> err; begin_server || wrong "$no_server"; broken 'the server went down'
rm -f code.add; hold 'LOCK TABLE zhiping.result IN EXCLUSIVE MODE'
$ZHIPING ledger add out-large/LARGE/v1 --ledger "$(place shared)" > out.add 2> err.add & child=$!
waiting 1; kill -9 $child; wait $child 2> err; release
until test "$(ask shared "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'zhiping'")" = 0; do sleep 0.05; done
cmp -s shared.before <(dump shared) || wrong "killed: something of it is there"
ledger 0 add out-large/LARGE/v1 --ledger shared.sqlite; ledger 0 check --ledger shared.sqlite
result 'a session that is ended, a server that goes down, a program that is killed: in the middle of a round nothing of it stays, and it is said'

prepare BROKEN; rm -f code.broken
hold 'LOCK TABLE zhiping.result IN EXCLUSIVE MODE'; closing BROKEN broken; waiting 1
ask shared "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zhiping'" > out; until test -s code.broken; do sleep 0.05; done
release; test "$(cat code.broken)" = 6 || wrong "it ended with $(cat code.broken): $(cat err.broken)"
says 'is published, and is not published again; zhiping ledger add broken/BROKEN/v1 puts it into the ledger' err.broken
says 'the connection to the ledger was lost, and nothing of this was kept in it' err.broken
grep -qi 'run again' err.broken && wrong "it advises what is refused: $(cat err.broken)"
test ! -e broken/BROKEN/current || wrong 'the version counts before it is in the ledger'
ledger 0 add broken/BROKEN/v1 --ledger shared.sqlite; test "$(readlink broken/BROKEN/current)" = v1 || wrong 'the version does not count'
result 'a closing that loses the connection when its round is published names the command that puts it in, and that does'

halt_server
ledger 6 list --ledger shared.sqlite; says 'the ledger cannot be reached'
begin_server || wrong "$no_server"
ledger 0 list --ledger shared.sqlite
result 'a server that does not answer is told'

hold 'LOCK TABLE zhiping.head IN EXCLUSIVE MODE'
rm -f code.add; adding; waiting 1; ledger 0 list --ledger shared.sqlite
release; wait
result 'who reads does not wait for who writes'

head=$($ZHIPING ledger head --ledger "$(place shared)" | grep -oE '[0-9a-f]{64}')
prepare MEANWHILE
hold 'LOCK TABLE zhiping.paper IN ACCESS EXCLUSIVE MODE' # which is read after the rounds
$ZHIPING ledger merge "$(place shared)" --same-codes --ledger merged.file > out.merge 2> err.merge & merging=$!
waiting 1; closing MEANWHILE meanwhile
until test -s code.meanwhile; do sleep 0.05; done
release; wait $merging || wrong "the merge ends with $?: $(cat err.merge)"
wait; added meanwhile || wrong "it was not closed: $(cat err.meanwhile)"
told=$(sqlite3 merged.file "SELECT detail FROM event WHERE detail LIKE 'head=%'")
test "${told%% *}" = "head=$head" || wrong "$head is not in \"$told\""
test "$(sqlite3 merged.file "SELECT count(*) FROM round WHERE id = 'MEANWHILE'")" = 0 || wrong "it holds what came later"
result 'what is merged out of it is of the one moment that the event names, whoever adds to it meanwhile'

# What the database refuses.
tables=$(ask shared "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'zhiping'::regnamespace AND relkind = 'r'")
test "$(wc -w <<< "$tables")" = 21 || wrong "there are other tables: $tables"
dump shared > shared.before
for table in $tables; do
	column=$(ask shared "SELECT attname FROM pg_attribute WHERE attrelid = 'zhiping.$table'::regclass AND attnum = 1")
	for statement in "UPDATE zhiping.$table SET $column = $column" "DELETE FROM zhiping.$table" "TRUNCATE zhiping.$table CASCADE" \
		"INSERT INTO zhiping.$table SELECT * FROM zhiping.$table ON CONFLICT ($column) DO UPDATE SET $column = excluded.$column"; do
		test "$(ask shared "SELECT count(*) FROM zhiping.$table")" != 0 || continue
		ask shared "$statement" > out 2> err && wrong "it may be done: $statement"
	done
done
cmp -s shared.before <(dump shared) || wrong "something has changed"
result 'UPDATE, DELETE, TRUNCATE and the like are refused for every table, to the owner too'

found() { # WORDS SQL: as the owner, with every lock off the door
	clone shared.sqlite spoilt.sqlite
	ask spoilt "SET session_replication_role = replica; $2" > out 2> err || wrong "it could not be done: $(cat err)"
	ledger 3 check --ledger spoilt.sqlite; says "$1"
}
found 'is not what was put into the ledger' 'UPDATE zhiping.tally SET satisfaction = 3 - satisfaction WHERE satisfaction > 0'
found 'is not what was put into the ledger' "UPDATE zhiping.result SET samples = substr(samples, 1, length(samples) - 1) WHERE round = 2"
found 'the table text holds what was never put into it' "INSERT INTO zhiping.text SELECT max(id) + 1, 'of nobody' FROM zhiping.text"
found 'trail: event 3 (' "UPDATE zhiping.event SET why = 'x' WHERE seq = 3"
found 'trail: event 8 is missing, and so is all that came after it' 'DELETE FROM zhiping.event WHERE seq >= 8'
found 'trail: event 2 is missing' 'DELETE FROM zhiping.event WHERE seq = 2'
"$top_srcdir/tools/ledger-verify" "$(place spoilt)" > out 2> err && wrong 'the other program finds nothing'
says 'event 2 is missing; number 3 stands there'
found 'an entry before round' 'DELETE FROM zhiping.round WHERE round = 3'
found 'the head of the chain event is not its end' "UPDATE zhiping.head SET digest = repeat('0', 64) WHERE name = 'event'"
found 'belongs to nothing' 'INSERT INTO zhiping.answer VALUES (99, 0, 1)'
found 'the tables or views are not those of a ledger' 'DROP TRIGGER only_added ON zhiping.event'
found 'the tables or views are not those of a ledger' 'ALTER TABLE zhiping.round DISABLE TRIGGER follow'
found 'the tables or views are not those of a ledger' 'ALTER TABLE zhiping.lab DISABLE ROW LEVEL SECURITY'
found 'the tables or views are not those of a ledger' 'CREATE POLICY more ON zhiping.round USING (true)'
found 'the tables or views are not those of a ledger' "CREATE OR REPLACE FUNCTION zhiping.own() RETURNS text LANGUAGE sql AS \$\$ SELECT '' \$\$"
found 'the tables or views are not those of a ledger' 'ALTER TABLE zhiping.lab DROP CONSTRAINT lab_round_fkey'
found 'the words of the ledger are not those of this program' "UPDATE zhiping.word SET word = 'x' WHERE list = 'state' AND number = 3"
result 'what the owner changes with every lock off is found by check, and so are locks that are off'

# Who may do what.
for account in operator auditor yichang jingzhou stranger; do ask postgres "CREATE ROLE $account LOGIN"; done
account=
place centre > out
ledger 2 roles yichang city YICHANG- --ledger a-file.sqlite.not; says 'a ledger in a file has no roles'; rm -f a-file.sqlite.not
ledger 0 roles operator operator --ledger centre.sqlite
ledger 0 roles auditor auditor --ledger centre.sqlite
ledger 0 roles yichang city YICHANG- --ledger centre.sqlite
ledger 0 roles jingzhou city JINGZHOU- --ledger centre.sqlite --by 主任 --reason 'agreed in May'
test "$(tr -s ' ' < out)" = $'auditor auditor \njingzhou city JINGZHOU-\noperator operator \nyichang city YICHANG-' || wrong "it lists $(cat out)"
test "$(ask centre "SELECT what, subject, why, detail FROM zhiping.event WHERE seq = 4")" = 'role|jingzhou|agreed in May|may=city rounds=JINGZHOU-' || wrong "the trail tells otherwise"
ledger 2 roles nobody-here auditor --ledger centre.sqlite; says 'the server has no account "nobody-here"'
ledger 2 roles yichang king --ledger centre.sqlite; says '"king" is no role'
ledger 2 roles yichang city YICHANG --ledger centre.sqlite; says 'that end with - . or _'
ledger 2 roles auditor auditor X- --ledger centre.sqlite; says 'only a city has rounds of its own'
ledger 2 roles yichang --ledger centre.sqlite; says 'it is not said what it may do'
account=operator; ledger 2 roles yichang operator --ledger centre.sqlite; says 'does not own the ledger'; account=
result 'the owner says who is operator, auditor or city, and the trail tells of it'

as() { # ACCOUNT CODE COMMAND...
	account=$1
	shift
	ends "$@"
	account=
}
for id in YICHANG-1 YICHANG-2 JINGZHOU-1 PROVINCE-1; do prepare $id; done
sed -i 's/^\(L0003,\)[^,]*/\1荆州独有医院/' round-JINGZHOU-1/roster.csv
as yichang 0 close round-YICHANG-1 --into city --issued 2026-03-31 --emit tables --ledger centre.sqlite
as jingzhou 0 close round-JINGZHOU-1 --into city --issued 2026-03-31 --emit tables --ledger centre.sqlite
as yichang 0 close round-YICHANG-2 --into city --issued 2026-03-31 --emit tables --ledger centre.sqlite --by 李四
as operator 0 close round-PROVINCE-1 --into city --issued 2026-03-31 --emit tables --ledger centre.sqlite
test "$(ask centre "SELECT string_agg(who, ' ' ORDER BY seq) FROM zhiping.event WHERE what = 'close'")" = "yichang/$(id -un) jingzhou/$(id -un) 李四 (yichang/$(id -un)) operator/$(id -un)" || wrong "others did it"
as operator 0 ledger check --ledger centre.sqlite; says '4 versions of rounds' out
as auditor 0 ledger check --ledger centre.sqlite
"$top_srcdir/tools/ledger-verify" "$(place centre auditor)" > out 2> err || wrong "the other program says $(cat err)"
result 'cities that see the end of the chains only put their rounds one after the other into chains that hold'

as yichang 3 close round-JINGZHOU-1 --into stolen --issued 2026-03-31 --emit tables --ledger centre.sqlite
says 'the account yichang may not put the round JINGZHOU-1 into this ledger'; test ! -e stolen || wrong "it was published"
as yichang 6 ledger add city/PROVINCE-1/v1 made/out/sim-2026-1/v1 --ledger centre.sqlite; says 'this account may not do that'
as yichang 0 ledger list --ledger centre.sqlite
test "$(awk 'NR > 1 { print $1 }' out)" = $'YICHANG-1\nYICHANG-2' || wrong "it sees $(cat out)"
as yichang 0 ledger show YICHANG-1 --lab L0003 --ledger centre.sqlite
as yichang 2 ledger show JINGZHOU-1 --ledger centre.sqlite; says 'there is no round JINGZHOU-1'
as yichang 0 ledger export --all seen --ledger centre.sqlite
grep -rqE '荆州独有|JINGZHOU' seen && wrong "there is another city in its export"
alike <(ls seen) <(printf 'YICHANG-1\nYICHANG-2\ndecisions.csv\npapers.csv\n') 'it exports others'
as yichang 2 ledger check --ledger centre.sqlite; says 'sees its own rounds only'
as yichang 2 year 2026 --into never --issued 2027-01-10 --emit tables --ledger centre.sqlite; says 'sees its own rounds only'
pg_dump -h "$server" -U yichang --enable-row-security --data-only -T zhiping.event centre > dumped 2> err || wrong "it cannot be dumped at all: $(head -n 2 err)"
grep -qE '荆州独有|JINGZHOU|PROVINCE' dumped && wrong "all that it can read tells of others: $(grep -E '荆州独有|JINGZHOU|PROVINCE' dumped | head -n 2)"
test "$(ask centre "SELECT count(*) FILTER (WHERE who NOT LIKE '%yichang/%') FROM zhiping.event" yichang)" = 0 || wrong "it sees what others did"
grep -q 'YICHANG-2' dumped || wrong "nothing was read at all"
for view in $(ask centre "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'zhiping'::regnamespace AND relkind = 'v'"); do
	case $view in papers | titles | events) continue ;; esac
	test "$(ask centre "SELECT count(*) FILTER (WHERE id !~ '^YICHANG-') FROM zhiping.$view" yichang)" = 0 || wrong "the view $view shows others"
done
result 'a city sees its own rounds only, whatever program it uses, and puts none of others'

may_not() { # ACCOUNT SQL
	ask centre "SET search_path = zhiping, pg_temp; $2" $1 > out 2> err && wrong "$1 may: $2"
}
dump centre > centre.before
for table in $tables; do
	case $table in event | head | conflict) ;; *) for who in yichang auditor stranger; do may_not $who "INSERT INTO $table SELECT * FROM $table LIMIT 1"; done ;; esac
	for who in operator yichang auditor stranger; do
		for statement in "DELETE FROM $table" "UPDATE $table SET $(ask centre "SELECT attname FROM pg_attribute WHERE attrelid = 'zhiping.$table'::regclass AND attnum = 1") = DEFAULT" "TRUNCATE $table CASCADE" "ALTER TABLE $table DISABLE ROW LEVEL SECURITY" "ALTER TABLE $table DISABLE TRIGGER ALL" "DROP TABLE $table CASCADE"; do
			may_not $who "$statement"
		done
	done
done
now="to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
for who in yichang operator; do
	may_not $who "INSERT INTO lab SELECT round, 9000, 'X1', name, region, region_name, class, institution, department FROM lab WHERE round = 1 AND lab = 1" # to a round that is in
	may_not $who "INSERT INTO event SELECT seq + 1, at, 'auditor/root', what, subject, why, detail, hash, hash FROM event ORDER BY seq DESC LIMIT 1"
	may_not $who "INSERT INTO event SELECT h.seq + 1, $now, '$who/root', 'export', 'all', '', '', h.digest, repeat('0', 64) FROM head AS h WHERE name = 'event'"
	says 'does not follow from the last one'
	may_not $who "SELECT let_in('$who', 'operator', '')"
	may_not $who "INSERT INTO member VALUES (100, '$who', 'operator', '')"
	may_not $who "UPDATE head SET seq = seq + 1"; may_not $who "INSERT INTO head VALUES ('x', 1, 'x', pg_current_xact_id())"
done
round() { # ID ROUND CHAIN [VERSION]
	echo "INSERT INTO round SELECT $2, '$1', ${4:-9}, name, name_en, organiser, organiser_en, year, number, opens, closes, issued, engine, digest, results, content, $3 FROM round WHERE round = 1"
}
next='(SELECT seq + 1 FROM head WHERE name = $$round$$)'
follows='(SELECT encode(sha256(convert_to(head.digest || content, $$UTF8$$)), $$hex$$) FROM head WHERE name = $$round$$)'
may_not yichang "$(round JINGZHOU-9 "$next" "$follows")"; says 'row-level security'
may_not yichang "$(round YICHANG-9 "$next" 'chain')"; says 'does not follow from the last one'
may_not yichang "$(round YICHANG-9 77 "$follows")"; says 'comes after the last one'
ask centre "SET search_path = zhiping, pg_temp; BEGIN; $(round YICHANG-9 "$next" "$follows"); ROLLBACK" yichang > out 2> err || wrong "it was refused for another reason: $(cat err)"
may_not stranger 'SELECT * FROM zhiping.rounds'; says 'permission denied'
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
result 'no account changes or takes away a row, adds to a round that is in, breaks a chain, or makes more of itself'

own='CREATE TEMP TABLE paper (act bigint, chain text); CREATE TRIGGER follow AFTER INSERT ON pg_temp.paper FOR EACH ROW EXECUTE FUNCTION follow($$act$$, $$chain$$); INSERT INTO pg_temp.paper VALUES (1, $$x$$)'
for who in yichang operator; do may_not $who "$own"; says 'permission denied for function follow'; done
may_not postgres "$own"; says 'that table is none of the ledger'
for conflict in '' '(id, version)'; do
	ask centre "SET search_path = zhiping, pg_temp; $(round YICHANG-1 "$next" "$follows" 1) ON CONFLICT $conflict DO NOTHING" yichang > out 2> err || wrong "it was refused: $(cat err)"
done
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
result 'a head moves with a row of the ledger only: not by a table of somebody else, nor by a row that is there already'

foreign=$(ask centre "SELECT id FROM zhiping.text WHERE text = '荆州独有医院'")
guess() { # TABLE COLUMN: a row of a round of its own that refers to a text of another city
	local columns shown
	columns=$(ask centre "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'zhiping.$1'::regclass AND attnum > 1")
	shown=$(sed -E "s/(^|, )$2(,|\$)/\1$foreign\2/; s/(^|, )code(,|\$)/\1'X'\2/" <<< "$columns")
	echo "BEGIN; $(round YICHANG-9 "$next" "$follows"); $3 INSERT INTO $1 (round, $columns) SELECT (SELECT max(round) FROM round), $shown FROM $1 WHERE round = 1 LIMIT 1; SELECT text FROM text WHERE id = $foreign; ROLLBACK"
}
for column in answer.text $(for c in name region region_name class institution department; do echo lab.$c; done) $(for c in name name_en scheme scheme_version; do echo programme.$c; done) $(for c in name name_en unit specimen item '"limit"' limit_set; do echo measurand.$c; done); do
	may_not yichang "$(guess ${column%.*} "${column#*.}")"; says "row-level security policy for table \"${column%.*}\""
	grep -q '荆州独有' out && wrong "it has read it through $column"
done
ask centre "SET search_path = zhiping, pg_temp; $(guess lab name "SELECT text_id('荆州独有医院');")" yichang > out 2> err || wrong "what it knows is refused: $(cat err)"
says '荆州独有医院' out
ask centre "SET search_path = zhiping, pg_temp; $(guess lab name)" operator > out 2> err || wrong "an operator may not: $(cat err)"
test "$(ask centre "SELECT count(*) FILTER (WHERE role <> 'yichang') || ' ' || (count(*) > 0) FROM zhiping.named" yichang)" = '0 true' || wrong "it sees what others have asked for"
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
ask centre "SELECT zhiping.text_id('nobody''s name')" yichang > out 2> err || wrong "it may not ask: $(cat err)"
ledger 0 check --ledger centre.sqlite
ask centre "SET session_replication_role = replica; DELETE FROM zhiping.text WHERE text = 'nobody''s name'; DELETE FROM zhiping.named WHERE text NOT IN (SELECT id FROM zhiping.text)" > out 2> err || wrong "it is not put back: $(cat err)"
result 'a city reads no name of another by its number, which a row of its own refers to; and one that it only asked for makes no ledger unsound'

tells() { # WHAT SUBJECT DETAIL [AT]: an event that follows
	echo "INSERT INTO event SELECT e.seq, e.at, e.who, e.what, e.subject, e.why, e.detail, e.before, event_hash(to_jsonb(e)) FROM (SELECT seq + 1 AS seq, ${4:-$now} AS at,
 session_user || '/root' AS who, '$1' AS what, '$2' AS subject, '' AS why, '$3' AS detail, digest AS before FROM head WHERE name = 'event') AS e"
}
of_round=$(ask centre "SELECT 'manifest=' || digest || ' content=' || content FROM zhiping.round WHERE round = 1")
none="manifest=$(printf '%064d' 1) content=$(printf '%064d' 2)"
withholds="INSERT INTO conflict VALUES ('YICHANG-1', 1, '$(printf '%064d' 1)')"
nine=$(round YICHANG-9 "$next" "$follows") eight=$(round YICHANG-8 "$next" "$follows")
for detail in 'papers=1 all=1 chain=x' 'x=y decisions=1' 'paper=x' "$none" "$of_round" "$of_round more=1" "x=y content=z" 'manifest=x'; do
	for subject in YICHANG-1/v1 YICHANG-9/v9 year-2026/v1; do may_not yichang "$(tells close $subject "$detail")"; says 'row-level security policy for table "event"'; done
done
for what in add-withheld add-withheld-earlier paper-withheld; do
	for detail in '' "$none" "$of_round"; do may_not yichang "$(tells $what YICHANG-1/v1 "$detail")"; says 'row-level security policy for table "event"'; done
done
may_not yichang "BEGIN; $nine; $(tells paper-withheld YICHANG-9/v9 "$of_round"); COMMIT"; says 'row-level security'
may_not yichang "BEGIN; $nine; COMMIT"; says 'no event tells of YICHANG-9/v9'
may_not yichang "BEGIN; $nine; $(tells add-refused YICHANG-9/v9); COMMIT"; says 'no event tells of YICHANG-9/v9'
may_not yichang "BEGIN; $nine; $(tells close YICHANG-9/v9 "$of_round"); $(tells add YICHANG-9/v9 "$of_round"); COMMIT"; says 'round_told'
may_not yichang "BEGIN; $nine; $eight; $(tells close YICHANG-8/v9 "$of_round"); $(tells close YICHANG-9/v9 "$of_round"); COMMIT"; says 'row-level security'
may_not yichang "$withholds"; says 'no event tells of YICHANG-1/v1'
may_not operator "$withholds"; says 'no event tells of YICHANG-1/v1'
may_not yichang "BEGIN; $withholds; $(tells add-withheld YICHANG-1/v1 "$none"); $(tells add-withheld YICHANG-1/v1 "$none"); COMMIT"; says 'conflict_told'
may_not yichang "BEGIN; $withholds; $(tells add-withheld YICHANG-1/v1 "$of_round"); COMMIT"; says 'row-level security'
ask centre "SET search_path = zhiping, pg_temp; BEGIN; $withholds; $(tells add-withheld YICHANG-1/v1 "$none"); $(tells export all into=x); $(tells add-refused YICHANG-1/v7); $(tells close-refused out/JINGZHOU-1/v1); SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK" yichang > out 2> err || wrong "what is so is refused: $(cat err)"
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
result 'an event of a city tells of no round, paper or conflict that is not there, and nothing goes in that no event tells of'

for what in close close-refused what-if export; do may_not yichang "$(tells $what JINGZHOU-1/v1)"; says 'row-level security policy for table "event"'; done
for what in role approve raised disown year check-failed anything; do may_not yichang "$(tells $what all)"; says 'row-level security policy for table "event"'; done
for at in "'2026-01-01T00:00:00Z'" "'now'" "${now/clock_timestamp()/(clock_timestamp() + interval \'11 minutes\')}"; do may_not yichang "$(tells export all '' "$at")"; says 'the clock of this machine says'; done
ask centre "SET search_path = zhiping, pg_temp; BEGIN; $(tells close YICHANG-1/v1); $(tells merge city.sqlite); $(tells export all '' "${now/clock_timestamp()/(clock_timestamp() - interval \'9 minutes\')}"); ROLLBACK" yichang > out 2> err || wrong "what is so is refused: $(cat err)"
ask centre "SET search_path = zhiping, pg_temp; BEGIN; $(tells disown JINGZHOU-1/v1); ROLLBACK" operator > out 2> err || wrong "an operator may not: $(cat err)"
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
result 'an event of a city is of its own rounds, of what a city does, and of now'

# A round that no program has published: made by hand, with its event.
braces=$(printf '{}' | sha256sum | cut -c1-64)
unfit() { # ID VERSION MANIFEST [DIGEST [CONTENT [MORE [COLUMNS AND VALUES, with commas]]]]
	local digest=${4:-$(printf %s "$3" | sha256sum | cut -c1-64)} content=${5:-$(printf '%064d' 2)}
	echo "BEGIN; INSERT INTO round SELECT $next, '$1', $2, name, name_en, organiser, organiser_en, year, number, opens, closes, ${7:-issued}, engine, '$digest', 0, '$content',
 (SELECT encode(sha256(convert_to(head.digest || '$content', 'UTF8')), 'hex') FROM head WHERE name = 'round') FROM round WHERE round = 1;
 INSERT INTO manifest VALUES ((SELECT max(round) FROM round), '$3'); $6; $(tells close "$1/v$2" "manifest=$digest content=$content")"
}
does_not_fit() { # WHAT UNFIT...
	local what=$1
	shift
	may_not yichang "$(unfit "$@"); COMMIT"; says "does not fit: its $what"
}
for id in YICHANG-/../../esc 'YICHANG- ' "YICHANG-$(printf '%060d' 0)"; do does_not_fit id "$id" 1 '{}'; done
does_not_fit version YICHANG-9 0 '{}'; does_not_fit version YICHANG-9 -1 '{}'; does_not_fit version YICHANG-9 2147483648 '{}'
does_not_fit dates YICHANG-9 9 '{}' '' '' '' "'soon'"
does_not_fit manifest YICHANG-9 9 '{}' "$(printf '%064d' 1)"; does_not_fit manifest YICHANG-9 9 '[]'
may_not yichang "$(unfit YICHANG-9 9 x); COMMIT"; says 'invalid input syntax for type json'
does_not_fit content YICHANG-9 9 '{}'
for row in "lab SELECT (SELECT max(round) FROM round), 1, 'X', n, n, n, n, n, n FROM text_id('x') AS n|register" "lab SELECT (SELECT max(round) FROM round), 0, '../x', n, n, n, n, n, n FROM text_id('x') AS n|register" \
	"answer SELECT (SELECT max(round) FROM round), 1, text_id('x')|answers" "programme SELECT (SELECT max(round) FROM round), 0, 'P', n, n, n, n, 80, 250, 0, 0, 0, 0, '' FROM text_id('x') AS n|programmes" \
	"programme SELECT (SELECT max(round) FROM round), 0, 'P', n, n, n, n, 80, 0, 0, 0, 7, 0, '' FROM text_id('x') AS n|programmes"; do
	does_not_fit "${row#*|}" YICHANG-9 9 '{}' '' '' "SELECT text_id('x'); INSERT INTO ${row%|*}"
done
right=$(ask centre "SET search_path = zhiping, pg_temp; SET session_replication_role = replica; $(unfit YICHANG-9 9 '{}'); SELECT content_of(max(round)) FROM round; ROLLBACK" | tail -n 1)
ask centre "SET search_path = zhiping, pg_temp; $(unfit YICHANG-9 9 '{}' '' "$right"); SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK" yichang > out 2> err || wrong "what fits is refused: $(cat err)"
for later in "INSERT INTO answer SELECT max(round), 0, text_id('x') FROM round" "$(tells close YICHANG-9/v9 "manifest=$braces content=$right")"; do
	may_not yichang "$(unfit YICHANG-9 9 '{}' '' "$right"); SET CONSTRAINTS ALL IMMEDIATE; $later; COMMIT"
done
test "$(ask centre 'SELECT count(*) FROM zhiping.round WHERE content <> zhiping.content_of(round) OR zhiping.misfit(round) IS NOT NULL')" = 0 || wrong "what was closed does not fit"
test "$(ask whole 'SELECT count(*) FROM zhiping.round WHERE content = zhiping.content_of(round)')" -gt 1 || wrong "nothing was worked out"
cmp -s centre.before <(dump centre) || wrong "something has changed: $(diff centre.before <(dump centre) | head -n 3)"
result 'a round goes in only as one that can be read again: its id, version, dates, manifest, rows and content fit, or nothing of it is kept'

# Who may only read holds nobody up; and accounts that can do more than they were let in for.
for statement in 'SELECT take_turn()' 'LOCK TABLE head IN ROW SHARE MODE' 'SELECT * FROM head FOR UPDATE'; do may_not auditor "$statement"; says 'permission denied'; done
ask centre 'SELECT pg_advisory_lock(1515211847); SELECT pg_sleep(60)' auditor > out 2>&1 & sleeper=$!
until test "$(ask centre "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" != 0; do sleep 0.05; done
as yichang 0 ledger export --all turned --ledger centre.sqlite
ask centre "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'auditor'" > out; wait $sleeper
result 'an account that may only read cannot keep others from writing'

clone centre.sqlite above.sqlite
ask postgres 'CREATE ROLE above LOGIN BYPASSRLS; CREATE ROLE under LOGIN; CREATE ROLE owning LOGIN; GRANT above TO under; GRANT postgres TO owning'
for who in above under owning postgres; do
	ledger 2 roles $who auditor --ledger above.sqlite; says "the account $who can lift what would hold it"
	ledger 2 roles $who city ABOVE- --ledger above.sqlite; says "the account $who can lift what would hold it"
done
ledger 0 check --ledger above.sqlite
ask postgres 'ALTER ROLE jingzhou BYPASSRLS'; ledger 3 check --ledger above.sqlite; says 'the account jingzhou is a city or an auditor, and can lift what holds it'
ask postgres 'ALTER ROLE jingzhou NOBYPASSRLS; GRANT owning TO auditor'; ledger 3 check --ledger above.sqlite; says 'the account auditor is a city or an auditor'
ask postgres 'REVOKE owning FROM auditor'; ledger 0 check --ledger above.sqlite
result 'a superuser, BYPASSRLS or a member of the owner is let in as no city or auditor, and check tells who has become one'

# A ledger that an earlier program made: operator, and yichang with YICHANG-.
ask postgres 'CREATE DATABASE earlier'; : > made-earlier
gzip -dc "$top_srcdir/tests/faults/earlier_postgres.sql.gz" | psql -Xq -v ON_ERROR_STOP=1 -h "$server" -U postgres -d earlier > out 2> err || wrong "it cannot be taken back: $(head -n 2 err)"
as operator 3 ledger check --ledger earlier.sqlite; says 'the guards of the ledger are those of an earlier program'
test "$(grep -c zhiping: err)" = 1 || wrong "more is told: $(cat err)"
as yichang 0 close round-YICHANG-1 --into earlier-out --issued 2026-03-31 --emit tables --ledger earlier.sqlite
ledger 0 list --ledger earlier.sqlite
as operator 0 ledger check --ledger earlier.sqlite
test "$(kinds earlier.sqlite)" = 'role role close close raised' || wrong "the trail tells $(kinds earlier.sqlite)"
as yichang 0 close round-YICHANG-2 --into earlier-out --issued 2026-03-31 --emit tables --ledger earlier.sqlite
may_not_there=$(ask earlier "SELECT has_function_privilege('auditor', 'zhiping.take_turn()', 'EXECUTE') OR NOT has_function_privilege('yichang', 'zhiping.take_turn()', 'EXECUTE')")
test "$may_not_there" = f || wrong "others may take a turn"
copied 0 db:earlier later.sqlite; copied 0 later.sqlite db:later
test "$(ask earlier "SELECT count(*) FROM pg_proc WHERE pronamespace = 'zhiping'::regnamespace AND proconfig IS NULL AND proname NOT IN ('le', 'block', 'blocks')")" = 0 || wrong "a function looks for names elsewhere"
result 'a ledger of an earlier program goes on; its owner brings its guards up to date by opening it, and every function looks in the ledger alone'

# What got in under such guards: rounds that no program can read.
ask postgres 'CREATE DATABASE unread'; : > made-unread
gzip -dc "$top_srcdir/tests/faults/earlier_postgres.sql.gz" | psql -Xq -h "$server" -U postgres -d unread > out 2> err
for unread in YICHANG-9/9/x 'YICHANG-/../../esc/1/{}' 'YICHANG-0/2/{}'; do
	rest=${unread%/*}
	ask unread "SET search_path = zhiping, pg_temp; $(unfit "${rest%/*}" "${rest##*/}" "${unread##*/}"); COMMIT" yichang > out 2> err || wrong "the earlier guards hold: $(cat err)"
done
ledger 3 check --ledger unread.sqlite; says 'round YICHANG-9 v9 is not what was put into the ledger'
as operator 3 year 2026 --into never --issued 2027-01-10 --emit tables --rules-year made/year.xml --ledger unread.sqlite
copied 3 db:unread unread.file
as yichang 6 ledger disown YICHANG-9/v9 --reason 'mine' --ledger unread.sqlite; says 'this account may not do that'
for unread in YICHANG-9/v9 YICHANG-/../../esc/v1 YICHANG-0/v2; do as operator 0 ledger disown $unread --reason 'put in by hand' --ledger unread.sqlite; done
for who in operator auditor; do ledger 0 roles $who $who --ledger unread.sqlite; as $who 0 ledger check --ledger unread.sqlite; says 'round YICHANG-9/v9 was disowned on'; says 'round YICHANG-/../../esc/v1 was disowned on'; done
as operator 0 ledger export --all readable --ledger unread.sqlite; test "$(ls -d readable/*/v* esc* ../esc* 2> /dev/null)" = readable/YICHANG-0/v1 || wrong "it exports $(ls readable)"
as operator 0 year 2026 --into read-year --issued 2027-01-10 --emit tables --rules-year made/year.xml --ledger unread.sqlite; says 'is passed over'; says 'laboratories: 4, programmes: 1, rounds of the year: 1' out
as yichang 0 close round-YICHANG-1 --into read-out --issued 2026-03-31 --emit tables --ledger unread.sqlite
rm -f unread.file; copied 0 db:unread unread.file; copied 0 unread.file db:reread
$ZHIPING ledger check --ledger unread.file > out 2> err || wrong "the file is not sound: $(cat err)"
says 'was disowned on'; ledger 0 check --ledger reread.sqlite
ledger 0 merge unread.file --ledger joined.sqlite; says 'was disowned there'
ask unread "SET session_replication_role = replica; UPDATE zhiping.lab SET code = 'X' WHERE round = 1 AND lab = 0"
ledger 3 check --ledger unread.sqlite; says 'round YICHANG-0 v1 is not what was put into the ledger'
result 'rounds that got in and cannot be read are disowned by an operator, and everything else goes on: check, year, export, copy, merge'

as auditor 0 ledger list --ledger centre.sqlite; test "$(wc -l < out)" = 5 || wrong "it sees $(cat out)"
as auditor 6 ledger add city/PROVINCE-1/v1 --ledger centre.sqlite; says 'this account may not write the ledger'
as auditor 6 close round-YICHANG-1 --into audited --issued 2026-03-31 --emit tables --ledger centre.sqlite; test ! -e audited || wrong "it was published"
as auditor 6 ledger export --all audited --ledger centre.sqlite; test ! -e audited || wrong "full results have left without a trace"
as stranger 6 ledger list --ledger centre.sqlite; says 'this account may not do that'
ledger 0 roles yichang nothing --ledger centre.sqlite
as yichang 6 ledger list --ledger centre.sqlite
as operator 0 ledger check --ledger centre.sqlite
cmp -s centre.before <(dump centre -T zhiping.event) && wrong "the trail does not tell"
result 'an auditor sees everything and writes nothing; who was never let in, or is not any more, sees nothing'

clone centre.sqlite limited.sqlite
ledger 2 roles stranger city JINGZHOU-SHASHI- --ledger limited.sqlite; says 'the rounds of jingzhou begin with "JINGZHOU-"'
ledger 0 roles stranger city WUHAN-A- --ledger limited.sqlite
ledger 2 roles yichang city WUHAN- --ledger limited.sqlite; says 'the rounds of stranger begin with "WUHAN-A-"'
ledger 0 roles yichang city WUHAN-B- --ledger limited.sqlite
ledger 0 roles yichang city WUHAN-A- --ledger limited.sqlite # another person of it
ledger 0 roles yichang city WUHAN-B- --ledger limited.sqlite
ledger 0 roles stranger nothing --ledger limited.sqlite; ledger 0 roles yichang city WUHAN- --ledger limited.sqlite
result 'rounds are of one city: a beginning that begins with that of another city, or the other way round, is refused'

prepare JINGZHOU-2; prepare JINGZHOU-3
$ZHIPING close $ZP_OPTIONS round-JINGZHOU-3 --into city --issued 2026-03-31 --emit tables > out 2> err
ask postgres 'ALTER ROLE jingzhou CONNECTION LIMIT 1'
as jingzhou 6 close round-JINGZHOU-2 --into city --issued 2026-03-31 --emit tables --ledger limited.sqlite
says 'round JINGZHOU-2 v1 was put into the ledger, but cannot be read out of it again'; says 'too many connections for role "jingzhou"'; cp err err.close
as jingzhou 6 ledger add city/JINGZHOU-3/v1 --ledger limited.sqlite; says 'was put into the ledger, but cannot be read'
ask postgres 'ALTER ROLE jingzhou CONNECTION LIMIT -1'
grep -E 'not in the ledger|disk' err err.close > out && wrong "it says $(cat out)"
test "$(ask limited "SELECT string_agg(what, ' ' ORDER BY seq) FROM (SELECT seq, what FROM zhiping.event ORDER BY seq DESC LIMIT 2) AS e")" = 'close add' || wrong "the trail tells otherwise"
as auditor 0 ledger check --ledger limited.sqlite; says '6 versions of rounds' out
result 'a round that was put in and cannot be read again is told to be in, with the reason'

# Passwords.
secret='S3cret/pa@ss'
ask postgres "CREATE ROLE locked LOGIN PASSWORD '$secret'" > out; ledger 0 roles locked operator --ledger centre.sqlite
sed -i '1i local all locked scram-sha-256' "$server/data/pg_hba.conf"; ask postgres 'SELECT pg_reload_conf()' > out
log() { cat out err log-* 2> err.cat >> told; }
: > told
locked() { # CODE ADDRESS
	timeout 60 $ZHIPING ledger list --ledger "$2" > out 2> err
	local code=$?
	test $code = $1 || wrong "${2//S3cret/(secret)} ended with $code; expected $1: $(cat err)"
	log
}
at="centre?host=$server"
locked 6 "postgresql://locked@/$at"
locked 0 "postgresql://locked:S3cret%2Fpa%40ss@/$at"
locked 0 "postgresql://locked@/$at&password=S3cret%2Fpa%40ss"
locked 0 "postgresql://locked@/centre?password=S3cret%2Fpa%40ss&host=$server"
locked 0 "postgresql://locked@/$at&pass%77ord=S3cret%2Fpa%40ss"
locked 6 "postgresql://locked:S3cret%2Fwrong@/$at"
locked 2 "postgresql://locked:S3cret/pa@ss@/$at"; locked 2 "postgresql://locked:S3cret@pass@/$at"
locked 2 "postgresql://locked:se?S3cret/X@/$at"; locked 2 "postgresql://locked:1?S3cret/X@/$at"
locked 2 "postgresql://locked:S3cret@/$at&password=S3cretother"; locked 2 "host=$server user=locked password=S3cret dbname=centre"
$ZHIPING ledger copy "postgresql://locked:S3cret%2Fpa%40ss@/$at" "postgresql://locked:S3cretother@/$at" > out 2> err; test $? = 2 || wrong "two passwords: $(cat err)"; log
for usage in "show postgresql://locked:S3cret@/$at" "frog postgresql://locked:S3cret@/$at" "add postgresql://locked:S3cret@/$at" "merge postgres://locked:S3cret@/$at --ledger x.sqlite" "export postgresql://locked:S3cret@/$at"; do $ZHIPING ledger $usage > out 2> err; log; done
$ZHIPING close $ZP_OPTIONS round-PROVINCE-1 --into published --issued 2026-03-31 --emit tables --ledger "postgresql://locked:S3cret%2Fpa%40ss@/$at" > out 2> err; log
test -e published/PROVINCE-1/v1/manifest.json || wrong "nothing was published: $(cat err)"
printf '*:*:*:locked:%s\n' "$secret" > pass; chmod 600 pass
printf '[centre]\nhost=%s\ndbname=centre\nuser=locked\n' "$server" > services
PGPASSFILE=$PWD/pass locked 0 "postgresql://locked@/$at"
PGPASSFILE=$PWD/pass PGSERVICEFILE=$PWD/services locked 0 'postgresql://?service=centre'
hold 'SELECT 1'; release
ask centre 'BEGIN; LOCK TABLE zhiping.head IN EXCLUSIVE MODE; SELECT pg_sleep(3); ROLLBACK' > out & sleeper=$!
until test "$(ask centre "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'zhiping.head'::regclass")" != 0; do sleep 0.05; done
$ZHIPING ledger export --all locked-out --ledger "postgresql://locked:S3cret%2Fpa%40ss@/$at" > log-1 2> log-2 & child=$!
until test "$(ask centre "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")" -ge 1; do sleep 0.05; done
tr '\0' ' ' < /proc/$child/cmdline > title; tr '\0' '\n' < /proc/$child/environ > environ; wait $child $sleeper; log
grep -q "postgresql://locked@/centre" title || wrong "the list of processes shows $(cat title)"
cat title environ >> told
ask centre "TABLE zhiping.event" >> told
grep -q S3cret told && wrong "it is seen: $(grep S3cret told | head -n 2)"
grep -rq S3cret published locked-out "$server/log" && wrong "it is in $(grep -rl S3cret published locked-out "$server/log" | head -n 3)"
test -s told || wrong "nothing was looked at"
result 'a password is in no message, published file, event, log of the server or list of processes, wherever it came from'

# From another machine: TLS, and who the server is.
certify() { # NAME SUBJECT [SIGNER]: NAME.pem and NAME.key
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$2" ${3:+-CA "$3.pem" -CAkey "$3.key" -addext "subjectAltName=DNS:$2" -addext basicConstraints=CA:FALSE} 2> certify.err ||
		wrong "no certificate: $(tail -n 1 certify.err)"
}
certify authority 'Example authority'; certify stranger 'Another authority'; certify centre localhost authority
install -m 600 centre.key "$server/data/server.key"; cp centre.pem "$server/data/server.crt"
test "$(id -u)" != 0 || chown "$server_account" "$server"/data/server.key "$server"/data/server.crt
echo 'ssl = on' >> "$server/data/postgresql.conf"
sed -i '/^host /d; 1i hostssl centre locked 127.0.0.1/32 scram-sha-256' "$server/data/pg_hba.conf"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
halt_server; begin_server 127.0.0.1 "$port" || wrong "$no_server"
remote() { # CODE HOST SSLMODE AUTHORITY
	printf '[remote]\nhost=%s\nport=%s\ndbname=centre\nuser=locked\nsslmode=%s\nsslrootcert=%s\n' "$2" "$port" "$3" "$PWD/$4.pem" > remote
	PGPASSFILE=$PWD/pass PGSERVICEFILE=$PWD/remote locked "$1" 'postgresql://?service=remote'
}
remote 0 localhost verify-full authority; grep -q PROVINCE-1 out || wrong "it lists $(head -n 3 out)"
remote 6 localhost verify-full stranger; says 'certificate verify failed'
remote 6 127.0.0.1 verify-full authority; says '127.0.0.1'
remote 0 127.0.0.1 verify-ca authority
remote 6 localhost disable authority; says 'no encryption'
PGPASSFILE=$PWD/pass locked 0 "postgresql://locked@localhost:$port/centre?sslmode=verify-full&sslrootcert=$PWD/authority.pem"
prepare PROVINCE-9
$ZHIPING close $ZP_OPTIONS round-PROVINCE-9 --into published --issued 2026-03-31 --emit tables --ledger "postgresql://locked:S3cret%2Fpa%40ss@localhost:$port/centre?sslmode=verify-full&sslrootcert=$PWD/authority.pem" > out 2> err; test $? -le 1 || wrong "it does not close: $(head -n 2 err)"
PGPORT=$port ask centre "SELECT subject FROM zhiping.event WHERE what = 'close'" | grep -q PROVINCE-9 || wrong 'it is not in the ledger'
grep -rq S3cret out err published "$server/log" && wrong 'a password is seen'
result 'over TLS a ledger is read and written, and a server that is not the one it should be is not believed'
$ZHIPING ledger list --ledger postgresql://nobody@127.0.0.1:1/centre --lang zh $ZP_OPTIONS > out 2> err; test $? = 6 || wrong 'it ends otherwise'
says '无法连接台账：'; grep -q '??' err && wrong "it says $(cat err)"
result 'what the library of the database says in Chinese can be read in the locale C'
