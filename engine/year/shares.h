/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of a year by region and class, rolled up from county to city to province (DOMAIN 5.3). Exact counts; percentages have
 * one decimal. Trueness programmes and cancelled rounds are left out. */
#ifndef ZP_YEAR_SHARES_H
#define ZP_YEAR_SHARES_H

#include "model/region.h"
#include "year/chronicle.h"
#include "year/fraction.h"
#include "year/suppress.h"

typedef enum zp_share_kind {
	ZP_SHARE_PARTICIPATION,           /* institutions that take part, of those on the register */
	ZP_SHARE_RETURN,                  /* laboratory x programme x round: returned, of those expected */
	ZP_SHARE_SATISFACTORY,            /* the same: satisfactory, of those evaluated */
	ZP_SHARE_SATISFACTORY_MEASURANDS, /* laboratory x measurand x round */
	ZP_SHARE_ACCEPTABLE,              /* results, with zeros for late and unreturned ones; in hundredths */
	ZP_SHARE_ACCEPTABLE_RETURNED,     /* the same without them */
	ZP_SHARE_KINDS
} zp_share_kind;
const char *zp_share_word(zp_share_kind);

typedef struct zp_share_count { int64_t num, den, behind; } zp_share_count; /* behind: institutions or laboratories with a part in den */

typedef struct zp_standing_cell {
	int64_t labs, institutions; /* on the register */
	zp_share_count of[ZP_SHARE_KINDS];
} zp_standing_cell;

/* A region that somebody on the register lies in. */
typedef struct zp_year_place {
	const char *code, *name; /* "*" for all */
	uint32_t parent;         /* index; its own for the first, which is all */
	uint8_t level;           /* as in zp_region, 255 for all and for a code that the tree does not know */
	bool itself;             /* what lies in the region of that code and in none of its parts; only beside parts */
} zp_year_place;

typedef struct zp_standings {
	int year;
	const zp_year_place *places;     /* all, then by code; `itself` after its region */
	size_t n_places;
	const char *const *classes; /* by their bytes */
	size_t n_classes;
	const zp_standing_cell *cells; /* places x (classes, then all classes) */
	const uint32_t *outside;    /* laboratories of the chronicle that take part and are not on the register */
	size_t n_outside;
	const zp_annal_lab *const *register_of; /* for each laboratory of the chronicle: its entry of the chosen day; NULL: none */
	const uint32_t *place_of, *class_of;    /* for each laboratory on the register: the innermost place */
} zp_standings;

/* regions: the tree; NULL: every code stands by itself. */
const zp_standings *zp_standings_take(zp_arena *, const zp_chronicle *, const zp_year_rules *, const zp_regions *);

static inline zp_fraction zp_share_fraction(const zp_share_count *c) { return zp_fraction_of(c->num, c->den); }
size_t zp_standing_find(const zp_standings *, const char *place, bool itself, const char *cls); /* index of the cell; SIZE_MAX */

/* How far a share moved since another year, in tenths of a percent point. Gives: false when either is nothing. */
bool zp_share_change(const zp_share_count *now, const zp_share_count *before, bool printed, int64_t *tenths);

/* What may not be published of some figures of the cells: who is behind them, a count, what it is of, and one more that is shown beside them (NULL: none). */
zp_hidden zp_standings_hide_counts(zp_arena *, const zp_standings *, const int64_t *behind, const int64_t *num, const int64_t *den,
				   const int64_t *more, const zp_year_rules *);
/* The same of one kind of share. With participation go the counts of the register. */
zp_hidden zp_standings_hide(zp_arena *, const zp_standings *, zp_share_kind, const zp_year_rules *);

#endif
