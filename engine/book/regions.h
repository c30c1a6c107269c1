/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ZP_BOOK_REGIONS_H
#define ZP_BOOK_REGIONS_H

#include "book/shelf.h"
#include "model/region.h"

/* The volume that <regions from="..."> means: a name stands for regions/NAME.xml of the rules, one that ends in
 * ".xml" for a file of the round folder. Gives: NULL when there is none; *file is then where it was
 * looked for, NULL for an unsafe name. */
zp_volume *zp_regions_find(zp_shelf *, const char *from, const char **file);
/* Gives: NULL when anything in the file is wrong, which is told. */
const zp_regions *zp_regions_take(zp_shelf *, zp_volume *, zp_problems *);

#endif
