#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing is lost between the files that came in and the tables that go out: what awk counts in a simulated round,
# made a little worse by hand, is what the program says it counted, and the tables add up.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
number=0
same() { # CLAIM EXPECTED GOT
	number=$((number + 1))
	if test -n "$2" && test "$2" = "$3"; then
		echo "ok $number - $1"
	else
		diff <(echo "$2") <(echo "$3") | head -n 20 | sed 's/^/# /'
		echo "not ok $number - $1"
	fi
}

echo 1..13
$ZHIPING simulate $ZP_OPTIONS --into round --labs 60 --seed 11 --programmes chemistry,blood-count,glucose > /dev/null || { echo "Bail out! nothing is simulated"; exit 1; }

# Every value that came back as one line: lab|programme|measurand|sample|value|received.
as_utf8() { iconv -f UTF-8 -t UTF-8 "$1" 2> /dev/null > text || iconv -f GB18030 -t UTF-8 "$1" > text; cat text; }
values() {
	for file in round/results/*.csv; do
		as_utf8 "$file" | sed 's/^\xef\xbb\xbf//; s/\r$//' | awk -F, -v OFS='|' '
		head == "" && $1 == "实验室编码" { lab = $2; next }
		head == "" && $1 == "专业" { programme = $2; next }
		head == "" && $1 == "接收时间" { received = $2; next }
		head == "" { head = $0; for (i = 1; i <= NF; i++) { at[$i] = i; if ($i ~ /^20[0-9]+$/) sample[i] = $i }; next }
		"value" in at { print $at["lab"], $at["programme"], $at["measurand"], $at["sample"], $at["value"], ("received" in at) ? $at["received"] : ""; next }
		{ for (i in sample) print lab, programme, $at["项目"], sample[i], $i, received }'
	done
}
closes=$(sed -n 's/.*closes="\([^"]*\)".*/\1/p' round/round.xml)

# Made worse: three rows twice, two rows with another value, one measurand that is not performed.
plain=$(grep -L '实验室编码' round/results/*.csv | while read -r file; do iconv -f UTF-8 -t UTF-8 "$file" > /dev/null 2>&1 && ! head -n 1 "$file" | grep -q received && echo "$file"; done | head -n 1)
sed 's/^\xef\xbb\xbf//; s/\r$//' "$plain" | awk -F, -v OFS=, '
	NR == 1 { print; next }
	$5 != "" && n < 5 { n++; if (n > 3) $5 = $5 "1"; print }' > round/results/again.csv
lab=$(sed -n '2s/,.*//p' round/results/again.csv)
missing=$(awk -F, -v lab="$lab" '
	$2 != "chemistry" { next }
	{ n = split($3, m, " "); for (i = 1; i <= n; i++) { all[m[i]] = 1; if ($1 == lab) own[m[i]] = 1 } }
	END { for (code in all) if (!(code in own)) { print code; exit } }' round/enrolments.csv)
sample=$(sed -n 's/.*<sample code="\([^"]*\)".*/\1/p' round/round.xml | head -n 1)
echo "$lab,chemistry,$missing,$sample,1.0,,,,,," >> round/results/again.csv

values > all
counted=$(awk -F'|' -v closes="$closes" '
	{ read++ }
	$5 == "" { blank++; next }
	FILENAME == "all" { n[$1, $2, $3, $4]++; if ($6 > closes) late++ }
	END { extra = 0; for (k in n) extra += n[k] - 1
	      printf "values read %d = accepted %d + set aside %d + refused 0 + blank %d\n", read, read - blank - extra - 2 - 1, extra + 2 + 1, blank
	      printf "among them: %d sent twice, 2 in conflict, %d late, 1 not declared\n", extra, late }' all)
$ZHIPING check $ZP_OPTIONS round > check.out
test $? -le 1 || { echo "Bail out! the round cannot be checked: $(tail -n 3 check.out)"; exit 1; }
same "check counts what awk counts in the files" "$counted" "$(grep -E '^(values read|among them)' check.out)"

$ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 --emit tables > close.out 2> close.err
same "conflicts and groups without verdicts make the exit code 1" 1 $?
same "close counts the same" "$(head -n 1 <<< "$counted")" "$(grep '^values read' close.out)"
manifest=$(python3 -c 'import json, sys; c = json.load(open(sys.argv[1]))["counts"]; print(*[c[n] for n in "read accepted set_aside refused blank duplicates conflicts late undeclared".split()])' out/*/v1/manifest.json)
same "the manifest counts the same" "$(sed 's/[^0-9]\{1,\}/ /g; s/^ //; s/ $//' <<< "$counted" | tr '\n' ' ' | sed 's/ *$//')" "$manifest"
same "files of a row for each value have as many as the manifest says, and all of them add up" "some 0" "$(python3 - out/*/v1/manifest.json <<-'PY'
	import csv, json, sys
	m, long, wrong = json.load(open(sys.argv[1])), 0, 0
	for f in m["results"]:
	    rows = list(csv.reader(open("round/" + f["name"], encoding="utf-8-sig" if f["encoding"] == "UTF-8" else "gb18030")))
	    if "value" in rows[0]:
	        long, wrong = long + 1, wrong + (f["read"] != len(rows) - 1)
	print("some" if long > 5 else long, wrong + abs(sum(f["read"] for f in m["results"]) - m["counts"]["read"]))
PY
)"
mv out/*/v1 tables

# The tables, cell by cell. Fields are split by a reader of our own, for they may be quoted.
reader='
function cells(line, c,    n, field) {
	n = 0
	while (1) {
		if (line ~ /^"/) { match(line, /^"([^"]|"")*"/); field = substr(line, 2, RLENGTH - 2); gsub(/""/, "\"", field) }
		else { match(line, /^[^,]*/); field = substr(line, 1, RLENGTH) }
		c[++n] = field; line = substr(line, RLENGTH + 1)
		if (line == "") return n
		line = substr(line, 2) } }
FNR == 1 { width = cells($0, head); for (i = 1; i <= width; i++) at[head[i]] = i; next }
{ cells($0, c) }'

# Of each programme: its code, its samples, and the measurands of its scheme, which is what "*" stands for.
programmes=$(awk '
	/<programme/ { match($0, / code="[^"]*"/); p = substr($0, RSTART + 7, RLENGTH - 8); match($0, / scheme="[^"]*"/); scheme[p] = substr($0, RSTART + 9, RLENGTH - 10) }
	/<sample/ { samples[p]++ }
	END { for (p in samples) print p, samples[p], scheme[p] }' round/round.xml |
	while read -r code samples scheme; do echo "$code $samples $(grep -c '<measurand ' "$top_srcdir/rules/schemes/$scheme.xml")"; done | tr '\n' ' ')
expected=$(awk -F, -v programmes="$programmes" '
	BEGIN { n = split(programmes, w, " "); for (i = 1; i < n; i += 3) { samples[w[i]] = w[i + 1]; all[w[i]] = w[i + 2] } }
	NR > 1 { cells += ($3 == "*" ? all[$2] : split($3, codes, " ")) * samples[$2] }
	END { print cells }' round/enrolments.csv)
same "scores.csv has a row for every result that is expected" "$expected" "$(($(wc -l < tables/scores.csv) - 1))"

states=$(awk -F'|' -v closes="$closes" -v expected="$expected" -v lab="$lab" -v missing="$missing" '
	$1 == lab && $3 == missing { next }
	{ key = $1 "|" $2 "|" $3 "|" $4; seen[key] = 1; if ($5 == "") next
	  if (key in value && value[key] != $5) conflict[key] = 1; value[key] = $5; if ($6 > closes) late[key] = 1 }
	END { for (k in value) { if (k in conflict) c++; else if (k in late) l++; else r++ }
	      printf "conflict %d\nlate %d\nnothing %d\nreturned %d\n", c, l, expected - c - l - r, r }' all)
same "every result has the state it must have" "$states" "$(awk "$reader"'
	{ s = c[at["state"]]; if (s == "blank" || s == "not_returned") s = "nothing"; n[s]++ } END { for (s in n) print s, n[s] }' tables/scores.csv | sort)"

same "values stand in scores.csv as they stood in the files" \
	"$(awk -F'|' -v lab="$lab" -v missing="$missing" '$5 != "" && !($1 == lab && $3 == missing) { print $1 "," $4 "," $5 }' all | sort -u | wc -l)" \
	"$(awk -F'|' -v lab="$lab" -v missing="$missing" '$5 != "" && !($1 == lab && $3 == missing) { print $1 "," $4 "," $5 }' all | sort -u |
		awk "$reader"'{ sent = c[at["sent"]] != "" ? c[at["sent"]] : c[at["value"]]; print c[at["lab"]] "," c[at["sample"]] "," sent
			if (c[at["state"]] == "conflict") { remark = c[at["remark"]]; gsub(/ \([^)]*\)/, "", remark); k = split(remark, v, " \\| ")
				for (i = 1; i <= k; i++) print c[at["lab"]] "," c[at["sample"]] "," v[i] } }' tables/scores.csv | sort -u > published
		awk -F'|' -v lab="$lab" -v missing="$missing" '$5 != "" && !($1 == lab && $3 == missing) { print $1 "," $4 "," $5 }' all | sort -u | comm -12 - published | wc -l)"

groups() { awk "$reader"'{ g = c[at["group"]]; if (g != "") { members[g]++; kept[g] += c[at["mark"]] == "kept" } }
	END { for (g in members) print g, members[g] }' tables/scores.csv | sort -n; }
same "a group has as many members as there are rows that name it" "$(groups)" \
	"$(awk "$reader"'c[at["members"]] > 0 { print c[at["group"]], c[at["members"]] }' tables/targets.csv | sort -n)"

tallies=$(awk "$reader"'
	{ v = c[at["verdict"]]; k = c[at["lab"]] " " c[at["programme"]]; m = k " " c[at["measurand"]]; all[k]; all[m]
	  if (v == "acceptable") { a[k]++; a[m]++ }
	  if (v == "acceptable" || v == "unacceptable") { t[k]++; t[m]++ } }
	END { for (k in all) { n = split(k, w, " "); print w[1], w[2], n == 3 ? w[3] : "*", a[k] + 0, t[k] + 0 } }' tables/scores.csv | sort)
same "verdicts.csv adds up what scores.csv says" "$tallies" "$(awk "$reader"'
	c[at["standing"]] != "not_performed" {
		print c[at["lab"]], c[at["programme"]], c[at["measurand"]], c[at["accepted"]], c[at["total"]] }' tables/verdicts.csv | sort)"

same "regions.csv adds up what verdicts.csv says, the province holding everybody" \
	"$(awk '$3 == "*" { a[$2] += $4; t[$2] += $5; n[$2]++ } END { for (p in a) print p, n[p], a[p], t[p] }' <<< "$tallies" | sort)" \
	"$(awk "$reader"'c[at["level"]] == 0 && c[at["class"]] == "*" && c[at["programme"]] != "*" {
		print c[at["programme"]], c[at["expected"]], c[at["accepted"]], c[at["total"]] }' tables/regions.csv | sort)"

same "no table has an undefined number" 0 "$(grep -ciE '(^|,)-?(nan|inf)(,|$)' tables/*.csv | awk -F: '{ n += $2 } END { print n }')"

digests() { python3 -c 'import json; [print(f["sha256"], f["size"], f["name"]) for f in json.load(open("tables/manifest.json"))["outputs"]]' | sort; }
same "the manifest has the size and digest of every file" "$(cd tables && for file in *.csv; do echo "$(sha256sum < "$file" | cut -d' ' -f1) $(wc -c < "$file") $file"; done | sort)" "$(digests)"
