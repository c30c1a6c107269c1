#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keys and what they sign, checked with openssl alone: a folder of keys is made, its list changed; a round and a year are signed; nothing
# that is secret comes out.
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
umask 022
cd "$work" || exit 1
number=0
zhiping() { "$ZHIPING" "$@" $ZP_OPTIONS >> said.txt 2> err.txt; local code=$?; cat err.txt >> said.txt; return $code; }
claim() { # CLAIM COMMAND...
	number=$((number + 1))
	if "${@:2}" > why.txt 2>&1; then echo "ok $number - $1"; else sed 's/^/# /' why.txt err.txt | head -n 20; echo "not ok $number - $1"; fi
}
refused() { # CODE WORDS COMMAND...
	local code
	"${@:3}"; code=$?
	test $code = "$1" || { echo "it ended with $code; expected $1"; return 1; }
	test "$(wc -l < err.txt)" = 1 && grep -qF -- "$2" err.txt || { echo "expected: $2"; cat err.txt; return 1; }
}
signed_by() { openssl pkeyutl -verify -rawin -pubin -inkey "$1" -in "$2" -sigfile "$2.sig"; } # PEM FILE
key() { zhiping key "$@" --passphrase pass; }
current() { "$ZHIPING" key list --key "$1" --lang en | awk '$2 == "current" { print $1 }'; }
secret() { printf '%s\n' "$2" > "$1"; chmod 600 "$1"; }
secret pass 'seven sealed cupboards'
secret wrong 'seven sealed cupboardz'

echo 1..33

made() {
	key new --into keys --name 示例省临床检验中心 --date 2026-01-01 || return 1
	first=$(current keys) && test -n "$first" && test "$(stat -c %a keys/private keys/private/* | sort -u | tr '\n' ' ')" = '600 700 ' || { stat -c '%a %n' keys/private keys/private/*; return 1; }
	signed_by keys/public/$first.pem keys/public/keys.json
}
claim "a key is made: its list is signed, its private files are its owner's only" made
first=$(current keys)
claim "the id is the beginning of the SHA-256 of the public key" test "$(openssl pkey -pubin -in keys/public/$first.pem -outform DER | sha256sum | cut -c 1-16)" = "$first"
certified() {
	openssl verify -no_check_time -CAfile keys/public/$first.root.crt keys/public/$first.crt && openssl verify -no_check_time -CAfile keys/public/$first.root.crt keys/public/$first.root.crt || return 1
	cmp <(openssl x509 -in keys/public/$first.root.crt -pubkey -noout) keys/public/$first.pem || return 1
	openssl x509 -in keys/public/$first.crt -noout -startdate -enddate -subject -nameopt utf8 | tr -s ' ' | tee x.txt
	grep -q 'Before=Jan 1 00:00:00 2026' x.txt && grep -q 'After=Jan 1 00:00:00 2036' x.txt && grep -q 'CN=示例省临床检验中心' x.txt
}
claim "the certificate of the RSA key is issued by the Ed25519 key, which certifies itself; from its day, for ten years" certified
locked() {
	head -n 1 -q keys/private/* | grep -vq 'ENCRYPTED PRIVATE KEY' && return 1
	openssl asn1parse -in keys/private/$first.key | grep -q 'scrypt' && openssl asn1parse -in keys/private/$first.key | grep -q 'aes-256-cbc' || return 1
	openssl pkey -in keys/private/$first.key -passin file:pass -pubout | cmp - keys/public/$first.pem
}
claim "private keys are PKCS#8, locked by scrypt and AES-256, and openssl opens them" locked
claim "a folder that holds something is left alone" refused 3 "is not empty" key new --into keys --name x --date 2026-01-01
again() { for f in 1 2; do key new --into two --name x --date 2026-01-01 --years 1 || return 1; mv two two.$f; done; ! cmp -s two.1/public/keys.json two.2/public/keys.json; }
claim "of a key alone only its id is told, not what became of it" test "$("$ZHIPING" key list --key keys/public/$first.pem)" = "$first"
claim "two keys are two" again
no_name() {
	refused 2 'expected --key KEYS (new: --into KEYS and --name NAME)' zhiping key new --into x --date 2026-01-01 && refused 2 'a real day' zhiping key new --into x --name y --date 2026-02-30 &&
		refused 2 'usage: zhiping key' zhiping key mint --key keys && refused 2 'usage: zhiping key' zhiping key revoke --key keys && refused 2 '--reason TEXT' zhiping key revoke $first --key keys --date 2026-03-01 &&
		refused 3 'the name of the centre is not usable' zhiping key new --into x --name "$(printf '长%.0s' {1..65})" --date 2026-01-01 && test ! -e x
}
claim "what is missing or unusable is told in one sentence, and nothing is made" no_name
unopened() {
	refused 3 'cannot be opened with this passphrase' zhiping key rotate --key keys --date 2026-03-01 --passphrase wrong && refused 3 'is locked' zhiping key rotate --key keys --date 2026-03-01 &&
		refused 3 'lies before the first day' key rotate --key keys --date 2025-12-31 && refused 3 'expected zhiping key rotate first' key revoke $first --key keys --date 2026-03-01 --reason x &&
		test "$(current keys)" = "$first" && test "$(ls keys/private | wc -l)" = 2
}
claim "who cannot open the key changes nothing" unopened

# ---- a round ----
zhiping simulate --into round --labs 5 --programmes glucose --seed 3 --single-file || { cat err.txt; exit 1; }
close() { zhiping close round --issued 2026-04-05 --key keys --passphrase pass "$@"; local code=$?; test $code -le 1; }
v1=out/sim-2026-1/v1
round() {
	close --into out --threads 1 || return 1
	signed_by keys/public/$first.pem $v1/manifest.json && test "$(stat -c %s $v1/manifest.json.sig)" = 64 || return 1
	python3 -c "import json, sys; sys.exit(json.load(open('$v1/manifest.json'))['key'] != '$first')"
}
claim "the manifest of a round is signed" round
same() { close --into again --threads 2 && diff -r out again; }
claim "a round signed twice has the same bytes, with one thread and with two" same
papers() {
	local n=0
	for f in $(find $v1 -name '*.pdf'); do pdfsig $f 2>/dev/null | grep -q 'Signature is Valid' || { echo $f; return 1; }; n=$((n + 1)); done
	test $n = 11
}
if command -v pdfsig > /dev/null; then claim "every PDF is signed" papers; else echo "ok $((number += 1)) - every PDF is signed # SKIP pdfsig is not installed"; fi
square() {
	pdftoppm -r 150 -png -singlefile $v1/labs/L0001/certificate.pdf page && zbarimg --quiet --raw --oneshot page.png > code.txt 2> /dev/null || return 1
	text=$(cat code.txt) && printf %s "${text%:*}" > code && printf '%s==' "${text##*:}" | tr -- '-_' '+/' | base64 -d > code.sig && grep -q "^ZP1:sim-2026-1:v1:L0001:[0-9A-F]\{64\}:$first\$" code || return 1
	signed_by keys/public/$first.pem code || return 1
	digest=$(cut -d: -f 5 code | tr A-F a-f) && awk -F, '$2 == "L0001"' $v1/certificates.csv | grep -q "$digest" && pdftotext $v1/labs/L0001/certificate.pdf - | grep -q "Key $first" && pdftotext $v1/labs/L0001/report.pdf - | grep -q "Key $first"
}
if test -f "$top_builddir/plugins/.libs/certificate-pdf.so"; then claim "the square code of a printed certificate is signed; the key stands beside it" square
else echo "ok $((number += 1)) - the square code # SKIP certificates are not built"; fi
unsigned() {
	zhiping close round --issued 2026-04-05 --into plain; test $? -le 1 && cmp plain/sim-2026-1/v1/certificates.csv $v1/certificates.csv && test ! -e plain/sim-2026-1/v1/manifest.json.sig &&
		grep -q '"key": *"-"' plain/sim-2026-1/v1/manifest.json
}
claim "what a paper tells has the same digest, signed or not" unsigned
amended() {
	cp -r round changed && cp -rp out amended && sed -i 's/^\(L0001,[^,]*,[^,]*,202611,\)[^,]*,/\199.9,/' changed/results/*.csv || return 1
	zhiping amend changed --into amended --issued 2026-04-09 --reason '录入有误' --what-if; test $? -le 1 && grep -q 'v1 is signed, and v2 is not.*expected --key' err.txt || return 1
	zhiping amend changed --into amended --issued 2026-04-09 --reason '录入有误' --key keys --passphrase pass; test $? -le 1 || return 1
	local v2=amended/sim-2026-1/v2
	signed_by keys/public/$first.pem $v2/superseded.csv && signed_by keys/public/$first.pem $v2/manifest.json && grep -q ',v2,2026-04-09,录入有误' $v2/superseded.csv && diff -r $v1 amended/sim-2026-1/v1
}
claim "an amendment is signed, and its list of papers that are superseded" amended
redacted() {
	close --into told --emit tables --redact open && signed_by keys/public/$first.pem open/sim-2026-1/v1/manifest.json && "$ZHIPING" verify open/sim-2026-1/v1 --trust keys/public > out.txt && grep -q "valid: signed by .*, key $first" out.txt &&
		zhiping redact told/sim-2026-1/v1 --into open2 --key keys --passphrase pass && diff -r open open2 && zhiping redact told/sim-2026-1/v1 --into open3 && test ! -e open3/sim-2026-1/v1/manifest.json.sig
}
claim "what is made public is signed as the round is" redacted
taken_over() { # altered, and stripped of its signature: nothing of it is signed with a new version
	cp -rp out taken && chmod -R u+w taken && sed -i 's/2026-04-05/2026-04-04/' taken/sim-2026-1/v1/manifest.json || return 1
	refused 3 'is not signed by a key that is believed' zhiping amend changed --into taken --issued 2026-04-09 --reason '录入有误' --key keys --passphrase pass || return 1
	sed -i "s/$first/-/" taken/sim-2026-1/v1/manifest.json && rm taken/sim-2026-1/v1/manifest.json.sig || return 1
	refused 3 'is not signed by a key that is believed' zhiping amend changed --into taken --issued 2026-04-09 --reason '录入有误' --key keys --passphrase pass && test ! -e taken/sim-2026-1/v2 || return 1
	zhiping ledger add taken/sim-2026-1/v1 --ledger taken.sqlite && zhiping amend changed --into taken --issued 2026-04-09 --reason '录入有误' --key keys --passphrase pass --ledger taken.sqlite; test $? -le 1
}
claim "what was altered is not signed with a new version, unless a ledger has it so" taken_over
trusted() { # the same altered one: whoever asks for a signature does not take it in
	local v1=taken/sim-2026-1/v1
	refused 3 "$v1: is not signed; expected the signature of a key of --trust" zhiping ledger add $v1 --ledger trusting.sqlite --trust keys/public || return 1
	zhiping ledger list --ledger trusting.sqlite; test "$("$ZHIPING" ledger events --ledger trusting.sqlite --lang en | grep -c "add-refused.*is not signed")" = 1 || return 1
	sed "s/\"key\":\"-\"/\"key\":\"$first\"/" $v1/manifest.json > m && cat m > $v1/manifest.json && cp out/sim-2026-1/v1/manifest.json.sig $v1 || return 1
	refused 3 "the signature does not hold" zhiping ledger add $v1 --ledger trusting.sqlite --trust keys/public || return 1
	refused 3 "which is not in the keyring" zhiping ledger add out/sim-2026-1/v1 --ledger trusting.sqlite --trust two.1/public || return 1
	"$ZHIPING" ledger list --ledger trusting.sqlite | grep sim-2026-1 && return 1
	v1=out/sim-2026-1/v1
	zhiping ledger add $v1 --ledger trusting.sqlite --trust keys/public && test ! -s err.txt && "$ZHIPING" ledger list --ledger trusting.sqlite | grep -q sim-2026-1 || return 1
	zhiping ledger add $v1 plain/sim-2026-1/v1 --ledger credulous.sqlite; test "$(grep -c 'no signature was checked' err.txt)" = 1
}
claim "a ledger that asks for a signature takes in nothing else; one that does not says so" trusted
nothing() {
	refused 3 'cannot be opened with this passphrase' zhiping close round --issued 2026-04-05 --into no --key keys --passphrase wrong && refused 2 'expected --key KEYS as well' zhiping close round --issued 2026-04-05 --into no --passphrase pass &&
		refused 3 'serves from 2026-01-01' zhiping close round --issued 2036-04-05 --into no --key keys --passphrase pass && refused 3 'is no folder of keys' zhiping close round --issued 2026-04-05 --into no --key keys/public || return 1
	chmod 755 keys/private; refused 3 'others could read or change it' zhiping close round --issued 2026-04-05 --into no --key keys --passphrase pass || return 1; chmod 700 keys/private
	test ! -e no
}
claim "a key that cannot be used stops a close before anything is there" nothing
altered() {
	cp -rp keys bad && sed -i 's/2026-01-01/2026-01-02/' bad/public/keys.json && refused 3 'the list was altered, or is another' zhiping close round --issued 2026-04-05 --into no --key bad --passphrase pass && test ! -e no
}
claim "a list of keys that was altered is refused" altered

# ---- a year ----
year() {
	zhiping simulate --into years --rounds 2 --labs 30 --programmes chemistry --measurands 1 --everything --seed 3 || return 1
	for n in 1 2; do zhiping close years/$n --issued 2026-12-2$n --into year --ledger ledger.sqlite --emit tables; test $? -le 1 || return 1; done
	cp ledger.sqlite same.sqlite
	zhiping year 2026 --ledger ledger.sqlite --issued 2027-01-10 --into year --key keys --passphrase pass && zhiping year 2026 --ledger same.sqlite --issued 2027-01-10 --into same --key keys --passphrase pass || return 1
	signed_by keys/public/$first.pem year/year-2026/v1/manifest.json && diff -r year/year-2026 same/year-2026 && grep -q "\"key\": *\"$first\"" year/year-2026/v1/manifest.json
}
claim "a year is signed, with the same bytes every time" year
exchanged() {
	zhiping year 2026 --ledger ledger.sqlite --issued 2027-02-10 --into year --amend --emit tables --key keys --passphrase pass && cp -r year exchanged && chmod -R u+w exchanged || return 1
	(cd exchanged/year-2026 && mv v1 x && mv v2 v1 && mv x v2)
	"$ZHIPING" verify exchanged/year-2026/v2 --trust keys/public > x.txt
	test $? = 3 && grep -qF "v2: the folder is called v2, and its manifest is that of v1" x.txt || { cat x.txt; return 1; }
	"$ZHIPING" verify year/year-2026/v2 --trust keys/public > x.txt && grep -qF "it is of the year 2026, version v2" x.txt || { cat x.txt; return 1; }
}
claim "two versions of a year that changed places are found" exchanged
printed() {
	local f=$(find year/year-2026/v1 -name '*.pdf' | sort | head -n 1)
	test -n "$f" || { echo "no paper"; return 1; }
	pdftoppm -r 150 -png -singlefile $f paper && zbarimg --quiet --raw --oneshot paper.png > paper.txt 2> /dev/null
	text=$(cat paper.txt) && printf %s "${text%:*}" > paper && printf '%s==' "${text##*:}" | tr -- '-_' '+/' | base64 -d > paper.sig && signed_by keys/public/$first.pem paper && pdftotext $f - | grep -q "Key $first"
}
if test -f "$top_builddir/plugins/.libs/certificate-pdf.so"; then claim "so are its papers" printed; else echo "ok $((number += 1)) - so are its papers # SKIP certificates are not built"; fi
claim "a draft is not signed" refused 2 "a draft is not signed" zhiping year 2026 --ledger ledger.sqlite --issued 2027-01-10 --into drafts --draft --key keys --passphrase pass

# ---- the list changes ----
rotated() {
	key rotate --key keys --date 2027-02-01 || return 1
	second=$(current keys) && test "$second" != "$first" && signed_by keys/public/$second.pem keys/public/keys.json && openssl verify -no_check_time -CAfile keys/public/$second.root.crt keys/public/$second.crt || return 1
	grep -q "\"id\":\"$first\",\"public\":\"[0-9a-f]*\",\"reason\":\"\",\"state\":\"retired\",\"until\":\"2027-02-01\"" keys/public/keys.json && signed_by keys/public/$first.pem $v1/manifest.json
}
claim "a new key takes the place of the one before, which stays on the list" rotated
second=$(current keys)
revoked() {
	key revoke $first --key keys --date 2027-01-20 --reason '笔记本电脑失窃' && signed_by keys/public/$second.pem keys/public/keys.json && grep -q '"reason":"笔记本电脑失窃","state":"revoked","until":"2027-01-20"' keys/public/keys.json &&
		refused 3 'was revoked already' key revoke $first --key keys --date 2027-01-20 --reason x && refused 3 'there is no key "0123"' key revoke 0123 --key keys --date 2027-01-20 --reason x
}
claim "a key is revoked with day and reason, by the one that is current" revoked
believed() { # the thief's list: the revoked key calls itself revoked no more, or signs for the current one
	cp -rp keys thief && openssl pkeyutl -sign -rawin -inkey keys/private/$first.key -passin file:pass -in keys/public/keys.json -out thief/public/keys.json.sig &&
		refused 3 'which it calls revoked; expected the key that is current' zhiping key list --key thief/public
}
claim "a list that a revoked key signed is refused" believed
reissued() {
	local v2=anew/sim-2026-1/v2
	cp -rp out anew && zhiping amend round --into anew --issued 2027-02-10 --reason '密钥被吊销' --key keys --passphrase pass; test $? = 1 && test ! -e $v2 || return 1
	zhiping amend round --into anew --issued 2027-02-10 --reason '密钥被吊销' --key keys --passphrase pass --reissue; test $? -le 1 || return 1
	signed_by keys/public/$second.pem $v2/superseded.csv && test "$(wc -l < $v2/superseded.csv)" = "$(wc -l < $v1/certificates.csv)" && test "$(wc -l < $v2/changes.csv)" = 1 || return 1
	"$ZHIPING" verify $v2/labs/L0001/certificate.pdf --trust keys/public > out.txt && grep -q "valid: signed by .*, key $second" out.txt || return 1
	"$ZHIPING" verify $v1/labs/L0001/certificate.pdf --trust keys/public --superseded $v2/superseded.csv > out.txt; test $? = 1 && grep -q 'superseded: by v2, issued 2027-02-10, because: 密钥被吊销' out.txt
}
claim "after a revocation all papers are made anew with the key that is current, though nothing else differs" reissued
retired() {
	key retire $second --key keys --date 2027-06-01 && refused 3 'no key is current' zhiping close round --issued 2027-06-02 --into no --key keys --passphrase pass && test ! -e no && "$ZHIPING" key list --key keys/public --lang en > list.txt &&
		grep -q "^$second  retired  2027-02-01  2027-06-01\$" list.txt && key rotate --key keys --date 2027-06-02 && test -n "$(current keys)" && test ! -e keys/public.next
}
claim "a key that is retired signs no more, until another takes its place" retired

# ---- a folder that openssl made ----
foreign() { # the first key of RFC 8032, 7.1
	mkdir -p theirs/private theirs/public && chmod 700 theirs/private || return 1
	printf '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60' | xxd -r -p > seed.der
	local id=06e3fd8fda29bb60 private=theirs/private public=theirs/public
	openssl pkey -inform DER -in seed.der -out $private/$id.key && openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out $private/$id.rsa && chmod 600 $private/* || return 1
	openssl pkey -in $private/$id.key -pubout -out $public/$id.pem && openssl req -x509 -new -key $private/$id.key -subj /CN=root -days 3650 -out $public/$id.root.crt &&
		openssl req -new -key $private/$id.rsa -subj /CN=leaf -out leaf.csr && openssl x509 -req -in leaf.csr -CA $public/$id.root.crt -CAkey $private/$id.key -days 3650 -set_serial 2 -out $public/$id.crt || return 1
	printf '{"format":1,"keys":[{"from":"2026-01-01","id":"%s","public":"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a","reason":"","state":"current","until":""}],"name":"x","what":"keys"}' $id > $public/keys.json
	openssl pkeyutl -sign -rawin -inkey $private/$id.key -in $public/keys.json -out $public/keys.json.sig && : > empty && "$top_builddir/tests/sign_pdf" theirs file empty empty.sig || return 1
	test "$(xxd -p -c 64 empty.sig)" = e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
}
claim "a folder that openssl made is one, and the signature is that of RFC 8032" foreign

# ---- what is secret ----
hidden() {
	for k in keys/private/*; do openssl pkey -in $k -passin file:pass -outform DER -out der.$(basename $k) || return 1; done
	python3 - <<-'PY'
		import base64, glob, os, subprocess, sys, zipfile
		secrets = []
		for name in glob.glob("der.*"):
		    der = open(name, "rb").read()
		    if name.endswith(".key"):
		        secrets.append(der[-32:])
		    else: # the primes, as openssl asn1parse finds them: the fifth and sixth numbers
		        inner = subprocess.run(["openssl", "rsa", "-inform", "DER", "-in", name, "-traditional", "-outform", "DER"], capture_output=True, check=True).stdout
		        lines = subprocess.run(["openssl", "asn1parse", "-inform", "DER"], input=inner, capture_output=True, check=True).stdout.decode().split("\n")
		        numbers = [bytes.fromhex(l.split(":")[-1]) for l in lines if "INTEGER" in l]
		        secrets += [numbers[3][:64], numbers[4][:64], numbers[5][:64]]
		assert len(secrets) == 12, len(secrets)
		secrets.append(b"seven sealed cupboards")
		forms = []
		for s in secrets:
		    forms += [s, s.hex().encode(), s.hex().upper().encode(), s[::-1]]
		    for cut in range(3): # wherever it stands in a longer text
		        forms.append(base64.b64encode(s[cut:])[: (len(s) - cut) // 3 * 4 - 4])
		        forms.append(base64.urlsafe_b64encode(s[cut:])[: (len(s) - cut) // 3 * 4 - 4])
		files = ["said.txt", "why.txt"]
		for top in ("out", "year", "keys/public"):
		    files += [os.path.join(at, f) for at, _, names in os.walk(top) for f in names]
		seen, found = 0, False
		for f in files:
		    parts = [open(f, "rb").read()]
		    if f.endswith(".xlsx"):
		        parts += [zipfile.ZipFile(f).read(n) for n in zipfile.ZipFile(f).namelist()]
		    if f.endswith(".pdf"):
		        parts.append(subprocess.run(["qpdf", "--qdf", f, "-"], capture_output=True).stdout)
		    for form in forms:
		        if any(form in p for p in parts):
		            print(f, "holds", form[:12])
		            found = True
		    seen += 1
		parts = [open("keys/private/" + os.path.basename(n)[4:], "rb").read() for n in glob.glob("der.*.key")]
		assert seen > 40 and any(secrets[0] in open(n, "rb").read() for n in glob.glob("der.*")), "the search finds nothing at all"
		sys.exit(found)
	PY
}
claim "no private key and no passphrase is in anything that was written or told" hidden

# ---- several at once, and a disk that fails at the end ----

together() {
	key new --into many --name x --date 2026-01-01 || return 1
	for k in 1 2 3 4; do "$ZHIPING" key rotate --key many --date 2026-02-0$k --passphrase pass $ZP_OPTIONS > rotated.$k 2>&1 & done
	wait
	for f in many/private/*.key; do grep -q "\"id\":\"$(basename $f .key)\"" many/public/keys.json || { cat rotated.*; echo "$f is in no list"; return 1; }; done
	test "$(ls many/private/*.key | wc -l)" -ge 2
}
claim "of keys that are made at the same time none is left out of the list" together
unsynced() { # the last sync of all fails: the list that names the key is there already
	# what looks for leaks at the end traces the process, too, and two cannot
	traced() { ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 strace -f -qq -o calls "$@" "$ZHIPING" key rotate --key last --date 2026-02-01 --passphrase pass $ZP_OPTIONS; }
	key new --into last --name x --date 2026-01-01 && cp -r last spare || return 1
	traced -e trace=fsync > traced.txt 2>&1 || { echo "not traced"; return 0; }
	n=$(grep -c 'fsync(' calls); rm -r last; mv spare last
	traced -e trace=fsync -e inject=fsync:error=EIO:when=$n 2> err.txt; test $? = 6 || { tail -n 3 calls err.txt; return 1; }
	test -f "last/private/$(current last).key" && test -f "last/private/$(current last).rsa"
}
claim "a key that the list names is not taken back when the last sync fails" unsynced
