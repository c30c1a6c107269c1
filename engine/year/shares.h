/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of a year by region and class, rolled up from county to city to province (DOMAIN 5.3). Exact counts; percentages have
 * one decimal. Trueness programmes and cancelled rounds are left out. */
#ifndef ZP_YEAR_SHARES_H
#define ZP_YEAR_SHARES_H

#include "base/fraction.h"
#include "model/region.h"
#include "year/chronicle.h"
#include "year/suppress.h"

typedef enum zp_share_kind {
	ZP_SHARE_PARTICIPATION,           /* institutions that take part, of those on the register */
	ZP_SHARE_RETURN,                  /* laboratory x programme x round: returned, of those expected */
	ZP_SHARE_SATISFACTORY,            /* the same: satisfactory, of those evaluated */
	ZP_SHARE_SATISFACTORY_MEASURANDS, /* laboratory x measurand x round */
	ZP_SHARE_ACCEPTABLE,              /* results, with zeros for late and unreturned ones; in hundredths */
	ZP_SHARE_ACCEPTABLE_RETURNED,     /* the same without them */
	ZP_SHARE_LABORATORIES,            /* laboratories on the register, of those of all classes; everybody may know it */
	ZP_SHARE_KINDS
} zp_share_kind;
const char *zp_share_word(zp_share_kind);

/* behind: institutions or laboratories with a part in den; few: of these two the fewer, so that an institution of many codes is one. */
typedef struct zp_share_count { int64_t num, den, behind, few; } zp_share_count;

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
	const uint32_t *institution_of;         /* for each laboratory on the register: a number of its institution's */
} zp_standings;

/* regions: the tree; NULL: every code stands by itself. */
const zp_standings *zp_standings_take(zp_arena *, const zp_chronicle *, const zp_year_rules *, const zp_regions *);

static inline zp_fraction zp_share_fraction(const zp_share_count *c) { return zp_fraction_of(c->num, c->den); }
size_t zp_standing_find(const zp_standings *, const char *place, bool itself, const char *cls); /* index of the cell; SIZE_MAX */

/* The cells of the standings that a laboratory of the register is counted in. Gives: how many. */
#define ZP_STANDING_DEPTH 32
size_t zp_standing_cells_of(const zp_standings *, size_t lab, size_t cells[static ZP_STANDING_DEPTH]);
/* Institutions in each cell that have a laboratory of the kind: cells x kinds, which must be 0 before. */
void zp_standing_count_few(zp_arena *, const zp_standings *, size_t n_labs, bool (*has)(const void *self, size_t lab, int kind), const void *self,
			   int kinds, int64_t *few);

/* How far a share moved since another year, in tenths of a percent point. Gives: false when either is nothing. */
bool zp_share_change(const zp_share_count *now, const zp_share_count *before, bool printed, int64_t *tenths);

/* Counts of the cells of the standings: who is behind them, the fewer of institutions and laboratories, a count, and what it is of (NULL: nothing). */
typedef struct zp_standing_counts { const int64_t *behind, *few, *num, *den; } zp_standing_counts;
/* What may not be published of them. */
zp_hidden zp_standings_hide_counts(zp_arena *, const zp_standings *, const zp_standing_counts *, const zp_year_rules *);
/* The same of one kind of share. Of participation anybody knows the denominators, which are those of the register. */
zp_hidden zp_standings_hide(zp_arena *, const zp_standings *, zp_share_kind, const zp_year_rules *);

#endif
