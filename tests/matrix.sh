#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# make matrix: the same bytes whoever built the program. It is built by gcc and clang, without and with optimisation, each in a folder of its own, closes
# two rounds (one with everything that is installed, one of the golden ones) and works a year out; every published byte is compared. Of manifests the member
# `machine` is left out, which is there for what may differ, and the digests of other manifests, which hold theirs; so it is of what the ledger says of them. So does the head of the ledger, which stands on
# papers of the year: what each ledger holds is compared, and then every build works the year out of that of the first. ZP_MATRIX=DIR keeps the builds there for the next time.
set -u
top_srcdir=$(cd "${top_srcdir:-..}" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
builds=${ZP_MATRIX:-$scratch/builds}
export LC_ALL=C
wrong=0

build() { # NAME COMPILER FLAGS
	mkdir -p "$builds/$1" && cd "$builds/$1" || return 1
	test -e Makefile || "$top_srcdir/configure" CC="$2" CFLAGS="$3" > configure.out 2>&1 || { tail -n 5 configure.out; return 1; }
	make -s -j "${JOBS:-2}" > make.out 2>&1 || { tail -n 20 make.out; return 1; }
}
zhiping() { "$builds/$name/engine/cli/zhiping" "$1" --rules "$top_srcdir/rules" --plugins "$builds/$name/plugins/.libs" "${@:2}" > said 2>&1 || test $? = 1 || { sed 's/^/  /' said; return 1; }; }
work() { # in a folder for the build
	mkdir -p "$scratch/$name" && cd "$scratch/$name" || return 1
	zhiping simulate --into year --rounds 2 --labs 24 --seed 5 --programmes chemistry,answers --measurands 4 --samples 3 &&
		zhiping close year/1 --into out --issued 2026-05-31 --ledger ledger.sqlite &&
		zhiping close year/2 --into out --issued 2026-09-30 --ledger ledger.sqlite --emit tables &&
		zhiping close "$top_srcdir/fixtures/rounds/serology" --into out --issued 2026-12-31 --emit tables,certificates,workbook &&
		zhiping ledger export --all out/ledger --ledger ledger.sqlite &&
		{ if test -e "$scratch/first"; then cp "$scratch/ledger.sqlite" .; else cp ledger.sqlite "$scratch"; fi; } &&
		zhiping year 2026 --issued 2027-01-10 --ledger ledger.sqlite --into out --regions hubei
}
digests() { # of everything that was published, manifests without what is the machine's
	cd "$scratch/$1/out" || return 1
	find . -type f ! -name manifest.json ! -name manifest.json.sig ! -path '*/ledger/*/entry.csv' -exec sha256sum {} + | sort -k 2
	find ledger -name entry.csv | sort | while read -r file; do echo "$(python3 -c 'import csv, sys; [print({**row, "digest": "", "content": ""}) for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))]' "$file" | sha256sum | cut -d' ' -f1)  $file"; done
	find . -name manifest.json | sort | while read -r file; do echo "$(python3 -c 'import json, sys; m = json.load(open(sys.argv[1], encoding="utf-8")); del m["machine"]; [r.pop("manifest") for r in m.get("rounds", [])]; [e.pop("sha256") for e in m.get("earlier", [])]; m.pop("ledger", 0); m.pop("amends", 0); print(json.dumps(m, sort_keys=True))' "$file" | sha256sum | cut -d' ' -f1)  $file"; done
}

while read -r name compiler flags; do
	command -v "$compiler" > /dev/null || { echo "$name: there is no $compiler here; passed over"; continue; }
	build "$name" "$compiler" "$flags" && work || { echo "$name: it cannot be tried"; wrong=1; continue; }
	digests "$name" > "$scratch/$name.digests"
	if test ! -e "$scratch/first"; then
		echo "$name: $(wc -l < "$scratch/$name.digests") files"
		cp "$scratch/$name.digests" "$scratch/first"
	elif cmp -s "$scratch/first" "$scratch/$name.digests"; then
		echo "$name: the same bytes"
	else
		echo "$name: another outcome"
		diff "$scratch/first" "$scratch/$name.digests" | head -n 20 | sed 's/^/  /'
		wrong=1
	fi
done <<-'BUILDS'
	gcc-O2 gcc -g -O2
	clang-O0 clang -O0
	clang-O2 clang -O2
	gcc-O0 gcc -O0
BUILDS
exit $wrong
