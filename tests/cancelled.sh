#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A programme that is cancelled in a round asks nobody for anything, and the round says what the year needs to know of its programmes.
. "$top_srcdir/tests/claim.sh"
plan() { sed "0,/<programme code=\"chemistry\"/s//<programme $1 code=\"chemistry\"/" plan.xml > round/round.xml; }
close() { chmod -R u+w out 2> /dev/null; rm -rf out; $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit "${1:-tables}" > close.out 2> close.err; }
refuses() { plan "$1"; $ZHIPING check $ZP_OPTIONS round > said 2>&1; test $? = 3 && grep -qF "$2" said; }
rows() { awk -F, "$1" "out/sim-2026-1/v1/$2"; }
echo 1..13
$ZHIPING simulate $ZP_OPTIONS --into round --labs 60 --programmes chemistry,blood-count --measurands 2 --samples 3 --seed 3 > out || { echo 'Bail out! nothing is simulated'; exit 1; }
cp round/round.xml plan.xml
sed -i '/^L0060,blood-count/d' round/enrolments.csv # one laboratory has nothing but what is cancelled
plan 'cancelled="样品在运输中损坏" level="city" trueness="yes" measurand-status="no"'
close tables,certificates
claim "the round closes" test $? -le 1
v=out/sim-2026-1/v1
claim "nothing of it is asked for" test "$(rows '$2 == "chemistry" && $5 != "not_asked"' scores.csv | wc -l)" = 0
claim "who is enrolled stands as cancelled, in the programme and in what it performs" test -z "$(rows '$2 == "chemistry" && $4 !~ /cancelled|not_/' verdicts.csv)"
claim "no score, no satisfaction" test -z "$(rows '$2 == "chemistry" && ($6 != 0 || $8 != "" || $10 != "neither")' verdicts.csv)"
claim "nobody is expected in it" test -z "$(rows '$1 == "chemistry" && $7 != 0' regions.csv)"
claim "who has nothing else is expected nowhere" test "$(rows '$1 == "*" && $2 == "420000" && $6 == "*" { print $7 }' regions.csv)" = 59
claim "the other programme is judged" test "$(rows '$2 == "blood-count" && $3 == "*" && $10 != "neither"' verdicts.csv | wc -l)" -ge 9
came=$(cat round/results/*.csv | grep -c ',chemistry,')
told_once() { test "$(grep -c 'is cancelled' close.err)" = 1 && grep -q "the programme chemistry is cancelled in this round; its results are not used: $came, the first of them here" close.err; }
claim "what came all the same is told in one sentence, and counted" told_once
claim "programmes.csv says all of it" grep -q '^chemistry,.*,city,yes,no,3,2026-.*,样品在运输中损坏$' $v/programmes.csv
claim "and of the other what holds without a word" grep -q '^blood-count,.*,provincial,no,yes,3,2026-.*,$' $v/programmes.csv
test ! -e $v/labs/L0001/certificate.pdf || pdftotext $v/labs/L0001/certificate.pdf - > text
claim "the certificate says it" test ! -e text -o "$(grep -c '计划取消\|Cancelled' text)" -gt 0
sed 's/<round /&level="national" /' plan.xml > round/round.xml
close
claim "the level of the round is that of its programmes" test "$(grep -c ',national,no,yes,' $v/programmes.csv)" = 2
bad() { refuses 'level="village"' 'level' && refuses 'trueness="maybe"' 'trueness' && refuses 'measurand-status="1"' 'measurand-status' && refuses 'cancelled=" "' 'why the programme is cancelled'; }
claim "other words are refused" bad
