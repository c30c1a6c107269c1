/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this floor share while a table is read. */
#ifndef ZP_CONVERT_WORK_H
#define ZP_CONVERT_WORK_H

#include "convert/convert.h"
#include "model/region.h"
#include "model/scheme.h"
#include "simulate/buffer.h"

/* A laboratory, as its first row describes it. */
typedef struct zp_convert_lab {
	const char *code, *name, *region, *lab_class; /* the last three NULL when a roster is given */
	const char *file;
	long line;
	bool **performs; /* per programme: which measurands; NULL: it has no row there */
} zp_convert_lab;

typedef struct zp_convert_programme {
	const zp_map_programme *map;
	const zp_scheme *scheme;
	const bool *wanted; /* measurands of the round; NULL: all */
	zp_names *samples;
	bool seen;          /* some row is its */
} zp_convert_programme;

typedef struct zp_converting {
	zp_arena *arena;
	const zp_convert_wish *wish;
	const zp_mapping *map;
	zp_map_identity round;
	zp_problems *input, *rules;
	zp_convert_count *count;
	const zp_regions *regions;
	zp_names *region_names;  /* when the table names regions */
	uint16_t *region_of;     /* of such a name; ZP_NO_REGION: of several regions */
	zp_convert_programme *programmes; /* as many as the mapping has */
	zp_names *lab_codes;
	zp_convert_lab *labs;
	size_t room_labs;
} zp_converting;

/* Cells of a row by field; { NULL, 0 } where the file has none. */
typedef struct zp_convert_row {
	const char *file;
	long line;
	zp_text field[ZP_MAP_FIELDS];
	long column[ZP_MAP_FIELDS]; /* from 1; 0: none */
	/* after zp_convert_row_begin */
	uint32_t lab, programme;
	char received[48];
} zp_convert_row;

/* Who and when: laboratory, programme, time of receipt. Gives: false when the row cannot be used, which is told. */
bool zp_convert_row_begin(zp_converting *, zp_convert_row *);
/* One value of it: field[MEASURAND], [SAMPLE] and [VALUE] are those of the value. Counts it. */
void zp_convert_value(zp_converting *, const zp_convert_row *, zp_buffer *results);
/* The header of a results file, for what the mapping gives. */
void zp_convert_results_header(const zp_converting *, zp_buffer *);
/* The measurand of this name or code in a programme; ZP_NO_NAME. */
uint32_t zp_convert_measurand(const zp_convert_programme *, zp_text);

/* Read one file. Problems are told. */
void zp_convert_file(zp_converting *, const char *path, zp_buffer *results);

/* Write the folder, with a file for each of `results`, have it read by the readers of `close`, and let it appear. */
bool zp_convert_write(zp_converting *, zp_buffer *results, const zp_registry *, zp_error *);

/* An instant as round.xml has it, of a text in the mapping's form of time. Gives: false when it is none. */
bool zp_convert_time(const zp_mapping *, zp_text, char out[static 48]);

#endif
