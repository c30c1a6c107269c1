#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The format of results as XML is told three times: by docs/formats/results-xml.md, by rules/schemas/results.rng and by the importer.
# They say the same: each file below is valid by the schema exactly when `zhiping check` has nothing to say of its form.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
number=0
result() { # CLAIM PROBLEM
	number=$((number + 1))
	if test -z "$2"; then echo "ok $number - $1"; else sed 's/^/# /' <<< "$2"; echo "not ok $number - $1"; fi
}
if ! command -v xmllint > /dev/null; then
	echo "1..0 # SKIP xmllint is not installed"
	exit 0
fi
by_schema() { xmllint --nonet --noout --relaxng "$top_srcdir/rules/schemas/results.rng" "$1" > "$scratch/said" 2>&1; }
by_program() { # FILE: its form is fine; laboratories, codes and values are another matter
	rm -rf "$scratch/round"
	cp -r "$top_srcdir/fixtures/refused/base" "$scratch/round"
	cp "$1" "$scratch/round/results/z.xml"
	$ZHIPING check $ZP_OPTIONS "$scratch/round" > "$scratch/out" 2>&1
	test $? -le 3 && ! grep -qE 'z\.xml:?[0-9:]*: .*(not known|has no attribute|stands in|between the tags|declares a|the root is|well-formed|not accepted)' "$scratch/out"
}
agree() { # FILE EXPECTED(yes|no)
	by_schema "$1" && schema=yes || schema=no
	by_program "$1" && program=yes || program=no
	test "$schema $program" = "$2 $2" || echo "$(basename "$1"): expected $2, the schema says $schema, the program $program: $(cat "$scratch/said" "$scratch/out" | head -n 3)"
}

awk -v to="$scratch/example" '/^```xml/ { n++; file = to n ".xml"; next } /^```/ { file = ""; next } file { print > file }' \
	"$top_srcdir/docs/formats/results-xml.md"
problem=
for file in "$scratch"/example*.xml; do problem=$problem$(agree "$file" yes); done
test "$(ls "$scratch"/example*.xml | wc -l)" -ge 2 || problem="$problem the page has fewer than two examples"
result "the examples of the page follow the schema and are read" "$problem"

problem=
whole='<results lab="LAB01" programme="chem" received="2026-03-10T09:00:00+08:00" system="a" instrument="b" method="c" reagent="d" calibrator="e"><result measurand="K" sample="S1" value="4.10" unit="mmol/L" uncertainty="0.1" received="2026-03-10T09:00:00+08:00" system="a" instrument="b" method="c" reagent="d" calibrator="e"/></results>'
variant() { # EXPECTED SED-EXPRESSION
	sed "$2" <<< "$whole" > "$scratch/variant.xml"
	problem=$problem$(agree "$scratch/variant.xml" "$1" | sed "s|^|$2: |")
}
variant yes ''
for attribute in lab programme received system instrument method reagent calibrator; do variant yes "s/ $attribute=\"[^\"]*\"//"; done
for attribute in unit uncertainty; do variant yes "s/ $attribute=\"[^\"]*\"//"; done
variant yes 's/.*/<returns>&&<\/returns>/'
variant yes 's/.*/<returns\/>/'
variant yes 's/<result .*\/>//'
variant yes 's/value="[^"]*"/value=""/'
for attribute in measurand sample value; do variant no "s/ $attribute=\"[^\"]*\"//"; done
for attribute in lab programme; do variant no "s/<result /&$attribute=\"x\" /"; done
for attribute in measurand sample value unit uncertainty other; do variant no "s/<results /&$attribute=\"x\" /"; done
variant no 's/<result /&other="x" /'
variant no 's/.*/<returns lab="x">&<\/returns>/'
variant no 's/.*/<returns><returns>&<\/returns><\/returns>/'
variant no 's/.*/<returns><result measurand="K" sample="S1" value="1"\/><\/returns>/'
variant no 's/results/Results/g'
variant no 's/<result /<other\/>&/'
variant no 's/\/><\/results>/><result measurand="K" sample="S1" value="1"\/><\/result><\/results>/'
variant no 's/<result /5.1&/'
variant no 's/<results /&xmlns="urn:x" /'
variant no 's/ unit=/ Unit=/'
variant no 's/<result .*/&</'
result "the schema and the importer accept and refuse the same" "$problem"
echo "1..$number"
