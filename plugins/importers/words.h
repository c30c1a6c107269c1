/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of headers and notes, by exact tables. For layout.c. */
#ifndef ZP_LAYOUT_WORDS_H
#define ZP_LAYOUT_WORDS_H

#include "host/plugin.h"

/* What a column is when it is no zp_field. */
#define ZP_COLUMN_IGNORED (-1) /* a running number */
#define ZP_COLUMN_OTHER (-2)   /* a name that is no word of ours: a sample, a measurand, a slip */
#define ZP_COLUMN_EMPTY (-3)   /* no name */

/* What a header cell means; blanks in it, upper and lower case, and marks such as "*" and "(必填)" make no difference. */
int zp_word_field(zp_text cell);

/* The same for a cell that may end in a colon, `实验室编码：CODE` or `实验室编码：`. *rest is what follows the colon. */
int zp_word_label(zp_text cell, zp_text *rest);

/* How messages call a field. */
const char *zp_word_of(zp_field);

/* "实验室名称", "closes": what follows in its line is for people. */
bool zp_word_is_for_people(zp_text cell);
/* Whether the cell is a note to people: `备注：…`, `note: …`, `填表人：…`. */
bool zp_word_is_note(zp_text cell);

/* Names of fields that stand in ONE cell, with | or blanks or full-width commas between. */
size_t zp_word_crowd(zp_text cell);

/* The same cell as a word of ours would be written: full-width letters and Cyrillic look-alikes made ASCII.
 * Gives: the field that it looks like and is not; ZP_COLUMN_OTHER when it looks like none. */
int zp_word_looks_like(zp_text cell);

#endif
