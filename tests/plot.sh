#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# zhiping plot: every kind of figure of what was published, in three formats that say the same; one sentence for each wrong use.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0
problem=

wrong() { problem="$problem# $1"$'\n'; }
result() { # CLAIM
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }
	problem=
}
plot() { $ZHIPING plot "$@" $ZP_OPTIONS; }
refuses() { # CODE PATTERN ARGUMENTS...
	local want=$1 pattern=$2 code
	shift 2
	plot "$@" > out.txt 2> err.txt
	code=$?
	test $code = "$want" || wrong "$*: it ended with $code; expected $want"
	grep -q "$pattern" err.txt || wrong "$*: it says \"$(cat err.txt)\"; expected \"$pattern\""
	test "$(wc -l < err.txt)" = 1 || wrong "$*: it says more than one line: $(cat err.txt)"
	test ! -e x.svg || wrong "$*: it wrote a file"
}

echo 1..9
for r in 1 2; do
	$ZHIPING simulate --labs 60 --programmes chemistry,transfusion --measurands 3 --seed $r --into r$r $ZP_OPTIONS > /dev/null || wrong "simulate"
	test $r = 1 || sed -i 's/id="[^"]*"/id="sim-2026-2"/; s/number="1"/number="2"/' r$r/round.xml
	silent=$(awk -F, '$2 == "chemistry" { last = $1 } END { print last }' r$r/enrolments.csv) # it takes part, and sends nothing
	rm -f "r$r/results/$silent".*
	$ZHIPING close r$r --into out --issued 2026-12-21 --emit tables $ZP_OPTIONS > log 2>&1 || test $? = 1 || wrong "close: $(tail -1 log)"
done
one=$(echo out/sim-2026-1/v1) two=$(echo out/sim-2026-2/v1)
test -e "$one/manifest.json" && test -e "$two/manifest.json" || { ls -R out | head -20; echo "Bail out! there is no round to draw"; exit 1; }

# A laboratory that has a result of the first measurand in both rounds.
m=$(awk -F, 'NR == 2 { print $2 }' $one/measurands.csv)
both() { awk -F, -v m="$1" '$3 == m && $10 != "" { print $1 }' $one/scores.csv $two/scores.csv | sort | uniq -c | awk '$1 >= 10 { print $2; exit }'; }
lab=$(both "$m")
answers=$(awk -F, '$2 == "transfusion" || $1 == "transfusion" { print $2; exit }' $one/measurands.csv)
test -n "$lab" || wrong "no laboratory has results in both rounds"

kinds="histogram bias history youden methods answers dots ranks strip"
options() { # of KIND
	case $1 in
	answers) echo "--measurand $answers" ;;
	dots) echo "--measurand $m" ;;
	ranks) ;;
	history) echo "--measurand $m --lab $lab --before $one" ;;
	*) echo "--measurand $m --lab $lab" ;;
	esac
}
formats=svg
$ZHIPING methods $ZP_OPTIONS | grep -q '^emitter *figure-cairo ' && formats="svg pdf png"
for kind in $kinds; do
	for f in $formats; do
		plot $two $kind $(options $kind) --as $kind.$f 2> err || wrong "$kind.$f: $(cat err)"
		plot $two $kind $(options $kind) --as again.$f 2> err || wrong "$kind.$f: $(cat err)"
		cmp -s $kind.$f again.$f || wrong "$kind.$f differs from one time to the next"
	done
done
result "every kind is drawn, twice to the same bytes"

for kind in $kinds; do
	! command -v xmllint > /dev/null || xmllint --nonet --noout $kind.svg || wrong "$kind.svg is not well-formed"
	! grep -qE 'NaN|[" ](nan|inf)[" ]' $kind.svg || wrong "$kind.svg has no number where one should be"
	test "$(wc -c < $kind.svg)" -lt 60000 || wrong "$kind.svg is large"
	! grep -qE 'href|<script|<image|style=' $kind.svg || wrong "$kind.svg reaches out"
	! grep -qE '[0-9]\.[0-9]{3}[^0-9%]*[hvLMAZ ]' <(grep -o ' d="[^"]*"' $kind.svg) || wrong "$kind.svg has more than two decimals"
done
result "SVG files are well-formed, small and whole"

if test "$formats" != svg && command -v pdftotext > /dev/null && command -v xmllint > /dev/null; then
	for kind in $kinds; do
		pdftotext -raw $kind.pdf text || wrong "$kind.pdf cannot be read"
		# turned texts are read letter by letter
		grep -v 'rotate(' <(sed 's/<text/\n<text/g; s/<\/text>/<\/text>\n/g' $kind.svg) | sed -n 's/^<text[^>]*>\(<title>.*<\/title>\)\{0,1\}\(.*\)<\/text>$/\2/p' |
			sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g' | tr -d ' ' > texts
		tr -d ' \n\f' < text > squeezed
		test -s texts || test $kind = strip || wrong "$kind.svg has no words"
		while read -r words; do grep -qF -- "$words" squeezed || wrong "$kind.pdf does not say \"$words\""; done < texts
		! command -v qpdf > /dev/null || qpdf --check $kind.pdf > /dev/null 2>&1 || wrong "$kind.pdf is damaged"
		! command -v pdffonts > /dev/null || test -z "$(pdffonts $kind.pdf | awk 'NR > 2 && $(NF - 4) != "yes"')" || wrong "$kind.pdf has a font that is not embedded"
	done
	result "PDF says what SVG says, is sound, and has its fonts"
else
	result "PDF says what SVG says, is sound, and has its fonts # SKIP figure-cairo, pdftotext or xmllint is missing"
fi

grep -q "$(awk -F, -v m="$m" '$2 == m { print $3; exit }' $one/measurands.csv)" histogram.svg || wrong "the Chinese name is not in it"
plot $one histogram --measurand $m --lang en --as en.svg || wrong "--lang en"
grep -q 'laboratories' en.svg && ! grep -q '家数' en.svg || wrong "--lang en is not English"
plot $one histogram --measurand "$(awk -F, -v m="$m" '$2 == m { print $3; exit }' $one/measurands.csv)" --as byname.svg || wrong "a measurand by its name"
plot $one histogram --measurand $m --size 640x400 --as wide.svg && grep -q 'width="656"' wide.svg || wrong "--size"
plot $one ranks --programme transfusion --as ranked.svg && grep -q "<title[^>]*>$(awk -F, '$1 == "transfusion" { print $2 }' $one/programmes.csv) " ranked.svg || wrong "ranks of a programme do not name it"
plot $one youden --measurand $m --as both.svg && grep -qE '<title[^>]*>[^<]* [0-9]+ / [0-9]+ ' both.svg || wrong "a Youden plot does not name both samples"
plot $one dots --measurand $m --as classes.svg
in_order=$(awk -F, 'NR > 1 && $6 != "*" && !seen[$6]++ { print $6 }' $one/regions.csv | while read -r c; do grep -c ">$c<" classes.svg | grep -q '^0' || grep -ob ">$c<" classes.svg | tail -n 1 | cut -d: -f1; done)
test "$in_order" = "$(sort -n <<< "$in_order")" || wrong "the classes of the dots are not in their order: $(echo $in_order)"
for k in $(awk -F, '$3 == a { print $4 }' a="$answers" $one/scores.csv | sort -u); do plot $one answers --measurand ABID --sample "$k" --as set.svg 2> err || continue; ! grep -q '>anti-' set.svg || wrong "a member of a set has its English name in a Chinese figure"; done
result "words are in the language that was asked for, sizes as well"

# Numbers in the figure are those of the tables: all results of the sample, and those of the group.
s=$(awk -F, -v m="$m" '$3 == m { print $4; exit }' $one/scores.csv)
plot $one histogram --measurand $m --sample $s --lab $lab --lang en --as numbers.svg || wrong "histogram"
python3 - $one $m $s $lab numbers.svg <<'PY' || wrong "the figure's numbers are not those of the tables"
import csv, re, sys
folder, m, s, lab, file = sys.argv[1:]
rows = [r for r in csv.DictReader(open(folder + "/scores.csv", encoding="utf-8")) if r["measurand"] == m and r["sample"] == s and re.fullmatch(r"-?[0-9.]+", r["value"])]
own = [r for r in rows if r["lab"] == lab][0]
peers = [r for r in rows if r["group"] == own["group"]]
text = open(file, encoding="utf-8").read()
for want in (f"peers {len(peers)}<", f"all {len(rows)}<", f"yours {own['value']}"):
    if want not in text:
        sys.exit(f"# \"{want}\" is not in the figure")
PY
result "the figure's numbers are those of the tables"

plot $one history --measurand $m --lab $lab --before $two --lang en --as h1.svg && plot $two history --measurand $m --lab $lab --before $one --lang en --as h2.svg || wrong "history"
test "$(grep -o '>2026-[12]<' h2.svg | tr -d '\n')" = '>2026-1<>2026-2<' || wrong "rounds are not in their order: $(grep -o '>2026-[12]<' h2.svg)"
result "rounds stand in the order of the year"

refuses 2 'did you mean "histogram"' $one histogramm --measurand $m --as x.svg
refuses 2 'expected one of: histogram, bias' $one pie --measurand $m --as x.svg
refuses 2 'must end in .svg, .pdf or .png' $one histogram --measurand $m --as x.jpg
refuses 2 'as FILE is needed' $one histogram --measurand $m
refuses 2 'expected --measurand CODE' $one histogram --as x.svg
refuses 2 'there is no measurand "XYZW"' $one histogram --measurand XYZW --as x.svg
refuses 2 "did you mean \"$answers\"" $one answers --measurand "${answers}X" --as x.svg
refuses 2 'there is no programme "chemistri"; did you mean "chemistry"' $one histogram --measurand $m --programme chemistri --as x.svg
refuses 2 'there is no sample' $one histogram --measurand $m --sample 9 --as x.svg
refuses 2 'there is no laboratory "L9999"' $one histogram --measurand $m --lab L9999 --as x.svg
refuses 2 'there is no laboratory "L9999"' $one history --measurand $m --lab L9999 --as x.svg
idle=$(awk -F, 'NR == FNR { asked[$1] = asked[$1] || $3 == m; next } FNR > 1 && !asked[$1] { print $1; exit }' m="$m" $one/scores.csv $one/register.csv)
test -z "$idle" || refuses 2 'was asked for no result' $one histogram --measurand $m --lab "$idle" --as x.svg
for kind in bias history strip; do refuses 2 "could show" $two $kind --measurand $m --lab "$silent" --as x.svg; done
refuses 2 'results of ".*" are answers' $one histogram --measurand $answers --as x.svg
refuses 2 'results of ".*" are quantities' $one answers --measurand $m --as x.svg
refuses 2 'shows the results of one laboratory' $one bias --measurand $m --as x.svg
refuses 2 'says nothing about "dots"' $one dots --measurand $m --lab $lab --as x.svg
refuses 2 'takes two samples' $one youden --measurand $m --sample $s --sample-b $s --as x.svg
refuses 2 'expected width and height in points' $one histogram --measurand $m --size 640 --as x.svg
refuses 2 'of the programme "none"' $one ranks --programme none --as x.svg
refuses 6 'cannot be written' $one histogram --measurand $m --as nowhere/x.svg
refuses 3 . out histogram --measurand $m --as x.svg
result "each wrong use gets one sentence, and writes nothing"

cp -r --no-preserve=mode $one altered
sed -i "0,/,$m,/s/acceptable/unacceptable/" altered/scores.csv
refuses 3 'scores.csv' altered histogram --measurand $m --as x.svg
refuses 3 'scores.csv' $two history --measurand $m --lab $lab --before altered --as x.svg
result "what is not as it was published is not believed"

if test "$formats" != svg; then
	$ZHIPING plot $one dots --measurand $m --as x.pdf ${ZP_OPTIONS/--plugins */--plugins $scratch/none} 2> err
	test $? = 5 && grep -q 'figure-cairo.*not installed' err || wrong "without figure-cairo it says: $(cat err)"
	result "without the module, it is said that SVG is there"
else
	result "without the module, it is said that SVG is there # SKIP it is not here"
fi
