# SPDX-License-Identifier: GPL-3.0-or-later
# Findings of clang-tidy but those that were looked at. First tests/lint/tidy.known, then the findings; each finding once.
FILENAME ~ /tidy\.known$/ { if ($0 !~ /^#/ && NF) known[$1 " " $2] = 1; next }
match($0, /^[^ :]+:[0-9]+:[0-9]+: (warning|error): /) && match($0, /\[[a-z][A-Za-z0-9.,-]+\]$/) {
	check = substr($0, RSTART + 1, RLENGTH - 2); sub(/,.*/, "", check)
	split($0, p, ":"); file = p[1]; sub(root "/", "", file)
	if (!((file " " check) in known) && !seen[$0]++) print
}
