#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The audit trail of the ledger: every act leaves its event, refusals too; nothing can be changed or taken away; whoever does it all the same
# is found, by the program and by another that shares nothing with it.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
trail() { python3 "$top_srcdir/tests/trail.py" "$@"; }
. "$top_srcdir/tests/result.sh"
ends() { # CODE COMMAND ARGUMENTS
	local expected=$1 code
	shift
	timeout 120 $ZHIPING "$1" $ZP_OPTIONS "${@:2}" > out 2> err
	code=$?
	test $code = $expected || wrong "$* ended with $code; expected $expected: $(head -c 300 err)"
}
ledger() { local expected=$1; shift; ends $expected ledger "$@"; }
says() { grep -qF -- "$1" "${2:-err}" || wrong "\"$1\" is not in \"$(head -n 3 "${2:-err}")\""; }
kinds() { local told; told=$(trail kinds $1); test "$told" = "$2" || wrong "the trail of $1 tells \"$told\"; expected \"$2\""; }
column() { sqlite3 $1 "SELECT $2 FROM events ORDER BY seq DESC LIMIT 1"; } # of the last event
verify() { # CODE LEDGER HEADS...
	local expected=$1 code
	shift
	"$top_srcdir/tools/ledger-verify" "$@" > out 2> err
	code=$?
	test $code = $expected || wrong "ledger-verify $* ended with $code; expected $expected: $(head -c 300 err)"
}
command -v sqlite3 > out && command -v openssl > out || { echo '1..0 # SKIP there is no sqlite3 or no openssl'; exit 0; }

echo 1..14
. "$top_srcdir/tests/faults/tamper_ledger.sh"
make_ledger made > out || { echo "Bail out! $(cat out)"; exit 1; }
cp made/l.sqlite l.sqlite
withheld=$(sqlite3 l.sqlite "SELECT group_concat('paper-withheld', ' ') FROM paper_conflict")
kinds l.sqlite "close close papers year decisions decisions add-withheld $withheld merge add-refused export"
test "$(sqlite3 l.sqlite 'SELECT who FROM events WHERE seq = 1')" = "张三 ($(id -un))" || wrong "the first was done by $(sqlite3 l.sqlite 'SELECT who FROM events WHERE seq = 1')"
test "$(sqlite3 l.sqlite 'SELECT subject, substr(detail, 10, 64) FROM events WHERE seq = 1')" = "sim-2026-1/v1|$(sha256sum < made/out/sim-2026-1/v1/manifest.json | cut -d' ' -f1)" || wrong "another manifest is told"
test "$(sqlite3 l.sqlite "SELECT detail FROM events WHERE what = 'year'")" = "manifest=$(sha256sum < made/out/year-2026/v1/manifest.json | cut -d' ' -f1)" || wrong "another year is told"
test "$(sqlite3 l.sqlite "SELECT why FROM events WHERE what = 'merge'")" = 'both centres agreed' || wrong "the reason is not told"
sqlite3 l.sqlite "SELECT at FROM events WHERE who <> 'test'" | grep -vqE '^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$' && wrong "an instant is none"
result 'closing, a year, decisions, withholding, merging, a refusal and an export have left their events, with who, why and digests'

ledger 0 head --ledger l.sqlite; head=$(cat out)
ledger 0 events --ledger l.sqlite --json
python3 - "$top_srcdir/tests" <<-'PY' 2> told || wrong "$(tail -n 1 told)"
	import json, sys
	sys.path.insert(0, sys.argv[1])
	import trail
	before = trail.BEGINNING
	for n, e in enumerate(json.load(open("out", encoding="utf-8")), 1):
	    found = trail.digest(n, [e[c] for c in trail.COLUMNS], before)
	    assert (e["seq"], e["before"], e["hash"]) == (n, before, found), e
	    before = found
PY
ledger 0 events --ledger l.sqlite; test "$(tail -n 1 out | awk '{ print $1, $3 }')" = "$(grep -c . out) ${head:0:16}" || wrong "the last line is $(tail -n 1 out)"
verify 0 l.sqlite $head ${head:0:12} $(cat made/heads)
result 'each digest is what two other programs make of the description'

# Who says that he is another.
cp l.sqlite w.sqlite; ledger 0 export sim-2026-1 w --ledger w.sqlite --by "王主任 (wang)$(printf '%2000s' .)"
case $(column w.sqlite who) in '王主任 (wang) '*" ($(id -un))") ;; *) wrong "the account is not told: $(column w.sqlite who)" ;; esac
result 'however long the name is that somebody gives, the account stands behind it'

# What was refused.
cp l.sqlite r.sqlite
ends 3 close made/round1 --into made/out --issued 2026-12-01 --emit tables --ledger r.sqlite
test "$(column r.sqlite "what || '|' || subject || '|' || why")" = "close-refused|sim-2026-1|$(sed 's/^zhiping: //' err)" || wrong "it tells $(column r.sqlite '*')"
mkdir unread && echo '<round id="sim' > unread/round.xml; ends 3 close unread --into made/out --issued 2026-12-01 --emit tables --ledger r.sqlite
test "$(column r.sqlite "what || '|' || subject")" = 'close-refused|unread' || wrong "it tells $(column r.sqlite '*')"
ends 3 year 2026 --into made/out --issued 2027-01-10 --ledger r.sqlite --emit tables
test "$(column r.sqlite "what || '|' || why")" = "year-refused|$(sed 's/^zhiping: //' err)" || wrong "it tells $(column r.sqlite '*')"
ledger 3 add made/round1 --ledger r.sqlite; test "$(column r.sqlite "what || '|' || subject")" = "add-refused|made/round1" || wrong "it tells $(column r.sqlite '*')"
echo none > none.sqlite; ledger 3 merge none.sqlite --ledger r.sqlite; test "$(column r.sqlite "what || '|' || subject")" = "merge-refused|none.sqlite" || wrong "it tells $(column r.sqlite '*')"
trail bypass r.sqlite "UPDATE round SET name = 'x' WHERE round = 1"
ledger 3 check --ledger r.sqlite; test "$(column r.sqlite what)" = check-failed || wrong "it tells $(column r.sqlite '*')"
trail bypass r.sqlite "UPDATE event SET who = 'x' WHERE seq = 3"; cp r.sqlite r.before
ledger 3 check --ledger r.sqlite; cmp -s r.sqlite r.before || wrong "something was put after a trail that does not hang together"
result 'refusals leave their events with the sentence; a check that fails does, unless the trail itself is broken'

# What only looks.
cp l.sqlite q.sqlite
for action in list 'show sim-2026-1' 'show sim-2026-1 --lab L0001' papers decisions events head 'check --against made/out/sim-2026-1/v1'; do ledger '?' $action --ledger q.sqlite 2> /dev/null; done; problem=
ends 0 year 2026 --draft --into drafts --issued 2027-02-10 --ledger q.sqlite --emit tables --rules-year made/year.xml
ledger 0 add made/out/sim-2026-1/v1 --ledger q.sqlite; ledger 0 merge l.sqlite --ledger q.sqlite
cmp -s l.sqlite q.sqlite || wrong "the file has changed"
cp l.sqlite only.sqlite; chmod 400 only.sqlite
test "$(id -u)" = 0 || ledger 6 export --all never --ledger only.sqlite
test ! -e never || wrong "something left a ledger that cannot say so"
result 'reading, a draft and what is there already write nothing; nothing is exported unseen'

# Other hands.
tables=$(sqlite3 l.sqlite "SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
test $(wc -w <<< "$tables") = 17 || wrong "there are other tables: $tables"
for table in $tables; do
	column=$(sqlite3 l.sqlite "SELECT name FROM pragma_table_info('$table') ORDER BY cid DESC LIMIT 1")
	for statement in "UPDATE $table SET \"$column\" = \"$column\"" "DELETE FROM $table" "INSERT OR REPLACE INTO $table SELECT * FROM $table LIMIT 1" "REPLACE INTO $table SELECT * FROM $table LIMIT 1" \
		"INSERT INTO $table SELECT * FROM $table WHERE true ON CONFLICT DO UPDATE SET \"$column\" = \"$column\""; do
		case $table:$statement in tally:*REPLACE* | result:*REPLACE*) continue ;; esac # below
		sqlite3 q.sqlite "$statement" 2> err && wrong "it may be done: $statement"
	done
done
cmp -s l.sqlite q.sqlite || wrong "the file has changed"
for replaced in 'tally SELECT round, lab, programme, measurand, standing, 3 - satisfaction, credit, total, not_evaluated FROM tally WHERE satisfaction > 0 LIMIT 1' \
	'result SELECT round, lab, programme, measurand, substr(samples, 1, length(samples) - 1) FROM result LIMIT 1'; do
	cp l.sqlite t.sqlite; sqlite3 t.sqlite "INSERT OR REPLACE INTO $replaced"; ledger 3 check --ledger t.sqlite
done
result 'UPDATE, DELETE, INSERT OR REPLACE and the like are refused for every table, but for a replaced verdict or result, which is found'

# What is found, and which event is named.
found() { # WORDS STATEMENT...
	local words=$1
	shift
	cp l.sqlite t.sqlite; trail bypass t.sqlite "$@"
	ledger 3 check --ledger t.sqlite; says "$words"
	test "$(grep -c 'trail: ' err)" = 1 || wrong "more than the first is named: $(cat err)"
}
found 'trail: event 4 (year, ' "UPDATE event SET why = 'because' WHERE seq = 4"; says 'is not what was put in'; verify 1 t.sqlite; says 'event 4 is not what was put in'
found 'trail: event 4 is missing; the one that stands there is number 5' "DELETE FROM event WHERE seq = 4"; verify 1 t.sqlite; says 'event 4 is missing; number 5'
found 'trail: event 4 (' "UPDATE event SET before = '$head' WHERE seq = 4"; says 'does not follow event 3'; verify 1 t.sqlite; says 'event 4 does not follow event 3'
found 'trail: event 4 (' "UPDATE event SET seq = -1 WHERE seq = 4" "UPDATE event SET seq = 4 WHERE seq = 6" "UPDATE event SET seq = 6 WHERE seq = -1"; says 'the one that follows event 3 stands at 6'
n=$(sqlite3 l.sqlite 'SELECT count(*) FROM event')
found "trail: event $((n - 1)) is missing, and so is all that came after it: $n were put in" "DELETE FROM event WHERE seq > $n - 2"; verify 1 t.sqlite; says "event $((n - 1)) is missing"
paper=$(sqlite3 l.sqlite 'SELECT min(number) FROM paper_conflict')
found "that $paper was withheld" "DELETE FROM paper_conflict WHERE number = '$paper'"
found 'trail: the ledger names what was withheld' "INSERT INTO conflict VALUES ('sim-2026-2', 1, 'x')"
result 'the first event that is wrong is named: changed, missing, not following, in another place, cut off; and what no event tells of'

# Older copies and other files.
published=(made/out/sim-2026-1/v1 made/out/sim-2026-2/v1 made/out/year-2026/v1)
ledger 1 check --ledger l.sqlite --head $head --against "${published[@]}"
ledger 0 check --ledger made/older-1.sqlite
ledger 3 check --ledger made/older-1.sqlite --against "${published[@]}"; says 'trail: no event tells of sim-2026-2/v1, which was published in made/out/sim-2026-2/v1'
kinds made/older-1.sqlite 'close check-failed'
cp made/older-3.sqlite t.sqlite; ledger 3 check --ledger t.sqlite --head ${head:0:16}; says "the head ${head:0:16} that --head names is not in it"
cp made/other.sqlite t.sqlite; ledger 0 check --ledger t.sqlite; ledger 3 check --ledger t.sqlite --head "$(head -n 1 made/heads | tr a-f A-F)"; says 'is not in it'; verify 1 t.sqlite "$(head -n 1 made/heads)"
cp -r made/out/sim-2026-1/v1 noted; chmod -R u+w noted; printf '{"round": "sim-2026-1", "version": "v1", "ledger": {"head": "%s"}}' $head > noted/manifest.json
ledger 3 check --ledger l.sqlite --against noted; says 'the manifest of sim-2026-1/v1 in noted is not the one that was put into the ledger'
ledger 3 check --ledger made/older-2.sqlite --against noted/manifest.json; says "the head ${head:0:16} that noted/manifest.json names is not in it"
ledger 3 check --ledger l.sqlite --against nowhere; says 'nowhere'; ledger 2 check --ledger l.sqlite --head 12345; says 'is no head'; ledger 2 check nowhere --ledger l.sqlite; says 'expected --against'
result 'an older copy and another ledger are found by what was published, and by a head from a certificate'

# A copy for which there is no room.
(trap '' XFSZ; ulimit -f 260; timeout 120 $ZHIPING ledger copy l.sqlite copy.sqlite) > out 2> err; test $? = 6 || wrong "it does not say so: $(cat out err)"
test ! -e copy.sqlite || wrong "it left $(stat -c %s copy.sqlite) bytes"
: > there.sqlite; (trap '' XFSZ; ulimit -f 260; timeout 120 $ZHIPING ledger copy l.sqlite there.sqlite) > out 2> err; test $? = 6 && test -e there.sqlite || wrong 'it took away what was there before'
cp l.sqlite bad.sqlite; trail bypass bad.sqlite "UPDATE round SET name = 'x' WHERE round = 1"; ledger 3 copy bad.sqlite copy.sqlite; test ! -e copy.sqlite || wrong 'a ledger that is not intact left a copy'
ledger 0 copy l.sqlite copy.sqlite; ledger 1 check --ledger copy.sqlite
result 'a copy that fails leaves no file that would look like a ledger without rounds, and takes away none that was there'

# A ledger without a trail.
cp made/older-5.sqlite o.sqlite
trail bypass o.sqlite > out && python3 - <<-'PY'
	import sqlite3
	db = sqlite3.connect("o.sqlite")
	for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
	    db.execute(f"DROP TRIGGER {name}")
	db.executescript("DROP VIEW events; DROP TABLE event; PRAGMA user_version = 3; DELETE FROM sqlite_sequence WHERE name = 'event'")
PY
cp o.sqlite o.before
for k in 1 2 3; do $ZHIPING ledger list --ledger o.sqlite > out.$k 2> err.$k & done; wait
kinds o.sqlite "raised add-earlier add-earlier add-withheld-earlier papers-earlier decisions-earlier ${withheld//paper-withheld/paper-withheld-earlier}"
trail same o.sqlite o.before || wrong "the content has changed"
ledger 1 check --ledger o.sqlite; verify 0 o.sqlite
trail bypass o.sqlite "UPDATE title SET because = 'x' WHERE act = 1"; ledger 3 check --ledger o.sqlite
(ulimit -f 16; exec $ZHIPING ledger list --ledger o.before > out 2> err); test $? = 6 || wrong "without room it ended otherwise: $(cat err)"
test "$(sqlite3 o.before 'PRAGMA user_version')" = 3 || wrong "without room it was raised all the same"
result 'a ledger of an older program gets its trail once, whole or not at all, and what was in it is told as earlier'

# The clock.
cp l.sqlite c.sqlite
python3 -c 'import sqlite3, sys; sys.path.insert(0, sys.argv[1]); import trail; d = sqlite3.connect("c.sqlite"); trail.put(d, "export", "all", "", "", at="2999-12-31T23:59:59Z"); d.commit()' "$top_srcdir/tests"
ledger 0 export --all later --ledger c.sqlite; ledger 1 check --ledger c.sqlite
test "$(column c.sqlite at)" \< 2999 || wrong "the clock of the last event is $(column c.sqlite at)"
result 'a clock that was set back is recorded as it was'

# Several at once.
cp l.sqlite s.sqlite
for k in 1 2 3 4 5 6; do $ZHIPING ledger export sim-2026-1 e$k --ledger s.sqlite --by "number $k" > out.$k 2> err.$k & done; wait
test "$(sqlite3 s.sqlite "SELECT count(DISTINCT who) FROM event WHERE seq > $n AND what = 'export'")" = 6 || wrong "events are missing: $(cat err.?)"
ledger 1 check --ledger s.sqlite; verify 0 s.sqlite
result 'of several at once each has its event'

# The same bytes.
for k in 1 2; do cp made/older-1.sqlite same$k.sqlite; ends 1 close made/round2 --into same$k --issued 2026-12-02 --emit tables --ledger same$k.sqlite; done
diff -r same1 same2 > differs || wrong "$(head -n 3 differs)"
result 'the same round with copies of one ledger gives the same bytes'

bash "$top_srcdir/tests/faults/tamper.sh" 60 1 "$scratch/made" > told 2>&1 || wrong "$(tail -n 12 told | tr '\n' '~' | sed 's/~/~# /g' | tr '~' '\n')"
result 'any of 60 changes at random is found, and the other program names the same event'
