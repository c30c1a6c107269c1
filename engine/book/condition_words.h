/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside conditions: the functions on texts. */
#ifndef ZP_BOOK_CONDITION_WORDS_H
#define ZP_BOOK_CONDITION_WORDS_H

#include "book/condition_tree.h"

size_t zp_text_characters(zp_text);              /* in characters */
size_t zp_text_at(zp_text in, zp_text sought); /* offset; SIZE_MAX: it is not there */
/* string, concat, substring (numbers: from which character, how many), substring-before, substring-after, normalize-space, translate. */
zp_text zp_text_call(zp_arena *, zp_function, const zp_text *texts, size_t n, const zp_fraction *numbers, size_t n_numbers);
/* The whole number below, above, or nearest (halves upwards). Needs: not nothing. Gives: nothing when it has too many digits. */
zp_fraction zp_whole_of(zp_function, zp_fraction);

#endif
