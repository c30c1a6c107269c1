/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a laboratory sent for a sample, once its characters are understood. */
#ifndef ZP_MODEL_VALUE_H
#define ZP_MODEL_VALUE_H

#include "base/decimal.h"
#include "base/text.h"

/* The order is that of the words in zp_kind_word. */
typedef enum zp_kind {
	ZP_NOTHING,
	ZP_NUMBER,
	ZP_BELOW,    /* "<0.5" */
	ZP_ABOVE,    /* ">1000" */
	ZP_CATEGORY, /* "negative", "O RhD+" */
	ZP_TITRE,    /* "1:160" */
	ZP_GRADE,    /* "2+" */
	ZP_SET,      /* several answers of a scale at once */
	ZP_UNDETECTED, /* a quantity of which nothing was found */
	ZP_KINDS
} zp_kind;

typedef struct zp_value {
	zp_kind kind;
	zp_decimal number; /* NUMBER; the bound of BELOW and ABOVE; the 160 of TITRE; the 2 of GRADE */
	zp_text word;      /* CATEGORY: the word of the vocabulary, however it was written */
	zp_text unit;      /* that stood with the value; empty when none did */
} zp_value;

#endif
