/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales of answers (rules/vocabulary/scales/NAME.xml): which there are, in which order, how people write them, and what the strips
 * of single makers can show. docs/formats/scale.md. */
#ifndef ZP_BOOK_SCALE_H
#define ZP_BOOK_SCALE_H

#include "book/shelf.h"
#include "model/scheme.h"

#define ZP_SCALE_KEY_BYTES 400

/* The scale in the file, read once. Gives: NULL when anything in it is wrong, which is told once. */
const zp_scale *zp_scale_read(zp_shelf *, zp_volume *);

/* A text as names of a scale are kept: full-width forms plain, without blanks, digits without zeros that say nothing ("0.30 g/L" is
 * "0.3g/l"), in lower case unless case matters. Gives: .p NULL when it is too long. */
zp_text zp_scale_key(zp_text, bool case_matters, char out[static ZP_SCALE_KEY_BYTES]);

/* The answer that a text stands for, by the exact table; first as the strip writes it (NULL: none). ZP_NO_NAME: none. */
uint32_t zp_scale_find(const zp_scale *, const zp_strip *, zp_text);

/* The reply that a text stands for: an answer, or on a scale of sets its members joined by + , ; / or the like.
 * Gives: false when a part of it is no answer; *unknown is that part. */
bool zp_scale_reply(const zp_scale *, const zp_strip *, zp_text, int64_t *reply, zp_text *unknown);

/* The reply that an attribute states. Gives: false when it is none, which is told. */
bool zp_scale_stated(const zp_reader *, const zp_element *, const char *attribute, const zp_measurand *, int64_t *reply);

/* The strip of the maker with that name; NULL when the scale knows none. */
const zp_strip *zp_scale_strip(const zp_scale *, zp_text maker);

/* "A, B, O or AB": what might be written; of more than a dozen the first ones, and how many there are. */
const char *zp_scale_known(const zp_scale *, const zp_strip *, char *out, size_t size);

#endif
