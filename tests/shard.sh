#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A round on many machines: whatever it is divided into, what is published is what one machine publishes, to the byte; a part that is lost,
# damaged, repeated or of something else is told, and nothing is published of it.
rounds=$top_srcdir/fixtures/rounds
. "$top_srcdir/tests/parted.sh"
close() { zp close "$1" --into "$2" --issued 2026-12-31 "${@:3}"; test $? -le 1 || wrong "$1 does not close: $(head -n 3 err)"; }
merge() { zp merge "$1" --into "$2" --issued 2026-12-31 "${@:3}"; }
joins() { merge "$@"; test $? -le 1 || wrong "the parts of $1 are not joined: $(head -n 3 err)"; }
shards() { # ROUND N OPTION...
	local i
	for i in $(seq "$2"); do zp shard "$i/$2" "$1" "${@:3}" || wrong "part $i of $2 of $1 is not made: $(head -n 3 err)"; done
}
same() { # A B: the whole published folders, and what is linked
	diff -r "$1" "$2" > differs 2>&1 || wrong "$(head -n 5 differs | tr '\n' '~')"
	test "$(cd "$1" && find . -printf '%p %M %l\n' | sort)" = "$(cd "$2" && find . -printf '%p %M %l\n' | sort)" || wrong "files, modes or links of $1 and $2 differ"
}
fresh() { rm -rf round && cp -r "$rounds/$1" round; }
# Alter a part by a line of Python that works on the bytes `b` (a bytearray) before its digest, and seal it again.
alter() { # FILE PYTHON
	python3 - "$1" "$2" <<-'PY'
	import hashlib, sys
	path, line = sys.argv[1:]
	b = bytearray(open(path, "rb").read()[:-65])
	exec(line)
	open(path, "wb").write(bytes(b) + hashlib.sha256(b).hexdigest().encode() + b"\n")
	PY
}
# Merging says this, with that exit code, and publishes nothing.
refuses() { # CODE SENTENCE...
	local code sentence
	merge round refused --emit tables
	code=$?
	test $code = "$1" || wrong "exit code $code; expected $1"
	for sentence in "${@:2}"; do grep -qF -- "$sentence" err || wrong "not told: $sentence; but: $(head -n 3 err | tr '\n' '~')"; done
	test ! -e refused || wrong "something was published"
}

echo 1..17

# ---- the same bytes ----

for round in "$rounds"/*/; do
	name=$(basename "$round")
	fresh "$name"
	close round one --emit tables
	shards round 2
	joins round many --emit tables
	same one many
	chmod -R u+w one many; rm -rf one many
done
result 'every example round in two parts gives the tables that one machine gives'

fresh transfusion
close round one --emit tables
for n in 1 2 3 7 60; do
	rm -rf $parts
	shards round $n
	joins round many-$n --emit tables
	same one many-$n
done
result 'so does a round in 1, 2, 3, 7 parts, and in more than it has measurands'

rm -rf $parts
shards round 3 --threads 3
(cd $parts && sha256sum ./*) > three
shards round 3 --threads 1
(cd $parts && sha256sum ./*) | cmp -s three - || wrong "the parts differ"
result 'a part is the same on any number of threads, and when it is made again'

test "$(ls -A $parts | tr '\n' ' ')" = 'scores-1-of-3.part scores-2-of-3.part scores-3-of-3.part ' || wrong "there lies $(ls -A $parts)"
test "$(find one many-7 -name '*.part' | wc -l)" = 0 || wrong "a part was published"
result 'parts lie in a folder of the round, and are never published'

mkdir elsewhere
shards round 2 --parts elsewhere/of/it
joins round many-else --emit tables --parts elsewhere/of/it
same one many-else
result 'or in a folder of the choice of who runs it'

# ---- what is not there, or is something else ----

rm $parts/scores-2-of-3.part
refuses 3 'scores-2-of-3.part: is missing; expected all 3 parts, each once'
zp merge round --missing 3
test $? = 1 && test "$(cat out)" = 2 || wrong "--missing says $(cat out)"
zp shard 2/3 round && zp merge round --missing 3
test $? = 0 && test ! -s out || wrong "--missing says $(cat out) when all are there"
joins round found --emit tables
same one found
result 'a lost part is told, named for who makes it again, and then all is well'

rm $parts/scores-[12]-of-3.part
refuses 3 '2 of 3 parts are missing: 1 2;'
zp merge round --missing 3
test "$(tr '\n' ' ' < out)" = '1 2 ' || wrong "--missing says $(cat out)"
rm -r $parts
refuses 3 'has no part that can be joined'
zp merge round --missing 3
test $? = 1 && test "$(tr '\n' ' ' < out)" = '1 2 3 ' || wrong "--missing says $(cat out) of none"
result 'so are several, and all'

shards round 3
cp $parts/scores-1-of-3.part $parts/scores-1-again.part
refuses 3 'scores-1-of-3.part: is part 1 of 3, and so is scores-1-again.part; expected each part once, so remove one of them'
stray() { # SENTENCE
	zp merge round --missing 3
	test $? = 3 && test ! -s out && grep -qF "$1" err || wrong "--missing says: $(cat out err)"
}
stray 'and so is scores-1-again.part'
rm $parts/scores-1-again.part
zp shard 1/7 round
refuses 3 'scores-1-of-7.part: is part 1 of 7, and scores-1-of-3.part is one of 3; expected parts of one division, so remove those that are not wanted'
stray 'scores-1-of-7.part: is part 1 of 7, and scores-1-of-3.part is one of 3'
rm $parts/scores-2-of-3.part
zp merge round --missing 3
test $? = 3 && test "$(cat out)" = 2 || wrong "--missing says: $(cat out err)"
rm $parts/scores-1-of-7.part; zp shard 2/3 round
result 'a part that is there twice, or of another division, is refused, and told by who looks for what is missing'

head -c 300 $parts/scores-1-of-3.part > beginning && cp beginning $parts/scores-1-of-3.part
printf 'x' | dd of=$parts/scores-2-of-3.part bs=1 seek=900 conv=notrunc 2> err
echo 'lab,value' > $parts/scores-3-of-3.part
refuses 3 'scores-1-of-3.part: the part is damaged or cut off' 'scores-2-of-3.part: the part is damaged or cut off' 'scores-3-of-3.part: the part is none; expected'
zp merge round --missing 3
test "$(tr '\n' ' ' < out)" = '1 2 3 ' || wrong "--missing says $(cat out)"
: > $parts/scores-1-of-3.part
refuses 3 'scores-1-of-3.part: the part is empty'
rm $parts/*
result 'a part that is cut off, damaged or something else is told, all at once, and counts as missing'

shards round 3
printf '\n' >> round/results/"$(ls round/results | head -n 1)"
refuses 3 'scores-1-of-3.part: was made of other input, digest' 'scores-3-of-3.part: was made of other input, digest'
fresh transfusion
result 'parts of other input are refused'

shards round 2
cp -r "$top_srcdir/rules" rules
scheme=$(grep -o 'scheme="[^"]*"' round/round.xml | head -n 1 | cut -d '"' -f 2)
echo '<!-- read again -->' >> rules/"$(cd rules && ls schemes/"$scheme".xml)"
$ZHIPING merge round $ZP_OPTIONS --rules rules --into refused --issued 2026-12-31 --emit tables > out 2> err
test $? = 3 || wrong 'parts of other rules are joined'
grep -q 'scores-1-of-2.part: was made by other rules, digest' err || wrong "told: $(head -n 3 err)"
test ! -e refused || wrong 'something was published'
result 'parts by other rules are refused'

alter $parts/scores-1-of-2.part 'at = b.index(b"zhiping 0."); b[at:at+10] = b"zhiping 9."'
refuses 3 'scores-1-of-2.part: was made by "zhiping 9.'
zp shard 1/2 round
alter $parts/scores-1-of-2.part 'at = b.index(b"zhiping 0.") + 14 + b[b.index(b"zhiping 0.") - 4] - 10; b[at] ^= 1'
refuses 3 'scores-1-of-2.part: was made by another build'
zp shard 1/2 round
alter $parts/scores-1-of-2.part 'b[13] = ord("2")'
refuses 3 'scores-1-of-2.part: the part has another form'
zp shard 1/2 round
alter $parts/scores-1-of-2.part 'at = b.index(b"zhiping 0."); at += b[at - 4] + 4 + 64 + 4; b[at] ^= 1'
refuses 3 'scores-1-of-2.part: was made on a processor by which exp, log, pow or sin end in other digits'
zp shard 1/2 round
result 'parts of another version, build, form or rounding are refused'

# ---- what cannot be ----

alter $parts/scores-1-of-2.part 'b[-1] = 255'
refuses 3 'scores-1-of-2.part: says what cannot be of'
zp shard 1/2 round
alter $parts/scores-1-of-2.part 'b += b"more"'
refuses 3 'scores-1-of-2.part: goes on behind its end'
zp shard 1/2 round
alter $parts/scores-1-of-2.part 'del b[-20:]'
refuses 3 'scores-1-of-2.part: says what cannot be of'
zp shard 1/2 round
result 'a part that says what cannot be is refused, though its digest is right'

# ---- the command line ----

for bad in 0/3 4/3 1/0 1 /3 1/ 1/3x +1/3 1/5000 99999/99999 a/b ''; do
	zp shard "$bad" round
	test $? = 2 && grep -q 'expected I/N' err || wrong "$bad is not refused as it should be: $(cat err)"
done
for bad in 0 5000 x; do zp merge round --missing $bad; test $? = 2 || wrong "--missing $bad is not refused"; done
zp merge round --emit tables
test $? = 2 || wrong 'merge without --into is not refused'
zp merge round --draft
test $? -le 1 || wrong "merge has no draft: $(cat err)"
$ZHIPING close round --draft $ZP_OPTIONS > draft 2>&1
cmp -s draft out || wrong 'the draft of merge is not that of close'
result 'what is no part is refused; a draft of merge tells what that of close tells'

# ---- a machine that dies ----

$ZHIPING simulate $ZP_OPTIONS --into large --labs 3000 --seed 3 --single-file > out || wrong 'nothing is simulated'
close large one-large --emit tables
shards large 1
killed=0
for pause in 0.05 0.1 0.2 0.3 0.4 0.5 0.6 0.8 1 1.2; do
	rm -rf large/.zhiping/parts/scores-2*
	$ZHIPING shard 2/2 large $ZP_OPTIONS > out 2> err &
	sleep $pause
	kill -9 $! 2> err && killed=$((killed + 1))
	wait $! 2> err
	case $(ls large/.zhiping/parts) in *scores-2-of-2*) $ZHIPING merge large --missing 2 $ZP_OPTIONS 2> err | grep -qx 2 && wrong "killed after $pause s it left a part that is not whole" ;; esac
done
test $killed -ge 3 || wrong "only $killed of 10 were killed"
rm -rf large/.zhiping/parts
shards large 2
test "$(ls -A large/.zhiping/parts | tr '\n' ' ')" = 'scores-1-of-2.part scores-2-of-2.part ' || wrong "what the dead left lies there: $(ls -A large/.zhiping/parts)"
joins large many-large --emit tables
same one-large many-large
result 'killed at any moment, a machine leaves its part whole or not at all'

# Killed while it writes, however long that takes: the file that it was writing has no name that counts, and the next run removes it.
rm -rf large/.zhiping/parts
for try in $(seq 20); do
	$ZHIPING shard 1/1 large $ZP_OPTIONS > out 2> err &
	until compgen -G 'large/.zhiping/parts/.scores-1-of-1.part-*' > there || test -e large/.zhiping/parts/scores-1-of-1.part || ! kill -0 $! 2> err; do :; done
	kill -9 $! 2> err
	wait $! 2> err
	compgen -G 'large/.zhiping/parts/.scores-1-of-1.part-*' > there && break
	rm -rf large/.zhiping/parts
done
if test -s there; then
	zp merge large --missing 1
	test "$(cat out)" = 1 || wrong "--missing says $(cat out)"
	shards large 1
	test "$(ls -A large/.zhiping/parts)" = scores-1-of-1.part || wrong "what the dead left lies there: $(ls -A large/.zhiping/parts)"
	result 'killed while it writes, it leaves nothing that the next run does not remove'
else
	number=$((number + 1)); echo "ok $number - killed while it writes, it leaves nothing that the next run does not remove # SKIP it was always too quick"
fi

joins large with-ledger --emit tables --ledger ledger.sqlite
close large one-ledger --emit tables --ledger one.sqlite
zp ledger events --ledger ledger.sqlite; sed 's/  */ /g' out | cut -d ' ' -f 1-2 > events
grep -q close out || wrong "the trail says $(cat out)"
diff -r with-ledger one-ledger > differs || wrong "$(head -n 3 differs)"
result 'a ledger takes what is joined as a close'
