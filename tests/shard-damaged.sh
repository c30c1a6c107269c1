#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Parts that were altered and sealed again, so that their digest is right: papers, seals and scores are believed within their bounds only. What
# cannot be is told with the part that says it, and nothing is published of it. tests/shard.sh and tests/shard-papers.sh say what can be.
. "$top_srcdir/tests/parted.sh"
# Read parts, alter each by a line of Python, and seal it again. A part has `texts`, its head, and one of these: papers are `labs`, each [code,
# content, files], a file [name, bytes]; seals are `seals`, the key the first; scores are the bytes of `body`, in which put(ITEM, MEMBER, VALUE,
# SIZE) writes a member of the first group of an item. `n` stands for the number of laboratories, of n_size bytes, `most` for that of their files;
# `end` comes behind all.
cat > alter.py <<'PY'
import hashlib, sys

estimate = "x8 s8 u8 n8 low8 high8 iterations4 converged1 collapsed1 tied1"
members = (f"item4 rung1 keys1 key4 n_members4 n_kept4 n_absurd4 sane_low8 sane_high8 origin4 {estimate} has_x_pt1 x_pt9 ungradable4 width9 width9 delta_e8 "
           f"limit_branch1 low9 high9 has_bounds1 {estimate} has_answer1 elected_low8 elected_high8 by4 votes4 of4 lack4 negative1 n_counts4 sigma_pt8 "
           "u_x_pt8 u_negligible1 widened1 delta_e_before8 doubts2 humps2 dip_p8 s_s8 drift8 added8 reference_ratio8 apart4 apart_key1 apart_by8")
within, length = {}, 0
for member in members.split():
    name = member.rstrip("0123456789")
    within[name] = length
    length += int(member[len(name):])
within["counts"] = length


def whole(v, size=4):
    return v.to_bytes(size, "little")


def text(t):
    return whole(len(t)) + t


def group(body, item, samples):
    """Where the first group of the item begins."""
    at, number = 0, lambda at: int.from_bytes(body[at:at + 4], "little")
    while number(at) != item:
        cells, groups = number(at + 4), sum(number(at + 8 + 4 * s) for s in range(samples))
        at += 8 + 4 * samples
        for _ in range(groups):
            at += length + 16 * number(at + within["n_counts"])
        at += 10 * cells
        assert at < len(body), "the part has no such item"
    return at + 8 + 4 * samples


def alter(path, into, line):
    b, place = open(path, "rb").read()[:-65], 0

    def take(n):
        nonlocal place
        place += n
        return b[place - n:place]

    number = lambda n=4: int.from_bytes(take(n), "little")
    take_text = lambda: take(number())

    def put(item, member, value, size, samples=5):
        at = group(p["body"], item, samples) + within[member]
        p["body"][at:at + size] = whole(value % (1 << 8 * size), size)

    head, kind, of = take(15), number(1), take(8)
    p = {"texts": [take_text() for _ in range(7)], "labs": [], "seals": [], "body": bytearray(), "put": put, "n": None, "n_size": 4, "most": None, "end": b""}
    if kind == 1:
        p["labs"] = [[take_text(), take_text(), [[take_text(), take(number(8))] for _ in range(number())]] for _ in range(number())]
    while kind == 2 and place < len(b):
        p["seals"].append(take_text())
    p["body"] += b[place:]
    exec(line, p)
    out = head + whole(p.get("kind", kind), 1) + of + b"".join(map(text, p["texts"]))
    if kind == 1:
        out += whole(len(p["labs"]) if p["n"] is None else p["n"], p["n_size"])
    for code, content, files in p["labs"]:
        out += text(code) + text(content) + whole(len(files) if p["most"] is None else p["most"])
        out += b"".join(text(name) + whole(len(content), 8) + content for name, content in files)
    out += b"".join(map(text, p["seals"])) + p["body"] + p["end"]
    open(into, "wb").write(out + hashlib.sha256(out).hexdigest().encode() + b"\n")


for k in range(1, len(sys.argv), 2):
    alter("kept/" + sys.argv[k], "round/.zhiping/parts/" + sys.argv[k], sys.argv[k + 1])
PY
damage() { python3 -IS alter.py "$@" || wrong "not altered: $*"; } # PART LINE...
mend() { cp kept/* $parts/; }
# What is merged with these options is refused with that sentence, and nothing is published.
refuses() { # SENTENCE OPTION...
	zp merge round --into refused --issued 2026-12-31 "${@:2}"
	local code=$?
	test $code = 3 || wrong "exit code $code; expected 3"
	grep -qF -- "$1" err || wrong "not told: $1; but: $(head -n 3 err | tr '\n' '~')"
	test -z "$(find refused -name v1 2> /dev/null)" || wrong 'something was published'
	chmod -R u+w refused 2> /dev/null; rm -rf refused
}
certificates='--papers --emit certificates'
# Each of the lines damages another part of papers, and each of these is told.
papers() { # LINE...
	local i=0 line alters=()
	for line; do i=$((i + 1)); alters+=("papers-$i-of-6.part" "$line"); done
	damage "${alters[@]}"
	refuses 'the parts cannot be joined as they are' $certificates
	for i in $(seq $#); do grep -q "papers-$i-of-6.part: has papers that cannot be those of its laboratories; expected" err || wrong "taken: ${!i}"; done
	test "$(grep -c 'has papers that cannot be' err)" = $# || wrong "not only those that are damaged are refused: $(head -n 3 err)"
	mend
}

$ZHIPING methods certificate-pdf $ZP_OPTIONS > out 2>&1 || { echo '1..0 # SKIP the program was built without PDF'; exit 0; }
echo 1..10
cp -r "$top_srcdir/fixtures/rounds/respiratory" round
echo 'L0013,示例医院十三,420106,民营' >> round/roster.csv
for i in 1 2; do must shard $i/2 round; done
for i in 1 2 3 4 5 6; do must shard $i/6 round --papers --emit certificates --issued 2026-12-31; done
mkdir kept && cp $parts/* kept/
must merge round $certificates --issued 2026-12-31 --into good
test -e good/respiratory/v1/labs/L0012 || wrong 'parts that are good are not joined'
test ! -e good/respiratory/v1/labs/L0013 || wrong 'a laboratory that takes part in nothing has papers'
damage papers-1-of-6.part ''
cmp -s kept/papers-1-of-6.part $parts/papers-1-of-6.part || wrong 'a part that nothing was done to is another'

# ---- papers ----

name='labs[0][2][0][0] ='
papers "$name b''" "$name b'a' * 201" "$name b'\\xff.pdf'" "$name b'a\\nb'" "$name b'a\\0b'" "$name b'/etc/a'"
papers "$name b'.a'" "$name b'a/'" "$name b'a/../b'" "$name b'a/.b'" "$name b'a//b'" "$name b'a\\\\b'"
papers "$name b'a\\\\'" "$name b'\\\\'" "$name b'\\\\a'"
damage papers-1-of-6.part "$name b'a' * 200; labs[1][2][0][0] = b'a/b c..d.pdf'"
must merge round $certificates --issued 2026-12-31 --into named
test -n "$(find named -name "$(printf '%0200d' 0 | tr 0 a)")" && test -n "$(find named -path '*/a/b c..d.pdf')" || wrong "names that can be are not taken: $(cat err)"
mend
result 'names of files that are empty, too long, unreadable, or that lead elsewhere are refused'

papers 'labs.append(labs[0])' 'labs[0][0] = b"L9999"' 'labs[0][0] = b""' 'del labs[1]' 'labs.append([b"L0013", labs[0][1], []])' 'labs[0][1] = labs[0][1][1:]'
papers 'labs[0][1] += b"0"' 'labs[0][1] = b""' 'n = 2**32 - 1' 'most = 2**32 - 1' 'most = 0' 'end = b"more"'
other=$(grep -ao 'L00[0-9][0-9]' kept/papers-2-of-6.part | head -n 1)
papers "labs[0][0] = b'$other'" 'labs, n = [], 0' 'n = 1' 'n_size = 2' 'labs, n, n_size = [], 0, 2'
result 'a laboratory twice, unknown, without papers or of another part is refused, and so are digests and numbers that cannot be'

papers 'labs[0][2].append(labs[0][2][-1])' 'labs[0][2].append(labs[0][2][0])' 'labs[0][2].insert(0, [b"z.pdf", b""])'
result 'so is a file that comes twice, or out of its order'

touch $parts/.drawing-1-of-6
zp shard 1/6 round --papers --emit certificates --issued 2026-12-31
test $? = 6 && grep -qF '.drawing-1-of-6' err || wrong "told where no paper can be drawn: $(cat err)"
cmp -s kept/papers-1-of-6.part $parts/papers-1-of-6.part || wrong 'the part that was there is another'
rm $parts/.drawing-1-of-6
result 'a folder that cannot be drawn in ends with nothing that was not there before'

# ---- with a ledger ----

must close "$top_srcdir/fixtures/rounds/glucose-e691" --into before --issued 2026-12-31 --emit tables --ledger ledger.sqlite
damage papers-2-of-6.part 'texts[6] = b"{}"' papers-3-of-6.part "texts[6] = texts[6].replace(b'\"head\":\"', b'\"head\":\"' + b'0' * 63)" \
	papers-4-of-6.part "texts[6] = texts[6].replace(b'\"head\":\"', b'\"head\":\"' + b'1' * 64)"
echo 'lab,value' > $parts/papers-of-none.part
refuses 'papers-2-of-6.part: was made with the options {}; expected those of this run' --papers --emit tables,certificates --ledger ledger.sqlite
for said in 'papers-1-of-6.part: was made with the options' 'papers-3-of-6.part: was made with the options' 'papers-4-of-6.part: was made with the options' 'papers-of-none.part: the part is none'; do
	grep -qF "$said" err || wrong "not told: $said"
done
rm $parts/papers-of-none.part
mend
result 'papers that name no head of a ledger, or none that it knows, are refused where there is one'

# ---- seals ----

must key new --into keys --name 示例中心 --date 2026-01-01
must merge round --seals --issued 2026-12-31 --key keys
cp $parts/seals-1-of-1.part kept/
rm $parts/papers*
seals() { # SENTENCE LINE
	damage seals-1-of-1.part "$2"
	zp shard 1/1 round --papers --sealed --emit certificates --issued 2026-12-31
	local code=$?
	test $code = 3 || wrong "exit code $code after $2; expected 3"
	grep -qF -- "$1" err || wrong "not told after $2: $1; but: $(head -n 3 err | tr '\n' '~')"
	test ! -e $parts/papers-1-of-1.part || wrong "papers were drawn after $2"
}
for line in 'seals[0] = seals[0][1:]' 'seals[0] = b"\n" + seals[0][1:]' 'end = b"more"' 'del seals[-1]' 'del seals[:]'; do
	seals 'seals-1-of-1.part: has seals that cannot be those of the round; expected a part as zhiping merge --seals wrote it' "$line"
done
for line in 'seals[1] = b""' 'seals[1] = seals[2]' 'seals[1] = seals[1].rpartition(b":")[0]' \
	'seals[1] = seals[1].rpartition(b":")[0] + b":"' 'seals[1] = seals[1].rpartition(b":")[0] + b"~" + seals[1].rpartition(b":")[2]' 'seals[1] += b"\n"'; do
	seals 'L0001: the seal of this laboratory is that of another paper; expected seals that were made after the scores were joined' "$line"
done
rm $parts/seals-1-of-1.part kept/papers* kept/seals*
result 'seals with another length of key, of other papers, cut off or with more behind them are refused, and nothing is drawn'

# ---- which parts are there ----

damage scores-1-of-2.part 'texts[5] = b"0" * 64'
refuses 'scores-1-of-2.part: was made where the same files were read differently, digest 000000000000...; expected' --emit tables
mend
damage scores-2-of-2.part 'kind = 1'
mv $parts/scores-2-of-2.part $parts/another.part
zp merge round --missing 2
test $? = 1 && test "$(cat out)" = 2 && test ! -s err || wrong "--missing says $(cat out err) of scores and of what is none"
rm $parts/another.part
zp merge round --missing 3
test $? = 3 && test "$(tr '\n' ' ' < out)" = '1 2 3 ' && grep -qF 'scores-1-of-2.part: is part 1 of 2; expected one of 3, so remove it if it is not wanted' err || wrong "--missing says $(cat out err) of another division"
zp merge round --missing 2 --parts round/round.xml
test $? = 6 && grep -qF 'cannot be looked into' err || wrong "told of a folder that is none: $(cat err)"
zp merge round --emit tables --issued 2026-12-31 --into refused --parts round/round.xml
test $? = 6 && grep -qF 'cannot be looked into' err && test ! -e refused || wrong "told of a folder that is none: $(cat err)"
rm $parts/*
must shard 1/40 round
refuses "39 of 40 parts are missing: $(seq -s ' ' 2 21) ...; expected all of them, each once" --emit tables
rm $parts/* kept/*
result 'parts of another division or reading are refused, those of another kind passed over; of many that are missing the first twenty are told'

# ---- scores ----

group() { # SENTENCE LINE OPTION...
	damage "${@:2}"
	refuses "$1; expected a part as zhiping shard wrote it" --emit tables
	mend
}
rm -rf round && cp -r "$top_srcdir/fixtures/rounds/glucose-e691" round
must shard 1/1 round
cp $parts/* kept/
group 'says what cannot be of GLU in programme glucose (has_answer)' scores-1-of-1.part 'put(0, "has_answer", 1, 1)'
group 'says what cannot be of GLU in programme glucose (counts)' scores-1-of-1.part 'put(0, "n_counts", 1, 4)'
group 'says what cannot be of GLU in programme glucose (counts)' scores-1-of-1.part 'put(0, "n_counts", -1, 4)'
result 'answers of a quantity are refused'

rm -r round kept/* && cp -r "$top_srcdir/fixtures/rounds/transfusion" round
sed -i '/<programme code="order"/,/<\/programme>/s/ABO-F/ABO-R/' round/round.xml && sed -i '/,order,/s/ABO-F/ABO-R/' round/enrolments.csv round/results/order.csv
for i in 1 2; do must shard $i/2 round; done
cp $parts/* kept/
abid=scores-1-of-2.part # its first sample is the 21st item
for value in -1 '2**62' '2**41'; do
	group 'says what cannot be of ABID in programme transfusion (elected)' $abid "put(20, 'elected_low', $value, 8)"
done
group 'says what cannot be of ABID in programme transfusion (elected)' $abid 'put(20, "elected_high", -1, 8)'
group 'says what cannot be of ABID in programme transfusion (counts)' $abid 'put(20, "n_counts", -1, 4)'
group 'says what cannot be of ABID in programme transfusion (counts)' $abid 'put(20, "counts", -1, 8)'
group 'says what cannot be of ABID in programme transfusion (counts)' $abid 'put(20, "counts", 2**40, 8)'
result 'sets that the scale cannot have, and answers that do not ascend, are refused'

# A comparison binds its measurands, whichever of them is named first; a programme that asks for one alone has nothing to bind. The head of a part is
# shorter than 400 bytes.
cp -r "$top_srcdir/rules" rules
sed -i 's/between="ABO-F ABO-R"/between="ABO-R ABO-F"/' rules/schemes/cn-transfusion.xml
rm -r $parts
ZP_OPTIONS="$ZP_OPTIONS --rules rules"
for i in 1 2; do
	must shard $i/2 round
	test "$(tail -c +400 kept/scores-$i-of-2.part | head -c -65 | sha256sum)" = "$(tail -c +400 $parts/scores-$i-of-2.part | head -c -65 | sha256sum)" || wrong "part $i is another"
done
must merge round --emit tables --issued 2026-12-31 --into reversed
result 'measurands that are compared are in one part, whichever of them the scheme names first'
