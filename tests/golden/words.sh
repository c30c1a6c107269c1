#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Other units and other ways of writing: every value of a round becomes what Python's decimals make of it, whatever the
# number of threads; a pattern that reaches a limit stops the round; many unknown names are told in little time.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0
result() { # CLAIM FILE-OF-PROOF: the last command decides
	local good=$?
	number=$((number + 1))
	test $good = 0 && echo "ok $number - $1" || { head -n 20 "$2" | sed 's/^/# /'; echo "not ok $number - $1"; }
}

echo 1..8
python3 -B "$here/words.py" factors "$top_srcdir/rules/units/common-2026.xml" > out
result "every factor between masses and moles follows from its molar mass" out

for seed in 1 2; do
	python3 -B "$here/words.py" make "$top_srcdir/rules" round$seed $seed &&
		$ZHIPING close $ZP_OPTIONS round$seed --into out$seed --issued 2026-03-31 --emit tables --threads 1 > out 2>&1
	python3 -B "$here/words.py" compare round$seed.expected out$seed/W/v1/scores.csv >> out
	result "every value in another unit or way of writing is what decimals make of it ($seed)" out
done
$ZHIPING close $ZP_OPTIONS round1 --into out4 --issued 2026-03-31 --emit tables --threads 4 > out 2>&1
diff -r out1 out4 > out
result "the number of threads changes nothing" out

# A vocabulary with a pattern that tries for ever, and a value that makes it.
cat > round1/slow.xml << 'XML'
<vocabulary name="slow" version="1" title="慢" title-en="Slow">
  <pattern kind="nothing" match="(a+)+b|c">
    <example of="c" gives="nothing"/>
    <counterexample of="d"/>
  </pattern>
</vocabulary>
XML
sed -i 's/scheme="cn-routine-chemistry"/scheme="cn-routine-chemistry" vocabulary="slow.xml"/' round1/round.xml
rm round1/results/*
printf 'lab,programme,measurand,sample,value\nU001,chem,K,S1,1\nU001,chem,NA,S1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nU002,chem,K,S1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n' > round1/results/a.csv
for threads in 1 4; do
	$ZHIPING close $ZP_OPTIONS round1 --into never --issued 2026-03-31 --threads $threads > out 2>&1
	test $? = 4 && test ! -e never/W && grep -q '^zhiping: results/a.csv:3: the pattern "(a+)+b|c" (slow.xml:2) needs more steps than a pattern may take, for the value "aaaa' out
	result "a pattern that reaches a limit stops the round, with its place and the value's ($threads threads)" out
done

# A file of the wrong centre: a hundred thousand laboratories that nobody knows.
sed -i 's/ vocabulary="slow.xml"//' round1/round.xml
awk 'BEGIN { print "lab,programme,measurand,sample,value"; for (i = 0; i < 100000; i++) printf "u%06d,chem,K,S1,4.1\n", i }' > round1/results/a.csv
timeout 20 $ZHIPING check $ZP_OPTIONS round1 > out 2> err
test $? = 3 && test "$(grep -c 'is not in roster.csv' out)" = 1000 && grep -q 'and 99000 more problems' out
result "a hundred thousand unknown laboratories are told in little time" out
printf 'lab,programme,measurand,sample,value\n%s,chem,K,S1,4.1\nu001,chem,K,S1,4.1\n' "$(head -c 400000 /dev/zero | tr '\0' x)" > round1/results/a.csv
timeout 20 $ZHIPING check $ZP_OPTIONS round1 > out 2> err
test $? = 3 && grep -q 'laboratory "u001" is not in roster.csv; did you mean "U001"?' out
result "a name as long as a line has no neighbour, and the next one has" out
