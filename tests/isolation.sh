#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One laboratory's file or line is damaged or hostile; every other laboratory's results come out unchanged, and what comes
# out of the damaged one is what it sent or nothing, never something else. Asked of `check --dump`.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
cp -r "$top_srcdir/fixtures/refused/base" round
rm round/results/*
header=lab,measurand,sample,value,unit,received,method
row() { echo "$1,$2,$3,$4,mmol/L,2026-03-10T09:00:00+08:00,己糖激酶法"; }
rows() { row "$1" GLU S1 5.10; row "$1" GLU S2 8.20; row "$1" K S1 4.10; row "$1" K S2 5.90; }
dump() { timeout 20 $ZHIPING check $ZP_OPTIONS round --dump 2> said | sort; }
number=0
judge() { # CLAIM: the others unchanged, the attacked one sent this or nothing
	local now others strange
	number=$((number + 1))
	now=$(dump)
	others=$(diff <(grep -v '^LAB02' clean) <(grep -v '^LAB02' <<< "$now"))
	strange=$(comm -13 clean <(grep '^LAB02' <<< "$now"))
	if test -z "$others$strange"; then
		echo "ok $number - $1"
	else
		printf '%s\n' "$others" "$strange" | head -n 12 | cut -c 1-200 | sed 's/^/# /'
		head -n 5 said | cut -c 1-300 | sed 's/^/# /'
		echo "not ok $number - $1"
	fi
}

# ---- a file of its own ----
for lab in LAB01 LAB03; do { echo $header; rows $lab; } > round/results/$lab.csv; done
own=round/results/LAB02.csv
honest() { echo $header; rows LAB02; }
honest > $own
dump > clean
attack() { "${@:2}" > $own; judge "a file of its own: $1"; }
bytes() { honest | perl -0pe "$1"; }
attack "empty" true
attack "a header and nothing else" echo $header
attack "a NUL in a value" bytes 's/8\.20/8.20\x0079/'
attack "a NUL in the code of another laboratory" bytes 's/LAB02,GLU,S1/LAB01\x00x,GLU,S1/'
attack "the code of another laboratory" bytes 's/LAB02/LAB01/g; s/5\.10/9.99/'
attack "a quote that is never closed" bytes 's/GLU,S2/"GLU,S2/'
attack "characters after a quote" bytes 's/8\.20/"8.20"1/'
attack "GB18030 and UTF-8 in one file" bytes 's/LAB02,GLU,S1/\xe5\xae\x9e,GLU,S1/; s/LAB02,K,S1/\xca\xb5\xd1\xff,K,S1/'
attack "bytes that are no text" bytes 's/8\.20/\xff\xfe8.20/'
attack "UTF-16" bash -c "$(declare -f honest rows row); header=$header; honest | iconv -f UTF-8 -t UTF-16"
attack "carriage returns alone" bytes 's/\n/\r/g'
attack "a line of two megabytes" bytes 's/8\.20/"8" x 2000000/e'
attack "cut off in the last value" bytes 's/5\.90.*//s'
attack "a hundred thousand cells in a line" bytes 's/8\.20/"," x 100000/e'
attack "a hundred thousand unknown laboratories" bash -c "echo $header; for i in {1..100000}; do echo LAB\$i,GLU,S1,5.1,mmol/L,; done | grep -v 'LAB0\\?[123],'"
attack "a hundred thousand copies of a line" bash -c "echo $header; for i in {1..100000}; do echo LAB02,GLU,S1,5.10,mmol/L,2026-03-10T09:00:00+08:00; done"
attack "a hundred thousand values for one result" bash -c "echo $header; for i in {1..100000}; do echo LAB02,GLU,S1,\$i.5,mmol/L,2026-03-10T09:00:00+08:00; done"
attack "a zip archive" printf 'PK\003\004junk'
attack "a hundred thousand values for one result" bash -c "echo $header; for i in {1..100000}; do echo LAB02,GLU,S1,\$i,mmol/L,2026-03-10T09:00:00+08:00; done"
attack "random bytes" head -c 20000 "$ZHIPING"
attack "a page" echo '<!DOCTYPE html><html><body>5.10</body></html>'
for value in nan inf -inf 0x1.8p3 1e400 5,1 '5.1 mg/dL?' '=5+1' 5..1 '5.1-5.3' '٥' '1e-400' '--5' '5.10 5.20' $'5.1\x07' '５．１x'; do
	attack "the value ${value@Q}" bash -c "$(declare -f row); echo $header; row LAB02 GLU S1 '\"$value\"'"
done
for code in 'ＬＡＢ０２' 'LАB01' $'LAB01\xe2\x80\x8b' ' LAB1' lab01 '../LAB01' 'LAB01/' '*' "LAB01'"; do
	attack "the laboratory ${code@Q}" bash -c "$(declare -f row); echo $header; row '$code' GLU S1 9.99" 2> /dev/null
done
rm $own

# ---- a line in a file of all ----
rm round/results/*
all=round/results/all.csv
everybody() { echo $header; rows LAB01; rows LAB02; rows LAB03; }
everybody > $all
dump > clean
line() { everybody | perl -0pe "$2" > $all; judge "a line in a file of all: $1"; }
line "a NUL in a value" 's/(LAB02,GLU,S2,8\.20)/$1\x0079/'
line "a quote that is never closed" 's/LAB02,GLU,S2/LAB02,"GLU,S2/'
line "a quoted line of another laboratory" 's/(LAB02,GLU,S2),8\.20/$1,"8.20\nLAB01,GLU,S1,9.99,mmol\/L,"/'
line "bytes that are no text" 's/LAB02,GLU,S2,8\.20/LAB02,GLU,S2,\xff\xff8.20/'
line "a value with a comma" 's/LAB02,GLU,S2,8\.20/LAB02,GLU,S2,8,20/'
line "too few cells" 's/LAB02,GLU,S2,8\.20.*?\n/LAB02,GLU\n/'
line "a line of two megabytes" 's/(LAB02,GLU,S2,8\.20)/$1 . "0" x 2000000/e'
line "a carriage return in the middle" 's/LAB02,GLU,S2,8\.20/LAB02,GLU,S2,8\r.20/'
line "a line separator of Unicode" 's/LAB02,GLU,S2,8\.20/LAB02,GLU,S2,8.20\xe2\x80\xa8/'
line "a unit that is not known" 's/(LAB02,GLU,S2,8\.20),mmol/$1,furlong/'
line "two different values" 's/(LAB02,GLU,S2,8\.20.*?\n)/$1LAB02,GLU,S2,8.30,mmol\/L,\n/'
echo "1..$number"
