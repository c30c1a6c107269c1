#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# receipt.csv: when and from where files of results came is in the manifest, and changes nothing else.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
cp -r "$top_srcdir/fixtures/refused/base" round
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}"; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' said | head -n 20; fi
}
close() { $ZHIPING close $ZP_OPTIONS round --issued 2026-03-31 --emit tables --into "$1" > said 2>&1; }
receipt() { printf '%s\n' "$@" > round/receipt.csv; }
refuses() { close refused; test $? = 3 && grep -qF "receipt.csv:$1" said; }

without() { close without; test $? -le 1 && ! grep -q '"receipt"' without/R1/v1/manifest.json; }
claim "a round need not have it" without
receipt file,received,channel 'LAB03.csv,2026-03-16T08:40:00+08:00,电子邮件' 'results/a.csv,2026-03-10T09:12:00Z,'
kept() { close with; test $? -le 1 && python3 - <<-'PY'
	import json
	m = json.load(open("with/R1/v1/manifest.json", encoding="utf-8"))
	assert [(f["name"], f.get("receipt")) for f in m["results"]] == [("results/LAB03.csv", {"received": "2026-03-16T08:40:00+08:00", "channel": "电子邮件"}),
	    ("results/a.csv", {"received": "2026-03-10T09:12:00Z"})], m["results"]
	assert "receipt.csv" in [f["name"] for f in m["inputs"]]
	assert [f["read"] for f in m["results"]] == [4, 8] and m["counts"]["read"] == 12, m["results"]
	PY
}
claim "what it says is in the manifest, with how many values were read of each file" kept
claim "a file that came after the round closed is told" grep -qF 'receipt.csv:2:2: the file results/LAB03.csv came after the round closed at 2026-03-15T17:00:00+08:00' said
beside() { local sum; sum=$(sha256sum < round/receipt.csv | cut -d' ' -f1); cmp "with/R1/inputs/${sum:0:2}/$sum" round/receipt.csv && { $ZHIPING verify with/R1/v1 > said 2>&1; grep -q "of what went in, \([0-9]*\) of \1 files are kept" said; }; }
claim "it is kept beside the versions as it came, as all that went in is" beside
equal() { for table in without/R1/v1/*.csv; do cmp "$table" "with/R1/v1/${table##*/}" || return 1; done; }
claim "no table is another for it" equal
receipt file,received 'a.csv,2026-03-10T09:12:00+08:00'
claim "it need not have every file, nor a channel" close some
receipt file,received 'b.csv,2026-03-10T09:12:00+08:00'
claim "a file that is not there is refused" refuses '2:1: there is no file "b.csv" in results'
receipt file,received 'a.csv,2026-03-10T09:12:00'
claim "so is an instant without its offset" refuses '2:2: received is "2026-03-10T09:12:00"; expected an instant'
receipt file,received 'a.csv,2026-02-30T09:12:00+08:00'
claim "and one that is not on the calendar" refuses '2:2: received is "2026-02-30T09:12:00+08:00"; expected an instant'
receipt file,received 'a.csv,2026-03-10T09:12:00+08:00' 'results/a.csv,2026-03-10T09:12:00+08:00'
claim "each file stands once" refuses '3:1: "results/a.csv" stands twice (first on line 2)'
receipt file,received,channel "a.csv,2026-03-10T09:12:00+08:00,$(printf %0201d 7)"
claim "the channel is short" refuses '2:3: channel is "0000'
receipt file,received,channel "$(printf "a.csv,2026-03-10T09:12:00+08:00,邮\xe2\x80\x8b件")"
claim "and can be seen in full" refuses '2:3: channel is "邮<U+200B>件"; expected at most'
receipt file,channel 'a.csv,邮件'
claim "the time may not be missing" refuses '1: the header has no column "received"'
echo "1..$number"
