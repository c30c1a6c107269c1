#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Certificates as they are printed: every template that comes with the rules, with few and many measurands, short and long names.
# Files are sound, fonts embedded, no text lies on another, the square code is read from the printed page; a centre's own template.
here=$top_srcdir/tests
zhiping() { "$ZHIPING" "$@" $ZP_OPTIONS; }
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work" 2> /dev/null; rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
test -f "$top_builddir/plugins/.libs/certificate-pdf.so" || { echo "1..0 # SKIP certificates are not built"; exit 0; }
for program in qpdf pdftotext zbarimg python3; do
	command -v $program >/dev/null || { echo "1..1"; echo "not ok 1 - $program is not installed"; exit 1; }
done
fails=0 number=0
fail() { echo "$*"; fails=$((fails + 1)); }
claim() { # CLAIM, then a function that calls fail for each fault
	number=$((number + 1)) fails=0
	"${@:2}" >"$work/said" 2>&1
	if test $fails -eq 0; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' "$work/said" | head -n 20; fi
}

long=虚构省江滨市经济技术开发区人民医院集团总医院（江滨医学院第一附属医院）东院区检验医学中心临床生物化学与分子诊断实验室暨江滨市临床检验质量控制中心
marked="甲<b>&amp;</b>\"乙\"'丙' \\(丁) & Co. {lab} %s"

# check_pdf FILE LAB MOST_BYTES [signed]
check_pdf() {
	qpdf --check "$1" >"$work/qpdf" 2>&1 || fail "$1: $(cat "$work/qpdf")"
	pdffonts "$1" | tail -n +3 | grep -v 'yes yes yes' && fail "$1: a font is not embedded as a subset"
	test -e "$here/overlap.py" && { python3 "$here/overlap.py" "$1" || fail "$1: words lie on each other"; }
	python3 "$here/certificate.py" "$1" "$2" $4 || fail "$1: the square code"
	test "$(stat -c %s "$1")" -le "$3" || fail "$1 has $(stat -c %s "$1") bytes; expected at most $3"
}

# every_size TEMPLATE
every_size() {
	for measurands in 3 20 200; do
		zhiping certificate $1 --as "$work/$1-$measurands.pdf" --measurands $measurands >/dev/null || fail "$1 with $measurands measurands"
		check_pdf "$work/$1-$measurands.pdf" L0001 $((measurands > 20 ? 400000 : 120000))
	done
	zhiping certificate $1 --as "$work/signed.pdf" --measurands 20 --programmes 2 --signed >/dev/null || fail "$1 as if it were signed"
	check_pdf "$work/signed.pdf" L0001 140000 signed
	zhiping certificate $1 --as "$work/again.pdf" --measurands 20 >/dev/null
	cmp -s "$work/again.pdf" "$work/$1-20.pdf" || fail "$1: two runs give two files"
}
every_name() {
	zhiping certificate $1 --as "$work/long.pdf" --lab-name "$long" --lab LABORATORY-00001 --programmes 3 >/dev/null || fail "$1 with a long name"
	check_pdf "$work/long.pdf" LABORATORY-00001 140000
	zhiping certificate $1 --as "$work/long.pdf" --lab-name "$long" --lab LABORATORY-00001 --signed >/dev/null || fail "$1 with a long name, as if it were signed"
	check_pdf "$work/long.pdf" LABORATORY-00001 140000 signed
	zhiping certificate $1 --as "$work/marked.pdf" --lab-name "$marked" >/dev/null || fail "$1 with marks"
	pdftotext -raw -l 1 "$work/marked.pdf" - | tr -d ' \n' | grep -qF "$(echo "$marked" | tr -d ' ')" || fail "$1: a name does not stand as it is"
}
many_programmes() {
	for programmes in 2 6 14 40; do
		zhiping certificate $1 --as "$work/many.pdf" --programmes $programmes --measurands 2 >/dev/null || fail "$programmes programmes"
		check_pdf "$work/many.pdf" L0001 200000
		found=$(pdftotext -raw "$work/many.pdf" - | grep -o '2026-1-[a-z-]*[0-9]*-L0001' | sort -u | wc -l)
		test "$found" -eq $programmes || fail "$1: of $programmes programmes $found are on the certificate"
	done
}
one_page() {
	test "$(pdfinfo "$work/round-landscape-20.pdf" | awk '/^Pages/ { print $2 }')" -eq 1 || fail "it has several pages"
	test "$(stat -c %s "$work/round-landscape-20.pdf")" -le 60000 || fail "it has $(stat -c %s "$work/round-landscape-20.pdf") bytes"
}
missing_glyph() {
	zhiping certificate round --as "$work/none.pdf" --lab-name "示例$(printf '\U30EDF')医院" 2>"$work/told" && fail "it is not told"
	grep -q 'U+30EDF' "$work/told" || fail "$(cat "$work/told")"
	test ! -e "$work/none.pdf" || fail "something was written"
}
no_template() {
	zhiping certificate rund >"$work/out" 2>"$work/told"
	test $? -eq 4 || fail "another exit code"
	grep -q 'there is no such template; expected .* one of: annual, recognition, .*round, title$' "$work/told" || fail "$(cat "$work/told")"
	zhiping certificate round --as "$work/round.png" >"$work/out" 2>"$work/told"
	test $? -eq 2 || fail "another exit code"
	grep -q 'expected a name that ends in .pdf' "$work/told" || fail "$(cat "$work/told")"
	test ! -e "$work/round.png" || fail "a PDF was written as .png"
}
own_images() {
	mkdir "$work/own"
	sed 's/<first>/<first><image file="logo.svg" x="24" y="24" width="18" height="18"\/><image file="logo.png" x="168" y="24" width="18" height="18"\/>/' \
		"$top_srcdir/rules/certificates/round.xml" >"$work/own/ours.xml"
	cat >"$work/own/logo.svg" <<-'SVG'
		<?xml version="1.0" encoding="UTF-8"?>
		<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 100 100" inkscape:version="1.2">
		  <inkscape:nothing/>
		  <circle cx="50" cy="50" r="46" fill="none" stroke="#1B4B5F" stroke-width="4"/>
		  <path d="M50 14 61.7 39.4 89.5 42.6 68.9 61.5 74.4 89 50 75.3 25.6 89 31.1 61.5 10.5 42.6 38.3 39.4z" style="fill:#9A7B3F;fill-opacity:.8"/>
		</svg>
	SVG
	python3 - "$work/own/logo.png" <<-'PNG'
		import struct, sys, zlib
		def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
		rows = b"".join(b"\0" + b"".join(bytes((x * 4, y * 4, 128)) for x in range(64)) for y in range(64))
		open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
	PNG
	zhiping certificate "$work/own/ours.xml" --as "$work/ours.pdf" >/dev/null || fail "it is not drawn"
	check_pdf "$work/ours.pdf" L0001 140000
	test "$(pdfimages -list "$work/ours.pdf" | tail -n +3 | wc -l)" -eq 1 || fail "the drawing became a bitmap: $(pdfimages -list "$work/ours.pdf")"
}
documented() { # the example of the format's page is what it says
	sed -n '/^```xml$/,/^```$/p' "$top_srcdir/docs/formats/certificate.md" | grep -v '^```' >"$work/own/example.xml"
	zhiping certificate "$work/own/example.xml" --as "$work/example.pdf" --measurands 150 >/dev/null || fail "it is not drawn"
	check_pdf "$work/example.pdf" L0001 140000
}
damaged_image() {
	head -c 200 "$work/own/logo.png" >"$work/cut" && mv "$work/cut" "$work/own/logo.png"
	zhiping certificate "$work/own/ours.xml" --as "$work/cut.pdf" 2>"$work/told" && fail "it is not told"
	grep -q 'logo.png: the image is a damaged PNG image' "$work/told" || fail "$(cat "$work/told")"
}
wrong_template() {
	sed 's/{lab-name}/{lab-nam}/; s/size="31"/size="310"/' "$top_srcdir/rules/certificates/round.xml" >"$work/wrong.xml"
	zhiping certificate "$work/wrong.xml" 2>"$work/told"
	test $? -eq 4 || fail "it has another exit code than 4"
	grep -q 'did you mean {lab-name}?' "$work/told" && grep -q 'expected 4 to 120 points' "$work/told" || fail "not all is told: $(cat "$work/told")"
	zhiping certificate "$work/wrong.xml" --lang zh 2>"$work/told"
	grep -q '是否应为 {lab-name}？' "$work/told" && grep -q '应为 4 至 120 磅' "$work/told" || fail "not all is told in Chinese: $(cat "$work/told")"
}

# A round with a template of its own in its folder, and one of the rules in another round.
own_round() { # TEMPLATE
	chmod -R u+w "$work/out" 2> /dev/null; rm -rf "$work/round" "$work/out"
	zhiping simulate --into "$work/round" --labs 6 --programmes glucose --seed 3 --single-file >/dev/null || fail "nothing is simulated"
	cp "$top_srcdir/rules/certificates/round-landscape.xml" "$work/round/ours.xml"
	sed -i "s/<regions /<certificate template=\"$1\"\/><regions /" "$work/round/round.xml"
	zhiping close "$work/round" --into "$work/out" --issued 2026-03-31 >"$work/closed" 2>&1
	test $? -le 1 || fail "$(cat "$work/closed")"
	folder=$work/out/sim-2026-1/v1
	for pdf in "$folder"/labs/*/certificate.pdf; do
		lab=$(basename "$(dirname "$pdf")")
		check_pdf "$pdf" "$lab" 60000
		code=$(awk -F, -v lab="$lab" '$2 == lab { print $6 }' "$folder/certificates.csv")
		pdftotext "$pdf" - | grep -qF -- "$code" || fail "$lab: the code of certificates.csv, $code, is not on the certificate"
	done
	pdfinfo "$pdf" | grep -q '841.89 x 595.2' || fail "another template was used: $(pdfinfo "$pdf" | grep size)"
	grep -qF "$2" "$folder/manifest.json" || fail "the manifest does not name the template"
}
sealed_round() { # with the image of own_images
	cp -r "$top_srcdir/fixtures/refused/base" "$work/sealed"
	cp "$work/own/logo.png" "$work/sealed/seal.png"
	sed -i 's/<organiser /<organiser seal="seal.png" /' "$work/sealed/round.xml"
	zhiping close "$work/sealed" --into "$work/with" --issued 2026-03-31 --emit certificates >"$work/closed" 2>&1
	test $? -le 1 || fail "$(cat "$work/closed")"
	for lab in LAB01 LAB02 LAB03; do
		test "$(pdfimages -list "$work/with/R1/v1/labs/$lab/certificate.pdf" | grep -c ' image ')" -eq 1 || fail "$lab: the seal is not on the certificate"
	done
	head -c 60 "$work/own/logo.png" >"$work/sealed/seal.png"
	zhiping close "$work/sealed" --into "$work/damaged" --issued 2026-03-31 --emit certificates >"$work/closed" 2>&1
	test $? -eq 3 || fail "a damaged seal is printed"
	grep -q 'seal.png: the image is a damaged PNG image; expected a sound one' "$work/closed" || fail "$(cat "$work/closed")"
	test ! -e "$work/damaged/R1/v1" || fail "something was published"
}
unknown_round() {
	sed -i 's/template="[^"]*"/template="nothing"/' "$work/round/round.xml"
	zhiping check "$work/round" >"$work/told" 2>&1 && fail "it is not told"
	grep -q 'round.xml:.*there is no template "nothing": the file certificates/nothing.xml does not exist' "$work/told" || fail "$(cat "$work/told")"
}

echo 1..25
for template in round round-landscape round-results annual recognition title; do
	claim "$template: few and many measurands, signed and not; fonts are embedded, nothing overlaps, the square code is read from the printed page" every_size $template
	claim "$template: long names fit, marks stand as they are" every_name $template
done
claim "all programmes are on a certificate" many_programmes round
claim "all programmes are on a certificate without results" many_programmes round-landscape
claim "a certificate of one page has at most 60 KB" one_page
claim "a character that the font lacks is named, and nothing is written" missing_glyph
claim "a template that there is not, and a name that does not end in .pdf, are told" no_template
claim "a template of one's own has drawings, which stay drawings, and images" own_images
claim "a round prints the seal of its organiser, and not a damaged one" sealed_round
claim "the example of docs/formats/certificate.md is a sound template" documented
claim "a damaged image is told" damaged_image
claim "everything wrong with a template is told, in either language, exit code 4" wrong_template
claim "a round uses the template in its folder; codes are in certificates.csv" own_round ours.xml ours.xml
claim "a round uses the template of the rules that it names" own_round round-landscape certificates/round-landscape.xml
claim "a template that is not there is told" unknown_round
