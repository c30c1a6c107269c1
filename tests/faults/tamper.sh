#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A ledger is changed at random, N times, by somebody who lifts its guards or writes its bytes; each change must be found.
# tamper.sh N [SEED [FOLDER]]: FOLDER is one that make_ledger of tamper_ledger.sh has made already
scratch=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d) || exit 1 # where syncing takes no time
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$top_srcdir/tests
folder=$3
if test -z "$folder"; then
	. "$top_srcdir/tests/faults/tamper_ledger.sh"
	folder=$scratch/made
	make_ledger "$folder" || exit 1
fi
python3 "$top_srcdir/tests/faults/tamper.py" "$folder" "$scratch" "$ZHIPING" "$top_srcdir/tools/ledger-verify" "${1:-1000}" "${2:-1}"
