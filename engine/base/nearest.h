/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean ...?": the known name that is nearest to one that is not known. For messages only; nothing is ever read
 * as what was meant. */
#ifndef ZP_BASE_NEAREST_H
#define ZP_BASE_NEAREST_H

#include "base/names.h"

/* Longer names are neither offered nor asked for. */
#define ZP_NEAREST_CHARACTERS 64

typedef enum zp_nearest_use {
	ZP_NEAREST_ANY,
	ZP_NEAREST_APART /* a name that holds the other whole is not offered: 降钙素 is no slip for 降钙素原, nor IgG for IgG4 */
} zp_nearest_use;

/* The name or alias that it takes the fewest single slips to come from: a character more, less, another one, or two
 * neighbours that changed places. Upper and lower case and full-width forms are no slips.
 *
 * Gives: .p NULL when none is near (one slip in 3 to 5 characters, two up to 12, three beyond), or when two different
 *        things are as near as each other. Does not depend on the order in which names were added.
 */
zp_text zp_nearest(const zp_names *, zp_text, zp_nearest_use);

/* How many slips lie between two texts; `most` + 1 when there are more. Needs: most <= 3. */
unsigned zp_slips(const uint32_t *a, size_t n, const uint32_t *b, size_t m, unsigned most);

#endif
