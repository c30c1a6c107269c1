# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that gather what is wrong before they say whether a claim holds; read by `.`.
number=0 problem=
wrong() { problem="$problem# $1"$'\n'; }
result() { # CLAIM: what `problem` holds decides
	number=$((number + 1))
	test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }
	problem=
}
