/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round: the shelf that holds the nouns in the order in which they are filled.
 *
 * A stage fills its own part and reads only the parts above it; what is shelved is const for those below.
 * The struct is the data-flow diagram, and the table in run.c is the program.
 */
#ifndef ZP_RUN_RUN_H
#define ZP_RUN_RUN_H

#include "base/problems.h"
#include "base/progress.h"
#include "base/spill.h"
#include "book/book.h"
#include "host/registry.h"
#include "model/hint.h"
#include "model/outcome.h"
#include "model/report.h"
#include "model/round.h"
#include "model/summary.h"
#include "press/part.h"

/* What became of the values that were read: read = accepted + set_aside + refused + blank. */
typedef struct zp_count {
	size_t read, accepted, set_aside, refused, blank;
	size_t not_asked; /* results that nobody is asked for */
	size_t duplicates, late, conflicts, undeclared; /* parts of set_aside, late a part of accepted */
} zp_count;

/* Seconds and rows of a stage, for `close --timings`. */
#define ZP_PUBLISH_LAPS 4
double zp_run_clock(void); /* seconds since some moment; for laps only, never for results */
typedef struct zp_lap { const char *stage; double seconds, processor; size_t rows; } zp_lap; /* processor: of all threads, and of children that ended */
typedef struct zp_moment { double clock, processor; } zp_moment;

/* What a problem is about, in zp_problem.about: indices in the plan, its scheme and programme, and a zp_field. */
enum { ZP_ABOUT_PROGRAMME, ZP_ABOUT_MEASURAND, ZP_ABOUT_SAMPLE, ZP_ABOUT_FIELD };

/* Whole files: those whose content was known from the run before, and those that were parsed. */
typedef struct zp_recalled { size_t known, parsed; } zp_recalled;

/* What is done where approvals are missing or do not hold: nothing; a remark; the round is refused. */
typedef enum zp_eyes { ZP_EYES_SHUT, ZP_EYES_TELL, ZP_EYES_INSIST } zp_eyes;

typedef struct zp_run {
	/* given */
	zp_arena *arena;
	const zp_registry *registry;
	const char *round_dir, *rules_dir;
	unsigned threads;
	zp_spill *spill; /* where the columns of the round lie; NULL: in the arena */
	bool go_on; /* with what was accepted, though something was refused */
	bool remember; /* what was parsed, for the next run */
	zp_eyes eyes; /* for approvals */
	bool each_owner; /* problems of every laboratory are kept, not only the first there are */
	zp_progress *progress; /* of who looks on; NULL: nobody */
	const char *engine;    /* name and version of the program, for parts; NULL where there are none */
	zp_division share;     /* of the measurands, this run works out only its own; n 0: all */
	const char *parts;     /* the folder whose parts stand for what gather and score work out; NULL: they do */
	zp_problems *input_problems, *rule_problems;
	zp_problems *remarks; /* worth telling, stops nothing */

	/* read: the book and the register */
	zp_book *book;
	const zp_roster *roster;
	const zp_input *register_files; /* roster.csv, enrolments.csv */
	const zp_decisions *decisions;
	char approvable[ZP_APPROVEDS][ZP_DIGEST_TEXT]; /* digests of what is approved; "" until it is known (run/approvals.h) */

	/* intake */
	zp_round *round;
	zp_peers *peers;
	const zp_input *results; /* files of results/, sorted by name */
	size_t n_results;
	const struct zp_count *of_results; /* of each of them, as it was read: before what came twice, or in conflict, was set aside */
	const struct zp_arrival *arrivals; /* of each of them (run/arrivals.h); NULL: nothing is known */
	const zp_input *receipt_file;      /* receipt.csv; NULL */
	zp_count count;
	zp_recalled recalled;

	/* hints: what looks like a slip */
	zp_hints hints;

	/* gather, of a round that is divided (run/shards.h) */
	zp_basis basis;         /* what its parts are made of */
	const uint32_t *owners; /* by item: the part that works it out; NULL: this run works out all of them */

	/* gather: which marks values got, the groups and their targets */
	zp_judgement judgement;
	const zp_group *groups; /* by item, rung, key */
	size_t n_groups;
	const uint32_t *first_group; /* n_items + 1 offsets into groups */

	/* judge */
	const zp_tally *s1;       /* one per enrolment x declared measurand, at first_tally */
	const uint32_t *first_tally; /* n_enrolments + 1 */
	const zp_tally *s;        /* one per enrolment */
	const struct zp_rank_basis *rank_basis; /* what ranges of ranks rest on (run/rank_ranges.h): by programme, then of all of them */

	/* rank */
	zp_summary summary; /* ranks and regions; report.c adds the rest */

	/* publish: what reports with figures share (run/told.h); NULL where nobody wants figures */
	struct zp_told *told;

	zp_lap *laps;
	size_t n_laps;
} zp_run;

typedef struct zp_run_wish {
	const char *round_dir, *rules_dir;
	unsigned threads; /* 0: the machine's processors */
	uint64_t memory;  /* bytes that may be resident, at least ZP_SPILL_LEAST; 0: as many as it takes */
	bool go_on;       /* what is wrong in results/ stops nothing: for who only looks */
	bool each_owner;  /* keep problems of every laboratory, for letters (base/problems.h) */
	zp_eyes eyes;     /* for approvals */
	const char *engine; /* these three: see zp_run */
	zp_division share;
	const char *parts;
	bool remember;    /* keep what was parsed of whole files in ROUND/.zhiping, and believe it there (run/cache.h) */
	zp_progress *progress; /* of who looks on; NULL: nobody */
} zp_run_wish;

/* Carry a round through its stages up to the named one.
 *
 * Gives: the run, also when problems were found: then the shelves below the stage that found them are
 *        empty, and *err has the exit code and a sentence. Owns: the caller closes it.
 */
typedef enum zp_until { ZP_UNTIL_REGISTER, ZP_UNTIL_INTAKE, ZP_UNTIL_HINTS, ZP_UNTIL_SCORE, ZP_UNTIL_JUDGE, ZP_UNTIL_RANK } zp_until;
zp_run *zp_run_open(const zp_registry *, const zp_run_wish *, zp_until, zp_error *);
/* The same, from where the run stands. Needs: nothing failed so far. Fails: false. */
bool zp_run_on(zp_run *, zp_until, zp_error *);
void zp_run_close(zp_run *);
zp_moment zp_run_now(void);
/* What went by since then is that stage's; *since becomes now. */
void zp_run_lap(zp_run *, const char *stage, size_t rows, zp_moment *since);

/* ---- the stages, one file each ---- */
bool zp_run_register(zp_run *, zp_error *); /* roster.csv, enrolments.csv */
bool zp_run_intake(zp_run *, zp_error *);
bool zp_run_screen(zp_run *, zp_error *);
bool zp_run_hints(zp_run *, zp_error *);
bool zp_run_gather(zp_run *, zp_error *);
bool zp_run_score(zp_run *, zp_error *);
bool zp_run_judge(zp_run *, zp_error *);
bool zp_run_rank(zp_run *, zp_error *);
/* The response rate, everywhere: enrolments that answered of those that are due, as the scheme counts late and excused ones. */
bool zp_is_due(unsigned standing, const zp_choices *);
bool zp_has_answered(unsigned standing, const zp_choices *);

/* A column of the round, zeroed: in memory, or where --memory lets it lie. Any thread if the run has a spill. Fails: NULL, ZP_IO. */
void *zp_run_column(const zp_run *, size_t n, size_t each, zp_error *);
#define ZP_RUN_COLUMN(run, type, n, err) ((type *)zp_run_column((run), (n), sizeof(type), (err)))
/* To be called by who goes through cells, after a few MB of columns. */
static inline void zp_run_ease(const zp_run *run) { zp_spill_ease(run->spill); }

/* ---- reading the shelves ---- */

static inline const zp_programme *zp_run_programme(const zp_run *run, const zp_enrolment *e)
{
	return &run->book->plan->programmes[e->programme];
}

/* Which item (programme, measurand, sample) an enrolment's k-th declared measurand and s-th sample is. */
static inline uint32_t zp_run_item(const zp_run *run, const zp_enrolment *e, size_t k, size_t s)
{
	const zp_programme *p = zp_run_programme(run, e);
	return p->first_item + e->declared[k] * (uint32_t)p->n_samples + (uint32_t)s;
}

/* Whether this run works the item out. Needs: the gather stage has begun. */
static inline bool zp_run_is_own(const zp_run *run, uint32_t item) { return !run->owners || run->owners[item] == run->share.i; }

/* Programme, measurand and sample of an item. */
typedef struct zp_item { const zp_programme *programme; const zp_measurand *measurand; size_t p, m, s; } zp_item;
zp_item zp_run_item_at(const zp_run *, uint32_t item);

/* Of one laboratory and sample: how many measurands were judged, and how many of them are acceptable. Right as a whole when they are
 * equal and not 0; a laboratory that tests four is judged on four. Needs: the score stage is done. */
typedef struct zp_whole { unsigned judged, right; } zp_whole;
zp_whole zp_run_whole_sample(const zp_run *, const zp_enrolment *, size_t sample);

/* The strip that an answer was read from, by the names that were sent with it; NULL: none is known. */
const zp_strip *zp_run_strip(const zp_run *, const zp_scale *, size_t cell);

/* What the scheme's scorer makes of an answer in a group. Needs: a measurand with a scale. */
zp_graded zp_run_grade(const zp_run *, const zp_measurand *, const zp_choices *, const zp_group *, const zp_strip *, int64_t answer);
/* What an answer between negative and positive counts as; NONE: as neither. */
zp_side zp_run_grey_side(const zp_choices *, const zp_scale *);

/* The cut-off of a kit, by the name that was sent: its own, or the measurand's. */
const zp_cutoff *zp_cutoff_of(const zp_measurand *, zp_text reagent);
/* What an index says by its cut-off. */
zp_side zp_cutoff_side(const zp_cutoff *, zp_decimal index);

/* How far a cell is from its target. Needs: the choices of its scheme; the gather stage is done. */
zp_score zp_run_score_of(const zp_run *, const zp_choices *, size_t cell);

/* A score that the scheme asks for; ZP_NONE where it is undefined: no number, no target, no verdict on the sample. */
double zp_run_points_of(const zp_run *, const zp_wanted_score *, size_t cell, zp_arena *);

/* The rung it was formed on: "method", "all"; "none" for those who found no group. */
const char *zp_run_rung_name(const zp_run *, const zp_group *);
/* A group's key in words: "method=己糖激酶法", "all". Carved from the arena given. */
const char *zp_run_group_key(const zp_run *, const zp_group *, zp_arena *);
/* What lies apart within it, "method=己糖激酶法"; "" when nothing is told. Carved from the arena given. */
const char *zp_run_apart(const zp_run *, const zp_group *, zp_arena *);

#endif
