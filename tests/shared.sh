#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A place that a group shares, as /var/lib/zhiping of the package: what one of its people began another goes on with, and nobody else reads anything.
as() { # ZHANG, LI or WANG, then a command: the first two are in the group
	local id=61003 groups=--clear-groups
	case $1 in zhang) id=61001 groups=--groups=61000 ;; li) id=61002 groups=--groups=61000 ;; esac
	(umask "${mask:-027}" && exec setpriv --reuid=$id --regid=$id $groups -- "${@:2}")
}
if test "$(id -u)" != 0 || ! as wang $ZHIPING methods $ZP_OPTIONS > /dev/null 2>&1; then
	echo '1..0 # SKIP only root can be several people, and others must be able to read the program'; exit 0
fi
. "$top_srcdir/tests/claim.sh"
touch close.err
zp() { as "$1" $ZHIPING "${@:2}" $ZP_OPTIONS; test $? -le 1; }
close() { zp zhang close place/rounds/sim --into "$1" --issued 2026-03-31 --emit tables "${@:2}"; }
amend() { # WHO DAY VALUE
	as "$1" sed -i "2s/,[34][.]/,$3/" place/rounds/sim/results/L0003.csv && zp "$1" amend place/rounds/sim --into place/pub --issued "$2" --reason 录入更正 --emit tables --ledger place/ledger.sqlite
}
mode() { stat -c %a "$@" | xargs; }
all_are() { local should=$1 f; shift; for f; do test "$(stat -c '%a %g' "$f")" = "$should" || { stat -c '%a %g %n' "$f"; return 1; }; done; } # "MODE GROUP" FILE...
reads_nothing() { local f; for f in $(find place -mindepth "$1"); do ! as wang test -r $f || { echo $f; return 1; }; done; }
id=sim-2026-1 pub=place/pub/sim-2026-1
chmod 755 . && mkdir -m 2770 place && chown 0:61000 place && chmod 2770 place
echo 1..16
claim "one of the group makes a round" zp zhang simulate --labs 20 --seed 3 --into place/rounds/sim
rm place/rounds/sim/results/L0001.csv && as zhang tee place/rounds/sim/results/L0001.xml > said << 'XML'
<results lab="L0001" programme="chemistry"><result measurand="K" sample="202611" value="3.40" unit="mmol/L"/></results>
XML
claim "and works out one part of it" zp zhang shard 1/2 place/rounds/sim
claim "another works out the other part, and the first one again" eval 'zp li shard 2/2 place/rounds/sim && zp li shard 1/2 place/rounds/sim'
touch place/rounds/sim/.zhiping/parts/.scores-2-of-2.part-Abcdef && chown 61002:61000 place/rounds/sim/.zhiping/parts/.scores* && chmod 640 place/rounds/sim/.zhiping/parts/.scores*
claim "what was left over of a part of one goes with the next run of the other" eval 'zp zhang shard 2/2 place/rounds/sim && test ! -e place/rounds/sim/.zhiping/parts/.scores*'
claim "who checks the round knows what the other has read" eval 'zp zhang check place/rounds/sim && zp li check place/rounds/sim && test -n "$(ls place/rounds/sim/.zhiping/records)" && test -z "$(find place/rounds/sim/.zhiping/records -type f -user 61002)"'
claim "one puts the parts together and publishes" zp zhang merge place/rounds/sim --into place/pub --issued 2026-03-31 --emit tables --ledger place/ledger.sqlite
as zhang mkdir -m 700 $pub/.stage-Abcdef && as zhang touch $pub/.stage-Abcdef/targets.csv
claim "another amends the round, and what was left over of a run of the first is in nobody's way" amend li 2026-04-25 4.
claim "and the first amends what the other has published" amend zhang 2026-04-26 3.
claim "each version belongs to who made it, and the last one counts" eval 'test "$(readlink $pub/current)" = v3 && test "$(stat -c %u $pub/v1 $pub/v2 $pub/v3 | xargs)" = "61001 61002 61001" && test ! -e $pub/.stage-*'
claim "the ledger has all of them" eval 'test "$(as li $ZHIPING ledger list --ledger place/ledger.sqlite | grep -c "^$id")" = 3'
claim "folders that several people write into are the group's" all_are "2770 61000" place/rounds{,/sim{,/results,/.zhiping{,/parts,/records}}} $pub{/..,,/inputs{,/??}}
claim "and so is the ledger" all_are "660 61000" place/ledger.sqlite
claim "what is published they read, and none of them writes" eval 'all_are "550 61000" $(find $pub/v? -type d) && all_are "440 61000" $(find $pub/v? $pub/inputs -type f)'
claim "a third person reads nothing of it" reads_nothing 0
chmod 2775 place
claim "nor of what lies in it where all may look into the place itself" reads_nothing 1
mkdir own && chown 61001:61000 own && chmod 2750 own && close own --ledger own/ledger.sqlite > said 2>&1 && mkdir -m 770 other && chown 61001:61000 other && mask=000 close other/more > said 2>&1
claim "elsewhere modes are as they were, where a folder is setgid only, or the group may write only" test "$(mode own/$id own/$id/inputs own/ledger.sqlite other/more other/more/$id)" = "750 750 640 750 750"
