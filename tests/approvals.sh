#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Four eyes: who must approve what before a round is published, and that an approval is bound to what was approved.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
cp -r "$top_srcdir/fixtures/refused/base" base
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}"; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' said | head -n 20; fi
}
close() { $ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 --emit tables --into "$@" > said 2>&1; } # last: where
refuses() { close refused; test $? = 3 && test ! -e refused/R1/v1 && for word; do grep -qF -- "$word" said || return 1; done; }
DECISION='<correct lab="LAB01" programme="chem" measurand="GLU" sample="S1" from="5.10" to="5.15" who="质评办公室 王" when="2026-03-21" why="中心录入错误"/>'
decisions() { { echo "<decisions>$DECISION"; printf '%s\n' "$@"; echo "</decisions>"; } > round/decisions.xml; }
approve() { echo "<approve what=\"$1\" digest=\"$2\" who=\"$3\" at=\"2026-03-22T10:00:00+08:00\" meaning=\"已复核\"/>"; }
wants() { sed -i "s#<programme#<approvals $1/><programme#" round/round.xml; }
fresh() { rm -rf round look refused; cp -r base round; wants "$1"; decisions; }
digests() { $ZHIPING close $ZP_OPTIONS round --draft > said 2>&1; read -r rules decided tables <<< "$(awk '/^  (rules|decisions|publishing) / { print $2 }' said | tr '\n' ' ')"; }

cp -r base round
decisions
free() { close free; test $? -le 1 && grep -q '"approvals":\[\]' free/R1/v1/manifest.json; }
claim "nothing need be approved where nobody asks for it" free

fresh 'rules="1" decisions="2" publishing="1"'
claim "what is missing is told, each in a sentence" refuses 'approvals of the rules: 0 of 1; expected <approve what="rules" digest="' 'approvals of the decisions: 0 of 2; expected' 'neither the rules nor the decisions are approved as they are'
told() { $ZHIPING check $ZP_OPTIONS round > said 2>&1; test $? = 1 && test "$(grep -c '^decisions.xml: approvals of' said)" = 3; }
claim "check tells it as to be done, and refuses nothing" told
drafted() {
	$ZHIPING close $ZP_OPTIONS round --draft --into look > said 2>&1; test $? -le 1 || return 1
	digests; test "$tables" = "$(cd look && sha256sum -- * | sha256sum | cut -d' ' -f1)" && test ! -e look/manifest.json
}
claim "a draft publishes nothing, and its tables are what publishing is bound to, worked out by sha256sum" drafted
neither_signed_nor_redacted() {
	local option
	for option in key redact; do
		$ZHIPING close $ZP_OPTIONS round --draft --$option somewhere > said 2>&1
		test $? = 2 && test "$(wc -l < said)" = 1 && grep -qF 'a draft is neither signed nor redacted' said && test ! -e somewhere || return 1
	done
}
claim "a draft is neither signed nor redacted, which is told" neither_signed_nor_redacted
decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲)" "$(approve decisions "$decided" 乙)" "$(approve publishing "$tables" 丙)"
published() { close out; test $? -le 1 && for t in look/*; do cmp "$t" "out/R1/v1/${t#look/}" || return 1; done; }
claim "with all approvals it is published, and no byte of a table is another" published
centre() {
	$ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 --emit tables,pages --plugin "$(cd "$top_builddir" && pwd)/tests/.libs/centre.so" --into read > said 2>&1; test $? -le 1 || return 1
	grep '^decision	approve' read/R1/v1/told.tsv | cut -f4-7 > said
	diff said - <<-END
		批准：规则	approved: the rules	甲	2026-03-22
		批准：决定	approved: the decisions	甲	2026-03-22
		批准：决定	approved: the decisions	乙	2026-03-22
		批准：发布	approved: publishing	丙	2026-03-22
	END
}
claim "the centre reads who approved what" centre
same() { cp said before; digests; test "$rules $decided $tables" = "$1"; }
claim "approvals are no part of what is approved" same "$rules $decided $tables"
manifest() { python3 - "$rules" "$decided" <<-'PY'
	import hashlib, json, sys
	m = json.load(open("out/R1/v1/manifest.json", encoding="utf-8"))
	assert [(a["what"], a["who"], a["at"], a["meaning"]) for a in m["approvals"]] == [(w, n, "2026-03-22T10:00:00+08:00", "已复核") for w, n in
	    (("rules", "甲"), ("decisions", "甲"), ("decisions", "乙"), ("publishing", "丙"))], m["approvals"]
	files = [("rules/" + f["name"], f["sha256"]) for f in m["rules"] if f["name"] != "schemas/decisions.rng"] + \
	    [("round/" + f["name"], f["sha256"]) for f in m["inputs"] if f["name"] not in ("decisions.xml", "roster.csv", "enrolments.csv", "receipt.csv")]
	assert hashlib.sha256("".join(f"{d}  {n}\n" for n, d in sorted(files)).encode()).hexdigest() == sys.argv[1]
	decided = json.dumps(m["decisions"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
	assert hashlib.sha256(decided).hexdigest() == sys.argv[2]
PY
}
claim "the manifest has them, and all that the digests of rules and decisions are made of" manifest

decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲)" "$(approve decisions "$decided" '甲 ')" "$(approve publishing "$tables" 丙)"
claim "the same person twice is one" refuses '"甲" approves the decisions a second time' 'approvals of the decisions: 1 of 2'
spelled() { # the same name with what is not seen, in full width, in capitals
	for other in $'甲\xe2\x80\x8b' $'\xc2\xa0甲' $'\xef\xbb\xbf甲' 'Ｌi Ming' 'LI MING' $'Li\xe2\x80\x83Ming'; do
		first=甲; case $other in *[iI]*) first='Li Ming' ;; esac
		decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" "$first")" "$(approve decisions "$decided" "$other")" "$(approve publishing "$tables" 丙)"
		refuses 'approves the decisions a second time' || { echo "$other counts twice" >> said; return 1; }
	done
	decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲)" "$(approve decisions "$decided" 甲乙)" "$(approve publishing "$tables" 丙)"
	close longer; test $? -le 1 || return 1
}
hidden() { # one name without and with a character of each kind that shows nothing
	local with
	with=$(python3 -c 'print("甲" + "".join(map(chr, (0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1680, 0x17B5, 0x180B, 0x2009, 0x202F, 0x2060, 0x2800, 0x3000, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFB, 0x13430, 0x1BCA0, 0x1D173, 0xE0001))) + "0a")')
	decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲0a)" "$(approve decisions "$decided" "$with")" "$(approve publishing "$tables" 丙)"
	refuses 'approves the decisions a second time'
}
claim "nothing that is not seen makes a name another" hidden
claim "nor is one who is spelled otherwise for nobody to see another; a longer name is another's" spelled
for names in '张 三/张三' '张三/张 三' '　张三/张　三 ' '张三 /张三'; do
	decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" "${names%/*}")" "$(approve decisions "$decided" "${names#*/}")" "$(approve publishing "$tables" 丙)"
	claim "however a name is spaced ($names)" refuses 'approves the decisions a second time' 'approvals of the decisions: 1 of 2'
done
decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 质评办公室王)" "$(approve decisions "$decided" 乙)" "$(approve publishing "$tables" 丙)"
claim "who decided does not approve it" refuses '"质评办公室王" approves the decisions and took part in them (line 1)' 'approvals of the decisions: 1 of 2'
decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲)" "$(approve decisions "$decided" 乙)" "$(approve publishing "${tables:0:60}0000" 丙)"
claim "an approval of other tables is none, and nothing is published" refuses 'approved publishing as they were then, digest' "now, digest $tables"
chinese() { $ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 --emit tables --into refused --lang zh > said 2>&1; test $? = 3 && test ! -e refused/R1/v1 && grep -qF "“丙”批准的是当时的发布，校验值 ${tables:0:12}" said; }
claim "which is told in Chinese, too" chinese
bound_later() { $ZHIPING check $ZP_OPTIONS round > said 2>&1; test $? -le 1 && ! grep -q '^decisions.xml' said; }
claim "check, which has no tables, says nothing of it" bound_later
DECISION=${DECISION/5.15/5.16}
decisions "$(approve rules "$rules" 甲)" "$(approve decisions "$decided" 甲)" "$(approve decisions "$decided" 乙)" "$(approve publishing "$tables" 丙)"
claim "a decision that was changed afterwards has no approval left" refuses '"甲" approved the decisions as they were then' '"乙" approved the decisions as they were then' 'approvals of the decisions: 0 of 2'
looks() { $ZHIPING amend $ZP_OPTIONS round --issued 2026-03-31 --into out --reason 更正 --what-if > said 2>&1; test $? = 0 && grep -q 'approvals of the decisions: 0 of 2' said && test ! -e out/R1/v2; }
claim "a look at an amendment tells them to be missing" looks
sed -i 's/why="[^"]*"/why="另一理由"/' round/decisions.xml
claim "nor has one with another reason" refuses 'approvals of the decisions: 0 of 2' 'zhiping: the decisions are not approved as they are'
sed -i '0,/pct="[0-9.]*"/s//pct="9"/' round/scheme.xml round/limits.xml 2> /dev/null
claim "rules that were changed afterwards have none" refuses '"甲" approved the rules as they were then' 'approvals of the rules: 0 of 1'

fresh 'decisions="2"'
DECISION=
decisions
none() { close none; test $? -le 1; }
claim "where nothing was decided there is nothing to approve" none
rules=$(printf 0%.0s {1..64})
decisions "$(approve rules "$rules" 甲)"
claim "an approval that does not hold stops the round, though nobody asked for it" refuses '"甲" approved the rules as they were then' 'zhiping: the rules are not approved as they are'
decisions "$(approve rules "${rules%0}" 甲)"
claim "what is no digest is refused" refuses 'decisions.xml:2:1: the attribute "digest" of <approve> is "' 'expected 64 digits'
decisions "$(approve rules "$rules" 甲 | sed s/+08:00//)"
claim "an instant has its offset" refuses 'the attribute "at" of <approve> is "2026-03-22T10:00:00"; expected an instant'
decisions "$(approve publishing "$rules" 甲 | sed s/03-22/04-01/)"
claim "nobody approves after the day of issue" refuses 'decisions.xml:2: the approval is of 2026-04-01, and the round is issued on 2026-03-31; expected that day or an earlier one'
decisions "$(approve results "$rules" 甲)"
claim "only what can be approved is" refuses 'the attribute "what" of <approve> is "results"'

fresh 'publishing="1"'
untabled() { $ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 --emit workbook --into refused > said 2>&1; test $? = 3 && test ! -e refused/R1/v1 && grep -q 'expected tables among what --emit names' said; }
claim "publishing is approved by tables, which must be there" untabled
cp -r "$top_srcdir/rules" rules
echo '<centre><approvals rules="1" publishing="2"/></centre>' > rules/centre.xml
ZP_OPTIONS="$ZP_OPTIONS --rules rules"
claim "a round may not ask for fewer than the centre" refuses 'the round asks for 1 approvals of publishing, and the centre (centre.xml of the rules) for 2'
rm -rf round; cp -r base round
claim "what the centre asks for holds for a round that says nothing" refuses 'approvals of the rules: 0 of 1'
listed() { digests; decisions "$(approve rules "$rules" 甲)" "$(approve publishing "$tables" 甲)" "$(approve publishing "$tables" 乙)"; close centre; test $? -le 1 && grep -q '"name":"centre.xml"' centre/R1/v1/manifest.json; }
claim "and its file is among the rules that were read" listed
echo '<centre><approvals rules="6"/></centre>' > rules/centre.xml
faulty() { close refused; test $? = 4 && grep -q 'centre.xml:1:9: the attribute "rules" of <approvals> is "6"; expected a whole number from 0 to 5' said; }
claim "a centre that asks for too much is told where" faulty
echo "1..$number"
