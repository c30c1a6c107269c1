/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scale: the answers that a measurand can have which is no number, in their order, and the side that each is on.
 *
 * An answer is its number on the scale. On a scale of sets (antibodies that were identified) a reply is a set of answers, bit i
 * standing for answer i; the empty set says that there is none. Titres are ordered answers like grades: 1:8 is the one before 1:16. */
#ifndef ZP_MODEL_SCALE_H
#define ZP_MODEL_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZP_ANSWERS_MOST 2000 /* of a scale without order */
#define ZP_GRADES_MOST 62    /* of one with order, or of sets */

typedef enum zp_scale_kind {
	ZP_SCALE_NOMINAL, /* one of some answers */
	ZP_SCALE_ORDINAL, /* the same, in an order */
	ZP_SCALE_TITRE,   /* the same: dilutions */
	ZP_SCALE_SET      /* any number of the answers at once */
} zp_scale_kind;

/* Where an answer stands to the cut between negative and positive. */
typedef enum zp_side { ZP_SIDE_NONE, ZP_SIDE_NEGATIVE, ZP_SIDE_GREY, ZP_SIDE_POSITIVE } zp_side;

typedef struct zp_answer {
	const char *code;           /* in tables: "2+", "E.coli" */
	const char *name, *name_en; /* for people */
	zp_side side;
	bool significant;           /* of a set: clinically */
	const char *family;         /* the same for answers that are right in kind, such as a genus; "" for none */
} zp_answer;

struct zp_names;

/* What the strip or kit of one maker can show. */
typedef struct zp_strip {
	const char *name;
	uint64_t answers;             /* bit i: answer i is on it */
	const struct zp_names *names; /* how it writes them, beside the names of the scale; as keys of book/scale.h */
} zp_strip;

typedef struct zp_scale {
	const char *file, *name, *version;
	zp_scale_kind kind;
	const zp_answer *answers; /* in their order, the least first */
	uint32_t n;
	bool case_matters;            /* anti-E is not anti-e */
	const struct zp_names *names; /* all ways of writing an answer, as keys of book/scale.h, to its number */
	const struct zp_names *shown; /* codes and names as people write them, to the same, for a question back */
	const zp_strip *strips;
	uint32_t n_strips;
	unsigned strip_key;            /* which peer key names the maker, of system, instrument, method, reagent, calibrator */
	const struct zp_names *makers; /* names of that key to the strip's number */
} zp_scale;

/* An answer beside the expected one that counts as well, and its credit in percent. */
typedef struct zp_accepted { int64_t answer; unsigned credit; } zp_accepted;

/* Whether a reply on this scale is a set. */
static inline bool zp_scale_is_set(const zp_scale *s) { return s->kind == ZP_SCALE_SET; }
/* Whether its answers have an order. */
static inline bool zp_scale_is_ordered(const zp_scale *s) { return s->kind == ZP_SCALE_ORDINAL || s->kind == ZP_SCALE_TITRE; }

/* The side of a reply: of a set, negative when it is empty. */
static inline zp_side zp_scale_side(const zp_scale *s, int64_t reply)
{
	if (zp_scale_is_set(s))
		return reply ? ZP_SIDE_POSITIVE : ZP_SIDE_NEGATIVE;
	return s->answers[reply].side;
}

/* A reply in words: codes (chinese < 0), or names in English (0) or Chinese (1); members of a set joined by "+".
 * Gives: the length that it has in full. */
size_t zp_scale_write(const zp_scale *, int64_t reply, int chinese, char *out, size_t size);

/* Steps between two answers on the strip (NULL: on the scale). Needs: an ordered scale. Gives: -1 when one of them is not on it. */
static inline int zp_scale_steps(const zp_strip *strip, int64_t a, int64_t b)
{
	const int64_t low = a < b ? a : b, high = a < b ? b : a;
	if (!strip)
		return (int)(high - low);
	if (!(strip->answers & UINT64_C(1) << a) || !(strip->answers & UINT64_C(1) << b))
		return -1;
	const uint64_t upto_high = (UINT64_C(2) << high) - 1, upto_low = (UINT64_C(2) << low) - 1;
	return __builtin_popcountll(strip->answers & upto_high & ~upto_low);
}

#endif
