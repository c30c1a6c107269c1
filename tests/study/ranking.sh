#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make study-ranking: works out docs/methods/ranking-order.csv, ranking-ranges.csv and ranking-titles.csv again and draws
# ranking.svg. The numbers come from a seed, so that a second run gives the same bytes. Takes some minutes. Nothing here is a test.
# RANKING: the program made from ranking.c. SRC: the top source folder.
set -eu
export LC_ALL=C
: "${RANKING:?expected the path of the ranking program}" "${SRC:?expected the path of the top source folder}"
source=$(cd "$SRC" && pwd)
methods=$source/docs/methods
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2> /dev/null; rm -rf "$work"' EXIT

for table in titles order ranges; do
	"$RANKING" "$table" >"$work/$table.csv"
	mv "$work/$table.csv" "$methods/ranking-$table.csv"
	echo "docs/methods/ranking-$table.csv: $(wc -l <"$methods/ranking-$table.csv") lines"
done
"$RANKING" year >"$work/year.csv"

if command -v gnuplot >/dev/null; then
	(cd "$methods" && LC_ALL=C.UTF-8 gnuplot -e "year='$work/year.csv'" "$source/tests/study/ranking.gp")
	echo docs/methods/ranking.svg
else
	echo 'The picture docs/methods/ranking.svg is not drawn again, because gnuplot is not installed; the tables are.'
fi
