#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every figure of fixtures/cases, asked for on the command line, against what other programs and published examples give.
exec python3 -B "$top_srcdir/tests/golden/figures.py"
