#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Answers that are no numbers, and viral loads: rounds of every kind of them (mixed.py), another one for each setting, closed by the
# program and by the twin, which was written from the rules. They agree on every target, who agreed on it, verdict, credit, flag, score,
# rank and region.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
choices='
default grey=negative grey=neutral grey_reply=positive grey_reply=negative grey_reply=not_evaluated consensus_order=participants_first
consensus_participants=without_referees consensus_order=participants_first,consensus_participants=without_referees
discrepancy=fail discrepancy=fail,ungradable=credit programme_score=samples programme_score=samples,discrepancy=fail climb_pool=remainder
blank_key=group rung_keys=nested ungradable=credit blank_result=not_evaluated no_show_total=all must_all_spoils_programme=false
log_rule=abs log_rule=sd log_places=1 log_places=3 target_places=null late_duplicate=conflict closing_inclusive=false
blank_measurand=blank,blank_result=not_evaluated censored=not_evaluated censored=interval accepted_late_in_statistics=true
grey=negative,grey_reply=negative,climb_pool=remainder,ungradable=credit default,2 default,3 default,4 default,5 default,6 default,7 default,8
'
one() { # CHOICES SEED
	own=$scratch/$1
	python3 -B "$here/mixed.py" "$own" "$2" 45 || exit 1
	attributes=$(echo "$1" | sed 's/default\(,[0-9]*\)*//; s/=\([^,]*\)/="\1"/g; s/,/ /g')
	test -z "$attributes" || sed -i "0,/<programme /s//<choices $attributes\/>\n  <programme /" "$own/round.xml"
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$own" --into "$own.out" --issued 2026-03-31 --emit tables --threads 1 > "$own.log" 2>&1
	test $? -le 1 && python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "$own" "$own.out/mixed/v1" > "$own.twin" 2>&1
	echo $? > "$own.code"
}
export -f one
export here scratch ZHIPING ZP_OPTIONS top_srcdir
# shellcheck disable=SC2086
printf '%s\n' $choices | awk '{ print $1, NR }' | xargs -P 2 -L 1 bash -c 'one "$0" "$1"'
n=0
for choice in $choices; do
	n=$((n + 1))
	if test "$(cat "$scratch/$choice.code")" = 0 && grep -qE ': [0-9]{5,} compared, 0 different$' "$scratch/$choice.twin"; then
		echo "ok $n - $choice: every verdict is the twin's"
	else
		tail -n 5 "$scratch/$choice.log" | sed 's/^/# /'
		head -n 30 "$scratch/$choice.twin" | sed 's/^/# /'
		echo "not ok $n - $choice: every verdict is the twin's"
	fi
done
echo "1..$n"
