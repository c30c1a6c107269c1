/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the laboratories of the register lie: for the standings. */
#ifndef ZP_YEAR_PLACES_H
#define ZP_YEAR_PLACES_H

#include "year/shares.h"

/* For each laboratory of the chronicle its entry on the register of the chosen day; NULL where it has none. */
const zp_annal_lab **zp_register_take(zp_arena *, const zp_chronicle *, zp_register_on);
/* Fill places, classes, place_of and class_of. Needs: register_of. */
void zp_places_take(zp_arena *, const zp_chronicle *, const zp_regions *, zp_standings *);

#endif
