# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that hand on the claims of other programs; read by `.`.
number=0
numbered() { # FILE: its claims, numbered on from the last one
	local line
	while read -r line; do
		case $line in
		ok\ * | not\ ok\ *) number=$((number + 1)); echo "${line%% [0-9]*} $number - ${line#* - }" ;;
		1..*) ;;
		*) echo "$line" ;;
		esac
	done < "$1"
}
