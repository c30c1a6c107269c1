# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A ledger with something in every table, its older copies, and what others have seen of it; read by `.`.
# make_ledger FOLDER: FOLDER/l.sqlite, FOLDER/older-N.sqlite, FOLDER/other.sqlite, FOLDER/out/ (published), FOLDER/heads (one for each line)
make_ledger() (
	mkdir -p "$1" && cd "$1" || exit 1
	tool() { local command=$1; shift; $ZHIPING "$command" $ZP_OPTIONS "$@" >> log 2>&1 || test $? = 1 || { echo "$command $* failed: $(tail -n 1 log)"; exit 1; }; }
	keep() { cp l.sqlite "older-$1.sqlite"; $ZHIPING ledger head --ledger l.sqlite >> heads; }
	for n in 1 2; do
		tool simulate --into round$n --labs 8 --programmes chemistry,answers --measurands 4 --seed $n
		sed -i "s/id=\"sim-2026-1\"/id=\"sim-2026-$n\"/; s/number=\"1\"/number=\"$n\"/; s/2026-03-/2026-0$((3 * n))-/g; /<appeals/d" round$n/round.xml
		tool close round$n --into out --issued 2026-12-0$n --emit tables --ledger l.sqlite --by 张三
		keep $n
	done
	printf '<year title="t" version="1"><certificate id="all" name="证书" policy="not-unsuccessful"/></year>\n' > year.xml
	printf '<year title="t" version="1"><certificate id="all" name="证书" policy="all-rounds"/></year>\n' > strict.xml
	cp l.sqlite city.sqlite
	tool year 2026 --emit tables --ledger l.sqlite --into out --issued 2027-01-10 --rules-year year.xml
	keep 3
	python3 "$top_srcdir/tests/ledger_acts.py" decide l.sqlite 2026 excellent L0001 awarded 评审会 2027-02-01 '' || exit 1
	python3 "$top_srcdir/tests/ledger_acts.py" decide l.sqlite 2026 excellent L0002 refused 评审会 2027-02-01 'not "so"' || exit 1
	keep 4
	python3 "$top_srcdir/tests/ledger.py" forge out/sim-2026-1/v1 twice 'scores.csv:acceptable=>unacceptable' || exit 1
	tool ledger add twice --ledger l.sqlite # withheld
	tool year 2026 --emit tables --ledger city.sqlite --into city --issued 2027-01-11 --rules-year strict.xml
	tool ledger merge city.sqlite --ledger l.sqlite --reason 'both centres agreed' # papers are withheld
	keep 5
	$ZHIPING ledger add nowhere --ledger l.sqlite >> log 2>&1 # refused
	tool ledger export --all exported --ledger l.sqlite
	$ZHIPING ledger head --ledger l.sqlite >> heads
	tool ledger add out/sim-2026-1/v1 out/sim-2026-2/v1 --ledger other.sqlite # the same rounds, and another trail
)
