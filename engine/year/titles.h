/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles: who is proposed by the rule of an award, and why not. The engine proposes, the committee decides (DOMAIN 6.3). */
#ifndef ZP_YEAR_TITLES_H
#define ZP_YEAR_TITLES_H

#include "base/error.h"
#include "book/award.h"
#include "press/outbox.h"

/* ---- what is asked ---- */

/* Records, made one at a time: of laboratories, or of regions. */
typedef struct zp_title_source {
	size_t n;
	/* Write record i in place of what the piece holds; any thread. Gives: its bytes, of which there are n of the piece; NULL: i has none. */
	const char *(*record)(void *self, size_t i, zp_piece *);
	void *self;
} zp_title_source;

/* ---- what comes of it ---- */

typedef enum zp_title_state {
	ZP_TITLE_NOT_CLEARED,  /* an entrant: a requirement is unmet or unknown, it is excluded, or has too few points */
	ZP_TITLE_NOT_PROPOSED, /* a candidate beyond the places */
	ZP_TITLE_TIED,         /* for the last places: the committee chooses */
	ZP_TITLE_PROPOSED
} zp_title_state;
const char *zp_title_word(zp_title_state); /* "entrant", "candidate", "tied", "proposed" */
struct zp_title;
const char *zp_title_stands(const struct zp_title *, bool chinese); /* the same for people; NULL: it does not enter */

/* How an entrant stands to one term. */
typedef struct zp_title_term {
	uint8_t answer;      /* zp_truth; for points by value: TRUE when it is known, else UNKNOWN */
	zp_fraction points;  /* of POINTS */
	const char *missing; /* what was not known, as a path; "" */
} zp_title_term;

typedef struct zp_title {
	const char *code, *name, *city, *city_name, *lab_class, *department; /* "" where the record says nothing */
	uint32_t record;             /* its number in the source */
	zp_title_state state;
	const zp_title_term *terms;  /* as the award's */
	zp_fraction points;          /* exact */
	zp_fraction tiebreak;        /* nothing when there is none */
	bool cleared;                /* every term allows it */
	uint32_t rank;               /* among candidates, equal points share the better; 0: none */
	int years_in_row;            /* before this year, as the record has it; -1: not said */
	const char *decision, *decided_by, *decided_on, *decided_because; /* what the committee decided; NULL: nothing yet */
} zp_title;

/* A quota in one city or class. */
typedef struct zp_title_bucket {
	const zp_quota *quota;
	const char *code, *name; /* code "*" for all; "" for those whose city or class is not known */
	int64_t entrants, candidates, places, proposed, tied;
} zp_title_bucket;

typedef struct zp_titles {
	const zp_award *award;
	size_t asked;       /* records */
	size_t unclear;     /* of them: whether they enter at all is not known */
	zp_title *at;       /* entrants, by rank, then by code; those without a rank after them */
	size_t n, candidates;
	const zp_title_bucket *buckets;
	size_t n_buckets;
	size_t unbounded;   /* candidates that no quota is for, where there are quotas: all of them are proposed */
	const zp_title *unbounded_one; /* the first of them */
	bool too_few;       /* fewer entrants or candidates than the rule wants */
} zp_titles;

/* Several awards over the same records, each record made once. threads: 0 for the machine's processors; what comes of it does not depend
 * on them. Needs: the records are of what the awards are for. Fails: false with *err: a record that is none. */
bool zp_titles_take(zp_arena *, const zp_award *const *, size_t n, const zp_title_source *, unsigned threads, zp_titles *out, zp_error *);
/* Fill states, ranks and buckets of entrants whose terms are answered; entrants are put in order. */
void zp_titles_place(zp_arena *, zp_titles *);

/* What the committee should know: a quota larger than its candidates, a condition that held for everybody or nobody. */
void zp_titles_tell(const zp_titles *, zp_arena *, bool chinese, void (*tell)(void *self, const char *sentence), void *self);

/* How an entrant stands to a term, in words. */
const char *zp_title_because(zp_arena *, const zp_award *, const zp_title *, size_t term, bool chinese);

/* That it has too few points, or such as cannot be added up, in words; NULL: it has enough. */
const char *zp_title_short_of_points(zp_arena *, const zp_award *, const zp_title *, bool chinese);
/* All that stands in its way, with the ids of conditions; "" for a candidate. */
const char *zp_title_obstacles(zp_arena *, const zp_award *, const zp_title *, bool chinese);

/* ---- what if ---- */

typedef struct zp_title_change { const zp_title *before, *after; bool gains; } zp_title_change; /* before or after NULL: no entrant there */
/* Whose standing would rise or fall among none, tied and proposed; by code. */
const zp_title_change *zp_titles_compare(zp_arena *, const zp_titles *before, const zp_titles *after, size_t *n);
/* By which condition, in words. */
const char *zp_title_change_because(zp_arena *, const zp_titles *before, const zp_titles *after, const zp_title_change *, bool chinese);

/* ---- years in a row ---- */

struct zp_ledger_decision;
/* How many years up to `year`, it included, the title was awarded in a row to one of these codes (those that the laboratory was renamed
 * from; not of laboratories that it was merged of or split from), by the decisions that count. A year in which the award was decided on
 * for nobody was not offered: it is passed over, or breaks the row. */
int zp_titles_in_row(const struct zp_ledger_decision *, size_t n, const char *award, const char *const *codes, size_t n_codes, int year,
		     bool not_offered_breaks);

#endif
