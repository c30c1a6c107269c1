#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Parts that were altered and sealed again, so that their digest is right: papers, seals and scores are believed within their bounds only. What
# cannot be is told with the part that says it, and nothing is published of it. tests/shard.sh and tests/shard-papers.sh say what can be.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
. "$top_srcdir/tests/result.sh"
zp() { $ZHIPING "$@" $ZP_OPTIONS > out 2> err; }
must() { zp "$@"; test $? -le 1 || wrong "$* fails: $(head -n 3 err)"; }
parts=round/.zhiping/parts
# Read a part, alter it by a line of Python, and seal it again: the head is `texts`; papers are `labs`, each [code, content, files], a file
# [name, bytes]; seals are `seals`, the key the first; scores are `body` as it stands, `group(ITEM)` and `at(ITEM, MEMBER)` say where the first
# group of an item and a member of it begin. `n` is put for the number of laboratories, in two bytes if `short`, `most` for that of files; `end` stands behind all.
cat > alter.py <<'PY'
import hashlib, sys

path, into, line = sys.argv[1:]
b = open(path, "rb").read()[:-65]
place = 0


def take(n):
    global place
    place += n
    return b[place - n:place]


def number(n):
    return int.from_bytes(take(n), "little")


def text():
    return take(number(4))


def put(v, n=4):
    return v.to_bytes(n, "little")


def put_text(t):
    return put(len(t)) + t


estimate = "x8 s8 u8 n8 low8 high8 iterations4 converged1 collapsed1 tied1"
members = (f"item4 rung1 keys1 key4 n_members4 n_kept4 n_absurd4 sane_low8 sane_high8 origin4 {estimate} has_x_pt1 x_pt9 ungradable4 width9 width9 delta_e8 "
           f"limit_branch1 low9 high9 has_bounds1 {estimate} has_answer1 elected_low8 elected_high8 by4 votes4 of4 lack4 negative1 n_counts4 sigma_pt8 "
           "u_x_pt8 u_negligible1 widened1 delta_e_before8 doubts2 humps2 dip_p8 s_s8 drift8 added8 reference_ratio8 apart4 apart_key1 apart_by8 counts0")


def within(member):
    """Where a member of a group begins; of two of one name the second."""
    sizes = [(m.rstrip("0123456789"), int(m[len(m.rstrip("0123456789")):])) for m in members.split()]
    return sum(size for _, size in sizes[:max(k for k, (name, _) in enumerate(sizes) if name == member)])


def group(item, samples=5):
    at = 0
    while True:
        first, cells = (int.from_bytes(body[at + k:at + k + 4], "little") for k in (0, 4))
        groups = sum(int.from_bytes(body[at + 8 + 4 * s:at + 12 + 4 * s], "little") for s in range(samples))
        at += 8 + 4 * samples
        if first == item:
            return at
        for _ in range(groups):
            n_counts = at + within("n_counts")
            at += within("counts") + 16 * int.from_bytes(body[n_counts:n_counts + 4], "little")
        at += 10 * cells


def at(item, member):
    return group(item) + within(member)


def set_whole(where, v, size):
    body[where:where + size] = put(v % (1 << 8 * size), size)


head, kind, of = take(15), number(1), take(8)
texts = [text() for _ in range(7)]
n = most = None
short, end = False, b""
labs, seals, body = [], [], bytearray()
if kind == 1:
    labs = [[text(), text(), [[text(), take(number(8))] for _ in range(number(4))]] for _ in range(number(4))]
elif kind == 2:
    while place < len(b):
        seals.append(text())
else:
    body = bytearray(b[place:])
exec(line)
out = head + put(kind, 1) + of + b"".join(map(put_text, texts))
if kind == 1:
    out += put(len(labs) if n is None else n, 2 if short else 4)
    for code, content, files in labs:
        out += put_text(code) + put_text(content) + put(len(files) if most is None else most)
        out += b"".join(put_text(name) + put(len(content), 8) + content for name, content in files)
out += b"".join(map(put_text, seals)) + body + end
open(into, "wb").write(out + hashlib.sha256(out).hexdigest().encode() + b"\n")
PY
damage() { python3 -IS alter.py "kept/$1" "$parts/$1" "$2" || wrong "$1 is not altered: $2"; }
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
	local i=0 line
	for line; do i=$((i + 1)); damage papers-$i-of-6.part "$line"; done
	refuses 'the parts cannot be joined as they are' $certificates
	for i in $(seq $#); do grep -q "papers-$i-of-6.part: has papers that cannot be those of its laboratories; expected" err || wrong "taken: ${!i}"; done
	test "$(grep -c 'has papers that cannot be' err)" = $# || wrong "not only those that are damaged are refused: $(head -n 3 err)"
	mend
}

$ZHIPING methods certificate-pdf $ZP_OPTIONS > out 2>&1 || { echo '1..0 # SKIP the program was built without PDF'; exit 0; }
echo 1..9
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
papers "labs[0][0] = b'$other'" 'labs, n = [], 0' 'n = 1' 'short = True'
result 'a laboratory twice, unknown, without papers or of another part is refused, and so are digests and numbers that cannot be'
