/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that make a book: found in the round folder or the rules folder, each read once, each on record. */
#ifndef ZP_BOOK_SHELF_H
#define ZP_BOOK_SHELF_H

#include "base/input.h"
#include "book/element.h"
#include "host/registry.h"

typedef struct zp_inputs {
	zp_input *at;
	size_t n, room;
} zp_inputs;

void zp_inputs_add(zp_arena *, zp_inputs *, const zp_input *);

struct zp_limit_table;
struct zp_vocabulary;
struct zp_unit_table;
struct zp_dictionary;
struct zp_scale;

/* A file that was asked for. */
typedef struct zp_volume {
	const char *file, *path; /* as messages call it; as the system does */
	bool in_round;
	bool was_read, bad, valid; /* bad: its problems are told; valid: it follows its schema */
	const zp_xml *xml;
	const struct zp_limit_table *limits; /* when it was read as one */
	const struct zp_vocabulary *vocabulary;
	const struct zp_unit_table *units;
	const struct zp_dictionary *dictionary;
	const struct zp_scale *scale;
	struct zp_volume *next;
} zp_volume;

typedef struct zp_shelf {
	zp_arena *arena;
	const zp_registry *registry;
	const char *rules_dir, *round_dir; /* round_dir NULL: outside any round */
	zp_problems *rules; /* what is wrong with rules */
	zp_inputs round_files, rule_files;
	zp_volume *volumes;
} zp_shelf;

typedef enum zp_where { ZP_IN_RULES, ZP_IN_ROUND, ZP_IN_ROUND_THEN_RULES } zp_where;

/* The file of that name. Needs: a safe path. Gives: NULL when there is none. */
zp_volume *zp_shelf_find(zp_shelf *, const char *file, zp_where);

/* The volume that a name in a rule file means: FOLDER/NAME.xml of the rules folder; a name that ends in ".xml" is a file of the
 * round folder (of the rules folder outside a round).
 * Gives: NULL when there is none; *file is then where it was looked for, NULL for an unsafe name. */
zp_volume *zp_shelf_named(zp_shelf *, const char *folder, const char *name, const char **file);

/* Its tree; NULL when it cannot be read, which is told once. */
const zp_xml *zp_shelf_read(zp_shelf *, zp_volume *, const char *root, zp_problems *);

/* The second net, for a file in which the reader found nothing wrong: schemas/SCHEMA.rng. */
bool zp_shelf_validate(zp_shelf *, zp_volume *, const char *schema, zp_problems *);

/* Record a file of the round that is no XML (a seal), and hand out its bytes; .p NULL with *why. */
zp_text zp_shelf_bytes(zp_shelf *, const char *file, uint64_t most, const char **why);

#endif
