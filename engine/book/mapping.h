/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the columns of a centre's own table mean (rules/mappings/NAME.xml, docs/formats/mapping.md), for `zhiping import`. */
#ifndef ZP_BOOK_MAPPING_H
#define ZP_BOOK_MAPPING_H

#include "base/arena.h"
#include "base/names.h"
#include "base/problems.h"

typedef enum zp_map_field {
	ZP_MAP_LAB, ZP_MAP_LAB_NAME, ZP_MAP_REGION, ZP_MAP_CLASS, ZP_MAP_PROGRAMME, ZP_MAP_MEASURAND, ZP_MAP_SAMPLE, ZP_MAP_VALUE,
	ZP_MAP_UNIT, ZP_MAP_SYSTEM, ZP_MAP_INSTRUMENT, ZP_MAP_METHOD, ZP_MAP_REAGENT, ZP_MAP_CALIBRATOR, ZP_MAP_RECEIVED, ZP_MAP_UNCERTAINTY, ZP_MAP_INDEX, ZP_MAP_LOD,
	ZP_MAP_FIELDS
} zp_map_field;
#define ZP_MAP_IGNORED (-1)

const char *zp_map_field_name(zp_map_field); /* "lab-name", as mappings write it */

/* A column of the table, by its header. */
typedef struct zp_map_column {
	const char *name;
	int field;     /* zp_map_field, or ZP_MAP_IGNORED */
	bool optional; /* it need not be there */
} zp_map_column;

/* Texts of a field and what is written for them. */
typedef struct zp_map_words {
	const zp_names *from; /* NULL: nothing is translated */
	const char *const *to;
	bool keep; /* a text that is not in the table stays as it is; else it is refused */
} zp_map_words;

typedef struct zp_map_programme {
	const char *code, *name, *name_en, *scheme;
	const char *measurands;     /* codes with blanks between; "": all of the scheme */
	const char *const *samples; /* in this order; none: those that the rows have, in the order of their bytes */
	size_t n_samples;
} zp_map_programme;

/* What round.xml says of the round; "" where the mapping is silent. */
typedef struct zp_map_identity {
	const char *id, *name, *name_en, *year, *number, *rounds_a_year, *opens, *closes, *organiser, *organiser_en;
} zp_map_identity;

typedef struct zp_mapping {
	const char *file;
	bool wide;           /* one row per laboratory, a column for each measurand and sample */
	bool enrol_by_value; /* a measurand is performed when a value came; else when a row names it */
	char delimiter;
	int skip;            /* lines before the header */
	bool two_headers;    /* wide: measurand above, sample below */
	const char *between; /* wide with one header: what stands between measurand and sample */
	const zp_map_column *columns;
	size_t n_columns;
	const char *constant[ZP_MAP_FIELDS]; /* NULL: none */
	zp_map_words words[ZP_MAP_FIELDS];
	const zp_names *nothing; /* values that say that there is none */
	const char *time, *offset; /* "YYYY-MM-DD hh:mm", "+08:00"; time "": instants as round.xml has them */
	zp_map_identity round;
	const char *regions; /* as in <regions from="..."> */
	bool regions_by_name;
	const zp_names *classes;
	const zp_map_programme *programmes;
	size_t n_programmes;
	const zp_names *programme_names;
} zp_mapping;

/* Read a mapping: a name stands for mappings/NAME.xml of the rules, one that ends in ".xml" is a path.
 * Gives: carved from the arena; NULL when anything was wrong, which is told. */
const zp_mapping *zp_mapping_read(zp_arena *, const char *rules_dir, const char *name_or_path, zp_problems *);

/* Whether some column or constant gives the field. */
bool zp_mapping_gives(const zp_mapping *, zp_map_field);

#endif
