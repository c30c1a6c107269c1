#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The site of a round, and pages of its laboratories, in a browser: links, sorting, filtering, light and dark, both languages, without script, on paper (tests/web).
web=$top_srcdir/tests/web
skip() { echo "1..0 # SKIP $1"; exit 0; }
for program in node chromium; do
	command -v $program > /dev/null || skip "$program is not installed; tools/test installs it"
done
for module in playwright-core axe-core; do
	test -e "$web/node_modules/$module" || skip "the npm package $module is not in tests/web/node_modules; tools/test installs it"
done
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
CHROMIUM=$(command -v chromium) HOME=$scratch
export CHROMIUM HOME LC_ALL=C
closed() { # NAME ROUND
	for emit in tables,pages,reports tables,pages; do # reports can only be asked for where there is a report-pdf
		$ZHIPING close $ZP_OPTIONS "$2" --into "$scratch/$1" --issued 2026-04-19 --emit $emit > "$scratch/out" 2>&1
		test ! -e "$(echo "$scratch/$1"/*/v1)/site/index.html" || break
	done
	test -e "$(echo "$scratch/$1"/*/v1)/site/index.html" || { echo "Bail out! $1: $(tail -n 1 "$scratch/out")"; exit 1; }
	sites+=("$1" "$(echo "$scratch/$1"/*/v1)")
}
$ZHIPING simulate $ZP_OPTIONS --labs 60 --programmes chemistry --measurands 8 --seed 7 --into "$scratch/round" > "$scratch/out" 2>&1 || { echo "Bail out! $(tail -n 1 "$scratch/out")"; exit 1; }
closed chemistry "$scratch/round"
closed serology "$top_srcdir/fixtures/rounds/serology"
timeout 500 node "$web/site.mjs" "${sites[@]}"
