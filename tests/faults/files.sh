#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file of a round and of a year, one by one, cannot be made, or cannot be written: the command ends with exit 6 and a sentence that
# names the file, and nothing is published.
. "${top_srcdir:-..}/tests/year_claims.sh"
fault=$top_builddir/tests/.libs/files.so
test -f "$fault" || { echo "1..0 # SKIP $fault was not built"; exit 0; }

close() { zhiping close round --into "$1" --issued 2026-03-31 --emit tables --threads 2; }
everything() { zhiping close small --into "$1" --issued 2026-03-31 --threads 2; }
forms() { mkdir -p "$1" && zhiping template small --all --into "$1/forms"; }
letters() { mkdir -p "$1"; zhiping check small --letters "$1/letters" --letters-all; }
closed() { "$@"; test $? -le 1; } # 1: something was withheld
year() {
	zhiping year 2026 --emit tables --ledger ledger.sqlite --into "$1" --regions hubei --issued 2027-01-10 --recognition own.xml --iqc iqc.csv \
		--evidence evidence.csv --awards excellent-laboratory --performed performed.csv --threads 2
}
entries() { zhiping ledger export --all "$1/v1" --ledger ledger.sqlite; }
printf 'lab,specimen,item,compared,iqc\nL0001,,GLU,no,yes\n' > performed.csv
cat > own.xml <<-'XML'
	<recognition id="own" name="检验结果互认" version="1">
	  <validity months="12" from="next-month"/>
	  <default><rounds level="provincial" passed="1"/><iqc months="3" cv-limit="5" levels="2" lots="any" min-n="10"/></default>
	</recognition>
XML
printf 'lab,key,value,unit,source,date\nL0001,inspection,92,,,2026-11-03\nL0001,workday-report-rate,95,,2026-11,2026-11-30\n' > evidence.csv
awk 'BEGIN { print "lab,month,item,level,lot,n,mean,sd,cv"; for (l = 1; l <= 8; l++) for (m = 1; m <= 3; m++) for (k = 1; k <= 2; k++)
	printf "L%04d,2026-%02d,GLU,%d,A%d,20,%.2f,0.1,\n", l, m, k, k, 5 + k + l / 100 }' > iqc.csv
small() { # a round of few, which papers are printed of
	zhiping simulate --into small --labs 6 --measurands 2 --samples 2 --seed 2 && closed everything good-papers && forms good-forms && closed letters good-letters
}
one_of_each() { # FOLDER: of files with the same ending one, and one laboratory's
	(cd "$1" && find . -type f | sed 's/^..//' | sort | awk -F. '!seen[$NF]++')
}
prepare() {
	zhiping simulate --into round --labs 14 --programmes chemistry,blood-count --seed 3 && closed zhiping close round --into closed --issued 2026-03-31 --emit tables --ledger ledger.sqlite &&
		keep_ledger && closed close good-round && with_kept year good-year && mkdir entries && with_kept entries entries
}

files_of() { # FOLDER: one of every table; what each laboratory and region is given is written by the same code
	(cd "$1" && find . -type f | sed 's/^..//' | grep -vE '^(labs|regions)/' && find labs regions -type f 2> /dev/null | sort | head -n 1)
}
each() { # COMMAND FOLDER HOW LEAST: faults in every file of the folder as it should be
	local command=$1 good=$2 how=${3:-files_of} least=${4:-10} file kind code n=0
	for file in $($how "$good"); do
		for kind in MAKE WRITE; do
			rm -rf bad && mkdir bad && cp ledger.kept ledger.sqlite
			(export "FAULT_$kind=$file" LD_PRELOAD="$fault"; $command bad) > said.txt 2>&1
			code=$?
			test $code -eq 6 && grep -qF "${file##*/}" said.txt && test -z "$(find bad -path '*/.stage*' -prune -o \( -name v1 -o -name forms -o -name letters \) -print)" ||
				{ echo "$command, $file, $kind: exit $code"; cat said.txt; find bad | head -n 20; return 1; }
			n=$((n + 1))
		done
	done
	test $n -ge $least || { echo "$n faults"; return 1; }
}

echo 1..8
claim "a round is closed, its year published, its ledger exported" prepare
claim "a round whose file cannot be made or written is not published" each close good-round/*/v1
claim "nor is such a year" each year good-year/*/v1
claim "nor are such tables of a ledger" each entries entries/v1
claim "a small round is closed with everything, its forms and letters are written" small
claim "a round of which one paper cannot be made or written is not published" each everything good-papers/*/v1 one_of_each 8
claim "nor are forms" each forms good-forms/forms one_of_each 2
claim "nor are letters" each letters good-letters/letters one_of_each 2
