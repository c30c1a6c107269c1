#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every value of every choice, one at a time, on a round in which everything goes wrong that the documents name
# and on a simulated one, with another seed each time: the twin, which was written from the rules and not from
# the engine, must agree with every target, verdict, rank and region.
here=$top_srcdir/tests/golden
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT

# show_least and sdi_least change what reports say and no table, and nothing here is in another unit or on a list of names; these must
# leave the tables as they are.
choices='
target_places=null target_places=0 target_places=2 target_places=-1 target_places=places target_places=places+1 target_places=places+2
target_round_from=binary target_places=1,target_round_from=binary round_known=true target_places=places,round_known=true
climb_pool=remainder rung_keys=nested blank_key=group least_counts=retained algorithm_a_factor=exact
collapse_ratio=0.01 outlier_boundary=greater_or_equal median_scale=made absurd_factor=5 absurd_factor=null
absurd_when_ungradable=unacceptable accepted_late_in_statistics=true
bounds_inclusive=false negative_target_pct=absolute bias_pct_nonpositive=signed bias_pct_nonpositive=absolute
collapsed_fixed_limit=not_evaluated sd_limit_least=5 sdi_least=5 show_least=12 censored=not_evaluated censored=interval
sdi_method=algorithm-a sdi_method=median-niqr sdi_method=mean sdi_method=clia-3sd sdi_method=truncated-2sd sdi_method=truncated-3sd
closing_inclusive=false duplicate_equal=text late_duplicate=conflict excuse_conditions=trusted
undeclared=stop unreadable=stop unreadable=not_evaluated other_unit=refuse unknown_name=refuse
blank_result=not_evaluated blank_measurand=blank no_show_total=all must_all_spoils_programme=false
ungradable=credit ungradable=credit,blank_result=not_evaluated s1_places=1 s_places=3
rank_ties=dense rank_noshow=unranked rank_tiebreak=n expected_excludes_excused=false returned_includes_late=true
region_rollup=false climb_pool=remainder,rung_keys=nested,least_counts=retained blank_measurand=blank,blank_result=not_evaluated
'

choose() { # CHOICE ROUND: writes the choice after the classes, before the first programme
	test "$1" = default && return
	attributes=$(echo "$1" | sed 's/=\([^,]*\)/="\1"/g; s/,/ /g')
	sed -i "0,/<programme /s//<choices $attributes\/>\n  <programme /" "$2/round.xml"
}
one() { # CHOICE SEED: makes both rounds and closes them
	own=$scratch/$1
	case $1 in
	unreadable=*) nasty=unreadable ;;
	*) nasty=nasty ;;
	esac
	mkdir "$own"
	cp -r "$scratch/rounds/$nasty" "$own/nasty"
	# shellcheck disable=SC2086
	$ZHIPING simulate $ZP_OPTIONS --labs 40 --programmes chemistry,glucose --measurands 1 --samples 5 --seed "$2" \
		--single-file --into "$own/simulated" >"$own/log" 2>&1
	for round in nasty simulated; do
		choose "$1" "$own/$round"
		# shellcheck disable=SC2086
		$ZHIPING close $ZP_OPTIONS "$own/$round" --into "$own/out" --issued 2026-03-31 --emit tables --threads 1 >>"$own/log" 2>&1
		echo $? >"$own/$round.closed"
	done
}
compare() { # CHOICE...: all by one twin, which remembers what it has worked out
	what=()
	for choice; do
		own=$scratch/$choice
		what+=("$own/nasty" "$own/out/nasty/v1" "$own/simulated" "$own/out/sim-2026-1/v1")
	done
	python3 -B "$here/twin.py" --rules "$top_srcdir/rules" "${what[@]}"
}
agrees() { # CHOICE: both rounds were closed, or refused where they must be, and the twin found nothing
	case $1 in
	# refused for what came back; the twin must have foreseen it
	undeclared=stop | unreadable=stop) test "$(cat "$scratch/$1/nasty.closed")" = 3 || return 1 ;;
	*) test "$(cat "$scratch/$1/nasty.closed")" -le 1 || return 1 ;;
	esac
	test "$(grep -c "^$1/[a-z]*: [0-9]* compared, 0 different$" "$scratch/twin.log")" = 2
}
export -f choose one compare
export here scratch ZHIPING ZP_OPTIONS top_srcdir

mkdir "$scratch/rounds"
python3 -B "$here/make_round.py" "$scratch/rounds/nasty" &&
	python3 -B "$here/make_round.py" "$scratch/rounds/unreadable" --unreadable || exit 1
choices="default $choices"
# shellcheck disable=SC2086
printf '%s\n' $choices | awk '{ print $1, NR }' | xargs -P 2 -L 1 bash -c 'one "$0" "$1"'
# shellcheck disable=SC2086
set -- $choices
half=$((($# + 1) / 2))
compare "${@:1:half}" >"$scratch/first.log" 2>&1 &
compare "${@:half+1}" >"$scratch/second.log" 2>&1
wait
cat "$scratch/first.log" "$scratch/second.log" >"$scratch/twin.log"
n=0
for choice; do
	n=$((n + 1))
	if agrees "$choice"; then
		echo "ok $n - $choice: every verdict is the twin's"
	else
		grep -e "^$choice/" -e "^[A-Z][A-Za-z]*:" "$scratch/twin.log" | head -n 30 | sed 's/^/# /'
		tail -n 3 "$scratch/$choice/log" | sed 's/^/# /'
		echo "not ok $n - $choice: every verdict is the twin's"
	fi
done
echo "1..$n"
