/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a scheme is put together, between scheme.c, measurand.c and plan.c. */
#ifndef ZP_BOOK_SCHEME_H
#define ZP_BOOK_SCHEME_H

#include "book/limits.h"
#include "book/settings.h"

#define ZP_MEASURANDS_MOST 2000 /* of a scheme */
#define ZP_ALIASES_MOST 100     /* of a measurand */
#define ZP_MISTAKEN_MOST 32     /* the same */
#define ZP_SOURCES_MOST 100     /* <limits> and <score> of a scheme, of each */

/* A scheme with the elements its measurands were read from, which hold the aliases. */
typedef struct zp_draft {
	zp_scheme *scheme;
	const zp_element *const *elements; /* one per measurand */
} zp_draft;

/* Read a scheme as one programme uses it. `overrides`: n settings, later ones win.
 * Gives: false when anything is wrong with the file or what it names; told once per file. */
bool zp_scheme_draft(zp_shelf *, zp_volume *, const zp_settings *const *overrides, size_t n, zp_draft *out);

/* The scheme with only those measurands that are wanted, in its own order. */
const zp_scheme *zp_scheme_only(zp_arena *, const zp_draft *, const bool *wanted);

/* The volume that <programme scheme="..."> means: a name stands for schemes/NAME.xml, one that ends in
 * ".xml" for a file of the round folder (of the rules folder outside a round).
 * Gives: NULL when there is none; *file is then where it was looked for, NULL for an unsafe name. */
zp_volume *zp_scheme_find(zp_shelf *, const char *name_or_path, const char **file);

/* ---- measurand.c ---- */

typedef struct zp_ladder {
	zp_rung rungs[ZP_RUNGS_MOST];
	size_t n;
	uint32_t least;
} zp_ladder;

typedef struct zp_assign {
	const zp_plugin *plugin;
	const double *settings;
} zp_assign;

typedef struct zp_wanted { const zp_wanted_score *scores; size_t n; } zp_wanted;

/* Where a scheme's limits may come from: a table, or part of it. */
typedef struct zp_limit_source {
	const zp_limit_table *table;
	const char *programme, *specimen; /* "": any */
} zp_limit_source;

/* What measurands share. */
typedef struct zp_common {
	zp_reader r;
	zp_shelf *shelf;
	const zp_settings *settings;
	zp_ladder ladder;
	zp_assign assign;
	zp_sigma_rule sigma;
	zp_wanted scores;
	const zp_limit_source *sources;
	size_t n_sources;
	bool sources_whole; /* false: a table could not be read, so that a limit may be missing for that reason */
	const char *scheme, *specimen;
	uint32_t pass;
} zp_common;

/* <peers> and <assign>; e NULL: the defaults. */
bool zp_peers_take(const zp_reader *, const zp_element *e, zp_ladder *out);
/* for_answers: e is of a measurand with a scale; of a scheme either will do. */
typedef enum zp_assign_for { ZP_ASSIGN_ANY, ZP_ASSIGN_QUANTITY, ZP_ASSIGN_ANSWERS } zp_assign_for;
bool zp_assign_take(const zp_reader *, const zp_registry *, const zp_settings *, const zp_element *e, zp_assign_for, zp_assign *out);
/* The settings of a method from the attributes of e (NULL: from choices and presets), one for each of its parameters; e may
 * have the attributes `needs` and `may` and the children `children` beside them. */
bool zp_method_settings(const zp_reader *, const zp_settings *, const zp_element *e, const zp_plugin *, const char *needs, const char *may,
			const char *children, const double **out);
/* The settings alone. */
bool zp_method_values(const zp_reader *, const zp_settings *, const zp_element *e, const zp_plugin *, const double **out);
void zp_measurand_take(const zp_common *, const zp_element *, zp_measurand *out);

/* ---- answers.c ---- */

/* What a measurand has that is no plain quantity: a scale, a cut-off, a logarithm; and what it counts for. Before its target and
 * its limit are read. */
#define ZP_ANSWERS_MAY "scale transform undetected weight specimen item"
#define ZP_ANSWERS_CHILDREN "cutoff kit"
void zp_answers_take(const zp_common *, const zp_element *, zp_measurand *);
/* What must fit together once all of it is read. */
void zp_answers_check(const zp_common *, const zp_element *, const zp_measurand *);
/* The method of its target where neither it nor its scheme names one for answers. */
bool zp_answers_preset(const zp_common *, zp_assign *);

/* ---- sigma.c ---- */

bool zp_sigma_take(const zp_reader *, const zp_element *, zp_sigma_rule *out);
/* The <score> children; *out stays when there is none. */
void zp_scores_take(const zp_reader *, const zp_registry *, const zp_settings *, const zp_element *parent, zp_wanted *out);

#endif
