/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How round.xml is read, between book.c, plan.c and programme.c. */
#ifndef ZP_BOOK_PLAN_H
#define ZP_BOOK_PLAN_H

#include "book/book.h"
#include "book/scheme.h"

#define ZP_PROGRAMMES_MOST 200
#define ZP_SAMPLES_MOST 100 /* of a programme */
#define ZP_KNOWN_MOST 20000 /* of a programme */

typedef struct zp_plan_work {
	zp_reader r; /* of round.xml */
	zp_shelf *shelf;
	zp_settings settings; /* of the round */
	zp_plan *plan;
	zp_book *book;
} zp_plan_work;

/* Everything but the programmes. Problems are told. */
void zp_plan_take(zp_plan_work *, const zp_element *root);
/* The attribute `level`; *out stays when it is not given. */
bool zp_level_take(const zp_reader *, const zp_element *, zp_level *out);
/* The programmes: plan->programmes, n_items. */
void zp_programmes_take(zp_plan_work *, const zp_element *root);
/* What is said of the programme's items: given, reference, material. Needs: its scheme and samples. */
zp_changeable zp_items_take(zp_plan_work *, const zp_element *programme, zp_programme *);

#endif
