#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says, in both languages: the catalogue of Chinese is complete and holds nothing that is not used; locale and --lang
# choose; numbers and whatever is published are the same in any language.
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
unset LANGUAGE LANG LC_MESSAGES
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
n=0 bad=
wrong() { bad="$bad# $1
"; }
result() { n=$((n + 1)); if test -z "$bad"; then echo "ok $n - $1"; else printf '%s' "$bad"; echo "not ok $n - $1"; fi; bad=; }
differs() { test "$2" = "$3" || wrong "$1: expected \"$2\", found \"$3\""; }
# shellcheck disable=SC2086
zp() { "$ZHIPING" "$@" $ZP_OPTIONS; }
has_chinese() { LC_ALL=C.UTF-8 grep -qP '\p{Han}' <<< "${1//质评/}"; }
for tool in xgettext msgfmt msgcmp msgcomm msgattrib python3; do
	command -v $tool > "$scratch/which" || { echo "1..0 # SKIP there is no $tool"; exit 0; }
done
po=$top_srcdir/po/zh_CN.po

# ---- the catalogue ----

# What is wrong with a catalogue beside the messages of the sources.
faults_of() { # CATALOGUE TEMPLATE
	msgfmt -c -o /dev/null "$1" 2>&1
	msgcmp "$1" "$2" 2>&1 | grep -v 'found .* fatal error'
	msgcomm --unique --no-location --omit-header -o - "$1" "$2" 2> "$scratch/err" | grep '^msgid' | sed 's/^/in one of the two only: /'
	msgattrib --only-obsolete --no-location "$1" 2> "$scratch/err" | grep '^#~ msgid' | sed 's/^/no longer used: /'
}
python3 "$top_srcdir/po/extract.py" "$top_srcdir" "$scratch/now.pot" || wrong "the messages cannot be extracted"
found=$(faults_of "$po" "$scratch/now.pot")
test -z "$found" || wrong "$(head -n 20 <<< "$found" | tr '\n' '~' | sed 's/~/~# /g' | tr '~' '\n'); make update-po brings it up to date"
result "every message has its Chinese, sure and of the same format, and nothing in the catalogue is unused"

printf '\nmsgid "nobody says this"\nmsgstr "没有人说这句话"\n' | cat "$po" - > "$scratch/more.po"
faults_of "$scratch/more.po" "$scratch/now.pot" | grep -q 'nobody says this' || wrong "a message that nobody uses is not seen"
printf '\nmsgid "this is new"\nmsgstr ""\n' | cat "$scratch/now.pot" - > "$scratch/more.pot"
faults_of "$po" "$scratch/more.pot" | grep -q 'this is new\|this message is' || wrong "a message that the catalogue lacks is not seen"
awk '/^msgid "the ledger may not be written"/ { print "#, fuzzy" } 1' "$po" > "$scratch/fuzzy.po"
faults_of "$scratch/fuzzy.po" "$scratch/now.pot" | grep -q fuzzy || wrong "an unsure message is not seen"
sed 's/^msgstr "专业 %s 要求了两次"/msgstr "专业 %d 要求了两次"/' "$po" > "$scratch/format.po"
faults_of "$scratch/format.po" "$scratch/now.pot" | grep -q 'format specifications' || wrong "another format is not seen"
result "a message that is missing, unused, unsure or of another format is seen"

differs "messages whose Chinese has no Chinese in it" "" "$(python3 - "$po" <<-'PY'
	import re, sys
	text = open(sys.argv[1], encoding="utf-8").read()
	for block in text.split("\n\n")[1:]:
	    say = lambda part: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part))
	    english = say(re.search(r"msgid (.*?)(?=\nmsgid_plural|\nmsgstr)", block, re.S).group(1))
	    chinese = say(block[block.index("msgstr"):])
	    if chinese == english and re.search(r"[A-Za-z]{2,} [a-z]{2,}", re.sub(r"%[-\d.*$]*[lz]*[a-z]|sqrt|step", "", english)):
	        print(english)
	    if re.search(r"[^\x00-\x7f]\s*[,;?!]\s|[^\x00-\x7f],|，，|。。", chinese):
	        print("ASCII punctuation between Chinese:", chinese)
PY
)"
result "what stands for English is Chinese, with Chinese punctuation"

# ---- who chooses ----

chinese() { has_chinese "$(env "$@" "$ZHIPING" score --words "$top_builddir/po/locale" 2>&1)"; } # a message of use
for locale in 'LC_ALL=zh_CN.UTF-8' 'LC_ALL=zh_CN.GB18030' 'LC_ALL=zh' 'LC_ALL= LC_MESSAGES=zh_CN' 'LC_ALL= LANG=zh_CN.UTF-8' 'LC_ALL=C.UTF-8 LANGUAGE=zh_CN:en' \
	'LC_ALL=en_US.UTF-8 LANGUAGE=zh' 'LC_ALL=zh_TW.UTF-8'; do
	# shellcheck disable=SC2086
	chinese $locale || wrong "$locale speaks no Chinese"
done
for locale in 'LC_ALL=C' 'LC_ALL=' 'LC_ALL=POSIX LANG=zh_CN' 'LC_ALL=C LANGUAGE=zh_CN' 'LC_ALL= LANGUAGE=zh_CN' 'LC_ALL=en_US.UTF-8' 'LC_ALL=zh_CN LANGUAGE=en:zh' \
	'LC_ALL=de_DE.UTF-8' 'LC_ALL= LC_CTYPE=zh_CN.UTF-8' 'LC_ALL=zhuang'; do
	# shellcheck disable=SC2086
	chinese $locale && wrong "$locale speaks Chinese"
done
result "the locale of messages chooses; what it does not say is English"

for where in 'help --lang zh' '--lang zh help' 'help --lang=zh' '--lang=zh --help' 'close --help --lang zh' 'help close --lang zh'; do
	# shellcheck disable=SC2086
	has_chinese "$("$ZHIPING" $where --words "$top_builddir/po/locale" 2>&1)" || wrong "zhiping $where speaks no Chinese"
	# shellcheck disable=SC2086
	has_chinese "$(LC_ALL=zh_CN.UTF-8 "$ZHIPING" ${where/zh/en} --words "$top_builddir/po/locale" 2>&1)" && wrong "zhiping ${where/zh/en} speaks Chinese"
done
differs "a language that there is not" "zhiping: --lang \"fr\" is not known; expected zh or en" "$(zp check --lang fr "$scratch" 2>&1)"
has_chinese "$("$ZHIPING" help --lang zh --words "$scratch" 2>&1)" && wrong "there is Chinese without a catalogue"
result "--lang goes before the locale, at any place and in LC_ALL=C; without a catalogue English stays"

for command in $("$ZHIPING" help | awk '/^  [a-z]/ { print $1 }'); do
	lines=$("$ZHIPING" help "$command" --lang zh --words "$top_builddir/po/locale" | sed '1d' | grep .)
	while read -r line; do has_chinese "$line" || wrong "help $command: $line"; done <<< "$lines"
done
result "every line of every help is Chinese"

# ---- the pages ----

shape() { grep -E '^\.(Sh|Bl|El|It|Op|Bd|Ed|Nm$)' "$1"; }
diff <(shape "$top_srcdir/docs/zhiping.1") <(shape "$top_srcdir/docs/zhiping.zh_CN.1") > "$scratch/diff" || wrong "$(head -n 5 "$scratch/diff" | tr '\n' ' ')"
result "both pages have the same commands, options and sections, in the same order"

if command -v mandoc > "$scratch/which"; then
	for page in zhiping.1 zhiping.zh_CN.1; do
		mandoc -T lint -W warning "$top_srcdir/docs/$page" > "$scratch/lint" 2>&1 || wrong "$(head -n 3 "$scratch/lint" | tr '\n' ' ')"
	done
	awk '/^\.Sh SYNOPSIS/ { skip = 1 } /^\.Sh DESCRIPTION/ { skip = 0 } /^\.Bd/ { skip = 1 } !skip && /^[A-Za-z].* [a-z]+ [a-z]+ [a-z]+/' \
		"$top_srcdir/docs/zhiping.zh_CN.1" > "$scratch/english"
	test ! -s "$scratch/english" || wrong "English in the Chinese page: $(head -n 2 "$scratch/english")"
	result "both pages are sound, and the Chinese one is Chinese"
else
	n=$((n + 1)); echo "ok $n - both pages are sound, and the Chinese one is Chinese # SKIP there is no mandoc"
fi

# ---- nothing else changes ----

round=$top_srcdir/fixtures/rounds/minimal
test -d "$round" || round=$(find "$top_srcdir/fixtures/rounds" -mindepth 1 -maxdepth 1 -type d | sort | head -n 1)
zp simulate --labs 30 --programmes chemistry,serology --seed 3 --into "$scratch/round" > "$scratch/out" || wrong "no round"
languages=('LC_ALL=C' 'LC_ALL=zh_CN.UTF-8' 'LC_ALL=C.UTF-8 LANGUAGE=zh_CN LC_NUMERIC=de_DE.UTF-8')
same_ledger() { test ! -e "$scratch/0.sqlite" || for i in 1 2; do cp "$scratch/0.sqlite" "$scratch/$i.sqlite"; done; } # the head of its trail is an input
for source in "$scratch/round" "$round"; do
	same_ledger
	for i in 0 1 2; do
		# shellcheck disable=SC2086
		env ${languages[i]} "$ZHIPING" close "$source" --into "$scratch/published$i" --issued 2026-06-30 --ledger "$scratch/$i.sqlite" $ZP_OPTIONS >> "$scratch/told$i" 2>&1
	done
done
for i in 0 1 2; do
	# shellcheck disable=SC2086
	env ${languages[i]} "$ZHIPING" ledger export --all "$scratch/export$i" --ledger "$scratch/$i.sqlite" $ZP_OPTIONS > "$scratch/out" 2>&1 || wrong "$(cat "$scratch/out")"
done
same_ledger
for i in 0 1 2; do
	# shellcheck disable=SC2086
	env ${languages[i]} "$ZHIPING" year 2026 --into "$scratch/published$i" --ledger "$scratch/$i.sqlite" --issued 2027-01-20 $ZP_OPTIONS > "$scratch/year$i" 2>&1
	# shellcheck disable=SC2086
	(cd "$scratch" && env ${languages[i]} "$ZHIPING" check round --json --no-cache $ZP_OPTIONS > "$scratch/json$i" 2>&1)
done
test "$(find "$scratch/published0" -type f | wc -l)" -gt 50 || wrong "little was published: $(cat "$scratch/told0" "$scratch/year0")"
for i in 1 2; do
	for what in published export; do
		diff -r "$scratch/${what}0" "$scratch/$what$i" > "$scratch/diff" || wrong "${languages[i]}: $(head -n 3 "$scratch/diff")"
	done
	cmp -s "$scratch/json0" "$scratch/json$i" || wrong "${languages[i]}: the JSON of check differs"
done
has_chinese "$(cat "$scratch/told0")" && wrong "the run in English told something in Chinese"
has_chinese "$(grep -v '^/' "$scratch/told1")" || wrong "the run in Chinese told nothing in Chinese"
grep -E '[a-z]{3,} [a-z]{3,}' "$scratch/told1" | grep -v '（见' | grep -q . && wrong "the run in Chinese told in English: $(grep -E '[a-z]{3,} [a-z]{3,}' "$scratch/told1" | head -n 2)"
result "what is published, exported and printed as JSON is the same to the byte in any language"

numbers() { LC_ALL=C.UTF-8 grep -oE '[0-9]+([.][0-9]+)?' "$1" | sort -n | tr "\n" " "; }
printf 'lab,value\na,1.5\nb,2.25\nc,2.5\nd,3.75\ne,1.25\n' > "$scratch/t.csv"
zp estimate "$scratch/t.csv" --column value --json > "$scratch/english"
# shellcheck disable=SC2086
env LC_ALL=zh_CN.UTF-8 LC_NUMERIC=de_DE.UTF-8 "$ZHIPING" estimate "$scratch/t.csv" --column value --json $ZP_OPTIONS > "$scratch/chinese"
cmp -s "$scratch/english" "$scratch/chinese" || wrong "JSON of a calculator depends on the language"
differs "numbers of the summary" "$(numbers "$scratch/told0")" "$(numbers <(sed "s,published1,published0,g; s,1\\.sqlite,0.sqlite,g" "$scratch/told1"))"
result "numbers are the same in any language"

echo "1..$n"
