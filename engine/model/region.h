/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of administrative regions (GB/T 2260): province, city, county. */
#ifndef ZP_MODEL_REGION_H
#define ZP_MODEL_REGION_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/text.h"

#define ZP_NO_REGION UINT16_MAX

typedef struct zp_region {
	const char *code, *name, *name_en; /* name_en NULL when not given */
	uint16_t parent;                   /* ZP_NO_REGION at a root */
	uint8_t level;                     /* 0 root (province), 1 city, 2 county */
	uint8_t column, line;              /* its place on a map of tiles, from 1; 0: it has none */
} zp_region;

typedef struct zp_regions { /* in the order of their codes */
	const zp_region *at;
	size_t n;
} zp_regions;

/* Index of the region with this code; ZP_NO_REGION when absent. regions NULL: there are none. */
static inline uint16_t zp_region_find(const zp_regions *regions, zp_text code)
{
	size_t low = 0, high = regions ? regions->n : 0;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		const int order = zp_text_compare(zp_text_of(regions->at[middle].code), code);
		if (order == 0)
			return (uint16_t)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return ZP_NO_REGION;
}

/* Why a code that is often taken for one of a county is none, as the end of a sentence; "" for any other. */
static inline const char *zp_region_why_not(const char *code)
{
	return strcmp(code, "421071") == 0 || strcmp(code, "421171") == 0 ? ", it is a zone of the statistical service only" : "";
}

#endif
