#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Papers drawn by several machines: signed or not, with a ledger or without, what is published is what one machine publishes, to the byte; no
# key is where papers are drawn; what was drawn of something else is not taken.
. "$top_srcdir/tests/parted.sh"
scores() { must shard 1/2 round; must shard 2/2 round; }
papers() { # N OPTION...
	local i
	for i in $(seq "$1"); do must shard "$i/$1" round --papers --issued 2026-12-31 "${@:2}"; done
}
merge() { zp merge round --papers --issued 2026-12-31 "$@"; }
same() { diff -r "$1" "$2" > differs 2>&1 || wrong "$(head -n 5 differs | cut -c 1-200 | tr '\n' '~')"; }
# Alter a part by a line of Python that works on the bytes `b` before its digest, and seal it again.
alter() { # FILE PYTHON
	python3 - "$1" "$2" <<-'PY'
	import hashlib, sys
	path, line = sys.argv[1:]
	b = bytearray(open(path, "rb").read()[:-65])
	exec(line)
	open(path, "wb").write(bytes(b) + hashlib.sha256(b).hexdigest().encode() + b"\n")
	PY
}
refuses() { # SENTENCE OPTION...
	merge --into refused "${@:2}"
	local code=$?
	test $code = 3 || wrong "exit code $code; expected 3"
	grep -qF -- "$1" err || wrong "not told: $1; but: $(head -n 3 err | tr '\n' '~')"
	test -z "$(find refused -name v1 2> /dev/null)" || wrong 'something was published'
	chmod -R u+w refused 2> /dev/null; rm -rf refused
}

$ZHIPING methods certificate-pdf $ZP_OPTIONS > out 2>&1 && $ZHIPING methods report-pdf $ZP_OPTIONS > out 2>&1 ||
	{ echo '1..0 # SKIP the program was built without PDF'; exit 0; }
echo 1..11
cp -r "$top_srcdir/fixtures/rounds/respiratory" round
scores

must close round --into one --issued 2026-12-31
for n in 1 2 3; do
	rm -f $parts/papers*
	papers $n
	must merge round --papers --into many-$n --issued 2026-12-31
	same one many-$n
done
result 'papers drawn in 1, 2 or 3 parts are published as one machine draws them'

rm -f $parts/papers*
papers 20
must merge round --papers --into many-20 --issued 2026-12-31
same one many-20
test -z "$(ls -A $parts | grep -v '\.part$')" || wrong "beside the parts lies $(ls -A $parts | grep -v '\.part$')"
result 'so they are in more parts than there are laboratories, and drawing leaves nothing beside the parts'

rm $parts/papers-3-of-20.part $parts/papers-7-of-20.part
zp merge round --papers --missing 20 --issued 2026-12-31
test $? = 1 && test "$(tr '\n' ' ' < out)" = '3 7 ' || wrong "--missing says $(cat out err)"
zp merge round --papers --missing 20 --issued 2026-12-31 --emit tables
test $? = 2 && test ! -s out && grep -q -- '--emit has nothing for laboratories; expected certificates' err || wrong "--missing says $(cat out err) of no papers"
refuses '2 of 20 parts are missing: 3 7;'
rm -f $parts/papers*
refuses 'has no part that can be joined'
result 'papers that are missing are told, and nothing is published without them'

must close round --into certificates --issued 2026-12-31 --emit tables,certificates
papers 2 --emit certificates
must merge round --papers --into many-certificates --issued 2026-12-31 --emit tables,certificates
same certificates many-certificates
refuses 'was made with the options {"emit":["certificates"]'
papers 2
zp merge round --papers --issued 2026-12-30 --into refused
test $? = 3 && grep -q 'was made with the options .*"issued":"2026-12-31"' err || wrong "another day is not refused: $(cat err)"
zp merge round --issued 2026-12-31 --into drawn-here
same one drawn-here
result 'papers of another kind or day are refused; without --papers they are drawn where they are joined'

# ---- signed ----

must key new --into keys --name 示例中心 --date 2026-01-01
must close round --into signed --issued 2026-12-31 --key keys
rm -f $parts/papers*
must merge round --seals --issued 2026-12-31 --key keys
mv keys elsewhere
papers 2 --sealed
mv elsewhere keys
must merge round --papers --into many-signed --issued 2026-12-31 --key keys
same signed many-signed
must verify many-signed/respiratory/v1 --trust keys/public
result 'signed papers are drawn where no key is, and are those that one machine signs'

refuses '"key":"-"'
zp shard 1/2 round --papers --sealed --issued 2026-12-30
test $? = 3 && grep -q 'seals-1-of-1.part: was made with the options' err || wrong "seals of another day are taken: $(cat err)"
rm $parts/seals*
zp shard 1/2 round --papers --sealed --issued 2026-12-31
test $? = 3 && grep -q 'seals-1-of-1.part: is missing' err || wrong "papers are drawn without seals: $(cat err)"
zp merge round --seals --issued 2026-12-31
test $? = 2 && grep -q 'expected --key KEYS as well' err || wrong "seals need no key: $(cat err)"
result 'papers that were drawn to be signed are not published without the key, and need their seals'

# ---- with a ledger ----

rm -f $parts/papers*
must close round --into with --issued 2026-12-31 --ledger one.sqlite
papers 2 --ledger many.sqlite
test ! -e many.sqlite || wrong 'a ledger was made where papers are drawn'
must merge round --papers --into many-with --issued 2026-12-31 --ledger many.sqlite
same with many-with
result 'with a ledger that is made by the closing, too'

rm -f $parts/papers*
must close "$top_srcdir/fixtures/rounds/glucose-e691" --into before --issued 2026-12-31 --emit tables --ledger ledger.sqlite
cp ledger.sqlite before.sqlite
cp ledger.sqlite same.sqlite
must close round --into ahead --issued 2026-12-31 --ledger same.sqlite
papers 1 --ledger ledger.sqlite
must close "$top_srcdir/fixtures/rounds/serology" --into before --issued 2026-12-31 --emit tables --ledger ledger.sqlite
must merge round --papers --into behind --issued 2026-12-31 --ledger ledger.sqlite
must ledger check --ledger ledger.sqlite --against behind/respiratory/v1
must verify behind/respiratory/v1
same ahead behind
result 'papers stay good when the ledger goes on after they were drawn'

rm -f $parts/papers*
cp before.sqlite ledger.sqlite
papers 2 --ledger ledger.sqlite
mv $parts/papers-2-of-2.part kept
refuses 'papers-2-of-2.part: is missing' --ledger ledger.sqlite
zp merge round --papers --issued 2026-12-30 --into refused --ledger ledger.sqlite
test $? = 3 || wrong "another day is taken: $(cat err)"
zp merge round --papers --missing 2 --issued 2026-12-31 --ledger ledger.sqlite
test $? = 1 && test "$(cat out)" = 2 || wrong "--missing says $(cat out err)"
cp ledger.sqlite refused.sqlite
must shard 2/2 round --papers --issued 2026-12-31 --ledger ledger.sqlite
cmp -s kept $parts/papers-2-of-2.part || wrong 'the part that came later is another than the one that was missing'
must merge round --papers --into again --issued 2026-12-31 --ledger ledger.sqlite
test "$($ZHIPING ledger events --ledger ledger.sqlite --lang en 2> err | grep -c close-refused)" = 2 || wrong 'the refusals are not in the trail'
must ledger check --ledger ledger.sqlite --against again/respiratory/v1
same ahead again
result 'a merge that was refused succeeds when the part is there, though the refusal stands in the trail'

rm -f $parts/papers*
cp before.sqlite ledger.sqlite
must merge round --seals --issued 2026-12-31 --key keys --ledger ledger.sqlite
must close "$top_srcdir/fixtures/rounds/serology" --into meanwhile --issued 2026-12-31 --emit tables --ledger ledger.sqlite
papers 1 --sealed --ledger ledger.sqlite
must merge round --papers --into sealed --issued 2026-12-31 --key keys --ledger ledger.sqlite
cp before.sqlite ledger.sqlite
must close round --into sealed-one --issued 2026-12-31 --key keys --ledger ledger.sqlite
same sealed-one sealed
rm -f $parts/seals* $parts/papers*
papers 1 --ledger before.sqlite
must close "$top_srcdir/fixtures/rounds/serology" --into meanwhile-2 --issued 2026-12-31 --emit tables --ledger other.sqlite
refuses '"head":"' --ledger other.sqlite
result 'so do seals; papers of a head that the ledger does not know are refused'

# ---- what cannot be ----

rm -f $parts/papers*
papers 2
lab=$(grep -ao 'L00[0-9]*' $parts/papers-1-of-2.part | head -n 1)
alter $parts/papers-1-of-2.part "at = b.index(b'$lab'); b[at + 5 + 4 + 3] = ord('0') if b[at + 5 + 4 + 3] != ord('0') else ord('1')"
refuses "$lab: the papers that were drawn for this laboratory tell something else"
must shard 1/2 round --papers --issued 2026-12-31
alter $parts/papers-1-of-2.part "at = b.index(b'$lab'); b[at:at + 5] = b'L9999'"
refuses 'papers-1-of-2.part: has papers that cannot be those of its laboratories'
must shard 1/2 round --papers --issued 2026-12-31
alter $parts/papers-1-of-2.part "at = b.index(b'certificate.pdf'); b[at:at + 15] = b'../../../../etc'"
refuses 'papers-1-of-2.part: has papers that cannot be those of its laboratories'
must shard 1/2 round --papers --issued 2026-12-31
alter $parts/papers-1-of-2.part 'del b[-1000:]'
refuses 'papers-1-of-2.part: has papers that cannot be those of its laboratories'
must shard 1/2 round --papers --issued 2026-12-31
alter $parts/papers-1-of-2.part 'b += b"more"'
refuses 'papers-1-of-2.part: has papers that cannot be those of its laboratories'
result 'papers that tell something else, or of nobody, or that lead out of their folder, are refused'
