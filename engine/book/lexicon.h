/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a scheme: which vocabulary, which table of units and which lists of names it has, as <scheme> and
 * <programme> say it. */
#ifndef ZP_BOOK_LEXICON_H
#define ZP_BOOK_LEXICON_H

#include "book/shelf.h"
#include "model/scheme.h"

/* Take the attribute "vocabulary" of e and its children <units> and <names>; what is not given stays as it is.
 * Needs: e has been checked for its attributes and children. Gives: false when something is wrong, which is told. */
bool zp_lexicon_take(zp_shelf *, const zp_reader *, const zp_element *e, zp_scheme *out);
/* The vocabulary that holds where none is named. */
bool zp_lexicon_preset(zp_shelf *, const zp_reader *, const zp_element *e, zp_scheme *out);

/* The factors for the measurand that e describes, where the scheme has a table of units. */
void zp_lexicon_measurand(const zp_scheme *, const zp_element *e, zp_measurand *);

#endif
