#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the centre issued is told from what it did not: papers, folders, codes and lists, by zhiping verify and by the commands of
# docs/verify.md. (Every byte of a signed PDF: tests/unit/test_pdf_check.c.)
export LC_ALL=C
unset LANGUAGE LANG
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
n=0 bad=
wrong() { bad="$bad# $1
"; }
result() { n=$((n + 1)); if test -z "$bad"; then echo "ok $n - $1"; else printf '%s' "$bad"; echo "not ok $n - $1"; fi; bad=; }
# shellcheck disable=SC2086
zp() { "$ZHIPING" "$@" $ZP_OPTIONS; }
sign="$top_builddir/tests/sign_pdf"
for tool in openssl sha256sum python3; do
	command -v $tool > "$scratch/which" || { echo "1..0 # SKIP there is no $tool"; exit 0; }
done
cd "$scratch" || exit 1

# Verify, and look at the exit code and at what is said.
says() { # CODE PART... -- ARGUMENT...
	local code=$1 parts=() out found
	shift
	while test "$1" != --; do parts+=("$1"); shift; done
	shift
	out=$("$ZHIPING" verify "$@" 2>&1)
	found=$?
	test $found = "$code" || wrong "verify $*: exit code $found; expected $code: $out"
	for part in "${parts[@]}"; do
		grep -qF -- "$part" <<< "$out" || wrong "verify $*: \"$part\" is not said: $out"
	done
}

for k in keys other; do
	"$ZHIPING" key new --into $k --name 示例省临床检验中心 --date 2026-01-01 > $k.said || wrong "no keys"
done
id=$(basename keys/public/*.root.crt .root.crt)
zp close "$top_srcdir/fixtures/rounds/urine" --into out --issued 2026-04-20 --emit tables,certificates,reports --key keys > close.said 2>&1 || test $? = 1 || wrong "$(cat close.said)"
chmod -R u+w out
v1=out/urine/v1
paper=$v1/labs/L0002/certificate.pdf
test -f $paper || { echo "1..0 # SKIP no certificates are made here"; exit 0; }
echo 1..12

says 0 "$v1: valid: signed by 示例省临床检验中心, key $id, current since 2026-01-01, issued 2026-04-20" -- $v1 --trust keys/public
says 0 ": valid: signed by 示例省临床检验中心, key $id" "round urine v1, laboratory L0002, code " -- $v1/labs/L000[12]/*.pdf --trust keys/public
says 0 "$v1: valid: signed by who holds it, key $id, issued" -- $v1 --trust "keys/public/$id.pem"
says 1 "by whom that is signed was not checked" -- $v1
says 1 "by whom was not checked" "it says by 示例省临床检验中心" -- $paper
says 3 "signed by key $id, which is not in the keyring" -- $paper --trust other/public
says 3 "$v1: unknown:" "key $id signed it, which is not in the keyring" -- $v1 --trust other/public
says 3 "no-such: does not exist; expected a published folder, a PDF" -- no-such
says 2 "usage: zhiping verify WHAT" --
says 0 "$v1: valid: signed by 示例省临床检验中心, key $id" -- out/urine --trust keys
(umask 077; "$ZHIPING" key new --into veiled --name 示例省临床检验中心 --date 2026-01-01 > said)
test "$(stat -c %a veiled veiled/public veiled/public/* | sort -u | tr '\n' ' ')" = '644 755 ' || wrong "what is public cannot be read by others: $(stat -c '%a %n' veiled/public/*)"
test "$(stat -c %a veiled/private veiled/private/* | sort -u | tr '\n' ' ')" = '600 700 ' || wrong "what is private can be"
test "$("$ZHIPING" verify $paper --trust keys/public --rules /nowhere --plugins /nowhere | wc -l)" = 1 || wrong "rules or plugins are asked for"
result "a folder and its papers are valid by the centre's key, unknown by another's, and nobody's by none"

# ---- the papers, by others ----

unsigned() { # the bytes that were drawn: what comes before the second table's objects
	python3 - "$1" "$2" <<-'PY'
		import re, sys
		data = open(sys.argv[1], "rb").read()
		open(sys.argv[2], "wb").write(data[:data.index(b"%%EOF\n") + 6])
	PY
}
for f in $paper $v1/labs/L0002/report.pdf; do
	unsigned $f plain.pdf
	if command -v pdfsig > which; then
		pdfsig $f > said 2>&1
		for part in 'Signature is Valid' 'Total document signed' 'ETSI.CAdES.detached' 'Signing Hash Algorithm: SHA-256' 'CN=示例省临床检验中心'; do
			grep -qF "$part" said || wrong "pdfsig does not say $part: $(cat said)"
		done
		test "$(grep -c '^Signature #' said)" = 1 || wrong "there is more than one signature"
	fi
	if command -v qpdf > which; then qpdf --check $f > said 2>&1 || wrong "qpdf: $(cat said)"; fi
	for tool in 'pdftotext -layout' pdffonts; do
		command -v "${tool% *}" > which || continue
		test "$($tool plain.pdf - 2>&1)" = "$($tool $f - 2>&1)" || wrong "$tool says something else of $f than before"
	done
	"$sign" keys pdf plain.pdf once.pdf 示例省临床检验中心 one 2026-04-20 && "$sign" keys pdf plain.pdf twice.pdf 示例省临床检验中心 one 2026-04-20
	cmp -s once.pdf twice.pdf || wrong "signed twice, $f is two files"
	cmp -s -n "$(wc -c < plain.pdf)" plain.pdf once.pdf || wrong "the drawn bytes of $f are altered"
done
result "other programs find the same signature, and the same text and fonts as before; the same paper and key give the same bytes"

python3 - $paper <<-'PY'
	import random, sys
	data = open(sys.argv[1], "rb").read()
	chance = random.Random(8)
	at = data.rindex(b"/ByteRange [")
	stop = data.index(b">", data.index(b"/Contents <", at))
	start = data.rindex(b"%%EOF\n", 0, at)
	areas = [range(0, 40), range(40, start), range(start, at), range(at, at + 70), range(at + 70, stop), range(stop, len(data))]
	n = 0
	for area in areas:
	    for place in chance.sample(area, min(60, len(area))):
	        changed = bytearray(data)
	        changed[place] ^= 1 << chance.randrange(8)
	        open(f"flip-{n}.pdf", "wb").write(changed)
	        n += 1
PY
"$ZHIPING" verify flip-*.pdf --trust keys/public > flips 2>&1
test "$(ls flip-*.pdf | wc -l)" -ge 300 -a "$(grep -c '\.pdf: altered: ' flips)" = "$(ls flip-*.pdf | wc -l)" || wrong "$(grep -v '\.pdf: altered: ' flips | head -n 5)"
rm -f flip-*.pdf
cp $paper more.pdf; echo "% more" >> more.pdf
says 3 "more.pdf: altered: 7 bytes were added after it was signed, from byte $(wc -c < $paper) on" -- more.pdf --trust keys/public
head -c -9 $paper > less.pdf
says 3 "less.pdf: altered: 9 bytes are missing at the end" -- less.pdf --trust keys/public
cat $paper $paper > two.pdf
says 3 "two.pdf: altered" -- two.pdf --trust keys/public
unsigned $paper bare.pdf
says 1 "bare.pdf: not signed" -- bare.pdf --trust keys/public
"$sign" other pdf bare.pdf forged.pdf 示例省临床检验中心 ZP1:a 2026-04-20
says 3 "forged.pdf: unknown: signed by key $(basename other/public/*.root.crt .root.crt), which is not in the keyring; it calls itself 示例省临床检验中心" -- forged.pdf --trust keys/public
result "a certificate altered by one byte at any of some three hundred places is found, and what was added, cut off or forged"

# ---- folders ----

mutated() { # a copy to be altered
	chmod -R u+w copy 2> which; rm -rf copy; mkdir copy; cp -r $v1 copy/v1
}
mutated; echo 1 >> copy/v1/scores.csv; rm copy/v1/labs/L0001/certificate.pdf; echo x > copy/v1/labs/L0001/notes.txt
says 3 "copy/v1/scores.csv: altered: it has " "copy/v1/labs/L0001/certificate.pdf: is missing" "copy/v1/labs/L0001/notes.txt: does not belong here: it was not published" \
	"1 are altered and 1 are missing; 1 more do not belong" -- copy/v1 --trust keys/public
mutated; mv copy/v1/labs/L0001/certificate.pdf t; mv copy/v1/labs/L0002/certificate.pdf copy/v1/labs/L0001/certificate.pdf; mv t copy/v1/labs/L0002/certificate.pdf
says 3 "copy/v1/labs/L0001/certificate.pdf: altered: it is the labs/L0002/certificate.pdf of this folder under another name" "2 are altered and 0 are missing" -- copy/v1 --trust keys/public
mutated; mv copy/v1/labs/L0003 copy/v1/labs/L0099
says 3 "copy/v1/labs/L0003/certificate.pdf: is missing" "copy/v1/labs/L0099/certificate.pdf: does not belong here: it is the labs/L0003/certificate.pdf of this folder under another name" -- copy/v1 --trust keys/public
mutated; sed -i 's/1/2/' copy/v1/targets.csv
says 3 "copy/v1/targets.csv: altered: its digest is " -- copy/v1 --trust keys/public
mutated; mv copy/v1/manifest.json aside.json; ln -s ../../aside.json copy/v1/manifest.json
says 3 "copy/v1/manifest.json: altered: it is no ordinary file" -- copy/v1 --trust keys/public
mutated; rm copy/v1/targets.csv; ln -s ../../$v1/targets.csv copy/v1/targets.csv; mkfifo copy/v1/pipe
says 3 "copy/v1/targets.csv: altered: it is no ordinary file" "copy/v1/pipe: does not belong here" -- copy/v1
result "of a folder each file that was edited, added, removed, renamed, swapped or replaced by a link is told"

mutated; sed -i 's/2026-04-20/2026-04-21/' copy/v1/manifest.json
says 3 "copy/v1: altered: copy/v1/manifest.json: the signature does not hold" -- copy/v1 --trust keys/public
mutated; "$sign" other file copy/v1/manifest.json copy/v1/manifest.json.sig
says 3 "copy/v1: altered:" "the signature does not hold" -- copy/v1 --trust keys/public
mutated; rm copy/v1/manifest.json.sig
says 3 "copy/v1: altered:" "says that key $id signed it" -- copy/v1 --trust keys/public
says 3 "says that key $id signed it" -- copy/v1
mutated; sed -i "s/$id/-/" copy/v1/manifest.json; rm copy/v1/manifest.json.sig
says 1 "copy/v1: not signed:" -- copy/v1 --trust keys/public
mutated; head -c 63 $v1/manifest.json.sig > copy/v1/manifest.json.sig
says 3 "is no signature; expected a file of 64 bytes" -- copy/v1 --trust keys/public
mutated; mkdir copy/inputs; for f in round.xml roster.csv; do d=$(sha256sum < "$top_srcdir/fixtures/rounds/urine/$f" | cut -c 1-64); mkdir -p "copy/inputs/${d:0:2}"; cp "$top_srcdir/fixtures/rounds/urine/$f" "copy/inputs/${d:0:2}/$d"; done
says 1 "went in and is not kept beside the versions: it does not exist" "2 of " "copy/v1: valid" -- copy/v1 --trust keys/public
echo >> "copy/inputs/${d:0:2}/$d"
says 3 "altered: this was kept as roster.csv, and is not what went in" -- copy/v1 --trust keys/public
result "a manifest that was edited, signed by another, stripped, and inputs that were altered or lost are told"

# ---- versions ----

# v2 takes the place of v1: the same files, another manifest.
python3 - $v1 <<-'PY'
	import csv, hashlib, json, os, shutil, sys
	v1 = sys.argv[1]
	v2 = os.path.join(os.path.dirname(v1), "v2")
	shutil.copytree(v1, v2)
	raw = open(v1 + "/manifest.json", "rb").read()
	manifest = json.loads(raw)
	manifest.update(version="v2", issued="2026-05-01", amends={"version": "v1", "sha256": hashlib.sha256(raw).hexdigest(), "reason": "a target was mistyped", "by": "somebody"})
	open(v2 + "/manifest.json", "w").write(json.dumps(manifest))
	rows = list(csv.DictReader(open(v1 + "/certificates.csv")))
	with open("superseded.csv", "w") as out:
	    out.write("round,version,digest,replaced_by,issued,reason\n")
	    for row in rows:
	        if row["lab"] == "L0002":
	            out.write(f'urine,v1,{row["digest"]},v2,2026-05-01,"a target, mistyped"\n')
PY
"$sign" keys file out/urine/v2/manifest.json out/urine/v2/manifest.json.sig
"$sign" keys file superseded.csv superseded.csv.sig
says 1 "$v1: superseded: by v2, issued 2026-05-01, because: a target was mistyped (this one was signed by 示例省临床检验中心" -- $v1 --trust keys/public
says 0 "out/urine/v2: valid:" -- out/urine/v2 --trust keys/public
"$sign" other file out/urine/v2/manifest.json out/urine/v2/manifest.json.sig
says 1 "v2: says that it takes the place of v1, and is not signed by a key of the keyring" "$v1: valid" -- $v1 --trust keys/public
"$sign" keys file out/urine/v2/manifest.json out/urine/v2/manifest.json.sig
cp $v1/manifest.json kept; sed -i 's/"number": *1/"number": 9/; s/2026-04-20/2026-04-19/' $v1/manifest.json
says 3 "/v1/manifest.json: altered: it is not the manifest that v2 takes the place of" -- out/urine/v2 --trust keys/public
cp kept $v1/manifest.json
mkdir gap; cp -r $v1 gap/v1; cp -r out/urine/v2 gap/v3
says 1 "gap/v1/../v3: is a later version, and v2, which comes before it, is missing or cannot be read" "gap/v1: valid" -- gap/v1 --trust keys/public
mkdir round-9; cp -r out/urine/inputs $v1 round-9; ln -s v1 round-9/current
says 1 "round-9/v1: it is of the round urine, version v1" "round-9/v1: it lies in the folder of round-9, and its manifest is that of urine" -- round-9/v1 --trust keys/public
mkdir back; cp -r $v1 back/v2
says 3 "back/v2: the folder is called v2, and its manifest is that of v1" -- back/v2 --trust keys/public
cp -r $v1 back/v1; rm -r back/v2
says 1 "back/v1: superseded: " "of its papers by v2, issued 2026-05-01, because: a target, mistyped" -- back/v1 --trust keys/public --superseded superseded.csv
result "a later version is told, an old one in its place as well, and one that was taken away by the list"

says 0 "superseded.csv: valid: signed by 示例省临床检验中心" -- superseded.csv --trust keys/public
says 1 "certificate.pdf: superseded: by v2, issued 2026-05-01, because: a target, mistyped" -- $paper --trust keys/public --superseded superseded.csv
says 0 ": valid: " -- $v1/labs/L0001/certificate.pdf --trust keys/public --superseded superseded.csv
cp superseded.csv list.csv
says 3 "the list is not signed; expected list.csv.sig beside it" -- $paper --trust keys/public --superseded list.csv
cp superseded.csv.sig list.csv.sig; sed -i s/mistyped/misread/ list.csv
says 3 "is the signature of none of the keys" -- $paper --trust keys/public --superseded list.csv
says 3 "list.csv: unknown:" -- list.csv --trust keys/public
echo "a,b" > odd.csv; "$sign" keys file odd.csv odd.csv.sig
says 3 "odd.csv:1: is no list of superseded papers" -- $paper --trust keys/public --superseded odd.csv
cp -r keys lost-keys
{ "$ZHIPING" key rotate --key lost-keys --date 2026-04-25 && "$ZHIPING" key revoke "$id" --key lost-keys --date 2026-04-26 --reason "a copy was lost"; } > said || wrong "$(cat said)"
says 3 "superseded.csv: the list is not to be believed: its key $id was revoked" -- $paper --trust lost-keys/public --superseded superseded.csv
result "a list of superseded papers is believed when the centre signed it, and marks the papers that it names"

# ---- codes ----

python3 - out/urine/v2 <<-'PY' # its own list among what it published
	import hashlib, json, shutil, sys
	shutil.copy("superseded.csv", sys.argv[1])
	raw = open("superseded.csv", "rb").read()
	manifest = json.load(open(sys.argv[1] + "/manifest.json"))
	manifest["outputs"].append({"name": "superseded.csv", "sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)})
	open(sys.argv[1] + "/manifest.json", "w").write(json.dumps(manifest))
PY
"$sign" keys file out/urine/v2/manifest.json out/urine/v2/manifest.json.sig
row=$(grep ',L0002,' $v1/certificates.csv | head -n 1)
digest=$(cut -d , -f 7 <<< "$row") typed=$(cut -d , -f 6 <<< "$row")
plain="ZP1:urine:v1:L0002:${digest^^}"
code=$("$sign" keys text "$plain:$id")
last=${typed: -1} other=0; test "$last" != 0 || other=1
says 3 "${typed%?}$other: is no code: its last character does not fit the others" -- "${typed%?}$other" --trust keys/public --in out/urine/v2
for given in "$typed" "$code" "$plain:-"; do
	says 1 ": superseded: by v2, issued 2026-05-01, because: a target, mistyped" -- "$given" --trust keys/public --in out/urine/v2
	says 1 "$v1: a later version, v2, lies beside it" -- "$given" --trust keys/public --in $v1
done
says 1 "$typed: superseded: by v2" "a paper of the round urine, version v1" -- "$typed" --trust keys/public --in $v1 --superseded superseded.csv
rm -r out/urine/v2
says 0 "square code: valid: signed by 示例省临床检验中心, key $id, current since 2026-01-01: round urine v1, laboratory L0002, code $typed" -- "$code" --trust keys/public
says 0 "square code: valid" -- "$code
" --trust keys/public --in $v1
says 1 "square code: superseded: by v2" -- "$code" --trust keys/public --superseded superseded.csv
says 1 "was not checked (--trust); it says key $id" -- "$code"
says 3 "which is not in the keyring" -- "$code" --trust other/public
says 3 "square code: altered: it is not what key $id signed" -- "${code/L0002/L0003}" --trust keys/public
says 3 "its signature is cut short or misread" -- "${code%??}" --trust keys/public
says 3 "its signature is cut short or misread" -- "${code}A" --trust keys/public
says 3 "it names a key and has no signature" -- "$plain:$id" --trust keys/public
says 3 "it is no square code of this program" -- "ZP2:$plain" ZP1: ZP1::::: "ZP1:urine:v1:L0002:${digest}:-" "ZP1:ur%zzine:v1:L0002:${digest^^}:-" --trust keys/public
says 1 "square code: not signed: it says round urine v1, laboratory L0002" "nothing shows that this is so" -- "$plain:-" --trust keys/public
says 0 "square code: known: round urine v1, laboratory L0002" "in $v1, signed by 示例省临床检验中心" -- "$plain:-" --trust keys/public --in $v1
says 3 "square code: unknown: there is no such paper in $v1" -- "ZP1:urine:v1:L0003:${digest^^}:-" --trust keys/public --in $v1
# Each letter of a signed code counts.
flipped=()
for ((i = 0; i < ${#code}; i++)); do
	c=${code:i:1}; other=A; test "$c" = A && other=B
	flipped+=("${code:0:i}$other${code:i+1}")
done
"$ZHIPING" verify "${flipped[@]:2}" --trust keys/public > flips 2>&1
test "$(grep -c 'square code: \(altered\|unknown\): ' flips)" = $((${#code} - 2)) || wrong "$(grep -v 'altered\|unknown' flips | head -n 3)"
result "a square code is valid, superseded, altered, unknown or not signed; each of its letters counts"

says 0 "$typed: known: the paper urine-" "of L0002, issued 2026-04-20" -- "$typed" --in $v1 --trust keys/public
says 1 "$typed: known" -- "${typed,,}" --in $v1
says 1 "--in FOLDER tells whose it is" -- "$typed"
says 3 "no paper has this code" -- 0000-0000-00 --in $v1
mutated; sed -i s/L0002/L0009/ copy/v1/certificates.csv
says 3 "this is not what was published" -- "$typed" --in copy/v1 --trust keys/public
result "the code to type tells whose it is, in a folder that is believed"

# ---- keys in their time ----

cp -r keys kept-keys
"$ZHIPING" key rotate --key keys --date 2026-04-25 > said || wrong "$(cat said)"
says 0 "$v1: valid: signed by 示例省临床检验中心, key $id, retired: served from 2026-01-01 to 2026-04-25" -- $v1 --trust keys/public
says 0 ": valid: " "retired: served" -- $paper "$code" --trust keys/public
"$sign" kept-keys pdf bare.pdf late.pdf 示例省临床检验中心 late 2026-04-26
says 3 "late.pdf: unknown:" "issued on 2026-04-26, and its key $id was retired on 2026-04-25" -- late.pdf --trust keys/public
"$sign" kept-keys pdf bare.pdf early.pdf 示例省临床检验中心 early 2025-12-31
says 3 "serves from 2026-01-01 on only" -- early.pdf --trust keys/public
"$ZHIPING" key revoke "$id" --key keys --date 2026-04-26 --reason "a copy was lost" > said || wrong "$(cat said)"
says 1 "revoked: believed from 2026-01-01 to before 2026-04-26" "that this is older is only its signer's word" -- $paper --trust keys/public
says 1 "$v1: valid: " "a copy was lost" -- $v1 --trust keys/public
says 3 "late.pdf: unknown:" "revoked and is not believed from 2026-04-26 on: a copy was lost" -- late.pdf --trust keys/public
says 3 "square code: unknown:" "a copy was lost" -- "$code" --trust keys/public
mv keys new-keys; mv kept-keys keys
result "what a retired key signed in its time is valid; what a revoked key signed is not, or only with a word"

# ---- in Chinese; and the document ----

found=$("$ZHIPING" verify $paper $v1 "$code" --trust keys/public --lang zh --words "$top_builddir/po/locale" 2>&1)
grep -q '有效' <<< "$found" || wrong "no Chinese is said: $found"
result "the outcome is told in Chinese as well"

mkdir given bin; cp -r $v1 keys/public given; cp $paper superseded.csv superseded.csv.sig given; printf '%s' "$code" > given/square.txt
printf '#!/bin/sh\nexec "%s" "$@"\n' "$ZHIPING" > bin/zhiping; chmod +x bin/zhiping
awk '/^```sh$/ { n++; file = "given/" n ".sh"; next } /^```$/ { file = "" } file { print > file }' "$top_srcdir/docs/verify.md"
run() { (cd given && PATH=$scratch/bin:$PATH bash -eo pipefail "$1.sh" > said 2>&1); }
fails() { if run "$1"; then wrong "block $1 of docs/verify.md finds nothing wrong: $2"; fi; }
blocks=$(find given -name '[0-9]*.sh' | wc -l)
test "$blocks" = 8 || wrong "docs/verify.md has $blocks blocks of commands; expected 8"
for ((b = 1; b <= blocks; b++)); do
	grep -q pdfsig "given/$b.sh" && ! command -v pdfsig > which && continue
	run $b || test $b = 3 || wrong "block $b of docs/verify.md: $(cat given/said)"
done
printf x | dd of=given/certificate.pdf bs=1 seek=1000 conv=notrunc 2> which
for b in 1 6; do fails $b "a certificate altered"; done
command -v pdfsig > which && fails 4 "a certificate altered"
cp $paper given/certificate.pdf; echo >> given/certificate.pdf
fails 6 "a certificate with more behind it"
echo x > given/v1/more.txt; fails 7 "a file that does not belong"; rm given/v1/more.txt
sed -i s/1/2/ given/v1/scores.csv; fails 7 "a table altered"; cp $v1/scores.csv given/v1
echo >> given/v1/manifest.json; fails 7 "a manifest altered"
sed -i s/L0002/L0003/ given/square.txt; fails 8 "a square code altered"
cp other/public/*.root.crt "given/public/$id.root.crt"; fails 5 "another key's certificate"
result "the commands of docs/verify.md say what zhiping says, with openssl and sha256sum alone"
