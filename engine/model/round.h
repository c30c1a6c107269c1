/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round: who takes part (register, enrolments), what was asked (programmes, samples) and what came
 * back (cells, in columns).
 *
 * There is one cell for each enrolment x declared measurand x sample, whether or not something was
 * returned for it. Cells are ordered by laboratory code, programme, measurand and sample as declared,
 * and cell i is cell i in every column of every shelf. What is not performed or not enrolled has no cell.
 */
#ifndef ZP_MODEL_ROUND_H
#define ZP_MODEL_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/decimal.h"
#include "base/names.h"
#include "model/level.h"
#include "model/outcome.h"
#include "model/region.h"
#include "model/scheme.h"
#include "model/value.h"
#include "stats/homogeneity.h"

typedef struct zp_lab {
	const char *code, *name;
	const char *institution, *department; /* whose it is, and which part of it: "输血科"; "" where the laboratory stands for itself */
	uint16_t region;   /* index in the tree */
	uint16_t lab_class; /* index in zp_roster.classes */
} zp_lab;

/* One laboratory in one programme. */
typedef struct zp_enrolment {
	uint32_t lab;
	uint16_t programme;
	uint16_t n_declared;
	const uint16_t *declared; /* measurands it performs, ascending */
	bool referee;             /* one of those whose agreement makes a target */
	uint32_t first_cell;      /* its cells: declared k, sample s at first_cell + k * n_samples + s */
} zp_enrolment;

/* Which of the declared measurands m is. Gives: SIZE_MAX when the laboratory does not perform it. */
static inline size_t zp_declared_at(const zp_enrolment *e, size_t m)
{
	if (m < e->n_declared && e->declared[m] == m) /* most perform everything */
		return m;
	size_t low = 0, high = e->n_declared;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (e->declared[middle] < m)
			low = middle + 1;
		else
			high = middle;
	}
	return low < e->n_declared && e->declared[low] == m ? low : SIZE_MAX;
}

typedef struct zp_roster {
	const zp_lab *labs; /* by code, bytewise */
	size_t n_labs;
	const zp_names *lab_names; /* code to index */
	const zp_names *classes;
	const zp_regions *regions;
	const zp_enrolment *enrolments; /* by laboratory, then programme */
	size_t n_enrolments;
	const uint32_t *first_enrolment; /* n_labs + 1 offsets into enrolments */
} zp_roster;

/* A value that was not estimated: stated in round.xml (known) or in decisions.xml (decided). */
typedef struct zp_given {
	bool is, decided;
	zp_decimal x_pt;
	double u; /* NaN when not stated */
	const char *source;
	const struct zp_plugin *by; /* the method that made it of values from elsewhere; NULL when it is stated */
	zp_estimate estimate;       /* what it found; defined when by is */
	int64_t answer;             /* of a scale */
	const zp_accepted *accepted; /* others that count as well, as the organiser says */
	size_t n_accepted;
	bool negative;              /* of a quantity that may be undetected: it is not in the sample */
} zp_given;

/* A value from elsewhere that a consensus is held against (ISO 13528:2022 7.8). */
typedef struct zp_reference { bool is; double x, u; const char *source; } zp_reference;

/* Whether the samples are alike, and stayed so. */
typedef struct zp_material {
	zp_homogeneity homogeneity;
	const zp_cell *later; /* NULL without a stability check */
	size_t n_later;
} zp_material;

typedef struct zp_programme {
	const char *code, *name, *name_en;
	const zp_scheme *scheme;
	const char *const *samples; /* codes, as declared */
	const char *const *strengths; /* of each sample: "weak", "negative"; "" where it is not said */
	size_t n_samples;
	const zp_names *sample_names;
	uint32_t first_item; /* its items: measurand m, sample s at first_item + m * n_samples + s */
	const zp_given *given; /* one per item of the programme */
	const zp_reference *reference;         /* the same */
	const zp_material *const *material;    /* the same; NULL where it was not tested */
	const bool *out;       /* one per item: taken out by decision */
	const bool *unasked;   /* one per item: the sample does not ask for the measurand */
	zp_level level;        /* of who announced it */
	bool trueness;         /* it verifies trueness: the year counts it nowhere */
	bool no_measurand_status; /* over the rounds only the programme has a status */
	const char *cancelled; /* why the round does not take place for it; NULL: it does */
} zp_programme;

/* By what the centre's pages and figures tell laboratories. */
typedef enum zp_tell { ZP_TELL_CODES, ZP_TELL_NAMES, ZP_TELL_MASKED } zp_tell;

/* What others may have to approve before a round is published. */
typedef enum zp_approved { ZP_APPROVED_RULES, ZP_APPROVED_DECISIONS, ZP_APPROVED_PUBLISHING, ZP_APPROVEDS } zp_approved;

/* What the organiser announced (round.xml). */
typedef struct zp_plan {
	const char *id, *name, *name_en;
	int year, number;
	const char *organiser, *organiser_en, *seal; /* seal: path of a PNG, or NULL */
	const struct zp_template *certificate; /* model/template.h; NULL when the rules have none */
	int64_t opens, closes;                       /* seconds since 1970 UTC */
	const char *opens_text, *closes_text;
	const char *appeal, *appeal_en; /* how to appeal, and until when, in sentences; "": nothing is said of it */
	zp_level level;     /* of programmes that say none */
	const zp_programme *programmes;
	size_t n_programmes;
	const zp_names *programme_names;
	uint32_t n_items;
	zp_choices choices; /* for what concerns no single programme: overall ranks */
	zp_tell pages_tell;
	unsigned approvals[ZP_APPROVEDS]; /* how many are needed of each; 0: none */
	char delimiter; /* between cells of results as text: ',' ';' or a tab; 0: each file's header shows it */
} zp_plan;

/* What became of a cell at intake. */
typedef enum zp_state {
	ZP_NOT_RETURNED, /* nothing came for this measurand (or from this laboratory) in time or later */
	ZP_BLANK,        /* others of the measurand came, this one was left empty */
	ZP_RETURNED,
	ZP_LATE,
	ZP_CONFLICT,   /* two different values, and no decision which */
	ZP_UNREADABLE, /* a text that is no number, where the scheme lets the round go on */
	ZP_EXCUSED,    /* by decision */
	ZP_NOT_ASKED,  /* the plan does not ask for this measurand in this sample */
	ZP_STATES
} zp_state;

/* Whether a returned value enters the statistics; why not. */
typedef enum zp_mark {
	ZP_KEPT,
	ZP_ASIDE_LATE,
	ZP_ASIDE_CONFLICT,
	ZP_ASIDE_CENSORED,
	ZP_ASIDE_SCREENED, /* outside the screen of the scheme */
	ZP_ASIDE_ABSURD,   /* absurd_factor limits away from its group's median */
	ZP_ASIDE_OUT,      /* by decision */
	ZP_ASIDE_OUTLIER,  /* dropped by the estimator itself */
	ZP_ASIDE_NOTHING,  /* no number to set aside */
	ZP_ASIDE_SLIP,     /* by a hint, where the scheme says so */
	ZP_MARKS
} zp_mark;

#define ZP_NO_PEERS 0u /* index of the tuple in which every key is blank */

/* The columns of a round. Each array has n entries. */
typedef struct zp_round {
	size_t n;
	int64_t *value_m; /* the number, or the bound in "<0.5"; with value_e a zp_decimal */
	int8_t *value_e;
	uint8_t *kind;  /* zp_kind */
	uint8_t *state; /* zp_state */
	uint32_t *peers; /* tuple of peer keys, see zp_peers */
	uint32_t *file;  /* index in zp_sources.files; meaningful where state has a value */
	uint32_t *line;
	uint32_t *note; /* index in `notes`; 0: nothing to remark */
	const struct zp_note *notes; /* from 1 */
	size_t n_notes;
} zp_round;

/* What is worth remembering of a few cells only. */
typedef struct zp_note {
	const char *sent;    /* the characters sent, where they differ from the value as printed; NULL otherwise */
	const char *refused; /* UNREADABLE: why; CONFLICT: the values that contradict each other */
	double u;            /* the laboratory's standard uncertainty; 0: not stated */
	bool has_index, has_lod;
	zp_decimal index;    /* beside a word: COI, S/CO */
	zp_decimal lod;      /* the least that the laboratory detects, as its values */
	bool accepted_late, out;
	bool conflict;          /* several values came, and they differ */
	const char *converted; /* that the value was sent in another unit, and by which factor it came into this one; NULL */
	const char *decision; /* what the organiser decided about it, in a sentence; NULL */
	const char *decision_en, *decision_zh; /* the same for the laboratory: without names of files, which may be other laboratories' */
} zp_note;

static inline zp_decimal zp_round_value(const zp_round *r, size_t i)
{
	return (zp_decimal){ r->value_m[i], r->value_e[i] };
}

/* The distinct combinations of system, instrument, method, reagent, calibrator that came back. */
typedef struct zp_peers {
	const zp_names *names[ZP_PEER_KEYS];       /* 0 is the blank name */
	const uint32_t (*tuples)[ZP_PEER_KEYS];    /* indices into names; tuple 0 is all blank */
	size_t n;
} zp_peers;

#endif
