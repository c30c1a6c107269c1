#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every value of every choice, one at a time, on a round in which everything goes wrong that the documents name:
# the twin, which was written from the rules and not from the engine, must agree with every verdict.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

choices='
target_places=0 target_places=2 target_places=places target_places=places+1 target_places=places+2
target_places=1,target_round_from=binary target_places=places,round_known=true
climb_pool=remainder rung_keys=nested blank_key=group least_counts=retained algorithm_a_factor=exact
collapse_ratio=0.01 outlier_boundary=greater_or_equal median_scale=made absurd_factor=5 absurd_factor=null
absurd_when_ungradable=unacceptable accepted_late_in_statistics=true
bounds_inclusive=false negative_target_pct=absolute bias_pct_nonpositive=signed bias_pct_nonpositive=absolute
collapsed_fixed_limit=not_evaluated sd_limit_least=5 sdi_least=5 censored=not_evaluated censored=interval
closing_inclusive=false duplicate_equal=text late_duplicate=conflict excuse_conditions=trusted
blank_result=not_evaluated blank_measurand=blank no_show_total=all must_all_spoils_programme=false
ungradable=credit ungradable=credit,blank_result=not_evaluated s1_places=1 s_places=3
rank_ties=dense rank_noshow=unranked rank_tiebreak=n expected_excludes_excused=false returned_includes_late=true
region_rollup=false climb_pool=remainder,rung_keys=nested,least_counts=retained blank_measurand=blank,blank_result=not_evaluated
'
python3 -B "$here/make_round.py" "$scratch/default" >/dev/null || exit 1
for choice in $choices; do
	cp -r "$scratch/default" "$scratch/$choice"
	attributes=$(echo "$choice" | sed 's/=\([^,]*\)/="\1"/g; s/,/ /g')
	# after the classes, before the first programme
	sed -i "0,/<programme /s//<choices $attributes\/>\n  <programme /" "$scratch/$choice/round.xml"
done
one() { # CHOICE: closes and compares; the result in CHOICE.log and CHOICE.rc
	# shellcheck disable=SC2086
	$ZHIPING close $ZP_OPTIONS "$scratch/$1" --into "$scratch/out/$1" --issued 2026-03-31 --emit tables >"$scratch/$1.log" 2>&1
	python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "$scratch/$1" "$scratch/out/$1/nasty/v1" >>"$scratch/$1.log" 2>&1
	echo $? >"$scratch/$1.rc"
}
export -f one
export here scratch ZHIPING ZP_OPTIONS top_srcdir
# shellcheck disable=SC2086
printf '%s\n' default $choices | xargs -P 2 -I{} bash -c 'one {}'
n=0
for choice in default $choices; do
	n=$((n + 1))
	if test "$(cat "$scratch/$choice.rc")" = 0; then
		echo "ok $n - $choice: every verdict is the twin's"
	else
		tail -n 12 "$scratch/$choice.log" | sed 's/^/# /'
		echo "not ok $n - $choice: every verdict is the twin's"
	fi
done
echo "1..$n"
