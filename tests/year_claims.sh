# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of a year have in common; read by `.` at their beginning, which leaves them in a scratch folder of their own.
here=$(cd "${top_srcdir:-..}" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0
claim() { # CLAIM COMMAND...
	local says=$1
	shift
	number=$((number + 1))
	if "$@" > out.txt 2> err.txt; then echo "ok $number - $says"; else sed 's/^/# /' out.txt err.txt; echo "not ok $number - $says"; fi
}
refused() { # CODE WORDS COMMAND...
	local code=$1 words=$2
	shift 2
	"$@" > said.txt 2>&1
	test $? -eq "$code" && grep -qF -- "$words" said.txt || { cat said.txt; return 1; }
}
zhiping() { local command=$1; shift; "$ZHIPING" "$command" $ZP_OPTIONS "$@"; }
# The head of the ledger's trail is an input, so that the same bytes come of the same ledger only.
keep_ledger() { cp ledger.sqlite ledger.kept; }
with_kept() { # COMMAND...: on the ledger as it was kept, which is as it was now afterwards
	local code
	cp ledger.sqlite ledger.now && cp ledger.kept ledger.sqlite || return 1
	"$@"
	code=$?
	cp ledger.now ledger.sqlite
	return $code
}
# Two rounds of one year into ledger.sqlite; COMMAND… is given each folder before it is closed.
close_two_rounds() { # COMMAND...
	local n
	for n in 1 2; do
		zhiping simulate --into round$n --labs 40 --programmes chemistry,blood-count --seed $n &&
			sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-2026-$n\"/; s/number=\"1\"/number=\"$n\"/; s/2026-03-/2026-0$((3 * n))-/g" round$n/round.xml &&
			"$@" round$n &&
			zhiping close round$n --into out --issued 2026-12-0$n --emit tables --ledger ledger.sqlite || return 1
	done
	keep_ledger
}
