#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing of a laboratory is in the files of another: every laboratory gets a name, a code and digits of values that nobody else has, and
# every byte of every file is searched, texts of PDFs and what they draw included. CANARY_LABS: how many laboratories (40; 3000 for a province).
. "$top_srcdir/tests/claim.sh"
export LC_ALL=C.UTF-8
canary=$top_srcdir/tests/canary.py
planted() { ! python3 "$canary" search out/sim-2026-1/v1 round; }
closes() { $ZHIPING close $ZP_OPTIONS round --into out --issued 2026-03-31 > close.out 2>&1 || test $? = 1 || { cat close.out; false; }; }
command -v pdftotext > /dev/null || { echo "1..0 # SKIP pdftotext is not there"; exit 0; }
echo 1..3
$ZHIPING simulate $ZP_OPTIONS --into round --labs "${CANARY_LABS:-40}" --programmes chemistry,transfusion --measurands 6 --seed 5 --single-file > out.txt || { echo 'Bail out! nothing is simulated'; exit 1; }
python3 "$canary" plant round || { echo "Bail out! nothing is planted"; exit 1; }
claim "the round closes" closes
claim "each laboratory's files hold its own name and no other's, and no other's values" python3 "$canary" search out/sim-2026-1/v1 round
grep '^# .* hits' said
chmod -R u+w out
cat out/sim-2026-1/v1/labs/L0002/results.csv >> out/sim-2026-1/v1/labs/L0001/results.csv
claim "another laboratory's rows would be found" planted
