/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who announced a programme: what a laboratory earns in it counts at that level. */
#ifndef ZP_MODEL_LEVEL_H
#define ZP_MODEL_LEVEL_H

typedef enum zp_level { ZP_LEVEL_NATIONAL, ZP_LEVEL_PROVINCIAL, ZP_LEVEL_CITY, ZP_LEVEL_COUNTY, ZP_LEVELS } zp_level;

#define ZP_LEVEL_WORDS "national provincial city county" /* in that order */

#endif
