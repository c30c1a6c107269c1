# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# For tests whose claims are one command each, in a folder of their own; read by `.`. Where one does not hold, what it said and what was said on the way, in close.err or err.txt, is shown.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
export LC_ALL=C
cd "$scratch" || exit 1
number=0
claim() { # CLAIM, then a command that must succeed
	number=$((number + 1))
	if "${@:2}" > said 2>&1; then echo "ok $number - $1"; else echo "not ok $number - $1"; sed 's/^/# /' said close.err err.txt 2> /dev/null | head -n 20; fi
}
