#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a release made of the example rounds stays so, to the byte: fixtures/releases/VERSION.csv has the digest of each of their tables. A
# difference is allowed only where CHANGELOG.md says under "### Methods", above the heading of that release, which round differs and why.
# `tests/releases.sh record > fixtures/releases/VERSION.csv` makes the file of a release.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
number=0
digests() { # every round that closes: round,file,sha256
	local folder round
	for folder in "$top_srcdir"/fixtures/rounds/*/; do
		round=$(basename "$folder")
		$ZHIPING close $ZP_OPTIONS "$folder" --into "$scratch/out" --issued 2026-12-31 --emit tables > "$scratch/log" 2>&1
		test $? -le 1 || continue
		(cd "$scratch/out"/*/v1 && sha256sum *.csv | sed "s/^\([0-9a-f]*\)  \(.*\)/$round,\2,\1/")
		chmod -R u+w "$scratch/out"
		rm -rf "$scratch/out"
	done
}
if test "$1" = record; then
	echo round,file,sha256
	digests
	exit
fi
digests > "$scratch/now"
claim() { # CLAIM PROBLEM
	number=$((number + 1))
	test -z "$2" && echo "ok $number - $1" || { echo "$2" | head -n 20 | sed 's/^/# /'; echo "not ok $number - $1"; }
}
compare() { # TABLE-OF-DIGESTS VERSION: what differs and is not accounted for
	awk -v version="$2" '/^## /{ if ($2 == version) exit; methods = 0 } /^### /{ methods = $2 == "Methods" } methods' "$top_srcdir/CHANGELOG.md" > "$scratch/methods"
	awk -F, 'NR == FNR { is[$1 "," $2] = $3; next } FNR > 1 { if (is[$1 "," $2] != $3) print $1 "," $2 }' "$scratch/now" "$1" | while IFS=, read -r round file; do
		grep -qw -- "$round" "$scratch/methods" || echo "$round: $file is not what release $2 made of it, and CHANGELOG.md does not say why under Methods"
	done
}
releases=("$top_srcdir"/fixtures/releases/*.csv)
echo "1..$((${#releases[@]} + 2))"
claim 'the example rounds close' "$(test "$(cut -d, -f1 "$scratch/now" | sort -u | wc -l)" -ge 15 || cut -d, -f1 "$scratch/now" | sort -u)"
for release in "${releases[@]}"; do
	version=$(basename "$release" .csv)
	claim "what release $version made of them is the same to the byte" "$(compare "$release" "$version")"
done
sed '2s/.$/x/' "${releases[0]}" > "$scratch/other.csv"
claim 'a table with another byte would be seen' "$(test -n "$(compare "$scratch/other.csv" "$(basename "${releases[0]}" .csv)")" || echo 'it was not')"
