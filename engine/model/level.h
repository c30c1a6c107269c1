/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who announced a programme: what a laboratory earns in it counts at that level. */
#ifndef ZP_MODEL_LEVEL_H
#define ZP_MODEL_LEVEL_H

typedef enum zp_level { ZP_LEVEL_NATIONAL, ZP_LEVEL_PROVINCIAL, ZP_LEVEL_CITY, ZP_LEVEL_COUNTY, ZP_LEVELS } zp_level;

#define ZP_LEVEL_WORDS "national provincial city county" /* in that order */

static inline const char *zp_level_word(zp_level level)
{
	static const char *const words[ZP_LEVELS] = { "national", "provincial", "city", "county" };
	return words[level];
}

#endif
