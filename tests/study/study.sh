#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make study: works out docs/methods/accuracy.csv again and draws the pictures beside it. The numbers come from a seed, so
# that a second run gives the same bytes. Takes half a minute. Nothing here is a test.
# STUDY: the program made from accuracy.c. SRC: the top source folder. TIES: the one made from ties.c; its tables are
# printed where it is given.
set -eu
export LC_ALL=C
: "${STUDY:?expected the path of the accuracy program}" "${SRC:?expected the path of the top source folder}"
source=$(cd "$SRC" && pwd)
methods=$source/docs/methods
mkdir -p "$methods"
trap 'rm -f "$methods/accuracy.csv.new"' EXIT

"$STUDY" >"$methods/accuracy.csv.new"
mv "$methods/accuracy.csv.new" "$methods/accuracy.csv"
echo "docs/methods/accuracy.csv: $(wc -l <"$methods/accuracy.csv") lines"

if command -v gnuplot >/dev/null; then
	(cd "$methods" && LC_ALL=C.UTF-8 gnuplot "$source/tests/study/plots.gp")
	for picture in "$methods"/*.svg; do
		echo "docs/methods/${picture##*/}"
	done
else
	echo 'The pictures in docs/methods are not drawn again, because gnuplot is not installed; the table is.'
fi
test -z "${TIES:-}" || "$TIES"
