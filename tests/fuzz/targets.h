/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fuzz targets, one line each: fuzz_NAME.c, with its corpus in fixtures/fuzz/NAME. */
ZP_FUZZ(condition)
ZP_FUZZ(csv)
ZP_FUZZ(ledger)
ZP_FUZZ(number)
ZP_FUZZ(packed)
ZP_FUZZ(pdf)
ZP_FUZZ(rows)
ZP_FUZZ(rules)
ZP_FUZZ(scale)
ZP_FUZZ(vocabulary)
ZP_FUZZ(xlsx)
ZP_FUZZ(xml)
