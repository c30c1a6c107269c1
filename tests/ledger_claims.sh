# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What a ledger promises whatever keeps it: read by `.`, by ledger.sh for files and by postgres.sh for databases. Who reads it says of a ledger,
# which has a name such as a.sqlite: place NAME, what --ledger takes; clone NAME NAME; same NAME NAME, to the byte; same_but_trail NAME NAME;
# kinds NAME, of its events; and wrong, result, ledger, says, exported, alike, helper.
ledger_claims=17

ledger_claims() {
$ZHIPING simulate $ZP_OPTIONS --into round --labs 25 --programmes chemistry,answers --measurands 12 --seed 5 > out || { echo 'Bail out! nothing is simulated'; exit 1; }
awk -F, -v OFS=, '$1 == "L0001" { $2 = "\x27); DROP TABLE round; --" } 1' round/roster.csv > roster && mv roster round/roster.csv
sed -i '3s/,1.57,/,<1.57,/; 4s/,1.98,/,>1.98,/' round/results/L0002.csv
$ZHIPING close $ZP_OPTIONS round --into out-a --issued 2026-03-31 --emit tables --ledger "$(place a.sqlite)" > out 2> err
test $? -le 1 || { echo 'Bail out! the round does not close'; cat err; exit 1; }
v1=out-a/sim-2026-1/v1
says "$(place a.sqlite): round sim-2026-1 v1 was added" out
ledger 0 list --ledger a.sqlite
test "$(grep -c sim-2026-1 out)" = 1 || wrong "the list has $(cat out)"
result 'close puts the round into the ledger'

exported a.sqlite first
helper same $v1 first/sim-2026-1/v1 > differs || wrong "$(tr '\n' ' ' < differs)"
test "$(grep -cE '^L0002,chemistry,P,20261[23],returned,[<>]1\.(57|98),' first/sim-2026-1/v1/scores.csv)" = 2 || wrong "the two bounds of L0002 are not as they were sent"
result 'what was published comes out again, answers, numbers and bounds, the manifest to the byte'

clone a.sqlite before.sqlite
ledger 0 add $v1 --ledger a.sqlite
says 'is there already' out
same a.sqlite before.sqlite || wrong "the ledger has changed"
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

clone before.sqlite a.sqlite
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

clone late.sqlite own.sqlite
ledger 2 disown sim-2026-1/v2 --ledger own.sqlite; says 'expected --reason TEXT'
ledger 2 disown sim-2026-1/v9 --reason x --ledger own.sqlite; says 'there is no version sim-2026-1/v9'
ledger 0 disown sim-2026-1/v2 --reason 'it is nobody'"'"'s' --ledger own.sqlite; says 'round sim-2026-1/v2 was disowned on'; says "nobody's"
clone own.sqlite again.sqlite; ledger 0 disown sim-2026-1/v2 --reason again --ledger again.sqlite; same own.sqlite again.sqlite || wrong "the same again changes it"
ledger 0 list --ledger own.sqlite; says 'was disowned on'
test "$(awk '$1 == "sim-2026-1" { print $2, $3 }' out)" = $'v1 2026\nv2 void' || wrong "the list is $(cat out)"
ledger 0 show sim-2026-1 --ledger own.sqlite; says 'sim-2026-1 v1' out
exported own.sqlite fourth; says 'is passed over'
test -e fourth/sim-2026-1/v1 -a ! -e fourth/sim-2026-1/v2 || wrong "it exports $(ls fourth fourth/sim-2026-1)"
ledger 0 check --ledger own.sqlite; says 'is passed over'
ledger 0 merge own.sqlite --ledger owned.sqlite; says 'round sim-2026-1 v2 was disowned there and is passed over'
exported owned.sqlite fifth; alike fourth fifth 'another came over'
test "$(kinds own.sqlite)" = 'add add export disown export' || wrong "the trail tells $(kinds own.sqlite)"
result 'a version that is disowned is named and passed over, and the one before it is the current one'

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
clone a.sqlite ab.sqlite
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

clone ab.sqlite again.sqlite
ledger 0 merge b.sqlite --codes codes.csv --ledger again.sqlite; says '0 added, 2 there already' out
ledger 0 merge ab.sqlite ba.sqlite --ledger again.sqlite; says '0 added, 8 there already' out
same again.sqlite ab.sqlite || wrong "the ledger has changed"
result 'merging what is there changes not a byte'

exported b.sqlite b
for code in L0001:P0900 L0002:A0001 L0025:L0024-B; do
	diff <(grep "^${code%:*}," b/CITY-1/v1/scores.csv | cut -d, -f2-) <(grep "^${code#*:}," ab/CITY-1/v1/scores.csv | cut -d, -f2-) > differs || wrong "$code: other results"
	grep -q "^${code%:*}," ab/CITY-1/v1/*.csv && wrong "$code: the old code is still there"
done
test "$(cut -d, -f1 ab/CITY-1/v1/register.csv | tail -n +2)" = "$(cut -d, -f1 ab/CITY-1/v1/register.csv | tail -n +2 | sort)" || wrong "laboratories are not in the order of codes"
result 'results go with the laboratory to its other code'

clone a.sqlite c.sqlite
ledger 0 merge b.sqlite --ledger c.sqlite
clone c.sqlite before-c.sqlite
ledger 1 merge b.sqlite --codes codes.csv --ledger c.sqlite; says 'CITY-1 v1'; says '0 added, 0 there already, 2 withheld' out
exported c.sqlite c1; exported before-c.sqlite c2
alike c1 c2 'the ledger has changed'
result 'a version that is there with other codes is named and withheld'

printf 'from,to\nL0001,L0002\n' > bad.csv
clone a.sqlite d.sqlite; ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'have the code L0002'
printf 'from,to\nL0001,X1\nL0001,X2\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'bad.csv:3'; says 'stands twice'
printf 'from,to\nL0001,x y\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says '"x y" is no code'
printf 'a,b\nL0001,X\n' > bad.csv
ledger 3 merge b.sqlite --codes bad.csv --ledger d.sqlite; says 'from,to'
same_but_trail d.sqlite a.sqlite || wrong "the ledger has changed"
test "$(kinds d.sqlite)" = "$(kinds a.sqlite) merge-refused" || wrong "the trail tells $(kinds d.sqlite)"
result 'two laboratories with one code, and tables of codes that mean nothing, are refused'

# Rounds that lie ahead.
helper forge $v1 ahead round=AHEAD year=2027 opens=2027-01-01T08:00:00+08:00 closes=2027-01-15T17:00:00+08:00 issued=2027-01-31
clone before.sqlite f.sqlite; ledger 0 add ahead --ledger f.sqlite
ledger 1 list --ledger f.sqlite --issued 2026-12-31; says 'AHEAD v1'; says 'closes after 2026-12-31'
test "$(wc -l < err)" = 1 || wrong "others are named: $(cat err)"
ledger 1 check --ledger f.sqlite --issued 2027-01-20; says 'was issued after 2027-01-20'
ledger 0 list --ledger f.sqlite --issued 2027-01-31
ledger 2 list --ledger f.sqlite --issued 2026-02-30
result 'a round from the future is told'
}
